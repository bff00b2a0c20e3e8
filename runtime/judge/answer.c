#include "judge/outcome.h"

/* One application's answer, put together from what was judged for the batch:
 * which requirements bear on it, what is missing, what is still possible, what
 * was assumed and what went wrong. */

/* ---- what a node may still be ---- */

/* No node means that the text asks nothing, which is a yes. An error is neither. */
static bool may_be_yes(const Evaluation *e, uint32_t node, uint32_t row) {
  return node == NO_NODE || !(value_is_no(e, node, row) || value_is_error(e, node, row));
}

static bool may_be_no(const Evaluation *e, uint32_t node, uint32_t row) {
  return node != NO_NODE && !(value_is_yes(e, node, row) || value_is_error(e, node, row));
}

static bool is_definitely(const Evaluation *e, uint32_t node, uint32_t row) {
  return may_be_yes(e, node, row) && !may_be_no(e, node, row);
}

/* ---- levels and their rules ---- */

static const Level *common_level(const Program *program) {
  bool first = program->level_count > 0 && program->levels[0].kind == LEVEL_COMMON;
  return first ? &program->levels[0] : NULL;
}

static const Level *level_of_kind(const Program *program, uint32_t code, LevelKind kind) {
  for (uint32_t i = 0; i < program->level_count; i++)
    if (program->levels[i].kind == kind && program->levels[i].code == code) return &program->levels[i];
  return NULL;
}

/* The section of a level speaks for its code; a brand only where there is no such section (as in judge.c). */
static const Level *level_of_code(const Program *program, uint32_t code) {
  const Level *level = level_of_kind(program, code, LEVEL_LEVEL);
  return level ? level : level_of_kind(program, code, LEVEL_BRAND);
}

static const Level *level_sought(const Evaluation *e, uint32_t row) {
  const Program *program = e->program;
  if (program->decides != DECIDES_LEVEL || program->sought == NO_NODE) return NULL;
  if (!value_is_known(e, program->sought, row)) return NULL;
  return level_of_code(program, e->columns[program->sought]->codes[row]);
}

static void add_answer(const Evaluation *e, const Level *level, uint32_t rule, unsigned depth, uint32_t row,
                       Arena *arena, RuleAnswerList *out) {
  const Rule *r = &e->program->rules[rule];
  RuleAnswer answer = {r, level, judge_rule(e, r, row), depth};
  list_push(arena, out, answer);
  for (uint32_t i = 0; i < r->member_count; i++) add_answer(e, level, r->first_member + i, depth + 1, row, arena, out);
}

void level_answers(const Evaluation *e, const Level *level, uint32_t row, Arena *arena, RuleAnswerList *out) {
  for (uint32_t i = 0; i < level->rule_count; i++) add_answer(e, level, level->rules[i], 0, row, arena, out);
}

static void add_remarks(const Evaluation *e, const Level *level, uint32_t row, Arena *arena, RuleAnswerList *out) {
  for (uint32_t i = 0; i < level->rule_count; i++) {
    const Rule *rule = &e->program->rules[level->rules[i]];
    if (rule->phase != PHASE_EXPECTED) continue;
    RuleAnswer answer = {rule, level, judge_rule(e, rule, row), 0};
    bool fine = answer.status == STATUS_MET || answer.status == STATUS_WAIVED || answer.status == STATUS_NOT_APPLICABLE;
    if (!fine) list_push(arena, out, answer);
  }
}

static void add_brands(const Judged *judged, uint32_t row, Arena *arena, LevelList *out) {
  const Program *program = judged->evaluation->program;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (level->kind == LEVEL_BRAND && judged->level_outcomes[i][row] == OUTCOME_QUALIFIED) list_push(arena, out, level);
  }
}

/* ---- what is still possible, and what would settle it ---- */

typedef struct Open {
  const Judged *judged;
  const Evaluation *e;
  uint32_t row;
  Arena *arena;
  Outcome *out;
  bool possible[OUTCOME_COUNT];
} Open;

static bool some_rule_may_fail(const Open *open, const Level *level, Phase phase) {
  for (uint32_t i = 0; level && i < level->rule_count; i++) {
    const Rule *rule = &open->e->program->rules[level->rules[i]];
    if (rule->phase == phase && may_be_no(open->e, rule->fulfilled, open->row)) return true;
  }
  return false;
}

