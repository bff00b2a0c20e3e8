/* Statements: where one begins, what stands first in it, and how a first word that is none of the section's keywords is
 * mended. */
#include "scan/joiner.h"

static uint32_t column_of(const Joiner *j, uint32_t i) { return source_column(j->source, raw_at(j, i)->start); }

static uint32_t line_kind_of(TokenKind keyword) {
  switch ((int)keyword) {
  case TOKEN_APPLICATION: return LINE_APPLICATION;
  case TOKEN_JUDGEMENT: return LINE_JUDGEMENT;
  case TOKEN_EVERYTHING_IN: return LINE_EVERYTHING;
  case TOKEN_PARAMETER: return LINE_PARAMETER;
  case TOKEN_WITH: return LINE_OVERRIDE;
  case TOKEN_EXPECT: return LINE_EXPECT;
  default: return 0;
  }
}

/* ---- labels ---- */

/* `when` and `for each` stand behind a requirement's label; every other word may be part of it. */
static bool ends_label(const Joiner *j, uint32_t i) {
  if (raw_begins_line(j, i) || raw_at(j, i)->kind != RAW_WORD) return false;
  const Phrase *phrase = vocabulary_first(j->vocabulary, view_fold(j->arena, raw_word(j, i)));
  for (; phrase; phrase = vocabulary_next(j->vocabulary, phrase))
    if ((phrase->token == TOKEN_WHEN || phrase->token == TOKEN_FOR_EACH) && words_match(j, i, phrase)) return true;
  return false;
}

/* The raw token behind a label's name. A number does not belong there, but whoever writes one means a label. */
static uint32_t behind_label_name(const Joiner *j, uint32_t i) {
  if (raw_at(j, i)->kind == RAW_QUOTED_NAME) return i + 1;
  uint32_t k = i;
  while ((k == i || !raw_begins_line(j, k)) && (k == i || !ends_label(j, k)) &&
         (raw_at(j, k)->kind == RAW_WORD || (k > i && raw_at(j, k)->kind == RAW_NUMBER)))
    k++;
  return k;
}

/* label = name [ TEXT ] ( ":" | when | for each ): what a field or a requirement is called */
static bool is_label(const Joiner *j, uint32_t i) {
  uint32_t k = behind_label_name(j, i);
  if (k == i) return false;
  if (raw_at(j, k)->kind == RAW_TEXT && !raw_begins_line(j, k)) k++;
  if (ends_label(j, k)) return true;
  return raw_is_symbol(j, k, TOKEN_COLON) && !raw_at(j, k)->first_on_line;
}

/* A label that can be nothing else, neither a choice (`good when C`) nor, in brackets, an argument (`from: a`). */
static bool is_certain_label(const Joiner *j, uint32_t i) {
  uint32_t k = behind_label_name(j, i);
  if (!is_label(j, i)) return false;
  SectionKind kind = section_kind(j);
  if (raw_at(j, k)->kind == RAW_TEXT) /* `a but at most b "the cap" when C` is a choice */
    return kind == SECTION_LEVEL || kind == SECTION_GROUP || raw_is_symbol(j, k + 1, TOKEN_COLON);
  return !j->open_brackets && raw_is_symbol(j, k, TOKEN_COLON);
}

/* What cannot be part of a name is told, and the name is taken as it stands. */
static void emit_name_with(Joiner *j, uint32_t last, uint32_t odd, uint32_t odd_last) {
  View name = words_of(j, j->at, last);
  View what = words_of(j, odd, odd_last);
  diag_add(mistake(j), MSG_E0204, raw_span(j, odd, odd_last), what, name, DIAG_END);
  j->mistaken = false; /* mended: what follows is as good as before */
  emit_words(j, j->at, last);
}

static void emit_label_name(Joiner *j) {
  if (raw_at(j, j->at)->kind == RAW_QUOTED_NAME) {
    emit_quoted_name(j);
    return;
  }
  uint32_t last = behind_label_name(j, j->at) - 1;
  for (uint32_t i = j->at; i <= last; i++)
    if (raw_at(j, i)->kind == RAW_NUMBER) {
      emit_name_with(j, last, i, i);
      return;
    }
  emit_words(j, j->at, last);
}

static void emit_label(Joiner *j, LabelKind kind) {
  emit_label_name(j);
  j->out->at[j->out->count - 1].label = kind;
}

