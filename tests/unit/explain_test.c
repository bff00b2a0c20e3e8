#include "eval/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* A program made by hand. One application; three members, of which the second
 * has no sector and the third is a knowledge institution:
 *
 *   members : list of Member complete when confirmed
 *   enough  : count(members where sector = business) >= 2 and received is before 2020
 *   share   : own / total */

enum { SECTOR, CONFIRMED, RECEIVED, OWN, TOTAL, INPUTS };

enum {
  N_SECTOR,
  N_CONFIRMED,
  N_RECEIVED,
  N_OWN,
  N_TOTAL,
  N_BUSINESS,
  N_COUNT,
  N_TWO,
  N_ENOUGH,
  N_DAY,
  N_EARLY,
  N_BOTH,
  N_SHARE,
  N_CHOICE,
  N_PICK,
  N_PICKED,
  NODES
};

enum { NB_BUSINESS, NB_KNOWLEDGE };

static Arena *arena;
static Program program;
static Evaluation e;

static View sectors[] = {{"business", 8}, {"knowledge", 9}};
static const EnumType sector_values = {.name = {"sector", 6}, .values = sectors, .count = 2};
static const Type sector_type = {.kind = TYPE_ENUM, .values = &sector_values};
static const Type yes_no_type = {.kind = TYPE_YES_NO};
static const Type number_type = {.kind = TYPE_NUMBER};
static const Type date_type = {.kind = TYPE_DATE};

static Input inputs[INPUTS] = {
    [SECTOR] = {.name = {"members.sector", 14}, .type = &sector_type, .space = 1},
    [CONFIRMED] = {.name = {"confirmed", 9}, .type = &yes_no_type, .node = N_CONFIRMED},
    [RECEIVED] = {.name = {"received", 8}, .type = &date_type},
    [OWN] = {.name = {"own", 3}, .type = &number_type},
    [TOTAL] = {.name = {"total", 5}, .type = &number_type, .bounds = {.has_low = true}},
};

static DataSpace data_spaces[] = {{0}, {.parent = 0, .name = {"members", 7}, .given = CONFIRMED}};
static Space spaces[] = {{SPACE_ROOT, NO_INDEX, 0}, {SPACE_DATA, ROOT_SPACE, 1}};

#define OWN_SPACE(o, t, x, y, z) \
  { .op = (o), .type = (t), .a = (x), .b = (y), .c = (z) }

static Node nodes[NODES] = {
    [N_SECTOR] = {OP_INPUT, &sector_type, 1, NO_NODE, NO_NODE, NO_NODE, .index = SECTOR},
    [N_CONFIRMED] = {OP_INPUT, &yes_no_type, 0, NO_NODE, NO_NODE, NO_NODE, .index = CONFIRMED},
    [N_RECEIVED] = {OP_INPUT, &date_type, 0, NO_NODE, NO_NODE, NO_NODE, .index = RECEIVED},
    [N_OWN] = {OP_INPUT, &number_type, 0, NO_NODE, NO_NODE, NO_NODE, .index = OWN},
    [N_TOTAL] = {OP_INPUT, &number_type, 0, NO_NODE, NO_NODE, NO_NODE, .index = TOTAL},
    [N_BUSINESS] = {OP_IN_MASK, &yes_no_type, 1, N_SECTOR, NO_NODE, NO_NODE, .mask = 1},
    [N_COUNT] = {OP_COUNT, &number_type, 0, N_BUSINESS, N_CONFIRMED, NO_NODE, .index = 1},
    [N_TWO] = OWN_SPACE(OP_CONSTANT, &number_type, NO_NODE, NO_NODE, NO_NODE),
    [N_ENOUGH] = OWN_SPACE(OP_LESS_EQUAL, &yes_no_type, N_TWO, N_COUNT, NO_NODE),
    [N_DAY] = OWN_SPACE(OP_CONSTANT, &date_type, NO_NODE, NO_NODE, NO_NODE),
    [N_EARLY] = OWN_SPACE(OP_LESS, &yes_no_type, N_RECEIVED, N_DAY, NO_NODE),
    [N_BOTH] = OWN_SPACE(OP_AND, &yes_no_type, N_ENOUGH, N_EARLY, NO_NODE),
    [N_SHARE] = OWN_SPACE(OP_DIVIDE, &number_type, N_OWN, N_TOTAL, NO_NODE),
    [N_CHOICE] = OWN_SPACE(OP_IF, &number_type, N_CONFIRMED, N_OWN, N_TOTAL),
    [N_PICK] = {OP_PICK, &number_type, 0, N_BUSINESS, NO_NODE, NO_NODE, .index = 1},
    [N_PICKED] = OWN_SPACE(OP_PICKED, &sector_type, N_SECTOR, N_PICK, NO_NODE),
};

