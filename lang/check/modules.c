/* Modules: `use "eu/sme.tsk"` and `use std.eu.sme`. What a module declares stands beside what the programme declares;
 * each file is read once, however often it is used. Its path is relative to the file that names it. */
#include <string.h>
#include "check/checker.h"
#include "text/embedded.h"

enum { MOST_MODULES = 1000, DEEPEST_MODULE = 64 };

typedef struct Loader {
  Checker *c;
  Map read;             /* path or name of the library -> source */
  LIST(uint32_t) chain; /* sources: the programme, what it uses, what that uses … */
  uint32_t count;
} Loader;

/* "a.tsk → b.tsk → a.tsk" */
static View chain_text(const Loader *l, uint32_t closing) {
  const SourceList *sources = l->c->diags->sources;
  Writer *w = writer_to_memory(l->c->arena);
  uint32_t first = 0;
  while (l->chain.at[first] != closing) first++;
  for (uint32_t i = first; i < l->chain.count; i++) {
    write_view(w, sources->at[l->chain.at[i]]->name);
    write_text(w, " → ");
  }
  write_view(w, sources->at[closing]->name);
  return writer_memory(w);
}

static bool is_in_chain(const Loader *l, uint32_t source) {
  for (uint32_t i = 0; i < l->chain.count; i++)
    if (l->chain.at[i] == source) return true;
  return false;
}

/* ---- the library ---- */

static View library_names(Checker *c) {
  View *names = arena_array(c->arena, View, embedded_module_count + 1);
  for (uint32_t i = 0; i < embedded_module_count; i++) names[i] = embedded_modules[i].name;
  return view_list(c->arena, names, embedded_module_count);
}

static bool read_library(Loader *l, const Decl *use) {
  Checker *c = l->c;
  View name = use->name.text;
  for (uint32_t i = 0; i < embedded_module_count; i++) {
    if (!view_equal(name, embedded_modules[i].name)) continue;
    source_add(c->arena, c->diags->sources, name, embedded_modules[i].text);
    return true;
  }
  if (view_starts(name, VIEW("std.")))
    diag_add(c->diags, MSG_E0812, use->name.span, name, library_names(c), DIAG_END);
  else
    diag_add(c->diags, MSG_E0815, use->name.span, name, DIAG_END);
  return false;
}

/* ---- files ---- */

static bool read_file(Loader *l, const Decl *use) {
  Checker *c = l->c;
  View name = use->from;
  switch (file_beside(c, use->from_span.source, name, c->diags->sources)) {
  case FILE_READ: return true;
  case FILE_OUTSIDE: diag_add(c->diags, MSG_E0811, use->from_span, name, DIAG_END); return false;
  case FILE_UNREADABLE: diag_add(c->diags, MSG_E0810, use->from_span, name, file_fault(), DIAG_END); return false;
  case FILE_TOO_LARGE: diag_add(c->diags, MSG_E0816, use->from_span, name, DIAG_END); return false;
  case FILE_NOT_REGULAR: diag_add(c->diags, MSG_E0817, use->from_span, name, DIAG_END); return false;
  }
  return false;
}

/* ---- the way through ---- */

static Span place_of(const Decl *use) { return use->name.text.length ? use->name.span : use->from_span; }

/* "a/./b//c" and "a/b/c" are one file */
static View plain_path(Checker *c, View path) {
  char *out = arena_alloc(c->arena, path.length + 1u);
  uint32_t length = 0;
  for (uint32_t i = 0; i < path.length; i++) {
    bool begins = length == 0 || out[length - 1] == '/';
    if (begins && path.at[i] == '/' && length) continue;
    if (begins && path.at[i] == '.' && i + 1 < path.length && path.at[i + 1] == '/') {
      i++;
      continue;
    }
    out[length++] = path.at[i];
  }
  return (View){out, length};
}

static View key_of(Checker *c, const Decl *use) {
  if (use->name.text.length) return use->name.text;
  return plain_path(c, view_of(path_beside(c, use->from_span.source, use->from)));
}

static bool within_limits(Loader *l, const Decl *use) {
  bool deep = l->chain.count > DEEPEST_MODULE;
  if (!deep && l->count < MOST_MODULES) return true;
  View limit = view_format(l->c->arena, "%u", deep ? DEEPEST_MODULE : MOST_MODULES);
  diag_add(l->c->diags, deep ? MSG_E0814 : MSG_E0818, place_of(use), limit, DIAG_END);
  return false;
}

static bool load_all(Loader *l, uint32_t source, uint32_t first_decl);

static bool load(Loader *l, const Decl *use) {
  Checker *c = l->c;
  View key = key_of(c, use);
  uint32_t source;
  if (map_get(&l->read, key, &source)) {
    if (is_in_chain(l, source))
      diag_add(c->diags, MSG_E0813, place_of(use), c->diags->sources->at[source]->name, chain_text(l, source), DIAG_END);
    return true;
  }
  if (!within_limits(l, use)) return true;
  source = c->diags->sources->count;
  if (!(use->name.text.length ? read_library(l, use) : read_file(l, use))) return true;
  map_add(&l->read, key, source);
  l->count++;
  uint32_t first_decl = c->decls.count;
  if (!parse_into(c, source)) return false;
  return load_all(l, source, first_decl);
}

static bool load_all(Loader *l, uint32_t source, uint32_t first_decl) {
  Checker *c = l->c;
  uint32_t end = c->decls.count;
  list_push(c->arena, &l->chain, source);
  bool sound = true;
  for (uint32_t i = first_decl; i < end && sound; i++)
    if (c->decls.at[i]->kind == DECL_USE && c->decls.at[i]->span.source == source) sound = load(l, c->decls.at[i]);
  l->chain.count--;
  return sound;
}

bool use_modules(Checker *c, uint32_t first_source) {
  Loader l = {.c = c};
  map_init(&l.read, c->arena);
  uint32_t own = c->diags->sources->count - first_source;
  for (uint32_t i = 0; i < own; i++)
    map_add(&l.read, plain_path(c, c->diags->sources->at[first_source + i]->name), first_source + i);
  bool sound = true;
  for (uint32_t i = 0; i < own && sound; i++) sound = load_all(&l, first_source + i, 0);
  return sound;
}
