# What the answers say to people: each test is named after what an officer who read them stumbled over.

load ../lib/terskel

blank=$'\xc2\xa0'  # the one between thousands, which does not break a line

# rules LINE...: a programme without levels, with these lines behind its fields
rules() {
  cat >rules.tsk <<'END'
programme Answers
  currency NOK
  rules as of received
  decides nothing
end

type sector: one of business, knowledge, public

record Partner
  name   : text
  sector : sector
end

application identified by id
  id       : text
  key      : text
  received : date
  partners : list of Partner complete when all partners
  all partners : yes/no
  wanted   : list of sector
  own      : sector
  staff    : whole number at least 0
  other staff : whole number at least 0
  amount   : money at least 0
  period   : months at least 0
end

record Call
  id     : text
  opened : date
  limit  : number
  offers : list of sector
end

data calls: list of Call
  | id | opened     | limit | offers              |
  | "1" | 2020-01-01 |       | business, knowledge |
  | "2" |            | 4     | public              |
  | "3" | 2021-01-01 | 5     |                     |
  | "3" | 2022-01-01 | 6     | public              |
end

define this call: the c in calls where c.id = key
END
  printf '%s\n' "$@" >>rules.tsk
}

# answer JSON: the text for one application, with its fields but the id
answer() { t run rules.tsk --language "${language:-en}" <(echo "{\"id\":\"a\",$1}") || [ $? -eq 1 ]; }

# json JSON: the same as JSON
json() { t run rules.tsk --format jsonl <(echo "{\"id\":\"a\",$1}") || [ $? -eq 1 ]; }

# has TEXT LINE...: these lines stand there in this order, one directly below the other
has() {
  local wanted
  wanted=$(printf '%s\n' "${@:2}")
  [[ $'\n'$1$'\n' == *$'\n'"$wanted"$'\n'* ]] && return
  printf 'missing:\n%s\nin:\n%s\n' "$wanted" "$1"
  return 1
}

# lacks TEXT PART...: none of these stands there
lacks() {
  local part
  for part in "${@:2}"; do
    [[ $1 != *"$part"* ]] && continue
    printf 'not wanted: %s\nin:\n%s\n' "$part" "$1"
    return 1
  done
}

# ---- levels ----

levels() {
  cat >rules.tsk <<'END'
programme Levels
  rules as of received
  decides sought
end
application identified by id
  id       : text
  received : date
  sought   : level
end
ladder
  from 2010-01-01: Low
  from 2015-01-01: Low < High
  from 2018-01-01: Low
  from 2020-01-01: Low < High < Top
  from 2022-01-01: Low < Top
end
level Low
end
level High
  afterwards "High has ended."
end
level Top
  valid until 2023-12-31
  afterwards "Top has ended."
end
END
}

@test "the afterwards text is for the time after a level, not for the time before it" {
  levels
  has "$(answer '"received":"2014-12-31","sought":"High"')" '  High does not exist on 2014-12-31.'
  lacks "$(answer '"received":"2014-12-31","sought":"High"')" 'has ended'
  lacks "$(answer '"received":"2019-01-01","sought":"High"')" 'has ended'
  has "$(answer '"received":"2022-01-01","sought":"High"')" '  High does not exist on 2022-01-01.' '  High has ended.'
  lacks "$(answer '"received":"2019-12-31","sought":"Top"')" 'has ended'
  lacks "$(answer '"received":"2023-12-31","sought":"Top"')" 'does not exist'
  has "$(answer '"received":"2024-01-01","sought":"Top"')" '  Top does not exist on 2024-01-01.' '  Top has ended.'
}

# ---- lists ----

@test "lists of values are written out" {
  rules 'parameter required: list of sector' '  from 2020-01-01: business, knowledge' end \
    'every application' 'requires' '  R1 "Offered": own in this call.offers' '  R2 "Wanted": own in wanted' \
    '  R3 "Required": own in required' 'end'
  local text
  text=$(answer '"key":"1","received":"2021-05-05","own":"public","wanted":["knowledge"]')
  has "$text" '        own = public' '        this call.offers: business, knowledge'
  has "$text" '        wanted: knowledge'
  has "$text" '        required: business, knowledge'
}

