#include "data/column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena *arena;

static int make_arena(void **state) {
  memory_adopt_gmp();
  arena = arena_new();
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

static const Type *type_of(TypeKind kind, uint32_t values) {
  Type *type = arena_new_of(arena, Type);
  EnumType *of = arena_new_of(arena, EnumType);
  of->count = values;
  *type = (Type){.kind = kind, .values = of};
  return type;
}

static void a_kind_for_every_type(void **state) {
  static const struct {
    TypeKind type;
    ColumnKind kind;
  } cases[] = {
      {TYPE_YES_NO, COLUMN_BITS},  {TYPE_NUMBER, COLUMN_NUMBERS},   {TYPE_MONEY, COLUMN_NUMBERS},
      {TYPE_DATE, COLUMN_NUMBERS}, {TYPE_MOMENT, COLUMN_NUMBERS},   {TYPE_MONTHS, COLUMN_NUMBERS},
      {TYPE_ENUM, COLUMN_CODES},   {TYPE_DURATION, COLUMN_NUMBERS}, {TYPE_TEXT, COLUMN_TEXTS},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(column_kind_of(type_of(cases[i].type, 0)), cases[i].kind);
}

static void a_new_column_knows_nothing(void **state) {
  static const TypeKind kinds[] = {TYPE_YES_NO, TYPE_NUMBER, TYPE_ENUM, TYPE_TEXT};
  for (size_t k = 0; k < 4; k++)
    for (uint32_t rows = 0; rows < 130; rows++) {
      Column *c = column_new(arena, type_of(kinds[k], 3), rows);
      assert_int_equal(c->rows, rows);
      for (uint32_t row = 0; row < rows; row++) {
        assert_false(column_is_known(c, row));
        assert_false(column_is_error(c, row));
      }
    }
}

static void an_error_is_unknown_and_keeps_its_fault(void **state) {
  const Fault fault = fault_in_data(MSG_D0111, VIEW("f"), 1, VIEW("x"));
  Column *c = column_new(arena, type_of(TYPE_YES_NO, 0), 70);
  bit_set(c->yes, 69);
  column_fail(arena, c, 69, &fault);
  assert_true(column_is_error(c, 69));
  assert_false(column_is_known(c, 69));
  assert_false(column_is_error(c, 5));
  assert_ptr_equal(c->faults[69], &fault);

  Column *n = column_new(arena, type_of(TYPE_NUMBER, 0), 3);
  n->units[1] = 12;
  bit_set(n->known, 1);
  column_fail(arena, n, 1, &fault);
  assert_int_equal(n->units[1], 0);
  assert_true(column_range(arena, n, 1).may_fail);
  assert_false(column_range(arena, n, 0).may_fail);
}

static void a_known_number_is_a_point(void **state) {
  Column *c = column_new(arena, type_of(TYPE_NUMBER, 0), 2);
  c->any = (Range){.low = num_of(1), .has_low = true};
  c->units[0] = 125;
  c->scale = 1;
  bit_set(c->known, 0);
  Range point = column_range(arena, c, 0), any = column_range(arena, c, 1);
  assert_true(point.has_low && point.has_high && !point.low_open && !point.high_open);
  assert_true(num_equal(point.low, num_fraction(arena, 25, 2)) && num_equal(point.high, point.low));
  assert_true(any.has_low && !any.has_high && num_equal(any.low, num_of(1)));
}

static void masks_of_enumerations(void **state) {
  static const uint32_t counts[] = {1, 4, 63, 64, 65, 1000};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    Column *c = column_new(arena, type_of(TYPE_ENUM, counts[i]), 3);
    uint64_t all = counts[i] < 64 ? (UINT64_C(1) << counts[i]) - 1 : ~UINT64_C(0);
    assert_true(column_mask(c, 0) == all);
    bit_set(c->known, 1);
    c->codes[1] = counts[i] - 1;
    assert_true(column_mask(c, 1) == (counts[i] <= 64 ? UINT64_C(1) << (counts[i] - 1) : all));
    const Fault fault = fault_in_data(MSG_D0123, VIEW("f"), 1, VIEW("x"));
    column_fail(arena, c, 2, &fault);
    assert_true(column_mask(c, 2) == ~UINT64_C(0));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_kind_for_every_type),
      cmocka_unit_test(a_new_column_knows_nothing),
      cmocka_unit_test(an_error_is_unknown_and_keeps_its_fault),
      cmocka_unit_test(a_known_number_is_a_point),
      cmocka_unit_test(masks_of_enumerations),
  };
  return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
