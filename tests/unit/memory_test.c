#include "base/memory.h"

#include <gmp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MEBIBYTE = 1 << 20 };

static void bytes_are_counted(void **state) {
  (void)state;
  size_t before = memory_in_use();
  char *at = memory_get(100);
  assert_int_equal(memory_in_use(), before + 100);
  memset(at, 'x', 100);
  at = memory_grow(at, 100, 5000);
  assert_int_equal(memory_in_use(), before + 5000);
  assert_int_equal(at[99], 'x');
  at = memory_grow(at, 5000, 10);
  assert_int_equal(memory_in_use(), before + 10);
  memory_put(at, 10);
  memory_put(NULL, 0);
  assert_int_equal(memory_in_use(), before);
}

static void nothing_is_an_allocation_too(void **state) {
  (void)state;
  void *at = memory_get(0);
  assert_non_null(at);
  at = memory_grow(at, 0, 8);
  at = memory_grow(at, 8, 0);
  assert_non_null(at);
  memory_put(at, 0);
}

/* Whether asking for so much jumps to the trap. */
static int is_refused(size_t bytes) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) return 1;
  memory_put(memory_get(bytes), bytes);
  memory_trap_pop(&trap);
  return 0;
}

static void the_budget_holds(void **state) {
  (void)state;
  assert_int_equal(memory_budget(), (size_t)512 << 20);
  size_t before = memory_in_use();
  memory_set_budget(before + MEBIBYTE);
  assert_false(is_refused(MEBIBYTE));
  assert_true(is_refused(MEBIBYTE + 1));
  assert_true(is_refused(SIZE_MAX));
  assert_int_equal(memory_in_use(), before);
  memory_set_budget(0);
  assert_int_equal(memory_budget(), (size_t)512 << 20);
}

static int grow_is_refused(void *at, size_t from, size_t to) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) return 1;
  memory_grow(at, from, to);
  memory_trap_pop(&trap);
  return 0;
}

static void a_refused_growth_leaves_the_old(void **state) {
  (void)state;
  char *at = memory_get(16);
  memset(at, 'y', 16);
  size_t before = memory_in_use();
  assert_true(grow_is_refused(at, 16, SIZE_MAX - 100));
  memory_fail_at(1);
  assert_true(grow_is_refused(at, 16, 32));
  assert_int_equal(memory_in_use(), before);
  assert_int_equal(at[15], 'y');
  memory_put(at, 16);
}

static int product_is_refused(size_t count, size_t size) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) return 1;
  memory_product(count, size);
  memory_trap_pop(&trap);
  return 0;
}

static void products_that_do_not_fit_are_refused(void **state) {
  (void)state;
  assert_int_equal(memory_product(6, 7), 42);
  assert_int_equal(memory_product(0, SIZE_MAX), 0);
  assert_false(product_is_refused(SIZE_MAX, 1));
  assert_true(product_is_refused(SIZE_MAX / 2 + 1, 2));
}

static void the_inner_trap_comes_first(void **state) {
  (void)state;
  MemoryTrap outer;
  memory_trap_push(&outer);
  if (setjmp(outer.back)) {
    fail();
  }
  assert_true(is_refused(SIZE_MAX));
  memory_trap_pop(&outer);
}

/* Who tidies up in a trap passes the refusal on to the next. */
static void a_refusal_is_passed_on(void **state) {
  (void)state;
  MemoryTrap outer, inner;
  memory_trap_push(&outer);
  if (setjmp(outer.back)) return;
  memory_trap_push(&inner);
  if (setjmp(inner.back)) memory_refuse();
  memory_get(SIZE_MAX);
  fail();
}

static void the_nth_allocation_fails(void **state) {
  (void)state;
  memory_fail_at(3);
  assert_false(is_refused(1));
  assert_false(is_refused(1));
  assert_true(is_refused(1));
  assert_false(is_refused(1));
}

static void without_a_trap_the_process_ends_with_4(void **state) {
  (void)state;
  int pipe_ends[2];
  assert_int_equal(pipe(pipe_ends), 0);
  pid_t child = fork();
  if (child == 0) {
    dup2(pipe_ends[1], STDERR_FILENO);
    memory_get(SIZE_MAX);
    _exit(0);
  }
  close(pipe_ends[1]);
  char line[100] = {0};
  ssize_t length = read(pipe_ends[0], line, sizeof line - 1);
  close(pipe_ends[0]);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), MEMORY_EXIT_STATUS);
  assert_true(length > 0);
  assert_string_equal(line, "terskel: out of memory\n");
}

static void gmp_asks_here(void **state) {
  (void)state;
  memory_adopt_gmp();
  size_t before = memory_in_use();
  mpz_t number;
  mpz_init2(number, 8000);
  assert_int_equal(memory_in_use(), before + 1000);
  mpz_clear(number);
  assert_int_equal(memory_in_use(), before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bytes_are_counted),
      cmocka_unit_test(nothing_is_an_allocation_too),
      cmocka_unit_test(the_budget_holds),
      cmocka_unit_test(a_refused_growth_leaves_the_old),
      cmocka_unit_test(products_that_do_not_fit_are_refused),
      cmocka_unit_test(the_inner_trap_comes_first),
      cmocka_unit_test(a_refusal_is_passed_on),
      cmocka_unit_test(the_nth_allocation_fails),
      cmocka_unit_test(without_a_trap_the_process_ends_with_4),
      cmocka_unit_test(gmp_asks_here),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
