#include "eval/evaluate.h"

#include <assert.h>
#include "eval/kernel_bits.h"
#include "eval/kernel_choose.h"
#include "eval/kernel_codes.h"
#include "eval/kernel_compare.h"
#include "eval/kernel_connect.h"
#include "eval/kernel_dates.h"
#include "eval/kernel_edit.h"
#include "eval/kernel_gather.h"
#include "eval/kernel_lists.h"
#include "eval/kernel_lookup.h"
#include "eval/kernel_middle.h"
#include "eval/kernel_numbers.h"
#include "eval/kernel_order.h"
#include "eval/kernel_texts.h"

/* First the rows of every space, then every node, both in the order of their
 * ids: what one refers to stands before it. */

/* ---- the rows of spaces ---- */

/* A batch whose lists make more rows than this in one space is refused like an allocation beyond the budget: the
 * columns of a few nodes would be. */
enum { SPACE_MAX_ROWS = 16 << 20 };

/* Sets rows and parents from the offsets of the parent rows. */
static void finish_space(Arena *arena, SpaceRows *space, uint32_t parent_rows) {
  space->rows = space->offsets[parent_rows];
  space->parents = arena_array(arena, uint32_t, space->rows);
  for (uint32_t parent = 0; parent < parent_rows; parent++)
    for (uint32_t i = space->offsets[parent]; i < space->offsets[parent + 1]; i++) space->parents[i] = parent;
}

/* As many items for each row of the parent space. */
static void space_of_equals(Evaluation *e, SpaceRows *space, uint32_t parent_rows, uint32_t items) {
  if ((uint64_t)parent_rows * items > SPACE_MAX_ROWS) memory_refuse();
  space->offsets = arena_array(e->arena, uint32_t, (size_t)parent_rows + 1);
  for (uint32_t parent = 0; parent <= parent_rows; parent++) space->offsets[parent] = parent * items;
  finish_space(e->arena, space, parent_rows);
}

static void space_of_data(Evaluation *e, SpaceRows *space, uint32_t parent_rows, uint32_t data_space) {
  space->offsets = e->batch->items[data_space].offsets;
  if (space->offsets[parent_rows] > SPACE_MAX_ROWS) memory_refuse();
  finish_space(e->arena, space, parent_rows);
}

static bool encloses(const Program *program, uint32_t outer, uint32_t space) {
  while (space != outer && space != ROOT_SPACE) space = program->spaces[space].parent;
  return space == outer;
}

/* The row of the enclosing space `outer` that a row of `space` belongs to. */
static uint32_t ancestor_row(const Evaluation *e, uint32_t space, uint32_t row, uint32_t outer) {
  while (space != outer) {
    assert(space != ROOT_SPACE);
    row = e->spaces[space].parents[row];
    space = e->program->spaces[space].parent;
  }
  return row;
}

/* The first row of `inner` that stands below a row of a space around it; for the row behind the last, where they end. */
static uint32_t descendant_row(const Evaluation *e, uint32_t space, uint32_t row, uint32_t inner) {
  if (space == inner) return row;
  return e->spaces[inner].offsets[descendant_row(e, space, row, e->program->spaces[inner].parent)];
}

/* The items of the space that is repeated which belong to a row of the parent: those of the item that this row repeats;
 * those of the row around it; or where the list stands deeper, all that stand below it. */
static uint32_t first_repeated(const Evaluation *e, const Space *space, uint32_t row, bool end) {
  const uint32_t *offsets = e->spaces[space->index].offsets;
  uint32_t around = e->program->spaces[space->index].parent;
  if (space->kind == SPACE_INNER) return offsets[e->spaces[space->parent].sources[row] + end];
  if (around != space->parent && encloses(e->program, space->parent, around))
    return offsets[descendant_row(e, space->parent, row + end, around)];
  return offsets[ancestor_row(e, space->parent, row, around) + end];
}

