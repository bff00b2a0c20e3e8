/* Arithmetic, caps and rounding. No implicit conversions: what may be combined stands in one table. */
#include "check/checker.h"

/* A number of seconds, from a duration or a difference of dates. */
enum { SECONDS_A_DAY = 86400 };

static Value scalar(Checker *c, OpKind op, const Type *type, const Value *a, const Value *b, const Expr *expr) {
  if (op == OP_DIVIDE) {
    const Constant *zero = node_as_constant(c, b->node);
    if (zero && !zero->missing && num_sign(zero->number) == 0) {
      diag_add(c->diags, MSG_E0411, expr->b->span, DIAG_END);
      return value_nothing(c);
    }
  }
  if (a->type->inexact || b->type->inexact) type = type_inexact(c, type);
  return value_scalar(c, node_binary(c, op, type, a->node, b->node, expr->span));
}

static const Type *number_of(const Checker *c, const Value *a, const Value *b) {
  return a->type->whole && b->type->whole ? c->whole : c->number;
}

static bool both(const Value *a, const Value *b, TypeKind kind) {
  return a->type->kind == kind && b->type->kind == kind;
}

static Value negated(Checker *c, const Value *v, const Expr *expr) {
  return value_scalar(c, node_unary(c, OP_NEGATE, v->type, v->node, expr->span));
}

/* day or moment, plus or minus a duration */
static bool shift_of_date(Checker *c, const Value *a, Value b, const Expr *expr, bool minus, Value *out) {
  bool date = a->type->kind == TYPE_DATE, moment = a->type->kind == TYPE_MOMENT;
  if ((!date && !moment) || (b.type->kind != TYPE_MONTHS && b.type->kind != TYPE_DURATION)) return false;
  if (minus) b = negated(c, &b, expr);
  OpKind op = b.type->kind == TYPE_MONTHS ? (date ? OP_ADD_MONTHS : OP_ADD_MONTHS_MOMENT)
              : date                      ? OP_ADD_SECONDS
                                          : OP_ADD;
  *out = scalar(c, op, a->type, a, &b, expr);
  return true;
}

static bool sum_of_same(const Value *a, const Value *b) {
  return both(a, b, TYPE_MONTHS) || both(a, b, TYPE_DURATION) ||
         (both(a, b, TYPE_MONEY) && type_equal(a->type, b->type));
}

static bool add(Checker *c, const Value *a, const Value *b, const Expr *expr, Value *out) {
  if (both(a, b, TYPE_NUMBER))
    *out = scalar(c, OP_ADD, number_of(c, a, b), a, b, expr);
  else if (both(a, b, TYPE_TEXT))
    *out = scalar(c, OP_JOIN, c->text, a, b, expr);
  else if (sum_of_same(a, b))
    *out = scalar(c, OP_ADD, a->type, a, b, expr);
  else
    return shift_of_date(c, a, *b, expr, false, out) || shift_of_date(c, b, *a, expr, false, out);
  return true;
}

static bool subtract(Checker *c, const Value *a, const Value *b, const Expr *expr, Value *out) {
  if (both(a, b, TYPE_NUMBER))
    *out = scalar(c, OP_SUBTRACT, number_of(c, a, b), a, b, expr);
  else if (sum_of_same(a, b))
    *out = scalar(c, OP_SUBTRACT, a->type, a, b, expr);
  else if (both(a, b, TYPE_MOMENT))
    *out = scalar(c, OP_SUBTRACT, c->duration, a, b, expr);
  else if (both(a, b, TYPE_DATE)) {
    Value days = scalar(c, OP_SUBTRACT, c->number, a, b, expr);
    Value day = value_scalar(c, node_number(c, num_of(SECONDS_A_DAY), c->number, ROOT_SPACE, expr->span));
    *out = scalar(c, OP_MULTIPLY, c->duration, &days, &day, expr);
  } else
    return shift_of_date(c, a, *b, expr, true, out);
  return true;
}

static bool is_measure(const Value *v) {
  return v->type->kind == TYPE_MONEY || v->type->kind == TYPE_MONTHS || v->type->kind == TYPE_DURATION;
}

