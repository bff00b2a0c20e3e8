/* Lists in their order: places in them, and lists one behind another. The order is kept as keys until a place is asked
 * for; then a POSITION says where each item stands among those that belong. */
#include "check/checker.h"

/* ---- order ---- */

enum { KEYS_MOST = 62 };

/* The new key weighs most; where it is equal, the order so far holds. The oldest of very many keys is forgotten. */
const Order *order_by(Checker *c, const Order *before, uint32_t key, bool descending) {
  Order *order = arena_new_of(c->arena, Order);
  uint32_t kept = before ? before->count : 0;
  if (kept == KEYS_MOST) kept--;
  uint32_t *keys = arena_array(c->arena, uint32_t, kept + 1);
  keys[0] = key;
  for (uint32_t i = 0; i < kept; i++) keys[i + 1] = before->keys[i];
  *order = (Order){.count = kept + 1, .keys = keys, .from_last = before && before->from_last};
  order->descending = (before ? before->descending << 1 : 0) | descending;
  return order;
}

const Order *order_reversed(Checker *c, const Order *order) {
  Order *out = arena_new_of(c->arena, Order);
  if (order) *out = *order;
  out->descending ^= (UINT64_C(1) << out->count) - 1;
  out->from_last = !out->from_last;
  return out;
}

uint32_t list_position(Checker *c, const Value *list, Span span) {
  const Order *order = list->order;
  Node node = {.op = OP_POSITION,
               .type = c->whole,
               .space = list->list.space,
               .a = list->list.member,
               .b = list_complete(c, &list->list, span),
               .c = NO_NODE,
               .span = span};
  if (order) {
    node.count = order->count;
    if (order->count) node.first = arguments_add(c, order->keys, order->count);
    node.mask = (order->descending & ((UINT64_C(1) << order->count) - 1)) | (uint64_t)order->from_last << 63;
  }
  return node_add(c, node);
}

/* ---- places ---- */

uint32_t position_of_place(Checker *c, const Value *list, uint32_t place, Span span) {
  const Constant *known = node_as_constant(c, place);
  uint32_t one = node_number(c, num_of(1), c->whole, ROOT_SPACE, span);
  if (known && num_sign(known->number) > 0) return node_binary(c, OP_SUBTRACT, c->whole, place, one, span);
  uint32_t count = list_count(c, &list->list, span);
  uint32_t from_end = node_binary(c, OP_ADD, c->whole, count, place, span);
  if (known) return from_end;
  uint32_t zero = node_number(c, num_of(0), c->whole, ROOT_SPACE, span);
  uint32_t is_from_end = node_binary(c, OP_LESS, c->yes_no, place, zero, span);
  return node_if(c, is_from_end, from_end, node_binary(c, OP_SUBTRACT, c->whole, place, one, span), span);
}

Value list_at(Checker *c, const Value *list, uint32_t position, Span span) {
  uint32_t wanted = node_spread(c, position, list->list.space, span);
  uint32_t here = node_binary(c, OP_EQUAL, c->yes_no, list_position(c, list, span), wanted, span);
  return list_pick(c, list, here, position, span);
}

/* A place that is known to be counted from the end is one of the list turned round: so how long the list is need not be
 * known. */
Value list_at_place(Checker *c, const Value *list, uint32_t place, Span span) {
  const Constant *known = node_as_constant(c, place);
  if (!known || known->missing || num_sign(known->number) >= 0)
    return list_at(c, list, position_of_place(c, list, place, span), span);
  Value reversed = *list;
  reversed.order = order_reversed(c, list->order);
  Num position = num_sub(c->arena, num_of(-1), known->number);
  return list_at(c, &reversed, node_number(c, position, c->whole, ROOT_SPACE, span), span);
}

/* list[3], list[-1] */
Value elaborate_place(Checker *c, const Env *env, const Expr *expr, const Value *list, Value place) {
  (void)env;
  const Constant *known = node_as_constant(c, place.node);
  if (!place.type->whole) {
    diag_add(c->diags, MSG_E0403, expr->b->span, type_name(c->whole), type_name(place.type), DIAG_END);
    return value_nothing(c);
  }
  if (known && num_sign(known->number) == 0) {
    diag_add(c->diags, MSG_E0441, expr->b->span, DIAG_END);
    return value_nothing(c);
  }
  if (!known && !space_encloses(c, c->nodes.at[place.node].space, list_parent(c, &list->list))) {
    diag_add(c->diags, MSG_E0440, expr->b->span, DIAG_END);
    return value_nothing(c);
  }
  return list_at_place(c, list, place.node, expr->span);
}

/* ---- one behind another ---- */

typedef struct Chain {
  Checker *c;
  Span span;
  Value *parts;
  uint32_t count, parent, space;
} Chain;

/* Nodes of the parts' spaces, one each, as one node. */
static uint32_t chained(Chain *chain, const uint32_t *nodes, const Type *type) {
  Checker *c = chain->c;
  uint32_t *spread = arena_array(c->arena, uint32_t, chain->count);
  for (uint32_t i = 0; i < chain->count; i++)
    spread[i] = node_spread(c, nodes[i], chain->parts[i].list.space, chain->span);
  return node_add(c, (Node){.op = OP_CHAIN,
                            .type = type,
                            .space = chain->space,
                            .a = NO_NODE,
                            .b = NO_NODE,
                            .c = NO_NODE,
                            .first = arguments_add(c, spread, chain->count),
                            .count = chain->count,
                            .span = chain->span});
}

