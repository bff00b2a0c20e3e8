# terskel test: what tests may say, what is told of those that fail, and what no test has seen.

load ../lib/terskel

setup() {
  cat >rules.tsk <<'END'
programme Small Test
  currency NOK
  rules as of received
  decides level sought
end
type kind: one of research, business
record Part
  name : text
  sort : kind
end
record Budget
  total : money
  own   : money
end
application
  id           : text
  received     : moment
  level sought : level
  staff        : whole number at least 0
  research     : yes/no
  sorts        : list of kind
  parts        : list of Part
  budget       : Budget
  length       : months
  lasts        : duration
  founded      : date
  note         : text
end
ladder
  from 2019-01-01: Low < High
end
parameter least: whole number = 3
parameter own part: number
  from 2019-01-01: 50%
  from 2020-01-01: 60%
end
criterion quality: scale 1 to 6
judgement sound: yes/no by panel
define share: budget.own / budget.total
define size:
  small when staff < 10
  otherwise large
end
type extent: one of small, large
every application
  formally requires
    F1 "In time": received <= 2020-02-01 12:00
  requires
    E1 "Staff": staff >= least
       unless research "research is exempt"
    E2 "Own part" when size = large: share >= own part
  scores
    quality: weight 100%
end
level Low
  requires
    A1 "Two in place": at least 2 of
      a "a part of research": some of parts where sort = research
      b "a note":             note is known
      c "sound":              sound
    end
  threshold 3.5
end
level High
  requires
    H1 "Business": business in sorts
end
brand Wide
  valid from 2020-01-01
  requires
    W1 "Thirty": staff >= 30
end
report support "Support": budget.total * 50% but at most NOK 1 000 "the frame"
END
  sed -i 's/^define size:/define size "How large":/' rules.tsk
  cat >data.jsonl <<'END'
{"id": "one", "received": "2020-01-05 10:00", "level sought": "Low", "staff": 5, "quality": 4, "sound": true, "note": "n", "budget": {"total": 1000, "own": 600}}
{"id": "two", "received": "2020-01-05 10:00", "level sought": "High", "staff": 5, "quality": 4, "sorts": ["business"]}
{"id": "two", "received": "2020-01-05 10:00"}
{"id": "odd", "received": "tomorrow", "level sought": "Low"}
END
  head -n 1 data.jsonl >one.json
  : >none.jsonl
}

# said STATUS LINE...: the program ended so, and its output was exactly these lines
said() {
  echo "status $status, output: $output"
  [ "$status" -eq "$1" ]
  diff <(printf "%s\n" "${@:2}") <(sed "s/ / /g" <<<"$output") # amounts hold no-break spaces
}

# tests: the tests on standard input, run with the rules
tests() {
  cat >tests.tsk
  run t test rules.tsk tests.tsk "$@"
}

