#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/workbench.h"

/* The truth tables stand here in full. Y yes, N no, m missing, E error. Each
 * table is evaluated over so many rows that words of 64 are crossed. */

static const char letters[] = "YNmE";

enum { TIMES = 9 }; /* a table is repeated, so that its rows stand at other places of their words */

static void check_letters(const Column *c, const char *wanted, uint32_t rows, const char *what) {
  for (uint32_t i = 0; i < rows; i++) {
    char got = bench_letter(c, i);
    if (got != wanted[i % strlen(wanted)])
      fail_msg("%s: row %u is %c, not %c", what, i, got, wanted[i % strlen(wanted)]);
  }
}

/* Sets the inputs to every combination of the four letters, the first input changing slowest. */
static void set_combinations(Bench *b, const uint32_t *inputs, uint32_t count, uint32_t rows) {
  for (uint32_t row = 0; row < rows; row++)
    for (uint32_t i = 0; i < count; i++) bench_set_letter(b, inputs[i], row, letters[row >> 2 * (count - 1 - i) & 3]);
}

/* An operation on one to three yes/no inputs; `table` has a letter for every combination. */
static void check_table(OpKind op, uint32_t operands, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  const char *wanted = bench_letters(arena, table);
  uint32_t rows = (uint32_t)strlen(wanted) * TIMES;
  bench_begin(&b, arena, rows);
  uint32_t inputs[3] = {NO_NODE, NO_NODE, NO_NODE};
  for (uint32_t i = 0; i < operands; i++) inputs[i] = bench_input(&b, &bench_yes_no, ROOT_SPACE, rows);
  set_combinations(&b, inputs, operands, rows);
  uint32_t node = bench_op(&b, op, &bench_yes_no, ROOT_SPACE, inputs[0], inputs[1], inputs[2]);
  check_letters(bench_evaluate(&b, NULL)->columns[node], wanted, rows, table);
  arena_free(arena);
}

static void truth_tables_of_yes_and_no(void **state) {
  check_table(OP_NOT, 1, "NYmE");
  check_table(OP_IS_KNOWN, 1, "YYNE");
  check_table(OP_AND, 2,
              "YNmE "  /* yes and: yes, no, missing, error */
              "NNNN "  /* no and */
              "mNmE "  /* missing and */
              "ENEE"); /* error and */
  check_table(OP_OR, 2,
              "YYYY "
              "YNmE "
              "YmmE "
              "YEEE");
  check_table(OP_SAME, 2,
              "YNmE "
              "NYmE "
              "mmmE "
              "EEEE");
  check_table(OP_ASSUME, 2,
              "YYYY "
              "NNNN "
              "YNmE "
              "EEEE");
}

/* Blocks: then; letters of a block: else. */
static void truth_table_of_if(void **state) {
  check_table(OP_IF, 3,
              "YYYY NNNN mmmm EEEE "  /* if yes */
              "YNmE YNmE YNmE YNmE "  /* if no */
              "Ymmm mNmm mmmm mmmE "  /* if missing */
              "YEEE ENEE EEEE EEEE"); /* if error */
}

static void check_at_least(uint32_t k, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  uint32_t rows = 64 * TIMES, inputs[3];
  bench_begin(&b, arena, rows);
  for (uint32_t i = 0; i < 3; i++) inputs[i] = bench_input(&b, &bench_yes_no, ROOT_SPACE, rows);
  set_combinations(&b, inputs, 3, rows);
  uint32_t node = bench_op(&b, OP_AT_LEAST_OF, &bench_yes_no, ROOT_SPACE, NO_NODE, NO_NODE, NO_NODE);
  b.nodes.at[node].first = bench_arguments(&b, inputs, 3);
  b.nodes.at[node].count = 3;
  b.nodes.at[node].index = k;
  check_letters(bench_evaluate(&b, NULL)->columns[node], bench_letters(arena, table), rows, table);
  arena_free(arena);
}

