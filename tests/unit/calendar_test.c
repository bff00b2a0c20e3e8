#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Dates and clocks; what needs a time zone is in zone_test.c. */

static int64_t date(int32_t year, int32_t month, int32_t day) { return date_of_civil((Civil){year, month, day}); }

/* Counts every day from 0001-01-01 to 9999-12-31 by hand, with the Gregorian leap rule and nothing else. */
static void every_day_of_the_calendar(void **state) {
  (void)state;
  int64_t days = DATE_MIN;
  int32_t weekday = 1;
  for (int32_t year = 1; year <= 9999; year++) {
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int32_t month = 1; month <= 12; month++) {
      int32_t length = month == 2 ? 28 + leap : 31 - (month == 4 || month == 6 || month == 9 || month == 11);
      assert_int_equal(days_in_month(year, month), length);
      for (int32_t day = 1; day <= length; day++, days++, weekday = weekday % 7 + 1) {
        Civil c = civil_of_date(days);
        if (c.year != year || c.month != month || c.day != day || date(year, month, day) != days ||
            date_weekday(days) != weekday)
          fail_msg("%d-%d-%d", year, month, day);
      }
    }
  }
  assert_int_equal(days, DATE_MAX + 1);
}

static void known_days(void **state) {
  (void)state;
  assert_int_equal(date(1970, 1, 1), 0);
  assert_int_equal(date_weekday(0), 4);
  assert_int_equal(date(2000, 3, 1), 11017);
  assert_int_equal(date(1, 1, 1), DATE_MIN);
  assert_int_equal(date(9999, 12, 31), DATE_MAX);
}

