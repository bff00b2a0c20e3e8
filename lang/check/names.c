/* What a name means where it stands, and the fields of records. */
#include "check/checker.h"

Value value_nothing(const Checker *c) { return (Value){.kind = VALUE_NOTHING, .type = c->error, .node = NO_NODE}; }

bool is_nothing(const Value *v) { return v->kind == VALUE_NOTHING || v->type->kind == TYPE_ERROR; }

Value value_scalar(const Checker *c, uint32_t node) {
  if (node == NO_NODE) return value_nothing(c);
  return (Value){.kind = VALUE_SCALAR, .type = c->nodes.at[node].type, .node = node};
}

Value record_value(const Checker *c, RecordRef record) {
  Type *type = arena_new_of(c->arena, Type);
  *type = (Type){.kind = TYPE_RECORD, .shape = record.shape, .name = record.shape->name};
  return (Value){.kind = VALUE_RECORD, .type = type, .node = NO_NODE, .record = record};
}

/* ---- fields ---- */

uint32_t column_in(Checker *c, uint32_t node, uint32_t space, Span span) {
  if (c->nodes.at[node].space == space || !space_repeats(&c->spaces.at[space])) return node;
  Node repeat = {.op = OP_REPEAT, .space = space, .b = NO_NODE, .c = NO_NODE, .span = span};
  repeat.a = column_in(c, node, c->spaces.at[space].index, span);
  repeat.type = c->nodes.at[node].type;
  return node_add(c, repeat);
}

uint32_t picked(Checker *c, uint32_t node, uint32_t pick, Span span) {
  if (pick == NO_NODE) return node;
  Node chosen = {.op = OP_PICKED,
                 .type = c->nodes.at[node].type,
                 .space = c->nodes.at[pick].space,
                 .a = node,
                 .b = pick,
                 .c = NO_NODE,
                 .span = span};
  return node_add(c, chosen);
}

static Env env_of_record(const RecordRef *record, Scope *scope, const Checker *c) {
  if (record->space == ROOT_SPACE) return (Env){.space = ROOT_SPACE};
  *scope = (Scope){
      .name = special_word(SPECIAL_IS_ITEM, c->vocabulary->language), .value = record_value(c, *record), .open = true};
  return (Env){.space = record->space, .scope = scope};
}

/* `assumed V if missing`, declared with the field */
static APART uint32_t with_assumption(Checker *c, uint32_t node, uint32_t input, const RecordRef *record, Span span) {
  const Expr *assumed = c->assumed.at[input];
  if (!assumed) return node;
  Scope scope;
  RecordRef whole = *record;
  whole.pick = NO_NODE;
  Env env = env_of_record(&whole, &scope, c);
  if (!field_begin(c, assumed, c->inputs.at[input].name)) return node;
  uint32_t other = elaborate_scalar(c, &env, assumed, c->inputs.at[input].type);
  field_end(c);
  if (other == NO_NODE) return node;
  uint32_t known = c->nodes.count;
  uint32_t result = node_binary(c, OP_ASSUME, c->nodes.at[node].type, node, other, span);
  if (result >= known) list_push(c->arena, &c->assumptions, ((Assumption){c->inputs.at[input].name, result}));
  return result;
}

/* A list may go on where it is missing, or where its `complete when` is not yes. */
static uint32_t completeness(Checker *c, const FieldShape *field, const RecordRef *record, Span span) {
  uint32_t given = c->inputs.at[field->given].node;
  const Expr *when = c->complete.at[field->data_space];
  if (!when) return given;
  Scope scope;
  Env env = env_of_record(record, &scope, c);
  if (!field_begin(c, when, field->name)) return given;
  uint32_t complete = elaborate_condition(c, &env, when);
  field_end(c);
  return node_and(c, given, complete, span);
}

/* The list of a record in the data themselves. */
static Value own_list(Checker *c, const RecordRef *record, const FieldShape *field, Span span) {
  uint32_t space = space_get(c, SPACE_DATA, record->space, field->data_space);
  Value *element = arena_new_of(c->arena, Value);
  if (field->type->element->kind == TYPE_RECORD)
    *element = record_value(c, (RecordRef){.space = space, .shape = field->shape, .table = NO_INDEX, .pick = NO_NODE});
  else
    *element = value_scalar(c, c->inputs.at[field->shape->fields[0].input].node);
  ListRef list = {space, NO_NODE, completeness(c, field, record, span)};
  return (Value){.kind = VALUE_LIST, .type = field->type, .node = NO_NODE, .list = list, .element = element};
}

