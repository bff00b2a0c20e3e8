#include "eval/explain.h"

#include "eval/words.h"

/* One value at one row, written: for people, as JSON, as a CSV field. */

enum { SHOWN_CHARACTERS = 120 }; /* of an applicant's text, for people */

static const Column *column_of(const Evaluation *e, uint32_t node) { return e->columns[node]; }

static const Type *type_of(const Evaluation *e, uint32_t node) { return e->program->nodes[node].type; }

/* ---- what is known ---- */

bool value_is_known(const Evaluation *e, uint32_t node, uint32_t row) {
  const Column *c = column_of(e, node);
  return column_is_known(c, row) && !column_is_error(c, row);
}

bool value_is_error(const Evaluation *e, uint32_t node, uint32_t row) {
  return column_is_error(column_of(e, node), row);
}

bool value_is_yes(const Evaluation *e, uint32_t node, uint32_t row) {
  const Column *c = column_of(e, node);
  return c->kind == COLUMN_BITS && bit_get(c->yes, row);
}

bool value_is_no(const Evaluation *e, uint32_t node, uint32_t row) {
  const Column *c = column_of(e, node);
  return c->kind == COLUMN_BITS && bit_get(c->no, row);
}

/* ---- numbers, dates and durations for people ---- */

typedef struct Unit {
  int64_t size;
  Word one, many;
} Unit;

static const Unit month_units[] = {{12, WORD_ONE_YEAR, WORD_YEARS}, {1, WORD_ONE_MONTH, WORD_MONTHS}};
static const Unit second_units[] = {{86400, WORD_ONE_DAY, WORD_DAYS},
                                    {3600, WORD_ONE_HOUR, WORD_HOURS},
                                    {60, WORD_ONE_MINUTE, WORD_MINUTES},
                                    {1, WORD_ONE_SECOND, WORD_SECONDS}};

/* "3 years 6 months"; the units that are 0 are left out. */
static View in_units(Arena *arena, int64_t amount, const Unit *units, size_t count, Language language) {
  Writer *w = writer_to_memory(arena);
  if (amount < 0) write_char(w, '-');
  uint64_t left = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    uint64_t size = (uint64_t)units[i].size, here = left / size;
    left %= size;
    if (here == 0) continue;
    if (any) write_char(w, ' ');
    View number = num_text_for_people(arena, num_of((int64_t)here));
    write_view(w, phrase(arena, language, here == 1 ? units[i].one : units[i].many, number, DIAG_END));
    any = true;
  }
  return writer_memory(w);
}

static View months_text(Arena *arena, int64_t months, Language language) {
  if (months == 0) return phrase(arena, language, WORD_YEARS, VIEW("0"), DIAG_END);
  return in_units(arena, months, month_units, 2, language);
}

static View seconds_text(Arena *arena, int64_t seconds, Language language) {
  if (seconds == 0) return phrase(arena, language, WORD_SECONDS, VIEW("0"), DIAG_END);
  return in_units(arena, seconds, second_units, 4, language);
}

static View whole_text(const Evaluation *e, int64_t n, const Type *type, Arena *arena, Language language) {
  switch (type->kind) {
  case TYPE_DATE: return n >= DATE_MIN && n <= DATE_MAX ? date_text(arena, n) : num_text_for_people(arena, num_of(n));
  case TYPE_MOMENT: return moment_text(arena, e->program->zone, n);
  case TYPE_MONTHS: return months_text(arena, n, language);
  case TYPE_DURATION: return seconds_text(arena, n, language);
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return num_text_for_people(arena, num_of(n));
}

static bool is_time(const Type *type) {
  return type->kind == TYPE_DATE || type->kind == TYPE_MOMENT || type->kind == TYPE_MONTHS ||
         type->kind == TYPE_DURATION;
}

/* Amounts that are not whole have two decimals at least, as on a bill. */
static View amount_text(Arena *arena, View currency, View digits) {
  bool one_decimal = digits.length > 1 && digits.at[digits.length - 2] == '.';
  if (one_decimal) digits = view_join(arena, digits, VIEW("0"));
  return view_join(arena, view_join(arena, currency, VIEW("\u00A0")), digits);
}

/* NOK 11.75 per EUR */
static View rate_text(Arena *arena, const Type *rate, View digits) {
  View per = view_join(arena, VIEW(" per\u00A0"), rate->per);
  return view_join(arena, amount_text(arena, rate->currency, digits), per);
}

/* What was rounded to all digits that are kept shows that it was. */
static View mark_cut(Arena *arena, Num number, View digits) {
  bool exact;
  View text = num_text(arena, number, &exact);
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.length; i++)
    count += text.at[i] >= '0' && text.at[i] <= '9' && (count || text.at[i] != '0');
  return exact && count >= NUM_MAX_DIGITS ? view_join(arena, digits, VIEW("…")) : digits;
}

