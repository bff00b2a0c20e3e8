#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/bounds.h"
#include "lib/naive.h"
#include "lib/workbench.h"

/* What is still possible, by brute force. Random programs over inputs with
 * small domains; rows in which some cells are missing and the list may go on;
 * then every way in which the gaps can be filled. Held against each other:
 *
 *   a row by itself and the same row among others
 *   a completed row in the engine and in the naive evaluator
 *   what the engine calls definite for the row, and its value in every completion of it
 *   every value, and what the text alone says it may be (check/bounds.h)
 */

/* ---- chance ---- */

static uint64_t seed;
static uint32_t program_number;

static uint32_t chance(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 16) % below);
}

/* ---- rows ---- */

enum {
  ROOT_INPUTS = 8,
  ITEM_INPUTS = 3,
  ITEMS_MOST = 3,
  ADDED_MOST = 2,
  VALUES_MOST = 3,
  COMPLETE = 0,
  FIRST_OF_ITEMS = ROOT_INPUTS
};
enum { INPUTS = ROOT_INPUTS + ITEM_INPUTS, MISSING = -1, ERROR = -2 };

/* Which value of its domain each cell has. */
typedef struct Row {
  int cells[ROOT_INPUTS];
  int items[NAIVE_ITEMS][ITEM_INPUTS];
  uint32_t item_count;
} Row;

typedef struct Domain {
  const Type *type;
  uint32_t count;
  Num numbers[VALUES_MOST];
  Range any;
} Domain;

static const EnumType sizes = {.count = VALUES_MOST, .ordered = true};
static const Type size_type = {.kind = TYPE_ENUM, .values = &sizes};
enum { ITEM_SPACE = 1, LITERAL_SPACE, REPEAT_SPACE, LITERAL_ITEMS = 2 };

static const Type *const input_types[INPUTS] = {&bench_yes_no, &bench_yes_no, &bench_yes_no, &bench_number,
                                                &bench_number, &bench_number, &size_type,    &bench_date,
                                                &bench_yes_no, &bench_number, &size_type};

/* A generated program: its nodes, and the domains of its inputs. */
typedef struct Plan {
  Arena *arena;
  Domain domains[INPUTS];
  uint32_t inputs[INPUTS];
  uint32_t complete[REPEAT_SPACE + 1]; /* node for the lists in each space */
  bool looks[NAIVE_NODES];             /* asks whether something is known, so completing it may change the answer */
  Bench text;                          /* the program, whose nodes are copied for each batch */
} Plan;

static void make_domain(Plan *p, uint32_t input) {
  Domain *d = &p->domains[input];
  d->type = input_types[input];
  d->count = d->type->kind == TYPE_YES_NO ? 2 : VALUES_MOST;
  if (d->type->kind != TYPE_NUMBER && d->type->kind != TYPE_DATE) return;
  bool is_date = d->type->kind == TYPE_DATE, large = !is_date && chance(20) == 0;
  Num low = num_of(is_date ? 10000 + chance(60) : (int64_t)chance(5) - 2);
  Num step = is_date ? num_of(1 + chance(40)) : num_fraction(p->arena, 1 + chance(2), 1 + chance(3));
  if (large) low = num_add(p->arena, low, num_of(INT64_C(3000000000000000000) * (1 + chance(3))));
  for (uint32_t i = 0; i < d->count; i++) d->numbers[i] = num_add(p->arena, low, num_mul(p->arena, step, num_of(i)));
  Num last = d->numbers[d->count - 1];
  d->any = (Range){.low = low, .high = last, .has_low = chance(4) > 0, .has_high = chance(4) > 0};
  if (chance(4) == 0) d->any.high = num_add(p->arena, last, step), d->any.high_open = true;
}

/* ---- programs ---- */

/* Whether the list is complete is asked by what goes over it, and by nothing else: completing it changes the answer. */
static bool is_completeness(const Plan *p, uint32_t node) {
  return node == p->complete[ITEM_SPACE] || node == p->complete[REPEAT_SPACE];
}

/* A node of this type in `space`, brought there from around it if need be. */
static uint32_t pick_node(Plan *p, const Type *type, uint32_t space) {
  Bench *b = &p->text;
  uint32_t found[NAIVE_NODES], count = 0;
  for (uint32_t i = 0; i < b->nodes.count; i++) {
    const Node *n = &b->nodes.at[i];
    bool seen = n->space == space || n->space == ROOT_SPACE || (space == REPEAT_SPACE && n->space == ITEM_SPACE);
    if (n->type == type && seen && n->op != OP_PICK && !is_completeness(p, i)) found[count++] = i;
  }
  uint32_t node = found[chance(count)];
  if (b->nodes.at[node].space == space) return node;
  bool again = space == REPEAT_SPACE && b->nodes.at[node].space == ITEM_SPACE && chance(2);
  uint32_t brought = bench_op(b, again ? OP_REPEAT : OP_SPREAD, type, space, node, NO_NODE, NO_NODE);
  p->looks[brought] = p->looks[node];
  return brought;
}

