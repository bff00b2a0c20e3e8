#include "scan/join.h"
#include <string.h>
#include "scan/joiner.h"

/* ---- raw tokens ---- */

View raw_text(const Joiner *j, uint32_t i) {
  const RawToken *raw = raw_at(j, i);
  return (View){j->source->bytes.at + raw->start, raw->end - raw->start};
}

/* Word writes ’ where a keyboard writes ' */
static View straight_apostrophe(Arena *arena, View word) {
  static const char curly[] = "\xE2\x80\x99";
  if (!memchr(word.at, '\xE2', word.length)) return word;
  char *out = arena_alloc(arena, word.length + 1u);
  uint32_t length = 0;
  for (uint32_t i = 0; i < word.length; i++) {
    bool tick = i + 3 <= word.length && memcmp(word.at + i, curly, 3) == 0;
    out[length++] = tick ? '\'' : word.at[i];
    if (tick) i += 2;
  }
  return (View){out, length};
}

View raw_word(const Joiner *j, uint32_t i) { return view_nfc(j->arena, straight_apostrophe(j->arena, raw_text(j, i))); }

bool raw_is_symbol(const Joiner *j, uint32_t i, TokenKind symbol) {
  const RawToken *raw = raw_at(j, i);
  return raw->kind == RAW_SYMBOL && raw->symbol == symbol;
}

bool raw_begins_line(const Joiner *j, uint32_t i) {
  const RawToken *raw = raw_at(j, i);
  return raw->first_on_line || raw->kind == RAW_END;
}

Span raw_span(const Joiner *j, uint32_t first, uint32_t last) {
  return (Span){j->source_index, raw_at(j, first)->start, raw_at(j, last)->end};
}

/* ---- output ---- */

DiagQueue *mistake(Joiner *j) {
  j->mistaken = true;
  return j->diags;
}

/* What is remembered of a statement's tokens, so that nobody has to walk back over them. */
static void note_token(Joiner *j, TokenKind kind) {
  if (kind == TOKEN_OPEN_PAREN || kind == TOKEN_OPEN_BRACKET || kind == TOKEN_OPEN_BRACE) j->open_brackets++;
  bool closes = kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET || kind == TOKEN_CLOSE_BRACE;
  if (closes && j->open_brackets) j->open_brackets--;
  if (kind == TOKEN_COLON) j->behind_colon = true;
  if (kind == TOKEN_FOR) j->has_for = true;
  if (kind == TOKEN_SOME || kind == TOKEN_EVERY) j->has_some = true;
  if (kind == TOKEN_IF) j->open_ifs++;
  if (kind == TOKEN_ELSE && j->open_ifs) j->open_ifs--;
  j->listing = kind == TOKEN_ONE_OF || (j->listing && (kind == TOKEN_NAME || kind == TOKEN_COMMA));
}

Token *emit(Joiner *j, TokenKind kind, uint32_t first_raw, uint32_t last_raw) {
  Span span = raw_span(j, first_raw, last_raw);
  Token token = {
      .kind = kind, .start = span.start, .end = span.end, .doubtful = j->mistaken, .depth = (uint16_t)j->sections.count};
  if (at_statement_start(j)) {
    j->first = first_raw;
    if (j->docs) token.doc = j->docs[first_raw];
  }
  note_token(j, kind);
  list_push(j->arena, j->out, token);
  return &j->out->at[j->out->count - 1];
}

TokenKind last_kind(const Joiner *j) {
  return j->out->count ? j->out->at[j->out->count - 1].kind : TOKEN_END_OF_STATEMENT;
}

bool last_can_end(const Joiner *j) {
  static const bool can_end[TOKEN_COUNT] = {
#define TOKEN(kind, called, ends) [TOKEN_##kind] = ends,
#include "scan/tokens.def"
#undef TOKEN
  };
  return can_end[last_kind(j)];
}

bool at_statement_start(const Joiner *j) { return last_kind(j) == TOKEN_END_OF_STATEMENT; }

