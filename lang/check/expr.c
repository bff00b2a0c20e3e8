/* Expressions: what each kind of expression becomes. Names, comparisons, arithmetic, lists and calls have files of
 * their own; here is the way to them, and what remains. */
#include "check/checker.h"

View type_name(const Type *type) { return type->said.length ? type->said : type->name; }

Value value_expect(Checker *c, Value v, const Type *type, Span span) {
  if (is_nothing(&v) || !type || type->kind == TYPE_ERROR) return v;
  if (v.kind == VALUE_RANGE || !type_equal(v.type, type)) {
    diag_add(c->diags, MSG_E0403, span, type_name(type), type_name(v.type), DIAG_END);
    return value_nothing(c);
  }
  return v;
}

Value elaborate_as(Checker *c, const Env *env, const Expr *expr, const Type *type) {
  Env inner = *env;
  inner.expected = type;
  return value_expect(c, elaborate(c, &inner, expr), type, expr->span);
}

uint32_t elaborate_scalar(Checker *c, const Env *env, const Expr *expr, const Type *type) {
  Value v = elaborate_as(c, env, expr, type);
  return v.kind == VALUE_SCALAR ? v.node : NO_NODE;
}

/* A mistake inside stands for `yes`: it was reported, and must not be reported again by what uses it. */
uint32_t elaborate_condition(Checker *c, const Env *env, const Expr *expr) {
  uint32_t node = elaborate_scalar(c, env, expr, c->yes_no);
  return node != NO_NODE ? node : node_yes_no(c, true, ROOT_SPACE, expr->span);
}

/* ---- and, or, not ---- */

static View text_of(const Checker *c, Span span) { return view_one_line(c->arena, span_text(c->diags->sources, span)); }

/* `a or b and c` without parentheses: both readings are shown */
static bool report_mixed(Checker *c, const Expr *expr) {
  const Expr *left = expr->a, *right = expr->b;
  bool left_and = left->kind == EXPR_AND && !left->parenthesised;
  bool right_and = right->kind == EXPR_AND && !right->parenthesised;
  if (expr->kind != EXPR_OR || (!left_and && !right_and)) return false;
  const Expr *first = left_and ? left->a : left;
  const Expr *middle = left_and ? left->b : right->a;
  const Expr *last = left_and ? right : right->b;
  View x = text_of(c, first->span), y = text_of(c, middle->span), z = text_of(c, last->span);
  const char *one = left_and ? "(%.*s and %.*s) or %.*s" : "%.*s or (%.*s and %.*s)";
  const char *other = left_and ? "%.*s and (%.*s or %.*s)" : "(%.*s or %.*s) and %.*s";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  View reading = view_format(c->arena, one, (int)x.length, x.at, (int)y.length, y.at, (int)z.length, z.at);
  View second = view_format(c->arena, other, (int)x.length, x.at, (int)y.length, y.at, (int)z.length, z.at);
#pragma GCC diagnostic pop
  diag_add(c->diags, MSG_E0406, expr->operator_span, reading, second, DIAG_END);
  return true;
}

/* A literal, or the name of an enumeration's value */
static bool is_plain_value(const Checker *c, const Expr *expr) {
  switch ((int)expr->kind) {
  case EXPR_NUMBER:
  case EXPR_MONEY:
  case EXPR_TEXT:
  case EXPR_DATE:
  case EXPR_MOMENT:
  case EXPR_DURATION: return true;
  case EXPR_NAME: return value_name_find(c, expr->text) && !symbol_find(c, expr->text);
  default: return false;
  }
}

