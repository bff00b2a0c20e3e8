#include "check/facts.h"

Facts *facts_new(Arena *arena, const Program *program, const Bound *bounds) {
  Facts *f = arena_new_of(arena, Facts);
  *f = (Facts){.arena = arena, .program = program, .bounds = bounds};
  f->slots = arena_array(arena, FactSlot, program->node_count);
  facts_begin(f);
  return f;
}

void facts_begin(Facts *f) {
  f->stamp++;
  f->changes.count = 0;
  f->impossible = false;
}

uint32_t facts_mark(const Facts *f) { return f->changes.count; }

void facts_back(Facts *f, uint32_t mark) {
  while (f->changes.count > mark) {
    const FactChange *change = &f->changes.at[--f->changes.count];
    f->slots[change->node] = change->before;
  }
  f->impossible = false;
}

uint32_t facts_origin(const Program *program, uint32_t node) {
  while (program->nodes[node].op == OP_SPREAD) node = program->nodes[node].a;
  return node;
}

static FactSlot *slot_of(Facts *f, uint32_t node) {
  static const Said nothing = {NO_NODE, false};
  FactSlot *slot = &f->slots[node];
  if (slot->stamp == f->stamp) return slot;
  const Bound *b = &f->bounds[node];
  *slot = (FactSlot){f->stamp, b->range, b->mask, b->may_yes, b->may_no, nothing, nothing, nothing};
  return slot;
}

const FactSlot *facts_of(Facts *f, uint32_t node) { return slot_of(f, facts_origin(f->program, node)); }

static FactSlot *change_slot(Facts *f, uint32_t node) {
  FactSlot *slot = slot_of(f, node);
  list_push(f->arena, &f->changes, ((FactChange){node, *slot}));
  return slot;
}

static void contradict(Facts *f, uint32_t node, Said first, Said second) {
  if (f->impossible) return;
  f->impossible = true;
  f->about = node;
  f->first = first;
  f->second = second;
}

/* ---- intervals ---- */

static bool is_empty(const Range *r) {
  if (!r->has_low || !r->has_high) return false;
  int order = num_compare(r->low, r->high);
  return order > 0 || (order == 0 && (r->low_open || r->high_open));
}

/* Of whole numbers an end is a whole number that is reached. */
static void to_whole(Arena *arena, Range *r) {
  Num one = num_of(1);
  if (r->has_low) {
    Num low = num_round(arena, r->low, ROUND_CEILING, one);
    r->low = r->low_open && num_equal(low, r->low) ? num_add(arena, low, one) : low;
    r->low_open = false;
  }
  if (r->has_high) {
    Num high = num_round(arena, r->high, ROUND_FLOOR, one);
    r->high = r->high_open && num_equal(high, r->high) ? num_sub(arena, high, one) : high;
    r->high_open = false;
  }
}

static bool is_whole(const Facts *f, uint32_t node) {
  const Type *type = f->program->nodes[node].type;
  return type->kind == TYPE_DATE || (type->kind == TYPE_NUMBER && f->bounds[node].places == 0);
}

static bool is_higher_low(const Range *r, const Range *than) {
  if (!r->has_low || !num_fits(r->low)) return false;
  if (!than->has_low) return true;
  int order = num_compare(r->low, than->low);
  return order > 0 || (order == 0 && r->low_open && !than->low_open);
}

static bool is_lower_high(const Range *r, const Range *than) {
  if (!r->has_high || !num_fits(r->high)) return false;
  if (!than->has_high) return true;
  int order = num_compare(r->high, than->high);
  return order < 0 || (order == 0 && r->high_open && !than->high_open);
}

static void narrow_range(Facts *f, uint32_t node, Range r, Said why) {
  if (f->program->nodes[node].op == OP_CONSTANT) return; /* it is the other side that gives way */
  const FactSlot *before = slot_of(f, node);
  if (is_whole(f, node)) to_whole(f->arena, &r);
  bool low = is_higher_low(&r, &before->range), high = is_lower_high(&r, &before->range);
  if (!low && !high) return;
  FactSlot *slot = change_slot(f, node);
  if (low) slot->range.has_low = true, slot->range.low = r.low, slot->range.low_open = r.low_open, slot->low = why;
  if (high)
    slot->range.has_high = true, slot->range.high = r.high, slot->range.high_open = r.high_open, slot->high = why;
  if (is_empty(&slot->range)) contradict(f, node, low ? slot->high : slot->low, why);
}

