#include "tools/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tree/equal.h"
#include "tree/parse.h"

/* Layout and translation of random programmes: texts that follow the grammar,
 * with blanks, line breaks, comments and synonyms by chance. Of each:
 *
 *   what is laid out parses to the same tree, and is laid out already
 *   the translation is laid out already, and translates back to it, byte for byte
 *
 * Names mean nothing to the grammar, so they are drawn from a list: some hold
 * keywords of one of the languages, or words that the checker knows. */

enum { PROGRAMMES = 800, DEEPEST = 4 };

static uint64_t seed;
static Arena *arena;
static Writer *out;

static uint32_t chance(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 16) % below);
}

#define PICK(words) words[chance(sizeof words / sizeof *words)]

/* ---- blanks ---- */

static void blank(void) {
  static const char *const blanks[] = {" ", " ", " ", " ", " ", "  ", "   ", "\t", "\xC2\xA0"};
  write_text(out, PICK(blanks));
}

static void maybe_blank(void) {
  if (chance(3)) blank();
}

static void line_end(void) {
  static const char *const ends[] = {
      "\n", "\n", "\n", "\n", "\r\n", "\n\n", " -- said\n", "   --\tsaid  \n", "\n\n\n  -- apart\n"};
  write_text(out, PICK(ends));
  write_repeat(out, ' ', chance(4));
}

/* Where a statement goes on: behind an operator a line may end. */
static void blank_or_break(void) {
  if (chance(8))
    blank();
  else
    line_end();
}

static void word(const char *text) {
  write_text(out, text);
  blank();
}

/* ---- names and literals ---- */

static void name(void) {
  static const char *const names[] = {"staff",
                                      "own part",
                                      "'Horizon 2020'",
                                      "og mellom",
                                      "'terms and conditions'",
                                      "'staff'",
                                      "is registered",
                                      "in-kind",
                                      "R&D",
                                      "antall",
                                      "n\xC3\xA5r",
                                      "'oppfyller krav'",
                                      "oppfyller krav",
                                      "'fra'",
                                      "minst mulig",
                                      "title",
                                      "call",
                                      "applicant's own",
                                      "den store",
                                      "alle andre",
                                      "item",
                                      "score",
                                      "ja",
                                      "'nei'",
                                      "av og til"};
  write_text(out, PICK(names));
}

/* What stands in front of a field's colon may hold any word. */
static void field_name(void) {
  static const char *const names[] = {"end date",
                                      "source of funding",
                                      "terms and conditions",
                                      "'staff'",
                                      "or else",
                                      "staff",
                                      "og eller",
                                      "slutt",
                                      "kilde",
                                      "'Horizon 2020'",
                                      "title",
                                      "in",
                                      "mangler",
                                      "ikke mer enn",
                                      "'when'",
                                      "per person"};
  write_text(out, PICK(names));
}

static void number(void) {
  static const char *const numbers[] = {"3",
                                        "0.25",
                                        "50%",
                                        "50 %",
                                        "1 500 000",
                                        "2 million",
                                        "1 billion",
                                        "12\xC2\xA0"
                                        "000"};
  write_text(out, PICK(numbers));
}

static void literal(void) {
  static const char *const literals[] = {"NOK 5",
                                         "2 million NOK",
                                         "2019-09-06",
                                         "2019-09-06 15:00",
                                         "3 years",
                                         "1 months",
                                         "36 hour",
                                         "\"text\"",
                                         "\xE2\x80\x9C"
                                         "a b\xE2\x80\x9D",
                                         "\xC2\xAB"
                                         "a \"b\" c\xC2\xBB",
                                         "yes",
                                         "no",
                                         "\"a \\\" b\"",
                                         "1 weeks"};
  if (chance(2))
    number();
  else
    write_text(out, PICK(literals));
}

/* ---- expressions ---- */

static void arith(int depth);
static void expr(int depth);

