/* Special words: names to the grammar that the checker knows a meaning for
 * (special.def), in each language. The checker asks for them by what they
 * mean, translation by their kind, so the two can't drift apart. */
#ifndef SCAN_SPECIAL_H
#define SCAN_SPECIAL_H

#include "text/diag.h"

typedef enum SpecialKind {
  SPECIAL_TYPE,
  SPECIAL_PART,
  SPECIAL_VALUE,
  SPECIAL_OWNER,
  SPECIAL_ENTRY,
  SPECIAL_DECIDES,
  SPECIAL_STATUS,
  SPECIAL_FUNCTION,
  SPECIAL_PHRASE
} SpecialKind;

typedef enum Special {
#define SPECIAL(name, kind, en, nb) SPECIAL_IS_##name,
#include "scan/special.def"
#undef SPECIAL
  SPECIAL_COUNT
} Special;

View special_word(Special special, Language language);
bool special_is(View name, Special special, Language language);
/* The special word of that kind with this name; false if there is none. */
bool special_find(View name, SpecialKind kind, Language language, Special *out);

#endif
