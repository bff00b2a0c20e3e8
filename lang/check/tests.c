/* Tests: each `test`, and each row of its cases, becomes a test case of the program. Elaborated last, so that what only
 * tests need stands behind everything that the rules need. */
#include <string.h>
#include <sys/stat.h>
#include "check/checker.h"
#include "check/deep.h"

View test_word(const Checker *c, Special word) { return special_word(word, c->vocabulary->language); }

bool is_test_word(const Checker *c, const Expr *expr, Special word) {
  return expr->kind == EXPR_NAME && view_equal(expr->text, test_word(c, word));
}

bool begins_with_possible(const Checker *c, View name) {
  View word = test_word(c, SPECIAL_IS_POSSIBLE);
  return view_starts(name, word) && name.length > word.length && name.at[word.length] == ' ';
}

void cover(Checker *c, CoverableKind kind, Span span, uint32_t node) {
  if (!c->options.coverage || c->in_bodies || (!c->in_tests && node_as_constant(c, node))) return;
  if (is_of_module(c, span)) return; /* it has tests of its own */
  list_push(c->arena, &c->coverables, ((Coverable){kind, span, node}));
}

/* ---- what a test gives ---- */

/* A value for one field, or for one parameter. */
typedef struct Gift {
  const NameList *path;
  Span span;
  const FieldShape **fields; /* one for each name of the path */
  View json;
} Gift;
typedef LIST(Gift) GiftList;

typedef struct TestMaker {
  Checker *c;
  const Decl *decl;
  TestCase base; /* what holds for each case */
  GiftList gifts;
  View parameters;
  ExpectationList expectations;
  const Item *date, *given, *head;
  const NameList **columns; /* of the head: the path, of a parameter its name; NULL: it was refused, or `on` */
  uint32_t rows;
} TestMaker;

static View path_text(Checker *c, const NameList *path) {
  View text = path->at[0].text;
  for (uint32_t i = 1; i < path->count; i++)
    text = view_format(c->arena, "%.*s.%.*s", (int)text.length, text.at, (int)path->at[i].text.length,
                       path->at[i].text.at);
  return text;
}

static bool find_path(Checker *c, const NameList *path, const FieldShape **fields) {
  const Shape *shape = c->program->application;
  View of = VIEW("application");
  for (uint32_t i = 0; i < path->count; i++) {
    if (!shape) {
      diag_add(c->diags, MSG_E1009, path->at[i].span, of, path->at[i].text, DIAG_END);
      return false;
    }
    fields[i] = test_field(c, shape, of, &path->at[i]);
    if (!fields[i]) return false;
    of = fields[i]->name;
    shape = fields[i]->type->kind == TYPE_RECORD ? fields[i]->shape : NULL;
  }
  return true;
}

/* Is one the other, or a record that holds it? */
static bool overlap(const NameList *a, const NameList *b) {
  uint32_t common = a->count < b->count ? a->count : b->count;
  for (uint32_t i = 0; i < common; i++)
    if (!view_equal(a->at[i].text, b->at[i].text)) return false;
  return true;
}

static void add_gift(Checker *c, GiftList *gifts, Gift gift) {
  for (uint32_t i = 0; i < gifts->count; i++)
    if (overlap(gifts->at[i].path, gift.path)) {
      diag_add(c->diags, MSG_E1011, gift.span, path_text(c, gift.path), DIAG_END)->other = gifts->at[i].span;
      return;
    }
  list_push(c->arena, gifts, gift);
}

/* `cell`: the value, or none where it is missing. In a case a list may stand without brackets. */
static void give_field(Checker *c, GiftList *gifts, const NameList *path, Span span, const ExprList *cell, bool of_case) {
  Gift gift = {.path = path, .span = span, .json = VIEW("null")};
  gift.fields = arena_array(c->arena, const FieldShape *, path->count);
  if (!find_path(c, path, gift.fields)) return;
  Writer *w = writer_to_memory(c->arena);
  const FieldShape *field = gift.fields[path->count - 1];
  if (cell && !(of_case ? test_values(c, field, cell, span, w) : test_value(c, field, cell->at[0], w))) return;
  if (cell) gift.json = writer_memory(w);
  add_gift(c, gifts, gift);
}