/* `staff = 5 or 6`: the list that was meant is shown */
static bool report_lone_value(Checker *c, const Expr *expr) {
  const Expr *left = expr->a, *right = expr->b;
  if (expr->kind != EXPR_OR || left->kind != EXPR_EQ || left->parenthesised || !is_plain_value(c, right)) return false;
  View subject = text_of(c, left->a->span), first = text_of(c, left->b->span), second = text_of(c, right->span);
  View words = vocabulary_spelling(c->vocabulary, TOKEN_IS_ONE_OF);
  View list = view_format(c->arena, "%.*s %.*s %.*s, %.*s", (int)subject.length, subject.at, (int)words.length,
                          words.at, (int)first.length, first.at, (int)second.length, second.at);
  diag_add(c->diags, MSG_E0438, right->span, second, vocabulary_spelling(c->vocabulary, TOKEN_OR), list, DIAG_END);
  return true;
}

static APART Value elaborate_logic(Checker *c, const Env *env, const Expr *expr) {
  if (expr->kind == EXPR_NOT) {
    uint32_t node = elaborate_scalar(c, env, expr->a, c->yes_no);
    return node == NO_NODE ? value_nothing(c) : value_scalar(c, node_not(c, node, expr->span));
  }
  bool mixed = report_mixed(c, expr);
  if (report_lone_value(c, expr)) return value_nothing(c);
  uint32_t a = elaborate_scalar(c, env, expr->a, c->yes_no);
  uint32_t b = elaborate_scalar(c, env, expr->b, c->yes_no);
  if (a == NO_NODE || b == NO_NODE || mixed) return value_nothing(c);
  return value_scalar(c, (expr->kind == EXPR_AND ? node_and : node_or)(c, a, b, expr->span));
}

/* ---- choices ---- */

/* A range is no single value; everything else goes with its like. */
static bool same_kind(Checker *c, const Value *a, const Value *b, Span span) {
  if (is_nothing(a) || is_nothing(b)) return false;
  if (a->kind == b->kind && a->kind != VALUE_RANGE && type_equal(a->type, b->type)) return true;
  if (a->kind != b->kind || a->kind == VALUE_RANGE)
    diag_add(c->diags, MSG_E0410, span, type_name(a->kind != VALUE_SCALAR ? a->type : b->type), DIAG_END);
  else
    diag_add(c->diags, MSG_E0415, span, type_name(a->type), type_name(b->type), DIAG_END);
  return false;
}

/* The `if` behind `else` was kept last. Of a function nothing is kept: another call may take the other way. */
static APART void keep_if(Checker *c, const Env *env, const Expr *expr, uint32_t condition, uint32_t before) {
  if (env->arguments_only) return;
  Branch branch = {.condition = condition, .taken = expr->b->span, .rest = expr->c->span, .next = NO_INDEX};
  if (expr->c->kind == EXPR_IF && c->branches.count > before) {
    branch.next = c->branches.count - 1;
    c->branches.at[branch.next].is_next = true;
  }
  list_push(c->arena, &c->branches, branch);
}

/* Of two lists all items are there, and the condition says which of them belong. */
static APART Value one_of_two(Checker *c, uint32_t condition, const Value *yes, const Value *no, Span span) {
  const Constant *known = node_as_constant(c, condition);
  if (yes->kind == VALUE_SCALAR) return value_scalar(c, node_if(c, condition, yes->node, no->node, span));
  if (known) return known->yes ? *yes : *no;
  if (yes->kind == VALUE_RECORD) return record_choice(c, condition, yes, no, span);
  Value lists[2] = {*yes, *no};
  uint32_t conditions[2] = {condition, node_not(c, condition, span)};
  return list_chain(c, lists, conditions, 2, span);
}

static APART Value elaborate_if(Checker *c, const Env *env, const Expr *expr) {
  uint32_t condition = elaborate_scalar(c, env, expr->a, c->yes_no);
  Value yes = elaborate(c, env, expr->b);
  Env other = *env;
  if (!is_nothing(&yes)) other.expected = yes.type;
  uint32_t kept = c->branches.count;
  Value no = elaborate(c, &other, expr->c);
  if (!same_kind(c, &yes, &no, expr->span) || condition == NO_NODE) return value_nothing(c);
  keep_if(c, env, expr, condition, kept);
  return one_of_two(c, condition, &yes, &no, expr->span);
}

