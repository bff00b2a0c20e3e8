#include "eval/kernel_order.h"

#include <stdlib.h>
#include "eval/identity.h"
#include "eval/kernel_bits.h"
#include "eval/kernel_items.h"
#include "eval/kernel_lanes.h"

static const Column **argument_columns(const Job *job) {
  const Column **columns = arena_array(job->arena, const Column *, job->node->count);
  for (uint32_t k = 0; k < job->node->count; k++)
    columns[k] = column_at(job, job->e->program->arguments[job->node->first + k]);
  return columns;
}

/* b stands in the parent space here, not in the items' own. */
static Items own_items(Job *job) { return items_in(job, job->node->space); }

/* ---- positions ---- */

enum { FROM_THE_LAST = 63 };

typedef struct Sort {
  Job *job;
  const Column **keys;
  uint32_t key_count;
  uint64_t downwards;
  Items items;
  bool has_unsure;
} Sort;

static int compare_numbers(Arena *arena, const Column *c, uint32_t i, uint32_t k) {
  if (c->units) return (c->units[i] > c->units[k]) - (c->units[i] < c->units[k]);
  return num_compare(column_number(arena, c, i), column_number(arena, c, k));
}

static int compare_keys(Arena *arena, const Column *c, uint32_t i, uint32_t k) {
  switch (c->kind) {
  case COLUMN_BITS: return (int)bit_get(c->yes, i) - (int)bit_get(c->yes, k);
  case COLUMN_NUMBERS: return compare_numbers(arena, c, i, k);
  case COLUMN_CODES: return (c->codes[i] > c->codes[k]) - (c->codes[i] < c->codes[k]);
  case COLUMN_TEXTS: return view_compare(c->texts[i], c->texts[k]);
  }
  return 0;
}

/* Equal ones stay as they stand, or are turned round as a whole. */
static int compare_items(const void *a, const void *b, void *sort) {
  const Sort *s = sort;
  uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
  for (uint32_t key = 0; key < s->key_count; key++) {
    int order = compare_keys(s->job->arena, s->keys[key], i, k);
    if (order) return s->downwards >> key & 1 ? -order : order;
  }
  int order = (i > k) - (i < k);
  return s->downwards >> FROM_THE_LAST & 1 ? -order : order;
}

static bool keys_known(const Sort *s, uint32_t item) {
  for (uint32_t key = 0; key < s->key_count; key++)
    if (!column_is_known(s->keys[key], item)) return false;
  return true;
}

static const Fault *fault_of_keys(const Sort *s, uint32_t row) {
  const Fault *fault = fault_of_members(&s->items, row);
  for (uint32_t i = s->items.offsets[row]; i < s->items.offsets[row + 1] && !fault; i++)
    for (uint32_t key = 0; key < s->key_count && !fault; key++)
      if (may_belong(&s->items, i)) fault = fault_at(s->keys[key], i);
  return fault;
}

/* The items whose keys are known, and how many of the others may belong. */
typedef struct Sorted {
  uint32_t *items;
  uint32_t count, open;
} Sorted;

static Sorted sorted_items(const Sort *s, uint32_t row) {
  uint32_t first = s->items.offsets[row], end = s->items.offsets[row + 1];
  Sorted out = {.items = arena_array(s->job->arena, uint32_t, end - first)};
  for (uint32_t i = first; i < end; i++)
    if (keys_known(s, i))
      out.items[out.count++] = i;
    else
      out.open += may_belong(&s->items, i);
  Sort sort = *s;
  if (s->key_count || s->downwards) qsort_r(out.items, out.count, sizeof *out.items, compare_items, &sort);
  return out;
}

/* Items yet to come stand behind the others unless keys, or a list from its end, can put them in front. */
static bool may_come_before(const Sort *s, uint32_t row) {
  return !is_complete(&s->items, row) && (s->key_count || s->downwards);
}

static void put_place(const Sort *s, Column *out, uint32_t row, uint32_t item, uint32_t low, uint32_t high) {
  bool open = may_come_before(s, row);
  if (low == high && !open && out->units) {
    out->units[item] = low;
    bit_set(out->known, item);
    return;
  }
  Range r = range_between(num_of(low), num_of(high));
  r.has_high = !open;
  lane_put_range(s->job, out, item, &r, NULL);
}

