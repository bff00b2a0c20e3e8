#include "eval/kernel_middle.h"

#include <stdlib.h>
#include "eval/kernel_items.h"
#include "eval/kernel_lanes.h"

/* ---- product ---- */

static Range with_one(Range r) { return range_hull(r, range_point(num_of(1))); }

static Range product_range(Job *job, const Items *items, uint32_t row) {
  Range product = range_point(num_of(1));
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (!may_belong(items, i)) continue;
    Range value = range_at(job->arena, job->c, i);
    product = range_multiply(job->arena, product, bit_get(items->belonging, i) ? value : with_one(value));
  }
  if (is_complete(items, row)) return product;
  return (Range){.may_fail = product.may_fail || job->c->any.may_fail};
}

Column *middle_product(Job *job) {
  Column *out = column_for(job);
  Items items = items_of(job);
  const uint64_t *plain = plain_rows(job, &items, job->c);
  out->any = (Range){.may_fail = job->c->any.may_fail};
  for (uint32_t row = 0; row < job->rows; row++) {
    if (!bit_get(plain, row)) {
      Range r = product_range(job, &items, row);
      lane_put_range(job, out, row, &r, fault_of_items(&items, job->c, row));
      continue;
    }
    Num product = num_of(1);
    for (uint32_t i = items.offsets[row]; i < items.offsets[row + 1]; i++)
      if (bit_get(items.belonging, i)) product = num_mul(job->arena, product, column_number(job->arena, job->c, i));
    lane_put(job, out, row, product);
  }
  lane_pack(job->arena, out, SCALE_MAX);
  return out;
}

/* ---- median ---- */

static int compare_nums(const void *a, const void *b) { return num_compare(*(const Num *)a, *(const Num *)b); }

/* The one in the middle, or half of the sum of the two there. */
static Num middle_of(Arena *arena, Num *numbers, uint32_t count) {
  qsort(numbers, count, sizeof *numbers, compare_nums);
  Num high = numbers[count / 2];
  if (count % 2) return high;
  return num_div(arena, num_add(arena, numbers[count / 2 - 1], high), num_of(2));
}

static void median_plain(Job *job, const Items *items, uint32_t row, Column *out) {
  uint32_t first = items->offsets[row], end = items->offsets[row + 1], count = 0;
  Num *numbers = arena_array(job->arena, Num, end - first);
  for (uint32_t i = first; i < end; i++)
    if (bit_get(items->belonging, i)) numbers[count++] = column_number(job->arena, job->c, i);
  if (count)
    lane_put(job, out, row, middle_of(job->arena, numbers, count));
  else
    job_fail(job, out, row, MSG_R0130);
}

/* The median rises with each of the numbers: between that of the low ends and that of the high ends, where it is known
 * which items there are. An end is false where an item has none. */
static bool median_end(Job *job, const Items *items, uint32_t row, bool high, Num *out) {
  uint32_t first = items->offsets[row], end = items->offsets[row + 1], count = 0;
  Num *numbers = arena_array(job->arena, Num, end - first);
  for (uint32_t i = first; i < end; i++) {
    if (!bit_get(items->belonging, i)) continue;
    Range r = range_at(job->arena, job->c, i);
    if (!(high ? r.has_high : r.has_low)) return false;
    numbers[count++] = high ? r.high : r.low;
  }
  if (count) *out = middle_of(job->arena, numbers, count);
  return count && num_fits(*out);
}

/* Somewhere among all that may belong. */
static Range median_among(Job *job, const Items *items, uint32_t row) {
  bool found = false, sure = false;
  Range all = range_failing();
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (!may_belong(items, i)) continue;
    Range value = range_at(job->arena, job->c, i);
    all = found ? range_hull(all, value) : value;
    sure |= bit_get(items->belonging, i);
    found = true;
  }
  if (!is_complete(items, row)) all = found ? range_hull(all, job->c->any) : job->c->any;
  all.may_fail |= !sure;
  return all;
}

static Range median_range(Job *job, const Items *items, uint32_t row) {
  Range r = median_among(job, items, row);
  bool decided = is_complete(items, row) && !count_bits(items->unsure, items->offsets[row], items->offsets[row + 1]) &&
                 !r.may_fail;
  if (!decided) return r;
  Range ends = {.low = num_of(0), .high = num_of(0)};
  ends.has_low = median_end(job, items, row, false, &ends.low);
  ends.has_high = median_end(job, items, row, true, &ends.high);
  return ends;
}

Column *middle_median(Job *job) {
  Column *out = column_for(job);
  Items items = items_of(job);
  const uint64_t *plain = plain_rows(job, &items, job->c);
  out->any = job->c->any;
  out->any.may_fail = true;
  for (uint32_t row = 0; row < job->rows; row++) {
    if (bit_get(plain, row)) {
      median_plain(job, &items, row, out);
      continue;
    }
    Range r = median_range(job, &items, row);
    lane_put_range(job, out, row, &r, fault_of_items(&items, job->c, row));
  }
  lane_pack(job->arena, out, SCALE_MAX);
  return out;
}
