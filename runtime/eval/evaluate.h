/* Evaluation: a batch's columns in, one column for every node of the program
 * out. The one engine: a single application is a batch of one. Expressions
 * are evaluated once per batch in dependency order, eagerly; nothing is
 * dispatched per row but for rows that are not known. */
#ifndef EVAL_EVALUATE_H
#define EVAL_EVALUATE_H

#include "check/test.h"
#include "data/batch.h"

/* The rows of one space in one batch. */
typedef struct SpaceRows {
  uint32_t rows;
  uint32_t *offsets; /* items of parent row r: [offsets[r], offsets[r + 1]); NULL for the root */
  uint32_t *parents; /* parent row of each row; NULL for the root */
  uint32_t *sources; /* REPEAT: the row of the repeated space; CHAIN: the row of the part; else NULL */
  uint32_t *parts;   /* CHAIN: which part; else NULL */
} SpaceRows;

typedef struct EvaluationStats {
  uint64_t batches;
  uint64_t slow_lane; /* number columns that int64 units could not hold */
} EvaluationStats;

typedef struct EvaluateOptions {
  bool has_as_of; /* --on: this date instead of the application's own */
  int64_t as_of;
  const TestCase *test;   /* what its expectations ask is evaluated, too; or NULL */
  EvaluationStats *stats; /* or NULL */
} EvaluateOptions;

typedef struct Evaluation {
  Arena *arena;
  const Program *program;
  const Batch *batch;
  const EvaluateOptions *options;
  SpaceRows *spaces; /* one for each program space */
  Column **columns;  /* one for each node */
} Evaluation;

/* How many applications may stand in one batch, at most BATCH_ROWS: a programme with long tables makes rows for each of
 * them, so that the memory of a batch stays within bounds. Lists in the data come on top. */
uint32_t evaluate_batch_rows(const Program *program);

Evaluation *evaluate(Arena *arena, const Batch *batch, const EvaluateOptions *options);

#endif
