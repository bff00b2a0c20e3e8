#include "check/check.h"
#include "eval/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Decision tables against a scan of their rows. Each generated table stands in the text twice, once with constants, which
 * are looked up, and once with a cell that a parameter makes computed, so that it is compiled to conditions. Rows of data
 * are held against the scan, and rows with gaps against every way in which the gaps can be filled. */

/* ---- chance ---- */

static uint64_t seed;

static uint32_t chance(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 16) % below);
}

/* ---- tables ---- */

enum { INPUTS = 4, ROWS_MOST = 9, VALUES = 4, MISSING = VALUES };

typedef enum Kind { NUMBER, SIZE, BIT, WORD } Kind; /* of input i: i */

/* Which of the VALUES of its input a cell fits; bit MISSING: a missing one. */
typedef struct Row {
  uint32_t fits[INPUTS];
  int64_t gives;
} Row;

typedef struct Plan {
  Row rows[ROWS_MOST];
  uint32_t count;
  bool otherwise; /* the last row */
  RowPolicy policy;
  bool names_missing[INPUTS];
} Plan;

static const char *const value_texts[INPUTS][VALUES] = {{"1", "2", "3", "4"},
                                                        {"small", "medium", "large", "huge"},
                                                        {"no", "yes", NULL, NULL},
                                                        {"\"a\"", "\"b\"", "\"c\"", "\"d\""}};

static uint32_t values_of(uint32_t input) { return input == BIT ? 2 : VALUES; }
static uint32_t all_of(uint32_t input) { return (UINT32_C(1) << values_of(input)) - 1; }

/* A cell that fits what is in the mask; `computed` writes a number so that a parameter has a part in it. */
static void write_values(Writer *w, uint32_t input, uint32_t mask, bool computed) {
  const char *between = "";
  for (uint32_t k = 0; k < values_of(input); k++) {
    if (!(mask >> k & 1)) continue;
    write_format(w, "%s%s%s", between, value_texts[input][k], computed && input == NUMBER ? " + nothing" : "");
    between = ", ";
  }
}

static uint32_t random_cell(Writer *w, Writer *computed, uint32_t input) {
  uint32_t mask = 1 + chance(all_of(input)), low = chance(VALUES);
  switch (chance(6)) {
  case 0: return all_of(input) | 1u << MISSING;
  case 1:
    if (input != NUMBER && input != SIZE) break;
    write_format(w, ">= %s", value_texts[input][low]);
    write_format(computed, ">= %s%s", value_texts[input][low], input == NUMBER ? " + nothing" : "");
    return all_of(input) & ~((1u << low) - 1);
  case 2:
    if (input != NUMBER) break;
    write_format(w, "[1..%s)", value_texts[input][low]);
    write_format(computed, "[1 + nothing..%s)", value_texts[input][low]);
    if (low > 0) return (1u << low) - 1;
    return UINT32_MAX; /* an empty range: not this one */
  case 3:
    write_text(w, "not("), write_text(computed, "not(");
    write_values(w, input, mask, false), write_values(computed, input, mask, true);
    write_text(w, ")"), write_text(computed, ")");
    return all_of(input) & ~mask;
  case 4:
    write_text(w, "missing"), write_text(computed, "missing");
    if (chance(2)) return 1u << MISSING;
    write_text(w, ", "), write_text(computed, ", ");
    write_values(w, input, mask, false), write_values(computed, input, mask, true);
    return mask | 1u << MISSING;
  default: break;
  }
  write_values(w, input, mask, false), write_values(computed, input, mask, true);
  return mask;
}

/* The rows, written as they are and computed. */
static void make_rows(Arena *arena, Plan *p, Writer *plain, Writer *computed) {
  memset(p, 0, sizeof *p);
  static const RowPolicy policies[] = {ROWS_FIRST, ROWS_HIGHEST, ROWS_LOWEST, ROWS_SUM, ROWS_COUNT};
  p->policy = policies[chance(5)];
  p->count = 2 + chance(ROWS_MOST - 1);
  p->otherwise = true;
  for (uint32_t r = 0; r < p->count; r++) {
    Row *row = &p->rows[r];
    bool last = r + 1 == p->count;
    row->gives = chance(5);
    for (uint32_t i = 0; i < INPUTS; i++) {
      Writer *a = writer_to_memory(arena), *b = writer_to_memory(arena);
      uint32_t mask = last ? 0 : random_cell(a, b, i);
      while (mask == UINT32_MAX) {
        a = writer_to_memory(arena), b = writer_to_memory(arena);
        mask = random_cell(a, b, i);
      }
      row->fits[i] = mask;
      View text = writer_memory(a), other = writer_memory(b);
      if (text.length) p->names_missing[i] |= mask >> MISSING & 1;
      if (last && i) continue;
      write_text(plain, i ? " | " : "  | "), write_text(computed, i ? " | " : "  | ");
      if (last) text = other = VIEW("otherwise");
      write_view(plain, text), write_view(computed, other);
    }
    write_format(plain, " || %d |\n", (int)row->gives);
    write_format(computed, " || %d |\n", (int)row->gives);
  }
}

