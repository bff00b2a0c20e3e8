#include "shell/options.h"

#include <stdlib.h>
#include <string.h>

const Option option_table[OPTION_COUNT] = {
    [OPTION_OUTPUT] = {"output",
                       'o',
                       "FILE",
                       {"write the result to FILE, which is replaced only when all of it is there",
                        "skriv resultatet til FILE, som først byttes ut når alt er skrevet"}},
    [OPTION_FORMAT] = {"format",
                       0,
                       "FORMAT",
                       {"text (for people, the default), json, jsonl or csv",
                        "text (for mennesker, det vanlige), json, jsonl eller csv"}},
    [OPTION_CHECK_FORMAT] = {"format",
                             0,
                             "FORMAT",
                             {"text (for people, the default), json or sarif, on standard output",
                              "text (for mennesker, det vanlige), json eller sarif, på standard ut"}},
    [OPTION_TEST_FORMAT] = {"format",
                            0,
                            "FORMAT",
                            {"text (for people, the default), junit or json",
                             "text (for mennesker, det vanlige), junit eller json"}},
    [OPTION_TABLE_FORMAT] = {"format",
                             0,
                             "FORMAT",
                             {"text (lines of a rules text, the default) or csv",
                              "text (linjer i en regeltekst, det vanlige) eller csv"}},
    [OPTION_ON] = {"on",
                   0,
                   "DATE",
                   {"apply the rules of DATE (2024-06-21), whatever date the application has",
                    "bruk reglene per DATE (2024-06-21), uansett søknadens dato"}},
    [OPTION_STRICT] = {"strict",
                       0,
                       NULL,
                       {"end with status 3 if an outcome is undetermined",
                        "avslutt med status 3 hvis et utfall er uavklart"}},
    [OPTION_STATS] = {"stats",
                      0,
                      NULL,
                      {"tell on standard error how the work was done",
                       "fortell på standard feil hvordan det gikk for seg"}},
    [OPTION_RUN] = {"run", 0, "PART", {"only the tests with PART in their title", "bare testene med PART i tittelen"}},
    [OPTION_COVERAGE] = {"coverage",
                         0,
                         NULL,
                         {"tell which sides of the rules no test has seen",
                          "fortell hvilke sider av reglene ingen test har sett"}},
    [OPTION_DATA] = {"data",
                     0,
                     "DATA",
                     {"with --coverage: the applications in DATA count, too",
                      "med --coverage: søknadene i DATA teller også"}},
    [OPTION_CHECK] = {"check",
                      0,
                      NULL,
                      {"change nothing, name the files that would change, and end with status 1 if there are any",
                       "endre ingenting, nevn filene som ville blitt endret, og avslutt med status 1 hvis det er noen"}},
    [OPTION_DIFF] = {"diff",
                     0,
                     NULL,
                     {"change nothing, show what would change", "endre ingenting, vis hva som ville blitt endret"}},
    [OPTION_LANGUAGE] = {"language",
                         0,
                         "LANGUAGE",
                         {"of messages and of the text format: en or nb; by default as the environment says",
                          "for meldinger og tekstformatet: en eller nb; ellers som omgivelsene sier"}},
    [OPTION_HELP] = {"help", 'h', NULL, {"show this help", "vis denne hjelpen"}},
    [OPTION_VERSION] = {"version", 0, NULL, {"show the version", "vis versjonen"}},
};

static const Span nowhere = {UINT32_MAX, 0, 0};

/* ---- languages ---- */

bool language_named(const char *name, Language *out) {
  static const char *const names[LANGUAGE_COUNT] = {[LANGUAGE_EN] = "en", [LANGUAGE_NB] = "nb"};
  for (int i = 0; i < LANGUAGE_COUNT; i++) {
    if (strcmp(name, names[i]) != 0) continue;
    *out = (Language)i;
    return true;
  }
  return false;
}

bool language_asked(int argc, char **argv, Language *out) {
  bool asked = false;
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
    if (strncmp(argv[i], "--language=", 11) == 0)
      asked |= language_named(argv[i] + 11, out);
    else if (strcmp(argv[i], "--language") == 0 && i + 1 < argc)
      asked |= language_named(argv[i + 1], out);
  }
  return asked;
}

