#include "tools/glossary.h"
#include "check/functions.h"
#include "scan/special.h"

/* ---- the functions' names ---- */

static View function_in(const Glossary *g, View name) {
  for (uint32_t i = 0; i < function_count; i++)
    if (view_is(name, function_table[i].names[g->from])) return view_of(function_table[i].names[g->to]);
  Special special;
  return special_find(name, SPECIAL_FUNCTION, g->from, &special) ? special_word(special, g->to) : (View){0};
}

/* What an argument of that function is called; several rows of a name may call it otherwise. */
static View argument_in(const Glossary *g, View function, View argument) {
  for (uint32_t i = 0; i < function_count; i++) {
    const FunctionText *f = &function_table[i];
    if (!view_is(function, f->names[g->from])) continue;
    for (uint32_t k = 0; k < function_parameter_count(f); k++)
      if (view_is(argument, f->parameters[k].names[g->from])) return view_of(f->parameters[k].names[g->to]);
  }
  return (View){0};
}

/* ---- what the author has declared ---- */

typedef struct Declared {
  Map values, types, functions;
  Map fields; /* of records and of the application; 1: a date or a moment */
  LIST(Name) value_names, type_names;
  bool has_filter; /* a list is filtered somewhere, where `item` has a meaning */
  bool in_test;
} Declared;

static void declare(Glossary *g, Name name) {
  if (name.text.length && map_add(&g->declared->values, name.text, 0))
    list_push(g->arena, &g->declared->value_names, name);
}

static void declare_names(Glossary *g, const NameList *names) {
  for (uint32_t i = 0; i < names->count; i++) declare(g, names->at[i]);
}

static void declare_type_values(Glossary *g, const TypeExpr *type) {
  for (; type; type = type->of) declare_names(g, &type->values);
}

static void declare_requirement(Glossary *g, const Requirement *r) {
  declare(g, r->label);
  declare(g, r->each);
  for (uint32_t i = 0; r->group && i < r->group->members.count; i++) declare_requirement(g, r->group->members.at[i]);
}

static void declare_field(Glossary *g, const Item *field) {
  const View type = field->type->name.text;
  bool date = special_is(type, SPECIAL_IS_DATE, g->from) || special_is(type, SPECIAL_IS_MOMENT, g->from);
  map_set(&g->declared->fields, field->name.text, date);
  declare(g, field->name);
}

static void declare_items(Glossary *g, const ItemList *items) {
  for (uint32_t i = 0; i < items->count; i++) {
    const Item *item = items->at[i];
    if (item->kind == ITEM_FIELD) declare_field(g, item);
    if (item->kind == ITEM_RUNG) declare_names(g, &item->names);
    if (item->requirement) declare_requirement(g, item->requirement);
    declare_type_values(g, item->type);
  }
}

static void declare_params(Glossary *g, const ParamList *params) {
  for (uint32_t i = 0; i < params->count; i++) declare(g, params->at[i].name);
}

static void declare_decl(Glossary *g, const Decl *decl) {
  bool type = decl->kind == DECL_TYPE || decl->kind == DECL_RECORD;
  if (type && decl->name.text.length && map_add(&g->declared->types, decl->name.text, 0))
    list_push(g->arena, &g->declared->type_names, decl->name);
  if (decl->kind == DECL_FUNCTION || decl->kind == DECL_TABLE) map_add(&g->declared->functions, decl->name.text, 0);
  if (!type && decl->kind != DECL_ACCEPT && decl->kind != DECL_TEST) declare(g, decl->name);
  declare(g, decl->called);
  declare_items(g, &decl->items);
  declare_params(g, &decl->params);
  declare_params(g, &decl->outputs);
  declare_type_values(g, decl->type);
}

static bool is_declared(const Map *map, View name) {
  uint32_t ignored;
  return map_get(map, name, &ignored);
}

/* ---- the language's own words, place by place ---- */

static View place_key(const uint32_t *start) { return (View){(const char *)start, sizeof *start}; }

