#include "data/match.h"

#include "data/bind.h"

enum { LEARNED_PER_FIELD = 8, LEARNED_AT_LEAST = 64 };

/* Composed, in lower case, trimmed, with a blank for every _ and no-break space. */
static View loose_name(Arena *arena, View name) {
  View folded = view_trim(view_fold(arena, view_nfc(arena, name)));
  char *out = arena_alloc(arena, folded.length);
  uint32_t length = 0;
  for (uint32_t i = 0; i < folded.length; i++) {
    bool wide_blank = view_starts((View){folded.at + i, folded.length - i}, VIEW("\xC2\xA0"));
    out[length++] = wide_blank || folded.at[i] == '_' ? ' ' : folded.at[i];
    i += wide_blank;
  }
  return (View){out, length};
}

FieldIndex *field_index_new(Arena *arena, const Shape *shape) {
  FieldIndex *index = arena_new_of(arena, FieldIndex);
  *index = (FieldIndex){.shape = shape, .arena = arena, .names = arena_array(arena, View, shape->count)};
  map_init(&index->spellings, arena);
  map_init(&index->loose, arena);
  for (uint32_t i = 0; i < shape->count; i++) {
    View name = shape->fields[i].name, loose = loose_name(arena, name);
    index->names[i] = name;
    if (name.length > index->longest) index->longest = name.length;
    map_add(&index->spellings, view_nfc(arena, name), i);
    if (!map_add(&index->loose, loose, i)) map_set(&index->loose, loose, NO_INDEX);
  }
  /* Decomposed letters take more bytes than composed ones, and blanks may stand around. */
  index->longest = 4 * index->longest + 16;
  return index;
}

static void learn(FieldIndex *index, View name, uint32_t field) {
  uint32_t most = LEARNED_AT_LEAST + LEARNED_PER_FIELD * index->shape->count;
  if (index->spellings.entries.count < most) map_add(&index->spellings, view_copy(index->arena, name), field);
}

uint32_t field_index_find(FieldIndex *index, Arena *scratch, View name) {
  uint32_t field = NO_INDEX;
  if (name.length > index->longest) return NO_INDEX;
  if (map_get(&index->spellings, name, &field)) return field;
  if (!map_get(&index->spellings, view_nfc(scratch, name), &field) &&
      !map_get(&index->loose, loose_name(scratch, name), &field))
    return NO_INDEX;
  if (field != NO_INDEX) learn(index, name, field);
  return field;
}

/* ---- suggestions ---- */

enum { SUGGEST_BYTES = 100, SUGGEST_DISTANCE = 3 };

static uint32_t nearest_within(Arena *scratch, const View *texts, uint32_t count, View wrong) {
  uint32_t letters = utf8_count(wrong), found = NO_INDEX;
  unsigned best = letters < 3 ? 1 : letters < 6 ? 2 : SUGGEST_DISTANCE;
  best++;
  for (uint32_t i = 0; i < count && best > 0; i++) {
    if (texts[i].length > SUGGEST_BYTES) continue;
    unsigned distance = view_distance(scratch, texts[i], wrong, best - 1);
    arena_reset(scratch);
    /* Something of the text must be left, or every short one would be near. */
    if (distance >= best || distance >= utf8_count(texts[i])) continue;
    best = distance;
    found = i;
  }
  return found;
}

uint32_t text_nearest(const View *texts, uint32_t count, View wrong) {
  if (wrong.length == 0 || wrong.length > SUGGEST_BYTES) return NO_INDEX;
  Arena *scratch = arena_new();
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    arena_free(scratch);
    memory_refuse();
  }
  uint32_t found = nearest_within(scratch, texts, count, wrong);
  memory_trap_pop(&trap);
  arena_free(scratch);
  return found;
}

const FieldShape *shape_field(const Shape *shape, Arena *scratch, View name) {
  uint32_t field = field_index_find(field_index_new(scratch, shape), scratch, name);
  return field == NO_INDEX ? NULL : &shape->fields[field];
}

View shape_nearest(const Shape *shape, Arena *scratch, View name) {
  View *names = arena_array(scratch, View, shape->count);
  for (uint32_t i = 0; i < shape->count; i++) names[i] = shape->fields[i].name;
  uint32_t found = text_nearest(names, shape->count, name);
  return found == NO_INDEX ? (View){0} : names[found];
}
