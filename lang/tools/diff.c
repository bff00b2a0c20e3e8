#include "tools/diff.h"
#include <string.h>

enum { CONTEXT = 3, MOST_CHANGES = 2000 };

typedef LIST(View) LineList;

/* One line of the result: kept, taken from the first text, or added from the second. */
typedef struct Edit {
  char sign;
  uint32_t a, b; /* lines of the two texts before it */
} Edit;

typedef struct Diff {
  Arena *arena;
  LineList a, b;
  LIST(Edit) edits;
} Diff;

static void cut_lines(Arena *arena, View text, LineList *out) {
  while (text.length) {
    const char *end = memchr(text.at, '\n', text.length);
    uint32_t length = end ? (uint32_t)(end - text.at) + 1 : text.length;
    list_push(arena, out, ((View){text.at, length}));
    text = (View){text.at + length, text.length - length};
  }
}

static void add_edit(Diff *d, char sign, uint32_t *a, uint32_t *b) {
  list_push(d->arena, &d->edits, ((Edit){sign, *a, *b}));
  if (sign != '+') ++*a;
  if (sign != '-') ++*b;
}

/* ---- the shortest way from one text to the other (E. Myers' greedy search) ---- */

typedef LIST(int32_t *) Trace;

/* How far along each diagonal k = x - y one gets with `changes` changes; the ways of fewer changes stay in `trace`. */
static bool search(Diff *d, uint32_t first, int32_t n, int32_t m, Trace *trace) {
  for (int32_t changes = 0; changes <= n + m && changes <= MOST_CHANGES; changes++) {
    int32_t *far = arena_array(d->arena, int32_t, 2 * (size_t)changes + 3);
    const int32_t *before = changes ? trace->at[changes - 1] : NULL;
    list_push(d->arena, trace, far);
    for (int32_t k = -changes; k <= changes; k += 2) {
      int32_t x = 0, at = k + changes; /* diagonal k stands at k + changes, that of the step before at k + changes - 1 */
      if (before) {
        bool down = k == -changes || (k != changes && before[at - 2] < before[at]);
        x = down ? before[at] : before[at - 2] + 1;
      }
      while (x < n && x - k < m && view_equal(d->a.at[first + (uint32_t)x], d->b.at[first + (uint32_t)(x - k)])) x++;
      far[at] = x;
      if (x >= n && x - k >= m) return true;
    }
  }
  return false;
}

/* The signs of the way found, from its end. */
static void walk_back(const Trace *trace, int32_t n, int32_t m, Writer *signs) {
  int32_t x = n, y = m;
  for (int32_t changes = (int32_t)trace->count - 1; changes > 0; changes--) {
    const int32_t *before = trace->at[changes - 1];
    int32_t k = x - y, at = k + changes;
    bool down = k == -changes || (k != changes && before[at - 2] < before[at]);
    int32_t from_x = down ? before[at] : before[at - 2], from_y = from_x - (down ? k + 1 : k - 1);
    for (; x > from_x + (down ? 0 : 1); x--, y--) write_char(signs, ' ');
    write_char(signs, down ? '+' : '-');
    x = from_x;
    y = from_y;
  }
  for (; x > 0; x--) write_char(signs, ' ');
}

static void find_edits(Diff *d) {
  uint32_t first = 0, tail = 0, a = 0, b = 0;
  while (first < d->a.count && first < d->b.count && view_equal(d->a.at[first], d->b.at[first])) first++;
  while (first + tail < d->a.count && first + tail < d->b.count &&
         view_equal(d->a.at[d->a.count - tail - 1], d->b.at[d->b.count - tail - 1]))
    tail++;
  for (uint32_t i = 0; i < first; i++) add_edit(d, ' ', &a, &b);
  int32_t n = (int32_t)(d->a.count - first - tail), m = (int32_t)(d->b.count - first - tail);
  Trace trace = {0};
  if (search(d, first, n, m, &trace)) {
    Writer *signs = writer_to_memory(d->arena);
    walk_back(&trace, n, m, signs);
    View way = writer_memory(signs);
    for (uint32_t i = way.length; i-- > 0;) add_edit(d, way.at[i], &a, &b);
  } else {
    for (int32_t i = 0; i < n; i++) add_edit(d, '-', &a, &b);
    for (int32_t i = 0; i < m; i++) add_edit(d, '+', &a, &b);
  }
  for (uint32_t i = 0; i < tail; i++) add_edit(d, ' ', &a, &b);
}

/* ---- the unified form ---- */

/* The hunk that holds edit `i`: up to where more lines than twice the context are kept. */
static uint32_t hunk_end(const Diff *d, uint32_t i) {
  uint32_t last = i;
  for (; i < d->edits.count && i <= last + 2 * CONTEXT; i++)
    if (d->edits.at[i].sign != ' ') last = i;
  uint32_t end = last + 1 + CONTEXT;
  return end < d->edits.count ? end : d->edits.count;
}

static void write_range(Writer *w, char sign, uint32_t first, uint32_t count) {
  write_format(w, " %c%u", sign, count ? first + 1 : first);
  if (count != 1) write_format(w, ",%u", count);
}

static void write_edit(const Diff *d, Writer *w, const Edit *edit) {
  View line = edit->sign == '+' ? d->b.at[edit->b] : d->a.at[edit->a];
  write_char(w, edit->sign);
  write_view(w, line);
  if (line.at[line.length - 1] != '\n') write_text(w, "\n\\ No newline at end of file\n");
}

static void write_hunk(const Diff *d, Writer *w, uint32_t first, uint32_t end) {
  uint32_t from = 0, to = 0;
  for (uint32_t i = first; i < end; i++) {
    from += d->edits.at[i].sign != '+';
    to += d->edits.at[i].sign != '-';
  }
  write_text(w, "@@");
  write_range(w, '-', d->edits.at[first].a, from);
  write_range(w, '+', d->edits.at[first].b, to);
  write_text(w, " @@\n");
  for (uint32_t i = first; i < end; i++) write_edit(d, w, &d->edits.at[i]);
}

void diff_write(Arena *arena, Writer *w, View name, View before, View behind) {
  Diff d = {.arena = arena};
  cut_lines(arena, before, &d.a);
  cut_lines(arena, behind, &d.b);
  find_edits(&d);
  write_format(w, "--- ");
  write_visible(w, name);
  write_format(w, "\n+++ ");
  write_visible(w, name);
  write_char(w, '\n');
  for (uint32_t i = 0; i < d.edits.count; i++) {
    if (d.edits.at[i].sign == ' ') continue;
    uint32_t end = hunk_end(&d, i);
    write_hunk(&d, w, i > CONTEXT ? i - CONTEXT : 0, end);
    i = end - 1;
  }
}
