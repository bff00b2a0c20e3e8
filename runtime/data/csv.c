#include "data/csv.h"

#include <string.h>
#include "data/reader.h"

/* Where in a cell a byte stands. CLOSED is behind a quotation mark that may end its cell or be the first of two. */
typedef enum Where { AT_BEGIN, IN_PLAIN, IN_QUOTED, IN_CLOSED } Where;

static bool is_separator(char c, char separator) { return separator ? c == separator : c == ',' || c == ';'; }

/* LF, CR LF, or CR alone. */
static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/* Where the byte behind c stands; separators and line ends count only where this is AT_BEGIN. */
static Where behind(Where where, char c, char separator) {
  switch (where) {
  case IN_QUOTED: return c == '"' ? IN_CLOSED : IN_QUOTED;
  case IN_CLOSED:
  case AT_BEGIN:
    if (c == '"') return IN_QUOTED;
    break;
  case IN_PLAIN: break;
  }
  return is_line_end(c) || is_separator(c, separator) ? AT_BEGIN : IN_PLAIN;
}

/* ---- records ---- */

/* How far a record has been looked through. */
typedef struct Scan {
  char separator;
  Where where;
  size_t at;
  uint32_t line;   /* of the byte at `at` */
  uint32_t opened; /* the line of the last quotation mark that opened a cell */
} Scan;

/* How far the LF is looked for at once: where lines end with CR there is none, and looking to the end would be dear. */
enum { PLAIN_BYTES = 4096 };

/* Most lines hold no quotation mark at all. */
static bool find_plain_end(Scan *scan, const char *bytes, size_t length) {
  const char *end = memchr(bytes, '\n', length < PLAIN_BYTES ? length : PLAIN_BYTES);
  if (!end || memchr(bytes, '"', (size_t)(end - bytes))) return false;
  const char *carriage_return = memchr(bytes, '\r', (size_t)(end - bytes));
  scan->at = (size_t)((carriage_return ? carriage_return : end) - bytes);
  return true;
}

/* The first line end that closes a record; where there is none yet, how far it was looked through. Behind a CR one more
 * byte is needed, which may be the LF that belongs to it. */
static bool find_end(const Intake *in, Scan *scan) {
  const char *bytes = intake_at(in);
  size_t length = intake_length(in);
  if (scan->at == 0 && scan->where == AT_BEGIN && find_plain_end(scan, bytes, length)) return true;
  for (; scan->at < length; scan->at++) {
    char c = bytes[scan->at];
    Where next = behind(scan->where, c, scan->separator);
    if (is_line_end(c) && next == AT_BEGIN) return c == '\n' || scan->at + 1 < length;
    if (scan->where == AT_BEGIN && next == IN_QUOTED) scan->opened = scan->line;
    scan->line += c == '\n';
    scan->where = next;
  }
  return false;
}

static void close_record(Intake *in, size_t length, size_t taken, Record *record) {
  if (length > RECORD_MAX_BYTES) record->too_large = true;
  record->bytes = record->too_large ? (View){0} : view_make(intake_at(in), length);
  intake_take(in, taken);
}

/* With the line end behind it. */
static void close_line(Intake *in, size_t length, Record *record) {
  const char *end = intake_at(in) + length;
  bool two = end[0] == '\r' && end[1] == '\n', alone = end[0] == '\r' && !two;
  close_record(in, length, length + 1 + two, record);
  in->line += alone;
}

/* False at the end of the file. */
static bool take_record(Intake *in, char separator, Record *record) {
  Scan scan = {.separator = separator, .line = in->line};
  *record = (Record){.line = in->line};
  for (;;) {
    if (find_end(in, &scan)) {
      close_line(in, scan.at, record);
      return true;
    }
    if (scan.at > RECORD_MAX_BYTES || record->too_large) {
      intake_take(in, scan.at);
      scan.at = 0;
      record->too_large = true;
    }
    if (intake_more(in)) continue;
    if (scan.at == 0 && !record->too_large) return false;
    if (scan.where == IN_QUOTED) record->unclosed = scan.opened;
    close_record(in, scan.at, scan.at, record);
    return true;
  }
}

