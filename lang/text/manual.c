#include "text/manual.h"

#include <string.h>
#include "text/embedded.h"

/* Takes a line off the front, without its line end; false where nothing is left. */
static bool next_line(View *rest, View *line) {
  if (rest->length == 0) return false;
  const char *end = memchr(rest->at, '\n', rest->length);
  uint32_t length = end ? (uint32_t)(end - rest->at) : rest->length, taken = length + (end != NULL);
  *line = (View){rest->at, length};
  *rest = (View){rest->at + taken, rest->length - taken};
  return true;
}

static View behind(View line, uint32_t offset) { return (View){line.at + offset, line.length - offset}; }

static bool is_fence(View line) { return view_starts(line, VIEW("```")); }

/* From `start` up to where `end` begins. */
static View between(const char *start, View end) { return view_make(start, (size_t)(end.at - start)); }

/* The lines below the heading of this code. A # inside a fence is a comment of a rules text. */
static bool find_section(View text, View code, View *section) {
  View line, rest = text;
  const char *start = NULL;
  bool fenced = false;
  for (View here = rest; next_line(&rest, &line); here = rest) {
    fenced ^= is_fence(line);
    if (fenced || !view_starts(line, VIEW("# "))) continue;
    if (start) {
      *section = between(start, here);
      return true;
    }
    if (view_equal(view_trim(behind(line, 2)), code)) start = rest.at;
  }
  if (start) *section = between(start, rest);
  return start != NULL;
}

/* What stands up to the closing fence. `opening` is "```wrong", "```right json" and the like. */
static void read_example(Arena *arena, View opening, View *rest, ManualPage *out) {
  enum { MARKS = 3, WORD = 5 }; /* ``` and wrong or right */
  ManualExample example = {.right = view_starts(behind(opening, MARKS), VIEW("right"))};
  if (opening.length > MARKS + WORD) example.kind = view_trim(behind(opening, MARKS + WORD));
  const char *start = rest->at;
  View line;
  for (View here = *rest; next_line(rest, &line); here = *rest) {
    example.text = between(start, here);
    if (is_fence(line)) break;
  }
  list_push(arena, &out->examples, example);
}

bool manual_read(Arena *arena, View text, View code, ManualPage *out) {
  View rest, line;
  *out = (ManualPage){0};
  if (!find_section(text, code, &rest)) return false;
  Language language = LANGUAGE_EN;
  const char *start = rest.at;
  while (next_line(&rest, &line)) {
    if (is_fence(line)) {
      read_example(arena, line, &rest, out);
    } else if (view_is(view_trim(line), "## nb")) {
      language = LANGUAGE_NB;
      start = rest.at;
    } else if (out->examples.count == 0) {
      out->why[language] = view_trim(between(start, rest));
    }
  }
  return true;
}

bool manual_find(Arena *arena, View code, ManualPage *out) {
  for (uint32_t i = 0; i < embedded_page_count; i++)
    if (manual_read(arena, embedded_pages[i].text, code, out)) return true;
  return false;
}
