#include "base/wide.h"

#include <assert.h>
#include <string.h>

_Static_assert(GMP_NUMB_BITS == 64, "a limb has 64 bits");

static void trim(Wide *a) {
  while (a->size > 0 && a->at[a->size - 1] == 0) a->size--;
}

void wide_of_pair(Wide *out, Pair value) {
  out->at[0] = (mp_limb_t)value;
  out->at[1] = (mp_limb_t)(value >> 64);
  out->size = 2;
  trim(out);
}

Pair wide_to_pair(Limbs a) {
  Pair low = a.size > 0 ? a.at[0] : 0, high = a.size > 1 ? a.at[1] : 0;
  return high << 64 | low;
}

uint32_t wide_bits(Limbs a) {
  if (a.size == 0) return 0;
  return (uint32_t)(64 * a.size) - (uint32_t)__builtin_clzl(a.at[a.size - 1]);
}

int wide_compare(Limbs a, Limbs b) {
  if (a.size != b.size) return a.size > b.size ? 1 : -1;
  int order = a.size ? mpn_cmp(a.at, b.at, a.size) : 0;
  return (order > 0) - (order < 0);
}

void wide_copy(Wide *out, Limbs a) {
  assert(a.size <= WIDE_LIMBS);
  if (a.size) memcpy(out->at, a.at, (size_t)a.size * sizeof *a.at);
  out->size = a.size;
}

static void order(Limbs *longer, Limbs *shorter) {
  if (longer->size >= shorter->size) return;
  Limbs swapped = *longer;
  *longer = *shorter;
  *shorter = swapped;
}

void wide_add(Wide *out, Limbs a, Limbs b) {
  order(&a, &b);
  if (b.size == 0) {
    wide_copy(out, a);
    return;
  }
  assert(a.size < WIDE_LIMBS);
  out->at[a.size] = mpn_add(out->at, a.at, a.size, b.at, b.size);
  out->size = a.size + 1;
  trim(out);
}

void wide_sub(Wide *out, Limbs a, Limbs b) {
  wide_copy(out, a);
  if (b.size) mpn_sub(out->at, out->at, a.size, b.at, b.size);
  trim(out);
}

void wide_increment(Wide *a) {
  assert(a->size < WIDE_LIMBS);
  a->at[a->size] = 0;
  mpn_add_1(a->at, a->at, a->size + 1, 1);
  a->size++;
  trim(a);
}

void wide_mul(Wide *out, Limbs a, Limbs b) {
  order(&a, &b);
  out->size = 0;
  if (b.size == 0) return;
  assert(a.size + b.size <= WIDE_LIMBS);
  mpn_mul(out->at, a.at, a.size, b.at, b.size);
  out->size = a.size + b.size;
  trim(out);
}

void wide_divide(Wide *quotient, Wide *rest, Limbs a, Limbs b) {
  quotient->size = 0;
  if (a.size < b.size) {
    wide_copy(rest, a);
    return;
  }
  mpn_tdiv_qr(quotient->at, rest->at, 0, a.at, a.size, b.at, b.size);
  quotient->size = a.size - b.size + 1;
  rest->size = b.size;
  trim(quotient);
  trim(rest);
}

/* Takes the factors of two out of a; returns how many there were. */
static mp_bitcnt_t make_odd(Wide *a) {
  mp_bitcnt_t twos = mpn_scan1(a->at, 0);
  mp_size_t limbs = (mp_size_t)(twos / 64);
  if (limbs) memmove(a->at, a->at + limbs, (size_t)(a->size - limbs) * sizeof *a->at);
  a->size -= limbs;
  if (twos % 64) mpn_rshift(a->at, a->at, a->size, (unsigned)(twos % 64));
  trim(a);
  return twos;
}

static void shift_left(Wide *a, mp_bitcnt_t bits) {
  mp_size_t limbs = (mp_size_t)(bits / 64);
  assert(a->size + limbs < WIDE_LIMBS);
  memmove(a->at + limbs, a->at, (size_t)a->size * sizeof *a->at);
  memset(a->at, 0, (size_t)limbs * sizeof *a->at);
  a->size += limbs;
  a->at[a->size] = bits % 64 ? mpn_lshift(a->at, a->at, a->size, (unsigned)(bits % 64)) : 0;
  a->size++;
  trim(a);
}

/* mpn_gcd wants the longer number first and an odd one among the two, and destroys both. */
void wide_gcd(Wide *out, Limbs a, Limbs b) {
  Wide left, right;
  wide_copy(&left, a);
  wide_copy(&right, b);
  mp_bitcnt_t left_twos = make_odd(&left), right_twos = make_odd(&right);
  Wide *longer = left.size >= right.size ? &left : &right, *shorter = longer == &left ? &right : &left;
  out->size = mpn_gcd(out->at, longer->at, longer->size, shorter->at, shorter->size);
  shift_left(out, left_twos < right_twos ? left_twos : right_twos);
}

/* From the exponent's highest bit down, so that nothing in between is larger than the result. */
void wide_power(Wide *out, Limbs base, uint32_t exponent) {
  Wide square;
  wide_of_pair(out, 1);
  for (uint32_t bit = UINT32_C(1) << 31; bit; bit >>= 1) {
    wide_mul(&square, wide_limbs(out), wide_limbs(out));
    if (exponent & bit)
      wide_mul(out, wide_limbs(&square), base);
    else
      wide_copy(out, wide_limbs(&square));
  }
}

void wide_power_of_ten(Wide *out, uint32_t exponent) {
  static const mp_limb_t ten[] = {10};
  wide_power(out, (Limbs){ten, 1}, exponent);
}

bool wide_root(Wide *out, Limbs a) {
  out->size = (a.size + 1) / 2;
  if (a.size == 0) return true;
  bool rest = mpn_sqrtrem(out->at, NULL, a.at, a.size) != 0;
  trim(out);
  return !rest;
}