@test "of a long list of values the first twelve are written out" {
  rules 'every application' 'requires' '  R1 "Wanted": own in wanted' 'end'
  local many='"business"'
  for _ in {2..12}; do many+=',"knowledge"'; done
  has "$(answer "\"own\":\"public\",\"wanted\":[$many]")" \
    '        wanted: business, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge, knowledge'
  [[ $(answer "\"own\":\"public\",\"wanted\":[$many,\"knowledge\",\"knowledge\"]") == *'knowledge, knowledge … and 2 more'* ]]
}

@test "a list that is an error, missing or empty says so" {
  rules 'every application' 'requires' '  R1 "Offered": own in this call.offers' '  R2 "Wanted": own in wanted' 'end'
  local text
  text=$(answer '"key":"9","own":"public"')
  has "$text" '        this call.offers is an error'
  lacks "$text" 'in all'
  has "$(answer '"key":"1","own":"public"')" '        wanted is missing'
  has "$(answer '"key":"1","own":"public","wanted":[]')" '        wanted: none'
  has "$(answer '"own":"public","wanted":[]')" '        this call.offers is not known'
}

# ---- what played no part ----

@test "a branch that was not taken is not told" {
  rules 'define size: if received > 2019-01-01 then staff else amount / NOK 1' \
    'every application' 'requires' '  R1 "Large": size >= 10' 'end'
  local text
  text=$(answer '"received":"2020-01-01","staff":4')
  has "$text" '        size = 4' '          received = 2020-01-01' '          staff = 4'
  lacks "$text" 'amount'
  text=$(answer '"received":"2018-01-01","staff":4')
  has "$text" '        size is not known' '          received = 2018-01-01' '          amount is missing'
  lacks "$text" 'staff'
  text=$(answer '"staff":4,"amount":5')
  has "$text" '        size is not known: 4 to 5' '          received is missing' '          staff = 4' "          amount = NOK${blank}5"
}

@test "an assumption and a parameter's other entries are not told where they were not used" {
  rules 'parameter least: number' '  from 2010-01-01: 5' '  from 2020-01-01: other staff' end \
    'define size: staff assumed other staff if missing' \
    'every application' 'requires' '  R1 "Large": size >= least' 'end'
  local text
  text=$(answer '"received":"2015-01-01","staff":4')
  has "$text" '        size = 4' '          staff = 4' '        least = 5, from 2010-01-01'
  lacks "$text" 'other staff'
  text=$(answer '"received":"2015-01-01","other staff":3')
  has "$text" '        size = 3' '          staff is missing' '          other staff = 3'
}

@test "what is open where the rest has decided is not told" {
  rules 'every application' 'requires' '  R1 "Both": staff >= 10 and other staff >= 10' \
    '  R2 "No either": not (staff < 10 or other staff < 10)' 'end'
  local text
  text=$(answer '"staff":4')
  lacks "$text" 'other staff is'
  has "$text" '        staff = 4'
  text=$(answer '"staff":14')
  has "$text" '        staff = 14' '        other staff is missing'
}

@test "a condition that is turned round is told" {
  rules 'define late: received >= 2020-01-01' 'every application' 'requires' \
    '  R1 "Large" when late: staff >= 10' '  R2 "Staffed" when not late: staff >= 10' 'end'
  has "$(answer '"received":"2020-01-01","staff":4')" '        staff = 4' '        late = yes' '          received = 2020-01-01'
  has "$(answer '"received":"2019-01-01","staff":4')" '        staff = 4' '        late = no' '          received = 2019-01-01'
}

