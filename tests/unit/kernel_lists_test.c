#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/workbench.h"

/* Kernels over lists, between spaces, and by dates. Yes/no: Y yes, N no, m missing, E error. Numbers that are not
 * known: m or E, with what is possible in brackets, and ~ where they may fail. */

static const char letters[] = "YNmE";

static void check_rows(Bench *b, uint32_t node, const char *table, uint32_t count) {
  const Column *c = bench_evaluate(b, NULL)->columns[node];
  assert_int_equal(c->rows, count);
  for (uint32_t i = 0; i < count; i++) {
    const char *got = bench_shown(b->arena, c, i), *wanted = bench_word(b->arena, table, i);
    if (strcmp(got, wanted) != 0) fail_msg("row %u is %s, not %s", i, got, wanted);
  }
}

static void set_numbers(Bench *b, uint32_t node, const int64_t *values, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) bench_set_number(b, node, i, num_of(values[i]));
}

static Range between(int64_t low, int64_t high) {
  return (Range){.low = num_of(low), .high = num_of(high), .has_low = true, .has_high = true};
}

/* ---- lists of two items: every membership, of a list that is complete, is not, may be, or is an error ---- */

typedef struct Pairs {
  Bench b;
  uint32_t space, member, complete, value;
} Pairs;

enum { PAIRS = 64 };

/* Rows: the completeness, then the first item's membership, then the second's. */
static void pairs_begin(Pairs *p, Arena *arena) {
  uint32_t counts[PAIRS];
  bench_begin(&p->b, arena, PAIRS);
  for (uint32_t i = 0; i < PAIRS; i++) counts[i] = 2;
  p->space = bench_list(&p->b, ROOT_SPACE, counts, PAIRS);
  p->complete = bench_input(&p->b, &bench_yes_no, ROOT_SPACE, PAIRS);
  p->member = bench_input(&p->b, &bench_yes_no, p->space, 2 * PAIRS);
  p->value = bench_input(&p->b, &bench_number, p->space, 2 * PAIRS);
  for (uint32_t i = 0; i < PAIRS; i++) {
    bench_set_letter(&p->b, p->complete, i, letters[i >> 4]);
    bench_set_letter(&p->b, p->member, 2 * i, letters[i >> 2 & 3]);
    bench_set_letter(&p->b, p->member, 2 * i + 1, letters[i & 3]);
    bench_set_number(&p->b, p->value, 2 * i, num_of(5));
    bench_set_number(&p->b, p->value, 2 * i + 1, num_of(3));
  }
}

static void check_pairs(OpKind op, bool bounded, const char *table) {
  Arena *arena = arena_new();
  Pairs p;
  pairs_begin(&p, arena);
  if (bounded) bench_column(&p.b, p.value)->any = between(1, 9);
  uint32_t node =
      bench_op(&p.b, op, &bench_number, ROOT_SPACE, p.member, p.complete, op == OP_COUNT ? NO_NODE : p.value);
  p.b.nodes.at[node].index = p.space;
  check_rows(&p.b, node, table, PAIRS);
  arena_free(arena);
}

/* Four rows of each table: the list is complete, is not, may be, is an error. In a row: the second item belongs, does
 * not, may, is an error, with the first as one that does; then that does not; that may; that is an error. */
static void counting(void **state) {
  check_pairs(OP_COUNT, false,
              "2 1 m[1,2] E[1,2]  1 0 m[0,1] E[0,1]  m[1,2] m[0,1] m[0,2] E[0,2]  E[1,2] E[0,1] E[0,2] E[0,2] "
              "m[2,] m[1,] m[1,] E[1,]  m[1,] m[0,] m[0,] E[0,]  m[1,] m[0,] m[0,] E[0,]  E[1,] E[0,] E[0,] E[0,] "
              "m[2,] m[1,] m[1,] E[1,]  m[1,] m[0,] m[0,] E[0,]  m[1,] m[0,] m[0,] E[0,]  E[1,] E[0,] E[0,] E[0,] "
              "E[2,] E[1,] E[1,] E[1,]  E[1,] E[0,] E[0,] E[0,]  E[1,] E[0,] E[0,] E[0,]  E[1,] E[0,] E[0,] E[0,]");
}

