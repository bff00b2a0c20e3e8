/* From one currency to another: `amount in EUR at rate`, where the rate says how much of one is paid for one of the
 * other. There is no other way across. */
#include "check/checker.h"

/* ---- the type ---- */

static const char per_word[] = " per "; /* in both languages */

static bool find_per(View name, uint32_t *at) {
  uint32_t length = (uint32_t)sizeof per_word - 1;
  for (uint32_t i = 1; i + length < name.length; i++)
    if (view_is((View){name.at + i, length}, per_word)) {
      *at = i;
      return true;
    }
  return false;
}

bool is_rate_name(View name) {
  uint32_t at;
  return find_per(name, &at);
}

static bool is_currency(const Checker *c, View name) {
  for (uint32_t i = 0; i < c->program->currency_count; i++)
    if (view_equal(c->program->currencies[i], name)) return true;
  return false;
}

const Type *rate_type(Checker *c, const Name *name) {
  uint32_t at = 0, behind = (uint32_t)sizeof per_word - 1;
  find_per(name->text, &at);
  View paid = {name->text.at, at}, one = {name->text.at + at + behind, name->text.length - at - behind};
  if (!is_currency(c, paid) || !is_currency(c, one) || view_equal(paid, one)) {
    diag_add(c->diags, MSG_E0497, name->span, name->text, DIAG_END);
    return c->error;
  }
  for (uint32_t i = 0; i < c->types.count; i++) {
    const Type *type = c->types.at[i];
    if (type->kind == TYPE_RATE && view_equal(type->currency, paid) && view_equal(type->per, one)) return type;
  }
  Type *type = arena_new_of(c->arena, Type);
  *type = (Type){.kind = TYPE_RATE, .currency = paid, .per = one, .name = name->text};
  list_push(c->arena, &c->types, type);
  return type;
}

/* A plain number where a rate is expected: a rate has no other way to be written. */
Value rate_literal(Checker *c, const Type *rate, const Expr *number) {
  if (num_sign(number->number) <= 0) {
    diag_add(c->diags, MSG_E0493, number->span, DIAG_END);
    return value_nothing(c);
  }
  return value_scalar(c, node_number(c, number->number, rate, ROOT_SPACE, number->span));
}

/* ---- amount in EUR at rate ---- */

static Value refuse_rate(Checker *c, const Value *amount, const Value *rate, const Expr *expr) {
  View from = amount->type->currency, to = expr->text;
  bool home = view_equal(to, c->program->currencies[0]); /* as rates are quoted: in one's own currency */
  View paid = home ? to : from, one = home ? from : to;
  bool is_rate = rate->kind == VALUE_SCALAR && rate->type->kind == TYPE_RATE;
  if (is_rate)
    diag_add(c->diags, MSG_E0495, expr->b->span, type_name(rate->type), from, to, DIAG_END);
  else
    diag_add(c->diags, MSG_E0496, expr->b->span, type_name(rate->type), paid, one, DIAG_END);
  return value_nothing(c);
}

static Value exchanged(Checker *c, const Value *amount, const Value *rate, const Expr *expr) {
  View from = amount->type->currency, to = expr->text;
  if (view_equal(from, to)) {
    diag_add(c->diags, MSG_E0494, span_join(expr->operator_span, expr->b->span), to, DIAG_END);
    return value_nothing(c);
  }
  if (rate->kind != VALUE_SCALAR || rate->type->kind != TYPE_RATE) return refuse_rate(c, amount, rate, expr);
  bool pays = view_equal(rate->type->currency, from) && view_equal(rate->type->per, to);
  bool earns = view_equal(rate->type->currency, to) && view_equal(rate->type->per, from);
  if (!pays && !earns) return refuse_rate(c, amount, rate, expr);
  OpKind op = pays ? OP_DIVIDE : OP_MULTIPLY;
  return value_scalar(c, node_binary(c, op, money_of(c, to), amount->node, rate->node, expr->span));
}

Value elaborate_in_currency(Checker *c, const Env *env, const Expr *expr) {
  Env inner = *env;
  inner.expected = NULL;
  Value amount = elaborate(c, &inner, expr->a), rate = elaborate(c, &inner, expr->b);
  if (is_nothing(&amount) || is_nothing(&rate)) return value_nothing(c);
  if (amount.kind == VALUE_SCALAR && amount.type->kind == TYPE_MONEY) return exchanged(c, &amount, &rate, expr);
  diag_add(c->diags, MSG_E0492, expr->a->span, type_name(amount.type), DIAG_END);
  return value_nothing(c);
}
