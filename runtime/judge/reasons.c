#include "judge/outcome.h"

#include "eval/periods.h"
#include "eval/words.h"

/* Why an answer is as it is: a line for each thing that the author named in
 * it and that bears on it, with its value for this application. */

enum { ELEMENTS_SHOWN = 20, NAMES_SHOWN = 12 };

typedef struct Reasons {
  const Evaluation *e;
  const Program *program;
  uint32_t row;
  Arena *arena;
  Language language;
  ReasonList *out;
  Map told;     /* names that have their line already */
  Basis *basis; /* what the answer rests on; only that is told */
} Reasons;

static Reasons reasons_new(const Evaluation *e, uint32_t row, Arena *arena, Language language, ReasonList *out) {
  Reasons r = {.e = e, .program = e->program, .row = row, .arena = arena, .language = language, .out = out};
  map_init(&r.told, arena);
  r.basis = basis_new(e, arena);
  return r;
}

static void add(Reasons *r, unsigned depth, View text, View source) {
  Reason reason = {.depth = depth, .text = text, .source = source};
  list_push(r->arena, r->out, reason);
}

static View status_word(const Reasons *r, RuleStatus status) {
  return view_of(word((Word)(WORD_MET + status), r->language));
}

/* ---- values ---- */

static Num number_at(const Reasons *r, uint32_t node) { return column_number(r->arena, r->e->columns[node], r->row); }

static View named_value(const Reasons *r, View name, uint32_t node) {
  return value_sentence(r->e, name, node, r->row, r->arena, r->language);
}

static bool day_of(const Reasons *r, uint32_t node, int64_t *day) {
  if (!value_is_known(r->e, node, r->row)) return false;
  return num_to_int(column_number(r->arena, r->e->columns[node], r->row), day);
}

/* The period of a dated value that holds for this application, or NULL. */
static const Period *own_period(const Reasons *r, const Node *node) {
  int64_t day, known_on = ALL_KNOWN;
  if (node->op != OP_DATED || !day_of(r, node->a, &day)) return NULL;
  if (node->b != NO_NODE && !day_of(r, node->b, &known_on)) return NULL;
  const Period *periods = r->program->periods + node->index;
  uint32_t period = period_in_force(periods, node->count, day, known_on);
  return period == NO_INDEX ? NULL : &periods[period];
}

static void add_parameter(Reasons *r, const Mention *mention, unsigned depth) {
  const Parameter *parameter = &r->program->parameters[mention->target];
  const Period *period = own_period(r, &r->program->nodes[mention->node]);
  View source = period && period->source.length > 0 ? period->source : parameter->source;
  if (!period || !value_is_known(r->e, mention->node, r->row)) {
    add(r, depth, named_value(r, mention->name, mention->node), source);
    return;
  }
  View value = value_text(r->e, mention->node, r->row, r->arena, r->language);
  View since = date_text(r->arena, period->from);
  View text = phrase(r->arena, r->language, WORD_IS_SINCE, mention->name, value, since, DIAG_END);
  bool asked = r->program->nodes[mention->node].b != NO_NODE; /* what was known on a day */
  if (asked && period->known_from > DATE_MIN)
    text = phrase(r->arena, r->language, WORD_KNOWN_SINCE, text, date_text(r->arena, period->known_from), DIAG_END);
  add(r, depth, text, source);
}

/* ---- lists ---- */

typedef struct Counted {
  uint32_t certain, possible;
  bool complete, failed;
} Counted;

static bool belongs(const Reasons *r, const ListRef *list, uint32_t item) {
  return list->member == NO_NODE || value_is_yes(r->e, list->member, item);
}

static Counted count_items(const Reasons *r, const ListRef *list) {
  RowRange rows = rows_of_application(r->e, list->space, r->row);
  Counted counted = {.complete = true};
  for (uint32_t item = rows.first; item < rows.end; item++) {
    if (belongs(r, list, item)) {
      counted.certain++;
      continue;
    }
    counted.possible += !value_is_no(r->e, list->member, item);
    counted.failed |= value_is_error(r->e, list->member, item);
  }
  if (list->complete == NO_NODE) return counted;
  RowRange parents = rows_of_application(r->e, r->program->nodes[list->complete].space, r->row);
  for (uint32_t parent = parents.first; parent < parents.end; parent++)
    if (!value_is_yes(r->e, list->complete, parent)) counted.complete = false;
  return counted;
}