/* Do the conditions cover all cases? Yes where one is the negation of another, or where they name every value of one
 * enumeration; more is not tried, and `otherwise` says it. */
static bool conditions_complete(const Checker *c, const uint32_t *conditions, uint32_t count) {
  enum { MOST_TRIED = 1000 }; /* every one is held against every other */
  if (count > MOST_TRIED) return false;
  for (uint32_t i = 0; i < count; i++) {
    const Node *a = &c->nodes.at[conditions[i]];
    uint64_t mask = a->op == OP_IN_MASK ? a->mask : 0;
    for (uint32_t k = 0; k < count; k++) {
      const Node *b = &c->nodes.at[conditions[k]];
      if (b->op == OP_NOT && b->a == conditions[i]) return true;
      if (mask && b->op == OP_IN_MASK && b->a == a->a) mask |= b->mask;
    }
    if (!mask) continue;
    uint32_t values = c->nodes.at[a->a].type->values->count;
    if (mask == (values == 64 ? ~UINT64_C(0) : (UINT64_C(1) << values) - 1)) return true;
  }
  return false;
}

static void keep_reasons(Checker *c, Answer *answer, const ChoiceList *choices, const uint32_t *taken) {
  answer->reasons = arena_array(c->arena, View, choices->count);
  answer->reason_conditions = arena_array(c->arena, uint32_t, choices->count);
  for (uint32_t i = 0; i < choices->count; i++) {
    if (!choices->at[i].reason.length || taken[i] == NO_NODE) continue;
    answer->reasons[answer->reason_count] = choices->at[i].reason;
    answer->reason_conditions[answer->reason_count++] = node_spread(c, taken[i], ROOT_SPACE, choices->at[i].span);
  }
}

typedef struct Choices {
  Value *values; /* of all, that of `otherwise` last */
  uint32_t *conditions, *taken;
  uint32_t count; /* with a condition */
  bool otherwise;
  bool failed;
} Choices;

static APART void elaborate_choice(Checker *c, const Env *env, const Choice *choice, const Type **type, Choices *out) {
  Value v = elaborate_as(c, env, choice->value, *type);
  uint32_t condition = choice->condition ? elaborate_scalar(c, env, choice->condition, c->yes_no) : NO_NODE;
  bool fits = !is_nothing(&v) && v.kind != VALUE_RANGE;
  if (v.kind == VALUE_RANGE) diag_add(c->diags, MSG_E0410, choice->value->span, type_name(v.type), DIAG_END);
  if (!fits || (choice->condition && condition == NO_NODE)) {
    out->failed = true;
    return;
  }
  if (!*type) *type = v.type;
  out->values[out->count] = v;
  if (!choice->condition)
    out->otherwise = true;
  else
    out->conditions[out->count++] = condition;
}

static void refuse_behind_otherwise(Checker *c, const ChoiceList *choices) {
  for (uint32_t i = 0; i + 1 < choices->count; i++)
    if (!choices->at[i].condition) diag_add(c->diags, MSG_E0506, choices->at[i + 1].span, DIAG_END);
}

/* choices = { V when C ["reason"] } [ otherwise V ]: nested ifs, the first that is true */
static bool has_reasons(const ChoiceList *choices) {
  for (uint32_t i = 0; i < choices->count; i++)
    if (choices->at[i].reason.length) return true;
  return false;
}

/* For each choice a yes/no node: its condition holds, and none before it does. */
static void mark_taken(Checker *c, const ChoiceList *choices, Choices *all) {
  uint32_t before = NO_NODE; /* none of the choices so far was taken */
  for (uint32_t i = 0; i < choices->count; i++) {
    Span span = choices->at[i].span;
    uint32_t condition = i < all->count ? all->conditions[i] : NO_NODE;
    all->taken[i] = node_and(c, before, condition, span);
    if (condition != NO_NODE) before = node_and(c, before, node_not(c, condition, span), span);
  }
}