View number_text(const Evaluation *e, Num number, const Type *type, Arena *arena, Language language) {
  int64_t n;
  if (is_time(type) && num_to_int(number, &n)) return whole_text(e, n, type, arena, language);
  View digits = num_text_for_people(arena, number);
  if (type->kind == TYPE_RATE) return rate_text(arena, type, digits);
  if (type->inexact) digits = mark_cut(arena, number, digits);
  return type->kind == TYPE_MONEY ? amount_text(arena, type->currency, digits) : digits;
}

/* ---- what is still possible ---- */

static uint64_t full_mask(const EnumType *values) {
  return values->count >= ENUM_MASK_VALUES ? ~UINT64_C(0) : (UINT64_C(1) << values->count) - 1;
}

bool possible_values(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language, NameRows *out) {
  const Type *type = type_of(e, node);
  if (type->kind == TYPE_YES_NO) {
    list_push(arena, out, view_of(word(WORD_YES, language)));
    list_push(arena, out, view_of(word(WORD_NO, language)));
    return true;
  }
  if (type->kind != TYPE_ENUM || type->values->count > ENUM_MASK_VALUES) return false;
  uint64_t mask = column_mask(column_of(e, node), row) & full_mask(type->values);
  for (uint32_t code = 0; code < type->values->count; code++)
    if (mask >> code & 1) list_push(arena, out, type->values->values[code]);
  return true;
}

static bool is_day(const Type *type) { return type->kind == TYPE_DATE || type->kind == TYPE_MOMENT; }

/* An empty view where there are no bounds. */
static View bounds_text(const Evaluation *e, const Range *range, const Type *type, Arena *arena, Language language) {
  View low = range->has_low ? number_text(e, range->low, type, arena, language) : (View){0};
  View high = range->has_high ? number_text(e, range->high, type, arena, language) : (View){0};
  if (range->has_low && range->has_high)
    return num_equal(range->low, range->high) ? low : phrase(arena, language, WORD_FROM_TO, low, high, DIAG_END);
  if (range->has_low) {
    Word which = is_day(type) ? WORD_FROM_DAY : range->low_open ? WORD_ABOVE : WORD_FROM;
    return phrase(arena, language, which, low, DIAG_END);
  }
  if (!range->has_high) return (View){0};
  Word which = is_day(type) ? WORD_UNTIL_DAY : range->high_open ? WORD_BELOW : WORD_UP_TO;
  return phrase(arena, language, which, high, DIAG_END);
}

static View range_text(const Evaluation *e, const Range *range, const Type *type, Arena *arena, Language language) {
  View text = bounds_text(e, range, type, arena, language);
  if (text.length == 0 || !range->may_fail) return text;
  const View either[] = {text, view_of(word(WORD_ERROR, language))};
  return join_with_word(arena, language, WORD_OR, either, 2);
}

static Range range_of(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena) {
  Range none = {0};
  const Column *c = column_of(e, node);
  if (c->kind != COLUMN_NUMBERS) return none;
  Range range = column_range(arena, c, row);
  if (range.has_low && !num_fits(range.low)) range.has_low = false;
  if (range.has_high && !num_fits(range.high)) range.has_high = false;
  return range;
}

bool value_is_narrowed(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena) {
  const Type *type = type_of(e, node);
  if (type->kind == TYPE_ENUM && type->values->count <= ENUM_MASK_VALUES) {
    uint64_t full = full_mask(type->values);
    return (column_mask(column_of(e, node), row) & full) != full;
  }
  Range range = range_of(e, node, row, arena);
  return range.has_low || range.has_high;
}

