/* Cells of constants: each input's values are cut where some cell begins or ends to fit, and a cell becomes a set of the
 * segments between the cuts. The lookup, and the search for gaps, know nothing but segments. */
#include <stdlib.h>
#include "check/table_text.h"

/* ---- one cell ---- */

static bool has_codes(const Type *type) { return type->kind == TYPE_ENUM || type->kind == TYPE_YES_NO; }
static uint32_t code_count(const Type *type) { return type->kind == TYPE_ENUM ? type->values->count : 2; }

static Num number_of(const Constant *constant) {
  if (constant->type->kind == TYPE_ENUM) return num_of(constant->code);
  return constant->type->kind == TYPE_YES_NO ? num_of(constant->yes) : constant->number;
}

/* A constant that may be held against the input; false where it is computed or a mistake. */
static bool constant_of_test(TableText *t, const Expr *value, const Expr *test, const Type *type, bool ordered,
                             Constant *out) {
  bool computed = false;
  const Value it = {.kind = VALUE_SCALAR, .type = type, .node = NO_NODE};
  if (!constant_in_table(t, value, type, out, &computed)) {
    t->compiled |= computed;
    return false;
  }
  const Value v = {.kind = VALUE_SCALAR, .type = out->type, .node = NO_NODE};
  return comparable(t->c, &it, &v, test, ordered);
}

static void add_range(TableText *t, AskedCell *cell, Range range, const Expr *test) {
  int order = range.has_low && range.has_high ? num_compare(range.low, range.high) : -1;
  if (order > 0 || (order == 0 && (range.low_open || range.high_open)))
    diag_add(t->c->diags, MSG_E0919, test->span, span_text(t->c->diags->sources, test->span), DIAG_END);
  else
    list_push(t->c->arena, &cell->ranges, range);
}

/* >= 5: what is asked stands on the left */
static void read_comparison(TableText *t, AskedCell *cell, const Type *type, const Expr *test) {
  Constant value;
  bool ordered = test->kind != EXPR_EQ && test->kind != EXPR_NE;
  if (!constant_of_test(t, test->b, test, type, ordered, &value)) return;
  if (type->kind == TYPE_TEXT) {
    t->compiled |= ordered || test->kind == EXPR_NE;
    list_push(t->c->arena, &cell->texts, value.text);
    return;
  }
  Num at = number_of(&value);
  Range below = {.high = at, .low = num_of(0), .has_high = true},
        above = {.low = at, .high = num_of(0), .has_low = true};
  below.high_open = test->kind == EXPR_LT || test->kind == EXPR_NE;
  above.low_open = test->kind == EXPR_GT || test->kind == EXPR_NE;
  if (test->kind == EXPR_EQ) above.has_high = true, above.high = at;
  if (test->kind == EXPR_LT || test->kind == EXPR_LE || test->kind == EXPR_NE) add_range(t, cell, below, test);
  if (test->kind != EXPR_LT && test->kind != EXPR_LE) add_range(t, cell, above, test);
}

static void read_range(TableText *t, AskedCell *cell, const Type *type, const Expr *test) {
  Constant low, high;
  bool low_known = constant_of_test(t, test->a, test, type, true, &low);
  bool high_known = constant_of_test(t, test->b, test, type, true, &high);
  if (type->kind == TYPE_TEXT) t->compiled = true;
  if (!low_known || !high_known || type->kind == TYPE_TEXT) return;
  Range range = {.low = number_of(&low),
                 .high = number_of(&high),
                 .has_low = true,
                 .has_high = true,
                 .low_open = test->value & 1,
                 .high_open = (test->value & 2) != 0};
  add_range(t, cell, range, test);
}

static void read_value(TableText *t, AskedCell *cell, const Type *type, const Expr *test) {
  Constant value;
  if (!constant_of_test(t, test, test, type, false, &value)) return;
  if (type->kind == TYPE_TEXT) {
    list_push(t->c->arena, &cell->texts, value.text);
    return;
  }
  Num at = number_of(&value);
  list_push(t->c->arena, &cell->ranges, ((Range){.low = at, .high = at, .has_low = true, .has_high = true}));
}