/* Of 5 and 3; an item yet to come has 1 to 9. */
static void sums(void **state) {
  check_pairs(OP_SUM, true,
              "8 5 m[5,8] E[5,8]  3 0 m[0,3] E[0,3]  m[3,8] m[0,5] m[0,8] E[0,8]  E[3,8] E[0,5] E[0,8] E[0,8] "
              "m[8,] m[5,] m[5,] E[5,]  m[3,] m[0,] m[0,] E[0,]  m[3,] m[0,] m[0,] E[0,]  E[3,] E[0,] E[0,] E[0,] "
              "m[8,] m[5,] m[5,] E[5,]  m[3,] m[0,] m[0,] E[0,]  m[3,] m[0,] m[0,] E[0,]  E[3,] E[0,] E[0,] E[0,] "
              "E[8,] E[5,] E[5,] E[5,]  E[3,] E[0,] E[0,] E[0,]  E[3,] E[0,] E[0,] E[0,]  E[3,] E[0,] E[0,] E[0,]");
}

/* Where none belongs for sure there may be none at all, which is an error. */
static void the_smallest(void **state) {
  check_pairs(OP_SMALLEST, true,
              "3 5 m[3,5] E[3,5]  3 E m[3,3]~ E  3 m[5,5]~ m[3,5]~ E  3 E E E "
              "m[1,3] m[1,5] m[1,5] E[1,5]  m[1,3] m[1,9]~ m[1,9]~ E  m[1,3] m[1,9]~ m[1,9]~ E  E[1,3] E E E "
              "m[1,3] m[1,5] m[1,5] E[1,5]  m[1,3] m[1,9]~ m[1,9]~ E  m[1,3] m[1,9]~ m[1,9]~ E  E[1,3] E E E "
              "E[1,3] E[1,5] E[1,5] E[1,5]  E[1,3] E E E              E[1,3] E E E              E[1,3] E E E");
}

/* The value of the only item that belongs; which one that is must be sure. */
static void the_one(void **state) {
  Arena *arena = arena_new();
  Pairs p;
  pairs_begin(&p, arena);
  bench_column(&p.b, p.value)->any = between(1, 9);
  uint32_t pick = bench_op(&p.b, OP_PICK, NULL, ROOT_SPACE, p.member, p.complete, NO_NODE);
  p.b.nodes.at[pick].index = p.space;
  uint32_t node = bench_op(&p.b, OP_PICKED, &bench_number, ROOT_SPACE, p.value, pick, NO_NODE);
  check_rows(&p.b, node,
             "E 5 m[3,5]~ E        3 E m[3,3]~ E              m[3,5]~ m[5,5]~ m[3,5]~ E  E E E E "
             "E m[1,9]~ m[1,9]~ E  m[1,9]~ m[1,9]~ m[1,9]~ E  m[1,9]~ m[1,9]~ m[1,9]~ E  E E E E "
             "E m[1,9]~ m[1,9]~ E  m[1,9]~ m[1,9]~ m[1,9]~ E  m[1,9]~ m[1,9]~ m[1,9]~ E  E E E E "
             "E E E E              E E E E                    E E E E                    E E E E",
             PAIRS);
  arena_free(arena);
}

static const Fault *fault_of(Bench *b, uint32_t node, uint32_t row) {
  const Column *c = bench_evaluate(b, NULL)->columns[node];
  assert_true(column_is_error(c, row));
  return c->faults[row];
}

static void faults_of_lists(void **state) {
  Arena *arena = arena_new();
  Pairs p;
  pairs_begin(&p, arena);
  uint32_t pick = bench_op(&p.b, OP_PICK, NULL, ROOT_SPACE, p.member, p.complete, NO_NODE);
  uint32_t largest = bench_op(&p.b, OP_LARGEST, &bench_number, ROOT_SPACE, p.member, p.complete, p.value);
  p.b.nodes.at[pick].index = p.b.nodes.at[largest].index = p.space;
  assert_int_equal(fault_of(&p.b, pick, 0)->code, MSG_R0107);
  assert_int_equal(fault_of(&p.b, pick, 16)->code, MSG_R0107); /* more can only make it worse */
  assert_int_equal(fault_of(&p.b, pick, 5)->code, MSG_R0106);
  assert_int_equal(fault_of(&p.b, pick, 3)->line, p.member);
  assert_int_equal(fault_of(&p.b, largest, 5)->code, MSG_R0105);
  assert_int_equal(fault_of(&p.b, largest, 5)->span.start, largest);
  assert_int_equal(fault_of(&p.b, largest, 49)->line, p.complete);
  arena_free(arena);
}

