# The guidelines of the cluster programme in bokmål are its rules, too: a document whose blocks judge every application
# as programme.tsk does. That the document is in order is tested by tests/docs.

load ../lib/terskel

example=examples/norwegian-innovation-clusters

setup() { cd "$ROOT"; }

# answers RULES FORMAT: to all applications, without the fingerprint, titles, places in the rules and what is quoted of them
answers() {
  # Status 1 says that some applications are in error, as they should be.
  t run "$1" $example/applications.jsonl --format "$2" >"$T/answers" || [ $? -eq 1 ]
  sed -E 's/"rules":"[0-9a-f]+"//; s/"title":"[^"]*"//g; s/[^ ",]*\.(tsk|md):[0-9]+:[0-9]+/PLACE/g; s/“[^”]*”/QUOTED/g' "$T/answers"
}

@test "the guidelines have no mistakes, nothing to warn of, and hold as much as the programme" {
  run t check $example/retningslinjer.md
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
  [ "${output#*: }" = "$(t check $example/programme.tsk | sed 's/^[^:]*: //')" ]
}

@test "every application comes out the same, column by column" {
  answers $example/programme.tsk csv >"$T/programme.csv"
  answers $example/retningslinjer.md csv >"$T/guidelines.csv"
  [ "$(wc -l <"$T/guidelines.csv")" -eq $(($(wc -l <$example/applications.jsonl) + 1)) ]
  diff "$T/programme.csv" "$T/guidelines.csv"
}

@test "so do each requirement, each level and what is missing" {
  answers $example/programme.tsk jsonl >"$T/programme.jsonl"
  answers $example/retningslinjer.md jsonl >"$T/guidelines.jsonl"
  grep -q '"R7":"not met"' "$T/guidelines.jsonl"
  diff "$T/programme.jsonl" "$T/guidelines.jsonl"
}

@test "the guidelines are laid out, and go to English and back, byte for byte" {
  t fmt --check $example/retningslinjer.md
  cp $example/retningslinjer.md "$T/page.md"
  t fmt --language en "$T/page.md"
  grep -q '^every application$' "$T/page.md"
  ! cmp -s "$T/page.md" $example/retningslinjer.md
  t fmt --language nb "$T/page.md"
  cmp "$T/page.md" $example/retningslinjer.md
}
