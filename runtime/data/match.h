/* Match: which field of a shape a name in the data means. A name matches as it
 * is declared (composed, NFC), else in lower case with blanks, no-break spaces
 * and _ alike, if only one field is left then. The index is made once for a
 * shape and learns the spellings it has met; how many is bounded. */
#ifndef DATA_MATCH_H
#define DATA_MATCH_H

#include "base/map.h"
#include "check/program.h"

typedef struct FieldIndex {
  const Shape *shape;
  Arena *arena;     /* of the index */
  Map spellings;    /* declared and learned -> field */
  Map loose;        /* loose form -> field, NO_INDEX where two have it */
  View *names;      /* of the fields, for suggestions */
  uint32_t longest; /* no longer name can match */
} FieldIndex;

FieldIndex *field_index_new(Arena *arena, const Shape *shape);
/* The place of the field in the shape; NO_INDEX if there is none. */
uint32_t field_index_find(FieldIndex *index, Arena *scratch, View name);

/* Which of the texts an author most likely meant; NO_INDEX if none is near. Keeps no memory. */
uint32_t text_nearest(const View *texts, uint32_t count, View wrong);

#endif
