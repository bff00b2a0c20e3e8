/* Arguments: which of them is meant by what was written in a call's
 * parentheses. Those without a name come first and stand in the order of the
 * parameters, those with a name in any order, each once. */
#ifndef CHECK_ARGUMENTS_H
#define CHECK_ARGUMENTS_H

#include "check/checker.h"

/* Fills out[0 … count), NULL where nothing was given: whether it may be left out is the caller's to say. Reports what
 * does not fit, and then is false. */
bool arguments_match(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out);

#endif