/* ---- names that are declared: one name, even where a keyword or a number is among its words ---- */

static bool is_name_part(const Joiner *j, uint32_t i) {
  RawKind kind = raw_at(j, i)->kind;
  return !raw_begins_line(j, i) && (kind == RAW_WORD || kind == RAW_NUMBER);
}

/* The words from j->at to `last` as one name. */
static void emit_whole_name(Joiner *j, uint32_t last) {
  for (uint32_t i = j->at; i <= last; i++) {
    const Phrase *phrase = phrase_at(j, i, i == j->at ? FIRST : 0);
    uint32_t odd_last = phrase ? i + phrase->word_count - 1 : i;
    if (!phrase && raw_at(j, i)->kind == RAW_WORD) continue;
    emit_name_with(j, last, i, odd_last < last ? odd_last : last);
    return;
  }
  emit_run(j);
}

static bool declares_name(TokenKind keyword) {
  switch ((int)keyword) {
  case TOKEN_PROGRAMME:
  case TOKEN_TYPE:
  case TOKEN_RECORD:
  case TOKEN_DATA:
  case TOKEN_PARAMETER:
  case TOKEN_DEFINE:
  case TOKEN_CRITERION:
  case TOKEN_JUDGEMENT:
  case TOKEN_LEVEL:
  case TOKEN_BRAND:
  case TOKEN_REQUIREMENTS:
  case TOKEN_REPORT:
  case TOKEN_MODULE:
  case TOKEN_FUNCTION:
  case TOKEN_TABLE:
  case TOKEN_DECISION: return true;
  default: return false;
  }
}

static void join_declared_name(Joiner *j) {
  uint32_t end = j->at;
  while (is_name_part(j, end)) end++;
  if (end > j->at && raw_at(j, j->at)->kind == RAW_WORD) emit_whole_name(j, end - 1);
}

static bool ends_type(const Phrase *phrase) {
  switch ((int)phrase->token) {
  case TOKEN_ASSUMED:
  case TOKEN_COMPLETE_WHEN:
  case TOKEN_SOURCE:
  case TOKEN_FROM:
  case TOKEN_BY: return true;
  default: return false;
  }
}

/* value = name, behind “one of” up to the comma or what may follow a type */
bool join_value_name(Joiner *j) {
  if (last_kind(j) != TOKEN_ONE_OF && last_kind(j) != TOKEN_COMMA) return false;
  uint32_t end = j->at;
  for (const Phrase *phrase; is_name_part(j, end); end++)
    if (end > j->at && (phrase = phrase_at(j, end, 0)) && ends_type(phrase)) break;
  emit_whole_name(j, end - 1);
  return true;
}

/* ---- does a line begin a statement? ---- */

static const Phrase *top_keyword(const Joiner *j, uint32_t i) {
  const Phrase *phrase = section_phrase(j, i, IN_TOP);
  /* these three are attributes of what stands before them, not sections */
  if (!phrase || phrase->token == TOKEN_TITLE || phrase->token == TOKEN_SOURCE || phrase->token == TOKEN_ASKS)
    return NULL;
  return phrase;
}

static bool is_end(const Joiner *j, uint32_t i) { return section_phrase(j, i, IN_ANY) && !is_label(j, i); }

static bool is_continuation(const Phrase *phrase) {
  if (phrase->token == TOKEN_FOR_EACH) return true;
  if (!(phrase->where & ANYWHERE)) return false;
  switch ((int)phrase->token) {
  case TOKEN_NOT: return phrase->word_count > 1;
  case TOKEN_OTHERWISE:
  case TOKEN_IF: return false;
  default: return true;
  }
}

/* A keyword of the section that is a line of its own, as `requires` */
static bool is_heading(const Joiner *j, uint32_t i) {
  const Phrase *phrase = section_phrase(j, i, section_place(j));
  if (!phrase) phrase = top_keyword(j, i);
  return phrase && raw_begins_line(j, i + phrase->word_count);
}

/* The line before has no end, but this one can only be a statement: something is missing there. */
static bool begins_in_any_case(const Joiner *j) {
  uint32_t i = j->at;
  if (at_statement_start(j) || raw_at(j, i)->kind != RAW_WORD) return false;
  if ((is_end(j, i) && raw_begins_line(j, i + 1)) || is_certain_label(j, i)) return true;
  if (j->open_brackets) return false;
  const Phrase *phrase = phrase_at(j, i, FIRST);
  if (section_kind(j) == SECTION_ROWS && phrase && phrase->token == TOKEN_FROM) return true;
  if (is_heading(j, i)) return true;
  return j->second && top_keyword(j, i) && column_of(j, i) <= column_of(j, j->first);
}

