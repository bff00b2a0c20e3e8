/* Definitions, requirements and levels at another date than the programme's. What stands before an `on` is elaborated
 * again under that date: a copy for each symbol and each pair of dates, made once, and only of what depends on them.
 * What a copy needs is copied before it, from a list and not on the stack, as order.c does it for the whole text. The
 * symbol itself is always done before its first copy, so circles are told there, and a copy never needs itself. */
#include "check/checker.h"

typedef struct Copy {
  Symbol *symbol;
  SymbolState state;
  Env env;              /* at its dates */
  Value value;          /* of a definition, a parameter, an answer; of a rule whether it is fulfilled */
  const Level *level;   /* of a level, a brand, a set of requirements */
  MentionList mentions; /* of a definition or an answer */
} Copy;

/* ---- which copy ---- */

bool is_at_other_date(const Env *env, const Symbol *symbol) {
  return (env->on && (symbol->depends & DEPENDS_ON_DATE)) || (env->known_on && (symbol->depends & DEPENDS_ON_KNOWLEDGE));
}

/* Functions and tables are elaborated where they are called, but what they need is looked through. */
static bool is_looked_through(const Symbol *symbol) {
  return symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_TABLE;
}

static bool is_copied(const Symbol *symbol) {
  switch (symbol->kind) {
  case SYMBOL_DEFINE:
  case SYMBOL_PARAMETER:
  case SYMBOL_REPORT:
  case SYMBOL_DECISION:
  case SYMBOL_RULE:
  case SYMBOL_LEVEL:
  case SYMBOL_BRAND:
  case SYMBOL_BUNDLE: return symbol->state == SYMBOL_DONE && !symbol->broken;
  case SYMBOL_FUNCTION:
  case SYMBOL_TABLE:
  case SYMBOL_FIELD:
  case SYMBOL_TYPE:
  case SYMBOL_RECORD:
  case SYMBOL_DATA:
  case SYMBOL_CRITERION:
  case SYMBOL_JUDGEMENT: break;
  }
  return false;
}

/* Only the dates that it depends on, and the space in which they are known. A module's symbol would see its own names
 * here. */
static Env env_of_copy(const Checker *c, const Env *env, const Symbol *symbol) {
  Env own = {.space = ROOT_SPACE};
  bool all = is_looked_through(symbol);
  if (all || (symbol->depends & DEPENDS_ON_DATE)) own.on = env->on;
  if (all || (symbol->depends & DEPENDS_ON_KNOWLEDGE)) own.known_on = env->known_on;
  if (own.on) own.space = c->nodes.at[own.on - 1].space;
  if (own.known_on) own.space = space_deeper(c, own.space, c->nodes.at[own.known_on - 1].space);
  return own;
}

typedef struct CopyKey {
  const Symbol *symbol;
  uint32_t on, known_on;
} CopyKey;

static View key_of(Checker *c, const Symbol *symbol, const Env *own) {
  CopyKey key = {symbol, own->on, own->known_on};
  return (View){arena_copy(c->arena, &key, sizeof key), sizeof key};
}

static Copy *copy_find(Checker *c, const Env *env, const Symbol *symbol) {
  Env own = env_of_copy(c, env, symbol);
  uint32_t index;
  return map_get(&c->copy_index, key_of(c, symbol, &own), &index) ? c->copies.at[index] : NULL;
}

/* NULL: there are too many, which was reported. */
static Copy *copy_add(Checker *c, const Env *env, Symbol *symbol, Span use) {
  enum { MOST_COPIES = 20000, MOST_WORK = 1000000 }; /* a few lines can ask for more than any memory holds */
  if (c->copies.count >= MOST_COPIES || c->copied_work >= MOST_WORK) {
    if (!c->too_many_copies) diag_add(c->diags, MSG_E0521, use, symbol->name.text, DIAG_END);
    c->too_many_copies = true;
    return NULL;
  }
  Copy *copy = arena_new_of(c->arena, Copy);
  *copy = (Copy){.symbol = symbol, .env = env_of_copy(c, env, symbol), .value = value_nothing(c)};
  map_add(&c->copy_index, key_of(c, symbol, &copy->env), c->copies.count);
  list_push(c->arena, &c->copies, copy);
  return copy;
}

/* ---- making one ---- */

static APART Value body_at_date(Checker *c, Copy *copy) {
  const Symbol *symbol = copy->symbol;
  Env env = copy->env;
  const Type *type = symbol->kind == SYMBOL_DECISION ? c->decisions.at[symbol->index].type : NULL;
  env.expected = type;
  env.mentions = &copy->mentions;
  return elaborate_body(c, &env, symbol->decl->body, type, NULL);
}

