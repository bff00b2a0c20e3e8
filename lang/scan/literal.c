/* Literals: values as they are written in a text. */
#include "base/calendar.h"
#include "scan/joiner.h"

bool is_currency(const Joiner *j, uint32_t i) {
  if (raw_at(j, i)->kind != RAW_WORD) return false;
  View word = raw_text(j, i);
  for (uint32_t c = 0; c < j->currencies->count; c++)
    if (view_equal(j->currencies->at[c], word)) return true;
  return false;
}

static bool on_same_line(const Joiner *j, uint32_t i) { return !raw_begins_line(j, i); }

bool starts_number(const Joiner *j, uint32_t i) {
  if (raw_at(j, i)->kind == RAW_NUMBER || raw_at(j, i)->kind == RAW_BAD_NUMBER) return true;
  if (!is_currency(j, i) || !on_same_line(j, i + 1)) return false;
  return raw_at(j, i + 1)->kind == RAW_NUMBER || raw_at(j, i + 1)->kind == RAW_BAD_NUMBER;
}

typedef struct Magnitude {
  const char *word[LANGUAGE_COUNT][2];
  int64_t factor;
} Magnitude;

static const Magnitude magnitudes[] = {
    {{{"thousand", "thousands"}, {"tusen", "tusen"}}, 1000},
    {{{"million", "millions"}, {"million", "millioner"}}, 1000000},
    {{{"billion", "billions"}, {"milliard", "milliarder"}}, 1000000000},
};

typedef struct TimeUnit {
  const char *word[LANGUAGE_COUNT][2];
  DurationUnit unit;
  int64_t size;
} TimeUnit;

static const TimeUnit time_units[] = {
    {{{"year", "years"}, {"år", "år"}}, UNIT_MONTHS, 12},
    {{{"month", "months"}, {"måned", "måneder"}}, UNIT_MONTHS, 1},
    {{{"week", "weeks"}, {"uke", "uker"}}, UNIT_SECONDS, 7 * 86400},
    {{{"day", "days"}, {"dag", "dager"}}, UNIT_SECONDS, 86400},
    {{{"hour", "hours"}, {"time", "timer"}}, UNIT_SECONDS, 3600},
    {{{"minute", "minutes"}, {"minutt", "minutter"}}, UNIT_SECONDS, 60},
    {{{"second", "seconds"}, {"sekund", "sekunder"}}, UNIT_SECONDS, 1},
};

static bool is_word(const Joiner *j, uint32_t i, const char *const words[2]) {
  if (raw_at(j, i)->kind != RAW_WORD || raw_begins_line(j, i)) return false;
  View folded = view_fold(j->arena, raw_word(j, i));
  return view_is(folded, words[0]) || view_is(folded, words[1]);
}

static bool is_form(View folded, const char *const words[2]) {
  return view_is(folded, words[0]) || view_is(folded, words[1]);
}

View literal_word_in(Arena *scratch, View word, Language from, Language to, bool one) {
  View folded = view_fold(scratch, view_nfc(scratch, word));
  for (size_t m = 0; m < sizeof magnitudes / sizeof *magnitudes; m++)
    if (is_form(folded, magnitudes[m].word[from])) /* two million, but to millioner */
      return view_of(magnitudes[m].word[to][one || to == LANGUAGE_EN ? 0 : 1]);
  for (size_t u = 0; u < sizeof time_units / sizeof *time_units; u++)
    if (is_form(folded, time_units[u].word[from])) return view_of(time_units[u].word[to][one ? 0 : 1]);
  return (View){0};
}

/* ---- numbers ---- */

static bool is_group(const Joiner *j, uint32_t i) {
  const RawToken *raw = raw_at(j, i);
  if (raw->kind != RAW_NUMBER || raw->first_on_line || !raw->blank_before) return false;
  View text = raw_text(j, i);
  return text.length >= 3 && (text.length == 3 || text.at[3] == '.');
}

static bool only_digits(View text) {
  for (uint32_t i = 0; i < text.length; i++)
    if (text.at[i] < '0' || text.at[i] > '9') return false;
  return true;
}

