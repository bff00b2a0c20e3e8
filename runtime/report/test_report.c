#include "report/test_report.h"

#include "eval/words.h"
#include "report/page.h"

typedef struct Out {
  const TestReport *report;
  Arena *arena;
  Language language;
  Writer *w;
} Out;

/* ---- what all formats tell ---- */

static bool has_passed(const TestResult *result) { return result->trouble.length == 0 && result->failures.count == 0; }

uint32_t test_report_failed(const TestReport *report) {
  uint32_t failed = 0;
  for (uint32_t i = 0; i < report->results.count; i++) failed += !has_passed(&report->results.at[i]);
  return failed;
}

static const Source *source_of(const Out *out, Span span) { return out->report->program->sources->at[span.source]; }

static uint32_t line_of(const Out *out, Span span) { return source_line(source_of(out, span), span.start); }

static View place_of(const Out *out, Span span) {
  View name = source_of(out, span)->name;
  return view_format(out->arena, "%.*s:%u", (int)name.length, name.at, line_of(out, span));
}

static View title_of(const Out *out, const TestCase *test) {
  if (test->number == 0) return test->title;
  View number = view_format(out->arena, "%u", test->number);
  return phrase(out->arena, out->language, WORD_CASE, test->title, number, DIAG_END);
}

static View text_of_source(const Out *out, View text) { return page_fold(out->arena, text); }

/* ---- what was not seen ---- */

static const Word kind_words[COVER_KIND_COUNT] = {
    [COVER_REQUIREMENT] = WORD_COVER_REQUIREMENTS,
    [COVER_LEVEL] = WORD_COVER_LEVELS,
    [COVER_BRAND] = WORD_COVER_BRANDS,
    [COVER_CONDITION] = WORD_COVER_CONDITIONS,
    [COVER_THRESHOLD] = WORD_COVER_THRESHOLDS,
    [COVER_CHOICE] = WORD_COVER_CHOICES,
    [COVER_ROW] = WORD_COVER_ROWS,
};

static const Word side_words[COVER_KIND_COUNT][COVER_SIDES] = {
    [COVER_REQUIREMENT] = {WORD_MET, WORD_NOT_MET, WORD_UNDETERMINED},
    [COVER_LEVEL] = {WORD_MET, WORD_NOT_MET, WORD_UNDETERMINED},
    [COVER_BRAND] = {WORD_MET, WORD_NOT_MET, WORD_UNDETERMINED},
    [COVER_CONDITION] = {WORD_SIDE_YES, WORD_SIDE_NO, WORD_SIDE_UNDETERMINED},
    [COVER_THRESHOLD] = {WORD_SIDE_BELOW, WORD_SIDE_AT, WORD_SIDE_ABOVE},
    [COVER_CHOICE] = {WORD_SIDE_TAKEN, WORD_SIDE_TAKEN, WORD_SIDE_TAKEN},
    [COVER_ROW] = {WORD_SIDE_TAKEN, WORD_SIDE_TAKEN, WORD_SIDE_TAKEN},
};

static bool has_sides(CoverKind kind) { return kind != COVER_CHOICE && kind != COVER_ROW; }
static bool is_covered(const CoverItem *item) { return (item->seen & item->wanted) == item->wanted; }

/* A minimum is but a number: then its whole line. */
static View what_of(const Out *out, const CoverItem *item) {
  View text = span_text(out->report->program->sources, item->span);
  if (item->name.length) return item->name;
  bool number = text.length > 0 && text.at[0] >= '0' && text.at[0] <= '9' && item->kind == COVER_THRESHOLD;
  if (number) text = view_trim(source_line_text(source_of(out, item->span), line_of(out, item->span)));
  return text_of_source(out, text);
}

static void unseen_of(const Out *out, const CoverItem *item, NameRows *sides) {
  for (unsigned side = 0; side < COVER_SIDES; side++)
    if ((item->wanted & ~item->seen) >> side & 1)
      list_push(out->arena, sides, view_of(word(side_words[item->kind][side], out->language)));
}

