/* Kernels of comparisons between numbers: 64 rows to a word in a tight loop,
 * with a constant brought to the column's own scale. Rows that are not known
 * are definite where the possible values allow one answer only. */
#ifndef EVAL_KERNEL_COMPARE_H
#define EVAL_KERNEL_COMPARE_H

#include "eval/kernel_rows.h"

Column *compare_equal(Job *job);
Column *compare_less(Job *job);
Column *compare_less_equal(Job *job);

#endif
