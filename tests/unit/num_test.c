#include "base/num.h"

#include <gmp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"

/* Num against GMP's own fractions, which know nothing of small and big, and
 * against tables for rounding and text. */

static Arena *arena;

static int make_arena(void **state) {
  (void)state;
  memory_adopt_gmp();
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

/* The same numbers in every run (splitmix64). */
static uint64_t random_state = 1;

static uint64_t random_bits(void) {
  uint64_t z = random_state += 0x9E3779B97F4A7C15U;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27) * 0x94D049BB133111EBU;
  return z ^ z >> 31;
}

static uint64_t random_below(uint64_t limit) { return random_bits() % limit; }

/* Mostly numbers where something can go wrong: near 0, near powers of two, near the limits of int64. */
static int64_t random_int(void) {
  int64_t small = (int64_t)random_below(7) - 3;
  switch (random_below(5)) {
  case 0: return small;
  case 1: return INT64_MAX - (int64_t)random_below(4);
  case 2: return -INT64_MAX + (int64_t)random_below(4);
  case 3: return (INT64_C(1) << random_below(62)) + small;
  default: return (int64_t)(random_bits() >> random_below(63)) * (random_below(2) ? 1 : -1) / 2;
  }
}

static Num random_num(unsigned depth) {
  int64_t n = random_int(), d = random_below(2) ? 1 : random_int();
  Num a = num_fraction(arena, n, d ? d : 1);
  if (depth == 0 || random_below(2)) return a;
  Num b = random_num(depth - 1);
  return random_below(2) ? num_mul(arena, a, b) : num_add(arena, a, b);
}

/* The value of a Num, by way of its hexadecimal digits and without its own functions. */
typedef struct Inside {
  bool negative;
  uint32_t n_size, d_size;
  mp_limb_t limbs[];
} Inside;

static void value_of(Num a, mpq_t out) {
  assert_true(num_fits(a));
  if (a.d > 0) {
    mpq_set_si(out, a.n, (unsigned long)a.d);
    assert_true(a.n > INT64_MIN);
    mpq_t reduced;
    mpq_init(reduced);
    mpq_set(reduced, out);
    mpq_canonicalize(reduced);
    assert_true(mpq_equal(reduced, out));
    mpq_clear(reduced);
    return;
  }
  const Inside *big = (const Inside *)(uintptr_t)a.n;
  mpz_t n, d;
  mpq_set_num(out, mpz_roinit_n(n, big->limbs, big->negative ? -(mp_size_t)big->n_size : (mp_size_t)big->n_size));
  mpq_set_den(out, mpz_roinit_n(d, big->limbs + big->n_size, (mp_size_t)big->d_size));
}

static bool fits_bits(const mpq_t q) {
  return mpz_sizeinbase(mpq_numref(q), 2) <= NUM_MAX_BITS && mpz_sizeinbase(mpq_denref(q), 2) <= NUM_MAX_BITS;
}

static bool fits_small(const mpq_t q) {
  return mpz_sizeinbase(mpq_numref(q), 2) <= 63 && mpz_sizeinbase(mpq_denref(q), 2) <= 63;
}

static void assert_value(Num got, const mpq_t wanted) {
  if (!fits_bits(wanted)) {
    assert_false(num_fits(got));
    return;
  }
  mpq_t value;
  mpq_init(value);
  value_of(got, value);
  if (!mpq_equal(value, wanted)) gmp_printf("got %Qd, not %Qd\n", value, wanted);
  assert_true(mpq_equal(value, wanted));
  assert_int_equal(fits_small(wanted), got.d > 0);
  mpq_clear(value);
}

typedef void Exact(mpq_t, const mpq_t, const mpq_t);
typedef Num Ours(Arena *, Num, Num);

static void check_operation(Ours *ours, Exact *exact, Num a, Num b, const mpq_t p, const mpq_t q) {
  mpq_t wanted;
  mpq_init(wanted);
  exact(wanted, p, q);
  assert_value(ours(arena, a, b), wanted);
  mpq_clear(wanted);
}

