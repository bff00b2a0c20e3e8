/* Built-in functions: a table (functions.def) and a maker for each. */
#include "check/checker.h"

typedef struct Call {
  Checker *c;
  const Env *env;
  const Expr *expr;
  Value *arguments;
  uint32_t count;
} Call;

static Value mismatch(Call *call, uint32_t i, View expected) {
  diag_add(call->c->diags, MSG_E0403, call->expr->items.at[i]->span, expected, type_name(call->arguments[i].type),
           DIAG_END);
  return value_nothing(call->c);
}

static void report_argument_count(Checker *c, const Expr *call, View wanted) {
  View given = view_format(c->arena, "%u", call->items.count);
  diag_add(c->diags, MSG_E0307, call->span, call->text, wanted, given, DIAG_END);
}

static bool argument_is(Call *call, uint32_t i, const Type *type) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_SCALAR && type_equal(v->type, type)) return true;
  mismatch(call, i, type_name(type));
  return false;
}

static bool argument_is_list(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_LIST) return true;
  diag_add(call->c->diags, MSG_E0409, call->expr->items.at[i]->span, type_name(v->type), DIAG_END);
  return false;
}

/* Numbers, money and durations may be added up. */
static bool is_addable(const Type *type) {
  return type->kind == TYPE_NUMBER || type->kind == TYPE_MONEY || type->kind == TYPE_MONTHS ||
         type->kind == TYPE_DURATION;
}

/* ---- lists ---- */

static uint32_t over_list(Call *call, OpKind op, const Value *list) {
  Checker *c = call->c;
  uint32_t parent = list_parent(c, &list->list);
  Node node = {.op = op,
               .type = list->element->type,
               .space = parent,
               .a = list->list.member,
               .b = NO_NODE,
               .index = list->list.space,
               .span = call->expr->span};
  if (list->list.complete != NO_NODE) node.b = node_spread(c, list->list.complete, parent, call->expr->span);
  node.c = node_spread(c, list->element->node, list->list.space, call->expr->span);
  return node_add(c, node);
}

static bool list_of_numbers(Call *call, uint32_t i, bool addable) {
  if (!argument_is_list(call, i)) return false;
  const Value *element = call->arguments[i].element;
  if (element->kind == VALUE_SCALAR && (addable ? is_addable(element->type) : type_is_number_like(element->type)))
    return true;
  mismatch(call, i, VIEW("list of number"));
  return false;
}

static Value make_count(Call *call) {
  if (!argument_is_list(call, 0)) return value_nothing(call->c);
  return value_scalar(call->c, list_count(call->c, &call->arguments[0].list, call->expr->span));
}

static Value make_sum(Call *call) {
  if (!list_of_numbers(call, 0, true)) return value_nothing(call->c);
  return value_scalar(call->c, over_list(call, OP_SUM, &call->arguments[0]));
}

static Value make_mean(Call *call) {
  if (!list_of_numbers(call, 0, true)) return value_nothing(call->c);
  uint32_t sum = over_list(call, OP_SUM, &call->arguments[0]);
  uint32_t count = list_count(call->c, &call->arguments[0].list, call->expr->span);
  const Type *type = call->arguments[0].element->type;
  Node mean = {.op = OP_DIVIDE,
               .type = type->whole ? call->c->number : type,
               .space = call->c->nodes.at[sum].space,
               .a = sum,
               .b = count,
               .c = NO_NODE,
               .span = call->expr->span,
               .label = VIEW("mean")};
  return value_scalar(call->c, node_add(call->c, mean));
}

static Value extreme(Call *call, OpKind of_list, OpKind of_two) {
  Checker *c = call->c;
  if (call->count == 1) {
    if (!list_of_numbers(call, 0, false)) return value_nothing(c);
    return value_scalar(c, over_list(call, of_list, &call->arguments[0]));
  }
  Value best = call->arguments[0];
  for (uint32_t i = 1; i < call->count; i++) {
    if (!comparable(c, &best, &call->arguments[i], call->expr, true)) return value_nothing(c);
    if (!type_is_number_like(best.type)) return mismatch(call, 0, type_name(c->number));
    best = value_scalar(c, node_binary(c, of_two, type_joined(c, best.type, call->arguments[i].type), best.node,
                                       call->arguments[i].node, call->expr->span));
  }
  return best;
}

