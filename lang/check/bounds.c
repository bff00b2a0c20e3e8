#include "check/bounds.h"

#include "base/calendar.h"
#include "check/facts.h"

typedef struct Maker {
  Arena *arena;
  const Program *program;
  Bound *bounds; /* of the nodes so far */
  Facts *facts;
  const Bound **tables; /* [table][column], made when first needed */
} Maker;

/* ---- sets of values ---- */

static uint64_t all_codes(const Type *type) {
  uint32_t count = type->kind == TYPE_ENUM ? type->values->count : ENUM_MASK_VALUES;
  return count >= ENUM_MASK_VALUES ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

/* Anything of this type; there is a value. */
static Bound bound_any(const Type *type) {
  bool bits = type->kind == TYPE_YES_NO;
  return (Bound){.mask = all_codes(type), .may_yes = bits, .may_no = bits, .may_know = true, .places = PLACES_MANY};
}

static Bound bound_nothing(const Type *type) {
  (void)type;
  return (Bound){.may_know = false};
}

static Bound bound_of_range(Range range, uint16_t places) {
  Bound b = {.range = range, .mask = ~UINT64_C(0), .may_know = true, .places = places};
  b.may_fail = range.may_fail;
  b.range.may_fail = false;
  return b;
}

static Bound bound_of_bits(bool may_yes, bool may_no) {
  return (Bound){.mask = ~UINT64_C(0), .may_yes = may_yes, .may_no = may_no, .may_know = may_yes || may_no};
}

static Bound bound_union(Bound a, Bound b) {
  Bound out = a.may_know ? a : b;
  if (a.may_know && b.may_know) {
    out.range = range_hull(a.range, b.range);
    out.range.may_fail = false;
    out.mask = a.mask | b.mask;
    out.may_yes = a.may_yes || b.may_yes;
    out.may_no = a.may_no || b.may_no;
    out.places = a.places > b.places ? a.places : b.places;
  }
  out.may_miss = a.may_miss || b.may_miss;
  out.may_fail = a.may_fail || b.may_fail;
  return out;
}

/* ---- decimal places ---- */

static uint16_t places_sum(unsigned a, unsigned b) {
  if (a == PLACES_ENDLESS || b == PLACES_ENDLESS) return PLACES_ENDLESS;
  return (uint16_t)(a + b > PLACES_COUNTED ? PLACES_MANY : a + b);
}

static uint16_t places_most(unsigned a, unsigned b) { return (uint16_t)(a > b ? a : b); }

/* A fraction ends where its denominator has no primes but 2 and 5. */
static uint16_t places_of(Arena *arena, Num number) {
  Num power = num_of(1), ten = num_of(10);
  if (!num_fits(number)) return PLACES_ENDLESS;
  for (uint16_t places = 0; places <= PLACES_COUNTED; places++) {
    if (num_is_whole(num_mul(arena, number, power))) return places;
    power = num_mul(arena, power, ten);
  }
  return PLACES_ENDLESS;
}

/* ---- constants, inputs, tables ---- */

static Bound of_constant(const Maker *m, const Constant *constant) {
  if (constant->missing) {
    Bound b = bound_nothing(constant->type);
    b.may_miss = true;
    return b;
  }
  Bound b = bound_any(constant->type);
  if (constant->type->kind == TYPE_YES_NO) b = bound_of_bits(constant->yes, !constant->yes);
  if (constant->type->kind == TYPE_ENUM && constant->type->values->count <= ENUM_MASK_VALUES)
    b.mask = UINT64_C(1) << constant->code;
  if (!type_is_number_like(constant->type)) return b;
  return bound_of_range(range_point(constant->number), places_of(m->arena, constant->number));
}

static uint16_t places_of_type(const Type *type) {
  enum { SMALLEST_UNIT = 2 };
  if (type->kind == TYPE_MONEY) return SMALLEST_UNIT;
  return type->kind == TYPE_NUMBER && !type->whole ? PLACES_MANY : 0;
}

static Range calendar(void) { return range_between(num_of(DATE_MIN), num_of(DATE_MAX)); }

static Bound of_input(const Input *input) {
  Bound b = bound_any(input->type);
  b.may_miss = true;
  if (!type_is_number_like(input->type)) return b;
  b.range = input->bounds;
  b.range.may_fail = false;
  if (input->type->kind == TYPE_DATE && !b.range.has_low) b.range.has_low = true, b.range.low = num_of(DATE_MIN);
  if (input->type->kind == TYPE_DATE && !b.range.has_high) b.range.has_high = true, b.range.high = num_of(DATE_MAX);
  b.places = places_of_type(input->type);
  if (input->has_step) b.places = PLACES_MANY;
  return b;
}

static Bound of_column(const Maker *m, const Table *table, uint32_t column) {
  Bound b = bound_nothing(table->column_types[column]);
  for (uint32_t row = 0; row < table->row_count; row++)
    b = bound_union(b, of_constant(m, &table->cells[(size_t)row * table->column_count + column]));
  return b;
}

/* Every column once, however many lists go over the table. */
static Bound of_table(Maker *m, const Node *n) {
  uint32_t index = m->program->spaces[n->space].index;
  const Table *table = &m->program->tables[index];
  if (!m->tables[index]) {
    Bound *columns = arena_array(m->arena, Bound, table->column_count);
    for (uint32_t i = 0; i < table->column_count; i++) columns[i] = of_column(m, table, i);
    m->tables[index] = columns;
  }
  return m->tables[index][n->index];
}

/* ---- operands ---- */

static const Bound *operand(const Maker *m, uint32_t node) { return &m->bounds[node]; }

static Bound with_flags(Bound b, const Bound *x, const Bound *y) {
  b.may_miss |= x->may_miss || (y && y->may_miss);
  b.may_fail |= x->may_fail || (y && y->may_fail);
  if (!x->may_know || (y && !y->may_know)) b.may_know = b.may_yes = b.may_no = false;
  return b;
}

/* ---- logic ---- */

/* As many parts of a chain of conditions are held against each other; more would make the pass quadratic. */
enum { CHAIN_PARTS = 64 };

static bool contradicts(Maker *m, uint32_t node, bool truth) {
  facts_begin(m->facts);
  facts_add(m->facts, node, truth, CHAIN_PARTS);
  return m->facts->impossible;
}

/* The node's own bound is written before its parts are held against each other, who may ask for it. */
static Bound of_junction(Maker *m, uint32_t id, const Node *n, bool conjunction) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  bool yes = conjunction ? a->may_yes && b->may_yes : a->may_yes || b->may_yes;
  bool no = conjunction ? a->may_no || b->may_no : a->may_no && b->may_no;
  Bound out = bound_of_bits(yes, no);
  out.may_miss = a->may_miss || b->may_miss;
  out.may_fail = a->may_fail || b->may_fail;
  m->bounds[id] = out;
  if (conjunction && yes && contradicts(m, id, true)) out.may_yes = false;
  if (!conjunction && no && contradicts(m, id, false)) out.may_no = false;
  return out;
}

