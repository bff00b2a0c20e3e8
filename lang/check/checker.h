/* Checker: the state of one check, and what its parts offer each other.
 * Internal to this folder. The way through it:
 *   modules.c   what the text uses;  files.c, csv.c  files beside it
 *   symbols.c   every declared name, once;  order.c  which is elaborated before which
 *   types.c     type expressions, records, the application's inputs
 *   tables.c    data in tables
 *   dates.c     programme dates: ladder, parameters, valid from/until;  on.c, at_date.c  the same at another date
 *   expr.c …    expressions to nodes (builder.c keeps equal nodes once); currency.c  rates, from one currency to another
 *   signature.c what a call brings to a function (user_functions.c) or a decision table (decision_table.c, table_….c)
 *   rules.c     requirements;  criteria.c  criteria and judgements;  levels.c  levels, scores;  decides.c  what is decided
 *   tests.c     the text's own tests
 *   deep.c      what the text proves by itself (bounds.c, facts.c, proof.c);  accept.c  what of it is accepted
 *   check.c     the order of it all
 * Definitions are elaborated when first needed; a definition needed while it
 * is being elaborated is a cycle. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "base/map.h"
#include "check/check.h"
#include "check/test.h"
#include "scan/special.h"
#include "tree/parse.h"

/* For functions on the way around the recursion through expressions: inlined into one another, the locals of all of them
 * would stand in each of its frames. */
#define APART __attribute__((noinline))

/* ---- symbols ---- */
typedef enum SymbolKind {
  SYMBOL_TYPE,
  SYMBOL_RECORD,
  SYMBOL_FIELD,
  SYMBOL_DATA,
  SYMBOL_PARAMETER,
  SYMBOL_DEFINE,
  SYMBOL_CRITERION,
  SYMBOL_JUDGEMENT,
  SYMBOL_LEVEL,
  SYMBOL_BRAND,
  SYMBOL_BUNDLE,
  SYMBOL_RULE,
  SYMBOL_REPORT,
  SYMBOL_DECISION,
  SYMBOL_FUNCTION,
  SYMBOL_TABLE
} SymbolKind;

/* What a meaning depends on besides the application's data. */
enum { DEPENDS_ON_DATE = 1, DEPENDS_ON_KNOWLEDGE = 2, DEPENDS_ON_AS_OF = 4 /* on the programme's own date */ };

typedef enum SymbolState { SYMBOL_NEW, SYMBOL_BUSY, SYMBOL_DONE } SymbolState;

typedef struct Symbol {
  SymbolKind kind;
  SymbolState state;
  Name name;
  const Decl *decl;
  uint32_t index;           /* of the program's array of its kind; LEVEL…: of levels; FIELD: of application->fields */
  const Type *type;         /* TYPE, RECORD, and of values once known */
  struct Value *value;      /* DEFINE, PARAMETER, REPORT, DECISION when done */
  Requirement *requirement; /* RULE: what is to be checked when it is first needed; index is then its rule */
  Phase phase;
  bool broken;                      /* a mistake was told while it was elaborated */
  bool ordered;                     /* order.c has come to it */
  uint32_t step;                    /* where it stands on the way of order.c, from 1; 0: not on it */
  uint32_t periods;                 /* PARAMETER: 1 + the first of its periods; 0: not made */
  uint32_t depends, depends_before; /* DEPENDS_ON_…, once it is done; what c->depends was before it */
} Symbol;
typedef LIST(Symbol *) SymbolList;

/* ---- values: what an expression is, during checking ---- */
typedef enum ValueKind { VALUE_NOTHING, VALUE_SCALAR, VALUE_RECORD, VALUE_LIST, VALUE_RANGE } ValueKind;

/* A record: the row of a space (an application, an item, a table's row), or the one that a PICK chose. Where space is
 * NO_INDEX it is the outputs of a decision table, and `input` of each field in the shape is its node. */
