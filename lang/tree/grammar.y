/* The grammar: tokens to tree, and nothing else. Two strata: `expr` (if, or,
 * and, not, comparisons, quantifiers) over `arith`. Names, phrases and line
 * ends were settled by the joiner. A mistake is skipped up to the end of its
 * statement. */
%require "3.8"
%define api.pure full
%define api.push-pull push
%define api.prefix {grammar_}
%define api.token.prefix {G_}
%define api.location.type {Span}
%define parse.error custom
%define lr.type ielr
%define parse.lac full
%locations
%expect 0
%parse-param {struct ParseState *state}

%code requires {
#include "scan/join.h"
#include "scan/vocabulary.h"
#include "tree/tree.h"
struct ParseState;
}

%code provides {
/* What the parser carries along; parse.c makes it. */
typedef struct ParseState {
  TreeBuilder builder;
  const TokenList *tokens;
  uint32_t at;          /* the token that is being pushed */
  uint32_t source;
  const ViewList *currencies; /* that the text names */
  const Vocabulary *vocabulary;
} ParseState;

/* Reports the token at `at`, given what could have stood there; `any`: too many kinds to list. In parse.c. */
void parse_unexpected(ParseState *state, const TokenKind *expected, uint32_t count, bool any);
}

%code {
#include "tree/grammar_support.h"
}

%union {
  const Token *token;
  Expr *expr;
  ExprList *exprs;
  Arguments *arguments;
  Quantity quantity;
  Name name;
  NameList *names;
  View text;
  TypeExpr *type;
  Body *body;
  ChoiceList *choices;
  Item *item;
  ItemList *items;
  Requirement *requirement;
  RequirementList *requirements;
  Group *group;
  CellList *cells;
  ParamList *params;
  int64_t number;
  Decl *decl;
  ExprKind kind;
}

%token <token> END_OF_STATEMENT NAME TEXT NUMBER MONEY DATE MOMENT DURATION YES NO YES_NO ZONE
%token <token> COLON COMMA DOT RANGE_DOTS PIPE DOUBLE_PIPE OPEN_PAREN CLOSE_PAREN OPEN_BRACKET CLOSE_BRACKET OPEN_BRACE CLOSE_BRACE
%token <token> EQ NE LT LE GT GE PLUS MINUS STAR SLASH POWER
%token <token> AND OR NOT IF THEN ELSE IN BETWEEN WHERE SATISFIES RETURN FOR FOR_EACH SOME EVERY THE OF SOME_OF ALL_OF
%token <token> ANY_OF NONE_OF HALF AT_LEAST AT_MOST MORE_THAN FEWER_THAN EXACTLY GROUP_AT_LEAST GROUP_ALL GROUP_ANY
%token <token> IS_ONE_OF IS_NOT_ONE_OF IS_NOT_IN IS_MISSING IS_KNOWN IS_MET IS_NOT_MET ASSUMED IF_MISSING BUT_AT_MOST BUT_AT_LEAST ROUNDED
%token <token> DECIMALS ON AS_KNOWN_ON IN_CURRENCY ORDER_BY DESCENDING MISSING WHEN UNLESS OTHERWISE TO STEP LIST_OF ONE_OF COMPLETE_WHEN
%token <token> END LANGUAGE PROGRAMME TITLE SOURCE CURRENCY TIME_ZONE RULES_AS_OF DECIDES TYPE RECORD APPLICATION CALLED
%token <token> IDENTIFIED_BY DATA FROM LADDER PARAMETER DEFINE CRITERION SCALE MEANS FOR_INFORMATION JUDGEMENT BY ASKS
%token <token> EVERY_APPLICATION LEVEL BRAND REQUIREMENTS FORMALLY_REQUIRES REQUIRES EXPECTS SCORES SCORE_IS_SUM
%token <token> SCORE_IS_WEIGHTED_MEAN WEIGHT MINIMUM ADVANTAGE THRESHOLD EVERYTHING_IN EXCEPT ADVICE AFTERWARDS
%token <token> VALID_FROM VALID_UNTIL REPORT DECISION KNOWN_FROM USE MODULE FUNCTION TABLE HIT_POLICY ACCEPT TEST GIVEN WITH EXPECT

/* An open construct (`some of … where C`, `if …`) reaches as far to the right as it can. */
%precedence OPEN
%left OR
%left AND
%left COMMA
%precedence ORDER_BY
%precedence DESCENDING
%precedence TEXT

%type <expr> valued expr open or_open and_open not_open or_expr and_expr not_expr comparison arith term power unary postfix primary rounding
%type <expr> dated test override opt_known_on literal opt_step bound_low bound_high opt_complete opt_assumed
%type <exprs> exprs ariths opt_exprs cell asked_cell given_cell tests
%type <arguments> arguments record_fields
%type <quantity> quantity
%type <name> dotted_name
%type <name> name untyped unread unread_function opt_name opt_identified opt_by
%type <names> names ordered rungs path missing_names
%type <text> opt_text opt_source head_source opt_reason
%type <type> type bounded_type plain_type
%type <params> params
%type <body> body entry_body
%type <choices> choices decided
%type <item> table_item test_item case_row
%type <items> table_items test_items
%type <number> opt_descending
%type <item> programme_item field row rung entry broken_entry criterion_item level_item attribute
%type <items> programme_items fields rows rungs_list entries criterion_items level_items attributes
%type <requirement> requirement requirement_head member
%type <requirements> members
%type <group> group
%type <cells> cells asked_cells given_cells
%type <decl> decl broken
%type <kind> comparing

%%

text
  : %empty
  | text decl END_OF_STATEMENT            { keep_decl(state, $2); yyerrok; }
  | text broken                           { keep_decl(state, $2); yyerrok; }
  | text error END_OF_STATEMENT           { yyerrok; }
  ;
/* Declarations whose name can be read, but not what stands behind it. Choices may follow on the next lines.
 * The end of the statement stands directly behind `error`: else the parser would give up the name to find it. */
