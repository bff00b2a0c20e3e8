#include "data/spelling.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static View without_first(View text, uint32_t count) { return (View){text.at + count, text.length - count}; }

/* The length of the blank that the text begins with: a space, a no-break space or a narrow one; 0 if it is none. */
static uint32_t blank_length(View text) {
  if (text.length > 0 && text.at[0] == ' ') return 1;
  if (view_starts(text, VIEW("\xC2\xA0"))) return 2;
  return view_starts(text, VIEW("\xE2\x80\xAF")) ? 3 : 0;
}

static View skip_blanks(View text) {
  for (uint32_t length; (length = blank_length(text)) > 0;) text = without_first(text, length);
  return text;
}

/* ---- yes and no ---- */

static bool is_word_of_any_case(View text, const char *lower) {
  uint32_t i = 0;
  for (; i < text.length && lower[i]; i++) {
    char c = text.at[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c != lower[i]) return false;
  }
  return i == text.length && !lower[i];
}

bool yes_no_read(View text, bool from_table, bool *yes) {
  static const char *const words[][2] = {{"yes", "no"}, {"ja", "nei"}, {"true", "false"}};
  for (size_t i = 0; i < (from_table ? 3 : 1); i++) {
    *yes = is_word_of_any_case(text, words[i][0]);
    if (*yes || is_word_of_any_case(text, words[i][1])) return true;
  }
  return false;
}

/* ---- numbers ---- */

enum { UNITS_DIGITS = 18, NUMBER_BYTES = 400 };

bool units_read(View text, int64_t *units, unsigned *scale) {
  uint32_t i = text.length > 0 && text.at[0] == '-', first = i, point = 0;
  int64_t value = 0;
  if (text.length - first > UNITS_DIGITS) return false;
  for (; i < text.length; i++) {
    char c = text.at[i];
    if (c == '.' && !point && i > first)
      point = i;
    else if (is_digit(c))
      value = value * 10 + (c - '0');
    else
      return false;
  }
  if (i == first || (point && point + 1 == i)) return false;
  *scale = point ? i - 1 - point : 0;
  *units = first ? -value : value;
  return true;
}

static uint32_t digits_at(View text, uint32_t at) {
  uint32_t end = at;
  while (end < text.length && is_digit(text.at[end])) end++;
  return end - at;
}

/* [-] one to three digits { blank, three digits } [ . digits ]: the same without the blanks; empty if it is not. */
static View without_groups(Arena *arena, View text) {
  char *out = arena_alloc(arena, text.length);
  uint32_t at = text.length > 0 && text.at[0] == '-', length = at, run = digits_at(text, at);
  if (at) out[0] = '-';
  if (run < 1 || run > 3) return (View){0};
  for (uint32_t blank = 0;; at += blank) {
    memcpy(out + length, text.at + at, run);
    length += run;
    at += run;
    blank = blank_length(without_first(text, at));
    if (blank == 0) break;
    run = digits_at(text, at + blank);
    if (run != 3) return (View){0};
  }
  memcpy(out + length, text.at + at, text.length - at);
  return (View){out, length + text.length - at};
}

NumReading grouped_read(Arena *arena, View text, Num *out) {
  NumReading reading = num_read(arena, text, out);
  if (reading != NUM_NOT_A_NUMBER || text.length > NUMBER_BYTES) return reading;
  View plain = without_groups(arena, text);
  return plain.length > 0 ? num_read(arena, plain, out) : NUM_NOT_A_NUMBER;
}

NumReading percent_read(Arena *arena, View text, Num *out) {
  bool percent = text.length > 0 && text.at[text.length - 1] == '%';
  if (percent) text = view_trim((View){text.at, text.length - 1});
  NumReading reading = grouped_read(arena, text, out);
  if (reading == NUM_READ && percent) *out = num_div(arena, *out, num_of(100));
  return reading;
}

/* ---- money ---- */

enum { CURRENCY_LETTERS = 3 };

static bool is_currency(View text) {
  if (text.length < CURRENCY_LETTERS) return false;
  for (uint32_t i = 0; i < CURRENCY_LETTERS; i++)
    if (text.at[i] < 'A' || text.at[i] > 'Z') return false;
  return true;
}

