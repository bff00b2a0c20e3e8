/* Types, records, and what an application looks like: shapes, inputs and data spaces. */
#include "check/checker.h"

static const Type *type_new(Checker *c, TypeKind kind, const char *name, const char *said) {
  Type *type = arena_new_of(c->arena, Type);
  type->kind = kind;
  type->name = view_of(name);
  type->said = view_of(said);
  list_push(c->arena, &c->types, type);
  return type;
}

void types_init(Checker *c) {
  c->error = type_new(c, TYPE_ERROR, "?", "?");
  c->yes_no = type_new(c, TYPE_YES_NO, "yes/no", BOTH("yes/no", "ja/nei"));
  c->number = type_new(c, TYPE_NUMBER, "number", BOTH("number", "tall"));
  c->whole = type_new(c, TYPE_NUMBER, "whole number", BOTH("whole number", "heltall"));
  c->types.at[c->types.count - 1]->whole = true;
  c->text = type_new(c, TYPE_TEXT, "text", BOTH("text", "tekst"));
  c->date = type_new(c, TYPE_DATE, "date", BOTH("date", "dato"));
  c->moment = type_new(c, TYPE_MOMENT, "moment", BOTH("moment", "tidspunkt"));
  c->months = type_new(c, TYPE_MONTHS, "months", BOTH("months", "måneder"));
  c->duration = type_new(c, TYPE_DURATION, "duration", BOTH("duration", "varighet"));
}

const Type *money_of(Checker *c, View currency) {
  for (uint32_t i = 0; i < c->types.count; i++)
    if (c->types.at[i]->kind == TYPE_MONEY && view_equal(c->types.at[i]->currency, currency)) return c->types.at[i];
  Type *type = arena_new_of(c->arena, Type);
  type->kind = TYPE_MONEY;
  type->currency = currency;
  type->name = view_format(c->arena, "money in %.*s", (int)currency.length, currency.at);
  type->said =
      view_format(c->arena, BOTH("money", "beløp") " " BOTH("in", "i") " %.*s", (int)currency.length, currency.at);
  list_push(c->arena, &c->types, type);
  return type;
}

const Type *list_type(Checker *c, const Type *element) {
  View key = {arena_copy(c->arena, &element, sizeof element), sizeof element};
  uint32_t known;
  if (map_get(&c->list_types, key, &known)) return c->types.at[known];
  map_add(&c->list_types, key, c->types.count);
  Type *type = arena_new_of(c->arena, Type);
  type->kind = TYPE_LIST;
  type->element = element;
  View of = type_name(element);
  type->name = view_format(c->arena, "list of %.*s", (int)element->name.length, element->name.at);
  type->said = view_format(c->arena, BOTH("list of", "liste av") " %.*s", (int)of.length, of.at);
  list_push(c->arena, &c->types, type);
  return type;
}

const Type *enum_type(Checker *c, View name, const NameList *values, bool ordered, bool is_level) {
  EnumType *e = arena_new_of(c->arena, EnumType);
  *e = (EnumType){.name = name, .count = values->count, .ordered = ordered, .is_level = is_level};
  e->values = arena_array(c->arena, View, values->count);
  Type *type = arena_new_of(c->arena, Type);
  type->kind = TYPE_ENUM;
  type->values = e;
  type->name = name;
  list_push(c->arena, &c->types, type);
  Map seen;
  map_init(&seen, c->arena);
  for (uint32_t i = 0; i < values->count; i++) {
    e->values[i] = values->at[i].text;
    uint32_t before;
    if (map_get(&seen, e->values[i], &before)) {
      report_twice(c, e->values[i], values->at[before].span, values->at[i].span);
      continue;
    }
    map_add(&seen, e->values[i], i);
    value_name_add(c, type, i, values->at[i]);
  }
  return type;
}

/* ---- exact and not ---- */

