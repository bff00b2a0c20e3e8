#include "scan/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scan/special.h"

/* The two columns of keywords.def answer to each other, and special.def does
 * not use a word twice; which names can stand without quotes. */

static Arena *arena;
static Vocabulary *words[LANGUAGE_COUNT];

static int make_words(void **state) {
  arena = arena_new();
  for (int i = 0; i < LANGUAGE_COUNT; i++) words[i] = vocabulary_new(arena, (Language)i);
  return 0;
}

static int drop_words(void **state) {
  arena_free(arena);
  return 0;
}

static const Phrase *phrase_written(const Vocabulary *v, const Phrase *like, View spelling) {
  for (uint32_t i = 0; i < v->phrases.count; i++) {
    const Phrase *phrase = &v->phrases.at[i];
    if (phrase->row == like->row && view_equal(phrase->spelling, spelling)) return phrase;
  }
  return NULL;
}

static void test_every_spelling_comes_back(void **state) {
  const Vocabulary *en = words[LANGUAGE_EN], *nb = words[LANGUAGE_NB];
  assert_true(en->phrases.count > 150);
  for (uint32_t i = 0; i < en->phrases.count; i++) {
    const Phrase *phrase = &en->phrases.at[i];
    const Phrase *other = phrase_written(nb, phrase, phrase_spelling_in(phrase, LANGUAGE_NB));
    assert_non_null(other);
    assert_int_equal(other->token, phrase->token);
    assert_int_equal(other->value, phrase->value);
    View back = phrase_spelling_in(other, LANGUAGE_EN);
    if (!view_equal(back, phrase->spelling))
      fail_msg("%.*s comes back as %.*s", (int)phrase->spelling.length, phrase->spelling.at, (int)back.length, back.at);
  }
}

static void test_what_is_more_in_bokmaal_has_an_answer(void **state) {
  const Vocabulary *nb = words[LANGUAGE_NB];
  for (uint32_t i = 0; i < nb->phrases.count; i++) {
    const Phrase *phrase = &nb->phrases.at[i];
    assert_non_null(phrase_written(words[LANGUAGE_EN], phrase, phrase_spelling_in(phrase, LANGUAGE_EN)));
    assert_ptr_equal(&nb->phrases.at[vocabulary_index(nb, phrase)], phrase);
  }
}

static void test_special_words_are_told_apart(void **state) {
  for (int language = 0; language < LANGUAGE_COUNT; language++)
    for (int i = 0; i < SPECIAL_COUNT; i++) {
      View word = special_word((Special)i, (Language)language);
      Special found = SPECIAL_COUNT;
      assert_true(word.length > 0);
      assert_true(special_is(word, (Special)i, (Language)language));
      for (int kind = SPECIAL_TYPE; kind <= SPECIAL_PHRASE && found != (Special)i; kind++)
        special_find(word, (SpecialKind)kind, (Language)language, &found);
      assert_int_equal(found, i);
    }
}

static bool plain(Language language, const char *name) {
  return vocabulary_is_plain(words[language], arena, view_of(name));
}

static void test_plain_names(void **state) {
  static const char *const everywhere[] = {
      "own part",      "R&D",         "applicant's share",  "in-kind",       "A1", "antall per år i alt",
      "is registered", "minst mulig", "utbetalt av staten", "for en periode"};
  static const char *const nowhere[] = {"", "Horizon 2020", "2020", "a  b", "a.b", "-a", "a-", "a+b"};
  for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
    for (int language = 0; language < LANGUAGE_COUNT; language++)
      if (!plain((Language)language, everywhere[i])) fail_msg("%s", everywhere[i]);
  for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++)
    for (int language = 0; language < LANGUAGE_COUNT; language++)
      if (plain((Language)language, nowhere[i])) fail_msg("%s", nowhere[i]);
  assert_false(plain(LANGUAGE_EN, "terms and conditions"));
  assert_true(plain(LANGUAGE_NB, "terms and conditions"));
  assert_false(plain(LANGUAGE_NB, "Møre og Romsdal"));
  assert_true(plain(LANGUAGE_EN, "Møre og Romsdal"));
  assert_false(plain(LANGUAGE_EN, "yes"));
  assert_true(plain(LANGUAGE_EN, "ja"));
  assert_false(plain(LANGUAGE_NB, "ja"));
  assert_false(plain(LANGUAGE_NB, "slutt"));
}

static void test_labels(void **state) {
  const Vocabulary *en = words[LANGUAGE_EN];
  assert_true(vocabulary_is_label(en, arena, VIEW("terms and conditions")));
  assert_true(vocabulary_is_label(en, arena, VIEW("end date")));
  assert_false(vocabulary_is_label(en, arena, VIEW("date when received")));
  assert_false(vocabulary_is_label(en, arena, VIEW("Horizon 2020")));
}

static void test_keywords_across_a_border(void **state) {
  const Vocabulary *nb = words[LANGUAGE_NB];
  assert_true(vocabulary_straddles(nb, arena, VIEW("er"), VIEW("minst mulig"), VIEW("")));
  assert_true(vocabulary_straddles(nb, arena, VIEW(""), VIEW("tilskudd med"), VIEW("mindre enn")));
  assert_false(vocabulary_straddles(nb, arena, VIEW("og"), VIEW("minst mulig"), VIEW("er")));
}

static void test_parts_of_names(void **state) {
  const Vocabulary *en = words[LANGUAGE_EN];
  assert_true(vocabulary_in_name(en, arena, VIEW("title page"), NAME_STARTS, IN_LEVEL));
  assert_false(vocabulary_in_name(en, arena, VIEW("page title"), NAME_STARTS, IN_LEVEL));
  assert_true(vocabulary_in_name(en, arena, VIEW("the source"), NAME_ENDS, BEFORE_TEXT));
  assert_false(vocabulary_in_name(en, arena, VIEW("source code"), NAME_ENDS, BEFORE_TEXT));
  assert_true(vocabulary_in_name(en, arena, VIEW("every application"), NAME_IS, SECTION_STARTS));
  assert_false(vocabulary_in_name(en, arena, VIEW("every application here"), NAME_IS, SECTION_STARTS));
  assert_true(vocabulary_in_name(en, arena, VIEW("tax return form"), NAME_HOLDS, BEHIND_FOR));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_spelling_comes_back),
                                     cmocka_unit_test(test_what_is_more_in_bokmaal_has_an_answer),
                                     cmocka_unit_test(test_special_words_are_told_apart),
                                     cmocka_unit_test(test_plain_names),
                                     cmocka_unit_test(test_labels),
                                     cmocka_unit_test(test_keywords_across_a_border),
                                     cmocka_unit_test(test_parts_of_names)};
  return cmocka_run_group_tests(tests, make_words, drop_words);
}
