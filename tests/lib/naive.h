/* Naive: a second evaluator of the checked program, for tests only. It takes
 * one application in which nothing is missing, goes down from a node to its
 * operands, and works in exact numbers. It knows no columns, lanes, ranges or
 * words, and is written to be seen to be right, not to be fast.
 *
 * An error is the set of values that might stand in its place: `any` number,
 * both yes and no. If all of them lead to one result, that is the result. */
#ifndef TESTS_NAIVE_H
#define TESTS_NAIVE_H

#include "check/program.h"

enum { NAIVE_SET = 6, NAIVE_ITEMS = 5, NAIVE_NODES = 64, NAIVE_INPUTS = 16 };

/* The values that a node can have in one application: one, unless something is an error. */
typedef struct NaiveValue {
  bool any;       /* numbers: an error that may be anything */
  uint32_t count; /* numbers */
  Num numbers[NAIVE_SET];
  uint32_t mask; /* yes/no: 1 no, 2 yes; enumerations: their codes */
} NaiveValue;

/* Where a node is asked: an item of the list, and an item of the list repeated within. */
typedef struct NaivePlace {
  uint32_t item, inner;
} NaivePlace;

/* One application: cells[input] of the application itself, items[i][input] of its list. */
typedef struct NaiveRow {
  NaiveValue cells[NAIVE_INPUTS];
  NaiveValue items[NAIVE_ITEMS][NAIVE_INPUTS];
  uint32_t item_count;
} NaiveRow;

typedef struct Naive {
  Arena *arena;
  const Program *program;
  const NaiveRow *row;
  bool crowded; /* a set had more than NAIVE_SET numbers, and became `any` */
  bool done[NAIVE_NODES][NAIVE_ITEMS][NAIVE_ITEMS];
  NaiveValue values[NAIVE_NODES][NAIVE_ITEMS][NAIVE_ITEMS];
} Naive;

void naive_begin(Naive *n, Arena *arena, const Program *program, const NaiveRow *row);
const NaiveValue *naive_value(Naive *n, uint32_t node, NaivePlace place);

NaiveValue naive_number(Num number);
NaiveValue naive_bit(bool yes);
NaiveValue naive_code(uint32_t code);
NaiveValue naive_error(const Type *type);
bool naive_is_one(const Type *type, const NaiveValue *v);

#endif
