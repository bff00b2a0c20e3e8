#include "eval/words.h"

#include <stdarg.h>

static const char *const table[WORD_COUNT][LANGUAGE_COUNT] = {
#define WORD(name, en, nb) {en, nb},
#include "eval/words.def"
#undef WORD
};

const char *word(Word which, Language language) { return table[which][language]; }

View phrase(Arena *arena, Language language, Word which, ...) {
  View arguments[DIAG_MAX_ARGUMENTS] = {{0}};
  va_list list;
  va_start(list, which);
  for (int i = 0; i < DIAG_MAX_ARGUMENTS; i++) {
    View argument = va_arg(list, View);
    if (argument.length == UINT32_MAX) break;
    arguments[i] = argument;
  }
  va_end(list);
  return message_format(arena, word(which, language), arguments);
}

View join_with_word(Arena *arena, Language language, Word last, const View *items, uint32_t count) {
  Writer *w = writer_to_memory(arena);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0 && i + 1 == count)
      write_format(w, " %s ", word(last, language));
    else if (i > 0)
      write_text(w, ", ");
    write_view(w, items[i]);
  }
  return writer_memory(w);
}
