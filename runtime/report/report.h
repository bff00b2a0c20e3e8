/* Reports: outcomes of a batch to text, JSON, JSON Lines or CSV. Each format
 * is a begin, one call a batch, and an end; nothing is kept between batches. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "judge/outcome.h"

typedef enum ReportFormat { REPORT_TEXT, REPORT_JSON, REPORT_JSONL, REPORT_CSV } ReportFormat;

typedef struct ReportOptions {
  ReportFormat format;
  bool color;
  Language language;
  uint32_t width; /* columns of the terminal, 0: not a terminal */
} ReportOptions;

typedef struct ReportCounts {
  uint64_t outcomes[OUTCOME_COUNT];
  uint64_t applications;
} ReportCounts;

typedef struct Report Report;

Report *report_begin(Arena *arena, Writer *w, const Program *program, const ReportOptions *options);
/* `scratch` is emptied after each application, so nothing of the batch may live in it. */
void report_batch(Report *report, const Judged *judged, Arena *scratch);
void report_end(Report *report);
const ReportCounts *report_counts(const Report *report);

#endif