/* For every row of the parent space the items that belong to it. */
static void space_of_repeats(Evaluation *e, SpaceRows *rows, const Space *space) {
  uint32_t parent_rows = e->spaces[space->parent].rows;
  uint64_t total = 0;
  rows->offsets = arena_array(e->arena, uint32_t, (size_t)parent_rows + 1);
  for (uint32_t i = 0; i < parent_rows; i++) {
    total += first_repeated(e, space, i, true) - first_repeated(e, space, i, false);
    if (total > SPACE_MAX_ROWS) memory_refuse();
    rows->offsets[i + 1] = (uint32_t)total;
  }
  finish_space(e->arena, rows, parent_rows);
  rows->sources = arena_array(e->arena, uint32_t, rows->rows);
  for (uint32_t i = 0; i < parent_rows; i++) {
    uint32_t first = first_repeated(e, space, i, false);
    for (uint32_t k = rows->offsets[i]; k < rows->offsets[i + 1]; k++) rows->sources[k] = first + k - rows->offsets[i];
  }
}

/* For every row of the parent space the items of its parts, which have the same parent. */
static void space_of_chain(Evaluation *e, SpaceRows *space, uint32_t parent_rows, const uint32_t *parts) {
  uint64_t total = 0;
  for (uint32_t p = 1; p <= parts[0]; p++) total += e->spaces[parts[p]].rows;
  if (total > SPACE_MAX_ROWS) memory_refuse();
  space->offsets = arena_array(e->arena, uint32_t, (size_t)parent_rows + 1);
  space->sources = arena_array(e->arena, uint32_t, (size_t)total);
  space->parts = arena_array(e->arena, uint32_t, (size_t)total);
  uint32_t at = 0;
  for (uint32_t i = 0; i < parent_rows; i++) {
    for (uint32_t p = 1; p <= parts[0]; p++) {
      const uint32_t *offsets = e->spaces[parts[p]].offsets;
      for (uint32_t k = offsets[i]; k < offsets[i + 1]; k++) space->parts[at] = p - 1, space->sources[at++] = k;
    }
    space->offsets[i + 1] = at;
  }
  finish_space(e->arena, space, parent_rows);
}

static void make_space(Evaluation *e, uint32_t id) {
  const Space *space = &e->program->spaces[id];
  SpaceRows *rows = &e->spaces[id];
  uint32_t parent_rows = space->kind == SPACE_ROOT ? 0 : e->spaces[space->parent].rows;
  switch (space->kind) {
  case SPACE_ROOT: rows->rows = e->batch->rows; return;
  case SPACE_DATA: space_of_data(e, rows, parent_rows, space->index); return;
  case SPACE_TABLE: space_of_equals(e, rows, parent_rows, e->program->tables[space->index].row_count); return;
  case SPACE_LITERAL: space_of_equals(e, rows, parent_rows, space->index); return;
  case SPACE_REPEAT:
  case SPACE_INNER: space_of_repeats(e, rows, space); return;
  case SPACE_CHAIN: space_of_chain(e, rows, parent_rows, e->program->arguments + space->index); return;
  }
}

static uint64_t rows_of_parts(const uint32_t *parts, const uint64_t *rows) {
  uint64_t sum = 0;
  for (uint32_t p = 1; p <= parts[0]; p++) sum += rows[parts[p]];
  return sum;
}

/* The rows that tables and lists in the rules make for one application. A list of the data counts as one item. */
static uint64_t rows_for_one(const Program *program) {
  uint64_t *rows = memory_get(memory_product(program->rule_space_count, sizeof *rows)), sum = 0;
  for (uint32_t i = 0; i < program->rule_space_count; i++) {
    const Space *space = &program->spaces[i];
    uint64_t parent = space->kind == SPACE_ROOT ? 1 : rows[space->parent];
    rows[i] = parent;
    if (space->kind == SPACE_TABLE) rows[i] = parent * program->tables[space->index].row_count;
    if (space->kind == SPACE_LITERAL) rows[i] = parent * space->index;
    if (space_repeats(space)) rows[i] = parent * rows[space->index];
    if (space->kind == SPACE_CHAIN) rows[i] = rows_of_parts(program->arguments + space->index, rows);
    if (rows[i] > UINT32_MAX) rows[i] = UINT32_MAX;
    sum += rows[i];
  }
  memory_put(rows, program->rule_space_count * sizeof *rows);
  return sum;
}

uint32_t evaluate_batch_rows(const Program *program) {
  enum { ROWS_OF_A_BATCH = 1 << 19 };
  uint64_t rows = ROWS_OF_A_BATCH / (rows_for_one(program) + 1);
  return rows < 1 ? 1 : rows > BATCH_ROWS ? BATCH_ROWS : (uint32_t)rows;
}

