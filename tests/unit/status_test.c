#include "judge/outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/refusal.h"
#include "lib/workbench.h"

/* Statuses and outcomes, with every table in full. Yes/no: Y yes, N no, m missing, E error. */

static const char letters[] = "YNmE";

/* ---- requirements: Met, Not met, Waived, not Applicable, Undetermined, Error ---- */

static const char status_letters[STATUS_COUNT + 1] = "MNWAUE";

static Rule rule_of(uint32_t condition, uint32_t when, uint32_t unless, uint32_t fulfilled) {
  return (Rule){
      .condition = condition, .when = when, .unless = unless, .fulfilled = fulfilled, .each = {.space = NO_INDEX}};
}

/* One row for every combination of `when`, the condition and `unless`, which changes fastest. */
static void check_rule(bool has_when, bool has_unless, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  const char *wanted = bench_letters(arena, table);
  uint32_t rows = (uint32_t)strlen(wanted), parts[3] = {NO_NODE, NO_NODE, NO_NODE}, fulfilled;
  bench_begin(&b, arena, rows);
  for (int i = 0; i < 3; i++)
    if (i == 1 || (i == 0 ? has_when : has_unless)) parts[i] = bench_input(&b, &bench_yes_no, ROOT_SPACE, rows);
  for (uint32_t row = 0; row < rows; row++) {
    uint32_t left = row;
    for (int i = 2; i >= 0; i--) {
      if (parts[i] == NO_NODE) continue;
      bench_set_letter(&b, parts[i], row, letters[left & 3]);
      left >>= 2;
    }
  }
  fulfilled = parts[1];
  if (has_when) {
    uint32_t idle = bench_unary(&b, OP_NOT, &bench_yes_no, parts[0]);
    fulfilled = bench_binary(&b, OP_OR, &bench_yes_no, idle, fulfilled);
  }
  if (has_unless) fulfilled = bench_binary(&b, OP_OR, &bench_yes_no, fulfilled, parts[2]);
  Rule rule = rule_of(parts[1], parts[0], parts[2], fulfilled);
  Evaluation *e = bench_evaluate(&b, NULL);
  for (uint32_t row = 0; row < rows; row++) {
    char got = status_letters[judge_rule(e, &rule, row)];
    if (got != wanted[row]) fail_msg("row %u is %c, not %c", row, got, wanted[row]);
  }
  arena_free(arena);
}

/* Letters of a block: yes, no, missing, error. */
static void statuses_of_a_requirement(void **state) {
  check_rule(false, false, "MNUE");
  /* without `when`; a block for each condition, a letter for each `unless` */
  check_rule(false, true, "MMMM WNUE WUUE WEEE");
  /* without `unless`; a block for each `when`, a letter for each condition */
  check_rule(true, false, "MNUE AAAA MUUE MEEE");
  /* a row for each `when`, a block for each condition, a letter for each `unless` */
  check_rule(true, true,
             "MMMM WNUE WUUE WEEE "
             "AAAA AAAA AAAA AAAA "
             "MMMM WUUE WUUE WEEE "
             "MMMM WEEE WEEE WEEE");
}

static void check_element(bool has_member, const char *table) {
  Arena *arena = arena_new();
  Bench b;
  const char *wanted = bench_letters(arena, table);
  bench_begin(&b, arena, 1);
  uint32_t items = (uint32_t)strlen(wanted), space = bench_list(&b, ROOT_SPACE, &items, 1);
  uint32_t member = bench_input(&b, &bench_yes_no, space, items),
           condition = bench_input(&b, &bench_yes_no, space, items);
  for (uint32_t i = 0; i < items; i++) {
    bench_set_letter(&b, member, i, letters[i >> 2 & 3]);
    bench_set_letter(&b, condition, i, letters[i & 3]);
  }
  Rule rule = {.each = {.space = space, .member = has_member ? member : NO_NODE, .complete = NO_NODE},
               .each_condition = condition};
  Evaluation *e = bench_evaluate(&b, NULL);
  for (uint32_t i = 0; i < items; i++) assert_int_equal(status_letters[judge_element(e, &rule, i)], wanted[i]);
  arena_free(arena);
}