static void note_word(Glossary *g, Span span, View word) {
  uint32_t *start = arena_new_of(g->arena, uint32_t);
  *start = span.start;
  if (map_add(&g->places, place_key(start), g->words.count)) list_push(g->arena, &g->words, word);
}

static void collide(Glossary *g, Name name, View means) {
  list_push(g->arena, &g->collisions, ((Collision){name, means}));
}

/* A word that gives way to a declared name of the same spelling. */
static void note_value(Glossary *g, Name name, SpecialKind kind) {
  Special special;
  if (is_declared(&g->declared->values, name.text) || !special_find(name.text, kind, g->from, &special)) return;
  View word = special_word(special, g->to);
  if (is_declared(&g->declared->values, word)) collide(g, (Name){word, name.span}, name.text);
  note_word(g, name.span, word);
}

/* possible grade: the word in front of the name */
static View possible_in(const Glossary *g, View name) {
  View word = special_word(SPECIAL_IS_POSSIBLE, g->from), other = special_word(SPECIAL_IS_POSSIBLE, g->to);
  if (!view_starts(name, word) || name.length <= word.length || name.at[word.length] != ' ') return (View){0};
  View rest = view_trim((View){name.at + word.length, name.length - word.length});
  bool outcome = special_is(rest, SPECIAL_IS_OUTCOME, g->from) && !is_declared(&g->declared->values, rest);
  if (outcome) rest = special_word(SPECIAL_IS_OUTCOME, g->to);
  return view_join(g->arena, view_join(g->arena, other, VIEW(" ")), rest);
}

static void note_status(Glossary *g, Name name) {
  View possible = possible_in(g, name.text);
  if (possible.length && !is_declared(&g->declared->values, name.text))
    note_word(g, name.span, possible);
  else
    note_value(g, name, SPECIAL_STATUS);
}

/* received.year: a part of a date, unless a record has a field `year` and nothing says that `received` is a date. */
static void note_part(Glossary *g, const Expr *field) {
  Special special;
  if (!special_find(field->text, SPECIAL_PART, g->from, &special)) return;
  uint32_t date = 0;
  if (field->a->kind == EXPR_NAME || field->a->kind == EXPR_FIELD) map_get(&g->declared->fields, field->a->text, &date);
  if (!date && is_declared(&g->declared->fields, field->text)) return;
  note_word(g, field->text_span, special_word(special, g->to));
}

/* money EUR: the word in front of the currency */
static View money_in(const Glossary *g, View name) {
  View money = special_word(SPECIAL_IS_MONEY, g->from), other = special_word(SPECIAL_IS_MONEY, g->to);
  if (!view_starts(name, money) || name.length <= money.length || name.at[money.length] != ' ') return (View){0};
  return view_join(g->arena, other, (View){name.at + money.length, name.length - money.length});
}

static void note_type(Glossary *g, const TypeExpr *type) {
  for (; type; type = type->of) {
    Special special;
    if (type->kind != TYPE_EXPR_NAME) continue;
    View money = money_in(g, type->name.text);
    if (special_find(type->name.text, SPECIAL_TYPE, g->from, &special))
      note_word(g, type->name.span, special_word(special, g->to));
    else if (money.length && !is_declared(&g->declared->types, type->name.text))
      note_word(g, type->name.span, money);
  }
}

static void note_call(Glossary *g, const Expr *call) {
  View word = function_in(g, call->text);
  if (!word.length || is_declared(&g->declared->functions, call->text)) return;
  if (is_declared(&g->declared->functions, word)) collide(g, (Name){word, call->text_span}, call->text);
  note_word(g, call->text_span, word);
  for (uint32_t i = 0; i < call->names.count; i++) {
    View argument = argument_in(g, call->text, call->names.at[i].text);
    if (argument.length) note_word(g, call->names.at[i].span, argument);
  }
}

static void note_exprs(Glossary *g, const ExprList *exprs);