@test "everything that can be given and expected, and is so" {
  tests <<'END'
test "Given from a file"
  given "one.json"
  expect outcome is qualified
  expect level is Low
  expect level is one of Low, High
  expect level is not High
  expect Low is met and Low is qualified and High is undetermined and not (E1 is not met)
  expect Wide is not met
  expect A1 is met
  expect A1.a is undetermined
  expect A1.b is met and A1.c is met
  expect E1 is met
  expect E2 is not applicable
  expect score = 4
  expect support = NOK 500
  expect share = 60%
  expect share in [0.5..0.7)
  expect size is small
  expect size is not large
  expect E1 is one of met, waived
  expect F1 is not undetermined
  expect outcome is not one of rejected, dismissed
  expect missing: nothing
  expect length is missing
  expect count(parts) = 0 or parts are missing
end
test "The very same, by its name"
  given "one" from "data.jsonl"
  expect outcome is qualified
end
test "Laid over"
  given "one" from "data.jsonl"
  with note: missing
  with sound: no
  with budget.own: NOK 599.99
  with staff: 10
  expect A1 is not met
  expect budget.total = NOK 1000
  expect E2 is not met
  expect outcome is rejected
  expect level is none
end
test "All kinds of values"
  with received: 2020-02-01 12:00:01
  with level sought: High
  with sorts: [business, research]
  with parts: [{name: "x \"y\" æ", sort: research}, {sort: business}, {name: "z"}]
  with budget: {total: NOK 2 million, own: NOK 0.01}
  with length: 14 months
  with lasts: 36 hours
  with founded: 2019-12-31
  with note: "a\\b"
  with quality: 3.5
  with research: yes
  expect F1 is not met and outcome is dismissed
  expect count(sorts) = 2 and business in sorts
  expect count(parts) = 3
  expect some of parts where name = "x \"y\" æ"
  expect length = 14 months and lasts = 36 hours and founded = 2019-12-31
  expect budget.own = NOK 0.01 and quality = 3.5
  expect note = "a\\b"
end
test "Nothing but what is named"
  with level sought: Low
  expect outcome is undetermined
  expect staff is missing
  expect E1 is undetermined
  expect share is undetermined
  expect possible size: small, large
  expect possible outcome: qualified, rejected, dismissed
  expect Low is undetermined
  expect missing: received, staff, research, budget.own, budget.total, quality, parts, sound
end
test "Waived, and an error"
  with staff: 2
  with research: yes
  with budget: {total: NOK 0, own: NOK 0}
  expect E1 is waived
  expect share is an error
  expect staff is known
  expect possible size: small
end
test "Parameters and dates"
  on 2019-06-01
  given "one.json"
  with staff: 10
  with budget.own: NOK 500
  with parameter least: 11
  with research: no
  expect E1 is not met
  expect E2 is met
  expect own part = 50%
  expect least = 11
end
test "The parameter has its value at all dates"
  on 2021-01-01
  with parameter own part: 10%
  expect own part = 0.1
end
test "Data that cannot be read are an error"
  given "odd" from "data.jsonl"
  expect outcome is an error
end
test "The brand"
  with staff: 30
  | on         || Wide           |
  | 2019-12-31 || not applicable |
  | 2020-01-01 || met            |
end
END
  said 0 '11 passed, 0 failed'
}

@test "cases: a row is a test; an empty cell is not given and not asserted" {
  tests <<'END'
test "Cases"
  given "one.json"
  with staff: 4
  with research: no
  expect score = 4
  | staff   | parameter least | budget.own | sorts              | on         || outcome      | E1           | support            | possible size | missing         | size  |
  |         | -               |            |                    |            || qualified    | met          | NOK 500            | small         | nothing         | small |
  | 2       |                 |            | business, research |            || rejected     | not met      | >= NOK 500         |               |                 |       |
  | 2       | 2               | NOK 1      | [research]         |            || qualified    | met          | [NOK 1..NOK 500]   |               |                 |       |
  | 12      |                 | NOK 550    |                    | 2019-12-31 || qualified    |              |                    | large         |                 | large |
  | 12      |                 | NOK 550    |                    | 2020-01-01 || rejected     |              | NOK 500, NOK 600   |               |                 | large |
  | missing |                 |            |                    |            || undetermined | undetermined |                    | small, large  | staff           | not known |
end
END
  said 0 '6 passed, 0 failed'
}

