#include "base/digest.h"

#include <nettle/sha2.h>

struct Digest {
  struct sha256_ctx state;
};

Digest *digest_new(Arena *arena) {
  Digest *digest = arena_new_of(arena, Digest);
  sha256_init(&digest->state);
  return digest;
}

void digest_add(Digest *digest, View bytes) { sha256_update(&digest->state, bytes.length, (const uint8_t *)bytes.at); }

View digest_hex(Arena *arena, Digest *digest) {
  static const char hexadecimal[] = "0123456789abcdef";
  uint8_t bytes[SHA256_DIGEST_SIZE];
  sha256_digest(&digest->state, sizeof bytes, bytes);
  char *text = arena_alloc(arena, 2 * sizeof bytes);
  for (size_t i = 0; i < sizeof bytes; i++) {
    text[2 * i] = hexadecimal[bytes[i] >> 4];
    text[2 * i + 1] = hexadecimal[bytes[i] & 15];
  }
  return view_make(text, 2 * sizeof bytes);
}
