# What every bats suite starts with:
#
#   load ../lib/terskel
#
# ROOT     the repository
# TERSKEL  the program under test (set it to test another build)
# T        an empty folder of this test's own, and the current one
# t ...    runs the program with nothing on standard input

ROOT=$(cd "$BATS_TEST_DIRNAME" && until [ -e Makefile ] || [ "$PWD" = / ]; do cd ..; done && pwd)
TERSKEL=${TERSKEL:-$ROOT/build/terskel}
case $TERSKEL in /*) ;; *) TERSKEL=$ROOT/$TERSKEL ;; esac
export ROOT TERSKEL

# The messages that the tests know are English, whatever the machine speaks.
export LANGUAGE=en

# A sanitizer's finding must not look like one of the program's own statuses.
export ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:detect_stack_use_after_return=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-exitcode=99}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-exitcode=99:print_stacktrace=1}

T=${BATS_TEST_TMPDIR:-}
if [ -n "$T" ]; then cd "$T"; fi

t() {
  "$TERSKEL" "$@" </dev/null
}
