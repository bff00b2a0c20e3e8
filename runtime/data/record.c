#include "data/record.h"

#include "data/json.h"
#include "data/match.h"
#include "data/path.h"
#include "data/reader.h"

/* What is known of a shape between two applications. It is made when the data
 * first go into the shape, so its depth is bounded by that of JSON. */
typedef struct Book {
  FieldIndex *index;
  struct Book **inner; /* by field */
  uint32_t *order;     /* by place in the object: the field that stood there last time, + 1 */
  uint64_t *met;       /* by field: the object it was met in last */
  uint64_t object;     /* the one that is being read */
} Book;

struct RecordBinder {
  Arena *arena;
  const Program *program;
  Book *application;
  Path path;
};

/* One application on its way. Every function below returns false where the JSON is broken: nothing follows then. */
typedef struct Walk {
  RecordBinder *binder;
  BatchBuilder *builder;
  JsonParser json;
  View file;
} Walk;

static Book *book_new(Arena *arena, const Shape *shape) {
  Book *book = arena_new_of(arena, Book);
  *book = (Book){
      .index = field_index_new(arena, shape),
      .inner = arena_array(arena, Book *, shape->count),
      .order = arena_array(arena, uint32_t, shape->count),
      .met = arena_array(arena, uint64_t, shape->count),
  };
  return book;
}

RecordBinder *record_binder_new(Arena *arena, const Program *program) {
  RecordBinder *binder = arena_new_of(arena, RecordBinder);
  *binder = (RecordBinder){.arena = arena, .program = program, .path = {.arena = arena}};
  binder->application = book_new(arena, program->application);
  return binder;
}

static Book *book_of(Walk *w, Book *outer, uint32_t field) {
  if (!outer->inner[field]) outer->inner[field] = book_new(w->binder->arena, outer->index->shape->fields[field].shape);
  return outer->inner[field];
}

static CellPlace here(const Walk *w) { return (CellPlace){w->file, w->json.line, path_view(&w->binder->path)}; }

static void row_error(Walk *w, MessageCode code, View first, View second) {
  CellPlace place = here(w);
  build_row_error(w->builder, fault_at(code, &place, first, second));
}

static bool tell_broken(Walk *w) {
  CellPlace place = here(w);
  Fault fault = fault_at(w->json.broken, &place, w->json.found, w->json.expected);
  fault.second_is_ours = true;
  build_row_error(w->builder, fault);
  return false;
}

/* Passes over a value; the mistake was told. */
static bool skip(Walk *w, JsonEvent event) { return json_skip(&w->json, event) || tell_broken(w); }

/* ---- single values ---- */

static RawValue raw_value(const Walk *w, JsonEvent event) {
  RawValue value = {.kind = VALUE_MISSING};
  switch (event) {
  case JSON_TEXT: value = (RawValue){VALUE_TEXT, w->json.text}; break;
  case JSON_NUMBER: value = (RawValue){VALUE_NUMBER, w->json.text}; break;
  case JSON_TRUE: value.kind = VALUE_YES; break;
  case JSON_FALSE: value.kind = VALUE_NO; break;
  case JSON_OBJECT: value.kind = VALUE_OBJECT; break;
  case JSON_ARRAY: value.kind = VALUE_ARRAY; break;
  case JSON_NULL:
  case JSON_KEY:
  case JSON_OBJECT_END:
  case JSON_ARRAY_END:
  case JSON_END:
  case JSON_BROKEN: break;
  }
  return value;
}

/* How a value is called in a message. */
static View shown(const Walk *w, JsonEvent event) {
  switch (event) {
  case JSON_TEXT:
  case JSON_NUMBER: return w->json.text;
  case JSON_TRUE: return VIEW("true");
  case JSON_FALSE: return VIEW("false");
  case JSON_NULL: return VIEW("null");
  case JSON_OBJECT: return VIEW("{…}");
  case JSON_ARRAY: return VIEW("[…]");
  case JSON_KEY:
  case JSON_OBJECT_END:
  case JSON_ARRAY_END:
  case JSON_END:
  case JSON_BROKEN: break;
  }
  return (View){0};
}

static bool has_flaw(const Walk *w, JsonEvent event) {
  return (event == JSON_TEXT || event == JSON_NUMBER) && w->json.is_flawed;
}

static bool walk_scalar(Walk *w, uint32_t input, JsonEvent event) {
  CellPlace place = here(w);
  if (event == JSON_BROKEN) return tell_broken(w);
  if (has_flaw(w, event)) {
    build_error(w->builder, input, fault_at(w->json.flaw, &place, w->json.flawed, (View){0}));
    return true;
  }
  RawValue value = raw_value(w, event);
  bind_value(w->builder, input, &value, false, &place);
  return skip(w, event);
}

