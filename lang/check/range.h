/* Ranges: arithmetic on what unknown numbers may still be.
 *
 * The result holds every value that the operation can have with operands out
 * of the two ranges, and `may_fail` where it can be an error. It may be wider
 * than need be, never narrower: what follows from it is true. Ends may be
 * open; an end that a Num cannot hold is left out. A range of all zeros says
 * nothing and is what an unbounded unknown has. Nothing is freed or owned. */
#ifndef CHECK_RANGE_H
#define CHECK_RANGE_H

#include "check/program.h"

/* What follows for a yes/no. */
typedef enum Truth { TRUTH_UNKNOWN, TRUTH_YES, TRUTH_NO } Truth;

static inline Range range_all(void) { return (Range){.has_low = false}; }
static inline Range range_failing(void) { return (Range){.may_fail = true}; }
Range range_point(Num value);
Range range_between(Num low, Num high);
Range range_from(Num low);

/* Is there one value only, and no error? */
bool range_is_point(const Range *a);
/* Are all values above (below) zero? */
bool range_is_positive(const Range *a);
bool range_is_negative(const Range *a);

/* What is in one or the other. */
Range range_hull(Range a, Range b);

Range range_add(Arena *arena, Range a, Range b);
Range range_subtract(Arena *arena, Range a, Range b);
Range range_multiply(Arena *arena, Range a, Range b);
Range range_divide(Arena *arena, Range a, Range b);
Range range_smaller(Arena *arena, Range a, Range b);
Range range_greater(Arena *arena, Range a, Range b);
Range range_negate(Arena *arena, Range a);
Range range_absolute(Arena *arena, Range a);
Range range_round(Arena *arena, Range a, NumRounding how, Num step);

Truth range_equal(const Range *a, const Range *b);
Truth range_less(const Range *a, const Range *b);
Truth range_less_equal(const Range *a, const Range *b);

#endif
