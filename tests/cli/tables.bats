# Decision tables at the command line: large ones, the row that fits in the report, and the way to a spreadsheet and back.

load ../lib/terskel

# table ROWS HOLES OVERLAPS SEED: rules with a table of six inputs, whose rows part every case between them; some are left
# out, and some stand twice, the second time smaller and with another value.
table() {
  perl -e '
    my ($rows, $holes, $overlaps, $state) = @ARGV;
    sub chance { $state = ($state * 1103515245 + 12345) % 2147483648; return int($state / 65536) % $_[0] }
    my @boxes = ([map { [0, 999] } 1 .. 6]);
    while (@boxes < $rows) {
      my ($box, $input) = ($boxes[chance(scalar @boxes)], chance(6));
      my ($low, $high) = @{$box->[$input]};
      next if $high - $low < 4;
      my $cut = $low + 1 + chance($high - $low - 1);
      my @rest = map { [@$_] } @$box;
      $box->[$input] = [$low, $cut];
      $rest[$input] = [$cut + 1, $high];
      push @boxes, \@rest;
    }
    my %gone = map { int(($_ + 0.5) * @boxes / ($holes + 1)) => 1 } 0 .. $holes - 1;
    my @kept = map { $boxes[$_] } grep { !$gone{$_} } 0 .. $#boxes;
    for my $k (1 .. $overlaps) {
      my @smaller = map { [@$_] } @{$kept[$k * 100]};
      $smaller[0][1] = $smaller[0][0];
      push @kept, \@smaller;
    }
    my @names = map { "x$_" } "a" .. "f";
    print "programme Cluster Support\nend\napplication\n", (map { "  $_ : whole number\n" } @names), "end\n";
    print "table large (", join(", ", map { "$_: whole number" } @names), "): whole number\n";
    print "  | ", join(" | ", @names), " || row |\n";
    my $n = 0;
    for my $box (@kept) {
      my @cells = map { my ($l, $h) = @$_; $l == 0 && $h == 999 ? "-" : $l == 0 ? "<= $h" : $h == 999 ? ">= $l" : $l == $h ? $l : "[$l..$h]" } @$box;
      print "  | ", join(" | ", @cells), " || ", ++$n, " |\n";
    }
    print "end\nreport row: large(", join(", ", @names), ")\n";' "$@"
}

@test "a thousand rows of six inputs: two holes and three overlaps are found, soon" {
  table 1000 2 3 1 >large.tsk
  run timeout 20 "$TERSKEL" check large.tsk
  [ "$status" -eq 1 ]
  [ "$(grep -c 'error E0930' <<<"$output")" -eq 1 ]
  [ "$(grep -c 'error E0931' <<<"$output")" -eq 3 ]
  [[ $output == *'No row fits xa '*'; nor xa '*'.'* ]]
  [[ $output != *' more.'* ]]
  for row in 101 201 301; do
    [[ $output == *"Rows $row and "*' both fit xa '* ]]
  done
}

@test "a thousand rows without a hole are accepted, and each case has one answer" {
  table 1000 0 0 2 >large.tsk
  t check large.tsk
  perl -e 'srand 1; print join(",", map { "x$_" } "a" .. "f"), "\n"; print join(",", map { int rand 1000 } 1 .. 6), "\n" for 1 .. 500' >data.csv
  t run large.tsk data.csv --format csv >result.csv
  [ "$(grep -c ',decided,' result.csv)" -eq 500 ]
  # the same by looking at the rows
  perl -e '
    open my $rules, "<", "large.tsk"; open my $data, "<", "data.csv"; open my $result, "<", "result.csv";
    my @rows = grep { /^  \|.*\d \|$/ } <$rules>;
    my @boxes = map { my ($asked) = split /\|\|/; my (undef, @cells) = split /\|/, $asked;
      [map { /<= (\d+)/ ? [0, $1] : />= (\d+)/ ? [$1, 999] : /\[(\d+)\.\.(\d+)\]/ ? [$1, $2] : /(\d+)/ ? [$1, $1] : [0, 999] } @cells] } @rows;
    <$data>; my $head = <$result>;
    my ($column) = grep { (split /,/, $head)[$_] eq "row" } 0 .. 30;
    while (my $line = <$data>) {
      my @x = split /,/, $line; chomp @x;
      my @fit = grep { my $b = $boxes[$_]; !grep { $x[$_] < $b->[$_][0] || $x[$_] > $b->[$_][1] } 0 .. 5 } 0 .. $#boxes;
      my $got = (split /,/, <$result>)[$column];
      die "$line: rows @fit, got $got\n" unless @fit == 1 && $got == $fit[0] + 1;
    }'
}