static void arithmetic_is_exact(void **state) {
  (void)state;
  mpq_t p, q;
  mpq_inits(p, q, NULL);
  for (unsigned i = 0; i < 30000; i++) {
    if (i % 1000 == 0) arena_reset(arena);
    Num a = random_num(i % 6 == 0 ? 5 : i % 2), b = random_num(i % 7 == 0 ? 5 : 0);
    value_of(a, p);
    value_of(b, q);
    check_operation(num_add, mpq_add, a, b, p, q);
    check_operation(num_sub, mpq_sub, a, b, p, q);
    check_operation(num_mul, mpq_mul, a, b, p, q);
    if (num_sign(b) != 0) check_operation(num_div, mpq_div, a, b, p, q);
    int order = mpq_cmp(p, q);
    assert_int_equal(num_compare(a, b), (order > 0) - (order < 0));
    assert_int_equal(num_equal(a, b), order == 0);
    assert_true(num_equal(a, num_copy(arena, a)));
    assert_int_equal(num_sign(a), mpq_sgn(p));
    mpq_neg(q, p);
    assert_value(num_neg(arena, a), q);
    mpq_abs(q, p);
    assert_value(num_abs(arena, a), q);
    assert_int_equal(num_is_whole(a), mpz_cmp_ui(mpq_denref(p), 1) == 0);
  }
  mpq_clears(p, q, NULL);
}

/* Numbers of up to 4096 bits in either part, made by powers and products. */
static Num random_huge(void) {
  Num n = num_power(arena, num_of((int64_t)random_below(1000) + 2), (int64_t)random_below(400) + 1);
  Num d = num_power(arena, num_of((int64_t)random_below(1000) + 2), (int64_t)random_below(400) + 1);
  Num a = num_add(arena, num_div(arena, n, d), num_of(random_int()));
  return num_fits(a) ? a : num_of(random_int());
}

static void huge_numbers_are_exact_or_too_large(void **state) {
  (void)state;
  mpq_t p, q;
  mpq_inits(p, q, NULL);
  for (int i = 0; i < 1000; i++) {
    if (i % 100 == 0) arena_reset(arena);
    Num a = random_huge(), b = i % 3 ? random_huge() : random_num(1);
    value_of(a, p);
    value_of(b, q);
    check_operation(num_add, mpq_add, a, b, p, q);
    check_operation(num_sub, mpq_sub, a, b, p, q);
    check_operation(num_mul, mpq_mul, a, b, p, q);
    if (num_sign(b) != 0) check_operation(num_div, mpq_div, a, b, p, q);
    int order = mpq_cmp(p, q);
    assert_int_equal(num_compare(a, b), (order > 0) - (order < 0));
  }
  mpq_clears(p, q, NULL);
}

static void too_large_is_passed_on(void **state) {
  (void)state;
  Num large = NUM_TOO_LARGE, one = num_of(1);
  Num huge = num_power(arena, num_of(2), 4095);
  assert_true(num_fits(huge));
  assert_false(num_fits(num_add(arena, huge, huge)));
  assert_false(num_fits(num_mul(arena, huge, huge)));
  assert_false(num_fits(num_div(arena, num_div(arena, one, huge), num_of(2))));
  assert_false(num_fits(num_add(arena, large, one)) || num_fits(num_add(arena, one, large)));
  assert_false(num_fits(num_sub(arena, huge, large)) || num_fits(num_mul(arena, large, huge)));
  assert_false(num_fits(num_div(arena, one, large)) || num_fits(num_div(arena, large, one)));
  assert_false(num_fits(num_neg(arena, large)) || num_fits(num_abs(arena, large)) || num_fits(num_copy(arena, large)));
  assert_false(num_fits(num_power(arena, large, 0)));
  assert_false(num_fits(num_round(arena, large, ROUND_UP, one)) || num_fits(num_round(arena, one, ROUND_UP, large)));
}

