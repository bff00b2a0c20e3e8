# terskel check

load ../lib/terskel
load ../lib/small

setup() {
  small_rules small.tsk
}

@test "rules without mistakes are praised in one line" {
  run t check small.tsk
  [ "$status" -eq 0 ]
  [ "$output" = 'small.tsk: no mistakes: 2 levels, 5 requirements, 1 criterion, 1 parameter, 1 report' ]
  run t check small.tsk --language nb
  [ "$output" = 'small.tsk: ingen feil: 2 nivåer, 5 krav, 1 kriterium, 1 parameter, 1 rapport' ]
}

@test "praise is data, mistakes are messages" {
  t check small.tsk >output 2>error
  [ -s output ] && [ ! -s error ]
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run bash -c '"$TERSKEL" check wrong.tsk >output 2>error'
  [ "$status" -eq 1 ]
  [ ! -s output ]
  grep -q 'wrong.tsk:44:23: error E0318: “own shaer” is not known here.' error
}

@test "each file is a programme of its own, and the worst decides the status" {
  cp small.tsk other.tsk
  run t check small.tsk other.tsk
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  run t check wrong.tsk small.tsk
  [ "$status" -eq 1 ]
  [[ $output == *'small.tsk: no mistakes'* ]]
  run t check nowhere.tsk wrong.tsk small.tsk
  [ "$status" -eq 2 ]
  [[ $output == *'small.tsk: no mistakes'* ]]
}

@test "warnings are told and do no harm" {
  sed '/rules as of/d' small.tsk >undated.tsk
  run t check undated.tsk
  [ "$status" -eq 0 ]
  [[ $output == *'undated.tsk: no mistakes, 1 warning: 2 levels'* ]]
  [[ $output == *'warning W0510'* ]]
}

@test "rules that cannot be read" {
  run t check nowhere.tsk
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error E0801: “nowhere.tsk” cannot be read: No such file or directory.' ]
  run t check .
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error E0803: “.” is not a file.' ]
}

@test "rules from standard input" {
  run bash -c '"$TERSKEL" check - <small.tsk'
  [ "$status" -eq 0 ]
  [[ $output == '-: no mistakes:'* ]]
}

# json EXPRESSION: what perl says of the JSON on standard input, $j
json() {
  perl -MJSON::PP -e 'local $/; my $j = JSON::PP->new->utf8->decode(<STDIN>); binmode STDOUT, ":utf8"; my $said = do { '"$1"' }; print $said'
}

need_json() { perl -MJSON::PP -e 1 2>/dev/null || skip 'this perl reads no JSON'; }

@test "mistakes as JSON: an object for each file" {
  need_json
  sed 's/own share >=/own shaer >=/' small.tsk >'a "b".tsk'
  run t check small.tsk 'a "b".tsk' --format json
  [ "$status" -eq 1 ]
  local said=$output
  [ "$(json 'join "|", map { ($_->{file}, $_->{programme} // "none", $_->{errors}, $_->{warnings}, scalar @{$_->{diagnostics}}) } @$j' <<<"$said")" \
    = 'small.tsk|Small Test|0|0|0|a "b".tsk|none|1|0|1' ]
  [ "$(json 'join "|", map { $_ // "none" } @{$j->[1]{diagnostics}[0]}{qw(code severity file line column end_line end_column sentence help other)}' <<<"$said")" \
    = 'E0318|error|a "b".tsk|44|23|44|32|“own shaer” is not known here.|did you mean “own share”?|none' ]
}

@test "a second place, and a place behind characters of several bytes" {
  need_json
  cat small.tsk - >twice.tsk <<'END'
define half: 1
define ø: (if "æøå" = name then 1 else 2) + halff
define half: 2
END
  run t check twice.tsk --format json
  [ "$status" -eq 1 ]
  [ "$(json 'join "|", map { $_->{code}, @$_{qw(line column end_line end_column)}, $_->{other} ? @{$_->{other}}{qw(file line column end_line end_column)} : () } @{$j->[0]{diagnostics}}' <<<"$output")" \
    = 'E0318|71|45|71|50|E0302|72|8|72|12|twice.tsk|70|8|70|12' ]
}

@test "rules that cannot be read are no place in a text, and end with 2" {
  need_json
  run t check nowhere.tsk --format json
  [ "$status" -eq 2 ]
  [ "$(json '"$j->[0]{diagnostics}[0]{code} $j->[0]{diagnostics}[0]{file} " . ($j->[0]{diagnostics}[0]{line} // "none")' <<<"$output")" = 'E0801 nowhere.tsk none' ]
  run t check nowhere.tsk --format sarif
  [ "$status" -eq 2 ]
  [ "$(json '(exists $j->{runs}[0]{results}[0]{locations}[0]{physicalLocation}{region}) ? "region" : "none"' <<<"$output")" = none ]
}

@test "mistakes as SARIF" {
  need_json
  cat small.tsk - >'tw ø.tsk' <<'END'
define half: 1
define half: 2
define other: halff
define others: hallf
END
  run t check 'tw ø.tsk' small.tsk --format sarif
  [ "$status" -eq 1 ]
  local said=$output
  [ "$(json '"$j->{version} $j->{runs}[0]{tool}{driver}{name} $j->{runs}[0]{columnKind}"' <<<"$said")" = '2.1.0 terskel unicodeCodePoints' ]
  [ "$(json 'join "|", map { "$_->{ruleId} $_->{level}" } @{$j->{runs}[0]{results}}' <<<"$said")" = 'E0302 error|E0318 error|E0318 error' ]
  [ "$(json 'join "|", map { ($_->{id}, $_->{shortDescription}{text}, $_->{defaultConfiguration}{level}) } @{$j->{runs}[0]{tool}{driver}{rules}}' <<<"$said")" \
    = 'E0302|“…” is declared twice.|error|E0318|“…” is not known here.|error' ]
  [ "$(json 'join "|", map { ($_->{physicalLocation}{artifactLocation}{uri}, @{$_->{physicalLocation}{region}}{qw(startLine startColumn endLine endColumn)}) } $j->{runs}[0]{results}[0]{locations}[0], $j->{runs}[0]{results}[0]{relatedLocations}[0]' <<<"$said")" \
    = 'tw%20%C3%B8.tsk|71|8|71|12|tw%20%C3%B8.tsk|70|8|70|12' ]
  [ "$(json '$j->{runs}[0]{results}[1]{message}{text}' <<<"$said")" = '“halff” is not known here.
did you mean “half”?' ]
}

@test "for machines all is data: standard error stays empty, and warnings do no harm" {
  need_json
  sed '/rules as of/d' small.tsk >undated.tsk
  for format in json sarif; do
    t check undated.tsk --format $format >output 2>error
    grep -q W0510 output
    [ ! -s error ]
    t check small.tsk --format $format >output
    if grep -qE '[EW][0-9]{4}' output; then false; fi
    json '1' <output
  done
}

@test "a terminal is told once, at the end, where there is more; a file is not" {
  sed 's/own share >=/own shaer >=/' small.tsk >wrong.tsk
  cp wrong.tsk again.tsk
  run script -qec "'$TERSKEL' check wrong.tsk small.tsk again.tsk" /dev/null
  [ "$(grep -c 'terskel explain' <<<"$output")" -eq 1 ]
  [ "$(tail -1 <<<"${output%$'\n'}" | tr -d '\r')" = '“terskel explain E0318” tells more.' ]
  run script -qec "'$TERSKEL' check small.tsk" /dev/null
  [[ $output != *'terskel explain'* ]]
  run t check wrong.tsk
  [[ $output != *'terskel explain'* ]]
}
