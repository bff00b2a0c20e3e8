/* Csv: a CSV file beside the programme, cell for cell (RFC 4180; parted by ;
 * where the first line holds one, else by commas). A cell is a view of the
 * file's bytes, or a copy in the checker's arena where it stands in quotation
 * marks; blanks at its ends are left out. */
#ifndef CHECK_CSV_H
#define CHECK_CSV_H

#include "check/checker.h"

typedef struct Csv {
  Arena *arena;
  const char *at, *end;
  uint32_t line; /* on which the next cell begins, from 1 */
  char separator;
} Csv;

/* Opens the file that the text names; false where it cannot be read, leads out of the folder or is no text: told. */
bool csv_open(Checker *c, View from, Span from_span, Csv *out);

static inline bool csv_has_more(const Csv *csv) { return csv->at < csv->end; }

/* The next cell; `last`: it ends its record. */
View csv_cell(Csv *csv, bool *last);

#endif