/* ---- judgements: a bare value, or { "value": …, "by": …, "reason": … } ---- */

enum { JUDGEMENT_VALUE, JUDGEMENT_BY, JUDGEMENT_REASON, JUDGEMENT_KEYS };

static const View judgement_keys[JUDGEMENT_KEYS] = {{"value", 5}, {"by", 2}, {"reason", 6}};

static uint32_t judgement_key(View key) {
  uint32_t i = 0;
  while (i < JUDGEMENT_KEYS && !view_equal(judgement_keys[i], key)) i++;
  return i;
}

static void unknown_key(Walk *w, View key, const View *names, uint32_t count) {
  uint32_t nearest = batch_builder_keeps_faults(w->builder) ? text_nearest(names, count, key) : NO_INDEX;
  if (nearest == NO_INDEX)
    row_error(w, MSG_D0102, key, (View){0});
  else
    row_error(w, MSG_D0101, key, names[nearest]);
}

/* Who judged and why: kept by the session, not by the batch; here they only have to be texts. */
static bool walk_remark(Walk *w, JsonEvent event) {
  if (event == JSON_BROKEN) return tell_broken(w);
  if (has_flaw(w, event))
    row_error(w, w->json.flaw, w->json.flawed, (View){0});
  else if (event != JSON_TEXT && event != JSON_NULL)
    row_error(w, MSG_D0130, shown(w, event), (View){0});
  return skip(w, event);
}

static bool walk_judgement_key(Walk *w, uint32_t input, uint32_t *met) {
  JsonParser *json = &w->json;
  View key = json->text;
  uint32_t which = judgement_key(key), bit = UINT32_C(1) << which;
  if (json->is_flawed)
    row_error(w, json->flaw, json->flawed, (View){0});
  else if (which == JUDGEMENT_KEYS)
    unknown_key(w, key, judgement_keys, JUDGEMENT_KEYS);
  else if (*met & bit)
    row_error(w, MSG_D0103, key, (View){0});
  bool usable = !json->is_flawed && which < JUDGEMENT_KEYS && !(*met & bit);
  *met |= bit;
  JsonEvent event = json_next(json);
  if (!usable) return skip(w, event);
  return which == JUDGEMENT_VALUE ? walk_scalar(w, input, event) : walk_remark(w, event);
}

static bool walk_judgement(Walk *w, uint32_t input) {
  for (uint32_t met = 0;;) {
    JsonEvent event = json_next(&w->json);
    if (event == JSON_BROKEN) return tell_broken(w);
    if (event == JSON_OBJECT_END) return true;
    uint32_t outside = path_add_field(&w->binder->path, w->json.text);
    bool whole = walk_judgement_key(w, input, &met);
    path_cut(&w->binder->path, outside);
    if (!whole) return false;
  }
}

/* ---- records and lists ---- */

static bool walk_object(Walk *w, Book *book);
static bool walk_list(Walk *w, const FieldShape *field, Book *items);

static void set_given(Walk *w, const FieldShape *field) {
  if (field->given != NO_INDEX) build_yes_no(w->builder, field->given, true);
}

/* A list or a record that is written otherwise: whether it is there is an error, too. */
static bool walk_misfit(Walk *w, const FieldShape *field, MessageCode code, JsonEvent event) {
  CellPlace place = here(w);
  Fault fault = fault_at(code, &place, field->name, shown(w, event));
  if (field->given != NO_INDEX)
    build_error(w->builder, field->given, fault);
  else
    build_row_error(w->builder, fault);
  return skip(w, event);
}

/* The value of book's field, of which `event` is the first. */
static bool walk_value(Walk *w, Book *book, uint32_t which, JsonEvent event) {
  const FieldShape *field = &book->index->shape->fields[which];
  if (event == JSON_BROKEN) return tell_broken(w);
  if (field->input != NO_INDEX) {
    bool judged = field->role == INPUT_JUDGEMENT && event == JSON_OBJECT;
    return judged ? walk_judgement(w, field->input) : walk_scalar(w, field->input, event);
  }
  if (event == JSON_NULL) return true;
  bool is_list = field->type->kind == TYPE_LIST;
  if (event != (is_list ? JSON_ARRAY : JSON_OBJECT))
    return walk_misfit(w, field, is_list ? MSG_D0106 : MSG_D0105, event);
  set_given(w, field);
  Book *inner = book_of(w, book, which);
  return is_list ? walk_list(w, field, inner) : walk_object(w, inner);
}

