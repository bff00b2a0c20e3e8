/* Uses of decision tables. Where all cells are constants a use is one LOOKUP; else each row becomes a condition. Lists,
 * sums and numbers of rows are made of conditions too, as a list of the text is. */
#include "check/table_text.h"

typedef struct Use {
  TableText *t;
  const Env *env; /* what the cells see */
  const Value *values;
  Span span;
  uint32_t *conditions; /* one for each row */
  uint32_t **given;     /* of each output that is computed, one for each row */
  uint32_t space;       /* the deepest of those */
} Use;

static Expr *held_against(Checker *c, ExprKind kind, const Expr *test) {
  Expr *it = arena_new_of(c->arena, Expr), *whole = arena_new_of(c->arena, Expr);
  *it = (Expr){.kind = EXPR_IT, .span = test->span};
  *whole = (Expr){.kind = kind, .span = test->span, .operator_span = test->span, .a = it};
  whole->b = arena_copy(c->arena, test, sizeof *test);
  return whole;
}

/* What one test asks of the value; NO_NODE where it is a mistake. */
static uint32_t test_node(const Use *u, const Env *env, const Expr *test) {
  Checker *c = u->t->c;
  bool comparison = test->kind >= EXPR_EQ && test->kind <= EXPR_GE && test->a->kind == EXPR_IT;
  if (comparison || test->kind == EXPR_IS_MISSING) return elaborate_scalar(c, env, test, c->yes_no);
  Env inner = *env;
  inner.expected = env->it->type;
  bool several = test->kind == EXPR_RANGE || test->kind == EXPR_LIST;
  if (!several && test->kind == EXPR_NAME) several = elaborate(c, &inner, test).kind == VALUE_LIST;
  return elaborate_scalar(c, env, held_against(c, several ? EXPR_IN : EXPR_EQ, test), c->yes_no);
}

static uint32_t any_of_tests(const Use *u, const Env *env, const ExprList *tests, bool *missing, bool *sound) {
  uint32_t any = NO_NODE;
  for (uint32_t i = 0; i < tests->count; i++) {
    const Expr *test = tests->at[i];
    bool negated = test->kind == EXPR_NOT_ANY;
    if (test->kind == EXPR_IS_MISSING) {
      *missing = true;
      continue;
    }
    bool inside = false;
    uint32_t node = negated ? any_of_tests(u, env, &test->items, &inside, sound) : test_node(u, env, test);
    if (negated && node != NO_NODE) node = node_not(u->t->c, node, test->span);
    if (negated && node == NO_NODE && *sound)
      node = node_yes_no(u->t->c, true, ROOT_SPACE, test->span); /* not(missing) */
    *sound &= node != NO_NODE;
    if (node != NO_NODE) any = node_or(u->t->c, any, node, u->span);
  }
  return any;
}

static bool column_names_missing(const TableText *t, uint32_t input) {
  for (uint32_t row = 0; row < t->rows.count; row++)
    if (!t->rows.at[row].otherwise && asked_cell(t, row, input)->missing) return true;
  return false;
}

/* The condition of one cell. Where its column names `missing`, a value fits only where it is known: then a missing one is
 * a value of its own. */
static uint32_t cell_node(const Use *u, uint32_t row, uint32_t input, bool names_missing, bool *sound) {
  Checker *c = u->t->c;
  const AskedCell *cell = asked_cell(u->t, row, input);
  if (cell->any) return NO_NODE;
  Env env = *u->env;
  env.it = &u->values[input];
  bool missing = false;
  uint32_t node = any_of_tests(u, &env, cell->tests, &missing, sound);
  if (!names_missing) return node;
  uint32_t known = node_unary(c, OP_IS_KNOWN, c->yes_no, u->values[input].node, u->span);
  if (node != NO_NODE) node = node_and(c, known, node, u->span);
  return missing ? node_or(c, node, node_not(c, known, u->span), u->span) : node;
}

/* The conditions of all rows, `otherwise` where none of the others holds. */
static bool make_conditions(Use *u) {
  TableText *t = u->t;
  Checker *c = t->c;
  bool sound = true, *names = arena_array(c->arena, bool, t->signature->count);
  for (uint32_t i = 0; i < t->signature->count; i++) names[i] = column_names_missing(t, i);
  uint32_t any = NO_NODE;
  for (uint32_t row = 0; row < t->rows.count; row++) {
    uint32_t all = NO_NODE;
    for (uint32_t i = 0; !t->rows.at[row].otherwise && i < t->signature->count; i++)
      all = node_and(c, all, cell_node(u, row, i, names[i], &sound), t->rows.at[row].item->span);
    if (all == NO_NODE) all = node_yes_no(c, true, ROOT_SPACE, u->span);
    if (t->rows.at[row].otherwise)
      all = any == NO_NODE ? all : node_not(c, any, u->span);
    else
      any = node_or(c, any, all, u->span);
    u->conditions[row] = all;
  }
  return sound;
}

