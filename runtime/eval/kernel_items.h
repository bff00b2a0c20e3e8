/* Items: the list that a kernel goes over, as COUNT and its like have it: its
 * node's `index` is the space of the items, a says which of them belong, b
 * whether they are all there. */
#ifndef EVAL_KERNEL_ITEMS_H
#define EVAL_KERNEL_ITEMS_H

#include "eval/kernel_rows.h"

/* Which items there are, and which of them belong. */
typedef struct Items {
  const uint32_t *offsets;
  const Column *member;   /* NULL: all belong */
  const Column *complete; /* NULL: nothing can be added */
  uint64_t *belonging;    /* bits of the items: surely */
  uint64_t *unsure;       /* perhaps; NULL: there is no such item */
} Items;

Items items_of(const Job *job);
/* The same of another space. */
Items items_in(const Job *job, uint32_t space);

static inline bool is_complete(const Items *items, uint32_t row) {
  return !items->complete || bit_get(items->complete->yes, row);
}
static inline bool may_belong(const Items *items, uint32_t item) {
  return bit_get(items->belonging, item) || (items->unsure && bit_get(items->unsure, item));
}

uint32_t count_bits(const uint64_t *bits, uint32_t first, uint32_t end); /* NULL: none */
/* Of the first item whose membership is an error, else of the completeness. */
const Fault *fault_of_members(const Items *items, uint32_t row);
/* Of the first item that belongs and is an error, if its membership or the completeness is none. */
const Fault *fault_of_items(const Items *items, const Column *c, uint32_t row);
/* Rows whose list is complete, with every item known to belong or not, and known where it belongs. */
uint64_t *plain_rows(const Job *job, const Items *items, const Column *c);

#endif
