#include "check/range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* All ranges with ends at -2, 0, 1 and 3, open, closed or missing, against the points that lie in them. */

enum { POINTS = 29, RANGES_MOST = 128 };

typedef struct Everything {
  Arena *arena;
  Num points[POINTS]; /* -3.5, -3.25 … 3.5 */
  Range ranges[RANGES_MOST];
  uint32_t range_count;
} Everything;

static bool holds_point(const Range *r, Num x) {
  if (r->has_low && (r->low_open ? num_compare(x, r->low) <= 0 : num_compare(x, r->low) < 0)) return false;
  return !r->has_high || (r->high_open ? num_compare(x, r->high) < 0 : num_compare(x, r->high) <= 0);
}

static void add_range(Everything *all, Range r) {
  for (int i = 0; i < POINTS; i++)
    if (holds_point(&r, all->points[i])) {
      all->ranges[all->range_count++] = r;
      return;
    }
}

static void add_ranges_from(Everything *all, Range r) {
  static const int64_t ends[] = {-2, 0, 1, 3};
  add_range(all, r);
  r.has_high = true;
  for (int i = 0; i < 4; i++)
    for (int open = 0; open < 2; open++) {
      r.high = num_of(ends[i]);
      r.high_open = open;
      add_range(all, r);
    }
}

static void set_up(Everything *all) {
  static const int64_t ends[] = {-2, 0, 1, 3};
  *all = (Everything){.arena = arena_new()};
  for (int i = 0; i < POINTS; i++) all->points[i] = num_fraction(all->arena, i - POINTS / 2, 4);
  add_ranges_from(all, range_all());
  for (int i = 0; i < 4; i++)
    for (int open = 0; open < 2; open++) {
      Range r = range_from(num_of(ends[i]));
      r.low_open = open;
      add_ranges_from(all, r);
    }
}

/* ---- soundness ---- */

typedef Range RangeOfTwo(Arena *, Range, Range);
typedef Num NumOfTwo(Arena *, Num, Num);

static Num smaller(Arena *arena, Num a, Num b) {
  (void)arena;
  return num_compare(a, b) < 0 ? a : b;
}

static Num greater(Arena *arena, Num a, Num b) {
  (void)arena;
  return num_compare(a, b) > 0 ? a : b;
}

/* Every value of the operation lies in the range of the operation; division by a zero is told as a failure. */
static void check_pair(Everything *all, const Range *a, const Range *b, RangeOfTwo *range, NumOfTwo *f, bool divides) {
  Range r = range(all->arena, *a, *b);
  bool fails = false;
  for (int i = 0; i < POINTS; i++)
    for (int k = 0; k < POINTS; k++) {
      Num x = all->points[i], y = all->points[k];
      if (!holds_point(a, x) || !holds_point(b, y)) continue;
      if (divides && num_sign(y) == 0)
        fails = true;
      else
        assert_true(holds_point(&r, f(all->arena, x, y)));
    }
  assert_int_equal(r.may_fail, fails);
}

static void check_all_pairs(RangeOfTwo *range, NumOfTwo *f, bool divides) {
  Everything *all = test_malloc(sizeof *all);
  set_up(all);
  for (uint32_t i = 0; i < all->range_count; i++)
    for (uint32_t k = 0; k < all->range_count; k++)
      check_pair(all, &all->ranges[i], &all->ranges[k], range, f, divides);
  arena_free(all->arena);
  test_free(all);
}

static void sums(void **state) { check_all_pairs(range_add, num_add, false); }
static void differences(void **state) { check_all_pairs(range_subtract, num_sub, false); }
static void products(void **state) { check_all_pairs(range_multiply, num_mul, false); }
static void quotients(void **state) { check_all_pairs(range_divide, num_div, true); }
static void the_smaller(void **state) { check_all_pairs(range_smaller, smaller, false); }
static void the_greater(void **state) { check_all_pairs(range_greater, greater, false); }