static void give_parameter(Checker *c, View *parameters, const Name *name, Span span, const Expr *value) {
  Symbol *symbol = symbol_find(c, name->text);
  if (!symbol || symbol->kind != SYMBOL_PARAMETER) {
    View near = nearest_name(c, NULL, name->text);
    const Symbol *other = near.length ? symbol_find(c, near) : NULL;
    if (other && other->kind == SYMBOL_PARAMETER)
      diag_add(c->diags, MSG_E1027, name->span, name->text, near, DIAG_END);
    else
      diag_add(c->diags, MSG_E1010, name->span, name->text, DIAG_END);
    return;
  }
  if (!value) {
    diag_add(c->diags, MSG_E1012, span, name->text, DIAG_END);
    return;
  }
  Env env = {.space = ROOT_SPACE};
  elaborate_as(c, &env, value, c->parameters.at[symbol->index].type);
  View text = span_text(c->diags->sources, value->span);
  *parameters = view_format(c->arena, "%.*s%.*s = %.*s; ", (int)parameters->length, parameters->at,
                            (int)name->text.length, name->text.at, (int)text.length, text.at);
}

/* ---- the data as JSON ---- */

static void write_gifts(Writer *w, const GiftList *gifts, uint32_t depth, const Gift *under);

/* Does the gift lie in the same record, `depth` names down? */
static bool is_beside(const Gift *a, const Gift *b, uint32_t depth) {
  for (uint32_t i = 0; i < depth; i++)
    if (a->fields[i] != b->fields[i]) return false;
  return a->path->count > depth;
}

static bool is_first_of_field(const GiftList *gifts, uint32_t at, uint32_t depth) {
  for (uint32_t i = 0; i < at; i++)
    if (is_beside(&gifts->at[i], &gifts->at[at], depth) && gifts->at[i].fields[depth] == gifts->at[at].fields[depth])
      return false;
  return true;
}

static void write_gift(Writer *w, const GiftList *gifts, uint32_t depth, const Gift *gift) {
  write_json_string(w, gift->fields[depth]->name);
  write_char(w, ':');
  if (gift->path->count == depth + 1)
    write_view(w, gift->json);
  else
    write_gifts(w, gifts, depth + 1, gift);
}

static void write_gifts(Writer *w, const GiftList *gifts, uint32_t depth, const Gift *under) {
  bool first = true;
  write_char(w, '{');
  for (uint32_t i = 0; i < gifts->count; i++) {
    const Gift *gift = &gifts->at[i];
    if ((under && !is_beside(gift, under, depth)) || !is_first_of_field(gifts, i, depth)) continue;
    if (!first) write_char(w, ',');
    first = false;
    write_gift(w, gifts, depth, gift);
  }
  write_char(w, '}');
}

static void keep_gifts(Checker *c, TestCase *test, const GiftList *gifts) {
  Writer *w = writer_to_memory(c->arena);
  write_gifts(w, gifts, 0, NULL);
  test->data = writer_memory(w);
  test->override_count = gifts->count;
  test->overrides = arena_array(c->arena, Override, gifts->count);
  for (uint32_t i = 0; i < gifts->count; i++)
    test->overrides[i] = (Override){gifts->at[i].fields, gifts->at[i].path->count};
}

/* ---- lines ---- */

static bool is_second(TestMaker *m, const Item *item, const Item **before, View word) {
  if (*before) diag_add(m->c->diags, MSG_E1013, item->span, word, DIAG_END)->other = (*before)->span;
  bool second = *before != NULL;
  *before = item;
  return second;
}

static void read_date(TestMaker *m, const Item *item) {
  if (is_second(m, item, &m->date, vocabulary_spelling(m->c->vocabulary, TOKEN_ON))) return;
  m->base.has_date = true;
  m->base.date = item->date;
}

static void read_given(TestMaker *m, const Item *item) {
  Checker *c = m->c;
  struct stat found;
  if (is_second(m, item, &m->given, vocabulary_spelling(c->vocabulary, TOKEN_GIVEN))) return;
  m->base.given_span = item->span;
  m->base.given_id = item->name.text;
  if (!is_path_beside(c, item->span.source, item->text, &m->base.given))
    diag_add(c->diags, MSG_E0708, item->span, item->text, DIAG_END);
  else if (stat(m->base.given, &found) != 0 || !S_ISREG(found.st_mode))
    diag_add(c->diags, MSG_E1014, item->span, item->text, DIAG_END);
}

