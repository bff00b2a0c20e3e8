#include "check/check.h"
#include "data/reader.h"
#include "report/report.h"
#include "shell/command.h"
#include "text/reason.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* terskel run: rules and data in, a report out, a batch at a time. */

static const Span nowhere = {UINT32_MAX, 0, 0};

typedef struct Run {
  Shell *shell;
  const Arguments *arguments;
  Program *program;
  Writer *out; /* standard output, or the file of --output */
  Report *report;
  ReportOptions report_options;
  EvaluateOptions evaluate_options;
  EvaluationStats stats;
  bool unread; /* a data file, or the rest of one, could not be read */
} Run;

/* ---- what is asked for ---- */

static bool read_format(Run *run) {
  static const char *const names[] = {
      [REPORT_TEXT] = "text", [REPORT_JSON] = "json", [REPORT_JSONL] = "jsonl", [REPORT_CSV] = "csv"};
  const char *wanted = run->arguments->values[OPTION_FORMAT];
  if (!wanted) return true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(wanted, names[i]) != 0) continue;
    run->report_options.format = (ReportFormat)i;
    return true;
  }
  diag_add(&run->shell->mistakes, MSG_U0104, nowhere, VIEW("--format"), view_of(wanted), VIEW("text, json, jsonl, csv"),
           DIAG_END);
  return false;
}

static bool read_date(Run *run) {
  const char *wanted = run->arguments->values[OPTION_ON];
  run->evaluate_options.has_as_of = wanted != NULL;
  if (!wanted || date_read(view_of(wanted), &run->evaluate_options.as_of)) return true;
  diag_add(&run->shell->mistakes, MSG_U0105, nowhere, VIEW("--on"), view_of(wanted), DIAG_END);
  return false;
}

static bool read_words(Run *run) {
  const Arguments *arguments = run->arguments;
  View usage = VIEW("terskel run RULES DATA…");
  uint32_t inputs = 0;
  for (uint32_t i = 0; i < arguments->count; i++) inputs += strcmp(arguments->words[i], "-") == 0;
  if (arguments->count == 0)
    diag_add(&run->shell->mistakes, MSG_U0108, nowhere, usage, DIAG_END);
  else if (arguments->count == 1)
    diag_add(&run->shell->mistakes, MSG_U0109, nowhere, usage, DIAG_END);
  else if (inputs > 1)
    diag_add(&run->shell->mistakes, MSG_U0110, nowhere, DIAG_END);
  else
    return true;
  return false;
}

/* ---- the work ---- */

static void refuse_data(Run *run, const Fault *fault) {
  shell_fault(run->shell, fault);
  run->unread = true;
}

static void judge_batches(Run *run, Reader *reader, Arena *batch_arena, Arena *scratch) {
  Batch *batch;
  uint32_t rows = evaluate_batch_rows(run->program);
  while (!writer_error(run->out) && (batch = reader_next(reader, batch_arena, rows))) {
    const Evaluation *evaluation = evaluate(batch_arena, batch, &run->evaluate_options);
    report_batch(run->report, judge(batch_arena, evaluation), scratch);
    arena_reset(batch_arena);
  }
  if (reader_fault(reader)) refuse_data(run, reader_fault(reader));
}

static void judge_all(Run *run) {
  Arena *batch_arena = arena_new(), *scratch = arena_new();
  run->report = report_begin(run->shell->arena, run->out, run->program, &run->report_options);
  for (uint32_t i = 1; i < run->arguments->count && !writer_error(run->out); i++) {
    Fault fault;
    Reader *reader = reader_open(run->shell->arena, run->program, run->arguments->words[i], FORMAT_BY_NAME, &fault);
    if (!reader) {
      refuse_data(run, &fault);
      continue;
    }
    judge_batches(run, reader, batch_arena, scratch);
    reader_close(reader);
  }
  report_end(run->report);
  arena_free(batch_arena);
  arena_free(scratch);
}

