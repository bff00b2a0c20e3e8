/* Num: an exact number, a fraction in lowest terms.
 *
 * Small ones stand in two 64-bit integers; the others are limbs in the arena
 * that the operation was given (GMP computes them). A Num is a value: copy it
 * freely while its arena lives. A result whose numerator or denominator needs
 * more than NUM_MAX_BITS is NUM_TOO_LARGE, which every operation passes on;
 * the evaluator turns it into an error with a place. No binary floating point
 * and no locale anywhere. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/view.h"

enum {
  NUM_MAX_BITS = 4096,
  NUM_MAX_DIGITS = 34, /* of a literal, and of a written value */
};

/* d > 0: the value is n/d, in lowest terms, n > INT64_MIN; d = 0: n is the address of a big one; d = -1: too large. */
typedef struct Num {
  int64_t n;
  int64_t d;
} Num;

#define NUM_TOO_LARGE ((Num){0, -1})
static inline bool num_fits(Num a) { return a.d >= 0; }

static inline Num num_of(int64_t n) { return (Num){n, 1}; }     /* n > INT64_MIN */
Num num_fraction(Arena *arena, int64_t n, int64_t d);           /* d != 0 */
Num num_of_scaled(Arena *arena, int64_t units, unsigned scale); /* units / 10^scale, scale <= 18 */
/* 10^0 … 10^SCALE_MAX: the scales at which an int64 of units may stand. */
enum { SCALE_MAX = 18 };
extern const int64_t powers_of_ten[SCALE_MAX + 1];
/* units with a = units / 10^scale, if there is such an int64 > INT64_MIN; false otherwise. Here and below, so that
 * a number taken out can always be negated and put back. */
bool num_to_scaled(Num a, unsigned scale, int64_t *units);
/* The smallest scale (0..18) at which a is an int64 number of units; false if none. */
bool num_scale(Num a, unsigned *scale);
bool num_to_int(Num a, int64_t *out);
bool num_is_whole(Num a);

Num num_add(Arena *arena, Num a, Num b);
Num num_sub(Arena *arena, Num a, Num b);
Num num_mul(Arena *arena, Num a, Num b);
Num num_div(Arena *arena, Num a, Num b); /* b is not 0 */
Num num_copy(Arena *arena, Num a);       /* the same number, for as long as this arena lives */
Num num_neg(Arena *arena, Num a);
Num num_abs(Arena *arena, Num a);
/* Whole exponent, |e| <= 4096; a != 0 where e < 0. */
Num num_power(Arena *arena, Num a, int64_t e);
int num_sign(Num a);
int num_compare(Num a, Num b); /* -1, 0, 1; both fit */
bool num_equal(Num a, Num b);

typedef enum NumRounding {
  ROUND_DOWN, /* towards zero */
  ROUND_UP,   /* away from zero */
  ROUND_FLOOR,
  ROUND_CEILING,
  ROUND_HALF_UP,   /* ties away from zero, as FEEL and the school */
  ROUND_HALF_DOWN, /* ties towards zero */
  ROUND_HALF_EVEN,
} NumRounding;

/* The multiple of step (> 0) that `a` is rounded to. */
Num num_round(Arena *arena, Num a, NumRounding how, Num step);

/* The square root of a >= 0, right to NUM_MAX_DIGITS significant digits, half even. A larger number never has a smaller
 * root. */
Num num_root(Arena *arena, Num a);

typedef enum NumReading { NUM_READ, NUM_NOT_A_NUMBER, NUM_TOO_MANY_DIGITS } NumReading;
/* Reads [-]digits[.digits], nothing else: no blanks, no exponent, no leading '+' or '.'. Zeros in front do not count
 * among the NUM_MAX_DIGITS; more than 2 * NUM_MAX_DIGITS decimals are too many digits even so. */
NumReading num_read(Arena *arena, View text, Num *out);
/* As num_read, and with a JSON exponent whose absolute value is at most 34 (a larger one is too many digits); a zero
 * in front of other digits is not a number in JSON. */
NumReading num_read_json(Arena *arena, View text, Num *out);

/* Decimal form. Finite decimals of up to 34 significant digits are written
 * whole; others are cut to 34 significant digits (half even) and *exact is
 * false. No exponent is ever written. `exact` may be NULL. */
View num_text(Arena *arena, Num a, bool *exact);
/* The whole truth as "n/d", or "n" where it is whole, with as many digits as that takes. */
View num_fraction_text(Arena *arena, Num a);
/* As a person reads it: digits in groups of three by a no-break space, and
 * "…" behind what does not end. */
View num_text_for_people(Arena *arena, Num a);

#endif
