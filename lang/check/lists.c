/* Lists: filters, quantifiers, `for`, `the`, and literal lists. A list is a space of items and a yes/no column that
 * says which of them belong, so a filter is an `and` and a quantifier a count. */
#include "check/checker.h"

uint32_t list_parent(const Checker *c, const ListRef *list) { return c->spaces.at[list->space].parent; }

static uint32_t repeat_node(Checker *c, uint32_t node, uint32_t space, Span span) {
  if (node == NO_NODE || c->nodes.at[node].space == space) return node;
  return node_add(c, (Node){.op = OP_REPEAT,
                            .type = c->nodes.at[node].type,
                            .space = space,
                            .a = node,
                            .b = NO_NODE,
                            .c = NO_NODE,
                            .span = span});
}

/* The keys of the order, too. */
static const Order *order_in(Checker *c, const Order *order, uint32_t from, uint32_t space, Span span) {
  if (!order) return NULL;
  Order *here = arena_copy(c->arena, order, sizeof *order);
  uint32_t *keys = arena_array(c->arena, uint32_t, order->count);
  for (uint32_t i = 0; i < order->count; i++)
    keys[i] = repeat_node(c, node_spread(c, order->keys[i], from, span), space, span);
  here->keys = keys;
  return here;
}

Value list_in(Checker *c, uint32_t parent, const Value *list, Span span) {
  Value here = *list;
  if (list_parent(c, &list->list) == parent) return here;
  uint32_t space = space_get(c, SPACE_REPEAT, parent, list->list.space);
  here.list.space = space;
  here.list.member = repeat_node(c, list->list.member, space, span);
  here.order = order_in(c, list->order, list->list.space, space, span);
  Value *element = arena_copy(c->arena, list->element, sizeof *list->element);
  if (element->kind == VALUE_RECORD)
    element->record.space = space;
  else
    *element = value_scalar(c, repeat_node(c, node_spread(c, element->node, list->list.space, span), space, span));
  here.element = element;
  return here;
}

Value list_from(Checker *c, const Env *env, const Value *list, Span span) { return list_in(c, env->space, list, span); }

/* ---- counts ---- */

uint32_t list_complete(Checker *c, const ListRef *list, Span span) {
  return list->complete == NO_NODE ? NO_NODE : node_spread(c, list->complete, list_parent(c, list), span);
}

uint32_t list_count(Checker *c, const ListRef *list, Span span) {
  return node_add(c, (Node){.op = OP_COUNT,
                            .type = c->whole,
                            .space = list_parent(c, list),
                            .a = list->member,
                            .b = list_complete(c, list, span),
                            .c = NO_NODE,
                            .index = list->space,
                            .span = span});
}

ListRef list_where(Checker *c, const ListRef *list, uint32_t condition, Span span) {
  ListRef filtered = *list;
  filtered.member = node_and(c, list->member, node_spread(c, condition, list->space, span), span);
  return filtered;
}

uint32_t list_some(Checker *c, const ListRef *list, uint32_t condition, Span span) {
  ListRef found = list_where(c, list, condition, span);
  uint32_t count = list_count(c, &found, span);
  uint32_t one = node_number(c, num_of(1), c->whole, ROOT_SPACE, span);
  return node_not(c, node_binary(c, OP_LESS, c->yes_no, count, one, span), span);
}

uint32_t list_every(Checker *c, const ListRef *list, uint32_t condition, Span span) {
  return node_not(c, list_some(c, list, node_not(c, condition, span), span), span);
}

/* ---- what an item's condition sees ---- */

static APART Value elaborate_source(Checker *c, const Env *env, const Expr *expr) {
  Env inner = *env;
  inner.expected = NULL;
  Value list = elaborate(c, &inner, expr);
  if (is_nothing(&list)) return list;
  if (list.kind != VALUE_LIST) {
    diag_add(c->diags, MSG_E0409, expr->span, type_name(list.type), DIAG_END);
    return value_nothing(c);
  }
  return list_from(c, env, &list, expr->span);
}

/* What the item is called where the text gives no name. */
static View item_word(const Checker *c) { return special_word(SPECIAL_IS_ITEM, c->vocabulary->language); }

