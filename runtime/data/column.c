#include "data/column.h"

#include <assert.h>

ColumnKind column_kind_of(const Type *type) {
  switch (type->kind) {
  case TYPE_YES_NO: return COLUMN_BITS;
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_DATE:
  case TYPE_MOMENT:
  case TYPE_MONTHS:
  case TYPE_DURATION: return COLUMN_NUMBERS;
  case TYPE_ENUM: return COLUMN_CODES;
  case TYPE_TEXT: return COLUMN_TEXTS;
  case TYPE_ERROR:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  assert(false); /* only scalar types have columns */
  return COLUMN_BITS;
}

static uint64_t every_value(const Type *type) {
  if (type->kind != TYPE_ENUM || !type->values || type->values->count >= ENUM_MASK_VALUES) return ~UINT64_C(0);
  return (UINT64_C(1) << type->values->count) - 1;
}

static uint64_t *new_bits(Arena *arena, uint32_t rows) { return arena_array(arena, uint64_t, words_for(rows)); }

Column *column_new(Arena *arena, const Type *type, uint32_t rows) {
  Column *column = arena_new_of(arena, Column);
  *column = (Column){.kind = column_kind_of(type), .rows = rows, .any_mask = every_value(type)};
  /* Whole words of rows, so that a kernel may run over the last word to its end. */
  uint32_t room = words_for(rows) * 64;
  switch (column->kind) {
  case COLUMN_BITS:
    column->yes = new_bits(arena, rows);
    column->no = new_bits(arena, rows);
    return column;
  case COLUMN_NUMBERS: column->units = arena_array(arena, int64_t, room); break;
  case COLUMN_CODES: column->codes = arena_array(arena, uint32_t, room); break;
  case COLUMN_TEXTS: column->texts = arena_array(arena, View, room); break;
  }
  column->known = new_bits(arena, rows);
  return column;
}

void column_fail(Arena *arena, Column *column, uint32_t row, const Fault *fault) {
  assert(row < column->rows);
  if (!column->error) {
    column->error = new_bits(arena, column->rows);
    column->faults = arena_array(arena, const Fault *, column->rows);
  }
  bit_set(column->error, row);
  column->faults[row] = fault;
  if (column->kind == COLUMN_BITS) {
    bit_clear(column->yes, row);
    bit_clear(column->no, row);
    return;
  }
  bit_clear(column->known, row);
  if (column->units) column->units[row] = 0;
}

Range column_range(Arena *arena, const Column *c, uint32_t row) {
  if (column_is_error(c, row)) return (Range){.may_fail = true};
  if (!column_is_known(c, row)) return c->ranges ? c->ranges[row] : c->any;
  Num value = column_number(arena, c, row);
  return (Range){.low = value, .high = value, .has_low = true, .has_high = true};
}

/* A code beyond the mask's bits stands for all values: then nothing follows from the mask, which is always right. */
uint64_t column_mask(const Column *c, uint32_t row) {
  if (column_is_error(c, row)) return ~UINT64_C(0);
  if (!column_is_known(c, row)) return c->masks ? c->masks[row] : c->any_mask;
  return c->codes[row] < ENUM_MASK_VALUES ? UINT64_C(1) << c->codes[row] : ~UINT64_C(0);
}
