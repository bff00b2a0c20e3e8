#include "lib/sample.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "data/spelling.h"

static Type *new_type(Arena *arena, TypeKind kind) {
  Type *type = arena_new_of(arena, Type);
  type->kind = kind;
  return type;
}

static Type *new_enum(Arena *arena, const char *const *values, uint32_t count) {
  Type *type = new_type(arena, TYPE_ENUM);
  EnumType *of = arena_new_of(arena, EnumType);
  of->values = arena_array(arena, View, count);
  of->count = count;
  for (uint32_t i = 0; i < count; i++) of->values[i] = view_of(values[i]);
  type->values = of;
  return type;
}

static void set_input(Program *p, uint32_t i, const char *name, const Type *type, uint32_t space) {
  p->inputs[i] = (Input){.name = view_of(name), .type = type, .space = space};
}

static Shape *new_shape(Arena *arena, uint32_t count) {
  Shape *shape = arena_new_of(arena, Shape);
  shape->fields = arena_array(arena, FieldShape, count);
  return shape;
}

static FieldShape *add_field(Shape *shape, const char *name, const Type *type) {
  FieldShape *field = &shape->fields[shape->count++];
  *field = (FieldShape){.name = view_of(name), .type = type, .input = NO_INDEX, .given = NO_INDEX};
  return field;
}

static void add_scalar(const Program *p, Shape *shape, const char *name, uint32_t input) {
  add_field(shape, name, p->inputs[input].type)->input = input;
}

static void add_inner(Arena *arena, Shape *shape, const char *name, Type *type, uint32_t given, Shape *inner,
                      uint32_t space) {
  if (type->kind == TYPE_LIST && inner->fields[0].name.length > 0)
    type->element = new_type(arena, TYPE_RECORD);
  else if (type->kind == TYPE_LIST)
    type->element = inner->fields[0].type;
  FieldShape *field = add_field(shape, name, type);
  field->given = given;
  field->shape = inner;
  field->data_space = space;
}

static void set_root_inputs(Arena *arena, Program *p) {
  static const char *const sectors[] = {"business", "knowledge", "public", "capital"};
  static const char *const levels[] = {"Arena", "Arena Pro", "NCE", "GCE", "Blåskjell"};
  Type *whole = new_type(arena, TYPE_NUMBER), *money = new_type(arena, TYPE_MONEY);
  whole->whole = true;
  money->currency = VIEW("NOK");
  set_input(p, IN_ID, "id", new_type(arena, TYPE_TEXT), 0);
  set_input(p, IN_NAME, "name", p->inputs[IN_ID].type, 0);
  set_input(p, IN_RECEIVED, "received", new_type(arena, TYPE_MOMENT), 0);
  set_input(p, IN_FOUNDED, "founded", new_type(arena, TYPE_DATE), 0);
  set_input(p, IN_STAFF, "staff", whole, 0);
  p->inputs[IN_STAFF].bounds = (Range){.low = num_of(0), .has_low = true};
  set_input(p, IN_SHARE, "own share", new_type(arena, TYPE_NUMBER), 0);
  set_input(p, IN_BUDGET, "total budget", money, 0);
  p->inputs[IN_BUDGET].bounds = (Range){.low = num_of(0), .has_low = true};
  set_input(p, IN_APPROVED, "approved", new_type(arena, TYPE_YES_NO), 0);
  set_input(p, IN_SECTOR, "sector", new_enum(arena, sectors, 4), 0);
  set_input(p, IN_RUNNING, "running", new_type(arena, TYPE_MONTHS), 0);
  set_input(p, IN_WAITING, "waiting", new_type(arena, TYPE_DURATION), 0);
  set_input(p, IN_LEVEL, "level sought", new_enum(arena, levels, 5), 0);
  set_input(p, IN_POTENTIAL, "potential", new_type(arena, TYPE_NUMBER), 0);
  Input *potential = &p->inputs[IN_POTENTIAL];
  potential->role = INPUT_CRITERION;
  potential->bounds = (Range){.low = num_of(1), .high = num_of(6), .has_low = true, .has_high = true};
  potential->has_step = true;
  potential->step = num_fraction(arena, 1, 2);
  set_input(p, IN_TRIGGERED, "triggered by support", p->inputs[IN_APPROVED].type, 0);
  p->inputs[IN_TRIGGERED].role = INPUT_JUDGEMENT;
}

static void set_inner_inputs(Program *p) {
  const Type *text = p->inputs[IN_ID].type, *yes_no = p->inputs[IN_APPROVED].type;
  set_input(p, IN_MEMBERS_GIVEN, "members", yes_no, 0);
  set_input(p, IN_MEMBER_NAME, "members.name", text, AT_MEMBERS);
  set_input(p, IN_MEMBER_SECTOR, "members.sector", p->inputs[IN_SECTOR].type, AT_MEMBERS);
  set_input(p, IN_ROLES_GIVEN, "members.roles", yes_no, AT_MEMBERS);
  set_input(p, IN_ROLE, "members.roles", text, AT_ROLES);
  set_input(p, IN_TAGS_GIVEN, "tags", yes_no, 0);
  set_input(p, IN_TAG, "tags", text, AT_TAGS);
  set_input(p, IN_ADDRESS_GIVEN, "address", yes_no, 0);
  set_input(p, IN_CITY, "address.city", text, 0);
  set_input(p, IN_POSTCODE, "address.post code", p->inputs[IN_STAFF].type, 0);
}

