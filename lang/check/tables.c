/* Data tables: `data NAME: list of RECORD` with rows in the text or in a CSV file beside it. Cells are constants. A list
 * in a cell goes to a table of its own (owner row, value), and the cell itself is a yes: it was given. The last column of
 * a table is the number of its row. */
#include "check/checker.h"
#include "check/csv.h"

typedef LIST(Constant) ConstantList;

typedef struct TableMaker {
  Checker *c;
  Symbol *symbol;
  const Shape *shape;
  uint32_t *column_of; /* head position -> field, NO_INDEX: unknown */
  uint32_t head_count;
  ConstantList *lists; /* one for each field: owner and value in turn */
  Constant *cells;
  uint32_t columns; /* fields and the row number */
} TableMaker;

/* ---- cells ---- */

static bool constant_of_cell(TableMaker *m, const Expr *expr, const Type *type, Constant *out) {
  Checker *c = m->c;
  Env env = {.space = ROOT_SPACE};
  uint32_t node = elaborate_scalar(c, &env, expr, type);
  const Constant *constant = node_as_constant(c, node);
  if (node != NO_NODE && !constant) diag_add(c->diags, MSG_E0703, expr->span, DIAG_END);
  if (!constant) return false;
  *out = *constant;
  out->type = type;
  return true;
}

static void add_list_cell(TableMaker *m, uint32_t field, uint32_t row, const ExprList *cell) {
  const Type *element = m->shape->fields[field].type->element;
  for (uint32_t i = 0; i < cell->count; i++) {
    const ExprList *inner = cell->at[i]->kind == EXPR_LIST ? &cell->at[i]->items : NULL;
    for (uint32_t k = 0; k < (inner ? inner->count : 1); k++) {
      Constant value;
      if (!constant_of_cell(m, inner ? inner->at[k] : cell->at[i], element, &value)) continue;
      list_push(m->c->arena, &m->lists[field], ((Constant){.type = m->c->number, .number = num_of(row)}));
      list_push(m->c->arena, &m->lists[field], value);
    }
  }
}

static void add_cell(TableMaker *m, uint32_t field, uint32_t row, const ExprList *cell) {
  const Type *type = m->shape->fields[field].type;
  Constant *out = &m->cells[(size_t)row * m->columns + field];
  *out = (Constant){.type = type, .number = num_of(0), .missing = true};
  if (!cell->count) return;
  if (type->kind == TYPE_LIST) {
    out->missing = false;
    out->yes = true;
    add_list_cell(m, field, row, cell);
    return;
  }
  if (cell->count > 1) {
    Span span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span);
    diag_add(m->c->diags, MSG_E0704, span, m->shape->fields[field].name, DIAG_END);
    return;
  }
  constant_of_cell(m, cell->at[0], type, out);
}

/* ---- rows in the text ---- */

static uint32_t field_named(const Shape *shape, View name) {
  for (uint32_t i = 0; i < shape->count; i++)
    if (view_equal(shape->fields[i].name, name)) return i;
  return NO_INDEX;
}

/* A column that is no field: a misspelt one is taken for the field that was meant. */
static uint32_t refuse_column(TableMaker *m, View name, Span span) {
  Checker *c = m->c;
  Nearest best = {.wanted = name, .distance = name.length < 6 ? 2 : 3};
  for (uint32_t f = 0; f < m->shape->count; f++) consider(c, &best, m->shape->fields[f].name);
  if (best.name.length)
    diag_add(c->diags, MSG_E0711, span, name, m->shape->name, best.name, DIAG_END);
  else
    diag_add(c->diags, MSG_E0702, span, name, m->shape->name, DIAG_END);
  return best.name.length ? field_named(m->shape, best.name) : NO_INDEX;
}

/* Only where every column is a field: one that is none may be the missing one under another name. */
static void refuse_missing_columns(TableMaker *m, Span head) {
  bool *there = arena_array(m->c->arena, bool, m->shape->count);
  for (uint32_t i = 0; i < m->head_count; i++) {
    if (m->column_of[i] == NO_INDEX) return;
    there[m->column_of[i]] = true;
  }
  for (uint32_t f = 0; f < m->shape->count; f++)
    if (!there[f]) diag_add(m->c->diags, MSG_E0706, head, m->shape->fields[f].name, DIAG_END);
}

static void read_head(TableMaker *m, const Item *head) {
  Checker *c = m->c;
  m->head_count = head->cells.count;
  m->column_of = arena_array(c->arena, uint32_t, m->head_count);
  for (uint32_t i = 0; i < m->head_count; i++) {
    const ExprList *cell = &head->cells.at[i];
    bool named = cell->count == 1 && cell->at[0]->kind == EXPR_NAME;
    m->column_of[i] = named ? field_named(m->shape, cell->at[0]->text) : NO_INDEX;
    if (m->column_of[i] != NO_INDEX) continue;
    Span span = cell->count ? cell->at[0]->span : head->span;
    m->column_of[i] = refuse_column(m, span_text(c->diags->sources, span), span);
  }
  refuse_missing_columns(m, head->span);
}

