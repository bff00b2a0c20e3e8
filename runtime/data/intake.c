#include "data/intake.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static void make_room(Intake *in) {
  if (in->room - in->end >= in->chunk) return;
  size_t kept = in->end - in->start;
  if (in->start > 0) memmove(in->bytes, in->bytes + in->start, kept);
  in->start = 0;
  in->end = kept;
  if (in->room - in->end >= in->chunk) return;
  size_t room = in->room ? in->room : in->chunk;
  while (room - kept < in->chunk) room = memory_product(room, 2);
  in->bytes = arena_grow(in->arena, in->bytes, in->room, room);
  in->room = room;
}

/* The first room is taken here, so that a reader that has begun has bytes to point to. */
void intake_begin(Intake *in, int fd) {
  in->fd = fd;
  in->start = in->end = 0;
  in->line = 1;
  in->ended = false;
  in->error = 0;
  make_room(in);
}

/* A pipe that somebody made non-blocking says EAGAIN; waiting is what a blocking one would have done. */
static ssize_t read_some(int fd, char *to, size_t count) {
  for (;;) {
    ssize_t got = read(fd, to, count);
    if (got >= 0) return got;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      struct pollfd wanted = {.fd = fd, .events = POLLIN};
      if (poll(&wanted, 1, -1) < 0 && errno != EINTR) return -1;
    } else if (errno != EINTR) {
      return -1;
    }
  }
}

bool intake_more(Intake *in) {
  if (in->ended) return false;
  make_room(in);
  ssize_t got = read_some(in->fd, in->bytes + in->end, in->chunk);
  if (got < 0) in->error = errno;
  if (got <= 0) {
    in->ended = true;
    return false;
  }
  in->end += (size_t)got;
  return true;
}

void intake_take(Intake *in, size_t count) {
  const char *at = intake_at(in), *end = at + count;
  in->start += count;
  while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
    at++;
    in->line++;
  }
}

bool intake_peek(Intake *in, char *c) {
  while (intake_length(in) == 0)
    if (!intake_more(in)) return false;
  *c = *intake_at(in);
  return true;
}

void intake_skip_mark(Intake *in) {
  while (intake_length(in) < 3 && intake_more(in)) continue;
  if (intake_length(in) >= 3 && memcmp(intake_at(in), "\xEF\xBB\xBF", 3) == 0) intake_take(in, 3);
}

void intake_skip_blanks(Intake *in) {
  for (char c; intake_peek(in, &c) && (c == ' ' || c == '\t' || c == '\r' || c == '\n');) intake_take(in, 1);
}