static uint32_t add_node(Plan *p, OpKind op, const Type *type, uint32_t space, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t node = bench_op(&p->text, op, type, space, a, b, c);
  uint32_t operands[] = {a, b, c};
  for (int i = 0; i < 3; i++)
    if (operands[i] != NO_NODE && p->looks[operands[i]]) p->looks[node] = true;
  return node;
}

static uint32_t with_arguments(Plan *p, OpKind op, const Type *type, uint32_t space, uint32_t a, const uint32_t *nodes,
                               uint32_t count) {
  uint32_t node = add_node(p, op, type, space, a, NO_NODE, NO_NODE);
  p->text.nodes.at[node].first = bench_arguments(&p->text, nodes, count);
  p->text.nodes.at[node].count = count;
  for (uint32_t i = 0; i < count; i++)
    if (nodes[i] != NO_NODE && p->looks[nodes[i]]) p->looks[node] = true;
  return node;
}

static const Type *any_type(void) {
  const Type *types[] = {&bench_yes_no, &bench_number, &size_type, &bench_date};
  return types[chance(4)];
}

static void add_constants(Plan *p) {
  Bench *b = &p->text;
  for (uint32_t i = 0; i < 2; i++)
    bench_constant(b, ROOT_SPACE, (Constant){.type = &bench_yes_no, .yes = i, .number = num_of(0)});
  for (uint32_t i = 0; i < 3; i++)
    bench_number_of(b, ROOT_SPACE, &bench_number, num_fraction(p->arena, (int64_t)chance(9) - 4, 1 + chance(3)));
  bench_constant(b, ROOT_SPACE, (Constant){.type = &size_type, .code = chance(VALUES_MOST), .number = num_of(0)});
  bench_number_of(b, ROOT_SPACE, &bench_date, num_of(10000 + chance(150)));
}

static void add_arithmetic(Plan *p, uint32_t space) {
  static const OpKind ops[] = {OP_ADD,    OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_SMALLER, OP_GREATER,
                               OP_NEGATE, OP_ABSOLUTE, OP_SQRT,     OP_ROUND,  OP_ROUND_TO};
  OpKind op = ops[chance(11)];
  bool unary = op == OP_NEGATE || op == OP_ABSOLUTE || op == OP_SQRT || op == OP_ROUND;
  uint32_t a = pick_node(p, &bench_number, space), b = unary ? NO_NODE : pick_node(p, &bench_number, space);
  uint32_t node = add_node(p, op, &bench_number, space, a, b, NO_NODE);
  if (op == OP_ROUND_TO) p->text.nodes.at[node].mode = (NumRounding)chance(7);
  if (op != OP_ROUND) return;
  list_push(p->arena, &p->text.constants,
            ((Constant){.type = &bench_number, .number = num_fraction(p->arena, 1, 1 + chance(3))}));
  p->text.nodes.at[node].index = p->text.constants.count - 1;
  p->text.nodes.at[node].mode = (NumRounding)chance(7);
}

static void add_comparison(Plan *p, uint32_t space) {
  static const OpKind of_numbers[] = {OP_LESS, OP_LESS_EQUAL, OP_EQUAL},
                      of_codes[] = {OP_EQUAL_CODE, OP_LESS_CODE, OP_LESS_EQUAL_CODE, OP_IN_MASK};
  const Type *type = chance(4) == 0 ? &size_type : chance(4) == 0 ? &bench_date : &bench_number;
  OpKind op = type == &size_type ? of_codes[chance(4)] : of_numbers[chance(3)];
  uint32_t a = pick_node(p, type, space), b = op == OP_IN_MASK ? NO_NODE : pick_node(p, type, space);
  uint32_t node = add_node(p, op, &bench_yes_no, space, a, b, NO_NODE);
  p->text.nodes.at[node].mask = chance(8);
}

static void add_logic(Plan *p, uint32_t space) {
  static const OpKind ops[] = {OP_AND, OP_OR, OP_SAME, OP_NOT, OP_IS_KNOWN};
  OpKind op = ops[chance(20) == 0 ? 4 : chance(4)];
  uint32_t a = pick_node(p, &bench_yes_no, space),
           b = op == OP_NOT || op == OP_IS_KNOWN ? NO_NODE : pick_node(p, &bench_yes_no, space);
  uint32_t node = add_node(p, op, &bench_yes_no, space, a, b, NO_NODE);
  if (op == OP_IS_KNOWN) p->looks[node] = true;
}

