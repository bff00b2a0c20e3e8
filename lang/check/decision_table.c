/* Decision tables as they are declared: head, rows, policy, and what of all that is known from the text alone. */
#include "check/table_text.h"
#include <stdlib.h>

_Static_assert((int)ROWS_COUNT == (int)HIT_COUNT && (int)ROWS_HIGHEST == (int)HIT_HIGHEST, "one order of policies");

/* ---- constants ---- */

/* Does it name an argument of the table, or call anything? */
static bool is_computed(const TableText *t, const Expr *expr) {
  if (!expr) return false;
  if (expr->kind == EXPR_CALL || expr->kind == EXPR_ON) return true;
  for (uint32_t i = 0; expr->kind == EXPR_NAME && i < t->signature->count; i++)
    if (view_equal(t->signature->names[i], expr->text)) return true;
  if (is_computed(t, expr->a) || is_computed(t, expr->b) || is_computed(t, expr->c)) return true;
  for (uint32_t i = 0; i < expr->items.count; i++)
    if (is_computed(t, expr->items.at[i])) return true;
  return false;
}

static bool is_literal(const Expr *expr) {
  switch ((int)expr->kind) {
  case EXPR_NUMBER:
  case EXPR_MONEY:
  case EXPR_DATE:
  case EXPR_MOMENT:
  case EXPR_DURATION: return true;
  default: return false;
  }
}

/* Literals, without a node for each: a table may hold thousands, and the program needs none of them. */
static bool literal_constant(TableText *t, const Expr *expr, const Type *type, Constant *out) {
  Checker *c = t->c;
  *out = (Constant){.number = num_of(0)};
  if (is_literal(expr) ||
      (expr->kind == EXPR_NEGATE && is_literal(expr->a) && expr->a->kind != EXPR_DATE && expr->a->kind != EXPR_MOMENT)) {
    bool negative = expr->kind == EXPR_NEGATE;
    *out = constant_of_literal(c, negative ? expr->a : expr, NULL);
    if (negative) out->number = num_neg(c->arena, out->number);
    if (out->type == c->number && num_is_whole(out->number)) out->type = c->whole;
    return true;
  }
  if (expr->kind == EXPR_TEXT) out->type = c->text, out->text = expr->text;
  if (expr->kind == EXPR_YES_NO) out->type = c->yes_no, out->yes = expr->value != 0;
  for (const ValueUse *use = expr->kind == EXPR_NAME ? value_name_find(c, expr->text) : NULL; use && !out->type;
       use = use->next ? &c->value_uses.at[use->next - 1] : NULL)
    if (use->type == type) out->type = type, out->code = use->code;
  return out->type != NULL;
}

bool constant_in_table(TableText *t, const Expr *expr, const Type *type, Constant *out, bool *computed) {
  *computed = is_computed(t, expr);
  if (*computed || expr->kind == EXPR_ERROR) return false;
  if (literal_constant(t, expr, type, out)) return true;
  Env env = {.space = ROOT_SPACE, .expected = type, .arguments_only = true};
  Value v = elaborate(t->c, &env, expr);
  if (is_nothing(&v)) return false;
  const Constant *known = v.kind == VALUE_SCALAR ? node_as_constant(t->c, v.node) : NULL;
  *computed = !known || known->missing;
  if (!*computed) *out = *known;
  return !*computed;
}

/* ---- the head ---- */

static View column_names(const TableText *t, bool outputs) {
  const Signature *s = t->signature;
  return some_of_names(t->c, outputs ? s->output_names : s->names, outputs ? s->output_count : s->count);
}

static void report_column(TableText *t, View name, Span span, bool outputs) {
  const Signature *s = t->signature;
  const View *names = outputs ? s->output_names : s->names;
  Nearest best = nearest_to(name);
  for (uint32_t i = 0; i < (outputs ? s->output_count : s->count); i++) consider(t->c, &best, names[i]);
  if (best.name.length)
    diag_add(t->c->diags, MSG_E0912, span, name, s->symbol->name.text, best.name, DIAG_END);
  else
    diag_add(t->c->diags, MSG_E0913, span, name, s->symbol->name.text, column_names(t, outputs), DIAG_END);
}

