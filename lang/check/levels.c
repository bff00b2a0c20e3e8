/* Levels, brands, bundles and `every application`: their requirements, scores and thresholds. */
#include "check/checker.h"

const Decl *decl_of_kind(const Checker *c, DeclKind kind) {
  for (uint32_t i = 0; i < c->decls.count; i++)
    if (c->decls.at[i]->kind == kind) return c->decls.at[i];
  return NULL;
}

/* A line that can stand only once. */
void report_second(Checker *c, const Item *item, const Item *first, TokenKind keyword) {
  diag_add(c->diags, MSG_E0614, item->span, vocabulary_spelling(c->vocabulary, keyword), DIAG_END)->other = first->span;
}

/* ---- collecting ---- */

/* A line that could not be read may be no requirement at all: it takes no name from anything else. */
static bool is_misread(const Checker *c, const Requirement *requirement) {
  bool broken = requirement->condition && requirement->condition->kind == EXPR_ERROR;
  return broken && symbol_find(c, requirement->label.text);
}

static void collect_rules(Checker *c, const Decl *decl) {
  Phase phase = PHASE_REQUIRED;
  bool scores = false; /* a requirement there is refused, and declares nothing */
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    scores = item->kind == ITEM_SCORES || (scores && item->kind != ITEM_REQUIRES && item->kind != ITEM_EXPECTS &&
                                           item->kind != ITEM_FORMALLY_REQUIRES);
    if (item->kind == ITEM_FORMALLY_REQUIRES) phase = PHASE_FORMAL;
    if (item->kind == ITEM_REQUIRES) phase = PHASE_REQUIRED;
    if (item->kind == ITEM_EXPECTS) phase = PHASE_EXPECTED;
    if (item->kind != ITEM_REQUIREMENT || scores || is_misread(c, item->requirement)) continue;
    Symbol *symbol = symbol_add(c, SYMBOL_RULE, item->requirement->label, decl, NO_INDEX);
    symbol->requirement = item->requirement;
    symbol->phase = phase;
  }
}

static void collect_level(Checker *c, const Decl *decl, LevelKind kind, SymbolKind symbol_kind) {
  Level level = {.kind = kind,
                 .name = decl->name.text,
                 .span = decl->span,
                 .code = NO_INDEX,
                 .available = NO_NODE,
                 .formal = NO_NODE,
                 .required = NO_NODE,
                 .score = NO_NODE,
                 .minimums = NO_NODE,
                 .enough = NO_NODE,
                 .threshold = NO_NODE,
                 .met = NO_NODE};
  list_push(c->arena, &c->levels, level);
  bool brand_of_level =
      kind == LEVEL_BRAND && symbol_find(c, decl->name.text) && symbol_find(c, decl->name.text)->kind == SYMBOL_LEVEL;
  if (kind == LEVEL_COMMON || brand_of_level || !decl->name.text.length) {
    Symbol *symbol = arena_new_of(c->arena, Symbol);
    *symbol = (Symbol){.kind = symbol_kind,
                       .name = {kind == LEVEL_COMMON ? VIEW("every application") : decl->name.text, decl->span},
                       .decl = decl,
                       .index = c->levels.count - 1};
    list_push(c->arena, &c->symbols, symbol);
    if (kind == LEVEL_COMMON) c->common = symbol;
  } else {
    symbol_add(c, symbol_kind, decl->name, decl, c->levels.count - 1);
  }
  collect_rules(c, decl);
}

/* A rung that could not be read may hold every level. */
static bool on_any_rung(const Decl *ladder, View name) {
  for (uint32_t i = 0; i < ladder->items.count; i++) {
    if (ladder->items.at[i]->none) return true;
    for (uint32_t k = 0; k < ladder->items.at[i]->names.count; k++)
      if (view_equal(ladder->items.at[i]->names.at[k].text, name)) return true;
  }
  return false;
}

static bool is_near(Checker *c, View a, View b) { return name_distance(c, a, b, 2) <= (a.length < 6 ? 1u : 2u); }

