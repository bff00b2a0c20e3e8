/* Functions of texts, and from one type to another. */
#include "check/call.h"

/* ---- texts ---- */

static Value of_text(Call *call, OpKind op, const Type *type) {
  if (!call_is(call, 0, call->c->text)) return value_nothing(call->c);
  return value_scalar(call->c, node_unary(call->c, op, type, call->arguments[0].node, call_span(call)));
}

static Value of_texts(Call *call, OpKind op, const Type *type) {
  if (!call_is(call, 0, call->c->text) || !call_is(call, 1, call->c->text)) return value_nothing(call->c);
  return value_scalar(
      call->c, node_binary(call->c, op, type, call->arguments[0].node, call->arguments[1].node, call_span(call)));
}

Value make_length(Call *call) { return of_text(call, OP_LENGTH, call->c->whole); }
Value make_upper(Call *call) { return of_text(call, OP_UPPER, call->c->text); }
Value make_lower(Call *call) { return of_text(call, OP_LOWER, call->c->text); }
Value make_trim(Call *call) { return of_text(call, OP_TRIM, call->c->text); }
Value make_contains(Call *call) { return of_texts(call, OP_CONTAINS, call->c->yes_no); }
Value make_starts_with(Call *call) { return of_texts(call, OP_STARTS_WITH, call->c->yes_no); }
Value make_ends_with(Call *call) { return of_texts(call, OP_ENDS_WITH, call->c->yes_no); }
Value make_text_before(Call *call) { return of_texts(call, OP_TEXT_BEFORE, call->c->text); }
Value make_text_after(Call *call) { return of_texts(call, OP_TEXT_AFTER, call->c->text); }

Value make_blank(Call *call) {
  Checker *c = call->c;
  Value trimmed = make_trim(call);
  if (is_nothing(&trimmed)) return trimmed;
  uint32_t length = node_unary(c, OP_LENGTH, c->whole, trimmed.node, call_span(call));
  uint32_t none = node_number(c, num_of(0), c->whole, ROOT_SPACE, call_span(call));
  return value_scalar(c, node_binary(c, OP_EQUAL, c->yes_no, length, none, call_span(call)));
}

/* A node of up to three operands, in the innermost of their spaces. */
static Value of_three(Call *call, OpKind op, const Type *type) {
  Checker *c = call->c;
  uint32_t nodes[3] = {NO_NODE, NO_NODE, NO_NODE}, space = ROOT_SPACE;
  for (uint32_t i = 0; i < 3 && i < call->count; i++)
    if (call_has(call, i)) space = space_deeper(c, space, c->nodes.at[call->arguments[i].node].space);
  for (uint32_t i = 0; i < 3 && i < call->count; i++)
    if (call_has(call, i)) nodes[i] = node_spread(c, call->arguments[i].node, space, call_span(call));
  return value_scalar(c, node_add(c, (Node){.op = op,
                                            .type = type,
                                            .space = space,
                                            .a = nodes[0],
                                            .b = nodes[1],
                                            .c = nodes[2],
                                            .span = call_span(call)}));
}

Value make_substring(Call *call) {
  bool sound =
      call_is(call, 0, call->c->text) && call_is_whole(call, 1) && (!call_has(call, 2) || call_is_whole(call, 2));
  return sound ? of_three(call, OP_SUBSTRING, call->c->text) : value_nothing(call->c);
}

Value make_replace(Call *call) {
  for (uint32_t i = 0; i < 3; i++)
    if (!call_is(call, i, call->c->text)) return value_nothing(call->c);
  return of_three(call, OP_REPLACE, call->c->text);
}

/* ---- from one type to another ---- */

Value make_string(Call *call) {
  const Value *v = &call->arguments[0];
  if (v->kind != VALUE_SCALAR) return call_mismatch(call, 0, type_name(call->c->text));
  if (v->type->kind == TYPE_TEXT) return *v;
  return value_scalar(call->c, node_unary(call->c, OP_TEXT_OF, call->c->text, v->node, call_span(call)));
}

/* A text of the rules is looked at before any data; durations are when they are read. */
static bool is_readable(Checker *c, View text, const Type *type) {
  Num number;
  int64_t day;
  MomentText moment;
  if (type->kind == TYPE_NUMBER) return num_read(c->arena, text, &number) == NUM_READ;
  if (type->kind == TYPE_DATE) return date_read(text, &day);
  return type->kind != TYPE_MOMENT || moment_read(text, &moment);
}

static Value read_text(Call *call, const Type *type) {
  if (!call_is(call, 0, call->c->text)) return value_nothing(call->c);
  const Constant *known = node_as_constant(call->c, call->arguments[0].node);
  if (known && !known->missing && !is_readable(call->c, view_trim(known->text), type)) {
    diag_add(call->c->diags, MSG_E0442, call->given[0]->span, span_text(call->c->diags->sources, call->given[0]->span),
             type_name(type), DIAG_END);
    return value_nothing(call->c);
  }
  return value_scalar(call->c, node_unary(call->c, OP_READ, type, call->arguments[0].node, call_span(call)));
}

static bool is_text(const Call *call, uint32_t i) {
  return call->arguments[i].kind == VALUE_SCALAR && call->arguments[i].type->kind == TYPE_TEXT;
}

Value make_number(Call *call) { return read_text(call, call->c->number); }
Value make_duration(Call *call) { return read_text(call, call->c->duration); }
Value make_months(Call *call) { return read_text(call, call->c->months); }

Value make_moment(Call *call) {
  Checker *c = call->c;
  if (is_text(call, 0)) return read_text(call, c->moment);
  if (!call_is(call, 0, c->date)) return value_nothing(c);
  return value_scalar(c, node_unary(c, OP_MOMENT_OF, c->moment, call->arguments[0].node, call_span(call)));
}

/* A date, or the date of a moment. */
uint32_t call_date(Call *call, uint32_t i) {
  const Value *v = &call->arguments[i];
  if (v->kind == VALUE_SCALAR && v->type->kind == TYPE_MOMENT)
    return node_unary(call->c, OP_DATE_OF, call->c->date, v->node, call_span(call));
  return call_is(call, i, call->c->date) ? v->node : NO_NODE;
}

Value make_date(Call *call) {
  if (is_text(call, 0)) return read_text(call, call->c->date);
  uint32_t date = call_date(call, 0);
  return date == NO_NODE ? value_nothing(call->c) : value_scalar(call->c, date);
}

Value make_date_of_parts(Call *call) {
  for (uint32_t i = 0; i < 3; i++)
    if (!call_is(call, i, call->c->number)) return value_nothing(call->c);
  return of_three(call, OP_DATE_MAKE, call->c->date);
}
