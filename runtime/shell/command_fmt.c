#include <errno.h>
#include <string.h>
#include "check/check.h"
#include "shell/command.h"
#include "text/reason.h"
#include "tools/diff.h"
#include "tools/format.h"

/* terskel fmt: each file is laid out by itself, and written only where that changes its bytes. */

static const Span nowhere = {UINT32_MAX, 0, 0};

typedef struct Fmt {
  Shell *shell;
  const Language *to; /* NULL: the language of each file */
  bool check, diff;
} Fmt;

static ExitStatus refuse_to_write(const Fmt *fmt, View path, int error) {
  diag_add(&fmt->shell->mistakes, MSG_U0112, nowhere, path, reason_of(error), DIAG_END);
  return shell_refuse(fmt->shell);
}

static ExitStatus replace_file(const Fmt *fmt, const char *path, View text) {
  Writer *w = writer_to_file(fmt->shell->arena, path);
  if (!w) return refuse_to_write(fmt, view_of(path), errno);
  write_view(w, text);
  int error = writer_commit(w);
  return error ? refuse_to_write(fmt, view_of(path), error) : EXIT_DONE;
}

/* Names the file, or shows what is different in it. */
static ExitStatus tell_change(const Fmt *fmt, View name, View before, View behind) {
  if (fmt->diff)
    diff_write(fmt->shell->arena, fmt->shell->out, name, before, behind);
  else {
    write_visible(fmt->shell->out, name);
    write_char(fmt->shell->out, '\n');
  }
  return fmt->check ? EXIT_MISTAKES : EXIT_DONE;
}

static ExitStatus give_out(const Fmt *fmt, const char *path, const Source *source, View text) {
  bool same = view_equal(source->bytes, text);
  if (fmt->check || fmt->diff) return same ? EXIT_DONE : tell_change(fmt, source->name, source->bytes, text);
  if (strcmp(path, "-") != 0) return same ? EXIT_DONE : replace_file(fmt, path, text);
  write_view(fmt->shell->out, text);
  return EXIT_DONE;
}

static ExitStatus format_file(const Fmt *fmt, Arena *arena, const char *path) {
  Shell *shell = fmt->shell;
  SourceList *sources = arena_new_of(arena, SourceList);
  DiagQueue diags;
  View text = {0};
  diag_init(&diags, arena, sources);
  bool read = check_read(arena, &diags, path);
  if (read && format_source(arena, &diags, 0, fmt->to, &text) == FORMAT_DONE)
    return give_out(fmt, path, sources->at[0], text);
  diag_print(&diags, shell->err, shell->language, shell->color_err);
  writer_flush(shell->err);
  return read ? EXIT_MISTAKES : EXIT_TROUBLE;
}

ExitStatus command_fmt(Shell *shell, const Arguments *arguments) {
  Language language;
  const char *named = arguments->values[OPTION_LANGUAGE];
  Fmt fmt = {.shell = shell,
             .to = named && language_named(named, &language) ? &language : NULL,
             .check = arguments->values[OPTION_CHECK] != NULL,
             .diff = arguments->values[OPTION_DIFF] != NULL};
  if (arguments->count == 0) {
    diag_add(&shell->mistakes, MSG_U0108, nowhere, VIEW("terskel fmt RULES…"), DIAG_END);
    return shell_refuse(shell);
  }
  ExitStatus worst = EXIT_DONE;
  for (uint32_t i = 0; i < arguments->count; i++) {
    Arena *arena = arena_new();
    ExitStatus status = format_file(&fmt, arena, arguments->words[i]);
    arena_free(arena);
    if (status > worst) worst = status;
  }
  return worst;
}
