#include "eval/kernel_gather.h"

#include "eval/kernel_lanes.h"

/* ---- gathering ---- */

/* Where row i comes from. */
typedef struct Origin {
  const Column *from;
  uint32_t which, row;
} Origin;

static inline Origin origin_of(const Gather *g, uint32_t i) {
  uint32_t which = g->which ? g->which[i] : 0;
  return (Origin){g->from[which], which, g->at ? g->at[i] : i};
}

static void gather_bits(Column *out, const Gather *g) {
  for (uint32_t w = 0; w < words_for(out->rows); w++) {
    uint64_t yes = 0, no = 0;
    for (uint32_t i = w * 64; i < out->rows && i < w * 64 + 64; i++) {
      Origin o = origin_of(g, i);
      if (o.row == NO_ROW) continue;
      yes |= (uint64_t)bit_get(o.from->yes, o.row) << (i & 63);
      no |= (uint64_t)bit_get(o.from->no, o.row) << (i & 63);
    }
    out->yes[w] = yes;
    out->no[w] = no;
  }
}

static void gather_known(Column *out, const Gather *g) {
  for (uint32_t w = 0; w < words_for(out->rows); w++) {
    uint64_t known = 0;
    for (uint32_t i = w * 64; i < out->rows && i < w * 64 + 64; i++) {
      Origin o = origin_of(g, i);
      if (o.row != NO_ROW) known |= (uint64_t)bit_get(o.from->known, o.row) << (i & 63);
    }
    out->known[w] = known;
  }
}

/* Several columns come to one scale; NULL where they cannot. */
static const int64_t **lanes_of_all(Arena *arena, const Gather *g, unsigned *scale) {
  *scale = 0;
  for (uint32_t k = 0; k < g->count; k++)
    if (g->from[k]->scale > *scale) *scale = g->from[k]->scale;
  const int64_t **lanes = arena_array(arena, const int64_t *, g->count);
  for (uint32_t k = 0; k < g->count; k++)
    if (!(lanes[k] = lane_units(arena, g->from[k], *scale))) return NULL;
  return lanes;
}

static void gather_exact(Arena *arena, Column *out, const Gather *g) {
  out->units = NULL;
  out->scale = 0;
  out->exact = arena_array(arena, Num, out->rows);
  for (uint32_t i = 0; i < out->rows; i++) {
    Origin o = origin_of(g, i);
    if (o.row != NO_ROW && bit_get(o.from->known, o.row)) out->exact[i] = column_number(arena, o.from, o.row);
  }
}

static void gather_numbers(Arena *arena, Column *out, const Gather *g) {
  const int64_t **lanes = lanes_of_all(arena, g, &out->scale);
  if (!lanes) {
    gather_exact(arena, out, g);
    return;
  }
  int64_t *restrict units = out->units;
  for (uint32_t i = 0; i < out->rows; i++) {
    Origin o = origin_of(g, i);
    units[i] = o.row == NO_ROW ? 0 : lanes[o.which][o.row];
  }
}

static void gather_codes(Column *out, const Gather *g) {
  for (uint32_t i = 0; i < out->rows; i++) {
    Origin o = origin_of(g, i);
    out->codes[i] = o.row == NO_ROW ? 0 : o.from->codes[o.row];
  }
}

static void gather_texts(Column *out, const Gather *g) {
  for (uint32_t i = 0; i < out->rows; i++) {
    Origin o = origin_of(g, i);
    if (o.row != NO_ROW) out->texts[i] = o.from->texts[o.row];
  }
}

static void gather_values(Arena *arena, Column *out, const Gather *g) {
  switch (out->kind) {
  case COLUMN_BITS: gather_bits(out, g); return;
  case COLUMN_NUMBERS: gather_numbers(arena, out, g); break;
  case COLUMN_CODES: gather_codes(out, g); break;
  case COLUMN_TEXTS: gather_texts(out, g); break;
  }
  gather_known(out, g);
}

