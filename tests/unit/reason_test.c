#include "text/reason.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include "text/diag.h"

/* In English every reason is what the C library says; in bokmål those that people meet are something else. */
static void reasons_in_both_languages(void **state) {
  (void)state;
  static const int met[] = {ENOENT, EACCES, EPERM, EISDIR, ENOTDIR,      ENOSPC,
                            EROFS,  EIO,    EBADF, EFBIG,  ENAMETOOLONG, ELOOP};
  Arena *arena = arena_new();
  for (size_t i = 0; i < sizeof met / sizeof *met; i++) {
    View english = diag_argument(arena, reason_of(met[i]), LANGUAGE_EN);
    View bokmal = diag_argument(arena, reason_of(met[i]), LANGUAGE_NB);
    assert_true(view_equal(english, view_of(strerror(met[i]))));
    assert_true(bokmal.length > 0 && !view_equal(bokmal, english));
  }
  assert_true(view_is(diag_argument(arena, reason_of(ENOENT), LANGUAGE_NB), "filen eller mappen finnes ikke"));
  assert_true(view_equal(diag_argument(arena, reason_of(EXDEV), LANGUAGE_NB), view_of(strerror(EXDEV))));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reasons_in_both_languages)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
