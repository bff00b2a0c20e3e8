/* What a test gives inline, as JSON: a value is checked against its field here and read like all data later. */
#include "check/checker.h"

enum { MINUTE = 60, HOUR = 3600 };

/* ---- single values ---- */

static bool refuse(Checker *c, MessageCode code, Span span) {
  diag_add(c->diags, code, span, DIAG_END);
  return false;
}

/* Only what can be written with all its digits. */
static bool number_json(Checker *c, Num number, Span span, Writer *w) {
  bool exact;
  View text = num_text(c->arena, number, &exact);
  if (!exact) return refuse(c, MSG_E1006, span);
  write_view(w, text);
  return true;
}

/* PT3600S and P14M, with the sign in front that the reader knows. */
static void duration_json(Num number, const char *before, const char *unit, Writer *w) {
  int64_t whole = 0;
  num_to_int(number, &whole);
  write_format(w, "\"%s%s", whole < 0 ? "-" : "", before);
  write_int(w, whole < 0 ? -whole : whole);
  write_format(w, "%s\"", unit);
}

static bool constant_json(Checker *c, const Constant *constant, Span span, Writer *w) {
  int64_t whole = 0;
  switch (constant->type->kind) {
  case TYPE_YES_NO: write_text(w, constant->yes ? "true" : "false"); return true;
  case TYPE_TEXT: write_json_string(w, constant->text); return true;
  case TYPE_ENUM: write_json_string(w, constant->type->values->values[constant->code]); return true;
  case TYPE_NUMBER:
  case TYPE_RATE:
  case TYPE_MONEY: return number_json(c, constant->number, span, w);
  case TYPE_DATE:
    num_to_int(constant->number, &whole);
    write_json_string(w, date_text(c->arena, whole));
    return true;
  case TYPE_MOMENT:
    num_to_int(constant->number, &whole);
    write_json_string(w, moment_text_iso(c->arena, c->program->zone, whole));
    return true;
  case TYPE_MONTHS: duration_json(constant->number, "P", "M", w); return true;
  case TYPE_DURATION: duration_json(constant->number, "PT", "S", w); return true;
  case TYPE_ERROR:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: break;
  }
  return false;
}

static bool scalar_json(Checker *c, const Type *type, const Expr *expr, Writer *w) {
  Env env = {.space = ROOT_SPACE};
  Value value = elaborate_as(c, &env, expr, type);
  if (is_nothing(&value)) return false;
  const Constant *constant = value.kind == VALUE_SCALAR ? node_as_constant(c, value.node) : NULL;
  return constant ? constant_json(c, constant, expr->span, w) : refuse(c, MSG_E1005, expr->span);
}

/* ---- records and lists ---- */

const FieldShape *test_field(Checker *c, const Shape *shape, View of, const Name *name) {
  for (uint32_t i = 0; i < shape->count; i++)
    if (view_equal(shape->fields[i].name, name->text)) return &shape->fields[i];
  View near = nearest_field(c, shape, name->text);
  if (near.length)
    diag_add(c->diags, MSG_E1004, name->span, of, name->text, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E1003, name->span, of, name->text, DIAG_END);
  return NULL;
}

static bool record_json(Checker *c, const Shape *shape, View of, const Expr *expr, Writer *w) {
  if (expr->kind != EXPR_RECORD) {
    diag_add(c->diags, MSG_E1007, expr->span, of, DIAG_END);
    return false;
  }
  bool sound = true;
  write_char(w, '{');
  for (uint32_t i = 0; i < expr->items.count; i++) {
    const Name *name = &expr->names.at[i];
    for (uint32_t k = 0; k < i; k++)
      if (view_equal(expr->names.at[k].text, name->text)) {
        diag_add(c->diags, MSG_E1011, name->span, name->text, DIAG_END)->other = expr->names.at[k].span;
        return false;
      }
    const FieldShape *field = test_field(c, shape, of, name);
    if (!field) {
      sound = false;
      continue;
    }
    if (i) write_char(w, ',');
    write_json_string(w, field->name);
    write_char(w, ':');
    sound &= test_value(c, field, expr->items.at[i], w);
  }
  write_char(w, '}');
  return sound;
}

static bool item_json(Checker *c, const FieldShape *field, const Expr *expr, Writer *w) {
  const Type *element = field->type->element;
  if (element->kind == TYPE_RECORD) return record_json(c, field->shape, element->name, expr, w);
  return scalar_json(c, element, expr, w);
}

static bool list_json(Checker *c, const FieldShape *field, const ExprList *items, Writer *w) {
  bool sound = true;
  write_char(w, '[');
  for (uint32_t i = 0; i < items->count; i++) {
    if (i) write_char(w, ',');
    sound &= item_json(c, field, items->at[i], w);
  }
  write_char(w, ']');
  return sound;
}

bool test_value(Checker *c, const FieldShape *field, const Expr *expr, Writer *w) {
  switch (field->type->kind) {
  case TYPE_ERROR: return false;
  case TYPE_RECORD: return record_json(c, field->shape, field->name, expr, w);
  case TYPE_LIST:
    if (expr->kind == EXPR_LIST) return list_json(c, field, &expr->items, w);
    diag_add(c->diags, MSG_E1008, expr->span, field->name, DIAG_END);
    return false;
  case TYPE_YES_NO:
  case TYPE_NUMBER:
  case TYPE_RATE:
  case TYPE_MONEY:
  case TYPE_TEXT:
  case TYPE_DATE:
  case TYPE_MOMENT:
  case TYPE_MONTHS:
  case TYPE_DURATION:
  case TYPE_ENUM:
  case TYPE_RANGE: break;
  }
  return scalar_json(c, field->type, expr, w);
}

bool test_values(Checker *c, const FieldShape *field, const ExprList *cell, Span span, Writer *w) {
  if (cell->count == 1 && (field->type->kind != TYPE_LIST || cell->at[0]->kind == EXPR_LIST))
    return test_value(c, field, cell->at[0], w);
  if (field->type->kind == TYPE_LIST) return list_json(c, field, cell, w);
  diag_add(c->diags, MSG_E0704, span, field->name, DIAG_END);
  return false;
}
