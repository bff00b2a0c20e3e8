#include "base/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

View view_make(const char *at, size_t length) {
  if (length >= UINT32_MAX) memory_refuse();
  return (View){at, (uint32_t)length};
}

View view_of(const char *c_string) { return view_make(c_string, strlen(c_string)); }

bool view_equal(View a, View b) { return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0); }

bool view_is(View a, const char *c_string) { return view_equal(a, view_of(c_string)); }

int view_compare(View a, View b) {
  uint32_t shared = a.length < b.length ? a.length : b.length;
  int order = shared ? memcmp(a.at, b.at, shared) : 0;
  return order ? (order > 0) - (order < 0) : (a.length > b.length) - (a.length < b.length);
}

bool view_starts(View a, View prefix) {
  return a.length >= prefix.length && view_equal((View){a.at, prefix.length}, prefix);
}

static bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* The two bytes of U+00A0, which pasted tables are full of. */
static bool is_nbsp(const char *at) { return at[0] == '\xC2' && at[1] == '\xA0'; }

View view_trim(View a) {
  for (uint32_t step = 1; step && a.length;) {
    step = is_blank_byte(a.at[0]) ? 1 : a.length >= 2 && is_nbsp(a.at) ? 2 : 0;
    a = (View){a.at + step, a.length - step};
  }
  for (uint32_t step = 1; step && a.length;) {
    step = is_blank_byte(a.at[a.length - 1]) ? 1 : a.length >= 2 && is_nbsp(a.at + a.length - 2) ? 2 : 0;
    a.length -= step;
  }
  return a;
}

View view_copy(Arena *arena, View a) { return (View){arena_copy(arena, a.at, a.length), a.length}; }

View view_join(Arena *arena, View a, View b) {
  size_t length = (size_t)a.length + b.length;
  char *at = arena_alloc(arena, length);
  if (a.length) memcpy(at, a.at, a.length);
  if (b.length) memcpy(at + a.length, b.at, b.length);
  return view_make(at, length);
}

View view_list(Arena *arena, const View *parts, uint32_t count) {
  size_t length = 0, at = 0;
  for (uint32_t i = 0; i < count; i++) length += (i ? 2u : 0u) + parts[i].length;
  char *out = arena_alloc(arena, length);
  for (uint32_t i = 0; i < count; i++) {
    if (i) out[at++] = ',', out[at++] = ' ';
    if (parts[i].length) memcpy(out + at, parts[i].at, parts[i].length);
    at += parts[i].length;
  }
  return view_make(out, length);
}

View view_one_line(Arena *arena, View a) {
  char *out = arena_alloc(arena, a.length);
  uint32_t length = 0;
  for (uint32_t i = 0; i < a.length; i++) {
    bool blank = is_blank_byte(a.at[i]);
    if (blank && (!length || out[length - 1] == ' ')) continue;
    out[length++] = blank ? ' ' : a.at[i];
  }
  if (length && out[length - 1] == ' ') length--;
  return (View){out, length};
}

View view_format(Arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) memory_refuse();
  size_t room = (size_t)length + 1;
  char *at = arena_alloc(arena, room);
  va_start(arguments, format);
  vsnprintf(at, room, format, arguments);
  va_end(arguments);
  return view_make(at, (size_t)length);
}

static bool is_tail(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* The Unicode Standard, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF. */
uint32_t utf8_decode(const char *at, const char *end, uint32_t *code_point) {
  if (at >= end) return 0;
  uint32_t first = (unsigned char)*at;
  if (first < 0x80) {
    *code_point = first;
    return 1;
  }
  uint32_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || (size_t)(end - at) < length) return 0;
  uint32_t value = first & (0x7FU >> length);
  for (uint32_t i = 1; i < length; i++) {
    if (!is_tail(at[i])) return 0;
    value = value << 6 | ((unsigned char)at[i] & 0x3FU);
  }
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *code_point = value;
  return length;
}

