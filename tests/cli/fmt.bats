# terskel fmt: layout, translation, and that neither changes what a text means.

load ../lib/terskel

clusters=$ROOT/examples/norwegian-innovation-clusters

# lines LINE...: a file of them on standard output
lines() { printf '%s\n' "$@"; }

small() {
  lines 'programme   Small' '    currency NOK' 'end' 'application' 'id : text' 'total  budget: money at least 0' 'end' >small.tsk
}

@test "a file is laid out in place, once and for all" {
  small
  t fmt small.tsk
  diff small.tsk - <<'END'
programme Small
  currency NOK
end
application
  id           : text
  total budget : money at least 0
end
END
  cp -p small.tsk before.tsk
  touch -d 2020-01-01 small.tsk
  t fmt small.tsk
  [ "$(stat -c %Y small.tsk)" = "$(date -d 2020-01-01 +%s)" ] # nothing to change: not written
  cmp small.tsk before.tsk
}

@test "standard input goes to standard output" {
  small
  "$TERSKEL" fmt - <small.tsk >out.tsk
  t fmt small.tsk
  cmp out.tsk small.tsk
}

@test "--check names what would change and changes nothing" {
  small
  cp small.tsk other.tsk
  t fmt other.tsk
  cp small.tsk before.tsk
  run t fmt --check small.tsk other.tsk
  [ "$status" -eq 1 ]
  [ "$output" = small.tsk ]
  cmp small.tsk before.tsk
  t fmt --check other.tsk
}

@test "--diff shows what would change, as diff -u does" {
  lines 'programme Small' 'end' 'application' '  a: text' '  b: text' '  c: text' '  d: text' '  e: text' '  f: text' '  g:  text' 'end' \
    'define x:1' 'define y: 2' >small.tsk
  cp small.tsk before.tsk
  t fmt --diff small.tsk >patch
  cmp small.tsk before.tsk
  t fmt small.tsk
  diff -u before.tsk small.tsk | tail -n +3 >expected || true
  tail -n +3 patch | diff - expected
  patch -s before.tsk <patch 2>/dev/null || skip "no patch here"
  cmp before.tsk small.tsk
}

@test "--diff of many kinds of changes is what diff -u says" {
  for seed in 1 2 3 4 5 6; do
    awk -v seed=$seed 'BEGIN { srand(seed); print "programme P\nend\napplication\n  a : text\nend"
      for (i = 0; i < 60; i++) { r = int(rand() * 4); if (r == 0) print "define  v" i ": " i; else if (r == 1) print "define v" i ": " i "\n\n"; else print "define v" i ": " i } }' |
      sed "s/v\([0-9]*\)/w\1 x/" >a.tsk
    cp a.tsk b.tsk
    t fmt b.tsk
    t fmt --diff a.tsk | tail -n +3 >ours
    # the same lines go and come, and the result is the laid out text
    [ "$(grep -c '^-' ours)" -eq "$(diff -u a.tsk b.tsk | tail -n +3 | grep -c '^-')" ]
    [ "$(grep -c '^+' ours)" -eq "$(diff -u a.tsk b.tsk | tail -n +3 | grep -c '^+')" ]
  done
}

@test "a text with syntax errors is told and left alone" {
  lines 'programme P' 'end' 'application' '  a: text' 'end' 'define x: 3 +' >small.tsk
  cp small.tsk before.tsk
  run t fmt small.tsk
  [ "$status" -eq 1 ]
  [[ $output == *E0207* ]]
  cmp small.tsk before.tsk
}

@test "files that cannot be read, and no file at all" {
  run t fmt missing.tsk
  [ "$status" -eq 2 ]
  [[ $output == *E0801* ]]
  run t fmt
  [ "$status" -eq 2 ]
  [[ $output == *U0108* ]]
  printf 'programme \377\nend\n' >latin.tsk
  run t fmt latin.tsk
  [ "$status" -eq 1 ]
  [[ $output == *E0121* ]]
}

@test "tabs, CRLF, no-break blanks, Word's signs and blank lines become plain" {
  printf 'programme P\r\n\tcurrency\tNOK\r\nend\r\n\r\n\r\n\r\napplication\r\n  a : number\r\nend\r\ndefine b: a ≥ 1\xc2\xa0000 and a ≠ 3 and “x” = «y \xc2\xbb\r\n\r\n' >small.tsk
  t fmt small.tsk
  diff small.tsk - <<'END'
programme P
  currency NOK
end

application
  a : number
end
define b: a >= 1 000 and a != 3 and "x" = "y "
END
}

