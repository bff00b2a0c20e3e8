/* Source: the bytes of a rules file, and the way back from an offset to line
 * and column. Offsets are what everything carries; lines exist only when
 * something is printed. The bytes end with a NUL that is not counted. */
#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "base/list.h"
#include "base/view.h"

enum { SOURCE_MAX_BYTES = 1 << 20 };

/* A piece of one source: bytes [start, end). */
typedef struct Span {
  uint32_t source; /* index in the SourceList */
  uint32_t start, end;
} Span;

typedef enum Language { LANGUAGE_EN, LANGUAGE_NB, LANGUAGE_COUNT } Language;

typedef struct Source {
  View name; /* as the user named it */
  View bytes;
  View code; /* the bytes that are rules text: of a Markdown file its `terskel` blocks, blanks elsewhere; else all */
  Language language; /* of the rules text, once it was parsed */
  uint32_t *line_starts;
  uint32_t line_count;
} Source;

typedef LIST(Source *) SourceList;

typedef enum SourceFault { SOURCE_OK, SOURCE_UNREADABLE, SOURCE_TOO_LARGE, SOURCE_NOT_REGULAR } SourceFault;

/* Reads a file ("-" is standard input) and appends it; on failure errno is set for SOURCE_UNREADABLE. */
/* A name that ends in .md is a Markdown file. */
SourceFault source_read(Arena *arena, SourceList *list, const char *path);
Source *source_add(Arena *arena, SourceList *list, View name, View bytes);

uint32_t source_line(const Source *source, uint32_t offset);   /* counts from 1 */
uint32_t source_column(const Source *source, uint32_t offset); /* in characters, from 1 */
View source_line_text(const Source *source, uint32_t line);    /* without its line end */
View span_text(const SourceList *list, Span span);
Span span_join(Span a, Span b); /* from a's start to b's end */

#endif