@test "what fails is told with its line, what is so instead, and what that rests on" {
  tests <<'END'
test "Fails"
  given "one.json"
  with staff: 2
  with note: missing
  with sound: missing
  expect E1 is met
  expect A1 is met
  expect outcome is qualified
  expect level is High
  expect support = NOK 1
  expect share < own part
  expect length is known
  expect staff > 3 or research
  expect missing: staff
  expect possible size: large
  expect possible outcome: qualified
  expect High is qualified
  expect Wide is met
end
END
  said 1 \
    'tests.tsk:6: Fails: expected E1 is met, but it is undetermined' \
    '    staff = 2' \
    '    least = 3' \
    '    research is missing' \
    'tests.tsk:7: Fails: expected A1 is met, but it is undetermined' \
    '    A1.a: undetermined' \
    '    A1.b: not met' \
    '    A1.c: undetermined' \
    'tests.tsk:8: Fails: expected outcome is qualified, but it is undetermined' \
    '    E1: undetermined' \
    '      staff = 2' \
    '      least = 3' \
    '      research is missing' \
    '    A1: undetermined' \
    '    missing: research, parts, sound' \
    'tests.tsk:9: Fails: expected level is High, but it is none' \
    '    E1: undetermined' \
    '      staff = 2' \
    '      least = 3' \
    '      research is missing' \
    '    A1: undetermined' \
    '    missing: research, parts, sound' \
    'tests.tsk:10: Fails: expected support = NOK 1, but support = NOK 500' \
    'tests.tsk:11: Fails: expected share < own part, but share = 0.6, own part = 0.6' \
    '    budget.own = NOK 600' \
    '    budget.total = NOK 1 000' \
    '    own part = 0.6, from 2020-01-01' \
    'tests.tsk:12: Fails: expected length is known, but length is missing' \
    'tests.tsk:13: Fails: expected staff > 3 or research, but it is undetermined' \
    '    staff = 2' \
    '    research is missing' \
    '    missing: research' \
    'tests.tsk:14: Fails: expected missing: staff, but missing: research, parts, sound' \
    'tests.tsk:15: Fails: expected possible size: large, but possible: small' \
    '    size = small' \
    '      staff = 2' \
    'tests.tsk:16: Fails: expected possible outcome: qualified, but possible: qualified, rejected' \
    '    E1: undetermined' \
    '      staff = 2' \
    '      least = 3' \
    '      research is missing' \
    '    A1: undetermined' \
    '    missing: research, parts, sound' \
    'tests.tsk:17: Fails: expected High is qualified, but it is undetermined' \
    '    E1: undetermined' \
    '      staff = 2' \
    '      least = 3' \
    '      research is missing' \
    '    H1: undetermined' \
    '      sorts is missing' \
    '    missing: research, sorts' \
    'tests.tsk:18: Fails: expected Wide is met, but it is not met' \
    '    W1: not met' \
    '      staff = 2' \
    '0 passed, 1 failed'
}

@test "a case that fails is told with its row and its number" {
  tests <<'END'
test "Cases"
  expect staff is known
  | staff || size  | E1  |
  | 3     || small | met |
  | 12    || small |     |
  | -     ||       | met |
end
END
  said 1 \
    'tests.tsk:5: Cases, case 2: expected size is small, but size = large' \
    '    staff = 12' \
    'tests.tsk:6: Cases, case 3: expected staff is known, but staff is missing' \
    'tests.tsk:6: Cases, case 3: expected E1 is met, but it is undetermined' \
    '    staff is missing' \
    '    least = 3' \
    '    research is missing' \
    '1 passed, 2 failed'
}

@test "a file that does not hold exactly what is asked for" {
  tests <<'END'
test "Several"
  given "data.jsonl"
  expect outcome is qualified
end
test "Twice"
  given "two" from "data.jsonl"
  expect outcome is qualified
end
test "Nobody"
  given "three" from "data.jsonl"
  expect outcome is qualified
end
test "Empty"
  given "none.jsonl"
  expect outcome is qualified
end
END
  said 1 \
    'tests.tsk:1: Several: data.jsonl holds several applications; name one: given “ID” from “data.jsonl”' \
    'tests.tsk:5: Twice: data.jsonl holds the application “two” more than once' \
    'tests.tsk:9: Nobody: data.jsonl holds no application “three”' \
    'tests.tsk:13: Empty: none.jsonl holds no application' \
    '0 passed, 4 failed'
}

@test "a file of data that cannot be read is a failure of that test, and of no other" {
  printf 'x' >odd.json
  tests <<'END'
test "Odd"
  given "odd.json"
  expect outcome is qualified
end
test "Fine"
  with staff: 3
  expect E1 is met
end
END
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'tests.tsk:1: Odd: '* ]]
  [ "${lines[-1]}" = '1 passed, 1 failed' ]
}

@test "a value outside its bounds spoils the application, as in all data" {
  tests <<'END'
test "Below"
  with staff: -1
  expect outcome is an error
end
test "Above the scale"
  with quality: 7
  expect outcome is rejected
end
END
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'tests.tsk:7: Above the scale: expected outcome is rejected, but it is an error' ]
  echo "$output"
  [[ ${lines[1]} == '    tests.tsk:5: quality: '* ]]
  [ "${lines[-1]}" = '1 passed, 1 failed' ]
}

