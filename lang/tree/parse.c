#include "tree/parse.h"
#include "tree/grammar.h"

_Thread_local Arena *grammar_arena;
extern _Thread_local Arena *grammar_arena;

/* ---- what is told about a token that cannot stand where it stands ---- */

static Span token_span(const ParseState *state, uint32_t at) {
  const Token *token = &state->tokens->at[at];
  return (Span){state->source, token->start, token->end};
}

static View token_text(const ParseState *state, uint32_t at) {
  return span_text(state->builder.diags->sources, token_span(state, at));
}

static bool contains(const TokenKind *kinds, uint32_t count, TokenKind kind) {
  for (uint32_t i = 0; i < count; i++)
    if (kinds[i] == kind) return true;
  return false;
}

/* An open bracket before token `at` in its statement; 0 if none (no statement begins with a bracket). */
static uint32_t open_bracket_before(const ParseState *state, uint32_t at) {
  int depth = 0;
  for (uint32_t i = at; i > 0 && state->tokens->at[i - 1].kind != TOKEN_END_OF_STATEMENT; i--) {
    TokenKind kind = state->tokens->at[i - 1].kind;
    if (kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET || kind == TOKEN_CLOSE_BRACE) depth++;
    if (kind == TOKEN_OPEN_PAREN || kind == TOKEN_OPEN_BRACKET || kind == TOKEN_OPEN_BRACE)
      if (depth-- == 0) return i - 1;
  }
  return 0;
}

/* An open bracket at the end of its statement, a closing one that does not match, or one too many. */
static bool report_bracket(ParseState *state) {
  TokenKind kind = state->tokens->at[state->at].kind;
  bool ends = kind == TOKEN_END_OF_STATEMENT || kind == TOKEN_END_OF_TEXT || kind == TOKEN_END;
  bool closes = kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET || kind == TOKEN_CLOSE_BRACE;
  if (!ends && !closes) return false;
  uint32_t open = open_bracket_before(state, state->at);
  bool matches =
      closes && open && (int)kind - (int)state->tokens->at[open].kind == (int)TOKEN_CLOSE_PAREN - (int)TOKEN_OPEN_PAREN;
  if (matches || (ends && !open)) return false;
  Span span = token_span(state, open ? open : state->at);
  View text = token_text(state, open ? open : state->at);
  Diag *diag = diag_add(state->builder.diags, open ? MSG_E0202 : MSG_E0211, span, text, DIAG_END);
  if (open && closes) diag->other = token_span(state, state->at);
  return true;
}

/* “weigth 60%”: a keyword that counts only before a number, misspelt */
static bool report_misspelt_word(ParseState *state) {
  uint32_t at = state->at;
  const Token *tokens = state->tokens->at;
  bool number = tokens[at].kind == TOKEN_NUMBER || tokens[at].kind == TOKEN_MONEY;
  if (!at || tokens[at - 1].kind != TOKEN_NAME || tokens[at - 1].quoted || !number) return false;
  const Phrase *near = vocabulary_nearest(state->vocabulary, state->builder.arena, tokens[at - 1].text, BEFORE_NUMBER);
  if (!near) return false;
  diag_add(state->builder.diags, MSG_E0116, token_span(state, at - 1), token_text(state, at - 1), near->spelling,
           DIAG_END);
  return true;
}

/* “level 2”, “Møre and Romsdal”: a name that needs quotes. The joined form is offered. */
/* “kr 300 000”, “SEK 5”: an amount in a currency that the programme does not name */
static bool is_amount_elsewhere(View name, TokenKind next) {
  if (next != TOKEN_NUMBER) return false;
  uint32_t word = name.length;
  while (word > 0 && name.at[word - 1] != ' ') word--;
  View last = {name.at + word, name.length - word};
  if (view_is(last, "kr") || view_is(last, "Kr")) return true;
  for (uint32_t i = 0; i < last.length; i++)
    if (last.at[i] < 'A' || last.at[i] > 'Z') return false;
  return last.length == 3;
}

/* The statement of token `first` has no label; `condition` is where what it asks begins. */
static void tell_missing_label(ParseState *state, uint32_t first, uint32_t condition) {
  const Token *tokens = state->tokens->at;
  uint32_t last = condition;
  while (tokens[last + 1].kind != TOKEN_END_OF_STATEMENT && tokens[last + 1].kind != TOKEN_END_OF_TEXT) last++;
  Span span = span_join(token_span(state, first), token_span(state, last));
  Span asked = span_join(token_span(state, condition), token_span(state, last));
  diag_add(state->builder.diags, MSG_E0223, span, span_text(state->builder.diags->sources, asked), DIAG_END);
}

