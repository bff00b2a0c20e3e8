/* Gaps, overlaps, and rows that nothing reaches. A row is a box of segments, one side for each input; what no row fits is
 * what is left of the whole when all boxes are taken out. The whole is cut in two, and again, at the end of some row that
 * parts the others best, until a piece is inside a row or outside of all: tables made by people fall apart soon. A table
 * that does not is given up, and that is told. */
#include <stdlib.h>
#include <string.h>
#include "check/table_text.h"

enum {
  MOST_WORK = 20000000, /* looks at a side of a row, for a whole table */
  MOST_PIECES = 1000,   /* of gaps that are kept */
  MOST_TOLD = 5
};

typedef struct Gaps {
  TableText *t;
  Arena *arena;
  uint32_t inputs, rows;   /* without `otherwise` */
  uint32_t *sides;         /* segments of each input, with the missing one */
  SegmentList *cover;      /* rows × inputs, the missing segment among them */
  uint32_t *begins, *ends; /* room for try_input, as long as the longest side and one more */
  uint64_t work;
  bool given_up;
} Gaps;

static const SegmentList *cover_of(const Gaps *g, uint32_t row, uint32_t input) {
  return &g->cover[(size_t)row * g->inputs + input];
}

static void make_cover(Gaps *g) {
  g->cover = arena_array(g->arena, SegmentList, (size_t)g->rows * g->inputs);
  for (uint32_t row = 0; row < g->rows; row++)
    for (uint32_t i = 0; i < g->inputs; i++) {
      const AskedCell *cell = asked_cell(g->t, row, i);
      SegmentList *list = &g->cover[(size_t)row * g->inputs + i];
      for (uint32_t k = 0; k < cell->segments.count; k++) list_push(g->arena, list, cell->segments.at[k]);
      if (!g->t->axes[i].names_missing || !(cell->any || (cell->missing && !cell->negated))) continue;
      uint32_t missing = g->sides[i] - 1;
      if (list->count && list->at[list->count - 1].last + 1 == missing)
        list->at[list->count - 1].last = missing;
      else
        list_push(g->arena, list, ((Segments){missing, missing}));
    }
}

/* ---- boxes ---- */

/* A piece of the whole: [low, high] of each input, and the rows that reach into it. */
typedef struct Piece {
  uint32_t *low, *high;
  uint32_t *rows;
  uint32_t count;
} Piece;
typedef LIST(Piece) PieceList;

static bool side_meets(const SegmentList *side, uint32_t low, uint32_t high) {
  for (uint32_t i = 0; i < side->count; i++)
    if (side->at[i].first <= high && side->at[i].last >= low) return true;
  return false;
}

static bool side_holds(const SegmentList *side, uint32_t low, uint32_t high) {
  for (uint32_t i = 0; i < side->count; i++)
    if (side->at[i].first <= low && side->at[i].last >= high) return true;
  return false;
}

static bool row_holds(const Gaps *g, uint32_t row, const Piece *p) {
  for (uint32_t i = 0; i < g->inputs; i++)
    if (!side_holds(cover_of(g, row, i), p->low[i], p->high[i])) return false;
  return true;
}

static bool any_row_holds(Gaps *g, const Piece *p) {
  g->work += p->count;
  for (uint32_t k = 0; k < p->count; k++)
    if (row_holds(g, p->rows[k], p)) return true;
  return false;
}

/* ---- cutting ---- */

typedef struct Knife {
  uint32_t input, at; /* the second half begins here */
  uint64_t cost;
} Knife;

/* How far a side reaches within [low, high]. It does reach into it. */
static Segments reach_within(const SegmentList *side, uint32_t low, uint32_t high) {
  Segments reach = {high, low};
  for (uint32_t i = 0; i < side->count; i++) {
    if (side->at[i].first > high || side->at[i].last < low) continue;
    uint32_t first = side->at[i].first > low ? side->at[i].first : low;
    uint32_t last = side->at[i].last < high ? side->at[i].last : high;
    if (first < reach.first) reach.first = first;
    if (last > reach.last) reach.last = last;
  }
  return reach;
}

