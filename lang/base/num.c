#include "base/num.h"

#include <assert.h>
#include <string.h>
#include "base/num_parts.h"

/* Two small numbers are worked on in 128 bits, which every product of two
 * 63-bit parts fits, and the sum of two such products too. Only what is big
 * before goes through Wide; GMP is not touched for the rest. Equal numbers
 * have one form: what can be small is small. */

static uint64_t magnitude(int64_t n) { return n < 0 ? 0 - (uint64_t)n : (uint64_t)n; }

static int64_t with_sign(bool negative, uint64_t magnitude_below_2_63) {
  int64_t n = (int64_t)magnitude_below_2_63;
  return negative ? -n : n;
}

/* Stein's algorithm. One of them may be 0. */
static uint64_t gcd_of(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  int twos = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  while (b) {
    b >>= __builtin_ctzll(b);
    if (a > b) {
      uint64_t swapped = a;
      a = b;
      b = swapped;
    }
    b -= a;
  }
  return a << twos;
}

static Pair gcd_of_pairs(Pair a, Pair b) {
  while (b >> 64 || a >> 64) {
    if (b == 0) return a;
    Pair rest = a % b;
    a = b;
    b = rest;
  }
  return gcd_of((uint64_t)a, (uint64_t)b);
}

void num_take_apart(Num a, NumParts *parts) {
  assert(num_fits(a));
  if (a.d == 0) {
    const BigNum *big = num_big(a);
    parts->negative = big->negative;
    parts->n = (Limbs){big->limbs, big->n_size};
    parts->d = (Limbs){big->limbs + big->n_size, big->d_size};
    return;
  }
  parts->negative = a.n < 0;
  parts->own[0] = magnitude(a.n);
  parts->own[1] = (mp_limb_t)a.d;
  parts->n = (Limbs){&parts->own[0], a.n != 0};
  parts->d = (Limbs){&parts->own[1], 1};
}

/* The number ±n/d, already in lowest terms. */
static Num num_of_limbs(Arena *arena, bool negative, Limbs n, Limbs d) {
  if (wide_bits(n) > NUM_MAX_BITS || wide_bits(d) > NUM_MAX_BITS) return NUM_TOO_LARGE;
  if (n.size == 0) return num_of(0);
  if (wide_bits(n) <= 63 && wide_bits(d) <= 63) return (Num){with_sign(negative, n.at[0]), (int64_t)d.at[0]};
  size_t n_bytes = (size_t)n.size * sizeof *n.at, d_bytes = (size_t)d.size * sizeof *d.at;
  BigNum *big = arena_alloc(arena, sizeof *big + n_bytes + d_bytes);
  *big = (BigNum){.negative = negative, .n_size = (uint32_t)n.size, .d_size = (uint32_t)d.size};
  memcpy(big->limbs, n.at, n_bytes);
  memcpy(big->limbs + n.size, d.at, d_bytes);
  return (Num){(int64_t)(uintptr_t)big, 0};
}

Num num_of_pairs(Arena *arena, bool negative, Pair n, Pair d) {
  Pair common = gcd_of_pairs(n, d);
  if (common != 1) n /= common, d /= common;
  if (n <= INT64_MAX && d <= INT64_MAX) return (Num){with_sign(negative, (uint64_t)n), (int64_t)d};
  mp_limb_t limbs[4] = {(mp_limb_t)n, (mp_limb_t)(n >> 64), (mp_limb_t)d, (mp_limb_t)(d >> 64)};
  return num_of_limbs(arena, negative, (Limbs){limbs, limbs[1] ? 2 : 1}, (Limbs){limbs + 2, limbs[3] ? 2 : 1});
}

Num num_of_wides(Arena *arena, bool negative, const Wide *n, const Wide *d) {
  if (n->size == 0) return num_of(0);
  if (n->size <= 2 && d->size <= 2)
    return num_of_pairs(arena, negative, wide_to_pair(wide_limbs(n)), wide_to_pair(wide_limbs(d)));
  Wide common, rest, reduced_n, reduced_d;
  wide_gcd(&common, wide_limbs(n), wide_limbs(d));
  if (common.size == 1 && common.at[0] == 1) return num_of_limbs(arena, negative, wide_limbs(n), wide_limbs(d));
  wide_divide(&reduced_n, &rest, wide_limbs(n), wide_limbs(&common));
  wide_divide(&reduced_d, &rest, wide_limbs(d), wide_limbs(&common));
  return num_of_limbs(arena, negative, wide_limbs(&reduced_n), wide_limbs(&reduced_d));
}

/* Whether both stand in two integers; whether both are numbers at all. */
static bool both_small(Num a, Num b) { return a.d > 0 && b.d > 0; }

