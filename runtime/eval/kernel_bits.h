/* Kernels of yes/no, 64 rows a word. Kleene's logic: a result is definite
 * where no value of the unknown operand could change it. An error is an
 * unknown with a fault, so `no and error` is no; where the result is not
 * definite and an operand is an error, the result is that error. */
#ifndef EVAL_KERNEL_BITS_H
#define EVAL_KERNEL_BITS_H

#include "eval/kernel_rows.h"

Column *bits_not(Job *job);
Column *bits_and(Job *job);
Column *bits_or(Job *job);
Column *bits_same(Job *job);
Column *bits_at_least(Job *job);
Column *bits_is_known(Job *job); /* of an operand of any kind */

/* New, all rows unknown. */
Column *bits_new(const Job *job);
/* Rows of a or b (NULL is fine) that are errors and not definite in `out` become errors there. */
void bits_pass_errors(Job *job, Column *out, const Column *a, const Column *b);

#endif