/* The best cut along one input: few rows in both halves, and as many in one as in the other. */
static void try_input(Gaps *g, const Piece *p, uint32_t input, Knife *best) {
  uint32_t low = p->low[input], high = p->high[input], width = high - low + 1;
  uint32_t *begins = g->begins, *ends = g->ends;
  memset(begins, 0, (width + 1u) * sizeof *begins);
  memset(ends, 0, (width + 1u) * sizeof *ends);
  for (uint32_t k = 0; k < p->count; k++) {
    Segments reach = reach_within(cover_of(g, p->rows[k], input), low, high);
    begins[reach.first - low]++;
    ends[reach.last - low + 1]++;
  }
  uint64_t left = 0, right = p->count;
  for (uint32_t at = 1; at < width; at++) {
    left += begins[at - 1];
    right -= ends[at];
    if (!begins[at] && !ends[at]) continue;
    uint64_t cost = left * left + right * right;
    if (cost >= best->cost) continue;
    *best = (Knife){input, low + at, cost};
  }
  g->work += p->count + width / 8;
}

/* Where every row reaches from end to end, but one has a hole. */
static bool cut_at_hole(const Gaps *g, const Piece *p, Knife *knife) {
  for (uint32_t i = 0; i < g->inputs; i++) {
    const SegmentList *side = cover_of(g, p->rows[0], i);
    for (uint32_t k = 0; k < side->count; k++)
      if (side->at[k].last >= p->low[i] && side->at[k].last < p->high[i]) {
        *knife = (Knife){i, side->at[k].last + 1, 0};
        return true;
      }
  }
  return false;
}

static Piece half_of(Gaps *g, const Piece *p, const Knife *knife, bool second) {
  Piece half = {.low = arena_copy(g->arena, p->low, g->inputs * sizeof *p->low),
                .high = arena_copy(g->arena, p->high, g->inputs * sizeof *p->high)};
  *(second ? &half.low[knife->input] : &half.high[knife->input]) = second ? knife->at : knife->at - 1;
  half.rows = arena_array(g->arena, uint32_t, p->count);
  for (uint32_t k = 0; k < p->count; k++)
    if (side_meets(cover_of(g, p->rows[k], knife->input), half.low[knife->input], half.high[knife->input]))
      half.rows[half.count++] = p->rows[k];
  g->work += p->count;
  return half;
}

/* Adds the pieces of `whole` that no row fits, at most so many. */
static void find_gaps(Gaps *g, Piece whole, uint32_t most, PieceList *gaps) {
  PieceList stack = {0};
  list_push(g->arena, &stack, whole);
  while (stack.count && gaps->count < most) {
    Piece p = stack.at[--stack.count];
    if (!p.count) {
      list_push(g->arena, gaps, p);
      continue;
    }
    if (g->work > MOST_WORK) {
      g->given_up = true;
      return;
    }
    if (any_row_holds(g, &p)) continue;
    Knife knife = {NO_INDEX, 0, UINT64_MAX};
    for (uint32_t i = 0; i < g->inputs; i++)
      if (p.low[i] < p.high[i]) try_input(g, &p, i, &knife);
    if (knife.input == NO_INDEX && !cut_at_hole(g, &p, &knife)) continue;
    list_push(g->arena, &stack, half_of(g, &p, &knife, true));
    list_push(g->arena, &stack, half_of(g, &p, &knife, false));
  }
}

static Piece whole_of(const Gaps *g) {
  Piece p = {.low = arena_array(g->arena, uint32_t, g->inputs),
             .high = arena_array(g->arena, uint32_t, g->inputs),
             .rows = arena_array(g->arena, uint32_t, g->rows),
             .count = g->rows};
  for (uint32_t i = 0; i < g->inputs; i++) p.high[i] = g->sides[i] - 1;
  for (uint32_t row = 0; row < g->rows; row++) p.rows[row] = row;
  return p;
}

/* ---- boxes in words ---- */

/* Which segments of each input, one array for each. */
static bool **new_sets(const Gaps *g) {
  bool **sets = arena_array(g->arena, bool *, g->inputs);
  for (uint32_t i = 0; i < g->inputs; i++) sets[i] = arena_array(g->arena, bool, g->sides[i]);
  return sets;
}

static bool is_full(const Gaps *g, uint32_t input, const bool *set) {
  for (uint32_t k = 0; k < g->sides[input]; k++)
    if (!set[k]) return false;
  return true;
}