static void list_of(int depth, const char *open, const char *close) {
  write_text(out, open);
  maybe_blank();
  for (uint32_t i = 0, count = 1 + chance(3); i < count; i++) {
    if (i) write_text(out, ","), maybe_blank();
    arith(depth);
  }
  maybe_blank();
  write_text(out, close);
}

static void call(int depth) {
  static const char *const functions[] = {"count", "sum", "mean", "date", "full years", "own function"};
  write_text(out, PICK(functions));
  list_of(depth, "(", ")");
}

static void parenthesised(int depth) {
  write_text(out, "(");
  maybe_blank();
  expr(depth);
  maybe_blank();
  write_text(out, ")");
}

static void postfix(int depth) {
  static const char *const parts[] = {".year", ".share", ".'end date'", "[1]", "[staff > 3]", " assumed 0 if missing"};
  name();
  write_text(out, PICK(parts));
  (void)depth;
}

static void range(int depth) {
  write_text(out, chance(2) ? "[" : "(");
  arith(depth);
  write_text(out, chance(2) ? ".." : " .. ");
  arith(depth);
  write_text(out, chance(2) ? "]" : ")");
}

static void dated(int depth) {
  static const char *const ways[] = {" on ", " in EUR at ", " as of "};
  name();
  write_text(out, PICK(ways));
  name();
  (void)depth;
}

static void primary(int depth) {
  switch (depth >= DEEPEST ? chance(2) : chance(10)) {
  case 0:
  case 2: name(); break;
  case 1:
  case 3: literal(); break;
  case 4: call(depth + 1); break;
  case 5: parenthesised(depth + 1); break;
  case 6: postfix(depth + 1); break;
  case 7: list_of(depth + 1, "[", "]"); break;
  case 8: dated(depth + 1); break;
  default:
    write_text(out, "-");
    name();
    break;
  }
}

static void arith(int depth) {
  static const char *const signs[] = {"+", "-", "*", "/", "**", "\xE2\x88\x92"};
  primary(depth);
  for (uint32_t i = depth < DEEPEST ? chance(3) : 0; i > 0; i--) {
    blank();
    write_text(out, PICK(signs));
    blank_or_break();
    primary(depth + 1);
  }
}

static void counted(int depth) {
  static const char *const quantities[] = {"some of",        "all of",           "none of",
                                           "at least 15 of", "at least half of", "more than 50% of",
                                           "any of",         "exactly 2 of",     "fewer than 3 of"};
  word(PICK(quantities));
  name();
  write_text(out, " where ");
  arith(depth);
  write_text(out, " > 3");
}

static void bound(int depth) {
  static const char *const forms[] = {"for x in %s return ", "some x in %s satisfies 3 < ",
                                      "every x in %s satisfies 3 < ", "the x in %s where 3 < ",
                                      "for x in %s where a > 3 order by b descending return "};
  const char *form = PICK(forms);
  const char *at = strchr(form, '%');
  write_view(out, (View){form, (uint32_t)(at - form)});
  name();
  write_text(out, at + 2);
  arith(depth + 1);
}

static void comparison(int depth) {
  static const char *const signs[] = {
      "=",      "!=",          "<",           ">=",           "\xE2\x89\xA5", "is",
      "is not", "is at least", "are at most", "is more than", "is above",     "is earlier than"};
  static const char *const asked[] = {"is missing", "is known", "are known", "is met", "is not met", "are missing"};
  arith(depth);
  blank();
  switch (chance(6)) {
  case 0: write_text(out, PICK(asked)); break;
  case 1:
    word(chance(2) ? "in" : "is not in");
    if (chance(2))
      range(depth + 1);
    else
      name();
    break;
  case 2: word("between"), arith(depth + 1), write_text(out, " and "), arith(depth + 1); break;
  default:
    write_text(out, PICK(signs));
    blank_or_break();
    arith(depth + 1);
    break;
  }
}

