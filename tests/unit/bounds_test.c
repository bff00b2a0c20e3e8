#include "check/bounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/check.h"
#include "check/facts.h"
#include "check/proof.h"

/* Expressions over declared fields, and the bound that each has. That no value lies outside of a bound is shown by
 * brute force in tests/property/possible_test.c; here stands how close the bounds are. */

static const char head[] = "programme Bounds\n"
                           "  currency NOK\n"
                           "  time zone Europe/Oslo\n"
                           "  rules as of received\n"
                           "end\n"
                           "record Item\n"
                           "  n : number 1 to 5\n"
                           "  w : whole number 0 to 10\n"
                           "end\n"
                           "application\n"
                           "  id       : text\n"
                           "  received : moment\n"
                           "  start    : date\n"
                           "  day      : date 2020-01-01 to 2020-12-31\n"
                           "  ok       : yes/no\n"
                           "  w        : whole number 0 to 10\n"
                           "  x        : number -2 to 3\n"
                           "  y        : number at least 1\n"
                           "  free     : number\n"
                           "  budget   : money at least 0\n"
                           "  period   : months at least 0\n"
                           "  reach    : local < regional < national < global\n"
                           "  items    : list of Item\n"
                           "end\n"
                           "criterion potential: scale 1 to 6 step 0.5\n"
                           "parameter rate: number\n"
                           "  from 2010-01-01: 0.25\n"
                           "  from 2015-01-01: 2\n"
                           "end\n"
                           "parameter gone: number\n"
                           "  from 2010-01-01: 7\n"
                           "  from 2015-01-01: none\n"
                           "end\n"
                           "data table: list of Item\n"
                           "  | n   | w |\n"
                           "  | 1.5 | 3 |\n"
                           "  | 4   | 7 |\n"
                           "end\n";

typedef struct Case {
  const char *expression, *bound;
} Case;

static void show_number(Writer *w, Arena *arena, const Bound *b) {
  const Range *r = &b->range;
  write_char(w, r->has_low && !r->low_open ? '[' : '(');
  if (r->has_low) write_view(w, num_text(arena, r->low, NULL));
  write_text(w, " .. ");
  if (r->has_high) write_view(w, num_text(arena, r->high, NULL));
  write_char(w, r->has_high && !r->high_open ? ']' : ')');
  if (b->places == PLACES_ENDLESS)
    write_text(w, " endless");
  else if (b->places == PLACES_MANY)
    write_text(w, " many");
  else
    write_format(w, " %u", b->places);
}

/* "[0 .. 10] 0": the interval and the decimal places; “yes no”; the values. Behind them m: may be missing, e: an error. */
static const char *shown(Arena *arena, const Type *type, const Bound *b) {
  Writer *w = writer_to_memory(arena);
  if (type->kind == TYPE_YES_NO)
    write_format(w, "%s%s%s", b->may_yes ? "yes" : "", b->may_yes && b->may_no ? " " : "", b->may_no ? "no" : "");
  else if (!b->may_know)
    write_text(w, "nothing");
  else if (type->kind == TYPE_ENUM)
    for (uint32_t code = 0; code < type->values->count; code++) write_char(w, b->mask >> code & 1 ? '1' : '0');
  else if (type_is_number_like(type))
    show_number(w, arena, b);
  else
    write_text(w, "text");
  write_format(w, "%s%s%s", b->may_miss || b->may_fail ? " " : "", b->may_miss ? "m" : "", b->may_fail ? "e" : "");
  write_char(w, 0);
  return writer_memory(w).at;
}

