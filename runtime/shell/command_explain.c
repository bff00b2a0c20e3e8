#include "report/page.h"
#include "shell/command.h"
#include "text/manual.h"

/* terskel explain: the manual of the messages. */

enum { PAGE_WIDTH = 80, EXAMPLE_INDENT = 4, CODE_WIDTH = 7 };

static Page page_for(const Shell *shell) {
  uint32_t width = shell->width > 0 && shell->width < PAGE_WIDTH ? shell->width : PAGE_WIDTH;
  return (Page){.out = shell->out, .scratch = shell->arena, .color = shell->color_out, .width = width};
}

/* ---- one message ---- */

static void write_sentence(const Shell *shell, Page *page, const Message *message) {
  static const char *const help_word[LANGUAGE_COUNT] = {"help", "hjelp"};
  View sentence = message_outline(shell->arena, message->text[shell->language]);
  View help = message_outline(shell->arena, message->help[shell->language]);
  View heading = view_format(shell->arena, "%s %s:", severity_word(message->severity, shell->language), message->name);
  page_text(page, message->severity == SEVERITY_ERROR ? PAINT_RED : PAINT_YELLOW, heading, 0);
  page_indent(page, page->column + 1);
  page_text(page, PAINT_NONE, sentence, EXAMPLE_INDENT);
  page_end_line(page);
  if (help.length == 0) return;
  page_text(page, PAINT_NONE, view_format(shell->arena, "= %s:", help_word[shell->language]), 0);
  page_indent(page, page->column + 1);
  page_text(page, PAINT_NONE, help, EXAMPLE_INDENT);
  page_end_line(page);
}

/* Paragraphs, each behind an empty line. */
static void write_why(Page *page, View why) {
  while (why.length > 0) {
    uint32_t length = 0;
    while (length < why.length && !view_starts((View){why.at + length, why.length - length}, VIEW("\n\n"))) length++;
    page_end_line(page);
    page_line(page, 0, PAINT_NONE, (View){why.at, length});
    why = view_trim((View){why.at + length, why.length - length});
  }
}

/* As it stands: rules and data are not broken into lines. */
static void write_example_text(Writer *w, View text) {
  for (uint32_t start = 0, end; start < text.length; start = end + 1) {
    for (end = start; end < text.length && text.at[end] != '\n';) end++;
    if (end > start) write_repeat(w, ' ', EXAMPLE_INDENT);
    write_visible(w, (View){text.at + start, end - start});
    write_char(w, '\n');
  }
}

static void write_example(const Shell *shell, Page *page, const ManualExample *example) {
  static const char *const wrong[LANGUAGE_COUNT] = {"Wrong", "Galt"}, *const right[LANGUAGE_COUNT] = {"Right", "Riktig"};
  const char *word = (example->right ? right : wrong)[shell->language];
  const char *kind = view_is(example->kind, "json")    ? " (JSON)"
                     : view_is(example->kind, "jsonl") ? " (JSON Lines)"
                     : view_is(example->kind, "csv")   ? " (CSV)"
                                                       : "";
  page_end_line(page);
  page_line(page, 0, example->right ? PAINT_GREEN : PAINT_RED, view_format(shell->arena, "%s%s:", word, kind));
  page_end_line(page);
  write_example_text(page->out, example->text);
}

static void explain_one(const Shell *shell, const Message *message) {
  Page page = page_for(shell);
  ManualPage manual;
  write_sentence(shell, &page, message);
  if (!manual_find(shell->arena, view_of(message->name), &manual)) return;
  write_why(&page, manual.why[shell->language]);
  for (uint32_t i = 0; i < manual.examples.count; i++) write_example(shell, &page, &manual.examples.at[i]);
}

/* ---- all of them ---- */

typedef struct Group {
  const char *codes; /* the beginning of theirs */
  const char *title[LANGUAGE_COUNT];
} Group;