/* Where each column of the head belongs; false where one is no column, stands twice, or is not there. */
static bool read_columns(TableText *t, uint32_t from, uint32_t to, bool outputs, uint32_t *place) {
  const Signature *s = t->signature;
  const View *names = outputs ? s->output_names : s->names;
  uint32_t count = outputs ? s->output_count : s->count;
  bool sound = true, *there = arena_array(t->c->arena, bool, count);
  for (uint32_t i = from; i < to; i++) {
    const ExprList *cell = &t->head->cells.at[i];
    Span span = cell->count ? cell->at[0]->span : t->head->span;
    View name =
        cell->count == 1 && cell->at[0]->kind == EXPR_NAME ? cell->at[0]->text : span_text(t->c->diags->sources, span);
    uint32_t found = outputs && count == 1 ? 0 : NO_INDEX; /* a single output may be called anything */
    for (uint32_t k = 0; k < count && found == NO_INDEX; k++)
      if (view_equal(names[k], name)) found = k;
    if (found == NO_INDEX)
      report_column(t, name, span, outputs);
    else if (there[found])
      diag_add(t->c->diags, MSG_E0302, span, name, DIAG_END);
    place[i - from] = found;
    sound &= found != NO_INDEX && !there[found];
    if (found != NO_INDEX) there[found] = true;
  }
  for (uint32_t k = 0; sound && k < count; k++)
    if (!there[k]) {
      diag_add(t->c->diags, MSG_E0706, t->head->span, names[k].length ? names[k] : s->symbol->name.text, DIAG_END);
      sound = false;
    }
  return sound;
}

static bool read_head(TableText *t) {
  uint32_t split = t->head->split, all = t->head->cells.count;
  t->input_of = arena_array(t->c->arena, uint32_t, split);
  t->output_of = arena_array(t->c->arena, uint32_t, all - split);
  bool inputs = read_columns(t, 0, split, false, t->input_of);
  return read_columns(t, split, all, true, t->output_of) && inputs;
}

/* ---- rows ---- */

static bool is_otherwise(const Item *item) {
  for (uint32_t i = 0; i < item->split; i++)
    if (item->cells.at[i].count && item->cells.at[i].at[0]->kind == EXPR_OTHERWISE) return true;
  return false;
}

static bool row_has_form(TableText *t, const Item *item, bool otherwise) {
  Checker *c = t->c;
  uint32_t asked = item->split, given = item->cells.count - item->split, head = t->head->split;
  uint32_t head_given = t->head->cells.count - head;
  for (uint32_t i = 1; otherwise && i < asked; i++)
    if (item->cells.at[i].count || item->cells.at[0].count != 1) {
      diag_add(c->diags, MSG_E0916, item->span, DIAG_END);
      return false;
    }
  if ((asked == head || (otherwise && asked == 1)) && given == head_given) return true;
  if (asked + given == head + head_given)
    diag_add(c->diags, MSG_E0914, item->span, DIAG_END);
  else
    diag_add(c->diags, MSG_E0701, item->span, view_format(c->arena, "%u", item->cells.count),
             view_format(c->arena, "%u", t->head->cells.count), DIAG_END);
  return false;
}

static uint32_t line_of(const TableText *t, Span span) {
  return source_line(t->c->diags->sources->at[span.source], span.start);
}

/* The rows that have the form of the head; true where all have. */
static bool collect_rows(TableText *t, const ItemList *items) {
  bool sound = true;
  for (uint32_t i = 0; i < items->count; i++) {
    const Item *item = items->at[i];
    if (item->kind != ITEM_ROW || item == t->head) continue;
    TextRow row = {.item = item, .line = line_of(t, item->span), .otherwise = is_otherwise(item)};
    bool form = row_has_form(t, item, row.otherwise);
    if (form && t->rows.count && t->rows.at[t->rows.count - 1].otherwise) {
      diag_add(t->c->diags, MSG_E0915, t->rows.at[t->rows.count - 1].item->span, DIAG_END);
      sound = false;
    }
    sound &= form;
    if (form) list_push(t->c->arena, &t->rows, row);
  }
  return sound;
}

static void read_given(TableText *t, uint32_t row, uint32_t output, const ExprList *cell) {
  const Signature *s = t->signature;
  size_t at = (size_t)row * s->output_count + output;
  View name = s->output_names[output].length ? s->output_names[output] : s->symbol->name.text;
  if (cell->count > 1) {
    Span span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span);
    diag_add(t->c->diags, MSG_E0704, span, name, DIAG_END);
    return;
  }
  if (!cell->count) {
    if (t->policy == ROWS_COUNT) return;
    View number = view_format(t->c->arena, "%u", row + 1);
    diag_add(t->c->diags, MSG_E0917, t->rows.at[row].item->span, number, name, DIAG_END);
    return;
  }
  t->given[at] = cell->at[0];
  if (t->policy == ROWS_COUNT) return;
  const Type *type = t->policy == ROWS_ALL ? s->outputs[output]->element : s->outputs[output];
  bool computed = false;
  if (!constant_in_table(t, cell->at[0], type, &t->values[at], &computed)) {
    t->computed[output] |= computed;
    return;
  }
  const Value value = {.kind = VALUE_SCALAR, .type = t->values[at].type, .node = NO_NODE};
  bool fraction = type->whole && !num_is_whole(t->values[at].number);
  if (fraction) diag_add(t->c->diags, MSG_E0908, cell->at[0]->span, name, DIAG_END);
  if (!fraction) value_expect(t->c, value, type, cell->at[0]->span);
  t->values[at].type = type;
}