/* Rows: the first argument; blocks: the second; letters: the third. */
static void truth_tables_of_at_least(void **state) {
  check_at_least(0, "Y");
  check_at_least(1, "YYYY YYYY YYYY YYYY "
                    "YYYY YNmE YmmE YEEE "
                    "YYYY YmmE YmmE YEEE "
                    "YYYY YEEE YEEE YEEE");
  check_at_least(2, "YYYY YNmE YmmE YEEE "
                    "YNmE NNNN mNmE ENEE "
                    "YmmE mNmE mmmE EEEE "
                    "YEEE ENEE EEEE EEEE");
  check_at_least(3, "YNmE NNNN mNmE ENEE "
                    "NNNN NNNN NNNN NNNN "
                    "mNmE NNNN mNmE ENEE "
                    "ENEE NNNN ENEE ENEE");
  check_at_least(4, "N");
}

/* ---- numbers ---- */

static void check_numbers(const Bench *b, const Column *c, const char *table, uint32_t rows) {
  for (uint32_t i = 0; i < rows; i++) {
    const char *got = bench_shown(b->arena, c, i), *wanted = bench_word(b->arena, table, i);
    if (strcmp(got, wanted) != 0) fail_msg("row %u is %s, not %s", i, got, wanted);
  }
}

/* Row by row: x is 0, 2, missing, an error; y likewise. */
static void set_number(Bench *b, uint32_t node, uint32_t row, uint32_t which) {
  if (which < 2) bench_set_number(b, node, row, num_of(2 * (int64_t)which));
  if (which == 3) bench_set_error(b, node, row);
}

/* With bounds, missing lies in [1, 3]. */
static void check_of_two(OpKind op, const Type *type, bool bounds, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  uint32_t rows = 16 * TIMES;
  bench_begin(&b, arena, rows);
  uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, rows), y = bench_input(&b, &bench_number, ROOT_SPACE, rows);
  for (uint32_t row = 0; row < rows; row++) {
    set_number(&b, x, row, row >> 2 & 3);
    set_number(&b, y, row, row & 3);
  }
  Range range = {.low = num_of(1), .high = num_of(3), .has_low = bounds, .has_high = bounds};
  bench_column(&b, x)->any = bench_column(&b, y)->any = range;
  uint32_t node = bench_binary(&b, op, type, x, y);
  const Column *c = bench_evaluate(&b, NULL)->columns[node];
  if (c->kind == COLUMN_BITS)
    check_letters(c, bench_letters(arena, table), rows, table);
  else
    check_numbers(&b, c, table, rows);
  arena_free(arena);
}

/* Blocks: 0, 2, missing, error; letters of a block: the same on the right. */
static void tables_of_comparisons(void **state) {
  check_of_two(OP_LESS, &bench_yes_no, false, "NYmE NNmE mmmE EEEE");
  check_of_two(OP_LESS, &bench_yes_no, true, "NYYE NNmE NmmE EEEE");
  check_of_two(OP_LESS_EQUAL, &bench_yes_no, false, "YYmE NYmE mmmE EEEE");
  check_of_two(OP_LESS_EQUAL, &bench_yes_no, true, "YYYE NYmE NmmE EEEE");
  check_of_two(OP_EQUAL, &bench_yes_no, false, "YNmE NYmE mmmE EEEE");
  check_of_two(OP_EQUAL, &bench_yes_no, true, "YNNE NYmE NmmE EEEE");
}

static void tables_of_sums(void **state) {
  check_of_two(OP_ADD, &bench_number, true,
               "0      2      m[1,3] E " /* 0 plus: 0, 2, missing, error */
               "2      4      m[3,5] E " /* 2 plus */
               "m[1,3] m[3,5] m[2,6] E " /* missing plus */
               "E      E      E      E");
  check_of_two(OP_ADD, &bench_number, false, "0 2 m E  2 4 m E  m m m E  E E E E");
  check_of_two(OP_SUBTRACT, &bench_number, true,
               "0      -2      m[-3,-1] E "
               "2      0       m[-1,1]  E "
               "m[1,3] m[-1,1] m[-2,2]  E "
               "E      E       E        E");
}

