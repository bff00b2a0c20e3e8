# Modules: what `use` brings in, from where it may come, and how many there may be.

load ../lib/terskel

# programme LINE...: a programme that uses what the lines say
programme() {
  printf '%s\n' 'programme Support' '  currency NOK, EUR' end "$@" application '  id : text' '  staff : whole number' end >rules.tsk
}

# module FILE LINE...
module() {
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "${@:2}" >"$1"
}

@test "a module's parameters, types and modules of its own stand beside the programme's" {
  programme 'use "eu/sme.tsk"' 'report small: staff < limit of staff' 'report class: size assumed big if missing'
  sed -i 's/^  staff/  size : size\n  staff/' rules.tsk
  module eu/sme.tsk 'use "types.tsk"' "parameter 'limit of staff': number = 250"
  module eu/types.tsk 'type size: one of small, big'
  sed -i "s/limit of staff\$/'limit of staff'/" rules.tsk
  run t check rules.tsk
  [ "$status" -eq 0 ]
  printf '{"id": "A", "staff": 12}\n' >one.jsonl
  run t run rules.tsk one.jsonl --format csv
  [ "$status" -eq 0 ]
  [[ ${lines[1]} == *yes*big* ]]
}

@test "a path begins in the folder of the file that names it" {
  programme 'use "eu/a.tsk"' 'report r: both'
  module eu/a.tsk 'use "deep/b.tsk"' 'define both: one + two'
  module eu/deep/b.tsk 'parameter one: number = 1' 'use "c.tsk"'
  module eu/deep/c.tsk 'parameter two: number = 2'
  run t check rules.tsk
  [ "$status" -eq 0 ]
}

@test "a module that two others use is read once" {
  programme 'use "a.tsk"' 'use "./b.tsk"' 'report r: one'
  module a.tsk 'use "c.tsk"'
  module b.tsk 'use "./c.tsk"'
  module c.tsk 'parameter one: number = 1'
  run t check rules.tsk
  [ "$status" -eq 0 ]
}

@test "a mistake in a module is told in its file" {
  programme 'use "eu/sme.tsk"'
  module eu/sme.tsk '-- thresholds' 'parameter limit: number = 3,5'
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'eu/sme.tsk:2:27: error E0104: Decimals are written with a point, not as “3,5”.' ]
}

@test "the same name in two modules is told with both places" {
  programme 'use "a.tsk"' 'use "b.tsk"'
  module a.tsk 'parameter limit: number = 3'
  module b.tsk 'parameter limit: number = 4'
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ $output == *'b.tsk:1:11: error E0302'* && $output == *'a.tsk:1:11'* ]]
}

@test "a programme in English may use a module in bokmål" {
  programme 'use "nb.tsk"' 'report r: if staff > antallet then size is stor else no'
  sed -i 's/^  staff/  size : størrelse\n  staff/' rules.tsk
  module nb.tsk 'språk nb' 'type størrelse: en av liten, stor' 'parameter antallet: tall = antall([1, 2])'
  run t check rules.tsk
  [ "$status" -eq 0 ]
  printf '{"id": "A", "staff": 12, "size": "stor"}\n' >one.jsonl
  run t run rules.tsk one.jsonl --format csv
  [[ ${lines[1]} == *yes* ]]
}

@test "a module is checked by itself" {
  module sme.tsk 'module EU SME' '  currency EUR' end 'parameter limit: money = EUR 10 million'
  run t check sme.tsk
  [ "$status" -eq 0 ]
}

@test "a second programme in a module is refused" {
  programme 'use "a.tsk"'
  module a.tsk 'programme Other' end
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ $output == *E0614* ]]
}

@test "a link may not lead out of the programme's folder" {
  mkdir inside
  echo 'parameter one: number = 1' >outside.tsk
  (cd inside && programme 'use "link.tsk"' && ln -s ../outside.tsk link.tsk)
  run t check inside/rules.tsk
  [ "$status" -eq 1 ]
  [[ $output == *E0811* ]]
}

@test "a data file is found beside the module that names it" {
  programme 'use "eu/calls.tsk"' 'report r: count(calls)'
  module eu/calls.tsk 'record Call' '  id : text' end 'data calls: list of Call from "calls.csv"'
  printf 'id\n2016\n2019\n' >eu/calls.csv
  run t check rules.tsk
  [ "$status" -eq 0 ]
}

# chain N: modules m1 … mN, each of which uses the next
chain() {
  local i
  for ((i = 1; i < $1; i++)); do echo "use \"m$((i + 1)).tsk\"" >"m$i.tsk"; done
  echo 'parameter last: number = 1' >"m$1.tsk"
}

