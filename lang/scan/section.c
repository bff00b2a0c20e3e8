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
    case SECTION_FIELDS:
    case SECTION_ROWS:
    case SECTION_GROUP: return IN_ANY;
  }
  return IN_ANY;
}

void section_open(Joiner *j, SectionKind kind, uint32_t raw) {
  const RawToken *token = raw_at(j, raw);
  OpenSection section = {kind, token->start, token->end, source_column(j->source, token->start)};
  list_push(j->arena, &j->sections, section);
}

/* `end` at j->at */
void section_close(Joiner *j, uint32_t raw) {
  if (!j->sections.count) {
    diag_add(j->diags, MSG_E0113, raw_span(j, raw, raw), DIAG_END);
    return;
  }
  end_statement(j);
  j->sections.count--;
  emit(j, TOKEN_END, raw, raw);
  end_statement(j);
}

void section_close_missing(Joiner *j, uint32_t raw) {
  OpenSection section = j->sections.at[--j->sections.count];
  Span opened = {j->source_index, section.start, section.end};
  const RawToken *next = raw_at(j, raw);
  Span here = {j->source_index, next->start, next->end};
  Diag *diag = diag_add(j->diags, MSG_E0114, here, span_text(j->diags->sources, opened), DIAG_END);
  diag->other = opened;
  end_statement(j);
  emit(j, TOKEN_END, raw, raw);
  end_statement(j);
}

void section_close_all(Joiner *j) {
  end_statement(j);
  if (j->sections.count) j->unclosed = true;
  while (j->sections.count) section_close_missing(j, j->raw.count - 1);
}

static bool line_has_symbol(const Joiner *j, uint32_t i, TokenKind symbol) {
  for (uint32_t k = i; k == i || !raw_begins_line(j, k); k++)
    if (raw_is_symbol(j, k, symbol)) return true;
  return false;
}

static bool line_has_text_source(const Joiner *j, uint32_t i) {
  return line_has(j, i, TOKEN_FROM);
}

/* Does the value that stands behind the colon of this statement consist of choices (`V when C`)? */
static bool body_is_choice(const Joiner *j, uint32_t i) {
  uint32_t colon = i;
  while (!raw_is_symbol(j, colon, TOKEN_COLON)) {
    if (colon > i && raw_begins_line(j, colon)) return false;
    colon++;
  }
  if (!raw_begins_line(j, colon + 1)) return false;
  return line_has(j, colon + 1, TOKEN_WHEN);
}

/* Called behind a keyword that stands at the start of a statement: opens the section that it begins, if any. */
void section_opened_by(Joiner *j, TokenKind keyword, uint32_t raw) {
  if (keyword == TOKEN_PROGRAMME) section_open(j, SECTION_PROGRAMME, raw);
  else if (keyword == TOKEN_RECORD || keyword == TOKEN_APPLICATION) section_open(j, SECTION_FIELDS, raw);
  else if (keyword == TOKEN_LADDER) section_open(j, SECTION_ROWS, raw);
  else if (keyword == TOKEN_DATA && !line_has_text_source(j, raw)) section_open(j, SECTION_ROWS, raw);
  else if (keyword == TOKEN_PARAMETER && !line_has_symbol(j, raw, TOKEN_EQ)) section_open(j, SECTION_ROWS, raw);
  else if (keyword == TOKEN_CRITERION && !line_has_symbol(j, raw, TOKEN_COLON)) section_open(j, SECTION_CRITERION, raw);
  else if (keyword == TOKEN_EVERY_APPLICATION || keyword == TOKEN_LEVEL || keyword == TOKEN_BRAND ||
           keyword == TOKEN_REQUIREMENTS)
    section_open(j, SECTION_LEVEL, raw);
  else if (keyword == TOKEN_DECISION) section_open(j, SECTION_CHOICE, raw);
  else if ((keyword == TOKEN_DEFINE || keyword == TOKEN_REPORT || keyword == TOKEN_FROM) && body_is_choice(j, raw))
    section_open(j, SECTION_CHOICE, raw);
}
