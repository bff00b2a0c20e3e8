/* Holes: dated values that are missing at a date where a rule needs them. A rule can be asked on the days on which its
 * level is there; what stands in `every application`, while there is any level. What asks for the date itself, or for
 * the level sought, may keep a rule away from the dates without a value: then nothing is said. */
#include "check/deep.h"

#include "base/calendar.h"

/* From when on a node can be computed, and the days after that on which it cannot. */
typedef struct Need {
  int64_t from;
  uint32_t by; /* the DATED node that begins last, NO_NODE: nothing is needed */
  Days hole;
  uint32_t hole_by; /* NO_NODE: there is none */
  bool asks_date;
} Need;

typedef struct Holes {
  Deep *deep;
  Need *needs; /* by node */
  Days levels; /* while there is any level; without a ladder from the first date in the text on */
  bool dated;  /* is there a ladder? */
} Holes;

static const Need no_need = {.by = NO_NODE, .hole_by = NO_NODE};

static Need need_both(Need a, Need b) {
  Need out = a.by == NO_NODE || (b.by != NO_NODE && b.from > a.from) ? b : a;
  const Need *with_hole = a.hole_by != NO_NODE ? &a : &b;
  out.hole = with_hole->hole;
  out.hole_by = with_hole->hole_by;
  out.asks_date = a.asks_date || b.asks_date;
  return out;
}

/* What asks for the date may settle the question before the other is needed. */
static Need need_of_junction(Need a, Need b) {
  bool asks = a.asks_date || b.asks_date;
  Need out = a.asks_date && b.asks_date ? no_need : a.asks_date ? a : b.asks_date ? b : need_both(a, b);
  out.asks_date = asks;
  return out;
}

/* Of two branches only what both need, for there may be one for each time. */
static Need need_of_branches(Need a, Need b) {
  Need out = a.by == NO_NODE || b.by == NO_NODE ? no_need : a.from < b.from ? a : b;
  if (a.hole_by != b.hole_by) out.hole_by = NO_NODE;
  out.asks_date = a.asks_date || b.asks_date;
  return out;
}

static bool has_value(const Program *p, const Node *n, uint32_t i) { return p->arguments[n->first + i] != NO_NODE; }

static Need need_of_dated(const Holes *h, const Node *n, uint32_t id) {
  const Program *p = h->deep->program;
  const Period *periods = p->periods + n->index;
  Need out = no_need;
  uint32_t first = 0;
  out.asks_date = !n->label.length; /* is a level on the ladder? */
  if (!n->label.length || p->nodes[n->a].op != OP_AS_OF) return out;
  while (first < n->count && !has_value(p, n, first)) first++;
  if (first == n->count) return out;
  out.from = periods[first].from;
  out.by = id;
  uint32_t hole = first;
  while (hole < n->count && has_value(p, n, hole)) hole++;
  uint32_t end = hole;
  while (end < n->count && !has_value(p, n, end)) end++;
  Days days = {hole < n->count ? periods[hole].from : DATE_MAX, end < n->count ? periods[end].from - 1 : DATE_MAX};
  if (hole < n->count && days.first <= days.last) out.hole = days, out.hole_by = id;
  for (uint32_t i = 0; i < n->count; i++)
    if (has_value(p, n, i)) out.asks_date |= h->needs[p->arguments[n->first + i]].asks_date;
  return out;
}

static Need need_of_operands(const Holes *h, const Node *n) {
  const uint32_t operands[] = {n->a, n->b, n->c};
  Need out = no_need;
  for (int i = 0; i < 3; i++)
    if (operands[i] != NO_NODE) out = need_both(out, h->needs[operands[i]]);
  for (uint32_t i = 0; i < n->count; i++) {
    uint32_t argument = h->deep->program->arguments[n->first + i];
    if (argument != NO_NODE) out = need_both(out, h->needs[argument]);
  }
  return out;
}

static Need need_of_node(const Holes *h, uint32_t id) {
  const Program *p = h->deep->program;
  const Node *n = &p->nodes[id];
  if (n->op == OP_DATED) return need_of_dated(h, n, id);
  if (n->op == OP_AND || n->op == OP_OR) return need_of_junction(h->needs[n->a], h->needs[n->b]);
  if (n->op == OP_IF) return need_of_junction(h->needs[n->a], need_of_branches(h->needs[n->b], h->needs[n->c]));
  Need out = need_of_operands(h, n);
  bool level = n->type->kind == TYPE_ENUM && n->type->values->is_level;
  if (n->op == OP_AS_OF || id == p->as_of_source || (n->op == OP_INPUT && level)) out.asks_date = true;
  return out;
}

