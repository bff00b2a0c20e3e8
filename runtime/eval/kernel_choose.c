#include "eval/kernel_choose.h"

#include "base/calendar.h"
#include "eval/kernel_bits.h"
#include "eval/kernel_gather.h"
#include "eval/kernel_lanes.h"
#include "eval/periods.h"

/* ---- if ---- */

/* The fault of a row whose value is not definite. With an unknown condition both branches must be errors. */
static const Fault *fault_of_if(const Job *job, uint32_t row) {
  if (column_is_error(job->a, row)) return job->a->faults[row];
  if (bit_get(job->a->yes, row)) return fault_at(job->b, row);
  if (bit_get(job->a->no, row)) return fault_at(job->c, row);
  const Fault *fault = fault_at(job->b, row);
  return fault && column_is_error(job->c, row) ? fault : NULL;
}

/*  if       b        where the condition is yes
 *           c        where it is no
 *           b and c  where they agree, whatever the condition is */
static Column *if_of_bits(Job *job) {
  Column *out = bits_new(job);
  const Column *a = job->a, *b = job->b, *c = job->c;
  bool errors = a->error || b->error || c->error;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->yes[w] = (a->yes[w] & b->yes[w]) | (a->no[w] & c->yes[w]) | (b->yes[w] & c->yes[w]);
    out->no[w] = (a->yes[w] & b->no[w]) | (a->no[w] & c->no[w]) | (b->no[w] & c->no[w]);
    for (uint64_t left = errors ? unknown_word(out, w) : 0; left;) {
      uint32_t row = next_row(&left, w);
      const Fault *fault = fault_of_if(job, row);
      if (fault) column_fail(job->arena, out, row, fault);
    }
  }
  return out;
}

static bool all_known(const Column *c) {
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    if (unknown_word(c, w)) return false;
  return true;
}

/* Rows whose condition is not known, which are taken from neither branch. */
static const uint32_t *rows_decided(const Job *job) {
  if (all_known(job->a)) return NULL;
  uint32_t *at = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t i = 0; i < job->rows; i++) at[i] = column_is_known(job->a, i) ? i : NO_ROW;
  return at;
}

static Column *if_of_values(Job *job) {
  const Column *from[2] = {job->c, job->b};
  uint32_t *which = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t i = 0; i < job->rows; i++) which[i] = bit_get(job->a->yes, i);
  Gather g = {from, 2, which, rows_decided(job)};
  Column *out = gather_rows(job, &g);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Possible p = possible_union(possible_at(job, job->b, row), possible_at(job, job->c, row));
      possible_put(job, out, row, &p, fault_of_if(job, row));
    }
  return out;
}

Column *choose_if(Job *job) { return job->b->kind == COLUMN_BITS ? if_of_bits(job) : if_of_values(job); }

Column *choose_nothing(Job *job) {
  Column *out = column_for(job);
  for (uint32_t row = 0; row < job->rows; row++) job_fail(job, out, row, MSG_R0103);
  out->any = range_failing();
  if (out->kind == COLUMN_CODES) out->any_mask = mask_failing(job->node->type, out->any_mask);
  return out;
}

/* ---- assumed if missing ---- */

Column *choose_assumed(Job *job) {
  bool missing = false;
  uint32_t *which = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w) & ~error_word(job->a, w); left;) {
      which[next_row(&left, w)] = 1;
      missing = true;
    }
  const Column *from[2] = {job->a, job->b};
  Gather g = {from, missing ? 2 : 1, which, NULL};
  Column *out = gather_rows(job, &g);
  /* whichever of the two it is: what holds of rows yet to come must not depend on those that are there */
  out->any = range_hull(job->a->any, job->b->any);
  out->any_mask = job->a->any_mask | job->b->any_mask;
  return out;
}

/* ---- by enumeration ---- */

/* What is an error, or may turn out to be one, may stand for any value. */
static bool may_be(const Job *job, uint32_t row, uint32_t code) {
  const Type *type = job->e->program->nodes[job->node->a].type;
  if (type->values->count > ENUM_MASK_VALUES || column_is_error(job->a, row)) return true;
  uint64_t mask = mask_at(type, job->a, row);
  return mask_may_fail(type, mask) || (mask >> code & 1);
}

/* Of a code that is not known, or an error: the values of all that it may be; where they do not agree, a fault if the
 * code is one, or if every one of them is. */
