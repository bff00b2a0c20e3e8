#include "check/range.h"

Range range_point(Num value) { return (Range){.low = value, .high = value, .has_low = true, .has_high = true}; }

Range range_between(Num low, Num high) { return (Range){.low = low, .high = high, .has_low = true, .has_high = true}; }

Range range_from(Num low) { return (Range){.low = low, .has_low = true}; }

bool range_is_point(const Range *a) {
  return !a->may_fail && a->has_low && a->has_high && !a->low_open && !a->high_open && num_equal(a->low, a->high);
}

bool range_is_positive(const Range *a) {
  return a->has_low && (num_sign(a->low) > 0 || (num_sign(a->low) == 0 && a->low_open));
}

bool range_is_negative(const Range *a) {
  return a->has_high && (num_sign(a->high) < 0 || (num_sign(a->high) == 0 && a->high_open));
}

/* ---- ends ---- */

/* One end of a range. An infinite one has the sign of its side; it is never reached, so it counts as open. */
typedef struct End {
  Num value;    /* where infinite == 0 */
  int infinite; /* -1, 0, 1 */
  bool open;
} End;

static End low_end(const Range *a) { return a->has_low ? (End){a->low, 0, a->low_open} : (End){num_of(0), -1, true}; }

static End high_end(const Range *a) {
  return a->has_high ? (End){a->high, 0, a->high_open} : (End){num_of(0), 1, true};
}

static int end_compare(End a, End b) {
  return a.infinite || b.infinite ? (a.infinite > b.infinite) - (a.infinite < b.infinite)
                                  : num_compare(a.value, b.value);
}

/* The lower, or the higher, of two ends. Where both are at one value it is reached if either reaches it. */
static End end_extreme(End a, End b, bool higher) {
  int order = end_compare(a, b);
  if (order == 0) a.open = a.open && b.open;
  return order == 0 || (order < 0) != higher ? a : b;
}

/* An end that no Num holds is as good as none; that the value itself may not fit is told by may_fail. */
static Range range_of_ends(End low, End high, bool may_fail) {
  bool fit = (low.infinite || num_fits(low.value)) && (high.infinite || num_fits(high.value));
  Range out = {.may_fail = may_fail || !fit};
  if (low.infinite == 0 && num_fits(low.value)) out.has_low = true, out.low = low.value, out.low_open = low.open;
  if (high.infinite == 0 && num_fits(high.value)) out.has_high = true, out.high = high.value, out.high_open = high.open;
  return out;
}

Range range_hull(Range a, Range b) {
  return range_of_ends(end_extreme(low_end(&a), low_end(&b), false), end_extreme(high_end(&a), high_end(&b), true),
                       a.may_fail || b.may_fail);
}

/* ---- arithmetic ---- */

/* Both ends are of the same side, so infinite ones do not cancel out. */
static End end_add(Arena *arena, End a, End b) {
  int infinite = a.infinite ? a.infinite : b.infinite;
  return (End){infinite ? num_of(0) : num_add(arena, a.value, b.value), infinite, a.open || b.open};
}

Range range_add(Arena *arena, Range a, Range b) {
  return range_of_ends(end_add(arena, low_end(&a), low_end(&b)), end_add(arena, high_end(&a), high_end(&b)),
                       a.may_fail || b.may_fail);
}

Range range_negate(Arena *arena, Range a) {
  return (Range){
      .low = a.has_high ? num_neg(arena, a.high) : num_of(0),
      .high = a.has_low ? num_neg(arena, a.low) : num_of(0),
      .has_low = a.has_high,
      .has_high = a.has_low,
      .low_open = a.high_open,
      .high_open = a.low_open,
      .may_fail = a.may_fail,
  };
}

Range range_subtract(Arena *arena, Range a, Range b) { return range_add(arena, a, range_negate(arena, b)); }

static int end_sign(End a) { return a.infinite ? a.infinite : num_sign(a.value); }

/* Zero times an end that is not reached is reached where the zero is. */
static End end_multiply(Arena *arena, End a, End b) {
  int sign = end_sign(a) * end_sign(b);
  if (sign == 0) {
    bool a_reaches = end_sign(a) == 0 && !a.open, b_reaches = end_sign(b) == 0 && !b.open;
    return (End){num_of(0), 0, !a_reaches && !b_reaches};
  }
  if (a.infinite || b.infinite) return (End){num_of(0), sign, true};
  return (End){num_mul(arena, a.value, b.value), 0, a.open || b.open};
}

/* By one number, as weights are. */
static Range multiply_by(Arena *arena, const Range *a, Num factor) {
  int sign = num_sign(factor);
  if (sign == 0) return range_point(num_of(0));
  End low = low_end(a), high = high_end(a);
  if (low.infinite == 0) low.value = num_mul(arena, low.value, factor);
  if (high.infinite == 0) high.value = num_mul(arena, high.value, factor);
  if (sign > 0) return range_of_ends(low, high, false);
  low.infinite = -low.infinite;
  high.infinite = -high.infinite;
  return range_of_ends(high, low, false);
}

