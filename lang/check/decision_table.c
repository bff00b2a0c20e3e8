/* Decision tables. */
#include "check/checker.h"

Value elaborate_lookup(Checker *c, const Env *env, Symbol *symbol, const Expr *call) {
  (void)env, (void)symbol, (void)call;
  return value_nothing(c);
}
void check_decision_table(Checker *c, Symbol *symbol) { (void)c, (void)symbol; }
