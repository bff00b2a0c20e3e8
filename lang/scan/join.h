/* The joiner, between flex and bison: raw tokens in, grammar tokens out, in
 * one pass with free look-ahead and no word from the parser. It makes
 *   - names of several words, and keywords of several words (longest first);
 *   - literals: digit groups, %, currencies, magnitudes, units, dates with a time;
 *   - END_OF_STATEMENT, by the rule in REFERENCE ("Lines");
 *   - the stack of open sections, which mends a missing or extra `end` and a
 *     misspelt section keyword, each with one report.
 * The tokens always end in END_OF_TEXT with all sections closed. */
#ifndef SCAN_JOIN_H
#define SCAN_JOIN_H

#include "scan/vocabulary.h"

typedef LIST(View) ViewList;

/* `currencies` are those known from outside; those that this text's programme names are added to it. */
void join_tokens(Arena *arena, DiagQueue *diags, uint32_t source, const Vocabulary *vocabulary, const RawTokenList *raw,
                 ViewList *currencies, TokenList *out);

/* How a magnitude or a unit of time (million, years) is written in another language; empty where `word` is none. `one`:
 * of exactly one. */
View literal_word_in(Arena *scratch, View word, Language from, Language to, bool one);

/* The language that the text's first statement names (`language nb`, `språk nb`), English without one. */
Language join_language(const Source *source, const RawTokenList *raw);

#endif
