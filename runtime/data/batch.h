/* Batch: up to BATCH_ROWS applications as columns, straight from a reader.
 *
 * In: the cells that a reader found, each bound to an input of the program.
 * Out: one column for each input, the items' offsets of each list, and what
 * was wrong with which application. All in the batch's arena, which is reset
 * before the next batch. A cell that was never set is missing. */
#ifndef DATA_BATCH_H
#define DATA_BATCH_H

#include "data/column.h"

enum {
  BATCH_ROWS = 1024,
  ROW_MAX_FAULTS = 100 /* kept of one application; one more says that there are others */
};

/* The items of a list field: those of parent row r are [offsets[r], offsets[r + 1]). */
typedef struct ItemRows {
  uint32_t rows;
  uint32_t *offsets;
} ItemRows;

typedef struct RowFault {
  uint32_t row;
  const Fault *fault;
} RowFault;

typedef struct Batch {
  Arena *arena;
  const Program *program;
  uint32_t rows;   /* applications */
  Column **inputs; /* one for each program input, also the `given` columns of lists and records */
  ItemRows *items; /* one for each data space; [0] is unused */
  View *ids;       /* the application's id as shown; its place in the file ("#3") where it has none */
  View *names;     /* its name, or empty */
  View *files;     /* the data file it stands in; the view the reader gave */
  uint32_t *lines;
  uint64_t *spoiled;     /* bit: the data itself is wrong, the outcome is `error` */
  LIST(RowFault) faults; /* in the order they were found; rows ascend */
} Batch;

/* ---- building, for readers: rows are appended, space by space, depth first ---- */
typedef struct BatchBuilder BatchBuilder;

BatchBuilder *batch_builder_new(Arena *arena, const Program *program);
Arena *batch_builder_arena(const BatchBuilder *b);
const Program *batch_builder_program(const BatchBuilder *b);
/* Begins the next application. The file's name is not copied. */
void build_application(BatchBuilder *b, View file, uint32_t line);
/* Begins the next item of a list in the row of its parent that is being built; returns its place there, from 1. */
uint32_t build_item(BatchBuilder *b, uint32_t data_space);
/* Sets the cell of an input in the row of its space that is being built. Where it is an error already it stays one. */
void build_yes_no(BatchBuilder *b, uint32_t input, bool yes);
void build_number(BatchBuilder *b, uint32_t input, Num value); /* number-like types, in their unit */
/* The same for units / 10^scale; scale <= 18, units > INT64_MIN. */
void build_units(BatchBuilder *b, uint32_t input, int64_t units, unsigned scale);
void build_code(BatchBuilder *b, uint32_t input, uint32_t code);
void build_text(BatchBuilder *b, uint32_t input, View text); /* the text is copied */
/* The cell is an error, and the application is spoiled. What the fault says is copied, but for the file's name. */
void build_error(BatchBuilder *b, uint32_t input, Fault fault);
/* The application is spoiled by something that is no cell (an unknown field, broken JSON). */
void build_row_error(BatchBuilder *b, Fault fault);
/* Whether the next fault of this application is kept: if not, there is no use in finding out what was meant. */
bool batch_builder_keeps_faults(const BatchBuilder *b);
/* An empty id leaves "#N" standing, with N the row in the batch. */
void build_identity(BatchBuilder *b, View id, View name);
/* The id and the name as the program's id and name fields of this row give them; "#place" where there is no id. */
void build_identity_from_cells(BatchBuilder *b, uint64_t place);
uint32_t batch_builder_rows(const BatchBuilder *b);
/* The batch; the builder is used up. */
Batch *batch_finish(BatchBuilder *b);

/* The values of an enumeration input in lower case, made once a batch. */
const View *builder_folded_values(BatchBuilder *b, uint32_t input);

#endif
