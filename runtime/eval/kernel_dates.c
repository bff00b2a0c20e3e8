#include "eval/kernel_dates.h"

#include "eval/kernel_lanes.h"

/* A whole number; false for a fraction, and for what no int64 holds. */
static bool whole_at(Arena *arena, const Column *c, uint32_t row, int64_t *out) {
  if (c->units && c->scale == 0) {
    *out = c->units[row];
    return true;
  }
  return num_to_int(column_number(arena, c, row), out);
}

/* The ends of a range as whole numbers, outwards. False: there is no such end, or it is far outside of the calendar. */
static bool low_of(Arena *arena, const Range *r, int64_t *out) {
  return r->has_low && num_to_int(num_round(arena, r->low, ROUND_FLOOR, num_of(1)), out);
}

static bool high_of(Arena *arena, const Range *r, int64_t *out) {
  return r->has_high && num_to_int(num_round(arena, r->high, ROUND_CEILING, num_of(1)), out);
}

/* ---- of one date or moment ---- */

/* What never turns the order of two days round is known for an unknown one by its ends. */
typedef int64_t DayMap(const Job *, int64_t);

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
  return value < low ? low : value > high ? high : value;
}

/* The last moments of a calendar belong to its last day, whatever the offset of the zone. */
static int64_t date_of_moment(const Job *job, int64_t moment) {
  const int64_t first = DATE_MIN * INT64_C(86400), end = (DATE_MAX + INT64_C(1)) * 86400;
  return clamp(zone_date_of_moment(job->e->program->zone, clamp(moment, first, end)), DATE_MIN, DATE_MAX);
}

static int64_t moment_of_date(const Job *job, int64_t date) {
  return zone_moment_of_local(job->e->program->zone, clamp(date, DATE_MIN, DATE_MAX) * 86400);
}

static int64_t year_of(const Job *job, int64_t date) {
  (void)job;
  return civil_of_date(clamp(date, DATE_MIN, DATE_MAX)).year;
}

/* The slack is how far a later one can be mapped before an earlier one: where clocks are set back over midnight. */
static Range map_range(const Job *job, const Range *r, DayMap *map, int64_t first, int64_t last, int64_t slack) {
  int64_t low, high;
  Range out = range_between(num_of(map(job, first)), num_of(map(job, last)));
  if (low_of(job->arena, r, &low)) out.low = num_of(map(job, clamp(low, first, last)) - slack);
  if (high_of(job->arena, r, &high)) out.high = num_of(map(job, clamp(high, first, last)) + slack);
  out.may_fail = r->may_fail;
  return out;
}

static Column *map_days(Job *job, DayMap *map, int64_t first, int64_t last, int64_t slack) {
  Column *out = column_for(job);
  const int64_t *days = lane_whole(job->arena, job->a);
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->known[w] = job->a->known[w];
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      out->units[row] = map(job, days[row]);
    }
  }
  out->any = map_range(job, &job->a->any, map, first, last, slack);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = range_at(job->arena, job->a, row);
      r = map_range(job, &r, map, first, last, slack);
      lane_put_range(job, out, row, &r, fault_at(job->a, row));
    }
  return out;
}

Column *dates_of_moments(Job *job) {
  return map_days(job, date_of_moment, DATE_MIN * INT64_C(86400), (DATE_MAX + INT64_C(1)) * 86400 - 1, 1);
}
Column *dates_to_moments(Job *job) { return map_days(job, moment_of_date, DATE_MIN, DATE_MAX, 0); }

/* ---- parts of dates ---- */

typedef enum DatePart { PART_MONTH, PART_DAY, PART_WEEKDAY, PART_DAY_OF_YEAR, PART_WEEK } DatePart;

static int64_t first_of_year(int64_t date) { return date_of_civil((Civil){civil_of_date(date).year, 1, 1}); }

/* The week belongs to the year of its Thursday. That may lie a few days outside of the calendar, where the days of a
 * year are counted all the same. */
static int64_t week_of(int64_t date) {
  int64_t thursday = date + 4 - date_weekday(date);
  return (thursday - first_of_year(thursday)) / 7 + 1;
}

static int64_t part_of(DatePart part, int64_t date) {
  switch (part) {
  case PART_MONTH: return civil_of_date(date).month;
  case PART_DAY: return civil_of_date(date).day;
  case PART_WEEKDAY: return date_weekday(date);
  case PART_DAY_OF_YEAR: return date - first_of_year(date) + 1;
  case PART_WEEK: return week_of(date);
  }
  return 0;
}

static Range range_of_part(DatePart part) {
  static const int64_t most[] = {
      [PART_MONTH] = 12, [PART_DAY] = 31, [PART_WEEKDAY] = 7, [PART_DAY_OF_YEAR] = 366, [PART_WEEK] = 53};
  return range_between(num_of(1), num_of(most[part]));
}