/* Is this rung what a level that stands on none was to be called? That is told where the level stands. */
static bool is_other_spelling(Checker *c, const Decl *ladder, View rung) {
  for (uint32_t i = 0; i < c->decls.count; i++) {
    const Decl *decl = c->decls.at[i];
    if (decl->kind == DECL_LEVEL && is_near(c, decl->name.text, rung) && !on_any_rung(ladder, decl->name.text))
      return true;
  }
  return false;
}

/* The rung without a level that is called nearly so; length 0: none */
static View nearest_rung(Checker *c, const Decl *ladder, View name) {
  for (uint32_t i = 0; i < ladder->items.count; i++)
    for (uint32_t k = 0; k < ladder->items.at[i]->names.count; k++) {
      View rung = ladder->items.at[i]->names.at[k].text;
      const Symbol *symbol = symbol_find(c, rung);
      bool bare = symbol && symbol->kind == SYMBOL_LEVEL && symbol->decl->span.start == symbol->decl->name.span.start;
      if (bare && is_near(c, rung, name)) return rung;
    }
  return (View){0};
}

static void check_on_ladder(Checker *c, const Decl *ladder, const Name *name) {
  if (!name->text.length || on_any_rung(ladder, name->text)) return;
  View near = nearest_rung(c, ladder, name->text);
  if (near.length)
    diag_add(c->diags, MSG_E0630, name->span, name->text, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E0602, name->span, name->text, DIAG_END);
}

/* A level that stands on the ladder only has no requirements of its own. That is told, since it may be a slip. */
static void collect_bare_rungs(Checker *c, const Decl *ladder) {
  for (uint32_t i = 0; i < ladder->items.count; i++)
    for (uint32_t k = 0; k < ladder->items.at[i]->names.count; k++) {
      Name name = ladder->items.at[i]->names.at[k];
      const Symbol *symbol = symbol_find(c, name.text);
      if (symbol && symbol->kind == SYMBOL_LEVEL) continue;
      if (!is_other_spelling(c, ladder, name.text)) diag_add(c->diags, MSG_W0612, name.span, name.text, DIAG_END);
      Decl *decl = arena_new_of(c->arena, Decl);
      *decl = (Decl){.kind = DECL_LEVEL, .name = name, .span = name.span};
      collect_level(c, decl, LEVEL_LEVEL, SYMBOL_LEVEL);
    }
}

void levels_collect(Checker *c) {
  static const struct {
    DeclKind decl;
    LevelKind level;
    SymbolKind symbol;
  } kinds[] = {{DECL_EVERY_APPLICATION, LEVEL_COMMON, SYMBOL_BUNDLE},
               {DECL_LEVEL, LEVEL_LEVEL, SYMBOL_LEVEL},
               {DECL_BRAND, LEVEL_BRAND, SYMBOL_BRAND},
               {DECL_REQUIREMENTS, LEVEL_BUNDLE, SYMBOL_BUNDLE}};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (uint32_t i = 0; i < c->decls.count; i++) {
      const Decl *decl = c->decls.at[i];
      if (decl->kind != kinds[k].decl) continue;
      if (kinds[k].level == LEVEL_COMMON && c->common)
        diag_add(c->diags, MSG_E0614, decl->span, VIEW("every application"), DIAG_END)->other = c->common->decl->span;
      else
        collect_level(c, decl, kinds[k].level, kinds[k].symbol);
    }
  const Decl *ladder = decl_of_kind(c, DECL_LADDER);
  if (ladder) collect_bare_rungs(c, ladder);
}

Level *common_level(Checker *c) { return c->common ? &c->levels.at[c->common->index] : NULL; }

/* ---- one level ---- */

typedef LIST(uint32_t) RuleIndexList;

