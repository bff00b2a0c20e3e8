#include "report/format.h"

/* CSV: a row for each application, for spreadsheets. Fields are quoted by
 * RFC 4180 and defused, so that no applicant's text runs as a formula; what a
 * list holds is parted by "; ". */

static void field(Writer *w, View text) {
  write_char(w, ',');
  write_csv_field(w, text);
}

static void fields_of_answers(Writer *w, const Answer *answers, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) field(w, answers[i].name);
}

static void begin(Report *report) {
  const Program *program = report->program;
  Writer *w = report->out;
  write_text(w, "application,outcome,sought,level,score");
  for (uint32_t i = 0; i < program->level_count; i++)
    if (program->levels[i].kind == LEVEL_LEVEL) field(w, program->levels[i].name);
  fields_of_answers(w, program->decisions, program->decision_count);
  fields_of_answers(w, program->reports, program->report_count);
  write_text(w, ",not_met,missing,errors\n");
}

/* ---- one application ---- */

static void field_of_node(const Report *report, const Entry *entry, uint32_t node) {
  View text = {0};
  if (node != NO_NODE) text = value_plain(entry->e, node, entry->outcome->row, entry->scratch);
  field(report->out, text);
}

static void field_of_list(const Report *report, const Entry *entry, const NameRows *items) {
  Writer *list = writer_to_memory(entry->scratch);
  for (uint32_t i = 0; i < items->count; i++) {
    if (i > 0) write_text(list, "; ");
    write_view(list, items->at[i]);
  }
  field(report->out, writer_memory(list));
}

/* The requirements that are not met; a group answers for its members, and an expectation is none. */
static NameRows not_met(const Entry *entry) {
  const RuleAnswerList *answers = &entry->outcome->requirements;
  NameRows names = {0};
  for (uint32_t i = 0; i < answers->count; i++) {
    const RuleAnswer *answer = &answers->at[i];
    bool counts = answer->depth == 0 && answer->rule->phase != PHASE_EXPECTED;
    if (counts && answer->status == STATUS_NOT_MET) list_push(entry->scratch, &names, answer->rule->id);
  }
  return names;
}

/* Those of the outcome, and of the reports and decisions, whose cells are empty then. */
static FaultList all_faults(const Report *report, const Entry *entry) {
  const Program *program = report->program;
  const Outcome *o = entry->outcome;
  FaultList faults = {0};
  for (uint32_t i = 0; i < o->faults.count; i++) list_push(entry->scratch, &faults, o->faults.at[i]);
  for (uint32_t i = 0; i < program->decision_count; i++)
    if (!decision_is_void(program, i, o))
      explain_faults(entry->e, program->decisions[i].node, o->row, entry->scratch, &faults);
  for (uint32_t i = 0; i < program->report_count; i++)
    explain_faults(entry->e, program->reports[i].node, o->row, entry->scratch, &faults);
  return faults;
}

static NameRows errors(const Report *report, const Entry *entry) {
  const FaultList list = all_faults(report, entry), *faults = &list;
  NameRows lines = {0};
  for (uint32_t i = 0; i < faults->count; i++) {
    View line = fault_line(entry->e, faults->at[i], entry->scratch, report->options.language);
    list_push(entry->scratch, &lines, line);
  }
  return lines;
}

static void one(Report *report, const Entry *entry) {
  const Program *program = report->program;
  const Outcome *o = entry->outcome;
  Writer *w = report->out;
  write_csv_field(w, o->id);
  field(w, view_of(outcome_names[o->kind]));
  field(w, o->sought ? o->sought->name : (View){0});
  field(w, o->reached ? o->reached->name : (View){0});
  field_of_node(report, entry, o->shown ? o->shown->score : NO_NODE);
  for (uint32_t i = 0; i < program->level_count; i++)
    if (program->levels[i].kind == LEVEL_LEVEL)
      field(w, view_of(outcome_names[entry->judged->level_outcomes[i][o->row]]));
  for (uint32_t i = 0; i < program->decision_count; i++)
    field_of_node(report, entry, decision_is_void(program, i, o) ? NO_NODE : program->decisions[i].node);
  for (uint32_t i = 0; i < program->report_count; i++) field_of_node(report, entry, program->reports[i].node);
  NameRows unmet = not_met(entry), lines = errors(report, entry);
  field_of_list(report, entry, &unmet);
  field_of_list(report, entry, &o->missing);
  field_of_list(report, entry, &lines);
  write_char(w, '\n');
}

static void end(Report *report) { (void)report; }

const Format csv_format = {begin, one, end};