/* These go round and round, so nothing follows from the ends of a range. */
static Column *part_of_dates(Job *job, DatePart part) {
  Column *out = column_for(job);
  const int64_t *days = lane_whole(job->arena, job->a);
  out->any = range_of_part(part);
  out->any.may_fail = job->a->any.may_fail;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->known[w] = job->a->known[w];
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      out->units[row] = part_of(part, days[row]);
    }
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = range_of_part(part);
      r.may_fail = range_at(job->arena, job->a, row).may_fail;
      lane_put_range(job, out, row, &r, fault_at(job->a, row));
    }
  }
  return out;
}

Column *dates_part(Job *job) {
  switch ((int)job->node->op) {
  case OP_YEAR: return map_days(job, year_of, DATE_MIN, DATE_MAX, 0);
  case OP_MONTH: return part_of_dates(job, PART_MONTH);
  case OP_DAY: return part_of_dates(job, PART_DAY);
  case OP_DAY_OF_YEAR: return part_of_dates(job, PART_DAY_OF_YEAR);
  case OP_WEEK: return part_of_dates(job, PART_WEEK);
  default: return part_of_dates(job, PART_WEEKDAY);
  }
}

/* ---- first and last days ---- */

static int64_t month_first(const Job *job, int64_t date) {
  (void)job;
  return date - civil_of_date(date).day + 1;
}

static int64_t month_last(const Job *job, int64_t date) {
  Civil c = civil_of_date(date);
  (void)job;
  return date - c.day + days_in_month(c.year, c.month);
}

static int64_t year_first(const Job *job, int64_t date) {
  (void)job;
  return first_of_year(date);
}

static int64_t year_last(const Job *job, int64_t date) {
  (void)job;
  return date_of_civil((Civil){civil_of_date(date).year, 12, 31});
}

Column *dates_ends(Job *job) {
  DayMap *map = job->node->op == OP_MONTH_FIRST  ? month_first
                : job->node->op == OP_MONTH_LAST ? month_last
                : job->node->op == OP_YEAR_FIRST ? year_first
                                                 : year_last;
  return map_days(job, map, DATE_MIN, DATE_MAX, 0);
}

/* ---- of two ---- */

/* What an operation on two whole numbers gives, or the message of what went wrong. */
typedef struct Step {
  int64_t value;
  bool failed;
  MessageCode code;
} Step;

typedef Step StepOfTwo(const Job *, int64_t a, int64_t b);
typedef Range RangeOfTwo(const Job *, const Range *, const Range *);

static Step step_failed(MessageCode code) { return (Step){.failed = true, .code = code}; }
static Step step_to_date(int64_t day) { return is_date(day) ? (Step){.value = day} : step_failed(MSG_R0108); }

static Step add_months(const Job *job, int64_t date, int64_t months) {
  int64_t day;
  (void)job;
  return date_add_months(date, months, &day) ? step_to_date(day) : step_failed(MSG_R0108);
}

/* The wall clock stays, the date moves. */
static Step add_months_to_moment(const Job *job, int64_t moment, int64_t months) {
  const Zone *zone = job->e->program->zone;
  if (!is_moment(moment)) return step_failed(MSG_R0108);
  int64_t local = zone_local_of_moment(zone, moment), date = zone_date_of_moment(zone, moment), day;
  if (!date_add_months(date, months, &day)) return step_failed(MSG_R0108);
  int64_t moved = zone_moment_of_local(zone, local + (day - date) * 86400);
  return is_moment(moved) ? (Step){.value = moved} : step_failed(MSG_R0108);
}

static Step add_seconds(const Job *job, int64_t date, int64_t seconds) {
  int64_t day;
  (void)job;
  if (seconds % 86400 != 0) return step_failed(MSG_R0110);
  return __builtin_add_overflow(date, seconds / 86400, &day) ? step_failed(MSG_R0108) : step_to_date(day);
}

static Step months_between(const Job *job, int64_t a, int64_t b) {
  (void)job;
  return (Step){.value = date_months_between(a, b)};
}

static void put_step(Job *job, Column *out, uint32_t row, const Step *step) {
  if (step->failed) {
    job_fail(job, out, row, step->code);
    return;
  }
  out->units[row] = step->value;
  bit_set(out->known, row);
}

static Column *steps_of_two(Job *job, StepOfTwo *step, RangeOfTwo *range, MessageCode not_whole) {
  Column *out = column_for(job);
  const int64_t *days = lane_whole(job->arena, job->a);
  out->any = range(job, &job->a->any, &job->b->any);
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t known = job->a->known[w] & job->b->known[w];
    for (uint64_t left = known; left;) {
      int64_t other;
      uint32_t row = next_row(&left, w);
      bool whole = whole_at(job->arena, job->b, row, &other);
      Step taken = whole ? step(job, days[row], other) : step_failed(not_whole);
      put_step(job, out, row, &taken);
    }
    for (uint64_t left = ~known & word_mask(job->rows, w); left;) {
      uint32_t row = next_row(&left, w);
      Range a = range_at(job->arena, job->a, row), b = range_at(job->arena, job->b, row);
      Range r = range(job, &a, &b);
      lane_put_range(job, out, row, &r, fault_of_either(job->a, job->b, row));
    }
  }
  return out;
}

