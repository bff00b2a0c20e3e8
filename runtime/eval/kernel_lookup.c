#include "eval/kernel_lookup.h"

#include <string.h>
#include "eval/kernel_gather.h"
#include "eval/kernel_lanes.h"

/* ---- one input ---- */

/* An input against its axis. */
typedef struct Asked {
  const Axis *axis;
  const Column *column;
  const int64_t *units;      /* of the column, at the scale of the limits; NULL: exact numbers */
  const int64_t *limits;     /* segment k + 1 begins at limits[k] */
  uint64_t *scratch, *other; /* room for a set of rows */
} Asked;

/* A limit directly behind a number is the next unit: at one scale there is none between. */
static const int64_t *limits_at(Arena *arena, const Axis *axis, unsigned scale) {
  uint32_t count = axis->segments - 1;
  int64_t factor = powers_of_ten[scale - axis->scale], *limits = arena_array(arena, int64_t, count);
  bool overflow = false;
  for (uint32_t i = 0; i < count; i++) {
    overflow |= __builtin_mul_overflow(axis->units[i], factor, &limits[i]);
    overflow |= __builtin_add_overflow(limits[i], (int64_t)axis->behind[i], &limits[i]);
  }
  return overflow ? NULL : limits;
}

static Asked asked_of(Arena *arena, const Axis *axis, const Column *column) {
  Asked a = {.axis = axis, .column = column};
  a.scratch = arena_array(arena, uint64_t, axis->words);
  a.other = arena_array(arena, uint64_t, axis->words);
  if (column->kind != COLUMN_NUMBERS || !axis->units || !column->units) return a;
  unsigned scale = column->scale > axis->scale ? column->scale : axis->scale;
  a.limits = limits_at(arena, axis, scale);
  a.units = a.limits ? lane_units(arena, column, scale) : NULL;
  return a;
}

static uint32_t segment_of_units(const Asked *a, int64_t value) {
  const int64_t *limits = a->limits;
  uint32_t passed = 0, left = a->axis->segments - 1; /* limits[0 … passed) are at most the value */
  while (left > 0) {
    uint32_t half = (left + 1) / 2;
    passed += limits[passed + half - 1] <= value ? half : 0;
    left -= half;
  }
  return passed;
}

