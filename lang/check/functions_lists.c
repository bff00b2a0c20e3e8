/* Functions of lists: numbers out of them, questions, places, other lists. */
#include "check/call.h"

/* ---- arguments ---- */

/* The list, or the arguments as one. */
static bool take_list(Call *call, Value *list) {
  Checker *c = call->c;
  if (call->count == 1 && function_most(call->function) == 1) {
    *list = call->arguments[0];
    return call_is_list(call, 0);
  }
  uint32_t space = ROOT_SPACE;
  for (uint32_t i = 0; i < call->count; i++) {
    if (!comparable(c, &call->arguments[0], &call->arguments[i], call->expr, false)) return false;
    space = space_deeper(c, space, value_space(c, &call->arguments[i]));
  }
  *list = list_of_values(c, call->arguments, call->count, space, call_span(call));
  return true;
}

static bool items_are(Call *call, const Value *list, bool fits, const char *wanted) {
  (void)list;
  if (!fits) call_mismatch(call, 0, view_of(wanted));
  return fits;
}

static bool take_addable(Call *call, Value *list) {
  return take_list(call, list) &&
         items_are(call, list, list->element->kind == VALUE_SCALAR && is_addable(list->element->type), "list of number");
}

static bool take_numbers(Call *call, Value *list) {
  return take_list(call, list) &&
         items_are(call, list, list->element->kind == VALUE_SCALAR && list->element->type->kind == TYPE_NUMBER,
                   "list of number");
}

static bool take_yes_no(Call *call, Value *list) {
  return take_list(call, list) && items_are(call, list, list->element->type->kind == TYPE_YES_NO, "list of yes/no");
}

/* The list and another argument, both where both can be seen. */
static Value list_beside(Call *call, const Value *list, const Value *other) {
  uint32_t space = space_deeper(call->c, list_parent(call->c, &list->list), value_space(call->c, other));
  return list_in(call->c, space, list, call_span(call));
}

/* ---- numbers out of lists ---- */

static Node node_over(Call *call, OpKind op, const Value *list, uint32_t value) {
  Checker *c = call->c;
  return (Node){.op = op,
                .type = c->nodes.at[value].type,
                .space = list_parent(c, &list->list),
                .a = list->list.member,
                .b = list_complete(c, &list->list, call_span(call)),
                .c = node_spread(c, value, list->list.space, call_span(call)),
                .index = list->list.space,
                .span = call_span(call)};
}

static uint32_t over_list(Call *call, OpKind op, const Value *list, uint32_t value) {
  return node_add(call->c, node_over(call, op, list, value));
}

Value make_count(Call *call) {
  if (!call_is_list(call, 0)) return value_nothing(call->c);
  return value_scalar(call->c, list_count(call->c, &call->arguments[0].list, call_span(call)));
}

Value make_sum(Call *call) {
  Value list;
  if (!take_addable(call, &list)) return value_nothing(call->c);
  return value_scalar(call->c, over_list(call, OP_SUM, &list, list.element->node));
}

static const Type *type_of_mean(const Call *call, const Type *type) { return type->whole ? call->c->number : type; }

Value make_mean(Call *call) {
  Checker *c = call->c;
  Value list;
  if (!take_addable(call, &list)) return value_nothing(c);
  uint32_t sum = over_list(call, OP_SUM, &list, list.element->node);
  return value_scalar(c, node_add(c, (Node){.op = OP_DIVIDE,
                                            .type = type_of_mean(call, list.element->type),
                                            .space = c->nodes.at[sum].space,
                                            .a = sum,
                                            .b = list_count(c, &list.list, call_span(call)),
                                            .c = NO_NODE,
                                            .span = call_span(call),
                                            .label = VIEW("mean")}));
}

Value make_median(Call *call) {
  Value list;
  if (!take_addable(call, &list)) return value_nothing(call->c);
  Node median = node_over(call, OP_MEDIAN, &list, list.element->node);
  median.type = type_of_mean(call, list.element->type);
  return value_scalar(call->c, node_add(call->c, median));
}

Value make_product(Call *call) {
  Value list;
  if (!take_numbers(call, &list)) return value_nothing(call->c);
  return value_scalar(call->c, over_list(call, OP_PRODUCT, &list, list.element->node));
}

