/* What depends on the date: the date itself, the ladder, parameters, valid from/until. */
#include "check/checker.h"

static const Item *programme_item(const Checker *c, ItemKind kind) {
  for (uint32_t d = 0; d < c->decls.count; d++)
    for (uint32_t i = 0; c->decls.at[d]->kind == DECL_PROGRAMME && i < c->decls.at[d]->items.count; i++)
      if (c->decls.at[d]->items.at[i]->kind == kind) return c->decls.at[d]->items.at[i];
  return NULL;
}

/* The date that a field or a definition names, in the programme's zone; NO_NODE where it names none: `code` says so. */
static uint32_t date_named(Checker *c, const Env *env, View name, Span span, MessageCode code) {
  Symbol *symbol = symbol_find(c, name);
  if (!symbol) {
    report_unknown(c, NULL, name, span);
    return NO_NODE;
  }
  Value v = symbol_value(c, env, symbol, span);
  if (v.kind == VALUE_SCALAR && v.type->kind == TYPE_MOMENT) return node_unary(c, OP_DATE_OF, c->date, v.node, span);
  if (v.kind == VALUE_SCALAR && v.type->kind == TYPE_DATE) return v.node;
  if (!is_nothing(&v)) diag_add(c->diags, code, span, name, type_name(v.type), DIAG_END);
  return NO_NODE;
}

/* rules as of FIELD: the application's own date, or NO_NODE */
static uint32_t own_date(Checker *c) {
  const Item *item = programme_item(c, ITEM_RULES_AS_OF);
  Env env = {.space = ROOT_SPACE};
  if (!item || !item->name.text.length) return NO_NODE;
  return date_named(c, &env, item->name.text, item->name.span, MSG_E0507);
}

static void report_date_in_circle(Checker *c, Span use, TokenKind keyword) {
  View words = vocabulary_spelling(c->vocabulary, keyword);
  View circle = view_format(c->arena, "%.*s → ", (int)words.length, words.at);
  diag_add(c->diags, MSG_E0310, use, words, view_join(c->arena, circle, cycle_text(c, c->as_of_busy, words)), DIAG_END);
}

uint32_t as_of_node(Checker *c, Span use) {
  c->dated = true;
  if (c->as_of_state == SYMBOL_DONE) return c->as_of;
  if (c->as_of_state == SYMBOL_BUSY) {
    report_date_in_circle(c, use, TOKEN_RULES_AS_OF);
    return node_number(c, num_of(0), c->date, ROOT_SPACE, use);
  }
  c->as_of_state = SYMBOL_BUSY;
  c->as_of_busy = c->busy.count;
  c->program->as_of_source = own_date(c);
  Node node = {.op = OP_AS_OF,
               .type = c->date,
               .space = ROOT_SPACE,
               .a = c->program->as_of_source,
               .b = NO_NODE,
               .c = NO_NODE,
               .span = use};
  c->as_of = node_add(c, node);
  c->as_of_state = SYMBOL_DONE;
  return c->as_of;
}

/* rules as of …, as known on FIELD: made once; NO_NODE where the programme says no such thing */
static uint32_t own_day_of_knowledge(Checker *c, Span use) {
  const Item *item = programme_item(c, ITEM_RULES_AS_OF);
  Env env = {.space = ROOT_SPACE};
  if (!item || !item->a || c->as_known_on_state == SYMBOL_DONE) return item && item->a ? c->as_known_on : NO_NODE;
  if (c->as_known_on_state == SYMBOL_BUSY) {
    report_date_in_circle(c, use, TOKEN_AS_KNOWN_ON);
    return node_number(c, num_of(0), c->date, ROOT_SPACE, use);
  }
  c->as_known_on_state = SYMBOL_BUSY;
  c->as_of_busy = c->busy.count;
  c->as_known_on = date_named(c, &env, item->a->text, item->a->span, MSG_E0523);
  c->as_known_on_state = SYMBOL_DONE;
  return c->as_known_on;
}

uint32_t date_of_rules(Checker *c, const Env *env, Span use) {
  c->depends |= DEPENDS_ON_DATE | (env->on ? 0 : DEPENDS_ON_AS_OF);
  return env->on ? env->on - 1 : as_of_node(c, use);
}

uint32_t date_of_knowledge(Checker *c, const Env *env, Span use) {
  c->depends |= DEPENDS_ON_KNOWLEDGE;
  c->known_facts = true;
  return env->known_on ? env->known_on - 1 : own_day_of_knowledge(c, use);
}