static void clear_row(TableMaker *m, uint32_t row) {
  for (uint32_t f = 0; f < m->shape->count; f++)
    m->cells[(size_t)row * m->columns + f] =
        (Constant){.type = m->shape->fields[f].type, .number = num_of(0), .missing = true};
}

static void read_row(TableMaker *m, const Item *item, uint32_t row) {
  Checker *c = m->c;
  clear_row(m, row);
  if (item->cells.count != m->head_count) {
    diag_add(c->diags, MSG_E0701, item->span, view_format(c->arena, "%u", item->cells.count),
             view_format(c->arena, "%u", m->head_count), DIAG_END);
    return;
  }
  for (uint32_t i = 0; i < item->cells.count; i++)
    if (m->column_of[i] != NO_INDEX) add_cell(m, m->column_of[i], row, &item->cells.at[i]);
}

/* ---- rows in a file ---- */

static bool read_number_like(Checker *c, View text, const Type *type, Constant *out) {
  int64_t whole;
  MomentText moment;
  switch (type->kind) {
  case TYPE_NUMBER:
  case TYPE_RATE:
  case TYPE_MONEY: return num_read(c->arena, text, &out->number) == NUM_READ;
  case TYPE_DATE:
    if (!date_read(text, &whole)) return false;
    out->number = num_of(whole);
    return true;
  case TYPE_MOMENT:
    if (!moment_read(text, &moment)) return false;
    out->number = num_of(zone_moment_of_text(c->program->zone, moment));
    return true;
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_MONTHS:
  case TYPE_DURATION:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: return false;
  }
  return false;
}

static bool constant_of_text(Checker *c, View text, const Type *type, Constant *out) {
  *out = (Constant){.type = type, .number = num_of(0), .text = text};
  if (type->kind == TYPE_TEXT) return true;
  out->text = (View){0};
  if (type->kind == TYPE_YES_NO) {
    out->yes = view_is(text, "yes") || view_is(text, "ja");
    return out->yes || view_is(text, "no") || view_is(text, "nei");
  }
  if (type->kind == TYPE_ENUM) {
    for (out->code = 0; out->code < type->values->count; out->code++)
      if (view_equal(type->values->values[out->code], view_nfc(c->arena, text))) return true;
    return false;
  }
  return read_number_like(c, text, type, out);
}

static void file_cell(TableMaker *m, uint32_t field, uint32_t row, View text, uint32_t line) {
  Checker *c = m->c;
  const Type *type = m->shape->fields[field].type;
  Constant *out = &m->cells[(size_t)row * m->columns + field];
  if (!text.length) return;
  bool sound = true;
  if (type->kind == TYPE_LIST) {
    out->yes = true;
    while (text.length && sound) {
      uint32_t cut = 0;
      while (cut < text.length && text.at[cut] != ';') cut++;
      Constant value;
      sound = constant_of_text(c, view_trim((View){text.at, cut}), type->element, &value);
      if (sound) {
        list_push(c->arena, &m->lists[field], ((Constant){.type = c->number, .number = num_of(row)}));
        list_push(c->arena, &m->lists[field], value);
      }
      uint32_t skip = cut < text.length ? cut + 1 : cut;
      text = (View){text.at + skip, text.length - skip};
    }
  } else {
    sound = constant_of_text(c, text, type, out);
  }
  if (sound) return;
  out->missing = true;
  diag_add(c->diags, MSG_E0707, m->symbol->decl->from_span, m->symbol->decl->from, view_format(c->arena, "%u", line),
           text, m->shape->fields[field].name, type_name(type), DIAG_END);
}

/* At most: a record takes one line or more. */
static uint32_t records_left(const Csv *csv) {
  uint32_t lines = 1;
  for (const char *p = csv->at; p < csv->end; p++) lines += *p == '\n' || *p == '\r';
  return lines;
}

static void file_head(TableMaker *m, Csv *csv) {
  Checker *c = m->c;
  LIST(uint32_t) fields = {0};
  for (bool last = false; !last;) {
    View name = csv_cell(csv, &last);
    uint32_t field = field_named(m->shape, view_nfc(c->arena, name));
    if (field == NO_INDEX) field = refuse_column(m, name, m->symbol->decl->from_span);
    list_push(c->arena, &fields, field);
  }
  m->column_of = fields.at;
  m->head_count = fields.count;
  refuse_missing_columns(m, m->symbol->decl->from_span);
}

/* The number of its cells. */
static uint32_t file_row(TableMaker *m, uint32_t row, Csv *csv) {
  uint32_t column = 0, line = csv->line;
  clear_row(m, row);
  for (bool last = false; !last; column++) {
    View cell = csv_cell(csv, &last);
    if (column >= m->head_count || m->column_of[column] == NO_INDEX) continue;
    m->cells[(size_t)row * m->columns + m->column_of[column]].missing = !cell.length;
    file_cell(m, m->column_of[column], row, cell, line);
  }
  return column;
}

