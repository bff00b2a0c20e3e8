#include "judge/coverage.h"

#include <stdlib.h>

/* Where in one program the sides of an item can be seen. */
typedef struct Sight {
  uint32_t item;
  CoverKind kind;
  uint32_t index; /* of rules, of levels, of uses of tables, or a node */
  uint32_t part;  /* a table's row */
} Sight;
typedef LIST(Sight) SightList;

/* One program, looked through once; lives in its arena. */
typedef struct Outlook {
  const Program *program;
  SightList sights;
  bool *fixed;     /* by node: a number that only the text and the date say */
  bool *percent;   /* by node: such a one, written with % */
  bool *can_doubt; /* by node: it may be undetermined */
  struct Outlook *next;
} Outlook;

struct Coverage {
  Arena *arena;
  const Program *program;
  CoverItemList items;
  Map by_place;
  LIST(View) keys; /* of by_place, in the order in which the items were found */
  Outlook *outlooks;
};

enum { SIDE_YES = 1, SIDE_NO = 2, SIDE_OPEN = 4, SIDE_BELOW = 1, SIDE_AT = 2, SIDE_ABOVE = 4, ALL_SIDES = 7 };

typedef struct Ordered {
  CoverItem item;
  uint32_t before; /* its index */
} Ordered;

/* ---- items ---- */

typedef struct Place {
  uint32_t kind, source, start, end, ordinal;
} Place;

/* The item at this place; a new one only where the program is the one that says what is to be seen. */
static uint32_t item_at(Coverage *coverage, const Outlook *outlook, CoverItem item, uint32_t ordinal) {
  Place place = {item.kind, item.span.source, item.span.start, item.span.end, ordinal};
  View key = {(const char *)&place, sizeof place};
  uint32_t known;
  if (map_get(&coverage->by_place, key, &known)) return known;
  if (outlook->program != coverage->program) return NO_INDEX;
  key.at = arena_copy(coverage->arena, &place, sizeof place);
  map_add(&coverage->by_place, key, coverage->items.count);
  list_push(coverage->arena, &coverage->keys, key);
  list_push(coverage->arena, &coverage->items, item);
  return coverage->items.count - 1;
}

static void add_sight(Coverage *coverage, Outlook *outlook, CoverItem item, uint32_t ordinal, uint32_t index) {
  uint32_t at = item_at(coverage, outlook, item, ordinal);
  if (at != NO_INDEX) list_push(outlook->program->arena, &outlook->sights, ((Sight){at, item.kind, index, 0}));
}

static void add_row_sight(Coverage *coverage, Outlook *outlook, Span span, uint32_t use, uint32_t row) {
  uint32_t before = outlook->sights.count;
  add_sight(coverage, outlook, (CoverItem){COVER_ROW, span, {0}, SIDE_YES, 0}, 0, use);
  if (outlook->sights.count > before) outlook->sights.at[before].part = row;
}

/* ---- what the nodes are ---- */

static bool ends_with_percent(const Program *program, Span span) {
  View text = span.source < program->sources->count ? span_text(program->sources, span) : (View){0};
  return text.length > 0 && text.at[text.length - 1] == '%';
}

static void look_at_dated(Outlook *outlook, uint32_t id, const Node *node) {
  const Program *program = outlook->program;
  outlook->fixed[id] = type_is_number_like(node->type);
  for (uint32_t i = 0; i < node->count; i++) {
    uint32_t value = program->arguments[node->first + i];
    if (value == NO_NODE) continue;
    outlook->fixed[id] &= outlook->fixed[value];
    outlook->percent[id] |= outlook->percent[value];
  }
}