/* Warnings stand with the errors about the same things; the last row of a letter takes what has none of its own. */
static const Group groups[] = {
    {"E01", {"Characters, numbers, dates, sections", "Tegn, tall, datoer, avsnitt"}},
    {"E02", {"Sentences and expressions", "Setninger og uttrykk"}},
    {"E03", {"Names", "Navn"}},
    {"E04", {"Types", "Typer"}},
    {"E05", {"Dates and choices", "Datoer og valg"}},
    {"E06", {"Levels, requirements, scores", "Nivåer, krav, poeng"}},
    {"E07", {"Tables", "Tabeller"}},
    {"E08", {"Rules files", "Regelfiler"}},
    {"E09", {"Functions and decision tables", "Funksjoner og beslutningstabeller"}},
    {"E10", {"Tests", "Tester"}},
    {"E", {"Other mistakes in rules", "Andre feil i regler"}},
    {"D00", {"Data files", "Datafiler"}},
    {"D", {"Values in data", "Verdier i data"}},
    {"R", {"Judging an application", "Bedømmelsen av en søknad"}},
    {"U", {"The command line", "Kommandolinjen"}},
};
enum { GROUP_COUNT = sizeof groups / sizeof *groups };

static bool is_of(const Group *group, View code) {
  View codes = view_of(group->codes);
  char letter = code.at[0] == 'W' ? 'E' : code.at[0];
  return letter == codes.at[0] &&
         view_starts((View){code.at + 1, code.length - 1}, (View){codes.at + 1, codes.length - 1});
}

static const Group *group_of(const Message *message) {
  for (int i = 0; i < GROUP_COUNT; i++)
    if (is_of(&groups[i], view_of(message->name))) return &groups[i];
  return NULL;
}

static void list_group(const Shell *shell, const Group *group, bool *first) {
  Page page = page_for(shell);
  bool headed = false;
  for (int code = 0; code < MESSAGE_COUNT; code++) {
    const Message *message = &message_table[code];
    if (group_of(message) != group) continue;
    if (!headed) {
      if (!*first) page_end_line(&page);
      page_line(&page, 0, PAINT_BOLD, view_of(group->title[shell->language]));
      headed = true, *first = false;
    }
    page_text(&page, PAINT_NONE, view_of(message->name), 0);
    page_indent(&page, CODE_WIDTH);
    page_text(&page, PAINT_NONE, message_outline(shell->arena, message->text[shell->language]), CODE_WIDTH);
    page_end_line(&page);
  }
}

static ExitStatus list_all(const Shell *shell) {
  bool first = true;
  for (int i = 0; i < GROUP_COUNT; i++) list_group(shell, &groups[i], &first);
  return EXIT_DONE;
}

/* ---- which ---- */

static const Message *message_named(Arena *arena, View word) {
  View folded = view_fold(arena, word);
  for (int i = 0; i < MESSAGE_COUNT; i++)
    if (view_equal(view_fold(arena, view_of(message_table[i].name)), folded)) return &message_table[i];
  return NULL;
}

static uint32_t shared_beginning(View a, View b) {
  uint32_t length = 0;
  while (length < a.length && length < b.length && a.at[length] == b.at[length]) length++;
  return length;
}

/* Of equally near codes the one that begins most like the word: the groups mean something. */
static View nearest_code(Arena *arena, View word) {
  View nearest = {0}, folded = view_fold(arena, word);
  unsigned best = 3;
  uint32_t most = 0;
  for (int i = 0; i < MESSAGE_COUNT; i++) {
    View name = view_of(message_table[i].name);
    unsigned distance = view_distance(arena, word, name, best);
    uint32_t shared = shared_beginning(folded, view_fold(arena, name));
    if (distance > best || distance > 2 || (distance == best && shared <= most)) continue;
    best = distance, most = shared;
    nearest = name;
  }
  return nearest;
}

static void refuse_code(Shell *shell, View word) {
  Diag *diag = diag_add(&shell->mistakes, MSG_U0120, (Span){UINT32_MAX, 0, 0}, word, DIAG_END);
  View nearest = nearest_code(shell->arena, word);
  if (nearest.length > 0) diag->own_help = did_you_mean(shell->arena, nearest, shell->language);
}

ExitStatus command_explain(Shell *shell, const Arguments *arguments) {
  if (arguments->count == 0) return list_all(shell);
  const Message **messages = arena_array(shell->arena, const Message *, arguments->count);
  for (uint32_t i = 0; i < arguments->count; i++) {
    messages[i] = message_named(shell->arena, view_of(arguments->words[i]));
    if (!messages[i]) refuse_code(shell, view_of(arguments->words[i]));
  }
  if (shell->mistakes.errors > 0) return shell_refuse(shell);
  for (uint32_t i = 0; i < arguments->count; i++) {
    if (i > 0) write_text(shell->out, "\n\n");
    explain_one(shell, messages[i]);
  }
  return EXIT_DONE;
}