static void of_one_range(void **state) {
  Everything *all = test_malloc(sizeof *all);
  set_up(all);
  const Num steps[] = {num_of(1), num_of(2), num_fraction(all->arena, 1, 3)};
  for (uint32_t i = 0; i < all->range_count; i++)
    for (int k = 0; k < POINTS; k++) {
      Num x = all->points[k];
      if (!holds_point(&all->ranges[i], x)) continue;
      Range negated = range_negate(all->arena, all->ranges[i]), absolute = range_absolute(all->arena, all->ranges[i]);
      assert_true(holds_point(&negated, num_neg(all->arena, x)) && holds_point(&absolute, num_abs(all->arena, x)));
      for (int mode = ROUND_DOWN; mode <= ROUND_HALF_EVEN; mode++)
        for (int s = 0; s < 3; s++) {
          Range rounded = range_round(all->arena, all->ranges[i], (NumRounding)mode, steps[s]);
          assert_true(holds_point(&rounded, num_round(all->arena, x, (NumRounding)mode, steps[s])));
        }
    }
  arena_free(all->arena);
  test_free(all);
}

/* An answer only where all pairs of points give it. The points lie so near that a yes and a no are found where there
 * are both, so an answer is given wherever it can be. */
static Truth truth_of_points(const Everything *all, const Range *a, const Range *b, int question) {
  bool yes = false, no = false;
  for (int i = 0; i < POINTS; i++)
    for (int k = 0; k < POINTS; k++) {
      if (!holds_point(a, all->points[i]) || !holds_point(b, all->points[k])) continue;
      int order = num_compare(all->points[i], all->points[k]);
      bool holds = question == 0 ? order == 0 : question == 1 ? order < 0 : order <= 0;
      yes |= holds;
      no |= !holds;
    }
  return yes && no ? TRUTH_UNKNOWN : yes ? TRUTH_YES : TRUTH_NO;
}

static void comparisons(void **state) {
  Everything *all = test_malloc(sizeof *all);
  set_up(all);
  Truth (*const questions[])(const Range *, const Range *) = {range_equal, range_less, range_less_equal};
  for (uint32_t i = 0; i < all->range_count; i++)
    for (uint32_t k = 0; k < all->range_count; k++)
      for (int q = 0; q < 3; q++) {
        Range a = all->ranges[i], b = all->ranges[k];
        assert_int_equal(questions[q](&a, &b), truth_of_points(all, &a, &b, q));
        a.may_fail = true;
        assert_int_equal(questions[q](&a, &b), TRUTH_UNKNOWN);
        assert_int_equal(questions[q](&b, &a), TRUTH_UNKNOWN);
      }
  arena_free(all->arena);
  test_free(all);
}

/* ---- how narrow they are ---- */

static Range between(int64_t low, int64_t high) { return range_between(num_of(low), num_of(high)); }

static Range open_between(int64_t low, int64_t high) {
  Range r = between(low, high);
  r.low_open = r.high_open = true;
  return r;
}

static void assert_range(Range r, Range wanted) {
  assert_int_equal(r.may_fail, wanted.may_fail);
  assert_int_equal(r.has_low, wanted.has_low);
  assert_int_equal(r.has_high, wanted.has_high);
  if (r.has_low) assert_true(num_equal(r.low, wanted.low) && r.low_open == wanted.low_open);
  if (r.has_high) assert_true(num_equal(r.high, wanted.high) && r.high_open == wanted.high_open);
}

