#include "data/bind.h"

#include "data/match.h"
#include "data/spelling.h"

/* One value on its way to its cell. */
typedef struct Binding {
  BatchBuilder *builder;
  Arena *arena;
  const Program *program;
  uint32_t index;
  const Input *input;
  RawValue value;
  bool from_table;
  const CellPlace *place;
} Binding;

Fault fault_at(MessageCode code, const CellPlace *place, View first, View second) {
  Fault fault = fault_in_data(code, place->file, place->line, place->field);
  fault.arguments[0] = first;
  fault.arguments[1] = second;
  return fault;
}

/* A number that JSON has as a text: then its quotation marks are the mistake. */
static bool is_quoted_number(const Binding *d) {
  TypeKind kind = d->input->type->kind;
  Num ignored;
  if (d->from_table || (kind != TYPE_NUMBER && kind != TYPE_MONEY && kind != TYPE_RATE)) return false;
  return grouped_read(d->arena, d->value.text, &ignored) == NUM_READ;
}

/* As people see it in the file. */
static View shown(const Binding *d) {
  switch (d->value.kind) {
  case VALUE_YES: return VIEW("true");
  case VALUE_NO: return VIEW("false");
  case VALUE_OBJECT: return VIEW("{…}");
  case VALUE_ARRAY: return VIEW("[…]");
  case VALUE_TEXT:
    if (!is_quoted_number(d)) return d->value.text;
    return view_join(d->arena, view_join(d->arena, VIEW("\""), d->value.text), VIEW("\""));
  case VALUE_NUMBER:
  case VALUE_MISSING: break;
  }
  return d->value.text;
}

/* Whether anybody will read what the next fault says: if not, it takes no memory. */
static bool is_told(const Binding *d) { return batch_builder_keeps_faults(d->builder); }

static void fail(const Binding *d, MessageCode code, View second, View third) {
  View first = is_told(d) ? shown(d) : (View){0};
  Fault fault = fault_at(code, d->place, first, second);
  fault.arguments[2] = third;
  build_error(d->builder, d->index, fault);
}

static void fail_plainly(const Binding *d, MessageCode code) { fail(d, code, (View){0}, (View){0}); }

static bool is_text(const Binding *d) { return d->value.kind == VALUE_TEXT; }

/* ---- what is allowed ---- */

static bool is_within(const Range *range, Num value) {
  if (range->has_low) {
    int order = num_compare(value, range->low);
    if (order < 0 || (order == 0 && range->low_open)) return false;
  }
  if (!range->has_high) return true;
  int order = num_compare(value, range->high);
  return order < 0 || (order == 0 && !range->high_open);
}

static bool is_on_step(const Binding *d, Num value) {
  const Input *input = d->input;
  if (!input->has_step || num_sign(input->step) <= 0) return true;
  Num from_low = input->bounds.has_low ? num_sub(d->arena, value, input->bounds.low) : value;
  Num steps = num_div(d->arena, from_low, input->step);
  return num_fits(steps) && num_is_whole(steps);
}

/* Never rounded and never cut to what would be allowed: the application has to be put right. */
static bool is_allowed(const Binding *d, Num value) {
  const Input *input = d->input;
  if (input->type->kind == TYPE_NUMBER && input->type->whole && !num_is_whole(value)) {
    fail_plainly(d, MSG_D0113);
    return false;
  }
  bool within = is_within(&input->bounds, value);
  if (within && is_on_step(d, value)) return true;
  if (!is_told(d)) {
    fail_plainly(d, MSG_D0125);
    return false;
  }
  View range = range_spelling(d->arena, d->program, input->type, &input->bounds);
  if (within)
    fail(d, MSG_D0126, range, num_text(d->arena, input->step, NULL));
  else
    fail(d, MSG_D0125, range, (View){0});
  return false;
}

static void bind_int(const Binding *d, int64_t value) {
  if (is_allowed(d, num_of(value))) build_units(d->builder, d->index, value, 0);
}

/* ---- each type ---- */

static void bind_yes_no(const Binding *d) {
  bool yes = d->value.kind == VALUE_YES;
  if (yes || d->value.kind == VALUE_NO || (is_text(d) && yes_no_read(d->value.text, d->from_table, &yes)))
    build_yes_no(d->builder, d->index, yes);
  else
    fail_plainly(d, MSG_D0110);
}

/* "12,5": what a decimal comma was meant to be. Three digits behind it may as well be thousands; empty then. */
static View with_point(const Binding *d) {
  View text = view_copy(d->arena, d->value.text);
  uint32_t comma = 0;
  while (comma < text.length && text.at[comma] != ',') comma++;
  if (comma == text.length || text.length - comma == 4) return (View){0};
  View whole = {text.at, comma}, decimals = {text.at + comma + 1, text.length - comma - 1};
  View point = view_join(d->arena, view_join(d->arena, whole, VIEW(".")), decimals);
  Num ignored;
  return grouped_read(d->arena, point, &ignored) == NUM_READ ? point : (View){0};
}

