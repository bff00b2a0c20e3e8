/* Functions of the text: a call is the function's body over the values of its arguments, so the program holds no
 * functions at all, and what is known of an argument is known inside. */
#include "check/signature.h"

static APART Value inline_body(Checker *c, const Env *env, const Signature *s, const Value *values) {
  Scope *scopes = arena_array(c->arena, Scope, s->count + 1u);
  Env inner = signature_env(s, env, values, scopes);
  const Decl *decl = s->symbol->decl;
  const Type *type = s->outputs[0];
  inner.expected = type;
  Value value;
  if (decl->body->expr)
    value = elaborate(c, &inner, decl->body->expr);
  else
    value = elaborate_body(c, &inner, decl->body, type_is_scalar(type) ? type : NULL, NULL);
  return value_passed(c, value, type, s->symbol->name.text,
                      decl->body->expr ? decl->body->expr->span : decl->body->span);
}

static APART Value call_value(Checker *c, const Env *env, const Signature *s, const Value *values, Span use) {
  View key;
  const Value *before = call_find(c, s, env, values, &key);
  if (before) return *before;
  if (!call_begin(c, s->symbol, use)) return value_nothing(c);
  Value value = inline_body(c, env, s, values);
  call_end(c, s->symbol);
  call_keep(c, s, key, value);
  return value;
}

Value elaborate_function(Checker *c, const Env *env, Symbol *symbol, const Expr *call) {
  Signature *s = signature_of(c, symbol);
  MentionList inside = {0};
  Value *values = arena_array(c->arena, Value, s->count + 1u);
  if (!s->sound || !signature_arguments(c, env, s, call, values, &inside)) return value_nothing(c);
  Value value = call_value(c, env, s, values, call->text_span);
  mention(c, env, MENTION_VALUE, span_text(c->diags->sources, call->span), value, NO_INDEX);
  for (uint32_t i = 0; env->mentions && i < inside.count; i++) list_push(c->arena, env->mentions, inside.at[i]);
  return value;
}

void check_function(Checker *c, Symbol *symbol) { signature_of(c, symbol); }

/* ---- bodies that nothing calls ---- */

/* How long the arrays are that elaboration adds to. */
typedef struct Mark {
  uint32_t nodes, arguments, constants, periods, spaces, inputs, data_spaces, assumptions, mentions, table_uses;
  uint32_t claims, branches, coverables;
} Mark;

static Mark mark_now(const Checker *c) {
  return (Mark){c->nodes.count,  c->arguments.count,   c->constants.count,   c->periods.count,  c->spaces.count,
                c->inputs.count, c->data_spaces.count, c->assumptions.count, c->mentions.count, c->table_uses.count,
                c->claims.count, c->branches.count,    c->coverables.count};
}

/* Everything that the program needs was there before, so nothing of it refers to what is cut off. */
static void cut_back(Checker *c, const Mark *mark) {
  if (c->as_of_state == SYMBOL_DONE && c->as_of != NO_NODE && c->as_of >= mark->nodes) return;
  c->nodes.count = mark->nodes;
  c->arguments.count = mark->arguments;
  c->constants.count = mark->constants;
  c->periods.count = mark->periods;
  c->spaces.count = mark->spaces;
  c->inputs.count = mark->inputs;
  c->data_spaces.count = mark->data_spaces;
  c->assumptions.count = mark->assumptions;
  c->mentions.count = mark->mentions;
  c->table_uses.count = mark->table_uses;
  c->claims.count = mark->claims;
  c->branches.count = mark->branches;
  c->coverables.count = mark->coverables;
}

static void check_body(Checker *c, Symbol *symbol) {
  const Env env = {.space = ROOT_SPACE};
  Signature *s = signature_of(c, symbol);
  if (!s->sound) return;
  Value *values = arena_array(c->arena, Value, s->count + 1u);
  signature_placeholders(c, s, values);
  if (symbol->kind == SYMBOL_TABLE)
    lookup_value(c, &env, s, values, symbol->name.span);
  else if (symbol->decl->body)
    call_value(c, &env, s, values, symbol->name.span);
}

void check_bodies(Checker *c) {
  Mark mark = mark_now(c);
  c->in_bodies = true;
  for (uint32_t i = 0; i < c->symbols.count; i++)
    if (c->symbols.at[i]->kind == SYMBOL_FUNCTION || c->symbols.at[i]->kind == SYMBOL_TABLE)
      check_body(c, c->symbols.at[i]);
  c->in_bodies = false;
  cut_back(c, &mark);
}