/* Each choice leads to the next, the last one to `otherwise`. */
static APART void keep_choices(Checker *c, const ChoiceList *choices, const Choices *all) {
  Span none = {0, 0, 0};
  for (uint32_t i = 0; i < all->count; i++) {
    bool last = i + 1 == all->count;
    bool has_rest = last && all->otherwise;
    Branch branch = {.condition = all->conditions[i],
                     .taken = choices->at[i].span,
                     .rest = has_rest ? choices->at[choices->count - 1].span : none,
                     .next = last ? NO_INDEX : c->branches.count + 1,
                     .is_choice = true,
                     .is_next = i > 0};
    list_push(c->arena, &c->branches, branch);
  }
}

/* The first whose condition holds. Where the conditions cover every case, the last holds if none before it does. */
static Value choice_of(Checker *c, const Choices *all, Span span) {
  uint32_t asked = all->otherwise ? all->count : all->count - 1;
  Value result = all->values[asked];
  for (uint32_t i = asked; i > 0; i--)
    result = one_of_two(c, all->conditions[i - 1], &all->values[i - 1], &result, span);
  return result;
}

static APART Value elaborate_choices(Checker *c, const Env *env, const Body *body, const Type *type, Answer *reasons) {
  const ChoiceList *choices = &body->choices;
  Choices all = {.count = 0};
  all.values = arena_array(c->arena, Value, choices->count);
  all.conditions = arena_array(c->arena, uint32_t, choices->count);
  all.taken = arena_array(c->arena, uint32_t, choices->count);
  refuse_behind_otherwise(c, choices);
  for (uint32_t i = 0; i < choices->count; i++) elaborate_choice(c, env, &choices->at[i], &type, &all);
  if (all.failed || !type) return value_nothing(c);
  if (!all.otherwise && !conditions_complete(c, all.conditions, all.count)) {
    diag_add(c->diags, MSG_E0505, body->span, DIAG_END);
    return value_nothing(c);
  }
  if (!env->arguments_only) keep_choices(c, choices, &all);
  Value result = choice_of(c, &all, body->span);
  bool told = reasons && has_reasons(choices), covered = c->options.coverage && (!c->in_tests || env->arguments_only);
  if (told || covered) mark_taken(c, choices, &all);
  for (uint32_t i = 0; covered && i < choices->count; i++)
    if (all.taken[i] != NO_NODE) cover(c, COVERABLE_CHOICE, choices->at[i].span, all.taken[i]);
  if (told) keep_reasons(c, reasons, choices, all.taken);
  return result;
}

Value elaborate_body(Checker *c, const Env *env, const Body *body, const Type *type, Answer *reasons) {
  if (!body->expr) return elaborate_choices(c, env, body, type, reasons);
  return type ? elaborate_as(c, env, body->expr, type) : elaborate(c, env, body->expr);
}

/* ---- what is known ---- */

/* A list or a record is known where it was given. */
static uint32_t presence(Checker *c, const Env *env, const Expr *expr, const Value *v) {
  if (v->kind == VALUE_SCALAR) return v->node;
  if (v->kind == VALUE_LIST && v->list.complete != NO_NODE && c->spaces.at[v->list.space].kind == SPACE_DATA)
    return c->inputs.at[c->data_spaces.at[c->spaces.at[v->list.space].index].given].node;
  if (v->kind == VALUE_RECORD && expr->kind == EXPR_NAME && !env->scope)
    for (uint32_t i = 0; i < c->fields.count; i++)
      if (view_equal(c->fields.at[i].name, expr->text) && c->fields.at[i].given != NO_INDEX)
        return c->inputs.at[c->fields.at[i].given].node;
  diag_add(c->diags, MSG_E0410, expr->span, type_name(v->type), DIAG_END);
  return NO_NODE;
}

static APART Value elaborate_known(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  if (is_nothing(&v)) return v;
  uint32_t of = presence(c, env, expr->a, &v);
  if (of == NO_NODE) return value_nothing(c);
  uint32_t known = node_unary(c, OP_IS_KNOWN, c->yes_no, of, expr->span);
  return value_scalar(c, expr->kind == EXPR_IS_KNOWN ? known : node_not(c, known, expr->span));
}

