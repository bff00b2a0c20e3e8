/* Fault: why one value, or one application, is an error. Made while data is
 * read (D messages, with a place in a file) or while rules are evaluated
 * (R messages, with a place in the rules). Told through the message registry. */
#ifndef DATA_FAULT_H
#define DATA_FAULT_H

#include "text/diag.h"

typedef struct Fault {
  MessageCode code;
  View arguments[DIAG_MAX_ARGUMENTS];
  bool second_is_ours; /* {1} may hold BOTH (text/diag.h); in an applicant's text its signs would hide something */
  /* data */
  View file;     /* empty: not from a data file */
  uint32_t line; /* from 1; for CSV the line the record begins on, for JSON that of the value; 0: of the whole file */
  View field;    /* "members[3].sector" */
  /* rules */
  Span span; /* where in the rules; source == UINT32_MAX: none */
} Fault;

/* A fault of data, with no arguments yet. The views stay the caller's. */
Fault fault_in_data(MessageCode code, View file, uint32_t line, View field);
/* The same with every text copied, and cut where it is very long: it may be an applicant's. */
const Fault *fault_copy(Arena *arena, const Fault *fault);

/* What happened, and the way out (empty where there is nothing to add). Places are for the caller to show. */
View fault_sentence(Arena *arena, const Fault *fault, Language language);
View fault_help(Arena *arena, const Fault *fault, Language language);

#endif