/* The field a key means, looked for first where it stood last time. */
static uint32_t find_field(Walk *w, Book *book, uint32_t place) {
  FieldIndex *index = book->index;
  View key = w->json.text;
  uint32_t count = index->shape->count, expected = place < count ? book->order[place] : 0;
  if (expected > 0 && view_equal(index->names[expected - 1], key)) return expected - 1;
  uint32_t field = field_index_find(index, batch_builder_arena(w->builder), key);
  if (place < count && field != NO_INDEX) book->order[place] = field + 1;
  return field;
}

static bool walk_field(Walk *w, Book *book, uint64_t object, uint32_t place) {
  JsonParser *json = &w->json;
  FieldIndex *index = book->index;
  View key = json->text;
  uint32_t field = json->is_flawed ? NO_INDEX : find_field(w, book, place);
  uint32_t outside = path_add_field(&w->binder->path, field == NO_INDEX ? key : index->names[field]);
  if (json->is_flawed)
    row_error(w, json->flaw, json->flawed, (View){0});
  else if (field == NO_INDEX)
    unknown_key(w, key, index->names, index->shape->count);
  else if (book->met[field] == object)
    row_error(w, MSG_D0103, index->names[field], (View){0});
  bool usable = field != NO_INDEX && book->met[field] != object;
  if (usable) book->met[field] = object;
  JsonEvent event = json_next(json);
  bool whole = usable ? walk_value(w, book, field, event) : skip(w, event);
  path_cut(&w->binder->path, outside);
  return whole;
}

/* Behind {, up to and with }. */
static bool walk_object(Walk *w, Book *book) {
  uint64_t object = ++book->object;
  for (uint32_t place = 0;; place++) {
    JsonEvent event = json_next(&w->json);
    if (event == JSON_BROKEN) return tell_broken(w);
    if (event == JSON_OBJECT_END) return true;
    if (!walk_field(w, book, object, place)) return false;
  }
}

/* An item of a list: a record's fields, or a single value or inner list, which is the one field without a name. */
static bool walk_item(Walk *w, const FieldShape *list, Book *items, JsonEvent event) {
  if (!list->type->element || list->type->element->kind != TYPE_RECORD) return walk_value(w, items, 0, event);
  if (event == JSON_NULL) return true;
  if (event == JSON_OBJECT) return walk_object(w, items);
  if (event == JSON_BROKEN) return tell_broken(w);
  row_error(w, MSG_D0105, path_view(&w->binder->path), shown(w, event));
  return skip(w, event);
}

/* The items beyond the limit are passed over, up to the array's end. */
static bool skip_items(Walk *w, const FieldShape *list, JsonEvent event) {
  row_error(w, MSG_D0107, list->name, VIEW("1 000 000"));
  for (; event != JSON_ARRAY_END; event = json_next(&w->json))
    if (!skip(w, event)) return false;
  return true;
}

/* Behind [, up to and with ]. */
static bool walk_list(Walk *w, const FieldShape *list, Book *items) {
  for (uint32_t count = 0;; count++) {
    JsonEvent event = json_next(&w->json);
    if (event == JSON_BROKEN) return tell_broken(w);
    if (event == JSON_ARRAY_END) return true;
    if (count == LIST_MAX_ITEMS) return skip_items(w, list, event);
    uint32_t outside = path_add_item(&w->binder->path, build_item(w->builder, list->data_space));
    bool whole = walk_item(w, list, items, event);
    path_cut(&w->binder->path, outside);
    if (!whole) return false;
  }
}

/* ---- an application ---- */

static void walk_application(Walk *w) {
  JsonEvent event = json_next(&w->json);
  if (event == JSON_OBJECT) {
    if (walk_object(w, w->binder->application) && json_next(&w->json) == JSON_BROKEN) tell_broken(w);
    return;
  }
  if (event == JSON_BROKEN && w->json.at < w->json.bytes.length) {
    tell_broken(w);
    return;
  }
  row_error(w, MSG_D0104, shown(w, event), (View){0});
}

void record_bind(RecordBinder *binder, BatchBuilder *b, View file, const Record *record, uint64_t place) {
  build_application(b, file, record->line);
  path_cut(&binder->path, 0);
  Walk walk = {binder, b, json_parser(batch_builder_arena(b), record->bytes, record->line), file};
  if (record->too_large)
    row_error(&walk, MSG_D0108, (View){0}, (View){0});
  else
    walk_application(&walk);
  build_identity_from_cells(b, place);
}
