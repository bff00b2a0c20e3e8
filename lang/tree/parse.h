/* Parsing: a source's bytes in, its tree out. Mistakes go into the queue and
 * the tree holds what could be read; it is never NULL. */
#ifndef TREE_PARSE_H
#define TREE_PARSE_H

#include "scan/join.h"
#include "tree/tree.h"

/* `currencies` as for join_tokens. The vocabulary that was used is returned through `vocabulary` if that is not NULL. */
Tree *parse_source(Arena *arena, DiagQueue *diags, uint32_t source, ViewList *currencies, const Vocabulary **vocabulary);

#endif