/* The items of `list` once more, as those of `space`, which repeats its space. */
static Value repeated_items(Checker *c, const Value *list, uint32_t member, uint32_t space, Span span) {
  Value here = *list;
  Value *element = arena_copy(c->arena, list->element, sizeof *list->element);
  here.list.space = space;
  here.list.member = member == NO_NODE ? NO_NODE : column_in(c, member, space, span);
  here.order = NULL;
  if (element->kind == VALUE_RECORD)
    element->record.space = space;
  else
    *element = value_scalar(c, column_in(c, node_spread(c, element->node, list->list.space, span), space, span));
  here.element = element;
  return here;
}

/* The list of an item of a list that is repeated. */
static Value list_of_repeated(Checker *c, const RecordRef *record, const FieldShape *field, Span span) {
  RecordRef source = *record;
  source.space = c->spaces.at[record->space].index;
  Value list = space_repeats(&c->spaces.at[source.space]) ? list_of_repeated(c, &source, field, span)
                                                          : own_list(c, &source, field, span);
  uint32_t space = space_get(c, SPACE_INNER, record->space, list.list.space);
  uint32_t complete = list.list.complete;
  list = repeated_items(c, &list, list.list.member, space, span);
  if (complete != NO_NODE)
    list.list.complete = column_in(c, node_spread(c, complete, source.space, span), record->space, span);
  return list;
}

/* The list of the item that was picked: the items of all of them, of which those of the picked one belong. */
static Value list_of_picked(Checker *c, const RecordRef *record, Value list, Span span) {
  uint32_t pick = record->pick, parent = c->nodes.at[pick].space, owners = record->space;
  uint32_t space = space_get(c, SPACE_REPEAT, parent, list.list.space), complete = list.list.complete;
  uint32_t chosen = node_add(c, (Node){.op = OP_CHOSEN,
                                       .type = c->yes_no,
                                       .space = owners,
                                       .a = c->nodes.at[pick].a,
                                       .b = pick,
                                       .c = NO_NODE,
                                       .span = span});
  uint32_t member = node_and(c, list.list.member, node_spread(c, chosen, list.list.space, span), span);
  list = repeated_items(c, &list, member, space, span);
  /* where it is not known which one was picked, or none was, the list is not known either */
  list.list.complete = node_add(
      c, (Node){.op = OP_EQUAL, .type = c->yes_no, .space = parent, .a = pick, .b = pick, .c = NO_NODE, .span = span});
  if (complete != NO_NODE)
    list.list.complete =
        node_and(c, list.list.complete,
                 picked(c, column_in(c, node_spread(c, complete, owners, span), owners, span), pick, span), span);
  return list;
}

static APART Value list_field_value(Checker *c, const RecordRef *record, const FieldShape *field, Span span) {
  RecordRef whole = *record;
  whole.pick = NO_NODE;
  Value list = space_repeats(&c->spaces.at[record->space]) ? list_of_repeated(c, &whole, field, span)
                                                           : own_list(c, &whole, field, span);
  return record->pick == NO_NODE ? list : list_of_picked(c, record, list, span);
}

/* A column of a table, in the space of the record; `type` is that of its cells. */
static uint32_t table_column(Checker *c, const RecordRef *record, uint32_t column, const Type *type, Span span) {
  uint32_t space = record->space;
  while (space_repeats(&c->spaces.at[space])) space = c->spaces.at[space].index;
  Node node = {.op = OP_TABLE,
               .type = type,
               .space = space,
               .a = NO_NODE,
               .b = NO_NODE,
               .c = NO_NODE,
               .index = column,
               .span = span};
  return picked(c, column_in(c, node_add(c, node), record->space, span), record->pick, span);
}

static bool has_empty_cell(const Table *table, uint32_t column) {
  for (uint32_t row = 0; row < table->row_count; row++)
    if (table->cells[(size_t)row * table->column_count + column].missing) return true;
  return false;
}

/* A list in a cell of a table: its values stand in a table of their own, each with the number of its row. The cell
 * itself says if it was given. */
