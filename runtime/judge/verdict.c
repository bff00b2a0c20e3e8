#include "judge/verdict.h"

#include "eval/words.h"

/* The application is the only row of its batch. */
enum { ROW = 0 };

typedef struct Asked {
  const Judged *judged;
  const Evaluation *e;
  const Expectation *x;
  Arena *arena;
  Language language;
  Verdict *out;
} Asked;

/* ---- words ---- */

static View word_of(const Asked *a, Word which) { return view_of(word(which, a->language)); }
/* Of a status or an outcome, that stands in a sentence. */
static View state_text(const Asked *a, Word which) {
  bool error = which == WORD_STATUS_ERROR || which == WORD_OUTCOME_ERROR;
  return word_of(a, error ? WORD_AN_ERROR : which);
}
static View it_is(const Asked *a, View what) { return phrase(a->arena, a->language, WORD_IT_IS, what, DIAG_END); }

static void add_line(Asked *a, unsigned depth, View text) {
  list_push(a->arena, &a->out->reasons, ((Reason){.depth = depth, .text = text}));
}

static View list_of(const Asked *a, const NameRows *names) { return view_list(a->arena, names->at, names->count); }

static void add_missing(Asked *a, uint32_t node) {
  NameRows names = {0}, shown = {0};
  explain_missing(a->e, node, ROW, a->arena, &names);
  for (uint32_t i = 0; i < names.count; i++)
    list_push(a->arena, &shown, missing_text(a->e, names.at[i], ROW, a->arena, a->language));
  if (shown.count) add_line(a, 0, phrase(a->arena, a->language, WORD_MISSING_IS, list_of(a, &shown), DIAG_END));
}

static void add_faults(Asked *a, const FaultList *faults) {
  for (uint32_t i = 0; i < faults->count; i++) add_line(a, 0, fault_text(a->e, faults->at[i], a->arena, a->language));
}

/* ---- values ---- */

/* Was it said by the line above already? */
static bool is_told(const Asked *a, View text) {
  for (int i = 0; i < 2 && a->x->sides[i] != NO_NODE; i++) {
    View side = value_sentence(a->e, a->x->side_texts[i], a->x->sides[i], ROW, a->arena, a->language);
    if (view_equal(side, text)) return true;
  }
  return view_equal(text, a->out->actual);
}

/* What the values that were named rest on, as for a report. */
static void add_terms(Asked *a) {
  const Type *type = a->e->program->nodes[a->x->node].type;
  Answer terms = {
      .type = type, .node = a->x->node, .first_mention = a->x->first_mention, .mention_count = a->x->mention_count};
  ReasonList reasons = {0};
  answer_reasons(a->e, &terms, ROW, true, a->arena, a->language, &reasons);
  unsigned told = 0; /* what stood below a line that was told already moves up */
  for (uint32_t i = 0; i < reasons.count; i++) {
    Reason reason = reasons.at[i];
    if (reason.depth == 0) told = is_told(a, reason.text);
    if (reason.depth == 0 && told) continue;
    reason.depth -= told;
    list_push(a->arena, &a->out->reasons, reason);
  }
  if (!value_is_known(a->e, a->x->node, ROW) && !value_is_error(a->e, a->x->node, ROW)) add_missing(a, a->x->node);
}

static View state_of_value(const Asked *a, uint32_t node) {
  if (value_is_error(a->e, node, ROW)) return word_of(a, WORD_AN_ERROR);
  if (!value_is_known(a->e, node, ROW)) return word_of(a, WORD_UNDETERMINED);
  return value_text(a->e, node, ROW, a->arena, a->language);
}

static void judge_yes(Asked *a) {
  const Expectation *x = a->x;
  a->out->holds = value_is_yes(a->e, x->node, ROW);
  if (a->out->holds) return;
  a->out->actual = it_is(a, state_of_value(a, x->node));
  NameRows sides = {0};
  for (int i = 0; i < 2 && x->sides[i] != NO_NODE; i++)
    list_push(a->arena, &sides, value_sentence(a->e, x->side_texts[i], x->sides[i], ROW, a->arena, a->language));
  if (sides.count) a->out->actual = list_of(a, &sides);
  add_terms(a);
}

