#include "eval/explain.h"

#include "eval/periods.h"
#include "eval/words.h"

/* A walk from one value down to what made it unknown, or an error, or to all
 * that it rests on. Each (node, row) is looked at once; of the first two kinds
 * only where it is so itself. The walk keeps its own stack, because defines
 * that name defines may be nested much deeper than the machine's stack. */

typedef struct Place {
  uint32_t node, row;
} Place;

typedef enum WalkKind { WALK_MISSING, WALK_FAULTS, WALK_BASIS } WalkKind;

typedef struct Walk {
  const Evaluation *e;
  const Program *program;
  Arena *arena;
  WalkKind kind;
  LIST(Place) stack;
  uint64_t *seen; /* keys of the places seen, 0: free */
  uint32_t seen_slots, seen_count;
  Map known;           /* what was told already */
  NameRows *names;     /* MISSING */
  FaultList *found;    /* FAULTS */
  Basis *basis;        /* BASIS */
  const Range *bounds; /* MISSING: looks for an input with these bounds … */
  bool repeated;       /* … and found it */
} Walk;

struct Basis {
  Walk walk;
  uint64_t *nodes, *spaces; /* bits: met on the way */
  bool everything;          /* the walk was given up */
};

/* A basis of more places than this is not worth the time; then everything counts as part of it. */
enum { BASIS_PLACES = 20000 };

#ifdef TERSKEL_SMALL
enum { SEEN_FIRST = 2 };
#else
enum { SEEN_FIRST = 64 };
#endif

/* ---- rows ---- */

uint32_t row_in_space(const Evaluation *e, uint32_t space, uint32_t row, uint32_t outer) {
  while (space != outer) {
    if (space == ROOT_SPACE) return NO_INDEX;
    row = e->spaces[space].parents[row];
    space = e->program->spaces[space].parent;
  }
  return row;
}

static RowRange items_of(const Evaluation *e, uint32_t space, uint32_t parent_row) {
  const uint32_t *offsets = e->spaces[space].offsets;
  return (RowRange){offsets[parent_row], offsets[parent_row + 1]};
}

RowRange rows_of_application(const Evaluation *e, uint32_t space, uint32_t application) {
  if (space == ROOT_SPACE) return (RowRange){application, application + 1};
  RowRange outer = rows_of_application(e, e->program->spaces[space].parent, application);
  const uint32_t *offsets = e->spaces[space].offsets;
  return (RowRange){offsets[outer.first], offsets[outer.end]};
}

/* One list on the way to a place: its path, and which of its items. */
typedef struct Step {
  View path;
  uint32_t number;
} Step;
typedef LIST(Step) StepList;

/* The steps from the inside out. A space that repeats a list, or is made of several,
 * stands for their own items. */
static void find_steps(const Evaluation *e, uint32_t space, uint32_t row, Arena *arena, StepList *steps) {
  while (space != ROOT_SPACE) {
    const Space *s = &e->program->spaces[space];
    const SpaceRows *rows = &e->spaces[space];
    if (space_repeats(s) || s->kind == SPACE_CHAIN) {
      space = space_repeats(s) ? s->index : e->program->arguments[s->index + 1 + rows->parts[row]];
      row = rows->sources[row];
      continue;
    }
    uint32_t parent = rows->parents[row];
    Step step = {e->program->data_spaces[s->kind == SPACE_DATA ? s->index : 0].name, row - rows->offsets[parent] + 1};
    if (s->kind == SPACE_DATA) list_push(arena, steps, step);
    row = parent;
    space = s->parent;
  }
}

View place_name(const Evaluation *e, View path, uint32_t space, uint32_t row, Arena *arena) {
  StepList steps = {0};
  find_steps(e, space, row, arena, &steps);
  if (steps.count == 0) return path;
  Writer *w = writer_to_memory(arena);
  uint32_t written = 0;
  for (uint32_t i = steps.count; i-- > 0;) {
    View list = steps.at[i].path;
    if (!view_starts(path, list) || list.length < written) continue;
    write_view(w, (View){path.at + written, list.length - written});
    write_format(w, "[%u]", steps.at[i].number);
    written = list.length;
  }
  write_view(w, (View){path.at + written, path.length - written});
  return writer_memory(w);
}

/* ---- what was seen and told ---- */

static uint64_t *slot_for(uint64_t *slots, uint32_t count, uint64_t key) {
  uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t at = (uint32_t)(hash >> 32) & (count - 1);
  while (slots[at] != 0 && slots[at] != key) at = (at + 1) & (count - 1);
  return &slots[at];
}

