#include "check/signature.h"
#include "check/arguments.h"

/* ---- what is declared ---- */

static void refuse_equal_names(Checker *c, Signature *s, const ParamList *params) {
  for (uint32_t i = 0; i < params->count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (view_equal(params->at[k].name.text, params->at[i].name.text)) {
        report_twice(c, params->at[i].name.text, params->at[k].name.span, params->at[i].name.span);
        s->sound = false;
        break;
      }
}

static void read_params(Checker *c, Signature *s, const ParamList *params, View **names, const Type ***types,
                        uint32_t *count) {
  *count = params->count;
  *names = arena_array(c->arena, View, params->count);
  *types = arena_array(c->arena, const Type *, params->count);
  for (uint32_t i = 0; i < params->count; i++) {
    (*names)[i] = params->at[i].name.text;
    (*types)[i] = type_of_expr(c, params->at[i].type, params->at[i].name.text);
    s->sound &= (*types)[i]->kind != TYPE_ERROR;
  }
  refuse_equal_names(c, s, params);
}

static void read_result(Checker *c, Signature *s, const Decl *decl) {
  if (decl->outputs.count) {
    read_params(c, s, &decl->outputs, &s->output_names, &s->outputs, &s->output_count);
    return;
  }
  s->output_count = 1;
  s->output_names = arena_array(c->arena, View, 1);
  s->outputs = arena_array(c->arena, const Type *, 1);
  s->outputs[0] = decl->type ? type_of_expr(c, decl->type, s->symbol->name.text) : c->error;
  s->sound &= s->outputs[0]->kind != TYPE_ERROR;
}

Signature *signature_of(Checker *c, Symbol *symbol) {
  if (symbol->index != NO_INDEX) return c->signatures.at[symbol->index];
  enum { MOST_PARAMS = 64 };
  Signature *s = arena_new_of(c->arena, Signature);
  *s = (Signature){.symbol = symbol, .sound = true};
  list_push(c->arena, &c->signatures, s);
  symbol->index = c->signatures.count - 1;
  const ParamList *params = &symbol->decl->params, *outputs = &symbol->decl->outputs;
  if (params->count > MOST_PARAMS || outputs->count > MOST_PARAMS) {
    diag_add(c->diags, MSG_E0910, symbol->name.span, symbol->name.text, view_format(c->arena, "%u", MOST_PARAMS),
             DIAG_END);
    s->sound = false;
    return s;
  }
  read_params(c, s, params, &s->names, &s->types, &s->count);
  read_result(c, s, symbol->decl);
  return s;
}

/* ---- arguments ---- */

/* A record is of a type where it has its name: each place where a record stands has a shape of its own. */
static bool record_fits(const Value *v, const Type *type) {
  return v->kind == VALUE_RECORD && type->kind == TYPE_RECORD && view_equal(v->record.shape->name, type->shape->name);
}

Value value_passed(Checker *c, Value v, const Type *type, View name, Span span) {
  if (is_nothing(&v) || record_fits(&v, type)) return v;
  v = value_expect(c, v, type, span);
  if (is_nothing(&v)) return v;
  bool fraction = v.kind == VALUE_SCALAR && type->whole && !v.type->whole;
  if (v.kind == VALUE_LIST && type->element->whole && !v.element->type->whole) fraction = true;
  if (!fraction) return v;
  const Constant *known = v.kind == VALUE_SCALAR ? node_as_constant(c, v.node) : NULL;
  if (known && !known->missing && num_is_whole(known->number)) return v;
  diag_add(c->diags, MSG_E0908, span, name, DIAG_END);
  return value_nothing(c);
}

bool signature_arguments(Checker *c, const Env *env, const Signature *s, const Expr *call, Value *values,
                         MentionList *inside) {
  const Expr **given = arena_array(c->arena, const Expr *, s->count);
  Env inner = *env;
  inner.mentions = env->mentions ? inside : NULL;
  if (!arguments_match_all(c, call, s->names, s->count, given)) return false;
  bool sound = true;
  for (uint32_t i = 0; i < s->count; i++) {
    inner.expected = s->types[i];
    values[i] = value_passed(c, elaborate(c, &inner, given[i]), s->types[i], s->names[i], given[i]->span);
    sound &= !is_nothing(&values[i]);
  }
  return sound;
}

void signature_placeholders(Checker *c, const Signature *s, Value *values) {
  const ParamList *params = &s->symbol->decl->params;
  Shape shape = {.name = s->symbol->name.text, .count = s->count};
  shape.fields = arena_array(c->arena, FieldShape, s->count);
  for (uint32_t i = 0; i < s->count; i++) shape.fields[i] = placeholder_field(c, &params->at[i], s->types[i]);
  RecordRef all = {.space = ROOT_SPACE, .shape = &shape, .table = NO_INDEX, .pick = NO_NODE};
  for (uint32_t i = 0; i < s->count; i++) values[i] = record_field(c, &all, i, params->at[i].name.span);
}

Env signature_env(const Signature *s, const Env *env, const Value *values, Scope *scopes) {
  for (uint32_t i = 0; i < s->count; i++)
    scopes[i] = (Scope){.outer = i ? &scopes[i - 1] : NULL, .name = s->names[i], .value = values[i]};
  return (Env){.space = env->space,
               .scope = s->count ? &scopes[s->count - 1] : NULL,
               .on = env->on,
               .known_on = env->known_on,
               .arguments_only = true};
}

/* ---- equal calls ---- */

static void key_of_record(Checker *c, const RecordRef *record, KeyParts *key) {
  const uint64_t parts[] = {record->space, record->table, record->pick, (uint64_t)(uintptr_t)record->shape,
                            (uint64_t)(uintptr_t)record->made};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) list_push(c->arena, key, parts[i]);
}