static bool gives_parameter_again(TestMaker *m, const Item *item) {
  for (uint32_t i = 0; m->decl->items.at[i] != item; i++) {
    const Item *before = m->decl->items.at[i];
    if (before->kind != ITEM_OVERRIDE || !before->of_parameter) continue;
    if (!view_equal(before->names.at[0].text, item->names.at[0].text)) continue;
    diag_add(m->c->diags, MSG_E1011, item->span, item->names.at[0].text, DIAG_END)->other = before->span;
    return true;
  }
  return false;
}

static void read_override(TestMaker *m, const Item *item) {
  ExprList cell = {0};
  if (item->of_parameter && gives_parameter_again(m, item)) return;
  if (item->a) list_push(m->c->arena, &cell, item->a);
  if (item->of_parameter)
    give_parameter(m->c, &m->parameters, &item->names.at[0], item->span, item->a);
  else
    give_field(m->c, &m->gifts, &item->names, item->a ? item->a->span : item->span, item->a ? &cell : NULL, false);
}

static void read_item(TestMaker *m, const Item *item) {
  switch ((int)item->kind) {
  case ITEM_ON: read_date(m, item); break;
  case ITEM_GIVEN: read_given(m, item); break;
  case ITEM_OVERRIDE: read_override(m, item); break;
  case ITEM_EXPECT: expect_expr(m->c, item->a, span_text(m->c->diags->sources, item->a->span), &m->expectations); break;
  case ITEM_EXPECT_MISSING: expect_missing(m->c, item, &m->expectations); break;
  case ITEM_EXPECT_POSSIBLE: expect_possible(m->c, item, &m->expectations); break;
  case ITEM_ROW:
    if (!m->head) m->head = item;
    break;
  default: break;
  }
}

/* ---- cases ---- */

/* a.b.c, written as an expression */
static bool path_of(Checker *c, const Expr *expr, NameList *path) {
  if (expr->kind == EXPR_FIELD && !path_of(c, expr->a, path)) return false;
  if (expr->kind != EXPR_NAME && expr->kind != EXPR_FIELD) return false;
  list_push(c->arena, path, ((Name){expr->text, expr->kind == EXPR_NAME ? expr->span : expr->text_span}));
  return true;
}

/* `parameter P` is one name there; what stands behind the word. */
static bool names_parameter(const Checker *c, View *name) {
  View word = vocabulary_spelling(c->vocabulary, TOKEN_PARAMETER);
  if (!view_starts(*name, word) || name->length <= word.length + 1 || name->at[word.length] != ' ') return false;
  *name = (View){name->at + word.length + 1, name->length - word.length - 1};
  return true;
}

static bool is_date_column(const NameList *column) { return column->count == 1 && view_is(column->at[0].text, "on"); }

static void read_head(TestMaker *m) {
  Checker *c = m->c;
  m->columns = arena_array(c->arena, const NameList *, m->head->cells.count);
  for (uint32_t i = 0; i < m->head->split; i++) {
    const ExprList *cell = &m->head->cells.at[i];
    NameList path = {0};
    if (cell->count != 1 || !path_of(c, cell->at[0], &path)) {
      diag_add(c->diags, MSG_E1015, cell->count ? cell->at[0]->span : m->head->span, DIAG_END);
      continue;
    }
    View name = path.at[0].text;
    const FieldShape **fields = arena_array(c->arena, const FieldShape *, path.count);
    bool fine = is_date_column(&path) || (path.count == 1 && names_parameter(c, &name)) || find_path(c, &path, fields);
    if (fine) m->columns[i] = arena_copy(c->arena, &path, sizeof path);
  }
}

/* A line of the test itself holds where the case says nothing. */
static void drop_overlapping(GiftList *gifts, const NameList *path) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < gifts->count; i++)
    if (!overlap(gifts->at[i].path, path)) gifts->at[kept++] = gifts->at[i];
  gifts->count = kept;
}

static bool is_missing_cell(const ExprList *cell) {
  return cell->count == 1 && cell->at[0]->kind == EXPR_IS_MISSING && cell->at[0]->a->kind == EXPR_IT;
}

static bool is_test_cell(const ExprList *cell) {
  for (uint32_t i = 0; i < cell->count; i++) {
    const Expr *e = cell->at[i];
    if (e->kind == EXPR_NOT_ANY || e->kind == EXPR_OTHERWISE || e->kind == EXPR_RANGE || (e->a && e->a->kind == EXPR_IT))
      return true;
  }
  return false;
}

