#include "check/arguments.h"

static const Name *name_of(const Expr *call, uint32_t i) {
  return i < call->names.count && call->names.at[i].text.length ? &call->names.at[i] : NULL;
}

static uint32_t place_named(const View *names, uint32_t count, View name) {
  for (uint32_t i = 0; i < count; i++)
    if (view_equal(names[i], name)) return i;
  return NO_INDEX;
}

static void report_no_argument(Checker *c, const Expr *call, const View *names, uint32_t count, const Name *name) {
  Nearest best = nearest_to(name->text);
  for (uint32_t i = 0; i < count; i++) consider(c, &best, names[i]);
  if (best.name.length)
    diag_add(c->diags, MSG_E0903, name->span, call->text, name->text, best.name, DIAG_END);
  else
    diag_add(c->diags, MSG_E0904, name->span, call->text, name->text, some_of_names(c, names, count), DIAG_END);
}

static bool report_count(Checker *c, const Expr *call, uint32_t wanted) {
  diag_add(c->diags, MSG_E0307, call->span, call->text, view_format(c->arena, "%u", wanted),
           view_format(c->arena, "%u", call->items.count), DIAG_END);
  return false;
}

bool arguments_match(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out) {
  bool sound = true, named = false;
  for (uint32_t i = 0; i < count; i++) out[i] = NULL;
  if (call->items.count > count) return report_count(c, call, count);
  for (uint32_t i = 0; i < call->items.count; i++) {
    const Name *name = name_of(call, i);
    uint32_t place = name ? place_named(names, count, name->text) : i;
    if (!name && named) {
      diag_add(c->diags, MSG_E0906, call->items.at[i]->span, DIAG_END);
      sound = false;
    } else if (place == NO_INDEX) {
      report_no_argument(c, call, names, count, name);
      sound = false;
    } else if (out[place]) {
      diag_add(c->diags, MSG_E0905, name->span, name->text, DIAG_END);
      sound = false;
    } else {
      out[place] = call->items.at[i];
    }
    named |= name != NULL;
  }
  return sound;
}

bool arguments_match_all(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out) {
  bool named = false;
  for (uint32_t i = 0; i < call->items.count; i++) named |= name_of(call, i) != NULL;
  if (!named && call->items.count != count) return report_count(c, call, count);
  if (!arguments_match(c, call, names, count, out)) return false;
  for (uint32_t i = 0; i < count; i++)
    if (!out[i]) {
      diag_add(c->diags, MSG_E0907, call->span, call->text, names[i], DIAG_END);
      return false;
    }
  return true;
}
