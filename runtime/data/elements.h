/* Elements: the applications of a JSON or JSON Lines file, one after the other
 * as bytes. Only brackets and quotation marks are looked at here, so that a
 * broken application has an end, too, and the next one can be read. */
#ifndef DATA_ELEMENTS_H
#define DATA_ELEMENTS_H

#include "data/fault.h"
#include "data/intake.h"

typedef enum Taken { TAKEN, TAKEN_ALL, TAKEN_FAULT } Taken;

typedef enum ElementsState { ELEMENTS_BEGIN, ELEMENTS_FIRST, ELEMENTS_FURTHER, ELEMENTS_BEHIND } ElementsState;

/* The next line of JSON Lines that is not blank. Never a fault. */
Taken line_take(Intake *in, Record *record);

/* The next element of a JSON file, [ … ] or a single { … }. A fault has its code and first argument set. The caller
 * looks at in->error: where reading failed what comes of it means nothing. */
Taken element_take(Intake *in, ElementsState *state, Record *record, Fault *fault);

#endif