/* What any row may be that is there or yet to come. */
static void gather_any(Column *out, const Gather *g) {
  if (g->count == 0) return;
  out->any = g->from[0]->any;
  out->any_mask = g->from[0]->any_mask;
  for (uint32_t k = 1; k < g->count; k++) {
    out->any = range_hull(out->any, g->from[k]->any);
    out->any_mask |= g->from[k]->any_mask;
  }
}

/* The rows that are not known: what they may be, and the faults. */
static void gather_unknown(const Job *job, Column *out, const Gather *g) {
  for (uint32_t w = 0; w < words_for(out->rows); w++)
    for (uint64_t left = unknown_word(out, w); left;) {
      uint32_t i = next_row(&left, w);
      Origin o = origin_of(g, i);
      if (o.row == NO_ROW) continue;
      if (out->kind == COLUMN_NUMBERS) {
        if (!out->ranges) out->ranges = arena_array(job->arena, Range, out->rows);
        out->ranges[i] = range_at(job->arena, o.from, o.row);
      } else if (out->kind == COLUMN_CODES) {
        if (!out->masks) out->masks = arena_array(job->arena, uint64_t, out->rows);
        out->masks[i] = mask_at(job->node->type, o.from, o.row);
      }
      if (column_is_error(o.from, o.row)) column_fail(job->arena, out, i, o.from->faults[o.row]);
    }
}

Column *gather_rows(const Job *job, const Gather *gather) {
  Column *out = column_for(job);
  gather_any(out, gather);
  gather_values(job->arena, out, gather);
  gather_unknown(job, out, gather);
  return out;
}

/* ---- from other spaces ---- */

/* The row of the enclosing space `outer` for every row of `space`. */
static const uint32_t *rows_in(const Job *job, uint32_t space, uint32_t outer) {
  const Evaluation *e = job->e;
  const uint32_t *direct = e->spaces[space].parents;
  uint32_t parent = e->program->spaces[space].parent;
  if (parent == outer) return direct;
  uint32_t *rows = arena_copy(job->arena, direct, e->spaces[space].rows * sizeof *rows);
  for (uint32_t s = parent; s != outer; s = e->program->spaces[s].parent)
    for (uint32_t i = 0; i < e->spaces[space].rows; i++) rows[i] = e->spaces[s].parents[rows[i]];
  return rows;
}

Column *gather_spread(Job *job) {
  uint32_t outer = job->e->program->nodes[job->node->a].space;
  Gather g = {.from = &job->a, .count = 1};
  if (outer != job->node->space) g.at = rows_in(job, job->node->space, outer);
  return gather_rows(job, &g);
}

Column *gather_repeat(Job *job) {
  Gather g = {.from = &job->a, .count = 1, .at = job->e->spaces[job->node->space].sources};
  return gather_rows(job, &g);
}

Column *gather_items(Job *job) {
  uint32_t count = job->node->count;
  const Column **from = arena_array(job->arena, const Column *, count);
  uint32_t *which = arena_array(job->arena, uint32_t, job->rows), *at = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t k = 0; k < count; k++) from[k] = column_at(job, job->e->program->arguments[job->node->first + k]);
  for (uint32_t i = 0; i < job->rows; i++) which[i] = i % count, at[i] = i / count;
  Gather g = {from, count, which, at};
  return gather_rows(job, &g);
}

Column *gather_chain(Job *job) {
  const SpaceRows *rows = &job->e->spaces[job->node->space];
  uint32_t count = job->node->count;
  const Column **from = arena_array(job->arena, const Column *, count);
  for (uint32_t k = 0; k < count; k++) from[k] = column_at(job, job->e->program->arguments[job->node->first + k]);
  Gather g = {from, count, rows->parts, rows->sources};
  return gather_rows(job, &g);
}

/* ---- constants ---- */