broken
  : TYPE untyped                          { $$ = decl_typed(state, DECL_TYPE, @1, $2, broken_type(state, @2)); }
  | DATA name COLON bounded_type FROM error END_OF_STATEMENT
                                          { $$ = decl_typed(state, DECL_DATA, @1, $2, broken_type(state, @6)); }
  | DATA untyped rows END END_OF_STATEMENT
                                          { $$ = decl_typed(state, DECL_DATA, @1, $2, broken_type(state, @2)); }
  | PARAMETER name opt_text COLON bounded_type EQ error END_OF_STATEMENT
                                          { $$ = decl_typed(state, DECL_PARAMETER, @1, $2, broken_type(state, @7)); }
  | PARAMETER unread entries END END_OF_STATEMENT
                                          { $$ = decl_typed(state, DECL_PARAMETER, @1, $2, broken_type(state, @2)); }
  | DEFINE unread                         { $$ = broken_body(state, DECL_DEFINE, @1, $2); }
  | DEFINE unread choices END END_OF_STATEMENT { $$ = broken_body(state, DECL_DEFINE, @1, $2); }
  | REPORT unread                         { $$ = broken_body(state, DECL_REPORT, @1, $2); }
  | REPORT unread choices END END_OF_STATEMENT { $$ = broken_body(state, DECL_REPORT, @1, $2); }
  | CRITERION name opt_text COLON error END_OF_STATEMENT
                                          { $$ = decl_scaled(state, @1, $2, $3, broken_scale(state, @5)); }
  | FUNCTION unread_function              { $$ = broken_body(state, DECL_FUNCTION, @1, $2); }
  | FUNCTION unread_function choices END END_OF_STATEMENT { $$ = broken_body(state, DECL_FUNCTION, @1, $2); }
  | TABLE unread_function table_items END END_OF_STATEMENT { $$ = broken_body(state, DECL_TABLE, @1, $2); }
  | JUDGEMENT unread                      { $$ = decl_typed(state, DECL_JUDGEMENT, @1, $2, broken_type(state, @2)); }
  ;
untyped
  : name error END_OF_STATEMENT
  | name COLON error END_OF_STATEMENT
  ;
unread_function
  : name error END_OF_STATEMENT
  ;
unread
  : name error END_OF_STATEMENT
  | name TEXT error END_OF_STATEMENT
  | name opt_text COLON error END_OF_STATEMENT
  ;
decl
  : LANGUAGE NAME                         { refuse_language(state, @2, $2); $$ = NULL; }
  | PROGRAMME opt_name END_OF_STATEMENT programme_items END
                                          { $$ = decl_with_items(state, DECL_PROGRAMME, @1, $2, $4); }
  | TYPE name COLON bounded_type          { $$ = decl_typed(state, DECL_TYPE, @1, $2, $4); }
  | RECORD opt_name END_OF_STATEMENT fields END
                                          { $$ = decl_with_items(state, DECL_RECORD, @1, $2, $4); }
  | APPLICATION END_OF_STATEMENT fields END
                                          { $$ = decl_with_items(state, DECL_APPLICATION, @1, (Name){0}, $3); }
  | APPLICATION CALLED name opt_identified END_OF_STATEMENT fields END
      { $$ = decl_with_items(state, DECL_APPLICATION, @1, (Name){0}, $6); $$->called = $3; $$->by = $4; }
  | APPLICATION IDENTIFIED_BY name END_OF_STATEMENT fields END
      { $$ = decl_with_items(state, DECL_APPLICATION, @1, (Name){0}, $5); $$->by = $3; }
  | APPLICATION error END_OF_STATEMENT fields END
      { $$ = decl_with_items(state, DECL_APPLICATION, @1, (Name){0}, $4); yyerrok; }
  | DATA name COLON bounded_type opt_source END_OF_STATEMENT rows END
      { $$ = decl_with_items(state, DECL_DATA, @1, $2, $7); $$->type = $4; $$->source = $5; }
  | DATA name COLON bounded_type FROM TEXT opt_source
      { $$ = decl_typed(state, DECL_DATA, @1, $2, $4); $$->from = $6->text; $$->from_span = @6; $$->source = $7; }
  | DATA error END_OF_STATEMENT rows END  { $$ = NULL; yyerrok; }
  | LADDER END_OF_STATEMENT rungs_list END
                                          { $$ = decl_with_items(state, DECL_LADDER, @1, (Name){0}, $3); }
  | PARAMETER name opt_text COLON bounded_type opt_by opt_source END_OF_STATEMENT entries END
      { $$ = decl_with_items(state, DECL_PARAMETER, @1, $2, $9); $$->title = $3; $$->type = $5; $$->by = $6; $$->source = $7; }
  | PARAMETER name opt_text COLON bounded_type EQ valued opt_source
      { $$ = decl_typed(state, DECL_PARAMETER, @1, $2, $5); $$->title = $3; $$->body = body_of(state, $7);
        $$->source = $8; }
  | PARAMETER error END_OF_STATEMENT entries END { $$ = NULL; yyerrok; }
  | DEFINE name opt_text COLON body       { $$ = decl_with_body(state, DECL_DEFINE, @1, $2, $3, $5); }
  | CRITERION name opt_text END_OF_STATEMENT criterion_items END
      { $$ = decl_with_items(state, DECL_CRITERION, @1, $2, $5); $$->title = $3; }
  | CRITERION name opt_text COLON SCALE literal TO literal opt_step
      { $$ = decl_scaled(state, @1, $2, $3, scale_item(state, span_join(@5, @9), $6, $8, $9)); }
  | CRITERION error END_OF_STATEMENT criterion_items END { $$ = NULL; yyerrok; }
  | JUDGEMENT name opt_text COLON bounded_type opt_by attributes
      { $$ = decl_with_items(state, DECL_JUDGEMENT, @1, $2, $7); $$->title = $3; $$->type = $5; $$->by = $6; }
  | attribute                             { attach_attribute(state, $1); $$ = NULL; }
  | EVERY_APPLICATION END_OF_STATEMENT level_items END
                                          { $$ = decl_with_items(state, DECL_EVERY_APPLICATION, @1, (Name){0}, $3); }
  | LEVEL opt_name END_OF_STATEMENT level_items END
                                          { $$ = decl_with_items(state, DECL_LEVEL, @1, $2, $4); }
  | BRAND opt_name END_OF_STATEMENT level_items END
                                          { $$ = decl_with_items(state, DECL_BRAND, @1, $2, $4); }
  | REQUIREMENTS opt_name END_OF_STATEMENT level_items END
                                          { $$ = decl_with_items(state, DECL_REQUIREMENTS, @1, $2, $4); }
  | REPORT name opt_text COLON body opt_source
      { $$ = decl_with_body(state, DECL_REPORT, @1, $2, $3, $5); $$->source = $6; }
  | DECISION name opt_text COLON bounded_type head_source decided END
      { $$ = decl_typed(state, DECL_DECISION, @1, $2, $5); $$->title = $3; $$->source = $6;
        $$->body = body_of_choices(state, @7, $7); }
  | DECISION error END_OF_STATEMENT decided END { $$ = NULL; yyerrok; }
  | USE TEXT                              { $$ = decl_new(&state->builder, DECL_USE, @1); $$->from = $2->text; $$->from_span = @2; }
  | USE NAME                              { $$ = decl_new(&state->builder, DECL_USE, @1); $$->name = (Name){$2->text, @2}; }
  | MODULE name END_OF_STATEMENT programme_items END
                                          { $$ = decl_with_items(state, DECL_MODULE, @1, $2, $4); }
  | FUNCTION name OPEN_PAREN params CLOSE_PAREN COLON type EQ body opt_source
      { $$ = decl_with_body(state, DECL_FUNCTION, @1, $2, (View){0}, $9); $$->params = *$4; $$->type = $7; $$->source = $10; }
  | FUNCTION name OPEN_PAREN params CLOSE_PAREN COLON type head_source choices END
      { $$ = decl_with_body(state, DECL_FUNCTION, @1, $2, (View){0}, body_of_choices(state, @9, $9));
        $$->params = *$4; $$->type = $7; $$->source = $8; }
  | TABLE name OPEN_PAREN params CLOSE_PAREN COLON type opt_source END_OF_STATEMENT table_items END
      { $$ = decl_with_items(state, DECL_TABLE, @1, $2, $10); $$->params = *$4; $$->type = $7; $$->source = $8; }
  | TABLE name OPEN_PAREN params CLOSE_PAREN COLON OPEN_PAREN params CLOSE_PAREN opt_source END_OF_STATEMENT table_items END
      { $$ = decl_with_items(state, DECL_TABLE, @1, $2, $12); $$->params = *$4; $$->outputs = *$8; $$->source = $10; }
  | ACCEPT NAME TEXT
      { $$ = decl_new(&state->builder, DECL_ACCEPT, @$); $$->name = (Name){$2->text, @2}; $$->source = $3->text; }
  | ACCEPT NAME IN name TEXT
      { $$ = decl_new(&state->builder, DECL_ACCEPT, @$); $$->name = (Name){$2->text, @2}; $$->called = $4; $$->source = $5->text; }
  | TEST TEXT END_OF_STATEMENT test_items END
      { $$ = decl_with_items(state, DECL_TEST, @1, (Name){$2->text, @2}, $4); $$->title = $2->text; }
  | TEST error END_OF_STATEMENT test_items END { $$ = NULL; yyerrok; }
  ;
