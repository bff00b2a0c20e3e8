# terskel check

load ../lib/terskel
load ../lib/small

setup() {
  small_rules small.tsk
}

@test "rules without mistakes are praised in one line" {
  run t check small.tsk
  [ "$status" -eq 0 ]
  [ "$output" = 'small.tsk: no mistakes: 2 levels, 5 requirements, 1 criterion, 1 parameter, 1 report' ]
  run t check small.tsk --language nb
  [ "$output" = 'small.tsk: ingen feil: 2 nivåer, 5 krav, 1 kriterium, 1 parameter, 1 rapport' ]
}

@test "praise is data, mistakes are messages" {
  t check small.tsk >output 2>error
  [ -s output ] && [ ! -s error ]
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run bash -c '"$TERSKEL" check wrong.tsk >output 2>error'
  [ "$status" -eq 1 ]
  [ ! -s output ]
  grep -q 'wrong.tsk:44:23: error E0318: “own shaer” is not known here.' error
}

@test "each file is a programme of its own, and the worst decides the status" {
  cp small.tsk other.tsk
  run t check small.tsk other.tsk
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run t check wrong.tsk small.tsk
  [ "$status" -eq 1 ]
  [[ $output == *'small.tsk: no mistakes'* ]]
  run t check nowhere.tsk wrong.tsk small.tsk
  [ "$status" -eq 2 ]
  [[ $output == *'small.tsk: no mistakes'* ]]
}

@test "warnings are told and do no harm" {
  sed '/rules as of/d' small.tsk >undated.tsk
  run t check undated.tsk
  [ "$status" -eq 0 ]
  [[ $output == *'undated.tsk: no mistakes, 1 warning: 2 levels'* ]]
  [[ $output == *'warning W0510'* ]]
}

@test "rules that cannot be read" {
  run t check nowhere.tsk
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error E0801: “nowhere.tsk” cannot be read: No such file or directory.' ]
  run t check .
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error E0803: “.” is not a file.' ]
}

@test "rules from standard input" {
  run bash -c '"$TERSKEL" check - <small.tsk'
  [ "$status" -eq 0 ]
  [[ $output == '-: no mistakes:'* ]]
}