enum { POSSIBLE_SHOWN = 12 };

static View possible_text(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language) {
  NameRows values = {0};
  if (possible_values(e, node, row, arena, language, &values) && values.count > 0 && values.count <= POSSIBLE_SHOWN)
    return join_with_word(arena, language, WORD_OR, values.at, values.count);
  Range range = range_of(e, node, row, arena);
  View text = range_text(e, &range, type_of(e, node), arena, language);
  return text.length > 0 ? text : view_of(word(WORD_MISSING, language));
}

/* ---- for people ---- */

/* In quotes, and not all of it where it is long. */
static View quoted(View text, Arena *arena, Language language) {
  uint32_t end = 0, characters = 0;
  while (end < text.length && characters < SHOWN_CHARACTERS) {
    uint32_t code_point, length = utf8_decode(text.at + end, text.at + text.length, &code_point);
    end += length ? length : 1;
    characters++;
  }
  View shown = {text.at, end};
  if (end < text.length) shown = view_join(arena, shown, VIEW("…"));
  return phrase(arena, language, WORD_QUOTED, shown, DIAG_END);
}

static View code_text(const Type *type, uint32_t code) {
  return type->values && code < type->values->count ? type->values->values[code] : VIEW("?");
}

static View known_text(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language) {
  const Column *c = column_of(e, node);
  switch (c->kind) {
  case COLUMN_BITS: return view_of(word(bit_get(c->yes, row) ? WORD_YES : WORD_NO, language));
  case COLUMN_NUMBERS: return number_text(e, column_number(arena, c, row), type_of(e, node), arena, language);
  case COLUMN_CODES: return code_text(type_of(e, node), c->codes[row]);
  case COLUMN_TEXTS: return quoted(c->texts[row], arena, language);
  }
  return (View){0};
}

View value_text(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language) {
  if (value_is_error(e, node, row)) return view_of(word(WORD_ERROR, language));
  if (value_is_known(e, node, row)) return known_text(e, node, row, arena, language);
  return possible_text(e, node, row, arena, language);
}

/* Is it a field, or a cell of a table in the text, also one of an item that was chosen? */
static bool is_place(const Evaluation *e, uint32_t node, uint32_t row) {
  const Node *n = &e->program->nodes[node];
  if (n->op == OP_PICKED && value_is_known(e, n->b, row)) n = &e->program->nodes[n->a];
  while (n->op == OP_SPREAD || n->op == OP_REPEAT) n = &e->program->nodes[n->a];
  return n->op == OP_INPUT || n->op == OP_TABLE;
}

/* "At least 0" is no news of a count. */
static bool is_any_count(const Type *type, const Range *range) {
  return type->kind == TYPE_NUMBER && type->whole && range->has_low && num_sign(range->low) == 0 && !range->has_high;
}

/* Do the possible values say more than was declared? */
static bool says_more(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena) {
  if (!value_is_narrowed(e, node, row, arena)) return false;
  if (column_of(e, node)->kind != COLUMN_NUMBERS) return true;
  Range range = range_of(e, node, row, arena);
  if (range.may_fail) return true;
  return !is_any_count(type_of(e, node), &range) && !explain_bounds(e, node, row, &range, arena);
}

/* A field that is not there is missing; what is computed from it is not known. */
static View unknown_sentence(const Evaluation *e, View name, uint32_t node, uint32_t row, Arena *arena,
                             Language language) {
  if (is_place(e, node, row)) return phrase(arena, language, WORD_IS_MISSING, name, DIAG_END);
  if (!says_more(e, node, row, arena)) return phrase(arena, language, WORD_IS_NOT_KNOWN, name, DIAG_END);
  View possible = value_text(e, node, row, arena, language);
  return phrase(arena, language, WORD_IS_NOT_KNOWN_MAY_BE, name, possible, DIAG_END);
}

View value_sentence(const Evaluation *e, View name, uint32_t node, uint32_t row, Arena *arena, Language language) {
  if (value_is_error(e, node, row)) return phrase(arena, language, WORD_HAS_ERROR, name, DIAG_END);
  if (!value_is_known(e, node, row)) return unknown_sentence(e, name, node, row, arena, language);
  return phrase(arena, language, WORD_IS, name, value_text(e, node, row, arena, language), DIAG_END);
}

