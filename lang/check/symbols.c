/* Names: every declared one stands here once, with its place. */
#include "check/checker.h"

static const char *const kind_names[] = {[SYMBOL_TYPE] = BOTH("type", "type"),
                                         [SYMBOL_RECORD] = BOTH("record", "post"),
                                         [SYMBOL_FIELD] = BOTH("field", "felt"),
                                         [SYMBOL_DATA] = BOTH("data", "data"),
                                         [SYMBOL_PARAMETER] = BOTH("parameter", "parameter"),
                                         [SYMBOL_DEFINE] = BOTH("define", "definisjon"),
                                         [SYMBOL_CRITERION] = BOTH("criterion", "kriterium"),
                                         [SYMBOL_JUDGEMENT] = BOTH("judgement", "skjønn"),
                                         [SYMBOL_LEVEL] = BOTH("level", "nivå"),
                                         [SYMBOL_BRAND] = BOTH("brand", "merke"),
                                         [SYMBOL_BUNDLE] = BOTH("requirements", "kravsett"),
                                         [SYMBOL_RULE] = BOTH("requirement", "krav"),
                                         [SYMBOL_REPORT] = BOTH("report", "rapport"),
                                         [SYMBOL_DECISION] = BOTH("decision", "avgjørelse"),
                                         [SYMBOL_FUNCTION] = BOTH("function", "funksjon"),
                                         [SYMBOL_TABLE] = BOTH("table", "tabell")};

const char *symbol_kind_name(SymbolKind kind) { return kind_names[kind]; }

Symbol *symbol_find(const Checker *c, View name) {
  uint32_t index;
  return map_get(&c->names, name, &index) ? c->symbols.at[index] : NULL;
}

Symbol *type_find(const Checker *c, View name) {
  uint32_t index;
  return map_get(&c->type_names, name, &index) ? c->symbols.at[index] : NULL;
}

/* Told at the later place in the text; the symbols are not collected in its order. */
void report_twice(Checker *c, View name, Span a, Span b) {
  bool a_first = a.source < b.source || (a.source == b.source && a.start < b.start);
  diag_add(c->diags, MSG_E0302, a_first ? b : a, name, DIAG_END)->other = a_first ? a : b;
}

static bool is_unread_rule(const Symbol *symbol) {
  return symbol->kind == SYMBOL_RULE && symbol->requirement && symbol->requirement->condition &&
         symbol->requirement->condition->kind == EXPR_ERROR;
}

Symbol *symbol_add(Checker *c, SymbolKind kind, Name name, const Decl *decl, uint32_t index) {
  Symbol *symbol = arena_new_of(c->arena, Symbol);
  *symbol = (Symbol){.kind = kind, .name = name, .decl = decl, .index = index};
  /* types stand only behind a colon, so `sector : sector` is no clash */
  bool type = kind == SYMBOL_TYPE || kind == SYMBOL_RECORD;
  Map *names = type ? &c->type_names : &c->names;
  Symbol *before = type ? type_find(c, name.text) : symbol_find(c, name.text);
  if (before && is_unread_rule(before)) { /* its label may be the first word of a condition without one */
    map_set(names, name.text, c->symbols.count);
    list_push(c->arena, &c->symbols, symbol);
    return symbol;
  }
  if (before) {
    report_twice(c, name.text, before->name.span, name.span);
    if (before->kind != SYMBOL_RULE || kind == SYMBOL_RULE) return symbol;
    map_set(names, name.text, c->symbols.count); /* whoever uses the name means the value */
    list_push(c->arena, &c->symbols, symbol);
    return symbol;
  }
  map_add(names, name.text, c->symbols.count);
  list_push(c->arena, &c->symbols, symbol);
  return symbol;
}

/* "a → b → a" */
View cycle_text(Checker *c, uint32_t first, View closing) {
  Writer *w = writer_to_memory(c->arena);
  for (uint32_t i = first; i < c->busy.count; i++) {
    write_view(w, c->busy.at[i]->name.text);
    write_text(w, " → ");
  }
  write_view(w, closing);
  return writer_memory(w);
}

static uint32_t busy_position(const Checker *c, const Symbol *symbol) {
  uint32_t i = 0;
  while (i < c->busy.count && c->busy.at[i] != symbol) i++;
  return i;
}

bool symbol_is_too_deep(const Checker *c) {
  /* A stack of 256 KiB holds an expression of full depth on top of this many, each definition counted as some. */
  enum { DEEPEST = 120, DEFINITION = 4 };
  return c->depth + DEFINITION * c->busy.count > DEEPEST;
}