/* “staff >= 4” under `requires`: a condition without a label. (`A1 = …` is rather a label with the wrong sign.) */
static bool report_missing_label(ParseState *state, const TokenKind *expected, uint32_t count) {
  const Token *tokens = state->tokens->at;
  uint32_t at = state->at;
  if (at && tokens[at].kind == TOKEN_TEXT && tokens[at - 1].kind == TOKEN_END_OF_STATEMENT &&
      tokens[at + 1].kind == TOKEN_COLON) {
    tell_missing_label(state, at, at + 2);
    return true;
  }
  if (at < 2 || tokens[at - 1].kind != TOKEN_NAME || tokens[at - 2].kind != TOKEN_END_OF_STATEMENT) return false;
  bool operator=(tokens[at].kind > TOKEN_EQ && tokens[at].kind <= TOKEN_IN) || tokens[at].kind == TOKEN_IS_KNOWN ||
      tokens[at].kind == TOKEN_IS_MISSING || tokens[at].kind == TOKEN_IS_ONE_OF;
  if (!operator|| !contains(expected, count, TOKEN_FOR_EACH)) return false;
  tell_missing_label(state, at - 1, at - 1);
  return true;
}

static bool report_broken_name(ParseState *state, const TokenKind *expected, uint32_t count) {
  const Token *tokens = state->tokens->at;
  uint32_t at = state->at;
  if (!at || tokens[at - 1].kind != TOKEN_NAME || contains(expected, count, TOKEN_PLUS)) {
    if (!at || tokens[at - 1].kind != TOKEN_NAME || tokens[at].kind != TOKEN_NUMBER) return false;
  }
  bool word = tokens[at].kind >= TOKEN_AND && tokens[at].kind <= TOKEN_COMPLETE_WHEN;
  if (!word && tokens[at].kind != TOKEN_NUMBER) return false;
  uint32_t last = tokens[at + 1].kind == TOKEN_NAME ? at + 1 : at;
  Span span = span_join(token_span(state, at - 1), token_span(state, last));
  if (is_amount_elsewhere(tokens[at - 1].text, tokens[at].kind)) {
    diag_add(state->builder.diags, MSG_E0224, span, span_text(state->builder.diags->sources, span), DIAG_END);
    return true;
  }
  diag_add(state->builder.diags, MSG_E0204, token_span(state, at), token_text(state, at),
           span_text(state->builder.diags->sources, span), DIAG_END);
  return true;
}

/* Is `name`, of several words, what is written from token `at` on? */
static bool is_written_at(const ParseState *state, View name, uint32_t at) {
  View source = state->builder.diags->sources->at[state->source]->bytes;
  uint32_t start = state->tokens->at[at].start;
  return source.length - start >= name.length && view_equal((View){source.at + start, name.length}, name);
}

/* Token `at` is a keyword: does a field's name that holds it stand there? */
static bool report_unquoted_at(ParseState *state, uint32_t at) {
  const Token *tokens = state->tokens->at;
  uint32_t first = at && tokens[at - 1].kind == TOKEN_NAME ? at - 1 : at;
  if (tokens[at].kind < TOKEN_AND) return false;
  for (uint32_t i = 0; i < first; i++) {
    View name = tokens[i].text;
    bool field = tokens[i].kind == TOKEN_NAME && (tokens[i].label == LABEL_FIELD || tokens[i].quoted);
    if (!field || name.length <= tokens[at].end - tokens[at].start) continue;
    bool reaches = tokens[first].start + name.length >= tokens[at].end;
    if (!is_written_at(state, name, at) && !(reaches && is_written_at(state, name, first))) continue;
    diag_add(state->builder.diags, MSG_E0204, token_span(state, at), token_text(state, at), name, DIAG_END);
    return true;
  }
  return false;
}

/* “in writing”, “staff in total >= 2”: a field that is declared so, but whose name holds a keyword */
static bool report_unquoted_field(ParseState *state) {
  if (state->builder.diags->items.count > 100) return false;
  for (uint32_t back = 0; back <= 2 && back <= state->at; back++) {
    if (back && state->tokens->at[state->at - back].kind == TOKEN_END_OF_STATEMENT) return false;
    if (report_unquoted_at(state, state->at - back)) return true;
  }
  return false;
}

/* “own money in EUR >= EUR 5 000”: the rate is missing */
static bool report_missing_rate(ParseState *state) {
  const Token *tokens = state->tokens->at;
  uint32_t at = state->at;
  if (at < 2 || tokens[at - 1].kind != TOKEN_NAME || tokens[at - 2].kind != TOKEN_IN) return false;
  for (uint32_t i = 0; i < state->currencies->count; i++)
    if (view_equal(state->currencies->at[i], tokens[at - 1].text)) {
      diag_add(state->builder.diags, MSG_E0225, token_span(state, at - 1), tokens[at - 1].text, DIAG_END);
      return true;
    }
  return false;
}

