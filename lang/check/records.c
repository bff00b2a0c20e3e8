/* Records that are put together in the text: literals, one of two by a condition, the items of a list of literals or of
 * lists one behind another. A field of such a record is worked out when somebody asks for it. */
#include "check/signature.h"

typedef enum MadeKind {
  MADE_FIELDS, /* parts: the fields */
  MADE_CHOICE, /* parts: two records, by the condition */
  MADE_ITEMS,  /* parts: a record for each item of a literal list; they stand in the space around it */
  MADE_CHAIN,  /* parts: a record for each part of the chain */
  MADE_WITHIN  /* parts: the record, in a space around this one */
} MadeKind;

typedef struct Made {
  MadeKind kind;
  uint32_t space; /* where its fields are at home; the record may be repeated or picked from it */
  uint32_t condition;
  const Value *parts;
  uint32_t count;
  uint32_t depth; /* of records made of made records */
  Value *known;   /* the fields that were worked out; VALUE_NOTHING: not yet */
} Made;

enum { DEPTH_MOST = 32 };

static uint32_t depth_of(const Value *value) {
  return value->kind == VALUE_RECORD && value->record.made ? value->record.made->depth : 0;
}

static View key_of_made(Checker *c, const Shape *shape, const Made *made, const Value *parts, uint32_t count) {
  KeyParts key = {0};
  const uint64_t head[] = {(uint64_t)(uintptr_t)shape, made->kind, made->space, made->condition};
  for (size_t i = 0; i < sizeof head / sizeof *head; i++) list_push(c->arena, &key, head[i]);
  for (uint32_t i = 0; i < count; i++) key_of_value(c, &parts[i], &key);
  return (View){(const char *)key.at, key.count * (uint32_t)sizeof *key.at};
}

/* Equal ones are made once, so that a call over an equal one is an equal call. Who asks for the fields of one that is too
 * deep is told. */
static Value made_record(Checker *c, const Shape *shape, Made made, const Value *parts, uint32_t count) {
  View key = key_of_made(c, shape, &made, parts, count);
  uint32_t known;
  if (map_get(&c->made_index, key, &known))
    return record_value(
        c,
        (RecordRef){.space = made.space, .shape = shape, .table = NO_INDEX, .pick = NO_NODE, .made = c->made.at[known]});
  Made *kept = arena_copy(c->arena, &made, sizeof made);
  map_add(&c->made_index, key, c->made.count);
  list_push(c->arena, &c->made, kept);
  kept->parts = arena_copy(c->arena, parts, count * sizeof *parts);
  kept->count = count;
  kept->depth = 1;
  for (uint32_t i = 0; made.kind != MADE_FIELDS && i < count; i++)
    if (depth_of(&parts[i]) >= kept->depth) kept->depth = depth_of(&parts[i]) + 1;
  kept->known = arena_array(c->arena, Value, shape->count);
  RecordRef record = {.space = made.space, .shape = shape, .table = NO_INDEX, .pick = NO_NODE, .made = kept};
  return record_value(c, record);
}

uint32_t value_space(const Checker *c, const Value *value) {
  if (value->kind == VALUE_SCALAR) return c->nodes.at[value->node].space;
  return value->record.pick != NO_NODE ? c->nodes.at[value->record.pick].space : value->record.space;
}

Value record_within(Checker *c, const Value *record, uint32_t space) {
  if (record->record.space == space && record->record.pick == NO_NODE) return *record;
  return made_record(c, record->record.shape, (Made){.kind = MADE_WITHIN, .space = space}, record, 1);
}

Value record_choice(Checker *c, uint32_t condition, const Value *yes, const Value *no, Span span) {
  (void)span;
  const Constant *known = node_as_constant(c, condition);
  if (known) return known->yes ? *yes : *no;
  uint32_t space = space_deeper(c, value_space(c, yes), value_space(c, no));
  Value parts[2] = {*yes, *no};
  Made made = {
      .kind = MADE_CHOICE, .space = space_deeper(c, space, c->nodes.at[condition].space), .condition = condition};
  return made_record(c, yes->record.shape, made, parts, 2);
}

Value records_chained(Checker *c, const Value *records, uint32_t count, uint32_t space) {
  return made_record(c, records[0].record.shape, (Made){.kind = MADE_CHAIN, .space = space}, records, count);
}

