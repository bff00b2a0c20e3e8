#include "report/format.h"

#include "eval/words.h"
#include "report/page.h"

/* The report for people: a heading, then for each application what became of
 * it, what spoke against it and why, what is missing and what would help. What
 * is in order is counted, not listed. */

enum { BODY = 2, ID_MAX = 10, NAMES_SHOWN = 12, CONDITION_WIDTH = 100 };

/* What the parts of one application's report need. */
typedef struct Sheet {
  const Report *report;
  const Entry *entry;
  const Evaluation *e;
  const Outcome *outcome;
  Page page;
  Arena *arena;
  Language language;
  uint32_t id_width; /* of the requirements listed */
  Map told;          /* faults that have their lines already */
} Sheet;

static const struct {
  const char *sign;
  Paint paint;
} signs[STATUS_COUNT] = {
    [STATUS_MET] = {"✓", PAINT_GREEN},           [STATUS_NOT_MET] = {"✗", PAINT_RED},
    [STATUS_WAIVED] = {"~", PAINT_YELLOW},       [STATUS_NOT_APPLICABLE] = {"–", PAINT_DIM},
    [STATUS_UNDETERMINED] = {"?", PAINT_YELLOW}, [STATUS_ERROR] = {"!", PAINT_MAGENTA},
};

static const Paint outcome_paints[OUTCOME_COUNT] = {
    [OUTCOME_QUALIFIED] = PAINT_GREEN,     [OUTCOME_REJECTED] = PAINT_RED,  [OUTCOME_DISMISSED] = PAINT_RED,
    [OUTCOME_UNDETERMINED] = PAINT_YELLOW, [OUTCOME_ERROR] = PAINT_MAGENTA, [OUTCOME_DECIDED] = PAINT_GREEN,
};

static View title_of(const View titles[2], View name, Language language) {
  if (titles[language].length > 0) return titles[language];
  View other = titles[language == LANGUAGE_EN ? LANGUAGE_NB : LANGUAGE_EN];
  return other.length > 0 ? other : name;
}

static View say(const Sheet *s, Word which, View argument) {
  return phrase(s->arena, s->language, which, argument, DIAG_END);
}

static void line(Sheet *s, uint32_t indent, View text) { page_line(&s->page, indent, PAINT_NONE, text); }

static View number_view(const Sheet *s, uint64_t n) { return num_text_for_people(s->arena, num_of((int64_t)n)); }

/* "a, b, c … and 5 more" */
static View listed(const Sheet *s, const NameRows *names) {
  Writer *w = writer_to_memory(s->arena);
  for (uint32_t i = 0; i < names->count && i < NAMES_SHOWN; i++) {
    if (i > 0) write_text(w, ", ");
    write_view(w, names->at[i]);
  }
  if (names->count > NAMES_SHOWN) {
    write_char(w, ' ');
    write_view(w, say(s, WORD_AND_MORE, number_view(s, names->count - NAMES_SHOWN)));
  }
  return writer_memory(w);
}

/* ---- the head ---- */

static View outcome_word(const Sheet *s) {
  const Program *program = s->report->program;
  if (s->outcome->kind != OUTCOME_DECIDED)
    return view_of(word((Word)(WORD_HEAD_QUALIFIED + s->outcome->kind), s->language));
  if (program->decides != DECIDES_DECISION) return (View){0};
  const Answer *answer = &program->decisions[program->decided];
  View title = answer->title.length > 0 ? answer->title : answer->name;
  View value = value_text(s->e, answer->node, s->outcome->row, s->arena, s->language);
  return phrase(s->arena, s->language, WORD_IS_STATUS, title, value, DIAG_END);
}

static View score_text(const Sheet *s, const Level *level) {
  View score = value_text(s->e, level->score, s->outcome->row, s->arena, s->language);
  if (level->threshold == NO_NODE) return say(s, WORD_SCORE, score);
  View threshold = value_text(s->e, level->threshold, s->outcome->row, s->arena, s->language);
  return phrase(s->arena, s->language, WORD_SCORE_OF, score, threshold, DIAG_END);
}

static bool is_spoiled(const Sheet *s) { return bit_get(s->entry->judged->spoiled, s->outcome->row); }

