#include "tools/format.h"
#include "tools/layout.h"
#include "tree/equal.h"
#include "tree/parse.h"

/* One text, read as far as the tree. */
typedef struct Reading {
  RawTokenList raw;
  TokenList tokens;
  Vocabulary *vocabulary;
  Tree *tree;
} Reading;

/* ---- reading ---- */

static bool is_currency_code(View word) {
  for (uint32_t i = 0; i < word.length; i++)
    if (word.at[i] < 'A' || word.at[i] > 'Z') return false;
  return word.length == 3;
}

static View raw_text_of(const Source *source, const RawToken *raw) {
  return (View){source->bytes.at + raw->start, raw->end - raw->start};
}

static bool names_currencies(const Source *source, const RawToken *raw) {
  View word = raw_text_of(source, raw);
  return raw->first_on_line &&
         (view_is(word, "currency") || view_is(word, "currencies") || view_starts(word, VIEW("valuta")));
}

/* A module has its currencies from the programme that uses it: there, three capitals beside a number are one. */
static ViewList currencies_from_outside(Arena *arena, const Source *source, const RawTokenList *raw) {
  ViewList found = {0};
  for (uint32_t i = 0; i < raw->count; i++)
    if (names_currencies(source, &raw->at[i])) return (ViewList){0};
  for (uint32_t i = 0; i + 1 < raw->count; i++) {
    const RawToken *word = &raw->at[i], *other = &raw->at[i + 1];
    if (word->kind == RAW_NUMBER) other = word, word = &raw->at[i + 1];
    if (word->kind != RAW_WORD || other->kind != RAW_NUMBER || !is_currency_code(raw_text_of(source, word))) continue;
    list_push(arena, &found, raw_text_of(source, word));
  }
  return found;
}

static bool read_text(Arena *arena, DiagQueue *diags, uint32_t index, Reading *out) {
  const Source *source = diags->sources->at[index];
  uint32_t errors = diags->errors;
  if (!diag_text(diags, index)) return false;
  scan_source(arena, source, &out->raw);
  ViewList currencies = currencies_from_outside(arena, source, &out->raw), again = currencies;
  const Vocabulary *vocabulary;
  out->tree = parse_source(arena, diags, index, &currencies, &vocabulary);
  if (diags->errors > errors) return false;
  DiagQueue ignored;
  diag_init(&ignored, arena, diags->sources);
  out->vocabulary = vocabulary_new(arena, vocabulary->language);
  join_tokens(arena, &ignored, index, out->vocabulary, &out->raw, &again, &out->tokens);
  return true;
}

/* ---- writing ---- */

static void write_line(Writer *w, const Layout *l, const Line *line) {
  write_repeat(w, ' ', line->indent);
  if (line->row.length)
    write_view(w, line->row);
  else
    for (uint32_t i = 0; i < line->count; i++) {
      const Piece *piece = &l->pieces.at[line->first + i];
      if (i) write_repeat(w, ' ', piece->gap);
      write_view(w, piece->text);
    }
  if (line->comment.length) {
    if (line->count) write_repeat(w, ' ', line->comment_gap);
    write_view(w, line->comment);
  }
  write_char(w, '\n');
}

static View language_line(Language language) {
  return language == LANGUAGE_NB ? VIEW("språk nb\n") : VIEW("language en\n");
}

/* Lines `first` to `behind` - 1, which stand together. */
static void write_lines(Writer *w, const Layout *l, uint32_t first, uint32_t behind, unsigned margin) {
  for (uint32_t i = first; i < behind; i++) {
    if (l->lines.at[i].blank_above && i > first) write_char(w, '\n');
    write_repeat(w, ' ', margin);
    write_line(w, l, &l->lines.at[i]);
  }
}

static View source_line_whole(const Source *source, uint32_t line) {
  uint32_t begin = source->line_starts[line - 1];
  uint32_t end = line < source->line_count ? source->line_starts[line] : source->bytes.length;
  return (View){source->bytes.at + begin, end - begin};
}

/* Is this line of a Markdown file rules text? A blank one is where it is not in the middle of prose. */
static bool is_code_line(const Source *source, uint32_t line) {
  View all = source_line_whole(source, line);
  View code = {source->code.at + (all.at - source->bytes.at), all.length};
  return view_trim(code).length > 0;
}

/* The lines of a fenced block begin behind the fence above them. */
static uint32_t block_begin(const Source *source, uint32_t line) {
  while (line > 1 && (is_code_line(source, line - 1) || !view_trim(source_line_whole(source, line - 1)).length)) line--;
  return line;
}