typedef struct RecordRef {
  uint32_t space;
  const Shape *shape;
  uint32_t table;          /* NO_INDEX: not a table's row */
  uint32_t pick;           /* PICK node or NO_NODE */
  const struct Made *made; /* not of the data or a table: put together in the text (records.c); or NULL */
} RecordRef;

/* The order of a list, where it is not that in which the items stand. Keys are nodes in the items' space. */
typedef struct Order {
  uint32_t count;
  const uint32_t *keys; /* the weightiest first */
  uint64_t descending;  /* bit k: by key k from the largest */
  bool from_last;       /* equal ones from the last */
} Order;

typedef struct Value {
  ValueKind kind;
  const Type *type;
  uint32_t node;            /* SCALAR */
  RecordRef record;         /* RECORD */
  ListRef list;             /* LIST */
  struct Value *element;    /* LIST: an item, in list.space */
  const Order *order;       /* LIST; NULL: as the items stand */
  struct Value *low, *high; /* RANGE */
  bool low_open, high_open;
} Value;

/* A name that an expression sees besides the programme's: the item of a filter, a `for` variable. */
typedef struct Scope {
  const struct Scope *outer;
  View name; /* "item" where the text gives none */
  Value value;
  bool open; /* the record's fields are seen without a prefix */
} Scope;

typedef LIST(Mention) MentionList;

/* Where an expression stands. */
typedef struct Env {
  uint32_t space;
  const Scope *scope;
  MentionList *mentions; /* or NULL */
  const Type *expected;  /* for names of enumeration values; or NULL */
  const Value *it;       /* in a cell: what it is held against; or NULL */
  uint32_t on;           /* `X on DATE`: 1 + the node of that date; 0: the date that picks the rules */
  uint32_t known_on;     /* `as known on`: likewise; 0: as the programme says */
  bool arguments_only;   /* in a function: nothing of the application is seen but through its arguments */
} Env;

/* ---- what the deep checks look at once everything is known (deep.c) ---- */
typedef enum ClaimKind {
  CLAIM_REQUIREMENT,
  CLAIM_WHEN,
  CLAIM_UNLESS,
  CLAIM_THRESHOLD,
  CLAIM_MINIMUM,
  CLAIM_ADVANTAGE,
  CLAIM_AT_MOST,
  CLAIM_AT_LEAST,
} ClaimKind;

/* A condition (or, of a cap, a value and its limit) that the text has for a purpose: it should make a difference. */
typedef struct Claim {
  ClaimKind kind;
  View name;
  Span span;
  uint32_t node;
  uint32_t other; /* REQUIREMENT: its `when`; THRESHOLD: the score; a cap: the limit; NO_NODE */
} Claim;

/* A choice or an `if`: where its condition leads, and where the rest does. */
typedef struct Branch {
  uint32_t condition;
  Span taken, rest; /* rest: of the last one; start == end: nothing stands there */
  uint32_t next;    /* the branch that stands in the rest, NO_INDEX */
  bool is_choice, is_next;
} Branch;

/* A variable that hides another name; `other`: where that is declared, start == end: another variable. */
typedef struct Hidden {
  Name name;
  Span other;
} Hidden;

/* A call that need not be elaborated again, and what its value depends on (DEPENDS_ON_…). */
typedef struct MadeCall {
  Value value;
  uint32_t depends;
} MadeCall;

