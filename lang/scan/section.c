/* Sections: which are open, and how a missing or extra `end` is mended. */
#include "scan/joiner.h"

SectionKind section_kind(const Joiner *j) {
  return j->sections.count ? j->sections.at[j->sections.count - 1].kind : SECTION_TOP;
}

uint32_t section_place(const Joiner *j) {
  switch (section_kind(j)) {
  case SECTION_TOP: return IN_TOP | IN_ANY;
  case SECTION_PROGRAMME: return IN_PROGRAMME | IN_ANY;
  case SECTION_CRITERION: return IN_CRITERION | IN_ANY;
  case SECTION_LEVEL: return IN_LEVEL | IN_ANY;
  case SECTION_CHOICE: return IN_CHOICE | IN_ANY;
  case SECTION_TABLE: return IN_TABLE | IN_ANY;
  case SECTION_TEST: return IN_TEST | IN_ANY;
  case SECTION_FIELDS:
  case SECTION_ROWS:
  case SECTION_GROUP: return IN_ANY;
  }
  return IN_ANY;
}

static uint32_t column_of(const Joiner *j, uint32_t raw) { return source_column(j->source, raw_at(j, raw)->start); }

void section_open(Joiner *j, SectionKind kind, uint32_t start, uint32_t end) {
  OpenSection section = {.kind = kind, .start = start, .end = end, .column = column_of(j, j->first)};
  list_push(j->arena, &j->sections, section);
}

static void close_innermost(Joiner *j, uint32_t raw) {
  end_statement(j);
  j->closed = j->sections.at[--j->sections.count];
  j->closed_by = raw;
  emit(j, TOKEN_END, raw, raw);
  end_statement(j);
}

/* Where columns may tell: an `end` that stands under an outer section's keyword does not close the inner one. */
static bool closes_outer(const Joiner *j, uint32_t raw) {
  if (!j->by_column || j->sections.count < 2 || !raw_at(j, raw)->first_on_line) return false;
  const OpenSection *inner = &j->sections.at[j->sections.count - 1], *outer = inner - 1;
  uint32_t column = column_of(j, raw);
  return inner->indented && column < inner->column && column == outer->column;
}

void section_close(Joiner *j, uint32_t raw) {
  if (!j->sections.count) {
    diag_add(j->diags, MSG_E0113, raw_span(j, raw, raw), DIAG_END);
    return;
  }
  while (closes_outer(j, raw)) section_close_missing(j, raw);
  close_innermost(j, raw);
}

void section_close_missing(Joiner *j, uint32_t raw) {
  OpenSection section = j->sections.at[j->sections.count - 1];
  Span opened = {j->source_index, section.start, section.end};
  const Phrase *next = section_phrase(j, raw, SECTION_STARTS);
  Span here = raw_span(j, raw, raw + (next ? next->word_count - 1 : 0));
  Diag *diag = diag_add(j->diags, MSG_E0114, here, span_text(j->diags->sources, opened), DIAG_END);
  diag->other = opened;
  j->unclosed = true;
  close_innermost(j, raw);
  j->closed_by = UINT32_MAX;
}

void section_close_all(Joiner *j) {
  end_statement(j);
  while (j->sections.count) section_close_missing(j, j->raw.count - 1);
}

void section_reopen(Joiner *j) {
  diag_add(j->diags, MSG_E0113, raw_span(j, j->closed_by, j->closed_by), DIAG_END);
  j->out->count -= 2; /* the END and its END_OF_STATEMENT */
  list_push(j->arena, &j->sections, j->closed);
}

static bool line_has_symbol(const Joiner *j, uint32_t i, TokenKind symbol) {
  for (uint32_t k = i; k == i || !raw_begins_line(j, k); k++)
    if (raw_is_symbol(j, k, symbol)) return true;
  return false;
}

