#!/usr/bin/env bats
# What the language means, a test for each chapter.
load ../lib/terskel

chapter() {
  cd "$ROOT"
  run tests/language/run "$TERSKEL" "tests/language/$1.tests"
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "numbers are exact, rounding is said in words" { chapter numbers; }
@test "money does not mix" { chapter money; }
@test "texts" { chapter texts; }
@test "and, or, not, if over yes, no, missing and error" { chapter logic; }
@test "what is not known is what is still possible" { chapter unknown; }
@test "lists, quantifiers, sums and means" { chapter lists; }
@test "dates, moments and durations" { chapter dates; }
@test "dated parameters" { chapter parameters; }
@test "choices, caps and rounding" { chapter choices-and-caps; }
@test "the statuses of requirements" { chapter requirements; }
@test "levels, the ladder, brands" { chapter levels; }
@test "scores, minimums and thresholds" { chapter scores; }
@test "judgements" { chapter judgements; }
@test "the outcome and what comes with it" { chapter outcome; }
@test "how data are bound" { chapter data-binding; }
@test "lists in order" { chapter order; }
@test "who is linked to whom" { chapter connected; }
@test "records" { chapter records; }
@test "built-in functions" { chapter builtins; }
@test "functions of the text" { chapter functions; }
@test "decision tables" { chapter tables; }
@test "another date" { chapter on; }
@test "what was known" { chapter known; }
@test "currencies and rates" { chapter currencies; }
@test "how names are joined and lines go on" { chapter joining-of-names; }

@test "what is said of missing values is true however they turn out" {
  cd "$ROOT"
  for seed in 1 2 3; do
    run tests/language/completions "$TERSKEL" $seed 5
    echo "$output"
    [ "$status" -eq 0 ]
  done
}

@test "a programme with nearly everything in it checks, runs, and answers as before" {
  cd "$ROOT"
  run "$TERSKEL" run tests/language/sample/clusters.tsk tests/language/sample/applications.jsonl
  [ "$status" -eq 1 ]  # two of the applications hold mistakes
  diff <(echo "$output") tests/language/sample/answers.txt
}