typedef struct Checker {
  Arena *arena;
  DiagQueue *diags;
  const Vocabulary *vocabulary;          /* of the text that is being elaborated */
  LIST(const Vocabulary *) vocabularies; /* of each source */
  uint32_t first_source, own_sources;    /* those that were named; behind them come the modules */
  ViewList currencies;                   /* that the sources have named so far */
  Program *program;
  DeclList decls;
  Map names;      /* -> symbols */
  Map type_names; /* of types and records, which are another set */
  SymbolList symbols;
  SymbolList busy; /* being elaborated, for cycles */
  Map values;      /* names of enumeration values -> value_uses (1-based chain head) */
  LIST(struct ValueUse) value_uses;
  Map node_index;     /* node key -> node */
  Map constant_index; /* constant key -> constants */
  Map list_types;     /* address of the element's type -> types */
  Map inexact_types;  /* address of the exact type -> types */
  Map space_index;    /* kind, parent, index -> spaces */
  Map written_types;  /* address of a TypeExpr -> types: an enumeration written in a field is one type */
  LIST(Type *) types;
  LIST(Node) nodes;
  LIST(uint32_t) arguments;
  LIST(Constant) constants;
  LIST(Period) periods;
  LIST(Space) spaces;
  LIST(Input) inputs;
  LIST(Expr *) assumed;        /* one for each input: its `assumed … if missing`, or NULL */
  LIST(Expr *) complete;       /* one for each data space: its `complete when`, or NULL */
  LIST(const Expr *) in_field; /* those of both kinds that are being elaborated, for cycles */
  LIST(DataSpace) data_spaces;
  LIST(Table) tables;
  MentionList mentions;
  LIST(Rule) rules;
  LIST(Level) levels;
  LIST(Criterion) criteria;
  LIST(Judgement) judgements;
  LIST(Define) defines;
  LIST(Parameter) parameters;
  LIST(Answer) decisions;
  LIST(Answer) reports;
  LIST(Assumption) assumptions;
  LIST(FieldShape) fields; /* of the application */
  LIST(Claim) claims;
  LIST(Branch) branches;
  LIST(Hidden) hidden;
  const Type *error, *yes_no, *number, *whole, *text, *date, *moment, *months, *duration, *level;
  const char *folder; /* of the programme's first file */
  uint32_t as_of;     /* node, made when first needed */
  SymbolState as_of_state;
  uint32_t as_of_busy;  /* what was busy when it was begun */
  uint32_t as_known_on; /* `as known on` of the programme: node, made when first needed; NO_NODE: all is known */
  SymbolState as_known_on_state;
  uint32_t depends;           /* DEPENDS_ON_…: of what is being elaborated, so far */
  SymbolList rule_symbols;    /* of rules, by their index; NULL: a member of a group */
  LIST(struct Copy *) copies; /* at_date.c */
  Map copy_index;
  uint32_t ladder_periods;          /* 1 + the first of the ladder's periods; 0: not made */
  bool known_facts;                 /* something has a `known from` */
  uint64_t elaborated, copied_work; /* expressions, in all; those of copies, and the requirements in their levels */
  bool too_many_copies;             /* was reported */
  LIST(struct DateText) date_texts; /* how the dates behind `on` are written */
  bool dated;                       /* something depends on the date */
  uint32_t depth;                   /* of expressions that are being elaborated, through all definitions */
  uint32_t record_depth;            /* of records in records */
  uint32_t searched;                /* names that were looked at for suggestions */
  uint32_t taken_rules;             /* by all levels together */
  bool too_many_inputs;             /* was reported */
  uint32_t unsound; /* conditions of requirements that stand for `yes`, because something in them is a mistake */
  Symbol *common;   /* `every application`; it has no name to be found by */
  CheckOptions options;
  bool module;    /* a module's text, whose programme was made up to run its tests */
  bool in_tests;  /* what is elaborated belongs to a test */
  bool in_bodies; /* …, or to a function that nothing calls */
  LIST(TestCase) tests;
  LIST(Coverable) coverables;
  LIST(struct Signature *) signatures; /* of functions and decision tables, by symbol->index */
  Map calls;                           /* signature.c: what was called with what -> made_calls */
  LIST(MadeCall) made_calls;
  Map made_index; /* records.c: what a record of the text is made of -> made */
  LIST(struct Made *) made;
  LIST(DecisionTable) decision_tables;
  LIST(TableUse) table_uses;
  bool calls_refused; /* there are too many calls, or they are nested too deep; told */
  uint32_t inlined;   /* expressions elaborated inside functions, for all calls together */
} Checker;

