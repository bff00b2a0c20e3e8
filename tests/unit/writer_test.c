#include "base/writer.h"

#include <dirent.h>
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
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>
#include "lib/refusal.h"

/* ---- a machine that misbehaves ---- */

/* How write(2) goes: the faults come in turn with the writes, each of at most so many bytes; then the disk is full. */
static struct Machine {
  bool interrupts;
  bool asks_to_wait;
  size_t most;     /* bytes of one write; 0: no limit */
  long full_after; /* bytes; negative: never */
  unsigned calls;
} machine = {.full_after = -1};

ssize_t write(int fd, const void *bytes, size_t length) {
  machine.calls++;
  if (machine.interrupts && machine.calls % 3 == 1) return errno = EINTR, -1;
  if (machine.asks_to_wait && machine.calls % 3 == 2) return errno = EAGAIN, -1;
  if (machine.most && length > machine.most) length = machine.most;
  if (machine.full_after >= 0) {
    if (machine.full_after == 0) return errno = ENOSPC, -1;
    if (length > (size_t)machine.full_after) length = (size_t)machine.full_after;
    machine.full_after -= (long)length;
  }
  return syscall(SYS_write, fd, bytes, length);
}

static Arena *arena;
static char folder[] = "/tmp/writer_test.XXXXXX";

static int make_folder(void **state) {
  (void)state;
  arena = arena_new();
  return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state) {
  (void)state;
  arena_free(arena);
  return rmdir(folder);
}

static int repair_machine(void **state) {
  (void)state;
  machine = (struct Machine){.full_after = -1};
  return 0;
}

static char *path_of(const char *name) {
  View path = view_format(arena, "%s/%s", folder, name);
  return arena_copy(arena, path.at, (size_t)path.length + 1);
}

static View content_of(const char *path) {
  int fd = open(path, O_RDONLY);
  assert_true(fd >= 0);
  char *bytes = arena_alloc(arena, 1 << 20);
  ssize_t length = read(fd, bytes, 1 << 20);
  close(fd);
  assert_true(length >= 0);
  return view_make(bytes, (size_t)length);
}

static unsigned files_in_folder(void) {
  unsigned count = 0;
  DIR *open_folder = opendir(folder);
  for (struct dirent *entry; (entry = readdir(open_folder));) count += entry->d_name[0] != '.';
  closedir(open_folder);
  return count;
}

/* ---- text ---- */

static void assert_written(Writer *w, const char *wanted) {
  View got = writer_memory(w);
  if (!view_is(got, wanted)) printf("got “%.*s”, not “%s”\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

static void plain_writing(void **state) {
  (void)state;
  Writer *w = writer_to_memory(arena);
  write_text(w, "a");
  write_char(w, 'b');
  write_view(w, (View){NULL, 0});
  write_int(w, -120);
  write_char(w, ' ');
  write_int(w, INT64_MIN);
  write_char(w, ' ');
  write_int(w, 0);
  write_repeat(w, '.', 3);
  write_repeat(w, '.', 0);
  write_format(w, "%s=%d%%%c%u", "x", -1, '!', 7U);
  assert_written(w, "ab-120 -9223372036854775808 0...x=-1%!7");
  assert_int_equal(writer_flush(w), 0);
  Writer *long_one = writer_to_memory(arena);
  write_repeat(long_one, 'x', 2000);
  char line[1000] = {0};
  memset(line, 'y', sizeof line - 1);
  write_format(long_one, "%s", line);
  assert_int_equal(writer_memory(long_one).length, 2999);
}

static void assert_visible(View text, const char *wanted) {
  Writer *w = writer_to_memory(arena);
  write_visible(w, text);
  assert_written(w, wanted);
}

static void visible_text(void **state) {
  (void)state;
  assert_visible(VIEW("søknad “a” 漢 \\ \u00A0"), "søknad “a” 漢 \\ \u00A0");
  assert_visible((View){"a\0b", 3}, "a\\u{0}b");
  assert_visible(VIEW("\n\t\r\x1b[31m\x7f"), "\\u{a}\\u{9}\\u{d}\\u{1b}[31m\\u{7f}");
  assert_visible(VIEW("\xC2\x80\xC2\x9F"), "\\u{80}\\u{9f}");
  assert_visible(VIEW("\xFFz\xE2\x82"), "\\xffz\\xe2\\x82");
  static const uint32_t hidden[] = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066,  0x2067, 0x2068,
                                    0x2069, 0x200E, 0x200F, 0x61C,  0x200B, 0x200C,  0x200D, 0xFEFF,
                                    0x2060, 0x2028, 0x2029, 0xAD,   0x180E, 0x2061,  0x2064, 0xFFF9,
                                    0xFFFB, 0x115F, 0x1160, 0x3164, 0x34F,  0xE0000, 0xE007F};
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
    char bytes[4], wanted[20];
    snprintf(wanted, sizeof wanted, "\\u{%x}", hidden[i]);
    assert_visible((View){bytes, utf8_encode(hidden[i], bytes)}, wanted);
  }
}

