/* Lanes: the ways in which a column keeps numbers. In the fast lane they are
 * int64 units at one scale; a kernel computes a whole batch and looks once
 * whether anything overflowed. What does not fit, and what is no decimal, goes
 * to the slow lane, exact numbers, for this node and batch only. Quotients of
 * units stand between the two: they can be compared as they are, and become
 * exact numbers where something else is done with them. */
#ifndef EVAL_KERNEL_LANES_H
#define EVAL_KERNEL_LANES_H

#include "eval/kernel_rows.h"

/* The column's units at a scale not below its own; NULL where they do not fit, or it has none. */
const int64_t *lane_units(Arena *arena, const Column *c, unsigned scale);

/* Two columns in the fast lane at one scale. */
typedef struct Lanes {
  const int64_t *a, *b;
  unsigned scale;
} Lanes;

bool lanes_align(Arena *arena, const Column *a, const Column *b, Lanes *out);

/* Puts the column into the slow lane; the rows that are known keep their values. */
void lane_make_exact(Arena *arena, Column *c);
/* Back to the fast lane, if every known number has at most this scale. */
bool lane_pack(Arena *arena, Column *c, unsigned most);
/* Makes the row known; the column changes lane if it must. Too large a number is the fault R0102. */
void lane_put(Job *job, Column *out, uint32_t row, Num value);
/* The same for a number that may be anything in the range. */
void lane_put_range(Job *job, Column *out, uint32_t row, const Range *range, const Fault *fault);

/* Whole numbers (dates, moments, months): the units of a column without decimals; any fraction is cut off downwards. */
const int64_t *lane_whole(Arena *arena, const Column *c);
int64_t lane_whole_at(Arena *arena, const Column *c, uint32_t row);

#endif