/* Nothing that is multiplied by 0 is anything but 0, unless it is an error. */
static void tables_of_products(void **state) {
  check_of_two(OP_MULTIPLY, &bench_number, true,
               "0 0      0      E "
               "0 4      m[2,6] E "
               "0 m[2,6] m[1,9] E "
               "E E      E      E");
  check_of_two(OP_MULTIPLY, &bench_number, false, "0 0 0 E  0 4 m E  0 m m E  E E E E");
  check_of_two(OP_DIVIDE, &bench_number, true,
               "E  0          0                                         E "
               "E  1          m[0.6666666666666666666666666666666667,2] E "
               "m~ m[0.5,1.5] m[0.3333333333333333333333333333333333,3] E "
               "E  E          E                                         E");
  check_of_two(OP_DIVIDE, &bench_number, false, "E 0 m~ E  E 1 m~ E  m~ m m~ E  E E E E");
  check_of_two(OP_POWER, &bench_number, true, "1 0 m~ E  1 4 m~ E  m~ m~ m~ E  E E E E");
}

static void tables_of_choices(void **state) {
  check_of_two(OP_SMALLER, &bench_number, true,
               "0 0      0      E "
               "0 2      m[1,2] E "
               "0 m[1,2] m[1,3] E "
               "E E      E      E");
  check_of_two(OP_SMALLER, &bench_number, false,
               "0     0     m[,0] E "
               "0     2     m[,2] E "
               "m[,0] m[,2] m     E "
               "E     E     E     E");
  check_of_two(OP_GREATER, &bench_number, true,
               "0      2      m[1,3] E "
               "2      2      m[2,3] E "
               "m[1,3] m[2,3] m[1,3] E "
               "E      E      E      E");
  check_of_two(OP_ASSUME, &bench_number, true,
               "0 0 0      0 "
               "2 2 2      2 "
               "0 2 m[1,3] E "
               "E E E      E");
}

static void check_of_one(Bench *b, uint32_t node, const char *table) {
  check_numbers(b, bench_evaluate(b, NULL)->columns[node], table, b->batch.rows);
}

static void of_one_number(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 4);
  uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, 4);
  bench_set_number(&b, x, 0, num_of(-7));
  bench_set_number(&b, x, 1, num_fraction(arena, 5, 2));
  bench_set_error(&b, x, 3);
  bench_column(&b, x)->any =
      (Range){.low = num_of(-4), .high = num_of(1), .has_low = true, .has_high = true, .high_open = true};
  uint32_t negated = bench_unary(&b, OP_NEGATE, &bench_number, x),
           absolute = bench_unary(&b, OP_ABSOLUTE, &bench_number, x);
  uint32_t rounded = bench_unary(&b, OP_ROUND, &bench_number, x);
  b.nodes.at[rounded].mode = ROUND_HALF_EVEN;
  list_push(arena, &b.constants, ((Constant){.type = &bench_number, .number = num_of(1)}));
  check_of_one(&b, negated, "7 -2.5 m(-1,4] E");
  check_of_one(&b, absolute, "7 2.5 m[0,4] E");
  check_of_one(&b, rounded, "-7 2 m[-4,1] E");
  arena_free(arena);
}

/* Every way of rounding in units and in exact numbers, against num_round, to steps of several scales. */
static void rounding_in_both_lanes(void **state) {
  Arena *arena = arena_new();
  const Num steps[] = {num_of(1), num_of(1000), num_fraction(arena, 1, 2), num_fraction(arena, 1, 100),
                       num_fraction(arena, 1, 3)};
  for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
    for (int mode = ROUND_DOWN; mode <= ROUND_HALF_EVEN; mode++)
      for (int exact = 0; exact < 2; exact++) {
        Bench b;
        bench_begin(&b, arena, 201);
        uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, 201);
        bench_column(&b, x)->scale = 3;
        for (uint32_t i = 0; i < 201; i++)
          bench_set_number(&b, x, i, num_fraction(arena, 125 * ((int64_t)i - 100), 1000));
        if (exact) bench_set_number(&b, x, 0, num_fraction(arena, 1, 7));
        uint32_t node = bench_unary(&b, OP_ROUND, &bench_number, x);
        b.nodes.at[node].mode = (NumRounding)mode;
        list_push(arena, &b.constants, ((Constant){.type = &bench_number, .number = steps[s]}));
        Evaluation *e = bench_evaluate(&b, NULL);
        for (uint32_t i = 0; i < 201; i++) {
          Num wanted = num_round(arena, column_number(arena, e->columns[x], i), (NumRounding)mode, steps[s]);
          assert_true(num_equal(column_number(arena, e->columns[node], i), wanted));
        }
      }
  arena_free(arena);
}