uint32_t utf8_encode(uint32_t code_point, char out[4]) {
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  if (code_point < 0x80) {
    out[0] = (char)code_point;
    return 1;
  }
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) return 0;
  uint32_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (uint32_t i = length - 1; i > 0; i--, code_point >>= 6) out[i] = (char)(0x80 | (code_point & 0x3F));
  out[0] = (char)(lead[length] | code_point);
  return length;
}

bool utf8_valid(View a, uint32_t *bad_offset) {
  uint32_t code_point, length;
  for (uint32_t i = 0; i < a.length; i += length) {
    length = utf8_decode(a.at + i, a.at + a.length, &code_point);
    if (length == 0) {
      if (bad_offset) *bad_offset = i;
      return false;
    }
  }
  return true;
}

/* Where a byte is not UTF-8 the walkers below take it singly, as one of the
 * surrogates that no valid text contains: different bad bytes stay different. */
static uint32_t next_code_point(View a, uint32_t offset, uint32_t *code_point) {
  uint32_t length = utf8_decode(a.at + offset, a.at + a.length, code_point);
  if (length) return length;
  *code_point = 0xDC00 + (unsigned char)a.at[offset];
  return 1;
}

uint32_t utf8_count(View a) {
  uint32_t count = 0, code_point;
  for (uint32_t i = 0; i < a.length; i += next_code_point(a, i, &code_point)) count++;
  return count;
}

static uint32_t width_of(uint32_t code_point) {
  if (code_point >= 0xD800 && code_point <= 0xDFFF) return 1;
  int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
  return width > 0 ? (uint32_t)width : 0;
}

uint32_t utf8_width(View a) {
  uint32_t width = 0, code_point;
  for (uint32_t i = 0; i < a.length;) {
    i += next_code_point(a, i, &code_point);
    width += width_of(code_point);
  }
  return width;
}

bool utf8_is_letter(uint32_t code_point) {
  if (code_point > 0x10FFFF) return false;
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_combining(uint32_t code_point) {
  if (code_point > 0x10FFFF) return false;
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

/* All below U+0300 is composed already, and nearly every name is all below it. */
static bool surely_nfc(View a) {
  for (uint32_t i = 0; i < a.length; i++)
    if ((unsigned char)a.at[i] >= 0xCC) return false;
  return true;
}

View view_nfc(Arena *arena, View a) {
  if (surely_nfc(a) || !utf8_valid(a, NULL)) return a;
  const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
  const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)a.at;
  utf8proc_ssize_t count = utf8proc_decompose(bytes, a.length, NULL, 0, options);
  if (count < 0) return a;
  /* utf8proc_reencode writes the text over the code points, with a NUL behind it. */
  utf8proc_int32_t *points = arena_alloc(arena, memory_product((size_t)count + 1, sizeof *points));
  count = utf8proc_decompose(bytes, a.length, points, count, options);
  utf8proc_ssize_t length = count < 0 ? count : utf8proc_reencode(points, count, options);
  if (length < 0) return a;
  View composed = view_make((const char *)points, (size_t)length);
  return view_equal(a, composed) ? a : composed;
}

/* Appends one folded character; a lower-case letter can need a byte more than its capital. */
static char *put_folded(char *out, View a, uint32_t offset, uint32_t length, uint32_t code_point) {
  char encoded[4];
  uint32_t size = 0;
  if (code_point < 0xD800 || code_point > 0xDFFF)
    size = utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point), encoded);
  if (size)
    memcpy(out, encoded, size);
  else
    memcpy(out, a.at + offset, size = length);
  return out + size;
}

View view_fold(Arena *arena, View a) {
  char *start = arena_alloc(arena, memory_product(a.length, 2)), *out = start;
  uint32_t code_point, length;
  for (uint32_t i = 0; i < a.length; i += length) {
    length = next_code_point(a, i, &code_point);
    out = put_folded(out, a, i, length, code_point);
  }
  return view_make(start, (size_t)(out - start));
}

