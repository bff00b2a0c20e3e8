/* The checked program: what everything behind the front end reads.
 *
 * Flat arrays, ids are indices, everything lives in one arena and is never
 * changed after checking. Expressions are nodes in dependency order, equal
 * ones once. Each node has a space: the rows it has a value for. Space 0 is
 * the applications; a list makes a space of its items, whose rows each belong
 * to one row of the parent space. A list value is therefore not a node but a
 * ListRef: a space and, for filters, a yes/no node that says which items
 * belong. Requirements, levels, decisions and reports name nodes. */
#ifndef CHECK_PROGRAM_H
#define CHECK_PROGRAM_H

#include "base/calendar.h"
#include "base/map.h"
#include "base/num.h"
#include "check/type.h"
#include "text/source.h"

#define TERSKEL_VERSION "0.1.0"

/* "none", for ids of nodes and for indices */
#define NO_NODE UINT32_MAX
#define NO_INDEX UINT32_MAX
#define ROOT_SPACE 0u

/* ---- values known from the text ---- */
typedef struct Constant {
  const Type *type;
  Num number;    /* number-like types */
  bool yes;      /* YES_NO */
  uint32_t code; /* ENUM */
  View text;     /* TEXT */
  bool missing;  /* an empty cell of a data table */
} Constant;

/* An interval; what an unknown number may still be. */
typedef struct Range {
  Num low, high;
  bool has_low, has_high;
  bool low_open, high_open;
  bool may_fail; /* some completion is an error, so nothing definite follows from the bounds */
} Range;

/* ---- what an application looks like ---- */
typedef enum InputRole { INPUT_FIELD, INPUT_CRITERION, INPUT_JUDGEMENT } InputRole;

/* One column that the data fills. */
typedef struct Input {
  View name;        /* path as shown to people: "members.sector", "received" */
  const Type *type; /* scalar */
  InputRole role;
  uint32_t space; /* data space: index into data_spaces */
  Range bounds;   /* declared bounds or the scale; for number-like types */
  bool has_step;  /* criteria: points lie on low + k * step */
  Num step;
  uint32_t node; /* its INPUT node */
  Span span;
} Input;

/* Rows that the data makes: 0 the applications, then one for each list. */
typedef struct DataSpace {
  uint32_t parent; /* data space */
  View name;       /* path of the list field; empty for space 0 */
  uint32_t given;  /* yes/no input column in the parent data space: was the list there? (written by the reader) */
} DataSpace;

struct Shape;

typedef struct FieldShape {
  View name; /* as declared, composed (NFC) */
  View title;
  const Type *type;
  InputRole role;
  uint32_t input;            /* scalar: index of its input; else NO_INDEX */
  uint32_t data_space;       /* list: the data space of its items */
  uint32_t given;            /* list or record: yes/no input column that says whether it was there */
  const struct Shape *shape; /* record, or list of records: the fields; list of scalars: one field without a name */
} FieldShape;

/* The fields of an application, of a record or of the items of a list. */
typedef struct Shape {
  View name;
  FieldShape *fields;
  uint32_t count;
} Shape;

/* ---- spaces and nodes ---- */
typedef enum SpaceKind {
  SPACE_ROOT,
  SPACE_DATA,
  SPACE_TABLE,
  SPACE_LITERAL,
  SPACE_REPEAT,
  SPACE_INNER,
  SPACE_CHAIN
} SpaceKind;

typedef struct Space {
  SpaceKind kind;
  uint32_t parent; /* NO_INDEX for the root */
  uint32_t index; /* DATA: data space; TABLE: table; LITERAL: number of items; REPEAT: the space it repeats, for every row
                      of the parent; INNER: the same for the items of a repeated item; CHAIN: where the arguments tell the number of parts, their spaces, and for each its completeness or NO_NODE */
} Space;

/* Do its rows stand for rows of the space `index`? */
static inline bool space_repeats(const Space *space) {
  return space->kind == SPACE_REPEAT || space->kind == SPACE_INNER;
}

