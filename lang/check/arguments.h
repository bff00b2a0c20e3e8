/* Arguments: the values of a call, brought to the places that its function
 * declares. Those without a name come first, in the function's order; named
 * ones follow in any order, each once. A caller reads out[i] for names[i];
 * what is not given is NULL there. The expressions stay the tree's. */
#ifndef CHECK_ARGUMENTS_H
#define CHECK_ARGUMENTS_H

#include "check/checker.h"

/* Fills out[0 … count); false where a mistake was told: too many, a name that is none, a place filled twice, an argument
 * without a name behind a named one. Places that stay empty are the caller's business. */
bool arguments_match(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out);

/* The same where every place must be filled; tells the first that is not. */
bool arguments_match_all(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out);

#endif