/* ---- for programs ---- */

/* ISO 8601, 4.4: "P3Y6M", "P2DT3H", "P0M", "PT0S". */
static View iso_duration(Arena *arena, int64_t amount, bool months) {
  static const char letters[] = "YMDHMS";
  static const int64_t sizes[] = {12, 1, 86400, 3600, 60, 1};
  Writer *w = writer_to_memory(arena);
  write_text(w, amount < 0 ? "-P" : "P");
  uint64_t left = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
  bool zero = left == 0, in_time = false;
  for (int i = months ? 0 : 2; i < (months ? 2 : 6); i++) {
    uint64_t here = left / (uint64_t)sizes[i];
    left %= (uint64_t)sizes[i];
    if (here == 0 && !(zero && (i == 1 || i == 5))) continue;
    if (i >= 3 && !in_time) write_char(w, 'T');
    in_time = i >= 3;
    write_int(w, (int64_t)here);
    write_char(w, letters[i]);
  }
  return writer_memory(w);
}

/* Dates, moments and durations: as a text of ISO 8601. False for numbers and money. */
static bool iso_text(const Evaluation *e, Num number, const Type *type, Arena *arena, View *out) {
  int64_t n;
  if (!is_time(type) || !num_to_int(number, &n)) return false;
  if (type->kind == TYPE_DATE && (n < DATE_MIN || n > DATE_MAX)) return false;
  if (type->kind == TYPE_DATE)
    *out = date_text(arena, n);
  else if (type->kind == TYPE_MOMENT)
    *out = moment_text_iso(arena, e->program->zone, n);
  else
    *out = iso_duration(arena, n, type->kind == TYPE_MONTHS);
  return true;
}

static void number_json(const Evaluation *e, Num number, const Type *type, Arena *arena, Writer *w) {
  View text;
  if (iso_text(e, number, type, arena, &text)) {
    write_json_string(w, text);
    return;
  }
  bool exact;
  text = num_text(arena, number, &exact);
  if (exact || type->inexact)
    write_view(w, text);
  else
    write_json_string(w, num_fraction_text(arena, number));
}

static void known_json(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Writer *w) {
  const Column *c = column_of(e, node);
  switch (c->kind) {
  case COLUMN_BITS: write_text(w, bit_get(c->yes, row) ? "true" : "false"); break;
  case COLUMN_NUMBERS: number_json(e, column_number(arena, c, row), type_of(e, node), arena, w); break;
  case COLUMN_CODES: write_json_string(w, code_text(type_of(e, node), c->codes[row])); break;
  case COLUMN_TEXTS: write_json_string(w, c->texts[row]); break;
  }
}

static void range_json(const Evaluation *e, const Range *range, const Type *type, Arena *arena, Writer *w) {
  write_text(w, "{\"from\":");
  if (range->has_low)
    number_json(e, range->low, type, arena, w);
  else
    write_text(w, "null");
  write_text(w, ",\"to\":");
  if (range->has_high)
    number_json(e, range->high, type, arena, w);
  else
    write_text(w, "null");
  write_char(w, '}');
}

static void possible_json(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Writer *w) {
  const Type *type = type_of(e, node);
  Range range = range_of(e, node, row, arena);
  NameRows values = {0};
  if (range.has_low || range.has_high) {
    range_json(e, &range, type, arena, w);
  } else if (type->kind == TYPE_YES_NO) {
    write_text(w, "{\"possible\":[true,false]}");
  } else if (possible_values(e, node, row, arena, LANGUAGE_EN, &values)) {
    write_text(w, "{\"possible\":[");
    for (uint32_t i = 0; i < values.count; i++) {
      if (i > 0) write_char(w, ',');
      write_json_string(w, values.at[i]);
    }
    write_text(w, "]}");
  } else {
    write_text(w, "null");
  }
}

static void error_json(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language, Writer *w) {
  FaultList faults = {0};
  explain_faults(e, node, row, arena, &faults);
  write_text(w, "{\"error\":");
  write_json_string(w, faults.count > 0 ? fault_text(e, faults.at[0], arena, language) : (View){0});
  write_char(w, '}');
}

