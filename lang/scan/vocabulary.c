#include "scan/vocabulary.h"

typedef struct KeywordRow {
  TokenKind token;
  uint32_t where;
  int64_t value;
  const char *spellings[LANGUAGE_COUNT];
} KeywordRow;

static const KeywordRow keyword_rows[] = {
#define KEYWORD(token, where, value, en, nb) {TOKEN_##token, where, value, {en, nb}},
#include "scan/keywords.def"
#undef KEYWORD
};

enum { KEYWORD_ROWS = sizeof keyword_rows / sizeof *keyword_rows };

/* Takes the text up to the next `separator` off the front of *rest. */
static View cut(View *rest, char separator) {
  uint32_t i = 0;
  while (i < rest->length && rest->at[i] != separator) i++;
  View piece = {rest->at, i};
  uint32_t skip = i < rest->length ? i + 1 : i;
  *rest = (View){rest->at + skip, rest->length - skip};
  return piece;
}

/* Phrases with one first word form a chain, the longest in front: "is not met" is tried before "is not" and "is". */
static void chain_phrase(Vocabulary *v, uint32_t index) {
  Phrase *phrases = v->phrases.at;
  uint32_t head;
  if (!map_get(&v->first_words, phrases[index].words[0], &head)) {
    map_add(&v->first_words, phrases[index].words[0], index);
    return;
  }
  if (phrases[index].word_count > phrases[head].word_count) {
    phrases[index].next = head + 1;
    map_set(&v->first_words, phrases[index].words[0], index);
    return;
  }
  uint32_t before = head;
  while (phrases[before].next && phrases[phrases[before].next - 1].word_count >= phrases[index].word_count)
    before = phrases[before].next - 1;
  phrases[index].next = phrases[before].next;
  phrases[before].next = index + 1;
}

static void add_phrase(Arena *arena, Vocabulary *v, uint32_t row_index, uint32_t choice, View spelling) {
  const KeywordRow *row = &keyword_rows[row_index];
  Phrase phrase = {.token = row->token,
                   .where = row->where,
                   .value = row->value,
                   .spelling = spelling,
                   .row = row_index,
                   .choice = choice};
  View rest = spelling;
  while (rest.length && phrase.word_count < PHRASE_MAX_WORDS)
    phrase.words[phrase.word_count++] = view_fold(arena, cut(&rest, ' '));
  list_push(arena, &v->phrases, phrase);
  chain_phrase(v, v->phrases.count - 1);
}

Vocabulary *vocabulary_new(Arena *arena, Language language) {
  Vocabulary *v = arena_new_of(arena, Vocabulary);
  v->language = language;
  map_init(&v->first_words, arena);
  for (uint32_t i = 0; i < KEYWORD_ROWS; i++) {
    View rest = view_of(keyword_rows[i].spellings[language]);
    for (uint32_t choice = 0; rest.length; choice++) add_phrase(arena, v, i, choice, cut(&rest, '|'));
  }
  return v;
}

const Phrase *vocabulary_first(const Vocabulary *v, View folded_word) {
  uint32_t index;
  return map_get(&v->first_words, folded_word, &index) ? &v->phrases.at[index] : NULL;
}

const Phrase *vocabulary_next(const Vocabulary *v, const Phrase *phrase) {
  return phrase->next ? &v->phrases.at[phrase->next - 1] : NULL;
}

uint32_t vocabulary_index(const Vocabulary *v, const Phrase *phrase) { return (uint32_t)(phrase - v->phrases.at); }

View phrase_spelling_in(const Phrase *phrase, Language language) {
  return phrase_choice_in(phrase, phrase->choice, language);
}

View phrase_choice_in(const Phrase *phrase, uint32_t choice, Language language) {
  View rest = view_of(keyword_rows[phrase->row].spellings[language]);
  View first = cut(&rest, '|'), spelling = first;
  for (uint32_t i = 0; i < choice; i++) spelling = cut(&rest, '|');
  return spelling.length ? spelling : first;
}

bool phrase_needs_left_side(const Phrase *phrase) {
  switch ((int)phrase->token) {
  case TOKEN_EQ:
  case TOKEN_NE:
  case TOKEN_GE:
  case TOKEN_LE:
  case TOKEN_GT:
  case TOKEN_LT:
  case TOKEN_ON:
  case TOKEN_ORDER_BY:
  case TOKEN_DESCENDING:
  case TOKEN_ASSUMED:
  case TOKEN_IS_ONE_OF:
  case TOKEN_IS_NOT_ONE_OF:
  case TOKEN_IS_NOT_IN:
  case TOKEN_IS_KNOWN:
  case TOKEN_IS_MISSING:
  case TOKEN_IS_MET:
  case TOKEN_IS_NOT_MET: return true;
  default: return phrase->word_count > 1 && (phrase->token == TOKEN_IN || phrase->token == TOKEN_BETWEEN);
  }
}

View vocabulary_spelling(const Vocabulary *v, TokenKind token) {
  for (uint32_t i = 0; i < v->phrases.count; i++)
    if (v->phrases.at[i].token == token) return v->phrases.at[i].spelling;
  return (View){0};
}

const Phrase *vocabulary_nearest(const Vocabulary *v, Arena *scratch, View text, uint32_t where) {
  const Phrase *best = NULL;
  unsigned best_distance = text.length >= 6 ? 3 : 2; /* one slip in a short word, two in a long one */
  for (uint32_t i = 0; i < v->phrases.count; i++) {
    const Phrase *phrase = &v->phrases.at[i];
    if (!(phrase->where & where)) continue;
    unsigned distance = view_distance(scratch, text, phrase->spelling, best_distance);
    if (distance < best_distance) {
      best = phrase;
      best_distance = distance;
    }
  }
  return best;
}

