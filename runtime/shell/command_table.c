#include "shell/command.h"

#include <string.h>

/* terskel table: the rows of a decision table, as CSV for a spreadsheet or as the lines of a rules text. Cells are printed
 * as they are written, so that one form can be turned into the other and back. */

static const Span nowhere = {UINT32_MAX, 0, 0};

typedef enum RowsFormat { ROWS_TEXT, ROWS_CSV } RowsFormat;

static bool read_format(Shell *shell, const Arguments *arguments, RowsFormat *format) {
  const char *wanted = arguments->values[OPTION_TABLE_FORMAT];
  *format = wanted && strcmp(wanted, "csv") == 0 ? ROWS_CSV : ROWS_TEXT;
  if (!wanted || *format == ROWS_CSV || strcmp(wanted, "text") == 0) return true;
  diag_add(&shell->mistakes, MSG_U0104, nowhere, VIEW("--format"), view_of(wanted), VIEW("text, csv"), DIAG_END);
  return false;
}

/* ---- which table ---- */

static View names_of_tables(Arena *arena, const Program *program) {
  View *names = arena_array(arena, View, program->decision_table_count);
  for (uint32_t i = 0; i < program->decision_table_count; i++) names[i] = program->decision_tables[i].name;
  return view_list(arena, names, program->decision_table_count);
}

static void refuse_name(Shell *shell, const Program *program, View name) {
  if (program->decision_table_count == 0) {
    diag_add(&shell->mistakes, MSG_U0151, nowhere, DIAG_END);
    return;
  }
  View nearest = {0};
  unsigned best = name.length < 6 ? 2 : 4;
  for (uint32_t i = 0; i < program->decision_table_count; i++) {
    unsigned distance = view_distance(shell->arena, name, program->decision_tables[i].name, best);
    if (distance < best) best = distance, nearest = program->decision_tables[i].name;
  }
  Diag *diag = diag_add(&shell->mistakes, MSG_U0150, nowhere, name, names_of_tables(shell->arena, program), DIAG_END);
  if (nearest.length > 0) diag->own_help = did_you_mean(shell->arena, nearest, shell->language);
}

/* Without a name the only one there is. */
static const DecisionTable *find_table(Shell *shell, const Program *program, const char *name) {
  if (!name && program->decision_table_count == 1) return &program->decision_tables[0];
  View wanted = name ? view_nfc(shell->arena, view_of(name)) : (View){0};
  for (uint32_t i = 0; name && i < program->decision_table_count; i++)
    if (view_equal(program->decision_tables[i].name, wanted)) return &program->decision_tables[i];
  if (name || program->decision_table_count == 0)
    refuse_name(shell, program, wanted);
  else
    diag_add(&shell->mistakes, MSG_U0152, nowhere, names_of_tables(shell->arena, program), DIAG_END);
  return NULL;
}

/* ---- its rows ---- */

static uint32_t columns_of(const DecisionTable *table) { return table->input_count + table->output_count; }

static View cell_of(const DecisionTable *table, uint32_t row, uint32_t column) {
  return table->cells[(size_t)row * columns_of(table) + column];
}

/* A field of RFC 4180. Nothing is defused: these are the programme's own words, and are read again. */
static void write_field(Writer *w, View text) {
  bool quoted = false;
  for (uint32_t i = 0; i < text.length; i++) quoted |= text.at[i] == ',' || text.at[i] == ';' || text.at[i] == '"';
  if (!quoted) {
    write_view(w, text);
    return;
  }
  write_char(w, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"') write_char(w, '"');
    write_char(w, text.at[i]);
  }
  write_char(w, '"');
}

static void write_csv(Writer *w, const DecisionTable *table) {
  for (uint32_t row = 0; row <= table->row_count; row++) {
    for (uint32_t column = 0; column < columns_of(table); column++) {
      if (column) write_char(w, ',');
      write_field(w, row ? cell_of(table, row - 1, column) : table->columns[column]);
    }
    write_char(w, '\n');
  }
}

static View text_cell(const DecisionTable *table, uint32_t row, uint32_t column) {
  View text = row ? cell_of(table, row - 1, column) : table->heads[column];
  bool otherwise = row && row - 1 == table->otherwise;
  return text.length || otherwise ? text : VIEW("-");
}

static uint32_t *widths_of(Arena *arena, const DecisionTable *table) {
  uint32_t *widths = arena_array(arena, uint32_t, columns_of(table));
  for (uint32_t column = 0; column < columns_of(table); column++)
    for (uint32_t row = 0; row <= table->row_count; row++) {
      bool long_word = row && row - 1 == table->otherwise && column == 0; /* it may lie across all columns asked */
      uint32_t width = utf8_count(text_cell(table, row, column));
      if (!long_word && width > widths[column]) widths[column] = width;
    }
  return widths;
}

static void write_padded(Writer *w, View text, uint32_t width) {
  write_view(w, text);
  uint32_t count = utf8_count(text);
  if (count < width) write_repeat(w, ' ', width - count);
}

/* | otherwise      || NOK 0 | */
static void write_asked(Writer *w, const DecisionTable *table, uint32_t row, const uint32_t *widths) {
  uint32_t across = 0;
  for (uint32_t column = 0; column < table->input_count; column++) across += widths[column] + (column ? 3 : 0);
  if (row && row - 1 == table->otherwise) {
    write_text(w, " | ");
    write_padded(w, cell_of(table, row - 1, 0), across);
    return;
  }
  for (uint32_t column = 0; column < table->input_count; column++) {
    write_text(w, " | ");
    write_padded(w, text_cell(table, row, column), widths[column]);
  }
}

static void write_rows(Writer *w, Arena *arena, const DecisionTable *table) {
  const uint32_t *widths = widths_of(arena, table);
  for (uint32_t row = 0; row <= table->row_count; row++) {
    write_char(w, ' ');
    write_asked(w, table, row, widths);
    for (uint32_t column = table->input_count; column < columns_of(table); column++) {
      write_text(w, column == table->input_count ? " || " : " | ");
      write_padded(w, text_cell(table, row, column), widths[column]);
    }
    write_text(w, " |\n");
  }
}

ExitStatus command_table_rows(Shell *shell, const Arguments *arguments) {
  RowsFormat format;
  Program *program;
  View usage = VIEW("terskel table RULES NAME");
  if (arguments->count == 0) diag_add(&shell->mistakes, MSG_U0108, nowhere, usage, DIAG_END);
  if (arguments->count > 2)
    diag_add(&shell->mistakes, MSG_U0111, nowhere, view_of(arguments->words[2]), usage, DIAG_END);
  if (!read_format(shell, arguments, &format) || shell->mistakes.errors > 0) return shell_refuse(shell);
  ExitStatus status = shell_check(shell, arguments->words[0], &program);
  if (status != EXIT_DONE) return status;
  const DecisionTable *table = find_table(shell, program, arguments->count > 1 ? arguments->words[1] : NULL);
  if (!table) return shell_refuse(shell);
  if (format == ROWS_CSV)
    write_csv(shell->out, table);
  else
    write_rows(shell->out, shell->arena, table);
  return EXIT_DONE;
}