static Bound of_same(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  bool yes = (a->may_yes && b->may_yes) || (a->may_no && b->may_no);
  bool no = n->a != n->b && ((a->may_yes && b->may_no) || (a->may_no && b->may_yes));
  return with_flags(bound_of_bits(yes, no), a, b);
}

static Bound of_at_least(Maker *m, uint32_t id, const Node *n) {
  uint32_t able = 0, unable = 0;
  Bound out = bound_of_bits(true, true);
  for (uint32_t i = 0; i < n->count; i++) {
    const Bound *b = operand(m, m->program->arguments[n->first + i]);
    able += b->may_yes;
    unable += b->may_no;
    out.may_miss |= b->may_miss;
    out.may_fail |= b->may_fail;
  }
  out.may_yes = able >= n->index;
  out.may_no = unable > n->count - n->index;
  m->bounds[id] = out;
  if (out.may_yes && n->index == n->count && contradicts(m, id, true)) out.may_yes = false;
  if (out.may_no && n->index == 1 && contradicts(m, id, false)) out.may_no = false;
  return out;
}

static Bound of_known(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  Bound out = bound_of_bits(a->may_know, a->may_miss);
  out.may_fail = a->may_fail;
  return out;
}

/* ---- comparisons ---- */

static Bound of_truth(Truth truth, bool same_operands, bool reflexive) {
  if (same_operands) truth = reflexive ? TRUTH_YES : TRUTH_NO;
  return bound_of_bits(truth != TRUTH_NO, truth != TRUTH_YES);
}