/* digits = NUMBER { NUMBER of three digits } ; returns how many raw tokens it takes */
static uint32_t join_digits(const Joiner *j, uint32_t first, View *digits) {
  *digits = raw_text(j, first);
  if (digits->length > 3 || !only_digits(*digits) || !is_group(j, first + 1)) return 1;
  Writer *w = writer_to_memory(j->arena);
  write_view(w, *digits);
  uint32_t count = 1;
  for (bool fraction = false; !fraction && is_group(j, first + count); count++) {
    View group = raw_text(j, first + count);
    write_view(w, group);
    fraction = group.length > 3; /* it ends the number */
  }
  *digits = writer_memory(w);
  return count;
}

/* "3,5": a decimal comma. Inside brackets it is a list of two. */
static bool is_decimal_comma(const Joiner *j, uint32_t i) {
  if (!raw_is_symbol(j, i, TOKEN_COMMA) || raw_at(j, i)->blank_before || raw_at(j, i + 1)->blank_before) return false;
  return raw_at(j, i + 1)->kind == RAW_NUMBER && !raw_begins_line(j, i + 1) && !j->open_brackets;
}

/* Removes the points of "1.500.000,50" and turns its comma into a point. */
static View without_points(const Joiner *j, View text) {
  char *out = arena_alloc(j->arena, text.length + 1u);
  uint32_t length = 0;
  for (uint32_t i = 0; i < text.length; i++)
    if (text.at[i] != '.') out[length++] = text.at[i] == ',' ? '.' : text.at[i];
  return (View){out, length};
}

static View grouped(const Joiner *j, View digits) {
  Num value;
  if (num_read(j->arena, digits, &value) != NUM_READ) return digits;
  return num_text_for_people(j->arena, value);
}

typedef struct Amount {
  Num value;
  View digits;
  uint32_t raw_count;
  bool refused;
} Amount;

/* Three digits behind a comma may be thousands: ",000,000" surely, ",500" perhaps. How many such groups there are. */
static uint32_t comma_groups(const Joiner *j, uint32_t comma) {
  uint32_t count = 0;
  while (is_decimal_comma(j, comma + 2 * count) && raw_text(j, comma + 2 * count + 1).length == 3) count++;
  return count;
}

/* "1,000,000": told, and read as a million */
static void mend_comma_groups(Joiner *j, uint32_t first, uint32_t groups, Amount *amount) {
  for (uint32_t g = 0; g < groups; g++)
    amount->digits = view_join(j->arena, amount->digits, raw_text(j, first + amount->raw_count + 2 * g + 1));
  amount->raw_count += 2 * groups;
  Span span = raw_span(j, first, first + amount->raw_count - 1);
  diag_add(mistake(j), MSG_E0105, span, span_text(j->diags->sources, span), grouped(j, amount->digits), DIAG_END);
}

/* "3,5": told, and read as 3.5; "3,500" has two readings */
static void mend_decimal_comma(Joiner *j, uint32_t first, Amount *amount) {
  uint32_t groups = amount->raw_count == 1 && amount->digits.length <= 3 && amount->digits.at[0] != '0'
                        ? comma_groups(j, first + 1)
                        : 0;
  if (groups > 1) {
    mend_comma_groups(j, first, groups, amount);
    return;
  }
  View whole = amount->digits, fraction = raw_text(j, first + amount->raw_count + 1);
  View written = view_format(j->arena, "%.*s,%.*s", (int)whole.length, whole.at, (int)fraction.length, fraction.at);
  amount->digits = view_format(j->arena, "%.*s.%.*s", (int)whole.length, whole.at, (int)fraction.length, fraction.at);
  amount->raw_count += 2;
  Span span = raw_span(j, first, first + amount->raw_count - 1);
  if (groups)
    diag_add(mistake(j), MSG_E0107, span, written, grouped(j, view_join(j->arena, whole, fraction)), amount->digits,
             DIAG_END);
  else
    diag_add(mistake(j), MSG_E0104, span, written, amount->digits, DIAG_END);
}