static View programme_of(Arena *arena, Plan *p) {
  static const char *const words[] = {"one row fits",  "any row that fits", "first row that fits", "the highest of",
                                      "the lowest of", "all rows that fit", "the sum of",          "the number of"};
  Writer *plain = writer_to_memory(arena), *computed = writer_to_memory(arena), *w = writer_to_memory(arena);
  make_rows(arena, p, plain, computed);
  write_text(
      w,
      "programme P\n  rules as of day\nend\ntype size: small < medium < large < huge\napplication\n  n : whole number\n  s : size\n"
      "  b : yes/no\n  t : text\n  day : date\nend\nparameter nothing: whole number\n  from 2000-01-01: 0\nend\n");
  for (int k = 0; k < 2; k++) {
    write_format(
        w, "table %s (n: whole number, s: size, b: yes/no, t: text): whole number\n  %s\n  | n | s | b | t || x |\n",
        k ? "computed" : "plain", words[p->policy]);
    write_view(w, writer_memory(k ? computed : plain));
    write_text(w, "end\n");
  }
  write_text(w, "report x: plain(n, s, b, t)\nreport y: computed(n, s, b, t)\n");
  return writer_memory(w);
}

/* ---- the scan ---- */

static bool row_fits(const Plan *p, uint32_t row, const uint32_t *values) {
  for (uint32_t i = 0; i < INPUTS; i++)
    if (!(p->rows[row].fits[i] >> values[i] & 1)) return false;
  return true;
}

/* `otherwise` is the last row and fits where no other does. */
static int64_t scan(const Plan *p, const uint32_t *values) {
  int64_t sum = 0, count = 0, best = 0;
  for (uint32_t r = 0; r < p->count; r++) {
    bool last = r + 1 == p->count;
    if (last ? count > 0 : !row_fits(p, r, values)) continue;
    int64_t gives = p->rows[r].gives;
    if (p->policy == ROWS_FIRST && count == 0) best = gives;
    if (p->policy == ROWS_HIGHEST && (count == 0 || gives > best)) best = gives;
    if (p->policy == ROWS_LOWEST && (count == 0 || gives < best)) best = gives;
    sum += gives;
    count++;
  }
  return p->policy == ROWS_SUM ? sum : p->policy == ROWS_COUNT ? count : best;
}

/* ---- evaluation ---- */

static Program *check_plan(Arena *arena, View text) {
  SourceList *sources = arena_new_of(arena, SourceList);
  DiagQueue diags;
  diag_init(&diags, arena, sources);
  Program *program = check_text(arena, &diags, VIEW("t"), text);
  if (!program) {
    Writer *w = writer_to_memory(arena);
    diag_print(&diags, w, LANGUAGE_EN, false);
    View told = writer_memory(w);
    fail_msg("%.*s\n%.*s", (int)told.length, told.at, (int)text.length, text.at);
  }
  return program;
}

static void build_row(BatchBuilder *b, const uint32_t *values) {
  build_application(b, VIEW("data"), 1);
  if (values[NUMBER] != MISSING) build_number(b, 0, num_of((int64_t)values[NUMBER] + 1));
  if (values[SIZE] != MISSING) build_code(b, 1, values[SIZE]);
  if (values[BIT] != MISSING) build_yes_no(b, 2, values[BIT] != 0);
  static const char *const words[] = {"a", "b", "c", "d"};
  if (values[WORD] != MISSING) build_text(b, 3, view_of(words[values[WORD]]));
}

enum { BATCH = 40 };

/* Does some filling of the gaps give another value? Missing values that the table names are none. */
static bool is_same_everywhere(const Plan *p, const uint32_t *values, int64_t wanted) {
  uint32_t full[INPUTS];
  for (uint32_t code = 0; code < VALUES * VALUES * VALUES * VALUES; code++) {
    bool sound = true;
    for (uint32_t i = 0, rest = code; i < INPUTS; i++, rest /= VALUES) {
      bool gap = values[i] == MISSING && !p->names_missing[i];
      full[i] = gap ? rest % VALUES : values[i];
      sound &= !gap || full[i] < values_of(i);
    }
    if (sound && scan(p, full) != wanted) return false;
  }
  return true;
}

static bool has_gap(const Plan *p, const uint32_t *values) {
  for (uint32_t i = 0; i < INPUTS; i++)
    if (values[i] == MISSING && !p->names_missing[i]) return true;
  return false;
}

static uint32_t definite, open_rows;