/* "l = Arena and year >= 6" */
static View box_text(const Gaps *g, bool *const *sets) {
  static const char *const words[][LANGUAGE_COUNT] = {{" and ", " og "},
                                                      {"whatever is asked", "hva det enn spørres om"}};
  Language language = g->t->c->vocabulary->language;
  Writer *w = writer_to_memory(g->arena);
  bool first = true;
  for (uint32_t i = 0; i < g->inputs; i++) {
    if (is_full(g, i, sets[i])) continue;
    if (!first) write_text(w, words[0][language]);
    first = false;
    write_view(w, g->t->signature->names[i]);
    write_view(w, segments_text(g->t, i, sets[i]));
  }
  if (first) write_text(w, words[1][language]);
  return writer_memory(w);
}

/* "yearly cap(Arena, 6)" */
static View witness_text(const Gaps *g, const Piece *p) {
  Writer *w = writer_to_memory(g->arena);
  write_view(w, g->t->signature->symbol->name.text);
  for (uint32_t i = 0; i < g->inputs; i++) {
    write_text(w, i ? ", " : "(");
    write_view(w, segment_witness(g->t, i, p->low[i]));
  }
  write_char(w, ')');
  return writer_memory(w);
}

/* ---- gaps ---- */

static bool side_meets_set(const SegmentList *side, const bool *set) {
  for (uint32_t i = 0; i < side->count; i++)
    for (uint32_t k = side->at[i].first; k <= side->at[i].last; k++)
      if (set[k]) return true;
  return false;
}

/* As many segments of one input more as no row then reaches into. */
static void grow_side(Gaps *g, bool **sets, uint32_t input) {
  bool *taken = arena_array(g->arena, bool, g->sides[input]);
  for (uint32_t row = 0; row < g->rows; row++) {
    bool beside = true;
    for (uint32_t i = 0; i < g->inputs && beside; i++)
      beside = i == input || side_meets_set(cover_of(g, row, i), sets[i]);
    const SegmentList *side = cover_of(g, row, input);
    for (uint32_t k = 0; beside && k < side->count; k++)
      memset(taken + side->at[k].first, true, side->at[k].last - side->at[k].first + 1);
  }
  if (axis_has_names(&g->t->axes[input])) {
    for (uint32_t k = 0; k < g->sides[input]; k++) sets[input][k] |= !taken[k];
    return;
  }
  uint32_t first = 0, end = g->t->axes[input].segments; /* of numbers it stays one interval */
  while (first < g->sides[input] && !sets[input][first]) first++;
  if (first >= end) return;
  for (uint32_t k = first; k < end && !taken[k]; k++) sets[input][k] = true;
  for (uint32_t k = first; k > 0 && !taken[k - 1]; k--) sets[input][k - 1] = true;
}

static bool sets_hold(const Gaps *g, bool *const *sets, const Piece *p) {
  for (uint32_t i = 0; i < g->inputs; i++)
    for (uint32_t k = p->low[i]; k <= p->high[i]; k++)
      if (!sets[i][k]) return false;
  return true;
}

static void add_box(Gaps *g, bool *const *sets, uint32_t number, Writer *w) {
  static const char *const between[LANGUAGE_COUNT] = {"; nor ", "; heller ikke "};
  if (number) write_text(w, between[g->t->c->vocabulary->language]);
  write_view(w, box_text(g, sets));
}

/* The pieces grown into boxes as large as may be; those inside another are not told again. */
static void report_gaps(Gaps *g, const PieceList *gaps) {
  static const char *const more[][LANGUAGE_COUNT] = {{"; and ", "; og "}, {" more", " til"}};
  LIST(bool **) boxes = {0};
  Writer *w = writer_to_memory(g->arena);
  for (uint32_t p = 0; p < gaps->count; p++) {
    const Piece *piece = &gaps->at[p];
    bool told = false;
    for (uint32_t b = 0; b < boxes.count && !told; b++) told = sets_hold(g, boxes.at[b], piece);
    if (told) continue;
    bool **sets = new_sets(g);
    for (uint32_t i = 0; i < g->inputs; i++) memset(sets[i] + piece->low[i], true, piece->high[i] - piece->low[i] + 1);
    for (uint32_t i = 0; i < g->inputs; i++) grow_side(g, sets, i);
    if (boxes.count < MOST_TOLD) add_box(g, sets, boxes.count, w);
    list_push(g->arena, &boxes, sets);
  }
  Language language = g->t->c->vocabulary->language;
  if (boxes.count > MOST_TOLD) {
    write_text(w, more[0][language]);
    write_int(w, boxes.count - MOST_TOLD);
    write_text(w, more[1][language]);
  }
  diag_add(g->t->c->diags, MSG_E0930, g->t->signature->symbol->name.span, writer_memory(w),
           witness_text(g, &gaps->at[0]), DIAG_END);
}