static void give_date(Checker *c, TestCase *test, const ExprList *cell) {
  if (cell->count != 1 || cell->at[0]->kind != EXPR_DATE) {
    diag_add(c->diags, MSG_E1016, cell->at[0]->span, DIAG_END);
    return;
  }
  test->has_date = true;
  test->date = cell->at[0]->value;
}

static void give_cell(Checker *c, TestCase *test, GiftList *gifts, const NameList *column, const ExprList *cell) {
  bool missing = is_missing_cell(cell);
  Name name = column->at[0];
  Span span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span);
  if (!missing && is_test_cell(cell))
    diag_add(c->diags, MSG_E1017, span, DIAG_END);
  else if (is_date_column(column))
    give_date(c, test, cell);
  else if (column->count == 1 && names_parameter(c, &name.text))
    give_parameter(c, &test->parameters, &name, span, missing || cell->count != 1 ? NULL : cell->at[0]);
  else {
    give_field(c, gifts, column, span, missing ? NULL : cell, true);
  }
}

static Expr *expr_like(Checker *c, ExprKind kind, const Expr *at, Expr *a, Expr *b) {
  Expr *expr = arena_new_of(c->arena, Expr);
  *expr = (Expr){.kind = kind, .span = at->span, .operator_span = at->operator_span, .a = a, .b = b};
  return expr;
}

/* The cell as an expectation of what stands in the head. */
static const Expr *cell_expectation(Checker *c, Expr *head, const ExprList *cell) {
  Expr *one = cell->at[0];
  if (cell->count > 1) {
    Expr *list = expr_like(c, EXPR_LIST, one, NULL, NULL);
    list->items = *cell;
    list->span = span_join(one->span, cell->at[cell->count - 1]->span);
    return expr_like(c, EXPR_IN, list, head, list);
  }
  if (one->a && one->a->kind == EXPR_IT) return expr_like(c, one->kind, one, head, one->b);
  if (one->kind == EXPR_RANGE) return expr_like(c, EXPR_IN, one, head, one);
  if (is_test_word(c, one, SPECIAL_IS_STATUS_MET)) return expr_like(c, EXPR_IS_MET, one, head, NULL);
  if (one->kind == EXPR_NOT && is_test_word(c, one->a, SPECIAL_IS_STATUS_MET))
    return expr_like(c, EXPR_IS_NOT_MET, one, head, NULL);
  if (one->kind == EXPR_NOT) return expr_like(c, EXPR_NE, one, head, one->a);
  return expr_like(c, EXPR_EQ, one, head, one);
}

/* The keyword and a blank */
static View keyword_before(Checker *c, TokenKind keyword) {
  return view_join(c->arena, vocabulary_spelling(c->vocabulary, keyword), VIEW(" "));
}

/* "size is medium", "score >= 3" */
static View cell_text(Checker *c, const Expr *head, const ExprList *cell) {
  Span span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span);
  View of = span_text(c->diags->sources, head->span), text = span_text(c->diags->sources, span);
  const Expr *one = cell->at[0];
  bool compared = one->a && one->a->kind == EXPR_IT && one->kind != EXPR_IS_MISSING;
  View is = compared                  ? VIEW("")
            : one->kind == EXPR_RANGE ? keyword_before(c, TOKEN_IN)
            : cell->count > 1         ? keyword_before(c, TOKEN_IS_ONE_OF)
                                      : keyword_before(c, TOKEN_EQ);
  return view_format(c->arena, "%.*s %.*s%.*s", (int)of.length, of.at, (int)is.length, is.at, (int)text.length, text.at);
}

static bool is_missing_column(const ExprList *head) {
  return head->count == 1 && head->at[0]->kind == EXPR_IS_MISSING && head->at[0]->a->kind == EXPR_IT;
}

/* `possible X`, and `possible f(a, b)`, whose name begins so. */
static bool is_possible_column(Checker *c, const Expr *head) {
  bool named = head->kind == EXPR_NAME || head->kind == EXPR_CALL;
  return named && !symbol_find(c, head->text) && begins_with_possible(c, head->text);
}

