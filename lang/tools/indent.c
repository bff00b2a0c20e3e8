/* Lines, and how far each is put in: by the sections around it, by the heading of a level that it stands under, and
 * where it goes on, behind the label or the word that it goes on from. */
#include "tools/layout.h"

/* ---- lines ---- */

static void add_piece_lines(Layout *l) {
  for (uint32_t i = 0; i < l->pieces.count; i++) {
    const Piece *piece = &l->pieces.at[i];
    if (!i || l->pieces.at[i - 1].line != piece->line) {
      Line line = {.first = i, .source_line = piece->line};
      line.begins = !i || l->pieces.at[i - 1].statement != piece->statement;
      list_push(l->arena, &l->lines, line);
    }
    l->lines.at[l->lines.count - 1].count++;
  }
}

/* Tabs and what stands at the end of the line are no part of what a comment says. */
static View comment_text(const Layout *l, const RawToken *raw) {
  View text = view_trim((View){l->source->bytes.at + raw->start, raw->end - raw->start});
  Writer *w = writer_to_memory(l->arena);
  for (uint32_t i = 0; i < text.length; i++) write_char(w, text.at[i] == '\t' ? ' ' : text.at[i]);
  return writer_memory(w);
}

/* Comments go behind the pieces of their line, or become lines between. */
static void add_comments(Layout *l) {
  LIST(Line) merged = {0};
  uint32_t next = 0;
  for (uint32_t i = 0; i < l->raw->count; i++) {
    const RawToken *raw = &l->raw->at[i];
    if (raw->kind != RAW_COMMENT && raw->kind != RAW_DOC) continue;
    uint32_t at = source_line(l->source, raw->start);
    while (next < l->lines.count && l->lines.at[next].source_line <= at) {
      list_push(l->arena, &merged, l->lines.at[next]);
      next++;
    }
    if (merged.count && merged.at[merged.count - 1].source_line == at)
      merged.at[merged.count - 1].comment = comment_text(l, raw);
    else
      list_push(l->arena, &merged, ((Line){.source_line = at, .comment = comment_text(l, raw)}));
  }
  for (; next < l->lines.count; next++) list_push(l->arena, &merged, l->lines.at[next]);
  l->lines.at = merged.at;
  l->lines.count = merged.count;
  l->lines.room = merged.room;
}

static uint32_t statement_of(const Layout *l, const Line *line) { return l->pieces.at[line->first].statement; }

static bool same_statement(const Layout *l, uint32_t a, uint32_t b) {
  const Line *x = &l->lines.at[a], *y = &l->lines.at[b];
  return y->count && statement_of(l, x) == statement_of(l, y);
}

static uint32_t line_before(const Layout *l, uint32_t i) {
  while (i > 0 && !l->lines.at[i - 1].count) i--;
  return i ? i - 1 : UINT32_MAX;
}

static uint32_t line_behind(const Layout *l, uint32_t i) {
  for (i++; i < l->lines.count && !l->lines.at[i].count;) i++;
  return i < l->lines.count ? i : UINT32_MAX;
}

/* Is this the first choice of a section, on the line below the section's head? */
static bool is_first_choice(const Layout *l, uint32_t i, uint32_t before) {
  const Line *head = &l->lines.at[before];
  return head->begins && token_of(l, &l->lines.at[i], 0)->depth > token_of(l, head, 0)->depth;
}

static void note_alone(Layout *l) {
  for (uint32_t i = 0; i < l->lines.count; i++) {
    Line *line = &l->lines.at[i];
    if (!line->count) continue;
    uint32_t before = line_before(l, i), behind = line_behind(l, i);
    bool goes_on = behind != UINT32_MAX && same_statement(l, i, behind);
    line->alone = !goes_on && (line->begins || is_first_choice(l, i, before));
  }
}

void layout_lines(Layout *l) {
  add_piece_lines(l);
  add_comments(l);
  for (uint32_t i = 1; i < l->lines.count; i++)
    l->lines.at[i].blank_above = l->lines.at[i].source_line > l->lines.at[i - 1].source_line + 1;
  note_alone(l);
}

/* ---- statements ---- */

enum { STEP = 2, FURTHER = 4, NO_OFFSET = 1000 };

/* What is known of the section that is open at one depth. */
typedef struct Level {
  bool under;      /* a heading: requires, scores … */
  uint32_t offset; /* of what belongs to the last statement: its source, its advice; NO_OFFSET: nothing can */
} Level;

typedef struct Indenter {
  Layout *l;
  LIST(Level) levels; /* by depth */
  uint32_t depth;     /* of the last statement */
  uint32_t base;      /* its indent */
  uint32_t body;      /* further in: of what goes on */
  bool labelled;      /* it is a requirement */
} Indenter;

static bool is_heading(TokenKind kind) {
  return kind == TOKEN_FORMALLY_REQUIRES || kind == TOKEN_REQUIRES || kind == TOKEN_EXPECTS || kind == TOKEN_SCORES;
}

/* Statements of a level that stand under no heading. */
static bool leaves_heading(TokenKind kind) {
  return is_heading(kind) || kind == TOKEN_TITLE || kind == TOKEN_AFTERWARDS || kind == TOKEN_VALID_FROM ||
         kind == TOKEN_VALID_UNTIL || kind == TOKEN_THRESHOLD || kind == TOKEN_SCORE_IS_SUM ||
         kind == TOKEN_SCORE_IS_WEIGHTED_MEAN;
}

static bool is_attribute(TokenKind kind) { return kind == TOKEN_SOURCE || kind == TOKEN_ADVICE || kind == TOKEN_ASKS; }