static void add_at_least(Plan *p, uint32_t space) {
  uint32_t nodes[3];
  for (int i = 0; i < 3; i++) nodes[i] = pick_node(p, &bench_yes_no, space);
  uint32_t node = with_arguments(p, OP_AT_LEAST_OF, &bench_yes_no, space, NO_NODE, nodes, 3);
  p->text.nodes.at[node].index = 1 + chance(3);
}

static void add_choice(Plan *p, uint32_t space) {
  const Type *type = any_type();
  if (chance(12) == 0) {
    uint32_t a = pick_node(p, type, space), b = pick_node(p, type, space);
    p->looks[add_node(p, OP_ASSUME, type, space, a, b, NO_NODE)] = true;
    return;
  }
  uint32_t a = pick_node(p, &bench_yes_no, space), b = pick_node(p, type, space);
  uint32_t c = chance(6) ? pick_node(p, type, space) : add_node(p, OP_NO_CHOICE, type, space, NO_NODE, NO_NODE, NO_NODE);
  add_node(p, OP_IF, type, space, a, b, c);
}

static void add_dated(Plan *p) {
  const Type *type = any_type();
  uint32_t nodes[3], count = 1 + chance(3), first = p->text.periods.count;
  int64_t from = 9990;
  bool by_knowledge = chance(2);
  int64_t known = DATE_MIN;
  for (uint32_t i = 0; i < count; i++) {
    bool same_day = by_knowledge && i > 0 && chance(3) == 0;
    if (!same_day) from += 1 + chance(60);
    known = same_day    ? (known < 9990 ? 9990 : known) + 1 + chance(60)
            : chance(3) ? 9990 + (int64_t)chance(120)
                        : DATE_MIN;
    list_push(p->arena, &p->text.periods, ((Period){.from = from, .known_from = known}));
    nodes[i] = chance(6) ? pick_node(p, type, ROOT_SPACE) : NO_NODE;
  }
  uint32_t date = pick_node(p, &bench_date, ROOT_SPACE);
  uint32_t known_on = by_knowledge ? pick_node(p, &bench_date, ROOT_SPACE) : NO_NODE;
  uint32_t node = with_arguments(p, OP_DATED, type, ROOT_SPACE, date, nodes, count);
  p->text.nodes.at[node].index = first;
  p->text.nodes.at[node].b = known_on;
  if (by_knowledge && p->looks[known_on]) p->looks[node] = true;
  if (chance(2)) p->text.nodes.at[node].label = VIEW("rate");
}

static void add_by_code(Plan *p, uint32_t space) {
  uint32_t nodes[VALUES_MOST], a = pick_node(p, &size_type, space);
  for (int i = 0; i < VALUES_MOST; i++) nodes[i] = pick_node(p, &bench_yes_no, space);
  with_arguments(p, OP_BY_CODE, &bench_yes_no, space, a, nodes, VALUES_MOST);
}

static void add_date(Plan *p, uint32_t space) {
  static const OpKind parts[] = {OP_DAY_OF_YEAR, OP_WEEK},
                      ends[] = {OP_MONTH_FIRST, OP_MONTH_LAST, OP_YEAR_FIRST, OP_YEAR_LAST};
  uint32_t a = pick_node(p, &bench_date, space);
  switch (chance(8)) {
  case 0: add_node(p, parts[chance(2)], &bench_number, space, a, NO_NODE, NO_NODE); return;
  case 1: add_node(p, ends[chance(4)], &bench_date, space, a, NO_NODE, NO_NODE); return;
  default: break;
  }
  switch (chance(4)) {
  case 0: add_node(p, OP_YEAR, &bench_number, space, a, NO_NODE, NO_NODE); return;
  case 1: add_node(p, OP_MONTH, &bench_number, space, a, NO_NODE, NO_NODE); return;
  case 2: add_node(p, OP_MONTHS_BETWEEN, &bench_number, space, a, pick_node(p, &bench_date, space), NO_NODE); return;
  default: break;
  }
  uint32_t months = bench_number_of(&p->text, space, &bench_months, num_of((int64_t)chance(40) - 20));
  add_node(p, OP_ADD_MONTHS, &bench_date, space, a, months, NO_NODE);
}