/* ---- nodes ---- */

/* The day given with --on, else the application's own, else unknown. */
static Column *date_of_rules(Job *job) {
  const Evaluation *e = job->e;
  if (e->options && e->options->has_as_of) return gather_day(job, e->options->as_of);
  uint32_t own = job->node->a != NO_NODE ? job->node->a : e->program->as_of_source;
  return own == NO_NODE ? column_for(job) : e->columns[own];
}

static Column *column_of(Job *job) {
  switch (job->node->op) {
  case OP_CONSTANT: return gather_constant(job);
  case OP_INPUT: return job->e->batch->inputs[job->node->index];
  case OP_AS_OF: return date_of_rules(job);
  case OP_SPREAD: return gather_spread(job);
  case OP_ITEMS: return gather_items(job);
  case OP_TABLE: return gather_table(job);
  case OP_REPEAT: return gather_repeat(job);
  case OP_CHAIN: return gather_chain(job);
  case OP_PICK: return lists_pick(job);
  case OP_PICKED: return lists_picked(job);
  case OP_CHOSEN: return lists_chosen(job);
  case OP_POSITION: return order_positions(job);
  case OP_DISTINCT: return order_distinct(job);
  case OP_FREQUENCY: return order_frequency(job);
  case OP_CONNECTED: return connect_links(job);
  case OP_NOT: return bits_not(job);
  case OP_AND: return bits_and(job);
  case OP_OR: return bits_or(job);
  case OP_SAME: return bits_same(job);
  case OP_EQUAL: return compare_equal(job);
  case OP_LESS: return compare_less(job);
  case OP_LESS_EQUAL: return compare_less_equal(job);
  case OP_IN_MASK: return codes_in_mask(job);
  case OP_EQUAL_CODE: return codes_equal(job);
  case OP_LESS_CODE: return codes_less(job);
  case OP_LESS_EQUAL_CODE: return codes_less_equal(job);
  case OP_EQUAL_TEXT: return texts_equal(job);
  case OP_LESS_TEXT: return texts_less(job);
  case OP_ADD: return numbers_add(job);
  case OP_SUBTRACT: return numbers_subtract(job);
  case OP_MULTIPLY: return numbers_multiply(job);
  case OP_DIVIDE: return numbers_divide(job);
  case OP_POWER: return numbers_power(job);
  case OP_NEGATE: return numbers_negate(job);
  case OP_ABSOLUTE: return numbers_absolute(job);
  case OP_SMALLER: return numbers_smaller(job);
  case OP_GREATER: return numbers_greater(job);
  case OP_SQRT: return numbers_root(job);
  case OP_ROUND: return numbers_round(job);
  case OP_ROUND_TO: return numbers_round_to(job);
  case OP_IS_KNOWN: return bits_is_known(job);
  case OP_ASSUME: return choose_assumed(job);
  case OP_IF: return choose_if(job);
  case OP_NO_CHOICE: return choose_nothing(job);
  case OP_DATED: return choose_dated(job);
  case OP_BY_CODE: return choose_by_code(job);
  case OP_AT_LEAST_OF: return bits_at_least(job);
  case OP_COUNT: return lists_count(job);
  case OP_SUM: return lists_sum(job);
  case OP_SMALLEST: return lists_smallest(job);
  case OP_LARGEST: return lists_largest(job);
  case OP_PRODUCT: return middle_product(job);
  case OP_MEDIAN: return middle_median(job);
  case OP_JOIN_ALL: return edit_join(job);
  case OP_DATE_OF: return dates_of_moments(job);
  case OP_MOMENT_OF: return dates_to_moments(job);
  case OP_YEAR:
  case OP_MONTH:
  case OP_DAY:
  case OP_WEEKDAY:
  case OP_DAY_OF_YEAR:
  case OP_WEEK: return dates_part(job);
  case OP_MONTH_FIRST:
  case OP_MONTH_LAST:
  case OP_YEAR_FIRST:
  case OP_YEAR_LAST: return dates_ends(job);
  case OP_ADD_MONTHS: return dates_add_months(job);
  case OP_ADD_MONTHS_MOMENT: return dates_add_months_to_moments(job);
  case OP_ADD_SECONDS: return dates_add_seconds(job);
  case OP_MONTHS_BETWEEN: return dates_months_between(job);
  case OP_DATE_MAKE: return dates_make(job);
  case OP_LENGTH: return texts_length(job);
  case OP_CONTAINS: return texts_contains(job);
  case OP_STARTS_WITH: return texts_starts_with(job);
  case OP_ENDS_WITH: return texts_ends_with(job);
  case OP_LOWER: return texts_lower(job);
  case OP_UPPER: return texts_upper(job);
  case OP_JOIN: return texts_join(job);
  case OP_TEXT_OF: return texts_of(job);
  case OP_LOOKUP: return lookup_rows(job);
  case OP_ROWS: return lookup_conditions(job);
  case OP_ROW_VALUE: return lookup_values(job);
  case OP_SUBSTRING: return edit_substring(job);
  case OP_TEXT_BEFORE: return edit_before(job);
  case OP_TEXT_AFTER: return edit_after(job);
  case OP_REPLACE: return edit_replace(job);
  case OP_TRIM: return edit_trim(job);
  case OP_READ: return edit_read(job);
  case OP_COUNT_OF_KINDS: break;
  }
  assert(false);
  return NULL;
}

