#!/usr/bin/env bats
# Every example in a document is run.
load ../lib/terskel

@test "every fenced example of every document checks or prints what it says" {
  cd "$ROOT"
  run tests/docs/examples "$TERSKEL" $(tests/house/files | grep '\.md$')
  echo "$output"
  [ "$status" -eq 0 ]
}

# page LINE...: a page of these lines, in which ''' stands for a fence
page() { printf '%s\n' "${@//"'''"/\`\`\`}" >page.md; }

@test "a piece of a file must stand there, its lines together" {
  printf '%s\n' 'one' 'two' 'three' >file.txt
  page "'''text $T/file.txt" 'two' 'three' "'''"
  run "$ROOT/tests/docs/examples" "$TERSKEL" page.md
  [ "$output" = '1 examples ran' ]
  for lines in 'one three' 'wo three' 'two thre' 'four'; do
    page "'''text $T/file.txt" $lines "'''"
    run "$ROOT/tests/docs/examples" "$TERSKEL" page.md
    [ "$status" -eq 1 ]
    [[ $output == "page.md:1: does not stand like this in "* ]]
  done
  page "'''text $T/none.txt" 'two' "'''"
  run "$ROOT/tests/docs/examples" "$TERSKEL" page.md
  [ "$status" -eq 1 ]
  [[ $output == "page.md:1: there is no file "* ]]
}

@test "a page that begins with its language is checked as one text" {
  page "'''terskel" 'language en' 'programme P' 'end' 'application' "'''" 'Between.' "'''terskel" '  a : number' 'end' 'report b: a + 1' "'''"
  run "$ROOT/tests/docs/examples" "$TERSKEL" page.md
  [ "$output" = '1 examples ran' ]
  sed -i 's/a + 1/c + 1/' page.md
  run "$ROOT/tests/docs/examples" "$TERSKEL" page.md
  [ "$status" -eq 1 ]
  [[ $output == *'page.md:11:11: error E03'* ]]
}
