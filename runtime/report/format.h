/* Format: what the four formats share. Each has a beginning, one call an
 * application and an end; report.c calls them. */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include "report/report.h"

struct Report {
  Arena *arena;
  Writer *out;
  const Program *program;
  ReportOptions options;
  ReportCounts counts; /* applications counts those already written */
};

/* One application as it is written. */
typedef struct Entry {
  const Judged *judged;
  const Evaluation *e;
  const Outcome *outcome;
  Arena *scratch;
} Entry;

typedef struct Format {
  void (*begin)(Report *report);
  void (*one)(Report *report, const Entry *entry);
  void (*end)(Report *report);
} Format;

extern const Format text_format, json_format, jsonl_format, csv_format;

/* The decision that decides has a value only where the application was decided (or may still be): whoever filters by it
 * must not find one that was refused. */
bool decision_is_void(const Program *program, uint32_t decision, const Outcome *outcome);

/* "met", "not met", "undetermined", "error", or "not applicable" where there is no such brand at the date. */
const char *brand_status(const Entry *entry, uint32_t level);

#endif
