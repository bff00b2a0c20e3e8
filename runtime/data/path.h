/* Path: where in an application a value stands, as people see it:
 * "members[3].sector". Parts are put behind and cut off again. */
#ifndef DATA_PATH_H
#define DATA_PATH_H

#include "base/list.h"
#include "base/view.h"

typedef struct Path {
  Arena *arena;
  LIST(char) bytes;
} Path;

View path_view(const Path *path);
/* Each returns the length before, for path_cut. */
uint32_t path_add_field(Path *path, View name);
uint32_t path_add_item(Path *path, uint32_t place);
void path_cut(Path *path, uint32_t length);

#endif