/* n times the sum of the squares, less the square of the sum; never below zero, which possible values do not show. */
static uint32_t spread_of(Call *call, const Value *list, uint32_t count) {
  Checker *c = call->c;
  Span span = call_span(call);
  uint32_t item = node_spread(c, list->element->node, list->list.space, span);
  uint32_t squares = over_list(call, OP_SUM, list, node_binary(c, OP_MULTIPLY, c->number, item, item, span));
  uint32_t sum = over_list(call, OP_SUM, list, item);
  uint32_t all = node_binary(c, OP_MULTIPLY, c->number, count, squares, span);
  uint32_t less = node_binary(c, OP_MULTIPLY, c->number, sum, sum, span);
  uint32_t zero = node_number(c, num_of(0), c->number, ROOT_SPACE, span);
  return node_binary(c, OP_GREATER, c->number, node_binary(c, OP_SUBTRACT, c->number, all, less, span), zero, span);
}

Value make_stddev(Call *call) {
  Checker *c = call->c;
  Span span = call_span(call);
  Value list;
  if (!take_numbers(call, &list)) return value_nothing(c);
  uint32_t count = list_count(c, &list.list, span), one = node_number(c, num_of(1), c->whole, ROOT_SPACE, span);
  uint32_t divisor =
      node_binary(c, OP_MULTIPLY, c->whole, count, node_binary(c, OP_SUBTRACT, c->whole, count, one, span), span);
  uint32_t variance =
      node_add(c, (Node){.op = OP_DIVIDE,
                         .type = c->number,
                         .space = list_parent(c, &list.list),
                         .a = node_spread(c, spread_of(call, &list, count), list_parent(c, &list.list), span),
                         .b = node_spread(c, divisor, list_parent(c, &list.list), span),
                         .c = NO_NODE,
                         .mask = 1,
                         .span = span,
                         .label = VIEW("stddev")});
  return value_scalar(c, node_unary(c, OP_SQRT, type_inexact(c, c->number), variance, span));
}

static Value extreme(Call *call, OpKind of_list, OpKind of_two) {
  Checker *c = call->c;
  if (function_most(call->function) == 1) {
    Value list;
    if (!take_list(call, &list)) return value_nothing(c);
    if (list.element->kind != VALUE_SCALAR || !type_is_number_like(list.element->type))
      return call_mismatch(call, 0, VIEW("list of number"));
    return value_scalar(c, over_list(call, of_list, &list, list.element->node));
  }
  Value best = call->arguments[0];
  for (uint32_t i = 1; i < call->count; i++) {
    if (!comparable(c, &best, &call->arguments[i], call->expr, true)) return value_nothing(c);
    if (!type_is_number_like(best.type)) return call_mismatch(call, 0, type_name(c->number));
    best = value_scalar(c, node_binary(c, of_two, type_joined(c, best.type, call->arguments[i].type), best.node,
                                       call->arguments[i].node, call_span(call)));
  }
  return best;
}

Value make_min(Call *call) { return extreme(call, OP_SMALLEST, OP_SMALLER); }
Value make_max(Call *call) { return extreme(call, OP_LARGEST, OP_GREATER); }

/* ---- questions ---- */

static uint32_t equal_to_item(Call *call, const Value *list, const Value *wanted) {
  Value here = *wanted;
  if (here.kind == VALUE_SCALAR)
    here = value_scalar(call->c, node_spread(call->c, here.node, list->list.space, call_span(call)));
  return node_equal(call->c, *list->element, here, call_span(call));
}

Value make_list_contains(Call *call) {
  Checker *c = call->c;
  if (!call_is_list(call, 0)) return value_nothing(c);
  const Value *wanted = &call->arguments[1];
  if (!comparable(c, call->arguments[0].element, wanted, call->expr, false)) return value_nothing(c);
  Value list = list_beside(call, &call->arguments[0], wanted);
  uint32_t same = equal_to_item(call, &list, wanted);
  return same == NO_NODE ? value_nothing(c) : value_scalar(c, list_some(c, &list.list, same, call_span(call)));
}

static Value ask_all(Call *call, uint32_t (*ask)(Checker *, const ListRef *, uint32_t, Span)) {
  Checker *c = call->c;
  Value list;
  if (!take_yes_no(call, &list)) return value_nothing(c);
  uint32_t item = node_spread(c, list.element->node, list.list.space, call_span(call));
  return value_scalar(c, ask(c, &list.list, item, call_span(call)));
}

Value make_all(Call *call) { return ask_all(call, list_every); }
Value make_any(Call *call) { return ask_all(call, list_some); }