/* The refusals that are not formal. The rules are asked one by one: all together may be an error because of one. */
static bool may_be_rejected(const Open *open, const Level *level) {
  const Evaluation *e = open->e;
  bool dismissed = level->formal != NO_NODE && value_is_no(e, level->formal, open->row);
  return !dismissed && (may_be_no(e, level->available, open->row) || may_be_no(e, level->minimums, open->row) ||
                        may_be_no(e, level->enough, open->row) || some_rule_may_fail(open, level, PHASE_REQUIRED) ||
                        some_rule_may_fail(open, common_level(e->program), PHASE_REQUIRED));
}

/* Here too the rules are asked one by one: all together may be an error because of one, and yet be refused by another. */
static bool may_be_dismissed(const Open *open, const Level *level) {
  return (level->formal != NO_NODE && value_is_no(open->e, level->formal, open->row)) ||
         some_rule_may_fail(open, level, PHASE_FORMAL) ||
         some_rule_may_fail(open, common_level(open->e->program), PHASE_FORMAL);
}

/* A level that is the one sought, or may be where that is not known. */
static bool may_be_sought(const Open *open, const Level *level) {
  const Program *program = open->e->program;
  if (open->out->sought) return level == open->out->sought;
  if (program->decides != DECIDES_LEVEL) return level->kind == LEVEL_COMMON;
  uint64_t mask = column_mask(open->e->columns[program->sought], open->row);
  return level->kind == LEVEL_LEVEL && (level->code >= ENUM_MASK_VALUES || mask >> level->code & 1);
}

static void mark_possible(Open *open, const Level *level) {
  if (may_be_yes(open->e, level->met, open->row)) open->possible[OUTCOME_QUALIFIED] = true;
  if (may_be_rejected(open, level)) open->possible[OUTCOME_REJECTED] = true;
  if (may_be_dismissed(open, level)) open->possible[OUTCOME_DISMISSED] = true;
  uint32_t index = (uint32_t)(level - open->e->program->levels);
  if (open->judged->level_outcomes[index][open->row] == OUTCOME_ERROR) open->possible[OUTCOME_ERROR] = true;
}

static void list_possible(Open *open) {
  for (int kind = 0; kind < OUTCOME_COUNT; kind++)
    if (open->possible[kind]) list_push(open->arena, &open->out->possible, view_of(outcome_names[kind]));
}

static void need(const Open *open, uint32_t node) {
  explain_missing(open->e, node, open->row, open->arena, &open->out->missing);
}

static void open_level_sought(Open *open) {
  const Program *program = open->e->program;
  if (open->out->sought) {
    need(open, open->out->sought->met);
    mark_possible(open, open->out->sought);
  } else if (program->sought != NO_NODE && !value_is_known(open->e, program->sought, open->row)) {
    need(open, program->sought);
    for (uint32_t i = 0; i < program->level_count; i++)
      if (may_be_sought(open, &program->levels[i])) mark_possible(open, &program->levels[i]);
  }
  list_possible(open);
}

/* The refusals of all levels at once. The formal requirements of every application dismiss them together, so a level
 * that only those can refuse is qualified where they do not. */
static void mark_refusals(Open *open) {
  const Program *program = open->e->program;
  const Level *common = common_level(program);
  bool some_rejected = false, all_refused = true, all_dismissed = true;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (level->kind != LEVEL_LEVEL) continue;
    bool rejected = may_be_rejected(open, level), dismissed = may_be_dismissed(open, level);
    bool together = common && level->formal == common->formal;
    some_rejected |= rejected;
    all_refused &= rejected || (dismissed && !together);
    all_dismissed &= dismissed;
  }
  open->possible[OUTCOME_REJECTED] = some_rejected && all_refused;
  open->possible[OUTCOME_DISMISSED] = all_dismissed;
}

/* From the top of the ladder down to the first level that is certain. Where none is, nothing but refusals is left
 * below the levels that may yet be reached. */
static void open_highest_level(Open *open) {
  const Program *program = open->e->program;
  const EnumType *order = program->level_type;
  for (uint32_t code = order ? order->count : 0; code-- > 0;) {
    const Level *level = level_of_kind(program, code, LEVEL_LEVEL);
    if (!level || !may_be_yes(open->e, level->met, open->row)) continue;
    list_push(open->arena, &open->out->possible, level->name);
    if (is_definitely(open->e, level->met, open->row)) return;
    need(open, level->met);
  }
  mark_refusals(open);
  list_possible(open);
}

/* The rules for every application may yet refuse it; what they let pass is decided, unless its values tell more. */
static void open_common(Open *open, bool tells_decided) {
  const Level *common = common_level(open->e->program);
  if (!common) return;
  need(open, common->met);
  mark_possible(open, common);
  bool open_rules = !is_definitely(open->e, common->met, open->row);
  open->possible[OUTCOME_DECIDED] = tells_decided && open_rules && open->possible[OUTCOME_QUALIFIED];
  open->possible[OUTCOME_QUALIFIED] = false;
  list_possible(open);
}