static void grow_seen(Walk *walk) {
  uint32_t count = walk->seen_slots ? walk->seen_slots * 2 : SEEN_FIRST;
  if (count == 0) memory_refuse();
  uint64_t *slots = arena_array(walk->arena, uint64_t, count);
  for (uint32_t i = 0; i < walk->seen_slots; i++)
    if (walk->seen[i]) *slot_for(slots, count, walk->seen[i]) = walk->seen[i];
  walk->seen = slots;
  walk->seen_slots = count;
}

/* True the first time. Node ids end below UINT32_MAX, so no key is 0. */
static bool see(Walk *walk, Place place) {
  if (walk->seen_count >= walk->seen_slots / 2) grow_seen(walk);
  uint64_t key = ((uint64_t)place.node + 1) << 32 | place.row;
  uint64_t *slot = slot_for(walk->seen, walk->seen_slots, key);
  if (*slot == key) return false;
  *slot = key;
  walk->seen_count++;
  return true;
}

static void tell_name(Walk *walk, View name) {
  if (map_add(&walk->known, name, 0)) list_push(walk->arena, walk->names, name);
}

/* The same mistake at the same place is told once, although each item of a list may make it anew. */
static void tell_fault(Walk *walk, const Fault *fault) {
  if (!fault) return;
  if (map_add(&walk->known, fault_key(walk->e, fault, walk->arena), 0)) list_push(walk->arena, walk->found, fault);
}

/* ---- operands ---- */

static bool is_wanted(const Walk *walk, uint32_t node, uint32_t row) {
  if (walk->kind == WALK_BASIS) return true;
  if (value_is_error(walk->e, node, row)) return walk->kind == WALK_FAULTS;
  return walk->kind == WALK_MISSING && !value_is_known(walk->e, node, row);
}

static void push(Walk *walk, uint32_t node, uint32_t row) {
  if (node == NO_NODE || row == NO_INDEX || !is_wanted(walk, node, row)) return;
  Place place = {node, row};
  list_push(walk->arena, &walk->stack, place);
}

/* An operand in an enclosing space, or in the same one. */
static void push_outer(Walk *walk, uint32_t node, uint32_t space, uint32_t row) {
  if (node == NO_NODE) return;
  push(walk, node, row_in_space(walk->e, space, row, walk->program->nodes[node].space));
}

/* "members" where more of them may come: where it is not given, b tells that it is missing, and where nobody said if
 * it is complete, what would say so. A list that repeats another is told by that one's name; a list of the text has
 * none and is complete anyway. */
static void tell_list(Walk *walk, uint32_t space, uint32_t parent_row) {
  const Space *s = &walk->program->spaces[space];
  uint32_t parent = s->parent, row = parent_row;
  for (; space_repeats(s); s = &walk->program->spaces[s->index]) {
    if (s->kind != SPACE_INNER || row == NO_INDEX) continue;
    row = row_in_space(walk->e, parent, row, s->parent);
    if (row != NO_INDEX) row = walk->e->spaces[s->parent].sources[row];
    parent = walk->program->spaces[s->parent].index;
  }
  if (s->kind != SPACE_DATA) return;
  View path = walk->program->data_spaces[s->index].name;
  if (row != NO_INDEX) row = row_in_space(walk->e, parent, row, s->parent);
  tell_name(walk, row == NO_INDEX ? path : place_name(walk->e, path, s->parent, row, walk->arena));
}

typedef LIST(uint32_t) SpaceList;

/* Of lists one behind another, and of those that they are made of, the ones that may go on. */
static void tell_lists(Walk *walk, uint32_t space, uint32_t parent_row) {
  SpaceList open = {0};
  list_push(walk->arena, &open, space);
  while (open.count > 0) {
    space = open.at[--open.count];
    const Space *s = &walk->program->spaces[space];
    if (s->kind != SPACE_CHAIN) {
      tell_list(walk, space, parent_row);
      continue;
    }
    const uint32_t *parts = walk->program->arguments + s->index;
    for (uint32_t p = parts[0]; p > 0; p--)
      if (parts[parts[0] + p] != NO_NODE && value_is_no(walk->e, parts[parts[0] + p], parent_row))
        list_push(walk->arena, &open, parts[p]);
  }
}

