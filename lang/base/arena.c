#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ALIGNMENT = 16 };

/* Blocks double from the first size to the last. The test build takes a block
 * for nearly every allocation, so that the sanitizers see each one's end. */
#ifdef TERSKEL_SMALL
enum { FIRST_BLOCK = 64, LAST_BLOCK = 64 };
#else
enum { FIRST_BLOCK = 4 << 10, LAST_BLOCK = 1 << 20 };
#endif

typedef struct Block {
  struct Block *next;
  size_t room;
  size_t used;
  _Alignas(ALIGNMENT) char bytes[];
} Block;

/* The blocks form one chain; those behind `current` are empty ones kept by a reset. */
struct Arena {
  Block *first;
  Block *current;
  size_t next_room;
};

static size_t rounded(size_t bytes) {
  if (bytes > SIZE_MAX / 2) memory_refuse();
  if (bytes == 0) bytes = 1;
  return (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

Arena *arena_new(void) {
  Arena *arena = memory_get(sizeof *arena);
  *arena = (Arena){.next_room = FIRST_BLOCK};
  return arena;
}

void arena_free(Arena *arena) {
  if (!arena) return;
  for (Block *block = arena->first, *next; block; block = next) {
    next = block->next;
    memory_put(block, sizeof *block + block->room);
  }
  memory_put(arena, sizeof *arena);
}

void arena_reset(Arena *arena) {
  for (Block *block = arena->first; block; block = block->next) block->used = 0;
  arena->current = arena->first;
}

/* Puts a new block behind the current one; what a reset kept stays behind it for later. */
static Block *add_block(Arena *arena, size_t bytes) {
  size_t room = bytes > arena->next_room ? bytes : arena->next_room;
  Block *block = memory_get(sizeof *block + room);
  Block **link = arena->current ? &arena->current->next : &arena->first;
  *block = (Block){.next = *link, .room = room};
  *link = block;
  if (arena->next_room < LAST_BLOCK) arena->next_room *= 2;
  return block;
}

static Block *block_with_room(Arena *arena, size_t bytes) {
  Block *block = arena->current;
  if (block && block->room - block->used >= bytes) return block;
  block = block ? block->next : NULL;
  if (!block || block->room < bytes) block = add_block(arena, bytes);
  arena->current = block;
  return block;
}

void *arena_alloc(Arena *arena, size_t bytes) {
  size_t size = rounded(bytes);
  Block *block = block_with_room(arena, size);
  void *at = block->bytes + block->used;
  block->used += size;
  return memset(at, 0, size);
}

void *arena_copy(Arena *arena, const void *from, size_t bytes) {
  void *at = arena_alloc(arena, bytes);
  if (bytes) memcpy(at, from, bytes);
  return at;
}

/* Only the newest allocation can grow where it stands, and only while its block has room. */
static bool grow_in_place(Arena *arena, const char *old, size_t old_bytes, size_t bytes) {
  Block *block = arena->current;
  size_t old_size = rounded(old_bytes), size = rounded(bytes);
  if (old_size > block->used || old != block->bytes + block->used - old_size) return false;
  size_t begin = block->used - old_size;
  if (block->room - begin < size) return false;
  memset(block->bytes + block->used, 0, size - old_size);
  block->used = begin + size;
  return true;
}

void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t bytes) {
  if (!old) return arena_alloc(arena, bytes);
  if (bytes <= old_bytes || grow_in_place(arena, old, old_bytes, bytes)) return old;
  void *at = arena_alloc(arena, bytes);
  return memcpy(at, old, old_bytes);
}
