/* Levels held against themselves and each other: requirements of one level that nobody can meet together, levels that
 * are never there, and levels that ask for less than the ones below them. */
#include "check/deep.h"

#include "base/calendar.h"

/* ---- when a level is there ---- */

static const Decl *decl_of_level(const Deep *d, const Level *level) {
  return d->level_decls[level - d->program->levels];
}

static Days valid_days(const Decl *decl) {
  Days days = {DATE_MIN, DATE_MAX};
  for (uint32_t i = 0; decl && i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_VALID_FROM) days.first = item->date;
    if (item->kind == ITEM_VALID_UNTIL) days.last = item->date;
  }
  return days;
}

static bool stands_on(const Item *rung, View name) {
  for (uint32_t i = 0; i < rung->names.count; i++)
    if (view_equal(rung->names.at[i].text, name)) return true;
  return false;
}

static Days days_of_rung(const Decl *ladder, uint32_t i) {
  bool last = i + 1 == ladder->items.count;
  return (Days){ladder->items.at[i]->date, last ? DATE_MAX : ladder->items.at[i + 1]->date - 1};
}

void days_of_level(Deep *d, const Level *level, DaysList *out) {
  Days valid = valid_days(decl_of_level(d, level));
  const Decl *ladder = level->kind == LEVEL_LEVEL ? decl_of_kind(d->c, DECL_LADDER) : NULL;
  if (!ladder) list_push(d->c->arena, out, valid);
  for (uint32_t i = 0; ladder && i < ladder->items.count; i++) {
    Days days = days_of_rung(ladder, i);
    if (days.first < valid.first) days.first = valid.first;
    if (days.last > valid.last) days.last = valid.last;
    if (days.first > days.last || !stands_on(ladder->items.at[i], level->name)) continue;
    if (out->count && out->at[out->count - 1].last + 1 == days.first)
      out->at[out->count - 1].last = days.last;
    else
      list_push(d->c->arena, out, days);
  }
}

static Span name_span(const Deep *d, const Level *level) {
  const Decl *decl = decl_of_level(d, level);
  return decl && decl->name.text.length ? decl->name.span : level->span;
}

static void check_there(Deep *d, const Level *level) {
  DaysList days = {0};
  if (level->kind != LEVEL_LEVEL) return;
  days_of_level(d, level, &days);
  if (!days.count) diag_add(d->c->diags, MSG_W0665, name_span(d, level), level->name, DIAG_END);
}

/* ---- requirements that contradict each other ---- */

/* Adds what a level asks; false once the facts contradict each other. A requirement that nobody meets is told of
 * itself. */
static bool add_rules(Deep *d, const Level *level) {
  enum { PARTS = 64 }; /* of each; levels may copy very many requirements from each other */
  for (uint32_t i = 0; i < level->rule_count; i++) {
    const Rule *rule = &d->program->rules[level->rules[i]];
    if (rule->phase == PHASE_EXPECTED || !d->bounds[rule->fulfilled].may_yes) continue;
    facts_add(d->facts, rule->fulfilled, true, PARTS);
    if (d->facts->impossible) return false;
  }
  return true;
}

static void check_together(Deep *d, const Level *level, const Level *common) {
  facts_begin(d->facts);
  if (common && level->kind == LEVEL_LEVEL && !add_rules(d, common)) return; /* told of every application */
  if (add_rules(d, level)) return;
  View name = level->kind == LEVEL_COMMON ? vocabulary_spelling(d->c->vocabulary, TOKEN_EVERY_APPLICATION) : level->name;
  diag_add(d->c->diags, MSG_W0668, name_span(d, level), name, proof_conflict(&d->proof), DIAG_END);
}

/* ---- a higher level that asks for less ---- */

/* The least that a level asks of a node. */
typedef struct Floor {
  uint32_t node;
  Num low;
  bool open;
  uint64_t mask; /* enumerations, else 0 */
  Span span;
  View name;
} Floor;
typedef LIST(Floor) FloorList;

