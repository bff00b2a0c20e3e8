#include "text/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"

/* The queue, and the printed report to the letter. The sentences themselves
 * belong to messages.def: what is wanted here has {T} for the sentence and {H}
 * for the way out of the message used. */

static Arena *arena;
static SourceList sources;
static DiagQueue queue;

static void begin(const char *text) {
  sources = (SourceList){0};
  source_add(arena, &sources, VIEW("rules.tsk"), view_of(text));
  diag_init(&queue, arena, &sources);
}

static int make_arena(void **state) {
  (void)state;
  arena = arena_new();
  begin("");
  return 0;
}

static int drop_arena(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static Span span(uint32_t start, uint32_t end) { return (Span){0, start, end}; }

static View printed(Language language, bool color) {
  Writer *w = writer_to_memory(arena);
  diag_print(&queue, w, language, color);
  return writer_memory(w);
}

/* Puts the sentence and the way out of the first report in place. */
static View filled(const char *wanted, Language language) {
  Writer *w = writer_to_memory(arena);
  for (const char *at = wanted; *at;) {
    if (strncmp(at, "{T}", 3) == 0)
      write_view(w, diag_sentence(arena, &queue.items.at[0], language)), at += 3;
    else if (strncmp(at, "{H}", 3) == 0)
      write_view(w, diag_help(arena, &queue.items.at[0], language)), at += 3;
    else
      write_char(w, *at++);
  }
  return writer_memory(w);
}

static void assert_printed(Language language, bool color, const char *wanted_pattern) {
  View got = printed(language, color), wanted = filled(wanted_pattern, language);
  if (!view_equal(got, wanted))
    printf("got:\n%.*s\nnot:\n%.*s\n", (int)got.length, got.at, (int)wanted.length, wanted.at);
  assert_true(view_equal(got, wanted));
}

/* A report whose way out is the test's own. */
static Diag *add(Span place, const char *help) {
  Diag *diag = diag_add(&queue, MSG_E0101, place, VIEW("x"), DIAG_END);
  diag->own_help = view_of(help);
  return diag;
}

/* ---- the table and the sentences ---- */

static void every_message_is_whole(void **state) {
  (void)state;
  Map names;
  map_init(&names, arena);
  for (int i = 0; i < MESSAGE_COUNT; i++) {
    const Message *message = &message_table[i];
    assert_true(map_add(&names, view_of(message->name), 0));
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
      assert_true(strlen(message->text[language]) > 0);
      assert_true(utf8_valid(view_of(message->text[language]), NULL));
      assert_int_equal(strlen(message->help[language]) > 0, strlen(message->help[0]) > 0);
    }
  }
}

static void arguments_are_put_in(void **state) {
  (void)state;
  const View arguments[DIAG_MAX_ARGUMENTS] = {VIEW("A"), VIEW("b\x1b"), VIEW(""), VIEW("d"), VIEW("e"), VIEW("{0}")};
  View text = message_format(arena, "“{0}” {1} {2}{5} {6} {x} {", arguments);
  assert_true(view_is(text, "“A” b\\u{1b} {0} {6} {x} {"));
}

static void the_own_way_out_comes_first(void **state) {
  (void)state;
  Diag *diag = add(span(0, 0), "");
  diag->arguments[0] = VIEW("?");
  assert_true(view_equal(diag_help(arena, diag, LANGUAGE_NB),
                         message_format(arena, message_table[MSG_E0101].help[LANGUAGE_NB], diag->arguments)));
  diag->own_help = VIEW("try {0}\n");
  assert_true(view_is(diag_help(arena, diag, LANGUAGE_NB), "try {0}\\u{a}"));
}

/* ---- the queue ---- */

static void the_same_twice_is_once(void **state) {
  (void)state;
  Diag *first = diag_add(&queue, MSG_E0101, span(3, 4), VIEW("a"), DIAG_END);
  assert_ptr_equal(diag_add(&queue, MSG_E0101, span(3, 4), VIEW("b"), DIAG_END), first);
  diag_add(&queue, MSG_E0101, span(3, 5), VIEW("a"), DIAG_END);
  diag_add(&queue, MSG_E0102, span(3, 4), DIAG_END);
  assert_int_equal(queue.errors, 3);
  assert_int_equal(queue.items.count, 3);
}