/* Long lists, whose items begin and end anywhere in words of 64, in both lanes. */
static void long_lists(void **state) {
  Arena *arena = arena_new();
  for (int exact = 0; exact < 2; exact++) {
    enum { ROWS = 70 };
    Bench b;
    uint32_t counts[ROWS], total = 0;
    for (uint32_t i = 0; i < ROWS; i++) total += counts[i] = i * 7 % 150;
    bench_begin(&b, arena, ROWS);
    uint32_t space = bench_list(&b, ROOT_SPACE, counts, ROWS);
    uint32_t member = bench_input(&b, &bench_yes_no, space, total), value = bench_input(&b, &bench_number, space, total);
    for (uint32_t i = 0; i < total; i++) {
      bench_set_letter(&b, member, i, i % 3 ? 'Y' : 'N');
      bench_set_number(&b, value, i, exact ? num_fraction(arena, i, 7) : num_of(i));
    }
    const OpKind ops[] = {OP_COUNT, OP_SUM, OP_SMALLEST, OP_LARGEST};
    uint32_t nodes[4];
    for (int k = 0; k < 4; k++) {
      nodes[k] = bench_op(&b, ops[k], &bench_number, ROOT_SPACE, member, NO_NODE, k ? value : NO_NODE);
      b.nodes.at[nodes[k]].index = space;
    }
    Evaluation *e = bench_evaluate(&b, NULL);
    for (uint32_t row = 0, first = 0; row < ROWS; first += counts[row++]) {
      int64_t count = 0, sum = 0, smallest = INT64_MAX, largest = -1;
      for (uint32_t i = first; i < first + counts[row]; i++)
        if (i % 3) count++, sum += i, smallest = i < smallest ? i : smallest, largest = i;
      int64_t d = exact ? 7 : 1;
      assert_true(num_equal(column_number(arena, e->columns[nodes[0]], row), num_of(count)));
      assert_true(num_equal(column_number(arena, e->columns[nodes[1]], row), num_fraction(arena, sum, d)));
      assert_int_equal(column_is_known(e->columns[nodes[2]], row), count > 0);
      if (count == 0) continue;
      assert_true(num_equal(column_number(arena, e->columns[nodes[2]], row), num_fraction(arena, smallest, d)));
      assert_true(num_equal(column_number(arena, e->columns[nodes[3]], row), num_fraction(arena, largest, d)));
    }
  }
  arena_free(arena);
}

static void a_sum_too_large_for_units(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 2);
  uint32_t space = bench_list(&b, ROOT_SPACE, (const uint32_t[]){2, 1}, 2);
  uint32_t value = bench_input(&b, &bench_number, space, 3);
  set_numbers(&b, value, (const int64_t[]){INT64_MAX, 1, 4}, 3);
  uint32_t node = bench_op(&b, OP_SUM, &bench_number, ROOT_SPACE, NO_NODE, NO_NODE, value);
  b.nodes.at[node].index = space;
  check_rows(&b, node, "9223372036854775808 4", 2);
  arena_free(arena);
}

