/* Words: what explanations and reports say of their own, in English and in
 * bokmål. One table, words.def; {0} … {3} are the places for arguments, as in
 * the message registry. What authors and applicants wrote is never looked up
 * here. */
#ifndef EVAL_WORDS_H
#define EVAL_WORDS_H

#include "text/diag.h"

typedef enum Word {
#define WORD(name, en, nb) WORD_##name,
#include "eval/words.def"
#undef WORD
  WORD_COUNT
} Word;

const char *word(Word which, Language language);

/* The phrase with its arguments put in: phrase(arena, language, WORD_FROM_TO, low, high, DIAG_END). */
View phrase(Arena *arena, Language language, Word which, ...);

/* "a, b or c": the last two joined by this word. */
View join_with_word(Arena *arena, Language language, Word last, const View *items, uint32_t count);

#endif