static Value make_min(Call *call) { return extreme(call, OP_SMALLEST, OP_SMALLER); }
static Value make_max(Call *call) { return extreme(call, OP_LARGEST, OP_GREATER); }

static Value make_list_contains(Call *call) {
  Checker *c = call->c;
  if (!argument_is_list(call, 0)) return value_nothing(c);
  Value list = list_from(c, call->env, &call->arguments[0], call->expr->span);
  if (!comparable(c, list.element, &call->arguments[1], call->expr, false)) return value_nothing(c);
  Value wanted = value_scalar(c, node_spread(c, call->arguments[1].node, list.list.space, call->expr->span));
  return value_scalar(
      c, list_some(c, &list.list, node_equal(c, *list.element, wanted, call->expr->span), call->expr->span));
}

/* ---- numbers ---- */

static Value make_abs(Call *call) {
  if (call->arguments[0].kind != VALUE_SCALAR || !is_addable(call->arguments[0].type))
    return mismatch(call, 0, type_name(call->c->number));
  return value_scalar(
      call->c, node_unary(call->c, OP_ABSOLUTE, call->arguments[0].type, call->arguments[0].node, call->expr->span));
}

static Value round_whole(Call *call, NumRounding mode) {
  Checker *c = call->c;
  if (!argument_is(call, 0, c->number)) return value_nothing(c);
  Node node = {.op = OP_ROUND,
               .type = c->whole,
               .space = c->nodes.at[call->arguments[0].node].space,
               .a = call->arguments[0].node,
               .b = NO_NODE,
               .c = NO_NODE,
               .mode = mode,
               .span = call->expr->span};
  node.index = constant_add(c, (Constant){.type = c->number, .number = num_of(1)});
  return value_scalar(c, node_add(c, node));
}

static Value make_floor(Call *call) { return round_whole(call, ROUND_FLOOR); }
static Value make_ceiling(Call *call) { return round_whole(call, ROUND_CEILING); }

/* ---- dates ---- */

/* A date, or the date of a moment. */
static uint32_t date_argument(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_SCALAR && v->type->kind == TYPE_MOMENT)
    return node_unary(call->c, OP_DATE_OF, call->c->date, v->node, call->expr->span);
  return argument_is(call, i, call->c->date) ? v->node : NO_NODE;
}

static Value make_date(Call *call) {
  Checker *c = call->c;
  if (call->count == 1) {
    uint32_t date = date_argument(call, 0);
    return date == NO_NODE ? value_nothing(c) : value_scalar(c, date);
  }
  if (call->count != 3) {
    report_argument_count(c, call->expr, VIEW("1 / 3"));
    return value_nothing(c);
  }
  uint32_t space = call->env->space;
  Node node = {.op = OP_DATE_MAKE, .type = c->date, .space = space, .span = call->expr->span};
  for (uint32_t i = 0; i < 3; i++)
    if (!argument_is(call, i, c->number)) return value_nothing(c);
  node.a = node_spread(c, call->arguments[0].node, space, call->expr->span);
  node.b = node_spread(c, call->arguments[1].node, space, call->expr->span);
  node.c = node_spread(c, call->arguments[2].node, space, call->expr->span);
  return value_scalar(c, node_add(c, node));
}

static Value make_moment(Call *call) {
  if (!argument_is(call, 0, call->c->date)) return value_nothing(call->c);
  return value_scalar(call->c,
                      node_unary(call->c, OP_MOMENT_OF, call->c->moment, call->arguments[0].node, call->expr->span));
}

static uint32_t months_between(Call *call) {
  uint32_t from = date_argument(call, 0), to = date_argument(call, 1);
  if (from == NO_NODE || to == NO_NODE) return NO_NODE;
  return node_binary(call->c, OP_MONTHS_BETWEEN, call->c->whole, from, to, call->expr->span);
}

static Value make_months_between(Call *call) { return value_scalar(call->c, months_between(call)); }

static Value make_years_between(Call *call) {
  Checker *c = call->c;
  uint32_t months = months_between(call);
  if (months == NO_NODE) return value_nothing(c);
  uint32_t twelve = node_number(c, num_of(12), c->number, ROOT_SPACE, call->expr->span);
  Node node = {
      .op = OP_ROUND, .type = c->whole, .b = NO_NODE, .c = NO_NODE, .mode = ROUND_DOWN, .span = call->expr->span};
  node.a = node_binary(c, OP_DIVIDE, c->number, months, twelve, call->expr->span);
  node.space = c->nodes.at[node.a].space;
  node.index = constant_add(c, (Constant){.type = c->number, .number = num_of(1)});
  return value_scalar(c, node_add(c, node));
}

