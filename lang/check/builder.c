/* Nodes and spaces: equal ones are made once. Arithmetic on constants is done here, so that a constant is a CONSTANT
 * node however it was written. */
#include <string.h>
#include "check/checker.h"

/* ---- spaces ---- */

uint32_t space_get(Checker *c, SpaceKind kind, uint32_t parent, uint32_t index) {
  const uint32_t parts[] = {kind, parent, index};
  View key = {arena_copy(c->arena, parts, sizeof parts), sizeof parts};
  uint32_t known;
  if (map_get(&c->space_index, key, &known)) return known;
  map_add(&c->space_index, key, c->spaces.count);
  list_push(c->arena, &c->spaces, ((Space){kind, parent, index}));
  return c->spaces.count - 1;
}

bool space_encloses(const Checker *c, uint32_t outer, uint32_t inner) {
  for (uint32_t s = inner; s != NO_INDEX; s = c->spaces.at[s].parent)
    if (s == outer) return true;
  return false;
}

uint32_t space_deeper(const Checker *c, uint32_t a, uint32_t b) { return space_encloses(c, a, b) ? b : a; }

/* ---- nodes ---- */

/* What makes two nodes the same; everything but where they are written. */
typedef struct NodeKey {
  uint64_t mask;
  const Type *type;
  const char *label;
  uint32_t op, space, a, b, c, first, count, index, mode;
} NodeKey;

uint32_t node_add(Checker *c, Node node) {
  NodeKey key = {0};
  key.mask = node.mask;
  key.type = node.type;
  key.label = node.label.length ? node.label.at : NULL;
  key.op = node.op;
  key.space = node.space;
  key.a = node.a;
  key.b = node.b;
  key.c = node.c;
  key.first = node.first;
  key.count = node.count;
  key.index = node.index;
  key.mode = node.mode;
  View bytes = {arena_copy(c->arena, &key, sizeof key), sizeof key};
  uint32_t known;
  if (map_get(&c->node_index, bytes, &known)) return known;
  list_push(c->arena, &c->nodes, node);
  map_add(&c->node_index, bytes, c->nodes.count - 1);
  return c->nodes.count - 1;
}

static bool arguments_equal(const Checker *c, uint32_t first, const uint32_t *nodes, uint32_t count) {
  if (count == 0) return true;
  return first + count <= c->arguments.count && memcmp(c->arguments.at + first, nodes, count * sizeof *nodes) == 0;
}

/* Short argument lists are looked for again, so that nodes with equal ones are equal. */
uint32_t arguments_add(Checker *c, const uint32_t *nodes, uint32_t count) {
  uint32_t from = c->arguments.count > 4096 ? c->arguments.count - 4096 : 0;
  for (uint32_t first = from; first < c->arguments.count; first++)
    if (arguments_equal(c, first, nodes, count)) return first;
  for (uint32_t i = 0; i < count; i++) list_push(c->arena, &c->arguments, nodes[i]);
  return c->arguments.count - count;
}

/* What makes two constants the same; a text's bytes stand behind it. */
typedef struct ConstantKey {
  const Type *type;
  int64_t n, d;
  uint32_t code;
  bool yes, missing;
} ConstantKey;

/* Equal constants are one, but for numbers so long that they stand in the arena. */
uint32_t constant_add(Checker *c, Constant constant) {
  if (constant.number.d == 0 && constant.number.n == 0) constant.number = num_of(0);
  ConstantKey key;
  memset(&key, 0, sizeof key);
  key.type = constant.type;
  key.n = constant.number.n;
  key.d = constant.number.d;
  key.code = constant.code;
  key.yes = constant.yes;
  key.missing = constant.missing;
  View bytes = {arena_copy(c->arena, &key, sizeof key), sizeof key};
  if (constant.text.length) bytes = view_join(c->arena, bytes, constant.text);
  uint32_t known;
  if (num_fits(constant.number) && map_get(&c->constant_index, bytes, &known) && known < c->constants.count)
    return known;
  list_push(c->arena, &c->constants, constant);
  if (num_fits(constant.number)) map_set(&c->constant_index, bytes, c->constants.count - 1);
  return c->constants.count - 1;
}

static Node node_of(OpKind op, const Type *type, uint32_t space, Span span) {
  return (Node){.op = op, .type = type, .space = space, .a = NO_NODE, .b = NO_NODE, .c = NO_NODE, .span = span};
}

uint32_t node_constant(Checker *c, Constant constant, uint32_t space, Span span) {
  Node node = node_of(OP_CONSTANT, constant.type, space, span);
  node.index = constant_add(c, constant);
  return node_add(c, node);
}

uint32_t node_number(Checker *c, Num number, const Type *type, uint32_t space, Span span) {
  return node_constant(c, (Constant){.type = type, .number = number}, space, span);
}

uint32_t node_yes_no(Checker *c, bool yes, uint32_t space, Span span) {
  return node_constant(c, (Constant){.type = c->yes_no, .number = num_of(0), .yes = yes}, space, span);
}

const Constant *node_as_constant(const Checker *c, uint32_t node) {
  if (node == NO_NODE || c->nodes.at[node].op != OP_CONSTANT) return NULL;
  return &c->constants.at[c->nodes.at[node].index];
}

uint32_t node_spread(Checker *c, uint32_t node, uint32_t space, Span span) {
  Node from = c->nodes.at[node];
  if (from.space == space) return node;
  if (from.op == OP_CONSTANT) {
    from.space = space;
    return node_add(c, from);
  }
  Node spread = node_of(OP_SPREAD, from.type, space, span);
  spread.a = node;
  return node_add(c, spread);
}

