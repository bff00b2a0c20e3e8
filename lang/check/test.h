/* Tests: what the text says of itself. Each `test`, and each row of its cases,
 * is a TestCase of the checked program: the data that it judges, and what it
 * expects of the answer. The nodes that only tests need stand behind those of
 * the rules (Program.rule_node_count). Coverables are what the author wrote
 * and tests may reach: collected only where that is asked for. All of it
 * lives in the program's arena. */
#ifndef CHECK_TEST_H
#define CHECK_TEST_H

#include "check/program.h"

/* What can be expected of a requirement, a level, a value or the outcome, as a set of bits. */
typedef enum TestState {
  STATE_MET = 1 << 0,
  STATE_NOT_MET = 1 << 1,
  STATE_WAIVED = 1 << 2,
  STATE_NOT_APPLICABLE = 1 << 3,
  STATE_UNDETERMINED = 1 << 4,
  STATE_ERROR = 1 << 5,
  STATE_QUALIFIED = 1 << 6,
  STATE_REJECTED = 1 << 7,
  STATE_DISMISSED = 1 << 8,
  STATE_DECIDED = 1 << 9,
  STATE_KNOWN = 1 << 10, /* of a value */
  STATES_OF_RULES = STATE_MET | STATE_NOT_MET | STATE_WAIVED | STATE_NOT_APPLICABLE | STATE_UNDETERMINED | STATE_ERROR,
  STATES_OF_OUTCOMES =
      STATE_QUALIFIED | STATE_REJECTED | STATE_DISMISSED | STATE_DECIDED | STATE_UNDETERMINED | STATE_ERROR,
} TestState;

typedef enum ExpectKind {
  EXPECT_YES,              /* node must be yes */
  EXPECT_VALUE,            /* the state of node: undetermined, an error, or known */
  EXPECT_RULE,             /* the state of rules[index] */
  EXPECT_LEVEL,            /* the state of levels[index] as a requirement */
  EXPECT_LEVEL_OUTCOME,    /* the outcome of levels[index] */
  EXPECT_OUTCOME,          /* the outcome */
  EXPECT_REACHED,          /* the level reached is one of names; an empty name is none */
  EXPECT_POSSIBLE,         /* node may still have exactly these values */
  EXPECT_POSSIBLE_OUTCOME, /* these outcomes are possible, and no others */
  EXPECT_MISSING,          /* exactly these inputs are missing */
} ExpectKind;

typedef struct Expectation {
  ExpectKind kind;
  Span span;
  View text;       /* what is expected, as it is written; of a case the head and the cell */
  bool negated;    /* REACHED: none of names */
  uint32_t states; /* that are fine */
  uint32_t node, index;
  View *names;
  uint32_t name_count;
  uint32_t sides[2]; /* YES: nodes of what is compared, where it is no constant; NO_NODE */
  View side_texts[2];
  uint32_t first_mention, mention_count;
} Expectation;

/* A field that the test gives: the way to it through records. */
typedef struct Override {
  const FieldShape **path;
  uint32_t depth;
} Override;

typedef struct TestCase {
  View title;
  Span span;       /* of the title; of a case its row */
  uint32_t number; /* of a case in its table, from 1; 0: there is no table */
  bool has_date;
  int64_t date;
  const char *given; /* path of the data file, NULL: none */
  Span given_span;
  View given_id; /* empty: its only application */
  View data;     /* what the test gives inline, as a JSON object */
  Override *overrides;
  uint32_t override_count;
  View parameters; /* what it gives to parameters, as text; empty: nothing. Equal texts are equal programs. */
  Expectation *expectations;
  uint32_t expectation_count;
} TestCase;

typedef enum CoverableKind { COVERABLE_CONDITION, COVERABLE_CHOICE } CoverableKind;

/* A yes/no that the author wrote, in whatever space it stands, or a choice: was it taken? One place may have several
 * nodes. */
typedef struct Coverable {
  CoverableKind kind;
  Span span;
  uint32_t node;
} Coverable;

#endif
