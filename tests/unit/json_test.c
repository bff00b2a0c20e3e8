#include "data/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"

/* What RFC 8259 takes and refuses, case by case; names of cases follow those that parsers are usually tried with. */

static Arena *arena;

static int make_arena(void **state) {
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

typedef enum Verdict { VALID, FLAWED, BROKEN } Verdict;

static Verdict verdict_of(View text, MessageCode *code) {
  /* A copy of its exact size, so that the sanitizer sees a step beyond the end. */
  Arena *own = arena_new();
  JsonParser p = json_parser(own, view_copy(own, text), 1);
  Verdict verdict = VALID;
  for (;;) {
    JsonEvent event = json_next(&p);
    if (event == JSON_BROKEN) {
      verdict = BROKEN;
      *code = p.broken;
    }
    bool carries = event == JSON_KEY || event == JSON_TEXT || event == JSON_NUMBER;
    if (carries && p.is_flawed && verdict == VALID) {
      verdict = FLAWED;
      *code = p.flaw;
    }
    if (event == JSON_BROKEN || event == JSON_END) break;
  }
  if (verdict == BROKEN) assert_int_equal(json_next(&p), JSON_BROKEN);
  arena_free(own);
  return verdict;
}

static void expect(View text, Verdict verdict, const char *name) {
  MessageCode code = MSG_D0001;
  Verdict found = verdict_of(text, &code);
  if (found != verdict) fail_msg("“%.*s”: %d, not %d", (int)text.length, text.at, found, verdict);
  if (name && strcmp(message_table[code].name, name) != 0)
    fail_msg("“%.*s”: %s, not %s", (int)text.length, text.at, message_table[code].name, name);
}

static void accepted(void **state) {
  static const char *const cases[] = {
      "{}",
      "[]",
      "[[]]",
      "null",
      "true",
      "false",
      "0",
      "-0",
      "\"\"",
      " [1 , 2]\t\r\n",
      "[[[[]]]]",
      "{\"\":0}",
      "{\"a\":{\"b\":[{\"c\":null}]}}",
      "[0e+1]",
      "[0e1]",
      "[1E22]",
      "[1e-2]",
      "[1E+2]",
      "[123.456e78]",
      "[-1]",
      "[-123]",
      "[20e1]",
      "[0.1]",
      "[1.000000000005]",
      "[123123e100000]",
      "{\"a\":1,\"a\":2}",
      "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
      "[\"\\u0060\\u012a\\u12AB\"]",
      "[\"\\uD801\\udc37\"]",
      "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
      "[\"\\uDBFF\\uDFFF\"]",
      "[\"\\u0000\"]",
      "[\"\\uFFFF\"]",
      "[\"\\uFDD0\"]",
      "[\"\\u200B\"]",
      "[\"a/*b*/c\"]",
      "[\"\\\\n\"]",
      "[\"\\\\u0000\"]",
      "[\"€𝄞\"]",
      "[\"\xE2\x80\xA8\"]",
      "[\"\xF4\x8F\xBF\xBF\"]",
      "[\"\x7F\"]",
      "[null,1,\"1\",{}]",
      "{\"min\":-1.0e+28,\"max\":1.0e+28}",
      "[\n]",
      "[\"new\\u000Aline\"]",
      "\"\\u0022\"",
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) expect(view_of(cases[i]), VALID, NULL);
}

static void broken(void **state) {
  static const char *const cases[] = {
      "",
      " ",
      "[",
      "]",
      "{",
      "}",
      "[1",
      "[1,",
      "[,1]",
      "[1,]",
      "[1,,2]",
      "[1 2]",
      "[\"a\" \"b\"]",
      "[\"\": 1]",
      "[,]",
      "{,}",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\" 1}",
      "{\"a\":1,}",
      "{\"a\":1,,}",
      "{\"a\":1 \"b\":2}",
      "{a:1}",
      "{'a':1}",
      "{1:1}",
      "{null:1}",
      "{\"a\":1]",
      "[1}",
      "[1]]",
      "{}}",
      "{} {}",
      "[][]",
      "1 2",
      "[nul]",
      "[True]",
      "[TRUE]",
      "nulll",
      "[truex]",
      "[NaN]",
      "[Infinity]",
      "[+1]",
      "[.5]",
      "[*]",
      "['a']",
      "[a]",
      "\"",
      "\"a",
      "[\"a",
      "[\"\\",
      "[\"\\\"]",
      "\"\\u12",
      "[1]/*c*/",
      "/**/[1]",
      "//c\n1",
      "# c\n1",
      "[1]x",
      "[1],",
      "{\"a\":1}#",
      "[\xE5]",
      "\xE2\x81\xA0",
      "[\f1]",
      "[\v]",
      "[\xC2\xA0]",
      "[\"a\nb\"]",
      "<.>",
      "[<null>]",
      "\\u000A\"\"",
      "{\"a\":\"b\"}}",
      "{[1]:2}",
      "{\"a\":1:2}",
      "{\"a\"::1}",
      "[(1)]",
      "@",
      "&",
      "{\"x\", null}",
      "{\"x\"::\"b\"}",
      "{\"a\":\"a\" 123}",
      "{\"id\":0,}",
      "{\"id\":0,,}",
      "[1:2]",
      "[3[4]]",
      "[1,\n1\n,1",
      "[{}",
      "\xEF\xBB\xBF{}",
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) expect(view_of(cases[i]), BROKEN, NULL);
}

static void flaws_of_numbers(void **state) {
  static const char *const cases[] = {
      "[01]",        "[-01]",  "[00]",    "[1.]",   "[-]",    "[1e]",   "[1e+]", "[1E-]",
      "[0.e1]",      "[2.e3]", "[1.2.3]", "[0x42]", "[1a]",   "[--1]",  "[-a]",  "[-NaN]",
      "[-Infinity]", "[1+2]",  "[1e1.5]", "[0.3e]", "[9.e+]", "[1eE2]", "[-2.]", "[1_000]",
  };
  for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++) expect(view_of(cases[i]), FLAWED, "D0142");
  expect(VIEW("[1_000]"), BROKEN, "D0140");
}

