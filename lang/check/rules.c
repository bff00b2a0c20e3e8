/* Requirements: condition, when, unless, for each, groups. `fulfilled` is yes where a requirement does not stand in the
 * way (met, waived or not applicable): not when, or the condition, or the waiver, in Kleene's logic. */
#include "check/checker.h"

static uint32_t group_condition(Checker *c, const Requirement *requirement, const Rule *rule) {
  const Group *group = requirement->group;
  uint32_t count = rule->member_count;
  uint32_t *members = arena_array(c->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) members[i] = c->rules.at[rule->first_member + i].fulfilled;
  int64_t wanted = group->kind == GROUP_ALL ? (int64_t)count : 1;
  if (group->kind == GROUP_AT_LEAST && (!num_to_int(group->count, &wanted) || wanted < 1 || wanted > (int64_t)count)) {
    diag_add(c->diags, MSG_E0617, group->span, num_text(c->arena, group->count, NULL),
             view_format(c->arena, "%u", count), DIAG_END);
    return NO_NODE;
  }
  if (!count) {
    diag_add(c->diags, MSG_E0617, group->span, VIEW("1"), VIEW("0"), DIAG_END);
    return NO_NODE;
  }
  Node node = {.op = OP_AT_LEAST_OF,
               .type = c->yes_no,
               .space = ROOT_SPACE,
               .a = NO_NODE,
               .b = NO_NODE,
               .c = NO_NODE,
               .count = count,
               .index = (uint32_t)wanted,
               .span = group->span};
  node.first = arguments_add(c, members, count);
  return node_add(c, node);
}

static View member_id(Checker *c, View prefix, View label) {
  if (!prefix.length) return label;
  return view_format(c->arena, "%.*s.%.*s", (int)prefix.length, prefix.at, (int)label.length, label.at);
}

static void refuse_equal_labels(Checker *c, const Group *group) {
  Map labels;
  map_init(&labels, c->arena);
  for (uint32_t i = 0; i < group->members.count; i++) {
    const Name *label = &group->members.at[i]->label;
    uint32_t before;
    if (map_get(&labels, label->text, &before))
      report_twice(c, label->text, group->members.at[before]->label.span, label->span);
    else
      map_add(&labels, label->text, i);
  }
}

/* The members of a group stand together in the program's rules, before anything of theirs. */
static void check_members(Checker *c, const Requirement *requirement, Phase phase, View id, Rule *rule) {
  uint32_t count = requirement->group->members.count;
  uint32_t *made = arena_array(c->arena, uint32_t, count);
  refuse_equal_labels(c, requirement->group);
  for (uint32_t i = 0; i < count; i++) made[i] = check_rule(c, requirement->group->members.at[i], phase, id);
  rule->member_count = count;
  rule->first_member = count ? made[0] : 0;
  if (!count || made[count - 1] == made[0] + count - 1) return;
  rule->first_member = c->rules.count; /* groups inside stand between them: once more, side by side */
  for (uint32_t i = 0; i < count; i++) {
    Rule copy = c->rules.at[made[i]];
    list_push(c->arena, &c->rules, copy);
  }
}

/* for each s in LIST: one answer per element; the requirement is met where every element is */
static uint32_t each_condition(Checker *c, const Env *env, const Requirement *requirement, Rule *rule) {
  Env outside = *env;
  Value list = elaborate(c, &outside, requirement->each_in);
  if (is_nothing(&list)) return NO_NODE;
  if (list.kind != VALUE_LIST) {
    diag_add(c->diags, MSG_E0409, requirement->each_in->span, type_name(list.type), DIAG_END);
    return NO_NODE;
  }
  warn_hidden(c, env, requirement->each.text, requirement->each.span);
  list = list_from(c, env, &list, requirement->each_in->span);
  Scope scope = {.name = requirement->each.text, .value = *list.element};
  Env inner = *env;
  inner.space = list.list.space;
  inner.scope = &scope;
  uint32_t condition = elaborate_scalar(c, &inner, requirement->condition, c->yes_no);
  if (condition == NO_NODE) return NO_NODE;
  rule->each = list.list;
  rule->each_name = requirement->each.text;
  rule->each_condition = node_spread(c, condition, list.list.space, requirement->span);
  if (list.element->kind == VALUE_SCALAR)
    rule->each_element = node_spread(c, list.element->node, list.list.space, requirement->span);
  return list_every(c, &list.list, condition, requirement->span);
}

static uint32_t condition_of(Checker *c, const Env *env, const Requirement *requirement, Phase phase, View id,
                             Rule *rule) {
  if (requirement->group) {
    if (requirement->each.text.length) {
      diag_add(c->diags, MSG_E0618, requirement->each.span, DIAG_END);
      return NO_NODE;
    }
    check_members(c, requirement, phase, id, rule);
    return group_condition(c, requirement, rule);
  }
  if (requirement->each.text.length) return each_condition(c, env, requirement, rule);
  uint32_t node = elaborate_scalar(c, env, requirement->condition, c->yes_no);
  const Constant *known = node_as_constant(c, node);
  if (known) diag_add(c->diags, known->yes ? MSG_W0610 : MSG_W0616, requirement->condition->span, id, DIAG_END);
  return node;
}