void check_knowledge(Checker *c) {
  const Item *item = programme_item(c, ITEM_RULES_AS_OF);
  if (!item || !item->a) return;
  own_day_of_knowledge(c, item->span);
  if (!c->known_facts) diag_add(c->diags, MSG_W0551, item->a->span, DIAG_END);
}

/* ---- periods ---- */

static int64_t known_from(const Item *item) { return item->has_known ? item->known_from : DATE_MIN; }

static void check_pair(Checker *c, const Item *before, const Item *item) {
  if (item->date > before->date) return;
  bool same_day = item->date == before->date, same = same_day && known_from(item) == known_from(before);
  if (same_day && known_from(item) > known_from(before)) return;
  View date = date_text(c->arena, same_day && !same && item->has_known ? item->known_from : item->date);
  diag_add(c->diags, same ? MSG_E0502 : MSG_E0501, item->span, date, DIAG_END)->other = before->span;
}

/* By the day from which they hold; those of one day by the day on which they became known. */
static void check_order(Checker *c, const ItemList *items) {
  const Item *before = NULL;
  for (uint32_t i = 0; i < items->count; i++) {
    if (items->at[i]->undated) continue;
    if (before) check_pair(c, before, items->at[i]);
    before = items->at[i];
  }
}

/* Once for each parameter and for the ladder: `kept` is 1 + the first. */
static uint32_t add_periods(Checker *c, const ItemList *items, uint32_t *kept) {
  uint32_t first = c->periods.count;
  if (*kept) return *kept - 1;
  *kept = first + 1;
  for (uint32_t i = 0; i < items->count; i++)
    list_push(c->arena, &c->periods, ((Period){items->at[i]->date, known_from(items->at[i]), items->at[i]->text}));
  return first;
}

/* By which days the entries of a parameter or a ladder are looked up, and in which space. */
typedef struct Lookup {
  uint32_t date, known_on; /* known_on: NO_NODE where all is known */
  uint32_t space;
  uint32_t first_period, count;
  View label;
  Span span;
} Lookup;

static uint32_t dated(Checker *c, const Lookup *lookup, const Type *type, const uint32_t *values) {
  uint32_t *nodes = arena_array(c->arena, uint32_t, lookup->count);
  for (uint32_t i = 0; i < lookup->count; i++)
    nodes[i] = values[i] == NO_NODE ? NO_NODE : node_spread(c, values[i], lookup->space, lookup->span);
  Node node = {.op = OP_DATED,
               .type = type,
               .space = lookup->space,
               .b = NO_NODE,
               .c = NO_NODE,
               .count = lookup->count,
               .index = lookup->first_period,
               .span = lookup->span,
               .label = lookup->label};
  node.a = node_spread(c, lookup->date, lookup->space, lookup->span);
  if (lookup->known_on != NO_NODE) node.b = node_spread(c, lookup->known_on, lookup->space, lookup->span);
  node.first = arguments_add(c, nodes, lookup->count);
  return node_add(c, node);
}

/* ---- parameters ---- */

static bool is_none(const Checker *c, const Body *body) {
  return body->expr && body->expr->kind == EXPR_NAME && !symbol_find(c, body->expr->text) &&
         special_is(body->expr->text, SPECIAL_IS_NONE, c->vocabulary->language);
}

