/* Bounds: what every node of a program may still be, for any application and
 * at any date, from the text alone: the declared bounds of fields, the scales
 * of criteria, the constants.
 *
 * A bound holds every value that the node can have where its value is known;
 * it may be wider than need be, never narrower. What cannot be settled for an
 * application (something is missing) and what goes wrong there stand beside:
 * `may_miss`, `may_fail`. Data that break their own declaration do not count:
 * such an application is in error whatever the rules say. Amounts of money in
 * data count as given in hundredths at most. One pass over the nodes; results
 * live in the arena, nothing is freed. */
#ifndef CHECK_BOUNDS_H
#define CHECK_BOUNDS_H

#include "check/range.h"

/* Decimal places of a number: 0 … PLACES_COUNTED, or */
enum {
  PLACES_COUNTED = 64,
  PLACES_MANY = 100,   /* some finite number of them: what a person wrote */
  PLACES_ENDLESS = 101 /* there may be no finite decimal */
};

typedef struct Bound {
  Range range;          /* numbers, money, dates, durations; its may_fail is not used */
  uint64_t mask;        /* enumerations: their codes; all ones where the type has more than 64 values */
  bool may_yes, may_no; /* yes/no */
  bool may_know;        /* there may be a value at all; false: no number, no code, no text */
  bool may_miss;        /* it may be unsettled */
  bool may_fail;        /* it may be an error */
  uint16_t places;      /* of numbers and money */
} Bound;

/* One for each node. */
const Bound *bounds_compute(Arena *arena, const Program *program);

/* Is the node's value true (false) wherever it has one? Such nodes have a value. */
static inline bool bound_is_always(const Bound *b) { return !b->may_no && b->may_yes; }
static inline bool bound_is_never(const Bound *b) { return !b->may_yes && b->may_no; }

#endif
