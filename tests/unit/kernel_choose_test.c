#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/workbench.h"

/* Kernels that choose: by what was known on a day, by an enumeration's value. Numbers that are not known: m or E, with
 * what is possible in brackets, and ~ where they may fail. */

static const EnumType three = {.count = 3};
static const Type three_type = {.kind = TYPE_ENUM, .values = &three};

/* ---- by what was known ---- */

/* 1 from day 10; from day 20 it was 2, as became known on day 25, and 3, as became known on day 30. Before anything was
 * known there is no value; the first became known on day 5. */
static uint32_t add_rate(Bench *b, uint32_t date, uint32_t known_on) {
  static const Period periods[] = {
      {.from = 10, .known_from = 5}, {.from = 20, .known_from = 25}, {.from = 20, .known_from = 30}};
  uint32_t values[3], first = b->periods.count;
  for (int i = 0; i < 3; i++) {
    list_push(b->arena, &b->periods, periods[i]);
    values[i] = bench_number_of(b, ROOT_SPACE, &bench_number, num_of(i + 1));
  }
  uint32_t node = bench_op(b, OP_DATED, &bench_number, ROOT_SPACE, date, known_on, NO_NODE);
  b->nodes.at[node].first = bench_arguments(b, values, 3);
  b->nodes.at[node].count = 3;
  b->nodes.at[node].index = first;
  b->nodes.at[node].label = VIEW("rate");
  return node;
}

static void check_rows(Bench *b, uint32_t node, const char *table, uint32_t count) {
  const Column *c = bench_evaluate(b, NULL)->columns[node];
  assert_int_equal(c->rows, count);
  for (uint32_t i = 0; i < count; i++) {
    const char *got = bench_shown(b->arena, c, i), *wanted = bench_word(b->arena, table, i);
    if (strcmp(got, wanted) != 0) fail_msg("row %u is %s, not %s", i, got, wanted);
  }
}

typedef struct Days {
  int date, known; /* -1: missing; -2: an error */
} Days;

static void set_days(Bench *b, uint32_t node, uint32_t row, int day) {
  if (day >= 0) bench_set_number(b, node, row, num_of(day));
  if (day == -2) bench_set_error(b, node, row);
}

static void values_by_what_was_known(void **state) {
  Arena *arena = arena_new();
  Bench b;
  static const Days rows[] = {{9, 40},  {10, 4},  {10, 5},  {19, 99}, {20, 24}, {20, 25},
                              {20, 29}, {20, 30}, {99, 99}, {-1, 24}, {20, -1}, {-1, -1}};
  enum { ROWS = sizeof rows / sizeof *rows };
  bench_begin(&b, arena, ROWS);
  uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, ROWS), known = bench_input(&b, &bench_date, ROOT_SPACE, ROWS);
  for (uint32_t i = 0; i < ROWS; i++) {
    set_days(&b, date, i, rows[i].date);
    set_days(&b, known, i, rows[i].known);
  }
  uint32_t rate = add_rate(&b, date, known);
  check_rows(&b, rate, "E E 1 1 1 2 2 3 3 m[1,1]~ m[1,3]~ m[1,3]~", ROWS);
  const Fault *fault = bench_evaluate(&b, NULL)->columns[rate]->faults[1];
  assert_int_equal(fault->code, MSG_R0125);
  assert_true(view_is(fault->arguments[0], "rate") && view_is(fault->arguments[1], "1970-01-11"));
  assert_true(view_is(fault->arguments[2], "1970-01-05"));
  /* what is known of the two days may be enough */
  bench_column(&b, date)->any = (Range){.low = num_of(20), .high = num_of(60), .has_low = true, .has_high = true};
  bench_column(&b, known)->any = (Range){.low = num_of(25), .high = num_of(29), .has_low = true, .has_high = true};
  check_rows(&b, rate, "E E 1 1 1 2 2 3 3 1 2 2", ROWS);
  arena_free(arena);
}

/* Known dates of one value each go as they are; errors in either day are errors. */
static void errors_of_either_day(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 3);
  uint32_t date = bench_input(&b, &bench_date, ROOT_SPACE, 3), known = bench_input(&b, &bench_date, ROOT_SPACE, 3);
  static const Days rows[] = {{-2, 40}, {20, -2}, {-2, -2}};
  for (uint32_t i = 0; i < 3; i++) {
    set_days(&b, date, i, rows[i].date);
    set_days(&b, known, i, rows[i].known);
  }
  uint32_t rate = add_rate(&b, date, known);
  const Column *c = bench_evaluate(&b, NULL)->columns[rate];
  for (uint32_t i = 0; i < 3; i++) assert_true(column_is_error(c, i));
  assert_int_equal(c->faults[0]->line, date);
  assert_int_equal(c->faults[1]->line, known);
  assert_int_equal(c->faults[2]->line, date);
  arena_free(arena);
}

/* ---- by an enumeration ---- */

/* What it is: a, b or c; ? any of them; 1 a or b; 2 b or c; E an error. Then the values for a, b and c. */
static void values_by_code(void **state) {
  static const char *const rows[] = {"aYNN Y", "bYNN N", "cYNE E", "aYEE Y", "bmYN Y", "amYN m", "?YYY Y",
                                     "?NNN N", "?YYm m", "1YYN Y", "1YNY m", "2YNN N", "2YNm m", "2EYY Y",
                                     "1EEY E", "EYYY Y", "ENYN E", "?EEE E", "1EYN m"};
  enum { ROWS = sizeof rows / sizeof *rows };
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, ROWS);
  uint32_t code = bench_input(&b, &three_type, ROOT_SPACE, ROWS), values[3];
  Column *codes = bench_column(&b, code);
  codes->masks = arena_array(arena, uint64_t, ROWS);
  for (uint32_t i = 0; i < ROWS; i++) codes->masks[i] = rows[i][0] == '1' ? 3 : rows[i][0] == '2' ? 6 : 7;
  for (int k = 0; k < 3; k++) values[k] = bench_input(&b, &bench_yes_no, ROOT_SPACE, ROWS);
  for (uint32_t i = 0; i < ROWS; i++) {
    if (rows[i][0] >= 'a') bench_set_code(&b, code, i, (uint32_t)(rows[i][0] - 'a'));
    if (rows[i][0] == 'E') bench_set_error(&b, code, i);
    for (int k = 0; k < 3; k++) bench_set_letter(&b, values[k], i, rows[i][1 + k]);
  }
  uint32_t node = bench_op(&b, OP_BY_CODE, &bench_yes_no, ROOT_SPACE, code, NO_NODE, NO_NODE);
  b.nodes.at[node].first = bench_arguments(&b, values, 3);
  b.nodes.at[node].count = 3;
  const Column *c = bench_evaluate(&b, NULL)->columns[node];
  for (uint32_t i = 0; i < ROWS; i++) {
    if (bench_letter(c, i) != rows[i][5]) fail_msg("%s is %c", rows[i], bench_letter(c, i));
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_by_what_was_known),
      cmocka_unit_test(errors_of_either_day),
      cmocka_unit_test(values_by_code),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