typedef struct Count {
  uint32_t covered, all;
} Count;

static Count count_kind(const CoverItemList *items, CoverKind kind) {
  Count count = {0, 0};
  for (uint32_t i = 0; i < items->count; i++) {
    count.all += items->at[i].kind == kind;
    count.covered += items->at[i].kind == kind && is_covered(&items->at[i]);
  }
  return count;
}

static View column_place(const Out *out, Span span) {
  View place = place_of(out, span);
  uint32_t column = source_column(source_of(out, span), span.start);
  return view_format(out->arena, "%.*s:%u", (int)place.length, place.at, column);
}

/* ---- for people ---- */

static void write_line(const Out *out, unsigned indent, View text) {
  write_repeat(out->w, ' ', indent);
  write_visible(out->w, text);
  write_char(out->w, '\n');
}

static void write_failed_line(const Out *out, View text) {
  if (out->report->color) write_text(out->w, "\033[31m");
  write_visible(out->w, text);
  write_text(out->w, out->report->color ? "\033[0m\n" : "\n");
}

static View head_of(const Out *out, const TestCase *test, Span span) {
  View place = place_of(out, span), title = title_of(out, test);
  return phrase(out->arena, out->language, WORD_FAILED_BECAUSE, place, title, DIAG_END);
}

static void write_failure(const Out *out, const TestCase *test, const TestFailure *failure) {
  Span place = test->number ? test->span : failure->expected->span; /* of a case its row */
  View head = head_of(out, test, place), text = text_of_source(out, failure->expected->text);
  write_failed_line(out, phrase(out->arena, out->language, WORD_BUT, head, text, failure->verdict.actual, DIAG_END));
  const ReasonList *reasons = &failure->verdict.reasons;
  for (uint32_t i = 0; i < reasons->count; i++) write_line(out, 4 + 2 * reasons->at[i].depth, reasons->at[i].text);
}

static void write_result(const Out *out, const TestResult *result) {
  View head = head_of(out, result->test, result->test->span);
  if (result->trouble.length)
    write_failed_line(out, phrase(out->arena, out->language, WORD_FAILED_BECAUSE, head, result->trouble, DIAG_END));
  for (uint32_t i = 0; i < result->failures.count; i++) write_failure(out, result->test, &result->failures.at[i]);
}

static void write_uncovered(const Out *out, const CoverItem *item) {
  NameRows sides = {0};
  if (is_covered(item)) return;
  unseen_of(out, item, &sides);
  View text = view_list(out->arena, sides.at, sides.count);
  View head = phrase(out->arena, out->language, WORD_FAILED_BECAUSE, column_place(out, item->span), what_of(out, item),
                     DIAG_END);
  write_line(out, 0, phrase(out->arena, out->language, WORD_NEVER_SEEN, head, text, DIAG_END));
}

static void write_count(const Out *out, CoverKind kind, Count count) {
  View name = view_of(word(kind_words[kind], out->language)), sides = view_format(out->arena, "%d", COVER_SIDES);
  View covered = view_format(out->arena, "%u", count.covered), all = view_format(out->arena, "%u", count.all);
  Word line = has_sides(kind) ? WORD_COVERAGE_OF : WORD_COVERAGE_OF_WHOLES;
  write_line(out, 0, phrase(out->arena, out->language, line, name, covered, all, sides, DIAG_END));
}

static void write_coverage(const Out *out) {
  const CoverItemList *items = coverage_items(out->report->coverage);
  for (uint32_t i = 0; i < items->count; i++) write_uncovered(out, &items->at[i]);
  for (int kind = 0; kind < COVER_KIND_COUNT; kind++) {
    Count count = count_kind(items, (CoverKind)kind);
    if (count.all) write_count(out, (CoverKind)kind, count);
  }
}

