/* Workbench: a checked program and a batch put together by hand, node by node,
 * for tests of the evaluator that are not to depend on the checker or on a
 * reader. Everything lives in one arena. */
#ifndef TESTS_WORKBENCH_H
#define TESTS_WORKBENCH_H

#include <string.h>
#include "eval/evaluate.h"

enum { BENCH_INPUTS = 64, BENCH_SPACES = 16 };

typedef struct Bench {
  Arena *arena;
  Program program;
  Batch batch;
  Column *inputs[BENCH_INPUTS];
  ItemRows items[BENCH_SPACES];
  LIST(Node) nodes;
  LIST(uint32_t) arguments;
  LIST(Constant) constants;
  LIST(Period) periods;
  LIST(Space) spaces;
} Bench;

static const Type bench_yes_no = {.kind = TYPE_YES_NO}, bench_number = {.kind = TYPE_NUMBER},
                  bench_text = {.kind = TYPE_TEXT}, bench_date = {.kind = TYPE_DATE},
                  bench_moment = {.kind = TYPE_MOMENT}, bench_months = {.kind = TYPE_MONTHS},
                  bench_duration = {.kind = TYPE_DURATION};

static inline void bench_begin(Bench *b, Arena *arena, uint32_t rows) {
  memset(b, 0, sizeof *b);
  b->arena = arena;
  b->program.as_of = b->program.as_of_source = b->program.as_known_on = NO_NODE;
  b->batch.arena = arena;
  b->batch.rows = rows;
  b->batch.inputs = b->inputs;
  b->batch.items = b->items;
  list_push(arena, &b->spaces, ((Space){SPACE_ROOT, NO_INDEX, 0}));
}

static inline uint32_t bench_node(Bench *b, Node node) {
  list_push(b->arena, &b->nodes, node);
  return b->nodes.count - 1;
}

/* An operation in the space of `space`, with up to three operands. */
static inline uint32_t bench_op(Bench *b, OpKind op, const Type *type, uint32_t space, uint32_t a, uint32_t c,
                                uint32_t d) {
  return bench_node(
      b, (Node){.op = op, .type = type, .space = space, .a = a, .b = c, .c = d, .span = {0, b->nodes.count, 0}});
}

static inline uint32_t bench_binary(Bench *b, OpKind op, const Type *type, uint32_t a, uint32_t c) {
  return bench_op(b, op, type, b->nodes.at[a].space, a, c, NO_NODE);
}

static inline uint32_t bench_unary(Bench *b, OpKind op, const Type *type, uint32_t a) {
  return bench_op(b, op, type, b->nodes.at[a].space, a, NO_NODE, NO_NODE);
}

/* An input whose rows are all missing; bench_column is where they are set. */
static inline uint32_t bench_input(Bench *b, const Type *type, uint32_t space, uint32_t rows) {
  uint32_t input = b->program.input_count++;
  b->inputs[input] = column_new(b->arena, type, rows);
  uint32_t node = bench_op(b, OP_INPUT, type, space, NO_NODE, NO_NODE, NO_NODE);
  b->nodes.at[node].index = input;
  return node;
}

static inline Column *bench_column(Bench *b, uint32_t node) { return b->inputs[b->nodes.at[node].index]; }

static inline uint32_t bench_constant(Bench *b, uint32_t space, Constant constant) {
  list_push(b->arena, &b->constants, constant);
  uint32_t node = bench_op(b, OP_CONSTANT, constant.type, space, NO_NODE, NO_NODE, NO_NODE);
  b->nodes.at[node].index = b->constants.count - 1;
  return node;
}

static inline uint32_t bench_number_of(Bench *b, uint32_t space, const Type *type, Num number) {
  return bench_constant(b, space, (Constant){.type = type, .number = number});
}

static inline uint32_t bench_arguments(Bench *b, const uint32_t *nodes, uint32_t count) {
  uint32_t first = b->arguments.count;
  for (uint32_t i = 0; i < count; i++) list_push(b->arena, &b->arguments, nodes[i]);
  return first;
}

static inline uint32_t bench_space(Bench *b, SpaceKind kind, uint32_t parent, uint32_t index) {
  list_push(b->arena, &b->spaces, ((Space){kind, parent, index}));
  return b->spaces.count - 1;
}

/* A list field: the space of its items, of which parent row r has counts[r]. */
static inline uint32_t bench_list(Bench *b, uint32_t parent, const uint32_t *counts, uint32_t parent_rows) {
  uint32_t space = bench_space(b, SPACE_DATA, parent, b->spaces.count);
  ItemRows *items = &b->items[space];
  items->offsets = arena_array(b->arena, uint32_t, (size_t)parent_rows + 1);
  for (uint32_t i = 0; i < parent_rows; i++) items->offsets[i + 1] = items->offsets[i] + counts[i];
  items->rows = items->offsets[parent_rows];
  return space;
}

