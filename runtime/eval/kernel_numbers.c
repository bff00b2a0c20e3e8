#include "eval/kernel_numbers.h"

#include "eval/kernel_dates.h"
#include "eval/kernel_lanes.h"

typedef Range RangeOfTwo(Arena *, Range, Range);
typedef Range RangeOfOne(Arena *, Range);
typedef Num NumOfTwo(Arena *, Num, Num);

/* ---- rows that are not known ---- */

static bool is_in_calendar(TypeKind kind, int64_t value) {
  return kind == TYPE_DATE ? is_date(value) : is_moment(value);
}

/* Does the node count days or seconds on, so that it may leave the years 0001 to 9999? */
static bool counts_on(const Node *node) {
  bool dates = node->type->kind == TYPE_DATE || node->type->kind == TYPE_MOMENT;
  return dates && (node->op == OP_ADD || node->op == OP_SUBTRACT);
}

static bool leaves_calendar(const Job *job, const Range *r) {
  TypeKind kind = job->node->type->kind;
  int64_t low, high;
  if (!counts_on(job->node)) return false;
  if (!r->has_low || !r->has_high) return true;
  bool whole = num_to_int(num_round(job->arena, r->low, ROUND_FLOOR, num_of(1)), &low) &&
               num_to_int(num_round(job->arena, r->high, ROUND_FLOOR, num_of(1)), &high);
  return !whole || !is_in_calendar(kind, low) || !is_in_calendar(kind, high);
}

/* A date that may lie outside the calendar may be an error. */
static Range within_calendar(const Job *job, Range r) {
  r.may_fail |= leaves_calendar(job, &r);
  return r;
}

static void settle_two(Job *job, Column *out, RangeOfTwo *f) {
  const Column *a = job->a, *b = job->b;
  out->any = within_calendar(job, f(job->arena, a->any, b->any));
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(a, w) | unknown_word(b, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = f(job->arena, range_at(job->arena, a, row), range_at(job->arena, b, row));
      r = within_calendar(job, r);
      lane_put_range(job, out, row, &r, fault_of_either(a, b, row));
    }
}

static void settle_one(Job *job, Column *out, RangeOfOne *f) {
  out->any = f(job->arena, job->a->any);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = f(job->arena, range_at(job->arena, job->a, row));
      lane_put_range(job, out, row, &r, fault_at(job->a, row));
    }
}

/* Known results that are no day of the calendar. */
static void check_calendar(Job *job, Column *out) {
  if (!counts_on(job->node)) return;
  const int64_t *whole = lane_whole(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = out->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      if (!is_in_calendar(job->node->type->kind, whole[row])) job_fail(job, out, row, MSG_R0108);
    }
}

/* ---- the slow lane ---- */

enum { PACK_SCALE = 6 };

/* Every known row by itself. Afterwards the column goes back to units if it can: fractions often end. */
static void exact_two(Job *job, Column *out, NumOfTwo *f) {
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w] & job->b->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      Num a = column_number(job->arena, job->a, row), b = column_number(job->arena, job->b, row);
      lane_put(job, out, row, f(job->arena, a, b));
    }
  lane_pack(job->arena, out, PACK_SCALE);
}

/* ---- add, subtract, multiply ---- */

/* INT64_MIN counts as an overflow, so that units can always be negated. */
static bool add_lanes(uint32_t rows, const Lanes *lanes, int64_t *restrict out) {
  const int64_t *restrict a = lanes->a, *restrict b = lanes->b;
  bool overflow = false;
  for (uint32_t i = 0; i < rows; i++) overflow |= __builtin_add_overflow(a[i], b[i], &out[i]) | (out[i] == INT64_MIN);
  return !overflow;
}

static bool subtract_lanes(uint32_t rows, const Lanes *lanes, int64_t *restrict out) {
  const int64_t *restrict a = lanes->a, *restrict b = lanes->b;
  bool overflow = false;
  for (uint32_t i = 0; i < rows; i++) overflow |= __builtin_sub_overflow(a[i], b[i], &out[i]) | (out[i] == INT64_MIN);
  return !overflow;
}