/* Over the list, over a literal list, or for each item over the list again. */
static void add_over_list(Plan *p) {
  static const OpKind ops[] = {OP_COUNT,   OP_COUNT,   OP_SUM,    OP_SUM, OP_SMALLEST,
                               OP_LARGEST, OP_PRODUCT, OP_MEDIAN, OP_PICK};
  uint32_t items = 1 + chance(3), space = items == REPEAT_SPACE ? ITEM_SPACE : ROOT_SPACE;
  OpKind op = ops[chance(9)];
  uint32_t member = chance(5) ? pick_node(p, &bench_yes_no, items) : NO_NODE;
  const Type *type = op == OP_PICK ? any_type() : &bench_number;
  uint32_t value = op == OP_COUNT ? NO_NODE : pick_node(p, type, items);
  uint32_t node = add_node(p, op, &bench_number, space, member, p->complete[items], op == OP_PICK ? NO_NODE : value);
  p->text.nodes.at[node].index = items;
  if (op == OP_PICK) add_node(p, OP_PICKED, type, space, value, node, NO_NODE);
}

/* The places of a list's items, which of them are the first of equal ones, how many equal ones there are. */
static void add_in_order(Plan *p) {
  static const OpKind ops[] = {OP_POSITION, OP_POSITION, OP_DISTINCT, OP_FREQUENCY};
  uint32_t items = 1 + chance(3), nodes[2], count = chance(3);
  OpKind op = ops[chance(4)];
  if (op != OP_POSITION && count == 0) count = 1;
  for (uint32_t k = 0; k < count; k++) nodes[k] = pick_node(p, any_type(), items);
  uint32_t member = chance(3) ? pick_node(p, &bench_yes_no, items) : NO_NODE;
  const Type *type = op == OP_DISTINCT ? &bench_yes_no : &bench_number;
  uint32_t node = with_arguments(p, op, type, items, member, nodes, count);
  if (op != OP_DISTINCT) p->text.nodes.at[node].b = p->complete[items];
  if (op == OP_POSITION) p->text.nodes.at[node].mask = chance(4) | (uint64_t)chance(2) << 63;
}

static uint32_t whole_number(Plan *p, uint32_t space) {
  return bench_number_of(&p->text, space, &bench_number, num_of((int64_t)chance(4) - (chance(6) == 0)));
}

/* The item at a place of a list in its order. */
static void add_at_place(Plan *p) {
  uint32_t items = 1 + chance(3), space = items == REPEAT_SPACE ? ITEM_SPACE : ROOT_SPACE, keys[2], count = chance(3);
  for (uint32_t k = 0; k < count; k++) keys[k] = pick_node(p, any_type(), items);
  const Type *type = any_type();
  uint32_t value = pick_node(p, type, items), member = chance(4) ? pick_node(p, &bench_yes_no, items) : NO_NODE;
  uint32_t position = with_arguments(p, OP_POSITION, &bench_number, items, member, keys, count);
  p->text.nodes.at[position].b = p->complete[items];
  p->text.nodes.at[position].mask = chance(4) | (uint64_t)chance(2) << 63;
  uint32_t place = whole_number(p, space), other = whole_number(p, space);
  if (chance(2)) place = add_node(p, OP_IF, &bench_number, space, pick_node(p, &bench_yes_no, space), place, other);
  uint32_t wanted = add_node(p, OP_SPREAD, &bench_number, items, place, NO_NODE, NO_NODE);
  uint32_t here = add_node(p, OP_EQUAL, &bench_yes_no, items, position, wanted, NO_NODE);
  if (member != NO_NODE) here = add_node(p, OP_AND, &bench_yes_no, items, member, here, NO_NODE);
  uint32_t pick = member == NO_NODE ? add_node(p, OP_PICK, &bench_number, space, here, p->complete[items], place)
                                    : with_arguments(p, OP_PICK, &bench_number, space, here, &member, 1);
  Node *node = &p->text.nodes.at[pick];
  node->b = p->complete[items];
  node->c = place;
  node->index = items;
  node->mask = 1;
  add_node(p, OP_PICKED, type, space, value, pick, NO_NODE);
}

static void add_literal(Plan *p) {
  const Type *type = any_type();
  uint32_t nodes[LITERAL_ITEMS];
  for (int i = 0; i < LITERAL_ITEMS; i++) nodes[i] = pick_node(p, type, ROOT_SPACE);
  with_arguments(p, OP_ITEMS, type, LITERAL_SPACE, NO_NODE, nodes, LITERAL_ITEMS);
}

