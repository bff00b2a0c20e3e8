/* `X on DATE as known on DATE`: X with everything dated taken at that date, in what was known on the other; and
 * fulfils(level held), which is most often asked of another date. */
#include "check/checker.h"

/* ---- on ---- */

/* A date, or the date of a moment; NO_NODE where it is none, which was reported. */
static uint32_t date_behind(Checker *c, const Env *env, const Expr *expr) {
  Env inner = *env;
  inner.expected = NULL;
  Value v = elaborate(c, &inner, expr);
  if (is_nothing(&v)) return NO_NODE;
  if (v.kind == VALUE_SCALAR && v.type->kind == TYPE_MOMENT)
    v = value_scalar(c, node_unary(c, OP_DATE_OF, c->date, v.node, expr->span));
  if (v.kind != VALUE_SCALAR || v.type->kind != TYPE_DATE) {
    diag_add(c->diags, MSG_E0520, expr->span, type_name(v.type), DIAG_END);
    return NO_NODE;
  }
  list_push(c->arena, &c->date_texts, ((DateText){v.node, span_text(c->diags->sources, expr->span)}));
  return v.node;
}

/* What changes nothing is a slip: the date is meant for something else. */
static void warn_of_idle(Checker *c, const Expr *expr, uint32_t depends) {
  if (!(depends & DEPENDS_ON_DATE))
    diag_add(c->diags, MSG_W0550, expr->operator_span, span_text(c->diags->sources, expr->a->span), DIAG_END);
  if (expr->c && !(depends & DEPENDS_ON_KNOWLEDGE)) diag_add(c->diags, MSG_W0551, expr->c->span, DIAG_END);
}

Value elaborate_on(Checker *c, const Env *env, const Expr *expr) {
  Env inner = *env;
  uint32_t on = date_behind(c, env, expr->b), known_on = expr->c ? date_behind(c, env, expr->c) : NO_NODE;
  bool sound = on != NO_NODE && (!expr->c || known_on != NO_NODE);
  if (on != NO_NODE) inner.on = 1 + on;
  if (known_on != NO_NODE) inner.known_on = 1 + known_on;
  uint32_t before = c->depends;
  c->depends = 0;
  Value v = elaborate(c, &inner, expr->a);
  if (sound && !is_nothing(&v)) warn_of_idle(c, expr, c->depends);
  /* what is asked on a date of its own depends on no other */
  c->depends = before | (expr->c ? 0 : c->depends & DEPENDS_ON_KNOWLEDGE);
  return sound ? v : value_nothing(c);
}

/* ---- fulfils ---- */

bool is_fulfils(const Checker *c, const Expr *call) {
  return special_is(call->text, SPECIAL_IS_FULFILS, c->vocabulary->language);
}

static bool may_be_met(const Symbol *symbol) {
  return symbol && (symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND || symbol->kind == SYMBOL_BUNDLE ||
                    symbol->kind == SYMBOL_RULE);
}

static bool is_named(const Env *env, View name) {
  for (const Scope *s = env->scope; s; s = s->outer)
    if (view_equal(s->name, name)) return true;
  return false;
}

static Symbol *symbol_of_level(const Checker *c, View name) {
  for (uint32_t i = 0; i < c->symbols.count; i++)
    if (c->symbols.at[i]->kind == SYMBOL_LEVEL && view_equal(c->symbols.at[i]->name.text, name))
      return c->symbols.at[i];
  return NULL;
}

/* Is the level met that the value holds? */
static Value level_held(Checker *c, const Env *env, Value level, Span span) {
  const EnumType *levels = c->level->values;
  uint32_t *met = arena_array(c->arena, uint32_t, levels->count);
  uint32_t space = c->nodes.at[level.node].space;
  for (uint32_t code = 0; code < levels->count; code++) {
    Symbol *symbol = symbol_of_level(c, levels->values[code]);
    met[code] = symbol ? level_met(c, env, symbol, span) : NO_NODE;
    if (met[code] == NO_NODE) return value_nothing(c);
    space = space_deeper(c, space, c->nodes.at[met[code]].space);
  }
  for (uint32_t code = 0; code < levels->count; code++) met[code] = node_spread(c, met[code], space, span);
  Node node = {.op = OP_BY_CODE,
               .type = c->yes_no,
               .space = space,
               .b = NO_NODE,
               .c = NO_NODE,
               .count = levels->count,
               .span = span};
  node.a = node_spread(c, level.node, space, span);
  node.first = arguments_add(c, met, levels->count);
  return value_scalar(c, node_add(c, node));
}

Value elaborate_fulfils(Checker *c, const Env *env, const Expr *call) {
  if (call->items.count != 1) {
    View given = view_format(c->arena, "%u", call->items.count);
    diag_add(c->diags, MSG_E0307, call->span, call->text, VIEW("1"), given, DIAG_END);
    return value_nothing(c);
  }
  const Expr *of = call->items.at[0];
  Symbol *symbol = of->kind == EXPR_NAME && !is_named(env, of->text) ? symbol_find(c, of->text) : NULL;
  if (may_be_met(symbol)) return value_scalar(c, level_met(c, env, symbol, of->span));
  Env inner = *env;
  inner.expected = c->level;
  Value v = elaborate(c, &inner, of);
  if (is_nothing(&v)) return v;
  if (v.kind == VALUE_SCALAR && c->level && v.type == c->level) return level_held(c, env, v, call->span);
  diag_add(c->diags, MSG_E0522, of->span, type_name(v.type), DIAG_END);
  return value_nothing(c);
}
