#include "check/program.h"

bool type_equal(const Type *a, const Type *b) {
  if (a == b) return true;
  if (a->kind != b->kind) return false;
  switch (a->kind) {
  case TYPE_MONEY: return view_equal(a->currency, b->currency);
  case TYPE_RATE: return view_equal(a->currency, b->currency) && view_equal(a->per, b->per);
  case TYPE_ENUM: return a->values == b->values;
  case TYPE_RECORD: return a->shape == b->shape || view_equal(a->shape->name, b->shape->name);
  case TYPE_LIST:
  case TYPE_RANGE: return type_equal(a->element, b->element);
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_NUMBER:
  case TYPE_TEXT:
  case TYPE_DATE:
  case TYPE_MOMENT:
  case TYPE_MONTHS:
  case TYPE_DURATION: return true;
  }
  return false;
}

bool type_is_number_like(const Type *type) {
  switch (type->kind) {
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_RATE:
  case TYPE_DATE:
  case TYPE_MOMENT:
  case TYPE_MONTHS:
  case TYPE_DURATION: return true;
  case TYPE_ERROR:
  case TYPE_YES_NO:
  case TYPE_TEXT:
  case TYPE_ENUM:
  case TYPE_RECORD:
  case TYPE_LIST:
  case TYPE_RANGE: return false;
  }
  return false;
}

bool type_is_ordered(const Type *type) {
  return type_is_number_like(type) || type->kind == TYPE_TEXT || (type->kind == TYPE_ENUM && type->values->ordered);
}

bool type_is_scalar(const Type *type) {
  return type->kind != TYPE_RECORD && type->kind != TYPE_LIST && type->kind != TYPE_RANGE;
}