/* A product is linear in each factor, so its extremes lie where two ends meet. */
Range range_multiply(Arena *arena, Range a, Range b) {
  if (!a.may_fail && range_is_point(&b)) return multiply_by(arena, &a, b.low);
  if (!b.may_fail && range_is_point(&a)) return multiply_by(arena, &b, a.low);
  End as[2] = {low_end(&a), high_end(&a)}, bs[2] = {low_end(&b), high_end(&b)};
  End low = {0}, high = {0};
  bool too_large = false;
  for (int i = 0; i < 4; i++) {
    End corner = end_multiply(arena, as[i & 1], bs[i >> 1]);
    if (corner.infinite == 0 && !num_fits(corner.value)) {
      too_large = true;
      break;
    }
    low = i == 0 ? corner : end_extreme(low, corner, false);
    high = i == 0 ? corner : end_extreme(high, corner, true);
  }
  return too_large ? range_failing() : range_of_ends(low, high, a.may_fail || b.may_fail);
}

/* 1 / a for a range on one side of zero. Behind an end that is missing the reciprocal comes near to zero. */
static Range reciprocal(Arena *arena, Range a) {
  End low = {num_of(0), 0, true}, high = {num_of(0), 0, true};
  if (a.has_high && num_sign(a.high) != 0)
    low = (End){num_div(arena, num_of(1), a.high), 0, a.high_open};
  else if (a.has_high)
    low.infinite = -1;
  if (a.has_low && num_sign(a.low) != 0)
    high = (End){num_div(arena, num_of(1), a.low), 0, a.low_open};
  else if (a.has_low)
    high.infinite = 1;
  return range_of_ends(low, high, a.may_fail);
}

Range range_divide(Arena *arena, Range a, Range b) {
  if (!range_is_positive(&b) && !range_is_negative(&b)) return range_failing();
  return range_multiply(arena, a, reciprocal(arena, b));
}

/* The smaller of two is below either one's high end, and may be as low as the lower of the low ends. */
Range range_smaller(Arena *arena, Range a, Range b) {
  (void)arena;
  End a_high = high_end(&a), b_high = high_end(&b);
  int order = end_compare(a_high, b_high);
  End high = order < 0 ? a_high : b_high;
  if (order == 0) high.open = a_high.open || b_high.open;
  return range_of_ends(end_extreme(low_end(&a), low_end(&b), false), high, a.may_fail || b.may_fail);
}

Range range_greater(Arena *arena, Range a, Range b) {
  (void)arena;
  End a_low = low_end(&a), b_low = low_end(&b);
  int order = end_compare(a_low, b_low);
  End low = order > 0 ? a_low : b_low;
  if (order == 0) low.open = a_low.open || b_low.open;
  return range_of_ends(low, end_extreme(high_end(&a), high_end(&b), true), a.may_fail || b.may_fail);
}

Range range_absolute(Arena *arena, Range a) {
  if (a.has_low && num_sign(a.low) >= 0) return a;
  Range mirrored = range_negate(arena, a);
  if (a.has_high && num_sign(a.high) <= 0) return mirrored;
  End zero = {num_of(0), 0, false};
  return range_of_ends(zero, end_extreme(high_end(&a), high_end(&mirrored), true), a.may_fail);
}

/* Rounding never turns the order of two values around; near an open end a value may be rounded onto it. */
Range range_round(Arena *arena, Range a, NumRounding how, Num step) {
  End low = low_end(&a), high = high_end(&a);
  if (a.has_low) low = (End){num_round(arena, a.low, how, step), 0, false};
  if (a.has_high) high = (End){num_round(arena, a.high, how, step), 0, false};
  return range_of_ends(low, high, a.may_fail);
}

/* ---- what follows ---- */

/* Is every value of a below every value of b? With `touching` they may be equal. */
static bool lies_below(const Range *a, const Range *b, bool touching) {
  if (!a->has_high || !b->has_low) return false;
  int order = num_compare(a->high, b->low);
  return order < 0 || (order == 0 && (touching || a->high_open || b->low_open));
}

Truth range_equal(const Range *a, const Range *b) {
  if (a->may_fail || b->may_fail) return TRUTH_UNKNOWN;
  if (lies_below(a, b, false) || lies_below(b, a, false)) return TRUTH_NO;
  return range_is_point(a) && range_is_point(b) ? TRUTH_YES : TRUTH_UNKNOWN;
}

Truth range_less(const Range *a, const Range *b) {
  if (a->may_fail || b->may_fail) return TRUTH_UNKNOWN;
  if (lies_below(a, b, false)) return TRUTH_YES;
  return lies_below(b, a, true) ? TRUTH_NO : TRUTH_UNKNOWN;
}

Truth range_less_equal(const Range *a, const Range *b) {
  if (a->may_fail || b->may_fail) return TRUTH_UNKNOWN;
  if (lies_below(a, b, true)) return TRUTH_YES;
  return lies_below(b, a, false) ? TRUTH_NO : TRUTH_UNKNOWN;
}