static void expr(int depth) {
  if (depth >= DEEPEST) {
    comparison(depth);
    return;
  }
  switch (chance(9)) {
  case 0:
    word("not");
    parenthesised(depth + 1);
    break;
  case 1:
    word("if"), comparison(depth + 1), write_text(out, " then "), arith(depth + 1);
    line_end();
    word("else"), arith(depth + 1);
    break;
  case 2: write_text(out, "("), counted(depth + 1), write_text(out, ")"); break;
  case 3: write_text(out, "("), bound(depth + 1), write_text(out, ")"); break;
  case 4:
  case 5:
    comparison(depth + 1);
    if (chance(2))
      line_end();
    else
      blank();
    word(chance(2) ? "and" : "or");
    comparison(depth + 1);
    break;
  default: comparison(depth); break;
  }
}

/* ---- statements ---- */

static void type(void) {
  static const char *const types[] = {"text",
                                      "number",
                                      "whole number",
                                      "yes/no",
                                      "date",
                                      "moment",
                                      "money",
                                      "money EUR",
                                      "list of text",
                                      "one of a, b c, d",
                                      "low < mid",
                                      "list of Call",
                                      "level",
                                      "months at least 0",
                                      "number 0% to 100%",
                                      "number at least -5 at most 10"};
  write_text(out, PICK(types));
}

static void fields(void) {
  for (uint32_t i = 0, count = 1 + chance(5); i < count; i++) {
    field_name();
    maybe_blank();
    write_text(out, ":");
    blank();
    type();
    if (!chance(3)) blank(), write_text(out, "\"title\"");
    line_end();
  }
}

static void choices(void) {
  for (uint32_t i = 0, count = 1 + chance(3); i < count; i++) {
    literal();
    blank();
    word("when");
    comparison(2);
    if (!chance(3)) blank(), write_text(out, "\"why\"");
    line_end();
  }
  word("otherwise");
  literal();
  line_end();
  write_text(out, "end");
}

static void define(void) {
  static const char *const labels[] = {
      "define a: ", "define  other one : ", "define 'Horizon 2030':", "report r \"Title\": "};
  write_text(out, PICK(labels));
  if (!chance(4)) {
    line_end();
    choices();
    return;
  }
  if (!chance(4)) line_end();
  expr(0);
  if (!chance(5)) write_text(out, " but at most 3 \"cap\""), line_end(), write_text(out, " but at least 1  \"floor\"");
  if (!chance(5)) write_text(out, " rounded half up to 2 decimals");
}

static void requirement(uint32_t number_of) {
  write_format(out, "R%u \"Title\"", number_of);
  if (!chance(4))
    blank(), word("when"), comparison(2);
  else if (!chance(4))
    write_text(out, " for each k in "), name();
  maybe_blank();
  write_text(out, ":");
  blank();
  if (!chance(4)) {
    write_text(out, chance(2) ? "at least 2 of" : "all of");
    line_end();
    for (int i = 0; i < 3; i++) write_format(out, "%c \"x\": ", 'a' + i), comparison(2), line_end();
    write_text(out, "end");
    line_end();
  } else {
    expr(1);
    line_end();
    if (!chance(4)) word("unless"), comparison(2), write_text(out, " \"reason\""), line_end();
  }
  if (!chance(3)) write_text(out, "source \"s\""), line_end();
  if (!chance(4)) write_text(out, "advice \"a\""), line_end();
}

static void level(void) {
  static const char *const heads[] = {"level Arena", "level Arena Pro", "brand NCE", "every application"};
  static const char *const headings[] = {"requires", "Formally  requires", "expects"};
  write_text(out, PICK(heads));
  line_end();
  if (chance(2)) write_text(out, "title nb  \"Tittel\""), line_end();
  write_text(out, PICK(headings));
  line_end();
  for (uint32_t i = 0, count = 1 + chance(4); i < count; i++) requirement(i);
  if (chance(2)) write_text(out, "everything in Arena except A1, B2"), line_end();
  if (chance(2))
    write_text(out, "scores"), line_end(), write_text(out, "potential:  weight 60%, minimum 3"), line_end();
  if (chance(2)) write_text(out, "threshold 3.5"), line_end();
  write_text(out, "end");
}

