/* Rows of tables: their cells lined up by column, numbers to the right. */
#include "tools/layout.h"

typedef struct Cell {
  View text;
  uint32_t width;
  bool number;
  bool ends_asked; /* || stands behind it */
} Cell;
typedef LIST(Cell) CellsOfRow;

typedef struct Column {
  uint32_t width;
  bool numbers; /* nothing else stands in it, but for its head */
} Column;

/* The rows from line `first` on, with comments between them. */
typedef struct Rows {
  Layout *l;
  uint32_t first, behind;
  LIST(CellsOfRow) cells; /* a list for each line; empty for comments and rows that are not lined up */
  LIST(Column) columns;
  uint32_t asked; /* columns before || */
} Rows;

static bool is_bar(TokenKind kind) { return kind == TOKEN_PIPE || kind == TOKEN_DOUBLE_PIPE; }

static bool is_amount(TokenKind kind) { return kind == TOKEN_NUMBER || kind == TOKEN_MONEY; }

/* One cell: the pieces from `from` up to a bar. */
static Cell read_cell(const Layout *l, const Line *line, uint32_t from, uint32_t to) {
  Writer *w = writer_to_memory(l->arena);
  for (uint32_t i = from; i < to; i++) {
    const Piece *piece = &l->pieces.at[line->first + i];
    if (i > from) write_repeat(w, ' ', piece->gap);
    write_view(w, piece->text);
  }
  Cell cell = {.text = writer_memory(w)};
  cell.width = utf8_width(cell.text);
  bool negative = to > from + 1 && token_of(l, line, from)->kind == TOKEN_MINUS;
  cell.number = to == from + (negative ? 2u : 1u) && is_amount(token_of(l, line, to - 1)->kind);
  return cell;
}

/* A row on one line, closed by its bar. */
static CellsOfRow read_row(const Layout *l, const Line *line) {
  CellsOfRow cells = {0};
  if (!is_row(l, line) || !line->alone || !is_bar(token_of(l, line, line->count - 1)->kind)) return cells;
  for (uint32_t from = 1; from < line->count;) {
    uint32_t to = from;
    while (!is_bar(token_of(l, line, to)->kind)) to++;
    Cell cell = read_cell(l, line, from, to);
    cell.ends_asked = token_of(l, line, to)->kind == TOKEN_DOUBLE_PIPE;
    list_push(l->arena, &cells, cell);
    from = to + 1;
  }
  return cells;
}

/* `| otherwise || 0 |` has fewer cells before the two bars than there are columns: the last one takes their room. */
static uint32_t missing_cells(const Rows *rows, const CellsOfRow *row) {
  for (uint32_t i = 0; i < row->count; i++)
    if (row->at[i].ends_asked) return rows->asked > i + 1 ? rows->asked - i - 1 : 0;
  return 0;
}

static void measure(Rows *rows, const CellsOfRow *row, bool head) {
  uint32_t column = 0, missing = missing_cells(rows, row);
  for (uint32_t i = 0; i < row->count; i++, column++) {
    while (rows->columns.count <= column) list_push(rows->l->arena, &rows->columns, ((Column){0, true}));
    bool wide = row->at[i].ends_asked && missing;
    Column *c = &rows->columns.at[column];
    if (!wide && row->at[i].width > c->width) c->width = row->at[i].width;
    if (!wide && !head && row->at[i].width && !row->at[i].number && !view_is(row->at[i].text, "-")) c->numbers = false;
    if (wide) column += missing;
  }
}

static void write_cell(Writer *w, const Cell *cell, uint32_t width, bool right) {
  uint32_t room = width > cell->width ? width - cell->width : 0;
  write_char(w, ' ');
  if (right) write_repeat(w, ' ', room);
  write_view(w, cell->text);
  if (!right) write_repeat(w, ' ', room);
  write_text(w, cell->ends_asked ? " ||" : " |");
}

static View write_row(const Rows *rows, const CellsOfRow *row) {
  Writer *w = writer_to_memory(rows->l->arena);
  uint32_t column = 0, missing = missing_cells(rows, row);
  write_char(w, '|');
  for (uint32_t i = 0; i < row->count; i++, column++) {
    uint32_t width = rows->columns.at[column].width;
    bool right = rows->columns.at[column].numbers && row->at[i].number;
    if (row->at[i].ends_asked)
      for (uint32_t k = 0; k < missing; k++) width += 3 + rows->columns.at[++column].width;
    write_cell(w, &row->at[i], width, right);
  }
  return writer_memory(w);
}

static void lay_out_rows(Rows *rows) {
  Layout *l = rows->l;
  for (uint32_t i = rows->first; i < rows->behind; i++) {
    CellsOfRow row = read_row(l, &l->lines.at[i]);
    list_push(l->arena, &rows->cells, row);
    for (uint32_t k = 0; k < row.count; k++)
      if (row.at[k].ends_asked && k + 1 > rows->asked) rows->asked = k + 1;
  }
  for (uint32_t i = 0; i < rows->cells.count; i++) measure(rows, &rows->cells.at[i], i == 0);
  for (uint32_t i = 0; i < rows->cells.count; i++)
    if (rows->cells.at[i].count) l->lines.at[rows->first + i].row = write_row(rows, &rows->cells.at[i]);
}

void layout_rows(Layout *l) {
  for (uint32_t i = 0; i < l->lines.count; i++) {
    if (!is_row(l, &l->lines.at[i])) continue;
    Rows rows = {.l = l, .first = i, .behind = i + 1};
    for (uint32_t k = i + 1; k < l->lines.count; k++) {
      if (is_row(l, &l->lines.at[k])) rows.behind = k + 1;
      if (l->lines.at[k].count && !is_row(l, &l->lines.at[k])) break;
    }
    lay_out_rows(&rows);
    i = rows.behind - 1;
  }
}
