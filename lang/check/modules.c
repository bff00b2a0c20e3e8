/* Modules. */
#include "check/checker.h"

bool use_modules(Checker *c) {
  (void)c;
  return true;
}