static bool multiply(Checker *c, const Value *a, const Value *b, const Expr *expr, Value *out) {
  if (both(a, b, TYPE_NUMBER))
    *out = scalar(c, OP_MULTIPLY, number_of(c, a, b), a, b, expr);
  else if (is_measure(a) && b->type->kind == TYPE_NUMBER)
    *out = scalar(c, OP_MULTIPLY, a->type, a, b, expr);
  else if (a->type->kind == TYPE_NUMBER && is_measure(b))
    *out = scalar(c, OP_MULTIPLY, b->type, a, b, expr);
  else
    return false;
  return true;
}

static bool divide(Checker *c, const Value *a, const Value *b, const Expr *expr, Value *out) {
  if (both(a, b, TYPE_NUMBER) || (is_measure(a) && type_equal(a->type, b->type)))
    *out = scalar(c, OP_DIVIDE, c->number, a, b, expr);
  else if (is_measure(a) && b->type->kind == TYPE_NUMBER)
    *out = scalar(c, OP_DIVIDE, a->type, a, b, expr);
  else
    return false;
  return true;
}

static bool is_point_in_time(const Value *v) { return v->type->kind == TYPE_DATE || v->type->kind == TYPE_MOMENT; }

static Value refuse(Checker *c, const Value *a, const Value *b, const Expr *expr) {
  bool months_and_days =
      (both(a, a, TYPE_MONTHS) && both(b, b, TYPE_DURATION)) || (both(a, a, TYPE_DURATION) && both(b, b, TYPE_MONTHS));
  bool added = expr->kind == EXPR_ADD || expr->kind == EXPR_SUBTRACT;
  if (both(a, b, TYPE_MONEY) && !type_equal(a->type, b->type))
    diag_add(c->diags, MSG_E0402, expr->span, a->type->currency, b->type->currency, DIAG_END);
  else if (months_and_days && added)
    diag_add(c->diags, MSG_E0490, expr->span, DIAG_END);
  else if (added && is_point_in_time(a) && b->type->kind == TYPE_NUMBER)
    diag_add(c->diags, MSG_E0491, expr->b->span, span_text(c->diags->sources, expr->b->span), DIAG_END);
  else
    diag_add(c->diags, MSG_E0412, expr->operator_span, span_text(c->diags->sources, expr->operator_span),
             type_name(a->type), type_name(b->type), DIAG_END);
  return value_nothing(c);
}

static APART Value combined(Checker *c, const Value *a, const Value *b, const Expr *expr) {
  Value out = value_nothing(c);
  if (a->kind != VALUE_SCALAR || b->kind != VALUE_SCALAR) return refuse(c, a, b, expr);
  bool fits = false;
  switch ((int)expr->kind) {
  case EXPR_ADD: fits = add(c, a, b, expr, &out); break;
  case EXPR_SUBTRACT: fits = subtract(c, a, b, expr, &out); break;
  case EXPR_SHARE_OF:
  case EXPR_MULTIPLY: fits = multiply(c, a, b, expr, &out); break;
  case EXPR_DIVIDE: fits = divide(c, a, b, expr, &out); break;
  case EXPR_POWER:
    fits = both(a, b, TYPE_NUMBER) && b->type->whole;
    if (fits) out = scalar(c, OP_POWER, c->number, a, b, expr);
    break;
  default: break;
  }
  return fits ? out : refuse(c, a, b, expr);
}

static APART Value elaborate_binary(Checker *c, const Env *env, const Expr *expr) {
  Value a = elaborate(c, env, expr->a), b = elaborate(c, env, expr->b);
  return is_nothing(&a) || is_nothing(&b) ? value_nothing(c) : combined(c, &a, &b, expr);
}

static APART Value elaborate_negation(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  if (is_nothing(&v)) return v;
  if (v.kind != VALUE_SCALAR || (v.type->kind != TYPE_NUMBER && !is_measure(&v))) {
    diag_add(c->diags, MSG_E0403, expr->a->span, type_name(c->number), type_name(v.type), DIAG_END);
    return value_nothing(c);
  }
  return negated(c, &v, expr);
}

