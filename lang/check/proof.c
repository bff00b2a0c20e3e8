#include "check/proof.h"

#include "base/calendar.h"

enum { NAME_BYTES = 60, MOST_PIECES = 3, DEEPEST = 60 };

/* ---- names ---- */

/* On one line, and not all of it where it is long. */
static View squeezed(Arena *arena, View text) {
  Writer *w = writer_to_memory(arena);
  bool blank = false;
  for (uint32_t i = 0; i < text.length; i++) {
    bool here = text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\t' || text.at[i] == '\r';
    if (i >= NAME_BYTES && ((unsigned char)text.at[i] & 0xC0) != 0x80) {
      write_text(w, "…");
      break;
    }
    if (!here && blank) write_char(w, ' ');
    if (!here) write_char(w, text.at[i]);
    blank = here && i > 0;
  }
  return writer_memory(w);
}

static View word(const Proof *p, const char *en, const char *nb) {
  return view_of(p->language == LANGUAGE_NB ? nb : en);
}

View proof_name(const Proof *p, uint32_t node) {
  const Program *program = p->facts->program;
  node = facts_origin(program, node);
  while (program->nodes[node].op == OP_REPEAT) node = program->nodes[node].a;
  const Node *n = &program->nodes[node];
  if (node == p->score) return word(p, "score", "poengsum");
  if (n->op == OP_INPUT) return program->inputs[n->index].name;
  if (n->op == OP_DATED && n->label.length) return n->label;
  if (n->op == OP_TABLE) return program->tables[program->spaces[n->space].index].column_names[n->index];
  if (n->op == OP_COUNT) return word(p, "count", "antall");
  return squeezed(p->facts->arena, span_text(program->sources, n->span));
}

/* ---- values ---- */

static View with_unit(Arena *arena, Num number, View unit) {
  View digits = num_text_for_people(arena, number);
  return view_join(arena, view_join(arena, digits, VIEW(" ")), unit);
}

static View of_seconds(const Proof *p, Num seconds) {
  Arena *arena = p->facts->arena;
  Num days = num_div(arena, seconds, num_of(86400));
  return num_is_whole(days) ? with_unit(arena, days, word(p, "days", "dager"))
                            : with_unit(arena, seconds, word(p, "seconds", "sekunder"));
}

static View of_months(const Proof *p, Num months) {
  Arena *arena = p->facts->arena;
  Num years = num_div(arena, months, num_of(12));
  return num_is_whole(years) ? with_unit(arena, years, word(p, "years", "år"))
                             : with_unit(arena, months, word(p, "months", "måneder"));
}

static View value_of(const Proof *p, const Type *type, Num number) {
  Arena *arena = p->facts->arena;
  int64_t whole;
  bool is_whole = num_to_int(number, &whole);
  if (type->kind == TYPE_DATE && is_whole && whole >= DATE_MIN && whole <= DATE_MAX) return date_text(arena, whole);
  if (type->kind == TYPE_MOMENT && is_whole) return moment_text(arena, p->facts->program->zone, whole);
  if (type->kind == TYPE_MONTHS) return of_months(p, number);
  if (type->kind == TYPE_DURATION) return of_seconds(p, number);
  View digits = num_text_for_people(arena, number);
  if (type->kind != TYPE_MONEY) return digits;
  return view_join(arena, view_join(arena, type->currency, VIEW(" ")), digits);
}

/* ---- bounds ---- */

/* The ends of the calendar are no news. */
static bool is_news(const Type *type, Num end) {
  bool edge = num_equal(end, num_of(DATE_MIN)) || num_equal(end, num_of(DATE_MAX));
  return type->kind != TYPE_DATE || !edge;
}