static uint32_t block_end(const Source *source, uint32_t line) {
  while (line < source->line_count &&
         (is_code_line(source, line + 1) || !view_trim(source_line_whole(source, line + 1)).length))
    line++;
  return line;
}

static unsigned margin_of(View fence) {
  unsigned margin = 0;
  while (margin < fence.length && fence.at[margin] == ' ') margin++;
  return margin;
}

/* A Markdown file: all but the blocks as it is. */
static View write_markdown(const Layout *l, View headline) {
  Writer *w = writer_to_memory(l->arena);
  const Source *source = l->source;
  uint32_t next = 0;
  for (uint32_t line = 1; line <= source->line_count; line++) {
    if (next == l->lines.count || block_begin(source, l->lines.at[next].source_line) != line) {
      write_view(w, source_line_whole(source, line));
      continue;
    }
    uint32_t first = next, end = block_end(source, l->lines.at[next].source_line);
    while (next < l->lines.count && l->lines.at[next].source_line <= end) next++;
    unsigned margin = line > 1 ? margin_of(source_line_whole(source, line - 1)) : 0;
    if (!first) write_view(w, headline);
    write_lines(w, l, first, next, margin);
    line = end;
  }
  return writer_memory(w);
}

static View write_all(const Layout *l, View headline) {
  if (l->source->code.at != l->source->bytes.at) return write_markdown(l, headline);
  Writer *w = writer_to_memory(l->arena);
  write_view(w, headline);
  write_lines(w, l, 0, l->lines.count, 0);
  return writer_memory(w);
}

/* ---- the line that names the language ---- */

/* Into English the line goes, out of it one is put in front; the text to put in front is returned. */
static View settle_language(Layout *l) {
  if (l->target == l->vocabulary) return (View){0};
  for (uint32_t i = 0; i < l->lines.count; i++) {
    Line *line = &l->lines.at[i];
    if (!line->count) continue;
    bool named = token_of(l, line, 0)->kind == TOKEN_LANGUAGE;
    if (!named) break;
    if (l->target->language != LANGUAGE_EN) return (View){0};
    line->count = 0;
    if (line->comment.length) return (View){0};
    for (uint32_t k = i + 1; k < l->lines.count; k++) l->lines.at[k - 1] = l->lines.at[k];
    l->lines.count--;
    return (View){0};
  }
  return l->target->language == LANGUAGE_EN ? (View){0} : language_line(l->target->language);
}

/* ---- proof ---- */

/* The new text says what the old one said. What is needed to see that goes again. */
static bool says_the_same(const Source *source, const Reading *old, const Glossary *glossary, View text) {
  Arena *arena = arena_new();
  SourceList sources = {0};
  DiagQueue diags;
  Reading again = {0};
  diag_init(&diags, arena, &sources);
  source_add(arena, &sources, source->name, text);
  bool same = read_text(arena, &diags, 0, &again) && tree_equal(old->tree, again.tree, glossary_same, glossary);
  arena_free(arena);
  return same;
}

static bool report_collisions(DiagQueue *diags, const Glossary *glossary) {
  for (uint32_t i = 0; i < glossary->collisions.count; i++) {
    const Collision *c = &glossary->collisions.at[i];
    diag_add(diags, MSG_U0131, c->name.span, c->name.text, c->means, DIAG_END);
  }
  return glossary->collisions.count > 0;
}

static View lay_out(Layout *l) {
  layout_spell(l);
  layout_lines(l);
  layout_indent(l);
  layout_rows(l);
  layout_align(l);
  return write_all(l, settle_language(l));
}

FormatStatus format_source(Arena *arena, DiagQueue *diags, uint32_t index, const Language *to, View *out) {
  const Source *source = diags->sources->at[index];
  Reading text = {0};
  if (!read_text(arena, diags, index, &text)) return FORMAT_MISTAKES;
  Language from = text.vocabulary->language, target = to ? *to : from;
  Glossary glossary;
  glossary_make(arena, text.tree, from, target, &glossary);
  if (report_collisions(diags, &glossary)) return FORMAT_MISTAKES;
  Layout layout = {.arena = arena,
                   .source = source,
                   .raw = &text.raw,
                   .tokens = &text.tokens,
                   .vocabulary = text.vocabulary,
                   .target = target == from ? text.vocabulary : vocabulary_new(arena, target),
                   .glossary = &glossary};
  *out = lay_out(&layout);
  if (says_the_same(source, &text, &glossary, *out)) return FORMAT_DONE;
  diag_add(diags, MSG_U0130, (Span){index, 0, 0}, source->name, DIAG_END);
  return FORMAT_MISTAKES;
}