static void add_something(Plan *p) {
  static const uint32_t spaces[] = {ROOT_SPACE, ROOT_SPACE,    ROOT_SPACE,  ITEM_SPACE,
                                    ITEM_SPACE, LITERAL_SPACE, REPEAT_SPACE};
  uint32_t space = spaces[chance(7)];
  switch (chance(15)) {
  case 12: add_in_order(p); return;
  case 14: add_at_place(p); return;
  case 0:
  case 1:
  case 2: add_arithmetic(p, space); return;
  case 3:
  case 4: add_comparison(p, space); return;
  case 5: add_logic(p, space); return;
  case 6: add_at_least(p, space); return;
  case 7: add_choice(p, space); return;
  case 8: add_dated(p); return;
  case 9: add_date(p, space); return;
  case 10: add_literal(p); return;
  case 11: add_by_code(p, space); return;
  default: add_over_list(p); return;
  }
}

static void make_plan(Plan *p, Arena *arena) {
  memset(p, 0, sizeof *p);
  p->arena = arena;
  Bench *b = &p->text;
  bench_begin(b, arena, 0);
  static const Space spaces[] = {{SPACE_DATA, ROOT_SPACE, ITEM_SPACE},
                                 {SPACE_LITERAL, ROOT_SPACE, LITERAL_ITEMS},
                                 {SPACE_REPEAT, ITEM_SPACE, ITEM_SPACE}};
  for (int i = 0; i < 3; i++) list_push(arena, &b->spaces, spaces[i]);
  for (uint32_t i = 0; i < INPUTS; i++) {
    make_domain(p, i);
    p->inputs[i] = bench_input(b, input_types[i], i < FIRST_OF_ITEMS ? ROOT_SPACE : ITEM_SPACE, 0);
  }
  p->complete[ITEM_SPACE] = p->inputs[COMPLETE];
  p->complete[REPEAT_SPACE] = bench_op(b, OP_SPREAD, &bench_yes_no, ITEM_SPACE, p->inputs[COMPLETE], NO_NODE, NO_NODE);
  p->complete[LITERAL_SPACE] = NO_NODE;
  add_constants(p);
  for (int i = 0; i < 2; i++) add_literal(p);
  while (b->nodes.count < NAIVE_NODES - 14) add_something(p);
}

/* ---- batches ---- */

static void set_cell(const Plan *p, Bench *b, uint32_t input, uint32_t row, int which) {
  uint32_t node = p->inputs[input];
  if (which == ERROR) bench_set_error(b, node, row);
  if (which < 0) return;
  if (p->domains[input].type == &bench_yes_no)
    bench_set_letter(b, node, row, which ? 'Y' : 'N');
  else if (p->domains[input].type == &size_type)
    bench_set_code(b, node, row, (uint32_t)which);
  else
    bench_set_number(b, node, row, p->domains[input].numbers[which]);
}

static Evaluation *evaluate_rows(const Plan *p, Arena *arena, const Row *rows, uint32_t count) {
  Bench *b = arena_new_of(arena, Bench);
  bench_begin(b, arena, count);
  b->spaces = p->text.spaces;
  b->nodes = p->text.nodes;
  b->arguments = p->text.arguments;
  b->constants = p->text.constants;
  b->periods = p->text.periods;
  uint32_t *offsets = arena_array(arena, uint32_t, count + 1);
  for (uint32_t i = 0; i < count; i++) offsets[i + 1] = offsets[i] + rows[i].item_count;
  b->items[ITEM_SPACE] = (ItemRows){offsets[count], offsets};
  for (uint32_t i = 0; i < INPUTS; i++) {
    b->inputs[i] = column_new(arena, input_types[i], i < FIRST_OF_ITEMS ? count : offsets[count]);
    b->inputs[i]->any = p->domains[i].any;
  }
  for (uint32_t r = 0; r < count; r++) {
    for (uint32_t i = 0; i < ROOT_INPUTS; i++) set_cell(p, b, i, r, rows[r].cells[i]);
    for (uint32_t k = 0; k < rows[r].item_count; k++)
      for (uint32_t i = 0; i < ITEM_INPUTS; i++)
        set_cell(p, b, FIRST_OF_ITEMS + i, offsets[r] + k, rows[r].items[k][i]);
  }
  return bench_evaluate(b, NULL);
}

/* Where the node has its value for an item (of an item) of the row. */
static uint32_t row_of(const Evaluation *e, uint32_t space, uint32_t row, NaivePlace place) {
  if (space == ROOT_SPACE) return row;
  if (space == LITERAL_SPACE) return row * LITERAL_ITEMS + place.item;
  uint32_t item = e->batch->items[ITEM_SPACE].offsets[row] + place.item;
  return space == ITEM_SPACE ? item : e->spaces[REPEAT_SPACE].offsets[item] + place.inner;
}