const Type *type_inexact(Checker *c, const Type *type) {
  if (type->inexact || !type_is_number_like(type)) return type;
  View key = {arena_copy(c->arena, &type, sizeof type), sizeof type};
  uint32_t index;
  if (map_get(&c->inexact_types, key, &index)) return c->types.at[index];
  Type *made = arena_copy(c->arena, type, sizeof *type);
  made->inexact = true;
  made->whole = false;
  list_push(c->arena, &c->types, made);
  map_add(&c->inexact_types, key, c->types.count - 1);
  return made;
}

const Type *type_exact(Checker *c, const Type *type) {
  if (!type->inexact) return type;
  switch (type->kind) {
  case TYPE_NUMBER: return c->number;
  case TYPE_MONEY: return money_of(c, type->currency);
  case TYPE_DATE: return c->date;
  case TYPE_MOMENT: return c->moment;
  case TYPE_MONTHS: return c->months;
  case TYPE_DURATION: return c->duration;
  case TYPE_RATE: {
    Type *made = arena_copy(c->arena, type, sizeof *type);
    made->inexact = false;
    return made;
  }
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return type;
}

/* ---- type expressions ---- */

typedef struct TypeWord {
  Special word;
  size_t offset;
} TypeWord;

static const TypeWord type_words[] = {
    {SPECIAL_IS_TEXT, offsetof(Checker, text)},          {SPECIAL_IS_NUMBER, offsetof(Checker, number)},
    {SPECIAL_IS_WHOLE_NUMBER, offsetof(Checker, whole)}, {SPECIAL_IS_DATE, offsetof(Checker, date)},
    {SPECIAL_IS_MOMENT, offsetof(Checker, moment)},      {SPECIAL_IS_MONTHS, offsetof(Checker, months)},
    {SPECIAL_IS_DURATION, offsetof(Checker, duration)}};

static const Type *builtin_type(const Checker *c, View name) {
  for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
    if (special_is(name, type_words[i].word, c->vocabulary->language))
      return *(const Type *const *)(const void *)((const char *)c + type_words[i].offset);
  return NULL;
}

/* money, or money EUR */
static const Type *money_type(Checker *c, const Name *name) {
  View word = special_word(SPECIAL_IS_MONEY, c->vocabulary->language);
  if (!view_starts(name->text, word)) return NULL;
  View rest = view_trim((View){name->text.at + word.length, name->text.length - word.length});
  if (!c->program->currency_count) {
    diag_add(c->diags, MSG_E0405, name->span, DIAG_END);
    return c->error;
  }
  if (!rest.length && name->text.length == word.length) return money_of(c, c->program->currencies[0]);
  for (uint32_t i = 0; i < c->program->currency_count; i++)
    if (view_equal(c->program->currencies[i], rest)) return money_of(c, rest);
  return NULL;
}

/* A declared type of nearly this name, else one of the language's own. */
static View nearest_type(Checker *c, View name) {
  View near = nearest_type_name(c, name);
  if (near.length) return near;
  Nearest best = {.wanted = name, .distance = 2};
  for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
    consider(c, &best, special_word(type_words[i].word, c->vocabulary->language));
  return best.name;
}

static const Type *named_type(Checker *c, const Name *name) {
  const Type *type = builtin_type(c, name->text);
  if (!type) type = money_type(c, name);
  if (type) return type;
  if (is_rate_name(name->text) && !type_find(c, name->text)) return rate_type(c, name);
  if (special_is(name->text, SPECIAL_IS_LEVEL, c->vocabulary->language)) {
    if (!c->level) diag_add(c->diags, MSG_E0619, name->span, DIAG_END);
    return c->level ? c->level : c->error;
  }
  Symbol *symbol = type_find(c, name->text);
  if (symbol && symbol->kind == SYMBOL_RECORD) {
    if (symbol->state != SYMBOL_DONE) {
      if (!symbol_begin(c, symbol, name->span)) return c->error;
      symbol->type = record_type(c, symbol->decl);
      symbol_end(c, symbol);
    }
    return symbol->type;
  }
  if (symbol && symbol->kind == SYMBOL_TYPE) {
    if (symbol->state != SYMBOL_DONE) {
      if (!symbol_begin(c, symbol, name->span)) return c->error;
      symbol->type = type_of_expr(c, symbol->decl->type, symbol->name.text);
      symbol_end(c, symbol);
    }
    return symbol->type;
  }
  View near = nearest_type(c, name->text);
  if (near.length)
    diag_add(c->diags, MSG_E0317, name->span, name->text, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E0303, name->span, name->text, DIAG_END);
  return c->error;
}

static const Type *written_enum(Checker *c, const TypeExpr *type, View name) {
  View key = {arena_copy(c->arena, &type, sizeof type), sizeof type};
  uint32_t index;
  if (map_get(&c->written_types, key, &index)) return c->types.at[index];
  const Type *made = enum_type(c, name, &type->values, type->kind == TYPE_EXPR_ORDERED, false);
  map_add(&c->written_types, key, c->types.count - 1);
  return made;
}

static const Type *type_as_written(Checker *c, const TypeExpr *type, View name) {
  switch (type->kind) {
  case TYPE_EXPR_ERROR: return c->error;
  case TYPE_EXPR_YES_NO: return c->yes_no;
  case TYPE_EXPR_NAME: return named_type(c, &type->name);
  case TYPE_EXPR_LIST: return list_type(c, type_of_expr(c, type->of, name));
  case TYPE_EXPR_ONE_OF:
  case TYPE_EXPR_ORDERED: return written_enum(c, type, name);
  }
  return c->error;
}

const Type *type_of_expr(Checker *c, const TypeExpr *type, View name) {
  const Vocabulary *outer = speak(c, type->span);
  const Type *made = type_as_written(c, type, name);
  c->vocabulary = outer;
  return made;
}

/* ---- literals as constants, for bounds, weights and scales ---- */

static const Type *literal_type(Checker *c, const Expr *literal) {
  switch ((int)literal->kind) {
  case EXPR_MONEY: return money_of(c, literal->text);
  case EXPR_DATE: return c->date;
  case EXPR_MOMENT: return c->moment;
  case EXPR_DURATION: return literal->unit == UNIT_MONTHS ? c->months : c->duration;
  default: return c->number;
  }
}

Constant constant_of_literal(Checker *c, const Expr *literal, const Type *type) {
  Constant constant = {.type = literal_type(c, literal), .number = literal->number};
  if (literal->kind == EXPR_ERROR) return (Constant){.type = type ? type : c->error, .number = num_of(0)};
  if (literal->kind == EXPR_DATE || literal->kind == EXPR_DURATION) constant.number = num_of(literal->value);
  if (literal->kind == EXPR_MOMENT) constant.number = num_of(zone_moment_of_local(c->program->zone, literal->value));
  bool zero = literal->kind == EXPR_NUMBER && num_sign(literal->number) == 0; /* 0 is nothing in every unit */
  if (type && type->kind == TYPE_RATE && literal->kind == EXPR_NUMBER) constant.type = type;
  if (type && type->kind != TYPE_ERROR && !zero && !type_equal(type, constant.type))
    diag_add(c->diags, MSG_E0403, literal->span, type_name(type), type_name(constant.type), DIAG_END);
  return constant;
}

static Range bounds_written(Checker *c, const TypeExpr *type, const Type *of) {
  Range range = {.low = num_of(0), .high = num_of(0)};
  if (!type->low && !type->high) return range;
  if (!type_is_number_like(of)) {
    if (of->kind != TYPE_ERROR) diag_add(c->diags, MSG_E0413, type->span, type_name(of), DIAG_END);
    return range;
  }
  if (type->low)
    range.low = constant_of_literal(c, type->low, of).number, range.has_low = type->low->kind != EXPR_ERROR;
  if (type->high)
    range.high = constant_of_literal(c, type->high, of).number, range.has_high = type->high->kind != EXPR_ERROR;
  if (range.has_low && range.has_high && num_compare(range.low, range.high) > 0)
    diag_add(c->diags, MSG_E0414, span_join(type->low->span, type->high->span), DIAG_END);
  return range;
}

Range bounds_of(Checker *c, const TypeExpr *type, const Type *of) {
  Range range = bounds_written(c, type, of);
  if (of->kind != TYPE_RATE || (range.has_low && num_sign(range.low) > 0)) return range;
  range.has_low = range.low_open = true; /* a rate is above zero */
  range.low = num_of(0);
  return range;
}

/* ---- inputs ---- */

static Range no_bounds(void) { return (Range){.low = num_of(0), .high = num_of(0)}; }

static uint32_t data_space_node_space(Checker *c, uint32_t data_space) {
  if (data_space == 0) return ROOT_SPACE;
  return space_get(c, SPACE_DATA, data_space_node_space(c, c->data_spaces.at[data_space].parent), data_space);
}

/* Records in records in records: a few lines can say more fields than any memory holds. */
static bool too_many_inputs(Checker *c, Span span) {
  enum { MOST_INPUTS = 100000 };
  if (c->inputs.count < MOST_INPUTS) return false;
  if (!c->too_many_inputs) diag_add(c->diags, MSG_E0435, span, VIEW("100 000"), DIAG_END);
  return c->too_many_inputs = true;
}

uint32_t input_add(Checker *c, View name, const Type *type, InputRole role, uint32_t data_space, Span span) {
  uint32_t index = c->inputs.count;
  Input input = {.name = name,
                 .type = type,
                 .role = role,
                 .space = data_space,
                 .bounds = no_bounds(),
                 .step = num_of(0),
                 .span = span};
  Node node = {.op = OP_INPUT,
               .type = type,
               .space = data_space_node_space(c, data_space),
               .a = NO_NODE,
               .b = NO_NODE,
               .c = NO_NODE,
               .index = index,
               .span = span};
  input.node = node_add(c, node);
  list_push(c->arena, &c->inputs, input);
  list_push(c->arena, &c->assumed, NULL);
  return index;
}

static View path_join(Checker *c, View path, View name) {
  if (!path.length || !name.length) return path.length ? path : name;
  return view_format(c->arena, "%.*s.%.*s", (int)path.length, path.at, (int)name.length, name.at);
}

static Shape *shape_of_record(Checker *c, const Type *record, uint32_t data_space, View path);
static FieldShape field_of_type(Checker *c, const Item *item, const Type *type, uint32_t data_space, View path);

/* A list makes a data space of its items, whose fields are inputs there. */
static void list_field(Checker *c, const Item *item, FieldShape *field, uint32_t data_space, View path) {
  uint32_t space = c->data_spaces.count;
  DataSpace items = {.parent = data_space, .name = path, .given = field->given};
  list_push(c->arena, &c->data_spaces, items);
  list_push(c->arena, &c->complete, item->b);
  field->data_space = space;
  const Type *element = field->type->element;
  if (element->kind == TYPE_RECORD) {
    field->shape = shape_of_record(c, element, space, path);
    return;
  }
  Shape *shape = arena_new_of(c->arena, Shape);
  shape->fields = arena_new_of(c->arena, FieldShape);
  shape->count = 1;
  if (element->kind == TYPE_LIST) diag_add(c->diags, MSG_E0420, item->type->span, DIAG_END);
  Item inner = {.kind = ITEM_FIELD, .span = item->span, .type = item->type->of ? item->type->of : item->type};
  shape->fields[0] = field_of_type(c, &inner, element->kind == TYPE_LIST ? c->error : element, space, path);
  field->shape = shape;
}

static FieldShape field_of_type(Checker *c, const Item *item, const Type *type, uint32_t data_space, View path) {
  FieldShape field = {.name = item->name.text,
                      .title = item->text,
                      .type = type,
                      .input = NO_INDEX,
                      .data_space = NO_INDEX,
                      .given = NO_INDEX};
  if (item->b && type->kind != TYPE_LIST) diag_add(c->diags, MSG_E0422, item->b->span, item->name.text, DIAG_END);
  if (type->kind == TYPE_LIST || type->kind == TYPE_RECORD) {
    if (item->a) diag_add(c->diags, MSG_E0423, item->a->span, DIAG_END);
    field.given = input_add(c, path, c->yes_no, INPUT_FIELD, data_space, item->span);
  }
  if (type->kind == TYPE_LIST) {
    list_field(c, item, &field, data_space, path);
  } else if (type->kind == TYPE_RECORD) {
    field.shape = shape_of_record(c, type, data_space, path);
  } else {
    field.input =
        input_add(c, path, type, INPUT_FIELD, data_space, item->name.text.length ? item->name.span : item->span);
    c->inputs.at[field.input].bounds = bounds_of(c, item->type, type);
    c->assumed.at[field.input] = item->a;
  }
  return field;
}

FieldShape placeholder_field(Checker *c, const Param *param, const Type *type) {
  Item item = {.kind = ITEM_FIELD, .span = param->name.span, .name = param->name, .type = param->type};
  return field_of_type(c, &item, type, 0, param->name.text);
}

static void refuse_duplicates(Checker *c, const ItemList *items) {
  Map seen;
  map_init(&seen, c->arena);
  for (uint32_t i = 0; i < items->count; i++) {
    const Name *name = &items->at[i]->name;
    uint32_t before;
    if (map_get(&seen, name->text, &before))
      report_twice(c, name->text, items->at[before]->name.span, name->span);
    else
      map_add(&seen, name->text, i);
  }
}

static bool too_deep(Checker *c, const Symbol *record) {
  enum { MOST_RECORDS = 60 }; /* JSON is read 64 deep */
  if (c->record_depth < MOST_RECORDS) return false;
  diag_add(c->diags, MSG_E0437, record->name.span, record->name.text, view_format(c->arena, "%u", MOST_RECORDS),
           DIAG_END);
  return true;
}

/* The shape of a record where it is used: its inputs are those of this place. A record that holds itself was reported,
 * and has no fields in itself. */
static Shape *shape_of_record(Checker *c, const Type *record, uint32_t data_space, View path) {
  Symbol *symbol = type_find(c, record->shape->name);
  const ItemList *items = &symbol->decl->items;
  Shape *shape = arena_new_of(c->arena, Shape);
  shape->name = record->shape->name;
  if (symbol->state == SYMBOL_BUSY || too_many_inputs(c, symbol->name.span) || too_deep(c, symbol)) return shape;
  symbol->state = SYMBOL_BUSY;
  c->record_depth++;
  shape->count = items->count;
  shape->fields = arena_array(c->arena, FieldShape, items->count);
  for (uint32_t i = 0; i < items->count; i++) {
    const Item *item = items->at[i];
    const Type *type = type_of_expr(c, item->type, item->name.text);
    shape->fields[i] = field_of_type(c, item, type, data_space, path_join(c, path, item->name.text));
  }
  c->record_depth--;
  symbol->state = SYMBOL_DONE;
  return shape;
}

/* The record as a type: field names and types, no inputs (each place where it is used has its own). */
const Type *record_type(Checker *c, const Decl *decl) {
  Shape *shape = arena_new_of(c->arena, Shape);
  Type *type = arena_new_of(c->arena, Type);
  *type = (Type){.kind = TYPE_RECORD, .shape = shape, .name = decl->name.text};
  list_push(c->arena, &c->types, type);
  refuse_duplicates(c, &decl->items);
  shape->name = decl->name.text;
  shape->count = decl->items.count;
  shape->fields = arena_array(c->arena, FieldShape, shape->count);
  for (uint32_t i = 0; i < shape->count; i++) {
    const Item *item = decl->items.at[i];
    shape->fields[i] = (FieldShape){.name = item->name.text,
                                    .title = item->text,
                                    .input = NO_INDEX,
                                    .data_space = NO_INDEX,
                                    .given = NO_INDEX,
                                    .type = type_of_expr(c, item->type, item->name.text)};
  }
  return type;
}

void field_add(Checker *c, FieldShape field) { list_push(c->arena, &c->fields, field); }

void application_shape(Checker *c, const Decl *application) {
  refuse_duplicates(c, &application->items);
  for (uint32_t i = 0; i < application->items.count; i++) {
    const Item *item = application->items.at[i];
    const Type *type = type_of_expr(c, item->type, item->name.text);
    field_add(c, field_of_type(c, item, type, 0, item->name.text));
    symbol_add(c, SYMBOL_FIELD, item->name, application, c->fields.count - 1);
  }
}
