# The standard library: each module is sound, tested and documented; all of them can be used together; and what can be
# computed in another way is.

load ../lib/terskel

modules() { find "$ROOT/stdlib" -name '*.tsk' | sort; }

# name_of FILE: eu/sme.tsk is std.eu.sme
name_of() {
  local name=${1#"$ROOT"/stdlib/}
  name=std.${name%.tsk}
  echo "${name//\//.}"
}

@test "seven modules, named after their files" {
  run t doc
  [ "$output" = 'std.eu.de_minimis
std.eu.sme
std.no.calendar
std.no.geography
std.no.organisation
std.scale
std.score' ]
  for file in $(modules); do name_of "$file"; done >names
  [ "$output" = "$(cat names)" ]
}

@test "no mistakes and nothing to warn of, in each" {
  for file in $(modules); do
    run t check "$file"
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ $output != *warning* ]]
  done
}

@test "the tests of each pass, and there are many" {
  for file in $(modules); do
    run t test "$file"
    echo "$file: $output"
    [ "$status" -eq 0 ]
    [[ $output =~ ^([0-9]+)\ passed,\ 0\ failed$ ]]
    [ "${BASH_REMATCH[1]}" -ge 20 ]
  done
}

@test "each is laid out" {
  run t fmt --check $(modules)
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "each has a title, a source, and documentation of all that others call" {
  for file in $(modules); do
    name=$(name_of "$file")
    run t doc "$name"
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == "$name: "* ]]
    [[ $output == *$'\nSource: '* ]]
    # every declaration but the first line of a module has --| above it
    run awk '/^(function|type|record|data|parameter|table|define)/ && before !~ /^--\|/ { print FILENAME ": " $0 } { before = $0 }' "$file"
    echo "$output"
    [ -z "$output" ]
  done
}

@test "each is used alone, and all together, without a word" {
  programme() { printf '%s\n' 'programme Support' '  decides nothing' end "$@" application '  id : text' end >rules.tsk; }
  for file in $(modules); do
    programme "use $(name_of "$file")"
    run t check rules.tsk
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 1 ]
  done
  programme $'use std.eu.de_minimis\nuse std.eu.sme\nuse std.no.calendar\nuse std.no.geography\nuse std.no.organisation\nuse std.scale\nuse std.score'
  run t check rules.tsk
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
  printf '{"id": "a"}\n' >a.jsonl
  run t run rules.tsk a.jsonl --format csv
  [ "$status" -eq 0 ]
  [[ ${lines[1]} == a,decided,* ]]
}

@test "a programme may have values of its own that a module has too" {
  printf '%s\n' 'programme Support' '  decides nothing' end 'use std.scale' 'type quality: good < splendid' application '  id : text' '  quality : quality' \
    '  points : number 0 to 5' end 'report both: quality = good and Horizon grade(points) = good' >rules.tsk
  run t check rules.tsk
  [ "$status" -eq 0 ]
  printf '{"id": "a", "quality": "good", "points": 3}\n' >a.jsonl
  run t run rules.tsk a.jsonl --format jsonl
  [[ $output == *'"both":true'* ]]
}

@test "a threshold of a module reaches the answer, and what is missing is named" {
  printf '%s\n' 'programme Support' '  decides nothing' end 'use std.eu.sme' application '  id : text' '  staff : number at least 0' \
    '  turnover : money EUR at least 0' '  balance : money EUR at least 0' end 'every application' '  requires' \
    '    S1 "SME": is SME(enterprise size(staff, turnover, balance), 0%)' 'report size: enterprise size(staff, turnover, balance)' >rules.tsk
  sed -i 's/^report/end\nreport/' rules.tsk
  printf '%s\n' '{"id": "a", "staff": 120, "turnover": 45000000}' '{"id": "b", "staff": 120, "turnover": 55000000}' \
    '{"id": "c", "staff": 250, "turnover": 1}' >a.jsonl
  run t run rules.tsk a.jsonl --format jsonl
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == *'"outcome":"decided"'*'"size":"medium"'* ]]
  [[ ${lines[1]} == *'"outcome":"undetermined"'*'"possible":["medium","large"]'*'"missing":["balance"]'* ]]
  [[ ${lines[2]} == *'"outcome":"rejected"'*'"size":"large"'* ]]
}

@test "the module in the library's README passes its own tests" {
  awk '/^    --\| Travel costs/ { on = 1 } /^- / { on = 0 } on && NF == 0 { gap = gap "\n" }
    on && NF { sub(/^    /, ""); print gap $0; gap = "" }' "$ROOT/stdlib/README.md" >costs.tsk
  run t test costs.tsk
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$output" = '4 passed, 0 failed' ]
  run t fmt --check costs.tsk
  [ "$status" -eq 0 ]
}