bool symbol_begin(Checker *c, Symbol *symbol, Span use) {
  if (symbol->state == SYMBOL_NEW && symbol_is_too_deep(c)) {
    diag_add(c->diags, MSG_E0311, symbol->name.span, symbol->name.text, DIAG_END)->other = use;
    return false;
  }
  if (symbol->state == SYMBOL_BUSY) {
    diag_add(c->diags, MSG_E0310, use, symbol->name.text, cycle_text(c, busy_position(c, symbol), symbol->name.text),
             DIAG_END);
    return false;
  }
  symbol->state = SYMBOL_BUSY;
  symbol->depends_before = c->depends;
  c->depends = 0;
  list_push(c->arena, &c->busy, symbol);
  return true;
}

void symbol_end(Checker *c, Symbol *symbol) {
  symbol->state = SYMBOL_DONE;
  symbol->depends = c->depends;
  c->depends |= symbol->depends_before;
  c->busy.count--;
}

bool field_begin(Checker *c, const Expr *expr, View field) {
  for (uint32_t i = 0; i < c->in_field.count; i++)
    if (c->in_field.at[i] == expr) {
      diag_add(c->diags, MSG_E0310, expr->span, field,
               view_format(c->arena, "%.*s → %.*s", (int)field.length, field.at, (int)field.length, field.at), DIAG_END);
      return false;
    }
  list_push(c->arena, &c->in_field, expr);
  return true;
}

void field_end(Checker *c) { c->in_field.count--; }

/* ---- names of enumeration values: several types may share one ---- */

void value_name_add(Checker *c, const Type *type, uint32_t code, Name name) {
  uint32_t head = 0;
  bool known = map_get(&c->values, name.text, &head);
  ValueUse use = {type, code, known ? head : 0};
  list_push(c->arena, &c->value_uses, use);
  map_set(&c->values, name.text, c->value_uses.count);
}

const ValueUse *value_name_find(const Checker *c, View name) {
  uint32_t head;
  return map_get(&c->values, name, &head) ? &c->value_uses.at[head - 1] : NULL;
}

/* ---- a name that is not known ---- */

/* All searches of a check together look at so many names at most: a hostile text has thousands of unknown names and
 * thousands of known ones. Beyond that, mistakes are told without a suggestion. */
static bool may_search(Checker *c, uint32_t candidates) {
  enum { MOST_SEARCHED = 2000000 };
  c->searched += candidates;
  return c->searched <= MOST_SEARCHED;
}

unsigned name_distance(Checker *c, View a, View b, unsigned limit) {
  enum { COST = 10, MOST_BYTES = 1000 }; /* a comparison costs more than a glance */
  uint32_t longer = a.length > b.length ? a.length : b.length, shorter = a.length + b.length - longer;
  if (longer - shorter > 3 * limit || longer > MOST_BYTES || !may_search(c, COST)) return limit + 1;
  return view_distance(c->arena, a, b, limit);
}

Nearest nearest_to(View wanted) { return (Nearest){.wanted = wanted, .distance = utf8_count(wanted) < 6 ? 3 : 4}; }

/* Among all names of a text one that is near by chance is more likely. */
static Nearest nearest_of_many(View wanted) {
  uint32_t length = utf8_count(wanted);
  return (Nearest){.wanted = wanted, .distance = length < 4 ? 2 : length < 8 ? 3 : 4};
}

void consider(Checker *c, Nearest *best, View candidate) {
  unsigned distance = name_distance(c, best->wanted, candidate, best->distance);
  if (distance >= best->distance) return;
  best->distance = distance;
  best->name = candidate;
}

View nearest_field(Checker *c, const Shape *shape, View name) {
  Nearest best = nearest_to(name);
  for (uint32_t i = 0; i < shape->count; i++) consider(c, &best, shape->fields[i].name);
  return best.name;
}

View nearest_name(Checker *c, const Env *env, View name) {
  Nearest best = nearest_of_many(name);
  if (!may_search(c, c->names.entries.count + c->values.entries.count)) return best.name;
  for (const Scope *s = env ? env->scope : NULL; s; s = s->outer) {
    if (!s->open) consider(c, &best, s->name);
    if (s->open && s->value.kind == VALUE_RECORD)
      for (uint32_t i = 0; i < s->value.record.shape->count; i++)
        consider(c, &best, s->value.record.shape->fields[i].name);
  }
  for (uint32_t i = 0; i < c->names.entries.count; i++) consider(c, &best, c->names.entries.at[i].key);
  for (uint32_t i = 0; i < c->values.entries.count; i++) consider(c, &best, c->values.entries.at[i].key);
  return best.name;
}

View nearest_type_name(Checker *c, View name) {
  Nearest best = nearest_of_many(name);
  if (!may_search(c, c->type_names.entries.count)) return best.name;
  for (uint32_t i = 0; i < c->type_names.entries.count; i++) consider(c, &best, c->type_names.entries.at[i].key);
  return best.name;
}