static void open_decision(Open *open) {
  const Program *program = open->e->program;
  uint32_t node = program->decisions[program->decided].node;
  NameRows *out = &open->out->possible;
  NameRows values = {0};
  if (!possible_values(open->e, node, open->row, open->arena, LANGUAGE_EN, &values) &&
      value_is_narrowed(open->e, node, open->row, open->arena))
    list_push(open->arena, &values, value_text(open->e, node, open->row, open->arena, LANGUAGE_EN));
  open_common(open, values.count == 0);
  need(open, node);
  for (uint32_t i = 0; i < values.count; i++) list_push(open->arena, out, values.at[i]);
}

static void open_undetermined(Open *open) {
  switch (open->e->program->decides) {
  case DECIDES_LEVEL: open_level_sought(open); break;
  case DECIDES_HIGHEST_LEVEL: open_highest_level(open); break;
  case DECIDES_DECISION: open_decision(open); break;
  case DECIDES_NOTHING: open_common(open, true); break;
  }
}

/* A programme that only computes has no outcome to be open; what its answers still need is told instead. */
static void open_answers(Open *open) {
  const Program *program = open->e->program;
  for (uint32_t i = 0; i < program->decision_count; i++) need(open, program->decisions[i].node);
  for (uint32_t i = 0; i < program->report_count; i++) need(open, program->reports[i].node);
}

static void need_formal_rules(Open *open, const Level *level) {
  for (uint32_t i = 0; level && i < level->rule_count; i++) {
    const Rule *rule = &open->e->program->rules[level->rules[i]];
    if (rule->phase == PHASE_FORMAL) need(open, rule->fulfilled);
  }
}

/* All levels are refused, and may yet be dismissed together. */
static void open_refusal_of_all(Open *open) {
  const Program *program = open->e->program;
  mark_refusals(open);
  if (!open->possible[OUTCOME_DISMISSED]) return;
  for (uint32_t i = 0; i < program->level_count; i++)
    if (program->levels[i].kind == LEVEL_LEVEL || program->levels[i].kind == LEVEL_COMMON)
      need_formal_rules(open, &program->levels[i]);
  open->possible[OUTCOME_REJECTED] = true;
  list_possible(open);
}

/* A definite refusal that may yet turn out to be one on formal grounds. */
static void open_refusal(Open *open) {
  const Program *program = open->e->program;
  if (program->decides == DECIDES_HIGHEST_LEVEL) {
    open_refusal_of_all(open);
    return;
  }
  bool open_sought = !open->out->sought && program->decides == DECIDES_LEVEL, dismissed = false;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (!may_be_sought(open, level) || !may_be_dismissed(open, level)) continue;
    dismissed = true;
    need_formal_rules(open, level);
  }
  if (!dismissed) return;
  need_formal_rules(open, common_level(program));
  if (open_sought) need(open, program->sought);
  open->possible[OUTCOME_REJECTED] = open->possible[OUTCOME_DISMISSED] = true;
  list_possible(open);
}

static void tell_what_is_open(const Judged *judged, Arena *arena, Outcome *out) {
  Open open = {.judged = judged, .e = judged->evaluation, .row = out->row, .arena = arena, .out = out};
  switch (out->kind) {
  case OUTCOME_UNDETERMINED: open_undetermined(&open); break;
  case OUTCOME_REJECTED: open_refusal(&open); break;
  case OUTCOME_DECIDED:
    if (open.e->program->decides == DECIDES_NOTHING) open_answers(&open);
    break;
  case OUTCOME_QUALIFIED:
  case OUTCOME_DISMISSED:
  case OUTCOME_ERROR:
  case OUTCOME_COUNT: break;
  }
}

/* ---- what was assumed ---- */

static bool is_assumed(const Evaluation *e, uint32_t node, uint32_t row) {
  uint32_t a = e->program->nodes[node].a;
  return value_is_known(e, node, row) && !value_is_known(e, a, row) && !value_is_error(e, a, row);
}

/* A list that is repeated elsewhere has its values again there; each is told once. */
static void add_assumed(const Evaluation *e, uint32_t row, Arena *arena, AssumedList *out) {
  const Program *program = e->program;
  Map told;
  map_init(&told, arena);
  for (uint32_t i = 0; i < program->assumption_count; i++) {
    const Assumption *assumption = &program->assumptions[i];
    uint32_t space = program->nodes[assumption->node].space;
    RowRange rows = rows_of_application(e, space, row);
    for (uint32_t r = rows.first; r < rows.end; r++) {
      if (!is_assumed(e, assumption->node, r)) continue;
      AssumedValue value = {place_name(e, assumption->name, space, r, arena), assumption->node, r};
      if (map_add(&told, value.name, 0)) list_push(arena, out, value);
    }
  }
}

