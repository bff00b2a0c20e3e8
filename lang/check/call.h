/* A call of a built-in function, and what its makers share. A maker looks at
 * the arguments, reports what does not fit, and makes the nodes; an argument
 * that may be left out and was is VALUE_NOTHING, and its expression NULL.
 * Makers stand in functions_SUBJECT.c and are named in functions.def. */
#ifndef CHECK_CALL_H
#define CHECK_CALL_H

#include "check/checker.h"
#include "check/functions.h"

typedef struct Call {
  Checker *c;
  const Env *env;
  const Expr *expr;
  const FunctionText *function;
  const Expr **given;
  Value *arguments;
  uint32_t count; /* of both */
} Call;

typedef Value Maker(Call *call);

#define FUNCTION(en, nb, subject, make, ...) Maker make;
#include "check/functions.def"
#undef FUNCTION

static inline bool call_has(const Call *call, uint32_t i) { return i < call->count && call->given[i] != NULL; }
static inline Span call_span(const Call *call) { return call->expr->span; }

/* E0403 at the argument; gives nothing. */
Value call_mismatch(Call *call, uint32_t i, View expected);
/* Is the argument a single value of this type? Else it is reported. */
bool call_is(Call *call, uint32_t i, const Type *type);
/* The same for a whole number. */
bool call_is_whole(Call *call, uint32_t i);
/* The node of a date, or of the date of a moment; NO_NODE, and reported, where it is neither. */
uint32_t call_date(Call *call, uint32_t i);
bool call_is_list(Call *call, uint32_t i);
/* Numbers, money and durations may be added up. */
bool is_addable(const Type *type);

#endif
