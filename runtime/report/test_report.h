/* What became of tests: kept while they run, then written for people, as JUnit
 * XML or as JSON. Everything lives in the report's arena. */
#ifndef REPORT_TEST_REPORT_H
#define REPORT_TEST_REPORT_H

#include "judge/coverage.h"
#include "judge/verdict.h"

typedef enum TestFormat { TEST_TEXT, TEST_JUNIT, TEST_JSON } TestFormat;

typedef struct TestFailure {
  const Expectation *expected;
  Verdict verdict;
} TestFailure;

/* One test, or one case of its table. */
typedef struct TestResult {
  const TestCase *test;
  View trouble; /* why it could not be run; empty: it was */
  LIST(TestFailure) failures;
} TestResult;
typedef LIST(TestResult) TestResultList;

typedef struct TestReport {
  Arena *arena;
  const Program *program; /* whose places are told */
  Language language;
  bool color;
  TestResultList results;
  const Coverage *coverage; /* or NULL */
} TestReport;

uint32_t test_report_failed(const TestReport *report);
void test_report_write(const TestReport *report, TestFormat format, Writer *w);

#endif
