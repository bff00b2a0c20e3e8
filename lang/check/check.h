/* Checking: the trees of a programme's files in, the checked program out. All
 * that can be known from the text alone is reported here, all mistakes in one
 * run. The program is NULL where there was an error. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/program.h"
#include "text/diag.h"

/* Reads, parses and checks the files at `paths` as one programme. `sources` keeps their texts for the diagnostics. */
Program *check_files(Arena *arena, DiagQueue *diags, const char *const *paths, uint32_t count);

typedef struct CheckOptions {
  bool deep;              /* warnings from what the text itself proves, which `terskel check` is asked for */
  bool coverage;          /* Program.coverables is wanted */
  bool with_parameters;   /* parameters are what the test case `parameters_of` gives to them */
  uint32_t parameters_of; /* index into Program.tests of the same text */
} CheckOptions;
Program *check_files_for(Arena *arena, DiagQueue *diags, const char *const *paths, uint32_t count,
                         const CheckOptions *options);
/* The same for a text in memory. */
Program *check_text(Arena *arena, DiagQueue *diags, View name, View text);
/* Reads a rules file (or standard input, “-”) into the queue's sources; false, and told, where that cannot be. */
bool check_read(Arena *arena, DiagQueue *diags, const char *path);

#endif
