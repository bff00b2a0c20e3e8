/* The order of a check: sources and trees, the programme's head, names, types, inputs; then every definition, each when
 * it is first needed; last the program. */
#include "check/check.h"
#include <errno.h>
#include <string.h>
#include "base/digest.h"
#include "check/checker.h"
#include "text/reason.h"

static const Span no_place = {UINT32_MAX, 0, 0};

/* ---- the programme's head ---- */

static void refuse_second_line(Checker *c, const Decl *decl, uint32_t i) {
  const Item *item = decl->items.at[i];
  TokenKind keyword = item->kind == ITEM_TIME_ZONE     ? TOKEN_TIME_ZONE
                      : item->kind == ITEM_RULES_AS_OF ? TOKEN_RULES_AS_OF
                      : item->kind == ITEM_DECIDES     ? TOKEN_DECIDES
                                                       : TOKEN_END_OF_STATEMENT;
  for (uint32_t k = 0; keyword != TOKEN_END_OF_STATEMENT && k < i; k++)
    if (decl->items.at[k]->kind == item->kind) {
      report_second(c, item, decl->items.at[k], keyword);
      return;
    }
}

/* Those that a module names are there too, behind the programme's. */
static void module_currencies(Checker *c, ViewList *currencies) {
  for (uint32_t d = 0; d < c->decls.count; d++)
    for (uint32_t i = 0; c->decls.at[d]->kind == DECL_MODULE && i < c->decls.at[d]->items.count; i++) {
      const Item *item = c->decls.at[d]->items.at[i];
      for (uint32_t n = 0; item->kind == ITEM_CURRENCY && n < item->names.count; n++)
        list_push(c->arena, currencies, item->names.at[n].text);
    }
}

static void read_programme(Checker *c, const Decl *decl) {
  Program *p = c->program;
  ViewList currencies = {0};
  p->name = decl->name.text;
  p->zone_name = VIEW("UTC");
  Span zone_span = decl->span;
  for (uint32_t i = 0; i < decl->items.count; i++) {
    const Item *item = decl->items.at[i];
    if (item->kind == ITEM_TITLE) keep_title(c, item, p->titles);
    refuse_second_line(c, decl, i);
    if (item->kind == ITEM_SOURCE) p->source = item->text;
    if (item->kind == ITEM_TIME_ZONE) p->zone_name = item->text, zone_span = item->span;
    for (uint32_t n = 0; item->kind == ITEM_CURRENCY && n < item->names.count; n++)
      list_push(c->arena, &currencies, item->names.at[n].text);
  }
  module_currencies(c, &currencies);
  p->currencies = currencies.at;
  p->currency_count = currencies.count;
  p->zone = zone_load(c->arena, p->zone_name);
  if (p->zone) return;
  diag_add(c->diags, MSG_E0509, zone_span, p->zone_name, DIAG_END);
  p->zone = zone_load(c->arena, VIEW("UTC"));
}

static const Decl *only_one(Checker *c, DeclKind kind, View called) {
  const Decl *found = decl_of_kind(c, kind);
  for (uint32_t i = 0; i < c->decls.count; i++)
    if (c->decls.at[i]->kind == kind && c->decls.at[i] != found)
      diag_add(c->diags, MSG_E0614, c->decls.at[i]->span, called, DIAG_END)->other = found->span;
  return found;
}

/* ---- names ---- */

