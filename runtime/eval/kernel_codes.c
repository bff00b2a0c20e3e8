#include "eval/kernel_codes.h"

#include "eval/kernel_bits.h"

/* `job->node->type` is yes/no here; the sets are of the operand's type. */
static const Type *operand_type(const Job *job) { return job->e->program->nodes[job->node->a].type; }

static void put_truth(Column *out, uint32_t row, Truth truth) {
  if (truth == TRUTH_YES) bit_set(out->yes, row);
  if (truth == TRUTH_NO) bit_set(out->no, row);
}

/* ---- is it one of these? ---- */

static Truth truth_in_mask(const Type *type, uint64_t possible, uint64_t mask) {
  if (mask_may_fail(type, possible)) return TRUTH_UNKNOWN;
  if (!(possible & ~mask)) return TRUTH_YES;
  return possible & mask ? TRUTH_UNKNOWN : TRUTH_NO;
}

Column *codes_in_mask(Job *job) {
  Column *out = bits_new(job);
  const uint32_t *restrict codes = job->a->codes;
  uint64_t mask = job->node->mask;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t inside = 0;
    uint32_t end = job->rows - w * 64 < 64 ? job->rows - w * 64 : 64;
    for (uint32_t k = 0; k < end; k++) {
      uint32_t code = codes[w * 64 + k];
      inside |= (uint64_t)(code < ENUM_MASK_VALUES && (mask >> (code & 63) & 1)) << k;
    }
    out->yes[w] = inside & job->a->known[w];
    out->no[w] = ~inside & job->a->known[w];
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      put_truth(out, row, truth_in_mask(operand_type(job), mask_at(operand_type(job), job->a, row), mask));
    }
  }
  bits_pass_errors(job, out, job->a, NULL);
  return out;
}

/* ---- two enumerations ---- */

typedef enum CodeOrder { CODES_EQUAL, CODES_LESS, CODES_LESS_EQUAL } CodeOrder;

static bool codes_hold(CodeOrder order, uint32_t a, uint32_t b) {
  switch (order) {
  case CODES_EQUAL: return a == b;
  case CODES_LESS: return a < b;
  case CODES_LESS_EQUAL: return a <= b;
  }
  return false;
}

static uint32_t lowest(uint64_t mask) { return (uint32_t)__builtin_ctzll(mask); }
static uint32_t highest(uint64_t mask) { return 63 - (uint32_t)__builtin_clzll(mask); }

/* Both sets have a value. */
static Truth masks_hold(CodeOrder order, uint64_t a, uint64_t b) {
  switch (order) {
  case CODES_EQUAL:
    if (!(a & b)) return TRUTH_NO;
    return a == b && !(a & (a - 1)) ? TRUTH_YES : TRUTH_UNKNOWN;
  case CODES_LESS:
    if (highest(a) < lowest(b)) return TRUTH_YES;
    return lowest(a) >= highest(b) ? TRUTH_NO : TRUTH_UNKNOWN;
  case CODES_LESS_EQUAL:
    if (highest(a) <= lowest(b)) return TRUTH_YES;
    return lowest(a) > highest(b) ? TRUTH_NO : TRUTH_UNKNOWN;
  }
  return TRUTH_UNKNOWN;
}

static Truth sets_hold(const Job *job, CodeOrder order, uint32_t row) {
  const Type *type = operand_type(job);
  uint64_t a = mask_at(type, job->a, row), b = mask_at(type, job->b, row);
  if (mask_may_fail(type, a) || mask_may_fail(type, b) || !a || !b) return TRUTH_UNKNOWN;
  return masks_hold(order, a, b);
}

static Column *codes_compare(Job *job, CodeOrder order) {
  Column *out = bits_new(job);
  const Column *a = job->a, *b = job->b;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t known = a->known[w] & b->known[w], holding = 0;
    uint32_t end = job->rows - w * 64 < 64 ? job->rows - w * 64 : 64;
    for (uint32_t k = 0; k < end; k++)
      holding |= (uint64_t)codes_hold(order, a->codes[w * 64 + k], b->codes[w * 64 + k]) << k;
    out->yes[w] = holding & known;
    out->no[w] = ~holding & known;
    for (uint64_t left = ~known & word_mask(job->rows, w); left;) {
      uint32_t row = next_row(&left, w);
      put_truth(out, row, sets_hold(job, order, row));
    }
  }
  bits_pass_errors(job, out, a, b);
  return out;
}

Column *codes_equal(Job *job) { return codes_compare(job, CODES_EQUAL); }
Column *codes_less(Job *job) { return codes_compare(job, CODES_LESS); }
Column *codes_less_equal(Job *job) { return codes_compare(job, CODES_LESS_EQUAL); }
