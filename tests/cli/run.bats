# terskel run: what goes in, what comes out, and with which status it ends.

load ../lib/terskel
load ../lib/small

setup() {
  small_rules small.tsk
  small_data small.jsonl
  grep -v '"bad"' small.jsonl >sound.jsonl
  grep '"ok"' small.jsonl >ok.jsonl
}

# said STATUS LINE...: the program ended so, and its output was exactly these lines
said() {
  echo "status $status, output: $output"
  [ "$status" -eq "$1" ]
  [ "$output" = "$(printf '%s\n' "${@:2}")" ]
}

@test "CSV: a row for each application" {
  run t run small.tsk small.jsonl --format csv
  said 1 \
    'application,outcome,sought,level,score,Low,High,support,not_met,missing,errors' \
    'ok,qualified,Low,Low,4,qualified,rejected,1000,,,' \
    'poor,rejected,Low,,4,rejected,rejected,1000,E1,,' \
    'late,dismissed,Low,,4,dismissed,dismissed,1000,F1,,' \
    'open,undetermined,Low,,,undetermined,rejected,1000,,quality,' \
    'gone,rejected,High,,,qualified,rejected,1000,,,' \
    'bad,error,Low,,4,error,error,1000,,,"small.jsonl:6: received: “tomorrow” is not a date. (D0117): write year, month and day, as 2019-09-06."'
}

@test "JSON Lines: an object a line, all keys in their order" {
  run t run small.tsk ok.jsonl --format jsonl
  said 0 "$(printf %s '{"application":"ok","programme":"Small Test","as_of":"2024-03-01","outcome":"qualified",' \
    '"sought":"Low","level":"Low","score":4,' \
    '"levels":{"Low":{"status":"qualified","score":4,"threshold":3,' \
    '"requirements":{"A1":"met","A1.a":"met","A1.b":"met","A1.c":"met","A2":"met"}},' \
    '"High":{"status":"rejected","score":null,"threshold":null,' \
    '"requirements":{"A1":"met","A1.a":"met","A1.b":"met","A1.c":"met","A2":"met"}}},' \
    '"requirements":{"F1":"met","E1":"met","V1":"met","A1":"met","A1.a":"met","A1.b":"met","A1.c":"met","A2":"met"},' \
    '"brands":{},"decisions":{},"reports":{"support":1000},"remarks":[],"assumed":{"members[2].country":"NO"},' \
    '"missing":[],"possible":[],"errors":[],"rules":"'"$(rules)"'"}')"
}

# The fingerprint that the text report shows.
rules() {
  t run small.tsk ok.jsonl | sed -n '1s/.*rules //p'
}

@test "the fingerprint is of the rules: 16 hexadecimal digits, others for other rules" {
  local first
  first=$(rules)
  [[ $first =~ ^[0-9a-f]{16}$ ]]
  echo '-- a remark' >>small.tsk
  [ "$(rules)" != "$first" ]
}

@test "JSON: one array of the same objects" {
  t run small.tsk sound.jsonl --format jsonl >lines
  t run small.tsk sound.jsonl --format json >array
  diff <(sed '1s/^/[\n/; $!s/$/,/; $s/$/\n]/' lines) array
  : >empty.jsonl
  run t run small.tsk empty.jsonl --format json
  said 0 '[' ']'
}

@test "an undetermined outcome names what would settle it, and what is still possible" {
  run bash -c 'grep open small.jsonl | "$TERSKEL" run small.tsk - --format jsonl'
  [ "$status" -eq 0 ]
  [[ $output == *'"outcome":"undetermined"'*'"score":{"from":1,"to":6}'* ]]
  [[ $output == *'"missing":["quality"],"possible":["qualified","rejected"],"errors":[]'* ]]
}

@test "a remark never changes the outcome, and is told" {
  run bash -c 'grep poor small.jsonl | "$TERSKEL" run small.tsk - --format jsonl'
  [[ $output == *'"remarks":[{"requirement":"V1","title":"Broad","status":"not met"}]'* ]]
}

