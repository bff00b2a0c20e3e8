/* Names that nothing uses. What matters by itself (requirements, levels, brands, reports, decisions, the programme's own
 * lines, what fields assume) is gone through, then what that names, and so on; what was not come to is told. A name that
 * an item's field hides counts as used, so too little may be told, never too much. */
#include "check/deep.h"

typedef struct Uses {
  Checker *c;
  bool *used; /* by symbol */
  LIST(uint32_t) open;
  Map seen; /* every name that stands in an expression that was come to, also of fields of records */
} Uses;

/* ---- what is named ---- */

static void use_symbol(Uses *u, const Map *names, View name) {
  uint32_t index;
  if (!name.length || !map_get(names, name, &index) || u->used[index]) return;
  u->used[index] = true;
  list_push(u->c->arena, &u->open, index);
}

static void use_name(Uses *u, View name) {
  map_add(&u->seen, name, 0);
  use_symbol(u, &u->c->names, name);
}

static void use_type(Uses *u, const TypeExpr *type) {
  for (; type; type = type->of)
    if (type->kind == TYPE_EXPR_NAME) use_symbol(u, &u->c->type_names, type->name.text);
}

static void use_expr(Uses *u, const Expr *expr) {
  if (!expr) return;
  bool names = expr->kind == EXPR_NAME || expr->kind == EXPR_CALL || expr->kind == EXPR_FIELD;
  if (names) use_name(u, expr->text);
  use_expr(u, expr->a);
  use_expr(u, expr->b);
  use_expr(u, expr->c);
  for (uint32_t i = 0; i < expr->items.count; i++) use_expr(u, expr->items.at[i]);
}

static void use_body(Uses *u, const Body *body) {
  if (!body) return;
  use_expr(u, body->expr);
  for (uint32_t i = 0; i < body->choices.count; i++) {
    use_expr(u, body->choices.at[i].value);
    use_expr(u, body->choices.at[i].condition);
  }
}

static void use_requirement(Uses *u, const Requirement *requirement) {
  use_expr(u, requirement->each_in);
  use_expr(u, requirement->when);
  use_expr(u, requirement->condition);
  use_expr(u, requirement->unless);
  for (uint32_t i = 0; requirement->group && i < requirement->group->members.count; i++)
    use_requirement(u, requirement->group->members.at[i]);
}

static bool names_something(ItemKind kind) {
  return kind == ITEM_EVERYTHING_IN || kind == ITEM_SCORED || kind == ITEM_RULES_AS_OF || kind == ITEM_DECIDES;
}

static void use_item(Uses *u, const Item *item) {
  if (names_something(item->kind)) use_name(u, item->name.text);
  if (item->requirement) use_requirement(u, item->requirement);
  use_type(u, item->type);
  use_expr(u, item->a);
  use_expr(u, item->b);
  use_expr(u, item->c);
  use_body(u, item->body);
  for (uint32_t i = 0; i < item->cells.count; i++)
    for (uint32_t k = 0; k < item->cells.at[i].count; k++) use_expr(u, item->cells.at[i].at[k]);
}

static void use_decl(Uses *u, const Decl *decl) {
  use_type(u, decl->type);
  for (uint32_t i = 0; i < decl->params.count; i++) use_type(u, decl->params.at[i].type);
  for (uint32_t i = 0; i < decl->outputs.count; i++) use_type(u, decl->outputs.at[i].type);
  if (decl->kind == DECL_PARAMETER) use_name(u, decl->by.text);
  use_body(u, decl->body);
  for (uint32_t i = 0; i < decl->items.count; i++) use_item(u, decl->items.at[i]);
}

/* ---- from what matters on ---- */

static bool matters(const Decl *decl) {
  switch (decl->kind) {
  case DECL_PROGRAMME:
  case DECL_APPLICATION:
  case DECL_LADDER:
  case DECL_EVERY_APPLICATION:
  case DECL_LEVEL:
  case DECL_BRAND:
  case DECL_REPORT:
  case DECL_DECISION: return true;
  case DECL_TYPE:
  case DECL_RECORD:
  case DECL_DATA:
  case DECL_PARAMETER:
  case DECL_DEFINE:
  case DECL_CRITERION:
  case DECL_JUDGEMENT:
  case DECL_REQUIREMENTS:
  case DECL_USE:
  case DECL_MODULE:
  case DECL_FUNCTION:
  case DECL_TABLE:
  case DECL_ACCEPT:
  case DECL_TEST:
  case DECL_COUNT: break;
  }
  return false;
}

/* What a test expects counts; what it gives does not. */
static void use_test(Uses *u, const Decl *test) {
  for (uint32_t i = 0; i < test->items.count; i++)
    if (test->items.at[i]->kind == ITEM_EXPECT) use_expr(u, test->items.at[i]->a);
}

static void go_through(Uses *u) {
  Checker *c = u->c;
  for (uint32_t i = 0; i < c->decls.count; i++) {
    if (matters(c->decls.at[i])) use_decl(u, c->decls.at[i]);
    if (c->decls.at[i]->kind == DECL_TEST) use_test(u, c->decls.at[i]);
  }
  while (u->open.count) {
    const Symbol *symbol = c->symbols.at[u->open.at[--u->open.count]];
    if (symbol->kind == SYMBOL_RULE) use_requirement(u, symbol->requirement);
    if (symbol->kind != SYMBOL_RULE && symbol->kind != SYMBOL_FIELD) use_decl(u, symbol->decl);
  }
}

