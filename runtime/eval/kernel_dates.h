/* Kernels of the calendar: parts of dates, months added, dates and moments in
 * the programme's time zone. Only days of the years 0001 to 9999 are results;
 * others are the fault R0108. */
#ifndef EVAL_KERNEL_DATES_H
#define EVAL_KERNEL_DATES_H

#include "eval/kernel_rows.h"

Column *dates_of_moments(Job *job);
Column *dates_to_moments(Job *job);
Column *dates_part(Job *job); /* YEAR, MONTH, DAY, WEEKDAY, DAY_OF_YEAR, WEEK */
Column *dates_ends(Job *job); /* MONTH_FIRST, MONTH_LAST, YEAR_FIRST, YEAR_LAST */
Column *dates_add_months(Job *job);
Column *dates_add_months_to_moments(Job *job);
Column *dates_add_seconds(Job *job);
Column *dates_months_between(Job *job);
Column *dates_make(Job *job);

/* Moments between which all arithmetic stays in the calendar: a day is left at both ends for the offset of the zone. */
static const int64_t moment_min = (DATE_MIN + INT64_C(1)) * 86400, moment_max = DATE_MAX * INT64_C(86400) - 1;
static inline bool is_date(int64_t day) { return day >= DATE_MIN && day <= DATE_MAX; }
static inline bool is_moment(int64_t seconds) { return seconds >= moment_min && seconds <= moment_max; }

#endif