static void put_any_code(Job *job, Column *out, const uint32_t *arguments, uint32_t row) {
  Possible possible = {.kind = COLUMN_BITS, .none = true};
  const Fault *fault = fault_at(job->a, row);
  bool only_errors = true;
  for (uint32_t code = 0; code < job->node->count; code++) {
    if (!may_be(job, row, code)) continue;
    const Column *value = column_at(job, arguments[code]);
    possible = possible_union(possible, possible_at(job, value, row));
    only_errors &= column_is_error(value, row);
    if (!fault) fault = fault_at(value, row);
  }
  possible_put(job, out, row, &possible, only_errors || column_is_error(job->a, row) ? fault : NULL);
}

Column *choose_by_code(Job *job) {
  const uint32_t *arguments = job->e->program->arguments + job->node->first;
  Column *out = column_for(job);
  for (uint32_t row = 0; row < job->rows; row++) {
    if (!bit_get(job->a->known, row)) {
      put_any_code(job, out, arguments, row);
      continue;
    }
    const Column *value = column_at(job, arguments[job->a->codes[row]]);
    if (bit_get(value->yes, row)) bit_set(out->yes, row);
    if (bit_get(value->no, row)) bit_set(out->no, row);
    if (fault_at(value, row)) column_fail(job->arena, out, row, fault_at(value, row));
  }
  return out;
}

/* ---- by date ---- */

/* The values of the periods: the i-th holds from starts[i].from until the day before the next begins. */
typedef struct Periods {
  const Period *starts;
  const uint32_t *values; /* nodes; NO_NODE: no value */
  uint32_t count;
  bool absence_is_no; /* no value counts as no: “is the level on the ladder?” */
} Periods;

static Periods periods_of(const Job *job) {
  const Program *program = job->e->program;
  const Node *node = job->node;
  bool is_ladder = job->node->label.length == 0 && node->type->kind == TYPE_YES_NO;
  return (Periods){program->periods + node->index, program->arguments + node->first, node->count, is_ladder};
}

static const Column *value_in(const Job *job, const Periods *p, uint32_t period) {
  return period == NO_INDEX ? NULL : column_at(job, p->values[period]);
}

static Possible possible_in(const Job *job, const Periods *p, uint32_t period, uint32_t row) {
  const Column *value = value_in(job, p, period);
  if (value) return possible_at(job, value, row);
  if (p->absence_is_no) return (Possible){.kind = COLUMN_BITS, .may_no = true};
  return possible_failure(column_kind_of(job->node->type));
}

/* Days as far as a calendar goes, from the end of a range. */
static int64_t first_day(Arena *arena, const Range *r) {
  int64_t day;
  if (!r->has_low || !num_to_int(num_round(arena, r->low, ROUND_FLOOR, num_of(1)), &day)) return DATE_MIN;
  return day < DATE_MIN ? DATE_MIN : day;
}

static int64_t last_day(Arena *arena, const Range *r) {
  int64_t day;
  if (!r->has_high || !num_to_int(num_round(arena, r->high, ROUND_CEILING, num_of(1)), &day)) return DATE_MAX;
  return day > DATE_MAX ? DATE_MAX : day;
}

/* `known`: NULL where all is known. */
static PeriodSearch search_of(Arena *arena, const Periods *p, const Range *date, const Range *known) {
  PeriodSearch s = {.periods = p->starts,
                    .count = p->count,
                    .first_day = first_day(arena, date),
                    .last_day = last_day(arena, date),
                    .first_known = known ? first_day(arena, known) : ALL_KNOWN,
                    .last_known = known ? last_day(arena, known) : ALL_KNOWN,
                    .next = p->count,
                    .earliest_known = INT64_MAX};
  if (s.last_day < s.first_day) s.last_day = s.first_day;
  if (s.last_known < s.first_known) s.last_known = s.first_known;
  return s;
}

/* A date that is not known, or what was known on it: the values of all periods that it may lie in. */
static void put_any_period(Job *job, Column *out, const Periods *p, uint32_t row) {
  Range date = range_at(job->arena, job->a, row), known = {0};
  if (job->b) known = range_at(job->arena, job->b, row);
  PeriodSearch search = search_of(job->arena, p, &date, job->b ? &known : NULL);
  Possible possible = possible_failure(column_kind_of(job->node->type));
  possible.may_fail = false;
  for (uint32_t period; period_search_next(&search, &period);)
    possible = possible_union(possible, possible_in(job, p, period, row));
  possible.may_fail |= date.may_fail || known.may_fail;
  possible_put(job, out, row, &possible, job->b ? fault_of_either(job->a, job->b, row) : fault_at(job->a, row));
}

