/* Vocabulary: the keywords of one language (keywords.def), ready to be matched
 * against words. Nothing here knows tokens or lines. */
#ifndef SCAN_VOCABULARY_H
#define SCAN_VOCABULARY_H

#include "base/map.h"
#include "scan/token.h"

/* Where a keyword counts: see keywords.def. */
enum {
  ANYWHERE = 1 << 0,
  FIRST = 1 << 1,
  BEFORE_TEXT = 1 << 2,
  BEFORE_NUMBER = 1 << 3,
  BEFORE_DATE = 1 << 4,
  BEHIND_NUMBER = 1 << 5,
  BEHIND_COUNT = 1 << 6,
  LINE_FIELD = 1 << 7,
  LINE_APPLICATION = 1 << 8,
  LINE_JUDGEMENT = 1 << 9,
  LINE_EVERYTHING = 1 << 10,
  IN_TOP = 1 << 11,
  IN_PROGRAMME = 1 << 12,
  IN_CRITERION = 1 << 13,
  IN_LEVEL = 1 << 14,
  IN_CHOICE = 1 << 15,
  IN_ANY = 1 << 16,
  IN_TABLE = 1 << 17,
  IN_TEST = 1 << 18,
  LINE_PARAMETER = 1 << 22,
  LINE_CELLS = 1 << 23, /* of a decision table or a test */
  LINE_OVERRIDE = 1 << 24,
  LINE_EXPECT = 1 << 25,
  /* conditions that must hold besides */
  BEFORE_IN = 1 << 20,
  BEFORE_OF = 1 << 21,
  BEHIND_FOR = 1 << 26,
  BEHIND_SOME = 1 << 27,
  BEFORE_AMOUNT = 1 << 28,
  CONDITIONS = BEFORE_IN | BEFORE_OF | BEHIND_FOR | BEHIND_SOME | BEFORE_AMOUNT,
  SECTION_STARTS = IN_TOP | IN_PROGRAMME | IN_CRITERION | IN_LEVEL | IN_CHOICE | IN_TABLE | IN_TEST | IN_ANY,
};

enum { PHRASE_MAX_WORDS = 8 };

typedef struct Phrase {
  TokenKind token;
  uint32_t where;
  int64_t value;
  View spelling;                /* as written out, "is not met" */
  View words[PHRASE_MAX_WORDS]; /* folded */
  uint32_t word_count;
  uint32_t next;        /* the next phrase with the same first word, shorter or equal; index + 1 */
  uint32_t row, choice; /* its line in keywords.def, and which of the line's spellings it is */
} Phrase;

typedef struct Vocabulary {
  Language language;
  LIST(Phrase) phrases;
  Map first_words; /* folded first word -> index of its longest phrase */
} Vocabulary;

Vocabulary *vocabulary_new(Arena *arena, Language language);
/* The longest phrase that begins with this (folded) word, NULL if none. */
const Phrase *vocabulary_first(const Vocabulary *v, View folded_word);
const Phrase *vocabulary_next(const Vocabulary *v, const Phrase *phrase);
/* Where a phrase of this vocabulary stands in it. */
uint32_t vocabulary_index(const Vocabulary *v, const Phrase *phrase);
/* How the keyword is written in another language: the spelling that answers to it, else the first of its line. */
View phrase_spelling_in(const Phrase *phrase, Language language);
/* The same for one of the line's other spellings. */
View phrase_choice_in(const Phrase *phrase, uint32_t choice, Language language);
/* Is it an operator that needs a value to its left, so that a name may begin with it ("is registered")? */
bool phrase_needs_left_side(const Phrase *phrase);
/* The spelling that is written out for a token; empty if it has none. */
View vocabulary_spelling(const Vocabulary *v, TokenKind token);
/* The phrase of a section start nearest to a misspelt one; NULL if none is near. */
const Phrase *vocabulary_nearest(const Vocabulary *v, Arena *scratch, View text, uint32_t where);
/* Can this text be written as a name without quotes wherever a name may stand? */
bool vocabulary_is_plain(const Vocabulary *v, Arena *scratch, View name);
/* Can it in front of a colon, as the name of a field, where every word but a few counts as part of it? */
bool vocabulary_is_label(const Vocabulary *v, Arena *scratch, View name);
/* Would a keyword be read that begins in the name and ends in the keyword behind it, or begins in the one before? (`er`
 * before a name that begins with “minst”.) `before` and `behind` may be empty. */
bool vocabulary_straddles(const Vocabulary *v, Arena *scratch, View before, View name, View behind);
/* Does a phrase that counts in one of the places `where` stand in the name: at its start, at its end, anywhere? Or is it the name? */
typedef enum NamePart { NAME_STARTS, NAME_ENDS, NAME_HOLDS, NAME_IS } NamePart;
bool vocabulary_in_name(const Vocabulary *v, Arena *scratch, View name, NamePart part, uint32_t where);

/* A keyword of either language, in this one; empty: it is none. What both write the same, or the language has itself,
 * stays as it is. */
View keyword_in(View word, Language language);

#endif