static void json_strings(void **state) {
  (void)state;
  static const struct {
    View text;
    const char *wanted;
  } cases[] = {
      {{"", 0}, "\"\""},
      {{"søk \"a\\b\"/", 11}, "\"søk \\\"a\\\\b\\\"/\""},
      {{"\b\f\n\r\t\0\x1f\x7f", 8}, "\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\""},
      {{"a\xFF\xE2\x82", 4}, "\"a\uFFFD\uFFFD\uFFFD\""},
      {{"\xC2\x85\u202E\u2066\u200F\u061C", 13}, "\"\\u0085\\u202e\\u2066\\u200f\\u061c\""},
      {{"\u200B\u2028\uFEFF\U000E0041\U0001F600", 17}, "\"\\u200b\\u2028\\ufeff\\udb40\\udc41\U0001F600\""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Writer *w = writer_to_memory(arena);
    write_json_string(w, cases[i].text);
    if (i == 2) assert_int_equal(writer_memory(w).length, 2 + 10 + 18);
    assert_written(w, cases[i].wanted);
  }
}

static void csv_fields(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"", ""},
      {"abc", "abc"},
      {"a,b", "\"a,b\""},
      {"a;b", "\"a;b\""},
      {"say \"x\"", "\"say \"\"x\"\"\""},
      {"a\nb", "\"a\nb\""},
      {"\"", "\"\"\"\""},
      {"=1+1", "'=1+1"},
      {"+47", "'+47"},
      {"@x", "'@x"},
      {"-x", "'-x"},
      {"-5", "-5"},
      {"-5.25", "-5.25"},
      {"-5,25", "\"-5,25\""},
      {"-5.", "'-5."},
      {"-1.2.3", "'-1.2.3"},
      {"-", "'-"},
      {"-1+1", "'-1+1"},
      {"\tx", "\"'\tx\""},
      {"\r=x", "\"'\r=x\""},
      {"=a,b", "\"'=a,b\""},
      {"a=b", "a=b"},
      {"-.5", "'-.5"},
      {"\x1b[1m\x7f", "\\u{1b}[1m\\u{7f}"},
      {"\xC2\x85\u202E=1", "\\u{85}\\u{202e}=1"},
      {"a\tb", "\"a\tb\""},
      {" =1", "' =1"},
      {"\n=1", "\"'\n=1\""},
      {"\u200B\uFEFF+1", "'\u200B\uFEFF+1"},
      {"\u00A0 -5", "\u00A0 -5"},
      {"\uFF1D1", "'\uFF1D1"},
      {"\uFF0B1", "'\uFF0B1"},
      {"\uFF0D1", "'\uFF0D1"},
      {"\uFF20x", "'\uFF20x"},
      {"\xFF\"å", "\"\xFF\"\"å\""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Writer *w = writer_to_memory(arena);
    write_csv_field(w, view_of(cases[i][0]));
    assert_written(w, cases[i][1]);
  }
}

/* ---- faults ---- */

static void much_to_a_file(Writer *w) {
  for (int i = 0; i < 20000; i++) write_format(w, "line %d\n", i);
}

static void assert_much(View content) {
  Writer *w = writer_to_memory(arena);
  much_to_a_file(w);
  assert_true(view_equal(content, writer_memory(w)));
}