/* The next piece of the head line, behind a blank. */
static void head_part(Sheet *s, Paint paint, View text) {
  if (text.length == 0) return;
  if (s->page.column > 0) page_indent(&s->page, s->page.column + 1);
  page_text(&s->page, paint, text, BODY);
}

static void write_head(Sheet *s) {
  const Outcome *o = s->outcome;
  View outcome = outcome_word(s);
  head_part(s, PAINT_BOLD, o->id);
  if (o->name.length > 0) page_indent(&s->page, s->page.column + 1);
  head_part(s, PAINT_BOLD, o->name);
  if (o->sought) {
    head_part(s, PAINT_NONE, VIEW("·"));
    head_part(s, PAINT_NONE, o->sought->name);
  }
  if (outcome.length > 0) head_part(s, PAINT_NONE, VIEW("→"));
  head_part(s, outcome_paints[o->kind], outcome);
  if (o->reached && o->reached != o->sought) head_part(s, PAINT_NONE, o->reached->name);
  if (o->shown && o->shown->score != NO_NODE && !is_spoiled(s)) {
    head_part(s, PAINT_NONE, VIEW("·"));
    head_part(s, PAINT_NONE, score_text(s, o->shown));
  }
  page_end_line(&s->page);
}

/* A level that the ladder does not have at the date. Where it had it before, the author's own words on it help most. */
static void write_off_ladder(Sheet *s) {
  const Outcome *o = s->outcome;
  if (!o->refused_off_ladder) return;
  View sentence = o->has_as_of ? phrase(s->arena, s->language, WORD_OFF_LADDER, o->sought->name, o->as_of, DIAG_END)
                               : say(s, WORD_OFF_LADDER_UNDATED, o->sought->name);
  line(s, BODY, sentence);
  if (o->ended && o->sought->afterwards.length > 0) line(s, BODY, o->sought->afterwards);
}

/* ---- requirements ---- */

static bool is_listed(const RuleAnswer *answer) {
  return answer->status != STATUS_MET && answer->status != STATUS_NOT_APPLICABLE;
}

/* Groups that are listed show all of their members, also those that are met. Expectations are remarks. */
static RuleAnswerList to_show(const Sheet *s, const RuleAnswerList *answers) {
  RuleAnswerList shown = {0};
  bool within = false;
  for (uint32_t i = 0; i < answers->count; i++) {
    const RuleAnswer *answer = &answers->at[i];
    if (answer->depth == 0) within = is_listed(answer);
    if (within && answer->rule->phase != PHASE_EXPECTED) list_push(s->arena, &shown, *answer);
  }
  return shown;
}

/* The width of the column of ids, in which members stand indented; within reason. */
static uint32_t width_of_ids(const RuleAnswerList *shown) {
  uint32_t widest = 0;
  for (uint32_t i = 0; i < shown->count; i++) {
    uint32_t width = 2 * shown->at[i].depth + utf8_width(shown->at[i].rule->id);
    if (width > widest) widest = width;
  }
  return widest < ID_MAX ? widest : ID_MAX;
}

static void write_sign(Sheet *s, const RuleAnswer *answer, uint32_t indent) {
  Page *page = &s->page;
  page_indent(page, indent + 2 * answer->depth);
  page_text(page, signs[answer->status].paint, view_of(signs[answer->status].sign), 0);
  page_indent(page, indent + 2 * answer->depth + 2);
  page_text(page, PAINT_BOLD, answer->rule->id, 0);
}

/* As the author wrote it; of a group only its first line, because its members follow. */
static View condition_text(const Sheet *s, const Rule *rule) {
  View text = span_text(s->report->program->sources, rule->condition_span);
  uint32_t end = 0;
  while (end < text.length && (rule->member_count == 0 || text.at[end] != '\n')) end++;
  return page_fold(s->arena, (View){text.at, end});
}

/* What a person needs to mend it, below the sentence. */
static void write_way_out(Sheet *s, uint32_t indent, const Fault *fault) {
  NameRows values = {0};
  fault_values(s->e, fault, s->outcome->row, s->arena, s->language, &values);
  for (uint32_t i = 0; i < values.count; i++) line(s, indent, values.at[i]);
  View help = fault_help(s->arena, fault, s->language);
  if (help.length > 0) line(s, indent, help);
}