/* A block for each membership, a letter for each condition. */
static void statuses_of_an_element(void **state) {
  check_element(false, "MNUE");
  check_element(true, "MNUE AAAA MUUE MEEE");
}

/* ---- levels: Qualified, Rejected, Dismissed, Undetermined, Error, decided (Z) ---- */

static const char outcome_letters[OUTCOME_COUNT + 1] = "QRDUEZ";

static Level level_of(LevelKind kind, uint32_t code) {
  return (Level){.kind = kind,
                 .code = code,
                 .available = NO_NODE,
                 .formal = NO_NODE,
                 .required = NO_NODE,
                 .score = NO_NODE,
                 .minimums = NO_NODE,
                 .enough = NO_NODE,
                 .threshold = NO_NODE,
                 .met = NO_NODE};
}

static uint32_t *part_of(Level *level, int part) {
  uint32_t *const parts[] = {&level->formal, &level->available, &level->required, &level->minimums, &level->enough};
  return parts[part];
}

/* A level of which two parts are asked; 16 combinations, repeated over several words. */
static void check_level(int first, int second, const char *table) {
  enum { ROWS = 16 * 9 };
  Arena *arena = arena_new();
  Bench b;
  const char *wanted = bench_letters(arena, table);
  bench_begin(&b, arena, ROWS);
  Level level = level_of(LEVEL_COMMON, NO_INDEX);
  uint32_t x = bench_input(&b, &bench_yes_no, ROOT_SPACE, ROWS), y = bench_input(&b, &bench_yes_no, ROOT_SPACE, ROWS);
  for (uint32_t row = 0; row < ROWS; row++) {
    bench_set_letter(&b, x, row, letters[row >> 2 & 3]);
    bench_set_letter(&b, y, row, letters[row & 3]);
  }
  *part_of(&level, first) = x;
  *part_of(&level, second) = y;
  b.program.levels = &level;
  b.program.level_count = 1;
  b.program.decides = DECIDES_NOTHING;
  Judged *judged = judge(arena, bench_evaluate(&b, NULL));
  for (uint32_t row = 0; row < ROWS; row++) {
    char got = outcome_letters[judged->level_outcomes[0][row]];
    if (got != wanted[row % 16])
      fail_msg("parts %d and %d, row %u: %c, not %c", first, second, row, got, wanted[row % 16]);
  }
  arena_free(arena);
}

/* A block for each answer of the first part, a letter for each of the second. */
static void outcomes_of_a_level(void **state) {
  for (int other = 1; other < 5; other++) {
    check_level(0, other, "QRUE DDDD URUE EREE");
    for (int third = other + 1; third < 5; third++) check_level(other, third, "QRUE RRRR URUE EREE");
  }
}

/* ---- the outcome ---- */

/* `every application`, a lower and a higher level, each with an outcome given by its letter. */
typedef struct Case {
  Bench b;
  Level levels[3];
  EnumType codes;
  Type level_type;
  uint32_t nodes[3][2]; /* formal, required */
  uint32_t sought, decision;
  Answer answer;
} Case;

static void case_begin(Case *c, Arena *arena, uint32_t rows, DecidesKind decides, uint32_t codes) {
  memset(c, 0, sizeof *c);
  bench_begin(&c->b, arena, rows);
  c->codes = (EnumType){.count = codes, .ordered = true, .is_level = true};
  c->level_type = (Type){.kind = TYPE_ENUM, .values = &c->codes};
  for (uint32_t i = 0; i < 3; i++) {
    c->levels[i] = level_of(i ? LEVEL_LEVEL : LEVEL_COMMON, i ? i - 1 : NO_INDEX);
    for (int k = 0; k < 2; k++) c->nodes[i][k] = bench_input(&c->b, &bench_yes_no, ROOT_SPACE, rows);
    c->levels[i].formal = c->nodes[i][0];
    c->levels[i].required = c->nodes[i][1];
  }
  c->sought = bench_input(&c->b, &c->level_type, ROOT_SPACE, rows);
  c->decision = bench_input(&c->b, &bench_number, ROOT_SPACE, rows);
  c->answer = (Answer){.node = c->decision, .type = &bench_number};
  Program *p = &c->b.program;
  p->levels = c->levels, p->level_count = 3;
  p->level_type = &c->codes;
  p->decides = decides;
  p->sought = c->sought;
  p->decisions = &c->answer, p->decision_count = 1;
}