/* The lists become the program's arrays. Inputs may still be set afterwards. */
static inline void bench_end(Bench *b) {
  Program *p = &b->program;
  b->batch.program = p;
  p->arena = b->arena;
  p->nodes = b->nodes.at, p->node_count = p->rule_node_count = b->nodes.count;
  p->arguments = b->arguments.at, p->argument_count = b->arguments.count;
  p->constants = b->constants.at, p->constant_count = b->constants.count;
  p->periods = b->periods.at, p->period_count = b->periods.count;
  p->spaces = b->spaces.at, p->space_count = p->rule_space_count = b->spaces.count;
}

static inline Evaluation *bench_evaluate(Bench *b, const EvaluateOptions *options) {
  bench_end(b);
  return evaluate(b->arena, &b->batch, options);
}

/* ---- cells ---- */

static inline const Fault *bench_fault(Bench *b, uint32_t line) {
  Fault *fault = arena_new_of(b->arena, Fault);
  *fault = (Fault){.code = MSG_R0102, .line = line};
  return fault;
}

/* A yes/no as one letter: Y yes, N no, m missing, E error. */
static inline void bench_set_letter(Bench *b, uint32_t node, uint32_t row, char letter) {
  Column *c = bench_column(b, node);
  if (letter == 'Y') bit_set(c->yes, row);
  if (letter == 'N') bit_set(c->no, row);
  if (letter == 'E') column_fail(b->arena, c, row, bench_fault(b, node));
}

/* A table is written with blanks between its parts. Without them: */
static inline const char *bench_letters(Arena *arena, const char *table) {
  char *out = arena_alloc(arena, strlen(table) + 1);
  uint32_t length = 0;
  for (; *table; table++)
    if (*table != ' ') out[length++] = *table;
  return out;
}

/* Its i-th word; behind the last comes the first again. */
static inline const char *bench_word(Arena *arena, const char *table, uint32_t i) {
  const char *at = table;
  for (;; i--) {
    at += strspn(at, " ");
    if (!*at) at = table + strspn(table, " ");
    size_t length = strcspn(at, " ");
    if (i == 0) return view_format(arena, "%.*s", (int)length, at).at;
    at += length;
  }
}

static inline char bench_letter(const Column *c, uint32_t row) {
  bool yes = bit_get(c->yes, row), no = bit_get(c->no, row), error = column_is_error(c, row);
  if (yes + no + error > 1) return '#';
  return yes ? 'Y' : no ? 'N' : error ? 'E' : 'm';
}

/* The number of a row; with what is possible in brackets where it is not known, ~ where it may fail. */
static inline const char *bench_shown(Arena *arena, const Column *c, uint32_t row) {
  if (column_is_known(c, row)) {
    View text = num_text(arena, column_number(arena, c, row), NULL);
    return view_format(arena, "%.*s", (int)text.length, text.at).at;
  }
  const char *state = column_is_error(c, row) ? "E" : "m";
  Range r = c->ranges ? c->ranges[row] : c->any;
  if (column_is_error(c, row) && (!c->ranges || r.may_fail)) return state;
  if (!r.has_low && !r.has_high) return view_format(arena, "%s%s", state, r.may_fail ? "~" : "").at;
  View low = r.has_low ? num_text(arena, r.low, NULL) : VIEW(""),
       high = r.has_high ? num_text(arena, r.high, NULL) : VIEW("");
  return view_format(arena, "%s%s%.*s,%.*s%s%s", state, r.low_open ? "(" : "[", (int)low.length, low.at,
                     (int)high.length, high.at, r.high_open ? ")" : "]", r.may_fail ? "~" : "")
      .at;
}

static inline void bench_set_number(Bench *b, uint32_t node, uint32_t row, Num value) {
  Column *c = bench_column(b, node);
  int64_t units;
  if (!c->exact && !num_to_scaled(value, c->scale, &units)) {
    Num *exact = arena_array(b->arena, Num, c->rows);
    for (uint32_t i = 0; i < c->rows; i++)
      if (bit_get(c->known, i)) exact[i] = column_number(b->arena, c, i);
    c->exact = exact;
    c->units = NULL;
    c->scale = 0;
  }
  if (c->exact)
    c->exact[row] = value;
  else
    c->units[row] = units;
  bit_set(c->known, row);
}

static inline void bench_set_code(Bench *b, uint32_t node, uint32_t row, uint32_t code) {
  Column *c = bench_column(b, node);
  c->codes[row] = code;
  bit_set(c->known, row);
}

static inline void bench_set_text(Bench *b, uint32_t node, uint32_t row, View text) {
  Column *c = bench_column(b, node);
  c->texts[row] = text;
  bit_set(c->known, row);
}

static inline void bench_set_error(Bench *b, uint32_t node, uint32_t row) {
  column_fail(b->arena, bench_column(b, node), row, bench_fault(b, node));
}

#endif
