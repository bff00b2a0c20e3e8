/* The inside of a Num, for num.c and num_text.c only: sign, numerator and
 * denominator as limbs, whatever the form, and the ways back to a Num. */
#ifndef BASE_NUM_PARTS_H
#define BASE_NUM_PARTS_H

#include "base/num.h"
#include "base/wide.h"

/* What a Num with d = 0 has the address of. Numerator limbs come first, then the denominator's. */
typedef struct BigNum {
  bool negative;
  uint32_t n_size, d_size;
  mp_limb_t limbs[];
} BigNum;

typedef struct NumParts {
  bool negative;
  Limbs n, d; /* point into `own`, or into the big number */
  mp_limb_t own[2];
} NumParts;

static inline const BigNum *num_big(Num a) { return (const BigNum *)(uintptr_t)a.n; }

/* Fills *parts, which must stay where it is while its limbs are used. The number fits. */
void num_take_apart(Num a, NumParts *parts);

/* ±n/d in lowest terms; d is not 0. */
Num num_of_pairs(Arena *arena, bool negative, Pair n, Pair d);
Num num_of_wides(Arena *arena, bool negative, const Wide *n, const Wide *d);

/* Whether a quotient with a rest is taken one further from zero; `half` compares twice the rest with the divisor. */
bool num_rounds_away(NumRounding how, bool negative, bool odd, bool has_rest, int half);

#endif