/* A whole number is never 2.5. */
static bool is_between_whole(const Bound *whole, const Bound *point) {
  return whole->places == 0 && range_is_point(&point->range) && !num_is_whole(point->range.low);
}

static Bound of_comparison(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  bool same = n->a == n->b;
  Bound out = bound_of_bits(true, true);
  if (n->op == OP_LESS) out = of_truth(range_less(&a->range, &b->range), same, false);
  if (n->op == OP_LESS_EQUAL) out = of_truth(range_less_equal(&a->range, &b->range), same, true);
  if (n->op == OP_EQUAL) {
    Truth truth = range_equal(&a->range, &b->range);
    bool number = m->program->nodes[n->a].type->kind == TYPE_NUMBER;
    if (number && (is_between_whole(a, b) || is_between_whole(b, a))) truth = TRUTH_NO;
    out = of_truth(truth, same, true);
  }
  return with_flags(out, a, b);
}

static uint32_t lowest(uint64_t mask) { return (uint32_t)__builtin_ctzll(mask); }
static uint32_t highest(uint64_t mask) { return 63 - (uint32_t)__builtin_clzll(mask); }

static Truth compare_masks(OpKind op, uint64_t a, uint64_t b) {
  switch ((int)op) {
  case OP_EQUAL_CODE:
    if (!(a & b)) return TRUTH_NO;
    return a == b && !(a & (a - 1)) ? TRUTH_YES : TRUTH_UNKNOWN;
  case OP_LESS_CODE:
    if (highest(a) < lowest(b)) return TRUTH_YES;
    return lowest(a) >= highest(b) ? TRUTH_NO : TRUTH_UNKNOWN;
  case OP_LESS_EQUAL_CODE:
    if (highest(a) <= lowest(b)) return TRUTH_YES;
    return lowest(a) > highest(b) ? TRUTH_NO : TRUTH_UNKNOWN;
  default: return TRUTH_UNKNOWN;
  }
}

static Bound of_codes(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  bool masks = m->program->nodes[n->a].type->values->count <= ENUM_MASK_VALUES;
  Truth truth = TRUTH_UNKNOWN;
  if (masks && a->may_know && b->may_know && a->mask && b->mask) truth = compare_masks(n->op, a->mask, b->mask);
  return with_flags(of_truth(truth, n->a == n->b, n->op != OP_LESS_CODE), a, b);
}

static Bound of_in_mask(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  bool masks = m->program->nodes[n->a].type->values->count <= ENUM_MASK_VALUES;
  return with_flags(bound_of_bits(!masks || (a->mask & n->mask), !masks || (a->mask & ~n->mask)), a, NULL);
}

static Bound of_texts(const Maker *m, const Node *n) {
  bool same = n->a == n->b;
  bool less = n->op == OP_LESS_TEXT;
  return with_flags(bound_of_bits(!same || !less, !same || less), operand(m, n->a), operand(m, n->b));
}

/* ---- arithmetic ---- */

/* A divisor of zero is an error and gives no value: next to it any value can come out. */
static Range quotient(Arena *arena, Range a, Range b) {
  bool fails = !range_is_positive(&b) && !range_is_negative(&b);
  if (b.has_low && num_sign(b.low) == 0) b.low_open = true;
  if (b.has_high && num_sign(b.high) == 0) b.high_open = true;
  Range out = range_divide(arena, a, b);
  out.may_fail |= fails;
  return out;
}

static uint16_t places_of_quotient(const Maker *m, const Bound *a, const Bound *b) {
  if (!b->may_know || !range_is_point(&b->range) || num_sign(b->range.low) == 0) return PLACES_ENDLESS;
  return places_sum(a->places, places_of(m->arena, num_div(m->arena, num_of(1), b->range.low)));
}

