#include "eval/kernel_bits.h"

Column *bits_new(const Job *job) { return column_new(job->arena, &yes_no_type, job->rows); }

void bits_pass_errors(Job *job, Column *out, const Column *a, const Column *b) {
  if (!(a && a->error) && !(b && b->error)) return;
  for (uint32_t w = 0; w < words_for(out->rows); w++) {
    uint64_t errors = (a ? error_word(a, w) : 0) | (b ? error_word(b, w) : 0);
    for (uint64_t left = errors & ~known_word(out, w); left;) {
      uint32_t row = next_row(&left, w);
      column_fail(job->arena, out, row, fault_of_either(a, b, row));
    }
  }
}

/* Yes and no change places; an unknown and an error stay what they are. */
Column *bits_not(Job *job) {
  Column *out = arena_new_of(job->arena, Column);
  *out = *job->a;
  out->yes = job->a->no;
  out->no = job->a->yes;
  return out;
}

/*  and     yes      no  unknown  error
 *  yes     yes      no  unknown  error
 *  no      no       no  no       no
 *  unknown unknown  no  unknown  error
 *  error   error    no  error    error */
Column *bits_and(Job *job) {
  Column *out = bits_new(job);
  const uint64_t *restrict ay = job->a->yes, *restrict by = job->b->yes;
  const uint64_t *restrict an = job->a->no, *restrict bn = job->b->no;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->yes[w] = ay[w] & by[w];
    out->no[w] = an[w] | bn[w];
  }
  bits_pass_errors(job, out, job->a, job->b);
  return out;
}

/* not (not a and not b) */
Column *bits_or(Job *job) {
  Column *out = bits_new(job);
  const uint64_t *restrict ay = job->a->yes, *restrict by = job->b->yes;
  const uint64_t *restrict an = job->a->no, *restrict bn = job->b->no;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->yes[w] = ay[w] | by[w];
    out->no[w] = an[w] & bn[w];
  }
  bits_pass_errors(job, out, job->a, job->b);
  return out;
}

Column *bits_same(Job *job) {
  Column *out = bits_new(job);
  const Column *a = job->a, *b = job->b;
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->yes[w] = (a->yes[w] & b->yes[w]) | (a->no[w] & b->no[w]);
    out->no[w] = (a->yes[w] & b->no[w]) | (a->no[w] & b->yes[w]);
  }
  bits_pass_errors(job, out, a, b);
  return out;
}

/* Known is yes or no of a yes/no, too: what is not known but settled by what is possible counts as known. */
Column *bits_is_known(Job *job) {
  Column *out = bits_new(job);
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    out->yes[w] = known_word(job->a, w);
    out->no[w] = ~known_word(job->a, w) & ~error_word(job->a, w) & word_mask(job->rows, w);
  }
  bits_pass_errors(job, out, job->a, NULL);
  return out;
}

/* ---- at least k of ---- */

/* Adds one argument's word to those of "at least 1, 2, … k of the arguments so far". */
static void count_in(uint64_t *at_least, uint32_t k, uint64_t word) {
  for (uint32_t i = k; i > 0; i--) at_least[i] |= at_least[i - 1] & word;
}

/* Yes where enough are yes; no where too few can still be; else the first error, or unknown. */
Column *bits_at_least(Job *job) {
  const Node *node = job->node;
  const uint32_t *arguments = job->e->program->arguments + node->first;
  Column *out = bits_new(job);
  uint32_t k = node->index <= node->count ? node->index : node->count + 1;
  uint64_t *sure = arena_array(job->arena, uint64_t, k + 1), *able = arena_array(job->arena, uint64_t, k + 1);
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    for (uint32_t i = 0; i <= k; i++) sure[i] = able[i] = i ? 0 : word_mask(job->rows, w);
    for (uint32_t i = 0; i < node->count; i++) {
      const Column *argument = column_at(job, arguments[i]);
      count_in(sure, k, argument->yes[w]);
      count_in(able, k, ~argument->no[w]);
    }
    out->yes[w] = sure[k];
    out->no[w] = ~able[k] & word_mask(job->rows, w);
  }
  for (uint32_t i = node->count; i-- > 0;) bits_pass_errors(job, out, column_at(job, arguments[i]), out);
  return out;
}