params
  : %empty                                { $$ = arena_new_of(ARENA, ParamList); }
  | name COLON plain_type                 { $$ = params_more(state, NULL, $1, $3); }
  | params COMMA name COLON plain_type    { $$ = params_more(state, $1, $3, $5); }
  ;
/* a type without commas or signs of its own: an enumeration is given a name by `type` */
plain_type
  : NAME                                  { $$ = type_named(state, @1, $1->text); }
  | YES_NO                                { $$ = type_expr_new(&state->builder, TYPE_EXPR_YES_NO, @1); }
  | LIST_OF plain_type                    { $$ = type_list(state, @$, $2); }
  ;
decided
  : choices
  | error END_OF_STATEMENT                { $$ = choices_more(state, NULL, broken_choice(state, @1)); yyerrok; }
  | error END_OF_STATEMENT choices        { $$ = choices_more(state, $3, broken_choice(state, @1)); }
  ;

name     : NAME                           { $$ = (Name){$1->text, @1}; } ;
opt_name : name
         | error                          { $$ = (Name){{0}, @$}; }
         ;
opt_text : %empty                         { $$ = (View){0}; }
         | TEXT                           { $$ = $1->text; }
         ;
opt_source : %empty                       { $$ = (View){0}; }
         | SOURCE TEXT                    { $$ = $2->text; }
         ;
/* on the line of a head, or on the one below it */
head_source : END_OF_STATEMENT            { $$ = (View){0}; }
         | SOURCE TEXT END_OF_STATEMENT   { $$ = $2->text; }
         | END_OF_STATEMENT SOURCE TEXT END_OF_STATEMENT { $$ = $3->text; }
         ;
opt_identified : %empty                   { $$ = (Name){0}; }
         | IDENTIFIED_BY name             { $$ = $2; }
         ;
opt_by   : %empty                         { $$ = (Name){0}; }
         | BY name                        { $$ = $2; }
         ;
names    : name                           { $$ = names_start(state, $1); }
         | names COMMA name               { $$ = names_more(state, $1, $3); }
         ;
ordered  : name LT name                   { $$ = names_more(state, names_start(state, $1), $3); }
         | ordered LT name                { $$ = names_more(state, $1, $3); }
         ;

/* ---- programme ---- */
programme_items
  : %empty                                { $$ = items_new(state); }
  | programme_items programme_item END_OF_STATEMENT { $$ = items_more(state, $1, $2); yyerrok; }
  | programme_items RULES_AS_OF error END_OF_STATEMENT
      { $$ = items_more(state, $1, item_named(state, ITEM_RULES_AS_OF, @2, (Name){0})); yyerrok; }
  | programme_items DECIDES error END_OF_STATEMENT
      { $$ = items_more(state, $1, item_named(state, ITEM_DECIDES, @2, (Name){0})); yyerrok; }
  | programme_items error END_OF_STATEMENT { $$ = $1; yyerrok; }
  ;
programme_item
  : TITLE NAME TEXT                       { $$ = item_text(state, ITEM_TITLE, @$, $3); $$->name = (Name){$2->text, @2}; }
  | TITLE TEXT                            { $$ = item_text(state, ITEM_TITLE, @$, $2); }
  | SOURCE TEXT                           { $$ = item_text(state, ITEM_SOURCE, @$, $2); }
  | CURRENCY names                        { $$ = item_names(state, ITEM_CURRENCY, @$, $2); }
  | TIME_ZONE ZONE                        { $$ = item_text(state, ITEM_TIME_ZONE, @2, $2); }
  | RULES_AS_OF name                      { $$ = item_named(state, ITEM_RULES_AS_OF, @$, $2); }
  | RULES_AS_OF name COMMA AS_KNOWN_ON NAME
      { $$ = item_named(state, ITEM_RULES_AS_OF, @$, $2); $$->a = expr_literal(&state->builder, EXPR_NAME, @5, $5); }
  | DECIDES name                          { $$ = item_named(state, ITEM_DECIDES, @$, $2); }
  ;

/* ---- types and fields ---- */
type
  : NAME                                  { $$ = type_named(state, @1, $1->text); }
  | YES_NO                                { $$ = type_expr_new(&state->builder, TYPE_EXPR_YES_NO, @1); }
  | LIST_OF type                          { $$ = type_list(state, @$, $2); }
  | ONE_OF names                          { $$ = type_values(state, TYPE_EXPR_ONE_OF, @$, $2); }
  | ordered                               { $$ = type_values(state, TYPE_EXPR_ORDERED, @$, $1); }
  ;
bounded_type
  : type bound_low bound_high             { $$ = $1; $$->low = $2; $$->high = $3; }
  | type literal TO literal               { $$ = $1; $$->low = $2; $$->high = $4; }
  ;
