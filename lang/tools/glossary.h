/* Glossary: which names of a text are the language's own words (types,
 * functions, parts of a date, `score`, …) and not the author's, and what they
 * are called in another language. Made from the tree, asked by the place of
 * the name. Everything lives in the arena it was given. */
#ifndef TOOLS_GLOSSARY_H
#define TOOLS_GLOSSARY_H

#include "tree/tree.h"

/* A name of the author that would mean something of the language's own in a translation. */
typedef struct Collision {
  Name name;
  View means; /* the word of this text's language that it would stand for */
} Collision;

typedef struct Glossary {
  Arena *arena;
  Language from, to;
  LIST(View) words;
  Map places; /* of a name, by its first byte -> its word in `words` */
  LIST(Collision) collisions;
  struct Declared *declared;
} Glossary;

void glossary_make(Arena *arena, const Tree *tree, Language from, Language to, Glossary *out);
/* How the name that begins at byte `start` is called in the other language: its word there, else `name` itself. */
View glossary_name(const Glossary *glossary, uint32_t start, View name);
/* Are the two the same, or the same word of the language? A SameName of tree/equal.h. */
bool glossary_same(View a, View b, const void *glossary);

#endif
