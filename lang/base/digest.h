/* Digest: SHA-256 of texts, as lower-case hexadecimal (the library nettle computes it). */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/view.h"

typedef struct Digest Digest;

Digest *digest_new(Arena *arena);
void digest_add(Digest *digest, View bytes);
View digest_hex(Arena *arena, Digest *digest); /* 64 characters; the digest is used up */

#endif