static Program *program_of(Arena *arena, const Case *cases, size_t count) {
  SourceList *sources = arena_new_of(arena, SourceList);
  DiagQueue *diags = arena_new_of(arena, DiagQueue);
  Writer *text = writer_to_memory(arena);
  diag_init(diags, arena, sources);
  write_text(text, head);
  for (size_t i = 0; i < count; i++) write_format(text, "report r%u: %s\n", (unsigned)i, cases[i].expression);
  Program *program = check_text(arena, diags, VIEW("bounds.tsk"), writer_memory(text));
  for (uint32_t i = 0; i < diags->items.count; i++) {
    View sentence = diag_sentence(arena, &diags->items.at[i], LANGUAGE_EN);
    if (message_table[diags->items.at[i].code].severity == SEVERITY_ERROR)
      fail_msg("%.*s", (int)sentence.length, sentence.at);
  }
  assert_non_null(program);
  return program;
}

static void check_cases(const Case *cases, size_t count) {
  Arena *arena = arena_new();
  Program *program = program_of(arena, cases, count);
  const Bound *bounds = bounds_compute(arena, program);
  uint32_t wrong = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t node = program->reports[i].node;
    const char *is = shown(arena, program->nodes[node].type, &bounds[node]);
    if (strcmp(is, cases[i].bound) == 0) continue;
    print_error("%s\n  is     %s\n  not    %s\n", cases[i].expression, is, cases[i].bound);
    wrong++;
  }
  arena_free(arena);
  assert_int_equal(wrong, 0);
}

#define CHECK(cases) check_cases(cases, sizeof cases / sizeof *cases)

static void inputs_and_constants(void **state) {
  static const Case cases[] = {
      {"w", "[0 .. 10] 0 m"},
      {"x", "[-2 .. 3] many m"},
      {"y", "[1 .. ) many m"},
      {"free", "( .. ) many m"},
      {"budget", "[0 .. ) 2 m"},
      {"potential", "[1 .. 6] many m"},
      {"ok", "yes no m"},
      {"reach", "1111 m"},
      {"12.50", "[12.5 .. 12.5] 1"},
      {"1 / 3", "[0.3333333333333333333333333333333333 .. 0.3333333333333333333333333333333333] endless"},
      {"yes", "yes"},
      {"id", "text m"},
      {"rate", "[0.25 .. 2] 2 me"},
      {"gone", "[7 .. 7] 0 me"},
  };
  CHECK(cases);
}

static void arithmetic(void **state) {
  static const Case cases[] = {
      {"w + x", "[-2 .. 13] many m"},
      {"w - x", "[-3 .. 12] many m"},
      {"w * x", "[-20 .. 30] many m"},
      {"w * 0.25", "[0 .. 2.5] 2 m"},
      {"-x", "[-3 .. 2] many m"},
      {"abs(x)", "[0 .. 3] many m"},
      {"w / 4", "[0 .. 2.5] 2 m"},
      {"w / 3", "[0 .. 3.333333333333333333333333333333333] endless m"},
      {"3 / y", "(0 .. 3] endless m"},
      {"budget / budget", "[0 .. ) endless me"},
      {"1 / x", "( .. ) endless me"},
      {"min(w, x)", "[-2 .. 3] many m"},
      {"max(w, x)", "[0 .. 10] many m"},
      {"w but at most 4", "[0 .. 4] 0 m"},
      {"x but at least 0", "[0 .. 3] many m"},
      {"x rounded to 2 decimals", "[-2 .. 3] 2 m"},
      {"budget * 33% rounded down to NOK 1 000", "[0 .. ) 0 m"},
      {"budget * 33%", "[0 .. ) 4 m"},
      {"w ** 2", "[0 .. 100] 0 me"},
      {"w ** w", "( .. ) many me"},
      {"x ** (0 - w)", "( .. ) endless me"},
      {"floor(w / 3)", "[0 .. 3] 0 m"},
  };
  CHECK(cases);
}

