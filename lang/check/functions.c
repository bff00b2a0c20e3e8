/* Built-in functions: the table, and the way from a call to its maker. */
#include "check/functions.h"
#include "check/arguments.h"
#include "check/call.h"

/* ---- the table ---- */

#define PARAMETER(en, nb, type) \
  { ARGUMENT_NEEDED, {en, nb}, type }
#define OPTIONAL(en, nb, type) \
  { ARGUMENT_OPTIONAL, {en, nb}, type }
#define REST(en, nb, type) \
  { ARGUMENT_REST, {en, nb}, type }
#define FIELD(en, nb, type) \
  { ARGUMENT_FIELD, {en, nb}, type }

const FunctionText function_table[] = {
#define FUNCTION(en, nb, subject, make, result, says_en, says_nb, example, value, ...) \
  {{en, nb}, SUBJECT_##subject, result, {says_en, says_nb}, example, value, {__VA_ARGS__}},
#include "check/functions.def"
#undef FUNCTION
};

static Maker *const makers[] = {
#define FUNCTION(en, nb, subject, make, ...) make,
#include "check/functions.def"
#undef FUNCTION
};

enum { FUNCTION_COUNT = sizeof function_table / sizeof *function_table };
const uint32_t function_count = FUNCTION_COUNT;

uint32_t function_parameter_count(const FunctionText *function) {
  uint32_t count = 0;
  while (count < FUNCTION_PARAMETERS_MOST && function->parameters[count].names[0]) count++;
  return count;
}

uint32_t function_fewest(const FunctionText *function) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < function_parameter_count(function); i++)
    count += function->parameters[i].kind != ARGUMENT_OPTIONAL;
  return count;
}

static bool has_rest(const FunctionText *function) {
  uint32_t count = function_parameter_count(function);
  return count && function->parameters[count - 1].kind == ARGUMENT_REST;
}

enum { ARGUMENTS_MOST = 255 };

uint32_t function_most(const FunctionText *function) {
  return has_rest(function) ? ARGUMENTS_MOST : function_parameter_count(function);
}

View function_signature(Arena *arena, const FunctionText *function, Language language) {
  Writer *w = writer_to_memory(arena);
  write_format(w, "%s(", function->names[language]);
  for (uint32_t i = 0; i < function_parameter_count(function); i++) {
    const FunctionParameter *p = &function->parameters[i];
    const char *around = p->kind == ARGUMENT_OPTIONAL ? "[%s]" : p->kind == ARGUMENT_REST ? "%s, …" : "%s";
    if (i) write_text(w, ", ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    write_format(w, around, p->names[language]);
#pragma GCC diagnostic pop
  }
  write_char(w, ')');
  return writer_memory(w);
}

static const char *const types[][LANGUAGE_COUNT] = {
    {"any single value", "enhver enkelt verdi"},
    {"as a", "som a"},
    {"as the argument", "som argumentet"},
    {"as the arguments", "som argumentene"},
    {"as the items", "som elementene"},
    {"date", "dato"},
    {"date or moment", "dato eller tidspunkt"},
    {"date or text", "dato eller tekst"},
    {"duration", "varighet"},
    {"field", "felt"},
    {"inexact number", "tall som ikke er eksakt"},
    {"item", "element"},
    {"list", "liste"},
    {"list of numbers", "liste av tall"},
    {"list of numbers, money, dates or durations", "liste av tall, beløp, datoer eller varigheter"},
    {"list of records", "liste av poster"},
    {"list of text", "liste av tekst"},
    {"list of text or number", "liste av tekst eller tall"},
    {"list of whole number", "liste av heltall"},
    {"list of yes/no", "liste av ja/nei"},
    {"moment", "tidspunkt"},
    {"moment, date or text", "tidspunkt, dato eller tekst"},
    {"months", "måneder"},
    {"months or duration", "måneder eller varighet"},
    {"number", "tall"},
    {"number or money", "tall eller beløp"},
    {"number, money or duration", "tall, beløp eller varighet"},
    {"number, money, date or duration", "tall, beløp, dato eller varighet"},
    {"range", "intervall"},
    {"text", "tekst"},
    {"text or number", "tekst eller tall"},
    {"value or range", "verdi eller intervall"},
    {"whole number", "heltall"},
    {"whole number, or number with a scale", "heltall, eller tall med desimaler"},
    {"yes/no", "ja/nei"},
};

const char *function_type(const char *type, Language language) {
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (view_equal(view_of(types[i][LANGUAGE_EN]), view_of(type))) return types[i][language];
  return type;
}

/* ---- what makers share ---- */

Value call_mismatch(Call *call, uint32_t i, View expected) {
  diag_add(call->c->diags, MSG_E0403, call->given[i]->span, expected, type_name(call->arguments[i].type), DIAG_END);
  return value_nothing(call->c);
}

bool call_is(Call *call, uint32_t i, const Type *type) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_SCALAR && type_equal(v->type, type)) return true;
  call_mismatch(call, i, type_name(type));
  return false;
}

