/* View: a piece of UTF-8 text somebody else owns, with its length. NUL bytes
 * are ordinary bytes. Also the few UTF-8 services the front end and the
 * reports need; none depends on the locale. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

typedef struct View {
  const char *at;
  uint32_t length;
} View;

#define VIEW(literal) ((View){(literal), (uint32_t)sizeof(literal) - 1})

View view_of(const char *c_string);
View view_make(const char *at, size_t length);
bool view_equal(View a, View b);
bool view_is(View a, const char *c_string);
int view_compare(View a, View b); /* byte order, as for UTF-8 code points */
bool view_starts(View a, View prefix);
View view_trim(View a); /* blanks, tabs, CR, LF, NBSP at both ends */

View view_copy(Arena *arena, View a);
View view_join(Arena *arena, View a, View b);
View view_list(Arena *arena, const View *parts, uint32_t count); /* "a, b, c" */
View view_one_line(Arena *arena, View a); /* blanks, tabs and line ends become one blank; none at the ends */
__attribute__((format(printf, 2, 3))) View view_format(Arena *arena, const char *format, ...);

/* Decodes one code point at `at`; returns its length in bytes, 0 if the bytes are not valid UTF-8. */
uint32_t utf8_decode(const char *at, const char *end, uint32_t *code_point);
uint32_t utf8_encode(uint32_t code_point, char out[4]);
bool utf8_valid(View a, uint32_t *bad_offset);
uint32_t utf8_count(View a); /* code points */
uint32_t utf8_width(View a); /* terminal columns; combining marks count 0, wide letters 2 */
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_combining(uint32_t code_point);

/* Canonical composition (NFC); returns the view itself where nothing changes. */
View view_nfc(Arena *arena, View a);
/* Lower case of every letter (simple case folding). */
View view_fold(Arena *arena, View a);
/* For suggestions: folded, and alike what is written for one letter where the keyboard lacks it: æ, ä and ae; ø, ö, oe
 * and o; å, aa and a. */
View view_loose(Arena *arena, View a);
/* Optimal string alignment distance of the loose forms, at most `limit` + 1. */
unsigned view_distance(Arena *scratch, View a, View b, unsigned limit);

#endif