static void read_row(TableText *t, uint32_t row) {
  const Item *item = t->rows.at[row].item;
  for (uint32_t i = 0; !t->rows.at[row].otherwise && i < item->split; i++) {
    asked_cell(t, row, t->input_of[i])->tests = &item->cells.at[i];
    read_asked_cell(t, row, t->input_of[i]);
  }
  for (uint32_t i = item->split; i < item->cells.count; i++)
    read_given(t, row, t->output_of[i - item->split], &item->cells.at[i]);
}

/* ---- what the policy asks of the outputs ---- */

bool policy_takes_all(RowPolicy policy) { return policy == ROWS_ALL || policy == ROWS_SUM || policy == ROWS_COUNT; }

static bool is_addable(const Type *type) {
  return type->kind == TYPE_NUMBER || type->kind == TYPE_MONEY || type->kind == TYPE_MONTHS ||
         type->kind == TYPE_DURATION;
}

static bool policy_fits(TableText *t) {
  Checker *c = t->c;
  const Signature *s = t->signature;
  const Type *type = s->outputs[0];
  View words = span_text(c->diags->sources, t->policy_span);
  Span place = t->decl->type ? t->decl->type->span : t->policy_span;
  if (policy_takes_all(t->policy) && t->decl->outputs.count)
    diag_add(c->diags, MSG_E0920, t->policy_span, words, DIAG_END);
  else if (t->policy == ROWS_ALL && (type->kind != TYPE_LIST || !type_is_scalar(type->element)))
    diag_add(c->diags, MSG_E0921, place, words,
             view_format(c->arena, "list of %.*s", (int)type->name.length, type->name.at), DIAG_END);
  else if (t->policy == ROWS_COUNT && !type->whole)
    diag_add(c->diags, MSG_E0921, place, words, type_name(c->whole), DIAG_END);
  else if (t->policy == ROWS_SUM && !is_addable(type))
    diag_add(c->diags, MSG_E0922, place, words, type_name(type), DIAG_END);
  else if ((t->policy == ROWS_HIGHEST || t->policy == ROWS_LOWEST) && !type_is_ordered(type))
    diag_add(c->diags, MSG_E0408, place, type_name(type), DIAG_END);
  else
    return true;
  return false;
}

static bool types_are_single(TableText *t) {
  const Signature *s = t->signature;
  for (uint32_t i = 0; i < s->count; i++)
    if (!type_is_scalar(s->types[i])) {
      diag_add(t->c->diags, MSG_E0911, t->decl->params.at[i].type->span, s->names[i], type_name(s->types[i]), DIAG_END);
      return false;
    }
  for (uint32_t i = 0; t->policy != ROWS_ALL && i < s->output_count; i++)
    if (!type_is_scalar(s->outputs[i])) {
      Span span = t->decl->outputs.count ? t->decl->outputs.at[i].type->span : t->decl->type->span;
      View name = s->output_names[i].length ? s->output_names[i] : s->symbol->name.text;
      diag_add(t->c->diags, MSG_E0911, span, name, type_name(s->outputs[i]), DIAG_END);
      return false;
    }
  return true;
}

/* Of several outputs the first decides, and it must be known before any application is. */
static bool order_is_known(TableText *t) {
  if (t->policy != ROWS_HIGHEST && t->policy != ROWS_LOWEST) return true;
  if (!t->computed[0] || (t->signature->output_count == 1 && type_is_number_like(t->signature->outputs[0])))
    return true;
  diag_add(t->c->diags, MSG_E0924, t->policy_span, span_text(t->c->diags->sources, t->policy_span), DIAG_END);
  return false;
}

/* ---- the order in which rows are tried ---- */

typedef struct Rank {
  const Constant *value;
  uint32_t row;
  bool highest;
} Rank;

static int compare_constants(const Constant *a, const Constant *b) {
  if (a->type->kind == TYPE_TEXT) return view_compare(a->text, b->text);
  if (a->type->kind == TYPE_ENUM) return a->code < b->code ? -1 : a->code > b->code;
  return num_compare(a->number, b->number);
}

