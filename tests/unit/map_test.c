#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include "lib/refusal.h"

enum { MANY = 100000 };

static void an_empty_map_has_nothing(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Map map;
  map_init(&map, arena);
  uint32_t value = 7;
  assert_false(map_get(&map, VIEW("x"), &value) || map_get(&map, VIEW(""), &value));
  assert_int_equal(value, 7);
  assert_int_equal(map.entries.count, 0);
  arena_free(arena);
}

static void adding_and_setting(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Map map;
  map_init(&map, arena);
  uint32_t value;
  assert_true(map_add(&map, VIEW("a"), 1));
  assert_false(map_add(&map, VIEW("a"), 2));
  assert_true(map_get(&map, VIEW("a"), &value) && value == 1);
  map_set(&map, VIEW("a"), 3);
  map_set(&map, VIEW("b"), 4);
  assert_true(map_get(&map, VIEW("a"), &value) && value == 3);
  assert_true(map_get(&map, VIEW("b"), NULL));
  assert_true(map_add(&map, (View){"a\0", 2}, 5) && map_add(&map, VIEW(""), 6));
  assert_true(map_get(&map, (View){NULL, 0}, &value) && value == 6);
  assert_int_equal(map.entries.count, 4);
  arena_free(arena);
}

static void many_keys_in_order(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Map map;
  map_init(&map, arena);
  for (uint32_t i = 0; i < MANY; i++) assert_true(map_add(&map, view_format(arena, "name %u", i), i));
  for (uint32_t i = 0; i < MANY; i += 3) map_set(&map, view_format(arena, "name %u", i), i + 1);
  assert_int_equal(map.entries.count, MANY);
  for (uint32_t i = 0; i < MANY; i++) {
    uint32_t value;
    assert_true(map_get(&map, map.entries.at[i].key, &value));
    assert_int_equal(value, i % 3 ? i : i + 1);
    assert_int_equal(map.entries.at[i].value, value);
  }
  assert_false(map_get(&map, VIEW("name 100000"), NULL));
  arena_free(arena);
}

/* Every length up to some words, and each byte matters. */
static void hashes_see_every_byte(void **state) {
  (void)state;
  char bytes[40] = {0};
  for (uint32_t length = 0; length < sizeof bytes; length++) {
    View text = {bytes, length};
    uint32_t plain = view_hash(text), changed = 0;
    assert_int_equal(view_hash(text), plain);
    for (uint32_t i = 0; i < length; i++) {
      bytes[i] = 1;
      changed += view_hash(text) == plain;
      bytes[i] = 0;
    }
    assert_true(changed <= 1);
  }
}

static void fill_a_map(Arena *arena) {
  Map map;
  map_init(&map, arena);
  for (uint32_t i = 0; i < 500; i++) map_add(&map, view_format(arena, "%u", i), i);
  for (uint32_t i = 0; i < 500; i++) assert_true(map_get(&map, view_format(arena, "%u", i), NULL));
}

static void memory_runs_out_at_every_allocation(void **state) {
  (void)state;
  assert_true(refuse_each_allocation(fill_a_map) > 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_map_has_nothing),
      cmocka_unit_test(adding_and_setting),
      cmocka_unit_test(many_keys_in_order),
      cmocka_unit_test(hashes_see_every_byte),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
