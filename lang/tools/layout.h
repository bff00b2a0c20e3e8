/* Layout, internal to this folder: the tokens and comments of one text as
 * lines of pieces, which are spelt (spell.c), put in (indent.c), lined up
 * (align.c, rows.c) and written (format.c). The author's line breaks stay; all
 * else about blanks is decided here, from the tokens alone but for one thing:
 * two blanks or more before a piece, or one before a field's colon, are the
 * author's sign that lines are to be lined up there, and are written so that
 * the sign is still there. */
#ifndef TOOLS_LAYOUT_H
#define TOOLS_LAYOUT_H

#include "scan/join.h"
#include "tools/glossary.h"

typedef struct Piece {
  View text;
  const Token *token;
  uint32_t line, column; /* where it stood */
  uint32_t statement;    /* counted from the start of the text */
  uint32_t gap;          /* blanks before it */
  bool apart;            /* a blank stood before it */
  bool wide;             /* two or more did */
} Piece;

typedef struct Line {
  uint32_t first, count; /* its pieces; 0: only a comment */
  uint32_t source_line;
  uint32_t indent;
  bool begins; /* a statement */
  bool alone;  /* nothing else of its statement stands on other lines, or only the head of a section */
  bool blank_above;
  bool beneath; /* it begins with a cap that stands under the one in the line above */
  View comment;
  uint32_t comment_gap;
  View row; /* a table's row, written out; else empty */
} Line;

typedef struct Layout {
  Arena *arena;
  const Source *source;
  const RawTokenList *raw; /* with comments */
  const TokenList *tokens;
  const Vocabulary *vocabulary, *target; /* of the text, and of what is written */
  const Glossary *glossary;
  LIST(Piece) pieces;
  LIST(Line) lines;
  /* the statement that is being spelt */
  TokenKind first;
  bool has_for, has_some, behind_colon;
  uint32_t line_first, label_end; /* of the line that is being spelt: what is before token label_end would be a label */
} Layout;

static inline const Token *token_of(const Layout *l, const Line *line, uint32_t i) {
  return l->pieces.at[line->first + i].token;
}
static inline bool is_row(const Layout *l, const Line *line) {
  return line->count && line->begins && token_of(l, line, 0)->kind == TOKEN_PIPE;
}

void layout_spell(Layout *l);  /* tokens to pieces, with the gaps that always hold */
void layout_lines(Layout *l);  /* pieces and comments to lines */
void layout_indent(Layout *l); /* each line's indent */
void layout_rows(Layout *l);   /* rows of tables */
void layout_align(Layout *l);  /* what is lined up in lines that follow each other, and the comments behind them */
uint32_t line_width(const Layout *l, const Line *line); /* without its indent and its comment */

#endif