bool begins_statement(const Joiner *j) {
  const RawToken *raw = raw_at(j, j->at);
  if (!raw->first_on_line) return false;
  if (!last_can_end(j)) return begins_in_any_case(j);
  switch (raw->kind) {
  case RAW_WORD: {
    if (section_kind(j) == SECTION_FIELDS && is_certain_label(j, j->at)) return true;
    /* a word that may mean `else` or `otherwise` */
    if (section_kind(j) == SECTION_CHOICE && !j->open_ifs && section_phrase(j, j->at, IN_CHOICE)) return true;
    if (section_kind(j) == SECTION_TEST && section_phrase(j, j->at, IN_TEST)) return true; /* `on 2019-09-07` */
    const Phrase *phrase = phrase_at(j, j->at, FIRST);
    return !phrase || !is_continuation(phrase);
  }
  case RAW_QUOTED_NAME:
  case RAW_OPEN_NAME:
  case RAW_NUMBER:
  case RAW_BAD_NUMBER: return true;
  case RAW_SYMBOL: return raw->symbol == TOKEN_PIPE;
  case RAW_TEXT:
    /* "Own": own share >= 50%, without its label */
    if (raw_is_symbol(j, j->at + 1, TOKEN_COLON) && !raw_begins_line(j, j->at + 1))
      return section_kind(j) == SECTION_LEVEL || section_kind(j) == SECTION_GROUP;
    return section_kind(j) == SECTION_CHOICE && line_has(j, j->at, TOKEN_WHEN);
  case RAW_DATE: return section_kind(j) == SECTION_CHOICE && line_has(j, j->at, TOKEN_WHEN); /* "small" when … */
  case RAW_END:
  case RAW_PERCENT:
  case RAW_CLOCK:
  case RAW_COMMENT:
  case RAW_DOC:
  case RAW_BAD_BYTES:
  case RAW_BAD_SYMBOL:
  case RAW_BAD_DATE:
  case RAW_OPEN_TEXT: return false;
  }
  return false;
}

/* ---- a missing or extra `end` ---- */

/* In a record every line is a label; a line that is none, or one that stands under the record's own keyword, is not
 * part of it. */
static bool leaves_fields(const Joiner *j, const OpenSection *section, bool outside) {
  if (section->indented && !outside) return false;
  return !is_label(j, j->at) || (j->by_column && section->indented);
}

static bool is_misnamed_requires(const Joiner *j);

/* Does the statement at j->at begin a new section although one is open? */
static bool proves_missing_end(const Joiner *j) {
  if (!j->sections.count || is_misnamed_requires(j)) return false;
  const OpenSection *section = &j->sections.at[j->sections.count - 1];
  bool outside = column_of(j, j->at) <= section->column;
  if (section->kind == SECTION_GROUP) {
    if (j->by_column && section->indented && outside && !is_end(j, j->at)) return true;
    if (section_phrase(j, j->at, IN_LEVEL) && !is_label(j, j->at) && !is_end(j, j->at)) return true;
  }
  if (section->kind == SECTION_CHOICE && j->sections.count > 1) {
    const Phrase *from = phrase_at(j, j->at, FIRST);
    if (from && from->token == TOKEN_FROM) return true;
  }
  const Phrase *keyword = top_keyword(j, j->at);
  if (!keyword || section_phrase(j, j->at, section_place(j))) return false;
  if (section->kind == SECTION_FIELDS) return leaves_fields(j, section, outside);
  if (section->kind == SECTION_CHOICE) return !line_has(j, j->at, TOKEN_WHEN);
  if (raw_is_symbol(j, j->at + keyword->word_count, TOKEN_COLON)) return false; /* a label of that very name */
  return outside || !is_label(j, j->at);
}

