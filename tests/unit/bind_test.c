#include "data/bind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include "data/match.h"
#include "lib/sample.h"

/* Every type with what it takes and what it refuses, from JSON and from tables. */

static Arena *arena;
static const Program *program;

static int make_program(void **state) {
  memory_adopt_gmp();
  arena = arena_new();
  program = sample_program(arena);
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

static Batch *bound(uint32_t input, RawValueKind kind, View text, bool from_table) {
  BatchBuilder *b = batch_builder_new(arena, program);
  build_application(b, VIEW("f"), 1);
  const RawValue value = {kind, text};
  const CellPlace place = {VIEW("f"), 1, program->inputs[input].name};
  bind_value(b, input, &value, from_table, &place);
  return batch_finish(b);
}

typedef struct Case {
  RawValueKind kind;
  const char *text;
  const char *expected; /* the cell, ? for missing, a code for an error */
} Case;

static void check_text(uint32_t input, RawValueKind kind, View text, bool from_table, const char *expected) {
  Batch *batch = bound(input, kind, text, from_table);
  View shown = cell_shown(arena, batch, input, 0);
  if (!view_is(shown, expected))
    fail_msg("input %u, “%.*s”: %.*s, not %s", input, (int)text.length, text.at, (int)shown.length, shown.at, expected);
  assert_int_equal(bit_get(batch->spoiled, 0), batch->faults.count > 0);
}

static void check(uint32_t input, bool from_table, const Case *cases, size_t count) {
  for (size_t i = 0; i < count; i++)
    check_text(input, cases[i].kind, view_of(cases[i].text), from_table, cases[i].expected);
}

#define CHECK_JSON(input, ...)                                \
  do {                                                        \
    const Case cases[] = {__VA_ARGS__};                       \
    check(input, false, cases, sizeof cases / sizeof *cases); \
  } while (0)
#define CHECK_TABLE(input, ...)                              \
  do {                                                       \
    const Case cases[] = {__VA_ARGS__};                      \
    check(input, true, cases, sizeof cases / sizeof *cases); \
  } while (0)
#define T VALUE_TEXT
#define N VALUE_NUMBER

static void missing_values(void **state) {
  for (uint32_t input = 0; input < SAMPLE_INPUTS; input++) {
    if (program->inputs[input].space != 0) continue;
    CHECK_JSON(input, {VALUE_MISSING, "", "?"});
    CHECK_TABLE(input, {T, "", "?"}, {T, "  ", "?"}, {T, "\xC2\xA0", "?"});
  }
}

static void yes_and_no(void **state) {
  CHECK_JSON(IN_APPROVED, {VALUE_YES, "", "yes"}, {VALUE_NO, "", "no"}, {T, "yes", "yes"}, {T, "no", "no"},
             {T, "true", "D0110"}, {T, "ja", "D0110"}, {N, "1", "D0110"}, {T, "", "D0110"}, {VALUE_OBJECT, "", "D0110"});
  CHECK_TABLE(IN_APPROVED, {T, "yes", "yes"}, {T, "No", "no"}, {T, " ja ", "yes"}, {T, "NEI", "no"}, {T, "true", "yes"},
              {T, "FALSE", "no"}, {T, "1", "D0110"}, {T, "y", "D0110"}, {T, "yess", "D0110"}, {T, "ye", "D0110"});
}

static void numbers(void **state) {
  CHECK_JSON(IN_SHARE, {N, "0", "0"}, {N, "-0", "0"}, {N, "-12.5", "-12.5"}, {N, "1e3", "1000"}, {N, "1.5E-2", "0.015"},
             {N, "123456789012345678", "123456789012345678"}, {N, "1234567890123456789", "1234567890123456789"},
             {N, "0.1234567890123456789", "0.1234567890123456789"}, {N, "1e999999", "D0112"},
             {N, "1e-99999999999999999999", "D0112"}, {N, "12345678901234567890123456789012345", "D0112"},
             {N, "1234567890123456789012345678901234", "1234567890123456789012345678901234"}, {T, "12", "D0111"},
             {VALUE_YES, "", "D0111"}, {VALUE_ARRAY, "", "D0111"});
  CHECK_TABLE(IN_SHARE, {T, "5", "5"}, {T, "12.50", "12.5"}, {T, "-12.5", "-12.5"}, {T, " 7 ", "7"},
              {T, "1 500 000", "1500000"},
              {T,
               "1\xC2\xA0"
               "500.25",
               "1500.25"},
              {T,
               "1\xE2\x80\xAF"
               "500",
               "1500"},
              {T, "1 50", "D0111"}, {T, "1 5000", "D0111"}, {T, "1500 000", "D0111"}, {T, "50%", "0.5"},
              {T, "12.5 %", "0.125"}, {T, "%", "D0111"}, {T, "12,5", "D0132"}, {T, "1 500,75", "D0132"},
              {T, "1,500", "D0111"}, {T, "1.500.000", "D0111"}, {T, "+5", "D0111"}, {T, "1e3", "D0111"},
              {T, ".5", "D0111"}, {T, "5.", "D0111"}, {T, "-", "D0111"}, {T, "NaN", "D0111"}, {T, "Infinity", "D0111"},
              {T, "0x10", "D0111"}, {T, "12345678901234567890123456789012345", "D0112"},
              {T, "9999999999999999999", "9999999999999999999"}, {T, "-99999999999999999999x", "D0111"});
}

static void whole_numbers_and_bounds(void **state) {
  CHECK_JSON(IN_STAFF, {N, "3", "3"}, {N, "3.0", "3"}, {N, "3.5", "D0113"}, {N, "-1", "D0125"}, {N, "0", "0"});
  CHECK_JSON(IN_POTENTIAL, {N, "1", "1"}, {N, "6", "6"}, {N, "3.5", "3.5"}, {N, "3.25", "D0126"}, {N, "0.5", "D0125"},
             {N, "6.5", "D0125"}, {N, "7", "D0125"});
  CHECK_TABLE(IN_POTENTIAL, {T, "3.5", "3.5"}, {T, "3.2", "D0126"}, {T, "6.1", "D0125"});
}

static void money(void **state) {
  CHECK_JSON(IN_BUDGET,
             {N, "2000000",
              "NOK 2\xC2\xA0"
              "000\xC2\xA0"
              "000"},
             {T, "NOK 2 000 000",
              "NOK 2\xC2\xA0"
              "000\xC2\xA0"
              "000"},
             {T, "2000000 NOK",
              "NOK 2\xC2\xA0"
              "000\xC2\xA0"
              "000"},
             {T, "NOK 100.50", "NOK 100.5"}, {T, "NOK100", "NOK 100"}, {T, "100", "D0114"}, {T, "EUR 100", "D0115"},
             {T, "100 SEK", "D0115"}, {T, "nok 100", "D0114"}, {T, "NOK", "D0114"}, {T, "NOK NOK", "D0114"},
             {T, "", "D0114"}, {N, "-1", "D0125"}, {VALUE_YES, "", "D0114"}, {N, "1e400", "D0112"});
  CHECK_TABLE(IN_BUDGET,
              {T, "1 500",
               "NOK 1\xC2\xA0"
               "500"},
              {T, "1500 NOK",
               "NOK 1\xC2\xA0"
               "500"},
              {T, "USD 5", "D0115"}, {T, "12,50", "D0132"}, {T, "50%", "D0114"}, {T, "-5", "D0125"});
}

static void texts(void **state) {
  CHECK_JSON(IN_NAME, {T, "Sjømat", "Sjømat"}, {T, "", ""}, {T, " a ", " a "}, {T, "A\xCC\x8A", "Å"},
             {N, "12", "D0116"}, {VALUE_NO, "", "D0116"}, {VALUE_OBJECT, "", "D0116"});
  CHECK_TABLE(IN_NAME, {T, "12", "12"}, {T, " a ", " a "}, {T, "bl\xE5skjell", "D0133"});
}

static void texts_may_hold_nul(void **state) {
  Batch *batch = bound(IN_NAME, T, VIEW("a\0b"), false);
  assert_true(view_equal(batch->inputs[IN_NAME]->texts[0], VIEW("a\0b")));
}

static void dates(void **state) {
  CHECK_JSON(IN_FOUNDED, {T, "2019-09-06", "2019-09-06"}, {T, "2020-02-29", "2020-02-29"}, {T, "2019-02-29", "D0117"},
             {T, "0001-01-01", "0001-01-01"}, {T, "9999-12-31", "9999-12-31"}, {T, "0000-01-01", "D0117"},
             {T, "2019-09-06 15:00", "D0118"}, {T, "2019-09-06T15:00:00Z", "D0118"}, {T, "06.09.2019", "D0117"},
             {T, "", "D0117"}, {N, "20190906", "D0117"});
  CHECK_TABLE(IN_FOUNDED, {T, " 2019-09-06 ", "2019-09-06"}, {T, "6/9/2019", "D0117"});
}

static void moments(void **state) {
  CHECK_JSON(IN_RECEIVED, {T, "2019-09-06 15:00", "2019-09-06 15:00"}, {T, "2019-09-06 15:00:59", "2019-09-06 15:00:59"},
             {T, "2019-09-06T15:00:00+02:00", "2019-09-06 15:00"}, {T, "2019-09-06T13:00:00Z", "2019-09-06 15:00"},
             {T, "2019-09-06", "D0120"}, {T, "2019-09-06 24:00", "D0119"}, {T, "15:00", "D0119"}, {N, "0", "D0119"},
             {T, "0001-01-01T00:00:00+14:00", "D0119"}, {T, "9999-12-31 23:59:59", "9999-12-31 23:59:59"},
             {T, "9999-12-31T23:59:59Z", "D0119"}, {T, "9999-12-31T23:59:59-14:00", "D0119"});
}

static void durations(void **state) {
  CHECK_JSON(IN_RUNNING, {T, "3 years", "P3Y"}, {T, "18 months", "P1Y6M"}, {T, "P3Y6M", "P3Y6M"}, {T, "1 year", "P1Y"},
             {T, "3 years 6 months", "P3Y6M"}, {T, "2 år", "P2Y"}, {T, "6 måneder", "P6M"}, {T, "P0M", "P0M"},
             {T, "-P6M", "-P6M"}, {T, "10 days", "D0121"}, {T, "P10D", "D0121"}, {T, "P6M3Y", "D0121"},
             {T, "P", "D0121"}, {T, "PM", "D0121"}, {T, "P3", "D0121"}, {T, "18", "D0121"}, {T, "years", "D0121"},
             {T, "", "D0121"}, {T, "PT3M", "D0121"}, {T, "P1Y1Y", "D0121"}, {N, "18", "D0121"},
             {T, "999999999999999 years", "D0121"}, {T, "9999999999999999999999999 months", "D0121"});
  CHECK_JSON(IN_WAITING, {T, "10 days", "P10D"}, {T, "36 hours", "P1DT12H"}, {T, "P10D", "P10D"},
             {T, "PT36H", "P1DT12H"}, {T, "P1DT2H3M4S", "P1DT2H3M4S"}, {T, "2 weeks", "P14D"}, {T, "P2W", "P14D"},
             {T, "90 minutter", "PT1H30M"}, {T, "1 day 6 hours", "P1DT6H"}, {T, "3 months", "D0122"},
             {T, "P1M", "D0122"}, {T, "PT", "D0122"}, {T, "P1H", "D0122"}, {T, "10days", "P10D"}, {T, "10", "D0122"});
  CHECK_TABLE(IN_WAITING, {T, " 10 days ", "P10D"}, {T, "10", "D0122"});
}

static void enumerations(void **state) {
  CHECK_JSON(IN_SECTOR, {T, "business", "business"}, {T, "Business", "business"}, {T, "PUBLIC", "public"},
             {T, "busness", "D0124"}, {T, "company", "D0123"}, {N, "0", "D0123"}, {T, "", "D0123"},
             {VALUE_YES, "", "D0123"});
  CHECK_JSON(IN_LEVEL, {T, "Arena Pro", "Arena Pro"}, {T, "arena pro", "Arena Pro"}, {T, "nce", "NCE"},
             {T, "BLÅSKJELL", "Blåskjell"}, {T, "Bla\xCC\x8Askjell", "Blåskjell"}, {T, "Arena  Pro", "D0124"});
  CHECK_TABLE(IN_SECTOR, {T, " capital ", "capital"});
}

static void messages_say_what_was_meant(void **state) {
  static const struct {
    uint32_t input;
    RawValueKind kind;
    const char *text, *sentence, *help;
  } cases[] = {
      {IN_SECTOR, T, "busness", "“busness” is not one of the values of this field.",
       "did you mean “business”? Allowed are: business, knowledge, public, capital."},
      {IN_STAFF, T, "12", "“\"12\"” is not a number.", "write it like 1500 or 1500.5; in JSON without quotation marks."},
      {IN_STAFF, N, "-1", "“-1” is outside what is allowed: >= 0.",
       "correct it; values are never cut to what would fit."},
      {IN_POTENTIAL, N, "3.25", "“3.25” is no point of the scale [1..6] in steps of 0.5.",
       "correct it; points are never rounded."},
      {IN_FOUNDED, T, "2019-09-06 15:00", "“2019-09-06 15:00” has a time of day, but the field is a date.",
       "write 2019-09-06."},
      {IN_RECEIVED, T, "2019-09-06", "“2019-09-06” lacks a time of day.",
       "write it behind the date, as 2019-09-06 15:00."},
      {IN_BUDGET, T, "EUR 5", "“EUR 5” is in another currency than NOK.",
       "convert it; amounts of different currencies are never mixed."},
      {IN_NAME, VALUE_OBJECT, "", "“{…}” is not a text.", "in JSON a text stands in quotation marks."},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Batch *batch = bound(cases[i].input, cases[i].kind, view_of(cases[i].text), false);
    const Fault *fault = batch->faults.at[0].fault;
    View sentence = fault_sentence(arena, fault, LANGUAGE_EN), help = fault_help(arena, fault, LANGUAGE_EN);
    if (!view_is(sentence, cases[i].sentence)) fail_msg("%.*s", (int)sentence.length, sentence.at);
    if (!view_is(help, cases[i].help)) fail_msg("%.*s", (int)help.length, help.at);
    assert_true(fault_sentence(arena, fault, LANGUAGE_NB).length > 0);
    assert_true(view_equal(fault->field, program->inputs[cases[i].input].name));
  }
}

static void fields_by_name(void **state) {
  static const struct {
    const char *name, *field;
  } cases[] = {
      {"level sought", "level sought"},
      {"level_sought", "level sought"},
      {"Level sought", "level sought"},
      {"LEVEL_SOUGHT", "level sought"},
      {" level\xC2\xA0sought ", "level sought"},
      {"levelsought", NULL},
      {"level-sought", NULL},
      {"", NULL},
      {"received", "received"},
      {"recieved", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const FieldShape *field = shape_field(program->application, arena, view_of(cases[i].name));
    if (!cases[i].field)
      assert_null(field);
    else
      assert_true(field && view_is(field->name, cases[i].field));
  }
  assert_true(view_is(shape_nearest(program->application, arena, VIEW("recieved")), "received"));
  assert_int_equal(shape_nearest(program->application, arena, VIEW("turnover")).length, 0);
}

/* What a name means must not depend on what was asked before. */
static void names_that_differ_in_capitals_only(void **state) {
  FieldShape fields[] = {{.name = VIEW("a b")}, {.name = VIEW("A b")}, {.name = VIEW("c")}};
  const Shape shape = {.fields = fields, .count = 3};
  FieldIndex *index = field_index_new(arena, &shape);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(field_index_find(index, arena, VIEW("a b")), 0);
    assert_int_equal(field_index_find(index, arena, VIEW("A b")), 1);
    assert_int_equal(field_index_find(index, arena, VIEW("A_B")), NO_INDEX);
    assert_int_equal(field_index_find(index, arena, VIEW("C")), 2);
  }
}

static void an_index_learns_a_bounded_number_of_spellings(void **state) {
  FieldIndex *index = field_index_new(arena, program->application);
  for (uint32_t i = 0; i < 4096; i++) {
    char name[] = "level sought";
    for (uint32_t bit = 0; bit < 12; bit++)
      if (i >> bit & 1) name[bit] = name[bit] == ' ' ? '_' : (char)(name[bit] - 'a' + 'A');
    assert_int_equal(field_index_find(index, arena, view_of(name)), IN_LEVEL);
  }
  assert_true(index->spellings.entries.count < 1000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(missing_values),
      cmocka_unit_test(yes_and_no),
      cmocka_unit_test(numbers),
      cmocka_unit_test(whole_numbers_and_bounds),
      cmocka_unit_test(money),
      cmocka_unit_test(texts),
      cmocka_unit_test(texts_may_hold_nul),
      cmocka_unit_test(dates),
      cmocka_unit_test(moments),
      cmocka_unit_test(durations),
      cmocka_unit_test(enumerations),
      cmocka_unit_test(messages_say_what_was_meant),
      cmocka_unit_test(fields_by_name),
      cmocka_unit_test(names_that_differ_in_capitals_only),
      cmocka_unit_test(an_index_learns_a_bounded_number_of_spellings),
  };
  return cmocka_run_group_tests(tests, make_program, drop_arena);
}