static bool both_fit(Num a, Num b) { return num_fits(a) && num_fits(b); }

Num num_fraction(Arena *arena, int64_t n, int64_t d) {
  assert(d != 0);
  return num_of_pairs(arena, (n < 0) != (d < 0), magnitude(n), magnitude(d));
}

/* ---- decimals ---- */

const int64_t powers_of_ten[SCALE_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

Num num_of_scaled(Arena *arena, int64_t units, unsigned scale) {
  assert(scale <= SCALE_MAX);
  return num_of_pairs(arena, units < 0, magnitude(units), (Pair)powers_of_ten[scale]);
}

/* A number of int64 units is small: its numerator divides the units, its denominator the power of ten. */
bool num_to_scaled(Num a, unsigned scale, int64_t *units) {
  assert(scale <= SCALE_MAX);
  if (a.d <= 0 || powers_of_ten[scale] % a.d != 0) return false;
  int64_t product;
  if (__builtin_mul_overflow(a.n, powers_of_ten[scale] / a.d, &product) || product == INT64_MIN) return false;
  *units = product;
  return true;
}

bool num_scale(Num a, unsigned *scale) {
  int64_t units;
  if (a.d <= 0) return false;
  unsigned least = 0;
  while (least < SCALE_MAX && powers_of_ten[least] % a.d != 0) least++;
  *scale = least;
  return num_to_scaled(a, least, &units);
}

bool num_to_int(Num a, int64_t *out) {
  if (a.d != 1) return false;
  *out = a.n;
  return true;
}

bool num_is_whole(Num a) {
  if (a.d != 0) return a.d == 1;
  NumParts parts;
  num_take_apart(a, &parts);
  return parts.d.size == 1 && parts.d.at[0] == 1;
}

/* ---- arithmetic ---- */

static Num sum_of_small(Arena *arena, Num a, Num b) {
  int64_t sum;
  if (a.d == 1 && b.d == 1 && !__builtin_add_overflow(a.n, b.n, &sum) && sum != INT64_MIN) return num_of(sum);
  Pair left = (Pair)magnitude(a.n) * (Pair)b.d, right = (Pair)magnitude(b.n) * (Pair)a.d, d = (Pair)a.d * (Pair)b.d;
  bool a_negative = a.n < 0, b_negative = b.n < 0;
  if (a_negative == b_negative) return num_of_pairs(arena, a_negative, left + right, d);
  return left >= right ? num_of_pairs(arena, a_negative, left - right, d)
                       : num_of_pairs(arena, b_negative, right - left, d);
}

/* a + b, or a - b where b's sign is to be changed. */
static Num sum_of_big(Arena *arena, Num a, Num b, bool change_sign) {
  NumParts p, q;
  num_take_apart(a, &p);
  num_take_apart(b, &q);
  q.negative ^= change_sign;
  Wide left, right, n, d;
  wide_mul(&left, p.n, q.d);
  wide_mul(&right, q.n, p.d);
  wide_mul(&d, p.d, q.d);
  bool left_larger = wide_compare(wide_limbs(&left), wide_limbs(&right)) >= 0;
  if (p.negative == q.negative)
    wide_add(&n, wide_limbs(&left), wide_limbs(&right));
  else if (left_larger)
    wide_sub(&n, wide_limbs(&left), wide_limbs(&right));
  else
    wide_sub(&n, wide_limbs(&right), wide_limbs(&left));
  return num_of_wides(arena, left_larger ? p.negative : q.negative, &n, &d);
}

Num num_add(Arena *arena, Num a, Num b) {
  if (both_small(a, b)) return sum_of_small(arena, a, b);
  return both_fit(a, b) ? sum_of_big(arena, a, b, false) : NUM_TOO_LARGE;
}

Num num_sub(Arena *arena, Num a, Num b) {
  if (both_small(a, b)) return sum_of_small(arena, a, (Num){-b.n, b.d});
  return both_fit(a, b) ? sum_of_big(arena, a, b, true) : NUM_TOO_LARGE;
}

static Num with_parts(Arena *arena, Num a, bool change_sign, bool drop_sign) {
  if (!num_fits(a)) return a;
  NumParts parts;
  num_take_apart(a, &parts);
  bool negative = !drop_sign && parts.negative != change_sign;
  if (a.d > 0) return (Num){with_sign(negative, magnitude(a.n)), a.d};
  return num_of_limbs(arena, negative, parts.n, parts.d);
}

Num num_copy(Arena *arena, Num a) { return with_parts(arena, a, false, false); }

Num num_neg(Arena *arena, Num a) { return with_parts(arena, a, true, false); }

Num num_abs(Arena *arena, Num a) { return with_parts(arena, a, false, true); }

static Num product_of_parts(Arena *arena, const NumParts *p, const NumParts *q) {
  Wide n, d;
  wide_mul(&n, p->n, q->n);
  wide_mul(&d, p->d, q->d);
  return num_of_wides(arena, p->negative != q->negative, &n, &d);
}

Num num_mul(Arena *arena, Num a, Num b) {
  if (!both_fit(a, b)) return NUM_TOO_LARGE;
  if (both_small(a, b)) {
    int64_t product;
    if (a.d == 1 && b.d == 1 && !__builtin_mul_overflow(a.n, b.n, &product) && product != INT64_MIN)
      return num_of(product);
    Pair n = (Pair)magnitude(a.n) * magnitude(b.n), d = (Pair)a.d * (Pair)b.d;
    return num_of_pairs(arena, (a.n < 0) != (b.n < 0), n, d);
  }
  NumParts p, q;
  num_take_apart(a, &p);
  num_take_apart(b, &q);
  return product_of_parts(arena, &p, &q);
}

Num num_div(Arena *arena, Num a, Num b) {
  if (!both_fit(a, b)) return NUM_TOO_LARGE;
  assert(num_sign(b) != 0);
  if (both_small(a, b)) {
    Pair n = (Pair)magnitude(a.n) * (Pair)b.d, d = (Pair)a.d * magnitude(b.n);
    return num_of_pairs(arena, (a.n < 0) != (b.n < 0), n, d);
  }
  NumParts p, q;
  num_take_apart(a, &p);
  num_take_apart(b, &q);
  Limbs swapped = q.n;
  q.n = q.d;
  q.d = swapped;
  return product_of_parts(arena, &p, &q);
}

/* base to the power e, if a number of NUM_MAX_BITS holds it. What is surely larger is not computed: base has more than
 * bits - 1 binary digits, so the power has more than (bits - 1) * e. What is left has at most twice NUM_MAX_BITS. */
static bool power_of_limbs(Wide *out, Limbs base, uint32_t e) {
  uint32_t bits = wide_bits(base);
  if (bits > 1 && (bits - 1) * e >= NUM_MAX_BITS) return false;
  wide_power(out, base, e);
  return wide_bits(wide_limbs(out)) <= NUM_MAX_BITS;
}

enum { EXPONENT_MAX = 4096 };

Num num_power(Arena *arena, Num a, int64_t e) {
  if (!num_fits(a) || e > EXPONENT_MAX || e < -EXPONENT_MAX) return NUM_TOO_LARGE;
  NumParts parts;
  num_take_apart(a, &parts);
  assert(e >= 0 || parts.n.size > 0);
  uint32_t times = (uint32_t)magnitude(e);
  Wide n, d;
  if (!power_of_limbs(&n, parts.n, times) || !power_of_limbs(&d, parts.d, times)) return NUM_TOO_LARGE;
  bool negative = parts.negative && times % 2 == 1;
  /* Powers of what has no common factor have none. */
  return e < 0 ? num_of_limbs(arena, negative, wide_limbs(&d), wide_limbs(&n))
               : num_of_limbs(arena, negative, wide_limbs(&n), wide_limbs(&d));
}

int num_sign(Num a) {
  if (a.d != 0) return (a.n > 0) - (a.n < 0);
  return num_big(a)->negative ? -1 : 1;
}

int num_compare(Num a, Num b) {
  assert(both_fit(a, b));
  int a_sign = num_sign(a), b_sign = num_sign(b);
  if (a_sign != b_sign || a_sign == 0) return (a_sign > b_sign) - (a_sign < b_sign);
  if (both_small(a, b)) {
    if (a.d == b.d) return (a.n > b.n) - (a.n < b.n);
    Pair left = (Pair)magnitude(a.n) * (Pair)b.d, right = (Pair)magnitude(b.n) * (Pair)a.d;
    return a_sign * ((left > right) - (left < right));
  }
  NumParts p, q;
  num_take_apart(a, &p);
  num_take_apart(b, &q);
  Wide left, right;
  wide_mul(&left, p.n, q.d);
  wide_mul(&right, q.n, p.d);
  return a_sign * wide_compare(wide_limbs(&left), wide_limbs(&right));
}

bool num_equal(Num a, Num b) {
  assert(both_fit(a, b));
  if (a.d != 0 || b.d != 0) return a.d == b.d && a.n == b.n;
  const BigNum *p = num_big(a), *q = num_big(b);
  return p->negative == q->negative && p->n_size == q->n_size && p->d_size == q->d_size &&
         memcmp(p->limbs, q->limbs, (p->n_size + p->d_size) * sizeof *p->limbs) == 0;
}

/* ---- rounding ---- */

bool num_rounds_away(NumRounding how, bool negative, bool odd, bool has_rest, int half) {
  switch (how) {
  case ROUND_DOWN: return false;
  case ROUND_UP: return has_rest;
  case ROUND_FLOOR: return has_rest && negative;
  case ROUND_CEILING: return has_rest && !negative;
  case ROUND_HALF_UP: return half >= 0;
  case ROUND_HALF_DOWN: return half > 0;
  case ROUND_HALF_EVEN: return half > 0 || (half == 0 && odd);
  }
  return false;
}

/* a/step to a whole number, times step; false where the product might not fit a Pair. */
static bool round_small(Arena *arena, Num a, NumRounding how, Num step, Num *out) {
  Pair n = (Pair)magnitude(a.n) * (Pair)step.d, d = (Pair)a.d * (Pair)step.n;
  Pair quotient = n / d, rest = n % d;
  int half = (2 * rest > d) - (2 * rest < d);
  if (num_rounds_away(how, a.n < 0, quotient & 1, rest != 0, half)) quotient++;
  if (quotient >> 64) return false;
  uint64_t steps = (uint64_t)quotient;
  *out = num_of_pairs(arena, a.n < 0, (Pair)steps * (Pair)step.n, (Pair)step.d);
  return true;
}

static Num round_big(Arena *arena, Num a, NumRounding how, Num step) {
  NumParts p, q;
  num_take_apart(a, &p);
  num_take_apart(step, &q);
  Wide n, d, quotient, rest, twice;
  wide_mul(&n, p.n, q.d);
  wide_mul(&d, p.d, q.n);
  wide_divide(&quotient, &rest, wide_limbs(&n), wide_limbs(&d));
  wide_add(&twice, wide_limbs(&rest), wide_limbs(&rest));
  int half = wide_compare(wide_limbs(&twice), wide_limbs(&d));
  bool odd = quotient.size > 0 && quotient.at[0] & 1;
  if (num_rounds_away(how, p.negative, odd, rest.size > 0, half)) wide_increment(&quotient);
  wide_mul(&n, wide_limbs(&quotient), q.n);
  wide_copy(&d, q.d);
  return num_of_wides(arena, p.negative, &n, &d);
}

Num num_round(Arena *arena, Num a, NumRounding how, Num step) {
  if (!both_fit(a, step)) return NUM_TOO_LARGE;
  assert(num_sign(step) > 0);
  Num rounded;
  if (both_small(a, step) && round_small(arena, a, how, step, &rounded)) return rounded;
  return round_big(arena, a, how, step);
}

/* ---- square root ---- */

/* The root times 10^shift, downwards; whether that is all of it. For a shift below zero the divisor grows instead. */
static bool scaled_root(const NumParts *parts, int32_t shift, Pair *root) {
  Wide power, scaled, quotient, rest, whole;
  wide_power_of_ten(&power, 2 * (uint32_t)(shift < 0 ? -shift : shift));
  wide_mul(&scaled, shift < 0 ? parts->d : parts->n, wide_limbs(&power));
  Limbs n = shift < 0 ? parts->n : wide_limbs(&scaled), d = shift < 0 ? wide_limbs(&scaled) : parts->d;
  wide_divide(&quotient, &rest, n, d);
  bool exact = wide_root(&whole, wide_limbs(&quotient)) && rest.size == 0;
  *root = wide_to_pair(wide_limbs(&whole));
  return exact;
}

/* Two or three digits more than are kept. log10(2) is about 0.30103, and a root has half the digits. */
static int32_t shift_of_root(const NumParts *parts) {
  int32_t bits = (int32_t)wide_bits(parts->n) - (int32_t)wide_bits(parts->d);
  return NUM_MAX_DIGITS + 2 - bits * 30103 / 200000;
}

Num num_root(Arena *arena, Num a) {
  if (!num_fits(a) || num_sign(a) == 0) return a;
  assert(num_sign(a) > 0);
  NumParts parts;
  num_take_apart(a, &parts);
  int32_t shift = shift_of_root(&parts), lost = 0;
  Pair root, limit = 1, cut = 1;
  bool exact = scaled_root(&parts, shift, &root);
  for (int i = 0; i < NUM_MAX_DIGITS; i++) limit *= 10;
  for (; root / cut >= limit; lost++) cut *= 10;
  Pair kept = root / cut, rest = root % cut;
  int half = 2 * rest == cut ? (exact ? 0 : 1) : (2 * rest > cut) - (2 * rest < cut);
  if (cut > 1 && num_rounds_away(ROUND_HALF_EVEN, false, kept & 1, rest || !exact, half)) kept++;
  return num_mul(arena, num_of_pairs(arena, false, kept, 1), num_power(arena, num_of(10), lost - shift));
}
