#include "check/check.h"
#include "data/overlay.h"
#include "data/reader.h"
#include "eval/words.h"
#include "report/test_report.h"
#include "shell/command.h"

#include <string.h>

/* terskel test: the files are one text, its rules are evaluated for each of its tests. */

static const Span nowhere = {UINT32_MAX, 0, 0};

/* The text checked once more, with what a test gives to parameters. */
typedef struct Variant {
  View parameters;
  Program *program; /* NULL: the rules have a mistake then */
  View mistake;
  struct Variant *next;
} Variant;

typedef struct Testing {
  Shell *shell;
  const Arguments *arguments;
  Program *program;
  Variant *variants;
  TestReport report;
  Coverage *coverage; /* or NULL */
  TestFormat format;
  Arena *batch, *scratch;
  bool unread;
} Testing;

/* ---- what is asked for ---- */

static bool read_format(Testing *t) {
  static const char *const names[] = {[TEST_TEXT] = "text", [TEST_JUNIT] = "junit", [TEST_JSON] = "json"};
  const char *wanted = t->arguments->values[OPTION_FORMAT];
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

static Program *check_text_of(const Testing *t, DiagQueue *diags, const CheckOptions *options) {
  diag_init(diags, t->shell->arena, arena_new_of(t->shell->arena, SourceList));
  return check_files_for(t->shell->arena, diags, t->arguments->words, t->arguments->count, options);
}

static ExitStatus check_rules(Testing *t) {
  DiagQueue diags;
  CheckOptions options = {.tests = true, .coverage = t->arguments->values[OPTION_COVERAGE] != NULL};
  t->program = check_text_of(t, &diags, &options);
  diag_print(&diags, t->shell->err, t->shell->language, t->shell->color_err);
  writer_flush(t->shell->err);
  if (t->program) return EXIT_DONE;
  return diags.sources->count == 0 ? EXIT_TROUBLE : EXIT_MISTAKES;
}

static Variant *variant_of(Testing *t, uint32_t test) {
  View parameters = t->program->tests[test].parameters;
  for (Variant *known = t->variants; known; known = known->next)
    if (view_equal(known->parameters, parameters)) return known;
  Variant *variant = arena_new_of(t->shell->arena, Variant);
  *variant = (Variant){.parameters = parameters, .next = t->variants};
  t->variants = variant;
  DiagQueue diags;
  CheckOptions options = {.tests = true, .coverage = t->coverage != NULL, .with_parameters = true, .parameters_of = test};
  variant->program = check_text_of(t, &diags, &options);
  for (uint32_t i = 0; !variant->program && !variant->mistake.length && i < diags.items.count; i++)
    if (message_table[diags.items.at[i].code].severity == SEVERITY_ERROR)
      variant->mistake = diag_sentence(t->shell->arena, &diags.items.at[i], t->shell->language);
  return variant;
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

static void judge_test(Testing *t, const TestCase *test, const Batch *batch, TestResult *result) {
  EvaluateOptions options = {.has_as_of = test->has_date, .as_of = test->date, .tests = true};
  const Judged *judged = judge(t->batch, evaluate(t->batch, batch, &options));
  for (uint32_t i = 0; i < test->expectation_count; i++) {
    TestFailure failure = {.expected = &test->expectations[i]};
    verdict_of(judged, failure.expected, t->batch, t->shell->language, &failure.verdict);
    if (failure.verdict.holds) continue;
    keep_verdict(t->shell->arena, &failure.verdict);
    list_push(t->shell->arena, &result->failures, failure);
  }
  if (t->coverage) coverage_add(t->coverage, judged, t->scratch);
}

static void run_test(Testing *t, uint32_t index) {
  const TestCase *test = &t->program->tests[index];
  const Program *program = t->program;
  TestResult result = {.test = test};
  if (test->parameters.length) {
    const Variant *variant = variant_of(t, index);
    program = variant->program;
    if (!program)
      result.trouble = phrase(t->shell->arena, t->shell->language, WORD_PARAMETERS_MISTAKEN,
                              (View){test->parameters.at, test->parameters.length - 2}, /* without the last "; " */
                              variant->mistake, DIAG_END);
  }
  if (program) {
    GivenState state;
    Fault fault;
    test = &program->tests[index];
    const Batch *batch = overlay_read(t->batch, t->scratch, program, test, &state, &fault);
    if (batch)
      judge_test(t, test, batch, &result);
    else
      result.trouble = trouble_of_given(t, test, state, &fault);
  }
  list_push(t->shell->arena, &t->report.results, result);
  arena_reset(t->batch);
  arena_reset(t->scratch);
}

static bool contains(View text, View part) {
  for (uint32_t i = 0; i + part.length <= text.length; i++)
    if (memcmp(text.at + i, part.at, part.length) == 0) return true;
  return false;
}

static void run_tests(Testing *t) {
  const char *pattern = t->arguments->values[OPTION_RUN];
  for (uint32_t i = 0; i < t->program->test_count; i++)
    if (!pattern || contains(t->program->tests[i].title, view_of(pattern))) run_test(t, i);
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