/* Would this line have its place in the section that the last `end` has closed? */
static bool belongs_to_closed(const Joiner *j) {
  if (j->closed_by == UINT32_MAX || j->out->count < 2) return false;
  if (j->out->at[j->out->count - 2].start != raw_at(j, j->closed_by)->start) return false; /* more stands between */
  switch (j->closed.kind) {
  case SECTION_FIELDS: return is_label(j, j->at);
  case SECTION_LEVEL: return is_label(j, j->at) || section_phrase(j, j->at, IN_LEVEL);
  case SECTION_PROGRAMME: return section_phrase(j, j->at, IN_PROGRAMME) != NULL;
  case SECTION_TABLE: return section_phrase(j, j->at, IN_TABLE) || raw_is_symbol(j, j->at, TOKEN_PIPE);
  case SECTION_TEST: return section_phrase(j, j->at, IN_TEST) || raw_is_symbol(j, j->at, TOKEN_PIPE);
  case SECTION_CRITERION: return section_phrase(j, j->at, IN_CRITERION) || raw_at(j, j->at)->kind == RAW_NUMBER;
  case SECTION_ROWS: {
    const Phrase *from = phrase_at(j, j->at, FIRST);
    return raw_is_symbol(j, j->at, TOKEN_PIPE) || (from && from->token == TOKEN_FROM);
  }
  case SECTION_CHOICE: return line_has(j, j->at, TOKEN_WHEN) || section_phrase(j, j->at, IN_CHOICE);
  case SECTION_TOP:
  case SECTION_GROUP: return false;
  }
  return false;
}

/* ---- a first word that is no keyword ---- */

/* These stand alone, or before their own few words: prose that begins with one is not meant as one. */
static bool fits_behind(const Joiner *j, const Phrase *phrase, uint32_t behind) {
  bool alone = phrase->token == TOKEN_EVERY_APPLICATION || phrase->token == TOKEN_LADDER || phrase->token == TOKEN_END ||
               phrase->token == TOKEN_REQUIRES || phrase->token == TOKEN_FORMALLY_REQUIRES ||
               phrase->token == TOKEN_EXPECTS || phrase->token == TOKEN_SCORES;
  if (raw_begins_line(j, behind)) return true;
  if (alone) return false;
  if (phrase->token != TOKEN_APPLICATION) return true;
  for (const Phrase *p = vocabulary_first(j->vocabulary, view_fold(j->arena, raw_word(j, behind))); p;
       p = vocabulary_next(j->vocabulary, p))
    if ((p->where & LINE_APPLICATION) && words_match(j, behind, p)) return true;
  return false;
}

/* A first word that is nearly a keyword of this section is taken for it; a word alone may also be nearly `end`. */
static const Phrase *nearest_keyword(const Joiner *j, uint32_t word_count) {
  if (word_count == 2 && (raw_begins_line(j, j->at + 1) || raw_at(j, j->at + 1)->kind != RAW_WORD)) return NULL;
  SectionKind kind = section_kind(j);
  bool alone = raw_begins_line(j, j->at + word_count);
  bool only_end = kind == SECTION_CHOICE || kind == SECTION_FIELDS || kind == SECTION_GROUP;
  uint32_t place = (only_end ? 0 : section_place(j) & ~(uint32_t)IN_ANY) | (alone && kind != SECTION_TOP ? IN_ANY : 0);
  View text = words_of(j, j->at, j->at + word_count - 1);
  const Phrase *near = place ? vocabulary_nearest(j->vocabulary, j->arena, text, place) : NULL;
  return near && near->word_count == word_count && fits_behind(j, near, j->at + word_count) ? near : NULL;
}

static bool heads_lines(TokenKind keyword) {
  switch ((int)keyword) {
  case TOKEN_PROGRAMME:
  case TOKEN_MODULE:
  case TOKEN_RECORD:
  case TOKEN_APPLICATION:
  case TOKEN_LADDER:
  case TOKEN_CRITERION:
  case TOKEN_EVERY_APPLICATION:
  case TOKEN_LEVEL:
  case TOKEN_BRAND:
  case TOKEN_REQUIREMENTS:
  case TOKEN_REQUIRES:
  case TOKEN_FORMALLY_REQUIRES:
  case TOKEN_EXPECTS:
  case TOKEN_SCORES: return true;
  default: return false;
  }
}

/* A heading has no colon: `requires:` */
static void refuse_colon(Joiner *j, uint32_t first) {
  if (!raw_is_symbol(j, j->at, TOKEN_COLON) || !raw_begins_line(j, j->at + 1)) return;
  View heading = words_of(j, first, j->at - 1);
  diag_add(j->diags, MSG_E0212, raw_span(j, j->at, j->at), heading, DIAG_END);
  j->at++;
}