/* ---- what went wrong ---- */

static void add_data_faults(const Batch *batch, uint32_t row, Arena *arena, FaultList *out) {
  uint32_t low = 0, high = batch->faults.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (batch->faults.at[middle].row < row)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < batch->faults.count && batch->faults.at[low].row == row; low++)
    list_push(arena, out, batch->faults.at[low].fault);
}

static void level_faults(const Evaluation *e, const Level *level, uint32_t row, Arena *arena, FaultList *out) {
  const uint32_t nodes[] = {level->met,      level->available, level->formal,
                            level->required, level->minimums,  level->enough};
  for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) explain_faults(e, nodes[i], row, arena, out);
}

static void add_rule_faults(const Evaluation *e, const Outcome *o, Arena *arena, FaultList *out) {
  const Program *program = e->program;
  const Level *common = common_level(program);
  if (common) level_faults(e, common, o->row, arena, out);
  switch (program->decides) {
  case DECIDES_LEVEL:
    explain_faults(e, program->sought, o->row, arena, out);
    if (o->sought) level_faults(e, o->sought, o->row, arena, out);
    break;
  case DECIDES_HIGHEST_LEVEL:
    for (uint32_t i = 0; i < program->level_count; i++)
      if (program->levels[i].kind == LEVEL_LEVEL) level_faults(e, &program->levels[i], o->row, arena, out);
    break;
  case DECIDES_DECISION: explain_faults(e, program->decisions[program->decided].node, o->row, arena, out); break;
  case DECIDES_NOTHING: break;
  }
}

/* ---- the answer ---- */

static void set_date(const Evaluation *e, Arena *arena, Outcome *out) {
  if (e->options && e->options->has_as_of) {
    out->has_as_of = true;
    out->as_of = date_text(arena, e->options->as_of);
  } else if (e->program->as_of != NO_NODE && value_is_known(e, e->program->as_of, out->row)) {
    out->has_as_of = true;
    out->as_of = value_text(e, e->program->as_of, out->row, arena, LANGUAGE_EN);
  }
  uint32_t known_on = e->program->as_known_on;
  if (known_on != NO_NODE && value_is_known(e, known_on, out->row))
    out->as_known_on = value_text(e, known_on, out->row, arena, LANGUAGE_EN);
}

static bool is_past(const Evaluation *e, uint32_t row, int64_t last_day) {
  uint32_t node = e->program->as_of;
  int64_t day;
  if (node == NO_NODE || !value_is_known(e, node, row)) return false;
  return num_to_int(column_number(e->arena, e->columns[node], row), &day) && day > last_day;
}

static void set_levels(const Judged *judged, Outcome *out) {
  const Evaluation *e = judged->evaluation;
  uint32_t reached = judged->reached[out->row];
  out->sought = level_sought(e, out->row);
  out->reached = reached == NO_INDEX ? NULL : &e->program->levels[reached];
  out->shown = out->sought ? out->sought : out->reached;
  out->refused_off_ladder =
      out->sought && out->sought->available != NO_NODE && value_is_no(e, out->sought->available, out->row);
  out->ended = out->refused_off_ladder && out->sought->ends && is_past(e, out->row, out->sought->last_day);
}

void outcome_of(const Judged *judged, uint32_t row, Arena *arena, Outcome *out) {
  const Evaluation *e = judged->evaluation;
  const Batch *batch = e->batch;
  *out = (Outcome){.row = row,
                   .id = batch->ids[row],
                   .name = batch->names[row],
                   .file = batch->files[row],
                   .line = batch->lines[row],
                   .kind = (OutcomeKind)judged->outcomes[row]};
  set_date(e, arena, out);
  set_levels(judged, out);
  const Level *bearing[] = {common_level(e->program), out->shown};
  for (int i = 0; i < 2; i++) {
    if (!bearing[i]) continue;
    level_answers(e, bearing[i], row, arena, &out->requirements);
    add_remarks(e, bearing[i], row, arena, &out->remarks);
  }
  add_brands(judged, row, arena, &out->brands);
  add_assumed(e, row, arena, &out->assumed);
  add_data_faults(batch, row, arena, &out->faults);
  bool spoiled = bit_get(judged->spoiled, row); /* then the data alone are why */
  if (out->kind == OUTCOME_ERROR && !spoiled) add_rule_faults(e, out, arena, &out->faults);
  tell_what_is_open(judged, arena, out);
}
