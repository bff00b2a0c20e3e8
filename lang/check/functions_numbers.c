/* Functions of numbers. */
#include "check/call.h"

static bool is_roundable(const Value *v) {
  return v->kind == VALUE_SCALAR && (v->type->kind == TYPE_NUMBER || v->type->kind == TYPE_MONEY);
}

Value make_abs(Call *call) {
  const Value *v = &call->arguments[0];
  if (v->kind != VALUE_SCALAR || !is_addable(v->type)) return call_mismatch(call, 0, type_name(call->c->number));
  return value_scalar(call->c, node_unary(call->c, OP_ABSOLUTE, v->type, v->node, call_span(call)));
}

/* ---- rounding ---- */

static Value rounded_to_step(Call *call, NumRounding mode, const Type *type, Num step) {
  Checker *c = call->c;
  uint32_t of = call->arguments[0].node;
  Node node = {.op = OP_ROUND,
               .type = type,
               .space = c->nodes.at[of].space,
               .a = of,
               .b = NO_NODE,
               .c = NO_NODE,
               .mode = mode,
               .span = call_span(call)};
  node.index = constant_add(c, (Constant){.type = c->number, .number = step});
  return value_scalar(c, node_add(c, node));
}

/* To a number of decimals that is worked out: the step is not known before. */
static Value rounded_to_scale(Call *call, NumRounding mode, const Type *type) {
  Checker *c = call->c;
  uint32_t a = call->arguments[0].node, b = call->arguments[1].node;
  uint32_t space = space_deeper(c, c->nodes.at[a].space, c->nodes.at[b].space);
  return value_scalar(c, node_add(c, (Node){.op = OP_ROUND_TO,
                                            .type = type,
                                            .space = space,
                                            .a = node_spread(c, a, space, call_span(call)),
                                            .b = node_spread(c, b, space, call_span(call)),
                                            .c = NO_NODE,
                                            .mode = mode,
                                            .span = call_span(call)}));
}

static Value rounded(Call *call, NumRounding mode) {
  Checker *c = call->c;
  const Value *v = &call->arguments[0];
  if (!is_roundable(v)) return call_mismatch(call, 0, type_name(c->number));
  if (call_has(call, 1) && !call_is_whole(call, 1)) return value_nothing(c);
  const Type *exact = type_exact(c, v->type), *whole = exact->kind == TYPE_NUMBER ? c->whole : exact;
  if (!call_has(call, 1)) return rounded_to_step(call, mode, whole, num_of(1));
  const Constant *scale = node_as_constant(c, call->arguments[1].node);
  int64_t decimals;
  if (!scale || scale->missing) return rounded_to_scale(call, mode, exact);
  if (!num_to_int(scale->number, &decimals) || decimals < -34 || decimals > 34) {
    diag_add(c->diags, MSG_E0426, call->given[1]->span, DIAG_END);
    return value_nothing(c);
  }
  return rounded_to_step(call, mode, decimals <= 0 ? whole : exact, num_power(c->arena, num_of(10), -decimals));
}

Value make_floor(Call *call) {
  return call_is(call, 0, call->c->number) ? rounded(call, ROUND_FLOOR) : value_nothing(call->c);
}

Value make_ceiling(Call *call) {
  return call_is(call, 0, call->c->number) ? rounded(call, ROUND_CEILING) : value_nothing(call->c);
}

Value make_decimal(Call *call) { return rounded(call, ROUND_HALF_EVEN); }
Value make_round_up(Call *call) { return rounded(call, ROUND_UP); }
Value make_round_down(Call *call) { return rounded(call, ROUND_DOWN); }
Value make_round_half_up(Call *call) { return rounded(call, ROUND_HALF_UP); }
Value make_round_half_down(Call *call) { return rounded(call, ROUND_HALF_DOWN); }
Value make_round_half_even(Call *call) { return rounded(call, ROUND_HALF_EVEN); }

/* ---- division, roots ---- */

/* a - b * floor(a / b) */
static uint32_t modulo(Call *call, uint32_t a, uint32_t b, const Type *type) {
  Checker *c = call->c;
  Span span = call_span(call);
  uint32_t quotient = node_binary(c, OP_DIVIDE, c->number, a, b, span);
  Node floor = {.op = OP_ROUND,
                .type = c->whole,
                .space = c->nodes.at[quotient].space,
                .a = quotient,
                .b = NO_NODE,
                .c = NO_NODE,
                .mode = ROUND_FLOOR,
                .span = span};
  floor.index = constant_add(c, (Constant){.type = c->number, .number = num_of(1)});
  uint32_t times = node_binary(c, OP_MULTIPLY, type, node_add(c, floor), b, span);
  return node_binary(c, OP_SUBTRACT, type, a, times, span);
}

Value make_modulo(Call *call) {
  Checker *c = call->c;
  if (!call_is(call, 0, c->number) || !call_is(call, 1, c->number)) return value_nothing(c);
  const Value *a = &call->arguments[0], *b = &call->arguments[1];
  const Constant *divisor = node_as_constant(c, b->node);
  if (divisor && !divisor->missing && num_sign(divisor->number) == 0) {
    diag_add(c->diags, MSG_E0411, call->given[1]->span, DIAG_END);
    return value_nothing(c);
  }
  return value_scalar(c, modulo(call, a->node, b->node, type_joined(c, a->type, b->type)));
}

/* The rest by two: that of an odd number is 1. */
static Value rest_by_two_is(Call *call, int64_t rest) {
  Checker *c = call->c;
  if (!call_is_whole(call, 0)) return value_nothing(c);
  uint32_t two = node_number(c, num_of(2), c->whole, ROOT_SPACE, call_span(call));
  uint32_t wanted = node_number(c, num_of(rest), c->whole, ROOT_SPACE, call_span(call));
  uint32_t left = modulo(call, call->arguments[0].node, two, c->whole);
  return value_scalar(c, node_binary(c, OP_EQUAL, c->yes_no, left, wanted, call_span(call)));
}

Value make_odd(Call *call) { return rest_by_two_is(call, 1); }
Value make_even(Call *call) { return rest_by_two_is(call, 0); }

Value make_sqrt(Call *call) {
  Checker *c = call->c;
  if (!call_is(call, 0, c->number)) return value_nothing(c);
  return value_scalar(c, node_unary(c, OP_SQRT, type_inexact(c, c->number), call->arguments[0].node, call_span(call)));
}
