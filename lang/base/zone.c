#include "base/calendar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Time zones from TZif files (RFC 8536): a list of moments at which the offset
 * changes, and behind the last one a rule for every year. The file is foreign
 * bytes: each read is checked against its end, and a file with anything odd in
 * it is no zone at all. */

enum { DAY_SECONDS = 86400, OFFSET_MOST = 26 * 3600, FILE_MOST = 256 << 10, NAME_MOST = 100 };

/* When in a year the offset changes: POSIX.1-2017, chapter 8.3, TZ. */
typedef enum DayKind { DAY_OF_YEAR, DAY_OF_YEAR_NO_LEAP, DAY_OF_WEEK } DayKind;

typedef struct YearDay {
  DayKind kind;
  int32_t day;                  /* DAY_OF_YEAR from 0, DAY_OF_YEAR_NO_LEAP from 1 */
  int32_t month, week, weekday; /* DAY_OF_WEEK: week 5 is the last, weekday 0 is Sunday */
  int32_t seconds;              /* wall clock; may be negative or more than a day */
} YearDay;

typedef struct Rule {
  int32_t standard, summer; /* offsets, seconds east */
  bool has_summer;
  YearDay begin, end;
} Rule;

struct Zone {
  uint32_t count;
  const int64_t *at;    /* ascending */
  const int32_t *after; /* the offset from at[i] on */
  int32_t before;       /* the offset before at[0] */
  bool has_rule;        /* holds from the last at[] on */
  Rule rule;
};

/* ---- the rule of the years to come ---- */

static int64_t date_of_year_day(const YearDay *day, int32_t year) {
  int64_t new_year = date_of_civil((Civil){year, 1, 1});
  switch (day->kind) {
  case DAY_OF_YEAR: return new_year + day->day;
  case DAY_OF_YEAR_NO_LEAP: return new_year + day->day - 1 + (day->day >= 60 && days_in_month(year, 2) == 29);
  case DAY_OF_WEEK: break;
  }
  int64_t first = date_of_civil((Civil){year, day->month, 1});
  int32_t ahead = (day->weekday - date_weekday(first) % 7 + 7) % 7, in_month = ahead + 7 * (day->week - 1);
  if (in_month >= days_in_month(year, day->month)) in_month -= 7;
  return first + in_month;
}

static int64_t summer_begin(const Rule *rule, int32_t year) {
  return date_of_year_day(&rule->begin, year) * DAY_SECONDS + rule->begin.seconds - rule->standard;
}

static int64_t summer_end(const Rule *rule, int32_t year) {
  return date_of_year_day(&rule->end, year) * DAY_SECONDS + rule->end.seconds - rule->summer;
}

/* The year in standard time, kept where dates are defined and a little around. */
static int32_t rule_year(const Rule *rule, int64_t moment) {
  const int64_t first = (int64_t)(DATE_MIN - 2) * DAY_SECONDS, last = (int64_t)(DATE_MAX + 2) * DAY_SECONDS;
  int64_t kept = moment < first ? first : moment > last ? last : moment;
  int64_t local = kept + rule->standard;
  return civil_of_date(local / DAY_SECONDS - (local % DAY_SECONDS < 0)).year;
}

/* In the south, and where winter time counts as the deviation (Dublin), the end comes before the beginning. */
static int32_t rule_offset_at(const Rule *rule, int64_t moment) {
  if (!rule->has_summer) return rule->standard;
  int32_t year = rule_year(rule, moment);
  int64_t begin = summer_begin(rule, year), end = summer_end(rule, year);
  bool summer = begin < end ? moment >= begin && moment < end : moment >= begin || moment < end;
  return summer ? rule->summer : rule->standard;
}

static bool rule_next_change(const Rule *rule, int64_t moment, int64_t *change) {
  *change = INT64_MAX;
  if (!rule->has_summer) return false;
  int32_t year = rule_year(rule, moment);
  for (int32_t y = year - 1; y <= year + 1; y++) {
    const int64_t candidates[] = {summer_begin(rule, y), summer_end(rule, y)};
    for (int i = 0; i < 2; i++) {
      if (candidates[i] > moment && candidates[i] < *change) *change = candidates[i];
    }
  }
  return *change < INT64_MAX;
}

/* ---- lookup ---- */