static uint32_t chained_members(Chain *chain) {
  Checker *c = chain->c;
  uint32_t *nodes = arena_array(c->arena, uint32_t, chain->count);
  bool any = false;
  for (uint32_t i = 0; i < chain->count; i++) {
    nodes[i] = chain->parts[i].list.member;
    any |= nodes[i] != NO_NODE;
    if (nodes[i] == NO_NODE) nodes[i] = node_yes_no(c, true, ROOT_SPACE, chain->span);
  }
  return any ? chained(chain, nodes, c->yes_no) : NO_NODE;
}

/* Of parts of which all may be there, does one go on that another stands behind? */
static bool goes_on_inside(const Chain *chain, const uint32_t *complete) {
  for (uint32_t i = 0; i + 1 < chain->count; i++)
    if (complete[i] != NO_NODE) return true;
  return false;
}

/* First by the part, then by the place in it. */
static const Order *chained_order(Chain *chain, bool any) {
  Checker *c = chain->c;
  uint32_t *places = arena_array(c->arena, uint32_t, chain->count);
  uint32_t *numbers = arena_array(c->arena, uint32_t, chain->count);
  for (uint32_t i = 0; i < chain->count; i++) any |= chain->parts[i].order != NULL;
  if (!any) return NULL;
  for (uint32_t i = 0; i < chain->count; i++) {
    places[i] = list_position(c, &chain->parts[i], chain->span);
    numbers[i] = node_number(c, num_of(i), c->whole, ROOT_SPACE, chain->span);
  }
  const Order *order = order_by(c, NULL, chained(chain, places, c->whole), false);
  return order_by(c, order, chained(chain, numbers, c->whole), false);
}

static Value chained_elements(Chain *chain) {
  Checker *c = chain->c;
  Value *elements = arena_array(c->arena, Value, chain->count);
  uint32_t *nodes = arena_array(c->arena, uint32_t, chain->count);
  for (uint32_t i = 0; i < chain->count; i++) {
    elements[i] = *chain->parts[i].element;
    nodes[i] = elements[i].node;
  }
  if (elements[0].kind == VALUE_RECORD) return records_chained(c, elements, chain->count, chain->space);
  const Type *type = elements[0].type;
  for (uint32_t i = 1; i < chain->count; i++) type = type_joined(c, type, elements[i].type);
  return value_scalar(c, chained(chain, nodes, type));
}

/* What is not there cannot go on. */
static uint32_t complete_part(Chain *chain, uint32_t i, const uint32_t *conditions) {
  uint32_t complete = list_complete(chain->c, &chain->parts[i].list, chain->span);
  if (complete == NO_NODE || !conditions) return complete;
  return node_or(chain->c, node_not(chain->c, conditions[i], chain->span), complete, chain->span);
}

static void make_chain_space(Chain *chain, uint32_t *complete) {
  Checker *c = chain->c;
  uint32_t *words = arena_array(c->arena, uint32_t, 2 * (size_t)chain->count + 1);
  words[0] = chain->count;
  for (uint32_t i = 0; i < chain->count; i++) {
    words[1 + i] = chain->parts[i].list.space;
    words[1 + chain->count + i] = complete[i];
  }
  uint32_t at = arguments_add(c, words, 2 * chain->count + 1);
  chain->space = space_get(c, SPACE_CHAIN, chain->parent, at);
}

static uint32_t deepest_parent(Checker *c, const Value *lists, const uint32_t *conditions, uint32_t count) {
  uint32_t parent = ROOT_SPACE;
  for (uint32_t i = 0; i < count; i++) {
    parent = space_deeper(c, parent, list_parent(c, &lists[i].list));
    if (conditions) parent = space_deeper(c, parent, c->nodes.at[conditions[i]].space);
  }
  return parent;
}

Value list_chain(Checker *c, const Value *lists, const uint32_t *conditions, uint32_t count, Span span) {
  Chain chain = {.c = c, .span = span, .count = count, .parent = deepest_parent(c, lists, conditions, count)};
  uint32_t *complete = arena_array(c->arena, uint32_t, count), all = NO_NODE;
  chain.parts = arena_array(c->arena, Value, count);
  for (uint32_t i = 0; i < count; i++) {
    chain.parts[i] = list_in(c, chain.parent, &lists[i], span);
    if (conditions) chain.parts[i].list = list_where(c, &chain.parts[i].list, conditions[i], span);
    complete[i] = complete_part(&chain, i, conditions);
    all = node_and(c, all, complete[i], span);
  }
  make_chain_space(&chain, complete);
  Value out = lists[0];
  out.list = (ListRef){chain.space, chained_members(&chain), all};
  out.order = chained_order(&chain, !conditions && goes_on_inside(&chain, complete));
  Value element = chained_elements(&chain);
  out.element = arena_copy(c->arena, &element, sizeof element);
  return out;
}
