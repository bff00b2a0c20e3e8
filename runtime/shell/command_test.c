#include "check/check.h"
#include "data/overlay.h"
#include "data/reader.h"
#include "eval/words.h"
#include "report/test_report.h"
#include "shell/command.h"

#include <string.h>

/* terskel test: the files are one text, its rules are evaluated for each of its tests. */

static const Span nowhere = {UINT32_MAX, 0, 0};

typedef struct Testing {
  Shell *shell;
  const Arguments *arguments;
  Program *program;
  TestReport report;
  Coverage *coverage; /* or NULL */
  TestFormat format;
  Arena *batch, *scratch;
  bool unread;
} Testing;

/* ---- what is asked for ---- */

static bool read_format(Testing *t) {
  static const char *const names[] = {[TEST_TEXT] = "text", [TEST_JUNIT] = "junit", [TEST_JSON] = "json"};
  const char *wanted = t->arguments->values[OPTION_TEST_FORMAT];
  if (!wanted) return true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(wanted, names[i]) != 0) continue;
    t->format = (TestFormat)i;
    return true;
  }
  diag_add(&t->shell->mistakes, MSG_U0104, nowhere, VIEW("--format"), view_of(wanted), VIEW("text, junit, json"),
           DIAG_END);
  return false;
}

static bool read_words(Testing *t) {
  if (t->arguments->count == 0)
    diag_add(&t->shell->mistakes, MSG_U0108, nowhere, VIEW("terskel test RULES…"), DIAG_END);
  else if (t->arguments->values[OPTION_DATA] && !t->arguments->values[OPTION_COVERAGE])
    diag_add(&t->shell->mistakes, MSG_U0142, nowhere, VIEW("--data"), VIEW("--coverage"), DIAG_END);
  else
    return true;
  return false;
}

/* ---- the rules ---- */

static Program *check_text_of(const Testing *t, Arena *arena, DiagQueue *diags, const CheckOptions *options) {
  diag_init(diags, arena, arena_new_of(arena, SourceList));
  return check_files_for(arena, diags, t->arguments->words, t->arguments->count, options);
}

static ExitStatus check_rules(Testing *t) {
  DiagQueue diags;
  CheckOptions options = {.coverage = t->arguments->values[OPTION_COVERAGE] != NULL};
  t->program = check_text_of(t, t->shell->arena, &diags, &options);
  diag_print(&diags, t->shell->err, t->shell->language, t->shell->color_err);
  writer_flush(t->shell->err);
  if (t->program) return EXIT_DONE;
  return diags.sources->count == 0 ? EXIT_TROUBLE : EXIT_MISTAKES;
}

/* The text checked once more, with what a test gives to parameters. NULL: it has a mistake then. */
static Program *check_variant(const Testing *t, Arena *arena, uint32_t test, View *mistake) {
  DiagQueue diags;
  CheckOptions options = {.coverage = t->coverage != NULL, .with_parameters = true, .parameters_of = test};
  Program *program = check_text_of(t, arena, &diags, &options);
  for (uint32_t i = 0; !program && !mistake->length && i < diags.items.count; i++)
    if (message_table[diags.items.at[i].code].severity == SEVERITY_ERROR)
      *mistake = diag_sentence(t->shell->arena, &diags.items.at[i], t->shell->language);
  return program;
}

/* ---- one test ---- */

static View name_of_given(const Testing *t, const TestCase *test) {
  View text = span_text(t->program->sources, test->given_span);
  return text.length > 2 ? (View){text.at + 1, text.length - 2} : text;
}

static View trouble_of_given(const Testing *t, const TestCase *test, GivenState state, const Fault *fault) {
  Arena *arena = t->shell->arena;
  Language language = t->shell->language;
  View file = name_of_given(t, test);
  if (state == GIVEN_UNREADABLE) return fault_sentence(arena, fault, language);
  if (test->given_id.length == 0)
    return phrase(arena, language, state == GIVEN_NONE ? WORD_NO_APPLICATION : WORD_SEVERAL_APPLICATIONS, file,
                  DIAG_END);
  return phrase(arena, language, state == GIVEN_NONE ? WORD_NO_SUCH_APPLICATION : WORD_TWICE_APPLICATION, file,
                test->given_id, DIAG_END);
}

/* Moves it into memory that outlives the batch. */
static void keep_verdict(Arena *arena, Verdict *verdict) {
  ReasonList kept = {0};
  verdict->actual = view_copy(arena, verdict->actual);
  for (uint32_t i = 0; i < verdict->reasons.count; i++) {
    const Reason *reason = &verdict->reasons.at[i];
    list_push(arena, &kept, ((Reason){.depth = reason->depth, .text = view_copy(arena, reason->text)}));
  }
  verdict->reasons = kept;
}

/* `program` may be another check of the same text; what is told refers to the first. */
static void judge_test(Testing *t, const Program *program, uint32_t index, const Batch *batch, TestResult *result) {
  const TestCase *test = &program->tests[index];
  EvaluateOptions options = {.has_as_of = test->has_date, .as_of = test->date, .test = test};
  const Judged *judged = judge(t->batch, evaluate(t->batch, batch, &options));
  for (uint32_t i = 0; i < test->expectation_count; i++) {
    TestFailure failure = {.expected = &result->test->expectations[i]};
    verdict_of(judged, &test->expectations[i], t->batch, t->shell->language, &failure.verdict);
    if (failure.verdict.holds) continue;
    keep_verdict(t->shell->arena, &failure.verdict);
    list_push(t->shell->arena, &result->failures, failure);
  }
  if (t->coverage) coverage_add(t->coverage, judged, t->scratch);
}