Value list_of_records(Checker *c, const Value *records, uint32_t count, const Type *type, uint32_t parent, Span span) {
  (void)span;
  uint32_t space = space_get(c, SPACE_LITERAL, parent, count);
  Value *element = arena_new_of(c->arena, Value);
  *element = made_record(c, type->shape, (Made){.kind = MADE_ITEMS, .space = space}, records, count);
  return (Value){.kind = VALUE_LIST,
                 .type = list_type(c, type),
                 .node = NO_NODE,
                 .list = {space, NO_NODE, NO_NODE},
                 .element = element};
}

/* ---- fields ---- */

static Value field_of_part(Checker *c, const Made *made, uint32_t part, uint32_t index, Span span) {
  return record_field(c, &made->parts[part].record, index, span);
}

/* One node for each part, as the rows of a literal list or of a chain. */
static Value field_in_rows(Checker *c, const Made *made, const Type *type, uint32_t index, Span span) {
  uint32_t *nodes = arena_array(c->arena, uint32_t, made->count);
  bool chain = made->kind == MADE_CHAIN;
  const uint32_t *spaces = c->arguments.at + c->spaces.at[made->space].index + 1;
  for (uint32_t i = 0; i < made->count; i++) {
    Value field = field_of_part(c, made, i, index, span);
    if (field.kind != VALUE_SCALAR) return value_nothing(c);
    type = i == 0 ? field.type : type_joined(c, type, field.type);
    if (chain) spaces = c->arguments.at + c->spaces.at[made->space].index + 1;
    nodes[i] = node_spread(c, field.node, chain ? spaces[i] : c->spaces.at[made->space].parent, span);
  }
  return value_scalar(c, node_add(c, (Node){.op = chain ? OP_CHAIN : OP_ITEMS,
                                            .type = type,
                                            .space = made->space,
                                            .a = NO_NODE,
                                            .b = NO_NODE,
                                            .c = NO_NODE,
                                            .first = made->count ? arguments_add(c, nodes, made->count) : 0,
                                            .count = made->count,
                                            .span = span}));
}

/* A field that is a record has a record for each part, too. */
static Value record_in_rows(Checker *c, const Made *made, uint32_t index, Span span) {
  Value *parts = arena_array(c->arena, Value, made->count);
  for (uint32_t i = 0; i < made->count; i++) {
    parts[i] = field_of_part(c, made, i, index, span);
    if (parts[i].kind != VALUE_RECORD) return value_nothing(c);
  }
  if (!made->count) return value_nothing(c);
  return made_record(c, parts[0].record.shape, *made, parts, made->count);
}

static Value chosen_field(Checker *c, const Made *made, uint32_t index, Span span) {
  Value yes = field_of_part(c, made, 0, index, span), no = field_of_part(c, made, 1, index, span);
  if (is_nothing(&yes) || is_nothing(&no) || yes.kind != no.kind) return value_nothing(c);
  if (yes.kind == VALUE_RECORD) return record_choice(c, made->condition, &yes, &no, span);
  if (yes.kind == VALUE_SCALAR) return value_scalar(c, node_if(c, made->condition, yes.node, no.node, span));
  Value lists[2] = {yes, no};
  uint32_t conditions[2] = {made->condition, node_not(c, made->condition, span)};
  return list_chain(c, lists, conditions, 2, span);
}

/* The field where the record is at home. */
static Value field_at_home(Checker *c, const RecordRef *record, uint32_t index, Span span) {
  const Made *made = record->made;
  const Type *type = record->shape->fields[index].type;
  switch (made->kind) {
  case MADE_FIELDS: return made->parts[index];
  case MADE_CHOICE: return chosen_field(c, made, index, span);
  case MADE_WITHIN: return field_of_part(c, made, 0, index, span);
  case MADE_ITEMS:
  case MADE_CHAIN:
    if (type->kind == TYPE_RECORD) return record_in_rows(c, made, index, span);
    return type->kind == TYPE_LIST ? value_nothing(c) : field_in_rows(c, made, type, index, span);
  }
  return value_nothing(c);
}