static View range_text(const Proof *p, const Type *type, View name, const Range *r) {
  Writer *w = writer_to_memory(p->facts->arena);
  bool low = r->has_low && is_news(type, r->low), high = r->has_high && is_news(type, r->high);
  if (low && high && num_equal(r->low, r->high)) {
    write_view(w, name);
    write_text(w, " = ");
    write_view(w, value_of(p, type, r->low));
    return writer_memory(w);
  }
  if (low && high) {
    write_view(w, value_of(p, type, r->low));
    write_text(w, r->low_open ? " < " : " <= ");
  }
  write_view(w, name);
  if (low && !high) {
    write_text(w, r->low_open ? " > " : " >= ");
    write_view(w, value_of(p, type, r->low));
  }
  if (high) {
    write_text(w, r->high_open ? " < " : " <= ");
    write_view(w, value_of(p, type, r->high));
  }
  return writer_memory(w);
}

static View mask_text(const Proof *p, const Type *type, View name, uint64_t mask) {
  enum { MOST_VALUES = 6 };
  Writer *w = writer_to_memory(p->facts->arena);
  uint32_t shown = 0;
  write_view(w, name);
  write_text(w, ": ");
  for (uint32_t code = 0; code < type->values->count && code < ENUM_MASK_VALUES; code++) {
    if (!(mask >> code & 1)) continue;
    if (shown++) write_text(w, ", ");
    if (shown > MOST_VALUES) {
      write_text(w, "…");
      break;
    }
    write_view(w, type->values->values[code]);
  }
  return writer_memory(w);
}

View proof_bound(const Proof *p, uint32_t node) {
  const Bound *b = &p->facts->bounds[node];
  const Type *type = p->facts->program->nodes[node].type;
  View name = proof_name(p, node);
  if (!b->may_know) return name;
  if (type_is_number_like(type)) return range_text(p, type, name, &b->range);
  if (type->kind == TYPE_ENUM && type->values->count <= ENUM_MASK_VALUES) return mask_text(p, type, name, b->mask);
  return name;
}

/* ---- reasons ---- */

/* The parts that a proof has, each once. */
typedef struct Pieces {
  const Proof *proof;
  View at[MOST_PIECES];
  uint32_t count;
  bool more;
} Pieces;

static void add_piece(Pieces *pieces, View text) {
  for (uint32_t i = 0; i < pieces->count; i++)
    if (view_equal(pieces->at[i], text)) return;
  if (pieces->count == MOST_PIECES)
    pieces->more = true;
  else
    pieces->at[pieces->count++] = text;
}

static void add_operand(Pieces *pieces, uint32_t node) {
  const Program *program = pieces->proof->facts->program;
  if (node != NO_NODE && program->nodes[node].op != OP_CONSTANT) add_piece(pieces, proof_bound(pieces->proof, node));
}

/* A part that was said, as a comparison: its text, or that it does not hold. */
static void add_said(Pieces *pieces, Said said) {
  const Proof *p = pieces->proof;
  const Facts *f = p->facts;
  if (said.node == NO_NODE) {
    add_operand(pieces, f->about);
    return;
  }
  const Node *n = &f->program->nodes[said.node];
  View text = squeezed(f->arena, span_text(f->program->sources, n->span));
  if (n->op == OP_LESS || n->op == OP_LESS_EQUAL) {
    bool less = said.truth, equal = (n->op == OP_LESS_EQUAL) == said.truth;
    const Constant *limit = NULL;
    uint32_t other = n->a;
    if (f->program->nodes[n->b].op == OP_CONSTANT) limit = &f->program->constants[f->program->nodes[n->b].index];
    if (f->program->nodes[n->a].op == OP_CONSTANT) {
      limit = &f->program->constants[f->program->nodes[n->a].index];
      other = n->b;
      less = !less;
    }
    if (limit && type_is_number_like(limit->type)) {
      Range r = less ? (Range){.high = limit->number, .has_high = true, .high_open = !equal}
                     : (Range){.low = limit->number, .has_low = true, .low_open = !equal};
      add_piece(pieces, range_text(p, limit->type, proof_name(p, other), &r));
      return;
    }
  }
  if (n->op == OP_IN_MASK) {
    const Type *type = f->program->nodes[n->a].type;
    add_piece(pieces, mask_text(p, type, proof_name(p, n->a), said.truth ? n->mask : ~n->mask));
    return;
  }
  add_piece(pieces, said.truth ? text : view_join(f->arena, word(p, "not ", "ikke "), text));
}