static uint32_t member_offsets[] = {0, 3}, member_parents[] = {0, 0, 0};
static SpaceRows rows[] = {{.rows = 1}, {.rows = 3, .offsets = member_offsets, .parents = member_parents}};

static void set_yes_no(uint32_t node, uint32_t row, bool yes) {
  Column *c = e.columns[node];
  bit_clear(c->yes, row);
  bit_clear(c->no, row);
  bit_set(yes ? c->yes : c->no, row);
}

static void set_code(uint32_t node, uint32_t row, uint32_t code) {
  e.columns[node]->codes[row] = code;
  bit_set(e.columns[node]->known, row);
}

static void set_units(uint32_t node, int64_t units) {
  e.columns[node]->units[0] = units;
  bit_set(e.columns[node]->known, 0);
}

/* Everything unknown but for the sectors of the first and the third member. */
static int make(void **state) {
  arena = arena_new();
  program = (Program){.arena = arena,
                      .inputs = inputs,
                      .input_count = INPUTS,
                      .data_spaces = data_spaces,
                      .data_space_count = 2,
                      .spaces = spaces,
                      .space_count = 2,
                      .nodes = nodes,
                      .node_count = NODES,
                      .as_of = NO_NODE,
                      .as_of_source = NO_NODE,
                      .as_known_on = NO_NODE};
  e = (Evaluation){.arena = arena, .program = &program, .spaces = rows};
  e.columns = arena_array(arena, Column *, NODES);
  for (uint32_t i = 0; i < NODES; i++) e.columns[i] = column_new(arena, nodes[i].type, rows[nodes[i].space].rows);
  set_code(N_SECTOR, 0, NB_BUSINESS);
  set_code(N_SECTOR, 2, NB_KNOWLEDGE);
  set_yes_no(N_BUSINESS, 0, true);
  set_yes_no(N_BUSINESS, 2, false);
  set_units(N_TWO, 2);
  set_units(N_DAY, 18262);
  e.columns[N_COUNT]->any = (Range){.low = num_of(1), .has_low = true};
  return 0;
}

static int drop(void **state) {
  arena_free(arena);
  return 0;
}

static void assert_view(View got, const char *wanted) {
  if (!view_is(got, wanted)) printf("got “%.*s”, not “%s”\n", (int)got.length, got.at, wanted);
  assert_true(view_is(got, wanted));
}

static void assert_missing(uint32_t node, const char *wanted) {
  NameRows names = {0};
  explain_missing(&e, node, 0, arena, &names);
  Writer *w = writer_to_memory(arena);
  for (uint32_t i = 0; i < names.count; i++) {
    if (i > 0) write_text(w, ", ");
    write_view(w, names.at[i]);
  }
  assert_view(writer_memory(w), wanted);
}

static void missing_of_a_list(void **state) {
  assert_missing(N_COUNT, "confirmed, members[2].sector");
  set_yes_no(N_CONFIRMED, 0, false);
  assert_missing(N_COUNT, "members, members[2].sector");
  set_yes_no(N_CONFIRMED, 0, true);
  assert_missing(N_COUNT, "members[2].sector");
}

static void missing_only_where_unknown(void **state) {
  assert_missing(N_BOTH, "confirmed, members[2].sector, received");
  set_yes_no(N_ENOUGH, 0, true);
  assert_missing(N_BOTH, "received");
  set_yes_no(N_BOTH, 0, false);
  assert_missing(N_BOTH, "");
}