static void expect_missing_cell(TestMaker *m, const ExprList *cell, ExpectationList *out) {
  Checker *c = m->c;
  Item item = {.kind = ITEM_EXPECT_MISSING, .span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span)};
  for (uint32_t i = 0; i < cell->count; i++) {
    NameList path = {0};
    if (!path_of(c, cell->at[i], &path)) {
      diag_add(c->diags, MSG_E1018, cell->at[i]->span, span_text(c->diags->sources, cell->at[i]->span), DIAG_END);
      return;
    }
    list_push(c->arena, &item.names, ((Name){path_text(c, &path), cell->at[i]->span}));
  }
  expect_missing(c, &item, out);
}

static void expect_cell(TestMaker *m, const ExprList *head, const ExprList *cell, ExpectationList *out) {
  Checker *c = m->c;
  if (is_missing_column(head)) {
    expect_missing_cell(m, cell, out);
  } else if (is_possible_column(c, head->at[0])) {
    Item item = {.kind = ITEM_EXPECT_POSSIBLE,
                 .name = {head->at[0]->text, head->at[0]->span},
                 .b = head->at[0]->kind == EXPR_CALL ? head->at[0] : NULL,
                 .span = span_join(cell->at[0]->span, cell->at[cell->count - 1]->span)};
    item.a = expr_like(c, EXPR_LIST, cell->at[0], NULL, NULL);
    item.a->items = *cell;
    item.a->span = item.span;
    expect_possible(c, &item, out);
  } else {
    expect_expr(c, cell_expectation(c, head->at[0], cell), cell_text(c, head->at[0], cell), out);
  }
}

static void keep_case(TestMaker *m, TestCase test, const GiftList *gifts, const ExpectationList *expectations) {
  keep_gifts(m->c, &test, gifts);
  test.expectations = expectations->at;
  test.expectation_count = expectations->count;
  list_push(m->c->arena, &m->c->tests, test);
}

static GiftList copy_gifts(Checker *c, const GiftList *from) {
  GiftList copy = {0};
  for (uint32_t i = 0; i < from->count; i++) list_push(c->arena, &copy, from->at[i]);
  return copy;
}

static void read_case(TestMaker *m, const Item *row) {
  Checker *c = m->c;
  TestCase test = m->base;
  test.number = ++m->rows;
  test.span = row->span;
  test.parameters = m->parameters;
  if (row->cells.count != m->head->cells.count || row->split != m->head->split) {
    diag_add(c->diags, MSG_E0701, row->span, view_format(c->arena, "%u", row->cells.count),
             view_format(c->arena, "%u", m->head->cells.count), DIAG_END);
    return;
  }
  GiftList gifts = {0}, common = copy_gifts(c, &m->gifts);
  ExpectationList expectations = {0};
  for (uint32_t i = 0; i < m->expectations.count; i++) list_push(c->arena, &expectations, m->expectations.at[i]);
  for (uint32_t i = 0; i < row->split; i++)
    if (m->columns[i] && row->cells.at[i].count) give_cell(c, &test, &gifts, m->columns[i], &row->cells.at[i]);
  for (uint32_t i = 0; i < gifts.count; i++) drop_overlapping(&common, gifts.at[i].path);
  for (uint32_t i = 0; i < gifts.count; i++) list_push(c->arena, &common, gifts.at[i]);
  for (uint32_t i = row->split; i < row->cells.count; i++)
    if (row->cells.at[i].count && m->head->cells.at[i].count)
      expect_cell(m, &m->head->cells.at[i], &row->cells.at[i], &expectations);
  if (!expectations.count && !c->diags->errors) diag_add(c->diags, MSG_E1002, row->span, DIAG_END);
  keep_case(m, test, &common, &expectations);
}

static void read_cases(TestMaker *m) {
  const ItemList *items = &m->decl->items;
  read_head(m);
  for (uint32_t i = 0; i < items->count; i++)
    if (items->at[i]->kind == ITEM_ROW && items->at[i] != m->head) read_case(m, items->at[i]);
  if (!m->rows) diag_add(m->c->diags, MSG_E1019, m->head->span, DIAG_END);
}

/* ---- a test ---- */

static bool expects_something(const Decl *decl) {
  for (uint32_t i = 0; i < decl->items.count; i++) {
    ItemKind kind = decl->items.at[i]->kind;
    if (kind == ITEM_EXPECT || kind == ITEM_EXPECT_MISSING || kind == ITEM_EXPECT_POSSIBLE || kind == ITEM_ROW)
      return true;
  }
  return false;
}