static APART Value elaborate_assumed(Checker *c, const Env *env, const Expr *expr) {
  Value v = elaborate(c, env, expr->a);
  if (is_nothing(&v)) return v;
  if (v.kind != VALUE_SCALAR) {
    diag_add(c->diags, MSG_E0423, expr->span, DIAG_END);
    return value_nothing(c);
  }
  uint32_t other = elaborate_scalar(c, env, expr->b, v.type);
  if (other == NO_NODE) return value_nothing(c);
  uint32_t known = c->nodes.count;
  uint32_t node = node_binary(c, OP_ASSUME, type_joined(c, v.type, c->nodes.at[other].type), v.node, other, expr->span);
  if (node >= known) list_push(c->arena, &c->assumptions, ((Assumption){text_of(c, expr->a->span), node}));
  return value_scalar(c, node);
}

/* A1 is met, Arena is met */
static APART Value elaborate_met(Checker *c, const Env *env, const Expr *expr) {
  const Expr *of = expr->a;
  Symbol *symbol = of->kind == EXPR_NAME ? symbol_find(c, of->text) : NULL;
  bool level = symbol && (symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND || symbol->kind == SYMBOL_BUNDLE);
  if (!level && (!symbol || symbol->kind != SYMBOL_RULE)) {
    if (of->kind == EXPR_NAME && !symbol)
      report_unknown(c, NULL, of->text, of->span);
    else
      diag_add(c->diags, MSG_E0419, of->span, text_of(c, of->span), DIAG_END);
    return value_nothing(c);
  }
  if (env->arguments_only) {
    report_outside(c, of->text, symbol_kind_name(symbol->kind), of->span);
    return value_nothing(c);
  }
  uint32_t node = level_met(c, env, symbol, of->span);
  if (node == NO_NODE) return value_nothing(c);
  return value_scalar(c, expr->kind == EXPR_IS_MET ? node : node_not(c, node, expr->span));
}

/* ---- literals ---- */

static APART Value elaborate_literal(Checker *c, const Expr *expr) {
  Constant constant = {.number = num_of(0)};
  switch ((int)expr->kind) {
  case EXPR_TEXT:
    constant.type = c->text;
    constant.text = expr->text;
    break;
  case EXPR_YES_NO:
    constant.type = c->yes_no;
    constant.yes = expr->value != 0;
    break;
  default: constant = constant_of_literal(c, expr, NULL); break;
  }
  if (expr->kind == EXPR_NUMBER && num_is_whole(constant.number)) constant.type = c->whole;
  return value_scalar(c, node_constant(c, constant, ROOT_SPACE, expr->span));
}

static APART Value elaborate_range(Checker *c, const Env *env, const Expr *expr) {
  Value low = elaborate(c, env, expr->a), high = elaborate(c, env, expr->b);
  if (!same_kind(c, &low, &high, expr->span)) return value_nothing(c);
  if (low.kind != VALUE_SCALAR) {
    diag_add(c->diags, MSG_E0410, expr->span, type_name(low.type), DIAG_END);
    return value_nothing(c);
  }
  if (!type_is_ordered(low.type)) {
    diag_add(c->diags, MSG_E0408, expr->span, type_name(low.type), DIAG_END);
    return value_nothing(c);
  }
  Type *type = arena_new_of(c->arena, Type);
  *type = (Type){.kind = TYPE_RANGE, .element = low.type, .name = VIEW("range"), .said = VIEW(BOTH("range", "område"))};
  Value range = {.kind = VALUE_RANGE,
                 .type = type,
                 .node = NO_NODE,
                 .low_open = expr->value & 1,
                 .high_open = (expr->value & 2) != 0};
  range.low = arena_copy(c->arena, &low, sizeof low);
  range.high = arena_copy(c->arena, &high, sizeof high);
  return range;
}