static bool phrase_at(const Phrase *phrase, const View *words, uint32_t count) {
  if (phrase->word_count > count) return false;
  for (uint32_t i = 0; i < phrase->word_count; i++)
    if (!view_equal(phrase->words[i], words[i])) return false;
  return true;
}

static bool letter_or_digit(View word) {
  uint32_t code;
  for (uint32_t at = 0; at < word.length;) {
    uint32_t step = utf8_decode(word.at + at, word.at + word.length, &code);
    bool inner = at > 0 && (code == '-' || code == '&' || code == '\'');
    bool digit = at > 0 && code >= '0' && code <= '9';
    if (!step || !(utf8_is_letter(code) || utf8_is_combining(code) || code == '_' || inner || digit)) return false;
    at += step;
  }
  return word.length > 0 && !(word.at[word.length - 1] == '-' || word.at[word.length - 1] == '&');
}

/* The folded words of a name; 0 where it is none that could stand without quotes. */
enum { NAME_MAX_WORDS = 32 };
static uint32_t words_of(Arena *scratch, View name, View words[NAME_MAX_WORDS]) {
  uint32_t count = 0;
  View rest = name;
  while (rest.length && count < NAME_MAX_WORDS) {
    View word = cut(&rest, ' ');
    if (!letter_or_digit(word)) return 0;
    words[count++] = view_fold(scratch, word);
  }
  return rest.length ? 0 : count;
}

static bool is_reserved_word(Language language, View word) {
  static const char *const reserved[LANGUAGE_COUNT][3] = {{"yes", "no", "end"}, {"ja", "nei", "slutt"}};
  for (int i = 0; i < 3; i++)
    if (view_is(word, reserved[language][i])) return true;
  return false;
}

bool vocabulary_is_plain(const Vocabulary *v, Arena *scratch, View name) {
  View words[NAME_MAX_WORDS];
  uint32_t count = words_of(scratch, name, words);
  if (!count || (count == 1 && is_reserved_word(v->language, words[0]))) return false;
  for (uint32_t i = 0; i < count; i++)
    for (const Phrase *p = vocabulary_first(v, words[i]); p; p = vocabulary_next(v, p)) {
      bool counts = !(p->where & CONDITIONS) && ((p->where & ANYWHERE) || (i == 0 && (p->where & FIRST)));
      if (i == 0 && phrase_needs_left_side(p)) counts = false;
      if (counts && phrase_at(p, words + i, count - i)) return false;
    }
  return true;
}

bool vocabulary_is_label(const Vocabulary *v, Arena *scratch, View name) {
  View words[NAME_MAX_WORDS];
  uint32_t count = words_of(scratch, name, words);
  for (uint32_t i = 0; i < count; i++)
    for (const Phrase *p = vocabulary_first(v, words[i]); p; p = vocabulary_next(v, p))
      if ((p->token == TOKEN_WHEN || p->token == TOKEN_FOR_EACH) && phrase_at(p, words + i, count - i)) return false;
  return count > 0;
}

bool vocabulary_in_name(const Vocabulary *v, Arena *scratch, View name, NamePart part, uint32_t where) {
  View words[NAME_MAX_WORDS];
  uint32_t count = words_of(scratch, name, words);
  for (uint32_t i = 0; i < count && ((part != NAME_STARTS && part != NAME_IS) || i == 0); i++)
    for (const Phrase *p = vocabulary_first(v, words[i]); p; p = vocabulary_next(v, p)) {
      if (!(p->where & where) || !phrase_at(p, words + i, count - i)) continue;
      bool to_the_end = i + p->word_count == count;
      if ((part != NAME_ENDS && part != NAME_IS) || to_the_end) return true;
    }
  return false;
}

bool vocabulary_straddles(const Vocabulary *v, Arena *scratch, View before, View name, View behind) {
  View words[3 * NAME_MAX_WORDS];
  uint32_t begin = words_of(scratch, before, words);
  uint32_t end = begin + words_of(scratch, name, words + begin);
  uint32_t count = end + words_of(scratch, behind, words + end);
  for (uint32_t i = 0; i < end; i++)
    for (const Phrase *p = vocabulary_first(v, words[i]); p; p = vocabulary_next(v, p)) {
      uint32_t last = i + p->word_count;
      bool crosses = (i < begin && last > begin) || (i >= begin && i < end && last > end);
      if (crosses && phrase_at(p, words + i, count - i)) return true;
    }
  return false;
}

/* Which of the row's spellings the word is, from 0; NO_CHOICE: none. */
enum { NO_CHOICE = -1 };

static int choice_of(const KeywordRow *row, Language language, View word) {
  View rest = view_of(row->spellings[language]);
  for (int i = 0; rest.length; i++)
    if (view_equal(cut(&rest, '|'), word)) return i;
  return NO_CHOICE;
}

static View spelling_at(const KeywordRow *row, Language language, int choice) {
  View rest = view_of(row->spellings[language]), first = cut(&rest, '|'), found = first;
  for (int i = 0; i < choice; i++) found = rest.length ? cut(&rest, '|') : first;
  return found;
}

View keyword_in(View word, Language language) {
  Language other = language == LANGUAGE_EN ? LANGUAGE_NB : LANGUAGE_EN;
  for (uint32_t i = 0; i < KEYWORD_ROWS; i++)
    if (choice_of(&keyword_rows[i], language, word) != NO_CHOICE) return word;
  for (uint32_t i = 0; i < KEYWORD_ROWS; i++) {
    int choice = choice_of(&keyword_rows[i], other, word);
    if (choice != NO_CHOICE) return spelling_at(&keyword_rows[i], language, choice);
  }
  return (View){0};
}
