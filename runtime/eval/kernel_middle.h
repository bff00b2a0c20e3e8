/* Kernels of numbers over the items of lists, beside those of kernel_lists.h:
 * the product, and the one in the middle. */
#ifndef EVAL_KERNEL_MIDDLE_H
#define EVAL_KERNEL_MIDDLE_H

#include "eval/kernel_rows.h"

Column *middle_product(Job *job);
Column *middle_median(Job *job);

#endif
