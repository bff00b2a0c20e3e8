/* Verdicts: does what a test expects hold, and what is so instead. Reads what
 * was evaluated and judged; nothing is judged anew. */
#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "check/test.h"
#include "judge/outcome.h"

typedef struct Verdict {
  bool holds;
  View actual;        /* what is so: "it is met", "support = NOK 80" */
  ReasonList reasons; /* where it does not hold: what that rests on */
} Verdict;

/* Of the batch's only application. */
void verdict_of(const Judged *judged, const Expectation *expected, Arena *arena, Language language, Verdict *out);

#endif
