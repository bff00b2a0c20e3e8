#include "lib/naive.h"

#include <assert.h>
#include <string.h>

enum { NO = 1, YES = 2, EITHER = 3 };

/* ---- values ---- */

NaiveValue naive_number(Num number) { return (NaiveValue){.count = 1, .numbers = {number}}; }
NaiveValue naive_bit(bool yes) { return (NaiveValue){.mask = yes ? YES : NO}; }
NaiveValue naive_code(uint32_t code) { return (NaiveValue){.mask = UINT32_C(1) << code}; }
static NaiveValue naive_any(void) { return (NaiveValue){.any = true}; }

NaiveValue naive_error(const Type *type) {
  if (type->kind == TYPE_YES_NO) return (NaiveValue){.mask = EITHER};
  return type->kind == TYPE_ENUM ? (NaiveValue){.mask = ~UINT32_C(0)} : naive_any();
}

bool naive_is_one(const Type *type, const NaiveValue *v) {
  if (type->kind == TYPE_YES_NO || type->kind == TYPE_ENUM) return v->mask && !(v->mask & (v->mask - 1));
  return !v->any && v->count == 1;
}

static void add_number(Naive *n, NaiveValue *v, Num number) {
  for (uint32_t i = 0; i < v->count; i++)
    if (num_equal(v->numbers[i], number)) return;
  if (v->count == NAIVE_SET)
    n->crowded = v->any = true;
  else if (!num_fits(number))
    v->any = true;
  else
    v->numbers[v->count++] = number;
}

static NaiveValue joined(Naive *n, NaiveValue a, const NaiveValue *b) {
  a.any |= b->any;
  a.mask |= b->mask;
  for (uint32_t i = 0; i < b->count; i++) add_number(n, &a, b->numbers[i]);
  return a;
}

/* ---- places ---- */

/* How many items a list has: the application's own, or those of a literal. */
static uint32_t items_in(const Naive *n, uint32_t space) {
  const Space *s = &n->program->spaces[space];
  return s->kind == SPACE_LITERAL ? s->index : n->row->item_count;
}

static NaivePlace item_of(const Naive *n, uint32_t space, NaivePlace around, uint32_t i) {
  return n->program->spaces[space].kind == SPACE_REPEAT ? (NaivePlace){around.item, i} : (NaivePlace){i, 0};
}

static NaivePlace place_in(const Naive *n, uint32_t space, NaivePlace place) {
  switch (n->program->spaces[space].kind) {
  case SPACE_ROOT: return (NaivePlace){0, 0};
  case SPACE_DATA:
  case SPACE_LITERAL:
  case SPACE_TABLE: return (NaivePlace){place.item, 0};
  case SPACE_REPEAT:
  case SPACE_INNER:
  case SPACE_CHAIN: return place;
  }
  return place;
}

static const NaiveValue *operand(Naive *n, uint32_t node, NaivePlace place) {
  return naive_value(n, node, place_in(n, n->program->nodes[node].space, place));
}

/* ---- numbers ---- */

typedef bool Fold(Naive *n, const Node *node, Num a, Num b, Num *out);

static bool fold_binary(Naive *n, const Node *node, Num a, Num b, Num *out) {
  int64_t day, months;
  switch ((int)node->op) {
  case OP_ADD: *out = num_add(n->arena, a, b); return true;
  case OP_SUBTRACT: *out = num_sub(n->arena, a, b); return true;
  case OP_MULTIPLY: *out = num_mul(n->arena, a, b); return true;
  case OP_DIVIDE:
    if (num_sign(b) == 0) return false;
    *out = num_div(n->arena, a, b);
    return true;
  case OP_SMALLER: *out = num_compare(a, b) < 0 ? a : b; return true;
  case OP_GREATER: *out = num_compare(a, b) > 0 ? a : b; return true;
  case OP_ROUND_TO:
    if (!num_to_int(b, &months) || months > 34 || months < -34) return false;
    *out = num_round(n->arena, a, node->mode, num_power(n->arena, num_of(10), -months));
    return true;
  case OP_ADD_MONTHS:
    if (!num_to_int(a, &day) || !num_to_int(b, &months) || !date_add_months(day, months, &day)) return false;
    *out = num_of(day);
    return true;
  case OP_MONTHS_BETWEEN:
    if (!num_to_int(a, &day) || !num_to_int(b, &months)) return false;
    *out = num_of(date_months_between(day, months));
    return true;
  default: return false;
  }
}