static View number_view(const Reasons *r, uint64_t n) { return num_text_for_people(r->arena, num_of((int64_t)n)); }

/* "Arena, NCE": the first of `total` names, and how many more there are. */
static View some_of(const Reasons *r, const NameRows *names, uint32_t total) {
  Writer *w = writer_to_memory(r->arena);
  uint32_t shown = names->count < NAMES_SHOWN ? names->count : NAMES_SHOWN;
  for (uint32_t i = 0; i < shown; i++) {
    if (i > 0) write_text(w, ", ");
    write_view(w, names->at[i]);
  }
  if (total > shown) {
    write_char(w, ' ');
    write_view(w, phrase(r->arena, r->language, WORD_AND_MORE, number_view(r, total - shown), DIAG_END));
  }
  return writer_memory(w);
}

static View items_text(const Reasons *r, const Mention *mention, uint32_t total) {
  RowRange rows = rows_of_application(r->e, mention->list.space, r->row);
  NameRows values = {0};
  for (uint32_t item = rows.first; item < rows.end && values.count < NAMES_SHOWN; item++)
    if (belongs(r, &mention->list, item))
      list_push(r->arena, &values, value_text(r->e, mention->element, item, r->arena, r->language));
  return some_of(r, &values, total);
}

static View count_text(const Reasons *r, const Counted *counted) {
  View certain = number_view(r, counted->certain);
  if (!counted->complete) return phrase(r->arena, r->language, WORD_FROM, certain, DIAG_END);
  if (counted->possible == 0) return certain;
  View most = number_view(r, counted->certain + counted->possible);
  return phrase(r->arena, r->language, WORD_FROM_TO, certain, most, DIAG_END);
}

/* A whole list of the application that is not there; where it is there, it may go on. */
static bool is_missing_list(const Reasons *r, const ListRef *list) {
  const Space *space = &r->program->spaces[list->space];
  if (space->kind != SPACE_DATA || list->member != NO_NODE) return false;
  uint32_t given = r->program->data_spaces[space->index].given;
  return !value_is_known(r->e, r->program->inputs[given].node, r->row);
}

static View list_text(const Reasons *r, const Mention *mention) {
  const ListRef *list = &mention->list;
  Counted counted = count_items(r, list);
  bool certain = counted.complete && counted.possible == 0;
  if (counted.failed) return phrase(r->arena, r->language, WORD_HAS_ERROR, mention->name, DIAG_END);
  if (counted.certain == 0) {
    Word which = certain ? WORD_NONE_OF_THEM : is_missing_list(r, list) ? WORD_IS_MISSING : WORD_IS_NOT_KNOWN;
    return phrase(r->arena, r->language, which, mention->name, DIAG_END);
  }
  if (certain && mention->element != NO_NODE)
    return phrase(r->arena, r->language, WORD_IS_STATUS, mention->name, items_text(r, mention, counted.certain),
                  DIAG_END);
  return phrase(r->arena, r->language, WORD_OF_THEM, mention->name, count_text(r, &counted), DIAG_END);
}

/* ---- mentions ---- */

static void add_mentions(Reasons *r, uint32_t first, uint32_t count, unsigned depth);

static void add_define(Reasons *r, const Mention *mention, unsigned depth) {
  const Define *define = &r->program->defines[mention->target];
  add(r, depth, named_value(r, mention->name, mention->node), (View){0});
  if (depth == 0) add_mentions(r, define->first_mention, define->mention_count, depth + 1);
}

static void add_requirement(Reasons *r, const Mention *mention, unsigned depth) {
  RuleStatus status = STATUS_UNDETERMINED;
  if (value_is_error(r->e, mention->node, r->row))
    status = STATUS_ERROR;
  else if (value_is_yes(r->e, mention->node, r->row))
    status = STATUS_MET;
  else if (value_is_no(r->e, mention->node, r->row))
    status = STATUS_NOT_MET;
  View text = phrase(r->arena, r->language, WORD_IS_STATUS, mention->name, status_word(r, status), DIAG_END);
  add(r, depth, text, (View){0});
}