Taken csv_take(Intake *in, char separator, Record *record) {
  do
    if (!take_record(in, separator, record)) return TAKEN_ALL;
  while (!record->too_large && view_trim(record->bytes).length == 0);
  return TAKEN;
}

char csv_separator(View header) {
  uint32_t commas = 0, semicolons = 0;
  Where where = AT_BEGIN;
  for (uint32_t i = 0; i < header.length; i++) {
    char c = header.at[i];
    where = behind(where, c, 0);
    if (where == AT_BEGIN && c == ',') commas++;
    if (where == AT_BEGIN && c == ';') semicolons++;
  }
  return semicolons > commas ? ';' : ',';
}

/* ---- cells ---- */

static CsvCell flawed(View text, MessageCode flaw) { return (CsvCell){.text = text, .is_flawed = true, .flaw = flaw}; }

/* Two quotation marks mean one. */
static View without_doubles(Arena *arena, View text) {
  const char *mark = text.length ? memchr(text.at, '"', text.length) : NULL;
  if (!mark) return text;
  char *out = arena_alloc(arena, text.length);
  uint32_t length = 0;
  for (uint32_t i = 0; i < text.length; i++) {
    out[length++] = text.at[i];
    if (text.at[i] == '"') i++;
  }
  return (View){out, length};
}

/* The cell in these bytes; `where` is where the separator behind it stands. */
static CsvCell cell_of(Arena *arena, View bytes, Where where) {
  if (bytes.length > CSV_MAX_FIELD) return flawed((View){0}, MSG_D0163);
  bool opened = bytes.length > 0 && bytes.at[0] == '"';
  if (!opened) {
    bool stray = bytes.length > 0 && memchr(bytes.at, '"', bytes.length);
    return stray ? flawed(bytes, MSG_D0161) : (CsvCell){.text = bytes};
  }
  if (where == IN_QUOTED) return flawed(bytes, MSG_D0162);
  if (where != IN_CLOSED) return flawed(bytes, MSG_D0161);
  return (CsvCell){.text = without_doubles(arena, (View){bytes.at + 1, bytes.length - 2})};
}

/* A record without a quotation mark: every separator parts cells. */
static uint32_t split_plain(View record, char separator, CsvCell *cells, uint32_t most) {
  uint32_t count = 0;
  const char *from = record.at, *end = record.at + record.length;
  for (bool last = false; !last; count++) {
    const char *found = memchr(from, separator, (size_t)(end - from));
    last = !found;
    if (last) found = end;
    View text = {from, (uint32_t)(found - from)};
    if (count < most)
      cells[count] = text.length > CSV_MAX_FIELD ? flawed((View){0}, MSG_D0163) : (CsvCell){.text = text};
    from = found + 1;
  }
  return count;
}

static uint32_t split_quoted(Arena *arena, View record, char separator, CsvCell *cells, uint32_t most) {
  uint32_t count = 0, from = 0;
  Where where = AT_BEGIN;
  for (uint32_t i = 0; i <= record.length; i++) {
    Where next = i < record.length ? behind(where, record.at[i], separator) : AT_BEGIN;
    if (next == AT_BEGIN) {
      if (count < most) cells[count] = cell_of(arena, (View){record.at + from, i - from}, where);
      count++;
      from = i + 1;
    }
    where = next;
  }
  return count;
}

uint32_t csv_split(Arena *arena, View record, char separator, CsvCell *cells, uint32_t most) {
  if (record.length == 0 || !memchr(record.at, '"', record.length))
    return split_plain(record.length > 0 ? record : VIEW(""), separator, cells, most);
  return split_quoted(arena, record, separator, cells, most);
}