static Env env_of_item(const Env *env, Scope *scope, View name, const Value *list, bool open) {
  *scope = (Scope){.outer = env->scope, .name = name, .value = *list->element, .open = open};
  Env inner = *env;
  inner.space = list->list.space;
  inner.scope = scope;
  inner.expected = NULL;
  return inner;
}

static APART uint32_t condition_of_items(Checker *c, const Env *env, View name, const Value *list, bool open,
                                         const Expr *condition) {
  Scope scope;
  Env inner = env_of_item(env, &scope, name, list, open);
  return elaborate_scalar(c, &inner, condition, c->yes_no);
}

/* list[C] is a filter, list[3] the third item */
static APART Value elaborate_index(Checker *c, const Env *env, const Expr *expr, Value list) {
  Scope scope;
  Env inner = env_of_item(env, &scope, item_word(c), &list, true);
  Value v = elaborate(c, &inner, expr->b);
  if (is_nothing(&v)) return v;
  if (v.kind == VALUE_SCALAR && v.type->kind == TYPE_NUMBER) return elaborate_place(c, env, expr, &list, v);
  v = value_expect(c, v, c->yes_no, expr->b->span);
  if (is_nothing(&v)) return v;
  list.list = list_where(c, &list.list, v.node, expr->span);
  return list;
}

/* list where C, list[C] */
Value elaborate_where(Checker *c, const Env *env, const Expr *expr) {
  Value list = elaborate_source(c, env, expr->a);
  if (is_nothing(&list)) return list;
  if (expr->kind == EXPR_INDEX) return elaborate_index(c, env, expr, list);
  uint32_t condition = condition_of_items(c, env, item_word(c), &list, true, expr->b);
  if (condition == NO_NODE) return value_nothing(c);
  list.list = list_where(c, &list.list, condition, expr->span);
  return list;
}

/* ---- some of, at least 15 of, more than half of ---- */

/* What a share or a number is held against. */
static uint32_t wanted_count(Checker *c, const Quantity *q, const ListRef *all, Span span) {
  uint32_t amount = node_number(c, q->amount, c->number, ROOT_SPACE, span);
  return q->share ? node_binary(c, OP_MULTIPLY, c->number, list_count(c, all, span), amount, span) : amount;
}

/* Only the comparison that is asked: one that nothing needs would still be evaluated, and be asked of tests. */
static uint32_t counted_against(Checker *c, const Quantity *q, uint32_t matching, uint32_t wanted, Span span) {
  switch (q->kind) {
  case QUANTITY_AT_LEAST: return node_not(c, node_binary(c, OP_LESS, c->yes_no, matching, wanted, span), span);
  case QUANTITY_AT_MOST: return node_not(c, node_binary(c, OP_LESS, c->yes_no, wanted, matching, span), span);
  case QUANTITY_MORE_THAN: return node_binary(c, OP_LESS, c->yes_no, wanted, matching, span);
  case QUANTITY_FEWER_THAN: return node_binary(c, OP_LESS, c->yes_no, matching, wanted, span);
  case QUANTITY_EXACTLY: return node_binary(c, OP_EQUAL, c->yes_no, matching, wanted, span);
  case QUANTITY_SOME:
  case QUANTITY_ALL:
  case QUANTITY_NONE: break;
  }
  return NO_NODE;
}

static bool quantity_is_sound(Checker *c, const Expr *expr) {
  const Quantity *q = &expr->quantity;
  if (q->kind == QUANTITY_SOME || q->kind == QUANTITY_ALL || q->kind == QUANTITY_NONE) return true;
  if (q->share ? num_sign(q->amount) >= 0 && num_compare(q->amount, num_of(1)) <= 0
               : num_is_whole(q->amount) && num_sign(q->amount) >= 0)
    return true;
  diag_add(c->diags, MSG_E0428, expr->span, DIAG_END);
  return false;
}