static Value make_days_between(Call *call) {
  uint32_t from = date_argument(call, 0), to = date_argument(call, 1);
  if (from == NO_NODE || to == NO_NODE) return value_nothing(call->c);
  return value_scalar(call->c, node_binary(call->c, OP_SUBTRACT, call->c->whole, to, from, call->expr->span));
}

/* ---- parts and ends of years ---- */

static Value of_date(Call *call, OpKind op, const Type *type) {
  uint32_t date = date_argument(call, 0);
  return date == NO_NODE ? value_nothing(call->c)
                         : value_scalar(call->c, node_unary(call->c, op, type, date, call->expr->span));
}

static Value make_month_first(Call *call) { return of_date(call, OP_MONTH_FIRST, call->c->date); }
static Value make_month_last(Call *call) { return of_date(call, OP_MONTH_LAST, call->c->date); }
static Value make_year_first(Call *call) { return of_date(call, OP_YEAR_FIRST, call->c->date); }
static Value make_year_last(Call *call) { return of_date(call, OP_YEAR_LAST, call->c->date); }
static Value make_day_of_year(Call *call) { return of_date(call, OP_DAY_OF_YEAR, call->c->whole); }
static Value make_day_of_week(Call *call) { return of_date(call, OP_WEEKDAY, call->c->whole); }
static Value make_week_of_year(Call *call) { return of_date(call, OP_WEEK, call->c->whole); }
static Value make_month_of_year(Call *call) { return of_date(call, OP_MONTH, call->c->whole); }

static Value make_months_duration(Call *call) {
  uint32_t from = date_argument(call, 0), to = date_argument(call, 1);
  if (from == NO_NODE || to == NO_NODE) return value_nothing(call->c);
  return value_scalar(call->c, node_binary(call->c, OP_MONTHS_BETWEEN, call->c->months, from, to, call->expr->span));
}

static bool is_within_year(Num low, Num high) {
  return num_compare(low, num_of(1)) >= 0 && num_compare(high, num_of(12)) <= 0;
}

/* A month that is 1 to 12 for sure: a number of the text, or a field that is declared so. */
static bool is_month(const Checker *c, uint32_t node) {
  const Node *n = &c->nodes.at[node];
  while (n->op == OP_ASSUME || n->op == OP_SPREAD || n->op == OP_REPEAT || n->op == OP_PICKED) {
    const Constant *assumed = n->op == OP_ASSUME ? node_as_constant(c, n->b) : NULL;
    if (n->op == OP_ASSUME && (!assumed || !is_within_year(assumed->number, assumed->number))) return false;
    n = &c->nodes.at[n->a];
  }
  if (n->op == OP_CONSTANT) {
    const Constant *constant = &c->constants.at[n->index];
    return num_is_whole(constant->number) && is_within_year(constant->number, constant->number);
  }
  if (n->op != OP_INPUT || !n->type->whole) return false;
  if (c->in_bodies) return true; /* an argument: each call says which */
  const Range *bounds = &c->inputs.at[n->index].bounds;
  return bounds->has_low && bounds->has_high && is_within_year(bounds->low, bounds->high);
}

/* The year of accounts laid over the calendar's: how many months later it begins, and the date as many months earlier,
 * which lies in the calendar's year of the same number. */
typedef struct FiscalYear {
  uint32_t later, date;
} FiscalYear;

static bool fiscal_year(Call *call, FiscalYear *out) {
  Checker *c = call->c;
  Span span = call->expr->span;
  uint32_t date = date_argument(call, 0), one = node_number(c, num_of(1), c->whole, ROOT_SPACE, span);
  if (date == NO_NODE) return false;
  const Value *first = &call->arguments[1];
  if (first->kind != VALUE_SCALAR || first->type->kind != TYPE_NUMBER || !is_month(c, first->node)) {
    diag_add(c->diags, MSG_E0525, call->expr->items.at[1]->span, DIAG_END);
    return false;
  }
  out->later = node_binary(c, OP_SUBTRACT, c->months, first->node, one, span);
  uint32_t back = node_unary(c, OP_NEGATE, c->months, out->later, span);
  out->date = node_binary(c, OP_ADD_MONTHS, c->date, date, back, span);
  return true;
}

