#include "check/arguments.h"

static View nearest_argument(Checker *c, View name, const View *names, uint32_t count) {
  View best = {0};
  unsigned distance = utf8_count(name) < 6 ? 3 : 4;
  for (uint32_t i = 0; i < count; i++) {
    unsigned d = name_distance(c, name, names[i], distance);
    if (d < distance) distance = d, best = names[i];
  }
  return best;
}

static void report_no_argument(Checker *c, const Expr *call, const Name *name, const View *names, uint32_t count) {
  View near = nearest_argument(c, name->text, names, count);
  if (near.length)
    diag_add(c->diags, MSG_E0450, name->span, call->text, name->text, near, DIAG_END);
  else
    diag_add(c->diags, MSG_E0451, name->span, call->text, name->text, some_of_names(c, names, count), DIAG_END);
}

static uint32_t place_of(const View *names, uint32_t count, View name) {
  uint32_t i = 0;
  while (i < count && !view_equal(names[i], name)) i++;
  return i;
}

bool arguments_match(Checker *c, const Expr *call, const View *names, uint32_t count, const Expr **out) {
  bool sound = true, named = false;
  for (uint32_t i = 0; i < count; i++) out[i] = NULL;
  for (uint32_t i = 0; i < call->items.count; i++) {
    const Name *name = i < call->names.count && call->names.at[i].text.length ? &call->names.at[i] : NULL;
    uint32_t at = name ? place_of(names, count, name->text) : i;
    if (!name && named) {
      diag_add(c->diags, MSG_E0453, call->items.at[i]->span, DIAG_END);
      sound = false;
    } else if (name && at == count) {
      report_no_argument(c, call, name, names, count);
      sound = false;
    } else if (at < count && out[at]) {
      diag_add(c->diags, MSG_E0452, name ? name->span : call->items.at[i]->span, call->text, names[at], DIAG_END);
      sound = false;
    } else if (at < count) {
      out[at] = call->items.at[i];
    } else {
      View wanted = view_format(c->arena, "%u", count), given = view_format(c->arena, "%u", call->items.count);
      diag_add(c->diags, MSG_E0307, call->span, call->text, wanted, given, DIAG_END);
      return false;
    }
    named |= name != NULL;
  }
  return sound;
}
