/* Pieces: how each token is written, and what always stands between two of them. */
#include <string.h>
#include "scan/special.h"
#include "tools/layout.h"

/* ---- names ---- */

static TokenKind kind_before(const Layout *l, uint32_t at) {
  return at ? l->tokens->at[at - 1].kind : TOKEN_END_OF_STATEMENT;
}

/* What the names of the statement that begins at `at` have to heed. */
static void note_statement(Layout *l, uint32_t at) {
  const Token *tokens = l->tokens->at;
  l->first = tokens[at].kind;
  l->has_for = l->has_some = l->behind_colon = false;
  for (; tokens[at].kind != TOKEN_END_OF_STATEMENT && tokens[at].kind != TOKEN_END_OF_TEXT; at++) {
    if (tokens[at].kind == TOKEN_FOR) l->has_for = true;
    if (tokens[at].kind == TOKEN_SOME || tokens[at].kind == TOKEN_EVERY) l->has_some = true;
  }
}

static bool holds(const Layout *l, View name, NamePart part, uint32_t where) {
  return vocabulary_in_name(l->target, l->arena, name, part, where);
}

/* The keywords that count only in some statements. */
static bool holds_local_word(const Layout *l, View name) {
  uint32_t where = (l->has_for ? BEHIND_FOR : 0u) | (l->has_some ? BEHIND_SOME : 0u);
  switch ((int)l->first) {
  case TOKEN_JUDGEMENT: where |= l->behind_colon ? LINE_JUDGEMENT : 0u; break;
  case TOKEN_PARAMETER: where |= l->behind_colon ? LINE_PARAMETER : 0u; break;
  case TOKEN_APPLICATION: where |= LINE_APPLICATION; break;
  case TOKEN_EVERYTHING_IN: where |= LINE_EVERYTHING; break;
  case TOKEN_PIPE: where |= LINE_CELLS; break;
  case TOKEN_WITH: where |= LINE_OVERRIDE; break;
  case TOKEN_EXPECT: where |= LINE_EXPECT; break;
  default: break;
  }
  return where && holds(l, name, NAME_HOLDS, where);
}

static bool is_plain_label(const Layout *l, const Token *token, View name) {
  if (!vocabulary_is_label(l->target, l->arena, name)) return false;
  switch (token->label) {
  case LABEL_FIELD: return true;
  case LABEL_REQUIREMENT: return !holds(l, name, NAME_STARTS, IN_LEVEL | IN_ANY);
  case LABEL_OVERRIDE: return !view_starts(name, vocabulary_spelling(l->target, TOKEN_PARAMETER));
  case LABEL_NONE: break;
  }
  return false;
}

static View keyword_at(const Layout *l, uint32_t at) {
  const Token *token = &l->tokens->at[at];
  if (!token->phrase) return (View){0};
  return phrase_spelling_in(&l->vocabulary->phrases.at[token->phrase - 1], l->target->language);
}

static bool is_in_words(const Token *token) {
  switch ((int)token->kind) {
  case TOKEN_NAME:
  case TOKEN_NUMBER:
  case TOKEN_MONEY:
  case TOKEN_DURATION:
  case TOKEN_IN_CURRENCY:
  case TOKEN_YES:
  case TOKEN_NO: return true;
  default: return token->phrase > 0;
  }
}

/* On a line that goes on, words up to a colon would be a label, and a heading alone a heading: both begin a statement.
 * Called at the first token of each line. */
static void note_line(Layout *l, uint32_t at) {
  l->line_first = at;
  l->label_end = at;
  if (kind_before(l, at) == TOKEN_END_OF_STATEMENT) return;
  uint32_t end = at;
  while (is_in_words(&l->tokens->at[end])) end++;
  if (l->tokens->at[end].kind == TOKEN_COLON) l->label_end = end;
}

static bool would_begin(const Layout *l, uint32_t at, View name) {
  if (at < l->label_end) return true;
  bool begins = kind_before(l, at) == TOKEN_END_OF_STATEMENT;
  return at == l->line_first && !begins && holds(l, name, NAME_IS, SECTION_STARTS);
}

static bool is_plain_name(const Layout *l, uint32_t at, View name) {
  const Token *token = &l->tokens->at[at];
  TokenKind next = token[1].kind;
  if (token->label != LABEL_NONE) return is_plain_label(l, token, name);
  if (!vocabulary_is_plain(l->target, l->arena, name) || holds_local_word(l, name)) return false;
  if (would_begin(l, at, name)) return false;
  View before = at ? keyword_at(l, at - 1) : (View){0};
  if (vocabulary_straddles(l->target, l->arena, before, name, keyword_at(l, at + 1))) return false;
  if (next == TOKEN_TEXT && holds(l, name, NAME_ENDS, BEFORE_TEXT)) return false;
  if ((next == TOKEN_IN || next == TOKEN_IS_NOT_IN) && holds(l, name, NAME_STARTS, BEFORE_IN)) return false;
  bool begins = kind_before(l, at) == TOKEN_END_OF_STATEMENT;
  return !begins || !holds(l, name, NAME_STARTS, IN_CHOICE | IN_ANY | (next == TOKEN_WHEN ? 0u : (unsigned)IN_LEVEL));
}

