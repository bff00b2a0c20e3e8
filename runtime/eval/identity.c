#include "eval/identity.h"

#include "base/num_parts.h"

/* ---- cells ---- */

static uint64_t mixed(uint64_t hash, uint64_t part) {
  hash = (hash ^ part) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

/* Equal numbers have equal parts, whatever lane they stand in. */
static uint64_t hash_number(uint64_t hash, Num number) {
  NumParts parts;
  num_take_apart(number, &parts);
  hash = mixed(hash, parts.negative);
  for (mp_size_t i = 0; i < parts.n.size; i++) hash = mixed(hash, parts.n.at[i]);
  for (mp_size_t i = 0; i < parts.d.size; i++) hash = mixed(hash, parts.d.at[i]);
  return hash;
}

static uint64_t hash_cell(Arena *arena, uint64_t hash, const Column *c, uint32_t row) {
  switch (c->kind) {
  case COLUMN_BITS: return mixed(hash, bit_get(c->yes, row));
  case COLUMN_NUMBERS: return hash_number(hash, column_number(arena, c, row));
  case COLUMN_CODES: return mixed(hash, c->codes[row]);
  case COLUMN_TEXTS: return mixed(hash, view_hash(c->texts[row]));
  }
  return hash;
}

static bool cells_equal(Arena *arena, const Column *a, uint32_t i, const Column *b, uint32_t k) {
  switch (a->kind) {
  case COLUMN_BITS: return bit_get(a->yes, i) == bit_get(b->yes, k);
  case COLUMN_NUMBERS:
    if (a->units && b->units && a->scale == b->scale) return a->units[i] == b->units[k];
    return num_equal(column_number(arena, a, i), column_number(arena, b, k));
  case COLUMN_CODES: return a->codes[i] == b->codes[k];
  case COLUMN_TEXTS: return view_equal(a->texts[i], b->texts[k]);
  }
  return false;
}

/* ---- rows ---- */

static bool is_known(const Column *const *columns, uint32_t count, uint32_t row) {
  for (uint32_t k = 0; k < count; k++)
    if (!column_is_known(columns[k], row)) return false;
  return true;
}

static bool rows_equal(const Identity *t, uint32_t mine, const Column *const *columns, uint32_t row) {
  for (uint32_t k = 0; k < t->column_count; k++)
    if (!cells_equal(t->arena, t->columns[k], mine, columns[k], row)) return false;
  return true;
}

/* Where the value stands, or the free slot where it would. */
static uint32_t *slot_of(const Identity *t, const Column *const *columns, uint32_t row) {
  uint64_t hash = 0;
  for (uint32_t k = 0; k < t->column_count; k++) hash = hash_cell(t->arena, hash, columns[k], row);
  uint32_t at = (uint32_t)(hash >> 16) & t->slot_mask;
  while (t->slots[at] && !rows_equal(t, t->slots[at] - 1, columns, row)) at = (at + 1) & t->slot_mask;
  return &t->slots[at];
}

Identity identity_of(Arena *arena, const Column *const *columns, uint32_t count, uint32_t rows) {
  Identity t = {.columns = columns, .column_count = count, .arena = arena};
  uint32_t slots = 16;
  while (slots / 2 < rows) slots *= 2;
  t.slot_mask = slots - 1;
  t.slots = arena_array(arena, uint32_t, slots);
  t.ids = arena_array(arena, uint32_t, rows);
  for (uint32_t row = 0; row < rows; row++) {
    t.ids[row] = NO_VALUE;
    if (!is_known(columns, count, row)) continue;
    uint32_t *slot = slot_of(&t, columns, row);
    if (*slot)
      t.ids[row] = t.ids[*slot - 1];
    else
      *slot = row + 1, t.ids[row] = t.count++;
  }
  return t;
}

uint32_t identity_find(const Identity *t, const Column *const *columns, uint32_t row) {
  if (!is_known(columns, t->column_count, row)) return NO_VALUE;
  uint32_t slot = *slot_of(t, columns, row);
  return slot ? t->ids[slot - 1] : NO_VALUE;
}