static void read_test(TableText *t, AskedCell *cell, const Type *type, const Expr *test) {
  switch ((int)test->kind) {
  case EXPR_ERROR: return;
  case EXPR_IS_MISSING: cell->missing = true; return;
  case EXPR_EQ:
  case EXPR_NE:
  case EXPR_LT:
  case EXPR_LE:
  case EXPR_GT:
  case EXPR_GE:
    if (test->a->kind == EXPR_IT)
      read_comparison(t, cell, type, test);
    else
      read_value(t, cell, type, test);
    return;
  case EXPR_RANGE: read_range(t, cell, type, test); return;
  case EXPR_LIST:
    for (uint32_t i = 0; i < test->items.count; i++)
      if (test->items.at[i]->kind == EXPR_RANGE)
        read_range(t, cell, type, test->items.at[i]);
      else
        read_value(t, cell, type, test->items.at[i]);
    return;
  default: read_value(t, cell, type, test); return;
  }
}

void read_asked_cell(TableText *t, uint32_t row, uint32_t input) {
  AskedCell *cell = asked_cell(t, row, input);
  const Type *type = t->signature->types[input];
  const ExprList *tests = cell->tests;
  cell->any = !tests || !tests->count;
  for (uint32_t i = 0; !cell->any && i < tests->count; i++) {
    const Expr *test = tests->at[i];
    cell->negated |= test->kind == EXPR_NOT_ANY;
    for (uint32_t k = 0; test->kind == EXPR_NOT_ANY && k < test->items.count; k++)
      read_test(t, cell, type, test->items.at[k]);
    if (test->kind != EXPR_NOT_ANY) read_test(t, cell, type, test);
  }
}

/* ---- cuts ---- */

typedef struct Cut {
  Num at;
  bool behind;
} Cut;
typedef LIST(Cut) CutList;

static int compare_cuts(const void *x, const void *y) {
  const Cut *a = x, *b = y;
  int order = num_compare(a->at, b->at);
  return order ? order : (int)a->behind - (int)b->behind;
}

/* Values that lie a day or a whole number apart have no room between them. */
static bool is_discrete(const Type *type) { return type->whole || type->kind == TYPE_DATE; }

static Cut cut_at(Checker *c, const Type *type, Num at, bool behind) {
  if (!is_discrete(type)) return (Cut){at, behind};
  Num whole = num_round(c->arena, at, behind ? ROUND_FLOOR : ROUND_CEILING, num_of(1));
  return (Cut){behind ? num_add(c->arena, whole, num_of(1)) : whole, false};
}

static Cut low_cut(Checker *c, const Type *type, const Range *r) { return cut_at(c, type, r->low, r->low_open); }
static Cut high_cut(Checker *c, const Type *type, const Range *r) { return cut_at(c, type, r->high, !r->high_open); }

static void collect_cuts(TableText *t, uint32_t input, CutList *cuts) {
  const Type *type = t->signature->types[input];
  for (uint32_t row = 0; row < t->rows.count; row++) {
    const AskedCell *cell = asked_cell(t, row, input);
    for (uint32_t i = 0; i < cell->ranges.count; i++) {
      const Range *r = &cell->ranges.at[i];
      if (r->has_low) list_push(t->c->arena, cuts, low_cut(t->c, type, r));
      if (r->has_high) list_push(t->c->arena, cuts, high_cut(t->c, type, r));
    }
  }
}

static void sort_cuts(CutList *cuts) {
  if (cuts->count == 0) return;
  qsort(cuts->at, cuts->count, sizeof *cuts->at, compare_cuts);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < cuts->count; i++)
    if (compare_cuts(&cuts->at[i], &cuts->at[kept - 1]) != 0) cuts->at[kept++] = cuts->at[i];
  cuts->count = kept;
}

/* All starts in units of one scale, where there is such a scale. */
static void find_units(Checker *c, Axis *axis) {
  uint32_t count = axis->segments - 1;
  unsigned scale;
  axis->scale = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (!num_scale(axis->starts[i], &scale)) return;
    if (scale > axis->scale) axis->scale = scale;
  }
  int64_t *units = arena_array(c->arena, int64_t, count);
  for (uint32_t i = 0; i < count; i++)
    if (!num_to_scaled(axis->starts[i], axis->scale, &units[i])) return;
  axis->units = units;
}

