#include "data/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "data/csv.h"
#include "data/elements.h"
#include "data/record.h"
#include "data/table.h"
#include "text/reason.h"

#ifdef TERSKEL_SMALL
enum { CHUNK_BYTES = 64 };
#else
enum { CHUNK_BYTES = 256 << 10 };
#endif

enum { SNIFF_BYTES = 512 };

struct Reader {
  Arena *arena;
  const Program *program;
  LIST(View) files; /* each with a NUL behind it */
  uint32_t next_file;
  DataFormat wanted;
  /* the file that is being read */
  bool is_open;
  bool has_begun; /* its format is known, and its header read */
  View file;
  DataFormat format;
  Intake in;
  ElementsState elements;
  CsvTable *table;
  RecordBinder *binder;
  uint64_t place; /* of the last application in the file */
  bool failed;
  Fault fault;
};

static bool fail(Reader *r, MessageCode code, View first, View second) {
  r->failed = true;
  r->fault = fault_in_data(code, r->file, 0, (View){0});
  r->fault.arguments[0] = first;
  r->fault.arguments[1] = second;
  return false;
}

static bool fail_by_errno(Reader *r, MessageCode code, int error) {
  fail(r, code, r->file, view_copy(r->arena, reason_of(error)));
  r->fault.second_is_ours = true;
  return false;
}

/* ---- which format ---- */

static bool ends_with(View name, const char *lower) {
  size_t length = strlen(lower);
  if (name.length < length) return false;
  const char *end = name.at + name.length - length;
  for (size_t i = 0; i < length; i++) {
    char c = end[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c != lower[i]) return false;
  }
  return true;
}

static DataFormat format_of_name(View name) {
  if (ends_with(name, ".json")) return FORMAT_JSON;
  if (ends_with(name, ".jsonl") || ends_with(name, ".ndjson")) return FORMAT_JSONL;
  return ends_with(name, ".csv") ? FORMAT_CSV : FORMAT_BY_NAME;
}

/* Whether the first line is complete: every bracket that opens on it closes on it. */
static bool is_object_a_line(Intake *in) {
  uint32_t depth = 0;
  bool in_text = false, escaped = false;
  for (size_t at = 0;; at++) {
    while (at == intake_length(in))
      if (at > RECORD_MAX_BYTES || !intake_more(in)) return depth == 0;
    char c = intake_at(in)[at];
    if (c == '\n') return depth == 0;
    if (escaped) {
      escaped = false;
    } else if (in_text) {
      escaped = c == '\\';
      in_text = c != '"';
    } else {
      in_text = c == '"';
      depth += c == '{' || c == '[';
      depth -= (c == '}' || c == ']') && depth > 0;
    }
  }
}

static bool is_text(const Intake *in) {
  for (size_t i = 0; i < intake_length(in) && i < SNIFF_BYTES; i++) {
    unsigned char c = (unsigned char)intake_at(in)[i];
    if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F) return false;
  }
  return true;
}

/* Looks at the first bytes of data whose name says nothing. */
static bool sniff(Reader *r) {
  char first;
  while (intake_length(&r->in) < SNIFF_BYTES && intake_more(&r->in)) continue;
  if (!is_text(&r->in)) return fail(r, MSG_D0003, r->file, (View){0});
  intake_skip_blanks(&r->in);
  if (r->in.error == 0 && !intake_peek(&r->in, &first)) return fail(r, MSG_D0005, r->file, (View){0});
  if (r->in.error) return fail_by_errno(r, MSG_D0002, r->in.error);
  if (first == '[')
    r->format = FORMAT_JSON;
  else if (first == '{')
    r->format = is_object_a_line(&r->in) ? FORMAT_JSONL : FORMAT_JSON;
  else
    r->format = FORMAT_CSV;
  return true;
}

static bool is_utf16(const Intake *in) {
  return intake_length(in) >= 2 &&
         (memcmp(intake_at(in), "\xFF\xFE", 2) == 0 || memcmp(intake_at(in), "\xFE\xFF", 2) == 0);
}

/* ---- files ---- */