static void run_test(Testing *t, const Program *program, uint32_t index, TestResult *result) {
  GivenState state;
  Fault fault;
  const TestCase *test = &program->tests[index];
  const Batch *batch = overlay_read(t->batch, t->scratch, program, test, &state, &fault);
  if (batch)
    judge_test(t, program, index, batch, result);
  else
    result->trouble = trouble_of_given(t, test, state, &fault);
  arena_reset(t->batch);
  arena_reset(t->scratch);
}

/* All tests that give the same to parameters, one after the other, so that their program is needed only once. */
static void run_variant(Testing *t, const uint32_t *tests, uint32_t from) {
  Arena *arena = arena_new();
  View parameters = t->program->tests[tests[from]].parameters, mistake = {0};
  Program *program = check_variant(t, arena, tests[from], &mistake);
  for (uint32_t i = from; i < t->report.results.count; i++) {
    TestResult *result = &t->report.results.at[i];
    if (!view_equal(result->test->parameters, parameters)) continue;
    if (program)
      run_test(t, program, tests[i], result);
    else
      result->trouble = phrase(t->shell->arena, t->shell->language, WORD_PARAMETERS_MISTAKEN,
                               (View){parameters.at, parameters.length - 2}, mistake, DIAG_END); /* without "; " */
  }
  if (program && t->coverage) coverage_forget(t->coverage, program);
  arena_free(arena);
}

static bool contains(View text, View part) {
  for (uint32_t i = 0; i + part.length <= text.length; i++)
    if (memcmp(text.at + i, part.at, part.length) == 0) return true;
  return false;
}

static bool is_first_of_variant(const TestResultList *results, uint32_t at) {
  for (uint32_t i = 0; i < at; i++)
    if (view_equal(results->at[i].test->parameters, results->at[at].test->parameters)) return false;
  return true;
}

static void run_tests(Testing *t) {
  const char *pattern = t->arguments->values[OPTION_RUN];
  const Program *program = t->program;
  uint32_t *tests = arena_array(t->shell->arena, uint32_t, program->test_count);
  TestResultList *results = &t->report.results;
  for (uint32_t i = 0; i < program->test_count; i++) {
    if (pattern && !contains(program->tests[i].title, view_of(pattern))) continue;
    tests[results->count] = i;
    list_push(t->shell->arena, results, ((TestResult){.test = &program->tests[i]}));
  }
  for (uint32_t i = 0; i < results->count; i++) {
    if (!results->at[i].test->parameters.length)
      run_test(t, program, tests[i], &results->at[i]);
    else if (is_first_of_variant(results, i))
      run_variant(t, tests, i);
  }
}

/* ---- data that count for the coverage ---- */

static void cover_data(Testing *t) {
  Fault fault;
  const char *path = t->arguments->values[OPTION_DATA];
  Reader *reader = reader_open(t->shell->arena, t->program, path, FORMAT_BY_NAME, &fault);
  Batch *batch;
  uint32_t rows = evaluate_batch_rows(t->program);
  while (reader && (batch = reader_next(reader, t->batch, rows))) {
    coverage_add(t->coverage, judge(t->batch, evaluate(t->batch, batch, NULL)), t->scratch);
    arena_reset(t->batch);
    arena_reset(t->scratch);
  }
  const Fault *wrong = reader ? reader_fault(reader) : &fault;
  t->unread = wrong != NULL;
  if (wrong) shell_fault(t->shell, wrong);
  reader_close(reader);
}

/* ---- the end ---- */

static ExitStatus status_of(Testing *t) {
  if (t->report.results.count > 0)
    return t->unread ? EXIT_TROUBLE : test_report_failed(&t->report) ? EXIT_MISTAKES : EXIT_DONE;
  const char *pattern = t->arguments->values[OPTION_RUN];
  if (pattern && t->program->test_count)
    diag_add(&t->shell->mistakes, MSG_U0141, nowhere, view_of(pattern), DIAG_END);
  else
    diag_add(&t->shell->mistakes, MSG_U0140, nowhere, view_of(t->arguments->words[0]), DIAG_END);
  shell_refuse(t->shell);
  return EXIT_MISTAKES;
}

ExitStatus command_test(Shell *shell, const Arguments *arguments) {
  Testing t = {.shell = shell, .arguments = arguments};
  bool understood = read_format(&t);
  understood &= read_words(&t);
  if (!understood) return shell_refuse(shell);
  ExitStatus status = check_rules(&t);
  if (status != EXIT_DONE) return status;
  t.batch = arena_new();
  t.scratch = arena_new();
  t.report =
      (TestReport){.arena = shell->arena, .program = t.program, .language = shell->language, .color = shell->color_out};
  if (arguments->values[OPTION_COVERAGE]) t.report.coverage = t.coverage = coverage_new(shell->arena, t.program);
  run_tests(&t);
  if (arguments->values[OPTION_DATA]) cover_data(&t);
  status = status_of(&t); /* which tells if there was nothing to run, before the report */
  test_report_write(&t.report, t.format, shell->out);
  arena_free(t.batch);
  arena_free(t.scratch);
  return status;
}
