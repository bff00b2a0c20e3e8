/* Refusal: does a piece of work again and again, the n-th allocation of it
 * refused, for n = 1, 2, 3 … until it gets through. What was allocated in the
 * arena goes each time; the sanitizers say if anything else stays behind. */
#ifndef TESTS_REFUSAL_H
#define TESTS_REFUSAL_H

#include <stdbool.h>
#include "base/arena.h"

typedef void Work(Arena *arena);

/* One try; true if the work got through. */
static inline bool work_survives(Work *work, Arena *arena, size_t n) {
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    memory_fail_at(0);
    return false;
  }
  memory_fail_at(n);
  work(arena);
  memory_fail_at(0);
  memory_trap_pop(&trap);
  return true;
}

/* How many allocations the work had refused before it got through. */
static inline size_t refuse_each_allocation(Work *work) {
  for (size_t n = 1;; n++) {
    Arena *arena = arena_new();
    bool done = work_survives(work, arena, n);
    arena_free(arena);
    if (done) return n - 1;
  }
}

#endif
