/* Coverage: which sides of the rules the tests have seen. A requirement has
 * three (met, not met, undetermined), so have levels, brands and conditions; a
 * threshold is to be met from just below, exactly and just above; a choice is
 * to be taken, a row of a decision table to be hit. What is to be seen comes
 * from one program; others that were checked from the same text, with other
 * parameters, count for the same places. */
#ifndef JUDGE_COVERAGE_H
#define JUDGE_COVERAGE_H

#include "check/test.h"
#include "judge/outcome.h"

typedef enum CoverKind {
  COVER_REQUIREMENT,
  COVER_LEVEL,
  COVER_BRAND,
  COVER_CONDITION,
  COVER_THRESHOLD,
  COVER_CHOICE,
  COVER_ROW,
  COVER_KIND_COUNT
} CoverKind;

enum { COVER_SIDES = 3 };

typedef struct CoverItem {
  CoverKind kind;
  Span span;
  View name;             /* a requirement's label, a level's name; empty for what is its own text */
  unsigned wanted, seen; /* bits of sides: yes, no, undetermined; below, at, above; taken or hit */
} CoverItem;
typedef LIST(CoverItem) CoverItemList;

typedef struct Coverage Coverage;

Coverage *coverage_new(Arena *arena, const Program *program);
void coverage_add(Coverage *coverage, const Judged *judged, Arena *scratch);
/* To be called before the arena of another program is freed. */
void coverage_forget(Coverage *coverage, const Program *program);
/* By kind, then by place. */
const CoverItemList *coverage_items(const Coverage *coverage);

#endif
