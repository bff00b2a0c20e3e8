#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Time zones, from the machine's files and from files made here. */

static Arena *arena;

static int make_arena(void **state) {
  (void)state;
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static int64_t seconds_of(const char *text) {
  MomentText moment;
  if (!moment_read(view_of(text), &moment)) fail_msg("%s", text);
  return moment.local_seconds - moment.offset_seconds;
}

static void assert_iso(const Zone *zone, int64_t moment, const char *wanted) {
  View got = moment_text_iso(arena, zone, moment);
  if (!view_is(got, wanted)) printf("got %.*s, not %s\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

/* A moment in UTC and how a clock in the zone shows it. */
static void assert_shows(const Zone *zone, const char *utc, const char *wanted) {
  assert_non_null(zone);
  assert_iso(zone, seconds_of(utc), wanted);
}

/* A wall clock in the zone and the moment it means. */
static void assert_means(const Zone *zone, const char *local, const char *utc) {
  assert_int_equal(zone_moment_of_local(zone, seconds_of(local)), seconds_of(utc));
}

static void oslo(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Europe/Oslo"));
  assert_shows(zone, "2019-09-06T13:00Z", "2019-09-06T15:00:00+02:00");
  assert_shows(zone, "2019-12-31T23:30Z", "2020-01-01T00:30:00+01:00");
  assert_shows(zone, "2024-03-31T00:59:59Z", "2024-03-31T01:59:59+01:00");
  assert_shows(zone, "2024-03-31T01:00Z", "2024-03-31T03:00:00+02:00");
  assert_shows(zone, "2024-10-27T00:59:59Z", "2024-10-27T02:59:59+02:00");
  assert_shows(zone, "2024-10-27T01:00Z", "2024-10-27T02:00:00+01:00");
  assert_shows(zone, "1940-06-01T12:00Z", "1940-06-01T13:00:00+01:00");
}

static void oslo_behind_the_last_listed_change(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Europe/Oslo"));
  assert_shows(zone, "2050-03-27T00:59:59Z", "2050-03-27T01:59:59+01:00");
  assert_shows(zone, "2050-03-27T01:00Z", "2050-03-27T03:00:00+02:00");
  assert_shows(zone, "2050-10-30T00:59:59Z", "2050-10-30T02:59:59+02:00");
  assert_shows(zone, "2050-10-30T01:00Z", "2050-10-30T02:00:00+01:00");
  assert_shows(zone, "9999-07-01T00:00Z", "9999-07-01T02:00:00+02:00");
  assert_means(zone, "2050-07-01 12:00", "2050-07-01T10:00Z");
  assert_means(zone, "2050-03-27 02:30", "2050-03-27T01:30Z");
  assert_means(zone, "2050-10-30 02:30", "2050-10-30T00:30Z");
}

static void a_skipped_wall_clock_lands_after_the_skip(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Europe/Oslo"));
  assert_means(zone, "2024-03-31 01:59:59", "2024-03-31T00:59:59Z");
  assert_means(zone, "2024-03-31 02:00", "2024-03-31T01:00Z");
  assert_means(zone, "2024-03-31 02:30", "2024-03-31T01:30Z");
  assert_means(zone, "2024-03-31 03:00", "2024-03-31T01:00Z");
}

static void a_repeated_wall_clock_is_the_first(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Europe/Oslo"));
  assert_means(zone, "2024-10-27 02:00", "2024-10-27T00:00Z");
  assert_means(zone, "2024-10-27 02:59:59", "2024-10-27T00:59:59Z");
  assert_means(zone, "2024-10-27 03:00", "2024-10-27T02:00Z");
}

/* Apia left out 2011-12-30 altogether. */
static void a_day_that_never_was(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Pacific/Apia"));
  assert_shows(zone, "2011-12-30T09:59:59Z", "2011-12-29T23:59:59-10:00");
  assert_shows(zone, "2011-12-30T10:00Z", "2011-12-31T00:00:00+14:00");
  assert_means(zone, "2011-12-30 12:00", "2011-12-30T22:00Z");
}

static void other_zones(void **state) {
  (void)state;
  const Zone *south = zone_load(arena, VIEW("Australia/Sydney")), *dublin = zone_load(arena, VIEW("Europe/Dublin"));
  assert_shows(south, "2050-01-01T00:00Z", "2050-01-01T11:00:00+11:00");
  assert_shows(south, "2050-07-01T00:00Z", "2050-07-01T10:00:00+10:00");
  assert_shows(dublin, "2050-01-01T00:00Z", "2050-01-01T00:00:00+00:00");
  assert_shows(dublin, "2050-07-01T00:00Z", "2050-07-01T01:00:00+01:00");
  assert_shows(zone_load(arena, VIEW("Asia/Kolkata")), "2050-07-01T00:00Z", "2050-07-01T05:30:00+05:30");
  assert_shows(zone_load(arena, VIEW("America/St_Johns")), "2050-01-01T00:00Z", "2049-12-31T20:30:00-03:30");
  assert_shows(zone_load(arena, VIEW("Etc/GMT+3")), "2050-01-01T00:00Z", "2049-12-31T21:00:00-03:00");
}

static void utc_needs_no_file(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("UTC"));
  assert_shows(zone, "2024-10-27T01:00Z", "2024-10-27T01:00:00+00:00");
  assert_means(zone, "9999-12-31 23:59:59", "9999-12-31T23:59:59Z");
  assert_true(view_is(moment_text(arena, zone, 60), "1970-01-01 00:01"));
  assert_true(view_is(moment_text(arena, zone, -1), "1969-12-31 23:59:59"));
  assert_int_equal(zone_date_of_moment(zone, -1), -1);
}

static void texts_with_and_without_an_offset(void **state) {
  (void)state;
  const Zone *zone = zone_load(arena, VIEW("Europe/Oslo"));
  MomentText with, without;
  assert_true(moment_read(VIEW("2024-01-01T12:00+05:00"), &with));
  assert_true(moment_read(VIEW("2024-01-01T12:00"), &without));
  assert_int_equal(zone_moment_of_text(zone, with), seconds_of("2024-01-01T07:00Z"));
  assert_int_equal(zone_moment_of_text(zone, without), seconds_of("2024-01-01T11:00Z"));
  assert_int_equal(zone_date_of_moment(zone, seconds_of("2024-01-01T23:30Z")), 19724);
}

static void names_that_are_none(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "",  "/etc/passwd", "../etc",       "Europe/../UTC",    "Europe",    "Europe/",     "Nowhere/Land",
      ".", "zone.tab",    "Europe/Oslo ", "Europe/O\xC3\xB8", "tzdata.zi", "leapseconds", "right/Europe/Oslo"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_null(zone_load(arena, view_of(wrong[i])));
  assert_null(zone_load(arena, (View){"UTC\0x", 5}));
  char long_name[1000];
  memset(long_name, 'a', sizeof long_name);
  assert_null(zone_load(arena, (View){long_name, sizeof long_name}));
}

/* Whatever wall clock a moment shows, it means that moment or, where it occurs twice, the earlier one. */
static void there_and_back(void **state) {
  (void)state;
  static const char *const names[] = {"Europe/Oslo", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const Zone *zone = zone_load(arena, view_of(names[i]));
    for (int64_t t = seconds_of("1850-01-01T00:00Z"); t < seconds_of("2070-01-01T00:00Z"); t += 7 * 86400 / 4 + 911) {
      int64_t local = zone_local_of_moment(zone, t), back = zone_moment_of_local(zone, local);
      assert_true(back <= t);
      assert_int_equal(zone_local_of_moment(zone, back), local);
    }
  }
}

/* ---- files ---- */

typedef struct File {
  char bytes[600];
  uint32_t length;
} File;

static void put(File *file, const void *bytes, size_t length) {
  memcpy(file->bytes + file->length, bytes, length);
  file->length += (uint32_t)length;
}

static void put_integer(File *file, int64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    char byte = (char)((uint64_t)value >> shift);
    put(file, &byte, 1);
  }
}

static void put_header(File *file, char version, int times, int types) {
  put(file, "TZif", 4);
  put(file, &version, 1);
  for (int i = 0; i < 15; i++) put(file, "", 1);
  const int counts[] = {0, 0, 0, times, types, 4};
  for (int i = 0; i < 6; i++) put_integer(file, counts[i], 4);
}

/* Two types, +1 and +2 hours; changes at 1000 and 2000 to the second and the first. */
static void put_body(File *file, int size) {
  put_integer(file, 1000, size);
  put_integer(file, 2000, size);
  put(file, "\1\0", 2);
  for (int hours = 1; hours <= 2; hours++) {
    put_integer(file, 3600 * hours, 4);
    put(file, "\0\0", 2);
  }
  put(file, "ABC", 4);
}

static File file_with_footer(const char *footer) {
  File file = {.length = 0};
  put_header(&file, '2', 2, 2);
  put_body(&file, 4);
  put_header(&file, '2', 2, 2);
  put_body(&file, 8);
  put(&file, footer, strlen(footer));
  return file;
}

static const Zone *zone_with_footer(const char *footer) {
  File file = file_with_footer(footer);
  return zone_of_file(arena, (View){file.bytes, file.length});
}

static void files_of_both_versions(void **state) {
  (void)state;
  File first = {.length = 0};
  put_header(&first, 0, 2, 2);
  put_body(&first, 4);
  const Zone *zones[] = {zone_of_file(arena, (View){first.bytes, first.length}), zone_with_footer("\n\n")};
  for (int i = 0; i < 2; i++) {
    assert_non_null(zones[i]);
    assert_int_equal(zone_offset_at(zones[i], 999), 3600);
    assert_int_equal(zone_offset_at(zones[i], 1000), 7200);
    assert_int_equal(zone_offset_at(zones[i], 1999), 7200);
    assert_int_equal(zone_offset_at(zones[i], 2000), 3600);
    assert_int_equal(zone_offset_at(zones[i], INT64_MAX), 3600);
    assert_int_equal(zone_offset_at(zones[i], INT64_MIN), 3600);
  }
}

static void footers(void **state) {
  (void)state;
  assert_shows(zone_with_footer("\nCET-1CEST,M3.5.0,M10.5.0/3\n"), "2024-07-01T00:00Z", "2024-07-01T02:00:00+02:00");
  assert_shows(zone_with_footer("\n<+0530>-5:30\n"), "2024-07-01T00:00Z", "2024-07-01T05:30:00+05:30");
  assert_shows(zone_with_footer("\nAAA3BBB2:15:30,J60/0,300/-1:30\n"), "2024-03-01T03:00Z",
               "2024-03-01T00:44:30-02:15:30");
  assert_shows(zone_with_footer("\nAAA3BBB,J60/0,300/0\n"), "2024-03-01T02:59:59Z", "2024-02-29T23:59:59-03:00");
  assert_shows(zone_with_footer("\nAAA3BBB,J60/0,300/0\n"), "2024-10-27T01:59:59Z", "2024-10-26T23:59:59-02:00");
  assert_shows(zone_with_footer("\nAAA3BBB,J60/0,300/0\n"), "2024-10-27T02:00Z", "2024-10-26T23:00:00-03:00");
  assert_shows(zone_with_footer("\nXXX3EDT4,0/0,J365/23\n"), "2024-01-01T03:00Z", "2023-12-31T23:00:00-04:00");
}

static void footers_that_break_the_grammar(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "",
      "\n",
      "CET-1\n",
      "\nCET-1",
      "\nCE-1\n",
      "\nCET\n",
      "\nCET-25\n",
      "\nCET-1CEST\n",
      "\nCET-1CEST,M3.5.0\n",
      "\nCET-1CEST,M13.5.0,M10.5.0\n",
      "\nCET-1CEST,M3.6.0,M10.5.0\n",
      "\nCET-1CEST,M3.0.0,M10.5.0\n",
      "\nCET-1CEST,M3.5.7,M10.5.0\n",
      "\nCET-1CEST,M3.5.0,M10.5.0/168\n",
      "\nCET-1CEST,M3.5.0,M10.5.0x\n",
      "\nCET-1CEST,J0,J366\n",
      "\nCET-1CEST,366,1\n",
      "\n<CET-1\n",
      "\nCET-1:60\n",
      "\nCET-99999999999\n",
      "\n<C+>1\n",
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    if (zone_with_footer(wrong[i])) fail_msg("%s", wrong[i]);
}

/* Cut at every length, and every bit of every byte changed: no zone, or one whose offsets can be asked for. */
static void damaged_files(void **state) {
  (void)state;
  const File whole = file_with_footer("\nCET-1CEST,M3.5.0,M10.5.0/3\n");
  for (uint32_t length = 0; length < whole.length; length++) {
    char *cut = arena_copy(arena, whole.bytes, length);
    assert_null(zone_of_file(arena, (View){cut, length}));
  }
  for (uint32_t bit = 0; bit < 8 * whole.length; bit++) {
    File damaged = whole;
    damaged.bytes[bit / 8] = (char)(damaged.bytes[bit / 8] ^ 1 << bit % 8);
    const Zone *zone = zone_of_file(arena, (View){damaged.bytes, damaged.length});
    if (!zone) continue;
    for (int64_t t = -100000; t < seconds_of("2030-01-01T00:00Z"); t += 40000000) {
      int32_t offset = zone_offset_at(zone, zone_moment_of_local(zone, t));
      assert_true(offset >= -26 * 3600 && offset <= 26 * 3600);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(oslo),
      cmocka_unit_test(oslo_behind_the_last_listed_change),
      cmocka_unit_test(a_skipped_wall_clock_lands_after_the_skip),
      cmocka_unit_test(a_repeated_wall_clock_is_the_first),
      cmocka_unit_test(a_day_that_never_was),
      cmocka_unit_test(other_zones),
      cmocka_unit_test(utc_needs_no_file),
      cmocka_unit_test(texts_with_and_without_an_offset),
      cmocka_unit_test(names_that_are_none),
      cmocka_unit_test(there_and_back),
      cmocka_unit_test(files_of_both_versions),
      cmocka_unit_test(footers),
      cmocka_unit_test(footers_that_break_the_grammar),
      cmocka_unit_test(damaged_files),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