@test "for each tells only what belongs to the elements that are not in order" {
  rules 'every application' 'requires' \
    '  R1 "Enough" for each s in wanted: if s = business then staff >= 1 else if s = public then amount >= NOK 1 else other staff >= 1' 'end'
  local text
  text=$(answer '"wanted":["business","knowledge","public"],"staff":1,"other staff":0')
  has "$text" '        for s = knowledge: not met' '        for s = public: undetermined' \
    '        wanted: business, knowledge, public' '        amount is missing' '        other staff = 0'
  lacks "$text" '        staff ='
}

# ---- what is missing ----

@test "the declared bounds of what is missing are not repeated" {
  rules 'define both: staff + other staff' 'every application' 'requires' \
    '  R1 "Paid": amount > NOK 5' '  R2 "Staffed": both >= 100' 'end'
  local text
  text=$(answer '"staff":3')
  has "$text" '        amount is missing'
  has "$text" '        both is not known: at least 3' '          staff = 3' '          other staff is missing'
  has "$(answer '"amount":9')" '        both is not known' '          staff is missing' '          other staff is missing'
}

@test "the way to settle a list: what says that it is complete, or the list itself" {
  rules 'every application' 'requires' '  R1 "Three": count(partners) >= 3' 'end'
  local two='"partners":[{"name":"x"},{"name":"y"}]'
  [[ $(json "$two") == *'"missing":["all partners"]'* ]]
  has "$(answer "$two")" '        partners: at least 2 in all' '        missing: all partners'
  [[ $(json "$two,\"all partners\":false") == *'"missing":["partners"]'* ]]
  [[ $(answer "$two,\"all partners\":false") == *'  missing: partners (more may come)'* ]]
  [[ $(language=nb answer "$two,\"all partners\":false") == *'  mangler: partners (det kan komme flere)'* ]]
  [[ $(json '"all partners":true') == *'"missing":["partners"]'* ]]
  has "$(answer '"all partners":true')" '  missing: partners'
}

@test "an empty cell of a table is missing" {
  rules 'report opened: this call.opened' 'report limit "The limit": this call.limit'
  has "$(answer '"key":"1"')" '  opened = 2020-01-01' '  The limit is missing'
  has "$(answer '"key":"2"')" '  opened is missing' '  The limit = 4'
  has "$(answer '"staff":1')" '  opened is not known'
}

# ---- what went wrong ----

@test "a fault is told once in an answer, with the item that was looked for" {
  rules 'every application' 'requires' '  R1 "Early": received >= this call.opened' '  R2 "Offered": own in this call.offers' 'end'
  local text
  text=$(answer '"key":"9","received":"2020-01-01","own":"public"')
  [ "$(grep -c R0106 <<<"$text")" -eq 1 ]
  [[ $text == *': No item fits “the c in calls where c.id = key”. (R0106)'* ]]
  has "$text" '          key = “9”' '          look for the item that should be there, or for a misspelt key.'
  [[ $(json '"key":"9","received":"2020-01-01","own":"public"') == *'No item fits “the c in calls where c.id = key”. (R0106): look for the item'* ]]
  [[ $(answer '"key":"3","received":"2020-01-01","own":"public"') == *': Several items fit “the c in calls where c.id = key”. (R0107)'* ]]
  [[ $(language=nb answer '"key":"9","received":"2020-01-01"') == *': Ingen elementer passer til «the c in calls where c.id = key». (R0106)'* ]]
}

@test "wrong data are told with the way out" {
  rules
  has "$(answer '"own":"busines"')" '    did you mean “business”? Allowed are: business, knowledge, public.'
  has "$(answer '"stafff":1')" '    did you mean “staff”?'
  [[ $(json '"own":"busines"') == *'(D0124): did you mean “business”? Allowed are: business, knowledge, public."'* ]]
  echo '{"id":"a","own":"busines"}' >data.jsonl
  run bash -c '"$TERSKEL" run rules.tsk data.jsonl --format csv 2>/dev/null'
  [[ ${lines[1]} == *'(D0124): did you mean “business”? Allowed are: business, knowledge, public."' ]]
}