/* Two items that are there, 5 and 3, of a list that may go on. What is added is chosen, or divided, by others. */
static void items_yet_to_come(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 1);
  uint32_t space = bench_list(&b, ROOT_SPACE, (const uint32_t[]){2}, 1);
  uint32_t complete = bench_input(&b, &bench_yes_no, ROOT_SPACE, 1), which = bench_input(&b, &bench_yes_no, space, 2);
  uint32_t x = bench_input(&b, &bench_number, space, 2), y = bench_input(&b, &bench_number, space, 2);
  set_numbers(&b, x, (const int64_t[]){5, 3}, 2);
  set_numbers(&b, y, (const int64_t[]){1, 1}, 2);
  for (uint32_t i = 0; i < 2; i++) bench_set_letter(&b, which, i, 'N');
  uint32_t chosen = bench_op(&b, OP_IF, &bench_number, space, which, y, x);
  uint32_t share = bench_binary(&b, OP_DIVIDE, &bench_number, x, y);
  uint32_t floored = bench_binary(&b, OP_GREATER, &bench_number, share, x);
  const uint32_t values[] = {x, chosen, floored};
  uint32_t sums[3];
  for (int i = 0; i < 3; i++) {
    sums[i] = bench_op(&b, OP_SUM, &bench_number, ROOT_SPACE, NO_NODE, complete, values[i]);
    b.nodes.at[sums[i]].index = space;
  }
  bench_column(&b, x)->any = between(0, 9);
  bench_column(&b, y)->any = between(-1, 9);
  check_rows(&b, sums[0], "m[8,]", 1);
  check_rows(&b, sums[1], "m", 1);      /* the other choice may be negative */
  check_rows(&b, sums[2], "m[8,]~", 1); /* the other divisor may be 0 */
  bench_column(&b, y)->any = between(2, 9);
  check_rows(&b, sums[1], "m[8,]", 1);
  check_rows(&b, sums[2], "m[8,]", 1);
  arena_free(arena);
}

/* ---- between spaces ---- */

/* Two applications with two lists and one inside the first: 2 and 1 items, with 1, 0 and 2 items inside. */
typedef struct House {
  Bench b;
  uint32_t outer, inner, other, x, y, z, w;
} House;

static void house_begin(House *h, Arena *arena) {
  Bench *b = &h->b;
  bench_begin(b, arena, 2);
  h->outer = bench_list(b, ROOT_SPACE, (const uint32_t[]){2, 1}, 2);
  h->inner = bench_list(b, h->outer, (const uint32_t[]){1, 0, 2}, 3);
  h->other = bench_list(b, ROOT_SPACE, (const uint32_t[]){1, 2}, 2);
  h->x = bench_input(b, &bench_number, ROOT_SPACE, 2);
  h->y = bench_input(b, &bench_number, h->outer, 3);
  h->z = bench_input(b, &bench_number, h->inner, 3);
  h->w = bench_input(b, &bench_number, h->other, 3);
  set_numbers(b, h->x, (const int64_t[]){1, 2}, 2);
  set_numbers(b, h->y, (const int64_t[]){10, 20}, 2); /* the third is missing */
  set_numbers(b, h->z, (const int64_t[]){100, 200, 300}, 3);
  set_numbers(b, h->w, (const int64_t[]){7, 8, 9}, 3);
}

static void values_of_what_is_around(void **state) {
  Arena *arena = arena_new();
  House h;
  house_begin(&h, arena);
  uint32_t near = bench_op(&h.b, OP_SPREAD, &bench_number, h.inner, h.y, NO_NODE, NO_NODE);
  uint32_t far = bench_op(&h.b, OP_SPREAD, &bench_number, h.inner, h.x, NO_NODE, NO_NODE);
  uint32_t same = bench_op(&h.b, OP_SPREAD, &bench_number, ROOT_SPACE, h.x, NO_NODE, NO_NODE);
  check_rows(&h.b, near, "10 m m", 3);
  check_rows(&h.b, far, "1 2 2", 3);
  check_rows(&h.b, same, "1 2", 2);
  arena_free(arena);
}