static void cells(uint32_t columns, bool asked) {
  static const char *const given[] = {"\"x\"", "5", "-12.5", "NOK 1 000", "", "-", "a, b", "2019-09-06"};
  static const char *const tests[] = {"",          "-",     "Arena, NCE", "[1..3]",   ">= 5, missing",
                                      "not(a, b)", "\"x\"", "< 4",        "otherwise"};
  for (uint32_t i = 0; i < columns; i++) {
    maybe_blank();
    write_text(out, asked ? PICK(tests) : PICK(given));
    maybe_blank();
    if (i + 1 < columns || !asked) write_text(out, "|");
  }
}

static void tables(void) {
  bool decision = chance(2);
  uint32_t columns = 1 + chance(3);
  write_text(out, decision ? "table cap (a: level, b: number): money" : "data d: list of R");
  if (chance(2)) write_text(out, "   source \"s\"");
  line_end();
  if (decision && chance(2)) write_text(out, "first row that fits"), line_end();
  for (uint32_t i = 0, rows = 1 + chance(4); i < rows; i++) {
    write_text(out, "|");
    if (decision) cells(columns, true), write_text(out, " ||");
    cells(columns, false);
    line_end();
  }
  write_text(out, "end");
}

static void parameter(void) {
  write_text(out, "parameter p \"P\": number");
  if (chance(2)) write_text(out, ", by staff");
  line_end();
  for (uint32_t i = 0, count = 1 + chance(3); i < count; i++) {
    write_format(out, "from 20%02u-01-01: ", 10 + i);
    if (chance(4))
      arith(2);
    else
      write_text(out, "none");
    if (chance(2)) blank(), write_text(out, "source \"s\"");
    line_end();
  }
  write_text(out, "end");
}

static void judged(void) {
  write_text(out, "judgement said by most: ");
  type();
  write_text(out, chance(2) ? " by expert panel" : " by 'leder av panelet'");
  line_end();
  write_text(out, "asks \"Is it?\"");
}

static void test_of_rules(void) {
  write_text(
      out, "test \"t\"\n on 2019-09-07\ngiven \"a.json\"\nwith end date: missing\nwith parameter own part: 5%\nexpect ");
  comparison(2);
  write_text(out, "\nexpect missing: a, b.c\nend");
}

static void statement(void) {
  switch (chance(9)) {
  case 0:
    write_text(out, chance(2) ? "application called cluster identified by id" : "record Member");
    line_end();
    fields();
    write_text(out, "end");
    break;
  case 1: level(); break;
  case 2: tables(); break;
  case 3: parameter(); break;
  case 4: judged(); break;
  case 5: test_of_rules(); break;
  default: define(); break;
  }
  line_end();
}

static View make_programme(void) {
  out = writer_to_memory(arena);
  write_text(out, "programme Random\n currency  NOK,EUR\n decides highest level\nend\n");
  for (uint32_t i = 0, count = 1 + chance(6); i < count; i++) statement();
  return writer_memory(out);
}

/* ---- what must hold ---- */

static View shown; /* the programme, for the report of a failure */

static void refuse(const char *what, View first, View second) {
  fprintf(stderr, "%s\n---- the text\n%.*s\n---- first\n%.*s\n---- second\n%.*s\n", what, (int)shown.length, shown.at,
          (int)first.length, first.at, (int)second.length, second.at);
  fail();
}

