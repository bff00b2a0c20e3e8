# The language of messages: --language, or what the environment says as POSIX has it.

load ../lib/terskel
load ../lib/small

setup() {
  unset LANGUAGE LC_ALL LC_MESSAGES LANG
}

# in_language LANGUAGE NAME=VALUE...: with these variables the program speaks it
in_language() {
  local wanted='error U0107' said
  if [ "$1" = nb ]; then wanted='feil U0107'; fi
  said=$(env "${@:2}" "$TERSKEL" 2>&1 </dev/null) || true
  [[ $said == "$wanted"* ]] || { echo "${*:2}: $said"; false; }
}

@test "without any variable it is English" {
  in_language en
}

@test "each variable can ask for bokmål" {
  for name in LANGUAGE LC_ALL LC_MESSAGES LANG; do
    in_language nb $name=nb_NO.UTF-8
    in_language en $name=en_GB.UTF-8
  done
}

@test "LANGUAGE counts before LC_ALL, LC_ALL before LC_MESSAGES, LC_MESSAGES before LANG" {
  in_language nb LANGUAGE=nb LC_ALL=en_GB LC_MESSAGES=en_GB LANG=en_GB
  in_language en LANGUAGE=en LC_ALL=nb_NO LC_MESSAGES=nb_NO LANG=nb_NO
  in_language nb LC_ALL=nb_NO LC_MESSAGES=en_GB LANG=en_GB
  in_language en LC_ALL=C LC_MESSAGES=nb_NO LANG=nb_NO
  in_language nb LC_MESSAGES=nb_NO LANG=en_GB
  in_language en LC_MESSAGES=en_GB LANG=nb_NO
}

@test "an empty variable is as none" {
  in_language nb LANGUAGE= LC_ALL= LC_MESSAGES= LANG=nb_NO
  in_language nb LANGUAGE=:en LC_ALL=nb_NO
}

@test "of LANGUAGE the first entry counts" {
  in_language nb LANGUAGE=nb:en
  in_language en LANGUAGE=en:nb
}

@test "Norwegian in each of its spellings, and what only begins like it" {
  for value in nb no nn nb_NO nn_NO.UTF-8 no_NO nb.UTF-8 nb@x; do in_language nb LANG=$value; done
  for value in nbx nord n NB_NO da_DK.UTF-8 C.UTF-8 POSIX; do in_language en LANG=$value; done
}

@test "--language counts before the environment" {
  run env LANGUAGE=nb "$TERSKEL" --language en
  [[ $output == 'error U0107'* ]]
  run env LANGUAGE=en "$TERSKEL" --language=nb
  [[ $output == 'feil U0107'* ]]
  run env LANGUAGE=nb "$TERSKEL" --language no
  [[ $output == 'feil U0104'* ]]
}

@test "help and the text report follow the environment, data do not" {
  small_rules small.tsk
  small_data small.jsonl
  run env LANGUAGE=nb "$TERSKEL" help run
  [ "${lines[0]}" = 'Bruk: terskel run RULES DATA… [OPTION…]' ]
  run env LANGUAGE=nb "$TERSKEL" check small.tsk
  [[ $output == 'small.tsk: ingen feil: '* ]]
  LANGUAGE=nb t run small.tsk small.jsonl >nb.txt || true
  t run small.tsk small.jsonl --language nb >wanted.txt || true
  cmp nb.txt wanted.txt
  ! LANGUAGE=en t run small.tsk small.jsonl | cmp -s - nb.txt
  for format in json jsonl csv; do
    LANGUAGE=en t run small.tsk small.jsonl --format $format >en.$format || true
    LANGUAGE=nb t run small.tsk small.jsonl --format $format >nb.$format || true
    cmp en.$format nb.$format
  done
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  for format in json sarif; do
    LANGUAGE=en t check wrong.tsk --format $format >en.$format || true
    LANGUAGE=nb t check wrong.tsk --format $format >nb.$format || true
    cmp en.$format nb.$format
    grep -q 'is not known here' nb.$format
    run t check wrong.tsk --format $format --language nb
    [[ $output == *'er ikke kjent her'* ]]
  done
}
