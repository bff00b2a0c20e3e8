#include "text/reason.h"

#include <errno.h>
#include <string.h>

#include "text/diag.h"

View reason_of(int error) {
  switch (error) {
  case ENOENT: return VIEW(BOTH("No such file or directory", "filen eller mappen finnes ikke"));
  case EACCES: return VIEW(BOTH("Permission denied", "ingen tilgang"));
  case EPERM: return VIEW(BOTH("Operation not permitted", "det er ikke tillatt"));
  case EISDIR: return VIEW(BOTH("Is a directory", "det er en mappe"));
  case ENOTDIR: return VIEW(BOTH("Not a directory", "det er ikke en mappe"));
  case ENOSPC: return VIEW(BOTH("No space left on device", "disken er full"));
  case EROFS: return VIEW(BOTH("Read-only file system", "disken kan bare leses"));
  case EIO: return VIEW(BOTH("Input/output error", "disken eller nettet svikter"));
  case EBADF: return VIEW(BOTH("Bad file descriptor", "den er lukket"));
  case EFBIG: return VIEW(BOTH("File too large", "filen blir for stor"));
  case ENAMETOOLONG: return VIEW(BOTH("File name too long", "navnet er for langt"));
  case ELOOP: return VIEW(BOTH("Too many levels of symbolic links", "lenkene går i ring"));
  }
  return view_of(strerror(error));
}