typedef struct LevelMaker {
  Checker *c;
  Symbol *symbol;
  Env env; /* where its conditions stand; another date for level_for_dates */
  RuleIndexList rules;
  uint32_t last_rule; /* its own that stands right above, NO_INDEX: none, or copied ones */
  Map taken;          /* the same, to be found */
  LIST(Scored) scored;
  LIST(Advantage) advantages;
  ItemKind heading; /* the one that stands above: FORMALLY_REQUIRES … SCORES; TITLE: none */
  const Item *threshold;
  bool broken; /* a mistake in a line of the part “scores” was told: its weights are not added up */
  Level level;
} LevelMaker;

/* Once, however many ways lead to it. Levels that copy from levels that copy could fill any memory. */
static void take_rule(LevelMaker *m, uint32_t rule) {
  enum { MOST_TAKEN = 200000 };
  if (m->c->taken_rules++ == MOST_TAKEN)
    diag_add(m->c->diags, MSG_E0632, m->symbol->name.span, m->symbol->name.text, DIAG_END);
  if (m->c->taken_rules > MOST_TAKEN) return;
  View key = {arena_copy(m->c->arena, &rule, sizeof rule), sizeof rule};
  if (map_add(&m->taken, key, 0)) list_push(m->c->arena, &m->rules, rule);
}

static bool is_source_of_rules(const Symbol *symbol) {
  return symbol && (symbol->kind == SYMBOL_LEVEL || symbol->kind == SYMBOL_BRAND || symbol->kind == SYMBOL_BUNDLE);
}

static void copy_rules(LevelMaker *m, const Item *item) {
  Checker *c = m->c;
  Symbol *other = symbol_find(c, item->name.text);
  if (!is_source_of_rules(other)) {
    View near = nearest_name(c, NULL, item->name.text);
    if (near.length && is_source_of_rules(symbol_find(c, near)))
      diag_add(c->diags, MSG_E0318, item->name.span, item->name.text, near, DIAG_END);
    else
      diag_add(c->diags, MSG_E0308, item->name.span, item->name.text, DIAG_END);
    return;
  }
  if (!check_level(c, other, item->name.span)) return;
  m->last_rule = NO_INDEX; /* an advice below belongs to no copied one */
  const Level *from = &c->levels.at[other->index];
  for (uint32_t e = 0; e < item->names.count; e++) {
    bool found = false;
    for (uint32_t i = 0; i < from->rule_count; i++)
      found |= view_equal(c->rules.at[from->rules[i]].id, item->names.at[e].text);
    if (!found)
      diag_add(c->diags, MSG_E0309, item->names.at[e].span, item->name.text, item->names.at[e].text, DIAG_END);
  }
  for (uint32_t i = 0; i < from->rule_count; i++) {
    bool except = false;
    for (uint32_t e = 0; e < item->names.count; e++)
      except |= view_equal(c->rules.at[from->rules[i]].id, item->names.at[e].text);
    if (!except) take_rule(m, from->rules[i]);
  }
}

static void add_rule(LevelMaker *m, const Item *item) {
  Checker *c = m->c;
  bool bundle = m->symbol->decl->kind == DECL_REQUIREMENTS;
  const Expr *condition = item->requirement->condition;
  if (m->heading == ITEM_SCORES && condition && condition->kind == EXPR_ERROR) {
    m->broken = true;
    return;
  }
  const Symbol *named = symbol_find(c, item->requirement->label.text);
  if (m->heading == ITEM_SCORES && condition && condition->kind == EXPR_NUMBER && named &&
      named->kind == SYMBOL_CRITERION) {
    m->broken = true; /* `potential: 60%` */
    diag_add(c->diags, MSG_E0642, condition->span, item->requirement->label.text,
             span_text(c->diags->sources, condition->span), DIAG_END);
    return;
  }
  if (m->heading == ITEM_SCORES || (m->heading == ITEM_TITLE && !bundle)) {
    diag_add(c->diags, m->heading == ITEM_SCORES ? MSG_E0623 : MSG_E0613, item->requirement->label.span,
             item->requirement->label.text, DIAG_END);
    return;
  }
  Symbol *symbol = symbol_find(c, item->requirement->label.text);
  if (!symbol || symbol->requirement != item->requirement) return; /* a second one of that label, which was reported */
  uint32_t rule = rule_on_demand(c, symbol, item->span);
  m->symbol->broken |= symbol->broken;
  if (rule != NO_INDEX) take_rule(m, rule);
  m->last_rule = rule;
}

