#include "eval/kernel_connect.h"

#include "eval/identity.h"
#include "eval/kernel_bits.h"
#include "eval/kernel_items.h"

/* Two forests over the values that stand at the ends: of the links that surely hold, and of all that may. */
typedef struct Links {
  Job *job;
  Items items;     /* the links */
  Identity values; /* of the ends */
  const uint32_t *offsets;
  uint32_t *sure, *able; /* parents in the forests */
  uint32_t *seen;        /* the parent row in which the value was last met, + 1 */
} Links;

static uint32_t root_of(uint32_t *parents, uint32_t id) {
  while (parents[id] != id) id = parents[id] = parents[parents[id]];
  return id;
}

static void unite(uint32_t *parents, uint32_t a, uint32_t b) { parents[root_of(parents, a)] = root_of(parents, b); }

/* The ends of a link: the first half of the rows is where they come from, the second where they go to. */
typedef struct Ends {
  uint32_t from, to;
} Ends;

static Ends ends_of(const Links *l, uint32_t row, uint32_t link) {
  uint32_t first = l->items.offsets[row], count = l->items.offsets[row + 1] - first, at = l->offsets[row] + link - first;
  return (Ends){l->values.ids[at], l->values.ids[at + count]};
}

static void part_all(Links *l, uint32_t row) {
  for (uint32_t i = l->offsets[row]; i < l->offsets[row + 1]; i++) {
    uint32_t id = l->values.ids[i];
    if (id != NO_VALUE) l->sure[id] = l->able[id] = id;
  }
}

/* The links with an end that is not known: they may lead from their other end to anyone. */
typedef struct Loose {
  uint32_t count;
  uint32_t known; /* the known end of the last, or NO_VALUE */
} Loose;

static Loose unite_all(Links *l, uint32_t row) {
  Loose loose = {0, NO_VALUE};
  for (uint32_t link = l->items.offsets[row]; link < l->items.offsets[row + 1]; link++) {
    if (!may_belong(&l->items, link)) continue;
    Ends ends = ends_of(l, row, link);
    if (ends.from == NO_VALUE || ends.to == NO_VALUE) {
      loose.count++;
      loose.known = ends.from == NO_VALUE ? ends.to : ends.from;
      continue;
    }
    unite(l->able, ends.from, ends.to);
    if (bit_get(l->items.belonging, link)) unite(l->sure, ends.from, ends.to);
  }
  return loose;
}

static const Fault *fault_of_links(const Links *l, uint32_t row) {
  const Fault *fault = fault_of_members(&l->items, row);
  for (uint32_t i = l->offsets[row]; i < l->offsets[row + 1] && !fault; i++) fault = fault_at(l->job->c, i);
  return fault;
}

/* One loose link joins its own end's values to one other; if it starts where the start is, or there are two of them,
 * anyone may be reached. */
static bool may_reach(const Links *l, const Loose *loose, uint32_t start, uint32_t id) {
  bool has_start = start != NO_VALUE;
  if (has_start && root_of(l->able, id) == root_of(l->able, start)) return true;
  if (loose->count == 0) return false;
  if (loose->count > 1 || loose->known == NO_VALUE) return true;
  uint32_t root = root_of(l->able, loose->known);
  return root == root_of(l->able, id) || (has_start && root == root_of(l->able, start));
}

typedef struct Start {
  bool known;
  uint32_t id; /* NO_VALUE: at no end */
  const Fault *fault;
} Start;

static void ask_end(Links *l, Column *out, uint32_t row, uint32_t i, const Start *start, const Loose *loose) {
  uint32_t id = l->values.ids[i];
  if (id == NO_VALUE) return;
  bool again = l->seen[id] == row + 1;
  l->seen[id] = row + 1;
  if (again || (start->known && id == start->id)) {
    bit_set(out->no, i);
    return;
  }
  if (!start->known) return;
  if (start->id != NO_VALUE && root_of(l->sure, id) == root_of(l->sure, start->id))
    bit_set(out->yes, i);
  else if (!may_reach(l, loose, start->id, id))
    bit_set(out->no, i);
}

/* An end that is not known stands for a value that stands nowhere else; what it is else, that one's row tells. It is
 * linked where its link holds and the other end is linked. */
static bool is_left_out(const Links *l, const Start *start, const Loose *loose) {
  if (!start->known || loose->count != 1 || loose->known == NO_VALUE) return false;
  return start->id == NO_VALUE || root_of(l->able, loose->known) != root_of(l->able, start->id);
}

static void leave_out(const Links *l, Column *out, uint32_t row, const Start *start, const Loose *loose) {
  uint32_t first = l->items.offsets[row], count = l->items.offsets[row + 1] - first;
  bool all = is_left_out(l, start, loose);
  for (uint32_t k = 0; k < 2 * count; k++) {
    uint32_t at = l->offsets[row] + k;
    if (l->values.ids[at] == NO_VALUE && (all || !may_belong(&l->items, first + k % count))) bit_set(out->no, at);
  }
}

static void ask_row(Links *l, Column *out, uint32_t row, const Column *starts) {
  Start start = {column_is_known(starts, row), identity_find(&l->values, &starts, row), fault_at(starts, row)};
  /* a value that stands at the ends of another application's links is at none of these */
  part_all(l, row);
  if (start.id != NO_VALUE) {
    bool here = false;
    for (uint32_t i = l->offsets[row]; i < l->offsets[row + 1] && !here; i++) here = l->values.ids[i] == start.id;
    if (!here) start.id = NO_VALUE;
  }
  Loose loose = unite_all(l, row);
  for (uint32_t i = l->offsets[row]; i < l->offsets[row + 1]; i++) ask_end(l, out, row, i, &start, &loose);
  leave_out(l, out, row, &start, &loose);
  const Fault *fault = start.fault ? start.fault : fault_of_links(l, row);
  for (uint32_t i = l->offsets[row]; fault && i < l->offsets[row + 1]; i++)
    if (!column_is_known(out, i)) column_fail(l->job->arena, out, i, fault);
}

Column *connect_links(Job *job) {
  const Evaluation *e = job->e;
  Column *out = bits_new(job);
  Links l = {.job = job, .items = items_of(job), .offsets = e->spaces[job->node->space].offsets};
  l.values = identity_of(job->arena, &job->c, 1, job->rows);
  l.sure = arena_array(job->arena, uint32_t, l.values.count);
  l.able = arena_array(job->arena, uint32_t, l.values.count);
  l.seen = arena_array(job->arena, uint32_t, l.values.count);
  const Column *starts = column_at(job, e->program->arguments[job->node->first]);
  for (uint32_t row = 0; row < starts->rows; row++) ask_row(&l, out, row, starts);
  return out;
}