/* The row of a decision table that fits. */
static void add_row(Reasons *r, const Mention *mention, unsigned depth) {
  const DecisionTable *table = &r->program->decision_tables[mention->target];
  int64_t row;
  if (!value_is_known(r->e, mention->node, r->row) || !num_to_int(number_at(r, mention->node), &row)) return;
  View place = number_view(r, table->rows[row].line);
  if (table->file.length > 0) place = view_join(r->arena, view_join(r->arena, table->file, VIEW(":")), place);
  View number = number_view(r, (uint32_t)row + 1);
  add(r, depth, phrase(r->arena, r->language, WORD_ROW_FITS, table->name, number, place, DIAG_END), table->source);
}

/* A name inside a list has a value for each item, and no single one to show. A constant may have been computed with when
 * the rules were read, so it is always told. */
static bool is_told(const Reasons *r, const Mention *mention) {
  if (mention->kind == MENTION_LIST) return basis_has_list(r->basis, &mention->list, r->row);
  const Node *node = mention->node == NO_NODE ? NULL : &r->program->nodes[mention->node];
  if (!node || node->space != ROOT_SPACE) return false;
  return node->op == OP_CONSTANT || basis_has(r->basis, mention->node);
}

static void add_mentions(Reasons *r, uint32_t first, uint32_t count, unsigned depth) {
  for (uint32_t i = first; i < first + count; i++) {
    const Mention *mention = &r->program->mentions[i];
    if (!is_told(r, mention) || !map_add(&r->told, mention->name, 0)) continue;
    switch (mention->kind) {
    case MENTION_VALUE:
    case MENTION_INPUT: add(r, depth, named_value(r, mention->name, mention->node), (View){0}); break;
    case MENTION_DEFINE: add_define(r, mention, depth); break;
    case MENTION_PARAMETER: add_parameter(r, mention, depth); break;
    case MENTION_REQUIREMENT: add_requirement(r, mention, depth); break;
    case MENTION_LIST: add(r, depth, list_text(r, mention), (View){0}); break;
    case MENTION_ROW: add_row(r, mention, depth); break;
    }
  }
}

/* ---- for each ---- */

static View element_text(const Reasons *r, const Rule *rule, uint32_t item, RuleStatus status) {
  if (rule->each_element != NO_NODE) {
    View value = value_text(r->e, rule->each_element, item, r->arena, r->language);
    return phrase(r->arena, r->language, WORD_FOR_ELEMENT, rule->each_name, value, status_word(r, status), DIAG_END);
  }
  const Space *space = &r->program->spaces[rule->each.space];
  View path = space->kind == SPACE_DATA ? r->program->data_spaces[space->index].name : rule->each_name;
  View name = place_name(r->e, path, rule->each.space, item, r->arena);
  return phrase(r->arena, r->language, WORD_FOR_ITEM, name, status_word(r, status), DIAG_END);
}

/* Elements in order are not told. */
static bool is_in_order(RuleStatus status) {
  return status != STATUS_NOT_MET && status != STATUS_UNDETERMINED && status != STATUS_ERROR;
}

static void add_elements(Reasons *r, const Rule *rule) {
  RowRange rows = rows_of_application(r->e, rule->each.space, r->row);
  uint32_t shown = 0, more = 0;
  for (uint32_t item = rows.first; item < rows.end; item++) {
    RuleStatus status = judge_element(r->e, rule, item);
    if (is_in_order(status)) continue;
    if (shown == ELEMENTS_SHOWN) {
      more++;
      continue;
    }
    add(r, 0, element_text(r, rule, item, status), (View){0});
    shown++;
  }
  if (more > 0) add(r, 0, phrase(r->arena, r->language, WORD_AND_MORE, number_view(r, more), DIAG_END), (View){0});
}

/* ---- what is missing, what went wrong ---- */

/* What has no line of its own yet: a field of an item, or one that only a define names. */
static void add_missing(Reasons *r, uint32_t node) {
  NameRows all = {0}, names = {0};
  explain_missing(r->e, node, r->row, r->arena, &all);
  uint32_t ignored;
  for (uint32_t i = 0; i < all.count; i++)
    if (!map_get(&r->told, all.at[i], &ignored))
      list_push(r->arena, &names, missing_text(r->e, all.at[i], r->row, r->arena, r->language));
  if (names.count == 0) return;
  View text = some_of(r, &names, names.count);
  add(r, 0, phrase(r->arena, r->language, WORD_MISSING_IS, text, DIAG_END), (View){0});
}

