#include "eval/periods.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Days 0 to DAYS, by day and by day of knowledge; every answer is held against one found by looking at all entries. */
enum { DAYS = 9, MOST = 6, ROUNDS = 3000 };

static uint64_t seed = 20190906;

static uint32_t chance(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 16) % below);
}

/* Sorted by day, then by knowledge; no two alike. */
static uint32_t some_periods(Period *out) {
  uint32_t count = 0;
  for (int64_t day = 0; day < DAYS && count < MOST; day++) {
    if (chance(2)) continue;
    int64_t known = chance(2) ? DATE_MIN : (int64_t)chance(DAYS);
    while (count < MOST && known < DAYS) {
      out[count++] = (Period){.from = day, .known_from = known};
      if (chance(2)) break;
      known = (known < 0 ? -1 : known) + 1 + (int64_t)chance(4);
    }
  }
  return count;
}

static uint32_t naive(const Period *p, uint32_t count, int64_t day, int64_t known_on) {
  uint32_t found = NO_INDEX;
  for (uint32_t i = 0; i < count; i++)
    if (p[i].from <= day && p[i].known_from <= known_on) found = i;
  return found;
}

static void one_is_in_force(void **state) {
  (void)state;
  for (int round = 0; round < ROUNDS; round++) {
    Period p[MOST];
    uint32_t count = some_periods(p);
    for (int64_t day = -1; day <= DAYS; day++) {
      for (int64_t known = -1; known <= DAYS; known++)
        assert_int_equal(period_in_force(p, count, day, known), naive(p, count, day, known));
      assert_int_equal(period_in_force(p, count, day, ALL_KNOWN), naive(p, count, day, INT64_MAX));
    }
  }
}

typedef struct Square {
  int64_t first_day, last_day, first_known, last_known;
} Square;

static Square some_square(void) {
  int64_t day = (int64_t)chance(DAYS) - 1, known = (int64_t)chance(DAYS) - 1;
  Square s = {day, day + chance(5), known, known + chance(5)};
  if (chance(4) == 0) s.first_known = s.last_known = ALL_KNOWN;
  return s;
}

/* Exactly those that are in force somewhere in the square, each once, the last first and none behind them. */
static void all_that_may_be_are_found(void **state) {
  (void)state;
  for (int round = 0; round < 10 * ROUNDS; round++) {
    Period p[MOST];
    uint32_t count = some_periods(p), period, before = MOST;
    Square s = some_square();
    bool possible[MOST + 1] = {false}, found[MOST + 1] = {false};
    for (int64_t day = s.first_day; day <= s.last_day; day++)
      for (int64_t known = s.first_known; known <= s.last_known; known++) {
        uint32_t i = naive(p, count, day, known);
        possible[i == NO_INDEX ? MOST : i] = true;
      }
    PeriodSearch search = {.periods = p,
                           .count = count,
                           .first_day = s.first_day,
                           .last_day = s.last_day,
                           .first_known = s.first_known,
                           .last_known = s.last_known,
                           .next = count,
                           .earliest_known = INT64_MAX};
    while (period_search_next(&search, &period)) {
      assert_true(period == NO_INDEX || period < before);
      before = period == NO_INDEX ? 0 : period;
      assert_false(found[period == NO_INDEX ? MOST : period]);
      found[period == NO_INDEX ? MOST : period] = true;
    }
    assert_false(period_search_next(&search, &period));
    assert_memory_equal(found, possible, sizeof found);
  }
}

static void none_at_all(void **state) {
  (void)state;
  uint32_t period = 0;
  PeriodSearch search = {.last_day = 5, .first_known = 0, .last_known = 5, .earliest_known = INT64_MAX};
  assert_int_equal(period_in_force(NULL, 0, 5, ALL_KNOWN), NO_INDEX);
  assert_true(period_search_next(&search, &period));
  assert_int_equal(period, NO_INDEX);
  assert_false(period_search_next(&search, &period));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_is_in_force),
      cmocka_unit_test(all_that_may_be_are_found),
      cmocka_unit_test(none_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