static Value table_list_value(Checker *c, const RecordRef *record, uint32_t column, Span span) {
  const Table *table = &c->tables.at[record->table];
  uint32_t inner = (uint32_t)table->cells[column].code;
  uint32_t parent = record->pick == NO_NODE ? record->space : c->nodes.at[record->pick].space;
  uint32_t space = space_get(c, SPACE_TABLE, parent, inner);
  uint32_t row = table_column(c, record, table->column_count - 1, c->number, span);
  uint32_t given = has_empty_cell(table, column) ? table_column(c, record, column, c->yes_no, span) : NO_NODE;
  Node owner = {.op = OP_TABLE,
                .type = c->number,
                .space = space,
                .a = NO_NODE,
                .b = NO_NODE,
                .c = NO_NODE,
                .index = 0,
                .span = span};
  Node value = owner;
  value.index = 1;
  value.type = table->column_types[column]->element;
  uint32_t same = node_binary(c, OP_EQUAL, c->yes_no, node_add(c, owner), row, span);
  Value *element = arena_new_of(c->arena, Value);
  *element = value_scalar(c, node_add(c, value));
  return (Value){.kind = VALUE_LIST,
                 .type = table->column_types[column],
                 .node = NO_NODE,
                 .list = {space, same, given},
                 .element = element};
}

static APART Value table_field_value(Checker *c, const RecordRef *record, uint32_t column, Span span) {
  const Type *type = c->tables.at[record->table].column_types[column];
  if (type->kind == TYPE_LIST) return table_list_value(c, record, column, span);
  return value_scalar(c, table_column(c, record, column, type, span));
}

Value record_field(Checker *c, const RecordRef *record, uint32_t index, Span span) {
  if (record->made) return made_field(c, record, index, span);
  if (record->table != NO_INDEX) return table_field_value(c, record, index, span);
  const FieldShape *field = &record->shape->fields[index];
  if (field->type->kind == TYPE_ERROR) return value_nothing(c);
  if (record->space == NO_INDEX) return value_scalar(c, field->input);
  if (field->type->kind == TYPE_LIST) return list_field_value(c, record, field, span);
  if (field->type->kind == TYPE_RECORD)
    return record_value(
        c, (RecordRef){.space = record->space, .shape = field->shape, .table = NO_INDEX, .pick = record->pick});
  uint32_t node = column_in(c, c->inputs.at[field->input].node, record->space, span);
  node = with_assumption(c, node, field->input, record, span);
  return value_scalar(c, picked(c, node, record->pick, span));
}

bool find_field(const RecordRef *record, View name, uint32_t *index) {
  for (uint32_t i = 0; i < record->shape->count; i++)
    if (view_equal(record->shape->fields[i].name, name)) {
      *index = i;
      return true;
    }
  return false;
}

static View field_names(Checker *c, const Shape *shape) {
  View *names = arena_array(c->arena, View, shape->count);
  for (uint32_t i = 0; i < shape->count; i++) names[i] = shape->fields[i].name;
  return some_of_names(c, names, shape->count);
}

void report_no_field(Checker *c, const RecordRef *record, View name, Span span) {
  View near = nearest_field(c, record->shape, name);
  if (near.length)
    diag_add(c->diags, MSG_E0322, span, record->shape->name, name, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E0304, span, record->shape->name, name, field_names(c, record->shape), DIAG_END);
}

static APART Value field_of_record(Checker *c, const RecordRef *record, const Expr *expr) {
  uint32_t index;
  if (find_field(record, expr->text, &index)) return record_field(c, record, index, expr->span);
  report_no_field(c, record, expr->text, expr->text_span);
  return value_nothing(c);
}

static void report_no_fields(Checker *c, const Type *type, const Expr *expr) {
  diag_add(c->diags, MSG_E0328, expr->text_span, type_name(type), expr->text, DIAG_END);
}

/* date.year and so on, as in FEEL */
static APART Value part_of_date(Checker *c, Value date, const Expr *expr) {
  static const struct {
    Special word;
    OpKind op;
  } parts[] = {{SPECIAL_IS_YEAR, OP_YEAR},
               {SPECIAL_IS_MONTH, OP_MONTH},
               {SPECIAL_IS_DAY, OP_DAY},
               {SPECIAL_IS_WEEKDAY, OP_WEEKDAY}};
  uint32_t node = date.node;
  if (date.type->kind == TYPE_MOMENT) node = node_unary(c, OP_DATE_OF, c->date, node, expr->span);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (special_is(expr->text, parts[i].word, c->vocabulary->language))
      return value_scalar(c, node_unary(c, parts[i].op, c->whole, node, expr->span));
  diag_add(c->diags, MSG_E0327, expr->text_span, type_name(date.type), expr->text, DIAG_END);
  return value_nothing(c);
}

