#include "report/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static Arena *arena;
static Page page;

static int make(void **state) {
  arena = arena_new();
  page = (Page){.out = writer_to_memory(arena), .scratch = arena};
  return 0;
}

static int drop(void **state) {
  arena_free(arena);
  return 0;
}

static void assert_page(const char *wanted) {
  View got = writer_memory(page.out);
  if (!view_is(got, wanted)) printf("got “%.*s”, not “%s”\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

static void lines_as_long_as_they_are(void **state) {
  page_line(&page, 2, PAINT_RED, VIEW("one  two\nthree\t four"));
  page_line(&page, 0, PAINT_NONE, VIEW(""));
  assert_page("  one two three four\n\n");
}

static void broken_between_words(void **state) {
  page.width = 12;
  page_line(&page, 2, PAINT_NONE, VIEW("one two three four"));
  page_line(&page, 2, PAINT_NONE, VIEW("ærlig øre åre"));
  assert_page("  one two\n  three four\n  ærlig øre\n  åre\n");
}

static void a_word_wider_than_the_page(void **state) {
  page.width = 8;
  page_line(&page, 4, PAINT_NONE, VIEW("ab unbreakable cd"));
  assert_page("    ab\n    unbreakable\n    cd\n");
}

static void hanging(void **state) {
  page.width = 16;
  page_text(&page, PAINT_NONE, VIEW("head:"), 0);
  page_indent(&page, 8);
  page_text(&page, PAINT_NONE, VIEW("some more words"), 3);
  page_end_line(&page);
  assert_page("head:   some\n   more words\n");
}

static void what_people_wrote_is_made_visible(void **state) {
  page.width = 20;
  page_line(&page, 0, PAINT_NONE, VIEW("a\x1b[2J\xFF end"));
  assert_page("a\\u{1b}[2J\\xff end\n");
}

static void colours(void **state) {
  page.color = true;
  page_text(&page, PAINT_RED, VIEW("no"), 0);
  page_text(&page, PAINT_NONE, VIEW("!"), 0);
  assert_page("\x1b[31mno\x1b[0m!");
}

static void folding_rules_texts(void **state) {
  View folded = page_fold(arena, VIEW("own share >=   own part  -- half\n    and \"a -- b\" = x--y\n"));
  assert_true(view_is(folded, "own share >= own part and \"a -- b\" = x"));
  assert_true(view_is(page_fold(arena, VIEW("")), ""));
  assert_true(view_is(page_fold(arena, VIEW("-- nothing")), ""));
  assert_true(view_is(page_fold(arena, VIEW("t = \"a\\\"--b\" -- c")), "t = \"a\\\"--b\""));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lines_as_long_as_they_are, make, drop),
      cmocka_unit_test_setup_teardown(broken_between_words, make, drop),
      cmocka_unit_test_setup_teardown(a_word_wider_than_the_page, make, drop),
      cmocka_unit_test_setup_teardown(hanging, make, drop),
      cmocka_unit_test_setup_teardown(what_people_wrote_is_made_visible, make, drop),
      cmocka_unit_test_setup_teardown(colours, make, drop),
      cmocka_unit_test_setup_teardown(folding_rules_texts, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
