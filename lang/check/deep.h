/* Deep: what the text proves by itself, without any application. It runs over
 * the finished program, where there are no errors, and tells warnings only.
 *   deep.c     conditions, caps and choices that make no difference; reports without an end
 *   heights.c  higher levels that ask for less than lower ones, requirements of a level that contradict each other
 *   holes.c    dated values that are missing where a rule needs them
 *   uses.c     names that nothing uses
 *   accept.c   warnings that the text accepts
 * Internal to this folder. */
#ifndef CHECK_DEEP_H
#define CHECK_DEEP_H

#include "check/checker.h"
#include "check/proof.h"

typedef struct Deep {
  Checker *c;
  Program *program;
  const Bound *bounds;
  Facts *facts;
  Proof proof;
  const Decl **level_decls; /* by level */
} Deep;

/* Days on which a level is there, both included. */
typedef struct Days {
  int64_t first, last;
} Days;
typedef LIST(Days) DaysList;

/* The rungs of the ladder that a level stands on, cut to its valid from and until. Of what stands on no ladder: its
 * valid from and until. */
void days_of_level(Deep *d, const Level *level, DaysList *out);

/* A module that is used serves other programmes too, and the library's is not the reader's to change: what this programme
 * never asks of it is no mistake there. */
bool is_of_module(const Checker *c, Span span);

void check_heights(Deep *d);
void check_holes(Deep *d);
void check_uses(Checker *c);

#endif