/* A space that repeats a list stands for that list, one that is made of several for them. */
static void stand_on_list(Walk *walk, uint32_t space) {
  SpaceList open = {0};
  list_push(walk->arena, &open, space);
  while (open.count > 0) {
    space = open.at[--open.count];
    const Space *s = &walk->program->spaces[space];
    if (bit_get(walk->basis->spaces, space)) continue;
    bit_set(walk->basis->spaces, space);
    if (space_repeats(s)) list_push(walk->arena, &open, s->index);
    if (s->kind != SPACE_CHAIN) continue;
    const uint32_t *parts = walk->program->arguments + s->index;
    for (uint32_t p = 1; p <= parts[0]; p++) list_push(walk->arena, &open, parts[p]);
  }
}

/* The operands of COUNT and its like: the items in space `index`, of which `a` says if they belong, `c` is what is
 * asked of them and `b` says if they are all there. */
static void push_items(Walk *walk, const Node *node, uint32_t row) {
  bool goes_on = node->b != NO_NODE && value_is_no(walk->e, node->b, row);
  if (goes_on && walk->names) tell_lists(walk, node->index, row);
  if (walk->kind == WALK_BASIS) stand_on_list(walk, node->index);
  push(walk, node->b, row);
  RowRange items = items_of(walk->e, node->index, row);
  for (uint32_t item = items.first; item < items.end; item++) {
    push(walk, node->a, item);
    if (node->a == NO_NODE || !value_is_no(walk->e, node->a, item)) push(walk, node->c, item);
  }
}

/* The place is part of what `a` asks of each item. */
static void push_pick(Walk *walk, const Node *node, uint32_t row) {
  Node items = *node;
  items.c = NO_NODE;
  push_items(walk, &items, row);
}

static void push_picked(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->b, row);
  if (!value_is_known(walk->e, node->b, row)) return;
  const Node *pick = &walk->program->nodes[node->b];
  RowRange items = items_of(walk->e, pick->index, row);
  for (uint32_t item = items.first; item < items.end; item++)
    if (pick->a == NO_NODE || value_is_yes(walk->e, pick->a, item)) push(walk, node->a, item);
}

static uint32_t id_of(const Walk *walk, const Node *node) { return (uint32_t)(node - walk->program->nodes); }

/* Of yes/no operands that were enough to decide, those that are still open played no part. */
static bool is_idle(const Walk *walk, const Node *node, uint32_t operand, uint32_t row) {
  return value_is_known(walk->e, id_of(walk, node), row) && !value_is_known(walk->e, operand, row);
}

static void push_either(Walk *walk, const Node *node, uint32_t row) {
  if (!is_idle(walk, node, node->a, row)) push(walk, node->a, row);
  if (!is_idle(walk, node, node->b, row)) push(walk, node->b, row);
}

static void push_some(Walk *walk, const Node *node, uint32_t row) {
  for (uint32_t i = 0; i < node->count; i++) {
    uint32_t operand = walk->program->arguments[node->first + i];
    if (!is_idle(walk, node, operand, row)) push(walk, operand, row);
  }
}

static void push_assumed(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  if (!value_is_known(walk->e, node->a, row)) push(walk, node->b, row);
}

/* A branch matters while the condition may still choose it. */
static void push_branches(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  if (!value_is_no(walk->e, node->a, row)) push(walk, node->b, row);
  if (!value_is_yes(walk->e, node->a, row)) push(walk, node->c, row);
}

static bool day_at(const Walk *walk, uint32_t node, uint32_t row, int64_t *day) {
  if (!value_is_known(walk->e, node, row)) return false;
  return num_to_int(column_number(walk->arena, walk->e->columns[node], row), day);
}

static void push_entries(Walk *walk, const Node *node, uint32_t row) {
  for (uint32_t i = 0; i < node->count; i++) push(walk, walk->program->arguments[node->first + i], row);
}

static void push_dated(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  push(walk, node->b, row);
  int64_t day, known_on = ALL_KNOWN;
  bool known = day_at(walk, node->a, row, &day) && (node->b == NO_NODE || day_at(walk, node->b, row, &known_on));
  if (!known) {
    if (walk->kind == WALK_BASIS) push_entries(walk, node, row);
    return;
  }
  uint32_t period = period_in_force(walk->program->periods + node->index, node->count, day, known_on);
  if (period != NO_INDEX) push(walk, walk->program->arguments[node->first + period], row);
}