static Symbol *criterion_named(LevelMaker *m, const Name *name) {
  Checker *c = m->c;
  Symbol *symbol = symbol_find(c, name->text);
  if (symbol && symbol->kind == SYMBOL_CRITERION) return symbol;
  m->broken = true;
  View near = nearest_name(c, NULL, name->text);
  Symbol *other = near.length ? symbol_find(c, near) : NULL;
  if (other && other->kind == SYMBOL_CRITERION)
    diag_add(c->diags, MSG_E0318, name->span, name->text, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E0315, name->span, name->text, DIAG_END);
  return NULL;
}

static void check_minimum(LevelMaker *m, const Item *item, const Criterion *criterion, Scored *scored) {
  Checker *c = m->c;
  scored->has_minimum = true;
  scored->minimum = constant_of_literal(c, item->b, c->number).number;
  if (item->b->kind == EXPR_ERROR || !criterion_has_scale(criterion)) return;
  if (num_compare(scored->minimum, criterion->low) < 0 || num_compare(scored->minimum, criterion->high) > 0) {
    diag_add(c->diags, MSG_E0603, item->b->span, num_text(c->arena, scored->minimum, NULL),
             num_text(c->arena, criterion->low, NULL), num_text(c->arena, criterion->high, NULL), DIAG_END);
    return;
  }
  uint32_t minimum = node_number(c, scored->minimum, c->number, ROOT_SPACE, item->b->span);
  scored->minimum_met =
      node_not(c, node_binary(c, OP_LESS, c->yes_no, criterion->node, minimum, item->b->span), item->b->span);
  claim_add(c, CLAIM_MINIMUM, criterion->name, item->b->span, scored->minimum_met, NO_NODE);
}

static void refuse_scored(LevelMaker *m, MessageCode code, const Name *name) {
  diag_add(m->c->diags, code, name->span, name->text, DIAG_END);
  m->broken = true;
}

static void add_scored(LevelMaker *m, const Item *item) {
  Checker *c = m->c;
  if (m->heading != ITEM_SCORES) {
    const Symbol *symbol = symbol_find(c, item->name.text);
    bool scored = item->a || item->b || (symbol && symbol->kind == SYMBOL_CRITERION);
    diag_add(c->diags, scored ? MSG_E0624 : MSG_E0227, item->span, item->name.text, DIAG_END);
    return;
  }
  Symbol *symbol = criterion_named(m, &item->name);
  if (!symbol) return;
  check_criterion(c, symbol);
  Criterion criterion = c->criteria.at[symbol->index];
  Scored scored = {.criterion = symbol->index, .weight = num_of(1), .minimum = num_of(0), .minimum_met = NO_NODE};
  for (uint32_t i = 0; i < m->scored.count; i++)
    if (m->scored.at[i].criterion == symbol->index) refuse_scored(m, MSG_E0625, &item->name);
  if (criterion.for_information) refuse_scored(m, MSG_E0621, &item->name);
  if (item->a)
    scored.weight = constant_of_literal(c, item->a, c->number).number;
  else if (!m->level.score_is_sum)
    refuse_scored(m, MSG_E0620, &item->name);
  m->broken |= item->a && item->a->kind == EXPR_ERROR;
  if (item->b) check_minimum(m, item, &criterion, &scored);
  list_push(c->arena, &m->scored, scored);
}

static void add_advantage(LevelMaker *m, const Item *item) {
  Checker *c = m->c;
  if (m->heading != ITEM_SCORES) {
    diag_add(c->diags, MSG_E0624, item->span, VIEW("advantage"), DIAG_END);
    return;
  }
  Advantage advantage = {.label = item->text, .span = item->span};
  advantage.points = constant_of_literal(c, item->a, c->number).number;
  advantage.condition = node_spread(c, elaborate_condition(c, &m->env, item->b), m->env.space, item->span);
  claim_add(c, CLAIM_ADVANTAGE, item->text, item->b->span, advantage.condition, NO_NODE);
  list_push(c->arena, &m->advantages, advantage);
}

