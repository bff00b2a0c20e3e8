#include "report/format.h"

/* JSON and JSON Lines: an object for each application, on one line. The keys
 * and their order are a contract with whoever reads them. */

static void write_string(Writer *w, const char *c_string) { write_json_string(w, view_of(c_string)); }

/* What stands before the next member or element: a comma, but not before the first. */
static void part(Writer *w, bool *first) {
  if (!*first) write_char(w, ',');
  *first = false;
}

static void write_name(Writer *w, View name, bool *first) {
  part(w, first);
  write_json_string(w, name);
  write_char(w, ':');
}

static void key(Writer *w, const char *name) { write_format(w, ",\"%s\":", name); }

static void write_level_name(Writer *w, const Level *level) {
  if (level)
    write_json_string(w, level->name);
  else
    write_text(w, "null");
}

static void write_node(const Report *report, const Entry *entry, uint32_t node) {
  if (node == NO_NODE)
    write_text(report->out, "null");
  else
    value_json(entry->e, node, entry->outcome->row, entry->scratch, report->options.language, report->out);
}

/* ---- the parts ---- */

static void write_statuses(Writer *w, const RuleAnswerList *answers) {
  bool first = true;
  write_char(w, '{');
  for (uint32_t i = 0; i < answers->count; i++) {
    write_name(w, answers->at[i].rule->id, &first);
    write_string(w, rule_status_names[answers->at[i].status]);
  }
  write_char(w, '}');
}

static void write_level(const Report *report, const Entry *entry, uint32_t index) {
  const Level *level = &report->program->levels[index];
  Writer *w = report->out;
  RuleAnswerList answers = {0};
  level_answers(entry->e, level, entry->outcome->row, entry->scratch, &answers);
  write_text(w, "{\"status\":");
  write_string(w, outcome_names[entry->judged->level_outcomes[index][entry->outcome->row]]);
  key(w, "score");
  write_node(report, entry, level->score);
  key(w, "threshold");
  write_node(report, entry, level->threshold);
  key(w, "requirements");
  write_statuses(w, &answers);
  write_char(w, '}');
}

static void write_levels(const Report *report, const Entry *entry) {
  bool first = true;
  write_char(report->out, '{');
  for (uint32_t i = 0; i < report->program->level_count; i++) {
    if (report->program->levels[i].kind != LEVEL_LEVEL) continue;
    write_name(report->out, report->program->levels[i].name, &first);
    write_level(report, entry, i);
  }
  write_char(report->out, '}');
}

static void write_brands(const Report *report, const Entry *entry) {
  bool first = true;
  write_char(report->out, '{');
  for (uint32_t i = 0; i < report->program->level_count; i++) {
    if (report->program->levels[i].kind != LEVEL_BRAND) continue;
    write_name(report->out, report->program->levels[i].name, &first);
    write_string(report->out, brand_status(entry, i));
  }
  write_char(report->out, '}');
}

static void write_answers(const Report *report, const Entry *entry, const Answer *answers, uint32_t count) {
  bool first = true;
  write_char(report->out, '{');
  for (uint32_t i = 0; i < count; i++) {
    bool is_void = answers == report->program->decisions && decision_is_void(report->program, i, entry->outcome);
    write_name(report->out, answers[i].name, &first);
    write_node(report, entry, is_void ? NO_NODE : answers[i].node);
  }
  write_char(report->out, '}');
}

static void write_remarks(Writer *w, const RuleAnswerList *remarks) {
  bool first = true;
  write_char(w, '[');
  for (uint32_t i = 0; i < remarks->count; i++) {
    part(w, &first);
    write_text(w, "{\"requirement\":");
    write_json_string(w, remarks->at[i].rule->id);
    key(w, "title");
    write_json_string(w, remarks->at[i].rule->title);
    key(w, "status");
    write_string(w, rule_status_names[remarks->at[i].status]);
    write_char(w, '}');
  }
  write_char(w, ']');
}

static void write_assumed(const Report *report, const Entry *entry) {
  const AssumedList *assumed = &entry->outcome->assumed;
  bool first = true;
  write_char(report->out, '{');
  for (uint32_t i = 0; i < assumed->count; i++) {
    const AssumedValue *value = &assumed->at[i];
    write_name(report->out, value->name, &first);
    value_json(entry->e, value->node, value->row, entry->scratch, report->options.language, report->out);
  }
  write_char(report->out, '}');
}

static void write_list(Writer *w, const NameRows *names) {
  bool first = true;
  write_char(w, '[');
  for (uint32_t i = 0; i < names->count; i++) {
    part(w, &first);
    write_json_string(w, names->at[i]);
  }
  write_char(w, ']');
}

static void write_faults(const Report *report, const Entry *entry) {
  const FaultList *faults = &entry->outcome->faults;
  bool first = true;
  write_char(report->out, '[');
  for (uint32_t i = 0; i < faults->count; i++) {
    part(report->out, &first);
    write_json_string(report->out, fault_line(entry->e, faults->at[i], entry->scratch, report->options.language));
  }
  write_char(report->out, ']');
}

/* ---- the object ---- */

static void write_head(const Report *report, const Entry *entry) {
  const Outcome *o = entry->outcome;
  Writer *w = report->out;
  write_text(w, "{\"application\":");
  write_json_string(w, o->id);
  key(w, "programme");
  write_json_string(w, report->program->name);
  key(w, "as_of");
  if (o->has_as_of)
    write_json_string(w, o->as_of);
  else
    write_text(w, "null");
  if (report->program->as_known_on != NO_NODE) {
    key(w, "as_known_on");
    if (o->as_known_on.length > 0)
      write_json_string(w, o->as_known_on);
    else
      write_text(w, "null");
  }
  key(w, "outcome");
  write_string(w, outcome_names[o->kind]);
  key(w, "sought");
  write_level_name(w, o->sought);
  key(w, "level");
  write_level_name(w, o->reached);
  key(w, "score");
  write_node(report, entry, o->shown ? o->shown->score : NO_NODE);
}

static void write_object(const Report *report, const Entry *entry) {
  const Program *program = report->program;
  const Outcome *o = entry->outcome;
  Writer *w = report->out;
  write_head(report, entry);
  key(w, "levels");
  write_levels(report, entry);
  key(w, "requirements");
  write_statuses(w, &o->requirements);
  key(w, "brands");
  write_brands(report, entry);
  key(w, "decisions");
  write_answers(report, entry, program->decisions, program->decision_count);
  key(w, "reports");
  write_answers(report, entry, program->reports, program->report_count);
  key(w, "remarks");
  write_remarks(w, &o->remarks);
  key(w, "assumed");
  write_assumed(report, entry);
  key(w, "missing");
  write_list(w, &o->missing);
  key(w, "possible");
  write_list(w, &o->possible);
  key(w, "errors");
  write_faults(report, entry);
  key(w, "rules");
  write_json_string(w, program->fingerprint);
  write_char(w, '}');
}

/* ---- the two formats ---- */

static void begin_json(Report *report) { write_char(report->out, '['); }

static void one_json(Report *report, const Entry *entry) {
  write_text(report->out, report->counts.applications > 0 ? ",\n" : "\n");
  write_object(report, entry);
}

static void end_json(Report *report) { write_text(report->out, "\n]\n"); }

static void begin_lines(Report *report) { (void)report; }

static void one_line(Report *report, const Entry *entry) {
  write_object(report, entry);
  write_char(report->out, '\n');
}

static void end_lines(Report *report) { (void)report; }

const Format json_format = {begin_json, one_json, end_json};
const Format jsonl_format = {begin_lines, one_line, end_lines};
