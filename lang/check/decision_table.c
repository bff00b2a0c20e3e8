/* Decision tables. */
#include "check/checker.h"

Value elaborate_lookup(Checker *c, const Env *env, Symbol *symbol, const Expr *call) {
  (void)env, (void)symbol, (void)call;
  return value_nothing(c);
}
void check_decision_table(Checker *c, Symbol *symbol) { (void)c, (void)symbol; }
Value lookup_value(Checker *c, const Env *env, struct Signature *signature, const Value *values, Span use) {
  (void)env, (void)signature, (void)values, (void)use;
  return value_nothing(c);
}