/* What belongs to the value of the enumeration, or to those that it may still have. */
static void push_by_code(Walk *walk, const Node *node, uint32_t row) {
  const Column *codes = walk->e->columns[node->a];
  bool known = value_is_known(walk->e, node->a, row), counted = node->count <= ENUM_MASK_VALUES;
  push(walk, node->a, row);
  for (uint32_t code = 0; code < node->count; code++) {
    bool possible = known ? codes->codes[row] == code : !counted || (column_mask(codes, row) >> code & 1);
    if (possible) push(walk, walk->program->arguments[node->first + code], row);
  }
}

static void push_arguments(Walk *walk, const Node *node, uint32_t row) {
  for (uint32_t i = 0; i < node->count; i++) push(walk, walk->program->arguments[node->first + i], row);
}

/* Of the conditions of a table's rows: where it is known which row fits, those that said so. */
static void push_rows(Walk *walk, const Node *node, uint32_t row) {
  for (uint32_t i = 0; i < node->count; i++) {
    uint32_t condition = walk->program->arguments[node->first + i];
    if (condition != NO_NODE && !is_idle(walk, node, condition, row)) push(walk, condition, row);
  }
}

static void push_row_value(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  if (node->count == 0) return;
  if (!value_is_known(walk->e, node->a, row)) {
    push_arguments(walk, node, row);
    return;
  }
  int64_t found = 0;
  num_to_int(column_number(walk->arena, walk->e->columns[node->a], row), &found);
  push(walk, walk->program->arguments[node->first + (uint32_t)found], row);
}

/* The arguments of a literal list stand in the space around it, one for each item. */
static void push_literal(Walk *walk, const Node *node, uint32_t row) {
  const SpaceRows *rows = &walk->e->spaces[node->space];
  uint32_t parent = rows->parents[row], item = row - rows->offsets[parent];
  if (item >= node->count) return;
  push_outer(walk, walk->program->arguments[node->first + item], walk->program->spaces[node->space].parent, parent);
}

static void push_nothing(Walk *walk, const Node *node, uint32_t row) { (void)walk, (void)node, (void)row; }

static void push_as_of(Walk *walk, const Node *node, uint32_t row) {
  if (walk->program->as_of_source != NO_NODE)
    push_outer(walk, walk->program->as_of_source, node->space, row);
  else if (walk->names)
    tell_name(walk, VIEW("--on"));
}

static void push_spread(Walk *walk, const Node *node, uint32_t row) { push_outer(walk, node->a, node->space, row); }

static void push_repeated(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, walk->e->spaces[node->space].sources[row]);
}

static void push_own(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  push(walk, node->b, row);
  push(walk, node->c, row);
}

/* The row of the part that a row of the chain is. */
static void push_part(Walk *walk, const Node *node, uint32_t row) {
  const SpaceRows *rows = &walk->e->spaces[node->space];
  push(walk, walk->program->arguments[node->first + rows->parts[row]], rows->sources[row]);
}

/* What every item of a list depends on in the same way is looked at once, from the first of them. */
static bool is_first_item(Walk *walk, const Node *node, uint32_t row) {
  const SpaceRows *rows = &walk->e->spaces[node->space];
  uint32_t first = rows->offsets[rows->parents[row]];
  Place place = {id_of(walk, node), first};
  if (row == first) return true;
  list_push(walk->arena, &walk->stack, place);
  return false;
}

/* POSITION, DISTINCT, FREQUENCY: the items of the own space, and the arguments for each that may belong. */
static void push_all_items(Walk *walk, const Node *node, uint32_t row) {
  if (!is_first_item(walk, node, row)) return;
  const SpaceRows *rows = &walk->e->spaces[node->space];
  uint32_t parent = rows->parents[row];
  bool places = node->op == OP_DISTINCT;
  if (node->b != NO_NODE && !places) {
    if (walk->names && value_is_no(walk->e, node->b, parent)) tell_lists(walk, node->space, parent);
    push(walk, node->b, parent);
  }
  for (uint32_t item = row; item < rows->offsets[parent + 1]; item++) {
    push(walk, node->a, item);
    if (node->a != NO_NODE && value_is_no(walk->e, node->a, item)) continue;
    if (places) push(walk, node->b, item);
    for (uint32_t k = 0; k < node->count; k++) push(walk, walk->program->arguments[node->first + k], item);
  }
}

static void push_joined(Walk *walk, const Node *node, uint32_t row) {
  const uint32_t *arguments = walk->program->arguments + node->first;
  RowRange items = items_of(walk->e, node->index, row);
  push_items(walk, node, row);
  push(walk, arguments[0], row);
  for (uint32_t item = items.first; arguments[1] != NO_NODE && item < items.end; item++) push(walk, arguments[1], item);
}