static void judge_value(Asked *a) {
  const Expectation *x = a->x;
  uint32_t state = value_is_error(a->e, x->node, ROW)   ? STATE_ERROR
                   : value_is_known(a->e, x->node, ROW) ? STATE_KNOWN
                                                        : STATE_UNDETERMINED;
  a->out->holds = x->states & state;
  if (a->out->holds) return;
  a->out->actual = value_sentence(a->e, x->side_texts[0], x->node, ROW, a->arena, a->language);
  add_terms(a);
}

/* ---- requirements and levels ---- */

static void judge_requirement(Asked *a) {
  const Rule *rule = &a->e->program->rules[a->x->index];
  RuleStatus status = judge_rule(a->e, rule, ROW);
  a->out->holds = a->x->states & (1u << status);
  if (a->out->holds) return;
  a->out->actual = it_is(a, state_text(a, (Word)(WORD_MET + status)));
  rule_reasons(a->e, rule, ROW, a->arena, a->language, &a->out->reasons);
  for (uint32_t i = 0; i < rule->member_count; i++) {
    const Rule *member = &a->e->program->rules[rule->first_member + i];
    View word = word_of(a, (Word)(WORD_MET + judge_rule(a->e, member, ROW)));
    add_line(a, 0, phrase(a->arena, a->language, WORD_IS_STATUS, member->id, word, DIAG_END));
  }
}

static RuleStatus status_of_level(const Asked *a, const Level *level) {
  bool unavailable = level->available != NO_NODE && value_is_no(a->e, level->available, ROW);
  if (unavailable && level->kind == LEVEL_BRAND) return STATUS_NOT_APPLICABLE;
  if (value_is_yes(a->e, level->met, ROW)) return STATUS_MET;
  if (value_is_no(a->e, level->met, ROW)) return STATUS_NOT_MET;
  return value_is_error(a->e, level->met, ROW) ? STATUS_ERROR : STATUS_UNDETERMINED;
}

static bool is_in_order(RuleStatus status) {
  return status == STATUS_MET || status == STATUS_WAIVED || status == STATUS_NOT_APPLICABLE;
}

/* The requirements that stand in the way, each with what it rests on. */
static void add_obstacles(Asked *a, const RuleAnswerList *answers) {
  for (uint32_t i = 0; i < answers->count; i++) {
    const RuleAnswer *answer = &answers->at[i];
    if (answer->depth || answer->rule->phase == PHASE_EXPECTED || is_in_order(answer->status)) continue;
    View status = word_of(a, (Word)(WORD_MET + answer->status));
    add_line(a, 0, phrase(a->arena, a->language, WORD_IS_STATUS, answer->rule->id, status, DIAG_END));
    ReasonList reasons = {0};
    rule_reasons(a->e, answer->rule, ROW, a->arena, a->language, &reasons);
    for (uint32_t k = 0; k < reasons.count; k++) {
      Reason reason = reasons.at[k];
      reason.depth++;
      list_push(a->arena, &a->out->reasons, reason);
    }
  }
}

static void add_score(Asked *a, const Level *level) {
  if (level->enough == NO_NODE || value_is_yes(a->e, level->enough, ROW)) return;
  View score = value_text(a->e, level->score, ROW, a->arena, a->language);
  View threshold = value_text(a->e, level->threshold, ROW, a->arena, a->language);
  add_line(a, 0, phrase(a->arena, a->language, WORD_SCORE_OF, score, threshold, DIAG_END));
}

static void add_level(Asked *a, const Level *level) {
  const Level *common = &a->e->program->levels[0];
  RuleAnswerList answers = {0};
  if (level->kind == LEVEL_LEVEL && common->kind == LEVEL_COMMON) level_answers(a->e, common, ROW, a->arena, &answers);
  level_answers(a->e, level, ROW, a->arena, &answers);
  add_obstacles(a, &answers);
  add_score(a, level);
  if (!value_is_known(a->e, level->met, ROW)) add_missing(a, level->met);
}