/* The other list for every item of the innermost one: 7 for the first application's, 8 and 9 twice for the second's. */
static void a_list_for_every_item_of_another(void **state) {
  Arena *arena = arena_new();
  House h;
  house_begin(&h, arena);
  uint32_t space = bench_space(&h.b, SPACE_REPEAT, h.inner, h.other);
  uint32_t again = bench_op(&h.b, OP_REPEAT, &bench_number, space, h.w, NO_NODE, NO_NODE);
  uint32_t around = bench_op(&h.b, OP_SPREAD, &bench_number, space, h.z, NO_NODE, NO_NODE);
  uint32_t outermost = bench_op(&h.b, OP_SPREAD, &bench_number, space, h.x, NO_NODE, NO_NODE);
  uint32_t sum = bench_op(&h.b, OP_SUM, &bench_number, h.inner, NO_NODE, NO_NODE, again);
  h.b.nodes.at[sum].index = space;
  check_rows(&h.b, again, "7 8 9 8 9", 5);
  check_rows(&h.b, around, "100 200 200 300 300", 5);
  check_rows(&h.b, outermost, "1 2 2 2 2", 5);
  check_rows(&h.b, sum, "7 17 17", 3);
  arena_free(arena);
}

static void literal_lists(void **state) {
  Arena *arena = arena_new();
  House h;
  house_begin(&h, arena);
  uint32_t space = bench_space(&h.b, SPACE_LITERAL, h.outer, 2);
  uint32_t x = bench_op(&h.b, OP_SPREAD, &bench_number, h.outer, h.x, NO_NODE, NO_NODE);
  uint32_t half = bench_number_of(&h.b, h.outer, &bench_number, num_fraction(arena, 1, 2));
  uint32_t sum = bench_binary(&h.b, OP_ADD, &bench_number, x, half);
  uint32_t items = bench_op(&h.b, OP_ITEMS, &bench_number, space, NO_NODE, NO_NODE, NO_NODE);
  h.b.nodes.at[items].first = bench_arguments(&h.b, (const uint32_t[]){h.y, sum}, 2);
  h.b.nodes.at[items].count = 2;
  check_rows(&h.b, items, "10 1.5 20 1.5 m 2.5", 6);
  uint32_t none = bench_space(&h.b, SPACE_LITERAL, ROOT_SPACE, 0);
  uint32_t empty = bench_op(&h.b, OP_ITEMS, &bench_number, none, NO_NODE, NO_NODE, NO_NODE);
  check_rows(&h.b, empty, "", 0);
  arena_free(arena);
}

static void tables(void **state) {
  Arena *arena = arena_new();
  House h;
  house_begin(&h, arena);
  Constant cells[6] = {{.number = num_of(1)}, {.number = num_fraction(arena, 1, 2)},
                       {.number = num_of(2)}, {.missing = true},
                       {.number = num_of(3)}, {.number = num_of(7)}};
  Table table = {.row_count = 3, .column_count = 2, .cells = cells};
  h.b.program.tables = &table;
  uint32_t space = bench_space(&h.b, SPACE_TABLE, ROOT_SPACE, 0);
  uint32_t first = bench_op(&h.b, OP_TABLE, &bench_number, space, NO_NODE, NO_NODE, NO_NODE);
  uint32_t second = bench_op(&h.b, OP_TABLE, &bench_number, space, NO_NODE, NO_NODE, NO_NODE);
  h.b.nodes.at[second].index = 1;
  check_rows(&h.b, first, "1 2 3 1 2 3", 6);
  check_rows(&h.b, second, "0.5 m 7 0.5 m 7", 6);
  cells[5].number = num_fraction(arena, 1, 3);
  check_rows(&h.b, second, "0.5 m 0.3333333333333333333333333333333333 0.5 m 0.3333333333333333333333333333333333", 6);
  arena_free(arena);
}

static bool refused(Bench *b) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) return true;
  bench_evaluate(b, NULL);
  memory_trap_pop(&trap);
  return false;
}

/* A list, for every item of itself, twice over. */
static void too_many_rows_are_refused(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 1);
  uint32_t list = bench_list(&b, ROOT_SPACE, (const uint32_t[]){300}, 1);
  uint32_t again = bench_space(&b, SPACE_REPEAT, list, list);
  assert_false(refused(&b));
  bench_space(&b, SPACE_REPEAT, again, list);
  assert_true(refused(&b));
  b.spaces.at[3] = (Space){SPACE_LITERAL, again, 200};
  assert_true(refused(&b));
  arena_free(arena);
}

/* ---- by date ---- */

static int64_t day(int32_t year, int32_t month, int32_t of_month) {
  return date_of_civil((Civil){year, month, of_month});
}