@test "a parameter with which the rules have a mistake" {
  sed -i 's/^    quality: weight 100%/&\n  threshold bar/; $ a parameter bar: number = 3.5' rules.tsk
  tests <<'END'
test "Out of reach"
  with parameter bar: 7
  expect outcome is rejected
end
test "Within reach"
  with parameter bar: 4.5
  with quality: 4
  with level sought: High
  expect outcome is rejected
end
END
  [ "$status" -eq 1 ]
  echo "$output"
  [[ ${lines[0]} == 'tests.tsk:1: Out of reach: with bar = 7 the rules have a mistake: '* ]]
  [ "${lines[-1]}" = '1 passed, 1 failed' ]
}

@test "--run takes the tests with these words in their title" {
  tests --run 'ne t' <<'END'
test "One thing"
  with staff: 3
  expect E1 is met
end
test "Another"
  with staff: 3
  expect E1 is not met
end
END
  said 0 '1 passed, 0 failed'
  run t test rules.tsk tests.tsk --run nothing
  said 1 'error U0141: No test has “nothing” in its title.' \
    '      = help: look at the titles behind the word “test”.' '0 passed, 0 failed'
}

@test "a text without a test is a failure" {
  run t test rules.tsk
  said 1 'error U0140: There is no test in rules.tsk.' \
    '      = help: write one: test "title", what it gives and expects, end.' '0 passed, 0 failed'
}

@test "mistakes in the text, in use, and in files" {
  tests <<'END'
test "Nothing"
end
END
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'tests.tsk:1:6: error E1001: '* ]]
  run t test
  [ "$status" -eq 2 ]
  run t test nowhere.tsk
  [ "$status" -eq 2 ]
  run t test rules.tsk --format csv
  [ "$status" -eq 2 ]
  [[ $output == *'text, junit, json'* ]]
  run t test rules.tsk --data one.json
  said 2 'error U0142: --data needs --coverage.' '      = help: write both, or neither.'
  printf 'test "Fine"\n  with staff: 3\n  expect E1 is met\nend\n' >tests.tsk
  run t test rules.tsk tests.tsk --coverage --data nowhere.json
  [ "$status" -eq 2 ]
}

@test "check reads the tests, too, and run is not troubled by them" {
  printf 'test "Fine"\n  on 2019-01-01\n  with staff: 3\n  expect E1 is not met\n  expect share * 2 > 1\nend\n' >>rules.tsk
  run t check rules.tsk
  [ "$status" -eq 0 ]
  t run rules.tsk one.json --format jsonl | sed 's/"rules.*//' >with
  sed -i '/^test/,$ d' rules.tsk
  t run rules.tsk one.json --format jsonl | sed 's/"rules.*//' >without
  cmp with without
  printf 'test "Misspelt"\n  with stafff: 3\n  expect E1 is met\nend\n' >>rules.tsk
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == *'error E1004: There is no field “stafff” in application.' ]]
}

failing() {
  cat >tests.tsk <<'END'
test "Passes"
  with staff: 3
  expect E1 is met
end
test "Fails & <says> \"so\""
  | staff || size  |
  | 12    || small |
end
END
}

@test "JUnit: valid XML with every test" {
  failing
  run t test rules.tsk tests.tsk --format junit
  said 1 \
    '<?xml version="1.0" encoding="UTF-8"?>' \
    '<testsuites tests="2" failures="1">' \
    '  <testsuite name="Small Test" tests="2" failures="1" errors="0" skipped="0">' \
    '    <testcase classname="tests.tsk" name="Passes" file="tests.tsk" line="1"/>' \
    '    <testcase classname="tests.tsk" name="Fails &amp; &lt;says&gt; &quot;so&quot;, case 1" file="tests.tsk" line="7">' \
    '      <failure message="tests.tsk:7: expected size is small, but size = large">' \
    'staff = 12</failure>' \
    '    </testcase>' \
    '  </testsuite>' \
    '</testsuites>'
  perl -0ne '
    s/<\?xml[^>]*\?>//;
    while (/<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)(\/?)>|<|&(?!amp;|lt;|gt;|quot;)/g) {
      die "not well formed at ", pos, "\n" unless defined $2;
      if ($1) { die "closes $2\n" unless pop(@open) eq $2 } elsif (!$4) { push @open, $2 }
    }
    die "open: @open\n" if @open' <<<"$output"
}

