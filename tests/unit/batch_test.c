#include "data/batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include "lib/refusal.h"
#include "lib/sample.h"

static Arena *arena;
static const Program *program;

static int make_program(void **state) {
  memory_adopt_gmp();
  arena = arena_new();
  program = sample_program(arena);
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

static BatchBuilder *builder(void) { return batch_builder_new(arena, program); }

static void begin(BatchBuilder *b) { build_application(b, VIEW("f"), batch_builder_rows(b) + 1); }

static void assert_cell(const Batch *batch, uint32_t input, uint32_t row, const char *expected) {
  View shown = cell_shown(arena, batch, input, row);
  if (!view_is(shown, expected))
    fail_msg("cell %u/%u is %.*s, not %s", input, row, (int)shown.length, shown.at, expected);
}

static void an_empty_batch(void **state) {
  Batch *batch = batch_finish(builder());
  assert_int_equal(batch->rows, 0);
  for (uint32_t i = 0; i < SAMPLE_INPUTS; i++) assert_int_equal(batch->inputs[i]->rows, 0);
  assert_int_equal(batch->items[AT_MEMBERS].offsets[0], 0);
}

static void what_was_not_set_is_missing(void **state) {
  BatchBuilder *b = builder();
  for (int i = 0; i < 3; i++) begin(b);
  build_yes_no(b, IN_APPROVED, true);
  Batch *batch = batch_finish(b);
  for (uint32_t i = 0; i < SAMPLE_INPUTS; i++)
    for (uint32_t row = 0; row < batch->inputs[i]->rows; row++)
      assert_cell(batch, i, row, i == IN_APPROVED && row == 2 ? "yes" : "?");
  assert_int_equal(batch->spoiled[0], 0);
  assert_null(batch->inputs[IN_ID]->error);
}

static void items_belong_to_their_parents(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  assert_int_equal(build_item(b, AT_MEMBERS), 1);
  assert_int_equal(build_item(b, AT_ROLES), 1);
  build_text(b, IN_ROLE, VIEW("chair"));
  assert_int_equal(build_item(b, AT_ROLES), 2);
  assert_int_equal(build_item(b, AT_MEMBERS), 2);
  begin(b);
  begin(b);
  assert_int_equal(build_item(b, AT_MEMBERS), 1);
  assert_int_equal(build_item(b, AT_ROLES), 1);
  Batch *batch = batch_finish(b);
  static const uint32_t members[] = {0, 2, 2, 3}, roles[] = {0, 2, 2, 3};
  assert_int_equal(batch->items[AT_MEMBERS].rows, 3);
  assert_memory_equal(batch->items[AT_MEMBERS].offsets, members, sizeof members);
  assert_int_equal(batch->items[AT_ROLES].rows, 3);
  assert_memory_equal(batch->items[AT_ROLES].offsets, roles, sizeof roles);
  assert_int_equal(batch->inputs[IN_MEMBER_NAME]->rows, 3);
  assert_cell(batch, IN_ROLE, 0, "chair");
  assert_cell(batch, IN_ROLE, 1, "?");
}

static void numbers_get_one_scale(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  build_number(b, IN_SHARE, num_of(3));
  begin(b);
  build_number(b, IN_SHARE, num_fraction(arena, 1, 4));
  begin(b);
  begin(b);
  build_units(b, IN_SHARE, -15, 1);
  begin(b);
  build_number(b, IN_SHARE, num_of(0));
  const Column *c = batch_finish(b)->inputs[IN_SHARE];
  static const int64_t units[] = {300, 25, 0, -150, 0};
  assert_int_equal(c->scale, 2);
  assert_memory_equal(c->units, units, sizeof units);
  assert_null(c->exact);
}

static void whole_numbers_keep_scale_0(void **state) {
  BatchBuilder *b = builder();
  for (int64_t i = 0; i < 200; i++) {
    begin(b);
    if (i % 3) build_number(b, IN_STAFF, num_of(i));
  }
  const Column *c = batch_finish(b)->inputs[IN_STAFF];
  assert_int_equal(c->scale, 0);
  for (uint32_t i = 0; i < 200; i++) assert_int_equal(c->units[i], i % 3 ? i : 0);
}

static void numbers_that_share_no_scale_are_exact(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  build_number(b, IN_SHARE, num_of(INT64_MAX));
  begin(b);
  build_number(b, IN_SHARE, num_fraction(arena, 1, 10));
  begin(b);
  const Column *c = batch_finish(b)->inputs[IN_SHARE];
  assert_null(c->units);
  assert_true(num_equal(c->exact[0], num_of(INT64_MAX)));
  assert_true(num_equal(c->exact[1], num_fraction(arena, 1, 10)));
  assert_false(column_is_known(c, 2));
}

static void what_no_integer_holds_is_exact(void **state) {
  Num third = num_fraction(arena, 1, 3), huge;
  assert_int_equal(num_read(arena, VIEW("1234567890123456789012345678901234"), &huge), NUM_READ);
  BatchBuilder *b = builder();
  begin(b);
  build_number(b, IN_SHARE, num_of(2));
  begin(b);
  build_number(b, IN_SHARE, third);
  begin(b);
  build_number(b, IN_SHARE, huge);
  begin(b);
  build_number(b, IN_SHARE, huge);
  build_number(b, IN_SHARE, num_of(7));
  const Column *c = batch_finish(b)->inputs[IN_SHARE];
  assert_true(num_equal(c->exact[0], num_of(2)) && num_equal(c->exact[1], third));
  assert_true(num_equal(c->exact[2], huge) && num_equal(c->exact[3], num_of(7)));
}

static void an_error_stays_one(void **state) {
  Fault fault = fault_in_data(MSG_D0111, VIEW("f"), 1, VIEW("own share"));
  BatchBuilder *b = builder();
  begin(b);
  build_number(b, IN_SHARE, num_of(2));
  build_error(b, IN_SHARE, fault);
  build_number(b, IN_SHARE, num_of(2));
  build_yes_no(b, IN_APPROVED, true);
  begin(b);
  build_number(b, IN_SHARE, num_of(4));
  Batch *batch = batch_finish(b);
  assert_cell(batch, IN_SHARE, 0, "D0111");
  assert_cell(batch, IN_SHARE, 1, "4");
  assert_cell(batch, IN_APPROVED, 0, "yes");
  assert_int_equal(batch->spoiled[0], 1);
  assert_int_equal(batch->faults.count, 1);
  assert_int_equal(batch->faults.at[0].row, 0);
  assert_ptr_equal(batch->faults.at[0].fault, batch->inputs[IN_SHARE]->faults[0]);
}

static void bounds_are_what_is_possible(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  Batch *batch = batch_finish(b);
  Range any = column_range(arena, batch->inputs[IN_POTENTIAL], 0);
  assert_true(any.has_low && any.has_high && num_equal(any.high, num_of(6)));
  assert_true(column_mask(batch->inputs[IN_SECTOR], 0) == 15);
}

static void faults_of_one_application_are_bounded(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  for (uint32_t i = 0; i < 5000; i++) {
    build_item(b, AT_MEMBERS);
    build_error(b, IN_MEMBER_NAME, fault_in_data(MSG_D0116, VIEW("f"), i, VIEW("members.name")));
  }
  begin(b);
  build_row_error(b, fault_in_data(MSG_D0102, VIEW("f"), 9, VIEW("x")));
  Batch *batch = batch_finish(b);
  assert_int_equal(batch->faults.count, ROW_MAX_FAULTS + 2);
  assert_int_equal(batch->faults.at[ROW_MAX_FAULTS].fault->code, MSG_D0100);
  assert_int_equal(batch->faults.at[ROW_MAX_FAULTS + 1].row, 1);
  assert_true(column_is_error(batch->inputs[IN_MEMBER_NAME], 4999));
  assert_int_equal(batch->spoiled[0], 3);
}

static void identities(void **state) {
  BatchBuilder *b = builder();
  begin(b);
  begin(b);
  build_identity(b, VIEW("A-7"), VIEW("Sjømat"));
  begin(b);
  build_identity_from_cells(b, 12);
  begin(b);
  build_text(b, IN_ID, VIEW("B"));
  build_text(b, IN_NAME, VIEW("Tre"));
  build_identity_from_cells(b, 13);
  Batch *batch = batch_finish(b);
  assert_true(view_is(batch->ids[0], "#1") && view_is(batch->ids[1], "A-7") && view_is(batch->names[1], "Sjømat"));
  assert_true(view_is(batch->ids[2], "#12") && batch->names[2].length == 0);
  assert_true(view_is(batch->ids[3], "B") && view_is(batch->names[3], "Tre"));
}

/* The id may be of any scalar type. */
static void an_id_has_its_text_form(void **state) {
  static const struct {
    uint32_t input;
    const char *id;
  } cases[] = {{IN_STAFF, "2016"},  {IN_SECTOR, "public"}, {IN_FOUNDED, "2019-09-06"},
               {IN_APPROVED, "no"}, {IN_RUNNING, "P1Y6M"}, {IN_RECEIVED, "2019-09-06 15:00"}};
  Program altered = *program;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    altered.id_field = cases[i].input;
    BatchBuilder *b = batch_builder_new(arena, &altered);
    begin(b);
    build_number(b, IN_STAFF, num_of(2016));
    build_code(b, IN_SECTOR, 2);
    build_number(b, IN_FOUNDED, num_of(18145));
    build_number(b, IN_RECEIVED, num_of(18145 * INT64_C(86400) + 13 * 3600));
    build_number(b, IN_RUNNING, num_of(18));
    build_yes_no(b, IN_APPROVED, false);
    build_identity_from_cells(b, 1);
    assert_true(view_is(batch_finish(b)->ids[0], cases[i].id));
  }
}