/* x from 2010, y from 2015, none from 2020, y again from 2025. */
static uint32_t add_rate(Bench *b, uint32_t date, const Type *type, uint32_t x, uint32_t y, View label) {
  static const int32_t years[] = {2010, 2015, 2020, 2025};
  uint32_t first = b->periods.count;
  for (int i = 0; i < 4; i++) list_push(b->arena, &b->periods, ((Period){.from = day(years[i], 1, 1)}));
  uint32_t node = bench_unary(b, OP_DATED, type, date);
  b->nodes.at[node].first = bench_arguments(b, (const uint32_t[]){x, y, NO_NODE, y}, 4);
  b->nodes.at[node].count = 4;
  b->nodes.at[node].index = first;
  b->nodes.at[node].label = label;
  return node;
}

static void values_by_date(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 8);
  uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, 8);
  const int64_t dates[] = {day(2009, 12, 31), day(2010, 1, 1), day(2014, 12, 31),
                           day(2015, 1, 1),   day(2020, 1, 1), day(2031, 5, 5)};
  set_numbers(&b, date, dates, 6);
  bench_set_error(&b, date, 7);
  uint32_t x = bench_number_of(&b, ROOT_SPACE, &bench_number, num_of(1)),
           y = bench_number_of(&b, ROOT_SPACE, &bench_number, num_fraction(arena, 5, 2));
  uint32_t rate = add_rate(&b, date, &bench_number, x, y, VIEW("own part"));
  check_rows(&b, rate, "E 1 1 2.5 E 2.5 m[1,2.5]~ E", 8);
  const Fault *fault = fault_of(&b, rate, 0);
  assert_int_equal(fault->code, MSG_R0104);
  assert_true(view_is(fault->arguments[0], "own part") && view_is(fault->arguments[1], "2009-12-31"));
  assert_true(view_is(fault_of(&b, rate, 4)->arguments[1], "2020-01-01"));
  assert_int_equal(fault_of(&b, rate, 7)->line, date);
  /* what is known of the date may be enough */
  bench_column(&b, date)->any = between(day(2015, 3, 1), day(2019, 12, 31));
  check_rows(&b, rate, "E 1 1 2.5 E 2.5 2.5 E", 8);
  bench_column(&b, date)->any.low = num_of(day(2013, 3, 1));
  check_rows(&b, rate, "E 1 1 2.5 E 2.5 m[1,2.5] E", 8);
  arena_free(arena);
}

/* Without a label it is the ladder, which a level is not on where nothing is said. */
static void on_the_ladder(void **state) {
  Arena *arena = arena_new();
  for (int ladder = 0; ladder < 2; ladder++) {
    Bench b;
    bench_begin(&b, arena, 6);
    uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, 6);
    set_numbers(&b, date, (const int64_t[]){day(2009, 12, 31), day(2010, 1, 1), day(2016, 1, 1), day(2020, 1, 1)}, 4);
    bench_set_error(&b, date, 5);
    uint32_t yes = bench_constant(&b, ROOT_SPACE, (Constant){.type = &bench_yes_no, .yes = true});
    uint32_t no = bench_constant(&b, ROOT_SPACE, (Constant){.type = &bench_yes_no});
    uint32_t node = add_rate(&b, date, &bench_yes_no, yes, no, ladder ? (View){0} : VIEW("open"));
    const Column *c = bench_evaluate(&b, NULL)->columns[node];
    for (uint32_t i = 0; i < 6; i++) assert_int_equal(bench_letter(c, i), (ladder ? "NYNNmE" : "EYNEmE")[i]);
  }
  arena_free(arena);
}

static void the_date_of_the_rules(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 2);
  uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, 2);
  set_numbers(&b, date, (const int64_t[]){100}, 1);
  uint32_t own = bench_unary(&b, OP_AS_OF, &bench_date, date);
  uint32_t given = bench_op(&b, OP_AS_OF, &bench_date, ROOT_SPACE, NO_NODE, NO_NODE, NO_NODE);
  check_rows(&b, own, "100 m", 2);
  check_rows(&b, given, "m m", 2);
  Evaluation *e = bench_evaluate(&b, &(EvaluateOptions){.has_as_of = true, .as_of = 7});
  for (uint32_t i = 0; i < 2; i++) assert_true(e->columns[own]->units[i] == 7 && e->columns[given]->units[i] == 7);
  arena_free(arena);
}