static Value moved_record(Checker *c, const RecordRef *record, const Value *field) {
  Value within = record_within(c, field, record->made->space);
  within.record.space = record->space;
  within.record.pick = record->pick;
  return within;
}

Value made_field(Checker *c, const RecordRef *record, uint32_t index, Span span) {
  if (record->made->depth > DEPTH_MOST) {
    diag_add(c->diags, MSG_E0459, span, view_format(c->arena, "%u", DEPTH_MOST), DIAG_END);
    return value_nothing(c);
  }
  Value *known = &record->made->known[index];
  if (known->kind == VALUE_NOTHING) *known = field_at_home(c, record, index, span);
  Value field = *known;
  bool moved = record->space != record->made->space || record->pick != NO_NODE;
  if (record->shape->fields[index].type->kind == TYPE_LIST && (moved || field.kind != VALUE_LIST)) {
    diag_add(c->diags, MSG_E0421, span, record->shape->fields[index].name, DIAG_END);
    return value_nothing(c);
  }
  if (field.kind == VALUE_RECORD) return moved_record(c, record, &field);
  if (field.kind != VALUE_SCALAR || !moved) return field;
  uint32_t node = node_spread(c, field.node, record->made->space, span);
  return value_scalar(c, picked(c, column_in(c, node, record->space, span), record->pick, span));
}

/* ---- literals ---- */

static bool has_all_fields(const Shape *shape, const NameList *names) {
  RecordRef record = {.shape = shape};
  uint32_t index;
  for (uint32_t i = 0; i < names->count; i++)
    if (!find_field(&record, names->at[i].text, &index)) return false;
  return true;
}

/* The only declared record that has all these fields; NULL where there is none, or several. */
static const Type *only_record_with(Checker *c, const NameList *names) {
  const Type *found = NULL;
  for (uint32_t i = 0; i < c->types.count; i++) {
    const Type *type = c->types.at[i];
    if (type->kind != TYPE_RECORD || !type_find(c, type->name) || !has_all_fields(type->shape, names)) continue;
    if (found) return NULL;
    found = type;
  }
  return found;
}

static bool names_are_unique(Checker *c, const NameList *names) {
  for (uint32_t i = 0; i < names->count; i++)
    for (uint32_t k = 0; k < i; k++) {
      if (!view_equal(names->at[i].text, names->at[k].text)) continue;
      diag_add(c->diags, MSG_E0455, names->at[i].span, names->at[i].text, DIAG_END)->other = names->at[k].span;
      return false;
    }
  return true;
}

static uint32_t missing_node(Checker *c, const Type *type, Span span) {
  return node_constant(c, (Constant){.type = type, .number = num_of(0), .missing = true}, ROOT_SPACE, span);
}

/* A list that is missing has no items, and may go on; of a record every field is. */
static Value missing_value(Checker *c, const Type *type, uint32_t space, Span span) {
  if (type->kind == TYPE_RECORD) {
    Value *fields = arena_array(c->arena, Value, type->shape->count);
    for (uint32_t i = 0; i < type->shape->count; i++)
      fields[i] = missing_value(c, type->shape->fields[i].type, space, span);
    return made_record(c, type->shape, (Made){.kind = MADE_FIELDS, .space = space}, fields, type->shape->count);
  }
  if (type->kind != TYPE_LIST) return value_scalar(c, missing_node(c, type, span));
  Value list = type->element->kind == TYPE_RECORD ? list_of_records(c, NULL, 0, type->element, space, span)
                                                  : list_of_nodes(c, NULL, NULL, 0, type->element, space, span);
  list.list.complete = node_spread(c, missing_node(c, c->yes_no, span), space, span);
  return list;
}

/* Of a declared record: what is not given is missing, as it would be in data. */
static Value literal_of(Checker *c, const Env *env, const Expr *expr, const Type *type) {
  const Shape *shape = type->shape;
  RecordRef record = {.shape = shape};
  Value *fields = arena_array(c->arena, Value, shape->count);
  bool sound = true;
  for (uint32_t i = 0; i < shape->count; i++)
    fields[i] = missing_value(c, shape->fields[i].type, env->space, expr->span);
  for (uint32_t i = 0; i < expr->items.count; i++) {
    uint32_t index;
    const Name *name = &expr->names.at[i];
    if (!find_field(&record, name->text, &index)) {
      report_no_field(c, &record, name->text, name->span);
      sound = false;
      continue;
    }
    fields[index] = elaborate_as(c, env, expr->items.at[i], shape->fields[index].type);
    sound &= !is_nothing(&fields[index]);
  }
  if (!sound) return value_nothing(c);
  return made_record(c, shape, (Made){.kind = MADE_FIELDS, .space = env->space}, fields, shape->count);
}