static void missing_of_a_choice(void **state) {
  assert_missing(N_CHOICE, "confirmed, own, total");
  set_yes_no(N_CONFIRMED, 0, true);
  assert_missing(N_CHOICE, "own");
  set_yes_no(N_CONFIRMED, 0, false);
  assert_missing(N_CHOICE, "total");
}

static void missing_of_the_one_item(void **state) {
  assert_missing(N_PICKED, "members[2].sector");
  e.columns[N_PICK] = column_new(arena, &number_type, 1);
  set_units(N_PICK, 1);
  set_yes_no(N_BUSINESS, 0, false);
  set_yes_no(N_BUSINESS, 1, true);
  assert_missing(N_PICKED, "members[2].sector");
}

static void missing_is_told_once(void **state) {
  NameRows names = {0};
  explain_missing(&e, N_CHOICE, 0, arena, &names);
  explain_missing(&e, N_SHARE, 0, arena, &names);
  assert_int_equal(names.count, 3);
}

static void a_list_that_goes_on(void **state) {
  assert_view(missing_text(&e, VIEW("members"), 0, arena, LANGUAGE_EN), "members");
  set_yes_no(N_CONFIRMED, 0, true);
  assert_view(missing_text(&e, VIEW("members"), 0, arena, LANGUAGE_EN), "members (more may come)");
  assert_view(missing_text(&e, VIEW("total"), 0, arena, LANGUAGE_EN), "total");
}

static void bounds_of_missing_inputs(void **state) {
  Range from_zero = {.low = num_of(0), .has_low = true}, from_one = {.low = num_of(1), .has_low = true};
  inputs[TOTAL].bounds.low = num_of(0);
  assert_true(explain_bounds(&e, N_SHARE, 0, &from_zero, arena));
  assert_false(explain_bounds(&e, N_SHARE, 0, &from_one, arena));
  set_units(N_TOTAL, 7);
  assert_false(explain_bounds(&e, N_SHARE, 0, &from_zero, arena));
}

/* ---- what a value rests on ---- */

static void assert_basis(uint32_t node, uint32_t part, bool wanted) {
  Basis *basis = basis_new(&e, arena);
  basis_add(basis, node, 0);
  assert_int_equal(basis_has(basis, part), wanted);
}

static void basis_of_a_choice(void **state) {
  assert_basis(N_CHOICE, N_OWN, true);
  assert_basis(N_CHOICE, N_TOTAL, true);
  set_yes_no(N_CONFIRMED, 0, true);
  assert_basis(N_CHOICE, N_CONFIRMED, true);
  assert_basis(N_CHOICE, N_OWN, true);
  assert_basis(N_CHOICE, N_TOTAL, false);
}

static void basis_of_what_is_decided(void **state) {
  assert_basis(N_BOTH, N_RECEIVED, true);
  set_yes_no(N_ENOUGH, 0, false);
  set_yes_no(N_BOTH, 0, false);
  assert_basis(N_BOTH, N_RECEIVED, false);
  assert_basis(N_BOTH, N_BUSINESS, true);
}

static void basis_with_a_list(void **state) {
  ListRef members = {1, NO_NODE, N_CONFIRMED}, businesses = {1, N_BUSINESS, N_CONFIRMED}, early = {1, N_EARLY, NO_NODE};
  Basis *basis = basis_new(&e, arena);
  basis_add(basis, N_SHARE, 0);
  assert_false(basis_has_list(basis, &members, 0));
  basis_add(basis, N_ENOUGH, 0);
  assert_true(basis_has_list(basis, &members, 0) && basis_has_list(basis, &businesses, 0));
  basis = basis_new(&e, arena);
  basis_add_list(basis, 1);
  assert_true(basis_has_list(basis, &members, 0));
  assert_false(basis_has_list(basis, &early, 0));
}