bound_low  : %empty                       { $$ = NULL; }
           | AT_LEAST literal             { $$ = $2; }
           ;
bound_high : %empty                       { $$ = NULL; }
           | AT_MOST literal              { $$ = $2; }
           ;
literal
  : NUMBER                                { $$ = expr_literal(&state->builder, EXPR_NUMBER, @1, $1); }
  | MONEY                                 { $$ = expr_literal(&state->builder, EXPR_MONEY, @1, $1); }
  | DURATION                              { $$ = expr_literal(&state->builder, EXPR_DURATION, @1, $1); }
  | DATE                                  { $$ = expr_literal(&state->builder, EXPR_DATE, @1, $1); }
  | MOMENT                                { $$ = expr_literal(&state->builder, EXPR_MOMENT, @1, $1); }
  | MINUS NUMBER                          { $$ = negative_literal(state, @$, $2); }
  ;
fields
  : %empty                                { $$ = items_new(state); }
  | fields field END_OF_STATEMENT         { $$ = items_more(state, $1, $2); yyerrok; }
  | fields name error END_OF_STATEMENT    { $$ = items_more(state, $1, broken_field(state, @2, $2)); yyerrok; }
  | fields error END_OF_STATEMENT         { $$ = $1; yyerrok; }
  ;
field
  : name COLON bounded_type opt_assumed opt_complete opt_text
      { $$ = item_named(state, ITEM_FIELD, @$, $1); $$->type = $3; $$->a = $4; $$->b = $5; $$->text = $6; }
  ;
opt_assumed  : %empty                     { $$ = NULL; }
             | ASSUMED arith IF_MISSING   { $$ = $2; }
             ;
opt_complete : %empty                     { $$ = NULL; }
             | COMPLETE_WHEN expr         { $$ = $2; }
             ;

/* ---- data, ladder, parameter ---- */
rows
  : %empty                                { $$ = items_new(state); }
  | rows row END_OF_STATEMENT             { $$ = items_more(state, $1, $2); yyerrok; }
  | rows error END_OF_STATEMENT           { $$ = $1; yyerrok; }
  ;
row    : PIPE cells                       { $$ = item_new(&state->builder, ITEM_ROW, @$); $$->cells = *$2; } ;
cells  : cell PIPE                        { $$ = cells_start(state, $1); }
       | cells cell PIPE                  { $$ = cells_more(state, $1, $2); }
       ;
cell   : %empty                           { $$ = exprs_new(state); }
       | MINUS                            { $$ = exprs_new(state); }
       | exprs
       | MISSING                          { $$ = cell_of(state, cell_test(state, @$, EXPR_IS_MISSING, @1, NULL)); }
       ;
/* ---- decision tables and tests ---- */
/* In bokmål one word each stands for else and otherwise (ellers), for missing and is missing (mangler). */
table_items
  : %empty                                { $$ = items_new(state); }
  | table_items table_item END_OF_STATEMENT { $$ = items_more(state, $1, $2); yyerrok; }
  | table_items error END_OF_STATEMENT    { $$ = $1; yyerrok; }
  ;
table_item
  : HIT_POLICY                            { $$ = item_new(&state->builder, ITEM_HIT_POLICY, @1); $$->value = $1->value; }
  | FROM TEXT                             { $$ = item_text(state, ITEM_FROM_FILE, @2, $2); }
  | SOURCE TEXT                           { $$ = item_text(state, ITEM_SOURCE, @$, $2); }
  | TITLE TEXT                            { $$ = item_text(state, ITEM_TITLE, @$, $2); }
  | TITLE NAME TEXT                       { $$ = item_text(state, ITEM_TITLE, @$, $3); $$->name = (Name){$2->text, @2}; }
  | case_row
  ;
case_row
  : PIPE asked_cells DOUBLE_PIPE given_cells { $$ = row_item(state, @$, $2, $4); }
  ;
given_cells
  : given_cell PIPE                       { $$ = cells_start(state, $1); }
  | given_cells given_cell PIPE           { $$ = cells_more(state, $1, $2); }
  ;
given_cell
  : cell
  | comparing arith                       { $$ = cell_of(state, cell_test(state, @$, $1, @1, $2)); }
  ;
asked_cells
  : asked_cell                            { $$ = cells_start(state, $1); }
  | asked_cells PIPE asked_cell           { $$ = cells_more(state, $1, $3); }
  ;
asked_cell
  : %empty                                { $$ = exprs_new(state); }
  | MINUS                                 { $$ = exprs_new(state); }
  | tests
  | NOT OPEN_PAREN tests CLOSE_PAREN      { $$ = cell_of(state, expr_of_items(&state->builder, EXPR_NOT_ANY, @$, $3, NULL)); }
  | OTHERWISE                             { $$ = cell_of(state, expr_new(&state->builder, EXPR_OTHERWISE, @1)); }
  | ON                                    { $$ = cell_of(state, expr_literal(&state->builder, EXPR_NAME, @1, $1)); $$->at[0]->text = VIEW("on"); }
  | ELSE                                  { $$ = cell_of(state, expr_new(&state->builder, EXPR_OTHERWISE, @1)); }
  ;
tests
  : test                                  { $$ = cell_of(state, $1); }
  | tests COMMA test                      { $$ = exprs_more(state, $1, $3); }
  ;
test
  : arith
  | comparing arith                       { $$ = cell_test(state, @$, $1, @1, $2); }
  | MISSING                               { $$ = cell_test(state, @$, EXPR_IS_MISSING, @1, NULL); }
  | IS_MISSING                            { $$ = cell_test(state, @$, EXPR_IS_MISSING, @1, NULL); }
  ;
test_items
  : %empty                                { $$ = items_new(state); }
  | test_items test_item END_OF_STATEMENT { $$ = items_more(state, $1, $2); yyerrok; }
  | test_items error END_OF_STATEMENT     { $$ = $1; yyerrok; }
  ;
test_item
  : ON DATE                               { $$ = item_new(&state->builder, ITEM_ON, @$); item_dated($$, $2); }
  | GIVEN TEXT                            { $$ = item_text(state, ITEM_GIVEN, @2, $2); }
  | GIVEN TEXT FROM TEXT
      { $$ = item_text(state, ITEM_GIVEN, @4, $4); $$->name = (Name){$2->text, @2}; }
  | WITH path COLON override              { $$ = override_item(state, @$, $2, $4, false); }
  | WITH PARAMETER name COLON override
      { $$ = override_item(state, @$, names_start(state, $3), $5, true); }
  | EXPECT valued                         { $$ = item_of(state, ITEM_EXPECT, @$, $2); }
  | EXPECT name COLON ariths              { $$ = item_named(state, ITEM_EXPECT_POSSIBLE, @$, $2); $$->a = list_of(state, @4, $4); }
  | EXPECT MISSING COLON missing_names    { $$ = item_names(state, ITEM_EXPECT_MISSING, @$, $4); }
  | case_row
  ;
