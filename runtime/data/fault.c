#include "data/fault.h"

#include <string.h>

enum { ARGUMENT_BYTES = 200 };

Fault fault_in_data(MessageCode code, View file, uint32_t line, View field) {
  return (Fault){.code = code, .file = file, .line = line, .field = field, .span = {UINT32_MAX, 0, 0}};
}

static View copy_text(Arena *arena, View text) {
  if (text.length == 0) return (View){0};
  if (text.length <= ARGUMENT_BYTES) return view_copy(arena, text);
  uint32_t length = ARGUMENT_BYTES;
  while (length > 0 && ((unsigned char)text.at[length] & 0xC0) == 0x80) length--;
  return view_join(arena, (View){text.at, length}, VIEW("…"));
}

/* The file's name is long-lived and shared by all faults in it. */
const Fault *fault_copy(Arena *arena, const Fault *fault) {
  Fault *copy = arena_copy(arena, fault, sizeof *fault);
  for (int i = 0; i < DIAG_MAX_ARGUMENTS; i++) copy->arguments[i] = copy_text(arena, fault->arguments[i]);
  copy->field = copy_text(arena, fault->field);
  return copy;
}

static View with_arguments(Arena *arena, const char *pattern, const Fault *fault, Language language) {
  View arguments[DIAG_MAX_ARGUMENTS];
  memcpy(arguments, fault->arguments, sizeof arguments);
  if (fault->second_is_ours) arguments[1] = diag_argument(arena, arguments[1], language);
  return message_format(arena, pattern, arguments);
}

View fault_sentence(Arena *arena, const Fault *fault, Language language) {
  return with_arguments(arena, message_table[fault->code].text[language], fault, language);
}

View fault_help(Arena *arena, const Fault *fault, Language language) {
  return with_arguments(arena, message_table[fault->code].help[language], fault, language);
}
