#include "check/deep.h"

void claim_add(Checker *c, ClaimKind kind, View name, Span span, uint32_t node, uint32_t other) {
  if (node != NO_NODE) list_push(c->arena, &c->claims, ((Claim){kind, name, span, node, other}));
}

/* ---- what is found at a place ---- */

/* A place can be looked at several times: a function's body once for each call. It is told of where all agree. */
typedef struct Finding {
  MessageCode code;
  Span span;
  bool holds;
  View name, proof;
} Finding;

typedef struct Findings {
  Deep *deep;
  Map index; /* code and place -> list */
  LIST(Finding) list;
} Findings;

static void found(Findings *f, MessageCode code, Span span, bool holds, View name, View proof) {
  Arena *arena = f->deep->c->arena;
  const uint32_t parts[] = {code, span.source, span.start, span.end};
  View key = {arena_copy(arena, parts, sizeof parts), sizeof parts};
  uint32_t before;
  if (map_get(&f->index, key, &before)) {
    f->list.at[before].holds &= holds;
    return;
  }
  map_add(&f->index, key, f->list.count);
  list_push(arena, &f->list, ((Finding){code, span, holds, name, proof}));
}

static bool is_of_library(const Checker *c, Span span) {
  const SourceList *sources = c->diags->sources;
  return span.source < sources->count && view_starts(sources->at[span.source]->name, VIEW("std."));
}

bool is_of_module(const Checker *c, Span span) {
  if (is_own_source(c, span.source)) return false;
  for (uint32_t i = 0; i < c->decls.count; i++)
    if (c->decls.at[i]->kind == DECL_MODULE && c->decls.at[i]->span.source == span.source) return true;
  return is_of_library(c, span);
}

static void tell(const Findings *f) {
  for (uint32_t i = 0; i < f->list.count; i++) {
    const Finding *one = &f->list.at[i];
    if (one->holds && !is_of_module(f->deep->c, one->span))
      diag_add(f->deep->c->diags, one->code, one->span, one->name, one->proof, DIAG_END);
  }
}

/* ---- conditions ---- */

/* Can the condition be so, given what was said before? If not, why. */
static bool is_ruled_out(Deep *d, uint32_t node, bool truth, View *proof) {
  const Bound *b = &d->bounds[node];
  if (truth ? bound_is_never(b) : bound_is_always(b)) {
    *proof = proof_never(&d->proof, node, truth);
    return true;
  }
  uint32_t mark = facts_mark(d->facts);
  facts_add(d->facts, node, truth, FACTS_ALL_PARTS);
  bool out = d->facts->impossible;
  if (out) *proof = proof_conflict(&d->proof);
  facts_back(d->facts, mark);
  return out;
}

typedef struct ClaimCodes {
  MessageCode never, always;
} ClaimCodes;

/* A score out of reach and a minimum beyond the scale are errors as far as constants go; a dated one is told here. */
static ClaimCodes codes_of(ClaimKind kind) {
  switch (kind) {
  case CLAIM_REQUIREMENT: return (ClaimCodes){MSG_W0651, MSG_W0650};
  case CLAIM_WHEN: return (ClaimCodes){MSG_W0652, MSG_W0653};
  case CLAIM_UNLESS: return (ClaimCodes){MSG_W0654, MSG_W0655};
  case CLAIM_THRESHOLD: return (ClaimCodes){MSG_W0657, MSG_W0656};
  case CLAIM_MINIMUM: return (ClaimCodes){MESSAGE_COUNT, MSG_W0658};
  case CLAIM_ADVANTAGE: return (ClaimCodes){MSG_W0666, MSG_W0667};
  case CLAIM_AT_MOST:
  case CLAIM_AT_LEAST: break;
  }
  return (ClaimCodes){MSG_W0661, MSG_W0660};
}

/* Of a group whose members make no difference already, that is told of them. */
static bool is_told_of_members(const Deep *d, uint32_t node) {
  const Node *n = &d->program->nodes[facts_origin(d->program, node)];
  for (uint32_t i = 0; n->op == OP_AT_LEAST_OF && i < n->count; i++) {
    const Bound *member = &d->bounds[d->program->arguments[n->first + i]];
    if (bound_is_always(member) || bound_is_never(member)) return true;
  }
  return false;
}

static void check_condition(Findings *f, const Claim *claim) {
  Deep *d = f->deep;
  ClaimCodes codes = codes_of(claim->kind);
  View proof = {0};
  bool is_constant = d->program->nodes[claim->node].op == OP_CONSTANT;
  if (claim->kind == CLAIM_REQUIREMENT && is_constant) return; /* W0610, W0616 */
  if (claim->kind == CLAIM_REQUIREMENT && is_told_of_members(d, claim->node)) return;
  facts_begin(d->facts);
  d->proof.score = claim->kind == CLAIM_THRESHOLD ? claim->other : NO_NODE;
  if (claim->kind == CLAIM_REQUIREMENT && claim->other != NO_NODE)
    facts_add(d->facts, claim->other, true, FACTS_ALL_PARTS);
  if (d->facts->impossible) return; /* it never applies */
  bool never = is_ruled_out(d, claim->node, true, &proof);
  if (codes.never != MESSAGE_COUNT) found(f, codes.never, claim->span, never, claim->name, proof);
  bool always = !never && is_ruled_out(d, claim->node, false, &proof);
  found(f, codes.always, claim->span, always, claim->name, proof);
}