/* The text of a date behind `on`. */
typedef struct DateText {
  uint32_t node;
  View text;
} DateText;

typedef struct ValueUse {
  const Type *type;
  uint32_t code;
  uint32_t next; /* index + 1 */
} ValueUse;

/* The words of the text in which `span` stands count from here on: a module may be written in another language. Returns
 * the words that counted before, to be put back. */
static inline const Vocabulary *speak(Checker *c, Span span) {
  const Vocabulary *before = c->vocabulary;
  if (span.source < c->vocabularies.count) c->vocabulary = c->vocabularies.at[span.source];
  return before;
}

/* ---- order.c ---- */
void elaborate_all(Checker *c); /* definitions, tables, requirements, levels */
/* What a symbol's text names, but for what stands before an `on`. */
void needs_of(Checker *c, const Symbol *symbol, SymbolList *needs);

/* ---- symbols.c ---- */
Symbol *symbol_add(Checker *c, SymbolKind kind, Name name, const Decl *decl, uint32_t index);
Symbol *symbol_find(const Checker *c, View name); /* of a value, a requirement or a level */
Symbol *type_find(const Checker *c, View name);   /* of a type or record */
View nearest_type_name(Checker *c, View name);
void report_twice(Checker *c, View name, Span a, Span b); /* E0302 */
/* "a → b → a": what is being elaborated, from the `first` on, and the name that closes the circle */
View cycle_text(Checker *c, uint32_t first, View closing);
const char *symbol_kind_name(SymbolKind kind);
/* Begins or refuses to elaborate; false: it is being elaborated already (the cycle was reported). */
bool symbol_begin(Checker *c, Symbol *symbol, Span use);
bool symbol_is_too_deep(const Checker *c); /* nothing more may be begun inside what is being elaborated */
void symbol_end(Checker *c, Symbol *symbol);
/* The same for `assumed … if missing` and `complete when`, which fields carry. */
bool field_begin(Checker *c, const Expr *expr, View field);
void field_end(Checker *c);
void value_name_add(Checker *c, const Type *type, uint32_t code, Name name);
const ValueUse *value_name_find(const Checker *c, View name);
/* Reports E0301 or, where more can be said, another of its kind. */
void report_unknown(Checker *c, const Env *env, View name, Span span);
View nearest_name(Checker *c, const Env *env, View name);
/* The candidate that was most likely meant: Nearest best = nearest_to(name); consider each; best.name, empty: none. */
typedef struct Nearest {
  View wanted, name;
  unsigned distance; /* the first that is too far */
} Nearest;
Nearest nearest_to(View wanted);
void consider(Checker *c, Nearest *best, View candidate);
View nearest_field(Checker *c, const Shape *shape, View name);
/* As view_distance, but names that nobody could have meant are far apart, and too many searches find nothing. */
unsigned name_distance(Checker *c, View a, View b, unsigned limit);
View some_of_names(Checker *c, const View *names, uint32_t count); /* "a, b, c, …" */

/* ---- types.c ---- */
void types_init(Checker *c);
const Type *money_of(Checker *c, View currency);
const Type *list_type(Checker *c, const Type *element);
const Type *enum_type(Checker *c, View name, const NameList *values, bool ordered, bool is_level);
const Type *type_of_expr(Checker *c, const TypeExpr *type, View name); /* `name`: of what it is declared for */
const Type *record_type(Checker *c, const Decl *decl);
void application_shape(Checker *c, const Decl *application);
/* A value of this type that nobody gives, as a field: for bodies that are checked without a call. */
FieldShape placeholder_field(Checker *c, const Param *param, const Type *type);
uint32_t input_add(Checker *c, View name, const Type *type, InputRole role, uint32_t data_space, Span span);
void field_add(Checker *c, FieldShape field); /* to the application */
/* The same type with, and without, the mark of what is right to 34 digits only. */
const Type *type_inexact(Checker *c, const Type *type);
const Type *type_exact(Checker *c, const Type *type);
Constant constant_of_literal(Checker *c, const Expr *literal, const Type *type);
Range bounds_of(Checker *c, const TypeExpr *type, const Type *of);