static View joined(Checker *c, View before, View text) {
  return before.length ? view_format(c->arena, "%.*s %.*s", (int)before.length, before.at, (int)text.length, text.at)
                       : text;
}

/* advice "…" and source "…" on lines of their own belong to the requirement above them */
static void add_attribute(LevelMaker *m, const Item *item) {
  Checker *c = m->c;
  Rule *rule = m->last_rule != NO_INDEX ? &c->rules.at[m->last_rule] : NULL;
  if (item->kind == ITEM_ADVICE && !rule)
    diag_add(c->diags, MSG_E0626, item->span, DIAG_END);
  else if (item->kind == ITEM_ADVICE)
    rule->advice = joined(c, rule->advice, item->text);
  else if (rule && m->heading != ITEM_SCORES)
    rule->source = joined(c, rule->source, item->text);
  else
    m->level.source = joined(c, m->level.source, item->text);
}

static void add_title(LevelMaker *m, const Item *item) {
  keep_title(m->c, item, m->level.titles);
  if (m->rules.count || m->heading == ITEM_SCORES) diag_add(m->c->diags, MSG_E0639, item->span, DIAG_END);
}

static void add_item(LevelMaker *m, const Item *item) {
  switch (item->kind) {
  case ITEM_TITLE: add_title(m, item); break;
  case ITEM_SOURCE:
  case ITEM_ADVICE: add_attribute(m, item); break;
  case ITEM_AFTERWARDS: m->level.afterwards = item->text; break;
  case ITEM_FORMALLY_REQUIRES:
  case ITEM_REQUIRES:
  case ITEM_EXPECTS:
  case ITEM_SCORES: m->heading = item->kind; break;
  case ITEM_REQUIREMENT: add_rule(m, item); break;
  case ITEM_EVERYTHING_IN: copy_rules(m, item); break;
  case ITEM_SCORED: add_scored(m, item); break;
  case ITEM_ADVANTAGE: add_advantage(m, item); break;
  case ITEM_THRESHOLD:
    if (m->threshold)
      report_second(m->c, item, m->threshold, TOKEN_THRESHOLD);
    else
      m->threshold = item;
    break;
  case ITEM_SCORE_IS_SUM:
  case ITEM_SCORE_IS_WEIGHTED_MEAN:
  case ITEM_VALID_FROM:
  case ITEM_VALID_UNTIL: break;
  case ITEM_HIT_POLICY:
  case ITEM_FROM_FILE:
  case ITEM_ON:
  case ITEM_GIVEN:
  case ITEM_OVERRIDE:
  case ITEM_EXPECT:
  case ITEM_EXPECT_MISSING:
  case ITEM_EXPECT_POSSIBLE:
  case ITEM_ASKS:
  case ITEM_CURRENCY:
  case ITEM_TIME_ZONE:
  case ITEM_RULES_AS_OF:
  case ITEM_DECIDES:
  case ITEM_FIELD:
  case ITEM_ROW:
  case ITEM_RUNG:
  case ITEM_ENTRY:
  case ITEM_SCALE:
  case ITEM_MEANS:
  case ITEM_FOR_INFORMATION: diag_add(m->c->diags, MSG_E0626, item->span, DIAG_END); break;
  }
}

/* ---- scores ---- */

