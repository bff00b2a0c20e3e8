#include "data/overlay.h"

#include "data/reader.h"
#include "data/record.h"

/* ---- what the test gives inline ---- */

static View place_of_test(const Program *program, const TestCase *test, uint32_t *line) {
  const Source *source = program->sources->at[test->span.source];
  *line = source_line(source, test->span.start);
  return source->name;
}

static Batch *read_inline(Arena *arena, Arena *scratch, const Program *program, const TestCase *test) {
  uint32_t line;
  View file = place_of_test(program, test, &line);
  BatchBuilder *b = batch_builder_new(arena, program);
  record_bind(record_binder_new(scratch, program), b, file, &(Record){.bytes = test->data, .line = line}, 1);
  return batch_finish(b);
}

/* ---- the file ---- */

static bool is_wanted(const Batch *batch, const TestCase *test) {
  return test->given_id.length == 0 || view_equal(batch->ids[0], test->given_id);
}

/* Row by row, so that each is a batch of its own. The one that is wanted stays; the others are passed over. */
static Batch *read_given(Arena *arena, Arena *scratch, const Program *program, const TestCase *test, GivenState *state,
                         Fault *fault) {
  Reader *reader = reader_open(scratch, program, test->given, FORMAT_BY_NAME, fault);
  *state = GIVEN_UNREADABLE;
  if (!reader) return NULL;
  Arena *passed = arena_new();
  Batch *found = NULL, *batch;
  *state = GIVEN_NONE;
  while (*state != GIVEN_SEVERAL && (batch = reader_next(reader, found ? passed : arena, 1))) {
    bool wanted = is_wanted(batch, test);
    if (wanted) *state = found ? GIVEN_SEVERAL : GIVEN_FINE;
    if (wanted && !found)
      found = batch;
    else
      arena_reset(found ? passed : arena);
  }
  arena_free(passed);
  if (reader_fault(reader)) {
    *fault = *reader_fault(reader);
    *state = GIVEN_UNREADABLE;
  }
  reader_close(reader);
  return *state == GIVEN_FINE ? found : NULL;
}

/* ---- one over the other ---- */

/* The field with all that it holds. */
static void take_field(Batch *base, const Batch *over, const FieldShape *field) {
  if (field->input != NO_INDEX) base->inputs[field->input] = over->inputs[field->input];
  if (field->given != NO_INDEX) base->inputs[field->given] = over->inputs[field->given];
  if (field->data_space != NO_INDEX && field->data_space != 0)
    base->items[field->data_space] = over->items[field->data_space];
  for (uint32_t i = 0; field->shape && i < field->shape->count; i++) take_field(base, over, &field->shape->fields[i]);
}

/* A field that is given is in a record that is. */
static void lay_over(Batch *base, const Batch *over, const TestCase *test) {
  for (uint32_t i = 0; i < test->override_count; i++) {
    const Override *override = &test->overrides[i];
    for (uint32_t k = 0; k + 1 < override->depth; k++)
      base->inputs[override->path[k]->given] = over->inputs[override->path[k]->given];
    take_field(base, over, override->path[override->depth - 1]);
  }
  for (uint32_t i = 0; i < over->faults.count; i++) list_push(base->arena, &base->faults, over->faults.at[i]);
  if (over->spoiled && base->spoiled) base->spoiled[0] |= over->spoiled[0];
}

Batch *overlay_read(Arena *arena, Arena *scratch, const Program *program, const TestCase *test, GivenState *state,
                    Fault *fault) {
  *state = GIVEN_FINE;
  if (!test->given) return read_inline(arena, scratch, program, test);
  Batch *batch = read_given(arena, scratch, program, test, state, fault);
  if (batch && test->override_count > 0) lay_over(batch, read_inline(arena, scratch, program, test), test);
  return batch;
}