# Easter by Knuth's way (The Art of Computer Programming, 1.3.2), and everything else by counting days.
calendar() {
  perl -MTime::Local=timegm -e '
    use strict; use warnings;
    my $day = 86400;
    sub at { timegm(0, 0, 12, $_[2], $_[1] - 1, $_[0]) / $day }
    sub iso { my @t = gmtime($_[0] * $day); sprintf "%04d-%02d-%02d", $t[5] + 1900, $t[4] + 1, $t[3] }
    sub easter {
      my $y = shift;
      my ($g, $c) = ($y % 19 + 1, int($y / 100) + 1);
      my ($x, $z) = (int(3 * $c / 4) - 12, int((8 * $c + 5) / 25) - 5);
      my $d = int(5 * $y / 4) - $x - 10;
      my $e = (11 * $g + 20 + $z - $x) % 30;
      $e++ if ($e == 25 && $g > 11) || $e == 24;
      my $n = 44 - $e;
      $n += 30 if $n < 21;
      $n += 7 - ($d + $n) % 7;
      at($y, 3, 1) + $n - 1
    }
    my (%holiday, @asked);
    my ($first, $last, @single) = @ARGV;
    for my $y ($first - 1 .. $last + 1) {
      my $e = easter($y);
      $holiday{iso $_} = 1 for map({ $e + $_ } -3, -2, 0, 1, 39, 49, 50), at($y, 1, 1), at($y, 5, 1), at($y, 5, 17), at($y, 12, 25), at($y, 12, 26);
    }
    sub off { my $d = shift; my $w = (gmtime($d * $day))[6]; $w == 0 || $holiday{iso $d} }
    sub works { my $d = shift; (gmtime($d * $day))[6] != 6 && !off($d) }
    sub from { my $d = shift; $d++ until works($d); $d }
    sub until_day { my $d = shift; $d-- until works($d); $d }
    my %count; my $n = 0;
    for (my $d = at($first, 1, 1); $d <= at($last, 12, 31); $d++) { $n += works($d) ? 1 : 0; $count{iso $d} = $n }
    open my $data, ">", "days.jsonl"; open my $answers, ">", "expected.csv";
    my $to = 0;
    for (my $d = at($first, 1, 1); $d <= at($last, 12, 31); $d += $ENV{STEP}) {
      $to = ($to * 7 + 13) % 7000;   # spans of up to nineteen years
      my $e = $d + $to > at($last, 12, 31) ? at($last, 12, 31) : $d + $to;
      printf $data "{\"id\": \"%s\", \"day\": \"%s\", \"to\": \"%s\"}\n", (iso $d) x 2, iso $e;
      my $year = substr iso($d), 0, 4;
      print $answers join(",", iso($d), iso(easter($year)), (off($d) ? "yes" : "no"), (works($d) ? "yes" : "no"), iso(from($d)), iso(from($d + 1)),
        iso(until_day($d)), $count{iso $e} - $count{iso $d}), "\n";
    }' "$@"
}

calendar_rules() {
  printf '%s\n' 'programme Days' '  decides nothing' end 'use std.no.calendar' application '  id : text' '  day : date' '  to : date' end \
    'report easter: Easter Sunday(day.year)' 'report holiday: is public holiday(day)' 'report works: is working day(day)' \
    'report moved: moved deadline(day)' 'report following: next working day(day)' 'report before: working day until(day)' \
    'report days: working days(day, to)' >rules.tsk
}

same_calendar() {
  t run rules.tsk days.jsonl --format csv | sed -e 1d -e 's/,decided,,,,/,/' -e 's/,,*$//' >got.csv
  diff got.csv expected.csv | head -5
  cmp got.csv expected.csv
}

@test "Easter, holidays and working days as counted by day: 300 years, every seventeenth day" {
  calendar_rules
  STEP=17 calendar 1900 2199
  [ "$(wc -l <expected.csv)" -gt 6000 ]
  same_calendar
}

@test "Easter, holidays and working days as counted by day: every day of 2000 to 2039" {
  calendar_rules
  STEP=1 calendar 2000 2039
  [ "$(wc -l <expected.csv)" -eq 14610 ]
  same_calendar
}

@test "every check digit of organisation numbers, by division" {
  printf '%s\n' 'programme Numbers' '  decides nothing' end 'use std.no.organisation' application '  id : text' end \
    'report sound: is organisation number(id)' >rules.tsk
  perl -e '
    my @weights = (3, 2, 7, 6, 5, 4, 3, 2);
    open my $data, ">", "numbers.jsonl"; open my $expected, ">", "expected.csv";
    for (my $eight = 79999990; $eight < 100000000; $eight += 20011) {
      my @d = split //, $eight; my $sum = 0; $sum += $d[$_] * $weights[$_] for 0 .. 7;
      for my $last (0 .. 9) {
        my $sound = $d[0] >= 8 && ($sum + $last) % 11 == 0;
        print $data "{\"id\": \"$eight$last\"}\n"; print $expected "$eight$last,", ($sound ? "yes" : "no"), "\n";
      }
    }'
  t run rules.tsk numbers.jsonl --format csv | sed -e 1d -e 's/,decided,,,,/,/' -e 's/,,*$//' >got.csv
  [ "$(wc -l <got.csv)" -eq 10000 ]
  diff got.csv expected.csv | head -5
  cmp got.csv expected.csv
}
