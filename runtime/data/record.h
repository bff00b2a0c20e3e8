/* Record: one JSON value becomes one application. Fields are found by their
 * names, objects and arrays followed into records and lists; a mistake in one
 * value is that cell's, a broken structure ends the application where it
 * breaks. What names the data use is remembered from one to the next. */
#ifndef DATA_RECORD_H
#define DATA_RECORD_H

#include "data/bind.h"
#include "data/intake.h"

typedef struct RecordBinder RecordBinder;

/* Lives in the reader's arena. */
RecordBinder *record_binder_new(Arena *arena, const Program *program);
/* `place` counts the applications of the file from 1. */
void record_bind(RecordBinder *binder, BatchBuilder *b, View file, const Record *record, uint64_t place);

#endif