typedef enum OpKind {
#define OP(kind, what) OP_##kind,
#include "check/op.def"
#undef OP
  OP_COUNT_OF_KINDS
} OpKind;

typedef struct Node {
  OpKind op;
  const Type *type;
  uint32_t space;
  uint32_t a, b, c;      /* operands or NO_NODE */
  uint32_t first, count; /* arguments[first … first + count) */
  uint32_t index;
  uint64_t mask;    /* IN_MASK */
  NumRounding mode; /* ROUND */
  Span span;        /* where it is written (the first time) */
  View label;
} Node;

/* A list as the text means it. */
typedef struct ListRef {
  uint32_t space;    /* of its items */
  uint32_t member;   /* yes/no node in that space, NO_NODE: all belong */
  uint32_t complete; /* yes/no node in the parent space; NO_NODE: nothing can be added */
} ListRef;

typedef struct Period {
  int64_t from;       /* day; holds until the next period */
  int64_t known_from; /* day on which it became known; DATE_MIN: it always was */
  View source;
} Period;

typedef struct Table {
  View name;
  View source;
  uint32_t row_count, column_count;
  View *column_names;
  const Type **column_types;
  Constant *cells; /* row by row; of a list: yes or missing, its values stand in table cells[column].code */
} Table;

/* ---- decision tables ---- */

/* What a table gives where rows fit; the same words as the text's hit policies. */
typedef enum RowPolicy {
  ROWS_ONE,
  ROWS_ANY,
  ROWS_FIRST,
  ROWS_HIGHEST,
  ROWS_LOWEST,
  ROWS_ALL,
  ROWS_SUM,
  ROWS_COUNT
} RowPolicy;

/* One input of a table, cut where some cell begins or ends to fit: into segments, numbered from 0 upwards. Of numbers
 * these are intervals, of enumerations and yes/no the values, of texts those that are named, in the order of the map,
 * and behind them any other. The rows that fit in segment k are bits[k / stride], with the rows in toggles turned over
 * for each segment behind it up to k. */
typedef struct Axis {
  const Type *type;
  uint32_t segments;
  bool names_missing; /* some cell names `missing`: then a missing value fits in these rows, else in those it may have */
  uint64_t *missing;  /* rows that fit a missing value, where it is named */
  Num *starts;        /* numbers: segment k + 1 begins at starts[k], directly behind it where behind[k] */
  bool *behind;
  int64_t *units; /* starts in units / 10^scale; NULL where one has none */
  unsigned scale;
  Map texts; /* -> segment */
  uint32_t words, stride;
  uint64_t *bits;
  uint32_t *toggles, *toggle_first; /* those of segment k: [toggle_first[k], toggle_first[k + 1]) */
} Axis;

typedef struct DecisionRow {
  Span span; /* in the rules, or in the text that a file was read as */
  uint32_t line;
} DecisionRow;

/* A table as the text has it. Rows are numbered from 0 in the text's order; where they are tried, in `order`. */
typedef struct DecisionTable {
  View name, source;
  View titles[2];
  View file; /* the rows stand in this file; empty: in the rules */
  Span span;
  RowPolicy policy;
  View *inputs;
  const Type **input_types;
  uint32_t input_count;
  View *outputs; /* one without a name where the table gives a single value */
  const Type **output_types;
  uint32_t output_count;
  DecisionRow *rows;
  uint32_t row_count;
  uint32_t otherwise;    /* the row that fits where no other does, or NO_INDEX */
  View *heads, *columns; /* of the columns, inputs first: as a rules text writes them, and bare */
  View *cells;           /* as they are written, row by row: inputs, then outputs */
  uint32_t *order;       /* bit of the axes -> row; without `otherwise` */
  uint32_t order_count;
  Axis *axes;       /* one for each input; NULL: the table is compiled to conditions */
  Constant *values; /* row by row, one for each output; of type NULL where it is computed */
  bool complete;    /* proved: some row fits whatever the inputs are */
  bool unique;      /* proved: no two rows fit, or all that fit give the same */
} DecisionTable;