/* The start, which links there are, and their ends. */
static void push_links(Walk *walk, const Node *node, uint32_t row) {
  if (!is_first_item(walk, node, row)) return;
  const SpaceRows *rows = &walk->e->spaces[node->space];
  uint32_t parent = rows->parents[row];
  RowRange links = items_of(walk->e, node->index, parent);
  push(walk, walk->program->arguments[node->first], parent);
  if (walk->kind == WALK_BASIS) stand_on_list(walk, node->index);
  for (uint32_t link = links.first; link < links.end; link++) {
    push(walk, node->a, link);
    if (node->a != NO_NODE && value_is_no(walk->e, node->a, link)) continue;
    push(walk, node->c, row + link - links.first);
    push(walk, node->c, row + (links.end - links.first) + link - links.first);
  }
}

static void push_chosen(Walk *walk, const Node *node, uint32_t row) {
  push(walk, node->a, row);
  push(walk, node->b, walk->e->spaces[node->space].parents[row]);
}

/* Those whose operands are not just a, b and c in the node's own space, as op.def tells. */
static void (*const pushers[OP_COUNT_OF_KINDS])(Walk *, const Node *, uint32_t) = {
    [OP_CONSTANT] = push_nothing,   [OP_INPUT] = push_nothing,      [OP_TABLE] = push_nothing,
    [OP_NO_CHOICE] = push_nothing,  [OP_AS_OF] = push_as_of,        [OP_SPREAD] = push_spread,
    [OP_ITEMS] = push_literal,      [OP_REPEAT] = push_repeated,    [OP_PICK] = push_pick,
    [OP_PICKED] = push_picked,      [OP_COUNT] = push_items,        [OP_SUM] = push_items,
    [OP_SMALLEST] = push_items,     [OP_LARGEST] = push_items,      [OP_IF] = push_branches,
    [OP_DATED] = push_dated,        [OP_AT_LEAST_OF] = push_some,   [OP_AND] = push_either,
    [OP_OR] = push_either,          [OP_ASSUME] = push_assumed,     [OP_PRODUCT] = push_items,
    [OP_MEDIAN] = push_items,       [OP_CHAIN] = push_part,         [OP_CHOSEN] = push_chosen,
    [OP_POSITION] = push_all_items, [OP_DISTINCT] = push_all_items, [OP_FREQUENCY] = push_all_items,
    [OP_JOIN_ALL] = push_joined,    [OP_CONNECTED] = push_links,    [OP_BY_CODE] = push_by_code,
    [OP_LOOKUP] = push_arguments,   [OP_ROWS] = push_rows,          [OP_ROW_VALUE] = push_row_value,
};

static void push_operands(Walk *walk, const Node *node, uint32_t row) {
  (pushers[node->op] ? pushers[node->op] : push_own)(walk, node, row);
}

/* ---- the walk ---- */

/* The last pushed is looked at first, so the new ones are turned round. */
static void turn_round(Walk *walk, uint32_t from) {
  Place *at = walk->stack.at;
  for (uint32_t low = from, high = walk->stack.count; low + 1 < high; low++) {
    Place moved = at[low];
    at[low] = at[--high];
    at[high] = moved;
  }
}

/* "calls[2].limit": an empty cell of a table in the text. */
static View cell_name(const Walk *walk, const Node *node, uint32_t row) {
  const Table *table = &walk->program->tables[walk->program->spaces[node->space].index];
  const SpaceRows *rows = &walk->e->spaces[node->space];
  Writer *w = writer_to_memory(walk->arena);
  write_view(w, table->name);
  write_format(w, "[%u].", row - rows->offsets[rows->parents[row]] + 1);
  write_view(w, table->column_names[node->index]);
  return writer_memory(w);
}

static bool range_equal(const Range *a, const Range *b) {
  return a->has_low == b->has_low && a->has_high == b->has_high && (!a->has_low || num_equal(a->low, b->low)) &&
         (!a->has_high || num_equal(a->high, b->high));
}

static void visit_missing(Walk *walk, const Node *node, uint32_t row) {
  const Input *input = node->op == OP_INPUT ? &walk->program->inputs[node->index] : NULL;
  if (walk->bounds)
    walk->repeated |= input && range_equal(&input->bounds, walk->bounds);
  else if (input)
    tell_name(walk, place_name(walk->e, input->name, node->space, row, walk->arena));
  else if (node->op == OP_TABLE)
    tell_name(walk, cell_name(walk, node, row));
}

