/* Lookup: which row of a decision table fits, and what that row gives.
 *
 * A known input is one segment of its axis, and a segment is a set of rows, so
 * a lookup is a search for each input and an AND of bit words; the first bit
 * is the row. Where an input is not known, the rows that may fit are those of
 * all the segments that it may be in: tried one by one where these are few,
 * as a union where they are many. The value is definite where all the rows
 * that may fit give the same. */
#ifndef EVAL_KERNEL_LOOKUP_H
#define EVAL_KERNEL_LOOKUP_H

#include "eval/kernel_rows.h"

Column *lookup_rows(Job *job);       /* LOOKUP */
Column *lookup_conditions(Job *job); /* ROWS */
Column *lookup_values(Job *job);     /* ROW_VALUE */

#endif
