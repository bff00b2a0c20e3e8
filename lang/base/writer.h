/* Writer: all output of the program, to a file descriptor or into memory.
 *
 * Its own write(2) loop goes on after EINTR and short writes. The first error
 * sticks: later writes do nothing, writer_close says so. stdio is not used
 * because it loses lines on a full disk and still succeeds. Escaping of
 * applicants' text for terminals, JSON and CSV lives here too. */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <stdbool.h>
#include "base/view.h"

typedef struct Writer Writer;

Writer *writer_to_fd(Arena *arena, int fd);
Writer *writer_to_memory(Arena *arena);
View writer_memory(const Writer *w); /* what a memory writer holds so far */

/* Opens a temporary file beside `path`; writer_commit puts it in place (fsync, rename, fsync of
 * the folder), so `path` holds the old text or the whole new one. NULL: errno says why. */
Writer *writer_to_file(Arena *arena, const char *path);

void write_view(Writer *w, View text);
void write_text(Writer *w, const char *c_string);
void write_char(Writer *w, char c);
void write_int(Writer *w, int64_t n);
void write_repeat(Writer *w, char c, unsigned count);
/* Not for data: %s %d %u %c %% only. */
__attribute__((format(printf, 2, 3))) void write_format(Writer *w, const char *format, ...);

/* For people: C0, DEL, C1, bidi and unseen characters and invalid bytes shown as \u{…} or \x… */
void write_visible(Writer *w, View text);
/* The first character of `rest` (not empty) as write_visible shows it: its bytes go to `out`, their number is returned,
 * and *taken is how many bytes of `rest` they stand for. */
enum { VISIBLE_MAX = 12 };
uint32_t visible_next(View rest, char out[VISIBLE_MAX], uint32_t *taken);
/* A JSON string with its quotes; what write_visible shows is escaped, and invalid bytes become U+FFFD. */
void write_json_string(Writer *w, View text);
/* A CSV field (RFC 4180), quoted where needed; control and bidi characters but for tab, CR and LF are visible. A field
 * that a spreadsheet would run (= + - @, also fullwidth, tab or CR first, whatever unseen stands before) gets a leading
 * apostrophe unless it is a plain number. */
void write_csv_field(Writer *w, View text);

/* Flushes. Returns 0, or the errno of the first failed write. The descriptor stays open. */
int writer_flush(Writer *w);
int writer_commit(Writer *w);   /* for writer_to_file; 0 or errno */
void writer_abandon(Writer *w); /* for writer_to_file: removes the temporary file */
int writer_error(const Writer *w);

#endif