/* ---- lanes ---- */

typedef struct Lane {
  int64_t a, b;
  unsigned a_scale, b_scale;
  bool add, subtract, multiply; /* do these stay in units? */
} Lane;

static void lanes_change_only_where_they_must(void **state) {
  static const Lane lanes[] = {
      {1, 2, 0, 0, true, true, true},
      {150, 2, 2, 0, true, true, true},
      {INT64_MAX, 1, 0, 0, false, true, true},
      {INT64_MAX - 1, 1, 0, 0, true, true, true},
      {-INT64_MAX, 1, 0, 0, true, false, true},
      {INT64_MAX / 10, 1, 0, 1, true, true, true},
      {INT64_MAX / 10 + 1, 1, 0, 1, false, false, true},
      {5, 7, 18, 0, true, true, true},
      {5, 7, 10, 10, true, true, false},
      {5, 100, 18, 0, false, false, true},
      {INT64_C(1) << 32, INT64_C(1) << 31, 0, 0, true, true, false},
      {-(INT64_C(1) << 32), INT64_C(1) << 31, 0, 0, true, true, false}, /* INT64_MIN is no number of units */
      {-(INT64_C(1) << 31), INT64_C(1) << 31, 0, 0, true, true, true},
  };
  for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++) {
    const Lane *lane = &lanes[i];
    Arena *arena = arena_new();
    Bench b;
    bench_begin(&b, arena, 3);
    uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, 3), y = bench_input(&b, &bench_number, ROOT_SPACE, 3);
    bench_column(&b, x)->scale = lane->a_scale;
    bench_column(&b, y)->scale = lane->b_scale;
    Num p = num_of_scaled(arena, lane->a, lane->a_scale), q = num_of_scaled(arena, lane->b, lane->b_scale);
    for (uint32_t row = 0; row < 3; row += 2) {
      bench_column(&b, x)->units[row] = lane->a;
      bench_column(&b, y)->units[row] = lane->b;
      bit_set(bench_column(&b, x)->known, row);
      bit_set(bench_column(&b, y)->known, row);
    }
    uint32_t sum = bench_binary(&b, OP_ADD, &bench_number, x, y),
             rest = bench_binary(&b, OP_SUBTRACT, &bench_number, x, y);
    uint32_t product = bench_binary(&b, OP_MULTIPLY, &bench_number, x, y);
    EvaluationStats stats = {0};
    Evaluation *e = bench_evaluate(&b, &(EvaluateOptions){.stats = &stats});
    const struct {
      uint32_t node;
      Num wanted;
      bool fast;
    } results[] = {{sum, num_add(arena, p, q), lane->add},
                   {rest, num_sub(arena, p, q), lane->subtract},
                   {product, num_mul(arena, p, q), lane->multiply}};
    for (int k = 0; k < 3; k++) {
      const Column *c = e->columns[results[k].node];
      if ((c->units != NULL) != results[k].fast) fail_msg("lane %zu, result %d", i, k);
      assert_true(num_equal(column_number(arena, c, 0), results[k].wanted));
      assert_true(num_equal(column_number(arena, c, 2), results[k].wanted));
      assert_false(column_is_known(c, 1));
    }
    assert_int_equal(stats.batches, 1);
    assert_int_equal(stats.slow_lane, !lane->add + !lane->subtract + !lane->multiply);
    arena_free(arena);
  }
}
/* A constant that is no number of units at the column's scale, or none that fits, on either side. */
static void comparisons_with_constants(void **state) {
  Arena *arena = arena_new();
  Num huge;
  assert_int_equal(num_read(arena, VIEW("1000000000000000000000000000000"), &huge), NUM_READ);
  const Num constants[] = {
      num_of(-1),           num_of(0),        num_of(3), num_fraction(arena, 5, 2), num_fraction(arena, -1, 3), huge,
      num_neg(arena, huge), num_of(INT64_MAX)};
  const OpKind ops[] = {OP_EQUAL, OP_LESS, OP_LESS_EQUAL};
  for (size_t k = 0; k < sizeof constants / sizeof *constants; k++)
    for (int op = 0; op < 3; op++)
      for (int turned = 0; turned < 2; turned++) {
        Bench b;
        bench_begin(&b, arena, 130);
        uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, 130);
        uint32_t c = bench_number_of(&b, ROOT_SPACE, &bench_number, constants[k]);
        for (uint32_t i = 0; i < 130; i++)
          if (i % 7) bench_set_number(&b, x, i, num_of((int64_t)(i % 9) - 4));
        uint32_t node = bench_binary(&b, ops[op], &bench_yes_no, turned ? c : x, turned ? x : c);
        Evaluation *e = bench_evaluate(&b, NULL);
        for (uint32_t i = 0; i < 130; i++) {
          int order = num_compare(num_of((int64_t)(i % 9) - 4), constants[k]) * (turned ? -1 : 1);
          bool holds = op == 0 ? order == 0 : op == 1 ? order < 0 : order <= 0;
          char wanted = i % 7 == 0 ? 'm' : holds ? 'Y' : 'N';
          if (bench_letter(e->columns[node], i) != wanted)
            fail_msg("constant %zu op %d turned %d row %u", k, op, turned, i);
        }
      }
  arena_free(arena);
}