void end_statement(Joiner *j) {
  if (!at_statement_start(j)) {
    uint32_t end = j->out->at[j->out->count - 1].end;
    Token token = {.kind = TOKEN_END_OF_STATEMENT, .start = end, .end = end, .doubtful = j->mistaken};
    list_push(j->arena, j->out, token);
  }
  j->first = j->at;
  j->keyword = TOKEN_END_OF_STATEMENT;
  j->line_kind = 0;
  j->open_brackets = j->open_ifs = 0;
  j->behind_colon = j->listing = j->mistaken = j->has_for = j->has_some = false;
}

/* ---- keywords ---- */

bool words_match(const Joiner *j, uint32_t i, const Phrase *phrase) {
  for (uint32_t w = 0; w < phrase->word_count; w++) {
    const RawToken *raw = raw_at(j, i + w);
    if (raw->kind != RAW_WORD || (w > 0 && raw->first_on_line)) return false;
    if (!view_equal(view_fold(j->arena, raw_word(j, i + w)), phrase->words[w])) return false;
  }
  return true;
}

static uint32_t currency_phrase(const Joiner *j, uint32_t i);

/* "x in …": words, then the keyword `in` on the same line, and no other operator before it */
static bool name_and_in_follow(const Joiner *j, uint32_t i) {
  for (uint32_t k = i; !raw_begins_line(j, k) && raw_at(j, k)->kind == RAW_WORD && !currency_phrase(j, k); k++)
    for (const Phrase *p = vocabulary_first(j->vocabulary, view_fold(j->arena, raw_word(j, k))); p;
         p = vocabulary_next(j->vocabulary, p)) {
      if (!(p->where & ANYWHERE) || (p->where & CONDITIONS) || k == i || !words_match(j, k, p)) continue;
      return p->token == TOKEN_IN && p->word_count == 1;
    }
  return false;
}

static bool of_follows(const Joiner *j, uint32_t i) {
  if (raw_begins_line(j, i) || raw_at(j, i)->kind != RAW_WORD) return false;
  return view_equal(view_fold(j->arena, raw_word(j, i)), vocabulary_spelling(j->vocabulary, TOKEN_OF));
}

static bool literal_follows(const Joiner *j, uint32_t i, const Phrase *phrase) {
  uint32_t where = phrase->where;
  if (raw_begins_line(j, i)) return false;
  RawKind kind = raw_at(j, i)->kind;
  if ((where & BEFORE_TEXT) && (kind == RAW_TEXT || kind == RAW_OPEN_TEXT)) return true;
  if ((where & BEFORE_DATE) && starts_date(j, i)) return true;
  /* at least -5; but `weight -5` takes 5 from a field of that name */
  bool may_be_negative =
      phrase->token == TOKEN_AT_LEAST || phrase->token == TOKEN_AT_MOST || phrase->token == TOKEN_SCALE;
  if (may_be_negative && raw_is_symbol(j, i, TOKEN_MINUS) && !raw_begins_line(j, i + 1)) i++;
  return (where & BEFORE_NUMBER) && starts_number(j, i);
}

static bool behind_number(const Joiner *j) {
  TokenKind last = last_kind(j);
  return last == TOKEN_NUMBER || last == TOKEN_MONEY || last == TOKEN_DATE || last == TOKEN_DURATION;
}

/* `is`, `is not`, … are operators only where a value stands before them: "is registered" may be a name. */
static bool lacks_left_side(const Joiner *j, const Phrase *phrase, uint32_t place) {
  if (!(place & FIRST) || (last_can_end(j) && last_kind(j) != TOKEN_PIPE)) return false;
  return phrase_needs_left_side(phrase);
}

/* at least half of; at least 3 of; at least NOK 5 */
static bool amount_follows(const Joiner *j, uint32_t i) {
  if (raw_begins_line(j, i)) return false;
  if (raw_is_symbol(j, i, TOKEN_MINUS)) return starts_number(j, i + 1);
  RawKind kind = raw_at(j, i)->kind;
  if (starts_number(j, i) || kind == RAW_DATE || kind == RAW_BAD_DATE) return true;
  const Phrase *phrase = phrase_at(j, i, FIRST);
  return phrase && phrase->token == TOKEN_HALF;
}

