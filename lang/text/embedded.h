/* Texts that the program carries in itself, so that it needs no folder beside
 * it: the pages behind the messages (lang/text/pages) and the modules of the
 * standard library (stdlib). `lang/text/embed` makes the tables when the program
 * is built, sorted by name, in byte order. The texts live as long as the program. */
#ifndef TEXT_EMBEDDED_H
#define TEXT_EMBEDDED_H

#include "base/view.h"

typedef struct EmbeddedText {
  View name; /* of a page "E01"; of a module "std.eu.sme" for stdlib/eu/sme.tsk */
  View text; /* a NUL that is not counted stands behind it */
} EmbeddedText;

extern const EmbeddedText embedded_pages[];
extern const uint32_t embedded_page_count;
extern const EmbeddedText embedded_modules[];
extern const uint32_t embedded_module_count;

#endif
