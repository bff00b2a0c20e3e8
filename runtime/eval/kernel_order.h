/* Kernels of order and of equality among the items of a list: the place of
 * each, whether an equal one stands before it, how many equal ones there are.
 * The result has a row for each item. An item that may belong, a key or value
 * that is not known and a list that may go on leave what they touch open.
 * O(n log n) for places, O(n) for the others. */
#ifndef EVAL_KERNEL_ORDER_H
#define EVAL_KERNEL_ORDER_H

#include "eval/kernel_rows.h"

Column *order_positions(Job *job);
Column *order_distinct(Job *job);
Column *order_frequency(Job *job);

#endif
