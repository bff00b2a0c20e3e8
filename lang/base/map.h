/* Map: from text to a number, kept in the order of insertion. The hash is
 * seeded per process, so that nobody can choose colliding names; the seed
 * never shows in any output. The keys' bytes stay the caller's. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include "base/list.h"
#include "base/view.h"

typedef struct MapEntry {
  View key;
  uint32_t value;
  uint32_t hash;
} MapEntry;

typedef struct Map {
  Arena *arena;
  LIST(MapEntry) entries; /* in insertion order */
  uint32_t *slots;        /* entry index + 1 */
  uint32_t slot_count;    /* a power of two */
} Map;

void map_init(Map *map, Arena *arena);
bool map_get(const Map *map, View key, uint32_t *value);
/* Adds; false (and nothing changed) where the key is there already. */
bool map_add(Map *map, View key, uint32_t value);
void map_set(Map *map, View key, uint32_t value);
uint32_t view_hash(View key);

#endif