static void comparisons(void **state) {
  static const Case cases[] = {
      {"w >= 0", "yes m"},
      {"w > 10", "no m"},
      {"w > 9", "yes no m"},
      {"w = 2.5", "no m"},
      {"x = 2.5", "yes no m"},
      {"w = 11", "no m"},
      {"w < y + 10", "yes m"},
      {"w < y + 9", "yes no m"},
      {"free < free", "no m"},
      {"free <= free", "yes m"},
      {"reach is at least local", "yes m"},
      {"reach is at least regional", "yes no m"},
      {"id = id", "yes m"},
      {"id = \"a\"", "yes no m"},
      {"received.month <= 12", "yes m"},
      {"start.weekday > 7", "no m"},
      {"start.year in [1..9999]", "yes m"},
      {"start < date(9999, 12, 31) or start = date(9999, 12, 31)", "yes no me"},
  };
  CHECK(cases);
}

static void chains(void **state) {
  static const Case cases[] = {
      {"free >= 5 and free < 5", "no m"},
      {"free >= 5 and free <= 5", "yes no m"},
      {"w > 5 and w < 6", "no m"},
      {"free > 5 and free < 6", "yes no m"},
      {"free >= 5 or free < 5", "yes m"},
      {"free > 5 or free < 5", "yes no m"},
      {"free >= 5 and ok and y > 2 and free < 5", "no m"},
      {"ok and not ok", "no m"},
      {"ok or not ok", "yes m"},
      {"not (free >= 5 or free < 5)", "no m"},
      {"free in [1..3] and free in [4..6]", "no m"},
      {"free in [1..4] and free in [4..6]", "yes no m"},
      {"free in [1..4) and free in [4..6]", "no m"},
      {"reach is at least national and reach is at most regional", "no m"},
      {"reach = local or reach is at least regional", "yes m"},
      {"free < y and y < free", "yes no m"},
      {"free < w and free > 10", "no m"},
      {"free = 3 and free = 4", "no m"},
      {"free >= 5 and y < 5", "yes no m"},
      {"start >= 2020-01-02 and start < 2020-01-02", "no m"},
      {"some of items where n > 2 and n < 1", "no m"},
      {"(some i in items satisfies i.w > 5) and (some i in items satisfies i.w < 5)", "yes no m"},
      {"every i in items satisfies (some j in items satisfies i.w > 5 and j.w < 5)", "yes no m"},
  };
  CHECK(cases);
}

static void choices(void **state) {
  static const Case cases[] = {
      {"if ok then 1 else 5", "[1 .. 5] 0 m"},
      {"if w >= 0 then 1 else 5", "[1 .. 1] 0 m"},
      {"if w < 0 then 1 else 5", "[5 .. 5] 0 m"},
      {"if ok then 0.5 else 1 / 3", "[0.3333333333333333333333333333333333 .. 0.5] endless m"},
      {"free assumed 3 if missing", "( .. ) many"},
      {"w assumed 12 if missing", "[0 .. 12] 0"},
      {"w is known", "yes no"},
      {"(w assumed 3 if missing) is known", "yes"},
      {"if reach = local then 1 else if reach = regional then 2 else 3", "[1 .. 3] 0 m"},
  };
  CHECK(cases);
}

static void lists(void **state) {
  static const Case cases[] = {
      {"count(items)", "[0 .. ) 0 m"},
      {"count([1, 2, 3])", "[3 .. 3] 0"},
      {"count([1, 2, 3] where item > 1)", "[0 .. 3] 0"},
      {"count(items where n > 5)", "[0 .. 0] 0 m"},
      {"count(table)", "[2 .. 2] 0"},
      {"at least 4 of [1, 2, 3] where item > w", "no m"},
      {"some of items where n >= 1", "yes no m"},
      {"sum(items.n)", "[0 .. ) many m"},
      {"sum([w, w])", "[0 .. 20] 0 m"},
      {"sum([x, w] where item > 100)", "[0 .. 0] 0 m"},
      {"min(items.n)", "[1 .. 5] many me"},
      {"max([w, x])", "[-2 .. 10] many m"},
      {"mean([w, x])", "[-2 .. 10] many m"},
      {"(the t in table where t.w = w).n", "[1.5 .. 4] 1 me"},
      {"sum(table.n)", "[3 .. 8] 1"},
  };
  CHECK(cases);
}