static void check_gaps(Gaps *g, bool *complete) {
  Checker *c = g->t->c;
  PieceList gaps = {0};
  bool otherwise = g->rows < g->t->rows.count;
  find_gaps(g, whole_of(g), otherwise ? 1 : MOST_PIECES, &gaps);
  if (g->given_up && !otherwise)
    diag_add(c->diags, MSG_W0964, g->t->signature->symbol->name.span, g->t->signature->symbol->name.text, DIAG_END);
  if (otherwise && !gaps.count && !g->given_up)
    diag_add(c->diags, MSG_W0961, g->t->rows.at[g->rows].item->span, DIAG_END);
  if (!otherwise && gaps.count) report_gaps(g, &gaps);
  *complete = otherwise || (!gaps.count && !g->given_up);
}

/* ---- overlaps ---- */

static bool sides_meet(const SegmentList *a, const SegmentList *b) {
  for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
    if (a->at[i].first <= b->at[k].last && b->at[k].first <= a->at[i].last) return true;
    if (a->at[i].last < b->at[k].last)
      i++;
    else
      k++;
  }
  return false;
}

static bool rows_meet(Gaps *g, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < g->inputs; i++, g->work++)
    if (!sides_meet(cover_of(g, a, i), cover_of(g, b, i))) return false;
  return true;
}

static bool constants_same(const Constant *a, const Constant *b) {
  return a->yes == b->yes && a->code == b->code && view_equal(a->text, b->text) && num_equal(a->number, b->number);
}

static bool rows_give_same(const Gaps *g, uint32_t a, uint32_t b) {
  const TableText *t = g->t;
  uint32_t outputs = t->signature->output_count;
  for (uint32_t i = 0; i < outputs; i++) {
    size_t x = (size_t)a * outputs + i, y = (size_t)b * outputs + i;
    bool constants = t->values[x].type && t->values[y].type;
    const SourceList *sources = t->c->diags->sources;
    if (constants ? !constants_same(&t->values[x], &t->values[y])
                  : !view_equal(span_text(sources, t->given[x]->span), span_text(sources, t->given[y]->span)))
      return false;
  }
  return true;
}

static View common_text(const Gaps *g, uint32_t a, uint32_t b) {
  bool **sets = new_sets(g);
  for (uint32_t i = 0; i < g->inputs; i++)
    for (uint32_t k = 0; k < g->sides[i]; k++)
      sets[i][k] = side_holds(cover_of(g, a, i), k, k) && side_holds(cover_of(g, b, i), k, k);
  return box_text(g, sets);
}

static View row_number(const Gaps *g, uint32_t row) { return view_format(g->arena, "%u", row + 1); }

/* Told at the row that stands further down; where that has its message already, at the other. */
static void report_overlap(Gaps *g, uint32_t first, uint32_t second, bool *told) {
  bool same = rows_give_same(g, first, second);
  uint32_t place = told[second] ? first : second;
  MessageCode code = g->t->policy == ROWS_ANY ? MSG_E0933 : same ? MSG_E0932 : MSG_E0931;
  if (told[place]) return;
  told[place] = true;
  diag_add(g->t->c->diags, code, g->t->rows.at[place].item->span, row_number(g, first), row_number(g, second),
           common_text(g, first, second), DIAG_END)
      ->other = g->t->rows.at[place == first ? second : first].item->span;
}

/* Rows by where they begin along the input with the most segments, so that few have to be held against each other. */
typedef struct Start {
  uint32_t row, first, last;
} Start;