path   : name                             { $$ = names_start(state, $1); }
       | path DOT name                    { $$ = names_more(state, $1, $3); }
       ;
override : valued
       | MISSING                          { $$ = NULL; }
       ;
missing_names
       : dotted_name                      { $$ = names_start(state, $1); }
       | missing_names COMMA dotted_name  { $$ = names_more(state, $1, $3); }
       ;
dotted_name
       : name
       | dotted_name DOT NAME             { $$ = dotted(state, $1, @$, $3); }
       ;
rungs_list
  : %empty                                { $$ = items_new(state); }
  | rungs_list rung END_OF_STATEMENT      { $$ = items_more(state, $1, $2); yyerrok; }
  | rungs_list FROM DATE COLON error END_OF_STATEMENT
                                          { $$ = items_more(state, $1, broken_rung(state, @2, $3)); yyerrok; }
  | rungs_list error END_OF_STATEMENT     { $$ = $1; yyerrok; }
  ;
rung   : FROM DATE COLON rungs            { $$ = item_names(state, ITEM_RUNG, @$, $4); item_dated($$, $2); } ;
rungs  : name                             { $$ = names_start(state, $1); }
       | ordered
       ;
entries
  : %empty                                { $$ = items_new(state); }
  | entries entry END_OF_STATEMENT        { $$ = items_more(state, $1, $2); yyerrok; }
  | entries broken_entry                  { $$ = items_more(state, $1, $2); yyerrok; }
  | entries SOURCE TEXT END_OF_STATEMENT  { $$ = entry_sourced(state, @2, $1, $3); yyerrok; }
  | entries error END_OF_STATEMENT        { $$ = $1; yyerrok; }
  ;
entry
  : FROM DATE COLON entry_body opt_source
      { $$ = item_new(&state->builder, ITEM_ENTRY, @$); item_dated($$, $2); $$->body = $4; $$->text = $5; }
  | FROM DATE COLON entry_body KNOWN_FROM DATE opt_source
      { $$ = item_new(&state->builder, ITEM_ENTRY, @$); item_dated($$, $2); $$->body = $4; $$->text = $7;
        item_known($$, $6); }
  ;
broken_entry
  : FROM DATE COLON error END_OF_STATEMENT
      { $$ = item_new(&state->builder, ITEM_ENTRY, @$); item_dated($$, $2); $$->body = body_of(state, broken_expr(state, @4)); }
  | FROM DATE COLON error END_OF_STATEMENT choices END END_OF_STATEMENT
      { $$ = item_new(&state->builder, ITEM_ENTRY, @$); item_dated($$, $2); $$->body = body_of(state, broken_expr(state, @4)); }
  ;
entry_body
  : body
  | exprs COMMA expr                      { $$ = body_of(state, list_of(state, @$, exprs_more(state, $1, $3))); }
  ;

/* ---- criteria ---- */
criterion_items
  : %empty                                { $$ = items_new(state); }
  | criterion_items criterion_item END_OF_STATEMENT { $$ = items_more(state, $1, $2); yyerrok; }
  | criterion_items SCALE error END_OF_STATEMENT { $$ = items_more(state, $1, broken_scale(state, @2)); yyerrok; }
  | criterion_items error END_OF_STATEMENT { $$ = $1; yyerrok; }
  ;
criterion_item
  : attribute
  | SCALE literal TO literal opt_step     { $$ = scale_item(state, @$, $2, $4, $5); }
  | NUMBER MEANS TEXT                     { $$ = item_text(state, ITEM_MEANS, @$, $3); $$->number = $1->number; }
  | FOR_INFORMATION                       { $$ = item_new(&state->builder, ITEM_FOR_INFORMATION, @$); }
  ;
opt_step : %empty                         { $$ = NULL; }
         | STEP literal                   { $$ = $2; }
         ;
attribute
  : TITLE NAME TEXT                       { $$ = item_text(state, ITEM_TITLE, @$, $3); $$->name = (Name){$2->text, @2}; }
  | TITLE TEXT                            { $$ = item_text(state, ITEM_TITLE, @$, $2); }
  | SOURCE TEXT                           { $$ = item_text(state, ITEM_SOURCE, @$, $2); }
  | SOURCE TEXT UNLESS expr opt_reason    { $$ = late_waiver(state, @3, ITEM_SOURCE, $2); }
  | ASKS TEXT                             { $$ = item_text(state, ITEM_ASKS, @$, $2); }
  ;
attributes
  : %empty                                { $$ = items_new(state); }
  | attributes attribute                  { $$ = items_more(state, $1, $2); }
  ;

/* ---- levels ---- */
level_items
  : %empty                                { $$ = items_new(state); }
  | level_items level_item END_OF_STATEMENT { $$ = items_more(state, $1, $2); yyerrok; }
  | level_items requirement_head COLON error END_OF_STATEMENT
      { $$ = items_more(state, $1, broken_requirement(state, $2->label)); yyerrok; }
  | level_items name error END_OF_STATEMENT
      { $$ = items_more(state, $1, broken_requirement(state, $2)); yyerrok; }
  | level_items name TEXT error END_OF_STATEMENT
      { $$ = items_more(state, $1, broken_requirement(state, $2)); yyerrok; }
  | level_items error END_OF_STATEMENT    { $$ = $1; yyerrok; }
  ;
