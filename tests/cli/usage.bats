# How the command line is read, what is said of mistakes in it, and the help.

load ../lib/terskel

# said STATUS LINE...: the program ended so, and its output was exactly these lines
said() {
  echo "status $status, output: $output"
  [ "$status" -eq "$1" ]
  [ "$output" = "$(printf '%s\n' "${@:2}")" ]
}

@test "--version names the program and its version, and nothing else" {
  run t --version
  [[ $output =~ ^terskel\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
  [ "$status" -eq 0 ]
}

@test "--help, -h and help are one" {
  run t --help
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'Terskel judges applications by the rules of a programme, and says why.' ]
  [[ $output == *'terskel run RULES DATA… [OPTION…]'* ]]
  [[ $output == *'terskel check RULES… [OPTION…]'* ]]
  local first=$output
  run t -h
  [ "$output" = "$first" ]
  run t help
  [ "$output" = "$first" ]
}

@test "the help of a command lists its options and the exit statuses" {
  run t help run
  [ "$status" -eq 0 ]
  for option in '-o, --output FILE' '--format FORMAT' '--on DATE' '--strict' '--language LANGUAGE' '--stats' '-h, --help'; do
    [[ $output == *"$option"* ]]
  done
  [[ $output == *'3  --strict, and an outcome is undetermined'* ]]
  local first=$output
  run t run --help
  [ "$output" = "$first" ]
  run t run --help rules data
  [ "$output" = "$first" ]
  run t help check
  [[ $output == *'terskel check RULES…'*'--format FORMAT'*'json or sarif'* ]]
  [[ $output != *'--output'* ]]
}

@test "no line of the help is wider than a page" {
  for language in en nb; do
    for command in '--help' 'help run' 'help check' 'help explain' 'help help'; do
      run t $command --language $language
      [ "$status" -eq 0 ]
      [ "$(wc -L <<<"$output")" -le 110 ]
    done
  done
}

@test "the help in bokmål" {
  run t --language nb --help
  [ "${lines[0]}" = 'Terskel bedømmer søknader etter reglene i et program, og sier hvorfor.' ]
  run t help run --language=nb
  [ "${lines[0]}" = 'Bruk: terskel run RULES DATA… [OPTION…]' ]
}

@test "help and version are data: they come on standard output" {
  t --help 2>error >output
  [ -s output ] && [ ! -s error ]
}

@test "messages come on standard error" {
  "$TERSKEL" 2>error >output || true
  [ ! -s output ] && [ -s error ]
}

@test "no command" {
  run t
  said 2 'error U0107: No command is given.' '      = help: “terskel --help” shows what there is.'
  run t --language nb
  said 2 'feil U0107: Ingen kommando er gitt.' '      = hjelp: «terskel --help» viser hva som finnes.'
}

@test "an unknown command" {
  run t rnu rules.tsk
  said 2 'error U0106: There is no command “rnu”.' '      = help: did you mean “run”?'
  run t judge --format json
  said 2 'error U0106: There is no command “judge”.' '      = help: the commands are: run, check, explain, doc, test, fmt, table, functions, help.'
  run t help chek
  said 2 'error U0106: There is no command “chek”.' '      = help: did you mean “check”?'
}

@test "an unknown option" {
  run t run --fromat json
  said 2 'error U0101: There is no option “--fromat”.' '      = help: did you mean “--format”?'
  run t run --colour=always
  said 2 'error U0101: There is no option “--colour”.' '      = help: “terskel help run” lists the options.'
  run t run -x
  said 2 'error U0101: There is no option “-x”.' '      = help: “terskel help run” lists the options.'
  run t check --output x
  said 2 'error U0101: There is no option “--output”.' '      = help: “terskel help check” lists the options.'
  run t --verson
  said 2 'error U0101: There is no option “--verson”.' '      = help: did you mean “--version”?'
}

@test "names of options are not shortened" {
  run t run --form json rules data
  said 2 'error U0101: There is no option “--form”.' '      = help: did you mean “--format”?'
}

@test "an option without its value, or with one it does not take" {
  run t run rules data --format
  said 2 'error U0102: The option --format needs a value.' '      = help: write --format FORMAT.'
  run t run rules data -o
  said 2 'error U0102: The option -o needs a value.' '      = help: write -o FILE.'
  run t run rules data --strict=yes
  said 2 'error U0103: The option --strict takes no value.' '      = help: write --strict alone.'
}

@test "a value that is none" {
  run t run rules data --format xml
  said 2 'error U0104: “xml” is not a value of --format.' '      = help: write one of: text, json, jsonl, csv.'
  run t run rules data --format=
  said 2 'error U0104: “” is not a value of --format.' '      = help: write one of: text, json, jsonl, csv.'
  run t check rules --format jsonl
  said 2 'error U0104: “jsonl” is not a value of --format.' '      = help: write one of: text, json, sarif.'
  run t check rules --language no
  said 2 'error U0104: “no” is not a value of --language.' '      = help: write one of: en, nb.'
  run t run rules data --on 21.06.2024
  said 2 'error U0105: --on needs a date, and “21.06.2024” is none.' \
    '      = help: write the year first, as in --on 2024-06-21.'
  run t run rules data --on 2023-02-29 --language nb
  said 2 'feil U0105: --on trenger en dato, og «2023-02-29» er ingen.' \
    '      = hjelp: skriv året først, som i --on 2024-06-21.'
}

@test "rules or data are not named" {
  run t run
  said 2 'error U0108: No rules file is given.' '      = help: write: terskel run RULES DATA….'
  run t run rules.tsk
  said 2 'error U0109: No data file is given.' '      = help: write: terskel run RULES DATA….'
  run t check
  said 2 'error U0108: No rules file is given.' '      = help: write: terskel check RULES….'
}

@test "standard input is named twice" {
  run t run - -
  said 2 'error U0110: Standard input (-) can be read only once.' \
    '      = help: save one of the two in a file, and name that.'
}

@test "a word too many" {
  run t help run check
  said 2 'error U0111: “check” is one word too many.' '      = help: write: terskel help COMMAND.'
}

@test "all mistakes are told at once" {
  run t run --fromat json --strict=1 -z
  [ "$status" -eq 2 ]
  [[ $output == *'“--fromat”'*'--strict takes no value'*'“-z”'* ]]
  run t run --format xml --on never
  [ "$status" -eq 2 ]
  [[ $output == *'U0104'*'U0105'*'U0108'* ]]
}

@test "behind -- there are no options" {
  run t check -- --help
  [ "$status" -eq 2 ]
  [[ $output == *'--help'* ]]
  [[ $output != *'Usage'* ]]
}

@test "what a mistake quotes cannot write to the terminal" {
  run t run $'--\e[31mred\e[m'
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error U0101: There is no option “--\u{1b}[31mred\u{1b}[m”.' ]
}

@test "a full disk and a closed standard output are told and end with 2" {
  run bash -c '"$TERSKEL" --help >/dev/full'
  said 2 'error U0112: Standard output cannot be written: No space left on device.'
  run bash -c '"$TERSKEL" --help >&-'
  said 2 'error U0112: Standard output cannot be written: Bad file descriptor.'
  run bash -c '"$TERSKEL" --help 2>&- >&-'
  [ "$status" -eq 2 ]
}

@test "a reader who goes away ends it quietly" {
  run bash -c 'for i in {1..50}; do "$TERSKEL" help run || exit; done | head -1'
  said 0 'Usage: terskel run RULES DATA… [OPTION…]'
}

@test "the help of --format says what the command takes" {
  run t test --help
  [[ $output == *'--format FORMAT'*'text (for people, the default), junit or json'* ]]
  [[ $output != *jsonl* ]]
  run t table --help
  [[ $output == *'text (lines of a rules text, the default) or csv'* ]]
  [[ $output != *jsonl* ]]
  run t run --help
  [[ $output == *'json, jsonl or csv'* ]]
}