/* The number of Thursdays of its year up to the one in the day's week. */
static int64_t week_of(int64_t day) {
  while (date_weekday(day) != 1) day--;
  int64_t thursday = day + 3, weeks = 0;
  for (int64_t d = thursday; civil_of_date(d).year == civil_of_date(thursday).year; d -= 7) weeks++;
  return weeks;
}

/* The first or last day around `day` of which this part is the same. */
static int64_t end_of(int64_t day, bool of_year, int64_t step) {
  Civil at = civil_of_date(day), next = civil_of_date(day + step);
  while (next.year == at.year && (of_year || next.month == at.month)) next = civil_of_date((day += step) + step);
  return day;
}

static bool fold_unary(Naive *n, const Node *node, Num a, Num unused, Num *out) {
  (void)unused;
  int64_t day = 0;
  num_to_int(a, &day);
  switch ((int)node->op) {
  case OP_NEGATE: *out = num_sub(n->arena, num_of(0), a); return true;
  case OP_ABSOLUTE: *out = num_sign(a) < 0 ? num_neg(n->arena, a) : a; return true;
  case OP_SQRT:
    if (num_sign(a) < 0) return false;
    *out = num_root(n->arena, a);
    return true;
  case OP_ROUND: *out = num_round(n->arena, a, node->mode, n->program->constants[node->index].number); return true;
  case OP_YEAR: *out = num_of(civil_of_date(day).year); return true;
  case OP_MONTH: *out = num_of(civil_of_date(day).month); return true;
  case OP_DAY_OF_YEAR: *out = num_of(day - end_of(day, true, -1) + 1); return true;
  case OP_WEEK: *out = num_of(week_of(day)); return true;
  case OP_MONTH_FIRST: *out = num_of(end_of(day, false, -1)); return true;
  case OP_MONTH_LAST: *out = num_of(end_of(day, false, 1)); return true;
  case OP_YEAR_FIRST: *out = num_of(end_of(day, true, -1)); return true;
  case OP_YEAR_LAST: *out = num_of(end_of(day, true, 1)); return true;
  default: return false;
  }
}

static NaiveValue for_all_pairs(Naive *n, const Node *node, const NaiveValue *a, const NaiveValue *b, Fold *fold) {
  NaiveValue out = {.any = a->any || b->any};
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      Num value;
      if (fold(n, node, a->numbers[i], b->numbers[k], &value))
        add_number(n, &out, value);
      else
        out.any = true;
    }
  return out;
}

static NaiveValue compare(const Node *node, const NaiveValue *a, const NaiveValue *b) {
  uint32_t mask = a->any || b->any ? EITHER : 0;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      int order = num_compare(a->numbers[i], b->numbers[k]);
      bool holds = node->op == OP_LESS ? order < 0 : node->op == OP_EQUAL ? order == 0 : order <= 0;
      mask |= holds ? YES : NO;
    }
  return (NaiveValue){.mask = mask};
}

/* ---- yes/no, enumerations ---- */

static NaiveValue for_all_bits(OpKind op, uint32_t a, uint32_t b) {
  uint32_t mask = 0;
  for (int x = 0; x < 2; x++)
    for (int y = 0; y < 2; y++) {
      if (!(a >> x & 1) || !(b >> y & 1)) continue;
      bool holds = op == OP_AND ? x && y : op == OP_OR ? x || y : op == OP_SAME ? x == y : !x;
      mask |= holds ? YES : NO;
    }
  return (NaiveValue){.mask = mask};
}

static NaiveValue for_all_codes(const Node *node, uint32_t a, uint32_t b) {
  uint32_t mask = 0;
  for (uint32_t x = 0; x < 32; x++)
    for (uint32_t y = 0; y < 32; y++) {
      if (!(a >> x & 1) || !(b >> y & 1)) continue;
      bool holds = node->op == OP_EQUAL_CODE ? x == y : node->op == OP_LESS_CODE ? x < y : x <= y;
      mask |= holds ? YES : NO;
    }
  return (NaiveValue){.mask = mask};
}

static NaiveValue in_mask(const Node *node, uint32_t a) {
  uint32_t mask = 0;
  for (uint32_t x = 0; x < 32; x++)
    if (a >> x & 1) mask |= node->mask >> x & 1 ? YES : NO;
  return (NaiveValue){.mask = mask};
}

