/* List: a growing array of one type in an arena.
 *
 *   typedef LIST(Token) TokenList;
 *   TokenList tokens = {0};
 *   list_push(arena, &tokens, token);
 *   for (uint32_t i = 0; i < tokens.count; i++) … tokens.at[i] …
 *
 * At most 2^31 - 1 elements; growth past that is a failed allocation.
 * With TERSKEL_SMALL defined every list starts at one element, so that the
 * test build runs through all growth paths. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stdint.h>
#include "base/arena.h"

#define LIST(T)     \
  struct {          \
    T *at;          \
    uint32_t count; \
    uint32_t room;  \
  }

void *list_make_room(Arena *arena, void *at, uint32_t count, uint32_t *room, size_t element_bytes);

#define list_push(arena, list, value)                                                                     \
  do {                                                                                                    \
    if ((list)->count == (list)->room)                                                                    \
      (list)->at = list_make_room((arena), (list)->at, (list)->count, &(list)->room, sizeof *(list)->at); \
    (list)->at[(list)->count++] = (value);                                                                \
  } while (0)

/* Room for so many elements, where it is known how many will come: a list that grows keeps what it has outgrown until
 * its arena is freed. Does nothing where the list has elements, or was given room before. */
void *list_reserve_room(Arena *arena, uint32_t wanted, uint32_t *room, size_t element_bytes);

#define list_reserve(arena, list, wanted)                                                                    \
  do {                                                                                                       \
    if (!(list)->room) (list)->at = list_reserve_room((arena), (wanted), &(list)->room, sizeof *(list)->at); \
  } while (0)

#endif
