/* Facts: what must hold of single nodes where several conditions hold (or do
 * not hold) together. `x >= 5 and x < 5` is a contradiction that no condition
 * shows by itself: the interval of x becomes empty. Intervals and sets are kept
 * for each node apart; what follows from two nodes together is not seen.
 *
 * A Facts belongs to one program and can be used again and again: to begin anew
 * costs nothing, and to add a condition costs as much as it has parts. */
#ifndef CHECK_FACTS_H
#define CHECK_FACTS_H

#include "check/bounds.h"

/* A condition and what it is said to be. */
typedef struct Said {
  uint32_t node; /* NO_NODE: the bound of the node alone */
  bool truth;
} Said;

typedef struct FactSlot {
  uint32_t stamp;
  Range range;
  uint64_t mask;
  bool may_yes, may_no;
  Said low, high, other; /* what drew the interval's ends, and the set */
} FactSlot;

typedef struct FactChange {
  uint32_t node;
  FactSlot before;
} FactChange;

typedef struct Facts {
  Arena *arena;
  const Program *program;
  const Bound *bounds;
  FactSlot *slots; /* one for each node */
  uint32_t stamp;
  LIST(FactChange) changes;
  LIST(Said) open;
  bool impossible; /* the facts contradict each other: */
  uint32_t about;  /* at this node */
  Said first, second;
} Facts;

Facts *facts_new(Arena *arena, const Program *program, const Bound *bounds);
void facts_begin(Facts *f);
/* At most `parts` parts of the condition are looked at. */
void facts_add(Facts *f, uint32_t condition, bool truth, uint32_t parts);
/* Takes back what was added since. */
uint32_t facts_mark(const Facts *f);
void facts_back(Facts *f, uint32_t mark);

#define FACTS_ALL_PARTS UINT32_MAX

/* The node behind the rows of inner spaces that it was spread to. */
uint32_t facts_origin(const Program *program, uint32_t node);
/* The interval (numbers) or the set (enumerations) left for a node; of a new one its bound. */
const FactSlot *facts_of(Facts *f, uint32_t node);

#endif
