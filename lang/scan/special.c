#include "scan/special.h"

static const struct {
  SpecialKind kind;
  const char *words[LANGUAGE_COUNT];
} specials[SPECIAL_COUNT] = {
#define SPECIAL(name, kind, en, nb) {SPECIAL_##kind, {en, nb}},
#include "scan/special.def"
#undef SPECIAL
};

View special_word(Special special, Language language) { return view_of(specials[special].words[language]); }

bool special_is(View name, Special special, Language language) {
  return view_is(name, specials[special].words[language]);
}

bool special_find(View name, SpecialKind kind, Language language, Special *out) {
  for (uint32_t i = 0; i < SPECIAL_COUNT; i++)
    if (specials[i].kind == kind && special_is(name, (Special)i, language)) {
      *out = (Special)i;
      return true;
    }
  return false;
}
