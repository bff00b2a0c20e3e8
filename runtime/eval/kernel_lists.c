#include "eval/kernel_lists.h"

#include "eval/kernel_bits.h"
#include "eval/kernel_gather.h"
#include "eval/kernel_items.h"
#include "eval/kernel_lanes.h"

/* ---- count ---- */

Column *lists_count(Job *job) {
  Column *out = column_for(job);
  Items items = items_of(job);
  out->any = range_from(num_of(0));
  for (uint32_t row = 0; row < job->rows; row++) {
    uint32_t first = items.offsets[row], end = items.offsets[row + 1];
    uint32_t sure = count_bits(items.belonging, first, end), unsure = count_bits(items.unsure, first, end);
    if (unsure == 0 && is_complete(&items, row)) {
      out->units[row] = sure;
      bit_set(out->known, row);
      continue;
    }
    Range r = range_between(num_of(sure), num_of((int64_t)sure + unsure));
    r.has_high = is_complete(&items, row);
    lane_put_range(job, out, row, &r, fault_of_members(&items, row));
  }
  return out;
}

/* ---- sum ---- */

/* Sums in units where all items that belong are known; false on overflow. */
static bool sum_lane(const Job *job, const Items *items, const Column *c, const uint64_t *plain, Column *out) {
  bool overflow = false;
  for (uint32_t row = 0; row < job->rows; row++) {
    int64_t sum = 0;
    if (!bit_get(plain, row)) continue;
    for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++)
      overflow |= __builtin_add_overflow(sum, bit_get(items->belonging, i) ? c->units[i] : 0, &sum);
    out->units[row] = sum;
    overflow |= sum == INT64_MIN;
  }
  out->scale = c->scale;
  return !overflow;
}

static void sum_exact(Job *job, const Items *items, const Column *c, const uint64_t *plain, Column *out) {
  lane_make_exact(job->arena, out);
  for (uint32_t row = 0; row < job->rows; row++) {
    Num sum = num_of(0);
    if (!bit_get(plain, row)) continue;
    for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++)
      if (bit_get(items->belonging, i)) sum = num_add(job->arena, sum, column_number(job->arena, c, i));
    lane_put(job, out, row, sum);
  }
  lane_pack(job->arena, out, SCALE_MAX);
}

/* What items yet to come may add, any number of them. That they could bring in a wrong cell of the application itself
 * need not be thought of: then the application is an error anyway. */
static Range range_of_more(const Range *any) {
  Range more = {.low = num_of(0), .high = num_of(0), .may_fail = any->may_fail};
  more.has_low = any->has_low && num_sign(any->low) >= 0;
  more.has_high = any->has_high && num_sign(any->high) <= 0;
  return more;
}

static Range with_zero(Range r) { return range_hull(r, range_point(num_of(0))); }

static void sum_range(Job *job, const Items *items, const Column *c, uint32_t row, Column *out) {
  Range sum = range_point(num_of(0));
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (bit_get(items->belonging, i))
      sum = range_add(job->arena, sum, range_at(job->arena, c, i));
    else if (items->unsure && bit_get(items->unsure, i))
      sum = range_add(job->arena, sum, with_zero(range_at(job->arena, c, i)));
  }
  if (!is_complete(items, row)) sum = range_add(job->arena, sum, range_of_more(&c->any));
  lane_put_range(job, out, row, &sum, fault_of_items(items, c, row));
}

Column *lists_sum(Job *job) {
  Column *out = column_for(job);
  const Column *c = job->c;
  Items items = items_of(job);
  const uint64_t *plain = plain_rows(job, &items, c);
  if (!c->units || !sum_lane(job, &items, c, plain, out))
    sum_exact(job, &items, c, plain, out);
  else
    for (uint32_t w = 0; w < words_for(job->rows); w++) out->known[w] = plain[w];
  out->any = range_of_more(&c->any);
  for (uint32_t row = 0; row < job->rows; row++)
    if (!bit_get(plain, row)) sum_range(job, &items, c, row, out);
  return out;
}

/* ---- smallest, largest ---- */

typedef Range Extreme(Arena *, Range, Range);