static int compare_ranks(const void *x, const void *y) {
  const Rank *a = x, *b = y;
  int order = compare_constants(a->value, b->value);
  if (order == 0) return a->row < b->row ? -1 : a->row > b->row;
  return a->highest ? -order : order;
}

/* bit -> row, without `otherwise`: the text's order, or that of the first output. */
static uint32_t *order_of_rows(TableText *t, uint32_t *count) {
  uint32_t rows = t->rows.count, *order = arena_array(t->c->arena, uint32_t, rows);
  Rank *ranks = arena_array(t->c->arena, Rank, rows);
  bool ranked = (t->policy == ROWS_HIGHEST || t->policy == ROWS_LOWEST) && !t->computed[0];
  *count = rows && t->rows.at[rows - 1].otherwise ? rows - 1 : rows;
  for (uint32_t i = 0; i < *count; i++)
    ranks[i] = (Rank){&t->values[(size_t)i * t->signature->output_count], i, t->policy == ROWS_HIGHEST};
  if (ranked) qsort(ranks, *count, sizeof *ranks, compare_ranks);
  for (uint32_t i = 0; i < *count; i++) order[i] = ranks[i].row;
  return order;
}

/* ---- the table as a whole ---- */

static View text_of_cell(const TableText *t, const ExprList *cell) {
  if (!cell->count) return (View){0};
  return span_text(t->c->diags->sources, span_join(cell->at[0]->span, cell->at[cell->count - 1]->span));
}

static View *texts_of_cells(const TableText *t) {
  const Signature *s = t->signature;
  uint32_t width = s->count + s->output_count;
  View *cells = arena_array(t->c->arena, View, (size_t)t->rows.count * width);
  for (uint32_t row = 0; row < t->rows.count; row++) {
    const Item *item = t->rows.at[row].item;
    View *at = cells + (size_t)row * width;
    for (uint32_t i = 0; i < item->cells.count; i++) {
      uint32_t place =
          i < item->split ? (t->rows.at[row].otherwise ? i : t->input_of[i]) : s->count + t->output_of[i - item->split];
      at[place] = text_of_cell(t, &item->cells.at[i]);
    }
  }
  return cells;
}

static View name_of_column(const TableText *t, uint32_t column) {
  const Signature *s = t->signature;
  if (column < s->count) return s->names[column];
  if (s->output_count > 1 || t->decl->outputs.count) return s->output_names[column - s->count];
  const ExprList *cell = &t->head->cells.at[t->head->split]; /* a single output may be called anything */
  if (cell->count == 1 && cell->at[0]->kind == EXPR_NAME) return cell->at[0]->text;
  return s->symbol->name.text;
}

static void name_columns(const TableText *t, DecisionTable *table) {
  Checker *c = t->c;
  uint32_t width = t->signature->count + t->signature->output_count;
  table->columns = arena_array(c->arena, View, width);
  table->heads = arena_array(c->arena, View, width);
  for (uint32_t i = 0; i < width; i++) {
    View name = table->columns[i] = name_of_column(t, i);
    bool plain = vocabulary_is_plain(c->vocabulary, c->arena, name);
    table->heads[i] = plain ? name : view_format(c->arena, "'%.*s'", (int)name.length, name.at);
  }
}

static void keep_table(TableText *t, bool complete, bool unique, uint32_t *order, uint32_t order_count) {
  const Signature *s = t->signature;
  Checker *c = t->c;
  uint32_t rows = t->rows.count;
  DecisionTable table = {.name = s->symbol->name.text,
                         .source = t->decl->source,
                         .file = t->file,
                         .span = t->decl->span,
                         .policy = t->policy,
                         .inputs = s->names,
                         .input_types = s->types,
                         .input_count = s->count,
                         .outputs = s->output_names,
                         .output_types = s->outputs,
                         .output_count = s->output_count,
                         .row_count = rows,
                         .otherwise = order_count < rows ? rows - 1 : NO_INDEX,
                         .order = order,
                         .order_count = order_count,
                         .axes = t->compiled ? NULL : t->axes,
                         .values = t->values,
                         .complete = complete,
                         .unique = unique};
  table.rows = arena_array(c->arena, DecisionRow, rows);
  for (uint32_t i = 0; i < rows; i++) table.rows[i] = (DecisionRow){t->rows.at[i].item->span, t->rows.at[i].line};
  table.cells = texts_of_cells(t);
  name_columns(t, &table);
  for (uint32_t i = 0; i < t->decl->items.count; i++) {
    const Item *item = t->decl->items.at[i];
    if (item->kind == ITEM_TITLE) keep_title(c, item, table.titles);
    if (item->kind == ITEM_SOURCE) table.source = item->text;
  }
  list_push(c->arena, &c->decision_tables, table);
  t->index = c->decision_tables.count - 1;
}