/* The place of an item is the number of those before it that belong, whether it belongs itself or not. */
static void place_items(const Sort *s, Column *out, uint32_t row) {
  Sorted sorted = sorted_items(s, row);
  uint32_t sure = 0, able = 0;
  for (uint32_t i = 0; i < sorted.count; i++) {
    uint32_t item = sorted.items[i];
    put_place(s, out, row, item, sure, able + sorted.open);
    sure += bit_get(s->items.belonging, item);
    able += may_belong(&s->items, item);
  }
  for (uint32_t i = s->items.offsets[row]; i < s->items.offsets[row + 1]; i++)
    if (!keys_known(s, i)) put_place(s, out, row, i, 0, able + sorted.open - may_belong(&s->items, i));
}

static const Fault *fault_of_own_keys(const Sort *s, uint32_t item) {
  const Fault *fault = NULL;
  for (uint32_t key = 0; key < s->key_count && !fault; key++) fault = fault_at(s->keys[key], item);
  return fault;
}

/* Where a key, or whether an item belongs, is an error, so are the places that this leaves open. */
static void fail_places(const Sort *s, Column *out, uint32_t row) {
  const Fault *any = fault_of_keys(s, row);
  for (uint32_t i = s->items.offsets[row]; i < s->items.offsets[row + 1]; i++) {
    const Fault *fault = bit_get(out->known, i) ? NULL : fault_of_own_keys(s, i);
    if (!fault) fault = any;
    if (fault && !bit_get(out->known, i)) column_fail(s->job->arena, out, i, fault);
  }
}

Column *order_positions(Job *job) {
  Column *out = column_for(job);
  Sort s = {.job = job,
            .keys = argument_columns(job),
            .key_count = job->node->count,
            .downwards = job->node->mask,
            .items = own_items(job)};
  uint32_t rows = job->e->spaces[job->e->program->spaces[job->node->space].parent].rows;
  out->any = range_from(num_of(0));
  for (uint32_t row = 0; row < rows; row++) {
    place_items(&s, out, row);
    fail_places(&s, out, row);
  }
  return out;
}

/* ---- distinct ---- */

typedef struct Seen {
  uint32_t row; /* the parent row for which the value was last seen, + 1 */
  bool sure;
} Seen;

typedef struct Distinct {
  Job *job;
  Items items;
  Identity values;
  Seen *seen;
  uint32_t *times; /* for each value, 0 between two parent rows */
  const Column *places;
  const Fault *fault;
} Distinct;

static const Fault *fault_of_own_value(const Distinct *d, uint32_t item) {
  const Fault *fault = NULL;
  for (uint32_t k = 0; k < d->values.column_count && !fault; k++) fault = fault_at(d->values.columns[k], item);
  return fault;
}

static const Fault *fault_of_values(const Distinct *d, uint32_t row) {
  const Fault *fault = fault_of_members(&d->items, row);
  for (uint32_t i = d->items.offsets[row]; i < d->items.offsets[row + 1] && !fault; i++) {
    if (!may_belong(&d->items, i)) continue;
    fault = fault_at(d->places, i);
    if (!fault) fault = fault_of_own_value(d, i);
  }
  return fault;
}

static void leave_open(const Distinct *d, Column *out, uint32_t item) {
  const Fault *fault = fault_at(d->items.member, item);
  if (!fault) fault = d->fault;
  if (fault) column_fail(d->job->arena, out, item, fault);
}

/* What the item is, seen after those before it. */
static void ask_item(Distinct *d, Column *out, uint32_t row, uint32_t item, bool first, bool open_before) {
  uint32_t id = d->values.ids[item];
  bool sure = bit_get(d->items.belonging, item);
  Seen *seen = id == NO_VALUE ? NULL : &d->seen[id];
  bool met = seen && seen->row == row + 1;
  if (met && seen->sure)
    bit_set(out->no, item);
  else if (sure && (first || (seen && !met && !open_before)))
    bit_set(out->yes, item);
  else
    leave_open(d, out, item);
  if (!seen) return;
  *seen = (Seen){row + 1, sure || (met && seen->sure)};
}

/* In the order of the places, where all of them are known. */
static int compare_places(const void *a, const void *b, void *distinct) {
  const Distinct *d = distinct;
  uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
  return (d->places->units[i] > d->places->units[k]) - (d->places->units[i] < d->places->units[k]);
}

static bool places_known(const Distinct *d, uint32_t row) {
  if (!d->places) return true;
  for (uint32_t i = d->items.offsets[row]; i < d->items.offsets[row + 1]; i++)
    if (may_belong(&d->items, i) && !bit_get(d->places->known, i)) return false;
  return d->places->units != NULL;
}