/* ---- builder.c: nodes ---- */
uint32_t node_add(Checker *c, Node node); /* an equal one is found again */
uint32_t node_constant(Checker *c, Constant constant, uint32_t space, Span span);
uint32_t node_number(Checker *c, Num number, const Type *type, uint32_t space, Span span);
uint32_t node_yes_no(Checker *c, bool yes, uint32_t space, Span span);
uint32_t node_unary(Checker *c, OpKind op, const Type *type, uint32_t a, Span span);
uint32_t node_binary(Checker *c, OpKind op, const Type *type, uint32_t a, uint32_t b, Span span); /* spreads */
const Type *type_joined(const Checker *c, const Type *a, const Type *b);
uint32_t node_if(Checker *c, uint32_t condition, uint32_t yes, uint32_t no, Span span);
uint32_t node_and(Checker *c, uint32_t a, uint32_t b, Span span); /* NO_NODE counts as yes */
uint32_t node_or(Checker *c, uint32_t a, uint32_t b, Span span);
uint32_t node_not(Checker *c, uint32_t a, Span span);
/* `node` of an enclosing space, in `space`. */
uint32_t node_spread(Checker *c, uint32_t node, uint32_t space, Span span);
const Constant *node_as_constant(const Checker *c, uint32_t node);
uint32_t arguments_add(Checker *c, const uint32_t *nodes, uint32_t count);
uint32_t constant_add(Checker *c, Constant constant);
uint32_t space_get(Checker *c, SpaceKind kind, uint32_t parent, uint32_t index);
uint32_t space_deeper(const Checker *c, uint32_t a, uint32_t b);
bool space_encloses(const Checker *c, uint32_t outer, uint32_t inner);

/* ---- expr.c and its parts: expressions ---- */
Value elaborate(Checker *c, const Env *env, const Expr *expr);
Value elaborate_as(Checker *c, const Env *env, const Expr *expr, const Type *type); /* reports another type */
uint32_t elaborate_condition(Checker *c, const Env *env, const Expr *expr); /* a yes/no node, any enclosing space */
uint32_t elaborate_scalar(Checker *c, const Env *env, const Expr *expr, const Type *type);
Value elaborate_body(Checker *c, const Env *env, const Body *body, const Type *type, Answer *reasons);
/* v as a value of `type`; reports E0403 where it is not. */
Value value_expect(Checker *c, Value v, const Type *type, Span span);
View type_name(const Type *type);

/* names.c */
Value value_scalar(const Checker *c, uint32_t node);
Value value_nothing(const Checker *c);
bool is_nothing(const Value *v);
Value elaborate_name(Checker *c, const Env *env, const Expr *expr);
Value elaborate_field(Checker *c, const Env *env, const Expr *expr);
Value symbol_value(Checker *c, const Env *env, Symbol *symbol, Span use);
Value record_field(Checker *c, const RecordRef *record, uint32_t index, Span span);
bool find_field(const RecordRef *record, View name, uint32_t *index);
void report_no_field(Checker *c, const RecordRef *record, View name, Span span);
/* A column of the list that `space` goes back to, seen in `space`; of an item that was picked. */
uint32_t column_in(Checker *c, uint32_t node, uint32_t space, Span span);
uint32_t picked(Checker *c, uint32_t node, uint32_t pick, Span span);
Value record_value(const Checker *c, RecordRef record);
/* A variable that hides a name from what stands inside (W0348). */
void warn_hidden(Checker *c, const Env *env, View name, Span span);
/* E0902: a function sees only its arguments, and what is the same for every application. */
void report_outside(Checker *c, View name, const char *kind, Span use);
/* Adds to what an explanation shows, each name once. */
void mention(Checker *c, const Env *env, MentionKind kind, View name, Value value, uint32_t target);