static void axis_of_numbers(TableText *t, uint32_t input, Axis *axis) {
  CutList cuts = {0};
  collect_cuts(t, input, &cuts);
  sort_cuts(&cuts);
  axis->segments = cuts.count + 1;
  axis->starts = arena_array(t->c->arena, Num, cuts.count);
  axis->behind = arena_array(t->c->arena, bool, cuts.count);
  for (uint32_t i = 0; i < cuts.count; i++) axis->starts[i] = cuts.at[i].at, axis->behind[i] = cuts.at[i].behind;
  find_units(t->c, axis);
}

static void axis_of_texts(TableText *t, uint32_t input, Axis *axis) {
  map_init(&axis->texts, t->c->arena);
  for (uint32_t row = 0; row < t->rows.count; row++) {
    const AskedCell *cell = asked_cell(t, row, input);
    for (uint32_t i = 0; i < cell->texts.count; i++)
      map_add(&axis->texts, cell->texts.at[i], axis->texts.entries.count);
  }
  axis->segments = axis->texts.entries.count + 1;
}

/* ---- segments ---- */

/* The segment that begins at a cut of this axis. */
static uint32_t segment_at(const Axis *axis, const Cut *cut) {
  uint32_t low = 0, high = axis->segments - 1;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    Cut here = {axis->starts[middle], axis->behind[middle]};
    if (compare_cuts(&here, cut) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low + 1;
}

/* Of codes: a range that is clipped to those there are. False where it holds none. */
static bool segments_of_codes(const Axis *axis, const Range *r, Segments *out) {
  int64_t low = 0, high = axis->segments - 1;
  if (r->has_low) num_to_int(r->low, &low), low += r->low_open;
  if (r->has_high) num_to_int(r->high, &high), high -= r->high_open;
  *out = (Segments){(uint32_t)low, (uint32_t)high};
  return low <= high && low < axis->segments && high >= 0;
}

static bool segments_of_range(TableText *t, const Axis *axis, const Range *r, Segments *out) {
  if (has_codes(axis->type)) return segments_of_codes(axis, r, out);
  Cut low = low_cut(t->c, axis->type, r), high = high_cut(t->c, axis->type, r);
  out->first = r->has_low ? segment_at(axis, &low) : 0;
  out->last = r->has_high ? segment_at(axis, &high) - 1 : axis->segments - 1;
  return !r->has_low || !r->has_high || compare_cuts(&low, &high) < 0;
}

static int compare_segments(const void *x, const void *y) {
  const Segments *a = x, *b = y;
  return a->first < b->first ? -1 : a->first > b->first;
}

static void join_segments(SegmentList *list) {
  if (list->count == 0) return;
  qsort(list->at, list->count, sizeof *list->at, compare_segments);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < list->count; i++) {
    Segments *last = &list->at[kept - 1];
    if (list->at[i].first > last->last + 1)
      list->at[kept++] = list->at[i];
    else if (list->at[i].last > last->last)
      last->last = list->at[i].last;
  }
  list->count = kept;
}

static void turn_segments(Checker *c, SegmentList *list, uint32_t segments) {
  SegmentList rest = {0};
  uint32_t next = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->at[i].first > next) list_push(c->arena, &rest, ((Segments){next, list->at[i].first - 1}));
    next = list->at[i].last + 1;
  }
  if (next < segments) list_push(c->arena, &rest, ((Segments){next, segments - 1}));
  *list = rest;
}

static void read_segments(TableText *t, const Axis *axis, AskedCell *cell, const Expr *place) {
  Checker *c = t->c;
  Segments one;
  cell->segments.count = 0;
  if (cell->any) {
    list_push(c->arena, &cell->segments, ((Segments){0, axis->segments - 1}));
    return;
  }
  for (uint32_t i = 0; i < cell->ranges.count; i++)
    if (segments_of_range(t, axis, &cell->ranges.at[i], &one))
      list_push(c->arena, &cell->segments, one);
    else
      diag_add(c->diags, MSG_E0919, place->span, span_text(c->diags->sources, place->span), DIAG_END);
  for (uint32_t i = 0; i < cell->texts.count; i++) {
    uint32_t segment = 0;
    map_get(&axis->texts, cell->texts.at[i], &segment);
    list_push(c->arena, &cell->segments, ((Segments){segment, segment}));
  }
  join_segments(&cell->segments);
  if (cell->negated) turn_segments(c, &cell->segments, axis->segments);
}