static void valid_dates(void **state) {
  (void)state;
  assert_true(civil_valid((Civil){2024, 2, 29}) && civil_valid((Civil){1, 1, 1}) && civil_valid((Civil){2000, 2, 29}));
  static const Civil wrong[] = {{2023, 2, 29}, {1900, 2, 29}, {0, 1, 1},    {10000, 1, 1}, {2024, 0, 1},
                                {2024, 13, 1}, {2024, 4, 31}, {2024, 1, 0}, {-5, 1, 1}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(civil_valid(wrong[i]));
}

static void assert_plus_months(int64_t from, int64_t months, int64_t wanted) {
  int64_t got;
  assert_true(date_add_months(from, months, &got));
  assert_int_equal(got, wanted);
}

static void adding_months(void **state) {
  (void)state;
  assert_plus_months(date(2023, 1, 31), 1, date(2023, 2, 28));
  assert_plus_months(date(2024, 1, 31), 1, date(2024, 2, 29));
  assert_plus_months(date(2024, 3, 31), -1, date(2024, 2, 29));
  assert_plus_months(date(2024, 2, 29), 12, date(2025, 2, 28));
  assert_plus_months(date(2024, 1, 15), -13, date(2022, 12, 15));
  assert_plus_months(date(1, 1, 1), 12 * 9999 - 1, date(9999, 12, 1));
  assert_plus_months(date(9999, 12, 31), -(12 * 9999 - 1), date(1, 1, 31));
  int64_t out;
  assert_false(date_add_months(date(9999, 12, 1), 1, &out) || date_add_months(date(1, 1, 31), -1, &out));
  assert_false(date_add_months(0, INT64_MAX, &out) || date_add_months(0, INT64_MIN, &out));
}

static void months_between(void **state) {
  (void)state;
  assert_int_equal(date_months_between(date(2024, 1, 15), date(2024, 2, 14)), 0);
  assert_int_equal(date_months_between(date(2024, 1, 15), date(2024, 2, 15)), 1);
  assert_int_equal(date_months_between(date(2023, 1, 31), date(2023, 2, 28)), 1);
  assert_int_equal(date_months_between(date(2023, 1, 31), date(2023, 2, 27)), 0);
  assert_int_equal(date_months_between(date(2024, 2, 15), date(2024, 1, 15)), -1);
  assert_int_equal(date_months_between(DATE_MIN, DATE_MAX), 12 * 9999 - 1);
  assert_int_equal(date_months_between(DATE_MAX, DATE_MIN), -(12 * 9999 - 1));
}

/* The definition: the largest m with a + m months <= b. */
static void months_between_is_the_largest(void **state) {
  (void)state;
  for (int64_t a = date(2023, 12, 25); a < date(2024, 4, 5); a++) {
    for (int64_t b = a; b < a + 800; b += 3) {
      int64_t m = date_months_between(a, b), reached, next;
      assert_true(date_add_months(a, m, &reached) && date_add_months(a, m + 1, &next));
      assert_true(reached <= b && next > b);
      assert_int_equal(date_months_between(b, a), -m);
    }
  }
}

static void reading_dates(void **state) {
  (void)state;
  int64_t out;
  assert_true(date_read(VIEW("2019-09-06"), &out) && out == date(2019, 9, 6));
  assert_true(date_read(VIEW("0001-01-01"), &out) && out == DATE_MIN);
  static const char *const wrong[] = {
      "",           "2019-9-6",    "2019-02-29", "0000-01-01",  "2019-09-06 ", " 2019-09-06", "19-09-06",
      "2019/09/06", "2019-09-06T", "-019-09-06", "12019-09-06", "2019-13-01",  "20190906"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(date_read(view_of(wrong[i]), &out));
}

static void reading_clocks(void **state) {
  (void)state;
  int64_t out;
  assert_true(clock_read(VIEW("15:00"), &out) && out == 54000);
  assert_true(clock_read(VIEW("00:00:00"), &out) && out == 0);
  assert_true(clock_read(VIEW("23:59:59"), &out) && out == 86399);
  static const char *const wrong[] = {"",     "24:00", "12:60",  "12:00:60", "1:00",
                                      "12:0", "12",    "12:00:", "12:00:5",  "12:00Z"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(clock_read(view_of(wrong[i]), &out));
}

static void reading_moments(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds;
    bool has_offset;
    int32_t offset;
  } right[] = {
      {"1970-01-02 00:00", 86400, false, 0},
      {"1970-01-01T00:00:01", 1, false, 0},
      {"1970-01-01T00:00:01Z", 1, true, 0},
      {"1970-01-01T12:00+02:00", 43200, true, 7200},
      {"1970-01-01 12:00:00-03:30", 43200, true, -12600},
      {"1969-12-31T23:59:59+14:00", -1, true, 50400},
  };
  MomentText out;
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    assert_true(moment_read(view_of(right[i].text), &out));
    assert_int_equal(out.local_seconds, right[i].seconds);
    assert_int_equal(out.has_offset, right[i].has_offset);
    assert_int_equal(out.offset_seconds, right[i].offset);
  }
  static const char *const wrong[] = {
      "1970-01-01",         "1970-01-01T24:00",       "1970-01-01t00:00",       "1970-01-01T00:00z",
      "1970-01-01T00:00+2", "1970-01-01T00:00+14:01", "1970-01-01T00:00+02:60", "1970-01-01T00:00Z ",
      "1970-01-01  00:00",  "1970-01-01T00:00+02:00Z"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(moment_read(view_of(wrong[i]), &out));
}

static void writing_dates(void **state) {
  (void)state;
  Arena *arena = arena_new();
  assert_true(view_is(date_text(arena, date(2019, 9, 6)), "2019-09-06"));
  assert_true(view_is(date_text(arena, DATE_MIN), "0001-01-01"));
  assert_true(view_is(date_text(arena, DATE_MAX), "9999-12-31"));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_of_the_calendar),
      cmocka_unit_test(known_days),
      cmocka_unit_test(valid_dates),
      cmocka_unit_test(adding_months),
      cmocka_unit_test(months_between),
      cmocka_unit_test(months_between_is_the_largest),
      cmocka_unit_test(reading_dates),
      cmocka_unit_test(reading_clocks),
      cmocka_unit_test(reading_moments),
      cmocka_unit_test(writing_dates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