/* compare.c */
Value elaborate_comparison(Checker *c, const Env *env, const Expr *expr);
uint32_t node_equal(Checker *c, Value a, Value b, Span span);
uint32_t node_less(Checker *c, Value a, Value b, Span span);
bool comparable(Checker *c, const Value *a, const Value *b, const Expr *expr, bool ordered);

/* arith.c */
Value elaborate_arithmetic(Checker *c, const Env *env, const Expr *expr);

/* lists.c */
Value elaborate_ordered(Checker *c, const Env *env, const Expr *expr);
Value elaborate_where(Checker *c, const Env *env, const Expr *expr);
Value elaborate_binding(Checker *c, const Env *env, const Expr *expr);
Value elaborate_counted(Checker *c, const Env *env, const Expr *expr);
Value elaborate_list(Checker *c, const Env *env, const Expr *expr);
Value list_of_nodes(Checker *c, const uint32_t *elements, const uint32_t *members, uint32_t count, const Type *element,
                    uint32_t parent, Span span);
Value list_of_values(Checker *c, const Value *values, uint32_t count, uint32_t parent, Span span); /* one at least */
/* The list as it is iterated over from `env`: its items' parents are the rows of env->space. */
Value list_from(Checker *c, const Env *env, const Value *list, Span span);
uint32_t list_count(Checker *c, const ListRef *list, Span span);
uint32_t list_every(Checker *c, const ListRef *list, uint32_t condition, Span span);
uint32_t list_some(Checker *c, const ListRef *list, uint32_t condition, Span span);
uint32_t list_parent(const Checker *c, const ListRef *list);
/* The same list, for each row of a space that its parent encloses. */
Value list_in(Checker *c, uint32_t space, const Value *list, Span span);
uint32_t list_complete(Checker *c, const ListRef *list, Span span); /* in the parent space, or NO_NODE */
ListRef list_where(Checker *c, const ListRef *list, uint32_t condition, Span span);
/* The one item of the list for which `condition` holds; at most one can where it stands at a place (from 0), which is
 * NO_NODE otherwise. */
Value list_pick(Checker *c, const Value *list, uint32_t condition, uint32_t place, Span span);

/* sequence.c: lists in their order, and one behind another */
uint32_t list_position(Checker *c, const Value *list, Span span); /* from 0, in the items' space */
/* A place as it is written (1 the first, -1 the last) as a position, from 0. */
uint32_t position_of_place(Checker *c, const Value *list, uint32_t place, Span span);
Value list_at(Checker *c, const Value *list, uint32_t position, Span span);    /* from 0 */
Value list_at_place(Checker *c, const Value *list, uint32_t place, Span span); /* from 1, or from -1 at the end */
const Order *order_by(Checker *c, const Order *before, uint32_t key, bool descending);
const Order *order_reversed(Checker *c, const Order *order);
/* Lists one behind another; conditions[i] says whether the i-th is there at all, NULL: all are. */
Value list_chain(Checker *c, const Value *lists, const uint32_t *conditions, uint32_t count, Span span);
Value elaborate_place(Checker *c, const Env *env, const Expr *expr, const Value *list, Value place);

/* records.c: records put together in the text, and their equality */
Value elaborate_record(Checker *c, const Env *env, const Expr *expr);
Value made_field(Checker *c, const RecordRef *record, uint32_t index, Span span);
Value record_choice(Checker *c, uint32_t condition, const Value *yes, const Value *no, Span span);
Value record_within(Checker *c, const Value *record, uint32_t space); /* the same one for every row of it */
Value list_of_records(Checker *c, const Value *records, uint32_t count, const Type *type, uint32_t parent, Span span);
Value records_chained(Checker *c, const Value *records, uint32_t count, uint32_t space); /* the rows of a CHAIN */
uint32_t records_equal(Checker *c, const Value *a, const Value *b, Span span);
uint32_t value_space(const Checker *c, const Value *value); /* of a single value or a record */
/* The single values that a value is made of, as nodes in `space`; false, and a report, where one is a list. */
typedef LIST(uint32_t) NodeList;
bool value_nodes(Checker *c, const Value *value, uint32_t space, Span span, NodeList *out);