/* How many items, and items within each, a space has. */
static uint32_t items_in(uint32_t space, uint32_t items) {
  return space == ROOT_SPACE ? 1 : space == LITERAL_SPACE ? LITERAL_ITEMS : items;
}
static uint32_t inner_in(uint32_t space, uint32_t items) { return space == REPEAT_SPACE ? items : 1; }

#define FOR_EACH_PLACE(space, items, place)                                          \
  for (NaivePlace place = {0, 0}; place.item < items_in(space, items); place.item++) \
    for (place.inner = 0; place.inner < inner_in(space, items); place.inner++)

/* ---- holding against each other ---- */

static bool same_value(Arena *arena, const Column *a, uint32_t i, const Column *b, uint32_t k) {
  switch (a->kind) {
  case COLUMN_BITS: return bit_get(a->yes, i) == bit_get(b->yes, k);
  case COLUMN_NUMBERS: return num_equal(column_number(arena, a, i), column_number(arena, b, k));
  case COLUMN_CODES: return a->codes[i] == b->codes[k];
  case COLUMN_TEXTS: return view_equal(a->texts[i], b->texts[k]);
  }
  return false;
}

static void check_alone(const Plan *p, Arena *arena, const Evaluation *all, uint32_t row, const Row *cells) {
  Evaluation *one = evaluate_rows(p, arena, cells, 1);
  for (uint32_t node = 0; node < p->text.nodes.count; node++) {
    const Node *n = &p->text.nodes.at[node];
    if (n->op == OP_PICK) continue; /* a row number, which is another in another batch */
    FOR_EACH_PLACE(n->space, cells->item_count, place) {
      const Column *a = all->columns[node], *b = one->columns[node];
      uint32_t i = row_of(all, n->space, row, place), k = row_of(one, n->space, 0, place);
      bool known = column_is_known(a, i);
      if (known != column_is_known(b, k) || column_is_error(a, i) != column_is_error(b, k) ||
          (known && !same_value(arena, a, i, b, k)))
        fail_msg("program %u: node %u (op %d) is another alone", program_number, node, n->op);
    }
  }
}

static bool equals_naive(Arena *arena, const Column *c, uint32_t row, const NaiveValue *v) {
  switch (c->kind) {
  case COLUMN_BITS: return v->mask == (bit_get(c->yes, row) ? 2u : 1u);
  case COLUMN_NUMBERS: return num_equal(column_number(arena, c, row), v->numbers[0]);
  case COLUMN_CODES: return v->mask == UINT32_C(1) << c->codes[row];
  case COLUMN_TEXTS: return false;
  }
  return false;
}

static NaiveValue naive_cell(const Plan *p, uint32_t input, int which) {
  const Domain *d = &p->domains[input];
  if (which < 0) return naive_error(d->type);
  if (d->type == &bench_yes_no) return naive_bit(which);
  return d->type == &size_type ? naive_code((uint32_t)which) : naive_number(d->numbers[which]);
}

static void fill_naive_row(const Plan *p, const Row *row, NaiveRow *out) {
  out->item_count = row->item_count;
  for (uint32_t i = 0; i < ROOT_INPUTS; i++) out->cells[i] = naive_cell(p, i, row->cells[i]);
  for (uint32_t k = 0; k < row->item_count; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++)
      out->items[k][FIRST_OF_ITEMS + i] = naive_cell(p, FIRST_OF_ITEMS + i, row->items[k][i]);
}

/* A value where the naive one has a value, and none that it does not have. */
static void check_naive(const Plan *p, Arena *arena, Naive *naive, const Evaluation *e, uint32_t row, const Row *cells) {
  static NaiveRow filled;
  fill_naive_row(p, cells, &filled);
  naive_begin(naive, arena, e->program, &filled);
  for (uint32_t node = 0; node < p->text.nodes.count; node++) {
    const Node *n = &p->text.nodes.at[node];
    if (n->op == OP_PICK) continue;
    FOR_EACH_PLACE(n->space, cells->item_count, place) {
      const NaiveValue *v = naive_value(naive, node, place);
      const Column *c = e->columns[node];
      uint32_t i = row_of(e, n->space, row, place);
      bool known = column_is_known(c, i), one = naive_is_one(n->type, v);
      if (!known && !column_is_error(c, i))
        fail_msg("program %u: node %u (op %d) is unknown although nothing is missing", program_number, node, n->op);
      if (known && !(one ? equals_naive(arena, c, i, v) : naive->crowded))
        fail_msg("program %u: node %u (op %d) differs from the naive value", program_number, node, n->op);
      if (!known && n->op != OP_NO_CHOICE && one) {
        bool sure =
            true; /* the engine's ranges may be wider than the naive sets, but not where no operand is an error */
        uint32_t operands[] = {n->a, n->b, n->c};
        for (int k = 0; k < 3 && sure; k++)
          if (operands[k] == NO_NODE || e->program->nodes[operands[k]].space != n->space)
            sure = operands[k] == NO_NODE;
          else
            sure = column_is_known(e->columns[operands[k]], i);
        if (sure && !n->count)
          fail_msg("program %u: node %u (op %d) is an error for no reason", program_number, node, n->op);
      }
    }
  }
}