static Shape *member_shape(Arena *arena, const Program *p) {
  Shape *member = new_shape(arena, 3), *role = new_shape(arena, 1);
  add_scalar(p, role, "", IN_ROLE);
  add_scalar(p, member, "name", IN_MEMBER_NAME);
  add_scalar(p, member, "sector", IN_MEMBER_SECTOR);
  add_inner(arena, member, "roles", new_type(arena, TYPE_LIST), IN_ROLES_GIVEN, role, AT_ROLES);
  return member;
}

static Shape *application_shape(Arena *arena, const Program *p) {
  Shape *shape = new_shape(arena, SAMPLE_INPUTS), *tag = new_shape(arena, 1), *address = new_shape(arena, 2);
  for (uint32_t i = IN_ID; i <= IN_LEVEL; i++) {
    View name = p->inputs[i].name;
    add_scalar(p, shape, name.at, i);
  }
  add_inner(arena, shape, "members", new_type(arena, TYPE_LIST), IN_MEMBERS_GIVEN, member_shape(arena, p), AT_MEMBERS);
  add_scalar(p, tag, "", IN_TAG);
  add_inner(arena, shape, "tags", new_type(arena, TYPE_LIST), IN_TAGS_GIVEN, tag, AT_TAGS);
  add_scalar(p, address, "city", IN_CITY);
  add_scalar(p, address, "post code", IN_POSTCODE);
  add_inner(arena, shape, "address", new_type(arena, TYPE_RECORD), IN_ADDRESS_GIVEN, address, 0);
  add_scalar(p, shape, "potential", IN_POTENTIAL);
  add_scalar(p, shape, "triggered by support", IN_TRIGGERED);
  shape->fields[shape->count - 1].role = INPUT_JUDGEMENT;
  return shape;
}

Program *sample_program(Arena *arena) {
  Program *p = arena_new_of(arena, Program);
  p->arena = arena;
  p->zone_name = VIEW("Europe/Oslo");
  p->zone = zone_load(arena, p->zone_name);
  p->input_count = SAMPLE_INPUTS;
  p->inputs = arena_array(arena, Input, SAMPLE_INPUTS);
  set_root_inputs(arena, p);
  set_inner_inputs(p);
  p->data_space_count = SAMPLE_SPACES;
  p->data_spaces = arena_array(arena, DataSpace, SAMPLE_SPACES);
  p->data_spaces[AT_MEMBERS] = (DataSpace){0, VIEW("members"), IN_MEMBERS_GIVEN};
  p->data_spaces[AT_ROLES] = (DataSpace){AT_MEMBERS, VIEW("members.roles"), IN_ROLES_GIVEN};
  p->data_spaces[AT_TAGS] = (DataSpace){0, VIEW("tags"), IN_TAGS_GIVEN};
  p->application = application_shape(arena, p);
  p->id_field = 0;
  p->name_field = 1;
  return p;
}

/* ---- what came of it ---- */

View cell_shown(Arena *arena, const Batch *batch, uint32_t input, uint32_t row) {
  const Column *c = batch->inputs[input];
  if (column_is_error(c, row)) return view_of(message_table[c->faults[row]->code].name);
  if (!column_is_known(c, row)) return VIEW("?");
  const Type *type = batch->program->inputs[input].type;
  switch (c->kind) {
  case COLUMN_BITS: return bit_get(c->yes, row) ? VIEW("yes") : VIEW("no");
  case COLUMN_NUMBERS: return value_spelling(arena, batch->program, type, column_number(arena, c, row));
  case COLUMN_CODES: return type->values->values[c->codes[row]];
  case COLUMN_TEXTS: return c->texts[row];
  }
  return VIEW("");
}

View fault_shown(Arena *arena, const Fault *fault) {
  Writer *w = writer_to_memory(arena);
  write_format(w, "%s line %u ", message_table[fault->code].name, fault->line);
  write_visible(w, fault->field);
  write_text(w, ": ");
  write_view(w, fault_sentence(arena, fault, LANGUAGE_EN));
  return writer_memory(w);
}

View batch_shown(Arena *arena, const Batch *batch) {
  Writer *w = writer_to_memory(arena);
  for (uint32_t row = 0; row < batch->rows; row++) {
    write_view(w, batch->ids[row]);
    write_format(w, " line %u%s\n", batch->lines[row], bit_get(batch->spoiled, row) ? " spoiled" : "");
  }
  for (uint32_t space = 1; space < batch->program->data_space_count; space++) {
    uint32_t parents = batch->items[batch->program->data_spaces[space].parent].rows;
    for (uint32_t i = 0; i <= parents; i++) write_format(w, "%u ", batch->items[space].offsets[i]);
    write_char(w, '\n');
  }
  for (uint32_t input = 0; input < batch->program->input_count; input++) {
    write_view(w, batch->program->inputs[input].name);
    for (uint32_t row = 0; row < batch->inputs[input]->rows; row++) {
      write_text(w, " | ");
      write_view(w, cell_shown(arena, batch, input, row));
    }
    write_char(w, '\n');
  }
  for (uint32_t i = 0; i < batch->faults.count; i++) {
    write_format(w, "%u ", batch->faults.at[i].row);
    write_view(w, fault_shown(arena, batch->faults.at[i].fault));
    write_char(w, '\n');
  }
  return writer_memory(w);
}

int sample_fd(View bytes) {
  int fd = memfd_create("sample", MFD_CLOEXEC);
  for (uint32_t at = 0; fd >= 0 && at < bytes.length;) {
    ssize_t written = write(fd, bytes.at + at, bytes.length - at);
    if (written <= 0) abort();
    at += (uint32_t)written;
  }
  if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0) abort();
  return fd;
}
