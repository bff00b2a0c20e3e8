/* Comparisons, and `in`. Every one becomes LESS or EQUAL with at most a negation; a comparison of an enumeration with
 * a constant becomes a set of its values, so that what is still possible is exact. */
#include "check/checker.h"

static uint64_t mask_of_all(const EnumType *e) { return e->count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << e->count) - 1; }

static uint32_t node_in_mask(Checker *c, uint32_t of, uint64_t mask, Span span) {
  const Constant *known = node_as_constant(c, of);
  if (known) return node_yes_no(c, mask >> known->code & 1, c->nodes.at[of].space, span);
  Node node = {.op = OP_IN_MASK,
               .type = c->yes_no,
               .space = c->nodes.at[of].space,
               .a = of,
               .b = NO_NODE,
               .c = NO_NODE,
               .mask = mask,
               .span = span};
  return node_add(c, node);
}

static bool has_mask(const Value *v) { return v->type->values->count <= ENUM_MASK_VALUES; }

static uint32_t equal_enum(Checker *c, const Value *a, const Value *b, Span span) {
  const Constant *x = node_as_constant(c, a->node), *y = node_as_constant(c, b->node);
  if (y && has_mask(a)) return node_in_mask(c, a->node, UINT64_C(1) << y->code, span);
  if (x && has_mask(a)) return node_in_mask(c, b->node, UINT64_C(1) << x->code, span);
  return node_binary(c, OP_EQUAL_CODE, c->yes_no, a->node, b->node, span);
}

