/* Table text: a decision table on its way from the tree to the program.
 *
 * decision_table.c reads the rows (from the text, or from a CSV file that
 * table_file.c turns into text); table_use.c makes nodes of each use; table_cells.c
 * turns cells of constants into segments of each input's values;
 * table_gaps.c looks for what no row, or more than one, fits. Rows are in the
 * order of the text. Everything lives in the checker's arena. */
#ifndef CHECK_TABLE_TEXT_H
#define CHECK_TABLE_TEXT_H

#include "check/signature.h"

/* Segments of an axis, both ends included. */
typedef struct Segments {
  uint32_t first, last;
} Segments;
typedef LIST(Segments) SegmentList;

typedef struct AskedCell {
  const ExprList *tests;
  bool any;           /* nothing is asked */
  bool missing;       /* a missing value fits */
  bool negated;       /* not(…): what is read below does not fit */
  LIST(Range) ranges; /* of numbers; of codes, where the type is an enumeration or yes/no */
  ViewList texts;
  SegmentList segments; /* ascending, apart from each other */
} AskedCell;

typedef struct TextRow {
  const Item *item;
  uint32_t line;
  bool otherwise;
} TextRow;

typedef struct TableText {
  Checker *c;
  Signature *signature;
  const Decl *decl;
  RowPolicy policy;
  Span policy_span; /* start == end: none is written */
  View file;
  uint32_t *input_of, *output_of; /* place in the head -> input, output */
  const Item *head;
  LIST(TextRow) rows;
  AskedCell *asked;   /* rows × inputs */
  const Expr **given; /* rows × outputs; NULL: empty */
  Constant *values;   /* rows × outputs */
  bool *computed;     /* an output is not a constant in every row */
  bool compiled;      /* a cell is no constant, or texts are asked for their order */
  Axis *axes;
  uint32_t index; /* of decision_tables */
} TableText;

static inline AskedCell *asked_cell(const TableText *t, uint32_t row, uint32_t input) {
  return &t->asked[(size_t)row * t->signature->count + input];
}

/* ---- decision_table.c ---- */
/* Is the value of `expr` known from the text alone? False where it is computed, or was a mistake, which is told. */
bool constant_in_table(TableText *t, const Expr *expr, const Type *type, Constant *out, bool *computed);

/* One value is made of all rows that fit: a list, a sum, a number. */
bool policy_takes_all(RowPolicy policy);

/* ---- table_file.c ---- */
/* The rows of `from "file"` as items, as if they stood in the text; false where they could not be read. */
bool rows_of_table_file(TableText *t, const Item *from, ItemList *items);

/* ---- table_cells.c ---- */
void read_asked_cell(TableText *t, uint32_t row, uint32_t input);
/* Axes of all inputs and the segments of all cells, once they are read; `order` is bit -> row. */
void make_axes(TableText *t, const uint32_t *order, uint32_t count);
/* Are its values names or texts, without room between them? */
static inline bool axis_has_names(const Axis *axis) {
  return axis->type->kind == TYPE_ENUM || axis->type->kind == TYPE_YES_NO || axis->type->kind == TYPE_TEXT;
}
/* Segments as a rules text asks for them: " = 3", " in [4..6]", " in [Arena, NCE]", " is missing". */
View segments_text(const TableText *t, uint32_t input, const bool *segments);
/* One value that lies in the segment, as it is written in a rules text. */
View segment_witness(const TableText *t, uint32_t input, uint32_t segment);
/* Segments of the axis, with that of a missing value behind the others where it is named. */
uint32_t segments_of(const TableText *t, uint32_t input);

/* ---- table_gaps.c ---- */
/* Tells gaps, overlaps, rows that are never reached; says if every case has a row, and if none has two. */
void check_rows(TableText *t, bool *complete, bool *unique);

#endif
