#include "check/csv.h"
#include <string.h>

/* ---- the file ---- */

static bool is_text(View bytes) {
  uint32_t bad = 0;
  return utf8_valid(bytes, &bad) && !(bytes.length && memchr(bytes.at, 0, bytes.length));
}

static bool read_bytes(Checker *c, View from, Span from_span, View *bytes) {
  SourceList files = {0};
  switch (file_beside(c, from_span.source, from, &files)) {
  case FILE_READ: *bytes = files.at[0]->bytes; return true;
  case FILE_OUTSIDE: diag_add(c->diags, MSG_E0708, from_span, from, DIAG_END); return false;
  case FILE_UNREADABLE: diag_add(c->diags, MSG_E0705, from_span, from, file_fault(), DIAG_END); return false;
  case FILE_TOO_LARGE:
    diag_add(c->diags, MSG_E0705, from_span, from, VIEW(BOTH("it is larger than 1 MiB", "den er større enn 1 MiB")),
             DIAG_END);
    return false;
  case FILE_NOT_REGULAR:
    diag_add(c->diags, MSG_E0705, from_span, from, VIEW(BOTH("it is no regular file", "det er ingen vanlig fil")),
             DIAG_END);
    return false;
  }
  return false;
}

/* ---- cells ---- */

/* A mark that closes may be followed by more; it is taken as it stands. `open`: the file ends inside the marks. */
static const char *end_of_cell(const Csv *csv, bool *open) {
  const char *p = csv->at;
  bool quoted = p < csv->end && *p == '"';
  for (p += quoted; p < csv->end; p++) {
    bool mark = *p == '"', doubled = mark && p + 1 < csv->end && p[1] == '"';
    if (!quoted && (*p == csv->separator || *p == '\n' || *p == '\r')) break;
    if (quoted && doubled) p++;
    if (quoted && mark && !doubled) quoted = false;
  }
  *open = quoted;
  return p;
}

/* The cell without the marks around it; of two inside, one. */
static View unquoted(Arena *arena, View cell) {
  char *out = arena_alloc(arena, cell.length);
  uint32_t length = 0;
  bool quoted = true;
  for (uint32_t i = 1; i < cell.length; i++) {
    bool mark = quoted && cell.at[i] == '"';
    if (mark && (i + 1 == cell.length || cell.at[i + 1] != '"')) {
      quoted = false;
      continue;
    }
    out[length++] = cell.at[i];
    i += mark;
  }
  return (View){out, length};
}

View csv_cell(Csv *csv, bool *last) {
  bool open;
  const char *stop = end_of_cell(csv, &open), *next = stop;
  View cell = view_make(csv->at, (size_t)(stop - csv->at));
  *last = stop >= csv->end || *stop != csv->separator;
  if (next < csv->end) next += *next == '\r' && next + 1 < csv->end && next[1] == '\n' ? 2 : 1;
  for (const char *p = csv->at; p < next; p++) csv->line += *p == '\n';
  csv->at = next;
  return view_trim(cell.length && cell.at[0] == '"' ? unquoted(csv->arena, cell) : cell);
}

/* ---- opening ---- */

/* Where a mark opens a cell that takes all the rest of the file; 0: nowhere. */
static uint32_t line_of_open_mark(Csv csv) {
  while (csv_has_more(&csv)) {
    bool open, last;
    uint32_t line = csv.line;
    end_of_cell(&csv, &open);
    if (open) return line;
    csv_cell(&csv, &last);
  }
  return 0;
}

bool csv_open(Checker *c, View from, Span from_span, Csv *out) {
  View bytes;
  if (!read_bytes(c, from, from_span, &bytes)) return false;
  if (!is_text(bytes)) {
    diag_add(c->diags, MSG_E0121, from_span, DIAG_END);
    return false;
  }
  View mark = VIEW("\xEF\xBB\xBF");
  uint32_t skipped = view_starts(bytes, mark) ? mark.length : 0;
  *out = (Csv){.arena = c->arena, .at = bytes.at + skipped, .end = bytes.at + bytes.length, .line = 1};
  const char *line_end = memchr(out->at, '\n', (size_t)(out->end - out->at));
  size_t head = (size_t)((line_end ? line_end : out->end) - out->at);
  out->separator = memchr(out->at, ';', head) ? ';' : ',';
  uint32_t line = line_of_open_mark(*out);
  if (!line) return true;
  diag_add(c->diags, MSG_E0712, from_span, from, view_format(c->arena, "%u", line), DIAG_END);
  return false;
}