/* application.x, received.year */
static void note_field(Glossary *g, const Expr *field) {
  note_part(g, field);
  if (field->a->kind == EXPR_NAME) note_value(g, (Name){field->a->text, field->a->text_span}, SPECIAL_OWNER);
}

static void note_expr(Glossary *g, const Expr *expr) {
  if (!expr) return;
  if (expr->kind == EXPR_CALL) note_call(g, expr);
  if (expr->kind == EXPR_FIELD) note_field(g, expr);
  if (expr->kind == EXPR_NAME) note_value(g, (Name){expr->text, expr->text_span}, SPECIAL_VALUE);
  if (expr->kind == EXPR_NAME && g->declared->in_test) note_status(g, (Name){expr->text, expr->text_span});
  note_expr(g, expr->a);
  note_expr(g, expr->b);
  note_expr(g, expr->c);
  note_exprs(g, &expr->items);
}

static void note_exprs(Glossary *g, const ExprList *exprs) {
  for (uint32_t i = 0; i < exprs->count; i++) note_expr(g, exprs->at[i]);
}

static void note_body(Glossary *g, const Body *body) {
  if (!body) return;
  note_expr(g, body->expr);
  for (uint32_t i = 0; i < body->choices.count; i++) {
    note_expr(g, body->choices.at[i].value);
    note_expr(g, body->choices.at[i].condition);
  }
}

static void note_requirement(Glossary *g, const Requirement *r) {
  if (!r) return;
  note_expr(g, r->each_in);
  note_expr(g, r->when);
  note_expr(g, r->condition);
  note_expr(g, r->unless);
  for (uint32_t i = 0; r->group && i < r->group->members.count; i++) note_requirement(g, r->group->members.at[i]);
}

static void note_decides(Glossary *g, Name name) {
  Special special;
  if (special_find(name.text, SPECIAL_DECIDES, g->from, &special))
    note_word(g, name.span, special_word(special, g->to));
  else if (special_find(name.text, SPECIAL_DECIDES, g->to, &special))
    collide(g, name, special_word(special, g->from));
}

/* from 2024-01-01: none */
static void note_entry(Glossary *g, const Item *entry) {
  const Expr *value = entry->body ? entry->body->expr : NULL;
  if (value && value->kind == EXPR_NAME) note_value(g, (Name){value->text, value->text_span}, SPECIAL_ENTRY);
}

static void note_item(Glossary *g, const Item *item) {
  if (item->kind == ITEM_EXPECT_MISSING && item->names.count == 1) note_status(g, item->names.at[0]);
  if (item->kind == ITEM_EXPECT_POSSIBLE) note_status(g, item->name);
  if (item->kind == ITEM_DECIDES) note_decides(g, item->name);
  if (item->kind == ITEM_ENTRY) note_entry(g, item);
  note_type(g, item->type);
  if (item->type) note_expr(g, item->type->low), note_expr(g, item->type->high);
  note_expr(g, item->a);
  note_expr(g, item->b);
  note_expr(g, item->c);
  note_body(g, item->body);
  note_requirement(g, item->requirement);
  for (uint32_t i = 0; i < item->cells.count; i++) note_exprs(g, &item->cells.at[i]);
}

static void note_params(Glossary *g, const ParamList *params) {
  for (uint32_t i = 0; i < params->count; i++) note_type(g, params->at[i].type);
}

static void note_decl(Glossary *g, const Decl *decl) {
  g->declared->in_test = decl->kind == DECL_TEST;
  note_type(g, decl->type);
  note_params(g, &decl->params);
  note_params(g, &decl->outputs);
  note_body(g, decl->body);
  for (uint32_t i = 0; i < decl->items.count; i++) note_item(g, decl->items.at[i]);
}

/* ---- names that have a meaning of their own in the other language ---- */