/* True the first time in the answer. */
static bool is_new(Sheet *s, const Fault *fault) { return map_add(&s->told, fault_key(s->e, fault, s->arena), 0); }

static void write_reason(Sheet *s, uint32_t indent, const Reason *reason) {
  View text = reason->text;
  if (reason->fault && !is_new(s, reason->fault)) return;
  if (reason->source.length > 0) text = phrase(s->arena, s->language, WORD_WITH_SOURCE, text, reason->source, DIAG_END);
  line(s, indent + 2 * reason->depth, text);
  if (reason->fault) write_way_out(s, indent + 2 * reason->depth + 2, reason->fault);
}

/* Conditions are broken in files too: they are the author's text, and no line that anybody would look for. */
static void write_condition(Sheet *s, const Rule *rule, uint32_t indent) {
  View condition = condition_text(s, rule);
  uint32_t width = s->page.width;
  if (condition.length == 0) return;
  if (width == 0) s->page.width = CONDITION_WIDTH;
  page_line(&s->page, indent, PAINT_DIM, condition);
  s->page.width = width;
}

static void write_why(Sheet *s, const RuleAnswer *answer, uint32_t indent) {
  const Rule *rule = answer->rule;
  write_condition(s, rule, indent);
  ReasonList reasons = {0};
  rule_reasons(s->e, rule, s->outcome->row, s->arena, s->language, &reasons);
  for (uint32_t i = 0; i < reasons.count; i++) write_reason(s, indent, &reasons.at[i]);
  if (rule->source.length > 0) line(s, indent, say(s, WORD_SOURCE, rule->source));
  if (rule->advice.length > 0 && answer->status == STATUS_NOT_MET) line(s, indent, say(s, WORD_ADVICE, rule->advice));
}

/* WORD_COUNT: nothing stands before the title. */
static View title_of_rule(const Sheet *s, const Rule *rule, Word prefix) {
  if (prefix == WORD_COUNT) return rule->title;
  View before = view_of(word(prefix, s->language));
  if (rule->title.length == 0) return before;
  return phrase(s->arena, s->language, WORD_IS_STATUS, before, rule->title, DIAG_END);
}

static void write_rule(Sheet *s, const RuleAnswer *answer, uint32_t indent, Word prefix) {
  uint32_t text = indent + 2 + s->id_width + 2;
  View title = title_of_rule(s, answer->rule, prefix);
  write_sign(s, answer, indent);
  if (title.length > 0) {
    page_indent(&s->page, text > s->page.column + 1 ? text : s->page.column + 1);
    page_text(&s->page, PAINT_NONE, title, text);
  }
  page_end_line(&s->page);
  if (is_listed(answer)) write_why(s, answer, text);
}

static void write_rules(Sheet *s, const RuleAnswerList *answers, uint32_t indent) {
  RuleAnswerList shown = to_show(s, answers);
  s->id_width = width_of_ids(&shown);
  for (uint32_t i = 0; i < shown.count; i++) write_rule(s, &shown.at[i], indent, WORD_COUNT);
}

static void write_counts(Sheet *s) {
  static const RuleStatus counted[] = {STATUS_MET, STATUS_NOT_APPLICABLE};
  const RuleAnswerList *answers = &s->outcome->requirements;
  for (size_t k = 0; k < 2; k++) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < answers->count; i++)
      count += answers->at[i].depth == 0 && answers->at[i].rule->phase != PHASE_EXPECTED &&
               answers->at[i].status == counted[k];
    if (count == 0) continue;
    View status = view_of(word((Word)(WORD_MET + counted[k]), s->language));
    Word which = count == 1 ? WORD_ONE_REQUIREMENT : WORD_REQUIREMENTS;
    line(s, BODY, phrase(s->arena, s->language, which, number_view(s, count), status, DIAG_END));
  }
}

static void write_remarks(Sheet *s) {
  s->id_width = width_of_ids(&s->outcome->remarks);
  for (uint32_t i = 0; i < s->outcome->remarks.count; i++) write_rule(s, &s->outcome->remarks.at[i], BODY, WORD_REMARK);
}

