/* Files beside the programme: what a text names by a path of its own. The path is relative to the file that names it,
 * and leads to a regular file beneath the programme's folder, also once links are followed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "check/checker.h"
#include "text/reason.h"

View folder_of_source(const Checker *c, uint32_t source) {
  View name = c->diags->sources->at[source]->name;
  uint32_t slash = name.length;
  while (slash > 0 && name.at[slash - 1] != '/') slash--;
  if (!slash || !c->folder) return VIEW(".");
  return (View){name.at, slash > 1 ? slash - 1 : slash};
}

/* Neither absolute nor upwards */
static bool path_is_inside(View path) {
  if (!path.length || path.at[0] == '/') return false;
  for (uint32_t i = 0; i + 1 < path.length; i++)
    if (path.at[i] == '.' && path.at[i + 1] == '.' && (i == 0 || path.at[i - 1] == '/')) return false;
  return true;
}

/* Where the path leads once links are followed. What does not exist is told later. */
static bool leads_inside(const Checker *c, const char *path) {
  char *folder = realpath(c->folder ? c->folder : ".", NULL), *file = realpath(path, NULL);
  size_t length = folder ? strlen(folder) : 0;
  bool inside =
      !folder || !file || (strncmp(file, folder, length) == 0 && (file[length] == '/' || !file[length] || length == 1));
  free(folder);
  free(file);
  return inside;
}

char *path_beside(Checker *c, uint32_t source, View name) {
  View folder = folder_of_source(c, source);
  View path = view_is(folder, ".")
                  ? name
                  : view_format(c->arena, "%.*s/%.*s", (int)folder.length, folder.at, (int)name.length, name.at);
  char *out = arena_alloc(c->arena, path.length + 1u);
  memcpy(out, path.at, path.length);
  return out;
}

bool is_path_beside(Checker *c, uint32_t source, View name, const char **path) {
  char *beside = path_beside(c, source, name);
  *path = beside;
  return path_is_inside(name) && leads_inside(c, beside);
}

FileState file_beside(Checker *c, uint32_t source, View name, SourceList *into) {
  const char *path;
  if (!is_path_beside(c, source, name, &path)) return FILE_OUTSIDE;
  switch (source_read(c->arena, into, path)) {
  case SOURCE_OK: return FILE_READ;
  case SOURCE_UNREADABLE: return FILE_UNREADABLE;
  case SOURCE_TOO_LARGE: return FILE_TOO_LARGE;
  case SOURCE_NOT_REGULAR: return FILE_NOT_REGULAR;
  }
  return FILE_UNREADABLE;
}

View file_fault(void) { return reason_of(errno); }
