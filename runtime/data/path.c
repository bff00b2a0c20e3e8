#include "data/path.h"

#include <string.h>

/* A name in the data may be of any length; nobody reads more than this of it. */
enum { NAME_BYTES = 200 };

static void add(Path *path, View text) {
  while (path->bytes.room - path->bytes.count < text.length)
    path->bytes.at = list_make_room(path->arena, path->bytes.at, path->bytes.room, &path->bytes.room, 1);
  if (text.length > 0) memcpy(path->bytes.at + path->bytes.count, text.at, text.length);
  path->bytes.count += text.length;
}

View path_view(const Path *path) { return (View){path->bytes.at, path->bytes.count}; }

uint32_t path_add_field(Path *path, View name) {
  uint32_t before = path->bytes.count;
  if (before > 0) add(path, VIEW("."));
  if (name.length > NAME_BYTES) {
    name.length = NAME_BYTES;
    while (name.length > 0 && ((unsigned char)name.at[name.length] & 0xC0) == 0x80) name.length--;
  }
  add(path, name);
  return before;
}

uint32_t path_add_item(Path *path, uint32_t place) {
  char digits[10];
  uint32_t before = path->bytes.count, first = sizeof digits;
  do digits[--first] = (char)('0' + place % 10);
  while (place /= 10);
  add(path, VIEW("["));
  add(path, (View){digits + first, (uint32_t)sizeof digits - first});
  add(path, VIEW("]"));
  return before;
}

void path_cut(Path *path, uint32_t length) { path->bytes.count = length; }