static int compare_starts(const void *x, const void *y) {
  const Start *a = x, *b = y;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static Start *sorted_starts(Gaps *g) {
  uint32_t input = 0;
  for (uint32_t i = 1; i < g->inputs; i++)
    if (g->sides[i] > g->sides[input]) input = i;
  Start *starts = arena_array(g->arena, Start, g->rows);
  for (uint32_t row = 0; row < g->rows; row++) {
    const SegmentList *side = cover_of(g, row, input);
    starts[row] = (Start){row, 0, 0};
    if (side->count) starts[row] = (Start){row, side->at[0].first, side->at[side->count - 1].last};
  }
  qsort(starts, g->rows, sizeof *starts, compare_starts);
  return starts;
}

/* Two rows that meet, in the order of the text. */
typedef struct Pair {
  uint32_t first, second;
} Pair;

static int compare_pairs(const void *x, const void *y) {
  const Pair *a = x, *b = y;
  if (a->second != b->second) return a->second < b->second ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first;
}

typedef struct Overlaps {
  bool any, wrong;
  bool *later; /* rows that meet one above them */
} Overlaps;

static void report_overlaps(Gaps *g, Pair *pairs, uint32_t count) {
  bool *told = arena_array(g->arena, bool, g->rows);
  if (count) qsort(pairs, count, sizeof *pairs, compare_pairs);
  for (uint32_t i = 0; i < count; i++) report_overlap(g, pairs[i].first, pairs[i].second, told);
}

static Overlaps find_overlaps(Gaps *g) {
  enum { MOST_PAIRS = 100000 };
  Overlaps o = {.later = arena_array(g->arena, bool, g->rows)};
  LIST(Pair) pairs = {0};
  const Start *starts = sorted_starts(g);
  RowPolicy policy = g->t->policy;
  for (uint32_t i = 0; i < g->rows && !g->given_up; i++) {
    for (uint32_t k = i + 1; k < g->rows && starts[k].first <= starts[i].last; k++) {
      uint32_t a = starts[i].row, b = starts[k].row;
      if (!rows_meet(g, a, b)) continue;
      Pair pair = {a < b ? a : b, a < b ? b : a};
      o.any = true;
      o.later[pair.second] = true;
      bool wrong = policy == ROWS_ONE || (policy == ROWS_ANY && !rows_give_same(g, a, b));
      o.wrong |= wrong;
      if (wrong && pairs.count < MOST_PAIRS) list_push(g->arena, &pairs, pair);
    }
    g->given_up = g->work > MOST_WORK;
  }
  if (g->given_up)
    diag_add(g->t->c->diags, MSG_W0964, g->t->signature->symbol->name.span, g->t->signature->symbol->name.text,
             DIAG_END);
  report_overlaps(g, pairs.at, pairs.count);
  return o;
}

/* ---- rows that are never reached ---- */

/* One more row, all of the whole but for [first, last] of one input. */
static void add_slab(Gaps *inner, uint32_t input, uint32_t first, uint32_t last) {
  SegmentList *fill = &inner->cover[(size_t)inner->rows++ * inner->inputs];
  for (uint32_t i = 0; i < inner->inputs; i++) {
    Segments side = {i == input ? first : 0, i == input ? last : inner->sides[i] - 1};
    list_push(inner->arena, &fill[i], side);
  }
}

/* Is what the row asks asked by those above it? Sought is a piece of the row's box that none of them fits, so what lies
 * outside of the box counts as taken. */
static bool is_covered(Gaps *g, uint32_t row, Arena *scratch) {
  Gaps inner = *g;
  uint32_t above = 0, outside = 0, *meeting = arena_array(scratch, uint32_t, row);
  for (uint32_t other = 0; other < row; other++)
    if (rows_meet(g, other, row)) meeting[above++] = other;
  for (uint32_t i = 0; i < g->inputs; i++) outside += cover_of(g, row, i)->count + 1;
  inner.arena = scratch;
  inner.rows = above;
  inner.cover = arena_array(scratch, SegmentList, (size_t)(above + outside) * g->inputs);
  for (uint32_t k = 0; k < above; k++)
    memcpy(inner.cover + (size_t)k * g->inputs, cover_of(g, meeting[k], 0), g->inputs * sizeof *g->cover);
  for (uint32_t i = 0; i < g->inputs; i++) {
    const SegmentList *side = cover_of(g, row, i);
    uint32_t next = 0;
    for (uint32_t k = 0; k < side->count; next = side->at[k++].last + 1)
      if (side->at[k].first > next) add_slab(&inner, i, next, side->at[k].first - 1);
    if (next < g->sides[i]) add_slab(&inner, i, next, g->sides[i] - 1);
  }
  PieceList left = {0};
  find_gaps(&inner, whole_of(&inner), 1, &left);
  g->work = inner.work;
  return !left.count && !inner.given_up;
}

static void check_reached(Gaps *g, const Overlaps *o) {
  Arena *scratch = arena_new();
  for (uint32_t row = 1; row < g->rows && g->work < MOST_WORK; row++) {
    if (o->later[row] && is_covered(g, row, scratch))
      diag_add(g->t->c->diags, MSG_W0960, g->t->rows.at[row].item->span, row_number(g, row), DIAG_END);
    arena_reset(scratch);
  }
  arena_free(scratch);
}

/* ---- rows that could be one ---- */

static bool sides_same(const SegmentList *a, const SegmentList *b) {
  return a->count == b->count && memcmp(a->at, b->at, a->count * sizeof *a->at) == 0;
}

/* Two sides that make one without a hole; of names any two do. */
static bool sides_join(const Gaps *g, uint32_t input, const SegmentList *a, const SegmentList *b) {
  if (axis_has_names(&g->t->axes[input])) return true;
  if (a->count != 1 || b->count != 1) return false;
  return a->at[0].last + 1 == b->at[0].first || b->at[0].last + 1 == a->at[0].first;
}

/* All sides but one, as a key. */
static View key_without(const Gaps *g, uint32_t row, uint32_t input) {
  LIST(uint32_t) parts = {0};
  for (uint32_t i = 0; i < g->inputs; i++) {
    const SegmentList *side = cover_of(g, row, i);
    for (uint32_t k = 0; i != input && k < side->count; k++) {
      list_push(g->arena, &parts, side->at[k].first);
      list_push(g->arena, &parts, side->at[k].last);
    }
    list_push(g->arena, &parts, NO_INDEX);
  }
  return (View){(const char *)parts.at, parts.count * (uint32_t)sizeof *parts.at};
}

static void report_joinable(Gaps *g, uint32_t a, uint32_t b, uint32_t input) {
  bool **sets = new_sets(g);
  for (uint32_t i = 0; i < g->inputs; i++)
    for (uint32_t k = 0; k < g->sides[i]; k++)
      sets[i][k] = side_holds(cover_of(g, a, i), k, k) || (i == input && side_holds(cover_of(g, b, i), k, k));
  diag_add(g->t->c->diags, MSG_W0962, g->t->rows.at[b].item->span, row_number(g, a), row_number(g, b),
           box_text(g, sets), DIAG_END)
      ->other = g->t->rows.at[a].item->span;
}

/* One hint a table; the next comes when it was taken. */
static void check_joinable(Gaps *g) {
  for (uint32_t input = 0; input < g->inputs; input++) {
    Map seen;
    map_init(&seen, g->arena);
    for (uint32_t row = 0; row < g->rows; row++) {
      uint32_t before;
      View key = key_without(g, row, input);
      const SegmentList *side = cover_of(g, row, input);
      bool known = map_get(&seen, key, &before);
      if (known && rows_give_same(g, before, row) && sides_join(g, input, cover_of(g, before, input), side) &&
          !sides_same(cover_of(g, before, input), side)) {
        report_joinable(g, before, row, input);
        return;
      }
      map_set(&seen, key, row);
    }
  }
}

/* ---- all of it ---- */

void check_rows(TableText *t, bool *complete, bool *unique) {
  bool one_of_them = t->policy == ROWS_ONE || t->policy == ROWS_ANY || t->policy == ROWS_FIRST;
  if (!one_of_them && t->policy != ROWS_HIGHEST && t->policy != ROWS_LOWEST) return;
  Arena *arena = arena_new();
  Gaps g = {.t = t, .arena = arena, .inputs = t->signature->count, .rows = t->rows.count};
  if (t->rows.at[g.rows - 1].otherwise) g.rows--;
  g.sides = arena_array(arena, uint32_t, g.inputs);
  for (uint32_t i = 0; i < g.inputs; i++) g.sides[i] = segments_of(t, i);
  uint32_t longest = 0;
  for (uint32_t i = 0; i < g.inputs; i++) longest = g.sides[i] > longest ? g.sides[i] : longest;
  g.begins = arena_array(arena, uint32_t, longest + 1u);
  g.ends = arena_array(arena, uint32_t, longest + 1u);
  make_cover(&g);
  check_gaps(&g, complete);
  g.work = 0;
  g.given_up = false;
  Overlaps o = find_overlaps(&g);
  *unique = !g.given_up && !o.wrong;
  if (t->policy == ROWS_FIRST) check_reached(&g, &o);
  if ((t->policy == ROWS_FIRST || t->policy == ROWS_ANY) && !o.any && !g.given_up && g.rows > 1)
    diag_add(t->c->diags, MSG_W0963, t->policy_span, DIAG_END);
  if (one_of_them && !o.any) check_joinable(&g);
  arena_free(arena);
}