static void powers(void **state) {
  (void)state;
  assert_true(num_equal(num_power(arena, num_of(0), 0), num_of(1)));
  assert_true(num_equal(num_power(arena, num_of(0), 9), num_of(0)));
  assert_true(num_equal(num_power(arena, num_of(-1), 4095), num_of(-1)));
  assert_true(num_equal(num_power(arena, num_of(-1), -4096), num_of(1)));
  assert_true(num_equal(num_power(arena, num_fraction(arena, -2, 3), -3), num_fraction(arena, -27, 8)));
  assert_true(num_equal(num_power(arena, num_of(7), 1), num_of(7)));
  assert_true(num_fits(num_power(arena, num_of(2), 4095)));
  assert_false(num_fits(num_power(arena, num_of(2), 4096)));
  assert_false(num_fits(num_power(arena, num_of(2), -4096)));
  assert_false(num_fits(num_power(arena, num_of(3), 4096)));
  assert_false(num_fits(num_power(arena, num_of(1), 4097)));
  mpq_t wanted;
  mpq_init(wanted);
  for (int i = 0; i < 2000; i++) {
    int64_t base = (int64_t)random_below(5000) - 2500;
    unsigned long e = random_below(500);
    mpz_set_si(mpq_numref(wanted), base);
    mpz_pow_ui(mpq_numref(wanted), mpq_numref(wanted), e);
    assert_value(num_power(arena, num_of(base), (int64_t)e), wanted);
  }
  mpq_clear(wanted);
}

static void units_and_scales(void **state) {
  (void)state;
  int64_t units;
  unsigned scale;
  assert_true(num_to_scaled(num_fraction(arena, 7, 4), 2, &units) && units == 175);
  assert_true(num_to_scaled(num_fraction(arena, -7, 4), 3, &units) && units == -1750);
  assert_false(num_to_scaled(num_fraction(arena, 7, 4), 1, &units));
  assert_false(num_to_scaled(num_fraction(arena, 1, 3), 18, &units));
  assert_false(num_to_scaled(num_of(10), 18, &units));
  assert_true(num_to_scaled(num_of(9), 18, &units) && units == INT64_C(9000000000000000000));
  assert_true(num_scale(num_of(5), &scale) && scale == 0);
  assert_true(num_scale(num_fraction(arena, 1, 8), &scale) && scale == 3);
  assert_true(num_scale(num_fraction(arena, 1, 1 << 18), &scale) && scale == 18);
  assert_false(num_scale(num_fraction(arena, 1, 1 << 19), &scale));
  assert_false(num_scale(num_fraction(arena, 1, 7), &scale));
  assert_false(num_scale(NUM_TOO_LARGE, &scale));
  Num lowest = num_of_scaled(arena, INT64_MIN, 0);
  assert_int_equal(lowest.d, 0);
  assert_false(num_to_int(lowest, &units) || num_to_scaled(lowest, 0, &units));
  assert_true(num_is_whole(lowest));
  assert_true(num_to_int(num_add(arena, lowest, num_of(1)), &units) && units == -INT64_MAX);
  assert_false(num_to_int(num_fraction(arena, 1, 2), &units));
  assert_true(num_equal(num_fraction(arena, INT64_MIN, INT64_MIN), num_of(1)));
  for (int i = 0; i < 20000; i++) {
    unsigned places = (unsigned)random_below(19);
    int64_t wanted = random_int();
    assert_true(num_to_scaled(num_of_scaled(arena, wanted, places), places, &units));
    assert_int_equal(units, wanted);
  }
}