level_item
  : attribute
  | FORMALLY_REQUIRES                     { $$ = item_new(&state->builder, ITEM_FORMALLY_REQUIRES, @$); }
  | REQUIRES                              { $$ = item_new(&state->builder, ITEM_REQUIRES, @$); }
  | EXPECTS                               { $$ = item_new(&state->builder, ITEM_EXPECTS, @$); }
  | SCORES                                { $$ = item_new(&state->builder, ITEM_SCORES, @$); }
  | SCORE_IS_SUM                          { $$ = item_new(&state->builder, ITEM_SCORE_IS_SUM, @$); }
  | SCORE_IS_WEIGHTED_MEAN                { $$ = item_new(&state->builder, ITEM_SCORE_IS_WEIGHTED_MEAN, @$); }
  | requirement                           { $$ = requirement_item(state, @$, $1); }
  | requirement_head COLON WEIGHT literal { $$ = item_scored(state, @$, $1, $4, NULL); }
  | requirement_head COLON WEIGHT literal COMMA MINIMUM literal { $$ = item_scored(state, @$, $1, $4, $7); }
  | requirement_head COLON MINIMUM literal { $$ = item_scored(state, @$, $1, NULL, $4); }
  | requirement_head COLON MINIMUM literal COMMA WEIGHT literal { $$ = item_scored(state, @$, $1, $7, $4); }
  | requirement_head                      { $$ = item_scored(state, @$, $1, NULL, NULL); }
  | ADVANTAGE literal WHEN expr opt_text
      { $$ = item_new(&state->builder, ITEM_ADVANTAGE, @$); $$->a = $2; $$->b = $4; $$->text = $5; }
  | THRESHOLD valued                      { $$ = item_new(&state->builder, ITEM_THRESHOLD, @$); $$->a = $2; }
  | EVERYTHING_IN name                    { $$ = item_named(state, ITEM_EVERYTHING_IN, @$, $2); }
  | EVERYTHING_IN name EXCEPT names
      { $$ = item_names(state, ITEM_EVERYTHING_IN, @$, $4); $$->name = $2; }
  | ADVICE TEXT                           { $$ = item_text(state, ITEM_ADVICE, @$, $2); }
  | ADVICE TEXT UNLESS expr opt_reason    { $$ = late_waiver(state, @3, ITEM_ADVICE, $2); }
  | AFTERWARDS TEXT                       { $$ = item_text(state, ITEM_AFTERWARDS, @$, $2); }
  | VALID_FROM DATE                       { $$ = item_new(&state->builder, ITEM_VALID_FROM, @$); item_dated($$, $2); }
  | VALID_UNTIL DATE                      { $$ = item_new(&state->builder, ITEM_VALID_UNTIL, @$); item_dated($$, $2); }
  ;
requirement
  : requirement_head COLON expr           { $$ = requirement_is(state, @$, $1, $3, NULL); }
  | requirement_head COLON group          { $$ = requirement_is(state, @$, $1, NULL, $3); }
  | requirement UNLESS expr opt_reason    { $$ = requirement_waived(state, @2, $1, $3, $4); }
  | requirement SOURCE TEXT               { $$ = $1; $$->source = texts_joined(state, $1->source, $3->text); }
  | requirement ADVICE TEXT               { $$ = $1; $$->advice = texts_joined(state, $1->advice, $3->text); }
  ;
opt_reason : opt_text ;
requirement_head
  : name opt_text                         { $$ = requirement_new(state, $1, $2); }
  | name opt_text FOR_EACH name IN arith  { $$ = requirement_new(state, $1, $2); $$->each = $4; $$->each_in = $6; }
  | name opt_text WHEN expr               { $$ = requirement_new(state, $1, $2); $$->when = $4; }
  | name opt_text FOR_EACH name IN arith WHEN expr
      { $$ = requirement_new(state, $1, $2); $$->each = $4; $$->each_in = $6; $$->when = $8; }
  | name opt_text WHEN expr FOR_EACH name IN arith
      { $$ = requirement_new(state, $1, $2); $$->when = $4; $$->each = $6; $$->each_in = $8; }
  ;
group
  : GROUP_AT_LEAST NUMBER END_OF_STATEMENT members END
                                          { $$ = group_new(state, GROUP_AT_LEAST, @$, $2->number, $4); }
  | GROUP_ALL END_OF_STATEMENT members END { $$ = group_new(state, GROUP_ALL, @$, num_of(0), $3); }
  | GROUP_ANY END_OF_STATEMENT members END { $$ = group_new(state, GROUP_ANY, @$, num_of(0), $3); }
  ;
members
  : %empty                                { $$ = requirements_new(state); }
  | members member END_OF_STATEMENT       { $$ = requirements_more(state, $1, $2); yyerrok; }
  | members name opt_text error END_OF_STATEMENT
      { $$ = requirements_more(state, $1, requirement_is(state, @2, requirement_new(state, $2, $3), NULL, NULL)); yyerrok; }
  | members error END_OF_STATEMENT        { $$ = $1; yyerrok; }
  ;
member
  : name opt_text COLON expr              { $$ = requirement_is(state, @$, requirement_new(state, $1, $2), $4, NULL); }
  | name opt_text COLON group             { $$ = requirement_is(state, @$, requirement_new(state, $1, $2), NULL, $4); }
  ;

/* ---- bodies ---- */
body
  : valued                                { $$ = body_of(state, $1); }
  | choices END                           { $$ = body_of_choices(state, @$, $1); }
  ;
choices
  : valued WHEN expr opt_text END_OF_STATEMENT
      { $$ = choices_more(state, NULL, (Choice){$1, $3, $4, @$}); yyerrok; }
  | OTHERWISE valued opt_text END_OF_STATEMENT
      { $$ = choices_more(state, NULL, (Choice){$2, NULL, $3, @$}); yyerrok; }
  | choices valued WHEN expr opt_text END_OF_STATEMENT
      { $$ = choices_more(state, $1, (Choice){$2, $4, $5, span_join(@2, @5)}); yyerrok; }
  | choices OTHERWISE valued opt_text END_OF_STATEMENT
      { $$ = choices_more(state, $1, (Choice){$3, NULL, $4, span_join(@2, @4)}); yyerrok; }
  | choices error END_OF_STATEMENT        { $$ = choices_more(state, $1, broken_choice(state, @2)); yyerrok; }
  ;

/* ---- expressions ---- */
valued
  : expr
  | valued BUT_AT_MOST arith              { $$ = cap(state, EXPR_AT_MOST, @$, @2, $1, $3, NULL); } %prec OPEN
  | valued BUT_AT_MOST arith TEXT         { $$ = cap(state, EXPR_AT_MOST, @$, @2, $1, $3, $4); }
  | valued BUT_AT_LEAST arith             { $$ = cap(state, EXPR_AT_LEAST, @$, @2, $1, $3, NULL); } %prec OPEN
  | valued BUT_AT_LEAST arith TEXT        { $$ = cap(state, EXPR_AT_LEAST, @$, @2, $1, $3, $4); }
  | valued ROUNDED rounding               { $$ = rounded(state, @$, $2, $1, $3); }
  ;
rounding
  : %empty                                { $$ = NULL; }
  | NUMBER                                { $$ = expr_literal(&state->builder, EXPR_NUMBER, @1, $1); $$->percent = false; }
  | NUMBER DECIMALS                       { $$ = expr_literal(&state->builder, EXPR_NUMBER, @1, $1); $$->percent = true; }
  | MONEY                                 { $$ = expr_literal(&state->builder, EXPR_MONEY, @1, $1); }
  ;
expr
  : or_expr                               %prec OPEN
  | or_open
  ;
/* something open may stand only at the far right of an or, an and, a not */
or_open
  : and_open
  | or_expr OR and_open                   { $$ = expr_binary(&state->builder, EXPR_OR, @$, @2, $1, $3); }
  ;
and_open
  : not_open
  | and_expr AND not_open                 { $$ = expr_binary(&state->builder, EXPR_AND, @$, @2, $1, $3); }
  ;
