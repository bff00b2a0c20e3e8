#include "eval/kernel_compare.h"

#include "eval/kernel_bits.h"
#include "eval/kernel_lanes.h"

__extension__ typedef __int128 Wide128;

typedef enum Order { ORDER_EQUAL, ORDER_LESS, ORDER_LESS_EQUAL } Order;

static bool holds(Order order, int compared) {
  switch (order) {
  case ORDER_EQUAL: return compared == 0;
  case ORDER_LESS: return compared < 0;
  case ORDER_LESS_EQUAL: return compared <= 0;
  }
  return false;
}

static Truth holds_for_ranges(Order order, const Range *a, const Range *b) {
  switch (order) {
  case ORDER_EQUAL: return range_equal(a, b);
  case ORDER_LESS: return range_less(a, b);
  case ORDER_LESS_EQUAL: return range_less_equal(a, b);
  }
  return TRUTH_UNKNOWN;
}

/* ---- 64 rows ---- */

/* Bits of the rows of one word for which `condition` on the row i holds. */
#define WORD_OF(rows, w, condition)                           \
  uint64_t word = 0;                                          \
  uint32_t end = (rows) - (w)*64 < 64 ? (rows) - (w)*64 : 64; \
  for (uint32_t k = 0; k < end; k++) {                        \
    uint32_t i = (w)*64 + k;                                  \
    word |= (uint64_t)(condition) << k;                       \
  }                                                           \
  return word

static uint64_t equal_word(uint32_t rows, uint32_t w, const int64_t *restrict a, const int64_t *restrict b) {
  WORD_OF(rows, w, a[i] == b[i]);
}
static uint64_t less_word(uint32_t rows, uint32_t w, const int64_t *restrict a, const int64_t *restrict b) {
  WORD_OF(rows, w, a[i] < b[i]);
}
static uint64_t equal_limit_word(uint32_t rows, uint32_t w, const int64_t *restrict a, int64_t limit) {
  WORD_OF(rows, w, a[i] == limit);
}
static uint64_t less_limit_word(uint32_t rows, uint32_t w, const int64_t *restrict a, int64_t limit) {
  WORD_OF(rows, w, a[i] < limit);
}

static void put_word(Column *out, uint32_t w, uint64_t holding, uint64_t known) {
  out->yes[w] = holding & known;
  out->no[w] = ~holding & known;
}

/* ---- with a constant ---- */

/* What a column at some scale is compared with instead of a constant. a < c and a <= c are a < limit for whole a. */
typedef struct Limit {
  bool never_equal; /* no number of units is the constant */
  int64_t units;
} Limit;

static bool limit_of(Arena *arena, Num constant, unsigned scale, Order order, Limit *out) {
  *out = (Limit){.never_equal = false};
  if (num_to_scaled(constant, scale, &out->units)) {
    if (order != ORDER_LESS_EQUAL) return true;
    return !__builtin_add_overflow(out->units, 1, &out->units);
  }
  /* between two numbers of units: a < c and a <= c are a < the higher of them */
  out->never_equal = true;
  Num above = num_round(arena, constant, ROUND_CEILING, num_of_scaled(arena, 1, scale));
  return num_fits(above) && num_to_scaled(above, scale, &out->units);
}

static bool compare_with_limit(Job *job, Column *out, const Column *a, Num constant, Order order) {
  Limit limit;
  if (!a->units || !limit_of(job->arena, constant, a->scale, order, &limit)) return false;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t holding = order != ORDER_EQUAL ? less_limit_word(job->rows, w, a->units, limit.units)
                       : limit.never_equal  ? 0
                                            : equal_limit_word(job->rows, w, a->units, limit.units);
    put_word(out, w, holding, a->known[w]);
  }
  return true;
}

/* c < a is not (a <= c) for what is known. */
static bool compare_limit_with(Job *job, Column *out, Num constant, const Column *b, Order order) {
  Order turned = order == ORDER_LESS ? ORDER_LESS_EQUAL : order == ORDER_LESS_EQUAL ? ORDER_LESS : ORDER_EQUAL;
  if (!compare_with_limit(job, out, b, constant, turned)) return false;
  if (order == ORDER_EQUAL) return true;
  uint64_t *no = out->yes;
  out->yes = out->no;
  out->no = no;
  return true;
}

static const Num *constant_of(const Job *job, uint32_t node) {
  const Program *program = job->e->program;
  if (program->nodes[node].op != OP_CONSTANT) return NULL;
  const Constant *constant = &program->constants[program->nodes[node].index];
  return constant->missing ? NULL : &constant->number;
}