/* The head is the first row; policy and file may stand anywhere, once. */
static const Item *read_lines(TableText *t, const ItemList *items) {
  const Item *policy = NULL, *from = NULL;
  for (uint32_t i = 0; i < items->count; i++) {
    const Item *item = items->at[i], **first = item->kind == ITEM_HIT_POLICY  ? &policy
                                               : item->kind == ITEM_FROM_FILE ? &from
                                                                              : NULL;
    if (first && *first)
      diag_add(t->c->diags, MSG_E0614, item->span, span_text(t->c->diags->sources, item->span), DIAG_END)->other =
          (*first)->span;
    else if (first)
      *first = item;
    if (item->kind == ITEM_ROW && !t->head) t->head = item;
  }
  t->policy = policy ? (RowPolicy)policy->value : ROWS_ONE;
  t->policy_span = policy ? policy->span : (Span){t->decl->span.source, 0, 0};
  return from;
}

static bool find_rows(TableText *t, ItemList *items) {
  *items = t->decl->items;
  const Item *from = read_lines(t, items);
  if (from && t->head) {
    diag_add(t->c->diags, MSG_E0926, from->span, DIAG_END)->other = t->head->span;
    return false;
  }
  if (from) {
    if (!rows_of_table_file(t, from, items)) return false;
    t->file = from->text;
    for (uint32_t i = 0; i < items->count && !t->head; i++)
      if (items->at[i]->kind == ITEM_ROW) t->head = items->at[i];
  }
  return true;
}

/* Was something between the table's name and the next declaration no row that could be read? Then nothing is said of what
 * the rows leave out. */
static bool has_unread_rows(const TableText *t) {
  const Checker *c = t->c;
  Span from = t->decl->span;
  uint32_t end = UINT32_MAX;
  for (uint32_t i = 0; i < c->decls.count; i++) {
    Span other = c->decls.at[i]->span;
    if (other.source == from.source && other.start > from.start && other.start < end) end = other.start;
  }
  for (uint32_t i = 0; i < c->diags->items.count; i++) {
    const Diag *diag = &c->diags->items.at[i];
    bool inside = diag->span.source == from.source && diag->span.start >= from.start && diag->span.start < end;
    if (inside && message_table[diag->code].severity == SEVERITY_ERROR) return true;
  }
  return false;
}

static void make_table(TableText *t) {
  ItemList items;
  Checker *c = t->c;
  uint32_t errors = c->diags->errors;
  if (!find_rows(t, &items) || !types_are_single(t) || !policy_fits(t)) return;
  if (!t->head || !read_head(t)) {
    if (!t->head && c->diags->errors == errors)
      diag_add(c->diags, MSG_E0710, t->signature->symbol->name.span, t->signature->symbol->name.text, DIAG_END);
    return;
  }
  if (!collect_rows(t, &items)) return;
  if (!t->rows.count) {
    diag_add(c->diags, MSG_E0710, t->signature->symbol->name.span, t->signature->symbol->name.text, DIAG_END);
    return;
  }
  size_t inputs = t->signature->count, outputs = t->signature->output_count;
  t->asked = arena_array(c->arena, AskedCell, t->rows.count * inputs);
  t->given = arena_array(c->arena, const Expr *, t->rows.count *outputs);
  t->values = arena_array(c->arena, Constant, t->rows.count * outputs);
  t->computed = arena_array(c->arena, bool, outputs);
  for (uint32_t row = 0; row < t->rows.count; row++) read_row(t, row);
  if (c->diags->errors > errors || !order_is_known(t)) return;
  bool complete = t->rows.at[t->rows.count - 1].otherwise, unique = false;
  uint32_t count, *order = order_of_rows(t, &count);
  if (!t->compiled) make_axes(t, order, count);
  if (!t->compiled && c->diags->errors == errors && !has_unread_rows(t)) check_rows(t, &complete, &unique);
  if (c->diags->errors == errors) keep_table(t, complete, unique, order, count);
}

void check_decision_table(Checker *c, Symbol *symbol) {
  Signature *s = signature_of(c, symbol);
  if (!s->sound || s->table) return;
  s->table = arena_new_of(c->arena, TableText);
  *s->table = (TableText){.c = c, .signature = s, .decl = symbol->decl, .index = NO_INDEX};
  make_table(s->table);
}