/* Quotients are compared by products of 128 bits: with each other, with units of any scale, below zero and far out. */
static void comparisons_of_quotients(void **state) {
  static const int64_t values[] = {1, -1, 3, -7, 10, INT64_MAX, -INT64_MAX, INT64_MAX - 1};
  enum { COUNT = 8, ROWS = COUNT * COUNT * COUNT };
  Arena *arena = arena_new();
  for (unsigned scale = 0; scale <= 18; scale += 9) {
    Bench b;
    bench_begin(&b, arena, ROWS);
    uint32_t x[3], nodes[6];
    for (int i = 0; i < 3; i++) x[i] = bench_input(&b, &bench_number, ROOT_SPACE, ROWS);
    bench_column(&b, x[2])->scale = scale;
    for (uint32_t row = 0; row < ROWS; row++)
      for (int i = 0; i < 3; i++) {
        bench_column(&b, x[i])->units[row] = values[row >> 3 * i & 7];
        bit_set(bench_column(&b, x[i])->known, row);
      }
    uint32_t p = bench_binary(&b, OP_DIVIDE, &bench_number, x[0], x[1]);
    uint32_t q = bench_binary(&b, OP_DIVIDE, &bench_number, x[1], x[0]);
    const OpKind ops[] = {OP_EQUAL, OP_LESS, OP_LESS_EQUAL};
    for (int k = 0; k < 6; k++) nodes[k] = bench_binary(&b, ops[k % 3], &bench_yes_no, p, k < 3 ? x[2] : q);
    EvaluationStats stats = {0};
    Evaluation *e = bench_evaluate(&b, &(EvaluateOptions){.stats = &stats});
    assert_int_equal(stats.slow_lane, 0);
    for (uint32_t row = 0; row < ROWS; row++)
      for (int k = 0; k < 6; k++) {
        Num left = num_fraction(arena, values[row & 7], values[row >> 3 & 7]);
        Num right = k < 3 ? num_of_scaled(arena, values[row >> 6 & 7], scale)
                          : num_fraction(arena, values[row >> 3 & 7], values[row & 7]);
        int order = num_compare(left, right);
        bool holds = k % 3 == 0 ? order == 0 : k % 3 == 1 ? order < 0 : order <= 0;
        if (bench_letter(e->columns[nodes[k]], row) != (holds ? 'Y' : 'N'))
          fail_msg("scale %u row %u: %d", scale, row, k);
      }
  }
  arena_free(arena);
}

