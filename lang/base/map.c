#include "base/map.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>

#ifdef TERSKEL_SMALL
enum { FIRST_SLOTS = 2 };
#else
enum { FIRST_SLOTS = 16 };
#endif

/* Drawn when the first text is hashed; 0 means not drawn yet. If two threads
 * draw at once the first one counts. */
static uint64_t seed(void) {
  static _Atomic uint64_t drawn;
  uint64_t value = atomic_load(&drawn), none = 0;
  if (value) return value;
  /* Without the system's random bytes the place of the stack has to do: it differs from run to run. */
  if (getrandom(&value, sizeof value, GRND_NONBLOCK) != sizeof value) value = (uint64_t)(uintptr_t)&value;
  value |= 1;
  return atomic_compare_exchange_strong(&drawn, &none, value) ? value : none;
}

static uint64_t rotated(uint64_t x, unsigned by) { return x << by | x >> (64 - by); }

static void sip_round(uint64_t v[4]) {
  v[0] += v[1], v[1] = rotated(v[1], 13) ^ v[0], v[0] = rotated(v[0], 32);
  v[2] += v[3], v[3] = rotated(v[3], 16) ^ v[2];
  v[0] += v[3], v[3] = rotated(v[3], 21) ^ v[0];
  v[2] += v[1], v[1] = rotated(v[1], 17) ^ v[2], v[2] = rotated(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word) {
  v[3] ^= word;
  sip_round(v);
  v[0] ^= word;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012), the keyed hash for names a stranger may choose. Both halves of its key
 * come from one seed; who does not know that cannot aim at a slot. Words are read in the machine's byte order. */
uint32_t view_hash(View key) {
  uint64_t k0 = seed(), k1 = rotated(k0, 29) * 0x9E3779B97F4A7C15U;
  uint64_t v[4] = {k0 ^ 0x736F6D6570736575U, k1 ^ 0x646F72616E646F6DU, k0 ^ 0x6C7967656E657261U,
                   k1 ^ 0x7465646279746573U};
  uint32_t done = 0;
  for (; key.length - done >= 8; done += 8) {
    uint64_t word;
    memcpy(&word, key.at + done, 8);
    sip_word(v, word);
  }
  uint64_t tail = 0;
  if (key.length > done) memcpy(&tail, key.at + done, key.length - done);
  sip_word(v, tail ^ (uint64_t)key.length << 56);
  v[2] ^= 0xFF;
  for (int i = 0; i < 3; i++) sip_round(v);
  uint64_t hash = v[0] ^ v[1] ^ v[2] ^ v[3];
  return (uint32_t)(hash ^ hash >> 32);
}

void map_init(Map *map, Arena *arena) { *map = (Map){.arena = arena}; }

/* The slot that holds the key, or the empty one where it belongs. There is always an empty one. */
static uint32_t slot_of(const Map *map, View key, uint32_t hash) {
  uint32_t mask = map->slot_count - 1, slot = hash & mask;
  for (; map->slots[slot]; slot = (slot + 1) & mask) {
    const MapEntry *entry = &map->entries.at[map->slots[slot] - 1];
    if (entry->hash == hash && view_equal(entry->key, key)) break;
  }
  return slot;
}

/* At most half of the slots are taken, so that runs of taken ones stay short. */
static void make_room(Map *map) {
  if (map->entries.count < map->slot_count / 2) return;
  if (map->slot_count > UINT32_MAX / 2) memory_refuse();
  uint32_t count = map->slot_count ? 2 * map->slot_count : FIRST_SLOTS;
  uint32_t *slots = arena_array(map->arena, uint32_t, count);
  for (uint32_t i = 0; i < map->entries.count; i++) {
    uint32_t slot = map->entries.at[i].hash & (count - 1);
    while (slots[slot]) slot = (slot + 1) & (count - 1);
    slots[slot] = i + 1;
  }
  map->slots = slots;
  map->slot_count = count;
}

bool map_get(const Map *map, View key, uint32_t *value) {
  if (map->slot_count == 0) return false;
  uint32_t index = map->slots[slot_of(map, key, view_hash(key))];
  if (index == 0) return false;
  if (value) *value = map->entries.at[index - 1].value;
  return true;
}

/* The entry of the key, made with the value where there is none; *added says which. */
static MapEntry *entry_of(Map *map, View key, uint32_t value, bool *added) {
  make_room(map);
  uint32_t hash = view_hash(key), slot = slot_of(map, key, hash);
  *added = map->slots[slot] == 0;
  if (*added) {
    list_push(map->arena, &map->entries, ((MapEntry){key, value, hash}));
    map->slots[slot] = map->entries.count;
  }
  return &map->entries.at[map->slots[slot] - 1];
}

bool map_add(Map *map, View key, uint32_t value) {
  bool added;
  entry_of(map, key, value, &added);
  return added;
}

void map_set(Map *map, View key, uint32_t value) {
  bool added;
  entry_of(map, key, value, &added)->value = value;
}