/* ---- bits ---- */

/* A missing value is not known to be none of those in not(…). */
static bool fits_missing(const AskedCell *cell) { return cell->any || (cell->missing && !cell->negated); }

/* Counted, then put in place: toggles of segment k at [toggle_first[k], toggle_first[k + 1]). */
static void make_toggles(TableText *t, uint32_t input, Axis *axis, const uint32_t *order, uint32_t count) {
  uint32_t total = 0, *at = arena_array(t->c->arena, uint32_t, axis->segments + 2u);
  axis->toggle_first = arena_array(t->c->arena, uint32_t, axis->segments + 1u);
  for (uint32_t pass = 0; pass < 2; pass++) {
    for (uint32_t bit = 0; bit < count; bit++) {
      const SegmentList *list = &asked_cell(t, order[bit], input)->segments;
      for (uint32_t i = 0; i < list->count; i++) {
        const uint32_t ends[] = {list->at[i].first, list->at[i].last + 1};
        for (int e = 0; e < 2; e++)
          if (ends[e] < axis->segments && pass == 0)
            axis->toggle_first[ends[e] + 1]++, total++;
          else if (ends[e] < axis->segments)
            axis->toggles[at[ends[e]]++] = bit;
      }
    }
    if (pass) return;
    for (uint32_t k = 0; k < axis->segments; k++) {
      axis->toggle_first[k + 1] += axis->toggle_first[k];
      at[k] = axis->toggle_first[k];
    }
    axis->toggles = arena_array(t->c->arena, uint32_t, total);
  }
}

static void make_bits(TableText *t, uint32_t input, Axis *axis, const uint32_t *order, uint32_t count) {
  enum { MOST_WORDS = 1 << 18, STRIDE = 64 };
  axis->words = (count + 63) / 64;
  axis->stride = (uint64_t)axis->words * axis->segments > MOST_WORDS ? STRIDE : 1;
  make_toggles(t, input, axis, order, count);
  uint32_t kept = (axis->segments + axis->stride - 1) / axis->stride;
  axis->bits = arena_array(t->c->arena, uint64_t, (size_t)kept * axis->words);
  uint64_t *now = arena_array(t->c->arena, uint64_t, axis->words);
  for (uint32_t k = 0; k < axis->segments; k++) {
    for (uint32_t i = axis->toggle_first[k]; i < axis->toggle_first[k + 1]; i++)
      now[axis->toggles[i] / 64] ^= UINT64_C(1) << (axis->toggles[i] & 63);
    if (k % axis->stride == 0)
      for (uint32_t w = 0; w < axis->words; w++) axis->bits[(size_t)(k / axis->stride) * axis->words + w] = now[w];
  }
  axis->missing = arena_array(t->c->arena, uint64_t, axis->words);
  for (uint32_t bit = 0; bit < count; bit++)
    if (fits_missing(asked_cell(t, order[bit], input))) axis->missing[bit / 64] |= UINT64_C(1) << (bit & 63);
}

void make_axes(TableText *t, const uint32_t *order, uint32_t count) {
  Checker *c = t->c;
  t->axes = arena_array(c->arena, Axis, t->signature->count);
  for (uint32_t input = 0; input < t->signature->count; input++) {
    Axis *axis = &t->axes[input];
    axis->type = t->signature->types[input];
    if (has_codes(axis->type))
      axis->segments = code_count(axis->type);
    else if (axis->type->kind == TYPE_TEXT)
      axis_of_texts(t, input, axis);
    else
      axis_of_numbers(t, input, axis);
    for (uint32_t row = 0; row < t->rows.count; row++) {
      AskedCell *cell = asked_cell(t, row, input);
      if (t->rows.at[row].otherwise) continue;
      axis->names_missing |= cell->missing;
      read_segments(t, axis, cell, cell->any ? NULL : cell->tests->at[0]);
    }
    make_bits(t, input, axis, order, count);
  }
}

