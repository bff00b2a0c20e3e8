# terskel explain, and the pages behind it

load ../lib/terskel

# The groups whose pages are written: each code of them has one, and its examples are tried.
groups='E01 E02 E03 E04 E05 E06 E07 E08 E09 E10 D00 D01 R01 U01 W05 W06'

@test "every code has a page, what is wrong there gives it, and what is right gives nothing" {
  run "$ROOT/tests/cli/pages" "$TERSKEL" $groups
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the check of pages finds what is not so" {
  mkdir -p made/tests/cli made/tests/docs made/lang/text/pages
  cp "$ROOT/tests/cli/pages" made/tests/cli
  cp "$ROOT/tests/docs/prelude.tsk" made/tests/docs
  printf 'MESSAGE(%s, SEVERITY_ERROR, ""\n' E0104 E0301 E0302 >made/lang/text/messages.def
  fence() { printf '```%s\n%s\n```\n' "$1" "$2"; }
  {
    printf '# E0104\n\nWhy.\n\n## nb\n\nHvorfor.\n\n'
    fence wrong 'define half: 3,5'
    fence right 'define half: 3.5'
    printf '# E0301\n\nWhy.\n'
    fence wrong 'define half: 3.5'
    fence right 'define half: 3,5'
  } >made/lang/text/pages/E01.md
  cp made/lang/text/pages/E01.md made/lang/text/pages/E03.md
  run made/tests/cli/pages "$TERSKEL" E01
  [ "$status" -eq 0 ]
  [ "$output" = '2 examples were tried' ]
  run made/tests/cli/pages "$TERSKEL" E03
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == *'E0301: no sentence in bokmål'*'E0301: wrong gives “”'*'E0301: right gives “E0104”'*'E0302 has no page'* ]]
}

@test "a message with its page" {
  run t explain E0104
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'error E0104: Decimals are written with a point, not as “…”.' ]
  [ "${lines[1]}" = '= help: write ….' ]
  [[ $output == *$'\n\nWrong:\n\n    define '* ]]
  [[ $output == *$'\n\nRight:\n\n    define '* ]]
  [ "$(wc -L <<<"$output")" -le 80 ]
}

@test "the same in bokmål" {
  run t explain E0104 --language nb
  [ "${lines[0]}" = 'feil E0104: Desimaler skrives med punktum, ikke som «…».' ]
  [ "${lines[1]}" = '= hjelp: skriv ….' ]
  [[ $output == *$'\n\nGalt:\n\n    define '*$'\n\nRiktig:\n\n    define '* ]]
  run t explain W0316 --language nb
  [[ ${lines[0]} == 'advarsel W0316: '* ]]
}

@test "each code shows its own page" {
  for code in $(sed -nE 's/^MESSAGE\((\w+),.*/\1/p' "$ROOT/lang/text/messages.def"); do
    run t explain "$code"
    [ "$status" -eq 0 ]
    [[ ${lines[0]} =~ ^(error|warning)\ $code: ]]
    # the page's first line of why, where there is a page
    why=$(cat "$ROOT"/lang/text/pages/*.md | awk -v code="# $code" '$0 == code { here = 1; next } here && NF { print $1, $2, $3; exit }')
    [[ $output == *"${why:-$code}"* ]] || { echo "$code: $why"; false; }
    [[ $output != *'# '[EWDRU][0-9]* && $output != *'```'* && $output != *'## nb'* && $output != *'{0}'* ]]
  done
}

@test "several codes, and in small letters" {
  run t explain e0101 D0001
  [ "$status" -eq 0 ]
  [[ $output == 'error E0101: '*$'\n\n\nerror D0001: '* ]]
}

@test "examples of data say what they are" {
  run t explain D0011
  [[ $output == *$'\nWrong (CSV):\n\n    '*$'\nRight (CSV):\n\n    '* ]]
}

@test "without a code all of them are listed, in groups" {
  run t explain
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'Characters, numbers, dates, sections' ]
  [ "${lines[1]}" = 'E0101  “…” cannot stand in a rules text.' ]
  diff <(grep -oE '^[EWDRU][0-9]{4}' <<<"$output" | sort) \
    <(sed -nE 's/^MESSAGE\((\w+),.*/\1/p' "$ROOT/lang/text/messages.def" | sort)
  [ "$(wc -L <<<"$output")" -le 80 ]
  [[ $output == *$'\n\nNames\nE0301  '*$'\nW0316  '*$'\nE0317  '* ]]
  run t explain --language nb
  [ "${lines[0]}" = 'Tegn, tall, datoer, avsnitt' ]
}

@test "an unknown code, with the nearest one" {
  run t explain E0199
  [ "$status" -eq 2 ]
  [ "$output" = 'error U0120: There is no message with the code “E0199”.
      = help: did you mean “E0109”?' ]
  run t explain 104
  [ "${lines[1]}" = '      = help: did you mean “E0104”?' ]
  run t explain threshold --language nb
  [ "$output" = 'feil U0120: Det er ingen melding med koden «threshold».
      = hjelp: «terskel explain» viser alle.' ]
}

@test "one unknown code among others: nothing is explained, and all unknown ones are told" {
  run bash -c '"$TERSKEL" explain X1 E0101 X2 2>error'
  [ "$status" -eq 2 ]
  [ -z "$output" ]
  [ "$(grep -c U0120 error)" -eq 2 ]
}