/* Where the order is open, so is which of several equal ones is the first. */
static void ask_unordered(Distinct *d, Column *out, const uint32_t *items, uint32_t count) {
  uint32_t *times = d->times;
  bool open = false;
  for (uint32_t i = 0; i < count; i++)
    if (d->values.ids[items[i]] == NO_VALUE)
      open = true;
    else
      times[d->values.ids[items[i]]]++;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t id = d->values.ids[items[i]];
    if (!open && times[id] == 1 && bit_get(d->items.belonging, items[i]))
      bit_set(out->yes, items[i]);
    else
      leave_open(d, out, items[i]);
  }
  for (uint32_t i = 0; i < count; i++)
    if (d->values.ids[items[i]] != NO_VALUE) times[d->values.ids[items[i]]] = 0;
}

static void ask_row(Distinct *d, Column *out, uint32_t row) {
  uint32_t first = d->items.offsets[row], end = d->items.offsets[row + 1], count = 0;
  uint32_t *items = arena_array(d->job->arena, uint32_t, end - first);
  for (uint32_t i = first; i < end; i++)
    if (may_belong(&d->items, i))
      items[count++] = i;
    else
      bit_set(out->no, i);
  d->fault = fault_of_values(d, row);
  if (!places_known(d, row)) {
    ask_unordered(d, out, items, count);
    return;
  }
  if (d->places) qsort_r(items, count, sizeof *items, compare_places, d);
  bool open_before = false;
  for (uint32_t i = 0; i < count; i++) {
    ask_item(d, out, row, items[i], i == 0, open_before);
    open_before |= d->values.ids[items[i]] == NO_VALUE;
  }
}

Column *order_distinct(Job *job) {
  Column *out = bits_new(job);
  Job members = *job;
  members.b = NULL;
  Distinct d = {.job = job, .items = own_items(&members), .places = job->b};
  d.values = identity_of(job->arena, argument_columns(job), job->node->count, job->rows);
  d.seen = arena_array(job->arena, Seen, d.values.count);
  d.times = arena_array(job->arena, uint32_t, d.values.count);
  uint32_t rows = job->e->spaces[job->e->program->spaces[job->node->space].parent].rows;
  for (uint32_t row = 0; row < rows; row++) ask_row(&d, out, row);
  return out;
}

/* ---- frequency ---- */

typedef struct Times {
  uint32_t sure, able;
} Times;

/* Items whose value is not known may be equal to any. */
static void count_row(Job *job, const Items *items, const Identity *values, Times *times, uint32_t row, Column *out) {
  uint32_t open = 0, first = items->offsets[row], end = items->offsets[row + 1];
  for (uint32_t i = first; i < end; i++)
    if (values->ids[i] != NO_VALUE) times[values->ids[i]] = (Times){0};
  for (uint32_t i = first; i < end; i++) {
    if (!may_belong(items, i)) continue;
    if (values->ids[i] == NO_VALUE) {
      open++;
      continue;
    }
    times[values->ids[i]].able++;
    times[values->ids[i]].sure += bit_get(items->belonging, i);
  }
  bool goes_on = !is_complete(items, row);
  uint32_t all = count_bits(items->belonging, first, end) + count_bits(items->unsure, first, end);
  for (uint32_t i = first; i < end; i++) {
    uint32_t id = values->ids[i];
    Range r = id == NO_VALUE ? range_between(num_of(0), num_of(all))
                             : range_between(num_of(times[id].sure), num_of((int64_t)times[id].able + open));
    r.has_high = !goes_on;
    lane_put_range(job, out, i, &r, NULL);
  }
}

Column *order_frequency(Job *job) {
  Column *out = column_for(job);
  Items items = own_items(job);
  Identity values = identity_of(job->arena, argument_columns(job), job->node->count, job->rows);
  Times *times = arena_array(job->arena, Times, values.count);
  Distinct d = {.job = job, .items = items, .values = values};
  uint32_t rows = job->e->spaces[job->e->program->spaces[job->node->space].parent].rows;
  out->any = range_from(num_of(0));
  for (uint32_t row = 0; row < rows; row++) {
    count_row(job, &items, &values, times, row, out);
    const Fault *any = fault_of_values(&d, row);
    for (uint32_t i = items.offsets[row]; i < items.offsets[row + 1]; i++) {
      const Fault *fault = bit_get(out->known, i) ? NULL : fault_of_own_value(&d, i);
      if (!fault) fault = any;
      if (fault && !bit_get(out->known, i)) column_fail(job->arena, out, i, fault);
    }
  }
  return out;
}
