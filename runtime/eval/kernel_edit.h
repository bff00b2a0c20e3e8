/* Kernels that make texts out of texts, and values out of texts. As in
 * kernel_texts.h, a result is known where its operands are; a text of more than
 * TEXT_MAX_BYTES is an error, and so is one that cannot be read. */
#ifndef EVAL_KERNEL_EDIT_H
#define EVAL_KERNEL_EDIT_H

#include "eval/kernel_rows.h"

Column *edit_substring(Job *job);
Column *edit_before(Job *job);
Column *edit_after(Job *job);
Column *edit_replace(Job *job);
Column *edit_trim(Job *job);
Column *edit_join(Job *job); /* of the items of a list */
Column *edit_read(Job *job); /* text as a value of another type */

#endif
