/* Functions of the text. */
#include "check/checker.h"

Value elaborate_function(Checker *c, const Env *env, Symbol *symbol, const Expr *call) {
  (void)env, (void)symbol, (void)call;
  return value_nothing(c);
}
void check_function(Checker *c, Symbol *symbol) { (void)c, (void)symbol; }
