#include "base/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef TERSKEL_SMALL
enum { BUFFER_BYTES = 16, MEMORY_FIRST = 4 };
#else
enum { BUFFER_BYTES = 64 << 10, MEMORY_FIRST = 256 };
#endif

/* To memory: fd is -1 and the buffer grows. To a file: `path` is the target
 * and `temporary` what is written meanwhile, NULL where the target is a device
 * or a pipe, which cannot be replaced and is written to as it is. */
struct Writer {
  Arena *arena;
  char *buffer;
  size_t used;
  size_t room;
  int fd;
  int error;
  bool in_memory;
  char *path;
  char *temporary;
};

static Writer *writer_new(Arena *arena, int fd) {
  Writer *w = arena_new_of(arena, Writer);
  *w = (Writer){.arena = arena, .buffer = arena_alloc(arena, BUFFER_BYTES), .room = BUFFER_BYTES, .fd = fd};
  return w;
}

Writer *writer_to_fd(Arena *arena, int fd) { return writer_new(arena, fd); }

Writer *writer_to_memory(Arena *arena) {
  Writer *w = arena_new_of(arena, Writer);
  *w = (Writer){.arena = arena, .fd = -1, .in_memory = true};
  return w;
}

View writer_memory(const Writer *w) { return view_make(w->buffer, w->used); }

int writer_error(const Writer *w) { return w->error; }

/* ---- bytes out ---- */

/* A pipe that somebody made non-blocking says EAGAIN; waiting is what a blocking one would have done. */
static int wait_until_writable(int fd) {
  struct pollfd wanted = {.fd = fd, .events = POLLOUT};
  return poll(&wanted, 1, -1) < 0 && errno != EINTR ? errno : 0;
}