/* The items of the lists that the items of a list have, one list behind another. */
static Value items_of_items(Checker *c, const Value *outer, const Value *inner, Span span) {
  uint32_t owners = outer->list.space;
  uint32_t space = space_get(c, SPACE_REPEAT, list_parent(c, &outer->list), inner->list.space);
  uint32_t member = inner->list.member;
  if (outer->list.member != NO_NODE)
    member = node_and(c, member, node_spread(c, outer->list.member, inner->list.space, span), span);
  Value list = repeated_items(c, inner, member, space, span);
  list.list.complete = outer->list.complete;
  if (inner->list.complete != NO_NODE) {
    uint32_t all = list_every(c, &outer->list, node_spread(c, inner->list.complete, owners, span), span);
    list.list.complete = node_and(c, outer->list.complete, all, span);
  }
  if (!outer->order && !inner->order) return list;
  const Order *order = NULL;
  if (inner->order) order = order_by(c, order, column_in(c, list_position(c, inner, span), space, span), false);
  uint32_t place = node_spread(c, list_position(c, outer, span), inner->list.space, span);
  list.order = order_by(c, order, column_in(c, place, space, span), false);
  return list;
}

/* list.field: the fields of its items; of lists their items */
static APART Value field_of_list(Checker *c, Value list, const Expr *expr) {
  if (list.element->kind != VALUE_RECORD) {
    report_no_fields(c, list.type, expr);
    return value_nothing(c);
  }
  Value field = field_of_record(c, &list.element->record, expr);
  if (is_nothing(&field)) return field;
  if (field.kind == VALUE_LIST && list_parent(c, &field.list) == list.list.space)
    return items_of_items(c, &list, &field, expr->span);
  if (field.kind == VALUE_LIST) {
    diag_add(c->diags, MSG_E0421, expr->span, expr->text, DIAG_END);
    return value_nothing(c);
  }
  Value *element = arena_copy(c->arena, &field, sizeof field);
  if (field.kind == VALUE_SCALAR)
    *element = value_scalar(c, node_spread(c, field.node, list.list.space, expr->span));
  else
    *element = record_within(c, &field, list.list.space);
  list.element = element;
  list.type = list_type(c, field.type);
  return list;
}

/* ---- mentions: what an explanation shows the value of ---- */

/* The node with the items' values, where a list is one of plain values. */
static uint32_t node_of_items(const Checker *c, const Value *list) {
  if (list->element->kind != VALUE_SCALAR) return NO_NODE;
  uint32_t node = list->element->node;
  return node != NO_NODE && c->nodes.at[node].space == list->list.space ? node : NO_NODE;
}

void mention(Checker *c, const Env *env, MentionKind kind, View name, Value value, uint32_t target) {
  if (!env->mentions || value.kind == VALUE_NOTHING || value.kind == VALUE_RECORD || value.kind == VALUE_RANGE) return;
  Mention m = {.kind = kind,
               .name = name,
               .node = value.kind == VALUE_SCALAR ? value.node : NO_NODE,
               .list = {NO_INDEX, NO_NODE, NO_NODE},
               .element = NO_NODE,
               .target = target};
  if (value.kind == VALUE_LIST) m.kind = MENTION_LIST, m.list = value.list, m.element = node_of_items(c, &value);
  if (m.node != NO_NODE && c->nodes.at[m.node].space != ROOT_SPACE) return;
  if (value.kind == VALUE_LIST && list_parent(c, &value.list) != ROOT_SPACE) return;
  for (uint32_t i = 0; i < env->mentions->count; i++)
    if (view_equal(env->mentions->at[i].name, name)) return;
  list_push(c->arena, env->mentions, m);
}

static const Scope *scope_named(const Env *env, View name) {
  for (const Scope *s = env->scope; s; s = s->outer)
    if (view_equal(s->name, name)) return s;
  return NULL;
}

