/* Outcomes: what becomes of each application. Evaluated columns in; statuses
 * of requirements and levels, the outcome and everything that belongs to the
 * answer out. The truth tables stand in lang/REFERENCE.md ("Requirements",
 * "Outcome"); judge/status.c is their one implementation. */
#ifndef JUDGE_OUTCOME_H
#define JUDGE_OUTCOME_H

#include "eval/explain.h"

typedef enum RuleStatus {
  STATUS_MET,
  STATUS_NOT_MET,
  STATUS_WAIVED,
  STATUS_NOT_APPLICABLE,
  STATUS_UNDETERMINED,
  STATUS_ERROR,
  STATUS_COUNT
} RuleStatus;

typedef enum OutcomeKind {
  OUTCOME_QUALIFIED,
  OUTCOME_REJECTED,
  OUTCOME_DISMISSED,
  OUTCOME_UNDETERMINED,
  OUTCOME_ERROR,
  OUTCOME_DECIDED,
  OUTCOME_COUNT
} OutcomeKind;

extern const char *const rule_status_names[STATUS_COUNT]; /* "met", "not met", … as in JSON and CSV */
extern const char *const outcome_names[OUTCOME_COUNT];

/* All rows of a batch at once, by words of 64. */
typedef struct Judged {
  Arena *arena;
  const Evaluation *evaluation;
  uint8_t *outcomes;        /* OutcomeKind, one a row */
  uint8_t **level_outcomes; /* [level][row]: OutcomeKind of that level alone (never DECIDED) */
  uint32_t *reached;        /* the level's index in program->levels, NO_INDEX: none */
  uint64_t *spoiled;        /* bit: the outcome is `error` because of the data */
} Judged;

Judged *judge(Arena *arena, const Evaluation *evaluation);

RuleStatus judge_rule(const Evaluation *e, const Rule *rule, uint32_t row);
/* for each: the status of one element (a row of rule->each.space); elements that do not belong are STATUS_NOT_APPLICABLE. */
RuleStatus judge_element(const Evaluation *e, const Rule *rule, uint32_t item);

/* ---- one application's answer, for reports ---- */

/* A requirement that bears on the answer, with why. */
typedef struct RuleAnswer {
  const Rule *rule;
  const Level *level; /* where it stands */
  RuleStatus status;
  unsigned depth; /* 0; members of a group, for which the group answers, stand one deeper */
} RuleAnswer;

typedef struct AssumedValue {
  View name;          /* "members[2].country" */
  uint32_t node, row; /* whose value was assumed */
} AssumedValue;

typedef LIST(RuleAnswer) RuleAnswerList;
typedef LIST(AssumedValue) AssumedList;
typedef LIST(const Level *) LevelList;

typedef struct Outcome {
  uint32_t row;
  View id, name, file;
  uint32_t line;
  OutcomeKind kind;
  bool has_as_of;
  View as_of;           /* the date that picked the rules, 2019-09-06 */
  View as_known_on;     /* the date on which they had to be known; empty: not known, or the rules do not ask */
  const Level *sought;  /* or NULL */
  const Level *reached; /* the level that is qualified for, or NULL */
  const Level *shown;   /* the level whose score and requirements stand on top: sought, else reached, else NULL */
  RuleAnswerList requirements; /* of `every application` and of the shown level, in the order of the text; members follow their group */
  RuleAnswerList remarks; /* expectations that are not met or not known */
  LevelList brands;       /* those met */
  NameRows missing;       /* the inputs that would settle it; empty unless something is undetermined */
  NameRows possible;      /* outcomes (or levels, or decision values) still possible, where undetermined or where a
                                   refusal may yet be of another kind */
  AssumedList assumed;
  FaultList faults;        /* data faults, and the evaluation faults that the outcome depends on */
  bool refused_off_ladder; /* the level sought did not exist at the date */
  bool ended;              /* … but it had, and will not again */
} Outcome;

void outcome_of(const Judged *judged, uint32_t row, Arena *arena, Outcome *out);
/* Adds the answers to a level's own rules, members of a group behind the group. */
void level_answers(const Evaluation *e, const Level *level, uint32_t row, Arena *arena, RuleAnswerList *out);

/* Why a requirement is as it is: lines for people, from the outside in. "own share = 0.48", "own part = 0.5, from
 * 2010-01-01 (source)", "for s = public: not met"; what is missing is said to be missing. What played no part is left
 * out. */
typedef struct Reason {
  unsigned depth; /* 0: the requirement's own terms, 1: what those are made of */
  View text;
  View source;
  const Fault *fault; /* what the text tells, where it is one; else NULL */
} Reason;
typedef LIST(Reason) ReasonList;
void rule_reasons(const Evaluation *e, const Rule *rule, uint32_t row, Arena *arena, Language language, ReasonList *out);
/* The same for a report or a decision: the reason of the choice that was taken, the cap or floor that was binding, and
 * with `whole` also the values it was made of. */
void answer_reasons(const Evaluation *e, const Answer *answer, uint32_t row, bool whole, Arena *arena,
                    Language language, ReasonList *out);

#endif