static void without_a_place_the_arguments_count(void **state) {
  (void)state;
  Span nowhere = {UINT32_MAX, 0, 0};
  diag_add(&queue, MSG_E0101, nowhere, VIEW("a"), VIEW("bc"), DIAG_END);
  diag_add(&queue, MSG_E0101, nowhere, VIEW("ab"), VIEW("c"), DIAG_END);
  diag_add(&queue, MSG_E0101, nowhere, VIEW("a"), VIEW("bc"), DIAG_END);
  assert_int_equal(queue.items.count, 2);
}

static void arguments_are_copied_and_cut(void **state) {
  (void)state;
  char text[] = "before";
  const Diag *diag = diag_add(&queue, MSG_E0101, span(0, 1), view_of(text), DIAG_END);
  memset(text, 'x', 6);
  assert_true(view_is(diag->arguments[0], "before"));
  char *long_text = arena_alloc(arena, 4000);
  for (int i = 0; i < 4000; i += 2) memcpy(long_text + i, "ø", 2);
  diag = diag_add(&queue, MSG_E0101, span(1, 2), (View){long_text, 3999}, DIAG_END);
  assert_int_equal(diag->arguments[0].length, DIAG_MAX_ARGUMENT_BYTES + 3);
  assert_true(utf8_valid(diag->arguments[0], NULL));
  View v = VIEW("v");
  diag = diag_add(&queue, MSG_E0101, span(2, 3), v, v, v, v, v, v, v, v, DIAG_END);
  assert_true(view_is(diag->arguments[DIAG_MAX_ARGUMENTS - 1], "v"));
}

/* ---- reports ---- */

static void a_report_with_its_line(void **state) {
  (void)state;
  begin("level 3\n  chair from : secter\nend\n");
  add(span(23, 29), "did you mean “sector”?");
  assert_printed(LANGUAGE_EN, false,
                 "rules.tsk:2:16: error E0101: {T}\n"
                 "    2 |   chair from : secter\n"
                 "      |                ^^^^^^\n"
                 "      = help: did you mean “sector”?\n");
  assert_printed(LANGUAGE_NB, false,
                 "rules.tsk:2:16: feil E0101: {T}\n"
                 "    2 |   chair from : secter\n"
                 "      |                ^^^^^^\n"
                 "      = hjelp: did you mean “sector”?\n");
}

static void a_report_without_a_place(void **state) {
  (void)state;
  diag_add(&queue, MSG_E0101, (Span){UINT32_MAX, 0, 0}, VIEW("x"), DIAG_END)->own_help = VIEW("h");
  assert_printed(LANGUAGE_EN, false, "error E0101: {T}\n      = help: h\n");
}

static void a_second_place(void **state) {
  (void)state;
  Writer *text = writer_to_memory(arena);
  for (int i = 1; i < 100000; i++) write_text(text, i == 3 ? "     sector\n" : "\n");
  uint32_t end = writer_memory(text).length;
  write_text(text, "sector");
  sources = (SourceList){0};
  source_add(arena, &sources, VIEW("rules.tsk"), writer_memory(text));
  add(span(end, end + 6), "h")->other = span(7, 13);
  assert_printed(LANGUAGE_NB, false,
                 "rules.tsk:100000:1: feil E0101: {T}\n"
                 "100000 | sector\n"
                 "       | ^^^^^^\n"
                 "       = se rules.tsk:3:6:\n"
                 "     3 |      sector\n"
                 "       |      ------\n"
                 "       = hjelp: h\n");
}

static void colors(void **state) {
  (void)state;
  begin("abc");
  add(span(1, 2), "h");
  assert_printed(LANGUAGE_EN, true,
                 "\033[1mrules.tsk:1:2:\033[0m \033[31merror E0101:\033[0m {T}\n"
                 "\033[36m    1 |\033[0m abc\n"
                 "\033[36m      |  ^\033[0m\n"
                 "      = help: h\n");
}