static bool multiply_lanes(uint32_t rows, const Lanes *lanes, int64_t *restrict out) {
  const int64_t *restrict a = lanes->a, *restrict b = lanes->b;
  bool overflow = false;
  for (uint32_t i = 0; i < rows; i++) overflow |= __builtin_mul_overflow(a[i], b[i], &out[i]) | (out[i] == INT64_MIN);
  return !overflow;
}

Column *numbers_add(Job *job) {
  Column *out = column_for(job);
  Lanes lanes;
  if (lanes_align(job->arena, job->a, job->b, &lanes) && add_lanes(job->rows, &lanes, out->units)) {
    out->scale = lanes.scale;
    know_both(out, job->a, job->b);
  } else {
    exact_two(job, out, num_add);
  }
  check_calendar(job, out);
  settle_two(job, out, range_add);
  return out;
}

Column *numbers_subtract(Job *job) {
  Column *out = column_for(job);
  Lanes lanes;
  if (lanes_align(job->arena, job->a, job->b, &lanes) && subtract_lanes(job->rows, &lanes, out->units)) {
    out->scale = lanes.scale;
    know_both(out, job->a, job->b);
  } else {
    exact_two(job, out, num_sub);
  }
  check_calendar(job, out);
  settle_two(job, out, range_subtract);
  return out;
}

Column *numbers_multiply(Job *job) {
  Column *out = column_for(job);
  const Column *a = job->a, *b = job->b;
  Lanes lanes = {a->units, b->units, a->scale + b->scale};
  if (lanes.a && lanes.b && lanes.scale <= SCALE_MAX && multiply_lanes(job->rows, &lanes, out->units)) {
    out->scale = lanes.scale;
    know_both(out, a, b);
  } else {
    exact_two(job, out, num_mul);
  }
  settle_two(job, out, range_multiply);
  return out;
}

/* ---- divide, power ---- */

/* By nothing: a division that the author wrote, or the mean of no items, or the deviation of one. */
static void fail_by_zero(Job *job, Column *out, uint32_t row) {
  job_fail(job, out, row, !job->node->label.length ? MSG_R0101 : job->node->mask ? MSG_R0134 : MSG_R0105);
}

/* As it is asked for in comparisons more often than as a number, a quotient of units stays one. */
static bool divide_lanes(Job *job, Column *out) {
  Lanes lanes;
  if (!lanes_align(job->arena, job->a, job->b, &lanes)) return false;
  know_both(out, job->a, job->b);
  out->units = NULL;
  out->dividends = lanes.a;
  out->divisors = lanes.b;
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = out->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      if (lanes.b[row] == 0) fail_by_zero(job, out, row);
    }
  return true;
}

/* Where one operand is a fraction already. What ends after a few decimals goes back to units. */
static void divide_exact(Job *job, Column *out) {
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w] & job->b->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      Num divisor = column_number(job->arena, job->b, row);
      if (num_sign(divisor) == 0)
        fail_by_zero(job, out, row);
      else
        lane_put(job, out, row, num_div(job->arena, column_number(job->arena, job->a, row), divisor));
    }
  lane_pack(job->arena, out, PACK_SCALE);
}

Column *numbers_divide(Job *job) {
  Column *out = column_for(job);
  if (!divide_lanes(job, out)) divide_exact(job, out);
  settle_two(job, out, range_divide);
  return out;
}

/* Nothing is said of an unknown power but that it may be too large. */
static Range range_power(Arena *arena, Range a, Range b) {
  (void)arena, (void)a, (void)b;
  return range_failing();
}

static void put_power(Job *job, Column *out, uint32_t row) {
  Num base = column_number(job->arena, job->a, row), exponent = column_number(job->arena, job->b, row);
  int64_t times;
  if (!num_to_int(exponent, &times))
    job_fail(job, out, row, MSG_R0102);
  else if (num_sign(base) == 0 && times < 0)
    job_fail(job, out, row, MSG_R0101);
  else
    lane_put(job, out, row, num_power(job->arena, base, times));
}

Column *numbers_power(Job *job) {
  Column *out = column_for(job);
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w] & job->b->known[w]; left;) put_power(job, out, next_row(&left, w));
  lane_pack(job->arena, out, PACK_SCALE);
  settle_two(job, out, range_power);
  return out;
}

