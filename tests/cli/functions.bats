#!/usr/bin/env bats
# `terskel functions`: the list, one function's page, both languages; and every example on every page is right.
load ../lib/terskel

# names: of all functions, each once
names() { t functions | sed -nE 's/^  ([^(]+)\(.*/\1/p' | sort -u; }

@test "the list has every function under its subject, with what it gives" {
  run t functions
  [ "$status" -eq 0 ]
  [ "$(grep -c '^[^ ]' <<<"$output")" -eq 6 ]
  grep -qE '^  round half even\(n, \[scale\]\) +Rounded to the nearest; a tie goes to the even digit\.$' <<<"$output"
  [ "$(names | wc -l)" -ge 70 ]
}

@test "one function: its arguments, what it gives, an example" {
  run t functions substring
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "substring(string, start position, [length])" ]
  [ "${lines[2]}" = "    string: text" ]
  [ "${lines[4]}" = "    length: whole number (may be left out)" ]
  [ "${lines[5]}" = "    gives: text" ]
  [ "${lines[7]}" = '    substring("terskel", 1, 3) => "ter"' ]
}

@test "a name of several words needs no quotes, and may be in either language" {
  [ "$(t functions round up)" = "$(t functions 'round up')" ]
  [ "$(t functions 'rund opp')" = "$(t functions 'round up')" ]
}

@test "in bokmål" {
  run t functions deltekst --language nb
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "deltekst(tekst, startplass, [lengde])" ]
  [ "${lines[4]}" = "    lengde: heltall (kan utelates)" ]
  [ "${lines[7]}" = '    deltekst("terskel", 1, 3) => "ter"' ]
  # no English is left in the words
  ! t functions --language nb | grep -wiE 'the|number|list|range'
}

@test "rules in bokmål call them by their bokmål names, arguments too" {
  cat >regler.tsk <<'END'
språk nb
program N
  avgjør ingenting
slutt
søknad
  navn : liste av tekst
slutt
rapporter a: rund opp(1.21, desimaler: 1)
rapporter b: skjøt tekst(navn sortert etter tekstlengde(element), "-")
rapporter c: antall(ulike verdier(navn)) + største(3, 4)
END
  echo '{"navn": ["abc", "b", "b"]}' >data.json
  run t run regler.tsk data.json --language nb
  [ "$status" -eq 0 ]
  grep -q '  a = 1.3$' <<<"$output"
  grep -q '  b = «b-b-abc»$' <<<"$output"
  grep -q '  c = 6$' <<<"$output"
}

@test "a function that is not there" {
  run t functions subsstring
  [ "$status" -eq 2 ]
  grep -q 'error U0155: There is no function “subsstring”.' <<<"$output"
  grep -q 'did you mean “substring”?' <<<"$output"
}

@test "every example has its value" {
  { echo 'application {}'; names | while read -r name; do t functions "$name" | sed -n 's/^    \(.* => .*\)/\1/p'; done; } >examples.tests
  [ "$(wc -l <examples.tests)" -gt 80 ]
  "$ROOT/tests/language/run" "$TERSKEL" examples.tests
}

@test "the reference has a row for every way of calling, and no others" {
  t functions | sed -nE 's/^  (.*\)) +([^ ].*)$/| `\1` | \2 |/p' | sort >table
  sed -n '/^## Functions/,/^### Functions of the text/p' "$ROOT/lang/REFERENCE.md" | grep '^| `' | sort >reference
  diff table reference
}