static void evaluate_node(Evaluation *e, uint32_t id) {
  const Node *node = &e->program->nodes[id];
  Job job = {.e = e, .arena = e->arena, .node = node, .rows = e->spaces[node->space].rows};
  job.a = column_at(&job, node->a);
  job.b = column_at(&job, node->b);
  job.c = column_at(&job, node->c);
  e->columns[id] = column_of(&job);
  bool computed = node->op != OP_INPUT && node->op != OP_CONSTANT;
  if (computed && e->columns[id]->exact && e->options && e->options->stats) e->options->stats->slow_lane++;
}

/* ---- what a test asks ---- */

static void want(bool *wanted, uint32_t node) {
  if (node != NO_NODE) wanted[node] = true;
}

static void want_mention(bool *wanted, const Mention *mention) {
  want(wanted, mention->node);
  want(wanted, mention->element);
  if (mention->kind != MENTION_LIST) return;
  want(wanted, mention->list.member);
  want(wanted, mention->list.complete);
}

static void want_expectation(const Program *program, bool *wanted, const Expectation *expected) {
  want(wanted, expected->node);
  want(wanted, expected->sides[0]);
  want(wanted, expected->sides[1]);
  for (uint32_t i = 0; i < expected->mention_count; i++)
    want_mention(wanted, &program->mentions[expected->first_mention + i]);
}

static void want_operands(const Program *program, bool *wanted, const Node *node) {
  want(wanted, node->a);
  want(wanted, node->b);
  want(wanted, node->c);
  for (uint32_t i = 0; i < node->count; i++) want(wanted, program->arguments[node->first + i]);
}

/* Only what this one asks: a text may hold thousands. What a node needs stands before it. */
static void evaluate_test(Evaluation *e, const TestCase *test) {
  const Program *program = e->program;
  bool *wanted = arena_array(e->arena, bool, program->node_count);
  for (uint32_t i = 0; i < test->expectation_count; i++) want_expectation(program, wanted, &test->expectations[i]);
  for (uint32_t i = program->node_count; i > program->rule_node_count; i--)
    if (wanted[i - 1]) want_operands(program, wanted, &program->nodes[i - 1]);
  for (uint32_t i = program->rule_node_count; i < program->node_count; i++)
    if (wanted[i]) evaluate_node(e, i);
}

Evaluation *evaluate(Arena *arena, const Batch *batch, const EvaluateOptions *options) {
  const Program *program = batch->program;
  Evaluation *e = arena_new_of(arena, Evaluation);
  *e = (Evaluation){.arena = arena, .program = program, .batch = batch, .options = options};
  e->spaces = arena_array(arena, SpaceRows, program->space_count);
  e->columns = arena_array(arena, Column *, program->node_count);
  const TestCase *test = options ? options->test : NULL;
  uint32_t spaces = test ? program->space_count : program->rule_space_count;
  for (uint32_t i = 0; i < spaces; i++) make_space(e, i);
  for (uint32_t i = 0; i < program->rule_node_count; i++) evaluate_node(e, i);
  if (test) evaluate_test(e, test);
  if (options && options->stats) options->stats->batches++;
  return e;
}