/* A type of the language wins over a declared one, and an item over a field of that name. */
static void find_hidden(Glossary *g) {
  Special special;
  for (uint32_t i = 0; i < g->declared->type_names.count; i++) {
    Name name = g->declared->type_names.at[i];
    if (special_find(name.text, SPECIAL_TYPE, g->to, &special)) collide(g, name, special_word(special, g->from));
  }
  for (uint32_t i = 0; g->declared->has_filter && i < g->declared->value_names.count; i++) {
    Name name = g->declared->value_names.at[i];
    if (special_is(name.text, SPECIAL_IS_ITEM, g->to)) collide(g, name, special_word(SPECIAL_IS_ITEM, g->from));
  }
}

/* Names that an expression binds, and whether it filters. */
static void declare_bound(Glossary *g, const Expr *expr) {
  if (!expr) return;
  switch ((int)expr->kind) {
  case EXPR_FOR:
  case EXPR_SOME:
  case EXPR_EVERY:
  case EXPR_THE: declare(g, (Name){expr->text, expr->text_span}); break;
  case EXPR_WHERE:
  case EXPR_INDEX:
  case EXPR_COUNTED: g->declared->has_filter = true; break;
  default: break;
  }
  declare_bound(g, expr->a);
  declare_bound(g, expr->b);
  declare_bound(g, expr->c);
  for (uint32_t i = 0; i < expr->items.count; i++) declare_bound(g, expr->items.at[i]);
}

static void declare_body(Glossary *g, const Body *body) {
  if (!body) return;
  declare_bound(g, body->expr);
  for (uint32_t i = 0; i < body->choices.count; i++) {
    declare_bound(g, body->choices.at[i].value);
    declare_bound(g, body->choices.at[i].condition);
  }
}

static void declare_bound_in_requirement(Glossary *g, const Requirement *r) {
  if (!r) return;
  declare_bound(g, r->each_in);
  declare_bound(g, r->when);
  declare_bound(g, r->condition);
  declare_bound(g, r->unless);
  for (uint32_t i = 0; r->group && i < r->group->members.count; i++)
    declare_bound_in_requirement(g, r->group->members.at[i]);
}

static void declare_in_bodies(Glossary *g, const Decl *decl) {
  declare_body(g, decl->body);
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    declare_bound(g, item->a);
    declare_bound(g, item->b);
    declare_body(g, item->body);
    declare_bound_in_requirement(g, item->requirement);
  }
}

void glossary_make(Arena *arena, const Tree *tree, Language from, Language to, Glossary *out) {
  *out = (Glossary){.arena = arena, .from = from, .to = to, .declared = arena_new_of(arena, Declared)};
  map_init(&out->places, arena);
  map_init(&out->declared->values, arena);
  map_init(&out->declared->types, arena);
  map_init(&out->declared->functions, arena);
  map_init(&out->declared->fields, arena);
  if (from == to) return;
  for (uint32_t i = 0; i < tree->decls.count; i++) declare_decl(out, tree->decls.at[i]);
  for (uint32_t i = 0; i < tree->decls.count; i++) declare_in_bodies(out, tree->decls.at[i]);
  for (uint32_t i = 0; i < tree->decls.count; i++) note_decl(out, tree->decls.at[i]);
  find_hidden(out);
}

View glossary_name(const Glossary *glossary, uint32_t start, View name) {
  uint32_t index;
  return map_get(&glossary->places, place_key(&start), &index) ? glossary->words.at[index] : name;
}

bool glossary_same(View a, View b, const void *context) {
  const Glossary *g = context;
  if (view_equal(a, b)) return true;
  for (uint32_t i = 0; i < SPECIAL_COUNT; i++)
    if (special_is(a, (Special)i, g->from) && special_is(b, (Special)i, g->to)) return true;
  for (uint32_t i = 0; i < function_count; i++)
    for (uint32_t k = 0; k < function_parameter_count(&function_table[i]); k++)
      if (view_is(a, function_table[i].parameters[k].names[g->from]) &&
          view_is(b, function_table[i].parameters[k].names[g->to]))
        return true;
  return view_equal(b, function_in(g, a)) || view_equal(b, money_in(g, a)) || view_equal(b, possible_in(g, a));
}
