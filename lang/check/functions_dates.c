/* Built-in functions on dates: whole years between two, the ends of months and years, fiscal years, the last so many years. */
#include "check/call.h"

/* ---- from date to date ---- */

static uint32_t months_between(Call *call) {
  uint32_t from = call_date(call, 0), to = call_date(call, 1);
  if (from == NO_NODE || to == NO_NODE) return NO_NODE;
  return node_binary(call->c, OP_MONTHS_BETWEEN, call->c->whole, from, to, call_span(call));
}

Value make_months_between(Call *call) { return value_scalar(call->c, months_between(call)); }

Value make_years_between(Call *call) {
  Checker *c = call->c;
  uint32_t months = months_between(call);
  if (months == NO_NODE) return value_nothing(c);
  uint32_t twelve = node_number(c, num_of(12), c->number, ROOT_SPACE, call_span(call));
  Node node = {.op = OP_ROUND, .type = c->whole, .b = NO_NODE, .c = NO_NODE, .mode = ROUND_DOWN, .span = call_span(call)};
  node.a = node_binary(c, OP_DIVIDE, c->number, months, twelve, call_span(call));
  node.space = c->nodes.at[node.a].space;
  node.index = constant_add(c, (Constant){.type = c->number, .number = num_of(1)});
  return value_scalar(c, node_add(c, node));
}

Value make_days_between(Call *call) {
  uint32_t from = call_date(call, 0), to = call_date(call, 1);
  if (from == NO_NODE || to == NO_NODE) return value_nothing(call->c);
  return value_scalar(call->c, node_binary(call->c, OP_SUBTRACT, call->c->whole, to, from, call_span(call)));
}

/* ---- parts and ends of years ---- */

static Value of_date(Call *call, OpKind op, const Type *type) {
  uint32_t date = call_date(call, 0);
  return date == NO_NODE ? value_nothing(call->c)
                         : value_scalar(call->c, node_unary(call->c, op, type, date, call_span(call)));
}

Value make_month_first(Call *call) { return of_date(call, OP_MONTH_FIRST, call->c->date); }
Value make_month_last(Call *call) { return of_date(call, OP_MONTH_LAST, call->c->date); }
Value make_year_first(Call *call) { return of_date(call, OP_YEAR_FIRST, call->c->date); }
Value make_year_last(Call *call) { return of_date(call, OP_YEAR_LAST, call->c->date); }
Value make_day_of_year(Call *call) { return of_date(call, OP_DAY_OF_YEAR, call->c->whole); }
Value make_day_of_week(Call *call) { return of_date(call, OP_WEEKDAY, call->c->whole); }
Value make_week_of_year(Call *call) { return of_date(call, OP_WEEK, call->c->whole); }
Value make_month_of_year(Call *call) { return of_date(call, OP_MONTH, call->c->whole); }

Value make_months_duration(Call *call) {
  uint32_t from = call_date(call, 0), to = call_date(call, 1);
  if (from == NO_NODE || to == NO_NODE) return value_nothing(call->c);
  return value_scalar(call->c, node_binary(call->c, OP_MONTHS_BETWEEN, call->c->months, from, to, call_span(call)));
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
  Span span = call_span(call);
  uint32_t date = call_date(call, 0), one = node_number(c, num_of(1), c->whole, ROOT_SPACE, span);
  if (date == NO_NODE) return false;
  const Value *first = &call->arguments[1];
  if (first->kind != VALUE_SCALAR || first->type->kind != TYPE_NUMBER || !is_month(c, first->node)) {
    diag_add(c->diags, MSG_E0525, call->given[1]->span, DIAG_END);
    return false;
  }
  out->later = node_binary(c, OP_SUBTRACT, c->months, first->node, one, span);
  uint32_t back = node_unary(c, OP_NEGATE, c->months, out->later, span);
  out->date = node_binary(c, OP_ADD_MONTHS, c->date, date, back, span);
  return true;
}

Value make_fiscal_year(Call *call) {
  FiscalYear year;
  if (!fiscal_year(call, &year)) return value_nothing(call->c);
  return value_scalar(call->c, node_unary(call->c, OP_YEAR, call->c->whole, year.date, call_span(call)));
}

/* 31 December some months later is the last day of its month, because a step of months is cut to it. */
static Value end_of_fiscal_year(Call *call, OpKind end) {
  Checker *c = call->c;
  FiscalYear year;
  if (!fiscal_year(call, &year)) return value_nothing(c);
  uint32_t date = node_unary(c, end, c->date, year.date, call_span(call));
  return value_scalar(c, node_binary(c, OP_ADD_MONTHS, c->date, date, year.later, call_span(call)));
}

Value make_fiscal_year_start(Call *call) { return end_of_fiscal_year(call, OP_YEAR_FIRST); }
Value make_fiscal_year_end(Call *call) { return end_of_fiscal_year(call, OP_YEAR_LAST); }

/* ---- d in last(3 years, before: e) ---- */

static bool is_period(const Value *v) {
  return v->kind == VALUE_SCALAR && (v->type->kind == TYPE_MONTHS || v->type->kind == TYPE_DURATION);
}

/* Behind the day that lies the period before e, up to e itself: of 3 years before 1 July the first day is 2 July. */
Value make_last_period(Call *call) {
  Checker *c = call->c;
  Span span = call_span(call);
  Value *period = &call->arguments[0], *end = &call->arguments[1];
  bool date = end->kind == VALUE_SCALAR && end->type->kind == TYPE_DATE;
  bool moment = end->kind == VALUE_SCALAR && end->type->kind == TYPE_MOMENT;
  if (!is_period(period)) return call_mismatch(call, 0, view_join(c->arena, c->months->name, VIEW(" / duration")));
  if (!date && !moment) return call_mismatch(call, 1, type_name(c->date));
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