static bool conditions_hold(const Joiner *j, uint32_t next, const Phrase *phrase) {
  if ((phrase->where & BEFORE_IN) && !name_and_in_follow(j, next)) return false;
  if ((phrase->where & BEHIND_FOR) && !j->has_for) return false;
  if ((phrase->where & BEHIND_SOME) && !j->has_some) return false;
  if ((phrase->where & BEFORE_AMOUNT) && !amount_follows(j, next)) return false;
  return !(phrase->where & BEFORE_OF) || of_follows(j, next);
}

static bool phrase_counts(const Joiner *j, uint32_t i, const Phrase *phrase, uint32_t place) {
  uint32_t next = i + phrase->word_count;
  uint32_t where = phrase->where & ~(uint32_t)CONDITIONS;
  if ((where & (LINE_JUDGEMENT | LINE_PARAMETER)) && !j->behind_colon) return false; /* its own name may hold a "by" */
  bool counts = (where & (place | j->line_kind)) != 0 || literal_follows(j, next, phrase);
  if ((place & FIRST) && (where & BEHIND_NUMBER)) counts |= behind_number(j);
  if ((place & FIRST) && (where & BEHIND_COUNT)) counts |= behind_number(j) || last_kind(j) == TOKEN_HALF;
  if (!counts || lacks_left_side(j, phrase, place)) return false;
  return conditions_hold(j, next, phrase);
}

const Phrase *phrase_at(const Joiner *j, uint32_t i, uint32_t place) {
  if (raw_at(j, i)->kind != RAW_WORD) return NULL;
  const Phrase *phrase = vocabulary_first(j->vocabulary, view_fold(j->arena, raw_word(j, i)));
  for (; phrase; phrase = vocabulary_next(j->vocabulary, phrase))
    if (words_match(j, i, phrase) && phrase_counts(j, i, phrase, place | ANYWHERE)) return phrase;
  return NULL;
}

const Phrase *section_phrase(const Joiner *j, uint32_t i, uint32_t place) {
  if (raw_at(j, i)->kind != RAW_WORD) return NULL;
  const Phrase *phrase = vocabulary_first(j->vocabulary, view_fold(j->arena, raw_word(j, i)));
  for (; phrase; phrase = vocabulary_next(j->vocabulary, phrase))
    if ((phrase->where & place & SECTION_STARTS) && words_match(j, i, phrase)) return phrase;
  return NULL;
}

/* The line's words are looked at one by one, so a keyword inside a quoted name or a text is not seen. */
bool line_has(const Joiner *j, uint32_t i, TokenKind keyword) {
  for (uint32_t k = i; k == i || !raw_begins_line(j, k); k++) {
    if (raw_at(j, k)->kind == RAW_END) return false;
    const Phrase *phrase = phrase_at(j, k, 0);
    if (phrase && phrase->token == keyword) return true;
  }
  return false;
}

/* ---- phrases ---- */

/* `at least 2 of` at the end of a line opens a group of labelled requirements, `at least 2 of members` counts. */
static void open_group(Joiner *j, const Phrase *phrase) {
  SectionKind section = section_kind(j);
  if ((section != SECTION_LEVEL && section != SECTION_GROUP) || !raw_begins_line(j, j->at)) return;
  Token *out = j->out->at + j->out->count;
  uint32_t start, end = out[-1].end;
  if (phrase->token == TOKEN_ALL_OF || phrase->token == TOKEN_ANY_OF) {
    out[-1].kind = phrase->token == TOKEN_ALL_OF ? TOKEN_GROUP_ALL : TOKEN_GROUP_ANY;
    start = out[-1].start;
  } else if (phrase->token == TOKEN_OF && j->out->count >= 3 && out[-2].kind == TOKEN_NUMBER &&
             out[-3].kind == TOKEN_AT_LEAST) {
    out[-3].kind = TOKEN_GROUP_AT_LEAST;
    start = out[-3].start;
    j->out->count--;
  } else {
    return;
  }
  section_open(j, SECTION_GROUP, start, end);
  end_statement(j);
}

void emit_phrase(Joiner *j, const Phrase *phrase) {
  uint32_t first = j->at;
  Token *token = emit(j, phrase->token, first, first + phrase->word_count - 1);
  token->value = phrase->value;
  token->phrase = vocabulary_index(j->vocabulary, phrase) + 1;
  j->at += phrase->word_count;
  open_group(j, phrase);
}

/* ---- names ---- */