static Amount read_amount(Joiner *j, uint32_t first) {
  Amount amount = {.value = num_of(0), .raw_count = 1};
  if (raw_at(j, first)->kind == RAW_BAD_NUMBER) {
    amount.digits = without_points(j, raw_text(j, first));
    diag_add(mistake(j), MSG_E0105, raw_span(j, first, first), raw_text(j, first), grouped(j, amount.digits), DIAG_END);
  } else {
    amount.raw_count = join_digits(j, first, &amount.digits);
    if (is_decimal_comma(j, first + amount.raw_count)) mend_decimal_comma(j, first, &amount);
  }
  amount.refused = num_read(j->arena, amount.digits, &amount.value) != NUM_READ;
  if (amount.refused) diag_add(mistake(j), MSG_E0106, raw_span(j, first, first + amount.raw_count - 1), DIAG_END);
  for (size_t m = 0; m < sizeof magnitudes / sizeof *magnitudes; m++)
    if (is_word(j, first + amount.raw_count, magnitudes[m].word[j->vocabulary->language])) {
      amount.value = num_mul(j->arena, amount.value, num_of(magnitudes[m].factor));
      amount.raw_count++;
      break;
    }
  return amount;
}

/* The text of raw tokens `first` to `last` with another number in the place of `number`. */
static View with_number(const Joiner *j, uint32_t first, uint32_t last, uint32_t number, View digits) {
  View whole = span_text(j->diags->sources, raw_span(j, first, last));
  uint32_t before = raw_at(j, number)->start - raw_at(j, first)->start;
  uint32_t behind = raw_at(j, number)->end - raw_at(j, first)->start;
  View front = {whole.at, before}, back = {whole.at + behind, whole.length - behind};
  return view_join(j->arena, view_join(j->arena, front, digits), back);
}

/* "NOK 1.500": one and a half, or fifteen hundred? Both readings are shown. */
static void refuse_two_readings(Joiner *j, uint32_t number, uint32_t first, uint32_t last) {
  if (raw_at(j, number)->kind != RAW_NUMBER) return;
  View digits = raw_text(j, number);
  uint32_t point = 0;
  while (point < digits.length && digits.at[point] != '.') point++;
  if (point == 0 || point > 3 || digits.length != point + 4) return;
  uint32_t keep = digits.length;
  while (digits.at[keep - 1] == '0' && keep > point + 2) keep--;
  View thousands = with_number(j, first, last, number, grouped(j, without_points(j, digits)));
  View decimal = with_number(j, first, last, number, (View){digits.at, keep});
  diag_add(mistake(j), MSG_E0107, raw_span(j, first, last), with_number(j, first, last, number, digits), thousands,
           decimal, DIAG_END);
}

static void mend_short_magnitude(Joiner *j, uint32_t first, Amount *amount);

static void emit_money(Joiner *j, uint32_t first, uint32_t amount_at, uint32_t currency_at) {
  View currency = raw_text(j, currency_at);
  Amount amount = read_amount(j, amount_at);
  mend_short_magnitude(j, amount_at, &amount);
  uint32_t last = amount_at + amount.raw_count - 1;
  if (currency_at > last) last = currency_at;
  refuse_two_readings(j, amount_at, first, last);
  Token *token = emit(j, TOKEN_MONEY, first, last);
  token->refused = amount.refused;
  token->number = amount.value;
  token->text = currency;
  j->at = last + 1;
}

static bool emit_duration(Joiner *j, uint32_t first, const Amount *amount) {
  uint32_t unit_at = first + amount->raw_count;
  for (size_t u = 0; u < sizeof time_units / sizeof *time_units; u++) {
    if (!is_word(j, unit_at, time_units[u].word[j->vocabulary->language])) continue;
    int64_t whole;
    Num size = num_mul(j->arena, amount->value, num_of(time_units[u].size));
    Token *token = emit(j, TOKEN_DURATION, first, unit_at);
    token->unit = time_units[u].unit;
    token->refused = amount->refused;
    if (num_fits(size) && num_to_int(size, &whole) && whole < INT64_C(1000000000000))
      token->value = whole;
    else {
      diag_add(mistake(j), MSG_E0112, raw_span(j, first, unit_at), DIAG_END);
      token->refused = true;
    }
    j->at = unit_at + 1;
    return true;
  }
  return false;
}

