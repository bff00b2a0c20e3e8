#include "eval/kernel_rows.h"

#include <assert.h>
#include "eval/kernel_lanes.h"

const Type yes_no_type = {.kind = TYPE_YES_NO};
const Type whole_type = {.kind = TYPE_NUMBER, .whole = true};

Column *column_for(const Job *job) { return column_new(job->arena, job->node->type, job->rows); }

void know_both(Column *out, const Column *a, const Column *b) {
  for (uint32_t w = 0; w < words_for(out->rows); w++) out->known[w] = a->known[w] & b->known[w];
}

/* ---- errors ---- */

const Fault *job_fault(Job *job, MessageCode code) {
  if (!job->fault || job->fault->code != code || job->fault->arguments[0].length)
    job->fault = job_fault_about(job, code, (View){0}, (View){0});
  return job->fault;
}

const Fault *job_fault_about(Job *job, MessageCode code, View first, View second) {
  Fault *fault = arena_new_of(job->arena, Fault);
  *fault = (Fault){.code = code, .arguments = {first, second}, .span = job->node->span};
  return fault;
}

/* ---- what a row may still be ---- */

/* An error that says what it would be otherwise. Where the set was not filled in, it is all zeros. */
static bool has_own_set(const Column *c, uint32_t row) {
  if (c->ranges) return c->ranges[row].has_low || c->ranges[row].has_high;
  return c->masks && c->masks[row];
}

Range range_at(Arena *arena, const Column *c, uint32_t row) {
  if (bit_get(c->known, row)) return range_point(column_number(arena, c, row));
  if (!column_is_error(c, row)) return c->ranges ? c->ranges[row] : c->any;
  return has_own_set(c, row) ? c->ranges[row] : range_failing();
}

uint64_t mask_of_all(const Type *type) {
  uint32_t count = type->values ? type->values->count : ENUM_MASK_VALUES;
  return count >= ENUM_MASK_VALUES ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

uint64_t mask_failing(const Type *type, uint64_t mask) {
  return ~mask_of_all(type) ? mask | UINT64_C(1) << MASK_FAILURE_BIT : ~UINT64_C(0);
}

uint64_t mask_at(const Type *type, const Column *c, uint32_t row) {
  if (!bit_get(c->known, row)) {
    if (!column_is_error(c, row)) return c->masks ? c->masks[row] : c->any_mask;
    return has_own_set(c, row) ? c->masks[row] : mask_failing(type, mask_of_all(type));
  }
  return c->codes[row] < ENUM_MASK_VALUES ? UINT64_C(1) << c->codes[row] : ~UINT64_C(0);
}

Possible possible_at(const Job *job, const Column *c, uint32_t row) {
  Possible p = {.kind = c->kind, .one = column_is_known(c, row)};
  if (column_is_error(c, row) && !has_own_set(c, row)) return possible_failure(c->kind);
  switch (c->kind) {
  case COLUMN_BITS:
    p.may_yes = !bit_get(c->no, row);
    p.may_no = !bit_get(c->yes, row);
    break;
  case COLUMN_NUMBERS:
    p.range = range_at(job->arena, c, row);
    p.may_fail = p.range.may_fail;
    break;
  case COLUMN_CODES:
    p.mask = mask_at(job->node->type, c, row);
    p.code = c->codes[row];
    p.may_fail = !p.one && mask_may_fail(job->node->type, p.mask);
    break;
  case COLUMN_TEXTS: p.text = c->texts[row]; break;
  }
  return p;
}

Possible possible_failure(ColumnKind kind) { return (Possible){.kind = kind, .may_fail = true, .none = true}; }

Possible possible_union(Possible a, Possible b) {
  if (a.none && !a.may_fail) return b; /* nothing at all yet */
  Possible p = a.none ? b : a;
  p.may_fail = a.may_fail || b.may_fail;
  if (a.none || b.none) {
    p.one = false;
    return p;
  }
  p.may_yes |= b.may_yes;
  p.may_no |= b.may_no;
  p.mask |= b.mask;
  p.one = a.one && b.one && a.code == b.code && view_equal(a.text, b.text);
  if (p.kind == COLUMN_NUMBERS) p.range = range_hull(a.range, b.range);
  return p;
}

static void put_bit(Column *out, uint32_t row, const Possible *p) {
  if (p->may_fail) return;
  if (!p->may_no) bit_set(out->yes, row);
  if (!p->may_yes) bit_set(out->no, row);
}

static void put_number(Job *job, Column *out, uint32_t row, const Possible *p, const Fault *fault) {
  Range range = p->none ? range_failing() : p->range;
  range.may_fail |= p->may_fail;
  lane_put_range(job, out, row, &range, fault);
}

static void put_code(Job *job, Column *out, uint32_t row, const Possible *p) {
  const Type *type = job->node->type;
  bool one = !p->may_fail && (p->one || (p->mask && !(p->mask & (p->mask - 1)) && !mask_may_fail(type, p->mask)));
  if (one) {
    out->codes[row] = p->one ? p->code : (uint32_t)__builtin_ctzll(p->mask);
    bit_set(out->known, row);
    return;
  }
  uint64_t mask = p->none ? mask_of_all(type) : p->mask;
  if (!out->masks) out->masks = arena_array(job->arena, uint64_t, out->rows);
  out->masks[row] = p->may_fail ? mask_failing(type, mask) : mask;
}

static void put_text(Column *out, uint32_t row, const Possible *p) {
  if (!p->one || p->may_fail) return;
  out->texts[row] = p->text;
  bit_set(out->known, row);
}

void possible_put(Job *job, Column *out, uint32_t row, const Possible *possible, const Fault *fault) {
  switch (out->kind) {
  case COLUMN_BITS: put_bit(out, row, possible); break;
  case COLUMN_NUMBERS: put_number(job, out, row, possible, fault); return;
  case COLUMN_CODES: put_code(job, out, row, possible); break;
  case COLUMN_TEXTS: put_text(out, row, possible); break;
  }
  if (fault && !column_is_known(out, row)) column_fail(job->arena, out, row, fault);
}