/* The letter that stands for those at `offset`, and how many bytes they take. */
static uint32_t loose_letter(View folded, uint32_t offset, uint32_t *taken) {
  uint32_t letter;
  *taken = next_code_point(folded, offset, &letter);
  char next = offset + 1 < folded.length ? folded.at[offset + 1] : 0;
  if ((letter == 'a' && (next == 'a' || next == 'e')) || (letter == 'o' && next == 'e')) *taken = 2;
  switch (letter) {
  case 'a': return *taken == 2 && next == 'e' ? 0xE6 : 'a';
  case 0xE4: return 0xE6;
  case 0xE5: return 'a';
  case 0xF6:
  case 0xF8: return 'o';
  }
  return letter;
}

/* No letter needs more room than what it stands for. */
View view_loose(Arena *arena, View a) {
  View folded = view_fold(arena, view_nfc(arena, a));
  char *start = arena_alloc(arena, folded.length), *out = start;
  for (uint32_t i = 0, taken; i < folded.length; i += taken) {
    char encoded[4];
    uint32_t size = utf8_encode(loose_letter(folded, i, &taken), encoded);
    memcpy(out, size ? encoded : folded.at + i, size ? size : taken);
    out += size ? size : taken;
  }
  return view_make(start, (size_t)(out - start));
}

static uint32_t *code_points_of(Arena *arena, View a, uint32_t *count) {
  uint32_t *points = arena_array(arena, uint32_t, (size_t)a.length + 1);
  *count = 0;
  for (uint32_t i = 0; i < a.length;) i += next_code_point(a, i, &points[(*count)++]);
  return points;
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* Optimal string alignment (insert, delete, replace, swap neighbours), kept to
 * the band around the diagonal where the distance can still be within limit. */
typedef struct Alignment {
  const uint32_t *a, *b;
  uint32_t a_count, b_count;
  unsigned limit;
} Alignment;

/* Fills one row of the table from the two before it; returns the smallest cell of the row. */
static unsigned align_row(const Alignment *m, uint32_t i, const unsigned *before, const unsigned *last, unsigned *row) {
  uint32_t from = i > m->limit ? i - m->limit : 1;
  uint32_t to = m->limit < m->b_count && i < m->b_count - m->limit ? i + m->limit : m->b_count;
  unsigned smallest = row[from - 1] = from == 1 ? least(i, m->limit + 1) : m->limit + 1;
  for (uint32_t j = from; j <= to; j++) {
    unsigned replaced = last[j - 1] + (m->a[i - 1] != m->b[j - 1]);
    unsigned cell = least(replaced, least(last[j], row[j - 1]) + 1);
    if (i > 1 && j > 1 && m->a[i - 1] == m->b[j - 2] && m->a[i - 2] == m->b[j - 1])
      cell = least(cell, before[j - 2] + 1);
    row[j] = least(cell, m->limit + 1);
    smallest = least(smallest, row[j]);
  }
  if (to < m->b_count) row[to + 1] = m->limit + 1;
  return smallest;
}

unsigned view_distance(Arena *scratch, View a, View b, unsigned limit) {
  Alignment m = {.limit = limit < 1000 ? limit : 1000};
  m.a = code_points_of(scratch, view_loose(scratch, a), &m.a_count);
  m.b = code_points_of(scratch, view_loose(scratch, b), &m.b_count);
  uint32_t longer = m.a_count > m.b_count ? m.a_count : m.b_count, shorter = m.a_count + m.b_count - longer;
  if (longer - shorter > m.limit) return m.limit + 1;
  size_t width = (size_t)m.b_count + 2;
  unsigned *rows = arena_array(scratch, unsigned, memory_product(width, 3));
  unsigned *before = rows, *last = rows + width, *row = rows + 2 * width;
  for (uint32_t j = 0; j < width; j++) last[j] = before[j] = least(j, m.limit + 1);
  unsigned smallest_before = 0;
  for (uint32_t i = 1; i <= m.a_count; i++) {
    unsigned smallest = align_row(&m, i, before, last, row);
    if (smallest > m.limit && smallest_before > m.limit) return m.limit + 1;
    smallest_before = smallest;
    unsigned *oldest = before;
    before = last, last = row, row = oldest;
  }
  return last[m.b_count];
}