static void dates(void **state) {
  static const Case cases[] = {
      {"received.year", "[1 .. 9999] 0 m"},
      {"start.day", "[1 .. 31] 0 m"},
      {"day of year(start)", "[1 .. 366] 0 m"},
      {"week of year(start)", "[1 .. 53] 0 m"},
      {"first day of month(start) <= 9999-12-31", "yes m"},
      {"last day of year(start) > 0001-01-01", "yes no m"},
      {"first day of year(day) >= 2019-01-01", "yes m"},
      {"last day of month(day) > 2021-01-30", "no m"},
      {"start + 1 month >= 0001-02-01", "yes me"},
      {"start + 1 month > 0001-02-01", "yes no me"},
      {"start + 10 days >= 0001-01-11", "yes me"},
      {"full months(2020-01-31, 2020-03-30)", "[1 .. 1] 0"},
      {"full days(2020-01-31, 2020-02-02)", "[2 .. 2] 0"},
      {"string length(id)", "[0 .. ) 0 m"},
      {"period + 1 year", "[12 .. ) 0 m"},
  };
  CHECK(cases);
}

/* ---- facts and proofs ---- */

static uint32_t condition_of(const Program *program, uint32_t report) { return program->reports[report].node; }

static void facts_come_and_go(void **state) {
  static const Case cases[] = {{"w >= 5", ""}, {"w < 3", ""}, {"w < 8", ""}};
  Arena *arena = arena_new();
  Program *program = program_of(arena, cases, 3);
  Facts *f = facts_new(arena, program, bounds_compute(arena, program));
  facts_add(f, condition_of(program, 0), true, FACTS_ALL_PARTS);
  assert_false(f->impossible);
  uint32_t mark = facts_mark(f);
  facts_add(f, condition_of(program, 1), true, FACTS_ALL_PARTS);
  assert_true(f->impossible);
  facts_back(f, mark);
  facts_add(f, condition_of(program, 2), true, FACTS_ALL_PARTS);
  assert_false(f->impossible);
  facts_add(f, condition_of(program, 2), false, FACTS_ALL_PARTS);
  assert_true(f->impossible);
  facts_begin(f);
  facts_add(f, condition_of(program, 1), true, FACTS_ALL_PARTS);
  assert_false(f->impossible);
  arena_free(arena);
}

static void proofs_name_what_proves(void **state) {
  static const Case cases[] = {
      {"w > 10", "0 <= w <= 10"},
      {"budget < NOK 0", "budget >= NOK 0"},
      {"free >= 5 and free < 5", "free < 5; free >= 5"},
      {"reach is at least national and reach is at most regional", "reach: local, regional; reach: national, global"},
      {"ok and not ok", "not ok; ok"},
      {"w > 10 or x > 3", "0 <= w <= 10; -2 <= x <= 3"},
      {"count(table) < 2", "count = 2"},
      {"at least 4 of [1, 2, 3] where item > w", "0 <= count <= 3"},
      {"period < 0 months", "period >= 0 years"},
  };
  enum { COUNT = sizeof cases / sizeof *cases };
  Arena *arena = arena_new();
  Program *program = program_of(arena, cases, COUNT);
  Proof proof = {facts_new(arena, program, bounds_compute(arena, program)), LANGUAGE_EN, NO_NODE};
  for (uint32_t i = 0; i < COUNT; i++) {
    View text = proof_never(&proof, condition_of(program, i), true);
    if (!view_is(text, cases[i].bound)) fail_msg("%s: %.*s", cases[i].expression, (int)text.length, text.at);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(inputs_and_constants),
      cmocka_unit_test(arithmetic),
      cmocka_unit_test(comparisons),
      cmocka_unit_test(chains),
      cmocka_unit_test(choices),
      cmocka_unit_test(lists),
      cmocka_unit_test(dates),
      cmocka_unit_test(facts_come_and_go),
      cmocka_unit_test(proofs_name_what_proves),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