/* ---- words behind a number that stand for a sign or a code ---- */

static bool is_slip(const Joiner *j, uint32_t i, const char *const *words, uint32_t count) {
  if (!on_same_line(j, i) || raw_at(j, i)->kind != RAW_WORD) return false;
  View folded = view_fold(j->arena, raw_word(j, i));
  for (uint32_t w = 0; w < count; w++)
    if (view_is(folded, words[w])) return true;
  return false;
}

/* Raw tokens `first` to `last` are not written so. What was meant is plain, so they count as that. */
static void tell_form(Joiner *j, uint32_t first, uint32_t last, View form) {
  Span span = raw_span(j, first, last);
  diag_add(mistake(j), MSG_E0117, span, span_text(j->diags->sources, span), form, DIAG_END);
}

/* 0.5 mill, 2 mrd: the factor; 0 where no such word stands there */
static int64_t short_magnitude(const Joiner *j, uint32_t i) {
  static const char *const millions[] = {"mill", "mio", "mln"}, *const billions[] = {"mrd", "bn"};
  if (is_slip(j, i, millions, 3)) return 1000000;
  return is_slip(j, i, billions, 2) ? 1000000000 : 0;
}

static void mend_short_magnitude(Joiner *j, uint32_t first, Amount *amount) {
  uint32_t at = first + amount->raw_count;
  int64_t factor = short_magnitude(j, at);
  if (!factor) return;
  for (size_t m = 0; m < sizeof magnitudes / sizeof *magnitudes; m++)
    if (magnitudes[m].factor == factor)
      tell_form(j, first, at,
                view_format(j->arena, "%.*s %s", (int)amount->digits.length, amount->digits.at,
                            magnitudes[m].word[j->vocabulary->language][0]));
  amount->value = num_mul(j->arena, amount->value, num_of(factor));
  amount->raw_count++;
}

/* 25 percent, 25 prosent */
static bool emit_percent_in_words(Joiner *j, uint32_t first, const Amount *amount) {
  static const char *const words[] = {"percent", "prosent", "pct", "pst"};
  uint32_t at = first + amount->raw_count;
  if (!is_slip(j, at, words, 4)) return false;
  tell_form(j, first, at, view_format(j->arena, "%.*s%%", (int)amount->digits.length, amount->digits.at));
  Token *token = emit(j, TOKEN_NUMBER, first, at);
  token->percent = true;
  token->refused = amount->refused;
  token->number = num_div(j->arena, amount->value, num_of(100));
  j->at = at + 1;
  return true;
}

/* 250 000 kr: kroner of the currency that the programme names first */
static bool emit_kroner(Joiner *j, uint32_t first, const Amount *amount) {
  static const char *const words[] = {"kr", "kroner"};
  uint32_t at = first + amount->raw_count;
  if (!is_slip(j, at, words, 2) || !j->currencies->count) return false;
  View currency = j->currencies->at[0];
  View number = span_text(j->diags->sources, raw_span(j, first, at - 1));
  View form = view_format(j->arena, "%.*s %.*s", (int)currency.length, currency.at, (int)number.length, number.at);
  if (!short_magnitude(j, at - 1)) tell_form(j, first, at, form);
  Token *token = emit(j, TOKEN_MONEY, first, at);
  token->refused = amount->refused;
  token->number = amount->value;
  token->text = currency;
  j->at = at + 1;
  return true;
}

