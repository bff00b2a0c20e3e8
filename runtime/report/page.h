/* Page: lines for people. Breaks text between words where the page has a
 * width, keeps what is broken in its column, and colours where that is wanted.
 * All text is shown with its control characters made visible. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/writer.h"

typedef enum Paint { PAINT_NONE, PAINT_BOLD, PAINT_DIM, PAINT_GREEN, PAINT_RED, PAINT_YELLOW, PAINT_MAGENTA } Paint;

typedef struct Page {
  Writer *out;
  Arena *scratch;
  bool color;
  uint32_t width;  /* 0: lines are as long as they are */
  uint32_t column; /* where the next character comes */
} Page;

void page_indent(Page *page, uint32_t column); /* blanks up to that column */
/* Text that goes on in the column that it begins in, or at `hang` where that is given (not 0). */
void page_text(Page *page, Paint paint, View text, uint32_t hang);
void page_line(Page *page, uint32_t indent, Paint paint, View text); /* indented, with its line end */
void page_end_line(Page *page);

/* Folds blanks and line ends to single blanks; comments of a rules text are left out. */
View page_fold(Arena *arena, View rules_text);

#endif