/* Quarters from -1.75 to 1.75 and what becomes of them. */
static void rounding_of_quarters(void **state) {
  (void)state;
  static const int wanted[][15] = {
      [ROUND_DOWN] = {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1},
      [ROUND_UP] = {-2, -2, -2, -1, -1, -1, -1, 0, 1, 1, 1, 1, 2, 2, 2},
      [ROUND_FLOOR] = {-2, -2, -2, -1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1},
      [ROUND_CEILING] = {-1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2},
      [ROUND_HALF_UP] = {-2, -2, -1, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2},
      [ROUND_HALF_DOWN] = {-2, -1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2},
      [ROUND_HALF_EVEN] = {-2, -2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2},
  };
  Num step_large = num_fraction(arena, INT64_MAX, 3), step_huge = num_power(arena, num_of(3), 1000);
  for (int how = ROUND_DOWN; how <= ROUND_HALF_EVEN; how++) {
    for (int i = 0; i < 15; i++) {
      Num quarters = num_fraction(arena, i - 7, 4), whole = num_of(wanted[how][i]);
      assert_true(num_equal(num_round(arena, quarters, (NumRounding)how, num_of(1)), whole));
      const Num steps[] = {num_fraction(arena, 5, 100), step_large, step_huge, num_div(arena, num_of(1), step_huge)};
      for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        Num rounded = num_round(arena, num_mul(arena, quarters, steps[s]), (NumRounding)how, steps[s]);
        assert_true(num_equal(rounded, num_mul(arena, whole, steps[s])));
      }
    }
  }
}

static void rounding_far_from_the_step(void **state) {
  (void)state;
  Num huge = num_power(arena, num_of(2), 4000), tiny = num_div(arena, num_of(1), huge);
  assert_true(num_equal(num_round(arena, huge, ROUND_HALF_UP, tiny), huge));
  assert_true(num_equal(num_round(arena, tiny, ROUND_HALF_UP, huge), num_of(0)));
  assert_true(num_equal(num_round(arena, tiny, ROUND_UP, huge), huge));
  assert_true(num_equal(num_round(arena, num_neg(arena, tiny), ROUND_FLOOR, huge), num_neg(arena, huge)));
  assert_true(
      num_equal(num_round(arena, num_of(INT64_MAX), ROUND_UP, num_fraction(arena, 1, INT64_MAX)), num_of(INT64_MAX)));
}

static Num read_whole(const char *text) {
  Num out;
  if (num_read(arena, view_of(text), &out) != NUM_READ) fail_msg("%s was not read", text);
  return out;
}

static void reading(void **state) {
  (void)state;
  assert_true(num_equal(read_whole("0"), num_of(0)));
  assert_true(num_equal(read_whole("-0.00"), num_of(0)));
  assert_true(num_equal(read_whole("007"), num_of(7)));
  assert_true(num_equal(read_whole("-12.50"), num_fraction(arena, -25, 2)));
  assert_true(num_equal(read_whole("9223372036854775807"), num_of(INT64_MAX)));
  assert_int_equal(read_whole("9223372036854775808").d, 0);
  assert_int_equal(read_whole("-9223372036854775808").d, 0);
  static const char *const wrong[] = {"",    "-",   "+1",  ".5",  "5.",  "1 000", " 1",   "1 ", "1e5",      "1.2.3",
                                      "--1", "0x1", "1,5", "NaN", "inf", "-.5",   "1.e1", "١",  "Infinity", "1-"};
  Num out;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(num_read(arena, view_of(wrong[i]), &out), NUM_NOT_A_NUMBER);
  assert_int_equal(num_read(arena, (View){"1\0", 2}, &out), NUM_NOT_A_NUMBER);
}

