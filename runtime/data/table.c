#include "data/table.h"

#include <string.h>
#include "data/match.h"
#include "data/path.h"
#include "data/reader.h"

enum { MAX_PARTS = JSON_MAX_DEPTH };

typedef struct TableColumn {
  View name;               /* as the header has it */
  const FieldShape *field; /* NULL: no such field */
  uint32_t *givens;        /* the yes/no inputs of the records on the way, and of the list */
  uint32_t given_count;
  View nearest; /* of an unknown one */
} TableColumn;

struct CsvTable {
  const Program *program;
  char separator;
  TableColumn *columns;
  uint32_t count;
  CsvCell *cells; /* of the record that is being bound */
  Path path;
};

/* ---- the header ---- */

static bool is_list(const FieldShape *field) { return field->input == NO_INDEX && field->type->kind == TYPE_LIST; }

static bool is_record(const FieldShape *field) { return field->input == NO_INDEX && !is_list(field); }

/* The part of a path before the next point. */
static View take_part(View *path) {
  const char *point = path->length ? memchr(path->at, '.', path->length) : NULL;
  View part = {path->at, point ? (uint32_t)(point - path->at) : path->length};
  uint32_t taken = part.length + (point != NULL);
  *path = (View){path->at + taken, path->length - taken};
  return part;
}

static void add_given(Arena *arena, TableColumn *column, uint32_t given) {
  if (given == NO_INDEX) return;
  size_t size = sizeof *column->givens;
  column->givens = arena_grow(arena, column->givens, column->given_count * size, (column->given_count + 1) * size);
  column->givens[column->given_count++] = given;
}

/* A list of single values: its shape is one field without a name. */
static bool is_plain_list(const FieldShape *field) {
  if (!is_list(field) || !field->shape || field->shape->count != 1) return false;
  return field->shape->fields[0].name.length == 0 && field->shape->fields[0].input != NO_INDEX;
}

/* The declared path that was most likely meant: what was found so far, and then the nearest name. */
static View nearest_path(Arena *arena, const TableColumn *column, View part, const FieldIndex *index) {
  uint32_t nearest = text_nearest(index->names, index->shape->count, part);
  if (nearest == NO_INDEX) return (View){0};
  View before = {column->name.at, (uint32_t)(part.at - column->name.at)};
  return view_join(arena, before, index->names[nearest]);
}

static void find_field(Arena *arena, FieldIndex *index, TableColumn *column) {
  View rest = column->name;
  for (uint32_t parts = 0; parts < MAX_PARTS; parts++) {
    View part = take_part(&rest);
    uint32_t found = field_index_find(index, arena, part);
    if (found == NO_INDEX) {
      column->nearest = nearest_path(arena, column, part, index);
      return;
    }
    const FieldShape *field = &index->shape->fields[found];
    bool last = rest.length == 0, plain = field->input != NO_INDEX || is_plain_list(field);
    /* A field of a list's records is refused for the list's sake. */
    if (last || (is_list(field) && !plain)) column->field = field;
    if (column->field && !plain) return;
    add_given(arena, column, field->given);
    if (last || plain) return;
    index = field_index_new(arena, field->shape);
  }
}

/* What a whole column cannot hold. */
static bool fits_in_column(Arena *arena, const TableColumn *column, Fault *fault) {
  const FieldShape *field = column->field;
  if (!field || field->input != NO_INDEX || is_plain_list(field)) return true;
  fault->arguments[0] = column->name;
  if (is_record(field)) {
    View inner = field->shape && field->shape->count > 0 ? field->shape->fields[0].name : (View){0};
    fault->code = MSG_D0013;
    fault->arguments[1] = view_join(arena, view_join(arena, column->name, VIEW(".")), inner);
    return false;
  }
  fault->code = MSG_D0012;
  return false;
}

static bool is_met_before(const CsvTable *table, uint32_t column, Fault *fault) {
  for (uint32_t i = 0; i < column; i++) {
    const TableColumn *a = &table->columns[i], *b = &table->columns[column];
    bool same = a->field ? a->field == b->field : a->name.length > 0 && view_equal(a->name, b->name);
    if (!same) continue;
    fault->code = MSG_D0011;
    fault->arguments[0] = a->name;
    fault->arguments[1] = b->name;
    return true;
  }
  return false;
}

static bool add_column(CsvTable *table, Arena *arena, FieldIndex *index, uint32_t i, Fault *fault) {
  const CsvCell *cell = &table->cells[i];
  TableColumn *column = &table->columns[i];
  if (cell->is_flawed || !utf8_valid(cell->text, NULL)) {
    fault->code = cell->is_flawed ? MSG_D0016 : MSG_D0133;
    fault->arguments[0] = cell->is_flawed ? VIEW("\"") : cell->text;
    return false;
  }
  column->name = view_copy(arena, view_trim(cell->text));
  if (column->name.length > 0) find_field(arena, index, column);
  return fits_in_column(arena, column, fault) && !is_met_before(table, i, fault);
}

static bool has_a_field(const CsvTable *table, Fault *fault) {
  for (uint32_t i = 0; i < table->count; i++)
    if (table->columns[i].field) return true;
  const Shape *shape = table->program->application;
  fault->code = MSG_D0015;
  fault->arguments[0] = shape->count > 0 ? shape->fields[0].name : (View){0};
  return false;
}