static void judge_level(Asked *a) {
  const Level *level = &a->e->program->levels[a->x->index];
  RuleStatus status = status_of_level(a, level);
  a->out->holds = a->x->states & (1u << status);
  if (a->out->holds) return;
  a->out->actual = it_is(a, state_text(a, (Word)(WORD_MET + status)));
  add_level(a, level);
}

/* ---- outcomes ---- */

static uint32_t state_of_outcome(OutcomeKind kind) {
  switch (kind) {
  case OUTCOME_QUALIFIED: return STATE_QUALIFIED;
  case OUTCOME_REJECTED: return STATE_REJECTED;
  case OUTCOME_DISMISSED: return STATE_DISMISSED;
  case OUTCOME_UNDETERMINED: return STATE_UNDETERMINED;
  case OUTCOME_ERROR: return STATE_ERROR;
  case OUTCOME_DECIDED: return STATE_DECIDED;
  case OUTCOME_COUNT: break;
  }
  return 0;
}

static void judge_level_outcome(Asked *a) {
  OutcomeKind kind = (OutcomeKind)a->judged->level_outcomes[a->x->index][ROW];
  a->out->holds = a->x->states & state_of_outcome(kind);
  if (a->out->holds) return;
  a->out->actual = it_is(a, state_text(a, (Word)(WORD_QUALIFIED + kind)));
  add_level(a, &a->e->program->levels[a->x->index]);
}

static void add_outcome(Asked *a, const Outcome *outcome) {
  add_faults(a, &outcome->faults);
  if (outcome->kind == OUTCOME_ERROR) return; /* nothing else bears on it */
  add_obstacles(a, &outcome->requirements);
  if (outcome->shown) add_score(a, outcome->shown);
  NameRows missing = {0};
  for (uint32_t i = 0; i < outcome->missing.count; i++)
    list_push(a->arena, &missing, missing_text(a->e, outcome->missing.at[i], ROW, a->arena, a->language));
  if (missing.count) add_line(a, 0, phrase(a->arena, a->language, WORD_MISSING_IS, list_of(a, &missing), DIAG_END));
}

static void judge_outcome(Asked *a) {
  OutcomeKind kind = (OutcomeKind)a->judged->outcomes[ROW];
  a->out->holds = a->x->states & state_of_outcome(kind);
  if (a->out->holds) return;
  Outcome outcome;
  outcome_of(a->judged, ROW, a->arena, &outcome);
  a->out->actual = it_is(a, state_text(a, (Word)(WORD_QUALIFIED + kind)));
  add_outcome(a, &outcome);
}

static void judge_reached(Asked *a) {
  Outcome outcome;
  outcome_of(a->judged, ROW, a->arena, &outcome);
  View name = outcome.reached ? outcome.reached->name : (View){0};
  bool named = false;
  for (uint32_t i = 0; i < a->x->name_count; i++) named |= view_equal(a->x->names[i], name);
  a->out->holds = named != a->x->negated;
  if (a->out->holds) return;
  a->out->actual = it_is(a, name.length ? name : word_of(a, WORD_NO_LEVEL));
  add_outcome(a, &outcome);
}

/* ---- what is possible ---- */

static bool has_name(const View *names, uint32_t count, View name) {
  for (uint32_t i = 0; i < count; i++)
    if (view_equal(names[i], name)) return true;
  return false;
}

static bool same_names(const Expectation *x, const NameRows *names) {
  for (uint32_t i = 0; i < names->count; i++)
    if (!has_name(x->names, x->name_count, names->at[i])) return false;
  for (uint32_t i = 0; i < x->name_count; i++)
    if (!has_name(names->at, names->count, x->names[i])) return false;
  return true;
}

static void values_left(const Asked *a, Language language, NameRows *out) {
  uint32_t node = a->x->node;
  if (value_is_error(a->e, node, ROW)) return;
  if (value_is_known(a->e, node, ROW))
    list_push(a->arena, out, value_text(a->e, node, ROW, a->arena, language));
  else
    possible_values(a->e, node, ROW, a->arena, language, out);
}