/* amount in EUR at rate: the words from `in` to `at`; 0 where they do not stand there */
static uint32_t currency_phrase(const Joiner *j, uint32_t i) {
  bool nb = j->vocabulary->language == LANGUAGE_NB;
  if (raw_at(j, i)->kind != RAW_WORD || !view_is(view_fold(j->arena, raw_word(j, i)), nb ? "i" : "in")) return 0;
  if (raw_begins_line(j, i + 1) || !is_currency(j, i + 1)) return 0;
  static const char *const behind[LANGUAGE_COUNT][2] = {{"at", NULL}, {"til", "kurs"}};
  for (uint32_t k = 0; k < 2 && behind[j->vocabulary->language][k]; k++) {
    if (raw_begins_line(j, i + 2 + k) || raw_at(j, i + 2 + k)->kind != RAW_WORD) return 0;
    if (!view_is(view_fold(j->arena, raw_word(j, i + 2 + k)), behind[j->vocabulary->language][k])) return 0;
  }
  return nb ? 4 : 3;
}

static void emit_currency_phrase(Joiner *j, uint32_t words) {
  emit(j, TOKEN_IN_CURRENCY, j->at, j->at + words - 1)->text = raw_text(j, j->at + 1);
  j->at += words;
}

static bool is_word(const Joiner *j, uint32_t i, const char *word) {
  return raw_at(j, i)->kind == RAW_WORD && !raw_begins_line(j, i) && view_is(raw_word(j, i), word);
}

/* The name of a function of FEEL, with a keyword in it: years and months duration(a, b) */
static bool is_inside_feel_name(const Joiner *j, uint32_t i) {
  return is_word(j, i, "and") && i > 0 && view_is(raw_word(j, i - 1), "years") && is_word(j, i + 1, "months") &&
         is_word(j, i + 2, "duration") && raw_is_symbol(j, i + 3, TOKEN_OPEN_PAREN);
}

/* Does the run of words end before raw token i? */
static bool run_ends(const Joiner *j, uint32_t i) {
  if (raw_begins_line(j, i) || raw_at(j, i)->kind != RAW_WORD) return true;
  if (starts_number(j, i) || currency_phrase(j, i)) return true; /* a currency and its number; in EUR at … */
  if (is_inside_feel_name(j, i)) return false;
  return phrase_at(j, i, 0) != NULL;
}

View words_of(const Joiner *j, uint32_t first, uint32_t last) {
  if (first == last) return raw_word(j, first);
  Writer *w = writer_to_memory(j->arena);
  for (uint32_t i = first; i <= last; i++) {
    if (i > first) write_char(w, ' ');
    write_view(w, raw_word(j, i));
  }
  return writer_memory(w);
}

void emit_words(Joiner *j, uint32_t first, uint32_t last) {
  View name = words_of(j, first, last);
  Token *token = emit(j, TOKEN_NAME, first, last);
  token->text = name;
  j->at = last + 1;
}

static bool emit_yes_no(Joiner *j, uint32_t last) {
  if (last != j->at) return false;
  bool nb = j->vocabulary->language == LANGUAGE_NB;
  View word = view_fold(j->arena, raw_word(j, j->at));
  bool yes = view_is(word, nb ? "ja" : "yes"), no = view_is(word, nb ? "nei" : "no");
  if (!yes && !no) return false;
  bool type = yes && raw_is_symbol(j, j->at + 1, TOKEN_SLASH) && !raw_at(j, j->at + 1)->blank_before &&
              raw_at(j, j->at + 2)->kind == RAW_WORD && !raw_at(j, j->at + 2)->blank_before;
  emit(j, type ? TOKEN_YES_NO : yes ? TOKEN_YES : TOKEN_NO, j->at, type ? j->at + 2 : j->at);
  j->at += type ? 3 : 1;
  return true;
}

void emit_run(Joiner *j) {
  uint32_t last = j->at;
  while (!run_ends(j, last + 1)) last++;
  if (!emit_yes_no(j, last)) emit_words(j, j->at, last);
}