static void look_at_node(Outlook *outlook, uint32_t id) {
  const Program *program = outlook->program;
  const Node *node = &program->nodes[id];
  const uint32_t operands[] = {node->a, node->b, node->c};
  outlook->can_doubt[id] = node->op == OP_INPUT || node->op == OP_AS_OF;
  for (int i = 0; i < 3; i++)
    if (operands[i] != NO_NODE) outlook->can_doubt[id] |= outlook->can_doubt[operands[i]];
  for (uint32_t i = 0; node->op != OP_DATED && i < node->count; i++)
    if (program->arguments[node->first + i] != NO_NODE)
      outlook->can_doubt[id] |= outlook->can_doubt[program->arguments[node->first + i]];
  if (node->op == OP_IS_KNOWN) outlook->can_doubt[id] = false;
  if (node->op == OP_DATED) look_at_dated(outlook, id, node);
  if (node->op == OP_CONSTANT) {
    outlook->fixed[id] = type_is_number_like(node->type);
    outlook->percent[id] = ends_with_percent(program, node->span);
  }
  if (node->op == OP_SPREAD) {
    outlook->fixed[id] = outlook->fixed[node->a];
    outlook->percent[id] = outlook->percent[node->a];
  }
  if (node->op == OP_IF && type_is_number_like(node->type)) {
    outlook->fixed[id] = outlook->fixed[node->b] && outlook->fixed[node->c];
    outlook->percent[id] = outlook->percent[node->b] || outlook->percent[node->c];
  }
}

/* ---- what is to be seen ---- */

static void look_for_rules(Coverage *coverage, Outlook *outlook) {
  const Program *program = outlook->program;
  for (uint32_t i = 0; i < program->rule_count; i++) {
    const Rule *rule = &program->rules[i];
    unsigned wanted = outlook->can_doubt[rule->fulfilled] ? ALL_SIDES : SIDE_YES | SIDE_NO;
    if (program->nodes[rule->condition].op == OP_CONSTANT) continue; /* told by check */
    add_sight(coverage, outlook, (CoverItem){COVER_REQUIREMENT, rule->span, rule->id, wanted, 0}, 0, i);
  }
}

static void look_for_levels(Coverage *coverage, Outlook *outlook) {
  const Program *program = outlook->program;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (level->kind != LEVEL_LEVEL && level->kind != LEVEL_BRAND) continue;
    if (program->nodes[level->met].op == OP_CONSTANT) continue;
    CoverKind kind = level->kind == LEVEL_LEVEL ? COVER_LEVEL : COVER_BRAND;
    add_sight(coverage, outlook, (CoverItem){kind, level->span, level->name, ALL_SIDES, 0}, 0, i);
  }
}

/* Of a call with constants in a test the answer is known from the text. */
static void see_constant(Coverage *coverage, const Outlook *outlook, uint32_t item, uint32_t node) {
  const Program *program = outlook->program;
  const Constant *constant = &program->constants[program->nodes[node].index];
  if (!constant->missing) coverage->items.at[item].seen |= constant->yes ? SIDE_YES : SIDE_NO;
}

static void look_for_coverable(Coverage *coverage, Outlook *outlook, const Coverable *coverable) {
  bool choice = coverable->kind == COVERABLE_CHOICE;
  unsigned wanted = choice ? SIDE_YES : outlook->can_doubt[coverable->node] ? ALL_SIDES : SIDE_YES | SIDE_NO;
  CoverItem item = {choice ? COVER_CHOICE : COVER_CONDITION, coverable->span, {0}, wanted, 0};
  uint32_t before = outlook->sights.count;
  add_sight(coverage, outlook, item, 0, coverable->node);
  bool constant = outlook->program->nodes[coverable->node].op == OP_CONSTANT;
  if (constant && outlook->sights.count > before)
    see_constant(coverage, outlook, outlook->sights.at[before].item, coverable->node);
}

/* The same question at another place is the same node, and is seen with the first. */
static void look_for_coverables(Coverage *coverage, Outlook *outlook) {
  const Program *program = outlook->program;
  bool *taken = arena_array(program->arena, bool, program->node_count);
  for (uint32_t i = 0; i < program->coverable_count; i++) {
    const Coverable *coverable = &program->coverables[i];
    bool open = coverable->kind == COVERABLE_CONDITION && program->nodes[coverable->node].op != OP_CONSTANT;
    if (open && program == coverage->program && taken[coverable->node]) continue;
    if (open) taken[coverable->node] = true;
    look_for_coverable(coverage, outlook, coverable);
  }
}