static void extreme_plain(Job *job, const Items *items, const Column *c, bool largest, uint32_t row, Column *out) {
  bool found = false;
  Num best = num_of(0);
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (!bit_get(items->belonging, i)) continue;
    Num value = column_number(job->arena, c, i);
    if (!found || (num_compare(value, best) > 0) == largest) best = value;
    found = true;
  }
  if (found)
    lane_put(job, out, row, best);
  else
    job_fail(job, out, row, MSG_R0105);
}

/* The same in units; `out` has the scale of c. */
static void extreme_in_lane(Job *job, const Items *items, const Column *c, bool largest, uint32_t row, Column *out) {
  bool found = false;
  int64_t best = 0;
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (!bit_get(items->belonging, i)) continue;
    if (!found || (c->units[i] > best) == largest) best = c->units[i];
    found = true;
  }
  out->units[row] = best;
  if (found)
    bit_set(out->known, row);
  else
    job_fail(job, out, row, MSG_R0105);
}

/* Those that belong first; then each that may belong can only lower the smallest (raise the largest) further. Where
 * none surely belongs there may be none. */
static Range extreme_range(Job *job, const Items *items, const Column *c, Extreme *of_two, uint32_t row) {
  Range best = {0};
  bool found = false, sure;
  for (uint32_t i = items->offsets[row]; i < items->offsets[row + 1]; i++) {
    if (!bit_get(items->belonging, i)) continue;
    Range value = range_at(job->arena, c, i);
    best = found ? of_two(job->arena, best, value) : value;
    found = true;
  }
  sure = found;
  for (uint32_t i = items->offsets[row]; items->unsure && i < items->offsets[row + 1]; i++) {
    if (!bit_get(items->unsure, i)) continue;
    Range value = range_at(job->arena, c, i);
    best = !found ? value : range_hull(best, sure ? of_two(job->arena, best, value) : value);
    found = true;
  }
  if (!is_complete(items, row))
    best = !found ? c->any : range_hull(best, sure ? of_two(job->arena, best, c->any) : c->any);
  best.may_fail |= !sure;
  return best;
}

static Column *lists_extreme(Job *job, bool largest) {
  Column *out = column_for(job);
  const Column *c = job->c;
  Items items = items_of(job);
  const uint64_t *plain = plain_rows(job, &items, c);
  out->scale = c->scale;
  out->any = c->any;
  out->any.may_fail = true;
  for (uint32_t row = 0; row < job->rows; row++)
    if (bit_get(plain, row)) (c->units ? extreme_in_lane : extreme_plain)(job, &items, c, largest, row, out);
  for (uint32_t row = 0; row < job->rows; row++) {
    if (bit_get(plain, row)) continue;
    Range r = extreme_range(job, &items, c, largest ? range_greater : range_smaller, row);
    lane_put_range(job, out, row, &r, fault_of_items(&items, c, row));
  }
  return out;
}

Column *lists_smallest(Job *job) { return lists_extreme(job, false); }
Column *lists_largest(Job *job) { return lists_extreme(job, true); }

/* ---- the one ---- */

static uint32_t first_bit(const uint64_t *bits, uint32_t first) {
  while (!bit_get(bits, first)) first++;
  return first;
}

/* What was looked for, as the rules have it, in one line. */
static View in_one_line(Arena *arena, View text) {
  Writer *w = writer_to_memory(arena);
  bool blank = false;
  for (uint32_t i = 0; i < text.length; i++) {
    bool here = text.at[i] == ' ' || text.at[i] == '\t' || text.at[i] == '\n' || text.at[i] == '\r';
    if (!here && blank) write_char(w, ' ');
    if (!here) write_char(w, text.at[i]);
    blank = here;
  }
  return writer_memory(w);
}

/* The same fault again where it was the last one. */
static void fail_pick(Job *job, Column *out, uint32_t row, MessageCode code) {
  if (!job->fault || job->fault->code != code)
    job->fault = job_fault_about(job, code, in_one_line(job->arena, job->node->label), (View){0});
  column_fail(job->arena, out, row, job->fault);
}

