/* Manual: the page behind a message, as `terskel explain` shows it. The pages
 * are embedded, those of lang/text/pages: for each code a heading, why it is a
 * mistake in English and, below "## nb", in bokmål, then examples in fences.
 * What is found are views into the embedded text. */
#ifndef TEXT_MANUAL_H
#define TEXT_MANUAL_H

#include "text/diag.h"

typedef struct ManualExample {
  bool right;
  View kind; /* "" for rules or a command, "json", "csv" */
  View text; /* with the line end of its last line */
} ManualExample;

typedef struct ManualPage {
  View why[LANGUAGE_COUNT]; /* paragraphs, parted by empty lines */
  LIST(ManualExample) examples;
} ManualPage;

/* The page of a code such as “E0104”; false: there is none. */
bool manual_find(Arena *arena, View code, ManualPage *out);
/* The same in one page of many sections. */
bool manual_read(Arena *arena, View text, View code, ManualPage *out);

#endif
