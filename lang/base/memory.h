/* Memory: every byte the program holds is asked for here.
 *
 * There is one budget (512 MiB unless set). An allocation that the budget or
 * the machine refuses does not return: it jumps to the innermost MemoryTrap,
 * or ends the process with status 4 and one line on stderr if there is none.
 * So no caller above tests for NULL. GMP's own memory comes from here too.
 * Touches nothing but malloc and stderr. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <setjmp.h>
#include <stddef.h>

enum { MEMORY_EXIT_STATUS = 4 };

typedef struct MemoryTrap {
  jmp_buf back;
  struct MemoryTrap *outer;
} MemoryTrap;

/* Usage: MemoryTrap t; memory_trap_push(&t); if (setjmp(t.back)) { …failed… } … memory_trap_pop(&t);
 * The trap is popped before the jump. Traps are per thread. */
void memory_trap_push(MemoryTrap *trap);
void memory_trap_pop(MemoryTrap *trap);

void *memory_get(size_t bytes);                               /* never NULL */
void *memory_grow(void *old, size_t old_bytes, size_t bytes); /* never NULL; old may be NULL */
void memory_put(void *at, size_t bytes);

void memory_set_budget(size_t bytes);
size_t memory_budget(void);
size_t memory_in_use(void);

/* count * size, or a failed allocation where that does not fit. */
size_t memory_product(size_t count, size_t size);

/* Points GMP's allocator here. Called once, before the first exact number. */
void memory_adopt_gmp(void);

/* Fails as a refused allocation does: for who caught one in a trap, tidied up and passes it on,
 * and for sizes beyond what may be asked for. */
_Noreturn void memory_refuse(void);

/* For tests: the n-th allocation from now fails (0 = never). */
void memory_fail_at(size_t n);

#endif