/* number = digits [ magnitude ] [ "%" | currency | unit of time ] */
static void emit_number(Joiner *j) {
  uint32_t first = j->at;
  Amount amount = read_amount(j, first);
  mend_short_magnitude(j, first, &amount);
  if (emit_percent_in_words(j, first, &amount) || emit_kroner(j, first, &amount)) return;
  uint32_t next = first + amount.raw_count;
  if (on_same_line(j, next) && is_currency(j, next) && !starts_number(j, next)) {
    emit_money(j, first, first, next);
    return;
  }
  if (emit_duration(j, first, &amount)) return;
  bool percent = on_same_line(j, next) && raw_at(j, next)->kind == RAW_PERCENT;
  Token *token = emit(j, TOKEN_NUMBER, first, percent ? next : next - 1);
  token->percent = percent;
  token->refused = amount.refused;
  token->number = percent ? num_div(j->arena, amount.value, num_of(100)) : amount.value;
  j->at = percent ? next + 1 : next;
}

/* ---- dates ---- */

/* date = DATE [ CLOCK ] */
static void emit_date(Joiner *j) {
  uint32_t first = j->at;
  int64_t day = 0, seconds = 0;
  bool sound = date_read(raw_text(j, first), &day);
  if (!sound) diag_add(mistake(j), MSG_E0109, raw_span(j, first, first), raw_text(j, first), DIAG_END);
  bool has_clock = on_same_line(j, first + 1) && raw_at(j, first + 1)->kind == RAW_CLOCK;
  if (has_clock && !clock_read(raw_text(j, first + 1), &seconds)) {
    diag_add(mistake(j), MSG_E0110, raw_span(j, first + 1, first + 1), raw_text(j, first + 1), DIAG_END);
    sound = false;
  }
  Token *token = emit(j, has_clock ? TOKEN_MOMENT : TOKEN_DATE, first, has_clock ? first + 1 : first);
  token->value = has_clock ? day * 86400 + seconds : day;
  token->refused = !sound;
  j->at += has_clock ? 2 : 1;
}

/* "14.09.2018", "2018-9-14": told in its right form, and read as that. */
static void emit_bad_date(Joiner *j) {
  View text = raw_text(j, j->at);
  int parts[3] = {0, 0, 0};
  for (uint32_t i = 0, part = 0; i < text.length; i++) {
    if (text.at[i] == '.' || text.at[i] == '-')
      part++;
    else
      parts[part] = parts[part] * 10 + (text.at[i] - '0');
  }
  bool year_first = text.at[4] == '-';
  View fixed = view_format(j->arena, "%04d-%02d-%02d", parts[year_first ? 0 : 2], parts[1], parts[year_first ? 2 : 0]);
  int64_t day = 0, seconds = 0;
  bool sound = date_read(fixed, &day);
  bool has_clock = on_same_line(j, j->at + 1) && raw_at(j, j->at + 1)->kind == RAW_CLOCK;
  uint32_t last = has_clock ? j->at + 1 : j->at;
  if (has_clock) {
    sound &= clock_read(raw_text(j, last), &seconds);
    fixed = view_format(j->arena, "%.*s %.*s", (int)fixed.length, fixed.at, (int)raw_text(j, last).length,
                        raw_text(j, last).at);
    text = span_text(j->diags->sources, raw_span(j, j->at, last));
  }
  if (sound)
    diag_add(mistake(j), year_first ? MSG_E0123 : MSG_E0108, raw_span(j, j->at, last), text, fixed, DIAG_END);
  else
    diag_add(mistake(j), MSG_E0109, raw_span(j, j->at, last), text, DIAG_END);
  Token *token = emit(j, has_clock ? TOKEN_MOMENT : TOKEN_DATE, j->at, last);
  token->value = has_clock ? day * 86400 + seconds : day;
  token->refused = !sound;
  j->at = last + 1;
}

/* ---- dates in words and with strokes ---- */

static const char *const months[LANGUAGE_COUNT][12] = {{"january", "february", "march", "april", "may", "june", "july",
                                                        "august", "september", "october", "november", "december"},
                                                       {"januar", "februar", "mars", "april", "mai", "juni", "juli",
                                                        "august", "september", "oktober", "november", "desember"}};

