#include "data/batch.h"

#include <assert.h>
#include <string.h>
#include "data/spelling.h"

/* While it is built a column is a draft: its arrays grow when a cell beyond
 * their end is set, so a field that nobody gives costs nothing until the end.
 * A number is units at a scale of its own; what no int64 holds waits in a list
 * beside. Only when the batch is finished do all get one scale, or all become
 * exact. */

typedef struct CellFault {
  uint32_t row;
  const Fault *fault;
} CellFault;

typedef struct CellNumber {
  uint32_t row;
  Num value;
} CellNumber;

typedef struct Draft {
  ColumnKind kind;
  uint32_t room;      /* rows in the arrays; a multiple of 64 */
  uint64_t *yes, *no; /* BITS */
  uint64_t *known;    /* the others */
  int64_t *units;
  uint8_t *scales;
  uint32_t *codes;
  View *texts;
  LIST(CellNumber) large; /* rows ascend */
  LIST(CellFault) errors; /* rows ascend */
  const View *folded;
} Draft;

typedef struct SpaceDraft {
  uint32_t rows;
  uint32_t first_child, next_sibling; /* spaces, 0: none */
  LIST(uint32_t) offsets;             /* where the items of each parent row begin */
} SpaceDraft;

typedef struct Application {
  View id, name, file;
  uint32_t line;
} Application;

struct BatchBuilder {
  Arena *arena;
  const Program *program;
  Draft *drafts;
  SpaceDraft *spaces;
  uint32_t space_count;
  LIST(Application) applications;
  LIST(uint64_t) spoiled;
  LIST(RowFault) faults;
  uint32_t row_faults; /* kept of the application that is being built */
};

BatchBuilder *batch_builder_new(Arena *arena, const Program *program) {
  BatchBuilder *b = arena_new_of(arena, BatchBuilder);
  *b = (BatchBuilder){.arena = arena, .program = program};
  b->drafts = arena_array(arena, Draft, program->input_count);
  for (uint32_t i = 0; i < program->input_count; i++) b->drafts[i].kind = column_kind_of(program->inputs[i].type);
  b->space_count = program->data_space_count > 0 ? program->data_space_count : 1;
  b->spaces = arena_array(arena, SpaceDraft, b->space_count);
  for (uint32_t i = b->space_count - 1; i > 0; i--) {
    SpaceDraft *parent = &b->spaces[program->data_spaces[i].parent];
    b->spaces[i].next_sibling = parent->first_child;
    parent->first_child = i;
  }
  return b;
}

Arena *batch_builder_arena(const BatchBuilder *b) { return b->arena; }

const Program *batch_builder_program(const BatchBuilder *b) { return b->program; }

uint32_t batch_builder_rows(const BatchBuilder *b) { return b->applications.count; }

/* ---- rows ---- */

static void add_row(BatchBuilder *b, uint32_t space) {
  SpaceDraft *s = &b->spaces[space];
  if (s->rows >= INT32_MAX) memory_refuse();
  s->rows++;
  for (uint32_t child = s->first_child; child; child = b->spaces[child].next_sibling)
    list_push(b->arena, &b->spaces[child].offsets, b->spaces[child].rows);
}

void build_application(BatchBuilder *b, View file, uint32_t line) {
  if (b->applications.count % 64 == 0) list_push(b->arena, &b->spoiled, 0);
  list_push(b->arena, &b->applications, ((Application){.file = file, .line = line}));
  b->row_faults = 0;
  add_row(b, ROOT_SPACE);
}

uint32_t build_item(BatchBuilder *b, uint32_t data_space) {
  assert(data_space != ROOT_SPACE && data_space < b->space_count);
  SpaceDraft *s = &b->spaces[data_space];
  assert(s->offsets.count > 0);
  add_row(b, data_space);
  return s->rows - s->offsets.at[s->offsets.count - 1];
}

static uint32_t row_of(const BatchBuilder *b, uint32_t input) {
  uint32_t rows = b->spaces[b->program->inputs[input].space].rows;
  assert(rows > 0);
  return rows - 1;
}

/* ---- faults ---- */

