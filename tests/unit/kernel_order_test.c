#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/workbench.h"

/* Kernels of order, of equality among items, of links, and of lists one behind another. Letters: Y yes, N no, m missing,
 * E error; numbers that are not known are m or E, with what is possible in brackets. */

/* One application with a list: a row of letters for who belongs, one of keys; "." is a key that is missing, "!" an error. */
typedef struct Listed {
  Bench b;
  uint32_t space, member, key, count;
} Listed;

static void table_begin(Listed *t, Arena *arena, const char *members, const char *keys) {
  t->count = (uint32_t)strlen(members);
  bench_begin(&t->b, arena, 1);
  t->space = bench_list(&t->b, ROOT_SPACE, &t->count, 1);
  t->member = bench_input(&t->b, &bench_yes_no, t->space, t->count);
  t->key = bench_input(&t->b, &bench_number, t->space, t->count);
  for (uint32_t i = 0; i < t->count; i++) {
    bench_set_letter(&t->b, t->member, i, members[i]);
    if (keys[i] == '!') bench_set_error(&t->b, t->key, i);
    if (keys[i] >= '0') bench_set_number(&t->b, t->key, i, num_of(keys[i] - '0'));
  }
}

static uint32_t ask(Listed *t, OpKind op, const Type *type, uint32_t complete, uint32_t keys, uint64_t mask) {
  uint32_t node = bench_op(&t->b, op, type, t->space, t->member, complete, NO_NODE);
  t->b.nodes.at[node].first = bench_arguments(&t->b, &t->key, keys);
  t->b.nodes.at[node].count = keys;
  t->b.nodes.at[node].mask = mask;
  return node;
}

static void check_column(Bench *b, uint32_t node, const char *wanted) {
  const Column *c = bench_evaluate(b, NULL)->columns[node];
  for (uint32_t i = 0; i < c->rows; i++) {
    const char *got =
        c->kind == COLUMN_BITS ? view_format(b->arena, "%c", bench_letter(c, i)).at : bench_shown(b->arena, c, i);
    const char *word = bench_word(b->arena, wanted, i);
    if (strcmp(got, word) != 0) fail_msg("row %u is %s, not %s (%s)", i, got, word, wanted);
  }
}

typedef struct Case {
  const char *members, *keys;
  uint64_t mask;
  const char *wanted;
} Case;

static const uint64_t last = UINT64_C(1) << 63;

