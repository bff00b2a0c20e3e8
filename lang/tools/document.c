#include "tools/document.h"
#include "tree/parse.h"

/* ---- pieces of text ---- */

/* On one line; the blanks that bring a column of colons about are left out. */
static View folded(Arena *arena, View text) {
  View line = view_one_line(arena, text);
  char *out = arena_alloc(arena, line.length);
  uint32_t length = 0;
  for (uint32_t i = 0; i < line.length; i++) {
    if (line.at[i] == ':' && length && out[length - 1] == ' ') length--;
    out[length++] = line.at[i];
  }
  return (View){out, length};
}

/* From the beginning of the declaration to the end of what `last` covers */
static View up_to(Arena *arena, const SourceList *sources, const Decl *decl, Span last) {
  return folded(arena, span_text(sources, span_join(decl->span, last)));
}

/* The declaration's first line, without a comment behind it */
static View first_line(Arena *arena, const SourceList *sources, const Decl *decl) {
  const Source *source = sources->at[decl->span.source];
  View line = source_line_text(source, source_line(source, decl->span.start));
  for (uint32_t i = 0; i + 1 < line.length; i++)
    if (line.at[i] == '-' && line.at[i + 1] == '-') line.length = i;
  return folded(arena, line);
}

/* The title in the reader's language; one without a language is English, and stands where there is no other. */
static View title_of(const Decl *decl, Language language) {
  View title = decl->title;
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind != ITEM_TITLE) continue;
    Language of_title = view_is(item->name.text, "nb") ? LANGUAGE_NB : LANGUAGE_EN;
    if (!title.length || of_title == language) title = item->text;
  }
  return title;
}

static View joined(Arena *arena, View before, View more) {
  if (!before.length) return more;
  return view_format(arena, "%.*s; %.*s", (int)before.length, before.at, (int)more.length, more.at);
}

/* What stands below a requirement is that one's, until the scores. */
static bool has_requirement_above(const Decl *decl, uint32_t index) {
  for (uint32_t i = index; i-- > 0;) {
    if (decl->items.at[i]->kind == ITEM_SCORES) return false;
    if (decl->items.at[i]->kind == ITEM_REQUIREMENT) return true;
  }
  return false;
}

static View source_of(Arena *arena, const Decl *decl) {
  View source = decl->source;
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_SOURCE && !has_requirement_above(decl, i)) source = joined(arena, source, item->text);
  }
  return source;
}

/* Of the requirement at `index`: on its own line, or on the lines below it. */
static View source_of_requirement(Arena *arena, const Decl *decl, uint32_t index) {
  View source = {0};
  if (decl->items.at[index]->kind != ITEM_REQUIREMENT) return source;
  source = decl->items.at[index]->requirement->source;
  for (uint32_t i = index + 1; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_REQUIREMENT || item->kind == ITEM_SCORES) break;
    if (item->kind == ITEM_SOURCE) source = joined(arena, source, item->text);
  }
  return source;
}

/* ---- entries ---- */

static Span last_of_params(const Decl *decl) {
  const ParamList *list = decl->outputs.count ? &decl->outputs : &decl->params;
  return list->count ? list->at[list->count - 1].type->span : decl->name.span;
}

/* How the declaration is written that others use: with its parameters and its type, without what it computes. */
static View signature_of(Arena *arena, const SourceList *sources, const Decl *decl) {
  switch (decl->kind) {
  case DECL_FUNCTION:
    return decl->type ? up_to(arena, sources, decl, decl->type->span) : first_line(arena, sources, decl);
  case DECL_TABLE:
    if (decl->type) return up_to(arena, sources, decl, decl->type->span);
    return view_format(arena, "%.*s)", (int)up_to(arena, sources, decl, last_of_params(decl)).length,
                       up_to(arena, sources, decl, last_of_params(decl)).at);
  case DECL_TYPE:
  case DECL_DATA:
  case DECL_PARAMETER:
  case DECL_JUDGEMENT:
  case DECL_DECISION:
    return decl->type ? up_to(arena, sources, decl, decl->type->span) : first_line(arena, sources, decl);
  case DECL_DEFINE:
  case DECL_REPORT: return up_to(arena, sources, decl, decl->name.span);
  case DECL_PROGRAMME:
  case DECL_RECORD:
  case DECL_APPLICATION:
  case DECL_LADDER:
  case DECL_CRITERION:
  case DECL_EVERY_APPLICATION:
  case DECL_LEVEL:
  case DECL_BRAND:
  case DECL_REQUIREMENTS:
  case DECL_USE:
  case DECL_MODULE:
  case DECL_ACCEPT:
  case DECL_TEST:
  case DECL_COUNT: return first_line(arena, sources, decl);
  }
  return (View){0};
}

