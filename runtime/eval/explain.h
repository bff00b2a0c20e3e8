/* Explaining: what stands behind the value of a node for one application.
 * Reads the columns that evaluation left; evaluates nothing anew. */
#ifndef EVAL_EXPLAIN_H
#define EVAL_EXPLAIN_H

#include "eval/evaluate.h"

typedef LIST(View) NameRows;

/* Adds the names of the missing inputs that the unknown value of `node` at `row` (of the node's space) may depend on,
 * each once, in the order in which they are met: "received", "members[2].sector", "members" where more may come. */
void explain_missing(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, NameRows *names);
/* Adds the faults behind an error, each once. */
typedef LIST(const Fault *) FaultList;
void explain_faults(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, FaultList *faults);

/* Such a name for people: a list that was given is "members (more may come)". */
View missing_text(const Evaluation *e, View name, uint32_t application, Arena *arena, Language language);
/* Do the declared bounds of a missing input behind the unknown value say the same? */
bool explain_bounds(const Evaluation *e, uint32_t node, uint32_t row, const Range *bounds, Arena *arena);

/* What values rest on: the nodes and lists that bear on them for these data. Of an `if` with a known condition the
 * branch that was taken, of a dated value the entry in force; what is still open where the rest has decided is not in
 * it. Nodes are added one by one. */
typedef struct Basis Basis;
Basis *basis_new(const Evaluation *e, Arena *arena);
void basis_add(Basis *basis, uint32_t node, uint32_t row);
void basis_add_list(Basis *basis, uint32_t space);
bool basis_has(const Basis *basis, uint32_t node);
bool basis_has_list(const Basis *basis, const ListRef *list, uint32_t application);

/* ---- rows ---- */

/* The row of the space `outer` that `row` of `space` belongs to; NO_INDEX where `outer` does not enclose it. */
uint32_t row_in_space(const Evaluation *e, uint32_t space, uint32_t row, uint32_t outer);
/* The rows [first, end) of `space` that belong to an application; all spaces keep those together. */
typedef struct RowRange {
  uint32_t first, end;
} RowRange;
RowRange rows_of_application(const Evaluation *e, uint32_t space, uint32_t application);
/* A path of fields with the numbers of the items that `row` of `space` stands for: "members[2].sector". */
View place_name(const Evaluation *e, View path, uint32_t space, uint32_t row, Arena *arena);

/* ---- values ---- */

bool value_is_known(const Evaluation *e, uint32_t node, uint32_t row);
bool value_is_error(const Evaluation *e, uint32_t node, uint32_t row);
/* Known to be yes, known to be no. Both are false for what is unknown or an error. */
bool value_is_yes(const Evaluation *e, uint32_t node, uint32_t row);
bool value_is_no(const Evaluation *e, uint32_t node, uint32_t row);

/* The value as people read it ("NOK 1 500 000", "0.48", "2019-09-06 15:00", "yes", "Arena Pro"); where it is not known,
 * what is still possible ("1 to 6", "Arena or Arena Pro", "yes or no"), or "missing", or "error". */
View value_text(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language);
/* Do the possible values of an unknown one say anything that its type does not? */
bool value_is_narrowed(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena);
/* The same with a name: "own share = 0.48", "potential is missing: 1 to 6". */
View value_sentence(const Evaluation *e, View name, uint32_t node, uint32_t row, Arena *arena, Language language);
/* A number of this type, as people read it. */
View number_text(const Evaluation *e, Num number, const Type *type, Arena *arena, Language language);
/* The values that an unknown yes/no or enumeration may still take; false for all other types, and where none is ruled
 * out of more than 64. */
bool possible_values(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena, Language language, NameRows *out);

/* The value as JSON: numbers and money as exact decimal numbers (what has no finite decimal of 34 digits as a string
 * "1/3"), dates and durations as ISO 8601 texts; where it is not known {"possible": […]} or {"from": …, "to": …}, null
 * where nothing can be said; an error {"error": "…"}. */
void value_json(const Evaluation *e, uint32_t node, uint32_t row, Arena *scratch, Language language, Writer *w);
/* The value as a CSV field, without decoration; empty where it is not known. What has no finite decimal is cut to 34
 * digits, because a spreadsheet would take "2/3" for a day of March. */
View value_plain(const Evaluation *e, uint32_t node, uint32_t row, Arena *arena);

/* ---- faults ---- */

/* Where it is ("applications.csv:3", "programme.tsk:12:5"), empty where that is not known. */
View fault_place(const Evaluation *e, const Fault *fault, Arena *arena);
/* The place, the field, the sentence and the code in one line. */
View fault_text(const Evaluation *e, const Fault *fault, Arena *arena, Language language);
/* The same with the way out behind it. */
View fault_line(const Evaluation *e, const Fault *fault, Arena *arena, Language language);
/* Equal for what is the same mistake at the same place. */
View fault_key(const Evaluation *e, const Fault *fault, Arena *arena);
/* What the applicant said of the item that was looked for and not found, or found more than once (R0106, R0107): a
 * sentence for each input. */
void fault_values(const Evaluation *e, const Fault *fault, uint32_t application, Arena *arena, Language language,
                  NameRows *sentences);

#endif
