/* The built-in functions as a table: what a reader is told of them, and what
 * the checker finds a call in. functions.def is its text. */
#ifndef CHECK_FUNCTIONS_H
#define CHECK_FUNCTIONS_H

#include "text/diag.h"

enum { FUNCTION_PARAMETERS_MOST = 4 };

typedef enum FunctionSubject {
  SUBJECT_NUMBERS,
  SUBJECT_LISTS,
  SUBJECT_TEXTS,
  SUBJECT_CONVERSIONS,
  SUBJECT_DATES,
  SUBJECT_RANGES,
  SUBJECT_COUNT
} FunctionSubject;

typedef enum ArgumentKind { ARGUMENT_NEEDED, ARGUMENT_OPTIONAL, ARGUMENT_REST, ARGUMENT_FIELD } ArgumentKind;

typedef struct FunctionParameter {
  ArgumentKind kind;
  const char *names[LANGUAGE_COUNT]; /* NULL: there is none here */
  const char *type;
} FunctionParameter;

/* One way of calling a function; those of one name stand together. */
typedef struct FunctionText {
  const char *names[LANGUAGE_COUNT];
  FunctionSubject subject;
  const char *result;
  const char *says[LANGUAGE_COUNT];
  const char *example, *value; /* as JSON */
  FunctionParameter parameters[FUNCTION_PARAMETERS_MOST];
} FunctionText;

extern const FunctionText function_table[];
extern const uint32_t function_count;

uint32_t function_parameter_count(const FunctionText *function);
/* The fewest and the most arguments it takes. */
uint32_t function_fewest(const FunctionText *function);
uint32_t function_most(const FunctionText *function);

/* "round up(n, [scale])" */
View function_signature(Arena *arena, const FunctionText *function, Language language);
/* The name of a type, or a few words about one, as functions.def has it, in the language. */
const char *function_type(const char *type, Language language);

#endif
