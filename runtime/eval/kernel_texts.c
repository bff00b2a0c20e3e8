#include "eval/kernel_texts.h"

#include <string.h>
#include <utf8proc.h>
#include "base/calendar.h"
#include "eval/kernel_bits.h"
#include "eval/kernel_lanes.h"

/* ---- questions of two texts ---- */

static bool text_contains(View a, View b) {
  return b.length == 0 || (a.length && memmem(a.at, a.length, b.at, b.length));
}

static bool text_ends(View a, View end) {
  return a.length >= end.length && view_equal((View){a.at + (a.length - end.length), end.length}, end);
}

/* The order of UTF-8's bytes is that of the code points. */
static bool text_less(View a, View b) { return view_compare(a, b) < 0; }

static Column *texts_ask(Job *job, bool (*holds)(View, View)) {
  Column *out = bits_new(job);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w] & job->b->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      bit_set(holds(job->a->texts[row], job->b->texts[row]) ? out->yes : out->no, row);
    }
  bits_pass_errors(job, out, job->a, job->b);
  return out;
}

Column *texts_equal(Job *job) { return texts_ask(job, view_equal); }
Column *texts_less(Job *job) { return texts_ask(job, text_less); }
Column *texts_contains(Job *job) { return texts_ask(job, text_contains); }
Column *texts_starts_with(Job *job) { return texts_ask(job, view_starts); }
Column *texts_ends_with(Job *job) { return texts_ask(job, text_ends); }

/* ---- texts made of texts ---- */

/* Rows where an operand is an error. */
static void pass_errors(Job *job, Column *out) {
  if (!job->a->error && !(job->b && job->b->error)) return;
  for (uint32_t row = 0; row < job->rows; row++) {
    const Fault *fault = fault_of_either(job->a, job->b, row);
    if (fault) column_fail(job->arena, out, row, fault);
  }
}

static void put_text(Job *job, Column *out, uint32_t row, View text) {
  if (text.length > TEXT_MAX_BYTES) {
    job_fail(job, out, row, MSG_R0111);
    return;
  }
  out->texts[row] = text;
  bit_set(out->known, row);
}

static Column *texts_map(Job *job, View (*map)(Arena *, View)) {
  Column *out = column_for(job);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      put_text(job, out, row, map(job->arena, job->a->texts[row]));
    }
  pass_errors(job, out);
  return out;
}

/* Letter by letter. A letter's other case may take one byte more; bytes that are no UTF-8 stay. */
static View change_case(Arena *arena, View text, utf8proc_int32_t (*change)(utf8proc_int32_t)) {
  char *out = arena_alloc(arena, (size_t)text.length * 2 + 4);
  size_t length = 0;
  const char *end = text.at + text.length;
  for (const char *at = text.at; at < end;) {
    uint32_t letter, taken = utf8_decode(at, end, &letter);
    if (taken)
      length += utf8_encode((uint32_t)change((utf8proc_int32_t)letter), out + length);
    else
      out[length++] = *at, taken = 1;
    at += taken;
  }
  return view_make(out, length);
}

static View lower(Arena *arena, View text) { return change_case(arena, text, utf8proc_tolower); }
static View upper(Arena *arena, View text) { return change_case(arena, text, utf8proc_toupper); }

Column *texts_lower(Job *job) { return texts_map(job, lower); }
Column *texts_upper(Job *job) { return texts_map(job, upper); }

Column *texts_join(Job *job) {
  Column *out = column_for(job);
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = job->a->known[w] & job->b->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      View a = job->a->texts[row], b = job->b->texts[row];
      bool fits = (uint64_t)a.length + b.length <= TEXT_MAX_BYTES;
      if (fits)
        put_text(job, out, row, view_join(job->arena, a, b));
      else
        job_fail(job, out, row, MSG_R0111);
    }
  pass_errors(job, out);
  return out;
}

/* ---- between texts and other types ---- */

Column *texts_length(Job *job) {
  Column *out = column_for(job);
  out->any = range_from(num_of(0));
  for (uint32_t w = 0; w < words_for(job->rows); w++) {
    for (uint64_t left = job->a->known[w]; left;) {
      uint32_t row = next_row(&left, w);
      out->units[row] = utf8_count(job->a->texts[row]);
      bit_set(out->known, row);
    }
    for (uint64_t left = unknown_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      Range r = column_is_error(job->a, row) ? range_failing() : range_from(num_of(0));
      lane_put_range(job, out, row, &r, fault_at(job->a, row));
    }
  }
  return out;
}

static View count_text(Arena *arena, Num count, const char *one, const char *many) {
  View number = num_text(arena, count, NULL);
  bool is_one = num_equal(count, num_of(1));
  return view_join(arena, number, view_of(is_one ? one : many));
}

/* In days where it is whole days. */
static View duration_text(Arena *arena, Num seconds) {
  Num days = num_div(arena, seconds, num_of(86400));
  return num_is_whole(days) ? count_text(arena, days, " day", " days")
                            : count_text(arena, seconds, " second", " seconds");
}

static View value_as_text(const Job *job, const Type *type, uint32_t row) {
  const Column *a = job->a;
  switch (type->kind) {
  case TYPE_YES_NO: return bit_get(a->yes, row) ? VIEW("yes") : VIEW("no");
  case TYPE_NUMBER:
  case TYPE_RATE: return num_text(job->arena, column_number(job->arena, a, row), NULL);
  case TYPE_MONEY:
    return view_join(job->arena, view_join(job->arena, type->currency, VIEW(" ")),
                     num_text(job->arena, column_number(job->arena, a, row), NULL));
  case TYPE_TEXT: return a->texts[row];
  case TYPE_DATE: return date_text(job->arena, lane_whole_at(job->arena, a, row));
  case TYPE_MOMENT: return moment_text(job->arena, job->e->program->zone, lane_whole_at(job->arena, a, row));
  case TYPE_MONTHS: return count_text(job->arena, column_number(job->arena, a, row), " month", " months");
  case TYPE_DURATION: return duration_text(job->arena, column_number(job->arena, a, row));
  case TYPE_ENUM: return type->values->values[a->codes[row]];
  case TYPE_ERROR:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return (View){0};
}

Column *texts_of(Job *job) {
  Column *out = column_for(job);
  const Type *type = job->e->program->nodes[job->node->a].type;
  for (uint32_t w = 0; w < words_for(job->rows); w++)
    for (uint64_t left = known_word(job->a, w); left;) {
      uint32_t row = next_row(&left, w);
      put_text(job, out, row, value_as_text(job, type, row));
    }
  pass_errors(job, out);
  return out;
}
