/* Column: the values of one node or input over the rows of a space, and what
 * is known of them.
 *
 * Yes/no is two bitmaps (yes, no); a row in neither is unknown. All other
 * kinds have a `known` bitmap. A row in `error` is in none of these: it is an
 * unknown that nothing can settle, with its fault. Numbers (money, dates and
 * durations too) are int64 units at one scale per column; where that cannot
 * hold them the whole column is in exact fractions instead. A quotient of units
 * is kept as dividends and divisors until somebody asks for a number. For rows
 * that are not known, `ranges` or `masks` say what is still possible; where
 * they are NULL, `any` and `any_mask` hold for every such row. Columns live in
 * the arena of their batch. */
#ifndef DATA_COLUMN_H
#define DATA_COLUMN_H

#include "check/program.h"
#include "data/fault.h"

typedef enum ColumnKind { COLUMN_BITS, COLUMN_NUMBERS, COLUMN_CODES, COLUMN_TEXTS } ColumnKind;

typedef struct Column {
  ColumnKind kind;
  uint32_t rows;
  uint64_t *yes, *no;   /* BITS */
  uint64_t *known;      /* all other kinds */
  uint64_t *error;      /* NULL: no errors */
  const Fault **faults; /* one a row, NULL where error is NULL */
  int64_t *units;       /* NUMBERS: value = units / 10^scale; NULL: see exact */
  unsigned scale;
  Num *exact;                          /* NUMBERS */
  const int64_t *dividends, *divisors; /* NUMBERS, where both units and exact are NULL: value = dividend / divisor */
  Range any;                           /* NUMBERS: possible values of unknown rows … */
  Range *ranges;                       /* … or one a row */
  uint32_t *codes;                     /* CODES */
  uint64_t any_mask;                   /* CODES: possible values of unknown rows … */
  uint64_t *masks;                     /* … or one a row; all ones where the type has more than 64 values */
  View *texts;                         /* TEXTS */
} Column;

static inline uint32_t words_for(uint32_t rows) { return (rows + 63) / 64; }
static inline bool bit_get(const uint64_t *bits, uint32_t i) { return bits[i >> 6] >> (i & 63) & 1; }
static inline void bit_set(uint64_t *bits, uint32_t i) { bits[i >> 6] |= UINT64_C(1) << (i & 63); }
static inline void bit_clear(uint64_t *bits, uint32_t i) { bits[i >> 6] &= ~(UINT64_C(1) << (i & 63)); }
/* Ones for the rows of word w, zeros behind the last row. */
static inline uint64_t word_mask(uint32_t rows, uint32_t w) {
  uint32_t left = rows - w * 64;
  return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

ColumnKind column_kind_of(const Type *type);
/* All rows unknown; values allocated (numbers as units of scale 0). */
Column *column_new(Arena *arena, const Type *type, uint32_t rows);
void column_fail(Arena *arena, Column *column, uint32_t row, const Fault *fault);

static inline bool column_is_error(const Column *c, uint32_t row) { return c->error && bit_get(c->error, row); }
static inline bool column_is_known(const Column *c, uint32_t row) {
  return c->kind == COLUMN_BITS ? bit_get(c->yes, row) || bit_get(c->no, row) : bit_get(c->known, row);
}
/* The number at a known row. */
static inline Num column_number(Arena *arena, const Column *c, uint32_t row) {
  if (c->exact) return c->exact[row];
  return c->units ? num_of_scaled(arena, c->units[row], c->scale)
                  : num_fraction(arena, c->dividends[row], c->divisors[row]);
}
/* What the number at any row may be: a point where it is known. */
Range column_range(Arena *arena, const Column *c, uint32_t row);
uint64_t column_mask(const Column *c, uint32_t row);

#endif