static void reading_at_the_limit_of_digits(void **state) {
  (void)state;
  Num out;
  assert_int_equal(num_read(arena, VIEW("1234567890123456789012345678901234"), &out), NUM_READ);
  assert_int_equal(num_read(arena, VIEW("12345678901234567890123456789012345"), &out), NUM_TOO_MANY_DIGITS);
  assert_int_equal(num_read(arena, VIEW("0001234567890123456789.012345678901234"), &out), NUM_READ);
  assert_int_equal(num_read(arena, VIEW("1234567890123456789.0123456789012345"), &out), NUM_TOO_MANY_DIGITS);
  char zeros[80];
  memset(zeros, '0', sizeof zeros);
  zeros[1] = '.';
  assert_int_equal(num_read(arena, (View){zeros, 2 + 68}, &out), NUM_READ);
  assert_int_equal(num_read(arena, (View){zeros, 2 + 69}, &out), NUM_TOO_MANY_DIGITS);
  zeros[69] = '1';
  assert_int_equal(num_read(arena, (View){zeros, 70}, &out), NUM_READ);
  assert_true(num_equal(out, num_power(arena, num_of(10), -68)));
}

static void reading_json(void **state) {
  (void)state;
  static const struct {
    const char *text, *plain;
  } right[] = {{"1e0", "1"},  {"-1.5E+2", "-150"}, {"12e-1", "1.2"},
               {"0e34", "0"}, {"0.5", "0.5"},      {"1e000000003", "1000"}};
  Num out;
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    assert_int_equal(num_read_json(arena, view_of(right[i].text), &out), NUM_READ);
    assert_true(num_equal(out, read_whole(right[i].plain)));
  }
  assert_int_equal(num_read_json(arena, VIEW("1e34"), &out), NUM_READ);
  assert_true(num_equal(out, num_power(arena, num_of(10), 34)));
  assert_int_equal(num_read_json(arena, VIEW("1.234e-34"), &out), NUM_READ);
  static const char *const too_many[] = {"1e35", "1e-35", "1e999999", "1e99999999999999999999999", "0e35"};
  for (size_t i = 0; i < sizeof too_many / sizeof *too_many; i++)
    assert_int_equal(num_read_json(arena, view_of(too_many[i]), &out), NUM_TOO_MANY_DIGITS);
  static const char *const wrong[] = {"01", "-01", "1e", "1e+", "1e1.0", "e1", "1 e1", "NaN", "1e5x", "00"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(num_read_json(arena, view_of(wrong[i]), &out), NUM_NOT_A_NUMBER);
}

static void assert_text(Num a, const char *wanted, bool wanted_exact) {
  bool exact;
  View text = num_text(arena, a, &exact);
  if (!view_is(text, wanted)) printf("got %.*s, not %s\n", (int)text.length, text.at, wanted);
  assert_true(view_is(text, wanted));
  assert_int_equal(exact, wanted_exact);
}

static void writing(void **state) {
  (void)state;
  assert_text(num_of(0), "0", true);
  assert_text(num_of(-INT64_MAX), "-9223372036854775807", true);
  assert_text(num_of_scaled(arena, INT64_MIN, 0), "-9223372036854775808", true);
  assert_text(num_of_scaled(arena, -5, 3), "-0.005", true);
  assert_text(num_of_scaled(arena, 1200, 1), "120", true);
  assert_text(num_fraction(arena, 1, 3), "0.3333333333333333333333333333333333", false);
  assert_text(num_fraction(arena, -200, 3), "-66.66666666666666666666666666666667", false);
  assert_text(num_fraction(arena, 1, INT64_C(1) << 40), "0.0000000000009094947017729282379150390625", true);
  assert_text(num_power(arena, num_of(10), 40), "10000000000000000000000000000000000000000", true);
  assert_text(num_power(arena, num_of(10), -40), "0.0000000000000000000000000000000000000001", true);
  Num ones = num_sub(arena, num_power(arena, num_of(10), 34), num_of(1));
  assert_text(ones, "9999999999999999999999999999999999", true);
  Num above = num_add(arena, ones, num_fraction(arena, 1, 2));
  assert_text(above, "10000000000000000000000000000000000", false);
}

