/* Token: what the grammar reads. The scanner cuts the bytes into raw tokens;
 * the joiner makes of them names of several words, literals, keywords and the
 * end-of-statement token. Both live in arrays, so the joiner may look ahead as
 * far as it likes. */
#ifndef SCAN_TOKEN_H
#define SCAN_TOKEN_H

#include "base/num.h"
#include "text/diag.h"

typedef enum TokenKind {
  TOKEN_END_OF_TEXT,
#define TOKEN(kind, called, ends) TOKEN_##kind,
#include "scan/tokens.def"
#undef TOKEN
  TOKEN_COUNT
} TokenKind;

/* What a decision table gives where rows fit: the words of DMN's hit policies, and its aggregators. */
typedef enum HitPolicy {
  HIT_ONE,     /* unique */
  HIT_ANY,     /* several may fit, all with the same outputs */
  HIT_FIRST,   /* in the order of the rows */
  HIT_HIGHEST, /* of the first output: priority, collect max */
  HIT_LOWEST,  /* collect min */
  HIT_ALL,     /* a list: collect, rule order */
  HIT_SUM,
  HIT_COUNT
} HitPolicy;

typedef enum DurationUnit { UNIT_MONTHS, UNIT_SECONDS } DurationUnit;

/* What a NAME in front of a colon is the label of: more words may stand in it than in other names. */
typedef enum LabelKind { LABEL_NONE, LABEL_FIELD, LABEL_REQUIREMENT, LABEL_OVERRIDE } LabelKind;

typedef struct Token {
  TokenKind kind;
  uint32_t start, end; /* bytes of the source */
  uint32_t phrase;     /* the keyword that it was written with, its place in the vocabulary + 1; 0: none */
  View text;           /* NAME: its words with single blanks, composed; TEXT: its content; MONEY: the currency */
  Num number;          /* NUMBER (50% is 1/2), MONEY */
  int64_t value;       /* DATE: day; MOMENT: wall-clock seconds; DURATION: months or seconds; keywords: their value */
  DurationUnit unit;
  bool percent : 1;    /* the NUMBER was written with % */
  bool quoted : 1;     /* the NAME was written in quotes */
  bool refused : 1;    /* a mistake in this value was told: nothing more is to be said about it */
  bool doubtful : 1;   /* a mistake was told further to the left in this statement, which may explain this token */
  LabelKind label : 4; /* of a NAME */
  uint16_t depth;      /* how many sections are open around it */
  View doc;            /* the --| text in front of it, if any */
} Token;

typedef LIST(Token) TokenList;

/* ---- raw tokens: what flex finds ---- */
typedef enum RawKind {
  RAW_END,
  RAW_WORD,
  RAW_QUOTED_NAME,
  RAW_TEXT,
  RAW_NUMBER,
  RAW_PERCENT,
  RAW_DATE,
  RAW_CLOCK,
  RAW_SYMBOL,
  RAW_COMMENT,
  RAW_DOC,
  RAW_BAD_BYTES,
  RAW_BAD_SYMBOL,
  RAW_BAD_NUMBER,
  RAW_BAD_DATE,
  RAW_OPEN_TEXT,
  RAW_OPEN_NAME
} RawKind;

typedef struct RawToken {
  RawKind kind;
  TokenKind symbol; /* RAW_SYMBOL: which; RAW_BAD_SYMBOL: what was meant (TOKEN_END_OF_TEXT: nothing) */
  uint32_t start, end;
  bool first_on_line;
  bool blank_before;
} RawToken;

typedef LIST(RawToken) RawTokenList;

/* Cuts a whole source; comments and doc comments stay in the list. Never fails: what is no token is a RAW_BAD_… one. */
void scan_source(Arena *arena, const Source *source, RawTokenList *out);

#endif