/* counted = quantity OF list [ where condition ] */
Value elaborate_counted(Checker *c, const Env *env, const Expr *expr) {
  Value list = elaborate_source(c, env, expr->a);
  if (is_nothing(&list) || !quantity_is_sound(c, expr)) return value_nothing(c);
  Span span = expr->span;
  uint32_t condition = node_yes_no(c, true, list.list.space, span);
  if (expr->b) condition = condition_of_items(c, env, item_word(c), &list, true, expr->b);
  if (condition == NO_NODE) return value_nothing(c);
  const Quantity *q = &expr->quantity;
  if (!expr->b && (q->kind == QUANTITY_ALL || q->share)) {
    diag_add(c->diags, MSG_E0429, span, DIAG_END);
    return value_nothing(c);
  }
  if (q->kind == QUANTITY_SOME) return value_scalar(c, list_some(c, &list.list, condition, span));
  if (q->kind == QUANTITY_NONE) return value_scalar(c, node_not(c, list_some(c, &list.list, condition, span), span));
  if (q->kind == QUANTITY_ALL) return value_scalar(c, list_every(c, &list.list, condition, span));
  ListRef found = list_where(c, &list.list, condition, span);
  uint32_t matching = list_count(c, &found, span);
  return value_scalar(c, counted_against(c, q, matching, wanted_count(c, q, &list.list, span), span));
}

/* ---- for, some … satisfies, every … satisfies, the ---- */

/* Orders the list by what `key` is for an item. */
static APART bool push_key(Checker *c, const Env *inner, const Expr *key, bool descending, Value *list) {
  Value v = elaborate(c, inner, key);
  if (is_nothing(&v)) return false;
  if (v.kind != VALUE_SCALAR || !type_is_ordered(v.type)) {
    diag_add(c->diags, MSG_E0408, key->span, type_name(v.type), DIAG_END);
    return false;
  }
  list->order = order_by(c, list->order, node_spread(c, v.node, list->list.space, key->span), descending);
  return true;
}

static APART Value for_each(Checker *c, const Env *env, const Expr *expr, Value list) {
  Scope scope;
  Env inner = env_of_item(env, &scope, expr->text, &list, false);
  if (expr->b) {
    uint32_t condition = elaborate_scalar(c, &inner, expr->b, c->yes_no);
    if (condition == NO_NODE) return value_nothing(c);
    list.list = list_where(c, &list.list, condition, expr->span);
  }
  if (expr->items.count && !push_key(c, &inner, expr->items.at[0], expr->value, &list)) return value_nothing(c);
  Value result = elaborate(c, &inner, expr->c);
  if (is_nothing(&result)) return result;
  if (result.kind != VALUE_SCALAR && result.kind != VALUE_RECORD) {
    diag_add(c->diags, MSG_E0410, expr->c->span, type_name(result.type), DIAG_END);
    return value_nothing(c);
  }
  Value *element = arena_new_of(c->arena, Value);
  if (result.kind == VALUE_RECORD)
    *element = record_within(c, &result, list.list.space);
  else
    *element = value_scalar(c, node_spread(c, result.node, list.list.space, expr->span));
  list.element = element;
  list.type = list_type(c, result.type);
  return list;
}

/* What tells whether there surely is an item at the place. */
static void set_place(Checker *c, Node *pick, const ListRef *list, uint32_t place, Span span) {
  pick->mask = 1;
  pick->c = node_spread(c, place, pick->space, span);
  if (list->member == NO_NODE) return;
  pick->first = arguments_add(c, &list->member, 1);
  pick->count = 1;
}

Value list_pick(Checker *c, const Value *list, uint32_t condition, uint32_t place, Span span) {
  ListRef found = list_where(c, &list->list, condition, span);
  Node pick = {.op = OP_PICK,
               .type = c->number,
               .space = list_parent(c, &found),
               .a = found.member,
               .b = list_complete(c, &found, span),
               .c = NO_NODE,
               .index = found.space,
               .span = span};
  if (place != NO_NODE) set_place(c, &pick, &list->list, place, span);
  pick.label = span_text(c->diags->sources, span);
  uint32_t which = node_add(c, pick);
  if (list->element->kind == VALUE_RECORD) {
    RecordRef record = list->element->record;
    record.pick = which;
    return record_value(c, record);
  }
  return value_scalar(c, picked(c, node_spread(c, list->element->node, found.space, span), which, span));
}