bool call_is_whole(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_SCALAR && v->type->kind == TYPE_NUMBER && v->type->whole) return true;
  call_mismatch(call, i, type_name(call->c->whole));
  return false;
}

bool call_is_list(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_LIST) return true;
  diag_add(call->c->diags, MSG_E0409, call->given[i]->span, type_name(v->type), DIAG_END);
  return false;
}

bool is_addable(const Type *type) {
  return type->kind == TYPE_NUMBER || type->kind == TYPE_MONEY || type->kind == TYPE_MONTHS ||
         type->kind == TYPE_DURATION;
}

/* ---- functions that are not there ---- */

/* Words of FEEL, and of other languages, that have a reason not to be here. */
static const struct {
  const char *names[LANGUAGE_COUNT];
  MessageCode code;
} left_out[] = {
    {{"now", "nå"}, MSG_E0443},
    {{"today", "i dag"}, MSG_E0443},
    {{"matches", "samsvarer"}, MSG_E0444},
    {{"split", "del opp"}, MSG_E0444},
    {{"extract", "trekk ut"}, MSG_E0444},
    {{"exp", "exp"}, MSG_E0445},
    {{"log", "log"}, MSG_E0445},
    {{"random number", "tilfeldig tall"}, MSG_E0443},
    {{"get value", "hent verdi"}, MSG_E0446},
    {{"get entries", "hent felt"}, MSG_E0446},
    {{"context", "kontekst"}, MSG_E0446},
    {{"context put", "kontekst sett"}, MSG_E0446},
    {{"context merge", "kontekst flett"}, MSG_E0446},
    {{"sort", "sorter"}, MSG_E0447},
    {{"flatten", "flat ut"}, MSG_E0448},
};

static bool report_left_out(Checker *c, const Expr *expr) {
  for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
      if (!view_is(expr->text, left_out[i].names[language])) continue;
      diag_add(c->diags, left_out[i].code, expr->text_span, expr->text, DIAG_END);
      return true;
    }
  return false;
}

static void report_unknown_function(Checker *c, const Expr *expr) {
  if (report_left_out(c, expr)) return;
  Nearest best = {.wanted = expr->text, .distance = 4};
  for (uint32_t i = 0; i < FUNCTION_COUNT; i++)
    consider(c, &best, view_of(function_table[i].names[c->vocabulary->language]));
  if (best.name.length)
    diag_add(c->diags, MSG_E0323, expr->text_span, expr->text, best.name, DIAG_END);
  else
    diag_add(c->diags, MSG_E0306, expr->text_span, expr->text, DIAG_END);
}

/* ---- which one is meant ---- */

static bool is_named(const Checker *c, uint32_t i, View name) {
  return view_is(name, function_table[i].names[c->vocabulary->language]);
}

/* "2", "1–2", "1 / 3" */
static View counts_text(Checker *c, View name) {
  View out = {0};
  for (uint32_t i = 0; i < FUNCTION_COUNT; i++) {
    if (!is_named(c, i, name)) continue;
    uint32_t fewest = function_fewest(&function_table[i]), most = function_most(&function_table[i]);
    View one = most > fewest ? view_format(c->arena, "%u–%u", fewest, most) : view_format(c->arena, "%u", fewest);
    out = out.length ? view_join(c->arena, view_join(c->arena, out, VIEW(" / ")), one) : one;
  }
  return out;
}