/* The month that a word names in either language, written out or by its first three letters; 0: none */
static uint32_t month_called(const Joiner *j, uint32_t i) {
  if (raw_at(j, i)->kind != RAW_WORD || !on_same_line(j, i)) return 0;
  View word = view_fold(j->arena, raw_word(j, i));
  for (uint32_t k = 0; k < 2 * 12; k++) {
    View name = view_of(months[k / 12][k % 12]), start = {name.at, 3};
    if (view_equal(word, name) || view_equal(word, start)) return k % 12 + 1;
  }
  return 0;
}

/* A whole number of at least `least` and at most `most` digits; -1: none stands there */
static int32_t digits_at(const Joiner *j, uint32_t i, uint32_t least, uint32_t most) {
  View text = raw_text(j, i);
  if (raw_at(j, i)->kind != RAW_NUMBER || text.length < least || text.length > most || !only_digits(text)) return -1;
  int32_t value = 0;
  for (uint32_t k = 0; k < text.length; k++) value = value * 10 + (text.at[k] - '0');
  return value;
}

typedef struct OddDate {
  int32_t year, month, day;
  uint32_t raw_count; /* 0: it is none */
} OddDate;

/* 1 July 2024, 1. juli 2024 */
static OddDate date_in_words(const Joiner *j, uint32_t first) {
  OddDate date = {.day = digits_at(j, first, 1, 2)};
  uint32_t at = first + 1;
  if (raw_is_symbol(j, at, TOKEN_DOT) && on_same_line(j, at)) at++;
  date.month = (int32_t)month_called(j, at);
  if (date.day < 0 || !date.month || !on_same_line(j, at + 1)) return date;
  date.year = digits_at(j, at + 1, 4, 4);
  if (date.year >= 0) date.raw_count = at + 2 - first;
  return date;
}

/* 2024/07/01, 01-07-2024, 01/07/2024: without blanks, and with two digits for day and month; else it is arithmetic */
static OddDate date_with_strokes(const Joiner *j, uint32_t first) {
  OddDate date = {0};
  TokenKind stroke = raw_at(j, first + 1)->symbol;
  if (stroke != TOKEN_SLASH && stroke != TOKEN_MINUS) return date;
  for (uint32_t i = first + 1; i <= first + 4; i++)
    if (raw_at(j, i)->blank_before || !on_same_line(j, i)) return date;
  if (!raw_is_symbol(j, first + 1, stroke) || !raw_is_symbol(j, first + 3, stroke)) return date;
  bool year_first = digits_at(j, first, 4, 4) >= 0;
  date.year = digits_at(j, year_first ? first : first + 4, 4, 4);
  date.month = digits_at(j, first + 2, 2, 2);
  date.day = digits_at(j, year_first ? first + 4 : first, 2, 2);
  bool whole = date.year >= 0 && date.month >= 0 && date.day >= 0;
  bool likely = whole && date.month <= 31 && date.day <= 31 && date.year >= 1800 && date.year < 2200;
  if (likely) date.raw_count = 5;
  return date;
}

static OddDate odd_date_at(const Joiner *j, uint32_t i) {
  OddDate none = {0};
  if (raw_at(j, i)->kind != RAW_NUMBER) return none;
  OddDate date = date_in_words(j, i);
  return date.raw_count ? date : date_with_strokes(j, i);
}

bool starts_date(const Joiner *j, uint32_t i) {
  RawKind kind = raw_at(j, i)->kind;
  return kind == RAW_DATE || kind == RAW_BAD_DATE || odd_date_at(j, i).raw_count;
}

