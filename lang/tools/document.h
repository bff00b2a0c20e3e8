/* Document: what a text declares and says about itself, for whoever wants to
 * use it. Reads one source, whatever its names mean; what is found are
 * views into the source or texts in the arena. In the order of the text. */
#ifndef TOOLS_DOCUMENT_H
#define TOOLS_DOCUMENT_H

#include "text/diag.h"

/* A field, a value, a dated entry, a requirement: one line below a declaration. */
typedef struct DocumentDetail {
  View text;
  View doc;
  View source; /* of a requirement */
} DocumentDetail;

typedef struct DocumentEntry {
  View signature; /* as it stands in the text, blanks folded: "function size(staff: number): size of enterprise" */
  View title;
  View doc; /* its --| lines, parted by line ends */
  View source;
  LIST(DocumentDetail) details;
} DocumentEntry;

typedef struct Document {
  View name; /* of the module or the programme; empty: neither */
  View title, doc, source;
  LIST(DocumentEntry) entries; /* without tests, and without what is only there to be used by the text itself */
} Document;

/* Parses the source; mistakes in it are told. Titles are those in this language where there are such. */
void document_read(Arena *arena, DiagQueue *diags, uint32_t source, Language language, Document *out);

#endif