static void case_set(Case *c, uint32_t row, int level, char outcome) {
  char formal = outcome == 'D' ? 'N' : outcome == 'U' ? 'm' : outcome == 'E' ? 'E' : 'Y';
  bench_set_letter(&c->b, c->nodes[level][0], row, formal);
  bench_set_letter(&c->b, c->nodes[level][1], row, outcome == 'R' ? 'N' : 'Y');
}

static void check_outcomes(Case *c, const char *table) {
  const char *wanted = bench_letters(c->b.arena, table);
  Judged *judged = judge(c->b.arena, bench_evaluate(&c->b, NULL));
  for (uint32_t row = 0; row < c->b.batch.rows; row++) {
    char got = outcome_letters[judged->outcomes[row]];
    if (got != wanted[row]) fail_msg("row %u is %c, not %c", row, got, wanted[row]);
    assert_int_equal(judged->reached[row] != NO_INDEX, got == 'Q');
  }
}

static const char outcomes[] = "QRDUE";

/* A block for each outcome of the higher level, a letter for each of the lower one: Q R D U E. */
static void the_highest_level(void **state) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 25, DECIDES_HIGHEST_LEVEL, 2);
  for (uint32_t row = 0; row < 25; row++) {
    case_set(&c, row, 0, 'Y');
    case_set(&c, row, 2, outcomes[row / 5]);
    case_set(&c, row, 1, outcomes[row % 5]);
  }
  check_outcomes(&c, "QQQQQ QRRUE QRDUE UUUUE EEEEE");
  Judged *judged = judge(arena, bench_evaluate(&c.b, NULL));
  for (uint32_t row = 0; row < 5; row++) assert_int_equal(judged->reached[row], 2);
  assert_int_equal(judged->reached[5], 1);
  assert_int_equal(judged->reached[10], 1);
  arena_free(arena);
}
/* Row by row: the outcome of the level that is sought; of a third one, which no section describes; an error. */
static void the_level_sought(void **state) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 13, DECIDES_LEVEL, 3);
  for (uint32_t row = 0; row < 13; row++) {
    case_set(&c, row, 0, row == 11 ? 'D' : 'Q');
    case_set(&c, row, 1, row < 5 ? outcomes[row] : 'Q');
    case_set(&c, row, 2, row >= 5 && row < 10 ? outcomes[row - 5] : 'Q');
    if (row < 12) bench_set_code(&c.b, c.sought, row, row < 5 ? 0 : row < 10 ? 1 : 2);
  }
  bench_set_error(&c.b, c.sought, 12);
  check_outcomes(&c, "QRDUE QRDUE RDE");
  arena_free(arena);
}

static void check_no_level_sought(char common, uint64_t possible, uint32_t codes, const char *wanted) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 25, DECIDES_LEVEL, codes);
  bench_column(&c.b, c.sought)->any_mask = possible;
  for (uint32_t row = 0; row < 25; row++) {
    case_set(&c, row, 0, common);
    case_set(&c, row, 2, outcomes[row / 5]);
    case_set(&c, row, 1, outcomes[row % 5]);
  }
  check_outcomes(&c, wanted);
  arena_free(arena);
}

/* A block for each outcome of the higher level, a letter for each of the lower one: Q R D U E. */
static void a_level_sought_that_is_not_known(void **state) {
  check_no_level_sought('Q', 3, 2, "UUUUU URUUU UUDUU UUUUU UUUUU");
  /* only the lower one is still possible */
  check_no_level_sought('Q', 1, 2, "URDUU URDUU URDUU URDUU URDUU");
  /* a third one without a section can but be rejected */
  check_no_level_sought('Q', 7, 3, "UUUUU URUUU UUUUU UUUUU UUUUU");
  /* it may not even become known */
  check_no_level_sought('Q', 3 | UINT64_C(1) << 63, 2, "UUUUU UUUUU UUUUU UUUUU UUUUU");
  /* what stands in the way of every application stands in the way of any level */
  check_no_level_sought('R', 3, 2, "RRRRR RRRRR RRDRR RRRRR RRRRR");
  check_no_level_sought('D', 3, 2, "DDDDD DRDDD DDDDD DDDDD DDDDD");
  check_no_level_sought('U', 3, 2, "UUUUU URUUU UUDUU UUUUU UUUUU");
  check_no_level_sought('E', 3, 2, "UUUUU URUUU UUDUU UUUUU UUUUU");
}

