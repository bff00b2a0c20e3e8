/* Kernels over the items of lists: one row of the result for each row that has
 * a list. An item belongs (its member is yes), does not (no), or may (unknown,
 * or an error); a list that is not known to be complete may go on. Counts and
 * sums then are ranges, which often are enough for a comparison. */
#ifndef EVAL_KERNEL_LISTS_H
#define EVAL_KERNEL_LISTS_H

#include "eval/kernel_rows.h"

Column *lists_count(Job *job);
Column *lists_sum(Job *job);
Column *lists_smallest(Job *job);
Column *lists_largest(Job *job);
Column *lists_pick(Job *job);
Column *lists_picked(Job *job);
Column *lists_chosen(Job *job);

#endif
