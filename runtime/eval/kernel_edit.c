#include "eval/kernel_edit.h"

#include <stdlib.h>
#include <string.h>
#include "base/writer.h"
#include "data/spelling.h"
#include "eval/kernel_items.h"
#include "eval/kernel_lanes.h"
#include "eval/kernel_texts.h"

/* ---- rows ---- */

static const Fault *fault_of_operands(const Job *job, uint32_t row) {
  const Fault *fault = fault_of_either(job->a, job->b, row);
  return fault ? fault : fault_at(job->c, row);
}

static bool operands_known(const Job *job, uint32_t row) {
  return column_is_known(job->a, row) && (!job->b || column_is_known(job->b, row)) &&
         (!job->c || column_is_known(job->c, row));
}

static void put_text(Job *job, Column *out, uint32_t row, View text) {
  if (text.length > TEXT_MAX_BYTES) {
    job_fail(job, out, row, MSG_R0111);
    return;
  }
  out->texts[row] = text;
  bit_set(out->known, row);
}

typedef void Edit(Job *job, Column *out, uint32_t row);

static Column *edit_rows(Job *job, Edit *edit) {
  Column *out = column_for(job);
  for (uint32_t row = 0; row < job->rows; row++) {
    const Fault *fault = fault_of_operands(job, row);
    if (operands_known(job, row))
      edit(job, out, row);
    else if (fault)
      column_fail(job->arena, out, row, fault);
  }
  return out;
}

/* ---- parts ---- */

static const char *after_characters(View text, uint64_t count) {
  const char *at = text.at, *end = text.at + text.length;
  for (; count > 0 && at < end; count--) {
    uint32_t letter, taken = utf8_decode(at, end, &letter);
    at += taken ? taken : 1;
  }
  return at;
}

/* A place beyond either end is a mistake; more characters than there are is not. */
static void substring(Job *job, Column *out, uint32_t row) {
  View text = job->a->texts[row];
  int64_t start = lane_whole_at(job->arena, job->b, row), length = utf8_count(text);
  if (start == 0 || start > length + 1 || start < -length) {
    View place = num_text(job->arena, column_number(job->arena, job->b, row), NULL);
    column_fail(job->arena, out, row, job_fault_about(job, MSG_R0135, place, (View){0}));
    return;
  }
  const char *from = after_characters(text, (uint64_t)(start > 0 ? start - 1 : length + start));
  View rest = view_make(from, (size_t)(text.at + text.length - from));
  int64_t wanted = job->c ? lane_whole_at(job->arena, job->c, row) : length;
  const char *to = after_characters(rest, wanted > 0 ? (uint64_t)wanted : 0);
  put_text(job, out, row, view_make(from, (size_t)(to - from)));
}

static const char *find(View text, View part) {
  if (part.length == 0) return text.at;
  return text.length ? memmem(text.at, text.length, part.at, part.length) : NULL;
}

static void before(Job *job, Column *out, uint32_t row) {
  View text = job->a->texts[row];
  const char *found = find(text, job->b->texts[row]);
  put_text(job, out, row, view_make(text.at, found ? (size_t)(found - text.at) : 0));
}

static void after(Job *job, Column *out, uint32_t row) {
  View text = job->a->texts[row], part = job->b->texts[row];
  const char *found = find(text, part), *end = text.at + text.length;
  put_text(job, out, row, found ? view_make(found + part.length, (size_t)(end - found) - part.length) : VIEW(""));
}

/* Without an occurrence, or of nothing, the text stays as it is. */
static void replace(Job *job, Column *out, uint32_t row) {
  View text = job->a->texts[row], part = job->b->texts[row], other = job->c->texts[row];
  const char *found = part.length ? find(text, part) : NULL;
  if (!found) {
    put_text(job, out, row, text);
    return;
  }
  Writer *w = writer_to_memory(job->arena);
  uint64_t length = 0;
  for (; found && length <= TEXT_MAX_BYTES; found = find(text, part)) {
    View kept = view_make(text.at, (size_t)(found - text.at));
    write_view(w, kept);
    write_view(w, other);
    length += (uint64_t)kept.length + other.length;
    text = view_make(found + part.length, text.length - kept.length - part.length);
  }
  write_view(w, text);
  put_text(job, out, row, writer_memory(w));
}

static void trim(Job *job, Column *out, uint32_t row) { put_text(job, out, row, view_trim(job->a->texts[row])); }

Column *edit_substring(Job *job) { return edit_rows(job, substring); }
Column *edit_before(Job *job) { return edit_rows(job, before); }
Column *edit_after(Job *job) { return edit_rows(job, after); }
Column *edit_replace(Job *job) { return edit_rows(job, replace); }
Column *edit_trim(Job *job) { return edit_rows(job, trim); }

/* ---- texts of a list ---- */

typedef struct Joining {
  Job *job;
  Items items;
  const Column *between, *places;
} Joining;

