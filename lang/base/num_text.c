#include "base/num.h"

#include <string.h>
#include "base/num_parts.h"
#include "base/writer.h"

/* A number between text and value. Reading keeps the digits in 128 bits, which
 * 34 of them fit; writing finds at most 34 significant digits and the power of
 * ten of the first. */

/* ---- reading ---- */

enum { DECIMALS_MAX = 2 * NUM_MAX_DIGITS, EXPONENT_MAX = 34 };

typedef struct Digits {
  bool negative;
  bool too_many;
  unsigned significant; /* digits from the first that is not 0 */
  uint32_t decimals;
  Pair units;
} Digits;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static uint32_t add_digits(Digits *digits, View text, uint32_t at) {
  for (; at < text.length && is_digit(text.at[at]); at++) {
    unsigned digit = (unsigned)(text.at[at] - '0');
    if (digits->significant == 0 && digit == 0) continue;
    if (++digits->significant > NUM_MAX_DIGITS)
      digits->too_many = true;
    else
      digits->units = digits->units * 10 + digit;
  }
  return at;
}

/* [-]digits[.digits]; returns where it ends, 0 where there is no number. */
static uint32_t read_decimal(View text, Digits *digits) {
  *digits = (Digits){.negative = text.length > 0 && text.at[0] == '-'};
  uint32_t first = digits->negative, at = add_digits(digits, text, first);
  if (at == first) return 0;
  if (at == text.length || text.at[at] != '.') return at;
  uint32_t end = add_digits(digits, text, at + 1);
  digits->decimals = end - at - 1;
  if (digits->decimals > DECIMALS_MAX) digits->too_many = true;
  return digits->decimals > 0 ? end : 0;
}

static Num num_of_digits(Arena *arena, const Digits *digits, int64_t exponent) {
  Wide units, power, n, d;
  wide_of_pair(&units, digits->units);
  wide_power_of_ten(&power, (uint32_t)(exponent < 0 ? -exponent : exponent));
  wide_of_pair(&d, 1);
  if (exponent < 0) return num_of_wides(arena, digits->negative, &units, &power);
  wide_mul(&n, wide_limbs(&units), wide_limbs(&power));
  return num_of_wides(arena, digits->negative, &n, &d);
}

static NumReading finish(Arena *arena, const Digits *digits, int64_t exponent, Num *out) {
  if (digits->too_many) return NUM_TOO_MANY_DIGITS;
  int64_t scale = (int64_t)digits->decimals - exponent;
  if (scale >= 0 && scale <= 18 && digits->units <= INT64_MAX) {
    int64_t units = (int64_t)digits->units;
    *out = num_of_scaled(arena, digits->negative ? -units : units, (unsigned)scale);
  } else {
    *out = num_of_digits(arena, digits, -scale);
  }
  return NUM_READ;
}

NumReading num_read(Arena *arena, View text, Num *out) {
  Digits digits;
  uint32_t end = read_decimal(text, &digits);
  return end == 0 || end != text.length ? NUM_NOT_A_NUMBER : finish(arena, &digits, 0, out);
}

/* RFC 8259, section 6: no zero in front of other digits. */
static bool has_idle_zero(View text) {
  uint32_t first = text.length > 0 && text.at[0] == '-';
  return text.length > first + 1 && text.at[first] == '0' && is_digit(text.at[first + 1]);
}

NumReading num_read_json(Arena *arena, View text, Num *out) {
  Digits digits;
  uint32_t at = read_decimal(text, &digits);
  if (at == 0 || has_idle_zero(text)) return NUM_NOT_A_NUMBER;
  int64_t exponent = 0;
  if (at < text.length && (text.at[at] == 'e' || text.at[at] == 'E')) {
    at++;
    bool down = at < text.length && text.at[at] == '-';
    if (down || (at < text.length && text.at[at] == '+')) at++;
    uint32_t first = at;
    for (; at < text.length && is_digit(text.at[at]); at++)
      if (exponent <= EXPONENT_MAX) exponent = exponent * 10 + (text.at[at] - '0');
    if (at == first) return NUM_NOT_A_NUMBER;
    if (exponent > EXPONENT_MAX) digits.too_many = true;
    if (down) exponent = -exponent;
  }
  return at == text.length ? finish(arena, &digits, exponent, out) : NUM_NOT_A_NUMBER;
}

/* ---- writing ---- */

/* |a| = 0.d1d2d3… × 10^point; no zero at the end of the digits. */
typedef struct Decimal {
  bool negative;
  bool exact;
  unsigned count;
  int32_t point;
  char digits[NUM_MAX_DIGITS];
} Decimal;

static void set_digits(Decimal *out, Pair value) {
  char reversed[40];
  unsigned count = 0;
  for (; value; value /= 10) reversed[count++] = (char)('0' + (int)(value % 10));
  unsigned zeros = 0;
  while (zeros < count && reversed[zeros] == '0') zeros++;
  out->count = count - zeros;
  for (unsigned i = 0; i < out->count; i++) out->digits[i] = reversed[count - 1 - i];
}

static Pair pair_power_of_ten(unsigned exponent) {
  Pair power = 1;
  while (exponent--) power *= 10;
  return power;
}

