/* Calendar: dates as day numbers, moments as seconds, and a time zone.
 *
 * A date is the number of days since 1970-01-01 (proleptic Gregorian), years
 * 0001 to 9999. A moment is the number of seconds since 1970-01-01T00:00:00Z.
 * Time zones come from the system's zoneinfo files. Nothing reads the clock
 * or the environment. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/view.h"

enum { DATE_MIN = -719162, DATE_MAX = 2932896 }; /* 0001-01-01, 9999-12-31 */

typedef struct Civil {
  int32_t year, month, day; /* month and day count from 1 */
} Civil;

bool civil_valid(Civil c);
int64_t date_of_civil(Civil c);
Civil civil_of_date(int64_t date);
int32_t days_in_month(int32_t year, int32_t month);
int32_t date_weekday(int64_t date); /* 1 = Monday … 7 = Sunday (ISO 8601) */

/* Adds months; the day is cut to the month's last (FEEL 10.3.2.3.7: 31 January + 1 month = the last of February).
 * False where the result leaves DATE_MIN..DATE_MAX. */
bool date_add_months(int64_t date, int64_t months, int64_t *out);
/* Whole months from a to b: the largest m with a + m months <= b; negative where b < a (then -months(b, a)). */
int64_t date_months_between(int64_t a, int64_t b);

/* "2019-09-06" */
bool date_read(View text, int64_t *date);
/* "15:00", "15:00:59" -> seconds of the day */
bool clock_read(View text, int64_t *seconds);

/* A moment as read: wall clock with or without an offset. */
typedef struct MomentText {
  int64_t local_seconds; /* as if the wall clock were UTC */
  bool has_offset;
  int32_t offset_seconds; /* east of Greenwich */
} MomentText;
/* "2019-09-06 15:00", "2019-09-06T15:00:01", "…Z", "…+02:00"; 24:00 is not a time. */
bool moment_read(View text, MomentText *out);

typedef struct Zone Zone;
/* Loads e.g. "Europe/Oslo" or "UTC"; NULL where the name is malformed or the machine has no such zone. */
const Zone *zone_load(Arena *arena, View name);
/* The zone in the bytes of a TZif file (RFC 8536); NULL where anything is odd about them. */
const Zone *zone_of_file(Arena *arena, View bytes);
int32_t zone_offset_at(const Zone *zone, int64_t moment); /* seconds east */
/* Wall clock to moment. A wall clock that occurs twice means its first occurrence; one that is
 * skipped is read with the offset before the skip (so it lands after it). */
int64_t zone_moment_of_local(const Zone *zone, int64_t local_seconds);
int64_t zone_local_of_moment(const Zone *zone, int64_t moment);
int64_t zone_moment_of_text(const Zone *zone, MomentText text);
int64_t zone_date_of_moment(const Zone *zone, int64_t moment);

View date_text(Arena *arena, int64_t date);                           /* 2019-09-06 */
View moment_text(Arena *arena, const Zone *zone, int64_t moment);     /* 2019-09-06 15:00, with :ss where not 0 */
View moment_text_iso(Arena *arena, const Zone *zone, int64_t moment); /* 2019-09-06T15:00:00+02:00 */

#endif