static void check_weights(LevelMaker *m) {
  Checker *c = m->c;
  Num sum = num_of(0);
  for (uint32_t i = 0; i < m->scored.count; i++) sum = num_add(c->arena, sum, m->scored.at[i].weight);
  if (m->broken || m->level.score_is_sum || num_equal(sum, num_of(1))) return;
  for (uint32_t i = 0; i < m->symbol->decl->items.count; i++) {
    const Item *item = m->symbol->decl->items.at[i];
    if (item->kind != ITEM_SCORED || !item->a) continue;
    m->broken = true; /* what the score can reach is not known either */
    View percent = num_text(c->arena, num_mul(c->arena, sum, num_of(100)), NULL);
    if (num_equal(sum, num_of(100))) /* 60 and 40, where 60% and 40% were meant */
      diag_add(c->diags, MSG_E0641, item->a->span, span_text(c->diags->sources, item->a->span), DIAG_END);
    else
      diag_add(c->diags, MSG_E0601, item->a->span, m->symbol->name.text, percent, DIAG_END);
    return;
  }
}

static uint32_t score_of(LevelMaker *m, Span span) {
  Checker *c = m->c;
  uint32_t sum = NO_NODE;
  for (uint32_t i = 0; i < m->scored.count; i++) {
    const Scored *scored = &m->scored.at[i];
    uint32_t points = c->criteria.at[scored->criterion].node;
    if (!num_equal(scored->weight, num_of(1)))
      points = node_binary(c, OP_MULTIPLY, c->number, points,
                           node_number(c, scored->weight, c->number, ROOT_SPACE, span), span);
    sum = sum == NO_NODE ? points : node_binary(c, OP_ADD, c->number, sum, points, span);
    m->level.minimums = node_and(c, m->level.minimums, scored->minimum_met, span);
  }
  for (uint32_t i = 0; sum != NO_NODE && i < m->advantages.count; i++) {
    const Advantage *a = &m->advantages.at[i];
    uint32_t points = node_if(c, a->condition, node_number(c, a->points, c->number, ROOT_SPACE, span),
                              node_number(c, num_of(0), c->number, ROOT_SPACE, span), span);
    sum = node_binary(c, OP_ADD, c->number, sum, points, span);
  }
  return sum;
}

/* The most and the least that can be reached; false where a mistake keeps it from being known. */
static bool score_reach(LevelMaker *m, Num *low, Num *high) {
  Checker *c = m->c;
  *low = *high = num_of(0);
  bool known = !m->broken;
  for (uint32_t i = 0; i < m->scored.count; i++) {
    const Criterion *criterion = &c->criteria.at[m->scored.at[i].criterion];
    *low = num_add(c->arena, *low, num_mul(c->arena, m->scored.at[i].weight, criterion->low));
    *high = num_add(c->arena, *high, num_mul(c->arena, m->scored.at[i].weight, criterion->high));
    known &= criterion_has_scale(criterion);
  }
  for (uint32_t i = 0; i < m->advantages.count; i++) {
    Num *end = num_sign(m->advantages.at[i].points) > 0 ? high : low;
    *end = num_add(c->arena, *end, m->advantages.at[i].points);
  }
  return known;
}

static void check_reach(LevelMaker *m, const Expr *threshold, Num wanted) {
  Checker *c = m->c;
  Num low, high;
  if (!score_reach(m, &low, &high) || (num_compare(wanted, high) <= 0 && num_compare(wanted, low) >= 0)) return;
  diag_add(c->diags, num_compare(wanted, high) > 0 ? MSG_E0604 : MSG_E0629, threshold->span,
           num_text(c->arena, wanted, NULL), num_text(c->arena, low, NULL), num_text(c->arena, high, NULL), DIAG_END);
}

static void check_threshold(LevelMaker *m, const Level *common) {
  Checker *c = m->c;
  const Item *item = m->threshold;
  if (!item) return;
  m->level.threshold = elaborate_scalar(c, &m->env, item->a, c->number);
  if (m->level.threshold == NO_NODE) return;
  if (m->level.score == NO_NODE) {
    if (!m->broken) diag_add(c->diags, MSG_E0627, item->span, DIAG_END);
    return;
  }
  m->level.threshold = node_spread(c, m->level.threshold, m->env.space, item->span);
  const Constant *constant = node_as_constant(c, m->level.threshold);
  if (constant && (!common || m->level.score != common->score)) check_reach(m, item->a, constant->number);
  uint32_t below = node_binary(c, OP_LESS, c->yes_no, m->level.score, m->level.threshold, item->span);
  m->level.enough = node_not(c, below, item->span);
  claim_add(c, CLAIM_THRESHOLD, m->symbol->name.text, item->a->span, m->level.enough, m->level.score);
}