rules() {
  cat <<'END'
programme Cluster Support
  currency NOK
end
type sector: one of business, knowledge, public
application
  sector : sector
  years  : whole number
  asked  : money
end
table yearly cap (sector: sector, years: whole number): money
  source "regulation 7"
  | sector      | years    || most          |
  | business    | [1..3]   || NOK 3 000 000 |
  | not(public) | < 1, > 3 || NOK 1 000 000 |
  | knowledge   | 1, 2, 3  || NOK 2 000 000 |
  | otherwise              || NOK 0         |
end
table note (place: text): text
  | place       || note            |
  | "Oslo"      || "a \"big\" town" |
  | not("Oslo") || "x, y; z"       |
end
every application
  requires
    K1 "Within the cap": asked <= yearly cap(sector, years)
end
END
}

@test "the report names the row that fits, and its line" {
  rules | sed '/^table note/,/^end/d' >rules.tsk
  echo '{"sector": "knowledge", "years": 2, "asked": 5}' >a.json
  run t run rules.tsk a.json
  [ "$status" -eq 0 ]
  echo '{"sector": "knowledge", "years": 2, "asked": 3000000}' >a.json
  run t run rules.tsk a.json
  echo "$output"
  [[ $output == *'yearly cap(sector, years) = NOK'*2*000*000* ]]
  [[ $output == *'yearly cap: row 3 (line 15) (regulation 7)'* ]]
  run t run rules.tsk a.json --language nb
  [[ $output == *'yearly cap: rad 3 (linje 15) (regulation 7)'* ]]
}

@test "from the text to CSV and back is the identity" {
  rules | sed '/^table note/,/^end/d' >rules.tsk
  t table rules.tsk 'yearly cap' >text
  t table rules.tsk --format csv >caps.csv
  [ "$(head -3 caps.csv | tail -1)" = 'not(public),"< 1, > 3",NOK 1 000 000' ]
  sed '/^  | /d; s/^  source "regulation 7"/&\n  from "caps.csv"/' rules.tsk >file.tsk
  t check file.tsk
  t table file.tsk --format csv | diff caps.csv -
  t table file.tsk | diff text -
  # and as rows of a text again
  { sed '/from "caps.csv"/,$d' file.tsk; cat text; sed '1,/from "caps.csv"/d' file.tsk; } >again.tsk
  t table again.tsk --format csv | diff caps.csv -
  t table again.tsk | diff text -
  rules | sed '/^table yearly/,/^end/d; /^every/,$d' >rules.tsk
  t table rules.tsk note >note.text
  t table rules.tsk note --format csv >note.csv
  [ "$(sed -n 2p note.csv)" = '"""Oslo""","""a \""big\"" town"""' ]
  sed '/^  | /d; s/^table note.*/&\n  from "note.csv"/' rules.tsk >note.tsk
  t table note.tsk | diff note.text -
  t table note.tsk --format csv | diff note.csv -
  # Norwegian offices save with semicolons and a mark in front
  { printf '\xef\xbb\xbf'; sed 's/,NOK/;NOK/; s/^\([a-z]*\),\([a-z0-9[]\)/\1;\2/; s/^\(not(public)\),/\1;/; s/^otherwise,;/otherwise;;/; s/yearly,/yearly;/; s/years,most/years;most/; s/"1, 2, 3"/1, 2, 3/; s/^knowledge,/knowledge;/' caps.csv; } >other.csv
  mv other.csv caps.csv
  t table file.tsk | diff text -
}

@test "a mistake in the file is told in the file, with its line" {
  rules | sed '/^table note/,/^end/d' >rules.tsk
  t table rules.tsk --format csv | sed 's/knowledge/knowlege/' >caps.csv
  sed '/^  | /d; s/^  source "regulation 7"/&\n  from "caps.csv"/' rules.tsk >file.tsk
  run t check file.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'caps.csv:4:3: error E0318: “knowlege” is not known here.' ]]
  sed -i 's/caps.csv/..\/caps.csv/' file.tsk
  run t check file.tsk
  [[ ${lines[0]} == *'error E0708'* ]]
  sed -i 's/..\/caps.csv/nothing.csv/' file.tsk
  run t check file.tsk
  [[ ${lines[0]} == *'error E0705'* ]]
}

# said LINE...: two lines of a mistake in use
said() {
  echo "status $status, output: $output"
  [ "$status" -eq 2 ]
  [ "$output" = "$(printf '%s\n' "$@")" ]
}