/* A list that changes with the date: every value that it ever has, once, and for each the periods in which it belongs. */
static Value dated_list(Checker *c, const Env *env, const Symbol *symbol, const Type *type, const Lookup *lookup) {
  enum { MOST_PLACES = 1000000 };
  const ItemList *entries = &symbol->decl->items;
  LIST(uint32_t) values = {0};
  uint32_t *owner = NULL;
  Env inner = *env;
  inner.expected = type->element;
  uint32_t total = 0;
  for (uint32_t i = 0; i < entries->count; i++) {
    const Body *body = entries->at[i]->body;
    total += body->expr && body->expr->kind == EXPR_LIST ? body->expr->items.count : 1;
  }
  if ((uint64_t)total * entries->count > MOST_PLACES) {
    diag_add(c->diags, MSG_E0511, symbol->name.span, symbol->name.text, DIAG_END);
    return value_nothing(c);
  }
  owner = arena_array(c->arena, uint32_t, (size_t)total * entries->count + 1); /* [value][period]: 1 where it belongs */
  for (uint32_t i = 0; i < entries->count; i++) {
    const Body *body = entries->at[i]->body;
    if (!body->expr) {
      diag_add(c->diags, MSG_E0410, body->choices.at[0].value->span, type_name(type), DIAG_END);
      return value_nothing(c);
    }
    if (is_none(c, body)) continue;
    bool several = body->expr->kind == EXPR_LIST;
    for (uint32_t k = 0; k < (several ? body->expr->items.count : 1); k++) {
      uint32_t node = elaborate_scalar(c, &inner, several ? body->expr->items.at[k] : body->expr, type->element);
      if (node == NO_NODE) return value_nothing(c);
      uint32_t v = 0;
      while (v < values.count && values.at[v] != node) v++;
      if (v == values.count) list_push(c->arena, &values, node);
      owner[(size_t)v * entries->count + i] = 1;
    }
  }
  uint32_t *members = arena_array(c->arena, uint32_t, values.count);
  uint32_t *belongs = arena_array(c->arena, uint32_t, entries->count);
  Span span = symbol->name.span;
  /* where the parameter has no value there is no list either, whatever its items would be asked */
  for (uint32_t i = 0; i < entries->count; i++)
    belongs[i] = is_none(c, entries->at[i]->body) ? NO_NODE : node_yes_no(c, true, ROOT_SPACE, span);
  uint32_t given = dated(c, lookup, c->yes_no, belongs);
  for (uint32_t v = 0; v < values.count; v++) {
    for (uint32_t i = 0; i < entries->count; i++)
      belongs[i] = is_none(c, entries->at[i]->body)
                       ? NO_NODE
                       : node_yes_no(c, owner[(size_t)v * entries->count + i], ROOT_SPACE, span);
    members[v] = dated(c, lookup, c->yes_no, belongs);
  }
  Value list = list_of_nodes(c, values.at, members, values.count, type->element, lookup->space, span);
  list.list.complete = given;
  return list;
}

static Value dated_scalar(Checker *c, const Env *env, const Symbol *symbol, const Type *type, const Lookup *lookup) {
  const ItemList *entries = &symbol->decl->items;
  uint32_t *values = arena_array(c->arena, uint32_t, entries->count);
  bool sound = true;
  for (uint32_t i = 0; i < entries->count; i++) {
    values[i] = NO_NODE;
    if (is_none(c, entries->at[i]->body)) continue;
    Value v = elaborate_body(c, env, entries->at[i]->body, type, NULL);
    if (v.kind == VALUE_SCALAR)
      values[i] = v.node;
    else
      sound = false;
  }
  if (!sound) return value_nothing(c);
  return value_scalar(c, dated(c, lookup, type, values));
}

/* A constant value outside the parameter's own bounds is a slip of the pen. */
static void check_bounds(Checker *c, const Symbol *symbol, const Type *type) {
  const TypeExpr *declared = symbol->decl->type;
  if (!declared->low && !declared->high) return;
  Range bounds = bounds_of(c, declared, type);
  for (uint32_t i = 0; i < symbol->decl->items.count; i++) {
    const Expr *expr = symbol->decl->items.at[i]->body->expr;
    if (!expr || (expr->kind != EXPR_NUMBER && expr->kind != EXPR_MONEY)) continue;
    bool below = bounds.has_low && num_compare(expr->number, bounds.low) < 0;
    bool above = bounds.has_high && num_compare(expr->number, bounds.high) > 0;
    if (below || above) diag_add(c->diags, MSG_E0508, expr->span, symbol->name.text, DIAG_END);
  }
}

static bool has_value(const Checker *c, const ItemList *entries) {
  for (uint32_t i = 0; i < entries->count; i++)
    if (!is_none(c, entries->at[i]->body)) return true;
  return false;
}

/* `by FIELD`: that field's date picks the entry, unless another date is asked for. */
static uint32_t date_of_parameter(Checker *c, const Env *env, const Symbol *symbol) {
  const Name *by = &symbol->decl->by;
  if (!by->text.length || env->on) return date_of_rules(c, env, symbol->name.span);
  Env plain = {.space = env->space, .known_on = env->known_on};
  uint32_t date = date_named(c, &plain, by->text, by->span, MSG_E0524);
  c->depends |= DEPENDS_ON_DATE;
  return date;
}

static bool has_known_facts(const ItemList *entries) {
  for (uint32_t i = 0; i < entries->count; i++)
    if (entries->at[i]->has_known) return true;
  return false;
}

