# The house is in order, and each check that says so can also say no.

load ../lib/terskel

house=$ROOT/tests/house

# Everything written by us and not data.
texts() {
  cd "$ROOT"
  "$house/files" | grep -E '\.([chly]|def|md|bash|bats|pm)$|^(stdlib|examples)/.*\.tsk$|Makefile$|^\.[^/]*$|^\.ci/|^tests/(house|run)'
}

code() {
  cd "$ROOT"
  "$house/files" | grep -E '^(lang|runtime)/.*\.([chly]|def)$'
}

# made FILE LINE...: a made-up file
made() {
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "${@:2}" >"$1"
}

@test "each room includes only rooms before it, and no file itself" {
  run "$house/includes" "$ROOT"
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the include check accepts a house in order" {
  made lang/base/arena.h
  made lang/tree/grammar.y '%code requires {' '#include "tree/tree.h"' '}' '%{' '#include "tree/action.h"' '%}'
  made lang/tree/tree.h '#include <stdint.h>' '#include "base/arena.h"'
  made lang/tree/action.h '#include "tree/grammar.h"'
  made lang/check/program.h '#include "tree/tree.h"'
  made runtime/terskel.h '#include <stddef.h>'
  made runtime/data/column.c '#include "base/arena.h"' '#include "check/program.h"'
  made runtime/shell/main.c '#include "terskel.h"' '#include "data/../data/column.h"'
  run "$house/includes" "$T"
  [ "$status" -eq 1 ] # the last line above, and only that
  [ "${lines[0]}" = 'runtime/shell/main.c:2: "data/../data/column.h" is no header of the house, named "room/file.h"' ]
  [ "${lines[1]}" = '8 files, 1 offences' ]
  made runtime/shell/main.c '#include "terskel.h"'
  run "$house/includes" "$T"
  [ "$status" -eq 0 ]
}

@test "the include check finds an upward include" {
  made lang/base/arena.h '#include "check/program.h"'
  made lang/check/program.h
  run "$house/includes" "$T"
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'lang/base/arena.h:1: base may not include check (check/program.h)' ]
}

@test "the include check finds lang including runtime" {
  made lang/tools/format.c '#include "data/column.h"'
  made runtime/data/column.h
  run "$house/includes" "$T"
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'lang/tools/format.c:1: tools may not include data (data/column.h)' ]
}

@test "the include check finds runtime looking at the tree" {
  made lang/tree/grammar.y
  made runtime/eval/eval.c '#include "tree/grammar.h"'
  run "$house/includes" "$T"
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'runtime/eval/eval.c:1: eval may not include tree (tree/grammar.h)' ]
}

@test "the include check finds a cycle" {
  made lang/base/a.h '#include "base/b.h"'
  made lang/base/b.h '#include "base/c.h"'
  made lang/base/c.h '#include "base/a.h"'
  run "$house/includes" "$T"
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'cycle: lang/base/a.h > lang/base/b.h > lang/base/c.h > lang/base/a.h' ]
}

@test "the include check finds a room that nobody planned, and an include by the bare name" {
  made lang/cellar/box.h
  made lang/base/a.h '#include "b.h"'
  made lang/base/b.h
  run "$house/includes" "$T"
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'lang/base/a.h:1: "b.h" is no header of the house, named "room/file.h"' ]
  [ "${lines[1]}" = 'lang/cellar/box.h: this room is not in the plan of the house' ]
}

@test "the top level is as agreed" {
  run bash -c "'$house/files' | '$house/layout'"
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "the layout check finds what does not belong and what is missing" {
  run bash -c "{ '$house/files' | grep -v '^LICENSE'; echo notes.txt; } | '$house/layout'"
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == *'not agreed: notes.txt'* ]]
  [[ $output == *'missing: LICENSE'* ]]
}

@test "nothing was left behind" {
  cd "$ROOT"
  "$house/files" | tr '\n' '\0' | xargs -0 "$house/leftovers"
}

@test "the check for left-overs finds notes and paths" {
  made a.c "int a;  /* TO""DO */"
  made b.c "open(\"/wo""rk/b\")"
  made c.c "mkstemp(\"/tmp/tersk.XX""XXXX\"), homework/home"
  run "$house/leftovers" a.c b.c c.c
  [ "$status" -eq 1 ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "no function that depends on the locale, or on luck, is called" {
  code | (cd "$ROOT" && tr '\n' '\0' | xargs -0 "$house/functions")
}

@test "the check for functions finds them in code, and not in comments or texts" {
  made a.c '/* strtod(x) */' 'say("strtod(x)");' 'node.isalpha(c);' 'my_strtok(a);' 'write_format(w, "100 % av %d");'
  run "$house/functions" a.c
  echo "$output"
  [ "$status" -eq 0 ]
  made b.c '#include <ctype.h>' 'x = strtod(a, b);' 'printf("%5.2f", x);' 'write_format(w, "%d %s",' ' "%g");' 'if (toupper(c)) {}'
  run "$house/functions" b.c
  echo "$output"
  [ "$status" -eq 1 ]
  [ "${#lines[@]}" -eq 5 ]
}

@test "no tabs, no blanks at the end of a line, LF and UTF-8 everywhere" {
  texts | (cd "$ROOT" && tr '\n' '\0' | xargs -0 "$house/blanks")
}

@test "the check for blanks finds each kind" {
  printf 'a\tb\n' >tab.c
  printf 'a \n' >blank.c
  printf 'a\r\n' >return.c
  printf 'a' >end.c
  printf '\377\n' >bytes.c
  for file in *.c; do
    run "$house/blanks" "$file"
    echo "$file: $output"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 1 ]
  done
  printf 'all:\n\tcc\n' >Makefile
  "$house/blanks" Makefile
}

@test "tests/README.md tells of every folder of tests, and of no other" {
  cd "$ROOT"
  diff <("$house/files" | sed -n 's,^tests/\([^/]*\)/.*,\1,p' | sort -u) \
    <(sed -n 's,^| `\([a-z]*\)/` .*,\1,p' tests/README.md | sort -u)
}