static void collect_symbol(Checker *c, const Decl *decl) {
  switch (decl->kind) {
  case DECL_TYPE: symbol_add(c, SYMBOL_TYPE, decl->name, decl, NO_INDEX); break;
  case DECL_RECORD: symbol_add(c, SYMBOL_RECORD, decl->name, decl, NO_INDEX); break;
  case DECL_DATA: symbol_add(c, SYMBOL_DATA, decl->name, decl, NO_INDEX); break;
  case DECL_PARAMETER:
    list_push(c->arena, &c->parameters,
              ((Parameter){.name = decl->name.text, .title = decl->title, .source = decl->source, .date = NO_NODE}));
    symbol_add(c, SYMBOL_PARAMETER, decl->name, decl, c->parameters.count - 1);
    break;
  case DECL_DEFINE:
    list_push(c->arena, &c->defines,
              ((Define){.name = decl->name.text,
                        .title = decl->title,
                        .doc = decl->doc,
                        .span = decl->span,
                        .node = NO_NODE,
                        .list = {NO_INDEX, NO_NODE, NO_NODE}}));
    symbol_add(c, SYMBOL_DEFINE, decl->name, decl, c->defines.count - 1);
    break;
  case DECL_CRITERION:
    list_push(c->arena, &c->criteria, ((Criterion){.name = decl->name.text, .node = NO_NODE}));
    symbol_add(c, SYMBOL_CRITERION, decl->name, decl, c->criteria.count - 1);
    break;
  case DECL_JUDGEMENT:
    list_push(c->arena, &c->judgements, ((Judgement){.name = decl->name.text}));
    symbol_add(c, SYMBOL_JUDGEMENT, decl->name, decl, c->judgements.count - 1);
    break;
  case DECL_REPORT:
    list_push(
        c->arena, &c->reports,
        ((Answer){
            .name = decl->name.text, .title = decl->title, .source = decl->source, .span = decl->span, .node = NO_NODE}));
    symbol_add(c, SYMBOL_REPORT, decl->name, decl, c->reports.count - 1);
    break;
  case DECL_DECISION:
    list_push(
        c->arena, &c->decisions,
        ((Answer){
            .name = decl->name.text, .title = decl->title, .source = decl->source, .span = decl->span, .node = NO_NODE}));
    symbol_add(c, SYMBOL_DECISION, decl->name, decl, c->decisions.count - 1);
    break;
  case DECL_FUNCTION: symbol_add(c, SYMBOL_FUNCTION, decl->name, decl, NO_INDEX); break;
  case DECL_TABLE: symbol_add(c, SYMBOL_TABLE, decl->name, decl, NO_INDEX); break;
  case DECL_USE:
  case DECL_MODULE:
  case DECL_ACCEPT:
  case DECL_TEST:
  case DECL_PROGRAMME:
  case DECL_APPLICATION:
  case DECL_LADDER:
  case DECL_EVERY_APPLICATION:
  case DECL_LEVEL:
  case DECL_BRAND:
  case DECL_REQUIREMENTS:
  case DECL_COUNT: break;
  }
}

/* ---- inputs ---- */

static void check_types(Checker *c) {
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    Symbol *symbol = c->symbols.at[i];
    if ((symbol->kind != SYMBOL_TYPE && symbol->kind != SYMBOL_RECORD) || symbol->state != SYMBOL_NEW) continue;
    symbol_begin(c, symbol, symbol->name.span);
    symbol->type = symbol->kind == SYMBOL_TYPE ? type_of_expr(c, symbol->decl->type, symbol->name.text)
                                               : record_type(c, symbol->decl);
    symbol_end(c, symbol);
  }
}

static void find_identity(Checker *c, const Decl *application) {
  Program *p = c->program;
  p->id_field = p->name_field = NO_INDEX;
  View id = application->by.text.length ? application->by.text : VIEW("id");
  for (uint32_t i = 0; i < c->fields.count; i++) {
    const FieldShape *field = &c->fields.at[i];
    if (view_equal(field->name, id) && field->input != NO_INDEX) p->id_field = i;
    if (field->type->kind == TYPE_TEXT && (view_is(field->name, "name") || view_is(field->name, "navn")))
      p->name_field = i;
  }
  if (application->by.text.length && p->id_field == NO_INDEX)
    diag_add(c->diags, MSG_E0313, application->by.span, application->by.text, DIAG_END);
}

