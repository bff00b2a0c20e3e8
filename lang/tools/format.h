/* Format: a rules text laid out as the house lays it out, in its own language
 * or in another one. What it says stays the same: the result is parsed again
 * and held against the tree of the text before it is given out. */
#ifndef TOOLS_FORMAT_H
#define TOOLS_FORMAT_H

#include "text/diag.h"

typedef enum FormatStatus {
  FORMAT_DONE,
  FORMAT_MISTAKES, /* the text has mistakes, or cannot be translated: they are in the queue */
} FormatStatus;

/* `to`: NULL keeps the language of the text. */
FormatStatus format_source(Arena *arena, DiagQueue *diags, uint32_t source, const Language *to, View *out);

#endif