/* Days and seconds counted on stay within the calendar, or are an error. */
static Range within_calendar(const Type *type, Range r) {
  if (type->kind != TYPE_DATE) return r;
  r.may_fail = true;
  if (!r.has_low || num_compare(r.low, num_of(DATE_MIN)) < 0)
    r.has_low = true, r.low = num_of(DATE_MIN), r.low_open = false;
  if (!r.has_high || num_compare(r.high, num_of(DATE_MAX)) > 0)
    r.has_high = true, r.high = num_of(DATE_MAX), r.high_open = false;
  return r;
}

static Range range_of_two(const Maker *m, OpKind op, Range a, Range b) {
  switch ((int)op) {
  case OP_ADD: return range_add(m->arena, a, b);
  case OP_SUBTRACT: return range_subtract(m->arena, a, b);
  case OP_MULTIPLY: return range_multiply(m->arena, a, b);
  case OP_DIVIDE: return quotient(m->arena, a, b);
  case OP_SMALLER: return range_smaller(m->arena, a, b);
  case OP_GREATER: return range_greater(m->arena, a, b);
  default: return range_failing();
  }
}

static Bound of_arithmetic(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  uint16_t places = places_most(a->places, b->places);
  if (n->op == OP_MULTIPLY) places = places_sum(a->places, b->places);
  if (n->op == OP_DIVIDE) places = places_of_quotient(m, a, b);
  bool counts_on = n->op == OP_ADD || n->op == OP_SUBTRACT;
  Range range = range_of_two(m, n->op, a->range, b->range);
  if (counts_on) range = within_calendar(n->type, range);
  if (counts_on && n->type->kind == TYPE_MOMENT) range.may_fail = true;
  return with_flags(bound_of_range(range, places), a, b);
}

/* A power is bounded where the exponent is known and the base is not negative. */
static Bound of_power(const Maker *m, const Node *n) {
  enum { MOST = 16 };
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  int64_t times;
  bool ends = b->range.has_low && num_sign(b->range.low) >= 0 && a->places != PLACES_ENDLESS;
  Bound out = bound_of_range(range_failing(), ends ? PLACES_MANY : PLACES_ENDLESS);
  if (range_is_point(&b->range) && num_to_int(b->range.low, &times) && times >= 0 && times <= MOST) {
    Range power = range_point(num_of(1));
    for (int64_t i = 0; i < times; i++) power = range_multiply(m->arena, power, a->range);
    power.may_fail = true;
    out = bound_of_range(power, 0);
    for (int64_t i = 0; i < times; i++) out.places = places_sum(out.places, a->places);
  }
  return with_flags(out, a, b);
}

static Bound of_one_number(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  if (n->op == OP_ROUND) {
    Num step = m->program->constants[n->index].number;
    return with_flags(bound_of_range(range_round(m->arena, a->range, n->mode, step), places_of(m->arena, step)), a,
                      NULL);
  }
  Range range = n->op == OP_NEGATE ? range_negate(m->arena, a->range) : range_absolute(m->arena, a->range);
  return with_flags(bound_of_range(range, a->places), a, NULL);
}

/* ---- choices ---- */

static Bound of_if(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  Bound yes = *operand(m, n->b), no = *operand(m, n->c);
  Bound out = a->may_yes == a->may_no ? bound_union(yes, no) : a->may_yes ? yes : no;
  out.may_miss |= a->may_miss;
  out.may_fail |= a->may_fail;
  return out;
}

static Bound of_assumed(const Maker *m, const Node *n) {
  Bound a = *operand(m, n->a);
  const Bound *b = operand(m, n->b);
  bool missing = a.may_miss;
  a.may_miss = false;
  return missing ? bound_union(a, *b) : a;
}

/* Every period counts, since any date does. Where there is no value it is an error, of a ladder a no. */
static Bound of_dated(const Maker *m, const Node *n) {
  const Bound *date = operand(m, n->a);
  bool ladder = n->label.length == 0 && n->type->kind == TYPE_YES_NO;
  Bound out = ladder ? bound_of_bits(false, true) : bound_nothing(n->type);
  for (uint32_t i = 0; i < n->count; i++) {
    uint32_t value = m->program->arguments[n->first + i];
    if (value != NO_NODE) out = bound_union(out, *operand(m, value));
  }
  out.may_fail |= !ladder || date->may_fail;
  out.may_miss |= date->may_miss;
  return n->b == NO_NODE ? out : with_flags(out, operand(m, n->b), NULL);
}

