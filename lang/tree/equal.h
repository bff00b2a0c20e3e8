/* Two trees held against each other: do they say the same? Spans and what
 * follows from them are left out; so are names where `same_name` says that two
 * mean the same (NULL: only equal ones do). */
#ifndef TREE_EQUAL_H
#define TREE_EQUAL_H

#include "tree/tree.h"

typedef bool (*SameName)(View a, View b, const void *context);

bool tree_equal(const Tree *a, const Tree *b, SameName same_name, const void *context);

#endif