/* `x >= 5`, `x > 5` and `position is at least national`, alone in a requirement. */
static bool floor_of(const Deep *d, const Rule *rule, Floor *out) {
  const Program *p = d->program;
  bool truth = true;
  uint32_t node = facts_origin(p, rule->condition);
  if (rule->when != NO_NODE || rule->unless != NO_NODE || rule->phase == PHASE_EXPECTED) return false;
  for (; p->nodes[node].op == OP_NOT; node = facts_origin(p, p->nodes[node].a)) truth = !truth;
  const Node *n = &p->nodes[node];
  *out = (Floor){.span = rule->condition_span, .name = rule->id};
  if (n->op == OP_IN_MASK) {
    const EnumType *values = p->nodes[n->a].type->values;
    out->node = facts_origin(p, n->a);
    out->mask = truth ? n->mask : ~n->mask;
    if (values->count < ENUM_MASK_VALUES) out->mask &= (UINT64_C(1) << values->count) - 1;
    return values->ordered && !values->is_level && out->mask;
  }
  if (n->op != OP_LESS) return false;
  uint32_t above = truth ? n->b : n->a, below = truth ? n->a : n->b; /* below < above, or below <= above */
  if (p->nodes[below].op != OP_CONSTANT || p->nodes[above].op == OP_CONSTANT) return false;
  out->node = facts_origin(p, above);
  out->low = p->constants[p->nodes[below].index].number;
  out->open = truth;
  return type_is_number_like(p->nodes[above].type) && num_fits(out->low);
}

static bool asks_less(const Floor *a, const Floor *b) {
  if (a->mask) return __builtin_ctzll(a->mask) < __builtin_ctzll(b->mask);
  int order = num_compare(a->low, b->low);
  return order < 0 || (order == 0 && !a->open && b->open);
}

/* The highest floor so far of every node, and who asks for it. */
typedef struct Heights {
  Deep *deep;
  uint32_t *held; /* by node: index into floors + 1, where stamps agree */
  uint32_t *stamps, stamp;
  FloorList floors;
  LIST(uint32_t) levels; /* who asks, by floor */
} Heights;

static Floor *held(Heights *h, uint32_t node) {
  return h->stamps[node] == h->stamp ? &h->floors.at[h->held[node]] : NULL;
}

static void hold(Heights *h, const Floor *floor, uint32_t level) {
  if (h->stamps[floor->node] == h->stamp) {
    h->floors.at[h->held[floor->node]] = *floor;
    h->levels.at[h->held[floor->node]] = level;
    return;
  }
  h->stamps[floor->node] = h->stamp;
  h->held[floor->node] = h->floors.count;
  list_push(h->deep->c->arena, &h->floors, *floor);
  list_push(h->deep->c->arena, &h->levels, level);
}

static void begin(Heights *h) {
  h->stamp++;
  h->floors.count = h->levels.count = 0;
}

/* What the level asks altogether: of each node the most that one of its requirements asks. */
static FloorList floors_of(Heights *h, const Level *level) {
  begin(h);
  for (uint32_t i = 0; i < level->rule_count; i++) {
    Floor floor;
    if (!floor_of(h->deep, &h->deep->program->rules[level->rules[i]], &floor)) continue;
    const Floor *other = held(h, floor.node);
    if (!other || asks_less(other, &floor)) hold(h, &floor, NO_INDEX);
  }
  FloorList own = {0};
  for (uint32_t i = 0; i < h->floors.count; i++) list_push(h->deep->c->arena, &own, h->floors.at[i]);
  return own;
}

static void told_less(Heights *h, MessageCode code, Span span, Span other, const Level *level, uint32_t lower,
                      View what) {
  const Level *below = &h->deep->program->levels[lower];
  diag_add(h->deep->c->diags, code, span, level->name, what, below->name, DIAG_END)->other = other;
}

static const Item *threshold_item(const Deep *d, const Level *level) {
  const Decl *decl = decl_of_level(d, level);
  for (uint32_t i = 0; decl && i < decl->items.count; i++)
    if (decl->items.at[i]->kind == ITEM_THRESHOLD) return decl->items.at[i];
  return NULL;
}