/* ---- sets ---- */

static void narrow_mask(Facts *f, uint32_t node, uint64_t mask, Said why) {
  if (!(slot_of(f, node)->mask & ~mask)) return;
  FactSlot *slot = change_slot(f, node);
  Said before = slot->other;
  slot->mask &= mask;
  slot->other = why;
  if (!slot->mask) contradict(f, node, before, why);
}

static void narrow_truth(Facts *f, uint32_t node, bool truth, Said why) {
  const FactSlot *now = slot_of(f, node);
  if (truth ? !now->may_no && now->may_yes : !now->may_yes && now->may_no) return;
  FactSlot *slot = change_slot(f, node);
  Said before = slot->other;
  *(truth ? &slot->may_no : &slot->may_yes) = false;
  slot->other = why;
  if (!slot->may_yes && !slot->may_no) contradict(f, node, before, why);
}

/* ---- comparisons ---- */

static Range above(const Range *r, bool touching) {
  return (Range){.low = r->low, .has_low = r->has_low, .low_open = r->low_open || !touching};
}

static Range below(const Range *r, bool touching) {
  return (Range){.high = r->high, .has_high = r->has_high, .high_open = r->high_open || !touching};
}

/* a < b, or a <= b where they may touch: a lies below the highest b, b above the lowest a. */
static void add_order(Facts *f, uint32_t a, uint32_t b, bool touching, Said why) {
  Range of_a = slot_of(f, a)->range, of_b = slot_of(f, b)->range;
  narrow_range(f, a, below(&of_b, touching), why);
  narrow_range(f, b, above(&of_a, touching), why);
}

static void add_equal(Facts *f, uint32_t a, uint32_t b, Said why) {
  Range of_a = slot_of(f, a)->range, of_b = slot_of(f, b)->range;
  narrow_range(f, a, of_b, why);
  narrow_range(f, b, of_a, why);
}

static bool has_masks(const Facts *f, uint32_t node) {
  return f->program->nodes[node].type->values->count <= ENUM_MASK_VALUES;
}

/* ---- conditions ---- */

static void add_atom(Facts *f, uint32_t node, bool truth) {
  const Node *n = &f->program->nodes[node];
  Said why = {node, truth};
  uint32_t a = n->a == NO_NODE ? NO_NODE : facts_origin(f->program, n->a);
  uint32_t b = n->b == NO_NODE ? NO_NODE : facts_origin(f->program, n->b);
  narrow_truth(f, node, truth, why);
  switch ((int)n->op) {
  case OP_LESS:
    if (truth)
      add_order(f, a, b, false, why);
    else
      add_order(f, b, a, true, why);
    break;
  case OP_LESS_EQUAL:
    if (truth)
      add_order(f, a, b, true, why);
    else
      add_order(f, b, a, false, why);
    break;
  case OP_EQUAL:
    if (truth) add_equal(f, a, b, why);
    break;
  case OP_IN_MASK:
    if (has_masks(f, a)) narrow_mask(f, a, truth ? n->mask : ~n->mask, why);
    break;
  default: break;
  }
}

/* Does the condition, being this, say something of all of its parts? */
static bool is_joint(const Node *n, bool truth) {
  if (n->op == OP_AND) return truth;
  if (n->op == OP_OR) return !truth;
  return n->op == OP_AT_LEAST_OF && (truth ? n->index == n->count : n->index == 1);
}

void facts_add(Facts *f, uint32_t condition, bool truth, uint32_t parts) {
  f->open.count = 0;
  list_push(f->arena, &f->open, ((Said){condition, truth}));
  for (uint32_t looked = 0; f->open.count && looked < parts && !f->impossible; looked++) {
    Said next = f->open.at[--f->open.count];
    const Node *n = &f->program->nodes[next.node];
    if (n->op == OP_SPREAD || n->op == OP_NOT) {
      list_push(f->arena, &f->open, ((Said){n->a, n->op == OP_NOT ? !next.truth : next.truth}));
    } else if (!is_joint(n, next.truth)) {
      add_atom(f, next.node, next.truth);
    } else if (n->op == OP_AT_LEAST_OF) {
      for (uint32_t i = 0; i < n->count; i++)
        list_push(f->arena, &f->open, ((Said){f->program->arguments[n->first + i], next.truth}));
    } else {
      list_push(f->arena, &f->open, ((Said){n->a, next.truth}));
      list_push(f->arena, &f->open, ((Said){n->b, next.truth}));
    }
  }
}