static void keep_mentions(Checker *c, Rule *rule, const MentionList *mentions) {
  rule->first_mention = c->mentions.count;
  rule->mention_count = mentions->count;
  for (uint32_t i = 0; i < mentions->count; i++) list_push(c->arena, &c->mentions, mentions->at[i]);
}

static uint32_t in_root(Checker *c, uint32_t node, Span span) {
  return node == NO_NODE ? NO_NODE : node_spread(c, node, ROOT_SPACE, span);
}

uint32_t check_rule(Checker *c, const Requirement *requirement, Phase phase, View prefix) {
  MentionList mentions = {0};
  Env env = {.space = ROOT_SPACE, .mentions = &mentions};
  Rule rule = {.id = member_id(c, prefix, requirement->label.text),
               .title = requirement->title,
               .source = requirement->source,
               .advice = requirement->advice,
               .unless_reason = requirement->unless_reason,
               .phase = phase,
               .span = requirement->span,
               .each = {NO_INDEX, NO_NODE, NO_NODE},
               .each_condition = NO_NODE,
               .each_element = NO_NODE,
               .when = NO_NODE,
               .unless = NO_NODE};
  rule.condition_span = requirement->condition ? requirement->condition->span : requirement->group->span;
  rule.condition = in_root(c, condition_of(c, &env, requirement, phase, rule.id, &rule), requirement->span);
  if (rule.condition == NO_NODE) {
    rule.condition = node_yes_no(c, true, ROOT_SPACE, requirement->span);
    c->unsound++;
  }
  rule.fulfilled = rule.condition;
  if (requirement->when) {
    rule.when = in_root(c, elaborate_condition(c, &env, requirement->when), requirement->span);
    claim_add(c, CLAIM_WHEN, rule.id, requirement->when->span, rule.when, NO_NODE);
    rule.fulfilled = node_or(c, node_not(c, rule.when, requirement->span), rule.fulfilled, requirement->span);
  }
  if (requirement->unless) {
    rule.unless = in_root(c, elaborate_condition(c, &env, requirement->unless), requirement->span);
    claim_add(c, CLAIM_UNLESS, rule.id, requirement->unless->span, rule.unless, NO_NODE);
    rule.fulfilled = node_or(c, rule.fulfilled, rule.unless, requirement->span);
  }
  claim_add(c, CLAIM_REQUIREMENT, rule.id, rule.condition_span, rule.condition, rule.when);
  keep_mentions(c, &rule, &mentions);
  list_push(c->arena, &c->rules, rule);
  return c->rules.count - 1;
}

/* ---- the same at another date: only whether it is fulfilled ---- */

static uint32_t group_fulfilled(Checker *c, const Env *env, const Group *group) {
  uint32_t count = group->members.count;
  uint32_t *members = arena_array(c->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) {
    members[i] = rule_fulfilled(c, env, group->members.at[i]);
    if (members[i] == NO_NODE) return NO_NODE;
    members[i] = node_spread(c, members[i], env->space, group->span);
  }
  int64_t wanted = group->kind == GROUP_ALL ? (int64_t)count : 1;
  if (group->kind == GROUP_AT_LEAST && !num_to_int(group->count, &wanted)) return NO_NODE;
  Node node = {.op = OP_AT_LEAST_OF,
               .type = c->yes_no,
               .space = env->space,
               .a = NO_NODE,
               .b = NO_NODE,
               .c = NO_NODE,
               .count = count,
               .index = (uint32_t)wanted,
               .span = group->span};
  node.first = arguments_add(c, members, count);
  return node_add(c, node);
}

uint32_t rule_fulfilled(Checker *c, const Env *env, const Requirement *requirement) {
  Rule scratch = {.id = requirement->label.text};
  uint32_t node = requirement->group              ? group_fulfilled(c, env, requirement->group)
                  : requirement->each.text.length ? each_condition(c, env, requirement, &scratch)
                                                  : elaborate_scalar(c, env, requirement->condition, c->yes_no);
  if (node == NO_NODE) return NO_NODE;
  if (requirement->when) {
    uint32_t when = elaborate_condition(c, env, requirement->when);
    node = node_or(c, node_not(c, when, requirement->span), node, requirement->span);
  }
  if (requirement->unless) node = node_or(c, node, elaborate_condition(c, env, requirement->unless), requirement->span);
  return node;
}

static void keep_symbol(Checker *c, Symbol *symbol) {
  while (c->rule_symbols.count <= symbol->index) list_push(c->arena, &c->rule_symbols, NULL);
  c->rule_symbols.at[symbol->index] = symbol;
}

uint32_t rule_on_demand(Checker *c, Symbol *symbol, Span use) {
  if (symbol->state == SYMBOL_DONE) {
    c->depends |= symbol->depends;
    return symbol->index;
  }
  if (!symbol_begin(c, symbol, use)) return NO_INDEX;
  uint32_t errors = c->diags->errors, unsound = c->unsound;
  symbol->index = check_rule(c, symbol->requirement, symbol->phase, (View){0});
  symbol->broken = c->diags->errors > errors || c->unsound > unsound;
  keep_symbol(c, symbol);
  symbol_end(c, symbol);
  return symbol->index;
}
