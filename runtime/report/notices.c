#include "report/notices.h"

struct Notices {
  Arena *arena;
  Writer *out;
  NoticeFormat format;
  Language language;
  bool begun;               /* something stands in the array: the next one needs a comma */
  bool used[MESSAGE_COUNT]; /* the rules of SARIF are the messages that were given */
};

static void write_string(Writer *w, const char *c_string) { write_json_string(w, view_of(c_string)); }

static void next_item(Notices *n) {
  write_text(n->out, n->begun ? ",\n" : "\n");
  n->begun = true;
}

/* ---- places ---- */

typedef struct Place {
  View file;
  uint32_t line, column, end_line, end_column; /* 0: none */
} Place;

/* Where there is no place in a text, the file that was checked is what the notice is about. */
static Place place_of(const DiagQueue *queue, Span span, View file) {
  if (!queue->sources || span.source >= queue->sources->count) return (Place){.file = file};
  const Source *source = queue->sources->at[span.source];
  uint32_t end = span.end > span.start ? span.end : span.start;
  return (Place){source->name, source_line(source, span.start), source_column(source, span.start),
                 source_line(source, end), source_column(source, end)};
}

static bool has_other(const DiagQueue *queue, const Diag *diag) {
  return diag->other.start < diag->other.end && queue->sources && diag->other.source < queue->sources->count;
}

/* ---- JSON ---- */

static void write_number(Writer *w, const char *name, uint32_t number) {
  write_format(w, ",\"%s\":", name);
  if (number > 0)
    write_int(w, number);
  else
    write_text(w, "null");
}

static void write_place(Writer *w, const Place *place) {
  write_text(w, "\"file\":");
  write_json_string(w, place->file);
  write_number(w, "line", place->line);
  write_number(w, "column", place->column);
  write_number(w, "end_line", place->end_line);
  write_number(w, "end_column", place->end_column);
}

static void write_json_notice(Notices *n, const DiagQueue *queue, const Diag *diag, View file) {
  const Message *message = &message_table[diag->code];
  Writer *w = n->out;
  Place place = place_of(queue, diag->span, file), other = place_of(queue, diag->other, file);
  write_format(w, "{\"code\":\"%s\",\"severity\":\"%s\",", message->name, severity_word(message->severity, LANGUAGE_EN));
  write_place(w, &place);
  write_text(w, ",\"sentence\":");
  write_json_string(w, diag_sentence(n->arena, diag, n->language));
  write_text(w, ",\"help\":");
  write_json_string(w, diag_help(n->arena, diag, n->language));
  write_text(w, ",\"other\":");
  if (has_other(queue, diag)) {
    write_char(w, '{');
    write_place(w, &other);
    write_char(w, '}');
  } else {
    write_text(w, "null");
  }
  write_char(w, '}');
}

static void add_json(Notices *n, View file, const Program *program, const DiagQueue *queue) {
  const Diag **order = diag_in_order(n->arena, queue);
  next_item(n);
  write_text(n->out, "{\"file\":");
  write_json_string(n->out, file);
  write_text(n->out, ",\"programme\":");
  if (program)
    write_json_string(n->out, program->name);
  else
    write_text(n->out, "null");
  write_format(n->out, ",\"errors\":%u,\"warnings\":%u,\"diagnostics\":[", queue->errors, queue->warnings);
  for (uint32_t i = 0; i < queue->items.count; i++) {
    write_text(n->out, i > 0 ? ",\n" : "\n");
    write_json_notice(n, queue, order[i], file);
  }
  write_text(n->out, "]}");
}

/* ---- SARIF ---- */