static int compare_places(const void *a, const void *b, void *places) {
  const Column *c = places;
  uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
  return (c->units[i] > c->units[k]) - (c->units[i] < c->units[k]);
}

/* The items that belong, in their order; false where one of them, or its place, is not known. */
static bool items_in_order(const Joining *j, uint32_t row, uint32_t *items, uint32_t *count) {
  for (uint32_t i = j->items.offsets[row]; i < j->items.offsets[row + 1]; i++) {
    if (!may_belong(&j->items, i)) continue;
    if (!bit_get(j->items.belonging, i) || !bit_get(j->job->c->known, i)) return false;
    if (j->places && (!j->places->units || !bit_get(j->places->known, i))) return false;
    items[(*count)++] = i;
  }
  union {
    const Column *in;
    void *out;
  } places = {j->places};
  if (j->places) qsort_r(items, *count, sizeof *items, compare_places, places.out);
  return true;
}

static const Fault *fault_of_join(const Joining *j, uint32_t row) {
  const Fault *fault = fault_of_items(&j->items, j->job->c, row);
  if (!fault) fault = fault_at(j->between, row);
  for (uint32_t i = j->items.offsets[row]; j->places && i < j->items.offsets[row + 1] && !fault; i++)
    if (may_belong(&j->items, i)) fault = fault_at(j->places, i);
  return fault;
}

static void join_items(const Joining *j, Column *out, uint32_t row, const uint32_t *items, uint32_t count) {
  Writer *w = writer_to_memory(j->job->arena);
  uint64_t length = 0;
  for (uint32_t i = 0; i < count && length <= TEXT_MAX_BYTES; i++) {
    if (i) write_view(w, j->between->texts[row]);
    write_view(w, j->job->c->texts[items[i]]);
    length += (uint64_t)j->job->c->texts[items[i]].length + (i ? j->between->texts[row].length : 0);
  }
  if (length > TEXT_MAX_BYTES)
    job_fail(j->job, out, row, MSG_R0111);
  else
    put_text(j->job, out, row, writer_memory(w));
}

Column *edit_join(Job *job) {
  Column *out = column_for(job);
  const uint32_t *arguments = job->e->program->arguments + job->node->first;
  Joining j = {job, items_of(job), column_at(job, arguments[0]), column_at(job, arguments[1])};
  for (uint32_t row = 0; row < job->rows; row++) {
    uint32_t count = 0;
    uint32_t *items = arena_array(job->arena, uint32_t, j.items.offsets[row + 1] - j.items.offsets[row]);
    bool known = is_complete(&j.items, row) && bit_get(j.between->known, row) && items_in_order(&j, row, items, &count);
    const Fault *fault = known ? NULL : fault_of_join(&j, row);
    if (known)
      join_items(&j, out, row, items, count);
    else if (fault)
      column_fail(job->arena, out, row, fault);
  }
  return out;
}

/* ---- read ---- */

static bool read_moment(const Job *job, View text, int64_t *out) {
  MomentText moment;
  if (!moment_read(text, &moment)) return false;
  *out = zone_moment_of_text(job->e->program->zone, moment);
  return true;
}

static bool read_value(const Job *job, View text, Num *out) {
  int64_t whole = 0;
  bool fits = false;
  switch (job->node->type->kind) {
  case TYPE_NUMBER: return num_read(job->arena, text, out) == NUM_READ;
  case TYPE_DATE: fits = date_read(text, &whole); break;
  case TYPE_MOMENT: fits = read_moment(job, text, &whole); break;
  case TYPE_MONTHS: fits = months_read(job->arena, text, &whole); break;
  case TYPE_DURATION: fits = duration_read(job->arena, text, &whole); break;
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  *out = num_of(whole);
  return fits;
}

/* What the text should have been. */
static View wanted_words(TypeKind kind) {
  switch (kind) {
  case TYPE_NUMBER: return VIEW(BOTH("number", "tall"));
  case TYPE_DATE: return VIEW(BOTH("date", "dato"));
  case TYPE_MOMENT: return VIEW(BOTH("date with a time of day", "dato med klokkeslett"));
  case TYPE_MONTHS: return VIEW(BOTH("number of years and months", "antall år og måneder"));
  case TYPE_DURATION: return VIEW(BOTH("number of days and hours", "antall dager og timer"));
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return (View){0};
}

static const Fault *cannot_be_read(Job *job, View text) {
  Fault fault = *job_fault_about(job, MSG_R0133, text, wanted_words(job->node->type->kind));
  fault.second_is_ours = true;
  return arena_copy(job->arena, &fault, sizeof fault);
}

static void read_row(Job *job, Column *out, uint32_t row) {
  Num value = num_of(0);
  View text = view_trim(job->a->texts[row]);
  if (read_value(job, text, &value))
    lane_put(job, out, row, value);
  else
    column_fail(job->arena, out, row, cannot_be_read(job, text));
}

Column *edit_read(Job *job) {
  Column *out = edit_rows(job, read_row);
  out->any = range_failing();
  return out;
}
