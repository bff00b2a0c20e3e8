#include "base/memory.h"

#include <gmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

static const size_t BUDGET_DEFAULT = (size_t)512 << 20;

/* Workers on several threads share one budget, hence the atomics; arenas ask
 * in blocks, so they are seldom touched. A budget of 0 stands for the default. */
static _Atomic size_t budget_set;
static _Atomic size_t in_use;
static _Atomic size_t fail_countdown;

static _Thread_local MemoryTrap *innermost_trap;

void memory_trap_push(MemoryTrap *trap) {
  trap->outer = innermost_trap;
  innermost_trap = trap;
}

void memory_trap_pop(MemoryTrap *trap) { innermost_trap = trap->outer; }

static _Noreturn void die(void) {
  static const char line[] = "terskel: out of memory\n";
  ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
  (void)ignored;
  _exit(MEMORY_EXIT_STATUS);
}

void memory_refuse(void) {
  MemoryTrap *trap = innermost_trap;
  if (!trap) die();
  innermost_trap = trap->outer;
  longjmp(trap->back, 1);
}

void memory_set_budget(size_t bytes) { atomic_store(&budget_set, bytes); }

size_t memory_budget(void) {
  size_t set = atomic_load(&budget_set);
  return set ? set : BUDGET_DEFAULT;
}

size_t memory_in_use(void) { return atomic_load(&in_use); }

void memory_fail_at(size_t n) { atomic_store(&fail_countdown, n); }

/* True when the test that set memory_fail_at wants this very allocation refused. */
static bool refusal_is_due(void) {
  size_t left = atomic_load(&fail_countdown);
  while (left != 0 && !atomic_compare_exchange_weak(&fail_countdown, &left, left - 1)) {}
  return left == 1;
}

/* Books the bytes before they are asked for, so that two threads cannot both take the last of the budget. */
static void reserve(size_t bytes) {
  size_t budget = memory_budget();
  if (refusal_is_due() || bytes > budget) memory_refuse();
  if (atomic_fetch_add(&in_use, bytes) > budget - bytes) {
    atomic_fetch_sub(&in_use, bytes);
    memory_refuse();
  }
}

void *memory_get(size_t bytes) {
  reserve(bytes);
  void *at = malloc(bytes ? bytes : 1);
  if (!at) {
    atomic_fetch_sub(&in_use, bytes);
    memory_refuse();
  }
  return at;
}

void *memory_grow(void *old, size_t old_bytes, size_t bytes) {
  if (!old) return memory_get(bytes);
  size_t more = bytes > old_bytes ? bytes - old_bytes : 0;
  reserve(more);
  void *at = realloc(old, bytes ? bytes : 1);
  if (!at) {
    atomic_fetch_sub(&in_use, more);
    memory_refuse();
  }
  if (bytes < old_bytes) atomic_fetch_sub(&in_use, old_bytes - bytes);
  return at;
}

void memory_put(void *at, size_t bytes) {
  if (!at) return;
  free(at);
  atomic_fetch_sub(&in_use, bytes);
}

size_t memory_product(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) memory_refuse();
  return bytes;
}

void memory_adopt_gmp(void) { mp_set_memory_functions(memory_get, memory_grow, memory_put); }