static void close_file(Reader *r) {
  if (r->is_open && r->in.fd != STDIN_FILENO) close(r->in.fd);
  r->is_open = false;
  r->in.fd = -1;
}

static bool begin_table(Reader *r) {
  Record header;
  Taken taken = csv_take(&r->in, 0, &header);
  if (r->in.error) return fail_by_errno(r, MSG_D0002, r->in.error);
  if (taken == TAKEN_ALL) return fail(r, MSG_D0005, r->file, (View){0});
  Fault fault = fault_in_data(MSG_D0016, r->file, header.line, (View){0});
  r->table = table_of_header(r->arena, r->program, &header, &fault);
  if (r->table) return true;
  r->fault = *fault_copy(r->arena, &fault);
  r->failed = true;
  return false;
}

/* Finds out what the open file holds, up to its first application. */
static bool begin_file(Reader *r) {
  intake_skip_mark(&r->in);
  if (is_utf16(&r->in)) return fail(r, MSG_D0006, r->file, (View){0});
  if (r->format == FORMAT_BY_NAME && !sniff(r)) return false;
  r->elements = ELEMENTS_BEGIN;
  r->place = 0;
  r->has_begun = true;
  return r->format != FORMAT_CSV || begin_table(r);
}

static bool is_input(View path) { return view_is(path, "-"); }

/* All memory is taken before the file is opened: a refusal leaves nothing behind. */
static bool open_next(Reader *r) {
  r->file = r->files.at[r->next_file++];
  r->format = r->wanted != FORMAT_BY_NAME ? r->wanted : format_of_name(r->file);
  r->has_begun = false;
  intake_begin(&r->in, STDIN_FILENO);
  if (!is_input(r->file)) r->in.fd = open(r->file.at, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (r->in.fd < 0) return fail_by_errno(r, MSG_D0001, errno);
  r->is_open = true;
  return true;
}

/* ---- folders ---- */

static bool is_data_file(const char *folder_path) {
  struct stat found;
  return format_of_name(view_of(folder_path)) != FORMAT_BY_NAME && stat(folder_path, &found) == 0 &&
         S_ISREG(found.st_mode);
}

static View path_in(Arena *arena, View folder, const char *name) {
  bool slash = folder.length > 0 && folder.at[folder.length - 1] == '/';
  View path = view_join(arena, view_join(arena, folder, slash ? VIEW("") : VIEW("/")), view_of(name));
  return (View){view_join(arena, path, (View){"", 1}).at, path.length};
}

static void list_files(Reader *r, View folder, DIR *entries) {
  for (const struct dirent *entry; (entry = readdir(entries));) {
    if (entry->d_name[0] == '.') continue;
    View path = path_in(r->arena, folder, entry->d_name);
    if (is_data_file(path.at)) list_push(r->arena, &r->files, path);
  }
}

static int compare_files(const void *a, const void *b) { return view_compare(*(const View *)a, *(const View *)b); }

static bool open_folder(Reader *r, View folder) {
  DIR *entries = opendir(folder.at);
  r->file = folder;
  if (!entries) return fail_by_errno(r, MSG_D0001, errno);
  /* The folder must not stay open where memory is refused on the way. */
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    closedir(entries);
    memory_refuse();
  }
  list_files(r, folder, entries);
  memory_trap_pop(&trap);
  closedir(entries);
  if (r->files.count == 0) return fail(r, MSG_D0004, folder, (View){0});
  r->wanted = FORMAT_BY_NAME;
  qsort(r->files.at, r->files.count, sizeof *r->files.at, compare_files);
  return true;
}

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* ---- the reader ---- */

static bool find_files(Reader *r, View path) {
  if (!is_input(path) && is_folder(path.at)) return open_folder(r, path);
  list_push(r->arena, &r->files, path);
  return true;
}

Reader *reader_open(Arena *arena, const Program *program, const char *path, DataFormat format, Fault *fault) {
  Reader *r = arena_new_of(arena, Reader);
  *r = (Reader){.arena = arena, .program = program, .wanted = format};
  r->in = (Intake){.arena = arena, .fd = -1, .chunk = CHUNK_BYTES};
  r->binder = record_binder_new(arena, program);
  View name = {arena_copy(arena, path, strlen(path) + 1), view_of(path).length};
  if (find_files(r, name) && open_next(r)) return r;
  *fault = r->fault;
  reader_close(r);
  return NULL;
}

