/* Binding: one raw value of a data file becomes a cell of an input, or an
 * error that says what was expected. Shared by all formats. The spellings are
 * those of the language (2019-09-06, yes/no, the enumeration's own values);
 * JSON's own types are accepted where they fit. */
#ifndef DATA_BIND_H
#define DATA_BIND_H

#include "data/batch.h"

typedef enum RawValueKind {
  VALUE_MISSING,
  VALUE_TEXT,
  VALUE_NUMBER,
  VALUE_YES,
  VALUE_NO,
  VALUE_OBJECT,
  VALUE_ARRAY
} RawValueKind;

typedef struct RawValue {
  RawValueKind kind;
  View text; /* of a text (unescaped) or of a number as written */
} RawValue;

typedef struct CellPlace {
  View file;
  uint32_t line;
  View field; /* path with item numbers */
} CellPlace;

/* A fault of this code at this place; arguments may be empty. */
Fault fault_at(MessageCode code, const CellPlace *place, View first, View second);

/* `from_table`: the format has only texts (CSV), so "12" is a number and "yes" a yes. */
void bind_value(BatchBuilder *b, uint32_t input, const RawValue *value, bool from_table, const CellPlace *place);

/* The field of a shape with this name: NFC, case as declared, then case-folded, blanks and _ alike. NULL if none. */
const FieldShape *shape_field(const Shape *shape, Arena *scratch, View name);
/* The declared name nearest to an unknown one, or an empty view. */
View shape_nearest(const Shape *shape, Arena *scratch, View name);

#endif