static void full_batches(void **state) {
  BatchBuilder *b = builder();
  for (uint32_t i = 0; i < BATCH_ROWS; i++) {
    begin(b);
    build_yes_no(b, IN_APPROVED, i % 2);
    build_code(b, IN_SECTOR, i % 4);
  }
  Batch *batch = batch_finish(b);
  for (uint32_t i = 0; i < BATCH_ROWS; i++) {
    assert_int_equal(bit_get(batch->inputs[IN_APPROVED]->yes, i), i % 2);
    assert_int_equal(bit_get(batch->inputs[IN_APPROVED]->no, i), 1 - i % 2);
    assert_int_equal(batch->inputs[IN_SECTOR]->codes[i], i % 4);
    assert_int_equal(batch->lines[i], i + 1);
  }
}

static void build_some(Arena *own) {
  BatchBuilder *b = batch_builder_new(own, program);
  for (int i = 0; i < 70; i++) {
    build_application(b, VIEW("f"), 1);
    build_item(b, AT_MEMBERS);
    build_text(b, IN_MEMBER_NAME, VIEW("x"));
    build_number(b, IN_SHARE, num_fraction(own, 1, 3 + i));
    if (i == 50) build_error(b, IN_SECTOR, fault_in_data(MSG_D0123, VIEW("f"), 1, VIEW("sector")));
  }
  batch_finish(b);
}

static void memory_runs_out_at_every_allocation(void **state) { assert_true(refuse_each_allocation(build_some) > 10); }

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_batch),
      cmocka_unit_test(what_was_not_set_is_missing),
      cmocka_unit_test(items_belong_to_their_parents),
      cmocka_unit_test(numbers_get_one_scale),
      cmocka_unit_test(whole_numbers_keep_scale_0),
      cmocka_unit_test(numbers_that_share_no_scale_are_exact),
      cmocka_unit_test(what_no_integer_holds_is_exact),
      cmocka_unit_test(an_error_stays_one),
      cmocka_unit_test(bounds_are_what_is_possible),
      cmocka_unit_test(faults_of_one_application_are_bounded),
      cmocka_unit_test(identities),
      cmocka_unit_test(an_id_has_its_text_form),
      cmocka_unit_test(full_batches),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_program, drop_arena);
}