static void finish_number(const Binding *d, NumReading reading, Num value, MessageCode otherwise) {
  View point;
  switch (reading) {
  case NUM_READ:
    if (is_allowed(d, value)) build_number(d->builder, d->index, value);
    return;
  case NUM_TOO_MANY_DIGITS: fail_plainly(d, MSG_D0112); return;
  case NUM_NOT_A_NUMBER: break;
  }
  point = is_text(d) && is_told(d) ? with_point(d) : (View){0};
  if (point.length > 0)
    fail(d, MSG_D0132, point, (View){0});
  else
    fail(d, otherwise, d->input->type->currency, (View){0});
}

/* A short decimal goes in as it stands, with no fraction in between. */
static bool bind_units(const Binding *d) {
  int64_t units;
  unsigned scale;
  if (!units_read(d->value.text, &units, &scale)) return false;
  const Input *input = d->input;
  bool free = !input->type->whole && !input->bounds.has_low && !input->bounds.has_high && !input->has_step;
  if (free || is_allowed(d, scale ? num_of_scaled(d->arena, units, scale) : num_of(units)))
    build_units(d->builder, d->index, units, scale);
  return true;
}

/* "1.500", "NOK 400.000": one and a half, or fifteen hundred? Three digits behind one point are not guessed. The digits
 * before the point and behind it, or false where there is only one reading. */
static bool has_two_readings(View text, View *whole, View *decimals) {
  uint32_t start = 0, point, end;
  while (start < text.length && (text.at[start] < '0' || text.at[start] > '9')) start++;
  for (point = start; point < text.length && text.at[point] >= '0' && text.at[point] <= '9';) point++;
  if (point == start || point - start > 3 || text.at[start] == '0' || point == text.length || text.at[point] != '.')
    return false;
  for (end = point + 1; end < text.length && text.at[end] >= '0' && text.at[end] <= '9';) end++;
  *whole = (View){text.at + start, point - start};
  *decimals = (View){text.at + point + 1, end - point - 1};
  return decimals->length == 3 && (end == text.length || text.at[end] != '.');
}

static bool refuse_two_readings(const Binding *d) {
  View whole, decimals;
  if (!is_text(d) || !has_two_readings(d->value.text, &whole, &decimals)) return false;
  if (!is_told(d)) {
    fail_plainly(d, MSG_D0134);
    return true;
  }
  uint32_t kept = 3;
  while (kept > 1 && decimals.at[kept - 1] == '0') kept--;
  View thousands = view_join(d->arena, whole, decimals);
  View fraction = view_join(d->arena, view_join(d->arena, whole, VIEW(".")), (View){decimals.at, kept});
  fail(d, MSG_D0134, thousands, fraction);
  return true;
}

static void bind_number(const Binding *d) {
  bool fits = d->value.kind == VALUE_NUMBER || (d->from_table && is_text(d));
  if (fits && refuse_two_readings(d)) return;
  if (fits && bind_units(d)) return;
  Num value = num_of(0);
  NumReading reading = NUM_NOT_A_NUMBER;
  if (d->value.kind == VALUE_NUMBER)
    reading = num_read_json(d->arena, d->value.text, &value);
  else if (fits)
    reading = percent_read(d->arena, d->value.text, &value);
  finish_number(d, reading, value, MSG_D0111);
}

static void bind_money(const Binding *d) {
  View own = d->input->type->currency, currency = {0};
  Num value = num_of(0);
  NumReading reading = NUM_NOT_A_NUMBER;
  if (refuse_two_readings(d)) return;
  if ((d->value.kind == VALUE_NUMBER || (d->from_table && is_text(d))) && bind_units(d)) return;
  if (d->value.kind == VALUE_NUMBER)
    reading = num_read_json(d->arena, d->value.text, &value);
  else if (is_text(d))
    reading = money_read(d->arena, d->value.text, &currency, &value);
  if (reading == NUM_READ && currency.length > 0 && !view_equal(currency, own)) {
    fail(d, MSG_D0115, own, (View){0});
    return;
  }
  /* In JSON a number in quotation marks is a text, unless the currency says that it is money. */
  if (is_text(d) && !d->from_table && currency.length == 0) reading = NUM_NOT_A_NUMBER;
  finish_number(d, reading, value, MSG_D0114);
}

static void bind_text(const Binding *d) {
  if (!is_text(d))
    fail_plainly(d, MSG_D0116);
  else if (d->from_table && !utf8_valid(d->value.text, NULL))
    fail_plainly(d, MSG_D0133);
  else
    build_text(d->builder, d->index, view_nfc(d->arena, d->value.text));
}

static void bind_date(const Binding *d) {
  int64_t date;
  MomentText moment;
  if (is_text(d) && date_read(d->value.text, &date))
    bind_int(d, date);
  else if (is_text(d) && moment_read(d->value.text, &moment))
    fail(d, MSG_D0118, (View){d->value.text.at, sizeof "2019-09-06" - 1}, (View){0});
  else
    fail_plainly(d, MSG_D0117);
}

enum { DAY_SECONDS = 86400 };