@test "JSON: an object with every test" {
  failing
  run t test rules.tsk tests.tsk --format json
  said 1 \
    '{"passed":1,"failed":1,"tests":[' \
    '{"test":"Passes","case":null,"file":"tests.tsk","line":1,"passed":true,"failures":[]},' \
    '{"test":"Fails & <says> \"so\"","case":1,"file":"tests.tsk","line":7,"passed":false,"failures":[{"file":"tests.tsk","line":7,"expected":"size is small","actual":"size = large","because":["staff = 12"]}]}' \
    ']}'
}

@test "in bokmål" {
  failing
  run t test rules.tsk tests.tsk --language nb
  said 1 \
    'tests.tsk:7: Fails & <says> "so", tilfelle 1: forventet size is small, men size = large' \
    '    staff = 12' \
    '1 bestått, 1 feilet'
}

@test "a text in bokmål says it in its own words" {
  cat >regler.tsk <<'END'
språk nb
program Klynger
  regler per mottatt
  avgjør nivå søkt
slutt
søknad
  mottatt   : dato
  ansatte   : heltall minst 0
  nivå søkt : nivå
  forskning : ja/nei
slutt
stige
  fra 2019-01-01: Arena
slutt
parameter grense: heltall = 3
enhver søknad
  krever formelt
    F1 "I tide": mottatt <= 2020-01-01
  krever
    A1 "Stor nok": ansatte >= grense
       med mindre forskning "forskning"
slutt
nivå Arena
  krever
    A2 "Ti" når forskning: ansatte >= 10
slutt
test "Avvist"
  med mottatt: 2020-01-02
  med ansatte: 3
  med nivå søkt: Arena
  med forskning: nei
  forvent utfall er avvist
  forvent F1 er ikke oppfylt og A1 er oppfylt
  forvent nivå er ingen
  forvent A2 er ikke aktuelt
slutt
test "Åpent"
  per dato 2019-05-01
  med ansatte: 2
  med mottatt: mangler
  med parameter grense: 4
  forvent utfall er uavklart
  | nivå søkt | forskning || A1           | A2           | mangler            | mulig utfall                  |
  | Arena     | mangler   || uavklart     | uavklart     | mottatt, forskning | kvalifisert, avslått, avvist  |
  | Arena     | ja        || frafalt      | ikke oppfylt |                    |                               |
slutt
END
  run t test regler.tsk --language nb
  [ "$status" -eq 1 ]
  echo "$output"
  [[ $output == *'regler.tsk:45: Åpent, tilfelle 2: forventet utfall er uavklart, men det er avslått'* ]]
  [ "${lines[-1]}" = '2 bestått, 1 feilet' ]
}

@test "a module is tested without a programme" {
  cat >module.tsk <<'END'
module eu sme
  currency EUR
end
parameter headcount: whole number
  from 2003-01-01: 250
  from 2030-01-01: 300
end
test "The headcount"
  | on         || headcount | headcount < 260 |
  | 2019-01-01 || 250       | yes             |
  | 2031-01-01 || 300       | no              |
end
END
  run t test module.tsk
  said 0 '2 passed, 0 failed'
}