/* functions.c */
Value elaborate_call(Checker *c, const Env *env, const Expr *expr);

/* user_functions.c: functions of the text, elaborated anew for each use */
Value elaborate_function(Checker *c, const Env *env, Symbol *symbol, const Expr *call);
void check_function(Checker *c, Symbol *symbol);
/* Elaborates the bodies of all functions and decision tables once with unknown arguments, so that those that nothing
 * calls are checked too, and takes back what that made. The last step of a check. */
void check_bodies(Checker *c);

/* decision_table.c */
void check_decision_table(Checker *c, Symbol *symbol);

/* table_use.c */
struct Signature;
/* The table over these values; `use` is where it is asked. */
Value lookup_value(Checker *c, const Env *env, struct Signature *signature, const Value *values, Span use);
Value elaborate_lookup(Checker *c, const Env *env, Symbol *symbol, const Expr *call);

/* on.c: another date than the programme's, another currency */
Value elaborate_on(Checker *c, const Env *env, const Expr *expr);
bool is_fulfils(const Checker *c, const Expr *call);
Value elaborate_fulfils(Checker *c, const Env *env, const Expr *call); /* fulfils(level held) */

/* currency.c */
Value elaborate_in_currency(Checker *c, const Env *env, const Expr *expr);
bool is_rate_name(View name);                        /* “NOK per EUR” */
const Type *rate_type(Checker *c, const Name *name); /* reports what is none */
Value rate_literal(Checker *c, const Type *rate, const Expr *number);

/* at_date.c: what definitions, requirements and levels mean at another date */
bool is_at_other_date(const Env *env, const Symbol *symbol);
Value value_at_date(Checker *c, const Env *env, Symbol *symbol, Span use);
uint32_t rule_at_date(Checker *c, const Env *env, Symbol *symbol, Span use);
const Level *level_at_date(Checker *c, const Env *env, Symbol *symbol, Span use); /* NULL: reported */
const MentionList *mentions_at_date(Checker *c, const Env *env, const Symbol *symbol);
View name_at_date(Checker *c, const Env *env, const Symbol *symbol);

/* modules.c: reads what `use` names, and what that uses */
bool use_modules(Checker *c, uint32_t first_source); /* false where a file is no text at all: nothing can be trusted */

/* files.c: files beside the programme */
typedef enum FileState { FILE_READ, FILE_OUTSIDE, FILE_UNREADABLE, FILE_TOO_LARGE, FILE_NOT_REGULAR } FileState;
/* Reads the file that `name` names in `source`, into the list. */
FileState file_beside(Checker *c, uint32_t source, View name, SourceList *into);
char *path_beside(Checker *c, uint32_t source, View name);
/* The path without reading it; false: it leads out of the programme's folder. */
bool is_path_beside(Checker *c, uint32_t source, View name, const char **path);
View folder_of_source(const Checker *c, uint32_t source);
View file_fault(void); /* why the last one was unreadable */

/* check.c: parses one source and adds its declarations; false: it is no text */
bool parse_into(Checker *c, uint32_t source);
/* Is it of the files that were named, not one that these use? */
bool is_own_source(const Checker *c, uint32_t source);

