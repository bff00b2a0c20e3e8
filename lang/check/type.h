/* Types: what a value can be, known before any data is seen. Types are
 * interned per program: equal types have one address, except for lists and
 * records, which type_equal compares. */
#ifndef CHECK_TYPE_H
#define CHECK_TYPE_H

#include "base/list.h"
#include "base/view.h"

typedef enum TypeKind {
  TYPE_ERROR, /* a mistake was reported; fits everywhere */
  TYPE_YES_NO,
  TYPE_NUMBER,
  TYPE_MONEY, /* of one currency */
  TYPE_RATE,  /* how much of one currency is paid for one of another: NOK per EUR; above zero */
  TYPE_TEXT,
  TYPE_DATE,     /* day number */
  TYPE_MOMENT,   /* seconds since 1970-01-01T00:00:00Z */
  TYPE_MONTHS,   /* a duration in years and months, in months */
  TYPE_DURATION, /* a duration in days and time, in seconds */
  TYPE_ENUM,     /* one of …; levels too */
  TYPE_RECORD,
  TYPE_LIST,
  TYPE_RANGE, /* only as the right side of `in` */
} TypeKind;

enum { ENUM_MASK_VALUES = 64 }; /* sets of enumeration values are kept for types of up to this many values */

typedef struct EnumType {
  View name;
  View *values;
  uint32_t count;
  bool ordered; /* values stand lowest first */
  bool is_level;
} EnumType;

struct Shape;

typedef struct Type {
  TypeKind kind;
  bool whole;                 /* NUMBER: whole number */
  View currency;              /* MONEY; RATE: what is paid */
  View per;                   /* RATE: for one of what */
  bool inexact;               /* number-like: may come from what is right to 34 digits only, as a root */
  const EnumType *values;     /* ENUM */
  const struct Shape *shape;  /* RECORD */
  const struct Type *element; /* LIST, RANGE */
  View name;                  /* as it is written in a rules text */
  View said; /* the same for messages, in both languages where it is a word of the language; or empty */
} Type;

/* Records are equal by name: each place where one is used has a shape of its own. */
bool type_equal(const Type *a, const Type *b);
/* Ordered by < and so on? */
bool type_is_ordered(const Type *type);
bool type_is_scalar(const Type *type);
/* Is a value of this type kept as an exact number (numbers, money, dates, moments, durations)? */
bool type_is_number_like(const Type *type);

#endif
