/* What tests expect: an expression that must be yes, or the state of a requirement, a level, a value or the outcome. */
#include "check/checker.h"

/* ---- states and their words ---- */

typedef struct StateWord {
  TestState state;
  Special word;
} StateWord;

/* `not applicable` is written “is not applicable”, so its word alone stands behind a “not”. */
static const StateWord state_words[] = {
    {STATE_MET, SPECIAL_IS_STATUS_MET},
    {STATE_WAIVED, SPECIAL_IS_WAIVED},
    {STATE_UNDETERMINED, SPECIAL_IS_UNDETERMINED},
    {STATE_ERROR, SPECIAL_IS_AN_ERROR},
    {STATE_ERROR, SPECIAL_IS_ERROR},
    {STATE_KNOWN, SPECIAL_IS_STATUS_KNOWN},
    {STATE_QUALIFIED, SPECIAL_IS_QUALIFIED},
    {STATE_REJECTED, SPECIAL_IS_REJECTED},
    {STATE_DISMISSED, SPECIAL_IS_DISMISSED},
    {STATE_DECIDED, SPECIAL_IS_DECIDED},
};

static uint32_t state_of_word(const Checker *c, const Expr *expr) {
  for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++)
    if (is_test_word(c, expr, state_words[i].word)) return state_words[i].state;
  return 0;
}

/* What stands behind “is” or “is not”: a set of states; 0: something else. */
static uint32_t states_of(const Checker *c, const Expr *expr, uint32_t all) {
  if (expr->kind == EXPR_NOT) return 0;
  const Expr *right = expr->b;
  if (expr->kind == EXPR_IS_MET) return STATE_MET;
  if (expr->kind == EXPR_IS_NOT_MET) return STATE_NOT_MET;
  if (expr->kind == EXPR_NE && is_test_word(c, right, SPECIAL_IS_APPLICABLE)) return STATE_NOT_APPLICABLE;
  if (expr->kind == EXPR_EQ) return state_of_word(c, right);
  if (expr->kind == EXPR_NE) return state_of_word(c, right) ? all & ~state_of_word(c, right) : 0;
  uint32_t states = 0;
  if (expr->kind != EXPR_IN || right->kind != EXPR_LIST) return 0;
  for (uint32_t i = 0; i < right->items.count; i++) {
    uint32_t one = state_of_word(c, right->items.at[i]);
    if (!one) return 0;
    states |= one;
  }
  return states;
}

/* ---- an expectation under way ---- */

typedef struct Expecting {
  Checker *c;
  const Expr *expr; /* as written */
  const Expr *core; /* without a `not` in front of `in` */
  Expectation made;
  ExpectationList *out;
} Expecting;

static void keep(Expecting *x) { list_push(x->c->arena, x->out, x->made); }

static uint32_t all_rule_states(const Rule *rule) {
  uint32_t states = STATE_MET | STATE_NOT_MET | STATE_UNDETERMINED | STATE_ERROR;
  if (rule->unless != NO_NODE) states |= STATE_WAIVED;
  if (rule->when != NO_NODE) states |= STATE_NOT_APPLICABLE;
  return states;
}

/* The states that are meant, out of those that can be. */
static bool take_states(Expecting *x, uint32_t all, uint32_t possible) {
  Checker *c = x->c;
  uint32_t states = states_of(c, x->core, all);
  if (x->core != x->expr && states) states = all & ~states;
  x->made.states = states;
  if (states & possible) return true;
  diag_add(c->diags, MSG_E1021, x->expr->span, x->made.text, DIAG_END);
  return false;
}

/* ---- requirements and levels ---- */

static uint32_t rule_named(const Checker *c, const Expr *expr, View *id) {
  if (expr->kind == EXPR_FIELD) {
    if (rule_named(c, expr->a, id) == NO_INDEX) return NO_INDEX;
    *id = view_format(c->arena, "%.*s.%.*s", (int)id->length, id->at, (int)expr->text.length, expr->text.at);
  } else if (expr->kind == EXPR_NAME) {
    *id = expr->text;
  } else {
    return NO_INDEX;
  }
  for (uint32_t i = 0; i < c->rules.count; i++)
    if (view_equal(c->rules.at[i].id, *id)) return i;
  return NO_INDEX;
}

