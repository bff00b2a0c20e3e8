/* What the grammar's actions call: small functions that build pieces of the
 * tree. Included by the generated parser only. */
#ifndef TREE_GRAMMAR_SUPPORT_H
#define TREE_GRAMMAR_SUPPORT_H

#include <stdio.h>
#include "tree/grammar.h"
#include "tree/parse.h"

/* The parser's own memory comes from the arena of the parse that runs on this thread. */
extern _Thread_local Arena *grammar_arena;
static void *grammar_alloc(size_t bytes) { return arena_alloc(grammar_arena, bytes); }
static void grammar_release(void *at) { (void)at; }
#define YYMALLOC grammar_alloc
#define YYFREE grammar_release
#define YYSTACK_USE_ALLOCA 0
#define YYINITDEPTH 200
/* Every token of the largest source may stand on the stack; how deep the tree gets is counted in its nodes. */
#define YYMAXDEPTH (SOURCE_MAX_BYTES + 64)

#define YYLLOC_DEFAULT(current, rhs, n)                                                        \
  do {                                                                                         \
    if (n)                                                                                     \
      (current) = span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n));                               \
    else                                                                                       \
      (current) = (Span){YYRHSLOC(rhs, 0).source, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end}; \
  } while (0)

static void grammar_error(const Span *at, struct ParseState *state, const char *message);

#define ARENA (state->builder.arena)