@test "modules stand 64 deep and no deeper" {
  programme 'use "m1.tsk"'
  chain 64
  run t check rules.tsk
  [ "$status" -eq 0 ]
  chain 65
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'm64.tsk:1:5: error E0814: Modules use modules more than 64 deep.' ]
}

@test "a thousand modules may be used and no more" {
  for ((i = 1; i <= 1001; i++)); do
    echo "parameter p$i: number = $i" >"m$i.tsk"
    echo "use \"m$i.tsk\""
  done >uses
  programme "$(head -1000 uses)"
  run t check rules.tsk
  [ "$status" -eq 0 ]
  programme "$(cat uses)"
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'rules.tsk:1004:5: error E0818: More than 1000 modules are used.' ]]
}

@test "a module larger than 1 MiB is refused" {
  programme 'use "large.tsk"'
  head -c 1048577 /dev/zero | tr '\0' ' ' >large.tsk
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'rules.tsk:4:5: error E0816: The module “large.tsk” is larger than 1 MiB.' ]]
}

@test "a module that is no text ends the check with its one message" {
  programme 'use "bad.tsk"' 'define x: unknown thing'
  printf 'define \377' >bad.tsk
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'bad.tsk:1:8: error E0121'* ]]
}

@test "the rules blocks of a Markdown file are its text, with its own line numbers" {
  printf '%s\n' '# Guidelines' '' 'Anything == goes; here.' '' '```terskel' 'programme Support' end application '  staff: number' end '```' '' \
    '```sh' 'define not rules' '```' '~~~~terskel' 'define half: 3,5' '~~~' '~~~~' 'more || words' >rules.md
  run t check rules.md
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'rules.md:17:14: error E0104: Decimals are written with a point, not as “3,5”.' ]
  [[ $output != *E0301* ]]
}

@test "a module's application and tests are its own affair" {
  programme 'use "size.tsk"' 'report r: class of(staff)'
  module size.tsk 'module Size' end 'type class: small < large' 'function class of(staff: number): class' '  small when staff < 10' \
    '  otherwise large' end application '  people : number at least 0' end 'test "at ten"' \
    '  | people  || class of(people) | possible class of(people) |' \
    '  | 9       || small            | small                     |' \
    '  | 10      || large            | large                     |' \
    '  | missing || undetermined     | small, large              |' end
  run t check rules.tsk
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
  run t test rules.tsk
  [[ $output == *U0140* ]]
  run t test size.tsk
  [ "$status" -eq 0 ]
  [ "$output" = '3 passed, 0 failed' ]
  sed -i 's/small, large/small/' size.tsk
  run t test size.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'size.tsk:15: at ten, case 3: expected possible class of(people): small, but possible: small, large' ]]
}

@test "an application in a file that is no module is the programme's" {
  printf '%s\n' 'programme Support' end 'use "fields.tsk"' 'report twice: staff * 2' >rules.tsk
  module fields.tsk application '  id : text' '  staff : number' end
  run t check rules.tsk
  [ "$status" -eq 0 ]
}

@test "nothing is told of what a programme never asks of a module" {
  programme 'use "size.tsk"' 'report r: capped + staff'
  module size.tsk 'module Size' end 'parameter limit: number = 5' 'parameter unasked: number = 1' 'define capped: limit but at most 10'
  run t check rules.tsk
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
  # of the programme's own values it is
  sed -i 1,2d size.tsk
  sed -e '/^use/r size.tsk' -e '/^use/d' rules.tsk >own.tsk
  run t check own.tsk
  [ "$status" -eq 0 ]
  [[ $output == *'W0340: Nothing uses the parameter “unasked”'* && $output == *W0660* ]]
}

@test "a module that is checked by itself is told what can never be" {
  module size.tsk 'module Size' end 'type class: small < large' 'function class of(people: number): class' \
    '  small when people < 10' '  otherwise large' end 'test "nine"' '  expect class of(9) = small' end
  run t check size.tsk
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
}

@test "coverage asks nothing of a module that is used, and does not stumble over functions that nothing calls" {
  programme 'use "size.tsk"' 'define big: is big(staff)' 'report r: if big then 1 else 2' 'test "at ten"' '  | staff || r |' '  | 9 || 2 |' '  | 11 || 1 |' end
  module size.tsk 'module Size' end 'function is big(people: number): yes/no = people >= 10 and people != 1000' \
    'function never called(people: number): number' '  1 when people > 3 and people < 9' '  otherwise 2' end
  run t test rules.tsk --coverage
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output != *size.tsk* && $output != *thresholds* ]]
  [[ $output == *'2 passed, 0 failed' ]]
}
