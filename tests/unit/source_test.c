#include "text/source.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include "lib/refusal.h"

static Arena *arena;
static SourceList list;

static int make_arena(void **state) {
  (void)state;
  arena = arena_new();
  list = (SourceList){0};
  return 0;
}

static int drop_arena(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static void lines_and_columns(void **state) {
  (void)state;
  const Source *source = source_add(arena, &list, VIEW("a.tsk"), VIEW("æb\n\r\nxyz\r\n"));
  assert_int_equal(source->line_count, 4);
  assert_int_equal(source->bytes.at[source->bytes.length], 0);
  static const uint32_t wanted[][3] = {{0, 1, 1}, {2, 1, 2}, {3, 1, 3},  {4, 2, 1}, {6, 3, 1},
                                       {8, 3, 3}, {9, 3, 4}, {11, 4, 1}, {99, 4, 1}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    assert_int_equal(source_line(source, wanted[i][0]), wanted[i][1]);
    assert_int_equal(source_column(source, wanted[i][0]), wanted[i][2]);
  }
  static const char *const texts[] = {"", "æb", "", "xyz", "", ""};
  for (uint32_t line = 0; line < 6; line++) assert_true(view_is(source_line_text(source, line), texts[line]));
}

static void empty_sources_have_one_line(void **state) {
  (void)state;
  const Source *source = source_add(arena, &list, VIEW("a.tsk"), (View){NULL, 0});
  assert_int_equal(source->line_count, 1);
  assert_int_equal(source_line(source, 0), 1);
  assert_int_equal(source_column(source, 0), 1);
  assert_int_equal(source_line_text(source, 1).length, 0);
}

static void a_byte_order_mark_is_no_column(void **state) {
  (void)state;
  const Source *source = source_add(arena, &list, VIEW("a.tsk"), VIEW("\xEF\xBB\xBFgrant\nx"));
  assert_int_equal(source_column(source, 0), 1);
  assert_int_equal(source_column(source, 3), 1);
  assert_int_equal(source_column(source, 5), 3);
  assert_true(view_is(source_line_text(source, 1), "grant"));
  assert_true(view_is(source_line_text(source, 2), "x"));
}

static void spans(void **state) {
  (void)state;
  source_add(arena, &list, VIEW("a.tsk"), VIEW("level 3"));
  assert_true(view_is(span_text(&list, (Span){0, 0, 5}), "level"));
  assert_true(view_is(span_text(&list, (Span){0, 6, 99}), "3"));
  assert_true(view_is(span_text(&list, (Span){0, 99, 100}), ""));
  assert_true(view_is(span_text(&list, (Span){0, 3, 3}), ""));
  assert_int_equal(span_text(&list, (Span){1, 0, 5}).length, 0);
  Span joined = span_join((Span){0, 1, 2}, (Span){0, 5, 7});
  assert_true(joined.source == 0 && joined.start == 1 && joined.end == 7);
}

static char path[] = "/tmp/source_test.XXXXXX";

static int make_file(void **state) {
  int fd = mkstemp(path);
  close(fd);
  return fd < 0 || make_arena(state);
}

static int drop_file(void **state) {
  unlink(path);
  memcpy(path + sizeof path - 7, "XXXXXX", 6);
  return drop_arena(state);
}

static void fill_file(size_t bytes) {
  char *content = arena_alloc(arena, bytes);
  memset(content, 'x', bytes);
  int fd = open(path, O_WRONLY | O_TRUNC);
  assert_int_equal(write(fd, content, bytes), bytes);
  close(fd);
}

static void files_at_the_limit_of_size(void **state) {
  (void)state;
  fill_file(SOURCE_MAX_BYTES - 1);
  assert_int_equal(source_read(arena, &list, path), SOURCE_OK);
  fill_file(SOURCE_MAX_BYTES);
  assert_int_equal(source_read(arena, &list, path), SOURCE_OK);
  assert_int_equal(list.at[1]->bytes.length, SOURCE_MAX_BYTES);
  fill_file(SOURCE_MAX_BYTES + 1);
  assert_int_equal(source_read(arena, &list, path), SOURCE_TOO_LARGE);
  assert_int_equal(list.count, 2);
}

static void what_is_no_file(void **state) {
  (void)state;
  assert_int_equal(source_read(arena, &list, "/no/such/file"), SOURCE_UNREADABLE);
  assert_int_equal(errno, ENOENT);
  assert_int_equal(source_read(arena, &list, "/tmp"), SOURCE_NOT_REGULAR);
  assert_int_equal(source_read(arena, &list, "/dev/null"), SOURCE_NOT_REGULAR);
  unlink(path);
  assert_int_equal(mkfifo(path, 0600), 0);
  assert_int_equal(source_read(arena, &list, path), SOURCE_NOT_REGULAR);
  assert_int_equal(list.count, 0);
}

static void standard_input_may_be_a_pipe(void **state) {
  (void)state;
  int ends[2], kept = dup(STDIN_FILENO);
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "level 3\n", 8), 8);
  close(ends[1]);
  dup2(ends[0], STDIN_FILENO);
  assert_int_equal(source_read(arena, &list, "-"), SOURCE_OK);
  dup2(kept, STDIN_FILENO);
  close(kept);
  close(ends[0]);
  assert_true(view_is(list.at[0]->name, "-") && view_is(list.at[0]->bytes, "level 3\n"));
}

static void read_one(Arena *own) {
  SourceList sources = {0};
  assert_int_equal(source_read(own, &sources, path), SOURCE_OK);
}

/* No descriptor may stay open either. */
static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  fill_file(200000);
  int before = dup(STDIN_FILENO);
  close(before);
  assert_true(refuse_each_allocation(read_one) > 3);
  int after = dup(STDIN_FILENO);
  close(after);
  assert_int_equal(before, after);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lines_and_columns, make_arena, drop_arena),
      cmocka_unit_test_setup_teardown(empty_sources_have_one_line, make_arena, drop_arena),
      cmocka_unit_test_setup_teardown(a_byte_order_mark_is_no_column, make_arena, drop_arena),
      cmocka_unit_test_setup_teardown(spans, make_arena, drop_arena),
      cmocka_unit_test_setup_teardown(files_at_the_limit_of_size, make_file, drop_file),
      cmocka_unit_test_setup_teardown(what_is_no_file, make_file, drop_file),
      cmocka_unit_test_setup_teardown(standard_input_may_be_a_pipe, make_arena, drop_arena),
      cmocka_unit_test_setup_teardown(memory_runs_out_at_every_allocation, make_file, drop_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
