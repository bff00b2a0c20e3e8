#include "eval/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include "eval/words.h"

/* One node of one row, whose type and column each test makes. */

static Arena *arena;
static Program program;
static Node node = {.op = OP_INPUT};
static Column *column;
static Evaluation e;

static View letters[] = {{"alpha", 5}, {"beta", 4}, {"gamma", 5}};
static const EnumType greek = {.values = letters, .count = 3};
static const Type enum_type = {.kind = TYPE_ENUM, .values = &greek};
static const Type yes_no_type = {.kind = TYPE_YES_NO};
static const Type number_type = {.kind = TYPE_NUMBER};
static const Type money_type = {.kind = TYPE_MONEY, .currency = {"NOK", 3}};
static const Type text_type = {.kind = TYPE_TEXT};
static const Type date_type = {.kind = TYPE_DATE};
static const Type moment_type = {.kind = TYPE_MOMENT};
static const Type months_type = {.kind = TYPE_MONTHS};
static const Type duration_type = {.kind = TYPE_DURATION};

static int make(void **state) {
  arena = arena_new();
  program = (Program){.arena = arena, .nodes = &node, .node_count = 1};
  program.zone = zone_load(arena, VIEW("UTC"));
  e = (Evaluation){.arena = arena, .program = &program, .columns = &column};
  return 0;
}

static int drop(void **state) {
  arena_free(arena);
  return 0;
}