static void check_inputs(Checker *c, const Decl *application) {
  Shape *shape = arena_new_of(c->arena, Shape);
  c->program->application = shape;
  list_push(c->arena, &c->data_spaces, ((DataSpace){.parent = NO_INDEX, .given = NO_INDEX}));
  list_push(c->arena, &c->complete, NULL);
  application_shape(c, application);
  find_identity(c, application);
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    if (c->symbols.at[i]->kind == SYMBOL_CRITERION) check_criterion(c, c->symbols.at[i]);
    if (c->symbols.at[i]->kind == SYMBOL_JUDGEMENT) check_judgement(c, c->symbols.at[i]);
  }
  c->program->application_name = application->called.text;
  shape->name = VIEW("application");
  shape->fields = c->fields.at;
  shape->count = c->fields.count;
}

/* ---- everything else ---- */

/* `assumed` and `complete when` of fields that nothing uses are checked too. */
static void check_fields(Checker *c) {
  Env env = {.space = ROOT_SPACE};
  for (uint32_t i = 0; i < c->symbols.count; i++)
    if (c->symbols.at[i]->kind == SYMBOL_FIELD) symbol_value(c, &env, c->symbols.at[i], c->symbols.at[i]->name.span);
}

static bool has_rules_as_of(const Decl *programme) {
  for (uint32_t i = 0; i < programme->items.count; i++)
    if (programme->items.at[i]->kind == ITEM_RULES_AS_OF) return true;
  return false;
}

/* Does a result need the programme's date? What is only asked of other dates does not. */
static bool needs_own_date(const Checker *c) {
  bool needed = (c->depends & DEPENDS_ON_AS_OF) != 0;
  for (uint32_t i = 0; i < c->symbols.count; i++) {
    const Symbol *symbol = c->symbols.at[i];
    bool is_part = symbol->kind == SYMBOL_DEFINE || symbol->kind == SYMBOL_PARAMETER;
    needed |= !is_part && (symbol->depends & DEPENDS_ON_AS_OF);
  }
  return needed;
}

static void check_all(Checker *c, const Decl *programme, const Decl *application) {
  const Decl *ladder = only_one(c, DECL_LADDER, VIEW("ladder"));
  if (ladder && ladder_is_too_large(c, ladder)) return;
  for (uint32_t i = 0; i < c->decls.count; i++) collect_symbol(c, c->decls.at[i]);
  c->level = ladder_levels(c, ladder);
  levels_collect(c);
  check_types(c);
  check_inputs(c, application);
  c->program->as_of = NO_NODE;
  c->program->as_of_source = NO_NODE;
  if (has_rules_as_of(programme)) as_of_node(c, programme->span);
  if (ladder) check_ladder(c, ladder);
  check_decides(c, programme);
  elaborate_all(c);
  c->depends = 0;
  check_fields(c);
  bool dated = needs_own_date(c);
  check_knowledge(c);
  check_tests(c);
  check_bodies(c);
  if (dated && !has_rules_as_of(programme) && !c->module)
    diag_add(c->diags, MSG_W0510, programme->name.span, programme->name.text, DIAG_END);
}

/* ---- the program ---- */

#define TAKE(array, counter) (p->array = c->array.at, p->counter = c->array.count)

static Program *finish(Checker *c) {
  Program *p = c->program;
  p->as_of = c->dated ? c->as_of : NO_NODE;
  p->as_known_on = c->known_facts && c->as_known_on_state == SYMBOL_DONE ? c->as_known_on : NO_NODE;
  p->level_type = c->level ? c->level->values : NULL;
  TAKE(inputs, input_count);
  TAKE(data_spaces, data_space_count);
  TAKE(spaces, space_count);
  TAKE(nodes, node_count);
  TAKE(arguments, argument_count);
  TAKE(constants, constant_count);
  TAKE(periods, period_count);
  TAKE(tables, table_count);
  TAKE(mentions, mention_count);
  TAKE(rules, rule_count);
  TAKE(levels, level_count);
  TAKE(criteria, criterion_count);
  TAKE(judgements, judgement_count);
  TAKE(defines, define_count);
  TAKE(parameters, parameter_count);
  TAKE(decisions, decision_count);
  TAKE(reports, report_count);
  TAKE(assumptions, assumption_count);
  TAKE(tests, test_count);
  TAKE(coverables, coverable_count);
  TAKE(decision_tables, decision_table_count);
  TAKE(table_uses, table_use_count);
  return p;
}

