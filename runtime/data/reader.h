/* Readers: data files in, batches out. JSON (an object or an array of them),
 * JSON Lines, CSV (comma or semicolon, RFC 4180, with a header). A mistake in
 * one application spoils that application only; as many come out as went in.
 * What cannot be read at all is a ReaderFault of the file. */
#ifndef DATA_READER_H
#define DATA_READER_H

#include <sys/stat.h>
#include "data/batch.h"

typedef enum DataFormat { FORMAT_BY_NAME, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV } DataFormat;

enum {
  JSON_MAX_DEPTH = 64,
  RECORD_MAX_BYTES = 16 << 20,
  CSV_MAX_COLUMNS = 4096,
  CSV_MAX_FIELD = 1 << 20,
  LIST_MAX_ITEMS = 1000000,
  BATCH_MAX_BYTES = 16 << 20 /* of data in a batch, beyond which it ends early */
};

typedef struct Reader Reader;

/* Opens a file ("-" is standard input, whose format is then sniffed from its first byte unless given). A folder gives
 * its *.json, *.jsonl and *.csv files in the order of their names. NULL: *fault says why (message, file).
 * What the file holds is looked at by the first reader_next. */
Reader *reader_open(Arena *arena, const Program *program, const char *path, DataFormat format, Fault *fault);
/* Whether the file is what stands at this path, or in this folder, or on standard input ("-"). */
bool reader_would_read(Arena *scratch, const char *path, const struct stat *file);
/* How many bytes are asked for at a time, before the first batch; for tests. */
void reader_set_chunk(Reader *reader, uint32_t bytes);
/* The next batch of up to `rows` applications; NULL at the end, or where the file cannot be read further
 * (reader_fault is then not NULL, and all batches before stand). Texts in the batch live in `batch_arena`, the names of
 * the files in the reader's arena. */
Batch *reader_next(Reader *reader, Arena *batch_arena, uint32_t rows);
const Fault *reader_fault(const Reader *reader);
/* Closes the file; also to be called where memory was refused on the way. NULL is fine. */
void reader_close(Reader *reader);

#endif