/* The smallest step between two values that matter at a threshold. */
static Num step_of(const Outlook *outlook, uint32_t compared, uint32_t threshold, Num value, Arena *arena) {
  const Program *program = outlook->program;
  const Node *node = &program->nodes[compared];
  unsigned scale = 0;
  if (node->op == OP_INPUT && program->inputs[node->index].has_step) return program->inputs[node->index].step;
  if (node->type->kind == TYPE_MONEY) return num_of_scaled(arena, 1, 2);
  if (node->type->kind == TYPE_DURATION) {
    Num day = num_of(86400);
    return num_is_whole(num_div(arena, value, day)) ? day : num_of(1);
  }
  if (node->type->kind != TYPE_NUMBER || node->type->whole) return num_of(1);
  if (!num_scale(value, &scale)) return num_of(1);
  if (outlook->percent[threshold] && scale < 2) scale = 2;
  return num_of_scaled(arena, 1, scale);
}

static bool is_threshold(const Outlook *outlook, const Node *node, uint32_t *compared, uint32_t *threshold) {
  if (node->op != OP_LESS && node->op != OP_LESS_EQUAL) return false;
  if (outlook->fixed[node->a] == outlook->fixed[node->b]) return false;
  *threshold = outlook->fixed[node->a] ? node->a : node->b;
  *compared = outlook->fixed[node->a] ? node->b : node->a;
  return true;
}

/* Of “some of” and “none of” it matters only whether there are any. */
static unsigned sides_of_count(Num value) {
  if (num_sign(value) <= 0) return SIDE_AT | SIDE_ABOVE;
  return num_equal(value, num_of(1)) ? SIDE_BELOW | SIDE_AT : ALL_SIDES;
}

/* A side that the field's own bounds rule out is not asked for. */
static unsigned sides_within(const Outlook *outlook, uint32_t compared, uint32_t threshold, Arena *arena) {
  const Program *program = outlook->program;
  const Node *node = &program->nodes[compared], *constant = &program->nodes[threshold];
  if ((node->op != OP_INPUT && node->op != OP_COUNT) || constant->op != OP_CONSTANT) return ALL_SIDES;
  Num value = program->constants[constant->index].number;
  if (node->op == OP_COUNT) return sides_of_count(value);
  const Range *bounds = &program->inputs[node->index].bounds;
  Num step = step_of(outlook, compared, threshold, value, arena);
  unsigned sides = ALL_SIDES;
  if (bounds->has_low && num_compare(num_sub(arena, value, step), bounds->low) < 0) sides &= ~(unsigned)SIDE_BELOW;
  if (bounds->has_high && num_compare(num_add(arena, value, step), bounds->high) > 0) sides &= ~(unsigned)SIDE_ABOVE;
  return sides;
}

static uint32_t ordinal_of(const Outlook *outlook, const SightList *sights, Span span) {
  uint32_t ordinal = 0;
  for (uint32_t i = 0; i < sights->count; i++) {
    const Span *other = &outlook->program->nodes[sights->at[i].index].span;
    bool same = other->source == span.source && other->start == span.start && other->end == span.end;
    ordinal += sights->at[i].kind == COVER_THRESHOLD && same;
  }
  return ordinal;
}

/* A module that is used has tests of its own. */
static bool is_of_module(const Program *program, Span span) {
  return span.source < program->sources->count && program->is_module[span.source];
}

static void look_for_thresholds(Coverage *coverage, Outlook *outlook) {
  const Program *program = outlook->program;
  for (uint32_t i = 0; i < program->rule_node_count; i++) {
    uint32_t compared, threshold;
    const Node *node = &program->nodes[i];
    if (is_of_module(program, node->span) || !is_threshold(outlook, node, &compared, &threshold)) continue;
    unsigned wanted = sides_within(outlook, compared, threshold, coverage->arena);
    CoverItem item = {COVER_THRESHOLD, node->span, {0}, wanted, 0};
    add_sight(coverage, outlook, item, ordinal_of(outlook, &outlook->sights, node->span), i);
  }
}