static bool takes_one_value(TokenKind keyword) {
  switch ((int)keyword) {
  case TOKEN_TITLE:
  case TOKEN_SOURCE:
  case TOKEN_ASKS:
  case TOKEN_ADVICE:
  case TOKEN_AFTERWARDS:
  case TOKEN_THRESHOLD:
  case TOKEN_VALID_FROM:
  case TOKEN_VALID_UNTIL: return true;
  default: return false;
  }
}

/* threshold: 3.5, advice: "…": a colon, and a literal alone behind it, which is no condition */
static bool colon_before_value(const Joiner *j, TokenKind keyword, uint32_t colon) {
  if (!takes_one_value(keyword) || !raw_is_symbol(j, colon, TOKEN_COLON) || raw_begins_line(j, colon + 1)) return false;
  RawKind kind = raw_at(j, colon + 1)->kind;
  bool value = kind == RAW_TEXT || kind == RAW_NUMBER || kind == RAW_DATE;
  return value && (raw_begins_line(j, colon + 2) || raw_at(j, colon + 2)->kind == RAW_PERCENT);
}

static void refuse_colon_before_value(Joiner *j, TokenKind keyword, uint32_t first) {
  if (!colon_before_value(j, keyword, j->at)) return;
  diag_add(j->diags, MSG_E0226, raw_span(j, j->at, j->at), words_of(j, first, j->at - 1), DIAG_END);
  j->at++;
}

/* std.eu.sme: words and points that stand together are one name, whatever the words mean elsewhere */
static void join_module_name(Joiner *j) {
  if (raw_begins_line(j, j->at) || raw_at(j, j->at)->kind != RAW_WORD) return;
  uint32_t last = j->at;
  while (!raw_begins_line(j, last + 1) && !raw_at(j, last + 1)->blank_before) last++;
  emit(j, TOKEN_NAME, j->at, last)->text = span_text(j->diags->sources, raw_span(j, j->at, last));
  j->at = last + 1;
}

/* with end date: …, with parameter own part: …, with budget.own part: …  What stands before the colon are names. */
static void join_override(Joiner *j) {
  const Phrase *parameter = section_phrase(j, j->at, IN_TOP);
  bool named = parameter && parameter->token == TOKEN_PARAMETER && !raw_is_symbol(j, j->at + 1, TOKEN_COLON);
  if (named && raw_at(j, j->at + 1)->kind != RAW_SYMBOL) {
    emit(j, TOKEN_PARAMETER, j->at, j->at);
    j->at++;
  }
  while (raw_at(j, j->at)->kind == RAW_WORD && !raw_begins_line(j, j->at)) {
    emit_label(j, LABEL_OVERRIDE);
    if (!raw_is_symbol(j, j->at, TOKEN_DOT)) return;
    emit(j, TOKEN_DOT, j->at, j->at);
    j->at++;
  }
}

static void begin_with_keyword(Joiner *j, const Phrase *phrase, uint32_t word_count) {
  uint32_t first = j->at;
  Token *token = emit(j, phrase->token, first, first + word_count - 1);
  token->value = phrase->value;
  token->phrase = vocabulary_index(j->vocabulary, phrase) + 1;
  j->at += word_count;
  j->keyword = phrase->token;
  j->line_kind = line_kind_of(phrase->token);
  section_opened_by(j, phrase->token, first);
  if (declares_name(phrase->token)) join_declared_name(j);
  if (phrase->token == TOKEN_USE) join_module_name(j);
  if (phrase->token == TOKEN_WITH) join_override(j);
  if (heads_lines(phrase->token)) refuse_colon(j, first);
  refuse_colon_before_value(j, phrase->token, first);
}

/* `requirements` alone on a line of a level: no set of requirements that begins there, but the heading */
static bool is_misnamed_requires(const Joiner *j) {
  if (section_kind(j) != SECTION_LEVEL || raw_at(j, j->at)->kind != RAW_WORD) return false;
  uint32_t behind = j->at + 1;
  if (raw_is_symbol(j, behind, TOKEN_COLON) && !raw_begins_line(j, behind)) behind++;
  if (!raw_begins_line(j, behind)) return false;
  View word = view_fold(j->arena, raw_word(j, j->at));
  if (view_equal(word, vocabulary_spelling(j->vocabulary, TOKEN_REQUIREMENTS))) return true;
  return view_is(word, j->vocabulary->language == LANGUAGE_NB ? "krav" : "requirement");
}