/* ---- calendar ---- */

typedef struct Sum {
  OpKind op;
  const Type *type, *a_type;
  int64_t a, b;
  const char *wanted;
  MessageCode code;
} Sum;

static void dates_and_durations(void **state) {
  const int64_t noon = day(2024, 1, 31) * 86400 + 11 * 3600, far = DATE_MAX * INT64_C(86400);
  const Sum sums[] = {
      {OP_YEAR, &bench_number, &bench_date, day(2024, 2, 29), 0, "2024", 0},
      {OP_MONTH, &bench_number, &bench_date, day(2024, 2, 29), 0, "2", 0},
      {OP_DAY, &bench_number, &bench_date, day(2024, 2, 29), 0, "29", 0},
      {OP_WEEKDAY, &bench_number, &bench_date, day(2024, 2, 29), 0, "4", 0},
      {OP_ADD_MONTHS, &bench_number, &bench_date, 30, 1, "58", 0}, /* 31 January, 28 February */
      {OP_ADD_MONTHS, &bench_date, &bench_date, DATE_MAX, 1, "E", MSG_R0108},
      {OP_ADD_SECONDS, &bench_date, &bench_date, 30, 86400 * 3, "33", 0},
      {OP_ADD_SECONDS, &bench_date, &bench_date, 30, 86401, "E", MSG_R0110},
      {OP_ADD_SECONDS, &bench_date, &bench_date, DATE_MAX, 86400, "E", MSG_R0108},
      {OP_MONTHS_BETWEEN, &bench_number, &bench_date, day(2024, 1, 31), day(2024, 3, 30), "1", 0},
      {OP_ADD_MONTHS_MOMENT, &bench_number, &bench_moment, noon, 6, "1722420000",
       0}, /* noon in summer is an hour earlier */
      {OP_ADD_MONTHS_MOMENT, &bench_moment, &bench_moment, far - 86400, 1, "E", MSG_R0108},
      {OP_ADD, &bench_moment, &bench_moment, far - 86400, 3 * 86400, "E", MSG_R0108},
      {OP_SUBTRACT, &bench_date, &bench_date, DATE_MIN, 1, "E", MSG_R0108},
      {OP_SUBTRACT, &bench_duration, &bench_date, DATE_MIN, 1, "-719163", 0},
      {OP_DATE_OF, &bench_number, &bench_moment, day(2024, 7, 1) * 86400 - 3600, 0, "19905",
       0}, /* past midnight in Oslo */
      {OP_MOMENT_OF, &bench_number, &bench_date, 0, 0, "-3600", 0},
  };
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
    Arena *arena = arena_new();
    Bench b;
    bench_begin(&b, arena, 1);
    b.program.zone = zone_load(arena, VIEW("Europe/Oslo"));
    uint32_t x = bench_input(&b, sums[i].a_type, ROOT_SPACE, 1), y = bench_input(&b, &bench_number, ROOT_SPACE, 1);
    set_numbers(&b, x, &sums[i].a, 1);
    set_numbers(&b, y, &sums[i].b, 1);
    uint32_t node = bench_binary(&b, sums[i].op, sums[i].type, x, y);
    check_rows(&b, node, sums[i].wanted, 1);
    if (*sums[i].wanted == 'E') assert_int_equal(fault_of(&b, node, 0)->code, sums[i].code);
    arena_free(arena);
  }
}
static void parts_of_months_are_no_way_to_move(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 1);
  uint32_t x = bench_input(&b, &bench_date, ROOT_SPACE, 1), y = bench_input(&b, &bench_months, ROOT_SPACE, 1);
  set_numbers(&b, x, (const int64_t[]){0}, 1);
  bench_set_number(&b, y, 0, num_fraction(arena, 3, 2));
  uint32_t node = bench_binary(&b, OP_ADD_MONTHS, &bench_date, x, y);
  assert_int_equal(fault_of(&b, node, 0)->code, MSG_R0112);
  arena_free(arena);
}