/* ---- in words: those of the rules text ---- */

typedef enum TableWord {
  WORD_OF_IS_MISSING,
  WORD_OF_OR_MISSING,
  WORD_OF_KNOWN,
  WORD_OF_MISSING,
  WORD_OF_YES,
  WORD_OF_NO,
  WORD_OF_ANY,
  WORD_OF_OTHER,
  WORD_OF_AMONG,
  WORD_OF_WITHIN
} TableWord;

static View said(const TableText *t, TableWord word) {
  static const char *const words[][LANGUAGE_COUNT] = {{" is missing", " mangler"},
                                                      {" (or missing)", " (eller mangler)"},
                                                      {" is known", " er oppgitt"},
                                                      {"missing", "mangler"},
                                                      {"yes", "ja"},
                                                      {"no", "nei"},
                                                      {"= anything", "= hva som helst"},
                                                      {"any other text", "en annen tekst"},
                                                      {" in [", " blant ["},
                                                      {"in ", "innenfor "}};
  return view_of(words[word][t->c->vocabulary->language]);
}

uint32_t segments_of(const TableText *t, uint32_t input) {
  return t->axes[input].segments + t->axes[input].names_missing;
}

static View literal_text(const TableText *t, const Type *type, Num number) {
  Arena *arena = t->c->arena;
  int64_t whole = 0;
  num_to_int(number, &whole);
  View text = num_text(arena, number, NULL);
  switch (type->kind) {
  case TYPE_MONEY:
    return view_format(arena, "%.*s %.*s", (int)type->currency.length, type->currency.at, (int)text.length, text.at);
  case TYPE_DATE: return date_text(arena, whole);
  case TYPE_MOMENT: return moment_text(arena, t->c->program->zone, whole);
  case TYPE_MONTHS: return view_format(arena, "%.*s months", (int)text.length, text.at);
  case TYPE_DURATION: return view_format(arena, "%.*s seconds", (int)text.length, text.at);
  case TYPE_ENUM: return type->values->values[whole];
  case TYPE_YES_NO: return said(t, whole ? WORD_OF_YES : WORD_OF_NO);
  case TYPE_ERROR:
  case TYPE_NUMBER:
  case TYPE_RATE:
  case TYPE_TEXT:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return text;
}

/* "= 4", "< 5", ">= 2019-01-01", "in [4..6]" for the segments first … last of a number axis */
static View interval_text(const TableText *t, const Axis *axis, uint32_t first, uint32_t last) {
  Arena *arena = t->c->arena;
  bool has_low = first > 0, has_high = last + 1 < axis->segments;
  if (!has_low && !has_high) return said(t, WORD_OF_ANY);
  Num low = has_low ? axis->starts[first - 1] : num_of(0), high = has_high ? axis->starts[last] : num_of(0);
  bool low_open = has_low && axis->behind[first - 1], high_open = has_high && !axis->behind[last];
  if (has_high && is_discrete(axis->type)) high = num_sub(arena, high, num_of(1)), high_open = false;
  View l = literal_text(t, axis->type, low), h = literal_text(t, axis->type, high);
  if (!has_high) return view_format(arena, "%s %.*s", low_open ? ">" : ">=", (int)l.length, l.at);
  if (!has_low) return view_format(arena, "%s %.*s", high_open ? "<" : "<=", (int)h.length, h.at);
  if (num_equal(low, high)) return view_format(arena, "= %.*s", (int)l.length, l.at);
  View range = view_format(arena, "%s%.*s..%.*s%s", low_open ? "(" : "[", (int)l.length, l.at, (int)h.length, h.at,
                           high_open ? ")" : "]");
  return view_join(arena, said(t, WORD_OF_WITHIN), range);
}

static View value_of_segment(const TableText *t, const Axis *axis, uint32_t segment) {
  if (axis->type->kind != TYPE_TEXT) return literal_text(t, axis->type, num_of(segment));
  Arena *arena = t->c->arena;
  if (segment + 1 == axis->segments) return said(t, WORD_OF_OTHER);
  View text = axis->texts.entries.at[segment].key;
  return view_format(arena, "\"%.*s\"", (int)text.length, text.at);
}

static uint32_t count_of_set(const bool *set, uint32_t count) {
  uint32_t found = 0;
  for (uint32_t k = 0; k < count; k++) found += set[k];
  return found;
}

static View part_text(const TableText *t, const Axis *axis, uint32_t first, uint32_t last) {
  if (axis_has_names(axis)) return value_of_segment(t, axis, first);
  View text = interval_text(t, axis, first, last);
  if (view_starts(text, VIEW("= "))) return (View){text.at + 2, text.length - 2};
  View within = said(t, WORD_OF_WITHIN);
  return view_starts(text, within) ? (View){text.at + within.length, text.length - within.length} : text;
}

/* " in [Arena, NCE]", " in [3, [5..6], > 8]" */
static View several_text(const TableText *t, const Axis *axis, const bool *segments) {
  Writer *w = writer_to_memory(t->c->arena);
  View before = said(t, WORD_OF_AMONG);
  for (uint32_t k = 0; k < axis->segments; k++) {
    if (!segments[k]) continue;
    uint32_t last = k;
    while (!axis_has_names(axis) && last + 1 < axis->segments && segments[last + 1]) last++;
    write_view(w, before);
    write_view(w, part_text(t, axis, k, last));
    before = VIEW(", ");
    k = last;
  }
  write_char(w, ']');
  return writer_memory(w);
}

static View known_text(const TableText *t, const Axis *axis, const bool *segments) {
  uint32_t count = count_of_set(segments, axis->segments), first = 0;
  if (count == axis->segments) return said(t, WORD_OF_KNOWN);
  while (first < axis->segments && !segments[first]) first++;
  if (axis_has_names(axis) && count == 1) return view_join(t->c->arena, VIEW(" = "), value_of_segment(t, axis, first));
  uint32_t last = first;
  while (last + 1 < axis->segments && segments[last + 1]) last++;
  if (axis_has_names(axis) || last - first + 1 != count) return several_text(t, axis, segments);
  return view_join(t->c->arena, VIEW(" "), interval_text(t, axis, first, last));
}

View segments_text(const TableText *t, uint32_t input, const bool *segments) {
  const Axis *axis = &t->axes[input];
  bool missing = axis->names_missing && segments[axis->segments];
  if (!count_of_set(segments, axis->segments)) return said(t, WORD_OF_IS_MISSING);
  View known = known_text(t, axis, segments);
  if (!missing) return known;
  return view_join(t->c->arena, known, said(t, WORD_OF_OR_MISSING));
}

/* A number between the cuts: the first one, else something behind it. */
static View witness_number(const TableText *t, const Axis *axis, uint32_t k) {
  Arena *arena = t->c->arena;
  bool has_low = k > 0, has_high = k + 1 < axis->segments;
  Num at = num_of(0);
  if (has_low && !axis->behind[k - 1])
    at = axis->starts[k - 1];
  else if (has_low && has_high)
    at = num_div(arena, num_add(arena, axis->starts[k - 1], axis->starts[k]), num_of(2));
  else if (has_low)
    at = num_add(arena, axis->starts[k - 1], num_of(1));
  else if (has_high)
    at = axis->behind[k] ? axis->starts[k] : num_sub(arena, axis->starts[k], num_of(1));
  if (has_low && has_high && axis->behind[k] && axis->behind[k - 1]) at = axis->starts[k];
  return literal_text(t, axis->type, at);
}

View segment_witness(const TableText *t, uint32_t input, uint32_t segment) {
  const Axis *axis = &t->axes[input];
  if (segment == axis->segments) return said(t, WORD_OF_MISSING);
  if (axis->type->kind == TYPE_TEXT && segment + 1 == axis->segments) return VIEW("\"any other\"");
  if (has_codes(axis->type) || axis->type->kind == TYPE_TEXT) return value_of_segment(t, axis, segment);
  return witness_number(t, axis, segment);
}