/* False: it was reported that there is no such date. */
static bool lookup_of(Checker *c, const Env *env, Symbol *symbol, Lookup *out) {
  const ItemList *entries = &symbol->decl->items;
  *out = (Lookup){.date = date_of_parameter(c, env, symbol),
                  .known_on = NO_NODE,
                  .space = env->space,
                  .first_period = add_periods(c, entries, &symbol->periods),
                  .count = entries->count,
                  .label = symbol->name.text,
                  .span = symbol->name.span};
  if (has_known_facts(entries)) out->known_on = date_of_knowledge(c, env, symbol->name.span);
  return out->date != NO_NODE;
}

static void keep_lookup(Checker *c, const Symbol *symbol, const Lookup *lookup) {
  Parameter *parameter = &c->parameters.at[symbol->index];
  parameter->period_count = lookup->count;
  parameter->periods = arena_copy(c->arena, c->periods.at + lookup->first_period, lookup->count * sizeof(Period));
  parameter->date = lookup->date;
}

static Value value_of_parameter(Checker *c, const Env *where, Symbol *symbol) {
  const Decl *decl = symbol->decl;
  const Type *type = type_of_expr(c, decl->type, symbol->name.text);
  Parameter *parameter = &c->parameters.at[symbol->index];
  parameter->type = type;
  if (type->kind == TYPE_ERROR) return value_nothing(c);
  check_bounds(c, symbol, type);
  Env env = {.space = where->space, .on = where->on, .known_on = where->known_on, .expected = type};
  if (decl->body) return elaborate_body(c, &env, decl->body, type, NULL);
  if (!has_value(c, &decl->items)) {
    diag_add(c->diags, MSG_E0504, symbol->name.span, symbol->name.text, DIAG_END);
    return value_nothing(c);
  }
  check_order(c, &decl->items);
  Lookup lookup;
  if (!lookup_of(c, &env, symbol, &lookup)) return value_nothing(c);
  if (!env.on && !env.known_on) keep_lookup(c, symbol, &lookup);
  return type->kind == TYPE_LIST ? dated_list(c, &env, symbol, type, &lookup)
                                 : dated_scalar(c, &env, symbol, type, &lookup);
}

Value parameter_value(Checker *c, const Env *where, Symbol *symbol) {
  const Vocabulary *outer = speak(c, symbol->name.span);
  Value value = value_of_parameter(c, where, symbol);
  c->vocabulary = outer;
  return value;
}

/* ---- ladder ---- */

static uint32_t position_of(const NameList *order, View name) {
  for (uint32_t i = 0; i < order->count; i++)
    if (view_equal(order->at[i].text, name)) return i;
  return NO_INDEX;
}

static void insert_name(Checker *c, NameList *order, uint32_t at, Name name) {
  list_push(c->arena, order, name);
  for (uint32_t i = order->count - 1; i > at; i--) order->at[i] = order->at[i - 1];
  order->at[at] = name;
}

/* One order of levels for all dates: a new one goes directly below the next one of its rung that is known. */
static void merge_rung(Checker *c, NameList *order, const Item *rung) {
  for (uint32_t i = 0; i < rung->names.count; i++) {
    if (position_of(order, rung->names.at[i].text) != NO_INDEX) continue;
    uint32_t at = order->count;
    for (uint32_t k = i + 1; k < rung->names.count && at == order->count; k++) {
      uint32_t known = position_of(order, rung->names.at[k].text);
      if (known != NO_INDEX) at = known;
    }
    insert_name(c, order, at, rung->names.at[i]);
  }
}

bool ladder_is_too_large(Checker *c, const Decl *ladder) {
  enum { MOST_LEVELS = 200 };
  Map levels;
  map_init(&levels, c->arena);
  for (uint32_t i = 0; i < ladder->items.count; i++) {
    const NameList *rung = &ladder->items.at[i]->names;
    for (uint32_t k = 0; k < rung->count; k++) {
      map_add(&levels, rung->at[k].text, 0);
      if (levels.entries.count <= MOST_LEVELS && k < MOST_LEVELS) continue;
      diag_add(c->diags, MSG_E0631, rung->at[k].span, view_format(c->arena, "%u", MOST_LEVELS), DIAG_END);
      return true;
    }
  }
  return false;
}