static void interruptions_and_short_writes_lose_nothing(void **state) {
  (void)state;
  int fd = open(path_of("out"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  machine = (struct Machine){.interrupts = true, .asks_to_wait = true, .most = 777, .full_after = -1};
  Writer *w = writer_to_fd(arena, fd);
  much_to_a_file(w);
  assert_int_equal(writer_flush(w), 0);
  assert_true(machine.calls > 3);
  close(fd);
  assert_much(content_of(path_of("out")));
  unlink(path_of("out"));
}

static void a_text_longer_than_the_buffer(void **state) {
  (void)state;
  int fd = open(path_of("out"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  Writer *w = writer_to_fd(arena, fd), *all = writer_to_memory(arena);
  much_to_a_file(all);
  write_view(w, writer_memory(all));
  assert_int_equal(writer_flush(w), 0);
  close(fd);
  assert_much(content_of(path_of("out")));
  unlink(path_of("out"));
}

static void a_full_disk_is_told(void **state) {
  (void)state;
  int fd = open("/dev/full", O_WRONLY);
  Writer *w = writer_to_fd(arena, fd);
  write_text(w, "lost");
  assert_int_equal(writer_flush(w), ENOSPC);
  write_text(w, "more");
  assert_int_equal(writer_error(w), ENOSPC);
  assert_int_equal(writer_flush(w), ENOSPC);
  close(fd);
}

static void a_closed_descriptor_is_told(void **state) {
  (void)state;
  int fd = open("/dev/null", O_WRONLY);
  close(fd);
  Writer *w = writer_to_fd(arena, fd);
  much_to_a_file(w);
  assert_int_equal(writer_flush(w), EBADF);
}

/* ---- replacing a file ---- */

static void a_new_file(void **state) {
  (void)state;
  mode_t mask = umask(027);
  char *path = path_of("new");
  Writer *w = writer_to_file(arena, path);
  assert_non_null(w);
  much_to_a_file(w);
  assert_int_equal(access(path, F_OK), -1);
  assert_int_equal(writer_commit(w), 0);
  assert_int_equal(writer_error(w), 0);
  umask(mask);
  struct stat found;
  assert_int_equal(stat(path, &found), 0);
  assert_int_equal(found.st_mode & 0777, 0640);
  assert_much(content_of(path));
  assert_int_equal(files_in_folder(), 1);
  unlink(path);
}

static void put_file(const char *path, const char *text, mode_t mode) {
  Writer *w = writer_to_file(arena, path);
  assert_non_null(w);
  write_text(w, text);
  assert_int_equal(writer_commit(w), 0);
  assert_int_equal(chmod(path, mode), 0);
}

static void a_replaced_file_keeps_its_mode_and_its_links(void **state) {
  (void)state;
  char *path = path_of("old"), *link = path_of("link");
  put_file(path, "old", 0604);
  assert_int_equal(symlink("old", link), 0);
  Writer *w = writer_to_file(arena, link);
  write_text(w, "new");
  assert_true(view_is(content_of(path), "old"));
  assert_int_equal(writer_commit(w), 0);
  assert_true(view_is(content_of(path), "new"));
  struct stat found;
  assert_true(stat(path, &found) == 0 && (found.st_mode & 0777) == 0604);
  assert_true(lstat(link, &found) == 0 && S_ISLNK(found.st_mode));
  assert_int_equal(files_in_folder(), 2);
  unlink(link);
  unlink(path);
}

static void an_abandoned_file_leaves_the_old(void **state) {
  (void)state;
  char *path = path_of("old");
  put_file(path, "old", 0644);
  Writer *w = writer_to_file(arena, path);
  write_text(w, "half");
  writer_abandon(w);
  assert_true(view_is(content_of(path), "old"));
  assert_int_equal(files_in_folder(), 1);
  unlink(path);
}

/* The disk is full after n bytes, for every n: the old text stays whole, and no temporary file behind it. */
static void a_full_disk_leaves_the_old(void **state) {
  (void)state;
  char *path = path_of("old");
  put_file(path, "old", 0644);
  for (long n = 0; n < 20; n++) {
    Writer *w = writer_to_file(arena, path);
    machine.full_after = n;
    write_text(w, "twenty bytes of text");
    assert_int_equal(writer_commit(w), ENOSPC);
    assert_int_equal(writer_error(w), ENOSPC);
    machine.full_after = -1;
    assert_true(view_is(content_of(path), "old"));
    assert_int_equal(files_in_folder(), 1);
  }
  unlink(path);
}

static void what_cannot_be_replaced(void **state) {
  (void)state;
  assert_null(writer_to_file(arena, folder));
  assert_int_equal(errno, EISDIR);
  assert_null(writer_to_file(arena, path_of("no/such")));
  assert_int_equal(errno, ENOENT);
  assert_null(writer_to_file(arena, ""));
  assert_int_equal(errno, ENOENT);
  Writer *full = writer_to_file(arena, "/dev/full");
  assert_non_null(full);
  write_text(full, "lost");
  assert_int_equal(writer_commit(full), ENOSPC);
  struct stat found;
  assert_true(stat("/dev/full", &found) == 0 && S_ISCHR(found.st_mode));
}

static void write_all_kinds(Arena *own) {
  Writer *w = writer_to_memory(own);
  for (int i = 0; i < 300; i++) write_visible(w, VIEW("a\n"));
  Writer *file = writer_to_file(own, path_of("refused"));
  write_json_string(file, writer_memory(w));
  assert_int_equal(writer_commit(file), 0);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(write_all_kinds) > 1);
  assert_int_equal(files_in_folder(), 1);
  unlink(path_of("refused"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plain_writing),
      cmocka_unit_test(visible_text),
      cmocka_unit_test(json_strings),
      cmocka_unit_test(csv_fields),
      cmocka_unit_test_teardown(interruptions_and_short_writes_lose_nothing, repair_machine),
      cmocka_unit_test(a_text_longer_than_the_buffer),
      cmocka_unit_test(a_full_disk_is_told),
      cmocka_unit_test(a_closed_descriptor_is_told),
      cmocka_unit_test(a_new_file),
      cmocka_unit_test(a_replaced_file_keeps_its_mode_and_its_links),
      cmocka_unit_test(an_abandoned_file_leaves_the_old),
      cmocka_unit_test_teardown(a_full_disk_leaves_the_old, repair_machine),
      cmocka_unit_test(what_cannot_be_replaced),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