void warn_hidden(Checker *c, const Env *env, View name, Span span) {
  const Symbol *symbol = symbol_find(c, name);
  bool is_value =
      symbol && (symbol->kind == SYMBOL_FIELD || symbol->kind == SYMBOL_DEFINE || symbol->kind == SYMBOL_PARAMETER ||
                 symbol->kind == SYMBOL_CRITERION || symbol->kind == SYMBOL_JUDGEMENT || symbol->kind == SYMBOL_DATA);
  if (is_value && env->arguments_only) is_value = symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_DATA;
  if (!name.length || (!scope_named(env, name) && !is_value)) return;
  Span other = scope_named(env, name) ? (Span){0, 0, 0} : symbol->name.span;
  list_push(c->arena, &c->hidden, ((Hidden){{name, span}, other}));
}

/* In a function: what is neither an argument nor the same for every application is refused. */
static bool refuse_outside(Checker *c, const Env *env, const Symbol *symbol, Span use) {
  if (!env->arguments_only || symbol->kind == SYMBOL_DATA || symbol->kind == SYMBOL_PARAMETER ||
      symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_TABLE)
    return false;
  report_outside(c, symbol->name.text, symbol_kind_name(symbol->kind), use);
  return true;
}

void report_outside(Checker *c, View name, const char *kind, Span use) {
  diag_add(c->diags, MSG_E0902, use, name, view_of(kind), DIAG_END);
}

/* application.x: the application's own field where an item's field hides it */
static bool is_application_field(Checker *c, const Env *env, const Expr *expr, Value *value) {
  View word = special_word(SPECIAL_IS_APPLICATION, c->vocabulary->language);
  if (expr->a->kind != EXPR_NAME || !view_equal(expr->a->text, word) || symbol_find(c, word)) return false;
  Symbol *symbol = symbol_find(c, expr->text);
  if (symbol && symbol->kind == SYMBOL_FIELD)
    *value = symbol_value(c, env, symbol, expr->text_span);
  else {
    report_unknown(c, NULL, expr->text, expr->text_span);
    *value = value_nothing(c);
  }
  return true;
}

/* `yearly(level sought, 1).cap` is one term too, but which row of the table it was is told beside it. */
static void keep_rows(Checker *c, const Env *env, const MentionList *inside) {
  for (uint32_t i = 0; env->mentions && i < inside->count; i++)
    if (inside->at[i].kind == MENTION_ROW) list_push(c->arena, env->mentions, inside->at[i]);
}

Value elaborate_field(Checker *c, const Env *env, const Expr *expr) {
  Value value;
  if (is_application_field(c, env, expr, &value)) return value;
  Env inner = *env;
  inner.expected = NULL;
  MentionList inside = {0};
  inner.mentions = &inside;
  Value from = elaborate(c, &inner, expr->a);
  if (is_nothing(&from)) return from;
  if (from.kind == VALUE_RECORD) {
    value = field_of_record(c, &from.record, expr);
    mention(c, env, MENTION_VALUE, span_text(c->diags->sources, expr->span), value, NO_INDEX);
    keep_rows(c, env, &inside);
    return value;
  }
  /* “this call.deadline” is one term; of what is no record, the terms inside are told */
  for (uint32_t i = 0; env->mentions && i < inside.count; i++) list_push(c->arena, env->mentions, inside.at[i]);
  if (from.kind == VALUE_LIST) return field_of_list(c, from, expr);
  if (from.type->kind == TYPE_DATE || from.type->kind == TYPE_MOMENT) return part_of_date(c, from, expr);
  report_no_fields(c, from.type, expr);
  return value_nothing(c);
}

/* ---- names ---- */

static bool has_value(const ValueUse *use, const Checker *c, const Type *type, uint32_t *code) {
  for (; use; use = use->next ? &c->value_uses.at[use->next - 1] : NULL)
    if (use->type == type) {
      *code = use->code;
      return true;
    }
  return false;
}

static Value enum_constant(Checker *c, const Type *type, uint32_t code, Span span) {
  return value_scalar(c,
                      node_constant(c, (Constant){.type = type, .number = num_of(0), .code = code}, ROOT_SPACE, span));
}