static const Symbol *base_symbol(const Checker *c, const Expr *expr) {
  while (expr->kind == EXPR_FIELD) expr = expr->a;
  return expr->kind == EXPR_NAME ? symbol_find(c, expr->text) : NULL;
}

static bool expect_rule(Expecting *x) {
  Checker *c = x->c;
  const Symbol *symbol = base_symbol(c, x->core->a);
  View id;
  if (!symbol || symbol->kind != SYMBOL_RULE) return false;
  x->made.kind = EXPECT_RULE;
  x->made.index = rule_named(c, x->core->a, &id);
  if (x->made.index == NO_INDEX) {
    if (!symbol->broken) diag_add(c->diags, MSG_E1022, x->core->a->span, symbol->name.text, DIAG_END);
    return true;
  }
  const Rule *rule = &c->rules.at[x->made.index];
  x->made.node = rule->fulfilled;
  if (take_states(x, STATES_OF_RULES, all_rule_states(rule))) keep(x);
  return true;
}

static bool has_formal_rules(const Checker *c) {
  for (uint32_t i = 0; i < c->rules.count; i++)
    if (c->rules.at[i].phase == PHASE_FORMAL) return true;
  return false;
}

static bool expect_level(Expecting *x) {
  Checker *c = x->c;
  const Symbol *symbol = x->core->a->kind == EXPR_NAME ? symbol_find(c, x->core->a->text) : NULL;
  if (!symbol || (symbol->kind != SYMBOL_LEVEL && symbol->kind != SYMBOL_BRAND && symbol->kind != SYMBOL_BUNDLE))
    return false;
  const Level *level = &c->levels.at[symbol->index];
  uint32_t as_rule = STATE_MET | STATE_NOT_MET | STATE_UNDETERMINED | STATE_ERROR;
  if (level->kind == LEVEL_BRAND && level->available != NO_NODE) as_rule |= STATE_NOT_APPLICABLE;
  uint32_t outcomes = (STATES_OF_OUTCOMES & ~(uint32_t)STATE_DECIDED);
  if (!has_formal_rules(c)) outcomes &= ~(uint32_t)STATE_DISMISSED;
  uint32_t named = states_of(c, x->core, 0);
  if (x->core->kind == EXPR_NE && x->core->b->kind == EXPR_NAME) named |= state_of_word(c, x->core->b);
  bool outcome = named & (STATE_QUALIFIED | STATE_REJECTED | STATE_DISMISSED | STATE_DECIDED);
  x->made.kind = outcome ? EXPECT_LEVEL_OUTCOME : EXPECT_LEVEL;
  x->made.index = symbol->index;
  x->made.node = level->met;
  uint32_t all = outcome ? STATES_OF_OUTCOMES : STATES_OF_RULES;
  if (take_states(x, all, outcome ? outcomes : as_rule)) keep(x);
  return true;
}

/* ---- the outcome, and the level ---- */

/* The word, where it is no name of the text */
static bool is_free_word(const Checker *c, const Expr *expr, Special word) {
  return expr && is_test_word(c, expr, word) && !symbol_find(c, expr->text);
}

static uint32_t possible_outcomes(const Checker *c) {
  bool levels = c->program->decides == DECIDES_LEVEL || c->program->decides == DECIDES_HIGHEST_LEVEL;
  uint32_t outcomes = STATE_UNDETERMINED | STATE_ERROR | STATE_REJECTED;
  outcomes |= levels ? STATE_QUALIFIED : STATE_DECIDED;
  return has_formal_rules(c) ? outcomes | STATE_DISMISSED : outcomes;
}

static bool expect_outcome(Expecting *x) {
  if (!is_free_word(x->c, x->core->a, SPECIAL_IS_OUTCOME)) return false;
  x->made.kind = EXPECT_OUTCOME;
  if (take_states(x, STATES_OF_OUTCOMES, possible_outcomes(x->c))) keep(x);
  return true;
}