static void errors_at_their_root(void **state) {
  static const Fault fault = {.code = MSG_E0101, .span = {UINT32_MAX, 0, 0}};
  column_fail(arena, e.columns[N_SHARE], 0, &fault);
  column_fail(arena, e.columns[N_EARLY], 0, &fault);
  column_fail(arena, e.columns[N_BOTH], 0, &fault);
  FaultList faults = {0};
  explain_faults(&e, N_BOTH, 0, arena, &faults);
  explain_faults(&e, N_SHARE, 0, arena, &faults);
  assert_int_equal(faults.count, 1);
  assert_ptr_equal(faults.at[0], &fault);
  assert_missing(N_BOTH, "");
  static const Fault elsewhere = {.code = MSG_E0101, .field = {"x", 1}, .span = {UINT32_MAX, 0, 0}};
  static const Fault again = {.code = MSG_E0101, .arguments = {{"9", 1}}, .span = {UINT32_MAX, 0, 0}};
  assert_true(view_equal(fault_key(&e, &fault, arena), fault_key(&e, &again, arena)));
  assert_false(view_equal(fault_key(&e, &fault, arena), fault_key(&e, &elsewhere, arena)));
  faults.count = 0;
  explain_faults(&e, N_COUNT, 0, arena, &faults);
  assert_int_equal(faults.count, 0);
}

static void places(void **state) {
  assert_view(place_name(&e, VIEW("members.sector"), 1, 2, arena), "members[3].sector");
  assert_view(place_name(&e, VIEW("members"), 1, 0, arena), "members[1]");
  assert_view(place_name(&e, VIEW("received"), 0, 0, arena), "received");
  assert_view(place_name(&e, VIEW("elsewhere.x"), 1, 0, arena), "elsewhere.x");
  RowRange range = rows_of_application(&e, 1, 0);
  assert_int_equal(range.first, 0);
  assert_int_equal(range.end, 3);
  assert_int_equal(row_in_space(&e, 1, 2, ROOT_SPACE), 0);
  assert_int_equal(row_in_space(&e, ROOT_SPACE, 0, 1), NO_INDEX);
}

/* A chain of 200 000 negations, each the operand of the next: no pass may need the machine's stack for it. */
static void a_long_chain(void **state) {
  enum { LENGTH = 200000 };
  Node *chain = arena_array(arena, Node, LENGTH);
  Column **columns = arena_array(arena, Column *, LENGTH);
  chain[0] = nodes[N_CONFIRMED];
  columns[0] = e.columns[N_CONFIRMED];
  for (uint32_t i = 1; i < LENGTH; i++) {
    chain[i] = (Node){.op = OP_NOT, .type = &yes_no_type, .a = i - 1, .b = NO_NODE, .c = NO_NODE};
    columns[i] = columns[0];
  }
  program.nodes = chain;
  e.columns = columns;
  assert_missing(LENGTH - 1, "confirmed");
  program.node_count = LENGTH;
  assert_basis(LENGTH - 1, 0, true);
  assert_basis(LENGTH - 1, LENGTH - 2, true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(missing_of_a_list, make, drop),
      cmocka_unit_test_setup_teardown(missing_only_where_unknown, make, drop),
      cmocka_unit_test_setup_teardown(missing_of_a_choice, make, drop),
      cmocka_unit_test_setup_teardown(missing_of_the_one_item, make, drop),
      cmocka_unit_test_setup_teardown(missing_is_told_once, make, drop),
      cmocka_unit_test_setup_teardown(a_list_that_goes_on, make, drop),
      cmocka_unit_test_setup_teardown(bounds_of_missing_inputs, make, drop),
      cmocka_unit_test_setup_teardown(basis_of_a_choice, make, drop),
      cmocka_unit_test_setup_teardown(basis_of_what_is_decided, make, drop),
      cmocka_unit_test_setup_teardown(basis_with_a_list, make, drop),
      cmocka_unit_test_setup_teardown(errors_at_their_root, make, drop),
      cmocka_unit_test_setup_teardown(places, make, drop),
      cmocka_unit_test_setup_teardown(a_long_chain, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
