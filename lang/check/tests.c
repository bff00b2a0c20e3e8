/* Tests. */
#include "check/checker.h"

void check_tests(Checker *c) { (void)c; }