static bool take_level(Expecting *x, View *names, const Expr *expr) {
  Checker *c = x->c;
  const Symbol *symbol = expr->kind == EXPR_NAME ? symbol_find(c, expr->text) : NULL;
  bool none = is_test_word(c, expr, SPECIAL_IS_STATUS_NONE);
  bool level = symbol && (symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND);
  if (!level && !none) {
    diag_add(c->diags, MSG_E1023, expr->span, span_text(c->diags->sources, expr->span), DIAG_END);
    return false;
  }
  names[x->made.name_count++] = level ? expr->text : (View){0};
  return true;
}

static bool expect_reached(Expecting *x) {
  Checker *c = x->c;
  const Expr *core = x->core;
  if (!is_free_word(c, core->a, SPECIAL_IS_STATUS_LEVEL)) return false;
  bool levels = c->program->decides == DECIDES_LEVEL || c->program->decides == DECIDES_HIGHEST_LEVEL;
  bool list = core->kind == EXPR_IN && core->b->kind == EXPR_LIST;
  if (!levels || (!list && core->kind != EXPR_EQ && core->kind != EXPR_NE)) {
    diag_add(c->diags, MSG_E1021, x->expr->span, x->made.text, DIAG_END);
    return true;
  }
  x->made.kind = EXPECT_REACHED;
  x->made.negated = core->kind == EXPR_NE || core != x->expr;
  x->made.names = arena_array(c->arena, View, list ? core->b->items.count : 1);
  bool sound = true;
  for (uint32_t i = 0; list && i < core->b->items.count; i++)
    sound &= take_level(x, x->made.names, core->b->items.at[i]);
  if (!list) sound = take_level(x, x->made.names, core->b);
  if (sound) keep(x);
  return true;
}

/* ---- values ---- */

static Value elaborate_told(Expecting *x, const Expr *expr, const Type *type) {
  Checker *c = x->c;
  MentionList mentions = {0};
  Env env = {.space = ROOT_SPACE, .mentions = &mentions};
  Value value = type ? elaborate_as(c, &env, expr, type) : elaborate(c, &env, expr);
  if (value.kind == VALUE_SCALAR) value.node = node_spread(c, value.node, ROOT_SPACE, expr->span);
  x->made.first_mention = c->mentions.count;
  x->made.mention_count = mentions.count;
  for (uint32_t i = 0; i < mentions.count; i++) list_push(c->arena, &c->mentions, mentions.at[i]);
  return value;
}

/* VALUE is undetermined, VALUE is an error, VALUE is known */
static bool expect_state(Expecting *x) {
  Checker *c = x->c;
  const uint32_t all = STATE_UNDETERMINED | STATE_ERROR | STATE_KNOWN;
  const Expr *core = x->core;
  if ((core->kind != EXPR_EQ && core->kind != EXPR_NE) || !(state_of_word(c, core->b) & all)) return false;
  if (symbol_find(c, core->b->text) || value_name_find(c, core->b->text)) return false;
  Value value = elaborate_told(x, core->a, NULL);
  if (is_nothing(&value)) return true;
  if (value.kind != VALUE_SCALAR) {
    diag_add(c->diags, MSG_E0410, core->a->span, type_name(value.type), DIAG_END);
    return true;
  }
  x->made.kind = EXPECT_VALUE;
  x->made.node = value.node;
  x->made.side_texts[0] = span_text(c->diags->sources, core->a->span);
  if (take_states(x, all, all)) keep(x);
  return true;
}

static bool asks_nothing(const Expr *expr) {
  if (!expr) return true;
  if (expr->kind == EXPR_NAME || expr->kind == EXPR_CALL || expr->kind == EXPR_FIELD) return false;
  for (uint32_t i = 0; i < expr->items.count; i++)
    if (!asks_nothing(expr->items.at[i])) return false;
  return asks_nothing(expr->a) && asks_nothing(expr->b) && asks_nothing(expr->c);
}