/* ---- what was not come to ---- */

static bool should_be_used(const Symbol *symbol) {
  switch (symbol->kind) {
  case SYMBOL_TYPE:
  case SYMBOL_RECORD:
  case SYMBOL_DATA:
  case SYMBOL_PARAMETER:
  case SYMBOL_DEFINE:
  case SYMBOL_CRITERION:
  case SYMBOL_JUDGEMENT:
  case SYMBOL_FUNCTION:
  case SYMBOL_TABLE: return true;
  case SYMBOL_BUNDLE: return symbol->decl->kind == DECL_REQUIREMENTS;
  case SYMBOL_FIELD:
  case SYMBOL_LEVEL:
  case SYMBOL_BRAND:
  case SYMBOL_RULE:
  case SYMBOL_REPORT:
  case SYMBOL_DECISION: break;
  }
  return false;
}

static void tell_unused(const Uses *u, const Symbol *symbol) {
  Checker *c = u->c;
  View kind = view_of(symbol_kind_name(symbol->kind));
  if (symbol->kind != SYMBOL_CRITERION)
    diag_add(c->diags, MSG_W0340, symbol->name.span, symbol->name.text, kind, DIAG_END);
  else if (!c->program->criteria[symbol->index].for_information)
    diag_add(c->diags, MSG_W0341, symbol->name.span, symbol->name.text, DIAG_END);
}

/* ---- fields that nothing reads: one report for all ---- */

typedef struct Unread {
  Uses *uses;
  Writer *names;
  Map records; /* that were looked at */
  Span first;
  uint32_t count;
} Unread;

static void add_unread(Unread *unread, View record, const Name *name) {
  enum { MOST_NAMED = 8 };
  if (unread->count++ == 0) unread->first = name->span;
  if (unread->count > MOST_NAMED + 1) return;
  if (unread->count > 1) write_text(unread->names, ", ");
  if (unread->count > MOST_NAMED) {
    write_text(unread->names, "…");
    return;
  }
  if (record.length) write_view(unread->names, record), write_char(unread->names, '.');
  write_view(unread->names, name->text);
}

/* Of items as of applications: what tells them apart need not be read. */
static bool tells_apart(View name) { return view_is(name, "id") || view_is(name, "name") || view_is(name, "navn"); }

/* The record that a field is, or is a list of; told of once. */
static const Symbol *record_of_type(Unread *unread, const TypeExpr *type) {
  Checker *c = unread->uses->c;
  while (type && type->kind == TYPE_EXPR_LIST) type = type->of;
  const Symbol *symbol = type && type->kind == TYPE_EXPR_NAME ? type_find(c, type->name.text) : NULL;
  bool is_new = symbol && symbol->kind == SYMBOL_RECORD && map_add(&unread->records, symbol->name.text, 0);
  return is_new ? symbol : NULL;
}

/* Records are held in records 60 deep at most. */
static void fields_of_record(Unread *unread, const Symbol *record) {
  for (uint32_t i = 0; i < record->decl->items.count; i++) {
    const Item *item = record->decl->items.at[i];
    uint32_t known;
    if (!tells_apart(item->name.text) && !map_get(&unread->uses->seen, item->name.text, &known)) {
      add_unread(unread, record->name.text, &item->name);
      continue;
    }
    const Symbol *inner = record_of_type(unread, item->type);
    if (inner) fields_of_record(unread, inner);
  }
}

static void tell_unread_fields(Uses *u, const Decl *application) {
  Checker *c = u->c;
  Unread unread = {.uses = u, .names = writer_to_memory(c->arena)};
  map_init(&unread.records, c->arena);
  for (uint32_t i = 0; i < application->items.count; i++) {
    const Item *item = application->items.at[i];
    uint32_t known;
    if (item->kind != ITEM_FIELD || i == c->program->id_field || tells_apart(item->name.text)) continue;
    if (!map_get(&u->seen, item->name.text, &known)) {
      add_unread(&unread, (View){0}, &item->name);
      continue;
    }
    const Symbol *record = record_of_type(&unread, item->type);
    if (record && is_own_source(c, record->name.span.source)) fields_of_record(&unread, record);
  }
  if (unread.count) diag_add(c->diags, MSG_W0347, unread.first, writer_memory(unread.names), DIAG_END);
}

static void tell_hidden(Checker *c) {
  for (uint32_t i = 0; i < c->hidden.count; i++) {
    const Hidden *one = &c->hidden.at[i];
    if (is_of_module(c, one->name.span)) continue;
    Diag *diag = diag_add(c->diags, MSG_W0348, one->name.span, one->name.text, DIAG_END);
    if (one->other.start < one->other.end) diag->other = one->other;
  }
}

void check_uses(Checker *c) {
  tell_hidden(c);
  const Decl *application = decl_of_kind(c, DECL_APPLICATION), *module = decl_of_kind(c, DECL_MODULE);
  if (module && is_own_source(c, module->span.source)) return; /* what it declares is for others */
  Uses u = {.c = c, .used = arena_array(c->arena, bool, c->symbols.count)};
  map_init(&u.seen, c->arena);
  go_through(&u);
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    const Symbol *symbol = c->symbols.at[i];
    if (!u.used[i] && should_be_used(symbol) && is_own_source(c, symbol->name.span.source)) tell_unused(&u, symbol);
  }
  tell_unread_fields(&u, application);
}