/* A limit that the value never passes, or that it never keeps. */
static void check_cap(Findings *f, const Claim *claim) {
  Deep *d = f->deep;
  bool most = claim->kind == CLAIM_AT_MOST;
  const Bound *value = &d->bounds[claim->node], *limit = &d->bounds[claim->other];
  const Bound *low = most ? value : limit, *high = most ? limit : value;
  bool known = value->may_know && limit->may_know;
  bool never = known && range_less_equal(&low->range, &high->range) == TRUTH_YES;
  bool always = known && !never && range_less_equal(&high->range, &low->range) == TRUTH_YES;
  View name = vocabulary_spelling(d->c->vocabulary, most ? TOKEN_BUT_AT_MOST : TOKEN_BUT_AT_LEAST);
  View proof = proof_bound(&d->proof, claim->node);
  if (d->program->nodes[claim->other].op != OP_CONSTANT)
    proof = view_join(d->c->arena, view_join(d->c->arena, proof, VIEW("; ")), proof_bound(&d->proof, claim->other));
  found(f, MSG_W0660, claim->span, never, name, proof);
  found(f, MSG_W0661, claim->span, always, name, proof);
}

static void check_claims(Findings *f) {
  Checker *c = f->deep->c;
  for (uint32_t i = 0; i < c->claims.count; i++) {
    const Claim *claim = &c->claims.at[i];
    if (claim->kind == CLAIM_AT_MOST || claim->kind == CLAIM_AT_LEAST)
      check_cap(f, claim);
    else
      check_condition(f, claim);
  }
}

/* ---- choices ---- */

static bool is_there(Span span) { return span.start < span.end; }

/* From the first branch on: each condition is asked where none before it holds. Once one always holds, what stands right
 * behind it is told, and nothing of what follows. */
static void check_branches(Findings *f, const Branch *first) {
  Deep *d = f->deep;
  bool reached = true, covered = false;
  View proof = {0};
  facts_begin(d->facts);
  for (const Branch *b = first; b; b = b->next == NO_INDEX ? NULL : &d->c->branches.at[b->next]) {
    bool never = covered || (reached && is_ruled_out(d, b->condition, true, &proof));
    found(f, b->is_choice ? MSG_W0662 : MSG_W0664, b->taken, never, (View){0}, proof);
    if (covered) covered = reached = false;
    bool always = reached && !never && is_ruled_out(d, b->condition, false, &proof);
    if (is_there(b->rest)) found(f, b->is_choice ? MSG_W0663 : MSG_W0664, b->rest, always, (View){0}, proof);
    covered = always && b->is_choice;
    reached &= !always || covered;
    facts_add(d->facts, b->condition, false, FACTS_ALL_PARTS);
    if (d->facts->impossible && !covered) reached = false;
  }
}

static void check_choices(Findings *f) {
  Checker *c = f->deep->c;
  for (uint32_t i = 0; i < c->branches.count; i++)
    if (!c->branches.at[i].is_next) check_branches(f, &c->branches.at[i]);
}

/* ---- reports without an end ---- */

static void check_answer(Deep *d, const Symbol *symbol, const Answer *answer) {
  enum { SMALLEST_UNIT = 2 };
  if (answer->node == NO_NODE || !answer->type) return;
  bool money = answer->type->kind == TYPE_MONEY;
  if (!money && answer->type->kind != TYPE_NUMBER) return;
  uint16_t places = d->bounds[answer->node].places;
  View unit = money ? answer->type->currency : (View){0};
  if (places == PLACES_ENDLESS)
    diag_add(d->c->diags, MSG_W0451, symbol->name.span, symbol->name.text, DIAG_END);
  else if (money && places > SMALLEST_UNIT)
    diag_add(d->c->diags, MSG_W0450, symbol->name.span, symbol->name.text, unit, DIAG_END);
}

static void check_answers(Deep *d) {
  for (uint32_t i = 0; i < d->c->symbols.count; i++) {
    const Symbol *symbol = d->c->symbols.at[i];
    if (symbol->kind == SYMBOL_REPORT) check_answer(d, symbol, &d->program->reports[symbol->index]);
    if (symbol->kind == SYMBOL_DECISION) check_answer(d, symbol, &d->program->decisions[symbol->index]);
  }
}

/* ---- all of it ---- */

static const Decl **decls_of_levels(const Checker *c) {
  const Decl **decls = arena_array(c->arena, const Decl *, c->program->level_count);
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    const Symbol *symbol = c->symbols.at[i];
    bool level = symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND || symbol->kind == SYMBOL_BUNDLE;
    if (level) decls[symbol->index] = symbol->decl;
  }
  return decls;
}

void check_deep(Checker *c) {
  Deep d = {.c = c, .program = c->program};
  d.bounds = bounds_compute(c->arena, c->program);
  d.facts = facts_new(c->arena, c->program, d.bounds);
  d.proof = (Proof){d.facts, c->vocabulary->language, NO_NODE};
  d.level_decls = decls_of_levels(c);
  Findings f = {.deep = &d};
  map_init(&f.index, c->arena);
  check_claims(&f);
  check_choices(&f);
  tell(&f);
  check_answers(&d);
  check_heights(&d);
  check_holes(&d);
  check_uses(c);
}