/* Where a table is used: `row` is the LOOKUP or ROWS node, NO_NODE where a list is made of all rows that fit. */
typedef struct TableUse {
  uint32_t table;
  uint32_t row;
  uint32_t first, count; /* arguments: a yes/no condition for each row; none where the table is looked up */
  Span span;
} TableUse;

/* ---- what the text says ---- */

/* A name that an author used in a condition, so that an explanation can show its value. */
typedef enum MentionKind {
  MENTION_INPUT,
  MENTION_DEFINE,
  MENTION_PARAMETER,
  MENTION_REQUIREMENT,
  MENTION_LIST,
  MENTION_VALUE,
  MENTION_ROW /* node: which row of decision table `target` fits */
} MentionKind;

typedef struct Mention {
  MentionKind kind;
  View name;
  uint32_t node;    /* scalar in ROOT_SPACE or an inner one; NO_NODE for a list */
  ListRef list;     /* MENTION_LIST */
  uint32_t element; /* MENTION_LIST: the items' values, a node in list.space; NO_NODE for records */
  uint32_t target;  /* DEFINE: index of the define; PARAMETER: of the parameter */
} Mention;

typedef enum Phase { PHASE_FORMAL, PHASE_REQUIRED, PHASE_EXPECTED } Phase;

typedef struct Rule {
  View id; /* "K1"; a member of a group: "A1.a" */
  View title;
  View source, advice;
  View unless_reason;
  Phase phase;
  Span span; /* the whole statement */
  Span condition_span;
  uint32_t fulfilled;               /* yes: met, waived or not applicable; no: not met (see runtime/judge) */
  uint32_t condition, when, unless; /* nodes in ROOT_SPACE; when and unless may be NO_NODE */
  /* for each: one answer per element */
  ListRef each;            /* each.space == NO_INDEX: none */
  uint32_t each_condition; /* in each.space */
  uint32_t each_element;   /* scalar node in each.space that names the element, or NO_NODE */
  View each_name;
  /* at least 2 of … end: its members are rules of their own, members[first … first + count) */
  uint32_t first_member, member_count;
  uint32_t first_mention, mention_count;
} Rule;

typedef struct Scored {
  uint32_t criterion;
  Num weight;
  bool has_minimum;
  Num minimum;
  uint32_t minimum_met; /* node or NO_NODE */
} Scored;

typedef struct Advantage {
  Num points;
  uint32_t condition;
  View label;
  Span span;
} Advantage;

typedef enum LevelKind { LEVEL_COMMON, LEVEL_LEVEL, LEVEL_BRAND, LEVEL_BUNDLE } LevelKind;

/* `every application`, a level, a brand or a bundle of requirements. */
typedef struct Level {
  LevelKind kind;
  View name;      /* empty for `every application` */
  View titles[2]; /* by Language */
  View source;
  View afterwards;
  Span span;
  uint32_t *rules; /* indices into rules: its own, in the order of the text */
  uint32_t rule_count;
  uint32_t code; /* LEVEL: its value in the level type */
  bool ends;     /* there is a last day on which it is there */
  int64_t last_day;
  /* nodes in ROOT_SPACE, NO_NODE where the text says nothing */
  uint32_t available;               /* on the ladder and valid at the date */
  uint32_t formal;                  /* its formal requirements; a LEVEL has those of every application too */
  uint32_t required;                /* those under `requires`, likewise */
  uint32_t score, minimums, enough; /* enough: score >= threshold */
  uint32_t threshold;
  uint32_t met; /* available, formal, required, minimums and enough */
  bool score_is_sum;
  Scored *scored;
  uint32_t scored_count;
  Advantage *advantages;
  uint32_t advantage_count;
} Level;

typedef struct Criterion {
  View name;
  View titles[2];
  uint32_t input; /* its points */
  uint32_t node;
  Num low, high;
  bool for_information;
  View asks;
  View *meanings; /* of the points in meaning_points */
  Num *meaning_points;
  uint32_t meaning_count;
} Criterion;