/* Whatever else is done with a quotient needs the number itself. */
static void quotients_as_numbers(void **state) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 4);
  uint32_t x = bench_input(&b, &bench_number, ROOT_SPACE, 4), y = bench_input(&b, &bench_number, ROOT_SPACE, 4);
  static const int64_t xs[] = {6, -9, 5}, ys[] = {4, 6, 0};
  for (uint32_t i = 0; i < 3; i++) {
    bench_set_number(&b, x, i, num_of(xs[i]));
    bench_set_number(&b, y, i, num_of(ys[i]));
  }
  uint32_t q = bench_binary(&b, OP_DIVIDE, &bench_number, x, y);
  check_of_one(&b, q, "1.5 -1.5 E m~");
  check_of_one(&b, bench_binary(&b, OP_ADD, &bench_number, q, q), "3 -3 E m~");
  check_of_one(&b, bench_unary(&b, OP_NEGATE, &bench_number, q), "-1.5 1.5 E m~");
  check_of_one(&b, bench_unary(&b, OP_ABSOLUTE, &bench_number, q), "1.5 1.5 E m[0,]~");
  check_of_one(&b, bench_binary(&b, OP_SMALLER, &bench_number, q, x), "1.5 -9 E m~");
  check_of_one(&b, bench_op(&b, OP_SPREAD, &bench_number, ROOT_SPACE, q, NO_NODE, NO_NODE), "1.5 -1.5 E m~");
  arena_free(arena);
}

/* ---- enumerations and texts ---- */

static void check_codes(OpKind op, uint64_t mask, uint32_t count, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  EnumType values = {.count = count, .ordered = true};
  Type type = {.kind = TYPE_ENUM, .values = &values};
  bench_begin(&b, arena, 16 * TIMES);
  uint32_t x = bench_input(&b, &type, ROOT_SPACE, 16 * TIMES), y = bench_input(&b, &type, ROOT_SPACE, 16 * TIMES);
  for (uint32_t row = 0; row < 16 * TIMES; row++)
    for (int i = 0; i < 2; i++) {
      uint32_t which = i ? row & 3 : row >> 2 & 3;
      if (which < 2) bench_set_code(&b, i ? y : x, row, which);
      if (which == 3) bench_set_error(&b, i ? y : x, row);
    }
  uint32_t node = bench_binary(&b, op, &bench_yes_no, x, y);
  b.nodes.at[node].mask = mask;
  check_letters(bench_evaluate(&b, NULL)->columns[node], bench_letters(arena, table), 16 * TIMES, table);
  arena_free(arena);
}

/* The values low, high, missing, error; of a type that has two values, three, or more than a mask holds. */
static void truth_tables_of_enumerations(void **state) {
  check_codes(OP_EQUAL_CODE, 0, 2, "YNmE NYmE mmmE EEEE");
  check_codes(OP_EQUAL_CODE, 0, 100, "YNmE NYmE mmmE EEEE");
  /* of two values none is above high, none below low */
  check_codes(OP_LESS_CODE, 0, 2, "NYmE NNNE NmmE EEEE");
  check_codes(OP_LESS_CODE, 0, 3, "NYmE NNmE NmmE EEEE");
  check_codes(OP_LESS_EQUAL_CODE, 0, 2, "YYYE NYmE mYmE EEEE");
  check_codes(OP_LESS_EQUAL_CODE, 0, 100, "YYmE NYmE mmmE EEEE");
  /* in {low}, {high}, {low, high}, {}: the first operand alone counts */
  check_codes(OP_IN_MASK, 1, 2, "YYYY NNNN mmmm EEEE");
  check_codes(OP_IN_MASK, 2, 2, "NNNN YYYY mmmm EEEE");
  check_codes(OP_IN_MASK, 3, 2, "YYYY YYYY YYYY EEEE");
  check_codes(OP_IN_MASK, 3, 3, "YYYY YYYY mmmm EEEE");
  check_codes(OP_IN_MASK, 0, 2, "NNNN NNNN NNNN EEEE");
  check_codes(OP_IN_MASK, ~UINT64_C(0), 64, "YYYY YYYY mmmm EEEE");
}

