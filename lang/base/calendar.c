#include "base/calendar.h"

#include <stdio.h>

enum { YEAR_MIN = 1, YEAR_MAX = 9999, DAY_SECONDS = 86400 };

/* ---- dates ---- */

static bool is_leap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int32_t days_in_month(int32_t year, int32_t month) {
  static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

bool civil_valid(Civil c) {
  return c.year >= YEAR_MIN && c.year <= YEAR_MAX && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
         c.day <= days_in_month(c.year, c.month);
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Years are taken from March on, so that the leap day is the last of its year; months of such a year begin after
 * (153 m + 2) / 5 days. 719468 days lie between 0000-03-01 and 1970-01-01. */
enum { ERA_DAYS = 146097, EPOCH_FROM_MARCH_0 = 719468 };

int64_t date_of_civil(Civil c) {
  int64_t year = (int64_t)c.year - (c.month <= 2), month = (c.month + 9) % 12;
  int64_t era = floor_div(year, 400), year_of_era = year - era * 400;
  int64_t day_of_year = (153 * month + 2) / 5 + c.day - 1;
  return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH_FROM_MARCH_0;
}

Civil civil_of_date(int64_t date) {
  int64_t days = date + EPOCH_FROM_MARCH_0, era = floor_div(days, ERA_DAYS), day_of_era = days - era * ERA_DAYS;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * day_of_year + 2) / 153;
  int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
  int64_t year = year_of_era + era * 400 + (month >= 10);
  return (Civil){(int32_t)year, (int32_t)(month < 10 ? month + 3 : month - 9), (int32_t)day};
}

/* 1970-01-01 was a Thursday. */
int32_t date_weekday(int64_t date) { return (int32_t)(date + 3 - floor_div(date + 3, 7) * 7) + 1; }

bool date_add_months(int64_t date, int64_t months, int64_t *out) {
  const int64_t most = 12 * YEAR_MAX;
  if (months > most || months < -most || date < DATE_MIN || date > DATE_MAX) return false;
  Civil c = civil_of_date(date);
  int64_t month = 12 * (int64_t)c.year + c.month - 1 + months;
  if (month < 12 * YEAR_MIN || month >= 12 * (YEAR_MAX + 1)) return false;
  c.year = (int32_t)(month / 12);
  c.month = (int32_t)(month % 12) + 1;
  int32_t last = days_in_month(c.year, c.month);
  if (c.day > last) c.day = last;
  *out = date_of_civil(c);
  return true;
}

int64_t date_months_between(int64_t a, int64_t b) {
  if (b < a) return -date_months_between(b, a);
  Civil from = civil_of_date(a), to = civil_of_date(b);
  int64_t months = 12 * ((int64_t)to.year - from.year) + to.month - from.month, reached;
  if (!date_add_months(a, months, &reached) || reached > b) months--;
  return months;
}

/* ---- reading ---- */

/* Takes exactly `count` digits off the front. */
static bool take_number(View *text, uint32_t count, int32_t *out) {
  if (text->length < count) return false;
  int32_t value = 0;
  for (uint32_t i = 0; i < count; i++) {
    char c = text->at[i];
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  *text = (View){text->at + count, text->length - count};
  *out = value;
  return true;
}

static bool take_char(View *text, char c) {
  if (text->length == 0 || text->at[0] != c) return false;
  *text = (View){text->at + 1, text->length - 1};
  return true;
}

static bool take_date(View *text, int64_t *date) {
  Civil c;
  if (!take_number(text, 4, &c.year) || !take_char(text, '-') || !take_number(text, 2, &c.month) ||
      !take_char(text, '-') || !take_number(text, 2, &c.day) || !civil_valid(c))
    return false;
  *date = date_of_civil(c);
  return true;
}

static bool take_hours_and_minutes(View *text, int32_t *hours, int32_t *minutes) {
  return take_number(text, 2, hours) && take_char(text, ':') && take_number(text, 2, minutes) && *minutes <= 59;
}

static bool take_clock(View *text, int64_t *seconds) {
  int32_t hour, minute, second = 0;
  if (!take_hours_and_minutes(text, &hour, &minute)) return false;
  if (take_char(text, ':') && !take_number(text, 2, &second)) return false;
  *seconds = hour * 3600 + minute * 60 + second;
  return hour <= 23 && second <= 59;
}

/* XML Schema, part 2, section 3.2.7.3: offsets are at most 14 hours. */
static bool take_offset(View *text, MomentText *out) {
  if (take_char(text, 'Z')) {
    out->has_offset = true;
    return true;
  }
  bool west = take_char(text, '-');
  if (!west && !take_char(text, '+')) return true;
  int32_t hours, minutes;
  if (!take_hours_and_minutes(text, &hours, &minutes)) return false;
  int32_t offset = hours * 3600 + minutes * 60;
  out->has_offset = true;
  out->offset_seconds = west ? -offset : offset;
  return offset <= 14 * 3600;
}

bool date_read(View text, int64_t *date) { return take_date(&text, date) && text.length == 0; }

bool clock_read(View text, int64_t *seconds) { return take_clock(&text, seconds) && text.length == 0; }

bool moment_read(View text, MomentText *out) {
  int64_t date, seconds;
  *out = (MomentText){0};
  if (!take_date(&text, &date)) return false;
  if (!take_char(&text, ' ') && !take_char(&text, 'T')) return false;
  if (!take_clock(&text, &seconds) || !take_offset(&text, out)) return false;
  out->local_seconds = date * DAY_SECONDS + seconds;
  return text.length == 0;
}

/* ---- moments in a zone ---- */

int64_t zone_local_of_moment(const Zone *zone, int64_t moment) { return moment + zone_offset_at(zone, moment); }

int64_t zone_moment_of_text(const Zone *zone, MomentText text) {
  return text.has_offset ? text.local_seconds - text.offset_seconds : zone_moment_of_local(zone, text.local_seconds);
}

int64_t zone_date_of_moment(const Zone *zone, int64_t moment) {
  return floor_div(zone_local_of_moment(zone, moment), DAY_SECONDS);
}

/* ---- writing ---- */

View date_text(Arena *arena, int64_t date) {
  Civil c = civil_of_date(date);
  return view_format(arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static int32_t second_of_day(int64_t local) { return (int32_t)(local - floor_div(local, DAY_SECONDS) * DAY_SECONDS); }

static View clock_text(Arena *arena, int32_t seconds, bool with_seconds) {
  int32_t hours = seconds / 3600, minutes = seconds / 60 % 60;
  if (!with_seconds) return view_format(arena, "%02d:%02d", hours, minutes);
  return view_format(arena, "%02d:%02d:%02d", hours, minutes, seconds % 60);
}

View moment_text(Arena *arena, const Zone *zone, int64_t moment) {
  int64_t local = zone_local_of_moment(zone, moment);
  int32_t seconds = second_of_day(local);
  View day = view_join(arena, date_text(arena, floor_div(local, DAY_SECONDS)), VIEW(" "));
  return view_join(arena, day, clock_text(arena, seconds, seconds % 60 != 0));
}

View moment_text_iso(Arena *arena, const Zone *zone, int64_t moment) {
  int32_t offset = zone_offset_at(zone, moment), size = offset < 0 ? -offset : offset;
  int64_t local = moment + offset;
  View day = view_join(arena, date_text(arena, floor_div(local, DAY_SECONDS)), VIEW("T"));
  View clock = view_join(arena, clock_text(arena, second_of_day(local), true), offset < 0 ? VIEW("-") : VIEW("+"));
  return view_join(arena, view_join(arena, day, clock), clock_text(arena, size, size % 60 != 0));
}