static bool lay_out(View text, const Language *to, View *result) {
  SourceList sources = {0};
  DiagQueue diags;
  diag_init(&diags, arena, &sources);
  source_add(arena, &sources, VIEW("random.tsk"), text);
  if (format_source(arena, &diags, 0, to, result) == FORMAT_DONE) return true;
  for (uint32_t i = 0; i < diags.items.count; i++)
    if (diags.items.at[i].code == MSG_U0130) refuse("the meaning would change", *result, (View){0});
  return false;
}

static const Tree *parse(View text) {
  SourceList *sources = arena_new_of(arena, SourceList);
  DiagQueue diags;
  ViewList currencies = {0};
  diag_init(&diags, arena, sources);
  source_add(arena, sources, VIEW("random.tsk"), text);
  const Tree *tree = parse_source(arena, &diags, 0, &currencies, NULL);
  assert_int_equal(diags.errors, 0);
  return tree;
}

static void hold_still(View text) {
  View again;
  if (!lay_out(text, NULL, &again)) refuse("what was laid out cannot be read", text, (View){0});
  if (!view_equal(text, again)) refuse("laid out twice, it differs", text, again);
}

/* Whether the programme could be read at all. */
static bool try_programme(void) {
  static const Language en = LANGUAGE_EN, nb = LANGUAGE_NB;
  View text, translated, back;
  shown = make_programme();
  if (!lay_out(shown, NULL, &text)) return false;
  assert_true(tree_equal(parse(shown), parse(text), NULL, NULL));
  hold_still(text);
  if (!lay_out(shown, &nb, &translated)) refuse("cannot be translated", text, (View){0});
  hold_still(translated);
  if (!lay_out(translated, &en, &back)) refuse("cannot be translated back", text, translated);
  if (!view_equal(text, back)) refuse("there and back, it differs", text, back);
  return true;
}

static void test_random_programmes(void **state) {
  uint32_t read = 0;
  for (uint32_t i = 0; i < PROGRAMMES; i++) {
    arena = arena_new();
    seed = UINT64_C(0x9E3779B97F4A7C15) * (i + 1);
    read += try_programme();
    arena_free(arena);
  }
  assert_true(read > PROGRAMMES * 3 / 4); /* the others have a mistake by chance */
}

/* The comparison of trees must be able to say no. */
static void test_trees_differ(void **state) {
  static const char *const texts[] = {"define a: 1",
                                      "define a: 2",
                                      "define b: 1",
                                      "report a: 1",
                                      "define a: (1)",
                                      "define a: 1 + 2",
                                      "define a: 1 - 2",
                                      "define a: 50%",
                                      "define a: x is missing",
                                      "define a: f(x)",
                                      "define a: f(n: x)",
                                      "define a: x.y",
                                      "define a: [1..2]",
                                      "define a: [1..2)",
                                      "define a: \"x\"",
                                      "define a: 1\ndefine b: 1",
                                      "define a:\n1 when b\notherwise 2\nend",
                                      "define a:\n1 when b \"r\"\notherwise 2\nend",
                                      "type t: one of a, b",
                                      "type t: a < b",
                                      "level L\nrequires\nA: x\nend",
                                      "level L\nexpects\nA: x\nend",
                                      "level L\nrequires\nA: x unless y\nend",
                                      "level L\nrequires\nA: at least 1 of\nb: x\nend\nend",
                                      "level L\nrequires\nA: at least 2 of\nb: x\nend\nend"};
  enum { COUNT = sizeof texts / sizeof *texts };
  const Tree *trees[COUNT];
  arena = arena_new();
  for (uint32_t i = 0; i < COUNT; i++) trees[i] = parse(view_of(texts[i]));
  for (uint32_t i = 0; i < COUNT; i++)
    for (uint32_t k = 0; k < COUNT; k++)
      if (tree_equal(trees[i], trees[k], NULL, NULL) != (i == k)) fail_msg("%s / %s", texts[i], texts[k]);
  arena_free(arena);
}

int main(void) {
  memory_adopt_gmp();
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_programmes), cmocka_unit_test(test_trees_differ)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