static void write_for_people(const Out *out) {
  const TestReport *report = out->report;
  for (uint32_t i = 0; i < report->results.count; i++) write_result(out, &report->results.at[i]);
  if (report->coverage) write_coverage(out);
  uint32_t failed = test_report_failed(report);
  View passed = view_format(out->arena, "%u", report->results.count - failed);
  View not_passed = view_format(out->arena, "%u", failed);
  write_line(out, 0, phrase(out->arena, out->language, WORD_PASSED_FAILED, passed, not_passed, DIAG_END));
}

/* ---- JUnit ---- */

static void write_xml(const Out *out, View text) {
  Writer *shown = writer_to_memory(out->arena);
  write_visible(shown, text);
  View safe = writer_memory(shown);
  for (uint32_t i = 0; i < safe.length; i++) switch (safe.at[i]) {
    case '&': write_text(out->w, "&amp;"); break;
    case '<': write_text(out->w, "&lt;"); break;
    case '>': write_text(out->w, "&gt;"); break;
    case '"': write_text(out->w, "&quot;"); break;
    default: write_char(out->w, safe.at[i]); break;
    }
}

static void write_attribute(const Out *out, const char *name, View value) {
  write_format(out->w, " %s=\"", name);
  write_xml(out, value);
  write_char(out->w, '"');
}

static void write_xml_failure(const Out *out, View message, const ReasonList *reasons) {
  write_text(out->w, "      <failure");
  write_attribute(out, "message", message);
  write_char(out->w, '>');
  for (uint32_t i = 0; reasons && i < reasons->count; i++) {
    write_char(out->w, '\n');
    write_repeat(out->w, ' ', 2 * reasons->at[i].depth);
    write_xml(out, reasons->at[i].text);
  }
  write_text(out->w, "</failure>\n");
}

static void write_xml_result(const Out *out, const TestResult *result) {
  write_text(out->w, "    <testcase");
  write_attribute(out, "classname", source_of(out, result->test->span)->name);
  write_attribute(out, "name", title_of(out, result->test));
  write_attribute(out, "file", source_of(out, result->test->span)->name);
  write_format(out->w, " line=\"%u\"", line_of(out, result->test->span));
  write_text(out->w, has_passed(result) ? "/>\n" : ">\n");
  if (has_passed(result)) return;
  if (result->trouble.length) write_xml_failure(out, result->trouble, NULL);
  for (uint32_t i = 0; i < result->failures.count; i++) {
    const TestFailure *failure = &result->failures.at[i];
    View place = place_of(out, failure->expected->span), text = text_of_source(out, failure->expected->text);
    View message = phrase(out->arena, out->language, WORD_BUT, place, text, failure->verdict.actual, DIAG_END);
    write_xml_failure(out, message, &failure->verdict.reasons);
  }
  write_text(out->w, "    </testcase>\n");
}

