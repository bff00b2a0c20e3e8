#include "judge/outcome.h"

const char *const rule_status_names[STATUS_COUNT] = {
    [STATUS_MET] = "met",
    [STATUS_NOT_MET] = "not met",
    [STATUS_WAIVED] = "waived",
    [STATUS_NOT_APPLICABLE] = "not applicable",
    [STATUS_UNDETERMINED] = "undetermined",
    [STATUS_ERROR] = "error",
};

const char *const outcome_names[OUTCOME_COUNT] = {
    [OUTCOME_QUALIFIED] = "qualified",       [OUTCOME_REJECTED] = "rejected", [OUTCOME_DISMISSED] = "dismissed",
    [OUTCOME_UNDETERMINED] = "undetermined", [OUTCOME_ERROR] = "error",       [OUTCOME_DECIDED] = "decided",
};

/* A yes/no as a requirement sees it. */
typedef enum Answer4 { ANSWER_YES, ANSWER_NO, ANSWER_UNKNOWN, ANSWER_ERROR } Answer4;

static Answer4 answer_at(const Evaluation *e, uint32_t node, uint32_t row) {
  const Column *c = e->columns[node];
  if (bit_get(c->yes, row)) return ANSWER_YES;
  if (bit_get(c->no, row)) return ANSWER_NO;
  return column_is_error(c, row) ? ANSWER_ERROR : ANSWER_UNKNOWN;
}

static bool is_yes(const Evaluation *e, uint32_t node, uint32_t row) {
  return node != NO_NODE && answer_at(e, node, row) == ANSWER_YES;
}

static bool is_no(const Evaluation *e, uint32_t node, uint32_t row) {
  return node != NO_NODE && answer_at(e, node, row) == ANSWER_NO;
}

static RuleStatus status_of(Answer4 fulfilled) {
  switch (fulfilled) {
  case ANSWER_YES: return STATUS_MET;
  case ANSWER_NO: return STATUS_NOT_MET;
  case ANSWER_UNKNOWN: return STATUS_UNDETERMINED;
  case ANSWER_ERROR: return STATUS_ERROR;
  }
  return STATUS_ERROR;
}

/* `fulfilled` is "not when, or condition, or unless" in Kleene's logic, so it alone says whether the requirement stands
 * in the way. Which of the three it is that fulfils it is asked in this order:
 *
 *   when no                        not applicable, whatever the others are
 *   condition yes                  met, also where `when` is unknown: it is fulfilled either way
 *   unless yes                     waived, also where the condition is unknown or an error
 *   none of these                  not met, undetermined or error, as `fulfilled` */
RuleStatus judge_rule(const Evaluation *e, const Rule *rule, uint32_t row) {
  if (is_no(e, rule->when, row)) return STATUS_NOT_APPLICABLE;
  if (is_yes(e, rule->condition, row)) return STATUS_MET;
  if (is_yes(e, rule->unless, row)) return STATUS_WAIVED;
  return status_of(answer_at(e, rule->fulfilled, row));
}

/* Whether an item belongs is its `when`: one that may not belong is met where its condition is, else open. */
RuleStatus judge_element(const Evaluation *e, const Rule *rule, uint32_t item) {
  Answer4 belongs = rule->each.member == NO_NODE ? ANSWER_YES : answer_at(e, rule->each.member, item);
  Answer4 condition = answer_at(e, rule->each_condition, item);
  if (belongs == ANSWER_NO) return STATUS_NOT_APPLICABLE;
  if (condition == ANSWER_YES || belongs == ANSWER_YES) return status_of(condition);
  return belongs == ANSWER_ERROR || condition == ANSWER_ERROR ? STATUS_ERROR : STATUS_UNDETERMINED;
}