/* One of the arguments, by the code. What is an error may stand for any code. */
static Bound of_code(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  bool masks = m->program->nodes[n->a].type->values->count <= ENUM_MASK_VALUES && a->may_know && !a->may_fail;
  Bound out = bound_nothing(n->type);
  for (uint32_t code = 0; code < n->count; code++)
    if (!masks || (a->mask >> code & 1)) out = bound_union(out, *operand(m, m->program->arguments[n->first + code]));
  out.may_miss |= a->may_miss;
  out.may_fail |= a->may_fail;
  return out;
}

/* ---- lists ---- */

static Bound of_items(const Maker *m, const Node *n) {
  Bound out = bound_nothing(n->type);
  for (uint32_t i = 0; i < n->count; i++) out = bound_union(out, *operand(m, m->program->arguments[n->first + i]));
  return out;
}

/* How many items the text itself gives for each row of the parent; false where the data say. */
static bool items_of_text(const Program *program, uint32_t space, int64_t *count) {
  const Space *s = &program->spaces[space];
  if (s->kind == SPACE_LITERAL) *count = s->index;
  if (s->kind == SPACE_TABLE) *count = program->tables[s->index].row_count;
  return s->kind == SPACE_LITERAL || s->kind == SPACE_TABLE;
}

static Range range_of_count(const Maker *m, const Node *n) {
  int64_t most;
  const Bound *member = n->a == NO_NODE ? NULL : operand(m, n->a);
  if (member && !member->may_yes) return range_point(num_of(0));
  if (!items_of_text(m->program, n->index, &most)) return range_from(num_of(0));
  bool all = !member || (!member->may_no && !member->may_miss && !member->may_fail);
  return range_between(num_of(all ? most : 0), num_of(most));
}

static Bound with_list_flags(const Maker *m, const Node *n, Bound b) {
  const Bound *member = n->a == NO_NODE ? NULL : operand(m, n->a);
  const Bound *complete = n->b == NO_NODE ? NULL : operand(m, n->b);
  if (member) b.may_miss |= member->may_miss, b.may_fail |= member->may_fail;
  if (complete) b.may_miss |= complete->may_miss || complete->may_no, b.may_fail |= complete->may_fail;
  return b;
}

static Bound of_count(const Maker *m, const Node *n) {
  return with_list_flags(m, n, bound_of_range(range_of_count(m, n), 0));
}

/* As many times the item's range as there may be items; any number of them where the data say. */
static Bound of_sum(const Maker *m, const Node *n) {
  const Bound *c = operand(m, n->c);
  Range count = range_of_count(m, n), zero = range_point(num_of(0)), item = c->may_know ? c->range : zero;
  Range sum = range_multiply(m->arena, item, count);
  Bound out = bound_of_range(c->may_know ? sum : zero, c->may_know ? c->places : 0);
  if (n->a != NO_NODE && !operand(m, n->a)->may_yes) out = bound_of_range(zero, 0);
  out.may_miss |= c->may_miss;
  out.may_fail |= c->may_fail;
  return with_list_flags(m, n, out);
}

static Bound of_extreme(const Maker *m, const Node *n) {
  Bound out = *operand(m, n->c);
  Range count = range_of_count(m, n);
  if (!range_is_positive(&count)) out.may_fail = true;
  return with_list_flags(m, n, out);
}

static Bound of_pick(const Maker *m, const Node *n) {
  Bound out = with_list_flags(m, n, bound_any(n->type));
  out.may_fail = true;
  return out;
}

static Bound of_picked(const Maker *m, const Node *n) {
  const Bound *pick = operand(m, n->b);
  Bound out = *operand(m, n->a);
  out.may_miss |= pick->may_miss;
  out.may_fail = true;
  return out;
}

/* ---- dates ---- */