static bool is_known(const Checker *c, const Env *env, View name) {
  for (const Scope *s = env ? env->scope : NULL; s; s = s->outer)
    if (s->open && s->value.kind == VALUE_RECORD)
      for (uint32_t i = 0; i < s->value.record.shape->count; i++)
        if (view_equal(s->value.record.shape->fields[i].name, name)) return true;
  return symbol_find(c, name) || value_name_find(c, name);
}

/* "a-b" where a and b are known: a subtraction without blanks */
static bool report_subtraction(Checker *c, const Env *env, View name, Span span) {
  for (uint32_t i = 1; i + 1 < name.length; i++) {
    if (name.at[i] != '-') continue;
    View left = {name.at, i}, right = {name.at + i + 1, name.length - i - 1};
    if (!is_known(c, env, left) && !is_known(c, env, right)) continue;
    diag_add(c->diags, MSG_E0319, span, name, left, right, DIAG_END);
    return true;
  }
  return false;
}

/* "sector company": a known name and something behind or before it, with no operator between */
static bool report_missing_operator(Checker *c, const Env *env, View name, Span span) {
  for (uint32_t i = name.length; i > 0; i--) {
    if (name.at[i - 1] != ' ') continue;
    View left = {name.at, i - 1}, right = {name.at + i, name.length - i};
    bool known = is_known(c, env, left);
    if (!known && !is_known(c, env, right)) continue;
    diag_add(c->diags, MSG_E0320, span, name, known ? left : right, known ? right : left, DIAG_END);
    return true;
  }
  return false;
}

static bool touches(View whole, View part) {
  if (whole.length <= part.length + 1) return false;
  View front = {whole.at, part.length}, back = {whole.at + whole.length - part.length, part.length};
  return (view_equal(front, part) && whole.at[part.length] == ' ') ||
         (view_equal(back, part) && whole.at[whole.length - part.length - 1] == ' ');
}

/* Where the text around `part` is the whole name. Both parts of a split name find the same place, so that they are one
 * report. */
static bool stands_around(const Checker *c, View whole, View name, Span part, Span *out) {
  View front = {whole.at, name.length};
  uint32_t rest = whole.length - name.length;
  bool first = view_equal(front, name);
  if (!first && part.start < rest) return false;
  *out = first ? (Span){part.source, part.start, part.start + whole.length}
               : (Span){part.source, part.start - rest, part.end};
  return view_equal(span_text(c->diags->sources, *out), whole);
}

/* “Møre” of “Møre and Romsdal”: a keyword has split the name */
static bool report_split_name(Checker *c, View name, Span span) {
  const Map *maps[] = {&c->names, &c->values};
  if (!may_search(c, c->names.entries.count + c->values.entries.count)) return false;
  for (int m = 0; m < 2; m++)
    for (uint32_t i = 0; i < maps[m]->entries.count; i++) {
      View known = maps[m]->entries.at[i].key;
      Span whole;
      if (!touches(known, name) || vocabulary_is_plain(c->vocabulary, c->arena, known)) continue;
      if (!stands_around(c, known, name, span, &whole)) continue;
      diag_add(c->diags, MSG_E0321, whole, name, known, DIAG_END);
      return true;
    }
  return false;
}

View some_of_names(Checker *c, const View *names, uint32_t count) {
  enum { MOST_SHOWN = 12 };
  View shown = view_list(c->arena, names, count < MOST_SHOWN ? count : MOST_SHOWN);
  return count > MOST_SHOWN ? view_join(c->arena, shown, VIEW(", …")) : shown;
}

/* "company" where one of the values of a type is expected: they are listed */
static bool report_no_value(Checker *c, const Env *env, View name, Span span) {
  if (!env || !env->expected || env->expected->kind != TYPE_ENUM) return false;
  const EnumType *type = env->expected->values;
  diag_add(c->diags, MSG_E0326, span, name, env->expected->name, some_of_names(c, type->values, type->count), DIAG_END);
  return true;
}

/* own money in EUR, without a rate */
static bool report_currency(Checker *c, View name, Span span) {
  for (uint32_t i = 0; i < c->program->currency_count; i++)
    if (view_equal(c->program->currencies[i], name)) {
      diag_add(c->diags, MSG_E0225, span, name, DIAG_END);
      return true;
    }
  return false;
}

void report_unknown(Checker *c, const Env *env, View name, Span span) {
  enum { MOST_BYTES = 1000 };
  if (name.length > MOST_BYTES) { /* nobody's slip of the pen */
    diag_add(c->diags, MSG_E0301, span, name, DIAG_END);
    return;
  }
  if (!name.length || report_currency(c, name, span) || report_split_name(c, name, span) ||
      report_subtraction(c, env, name, span))
    return;
  View near = nearest_name(c, env, name);
  if (near.length)
    diag_add(c->diags, MSG_E0318, span, name, near, DIAG_END);
  else if (!report_missing_operator(c, env, name, span) && !report_no_value(c, env, name, span))
    diag_add(c->diags, MSG_E0301, span, name, DIAG_END);
}
