#include "data/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include "lib/sample.h"

/* Data files that somebody damaged: whatever the damage, a file is read to an
 * end, in the same way by every chunk size and every batch size, and what is
 * spoiled has a fault that says why. */

static Arena *arena;
static const Program *program;

static int make_program(void **state) {
  memory_adopt_gmp();
  arena = arena_new();
  program = sample_program(arena);
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

/* The same numbers in every run (splitmix64). */
static uint64_t random_state = 7;

static uint32_t random_below(uint32_t limit) {
  uint64_t z = random_state += 0x9E3779B97F4A7C15U;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27) * 0x94D049BB133111EBU;
  return (uint32_t)((z ^ z >> 31) % limit);
}

static const char *const originals[] = {
    "[{\"id\":\"A\",\"staff\":1,\"tags\":[\"x\",\"\\u00e5\"],\"address\":{\"city\":\"Å\",\"post code\":12}},\n"
    " {\"id\":\"B\",\"members\":[{\"name\":\"n\",\"roles\":[\"r\"]},{}],\"triggered by support\":{\"value\":true}}]",
    "{\"id\":\"A\",\"received\":\"2019-09-06 15:00\",\"total budget\":\"NOK 2 000 000\"}\r\n\n"
    "{\"level_sought\":\"arena pro\",\"potential\":3.5,\"own share\":1e-2}\n{\"id\":\"C\",\"running\":\"P3Y\"}\n",
    "id;staff;own share;tags;address.city;approved\r\nA;1 200;50%;x|y;\"Å\r\nB\";ja\r\n\"B\"\"\";;;;;nei\nC;x;1,5;;;\n",
};

static const DataFormat formats[] = {FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV};

static const char damage[] = "{}[]\",:;\\u0 \n\r\0\xC3\xFF\x01"
                             "9a-.e";

enum { TEXT_BYTES = 1024 };

/* A text with some bytes replaced, left out, put in or doubled. */
static uint32_t damaged(const char *original, char out[TEXT_BYTES]) {
  uint32_t length = (uint32_t)strlen(original);
  memcpy(out, original, length);
  for (uint32_t times = random_below(4) + 1; times > 0 && length > 2; times--) {
    uint32_t at = random_below(length), count = random_below(length - at < 20 ? length - at : 20);
    switch (random_below(4)) {
    case 0: out[at] = damage[random_below(sizeof damage)]; break;
    case 1:
      memmove(out + at, out + at + count, length - at - count);
      length -= count;
      break;
    case 2:
      if (length + 1 > TEXT_BYTES) break;
      memmove(out + at + 1, out + at, length - at);
      out[at] = damage[random_below(sizeof damage)];
      length++;
      break;
    default:
      if (length + count > TEXT_BYTES) break;
      memmove(out + at + count, out + at, length - at);
      length += count;
      break;
    }
  }
  return length;
}

/* All batches of a file, each application on its own so that the batch size does not show. */
static View reading(Arena *own, int fd, DataFormat format, uint32_t chunk, uint32_t rows) {
  Fault fault;
  Writer *w = writer_to_memory(own);
  if (lseek(fd, 0, SEEK_SET) != 0) fail();
  View path = view_join(own, view_format(own, "/proc/self/fd/%d", fd), (View){"", 1});
  Reader *r = reader_open(own, program, path.at, format, &fault);
  assert_non_null(r);
  reader_set_chunk(r, chunk);
  for (Batch *b; (b = reader_next(r, own, rows));) {
    uint32_t told = 0;
    for (uint32_t row = 0; row < b->rows; row++) {
      write_view(w, b->ids[row]);
      write_format(w, " %u %d", b->lines[row], bit_get(b->spoiled, row));
      for (uint32_t input = 0; input < program->input_count; input++)
        if (program->inputs[input].space == ROOT_SPACE) {
          write_char(w, '|');
          write_view(w, cell_shown(own, b, input, row));
        }
      bool has_fault = false;
      for (; told < b->faults.count && b->faults.at[told].row == row; told++) {
        has_fault = true;
        write_view(w, fault_shown(own, b->faults.at[told].fault));
      }
      assert_int_equal(has_fault, bit_get(b->spoiled, row));
    }
    for (uint32_t space = 1; space < program->data_space_count; space++) {
      const ItemRows *items = &b->items[space];
      uint32_t parents = b->items[program->data_spaces[space].parent].rows;
      assert_int_equal(items->offsets[0], 0);
      for (uint32_t i = 0; i < parents; i++) assert_true(items->offsets[i] <= items->offsets[i + 1]);
      assert_int_equal(items->offsets[parents], items->rows);
    }
  }
  if (reader_fault(r)) write_view(w, fault_sentence(own, reader_fault(r), LANGUAGE_EN));
  reader_close(r);
  return writer_memory(w);
}

static void damaged_files_are_read_alike(void **state) {
  char text[TEXT_BYTES];
  for (int i = 0; i < 1500; i++) {
    uint32_t which = random_below(3);
    uint32_t length = damaged(originals[which], text);
    DataFormat format = random_below(3) ? formats[which] : FORMAT_BY_NAME;
    Arena *own = arena_new();
    int fd = sample_fd((View){text, length});
    View whole = reading(own, fd, format, 1 << 16, BATCH_ROWS);
    View pieces = reading(own, fd, format, random_below(70) + 1, random_below(3) + 1);
    if (!view_equal(whole, pieces))
      fail_msg("%.*s\nis read as\n%.*s\nand as\n%.*s", (int)length, text, (int)whole.length, whole.at,
               (int)pieces.length, pieces.at);
    close(fd);
    arena_free(own);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(damaged_files_are_read_alike),
  };
  return cmocka_run_group_tests(tests, make_program, drop_arena);
}
