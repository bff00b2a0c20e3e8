/* Reasons: why the computer would not open, read or write, as the end of a sentence: errno in the words of the C
 * library, and in bokmål where it is one that people meet. An argument of a message (BOTH in text/diag.h); the view
 * lives as long as the program, or until the next reason. */
#ifndef TEXT_REASON_H
#define TEXT_REASON_H

#include "base/view.h"

View reason_of(int error);

#endif