static NaiveValue at_least(Naive *n, const Node *node, NaivePlace place) {
  uint32_t sure = 0, able = 0;
  for (uint32_t i = 0; i < node->count; i++) {
    uint32_t mask = operand(n, n->program->arguments[node->first + i], place)->mask;
    sure += mask == YES;
    able += (mask & YES) != 0;
  }
  return (NaiveValue){.mask = sure >= node->index ? YES : able < node->index ? NO : EITHER};
}

/* ---- choices ---- */

static NaiveValue choose(Naive *n, const Node *node, NaivePlace place) {
  uint32_t condition = operand(n, node->a, place)->mask;
  const NaiveValue *b = operand(n, node->b, place), *c = operand(n, node->c, place);
  return condition == YES ? *b : condition == NO ? *c : joined(n, *b, c);
}

static NaiveValue value_on(Naive *n, const Node *node, NaivePlace place, int64_t day, int64_t known_on) {
  uint32_t found = NO_NODE;
  for (uint32_t i = 0; i < node->count; i++) {
    const Period *period = &n->program->periods[node->index + i];
    if (period->from <= day && period->known_from <= known_on) found = n->program->arguments[node->first + i];
  }
  if (found != NO_NODE) return *operand(n, found, place);
  return node->type->kind == TYPE_YES_NO && node->label.length == 0 ? naive_bit(false) : naive_error(node->type);
}

static NaiveValue dated(Naive *n, const Node *node, NaivePlace place) {
  const NaiveValue always = naive_number(num_of(DATE_MAX + 1)), *date = operand(n, node->a, place);
  const NaiveValue *known = node->b == NO_NODE ? &always : operand(n, node->b, place);
  NaiveValue out = {0};
  if (date->any || known->any) return naive_error(node->type);
  for (uint32_t i = 0; i < date->count; i++)
    for (uint32_t k = 0; k < known->count; k++) {
      int64_t day = 0, known_on = 0;
      bool whole = num_to_int(date->numbers[i], &day) && num_to_int(known->numbers[k], &known_on);
      NaiveValue value = whole ? value_on(n, node, place, day, known_on) : naive_error(node->type);
      out = joined(n, out, &value);
    }
  return out;
}

static NaiveValue by_code(Naive *n, const Node *node, NaivePlace place) {
  uint32_t mask = operand(n, node->a, place)->mask;
  NaiveValue out = {0};
  for (uint32_t code = 0; code < node->count; code++) {
    if (!(mask >> code & 1)) continue;
    out = joined(n, out, operand(n, n->program->arguments[node->first + code], place));
  }
  return out;
}

/* ---- lists ---- */

static uint32_t membership(Naive *n, const Node *node, NaivePlace item) {
  return node->a == NO_NODE ? YES : naive_value(n, node->a, item)->mask;
}

static NaiveValue count_items(Naive *n, const Node *node, NaivePlace place) {
  int64_t sure = 0, able = 0;
  for (uint32_t i = 0; i < items_in(n, node->index); i++) {
    uint32_t member = membership(n, node, item_of(n, node->index, place, i));
    sure += member == YES;
    able += (member & YES) != 0;
  }
  NaiveValue out = {0};
  for (int64_t k = sure; k <= able; k++) add_number(n, &out, num_of(k));
  return out;
}

/* The sum from 0, or the product from 1. */
static NaiveValue sum_items(Naive *n, const Node *node, NaivePlace place) {
  const Node add = {.op = node->op == OP_SUM ? OP_ADD : OP_MULTIPLY};
  NaiveValue sum = naive_number(num_of(node->op == OP_PRODUCT)), zero = sum;
  for (uint32_t i = 0; i < items_in(n, node->index); i++) {
    NaivePlace item = item_of(n, node->index, place, i);
    uint32_t member = membership(n, node, item);
    if (member == NO) continue;
    NaiveValue value = *naive_value(n, node->c, item);
    if (member == EITHER) value = joined(n, value, &zero);
    sum = for_all_pairs(n, &add, &sum, &value, fold_binary);
  }
  return sum;
}