NumReading money_read(Arena *arena, View text, View *currency, Num *out) {
  *currency = (View){0};
  View end = text.length > CURRENCY_LETTERS ? without_first(text, text.length - CURRENCY_LETTERS) : (View){0};
  if (is_currency(text)) {
    *currency = (View){text.at, CURRENCY_LETTERS};
    text = skip_blanks(without_first(text, CURRENCY_LETTERS));
  } else if (is_currency(end)) {
    *currency = end;
    text = view_trim((View){text.at, text.length - CURRENCY_LETTERS});
  }
  return grouped_read(arena, text, out);
}

/* ---- durations ---- */

typedef struct TimeUnit {
  const char *words[4];
  bool months;
  int64_t size;
} TimeUnit;

static const TimeUnit time_units[] = {
    {{"year", "years", "år", "år"}, true, 12},
    {{"month", "months", "måned", "måneder"}, true, 1},
    {{"week", "weeks", "uke", "uker"}, false, 7 * 86400},
    {{"day", "days", "dag", "dager"}, false, 86400},
    {{"hour", "hours", "time", "timer"}, false, 3600},
    {{"minute", "minutes", "minutt", "minutter"}, false, 60},
    {{"second", "seconds", "sekund", "sekunder"}, false, 1},
};

/* A thousand times what lies between the first date and the last. */
static const int64_t DURATION_MAX = INT64_C(400000000000000);

/* Adds count * size to *total unless that leaves the range. */
static bool add_part(View digits, int64_t size, int64_t *total) {
  int64_t count = 0;
  if (digits.length < 1 || digits.length > 15) return false;
  for (uint32_t i = 0; i < digits.length; i++) count = count * 10 + (digits.at[i] - '0');
  if (count > DURATION_MAX / size) return false;
  *total += count * size;
  return *total <= DURATION_MAX;
}

static View take_digits(View *text) {
  View digits = {text->at, digits_at(*text, 0)};
  *text = without_first(*text, digits.length);
  return digits;
}

/* The word up to the next blank or digit. */
static View take_word(View *text) {
  uint32_t length = 0;
  while (length < text->length && !is_digit(text->at[length]) && blank_length(without_first(*text, length)) == 0)
    length++;
  View word = {text->at, length};
  *text = without_first(*text, length);
  return word;
}

static const TimeUnit *unit_of(Arena *arena, View word) {
  enum { LONGEST_WORD = 16 };
  if (word.length > LONGEST_WORD) return NULL;
  View folded = view_fold(arena, view_nfc(arena, word));
  for (size_t i = 0; i < sizeof time_units / sizeof *time_units; i++)
    for (size_t w = 0; w < 4; w++)
      if (view_is(folded, time_units[i].words[w])) return &time_units[i];
  return NULL;
}

/* words = digits unit { digits unit }, all units of one kind */
static bool words_read(Arena *arena, View text, bool months, int64_t *out) {
  int64_t total = 0;
  do {
    View digits = take_digits(&text);
    text = skip_blanks(text);
    const TimeUnit *unit = unit_of(arena, take_word(&text));
    if (!unit || unit->months != months || !add_part(digits, unit->size, &total)) return false;
    text = skip_blanks(text);
  } while (text.length > 0);
  *out = total;
  return true;
}

/* ISO 8601: the letters in their order, each at most once; behind T they mean times. */
typedef struct IsoUnit {
  char letter;
  bool after_t;
  bool months;
  int64_t size;
} IsoUnit;

static const IsoUnit iso_units[] = {
    {'Y', false, true, 12},   {'M', false, true, 1},  {'W', false, false, 7 * 86400}, {'D', false, false, 86400},
    {'H', true, false, 3600}, {'M', true, false, 60}, {'S', true, false, 1},
};

