/* Diff: what has changed between two texts, line by line, in the unified form
 * that `diff -u` writes. Where more has changed than is worth searching
 * through, the changed part is shown as one. */
#ifndef TOOLS_DIFF_H
#define TOOLS_DIFF_H

#include "base/list.h"
#include "base/writer.h"

void diff_write(Arena *arena, Writer *w, View name, View before, View behind);

#endif
