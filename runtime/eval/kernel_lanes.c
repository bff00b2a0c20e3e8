#include "eval/kernel_lanes.h"

#include <string.h>

/* Rows that are not known hold what the operations left there; all arithmetic on units is defined for any bits. */
const int64_t *lane_units(Arena *arena, const Column *c, unsigned scale) {
  if (!c->units || scale > SCALE_MAX || c->scale > scale) return NULL;
  if (c->scale == scale) return c->units;
  int64_t factor = powers_of_ten[scale - c->scale];
  const int64_t *restrict from = c->units;
  int64_t *restrict to = arena_array(arena, int64_t, words_for(c->rows) * 64);
  bool overflow = false;
  for (uint32_t i = 0; i < c->rows; i++) overflow |= __builtin_mul_overflow(from[i], factor, &to[i]);
  return overflow ? NULL : to;
}

bool lanes_align(Arena *arena, const Column *a, const Column *b, Lanes *out) {
  if (!a->units || !b->units) return false;
  out->scale = a->scale > b->scale ? a->scale : b->scale;
  out->a = lane_units(arena, a, out->scale);
  out->b = out->a ? lane_units(arena, b, out->scale) : NULL;
  return out->b != NULL;
}

void lane_make_exact(Arena *arena, Column *c) {
  if (c->exact) return;
  Num *exact = arena_array(arena, Num, c->rows);
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    for (uint64_t left = c->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      exact[row] = column_number(arena, c, row);
    }
  c->exact = exact;
  c->units = NULL;
  c->scale = 0;
}

/* The scale that every known number has, if it is at most `most`. Looks at denominators only, and gives up early. */
static bool common_scale(const Column *c, unsigned most, unsigned *out) {
  unsigned scale = 0;
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    for (uint64_t left = c->known[w]; left;) {
      int64_t d = c->exact[next_row(&left, w)].d;
      if (d <= 0 || powers_of_ten[most] % d != 0) return false;
      while (powers_of_ten[scale] % d != 0) scale++;
    }
  *out = scale;
  return true;
}

bool lane_pack(Arena *arena, Column *c, unsigned most) {
  unsigned scale;
  if (!c->exact) return true;
  if (!common_scale(c, most, &scale)) return false;
  int64_t *units = arena_array(arena, int64_t, words_for(c->rows) * 64);
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    for (uint64_t left = c->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      if (!num_to_scaled(c->exact[row], scale, &units[row])) return false;
    }
  c->exact = NULL;
  c->units = units;
  c->scale = scale;
  return true;
}

void lane_put(Job *job, Column *out, uint32_t row, Num value) {
  if (!num_fits(value)) {
    job_fail(job, out, row, MSG_R0102);
    return;
  }
  if (!out->units || !num_to_scaled(value, out->scale, &out->units[row])) lane_make_exact(job->arena, out);
  if (out->exact) out->exact[row] = value;
  bit_set(out->known, row);
}

void lane_put_range(Job *job, Column *out, uint32_t row, const Range *range, const Fault *fault) {
  if (range_is_point(range)) {
    lane_put(job, out, row, range->low);
    return;
  }
  if (!out->ranges) out->ranges = arena_array(job->arena, Range, out->rows);
  out->ranges[row] = *range;
  if (fault) column_fail(job->arena, out, row, fault);
}

int64_t lane_whole_at(Arena *arena, const Column *c, uint32_t row) {
  if (c->units && c->scale == 0) return c->units[row];
  int64_t whole = 0;
  Num value = num_round(arena, column_number(arena, c, row), ROUND_FLOOR, num_of(1));
  /* What no int64 holds is far outside of the calendar. */
  if (!num_to_int(value, &whole)) whole = num_sign(value) < 0 ? INT64_MIN : INT64_MAX;
  return whole;
}

const int64_t *lane_whole(Arena *arena, const Column *c) {
  if (c->units && c->scale == 0) return c->units;
  int64_t *whole = arena_array(arena, int64_t, words_for(c->rows) * 64);
  for (uint32_t w = 0; w < words_for(c->rows); w++)
    for (uint64_t left = c->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      whole[row] = lane_whole_at(arena, c, row);
    }
  return whole;
}