/* The values of what is compared, for whoever has to find out why it is not so. */
static void keep_sides(Expecting *x) {
  Checker *c = x->c;
  const Expr *sides[] = {x->core->a, x->core->b};
  bool compared = x->core->kind >= EXPR_EQ && x->core->kind <= EXPR_GE;
  bool asked = compared || x->core->kind == EXPR_IN || x->core->kind == EXPR_BETWEEN ||
               x->core->kind == EXPR_IS_MISSING || x->core->kind == EXPR_IS_KNOWN;
  uint32_t count = compared ? 2 : asked ? 1 : 0, kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (asks_nothing(sides[i]) || (sides[i]->kind == EXPR_NAME && value_name_find(c, sides[i]->text))) continue;
    Env env = {.space = ROOT_SPACE};
    Value value = elaborate(c, &env, sides[i]);
    if (value.kind != VALUE_SCALAR) continue;
    x->made.sides[kept] = node_spread(c, value.node, ROOT_SPACE, sides[i]->span);
    x->made.side_texts[kept++] = span_text(c->diags->sources, sides[i]->span);
  }
}

static void expect_yes(Expecting *x) {
  Checker *c = x->c;
  Value value = elaborate_told(x, x->expr, c->yes_no);
  if (value.kind != VALUE_SCALAR || is_nothing(&value)) return;
  if (node_as_constant(c, value.node) && asks_nothing(x->expr)) diag_add(c->diags, MSG_W1050, x->expr->span, DIAG_END);
  x->made.kind = EXPECT_YES;
  x->made.node = value.node;
  keep_sides(x);
  keep(x);
}

/* ---- one expectation ---- */

static Expecting expecting(Checker *c, const Expr *expr, Span span, View text, ExpectationList *out) {
  Expectation made = {.span = span, .text = text, .node = NO_NODE, .index = NO_INDEX, .sides = {NO_NODE, NO_NODE}};
  return (Expecting){.c = c, .expr = expr, .core = expr, .made = made, .out = out};
}

void expect_expr(Checker *c, const Expr *expr, View text, ExpectationList *out) {
  if (expr->kind == EXPR_ERROR) return;
  if (expr->kind == EXPR_AND && !expr->parenthesised) {
    expect_expr(c, expr->a, span_text(c->diags->sources, expr->a->span), out);
    expect_expr(c, expr->b, span_text(c->diags->sources, expr->b->span), out);
    return;
  }
  Expecting x = expecting(c, expr, expr->span, text, out);
  if (expr->kind == EXPR_NOT && expr->a->kind == EXPR_IN) x.core = expr->a;
  bool about = x.core->kind == EXPR_EQ || x.core->kind == EXPR_NE || x.core->kind == EXPR_IN ||
               x.core->kind == EXPR_IS_MET || x.core->kind == EXPR_IS_NOT_MET;
  if (about && (expect_rule(&x) || expect_level(&x) || expect_outcome(&x))) return;
  if (about && x.core->b && (expect_reached(&x) || expect_state(&x))) return;
  expect_yes(&x);
}

/* ---- expect missing: a, b.c ---- */

static bool is_input(const Checker *c, View name) {
  for (uint32_t i = 0; i < c->inputs.count; i++)
    if (view_equal(c->inputs.at[i].name, name)) return true;
  for (uint32_t i = 1; i < c->data_spaces.count; i++)
    if (view_equal(c->data_spaces.at[i].name, name)) return true;
  return false;
}

static void refuse_input(Checker *c, const Name *name) {
  Nearest best = nearest_to(name->text);
  for (uint32_t i = 0; i < c->inputs.count; i++) consider(c, &best, c->inputs.at[i].name);
  View of = VIEW("application");
  if (best.name.length)
    diag_add(c->diags, MSG_E1004, name->span, of, name->text, best.name, DIAG_END);
  else
    diag_add(c->diags, MSG_E1003, name->span, of, name->text, DIAG_END);
}