static void check_definite(const Plan *p, Arena *arena, const Evaluation *partial, uint32_t row, uint32_t items,
                           const Evaluation *full, uint32_t completion) {
  for (uint32_t node = 0; node < p->text.nodes.count; node++) {
    const Node *n = &p->text.nodes.at[node];
    if (p->looks[node] || n->op == OP_PICK || is_completeness(p, node)) continue;
    FOR_EACH_PLACE(n->space, items, place) {
      const Column *a = partial->columns[node], *b = full->columns[node];
      uint32_t i = row_of(partial, n->space, row, place), k = row_of(full, n->space, completion, place);
      if (!column_is_known(a, i)) continue;
      if (!column_is_known(b, k) || !same_value(arena, a, i, b, k))
        fail_msg("program %u: node %u (op %d) was definite too early", program_number, node, n->op);
    }
  }
}

/* ---- gaps, and how they are filled ---- */

static int random_cell(const Plan *p, uint32_t input, uint32_t missing) {
  if (chance(100) < missing) return MISSING;
  return chance(30) == 0 ? ERROR : (int)chance(p->domains[input].count);
}

/* An application with wrong data is an error as a whole, so what the items of a list that may go on would make of its
 * own wrong cells is never asked. */
static void random_row(const Plan *p, Row *row, uint32_t missing) {
  row->item_count = chance(ITEMS_MOST + 1);
  for (uint32_t i = 0; i < ROOT_INPUTS; i++) {
    row->cells[i] = random_cell(p, i, missing);
    if (row->cells[i] == ERROR && row->cells[COMPLETE] != 1) row->cells[i] = 0;
  }
  for (uint32_t k = 0; k < NAIVE_ITEMS; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++) row->items[k][i] = random_cell(p, FIRST_OF_ITEMS + i, missing);
}

enum { COMPLETIONS_MOST = 48 };

/* Counts one further in the gaps of `row`, whose filling `full` is; false where it began anew. */
static bool next_filling(const Plan *p, const Row *row, Row *full) {
  for (uint32_t i = 1; i < ROOT_INPUTS; i++) {
    if (row->cells[i] != MISSING) continue;
    if ((uint32_t)++full->cells[i] < p->domains[i].count) return true;
    full->cells[i] = 0;
  }
  for (uint32_t k = 0; k < row->item_count; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++) {
      if (row->items[k][i] != MISSING) continue;
      if ((uint32_t)++full->items[k][i] < p->domains[FIRST_OF_ITEMS + i].count) return true;
      full->items[k][i] = 0;
    }
  return false;
}

/* A list that may go on is completed with up to two more items, by chance. */
static void fill_list(const Plan *p, const Row *row, Row *full) {
  if (row->cells[COMPLETE] == 1) return;
  full->cells[COMPLETE] = 1;
  full->item_count = row->item_count + chance(ADDED_MOST + 1);
  for (uint32_t k = row->item_count; k < full->item_count; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++) full->items[k][i] = (int)chance(p->domains[FIRST_OF_ITEMS + i].count);
}

/* All of them where they are few, else the first and then random ones. */
static uint32_t completions_of(const Plan *p, const Row *row, Row *out) {
  Row full = *row;
  uint32_t count = 0;
  for (uint32_t i = 0; i < ROOT_INPUTS; i++)
    if (row->cells[i] == MISSING) full.cells[i] = 0;
  for (uint32_t k = 0; k < row->item_count; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++)
      if (row->items[k][i] == MISSING) full.items[k][i] = 0;
  bool again = true;
  while (again && count < COMPLETIONS_MOST) {
    out[count] = full;
    fill_list(p, row, &out[count++]);
    uint32_t steps = count < COMPLETIONS_MOST / 2 ? 1 : 1 + chance(29);
    while (steps-- && again) again = next_filling(p, row, &full);
  }
  return count;
}

/* ---- the bounds that the text alone gives ---- */