/* tests.c, expectations.c, test_data.c */
void check_tests(Checker *c);
/* Gives parameters what the test case of `options` gives to them; before anything is elaborated. */
void test_parameters(Checker *c);
void cover(Checker *c, CoverableKind kind, Span span, uint32_t node);
/* Of the test's (or the case's) expectations; false where a mistake was told. */
typedef LIST(Expectation) ExpectationList;
void expect_expr(Checker *c, const Expr *expr, View text, ExpectationList *out);
void expect_missing(Checker *c, const Item *item, ExpectationList *out);
void expect_possible(Checker *c, const Item *item, ExpectationList *out);
View test_word(const Checker *c, Special word);
bool is_test_word(const Checker *c, const Expr *expr, Special word); /* that name and nothing else */
bool begins_with_possible(const Checker *c, View name);
/* The field of this name; else NULL, and told. `of`: what it is a field of. */
const FieldShape *test_field(Checker *c, const Shape *shape, View of, const Name *name);
/* The value as JSON, or false where a mistake was told. Several cells are a list. */
bool test_value(Checker *c, const FieldShape *field, const Expr *expr, Writer *w);
bool test_values(Checker *c, const FieldShape *field, const ExprList *cell, Span span, Writer *w);

/* ---- dates.c ---- */
uint32_t as_of_node(Checker *c, Span use);
/* The day that a dated value is looked up by where `env` stands, and the one on which it must have been known (NO_NODE:
 * no such). Both note that what is being elaborated depends on them. */
uint32_t date_of_rules(Checker *c, const Env *env, Span use);
uint32_t date_of_knowledge(Checker *c, const Env *env, Span use);
void check_ladder(Checker *c, const Decl *ladder);
void check_knowledge(Checker *c); /* `as known on` of the programme */
Value parameter_value(Checker *c, const Env *env, Symbol *symbol);
uint32_t available_node(Checker *c, const Env *env, uint32_t level_code, const Decl *ladder, const Decl *decl);
/* The day after which a level is never there again; false where there is none. */
bool last_day_of_level(const Checker *c, uint32_t level_code, const Decl *ladder, const Decl *decl, int64_t *day);
const Type *ladder_levels(Checker *c, const Decl *ladder);
bool ladder_is_too_large(Checker *c, const Decl *ladder); /* and reported */

/* ---- deep.c: what the text itself proves; where there are no errors ---- */
void check_deep(Checker *c);
void claim_add(Checker *c, ClaimKind kind, View name, Span span, uint32_t node, uint32_t other);

/* accept.c: takes out the warnings that the text accepts */
void accept_warnings(Checker *c);

/* ---- tables.c ---- */
Value table_value(Checker *c, const Env *env, Symbol *symbol);
void check_table(Checker *c, Symbol *symbol);

/* ---- rules.c, levels.c, criteria.c ---- */
uint32_t check_rule(Checker *c, const Requirement *requirement, Phase phase, View prefix);
uint32_t rule_on_demand(Checker *c, Symbol *symbol, Span use);                       /* NO_INDEX in a cycle */
uint32_t rule_fulfilled(Checker *c, const Env *env, const Requirement *requirement); /* for at_date.c */
Level *level_for_dates(Checker *c, const Env *env, Symbol *symbol);                  /* likewise */
uint32_t level_met(Checker *c, const Env *env, Symbol *symbol, Span use);
bool check_level(Checker *c, Symbol *symbol, Span use); /* false in a cycle */
Level *common_level(Checker *c);                        /* `every application`, or NULL */
void levels_collect(Checker *c);                        /* their symbols, and those of their requirements */
uint32_t score_node(Checker *c, const Env *env, Span use);
void keep_title(Checker *c, const Item *item, View titles[LANGUAGE_COUNT]);
bool criterion_has_scale(const Criterion *criterion); /* false where its scale was a mistake */
void check_criterion(Checker *c, Symbol *symbol);
void check_judgement(Checker *c, Symbol *symbol);
void check_decides(Checker *c, const Decl *programme);
void report_second(Checker *c, const Item *item, const Item *first, TokenKind keyword); /* E0614 */
const Decl *decl_of_kind(const Checker *c, DeclKind kind);                              /* the first, or NULL */

#endif