static uint32_t deeper_of(Checker *c, uint32_t space, uint32_t node) {
  return node == NO_NODE || node_as_constant(c, node) ? space : space_deeper(c, space, c->nodes.at[node].space);
}

/* LOOKUP or ROWS. */
static uint32_t row_node(Use *u, bool looked_up) {
  TableText *t = u->t;
  Checker *c = t->c;
  uint32_t count = looked_up ? t->signature->count : t->rows.count, space = u->space;
  uint32_t *nodes = arena_array(c->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) {
    nodes[i] = looked_up ? u->values[i].node : t->rows.at[i].otherwise ? NO_NODE : u->conditions[i];
    space = deeper_of(c, space, nodes[i]);
  }
  for (uint32_t i = 0; i < count; i++)
    if (nodes[i] != NO_NODE) nodes[i] = node_spread(c, nodes[i], space, u->span);
  Node node = {.op = looked_up ? OP_LOOKUP : OP_ROWS,
               .type = c->whole,
               .space = space,
               .a = NO_NODE,
               .b = NO_NODE,
               .c = NO_NODE,
               .first = arguments_add(c, nodes, count),
               .count = count,
               .index = t->index,
               .span = u->span};
  return node_add(c, node);
}

/* What a row gives for an output. */
static uint32_t given_node(const Use *u, uint32_t row, uint32_t output) {
  TableText *t = u->t;
  const Signature *s = t->signature;
  size_t at = (size_t)row * s->output_count + output;
  const Type *type = t->policy == ROWS_ALL ? s->outputs[output]->element : s->outputs[output];
  if (t->values[at].type) return node_constant(t->c, t->values[at], ROOT_SPACE, u->span);
  Env env = *u->env;
  env.expected = type;
  Value v = elaborate(t->c, &env, t->given[at]);
  v = value_passed(t->c, v, type, s->output_names[output].length ? s->output_names[output] : s->symbol->name.text,
                   t->given[at]->span);
  return v.kind == VALUE_SCALAR ? v.node : NO_NODE;
}

static bool given_nodes(const Use *u, uint32_t output, uint32_t *nodes) {
  bool sound = true;
  for (uint32_t row = 0; row < u->t->rows.count; row++) {
    nodes[row] = given_node(u, row, output);
    sound &= nodes[row] != NO_NODE;
  }
  return sound;
}

static uint32_t output_node(const Use *u, uint32_t row, uint32_t output) {
  TableText *t = u->t;
  Checker *c = t->c;
  Node node = {.op = OP_ROW_VALUE,
               .type = t->signature->outputs[output],
               .space = c->nodes.at[row].space,
               .a = row,
               .b = NO_NODE,
               .c = NO_NODE,
               .index = t->index,
               .mask = output,
               .span = u->span};
  if (t->computed[output]) {
    for (uint32_t i = 0; i < t->rows.count; i++)
      u->given[output][i] = node_spread(c, u->given[output][i], node.space, u->span);
    node.first = arguments_add(c, u->given[output], t->rows.count);
    node.count = t->rows.count;
  }
  return node_add(c, node);
}

static Value output_values(const Use *u, uint32_t row) {
  TableText *t = u->t;
  Checker *c = t->c;
  const Signature *s = t->signature;
  if (!t->decl->outputs.count) return value_scalar(c, output_node(u, row, 0));
  Shape *shape = arena_new_of(c->arena, Shape);
  shape->name = s->symbol->name.text;
  shape->count = s->output_count;
  shape->fields = arena_array(c->arena, FieldShape, s->output_count);
  for (uint32_t i = 0; i < s->output_count; i++)
    shape->fields[i] = (FieldShape){.name = s->output_names[i],
                                    .type = s->outputs[i],
                                    .input = output_node(u, row, i),
                                    .data_space = NO_INDEX,
                                    .given = NO_INDEX};
  return record_value(c, (RecordRef){.space = NO_INDEX, .shape = shape, .table = NO_INDEX, .pick = NO_NODE});
}

/* ---- values made of all rows that fit ---- */

static uint32_t over_rows(Checker *c, OpKind op, const Value *list, Span span) {
  return node_add(c, (Node){.op = op,
                            .type = list->element->type,
                            .space = list_parent(c, &list->list),
                            .a = list->list.member,
                            .b = NO_NODE,
                            .c = list->element->node,
                            .index = list->list.space,
                            .span = span});
}

