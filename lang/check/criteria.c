/* Criteria and judgements: what people give points to and answer. They are fields of an application too. */
#include "check/checker.h"

/* title en "…", title nb "…", or one without a language, which is English */
void keep_title(Checker *c, const Item *item, View titles[LANGUAGE_COUNT]) {
  if (view_is(item->name.text, "nb"))
    titles[LANGUAGE_NB] = item->text;
  else if (!item->name.text.length || view_is(item->name.text, "en"))
    titles[LANGUAGE_EN] = item->text;
  else
    diag_add(c->diags, MSG_E0622, item->name.span, item->name.text, DIAG_END);
}

static bool check_scale(Checker *c, const Item *scale, Criterion *criterion, Num *step) {
  if (scale->a->kind == EXPR_ERROR || scale->b->kind == EXPR_ERROR) return false;
  criterion->low = constant_of_literal(c, scale->a, c->number).number;
  criterion->high = constant_of_literal(c, scale->b, c->number).number;
  *step = scale->c ? constant_of_literal(c, scale->c, c->number).number : num_of(0);
  if (num_compare(criterion->low, criterion->high) >= 0)
    diag_add(c->diags, MSG_E0605, scale->span, DIAG_END);
  else if (scale->c && (num_sign(*step) <= 0 ||
                        !num_is_whole(num_div(c->arena, num_sub(c->arena, criterion->high, criterion->low), *step))))
    diag_add(c->diags, MSG_E0606, scale->c->span, DIAG_END);
  else
    return true;
  criterion->low = criterion->high = num_of(0);
  return false;
}

/* Nothing is said about points of a scale that is a mistake itself. */
bool criterion_has_scale(const Criterion *criterion) { return num_compare(criterion->low, criterion->high) < 0; }

static void keep_meaning(Checker *c, const Item *item, Criterion *criterion) {
  if (num_compare(item->number, criterion->low) < 0 || num_compare(item->number, criterion->high) > 0) {
    diag_add(c->diags, MSG_E0607, item->span, num_text(c->arena, item->number, NULL), DIAG_END);
    return;
  }
  criterion->meanings[criterion->meaning_count] = item->text;
  criterion->meaning_points[criterion->meaning_count++] = item->number;
}

void check_criterion(Checker *c, Symbol *symbol) {
  if (symbol->state != SYMBOL_NEW) return;
  symbol->state = SYMBOL_DONE;
  const Decl *decl = symbol->decl;
  Criterion criterion = {.name = symbol->name.text, .low = num_of(0), .high = num_of(0)};
  criterion.titles[LANGUAGE_EN] = decl->title;
  criterion.meanings = arena_array(c->arena, View, decl->items.count);
  criterion.meaning_points = arena_array(c->arena, Num, decl->items.count);
  const Item *scale = NULL;
  Num step = num_of(0);
  for (uint32_t i = 0; i < decl->items.count; i++) {
    if (decl->items.at[i]->kind != ITEM_SCALE) continue;
    if (scale)
      report_second(c, decl->items.at[i], scale, TOKEN_SCALE);
    else
      scale = decl->items.at[i];
  }
  if (!scale)
    diag_add(c->diags, MSG_E0609, symbol->name.span, symbol->name.text, DIAG_END);
  else if (!check_scale(c, scale, &criterion, &step))
    scale = NULL;
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_TITLE) keep_title(c, item, criterion.titles);
    if (item->kind == ITEM_ASKS) criterion.asks = item->text;
    if (item->kind == ITEM_FOR_INFORMATION) criterion.for_information = true;
    if (item->kind == ITEM_MEANS && scale) keep_meaning(c, item, &criterion);
  }
  criterion.input = input_add(c, symbol->name.text, c->number, INPUT_CRITERION, 0, symbol->name.span);
  Input *input = &c->inputs.at[criterion.input];
  if (scale) input->bounds = (Range){.low = criterion.low, .high = criterion.high, .has_low = true, .has_high = true};
  input->has_step = scale && num_sign(step) > 0;
  input->step = step;
  criterion.node = input->node;
  c->criteria.at[symbol->index] = criterion;
  field_add(c, (FieldShape){.name = symbol->name.text,
                            .title = decl->title,
                            .type = c->number,
                            .role = INPUT_CRITERION,
                            .input = criterion.input,
                            .data_space = NO_INDEX,
                            .given = NO_INDEX});
}

void check_judgement(Checker *c, Symbol *symbol) {
  if (symbol->state != SYMBOL_NEW) return;
  symbol->state = SYMBOL_DONE;
  const Decl *decl = symbol->decl;
  const Type *type = type_of_expr(c, decl->type, symbol->name.text);
  if (!type_is_scalar(type)) {
    diag_add(c->diags, MSG_E0434, decl->type->span, type_name(type), DIAG_END);
    type = c->error;
  }
  Judgement judgement = {.name = symbol->name.text, .title = decl->title, .by = decl->by.text};
  for (uint32_t i = 0; i < decl->items.count; i++)
    if (decl->items.at[i]->kind == ITEM_ASKS) judgement.asks = decl->items.at[i]->text;
  judgement.input = input_add(c, symbol->name.text, type, INPUT_JUDGEMENT, 0, symbol->name.span);
  c->inputs.at[judgement.input].bounds = bounds_of(c, decl->type, type);
  c->judgements.at[symbol->index] = judgement;
  field_add(c, (FieldShape){.name = symbol->name.text,
                            .title = decl->title,
                            .type = type,
                            .role = INPUT_JUDGEMENT,
                            .input = judgement.input,
                            .data_space = NO_INDEX,
                            .given = NO_INDEX});
}
