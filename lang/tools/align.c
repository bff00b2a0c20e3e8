/* What is lined up: in lines that follow each other and are of one kind, the colons and types of fields, the values
 * behind labels, titles, sources, conditions; and the comments behind lines. */
#include <stdlib.h>
#include "tools/layout.h"

/* ---- runs of lines ---- */

enum { FIELD_COLON = TOKEN_COUNT, BEHIND_COLON, A_VALUE, NOTHING, MOST_OF_A_KIND = 4 };

/* Lines of one kind may stand in one run. */
static int kind_of_line(const Layout *l, const Line *line) {
  const Token *first = token_of(l, line, 0);
  if (first->label != LABEL_NONE) return FIELD_COLON + (int)first->label * 16;
  switch ((int)first->kind) {
  case TOKEN_NAME:
  case TOKEN_TEXT:
  case TOKEN_NUMBER:
  case TOKEN_MONEY:
  case TOKEN_DATE:
  case TOKEN_MOMENT:
  case TOKEN_DURATION:
  case TOKEN_YES:
  case TOKEN_NO:
  case TOKEN_MINUS:
  case TOKEN_OPEN_PAREN:
  case TOKEN_OPEN_BRACKET:
  case TOKEN_OTHERWISE: return A_VALUE;
  default: return (int)first->kind;
  }
}

static bool goes_with(const Layout *l, const Line *above, const Line *line) {
  return line->count && line->alone && !line->row.length && !line->blank_above && line->indent == above->indent &&
         kind_of_line(l, above) == kind_of_line(l, line);
}

/* ---- anchors: the pieces that are lined up ---- */

typedef struct Anchor {
  int kind;
  uint32_t ordinal;  /* the first, second … piece of that kind in its line */
  uint32_t leftmost; /* how many pieces stand before it at least */
} Anchor;

typedef struct Run {
  Layout *l;
  uint32_t first, behind;
  LIST(Anchor) anchors;
} Run;

static int depth_change(TokenKind kind) {
  if (kind == TOKEN_OPEN_PAREN || kind == TOKEN_OPEN_BRACKET || kind == TOKEN_OPEN_BRACE) return 1;
  return kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET || kind == TOKEN_CLOSE_BRACE ? -1 : 0;
}

static bool is_anchor(TokenKind kind) {
  switch ((int)kind) {
  case TOKEN_TEXT:
  case TOKEN_SOURCE:
  case TOKEN_ADVICE:
  case TOKEN_WHEN:
  case TOKEN_UNLESS:
  case TOKEN_KNOWN_FROM:
  case TOKEN_ASSUMED:
  case TOKEN_COMPLETE_WHEN:
  case TOKEN_AT_LEAST:
  case TOKEN_AT_MOST:
  case TOKEN_BUT_AT_MOST:
  case TOKEN_BUT_AT_LEAST:
  case TOKEN_MINIMUM:
  case TOKEN_BY:
  case TOKEN_EQ: return true;
  default: return false;
  }
}

/* source "x": the text goes with its word */
static bool takes_text(TokenKind kind) {
  switch ((int)kind) {
  case TOKEN_TITLE:
  case TOKEN_SOURCE:
  case TOKEN_ADVICE:
  case TOKEN_ASKS:
  case TOKEN_AFTERWARDS:
  case TOKEN_MEANS:
  case TOKEN_FROM:
  case TOKEN_USE:
  case TOKEN_TEST:
  case TOKEN_GIVEN: return true;
  default: return false;
  }
}

/* A walk over the anchors of one line, outside brackets. */
typedef struct Walk {
  const Layout *l;
  const Line *line;
  uint32_t at; /* the piece */
  int kind;
  int depth;
  uint32_t colons;
  uint32_t seen[NOTHING];
} Walk;

static int kind_of_piece(Walk *w) {
  const Token *token = token_of(w->l, w->line, w->at), *before = w->at ? token - 1 : token;
  if (w->depth) return NOTHING;
  if (token->kind == TOKEN_COLON && !w->colons++ && token_of(w->l, w->line, 0)->label == LABEL_FIELD)
    return FIELD_COLON;
  if (w->at && before->kind == TOKEN_COLON && w->colons == 1) return BEHIND_COLON;
  if (token->kind == TOKEN_TEXT && takes_text(before->kind)) return NOTHING;
  return w->at && is_anchor(token->kind) ? (int)token->kind : NOTHING;
}

/* Moves to the next anchor; false where there is none. */
static bool walk_on(Walk *w) {
  for (w->at = w->kind == -1 ? 0 : w->at + 1; w->at < w->line->count; w->at++) {
    TokenKind token = token_of(w->l, w->line, w->at)->kind;
    w->depth += depth_change(token);
    w->kind = kind_of_piece(w);
    if (w->kind == NOTHING) continue;
    w->seen[w->kind]++;
    return true;
  }
  return false;
}

static Walk walk_of(const Layout *l, const Line *line) { return (Walk){.l = l, .line = line, .kind = -1}; }

static Piece *piece_of(const Walk *w) { return &w->l->pieces.at[w->line->first + w->at]; }

static Anchor *anchor_named(Run *run, int kind, uint32_t ordinal) {
  for (uint32_t i = 0; i < run->anchors.count; i++)
    if (run->anchors.at[i].kind == kind && run->anchors.at[i].ordinal == ordinal) return &run->anchors.at[i];
  return NULL;
}

/* The author's sign: a colon that stands apart from its field, two blanks before anything else. */
static bool is_marked(const Walk *w) { return w->kind == FIELD_COLON ? piece_of(w)->apart : piece_of(w)->wide; }

