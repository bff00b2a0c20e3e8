#include "base/list.h"

#ifdef TERSKEL_SMALL
enum { FIRST_ROOM = 1 };
#else
enum { FIRST_ROOM = 8 };
#endif

void *list_make_room(Arena *arena, void *at, uint32_t count, uint32_t *room, size_t element_bytes) {
  if (count >= INT32_MAX) memory_refuse();
  uint32_t more = count < FIRST_ROOM ? FIRST_ROOM : count > INT32_MAX / 2 ? INT32_MAX : 2 * count;
  size_t bytes = memory_product(more, element_bytes);
  void *grown = arena_grow(arena, at, element_bytes * count, bytes);
  *room = more;
  return grown;
}

void *list_reserve_room(Arena *arena, uint32_t wanted, uint32_t *room, size_t element_bytes) {
  uint32_t more = wanted < FIRST_ROOM ? FIRST_ROOM : wanted;
  *room = more;
  return arena_alloc(arena, memory_product(more, element_bytes));
}