static void assert_view(View got, const char *wanted) {
  if (!view_is(got, wanted)) printf("got “%.*s”, not “%s”\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

static void begin(const Type *type) {
  node.type = type;
  column = column_new(arena, type, 1);
}

static void begin_number(const Type *type, Num number) {
  begin(type);
  column->exact = arena_copy(arena, &number, sizeof number);
  bit_set(column->known, 0);
}

static void assert_text(const char *wanted) { assert_view(value_text(&e, 0, 0, arena, LANGUAGE_EN), wanted); }

static void assert_bokmal(const char *wanted) { assert_view(value_text(&e, 0, 0, arena, LANGUAGE_NB), wanted); }

static void assert_json(const char *wanted) {
  Writer *w = writer_to_memory(arena);
  value_json(&e, 0, 0, arena, LANGUAGE_EN, w);
  assert_view(writer_memory(w), wanted);
}

static void assert_plain(const char *wanted) { assert_view(value_plain(&e, 0, 0, arena), wanted); }

static void numbers(void **state) {
  begin_number(&number_type, num_fraction(arena, 3, 8));
  assert_text("0.375");
  assert_json("0.375");
  assert_plain("0.375");
  begin_number(&number_type, num_of(-1500000));
  assert_text("-1\u00A0500\u00A0000");
  assert_json("-1500000");
  assert_plain("-1500000");
  begin_number(&money_type, num_fraction(arena, 3000001, 2));
  assert_text("NOK\u00A01\u00A0500\u00A0000.50");
  assert_json("1500000.5");
  begin_number(&money_type, num_of(2));
  assert_text("NOK\u00A02");
  begin_number(&money_type, num_fraction(arena, 1, 8));
  assert_text("NOK\u00A00.125");
}

static void fractions_without_end(void **state) {
  begin_number(&number_type, num_fraction(arena, -2, 3));
  assert_text("-0.6666666666666666666666666666666667…");
  assert_json("\"-2/3\"");
  assert_plain("-0.6666666666666666666666666666666667");
}

static void numbers_beyond_34_digits(void **state) {
  Num large = num_power(arena, num_of(10), 40);
  begin_number(&number_type, num_add(arena, large, num_of(1)));
  assert_json("\"10000000000000000000000000000000000000001\"");
  begin_number(&number_type, num_div(arena, num_of(1), num_add(arena, large, num_of(1))));
  assert_json("\"1/10000000000000000000000000000000000000001\"");
}

static void days_and_moments(void **state) {
  begin_number(&date_type, num_of(18262));
  assert_text("2020-01-01");
  assert_json("\"2020-01-01\"");
  assert_plain("2020-01-01");
  begin_number(&moment_type, num_of(18262 * 86400 + 54000));
  assert_text("2020-01-01 15:00");
  assert_json("\"2020-01-01T15:00:00+00:00\"");
  assert_plain("2020-01-01 15:00");
}

static void durations(void **state) {
  begin_number(&months_type, num_of(42));
  assert_text("3 years 6 months");
  assert_bokmal("3 år 6 måneder");
  assert_json("\"P3Y6M\"");
  assert_plain("3 years 6 months");
  begin_number(&months_type, num_of(-12));
  assert_text("-1 year");
  assert_json("\"-P1Y\"");
  begin_number(&months_type, num_of(0));
  assert_text("0 years");
  assert_json("\"P0M\"");
  assert_plain("0 years");
  begin_number(&duration_type, num_of(2 * 86400 + 3661));
  assert_text("2 days 1 hour 1 minute 1 second");
  assert_json("\"P2DT1H1M1S\"");
  begin_number(&duration_type, num_of(10 * 86400));
  assert_text("10 days");
  assert_json("\"P10D\"");
  begin_number(&duration_type, num_of(0));
  assert_text("0 seconds");
  assert_json("\"PT0S\"");
}

static void yes_and_no(void **state) {
  begin(&yes_no_type);
  assert_text("yes or no");
  assert_bokmal("ja eller nei");
  assert_json("{\"possible\":[true,false]}");
  assert_plain("");
  bit_set(column->no, 0);
  assert_text("no");
  assert_json("false");
  assert_plain("no");
  assert_true(value_is_no(&e, 0, 0) && !value_is_yes(&e, 0, 0) && value_is_known(&e, 0, 0));
}

static void enumerations(void **state) {
  begin(&enum_type);
  column->any_mask = 7;
  assert_text("alpha, beta or gamma");
  assert_false(value_is_narrowed(&e, 0, 0, arena));
  column->any_mask = 5;
  assert_text("alpha or gamma");
  assert_bokmal("alpha eller gamma");
  assert_json("{\"possible\":[\"alpha\",\"gamma\"]}");
  assert_true(value_is_narrowed(&e, 0, 0, arena));
  column->codes[0] = 1;
  bit_set(column->known, 0);
  assert_text("beta");
  assert_json("\"beta\"");
  assert_plain("beta");
}

static void texts(void **state) {
  begin(&text_type);
  assert_text("missing");
  assert_json("null");
  column->texts[0] = VIEW("a\x1b[1m \"b\"");
  bit_set(column->known, 0);
  assert_text("“a\\u{1b}[1m \"b\"”");
  assert_bokmal("«a\\u{1b}[1m \"b\"»");
  assert_json("\"a\\u001b[1m \\\"b\\\"\"");
  assert_plain("a\x1b[1m \"b\"");
  char *length = arena_alloc(arena, 200);
  for (int i = 0; i < 200; i++) length[i] = 'x';
  column->texts[0] = (View){length, 200};
  assert_int_equal(utf8_count(value_text(&e, 0, 0, arena, LANGUAGE_EN)), 120 + 3);
}

static void set_range(Range range) { column->any = range; }

static void ranges(void **state) {
  begin(&number_type);
  assert_text("missing");
  assert_json("null");
  set_range((Range){.low = num_of(1), .high = num_of(6), .has_low = true, .has_high = true});
  assert_text("1 to 6");
  assert_bokmal("1 til 6");
  assert_json("{\"from\":1,\"to\":6}");
  set_range((Range){.low = num_of(1), .has_low = true});
  assert_text("at least 1");
  assert_json("{\"from\":1,\"to\":null}");
  set_range((Range){.low = num_of(1), .has_low = true, .low_open = true});
  assert_text("more than 1");
  set_range((Range){.high = num_of(6), .has_high = true});
  assert_text("at most 6");
  set_range((Range){.high = num_of(6), .has_high = true, .high_open = true});
  assert_text("less than 6");
  set_range((Range){.low = num_of(6), .high = num_of(6), .has_low = true, .has_high = true, .may_fail = true});
  assert_text("6 or error");
  begin(&date_type);
  set_range((Range){.low = num_of(18262), .has_low = true});
  assert_text("2020-01-01 or later");
  set_range((Range){.high = num_of(18262), .has_high = true});
  assert_bokmal("2020-01-01 eller tidligere");
  assert_json("{\"from\":null,\"to\":\"2020-01-01\"}");
}

static void errors(void **state) {
  static const Fault fault = {.code = MSG_E0109,
                              .arguments = {{"31. juni", 8}},
                              .file = {"a.csv", 5},
                              .line = 3,
                              .field = {"received", 8},
                              .span = {UINT32_MAX, 0, 0}};
  begin(&number_type);
  column_fail(arena, column, 0, &fault);
  assert_text("error");
  assert_json("{\"error\":\"a.csv:3: received: There is no date 31. juni. (E0109)\"}");
  assert_plain("");
  assert_false(value_is_known(&e, 0, 0));
}

static void sentences(void **state) {
  begin(&number_type);
  assert_view(value_sentence(&e, VIEW("own"), 0, 0, arena, LANGUAGE_EN), "own is missing");
  set_range((Range){.low = num_of(1), .high = num_of(6), .has_low = true, .has_high = true});
  assert_view(value_sentence(&e, VIEW("own"), 0, 0, arena, LANGUAGE_NB), "own mangler");
  node.op = OP_NEGATE;
  node.a = node.b = node.c = NO_NODE;
  assert_view(value_sentence(&e, VIEW("own"), 0, 0, arena, LANGUAGE_EN), "own is not known: 1 to 6");
  node.op = OP_INPUT;
  begin_number(&number_type, num_of(5));
  assert_view(value_sentence(&e, VIEW("own"), 0, 0, arena, LANGUAGE_EN), "own = 5");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(numbers, make, drop),
      cmocka_unit_test_setup_teardown(fractions_without_end, make, drop),
      cmocka_unit_test_setup_teardown(numbers_beyond_34_digits, make, drop),
      cmocka_unit_test_setup_teardown(days_and_moments, make, drop),
      cmocka_unit_test_setup_teardown(durations, make, drop),
      cmocka_unit_test_setup_teardown(yes_and_no, make, drop),
      cmocka_unit_test_setup_teardown(enumerations, make, drop),
      cmocka_unit_test_setup_teardown(texts, make, drop),
      cmocka_unit_test_setup_teardown(ranges, make, drop),
      cmocka_unit_test_setup_teardown(errors, make, drop),
      cmocka_unit_test_setup_teardown(sentences, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