void emit_quoted_name(Joiner *j) {
  View text = raw_text(j, j->at);
  bool open = raw_at(j, j->at)->kind == RAW_OPEN_NAME;
  uint32_t quote = text.at[0] == '\'' ? 1 : 3;
  if (open) diag_add(mistake(j), MSG_E0103, raw_span(j, j->at, j->at), DIAG_END);
  View inner = {text.at + quote, text.length - (open ? quote : 2 * quote)};
  Token *token = emit(j, TOKEN_NAME, j->at, j->at);
  token->text = view_nfc(j->arena, straight_apostrophe(j->arena, view_trim(inner)));
  token->quoted = true;
  j->at++;
}

/* ---- the pass ---- */

/* Bytes that stand together are one mistake. */
static void join_bad_bytes(Joiner *j) {
  uint32_t first = j->at, last = first;
  while (raw_at(j, last + 1)->kind == RAW_BAD_BYTES && raw_at(j, last + 1)->start == raw_at(j, last)->end) last++;
  diag_add(mistake(j), MSG_E0101, raw_span(j, first, last), raw_text(j, first), DIAG_END);
  j->at = last + 1;
}

/* || parts what is asked from what is answered in a decision table or a test; in a data table a cell between is empty. */
static bool join_double_pipe(Joiner *j) {
  if (!view_is(raw_text(j, j->at), "||")) return false;
  SectionKind section = section_kind(j);
  bool cells = section == SECTION_TABLE || section == SECTION_TEST;
  if (!cells && section != SECTION_ROWS) return false;
  Token *token = emit(j, cells ? TOKEN_DOUBLE_PIPE : TOKEN_PIPE, j->at, j->at);
  if (!cells) {
    token->end--;
    emit(j, TOKEN_PIPE, j->at, j->at)->start++;
  }
  j->at++;
  return true;
}

static void join_bad_symbol(Joiner *j) {
  const RawToken *raw = raw_at(j, j->at);
  View text = raw_text(j, j->at);
  Span span = raw_span(j, j->at, j->at);
  if (join_double_pipe(j)) return;
  if (raw->symbol != TOKEN_END_OF_TEXT) {
    static const char *const right_form[TOKEN_COUNT] = {
        [TOKEN_EQ] = "=",    [TOKEN_NE] = "!=", [TOKEN_GE] = ">=",   [TOKEN_LE] = "<=",
        [TOKEN_AND] = "and", [TOKEN_OR] = "or", [TOKEN_NOT] = "not", [TOKEN_POWER] = "**"};
    diag_add(mistake(j), MSG_E0117, span, text, view_of(right_form[raw->symbol]), DIAG_END);
    emit(j, raw->symbol, j->at, j->at);
  } else if (text.at[0] == ';') {
    diag_add(mistake(j), MSG_E0118, span, DIAG_END);
  } else {
    diag_add(mistake(j), MSG_E0119, span, text, DIAG_END);
    emit(j, TOKEN_MINUS, j->at, j->at);
  }
  j->at++;
}

/* Europe/Oslo */
static void emit_zone(Joiner *j) {
  uint32_t last = j->at;
  while (!raw_begins_line(j, last + 1) && !raw_at(j, last + 1)->blank_before) last++;
  emit(j, TOKEN_ZONE, j->at, last)->text = span_text(j->diags->sources, raw_span(j, j->at, last));
  j->at = last + 1;
}

/* currency NOK, EUR: known from here on */
static void note_currency(Joiner *j) {
  list_push(j->arena, j->currencies, raw_text(j, j->at));
  emit_words(j, j->at, j->at);
}

/* `end` at the end of a line, behind a literal: the one that closes a section written on one line */
static bool is_inline_end(const Joiner *j) {
  if (!section_phrase(j, j->at, IN_ANY) || !raw_begins_line(j, j->at + 1) || !j->sections.count) return false;
  TokenKind last = last_kind(j);
  return last == TOKEN_TEXT || last == TOKEN_NUMBER || last == TOKEN_MONEY || last == TOKEN_DATE;
}

static void join_word(Joiner *j) {
  const Phrase *phrase = phrase_at(j, j->at, FIRST);
  if (last_kind(j) == TOKEN_TIME_ZONE)
    emit_zone(j);
  else if (j->keyword == TOKEN_CURRENCY)
    note_currency(j);
  else if (is_inline_end(j))
    section_close(j, j->at++);
  else if (j->listing && join_value_name(j))
    return;
  else if (starts_number(j, j->at))
    join_literal(j);
  else if (currency_phrase(j, j->at))
    emit_currency_phrase(j, currency_phrase(j, j->at));
  else if (phrase)
    emit_phrase(j, phrase);
  else
    emit_run(j);
}