static void fill(Checker *c, Copy *copy) {
  Symbol *symbol = copy->symbol;
  if (symbol->kind == SYMBOL_PARAMETER)
    copy->value = parameter_value(c, &copy->env, symbol);
  else if (symbol->kind == SYMBOL_RULE)
    copy->value = value_scalar(c, rule_fulfilled(c, &copy->env, symbol->requirement));
  else if (symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND || symbol->kind == SYMBOL_BUNDLE)
    copy->level = level_for_dates(c, &copy->env, symbol);
  else if (!is_looked_through(symbol))
    copy->value = body_at_date(c, copy);
}

static void make(Checker *c, Copy *copy, Span use) {
  enum { DEEPEST = 120, DEFINITION = 4 }; /* as in symbol_begin */
  if (copy->state != SYMBOL_NEW) return;
  if (c->depth + DEFINITION * c->busy.count > DEEPEST) {
    diag_add(c->diags, MSG_E0311, copy->symbol->name.span, copy->symbol->name.text, DIAG_END)->other = use;
    return;
  }
  uint32_t depends = c->depends;
  uint64_t elaborated = c->elaborated;
  copy->state = SYMBOL_BUSY;
  list_push(c->arena, &c->busy, copy->symbol);
  fill(c, copy);
  c->busy.count--;
  copy->state = SYMBOL_DONE;
  c->depends = depends;
  c->copied_work += c->elaborated - elaborated + (copy->level ? copy->level->rule_count : 0);
}

/* ---- what it needs, before it ---- */

typedef struct CopyStep {
  Copy *copy;
  SymbolList needs;
  uint32_t next;
} CopyStep;
typedef LIST(CopyStep) CopyWay;

static void enter(Checker *c, CopyWay *way, Copy *copy) {
  CopyStep step = {.copy = copy};
  needs_of(c, copy->symbol, &step.needs);
  if (copy->symbol->kind == SYMBOL_LEVEL && c->common) list_push(c->arena, &step.needs, c->common);
  list_push(c->arena, way, step);
}

static void enter_need(Checker *c, CopyWay *way, const Env *env, Symbol *need, Span use) {
  bool wanted = is_looked_through(need) || (is_copied(need) && is_at_other_date(env, need));
  if (!wanted || copy_find(c, env, need)) return;
  Copy *copy = copy_add(c, env, need, use);
  if (copy) enter(c, way, copy);
}

static Copy *copy_of(Checker *c, const Env *env, Symbol *symbol, Span use) {
  Copy *copy = copy_find(c, env, symbol);
  if (copy && copy->state != SYMBOL_NEW) return copy;
  CopyWay way = {0};
  if (!copy) {
    copy = copy_add(c, env, symbol, use);
    if (!copy) return NULL;
    enter(c, &way, copy);
  }
  while (way.count) {
    CopyStep *step = &way.at[way.count - 1];
    if (step->next < step->needs.count) {
      enter_need(c, &way, env, step->needs.at[step->next++], use);
    } else {
      make(c, step->copy, use);
      way.count--;
    }
  }
  make(c, copy, use);
  return copy;
}

/* ---- what is asked for ---- */

Value value_at_date(Checker *c, const Env *env, Symbol *symbol, Span use) {
  const Copy *copy = copy_of(c, env, symbol, use);
  return copy && copy->state == SYMBOL_DONE ? copy->value : value_nothing(c);
}

uint32_t rule_at_date(Checker *c, const Env *env, Symbol *symbol, Span use) {
  Value value = value_at_date(c, env, symbol, use);
  return value.kind == VALUE_SCALAR ? value.node : NO_NODE;
}

const Level *level_at_date(Checker *c, const Env *env, Symbol *symbol, Span use) {
  if (!is_at_other_date(env, symbol)) return &c->levels.at[symbol->index];
  const Copy *copy = copy_of(c, env, symbol, use);
  return copy && copy->state == SYMBOL_DONE ? copy->level : NULL;
}

const MentionList *mentions_at_date(Checker *c, const Env *env, const Symbol *symbol) {
  const Copy *copy = copy_find(c, env, symbol);
  return copy ? &copy->mentions : NULL;
}

/* ---- its name ---- */

static View text_of_date(const Checker *c, uint32_t node) {
  for (uint32_t i = 0; i < c->date_texts.count; i++)
    if (c->date_texts.at[i].node == node) return c->date_texts.at[i].text;
  return (View){0};
}

static View with_date(Checker *c, View name, TokenKind keyword, uint32_t node) {
  View word = vocabulary_spelling(c->vocabulary, keyword), date = text_of_date(c, node);
  return view_format(c->arena, "%.*s %.*s %.*s", (int)name.length, name.at, (int)word.length, word.at, (int)date.length,
                     date.at);
}

View name_at_date(Checker *c, const Env *env, const Symbol *symbol) {
  Env own = env_of_copy(c, env, symbol);
  View name = symbol->name.text;
  if (own.on) name = with_date(c, name, TOKEN_ON, own.on - 1);
  if (own.known_on) name = with_date(c, name, TOKEN_AS_KNOWN_ON, own.known_on - 1);
  return name;
}