static Value make_fiscal_year(Call *call) {
  FiscalYear year;
  if (!fiscal_year(call, &year)) return value_nothing(call->c);
  return value_scalar(call->c, node_unary(call->c, OP_YEAR, call->c->whole, year.date, call->expr->span));
}

/* 31 December some months later is the last day of its month, because a step of months is cut to it. */
static Value end_of_fiscal_year(Call *call, OpKind end) {
  Checker *c = call->c;
  FiscalYear year;
  if (!fiscal_year(call, &year)) return value_nothing(c);
  uint32_t date = node_unary(c, end, c->date, year.date, call->expr->span);
  return value_scalar(c, node_binary(c, OP_ADD_MONTHS, c->date, date, year.later, call->expr->span));
}

static Value make_fiscal_year_start(Call *call) { return end_of_fiscal_year(call, OP_YEAR_FIRST); }
static Value make_fiscal_year_end(Call *call) { return end_of_fiscal_year(call, OP_YEAR_LAST); }

/* ---- d in last(3 years, before: e) ---- */

static bool is_period(const Value *v) {
  return v->kind == VALUE_SCALAR && (v->type->kind == TYPE_MONTHS || v->type->kind == TYPE_DURATION);
}

/* Behind the day that lies the period before e, up to e itself: of 3 years before 1 July the first day is 2 July. */
static Value make_last(Call *call) {
  Checker *c = call->c;
  Span span = call->expr->span;
  Value *period = &call->arguments[0], *end = &call->arguments[1];
  bool date = end->kind == VALUE_SCALAR && end->type->kind == TYPE_DATE;
  bool moment = end->kind == VALUE_SCALAR && end->type->kind == TYPE_MOMENT;
  if (!is_period(period)) return mismatch(call, 0, view_join(c->arena, c->months->name, VIEW(" / duration")));
  if (!date && !moment) return mismatch(call, 1, type_name(c->date));
  bool months = period->type->kind == TYPE_MONTHS;
  OpKind op = months ? (date ? OP_ADD_MONTHS : OP_ADD_MONTHS_MOMENT) : date ? OP_ADD_SECONDS : OP_ADD;
  uint32_t back = node_unary(c, OP_NEGATE, period->type, period->node, span);
  Value low = value_scalar(c, node_binary(c, op, end->type, end->node, back, span));
  Type *type = arena_new_of(c->arena, Type);
  *type = (Type){.kind = TYPE_RANGE, .element = end->type, .name = VIEW("range")};
  Value range = {.kind = VALUE_RANGE, .type = type, .node = NO_NODE, .low_open = true};
  range.low = arena_copy(c->arena, &low, sizeof low);
  range.high = arena_copy(c->arena, end, sizeof *end);
  return range;
}

/* ---- texts ---- */

static Value of_text(Call *call, OpKind op, const Type *type) {
  if (!argument_is(call, 0, call->c->text)) return value_nothing(call->c);
  return value_scalar(call->c, node_unary(call->c, op, type, call->arguments[0].node, call->expr->span));
}

static Value of_texts(Call *call, OpKind op) {
  if (!argument_is(call, 0, call->c->text) || !argument_is(call, 1, call->c->text)) return value_nothing(call->c);
  return value_scalar(call->c, node_binary(call->c, op, call->c->yes_no, call->arguments[0].node,
                                           call->arguments[1].node, call->expr->span));
}

static Value make_length(Call *call) { return of_text(call, OP_LENGTH, call->c->whole); }
static Value make_upper(Call *call) { return of_text(call, OP_UPPER, call->c->text); }
static Value make_lower(Call *call) { return of_text(call, OP_LOWER, call->c->text); }
static Value make_contains(Call *call) { return of_texts(call, OP_CONTAINS); }
static Value make_starts_with(Call *call) { return of_texts(call, OP_STARTS_WITH); }
static Value make_ends_with(Call *call) { return of_texts(call, OP_ENDS_WITH); }