static void check_cell(const Plan *p, Arena *arena, const Evaluation *e, uint32_t node, uint32_t row,
                       const uint32_t *values, bool exact) {
  const Column *c = e->columns[node];
  bool known = column_is_known(c, row), gap = has_gap(p, values);
  assert_false(column_is_error(c, row));
  if (!gap) {
    assert_true(known);
    assert_true(num_equal(column_number(arena, c, row), num_of(scan(p, values))));
    return;
  }
  int64_t value = 0;
  if (known) num_to_int(column_number(arena, c, row), &value);
  if (known) assert_true(is_same_everywhere(p, values, value));
  definite += known;
  open_rows++;
  /* one by one, a lookup finds all that is definite; conditions may not */
  if (!known && exact) {
    uint32_t full[INPUTS];
    for (uint32_t i = 0; i < INPUTS; i++) full[i] = values[i] == MISSING && !p->names_missing[i] ? 0 : values[i];
    bool text_gap = values[WORD] == MISSING && !p->names_missing[WORD]; /* there are other texts than those four */
    bool number_gap = values[NUMBER] == MISSING && !p->names_missing[NUMBER];
    if (!text_gap && !number_gap) assert_false(is_same_everywhere(p, values, scan(p, full)));
  }
}

static void check_tables(Arena *arena) {
  Plan plan;
  View text = programme_of(arena, &plan);
  const Program *program = check_plan(arena, text);
  assert_int_equal(program->decision_table_count, 2);
  assert_non_null(program->decision_tables[0].axes);
  BatchBuilder *b = batch_builder_new(arena, program);
  uint32_t values[BATCH][INPUTS];
  for (uint32_t r = 0; r < BATCH; r++) {
    for (uint32_t i = 0; i < INPUTS; i++) values[r][i] = chance(4) ? chance(values_of(i)) : MISSING;
    build_row(b, values[r]);
  }
  EvaluateOptions options = {.has_as_of = true, .as_of = 20000};
  Evaluation *e = evaluate(arena, batch_finish(b), &options);
  bool looked_up = plan.policy == ROWS_FIRST || plan.policy == ROWS_HIGHEST || plan.policy == ROWS_LOWEST;
  for (uint32_t r = 0; r < BATCH; r++) {
    check_cell(&plan, arena, e, program->reports[0].node, r, values[r], looked_up);
    check_cell(&plan, arena, e, program->reports[1].node, r, values[r], false);
  }
}

static void lookups_and_conditions_are_scans(void **state) {
  for (uint32_t k = 0; k < 600; k++) {
    Arena *arena = arena_new();
    seed = UINT64_C(0x9E3779B97F4A7C15) * (k + 1);
    check_tables(arena);
    arena_free(arena);
  }
  print_message("%u of %u rows with gaps are definite\n", definite, open_rows);
  assert_true(definite > open_rows / 10);
}

/* ---- many rows ---- */

/* So many that sets of rows are kept at every 64th segment only. */
static void a_table_of_thousands_of_rows(void **state) {
  enum { ROWS = 4000 };
  Arena *arena = arena_new();
  Writer *w = writer_to_memory(arena);
  write_text(w,
             "programme P\nend\napplication\n  n : number\nend\ntable t (n: number): number\n  first\n  | n || x |\n");
  for (int i = 0; i < ROWS; i++) write_format(w, "  | [%d..%d) || %d |\n", 10 * i, 10 * i + 15, i);
  write_text(w, "  | otherwise || -1 |\nend\nreport x: t(n)\n");
  const Program *program = check_plan(arena, writer_memory(w));
  assert_int_equal(program->decision_tables[0].axes[0].stride, 64);
  for (int first = 0; first < 2 * ROWS; first += BATCH) {
    Arena *scratch = arena_new();
    BatchBuilder *b = batch_builder_new(scratch, program);
    for (int i = 0; i < BATCH; i++) {
      build_application(b, VIEW("data"), 1);
      if (i) build_number(b, 0, num_fraction(scratch, 50 * (int64_t)(first + i) - 7, 10));
    }
    Evaluation *e = evaluate(scratch, batch_finish(b), NULL);
    const Column *c = e->columns[program->reports[0].node];
    assert_false(column_is_known(c, 0));
    assert_true(num_equal(c->ranges[0].low, num_of(-1)) && num_equal(c->ranges[0].high, num_of(ROWS - 1)));
    for (int i = 1; i < BATCH; i++) {
      int64_t tenths = 50 * (int64_t)(first + i) - 7, row = tenths / 100, wanted = row;
      if (tenths % 100 < 50 && row > 0) wanted = row - 1;
      if (row >= ROWS) wanted = row == ROWS && tenths % 100 < 50 ? ROWS - 1 : -1;
      assert_true(num_equal(column_number(scratch, c, (uint32_t)i), num_of(wanted)));
    }
    arena_free(scratch);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(lookups_and_conditions_are_scans),
                                     cmocka_unit_test(a_table_of_thousands_of_rows)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