/* NOK per EUR, by granted: the comma says no more than the word behind it */
static bool is_comma_before_by(const Joiner *j) {
  if (j->line_kind != LINE_PARAMETER || !j->behind_colon || !raw_is_symbol(j, j->at, TOKEN_COMMA)) return false;
  const Phrase *phrase = phrase_at(j, j->at + 1, 0);
  return phrase && phrase->token == TOKEN_BY;
}

/* |---|---|, | --- | --- |, |:--|: a line as other tables have it under their head. What stands behind -- is a comment. */
static bool join_drawn_line(Joiner *j) {
  SectionKind section = section_kind(j);
  uint32_t last = raw_is_symbol(j, j->at + 1, TOKEN_COLON) ? j->at + 1 : j->at;
  if ((section != SECTION_TABLE && section != SECTION_TEST && section != SECTION_ROWS) || !raw_begins_line(j, last + 1))
    return false;
  View bytes = j->source->bytes;
  uint32_t at = raw_at(j, last)->end, end;
  while (at < bytes.length && bytes.at[at] == ' ') at++;
  if (at + 1 >= bytes.length || bytes.at[at] != '-' || bytes.at[at + 1] != '-') return false;
  for (end = at; end < bytes.length &&
                 (bytes.at[end] == '-' || bytes.at[end] == '|' || bytes.at[end] == ':' || bytes.at[end] == ' ');)
    end++;
  while (bytes.at[end - 1] == ' ') end--;
  diag_add(j->diags, MSG_E0229, (Span){j->source_index, raw_at(j, j->at)->start, end}, DIAG_END);
  j->at = last + 1;
  return true;
}

/* A row of a decision table or of cases, up to its last sign | or to the row below: its cells are parted by || once. */
static void refuse_row_without_parts(Joiner *j) {
  uint32_t i = j->at + 1;
  for (; raw_at(j, i)->kind != RAW_END; i++) {
    bool line = raw_begins_line(j, i), pipe = raw_is_symbol(j, i, TOKEN_PIPE);
    if (line && (pipe || raw_is_symbol(j, i - 1, TOKEN_PIPE))) break;
    if (raw_at(j, i)->kind == RAW_BAD_SYMBOL && view_is(raw_text(j, i), "||")) return;
  }
  if (!raw_is_symbol(j, i - 1, TOKEN_PIPE) || i - 1 == j->at) return;
  diag_add(mistake(j), MSG_E0228, raw_span(j, j->at, i - 1), DIAG_END);
  j->meant_double = 0; /* mostly the last cell is what the row gives */
  for (uint32_t k = j->at + 1; k < i - 1; k++)
    if (raw_is_symbol(j, k, TOKEN_PIPE)) j->meant_double = k;
}

static void join_symbol(Joiner *j) {
  bool row = at_statement_start(j) && raw_is_symbol(j, j->at, TOKEN_PIPE);
  if (row && join_drawn_line(j)) return;
  if (row && (section_kind(j) == SECTION_TABLE || section_kind(j) == SECTION_TEST)) refuse_row_without_parts(j);
  bool parts = j->meant_double && j->at == j->meant_double;
  if (!is_comma_before_by(j)) emit(j, parts ? TOKEN_DOUBLE_PIPE : raw_at(j, j->at)->symbol, j->at, j->at);
  if (row && (section_kind(j) == SECTION_TABLE || section_kind(j) == SECTION_TEST)) j->line_kind = LINE_CELLS;
  j->at++;
}

/* 15:00 without a date, % without a number: a value was meant */
static void join_stray_literal(Joiner *j) {
  diag_add(mistake(j), MSG_E0120, raw_span(j, j->at, j->at), raw_text(j, j->at), DIAG_END);
  emit(j, TOKEN_NUMBER, j->at, j->at)->refused = true;
  j->at++;
}