/* Each use of a decision table, also one in a test, is a sight of all its rows. */
static void look_for_rows(Coverage *coverage, Outlook *outlook) {
  const Program *program = outlook->program;
  for (uint32_t i = 0; i < program->table_use_count; i++) {
    const DecisionTable *table = &program->decision_tables[program->table_uses[i].table];
    for (uint32_t row = 0; row < table->row_count; row++)
      add_row_sight(coverage, outlook, table->rows[row].span, i, row);
  }
}

/* By kind, then by place. */
static int compare_items(const void *a, const void *b) {
  const CoverItem *x = &((const Ordered *)a)->item, *y = &((const Ordered *)b)->item;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->span.source != y->span.source) return x->span.source < y->span.source ? -1 : 1;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  uint32_t i = ((const Ordered *)a)->before, k = ((const Ordered *)b)->before;
  return i < k ? -1 : i > k;
}

/* The places and the sights follow where the items go. */
static void sort_items(Coverage *coverage, Outlook *outlook) {
  uint32_t count = coverage->items.count;
  Ordered *order = arena_array(coverage->arena, Ordered, count);
  uint32_t *now = arena_array(coverage->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) order[i] = (Ordered){coverage->items.at[i], i};
  if (count) qsort(order, count, sizeof *order, compare_items);
  for (uint32_t i = 0; i < count; i++) {
    coverage->items.at[i] = order[i].item;
    now[order[i].before] = i;
  }
  for (uint32_t i = 0; i < outlook->sights.count; i++) outlook->sights.at[i].item = now[outlook->sights.at[i].item];
  for (uint32_t i = 0; i < count; i++) map_set(&coverage->by_place, coverage->keys.at[i], now[i]);
}

static Outlook *outlook_of(Coverage *coverage, const Program *program) {
  for (Outlook *known = coverage->outlooks; known; known = known->next)
    if (known->program == program) return known;
  Outlook *outlook = arena_new_of(program->arena, Outlook);
  *outlook = (Outlook){.program = program, .next = coverage->outlooks};
  coverage->outlooks = outlook;
  outlook->fixed = arena_array(program->arena, bool, program->node_count);
  outlook->percent = arena_array(program->arena, bool, program->node_count);
  outlook->can_doubt = arena_array(program->arena, bool, program->node_count);
  for (uint32_t i = 0; i < program->node_count; i++) look_at_node(outlook, i);
  look_for_rules(coverage, outlook);
  look_for_levels(coverage, outlook);
  look_for_coverables(coverage, outlook);
  look_for_thresholds(coverage, outlook);
  look_for_rows(coverage, outlook);
  if (outlook->program == coverage->program) sort_items(coverage, outlook);
  return outlook;
}

Coverage *coverage_new(Arena *arena, const Program *program) {
  Coverage *coverage = arena_new_of(arena, Coverage);
  *coverage = (Coverage){.arena = arena, .program = program};
  map_init(&coverage->by_place, arena);
  outlook_of(coverage, program);
  return coverage;
}

/* ---- what was seen ---- */

static unsigned side_of_status(RuleStatus status) {
  switch (status) {
  case STATUS_MET: return SIDE_YES;
  case STATUS_NOT_MET: return SIDE_NO;
  case STATUS_UNDETERMINED: return SIDE_OPEN;
  case STATUS_WAIVED:
  case STATUS_NOT_APPLICABLE:
  case STATUS_ERROR:
  case STATUS_COUNT: break;
  }
  return 0;
}

static unsigned side_of_yes_no(const Evaluation *e, uint32_t node, uint32_t row) {
  if (value_is_yes(e, node, row)) return SIDE_YES;
  if (value_is_no(e, node, row)) return SIDE_NO;
  return value_is_error(e, node, row) ? 0 : SIDE_OPEN;
}

