/* Proof: why a condition can never be yes (or no), as a text for a message:
 * the bounds or the parts that leave no room, “staff >= 0” or “staff >= 10,
 * staff < 5”. It is written as a rules text would say it, in the words of the
 * programme's language. Texts live in the arena of the facts. */
#ifndef CHECK_PROOF_H
#define CHECK_PROOF_H

#include "check/facts.h"
#include "text/diag.h"

typedef struct Proof {
  Facts *facts;
  Language language; /* of the programme */
  uint32_t score;    /* the node that is called “score”, or NO_NODE */
} Proof;

/* What the text calls the node; cut where it is long. */
View proof_name(const Proof *p, uint32_t node);
/* “0 <= staff <= 250”; only the name where nothing bounds it. */
View proof_bound(const Proof *p, uint32_t node);
/* Why the node is never `truth`, on its own. */
View proof_never(const Proof *p, uint32_t node, bool truth);
/* Why the facts at hand contradict each other. */
View proof_conflict(const Proof *p);

#endif
