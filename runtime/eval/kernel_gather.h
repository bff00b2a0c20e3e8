/* Gathering: columns whose rows are rows of other columns, or constants of the
 * text. What an enclosing space holds, spread over the items; a list repeated
 * for every row of another; the items of a literal list; lists one behind
 * another; the rows of a table.
 * Faults, and what is possible, come along with each row. */
#ifndef EVAL_KERNEL_GATHER_H
#define EVAL_KERNEL_GATHER_H

#include "eval/kernel_rows.h"

#define NO_ROW UINT32_MAX

/* Row i of the result is row at[i] of the column from[which[i]], or unknown where at[i] is NO_ROW. Without `which` all
 * are of from[0], without `at` they are row i. */
typedef struct Gather {
  const Column *const *from;
  uint32_t count;
  const uint32_t *which;
  const uint32_t *at;
} Gather;

Column *gather_rows(const Job *job, const Gather *gather);

/* One row for each of `count` constants of the node's type that stand `stride` apart. */
Column *gather_constants(Job *job, const Constant *constants, uint32_t count, uint32_t stride);
Column *gather_constant(Job *job);
Column *gather_table(Job *job);
Column *gather_spread(Job *job);
Column *gather_repeat(Job *job);
Column *gather_items(Job *job);
Column *gather_chain(Job *job);
/* The same day in all rows. */
Column *gather_day(Job *job, int64_t day);

#endif