/* An end as a whole number, outwards. */
static bool whole_end(Arena *arena, const Range *r, bool high, int64_t *out) {
  if (high ? !r->has_high : !r->has_low) return false;
  return num_to_int(num_round(arena, high ? r->high : r->low, high ? ROUND_CEILING : ROUND_FLOOR, num_of(1)), out);
}

enum { DAY_SECONDS = 86400, FAR = 1 << 30 };

/* From one count to another by `map`, which never turns two round, with so much slack. */
static Range mapped(Arena *arena, const Range *r, int64_t (*map)(int64_t), int64_t slack) {
  int64_t end;
  Range out = range_all();
  if (whole_end(arena, r, false, &end) && end > -INT64_C(1) * FAR * DAY_SECONDS)
    out.has_low = true, out.low = num_of(map(end) - slack);
  if (whole_end(arena, r, true, &end) && end < INT64_C(1) * FAR * DAY_SECONDS)
    out.has_high = true, out.high = num_of(map(end) + slack);
  return out;
}

static int64_t days_of_seconds(int64_t seconds) {
  return seconds >= 0 ? seconds / DAY_SECONDS : -((DAY_SECONDS - 1 - seconds) / DAY_SECONDS);
}
static int64_t seconds_of_days(int64_t days) {
  int64_t within = days < DATE_MIN ? DATE_MIN : days > DATE_MAX ? DATE_MAX : days;
  return within * DAY_SECONDS;
}
static int64_t year_of_days(int64_t days) {
  return civil_of_date(days < DATE_MIN ? DATE_MIN : days > DATE_MAX ? DATE_MAX : days).year;
}

/* Zones are ahead of or behind the sun by a day and a bit at most. */
static Bound of_conversion(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  Range out = n->op == OP_DATE_OF ? within_calendar(n->type, mapped(m->arena, &a->range, days_of_seconds, 2))
                                  : mapped(m->arena, &a->range, seconds_of_days, 2 * DAY_SECONDS);
  out.may_fail = false;
  return with_flags(bound_of_range(out, 0), a, NULL);
}

static int64_t most_of_part(OpKind op) {
  switch ((int)op) {
  case OP_MONTH: return 12;
  case OP_DAY: return 31;
  case OP_DAY_OF_YEAR: return 366;
  case OP_WEEK: return 53;
  default: return 7;
  }
}

static Bound of_part(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  Range out = range_between(num_of(1), num_of(most_of_part(n->op)));
  if (n->op == OP_YEAR) {
    out = mapped(m->arena, &a->range, year_of_days, 0);
    if (!out.has_low) out.has_low = true, out.low = num_of(1);
    if (!out.has_high) out.has_high = true, out.high = num_of(9999);
  }
  return with_flags(bound_of_range(out, 0), a, NULL);
}

/* The first (last) day of a month or year is no further away than that is long. */
static Bound of_first_or_last(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a);
  int64_t away = n->op == OP_MONTH_FIRST || n->op == OP_MONTH_LAST ? 30 : 365;
  bool first = n->op == OP_MONTH_FIRST || n->op == OP_YEAR_FIRST;
  Range step = range_between(num_of(first ? -away : 0), num_of(first ? 0 : away));
  Range out = within_calendar(n->type, range_add(m->arena, a->range, step));
  out.may_fail = false;
  return with_flags(bound_of_range(out, 0), a, NULL);
}

static bool months_on(const Maker *m, const Range *days, const Range *months, bool high, int64_t *out) {
  int64_t day, count;
  bool known = whole_end(m->arena, days, high, &day) && whole_end(m->arena, months, high, &count);
  return known && day >= DATE_MIN && day <= DATE_MAX && date_add_months(day, count, out);
}

/* Both operands move the result the same way. */
static Range range_months_on(const Maker *m, const Range *days, const Range *months) {
  int64_t end;
  Range out = range_failing();
  if (months_on(m, days, months, false, &end)) out.has_low = true, out.low = num_of(end);
  if (months_on(m, days, months, true, &end)) out.has_high = true, out.high = num_of(end);
  return out;
}