/* A requirement shows its label and title, any other item the whole of its text. */
static View detail_text(Arena *arena, const SourceList *sources, const Item *item) {
  if (item->kind != ITEM_REQUIREMENT) return folded(arena, span_text(sources, item->span));
  const Requirement *requirement = item->requirement;
  if (!requirement->title.length) return requirement->label.text;
  return view_format(arena, "%.*s “%.*s”", (int)requirement->label.text.length, requirement->label.text.at,
                     (int)requirement->title.length, requirement->title.at);
}

static bool is_detail(const Decl *decl, const Item *item) {
  switch (decl->kind) {
  case DECL_RECORD:
  case DECL_APPLICATION: return item->kind == ITEM_FIELD;
  case DECL_PARAMETER: return item->kind == ITEM_ENTRY;
  case DECL_LADDER: return item->kind == ITEM_RUNG;
  case DECL_TABLE: return item->kind == ITEM_HIT_POLICY;
  case DECL_CRITERION: return item->kind == ITEM_SCALE || item->kind == ITEM_MEANS;
  case DECL_EVERY_APPLICATION:
  case DECL_LEVEL:
  case DECL_BRAND:
  case DECL_REQUIREMENTS: return item->kind == ITEM_REQUIREMENT;
  case DECL_PROGRAMME:
  case DECL_TYPE:
  case DECL_DATA:
  case DECL_DEFINE:
  case DECL_JUDGEMENT:
  case DECL_REPORT:
  case DECL_DECISION:
  case DECL_USE:
  case DECL_MODULE:
  case DECL_FUNCTION:
  case DECL_ACCEPT:
  case DECL_TEST:
  case DECL_COUNT: return false;
  }
  return false;
}

static void add_entry(Arena *arena, const SourceList *sources, const Decl *decl, Language language, Document *out) {
  DocumentEntry entry = {.signature = signature_of(arena, sources, decl),
                         .title = title_of(decl, language),
                         .doc = decl->doc,
                         .source = source_of(arena, decl)};
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (is_detail(decl, item))
      list_push(arena, &entry.details,
                ((DocumentDetail){detail_text(arena, sources, item), item->doc, source_of_requirement(arena, decl, i)}));
  }
  list_push(arena, &out->entries, entry);
}

static bool is_module(const Tree *tree) {
  for (uint32_t i = 0; i < tree->decls.count; i++)
    if (tree->decls.at[i]->kind == DECL_MODULE) return true;
  return false;
}

/* A module's tests and the application that they judge are not for others. */
static bool is_documented(const Tree *tree, const Decl *decl) {
  if (decl->kind == DECL_APPLICATION) return !is_module(tree);
  return decl->kind != DECL_TEST && decl->kind != DECL_ACCEPT;
}

void document_read(Arena *arena, DiagQueue *diags, uint32_t source, Language language, Document *out) {
  ViewList currencies = {0};
  const SourceList *sources = diags->sources;
  const Tree *tree = parse_source(arena, diags, source, &currencies, NULL);
  *out = (Document){0};
  for (uint32_t i = 0; i < tree->decls.count; i++) {
    const Decl *decl = tree->decls.at[i];
    if (decl->kind == DECL_MODULE || decl->kind == DECL_PROGRAMME) {
      out->name = decl->name.text;
      out->title = title_of(decl, language);
      out->doc = decl->doc;
      out->source = source_of(arena, decl);
    } else if (is_documented(tree, decl)) {
      add_entry(arena, sources, decl, language, out);
    }
  }
}
