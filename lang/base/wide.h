/* Wide: natural numbers of some thousand bits, for the working of num.c only.
 *
 * A Wide stands on the stack and has room for whatever one operation on two
 * numbers of NUM_MAX_BITS can bring about in between, so nothing here asks for
 * memory. Limbs are somebody's digits to base 2^64, lowest first, the highest
 * not 0; zero has none. GMP's mpn functions do the work. Results never overlap
 * operands. */
#ifndef BASE_WIDE_H
#define BASE_WIDE_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* num_round multiplies a quotient of 129 limbs by a step of 64. */
enum { WIDE_LIMBS = 200 };

__extension__ typedef unsigned __int128 Pair; /* what two limbs hold */

typedef struct Limbs {
  const mp_limb_t *at;
  mp_size_t size;
} Limbs;

typedef struct Wide {
  mp_size_t size;
  mp_limb_t at[WIDE_LIMBS];
} Wide;

static inline Limbs wide_limbs(const Wide *a) { return (Limbs){a->at, a->size}; }

void wide_copy(Wide *out, Limbs a);
void wide_of_pair(Wide *out, Pair value);
Pair wide_to_pair(Limbs a); /* a has at most two limbs */
uint32_t wide_bits(Limbs a);
int wide_compare(Limbs a, Limbs b);

void wide_add(Wide *out, Limbs a, Limbs b);
void wide_sub(Wide *out, Limbs a, Limbs b); /* a >= b */
void wide_increment(Wide *a);
void wide_mul(Wide *out, Limbs a, Limbs b);
void wide_divide(Wide *quotient, Wide *rest, Limbs a, Limbs b); /* b is not 0 */
void wide_gcd(Wide *out, Limbs a, Limbs b);                     /* neither is 0 */
void wide_power(Wide *out, Limbs base, uint32_t exponent);      /* the caller sees to it that the result has room */
/* The whole square root; true where it is exact. */
bool wide_root(Wide *out, Limbs a);
void wide_power_of_ten(Wide *out, uint32_t exponent);

#endif
