/* Sample: a programme put together by hand, for tests of what stands below the
 * checker: every type of field, a record, a list of records with a list inside,
 * a list of texts, a criterion, a judgement. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "data/batch.h"

/* Inputs, in the order of the columns. */
enum {
  IN_ID,
  IN_NAME,
  IN_RECEIVED,
  IN_FOUNDED,
  IN_STAFF,
  IN_SHARE,
  IN_BUDGET,
  IN_APPROVED,
  IN_SECTOR,
  IN_RUNNING,
  IN_WAITING,
  IN_LEVEL,
  IN_MEMBERS_GIVEN,
  IN_MEMBER_NAME,
  IN_MEMBER_SECTOR,
  IN_ROLES_GIVEN,
  IN_ROLE,
  IN_TAGS_GIVEN,
  IN_TAG,
  IN_ADDRESS_GIVEN,
  IN_CITY,
  IN_POSTCODE,
  IN_POTENTIAL,
  IN_TRIGGERED,
  SAMPLE_INPUTS
};

/* Data spaces. */
enum { AT_MEMBERS = 1, AT_ROLES, AT_TAGS, SAMPLE_SPACES };

Program *sample_program(Arena *arena);

/* The cell as text: ? where it is not known, and the code of its message where it is an error. */
View cell_shown(Arena *arena, const Batch *batch, uint32_t input, uint32_t row);
/* All of a batch as text, to compare two. */
View batch_shown(Arena *arena, const Batch *batch);
/* "D0101 line 3 members[2].sector: sentence" */
View fault_shown(Arena *arena, const Fault *fault);

/* A file in memory that holds these bytes, at its begin; the caller closes it. */
int sample_fd(View bytes);

#endif