/* The item's row in its space. Which one it is cannot be told in a range, nor whether it is one. */
Column *lists_pick(Job *job) {
  bool by_place = job->node->mask & 1;
  Column *out = column_new(job->arena, &whole_type, job->rows);
  Items items = items_of(job);
  out->any = range_failing();
  for (uint32_t row = 0; row < job->rows; row++) {
    uint32_t first = items.offsets[row], end = items.offsets[row + 1];
    uint32_t sure = count_bits(items.belonging, first, end), unsure = count_bits(items.unsure, first, end);
    bool open = unsure > 0 || !is_complete(&items, row);
    if (by_place && sure) open = false;
    const Fault *fault = open ? fault_of_members(&items, row) : NULL;
    if (sure > 1) {
      fail_pick(job, out, row, MSG_R0107);
    } else if (fault) {
      column_fail(job->arena, out, row, fault);
    } else if (!open && sure == 0) {
      fail_pick(job, out, row, by_place ? MSG_R0131 : MSG_R0106);
    } else if (!open) {
      out->units[row] = first_bit(items.belonging, first);
      bit_set(out->known, row);
    }
  }
  return out;
}

/* Is there an item at the place for certain: do more belong for certain than stand before it? */
static bool is_filled(const Job *job, const Node *pick, uint32_t row) {
  const uint32_t *offsets = job->e->spaces[pick->index].offsets;
  const Column *place = column_at(job, pick->c);
  if (!place) return false;
  Range at = range_at(job->arena, place, row);
  uint32_t sure = offsets[row + 1] - offsets[row];
  if (pick->count)
    sure = count_bits(column_at(job, job->e->program->arguments[pick->first])->yes, offsets[row], offsets[row + 1]);
  return !at.may_fail && at.has_low && num_sign(at.low) >= 0 && at.has_high && num_compare(at.high, num_of(sure)) < 0;
}

/* What may have been picked, where that is not known: the value of any item that may belong. It may also fail where
 * there may be none, or several. */
static void put_any_item(Job *job, Column *out, uint32_t row) {
  const Node *pick = &job->e->program->nodes[job->node->b];
  Possible possible = possible_failure(job->a->kind);
  possible.may_fail = !is_filled(job, pick, row);
  const Column *member = column_at(job, pick->a), *complete = column_at(job, pick->b);
  const uint32_t *offsets = job->e->spaces[pick->index].offsets;
  for (uint32_t i = offsets[row]; i < offsets[row + 1]; i++)
    if (!member || !bit_get(member->no, i)) possible = possible_union(possible, possible_at(job, job->a, i));
  if (complete && !bit_get(complete->yes, row)) {
    Possible other = {
        .kind = job->a->kind, .may_yes = true, .may_no = true, .range = job->a->any, .mask = job->a->any_mask};
    possible = possible_union(possible, other);
  }
  possible.may_fail |= possible.none;
  possible_put(job, out, row, &possible, fault_at(job->b, row));
}

/* The row that a PICK chose is a row of the items. */
Column *lists_chosen(Job *job) {
  Column *out = bits_new(job);
  const uint32_t *parents = job->e->spaces[job->node->space].parents;
  for (uint32_t i = 0; i < job->rows; i++) {
    uint32_t row = parents[i];
    const Fault *fault = fault_at(job->b, row);
    if (bit_get(job->b->known, row))
      bit_set((uint32_t)job->b->units[row] == i ? out->yes : out->no, i);
    else if (fault)
      column_fail(job->arena, out, i, fault);
    else if (job->a && bit_get(job->a->no, i))
      bit_set(out->no, i);
  }
  return out;
}

Column *lists_picked(Job *job) {
  uint32_t *at = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t i = 0; i < job->rows; i++) at[i] = bit_get(job->b->known, i) ? (uint32_t)job->b->units[i] : NO_ROW;
  Gather g = {.from = &job->a, .count = 1, .at = at};
  Column *out = gather_rows(job, &g);
  for (uint32_t i = 0; i < job->rows; i++)
    if (at[i] == NO_ROW) put_any_item(job, out, i);
  out->any.may_fail = true;
  return out;
}