static Value make_string(Call *call) {
  const Value *v = &call->arguments[0];
  if (v->kind != VALUE_SCALAR) return mismatch(call, 0, type_name(call->c->text));
  if (v->type->kind == TYPE_TEXT) return *v;
  return value_scalar(call->c, node_unary(call->c, OP_TEXT_OF, call->c->text, v->node, call->expr->span));
}

/* ---- the table ---- */

typedef struct Function {
  const char *names[LANGUAGE_COUNT];
  uint32_t fewest, most;
  Value (*make)(Call *);
} Function;

static const Function functions[] = {
#define FUNCTION(en, nb, fewest, most, make) {{en, nb}, fewest, most, make},
#include "check/functions.def"
#undef FUNCTION
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

/* The arguments that may be called by a name, so that the text can be read aloud. */
static const struct {
  Value (*make)(Call *);
  uint32_t argument;
  const char *names[LANGUAGE_COUNT];
} named_arguments[] = {{make_fiscal_year, 1, {"first month", "første måned"}},
                       {make_fiscal_year_start, 1, {"first month", "første måned"}},
                       {make_fiscal_year_end, 1, {"first month", "første måned"}},
                       {make_last, 1, {"before", "før"}}};

static bool is_argument_name(const Checker *c, const Function *function, uint32_t argument, View name) {
  for (size_t i = 0; i < sizeof named_arguments / sizeof *named_arguments; i++)
    if (named_arguments[i].make == function->make && named_arguments[i].argument == argument &&
        view_is(name, named_arguments[i].names[c->vocabulary->language]))
      return true;
  return false;
}

static const Function *function_find(const Checker *c, View name) {
  for (uint32_t i = 0; i < FUNCTION_COUNT; i++)
    if (view_is(name, functions[i].names[c->vocabulary->language])) return &functions[i];
  return NULL;
}

static void report_unknown_function(Checker *c, const Expr *expr) {
  View best = {0};
  unsigned distance = 4;
  for (uint32_t i = 0; i < FUNCTION_COUNT; i++) {
    View name = view_of(functions[i].names[c->vocabulary->language]);
    unsigned d = name_distance(c, expr->text, name, distance);
    if (d < distance) distance = d, best = name;
  }
  if (best.length)
    diag_add(c->diags, MSG_E0323, expr->text_span, expr->text, best, DIAG_END);
  else
    diag_add(c->diags, MSG_E0306, expr->text_span, expr->text, DIAG_END);
}

Value elaborate_call(Checker *c, const Env *env, const Expr *expr) {
  Symbol *own = symbol_find(c, expr->text);
  if (own && own->kind == SYMBOL_FUNCTION) return elaborate_function(c, env, own, expr);
  if (own && own->kind == SYMBOL_TABLE) return elaborate_lookup(c, env, own, expr);
  if (is_fulfils(c, expr)) return elaborate_fulfils(c, env, expr);
  const Function *function = function_find(c, expr->text);
  if (!function) {
    report_unknown_function(c, expr);
    return value_nothing(c);
  }
  if (expr->items.count < function->fewest || expr->items.count > function->most) {
    View wanted = view_format(c->arena, "%u", function->fewest);
    if (function->most > function->fewest) wanted = view_format(c->arena, "%u–%u", function->fewest, function->most);
    report_argument_count(c, expr, wanted);
    return value_nothing(c);
  }
  Call *call = arena_new_of(c->arena, Call);
  *call = (Call){.c = c, .env = env, .expr = expr, .count = expr->items.count};
  call->arguments = arena_array(c->arena, Value, call->count);
  Env inner = *env;
  inner.expected = NULL;
  bool sound = true;
  for (uint32_t i = 0; i < expr->items.count; i++) {
    View named = i < expr->names.count ? expr->names.at[i].text : (View){0};
    if (named.length && !is_argument_name(c, function, i, named)) {
      diag_add(c->diags, MSG_E0432, expr->names.at[i].span, DIAG_END);
      sound = false;
    }
    call->arguments[i] = elaborate(c, &inner, expr->items.at[i]);
    if (is_nothing(&call->arguments[i]))
      sound = false;
    else if (call->arguments[i].kind == VALUE_SCALAR)
      inner.expected = call->arguments[i].type;
    else if (call->arguments[i].kind == VALUE_LIST)
      inner.expected = call->arguments[i].element->type;
  }
  return sound ? function->make(call) : value_nothing(c);
}