static void places(void **state) {
  static const Case cases[] = {
      {"YYYY", "3142", 0, "2 0 3 1"},
      {"YYYY", "3142", 1, "1 3 0 2"},
      {"YYYY", "2121", 0, "2 0 3 1"},                 /* equal keys keep their order */
      {"YYYY", "2121", UINT64_C(1) << 63, "3 1 2 0"}, /* or are turned round */
      {"YNYY", "3142", 0, "1 0 2 0"},                 /* what does not belong is before nobody */
      {"YmYY", "3142", 0, "m[1,2] 0 m[2,3] m[0,1]"},
      {"YYYY", "3.42", 0, "m[1,2] m[0,3] m[2,3] m[0,1]"},
      {"YYYN", "314.", 0, "1 0 2 m[0,3]"}, /* a key that nobody asks for */
      {"YYYY", "3!42", 0, "E[1,2] E[0,3] E[2,3] E[0,1]"},
      {"Y", ".", 0, "0"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Listed t;
    table_begin(&t, arena, cases[i].members, cases[i].keys);
    check_column(&t.b, ask(&t, OP_POSITION, &bench_number, NO_NODE, 1, cases[i].mask), cases[i].wanted);
    arena_free(arena);
  }
}

/* What may come stands behind what is there, unless a key can put it in front. */
static void places_of_a_list_that_may_go_on(void **state) {
  static const struct {
    uint32_t keys;
    uint64_t mask;
    const char *wanted;
  } cases[] = {{0, 0, "0 1 2"}, {0, last, "m[2,] m[1,] m[0,]"}, {1, 0, "m[2,] m[0,] m[1,]"}};
  for (size_t i = 0; i < 3; i++) {
    Arena *arena = arena_new();
    Listed t;
    table_begin(&t, arena, "YYY", "312");
    uint32_t complete = bench_input(&t.b, &bench_yes_no, ROOT_SPACE, 1);
    bench_set_letter(&t.b, complete, 0, 'N');
    check_column(&t.b, ask(&t, OP_POSITION, &bench_number, complete, cases[i].keys, cases[i].mask), cases[i].wanted);
    arena_free(arena);
  }
}

static void first_of_equals(void **state) {
  static const Case cases[] = {
      {"YYYY", "1213", 0, "Y Y N Y"}, {"NYYY", "1213", 0, "N Y Y Y"}, {"mYYY", "1213", 0, "m Y m Y"},
      {"YYYY", "1.13", 0, "Y m N m"}, {"YYYY", ".213", 0, "Y m m m"}, {"YYNY", "11.1", 0, "Y N N N"},
      {"YYYY", "1!13", 0, "Y E N E"}, {"EYYY", "1213", 0, "E Y E Y"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Listed t;
    table_begin(&t, arena, cases[i].members, cases[i].keys);
    check_column(&t.b, ask(&t, OP_DISTINCT, &bench_yes_no, NO_NODE, 1, 0), cases[i].wanted);
    arena_free(arena);
  }
}

static void how_many_equals(void **state) {
  static const Case cases[] = {
      {"YYYY", "1213", 0, "2 1 2 1"},
      {"mYYY", "1213", 0, "m[1,2] 1 m[1,2] 1"},
      {"YYYY", "1.13", 0, "m[2,3] m[0,4] m[2,3] m[1,2]"},
      {"YNYY", "1113", 0, "2 2 2 1"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Listed t;
    table_begin(&t, arena, cases[i].members, cases[i].keys);
    check_column(&t.b, ask(&t, OP_FREQUENCY, &bench_number, NO_NODE, 1, 0), cases[i].wanted);
    arena_free(arena);
  }
}

static void the_middle(void **state) {
  static const Case cases[] = {
      {"YYY", "312", 0, "2"}, {"YYYY", "3124", 0, "2.5"},  {"YNY", "312", 0, "2.5"}, {"NNN", "312", 0, "E"},
      {"mYY", "222", 0, "2"}, {"mYY", "412", 0, "m[1,4]"}, {"YYY", "3.2", 0, "m"},   {"YYY", "3!2", 0, "E"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Listed t;
    table_begin(&t, arena, cases[i].members, cases[i].keys);
    uint32_t node = bench_op(&t.b, OP_MEDIAN, &bench_number, ROOT_SPACE, t.member, NO_NODE, t.key);
    t.b.nodes.at[node].index = t.space;
    check_column(&t.b, node, cases[i].wanted);
    arena_free(arena);
  }
}

/* Two lists of two applications, one behind another: their rows come by application, then by list. */
static void one_behind_another(void **state) {
  Arena *arena = arena_new();
  Bench b;
  const uint32_t first_counts[] = {2, 0}, second_counts[] = {1, 2};
  bench_begin(&b, arena, 2);
  uint32_t spaces[] = {2, bench_list(&b, ROOT_SPACE, first_counts, 2), bench_list(&b, ROOT_SPACE, second_counts, 2),
                       NO_NODE, NO_NODE};
  uint32_t columns[] = {bench_input(&b, &bench_number, spaces[1], 2), bench_input(&b, &bench_number, spaces[2], 3)};
  for (uint32_t i = 0; i < 2; i++) bench_set_number(&b, columns[0], i, num_of(10 + i));
  for (uint32_t i = 0; i < 3; i++) bench_set_number(&b, columns[1], i, num_of(20 + i));
  uint32_t chain = bench_space(&b, SPACE_CHAIN, ROOT_SPACE, bench_arguments(&b, spaces, 5));
  uint32_t node = bench_op(&b, OP_CHAIN, &bench_number, chain, NO_NODE, NO_NODE, NO_NODE);
  b.nodes.at[node].first = bench_arguments(&b, columns, 2);
  b.nodes.at[node].count = 2;
  check_column(&b, node, "10 11 20 21 22");
  arena_free(arena);
}

/* Links of one application as pairs of letters, "." an end that is missing; who of their ends is linked to A. */
static void links(void **state) {
  static const struct {
    const char *links, *holds, *wanted;
  } cases[] = {
      {"AB BC XY", "YYY", "N Y N  N Y N"}, /* from each, then to each; each value once */
      {"BA CB AA", "YYY", "Y Y N  N N N"}, {"AB BC XY", "YNY", "N Y N  N N N"}, {"AB BC XY", "YmY", "N Y N  N m N"},
      {"AB B. XY", "YYY", "N Y m  N m m"}, {"AB X. XY", "YYY", "N m N  Y N m"}, {"AB .. XY", "YYY", "N m m  Y m m"},
      {"AB B. XY", "YNY", "N Y N  N N N"}, {"BC CD XY", "YYY", "N N N  N N N"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Arena *arena = arena_new();
    Bench b;
    const uint32_t count = 3;
    bench_begin(&b, arena, 1);
    uint32_t space = bench_list(&b, ROOT_SPACE, &count, 1), words[] = {2, space, space, NO_NODE, NO_NODE};
    uint32_t member = bench_input(&b, &bench_yes_no, space, count), start = bench_input(&b, &bench_text, ROOT_SPACE, 1);
    uint32_t ends[] = {bench_input(&b, &bench_text, space, count), bench_input(&b, &bench_text, space, count)};
    bench_set_text(&b, start, 0, VIEW("A"));
    for (uint32_t k = 0; k < count; k++) {
      bench_set_letter(&b, member, k, cases[i].holds[k]);
      for (uint32_t side = 0; side < 2; side++)
        if (cases[i].links[3 * k + side] != '.')
          bench_set_text(&b, ends[side], k, (View){cases[i].links + 3 * k + side, 1});
    }
    uint32_t chain = bench_space(&b, SPACE_CHAIN, ROOT_SPACE, bench_arguments(&b, words, 5));
    uint32_t values = bench_op(&b, OP_CHAIN, &bench_text, chain, NO_NODE, NO_NODE, NO_NODE);
    b.nodes.at[values].first = bench_arguments(&b, ends, 2);
    b.nodes.at[values].count = 2;
    uint32_t node = bench_op(&b, OP_CONNECTED, &bench_yes_no, chain, member, NO_NODE, values);
    b.nodes.at[node].index = space;
    b.nodes.at[node].first = bench_arguments(&b, &start, 1);
    b.nodes.at[node].count = 1;
    check_column(&b, node, cases[i].wanted);
    arena_free(arena);
  }
}

/* The square of a root lies as near to the number as 34 digits allow, and roots rise with their numbers. */
static void roots(void **state) {
  Arena *arena = arena_new();
  Num before = num_of(0);
  for (int64_t n = 1; n < 3000; n++) {
    Num root = num_root(arena, num_fraction(arena, n, 7));
    assert_true(num_compare(root, before) > 0);
    Num off = num_sub(arena, num_mul(arena, root, root), num_fraction(arena, n, 7));
    assert_true(num_compare(num_abs(arena, off), num_power(arena, num_of(10), -30)) < 0);
    assert_true(num_equal(num_root(arena, num_of(n * n)), num_of(n)));
    before = root;
  }
  Num large = num_power(arena, num_of(10), 1200), small = num_power(arena, num_of(10), -1200);
  assert_true(num_equal(num_root(arena, large), num_power(arena, num_of(10), 600)));
  assert_true(num_equal(num_root(arena, small), num_power(arena, num_of(10), -600)));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(places),          cmocka_unit_test(places_of_a_list_that_may_go_on),
      cmocka_unit_test(first_of_equals), cmocka_unit_test(how_many_equals),
      cmocka_unit_test(the_middle),      cmocka_unit_test(one_behind_another),
      cmocka_unit_test(links),           cmocka_unit_test(roots),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
