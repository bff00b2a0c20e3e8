/* Options: the words of the command line, sorted. GNU's conventions: --name
 * VALUE or --name=VALUE, -o VALUE or -oVALUE, `--` ends the options, `-` is an
 * ordinary word, and options may stand anywhere. Names are not shortened. The
 * help is written from the same table. */
#ifndef SHELL_OPTIONS_H
#define SHELL_OPTIONS_H

#include "text/diag.h"

typedef enum OptionId {
  OPTION_OUTPUT,
  OPTION_FORMAT,
  OPTION_CHECK_FORMAT, /* the same word where there are other formats */
  OPTION_TEST_FORMAT,
  OPTION_TABLE_FORMAT,
  OPTION_ON,
  OPTION_STRICT,
  OPTION_STATS,
  OPTION_RUN,
  OPTION_COVERAGE,
  OPTION_DATA,
  OPTION_CHECK,
  OPTION_DIFF,
  OPTION_LANGUAGE,
  OPTION_HELP,
  OPTION_VERSION,
  OPTION_COUNT
} OptionId;

typedef uint32_t OptionSet; /* a bit for each OptionId */
#define OPTION_BIT(id) (UINT32_C(1) << (id))

typedef struct Option {
  const char *name;
  char letter;       /* 0: none */
  const char *value; /* what the help calls it; NULL: takes none */
  const char *help[LANGUAGE_COUNT];
} Option;

extern const Option option_table[OPTION_COUNT];

typedef struct Arguments {
  const char *values[OPTION_COUNT]; /* NULL: not given; "" for those without a value. The last one counts. */
  const char **words;               /* all others, in order */
  uint32_t count;
} Arguments;

/* Sorts the words. Mistakes go to the queue, in which the command `help` is named as the one that lists the options. */
void arguments_read(Arena *arena, int argc, char **argv, OptionSet known, View help, Language language,
                    DiagQueue *mistakes, Arguments *out);

/* "did you mean “--format”?" */
View did_you_mean(Arena *arena, View word, Language language);

/* The language that --language asks for, looked up before anything else so that mistakes are told in it; false: none. */
bool language_asked(int argc, char **argv, Language *out);
/* The language of messages that the environment asks for: LANGUAGE (its first entry) before LC_ALL, LC_MESSAGES and
 * LANG, an empty one being none. Bokmål where it is Norwegian, else English. */
Language language_of_environment(void);
bool language_named(const char *name, Language *out);

#endif