static void no_wider_than_need_be(void **state) {
  Arena *arena = arena_new();
  assert_range(range_add(arena, between(1, 2), between(10, 20)), between(11, 22));
  assert_range(range_add(arena, between(1, 2), open_between(10, 20)), open_between(11, 22));
  assert_range(range_subtract(arena, between(1, 2), between(10, 20)), between(-19, -8));
  assert_range(range_multiply(arena, between(-2, 3), between(-5, 7)), between(-15, 21));
  assert_range(range_multiply(arena, between(-2, 3), open_between(-5, 7)), open_between(-15, 21));
  assert_range(range_multiply(arena, between(0, 0), range_all()), between(0, 0));
  assert_range(range_multiply(arena, range_from(num_of(0)), range_from(num_of(2))), range_from(num_of(0)));
  assert_range(range_divide(arena, between(6, 12), between(2, 3)), between(2, 6));
  assert_range(range_divide(arena, between(6, 12), between(-3, -2)), between(-6, -2));
  assert_range(range_divide(arena, between(6, 12), between(0, 3)), range_failing());
  assert_range(range_absolute(arena, between(-5, 2)), between(0, 5));
  assert_range(range_absolute(arena, between(-5, -2)), between(2, 5));
  assert_range(range_smaller(arena, between(1, 9), range_all()), (Range){.high = num_of(9), .has_high = true});
  assert_range(range_greater(arena, between(1, 9), between(3, 5)), between(3, 9));
  assert_range(range_hull(between(1, 2), open_between(2, 3)),
               (Range){.low = num_of(1), .high = num_of(3), .has_low = true, .has_high = true, .high_open = true});
  assert_range(range_hull(open_between(1, 2), between(1, 2)), between(1, 2));
  assert_range(range_round(arena, open_between(0, 10), ROUND_FLOOR, num_of(4)), between(0, 8));
  arena_free(arena);
}

/* A divisor that comes near to zero from one side. */
static void a_divisor_next_to_zero(void **state) {
  Arena *arena = arena_new();
  Range above = {.low = num_of(0), .high = num_of(4), .has_low = true, .has_high = true, .low_open = true};
  assert_range(range_divide(arena, between(8, 8), above), range_from(num_of(2)));
  Range below = range_negate(arena, above);
  assert_range(range_divide(arena, between(8, 8), below), (Range){.high = num_of(-2), .has_high = true});
  Range far = range_from(num_of(4));
  assert_range(range_divide(arena, between(8, 8), far),
               (Range){.low = num_of(0), .high = num_of(2), .has_low = true, .has_high = true, .low_open = true});
  arena_free(arena);
}

/* An end that no number holds is left out, and that the value may not fit either is a failure. */
static void ends_that_are_too_large(void **state) {
  Arena *arena = arena_new();
  Num huge = num_power(arena, num_of(2), 4000);
  Range r = range_multiply(arena, range_from(huge), range_from(huge));
  assert_true(r.may_fail);
  r = range_add(arena, range_between(num_of(0), huge), range_point(num_of(1)));
  assert_false(r.may_fail);
  arena_free(arena);
}

static void a_failure_stays(void **state) {
  Arena *arena = arena_new();
  Range fails = between(1, 1), two = between(2, 2);
  fails.may_fail = true;
  RangeOfTwo *const all[] = {range_add, range_subtract, range_multiply, range_divide, range_smaller, range_greater};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    assert_true(all[i](arena, fails, two).may_fail && all[i](arena, two, fails).may_fail);
    Range r = all[i](arena, fails, two);
    assert_false(range_is_point(&r));
  }
  assert_true(range_hull(fails, two).may_fail && range_negate(arena, fails).may_fail);
  assert_true(range_absolute(arena, fails).may_fail && range_round(arena, fails, ROUND_UP, two.low).may_fail);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sums),
      cmocka_unit_test(differences),
      cmocka_unit_test(products),
      cmocka_unit_test(quotients),
      cmocka_unit_test(the_smaller),
      cmocka_unit_test(the_greater),
      cmocka_unit_test(of_one_range),
      cmocka_unit_test(comparisons),
      cmocka_unit_test(no_wider_than_need_be),
      cmocka_unit_test(a_divisor_next_to_zero),
      cmocka_unit_test(ends_that_are_too_large),
      cmocka_unit_test(a_failure_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