/* "{buyer: text, seller: text}": two of them are of one type where they have the same fields. */
static View name_of_shape(Checker *c, const Shape *shape) {
  Writer *w = writer_to_memory(c->arena);
  for (uint32_t i = 0; i < shape->count; i++) {
    write_text(w, i ? ", " : "{");
    write_view(w, shape->fields[i].name);
    write_text(w, ": ");
    write_view(w, shape->fields[i].type->name);
  }
  write_char(w, '}');
  return writer_memory(w);
}

/* Of no declared record: its fields are those that it names. */
static Value literal_by_itself(Checker *c, const Env *env, const Expr *expr) {
  Shape *shape = arena_new_of(c->arena, Shape);
  Value *fields = arena_array(c->arena, Value, expr->items.count);
  Env inner = *env;
  inner.expected = NULL;
  shape->count = expr->items.count;
  shape->fields = arena_array(c->arena, FieldShape, shape->count);
  for (uint32_t i = 0; i < shape->count; i++) {
    fields[i] = elaborate(c, &inner, expr->items.at[i]);
    if (is_nothing(&fields[i])) return fields[i];
    shape->fields[i] = (FieldShape){.name = expr->names.at[i].text,
                                    .type = fields[i].type,
                                    .input = NO_INDEX,
                                    .data_space = NO_INDEX,
                                    .given = NO_INDEX};
  }
  shape->name = name_of_shape(c, shape);
  return made_record(c, shape, (Made){.kind = MADE_FIELDS, .space = env->space}, fields, shape->count);
}

Value elaborate_record(Checker *c, const Env *env, const Expr *expr) {
  if (!names_are_unique(c, &expr->names)) return value_nothing(c);
  const Type *type =
      env->expected && env->expected->kind == TYPE_RECORD ? env->expected : only_record_with(c, &expr->names);
  return type ? literal_of(c, env, expr, type) : literal_by_itself(c, env, expr);
}

/* ---- equality ---- */

/* Field by field; a field that is missing in one of them leaves it open, unless another differs. */
uint32_t records_equal(Checker *c, const Value *a, const Value *b, Span span) {
  const Shape *shape = a->record.shape;
  uint32_t all = NO_NODE;
  for (uint32_t i = 0; i < shape->count; i++) {
    uint32_t other = i;
    if (!find_field(&b->record, shape->fields[i].name, &other)) continue;
    if (shape->fields[i].type->kind == TYPE_LIST) {
      diag_add(c->diags, MSG_E0456, span, shape->name, shape->fields[i].name, DIAG_END);
      return NO_NODE;
    }
    Value x = record_field(c, &a->record, i, span), y = record_field(c, &b->record, other, span);
    if (is_nothing(&x) || is_nothing(&y)) return NO_NODE;
    uint32_t same = node_equal(c, x, y, span);
    if (same == NO_NODE) return NO_NODE;
    all = node_and(c, all, same, span);
  }
  return all == NO_NODE ? node_yes_no(c, true, ROOT_SPACE, span) : all;
}

bool value_nodes(Checker *c, const Value *value, uint32_t space, Span span, NodeList *out) {
  if (value->kind == VALUE_SCALAR) {
    list_push(c->arena, out, node_spread(c, value->node, space, span));
    return true;
  }
  const Shape *shape = value->record.shape;
  for (uint32_t i = 0; i < shape->count; i++) {
    if (shape->fields[i].type->kind == TYPE_LIST) {
      diag_add(c->diags, MSG_E0456, span, shape->name, shape->fields[i].name, DIAG_END);
      return false;
    }
    Value field = record_field(c, &value->record, i, span);
    if (is_nothing(&field) || !value_nodes(c, &field, space, span, out)) return false;
  }
  return true;
}