static const Bound *bounds_of_plan(const Plan *p, Arena *arena) {
  Program *program = arena_new_of(arena, Program);
  Input *inputs = arena_array(arena, Input, INPUTS);
  for (uint32_t i = 0; i < INPUTS; i++) inputs[i] = (Input){.type = input_types[i], .bounds = p->domains[i].any};
  const Bench *b = &p->text;
  *program =
      (Program){.arena = arena, .inputs = inputs, .input_count = INPUTS, .as_of = NO_NODE, .as_of_source = NO_NODE};
  program->nodes = b->nodes.at, program->node_count = b->nodes.count;
  program->arguments = b->arguments.at, program->argument_count = b->arguments.count;
  program->constants = b->constants.at, program->constant_count = b->constants.count;
  program->periods = b->periods.at, program->period_count = b->periods.count;
  program->spaces = b->spaces.at, program->space_count = b->spaces.count;
  return bounds_compute(arena, program);
}

static bool range_holds(const Range *r, Num value) {
  int low = r->has_low ? num_compare(value, r->low) : 1, high = r->has_high ? num_compare(value, r->high) : -1;
  return (low > 0 || (low == 0 && !r->low_open)) && (high < 0 || (high == 0 && !r->high_open));
}

static bool bound_holds(Arena *arena, const Bound *b, const Column *c, uint32_t row) {
  switch (c->kind) {
  case COLUMN_BITS: return (!bit_get(c->yes, row) || b->may_yes) && (!bit_get(c->no, row) || b->may_no);
  case COLUMN_NUMBERS: return b->may_know && range_holds(&b->range, column_number(arena, c, row));
  case COLUMN_CODES: return b->may_know && (b->mask >> c->codes[row] & 1);
  case COLUMN_TEXTS: break;
  }
  return true;
}

static bool has_error(const Row *row) {
  bool error = false;
  for (uint32_t i = 0; i < ROOT_INPUTS; i++) error |= row->cells[i] == ERROR;
  for (uint32_t k = 0; k < row->item_count; k++)
    for (uint32_t i = 0; i < ITEM_INPUTS; i++) error |= row->items[k][i] == ERROR;
  return error;
}

/* The value of every node at every row; for the application itself also that it is missing or an error, unless a cell
 * of it is wrong, which bounds do not count. */
static void check_bounds(const Plan *p, Arena *arena, const Bound *bounds, const Evaluation *e, const Row *rows) {
  for (uint32_t node = 0; node < p->text.nodes.count; node++) {
    const Node *n = &p->text.nodes.at[node];
    const Column *c = e->columns[node];
    if (n->op == OP_PICK) continue; /* the row of an item, which is no value of the text */
    for (uint32_t row = 0; row < c->rows; row++) {
      bool error = column_is_error(c, row), known = !error && column_is_known(c, row), sound = true;
      if (known) sound = bound_holds(arena, &bounds[node], c, row);
      if (!known && n->space == ROOT_SPACE && !has_error(&rows[row]))
        sound = error ? bounds[node].may_fail : bounds[node].may_miss;
      if (!sound)
        fail_msg("program %u: node %u (operation %u) at row %u is outside its bound", program_number, node, n->op, row);
    }
  }
}

enum { PROGRAMS = 500, ROWS = 10 };

static uint32_t check_program(Naive *naive) {
  static Row completions[COMPLETIONS_MOST];
  Arena *arena = arena_new(), *scratch = arena_new();
  Plan *p = arena_new_of(arena, Plan);
  Row rows[ROWS];
  uint32_t cases = 0;
  make_plan(p, arena);
  for (uint32_t r = 0; r < ROWS; r++) random_row(p, &rows[r], 5 + chance(25));
  Evaluation *partial = evaluate_rows(p, arena, rows, ROWS);
  const Bound *bounds = bounds_of_plan(p, arena);
  check_bounds(p, scratch, bounds, partial, rows);
  for (uint32_t r = 0; r < ROWS; r++) {
    check_alone(p, scratch, partial, r, &rows[r]);
    uint32_t count = completions_of(p, &rows[r], completions);
    Evaluation *full = evaluate_rows(p, scratch, completions, count);
    check_bounds(p, scratch, bounds, full, completions);
    for (uint32_t k = 0; k < count; k++) {
      check_naive(p, scratch, naive, full, k, &completions[k]);
      check_definite(p, scratch, partial, r, rows[r].item_count, full, k);
    }
    cases += count;
    arena_reset(scratch);
  }
  arena_free(arena);
  arena_free(scratch);
  return cases;
}

static void definite_is_definite(void **state) {
  static Naive naive;
  uint32_t cases = 0;
  for (program_number = 0; program_number < PROGRAMS; program_number++) {
    seed = UINT64_C(0x9E3779B97F4A7C15) * (program_number + 1);
    cases += check_program(&naive);
  }
  print_message("%u completed rows\n", cases);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(definite_is_definite)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