/* ---- places ---- */

static uint32_t whole(Call *call, int64_t n) {
  return node_number(call->c, num_of(n), call->c->whole, ROOT_SPACE, call_span(call));
}

static Value item_at(Call *call, int64_t place) {
  if (!call_is_list(call, 0)) return value_nothing(call->c);
  const Value *list = &call->arguments[0];
  return list_at_place(call->c, list, whole(call, place), call_span(call));
}

Value make_first(Call *call) { return item_at(call, 1); }
Value make_last(Call *call) { return item_at(call, -1); }

/* A list and a place in it; `position` counts from 0. */
static bool take_place(Call *call, Value *list, uint32_t *position) {
  Checker *c = call->c;
  if (!call_is_list(call, 0) || !call_is_whole(call, 1)) return false;
  const Constant *known = node_as_constant(c, call->arguments[1].node);
  if (known && !known->missing && num_sign(known->number) == 0) {
    diag_add(c->diags, MSG_E0441, call->given[1]->span, DIAG_END);
    return false;
  }
  *list = list_beside(call, &call->arguments[0], &call->arguments[1]);
  *position = position_of_place(c, list, call->arguments[1].node, call_span(call));
  return true;
}

static uint32_t is_before(Call *call, const Value *list, uint32_t position) {
  Checker *c = call->c;
  uint32_t wanted = node_spread(c, position, list->list.space, call_span(call));
  return node_binary(c, OP_LESS, c->yes_no, list_position(c, list, call_span(call)), wanted, call_span(call));
}

/* The items of the same list, in the order that it has; of `kept` it is asked where they stand in the whole. */
static Value items_where(Call *call, Value list, uint32_t kept) {
  list.list = list_where(call->c, &list.list, kept, call_span(call));
  return list;
}

/* What is yet to come stands behind what is there: it cannot come into a part that is full. */
static uint32_t complete_before(Call *call, const Value *list, uint32_t end) {
  Checker *c = call->c;
  uint32_t complete = list_complete(c, &list->list, call_span(call));
  if (complete == NO_NODE) return NO_NODE;
  uint32_t count = list_count(c, &list->list, call_span(call));
  uint32_t open = node_binary(c, OP_LESS, c->yes_no, count, end, call_span(call));
  return node_or(c, complete, node_not(c, open, call_span(call)), call_span(call));
}

Value make_sublist(Call *call) {
  Checker *c = call->c;
  Value list;
  uint32_t from;
  if (!take_place(call, &list, &from)) return value_nothing(c);
  bool has_length = call_has(call, 2);
  if (has_length && !call_is_whole(call, 2)) return value_nothing(c);
  if (has_length && !space_encloses(c, value_space(c, &call->arguments[2]), list_parent(c, &list.list)))
    list = list_beside(call, &list, &call->arguments[2]);
  uint32_t kept = node_not(c, is_before(call, &list, from), call_span(call)), complete = list.list.complete;
  if (has_length) {
    uint32_t end = node_binary(c, OP_ADD, c->whole, from, call->arguments[2].node, call_span(call));
    kept = node_and(c, kept, is_before(call, &list, end), call_span(call));
    if (!list.order) complete = complete_before(call, &list, end);
  }
  list = items_where(call, list, kept);
  list.list.complete = complete;
  return list;
}

Value make_remove(Call *call) {
  Checker *c = call->c;
  Value list;
  uint32_t position;
  if (!take_place(call, &list, &position)) return value_nothing(c);
  uint32_t wanted = node_spread(c, position, list.list.space, call_span(call));
  uint32_t here = node_binary(c, OP_EQUAL, c->yes_no, list_position(c, &list, call_span(call)), wanted, call_span(call));
  return items_where(call, list, node_not(c, here, call_span(call)));
}

Value make_reverse(Call *call) {
  if (!call_is_list(call, 0)) return value_nothing(call->c);
  Value list = call->arguments[0];
  list.order = order_reversed(call->c, list.order);
  return list;
}

Value make_index_of(Call *call) {
  Checker *c = call->c;
  if (!call_is_list(call, 0)) return value_nothing(c);
  const Value *wanted = &call->arguments[1];
  if (!comparable(c, call->arguments[0].element, wanted, call->expr, false)) return value_nothing(c);
  Value list = list_beside(call, &call->arguments[0], wanted);
  uint32_t same = equal_to_item(call, &list, wanted);
  if (same == NO_NODE) return value_nothing(c);
  uint32_t place =
      node_binary(c, OP_ADD, c->whole, list_position(c, &list, call_span(call)), whole(call, 1), call_span(call));
  Value element = value_scalar(c, place);
  list = items_where(call, list, same);
  list.element = arena_copy(c->arena, &element, sizeof element);
  list.type = list_type(c, c->whole);
  return list;
}