static Level *level_at(Indenter *in, uint32_t depth) {
  while (in->levels.count <= depth) list_push(in->l->arena, &in->levels, ((Level){false, NO_OFFSET}));
  return &in->levels.at[depth];
}

static uint32_t indent_at(Indenter *in, uint32_t depth) {
  uint32_t indent = STEP * depth;
  for (uint32_t d = 0; d <= depth; d++) indent += level_at(in, d)->under ? STEP : 0;
  return indent;
}

/* Behind a short label, else a fixed width further in. */
static uint32_t offset_of_label(const Layout *l, const Line *line) {
  uint32_t width = utf8_width(l->pieces.at[line->first].text) + 1;
  return width < FURTHER ? width : FURTHER;
}

/* Where the source or advice of this statement stands, if it has a line of its own. */
static uint32_t offset_of_attributes(const Layout *l, const Line *line) {
  const Token *first = token_of(l, line, 0);
  if (first->label == LABEL_REQUIREMENT) return offset_of_label(l, line);
  if (first->kind == TOKEN_EVERYTHING_IN) return FURTHER;
  if (first->kind == TOKEN_FROM && line->count > 1 && token_of(l, line, 1)->kind == TOKEN_DATE) return FURTHER;
  return first->depth == 0 ? STEP : NO_OFFSET;
}

static void begin_statement(Indenter *in, Line *line) {
  const Token *first = token_of(in->l, line, 0);
  uint32_t depth = first->depth;
  for (uint32_t d = in->depth + 1; d <= depth; d++) *level_at(in, d) = (Level){false, NO_OFFSET};
  Level *level = level_at(in, depth);
  if (leaves_heading(first->kind)) level->under = false;
  in->depth = depth;
  in->base = indent_at(in, depth);
  bool attribute = is_attribute(first->kind) && first->label == LABEL_NONE && level->offset != NO_OFFSET;
  if (depth == 0 && first->kind == TOKEN_TITLE) attribute = true;
  line->indent = in->base + (attribute ? level->offset : 0);
  in->base = line->indent;
  in->labelled = first->label == LABEL_REQUIREMENT;
  in->body = in->labelled ? offset_of_label(in->l, line) + STEP : FURTHER;
  if (first->kind == TOKEN_END && depth && level->offset != NO_OFFSET) level->offset = 0;
  if (attribute || first->kind == TOKEN_END) return; /* they belong to what stands before */
  level->offset = offset_of_attributes(in->l, line);
  if (is_heading(first->kind)) level->under = true;
}

/* ---- lines that go on ---- */

static bool is_cap(TokenKind kind) { return kind == TOKEN_BUT_AT_MOST || kind == TOKEN_BUT_AT_LEAST; }

/* The cap in the line before under which the author has put this line's cap. */
static uint32_t cap_above(const Layout *l, const Line *above, const Line *line) {
  const Piece *first = &l->pieces.at[line->first];
  if (!is_cap(first->token->kind)) return UINT32_MAX;
  for (uint32_t i = 0; i < above->count; i++) {
    const Piece *piece = &l->pieces.at[above->first + i];
    if (piece->column == first->column && is_cap(piece->token->kind)) return i;
  }
  return UINT32_MAX;
}

static uint32_t column_of_piece(const Layout *l, const Line *line, uint32_t i) {
  uint32_t column = line->indent;
  for (uint32_t k = 0; k <= i; k++) {
    const Piece *piece = &l->pieces.at[line->first + k];
    column += (k ? piece->gap : 0) + (k < i ? utf8_width(piece->text) : 0);
  }
  return column;
}

static bool hangs_on_label(TokenKind kind) {
  return kind == TOKEN_UNLESS || kind == TOKEN_WHEN || kind == TOKEN_FOR_EACH || is_attribute(kind);
}

static void go_on(Indenter *in, const Line *above, Line *line) {
  const Layout *l = in->l;
  const Token *first = token_of(l, line, 0);
  TokenKind last = token_of(l, above, above->count - 1)->kind;
  uint32_t default_indent = in->base + in->body - (in->labelled && hangs_on_label(first->kind) ? STEP : 0);
  uint32_t cap = l->pieces.at[line->first].column == default_indent + 1 ? UINT32_MAX : cap_above(l, above, line);
  if (above->begins && (last == TOKEN_COLON || last == TOKEN_EQ) && !in->labelled) {
    line->indent = in->base + STEP;
    in->body = first->depth > in->depth ? STEP + FURTHER : FURTHER;
  } else if (cap != UINT32_MAX) {
    line->indent = column_of_piece(l, above, cap);
    line->beneath = true;
  } else {
    line->indent = default_indent;
  }
}

/* A comment stands where the next line does; before an `end`, with what the section holds. */
static void indent_comments(Layout *l) {
  uint32_t indent = 0;
  for (uint32_t i = l->lines.count; i-- > 0;) {
    Line *line = &l->lines.at[i];
    if (!line->count)
      line->indent = indent;
    else
      indent = line->indent + (token_of(l, line, 0)->kind == TOKEN_END ? STEP : 0);
  }
}

void layout_indent(Layout *l) {
  Indenter in = {.l = l};
  const Line *above = NULL;
  for (uint32_t i = 0; i < l->lines.count; i++) {
    Line *line = &l->lines.at[i];
    if (!line->count) continue;
    if (line->begins || !above)
      begin_statement(&in, line);
    else
      go_on(&in, above, line);
    above = line;
  }
  indent_comments(l);
}