@test "coverage: what no test has seen, with its place" {
  cat >small.tsk <<'END'
programme Small
  currency NOK
  decides grade
end
application
  staff  : whole number at least 0
  amount : money at least 0
  board  : yes/no
end
every application
  requires
    A1 "Staff": staff >= 3 and board
end
decision grade: one of good, bad
  good when amount > NOK 100
  otherwise bad
end
test "One"
  with staff: 3
  with board: yes
  with amount: NOK 100.01
  expect grade is good
end
END
  run t test small.tsk --coverage
  said 0 \
    'small.tsk:12:5: A1: never not met, undetermined' \
    'small.tsk:12:17: staff >= 3: never no, undetermined' \
    'small.tsk:12:32: board: never no, undetermined' \
    'small.tsk:15:13: amount > NOK 100: never no, undetermined' \
    'small.tsk:12:17: staff >= 3: never just below, just above' \
    'small.tsk:15:13: amount > NOK 100: never just below, at' \
    'small.tsk:16:3: otherwise bad: never taken' \
    'requirements: 0 of 1 (3 sides each)' \
    'conditions: 0 of 3 (3 sides each)' \
    'thresholds: 0 of 2 (3 sides each)' \
    'choices: 1 of 2' \
    '1 passed, 0 failed'
  cat >data.csv <<'END'
staff,amount,board
2,100,no
4,99.99,
,,yes
1,5,
END
  run t test small.tsk --coverage --data data.csv
  said 0 \
    'requirements: 1 of 1 (3 sides each)' \
    'conditions: 3 of 3 (3 sides each)' \
    'thresholds: 2 of 2 (3 sides each)' \
    'choices: 2 of 2' \
    '1 passed, 0 failed'
  run t test small.tsk --coverage --format json
  [[ ${lines[-1]} == *'"choices":{"covered":1,"of":2,"open":[{"file":"small.tsk","line":16,"column":3,"what":"otherwise bad","never":["taken"]}]}}}' ]]
}

@test "coverage: a test with other parameters counts for the same places" {
  cat >small.tsk <<'END'
programme Small
  decides nothing
end
application
  staff : whole number at least 0
end
parameter least: whole number
  from 2019-01-01: 3
  from 2020-01-01: 5
end
every application
  requires
    A1 "Staff": staff >= least
end
test "One"
  on 2019-01-01
  with parameter least: 10
  | staff || A1           |
  | 9     || not met      |
  | 10    || met          |
  | 11    || met          |
  |       || undetermined |
end
END
  run t test small.tsk --coverage
  [ "$status" -eq 0 ]
  [ "${lines[-4]}" = 'requirements: 1 of 1 (3 sides each)' ]
  [ "${lines[-2]}" = 'thresholds: 1 of 1 (3 sides each)' ]
}

@test "what is still possible may be that it is decided" {
  for decided in 'report twice: budget * 2' 'decision grant: one of small, large
  large when budget > NOK 5
  otherwise small
end' 'decision grant: money
  otherwise budget
end'; do
    [[ $decided == report* ]] && what=nothing || what=grant
    cat >open.tsk <<END
programme Open
  currency NOK
  decides $what
end
application
  budget    : money
  confirmed : yes/no
end
every application
  requires
    A1 "Confirmed": confirmed
end
$decided
test "Not confirmed yet"
  with budget: missing
  expect possible outcome: decided, rejected
end
test "Confirmed"
  with confirmed: yes
  with budget: NOK 6
  expect possible outcome: decided
end
END
    run t test open.tsk
    said 0 '2 passed, 0 failed'
  done
}

@test "the examples' tests pass, and see every side" {
  cd "$ROOT/examples"
  run t test first/rules.tsk first/tests.tsk --coverage
  said 0 'requirements: 2 of 2 (3 sides each)' 'conditions: 3 of 3 (3 sides each)' 'thresholds: 2 of 2 (3 sides each)' \
    'choices: 2 of 2' '11 passed, 0 failed'
  cd norwegian-innovation-clusters
  run t test programme.tsk programme-tests.tsk --coverage
  said 0 'requirements: 26 of 26 (3 sides each)' 'levels: 7 of 7 (3 sides each)' 'brands: 1 of 1 (3 sides each)' \
    'conditions: 48 of 48 (3 sides each)' 'thresholds: 22 of 22 (3 sides each)' 'choices: 37 of 37' '193 passed, 0 failed'
  run t test yearly-evaluation.tsk yearly-evaluation-tests.tsk --coverage
  said 0 'conditions: 2 of 2 (3 sides each)' 'choices: 3 of 3' '10 passed, 0 failed'
}