/* Those that belong, then those that may. Where none belongs for sure there may be none, which is an error. */
static NaiveValue extreme_of_items(Naive *n, const Node *node, NaivePlace place) {
  const Node of_two = {.op = node->op == OP_SMALLEST ? OP_SMALLER : OP_GREATER};
  bool found = false;
  NaiveValue best = naive_any();
  for (uint32_t wanted = YES; wanted <= EITHER; wanted++)
    for (uint32_t i = 0; i < items_in(n, node->index); i++) {
      NaivePlace item = item_of(n, node->index, place, i);
      if (membership(n, node, item) != wanted) continue;
      NaiveValue value = *naive_value(n, node->c, item);
      if (found) value = for_all_pairs(n, &of_two, &best, &value, fold_binary);
      best = wanted == YES || !found ? value : joined(n, best, &value);
      best.any |= wanted == EITHER && !found;
      found = true;
    }
  return best;
}

/* ---- order, equality ---- */

/* An item of the own space of a node, as one among those around it. */
typedef struct Item {
  uint32_t member; /* NO, YES, EITHER */
  bool known;      /* of each argument one value is possible */
  NaiveValue values[2];
} Item;

static NaivePlace neighbour(const Naive *n, const Node *node, NaivePlace place, uint32_t i) {
  return item_of(n, node->space, place, i);
}

static uint32_t own_index(const Naive *n, const Node *node, NaivePlace place) {
  return n->program->spaces[node->space].kind == SPACE_REPEAT ? place.inner : place.item;
}

static Item item_at(Naive *n, const Node *node, NaivePlace place, uint32_t i) {
  NaivePlace there = neighbour(n, node, place, i);
  Item item = {.member = membership(n, node, there), .known = true};
  for (uint32_t k = 0; k < node->count; k++) {
    uint32_t argument = n->program->arguments[node->first + k];
    item.values[k] = *naive_value(n, argument, there);
    item.known &= naive_is_one(n->program->nodes[argument].type, &item.values[k]);
  }
  return item;
}

static int compare_values(const Naive *n, const Node *node, uint32_t k, const Item *a, const Item *b) {
  const Type *type = n->program->nodes[n->program->arguments[node->first + k]].type;
  if (type->kind == TYPE_YES_NO || type->kind == TYPE_ENUM)
    return (a->values[k].mask > b->values[k].mask) - (a->values[k].mask < b->values[k].mask);
  return num_compare(a->values[k].numbers[0], b->values[k].numbers[0]);
}

static bool stands_before(const Naive *n, const Node *node, const Item *a, uint32_t i, const Item *b, uint32_t k) {
  for (uint32_t key = 0; key < node->count; key++) {
    int order = compare_values(n, node, key, a, b);
    if (order) return (order < 0) != (node->mask >> key & 1);
  }
  return (i < k) != (node->mask >> 63 & 1);
}

static NaiveValue position(Naive *n, const Node *node, NaivePlace place) {
  uint32_t mine = own_index(n, node, place), low = 0, high = 0;
  Item own = item_at(n, node, place, mine);
  NaiveValue out = {0};
  for (uint32_t i = 0; i < items_in(n, node->space); i++) {
    Item other = item_at(n, node, place, i);
    if (i == mine || other.member == NO) continue;
    bool known = own.known && other.known;
    bool before = known && stands_before(n, node, &other, i, &own, mine);
    low += before && other.member == YES;
    high += before || !known;
  }
  for (uint32_t k = low; k <= high; k++) add_number(n, &out, num_of(k));
  return out;
}

static bool are_equal(const Naive *n, const Node *node, const Item *a, const Item *b) {
  for (uint32_t k = 0; k < node->count; k++)
    if (compare_values(n, node, k, a, b) != 0) return false;
  return true;
}

static NaiveValue distinct(Naive *n, const Node *node, NaivePlace place) {
  uint32_t mine = own_index(n, node, place), mask = 0;
  Item own = item_at(n, node, place, mine);
  if (own.member == NO) return naive_bit(false);
  for (uint32_t i = 0; i < mine; i++) {
    Item other = item_at(n, node, place, i);
    bool known = own.known && other.known;
    if (other.member == NO || (known && !are_equal(n, node, &own, &other))) continue;
    if (known && other.member == YES) return naive_bit(false);
    mask = EITHER;
  }
  return (NaiveValue){.mask = mask || own.member == EITHER ? EITHER : YES};
}