/* A file's name as a URI reference (RFC 3986): what is neither unreserved nor a slash is written by its bytes. */
static void write_uri(Writer *w, View name) {
  static const char hex[] = "0123456789ABCDEF";
  write_char(w, '"');
  for (uint32_t i = 0; i < name.length; i++) {
    unsigned char c = (unsigned char)name.at[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' || c == '/')
      write_char(w, (char)c);
    else
      write_format(w, "%%%c%c", hex[c >> 4], hex[c & 15]);
  }
  write_char(w, '"');
}

static void write_location(Writer *w, const Place *place) {
  write_text(w, "\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
  write_uri(w, place->file);
  write_char(w, '}');
  if (place->line > 0)
    write_format(w, ",\"region\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u}", place->line,
                 place->column, place->end_line, place->end_column);
  write_char(w, '}');
}

/* The way out belongs to the message: viewers show nothing else of a result. */
static void write_message(Notices *n, const Diag *diag) {
  View text = diag_sentence(n->arena, diag, n->language), help = diag_help(n->arena, diag, n->language);
  if (help.length > 0) text = view_join(n->arena, view_join(n->arena, text, VIEW("\n")), help);
  write_text(n->out, "\"message\":{\"text\":");
  write_json_string(n->out, text);
  write_char(n->out, '}');
}

static void write_sarif_result(Notices *n, const DiagQueue *queue, const Diag *diag, View file) {
  const Message *message = &message_table[diag->code];
  Writer *w = n->out;
  Place place = place_of(queue, diag->span, file), other = place_of(queue, diag->other, file);
  n->used[diag->code] = true;
  write_format(w, "{\"ruleId\":\"%s\",\"level\":\"%s\",", message->name, severity_word(message->severity, LANGUAGE_EN));
  write_message(n, diag);
  write_text(w, ",\"locations\":[{");
  write_location(w, &place);
  write_text(w, "}]");
  if (has_other(queue, diag)) {
    write_text(w, ",\"relatedLocations\":[{");
    write_location(w, &other);
    write_text(w, "}]");
  }
  write_char(w, '}');
}

static void add_sarif(Notices *n, View file, const DiagQueue *queue) {
  const Diag **order = diag_in_order(n->arena, queue);
  for (uint32_t i = 0; i < queue->items.count; i++) {
    next_item(n);
    write_sarif_result(n, queue, order[i], file);
  }
}

static void write_rule(Notices *n, const Message *message) {
  Writer *w = n->out;
  write_format(w, "{\"id\":\"%s\",\"shortDescription\":{\"text\":", message->name);
  write_json_string(w, message_outline(n->arena, message->text[n->language]));
  write_text(w, "},\"defaultConfiguration\":{\"level\":");
  write_string(w, severity_word(message->severity, LANGUAGE_EN));
  write_text(w, "}}");
}

static void end_sarif(Notices *n) {
  write_text(n->out, "\n],\"columnKind\":\"unicodeCodePoints\",\"tool\":{\"driver\":{\"name\":\"terskel\",\"version\":");
  write_string(n->out, TERSKEL_VERSION);
  write_text(n->out, ",\"rules\":[");
  n->begun = false;
  for (int code = 0; code < MESSAGE_COUNT; code++) {
    if (!n->used[code]) continue;
    next_item(n);
    write_rule(n, &message_table[code]);
  }
  write_text(n->out, "\n]}}}]}\n");
}

/* ---- begin, add, end ---- */

Notices *notices_begin(Arena *arena, Writer *w, NoticeFormat format, Language language) {
  static const char *const openings[] = {
      [NOTICES_JSON] = "[",
      [NOTICES_SARIF] = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":"
                        "[{\"results\":["};
  Notices *n = arena_new_of(arena, Notices);
  *n = (Notices){.arena = arena, .out = w, .format = format, .language = language};
  write_text(w, openings[format]);
  return n;
}

void notices_add(Notices *n, View file, const Program *program, const DiagQueue *queue) {
  switch (n->format) {
  case NOTICES_JSON: add_json(n, file, program, queue); break;
  case NOTICES_SARIF: add_sarif(n, file, queue); break;
  }
}

void notices_end(Notices *n) {
  switch (n->format) {
  case NOTICES_JSON: write_text(n->out, "\n]\n"); break;
  case NOTICES_SARIF: end_sarif(n); break;
  }
}
