/* A decision table's rows in a CSV file: its head names the arguments and then the outputs, and a cell holds what it would
 * hold in the text. So the file becomes a text, line for line, and is read as such; mistakes are told in it. */
#include "check/csv.h"
#include "check/table_text.h"

/* Stands before the first line and is never shown. */
static const char *const opening[LANGUAGE_COUNT] = {"language en\ntable t (x: text): text\n",
                                                    "språk nb\ntabell t (x: tekst): tekst\n"};
static const char *const closing[LANGUAGE_COUNT] = {"end\n", "slutt\n"};

typedef struct FileText {
  TableText *t;
  Writer *w;
  Csv csv;
} FileText;

/* A cell stands on one line. */
static void write_cell(Writer *w, View cell) {
  for (uint32_t i = 0; i < cell.length; i++) {
    bool line = cell.at[i] == '\n' || cell.at[i] == '\r';
    write_char(w, line ? ' ' : cell.at[i]);
  }
}

static bool is_plain(const FileText *f, View name) {
  return vocabulary_is_plain(f->t->c->vocabulary, f->t->c->arena, name);
}

static void write_name(const FileText *f, View name) {
  bool plain = is_plain(f, name);
  if (!plain) write_char(f->w, '\'');
  write_cell(f->w, name);
  if (!plain) write_char(f->w, '\'');
}

/* One record: | a | b || c |. Lines that it takes in the file it takes in the text. */
static void write_record(FileText *f, bool head) {
  uint32_t inputs = f->t->signature->count, line = f->csv.line;
  bool last = false;
  View cell = csv_cell(&f->csv, &last);
  if (last && !cell.length) { /* an empty line */
    write_char(f->w, '\n');
    return;
  }
  uint32_t place = 0;
  for (;; place++) {
    write_text(f->w, place == 0 ? "| " : place == inputs ? " || " : " | ");
    if (head && cell.length)
      write_name(f, cell);
    else
      write_cell(f->w, cell);
    if (last) break;
    cell = csv_cell(&f->csv, &last);
  }
  write_text(f->w, place < inputs ? " || |\n" : " |\n"); /* too few cells: told as such */
  for (line++; line < f->csv.line; line++) write_char(f->w, '\n');
}

static View text_of_file(TableText *t, const Csv *csv) {
  FileText f = {.t = t, .w = writer_to_memory(t->c->arena), .csv = *csv};
  Language language = t->c->vocabulary->language;
  write_text(f.w, opening[language]);
  for (bool head = true; csv_has_more(&f.csv); head = false) write_record(&f, head);
  write_text(f.w, closing[language]);
  return writer_memory(f.w);
}

/* Lines count from the file's first: those before it are the opening's. */
static void forget_opening(Source *source) {
  enum { OPENING_LINES = 2 };
  source->line_starts += OPENING_LINES;
  source->line_count -= OPENING_LINES;
}

bool rows_of_table_file(TableText *t, const Item *from, ItemList *items) {
  Checker *c = t->c;
  Csv csv;
  if (!csv_open(c, from->text, from->span, &csv)) return false;
  ViewList currencies = {0};
  for (uint32_t i = 0; i < c->program->currency_count; i++) list_push(c->arena, &currencies, c->program->currencies[i]);
  uint32_t errors = c->diags->errors, index = c->diags->sources->count;
  Source *source = source_add(c->arena, c->diags->sources, from->text, text_of_file(t, &csv));
  forget_opening(source);
  const Tree *tree = parse_source(c->arena, c->diags, index, &currencies, NULL);
  if (c->diags->errors > errors || tree->decls.count != 1) return false;
  *items = tree->decls.at[0]->items;
  return true;
}