void expect_missing(Checker *c, const Item *item, ExpectationList *out) {
  Expecting x = expecting(c, NULL, item->span, span_text(c->diags->sources, item->span), out);
  View expect = vocabulary_spelling(c->vocabulary, TOKEN_EXPECT);
  if (view_starts(x.made.text, expect))
    x.made.text = view_trim((View){x.made.text.at + expect.length, x.made.text.length - expect.length});
  else
    x.made.text = view_join(c->arena, view_join(c->arena, test_word(c, SPECIAL_IS_MISSING), VIEW(": ")), x.made.text);
  x.made.kind = EXPECT_MISSING;
  x.made.names = arena_array(c->arena, View, item->names.count);
  for (uint32_t i = 0; i < item->names.count; i++) {
    const Name *name = &item->names.at[i];
    if (item->names.count == 1 && view_equal(name->text, test_word(c, SPECIAL_IS_STATUS_NOTHING)) &&
        !is_input(c, name->text))
      continue;
    if (!is_input(c, name->text))
      refuse_input(c, name);
    else
      x.made.names[x.made.name_count++] = name->text;
  }
  keep(&x);
}

/* ---- expect possible X: a, b ---- */

/* What stands behind the word; empty where the name does not begin with it. */
static View behind_possible(const Checker *c, View name) {
  View word = test_word(c, SPECIAL_IS_POSSIBLE);
  if (!begins_with_possible(c, name)) return (View){0};
  return view_trim((View){name.at + word.length, name.length - word.length});
}

static void take_outcomes(Expecting *x, const ExprList *words) {
  Checker *c = x->c;
  for (uint32_t i = 0; i < words->count; i++) {
    uint32_t state = state_of_word(c, words->at[i]);
    if (!(state & STATES_OF_OUTCOMES))
      diag_add(c->diags, MSG_E1024, words->at[i]->span, span_text(c->diags->sources, words->at[i]->span), DIAG_END);
    x->made.states |= state;
  }
}

static bool take_value(Expecting *x, const Type *type, const Expr *expr) {
  Checker *c = x->c;
  Env env = {.space = ROOT_SPACE};
  Value value = elaborate_as(c, &env, expr, type);
  const Constant *constant = value.kind == VALUE_SCALAR ? node_as_constant(c, value.node) : NULL;
  if (!constant) {
    if (!is_nothing(&value)) diag_add(c->diags, MSG_E1005, expr->span, DIAG_END);
    return false;
  }
  View name = type->kind == TYPE_ENUM ? type->values->values[constant->code] : constant->yes ? VIEW("yes") : VIEW("no");
  x->made.names[x->made.name_count++] = name;
  return true;
}

static void take_values(Expecting *x, const Expr *expr, const ExprList *values) {
  Checker *c = x->c;
  Span span = expr->text_span;
  View name = expr->text;
  Value value = elaborate_told(x, expr, NULL);
  if (is_nothing(&value)) return;
  if (value.kind != VALUE_SCALAR || (value.type->kind != TYPE_ENUM && value.type->kind != TYPE_YES_NO)) {
    diag_add(c->diags, MSG_E1025, span, name, type_name(value.type), DIAG_END);
    return;
  }
  x->made.kind = EXPECT_POSSIBLE;
  x->made.node = value.node;
  x->made.names = arena_array(c->arena, View, values->count);
  for (uint32_t i = 0; i < values->count; i++)
    if (!take_value(x, value.type, values->at[i])) return;
  keep(x);
}

void expect_possible(Checker *c, const Item *item, ExpectationList *out) {
  View name = behind_possible(c, item->name.text), values = span_text(c->diags->sources, item->a->span);
  View head = item->b ? span_text(c->diags->sources, item->b->span) : item->name.text;
  View text = view_format(c->arena, "%.*s: %.*s", (int)head.length, head.at, (int)values.length, values.at);
  Expecting x = expecting(c, NULL, item->span, text, out);
  if (!name.length) {
    diag_add(c->diags, MSG_E1026, item->name.span, item->name.text, DIAG_END);
    return;
  }
  if (view_equal(name, test_word(c, SPECIAL_IS_OUTCOME)) && !symbol_find(c, name)) {
    x.made.kind = EXPECT_POSSIBLE_OUTCOME;
    take_outcomes(&x, &item->a->items);
    keep(&x);
    return;
  }
  Expr of = {.kind = EXPR_NAME, .span = item->name.span, .text_span = item->name.span};
  if (item->b) of = *item->b; /* a call */
  of.text = name;
  take_values(&x, &of, &item->a->items);
}