/* nb behind `language` is what is written from now on. */
static View spell_name(const Layout *l, uint32_t at) {
  const Token *token = &l->tokens->at[at];
  if (kind_before(l, at) == TOKEN_LANGUAGE && l->target != l->vocabulary)
    return l->target->language == LANGUAGE_NB ? VIEW("nb") : VIEW("en");
  if (kind_before(l, at) == TOKEN_USE) return token->text;
  View name = glossary_name(l->glossary, token->start, token->text);
  if (is_plain_name(l, at, name)) return name;
  bool apostrophe = memchr(name.at, '\'', name.length) != NULL;
  return view_format(l->arena, apostrophe ? "‘%.*s’" : "'%.*s'", (int)name.length, name.at);
}

/* ---- literals ---- */

static uint32_t raw_from(const Layout *l, uint32_t start) {
  uint32_t low = 0, high = l->raw->count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (l->raw->at[middle].start <= start)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static View raw_view(const Layout *l, uint32_t i) {
  return (View){l->source->bytes.at + l->raw->at[i].start, l->raw->at[i].end - l->raw->at[i].start};
}

/* 1 500 000, 50%, NOK 2 million, 3 years, 2019-09-06 15:00: its parts with single blanks */
static View spell_literal(const Layout *l, const Token *token) {
  const RawToken *alone = &l->raw->at[raw_from(l, token->start)];
  if (alone->kind == RAW_NUMBER && alone->start == token->start && alone->end == token->end)
    return (View){l->source->bytes.at + token->start, token->end - token->start};
  Writer *w = writer_to_memory(l->arena);
  bool one = false, began = false;
  for (uint32_t i = raw_from(l, token->start); l->raw->at[i].start < token->end; i++) {
    const RawToken *raw = &l->raw->at[i];
    View text = raw_view(l, i), word = {0};
    if (raw->kind == RAW_NUMBER) one = view_is(text, "1") && !(began && l->raw->at[i - 1].kind == RAW_NUMBER);
    if (raw->kind == RAW_WORD)
      word = literal_word_in(l->arena, text, l->vocabulary->language, l->target->language, one);
    if (began && raw->kind != RAW_PERCENT) write_char(w, ' ');
    write_view(w, word.length ? word : text);
    if (word.length) one = false;
    began = true;
  }
  return writer_memory(w);
}

/* “…” and «…» become "…", in which a plain " is escaped. */
static View spell_text(const Layout *l, const Token *token) {
  View text = {l->source->bytes.at + token->start, token->end - token->start};
  if (text.at[0] == '"') return text;
  uint32_t open = (unsigned char)text.at[0] == 0xC2 ? 2 : 3, close = text.at[text.length - 1] == '"' ? 1 : open;
  Writer *w = writer_to_memory(l->arena);
  write_char(w, '"');
  for (uint32_t i = open; i + close < text.length; i++) {
    if (text.at[i] == '\\')
      write_char(w, text.at[i++]);
    else if (text.at[i] == '"')
      write_char(w, '\\');
    write_char(w, text.at[i]);
  }
  write_char(w, '"');
  return writer_memory(w);
}

/* ---- keywords and signs ---- */

static bool opens(TokenKind kind) {
  return kind == TOKEN_OPEN_PAREN || kind == TOKEN_OPEN_BRACKET || kind == TOKEN_OPEN_BRACE;
}

static bool closes(TokenKind kind) {
  return kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET || kind == TOKEN_CLOSE_BRACE;
}

static View spell_sign(TokenKind kind) {
  static const char *const signs[TOKEN_COUNT] = {
      [TOKEN_COLON] = ":",        [TOKEN_COMMA] = ",",         [TOKEN_DOT] = ".",        [TOKEN_RANGE_DOTS] = "..",
      [TOKEN_PIPE] = "|",         [TOKEN_DOUBLE_PIPE] = "||",  [TOKEN_OPEN_PAREN] = "(", [TOKEN_CLOSE_PAREN] = ")",
      [TOKEN_OPEN_BRACKET] = "[", [TOKEN_CLOSE_BRACKET] = "]", [TOKEN_OPEN_BRACE] = "{", [TOKEN_CLOSE_BRACE] = "}",
      [TOKEN_EQ] = "=",           [TOKEN_NE] = "!=",           [TOKEN_LT] = "<",         [TOKEN_LE] = "<=",
      [TOKEN_GT] = ">",           [TOKEN_GE] = ">=",           [TOKEN_PLUS] = "+",       [TOKEN_MINUS] = "-",
      [TOKEN_STAR] = "*",         [TOKEN_SLASH] = "/",         [TOKEN_POWER] = "**"};
  return signs[kind] ? view_of(signs[kind]) : (View){0};
}

static View spell_yes_no(const Layout *l, TokenKind kind) {
  bool nb = l->target->language == LANGUAGE_NB;
  if (kind == TOKEN_YES_NO) return nb ? VIEW("ja/nei") : VIEW("yes/no");
  if (kind == TOKEN_YES) return nb ? VIEW("ja") : VIEW("yes");
  return nb ? VIEW("nei") : VIEW("no");
}

/* in [1..6]: is a range what follows? */
static bool range_follows(const Token *token) {
  if (token[1].kind != TOKEN_OPEN_BRACKET && token[1].kind != TOKEN_OPEN_PAREN) return false;
  int depth = 0;
  for (token++; token->kind != TOKEN_END_OF_STATEMENT && token->kind != TOKEN_END_OF_TEXT; token++) {
    depth += opens(token->kind) - closes(token->kind);
    if (!depth) return false;
    if (depth == 1 && token->kind == TOKEN_RANGE_DOTS) return true;
  }
  return false;
}

/* in: blant a list, innenfor a range */
static View spell_in(const Layout *l, const Token *token, const Phrase *phrase) {
  uint32_t half = token->kind == TOKEN_IN ? 2 : 1;
  bool translated = l->target->language == LANGUAGE_NB && l->target != l->vocabulary;
  uint32_t choice = translated && range_follows(token) ? phrase->choice % half + half : phrase->choice;
  return phrase_choice_in(phrase, choice, l->target->language);
}

static View spell_keyword(const Layout *l, const Token *token) {
  const Phrase *phrase = token->phrase ? &l->vocabulary->phrases.at[token->phrase - 1] : NULL;
  if (phrase && (token->kind == TOKEN_IN || token->kind == TOKEN_IS_NOT_IN)) return spell_in(l, token, phrase);
  if (phrase) return phrase_spelling_in(phrase, l->target->language);
  View sign = spell_sign(token->kind);
  return sign.length ? sign : vocabulary_spelling(l->target, token->kind);
}

/* in EUR at, i EUR til kurs */
static View spell_currency_phrase(const Layout *l, const Token *token) {
  bool nb = l->target->language == LANGUAGE_NB;
  return view_format(l->arena, nb ? "i %.*s til kurs" : "in %.*s at", (int)token->text.length, token->text.at);
}

/* `at least 2 of`: the joiner keeps the number as the last token */
static View spell_number(const Layout *l, uint32_t at) {
  View number = spell_literal(l, &l->tokens->at[at]);
  if (kind_before(l, at) != TOKEN_GROUP_AT_LEAST) return number;
  View of = vocabulary_spelling(l->target, TOKEN_OF);
  return view_format(l->arena, "%.*s %.*s", (int)number.length, number.at, (int)of.length, of.at);
}

static View spell_token(const Layout *l, uint32_t at) {
  const Token *token = &l->tokens->at[at];
  switch ((int)token->kind) {
  case TOKEN_NAME: return spell_name(l, at);
  case TOKEN_TEXT: return spell_text(l, token);
  case TOKEN_NUMBER: return spell_number(l, at);
  case TOKEN_MONEY:
  case TOKEN_DATE:
  case TOKEN_MOMENT:
  case TOKEN_DURATION: return spell_literal(l, token);
  case TOKEN_YES:
  case TOKEN_NO:
  case TOKEN_YES_NO: return spell_yes_no(l, token->kind);
  case TOKEN_ZONE: return token->text;
  case TOKEN_IN_CURRENCY: return spell_currency_phrase(l, token);
  default: return spell_keyword(l, token);
  }
}

/* ---- between two tokens ---- */

/* Behind these a minus is a subtraction. */
static bool ends_operand(TokenKind kind) {
  switch ((int)kind) {
  case TOKEN_NAME:
  case TOKEN_TEXT:
  case TOKEN_NUMBER:
  case TOKEN_MONEY:
  case TOKEN_DATE:
  case TOKEN_MOMENT:
  case TOKEN_DURATION:
  case TOKEN_YES:
  case TOKEN_NO:
  case TOKEN_IF_MISSING:
  case TOKEN_CLOSE_PAREN:
  case TOKEN_CLOSE_BRACKET:
  case TOKEN_CLOSE_BRACE: return true;
  default: return false;
  }
}

/* f(x), list[1], table cap (x: T), not(a, b) in a cell, not (a or b) elsewhere */
static bool stands_off(const Layout *l, uint32_t at) {
  TokenKind before = kind_before(l, at), kind = l->tokens->at[at].kind;
  if (kind == TOKEN_OPEN_BRACKET) return before != TOKEN_NAME && !closes(before);
  if (before == TOKEN_NAME) return kind_before(l, at - 1) == TOKEN_TABLE;
  return !(before == TOKEN_NOT && l->first == TOKEN_PIPE);
}

/* Is a blank between the token at `at` and the one before it? */
static bool blank_before(const Layout *l, uint32_t at) {
  TokenKind before = kind_before(l, at), kind = l->tokens->at[at].kind;
  if (opens(before) || before == TOKEN_DOT || before == TOKEN_RANGE_DOTS) return false;
  if (closes(kind) || kind == TOKEN_COMMA || kind == TOKEN_COLON || kind == TOKEN_DOT || kind == TOKEN_RANGE_DOTS)
    return false;
  if (kind == TOKEN_PIPE && before == TOKEN_PIPE) /* two bars that stand together begin no row */
    return l->tokens->at[at].start > l->tokens->at[at - 1].end;
  if (kind == TOKEN_PIPE || kind == TOKEN_DOUBLE_PIPE) return true;
  if (before == TOKEN_MINUS && !ends_operand(kind_before(l, at - 1))) return false;
  return (kind != TOKEN_OPEN_PAREN && kind != TOKEN_OPEN_BRACKET) || stands_off(l, at);
}

static bool is_blank_byte(const Source *source, uint32_t at) {
  char c = source->bytes.at[at];
  return c == ' ' || c == '\t';
}

/* A no-break blank's last byte, and those of the other blanks that Word writes */
static uint32_t blank_length(const Source *source, uint32_t end) {
  if (end >= 1 && is_blank_byte(source, end - 1)) return 1;
  if (end >= 2 && memcmp(source->bytes.at + end - 2, "\xC2\xA0", 2) == 0) return 2;
  if (end < 3) return 0;
  const char *at = source->bytes.at + end - 3;
  return memcmp(at, "\xE2\x80\xAF", 3) == 0 || memcmp(at, "\xE2\x80\x89", 3) == 0 ? 3 : 0;
}

static void note_blanks(const Layout *l, Piece *piece) {
  uint32_t count = 0, at = piece->token->start;
  for (uint32_t length; count < 2 && (length = blank_length(l->source, at)); at -= length)
    count += l->source->bytes.at[at - 1] == '\t' ? 2 : 1;
  piece->apart = count > 0;
  piece->wide = count > 1;
}

/* NOK per EUR, by granted: the joiner has dropped the comma */
static void restore_comma(const Layout *l, Piece *piece) {
  if (piece->token->kind != TOKEN_BY || l->first != TOKEN_PARAMETER) return;
  piece->text = view_format(l->arena, ", %.*s", (int)piece->text.length, piece->text.at);
  piece->gap = 0;
}

/* Counted on from the piece before it on the line: a line may have thousands. */
static uint32_t column_of(const Layout *l, const Token *token, uint32_t line) {
  const Piece *before = l->pieces.count ? &l->pieces.at[l->pieces.count - 1] : NULL;
  if (!before || before->line != line) return source_column(l->source, token->start);
  uint32_t from = before->token->start;
  return before->column + (uint32_t)utf8_count((View){l->source->bytes.at + from, token->start - from});
}

void layout_spell(Layout *l) {
  uint32_t statement = 0;
  for (uint32_t at = 0; at < l->tokens->count; at++) {
    const Token *token = &l->tokens->at[at];
    if (kind_before(l, at) == TOKEN_END_OF_STATEMENT) note_statement(l, at);
    if (token->kind == TOKEN_END_OF_STATEMENT) statement++;
    if (token->kind == TOKEN_COLON) l->behind_colon = true;
    if (token->kind == TOKEN_END_OF_STATEMENT || token->kind == TOKEN_END_OF_TEXT) continue;
    uint32_t line = source_line(l->source, token->start);
    if (!l->pieces.count || l->pieces.at[l->pieces.count - 1].line != line) note_line(l, at);
    Piece piece = {.token = token,
                   .text = spell_token(l, at),
                   .line = line,
                   .column = column_of(l, token, line),
                   .statement = statement,
                   .gap = blank_before(l, at) ? 1 : 0};
    note_blanks(l, &piece);
    restore_comma(l, &piece);
    list_push(l->arena, &l->pieces, piece);
  }
}