/* ---- other lists ---- */

static bool same_items(Call *call, const Value *a, const Value *b, Span span) {
  if (a->kind == b->kind && type_equal(a->type, b->type)) return true;
  diag_add(call->c->diags, MSG_E0460, span, type_name(a->type), type_name(b->type), DIAG_END);
  return false;
}

static Value one_behind_another(Call *call) {
  for (uint32_t i = 0; i < call->count; i++)
    if (!call_is_list(call, i) ||
        !same_items(call, call->arguments[0].element, call->arguments[i].element, call->given[i]->span))
      return value_nothing(call->c);
  return list_chain(call->c, call->arguments, NULL, call->count, call_span(call));
}

Value make_concatenate(Call *call) { return one_behind_another(call); }

/* The arguments from the first on as a list. */
static bool take_items(Call *call, uint32_t first, Value *out) {
  Checker *c = call->c;
  uint32_t space = list_parent(c, &call->arguments[0].list);
  for (uint32_t i = first; i < call->count; i++) {
    if (!same_items(call, call->arguments[0].element, &call->arguments[i], call->given[i]->span)) return false;
    space = space_deeper(c, space, value_space(c, &call->arguments[i]));
  }
  *out = list_of_values(c, call->arguments + first, call->count - first, space, call_span(call));
  return true;
}

Value make_append(Call *call) {
  if (!call_is_list(call, 0)) return value_nothing(call->c);
  Value lists[2] = {call->arguments[0]};
  if (!take_items(call, 1, &lists[1])) return value_nothing(call->c);
  return list_chain(call->c, lists, NULL, 2, call_span(call));
}

Value make_insert_before(Call *call) {
  Checker *c = call->c;
  Value list, item;
  uint32_t position;
  if (!take_place(call, &list, &position) || !take_items(call, 2, &item)) return value_nothing(c);
  uint32_t before = is_before(call, &list, position);
  Value lists[3] = {items_where(call, list, before), item,
                    items_where(call, list, node_not(c, before, call_span(call)))};
  return list_chain(c, lists, NULL, 3, call_span(call));
}

/* Equality of what is right to 34 digits only is chance. */
static void warn_inexact(Call *call, const Value *element) {
  if (element->kind == VALUE_SCALAR && element->type->inexact)
    diag_add(call->c->diags, MSG_W0440, call_span(call), DIAG_END);
}

static Value distinct(Call *call, Value list) {
  Checker *c = call->c;
  NodeList values = {0};
  warn_inexact(call, list.element);
  if (!value_nodes(c, list.element, list.list.space, call_span(call), &values)) return value_nothing(c);
  list.list.member = node_add(c, (Node){.op = OP_DISTINCT,
                                        .type = c->yes_no,
                                        .space = list.list.space,
                                        .a = list.list.member,
                                        .b = list.order ? list_position(c, &list, call_span(call)) : NO_NODE,
                                        .c = NO_NODE,
                                        .first = arguments_add(c, values.at, values.count),
                                        .count = values.count,
                                        .span = call_span(call)});
  return list;
}

Value make_distinct(Call *call) {
  return call_is_list(call, 0) ? distinct(call, call->arguments[0]) : value_nothing(call->c);
}

Value make_union(Call *call) {
  Value list = one_behind_another(call);
  return is_nothing(&list) ? list : distinct(call, list);
}

/* Those that occur as often as the one that occurs most often. */
Value make_mode(Call *call) {
  Checker *c = call->c;
  Span span = call_span(call);
  if (!call_is_list(call, 0)) return value_nothing(c);
  Value list = call->arguments[0];
  NodeList values = {0};
  list.order = NULL;
  if (!value_nodes(c, list.element, list.list.space, span, &values)) return value_nothing(c);
  uint32_t times = node_add(c, (Node){.op = OP_FREQUENCY,
                                      .type = c->whole,
                                      .space = list.list.space,
                                      .a = list.list.member,
                                      .b = list_complete(c, &list.list, span),
                                      .c = NO_NODE,
                                      .first = arguments_add(c, values.at, values.count),
                                      .count = values.count,
                                      .span = span});
  uint32_t most = node_spread(c, over_list(call, OP_LARGEST, &list, times), list.list.space, span);
  uint32_t often = node_binary(c, OP_EQUAL, c->yes_no, times, most, span);
  Value each = distinct(call, list);
  if (is_nothing(&each)) return each;
  if (each.element->kind == VALUE_SCALAR && type_is_ordered(each.element->type))
    each.order = order_by(c, NULL, values.at[0], false);
  return items_where(call, each, often);
}

