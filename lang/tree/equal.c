#include "tree/equal.h"

typedef struct Pair {
  SameName same_name;
  const void *context;
} Pair;

static bool same_name(const Pair *p, View a, View b) {
  return view_equal(a, b) || (p->same_name && p->same_name(a, b, p->context));
}

static bool same_number(Num a, Num b) { return num_compare(a, b) == 0; }

static bool same_names(const Pair *p, const NameList *a, const NameList *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_name(p, a->at[i].text, b->at[i].text)) return false;
  return true;
}

/* ---- expressions ---- */

static bool same_expr(const Pair *p, const Expr *a, const Expr *b);

static bool same_exprs(const Pair *p, const ExprList *a, const ExprList *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_expr(p, a->at[i], b->at[i])) return false;
  return true;
}

static bool holds_name(ExprKind kind) {
  return kind == EXPR_NAME || kind == EXPR_FIELD || kind == EXPR_CALL || kind == EXPR_FOR || kind == EXPR_SOME ||
         kind == EXPR_EVERY || kind == EXPR_THE;
}

static bool same_quantity(const Quantity *a, const Quantity *b) {
  return a->kind == b->kind && a->share == b->share && same_number(a->amount, b->amount);
}

/* The numbers of other nodes are not set. */
static bool same_literal(const Expr *a, const Expr *b) {
  if (a->percent != b->percent || a->value != b->value || a->unit != b->unit) return false;
  if (a->kind == EXPR_NUMBER || a->kind == EXPR_MONEY) return same_number(a->number, b->number);
  return a->kind != EXPR_COUNTED || same_quantity(&a->quantity, &b->quantity);
}

static bool same_expr(const Pair *p, const Expr *a, const Expr *b) {
  if (!a || !b) return a == b;
  if (a->kind != b->kind || a->parenthesised != b->parenthesised || !same_literal(a, b)) return false;
  if (holds_name(a->kind) ? !same_name(p, a->text, b->text) : !view_equal(a->text, b->text)) return false;
  return same_names(p, &a->names, &b->names) && same_exprs(p, &a->items, &b->items) && same_expr(p, a->a, b->a) &&
         same_expr(p, a->b, b->b) && same_expr(p, a->c, b->c);
}

static bool same_body(const Pair *p, const Body *a, const Body *b) {
  if (!a || !b) return a == b;
  if (!same_expr(p, a->expr, b->expr) || a->choices.count != b->choices.count) return false;
  for (uint32_t i = 0; i < a->choices.count; i++) {
    const Choice *x = &a->choices.at[i], *y = &b->choices.at[i];
    if (!same_expr(p, x->value, y->value) || !same_expr(p, x->condition, y->condition)) return false;
    if (!view_equal(x->reason, y->reason)) return false;
  }
  return true;
}

static bool same_type(const Pair *p, const TypeExpr *a, const TypeExpr *b) {
  if (!a || !b) return a == b;
  return a->kind == b->kind && same_name(p, a->name.text, b->name.text) && same_names(p, &a->values, &b->values) &&
         same_expr(p, a->low, b->low) && same_expr(p, a->high, b->high) && same_type(p, a->of, b->of);
}

/* ---- requirements and items ---- */

static bool same_requirement(const Pair *p, const Requirement *a, const Requirement *b);

static bool same_group(const Pair *p, const Group *a, const Group *b) {
  if (!a || !b) return a == b;
  if (a->kind != b->kind || a->members.count != b->members.count) return false;
  if (a->kind == GROUP_AT_LEAST && !same_number(a->count, b->count)) return false;
  for (uint32_t i = 0; i < a->members.count; i++)
    if (!same_requirement(p, a->members.at[i], b->members.at[i])) return false;
  return true;
}

static bool same_requirement(const Pair *p, const Requirement *a, const Requirement *b) {
  if (!a || !b) return a == b;
  return same_name(p, a->label.text, b->label.text) && view_equal(a->title, b->title) &&
         same_name(p, a->each.text, b->each.text) && same_expr(p, a->each_in, b->each_in) &&
         same_expr(p, a->when, b->when) && same_expr(p, a->condition, b->condition) &&
         same_group(p, a->group, b->group) && same_expr(p, a->unless, b->unless) &&
         view_equal(a->unless_reason, b->unless_reason) && view_equal(a->source, b->source) &&
         view_equal(a->advice, b->advice) && view_equal(a->doc, b->doc);
}

static bool same_cells(const Pair *p, const CellList *a, const CellList *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_exprs(p, &a->at[i], &b->at[i])) return false;
  return true;
}

static bool same_item_facts(const Item *a, const Item *b) {
  if (a->kind != b->kind || a->date != b->date || a->value != b->value || a->split != b->split) return false;
  if (a->has_known != b->has_known || a->known_from != b->known_from || a->of_parameter != b->of_parameter)
    return false;
  if (a->kind == ITEM_MEANS && !same_number(a->number, b->number)) return false;
  return a->none == b->none && view_equal(a->text, b->text) && view_equal(a->doc, b->doc);
}

static bool same_item(const Pair *p, const Item *a, const Item *b) {
  return same_item_facts(a, b) && same_name(p, a->name.text, b->name.text) && same_names(p, &a->names, &b->names) &&
         same_type(p, a->type, b->type) && same_expr(p, a->a, b->a) && same_expr(p, a->b, b->b) &&
         same_expr(p, a->c, b->c) && same_body(p, a->body, b->body) &&
         same_requirement(p, a->requirement, b->requirement) && same_cells(p, &a->cells, &b->cells);
}

static bool same_items(const Pair *p, const ItemList *a, const ItemList *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_item(p, a->at[i], b->at[i])) return false;
  return true;
}

/* ---- declarations ---- */

static bool same_params(const Pair *p, const ParamList *a, const ParamList *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_name(p, a->at[i].name.text, b->at[i].name.text) || !same_type(p, a->at[i].type, b->at[i].type))
      return false;
  return true;
}

static bool same_decl(const Pair *p, const Decl *a, const Decl *b) {
  return a->kind == b->kind && same_name(p, a->name.text, b->name.text) && view_equal(a->title, b->title) &&
         same_type(p, a->type, b->type) && same_params(p, &a->params, &b->params) &&
         same_params(p, &a->outputs, &b->outputs) && same_name(p, a->by.text, b->by.text) &&
         same_name(p, a->called.text, b->called.text) && view_equal(a->from, b->from) &&
         view_equal(a->source, b->source) && view_equal(a->doc, b->doc) && same_items(p, &a->items, &b->items) &&
         same_body(p, a->body, b->body);
}

bool tree_equal(const Tree *a, const Tree *b, SameName same, const void *context) {
  Pair p = {same, context};
  if (a->decls.count != b->decls.count) return false;
  for (uint32_t i = 0; i < a->decls.count; i++)
    if (!same_decl(&p, a->decls.at[i], b->decls.at[i])) return false;
  return true;
}
