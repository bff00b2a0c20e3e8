/* Signature: what a function or a decision table of the text declares, and
 * the values that a call brings to it. A body is elaborated anew for each
 * call, over the values of its arguments; equal calls are elaborated once, so
 * that functions which call functions stay as long as their text. All lives
 * in the checker's arena. */
#ifndef CHECK_SIGNATURE_H
#define CHECK_SIGNATURE_H

#include "check/checker.h"

typedef struct Signature {
  Symbol *symbol;
  View *names;
  const Type **types;
  uint32_t count;
  View *output_names; /* a table's; one without a name otherwise */
  const Type **outputs;
  uint32_t output_count;
  bool sound;              /* all types are known, and no name stands twice */
  struct TableText *table; /* decision_table.c */
} Signature;

Signature *signature_of(Checker *c, Symbol *symbol);

/* The arguments in the order of the declaration, each of its type; false where a mistake was told. What they mention is
 * added to `inside`. */
bool signature_arguments(Checker *c, const Env *env, const Signature *signature, const Expr *call, Value *values,
                         MentionList *inside);
/* Arguments that nobody gives. */
void signature_placeholders(Checker *c, const Signature *signature, Value *values);

/* What a body sees: its arguments by name, in `scopes` (one for each), and no application. */
Env signature_env(const Signature *signature, const Env *env, const Value *values, Scope *scopes);

/* All that tells two values apart. Of records put together in the text there is one of each kind (records.c). */
typedef LIST(uint64_t) KeyParts;
void key_of_value(Checker *c, const Value *value, KeyParts *key);

/* The value of an equal call before, or NULL; what it depends on is noted as if it were elaborated here. `key` is for
 * call_keep, which follows call_end. */
const Value *call_find(Checker *c, const Signature *signature, const Env *env, const Value *values, View *key);
void call_keep(Checker *c, const Signature *signature, View key, Value value);

/* Begins a body: false in a circle, in a chain that is too long, or where all calls together are too much; told. */
bool call_begin(Checker *c, Symbol *symbol, Span use);
void call_end(Checker *c, Symbol *symbol);

/* The value as one of `type`; E0403 where it is not, E0908 where it may be a fraction of what `name` has whole. */
Value value_passed(Checker *c, Value v, const Type *type, View name, Span span);

#endif
