#include "text/diag.h"

#include <stdarg.h>
#include <string.h>

const Message message_table[MESSAGE_COUNT] = {
#define MESSAGE(code, severity, en, en_help, nb, nb_help) {#code, severity, {en, nb}, {en_help, nb_help}},
#include "text/messages.def"
#undef MESSAGE
};

/* ---- the queue ---- */

void diag_init(DiagQueue *queue, Arena *arena, SourceList *sources) {
  *queue = (DiagQueue){.arena = arena, .sources = sources};
  map_init(&queue->seen, arena);
}

/* A copy, cut between two characters where it is very long: the reports of a hostile name must not fill the memory. */
static View copy_argument(Arena *arena, View argument) {
  if (argument.length <= DIAG_MAX_ARGUMENT_BYTES) return view_copy(arena, argument);
  uint32_t length = DIAG_MAX_ARGUMENT_BYTES;
  while (length > 0 && ((unsigned char)argument.at[length] & 0xC0) == 0x80) length--;
  return view_join(arena, (View){argument.at, length}, VIEW("…"));
}

static bool has_place(Span span) { return span.source != UINT32_MAX; }

/* What makes two reports one: the code and the place, and the arguments where there is no place. */
static View identity_of(Arena *arena, const Diag *diag) {
  uint32_t numbers[] = {diag->code, diag->span.source, diag->span.start, diag->span.end};
  View identity = {arena_copy(arena, numbers, sizeof numbers), sizeof numbers};
  if (has_place(diag->span)) return identity;
  for (int i = 0; i < DIAG_MAX_ARGUMENTS; i++) {
    View length = {(const char *)&diag->arguments[i].length, sizeof diag->arguments[i].length};
    identity = view_join(arena, view_join(arena, identity, length), diag->arguments[i]);
  }
  return identity;
}

static void count(DiagQueue *queue, MessageCode code) {
  switch (message_table[code].severity) {
  case SEVERITY_ERROR: queue->errors++; break;
  case SEVERITY_WARNING: queue->warnings++; break;
  }
}

Diag *diag_add(DiagQueue *queue, MessageCode code, Span span, ...) {
  Diag diag = {.code = code, .span = span};
  if (queue->sources && span.source < queue->sources->count) diag.rules = queue->sources->at[span.source]->language;
  va_list arguments;
  va_start(arguments, span);
  View argument = va_arg(arguments, View);
  for (int i = 0; i < DIAG_MAX_ARGUMENTS && argument.length != UINT32_MAX; i++) {
    if (queue->items.count < DIAG_MAX_KEPT) diag.arguments[i] = copy_argument(queue->arena, argument);
    argument = va_arg(arguments, View);
  }
  va_end(arguments);
  if (queue->items.count >= DIAG_MAX_KEPT) {
    count(queue, code);
    queue->unkept = diag;
    return &queue->unkept;
  }
  View identity = identity_of(queue->arena, &diag);
  uint32_t index;
  if (map_get(&queue->seen, identity, &index)) return &queue->items.at[index];
  map_add(&queue->seen, identity, queue->items.count);
  list_push(queue->arena, &queue->items, diag);
  count(queue, code);
  return &queue->items.at[queue->items.count - 1];
}

void diag_accept(DiagQueue *queue, const bool *accepted) {
  uint32_t kept = 0;
  map_init(&queue->seen, queue->arena);
  for (uint32_t i = 0; i < queue->items.count; i++) {
    if (accepted[i]) {
      queue->warnings--;
      queue->accepted++;
      continue;
    }
    map_add(&queue->seen, identity_of(queue->arena, &queue->items.at[i]), kept);
    queue->items.at[kept++] = queue->items.at[i];
  }
  queue->items.count = kept;
}

/* ---- sentences ---- */

bool diag_text(DiagQueue *queue, uint32_t source) {
  View bytes = queue->sources->at[source]->bytes;
  uint32_t bad = 0;
  bool valid = utf8_valid(bytes, &bad);
  const char *nul = valid && bytes.length ? memchr(bytes.at, 0, bytes.length) : NULL;
  if (nul) bad = (uint32_t)(nul - bytes.at);
  if (valid && !nul) return true;
  diag_add(queue, valid ? MSG_E0122 : MSG_E0121, (Span){source, bad, bad + 1}, DIAG_END);
  return false;
}

View message_format(Arena *arena, const char *pattern, const View *arguments) {
  Writer *w = writer_to_memory(arena);
  for (const char *at = pattern; *at;) {
    size_t plain = strcspn(at, "{");
    write_view(w, view_make(at, plain));
    at += plain;
    if (at[0] == '{' && at[1] >= '0' && at[1] < '0' + DIAG_MAX_ARGUMENTS && at[2] == '}') {
      write_visible(w, arguments[at[1] - '0']);
      at += 3;
    } else if (*at) {
      write_char(w, *at++);
    }
  }
  return writer_memory(w);
}