/* How many changes have happened at `moment`. */
static uint32_t changes_until(const Zone *zone, int64_t moment) {
  uint32_t low = 0, high = zone->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (zone->at[middle] <= moment)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int32_t zone_offset_at(const Zone *zone, int64_t moment) {
  uint32_t passed = changes_until(zone, moment);
  if (passed == zone->count && zone->has_rule) return rule_offset_at(&zone->rule, moment);
  return passed > 0 ? zone->after[passed - 1] : zone->before;
}

static bool next_change(const Zone *zone, int64_t moment, int64_t *change) {
  uint32_t passed = changes_until(zone, moment);
  if (passed == zone->count) return zone->has_rule && rule_next_change(&zone->rule, moment, change);
  *change = zone->at[passed];
  return true;
}

/* Walks through the stretches of one offset that may hold this wall clock, from early to late. The first one that ends
 * after it either contains it, or begins after it: then it was skipped between the two. */
int64_t zone_moment_of_local(const Zone *zone, int64_t local_seconds) {
  int64_t begin = local_seconds - OFFSET_MOST, end;
  int32_t offset = zone_offset_at(zone, begin), offset_before = offset;
  while (next_change(zone, begin, &end) && local_seconds - offset >= end) {
    begin = end;
    offset_before = offset;
    offset = zone_offset_at(zone, begin);
  }
  int64_t moment = local_seconds - offset;
  return moment >= begin ? moment : local_seconds - offset_before;
}

/* ---- the rule's text ---- */

/* What is left to read of the footer; a text that breaks the grammar makes it `bad` for good. */
typedef struct RuleText {
  const char *at, *end;
  bool bad;
} RuleText;

static bool accept(RuleText *text, char c) {
  if (text->bad || text->at == text->end || *text->at != c) return false;
  text->at++;
  return true;
}

static void expect(RuleText *text, char c) {
  if (!accept(text, c)) text->bad = true;
}

static int32_t expect_number(RuleText *text, int32_t least, int32_t most) {
  int32_t value = 0;
  const char *start = text->at;
  for (; text->at < text->end && *text->at >= '0' && *text->at <= '9' && text->at - start < 4; text->at++)
    value = value * 10 + (*text->at - '0');
  if (text->at == start || value < least || value > most) text->bad = true;
  return value;
}

/* Three or more letters, or anything alphanumeric in < >. */
static void expect_zone_name(RuleText *text) {
  bool quoted = accept(text, '<');
  const char *start = text->at;
  for (; text->at < text->end; text->at++) {
    char c = *text->at;
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'))) break;
  }
  if (text->at - start < 3) text->bad = true;
  if (quoted) expect(text, '>');
}

/* [+-]hh[:mm[:ss]] */
static int32_t expect_clock(RuleText *text, int32_t most_hours) {
  bool negative = accept(text, '-');
  if (!negative) accept(text, '+');
  int32_t seconds = 3600 * expect_number(text, 0, most_hours);
  if (accept(text, ':')) {
    seconds += 60 * expect_number(text, 0, 59);
    if (accept(text, ':')) seconds += expect_number(text, 0, 59);
  }
  return negative ? -seconds : seconds;
}

/* Jn | n | Mm.w.d, then [/time], 02:00 where it is left out; RFC 8536 lets the time go from -167 to 167 hours. */
static YearDay expect_year_day(RuleText *text) {
  YearDay day = {.seconds = 2 * 3600};
  if (accept(text, 'M')) {
    day.kind = DAY_OF_WEEK;
    day.month = expect_number(text, 1, 12);
    expect(text, '.');
    day.week = expect_number(text, 1, 5);
    expect(text, '.');
    day.weekday = expect_number(text, 0, 6);
  } else if (accept(text, 'J')) {
    day.kind = DAY_OF_YEAR_NO_LEAP;
    day.day = expect_number(text, 1, 365);
  } else {
    day.day = expect_number(text, 0, 365);
  }
  if (accept(text, '/')) day.seconds = expect_clock(text, 167);
  return day;
}

/* std offset [dst [offset] , begin , end]; POSIX counts offsets westwards. */
static bool read_rule(const char *at, const char *end, Rule *out) {
  RuleText text = {.at = at, .end = end};
  *out = (Rule){0};
  expect_zone_name(&text);
  out->standard = -expect_clock(&text, 24);
  if (text.bad || text.at == end) return !text.bad;
  out->has_summer = true;
  expect_zone_name(&text);
  out->summer = out->standard + 3600;
  if (text.at < end && *text.at != ',') out->summer = -expect_clock(&text, 24);
  expect(&text, ',');
  out->begin = expect_year_day(&text);
  expect(&text, ',');
  out->end = expect_year_day(&text);
  return !text.bad && text.at == end;
}

/* ---- the file ---- */

typedef struct Bytes {
  const unsigned char *at;
  size_t left;
} Bytes;

static const unsigned char *take(Bytes *bytes, size_t count) {
  if (bytes->left < count) return NULL;
  const unsigned char *taken = bytes->at;
  bytes->at += count;
  bytes->left -= count;
  return taken;
}

/* Big-endian, two's complement, 4 or 8 bytes. */
static int64_t read_integer(const unsigned char *at, size_t size) {
  uint64_t value = at[0] & 0x80 ? UINT64_MAX : 0;
  for (size_t i = 0; i < size; i++) value = value << 8 | at[i];
  return (int64_t)value;
}

/* RFC 8536, section 3.1: "TZif", version, 15 bytes unused, six counts. */
typedef struct Header {
  int version;
  uint32_t isut_count, isstd_count, leap_count, time_count, type_count, char_count;
} Header;

static bool take_header(Bytes *bytes, Header *out) {
  const unsigned char *at = take(bytes, 44);
  if (!at || memcmp(at, "TZif", 4) != 0) return false;
  out->version = at[4];
  uint32_t *counts[] = {&out->isut_count, &out->isstd_count, &out->leap_count,
                        &out->time_count, &out->type_count,  &out->char_count};
  for (size_t i = 0; i < 6; i++) {
    int64_t count = read_integer(at + 20 + 4 * i, 4);
    if (count < 0 || count > FILE_MOST) return false;
    *counts[i] = (uint32_t)count;
  }
  return true;
}

static size_t body_bytes(const Header *h, size_t time_size) {
  return h->time_count * (time_size + 1) + (size_t)h->type_count * 6 + h->char_count + h->leap_count * (time_size + 4) +
         h->isstd_count + h->isut_count;
}

/* With leap seconds in it (the folder "right") a file counts other seconds than ours. */
static bool read_body(Arena *arena, const Header *h, const unsigned char *at, size_t time_size, Zone *zone) {
  if (h->leap_count != 0 || h->type_count == 0) return false;
  const unsigned char *indices = at + h->time_count * time_size, *types = indices + h->time_count;
  int64_t *times = arena_array(arena, int64_t, h->time_count);
  int32_t *offsets = arena_array(arena, int32_t, h->time_count);
  for (uint32_t i = 0; i < h->type_count; i++) {
    int64_t offset = read_integer(types + 6 * i, 4);
    if (offset < -OFFSET_MOST || offset > OFFSET_MOST) return false;
  }
  for (uint32_t i = 0; i < h->time_count; i++) {
    times[i] = read_integer(at + i * time_size, time_size);
    if (indices[i] >= h->type_count || (i > 0 && times[i] <= times[i - 1])) return false;
    offsets[i] = (int32_t)read_integer(types + 6 * indices[i], 4);
  }
  *zone = (Zone){h->time_count, times, offsets, (int32_t)read_integer(types, 4), false, {0}};
  return true;
}

/* Behind the second body: a line end, the rule (or nothing), a line end. */
static bool read_footer(Bytes *bytes, Zone *zone) {
  if (bytes->left < 2 || bytes->at[0] != '\n') return false;
  const char *start = (const char *)bytes->at + 1;
  const char *end = memchr(start, '\n', bytes->left - 1);
  if (!end) return false;
  zone->has_rule = end > start;
  return !zone->has_rule || read_rule(start, end, &zone->rule);
}

/* From version 2 on the file has everything twice; the first body, with its short times, is for older readers. */
static bool read_zone(Arena *arena, Bytes bytes, Zone *zone) {
  Header header;
  if (!take_header(&bytes, &header)) return false;
  const unsigned char *body = take(&bytes, body_bytes(&header, 4));
  if (!body) return false;
  if (header.version == 0) return read_body(arena, &header, body, 4, zone);
  if (!take_header(&bytes, &header)) return false;
  body = take(&bytes, body_bytes(&header, 8));
  return body && read_body(arena, &header, body, 8, zone) && read_footer(&bytes, zone);
}

const Zone *zone_of_file(Arena *arena, View bytes) {
  Zone *zone = arena_new_of(arena, Zone);
  return read_zone(arena, (Bytes){(const unsigned char *)bytes.at, bytes.length}, zone) ? zone : NULL;
}

static bool is_name(View name) {
  if (name.length == 0 || name.length > NAME_MOST || name.at[0] == '/') return false;
  for (uint32_t i = 0; i < name.length; i++) {
    char c = name.at[i];
    bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && (c == 0 || !strchr("_-+/", c))) return false;
  }
  return true;
}

/* Memory is asked for before the file is open, so a refusal leaves no descriptor behind. */
static bool read_file(Arena *arena, const char *path, View *out) {
  struct stat found;
  if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size > FILE_MOST) return false;
  size_t size = (size_t)found.st_size, used = 0;
  char *bytes = arena_alloc(arena, size);
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return false;
  while (used < size) {
    ssize_t got = read(fd, bytes + used, size - used);
    if (got > 0)
      used += (size_t)got;
    else if (got == 0 || errno != EINTR)
      break;
  }
  close(fd);
  *out = view_make(bytes, used);
  return used == size;
}

const Zone *zone_load(Arena *arena, View name) {
  if (view_is(name, "UTC")) return arena_new_of(arena, Zone); /* no changes, and 0 before the first */
  if (!is_name(name)) return NULL;
  char path[sizeof "/usr/share/zoneinfo/" + NAME_MOST];
  snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", (int)name.length, name.at);
  View bytes;
  return read_file(arena, path, &bytes) ? zone_of_file(arena, bytes) : NULL;
}