static void level_scores(LevelMaker *m, const Level *common) {
  if (m->advantages.count && !m->scored.count) diag_add(m->c->diags, MSG_E0640, m->advantages.at[0].span, DIAG_END);
  if (m->scored.count) {
    check_weights(m);
    m->level.score = score_of(m, m->symbol->decl->span);
  } else if (common && m->level.kind == LEVEL_LEVEL) {
    m->level.score = common->score;
    m->level.minimums = common->minimums;
    m->level.scored = common->scored;
    m->level.scored_count = common->scored_count;
    if (!m->threshold) m->level.enough = common->enough, m->level.threshold = common->threshold;
  }
  check_threshold(m, common);
}

/* ---- eligibility ---- */

static uint32_t fulfilled(const LevelMaker *m, uint32_t index) {
  Symbol *symbol = m->c->rule_symbols.at[index];
  if (!is_at_other_date(&m->env, symbol)) return m->c->rules.at[index].fulfilled;
  uint32_t node = rule_at_date(m->c, &m->env, symbol, symbol->name.span);
  return node == NO_NODE ? node_yes_no(m->c, true, ROOT_SPACE, symbol->name.span) : node;
}

static uint32_t all_of_phase(LevelMaker *m, uint32_t node, Phase phase) {
  for (uint32_t i = 0; i < m->rules.count; i++) {
    Rule rule = m->c->rules.at[m->rules.at[i]];
    if (rule.phase == phase) node = node_and(m->c, node, fulfilled(m, m->rules.at[i]), rule.span);
  }
  return node;
}

static void level_nodes(LevelMaker *m, const Level *common, const Decl *ladder) {
  Checker *c = m->c;
  Level *level = &m->level;
  bool inherits = common && level->kind != LEVEL_BUNDLE;
  uint32_t code = level->kind == LEVEL_LEVEL ? level->code : NO_INDEX;
  level->available = available_node(c, &m->env, code, ladder, m->symbol->decl);
  level->ends = last_day_of_level(c, code, ladder, m->symbol->decl, &level->last_day);
  level->formal = all_of_phase(m, inherits && level->kind == LEVEL_LEVEL ? common->formal : NO_NODE, PHASE_FORMAL);
  level->required = all_of_phase(m, inherits && level->kind == LEVEL_LEVEL ? common->required : NO_NODE, PHASE_REQUIRED);
  level_scores(m, common);
  Span span = m->symbol->decl->span;
  uint32_t met = node_and(c, level->formal, level->required, span);
  met = node_and(c, node_and(c, met, level->available, span), level->minimums, span);
  met = node_and(c, met, level->enough, span);
  level->met = met == NO_NODE ? node_yes_no(c, true, ROOT_SPACE, span) : met;
}

static uint32_t level_code(const Checker *c, View name) {
  for (const ValueUse *use = value_name_find(c, name); use; use = use->next ? &c->value_uses.at[use->next - 1] : NULL)
    if (use->type == c->level) return use->code;
  return NO_INDEX;
}

static void report_second_dates(const LevelMaker *m) {
  const ItemList *items = &m->symbol->decl->items;
  const Item *first[2] = {NULL, NULL};
  for (uint32_t i = 0; i < items->count; i++) {
    const Item *item = items->at[i];
    if (item->kind != ITEM_VALID_FROM && item->kind != ITEM_VALID_UNTIL) continue;
    const Item **before = &first[item->kind == ITEM_VALID_UNTIL];
    if (*before)
      report_second(m->c, item, *before, item->kind == ITEM_VALID_FROM ? TOKEN_VALID_FROM : TOKEN_VALID_UNTIL);
    else
      *before = item;
  }
}