@test "text: the heading, an application with its reasons, the sum" {
  local gap=$'\xC2\xA0' share
  run t run small.tsk sound.jsonl
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "A small test  rules $(rules)" ]
  share=$(printf '%s\n' 'poor · Low → REJECTED · score 4, threshold 3' \
    '  rules as of 2024-03-01' \
    '  ✗ E1  Half is own' \
    '        own share >= own part' \
    '        own share = 0.48' \
    "          own = NOK${gap}720" \
    "          total = NOK${gap}1${gap}500" \
    '        own part = 0.5, from 2010-01-01 (decision 7)' \
    '        source: decision 7, section 2' \
    '        advice: Raise the own contribution.' \
    '  3 requirements met' \
    '  ✗ V1  remark: Broad' \
    '        at least 2 of businesses' \
    '        businesses: none' \
    "  Support = NOK${gap}1${gap}000" \
    '    held down by “the frame”')
  echo "$output"
  [[ $output == *$'\n\n'"$share"$'\n\n'* ]]
  [[ $output == *$'\n\n''5 applications: 1 qualified, 2 rejected, 1 dismissed, 1 undetermined' ]]
}

@test "text: a level that is off the ladder says so, with the author's own words" {
  run bash -c 'grep gone small.jsonl | "$TERSKEL" run small.tsk -'
  [ "${lines[1]}" = 'gone · High → REJECTED' ]
  [ "${lines[3]}" = '  High does not exist on 2024-03-01.' ]
  [ "${lines[4]}" = '  High is gone: apply for Low.' ]
}

@test "text: wrong data are told, and nothing that was computed from them" {
  run bash -c 'grep bad small.jsonl | "$TERSKEL" run small.tsk -'
  [ "$status" -eq 1 ]
  [ "${lines[1]}" = 'bad · Low → ERROR' ]
  [ "${lines[2]}" = '  ! -:1: received: “tomorrow” is not a date. (D0117)' ]
  [ "${lines[3]}" = '    write year, month and day, as 2019-09-06.' ]
  [ "${lines[4]}" = '1 application: 1 error' ]
}

@test "text in bokmål" {
  run t run small.tsk ok.jsonl --language nb
  [[ ${lines[0]} == 'En liten prøve  regler '* ]]
  [ "${lines[1]}" = 'ok  All Right · Low → KVALIFISERT · poeng 4, terskel 3' ]
  [[ $output == *'1 søknad: 1 kvalifisert' ]]
}

@test "--on picks the rules of another day" {
  run bash -c 'grep gone small.jsonl | "$TERSKEL" run small.tsk - --on 2015-06-01 --format csv'
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = 'gone,qualified,High,High,,qualified,qualified,1000,,,' ]
}

@test "exit status: 0 done, 1 an error, 3 with --strict something undetermined; errors come first" {
  run t run small.tsk sound.jsonl
  [ "$status" -eq 0 ]
  run t run small.tsk sound.jsonl --strict
  [ "$status" -eq 3 ]
  run t run small.tsk small.jsonl
  [ "$status" -eq 1 ]
  run t run small.tsk small.jsonl --strict
  [ "$status" -eq 1 ]
  run t run small.tsk ok.jsonl --strict
  [ "$status" -eq 0 ]
}

@test "rules with mistakes end it with 1 before any data are read" {
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run t run wrong.tsk nowhere.jsonl
  [ "$status" -eq 1 ]
  [[ $output == *'E0318'* ]]
  [[ $output != *'nowhere'* ]]
}

@test "data that cannot be read end it with 2, and the others are judged" {
  run bash -c '"$TERSKEL" run small.tsk nowhere.jsonl ok.jsonl --format csv 2>error'
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 2 ]
  grep -q '^nowhere.jsonl: error D0001: “nowhere.jsonl” cannot be opened: No such file or directory.' error
}

@test "several files and a folder" {
  mkdir folder
  cp sound.jsonl folder/b.jsonl
  cp ok.jsonl folder/a.jsonl
  run t run small.tsk ok.jsonl folder --format csv
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 8 ]
}

@test "standard input holds the data, or the rules" {
  t run small.tsk sound.jsonl --format csv >wanted
  "$TERSKEL" run small.tsk - --format csv <sound.jsonl | diff wanted -
  "$TERSKEL" run - sound.jsonl --format csv <small.tsk | diff wanted -
}