/* The field that the date is taken from asks for the date as well. */
static void find_needs(Holes *h) {
  const Program *p = h->deep->program;
  h->needs = arena_array(h->deep->c->arena, Need, p->node_count);
  bool *own = arena_array(h->deep->c->arena, bool, p->node_count);
  for (uint32_t node = p->as_of_source; node != NO_NODE; node = p->nodes[node].a) own[node] = true;
  for (uint32_t i = 0; i < p->node_count; i++) {
    h->needs[i] = need_of_node(h, i);
    h->needs[i].asks_date |= own[i];
  }
}

/* ---- when rules are asked ---- */

static View label_of(const Holes *h, uint32_t dated) { return h->deep->program->nodes[dated].label; }

/* Of what a module declares the dates are its own: that it has rules for 2014 says nothing of the programme that uses it. */
static bool is_dated_in_module(const Program *p, uint32_t node) { return p->is_module[p->nodes[node].span.source]; }

static void check_days(Holes *h, uint32_t node, Days days, View name, Span span) {
  Arena *arena = h->deep->c->arena;
  DiagQueue *diags = h->deep->c->diags;
  const Need *need = &h->needs[node];
  bool own = need->by != NO_NODE && (h->dated || !is_dated_in_module(h->deep->program, need->by));
  if (own && days.first < need->from) {
    MessageCode code = h->dated ? MSG_W0540 : MSG_W0542;
    diag_add(diags, code, span, name, label_of(h, need->by), date_text(arena, need->from), date_text(arena, days.first),
             DIAG_END);
  }
  if (need->hole_by != NO_NODE && need->hole.first <= days.last && need->hole.last >= days.first) {
    int64_t day = need->hole.first > days.first ? need->hole.first : days.first;
    MessageCode code = h->dated ? MSG_W0541 : MSG_W0543;
    diag_add(diags, code, span, name, label_of(h, need->hole_by), date_text(arena, day), DIAG_END);
  }
}

static Days cut(Days days, Days to) {
  if (days.first < to.first) days.first = to.first;
  if (days.last > to.last) days.last = to.last;
  return days;
}

static void check_level_days(Holes *h, const Level *level) {
  Deep *d = h->deep;
  DaysList all = {0};
  days_of_level(d, level, &all);
  if (level->kind == LEVEL_BUNDLE) return; /* its requirements are asked by who takes them */
  for (uint32_t k = 0; k < all.count; k++) {
    Days days = cut(all.at[k], h->levels);
    if (days.first > days.last) continue;
    for (uint32_t i = 0; i < level->rule_count; i++) {
      const Rule *rule = &d->program->rules[level->rules[i]];
      check_days(h, rule->fulfilled, days, rule->id, rule->condition_span);
    }
    if (level->enough != NO_NODE) check_days(h, level->enough, days, level->name, level->span);
  }
}

static int64_t first_date_in_text(const Program *p) {
  int64_t first = DATE_MAX;
  for (uint32_t i = 0; i < p->rule_node_count; i++) {
    const Node *node = &p->nodes[i];
    if (node->op != OP_DATED || !node->count || is_dated_in_module(p, i)) continue;
    if (p->periods[node->index].from < first) first = p->periods[node->index].from;
  }
  return first;
}

static Days days_of_levels(Holes *h) {
  const Program *p = h->deep->program;
  Days out = {DATE_MAX, DATE_MIN};
  if (!h->dated) return (Days){first_date_in_text(p), DATE_MAX};
  for (uint32_t i = 0; i < p->level_count; i++) {
    DaysList days = {0};
    if (p->levels[i].kind != LEVEL_LEVEL) continue;
    days_of_level(h->deep, &p->levels[i], &days);
    for (uint32_t k = 0; k < days.count; k++) {
      if (days.at[k].first < out.first) out.first = days.at[k].first;
      if (days.at[k].last > out.last) out.last = days.at[k].last;
    }
  }
  return out;
}

void check_holes(Deep *d) {
  const Program *p = d->program;
  Holes h = {.deep = d, .dated = decl_of_kind(d->c, DECL_LADDER) != NULL};
  if (p->as_of == NO_NODE) return;
  find_needs(&h);
  h.levels = days_of_levels(&h);
  for (uint32_t i = 0; i < p->level_count; i++) check_level_days(&h, &p->levels[i]);
  for (uint32_t i = 0; i < d->c->symbols.count; i++) {
    const Symbol *symbol = d->c->symbols.at[i];
    if (symbol->kind != SYMBOL_DECISION || h.levels.first > h.levels.last) continue;
    check_days(&h, p->decisions[symbol->index].node, h.levels, symbol->name.text, symbol->name.span);
  }
}
