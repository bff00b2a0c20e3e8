#include "check/check.h"
#include "report/notices.h"
#include "shell/command.h"

#include <string.h>

/* terskel check: each file is a programme of its own. */

typedef struct Counted {
  uint32_t count;
  const char *one[LANGUAGE_COUNT], *many[LANGUAGE_COUNT];
} Counted;

static uint32_t count_levels(const Program *program, LevelKind kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < program->level_count; i++) count += program->levels[i].kind == kind;
  return count;
}

/* Members of a group belong to one requirement. */
static uint32_t count_requirements(const Program *program) {
  uint32_t count = program->rule_count;
  for (uint32_t i = 0; i < program->rule_count; i++) count -= program->rules[i].member_count;
  return count;
}

/* ": 3 levels, 14 requirements, 2 reports" */
static void write_counts(const Shell *shell, const Program *program) {
  const Counted counted[] = {
      {count_levels(program, LEVEL_LEVEL), {"level", "nivå"}, {"levels", "nivåer"}},
      {count_levels(program, LEVEL_BRAND), {"brand", "merke"}, {"brands", "merker"}},
      {count_requirements(program), {"requirement", "krav"}, {"requirements", "krav"}},
      {program->criterion_count, {"criterion", "kriterium"}, {"criteria", "kriterier"}},
      {program->judgement_count, {"judgement", "skjønn"}, {"judgements", "skjønn"}},
      {program->parameter_count, {"parameter", "parameter"}, {"parameters", "parametere"}},
      {program->decision_count, {"decision", "avgjørelse"}, {"decisions", "avgjørelser"}},
      {program->report_count, {"report", "rapport"}, {"reports", "rapporter"}},
  };
  const char *between = ": ";
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
    const Counted *c = &counted[i];
    if (c->count == 0) continue;
    write_format(shell->out, "%s%u %s", between, c->count, (c->count == 1 ? c->one : c->many)[shell->language]);
    between = ", ";
  }
}

static void write_number_of(const Shell *shell, uint32_t count, const char *const *one, const char *const *many) {
  if (count == 1) write_text(shell->out, one[shell->language]);
  if (count > 1) write_format(shell->out, ", %u %s", count, many[shell->language]);
}

static void write_praise(const Shell *shell, const char *path, const Program *program, const DiagQueue *mistakes) {
  static const char *const none[LANGUAGE_COUNT] = {"no mistakes", "ingen feil"};
  static const char *const one[LANGUAGE_COUNT] = {", 1 warning", ", 1 advarsel"};
  static const char *const many[LANGUAGE_COUNT] = {"warnings", "advarsler"};
  static const char *const one_accepted[LANGUAGE_COUNT] = {", 1 warning accepted", ", 1 advarsel godtatt"};
  static const char *const many_accepted[LANGUAGE_COUNT] = {"warnings accepted", "advarsler godtatt"};
  write_visible(shell->out, view_of(path));
  write_format(shell->out, ": %s", none[shell->language]);
  write_number_of(shell, mistakes->warnings, one, many);
  write_number_of(shell, mistakes->accepted, one_accepted, many_accepted);
  write_counts(shell, program);
  write_text(shell->out, "\n");
}

void shell_read_rules(Shell *shell, const char *path, bool deep, Checked *out) {
  const CheckOptions options = {.deep = deep};
  SourceList *sources = arena_new_of(shell->arena, SourceList);
  diag_init(&out->mistakes, shell->arena, sources);
  out->program = check_files_for(shell->arena, &out->mistakes, &path, 1, &options);
  out->status = out->program          ? EXIT_DONE
                : sources->count == 0 ? EXIT_TROUBLE /* nothing was read */
                                      : EXIT_MISTAKES;
}

ExitStatus shell_check(Shell *shell, const char *path, Program **program) {
  Checked checked;
  shell_read_rules(shell, path, false, &checked);
  *program = checked.program;
  diag_print(&checked.mistakes, shell->err, shell->language, shell->color_err);
  writer_flush(shell->err);
  return checked.status;
}

/* ---- for people ---- */

/* The code of the first mistake that was shown, or NULL. */
static const char *first_code(Shell *shell, const DiagQueue *mistakes) {
  const Diag **order = diag_in_order(shell->arena, mistakes);
  for (uint32_t i = 0; i < mistakes->items.count; i++) {
    const Message *message = &message_table[order[i]->code];
    if (message->severity == SEVERITY_ERROR) return message->name;
  }
  return NULL;
}

/* Whoever reads the messages at a terminal learns that there is more; a log needs no advice. */
static void write_tip(Shell *shell, const char *code) {
  static const char *const tip[LANGUAGE_COUNT] = {"“terskel explain {0}” tells more.",
                                                  "«terskel explain {0}» forteller mer."};
  if (!code || !shell->terminal_err) return;
  const View arguments[DIAG_MAX_ARGUMENTS] = {view_of(code)};
  write_char(shell->err, '\n');
  write_view(shell->err, message_format(shell->arena, tip[shell->language], arguments));
  write_char(shell->err, '\n');
}

static ExitStatus check_for_people(Shell *shell, const Arguments *arguments) {
  ExitStatus worst = EXIT_DONE;
  const char *code = NULL;
  for (uint32_t i = 0; i < arguments->count; i++) {
    Checked checked;
    shell_read_rules(shell, arguments->words[i], true, &checked);
    diag_print(&checked.mistakes, shell->err, shell->language, shell->color_err);
    writer_flush(shell->err);
    if (checked.status == EXIT_DONE) write_praise(shell, arguments->words[i], checked.program, &checked.mistakes);
    writer_flush(shell->out); /* praise and mistakes in their order where both go to one terminal */
    if (!code) code = first_code(shell, &checked.mistakes);
    if (checked.status > worst) worst = checked.status;
  }
  write_tip(shell, code);
  return worst;
}

/* ---- for machines ---- */

static ExitStatus check_for_machines(Shell *shell, const Arguments *arguments, NoticeFormat format) {
  ExitStatus worst = EXIT_DONE;
  Notices *notices = notices_begin(shell->arena, shell->out, format, shell->data_language);
  for (uint32_t i = 0; i < arguments->count; i++) {
    Checked checked;
    shell_read_rules(shell, arguments->words[i], true, &checked);
    notices_add(notices, view_of(arguments->words[i]), checked.program, &checked.mistakes);
    if (checked.status > worst) worst = checked.status;
  }
  notices_end(notices);
  return worst;
}

ExitStatus command_check(Shell *shell, const Arguments *arguments) {
  const Span nowhere = {UINT32_MAX, 0, 0};
  const char *format = arguments->values[OPTION_CHECK_FORMAT];
  bool json = format && strcmp(format, "json") == 0, sarif = format && strcmp(format, "sarif") == 0;
  if (format && !json && !sarif && strcmp(format, "text") != 0)
    diag_add(&shell->mistakes, MSG_U0104, nowhere, VIEW("--format"), view_of(format), VIEW("text, json, sarif"),
             DIAG_END);
  if (arguments->count == 0) diag_add(&shell->mistakes, MSG_U0108, nowhere, VIEW("terskel check RULES…"), DIAG_END);
  if (shell->mistakes.errors > 0) return shell_refuse(shell);
  if (json || sarif) return check_for_machines(shell, arguments, json ? NOTICES_JSON : NOTICES_SARIF);
  return check_for_people(shell, arguments);
}
