#include "data/elements.h"

#include <string.h>
#include "data/reader.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* Lets go of what a record that is too large has up to here; the scan goes on from 0. */
static void drop_too_large(Intake *in, size_t *at, Record *record) {
  if (*at <= RECORD_MAX_BYTES && !record->too_large) return;
  intake_take(in, *at);
  *at = 0;
  record->too_large = true;
}

static void close_record(Intake *in, size_t length, size_t taken, Record *record) {
  if (length > RECORD_MAX_BYTES) record->too_large = true;
  record->bytes = record->too_large ? (View){0} : view_make(intake_at(in), length);
  intake_take(in, taken);
}

/* ---- JSON Lines ---- */

/* Up to and with the line end; false at the end of the file. */
static bool take_line(Intake *in, Record *record) {
  *record = (Record){.line = in->line};
  size_t at = 0;
  for (;;) {
    const char *end = memchr(intake_at(in) + at, '\n', intake_length(in) - at);
    if (end) {
      size_t length = (size_t)(end - intake_at(in));
      close_record(in, length, length + 1, record);
      return true;
    }
    at = intake_length(in);
    drop_too_large(in, &at, record);
    if (intake_more(in)) continue;
    if (at == 0 && !record->too_large) return false;
    close_record(in, at, at, record);
    return true;
  }
}

static bool is_blank_line(const Record *record) {
  if (record->too_large) return false;
  for (uint32_t i = 0; i < record->bytes.length; i++)
    if (!is_blank(record->bytes.at[i])) return false;
  return true;
}

Taken line_take(Intake *in, Record *record) {
  do
    if (!take_line(in, record)) return TAKEN_ALL;
  while (is_blank_line(record));
  return TAKEN;
}

/* ---- JSON ---- */

/* How far an element has been looked through. */
typedef struct Scan {
  uint32_t depth;
  bool in_text;
  bool escaped;
  bool is_bracketed; /* it ends with its last bracket, else before , or ] */
} Scan;

typedef enum Step { STEP_ON, STEP_END_WITH, STEP_END_BEFORE } Step;

static Step scan_byte(Scan *scan, char c) {
  if (scan->in_text) {
    bool escaped = scan->escaped;
    scan->escaped = !escaped && c == '\\';
    /* No text of JSON goes over a line end: a forgotten quotation mark does not swallow the rest of the file. */
    if (c == '\n' || (c == '"' && !escaped)) scan->in_text = scan->escaped = false;
    return STEP_ON;
  }
  switch (c) {
  case '"': scan->in_text = true; return STEP_ON;
  case '{':
  case '[': scan->depth++; return STEP_ON;
  case '}':
  case ']':
    if (scan->depth == 0) return STEP_END_BEFORE;
    return --scan->depth == 0 && scan->is_bracketed ? STEP_END_WITH : STEP_ON;
  case ',': return scan->depth == 0 ? STEP_END_BEFORE : STEP_ON;
  }
  return STEP_ON;
}

/* The element at the first needed byte. Where the file ends inside it, it ends there. */
static void take_element(Intake *in, char first, Record *record) {
  Scan scan = {.is_bracketed = first == '{' || first == '['};
  *record = (Record){.line = in->line};
  for (size_t at = 0;;) {
    for (; at < intake_length(in); at++) {
      Step step = scan_byte(&scan, intake_at(in)[at]);
      if (step == STEP_ON) continue;
      size_t length = at + (step == STEP_END_WITH);
      close_record(in, length, length, record);
      return;
    }
    drop_too_large(in, &at, record);
    if (intake_more(in)) continue;
    close_record(in, at, at, record);
    return;
  }
}

/* The character at the first needed byte, for a message. */
static View character_at(Intake *in) {
  while (intake_length(in) < 4 && intake_more(in)) continue;
  uint32_t code_point, length = utf8_decode(intake_at(in), in->bytes + in->end, &code_point);
  return (View){intake_at(in), length ? length : 1};
}

static Taken fault_of(Fault *fault, MessageCode code, uint32_t line, View argument) {
  fault->code = code;
  fault->line = line;
  fault->arguments[0] = argument;
  return TAKEN_FAULT;
}

static Taken begin(Intake *in, ElementsState *state, Record *record, Fault *fault) {
  char c;
  if (!intake_peek(in, &c)) return fault_of(fault, MSG_D0005, 0, fault->file);
  if (c == '{') {
    *state = ELEMENTS_BEHIND;
    take_element(in, c, record);
    return TAKEN;
  }
  if (c != '[') return fault_of(fault, MSG_D0007, in->line, character_at(in));
  intake_take(in, 1);
  *state = ELEMENTS_FIRST;
  return element_take(in, state, record, fault);
}

static Taken further(Intake *in, ElementsState *state, Record *record, Fault *fault) {
  char c;
  bool first = *state == ELEMENTS_FIRST;
  if (!intake_peek(in, &c)) return fault_of(fault, MSG_D0010, in->line, (View){0});
  if (c == ']') {
    intake_take(in, 1);
    *state = ELEMENTS_BEHIND;
    return element_take(in, state, record, fault);
  }
  if (!first) {
    if (c != ',') return fault_of(fault, MSG_D0009, in->line, character_at(in));
    intake_take(in, 1);
    intake_skip_blanks(in);
    if (!intake_peek(in, &c)) return fault_of(fault, MSG_D0010, in->line, (View){0});
    fault->arguments[1] = VIEW(BOTH("“{”, or no “,” before it", "«{», eller ingen «,» foran"));
    fault->second_is_ours = true;
    if (c == ']') return fault_of(fault, MSG_D0140, in->line, character_at(in));
  }
  *state = ELEMENTS_FURTHER;
  take_element(in, c, record);
  return TAKEN;
}

Taken element_take(Intake *in, ElementsState *state, Record *record, Fault *fault) {
  char c;
  intake_skip_blanks(in);
  switch (*state) {
  case ELEMENTS_BEGIN: return begin(in, state, record, fault);
  case ELEMENTS_FIRST:
  case ELEMENTS_FURTHER: return further(in, state, record, fault);
  case ELEMENTS_BEHIND: break;
  }
  return intake_peek(in, &c) ? fault_of(fault, MSG_D0008, in->line, character_at(in)) : TAKEN_ALL;
}