/* Told in its right form, and read as that. With strokes and the year last, day and month may be meant either way. */
static bool emit_odd_date(Joiner *j) {
  OddDate date = odd_date_at(j, j->at);
  if (!date.raw_count) return false;
  uint32_t last = j->at + date.raw_count - 1;
  Span span = raw_span(j, j->at, last);
  View text = span_text(j->diags->sources, span);
  View fixed = view_format(j->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
  View other = view_format(j->arena, "%04d-%02d-%02d", date.year, date.day, date.month);
  int64_t day = 0, unused;
  bool sound = date_read(fixed, &day);
  bool strokes = raw_is_symbol(j, j->at + 1, TOKEN_SLASH) && raw_text(j, j->at).length == 2;
  bool two_ways = strokes && sound && date.day != date.month && date_read(other, &unused);
  if (two_ways)
    diag_add(mistake(j), MSG_E0107, span, text, fixed, other, DIAG_END);
  else
    diag_add(mistake(j), sound ? MSG_E0108 : MSG_E0109, span, text, fixed, DIAG_END);
  Token *token = emit(j, TOKEN_DATE, j->at, last);
  token->value = day;
  token->refused = !sound || two_ways;
  j->at = last + 1;
  return true;
}

/* ---- texts ---- */

/* The backslash at `i` and the character behind it. */
static View escape_at(View text, uint32_t i) {
  uint32_t code, length = utf8_decode(text.at + i + 1, text.at + text.length, &code);
  return (View){text.at + i, 1 + (length ? length : 1)};
}

/* The first unknown escape of a text is told: `"K:\Felles\Regler"` is one mistake. */
static View unescape(Joiner *j, View inner) {
  char *out = arena_alloc(j->arena, inner.length + 1u);
  uint32_t length = 0;
  bool told = false;
  for (uint32_t i = 0; i < inner.length; i++) {
    char c = inner.at[i];
    if (c == '\\' && i + 1 < inner.length) {
      c = inner.at[++i];
      if (c == 'n')
        c = '\n';
      else if (c == 't')
        c = '\t';
      else if (c != '"' && c != '\\' && !told) {
        told = true;
        View escape = escape_at(inner, i - 1);
        uint32_t start = (uint32_t)(escape.at - j->source->bytes.at);
        diag_add(mistake(j), MSG_E0111, (Span){j->source_index, start, start + escape.length}, escape, DIAG_END);
      }
    }
    out[length++] = c;
  }
  return view_nfc(j->arena, (View){out, length});
}

static uint32_t quote_length(char first) {
  if (first == '"') return 1;
  return (unsigned char)first == 0xC2 ? 2 : 3; /* « or “ */
}

/* A text that begins with “ may end with a plain " */
static uint32_t closing_length(View text) { return text.at[text.length - 1] == '"' ? 1 : quote_length(text.at[0]); }

static void emit_text(Joiner *j) {
  View text = raw_text(j, j->at);
  uint32_t quote = quote_length(text.at[0]);
  bool open = raw_at(j, j->at)->kind == RAW_OPEN_TEXT;
  if (open) diag_add(mistake(j), MSG_E0102, raw_span(j, j->at, j->at), DIAG_END);
  View inner = {text.at + quote, text.length - quote - (open ? 0 : closing_length(text))};
  Token *token = emit(j, TOKEN_TEXT, j->at, j->at);
  token->text = unescape(j, inner);
  j->at++;
}

bool join_literal(Joiner *j) {
  const RawToken *raw = raw_at(j, j->at);
  switch (raw->kind) {
  case RAW_NUMBER:
    if (emit_odd_date(j)) return true;
    emit_number(j);
    return true;
  case RAW_BAD_NUMBER: emit_number(j); return true;
  case RAW_WORD:
    if (!is_currency(j, j->at) || !starts_number(j, j->at)) return false;
    emit_money(j, j->at, j->at + 1, j->at);
    return true;
  case RAW_DATE: emit_date(j); return true;
  case RAW_BAD_DATE: emit_bad_date(j); return true;
  case RAW_TEXT:
  case RAW_OPEN_TEXT: emit_text(j); return true;
  case RAW_END:
  case RAW_QUOTED_NAME:
  case RAW_OPEN_NAME:
  case RAW_PERCENT:
  case RAW_CLOCK:
  case RAW_SYMBOL:
  case RAW_COMMENT:
  case RAW_DOC:
  case RAW_BAD_BYTES:
  case RAW_BAD_SYMBOL: return false;
  }
  return false;
}
