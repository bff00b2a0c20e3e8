#include "tree/tree.h"

static uint16_t depth_of(const Expr *expr) { return expr ? expr->depth : 0; }

static uint16_t deepest(const Expr *expr) {
  uint16_t depth = depth_of(expr->a);
  if (depth_of(expr->b) > depth) depth = depth_of(expr->b);
  if (depth_of(expr->c) > depth) depth = depth_of(expr->c);
  for (uint32_t i = 0; i < expr->items.count; i++)
    if (depth_of(expr->items.at[i]) > depth) depth = depth_of(expr->items.at[i]);
  return depth;
}

void tree_too_deep(TreeBuilder *b, Span span) {
  if (!b->too_deep) diag_add(b->diags, MSG_E0203, span, DIAG_END);
  b->too_deep = true;
}

static Expr *within_depth(TreeBuilder *b, Expr *expr) {
  if (expr->depth <= EXPR_MAX_DEPTH) return expr;
  bool has_operator = expr->operator_span.start < expr->operator_span.end;
  tree_too_deep(b, has_operator ? expr->operator_span : expr->span);
  return expr_new(b, EXPR_ERROR, expr->span);
}

Expr *expr_finish(TreeBuilder *b, Expr *expr) {
  expr->depth = (uint16_t)(deepest(expr) + 1);
  return within_depth(b, expr);
}

Expr *expr_parenthesised(TreeBuilder *b, Expr *expr) {
  expr->parenthesised = true;
  expr->depth++;
  return within_depth(b, expr);
}

Expr *expr_new(TreeBuilder *b, ExprKind kind, Span span) {
  Expr *expr = arena_new_of(b->arena, Expr);
  expr->kind = kind;
  expr->span = span;
  expr->depth = 1;
  return expr;
}

Expr *expr_unary(TreeBuilder *b, ExprKind kind, Span span, Span operator_span, Expr *a) {
  Expr *expr = expr_new(b, kind, span);
  expr->operator_span = operator_span;
  expr->a = a;
  return expr_finish(b, expr);
}

Expr *expr_binary(TreeBuilder *b, ExprKind kind, Span span, Span operator_span, Expr *x, Expr *y) {
  Expr *expr = expr_new(b, kind, span);
  expr->operator_span = operator_span;
  expr->a = x;
  expr->b = y;
  return expr_finish(b, expr);
}

Expr *expr_ternary(TreeBuilder *b, ExprKind kind, Span span, Expr *x, Expr *y, Expr *z) {
  Expr *expr = expr_new(b, kind, span);
  expr->a = x;
  expr->b = y;
  expr->c = z;
  return expr_finish(b, expr);
}

Expr *expr_literal(TreeBuilder *b, ExprKind kind, Span span, const Token *token) {
  Expr *expr = expr_new(b, token->refused ? EXPR_ERROR : kind, span);
  expr->text = token->text;
  expr->text_span = span;
  expr->number = token->number;
  expr->value = token->value;
  expr->unit = token->unit;
  expr->percent = token->percent;
  expr->quoted = token->quoted;
  return expr;
}

Expr *expr_of_items(TreeBuilder *b, ExprKind kind, Span span, const ExprList *items, const NameList *names) {
  Expr *expr = expr_new(b, kind, span);
  if (items) expr->items = *items;
  if (names) expr->names = *names;
  return expr_finish(b, expr);
}

Item *item_new(TreeBuilder *b, ItemKind kind, Span span) {
  Item *item = arena_new_of(b->arena, Item);
  item->kind = kind;
  item->span = span;
  return item;
}

Decl *decl_new(TreeBuilder *b, DeclKind kind, Span span) {
  Decl *decl = arena_new_of(b->arena, Decl);
  decl->kind = kind;
  decl->span = span;
  return decl;
}

TypeExpr *type_expr_new(TreeBuilder *b, TypeExprKind kind, Span span) {
  TypeExpr *type = arena_new_of(b->arena, TypeExpr);
  type->kind = kind;
  type->depth = 1;
  type->span = span;
  return type;
}