/* Both the day in UTC and the day in the programme's zone have to be dates. */
static bool has_dates(const Binding *d, int64_t moment) {
  const int64_t first = (int64_t)DATE_MIN * DAY_SECONDS, last = ((int64_t)DATE_MAX + 1) * DAY_SECONDS - 1;
  if (moment < first || moment > last) return false;
  if (!d->program->zone) return true;
  int64_t date = zone_date_of_moment(d->program->zone, moment);
  return date >= DATE_MIN && date <= DATE_MAX;
}

static void bind_moment(const Binding *d) {
  int64_t date;
  MomentText text;
  if (is_text(d) && moment_read(d->value.text, &text)) {
    int64_t moment =
        d->program->zone ? zone_moment_of_text(d->program->zone, text) : text.local_seconds - text.offset_seconds;
    if (has_dates(d, moment))
      bind_int(d, moment);
    else
      fail_plainly(d, MSG_D0119);
  } else if (is_text(d) && date_read(d->value.text, &date)) {
    fail_plainly(d, MSG_D0120);
  } else {
    fail_plainly(d, MSG_D0119);
  }
}

static void bind_duration(const Binding *d, bool months) {
  int64_t value;
  bool done = is_text(d) &&
              (months ? months_read(d->arena, d->value.text, &value) : duration_read(d->arena, d->value.text, &value));
  if (done)
    bind_int(d, value);
  else
    fail_plainly(d, months ? MSG_D0121 : MSG_D0122);
}

/* ---- enumerations ---- */

enum { VALUES_SHOWN = 8, TIMES_AS_LONG = 4 };

static View list_values(Arena *arena, const EnumType *type) {
  Writer *w = writer_to_memory(arena);
  for (uint32_t i = 0; i < type->count && i < VALUES_SHOWN; i++) {
    if (i > 0) write_text(w, ", ");
    write_view(w, type->values[i]);
  }
  if (type->count > VALUES_SHOWN) write_text(w, ", …");
  return writer_memory(w);
}

static uint32_t find_exact(const EnumType *type, View text) {
  for (uint32_t i = 0; i < type->count; i++)
    if (view_equal(type->values[i], text)) return i;
  return NO_INDEX;
}

/* The one value that is the same but for capitals. */
static uint32_t find_folded(const Binding *d, View text) {
  const EnumType *type = d->input->type->values;
  const View *folded = builder_folded_values(d->builder, d->index);
  uint32_t longest = 0, found = NO_INDEX;
  for (uint32_t i = 0; i < type->count; i++)
    if (folded[i].length > longest) longest = folded[i].length;
  if (text.length > TIMES_AS_LONG * longest) return NO_INDEX;
  View wanted = view_fold(d->arena, text);
  for (uint32_t i = 0; i < type->count; i++) {
    if (!view_equal(folded[i], wanted)) continue;
    if (found != NO_INDEX) return NO_INDEX;
    found = i;
  }
  return found;
}

static void bind_enum(const Binding *d) {
  const EnumType *type = d->input->type->values;
  uint32_t code = NO_INDEX;
  if (is_text(d)) {
    View text = view_nfc(d->arena, d->value.text);
    code = find_exact(type, text);
    if (code == NO_INDEX) code = find_folded(d, text);
  }
  if (code != NO_INDEX) {
    build_code(d->builder, d->index, code);
    return;
  }
  if (!is_told(d)) {
    fail_plainly(d, MSG_D0123);
    return;
  }
  uint32_t nearest = is_text(d) ? text_nearest(type->values, type->count, d->value.text) : NO_INDEX;
  View values = list_values(d->arena, type);
  if (nearest == NO_INDEX)
    fail(d, MSG_D0123, values, (View){0});
  else
    fail(d, MSG_D0124, values, type->values[nearest]);
}

/* ---- one value ---- */

static void bind_by_type(const Binding *d) {
  switch (d->input->type->kind) {
  case TYPE_YES_NO: bind_yes_no(d); break;
  case TYPE_NUMBER:
  case TYPE_RATE: bind_number(d); break;
  case TYPE_MONEY: bind_money(d); break;
  case TYPE_TEXT: bind_text(d); break;
  case TYPE_DATE: bind_date(d); break;
  case TYPE_MOMENT: bind_moment(d); break;
  case TYPE_MONTHS: bind_duration(d, true); break;
  case TYPE_DURATION: bind_duration(d, false); break;
  case TYPE_ENUM: bind_enum(d); break;
  case TYPE_ERROR:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
}

void bind_value(BatchBuilder *b, uint32_t input, const RawValue *value, bool from_table, const CellPlace *place) {
  const Program *program = batch_builder_program(b);
  Binding d = {
      .builder = b,
      .arena = batch_builder_arena(b),
      .program = program,
      .index = input,
      .input = &program->inputs[input],
      .value = *value,
      .from_table = from_table,
      .place = place,
  };
  if (from_table && d.value.kind == VALUE_TEXT) {
    View trimmed = view_trim(d.value.text);
    if (trimmed.length == 0) return;
    if (d.input->type->kind != TYPE_TEXT) d.value.text = trimmed;
  }
  if (d.value.kind != VALUE_MISSING) bind_by_type(&d);
}
