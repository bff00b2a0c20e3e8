#!/usr/bin/env bats
# Every example in a document is run.
load ../lib/terskel

@test "every fenced example of every document checks or prints what it says" {
  cd "$ROOT"
  run tests/docs/examples "$TERSKEL" $(tests/house/files | grep '\.md$')
  echo "$output"
  [ "$status" -eq 0 ]
}
