/* What a programme decides, and the score that goes with it: the one that `score` names. */
#include "check/checker.h"

/* ---- score, as a name: that of the level sought (its own, or that of `every application`), else the common one, else
 * that of the only level that is scored ---- */

typedef struct ScoredLevel {
  uint32_t code, score;
} ScoredLevel;

static uint32_t score_of_sought(Checker *c, const Env *env, uint32_t sought, Span use) {
  LIST(ScoredLevel) scored = {0};
  uint32_t score = NO_NODE;
  bool everywhere = true;
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    Symbol *symbol = c->symbols.at[i];
    if (symbol->kind != SYMBOL_LEVEL || !check_level(c, symbol, use)) continue;
    const Level *level = level_at_date(c, env, symbol, use);
    uint32_t own = level ? level->score : NO_NODE;
    everywhere &= own != NO_NODE;
    if (own != NO_NODE) list_push(c->arena, &scored, ((ScoredLevel){c->levels.at[symbol->index].code, own}));
    if (score == NO_NODE) score = own;
  }
  if (score == NO_NODE) return NO_NODE;
  if (!everywhere) /* a level that is not scored has no score to ask for */
    score = node_add(c, (Node){.op = OP_NO_CHOICE,
                               .type = c->number,
                               .space = ROOT_SPACE,
                               .a = NO_NODE,
                               .b = NO_NODE,
                               .c = NO_NODE,
                               .span = use});
  for (uint32_t i = scored.count; i > 0; i--) {
    Constant code = {.type = c->level, .number = num_of(0), .code = scored.at[i - 1].code};
    Value is = value_scalar(c, node_constant(c, code, ROOT_SPACE, use));
    score = node_if(c, node_equal(c, value_scalar(c, sought), is, use), scored.at[i - 1].score, score, use);
  }
  return score;
}

/* Where one level alone is scored there is no other score that could be meant. */
static uint32_t score_of_only_level(Checker *c, const Env *env, Span use) {
  uint32_t score = NO_NODE;
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    Symbol *symbol = c->symbols.at[i];
    if (symbol->kind != SYMBOL_LEVEL || !check_level(c, symbol, use)) continue;
    const Level *level = level_at_date(c, env, symbol, use);
    if (!level || level->score == NO_NODE) continue;
    if (score != NO_NODE) return NO_NODE;
    score = level->score;
  }
  return score;
}

static bool any_level_broken(const Checker *c) {
  for (uint32_t i = 0; i < c->symbols.count; i++)
    if (c->symbols.at[i]->broken && c->symbols.at[i]->kind != SYMBOL_RULE) return true;
  return false;
}

uint32_t score_node(Checker *c, const Env *env, Span use) {
  uint32_t score = NO_NODE;
  if (c->program->decides == DECIDES_LEVEL) score = score_of_sought(c, env, c->program->sought, use);
  if (score == NO_NODE && c->common && check_level(c, c->common, use)) {
    const Level *common = level_at_date(c, env, c->common, use);
    if (common) score = common->score;
  }
  if (score == NO_NODE) score = score_of_only_level(c, env, use);
  if (score == NO_NODE && !any_level_broken(c)) diag_add(c->diags, MSG_E0324, use, DIAG_END);
  return score;
}

/* ---- decides ---- */

static void decide_by_name(Checker *c, const Item *item) {
  if (!item->name.text.length) return; /* told where it was read */
  Program *program = c->program;
  if (special_is(item->name.text, SPECIAL_IS_NOTHING, c->vocabulary->language)) return;
  if (special_is(item->name.text, SPECIAL_IS_HIGHEST_LEVEL, c->vocabulary->language)) {
    program->decides = DECIDES_HIGHEST_LEVEL;
    if (!c->level) diag_add(c->diags, MSG_E0619, item->name.span, DIAG_END);
    return;
  }
  Symbol *symbol = symbol_find(c, item->name.text);
  if (symbol && symbol->kind == SYMBOL_DECISION) {
    program->decides = DECIDES_DECISION;
    program->decided = symbol->index;
    return;
  }
  Env env = {.space = ROOT_SPACE};
  Value v = symbol && (symbol->kind == SYMBOL_FIELD || symbol->kind == SYMBOL_DEFINE)
                ? symbol_value(c, &env, symbol, item->name.span)
                : value_nothing(c);
  if (v.kind == VALUE_SCALAR && c->level && v.type == c->level) {
    program->decides = DECIDES_LEVEL;
    program->sought = node_spread(c, v.node, ROOT_SPACE, item->name.span);
  } else {
    diag_add(c->diags, MSG_E0628, item->name.span, item->name.text, DIAG_END);
  }
}

void check_decides(Checker *c, const Decl *programme) {
  Program *program = c->program;
  program->decides = DECIDES_NOTHING;
  program->sought = NO_NODE;
  for (uint32_t i = 0; i < programme->items.count; i++)
    if (programme->items.at[i]->kind == ITEM_DECIDES) {
      decide_by_name(c, programme->items.at[i]);
      return;
    }
  /* nothing said: the highest level where there are levels, else the only decision */
  if (decl_of_kind(c, DECL_LEVEL))
    program->decides = DECIDES_HIGHEST_LEVEL;
  else if (c->decisions.count == 1)
    program->decides = DECIDES_DECISION;
}
