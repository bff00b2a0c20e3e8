/* The tree: a rules text as it was written, before anything is known about
 * what its names mean. Built by the grammar's actions, never changed after,
 * owned by one arena. Every node has its span; every expression knows its
 * depth, so that no pass above can exhaust the stack. */
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include "scan/token.h"

enum { EXPR_MAX_DEPTH = 200 };

typedef enum ExprKind {
#define EXPR(kind, parts) EXPR_##kind,
#include "tree/expr.def"
#undef EXPR
  EXPR_COUNT
} ExprKind;

typedef struct Name {
  View text;
  Span span;
} Name;
typedef LIST(Name) NameList;

typedef enum QuantityKind {
  QUANTITY_SOME,
  QUANTITY_ALL,
  QUANTITY_NONE,
  QUANTITY_AT_LEAST,
  QUANTITY_AT_MOST,
  QUANTITY_MORE_THAN,
  QUANTITY_FEWER_THAN,
  QUANTITY_EXACTLY
} QuantityKind;

/* "at least 15", "more than half", "at least 50%" */
typedef struct Quantity {
  QuantityKind kind;
  Num amount; /* a share of the list where `share`, else a count */
  bool share;
} Quantity;

typedef struct Expr Expr;
typedef LIST(Expr *) ExprList;

struct Expr {
  ExprKind kind;
  uint16_t depth;
  bool parenthesised;
  bool percent;
  bool quoted;
  Span span;
  Span operator_span; /* the word or sign between the parts */
  View text;
  Span text_span;
  Num number;
  int64_t value;
  DurationUnit unit;
  Quantity quantity;
  Expr *a, *b, *c;
  ExprList items;
  NameList names; /* as many as items, or none */
};

/* V when C "reason", or otherwise V */
typedef struct Choice {
  Expr *value;
  Expr *condition; /* NULL: otherwise */
  View reason;
  Span span;
} Choice;
typedef LIST(Choice) ChoiceList;

/* What a definition, report, decision or parameter entry is: one expression, or choices. */
typedef struct Body {
  Expr *expr;
  ChoiceList choices;
  Span span;
} Body;

typedef enum TypeExprKind {
  TYPE_EXPR_ERROR,
  TYPE_EXPR_NAME,
  TYPE_EXPR_YES_NO,
  TYPE_EXPR_LIST,
  TYPE_EXPR_ONE_OF,
  TYPE_EXPR_ORDERED
} TypeExprKind;

typedef struct TypeExpr {
  TypeExprKind kind;
  uint16_t depth;
  Span span;
  Name name;
  struct TypeExpr *of;
  NameList values;
  Expr *low, *high; /* bounds, or NULL */
} TypeExpr;

typedef enum GroupKind { GROUP_AT_LEAST, GROUP_ALL, GROUP_ANY } GroupKind;

typedef struct Requirement Requirement;
typedef LIST(Requirement *) RequirementList;

typedef struct Group {
  GroupKind kind;
  uint16_t depth;
  Num count; /* of GROUP_AT_LEAST */
  Span span;
  RequirementList members;
} Group;

struct Requirement {
  Name label;
  View title;
  Name each; /* for each NAME in each_in; length 0: none */
  Expr *each_in;
  Expr *when;
  Expr *condition; /* NULL: group */
  Group *group;
  Expr *unless;
  View unless_reason;
  View source, advice;
  View doc;
  Span span;
};

typedef enum ItemKind {
#define ITEM(kind, parts) ITEM_##kind,
#include "tree/item.def"
#undef ITEM
} ItemKind;

typedef LIST(ExprList) CellList;

typedef struct Item {
  ItemKind kind;
  Span span;
  Name name;
  View text;
  NameList names;
  TypeExpr *type;
  Expr *a, *b, *c;
  int64_t date;
  bool undated; /* one of its dates was refused, and that was told: they are compared with nothing */
  bool has_known;
  int64_t known_from; /* day on which an entry became known */
  int64_t value;
  uint32_t split;
  bool of_parameter;
  Num number;
  Body *body;
  bool none;
  Requirement *requirement;
  CellList cells;
  View doc;
} Item;
typedef LIST(Item *) ItemList;

typedef enum DeclKind {
  DECL_PROGRAMME,
  DECL_TYPE,
  DECL_RECORD,
  DECL_APPLICATION,
  DECL_DATA,
  DECL_LADDER,
  DECL_PARAMETER,
  DECL_DEFINE,
  DECL_CRITERION,
  DECL_JUDGEMENT,
  DECL_EVERY_APPLICATION,
  DECL_LEVEL,
  DECL_BRAND,
  DECL_REQUIREMENTS,
  DECL_REPORT,
  DECL_DECISION,
  DECL_USE,
  DECL_MODULE,
  DECL_FUNCTION,
  DECL_TABLE,
  DECL_ACCEPT,
  DECL_TEST,
  DECL_COUNT
} DeclKind;

/* A parameter of a function or a decision table, or one of a table's outputs. */
typedef struct Param {
  Name name;
  TypeExpr *type;
} Param;
typedef LIST(Param) ParamList;

typedef struct Decl {
  DeclKind kind;
  Span span;
  Name name;
  View title;
  TypeExpr *type;
  ParamList params;  /* FUNCTION, TABLE */
  ParamList outputs; /* TABLE with several outputs; else its type */
  Name by;           /* JUDGEMENT: who; APPLICATION: identified by; PARAMETER: the field whose date picks the entry */
  Name called;       /* APPLICATION; ACCEPT: where, or empty */
  View from;         /* DATA: file */
  Span from_span;
  View source;
  ItemList items;
  Body *body;
  View doc;
} Decl;
typedef LIST(Decl *) DeclList;

typedef struct Tree {
  DeclList decls;
  Language language;
} Tree;

/* Arguments of a call, fields of a record: values, and their names where they have one. */
typedef struct Arguments {
  ExprList values;
  NameList names;
} Arguments;

/* ---- constructors, for the grammar; they only fill in and count depth ---- */
typedef struct TreeBuilder {
  Arena *arena;
  DiagQueue *diags;
  Tree *tree;
  bool too_deep; /* was reported */
} TreeBuilder;

Expr *expr_new(TreeBuilder *b, ExprKind kind, Span span);
Expr *expr_unary(TreeBuilder *b, ExprKind kind, Span span, Span operator_span, Expr *a);
Expr *expr_binary(TreeBuilder *b, ExprKind kind, Span span, Span operator_span, Expr *x, Expr *y);
Expr *expr_ternary(TreeBuilder *b, ExprKind kind, Span span, Expr *x, Expr *y, Expr *z);
Expr *expr_literal(TreeBuilder *b, ExprKind kind, Span span, const Token *token);
/* Counts as one more level of nesting. */
Expr *expr_parenthesised(TreeBuilder *b, Expr *expr);
Expr *expr_of_items(TreeBuilder *b, ExprKind kind, Span span, const ExprList *items, const NameList *names);
/* Sets the depth from the parts; replaces a node that is too deep by an ERROR, with one report a text. */
Expr *expr_finish(TreeBuilder *b, Expr *expr);
Item *item_new(TreeBuilder *b, ItemKind kind, Span span);
Decl *decl_new(TreeBuilder *b, DeclKind kind, Span span);
/* Tells, once in a text, that something is nested too deep. */
void tree_too_deep(TreeBuilder *b, Span span);
TypeExpr *type_expr_new(TreeBuilder *b, TypeExprKind kind, Span span);

#endif