not_open
  : open
  | NOT not_open                          { $$ = expr_unary(&state->builder, EXPR_NOT, @$, @1, $2); }
  ;
open
  : IF expr THEN expr ELSE expr           { $$ = expr_ternary(&state->builder, EXPR_IF, @$, $2, $4, $6); }
  | arith WHERE expr                      { $$ = where(state, @$, @2, $1, $3); } %prec OPEN
  | quantity arith WHERE expr             { $$ = counted(state, @$, $1, $2, $4); }
  | THE name IN arith WHERE expr          { $$ = binding(state, EXPR_THE, @$, $2, $4, $6, NULL); }
  | FOR name IN arith RETURN expr         { $$ = binding(state, EXPR_FOR, @$, $2, $4, NULL, $6); }
  | FOR name IN arith WHERE expr RETURN expr { $$ = for_where(state, @$, $2, $4, $6, $8); }
  | FOR name IN arith ORDER_BY arith opt_descending RETURN expr
      { $$ = for_ordered(state, @$, $2, $4, NULL, $6, $7, $9); }
  | FOR name IN arith WHERE expr ORDER_BY arith opt_descending RETURN expr
      { $$ = for_ordered(state, @$, $2, $4, $6, $8, $9, $11); }
  | arith ORDER_BY arith opt_descending   { $$ = ordered_list(state, @$, @2, $1, $3, $4); }
  | arith WHERE expr ORDER_BY arith opt_descending
      { $$ = ordered_list(state, @$, @4, expr_binary(&state->builder, EXPR_WHERE, span_join(@1, @3), @2, $1, $3), $5, $6); }
  | SOME name IN arith SATISFIES expr     { $$ = binding(state, EXPR_SOME, @$, $2, $4, $6, NULL); }
  | EVERY name IN arith SATISFIES expr    { $$ = binding(state, EXPR_EVERY, @$, $2, $4, $6, NULL); }
  ;
opt_descending
  : %empty                                { $$ = 0; } %prec OPEN
  | DESCENDING                            { $$ = 1; }
  ;
or_expr
  : and_expr                              %prec OPEN
  | or_expr OR and_expr                   { $$ = expr_binary(&state->builder, EXPR_OR, @$, @2, $1, $3); } %prec OPEN
  ;
and_expr
  : not_expr
  | and_expr AND not_expr                 { $$ = expr_binary(&state->builder, EXPR_AND, @$, @2, $1, $3); }
  ;
not_expr
  : comparison
  | NOT not_expr                          { $$ = expr_unary(&state->builder, EXPR_NOT, @$, @1, $2); }
  ;
comparing : EQ { $$ = EXPR_EQ; } | NE { $$ = EXPR_NE; } | LT { $$ = EXPR_LT; } | LE { $$ = EXPR_LE; }
          | GT { $$ = EXPR_GT; } | GE { $$ = EXPR_GE; } ;
comparison
  : arith                                 %prec OPEN
  | arith comparing arith                 { $$ = expr_binary(&state->builder, $2, @$, @2, $1, $3); }
  | arith comparing arith comparing arith { $$ = expr_ternary(&state->builder, EXPR_CHAINED, @$, $1, $3, $5);
                                            $$->value = $2 * EXPR_COUNT + $4; }
  | arith IN arith                        { $$ = expr_binary(&state->builder, EXPR_IN, @$, @2, $1, $3); }
  | arith NOT IN arith                    { $$ = expr_unary(&state->builder, EXPR_NOT, @$, @2,
                                              expr_binary(&state->builder, EXPR_IN, @$, @3, $1, $4)); }
  | arith IS_ONE_OF ariths                { $$ = expr_binary(&state->builder, EXPR_IN, @$, @2, $1,
                                                             list_of(state, @3, $3)); } %prec OPEN
  | arith IS_NOT_ONE_OF ariths            { $$ = not_one_of(state, @$, @2, $1, list_of(state, @3, $3)); } %prec OPEN
  | arith IS_NOT_IN arith                 { $$ = not_one_of(state, @$, @2, $1, $3); }
  | arith BETWEEN arith AND arith         { $$ = expr_ternary(&state->builder, EXPR_BETWEEN, @$, $1, $3, $5); }
  | arith IS_MISSING                      { $$ = expr_unary(&state->builder, EXPR_IS_MISSING, @$, @2, $1); }
  | arith IS_KNOWN                        { $$ = expr_unary(&state->builder, EXPR_IS_KNOWN, @$, @2, $1); }
  | arith IS_MET                          { $$ = expr_unary(&state->builder, EXPR_IS_MET, @$, @2, $1); }
  | arith IS_NOT_MET                      { $$ = expr_unary(&state->builder, EXPR_IS_NOT_MET, @$, @2, $1); }
  | quantity arith                        { $$ = counted(state, @$, $1, $2, NULL); } %prec OPEN
  ;
ariths
  : arith                                 { $$ = exprs_more(state, exprs_new(state), $1); }
  | ariths COMMA arith                    { $$ = exprs_more(state, $1, $3); }
  ;
quantity
  : SOME_OF                               { $$ = (Quantity){QUANTITY_SOME, num_of(0), false}; }
  | ANY_OF                                { $$ = (Quantity){QUANTITY_SOME, num_of(0), false}; }
  | ALL_OF                                { $$ = (Quantity){QUANTITY_ALL, num_of(0), false}; }
  | NONE_OF                               { $$ = (Quantity){QUANTITY_NONE, num_of(0), false}; }
  | AT_LEAST NUMBER OF                    { $$ = quantity_of(QUANTITY_AT_LEAST, $2); }
  | AT_MOST NUMBER OF                     { $$ = quantity_of(QUANTITY_AT_MOST, $2); }
  | MORE_THAN NUMBER OF                   { $$ = quantity_of(QUANTITY_MORE_THAN, $2); }
  | FEWER_THAN NUMBER OF                  { $$ = quantity_of(QUANTITY_FEWER_THAN, $2); }
  | EXACTLY NUMBER OF                     { $$ = quantity_of(QUANTITY_EXACTLY, $2); }
  | AT_LEAST HALF OF                      { $$ = quantity_half(QUANTITY_AT_LEAST); }
  | AT_MOST HALF OF                       { $$ = quantity_half(QUANTITY_AT_MOST); }
  | MORE_THAN HALF OF                     { $$ = quantity_half(QUANTITY_MORE_THAN); }
  | FEWER_THAN HALF OF                    { $$ = quantity_half(QUANTITY_FEWER_THAN); }
  | EXACTLY HALF OF                       { $$ = quantity_half(QUANTITY_EXACTLY); }
  ;