static Bound of_months_on(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  if (n->op == OP_ADD_MONTHS)
    return with_flags(bound_of_range(within_calendar(n->type, range_months_on(m, &a->range, &b->range)), 0), a, b);
  Range days = mapped(m->arena, &a->range, days_of_seconds, 2);
  Range moved = range_months_on(m, &days, &b->range), out = mapped(m->arena, &moved, seconds_of_days, 3 * DAY_SECONDS);
  out.may_fail = true;
  return with_flags(bound_of_range(out, 0), a, b);
}

static Bound of_seconds_on(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  Range days = mapped(m->arena, &b->range, days_of_seconds, 0); /* whole ones, or an error */
  Range out = range_add(m->arena, a->range, days);
  return with_flags(bound_of_range(within_calendar(n->type, out), 0), a, b);
}

/* More months to a later b, fewer from a later a. */
static Bound of_months_between(const Maker *m, const Node *n) {
  const Bound *a = operand(m, n->a), *b = operand(m, n->b);
  int64_t from, to;
  Range out = range_all();
  Range x = within_calendar(m->program->nodes[n->a].type, a->range),
        y = within_calendar(m->program->nodes[n->b].type, b->range);
  if (whole_end(m->arena, &x, true, &from) && whole_end(m->arena, &y, false, &to) && x.has_high && y.has_low)
    out.has_low = true, out.low = num_of(date_months_between(from, to));
  if (whole_end(m->arena, &x, false, &from) && whole_end(m->arena, &y, true, &to))
    out.has_high = true, out.high = num_of(date_months_between(from, to));
  return with_flags(bound_of_range(out, 0), a, b);
}

static Bound of_parts_of_date(const Maker *m, const Node *n) {
  Range range = calendar();
  range.may_fail = true;
  Bound out = with_flags(bound_of_range(range, 0), operand(m, n->a), operand(m, n->b));
  return with_flags(out, operand(m, n->c), NULL);
}

/* The date that picks the rules: any, since --on may give one. */
static Bound of_as_of(void) {
  Bound b = bound_of_range(calendar(), 0);
  b.may_miss = true;
  return b;
}

/* ---- texts ---- */

static Bound of_text(const Maker *m, const Node *n) {
  Bound out = n->op == OP_LENGTH ? bound_of_range(range_from(num_of(0)), 0) : bound_any(n->type);
  bool grows = n->op == OP_JOIN || n->op == OP_TEXT_OF || n->op == OP_LOWER || n->op == OP_UPPER;
  out.may_fail = grows;
  return with_flags(out, operand(m, n->a), n->b == NO_NODE ? NULL : operand(m, n->b));
}

/* What any row of the table gives */
static Bound of_row_value(const Maker *m, const Node *n) {
  const DecisionTable *table = &m->program->decision_tables[m->program->nodes[n->a].index];
  Bound out = bound_nothing(n->type);
  for (uint32_t row = 0; row < table->row_count; row++) {
    const Constant *constant = &table->values[(size_t)row * table->output_count + n->mask];
    Bound one = n->count ? *operand(m, m->program->arguments[n->first + row]) : of_constant(m, constant);
    out = bound_union(out, one);
  }
  const Bound *found = operand(m, n->a);
  out.may_miss |= found->may_miss;
  out.may_fail |= found->may_fail;
  return out;
}

/* Of what nothing is worked out: any value of its type, or none. */
static Bound of_whatever(const Node *n) {
  Bound out = bound_any(n->type);
  out.may_miss = out.may_fail = true;
  return out;
}

/* ---- all nodes ---- */