enum { FINGERPRINT_LENGTH = 16 };

static void fingerprint(Checker *c, uint32_t first_source, uint32_t count) {
  Program *p = c->program;
  Digest *all = digest_new(c->arena);
  p->files = arena_array(c->arena, SourceFile, count);
  p->file_count = count;
  for (uint32_t i = 0; i < count; i++) {
    const Source *source = c->diags->sources->at[first_source + i];
    Digest *one = digest_new(c->arena);
    digest_add(one, source->bytes);
    p->files[i] = (SourceFile){source->name, digest_hex(c->arena, one)};
    digest_add(all, p->files[i].digest);
  }
  View hex = count == 1 ? p->files[0].digest : digest_hex(c->arena, all);
  p->fingerprint = (View){hex.at, FINGERPRINT_LENGTH};
}

static void keep_modules(Checker *c) {
  bool *is_module = arena_array(c->arena, bool, c->diags->sources->count);
  for (uint32_t i = 0; i < c->decls.count; i++) {
    uint32_t source = c->decls.at[i]->span.source;
    if (c->decls.at[i]->kind == DECL_MODULE && !is_own_source(c, source)) is_module[source] = true;
  }
  c->program->is_module = is_module;
}

static void checker_init(Checker *c, Arena *arena, DiagQueue *diags) {
  *c = (Checker){.arena = arena, .diags = diags};
  c->program = arena_new_of(arena, Program);
  c->program->arena = arena;
  c->program->sources = diags->sources;
  map_init(&c->names, arena);
  map_init(&c->type_names, arena);
  map_init(&c->values, arena);
  map_init(&c->node_index, arena);
  map_init(&c->constant_index, arena);
  map_init(&c->written_types, arena);
  map_init(&c->list_types, arena);
  map_init(&c->inexact_types, arena);
  map_init(&c->space_index, arena);
  map_init(&c->copy_index, arena);
  map_init(&c->calls, arena);
  map_init(&c->made_index, arena);
  list_push(arena, &c->spaces, ((Space){SPACE_ROOT, NO_INDEX, 0}));
  types_init(c);
}

bool is_own_source(const Checker *c, uint32_t source) {
  return source >= c->first_source && source - c->first_source < c->own_sources;
}

static bool is_module(const Tree *tree) {
  for (uint32_t d = 0; d < tree->decls.count; d++)
    if (tree->decls.at[d]->kind == DECL_MODULE) return true;
  return false;
}

/* A module's tests, and the application that they judge, are its own affair. */
static bool stays_in_module(const Tree *tree, const Decl *decl) {
  return decl->kind == DECL_TEST || (decl->kind == DECL_APPLICATION && is_module(tree));
}

bool parse_into(Checker *c, uint32_t source) {
  const Vocabulary *vocabulary = c->vocabulary;
  if (!diag_text(c->diags, source)) return false;
  const Tree *tree = parse_source(c->arena, c->diags, source, &c->currencies, &vocabulary);
  while (c->vocabularies.count <= source) list_push(c->arena, &c->vocabularies, vocabulary);
  c->vocabularies.at[source] = vocabulary;
  for (uint32_t d = 0; d < tree->decls.count; d++) {
    Decl *decl = tree->decls.at[d];
    if (!is_own_source(c, source) && stays_in_module(tree, decl)) continue;
    list_push(c->arena, &c->decls, decl);
  }
  return true;
}

static bool parse_all(Checker *c) {
  for (uint32_t i = 0; i < c->own_sources; i++)
    if (!parse_into(c, c->first_source + i)) return false;
  c->vocabulary = c->vocabularies.at[c->first_source];
  return use_modules(c, c->first_source);
}