@test "the author's words and line breaks stay" {
  cat >small.tsk <<'END'
programme P
end
application
  a : number
end
define b: a is at least 3 and
  a is not 5
define c: a >= 3
    and a != 5
END
  t fmt small.tsk
  diff small.tsk - <<'END'
programme P
end
application
  a : number
end
define b: a is at least 3 and
    a is not 5
define c: a >= 3
    and a != 5
END
}

@test "quotes around names go where they are not needed, and come where they are" {
  lines 'programme P' 'end' 'application' "  'own part' : number" "  'Horizon 2020' : number" '  terms and conditions : text' 'end' \
    "define a: 'own part' + 'Horizon 2020'" "define b: 'terms and conditions' is known" >small.tsk
  t fmt small.tsk
  diff small.tsk - <<'END'
programme P
end
application
  own part             : number
  'Horizon 2020'       : number
  terms and conditions : text
end
define a: own part + 'Horizon 2020'
define b: 'terms and conditions' is known
END
  t check small.tsk
  t fmt --language nb small.tsk
  grep -q '^definer b: terms and conditions er oppgitt$' small.tsk # plain in bokmål
  t check small.tsk
}

@test "rows of tables stand in columns, numbers to the right" {
  lines 'programme P' '  currency NOK' 'end' 'record R' '  name : text' '  n : number' '  m : money' 'end' 'application' '  a : text' 'end' \
    'data d: list of R' '| name | n | m |' '| "x" | 5 | NOK 1 000 | -- first' '| "longer" | -12.5 | - | -- second' 'end' >small.tsk
  t fmt small.tsk
  tail -n 5 small.tsk | diff - <(lines 'data d: list of R' \
    '  | name     | n     | m         |' \
    '  | "x"      |     5 | NOK 1 000 |  -- first' \
    '  | "longer" | -12.5 | -         |  -- second' 'end')
}

@test "comments keep their place" {
  cat >small.tsk <<'END'
-- top
programme P -- behind
-- inside
end
--| documented
application
  a : text -- one
  bb : text  -- two
  -- last
end
-- end
END
  t fmt small.tsk
  diff small.tsk - <<'END'
-- top
programme P  -- behind
  -- inside
end
--| documented
application
  a  : text  -- one
  bb : text  -- two
  -- last
end
-- end
END
}

@test "of a Markdown file only the rules are laid out" {
  cat >page.md <<'END'
# A   page

| a |  b |

```terskel
programme   P
end


application
a : text
end
```

and   so on

```sh
define   x:1
```

```terskel
define   x:1
```
END
  t fmt page.md
  diff page.md - <<'END'
# A   page

| a |  b |

```terskel
programme P
end

application
  a : text
end
```

and   so on

```sh
define   x:1
```

```terskel
define x: 1
```
END
  cp page.md before.md
  t fmt --language nb page.md
  grep -q '^språk nb$' page.md
  t check page.md
  t fmt --language en page.md
  cmp page.md before.md
}

@test "a name that is a word of the other language is refused" {
  lines 'programme P' 'end' 'type tekst: one of a, b' 'application' '  x : tekst' 'end' >small.tsk
  cp small.tsk before.tsk
  run t fmt --language nb small.tsk
  [ "$status" -eq 1 ]
  [[ $output == *"small.tsk:3:6: feil U0131:"*"«tekst»"*"«text»"* ]]
  cmp small.tsk before.tsk
  # a field of a function's name is no function
  lines 'programme P' 'end' 'application' '  antall : number' 'end' 'define n: count([1, 2]) + antall' >small.tsk
  t fmt --language nb small.tsk
  grep -q '^definer n: antall(\[1, 2\]) + antall$' small.tsk
  t check small.tsk
}

@test "the examples are laid out" {
  cd "$ROOT"
  run t fmt --check $(tests/house/files | grep -E '^(examples|stdlib)/.*\.tsk$')
  echo "$output"
  [ "$status" -eq 0 ]
}

# ---- there and back ----