static void spans_at_the_edges(void **state) {
  (void)state;
  begin("ab\ncd\n");
  add(span(1, 5), "h");
  add(span(2, 2), "h");
  add(span(6, 6), "h");
  assert_printed(LANGUAGE_EN, false,
                 "rules.tsk:1:2: error E0101: {T}\n    1 | ab\n      |  ^\n      = help: h\n\n"
                 "rules.tsk:1:3: error E0101: {T}\n    1 | ab\n      |   ^\n      = help: h\n\n"
                 "rules.tsk:3:1: error E0101: {T}\n    3 |\n      | ^\n      = help: h\n");
}

static void wide_tabbed_and_hidden_characters(void **state) {
  (void)state;
  begin("\t漢a\u030A\x1b\xFFx y");
  add(span(9, 10), "h");
  assert_printed(LANGUAGE_EN, false,
                 "rules.tsk:1:7: error E0101: {T}\n"
                 "    1 |  漢a\u030A\\u{1b}\\xffx y\n"
                 "      |               ^\n"
                 "      = help: h\n");
}

static View line_of_dots(uint32_t length, uint32_t mark) {
  char *text = arena_alloc(arena, length);
  memset(text, '.', length);
  if (mark < length) text[mark] = 'X';
  return (View){text, length};
}

/* The second line of what is printed, without its number, and the caret's column in it. */
static View shown_line(View text, uint32_t start, uint32_t end, uint32_t *caret) {
  sources = (SourceList){0};
  source_add(arena, &sources, VIEW("rules.tsk"), text);
  diag_init(&queue, arena, &sources);
  add(span(start, end), "h");
  View all = printed(LANGUAGE_EN, false);
  const char *line = (const char *)memchr(all.at, '\n', all.length) + 9;
  const char *line_end = strchr(line, '\n');
  *caret = (uint32_t)(strchr(line_end, '^') - line_end - 9);
  return view_make(line, (size_t)(line_end - line));
}

static void long_lines_are_cut_around_the_span(void **state) {
  (void)state;
  uint32_t caret;
  View line = shown_line(line_of_dots(120, 119), 119, 120, &caret);
  assert_int_equal(line.length, 120);
  assert_int_equal(caret, 119);
  static const uint32_t lengths[] = {121, 122, 300, 5000, 100000};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    uint32_t length = lengths[i];
    for (uint32_t start = 0; start < length; start += length < 400 ? 1 : length / 37) {
      line = shown_line(line_of_dots(length, start), start, start + 1, &caret);
      assert_true(utf8_width(line) <= 120 && utf8_width(line) >= 119);
      uint32_t left = view_starts(line, VIEW("…")) ? 2 : 0;
      assert_int_equal(line.at[caret + left], 'X');
    }
  }
}

static void a_span_wider_than_the_window(void **state) {
  (void)state;
  uint32_t caret;
  View line = shown_line(line_of_dots(1000, 200), 200, 900, &caret);
  assert_int_equal(utf8_width(line), 120);
  assert_int_equal(caret, 1);
  View all = printed(LANGUAGE_EN, false);
  uint32_t carets = 0;
  for (uint32_t i = 0; i < all.length; i++) carets += all.at[i] == '^';
  assert_int_equal(carets, 118);
}

static void reports_are_sorted_by_place(void **state) {
  (void)state;
  begin("abc");
  source_add(arena, &sources, VIEW("more.tsk"), VIEW("xyz"));
  add((Span){UINT32_MAX, 0, 0}, "last");
  add((Span){1, 0, 1}, "fourth");
  add(span(2, 3), "second");
  add(span(2, 2), "third");
  add(span(0, 1), "first");
  View all = printed(LANGUAGE_EN, false);
  static const char *const order[] = {"first", "second", "third", "fourth", "last"};
  const char *at = arena_copy(arena, all.at, all.length + 1);
  for (size_t i = 0; i < 5; i++) {
    View help = view_format(arena, "help: %s\n", order[i]);
    at = memmem(at, strlen(at), help.at, help.length);
    assert_non_null(at);
  }
}