static void key_of_order(Checker *c, const Order *order, KeyParts *key) {
  list_push(c->arena, key, order ? 1 + order->count : 0);
  if (!order) return;
  list_push(c->arena, key, order->descending);
  list_push(c->arena, key, order->from_last);
  for (uint32_t i = 0; i < order->count; i++) list_push(c->arena, key, order->keys[i]);
}

void key_of_value(Checker *c, const Value *v, KeyParts *key) {
  list_push(c->arena, key, v->kind);
  if (v->kind == VALUE_RANGE) {
    list_push(c->arena, key, (uint64_t)v->low_open << 1 | v->high_open);
    list_push(c->arena, key, (uint64_t)(v->low != NULL) << 1 | (v->high != NULL));
    if (v->low) key_of_value(c, v->low, key);
    if (v->high) key_of_value(c, v->high, key);
    return;
  }
  if (v->kind == VALUE_LIST) {
    list_push(c->arena, key, v->list.space);
    list_push(c->arena, key, v->list.member);
    list_push(c->arena, key, v->list.complete);
    key_of_order(c, v->order, key);
    key_of_value(c, v->element, key);
    return;
  }
  list_push(c->arena, key, v->kind == VALUE_SCALAR ? v->node : NO_NODE);
  if (v->kind == VALUE_RECORD) key_of_record(c, &v->record, key);
}

const Value *call_find(Checker *c, const Signature *s, const Env *env, const Value *values, View *key) {
  KeyParts parts = {0};
  const uint64_t head[] = {s->symbol->index, env->space, env->on, env->known_on};
  for (size_t i = 0; i < sizeof head / sizeof *head; i++) list_push(c->arena, &parts, head[i]);
  for (uint32_t i = 0; i < s->count; i++) key_of_value(c, &values[i], &parts);
  *key = (View){(const char *)parts.at, parts.count * (uint32_t)sizeof *parts.at};
  uint32_t known;
  if (!map_get(&c->calls, *key, &known)) return NULL;
  c->depends |= c->made_calls.at[known].depends;
  return &c->made_calls.at[known].value;
}

void call_keep(Checker *c, const Signature *s, View key, Value value) {
  map_set(&c->calls, key, c->made_calls.count);
  list_push(c->arena, &c->made_calls, ((MadeCall){value, s->symbol->depends}));
}

/* ---- bodies ---- */

/* Told once: a text that asks for so much asks for it at every turn. */
static bool refuse_call(Checker *c, MessageCode code, const Symbol *symbol, View most, Span use) {
  if (c->calls_refused) return false;
  c->calls_refused = true;
  Diag *told = diag_add(c->diags, code, symbol->name.span, symbol->name.text, most, DIAG_END);
  if (use.start != symbol->name.span.start) told->other = use;
  return false;
}

bool call_begin(Checker *c, Symbol *symbol, Span use) {
  enum { MOST_INLINED = 1000000 };
  if (c->inlined > MOST_INLINED) return refuse_call(c, MSG_E0909, symbol, VIEW("1 000 000"), use);
  if (symbol->state == SYMBOL_DONE) symbol->state = SYMBOL_NEW; /* each call is elaborated as if it were the first */
  if (symbol->state == SYMBOL_NEW && symbol_is_too_deep(c)) return refuse_call(c, MSG_E0311, symbol, (View){0}, use);
  return symbol_begin(c, symbol, use);
}

void call_end(Checker *c, Symbol *symbol) { symbol_end(c, symbol); }