# data_from FILE: rules with data in it
data_from() {
  printf '%s\n' 'programme Cluster Support' end application '  id : text' end \
    'record Grant' '  firm   : text' '  amount : number' end \
    "data grants: list of Grant from \"$1\"" 'report all: sum(grants.amount)' 'report firms: string join(grants.firm, ", ")'
}

@test "data in a large file take memory as the file is long, not as its square" {
  perl -e 'print "firm,amount\n"; print "\"F$_\",1\n" for 1 .. 60000' >large.csv
  data_from large.csv >large.tsk
  run t check large.tsk
  [ "$status" -eq 0 ]
}

@test "data in a file: quotation marks, several lines in a cell, the line of a mistake, another encoding" {
  printf 'firm;amount\r\n"Fjord; ""og"" Fjell";1.5\r\n  Skog ;2\r\n"a\nb";3\r\n' >grants.csv
  data_from grants.csv >grants.tsk
  printf '{"id": "x"}\n' >one.jsonl
  run t run grants.tsk one.jsonl --format jsonl
  [ "$status" -eq 0 ]
  [[ $output == *'"all":6.5,"firms":"Fjord; \"og\" Fjell, Skog, a\nb"'* ]]
  printf 'c;much\n' >>grants.csv
  run t check grants.tsk
  [ "$status" -eq 1 ]
  [[ $output == *'error E0707: “grants.csv”, line 6: “much” is no value of “amount” (number)'* ]]
  printf 'firm;amount\nM\xf8re;1\n' >grants.csv
  run t check grants.tsk
  [ "$status" -eq 1 ]
  [[ $output == *'error E0121'* ]]
}

@test "mistakes in the use of terskel table" {
  rules >rules.tsk
  run t table
  said 'error U0108: No rules file is given.' '      = help: write: terskel table RULES NAME.'
  run t table rules.tsk
  said 'error U0152: There are several decision tables in these rules.' '      = help: name one of: yearly cap, note.'
  run t table rules.tsk notes
  said 'error U0150: There is no decision table “notes” in these rules.' '      = help: did you mean “note”?'
  run t table rules.tsk 'something else'
  said 'error U0150: There is no decision table “something else” in these rules.' '      = help: the tables are: yearly cap, note.'
  run t table rules.tsk note more
  said 'error U0111: “more” is one word too many.' '      = help: write: terskel table RULES NAME.'
  run t table rules.tsk note --format json
  said 'error U0104: “json” is not a value of --format.' '      = help: write one of: text, csv.'
  sed '/^table/,/^end/d; s/ <= yearly cap.*/ > NOK 0/' rules.tsk >none.tsk
  run t table none.tsk note
  said 'error U0151: There is no decision table in these rules.' '      = help: one is written as: table NAME (asked: TYPE): TYPE.'
}

@test "a table in bokmål, with rows in the text and in a file" {
  cat >rules.tsk <<'END'
språk nb
program Klynger
  valuta NOK
slutt
type sektor: en av bedrift, kunnskap, offentlig
søknad
  sektor : sektor
  år     : heltall
slutt
funksjon andel(del: beløp, hele: beløp): tall = del / hele
tabell ramme (s: sektor, år: heltall): beløp
  første rad som passer
  | s             | år      || ramme |
  | bedrift       | [1..3]  || NOK 3 |
  | ikke(bedrift) | -       || NOK 2 |
  | -             | mangler || NOK 1 |
  | ellers                  || NOK 0 |
slutt
tabell to (s: sektor): (a: tall, b: tekst)
  fra "to.csv"
slutt
rapporter r: ramme(sektor, år)
rapporter t: to(sektor).a
rapporter q: andel(hele: NOK 4, del: NOK 1)
END
  printf 's;a;b\nbedrift;1;"""x"""\nellers;2;"""y"""\n' >to.csv
  t check rules.tsk
  printf '%s\n' '{"sektor": "bedrift", "år": 2}' '{"sektor": "bedrift"}' '{"sektor": "bedrift", "år": 4}' '{"sektor": "kunnskap"}' >a.jsonl
  [ "$(t run rules.tsk a.jsonl --format csv | cut -d, -f6-8 | paste -sd' ')" = 'r,t,q 3,1,0.25 1,1,0.25 0,1,0.25 2,2,0.25' ] ||
    { t run rules.tsk a.jsonl --format csv; false; }
  sed '/ellers/d; /mangler/d; s/ikke(bedrift)/kunnskap/' rules.tsk >gap.tsk
  run t check gap.tsk --language nb
  [[ $output == *'Ingen rad passer til s blant [bedrift, offentlig] og år <= 0; heller ikke '* ]]
}