static void put_constant(Job *job, Column *out, uint32_t row, const Constant *constant) {
  if (constant->missing) return;
  switch (out->kind) {
  case COLUMN_BITS: bit_set(constant->yes ? out->yes : out->no, row); return;
  case COLUMN_NUMBERS: lane_put(job, out, row, constant->number); return;
  case COLUMN_CODES: out->codes[row] = constant->code; break;
  case COLUMN_TEXTS: out->texts[row] = constant->text; break;
  }
  bit_set(out->known, row);
}

/* The scale at which the number becomes units, if there is one. */
static void widen_scale(Column *out, const Constant *constant) {
  unsigned scale;
  if (out->kind != COLUMN_NUMBERS || constant->missing) return;
  if (num_scale(constant->number, &scale) && scale > out->scale) out->scale = scale;
}

Column *gather_constants(Job *job, const Constant *constants, uint32_t count, uint32_t stride) {
  Column *out = column_new(job->arena, job->node->type, count);
  for (uint32_t i = 0; i < count; i++) widen_scale(out, &constants[(size_t)i * stride]);
  for (uint32_t i = 0; i < count; i++) put_constant(job, out, i, &constants[(size_t)i * stride]);
  return out;
}

/* The same constant in all rows; missing ones stay as the column is new. */
static void fill_values(Job *job, Column *out, const Constant *constant) {
  switch (out->kind) {
  case COLUMN_BITS: return;
  case COLUMN_NUMBERS:
    if (!num_scale(constant->number, &out->scale)) lane_make_exact(job->arena, out);
    if (out->units) num_to_scaled(constant->number, out->scale, &out->units[0]);
    for (uint32_t i = 0; i < out->rows; i++)
      if (out->exact)
        out->exact[i] = constant->number;
      else
        out->units[i] = out->units[0];
    return;
  case COLUMN_CODES:
    for (uint32_t i = 0; i < out->rows; i++) out->codes[i] = constant->code;
    return;
  case COLUMN_TEXTS:
    for (uint32_t i = 0; i < out->rows; i++) out->texts[i] = constant->text;
    return;
  }
}

static void set_any_of_constant(Column *out, const Constant *constant) {
  if (out->kind == COLUMN_NUMBERS) out->any = range_point(constant->number);
  if (out->kind == COLUMN_CODES && constant->code < ENUM_MASK_VALUES) out->any_mask = UINT64_C(1) << constant->code;
}

Column *gather_constant(Job *job) {
  const Constant *constant = &job->e->program->constants[job->node->index];
  Column *out = column_for(job);
  if (constant->missing || job->rows == 0) return out;
  uint64_t *bits = out->kind != COLUMN_BITS ? out->known : constant->yes ? out->yes : out->no;
  for (uint32_t w = 0; w < words_for(job->rows); w++) bits[w] = word_mask(job->rows, w);
  fill_values(job, out, constant);
  set_any_of_constant(out, constant);
  return out;
}

/* Rows 0, 1 … count - 1, and again. */
static const uint32_t *rows_again(const Job *job, uint32_t count) {
  uint32_t *at = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t i = 0, row = 0; i < job->rows; i++) {
    at[i] = row;
    row = row + 1 < count ? row + 1 : 0;
  }
  return at;
}

/* The whole table for every row of the parent space. */
Column *gather_table(Job *job) {
  const Program *program = job->e->program;
  const Table *table = &program->tables[program->spaces[job->node->space].index];
  const Column *cells = gather_constants(job, table->cells + job->node->index, table->row_count, table->column_count);
  Gather g = {.from = &cells, .count = 1, .at = rows_again(job, table->row_count)};
  return gather_rows(job, &g);
}

Column *gather_day(Job *job, int64_t day) {
  Column *out = column_for(job);
  for (uint32_t i = 0; i < job->rows; i++) out->units[i] = day;
  for (uint32_t w = 0; w < words_for(job->rows); w++) out->known[w] = word_mask(job->rows, w);
  out->any = range_point(num_of(day));
  return out;
}