bool reader_would_read(Arena *scratch, const char *path, const struct stat *file) {
  Reader r = {.arena = scratch};
  if (!find_files(&r, view_of(path))) return false;
  for (uint32_t i = 0; i < r.files.count; i++) {
    struct stat found;
    View name = r.files.at[i];
    int failed = is_input(name) ? fstat(STDIN_FILENO, &found) : stat(name.at, &found);
    if (!failed && found.st_dev == file->st_dev && found.st_ino == file->st_ino) return true;
  }
  return false;
}

void reader_set_chunk(Reader *reader, uint32_t bytes) {
  reader->in.chunk = bytes;
  reader->in.bytes = NULL;
  reader->in.room = 0;
  intake_begin(&reader->in, reader->in.fd);
}

static Taken take_record(Reader *r, Record *record) {
  Fault fault = fault_in_data(MSG_D0005, r->file, 0, (View){0});
  Taken taken = TAKEN_ALL;
  switch (r->format) {
  case FORMAT_CSV: taken = csv_take(&r->in, table_separator(r->table), record); break;
  case FORMAT_JSONL: taken = line_take(&r->in, record); break;
  case FORMAT_JSON:
  case FORMAT_BY_NAME: taken = element_take(&r->in, &r->elements, record, &fault); break;
  }
  /* A record that a failed read cut short is none. */
  if (r->in.error) {
    fail_by_errno(r, MSG_D0002, r->in.error);
    return TAKEN_FAULT;
  }
  if (taken == TAKEN_FAULT) {
    r->fault = *fault_copy(r->arena, &fault);
    r->failed = true;
  }
  return taken;
}

/* What the last record of a file, or the lack of any, says about the whole of it. */

static void refuse_unclosed(Reader *r, uint32_t line) {
  fail(r, MSG_D0017, view_format(r->arena, "%u", line), (View){0});
  r->fault.line = line;
}

/* A header alone whose columns are not all known may be a file whose lines were not found. */
static void refuse_unknown_header(Reader *r) {
  const View *unknown = r->format == FORMAT_CSV && r->place == 0 ? table_unknown_column(r->table) : NULL;
  if (unknown) fail(r, MSG_D0018, *unknown, (View){0});
}

static void bind_record(Reader *r, BatchBuilder *b, const Record *record) {
  r->place++;
  if (r->format == FORMAT_CSV)
    table_bind(r->table, b, r->file, record, r->place);
  else
    record_bind(r->binder, b, r->file, record, r->place);
}

/* The next application of all files; false where there is none, or none that can be read. */
static bool read_application(Reader *r, BatchBuilder *b, size_t *bytes) {
  while (!r->failed) {
    if (!r->is_open && (r->next_file == r->files.count || !open_next(r))) return false;
    if (!r->has_begun && !begin_file(r)) return false;
    Record record;
    switch (take_record(r, &record)) {
    case TAKEN:
      bind_record(r, b, &record);
      *bytes += record.bytes.length;
      if (record.unclosed) refuse_unclosed(r, record.unclosed);
      return true;
    case TAKEN_ALL:
      refuse_unknown_header(r);
      close_file(r);
      break;
    case TAKEN_FAULT: break;
    }
  }
  return false;
}

Batch *reader_next(Reader *reader, Arena *batch_arena, uint32_t rows) {
  BatchBuilder *b = batch_builder_new(batch_arena, reader->program);
  size_t bytes = 0;
  while (batch_builder_rows(b) < rows && bytes < BATCH_MAX_BYTES)
    if (!read_application(reader, b, &bytes)) break;
  return batch_builder_rows(b) > 0 ? batch_finish(b) : NULL;
}

const Fault *reader_fault(const Reader *reader) { return reader->failed ? &reader->fault : NULL; }

void reader_close(Reader *reader) {
  if (reader) close_file(reader);
}
