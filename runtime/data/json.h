/* Json: one JSON value (RFC 8259, nothing beyond it) as a row of events, over
 * bytes that stand in memory. A pull parser with a stack of 64 bits: no
 * recursion, no tree. Texts are views into the bytes, or in the arena where
 * they hold escapes. What breaks the structure ends the parsing; what is wrong
 * inside one text or number is a flaw of that event, and parsing goes on. */
#ifndef DATA_JSON_H
#define DATA_JSON_H

#include "text/diag.h"

typedef enum JsonEvent {
  JSON_BROKEN, /* see broken, found, expected; every later call says so too */
  JSON_END,    /* the value is complete and nothing stands behind it */
  JSON_OBJECT,
  JSON_OBJECT_END,
  JSON_ARRAY,
  JSON_ARRAY_END,
  JSON_KEY,    /* text; its value comes next */
  JSON_TEXT,   /* text, unescaped */
  JSON_NUMBER, /* text, as written */
  JSON_TRUE,
  JSON_FALSE,
  JSON_NULL,
} JsonEvent;

typedef enum JsonState {
  JSON_WANTS_VALUE,
  JSON_WANTS_VALUE_OR_END,
  JSON_WANTS_KEY,
  JSON_WANTS_KEY_OR_END,
  JSON_WANTS_COMMA_OR_END,
  JSON_WANTS_NOTHING,
  JSON_IS_BROKEN,
} JsonState;

typedef struct JsonParser {
  Arena *arena;
  View bytes;
  uint32_t at;
  uint32_t line; /* of the byte at `at` */
  uint32_t depth;
  uint64_t objects; /* bit d: level d + 1 is an object */
  JsonState state;
  View text;
  bool is_flawed; /* something is wrong in the key, text or number just given: */
  MessageCode flaw;
  View flawed; /* the bytes */
  MessageCode broken;
  View found, expected;
} JsonParser;

JsonParser json_parser(Arena *arena, View bytes, uint32_t line);
JsonEvent json_next(JsonParser *p);
/* Passes over the rest of a value that began with this event. False where it is broken. */
bool json_skip(JsonParser *p, JsonEvent first);

#endif