static const Fault *keep_fault(BatchBuilder *b, const Fault *fault) {
  uint32_t row = b->applications.count - 1;
  bit_set(b->spoiled.at, row);
  if (b->row_faults > ROW_MAX_FAULTS) return b->faults.at[b->faults.count - 1].fault;
  Fault others = fault_in_data(MSG_D0100, fault->file, fault->line, (View){0});
  const Fault *kept = fault_copy(b->arena, b->row_faults == ROW_MAX_FAULTS ? &others : fault);
  b->row_faults++;
  list_push(b->arena, &b->faults, ((RowFault){row, kept}));
  return kept;
}

bool batch_builder_keeps_faults(const BatchBuilder *b) { return b->row_faults < ROW_MAX_FAULTS; }

void build_row_error(BatchBuilder *b, Fault fault) {
  assert(b->applications.count > 0);
  keep_fault(b, &fault);
}

/* ---- cells ---- */

enum { FIRST_ROOM = 64 };

static void *grow(Arena *arena, void *old, size_t size, uint32_t from, uint32_t to) {
  return arena_grow(arena, old, size * from, memory_product(to, size));
}

static uint64_t *grow_bits(Arena *arena, uint64_t *old, uint32_t from, uint32_t to) {
  return grow(arena, old, sizeof *old, from / 64, to / 64);
}

static void make_room(Arena *arena, Draft *d, uint32_t rows) {
  if (rows <= d->room) return;
  uint32_t from = d->room, to = from < FIRST_ROOM ? FIRST_ROOM : 2 * from;
  if (to < rows) to = words_for(rows) * 64;
  switch (d->kind) {
  case COLUMN_BITS:
    d->yes = grow_bits(arena, d->yes, from, to);
    d->no = grow_bits(arena, d->no, from, to);
    break;
  case COLUMN_NUMBERS:
    d->units = grow(arena, d->units, sizeof *d->units, from, to);
    d->scales = grow(arena, d->scales, sizeof *d->scales, from, to);
    break;
  case COLUMN_CODES: d->codes = grow(arena, d->codes, sizeof *d->codes, from, to); break;
  case COLUMN_TEXTS: d->texts = grow(arena, d->texts, sizeof *d->texts, from, to); break;
  }
  if (d->kind != COLUMN_BITS) d->known = grow_bits(arena, d->known, from, to);
  d->room = to;
}

static bool is_error(const Draft *d, uint32_t row) {
  return d->errors.count > 0 && d->errors.at[d->errors.count - 1].row == row;
}

/* The draft with room for the row that is being built; NULL where its cell is an error and stays one. */
static Draft *draft_to_set(BatchBuilder *b, uint32_t input, ColumnKind kind, uint32_t *row) {
  Draft *d = &b->drafts[input];
  assert(input < b->program->input_count && d->kind == kind);
  (void)kind;
  *row = row_of(b, input);
  if (is_error(d, *row)) return NULL;
  make_room(b->arena, d, *row + 1);
  return d;
}

/* A cell may be set again, or turn out wrong after all. */
static void clear_cell(Draft *d, uint32_t row) {
  if (row >= d->room) return;
  if (d->kind == COLUMN_BITS) {
    bit_clear(d->yes, row);
    bit_clear(d->no, row);
    return;
  }
  bit_clear(d->known, row);
  if (d->kind != COLUMN_NUMBERS) return;
  d->units[row] = 0;
  d->scales[row] = 0;
  if (d->large.count > 0 && d->large.at[d->large.count - 1].row == row) d->large.count--;
}

void build_yes_no(BatchBuilder *b, uint32_t input, bool yes) {
  uint32_t row;
  Draft *d = draft_to_set(b, input, COLUMN_BITS, &row);
  if (!d) return;
  clear_cell(d, row);
  bit_set(yes ? d->yes : d->no, row);
}

void build_units(BatchBuilder *b, uint32_t input, int64_t units, unsigned scale) {
  uint32_t row;
  Draft *d = draft_to_set(b, input, COLUMN_NUMBERS, &row);
  if (!d) return;
  clear_cell(d, row);
  bit_set(d->known, row);
  d->units[row] = units;
  d->scales[row] = (uint8_t)scale;
}