static void add_conflict(Pieces *pieces) {
  Said first = pieces->proof->facts->first, second = pieces->proof->facts->second;
  add_said(pieces, first);
  add_said(pieces, second);
}

static void why(Pieces *pieces, uint32_t node, bool truth, uint32_t depth);

static bool can_be(const Pieces *pieces, uint32_t node, bool truth) {
  const Bound *b = &pieces->proof->facts->bounds[node];
  return truth ? b->may_yes : b->may_no;
}

/* All of several are needed: the first that cannot be, else that they contradict each other. */
static void why_not_joint(Pieces *pieces, uint32_t node, bool truth, const uint32_t *parts, uint32_t count,
                          uint32_t depth) {
  Facts *f = pieces->proof->facts;
  for (uint32_t i = 0; i < count; i++)
    if (!can_be(pieces, parts[i], truth)) {
      why(pieces, parts[i], truth, depth);
      return;
    }
  facts_begin(f);
  facts_add(f, node, truth, FACTS_ALL_PARTS);
  if (f->impossible) add_conflict(pieces);
}

/* One of several would do: none of them can be. */
static void why_none(Pieces *pieces, bool truth, const uint32_t *parts, uint32_t count, uint32_t depth) {
  for (uint32_t i = 0; i < count && !pieces->more; i++)
    if (!can_be(pieces, parts[i], truth)) why(pieces, parts[i], truth, depth);
}

static void why(Pieces *pieces, uint32_t node, bool truth, uint32_t depth) {
  const Program *program = pieces->proof->facts->program;
  const Node *n = &program->nodes[node];
  const uint32_t pair[] = {n->a, n->b};
  if (depth > DEEPEST || pieces->more) return;
  switch ((int)n->op) {
  case OP_CONSTANT: return;
  case OP_SPREAD:
  case OP_REPEAT: why(pieces, n->a, truth, depth + 1); return;
  case OP_NOT: why(pieces, n->a, !truth, depth + 1); return;
  case OP_AND:
  case OP_OR:
    if ((n->op == OP_AND) == truth)
      why_not_joint(pieces, node, truth, pair, 2, depth + 1);
    else
      why_none(pieces, truth, pair, 2, depth + 1);
    return;
  case OP_AT_LEAST_OF:
    if (truth ? n->index == n->count : n->index == 1)
      why_not_joint(pieces, node, truth, program->arguments + n->first, n->count, depth + 1);
    else
      why_none(pieces, truth, program->arguments + n->first, n->count, depth + 1);
    return;
  case OP_COUNT:
    if (n->a != NO_NODE && !can_be(pieces, n->a, true)) why(pieces, n->a, true, depth + 1);
    return;
  default: break;
  }
  for (int i = 0; i < 2; i++) {
    uint32_t behind = pair[i] == NO_NODE ? NO_NODE : facts_origin(program, pair[i]);
    bool empty = behind != NO_NODE && program->nodes[behind].op == OP_COUNT && program->nodes[behind].a != NO_NODE &&
                 !can_be(pieces, program->nodes[behind].a, true);
    if (empty)
      why(pieces, behind, true, depth + 1);
    else
      add_operand(pieces, pair[i]);
  }
}

static View joined(const Pieces *pieces) {
  Writer *w = writer_to_memory(pieces->proof->facts->arena);
  for (uint32_t i = 0; i < pieces->count; i++) {
    if (i) write_text(w, "; ");
    write_view(w, pieces->at[i]);
  }
  if (pieces->more) write_text(w, "; …");
  return writer_memory(w);
}

View proof_never(const Proof *p, uint32_t node, bool truth) {
  Pieces pieces = {.proof = p};
  why(&pieces, node, truth, 0);
  if (!pieces.count)
    add_piece(&pieces,
              squeezed(p->facts->arena, span_text(p->facts->program->sources, p->facts->program->nodes[node].span)));
  return joined(&pieces);
}

View proof_conflict(const Proof *p) {
  Pieces pieces = {.proof = p};
  add_conflict(&pieces);
  return joined(&pieces);
}