static void put_absence(Job *job, Column *out, const Periods *p, uint32_t row, int64_t day, int64_t known_on) {
  if (p->absence_is_no) {
    bit_set(out->no, row);
    return;
  }
  Fault fault = *job_fault_about(job, MSG_R0104, job->node->label, date_text(job->arena, day));
  if (job->b) {
    fault.code = MSG_R0125;
    fault.arguments[2] = date_text(job->arena, known_on);
  }
  column_fail(job->arena, out, row, arena_copy(job->arena, &fault, sizeof fault));
}

/* The days of all rows, where they are known. */
typedef struct Days {
  const int64_t *dates, *known_on; /* known_on NULL: all is known */
} Days;

static Days days_of(Job *job) {
  return (Days){lane_whole(job->arena, job->a), job->b ? lane_whole(job->arena, job->b) : NULL};
}

static int64_t known_on_at(const Days *days, uint32_t row) { return days->known_on ? days->known_on[row] : ALL_KNOWN; }

static bool are_known(const Job *job, uint32_t row) {
  return bit_get(job->a->known, row) && (!job->b || bit_get(job->b->known, row));
}

static uint32_t period_at(const Periods *p, const Days *days, uint32_t row) {
  return period_in_force(p->starts, p->count, days->dates[row], known_on_at(days, row));
}

/* The one period that all rows lie in; false where they do not, or a date is not known. */
static bool one_period(const Job *job, const Periods *p, const Days *days, uint32_t *period) {
  if (job->rows == 0 || !all_known(job->a) || (job->b && !all_known(job->b))) return false;
  *period = period_at(p, days, 0);
  for (uint32_t i = 1; i < job->rows; i++)
    if (days->dates[i] != days->dates[i - 1] || known_on_at(days, i) != known_on_at(days, i - 1))
      if (period_at(p, days, i) != *period) return false;
  return true;
}

/* Row by row from the column of its period. */
static Column *of_several_periods(Job *job, const Periods *p, const Days *days) {
  uint32_t *which = arena_array(job->arena, uint32_t, job->rows), *at = arena_array(job->arena, uint32_t, job->rows);
  const Column **from = arena_array(job->arena, const Column *, p->count);
  const Column *some = column_for(job);
  for (uint32_t k = 0; k < p->count; k++) {
    const Column *value = value_in(job, p, k);
    from[k] = value ? value : some;
  }
  for (uint32_t i = 0; i < job->rows; i++) {
    uint32_t period = are_known(job, i) ? period_at(p, days, i) : NO_INDEX;
    bool has_value = value_in(job, p, period) != NULL;
    which[i] = has_value ? period : 0;
    at[i] = has_value ? i : NO_ROW;
  }
  Gather g = {from, p->count, which, at};
  Column *out = gather_rows(job, &g);
  for (uint32_t i = 0; i < job->rows; i++) {
    if (at[i] != NO_ROW) continue;
    if (are_known(job, i))
      put_absence(job, out, p, i, days->dates[i], known_on_at(days, i));
    else
      put_any_period(job, out, p, i);
  }
  return out;
}

/* What the value may be at any date that there may be. It must not depend on the dates of this batch. */
static void set_any_period(const Job *job, Column *out, const Periods *p) {
  PeriodSearch search = search_of(job->arena, p, &job->a->any, job->b ? &job->b->any : NULL);
  bool may_fail = job->a->any.may_fail || (job->b && job->b->any.may_fail), found = false;
  for (uint32_t period; period_search_next(&search, &period);) {
    const Column *value = value_in(job, p, period);
    may_fail |= !value;
    if (value) {
      out->any = found ? range_hull(out->any, value->any) : value->any;
      out->any_mask = found ? out->any_mask | value->any_mask : value->any_mask;
    }
    found |= value != NULL;
  }
  if (!found) out->any = range_all();
  out->any.may_fail |= may_fail;
  if (out->kind == COLUMN_CODES && may_fail) out->any_mask = mask_failing(job->node->type, out->any_mask);
}

Column *choose_dated(Job *job) {
  Periods p = periods_of(job);
  Days days = days_of(job);
  uint32_t period;
  const Column *value = one_period(job, &p, &days, &period) ? value_in(job, &p, period) : NULL;
  bool as_it_is = value && all_known(value);
  Column *out = as_it_is ? arena_copy(job->arena, value, sizeof *value) : of_several_periods(job, &p, &days);
  set_any_period(job, out, &p);
  return out;
}
