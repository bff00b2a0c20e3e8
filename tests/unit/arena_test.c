#include "base/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"

/* Arena, and List, which grows in one. */

static void allocations_are_zeroed_aligned_and_apart(void **state) {
  (void)state;
  Arena *arena = arena_new();
  unsigned char *last = NULL;
  for (size_t bytes = 0; bytes < 3000; bytes += 7) {
    unsigned char *at = arena_alloc(arena, bytes);
    assert_int_equal((uintptr_t)at % 16, 0);
    assert_ptr_not_equal(at, last);
    for (size_t i = 0; i < bytes; i++) assert_int_equal(at[i], 0);
    memset(at, 0xAA, bytes);
    last = at;
  }
  arena_free(arena);
}

static void a_reset_arena_asks_for_nothing_new(void **state) {
  (void)state;
  Arena *arena = arena_new();
  size_t after_first = 0;
  for (int round = 0; round < 4; round++) {
    for (size_t i = 0; i < 300; i++) {
      unsigned char *at = arena_alloc(arena, i * 13 % 700);
      if (i * 13 % 700) assert_int_equal(at[0], 0);
      memset(at, 0xBB, i * 13 % 700);
    }
    char *large = arena_alloc(arena, 100000);
    assert_int_equal(large[99999], 0);
    if (round == 0) after_first = memory_in_use();
    assert_int_equal(memory_in_use(), after_first);
    arena_reset(arena);
  }
  arena_free(arena);
}

static void everything_goes_with_the_arena(void **state) {
  (void)state;
  size_t before = memory_in_use();
  Arena *arena = arena_new();
  arena_alloc(arena, 1 << 21);
  arena_alloc(arena, 1);
  arena_free(arena);
  arena_free(NULL);
  assert_int_equal(memory_in_use(), before);
}

static void copies(void **state) {
  (void)state;
  Arena *arena = arena_new();
  assert_memory_equal(arena_copy(arena, "abc", 4), "abc", 4);
  assert_non_null(arena_copy(arena, NULL, 0));
  arena_free(arena);
}

/* Grown contents stay, what is new is zero, and what stands behind is left alone. */
static void growth(void **state) {
  (void)state;
  Arena *arena = arena_new();
  for (int with_neighbour = 0; with_neighbour < 2; with_neighbour++) {
    unsigned char *at = NULL, *neighbour = NULL;
    for (size_t bytes = 0; bytes < 5000; bytes = bytes * 3 / 2 + 1) {
      size_t more = bytes * 3 / 2 + 1;
      at = arena_grow(arena, at, bytes, more);
      for (size_t i = 0; i < more; i++) assert_int_equal(at[i], i < bytes ? 0xCC : 0);
      memset(at, 0xCC, more);
      if (neighbour) assert_int_equal(neighbour[0], 0xDD);
      if (with_neighbour) *(neighbour = arena_alloc(arena, 1)) = 0xDD;
    }
    assert_ptr_equal(arena_grow(arena, at, 100, 50), at);
  }
  arena_free(arena);
}

static void growth_in_place_wastes_nothing(void **state) {
  (void)state;
#ifndef TERSKEL_SMALL
  Arena *arena = arena_new();
  char *at = arena_alloc(arena, 16);
  assert_ptr_equal(arena_grow(arena, at, 16, 1000), at);
  arena_alloc(arena, 1);
  assert_ptr_not_equal(arena_grow(arena, at, 1000, 1100), at);
  arena_free(arena);
#endif
}

static void lists_grow(void **state) {
  (void)state;
  Arena *arena = arena_new();
  LIST(uint32_t) list = {0};
  for (uint32_t i = 0; i < 50000; i++) list_push(arena, &list, i * i);
  assert_int_equal(list.count, 50000);
  for (uint32_t i = 0; i < list.count; i++) assert_int_equal(list.at[i], i * i);
  arena_free(arena);
}

static void ask_for_too_long_a_list(Arena *arena) {
  uint32_t room = INT32_MAX;
  list_make_room(arena, NULL, INT32_MAX, &room, 1);
}

static void a_list_that_is_too_long_is_refused(void **state) {
  (void)state;
  Arena *arena = arena_new();
  assert_false(work_survives(ask_for_too_long_a_list, arena, 0));
  arena_free(arena);
}

static void fill_a_list(Arena *arena) {
  LIST(uint64_t) list = {0}, other = {0};
  for (uint64_t i = 0; i < 3000; i++) {
    list_push(arena, &list, i);
    list_push(arena, &other, i);
  }
  for (uint32_t i = 0; i < 3000; i++) assert_true(list.at[i] == i && other.at[i] == i);
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  size_t before = memory_in_use();
  assert_true(refuse_each_allocation(fill_a_list) > 3);
  assert_int_equal(memory_in_use(), before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(allocations_are_zeroed_aligned_and_apart),
      cmocka_unit_test(a_reset_arena_asks_for_nothing_new),
      cmocka_unit_test(everything_goes_with_the_arena),
      cmocka_unit_test(copies),
      cmocka_unit_test(growth),
      cmocka_unit_test(growth_in_place_wastes_nothing),
      cmocka_unit_test(lists_grow),
      cmocka_unit_test(a_list_that_is_too_long_is_refused),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
