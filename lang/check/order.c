/* The order of elaboration: what a definition needs comes before it, wherever it stands in the text. Everything could be
 * elaborated when it is first needed, but a chain of definitions written from its end would then stand on the stack as
 * a whole. Here the way through the names is kept in a list of its own. A circle is left to the elaboration, from where
 * it was entered, and told there; a name that an item's field hides may order too much, which does no harm. */
#include "check/checker.h"

typedef struct Step {
  Symbol *symbol;
  SymbolList needs;
  uint32_t next;
  bool in_circle;
} Step;

typedef struct Walk {
  Checker *c;
  SymbolList *needs;
  bool all; /* also what was ordered already */
  LIST(Step) steps;
} Walk;

/* ---- what a definition needs ---- */

static void need_name(Walk *w, View name) {
  Symbol *symbol = symbol_find(w->c, name);
  if (symbol && (w->all || !symbol->ordered || symbol->step)) list_push(w->c->arena, w->needs, symbol);
}

static void need_expr(Walk *w, const Expr *expr) {
  if (!expr) return;
  if (expr->kind == EXPR_NAME || expr->kind == EXPR_CALL) need_name(w, expr->text);
  if (!w->all || expr->kind != EXPR_ON) need_expr(w, expr->a);
  need_expr(w, expr->b);
  need_expr(w, expr->c);
  for (uint32_t i = 0; i < expr->items.count; i++) need_expr(w, expr->items.at[i]);
}

static void need_body(Walk *w, const Body *body) {
  if (!body) return;
  need_expr(w, body->expr);
  for (uint32_t i = 0; i < body->choices.count; i++) {
    need_expr(w, body->choices.at[i].value);
    need_expr(w, body->choices.at[i].condition);
  }
}

static void need_requirement(Walk *w, const Requirement *requirement) {
  need_expr(w, requirement->each_in);
  need_expr(w, requirement->when);
  need_expr(w, requirement->condition);
  need_expr(w, requirement->unless);
  for (uint32_t i = 0; requirement->group && i < requirement->group->members.count; i++)
    need_requirement(w, requirement->group->members.at[i]);
}

static void need_item(Walk *w, const Item *item) {
  if (item->kind == ITEM_EVERYTHING_IN) need_name(w, item->name.text);
  if (item->kind == ITEM_REQUIREMENT) need_name(w, item->requirement->label.text);
  need_expr(w, item->a);
  need_expr(w, item->b);
  need_body(w, item->body);
  for (uint32_t i = 0; i < item->cells.count; i++)
    for (uint32_t k = 0; k < item->cells.at[i].count; k++) need_expr(w, item->cells.at[i].at[k]);
}

static void need_decl(Walk *w, const Decl *decl) {
  if (decl->kind == DECL_PARAMETER) need_name(w, decl->by.text);
  need_body(w, decl->body);
  for (uint32_t i = 0; i < decl->items.count; i++) need_item(w, decl->items.at[i]);
}

static void find_needs(Walk *w, const Symbol *symbol) {
  switch (symbol->kind) {
  case SYMBOL_DEFINE:
  case SYMBOL_PARAMETER:
  case SYMBOL_REPORT:
  case SYMBOL_DECISION:
  case SYMBOL_FUNCTION:
  case SYMBOL_TABLE:
  case SYMBOL_LEVEL:
  case SYMBOL_BRAND:
  case SYMBOL_BUNDLE: need_decl(w, symbol->decl); break;
  case SYMBOL_RULE: need_requirement(w, symbol->requirement); break;
  case SYMBOL_FIELD: need_item(w, symbol->decl->items.at[symbol->index]); break;
  case SYMBOL_TYPE:
  case SYMBOL_RECORD:
  case SYMBOL_DATA:
  case SYMBOL_CRITERION:
  case SYMBOL_JUDGEMENT: break;
  }
}

void needs_of(Checker *c, const Symbol *symbol, SymbolList *needs) {
  Walk w = {.c = c, .needs = needs, .all = true};
  find_needs(&w, symbol);
}

/* ---- the way ---- */

static void elaborate_symbol(Checker *c, Symbol *symbol) {
  Env env = {.space = ROOT_SPACE};
  switch (symbol->kind) {
  case SYMBOL_DEFINE:
  case SYMBOL_PARAMETER:
  case SYMBOL_REPORT:
  case SYMBOL_DECISION: symbol_value(c, &env, symbol, symbol->name.span); break;
  case SYMBOL_RULE: rule_on_demand(c, symbol, symbol->name.span); break;
  case SYMBOL_FUNCTION: check_function(c, symbol); break;
  case SYMBOL_TABLE: check_decision_table(c, symbol); break;
  case SYMBOL_LEVEL:
  case SYMBOL_BRAND:
  case SYMBOL_BUNDLE: check_level(c, symbol, symbol->name.span); break;
  case SYMBOL_DATA: check_table(c, symbol); break;
  case SYMBOL_FIELD:
  case SYMBOL_TYPE:
  case SYMBOL_RECORD:
  case SYMBOL_CRITERION:
  case SYMBOL_JUDGEMENT: break;
  }
}

/* What stands above the symbol on the way needs it, and is needed by it. */
static void mark_circle(Walk *w, const Symbol *symbol) {
  enum { MOST_MARKED = 1000 }; /* a longer circle is told as well, from another of its names */
  uint32_t from = w->steps.count - symbol->step > MOST_MARKED ? w->steps.count - MOST_MARKED : symbol->step;
  for (uint32_t i = from; i < w->steps.count; i++) w->steps.at[i].in_circle = true;
}

static void enter(Walk *w, Symbol *symbol) {
  if (symbol->step) mark_circle(w, symbol);
  if (symbol->ordered) return;
  symbol->ordered = true;
  Step step = {.symbol = symbol};
  w->needs = &step.needs;
  find_needs(w, symbol);
  list_push(w->c->arena, &w->steps, step);
  symbol->step = w->steps.count;
}

static void leave(Walk *w, const Step *step) {
  if (!step->in_circle) elaborate_symbol(w->c, step->symbol);
  step->symbol->step = 0;
  w->steps.count--;
}

void elaborate_all(Checker *c) {
  Walk w = {.c = c};
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    enter(&w, c->symbols.at[i]);
    while (w.steps.count) {
      Step *step = &w.steps.at[w.steps.count - 1];
      if (step->next < step->needs.count)
        enter(&w, step->needs.at[step->next++]);
      else
        leave(&w, step);
    }
  }
  for (uint32_t i = 0; i < c->symbols.count; i++) elaborate_symbol(c, c->symbols.at[i]);
}
