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

# ---- the reference ----

@test "its table of contents has every heading, in order, and leads to it" {
  cd "$ROOT"
  sed -n '/^## /q; s/^ *\([0-9]*\.\|-\) \[\(.*)\)$/\2/p' lang/REFERENCE.md >"$T/contents"
  awk '/^```/ { fenced = !fenced } !fenced && /^###? / { sub(/^#+ /, ""); print }' lang/REFERENCE.md >"$T/headings"
  [ "$(wc -l <"$T/headings")" -ge 30 ]
  sed 's/[.,:]//g; s/ /-/g' "$T/headings" | tr 'A-Z' 'a-z' | paste -d '\n' "$T/headings" - | sed 'N; s/\(.*\)\n\(.*\)/\1](#\2)/' >"$T/links"
  diff "$T/contents" "$T/links"
}

@test "every keyword stands in its table, in both languages, and the table has no others" {
  cd "$ROOT"
  run tests/docs/keywords lang/scan/keywords.def lang/scan/special.def lang/REFERENCE.md
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output =~ ^1[0-9][0-9]\ rows$ ]]
  # and the check finds what is missing and what is too much
  sed 's/`ordnet etter`, `sortert etter`/`ordnet etter`/; s/^| `fulfils` |/| `fulfilled` |/' lang/REFERENCE.md >"$T/page.md"
  run tests/docs/keywords lang/scan/keywords.def lang/scan/special.def "$T/page.md"
  [ "$status" -eq 1 ]
  [[ $output == *'no row: order by|ordered by, ordnet etter|sortert etter'* ]]
  [[ $output == *'no keyword: fulfilled, tilfredsstiller'* ]]
}

@test "its grammar uses keywords of the language, and rules that it has" {
  cd "$ROOT"
  run tests/docs/grammar lang/scan/keywords.def lang/REFERENCE.md
  echo "$output"
  [ "$status" -eq 0 ]
  sed 's/^accept = "accept" NAME/accept = "acept" NAMES/' lang/REFERENCE.md >"$T/page.md"
  run tests/docs/grammar lang/scan/keywords.def "$T/page.md"
  [ "$status" -eq 1 ]
  [[ $output == *'no keyword: acept'* ]]
  [[ $output == *'no rule: NAMES'* ]]
}

@test "every code that it names is a message" {
  cd "$ROOT"
  t explain | grep -oE '^[EWDRU][0-9]{4}' | sort -u >"$T/codes"
  grep -oE '\b[EWDRU][0-9]{4}\b' lang/REFERENCE.md | sort -u >"$T/named"
  [ "$(wc -l <"$T/named")" -ge 200 ]
  run comm -13 "$T/codes" "$T/named"
  [ -z "$output" ]
}
