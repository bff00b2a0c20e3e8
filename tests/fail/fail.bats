# One mistake a file, and beside it the exact message. A file's name begins with the code that it shows; those that show
# several, or that must pass, are named after what they hold. After a change, what comes is seen with
#
#   build/terskel check tests/fail/E0301-unknown-name.tsk
#
# and belongs into the .expected file only if it is what a reader should be told.

load ../lib/terskel

fail=$ROOT/tests/fail

# Sanitizers take their time, and more of the stack.
seconds=5 stack=256
case $TERSKEL in *asan*) seconds=60 stack=1024 ;; esac

# said FILE [OPTION...]: what check says about a file of this folder; its exit status
said() {
  (cd "$ROOT" && "$TERSKEL" check "tests/fail/$1" "${@:2}" 2>&1 >/dev/null </dev/null)
}

# places: code and place of each report, without its words
places() {
  sed -nE 's/^([^ ]+:[0-9]+:[0-9]+: )?(error|warning|feil|advarsel) ([A-Z][0-9]+):.*/\1\3/p'
}

# codes FILE...: the codes of the reports in them
codes() {
  cat "$@" | places | sed -E 's/.*([EW][0-9]{4})$/\1/' | sort -u
}

@test "each file gives the messages beside it, to the letter" {
  differ=0
  for rules in "$fail"/*.tsk; do
    name=$(basename "$rules")
    expected=${rules%.tsk}.expected
    status=0
    said "$name" >got || status=$?
    wanted=0
    if grep -qE '(^|: )error E' "$expected"; then wanted=1; fi
    if ! diff -u "$expected" got || [ "$status" -ne "$wanted" ]; then
      echo "# $name: status $status, not $wanted, or another message"
      differ=$((differ + 1))
    fi
  done
  [ "$differ" -eq 0 ]
}

@test "each file shows the code in its name, and nothing else" {
  for expected in "$fail"/[EW][0-9]*.expected; do
    name=$(basename "$expected")
    [ "$(codes "$expected")" = "${name%%-*}" ] || { echo "$name: $(codes "$expected")"; false; }
  done
}

@test "what is accepted is accepted silently" {
  for rules in "$fail"/*-accepted.tsk; do
    [ -f "${rules%.tsk}.expected" ] && [ ! -s "${rules%.tsk}.expected" ]
  done
}

@test "six mistakes are six messages in one run, each with a place and a way out" {
  [ "$(places <"$fail/six-mistakes.expected" | wc -l)" -eq 6 ]
  [ "$(grep -c '\^' "$fail/six-mistakes.expected")" -eq 6 ]
  [ "$(grep -c '= help: ' "$fail/six-mistakes.expected")" -eq 6 ]
}

@test "every message of a rules text has a file that shows it" {
  "$fail/hostile" list >shown
  codes "$fail"/*.expected >>shown
  printf '%s\n' E0801 E0802 E0803 >>shown # below: they are about files that cannot stand here
  printf '%s\n' E0814 E0816 E0818 >>shown # tests/cli/modules.bats: they need many files, or a large one
  sed -nE 's/^MESSAGE\(([EW][0-9]+),.*/\1/p' "$ROOT/lang/text/messages.def" >messages
  awk 'NR == FNR { for (i = 1; i <= NF; i++) shown[$i] = 1; next } !($1 in shown) { print "not shown: " $1; n++ } END { exit n > 0 }' \
    shown messages
}

@test "no message has an empty place" {
  if grep -nE '“”|«»|: \.$|\{[0-9]\}|\(null\)' "$fail"/*.expected; then false; fi
}

@test "in bokmål the same mistakes stand at the same places" {
  for rules in "$fail"/*.tsk; do
    name=$(basename "$rules")
    said "$name" --language nb >got || true
    diff <(places <"${rules%.tsk}.expected") <(places <got)
    if grep -nE '“”|«»|\{[0-9]\}' got; then false; fi
  done
}

@test "a file that is not there, that is a folder, that is too large" {
  run t check nowhere.tsk
  [ "$status" -eq 2 ]
  [ "$output" = 'error E0801: “nowhere.tsk” cannot be read: No such file or directory.
      = help: check the file'"'"'s name.' ]
  mkdir folder.tsk
  run t check folder.tsk
  [ "$status" -eq 2 ]
  [ "$output" = 'error E0803: “folder.tsk” is not a file.
      = help: name a rules file.' ]
  head -c 1048577 /dev/zero >large.tsk
  run t check large.tsk
  [ "$status" -eq 2 ]
  [ "$output" = 'error E0802: “large.tsk” is larger than 1 MiB.
      = help: split the programme, or keep long tables in CSV files.' ]
}

@test "a folder where a table's file should be" {
  mkdir folder
  printf '%s\n' 'programme Cluster Support' end 'record Call' '  id : text' end application '  id : text' end \
    'data calls: list of Call from "folder"' >rules.tsk
  run t check rules.tsk
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 'rules.tsk:9:31: error E0705: “folder” cannot be read: it is no regular file.' ]
}

# deep N: a programme with expressions of N levels
deep() {
  printf 'programme Cluster Support\nend\napplication\n  a : number\n  ok : yes/no\n  l : list of number\nend\n'
  perl -e '
    my $n = shift() - 1;
    print "define sum: ", "a + " x $n, "a\n", "define minus: ", "- " x $n, "a\n", "define negation: ", "not " x $n, "ok\n",
      "define choice: ", "if ok then 1 else " x $n, "a\n", "define brackets: ", "(" x $n, "a", ")" x $n, "\n",
      "define calls: ", "max(1, " x $n, "a", ")" x $n, "\n", "define filters: l", "[ok]" x $n, "\n",
      "define found: ", "some i in l satisfies " x $n, "ok\n";' "$1"
}

@test "an expression is 200 deep and no deeper" {
  deep 199 >less.tsk
  deep 200 >exact.tsk
  deep 201 >more.tsk
  (ulimit -s "$stack" && t check less.tsk exact.tsk >/dev/null)
  run t check more.tsk
  [ "$status" -eq 1 ]
  [ "$(places <<<"$output")" = "more.tsk:8:811: E0203" ] || { places <<<"$output"; false; }
}

@test "a file of exactly 1 MiB is read" {
  printf 'programme Cluster Support\nend\napplication\n  a : number\nend\n--' >exact.tsk
  head -c $((1048576 - $(wc -c <exact.tsk))) /dev/zero | tr '\0' - >>exact.tsk
  [ "$(wc -c <exact.tsk)" -eq 1048576 ]
  t check exact.tsk
}

@test "hostile texts end soon, with their message, on a small stack" {
  "$fail/hostile" >list
  while read -r name code; do
    status=0
    (ulimit -s "$stack" && timeout "$seconds" "$TERSKEL" check "$name.tsk" >/dev/null 2>said </dev/null) || status=$?
    wanted=1
    if [ "$code" = E0802 ]; then wanted=2; fi
    if [ "$status" -ne "$wanted" ] || ! grep -qE "error $code:" said; then
      echo "$name: status $status, not $wanted; wanted $code:"
      head -c 1000 said
      false
    fi
    [ "$(places <said | wc -l)" -le 100 ]
    rm "$name.tsk"
  done <list
}