/* Does the value that stands behind the colon of this statement consist of choices (`V when C`)? */
static bool body_is_choice(const Joiner *j, uint32_t i) {
  uint32_t colon = i;
  while (!raw_is_symbol(j, colon, TOKEN_COLON)) {
    if (colon > i && raw_begins_line(j, colon)) return false;
    colon++;
  }
  return line_has(j, colon + 1, TOKEN_WHEN);
}

/* criterion potential: scale 1 to 6; a colon at the line's end is only a slip */
static bool has_inner_colon(const Joiner *j, uint32_t i) {
  for (uint32_t k = i; k == i || !raw_begins_line(j, k); k++)
    if (raw_is_symbol(j, k, TOKEN_COLON)) return !raw_begins_line(j, k + 1);
  return false;
}

/* function f(a: number): number = a + 1, or with choices: behind the “=”, or on the lines below where there is none */
static bool function_is_choice(const Joiner *j, uint32_t i) {
  uint32_t depth = 0;
  for (uint32_t k = i; raw_at(j, k)->kind != RAW_END; k++) {
    if (k > i && !depth && raw_begins_line(j, k)) return true;
    if (raw_is_symbol(j, k, TOKEN_OPEN_PAREN)) depth++;
    if (raw_is_symbol(j, k, TOKEN_CLOSE_PAREN) && depth) depth--;
    if (!depth && raw_is_symbol(j, k, TOKEN_EQ)) return line_has(j, k + 1, TOKEN_WHEN);
  }
  return false;
}

/* parameter least share = number: with entries below, the = stands for a colon */
static bool entries_follow(const Joiner *j, uint32_t i) {
  if (line_has_symbol(j, i, TOKEN_COLON)) return false;
  do i++;
  while (!raw_begins_line(j, i));
  const Phrase *from = phrase_at(j, i, FIRST);
  return from && from->token == TOKEN_FROM && starts_date(j, i + from->word_count);
}

static SectionKind section_of(const Joiner *j, TokenKind keyword, uint32_t raw) {
  if (section_kind(j) == SECTION_TABLE || section_kind(j) == SECTION_TEST) return SECTION_TOP; /* `from "file"` */
  switch ((int)keyword) {
  case TOKEN_MODULE:
  case TOKEN_PROGRAMME: return SECTION_PROGRAMME;
  case TOKEN_RECORD:
  case TOKEN_APPLICATION: return SECTION_FIELDS;
  case TOKEN_LADDER: return SECTION_ROWS;
  case TOKEN_DATA: return line_has(j, raw, TOKEN_FROM) ? SECTION_TOP : SECTION_ROWS;
  case TOKEN_PARAMETER:
    return line_has_symbol(j, raw, TOKEN_EQ) && !entries_follow(j, raw) ? SECTION_TOP : SECTION_ROWS;
  case TOKEN_CRITERION: return has_inner_colon(j, raw) ? SECTION_TOP : SECTION_CRITERION;
  case TOKEN_EVERY_APPLICATION:
  case TOKEN_LEVEL:
  case TOKEN_BRAND:
  case TOKEN_REQUIREMENTS: return SECTION_LEVEL;
  case TOKEN_DECISION: return SECTION_CHOICE;
  case TOKEN_FUNCTION: return function_is_choice(j, raw) ? SECTION_CHOICE : SECTION_TOP;
  case TOKEN_TABLE: return SECTION_TABLE;
  case TOKEN_TEST: return SECTION_TEST;
  case TOKEN_DEFINE:
  case TOKEN_REPORT:
  case TOKEN_FROM: return body_is_choice(j, raw) ? SECTION_CHOICE : SECTION_TOP;
  default: return SECTION_TOP;
  }
}

/* Called behind a keyword that stands at the start of a statement: opens the section that it begins, if any. */
void section_opened_by(Joiner *j, TokenKind keyword, uint32_t raw) {
  SectionKind kind = section_of(j, keyword, raw);
  if (kind != SECTION_TOP) section_open(j, kind, raw_at(j, raw)->start, raw_at(j, j->at - 1)->end);
}