static Value all_rows(const Use *u) {
  TableText *t = u->t;
  Checker *c = t->c;
  uint32_t *nodes = arena_array(c->arena, uint32_t, t->rows.count);
  const Type *type = t->policy == ROWS_ALL ? t->signature->outputs[0]->element : t->signature->outputs[0];
  for (uint32_t i = 0; t->policy == ROWS_COUNT && i < t->rows.count; i++)
    nodes[i] = node_number(c, num_of(1), c->whole, ROOT_SPACE, u->span);
  if (t->policy != ROWS_COUNT && !given_nodes(u, 0, nodes)) return value_nothing(c);
  uint32_t space = u->env->space;
  for (uint32_t i = 0; i < t->rows.count; i++) {
    space = deeper_of(c, space, nodes[i]);
    space = deeper_of(c, space, u->conditions[i]);
  }
  Value list = list_of_nodes(c, nodes, u->conditions, t->rows.count, type, space, u->span);
  switch (t->policy) {
  case ROWS_ALL: return list;
  case ROWS_COUNT: return value_scalar(c, list_count(c, &list.list, u->span));
  case ROWS_SUM: return value_scalar(c, over_rows(c, OP_SUM, &list, u->span));
  case ROWS_HIGHEST: return value_scalar(c, over_rows(c, OP_LARGEST, &list, u->span));
  case ROWS_LOWEST: return value_scalar(c, over_rows(c, OP_SMALLEST, &list, u->span));
  case ROWS_ONE:
  case ROWS_ANY:
  case ROWS_FIRST: break;
  }
  return value_nothing(c);
}

static bool is_over_rows(const TableText *t) {
  bool ranked = t->policy == ROWS_HIGHEST || t->policy == ROWS_LOWEST;
  return policy_takes_all(t->policy) || (ranked && t->computed[0]);
}

/* What the rows give, where that is computed; it may stand deeper than what is asked. */
static bool compute_outputs(Use *u) {
  TableText *t = u->t;
  u->given = arena_array(t->c->arena, uint32_t *, t->signature->output_count);
  for (uint32_t k = 0; k < t->signature->output_count; k++) {
    if (!t->computed[k]) continue;
    u->given[k] = arena_array(t->c->arena, uint32_t, t->rows.count);
    if (!given_nodes(u, k, u->given[k])) return false;
    for (uint32_t i = 0; i < t->rows.count; i++) u->space = deeper_of(t->c, u->space, u->given[k][i]);
  }
  return true;
}

static Value use_table(Use *u) {
  TableText *t = u->t;
  Checker *c = t->c;
  bool over_rows_that_fit = is_over_rows(t), looked_up = !t->compiled && !over_rows_that_fit;
  TableUse use = {.table = t->index, .row = NO_NODE, .span = u->span};
  if (!looked_up) {
    u->conditions = arena_array(c->arena, uint32_t, t->rows.count);
    if (!make_conditions(u)) return value_nothing(c);
    use.first = arguments_add(c, u->conditions, t->rows.count);
    use.count = t->rows.count;
  }
  Value value = value_nothing(c);
  if (over_rows_that_fit)
    value = all_rows(u);
  else if (compute_outputs(u))
    value = output_values(u, use.row = row_node(u, looked_up));
  list_push(c->arena, &c->table_uses, use);
  return value;
}

Value lookup_value(Checker *c, const Env *env, Signature *s, const Value *values, Span use) {
  check_decision_table(c, s->symbol);
  View key;
  const Value *before = s->sound ? call_find(c, s, env, values, &key) : NULL;
  if (before) return *before;
  if (!s->sound || s->table->index == NO_INDEX || !call_begin(c, s->symbol, use)) return value_nothing(c);
  Scope *scopes = arena_array(c->arena, Scope, s->count + 1u);
  Env inner = signature_env(s, env, values, scopes);
  Use u = {.t = s->table, .env = &inner, .values = values, .span = use, .space = ROOT_SPACE};
  Value value = use_table(&u);
  call_end(c, s->symbol);
  call_keep(c, s, key, value);
  return value;
}

/* Which row it was, where the value was picked out of one. */
static void mention_row(Checker *c, const Env *env, const Expr *call, Value value, uint32_t table) {
  uint32_t node = value.kind == VALUE_SCALAR ? value.node : NO_NODE;
  if (value.kind == VALUE_RECORD) node = value.record.shape->fields[0].input;
  if (node == NO_NODE || c->nodes.at[node].op != OP_ROW_VALUE) return;
  View name = view_join(c->arena, span_text(c->diags->sources, call->span), VIEW(": row"));
  mention(c, env, MENTION_ROW, name, value_scalar(c, c->nodes.at[node].a), table);
}

Value elaborate_lookup(Checker *c, const Env *env, Symbol *symbol, const Expr *call) {
  Signature *s = signature_of(c, symbol);
  MentionList inside = {0};
  Value *values = arena_array(c->arena, Value, s->count + 1u);
  if (!s->sound || !signature_arguments(c, env, s, call, values, &inside)) return value_nothing(c);
  Value value = lookup_value(c, env, s, values, call->span);
  if (is_nothing(&value)) return value;
  mention(c, env, MENTION_VALUE, span_text(c->diags->sources, call->span), value, NO_INDEX);
  mention_row(c, env, call, value, s->table->index);
  for (uint32_t i = 0; env->mentions && i < inside.count; i++) list_push(c->arena, env->mentions, inside.at[i]);
  return value;
}
