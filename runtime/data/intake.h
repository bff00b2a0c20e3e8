/* Intake: the bytes of a data file, a chunk at a time. What a record needs
 * stands together in memory, and nothing else does. Where the intake is at is
 * counted in lines. read(2) goes on after EINTR. The buffer is the arena's and
 * serves one file after the other. */
#ifndef DATA_INTAKE_H
#define DATA_INTAKE_H

#include "base/arena.h"
#include "base/view.h"

typedef struct Intake {
  Arena *arena;
  int fd; /* -1: no file */
  char *bytes;
  size_t room;
  size_t start;  /* the first byte that is still needed */
  size_t end;    /* behind the last one that was read */
  size_t chunk;  /* bytes asked for at a time */
  uint32_t line; /* of the first needed byte, from 1 */
  bool ended;
  int error; /* errno of a failed read */
} Intake;

/* One record of a file: bytes that are good until the next one is taken. */
typedef struct Record {
  View bytes;
  uint32_t line;
  bool too_large;    /* it was passed over, `bytes` is empty */
  uint32_t unclosed; /* the line of a quotation mark that has no end in the file; 0: none */
} Record;

void intake_begin(Intake *in, int fd);
/* Reads more behind what is there. False at the end of the file, or where it cannot be read (error). */
bool intake_more(Intake *in);
/* The needed bytes. */
static inline const char *intake_at(const Intake *in) { return in->bytes + in->start; }
static inline size_t intake_length(const Intake *in) { return in->end - in->start; }
/* The first `count` needed bytes are done with. */
void intake_take(Intake *in, size_t count);
/* The first needed byte, if there is one. */
bool intake_peek(Intake *in, char *c);
/* Passes over a byte order mark. */
void intake_skip_mark(Intake *in);
/* Passes over blanks and line ends. */
void intake_skip_blanks(Intake *in);

#endif