void build_number(BatchBuilder *b, uint32_t input, Num value) {
  unsigned scale;
  int64_t units;
  if (num_scale(value, &scale) && num_to_scaled(value, scale, &units)) {
    build_units(b, input, units, scale);
    return;
  }
  uint32_t row;
  Draft *d = draft_to_set(b, input, COLUMN_NUMBERS, &row);
  if (!d) return;
  clear_cell(d, row);
  bit_set(d->known, row);
  list_push(b->arena, &d->large, ((CellNumber){row, num_copy(b->arena, value)}));
}

void build_code(BatchBuilder *b, uint32_t input, uint32_t code) {
  uint32_t row;
  Draft *d = draft_to_set(b, input, COLUMN_CODES, &row);
  if (!d) return;
  bit_set(d->known, row);
  d->codes[row] = code;
}

void build_text(BatchBuilder *b, uint32_t input, View text) {
  uint32_t row;
  Draft *d = draft_to_set(b, input, COLUMN_TEXTS, &row);
  if (!d) return;
  bit_set(d->known, row);
  d->texts[row] = view_copy(b->arena, text);
}

void build_error(BatchBuilder *b, uint32_t input, Fault fault) {
  Draft *d = &b->drafts[input];
  uint32_t row = row_of(b, input);
  const Fault *kept = keep_fault(b, &fault);
  clear_cell(d, row);
  if (!is_error(d, row)) list_push(b->arena, &d->errors, ((CellFault){row, kept}));
}

const View *builder_folded_values(BatchBuilder *b, uint32_t input) {
  Draft *d = &b->drafts[input];
  if (d->folded) return d->folded;
  const EnumType *type = b->program->inputs[input].type->values;
  View *folded = arena_array(b->arena, View, type->count);
  for (uint32_t i = 0; i < type->count; i++) folded[i] = view_fold(b->arena, type->values[i]);
  return d->folded = folded;
}

/* ---- who it is ---- */

void build_identity(BatchBuilder *b, View id, View name) {
  Application *a = &b->applications.at[b->applications.count - 1];
  a->id = view_copy(b->arena, id);
  a->name = view_copy(b->arena, name);
}

static View number_text(const BatchBuilder *b, const Draft *d, const Type *type, uint32_t row) {
  bool large = d->large.count > 0 && d->large.at[d->large.count - 1].row == row;
  Num value = large ? d->large.at[d->large.count - 1].value : num_of_scaled(b->arena, d->units[row], d->scales[row]);
  return value_spelling(b->arena, b->program, type, value);
}

/* The cell of a root field as text; empty where it is not known. */
static View cell_text(const BatchBuilder *b, uint32_t field, uint32_t row) {
  const Shape *shape = b->program->application;
  if (!shape || field >= shape->count || shape->fields[field].input == NO_INDEX) return (View){0};
  uint32_t input = shape->fields[field].input;
  const Draft *d = &b->drafts[input];
  const Type *type = b->program->inputs[input].type;
  if (row >= d->room) return (View){0};
  if (d->kind == COLUMN_BITS) return bit_get(d->yes, row) ? VIEW("yes") : bit_get(d->no, row) ? VIEW("no") : (View){0};
  if (!bit_get(d->known, row)) return (View){0};
  switch (d->kind) {
  case COLUMN_NUMBERS: return number_text(b, d, type, row);
  case COLUMN_CODES: return type->values->values[d->codes[row]];
  case COLUMN_TEXTS: return d->texts[row];
  case COLUMN_BITS: break;
  }
  return (View){0};
}

static View place_text(Arena *arena, uint64_t place) { return view_format(arena, "#%llu", (unsigned long long)place); }

void build_identity_from_cells(BatchBuilder *b, uint64_t place) {
  uint32_t row = b->applications.count - 1;
  View id = cell_text(b, b->program->id_field, row);
  Application *a = &b->applications.at[row];
  a->id = id.length > 0 ? id : place_text(b->arena, place);
  a->name = cell_text(b, b->program->name_field, row);
}

/* ---- columns out of drafts ---- */

/* The scales of the cells that are not 0, which fits every scale. */
static void find_scales(const Draft *d, uint32_t rows, unsigned *least, unsigned *most) {
  *least = UINT8_MAX;
  *most = 0;
  for (uint32_t row = 0; row < rows; row++) {
    if (d->units[row] == 0) continue;
    if (d->scales[row] < *least) *least = d->scales[row];
    if (d->scales[row] > *most) *most = d->scales[row];
  }
}