static void write_junit(const Out *out) {
  const TestReport *report = out->report;
  uint32_t failed = test_report_failed(report);
  write_text(out->w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  write_format(out->w, "<testsuites tests=\"%u\" failures=\"%u\">\n", report->results.count, failed);
  write_text(out->w, "  <testsuite");
  write_attribute(out, "name", report->program->name);
  write_format(out->w, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"0\">\n", report->results.count, failed);
  for (uint32_t i = 0; i < report->results.count; i++) write_xml_result(out, &report->results.at[i]);
  write_text(out->w, "  </testsuite>\n</testsuites>\n");
}

/* ---- JSON ---- */

static void write_key(const Out *out, const char *key, View text) {
  write_format(out->w, "\"%s\":", key);
  write_json_string(out->w, text);
}

static void write_json_failure(const Out *out, const TestFailure *failure) {
  write_char(out->w, '{');
  write_key(out, "file", source_of(out, failure->expected->span)->name);
  write_format(out->w, ",\"line\":%u,", line_of(out, failure->expected->span));
  write_key(out, "expected", text_of_source(out, failure->expected->text));
  write_char(out->w, ',');
  write_key(out, "actual", failure->verdict.actual);
  write_text(out->w, ",\"because\":[");
  for (uint32_t i = 0; i < failure->verdict.reasons.count; i++) {
    if (i) write_char(out->w, ',');
    write_json_string(out->w, failure->verdict.reasons.at[i].text);
  }
  write_text(out->w, "]}");
}

static void write_json_result(const Out *out, const TestResult *result) {
  write_char(out->w, '{');
  write_key(out, "test", result->test->title);
  write_text(out->w, ",\"case\":");
  if (result->test->number)
    write_int(out->w, result->test->number);
  else
    write_text(out->w, "null");
  write_char(out->w, ',');
  write_key(out, "file", source_of(out, result->test->span)->name);
  write_format(out->w, ",\"line\":%u,\"passed\":%s,\"failures\":[", line_of(out, result->test->span),
               has_passed(result) ? "true" : "false");
  for (uint32_t i = 0; i < result->failures.count; i++) {
    if (i) write_char(out->w, ',');
    write_json_failure(out, &result->failures.at[i]);
  }
  write_char(out->w, ']');
  if (result->trouble.length) write_char(out->w, ','), write_key(out, "trouble", result->trouble);
  write_char(out->w, '}');
}

static void write_json_item(const Out *out, const CoverItem *item) {
  NameRows sides = {0};
  unseen_of(out, item, &sides);
  write_char(out->w, '{');
  write_key(out, "file", source_of(out, item->span)->name);
  write_format(out->w, ",\"line\":%u,\"column\":%u,", line_of(out, item->span),
               source_column(source_of(out, item->span), item->span.start));
  write_key(out, "what", what_of(out, item));
  write_text(out->w, ",\"never\":[");
  for (uint32_t i = 0; i < sides.count; i++) {
    if (i) write_char(out->w, ',');
    write_json_string(out->w, sides.at[i]);
  }
  write_text(out->w, "]}");
}

static void write_json_kind(const Out *out, const CoverItemList *items, CoverKind kind, Count count) {
  bool first = true;
  write_json_string(out->w, view_of(word(kind_words[kind], LANGUAGE_EN)));
  write_format(out->w, ":{\"covered\":%u,\"of\":%u,\"open\":[", count.covered, count.all);
  for (uint32_t i = 0; i < items->count; i++) {
    if (items->at[i].kind != kind || is_covered(&items->at[i])) continue;
    if (!first) write_char(out->w, ',');
    first = false;
    write_json_item(out, &items->at[i]);
  }
  write_text(out->w, "]}");
}

static void write_json_coverage(const Out *out) {
  const CoverItemList *items = coverage_items(out->report->coverage);
  bool first = true;
  write_text(out->w, ",\"coverage\":{");
  for (int kind = 0; kind < COVER_KIND_COUNT; kind++) {
    Count count = count_kind(items, (CoverKind)kind);
    if (!count.all) continue;
    if (!first) write_char(out->w, ',');
    first = false;
    write_json_kind(out, items, (CoverKind)kind, count);
  }
  write_char(out->w, '}');
}

static void write_json(const Out *out) {
  const TestReport *report = out->report;
  uint32_t failed = test_report_failed(report);
  write_format(out->w, "{\"passed\":%u,\"failed\":%u,\"tests\":[\n", report->results.count - failed, failed);
  for (uint32_t i = 0; i < report->results.count; i++) {
    if (i) write_text(out->w, ",\n");
    write_json_result(out, &report->results.at[i]);
  }
  write_text(out->w, "\n]");
  if (report->coverage) write_json_coverage(out);
  write_text(out->w, "}\n");
}

void test_report_write(const TestReport *report, TestFormat format, Writer *w) {
  Out out = {report, report->arena, report->language, w};
  switch (format) {
  case TEST_TEXT: write_for_people(&out); break;
  case TEST_JUNIT: write_junit(&out); break;
  case TEST_JSON: write_json(&out); break;
  }
}