const Type *ladder_levels(Checker *c, const Decl *ladder) {
  NameList order = {0};
  for (uint32_t i = 0; ladder && i < ladder->items.count; i++) merge_rung(c, &order, ladder->items.at[i]);
  Map known;
  map_init(&known, c->arena);
  for (uint32_t i = 0; i < order.count; i++) map_add(&known, order.at[i].text, i);
  for (uint32_t d = 0; d < c->decls.count; d++)
    if (c->decls.at[d]->kind == DECL_LEVEL && map_add(&known, c->decls.at[d]->name.text, 0))
      list_push(c->arena, &order, c->decls.at[d]->name);
  return order.count ? enum_type(c, VIEW("level"), &order, true, true) : NULL;
}

void check_ladder(Checker *c, const Decl *ladder) {
  check_order(c, &ladder->items);
  for (uint32_t i = 0; i < ladder->items.count; i++) {
    const NameList *rung = &ladder->items.at[i]->names;
    uint32_t before = 0;
    for (uint32_t k = 0; k < rung->count; k++) {
      uint32_t code = 0;
      while (!view_equal(c->level->values->values[code], rung->at[k].text)) code++;
      if (k && code <= before)
        diag_add(c->diags, MSG_E0611, rung->at[k].span, rung->at[k].text, rung->at[k - 1].text, DIAG_END);
      before = code;
    }
  }
}

static bool on_rung(const Item *rung, View name) {
  for (uint32_t i = 0; i < rung->names.count; i++)
    if (view_equal(rung->names.at[i].text, name)) return true;
  return false;
}

static uint32_t on_ladder(Checker *c, const Env *env, View level, const Decl *ladder) {
  uint32_t *values = arena_array(c->arena, uint32_t, ladder->items.count);
  for (uint32_t i = 0; i < ladder->items.count; i++)
    values[i] = node_yes_no(c, on_rung(ladder->items.at[i], level), ROOT_SPACE, ladder->span);
  Lookup lookup = {.date = date_of_rules(c, env, ladder->span),
                   .known_on = NO_NODE,
                   .space = env->space,
                   .first_period = add_periods(c, &ladder->items, &c->ladder_periods),
                   .count = ladder->items.count,
                   .span = ladder->span};
  return dated(c, &lookup, c->yes_no, values);
}

/* The last day of the last rung that holds the level; false where there is no such day. */
static bool last_day_on_ladder(const Decl *ladder, View level, int64_t *day) {
  uint32_t end = ladder->items.count;
  while (end > 0 && !on_rung(ladder->items.at[end - 1], level)) end--;
  if (end == 0 || end == ladder->items.count) return false;
  *day = ladder->items.at[end]->date - 1;
  return true;
}

bool last_day_of_level(const Checker *c, uint32_t level_code, const Decl *ladder, const Decl *decl, int64_t *day) {
  bool ends = ladder && level_code != NO_INDEX && last_day_on_ladder(ladder, c->level->values->values[level_code], day);
  for (uint32_t i = 0; decl && i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind != ITEM_VALID_UNTIL || (ends && *day <= item->date)) continue;
    *day = item->date;
    ends = true;
  }
  return ends;
}

/* Is the level there at the date: on the ladder, and within its valid from … until? */
uint32_t available_node(Checker *c, const Env *env, uint32_t level_code, const Decl *ladder, const Decl *decl) {
  uint32_t node = NO_NODE;
  if (ladder && level_code != NO_INDEX) node = on_ladder(c, env, c->level->values->values[level_code], ladder);
  const Item *first = NULL, *last = NULL;
  for (uint32_t i = 0; decl && i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind != ITEM_VALID_FROM && item->kind != ITEM_VALID_UNTIL) continue;
    uint32_t date = node_number(c, num_of(item->date), c->date, ROOT_SPACE, item->span);
    uint32_t as_of = date_of_rules(c, env, item->span);
    bool is_from = item->kind == ITEM_VALID_FROM;
    uint32_t outside = is_from ? node_binary(c, OP_LESS, c->yes_no, as_of, date, item->span)
                               : node_binary(c, OP_LESS, c->yes_no, date, as_of, item->span);
    node = node_and(c, node, node_not(c, outside, item->span), item->span);
    *(is_from ? &first : &last) = item;
  }
  if (first && last && !first->undated && !last->undated && last->date < first->date)
    diag_add(c->diags, MSG_E0503, last->span, DIAG_END)->other = first->span;
  return node;
}
