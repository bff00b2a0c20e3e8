#include "data/csv.h"

#include <string.h>
#include "data/reader.h"

/* Where in a cell a byte stands. CLOSED is behind a quotation mark that may end its cell or be the first of two. */
typedef enum Where { AT_BEGIN, IN_PLAIN, IN_QUOTED, IN_CLOSED } Where;

static bool is_separator(char c, char separator) { return separator ? c == separator : c == ',' || c == ';'; }

/* Where the byte behind c stands; separators and line ends count only where this is AT_BEGIN. */
static Where behind(Where where, char c, char separator) {
  switch (where) {
  case IN_QUOTED: return c == '"' ? IN_CLOSED : IN_QUOTED;
  case IN_CLOSED:
    if (c == '"') return IN_QUOTED;
    if (c == '\r') return IN_CLOSED;
    break;
  case AT_BEGIN:
    if (c == '"') return IN_QUOTED;
    break;
  case IN_PLAIN: break;
  }
  return c == '\n' || is_separator(c, separator) ? AT_BEGIN : IN_PLAIN;
}

/* ---- records ---- */

/* The first line end that closes a record, from *at on; where there is none yet, how far it was looked through. */
static bool find_end(const Intake *in, char separator, Where *where, size_t *at) {
  const char *bytes = intake_at(in);
  size_t length = intake_length(in);
  if (*at == 0 && *where == AT_BEGIN) {
    /* Most lines hold no quotation mark at all. */
    const char *end = memchr(bytes, '\n', length);
    if (end && !memchr(bytes, '"', (size_t)(end - bytes))) {
      *at = (size_t)(end - bytes);
      return true;
    }
  }
  for (; *at < length; ++*at) {
    char c = bytes[*at];
    *where = behind(*where, c, separator);
    if (c == '\n' && *where == AT_BEGIN) return true;
  }
  return false;
}

static void close_record(Intake *in, size_t length, size_t taken, Record *record) {
  size_t without_end = length;
  if (without_end > 0 && intake_at(in)[without_end - 1] == '\r') without_end--;
  if (without_end > RECORD_MAX_BYTES) record->too_large = true;
  record->bytes = record->too_large ? (View){0} : view_make(intake_at(in), without_end);
  intake_take(in, taken);
}

/* False at the end of the file. */
static bool take_record(Intake *in, char separator, Record *record) {
  Where where = AT_BEGIN;
  *record = (Record){.line = in->line};
  for (size_t at = 0;;) {
    if (find_end(in, separator, &where, &at)) {
      close_record(in, at, at + 1, record);
      return true;
    }
    if (at > RECORD_MAX_BYTES || record->too_large) {
      intake_take(in, at);
      at = 0;
      record->too_large = true;
    }
    if (intake_more(in)) continue;
    if (at == 0 && !record->too_large) return false;
    close_record(in, at, at, record);
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
  while (bytes.at[bytes.length - 1] == '\r') bytes.length--;
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