/* V but at most X "name" */
static APART Value elaborate_cap(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  Env inner = *env;
  if (v.type->kind == TYPE_RATE) inner.expected = v.type;
  Value limit = elaborate(c, &inner, expr->b);
  if (!comparable(c, &v, &limit, expr, true)) return value_nothing(c);
  if (!type_is_number_like(v.type)) {
    diag_add(c->diags, MSG_E0408, expr->span, type_name(v.type), DIAG_END);
    return value_nothing(c);
  }
  OpKind op = expr->kind == EXPR_AT_MOST ? OP_SMALLER : OP_GREATER;
  uint32_t space = space_deeper(c, c->nodes.at[v.node].space, c->nodes.at[limit.node].space);
  Node node = {.op = op,
               .type = type_joined(c, v.type, limit.type),
               .space = space,
               .c = NO_NODE,
               .span = expr->span,
               .label = expr->text};
  node.a = node_spread(c, v.node, space, expr->span);
  node.b = node_spread(c, limit.node, space, expr->span);
  if (!env->arguments_only)
    claim_add(c, expr->kind == EXPR_AT_MOST ? CLAIM_AT_MOST : CLAIM_AT_LEAST, (View){0}, expr->b->span, node.a, node.b);
  return value_scalar(c, node_add(c, node));
}

/* The multiple that is rounded to: 2 decimals, NOK 1 000, 0.5; without one 1. */
static bool rounding_step(Checker *c, const Expr *step, const Type *type, Num *out) {
  *out = num_of(1);
  if (!step) return true;
  if (step->kind == EXPR_MONEY && type->kind == TYPE_MONEY && !view_equal(step->text, type->currency)) {
    diag_add(c->diags, MSG_E0402, step->span, type->currency, step->text, DIAG_END);
    return false;
  }
  if (step->kind == EXPR_MONEY && type->kind != TYPE_MONEY) {
    diag_add(c->diags, MSG_E0403, step->span, type_name(type), type_name(money_of(c, step->text)), DIAG_END);
    return false;
  }
  int64_t decimals;
  if (step->percent) {
    if (!num_to_int(step->number, &decimals) || decimals < 0 || decimals > 34) {
      diag_add(c->diags, MSG_E0426, step->span, DIAG_END);
      return false;
    }
    *out = num_power(c->arena, num_of(10), -decimals);
    return true;
  }
  *out = step->number;
  if (num_sign(*out) > 0) return true;
  diag_add(c->diags, MSG_E0426, step->span, DIAG_END);
  return false;
}

static APART Value elaborate_rounded(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  if (is_nothing(&v)) return v;
  Num step;
  if (v.kind != VALUE_SCALAR || (v.type->kind != TYPE_NUMBER && !is_measure(&v))) {
    diag_add(c->diags, MSG_E0403, expr->a->span, type_name(c->number), type_name(v.type), DIAG_END);
    return value_nothing(c);
  }
  if (!rounding_step(c, expr->b, v.type, &step)) return value_nothing(c);
  const Type *of_number = num_is_whole(step) ? c->whole : c->number;
  Node node = {.op = OP_ROUND,
               .type = v.type->kind == TYPE_NUMBER ? of_number : type_exact(c, v.type),
               .space = c->nodes.at[v.node].space,
               .a = v.node,
               .b = NO_NODE,
               .c = NO_NODE,
               .mode = (NumRounding)expr->value,
               .span = expr->span};
  node.index = constant_add(c, (Constant){.type = c->number, .number = step});
  return value_scalar(c, node_add(c, node));
}

Value elaborate_arithmetic(Checker *c, const Env *env, const Expr *expr) {
  Env inner = *env;
  if (expr->kind != EXPR_AT_MOST && expr->kind != EXPR_AT_LEAST && expr->kind != EXPR_ROUNDED) inner.expected = NULL;
  if (expr->kind == EXPR_NEGATE) return elaborate_negation(c, &inner, expr);
  if (expr->kind == EXPR_AT_MOST || expr->kind == EXPR_AT_LEAST) return elaborate_cap(c, &inner, expr);
  if (expr->kind == EXPR_ROUNDED) return elaborate_rounded(c, &inner, expr);
  return elaborate_binary(c, &inner, expr);
}
