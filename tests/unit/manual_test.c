#include "text/manual.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"
#include "text/embedded.h"

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

static const char text[] = "# E0001\n"
                           "\n"
                           "One.\nTwo.\n"
                           "\n"
                           "Three.\n"
                           "\n"
                           "## nb\n"
                           "\n"
                           "Én.\n"
                           "\n"
                           "```wrong\n"
                           "# E0002\n"
                           "define a: 1\n"
                           "```\n"
                           "\n"
                           "```right csv\n"
                           "a;b\n"
                           "```\n"
                           "# E00021\n"
                           "Longer.\n"
                           "# E0002\n"
                           "Last.";

static void a_section(void **state) {
  (void)state;
  ManualPage page;
  assert_true(manual_read(arena, VIEW(text), VIEW("E0001"), &page));
  assert_view(page.why[LANGUAGE_EN], "One.\nTwo.\n\nThree.");
  assert_view(page.why[LANGUAGE_NB], "Én.");
  assert_int_equal(page.examples.count, 2);
  assert_false(page.examples.at[0].right);
  assert_view(page.examples.at[0].kind, "");
  assert_view(page.examples.at[0].text, "# E0002\ndefine a: 1\n");
  assert_true(page.examples.at[1].right);
  assert_view(page.examples.at[1].kind, "csv");
  assert_view(page.examples.at[1].text, "a;b\n");
}

/* A heading inside a fence is none, and one that begins alike is another. */
static void the_last_section(void **state) {
  (void)state;
  ManualPage page;
  assert_true(manual_read(arena, VIEW(text), VIEW("E0002"), &page));
  assert_view(page.why[LANGUAGE_EN], "Last.");
  assert_view(page.why[LANGUAGE_NB], "");
  assert_int_equal(page.examples.count, 0);
}

static void no_section(void **state) {
  (void)state;
  ManualPage page;
  assert_false(manual_read(arena, VIEW(text), VIEW("E0003"), &page));
  assert_false(manual_read(arena, VIEW(""), VIEW("E0001"), &page));
  assert_false(manual_find(arena, VIEW("E9999"), &page));
}

/* A page that breaks off is read as far as it goes. */
static void every_beginning(void **state) {
  (void)state;
  for (uint32_t length = 0; length < sizeof text; length++) {
    ManualPage page;
    View part = view_copy(arena, (View){text, length});
    bool found = manual_read(arena, part, VIEW("E0001"), &page);
    assert_int_equal(found, length >= 7);
    if (found) assert_true(page.why[LANGUAGE_EN].length <= length && page.examples.count <= 2);
  }
}

static void texts_are_embedded_in_order(void **state) {
  (void)state;
  assert_true(embedded_page_count > 0);
  const EmbeddedText *tables[] = {embedded_pages, embedded_modules};
  const uint32_t counts[] = {embedded_page_count, embedded_module_count};
  for (int t = 0; t < 2; t++) {
    assert_null(tables[t][counts[t]].name.at);
    for (uint32_t i = 0; i < counts[t]; i++) {
      if (i > 0) assert_int_equal(view_compare(tables[t][i - 1].name, tables[t][i].name), -1);
      assert_int_equal(tables[t][i].text.at[tables[t][i].text.length], 0);
      assert_true(utf8_valid(tables[t][i].text, NULL));
    }
  }
  for (uint32_t i = 0; i < embedded_module_count; i++) assert_true(view_starts(embedded_modules[i].name, VIEW("std.")));
  ManualPage page;
  assert_true(manual_find(arena, VIEW("E0104"), &page));
  assert_true(page.why[LANGUAGE_EN].length > 0 && page.why[LANGUAGE_NB].length > 0 && page.examples.count == 2);
}

static void find_one(Arena *own) {
  ManualPage page;
  manual_find(own, VIEW("E0104"), &page);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(find_one) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_section),
      cmocka_unit_test(the_last_section),
      cmocka_unit_test(no_section),
      cmocka_unit_test(every_beginning),
      cmocka_unit_test(texts_are_embedded_in_order),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
