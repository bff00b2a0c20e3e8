#include "shell/command.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_has_color(int fd) {
  const char *unwanted = getenv("NO_COLOR"), *kind = getenv("TERM");
  if (unwanted && *unwanted) return false;
  return isatty(fd) && kind && *kind && strcmp(kind, "dumb") != 0;
}

uint32_t terminal_width(int fd) {
  enum { USUAL = 80 };
  struct winsize size;
  if (!isatty(fd)) return 0;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : USUAL;
}