/* 34 digits and a five: the even neighbour, unless anything follows the five. */
static void writing_rounds_ties_to_even(void **state) {
  (void)state;
  Num even = read_whole("1000000000000000000000000000000002"), odd = read_whole("1000000000000000000000000000000003");
  Num half = num_fraction(arena, 1, 2), more = num_add(arena, half, num_power(arena, num_of(10), -300));
  assert_text(num_add(arena, even, half), "1000000000000000000000000000000002", false);
  assert_text(num_add(arena, odd, half), "1000000000000000000000000000000004", false);
  assert_text(num_neg(arena, num_add(arena, odd, half)), "-1000000000000000000000000000000004", false);
  assert_text(num_add(arena, even, more), "1000000000000000000000000000000003", false);
}

/* What is exact is read back as the same number, what is cut is off by at most half a unit in the 34th place. */
static void writing_random_numbers(void **state) {
  (void)state;
  mpq_t value, text_value, error;
  mpq_inits(value, text_value, error, NULL);
  for (unsigned i = 0; i < 2500; i++) {
    if (i % 100 == 0) arena_reset(arena);
    Num a = i % 4 == 0 ? random_huge() : random_num(i % 3);
    bool exact;
    View text = num_text(arena, a, &exact);
    const char *point = memchr(text.at, '.', text.length);
    uint32_t decimals = point ? (uint32_t)(text.at + text.length - point) - 1 : 0;
    char *digits = arena_alloc(arena, (size_t)text.length + 1);
    for (uint32_t from = 0, to = 0; from < text.length; from++)
      if (text.at[from] != '.') digits[to++] = text.at[from];
    assert_int_equal(mpz_set_str(mpq_numref(text_value), digits, 10), 0);
    mpz_ui_pow_ui(mpq_denref(text_value), 10, decimals);
    mpq_canonicalize(text_value);
    value_of(a, value);
    assert_int_equal(exact, mpq_equal(value, text_value));
    assert_true(!point || text.at[text.length - 1] != '0');
    if (mpq_sgn(value) == 0) continue;
    mpq_sub(error, value, text_value);
    mpq_div(error, error, value);
    mpq_abs(error, error);
    mpz_ui_pow_ui(mpq_numref(text_value), 10, 33);
    mpz_set_ui(mpq_denref(text_value), 1);
    mpq_mul(error, error, text_value);
    assert_true(mpq_cmp_ui(error, 1, 2) <= 0);
  }
  mpq_clears(value, text_value, error, NULL);
}

static void writing_for_people(void **state) {
  (void)state;
  static const struct {
    const char *number, *wanted;
  } cases[] = {{"0", "0"},
               {"999", "999"},
               {"1500", "1\u00A0500"},
               {"-1234567.12345", "-1\u00A0234\u00A0567.12345"},
               {"-100", "-100"},
               {"100000", "100\u00A0000"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_true(view_is(num_text_for_people(arena, read_whole(cases[i].number)), cases[i].wanted));
  assert_true(
      view_is(num_text_for_people(arena, num_fraction(arena, 4000, 3)), "1\u00A0333.333333333333333333333333333333…"));
}

static void work_with_big_numbers(Arena *own) {
  Num a = num_power(own, num_of(3), 2000);
  for (int i = 0; i < 30; i++) a = num_add(own, a, num_fraction(own, 1, i + 2));
  num_text(own, a, NULL);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(work_with_big_numbers) > 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arithmetic_is_exact),
      cmocka_unit_test(huge_numbers_are_exact_or_too_large),
      cmocka_unit_test(too_large_is_passed_on),
      cmocka_unit_test(powers),
      cmocka_unit_test(units_and_scales),
      cmocka_unit_test(rounding_of_quarters),
      cmocka_unit_test(rounding_far_from_the_step),
      cmocka_unit_test(reading),
      cmocka_unit_test(reading_at_the_limit_of_digits),
      cmocka_unit_test(reading_json),
      cmocka_unit_test(writing),
      cmocka_unit_test(writing_rounds_ties_to_even),
      cmocka_unit_test(writing_random_numbers),
      cmocka_unit_test(writing_for_people),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