uint32_t node_equal(Checker *c, Value a, Value b, Span span) {
  if (a.type->inexact || b.type->inexact) diag_add(c->diags, MSG_W0440, span, DIAG_END);
  switch (a.type->kind) {
  case TYPE_YES_NO: {
    const Constant *x = node_as_constant(c, a.node), *y = node_as_constant(c, b.node);
    if (y) return y->yes ? a.node : node_not(c, a.node, span);
    if (x) return x->yes ? b.node : node_not(c, b.node, span);
    return node_binary(c, OP_SAME, c->yes_no, a.node, b.node, span);
  }
  case TYPE_ENUM: return equal_enum(c, &a, &b, span);
  case TYPE_TEXT: return node_binary(c, OP_EQUAL_TEXT, c->yes_no, a.node, b.node, span);
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_DATE:
  case TYPE_MOMENT:
  case TYPE_MONTHS:
  case TYPE_DURATION: return node_binary(c, OP_EQUAL, c->yes_no, a.node, b.node, span);
  case TYPE_RECORD: return records_equal(c, &a, &b, span);
  case TYPE_ERROR:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return NO_NODE;
}

uint32_t node_less(Checker *c, Value a, Value b, Span span) {
  if (a.type->kind == TYPE_TEXT) return node_binary(c, OP_LESS_TEXT, c->yes_no, a.node, b.node, span);
  if (a.type->kind != TYPE_ENUM) return node_binary(c, OP_LESS, c->yes_no, a.node, b.node, span);
  const Constant *x = node_as_constant(c, a.node), *y = node_as_constant(c, b.node);
  if (y && has_mask(&a)) return node_in_mask(c, a.node, (UINT64_C(1) << y->code) - 1, span);
  if (x && has_mask(&a))
    return node_in_mask(c, b.node, mask_of_all(a.type->values) & ~((UINT64_C(2) << x->code) - 1), span);
  return node_binary(c, OP_LESS_CODE, c->yes_no, a.node, b.node, span);
}

/* ---- types ---- */

/* `total budget >= 100 000`: the number's currency is missing */
static bool report_bare_amount(Checker *c, const Value *a, const Value *b, const Expr *expr) {
  bool money_first = a->type->kind == TYPE_MONEY;
  const Expr *number = money_first ? expr->b : expr->a;
  const Type *money = money_first ? a->type : b->type;
  if (money->kind != TYPE_MONEY || !number || number->kind != EXPR_NUMBER || number->percent) return false;
  diag_add(c->diags, MSG_E0433, number->span, money->currency, span_text(c->diags->sources, number->span), DIAG_END);
  return true;
}

/* `sector = "business"`: the value of an enumeration has no quotes */
static bool report_quoted_value(Checker *c, const Value *a, const Value *b, const Expr *expr) {
  bool enum_first = a->type->kind == TYPE_ENUM;
  const Expr *text = enum_first ? expr->b : expr->a;
  const Type *type = enum_first ? a->type : b->type;
  if (type->kind != TYPE_ENUM || !text || text->kind != EXPR_TEXT) return false;
  diag_add(c->diags, MSG_E0436, text->span, span_text(c->diags->sources, text->span), type->name,
           some_of_names(c, type->values->values, type->values->count), DIAG_END);
  return true;
}

static void report_incomparable(Checker *c, const Value *a, const Value *b, const Expr *expr) {
  TypeKind x = a->type->kind, y = b->type->kind;
  if (report_bare_amount(c, a, b, expr) || report_quoted_value(c, a, b, expr)) return;
  bool date_and_moment = (x == TYPE_DATE && y == TYPE_MOMENT) || (x == TYPE_MOMENT && y == TYPE_DATE);
  if (date_and_moment)
    diag_add(c->diags, MSG_E0404, expr->span, DIAG_END);
  else if ((x == TYPE_MONTHS && y == TYPE_DURATION) || (x == TYPE_DURATION && y == TYPE_MONTHS))
    diag_add(c->diags, MSG_E0490, expr->span, DIAG_END);
  else if (x == TYPE_MONEY && y == TYPE_MONEY)
    diag_add(c->diags, MSG_E0402, expr->span, a->type->currency, b->type->currency, DIAG_END);
  else
    diag_add(c->diags, MSG_E0401, expr->span, type_name(a->type), type_name(b->type), DIAG_END);
}

bool comparable(Checker *c, const Value *a, const Value *b, const Expr *expr, bool ordered) {
  if (is_nothing(a) || is_nothing(b)) return false;
  bool records = a->kind == VALUE_RECORD && b->kind == VALUE_RECORD && !ordered;
  if (!records && (a->kind != VALUE_SCALAR || b->kind != VALUE_SCALAR)) {
    bool first = a->kind != VALUE_SCALAR;
    const Expr *side = expr->a && expr->b ? (first ? expr->a : expr->b) : expr;
    diag_add(c->diags, MSG_E0410, side->span, type_name(first ? a->type : b->type), DIAG_END);
    return false;
  }
  if (!type_equal(a->type, b->type)) {
    report_incomparable(c, a, b, expr);
    return false;
  }
  if (ordered && !type_is_ordered(a->type)) {
    diag_add(c->diags, MSG_E0408, expr->span, type_name(a->type), DIAG_END);
    return false;
  }
  return true;
}

/* `x is mising`: the right side was to be a phrase */
static bool report_phrase(Checker *c, const Env *env, const Expr *expr) {
  View sign = span_text(c->diags->sources, expr->operator_span);
  if (expr->b->kind != EXPR_NAME || !sign.length || sign.at[0] == '=' || sign.at[0] == '!') return false;
  if (symbol_find(c, expr->b->text) || value_name_find(c, expr->b->text)) return false;
  if (env->expected && env->expected->kind == TYPE_ENUM) return false;
  for (int i = SPECIAL_IS_MISSING; i <= SPECIAL_IS_MET; i++) {
    View phrase = special_word((Special)i, c->vocabulary->language);
    if (view_distance(c->arena, expr->b->text, phrase, 2) > 1) continue;
    View right = view_format(c->arena, "%.*s %.*s", (int)sign.length, sign.at, (int)phrase.length, phrase.at);
    Span span = span_join(expr->operator_span, expr->b->span);
    diag_add(c->diags, MSG_E0318, span, span_text(c->diags->sources, span), right, DIAG_END);
    return true;
  }
  return false;
}

static bool is_value_name(const Checker *c, const Expr *expr) {
  return expr->kind == EXPR_NAME && value_name_find(c, expr->text) && !symbol_find(c, expr->text);
}

/* Both sides, each seeing the other's type where it names a value of an enumeration. */
static APART void elaborate_pair(Checker *c, const Env *env, const Expr *expr, Value *a, Value *b) {
  Env inner = *env;
  inner.expected = NULL;
  if (is_value_name(c, expr->a)) {
    *b = elaborate(c, &inner, expr->b);
    inner.expected = b->type;
    *a = elaborate(c, &inner, expr->a);
    return;
  }
  *a = elaborate(c, &inner, expr->a);
  if (a->type->kind == TYPE_ERROR && report_phrase(c, &inner, expr)) {
    *b = value_nothing(c);
    return;
  }
  inner.expected = a->type;
  if (report_phrase(c, &inner, expr))
    *b = value_nothing(c);
  else
    *b = elaborate(c, &inner, expr->b);
}

/* ---- in ---- */

static uint32_t in_range(Checker *c, Value v, const Value *range, Span span) {
  uint32_t low =
      range->low_open ? node_less(c, *range->low, v, span) : node_not(c, node_less(c, v, *range->low, span), span);
  uint32_t high =
      range->high_open ? node_less(c, v, *range->high, span) : node_not(c, node_less(c, *range->high, v, span), span);
  return node_and(c, low, high, span);
}

/* Sets of values of one enumeration are joined, so that `position in [a, b]` is one question. */
static uint32_t or_equal(Checker *c, uint32_t sum, uint32_t next, Span span) {
  if (sum != NO_NODE) {
    Node x = c->nodes.at[sum], y = c->nodes.at[next];
    if (x.op == OP_IN_MASK && y.op == OP_IN_MASK && x.a == y.a) return node_in_mask(c, x.a, x.mask | y.mask, span);
  }
  return node_or(c, sum, next, span);
}

static APART Value in_literal(Checker *c, const Env *env, Value v, const Expr *expr) {
  uint32_t any = NO_NODE;
  Env inner = *env;
  inner.expected = v.type;
  for (uint32_t i = 0; i < expr->b->items.count; i++) {
    const Expr *item = expr->b->items.at[i];
    Value one = elaborate(c, &inner, item);
    if (one.kind == VALUE_RANGE && type_equal(one.low->type, v.type))
      any = node_or(c, any, in_range(c, v, &one, item->span), expr->span);
    else {
      uint32_t same = comparable(c, &v, &one, item, false) ? node_equal(c, v, one, expr->span) : NO_NODE;
      if (same == NO_NODE) return value_nothing(c);
      any = or_equal(c, any, same, expr->span);
    }
  }
  return any == NO_NODE ? value_scalar(c, node_yes_no(c, false, ROOT_SPACE, expr->span)) : value_scalar(c, any);
}

static APART Value is_in(Checker *c, const Value *value, const Value *list, const Expr *expr) {
  Value v = *value, right = *list;
  if (right.kind == VALUE_RANGE)
    return comparable(c, &v, right.low, expr, true) ? value_scalar(c, in_range(c, v, &right, expr->span))
                                                    : value_nothing(c);
  if (right.kind != VALUE_LIST) {
    diag_add(c->diags, MSG_E0416, expr->b->span, type_name(right.type), DIAG_END);
    return value_nothing(c);
  }
  if (!comparable(c, &v, right.element, expr, false)) return value_nothing(c);
  uint32_t around = value_space(c, &v), parent = list_parent(c, &right.list);
  bool constant = v.kind == VALUE_SCALAR && node_as_constant(c, v.node);
  if (space_encloses(c, parent, around) && parent != around && !constant)
    right = list_in(c, around, &right, expr->span);
  if (v.kind == VALUE_SCALAR) v = value_scalar(c, node_spread(c, v.node, right.list.space, expr->span));
  uint32_t same = node_equal(c, v, *right.element, expr->span);
  return same == NO_NODE ? value_nothing(c) : value_scalar(c, list_some(c, &right.list, same, expr->span));
}

static APART Value elaborate_in(Checker *c, const Env *env, const Expr *expr) {
  Value v, right;
  if (expr->b->kind == EXPR_LIST) {
    Env inner = *env;
    inner.expected = NULL;
    v = elaborate(c, &inner, expr->a);
    return is_nothing(&v) ? v : in_literal(c, env, v, expr);
  }
  Env inner = *env;
  inner.expected = NULL;
  if (is_value_name(c, expr->a)) {
    right = elaborate(c, &inner, expr->b);
    inner.expected = right.kind == VALUE_LIST ? right.element->type : NULL;
    v = elaborate(c, &inner, expr->a);
  } else {
    v = elaborate(c, &inner, expr->a);
    inner.expected = v.type;
    right = elaborate(c, &inner, expr->b);
  }
  return is_nothing(&v) || is_nothing(&right) ? value_nothing(c) : is_in(c, &v, &right, expr);
}

/* ---- comparisons ---- */

static View in_range_text(Checker *c, const Expr *expr) {
  ExprKind first = (ExprKind)(expr->value / EXPR_COUNT), second = (ExprKind)(expr->value % EXPR_COUNT);
  bool up = (first == EXPR_LT || first == EXPR_LE) && (second == EXPR_LT || second == EXPR_LE);
  bool down = (first == EXPR_GT || first == EXPR_GE) && (second == EXPR_GT || second == EXPR_GE);
  if (!up && !down) return (View){0};
  const Expr *low = up ? expr->a : expr->c, *high = up ? expr->c : expr->a;
  ExprKind low_op = up ? first : second, high_op = up ? second : first;
  View l = span_text(c->diags->sources, low->span), x = span_text(c->diags->sources, expr->b->span);
  View h = span_text(c->diags->sources, high->span);
  return view_format(c->arena, "%.*s in %s%.*s..%.*s%s", (int)x.length, x.at,
                     low_op == EXPR_LT || low_op == EXPR_GT ? "(" : "[", (int)l.length, l.at, (int)h.length, h.at,
                     high_op == EXPR_LT || high_op == EXPR_GT ? ")" : "]");
}

static void report_chained(Checker *c, const Expr *expr) {
  View range = in_range_text(c, expr);
  if (range.length)
    diag_add(c->diags, MSG_E0407, expr->span, range, DIAG_END);
  else
    diag_add(c->diags, MSG_E0424, expr->span, DIAG_END);
}

static APART Value elaborate_between(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  Env inner = *env;
  inner.expected = v.type;
  Value low = elaborate(c, &inner, expr->b), high = elaborate(c, &inner, expr->c);
  if (!comparable(c, &v, &low, expr, true) || !comparable(c, &v, &high, expr, true)) return value_nothing(c);
  Value range = {.kind = VALUE_RANGE, .low = &low, .high = &high};
  return value_scalar(c, in_range(c, v, &range, expr->span));
}

static APART Value compared(Checker *c, Value a, Value b, const Expr *expr) {
  bool ordered = expr->kind != EXPR_EQ && expr->kind != EXPR_NE;
  if (!comparable(c, &a, &b, expr, ordered)) return value_nothing(c);
  uint32_t node = NO_NODE;
  switch ((int)expr->kind) {
  case EXPR_EQ: node = node_equal(c, a, b, expr->span); break;
  case EXPR_NE: node = node_not(c, node_equal(c, a, b, expr->span), expr->span); break;
  case EXPR_LT: node = node_less(c, a, b, expr->span); break;
  case EXPR_GT: node = node_less(c, b, a, expr->span); break;
  case EXPR_LE: node = node_not(c, node_less(c, b, a, expr->span), expr->span); break;
  case EXPR_GE: node = node_not(c, node_less(c, a, b, expr->span), expr->span); break;
  default: break;
  }
  return value_scalar(c, node);
}

Value elaborate_comparison(Checker *c, const Env *env, const Expr *expr) {
  if (expr->kind == EXPR_CHAINED) {
    report_chained(c, expr);
    return value_nothing(c);
  }
  if (expr->kind == EXPR_BETWEEN) return elaborate_between(c, env, expr);
  if (expr->kind == EXPR_IN) return elaborate_in(c, env, expr);
  Value a, b;
  elaborate_pair(c, env, expr, &a, &b);
  return compared(c, a, b, expr);
}