@test "options may stand anywhere, and as --name=value" {
  t run small.tsk sound.jsonl --format csv >wanted
  t run --format=csv small.tsk sound.jsonl | diff wanted -
  t --language en run small.tsk --format csv -- sound.jsonl | diff wanted -
  t run --format json small.tsk --format csv sound.jsonl | diff wanted -
}

@test "--output writes the same to a file, and nothing else" {
  t run small.tsk sound.jsonl --format csv >wanted
  for option in '-o out.csv' '-oout.csv' '--output out.csv' '--output=out.csv'; do
    rm -f out.csv
    run t run small.tsk sound.jsonl --format csv $option
    said 0 ''
    diff wanted out.csv
  done
}

@test "--output leaves the old file whole where something goes wrong, and no scraps" {
  mkdir there
  echo old >there/out.csv
  run t run small.tsk ok.jsonl nowhere.jsonl --format csv -o there/out.csv
  [ "$status" -eq 2 ]
  [ "$(cat there/out.csv)" = old ]
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run t run wrong.tsk ok.jsonl -o there/out.csv
  [ "$status" -eq 1 ]
  [ "$(cat there/out.csv)" = old ]
  [ "$(ls there)" = out.csv ]
}

@test "--output replaces the file also where an application ended in error" {
  echo old >out.csv
  run t run small.tsk small.jsonl --format csv -o out.csv
  [ "$status" -eq 1 ]
  [ "$(wc -l <out.csv)" -eq 7 ]
}

@test "--output to where nothing can be written" {
  run t run small.tsk ok.jsonl -o nowhere/out.csv
  said 2 'error U0112: nowhere/out.csv cannot be written: No such file or directory.'
  run t run small.tsk ok.jsonl -o .
  said 2 'error U0112: . cannot be written: Is a directory.'
  run t run small.tsk ok.jsonl -o /dev/full
  said 2 'error U0112: /dev/full cannot be written: No space left on device.'
}

@test "--output never replaces what is read" {
  mkdir folder
  cp small.jsonl folder/a.jsonl
  ln -s small.jsonl link.jsonl
  ln small.jsonl hard.jsonl
  for file in small.tsk small.jsonl link.jsonl hard.jsonl; do
    run t run small.tsk small.jsonl -o $file
    said 2 "error U0113: $file is also read here, and would be lost." '      = help: write the result to another file.'
  done
  run t run small.tsk folder -o folder/a.jsonl
  [ "$status" -eq 2 ]
  run bash -c '"$TERSKEL" run small.tsk - -o small.jsonl <small.jsonl'
  [ "$status" -eq 2 ]
  diff small.jsonl folder/a.jsonl
}

@test "--output - is standard output" {
  t run small.tsk ok.jsonl --format csv >wanted
  t run small.tsk ok.jsonl --format csv -o - | diff wanted -
  [ ! -e ./- ]
}

@test "--stats that cannot be written end it with 2" {
  run bash -c '"$TERSKEL" run small.tsk ok.jsonl --stats --format csv -o out.csv 2>/dev/full'
  said 2 ''
}

@test "CSV lines may end with CR; what hides lines ends it with 2" {
  printf 'id,total\rA,1\rB,2\r' >cr.csv
  run t run small.tsk cr.csv --format csv
  [ "${#lines[@]}" -eq 3 ]
  printf 'id,total\nA,1\n"B,2\nC,3\n' >open.csv
  run t run small.tsk open.csv --format csv
  [ "$status" -eq 2 ]
  [[ $output == *'open.csv:3: error D0017: The rest of the file could not be read: the quotation mark opened on line 3'* ]]
  printf 'id,colour\n' >header.csv
  run t run small.tsk header.csv
  [ "$status" -eq 2 ]
  [[ $output == *'D0018'*'“colour”'* ]]
}

@test "a full disk and a closed standard output end it with 2" {
  run bash -c '"$TERSKEL" run small.tsk small.jsonl >/dev/full'
  said 2 'error U0112: Standard output cannot be written: No space left on device.'
  run bash -c '"$TERSKEL" run small.tsk small.jsonl >&-'
  said 2 'error U0112: Standard output cannot be written: Bad file descriptor.'
}

