#include "report/page.h"

#include <string.h>

static const char *const codes[] = {
    [PAINT_NONE] = "",        [PAINT_BOLD] = "\033[1m",    [PAINT_DIM] = "\033[2m",      [PAINT_GREEN] = "\033[32m",
    [PAINT_RED] = "\033[31m", [PAINT_YELLOW] = "\033[33m", [PAINT_MAGENTA] = "\033[35m",
};

void page_indent(Page *page, uint32_t column) {
  if (column <= page->column) return;
  write_repeat(page->out, ' ', column - page->column);
  page->column = column;
}

void page_end_line(Page *page) {
  write_char(page->out, '\n');
  page->column = 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* The next word, taken off the front of *rest. */
static View next_word(View *rest) {
  while (rest->length > 0 && is_blank(rest->at[0])) *rest = (View){rest->at + 1, rest->length - 1};
  uint32_t length = 0;
  while (length < rest->length && !is_blank(rest->at[length])) length++;
  View word = {rest->at, length};
  *rest = (View){rest->at + length, rest->length - length};
  return word;
}

static View visible(Page *page, View word) {
  Writer *w = writer_to_memory(page->scratch);
  write_visible(w, word);
  return writer_memory(w);
}

void page_text(Page *page, Paint paint, View text, uint32_t hang) {
  if (hang == 0) hang = page->column;
  bool first = true;
  if (page->color) write_text(page->out, codes[paint]);
  for (View word; (word = next_word(&text)).length > 0; first = false) {
    word = visible(page, word);
    uint32_t width = utf8_width(word);
    if (!first && page->width > 0 && page->column + 1 + width > page->width && page->column > hang) {
      page_end_line(page);
      page_indent(page, hang);
    } else if (!first) {
      page_indent(page, page->column + 1);
    }
    write_view(page->out, word);
    page->column += width;
  }
  if (page->color && paint != PAINT_NONE) write_text(page->out, "\033[0m");
}

void page_line(Page *page, uint32_t indent, Paint paint, View text) {
  page_indent(page, indent);
  page_text(page, paint, text, 0);
  page_end_line(page);
}

/* ---- rules texts ---- */

/* Where a comment begins in one line, or its length: two dashes outside a text in quotes. */
static uint32_t before_comment(View line) {
  bool in_text = false;
  for (uint32_t i = 0; i < line.length; i++) {
    if (line.at[i] == '\\' && in_text)
      i++;
    else if (line.at[i] == '"')
      in_text = !in_text;
    else if (!in_text && i + 1 < line.length && line.at[i] == '-' && line.at[i + 1] == '-')
      return i;
  }
  return line.length;
}

View page_fold(Arena *arena, View rules_text) {
  Writer *w = writer_to_memory(arena);
  bool first = true;
  while (rules_text.length > 0) {
    const char *end = memchr(rules_text.at, '\n', rules_text.length);
    uint32_t length = end ? (uint32_t)(end - rules_text.at) : rules_text.length;
    View line = {rules_text.at, length};
    line.length = before_comment(line);
    for (View word; (word = next_word(&line)).length > 0; first = false) {
      if (!first) write_char(w, ' ');
      write_view(w, word);
    }
    uint32_t taken = end ? length + 1 : length;
    rules_text = (View){rules_text.at + taken, rules_text.length - taken};
  }
  return writer_memory(w);
}