/* A module that is checked by itself stands in a programme of its name that asks nothing. */
static void module_as_programme(Checker *c) {
  const Decl *module = decl_of_kind(c, DECL_MODULE);
  if (!module || !is_own_source(c, module->span.source) || decl_of_kind(c, DECL_PROGRAMME)) return;
  Decl *programme = arena_copy(c->arena, module, sizeof *module);
  programme->kind = DECL_PROGRAMME;
  c->module = true;
  list_push(c->arena, &c->decls, programme);
  if (decl_of_kind(c, DECL_APPLICATION)) return;
  Decl *application = arena_new_of(c->arena, Decl);
  application->kind = DECL_APPLICATION;
  application->span = module->span;
  list_push(c->arena, &c->decls, application);
}

static Program *check_sources(Arena *arena, DiagQueue *diags, uint32_t first_source, uint32_t count, const char *folder,
                              const CheckOptions *options) {
  Checker *c = arena_new_of(arena, Checker);
  checker_init(c, arena, diags);
  c->folder = folder;
  c->first_source = first_source;
  c->own_sources = count;
  if (options) c->options = *options;
  if (!parse_all(c)) return NULL;
  module_as_programme(c);
  if (c->options.with_parameters) test_parameters(c);
  const Decl *programme = only_one(c, DECL_PROGRAMME, VIEW("programme"));
  const Decl *application = only_one(c, DECL_APPLICATION, VIEW("application"));
  Span beginning = {first_source, 0, 0};
  if (!programme)
    diag_add(diags, MSG_E0615, beginning, DIAG_END);
  else if (!application)
    diag_add(diags, MSG_E0616, programme->span, DIAG_END);
  if (programme) read_programme(c, programme);
  if (!programme || !application) return NULL;
  c->vocabulary = c->vocabularies.at[programme->span.source];
  check_all(c, programme, application);
  if (diags->errors) {
    accept_warnings(c);
    return NULL;
  }
  fingerprint(c, first_source, diags->sources->count - first_source);
  keep_modules(c);
  finish(c);
  if (c->options.deep) check_deep(c);
  accept_warnings(c);
  return c->program;
}

/* ---- entry points ---- */

static const char *folder_of(Arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return ".";
  char *folder = arena_alloc(arena, (size_t)(slash - path) + 2);
  memcpy(folder, path, slash == path ? 1 : (size_t)(slash - path));
  return folder;
}

bool check_read(Arena *arena, DiagQueue *diags, const char *path) {
  switch (source_read(arena, diags->sources, path)) {
  case SOURCE_OK: return true;
  case SOURCE_UNREADABLE: diag_add(diags, MSG_E0801, no_place, view_of(path), reason_of(errno), DIAG_END); break;
  case SOURCE_TOO_LARGE: diag_add(diags, MSG_E0802, no_place, view_of(path), DIAG_END); break;
  case SOURCE_NOT_REGULAR: diag_add(diags, MSG_E0803, no_place, view_of(path), DIAG_END); break;
  }
  return false;
}

Program *check_files(Arena *arena, DiagQueue *diags, const char *const *paths, uint32_t count) {
  return check_files_for(arena, diags, paths, count, NULL);
}

Program *check_files_for(Arena *arena, DiagQueue *diags, const char *const *paths, uint32_t count,
                         const CheckOptions *options) {
  uint32_t first = diags->sources->count;
  for (uint32_t i = 0; i < count; i++)
    if (!check_read(arena, diags, paths[i])) return NULL;
  return check_sources(arena, diags, first, count, folder_of(arena, paths[0]), options);
}

Program *check_text(Arena *arena, DiagQueue *diags, View name, View text) {
  uint32_t first = diags->sources->count;
  source_add(arena, diags->sources, name, text);
  return check_sources(arena, diags, first, 1, NULL, NULL);
}