View message_outline(Arena *arena, const char *pattern) {
  View places[DIAG_MAX_ARGUMENTS];
  for (int i = 0; i < DIAG_MAX_ARGUMENTS; i++) places[i] = VIEW("…");
  return message_format(arena, pattern, places);
}

View diag_argument(Arena *arena, View argument, Language language) {
  if (!argument.length || !memchr(argument.at, BOTH_BEGIN[0], argument.length)) return argument;
  Writer *w = writer_to_memory(arena);
  bool shown = true;
  for (uint32_t i = 0; i < argument.length; i++) {
    char sign = argument.at[i];
    if (sign == BOTH_BEGIN[0])
      shown = language == LANGUAGE_EN;
    else if (sign == BOTH_MIDDLE[0])
      shown = language == LANGUAGE_NB;
    else if (sign == BOTH_END[0])
      shown = true;
    else if (shown)
      write_char(w, sign);
  }
  return writer_memory(w);
}

/* ---- keywords in messages ---- */

static KeywordIn *keyword_in;

void diag_set_keywords(KeywordIn *in) { keyword_in = in; }

static const struct {
  const char *open, *close;
} quotes[] = {{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xC2\xAB", "\xC2\xBB"}}; /* “ ”, « » */

/* The quoted words that begin here, without their marks; empty: none do. */
static View quoted_at(const char *at) {
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
    size_t open = strlen(quotes[i].open);
    if (strncmp(at, quotes[i].open, open) != 0) continue;
    const char *end = strstr(at + open, quotes[i].close);
    if (end) return view_make(at + open, (size_t)(end - at) - open);
  }
  return (View){0};
}

static const char *with_keywords(Arena *arena, const char *pattern, Language rules) {
  if (!keyword_in) return pattern;
  Writer *w = writer_to_memory(arena);
  for (const char *at = pattern; *at;) {
    View quoted = quoted_at(at), word = quoted.length ? keyword_in(quoted, rules) : (View){0};
    if (word.length) {
      write_view(w, view_make(at, (size_t)(quoted.at - at)));
      write_view(w, word);
      at = quoted.at + quoted.length;
    } else {
      write_char(w, *at++);
    }
  }
  write_char(w, 0);
  return writer_memory(w).at;
}

static View sentence_with(Arena *arena, const char *pattern, const View *arguments, Language language) {
  View in_language[DIAG_MAX_ARGUMENTS];
  for (int i = 0; i < DIAG_MAX_ARGUMENTS; i++) in_language[i] = diag_argument(arena, arguments[i], language);
  return message_format(arena, pattern, in_language);
}

View diag_sentence(Arena *arena, const Diag *diag, Language language) {
  const char *pattern = with_keywords(arena, message_table[diag->code].text[language], diag->rules);
  return sentence_with(arena, pattern, diag->arguments, language);
}

View diag_help(Arena *arena, const Diag *diag, Language language) {
  if (diag->own_help.length > 0)
    return sentence_with(arena, "{0}", (View[DIAG_MAX_ARGUMENTS]){diag->own_help}, language);
  const char *pattern = with_keywords(arena, message_table[diag->code].help[language], diag->rules);
  return sentence_with(arena, pattern, diag->arguments, language);
}

/* ---- printing ---- */

typedef struct Words {
  const char *severity[2], *help, *see, *and, *more;
} Words;

static const Words words[LANGUAGE_COUNT] = {
    [LANGUAGE_EN] = {{"error", "warning"}, "help", "see", "and", "more"},
    [LANGUAGE_NB] = {{"feil", "advarsel"}, "hjelp", "se", "og", "til"},
};

const char *severity_word(Severity severity, Language language) { return words[language].severity[severity]; }

static const char BOLD[] = "\033[1m", RED[] = "\033[31m", YELLOW[] = "\033[33m", CYAN[] = "\033[36m";

typedef struct Printer {
  const DiagQueue *queue;
  Arena *scratch;
  Writer *out;
  const Words *words;
  Language language;
  bool color;
  unsigned gutter; /* width of the line numbers */
} Printer;

static void paint(const Printer *p, const char *color) {
  if (p->color) write_text(p->out, color);
}

static void unpaint(const Printer *p) {
  if (p->color) write_text(p->out, "\033[0m");
}

static const Source *source_of(const Printer *p, Span span) {
  const SourceList *sources = p->queue->sources;
  return sources && span.source < sources->count ? sources->at[span.source] : NULL;
}

enum { LINE_COLUMNS = 120, PIECE_BEFORE = 1000, PIECE_BYTES = 4000 };

/* One line as it is shown, and which of its columns are marked. */
typedef struct Excerpt {
  View text;
  uint32_t mark_column, mark_width;
} Excerpt;

/* A line of a megabyte is not laid out for one caret: only a piece around `start` is looked at. */
static View piece_around(View line, uint32_t start) {
  uint32_t begin = start > PIECE_BEFORE ? start - PIECE_BEFORE : 0;
  while (begin > 0 && begin < start && ((unsigned char)line.at[begin] & 0xC0) == 0x80) begin++;
  uint32_t length = line.length - begin;
  return (View){line.at + begin, length < PIECE_BYTES ? length : PIECE_BYTES};
}

static uint32_t show_next(View line, uint32_t offset, char shown[VISIBLE_MAX], uint32_t *taken) {
  if (line.at[offset] == '\t') {
    *taken = 1;
    shown[0] = ' ';
    return 1;
  }
  return visible_next((View){line.at + offset, line.length - offset}, shown, taken);
}

/* The columns before `offset`, in the line as it is shown. */
static uint32_t shown_column(View line, uint32_t offset) {
  uint32_t column = 0;
  char shown[VISIBLE_MAX];
  for (uint32_t i = 0, taken; i < offset && i < line.length; i += taken)
    column += utf8_width((View){shown, show_next(line, i, shown, &taken)});
  return column;
}

/* The characters that stand wholly within columns [from, to). */
static View shown_between(Arena *arena, View line, uint32_t from, uint32_t to, uint32_t *first_column) {
  Writer *w = writer_to_memory(arena);
  uint32_t column = 0, taken;
  char shown[VISIBLE_MAX];
  *first_column = UINT32_MAX;
  for (uint32_t i = 0; i < line.length; i += taken) {
    View next = {shown, show_next(line, i, shown, &taken)};
    uint32_t after = column + utf8_width(next);
    if (after > to) break;
    if (column >= from) {
      if (*first_column == UINT32_MAX) *first_column = column;
      write_view(w, next);
    }
    column = after;
  }
  return writer_memory(w);
}

/* The window's first column: the mark stands in its middle, or at its left edge where it is wider. */
static uint32_t window_start(uint32_t total, uint32_t start, uint32_t width, uint32_t window) {
  uint32_t before = width < window ? (window - width) / 2 : 0;
  uint32_t from = start > before ? start - before : 0;
  return from + window > total ? total - window : from;
}

/* The line of source where the span starts, as wide as a terminal at most; [start, end) are offsets in the line. */
static Excerpt excerpt_of(Arena *arena, View whole, uint32_t start, uint32_t end) {
  View line = piece_around(whole, start);
  uint32_t skipped = (uint32_t)(line.at - whole.at);
  start -= skipped;
  end -= skipped;
  uint32_t total = shown_column(line, line.length), mark = shown_column(line, start);
  uint32_t width = shown_column(line, end) - mark, first = 0;
  if (line.length == whole.length && total <= LINE_COLUMNS)
    return (Excerpt){shown_between(arena, line, 0, total, &first), mark, width ? width : 1};

  const uint32_t window = LINE_COLUMNS - 2;
  uint32_t from = total > window ? window_start(total, mark, width, window) : 0;
  View text = shown_between(arena, line, from, from + window, &first);
  if (first == UINT32_MAX) first = from;
  bool cut_left = from > 0 || skipped > 0;
  bool cut_right = from + window < total || skipped + line.length < whole.length;
  if (cut_left) text = view_join(arena, VIEW("…"), text);
  if (cut_right) text = view_join(arena, text, VIEW("…"));
  mark = (mark > first ? mark - first : 0) + cut_left;
  uint32_t room = utf8_width(text) - cut_right;
  if (mark + width > room) width = room > mark ? room - mark : 1;
  return (Excerpt){text, mark, width ? width : 1};
}

static void print_gutter(const Printer *p, uint32_t line) {
  View number = line ? view_format(p->scratch, "%u", line) : VIEW("");
  paint(p, CYAN);
  write_repeat(p->out, ' ', p->gutter - number.length);
  write_view(p->out, number);
  write_text(p->out, " |");
}

static void print_excerpt(const Printer *p, Span span, char mark) {
  const Source *source = source_of(p, span);
  uint32_t number = source_line(source, span.start);
  View line = source_line_text(source, number);
  uint32_t begin = (uint32_t)(line.at - source->bytes.at);
  uint32_t start = span.start > begin ? span.start - begin : 0, end = span.end > begin ? span.end - begin : 0;
  if (start > line.length) start = line.length;
  if (end > line.length) end = line.length;
  if (end < start) end = start;
  Excerpt excerpt = excerpt_of(p->scratch, line, start, end);
  print_gutter(p, number);
  unpaint(p);
  if (excerpt.text.length > 0) write_char(p->out, ' ');
  write_view(p->out, excerpt.text);
  write_char(p->out, '\n');
  print_gutter(p, 0);
  write_repeat(p->out, ' ', excerpt.mark_column + 1);
  write_repeat(p->out, mark, excerpt.mark_width);
  unpaint(p);
  write_char(p->out, '\n');
}

static void print_place(const Printer *p, Span span) {
  const Source *source = source_of(p, span);
  paint(p, BOLD);
  write_visible(p->out, source->name);
  write_format(p->out, ":%u:%u:", source_line(source, span.start), source_column(source, span.start));
  unpaint(p);
}

/* "      = " stands under the bar of the line numbers. */
static void print_note_start(const Printer *p) {
  write_repeat(p->out, ' ', p->gutter + 1);
  write_text(p->out, "= ");
}

static bool has_other(const Printer *p, const Diag *diag) {
  return diag->other.start < diag->other.end && source_of(p, diag->other);
}

static unsigned digits_of(uint32_t n) {
  unsigned digits = 1;
  for (; n > 9; n /= 10) digits++;
  return digits;
}

enum { GUTTER_MIN = 5 };

static unsigned gutter_for(const Printer *p, const Diag *diag) {
  unsigned widest = GUTTER_MIN;
  const Span spans[] = {diag->span, diag->other};
  for (int i = 0; i < 1 + has_other(p, diag); i++) {
    const Source *source = source_of(p, spans[i]);
    unsigned digits = source ? digits_of(source_line(source, spans[i].start)) : 0;
    if (digits > widest) widest = digits;
  }
  return widest;
}

static void print_heading(const Printer *p, const Diag *diag) {
  const Message *message = &message_table[diag->code];
  if (source_of(p, diag->span)) {
    print_place(p, diag->span);
    write_char(p->out, ' ');
  }
  paint(p, message->severity == SEVERITY_ERROR ? RED : YELLOW);
  write_format(p->out, "%s %s:", p->words->severity[message->severity], message->name);
  unpaint(p);
  write_char(p->out, ' ');
  write_view(p->out, diag_sentence(p->scratch, diag, p->language));
  write_char(p->out, '\n');
}

static void print_one(Printer *p, const Diag *diag) {
  p->gutter = gutter_for(p, diag);
  print_heading(p, diag);
  if (source_of(p, diag->span)) print_excerpt(p, diag->span, '^');
  if (has_other(p, diag)) {
    print_note_start(p);
    write_format(p->out, "%s ", p->words->see);
    print_place(p, diag->other);
    write_char(p->out, '\n');
    print_excerpt(p, diag->other, '-');
  }
  View help = diag_help(p->scratch, diag, p->language);
  if (help.length > 0) {
    print_note_start(p);
    write_format(p->out, "%s: ", p->words->help);
    write_view(p->out, help);
    write_char(p->out, '\n');
  }
}

/* ---- order ---- */

static bool comes_before(const Diag *a, const Diag *b) {
  if (a->span.source != b->span.source) return a->span.source < b->span.source;
  return a->span.start < b->span.start;
}

static void merge(const Diag **from, uint32_t begin, uint32_t middle, uint32_t end, const Diag **to) {
  uint32_t left = begin, right = middle;
  for (uint32_t i = begin; i < end; i++) {
    bool take_right = left == middle || (right < end && comes_before(from[right], from[left]));
    to[i] = take_right ? from[right++] : from[left++];
  }
}

/* A merge sort, because reports at one place keep their order. */
const Diag **diag_in_order(Arena *arena, const DiagQueue *queue) {
  uint32_t count = queue->items.count;
  const Diag **order = arena_array(arena, const Diag *, count), **other = arena_array(arena, const Diag *, count);
  for (uint32_t i = 0; i < count; i++) order[i] = &queue->items.at[i];
  for (uint32_t width = 1; width < count; width *= 2) {
    for (uint32_t begin = 0; begin < count; begin += 2 * width) {
      uint32_t middle = begin + width < count ? begin + width : count;
      uint32_t end = middle + width < count ? middle + width : count;
      merge(order, begin, middle, end, other);
    }
    const Diag **swapped = order;
    order = other;
    other = swapped;
  }
  return order;
}

void diag_print(DiagQueue *queue, Writer *w, Language language, bool color) {
  Printer p = {queue, queue->arena, w, &words[language], language, color, GUTTER_MIN};
  const Diag **order = diag_in_order(queue->arena, queue);
  uint32_t shown = queue->items.count < DIAG_MAX_SHOWN ? queue->items.count : DIAG_MAX_SHOWN;
  for (uint32_t i = 0; i < shown; i++) {
    if (i > 0) write_char(w, '\n');
    print_one(&p, order[i]);
  }
  uint32_t more = queue->errors + queue->warnings - shown;
  if (more > 0) write_format(w, "\n… %s %u %s.\n", p.words->and, more, p.words->more);
}