/* The name of an enumeration's value: of the expected type, or of the only type that has it. */
static APART bool value_of_enum(Checker *c, const Env *env, const Expr *expr, Value *out) {
  const ValueUse *use = value_name_find(c, expr->text);
  if (!use) return false;
  uint32_t code;
  if (env->expected && has_value(use, c, env->expected, &code)) {
    *out = enum_constant(c, env->expected, code, expr->span);
    return true;
  }
  if (symbol_find(c, expr->text) && symbol_find(c, expr->text)->kind != SYMBOL_LEVEL &&
      symbol_find(c, expr->text)->kind != SYMBOL_BRAND)
    return false;
  if (use->next && (!env->expected || env->expected->kind != TYPE_ENUM)) {
    const ValueUse *before = &c->value_uses.at[use->next - 1]; /* the chain begins with the type declared last */
    diag_add(c->diags, MSG_E0312, expr->span, expr->text, before->type->name, use->type->name, DIAG_END);
    *out = value_nothing(c);
    return true;
  }
  *out = enum_constant(c, use->type, use->code, expr->span);
  return true;
}

static APART Value define_value(Checker *c, Symbol *symbol) {
  Define *define = &c->defines.at[symbol->index];
  MentionList mentions = {0};
  Env env = {.space = ROOT_SPACE, .mentions = &mentions};
  Value value = elaborate_body(c, &env, symbol->decl->body, NULL, NULL);
  define = &c->defines.at[symbol->index];
  if (value.kind == VALUE_SCALAR) define->node = value.node = node_spread(c, value.node, ROOT_SPACE, symbol->name.span);
  if (value.kind == VALUE_LIST) define->list = value.list;
  define->first_mention = c->mentions.count;
  define->mention_count = mentions.count;
  for (uint32_t i = 0; i < mentions.count; i++) list_push(c->arena, &c->mentions, mentions.at[i]);
  return value;
}

static APART Value answer_value(Checker *c, Symbol *symbol) {
  bool decision = symbol->kind == SYMBOL_DECISION;
  MentionList mentions = {0};
  Env env = {.space = ROOT_SPACE, .mentions = &mentions};
  Answer answer = decision ? c->decisions.at[symbol->index] : c->reports.at[symbol->index];
  const Type *type = decision ? type_of_expr(c, symbol->decl->type, symbol->name.text) : NULL;
  env.expected = type;
  Value value = elaborate_body(c, &env, symbol->decl->body, type, &answer);
  if (!is_nothing(&value) && value.kind != VALUE_SCALAR) {
    diag_add(c->diags, MSG_E0417, symbol->name.span, symbol->name.text, type_name(value.type), DIAG_END);
    value = value_nothing(c);
  }
  if (value.kind == VALUE_SCALAR) value.node = node_spread(c, value.node, ROOT_SPACE, symbol->name.span);
  answer.node = value.node;
  answer.type = value.type;
  answer.first_mention = c->mentions.count;
  answer.mention_count = mentions.count;
  for (uint32_t i = 0; i < mentions.count; i++) list_push(c->arena, &c->mentions, mentions.at[i]);
  *(decision ? &c->decisions.at[symbol->index] : &c->reports.at[symbol->index]) = answer;
  return value;
}

/* The value of what is elaborated once, when it is first needed. */
static APART Value value_once(Checker *c, Symbol *symbol, Span use) {
  Env env = {.space = ROOT_SPACE};
  if (symbol->state == SYMBOL_DONE) {
    c->depends |= symbol->depends;
    return symbol->value ? *symbol->value : value_nothing(c);
  }
  if (!symbol_begin(c, symbol, use)) return value_nothing(c);
  Value value = symbol->kind == SYMBOL_DEFINE      ? define_value(c, symbol)
                : symbol->kind == SYMBOL_PARAMETER ? parameter_value(c, &env, symbol)
                                                   : answer_value(c, symbol);
  symbol->value = arena_copy(c->arena, &value, sizeof value);
  symbol_end(c, symbol);
  return value;
}

/* The same, and for another date where one is asked for. */
static Value value_on_demand(Checker *c, const Env *env, Symbol *symbol, Span use) {
  Value value = value_once(c, symbol, use);
  return is_nothing(&value) || !is_at_other_date(env, symbol) ? value : value_at_date(c, env, symbol, use);
}

/* What is meant at another date is told with that date, and what stands in it beside it. */
static void mention_on_demand(Checker *c, const Env *env, MentionKind kind, Symbol *symbol, Value value) {
  if (!is_at_other_date(env, symbol)) {
    mention(c, env, kind, symbol->name.text, value, symbol->index);
    return;
  }
  if (!env->mentions || is_nothing(&value)) return;
  MentionKind shown = kind == MENTION_DEFINE ? MENTION_VALUE : kind;
  mention(c, env, shown, name_at_date(c, env, symbol), value, symbol->index);
  const MentionList *inside = mentions_at_date(c, env, symbol);
  for (uint32_t i = 0; inside && i < inside->count; i++) list_push(c->arena, env->mentions, inside->at[i]);
}