@test "with a closed standard error no message lands in the file that is written" {
  "$TERSKEL" run small.tsk sound.jsonl --format csv --stats -o out.csv 2>&- || [ $? -eq 2 ]
  t run small.tsk sound.jsonl --format csv | diff - out.csv
}

@test "a reader who goes away ends it quietly" {
  for i in {1..3000}; do cat ok.jsonl; done | sed 's/"ok"/"'$RANDOM'"/' >many.jsonl
  run bash -c '"$TERSKEL" run small.tsk many.jsonl --format csv | head -1'
  said 0 'application,outcome,sought,level,score,Low,High,support,not_met,missing,errors'
}

@test "the answers are the same however many applications come at once" {
  for i in {1..1500}; do sed "s/\"id\":\"/&$i-/" sound.jsonl; done >many.jsonl
  run t run small.tsk many.jsonl --format csv --stats -o out.csv
  said 0 'batches: 8' 'number columns in the slow lane: 0'
  sed '1d; s/^[0-9]*-//' out.csv | sort | uniq -c >counted
  [ "$(awk '{ print $1 }' counted | sort -u)" = 1500 ]
  t run small.tsk sound.jsonl --format csv | sed 1d | sort | diff - <(sed 's/^ *1500 //' counted)
}

@test "colours on a terminal that shows them, and nowhere else" {
  on_terminal() { script -qec "'$TERSKEL' run small.tsk ok.jsonl" /dev/null </dev/null; }
  local escape=$'\e'
  run env -u NO_COLOR TERM=xterm bash -c "$(declare -f on_terminal); on_terminal"
  [[ $output == *"$escape[32mQUALIFIED$escape[0m"* ]]
  run env NO_COLOR= TERM=xterm bash -c "$(declare -f on_terminal); on_terminal"
  [[ $output == *"$escape["* ]]
  run env NO_COLOR=1 TERM=xterm bash -c "$(declare -f on_terminal); on_terminal"
  [[ $output == *QUALIFIED* && $output != *"$escape["* ]]
  run env -u NO_COLOR TERM=dumb bash -c "$(declare -f on_terminal); on_terminal"
  [[ $output == *QUALIFIED* && $output != *"$escape["* ]]
  run env -u NO_COLOR TERM=xterm "$TERSKEL" run small.tsk ok.jsonl
  [[ $output == *QUALIFIED* && $output != *"$escape["* ]]
}

@test "lines are broken to the terminal's width" {
  run script -qec "stty cols 40; '$TERSKEL' run small.tsk sound.jsonl" /dev/null
  [ "$(tr -d '\r' <<<"$output" | sed 's/\x1b\[[0-9]*m//g' | LC_ALL=C.UTF-8 wc -L)" -le 40 ]
}

@test "what applicants wrote cannot steer the terminal, nor run in a spreadsheet" {
  sed 's/All Right/All \\u001b[2J\\u202e Right/; s/"ok"/"=1+1"/' ok.jsonl >evil.jsonl
  run t run small.tsk evil.jsonl
  [[ ${lines[1]} == '=1+1  All \u{1b}[2J\u{202e} Right · Low → QUALIFIED'* ]]
  run t run small.tsk evil.jsonl --format csv
  [[ ${lines[1]} == "'=1+1,qualified,"* ]]
  run t run small.tsk evil.jsonl --format jsonl
  [[ $output == '{"application":"=1+1"'* ]]
}

@test "memory that is refused ends it with 4, and the old file stays" {
  case $TERSKEL in *asan*) skip "the sanitizers need memory of their own" ;; esac
  echo old >out.csv
  printf '{"id":"%*s"}\n' 12000000 x >large.jsonl
  run bash -c 'ulimit -v 24000; "$TERSKEL" run small.tsk large.jsonl --format csv -o out.csv'
  said 4 'terskel: out of memory'
  [ "$(cat out.csv)" = old ]
  [ "$(echo out.csv*)" = out.csv ]
}