static NaiveValue frequency(Naive *n, const Node *node, NaivePlace place) {
  uint32_t sure = 0, able = 0;
  Item own = item_at(n, node, place, own_index(n, node, place));
  NaiveValue out = {0};
  for (uint32_t i = 0; i < items_in(n, node->space); i++) {
    Item other = item_at(n, node, place, i);
    bool known = own.known && other.known, equal = known && are_equal(n, node, &own, &other);
    sure += equal && other.member == YES;
    able += other.member != NO && (equal || !known);
  }
  for (uint32_t k = sure; k <= able; k++) add_number(n, &out, num_of(k));
  return out;
}

/* ---- the middle ---- */

static Num extreme_of(const NaiveValue *v, bool high) {
  Num best = v->numbers[0];
  for (uint32_t i = 1; i < v->count; i++)
    if ((num_compare(v->numbers[i], best) > 0) == high) best = v->numbers[i];
  return best;
}

static Num middle(Naive *n, Num *numbers, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = i; k > 0 && num_compare(numbers[k - 1], numbers[k]) > 0; k--) {
      Num moved = numbers[k];
      numbers[k] = numbers[k - 1];
      numbers[k - 1] = moved;
    }
  if (count % 2) return numbers[count / 2];
  return num_div(n->arena, num_add(n->arena, numbers[count / 2 - 1], numbers[count / 2]), num_of(2));
}

/* One value where it does not matter which ones the items have, or which of them belong because all are the same. */
static NaiveValue median(Naive *n, const Node *node, NaivePlace place) {
  Num low[NAIVE_ITEMS], high[NAIVE_ITEMS];
  uint32_t count = 0;
  bool unsure = false, sure = false;
  for (uint32_t i = 0; i < items_in(n, node->index); i++) {
    NaivePlace item = item_of(n, node->index, place, i);
    uint32_t member = membership(n, node, item);
    if (member == NO) continue;
    const NaiveValue *v = naive_value(n, node->c, item);
    if (v->any) return naive_any();
    unsure |= member == EITHER;
    sure |= member == YES;
    low[count] = extreme_of(v, false);
    high[count++] = extreme_of(v, true);
  }
  if (!sure) return naive_any();
  Num a = middle(n, low, count), b = middle(n, high, count);
  if (!num_fits(a) || !num_fits(b)) return naive_any();
  bool one = unsure ? num_equal(low[0], high[count - 1]) : num_equal(a, b);
  if (one) return naive_number(a);
  NaiveValue out = {0};
  add_number(n, &out, low[0]);
  add_number(n, &out, high[count - 1]);
  out.any = n->crowded = true; /* and whatever lies between them */
  return out;
}

/* Is there an item at the place, whichever of its values that has? */
static bool is_filled(Naive *n, const Node *pick, NaivePlace place) {
  const NaiveValue *at = operand(n, pick->c, place);
  int64_t sure = 0;
  for (uint32_t i = 0; i < items_in(n, pick->index); i++)
    sure += !pick->count ||
            naive_value(n, n->program->arguments[pick->first], item_of(n, pick->index, place, i))->mask == YES;
  for (uint32_t k = 0; k < at->count; k++)
    if (num_sign(at->numbers[k]) < 0 || num_compare(at->numbers[k], num_of(sure)) >= 0) return false;
  return !at->any;
}

/* The one that surely stands there, or any that may. */
static NaiveValue item_at_place(Naive *n, const Node *node, NaivePlace place) {
  const Node *pick = &n->program->nodes[node->b];
  NaiveValue out = {0};
  for (uint32_t i = 0; i < items_in(n, pick->index); i++) {
    NaivePlace item = item_of(n, pick->index, place, i);
    uint32_t member = membership(n, pick, item);
    if (member == YES) return *naive_value(n, node->a, item);
    if (member == EITHER) out = joined(n, out, naive_value(n, node->a, item));
  }
  return is_filled(n, pick, place) ? out : naive_error(node->type);
}

static NaiveValue picked_item(Naive *n, const Node *node, NaivePlace place) {
  const Node *pick = &n->program->nodes[node->b];
  if (pick->mask) return item_at_place(n, node, place);
  uint32_t found = 0, which = 0;
  for (uint32_t i = 0; i < items_in(n, pick->index); i++) {
    uint32_t member = membership(n, pick, item_of(n, pick->index, place, i));
    if (member == EITHER) return naive_error(node->type);
    if (member == YES) found++, which = i;
  }
  return found == 1 ? *naive_value(n, node->a, item_of(n, pick->index, place, which)) : naive_error(node->type);
}