static unsigned side_of_threshold(const Evaluation *e, const Outlook *outlook, uint32_t id, uint32_t row, Arena *arena) {
  uint32_t compared, threshold;
  if (!is_threshold(outlook, &e->program->nodes[id], &compared, &threshold)) return 0;
  const Column *x = e->columns[compared], *k = e->columns[threshold];
  if (!column_is_known(x, row) || !column_is_known(k, row)) return 0;
  Num value = column_number(arena, x, row), limit = column_number(arena, k, row);
  Num step = step_of(outlook, compared, threshold, limit, arena), distance = num_sub(arena, value, limit);
  if (!num_fits(distance) || num_compare(num_abs(arena, distance), step) > 0) return 0;
  return num_sign(distance) < 0 ? SIDE_BELOW : num_sign(distance) > 0 ? SIDE_ABOVE : SIDE_AT;
}

/* The node that says whether the row was hit: the row's number, or its own condition */
static uint32_t node_of_row(const Program *program, const Sight *sight) {
  const TableUse *use = &program->table_uses[sight->index];
  return use->row != NO_NODE ? use->row : program->arguments[use->first + sight->part];
}

static unsigned side_of_row(const Evaluation *e, const Sight *sight, uint32_t row, Arena *arena) {
  uint32_t node = node_of_row(e->program, sight);
  if (node == NO_NODE) return 0;
  const Column *column = e->columns[node];
  if (e->program->table_uses[sight->index].row == NO_NODE) return side_of_yes_no(e, node, row) & SIDE_YES;
  return column_is_known(column, row) && num_equal(column_number(arena, column, row), num_of(sight->part)) ? SIDE_YES
                                                                                                           : 0;
}

static unsigned side_of(const Evaluation *e, const Outlook *outlook, const Sight *sight, uint32_t row, Arena *scratch) {
  switch (sight->kind) {
  case COVER_REQUIREMENT: return side_of_status(judge_rule(e, &e->program->rules[sight->index], row));
  case COVER_LEVEL:
  case COVER_BRAND: return side_of_yes_no(e, e->program->levels[sight->index].met, row);
  case COVER_CONDITION: return side_of_yes_no(e, sight->index, row);
  case COVER_CHOICE: return side_of_yes_no(e, sight->index, row) & SIDE_YES;
  case COVER_THRESHOLD: return side_of_threshold(e, outlook, sight->index, row, scratch);
  case COVER_ROW: return side_of_row(e, sight, row, scratch);
  case COVER_KIND_COUNT: break;
  }
  return 0;
}

static uint32_t node_of(const Evaluation *e, const Sight *sight) {
  switch (sight->kind) {
  case COVER_CONDITION:
  case COVER_CHOICE:
  case COVER_THRESHOLD: return sight->index;
  case COVER_ROW: return node_of_row(e->program, sight);
  case COVER_REQUIREMENT:
  case COVER_LEVEL:
  case COVER_BRAND:
  case COVER_KIND_COUNT: break;
  }
  return NO_NODE;
}

static uint32_t rows_of(const Evaluation *e, const Sight *sight) {
  uint32_t node = node_of(e, sight);
  if (node == NO_NODE) return sight->kind == COVER_ROW ? 0 : e->batch->rows;
  if (!e->columns[node]) return 0; /* another test asks for it */
  return e->spaces[e->program->nodes[node].space].rows;
}

void coverage_add(Coverage *coverage, const Judged *judged, Arena *scratch) {
  const Evaluation *e = judged->evaluation;
  const Outlook *outlook = outlook_of(coverage, e->program);
  for (uint32_t i = 0; i < outlook->sights.count; i++) {
    const Sight *sight = &outlook->sights.at[i];
    CoverItem *item = &coverage->items.at[sight->item];
    uint32_t rows = rows_of(e, sight);
    for (uint32_t row = 0; row < rows && (item->seen & item->wanted) != item->wanted; row++)
      item->seen |= side_of(e, outlook, sight, row, scratch);
  }
}

void coverage_forget(Coverage *coverage, const Program *program) {
  for (Outlook **at = &coverage->outlooks; *at; at = &(*at)->next)
    if ((*at)->program == program) {
      *at = (*at)->next;
      return;
    }
}

const CoverItemList *coverage_items(const Coverage *coverage) { return &coverage->items; }