static APART Value elaborate_kind(Checker *c, const Env *env, const Expr *expr) {
  switch (expr->kind) {
  case EXPR_ERROR: return value_nothing(c);
  case EXPR_NAME: return elaborate_name(c, env, expr);
  case EXPR_NUMBER:
    if (env->expected && env->expected->kind == TYPE_RATE && !expr->percent)
      return rate_literal(c, env->expected, expr);
    return elaborate_literal(c, expr);
  case EXPR_TEXT:
  case EXPR_MONEY:
  case EXPR_YES_NO:
  case EXPR_DATE:
  case EXPR_MOMENT:
  case EXPR_DURATION: return elaborate_literal(c, expr);
  case EXPR_LIST: return elaborate_list(c, env, expr);
  case EXPR_RECORD: return elaborate_record(c, env, expr);
  case EXPR_RANGE: return elaborate_range(c, env, expr);
  case EXPR_NOT:
  case EXPR_AND:
  case EXPR_OR: return elaborate_logic(c, env, expr);
  case EXPR_NEGATE:
  case EXPR_ADD:
  case EXPR_SUBTRACT:
  case EXPR_MULTIPLY:
  case EXPR_DIVIDE:
  case EXPR_POWER:
  case EXPR_SHARE_OF:
  case EXPR_AT_MOST:
  case EXPR_AT_LEAST:
  case EXPR_ROUNDED: return elaborate_arithmetic(c, env, expr);
  case EXPR_EQ:
  case EXPR_NE:
  case EXPR_LT:
  case EXPR_LE:
  case EXPR_GT:
  case EXPR_GE:
  case EXPR_CHAINED:
  case EXPR_BETWEEN:
  case EXPR_IN: return elaborate_comparison(c, env, expr);
  case EXPR_WHERE:
  case EXPR_INDEX: return elaborate_where(c, env, expr);
  case EXPR_FIELD: return elaborate_field(c, env, expr);
  case EXPR_CALL: return elaborate_call(c, env, expr);
  case EXPR_ON: return elaborate_on(c, env, expr);
  case EXPR_IN_CURRENCY: return elaborate_in_currency(c, env, expr);
  case EXPR_ORDERED: return elaborate_ordered(c, env, expr);
  case EXPR_IT: return env->it ? *env->it : value_nothing(c);
  case EXPR_NOT_ANY:
  case EXPR_OTHERWISE: return value_nothing(c); /* cells: decision_table.c and tests.c look at them */
  case EXPR_IF: return elaborate_if(c, env, expr);
  case EXPR_FOR:
  case EXPR_SOME:
  case EXPR_EVERY:
  case EXPR_THE: return elaborate_binding(c, env, expr);
  case EXPR_COUNTED: return elaborate_counted(c, env, expr);
  case EXPR_IS_MISSING:
  case EXPR_IS_KNOWN: return elaborate_known(c, env, expr);
  case EXPR_IS_MET:
  case EXPR_IS_NOT_MET: return elaborate_met(c, env, expr);
  case EXPR_ASSUMED: return elaborate_assumed(c, env, expr);
  case EXPR_COUNT: break;
  }
  return value_nothing(c);
}

/* What is made of other conditions is covered by those. */
static bool is_condition(const Expr *expr) {
  return expr->kind != EXPR_AND && expr->kind != EXPR_OR && expr->kind != EXPR_NOT && expr->kind != EXPR_IF &&
         expr->kind != EXPR_YES_NO;
}

Value elaborate(Checker *c, const Env *env, const Expr *expr) {
  const Vocabulary *outer = speak(c, expr->span);
  c->depth++;
  if (env->arguments_only) c->inlined++;
  c->elaborated++;
  Value value = elaborate_kind(c, env, expr);
  c->depth--;
  bool asked = !c->in_tests || env->arguments_only; /* a test covers what is in functions, not itself */
  if (asked && value.kind == VALUE_SCALAR && value.type == c->yes_no && is_condition(expr))
    cover(c, COVERABLE_CONDITION, expr->span, value.node);
  c->vocabulary = outer;
  return value;
}
