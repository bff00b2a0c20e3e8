/* Rows: what the kernels share. A kernel takes a Job, one node over all rows
 * of its space with the columns of its operands, and gives the node's column,
 * made in the arena of the evaluation. Rows whose operands are known go
 * through plain loops; the others, few as a rule, are worked out one by one
 * with Possible, the set of what a row may still be. An error counts as an
 * unknown that carries a fault: where the set leaves one value, that is it. */
#ifndef EVAL_KERNEL_ROWS_H
#define EVAL_KERNEL_ROWS_H

#include "eval/evaluate.h"
#include "check/range.h"

typedef struct Job {
  Evaluation *e;
  Arena *arena;
  const Node *node;
  uint32_t rows;
  const Column *a, *b, *c; /* NULL: the node has no such operand */
  const Fault *fault;      /* the last one made, as a rule the same for many rows */
} Job;

/* For columns whose node has a type of another kind, or none (PICK). */
extern const Type yes_no_type, whole_type;

static inline const Column *column_at(const Job *job, uint32_t node) {
  return node == NO_NODE ? NULL : job->e->columns[node];
}

Column *column_for(const Job *job); /* all rows unknown, of the node's type */

/* ---- words of 64 rows ---- */

static inline uint64_t known_word(const Column *c, uint32_t w) {
  return c->kind == COLUMN_BITS ? c->yes[w] | c->no[w] : c->known[w];
}
static inline uint64_t unknown_word(const Column *c, uint32_t w) { return ~known_word(c, w) & word_mask(c->rows, w); }
static inline uint64_t error_word(const Column *c, uint32_t w) { return c->error ? c->error[w] : 0; }
/* Takes the lowest bit off a word that is not 0; its row. */
static inline uint32_t next_row(uint64_t *left, uint32_t w) {
  uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(*left);
  *left &= *left - 1;
  return row;
}
/* The rows known in both. */
void know_both(Column *out, const Column *a, const Column *b);

/* ---- errors ---- */

/* A fault at the node; the same one again where it has no arguments. */
const Fault *job_fault(Job *job, MessageCode code);
const Fault *job_fault_about(Job *job, MessageCode code, View first, View second);
static inline void job_fail(Job *job, Column *out, uint32_t row, MessageCode code) {
  column_fail(job->arena, out, row, job_fault(job, code));
}
/* The fault of an operand that is an error at this row, or NULL. */
static inline const Fault *fault_at(const Column *c, uint32_t row) {
  return c && column_is_error(c, row) ? c->faults[row] : NULL;
}
/* The first operand's first. */
static inline const Fault *fault_of_either(const Column *a, const Column *b, uint32_t row) {
  const Fault *fault = fault_at(a, row);
  return fault ? fault : fault_at(b, row);
}

/* ---- what a row may still be ---- */

typedef struct Possible {
  ColumnKind kind;
  bool may_fail;
  bool none;            /* it can but fail */
  bool may_yes, may_no; /* BITS */
  Range range;          /* NUMBERS; its may_fail counts as well */
  uint64_t mask;        /* CODES */
  bool one;             /* CODES, TEXTS: it is this one */
  uint32_t code;
  View text;
} Possible;

/* The range at a row; a point where it is known. An error without a range of its own may be anything. */
Range range_at(Arena *arena, const Column *c, uint32_t row);

/* Sets of codes: a bit behind those of the type's values says that it may be an error. Where the type has no bit to
 * spare, all ones says it, and that it may be any value. */
enum { MASK_FAILURE_BIT = 63 };
uint64_t mask_of_all(const Type *type);
uint64_t mask_failing(const Type *type, uint64_t mask);
static inline bool mask_may_fail(const Type *type, uint64_t mask) { return (mask & ~mask_of_all(type)) || !~mask; }
uint64_t mask_at(const Type *type, const Column *c, uint32_t row);

Possible possible_at(const Job *job, const Column *c, uint32_t row);
Possible possible_failure(ColumnKind kind);
Possible possible_union(Possible a, Possible b);
/* Sets a row: known where one value is left, else what is possible, as an error if there is a fault. */
void possible_put(Job *job, Column *out, uint32_t row, const Possible *possible, const Fault *fault);

#endif