static void read_test(Checker *c, const Decl *decl) {
  TestMaker m = {.c = c, .decl = decl, .base = {.title = decl->title, .span = decl->name.span}};
  for (uint32_t i = 0; i < decl->items.count; i++) read_item(&m, decl->items.at[i]);
  if (!expects_something(decl)) diag_add(c->diags, MSG_E1001, decl->name.span, decl->title, DIAG_END);
  m.base.parameters = m.parameters;
  if (m.head)
    read_cases(&m);
  else
    keep_case(&m, m.base, &m.gifts, &m.expectations);
}

static void refuse_second_title(Checker *c, Map *titles, uint32_t at) {
  const Decl *decl = c->decls.at[at];
  uint32_t before;
  if (map_get(titles, decl->title, &before))
    diag_add(c->diags, MSG_E1020, decl->name.span, decl->title, DIAG_END)->other = c->decls.at[before]->name.span;
  else
    map_add(titles, decl->title, at);
}

void check_tests(Checker *c) {
  Map titles;
  map_init(&titles, c->arena);
  uint32_t assumptions = c->assumptions.count;
  uint32_t claims = c->claims.count, branches = c->branches.count;
  bool dated = c->dated;
  c->program->rule_node_count = c->nodes.count;
  c->program->rule_space_count = c->spaces.count;
  c->in_tests = true;
  for (uint32_t i = 0; i < c->decls.count; i++) {
    if (c->decls.at[i]->kind != DECL_TEST) continue;
    const Vocabulary *outer = speak(c, c->decls.at[i]->span);
    refuse_second_title(c, &titles, i);
    read_test(c, c->decls.at[i]);
    c->vocabulary = outer;
  }
  c->in_tests = false;
  c->assumptions.count = assumptions; /* what a test assumes is told in no answer */
  c->claims.count = claims;           /* that a choice is never taken in a test says nothing */
  c->branches.count = branches;
  c->dated = dated; /* and a date that only a test asks for is none of the rules' */
}

/* ---- parameters of a test, and modules ---- */

static void replace_parameter(Checker *c, View name, Expr *value) {
  for (uint32_t i = 0; i < c->decls.count; i++) {
    const Decl *decl = c->decls.at[i];
    if (decl->kind != DECL_PARAMETER || !view_equal(decl->name.text, name)) continue;
    Decl *copy = arena_copy(c->arena, decl, sizeof *decl);
    copy->items = (ItemList){0};
    copy->by = (Name){0};
    copy->body = arena_new_of(c->arena, Body);
    copy->body->expr = value;
    copy->body->span = value->span;
    c->decls.at[i] = copy;
    return;
  }
}

static void replace_in_row(Checker *c, const Item *head, const Item *row) {
  for (uint32_t i = 0; i < head->split && i < row->cells.count; i++) {
    const ExprList *name = &head->cells.at[i], *cell = &row->cells.at[i];
    if (name->count != 1 || name->at[0]->kind != EXPR_NAME || cell->count != 1) continue;
    View parameter = name->at[0]->text;
    if (names_parameter(c, &parameter)) replace_parameter(c, parameter, cell->at[0]);
  }
}

static void replace_in_test(Checker *c, const Decl *decl, const Item *head, const Item *row) {
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_OVERRIDE && item->of_parameter && item->a)
      replace_parameter(c, item->names.at[0].text, item->a);
  }
  if (row) replace_in_row(c, head, row);
}

/* The cases are counted as check_tests makes them. */
void test_parameters(Checker *c) {
  uint32_t at = 0;
  for (uint32_t d = 0; d < c->decls.count; d++) {
    const Decl *decl = c->decls.at[d];
    const Item *head = NULL;
    for (uint32_t i = 0; decl->kind == DECL_TEST && i < decl->items.count; i++) {
      if (decl->items.at[i]->kind != ITEM_ROW) continue;
      if (head && at++ == c->options.parameters_of) {
        replace_in_test(c, decl, head, decl->items.at[i]);
        return;
      }
      if (!head) head = decl->items.at[i];
    }
    if (decl->kind == DECL_TEST && !head && at++ == c->options.parameters_of) {
      replace_in_test(c, decl, NULL, NULL);
      return;
    }
  }
}
