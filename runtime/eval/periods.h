/* Periods: which entry of a dated value holds on a day, as far as was known on
 * another. Entries stand in the order of the day they hold from, those of one
 * day in the order in which they became known; the last that has begun and is
 * known holds. */
#ifndef EVAL_PERIODS_H
#define EVAL_PERIODS_H

#include "check/program.h"

/* As the day of knowledge: every entry counts. */
#define ALL_KNOWN (DATE_MAX + INT64_C(1))

/* The entry in force; NO_INDEX if there is none. */
uint32_t period_in_force(const Period *periods, uint32_t count, int64_t day, int64_t known_on);

/* All entries that may be in force where the two days are only known to lie between two others each: the last first,
 * and NO_INDEX behind them where there may be none. Begin with `next` = count and `earliest_known` = INT64_MAX. */
typedef struct PeriodSearch {
  const Period *periods;
  uint32_t count;
  int64_t first_day, last_day;
  int64_t first_known, last_known;
  uint32_t next;
  int64_t earliest_known; /* of the entries seen that have begun on first_day */
  bool done;
} PeriodSearch;

/* False: no more. */
bool period_search_next(PeriodSearch *search, uint32_t *period);

#endif