static int write_all(int fd, const char *at, size_t length) {
  while (length > 0) {
    ssize_t written = write(fd, at, length);
    if (written > 0) {
      at += written;
      length -= (size_t)written;
    } else if (written == 0) {
      return EIO;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      int error = wait_until_writable(fd);
      if (error) return error;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

int writer_flush(Writer *w) {
  if (w->in_memory) return 0;
  if (!w->error && w->used > 0) w->error = write_all(w->fd, w->buffer, w->used);
  w->used = 0;
  return w->error;
}

static void grow_memory(Writer *w, size_t length) {
  size_t room = w->room ? w->room : MEMORY_FIRST;
  while (room - w->used < length) room = memory_product(room, 2);
  w->buffer = arena_grow(w->arena, w->buffer, w->room, room);
  w->room = room;
}

void write_view(Writer *w, View text) {
  if (text.length == 0 || w->error) return;
  if (w->room - w->used < text.length) {
    if (w->in_memory)
      grow_memory(w, text.length);
    else
      writer_flush(w);
  }
  if (w->room - w->used < text.length) {
    if (!w->error) w->error = write_all(w->fd, text.at, text.length);
    return;
  }
  memcpy(w->buffer + w->used, text.at, text.length);
  w->used += text.length;
}

void write_text(Writer *w, const char *c_string) { write_view(w, view_of(c_string)); }

void write_char(Writer *w, char c) { write_view(w, (View){&c, 1}); }

void write_repeat(Writer *w, char c, unsigned count) {
  char run[64];
  memset(run, c, sizeof run);
  for (; count > sizeof run; count -= (unsigned)sizeof run) write_view(w, (View){run, sizeof run});
  write_view(w, (View){run, count});
}

void write_int(Writer *w, int64_t n) {
  char digits[20];
  char *end = digits + sizeof digits, *at = end;
  uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  do *--at = (char)('0' + left % 10);
  while (left /= 10);
  if (n < 0) *--at = '-';
  write_view(w, (View){at, (uint32_t)(end - at)});
}

void write_format(Writer *w, const char *format, ...) {
  char short_text[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(short_text, sizeof short_text, format, arguments);
  va_end(arguments);
  if (length < 0) memory_refuse();
  char *text = short_text;
  if ((size_t)length >= sizeof short_text) {
    text = arena_alloc(w->arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
  }
  write_view(w, view_make(text, (size_t)length));
}

/* ---- escapes ---- */

static bool between(uint32_t c, uint32_t first, uint32_t last) { return c >= first && c <= last; }

/* C0, DEL and C1. */
static bool is_control(uint32_t c) { return c < 0x20 || between(c, 0x7F, 0x9F); }

/* What turns the direction of text. */
static bool is_bidi(uint32_t c) {
  return c == 0x61C || between(c, 0x200E, 0x200F) || between(c, 0x202A, 0x202E) || between(c, 0x2066, 0x2069);
}

/* What takes no room, looks like a blank and is none, or ends a line where nobody expects it. */
static bool is_unseen(uint32_t c) {
  static const uint32_t unseen[][2] = {{0xAD, 0xAD},     {0x34F, 0x34F},   {0x115F, 0x1160},  {0x180E, 0x180E},
                                       {0x200B, 0x200D}, {0x2028, 0x2029}, {0x2060, 0x2064},  {0x3164, 0x3164},
                                       {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
  for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
    if (between(c, unseen[i][0], unseen[i][1])) return true;
  return false;
}

static bool is_hidden(uint32_t c) { return is_control(c) || (c >= 0xAD && (is_bidi(c) || is_unseen(c))); }

static uint32_t put_hex(char *out, uint32_t value, uint32_t digits) {
  for (uint32_t i = 0; i < digits; i++) out[i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
  return digits;
}

uint32_t visible_next(View rest, char out[VISIBLE_MAX], uint32_t *taken) {
  uint32_t code_point;
  *taken = utf8_decode(rest.at, rest.at + rest.length, &code_point);
  if (*taken == 0) {
    *taken = 1;
    memcpy(out, "\\x", 2);
    return 2 + put_hex(out + 2, (unsigned char)rest.at[0], 2);
  }
  if (!is_hidden(code_point)) {
    memcpy(out, rest.at, *taken);
    return *taken;
  }
  uint32_t digits = 1;
  while (code_point >> 4 * digits) digits++;
  memcpy(out, "\\u{", 3);
  put_hex(out + 3, code_point, digits);
  out[3 + digits] = '}';
  return 4 + digits;
}

static bool is_plain_ascii(char c) { return c >= ' ' && c <= '~'; }

void write_visible(Writer *w, View text) {
  for (uint32_t i = 0, taken; i < text.length; i += taken) {
    for (taken = 0; i + taken < text.length && is_plain_ascii(text.at[i + taken]);) taken++;
    write_view(w, (View){text.at + i, taken});
    if (taken > 0) continue;
    char shown[VISIBLE_MAX];
    uint32_t length = visible_next((View){text.at + i, text.length - i}, shown, &taken);
    write_view(w, (View){shown, length});
  }
}

/* RFC 8259, section 7. */
static void write_json_unit(Writer *w, uint32_t unit) {
  char out[6] = {'\\', 'u'};
  put_hex(out + 2, unit, 4);
  write_view(w, (View){out, 6});
}

static void write_json_escape(Writer *w, uint32_t code_point) {
  static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *found = code_point < 0x80 ? memchr(shorts, (int)code_point, sizeof shorts - 1) : NULL;
  if (found) {
    write_view(w, (View){(char[]){'\\', letters[found - shorts]}, 2});
  } else if (code_point < 0x10000) {
    write_json_unit(w, code_point);
  } else {
    write_json_unit(w, 0xD7C0 + (code_point >> 10));
    write_json_unit(w, 0xDC00 + (code_point & 0x3FF));
  }
}

void write_json_string(Writer *w, View text) {
  write_char(w, '"');
  for (uint32_t i = 0, taken; i < text.length; i += taken) {
    uint32_t code_point;
    for (taken = 0; i + taken < text.length; taken++) {
      char c = text.at[i + taken];
      if (!is_plain_ascii(c) || c == '"' || c == '\\') break;
    }
    write_view(w, (View){text.at + i, taken});
    if (taken > 0) continue;
    taken = utf8_decode(text.at + i, text.at + text.length, &code_point);
    if (taken == 0)
      write_text(w, "\xEF\xBF\xBD"), taken = 1;
    else if (code_point < 0x80 || is_hidden(code_point))
      write_json_escape(w, code_point);
    else
      write_view(w, (View){text.at + i, taken});
  }
  write_char(w, '"');
}

/* -digits, with one comma or point among them: what a spreadsheet reads as a number and not as a formula. */
static bool is_negative_number(View text) {
  uint32_t digits = 0, marks = 0;
  for (uint32_t i = 1; i < text.length; i++) {
    char c = text.at[i];
    if (c >= '0' && c <= '9')
      digits++;
    else if ((c == '.' || c == ',') && digits > 0 && i + 1 < text.length)
      marks++;
    else
      return false;
  }
  return text.length > 0 && text.at[0] == '-' && digits > 0 && marks <= 1;
}

static bool has_any(View text, const char *bytes) {
  for (uint32_t i = 0; i < text.length; i++)
    if (text.at[i] && strchr(bytes, text.at[i])) return true;
  return false;
}

/* What a spreadsheet may pass over before it looks for a formula. */
static bool is_passed_over(uint32_t c) {
  return c == ' ' || c == '\n' || c == 0xA0 || between(c, 0x2000, 0x200D) || c == 0x202F || c == 0x205F ||
         c == 0x3000 || is_unseen(c);
}

static bool begins_formula(uint32_t c) {
  static const uint32_t marks[] = {'=', '+', '-', '@', '\t', '\r', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (c == marks[i]) return true;
  return false;
}

static bool would_run(View text) {
  uint32_t code_point, taken;
  for (uint32_t i = 0; i < text.length; i += taken) {
    taken = utf8_decode(text.at + i, text.at + text.length, &code_point);
    if (taken == 0) return false;
    if (is_passed_over(code_point)) continue;
    return begins_formula(code_point) && !is_negative_number((View){text.at + i, text.length - i});
  }
  return false;
}

/* Letters as they are, with every quotation mark doubled; controls visible but for those that lay out text. */
static void write_csv_character(Writer *w, View rest, uint32_t *taken) {
  uint32_t code_point;
  char shown[VISIBLE_MAX];
  *taken = utf8_decode(rest.at, rest.at + rest.length, &code_point);
  bool lays_out = *taken == 1 && strchr("\t\r\n", rest.at[0]) && rest.at[0];
  bool steers = *taken > 0 && !lays_out && (is_control(code_point) || is_bidi(code_point));
  if (*taken == 0) *taken = 1;
  if (steers)
    write_view(w, (View){shown, visible_next(rest, shown, taken)});
  else
    write_view(w, (View){rest.at, *taken});
  if (rest.at[0] == '"') write_char(w, '"');
}

void write_csv_field(Writer *w, View text) {
  bool quoted = has_any(text, ",;\"\t\r\n");
  if (quoted) write_char(w, '"');
  if (would_run(text)) write_char(w, '\'');
  for (uint32_t i = 0, taken; i < text.length; i += taken) {
    for (taken = 0; i + taken < text.length && is_plain_ascii(text.at[i + taken]) && text.at[i + taken] != '"';)
      taken++;
    write_view(w, (View){text.at + i, taken});
    if (taken == 0) write_csv_character(w, (View){text.at + i, text.length - i}, &taken);
  }
  if (quoted) write_char(w, '"');
}

/* ---- replacing a file ---- */

enum { NAME_ATTEMPTS = 100, SUFFIX_DIGITS = 8 };

/* mkstemp would make the file 0600 whatever the umask; here the kernel applies the umask to 0644. */
static int open_temporary(char *name) {
  char *digits = name + strlen(name) - SUFFIX_DIGITS;
  for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
    uint32_t random = (uint32_t)getpid() + (uint32_t)attempt;
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random) random *= 2654435761U;
    put_hex(digits, random, SUFFIX_DIGITS);
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

/* A link stays a link: what it points to is replaced. realpath fails for a new file, whose name is taken as it is. */
static View target_of(const char *path, char resolved[PATH_MAX]) {
  return view_of(realpath(path, resolved) ? resolved : path);
}

static Writer *open_in_place(Writer *w) {
  w->fd = open(w->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  w->temporary = NULL;
  return w->fd >= 0 ? w : NULL;
}

Writer *writer_to_file(Arena *arena, const char *path) {
  char resolved[PATH_MAX];
  View target = target_of(path, resolved);
  /* All memory is taken before the file is opened: a refusal leaves nothing behind. */
  Writer *w = writer_new(arena, -1);
  w->path = arena_alloc(arena, (size_t)target.length + 1);
  memcpy(w->path, target.at, target.length);
  w->temporary = arena_alloc(arena, (size_t)target.length + 2 + SUFFIX_DIGITS);
  snprintf(w->temporary, (size_t)target.length + 2 + SUFFIX_DIGITS, "%s.%08d", w->path, 0);

  struct stat there;
  bool replaces = stat(w->path, &there) == 0;
  if (target.length == 0 || (replaces && S_ISDIR(there.st_mode))) {
    errno = replaces ? EISDIR : ENOENT;
    return NULL;
  }
  if (replaces && !S_ISREG(there.st_mode)) return open_in_place(w);
  w->fd = open_temporary(w->temporary);
  if (w->fd < 0) return NULL;
  if (replaces && fchmod(w->fd, there.st_mode & 0777) != 0) {
    int error = errno;
    writer_abandon(w);
    errno = error;
    return NULL;
  }
  return w;
}

static int close_file(Writer *w) {
  int fd = w->fd;
  w->fd = -1;
  return fd >= 0 && close(fd) != 0 && errno != EINTR ? errno : 0;
}

void writer_abandon(Writer *w) {
  close_file(w);
  if (w->temporary) unlink(w->temporary);
  w->temporary = NULL;
  w->used = 0;
}

/* Without this the new name may be gone after a power cut although its bytes are there. Some file systems have no
 * fsync for folders; they say EINVAL. */
static int sync_folder(char *path) {
  char *slash = strrchr(path, '/');
  if (slash) slash[slash == path] = 0;
  int fd = open(slash ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  int error = fsync(fd) != 0 && errno != EINVAL ? errno : 0;
  close(fd);
  return error;
}

static int put_in_place(Writer *w) {
  if (fsync(w->fd) != 0) return errno;
  int error = close_file(w);
  if (error) return error;
  return rename(w->temporary, w->path) != 0 ? errno : 0;
}

int writer_commit(Writer *w) {
  int error = writer_flush(w);
  if (!w->path) return error;
  if (!error) error = w->temporary ? put_in_place(w) : close_file(w);
  if (!error && w->temporary) {
    w->temporary = NULL;
    error = sync_folder(w->path);
  }
  writer_abandon(w);
  return w->error = error;
}
