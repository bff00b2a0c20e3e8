/* Spelling: how values are written in data, read and written. One table for
 * all formats; none of it depends on the locale. What the data of an office
 * hold is understood (digit groups, a currency before or behind, ISO 8601
 * durations); what could be read in two ways is not. */
#ifndef DATA_SPELLING_H
#define DATA_SPELLING_H

#include "check/program.h"

/* "yes" and "no" in any case; from a table also ja, nei, true, false. */
bool yes_no_read(View text, bool from_table, bool *yes);

/* -12.5, 1 500 000 (blanks or no-break spaces, groups of three). */
NumReading grouped_read(Arena *arena, View text, Num *out);
/* The same, or with a % behind it: hundredths. */
NumReading percent_read(Arena *arena, View text, Num *out);
/* Plain digits, the common case, without a fraction in between: value = units / 10^scale. False where it is anything
 * else, more than 18 digits included. */
bool units_read(View text, int64_t *units, unsigned *scale);

/* "NOK 2 000 000", "2000000 NOK", "2000000"; *currency is empty for the last. */
NumReading money_read(Arena *arena, View text, View *currency, Num *out);

/* "3 years 6 months", "P3Y6M" in months; "10 days", "36 hours", "P10DT4H" in seconds. English or Norwegian words. */
bool months_read(Arena *arena, View text, int64_t *months);
bool duration_read(Arena *arena, View text, int64_t *seconds);

/* A number-like value in the spelling that data accept. */
View value_spelling(Arena *arena, const Program *program, const Type *type, Num value);
/* An interval as rules write it: [1..6], >= 0, < 100. */
View range_spelling(Arena *arena, const Program *program, const Type *type, const Range *range);

#endif
