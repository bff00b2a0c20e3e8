/* Notices: what is wrong with rules, for machines: as JSON, an array with an
 * object for each file that was checked, or as SARIF 2.1.0 (OASIS), one run.
 * Lines and columns count from 1, columns in characters; an end is the place
 * behind the last character. */
#ifndef REPORT_NOTICES_H
#define REPORT_NOTICES_H

#include "check/program.h"
#include "text/diag.h"

typedef enum NoticeFormat { NOTICES_JSON, NOTICES_SARIF } NoticeFormat;

typedef struct Notices Notices;

Notices *notices_begin(Arena *arena, Writer *w, NoticeFormat format, Language language);
/* `file` as it was named, `program` NULL where the rules have mistakes. */
void notices_add(Notices *notices, View file, const Program *program, const DiagQueue *queue);
void notices_end(Notices *notices);

#endif