/* nb_NO.UTF-8, nn, no@x; in a list as “nb:en” the first counts. */
static bool is_norwegian(const char *value) {
  static const char *const codes[] = {"nb", "nn", "no"};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (strncmp(value, codes[i], 2) == 0 && strchr(":_.@", value[2])) return true; /* also where it ends */
  return false;
}

Language language_of_environment(void) {
  static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    const char *value = getenv(variables[i]);
    if (value && *value && *value != ':') return is_norwegian(value) ? LANGUAGE_NB : LANGUAGE_EN;
  }
  return LANGUAGE_EN;
}

View did_you_mean(Arena *arena, View word, Language language) {
  static const char *const patterns[LANGUAGE_COUNT] = {"did you mean “{0}”?", "mente du «{0}»?"};
  const View arguments[DIAG_MAX_ARGUMENTS] = {word};
  return message_format(arena, patterns[language], arguments);
}

/* ---- one word ---- */

typedef struct Sorter {
  Arena *arena;
  int argc;
  char **argv;
  int at; /* the next word */
  OptionSet known;
  View help; /* the command that lists the options */
  Language language;
  DiagQueue *mistakes;
  Arguments *out;
} Sorter;

static bool is_known(const Sorter *s, int id) { return s->known >> id & 1; }

/* The nearest name among those that the command has, or an empty view. */
static View nearest_option(const Sorter *s, View name) {
  unsigned limit = name.length < 4 ? 1 : 2, best = limit + 1;
  View found = {0};
  for (int id = 0; id < OPTION_COUNT; id++) {
    View candidate = view_of(option_table[id].name);
    unsigned distance = view_distance(s->arena, name, candidate, limit);
    if (!is_known(s, id) || distance >= best) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

static void add_suggestion(const Sorter *s, Diag *diag, View name) {
  View nearest = nearest_option(s, name);
  if (nearest.length == 0) return;
  diag->own_help = did_you_mean(s->arena, view_join(s->arena, VIEW("--"), nearest), s->language);
}

static void unknown_option(const Sorter *s, View word, View name) {
  Diag *diag = diag_add(s->mistakes, MSG_U0101, nowhere, word, s->help, DIAG_END);
  add_suggestion(s, diag, name);
}

/* `attached` is what follows = or the letter; NULL: nothing does. */
static void take_option(Sorter *s, int id, View written, const char *attached) {
  const Option *option = &option_table[id];
  if (!option->value) {
    if (attached) diag_add(s->mistakes, MSG_U0103, nowhere, written, DIAG_END);
    s->out->values[id] = "";
    return;
  }
  if (!attached && s->at < s->argc) attached = s->argv[s->at++];
  if (attached)
    s->out->values[id] = attached;
  else
    diag_add(s->mistakes, MSG_U0102, nowhere, written, view_of(option->value), DIAG_END);
}

static void read_long(Sorter *s, const char *word) {
  const char *equals = strchr(word, '=');
  View written = equals ? view_make(word, (size_t)(equals - word)) : view_of(word);
  View name = {written.at + 2, written.length - 2};
  for (int id = 0; id < OPTION_COUNT; id++) {
    if (!is_known(s, id) || !view_is(name, option_table[id].name)) continue;
    take_option(s, id, written, equals ? equals + 1 : NULL);
    return;
  }
  unknown_option(s, written, name);
}

/* One letter a word; what follows it is its value. */
static void read_short(Sorter *s, const char *word) {
  for (int id = 0; id < OPTION_COUNT; id++) {
    if (!is_known(s, id) || option_table[id].letter != word[1]) continue;
    take_option(s, id, (View){word, 2}, word[2] ? word + 2 : NULL);
    return;
  }
  unknown_option(s, view_of(word), (View){word + 1, (uint32_t)strlen(word + 1)});
}

void arguments_read(Arena *arena, int argc, char **argv, OptionSet known, View help, Language language,
                    DiagQueue *mistakes, Arguments *out) {
  *out = (Arguments){.words = arena_array(arena, const char *, (size_t)argc)};
  Sorter s = {arena, argc, argv, 0, known, help, language, mistakes, out};
  bool ended = false;
  while (s.at < argc) {
    const char *word = argv[s.at++];
    if (ended || word[0] != '-' || word[1] == 0)
      out->words[out->count++] = word;
    else if (strcmp(word, "--") == 0)
      ended = true;
    else if (word[1] == '-')
      read_long(&s, word);
    else
      read_short(&s, word);
  }
}
