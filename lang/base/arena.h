/* Arena: memory by lifetime. What a stage makes lives in the arena it was
 * given and goes with it; nothing is freed singly. Zeroed, aligned to 16.
 * Three lifetimes use it: program, session, batch. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena); /* NULL is fine */

/* Forgets all that was allocated but keeps the blocks for the next batch. */
void arena_reset(Arena *arena);

void *arena_alloc(Arena *arena, size_t bytes); /* zeroed; never NULL */
void *arena_copy(Arena *arena, const void *from, size_t bytes);

/* Grows an array in place where it is the arena's newest block, else copies; the new part is zeroed. */
void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t bytes);

#define arena_new_of(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define arena_array(arena, T, count) ((T *)arena_alloc((arena), memory_product((count), sizeof(T))))

#include "base/memory.h"

#endif