static Bound bound_of_node(Maker *m, uint32_t id) {
  const Node *n = &m->program->nodes[id];
  switch (n->op) {
  case OP_CONSTANT: return of_constant(m, &m->program->constants[n->index]);
  case OP_INPUT: return of_input(&m->program->inputs[n->index]);
  case OP_AS_OF: return of_as_of();
  case OP_SPREAD:
  case OP_REPEAT: return *operand(m, n->a);
  case OP_ITEMS: return of_items(m, n);
  case OP_TABLE: return of_table(m, n);
  case OP_PICK: return of_pick(m, n);
  case OP_PICKED: return of_picked(m, n);
  case OP_NOT: {
    Bound out = *operand(m, n->a);
    out.may_yes = operand(m, n->a)->may_no;
    out.may_no = operand(m, n->a)->may_yes;
    return out;
  }
  case OP_AND:
  case OP_OR: return of_junction(m, id, n, n->op == OP_AND);
  case OP_SAME: return of_same(m, n);
  case OP_EQUAL:
  case OP_LESS:
  case OP_LESS_EQUAL: return of_comparison(m, n);
  case OP_IN_MASK: return of_in_mask(m, n);
  case OP_EQUAL_CODE:
  case OP_LESS_CODE:
  case OP_LESS_EQUAL_CODE: return of_codes(m, n);
  case OP_EQUAL_TEXT:
  case OP_LESS_TEXT: return of_texts(m, n);
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
  case OP_SMALLER:
  case OP_GREATER: return of_arithmetic(m, n);
  case OP_POWER: return of_power(m, n);
  case OP_NEGATE:
  case OP_ABSOLUTE:
  case OP_ROUND: return of_one_number(m, n);
  case OP_IS_KNOWN: return of_known(m, n);
  case OP_ASSUME: return of_assumed(m, n);
  case OP_IF: return of_if(m, n);
  case OP_NO_CHOICE: {
    Bound out = bound_nothing(n->type);
    out.may_fail = true;
    return out;
  }
  case OP_DATED: return of_dated(m, n);
  case OP_AT_LEAST_OF: return of_at_least(m, id, n);
  case OP_COUNT: return of_count(m, n);
  case OP_SUM: return of_sum(m, n);
  case OP_SMALLEST:
  case OP_LARGEST: return of_extreme(m, n);
  case OP_DATE_OF:
  case OP_MOMENT_OF: return of_conversion(m, n);
  case OP_BY_CODE: return of_code(m, n);
  case OP_ROW_VALUE: return of_row_value(m, n);
  case OP_LOOKUP:
  case OP_ROWS:
  case OP_CHAIN:
  case OP_CHOSEN:
  case OP_POSITION:
  case OP_DISTINCT:
  case OP_FREQUENCY:
  case OP_CONNECTED:
  case OP_SQRT:
  case OP_ROUND_TO:
  case OP_PRODUCT:
  case OP_MEDIAN:
  case OP_JOIN_ALL:
  case OP_SUBSTRING:
  case OP_TEXT_BEFORE:
  case OP_TEXT_AFTER:
  case OP_REPLACE:
  case OP_TRIM:
  case OP_READ: return of_whatever(n);
  case OP_MONTH_FIRST:
  case OP_MONTH_LAST:
  case OP_YEAR_FIRST:
  case OP_YEAR_LAST: return of_first_or_last(m, n);
  case OP_DAY_OF_YEAR:
  case OP_WEEK:
  case OP_YEAR:
  case OP_MONTH:
  case OP_DAY:
  case OP_WEEKDAY: return of_part(m, n);
  case OP_ADD_MONTHS:
  case OP_ADD_MONTHS_MOMENT: return of_months_on(m, n);
  case OP_ADD_SECONDS: return of_seconds_on(m, n);
  case OP_MONTHS_BETWEEN: return of_months_between(m, n);
  case OP_DATE_MAKE: return of_parts_of_date(m, n);
  case OP_LENGTH:
  case OP_LOWER:
  case OP_UPPER:
  case OP_JOIN:
  case OP_TEXT_OF: return of_text(m, n);
  case OP_CONTAINS:
  case OP_STARTS_WITH:
  case OP_ENDS_WITH: return with_flags(bound_of_bits(true, true), operand(m, n->a), operand(m, n->b));
  case OP_COUNT_OF_KINDS: break;
  }
  return bound_any(n->type);
}

const Bound *bounds_compute(Arena *arena, const Program *program) {
  Maker m = {.arena = arena, .program = program};
  m.bounds = arena_array(arena, Bound, program->node_count);
  m.tables = arena_array(arena, const Bound *, program->table_count);
  m.facts = facts_new(arena, program, m.bounds);
  for (uint32_t i = 0; i < program->node_count; i++) m.bounds[i] = bound_of_node(&m, i);
  return m.bounds;
}