static void dates_from_their_parts(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 4);
  uint32_t parts[3];
  for (int i = 0; i < 3; i++) parts[i] = bench_input(&b, &bench_number, ROOT_SPACE, 4);
  set_numbers(&b, parts[0], (const int64_t[]){2024, 2023, 1970}, 3);
  set_numbers(&b, parts[1], (const int64_t[]){2, 2, 1, 1}, 4);
  set_numbers(&b, parts[2], (const int64_t[]){29, 29}, 2);
  bench_set_number(&b, parts[2], 2, num_fraction(arena, 3, 2));
  uint32_t node = bench_op(&b, OP_DATE_MAKE, &bench_date, ROOT_SPACE, parts[0], parts[1], parts[2]);
  check_rows(&b, node, "19782 E E m[-719162,2932896]~", 4);
  assert_int_equal(fault_of(&b, node, 1)->code, MSG_R0109);
  assert_true(view_is(fault_of(&b, node, 1)->arguments[0], "2023-02-29"));
  assert_true(view_is(fault_of(&b, node, 2)->arguments[0], "1970-01-1.5"));
  arena_free(arena);
}

/* What bounds say of an unknown date goes through the calendar. */
static void unknown_dates(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 1);
  b.program.zone = zone_load(arena, VIEW("Europe/Oslo"));
  uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, 1), moment = bench_input(&b, &bench_moment, ROOT_SPACE, 1);
  uint32_t more = bench_input(&b, &bench_months, ROOT_SPACE, 1);
  uint32_t year = bench_number_of(&b, ROOT_SPACE, &bench_months, num_of(12));
  uint32_t start = bench_number_of(&b, ROOT_SPACE, &bench_date, num_of(day(2023, 12, 31)));
  uint32_t later = bench_binary(&b, OP_ADD_MONTHS, &bench_date, date, year);
  uint32_t next = bench_binary(&b, OP_ADD, &bench_date, date, year);
  bench_column(&b, date)->any = between(day(2024, 1, 31), day(2024, 12, 31));
  bench_column(&b, more)->any = between(1, 2);
  check_rows(&b, bench_unary(&b, OP_YEAR, &bench_number, date), "2024", 1);
  check_rows(&b, bench_unary(&b, OP_MONTH, &bench_number, date), "m[1,12]", 1);
  check_rows(&b, later, "m[20119,20453]", 1);
  check_rows(&b, next, "m[19765,20100]", 1);
  check_rows(&b, bench_binary(&b, OP_MONTHS_BETWEEN, &bench_number, start, date), "m[1,12]", 1);
  check_rows(&b, bench_unary(&b, OP_DATE_OF, &bench_date, moment), "m[-719162,2932896]", 1);
  /* it may be a month and a half */
  check_rows(&b, bench_binary(&b, OP_ADD_MONTHS, &bench_date, start, more), "m[19753,19782]~", 1);
  /* it may be the last year there is */
  bench_column(&b, date)->any.high = num_of(DATE_MAX);
  check_rows(&b, later, "m[20119,]~", 1);
  check_rows(&b, next, "m[19765,2932908]~", 1);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(counting),
      cmocka_unit_test(sums),
      cmocka_unit_test(the_smallest),
      cmocka_unit_test(the_one),
      cmocka_unit_test(faults_of_lists),
      cmocka_unit_test(long_lists),
      cmocka_unit_test(a_sum_too_large_for_units),
      cmocka_unit_test(items_yet_to_come),
      cmocka_unit_test(values_of_what_is_around),
      cmocka_unit_test(a_list_for_every_item_of_another),
      cmocka_unit_test(literal_lists),
      cmocka_unit_test(tables),
      cmocka_unit_test(too_many_rows_are_refused),
      cmocka_unit_test(values_by_date),
      cmocka_unit_test(on_the_ladder),
      cmocka_unit_test(the_date_of_the_rules),
      cmocka_unit_test(dates_and_durations),
      cmocka_unit_test(parts_of_months_are_no_way_to_move),
      cmocka_unit_test(dates_from_their_parts),
      cmocka_unit_test(unknown_dates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