void value_json(const Evaluation *e, uint32_t node, uint32_t row, Arena *scratch, Language language, Writer *w) {
  if (value_is_error(e, node, row))
    error_json(e, node, row, scratch, language, w);
  else if (value_is_known(e, node, row))
    known_json(e, node, row, scratch, w);
  else
    possible_json(e, node, row, scratch, w);
}

View value_plain(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena) {
  if (!value_is_known(e, node, row)) return (View){0};
  const Column *c = column_of(e, node);
  const Type *type = type_of(e, node);
  switch (c->kind) {
  case COLUMN_BITS: return view_of(bit_get(c->yes, row) ? "yes" : "no");
  case COLUMN_CODES: return code_text(type, c->codes[row]);
  case COLUMN_TEXTS: return c->texts[row];
  case COLUMN_NUMBERS: break;
  }
  Num number = column_number(arena, c, row);
  return is_time(type) ? number_text(e, number, type, arena, LANGUAGE_EN) : num_text(arena, number, NULL);
}

/* ---- faults ---- */

View fault_place(const Evaluation *e, const Fault *fault, Arena *arena) {
  Writer *w = writer_to_memory(arena);
  const SourceList *sources = e->program->sources;
  if (fault->file.length > 0) {
    write_view(w, fault->file);
    if (fault->line > 0) write_format(w, ":%u", fault->line);
  } else if (fault->span.source != UINT32_MAX && sources && fault->span.source < sources->count) {
    const Source *source = sources->at[fault->span.source];
    write_view(w, source->name);
    write_format(w, ":%u:%u", source_line(source, fault->span.start), source_column(source, fault->span.start));
  }
  return writer_memory(w);
}

View fault_text(const Evaluation *e, const Fault *fault, Arena *arena, Language language) {
  Writer *w = writer_to_memory(arena);
  View place = fault_place(e, fault, arena);
  if (place.length > 0) {
    write_view(w, place);
    write_text(w, ": ");
  }
  if (fault->field.length > 0) {
    write_view(w, fault->field);
    write_text(w, ": ");
  }
  write_view(w, fault_sentence(arena, fault, language));
  write_format(w, " (%s)", message_table[fault->code].name);
  return writer_memory(w);
}

View fault_line(const Evaluation *e, const Fault *fault, Arena *arena, Language language) {
  View text = fault_text(e, fault, arena, language), help = fault_help(arena, fault, language);
  return help.length > 0 ? view_join(arena, view_join(arena, text, VIEW(": ")), help) : text;
}

View fault_key(const Evaluation *e, const Fault *fault, Arena *arena) {
  Writer *w = writer_to_memory(arena);
  write_view(w, fault_place(e, fault, arena));
  write_format(w, "\n%s\n", message_table[fault->code].name);
  write_view(w, fault->field);
  return writer_memory(w);
}

/* The PICK that went wrong; NULL for all other faults. */
static const Node *pick_of_fault(const Program *program, const Fault *fault) {
  if (fault->code != MSG_R0106 && fault->code != MSG_R0107) return NULL;
  for (uint32_t i = 0; i < program->node_count; i++) {
    const Node *node = &program->nodes[i];
    bool same = node->span.source == fault->span.source && node->span.start == fault->span.start;
    if (same && node->op == OP_PICK) return node;
  }
  return NULL;
}

void fault_values(const Evaluation *e, const Fault *fault, uint32_t application, Arena *arena, Language language,
                  NameRows *sentences) {
  const Program *program = e->program;
  const Node *pick = pick_of_fault(program, fault);
  if (!pick || pick->a == NO_NODE) return;
  Basis *basis = basis_new(e, arena);
  RowRange items = rows_of_application(e, pick->index, application);
  for (uint32_t item = items.first; item < items.end; item++) basis_add(basis, pick->a, item);
  for (uint32_t i = 0; i < program->input_count; i++) {
    const Input *input = &program->inputs[i];
    if (input->space != 0 || !basis_has(basis, input->node)) continue;
    list_push(arena, sentences, value_sentence(e, input->name, input->node, application, arena, language));
  }
}
