/* Identity: which values are equal, over columns of any kind and their lanes.
 * A row's value is what stands in one or several columns; each value gets a
 * number, from 0 in the order in which they are met. One table of hashes, so
 * a million rows take a million steps. Lives in the arena it was given. */
#ifndef EVAL_IDENTITY_H
#define EVAL_IDENTITY_H

#include "eval/kernel_rows.h"

#define NO_VALUE UINT32_MAX

typedef struct Identity {
  uint32_t *ids;  /* of each row; NO_VALUE where a column is not known */
  uint32_t count; /* of different values */
  const Column *const *columns;
  uint32_t column_count;
  uint32_t *slots; /* row + 1 of a value, 0: free */
  uint32_t slot_mask;
  Arena *arena;
} Identity;

Identity identity_of(Arena *arena, const Column *const *columns, uint32_t count, uint32_t rows);
/* The number of the value that other columns of the same types have at a row; NO_VALUE where it is none of them. */
uint32_t identity_find(const Identity *identity, const Column *const *columns, uint32_t row);

#endif