/* The row of the table that takes so many arguments; NO_INDEX, and a report, where there is none. */
static uint32_t function_find(Checker *c, const Expr *expr) {
  bool found = false;
  for (uint32_t i = 0; i < FUNCTION_COUNT; i++) {
    if (!is_named(c, i, expr->text)) continue;
    found = true;
    uint32_t count = expr->items.count;
    if (count >= function_fewest(&function_table[i]) && count <= function_most(&function_table[i])) return i;
  }
  if (found)
    diag_add(c->diags, MSG_E0307, expr->span, expr->text, counts_text(c, expr->text),
             view_format(c->arena, "%u", expr->items.count), DIAG_END);
  else
    report_unknown_function(c, expr);
  return NO_INDEX;
}

/* ---- its arguments ---- */

static bool take_in_order(Call *call) {
  call->count = call->expr->items.count;
  call->given = arena_array(call->c->arena, const Expr *, call->count);
  for (uint32_t i = 0; i < call->count; i++) {
    call->given[i] = call->expr->items.at[i];
    if (i >= call->expr->names.count || !call->expr->names.at[i].text.length) continue;
    diag_add(call->c->diags, MSG_E0432, call->expr->names.at[i].span, DIAG_END);
    return false;
  }
  return true;
}

static bool take_arguments(Call *call) {
  if (has_rest(call->function)) return take_in_order(call);
  View names[FUNCTION_PARAMETERS_MOST];
  call->count = function_parameter_count(call->function);
  call->given = arena_array(call->c->arena, const Expr *, call->count);
  for (uint32_t i = 0; i < call->count; i++)
    names[i] = view_of(call->function->parameters[i].names[call->c->vocabulary->language]);
  if (!arguments_match(call->c, call->expr, names, call->count, call->given)) return false;
  for (uint32_t i = 0; i < call->count; i++) {
    if (call->given[i] || call->function->parameters[i].kind == ARGUMENT_OPTIONAL) continue;
    diag_add(call->c->diags, MSG_E0454, call_span(call), call->expr->text, names[i], DIAG_END);
    return false;
  }
  return true;
}

static ArgumentKind kind_of(const Call *call, uint32_t i) {
  uint32_t count = function_parameter_count(call->function);
  return call->function->parameters[i < count ? i : count - 1].kind;
}

/* One after another; each may name a value of the type that stood before it. */
static bool elaborate_arguments(Call *call) {
  Env inner = *call->env;
  inner.expected = NULL;
  bool sound = true;
  call->arguments = arena_array(call->c->arena, Value, call->count);
  for (uint32_t i = 0; i < call->count; i++) {
    Value *v = &call->arguments[i];
    *v = value_nothing(call->c);
    if (!call->given[i] || kind_of(call, i) == ARGUMENT_FIELD) continue;
    *v = elaborate(call->c, &inner, call->given[i]);
    if (is_nothing(v))
      sound = false;
    else if (v->kind == VALUE_SCALAR || v->kind == VALUE_RECORD)
      inner.expected = v->type;
    else if (v->kind == VALUE_LIST)
      inner.expected = v->element->type;
  }
  return sound;
}

Value elaborate_call(Checker *c, const Env *env, const Expr *expr) {
  Symbol *own = symbol_find(c, expr->text);
  if (own && own->kind == SYMBOL_FUNCTION) return elaborate_function(c, env, own, expr);
  if (own && own->kind == SYMBOL_TABLE) return elaborate_lookup(c, env, own, expr);
  if (is_fulfils(c, expr)) return elaborate_fulfils(c, env, expr);
  uint32_t row = function_find(c, expr);
  if (row == NO_INDEX) return value_nothing(c);
  Call *call = arena_new_of(c->arena, Call);
  *call = (Call){.c = c, .env = env, .expr = expr, .function = &function_table[row]};
  return take_arguments(call) && elaborate_arguments(call) ? makers[row](call) : value_nothing(c);
}
