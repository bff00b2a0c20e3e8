/* Csv: records and cells of a CSV file (RFC 4180; comma or semicolon; a line
 * ends with LF, CR LF or CR). A cell that begins with a quotation mark goes to
 * the closing one, over separators and line ends; every other mark is an
 * ordinary character, and a mistake, so that one stray mark costs one record
 * and not the rest of the file. */
#ifndef DATA_CSV_H
#define DATA_CSV_H

#include "data/elements.h"

typedef struct CsvCell {
  View text; /* without its quotation marks */
  bool is_flawed;
  MessageCode flaw;
} CsvCell;

/* The next record that is not blank, without its line end. The separator 0 stands for either. Never a fault. */
Taken csv_take(Intake *in, char separator, Record *record);
/* The separator that a header uses: the more frequent one, outside of quotation marks. */
char csv_separator(View header);
/* The number of cells; the first `most` of them go to `cells`. */
uint32_t csv_split(Arena *arena, View record, char separator, CsvCell *cells, uint32_t most);

#endif
