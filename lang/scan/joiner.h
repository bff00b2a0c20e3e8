/* Joiner state, shared by join.c (the pass, names, phrases), statement.c (where
 * statements begin), literal.c (values) and section.c (what is open). Internal
 * to this folder. */
#ifndef SCAN_JOINER_H
#define SCAN_JOINER_H

#include "scan/join.h"

typedef enum SectionKind {
  SECTION_TOP,
  SECTION_PROGRAMME,
  SECTION_FIELDS,
  SECTION_ROWS,
  SECTION_CRITERION,
  SECTION_LEVEL,
  SECTION_CHOICE,
  SECTION_GROUP,
  SECTION_TABLE,
  SECTION_TEST
} SectionKind;

typedef struct OpenSection {
  SectionKind kind;
  uint32_t start; /* of the opening keyword */
  uint32_t end;
  uint32_t column; /* of its line; used to mend a missing `end`, never for meaning */
  bool begun;      /* something stands in it */
  bool indented;   /* what stands first in it is further to the right than the section */
} OpenSection;

typedef struct Joiner {
  Arena *arena;
  DiagQueue *diags;
  uint32_t source_index;
  const Source *source;
  const Vocabulary *vocabulary;
  RawTokenList raw; /* without comments; the last is RAW_END */
  View *docs;       /* the --| text before each raw token, or NULL */
  ViewList *currencies;
  TokenList *out;
  uint32_t at; /* the next raw token */
  LIST(OpenSection) sections;
  OpenSection closed; /* the section that was closed last, and by which raw token */
  uint32_t closed_by; /* UINT32_MAX: by none, its `end` was missing */
  /* the statement that is being joined */
  uint32_t first;                   /* its first raw token */
  TokenKind keyword;                /* that begins it, or END_OF_STATEMENT */
  uint32_t line_kind;               /* LINE_…, or 0 */
  uint32_t open_brackets, open_ifs; /* of the statement; an `if` is open up to its `else` */
  bool behind_colon;
  bool listing;           /* the values behind `one of` */
  bool has_for, has_some; /* a `for`, a `some` or `every` stands in it */
  uint32_t meant_double;  /* a sign | that was told to be meant as ||, or 0 */
  bool mistaken;          /* a mistake in it was told */
  /* the second try, made only where the first one has found mistakes */
  bool second;
  bool by_column; /* a section keyword at its opener's column proves a missing `end` */
  bool unclosed;  /* an `end` was missing */
} Joiner;

/* ---- raw tokens ---- */
static inline const RawToken *raw_at(const Joiner *j, uint32_t i) {
  return &j->raw.at[i < j->raw.count ? i : j->raw.count - 1];
}
View raw_text(const Joiner *j, uint32_t i);
View raw_word(const Joiner *j, uint32_t i); /* a word's text, composed, with a straight apostrophe */
bool raw_is_symbol(const Joiner *j, uint32_t i, TokenKind symbol);
bool raw_begins_line(const Joiner *j, uint32_t i); /* also true at the end of the text */
Span raw_span(const Joiner *j, uint32_t first, uint32_t last);

/* ---- output ---- */
Token *emit(Joiner *j, TokenKind kind, uint32_t first_raw, uint32_t last_raw);
/* Where a mistake in the statement is to be told; what comes behind it there is doubtful from now on. */
DiagQueue *mistake(Joiner *j);
TokenKind last_kind(const Joiner *j);
bool last_can_end(const Joiner *j);
bool at_statement_start(const Joiner *j);
void end_statement(Joiner *j); /* unless nothing stands in it */

/* The words from raw token `first` to `last`, composed, with single blanks. */
View words_of(const Joiner *j, uint32_t first, uint32_t last);
void emit_words(Joiner *j, uint32_t first, uint32_t last); /* as a NAME; moves j->at behind it */
void emit_run(Joiner *j);                                  /* the words from j->at to the next keyword */
void emit_quoted_name(Joiner *j);
void emit_phrase(Joiner *j, const Phrase *phrase);

/* ---- keywords: the phrase that counts at raw token i, if the reader stands at `place` (FIRST, IN_… bits) ---- */
const Phrase *phrase_at(const Joiner *j, uint32_t i, uint32_t place);
bool line_has(const Joiner *j, uint32_t i, TokenKind keyword); /* before the line's end */
bool words_match(const Joiner *j, uint32_t i, const Phrase *phrase);
/* The phrase that begins a statement at raw token i in one of the sections of `place`. */
const Phrase *section_phrase(const Joiner *j, uint32_t i, uint32_t place);

/* ---- statement.c ---- */
bool begins_statement(const Joiner *j); /* does the raw token at j->at? */
void join_statement_start(Joiner *j);   /* its first words */
bool join_value_name(Joiner *j);        /* one value behind “one of”; false where none can stand */

/* ---- literal.c: emits one literal that begins at j->at; false if none does ---- */
bool join_literal(Joiner *j);
bool is_currency(const Joiner *j, uint32_t i);
bool starts_number(const Joiner *j, uint32_t i); /* a number, or a currency and a number */
bool starts_date(const Joiner *j, uint32_t i);   /* also one that is not written year first */

/* ---- section.c ---- */
uint32_t section_place(const Joiner *j); /* the IN_… bit of the innermost section */
SectionKind section_kind(const Joiner *j);
/* `start` … `end`: the bytes of its keyword */
void section_open(Joiner *j, SectionKind kind, uint32_t start, uint32_t end);
void section_close(Joiner *j, uint32_t raw);         /* at the word `end` */
void section_close_missing(Joiner *j, uint32_t raw); /* reports, and emits the `end` that is not there */
void section_close_all(Joiner *j);
void section_reopen(Joiner *j); /* the one that was closed last: its `end` was one too many */
void section_opened_by(Joiner *j, TokenKind keyword, uint32_t keyword_raw);

#endif