/* ---- any two columns ---- */

static bool compare_lanes(Job *job, Column *out, Order order) {
  const Column *a = job->a, *b = job->b;
  if (!a->units || !b->units || a->scale != b->scale) return false;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t holding = order == ORDER_EQUAL  ? equal_word(job->rows, w, a->units, b->units)
                       : order == ORDER_LESS ? less_word(job->rows, w, a->units, b->units)
                                             : ~less_word(job->rows, w, b->units, a->units);
    put_word(out, w, holding, a->known[w] & b->known[w]);
  }
  return true;
}

/* A column as fractions: n[i] / d[i], or n[i] / all where d is NULL. */
typedef struct Fractions {
  const int64_t *n, *d;
  int64_t all;
} Fractions;

static bool fractions_of(const Column *c, Fractions *out) {
  if (c->exact) return false;
  *out = c->units ? (Fractions){c->units, NULL, powers_of_ten[c->scale]} : (Fractions){c->dividends, c->divisors, 1};
  return true;
}

/* a/b and c/d are compared as a * d and c * b, which 128 bits hold, the other way round where b or d is negative. */
static int compare_fractions(const Fractions *a, const Fractions *b, uint32_t i) {
  int64_t a_below = a->d ? a->d[i] : a->all, b_below = b->d ? b->d[i] : b->all;
  Wide128 left = (Wide128)a->n[i] * b_below, right = (Wide128)b->n[i] * a_below;
  int order = (left > right) - (left < right);
  return (a_below < 0) == (b_below < 0) ? order : -order;
}

/* Quotients, and units of different scales. */
static bool compare_by_products(Job *job, Column *out, Order order) {
  Fractions a, b;
  if (!fractions_of(job->a, &a) || !fractions_of(job->b, &b)) return false;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t holding = 0;
    uint32_t end = job->rows - w * 64 < 64 ? job->rows - w * 64 : 64;
    for (uint32_t k = 0; k < end; k++) holding |= (uint64_t)holds(order, compare_fractions(&a, &b, w * 64 + k)) << k;
    put_word(out, w, holding, job->a->known[w] & job->b->known[w]);
  }
  return true;
}

static void compare_exact(Job *job, Column *out, Order order) {
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    uint64_t holding = 0, known = job->a->known[w] & job->b->known[w];
    for (uint64_t left = known; left;) {
      uint32_t row = next_row(&left, w);
      int compared = num_compare(column_number(job->arena, job->a, row), column_number(job->arena, job->b, row));
      holding |= (uint64_t)holds(order, compared) << (row & 63);
    }
    put_word(out, w, holding, known);
  }
}

/* An error, too, is compared by its range if it has one: a count with one item in error may be large enough anyway. */
static Truth truth_at(Job *job, Order order, uint32_t row) {
  const Column *a = job->a, *b = job->b;
  /* the side that is not known first: as a rule nothing bounds it, and then the other does not matter */
  bool b_first = bit_get(a->known, row);
  Range x = range_at(job->arena, b_first ? b : a, row);
  if (x.may_fail || (!x.has_low && !x.has_high)) return TRUTH_UNKNOWN;
  Range y = range_at(job->arena, b_first ? a : b, row);
  return b_first ? holds_for_ranges(order, &y, &x) : holds_for_ranges(order, &x, &y);
}

static void settle(Job *job, Column *out, Order order) {
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w) | unknown_word(job->b, w); left;) {
      uint32_t row = next_row(&left, w);
      Truth truth = truth_at(job, order, row);
      if (truth == TRUTH_YES) bit_set(out->yes, row);
      if (truth == TRUTH_NO) bit_set(out->no, row);
    }
  bits_pass_errors(job, out, job->a, job->b);
}

static Column *compare(Job *job, Order order) {
  Column *out = bits_new(job);
  const Num *left = constant_of(job, job->node->a), *right = constant_of(job, job->node->b);
  bool done = (right && compare_with_limit(job, out, job->a, *right, order)) ||
              (left && compare_limit_with(job, out, *left, job->b, order)) || compare_lanes(job, out, order) ||
              compare_by_products(job, out, order);
  if (!done) compare_exact(job, out, order);
  settle(job, out, order);
  return out;
}

Column *compare_equal(Job *job) { return compare(job, ORDER_EQUAL); }
Column *compare_less(Job *job) { return compare(job, ORDER_LESS); }
Column *compare_less_equal(Job *job) { return compare(job, ORDER_LESS_EQUAL); }