/* ---- the end ---- */

static void print_stats(const Run *run) {
  static const char *const batches[LANGUAGE_COUNT] = {"batches: ", "bunker: "};
  static const char *const slow[LANGUAGE_COUNT] = {"number columns in the slow lane: ",
                                                   "tallkolonner i det langsomme feltet: "};
  Writer *w = run->shell->err;
  write_text(w, batches[run->shell->language]);
  write_int(w, (int64_t)run->stats.batches);
  write_char(w, '\n');
  write_text(w, slow[run->shell->language]);
  write_int(w, (int64_t)run->stats.slow_lane);
  write_char(w, '\n');
}

static ExitStatus status_of(const Run *run) {
  const ReportCounts *counts = report_counts(run->report);
  if (run->unread) return EXIT_TROUBLE;
  if (counts->outcomes[OUTCOME_ERROR] > 0) return EXIT_MISTAKES;
  bool strict = run->arguments->values[OPTION_STRICT] != NULL;
  return strict && counts->outcomes[OUTCOME_UNDETERMINED] > 0 ? EXIT_OPEN : EXIT_DONE;
}

static ExitStatus refuse_output(Run *run, const char *path, int error) {
  diag_add(&run->shell->mistakes, MSG_U0112, nowhere, view_of(path), reason_of(error), DIAG_END);
  return shell_refuse(run->shell);
}

/* Standard input may be the file, too. A device is not replaced, so it may be both. */
static bool is_read_too(Run *run, const char *path) {
  struct stat out;
  if (stat(path, &out) != 0 || !S_ISREG(out.st_mode)) return false;
  for (uint32_t i = 0; i < run->arguments->count; i++)
    if (reader_would_read(run->shell->arena, run->arguments->words[i], &out)) return true;
  return false;
}

/* The file to write to; NULL: standard output. */
static bool read_output(Run *run, const char **path) {
  const char *wanted = run->arguments->values[OPTION_OUTPUT];
  *path = wanted && strcmp(wanted, "-") != 0 ? wanted : NULL;
  if (!*path || !is_read_too(run, *path)) return true;
  diag_add(&run->shell->mistakes, MSG_U0113, nowhere, view_of(*path), DIAG_END);
  return false;
}

/* The file is left as it was where not all data could be read: a part of the answers would look like all of them. */
static ExitStatus judge_to_file(Run *run, const char *path) {
  Writer *volatile out = writer_to_file(run->shell->arena, path);
  if (!out) return refuse_output(run, path, errno);
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    writer_abandon(out);
    memory_refuse();
  }
  run->out = out;
  judge_all(run);
  int error = writer_error(out);
  if (run->unread || error)
    writer_abandon(out);
  else
    error = writer_commit(out);
  memory_trap_pop(&trap);
  return error ? refuse_output(run, path, error) : status_of(run);
}

static ExitStatus judge_to_stdout(Run *run) {
  run->out = run->shell->out;
  run->report_options.color = run->shell->color_out;
  run->report_options.width = run->shell->width;
  judge_all(run);
  return status_of(run);
}

ExitStatus command_run(Shell *shell, const Arguments *arguments) {
  Run run = {.shell = shell, .arguments = arguments, .report_options = {.language = shell->language}};
  run.evaluate_options.stats = &run.stats;
  const char *path;
  bool understood = read_format(&run);
  understood &= read_date(&run);
  understood &= read_words(&run);
  understood &= read_output(&run, &path);
  if (!understood) return shell_refuse(shell);
  if (run.report_options.format != REPORT_TEXT) run.report_options.language = shell->data_language;
  ExitStatus status = shell_check(shell, arguments->words[0], &run.program);
  if (status != EXIT_DONE) return status;
  status = path ? judge_to_file(&run, path) : judge_to_stdout(&run);
  if (arguments->values[OPTION_STATS]) print_stats(&run);
  return status;
}
