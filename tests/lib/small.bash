# A small programme with one of everything that an answer can show, and
# applications to it:
#
# small_rules FILE    writes the rules
# small_data FILE     writes six applications, one for each outcome and one spoiled
#
# Their outcomes: ok qualified, poor rejected, late dismissed, open undetermined,
# gone rejected (off the ladder), bad error.

small_rules() {
  cat >"$1" <<'END'
programme Small Test
  title en "A small test"
  title nb "En liten prøve"
  currency NOK
  rules as of received
  decides level sought
end

record Member
  name    : text
  sector  : one of business, knowledge, public
  country : text assumed "NO" if missing
end

application identified by id
  id                : text
  name              : text
  level sought      : level
  received          : date
  members           : list of Member complete when members confirmed
  members confirmed : yes/no
  total             : money at least 0
  own               : money at least 0
end

ladder
  from 2010-01-01: Low < High
  from 2020-01-01: Low
end

parameter own part: number
  from 2010-01-01: 50%   source "decision 7"
end

define own share: own / total
define businesses: members where sector = business

criterion quality: scale 1 to 6

every application
  formally requires
    F1 "In time": received <= 2024-12-31
  requires
    E1 "Half is own": own share >= own part   source "decision 7, section 2"
      advice "Raise the own contribution."
  expects
    V1 "Broad": at least 2 of businesses
end

level Low
  requires
    A1 "Two of three": at least 2 of
      a "big":  total >= NOK 1 000
      b "many": count(businesses) >= 2
      c "good": quality >= 3
    end
    A2 "No foreigner": every m in members satisfies m.country = "NO"
  scores
    quality: weight 100%, minimum 2
  threshold 3
end

level High
  afterwards "High is gone: apply for Low."
  requires
    everything in Low
end

report support "Support": total but at most NOK 1 000 "the frame"
END
}

small_data() {
  cat >"$1" <<'END'
{"id":"ok","name":"All Right","level sought":"Low","received":"2024-03-01","members":[{"name":"a","sector":"business","country":"NO"},{"name":"b","sector":"business"}],"members confirmed":true,"total":1500,"own":750,"quality":4}
{"id":"poor","level sought":"Low","received":"2024-03-01","members":[],"members confirmed":true,"total":1500,"own":720,"quality":4}
{"id":"late","level sought":"Low","received":"2025-01-01","members":[],"members confirmed":true,"total":1500,"own":750,"quality":4}
{"id":"open","level sought":"Low","received":"2024-03-01","members":[{"name":"a","country":"NO"}],"members confirmed":true,"total":1500,"own":750}
{"id":"gone","level sought":"High","received":"2024-03-01","members":[],"members confirmed":true,"total":1500,"own":750,"quality":4}
{"id":"bad","level sought":"Low","received":"tomorrow","members":[],"members confirmed":true,"total":1500,"own":750,"quality":4}
END
}