static RecordRef application_record(const Checker *c) {
  return (RecordRef){.space = ROOT_SPACE, .shape = c->program->application, .table = NO_INDEX, .pick = NO_NODE};
}

Value symbol_value(Checker *c, const Env *env, Symbol *symbol, Span use) {
  Value value = value_nothing(c);
  View name = symbol->name.text;
  if (refuse_outside(c, env, symbol, use)) return value;
  switch (symbol->kind) {
  case SYMBOL_FIELD: {
    Shape now = {.fields = c->fields.at, .count = c->fields.count};
    RecordRef record = application_record(c);
    record.shape = &now;
    value = record_field(c, &record, symbol->index, use);
    mention(c, env, MENTION_INPUT, name, value, symbol->index);
    return value;
  }
  case SYMBOL_CRITERION:
    check_criterion(c, symbol);
    value = value_scalar(c, c->criteria.at[symbol->index].node);
    mention(c, env, MENTION_INPUT, name, value, symbol->index);
    return value;
  case SYMBOL_JUDGEMENT:
    check_judgement(c, symbol);
    value = value_scalar(c, c->inputs.at[c->judgements.at[symbol->index].input].node);
    mention(c, env, MENTION_INPUT, name, value, symbol->index);
    return value;
  case SYMBOL_DEFINE:
  case SYMBOL_REPORT:
  case SYMBOL_DECISION:
    value = value_on_demand(c, env, symbol, use);
    mention_on_demand(c, env, symbol->kind == SYMBOL_DEFINE ? MENTION_DEFINE : MENTION_VALUE, symbol, value);
    return value;
  case SYMBOL_PARAMETER:
    value = value_on_demand(c, env, symbol, use);
    mention_on_demand(c, env, MENTION_PARAMETER, symbol, value);
    return value;
  case SYMBOL_DATA: return table_value(c, env, symbol);
  case SYMBOL_TYPE:
  case SYMBOL_RECORD:
    diag_add(c->diags, MSG_E0325, use, name, view_of(symbol_kind_name(symbol->kind)), DIAG_END);
    return value;
  case SYMBOL_FUNCTION:
  case SYMBOL_TABLE:
    diag_add(c->diags, MSG_E0901, use, name, view_of(symbol_kind_name(symbol->kind)), DIAG_END);
    return value;
  case SYMBOL_LEVEL:
  case SYMBOL_BRAND:
  case SYMBOL_BUNDLE:
  case SYMBOL_RULE:
    diag_add(c->diags, MSG_E0305, use, name, view_of(symbol_kind_name(symbol->kind)), DIAG_END);
    return value;
  }
  return value;
}

Value elaborate_name(Checker *c, const Env *env, const Expr *expr) {
  Value value;
  const Scope *variable = scope_named(env, expr->text);
  if (variable) return variable->value;
  Symbol *symbol = symbol_find(c, expr->text);
  for (const Scope *s = env->scope; s; s = s->outer) {
    uint32_t index;
    if (!s->open || s->value.kind != VALUE_RECORD || !find_field(&s->value.record, expr->text, &index)) continue;
    if (symbol && symbol->kind == SYMBOL_FIELD)
      diag_add(c->diags, MSG_W0316, expr->span, expr->text, DIAG_END)->other = symbol->name.span;
    return record_field(c, &s->value.record, index, expr->span);
  }
  if (value_of_enum(c, env, expr, &value)) return value;
  if (symbol) return symbol_value(c, env, symbol, expr->span);
  if (special_is(expr->text, SPECIAL_IS_SCORE, c->vocabulary->language)) {
    if (env->arguments_only) {
      report_outside(c, expr->text, "score", expr->span);
      return value_nothing(c);
    }
    value = value_scalar(c, score_node(c, env, expr->span));
    mention(c, env, MENTION_VALUE, expr->text, value, NO_INDEX);
    return value;
  }
  const Symbol *type = type_find(c, expr->text);
  if (type)
    diag_add(c->diags, MSG_E0325, expr->span, expr->text, view_of(symbol_kind_name(type->kind)), DIAG_END);
  else
    report_unknown(c, env, expr->text, expr->span);
  return value_nothing(c);
}