/* The --| text in front of the statement that begins at `start` */
static inline View doc_before(const ParseState *state, uint32_t start) {
  uint32_t low = 0, high = state->at; /* what begins there is among the tokens that were pushed */
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (state->tokens->at[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  /* an end of statement may stand at the same byte */
  while (low <= state->at && state->tokens->at[low].start == start && !state->tokens->at[low].doc.length) low++;
  return low <= state->at && state->tokens->at[low].start == start ? state->tokens->at[low].doc : (View){0};
}

static inline void keep_decl(ParseState *state, Decl *decl) {
  if (!decl) return;
  decl->doc = doc_before(state, decl->span.start);
  for (uint32_t i = 0; i < decl->items.count; i++)
    decl->items.at[i]->doc = doc_before(state, decl->items.at[i]->span.start);
  list_push(ARENA, &state->builder.tree->decls, decl);
}

/* ---- what could not be read: its name is known all the same, so that its uses are no mistakes ---- */
static inline TypeExpr *broken_type(ParseState *state, Span span) {
  return type_expr_new(&state->builder, TYPE_EXPR_ERROR, span);
}
static inline Expr *broken_expr(ParseState *state, Span span) { return expr_new(&state->builder, EXPR_ERROR, span); }
static inline Choice broken_choice(ParseState *state, Span span) {
  return (Choice){.value = broken_expr(state, span), .condition = broken_expr(state, span), .span = span};
}

/* ---- lists ---- */
static inline NameList *names_start(ParseState *state, Name name) {
  NameList *list = arena_new_of(ARENA, NameList);
  list_push(ARENA, list, name);
  return list;
}
static inline NameList *names_more(ParseState *state, NameList *list, Name name) {
  list_push(ARENA, list, name);
  return list;
}
static inline ItemList *items_new(ParseState *state) { return arena_new_of(ARENA, ItemList); }
static inline ItemList *items_more(ParseState *state, ItemList *list, Item *item) {
  list_push(ARENA, list, item);
  return list;
}
static inline ExprList *exprs_new(ParseState *state) { return arena_new_of(ARENA, ExprList); }
static inline ExprList *exprs_more(ParseState *state, ExprList *list, Expr *expr) {
  list_push(ARENA, list, expr);
  return list;
}
static inline CellList *cells_more(ParseState *state, CellList *list, const ExprList *cell) {
  list_push(ARENA, list, *cell);
  return list;
}
static inline CellList *cells_start(ParseState *state, const ExprList *cell) {
  return cells_more(state, arena_new_of(ARENA, CellList), cell);
}
static inline RequirementList *requirements_new(ParseState *state) { return arena_new_of(ARENA, RequirementList); }
static inline RequirementList *requirements_more(ParseState *state, RequirementList *list, Requirement *requirement) {
  list_push(ARENA, list, requirement);
  return list;
}
static inline ChoiceList *choices_more(ParseState *state, ChoiceList *list, Choice choice) {
  if (!list) list = arena_new_of(ARENA, ChoiceList);
  list_push(ARENA, list, choice);
  return list;
}
static inline Arguments *arguments_more(ParseState *state, Arguments *list, Name name, Expr *value) {
  if (!list) list = arena_new_of(ARENA, Arguments);
  list_push(ARENA, &list->values, value);
  list_push(ARENA, &list->names, name);
  return list;
}

static inline ParamList *params_more(ParseState *state, ParamList *list, Name name, TypeExpr *type) {
  if (!list) list = arena_new_of(ARENA, ParamList);
  list_push(ARENA, list, ((Param){name, type}));
  return list;
}

/* language en, language nb: what the joiner went by */
static inline void refuse_language(ParseState *state, Span span, const Token *name) {
  if (!view_is(name->text, "en") && !view_is(name->text, "nb"))
    diag_add(state->builder.diags, MSG_E0124, span, name->text, DIAG_END);
}

/* ---- declarations ---- */
static inline Decl *decl_with_items(ParseState *state, DeclKind kind, Span span, Name name, const ItemList *items) {
  Decl *decl = decl_new(&state->builder, kind, span);
  decl->name = name;
  decl->items = *items;
  return decl;
}
static inline Decl *decl_typed(ParseState *state, DeclKind kind, Span span, Name name, TypeExpr *type) {
  Decl *decl = decl_new(&state->builder, kind, span);
  decl->name = name;
  decl->type = type;
  return decl;
}
static inline Decl *decl_with_body(ParseState *state, DeclKind kind, Span span, Name name, View title, Body *body) {
  Decl *decl = decl_new(&state->builder, kind, span);
  decl->name = name;
  decl->title = title;
  decl->body = body;
  return decl;
}
static inline Decl *decl_scaled(ParseState *state, Span span, Name name, View title, Item *scale) {
  Decl *decl = decl_new(&state->builder, DECL_CRITERION, span);
  decl->name = name;
  decl->title = title;
  list_push(ARENA, &decl->items, scale);
  return decl;
}
static inline Body *body_of(ParseState *state, Expr *expr) {
  Body *body = arena_new_of(ARENA, Body);
  body->expr = expr;
  body->span = expr->span;
  return body;
}
static inline Body *body_of_choices(ParseState *state, Span span, const ChoiceList *choices) {
  Body *body = arena_new_of(ARENA, Body);
  body->choices = *choices;
  body->span = span;
  return body;
}
static inline Decl *broken_body(ParseState *state, DeclKind kind, Span span, Name name) {
  return decl_with_body(state, kind, span, name, (View){0}, body_of(state, broken_expr(state, name.span)));
}
static inline bool takes_attributes(DeclKind kind) {
  switch (kind) {
  case DECL_DATA:
  case DECL_PARAMETER:
  case DECL_DEFINE:
  case DECL_CRITERION:
  case DECL_JUDGEMENT:
  case DECL_REPORT:
  case DECL_FUNCTION:
  case DECL_DECISION: return true;
  case DECL_PROGRAMME:
  case DECL_TYPE:
  case DECL_RECORD:
  case DECL_APPLICATION:
  case DECL_LADDER:
  case DECL_EVERY_APPLICATION:
  case DECL_LEVEL:
  case DECL_BRAND:
  case DECL_REQUIREMENTS:
  case DECL_USE:
  case DECL_MODULE:
  case DECL_TABLE:
  case DECL_ACCEPT:
  case DECL_TEST:
  case DECL_COUNT: return false;
  }
  return false;
}
/* `asks "…"` behind a one-line judgement, `source "…"` behind a one-line definition: they belong to what stands before */
static inline void attach_attribute(ParseState *state, Item *item) {
  DeclList *decls = &state->builder.tree->decls;
  if (decls->count && takes_attributes(decls->at[decls->count - 1]->kind))
    list_push(ARENA, &decls->at[decls->count - 1]->items, item);
  else
    diag_add(state->builder.diags, MSG_E0206, item->span, DIAG_END);
}

/* ---- items ---- */
static inline void item_dated(Item *item, const Token *date) {
  item->date = date->value;
  item->undated |= date->refused;
}
static inline void item_known(Item *item, const Token *date) {
  item->has_known = true;
  item->known_from = date->value;
  item->undated |= date->refused;
}
static inline Item *item_text(ParseState *state, ItemKind kind, Span span, const Token *text) {
  Item *item = item_new(&state->builder, kind, span);
  item->text = text->text;
  return item;
}
static inline Item *item_named(ParseState *state, ItemKind kind, Span span, Name name) {
  Item *item = item_new(&state->builder, kind, span);
  item->name = name;
  return item;
}
static inline Item *item_names(ParseState *state, ItemKind kind, Span span, const NameList *names) {
  Item *item = item_new(&state->builder, kind, span);
  item->names = *names;
  return item;
}
static inline Item *scale_item(ParseState *state, Span span, Expr *from, Expr *to, Expr *step) {
  Item *item = item_new(&state->builder, ITEM_SCALE, span);
  item->a = from;
  item->b = to;
  item->c = step;
  return item;
}
static inline Item *item_scored(ParseState *state, Span span, const Requirement *head, Expr *weight, Expr *minimum) {
  Item *item = item_named(state, ITEM_SCORED, span, head->label);
  item->a = weight;
  item->b = minimum;
  return item;
}

static inline Item *requirement_item(ParseState *state, Span span, Requirement *requirement) {
  Item *item = item_new(&state->builder, ITEM_REQUIREMENT, span);
  item->requirement = requirement;
  return item;
}
static inline Item *broken_scale(ParseState *state, Span span) {
  return scale_item(state, span, broken_expr(state, span), broken_expr(state, span), NULL);
}
static inline Item *broken_field(ParseState *state, Span span, Name name) {
  Item *item = item_named(state, ITEM_FIELD, span, name);
  item->type = broken_type(state, span);
  return item;
}
static inline Item *broken_rung(ParseState *state, Span span, const Token *date) {
  Item *item = item_new(&state->builder, ITEM_RUNG, span);
  item_dated(item, date);
  item->none = true;
  return item;
}

/* ---- types ---- */
static inline TypeExpr *type_named(ParseState *state, Span span, View name) {
  TypeExpr *type = type_expr_new(&state->builder, TYPE_EXPR_NAME, span);
  type->name = (Name){name, span};
  return type;
}
static inline TypeExpr *type_values(ParseState *state, TypeExprKind kind, Span span, const NameList *values) {
  TypeExpr *type = type_expr_new(&state->builder, kind, span);
  type->values = *values;
  return type;
}

static inline TypeExpr *type_list(ParseState *state, Span span, TypeExpr *of) {
  TypeExpr *type = type_expr_new(&state->builder, TYPE_EXPR_LIST, span);
  type->of = of;
  type->depth = (uint16_t)(of->depth + 1);
  if (type->depth <= EXPR_MAX_DEPTH) return type;
  tree_too_deep(&state->builder, of->span);
  return type_expr_new(&state->builder, TYPE_EXPR_ERROR, span);
}

/* ---- requirements ---- */
static inline Requirement *requirement_new(ParseState *state, Name label, View title) {
  Requirement *requirement = arena_new_of(ARENA, Requirement);
  requirement->label = label;
  requirement->title = title;
  requirement->span = label.span;
  return requirement;
}
static inline Requirement *requirement_is(ParseState *state, Span span, Requirement *requirement, Expr *condition,
                                          Group *group) {
  requirement->span = span;
  requirement->condition = condition || group ? condition : expr_new(&state->builder, EXPR_ERROR, span);
  requirement->group = group;
  return requirement;
}
static inline Item *broken_requirement(ParseState *state, Name label) {
  Requirement *requirement = requirement_new(state, label, (View){0});
  return requirement_item(state, label.span, requirement_is(state, label.span, requirement, NULL, NULL));
}
static inline Group *group_new(ParseState *state, GroupKind kind, Span span, Num count, const RequirementList *members) {
  Group *group = arena_new_of(ARENA, Group);
  group->kind = kind;
  group->span = span;
  group->count = count;
  group->members = *members;
  group->depth = 1;
  for (uint32_t i = 0; i < members->count; i++) {
    const Group *inner = members->at[i]->group;
    if (inner && inner->depth >= group->depth) group->depth = (uint16_t)(inner->depth + 1);
  }
  if (group->depth <= EXPR_MAX_DEPTH) return group;
  tree_too_deep(&state->builder, span);
  return NULL;
}

static inline Requirement *requirement_waived(ParseState *state, Span unless, Requirement *requirement, Expr *condition,
                                              View reason) {
  if (requirement->unless) diag_add(state->builder.diags, MSG_E0221, unless, DIAG_END);
  requirement->unless = condition;
  requirement->unless_reason = reason;
  return requirement;
}
static inline View texts_joined(ParseState *state, View before, View text) {
  return before.length ? view_format(ARENA, "%.*s %.*s", (int)before.length, before.at, (int)text.length, text.at)
                       : text;
}
/* source "…" below an entry, or behind the `end` of its choices */
static inline ItemList *entry_sourced(ParseState *state, Span at, ItemList *entries, const Token *source) {
  if (!entries->count)
    diag_add(state->builder.diags, MSG_E0206, at, DIAG_END);
  else
    entries->at[entries->count - 1]->text = texts_joined(state, entries->at[entries->count - 1]->text, source->text);
  return entries;
}
/* `unless` behind source or advice: its own line continues theirs */
static inline Item *late_waiver(ParseState *state, Span unless, ItemKind kind, const Token *text) {
  diag_add(state->builder.diags, MSG_E0222, unless, DIAG_END);
  return item_text(state, kind, unless, text);
}

/* ---- decision tables and tests ---- */
static inline ExprList *cell_of(ParseState *state, Expr *expr) { return exprs_more(state, exprs_new(state), expr); }
/* `>= 10` in a cell: what is asked stands on its left */
static inline Expr *cell_test(ParseState *state, Span span, ExprKind kind, Span operator_span, Expr *value) {
  Expr *it = expr_new(&state->builder, EXPR_IT, (Span){span.source, span.start, span.start});
  if (kind == EXPR_IS_MISSING) return expr_unary(&state->builder, kind, span, operator_span, it);
  return expr_binary(&state->builder, kind, span, operator_span, it, value);
}
static inline Item *row_item(ParseState *state, Span span, const CellList *asked, const CellList *given) {
  Item *item = item_new(&state->builder, ITEM_ROW, span);
  item->split = asked->count;
  item->cells = *asked;
  for (uint32_t i = 0; i < given->count; i++) list_push(ARENA, &item->cells, given->at[i]);
  return item;
}
static inline Item *override_item(ParseState *state, Span span, const NameList *path, Expr *value, bool parameter) {
  Item *item = item_new(&state->builder, ITEM_OVERRIDE, span);
  item->names = *path;
  item->a = value;
  item->of_parameter = parameter;
  return item;
}
static inline Item *item_of(ParseState *state, ItemKind kind, Span span, Expr *a) {
  Item *item = item_new(&state->builder, kind, span);
  item->a = a;
  return item;
}
static inline Name dotted(ParseState *state, Name before, Span span, const Token *name) {
  View text =
      view_format(ARENA, "%.*s.%.*s", (int)before.text.length, before.text.at, (int)name->text.length, name->text.at);
  return (Name){text, span};
}

/* ---- expressions ---- */
static inline Expr *on_date(ParseState *state, Span span, Span on, Expr *value, Expr *date, Expr *known) {
  Expr *expr = expr_ternary(&state->builder, EXPR_ON, span, value, date, known);
  expr->operator_span = on;
  return expr;
}
static inline Expr *in_currency(ParseState *state, Span span, const Token *currency, Span words, Expr *value,
                                Expr *rate) {
  Expr *expr = expr_binary(&state->builder, EXPR_IN_CURRENCY, span, words, value, rate);
  expr->text = currency->text;
  return expr;
}
static inline Expr *ordered_list(ParseState *state, Span span, Span words, Expr *list, Expr *key, bool descending) {
  Expr *expr = expr_binary(&state->builder, EXPR_ORDERED, span, words, list, key);
  expr->value = descending;
  return expr;
}
/* partners where written order by pledge: what is ordered is the list, not the condition, which took the words as the
 * nearer one. Takes them out of it; NULL if it holds none outside of parentheses. */
static inline Expr *order_in_condition(Expr **condition) {
  Expr *last = *condition;
  while (!last->parenthesised && (last->kind == EXPR_AND || last->kind == EXPR_OR || last->kind == EXPR_NOT))
    last = last->kind == EXPR_NOT ? last->a : last->b;
  if (last->kind != EXPR_ORDERED || last->parenthesised) return NULL;
  Expr *of = last->a;
  for (Expr **at = condition;; at = (*at)->kind == EXPR_NOT ? &(*at)->a : &(*at)->b) {
    if (*at == last) {
      *at = of;
      return last;
    }
    (*at)->span.end = of->span.end;
  }
}
static inline Expr *where(ParseState *state, Span span, Span words, Expr *list, Expr *condition) {
  Expr *order = order_in_condition(&condition);
  Span kept = {span.source, span.start, condition->span.end};
  Expr *chosen = expr_binary(&state->builder, EXPR_WHERE, order ? kept : span, words, list, condition);
  return order ? ordered_list(state, span, order->operator_span, chosen, order->b, order->value) : chosen;
}
static inline Expr *not_one_of(ParseState *state, Span span, Span words, Expr *value, Expr *list) {
  return expr_unary(&state->builder, EXPR_NOT, span, words,
                    expr_binary(&state->builder, EXPR_IN, span, words, value, list));
}

static inline Expr *negative_literal(ParseState *state, Span span, const Token *number) {
  Expr *expr = expr_literal(&state->builder, EXPR_NUMBER, span, number);
  expr->number = num_neg(ARENA, expr->number);
  return expr;
}
static inline Expr *cap(ParseState *state, ExprKind kind, Span span, Span operator_span, Expr *value, Expr *limit,
                        const Token *called) {
  Expr *expr = expr_binary(&state->builder, kind, span, operator_span, value, limit);
  if (called) expr->text = called->text;
  return expr;
}
static inline Expr *rounded(ParseState *state, Span span, const Token *how, Expr *value, Expr *step) {
  Expr *expr =
      expr_binary(&state->builder, EXPR_ROUNDED, span, (Span){state->source, how->start, how->end}, value, step);
  expr->value = how->value;
  return expr;
}
static inline Expr *range(ParseState *state, Span span, Span dots, Expr *low, Expr *high, int64_t open_ends) {
  Expr *expr = expr_binary(&state->builder, EXPR_RANGE, span, dots, low, high);
  expr->value = open_ends;
  return expr;
}
static inline Expr *list_of(ParseState *state, Span span, const ExprList *items) {
  return expr_of_items(&state->builder, EXPR_LIST, span, items, NULL);
}
static inline Expr *binding(ParseState *state, ExprKind kind, Span span, Name name, Expr *list, Expr *condition,
                            Expr *result) {
  Expr *expr = expr_new(&state->builder, kind, span);
  expr->text = name.text;
  expr->text_span = name.span;
  expr->a = list;
  expr->b = condition;
  expr->c = result;
  return expr_finish(&state->builder, expr);
}
static inline Expr *for_ordered(ParseState *state, Span span, Name name, Expr *list, Expr *condition, Expr *key,
                                int64_t descending, Expr *result) {
  Expr *expr = expr_of_items(&state->builder, EXPR_FOR, span, exprs_more(state, exprs_new(state), key), NULL);
  expr->text = name.text;
  expr->text_span = name.span;
  expr->value = descending;
  expr->a = list;
  expr->b = condition;
  expr->c = result;
  return expr_finish(&state->builder, expr);
}
static inline Expr *for_where(ParseState *state, Span span, Name name, Expr *list, Expr *condition, Expr *result) {
  Expr *order = order_in_condition(&condition);
  if (!order) return binding(state, EXPR_FOR, span, name, list, condition, result);
  return for_ordered(state, span, name, list, condition, order->b, order->value, result);
}
static inline Expr *counted(ParseState *state, Span span, Quantity quantity, Expr *list, Expr *condition) {
  Expr *expr = expr_new(&state->builder, EXPR_COUNTED, span);
  expr->quantity = quantity;
  expr->a = list;
  expr->b = condition;
  return expr_finish(&state->builder, expr);
}
static inline Expr *share_of(ParseState *state, Span span, Span of, Span share_span, const Token *share, Expr *whole) {
  Expr *number = expr_literal(&state->builder, EXPR_NUMBER, share_span, share);
  return expr_binary(&state->builder, EXPR_SHARE_OF, span, of, number, whole);
}
static inline Expr *field_of(ParseState *state, Span span, Span name_span, Expr *record, const Token *name) {
  Expr *expr = expr_new(&state->builder, EXPR_FIELD, span);
  expr->a = record;
  expr->text = name->text;
  expr->text_span = name_span;
  return expr_finish(&state->builder, expr);
}
static inline Expr *call(ParseState *state, Span span, Span name_span, const Token *name, const Arguments *arguments) {
  Expr *expr = expr_of_items(&state->builder, EXPR_CALL, span, arguments ? &arguments->values : NULL,
                             arguments ? &arguments->names : NULL);
  expr->text = name->text;
  expr->text_span = name_span;
  return expr;
}
static inline Quantity quantity_of(QuantityKind kind, const Token *amount) {
  return (Quantity){kind, amount->number, amount->percent};
}
static inline Quantity quantity_half(QuantityKind kind) { return (Quantity){kind, (Num){1, 2}, true}; }

#endif