CsvTable *table_of_header(Arena *arena, const Program *program, const Record *header, Fault *fault) {
  CsvTable *table = arena_new_of(arena, CsvTable);
  *table = (CsvTable){.program = program, .separator = csv_separator(header->bytes), .path = {.arena = arena}};
  fault->line = header->line;
  table->count = csv_split(arena, header->bytes, table->separator, NULL, 0);
  if (table->count > CSV_MAX_COLUMNS || header->too_large) {
    fault->code = MSG_D0014;
    fault->arguments[0] = VIEW("4096");
    return NULL;
  }
  table->cells = arena_array(arena, CsvCell, table->count);
  csv_split(arena, header->bytes, table->separator, table->cells, table->count);
  table->columns = arena_array(arena, TableColumn, table->count);
  FieldIndex *index = field_index_new(arena, program->application);
  for (uint32_t i = 0; i < table->count; i++)
    if (!add_column(table, arena, index, i, fault)) return NULL;
  return has_a_field(table, fault) ? table : NULL;
}

const View *table_unknown_column(const CsvTable *table) {
  for (uint32_t i = 0; i < table->count; i++)
    if (!table->columns[i].field && table->columns[i].name.length > 0) return &table->columns[i].name;
  return NULL;
}

char table_separator(const CsvTable *table) { return table->separator; }

/* ---- a row ---- */

static void set_givens(BatchBuilder *b, const TableColumn *column) {
  for (uint32_t i = 0; i < column->given_count; i++) build_yes_no(b, column->givens[i], true);
}

/* The part of the cell before the next mark. */
static View take_item(View *cell, char mark) {
  const char *found = cell->length ? memchr(cell->at, mark, cell->length) : NULL;
  View item = {cell->at, found ? (uint32_t)(found - cell->at) : cell->length};
  uint32_t taken = item.length + (found != NULL);
  *cell = (View){cell->at + taken, cell->length - taken};
  return view_trim(item);
}

static void bind_list(CsvTable *table, BatchBuilder *b, const TableColumn *column, View text, CellPlace *place) {
  const FieldShape *list = column->field;
  char mark = table->separator == ';' ? '|' : ';';
  path_cut(&table->path, 0);
  path_add_field(&table->path, column->name);
  for (View rest = text; rest.length > 0;) {
    RawValue item = {VALUE_TEXT, take_item(&rest, mark)};
    uint32_t number = build_item(b, list->data_space);
    if (number > LIST_MAX_ITEMS) {
      place->field = path_view(&table->path);
      build_row_error(b, fault_at(MSG_D0107, place, column->name, VIEW("1 000 000")));
      return;
    }
    uint32_t outside = path_add_item(&table->path, number);
    place->field = path_view(&table->path);
    bind_value(b, list->shape->fields[0].input, &item, true, place);
    path_cut(&table->path, outside);
  }
}

static void bind_flaw(BatchBuilder *b, const TableColumn *column, const CsvCell *cell, const CellPlace *place) {
  Fault fault = fault_at(cell->flaw, place, cell->text, (View){0});
  uint32_t input = NO_INDEX;
  if (column->field) input = column->field->input != NO_INDEX ? column->field->input : column->field->given;
  if (input != NO_INDEX)
    build_error(b, input, fault);
  else
    build_row_error(b, fault);
}

static void bind_unknown(BatchBuilder *b, uint32_t i, const TableColumn *column, View text, const CellPlace *place) {
  if (!batch_builder_keeps_faults(b))
    build_row_error(b, fault_at(MSG_D0102, place, (View){0}, (View){0}));
  else if (column->name.length == 0)
    build_row_error(b, fault_at(MSG_D0164, place, view_format(batch_builder_arena(b), "%u", i + 1), text));
  else if (column->nearest.length > 0)
    build_row_error(b, fault_at(MSG_D0101, place, column->name, column->nearest));
  else
    build_row_error(b, fault_at(MSG_D0102, place, column->name, (View){0}));
}

static void bind_cell(CsvTable *table, BatchBuilder *b, uint32_t i, CellPlace *place) {
  const TableColumn *column = &table->columns[i];
  const CsvCell *cell = &table->cells[i];
  place->field = column->name;
  if (cell->is_flawed) {
    bind_flaw(b, column, cell, place);
    return;
  }
  if (view_trim(cell->text).length == 0) return;
  if (!column->field) {
    bind_unknown(b, i, column, cell->text, place);
    return;
  }
  set_givens(b, column);
  if (column->field->input == NO_INDEX) {
    bind_list(table, b, column, cell->text, place);
    return;
  }
  RawValue value = {VALUE_TEXT, cell->text};
  bind_value(b, column->field->input, &value, true, place);
}

/* Where cells are missing or too many nobody knows which belongs where, so none is used. */
static bool has_all_cells(CsvTable *table, BatchBuilder *b, const Record *record, const CellPlace *place) {
  Arena *arena = batch_builder_arena(b);
  if (record->too_large) {
    build_row_error(b, fault_at(MSG_D0108, place, (View){0}, (View){0}));
    return false;
  }
  uint32_t count = csv_split(arena, record->bytes, table->separator, table->cells, table->count);
  if (count == table->count) return true;
  for (uint32_t i = 0; i < count && i < table->count; i++)
    if (table->cells[i].is_flawed) {
      /* The likelier cause. */
      build_row_error(b, fault_at(table->cells[i].flaw, place, table->cells[i].text, (View){0}));
      return false;
    }
  build_row_error(b,
                  fault_at(MSG_D0160, place, view_format(arena, "%u", count), view_format(arena, "%u", table->count)));
  return false;
}

void table_bind(CsvTable *table, BatchBuilder *b, View file, const Record *record, uint64_t place) {
  CellPlace cell_place = {.file = file, .line = record->line};
  build_application(b, file, record->line);
  if (has_all_cells(table, b, record, &cell_place))
    for (uint32_t i = 0; i < table->count; i++) bind_cell(table, b, i, &cell_place);
  build_identity_from_cells(b, place);
}