static uint32_t rows_of_file(TableMaker *m) {
  Checker *c = m->c;
  Span span = m->symbol->decl->from_span;
  Csv csv;
  if (!csv_open(c, m->symbol->decl->from, span, &csv)) return 0;
  file_head(m, &csv);
  m->cells = arena_array(c->arena, Constant, (size_t)records_left(&csv) * m->columns);
  uint32_t row = 0;
  while (csv_has_more(&csv)) {
    uint32_t cells = file_row(m, row, &csv);
    if (cells != m->head_count && cells > 1)
      diag_add(c->diags, MSG_E0701, span, view_format(c->arena, "%u", cells),
               view_format(c->arena, "%u", m->head_count), DIAG_END);
    if (cells > 1 || m->head_count == 1) row++;
  }
  return row;
}

/* ---- tables ---- */

static uint32_t rows_of_text(TableMaker *m) {
  const ItemList *items = &m->symbol->decl->items;
  uint32_t rows = 0;
  const Item *head = NULL;
  m->cells = arena_array(m->c->arena, Constant, (size_t)(items->count + 1) * m->columns);
  for (uint32_t i = 0; i < items->count; i++) {
    if (items->at[i]->kind != ITEM_ROW) continue;
    if (head)
      read_row(m, items->at[i], rows++);
    else
      read_head(m, head = items->at[i]);
  }
  return rows;
}

/* The values of a list column, as a table of (owner row, value). */
static uint32_t add_list_table(TableMaker *m, uint32_t field) {
  Checker *c = m->c;
  Table table = {.name = m->shape->fields[field].name, .row_count = m->lists[field].count / 2, .column_count = 2};
  table.column_types = arena_array(c->arena, const Type *, 2);
  table.column_types[0] = c->number;
  table.column_types[1] = m->shape->fields[field].type->element;
  table.cells = m->lists[field].at;
  list_push(c->arena, &c->tables, table);
  return c->tables.count - 1;
}

static void finish_table(TableMaker *m, uint32_t rows) {
  Checker *c = m->c;
  const Decl *decl = m->symbol->decl;
  Table table = {.name = m->symbol->name.text,
                 .source = decl->source,
                 .row_count = rows,
                 .column_count = m->columns,
                 .cells = m->cells};
  table.column_names = arena_array(c->arena, View, m->columns);
  table.column_types = arena_array(c->arena, const Type *, m->columns);
  table.column_types[m->columns - 1] = c->number;
  for (uint32_t f = 0; f < m->shape->count; f++) {
    table.column_names[f] = m->shape->fields[f].name;
    table.column_types[f] = m->shape->fields[f].type;
  }
  for (uint32_t r = 0; r < rows; r++)
    m->cells[(size_t)(r + 1) * m->columns - 1] = (Constant){.type = c->number, .number = num_of(r)};
  for (uint32_t f = 0; f < m->shape->count; f++)
    if (m->shape->fields[f].type->kind == TYPE_LIST) m->cells[f].code = add_list_table(m, f);
  list_push(c->arena, &c->tables, table);
  m->symbol->index = c->tables.count - 1;
}

void check_table(Checker *c, Symbol *symbol) {
  if (symbol->state != SYMBOL_NEW) return;
  symbol->state = SYMBOL_DONE;
  symbol->index = NO_INDEX;
  const Type *type = type_of_expr(c, symbol->decl->type, symbol->name.text);
  if (type->kind == TYPE_ERROR) return;
  if (type->kind != TYPE_LIST || type->element->kind != TYPE_RECORD) {
    if (type->kind != TYPE_LIST || type->element->kind != TYPE_ERROR)
      diag_add(c->diags, MSG_E0709, symbol->decl->type->span, type_name(type), DIAG_END);
    return;
  }
  TableMaker m = {.c = c, .symbol = symbol, .shape = type->element->shape};
  m.columns = m.shape->count + 1;
  m.lists = arena_array(c->arena, ConstantList, m.shape->count);
  symbol->type = type;
  uint32_t rows = symbol->decl->from.length ? rows_of_file(&m) : rows_of_text(&m);
  if (rows)
    finish_table(&m, rows);
  else if (!c->diags->errors)
    diag_add(c->diags, MSG_E0710, symbol->name.span, symbol->name.text, DIAG_END);
}

/* The table as a list, its rows once for every row of the space that asks. */
Value table_value(Checker *c, const Env *env, Symbol *symbol) {
  check_table(c, symbol);
  if (symbol->index == NO_INDEX) return value_nothing(c);
  uint32_t space = space_get(c, SPACE_TABLE, env->space, symbol->index);
  Value *element = arena_new_of(c->arena, Value);
  *element = record_value(
      c, (RecordRef){.space = space, .shape = symbol->type->element->shape, .table = symbol->index, .pick = NO_NODE});
  return (Value){
      .kind = VALUE_LIST, .type = symbol->type, .node = NO_NODE, .list = {space, NO_NODE, NO_NODE}, .element = element};
}
