#include "base/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"

static Arena *arena;

static int make_arena(void **state) {
  (void)state;
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static void assert_view(View got, const char *wanted) {
  if (!view_is(got, wanted)) printf("got “%.*s”, not “%s”\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

static void comparing(void **state) {
  (void)state;
  View with_nul = {"a\0b", 3}, other_nul = {"a\0c", 3}, nothing = {NULL, 0};
  assert_true(view_equal(nothing, VIEW("")));
  assert_false(view_equal(with_nul, VIEW("a")));
  assert_false(view_equal(with_nul, other_nul));
  assert_int_equal(view_compare(with_nul, other_nul), -1);
  assert_int_equal(view_compare(VIEW("a"), VIEW("ab")), -1);
  assert_int_equal(view_compare(VIEW("b"), VIEW("ab")), 1);
  assert_int_equal(view_compare(VIEW("ø"), VIEW("z")), 1);
  assert_int_equal(view_compare(nothing, nothing), 0);
  assert_true(view_starts(VIEW("terskel"), VIEW("ters")) && view_starts(VIEW("x"), nothing));
  assert_false(view_starts(VIEW("ters"), VIEW("terskel")));
}

static void trimming(void **state) {
  (void)state;
  assert_view(view_trim(VIEW(" \t\r\n\u00A0a b\u00A0 \n")), "a b");
  assert_view(view_trim(VIEW("\u00A0")), "");
  assert_view(view_trim(VIEW("")), "");
  assert_view(view_trim(VIEW("à")), "à");
  assert_view(view_trim(VIEW("\u2028x")), "\u2028x");
}

static void making(void **state) {
  (void)state;
  assert_view(view_join(arena, VIEW("a"), (View){NULL, 0}), "a");
  assert_view(view_join(arena, VIEW("a"), VIEW("bc")), "abc");
  assert_view(view_format(arena, "%s-%d", "x", 7), "x-7");
  assert_view(view_copy(arena, (View){NULL, 0}), "");
  char long_text[5000];
  memset(long_text, 'q', sizeof long_text - 1);
  long_text[sizeof long_text - 1] = 0;
  assert_int_equal(view_format(arena, "%s", long_text).length, sizeof long_text - 1);
}

/* All code points, and that nothing else is one. */
static void every_code_point_there_and_back(void **state) {
  (void)state;
  for (uint32_t c = 0; c < 0x110100; c++) {
    char bytes[4];
    uint32_t length = utf8_encode(c, bytes), decoded;
    bool exists = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    assert_int_equal(length, !exists ? 0 : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
    if (!exists) continue;
    if (utf8_decode(bytes, bytes + length, &decoded) != length || decoded != c) fail_msg("U+%04X", c);
    if (utf8_decode(bytes, bytes + length - 1, &decoded) != 0) fail_msg("U+%04X cut", c);
  }
}

static void what_is_not_utf8(void **state) {
  (void)state;
  static const char *const wrong[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "\xFE",
                                      "\xC3(",
                                      "\xE2\x82(",
                                      "\xF0\x9F\x98("};
  uint32_t code_point, offset;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    assert_int_equal(utf8_decode(wrong[i], wrong[i] + strlen(wrong[i]), &code_point), 0);
    assert_false(utf8_valid(view_join(arena, VIEW("ab"), view_of(wrong[i])), &offset));
    assert_int_equal(offset, 2);
  }
  assert_true(utf8_valid((View){"a\0æ", 4}, NULL) && utf8_valid((View){NULL, 0}, NULL));
}

static void counting(void **state) {
  (void)state;
  assert_int_equal(utf8_count(VIEW("blåbær")), 6);
  assert_int_equal(utf8_count(VIEW("a\xFF\xFE")), 3);
  assert_int_equal(utf8_width(VIEW("blåbær")), 6);
  assert_int_equal(utf8_width(VIEW("a\u030A")), 1);
  assert_int_equal(utf8_width(VIEW("漢字")), 4);
  assert_int_equal(utf8_width(VIEW("“x”")), 3);
  assert_int_equal(utf8_width(VIEW("a\xFF")), 2);
  assert_int_equal(utf8_width(VIEW("")), 0);
}

static void letters(void **state) {
  (void)state;
  assert_true(utf8_is_letter('a') && utf8_is_letter(0xE6) && utf8_is_letter(0x416) && utf8_is_letter(0x6F22));
  assert_false(utf8_is_letter('1') || utf8_is_letter('_') || utf8_is_letter(0x30A) || utf8_is_letter(0x201C));
  assert_false(utf8_is_letter(0xFFFFFFFF) || utf8_is_letter(0xD800));
  assert_true(utf8_is_combining(0x30A) && utf8_is_combining(0x20DD) && utf8_is_combining(0x903));
  assert_false(utf8_is_combining('a') || utf8_is_combining(0xE5) || utf8_is_combining(0x7FFFFFFF));
}

static void composing(void **state) {
  (void)state;
  View composed = VIEW("blåbær"), invalid = VIEW("a\u030A\xFF");
  assert_ptr_equal(view_nfc(arena, composed).at, composed.at);
  assert_view(view_nfc(arena, VIEW("bla\u030Abær")), "blåbær");
  assert_view(view_nfc(arena, VIEW("e\u0323\u0302")), "ệ");
  assert_view(view_nfc(arena, VIEW("\u212B")), "Å");
  View greek = VIEW("αβγ");
  assert_ptr_equal(view_nfc(arena, greek).at, greek.at);
  assert_ptr_equal(view_nfc(arena, invalid).at, invalid.at);
  assert_view(view_nfc(arena, (View){NULL, 0}), "");
}

static void folding(void **state) {
  (void)state;
  assert_view(view_fold(arena, VIEW("BLÅBÆR Ø ΑΒΓ Жук 9")), "blåbær ø αβγ жук 9");
  assert_view(view_fold(arena, VIEW("Ⱥ")), "ⱥ");
  assert_view(view_fold(arena, VIEW("A\xFFZ")), "a\xFFz");
  assert_view(view_fold(arena, VIEW("Iı")), "iı");
  assert_view(view_loose(arena, VIEW("Ærlig Ønske a\u030Apen")), "ærlig onske apen");
  assert_view(view_loose(arena, VIEW("aerlig oenske aapen")), "ærlig onske apen");
  assert_view(view_loose(arena, VIEW("ÄRLIG ÖNSKE ÅPEN")), "ærlig onske apen");
  assert_view(view_loose(arena, VIEW("a\xE6o\xFF")), "a\xE6o\xFF");
  assert_view(view_loose(arena, VIEW("o")), "o");
  assert_view(view_loose(arena, (View){"aa", 1}), "a");
}

static unsigned distance(const char *a, const char *b, unsigned limit) {
  return view_distance(arena, view_of(a), view_of(b), limit);
}

static void distances(void **state) {
  (void)state;
  assert_int_equal(distance("secter", "sector", 3), 1);
  assert_int_equal(distance("sectro", "sector", 3), 1);
  assert_int_equal(distance("Sector", "sector", 3), 0);
  assert_int_equal(distance("søknad", "soeknad", 3), 0);
  static const char *const alike[][4] = {{"søknad", "soknad", "soeknad", "söknad"},
                                         {"næringsliv", "naeringsliv", "näringsliv", "NÆRINGSLIV"},
                                         {"årsregnskap", "aarsregnskap", "arsregnskap", "ÅRSREGNSKAP"}};
  for (int word = 0; word < 3; word++)
    for (int i = 0; i < 4; i++)
      for (int k = 0; k < 4; k++) assert_int_equal(distance(alike[word][i], alike[word][k], 3), 0);
  assert_int_equal(distance("næring", "naring", 3), 1);
  assert_int_equal(distance("bær", "bår", 3), 1);
  assert_int_equal(distance("", "abc", 3), 3);
  assert_int_equal(distance("", "abc", 2), 3);
  assert_int_equal(distance("", "", 0), 0);
  assert_int_equal(distance("a", "b", 0), 1);
  assert_int_equal(distance("kitten", "sitting", 3), 3);
  assert_int_equal(distance("kitten", "sitting", 2), 3);
  assert_int_equal(distance("ca", "abc", 5), 3);
  assert_int_equal(distance("abcdefgh", "hgfedcba", 3), 4);
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* The whole table, as the definition has it. */
static unsigned plain_distance(const char *a, const char *b) {
  size_t a_length = strlen(a), b_length = strlen(b);
  unsigned d[10][10];
  for (unsigned i = 0; i <= a_length; i++) {
    for (unsigned j = 0; j <= b_length; j++) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = least(d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), least(d[i - 1][j], d[i][j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a_length][b_length];
}

static void distances_agree_with_the_definition(void **state) {
  (void)state;
  uint32_t random = 12345;
  for (int i = 0; i < 20000; i++) {
    char texts[2][9] = {{0}};
    for (int t = 0; t < 2; t++) {
      random = random * 1664525 + 1013904223;
      uint32_t length = (random >> 20) % 9;
      for (uint32_t k = 0; k < length; k++) {
        random = random * 1664525 + 1013904223;
        texts[t][k] = (char)('b' + (random >> 24) % 3);
      }
    }
    unsigned limit = (random >> 10) % 9, wanted = least(plain_distance(texts[0], texts[1]), limit + 1);
    if (i % 500 == 0) arena_reset(arena);
    if (distance(texts[0], texts[1], limit) != wanted) fail_msg("%s %s %u %u", texts[0], texts[1], limit, wanted);
  }
}

static void lists_and_lines(void **state) {
  (void)state;
  const View names[] = {VIEW("a"), {0}, VIEW("c d")};
  assert_true(view_is(view_list(arena, names, 3), "a, , c d"));
  assert_true(view_is(view_list(arena, names, 1), "a"));
  assert_int_equal(view_list(arena, names, 0).length, 0);
  assert_true(view_is(view_one_line(arena, VIEW(" a \t b\r\n  c\n")), "a b c"));
  assert_int_equal(view_one_line(arena, VIEW(" \n")).length, 0);
}

static void make_all_kinds(Arena *own) {
  View text = view_format(own, "%s", "Ærlig a\u030Apen");
  view_distance(own, view_join(own, text, text), view_copy(own, text), 5);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(make_all_kinds) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(comparing),
      cmocka_unit_test(trimming),
      cmocka_unit_test(making),
      cmocka_unit_test(lists_and_lines),
      cmocka_unit_test(every_code_point_there_and_back),
      cmocka_unit_test(what_is_not_utf8),
      cmocka_unit_test(counting),
      cmocka_unit_test(letters),
      cmocka_unit_test(composing),
      cmocka_unit_test(folding),
      cmocka_unit_test(distances),
      cmocka_unit_test(distances_agree_with_the_definition),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