/* ---- of one number ---- */

static void know_one(Column *out, const Column *a) {
  for (uint32_t w = 0; w < words_for(out->rows); w++) out->known[w] = a->known[w];
}

static void exact_one(Job *job, Column *out, Num (*f)(Arena *, Num)) {
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      lane_put(job, out, row, f(job->arena, column_number(job->arena, job->a, row)));
    }
}

Column *numbers_negate(Job *job) {
  Column *out = column_for(job);
  if (job->a->units) {
    for (uint32_t i = 0; i < job->rows; i++) out->units[i] = (int64_t)(0 - (uint64_t)job->a->units[i]);
    out->scale = job->a->scale;
    know_one(out, job->a);
  } else {
    exact_one(job, out, num_neg);
  }
  settle_one(job, out, range_negate);
  return out;
}

Column *numbers_absolute(Job *job) {
  Column *out = column_for(job);
  if (job->a->units) {
    for (uint32_t i = 0; i < job->rows; i++) {
      int64_t units = job->a->units[i];
      out->units[i] = units < 0 ? (int64_t)(0 - (uint64_t)units) : units;
    }
    out->scale = job->a->scale;
    know_one(out, job->a);
  } else {
    exact_one(job, out, num_abs);
  }
  settle_one(job, out, range_absolute);
  return out;
}

/* ---- the smaller, the greater ---- */

static Num smaller_of(Arena *arena, Num a, Num b) {
  (void)arena;
  return num_compare(a, b) <= 0 ? a : b;
}

static Num greater_of(Arena *arena, Num a, Num b) {
  (void)arena;
  return num_compare(a, b) >= 0 ? a : b;
}

Column *numbers_smaller(Job *job) {
  Column *out = column_for(job);
  Lanes lanes;
  if (lanes_align(job->arena, job->a, job->b, &lanes)) {
    for (uint32_t i = 0; i < job->rows; i++) out->units[i] = lanes.a[i] <= lanes.b[i] ? lanes.a[i] : lanes.b[i];
    out->scale = lanes.scale;
    know_both(out, job->a, job->b);
  } else {
    exact_two(job, out, smaller_of);
  }
  settle_two(job, out, range_smaller);
  return out;
}

Column *numbers_greater(Job *job) {
  Column *out = column_for(job);
  Lanes lanes;
  if (lanes_align(job->arena, job->a, job->b, &lanes)) {
    for (uint32_t i = 0; i < job->rows; i++) out->units[i] = lanes.a[i] >= lanes.b[i] ? lanes.a[i] : lanes.b[i];
    out->scale = lanes.scale;
    know_both(out, job->a, job->b);
  } else {
    exact_two(job, out, greater_of);
  }
  settle_two(job, out, range_greater);
  return out;
}

/* ---- round ---- */

/* Whether the quotient of a rest (not 0) goes one further from zero. `half` compares twice the rest with the divisor. */
static bool goes_away(NumRounding how, bool negative, bool odd, int half) {
  switch (how) {
  case ROUND_DOWN: return false;
  case ROUND_UP: return true;
  case ROUND_FLOOR: return negative;
  case ROUND_CEILING: return !negative;
  case ROUND_HALF_UP: return half >= 0;
  case ROUND_HALF_DOWN: return half > 0;
  case ROUND_HALF_EVEN: return half > 0 || (half == 0 && odd);
  }
  return false;
}

/* units / step (> 0), rounded. */
static int64_t rounded_quotient(int64_t units, int64_t step, NumRounding how) {
  int64_t quotient = units / step, rest = units % step;
  if (rest == 0) return quotient;
  bool negative = units < 0;
  int64_t far = negative ? -rest : rest;
  int half = (far > step - far) - (far < step - far);
  if (!goes_away(how, negative, quotient & 1, half)) return quotient;
  return negative ? quotient - 1 : quotient + 1;
}