/* Rows: every application; columns: the decision is known, missing, an error. */
static void a_decision(void **state) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 15, DECIDES_DECISION, 2);
  for (uint32_t row = 0; row < 15; row++) {
    case_set(&c, row, 0, outcomes[row / 3]);
    if (row % 3 == 0) bench_set_number(&c.b, c.decision, row, num_of(1));
    if (row % 3 == 2) bench_set_error(&c.b, c.decision, row);
  }
  check_outcomes(&c, "ZUE RRR DDD UUE EEE");
  arena_free(arena);
}

static void nothing_to_decide(void **state) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 5, DECIDES_NOTHING, 2);
  for (uint32_t row = 0; row < 5; row++) case_set(&c, row, 0, outcomes[row]);
  check_outcomes(&c, "ZRDUE");
  /* without a word on every application */
  c.b.program.levels = NULL;
  c.b.program.level_count = 0;
  check_outcomes(&c, "ZZZZZ");
  arena_free(arena);
}

/* Whatever the rules say of it, wrong data is an error. */
static void spoiled_data(void **state) {
  Arena *arena = arena_new();
  Case c;
  case_begin(&c, arena, 5, DECIDES_HIGHEST_LEVEL, 2);
  uint64_t spoiled = 0x15;
  c.b.batch.spoiled = &spoiled;
  for (uint32_t row = 0; row < 5; row++)
    for (int level = 0; level < 3; level++) case_set(&c, row, level, row < 2 ? 'Q' : 'R');
  check_outcomes(&c, "EQERE");
  arena_free(arena);
}

/* An evaluation and a judgement, refused memory at every place. */
static void evaluate_and_judge(Arena *arena) {
  Case *c = arena_new_of(arena, Case);
  case_begin(c, arena, 70, DECIDES_HIGHEST_LEVEL, 2);
  uint32_t constant = bench_number_of(&c->b, ROOT_SPACE, &bench_number, num_fraction(arena, 1, 3));
  uint32_t share = bench_binary(&c->b, OP_DIVIDE, &bench_number, c->decision, constant);
  uint32_t sum = bench_binary(&c->b, OP_ADD, &bench_number, share, c->decision);
  bench_binary(&c->b, OP_LESS, &bench_yes_no, sum, constant);
  for (uint32_t row = 0; row < 70; row++) {
    for (int level = 0; level < 3; level++) case_set(c, row, level, outcomes[row % 5]);
    if (row % 3) bench_set_number(&c->b, c->decision, row, num_of(row));
  }
  assert_int_equal(judge(arena, bench_evaluate(&c->b, NULL))->outcomes[0], OUTCOME_QUALIFIED);
}

static void memory_refused(void **state) { assert_true(refuse_each_allocation(evaluate_and_judge) > 10); }

static void names(void **state) {
  static const char *const statuses[] = {"met", "not met", "waived", "not applicable", "undetermined", "error"};
  static const char *const kinds[] = {"qualified", "rejected", "dismissed", "undetermined", "error", "decided"};
  for (int i = 0; i < STATUS_COUNT; i++) assert_string_equal(rule_status_names[i], statuses[i]);
  for (int i = 0; i < OUTCOME_COUNT; i++) assert_string_equal(outcome_names[i], kinds[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(statuses_of_a_requirement),
      cmocka_unit_test(statuses_of_an_element),
      cmocka_unit_test(outcomes_of_a_level),
      cmocka_unit_test(the_highest_level),
      cmocka_unit_test(the_level_sought),
      cmocka_unit_test(a_level_sought_that_is_not_known),
      cmocka_unit_test(a_decision),
      cmocka_unit_test(nothing_to_decide),
      cmocka_unit_test(spoiled_data),
      cmocka_unit_test(memory_refused),
      cmocka_unit_test(names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
