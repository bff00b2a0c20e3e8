#include "text/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading ---- */

enum { FIRST_READ = 16 << 10 };

/* One byte more than allowed is asked for, to tell a full file from one that is too large. */
static SourceFault read_all(Arena *arena, int fd, View *out) {
  size_t room = FIRST_READ, used = 0;
  char *bytes = arena_alloc(arena, room);
  for (;;) {
    if (used == room) {
      bytes = arena_grow(arena, bytes, room, 2 * room);
      room *= 2;
    }
    ssize_t got = read(fd, bytes + used, room - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SOURCE_UNREADABLE;
    if (got == 0) break;
    used += (size_t)got;
    if (used > SOURCE_MAX_BYTES) return SOURCE_TOO_LARGE;
  }
  *out = view_make(bytes, used);
  return SOURCE_OK;
}

/* The descriptor must not stay open where memory is refused on the way. */
static SourceFault read_and_close(Arena *arena, int fd, View *out) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    close(fd);
    memory_refuse();
  }
  SourceFault fault = read_all(arena, fd, out);
  memory_trap_pop(&trap);
  int error = errno;
  close(fd);
  errno = error;
  return fault;
}

/* Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it. */
static SourceFault read_file(Arena *arena, const char *path, View *out) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return SOURCE_UNREADABLE;
  struct stat found;
  if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) {
    close(fd);
    return SOURCE_NOT_REGULAR;
  }
  return read_and_close(arena, fd, out);
}

SourceFault source_read(Arena *arena, SourceList *list, const char *path) {
  View bytes = {0};
  bool from_input = strcmp(path, "-") == 0;
  SourceFault fault = from_input ? read_all(arena, STDIN_FILENO, &bytes) : read_file(arena, path, &bytes);
  if (fault == SOURCE_OK) source_add(arena, list, view_of(path), bytes);
  return fault;
}

static void find_lines(Arena *arena, Source *source) {
  LIST(uint32_t) starts = {0};
  list_push(arena, &starts, 0);
  const char *at = source->bytes.at, *end = at + source->bytes.length;
  while ((at = memchr(at, '\n', (size_t)(end - at)))) {
    at++;
    list_push(arena, &starts, (uint32_t)(at - source->bytes.at));
  }
  source->line_starts = starts.at;
  source->line_count = starts.count;
}

/* ---- Markdown ---- */

/* ``` or ~~~ of at least three, indented by at most three blanks: the sign and how many; *rest is what follows them. */
static uint32_t fence(View line, char *sign, View *rest) {
  uint32_t at = 0;
  while (at < line.length && at < 4 && line.at[at] == ' ') at++;
  if (at > 3 || at == line.length || (line.at[at] != '`' && line.at[at] != '~')) return 0;
  *sign = line.at[at];
  uint32_t first = at;
  while (at < line.length && line.at[at] == *sign) at++;
  *rest = view_trim((View){line.at + at, line.length - at});
  return at - first >= 3 ? at - first : 0;
}

/* The first word behind an opening fence */
static bool is_rules_block(View info) {
  View word = VIEW("terskel");
  return view_starts(info, word) && (info.length == word.length || info.at[word.length] == ' ');
}

static void blank_line(char *code, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if (code[i] != '\n' && code[i] != '\r') code[i] = ' ';
}

/* Everything outside the blocks becomes blanks, so that every place stays where it is. */
static View code_of_markdown(Arena *arena, const Source *source) {
  char *code = arena_alloc(arena, (size_t)source->bytes.length + 1);
  memcpy(code, source->bytes.at, source->bytes.length);
  uint32_t open = 0; /* the length of the fence that is open */
  char open_sign = 0;
  bool rules = false;
  for (uint32_t i = 0; i < source->line_count; i++) {
    uint32_t begin = source->line_starts[i];
    uint32_t end = i + 1 < source->line_count ? source->line_starts[i + 1] : source->bytes.length;
    char sign = 0;
    View info = {0};
    uint32_t length = fence((View){code + begin, end - begin}, &sign, &info);
    bool closes = open && length >= open && sign == open_sign && !info.length;
    bool opens = !open && length;
    bool ours = opens && is_rules_block(info);
    if (!open || closes || !rules) blank_line(code, begin, end);
    if (opens) open = length, open_sign = sign, rules = ours;
    if (closes) open = 0;
  }
  return (View){code, source->bytes.length};
}

static bool is_markdown(View name) { return name.length > 3 && memcmp(name.at + name.length - 3, ".md", 3) == 0; }

Source *source_add(Arena *arena, SourceList *list, View name, View bytes) {
  Source *source = arena_new_of(arena, Source);
  char *copy = arena_alloc(arena, (size_t)bytes.length + 1);
  if (bytes.length) memcpy(copy, bytes.at, bytes.length);
  source->name = view_copy(arena, name);
  source->bytes = (View){copy, bytes.length};
  find_lines(arena, source);
  source->code = is_markdown(name) ? code_of_markdown(arena, source) : source->bytes;
  list_push(arena, list, source);
  return source;
}

/* ---- the way back ---- */

uint32_t source_line(const Source *source, uint32_t offset) {
  uint32_t low = 0, high = source->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (source->line_starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return low + 1;
}

/* A byte order mark in front of the first line is no part of it. */
static uint32_t line_begin(const Source *source, uint32_t line) {
  bool marked = line == 1 && view_starts(source->bytes, VIEW("\xEF\xBB\xBF"));
  return marked ? 3 : source->line_starts[line - 1];
}

uint32_t source_column(const Source *source, uint32_t offset) {
  uint32_t begin = line_begin(source, source_line(source, offset));
  if (offset > source->bytes.length) offset = source->bytes.length;
  if (offset <= begin) return 1;
  return 1 + utf8_count((View){source->bytes.at + begin, offset - begin});
}

View source_line_text(const Source *source, uint32_t line) {
  if (line < 1 || line > source->line_count) return (View){source->bytes.at, 0};
  uint32_t begin = line_begin(source, line);
  uint32_t end = line < source->line_count ? source->line_starts[line] - 1 : source->bytes.length;
  if (end > begin && line < source->line_count && source->bytes.at[end - 1] == '\r') end--;
  return (View){source->bytes.at + begin, end - begin};
}

View span_text(const SourceList *list, Span span) {
  if (span.source >= list->count) return (View){NULL, 0};
  View bytes = list->at[span.source]->bytes;
  uint32_t end = span.end < bytes.length ? span.end : bytes.length;
  return span.start < end ? (View){bytes.at + span.start, end - span.start} : (View){bytes.at, 0};
}

Span span_join(Span a, Span b) { return (Span){a.source, a.start, b.end}; }