Value make_string_join(Call *call) {
  Checker *c = call->c;
  Span span = call_span(call);
  if (!call_is_list(call, 0)) return value_nothing(c);
  Value list = call->arguments[0];
  if (list.element->type->kind != TYPE_TEXT) return call_mismatch(call, 0, VIEW("list of text"));
  uint32_t between = node_constant(c, (Constant){.type = c->text, .number = num_of(0)}, ROOT_SPACE, span);
  if (call_has(call, 1)) {
    if (!call_is(call, 1, c->text)) return value_nothing(c);
    between = call->arguments[1].node;
    list = list_beside(call, &list, &call->arguments[1]);
  }
  uint32_t arguments[2] = {node_spread(c, between, list_parent(c, &list.list), span),
                           list.order ? list_position(c, &list, span) : NO_NODE};
  Node join = node_over(call, OP_JOIN_ALL, &list, list.element->node);
  join.first = arguments_add(c, arguments, 2);
  join.count = 2;
  return value_scalar(c, node_add(c, join));
}

/* ---- connected ---- */

/* A field of the links by its name. */
static bool take_end(Call *call, uint32_t i, const Value *links, uint32_t *node) {
  Checker *c = call->c;
  const Expr *expr = call->given[i];
  uint32_t index;
  if (expr->kind != EXPR_NAME) {
    diag_add(c->diags, MSG_E0457, expr->span, DIAG_END);
    return false;
  }
  if (!find_field(&links->element->record, expr->text, &index)) {
    report_no_field(c, &links->element->record, expr->text, expr->text_span);
    return false;
  }
  Value end = record_field(c, &links->element->record, index, expr->span);
  if (is_nothing(&end)) return false;
  TypeKind kind = end.type->kind;
  if (end.kind != VALUE_SCALAR || (kind != TYPE_TEXT && kind != TYPE_NUMBER && kind != TYPE_ENUM) ||
      !type_equal(end.type, call->arguments[0].type)) {
    diag_add(c->diags, MSG_E0458, expr->span, type_name(call->arguments[0].type), type_name(end.type), DIAG_END);
    return false;
  }
  *node = node_spread(c, end.node, links->list.space, expr->span);
  return true;
}

static Value list_of_ends(Call *call, const Value *links, uint32_t end) {
  Value list = *links, element = value_scalar(call->c, end);
  list.element = arena_copy(call->c->arena, &element, sizeof element);
  list.list.member = NO_NODE;
  list.order = NULL;
  list.type = list_type(call->c, element.type);
  return list;
}

Value make_connected(Call *call) {
  Checker *c = call->c;
  Span span = call_span(call);
  uint32_t ends[2];
  if (call->arguments[0].kind != VALUE_SCALAR) return call_mismatch(call, 0, type_name(c->text));
  if (!call_is_list(call, 1)) return value_nothing(c);
  if (call->arguments[1].element->kind != VALUE_RECORD) return call_mismatch(call, 1, VIEW("list of records"));
  Value links = list_beside(call, &call->arguments[1], &call->arguments[0]);
  if (!take_end(call, 2, &links, &ends[0]) || !take_end(call, 3, &links, &ends[1])) return value_nothing(c);
  Value sides[2] = {list_of_ends(call, &links, ends[0]), list_of_ends(call, &links, ends[1])};
  Value list = list_chain(c, sides, NULL, 2, span);
  uint32_t start = node_spread(c, call->arguments[0].node, list_parent(c, &links.list), span);
  list.list.member = node_add(c, (Node){.op = OP_CONNECTED,
                                        .type = c->yes_no,
                                        .space = list.list.space,
                                        .a = links.list.member,
                                        .b = NO_NODE,
                                        .c = list.element->node,
                                        .index = links.list.space,
                                        .first = arguments_add(c, &start, 1),
                                        .count = 1,
                                        .span = span});
  return list;
}