static void join_one(Joiner *j) {
  if (begins_statement(j)) end_statement(j);
  const RawToken *raw = raw_at(j, j->at);
  if (at_statement_start(j) &&
      (raw->kind == RAW_WORD || section_kind(j) == SECTION_TOP || raw->kind == RAW_QUOTED_NAME)) {
    uint32_t before = j->at;
    join_statement_start(j);
    if (j->at != before) return;
    raw = raw_at(j, j->at);
  }
  if (raw->kind == RAW_WORD)
    join_word(j);
  else if (raw->kind == RAW_SYMBOL)
    join_symbol(j);
  else if (raw->kind == RAW_QUOTED_NAME || raw->kind == RAW_OPEN_NAME)
    emit_quoted_name(j);
  else if (raw->kind == RAW_BAD_BYTES)
    join_bad_bytes(j);
  else if (raw->kind == RAW_BAD_SYMBOL)
    join_bad_symbol(j);
  else if (!join_literal(j))
    join_stray_literal(j);
}

/* At most one token comes of each raw one, and the ends of statements: of most texts fewer than a quarter as many. */
static void make_room(Joiner *j) { list_reserve(j->arena, j->out, j->raw.count + j->raw.count / 4 + 8); }

static void join_all(Joiner *j) {
  make_room(j);
  j->out->count = 0;
  j->sections.count = 0;
  j->closed_by = UINT32_MAX;
  j->unclosed = false;
  j->at = 0;
  end_statement(j);
  for (j->at = 0; raw_at(j, j->at)->kind != RAW_END;) join_one(j);
  section_close_all(j);
  emit(j, TOKEN_END_OF_TEXT, j->raw.count - 1, j->raw.count - 1);
}

/* --| lines in front of a statement are its documentation; other comments are only for fmt. */
static void set_comments_aside(Joiner *j, const RawTokenList *raw) {
  j->docs = arena_array(j->arena, View, raw->count);
  list_reserve(j->arena, &j->raw, raw->count);
  Writer *doc = NULL;
  for (uint32_t i = 0; i < raw->count; i++) {
    const RawToken *token = &raw->at[i];
    if (token->kind == RAW_COMMENT) continue;
    if (token->kind == RAW_DOC) {
      if (!doc)
        doc = writer_to_memory(j->arena);
      else
        write_char(doc, '\n');
      write_view(doc, view_trim((View){j->source->bytes.at + token->start + 3, token->end - token->start - 3}));
      continue;
    }
    if (doc) j->docs[j->raw.count] = writer_memory(doc);
    list_push(j->arena, &j->raw, *token);
    doc = NULL;
  }
}

void join_tokens(Arena *arena, DiagQueue *diags, uint32_t source, const Vocabulary *vocabulary, const RawTokenList *raw,
                 ViewList *currencies, TokenList *out) {
  DiagQueue trial;
  diag_init(&trial, arena, diags->sources);
  Joiner j = {.arena = arena,
              .diags = &trial,
              .source_index = source,
              .source = diags->sources->at[source],
              .vocabulary = vocabulary,
              .currencies = currencies,
              .out = out};
  set_comments_aside(&j, raw);
  join_all(&j);
  if (!trial.items.count) return;
  /* something is to be told: once more, with what the first try has learnt about the sections */
  j.diags = diags;
  j.second = true;
  j.by_column = j.unclosed;
  join_all(&j);
}

static uint32_t next_word(const RawTokenList *raw, uint32_t i) {
  while (raw->at[i].kind == RAW_COMMENT || raw->at[i].kind == RAW_DOC) i++;
  return i;
}

Language join_language(const Source *source, const RawTokenList *raw) {
  uint32_t first = next_word(raw, 0);
  if (raw->at[first].kind != RAW_WORD) return LANGUAGE_EN;
  uint32_t second = next_word(raw, first + 1);
  if (raw->at[second].kind != RAW_WORD || raw->at[second].first_on_line) return LANGUAGE_EN;
  View keyword = {source->bytes.at + raw->at[first].start, raw->at[first].end - raw->at[first].start};
  View name = {source->bytes.at + raw->at[second].start, raw->at[second].end - raw->at[second].start};
  bool names_language = view_is(keyword, "language") || view_is(keyword, "språk");
  return names_language && view_is(name, "nb") ? LANGUAGE_NB : LANGUAGE_EN;
}
