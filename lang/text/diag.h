/* Diagnostics: what is wrong with a text or a data file, as a queue.
 *
 * Each message is registered once in messages.def: a stable code, a severity,
 * the sentence and the way out, in English and in bokmål. Arguments are texts
 * for the places {0} … {5}. A report never ends the work: the caller goes on.
 * Two reports of the same code at the same place are one. */
#ifndef TEXT_DIAG_H
#define TEXT_DIAG_H

#include "base/map.h"
#include "base/writer.h"
#include "text/source.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

typedef enum MessageCode {
#define MESSAGE(code, severity, en, en_help, nb, nb_help) MSG_##code,
#include "text/messages.def"
#undef MESSAGE
  MESSAGE_COUNT
} MessageCode;

typedef struct Message {
  const char *name; /* "E0301" */
  Severity severity;
  const char *text[LANGUAGE_COUNT];
  const char *help[LANGUAGE_COUNT]; /* "" where the sentence says it all */
} Message;

extern const Message message_table[MESSAGE_COUNT];

enum {
  DIAG_MAX_ARGUMENTS = 6,
  DIAG_MAX_SHOWN = 100,
  DIAG_MAX_KEPT = 10000,         /* further ones are only counted */
  DIAG_MAX_ARGUMENT_BYTES = 1000 /* of one argument; the rest becomes "…" */
};

typedef struct Diag {
  MessageCode code;
  Span span;  /* where; source == UINT32_MAX: no place in a rules file */
  Span other; /* a second place ("declared here"), start == end: none */
  View arguments[DIAG_MAX_ARGUMENTS];
  View own_help;  /* instead of the registered way out; length 0: none */
  Language rules; /* in which the rules at the place are written */
} Diag;

typedef struct DiagQueue {
  Arena *arena;
  SourceList *sources;
  LIST(Diag) items;
  uint32_t errors, warnings; /* all, also those beyond DIAG_MAX_KEPT */
  uint32_t accepted;         /* warnings that were taken out again */
  Map seen;                  /* code and place of each item */
  Diag unkept;               /* what diag_add returns for the others */
} DiagQueue;

void diag_init(DiagQueue *queue, Arena *arena, SourceList *sources);

/* Arguments are Views, DIAG_END behind the last: diag_add(q, MSG_E0301, span, name, DIAG_END). They are copied.
 * Without a place (source == UINT32_MAX) different arguments make different reports.
 * Returns the report, to add a second place or another way out; valid until the next. */
#define DIAG_END ((View){NULL, UINT32_MAX})
Diag *diag_add(DiagQueue *queue, MessageCode code, Span span, ...);

/* Takes out the warnings i with accepted[i], which count as accepted. */
void diag_accept(DiagQueue *queue, const bool *accepted);

/* An argument that reads otherwise in bokmål: BOTH("a name", "et navn"). May stand inside a longer one. */
#define BOTH_BEGIN "\x01"
#define BOTH_MIDDLE "\x02"
#define BOTH_END "\x03"
#define BOTH(en, nb) BOTH_BEGIN en BOTH_MIDDLE nb BOTH_END
/* What stands in an argument in two languages, in the one that is wanted. */
View diag_argument(Arena *arena, View argument, Language language);
/* A file in another encoding, or no text at all: one report, since nothing in it can be trusted. Is it a text? */
bool diag_text(DiagQueue *queue, uint32_t source);

/* Keywords that a message quotes are told in the language of the rules that it is about: who follows the way out must
 * not be refused. Set by whoever knows the keywords. */
typedef View KeywordIn(View word, Language language); /* empty: it is no keyword */
void diag_set_keywords(KeywordIn *keyword_in);

/* The sentence with its arguments put in. */
View message_format(Arena *arena, const char *pattern, const View *arguments);
/* The same with … in each place, as the message is shown by itself. */
View message_outline(Arena *arena, const char *pattern);
const char *severity_word(Severity severity, Language language);
View diag_sentence(Arena *arena, const Diag *diag, Language language);
View diag_help(Arena *arena, const Diag *diag, Language language);

/* All that are kept, by place; those at one place in the order in which they were added, those without one last. */
const Diag **diag_in_order(Arena *arena, const DiagQueue *queue);

/* Prints all, sorted by place: file:line:column, code, sentence, the line, a caret, the way out;
 * at most DIAG_MAX_SHOWN, then how many more. `color` for terminals. */
void diag_print(DiagQueue *queue, Writer *w, Language language, bool color);

#endif
