/* Overlay: the one application that a test judges, as a batch of one row. What
 * the test gives inline is read as JSON like all data; where it begins from a
 * data file, the fields that it names are laid over those of the file. */
#ifndef DATA_OVERLAY_H
#define DATA_OVERLAY_H

#include "check/test.h"
#include "data/batch.h"

typedef enum GivenState {
  GIVEN_FINE,
  GIVEN_NONE,      /* no application, or none of that id */
  GIVEN_SEVERAL,   /* more than one, or more than one of that id */
  GIVEN_UNREADABLE /* the fault says why */
} GivenState;

/* `arena` holds nothing but the batch: it is emptied on the way. What else is needed lives in `scratch` as long as the
 * batch does: the names of files. NULL where the state is not GIVEN_FINE. */
Batch *overlay_read(Arena *arena, Arena *scratch, const Program *program, const TestCase *test, GivenState *state,
                    Fault *fault);

#endif