# there_and_back: the files en/*.tsk, laid out, to bokmål and back; those with syntax errors stay as they are
there_and_back() {
  t fmt en/*.tsk 2>errors || true
  ! grep U0130 errors
  cp -r en again
  t fmt again/*.tsk 2>/dev/null || true
  diff -r en again
  cp -r en nb
  t fmt --language nb nb/*.tsk 2>errors || true
  ! grep -E 'U013[01]' errors
  cp -r nb back
  t fmt back/*.tsk 2>/dev/null || true
  diff -r nb back # laid out already
  t fmt --language en back/*.tsk 2>errors || true
  ! grep -E 'U013[01]' errors
  diff -r en back
}

# codes FOLDER: the codes of what check says about each file of it
codes() {
  (cd "$1" && for file in *.tsk; do
    echo "$file $(t check --language en "$file" 2>&1 | sed -nE 's/^.*(error|warning) ([A-Z][0-9]+):.*/\2/p' | sort | tr '\n' ' ')"
  done)
}

@test "each rules file of the examples and of the tests goes to bokmål and back, byte for byte" {
  mkdir en
  for file in "$ROOT"/examples/*/*.tsk "$ROOT"/tests/fail/*.tsk "$ROOT"/tests/docs/*.tsk "$ROOT"/tests/language/sample/*.tsk; do
    grep -qE '^(language|språk) nb' "$file" || cp "$file" en
  done
  there_and_back
  cp "$ROOT"/tests/fail/*.csv "$ROOT"/tests/language/sample/*.csv nb 2>/dev/null || true
  grep -L '^språk nb' nb/*.tsk | xargs rm # those with syntax errors
  for file in nb/*.tsk; do echo "${file#nb/}"; done >kept
  [ "$(wc -l <kept)" -gt 150 ]
  mkdir checked
  while read -r file; do cp "en/$file" checked; done <kept
  cp nb/*.csv checked 2>/dev/null || true
  # a slip in a word of the language can't be translated
  rm -f {checked,nb}/E0317-misspelt-built-in-type.tsk {checked,nb}/E0318-is-{konwn,mising}.tsk \
    {checked,nb}/E0321-name-split-by-keyword.tsk {checked,nb}/E0323-misspelt-function.tsk
  diff <(codes checked) <(codes nb)
}

@test "a line of forty thousand items is laid out in no time" {
  { printf 'programme P\nend\ndefine numbers: [1'; seq -f ',  %.0f' 2 40000 | tr -d '\n'; echo ']'; } >line.tsk
  timeout 5 "$TERSKEL" fmt - <line.tsk >out.tsk
  tail -1 out.tsk | grep -q '^define numbers: \[1, 2, 3, .*, 40000\]$'
}

@test "the rules and expressions of the language's tests go to bokmål and back, byte for byte" {
  mkdir en
  "$ROOT/tests/cli/rules-of-tests" "$ROOT/tests/docs/prelude.tsk" en "$ROOT"/tests/language/*.tests
  grep -lE '^(language|språk) nb' en/*.tsk | xargs -r rm
  [ "$(ls en | wc -l)" -gt 60 ]
  there_and_back
  ! grep -L '^språk nb' nb/*.tsk | grep .
}

# plain: without the fingerprint, the places of errors, and what they quote of the rules
plain() {
  sed -E 's/"rules": ?"[0-9a-f]+"//; s/[^ ",]*\.tsk:[0-9]+:[0-9]+/PLACE/g; s/“[^”]*”/QUOTED/g'
}

@test "the examples judge the same in bokmål" {
  mkdir nb
  for rules in "$ROOT"/examples/*/*.tsk; do
    folder=$(dirname "$rules")
    grep -q ^programme "$rules" || continue # the tests of one, which are no programme
    case $rules in *-gap.tsk | *-mistake.tsk) continue ;; esac # wrong on purpose
    "$TERSKEL" fmt --language nb - <"$rules" >nb/rules.tsk
    t check nb/rules.tsk
    case $rules in *yearly*) data=yearly-evaluations.jsonl ;; *horizon*) data=proposals.jsonl ;; */tutorial/*) data=$(basename "$rules" .tsk).jsonl ;; *) data=applications.jsonl ;; esac
    for format in jsonl csv json; do
      t run "$rules" "$folder/$data" --format $format | plain >en.out || true
      t run nb/rules.tsk "$folder/$data" --format $format | plain >nb.out || true
      [ -s en.out ]
      diff en.out nb.out
    done
    # a condition is quoted as it is written; all else is the same
    t run "$rules" "$folder/$data" | grep -vE '^ {8}|  rules [0-9a-f]{16}$' | plain >en.out || true
    t run nb/rules.tsk "$folder/$data" | grep -vE '^ {8}|  rules [0-9a-f]{16}$' | plain >nb.out || true
    diff en.out nb.out
  done
}
