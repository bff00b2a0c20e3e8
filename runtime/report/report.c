#include "report/format.h"

static const Format *const formats[] = {
    [REPORT_TEXT] = &text_format,
    [REPORT_JSON] = &json_format,
    [REPORT_JSONL] = &jsonl_format,
    [REPORT_CSV] = &csv_format,
};

Report *report_begin(Arena *arena, Writer *w, const Program *program, const ReportOptions *options) {
  Report *report = arena_new_of(arena, Report);
  *report = (Report){.arena = arena, .out = w, .program = program, .options = *options};
  formats[options->format]->begin(report);
  return report;
}

void report_batch(Report *report, const Judged *judged, Arena *scratch) {
  const Evaluation *e = judged->evaluation;
  for (uint32_t row = 0; row < e->batch->rows; row++) {
    Outcome outcome;
    outcome_of(judged, row, scratch, &outcome);
    Entry entry = {judged, e, &outcome, scratch};
    formats[report->options.format]->one(report, &entry);
    report->counts.outcomes[outcome.kind]++;
    report->counts.applications++;
    arena_reset(scratch);
  }
}

void report_end(Report *report) { formats[report->options.format]->end(report); }

const ReportCounts *report_counts(const Report *report) { return &report->counts; }

const char *brand_status(const Entry *entry, uint32_t level) {
  uint32_t available = entry->e->program->levels[level].available, row = entry->outcome->row;
  if (available != NO_NODE && value_is_no(entry->e, available, row)) return rule_status_names[STATUS_NOT_APPLICABLE];
  switch ((OutcomeKind)entry->judged->level_outcomes[level][row]) {
  case OUTCOME_QUALIFIED: return rule_status_names[STATUS_MET];
  case OUTCOME_REJECTED:
  case OUTCOME_DISMISSED: return rule_status_names[STATUS_NOT_MET];
  case OUTCOME_UNDETERMINED: return rule_status_names[STATUS_UNDETERMINED];
  case OUTCOME_ERROR:
  case OUTCOME_DECIDED:
  case OUTCOME_COUNT: break;
  }
  return rule_status_names[STATUS_ERROR];
}

bool decision_is_void(const Program *program, uint32_t decision, const Outcome *outcome) {
  return program->decides == DECIDES_DECISION && program->decided == decision && outcome->kind != OUTCOME_DECIDED &&
         outcome->kind != OUTCOME_UNDETERMINED;
}
