#include "data/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include "data/reader.h"
#include "lib/sample.h"

static Arena *arena;

static int make_arena(void **state) {
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

/* All records of a text as "line:cell|cell|…/", a flawed cell with its code in front. */
static View split(View text, char separator, size_t chunk) {
  enum { MOST = 8 };
  CsvCell cells[MOST];
  Writer *w = writer_to_memory(arena);
  Intake in = {.arena = arena, .chunk = chunk};
  int fd = sample_fd(text);
  intake_begin(&in, fd);
  for (Record record; csv_take(&in, separator, &record) == TAKEN;) {
    write_format(w, "%u:", record.line);
    uint32_t count = csv_split(arena, record.bytes, separator, cells, MOST);
    for (uint32_t i = 0; i < count && i < MOST; i++) {
      if (i > 0) write_char(w, '|');
      if (cells[i].is_flawed) write_format(w, "%s ", message_table[cells[i].flaw].name);
      write_view(w, cells[i].text);
    }
    write_char(w, '/');
  }
  close(fd);
  return writer_memory(w);
}

static const struct {
  const char *text, *expected;
} cases[] = {
    {"", ""},
    {"a,b", "1:a|b/"},
    {"a,b\nc,d\n", "1:a|b/2:c|d/"},
    {"a,b\r\nc,d\r\n", "1:a|b/2:c|d/"},
    {",\n", "1:|/"},
    {"a,\n,b\n", "1:a|/2:|b/"},
    {"\n\na\n\n  \nb\n\n", "3:a/6:b/"},
    {"\"a\",\"b\"\r\n", "1:a|b/"},
    {"\"a,b\",c", "1:a,b|c/"},
    {"\"a\nb\",c\nd,e", "1:a\nb|c/3:d|e/"},
    {"\"a\r\nb\"\r\nc", "1:a\r\nb/3:c/"},
    {"\"a\"\"b\",\"\"\"\",\"\"", "1:a\"b|\"|/"},
    {"\"\"\"a\"\"\"", "1:\"a\"/"},
    {" a , b ", "1: a | b /"},
    {"a\"b,c\nd,e", "1:D0161 a\"b|c/2:d|e/"},
    {"5\" pipe,x\ny,z", "1:D0161 5\" pipe|x/2:y|z/"},
    {" \"a\",b", "1:D0161  \"a\"|b/"},
    {"\"a\"b,c\nd,e", "1:D0161 \"a\"b|c/2:d|e/"},
    {"\"a\" ,c", "1:D0161 \"a\" |c/"},
    {"\"a\"b\"c,d\"\ne", "1:D0161 \"a\"b\"c|D0161 d\"/2:e/"},
    {"a,\"b\nc,d\n", "1:a|D0162 \"b\nc,d\n/"},
    {"a;b,c", "1:a;b|c/"},
    {"a,b\rc,d\r", "1:a|b/2:c|d/"},
    {"a\r\rb\r\nc\nd\r", "1:a/3:b/4:c/5:d/"},
    {"\"a\rb\",\"c\"\r\"d\"\r", "1:a\rb|c/2:d/"},
    {"\r\n\r\na\r\n", "3:a/"},
    {"å,æ", "1:å|æ/"},
};

static void records_and_cells(void **state) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (size_t chunk = 1; chunk <= 64; chunk++) {
      View found = split(view_of(cases[i].text), ',', chunk);
      if (!view_is(found, cases[i].expected))
        fail_msg("chunks of %zu, “%s”: %.*s, not %s", chunk, cases[i].text, (int)found.length, found.at,
                 cases[i].expected);
    }
}

static void an_open_quotation_mark_is_told_with_its_line(void **state) {
  for (size_t chunk = 1; chunk <= 32; chunk++) {
    Intake in = {.arena = arena, .chunk = chunk};
    Record record;
    int fd = sample_fd(VIEW("a,\"b\nc\"\nd,\"e\n\",\"f\ng\n"));
    intake_begin(&in, fd);
    assert_int_equal(csv_take(&in, ',', &record), TAKEN);
    assert_int_equal(record.unclosed, 0);
    assert_int_equal(csv_take(&in, ',', &record), TAKEN);
    assert_int_equal(record.line, 3);
    assert_int_equal(record.unclosed, 4);
    close(fd);
  }
}

static void other_separators(void **state) {
  assert_true(view_is(split(VIEW("a;b,c;\"d;e\""), ';', 7), "1:a|b,c|d;e/"));
  assert_true(view_equal(split(VIEW("a\0b,c"), ',', 7), VIEW("1:a\0b|c/")));
}

static void the_header_shows_the_separator(void **state) {
  assert_int_equal(csv_separator(VIEW("a,b,c")), ',');
  assert_int_equal(csv_separator(VIEW("a;b;c")), ';');
  assert_int_equal(csv_separator(VIEW("\"a,b,c\";d")), ';');
  assert_int_equal(csv_separator(VIEW("\"a;b;c\",d")), ',');
  assert_int_equal(csv_separator(VIEW("a")), ',');
  assert_int_equal(csv_separator(VIEW("")), ',');
  assert_int_equal(csv_separator(VIEW("a;b,c;d")), ';');
}

static View filled(size_t length) {
  char *text = arena_alloc(arena, length);
  memset(text, 'x', length);
  return view_make(text, length);
}

static void cells_have_a_limit(void **state) {
  CsvCell cell;
  assert_int_equal(csv_split(arena, filled(CSV_MAX_FIELD), ',', &cell, 1), 1);
  assert_false(cell.is_flawed);
  assert_int_equal(csv_split(arena, filled(CSV_MAX_FIELD + 1), ',', &cell, 1), 1);
  assert_true(cell.is_flawed && cell.flaw == MSG_D0163);
}

static void cells_beyond_the_room_are_counted(void **state) {
  CsvCell cells[2];
  assert_int_equal(csv_split(arena, VIEW("a,b,c,d"), ',', cells, 2), 4);
  assert_true(view_is(cells[1].text, "b"));
}

static void a_record_that_is_too_large_is_passed_over(void **state) {
  View large = view_join(arena, filled(RECORD_MAX_BYTES + 1), VIEW("\nb\n"));
  Intake in = {.arena = arena, .chunk = 256 << 10};
  Record record;
  int fd = sample_fd(large);
  intake_begin(&in, fd);
  assert_int_equal(csv_take(&in, ',', &record), TAKEN);
  assert_true(record.too_large);
  assert_int_equal(csv_take(&in, ',', &record), TAKEN);
  assert_true(!record.too_large && view_is(record.bytes, "b") && record.line == 2);
  assert_int_equal(csv_take(&in, ',', &record), TAKEN_ALL);
  assert_true(in.room <= (32 << 20));
  close(fd);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(records_and_cells),
      cmocka_unit_test(an_open_quotation_mark_is_told_with_its_line),
      cmocka_unit_test(other_separators),
      cmocka_unit_test(the_header_shows_the_separator),
      cmocka_unit_test(cells_have_a_limit),
      cmocka_unit_test(cells_beyond_the_room_are_counted),
      cmocka_unit_test(a_record_that_is_too_large_is_passed_over),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
