#include "eval/kernel_items.h"

Items items_of(const Job *job) { return items_in(job, job->node->index); }

Items items_in(const Job *job, uint32_t space) {
  const SpaceRows *rows = &job->e->spaces[space];
  Items items = {.offsets = rows->offsets, .member = job->a, .complete = job->b};
  if (job->a) {
    items.belonging = job->a->yes;
  } else {
    items.belonging = arena_array(job->arena, uint64_t, words_for(rows->rows));
    for (uint32_t w = 0; w < words_for(rows->rows); w++) items.belonging[w] = word_mask(rows->rows, w);
  }
  for (uint32_t w = 0; job->a && w < words_for(rows->rows); w++) {
    uint64_t unsure = unknown_word(job->a, w);
    if (!unsure) continue;
    if (!items.unsure) items.unsure = arena_array(job->arena, uint64_t, words_for(rows->rows));
    items.unsure[w] = unsure;
  }
  return items;
}

/* The bits [first, end) of word w. */
static uint64_t bits_between(const uint64_t *bits, uint32_t first, uint32_t end, uint32_t w) {
  uint64_t word = bits[w];
  if (first > w * 64) word &= ~UINT64_C(0) << (first - w * 64);
  if (end - w * 64 < 64) word &= (UINT64_C(1) << (end - w * 64)) - 1;
  return word;
}

uint32_t count_bits(const uint64_t *bits, uint32_t first, uint32_t end) {
  uint32_t count = 0;
  if (!bits || first == end) return 0;
  for (uint32_t w = first / 64; w <= (end - 1) / 64; w++)
    count += (uint32_t)__builtin_popcountll(bits_between(bits, first, end, w));
  return count;
}

const Fault *fault_of_members(const Items *items, uint32_t row) {
  if (items->member && items->member->error)
    for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++)
      if (column_is_error(items->member, i)) return items->member->faults[i];
  return fault_at(items->complete, row);
}

uint64_t *plain_rows(const Job *job, const Items *items, const Column *c) {
  uint64_t *plain = arena_array(job->arena, uint64_t, words_for(job->rows));
  uint64_t *open = arena_array(job->arena, uint64_t, words_for(c->rows));
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    open[w] = (items->unsure ? items->unsure[w] : 0) | (items->belonging[w] & ~c->known[w]);
  for (uint32_t row = 0; row < job->rows; row++)
    if (is_complete(items, row) && !count_bits(open, items->offsets[row], items->offsets[row + 1])) bit_set(plain, row);
  return plain;
}

const Fault *fault_of_items(const Items *items, const Column *c, uint32_t row) {
  const Fault *fault = fault_of_members(items, row);
  for (uint32_t i = items->offsets[row]; c->error && i < items->offsets[row + 1] && !fault; i++)
    if (bit_get(items->belonging, i)) fault = fault_at(c, i);
  return fault;
}