static void mend_requires(Joiner *j) {
  const Phrase *requires = NULL;
  for (uint32_t i = 0; !requires && i < j->vocabulary->phrases.count; i++)
    if (j->vocabulary->phrases.at[i].token == TOKEN_REQUIRES) requires = &j->vocabulary->phrases.at[i];
  diag_add(j->diags, MSG_E0116, raw_span(j, j->at, j->at), raw_word(j, j->at), requires->spelling, DIAG_END);
  begin_with_keyword(j, requires, 1);
}

static bool mend_keyword(Joiner *j) {
  uint32_t word_count = 2;
  const Phrase *mended = nearest_keyword(j, 2);
  if (!mended) mended = nearest_keyword(j, word_count = 1);
  if (!mended) return false;
  uint32_t last = j->at + word_count - 1;
  diag_add(j->diags, MSG_E0116, raw_span(j, j->at, last), words_of(j, j->at, last), mended->spelling, DIAG_END);
  if (mended->token == TOKEN_END)
    section_close(j, j->at++);
  else
    begin_with_keyword(j, mended, word_count);
  return true;
}

static void skip_statement(Joiner *j) {
  do j->at++;
  while (raw_at(j, j->at)->kind != RAW_END && !(raw_at(j, j->at)->first_on_line && top_keyword(j, j->at)));
}

/* At the top every statement begins with a keyword. */
static void refuse_unknown_start(Joiner *j) {
  uint32_t last = j->at;
  if (raw_at(j, last)->kind == RAW_WORD)
    while (!raw_begins_line(j, last + 1) && raw_at(j, last + 1)->kind == RAW_WORD) last++;
  View what = raw_at(j, last)->kind == RAW_WORD ? words_of(j, j->at, last) : raw_text(j, j->at);
  diag_add(j->diags, MSG_E0115, raw_span(j, j->at, last), what, DIAG_END);
  skip_statement(j);
}

/* ---- the first words of a statement ---- */

static void note_beginning(Joiner *j) {
  if (!j->sections.count) return;
  OpenSection *section = &j->sections.at[j->sections.count - 1];
  if (!section->begun) section->indented = column_of(j, j->at) > section->column;
  section->begun = true;
}

static void join_first_words(Joiner *j) {
  SectionKind kind = section_kind(j);
  bool word = raw_at(j, j->at)->kind == RAW_WORD;
  bool labelled = kind == SECTION_FIELDS || kind == SECTION_LEVEL || kind == SECTION_GROUP;
  bool field = kind == SECTION_FIELDS && is_label(j, j->at); /* whatever its words: `end date: date` */
  const Phrase *phrase = field ? NULL : section_phrase(j, j->at, section_place(j));
  bool keyword = phrase != NULL;
  if (!phrase && word) phrase = phrase_at(j, j->at, FIRST);
  uint32_t behind = phrase ? j->at + phrase->word_count : 0;
  bool is_name = labelled && raw_is_symbol(j, behind, TOKEN_COLON) && !raw_begins_line(j, behind + 1);
  if (phrase && colon_before_value(j, phrase->token, behind)) is_name = !keyword;
  if (is_misnamed_requires(j)) {
    mend_requires(j);
  } else if (keyword && !is_name) {
    begin_with_keyword(j, phrase, phrase->word_count);
  } else if (labelled && is_label(j, j->at)) {
    emit_label(j, kind == SECTION_FIELDS ? LABEL_FIELD : LABEL_REQUIREMENT);
    if (kind == SECTION_FIELDS) j->line_kind = LINE_FIELD;
  } else if (kind == SECTION_ROWS && phrase && phrase->token == TOKEN_FROM) {
    begin_with_keyword(j, phrase, phrase->word_count);
  } else if (word && mend_keyword(j)) {
    return;
  } else if (kind == SECTION_TOP) {
    if (!belongs_to_closed(j))
      refuse_unknown_start(j);
    else {
      section_reopen(j);
      join_first_words(j);
    }
  } else if (word) {
    if (phrase)
      emit_phrase(j, phrase);
    else if (!join_literal(j))
      emit_run(j);
  }
}

void join_statement_start(Joiner *j) {
  while (proves_missing_end(j)) section_close_missing(j, j->at);
  if (is_end(j, j->at)) {
    section_close(j, j->at++);
    return;
  }
  note_beginning(j);
  join_first_words(j);
}
