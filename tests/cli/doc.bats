# terskel doc: what a text declares, from the text itself.

load ../lib/terskel

@test "declarations with their documentation, in the order of the text" {
  cat >rules.tsk <<'END'
--| What the module is for,
--| in two lines.
module Own Rules
  title "Rules of our own"
  source "seed 003"
end
--| Which part it is.
function share(part: number,
               whole amount: number): number = part / whole amount -- not shown
--| Who takes part.
record Member
  --| As in the register.
  name : text
  share: number 0% to 100%
end
parameter own part "Own part": number
  from 2010-01-01: 50%   source "ESA"
end
level Arena
  requires
    K1 "Has staff": 1 = 1
end
test "not shown"
  expect 1 = 1
end
END
  run t doc rules.tsk
  [ "$status" -eq 0 ]
  [ "$output" = 'rules.tsk: Rules of our own
What the module is for, in two lines.
Source: seed 003

function share(part: number, whole amount: number): number
    Which part it is.

record Member
    Who takes part.
    · name: text
      As in the register.
    · share: number 0% to 100%

parameter own part "Own part": number
    Own part
    · from 2010-01-01: 50% source "ESA"

level Arena
    · K1 “Has staff”' ]
}

@test "what cannot be read is told" {
  run t doc nowhere.tsk
  [ "$status" -eq 2 ]
  [ "${lines[0]}" = 'error U0160: “nowhere.tsk” cannot be read: No such file or directory.' ]
  run t doc std.nowhere
  [ "$status" -eq 2 ]
  [[ ${lines[0]} == 'error U0161: There is no module “std.nowhere” in the standard library.' ]]
}

@test "a text with mistakes is not documented" {
  printf 'define half: 3,5\n' >rules.tsk
  run t doc rules.tsk
  [ "$status" -eq 1 ]
  [[ ${lines[0]} == 'rules.tsk:1:14: error E0104'* ]]
}

@test "titles in the reader's language; the source of a requirement is not that of its section" {
  cat >rules.tsk <<'END'
programme Own Rules
  title "Rules of our own"
  title nb "Egne regler"
  decides nothing
end
application
  staff: whole number
end
every application
  source "Guide"
  requires
    K1 "Has staff": staff > 0
    source "Guide, chapter 1"
    advice "Hire someone."
    K2 "Not too many": staff < 10
end
END
  run t doc rules.tsk
  [ "$status" -eq 0 ]
  [[ $output == 'rules.tsk: Rules of our own'* ]]
  [[ $output == *'every application
    · K1 “Has staff”
      Source: Guide, chapter 1
    · K2 “Not too many”
    Source: Guide' ]]
  run t doc rules.tsk --language nb
  [[ $output == 'rules.tsk: Egne regler'* ]]
}
