#include "check/check.h"
#include "shell/command.h"

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

static void write_praise(const Shell *shell, const char *path, const Program *program, uint32_t warnings) {
  static const char *const none[LANGUAGE_COUNT] = {"no mistakes", "ingen feil"};
  static const char *const one[LANGUAGE_COUNT] = {", 1 warning", ", 1 advarsel"};
  static const char *const many[LANGUAGE_COUNT] = {"warnings", "advarsler"};
  write_visible(shell->out, view_of(path));
  write_format(shell->out, ": %s", none[shell->language]);
  if (warnings == 1)
    write_text(shell->out, one[shell->language]);
  else if (warnings > 1)
    write_format(shell->out, ", %u %s", warnings, many[shell->language]);
  write_counts(shell, program);
  write_text(shell->out, "\n");
}

ExitStatus shell_check(Shell *shell, const char *path, Program **program, uint32_t *warnings) {
  SourceList *sources = arena_new_of(shell->arena, SourceList);
  DiagQueue diags;
  diag_init(&diags, shell->arena, sources);
  *program = check_files(shell->arena, &diags, &path, 1);
  *warnings = diags.warnings;
  diag_print(&diags, shell->err, shell->language, shell->color_err);
  writer_flush(shell->err);
  if (*program) return EXIT_DONE;
  return sources->count == 0 ? EXIT_TROUBLE : EXIT_MISTAKES; /* nothing was read, or not all of it is right */
}

ExitStatus command_check(Shell *shell, const Arguments *arguments) {
  if (arguments->count == 0) {
    diag_add(&shell->mistakes, MSG_U0108, (Span){UINT32_MAX, 0, 0}, VIEW("terskel check RULES…"), DIAG_END);
    return shell_refuse(shell);
  }
  ExitStatus worst = EXIT_DONE;
  for (uint32_t i = 0; i < arguments->count; i++) {
    Program *program;
    uint32_t warnings;
    ExitStatus status = shell_check(shell, arguments->words[i], &program, &warnings);
    if (status == EXIT_DONE) write_praise(shell, arguments->words[i], program, warnings);
    if (status > worst) worst = status;
  }
  return worst;
}
