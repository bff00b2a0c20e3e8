#include "data/json.h"

#include <string.h>
#include "data/reader.h"

JsonParser json_parser(Arena *arena, View bytes, uint32_t line) {
  return (JsonParser){.arena = arena, .bytes = bytes, .line = line};
}

static JsonEvent break_off(JsonParser *p, MessageCode code, View found, View expected) {
  p->state = JSON_IS_BROKEN;
  p->broken = code;
  p->found = found;
  p->expected = expected;
  return JSON_BROKEN;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_word_part(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* What stands there, for a message: a word, or one character. */
static View thing_at(const JsonParser *p) {
  enum { WORD_BYTES = 20 };
  View rest = {p->bytes.at + p->at, p->bytes.length - p->at};
  uint32_t length = 0, code_point;
  while (length < rest.length && length < WORD_BYTES && is_word_part(rest.at[length])) length++;
  if (length == 0) length = utf8_decode(rest.at, rest.at + rest.length, &code_point);
  return (View){rest.at, length ? length : 1};
}

static JsonEvent unexpected(JsonParser *p) {
  View expected = VIEW(BOTH("a text in quotation marks, a number, “{”, “[”, true, false or null",
                            "en tekst i anførselstegn, et tall, «{», «[», true, false eller null"));
  switch (p->state) {
  case JSON_WANTS_VALUE_OR_END:
  case JSON_WANTS_VALUE:
  case JSON_WANTS_NOTHING:
  case JSON_IS_BROKEN: break;
  case JSON_WANTS_KEY: expected = VIEW(BOTH("a name in quotation marks", "et navn i anførselstegn")); break;
  case JSON_WANTS_KEY_OR_END:
    expected = VIEW(BOTH("a name in quotation marks, or “}”", "et navn i anførselstegn, eller «}»"));
    break;
  case JSON_WANTS_COMMA_OR_END:
    expected = p->objects >> (p->depth - 1) & 1 ? VIEW(BOTH("“,” or “}”", "«,» eller «}»"))
                                                : VIEW(BOTH("“,” or “]”", "«,» eller «]»"));
    break;
  }
  if (p->at == p->bytes.length) return break_off(p, MSG_D0141, (View){0}, expected);
  if (p->state == JSON_WANTS_NOTHING) return break_off(p, MSG_D0148, thing_at(p), (View){0});
  return break_off(p, MSG_D0140, thing_at(p), expected);
}

static void skip_blanks(JsonParser *p) {
  for (; p->at < p->bytes.length; p->at++) {
    char c = p->bytes.at[p->at];
    if (c == '\n')
      p->line++;
    else if (c != ' ' && c != '\t' && c != '\r')
      return;
  }
}

static char peek(const JsonParser *p) { return p->at < p->bytes.length ? p->bytes.at[p->at] : 0; }

/* ---- texts ---- */

static void set_flaw(JsonParser *p, MessageCode code, uint32_t from, uint32_t length) {
  if (p->is_flawed) return;
  p->is_flawed = true;
  p->flaw = code;
  p->flawed = (View){p->bytes.at + from, length < p->bytes.length - from ? length : p->bytes.length - from};
}

static int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \u and four digits at this place. */
static bool unit_at(const JsonParser *p, uint32_t at, uint32_t *unit) {
  if (p->bytes.length - at < 6 || p->bytes.at[at] != '\\' || p->bytes.at[at + 1] != 'u') return false;
  *unit = 0;
  for (uint32_t i = 2; i < 6; i++) {
    int digit = hex_value(p->bytes.at[at + i]);
    if (digit < 0) return false;
    *unit = *unit << 4 | (uint32_t)digit;
  }
  return true;
}

/* The character of \uXXXX or of a pair of them; the bytes taken, 0 where it is not that. */
static uint32_t escaped_character(JsonParser *p, uint32_t at, uint32_t *code_point) {
  uint32_t second;
  if (!unit_at(p, at, code_point)) return 0;
  if (*code_point < 0xD800 || *code_point > 0xDFFF) return 6;
  if (*code_point < 0xDC00 && unit_at(p, at + 6, &second) && second >= 0xDC00 && second <= 0xDFFF) {
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (second - 0xDC00);
    return 12;
  }
  set_flaw(p, MSG_D0145, at, 6);
  *code_point = 0xFFFD;
  return 6;
}

/* Unescapes what stands at the backslash; returns the bytes taken and adds to the output. */
static uint32_t take_escape(JsonParser *p, uint32_t at, char **out) {
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char letter = at + 1 < p->bytes.length ? p->bytes.at[at + 1] : 0;
  const char *found = letter ? memchr(letters, letter, sizeof letters - 1) : NULL;
  if (found) {
    *(*out)++ = meanings[found - letters];
    return 2;
  }
  uint32_t code_point, taken = letter == 'u' ? escaped_character(p, at, &code_point) : 0;
  if (taken == 0) {
    const char *next = p->bytes.at + at + 1;
    uint32_t length = utf8_decode(next, p->bytes.at + p->bytes.length, &code_point);
    set_flaw(p, MSG_D0143, at, 1 + length);
    return 1 + length;
  }
  *out += utf8_encode(code_point, *out);
  return taken;
}

/* Whether eight bytes are all ordinary: ASCII, no control character, no quotation mark, no backslash. A byte's highest
 * bit is set where a subtraction borrows, that is where the byte is 0 after ^ or below a blank; a borrow that runs on
 * from there can only say no once more, and the bytes are then looked at one by one. */
static bool is_plain(const char *bytes) {
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';
  return ((word | (quote - ones) | (backslash - ones) | (word - ones * ' ')) & high) == 0;
}

/* The bytes of a text up to the closing quotation mark, escapes and all; false where it has no end. */
static bool find_text_end(JsonParser *p, uint32_t *end, bool *escapes) {
  const char *bytes = p->bytes.at;
  uint32_t i = p->at, length, code_point;
  for (*escapes = false;; i += length) {
    while (i < p->bytes.length && p->bytes.length - i >= 8 && is_plain(bytes + i)) i += 8;
    if (i >= p->bytes.length || bytes[i] == '"') break;
    unsigned char c = (unsigned char)bytes[i];
    length = 1;
    if (c == '\\') {
      *escapes = true;
      length = i + 1 < p->bytes.length && (unsigned char)bytes[i + 1] < 0x80 ? 2 : 1;
    } else if (c == '\n') {
      return false;
    } else if (c < 0x20) {
      set_flaw(p, MSG_D0144, i, 1);
    } else if (c >= 0x80) {
      length = utf8_decode(bytes + i, bytes + p->bytes.length, &code_point);
      if (length == 0) {
        set_flaw(p, MSG_D0146, i, 1);
        length = 1;
      }
    }
  }
  *end = i;
  return i < p->bytes.length;
}

/* No escape is shorter than what it stands for: \u0800 has six bytes and means three. */
static View unescaped(JsonParser *p, uint32_t from, uint32_t end) {
  char *start = arena_alloc(p->arena, end - from), *out = start;
  while (from < end) {
    const char *at = p->bytes.at + from, *escape = memchr(at, '\\', end - from);
    uint32_t plain = escape ? (uint32_t)(escape - at) : end - from;
    memcpy(out, at, plain);
    out += plain;
    from += plain;
    if (escape) from += take_escape(p, from, &out);
  }
  return view_make(start, (size_t)(out - start));
}

static bool take_text(JsonParser *p) {
  uint32_t from = ++p->at, end;
  bool escapes;
  p->is_flawed = false;
  if (!find_text_end(p, &end, &escapes)) {
    p->at = p->bytes.length;
    break_off(p, MSG_D0141, (View){0}, VIEW(BOTH("“\"”", "«\"»")));
    return false;
  }
  p->text = escapes ? unescaped(p, from, end) : (View){p->bytes.at + from, end - from};
  p->at = end + 1;
  return true;
}

/* ---- numbers and words ---- */

static uint32_t skip_digits(View text, uint32_t at) {
  while (at < text.length && is_digit(text.at[at])) at++;
  return at;
}

/* number = [ "-" ] ( "0" | nonzero { digit } ) [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ]
 * digits = digit { digit } */
static bool is_number(View text) {
  uint32_t at = text.length > 0 && text.at[0] == '-', end = skip_digits(text, at);
  if (end == at || (text.at[at] == '0' && end > at + 1)) return false;
  at = end;
  if (at < text.length && text.at[at] == '.') {
    end = skip_digits(text, at + 1);
    if (end == at + 1) return false;
    at = end;
  }
  if (at < text.length && (text.at[at] == 'e' || text.at[at] == 'E')) {
    at++;
    if (at < text.length && (text.at[at] == '+' || text.at[at] == '-')) at++;
    end = skip_digits(text, at);
    if (end == at) return false;
    at = end;
  }
  return at == text.length;
}

static void take_number(JsonParser *p) {
  uint32_t from = p->at;
  while (p->at < p->bytes.length && (is_word_part(peek(p)) || memchr("+-.", peek(p), 3))) p->at++;
  p->text = (View){p->bytes.at + from, p->at - from};
  p->is_flawed = false;
  if (!is_number(p->text)) set_flaw(p, MSG_D0142, from, p->text.length);
}

static bool take_word(JsonParser *p, View word) {
  View rest = {p->bytes.at + p->at, p->bytes.length - p->at};
  if (!view_starts(rest, word) || (rest.length > word.length && is_word_part(rest.at[word.length]))) return false;
  p->at += word.length;
  return true;
}

/* ---- structure ---- */

static bool in_object(const JsonParser *p) { return p->objects >> (p->depth - 1) & 1; }

static void value_is_over(JsonParser *p) { p->state = p->depth > 0 ? JSON_WANTS_COMMA_OR_END : JSON_WANTS_NOTHING; }

static JsonEvent open_level(JsonParser *p, bool object) {
  if (p->depth == JSON_MAX_DEPTH) return break_off(p, MSG_D0147, VIEW("64"), (View){0});
  uint64_t bit = UINT64_C(1) << p->depth++;
  p->objects = object ? p->objects | bit : p->objects & ~bit;
  p->state = object ? JSON_WANTS_KEY_OR_END : JSON_WANTS_VALUE_OR_END;
  p->at++;
  return object ? JSON_OBJECT : JSON_ARRAY;
}

static JsonEvent close_level(JsonParser *p) {
  bool object = in_object(p);
  p->at++;
  p->depth--;
  value_is_over(p);
  return object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static JsonEvent next_value(JsonParser *p) {
  char c = peek(p);
  if (c == '{' || c == '[') return open_level(p, c == '{');
  JsonEvent event;
  if (c == '"') {
    if (!take_text(p)) return JSON_BROKEN;
    event = JSON_TEXT;
  } else if (c == '-' || is_digit(c)) {
    take_number(p);
    event = JSON_NUMBER;
  } else if (take_word(p, VIEW("true"))) {
    event = JSON_TRUE;
  } else if (take_word(p, VIEW("false"))) {
    event = JSON_FALSE;
  } else if (take_word(p, VIEW("null"))) {
    event = JSON_NULL;
  } else {
    return unexpected(p);
  }
  value_is_over(p);
  return event;
}

static JsonEvent next_key(JsonParser *p) {
  if (peek(p) != '"') return unexpected(p);
  if (!take_text(p)) return JSON_BROKEN;
  skip_blanks(p);
  if (peek(p) != ':') {
    if (p->at == p->bytes.length) return break_off(p, MSG_D0141, (View){0}, VIEW(BOTH("“:”", "«:»")));
    return break_off(p, MSG_D0140, thing_at(p), VIEW(BOTH("“:”", "«:»")));
  }
  p->at++;
  p->state = JSON_WANTS_VALUE;
  return JSON_KEY;
}

JsonEvent json_next(JsonParser *p) {
  skip_blanks(p);
  if (p->state == JSON_WANTS_COMMA_OR_END && peek(p) == ',') {
    p->state = in_object(p) ? JSON_WANTS_KEY : JSON_WANTS_VALUE;
    p->at++;
    skip_blanks(p);
  }
  bool ends = p->depth > 0 && peek(p) == (in_object(p) ? '}' : ']');
  switch (p->state) {
  case JSON_WANTS_VALUE: return next_value(p);
  case JSON_WANTS_VALUE_OR_END: return ends ? close_level(p) : next_value(p);
  case JSON_WANTS_KEY: return next_key(p);
  case JSON_WANTS_KEY_OR_END: return ends ? close_level(p) : next_key(p);
  case JSON_WANTS_COMMA_OR_END: return ends ? close_level(p) : unexpected(p);
  case JSON_WANTS_NOTHING: return p->at == p->bytes.length ? JSON_END : unexpected(p);
  case JSON_IS_BROKEN: break;
  }
  return JSON_BROKEN;
}

bool json_skip(JsonParser *p, JsonEvent first) {
  if (first == JSON_BROKEN) return false;
  if (first != JSON_OBJECT && first != JSON_ARRAY) return true;
  for (uint32_t outside = p->depth - 1; p->depth > outside;)
    if (json_next(p) == JSON_BROKEN) return false;
  return true;
}
