/* Kernels of arithmetic, over numbers, money, durations, dates and moments. A
 * batch is computed in int64 units where that is exact, else in exact numbers
 * (kernel_lanes.h). Where an operand is not known the result is what interval
 * arithmetic leaves (range.h); if that is one value, it is known. */
#ifndef EVAL_KERNEL_NUMBERS_H
#define EVAL_KERNEL_NUMBERS_H

#include "eval/kernel_rows.h"

Column *numbers_add(Job *job);
Column *numbers_subtract(Job *job);
Column *numbers_multiply(Job *job);
Column *numbers_divide(Job *job);
Column *numbers_power(Job *job);
Column *numbers_negate(Job *job);
Column *numbers_absolute(Job *job);
Column *numbers_smaller(Job *job);
Column *numbers_greater(Job *job);
Column *numbers_round(Job *job);
Column *numbers_round_to(Job *job);
Column *numbers_root(Job *job);

#endif