/* ---- scores ---- */

static RuleStatus status_of_node(const Sheet *s, uint32_t node) {
  if (value_is_error(s->e, node, s->outcome->row)) return STATUS_ERROR;
  if (value_is_yes(s->e, node, s->outcome->row)) return STATUS_MET;
  return value_is_no(s->e, node, s->outcome->row) ? STATUS_NOT_MET : STATUS_UNDETERMINED;
}

static void write_signed(Sheet *s, uint32_t indent, RuleStatus status, View text) {
  page_indent(&s->page, indent);
  page_text(&s->page, signs[status].paint, view_of(signs[status].sign), 0);
  page_indent(&s->page, indent + 2);
  page_text(&s->page, PAINT_NONE, text, 0);
  page_end_line(&s->page);
}

static void write_minimums(Sheet *s, const Level *level, uint32_t indent) {
  for (uint32_t i = 0; i < level->scored_count; i++) {
    const Scored *scored = &level->scored[i];
    const Criterion *criterion = &s->report->program->criteria[scored->criterion];
    if (!scored->has_minimum || scored->minimum_met == NO_NODE) continue;
    RuleStatus status = status_of_node(s, scored->minimum_met);
    if (status == STATUS_MET) continue;
    View name = title_of(criterion->titles, criterion->name, s->language);
    View value = value_sentence(s->e, name, criterion->node, s->outcome->row, s->arena, s->language);
    View minimum = num_text_for_people(s->arena, scored->minimum);
    write_signed(s, indent, status, phrase(s->arena, s->language, WORD_MINIMUM_MISSED, value, minimum, DIAG_END));
  }
}

static void write_advantages(Sheet *s, const Level *level, uint32_t indent) {
  for (uint32_t i = 0; i < level->advantage_count; i++) {
    const Advantage *advantage = &level->advantages[i];
    if (!value_is_yes(s->e, advantage->condition, s->outcome->row)) continue;
    View label = advantage->label;
    if (label.length == 0) label = page_fold(s->arena, span_text(s->report->program->sources, advantage->span));
    View points = num_text_for_people(s->arena, advantage->points);
    line(s, indent, phrase(s->arena, s->language, WORD_ADVANTAGE, points, label, DIAG_END));
  }
}

static void write_no_points(Sheet *s, const Level *level, uint32_t indent) {
  NameRows names = {0};
  for (uint32_t i = 0; i < level->scored_count; i++) {
    const Criterion *criterion = &s->report->program->criteria[level->scored[i].criterion];
    bool open = !value_is_known(s->e, criterion->node, s->outcome->row);
    if (open && !value_is_error(s->e, criterion->node, s->outcome->row)) list_push(s->arena, &names, criterion->name);
  }
  if (names.count > 0) line(s, indent, say(s, WORD_NO_POINTS, listed(s, &names)));
}

static void write_threshold(Sheet *s, const Level *level, uint32_t indent) {
  RuleStatus status = status_of_node(s, level->enough);
  if (status == STATUS_MET) return;
  write_signed(s, indent, status, score_text(s, level));
  write_no_points(s, level, indent + 2);
}

static void write_scores(Sheet *s, const Level *level, uint32_t indent) {
  write_minimums(s, level, indent);
  if (level->enough != NO_NODE) write_threshold(s, level, indent);
  if (level->score != NO_NODE) write_advantages(s, level, indent);
}

/* Where the highest level is asked for, each above the one that was reached says why not. */
static void write_each_level(Sheet *s) {
  const Program *program = s->report->program;
  const Level *reached = s->outcome->reached;
  if (program->decides != DECIDES_HIGHEST_LEVEL) return;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (level->kind != LEVEL_LEVEL || (reached && level->code <= reached->code)) continue;
    if (level->available != NO_NODE && value_is_no(s->e, level->available, s->outcome->row)) continue;
    View status =
        view_of(word((Word)(WORD_QUALIFIED + s->entry->judged->level_outcomes[i][s->outcome->row]), s->language));
    line(s, BODY, phrase(s->arena, s->language, WORD_IS_STATUS, level->name, status, DIAG_END));
    RuleAnswerList answers = {0};
    level_answers(s->e, level, s->outcome->row, s->arena, &answers);
    write_rules(s, &answers, BODY + 2);
    write_scores(s, level, BODY + 2);
  }
}