@test "only a number has its quotation marks shown, since they are the mistake" {
  rules
  [[ $(answer '"amount":"four million"') == *'amount: “four million” is not an amount in NOK. (D0114)'* ]]
  [[ $(answer '"amount":"4000"') == *'amount: “"4000"” is not an amount in NOK. (D0114)'* ]]
  [[ $(answer '"staff":"many"') == *'staff: “many” is not a number. (D0111)'* ]]
}

# ---- how values are written ----

@test "no years are 0 years, and amounts that are not whole have two decimals" {
  rules 'report years "Period": period' 'report paid "Amount": amount'
  has "$(answer '"period":"0 months","amount":1000.5')" '  Period = 0 years' "  Amount = NOK${blank}1${blank}000.50"
  has "$(answer '"period":"5 months","amount":1000.25')" '  Period = 5 months' "  Amount = NOK${blank}1${blank}000.25"
  has "$(answer '"period":"24 months","amount":1000')" '  Period = 2 years' "  Amount = NOK${blank}1${blank}000"
  [[ $(json '"period":"0 months","amount":1000.5') == *'"years":"P0M","paid":1000.5}'* ]]
}

@test "in CSV periods are in words" {
  rules 'report years: period'
  echo '{"id":"a","period":"P3Y6M"}' >data.jsonl
  run bash -c '"$TERSKEL" run rules.tsk data.jsonl --format csv 2>/dev/null'
  echo "$output"
  [ "${lines[1]}" = 'a,decided,,,,3 years 6 months,,,' ]
}

# ---- the layout ----

@test "a requirement without a title leaves no blanks behind" {
  rules 'every application' 'requires' '  P1: staff >= 10' 'expects' '  V1: staff >= 5' 'end'
  local text
  text=$(answer '"staff":4')
  has "$text" '  ✗ P1' '        staff >= 10'
  has "$text" '  ✗ V1  remark' '        staff >= 5'
  ! grep ' $' <<<"$text"
}

@test "a long condition is broken also where the output is no terminal" {
  rules 'every application' 'requires' \
    '  R1 "Long": staff >= 10 and other staff >= 10 and amount >= NOK 1 000 000 and period >= 3 years and own = business' 'end'
  has "$(answer '"staff":4')" '        staff >= 10 and other staff >= 10 and amount >= NOK 1 000 000 and period >= 3 years and own' '        = business'
}

scores() {
  cat >rules.tsk <<'END'
programme Scores
  decides highest level
end
application identified by id
  id    : text
  staff : whole number
end
criterion goals "The goals": scale 1 to 6
criterion role: scale 1 to 6
level Low
  scores
    goals: weight 50%
    role:  weight 50%
  threshold 4
end
level High
  requires
    H1 "Large": staff >= 10
  scores
    goals: weight 50%, minimum 5
    role:  weight 50%
  threshold 5
end
END
}

@test "a score that is open or too low names the criteria without points, below its level" {
  scores
  has "$(answer '"staff":20')" '  Low: undetermined' '    ? score 1 to 6, threshold 4' '      no points yet: goals, role' \
    '  High: undetermined' '    ? The goals is missing, minimum 5' '    ? score 1 to 6, threshold 5' '      no points yet: goals, role'
  has "$(answer '"staff":20,"goals":1')" '  Low: rejected' '    ✗ score 1 to 3.5, threshold 4' '      no points yet: role'
  has "$(language=nb answer '"staff":20,"goals":1')" '      ingen poeng ennå: role'
}

@test "a decision that the head has told is told again only with its reasons" {
  cat >rules.tsk <<'END'
programme Decision
  decides grade
end
application identified by id
  id    : text
  staff : whole number
end
decision grade "Grade": one of small, large
  large when staff is known
  otherwise small
end
decision other "Other": one of small, large
  large when staff is known "it is known"
  otherwise small
end
END
  local text
  text=$(answer '"staff":20')
  has "$text" 'a → Grade: large' '  Grade = large' '    staff = 20' '  Other = large' '    because: it is known' '    staff = 20'
  sed -i 's/when staff is known$/when 1 + 1 = 2/' rules.tsk
  lacks "$(answer '"staff":20')" 'Grade ='
}