Value elaborate_binding(Checker *c, const Env *env, const Expr *expr) {
  Value list = elaborate_source(c, env, expr->a);
  if (is_nothing(&list)) return list;
  warn_hidden(c, env, expr->text, expr->text_span);
  if (expr->kind == EXPR_FOR) return for_each(c, env, expr, list);
  uint32_t condition = condition_of_items(c, env, expr->text, &list, false, expr->b);
  if (condition == NO_NODE) return value_nothing(c);
  /* exactly one */
  if (expr->kind == EXPR_THE) return list_pick(c, &list, condition, NO_NODE, expr->span);
  return value_scalar(c, (expr->kind == EXPR_SOME ? list_some : list_every)(c, &list.list, condition, expr->span));
}

/* list order by KEY: equal keys keep the order that the list had */
Value elaborate_ordered(Checker *c, const Env *env, const Expr *expr) {
  Value list = elaborate_source(c, env, expr->a);
  if (is_nothing(&list)) return list;
  Scope scope;
  Env inner = env_of_item(env, &scope, item_word(c), &list, true);
  return push_key(c, &inner, expr->b, expr->value, &list) ? list : value_nothing(c);
}

/* ---- literal lists ---- */

Value list_of_nodes(Checker *c, const uint32_t *elements, const uint32_t *members, uint32_t count, const Type *element,
                    uint32_t parent, Span span) {
  uint32_t *nodes = arena_array(c->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) nodes[i] = node_spread(c, elements[i], parent, span);
  /* one space for each such list: its items are these nodes */
  Node items = {.op = OP_ITEMS, .type = element, .a = NO_NODE, .b = NO_NODE, .c = NO_NODE, .count = count, .span = span};
  items.first = arguments_add(c, nodes, count);
  items.space = space_get(c, SPACE_LITERAL, parent, count);
  Value list = {
      .kind = VALUE_LIST, .type = list_type(c, element), .node = NO_NODE, .list = {items.space, NO_NODE, NO_NODE}};
  list.element = arena_new_of(c->arena, Value);
  *list.element = value_scalar(c, node_add(c, items));
  if (!members) return list;
  for (uint32_t i = 0; i < count; i++) nodes[i] = node_spread(c, members[i], parent, span);
  items.type = c->yes_no;
  items.first = arguments_add(c, nodes, count);
  list.list.member = node_add(c, items);
  return list;
}

/* A mistake is an item of another kind or type than those before it. */
static bool item_fits(Checker *c, const Value *v, const Type *element, Span span) {
  bool single = v->kind == VALUE_SCALAR || v->kind == VALUE_RECORD;
  if (single && (!element || type_equal(element, v->type))) return true;
  diag_add(c->diags, MSG_E0430, span, element ? type_name(element) : VIEW("?"), type_name(v->type), DIAG_END);
  return false;
}

Value list_of_values(Checker *c, const Value *values, uint32_t count, uint32_t parent, Span span) {
  if (values[0].kind == VALUE_RECORD) return list_of_records(c, values, count, values[0].type, parent, span);
  uint32_t *nodes = arena_array(c->arena, uint32_t, count);
  const Type *type = values[0].type;
  for (uint32_t i = 0; i < count; i++) {
    nodes[i] = values[i].node;
    type = type_joined(c, type, values[i].type);
  }
  return list_of_nodes(c, nodes, NULL, count, type, parent, span);
}

Value elaborate_list(Checker *c, const Env *env, const Expr *expr) {
  Value *values = arena_array(c->arena, Value, expr->items.count);
  Env inner = *env;
  if (env->expected && env->expected->kind == TYPE_LIST) inner.expected = env->expected->element;
  const Type *element = NULL;
  for (uint32_t i = 0; i < expr->items.count; i++) {
    values[i] = elaborate(c, &inner, expr->items.at[i]);
    if (is_nothing(&values[i])) return values[i];
    if (!item_fits(c, &values[i], element, expr->items.at[i]->span)) return value_nothing(c);
    if (!element) element = inner.expected = values[i].type;
  }
  if (element) return list_of_values(c, values, expr->items.count, env->space, expr->span);
  if (env->expected && env->expected->kind == TYPE_LIST) element = env->expected->element;
  if (!element) {
    diag_add(c->diags, MSG_E0431, expr->span, DIAG_END);
    return value_nothing(c);
  }
  if (element->kind == TYPE_RECORD) return list_of_records(c, NULL, 0, element, env->space, expr->span);
  return list_of_nodes(c, NULL, NULL, 0, element, env->space, expr->span);
}