/* ---- arithmetic on constants ---- */

static bool fold_numbers(Checker *c, OpKind op, Num a, Num b, Num *out) {
  switch ((int)op) {
  case OP_ADD: *out = num_add(c->arena, a, b); return true;
  case OP_SUBTRACT: *out = num_sub(c->arena, a, b); return true;
  case OP_MULTIPLY: *out = num_mul(c->arena, a, b); return true;
  case OP_DIVIDE:
    if (num_sign(b) == 0) return false;
    *out = num_div(c->arena, a, b);
    return true;
  case OP_SMALLER: *out = num_compare(a, b) <= 0 ? a : b; return true;
  case OP_GREATER: *out = num_compare(a, b) >= 0 ? a : b; return true;
  default: return false;
  }
}

static bool fold_binary(Checker *c, OpKind op, const Type *type, uint32_t a, uint32_t b, Span span, uint32_t *out) {
  const Constant *x = node_as_constant(c, a), *y = node_as_constant(c, b);
  if (!x || !y || x->missing || y->missing) return false;
  uint32_t space = c->nodes.at[a].space;
  Num number;
  bool numbers = type_is_number_like(x->type) && num_fits(x->number) && num_fits(y->number);
  if (numbers && (op == OP_LESS || op == OP_EQUAL)) {
    int order = num_compare(x->number, y->number);
    *out = node_yes_no(c, op == OP_LESS ? order < 0 : order == 0, space, span);
    return true;
  }
  if (op == OP_EQUAL_TEXT) {
    *out = node_yes_no(c, view_equal(x->text, y->text), space, span);
    return true;
  }
  if (type->kind == TYPE_DATE || type->kind == TYPE_MOMENT)
    return false; /* may leave the calendar: told when evaluated */
  if (!numbers || !fold_numbers(c, op, x->number, y->number, &number) || !num_fits(number)) return false;
  *out = node_number(c, number, type, space, span);
  return true;
}

uint32_t node_binary(Checker *c, OpKind op, const Type *type, uint32_t a, uint32_t b, Span span) {
  uint32_t space = space_deeper(c, c->nodes.at[a].space, c->nodes.at[b].space);
  if (node_as_constant(c, a))
    space = c->nodes.at[b].space;
  else if (node_as_constant(c, b))
    space = c->nodes.at[a].space;
  a = node_spread(c, a, space, span);
  b = node_spread(c, b, space, span);
  uint32_t folded;
  if (fold_binary(c, op, type, a, b, span, &folded)) return folded;
  Node node = node_of(op, type, space, span);
  node.a = a;
  node.b = b;
  return node_add(c, node);
}

uint32_t node_unary(Checker *c, OpKind op, const Type *type, uint32_t a, Span span) {
  const Constant *x = node_as_constant(c, a);
  if (x && !x->missing && op == OP_NEGATE)
    return node_number(c, num_neg(c->arena, x->number), type, c->nodes.at[a].space, span);
  Node node = node_of(op, type, c->nodes.at[a].space, span);
  node.a = a;
  return node_add(c, node);
}

uint32_t node_not(Checker *c, uint32_t a, Span span) {
  const Constant *x = node_as_constant(c, a);
  if (x) return node_yes_no(c, !x->yes, c->nodes.at[a].space, span);
  if (c->nodes.at[a].op == OP_NOT) return c->nodes.at[a].a;
  return node_unary(c, OP_NOT, c->yes_no, a, span);
}

uint32_t node_and(Checker *c, uint32_t a, uint32_t b, Span span) {
  if (a == NO_NODE || a == b) return b;
  if (b == NO_NODE) return a;
  const Constant *x = node_as_constant(c, a), *y = node_as_constant(c, b);
  if (x) return x->yes ? b : a;
  if (y) return y->yes ? a : b;
  return node_binary(c, OP_AND, c->yes_no, a, b, span);
}

uint32_t node_or(Checker *c, uint32_t a, uint32_t b, Span span) {
  if (a == NO_NODE || a == b) return b;
  if (b == NO_NODE) return a;
  const Constant *x = node_as_constant(c, a), *y = node_as_constant(c, b);
  if (x) return x->yes ? a : b;
  if (y) return y->yes ? b : a;
  return node_binary(c, OP_OR, c->yes_no, a, b, span);
}

/* Of two numbers of which one may be a fraction, or not exact, either may be. */
const Type *type_joined(const Checker *c, const Type *a, const Type *b) {
  if (a->inexact || b->inexact) return a->inexact ? a : b;
  return a->kind == TYPE_NUMBER && a->whole != b->whole ? c->number : a;
}

uint32_t node_if(Checker *c, uint32_t condition, uint32_t yes, uint32_t no, Span span) {
  const Constant *known = node_as_constant(c, condition);
  if (known) return known->yes ? yes : no;
  if (yes == no) return yes;
  uint32_t space = c->nodes.at[condition].space;
  if (!node_as_constant(c, yes)) space = space_deeper(c, space, c->nodes.at[yes].space);
  if (!node_as_constant(c, no)) space = space_deeper(c, space, c->nodes.at[no].space);
  Node node = node_of(OP_IF, type_joined(c, c->nodes.at[yes].type, c->nodes.at[no].type), space, span);
  node.a = node_spread(c, condition, space, span);
  node.b = node_spread(c, yes, space, span);
  node.c = node_spread(c, no, space, span);
  return node_add(c, node);
}
