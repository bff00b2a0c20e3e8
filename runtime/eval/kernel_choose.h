/* Kernels that choose between values of any kind: if … then … else, a value
 * assumed where another is missing, the value of the period a date lies in,
 * the one that belongs to an enumeration's value.
 * Where what chooses is not known, the result is known if all that may be
 * chosen agree; else it may be any of them. */
#ifndef EVAL_KERNEL_CHOOSE_H
#define EVAL_KERNEL_CHOOSE_H

#include "eval/kernel_rows.h"

Column *choose_if(Job *job);
Column *choose_nothing(Job *job); /* NO_CHOICE */
Column *choose_assumed(Job *job);
Column *choose_by_code(Job *job);
Column *choose_dated(Job *job);

#endif