/* ---- the rest ---- */

static void write_brands(Sheet *s) {
  NameRows names = {0};
  for (uint32_t i = 0; i < s->outcome->brands.count; i++) list_push(s->arena, &names, s->outcome->brands.at[i]->name);
  if (names.count > 0) line(s, BODY, say(s, WORD_BRANDS, listed(s, &names)));
}

/* Outcomes in the reader's language; levels and values as the rules name them. */
static View possible_word(const Sheet *s, View name) {
  for (int kind = 0; kind < OUTCOME_COUNT; kind++)
    if (view_is(name, outcome_names[kind])) return view_of(word((Word)(WORD_QUALIFIED + kind), s->language));
  return name;
}

static bool is_outcome(View name) {
  for (int kind = 0; kind < OUTCOME_COUNT; kind++)
    if (view_is(name, outcome_names[kind])) return true;
  return false;
}

/* What a decision may still be is told as a value of its own is: in the reader's language, bounds as bounds. */
static View possible_text(const Sheet *s) {
  const Program *program = s->report->program;
  const NameRows *possible = &s->outcome->possible;
  bool decision = program->decides == DECIDES_DECISION, valued = false;
  NameRows words = {0};
  for (uint32_t i = 0; i < possible->count; i++) {
    bool is_value = decision && !is_outcome(possible->at[i]);
    valued |= is_value;
    if (!is_value) list_push(s->arena, &words, possible_word(s, possible->at[i]));
  }
  if (valued) {
    uint32_t node = program->decisions[program->decided].node, row = s->outcome->row;
    if (!possible_values(s->e, node, row, s->arena, s->language, &words))
      list_push(s->arena, &words, value_text(s->e, node, row, s->arena, s->language));
  }
  return join_with_word(s->arena, s->language, WORD_OR, words.at, words.count);
}

static void write_open(Sheet *s) {
  const Outcome *o = s->outcome;
  NameRows missing = {0};
  for (uint32_t i = 0; i < o->missing.count; i++)
    list_push(s->arena, &missing, missing_text(s->e, o->missing.at[i], o->row, s->arena, s->language));
  if (missing.count > 0) line(s, BODY, say(s, WORD_MISSING_IS, listed(s, &missing)));
  if (o->possible.count > 0) line(s, BODY, say(s, WORD_POSSIBLE, possible_text(s)));
}

static void write_assumed(Sheet *s) {
  NameRows lines = {0};
  for (uint32_t i = 0; i < s->outcome->assumed.count; i++) {
    const AssumedValue *value = &s->outcome->assumed.at[i];
    list_push(s->arena, &lines, value_sentence(s->e, value->name, value->node, value->row, s->arena, s->language));
  }
  if (lines.count > 0) line(s, BODY, say(s, WORD_ASSUMED, listed(s, &lines)));
}

/* The head has the value of the decision that decides; without reasons nothing is left to tell of it. */
static bool is_told_by_head(const Sheet *s, const Answer *answer) {
  const Program *program = s->report->program;
  return program->decides == DECIDES_DECISION && s->outcome->kind == OUTCOME_DECIDED &&
         answer == &program->decisions[program->decided];
}

static void write_fault_list(Sheet *s, const FaultList *faults, uint32_t indent) {
  for (uint32_t i = 0; i < faults->count; i++) {
    if (!is_new(s, faults->at[i])) continue;
    write_signed(s, indent, STATUS_ERROR, fault_text(s->e, faults->at[i], s->arena, s->language));
    write_way_out(s, indent + 2, faults->at[i]);
  }
}