static uint32_t segment_of_number(const Axis *axis, Num value) {
  uint32_t low = 0, high = axis->segments - 1;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = num_compare(axis->starts[middle], value);
    if (order < 0 || (order == 0 && !axis->behind[middle]))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static uint32_t segment_of_text(const Axis *axis, View text) {
  uint32_t segment;
  return map_get(&axis->texts, text, &segment) ? segment : axis->segments - 1;
}

/* Of a row where the input is known. */
static uint32_t segment_at(Arena *arena, const Asked *a, uint32_t row) {
  switch (a->column->kind) {
  case COLUMN_BITS: return bit_get(a->column->yes, row);
  case COLUMN_NUMBERS:
    if (a->units) return segment_of_units(a, a->units[row]);
    return segment_of_number(a->axis, column_number(arena, a->column, row));
  case COLUMN_CODES: return a->column->codes[row];
  case COLUMN_TEXTS: return segment_of_text(a->axis, a->column->texts[row]);
  }
  return 0;
}

/* ---- sets of rows ---- */

static void turn_over(uint64_t *bits, uint32_t bit) { bits[bit / 64] ^= UINT64_C(1) << (bit & 63); }

/* The rows that fit in a segment; the one behind the last is that of a missing value. */
static const uint64_t *rows_in_segment(const Axis *axis, uint32_t segment, uint64_t *scratch) {
  if (segment == axis->segments) return axis->missing;
  const uint64_t *kept = axis->bits + (size_t)(segment / axis->stride) * axis->words;
  uint32_t from = segment / axis->stride * axis->stride + 1;
  if (from > segment) return kept;
  memcpy(scratch, kept, axis->words * sizeof *scratch);
  for (uint32_t i = axis->toggle_first[from]; i < axis->toggle_first[segment + 1]; i++)
    turn_over(scratch, axis->toggles[i]);
  return scratch;
}

/* Rows that fit in one of the segments, and in all of them. */
static void rows_in_segments(const Asked *a, uint32_t first, uint32_t last, uint64_t *some, uint64_t *all) {
  const Axis *axis = a->axis;
  const uint64_t *start = rows_in_segment(axis, first, a->scratch);
  memmove(some, start, axis->words * sizeof *some);
  memmove(all, some, axis->words * sizeof *all);
  for (uint32_t i = axis->toggle_first[first + 1]; i < axis->toggle_first[last + 1]; i++) {
    bit_set(some, axis->toggles[i]);
    bit_clear(all, axis->toggles[i]);
  }
}

/* ---- the answers that a row may still have ---- */

typedef struct Lookup {
  Job *job; /* of the LOOKUP or ROWS node */
  const DecisionTable *table;
  uint32_t count;
  Asked *asked;              /* LOOKUP */
  const Column **conditions; /* ROWS, by row */
  uint64_t *some, *all;      /* bits in the table's order: rows that may fit, that surely fit */
  bool wide; /* an input that may be an error counts as any value: what then is definite, no error can change */
  /* the answers */
  uint64_t *rows; /* bits by row */
  bool may_fail;
  bool input_may_fail;
  const Fault *fault;     /* of an input */
  uint32_t first, second; /* two rows that both fit, or NO_INDEX */
} Lookup;

static uint32_t words_of(const Lookup *l) { return (l->table->order_count + 63) / 64; }

static Lookup lookup_of(Job *job) {
  const Program *program = job->e->program;
  Lookup l = {.job = job, .table = &program->decision_tables[job->node->index], .count = job->node->count};
  const uint32_t *arguments = program->arguments + job->node->first;
  if (job->node->op == OP_LOOKUP) {
    l.asked = arena_array(job->arena, Asked, l.count);
    for (uint32_t i = 0; i < l.count; i++)
      l.asked[i] = asked_of(job->arena, &l.table->axes[i], column_at(job, arguments[i]));
  } else {
    l.conditions = arena_array(job->arena, const Column *, l.count);
    for (uint32_t i = 0; i < l.count; i++) l.conditions[i] = column_at(job, arguments[i]);
  }
  l.some = arena_array(job->arena, uint64_t, words_of(&l));
  l.all = arena_array(job->arena, uint64_t, words_of(&l));
  l.rows = arena_array(job->arena, uint64_t, words_for(l.table->row_count));
  return l;
}

static bool is_first_of_order(RowPolicy policy) { return policy != ROWS_ONE; }

/* None of the rows fits. */
static void answer_none(Lookup *l) {
  if (l->table->otherwise != NO_INDEX)
    bit_set(l->rows, l->table->otherwise);
  else
    l->may_fail = true;
}

/* The next bit of the set from `from` on; NO_INDEX: none. */
static uint32_t next_bit(const Lookup *l, const uint64_t *set, uint32_t from) {
  for (uint32_t w = from / 64; w < words_of(l); w++) {
    uint64_t left = w == from / 64 ? set[w] & ~UINT64_C(0) << (from & 63) : set[w];
    if (left) return next_row(&left, w);
  }
  return NO_INDEX;
}

/* Where the set is that of known inputs: exactly one answer is added. */
static void answer_of_set(Lookup *l, const uint64_t *set) {
  uint32_t bit = next_bit(l, set, 0);
  if (bit == NO_INDEX) {
    answer_none(l);
    return;
  }
  bool one = l->table->policy == ROWS_ONE && !l->table->unique;
  uint32_t other = one ? next_bit(l, set, bit + 1) : NO_INDEX;
  if (other == NO_INDEX) {
    bit_set(l->rows, l->table->order[bit]);
    return;
  }
  l->first = l->table->order[bit];
  l->second = l->table->order[other];
  l->may_fail = true;
}

/* Where each row in `some` may fit and each in `all` does: the answers up to the first that surely fits. */
static void answers_of_sets(Lookup *l) {
  uint32_t found = 0;
  for (uint32_t w = 0; w < words_of(l); w++)
    for (uint64_t left = l->some[w]; left;) {
      uint32_t bit = next_row(&left, w);
      bool surely = bit_get(l->all, bit);
      if (surely && l->table->policy == ROWS_ONE && l->table->unique)
        memset(l->rows, 0, words_for(l->table->row_count) * sizeof *l->rows);
      bit_set(l->rows, l->table->order[bit]);
      if (surely && (is_first_of_order(l->table->policy) || l->table->unique)) return;
      found++;
    }
  bool sure = false;
  for (uint32_t w = 0; w < words_of(l); w++) sure |= l->all[w] != 0;
  if (found > 1 && l->table->policy == ROWS_ONE && !l->table->unique) l->may_fail = true;
  if (!sure && (l->table->otherwise != NO_INDEX || !l->table->complete)) answer_none(l);
}

/* ---- answers of a lookup ---- */

/* The segments that an input may be in. */
typedef struct Reach {
  uint32_t first, last;
  uint64_t mask;    /* of enumerations: which of them; 0: all */
  bool missing_too; /* an error, where a missing value has rows of its own */
} Reach;

static Reach reach_of_codes(const Asked *a, uint32_t row) {
  const Type *type = a->axis->type;
  uint64_t mask = mask_at(type, a->column, row) & mask_of_all(type);
  Reach all = {.last = a->axis->segments - 1};
  if (!mask || a->axis->segments > ENUM_MASK_VALUES || (~mask_of_all(type) == 0 && !~mask)) return all;
  return (Reach){(uint32_t)__builtin_ctzll(mask), 63 - (uint32_t)__builtin_clzll(mask), mask, false};
}

static Reach reach_of_numbers(Arena *arena, const Asked *a, uint32_t row) {
  Range range = range_at(arena, a->column, row);
  Reach reach = {.last = a->axis->segments - 1};
  if (range.has_low) reach.first = segment_of_number(a->axis, range.low);
  if (range.has_high) reach.last = segment_of_number(a->axis, range.high);
  if (reach.last < reach.first) reach.last = reach.first;
  return reach;
}

/* Of yes/no that is not known nobody can say whether it may fail: an error of one is either of the two, as for `if`. */
static bool may_fail_at(Arena *arena, const Asked *a, uint32_t row) {
  if (a->column->kind == COLUMN_BITS) return false;
  if (column_is_error(a->column, row)) return true;
  if (a->column->kind == COLUMN_NUMBERS) return range_at(arena, a->column, row).may_fail;
  return a->column->kind == COLUMN_CODES && mask_may_fail(a->axis->type, mask_at(a->axis->type, a->column, row));
}

static Reach reach_of(Lookup *l, const Asked *a, uint32_t row) {
  Arena *arena = l->job->arena;
  if (column_is_known(a->column, row)) {
    uint32_t segment = segment_at(arena, a, row);
    return (Reach){segment, segment, 0, false};
  }
  bool error = column_is_error(a->column, row), fails = may_fail_at(arena, a, row);
  if (a->axis->names_missing && !error) return (Reach){a->axis->segments, a->axis->segments, 0, false};
  Reach reach = {.last = a->axis->segments - 1};
  bool all = fails && l->wide;
  if (a->column->kind == COLUMN_NUMBERS && !all) reach = reach_of_numbers(arena, a, row);
  if (a->column->kind == COLUMN_CODES && !all) reach = reach_of_codes(a, row);
  reach.missing_too = error && a->axis->names_missing;
  if (error && !l->fault) l->fault = a->column->faults[row];
  l->input_may_fail |= fails;
  return reach;
}

static bool reach_holds(const Reach *reach, uint32_t segment) { return !reach->mask || reach->mask >> segment & 1; }

/* AND of the rows in one segment of each input. */
static void meet(Lookup *l, const uint32_t *segments) {
  uint32_t words = words_of(l);
  for (uint32_t i = 0; i < l->count; i++) {
    const uint64_t *rows = rows_in_segment(l->asked[i].axis, segments[i], l->asked[i].scratch);
    for (uint32_t w = 0; w < words; w++) l->some[w] = i ? l->some[w] & rows[w] : rows[w];
  }
  for (uint32_t w = 0; l->count == 0 && w < words; w++) l->some[w] = word_mask(l->table->order_count, w);
}

/* Every combination of the segments, one by one. */
static void answer_each(Lookup *l, const Reach *reach, uint32_t *segments) {
  for (uint32_t i = 0; i < l->count; i++) segments[i] = reach[i].first;
  for (;;) {
    meet(l, segments);
    answer_of_set(l, l->some);
    uint32_t i = 0;
    for (; i < l->count; i++) {
      do segments[i]++;
      while (segments[i] <= reach[i].last && !reach_holds(&reach[i], segments[i]));
      if (segments[i] <= reach[i].last) break;
      segments[i] = reach[i].first;
    }
    if (i == l->count) return;
  }
}

static void answer_together(Lookup *l, const Reach *reach) {
  uint32_t words = words_of(l);
  for (uint32_t i = 0; i < l->count; i++) {
    const Asked *a = &l->asked[i];
    uint64_t *some = a->other, *all = a->scratch;
    if (reach[i].first == a->axis->segments)
      memcpy(some, a->axis->missing, words * sizeof *some), memcpy(all, some, words * sizeof *all);
    else
      rows_in_segments(a, reach[i].first, reach[i].last, some, all);
    for (uint32_t w = 0; w < words; w++) {
      if (reach[i].missing_too) some[w] |= a->axis->missing[w], all[w] &= a->axis->missing[w];
      l->some[w] = i ? l->some[w] & some[w] : some[w];
      l->all[w] = i ? l->all[w] & all[w] : all[w];
    }
  }
  answers_of_sets(l);
}

static void answers_of_lookup(Lookup *l, uint32_t row) {
  enum { MOST_TRIED = 1024 };
  Reach *reach = arena_array(l->job->arena, Reach, l->count);
  uint32_t *segments = arena_array(l->job->arena, uint32_t, l->count);
  uint64_t combinations = 1;
  bool each = true;
  for (uint32_t i = 0; i < l->count; i++) {
    reach[i] = reach_of(l, &l->asked[i], row);
    combinations *= reach[i].last - reach[i].first + 1;
    each &= combinations <= MOST_TRIED && !reach[i].missing_too;
  }
  if (each)
    answer_each(l, reach, segments);
  else
    answer_together(l, reach);
}

/* ---- answers of conditions ---- */

static void answers_of_conditions(Lookup *l, uint32_t row) {
  bool known = true;
  memset(l->some, 0, words_of(l) * sizeof *l->some);
  memset(l->all, 0, words_of(l) * sizeof *l->all);
  for (uint32_t bit = 0; bit < l->table->order_count; bit++) {
    const Column *condition = l->conditions[l->table->order[bit]];
    if (bit_get(condition->no, row)) continue;
    bit_set(l->some, bit);
    if (bit_get(condition->yes, row)) {
      bit_set(l->all, bit);
      if (known && is_first_of_order(l->table->policy)) break;
      continue;
    }
    known = false;
    if (!l->fault) l->fault = fault_at(condition, row);
  }
  if (known)
    answer_of_set(l, l->some);
  else
    answers_of_sets(l);
}

static void answers_at(Lookup *l, uint32_t row, bool wide) {
  memset(l->rows, 0, words_for(l->table->row_count) * sizeof *l->rows);
  l->wide = wide;
  l->may_fail = l->input_may_fail = false;
  l->fault = NULL;
  l->first = l->second = NO_INDEX;
  if (l->asked)
    answers_of_lookup(l, row);
  else
    answers_of_conditions(l, row);
  l->may_fail |= l->input_may_fail && !wide;
}

/* ---- the row ---- */

static View number_of_row(Arena *arena, uint32_t row) { return view_format(arena, "%u", row + 1); }

/* Why no row is the answer. */
static const Fault *fault_of_answers(Lookup *l) {
  if (l->fault) return l->fault;
  Arena *arena = l->job->arena;
  if (l->second == NO_INDEX) return job_fault_about(l->job, MSG_R0120, l->table->name, (View){0});
  Fault *fault = arena_new_of(arena, Fault);
  uint32_t low = l->first < l->second ? l->first : l->second, high = l->first + l->second - low;
  *fault = (Fault){.code = MSG_R0121,
                   .arguments = {l->table->name, number_of_row(arena, low), number_of_row(arena, high)},
                   .span = l->job->node->span};
  return fault;
}

/* The lowest and the highest row that may be the answer; false where there is none. */
static bool ends_of_answers(const Lookup *l, uint32_t *low, uint32_t *high) {
  *low = NO_INDEX;
  for (uint32_t w = 0; w < words_for(l->table->row_count); w++)
    for (uint64_t left = l->rows[w]; left;) {
      *high = next_row(&left, w);
      if (*low == NO_INDEX) *low = *high;
    }
  return *low != NO_INDEX;
}

static void put_row(Lookup *l, Column *out, uint32_t row) {
  uint32_t low = NO_INDEX, high = 0;
  answers_at(l, row, true);
  bool one = ends_of_answers(l, &low, &high) && low == high && !l->may_fail;
  if (!one && l->input_may_fail) {
    answers_at(l, row, false);
    ends_of_answers(l, &low, &high);
  }
  if (low == NO_INDEX) {
    column_fail(l->job->arena, out, row, fault_of_answers(l));
    return;
  }
  Range range = range_between(num_of(low), num_of(high));
  range.may_fail = l->may_fail;
  lane_put_range(l->job, out, row, &range, l->fault);
}

/* What rows yet to come may be: any row of the table. */
static void set_any(const Lookup *l, Column *out) {
  out->any = range_between(num_of(0), num_of(l->table->row_count - 1));
  out->any.may_fail = true;
}

Column *lookup_conditions(Job *job) {
  Column *out = column_for(job);
  Lookup l = lookup_of(job);
  set_any(&l, out);
  for (uint32_t row = 0; row < job->rows; row++) {
    put_row(&l, out, row);
  }
  return out;
}

/* The rows where every input is one segment: known, or missing where that has rows of its own. */
static uint64_t *plain_rows(const Lookup *l) {
  uint64_t *plain = arena_array(l->job->arena, uint64_t, words_for(l->job->rows));
  for (uint32_t w = 0; w < words_for(l->job->rows); w++) {
    plain[w] = word_mask(l->job->rows, w);
    for (uint32_t i = 0; i < l->count; i++) {
      const Asked *a = &l->asked[i];
      plain[w] &= known_word(a->column, w) | (a->axis->names_missing ? ~error_word(a->column, w) : 0);
    }
  }
  return plain;
}

/* The first row that fits in all inputs' sets; NO_INDEX: `otherwise`, none, or two where only one may. */
static uint32_t first_of_all(const Lookup *l, const uint64_t *const *sets) {
  uint32_t words = words_of(l);
  bool one = l->table->policy == ROWS_ONE && !l->table->unique;
  uint32_t found = NO_INDEX;
  for (uint32_t w = 0; w < words; w++) {
    uint64_t all = sets[0][w];
    for (uint32_t i = 1; i < l->count; i++) all &= sets[i][w];
    if (!all) continue;
    if (found != NO_INDEX || (one && (all & (all - 1)))) return NO_INDEX;
    found = l->table->order[w * 64 + (uint32_t)__builtin_ctzll(all)];
    if (!one) return found;
  }
  return found;
}

static uint32_t plain_segment(Arena *arena, const Asked *a, uint32_t row) {
  return column_is_known(a->column, row) ? segment_at(arena, a, row) : a->axis->segments;
}

Column *lookup_rows(Job *job) {
  Column *out = column_for(job);
  Lookup l = lookup_of(job);
  const uint64_t *plain = plain_rows(&l), **sets = arena_array(job->arena, const uint64_t *, l.count);
  set_any(&l, out);
  for (uint32_t row = 0; row < job->rows; row++) {
    uint32_t found = NO_INDEX;
    if (bit_get(plain, row) && l.count) {
      for (uint32_t i = 0; i < l.count; i++)
        sets[i] = rows_in_segment(l.asked[i].axis, plain_segment(job->arena, &l.asked[i], row), l.asked[i].scratch);
      found = first_of_all(&l, sets);
    }
    if (found != NO_INDEX) {
      out->units[row] = found;
      bit_set(out->known, row);
      continue;
    }
    put_row(&l, out, row);
  }
  return out;
}

/* ---- what the row gives ---- */

typedef struct Given {
  const Column **from; /* one for each row, or a single one of constants with a value for each row */
  bool constants;
} Given;

static Given given_of(Job *job, const DecisionTable *table) {
  const Node *node = job->node;
  Given g = {.constants = node->count == 0};
  uint32_t count = g.constants ? 1 : node->count;
  g.from = arena_array(job->arena, const Column *, count);
  if (g.constants) g.from[0] = gather_constants(job, table->values + node->mask, table->row_count, table->output_count);
  for (uint32_t i = 0; !g.constants && i < count; i++)
    g.from[i] = column_at(job, job->e->program->arguments[node->first + i]);
  return g;
}

static Possible possible_given(const Job *job, const Given *g, uint32_t table_row, uint32_t row) {
  return possible_at(job, g->from[g->constants ? 0 : table_row], g->constants ? table_row : row);
}

/* `any row that fits`, where it was not proved that all give the same. */
static bool gives_the_same(const Job *job, const Given *g, Lookup *l, uint32_t row, Possible *out) {
  bool found = false, same = true;
  for (uint32_t bit = 0; bit < l->table->order_count; bit++) {
    if (!bit_get(l->all, bit)) continue;
    Possible p = possible_given(job, g, l->table->order[bit], row);
    if (found && p.kind == COLUMN_NUMBERS)
      same &= range_equal(&out->range, &p.range) == TRUTH_YES;
    else if (found && p.kind == COLUMN_BITS)
      same &= out->may_yes == p.may_yes && out->may_no == p.may_no;
    else if (found)
      same &= p.one && out->one && p.code == out->code && view_equal(p.text, out->text);
    if (!found) *out = p;
    found = true;
  }
  return same;
}

static void fill_surely(Lookup *l, uint32_t row) {
  if (l->asked) {
    uint32_t *segments = arena_array(l->job->arena, uint32_t, l->count);
    for (uint32_t i = 0; i < l->count; i++) segments[i] = plain_segment(l->job->arena, &l->asked[i], row);
    meet(l, segments);
    memcpy(l->all, l->some, words_of(l) * sizeof *l->all);
    return;
  }
  memset(l->all, 0, words_of(l) * sizeof *l->all);
  for (uint32_t bit = 0; bit < l->table->order_count; bit++)
    if (bit_get(l->conditions[l->table->order[bit]]->yes, row)) bit_set(l->all, bit);
}

static void refuse_other_values(Job *job, const Given *g, Lookup *l, Column *out) {
  for (uint32_t row = 0; row < job->rows; row++) {
    if (!column_is_known(out, row)) continue;
    Possible unused = {0};
    fill_surely(l, row);
    if (!gives_the_same(job, g, l, row, &unused))
      column_fail(job->arena, out, row, job_fault_about(job, MSG_R0122, l->table->name, (View){0}));
  }
}

/* What the answers give, together. */
static Possible possible_of_answers(const Job *job, const Given *g, const Lookup *l, Column *out, uint32_t row) {
  Possible possible = possible_failure(out->kind);
  bool found = false;
  for (uint32_t w = 0; w < words_for(l->table->row_count); w++)
    for (uint64_t left = l->rows[w]; left;) {
      Possible p = possible_given(job, g, next_row(&left, w), row);
      possible = found ? possible_union(possible, p) : p;
      found = true;
    }
  possible.may_fail |= l->may_fail;
  return possible;
}

static void put_possible(Job *job, const Given *g, Lookup *l, Column *out, uint32_t row) {
  answers_at(l, row, true);
  Possible possible = possible_of_answers(job, g, l, out, row);
  possible_put(job, out, row, &possible, NULL);
  if (column_is_known(out, row)) return;
  if (l->input_may_fail) {
    answers_at(l, row, false);
    possible = possible_of_answers(job, g, l, out, row);
  }
  possible_put(job, out, row, &possible, fault_at(job->a, row));
}

static void set_any_given(const Job *job, const DecisionTable *table, const Given *g, Column *out) {
  for (uint32_t i = 0; i < (g->constants ? table->row_count : job->node->count); i++) {
    const Column *from = g->from[g->constants ? 0 : i];
    if (out->kind == COLUMN_NUMBERS) {
      Range r = g->constants ? range_at(job->arena, from, i) : from->any;
      out->any = i ? range_hull(out->any, r) : r;
    } else if (out->kind == COLUMN_CODES) {
      uint64_t mask = g->constants ? mask_at(job->node->type, from, i) : from->any_mask;
      out->any_mask = i ? out->any_mask | mask : mask;
    }
  }
  out->any.may_fail = true;
  if (out->kind == COLUMN_CODES) out->any_mask = mask_failing(job->node->type, out->any_mask);
}

static Column *values_of_known(Job *job, const Given *g) {
  uint32_t *which = arena_array(job->arena, uint32_t, job->rows), *at = arena_array(job->arena, uint32_t, job->rows);
  for (uint32_t i = 0; i < job->rows; i++) {
    bool known = bit_get(job->a->known, i);
    uint32_t found = known ? (uint32_t)lane_whole_at(job->arena, job->a, i) : 0;
    which[i] = g->constants ? 0 : found;
    at[i] = !known ? NO_ROW : g->constants ? found : i;
  }
  Gather gather = {g->from, g->constants ? 1 : job->node->count, which, at};
  return gather_rows(job, &gather);
}

Column *lookup_values(Job *job) {
  const Program *program = job->e->program;
  const DecisionTable *table = &program->decision_tables[job->node->index];
  Given g = given_of(job, table);
  Column *out = values_of_known(job, &g);
  set_any_given(job, table, &g, out);
  Job asked = *job;
  asked.node = &program->nodes[job->node->a];
  Lookup l = {0};
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = unknown_word(job->a, w); left;) {
      if (!l.job) l = lookup_of(&asked);
      put_possible(job, &g, &l, out, next_row(&left, w));
    }
  if (table->policy == ROWS_ANY && !table->unique) {
    if (!l.job) l = lookup_of(&asked);
    refuse_other_values(job, &g, &l, out);
  }
  return out;
}