static bool iso_read(View text, bool months, int64_t *out) {
  const size_t count = sizeof iso_units / sizeof *iso_units;
  int64_t total = 0;
  bool after_t = false;
  if (text.length == 0) return false;
  for (size_t next = 0; text.length > 0; next++) {
    if (!after_t && text.at[0] == 'T') {
      after_t = true;
      text = without_first(text, 1);
    }
    View digits = take_digits(&text);
    if (text.length == 0) return false;
    while (next < count && (iso_units[next].letter != text.at[0] || iso_units[next].after_t != after_t)) next++;
    if (next == count || iso_units[next].months != months) return false;
    if (!add_part(digits, iso_units[next].size, &total)) return false;
    text = without_first(text, 1);
  }
  *out = total;
  return true;
}

static bool any_duration_read(Arena *arena, View text, bool months, int64_t *out) {
  bool negative = text.length > 0 && text.at[0] == '-';
  if (negative) text = without_first(text, 1);
  bool iso = text.length > 0 && text.at[0] == 'P';
  bool done = iso ? iso_read(without_first(text, 1), months, out) : words_read(arena, text, months, out);
  if (done && negative) *out = -*out;
  return done;
}

bool months_read(Arena *arena, View text, int64_t *months) { return any_duration_read(arena, text, true, months); }

bool duration_read(Arena *arena, View text, int64_t *seconds) { return any_duration_read(arena, text, false, seconds); }

/* ---- writing ---- */

static View months_spelling(Arena *arena, int64_t months) {
  const char *sign = months < 0 ? "-" : "";
  long long size = months < 0 ? -(long long)months : (long long)months;
  if (size % 12 == 0 && size > 0) return view_format(arena, "%sP%lldY", sign, size / 12);
  if (size < 12) return view_format(arena, "%sP%lldM", sign, size);
  return view_format(arena, "%sP%lldY%lldM", sign, size / 12, size % 12);
}

static View duration_spelling(Arena *arena, int64_t seconds) {
  const char *sign = seconds < 0 ? "-" : "";
  long long size = seconds < 0 ? -(long long)seconds : (long long)seconds, rest = size % 86400;
  if (rest == 0) return view_format(arena, "%sP%lldD", sign, size / 86400);
  View text = size < 86400 ? view_format(arena, "%sPT", sign) : view_format(arena, "%sP%lldDT", sign, size / 86400);
  if (rest >= 3600) text = view_join(arena, text, view_format(arena, "%lldH", rest / 3600));
  if (rest % 3600 >= 60) text = view_join(arena, text, view_format(arena, "%lldM", rest % 3600 / 60));
  return rest % 60 ? view_join(arena, text, view_format(arena, "%lldS", rest % 60)) : text;
}

View value_spelling(Arena *arena, const Program *program, const Type *type, Num value) {
  int64_t whole;
  bool is_whole = num_to_int(value, &whole);
  switch (type->kind) {
  case TYPE_DATE:
    if (is_whole && whole >= DATE_MIN && whole <= DATE_MAX) return date_text(arena, whole);
    break;
  case TYPE_MOMENT:
    if (is_whole && program->zone) return moment_text(arena, program->zone, whole);
    break;
  case TYPE_MONTHS:
    if (is_whole) return months_spelling(arena, whole);
    break;
  case TYPE_DURATION:
    if (is_whole) return duration_spelling(arena, whole);
    break;
  case TYPE_MONEY:
    return view_join(arena, view_join(arena, type->currency, VIEW(" ")), num_text_for_people(arena, value));
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_NUMBER:
  case TYPE_RATE:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return num_text(arena, value, NULL);
}

View range_spelling(Arena *arena, const Program *program, const Type *type, const Range *range) {
  View low = range->has_low ? value_spelling(arena, program, type, range->low) : (View){0};
  View high = range->has_high ? value_spelling(arena, program, type, range->high) : (View){0};
  if (!range->has_high) return view_join(arena, range->low_open ? VIEW("> ") : VIEW(">= "), low);
  if (!range->has_low) return view_join(arena, range->high_open ? VIEW("< ") : VIEW("<= "), high);
  View both = view_join(arena, view_join(arena, range->low_open ? VIEW("(") : VIEW("["), low), VIEW(".."));
  return view_join(arena, view_join(arena, both, high), range->high_open ? VIEW(")") : VIEW("]"));
}
