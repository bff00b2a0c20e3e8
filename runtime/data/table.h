/* Table: a CSV file's header, and with it each record as an application. A
 * column is a field by name, or a field of a record as "budget.total"; a list
 * of single values stands in one cell, parted by ; (by | where ; separates the
 * cells). Lives in the reader's arena. */
#ifndef DATA_TABLE_H
#define DATA_TABLE_H

#include "data/bind.h"
#include "data/csv.h"

typedef struct CsvTable CsvTable;

/* NULL: the fault says why (its file is the caller's to set). */
CsvTable *table_of_header(Arena *arena, const Program *program, const Record *header, Fault *fault);
char table_separator(const CsvTable *table);
/* The name of the first column that is no field, or NULL. */
const View *table_unknown_column(const CsvTable *table);
/* `place` counts the applications of the file from 1. */
void table_bind(CsvTable *table, BatchBuilder *b, View file, const Record *record, uint64_t place);

#endif