typedef struct Judgement {
  View name, title, by, asks;
  uint32_t input;
} Judgement;

typedef struct Define {
  View name, title, doc;
  Span span;
  uint32_t node; /* NO_NODE for lists and records */
  ListRef list;  /* list.space == NO_INDEX: not a list */
  uint32_t first_mention, mention_count;
} Define;

typedef struct Parameter {
  View name, title, source;
  const Type *type;
  Period *periods;
  uint32_t period_count;
  uint32_t date; /* the date node by which it is looked up where no other is asked for */
} Parameter;

/* A report or a decision: a value that belongs to the result. */
typedef struct Answer {
  View name, title, source;
  const Type *type;
  Span span;
  uint32_t node;
  View *reasons;               /* of the choices, by ordinal; for those that have one */
  uint32_t *reason_conditions; /* node: this choice was taken (yes/no) */
  uint32_t reason_count;
  uint32_t first_mention, mention_count;
} Answer;

/* `x assumed V if missing`: used where x is missing, and then told in the result. */
typedef struct Assumption {
  View name;
  uint32_t node; /* the ASSUME node; its a is what may be missing */
} Assumption;

typedef enum DecidesKind { DECIDES_NOTHING, DECIDES_LEVEL, DECIDES_HIGHEST_LEVEL, DECIDES_DECISION } DecidesKind;

typedef struct SourceFile {
  View name;
  View digest; /* SHA-256, hexadecimal */
} SourceFile;

typedef struct Program {
  Arena *arena;
  const SourceList *sources;
  View name;
  View titles[2];
  View source;
  View *currencies;
  uint32_t currency_count;
  View zone_name;
  const Zone *zone;
  View application_name; /* `called` */
  View fingerprint;      /* SHA-256 over all rule files, shortened to 16 characters */
  SourceFile *files;
  uint32_t file_count;
  const bool *is_module; /* by source: a module that is used, by the programme or another */

  DecidesKind decides;
  uint32_t sought;       /* DECIDES_LEVEL: node of the level sought */
  uint32_t decided;      /* DECIDES_DECISION: index of the decision */
  uint32_t as_of;        /* node of the date that picks the rules (AS_OF), NO_NODE: nothing is dated */
  uint32_t as_of_source; /* node of the application's own date, NO_NODE: only --on gives one */
  uint32_t as_known_on;  /* node of the date on which the rules must have been known, NO_NODE: all counts */

  const EnumType *level_type;
  Shape *application;  /* its fields, criteria and judgements */
  uint32_t id_field;   /* index into application->fields, NO_INDEX: the place in the file */
  uint32_t name_field; /* a text field called "name", NO_INDEX */

  Input *inputs;
  uint32_t input_count;
  DataSpace *data_spaces;
  uint32_t data_space_count;
  Space *spaces;
  uint32_t space_count;
  Node *nodes;
  uint32_t node_count;
  uint32_t rule_space_count, rule_node_count; /* those behind them only tests need */
  uint32_t *arguments;
  uint32_t argument_count;
  Constant *constants;
  uint32_t constant_count;
  Period *periods;
  uint32_t period_count;
  Table *tables;
  uint32_t table_count;
  Mention *mentions;
  uint32_t mention_count;
  Rule *rules;
  uint32_t rule_count;
  Level *levels;
  uint32_t level_count; /* `every application` first, if there is one */
  Criterion *criteria;
  uint32_t criterion_count;
  Judgement *judgements;
  uint32_t judgement_count;
  Define *defines;
  uint32_t define_count;
  Parameter *parameters;
  uint32_t parameter_count;
  Answer *decisions;
  uint32_t decision_count;
  Answer *reports;
  uint32_t report_count;
  Assumption *assumptions;
  uint32_t assumption_count;
  struct TestCase *tests; /* check/test.h */
  uint32_t test_count;
  struct Coverable *coverables;
  uint32_t coverable_count;
  DecisionTable *decision_tables;
  uint32_t decision_table_count;
  TableUse *table_uses;
  uint32_t table_use_count;
} Program;

#endif
