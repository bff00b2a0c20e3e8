/* Kernels of enumerations. Known rows are compared by their codes; of the
 * others the sets of values that they may still have are. */
#ifndef EVAL_KERNEL_CODES_H
#define EVAL_KERNEL_CODES_H

#include "eval/kernel_rows.h"

Column *codes_in_mask(Job *job);
Column *codes_equal(Job *job);
Column *codes_less(Job *job);
Column *codes_less_equal(Job *job);

#endif