static void add_faults(Reasons *r, uint32_t node) {
  FaultList faults = {0};
  explain_faults(r->e, node, r->row, r->arena, &faults);
  for (uint32_t i = 0; i < faults.count && i < NAMES_SHOWN; i++) {
    Reason reason = {.text = fault_text(r->e, faults.at[i], r->arena, r->language), .fault = faults.at[i]};
    list_push(r->arena, r->out, reason);
  }
}

/* Of the elements, those that are told. */
static void stand_on_elements(Reasons *r, const Rule *rule) {
  RowRange rows = rows_of_application(r->e, rule->each.space, r->row);
  basis_add_list(r->basis, rule->each.space);
  if (rows.first < rows.end) basis_add(r->basis, rule->each.member, rows.first);
  for (uint32_t item = rows.first; item < rows.end; item++)
    if (!is_in_order(judge_element(r->e, rule, item))) basis_add(r->basis, rule->each_condition, item);
  basis_add(r->basis, rule->when, r->row);
  basis_add(r->basis, rule->unless, r->row);
}

void rule_reasons(const Evaluation *e, const Rule *rule, uint32_t row, Arena *arena, Language language, ReasonList *out) {
  Reasons r = reasons_new(e, row, arena, language, out);
  RuleStatus status = judge_rule(e, rule, row);
  if (status == STATUS_WAIVED && rule->unless_reason.length > 0)
    add(&r, 0, phrase(arena, language, WORD_BECAUSE, rule->unless_reason, DIAG_END), (View){0});
  if (rule->each.space != NO_INDEX) {
    stand_on_elements(&r, rule);
    add_elements(&r, rule);
  } else {
    basis_add(r.basis, rule->fulfilled, row);
  }
  if (rule->member_count == 0) add_mentions(&r, rule->first_mention, rule->mention_count, 0);
  const uint32_t nodes[] = {rule->condition, rule->when, rule->unless};
  for (size_t i = 0; status == STATUS_ERROR && i < 3; i++) add_faults(&r, nodes[i]);
  if (status == STATUS_UNDETERMINED && rule->member_count == 0) add_missing(&r, rule->fulfilled);
}

/* ---- reports and decisions ---- */

/* Did the cap or floor b change what a would have been? Where a is unknown and the value is not, it must have. */
static bool is_binding(const Reasons *r, uint32_t node, const Node *n) {
  if (!value_is_known(r->e, node, r->row) || !value_is_known(r->e, n->b, r->row)) return false;
  Num b = number_at(r, n->b);
  bool same = value_is_known(r->e, n->a, r->row) && num_equal(number_at(r, n->a), b);
  return num_equal(number_at(r, node), b) && !same;
}

/* The outermost cap or floor that changed the value. A cap that was not binding has the value of what it caps. */
static void add_binding(Reasons *r, uint32_t node) {
  for (;;) {
    const Node *n = &r->program->nodes[node];
    if (n->op == OP_SMALLER || n->op == OP_GREATER) {
      bool binding = is_binding(r, node, n);
      if (binding && n->label.length > 0) {
        Word which = n->op == OP_SMALLER ? WORD_CAPPED : WORD_RAISED;
        add(r, 0, phrase(r->arena, r->language, which, n->label, DIAG_END), (View){0});
      }
      if (binding) return;
      node = n->a;
    } else if (n->op == OP_ROUND) {
      node = n->a;
    } else if (n->op == OP_IF && value_is_known(r->e, n->a, r->row)) {
      node = value_is_yes(r->e, n->a, r->row) ? n->b : n->c;
    } else {
      return;
    }
  }
}

void answer_reasons(const Evaluation *e, const Answer *answer, uint32_t row, bool whole, Arena *arena,
                    Language language, ReasonList *out) {
  Reasons r = reasons_new(e, row, arena, language, out);
  for (uint32_t i = 0; i < answer->reason_count; i++)
    if (value_is_yes(e, answer->reason_conditions[i], row))
      add(&r, 0, phrase(arena, language, WORD_BECAUSE, answer->reasons[i], DIAG_END), (View){0});
  if (column_kind_of(answer->type) == COLUMN_NUMBERS) add_binding(&r, answer->node);
  basis_add(r.basis, answer->node, row);
  if (whole) add_mentions(&r, answer->first_mention, answer->mention_count, 0);
  if (whole && value_is_error(e, answer->node, row)) add_faults(&r, answer->node);
}