/* n/d × 10^shift, downwards to a whole number; `half` compares twice what is lost with one. */
static Pair scaled_quotient(const NumParts *parts, int32_t shift, bool *exact, int *half) {
  Wide power, scaled, quotient, rest, twice;
  wide_power_of_ten(&power, (uint32_t)(shift < 0 ? -shift : shift));
  wide_mul(&scaled, shift < 0 ? parts->d : parts->n, wide_limbs(&power));
  Limbs n = shift < 0 ? parts->n : wide_limbs(&scaled), d = shift < 0 ? wide_limbs(&scaled) : parts->d;
  wide_divide(&quotient, &rest, n, d);
  wide_add(&twice, wide_limbs(&rest), wide_limbs(&rest));
  *half = wide_compare(wide_limbs(&twice), d);
  *exact = rest.size == 0;
  return wide_to_pair(wide_limbs(&quotient));
}

/* With n of k and d of l binary digits n/d is at least 2^(k-l-1). So 0.30103, which is log10(2) and a little, gives a
 * power of ten that is not above it when one more is taken off; from there it is at most three steps up. */
static int32_t least_point(const NumParts *parts) {
  int64_t bits = (int64_t)wide_bits(parts->n) - (int64_t)wide_bits(parts->d) - 1;
  int64_t scaled = bits * 30103;
  return (int32_t)((scaled < 0 ? scaled - 99999 : scaled) / 100000) - 1;
}

static void set_from_parts(Decimal *out, const NumParts *parts) {
  Pair limit = pair_power_of_ten(NUM_MAX_DIGITS), value;
  int half;
  int32_t point = least_point(parts);
  for (;; point++) {
    value = scaled_quotient(parts, NUM_MAX_DIGITS - point, &out->exact, &half);
    if (value < limit) break;
  }
  if (num_rounds_away(ROUND_HALF_EVEN, out->negative, value & 1, !out->exact, half)) value++;
  if (value == limit) value /= 10, point++;
  out->point = point;
  set_digits(out, value);
}

static void set_from_units(Decimal *out, int64_t units, unsigned scale) {
  Pair value = (Pair)(units < 0 ? -units : units);
  int32_t length = 0;
  for (Pair left = value; left; left /= 10) length++;
  out->exact = true;
  out->point = length - (int32_t)scale;
  set_digits(out, value);
}

static Decimal decimal_of(Num a) {
  Decimal out = {.negative = num_sign(a) < 0};
  unsigned scale;
  int64_t units;
  if (num_scale(a, &scale) && num_to_scaled(a, scale, &units)) {
    set_from_units(&out, units, scale);
    return out;
  }
  NumParts parts;
  num_take_apart(a, &parts);
  set_from_parts(&out, &parts);
  return out;
}

/* The digit that stands `place` places behind the first one; zeros stand before and after the known ones. */
static char digit_at(const Decimal *a, int32_t place) {
  return place >= 0 && (uint32_t)place < a->count ? a->digits[place] : '0';
}

/* The separator stands between groups of three digits before the point; "" for none. */
static View lay_out(Arena *arena, const Decimal *a, const char *separator, const char *behind) {
  int32_t whole = a->point > 0 ? a->point : 1;
  int32_t decimals = (int32_t)a->count > a->point ? (int32_t)a->count - a->point : 0;
  size_t between = strlen(separator), after = strlen(behind);
  char *start = arena_alloc(arena, (size_t)whole * (1 + between) + (size_t)decimals + after + 2), *out = start;
  if (a->negative) *out++ = '-';
  for (int32_t left = whole; left > 0; left--) {
    if (left != whole && left % 3 == 0) memcpy(out, separator, between), out += between;
    *out++ = digit_at(a, a->point - left);
  }
  if (decimals) *out++ = '.';
  for (int32_t i = 0; i < decimals; i++) *out++ = digit_at(a, a->point + i);
  memcpy(out, behind, after);
  return view_make(start, (size_t)(out - start) + after);
}

View num_text(Arena *arena, Num a, bool *exact) {
  Decimal decimal = decimal_of(a);
  if (exact) *exact = decimal.exact;
  return lay_out(arena, &decimal, "", "");
}

View num_text_for_people(Arena *arena, Num a) {
  Decimal decimal = decimal_of(a);
  return lay_out(arena, &decimal, "\xC2\xA0", decimal.exact ? "" : "…");
}

/* A limb is below 10^20. Whoever asks for this asks seldom, so the limbs are copied: mpn_get_str spoils them. */
static void write_whole(Writer *w, Limbs a) {
  unsigned char digits[20 * WIDE_LIMBS];
  Wide copy;
  wide_copy(&copy, a);
  size_t length = mpn_get_str(digits, 10, copy.at, copy.size);
  for (size_t i = 0; i < length; i++) write_char(w, (char)('0' + digits[i]));
}

View num_fraction_text(Arena *arena, Num a) {
  if (num_is_whole(a) && num_sign(a) == 0) return VIEW("0");
  NumParts parts;
  num_take_apart(a, &parts);
  Writer *w = writer_to_memory(arena);
  if (parts.negative) write_char(w, '-');
  write_whole(w, parts.n);
  if (!num_is_whole(a)) {
    write_char(w, '/');
    write_whole(w, parts.d);
  }
  return writer_memory(w);
}