static void judge_possible(Asked *a) {
  NameRows left = {0}, shown = {0};
  values_left(a, LANGUAGE_EN, &left);
  a->out->holds = same_names(a->x, &left);
  if (a->out->holds) return;
  values_left(a, a->language, &shown);
  a->out->actual = shown.count ? phrase(a->arena, a->language, WORD_POSSIBLE_IS, list_of(a, &shown), DIAG_END)
                               : it_is(a, state_of_value(a, a->x->node));
  add_terms(a);
}

/* What a decision may still be is told by its values; an application that gets one of them is decided. */
static bool has_values(const Asked *a, const NameRows *possible) {
  uint32_t outcomes = 0;
  for (int kind = 0; kind < OUTCOME_COUNT; kind++)
    outcomes += has_name(possible->at, possible->count, view_of(outcome_names[kind]));
  return a->e->program->decides == DECIDES_DECISION && outcomes < possible->count;
}

static uint32_t outcomes_left(const Asked *a, const Outcome *outcome, NameRows *shown) {
  uint32_t states = 0;
  for (int kind = 0; kind < OUTCOME_COUNT; kind++) {
    bool possible = has_name(outcome->possible.at, outcome->possible.count, view_of(outcome_names[kind]));
    possible |= kind == OUTCOME_DECIDED && has_values(a, &outcome->possible);
    if (!possible && (outcome->possible.count || outcome->kind != (OutcomeKind)kind)) continue;
    states |= state_of_outcome((OutcomeKind)kind);
    list_push(a->arena, shown, word_of(a, (Word)(WORD_QUALIFIED + kind)));
  }
  return states;
}

static void judge_possible_outcome(Asked *a) {
  Outcome outcome;
  NameRows shown = {0};
  outcome_of(a->judged, ROW, a->arena, &outcome);
  a->out->holds = outcomes_left(a, &outcome, &shown) == a->x->states;
  if (a->out->holds) return;
  a->out->actual = phrase(a->arena, a->language, WORD_POSSIBLE_IS, list_of(a, &shown), DIAG_END);
  add_outcome(a, &outcome);
}

/* ---- what is missing ---- */

/* "members[2].sector" as the text names it, "members.sector" */
static View without_places(Arena *arena, View name) {
  char *out = arena_alloc(arena, name.length + 1u);
  uint32_t length = 0;
  for (uint32_t i = 0; i < name.length; i++) {
    if (name.at[i] == '[')
      while (i + 1 < name.length && name.at[i] != ']') i++;
    else
      out[length++] = name.at[i];
  }
  return (View){out, length};
}

static void judge_missing(Asked *a) {
  Outcome outcome;
  NameRows names = {0};
  outcome_of(a->judged, ROW, a->arena, &outcome);
  for (uint32_t i = 0; i < outcome.missing.count; i++) {
    View name = without_places(a->arena, outcome.missing.at[i]);
    if (!has_name(names.at, names.count, name)) list_push(a->arena, &names, name);
  }
  a->out->holds = same_names(a->x, &names);
  if (a->out->holds) return;
  a->out->actual = names.count ? phrase(a->arena, a->language, WORD_MISSING_IS, list_of(a, &names), DIAG_END)
                               : word_of(a, WORD_NOTHING_IS_MISSING);
}

/* ---- all of them ---- */

static void judge_expectation(Asked *a) {
  switch (a->x->kind) {
  case EXPECT_YES: judge_yes(a); break;
  case EXPECT_VALUE: judge_value(a); break;
  case EXPECT_RULE: judge_requirement(a); break;
  case EXPECT_LEVEL: judge_level(a); break;
  case EXPECT_LEVEL_OUTCOME: judge_level_outcome(a); break;
  case EXPECT_OUTCOME: judge_outcome(a); break;
  case EXPECT_REACHED: judge_reached(a); break;
  case EXPECT_POSSIBLE: judge_possible(a); break;
  case EXPECT_POSSIBLE_OUTCOME: judge_possible_outcome(a); break;
  case EXPECT_MISSING: judge_missing(a); break;
  }
}

void verdict_of(const Judged *judged, const Expectation *expected, Arena *arena, Language language, Verdict *out) {
  *out = (Verdict){.holds = false};
  Asked asked = {judged, judged->evaluation, expected, arena, language, out};
  judge_expectation(&asked);
}