static void visit(Walk *walk, Place place) {
  const Node *node = &walk->program->nodes[place.node];
  if (walk->kind == WALK_MISSING) visit_missing(walk, node, place.row);
  if (walk->kind == WALK_BASIS) bit_set(walk->basis->nodes, place.node);
  uint32_t before = walk->stack.count;
  push_operands(walk, node, place.row);
  bool root = walk->stack.count == before;
  bool failed = value_is_error(walk->e, place.node, place.row);
  if (walk->kind == WALK_FAULTS && root && failed) tell_fault(walk, walk->e->columns[place.node]->faults[place.row]);
  turn_round(walk, before);
}

static void walk_from(Walk *walk, uint32_t node, uint32_t row) {
  push(walk, node, row);
  while (walk->stack.count > 0) {
    Place place = walk->stack.at[--walk->stack.count];
    if (see(walk, place)) visit(walk, place);
    if (walk->kind == WALK_BASIS && walk->seen_count > BASIS_PLACES) {
      walk->basis->everything = true;
      return;
    }
  }
}

void explain_missing(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, NameRows *names) {
  Walk walk = {.e = e, .program = e->program, .arena = arena, .names = names};
  map_init(&walk.known, arena);
  for (uint32_t i = 0; i < names->count; i++) map_add(&walk.known, names->at[i], 0);
  walk_from(&walk, node, row);
}

View missing_text(const Evaluation *e, View name, uint32_t application, Arena *arena, Language language) {
  const Program *program = e->program;
  for (uint32_t i = 1; i < program->data_space_count; i++) {
    const DataSpace *list = &program->data_spaces[i];
    if (list->parent != 0 || !view_equal(list->name, name)) continue;
    bool given = value_is_yes(e, program->inputs[list->given].node, application);
    return given ? phrase(arena, language, WORD_MORE_MAY_COME, name, DIAG_END) : name;
  }
  return name;
}

bool explain_bounds(const Evaluation *e, uint32_t node, uint32_t row, const Range *bounds, Arena *arena) {
  Walk walk = {.e = e, .program = e->program, .arena = arena, .bounds = bounds};
  walk_from(&walk, node, row);
  return walk.repeated;
}

void explain_faults(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, FaultList *faults) {
  Walk walk = {.e = e, .program = e->program, .arena = arena, .kind = WALK_FAULTS, .found = faults};
  map_init(&walk.known, arena);
  for (uint32_t i = 0; i < faults->count; i++) map_add(&walk.known, fault_key(e, faults->at[i], arena), 0);
  walk_from(&walk, node, row);
}

/* ---- what a value rests on ---- */

Basis *basis_new(const Evaluation *e, Arena *arena) {
  const Program *program = e->program;
  Basis *basis = arena_new_of(arena, Basis);
  basis->walk = (Walk){.e = e, .program = program, .arena = arena, .kind = WALK_BASIS, .basis = basis};
  basis->nodes = arena_array(arena, uint64_t, words_for(program->node_count));
  basis->spaces = arena_array(arena, uint64_t, words_for(program->space_count));
  return basis;
}

void basis_add(Basis *basis, uint32_t node, uint32_t row) {
  if (!basis->everything) walk_from(&basis->walk, node, row);
}

void basis_add_list(Basis *basis, uint32_t space) { stand_on_list(&basis->walk, space); }

/* The opposite of an opposite is the value itself, so a NOT may have been left out of the way. */
bool basis_has(const Basis *basis, uint32_t node) {
  const Node *n = &basis->walk.program->nodes[node];
  return basis->everything || bit_get(basis->nodes, node) || (n->op == OP_NOT && bit_get(basis->nodes, n->a));
}

static bool list_was_asked_for(const Basis *basis, const Space *space) {
  const Program *program = basis->walk.program;
  if (space->kind != SPACE_DATA) return false;
  return bit_get(basis->nodes, program->inputs[program->data_spaces[space->index].given].node);
}

/* Where there are no items none was looked at, and it does not show which of them would have belonged. */
bool basis_has_list(const Basis *basis, const ListRef *list, uint32_t application) {
  RowRange rows = rows_of_application(basis->walk.e, list->space, application);
  bool member = list->member == NO_NODE || rows.first == rows.end || bit_get(basis->nodes, list->member);
  return basis->everything || (bit_get(basis->spaces, list->space) && member) ||
         list_was_asked_for(basis, &basis->walk.program->spaces[list->space]);
}