static void collect_anchors(Run *run) {
  for (uint32_t i = run->first; i < run->behind; i++)
    for (Walk w = walk_of(run->l, &run->l->lines.at[i]); walk_on(&w);)
      if (is_marked(&w) && w.seen[w.kind] <= MOST_OF_A_KIND && !anchor_named(run, w.kind, w.seen[w.kind]))
        list_push(run->l->arena, &run->anchors, ((Anchor){w.kind, w.seen[w.kind], UINT32_MAX}));
  for (uint32_t i = run->first; i < run->behind; i++)
    for (Walk w = walk_of(run->l, &run->l->lines.at[i]); walk_on(&w);) {
      Anchor *anchor = anchor_named(run, w.kind, w.seen[w.kind]);
      if (anchor && w.at < anchor->leftmost) anchor->leftmost = w.at;
    }
}

static int compare_anchors(const void *a, const void *b) {
  const Anchor *x = a, *y = b;
  if (x->leftmost != y->leftmost) return x->leftmost < y->leftmost ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static bool find_anchor(const Layout *l, const Line *line, const Anchor *anchor, uint32_t *at) {
  for (Walk w = walk_of(l, line); walk_on(&w);)
    if (w.kind == anchor->kind && w.seen[w.kind] == anchor->ordinal) {
      *at = w.at;
      return true;
    }
  return false;
}

/* The width of the line's pieces before the one at `at`. */
static uint32_t width_before(const Layout *l, const Line *line, uint32_t at) {
  uint32_t width = 0;
  for (uint32_t i = 0; i < at; i++) {
    const Piece *piece = &l->pieces.at[line->first + i];
    width += (i ? piece->gap : 0) + utf8_width(piece->text);
  }
  return width;
}

static void line_up(const Run *run, const Anchor *anchor) {
  uint32_t at, column = 0, least = anchor->kind == FIELD_COLON ? 1 : 2;
  for (uint32_t i = run->first; i < run->behind; i++) {
    const Line *line = &run->l->lines.at[i];
    if (!find_anchor(run->l, line, anchor, &at)) continue;
    uint32_t width = width_before(run->l, line, at) + least;
    if (width > column) column = width;
  }
  for (uint32_t i = run->first; i < run->behind; i++) {
    const Line *line = &run->l->lines.at[i];
    if (find_anchor(run->l, line, anchor, &at))
      run->l->pieces.at[line->first + at].gap = column - width_before(run->l, line, at);
  }
}

static void align_run(Run *run) {
  collect_anchors(run);
  if (run->anchors.count > 1) qsort(run->anchors.at, run->anchors.count, sizeof *run->anchors.at, compare_anchors);
  for (uint32_t i = 0; i < run->anchors.count; i++) line_up(run, &run->anchors.at[i]);
}

/* ---- caps under each other: the names behind them ---- */

static Piece *name_of_cap(const Layout *l, const Line *line) {
  Piece *last = &l->pieces.at[line->first + line->count - 1];
  return line->count > 1 && last->token->kind == TOKEN_TEXT ? last : NULL;
}

static void align_caps(Layout *l, uint32_t first, uint32_t behind) {
  uint32_t column = 0;
  bool marked = false;
  for (uint32_t i = first; i < behind; i++) {
    const Line *line = &l->lines.at[i];
    const Piece *name = name_of_cap(l, line);
    uint32_t end = name ? line->indent + width_before(l, line, line->count - 1) + 2 : 0;
    if (end > column) column = end;
    marked |= name && name->wide;
  }
  for (uint32_t i = first; marked && i < behind; i++) {
    const Line *line = &l->lines.at[i];
    Piece *name = name_of_cap(l, line);
    if (name) name->gap = column - line->indent - width_before(l, line, line->count - 1);
  }
}

static void align_all_caps(Layout *l) {
  for (uint32_t i = 1; i < l->lines.count; i++) {
    uint32_t behind = i;
    while (behind < l->lines.count && l->lines.at[behind].beneath) behind++;
    if (behind > i) align_caps(l, i - 1, behind);
    i = behind;
  }
}

/* ---- comments behind lines ---- */

uint32_t line_width(const Layout *l, const Line *line) {
  return line->row.length ? utf8_width(line->row) : width_before(l, line, line->count);
}

static void align_comments(Layout *l, uint32_t first, uint32_t behind) {
  uint32_t column = 0;
  for (uint32_t i = first; i < behind; i++) {
    uint32_t end = l->lines.at[i].indent + line_width(l, &l->lines.at[i]) + 2;
    if (end > column) column = end;
  }
  for (uint32_t i = first; i < behind; i++)
    l->lines.at[i].comment_gap = column - l->lines.at[i].indent - line_width(l, &l->lines.at[i]);
}

static bool has_comment_behind(const Line *line) { return line->count && line->comment.length; }

void layout_align(Layout *l) {
  for (uint32_t i = 0; i < l->lines.count;) {
    const Line *line = &l->lines.at[i];
    Run run = {.l = l, .first = i, .behind = i + 1};
    if (line->count && line->alone && !line->row.length) {
      while (run.behind < l->lines.count && goes_with(l, line, &l->lines.at[run.behind])) run.behind++;
      align_run(&run);
    }
    i = run.behind;
  }
  align_all_caps(l);
  for (uint32_t i = 0; i < l->lines.count;) {
    uint32_t behind = i + 1;
    if (has_comment_behind(&l->lines.at[i])) {
      while (behind < l->lines.count && has_comment_behind(&l->lines.at[behind]) && !l->lines.at[behind].blank_above)
        behind++;
      align_comments(l, i, behind);
    }
    i = behind;
  }
}
