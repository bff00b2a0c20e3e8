# The example of the cluster programme: every application comes out as its README says, from JSON Lines and from CSV,
# and the worked cases with their reasons and advice. What the README prints is compared by tests/docs.

load ../lib/terskel

example=examples/norwegian-innovation-clusters
blank=$'\xc2\xa0'  # the one between thousands, which does not break a line

setup_file() {
  cd "$ROOT"
  # Status 1 says that some applications are in error, as they should be.
  t run $example/programme.tsk $example/applications.jsonl --format jsonl >"$BATS_FILE_TMPDIR/answers.jsonl" || [ $? -eq 1 ]
  t run $example/programme.tsk $example/applications.csv --format jsonl >"$BATS_FILE_TMPDIR/from-csv.jsonl" || [ $? -eq 1 ]
  t run $example/programme.tsk $example/applications.jsonl >"$BATS_FILE_TMPDIR/answers.txt" || [ $? -eq 1 ]
}

setup() { cd "$ROOT"; }

# outcomes FILE: a line "id outcome" for each answer
outcomes() { sed -n 's/^{"application":"\([^"]*\)".*,"outcome":"\([a-z]*\)".*/\1 \2/p' "$1"; }

# holds TEXT PART...: each part stands in the text
holds() {
  local part
  for part in "${@:2}"; do
    [[ $1 == *"$part"* ]] && continue
    printf 'missing: %s\nin:\n%s\n' "$part" "$1"
    return 1
  done
}

# answer ID OUTCOME PART...: its JSON answer has this outcome and holds each part
answer() {
  local line
  line=$(grep -F "{\"application\":\"$1\"," "$BATS_FILE_TMPDIR/answers.jsonl")
  holds "$line" "\"outcome\":\"$2\"" "${@:3}"
}

# sheet ID: its part of the text answer
sheet() { awk -v id="$1" 'BEGIN { RS = "" } $1 == id' "$BATS_FILE_TMPDIR/answers.txt"; }

# told ID PART...: its part of the text answer holds each
told() {
  local id=$1
  shift
  holds "$(sheet "$id")" "$@"
}

@test "the rules have no mistakes, and nothing to warn of" {
  run t check $example/programme.tsk $example/yearly-evaluation.tsk
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  [[ ${lines[0]} == *'programme.tsk: no mistakes'* && ${lines[1]} == *'yearly-evaluation.tsk: no mistakes'* ]]
}

@test "one line for each application, in their order" {
  diff <(sed 's/^{"id": "\([^"]*\)".*/\1/' $example/applications.jsonl) <(outcomes "$BATS_FILE_TMPDIR/answers.jsonl" | cut -d' ' -f1)
}

@test "the table has the same applications, and they come out alike" {
  [ "$(wc -l <"$BATS_FILE_TMPDIR/from-csv.jsonl")" -eq "$(wc -l <$example/applications.jsonl)" ]
  diff <(outcomes "$BATS_FILE_TMPDIR/answers.jsonl") <(outcomes "$BATS_FILE_TMPDIR/from-csv.jsonl")
}

@test "every application comes out as the README says" {
  diff <(sed -n 's/^| \([CA][-0-9a-z]*\) |.*| \([a-z]*\) |$/\1 \2/p' $example/README.md) <(outcomes "$BATS_FILE_TMPDIR/answers.jsonl")
}

@test "every outcome occurs" {
  [ "$(outcomes "$BATS_FILE_TMPDIR/answers.jsonl" | cut -d' ' -f2 | sort -u | tr '\n' ' ')" = 'dismissed error qualified rejected undetermined ' ]
}

