#include <errno.h>
#include <string.h>
#include "report/page.h"
#include "shell/command.h"
#include "text/embedded.h"
#include "text/reason.h"
#include "tools/document.h"

/* terskel doc: what a rules text declares, from the text itself. */

enum { DOC_WIDTH = 100, DOC_INDENT = 4 };

static const Span nowhere = {UINT32_MAX, 0, 0};

/* ---- pages ---- */

/* A blank line between paragraphs; a single line end is a blank. */
static void write_paragraphs(Page *page, uint32_t indent, View doc) {
  Writer *paragraph = writer_to_memory(page->scratch);
  for (uint32_t i = 0; i < doc.length; i++) {
    bool ends = doc.at[i] == '\n' && i + 1 < doc.length && doc.at[i + 1] == '\n';
    write_char(paragraph, doc.at[i] == '\n' ? ' ' : doc.at[i]);
    if (!ends) continue;
    page_line(page, indent, PAINT_NONE, view_trim(writer_memory(paragraph)));
    page_end_line(page);
    while (i + 1 < doc.length && doc.at[i + 1] == '\n') i++;
    paragraph = writer_to_memory(page->scratch);
  }
  View rest = view_trim(writer_memory(paragraph));
  if (rest.length > 0) page_line(page, indent, PAINT_NONE, rest);
}

static void write_source(const Shell *shell, Page *page, uint32_t indent, View source) {
  static const char *const word[LANGUAGE_COUNT] = {"Source: ", "Kilde: "};
  if (source.length > 0)
    page_line(page, indent, PAINT_DIM, view_join(shell->arena, view_of(word[shell->language]), source));
}

static void write_detail(const Shell *shell, Page *page, const DocumentDetail *detail) {
  page_indent(page, DOC_INDENT);
  page_text(page, PAINT_NONE, VIEW("·"), 0);
  page_indent(page, DOC_INDENT + 2);
  page_text(page, PAINT_NONE, detail->text, DOC_INDENT + 2);
  page_end_line(page);
  if (detail->doc.length > 0) write_paragraphs(page, DOC_INDENT + 2, detail->doc);
  write_source(shell, page, DOC_INDENT + 2, detail->source);
}

static void write_entry(const Shell *shell, Page *page, const DocumentEntry *entry) {
  page_end_line(page);
  page_text(page, PAINT_BOLD, entry->signature, 2 * DOC_INDENT);
  page_end_line(page);
  if (entry->title.length > 0) page_line(page, DOC_INDENT, PAINT_NONE, entry->title);
  write_paragraphs(page, DOC_INDENT, entry->doc);
  for (uint32_t i = 0; i < entry->details.count; i++) write_detail(shell, page, &entry->details.at[i]);
  write_source(shell, page, DOC_INDENT, entry->source);
}

static void write_document(const Shell *shell, View name, const Document *document) {
  uint32_t width = shell->width > 0 && shell->width < DOC_WIDTH ? shell->width : DOC_WIDTH;
  Page page = {.out = shell->out, .scratch = shell->arena, .color = shell->color_out, .width = width};
  View heading = name;
  if (document->title.length > 0)
    heading = view_format(shell->arena, "%.*s: %.*s", (int)name.length, name.at, (int)document->title.length,
                          document->title.at);
  page_line(&page, 0, PAINT_BOLD, heading);
  write_paragraphs(&page, 0, document->doc);
  write_source(shell, &page, 0, document->source);
  for (uint32_t i = 0; i < document->entries.count; i++) write_entry(shell, &page, &document->entries.at[i]);
}

/* ---- which ---- */

static const EmbeddedText *module_named(View name) {
  for (uint32_t i = 0; i < embedded_module_count; i++)
    if (view_equal(embedded_modules[i].name, name)) return &embedded_modules[i];
  return NULL;
}

static void list_modules(const Shell *shell) {
  for (uint32_t i = 0; i < embedded_module_count; i++) {
    write_view(shell->out, embedded_modules[i].name);
    write_char(shell->out, '\n');
  }
}

static View names_of_modules(const Shell *shell) {
  View *names = arena_array(shell->arena, View, embedded_module_count);
  for (uint32_t i = 0; i < embedded_module_count; i++) names[i] = embedded_modules[i].name;
  return view_list(shell->arena, names, embedded_module_count);
}

/* A name that begins with std. is one of the library, unless there is such a file. */
static bool read_text(Shell *shell, DiagQueue *diags, const char *word) {
  const EmbeddedText *module = module_named(view_of(word));
  if (module) {
    source_add(shell->arena, diags->sources, module->name, module->text);
    return true;
  }
  if (source_read(shell->arena, diags->sources, word) == SOURCE_OK) return true;
  if (view_starts(view_of(word), VIEW("std.")))
    diag_add(&shell->mistakes, MSG_U0161, nowhere, view_of(word), names_of_modules(shell), DIAG_END);
  else
    diag_add(&shell->mistakes, MSG_U0160, nowhere, view_of(word), reason_of(errno), DIAG_END);
  return false;
}

static ExitStatus document_one(Shell *shell, const char *word) {
  SourceList *sources = arena_new_of(shell->arena, SourceList);
  DiagQueue diags;
  diag_init(&diags, shell->arena, sources);
  if (!read_text(shell, &diags, word)) return shell_refuse(shell);
  Document document;
  document_read(shell->arena, &diags, 0, shell->language, &document);
  diag_print(&diags, shell->err, shell->language, shell->color_err);
  writer_flush(shell->err);
  if (diags.errors) return EXIT_MISTAKES;
  write_document(shell, view_of(word), &document);
  return EXIT_DONE;
}

ExitStatus command_doc(Shell *shell, const Arguments *arguments) {
  if (arguments->count == 0) list_modules(shell);
  ExitStatus worst = EXIT_DONE;
  for (uint32_t i = 0; i < arguments->count; i++) {
    if (i > 0) write_char(shell->out, '\n');
    ExitStatus status = document_one(shell, arguments->words[i]);
    if (status > worst) worst = status;
  }
  return worst;
}