/* How a kind of token is shown where it is expected: a keyword as it is spelt, a sign, or an example. */
static View token_shown(const ParseState *state, TokenKind kind) {
  View keyword = vocabulary_spelling(state->vocabulary, kind);
  if (keyword.length && kind > TOKEN_POWER)
    return view_format(state->builder.arena, "“%.*s”", (int)keyword.length, keyword.at);
  static const char *const shown[TOKEN_COUNT] = {[TOKEN_END_OF_STATEMENT] =
                                                     BOTH("the end of the line", "slutten av linjen"),
                                                 [TOKEN_NAME] = BOTH("a name", "et navn"),
                                                 [TOKEN_TEXT] = BOTH("a text in quotes", "en tekst i anførselstegn"),
                                                 [TOKEN_NUMBER] = BOTH("a number", "et tall"),
                                                 [TOKEN_DATE] = BOTH("a date", "en dato"),
                                                 [TOKEN_ZONE] = "Europe/Oslo",
                                                 [TOKEN_COLON] = "“:”",
                                                 [TOKEN_COMMA] = "“,”",
                                                 [TOKEN_PIPE] = "“|”",
                                                 [TOKEN_CLOSE_PAREN] = "“)”",
                                                 [TOKEN_CLOSE_BRACKET] = "“]”",
                                                 [TOKEN_CLOSE_BRACE] = "“}”",
                                                 [TOKEN_EQ] = "“=”",
                                                 [TOKEN_LT] = "“<”"};
  return shown[kind] ? view_of(shown[kind]) : (View){0};
}

static View expected_list(const ParseState *state, const TokenKind *expected, uint32_t count) {
  enum { MOST_SHOWN = 8 };
  View list = {0};
  uint32_t shown = 0;
  for (uint32_t i = 0; i < count && shown < MOST_SHOWN; i++) {
    View one = token_shown(state, expected[i]);
    if (!one.length) continue;
    list = shown++ ? view_format(state->builder.arena, "%.*s, %.*s", (int)list.length, list.at, (int)one.length, one.at)
                   : one;
  }
  return list;
}

void parse_unexpected(ParseState *state, const TokenKind *expected, uint32_t count, bool any) {
  if (state->tokens->at[state->at].doubtful) return;
  DiagQueue *diags = state->builder.diags;
  Span span = token_span(state, state->at);
  TokenKind kind = state->tokens->at[state->at].kind;
  bool line_ends = kind == TOKEN_END_OF_STATEMENT || kind == TOKEN_END_OF_TEXT;
  if (report_missing_label(state, expected, count) || report_unquoted_field(state)) return;
  if (report_missing_rate(state)) return;
  if (report_bracket(state) || report_misspelt_word(state) || report_broken_name(state, expected, count)) return;
  bool value = any || (contains(expected, count, TOKEN_MONEY) && contains(expected, count, TOKEN_NAME));
  if (value && line_ends)
    diag_add(diags, MSG_E0207, span, DIAG_END);
  else if (value)
    diag_add(diags, MSG_E0201, span, token_text(state, state->at), DIAG_END);
  else if (contains(expected, count, TOKEN_PLUS))
    diag_add(diags, line_ends ? MSG_E0210 : MSG_E0208, span,
             line_ends ? expected_list(state, expected, count) : token_text(state, state->at), DIAG_END);
  else if (line_ends)
    diag_add(diags, MSG_E0210, span, expected_list(state, expected, count), DIAG_END);
  else
    diag_add(diags, MSG_E0209, span, token_text(state, state->at), expected_list(state, expected, count), DIAG_END);
}

/* ---- the parse ---- */

static void push_all(ParseState *state) {
  grammar_pstate *parser = grammar_pstate_new();
  int status = YYPUSH_MORE;
  for (state->at = 0; status == YYPUSH_MORE; state->at++) {
    const Token *token = &state->tokens->at[state->at];
    int kind = token->kind == TOKEN_END_OF_TEXT
                   ? G_YYEOF
                   : (int)token->kind - (int)TOKEN_END_OF_STATEMENT + (int)G_END_OF_STATEMENT;
    GRAMMAR_STYPE value = {.token = token};
    Span span = {state->source, token->start, token->end};
    status = grammar_push_parse(parser, kind, &value, &span, state);
    if (token->kind == TOKEN_END_OF_TEXT) break;
  }
  grammar_pstate_delete(parser);
}

Tree *parse_source(Arena *arena, DiagQueue *diags, uint32_t source, ViewList *currencies, const Vocabulary **vocabulary) {
  RawTokenList raw = {0};
  TokenList tokens = {0};
  scan_source(arena, diags->sources->at[source], &raw);
  Language language = join_language(diags->sources->at[source], &raw);
  diags->sources->at[source]->language = language;
  diag_set_keywords(keyword_in);
  Vocabulary *words = vocabulary_new(arena, language);
  join_tokens(arena, diags, source, words, &raw, currencies, &tokens);

  Tree *tree = arena_new_of(arena, Tree);
  tree->language = language;
  ParseState state = {.builder = {.arena = arena, .diags = diags, .tree = tree},
                      .tokens = &tokens,
                      .source = source,
                      .currencies = currencies,
                      .vocabulary = words};
  grammar_arena = arena;
  push_all(&state);
  grammar_arena = NULL;
  if (vocabulary) *vocabulary = words;
  return tree;
}