static void write_answers(Sheet *s, const Answer *answers, uint32_t count, bool whole) {
  for (uint32_t i = 0; i < count; i++) {
    const Answer *answer = &answers[i];
    if (answers == s->report->program->decisions && decision_is_void(s->report->program, i, s->outcome)) continue;
    View name = answer->title.length > 0 ? answer->title : answer->name;
    ReasonList reasons = {0};
    answer_reasons(s->e, answer, s->outcome->row, whole, s->arena, s->language, &reasons);
    if (reasons.count == 0 && is_told_by_head(s, answer)) continue;
    line(s, BODY, value_sentence(s->e, name, answer->node, s->outcome->row, s->arena, s->language));
    for (uint32_t k = 0; k < reasons.count; k++) write_reason(s, BODY + 2, &reasons.at[k]);
    FaultList faults = {0};
    explain_faults(s->e, answer->node, s->outcome->row, s->arena, &faults);
    write_fault_list(s, &faults, BODY + 2);
  }
}

/* ---- the report ---- */

static void write_judgement(Sheet *s) {
  if (s->outcome->has_as_of) page_line(&s->page, BODY, PAINT_DIM, say(s, WORD_AS_OF, s->outcome->as_of));
  if (s->outcome->as_known_on.length > 0)
    page_line(&s->page, BODY, PAINT_DIM, say(s, WORD_AS_KNOWN_ON, s->outcome->as_known_on));
  write_off_ladder(s);
  write_rules(s, &s->outcome->requirements, BODY);
  write_each_level(s);
  if (s->outcome->shown) write_scores(s, s->outcome->shown, BODY);
  write_counts(s);
  write_remarks(s);
  write_brands(s);
  write_open(s);
  write_assumed(s);
  const Program *program = s->report->program;
  write_answers(s, program->decisions, program->decision_count, program->decides == DECIDES_DECISION);
  write_answers(s, program->reports, program->report_count, false);
}

/* "25 applications: 9 qualified, 8 rejected"; what did not occur is left out. */
static View summary(const Report *report) {
  Language language = report->options.language;
  Arena *arena = report->arena;
  uint64_t total = report->counts.applications;
  Writer *w = writer_to_memory(arena);
  View count = num_text_for_people(arena, num_of((int64_t)total));
  write_view(w, phrase(arena, language, total == 1 ? WORD_ONE_APPLICATION : WORD_APPLICATIONS, count, DIAG_END));
  const char *between = ": ";
  for (int kind = 0; kind < OUTCOME_COUNT; kind++) {
    if (report->counts.outcomes[kind] == 0) continue;
    View number = num_text_for_people(arena, num_of((int64_t)report->counts.outcomes[kind]));
    View name = view_of(word((Word)(WORD_QUALIFIED + kind), language));
    write_text(w, between);
    write_view(w, phrase(arena, language, WORD_COUNTED, number, name, DIAG_END));
    between = ", ";
  }
  return writer_memory(w);
}

static Page page_of(const Report *report, Arena *scratch) {
  const ReportOptions *options = &report->options;
  return (Page){.out = report->out, .scratch = scratch, .color = options->color, .width = options->width};
}

static void begin(Report *report) {
  const Program *program = report->program;
  Language language = report->options.language;
  Page page = page_of(report, report->arena);
  page_text(&page, PAINT_BOLD, title_of(program->titles, program->name, language), 0);
  page_indent(&page, page.column + 2);
  page_text(&page, PAINT_DIM, phrase(report->arena, language, WORD_RULES_OF, program->fingerprint, DIAG_END), 0);
  page_end_line(&page);
}

static void one(Report *report, const Entry *entry) {
  Sheet sheet = {.report = report,
                 .entry = entry,
                 .e = entry->e,
                 .outcome = entry->outcome,
                 .page = page_of(report, entry->scratch),
                 .arena = entry->scratch,
                 .language = report->options.language};
  map_init(&sheet.told, sheet.arena);
  page_end_line(&sheet.page);
  write_head(&sheet);
  /* What was computed from wrong data would only distract from what is wrong with them. */
  if (!is_spoiled(&sheet)) write_judgement(&sheet);
  write_fault_list(&sheet, &sheet.outcome->faults, BODY);
}

static void end(Report *report) {
  Page page = page_of(report, report->arena);
  page_end_line(&page);
  page_line(&page, 0, PAINT_NONE, summary(report));
}

const Format text_format = {begin, one, end};
