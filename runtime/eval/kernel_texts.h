/* Kernels of texts. Nothing is known of a text that is not known, so a result
 * is known where all its operands are. Texts that a kernel makes live in the
 * arena of the evaluation; one of more than TEXT_MAX_BYTES is an error, so
 * that joining cannot double them without end. */
#ifndef EVAL_KERNEL_TEXTS_H
#define EVAL_KERNEL_TEXTS_H

#include "eval/kernel_rows.h"

enum { TEXT_MAX_BYTES = 1 << 20 };

Column *texts_equal(Job *job);
Column *texts_less(Job *job);
Column *texts_contains(Job *job);
Column *texts_starts_with(Job *job);
Column *texts_ends_with(Job *job);
Column *texts_length(Job *job);
Column *texts_lower(Job *job);
Column *texts_upper(Job *job);
Column *texts_join(Job *job);
Column *texts_of(Job *job); /* any scalar as text */

#endif