/* ---- nodes ---- */

static NaiveValue constant_value(const Constant *constant) {
  switch ((int)constant->type->kind) {
  case TYPE_YES_NO: return naive_bit(constant->yes);
  case TYPE_ENUM: return naive_code(constant->code);
  default: return naive_number(constant->number);
  }
}

static NaiveValue value_of(Naive *n, const Node *node, NaivePlace p) {
  const NaiveValue zero = naive_number(num_of(0));
  switch ((int)node->op) {
  case OP_CONSTANT: return constant_value(&n->program->constants[node->index]);
  case OP_INPUT: return node->space == ROOT_SPACE ? n->row->cells[node->index] : n->row->items[p.item][node->index];
  case OP_SPREAD: return *operand(n, node->a, p);
  case OP_REPEAT: return *naive_value(n, node->a, (NaivePlace){p.inner, 0});
  case OP_ITEMS: return *operand(n, n->program->arguments[node->first + p.item], p);
  case OP_NOT: return for_all_bits(node->op, operand(n, node->a, p)->mask, YES);
  case OP_AND:
  case OP_OR:
  case OP_SAME: return for_all_bits(node->op, operand(n, node->a, p)->mask, operand(n, node->b, p)->mask);
  case OP_EQUAL:
  case OP_LESS:
  case OP_LESS_EQUAL: return compare(node, operand(n, node->a, p), operand(n, node->b, p));
  case OP_IN_MASK: return in_mask(node, operand(n, node->a, p)->mask);
  case OP_EQUAL_CODE:
  case OP_LESS_CODE:
  case OP_LESS_EQUAL_CODE: return for_all_codes(node, operand(n, node->a, p)->mask, operand(n, node->b, p)->mask);
  case OP_ADD:
  case OP_SUBTRACT:
  case OP_MULTIPLY:
  case OP_DIVIDE:
  case OP_SMALLER:
  case OP_GREATER:
  case OP_ROUND_TO:
  case OP_ADD_MONTHS:
  case OP_MONTHS_BETWEEN: return for_all_pairs(n, node, operand(n, node->a, p), operand(n, node->b, p), fold_binary);
  case OP_NEGATE:
  case OP_ABSOLUTE:
  case OP_ROUND:
  case OP_SQRT:
  case OP_YEAR:
  case OP_MONTH:
  case OP_DAY_OF_YEAR:
  case OP_WEEK:
  case OP_MONTH_FIRST:
  case OP_MONTH_LAST:
  case OP_YEAR_FIRST:
  case OP_YEAR_LAST: return for_all_pairs(n, node, operand(n, node->a, p), &zero, fold_unary);
  case OP_IS_KNOWN: {
    bool known = naive_is_one(n->program->nodes[node->a].type, operand(n, node->a, p));
    return (NaiveValue){.mask = known ? YES : EITHER};
  }
  case OP_ASSUME: return *operand(n, node->a, p);
  case OP_IF: return choose(n, node, p);
  case OP_NO_CHOICE: return naive_error(node->type);
  case OP_DATED: return dated(n, node, p);
  case OP_BY_CODE: return by_code(n, node, p);
  case OP_AT_LEAST_OF: return at_least(n, node, p);
  case OP_COUNT: return count_items(n, node, p);
  case OP_SUM:
  case OP_PRODUCT: return sum_items(n, node, p);
  case OP_MEDIAN: return median(n, node, p);
  case OP_POSITION: return position(n, node, p);
  case OP_DISTINCT: return distinct(n, node, p);
  case OP_FREQUENCY: return frequency(n, node, p);
  case OP_SMALLEST:
  case OP_LARGEST: return extreme_of_items(n, node, p);
  case OP_PICK: return naive_any();
  case OP_PICKED: return picked_item(n, node, p);
  default: assert(false); return zero;
  }
}

void naive_begin(Naive *n, Arena *arena, const Program *program, const NaiveRow *row) {
  n->arena = arena;
  n->program = program;
  n->row = row;
  n->crowded = false;
  memset(n->done, 0, sizeof n->done);
}

const NaiveValue *naive_value(Naive *n, uint32_t node, NaivePlace place) {
  bool *done = &n->done[node][place.item][place.inner];
  NaiveValue *value = &n->values[node][place.item][place.inner];
  if (!*done) *value = value_of(n, &n->program->nodes[node], place);
  *done = true;
  return value;
}