static void reports_in_order(void **state) {
  (void)state;
  begin("abc");
  for (uint32_t i = 0; i < 200; i++) diag_add(&queue, MSG_E0101, span(i * 7 % 3, i), VIEW("x"), DIAG_END);
  diag_add(&queue, MSG_E0101, (Span){UINT32_MAX, 0, 0}, VIEW("x"), DIAG_END);
  const Diag **order = diag_in_order(arena, &queue);
  for (uint32_t i = 1; i < 200; i++) {
    assert_true(order[i - 1]->span.start <= order[i]->span.start);
    if (order[i - 1]->span.start == order[i]->span.start) assert_true(order[i - 1] < order[i]);
  }
  assert_ptr_equal(order[200], &queue.items.at[200]);
}

static void a_message_by_itself(void **state) {
  (void)state;
  assert_true(view_is(message_outline(arena, "“{0}” is {5}, {6} {"), "“…” is …, {6} {"));
  assert_true(view_is(message_outline(arena, ""), ""));
  assert_string_equal(severity_word(SEVERITY_WARNING, LANGUAGE_EN), "warning");
  assert_string_equal(severity_word(SEVERITY_ERROR, LANGUAGE_NB), "feil");
}

static void only_so_many_are_shown(void **state) {
  (void)state;
  char text[300];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  begin(text);
  for (uint32_t i = 0; i < DIAG_MAX_SHOWN; i++) add(span(i, i + 1), "h");
  assert_null(memmem(printed(LANGUAGE_EN, false).at, printed(LANGUAGE_EN, false).length, "more.", 5));
  add(span(200, 201), "h");
  View all = printed(LANGUAGE_EN, false), end = VIEW("      = help: h\n\n… and 1 more.\n");
  assert_true(view_equal((View){all.at + all.length - end.length, end.length}, end));
  all = printed(LANGUAGE_NB, false), end = VIEW("      = hjelp: h\n\n… og 1 til.\n");
  assert_true(view_equal((View){all.at + all.length - end.length, end.length}, end));
}

static void a_flood_is_counted_but_not_kept(void **state) {
  (void)state;
  for (uint32_t i = 0; i < DIAG_MAX_KEPT + 5; i++) add(span(i, i), "h");
  assert_int_equal(queue.items.count, DIAG_MAX_KEPT);
  assert_int_equal(queue.errors, DIAG_MAX_KEPT + 5);
  View all = printed(LANGUAGE_EN, false), end = VIEW("… and 9905 more.\n");
  assert_true(view_equal((View){all.at + all.length - end.length, end.length}, end));
}

static void nothing_to_say(void **state) {
  (void)state;
  assert_int_equal(printed(LANGUAGE_EN, true).length, 0);
}

static void report(Arena *own) {
  SourceList list = {0};
  source_add(own, &list, VIEW("rules.tsk"), VIEW("one\ntwo\n"));
  DiagQueue reports;
  diag_init(&reports, own, &list);
  for (uint32_t i = 0; i < 7; i++) diag_add(&reports, MSG_E0101, span(i, i + 1), VIEW("x"), DIAG_END);
  diag_print(&reports, writer_to_memory(own), LANGUAGE_NB, true);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(report) > 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(every_message_is_whole),
      TEST(arguments_are_put_in),
      TEST(the_own_way_out_comes_first),
      TEST(the_same_twice_is_once),
      TEST(without_a_place_the_arguments_count),
      TEST(arguments_are_copied_and_cut),
      TEST(a_report_with_its_line),
      TEST(a_report_without_a_place),
      TEST(a_second_place),
      TEST(colors),
      TEST(spans_at_the_edges),
      TEST(wide_tabbed_and_hidden_characters),
      TEST(long_lines_are_cut_around_the_span),
      TEST(a_span_wider_than_the_window),
      TEST(reports_are_sorted_by_place),
      TEST(reports_in_order),
      TEST(a_message_by_itself),
      TEST(only_so_many_are_shown),
      TEST(a_flood_is_counted_but_not_kept),
      TEST(nothing_to_say),
      TEST(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