/* Both operands move the result the same way. Where an end is not known, or is no day, the result may be an error. */
static Range range_of_steps(const Job *job, const Range *a, const Range *b, StepOfTwo *step, int64_t slack) {
  int64_t x, y;
  Range out = {.may_fail = a->may_fail || b->may_fail};
  if (low_of(job->arena, a, &x) && low_of(job->arena, b, &y)) {
    Step low = step(job, x, y);
    out.has_low = !low.failed;
    out.low = num_of(low.value - slack);
  }
  if (high_of(job->arena, a, &x) && high_of(job->arena, b, &y)) {
    Step high = step(job, x, y);
    out.has_high = !high.failed;
    out.high = num_of(high.value + slack);
  }
  out.may_fail |= !out.has_low || !out.has_high;
  return out;
}

/* A number of months that is not known may be no whole one. */
static bool is_point(const Range *r) { return range_is_point(r) && num_is_whole(r->low); }

static Range range_add_months(const Job *job, const Range *a, const Range *b) {
  Range out = range_of_steps(job, a, b, add_months, 0);
  out.may_fail |= !is_point(b);
  return out;
}

/* A day of slack for clocks that are set back. */
static Range range_add_months_to_moment(const Job *job, const Range *a, const Range *b) {
  Range out = range_of_steps(job, a, b, add_months_to_moment, 86400);
  out.may_fail |= !is_point(b);
  return out;
}

static Range range_add_seconds(const Job *job, const Range *a, const Range *b) {
  return is_point(b) ? range_of_steps(job, a, b, add_seconds, 0) : range_failing();
}

/* More months to a later b, fewer from a later a. */
static Range range_months_between(const Job *job, const Range *a, const Range *b) {
  int64_t x, y;
  Range out = {.may_fail = a->may_fail || b->may_fail};
  if (high_of(job->arena, a, &x) && low_of(job->arena, b, &y) && is_date(x) && is_date(y))
    out.has_low = true, out.low = num_of(date_months_between(x, y));
  if (low_of(job->arena, a, &x) && high_of(job->arena, b, &y) && is_date(x) && is_date(y))
    out.has_high = true, out.high = num_of(date_months_between(x, y));
  return out;
}

Column *dates_add_months(Job *job) { return steps_of_two(job, add_months, range_add_months, MSG_R0112); }
Column *dates_add_months_to_moments(Job *job) {
  return steps_of_two(job, add_months_to_moment, range_add_months_to_moment, MSG_R0112);
}
Column *dates_add_seconds(Job *job) { return steps_of_two(job, add_seconds, range_add_seconds, MSG_R0110); }
Column *dates_months_between(Job *job) { return steps_of_two(job, months_between, range_months_between, MSG_R0108); }

/* ---- a date from its parts ---- */

static bool civil_at(const Job *job, uint32_t row, Civil *out) {
  int64_t year, month, day;
  if (!whole_at(job->arena, job->a, row, &year) || !whole_at(job->arena, job->b, row, &month) ||
      !whole_at(job->arena, job->c, row, &day))
    return false;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  *out = (Civil){(int32_t)year, (int32_t)month, (int32_t)day};
  return civil_valid(*out);
}

static const Fault *fault_of_parts(Job *job, uint32_t row) {
  View text = {0};
  const Column *parts[] = {job->a, job->b, job->c};
  for (int i = 0; i < 3; i++) {
    if (i) text = view_join(job->arena, text, VIEW("-"));
    View part = num_text(job->arena, column_number(job->arena, parts[i], row), NULL);
    if (part.length == 1) text = view_join(job->arena, text, VIEW("0"));
    text = view_join(job->arena, text, part);
  }
  return job_fault_about(job, MSG_R0109, text, (View){0});
}

static const Fault *fault_of_three(const Job *job, uint32_t row) {
  const Fault *fault = fault_of_either(job->a, job->b, row);
  return fault ? fault : fault_at(job->c, row);
}

Column *dates_make(Job *job) {
  Column *out = column_for(job);
  Range any = range_between(num_of(DATE_MIN), num_of(DATE_MAX));
  any.may_fail = true;
  out->any = any;
  for (uint32_t row = 0; row < job->rows; row++) {
    Civil civil;
    bool known = bit_get(job->a->known, row) && bit_get(job->b->known, row) && bit_get(job->c->known, row);
    if (!known)
      lane_put_range(job, out, row, &any, fault_of_three(job, row));
    else if (!civil_at(job, row, &civil))
      column_fail(job->arena, out, row, fault_of_parts(job, row));
    else {
      out->units[row] = date_of_civil(civil);
      bit_set(out->known, row);
    }
  }
  return out;
}