@test "the applications of the walk through are those of the list" {
  for file in $example/walk-through/*.json; do
    run t run $example/programme.tsk "$file" --format jsonl
    echo "$output"
    [ "$status" -eq 0 ]
    grep -qxF -- "$output" "$BATS_FILE_TMPDIR/answers.jsonl"
  done
}

@test "case 1: a level that does not exist yet at the date" {
  answer C01 rejected '"as_of":"2018-05-01"' '"sought":"Arena Pro"' '"level":null'
  told C01 'Example Ocean · Arena Pro → REJECTED' 'Arena Pro does not exist on 2018-05-01.' '✗ R1' 'Look for a call that offers the level.'
  [[ $(sheet C01) != *'is a level from'* ]]
}

@test "case 2: NCE is a brand; apply for Arena Pro, and for the brand" {
  answer C02 rejected '"as_of":"2020-09-20"' '"sought":"NCE"'
  told C02 'NCE does not exist' 'NCE is a brand since 2019: apply for Arena Pro, and for the brand.'
}

@test "case 3: the level exists, and the call does not offer it" {
  answer C03 rejected '"as_of":"2017-08-31"' '"sought":"GCE"' '"R1":"not met"'
  told C03 '✗ R1  The call offers the level' 'level sought = GCE' 'advice: Look for a call that offers the level.'
  [[ $(sheet C03) != *'does not exist'* ]]
}

@test "case 4: a project ends three years less a day after its start, and two years later when extended" {
  answer C04 qualified '"last day":"2017-09-30"'
  answer C04-extended qualified '"last day":"2019-09-30"'
  told C04 'Last day of the project = 2017-09-30'
  told C04-extended 'Last day of the project = 2019-09-30'
}

@test "case 5: 48% is not half, exactly half is, and one øre less is not" {
  answer C05 rejected '"R7":"not met"' '"support per year":2500000'
  told C05 '✗ R7' 'own part = 0.48' 'own part required = 0.5' 'advice: Ask for no more than half of the budget.' \
    "Highest support a year = NOK${blank}2${blank}500${blank}000" 'half of the budget is the cluster'
  answer C05-half qualified '"R7":"met"'
  answer C05-one-ore rejected '"R7":"not met"' '"support per year":2500000'
}

@test "case 6: no public actor, and nobody knows how many" {
  answer C06 rejected '"R2":"not met"'
  told C06 '✗ R2' 'kind = public: not met' 'advice: Bring in at least one actor of each kind.'
  answer C06-unknown undetermined '"R2":"undetermined"' '"missing":["number of public actors"]' '"possible":["qualified","rejected"]'
  told C06-unknown 'kind = public: undetermined' 'missing: number of public actors' 'still possible: qualified or rejected'
}

@test "case 7: two of ten years are left, and three asked for" {
  answer C07 rejected '"T1":"not met"' '"years left":"P2Y"'
  told C07 '✗ T1' 'used altogether = 8 years' 'most years altogether = 10 years' 'advice: Ask for no more years than are left.' \
    'Years of support left = 2 years'
}

@test "case 8: at 16:00:00 in time, one second later late" {
  answer C08 qualified '"F1":"met"'
  answer C08-late dismissed '"F1":"not met"'
  told C08-late 'DISMISSED' '✗ F1' 'received = 2024-06-21 16:00:01' 'this call.deadline = 2024-06-21 16:00' 'advice: Wait for the next call.'
}

@test "case 9: the categories of 2024 sum to 77" {
  answer C09 qualified '"score":77,'
}

@test "case 10: the yearly evaluation needs the check of the requirements" {
  run t run $example/yearly-evaluation.tsk $example/yearly-evaluations.jsonl --format jsonl
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 5 ]
  holds "${lines[0]}" '"application":"C10"' '"outcome":"undetermined"' '"missing":["fulfils requirements"]' '"possible":["continues","reconsidered"]'
  holds "${lines[1]}" '"outcome":"decided"' '"conclusion":"continues"'
  holds "${lines[2]}" '"outcome":"decided"' '"conclusion":"makes a plan"'
  holds "${lines[3]}" '"outcome":"decided"' '"conclusion":"reconsidered"'
  holds "${lines[4]}" '"outcome":"undetermined"' '"missing":["fulfils requirements","develops as planned"]'
}

@test "what is missing and cannot matter decides nothing" {
  answer A02 qualified '"missing":[]' '"score":{"from":4.2,"to":4.7}'
  answer A03 qualified '"missing":[]'
  answer A09 rejected '"missing":[]' '"score":{"from":2.2,"to":2.7}'
}

@test "what is missing and matters is named, and nothing else" {
  answer A07 undetermined '"missing":["aid notified"]' '"R8":"undetermined"'
  answer A12 undetermined '"missing":["level sought"]'
  answer A01 undetermined '"missing":["member list confirmed"]'
  answer A18 undetermined '"missing":["goals"]' '"score":{"from":3.15,"to":4.15}' '"possible":["qualified","rejected"]'
}

@test "a refusal that may yet turn out to be a dismissal says so" {
  answer A10 rejected '"missing":["fixed form"]' '"possible":["rejected","dismissed"]'
}

@test "a waiver tells its reason, and a brand is told beside the level" {
  answer A06 qualified '"R8":"waived"'
  told A06 '~ R8' 'because: the aid was notified'
  answer A05 qualified '"level":"Arena Pro"' '"brands":{"NCE":"met"}'
}

@test "what is wrong with an application names the place" {
  for id in A13 A14 A15 A16 A17; do answer $id error '"errors":["examples/norwegian-innovation-clusters/'; done
  told A14 'divides by zero'
  told A15 'applications.jsonl:29: budget per year:' 'is not an amount in NOK'
  told A16 'applications.jsonl:30: level sought: “Arena Plus” is not one of the values'
  told A17 'applications.jsonl:31: triggered: There is no field “triggered”.'
}