arith
  : term
  | arith PLUS term                       { $$ = expr_binary(&state->builder, EXPR_ADD, @$, @2, $1, $3); }
  | arith MINUS term                      { $$ = expr_binary(&state->builder, EXPR_SUBTRACT, @$, @2, $1, $3); }
  ;
term
  : power
  | term STAR power                       { $$ = expr_binary(&state->builder, EXPR_MULTIPLY, @$, @2, $1, $3); }
  | term SLASH power                      { $$ = expr_binary(&state->builder, EXPR_DIVIDE, @$, @2, $1, $3); }
  | NUMBER OF power                       { $$ = share_of(state, @$, @2, @1, $1, $3); }
  ;
power
  : unary
  | unary POWER power                     { $$ = expr_binary(&state->builder, EXPR_POWER, @$, @2, $1, $3); }
  ;
unary
  : dated
  | MINUS unary                           { $$ = expr_unary(&state->builder, EXPR_NEGATE, @$, @1, $2); }
  ;
dated
  : postfix
  | dated ON postfix opt_known_on         { $$ = on_date(state, @$, @2, $1, $3, $4); }
  | dated IN_CURRENCY postfix             { $$ = in_currency(state, @$, $2, @2, $1, $3); }
  ;
opt_known_on
  : %empty                                { $$ = NULL; }
  | AS_KNOWN_ON postfix                   { $$ = $2; }
  ;
postfix
  : primary
  | postfix DOT NAME                      { $$ = field_of(state, @$, @3, $1, $3); }
  | postfix OPEN_BRACKET expr CLOSE_BRACKET { $$ = expr_binary(&state->builder, EXPR_INDEX, @$, @2, $1, $3); }
  | postfix ASSUMED arith IF_MISSING      { $$ = expr_binary(&state->builder, EXPR_ASSUMED, @$, @2, $1, $3); }
  ;
primary
  : NAME                                  { $$ = expr_literal(&state->builder, EXPR_NAME, @1, $1); }
  | TEXT                                  { $$ = expr_literal(&state->builder, EXPR_TEXT, @1, $1); }
  | NUMBER                                { $$ = expr_literal(&state->builder, EXPR_NUMBER, @1, $1); }
  | MONEY                                 { $$ = expr_literal(&state->builder, EXPR_MONEY, @1, $1); }
  | DATE                                  { $$ = expr_literal(&state->builder, EXPR_DATE, @1, $1); }
  | MOMENT                                { $$ = expr_literal(&state->builder, EXPR_MOMENT, @1, $1); }
  | DURATION                              { $$ = expr_literal(&state->builder, EXPR_DURATION, @1, $1); }
  | YES                                   { $$ = expr_new(&state->builder, EXPR_YES_NO, @1); $$->value = 1; }
  | NO                                    { $$ = expr_new(&state->builder, EXPR_YES_NO, @1); }
  | NAME OPEN_PAREN arguments CLOSE_PAREN { $$ = call(state, @$, @1, $1, $3); }
  | NAME OPEN_PAREN CLOSE_PAREN           { $$ = call(state, @$, @1, $1, NULL); }
  | OPEN_PAREN valued CLOSE_PAREN         { $$ = expr_parenthesised(&state->builder, $2); }
  | OPEN_BRACKET opt_exprs CLOSE_BRACKET  { $$ = list_of(state, @$, $2); }
  | OPEN_BRACKET arith RANGE_DOTS arith CLOSE_BRACKET { $$ = range(state, @$, @3, $2, $4, 0); }
  | OPEN_BRACKET arith RANGE_DOTS arith CLOSE_PAREN   { $$ = range(state, @$, @3, $2, $4, 2); }
  | OPEN_PAREN arith RANGE_DOTS arith CLOSE_BRACKET   { $$ = range(state, @$, @3, $2, $4, 1); }
  | OPEN_PAREN arith RANGE_DOTS arith CLOSE_PAREN     { $$ = range(state, @$, @3, $2, $4, 3); }
  | OPEN_BRACE record_fields CLOSE_BRACE  { $$ = expr_of_items(&state->builder, EXPR_RECORD, @$, &$2->values, &$2->names); }
  ;
opt_exprs : %empty                        { $$ = exprs_new(state); }
          | exprs
          ;
exprs
  : valued                                { $$ = exprs_more(state, exprs_new(state), $1); }
  | exprs COMMA valued                    { $$ = exprs_more(state, $1, $3); }
  ;
arguments
  : valued                                { $$ = arguments_more(state, NULL, (Name){0}, $1); }
  | NAME COLON valued                     { $$ = arguments_more(state, NULL, (Name){$1->text, @1}, $3); }
  | arguments COMMA valued                { $$ = arguments_more(state, $1, (Name){0}, $3); }
  | arguments COMMA NAME COLON valued     { $$ = arguments_more(state, $1, (Name){$3->text, @3}, $5); }
  ;
record_fields
  : NAME COLON valued                     { $$ = arguments_more(state, NULL, (Name){$1->text, @1}, $3); }
  | record_fields COMMA NAME COLON valued { $$ = arguments_more(state, $1, (Name){$3->text, @3}, $5); }
  ;

%%

/* The tokens of tokens.def and the %token lines above stand in one order; parse.c and the report below rely on it. */
_Static_assert((int)YYSYMBOL_EXPECT - (int)YYSYMBOL_END_OF_STATEMENT ==
                   (int)TOKEN_EXPECT - (int)TOKEN_END_OF_STATEMENT, "tokens.def and %token differ");
_Static_assert((int)G_EXPECT - (int)G_END_OF_STATEMENT == (int)TOKEN_EXPECT - (int)TOKEN_END_OF_STATEMENT,
               "tokens.def and %token differ");

/* Told in parse.c, in the reader's words. */
static int yyreport_syntax_error(const yypcontext_t *context, struct ParseState *state) {
  enum { MOST = 64 };
  yysymbol_kind_t expected[MOST];
  int count = yypcontext_expected_tokens(context, expected, MOST);
  TokenKind kinds[MOST];
  uint32_t known = 0;
  for (int i = 0; i < count; i++)
    if (expected[i] > YYSYMBOL_YYUNDEF && (int)expected[i] - YYSYMBOL_END_OF_STATEMENT + TOKEN_END_OF_STATEMENT < TOKEN_COUNT)
      kinds[known++] = (TokenKind)((int)expected[i] - YYSYMBOL_END_OF_STATEMENT + TOKEN_END_OF_STATEMENT);
  parse_unexpected(state, kinds, known, count == 0);
  return 0;
}

static void grammar_error(const Span *at, struct ParseState *state, const char *message) {
  (void)message;  /* only "memory exhausted": the brackets are nested too deep */
  if (!state->builder.too_deep) diag_add(state->builder.diags, MSG_E0203, *at, DIAG_END);
  state->builder.too_deep = true;
}
