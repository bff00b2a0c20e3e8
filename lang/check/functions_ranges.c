/* Functions of ranges and points (FEEL, table 78). Each is a few comparisons of ends; whether an end belongs to its
 * range is known from the text. A single value counts as a range with nothing but itself. */
#include "check/call.h"

typedef struct Ends {
  Value low, high;
  bool has_low, has_high; /* the end itself belongs */
  bool point;
} Ends;

typedef struct Pair {
  Checker *c;
  Span span;
  Ends a, b;
} Pair;

static Ends ends_of(const Value *v) {
  if (v->kind == VALUE_RANGE) return (Ends){*v->low, *v->high, !v->low_open, !v->high_open, false};
  return (Ends){*v, *v, true, true, true};
}

static bool is_ordered(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  const Type *type = v->kind == VALUE_RANGE ? v->low->type : v->type;
  if ((v->kind == VALUE_RANGE || v->kind == VALUE_SCALAR) && type_is_ordered(type)) return true;
  diag_add(call->c->diags, MSG_E0408, call->given[i]->span, type_name(v->type), DIAG_END);
  return false;
}

/* Both arguments, the second first where `swapped`; those that must be ranges are checked to be. */
static bool pair_of(Call *call, bool swapped, bool range_a, bool range_b, Pair *out) {
  for (uint32_t i = 0; i < 2; i++) {
    bool must = (i == 0) != swapped ? range_a : range_b;
    if (!is_ordered(call, i)) return false;
    if (!must || call->arguments[i].kind == VALUE_RANGE) continue;
    diag_add(call->c->diags, MSG_E0461, call->given[i]->span, type_name(call->arguments[i].type), DIAG_END);
    return false;
  }
  Ends first = ends_of(&call->arguments[0]), second = ends_of(&call->arguments[1]);
  if (!comparable(call->c, &first.low, &second.low, call->expr, true)) return false;
  *out = (Pair){call->c, call_span(call), swapped ? second : first, swapped ? first : second};
  return true;
}

static uint32_t less(const Pair *p, Value a, Value b) { return node_less(p->c, a, b, p->span); }
static uint32_t equal(const Pair *p, Value a, Value b) { return node_equal(p->c, a, b, p->span); }
static uint32_t both(const Pair *p, uint32_t a, uint32_t b) { return node_and(p->c, a, b, p->span); }
static uint32_t constant(const Pair *p, bool yes) { return node_yes_no(p->c, yes, ROOT_SPACE, p->span); }
/* a < b, or a = b where `touching`. */
static uint32_t less_or(const Pair *p, Value a, Value b, bool touching) {
  return touching ? node_not(p->c, less(p, b, a), p->span) : less(p, a, b);
}

/* ---- the relations, of the first to the second ---- */

static uint32_t before(const Pair *p) { return less_or(p, p->a.high, p->b.low, !(p->a.has_high && p->b.has_low)); }

static uint32_t meets(const Pair *p) {
  return p->a.has_high && p->b.has_low ? equal(p, p->a.high, p->b.low) : constant(p, false);
}

static uint32_t overlaps(const Pair *p) {
  uint32_t reaches = less_or(p, p->b.low, p->a.high, p->a.has_high && p->b.has_low);
  return both(p, reaches, less_or(p, p->a.low, p->b.high, p->a.has_low && p->b.has_high));
}

static uint32_t overlaps_before(const Pair *p) {
  uint32_t earlier = less_or(p, p->a.low, p->b.low, p->a.has_low && !p->b.has_low);
  uint32_t reaches = less_or(p, p->b.low, p->a.high, p->a.has_high && p->b.has_low);
  uint32_t ends = less_or(p, p->a.high, p->b.high, !p->a.has_high || p->b.has_high);
  return both(p, both(p, earlier, reaches), ends);
}

static uint32_t finishes(const Pair *p) {
  if (p->a.has_high != p->b.has_high) return constant(p, false);
  uint32_t end = equal(p, p->a.high, p->b.high);
  if (p->a.point) return end;
  return both(p, end, less_or(p, p->b.low, p->a.low, !p->a.has_low || p->b.has_low));
}

static uint32_t includes(const Pair *p) {
  uint32_t low = less_or(p, p->a.low, p->b.low, p->a.has_low || !p->b.has_low);
  return both(p, low, less_or(p, p->b.high, p->a.high, p->a.has_high || !p->b.has_high));
}

static uint32_t starts(const Pair *p) {
  if (p->a.has_low != p->b.has_low) return constant(p, false);
  uint32_t start = equal(p, p->a.low, p->b.low);
  if (p->a.point) return start;
  return both(p, start, less_or(p, p->a.high, p->b.high, !p->a.has_high || p->b.has_high));
}

static uint32_t coincides(const Pair *p) {
  if (p->a.has_low != p->b.has_low || p->a.has_high != p->b.has_high) return constant(p, false);
  return both(p, equal(p, p->a.low, p->b.low), equal(p, p->a.high, p->b.high));
}

typedef uint32_t Relation(const Pair *p);

static Value related(Call *call, Relation *relation, bool swapped, bool range_a, bool range_b) {
  Pair p;
  if (!pair_of(call, swapped, range_a, range_b, &p)) return value_nothing(call->c);
  uint32_t node = relation(&p);
  return value_scalar(call->c, node);
}

Value make_before(Call *call) { return related(call, before, false, false, false); }
Value make_after(Call *call) { return related(call, before, true, false, false); }
Value make_meets(Call *call) { return related(call, meets, false, true, true); }
Value make_met_by(Call *call) { return related(call, meets, true, true, true); }
Value make_overlaps(Call *call) { return related(call, overlaps, false, true, true); }
Value make_overlaps_before(Call *call) { return related(call, overlaps_before, false, true, true); }
Value make_overlaps_after(Call *call) { return related(call, overlaps_before, true, true, true); }
Value make_finishes(Call *call) { return related(call, finishes, false, false, true); }
Value make_finished_by(Call *call) { return related(call, finishes, true, false, true); }
Value make_includes(Call *call) { return related(call, includes, false, true, false); }
Value make_during(Call *call) { return related(call, includes, true, true, false); }
Value make_starts(Call *call) { return related(call, starts, false, false, true); }
Value make_started_by(Call *call) { return related(call, starts, true, false, true); }
Value make_coincides(Call *call) { return related(call, coincides, false, false, false); }