static void make_level(Checker *c, Symbol *symbol) {
  const Decl *decl = symbol->decl;
  const Decl *ladder = decl_of_kind(c, DECL_LADDER);
  LevelMaker m = {
      .c = c, .symbol = symbol, .heading = ITEM_TITLE, .last_rule = NO_INDEX, .level = c->levels.at[symbol->index]};
  m.env.space = ROOT_SPACE;
  if (m.level.kind == LEVEL_BUNDLE) m.heading = ITEM_REQUIRES; /* what a set holds, if it does not say */
  map_init(&m.taken, c->arena);
  if (m.level.kind == LEVEL_LEVEL) m.level.code = level_code(c, decl->name.text);
  for (uint32_t i = 0; i < decl->items.count; i++) m.level.score_is_sum |= decl->items.at[i]->kind == ITEM_SCORE_IS_SUM;
  for (uint32_t i = 0; i < decl->items.count; i++) add_item(&m, decl->items.at[i]);
  report_second_dates(&m);
  if (m.level.kind == LEVEL_LEVEL && ladder) check_on_ladder(c, ladder, &decl->name);
  m.level.rules = m.rules.at;
  m.level.rule_count = m.rules.count;
  m.level.scored = m.scored.at;
  m.level.scored_count = m.scored.count;
  m.level.advantages = m.advantages.at;
  m.level.advantage_count = m.advantages.count;
  Level *common = NULL;
  if (m.level.kind == LEVEL_LEVEL && c->common && check_level(c, c->common, decl->span)) common = common_level(c);
  level_nodes(&m, common, ladder);
  c->levels.at[symbol->index] = m.level;
}

/* A level of which all is known but what its conditions are at the dates of `env`. */
Level *level_for_dates(Checker *c, const Env *env, Symbol *symbol) {
  Level *level = arena_copy(c->arena, &c->levels.at[symbol->index], sizeof *level);
  LevelMaker m = {.c = c, .symbol = symbol, .env = *env, .heading = ITEM_SCORES, .last_rule = NO_INDEX};
  m.rules.at = level->rules;
  m.rules.count = level->rule_count;
  const ItemList *items = &symbol->decl->items;
  bool own_scores = false;
  for (uint32_t i = 0; i < items->count; i++) {
    own_scores |= items->at[i]->kind == ITEM_SCORED;
    if (items->at[i]->kind == ITEM_ADVANTAGE) add_advantage(&m, items->at[i]);
    if (items->at[i]->kind == ITEM_THRESHOLD) m.threshold = items->at[i];
  }
  if (own_scores) m.scored.at = level->scored, m.scored.count = level->scored_count;
  level->formal = level->required = level->score = level->minimums = level->enough = level->threshold = NO_NODE;
  m.level = *level;
  const Level *common = NULL;
  if (level->kind == LEVEL_LEVEL && c->common) common = level_at_date(c, env, c->common, symbol->decl->span);
  level_nodes(&m, common, decl_of_kind(c, DECL_LADDER));
  *level = m.level;
  return level;
}

bool check_level(Checker *c, Symbol *symbol, Span use) {
  if (symbol->state == SYMBOL_DONE) {
    c->depends |= symbol->depends;
    return true;
  }
  if (!symbol_begin(c, symbol, use)) return false;
  uint32_t errors = c->diags->errors;
  make_level(c, symbol);
  symbol->broken |= c->diags->errors > errors;
  symbol_end(c, symbol);
  return true;
}

uint32_t level_met(Checker *c, const Env *env, Symbol *symbol, Span use) {
  if (symbol->kind == SYMBOL_RULE) {
    uint32_t rule = rule_on_demand(c, symbol, use);
    if (rule == NO_INDEX || symbol->broken) return NO_NODE;
    return is_at_other_date(env, symbol) ? rule_at_date(c, env, symbol, use) : c->rules.at[rule].fulfilled;
  }
  if (!check_level(c, symbol, use) || symbol->broken) return NO_NODE;
  const Level *level = level_at_date(c, env, symbol, use);
  return level ? level->met : NO_NODE;
}