/* In units at the scale of the step or of the column, whichever has more decimals; the result has the step's. */
static bool round_lane(Job *job, Column *out, Num step) {
  const Column *a = job->a;
  unsigned step_scale;
  int64_t step_units, divisor;
  if (!num_scale(step, &step_scale) || !num_to_scaled(step, step_scale, &step_units)) return false;
  unsigned scale = a->scale > step_scale ? a->scale : step_scale;
  const int64_t *units = lane_units(job->arena, a, scale);
  if (!units || !num_to_scaled(step, scale, &divisor)) return false;
  bool overflow = false;
  for (uint32_t i = 0; i < job->rows; i++) {
    int64_t quotient = rounded_quotient(units[i], divisor, job->node->mode);
    overflow |= __builtin_mul_overflow(quotient, step_units, &out->units[i]) | (out->units[i] == INT64_MIN);
  }
  out->scale = step_scale;
  return !overflow;
}

static void round_exact(Job *job, Column *out, Num step) {
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      Num value = column_number(job->arena, job->a, row);
      lane_put(job, out, row, num_round(job->arena, value, job->node->mode, step));
    }
  lane_pack(job->arena, out, SCALE_MAX);
}

static void settle_rounded(Job *job, Column *out, Num step) {
  out->any = range_round(job->arena, job->a->any, job->node->mode, step);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = range_round(job->arena, range_at(job->arena, job->a, row), job->node->mode, step);
      lane_put_range(job, out, row, &r, fault_at(job->a, row));
    }
}

Column *numbers_round(Job *job) {
  Column *out = column_for(job);
  Num step = job->e->program->constants[job->node->index].number;
  if (round_lane(job, out, step))
    know_one(out, job->a);
  else
    round_exact(job, out, step);
  settle_rounded(job, out, step);
  return out;
}

/* ---- to a number of decimals that is not in the text ---- */

enum { DECIMALS_MOST = 34 };

/* 10 to the power of minus the decimals, if they can be rounded to. */
static bool step_of_decimals(Arena *arena, Num decimals, Num *step) {
  int64_t n;
  if (!num_to_int(decimals, &n) || n > DECIMALS_MOST || n < -DECIMALS_MOST) return false;
  *step = num_power(arena, num_of(10), -n);
  return true;
}

static Range range_round_to(Job *job, uint32_t row) {
  Range a = range_at(job->arena, job->a, row), out = {.may_fail = true};
  Num step;
  if (!bit_get(job->b->known, row)) return out;
  if (!step_of_decimals(job->arena, column_number(job->arena, job->b, row), &step)) return out;
  return range_round(job->arena, a, job->node->mode, step);
}

Column *numbers_round_to(Job *job) {
  Column *out = column_for(job);
  out->any = range_failing();
  for (uint32_t row = 0; row < job->rows; row++) {
    Num step;
    if (!bit_get(job->b->known, row) || !bit_get(job->a->known, row)) {
      Range r = range_round_to(job, row);
      lane_put_range(job, out, row, &r, fault_of_either(job->a, job->b, row));
    } else if (step_of_decimals(job->arena, column_number(job->arena, job->b, row), &step)) {
      lane_put(job, out, row, num_round(job->arena, column_number(job->arena, job->a, row), job->node->mode, step));
    } else {
      job_fail(job, out, row, MSG_R0136);
    }
  }
  lane_pack(job->arena, out, SCALE_MAX);
  return out;
}

/* ---- square root ---- */

/* Roots rise with their numbers, and are rounded to the nearest: the order stays. A number below zero is an error. */
static Range range_root(Arena *arena, Range a) {
  Range out = {.low = num_of(0), .high = num_of(0), .has_low = true, .may_fail = a.may_fail};
  if (!a.has_low || num_sign(a.low) < 0)
    out.may_fail = true;
  else
    out.low = num_root(arena, a.low);
  if (a.has_high && num_sign(a.high) < 0) return range_failing();
  if (a.has_high) out.has_high = true, out.high = num_root(arena, a.high);
  return out;
}

Column *numbers_root(Job *job) {
  Column *out = column_for(job);
  lane_make_exact(job->arena, out);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      Num value = column_number(job->arena, job->a, row);
      if (num_sign(value) < 0)
        job_fail(job, out, row, MSG_R0132);
      else
        lane_put(job, out, row, num_root(job->arena, value));
    }
  lane_pack(job->arena, out, PACK_SCALE);
  settle_one(job, out, range_root);
  return out;
}
