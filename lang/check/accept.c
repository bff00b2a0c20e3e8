/* Warnings that the text accepts: accept W0650 "reason", accept W0650 in NAME "reason". An acceptance that is none, or
 * that accepts nothing, is a warning itself, so that none outlives its reason. */
#include <string.h>
#include "check/checker.h"

static const Message *message_named(View name, MessageCode *code) {
  for (int i = 0; i < MESSAGE_COUNT; i++)
    if (view_is(name, message_table[i].name)) {
      *code = (MessageCode)i;
      return &message_table[i];
    }
  return NULL;
}

static bool stands_behind(Span a, Span b) { return a.source > b.source || (a.source == b.source && a.start > b.start); }

/* A declaration goes on until the next one in its file begins. They stand in the order of the files. */
static uint32_t end_of_decl(const Checker *c, const Decl *decl) {
  uint32_t low = 0, high = c->decls.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (stands_behind(c->decls.at[middle]->span, decl->span))
      high = middle;
    else
      low = middle + 1;
  }
  bool last = low == c->decls.count || c->decls.at[low]->span.source != decl->span.source;
  return last ? UINT32_MAX : c->decls.at[low]->span.start;
}

/* A requirement and a field go on until the next line of their section. */
static Span span_of_item(const Checker *c, const Decl *decl, const Item *item) {
  Span span = {item->span.source, item->span.start, end_of_decl(c, decl)};
  for (uint32_t i = 0; i < decl->items.count; i++) {
    Span next = decl->items.at[i]->span;
    if (next.start > span.start && next.start < span.end) span.end = next.start;
  }
  return span;
}

static const Item *item_of_symbol(const Symbol *symbol) {
  const ItemList *items = &symbol->decl->items;
  if (symbol->kind == SYMBOL_FIELD && symbol->index < items->count) return items->at[symbol->index];
  for (uint32_t i = 0; symbol->kind == SYMBOL_RULE && i < items->count; i++)
    if (items->at[i]->requirement == symbol->requirement) return items->at[i];
  return NULL;
}

/* Where the name is declared: the whole of it. */
static bool place_named(const Checker *c, View name, Span *out) {
  const Symbol *symbol = symbol_find(c, name);
  if (!symbol) symbol = type_find(c, name);
  if (!symbol) return false;
  const Item *item = item_of_symbol(symbol);
  Span span = symbol->decl->span;
  *out = item ? span_of_item(c, symbol->decl, item) : (Span){span.source, span.start, end_of_decl(c, symbol->decl)};
  return true;
}

static bool lies_within(Span span, Span whole) {
  return span.source == whole.source && span.start >= whole.start && span.end <= whole.end;
}

/* How many warnings of the code there are (in `place`, if there is one); they are marked. */
static uint32_t mark(const Checker *c, MessageCode code, const Span *place, bool *accepted) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < c->diags->items.count; i++) {
    const Diag *diag = &c->diags->items.at[i];
    if (diag->code != code || (place && !lies_within(diag->span, *place))) continue;
    accepted[i] = true;
    count++;
  }
  return count;
}

typedef struct Complaint {
  MessageCode code;
  Span span;
  View name, where;
} Complaint;
typedef LIST(Complaint) ComplaintList;

static void accept_one(Checker *c, const Decl *decl, bool *accepted, ComplaintList *complaints) {
  MessageCode code;
  Span place;
  const Message *message = message_named(decl->name.text, &code);
  bool in_place = decl->called.text.length > 0;
  View name = decl->name.text, where = decl->called.text;
  if (!message)
    list_push(c->arena, complaints, ((Complaint){MSG_W0680, decl->name.span, name, where}));
  else if (message->severity == SEVERITY_ERROR)
    list_push(c->arena, complaints, ((Complaint){MSG_W0681, decl->name.span, name, where}));
  else if (in_place && !place_named(c, where, &place))
    list_push(c->arena, complaints, ((Complaint){MSG_W0682, decl->called.span, name, where}));
  else if (!mark(c, code, in_place ? &place : NULL, accepted) && !c->diags->errors && c->options.deep)
    list_push(c->arena, complaints, ((Complaint){MSG_W0683, decl->span, name, where}));
}

void accept_warnings(Checker *c) {
  ComplaintList complaints = {0};
  bool *accepted = arena_array(c->arena, bool, c->diags->items.count);
  for (uint32_t i = 0; i < c->decls.count; i++)
    if (c->decls.at[i]->kind == DECL_ACCEPT) accept_one(c, c->decls.at[i], accepted, &complaints);
  diag_accept(c->diags, accepted);
  for (uint32_t i = 0; i < complaints.count; i++) {
    const Complaint *one = &complaints.at[i];
    diag_add(c->diags, one->code, one->span, one->name, one->where, DIAG_END);
  }
}