static const Item *minimum_item(const Deep *d, const Level *level, View criterion) {
  const Decl *decl = decl_of_level(d, level);
  for (uint32_t i = 0; decl && i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_SCORED && item->b && view_equal(item->name.text, criterion)) return item;
  }
  return NULL;
}

/* Thresholds of one score, and minimums of one criterion, that stand in both levels. */
static void compare_scores(Heights *h, const Level *level, uint32_t lower) {
  const Deep *d = h->deep;
  const Program *p = d->program;
  const Level *below = &p->levels[lower];
  const Item *mine = threshold_item(d, level), *theirs = threshold_item(d, below);
  if (mine && theirs && level->score != NO_NODE && level->score == below->score &&
      p->nodes[level->threshold].op == OP_CONSTANT && p->nodes[below->threshold].op == OP_CONSTANT &&
      num_compare(p->constants[p->nodes[level->threshold].index].number,
                  p->constants[p->nodes[below->threshold].index].number) < 0)
    told_less(h, MSG_W0670, mine->a->span, theirs->a->span, level, lower, (View){0});
  for (uint32_t i = 0; i < level->scored_count; i++)
    for (uint32_t k = 0; k < below->scored_count; k++) {
      const Scored *a = &level->scored[i], *b = &below->scored[k];
      if (a->criterion != b->criterion || !a->has_minimum || !b->has_minimum) continue;
      View name = p->criteria[a->criterion].name;
      const Item *one = minimum_item(d, level, name), *other = minimum_item(d, below, name);
      if (one && other && num_compare(a->minimum, b->minimum) < 0)
        told_less(h, MSG_W0671, one->b->span, other->b->span, level, lower, name);
    }
}

static const Level *level_named(const Program *p, View name, uint32_t *index) {
  for (*index = 0; *index < p->level_count; ++*index)
    if (p->levels[*index].kind == LEVEL_LEVEL && view_equal(p->levels[*index].name, name)) return &p->levels[*index];
  return NULL;
}

static bool is_there_during(const Deep *d, const Level *level, Days days) {
  Days valid = valid_days(decl_of_level(d, level));
  return valid.first <= days.last && valid.last >= days.first;
}

/* From the lowest level of the rung up. */
static void climb(Heights *h, const Item *rung, Days days, const FloorList *floors) {
  uint32_t lower = NO_INDEX, index;
  begin(h);
  for (uint32_t i = 0; i < rung->names.count; i++) {
    const Level *level = level_named(h->deep->program, rung->names.at[i].text, &index);
    if (!level || !is_there_during(h->deep, level, days)) continue;
    for (uint32_t k = 0; k < floors[index].count; k++) {
      const Floor *floor = &floors[index].at[k], *before = held(h, floor->node);
      if (before && asks_less(floor, before))
        told_less(h, MSG_W0669, floor->span, before->span, level, h->levels.at[h->held[floor->node]],
                  proof_name(&h->deep->proof, floor->node));
      else
        hold(h, floor, index);
    }
    if (lower != NO_INDEX) compare_scores(h, level, lower);
    lower = index;
  }
}

static void compare_levels(Deep *d) {
  const Decl *ladder = decl_of_kind(d->c, DECL_LADDER);
  if (!ladder) return;
  const Program *p = d->program;
  Heights h = {.deep = d};
  h.held = arena_array(d->c->arena, uint32_t, p->node_count);
  h.stamps = arena_array(d->c->arena, uint32_t, p->node_count);
  FloorList *floors = arena_array(d->c->arena, FloorList, p->level_count);
  for (uint32_t i = 0; i < p->level_count; i++)
    if (p->levels[i].kind == LEVEL_LEVEL) floors[i] = floors_of(&h, &p->levels[i]);
  for (uint32_t i = 0; i < ladder->items.count; i++) climb(&h, ladder->items.at[i], days_of_rung(ladder, i), floors);
}

void check_heights(Deep *d) {
  const Program *p = d->program;
  const Level *common = p->level_count && p->levels[0].kind == LEVEL_COMMON ? &p->levels[0] : NULL;
  for (uint32_t i = 0; i < p->level_count; i++) {
    check_there(d, &p->levels[i]);
    check_together(d, &p->levels[i], common);
  }
  compare_levels(d);
}