static void check_texts(OpKind op, const char *table) {
  static const View texts[2] = {{"ab", 2}, {"\xC3\xA6", 2}};
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 16);
  uint32_t x = bench_input(&b, &bench_text, ROOT_SPACE, 16), y = bench_input(&b, &bench_text, ROOT_SPACE, 16);
  for (uint32_t row = 0; row < 16; row++)
    for (int i = 0; i < 2; i++) {
      uint32_t which = i ? row & 3 : row >> 2 & 3;
      if (which < 2) bench_set_text(&b, i ? y : x, row, texts[which]);
      if (which == 3) bench_set_error(&b, i ? y : x, row);
    }
  uint32_t node = bench_binary(&b, op, &bench_yes_no, x, y);
  check_letters(bench_evaluate(&b, NULL)->columns[node], bench_letters(arena, table), 16, table);
  arena_free(arena);
}

static void truth_tables_of_texts(void **state) {
  check_texts(OP_EQUAL_TEXT, "YNmE NYmE mmmE EEEE");
  check_texts(OP_LESS_TEXT, "NYmE NNmE mmmE EEEE");
  check_texts(OP_CONTAINS, "YNmE NYmE mmmE EEEE");
  check_texts(OP_STARTS_WITH, "YNmE NYmE mmmE EEEE");
  check_texts(OP_ENDS_WITH, "YNmE NYmE mmmE EEEE");
}

static void check_made_text(OpKind op, View x, View y, View wanted) {
  Arena *arena = arena_new();
  Bench b;
  bench_begin(&b, arena, 1);
  uint32_t p = bench_input(&b, &bench_text, ROOT_SPACE, 1), q = bench_input(&b, &bench_text, ROOT_SPACE, 1);
  bench_set_text(&b, p, 0, x);
  bench_set_text(&b, q, 0, y);
  uint32_t node = bench_op(&b, op, &bench_text, ROOT_SPACE, p, op == OP_JOIN ? q : NO_NODE, NO_NODE);
  const Column *c = bench_evaluate(&b, NULL)->columns[node];
  assert_true(column_is_known(c, 0) && view_equal(c->texts[0], wanted));
  arena_free(arena);
}

static void texts_made_of_texts(void **state) {
  check_made_text(OP_JOIN, VIEW("ab"), VIEW("æ"), VIEW("abæ"));
  check_made_text(OP_JOIN, VIEW(""), VIEW(""), VIEW(""));
  check_made_text(OP_LOWER, VIEW("BLÅBÆR I"), VIEW(""), VIEW("blåbær i"));
  check_made_text(OP_UPPER, VIEW("blåbær i"), VIEW(""), VIEW("BLÅBÆR I"));
  check_made_text(OP_LOWER, VIEW("\xFFZ"), VIEW(""), VIEW("\xFFz"));
  check_made_text(OP_UPPER, VIEW("ɐ"), VIEW(""), VIEW("Ɐ")); /* two bytes, and three */
  check_made_text(OP_TEXT_OF, VIEW("x"), VIEW(""), VIEW("x"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(truth_tables_of_yes_and_no),
      cmocka_unit_test(truth_table_of_if),
      cmocka_unit_test(truth_tables_of_at_least),
      cmocka_unit_test(tables_of_comparisons),
      cmocka_unit_test(tables_of_sums),
      cmocka_unit_test(tables_of_products),
      cmocka_unit_test(tables_of_choices),
      cmocka_unit_test(of_one_number),
      cmocka_unit_test(rounding_in_both_lanes),
      cmocka_unit_test(lanes_change_only_where_they_must),
      cmocka_unit_test(comparisons_with_constants),
      cmocka_unit_test(comparisons_of_quotients),
      cmocka_unit_test(quotients_as_numbers),
      cmocka_unit_test(truth_tables_of_enumerations),
      cmocka_unit_test(truth_tables_of_texts),
      cmocka_unit_test(texts_made_of_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