static void flaws_of_texts(void **state) {
  static const struct {
    const char *text, *code;
  } cases[] = {
      {"[\"\\a\"]", "D0143"},
      {"[\"\\x00\"]", "D0143"},
      {"[\"\\U0041\"]", "D0143"},
      {"[\"\\u00g0\"]", "D0143"},
      {"[\"\\u\"]", "D0143"},
      {"[\"\\u1\"]", "D0143"},
      {"[\"\\'\"]", "D0143"},
      {"[\"\\ud800\"]", "D0145"},
      {"[\"\\udc00\"]", "D0145"},
      {"[\"\\ud800\\n\"]", "D0145"},
      {"[\"\\ud800\\u0041\"]", "D0145"},
      {"[\"\\ud800\\ud800\"]", "D0145"},
      {"[\"\\ud800x\"]", "D0145"},
      {"[\"\\udd1e\\uD834\"]", "D0145"},
      {"[\"a\tb\"]", "D0144"},
      {"[\"\x01\"]", "D0144"},
      {"[\"\x1F\"]", "D0144"},
      {"[\"\xFF\"]", "D0146"},
      {"[\"\xC0\x80\"]", "D0146"},
      {"[\"\xED\xA0\x80\"]", "D0146"},
      {"[\"\xF4\x90\x80\x80\"]", "D0146"},
      {"[\"bl\xE5\"]", "D0146"},
      {"[\"\xE2\x82\"]", "D0146"},
      {"[\"\x80\"]", "D0146"},
      {"[\"\\\xE5\"]", "D0146"},
      {"[\"\\å\"]", "D0143"},
      {"{\"\\ud800\":1}", "D0145"},
      {"{\"\xFF\":1}", "D0146"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) expect(view_of(cases[i].text), FLAWED, cases[i].code);
}

static void nul_bytes(void **state) {
  expect(VIEW("[\"a\0b\"]"), FLAWED, "D0144");
  expect(VIEW("[1\0]"), BROKEN, "D0140");
  expect(VIEW("\0"), BROKEN, "D0140");
  expect(VIEW("[1]\0"), BROKEN, "D0148");
  expect(VIEW("{\"a\"\0:1}"), BROKEN, "D0140");
  expect(VIEW("[-\0]"), BROKEN, "D0140");
}

static void every_cut_is_broken(void **state) {
  View whole = VIEW("{\"a\":[1.5e3,true,\"\\u00e5\\ud83d\\ude39\",{\"b\":null}],\"c\":\"å\"}");
  expect(whole, VALID, NULL);
  for (uint32_t length = 0; length < whole.length; length++) expect((View){whole.at, length}, BROKEN, NULL);
}

static View nested(uint32_t depth, char open, char close) {
  char *text = arena_alloc(arena, 2 * (size_t)depth);
  memset(text, open, depth);
  memset(text + depth, close, depth);
  return (View){text, 2 * depth};
}

static void depth_is_bounded(void **state) {
  expect(nested(64, '[', ']'), VALID, NULL);
  expect(nested(65, '[', ']'), BROKEN, "D0147");
  expect(nested(100000, '[', ']'), BROKEN, "D0147");
  Writer *w = writer_to_memory(arena);
  for (int i = 0; i < 64; i++) write_text(w, "{\"a\":");
  expect(view_join(arena, writer_memory(w), VIEW("1")), BROKEN, "D0141");
  write_text(w, "{");
  expect(writer_memory(w), BROKEN, "D0147");
}

static void texts_are_unescaped(void **state) {
  static const struct {
    View json, text;
  } cases[] = {
      {{"\"plain\"", 7}, {"plain", 5}},
      {{"\"\\u00e5\\n\\\"\\/\"", 14}, {"å\n\"/", 5}},
      {{"\"\\ud83d\\ude00!\"", 15}, {"😀!", 5}},
      {{"\"a\\u0000b\"", 10}, {"a\0b", 3}},
      {{"\"\\uffff\\u07ff\\u0800\"", 20}, {"\xEF\xBF\xBF\xDF\xBF\xE0\xA0\x80", 8}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    JsonParser p = json_parser(arena, cases[i].json, 1);
    assert_int_equal(json_next(&p), JSON_TEXT);
    assert_false(p.is_flawed);
    assert_true(view_equal(p.text, cases[i].text));
    assert_int_equal(json_next(&p), JSON_END);
  }
}

static void events_and_lines(void **state) {
  JsonParser p = json_parser(arena, VIEW("{\"a\" : [1,\n{}], \"b\":\n\n\"x\"}"), 5);
  static const struct {
    JsonEvent event;
    uint32_t line;
  } expected[] = {
      {JSON_OBJECT, 5},    {JSON_KEY, 5}, {JSON_ARRAY, 5}, {JSON_NUMBER, 5},     {JSON_OBJECT, 6}, {JSON_OBJECT_END, 6},
      {JSON_ARRAY_END, 6}, {JSON_KEY, 6}, {JSON_TEXT, 8},  {JSON_OBJECT_END, 8}, {JSON_END, 8},    {JSON_END, 8},
  };
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    assert_int_equal(json_next(&p), expected[i].event);
    assert_int_equal(p.line, expected[i].line);
  }
}

static void values_can_be_skipped(void **state) {
  JsonParser p = json_parser(arena, VIEW("[{\"a\":[[1],{}]},[],2,\"x\",null,[3}"), 1);
  assert_int_equal(json_next(&p), JSON_ARRAY);
  for (int i = 0; i < 5; i++) assert_true(json_skip(&p, json_next(&p)));
  assert_false(json_skip(&p, json_next(&p)));
}

static void messages_show_the_place(void **state) {
  JsonParser p = json_parser(arena, VIEW("{\"a\": nil}"), 1);
  while (json_next(&p) != JSON_BROKEN) continue;
  assert_true(view_is(p.found, "nil"));
  assert_true(view_is(diag_argument(arena, p.expected, LANGUAGE_EN),
                      "a text in quotation marks, a number, “{”, “[”, true, false or null"));
  p = json_parser(arena, VIEW("{\"a\": 1 \"b\": 2}"), 1);
  while (json_next(&p) != JSON_BROKEN) continue;
  assert_true(view_is(p.found, "\"") && view_is(diag_argument(arena, p.expected, LANGUAGE_NB), "«,» eller «}»"));
}

/* Every text with one byte altered or left out is read to an end. */
static void altered_texts_come_to_an_end(void **state) {
  View whole = VIEW("{\"a\":[1.5e3,true,\"\\u00e5\\n\",{\"b\":null}],\"c\":\"å\"}");
  static const char bytes[] = "{}[]\",:\\u0-.eE tn\n\xC3\xFF";
  MessageCode code;
  for (uint32_t i = 0; i < whole.length; i++)
    for (size_t b = 0; b < sizeof bytes; b++) {
      char altered[100];
      memcpy(altered, whole.at, whole.length);
      altered[i] = bytes[b];
      verdict_of((View){altered, whole.length}, &code);
      memmove(altered + i, altered + i + 1, whole.length - i - 1);
      verdict_of((View){altered, whole.length - 1}, &code);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(accepted),
      cmocka_unit_test(broken),
      cmocka_unit_test(flaws_of_numbers),
      cmocka_unit_test(flaws_of_texts),
      cmocka_unit_test(nul_bytes),
      cmocka_unit_test(every_cut_is_broken),
      cmocka_unit_test(depth_is_bounded),
      cmocka_unit_test(texts_are_unescaped),
      cmocka_unit_test(events_and_lines),
      cmocka_unit_test(values_can_be_skipped),
      cmocka_unit_test(messages_show_the_place),
      cmocka_unit_test(altered_texts_come_to_an_end),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