static bool put_common_units(const Draft *d, uint32_t rows, unsigned scale, int64_t *units) {
  for (uint32_t row = 0; row < rows; row++) {
    unsigned up = d->units[row] ? scale - d->scales[row] : 0;
    if (__builtin_mul_overflow(d->units[row], powers_of_ten[up], &units[row]) || units[row] == INT64_MIN) return false;
  }
  return true;
}

static Num *exact_numbers(Arena *arena, const Draft *d, uint32_t rows) {
  Num *exact = arena_array(arena, Num, words_for(rows) * 64);
  for (uint32_t row = 0; row < words_for(rows) * 64; row++)
    exact[row] = row < rows ? num_of_scaled(arena, d->units[row], d->scales[row]) : num_of(0);
  for (uint32_t i = 0; i < d->large.count; i++) exact[d->large.at[i].row] = d->large.at[i].value;
  return exact;
}

static void finish_numbers(Arena *arena, const Draft *d, Column *column) {
  unsigned least, most;
  find_scales(d, column->rows, &least, &most);
  column->scale = most;
  column->units = least >= most ? d->units : arena_array(arena, int64_t, d->room);
  if (d->large.count == 0 && (least >= most || put_common_units(d, column->rows, most, column->units))) return;
  column->units = NULL;
  column->scale = 0;
  column->exact = exact_numbers(arena, d, column->rows);
}

static Column *finish_column(BatchBuilder *b, uint32_t input) {
  Draft *d = &b->drafts[input];
  const Input *declared = &b->program->inputs[input];
  uint32_t rows = b->spaces[declared->space].rows;
  make_room(b->arena, d, rows > 0 ? rows : 1);
  Column *column = column_new(b->arena, declared->type, 0);
  column->rows = rows;
  column->yes = d->yes;
  column->no = d->no;
  column->known = d->known;
  column->codes = d->codes;
  column->texts = d->texts;
  if (d->kind == COLUMN_NUMBERS) {
    column->any = declared->bounds;
    finish_numbers(b->arena, d, column);
  }
  for (uint32_t i = 0; i < d->errors.count; i++)
    column_fail(b->arena, column, d->errors.at[i].row, d->errors.at[i].fault);
  return column;
}

static ItemRows finish_items(BatchBuilder *b, uint32_t space) {
  SpaceDraft *s = &b->spaces[space];
  if (space == ROOT_SPACE) return (ItemRows){.rows = s->rows};
  list_push(b->arena, &s->offsets, s->rows);
  return (ItemRows){.rows = s->rows, .offsets = s->offsets.at};
}

static void finish_applications(BatchBuilder *b, Batch *batch) {
  uint32_t rows = batch->rows;
  batch->ids = arena_array(b->arena, View, rows);
  batch->names = arena_array(b->arena, View, rows);
  batch->files = arena_array(b->arena, View, rows);
  batch->lines = arena_array(b->arena, uint32_t, rows);
  for (uint32_t row = 0; row < rows; row++) {
    const Application *a = &b->applications.at[row];
    batch->ids[row] = a->id.length > 0 ? a->id : place_text(b->arena, (uint64_t)row + 1);
    batch->names[row] = a->name;
    batch->files[row] = a->file;
    batch->lines[row] = a->line;
  }
}

Batch *batch_finish(BatchBuilder *b) {
  Batch *batch = arena_new_of(b->arena, Batch);
  *batch = (Batch){.arena = b->arena, .program = b->program, .rows = b->applications.count};
  batch->inputs = arena_array(b->arena, Column *, b->program->input_count);
  for (uint32_t i = 0; i < b->program->input_count; i++) batch->inputs[i] = finish_column(b, i);
  batch->items = arena_array(b->arena, ItemRows, b->space_count);
  for (uint32_t i = 0; i < b->space_count; i++) batch->items[i] = finish_items(b, i);
  finish_applications(b, batch);
  batch->spoiled = b->spoiled.count ? b->spoiled.at : arena_array(b->arena, uint64_t, 1);
  batch->faults.at = b->faults.at;
  batch->faults.count = b->faults.count;
  batch->faults.room = b->faults.room;
  return batch;
}
