# Each message about data, about one application and about the use of the command is made, and compared to the letter
# with what stands in its CODE.case; so are a few about rules that only long texts bring about. Those about rules
# otherwise stand in tests/fail. How a case is written is told in `try`, which also writes what comes:
#
#   tests/messages/try build/terskel tests/messages/D0114.case
#   tests/messages/try --write build/terskel tests/messages/D0114.case

load ../lib/terskel

messages=$ROOT/tests/messages

@test "each case says what stands in it, to the letter" {
  run "$messages/try" "$TERSKEL" "$messages"/*.case
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "every message of data, of an application and of use has its case" {
  # U0130 says that fmt has a mistake of its own; no text is known that brings it about.
  sed -nE 's/^MESSAGE\(([DRU][0-9]+),.*/\1/p' "$ROOT/lang/text/messages.def" | grep -v U0130 | sort >wanted
  printf '%s\n' E0122 E0311 E0437 E0511 E0631 E0632 >>wanted # tests/fail/hostile only names them
  for file in "$messages"/*.case; do basename "$file" .case; done | cut -d- -f1 | sort -u >cases
  [ "$(wc -l <wanted)" -gt 100 ]
  diff <(sort wanted) cases
}

# made NAME LINE...: a case of that name, tried
made() {
  printf '%s\n' "${@:2}" >"$1"
  run "$messages/try" "$TERSKEL" "$1"
  echo "$output"
}

help='      = help: “terskel --help” shows what there is.'
hjelp='      = hjelp: «terskel --help» viser hva som finnes.'

@test "a case that is right passes, and one wrong letter, code or status fails" {
  right=('== command' terskel '== status 2' '== en' 'error U0107: No command is given.' "$help" '== nb' \
    'feil U0107: Ingen kommando er gitt.' "$hjelp")
  made U0107.case "${right[@]}"
  [ "$status" -eq 0 ]
  for i in 2 4 5 7 8; do
    wrong=("${right[@]}")
    wrong[i]=${wrong[i]/%[.2]/!}
    made U0107.case "${wrong[@]}"
    [ "$status" -eq 1 ]
  done
  made U0107.case "${right[@]:0:6}" # no bokmål
  [ "$status" -eq 1 ]
  made U0108.case "${right[@]}"
  [ "$status" -eq 1 ]
  [[ $output == *'shows no U0108'*'shows also U0107'* ]]
}
