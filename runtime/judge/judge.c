#include "judge/outcome.h"

#include <string.h>

/* Levels first, by words of 64 rows; then one outcome a row out of those of
 * the levels that bear on it. */

/* ---- one level ---- */

static uint64_t yes_word(const Evaluation *e, uint32_t node, uint32_t w) {
  return node == NO_NODE ? ~UINT64_C(0) : e->columns[node]->yes[w];
}

static uint64_t no_word(const Evaluation *e, uint32_t node, uint32_t w) {
  return node == NO_NODE ? 0 : e->columns[node]->no[w];
}

static uint64_t error_word(const Evaluation *e, uint32_t node, uint32_t w) {
  return node == NO_NODE || !e->columns[node]->error ? 0 : e->columns[node]->error[w];
}

/* The low eight bits of a word as eight bytes of 0 or 1, the lowest bit first in memory. */
static uint64_t bytes_of(uint64_t bits) {
  uint64_t spread = (bits & 0xFF) * UINT64_C(0x0101010101010101) & UINT64_C(0x8040201008040201);
  uint64_t ones = (spread + UINT64_C(0x7F7F7F7F7F7F7F7F)) >> 7 & UINT64_C(0x0101010101010101);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ones : __builtin_bswap64(ones);
}

/* Dismissed where a formal requirement is not met, rejected where anything else is not: a definite refusal stands
 * before errors and what is unknown. Qualified where all is met. */
static void judge_word(const Evaluation *e, const Level *level, uint32_t w, uint8_t *outcomes, uint32_t count) {
  const uint32_t nodes[] = {level->available, level->formal, level->required, level->minimums, level->enough};
  uint64_t dismissed = no_word(e, level->formal, w), refused = 0, error = 0, qualified = ~UINT64_C(0);
  for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
    refused |= no_word(e, nodes[i], w);
    error |= error_word(e, nodes[i], w);
    qualified &= yes_word(e, nodes[i], w);
  }
  /* The refusals stand before errors, errors before what is open; each row has one of these bits. */
  refused &= ~dismissed;
  error &= ~(dismissed | refused);
  qualified &= ~(dismissed | refused | error);
  uint64_t open = ~(dismissed | refused | error | qualified);
  for (uint32_t k = 0; k < count; k += 8) {
    uint64_t eight = bytes_of(qualified >> k) * OUTCOME_QUALIFIED | bytes_of(refused >> k) * OUTCOME_REJECTED |
                     bytes_of(dismissed >> k) * OUTCOME_DISMISSED | bytes_of(error >> k) * OUTCOME_ERROR |
                     bytes_of(open >> k) * OUTCOME_UNDETERMINED;
    memcpy(outcomes + k, &eight, sizeof eight);
  }
}

static uint8_t *judge_level(Arena *arena, const Evaluation *e, const Level *level) {
  uint32_t rows = e->batch->rows;
  uint8_t *outcomes = arena_array(arena, uint8_t, words_for(rows) * 64); /* eight are written at once */
  for (uint32_t w = 0; w < words_for(rows); w++)
    judge_word(e, level, w, outcomes + w * 64, rows - w * 64 < 64 ? rows - w * 64 : 64);
  return outcomes;
}

/* ---- which levels bear on the outcome ---- */

typedef struct Ladder {
  const Judged *judged;
  const Program *program;
  uint32_t *levels; /* of each code: its index in program->levels, NO_INDEX where no section describes it */
  uint32_t count;   /* codes */
  uint32_t common;  /* `every application`, or NO_INDEX */
} Ladder;

/* The section of a level speaks for its code; a brand only where there is no such section. */
static Ladder ladder_of(Arena *arena, const Judged *judged) {
  const Program *program = judged->evaluation->program;
  Ladder ladder = {.judged = judged, .program = program, .common = NO_INDEX};
  ladder.count = program->level_type ? program->level_type->count : 0;
  ladder.levels = arena_array(arena, uint32_t, ladder.count);
  for (uint32_t i = 0; i < ladder.count; i++) ladder.levels[i] = NO_INDEX;
  for (uint32_t i = 0; i < program->level_count; i++) {
    const Level *level = &program->levels[i];
    if (level->kind == LEVEL_COMMON) ladder.common = i;
    bool has_code = (level->kind == LEVEL_LEVEL || level->kind == LEVEL_BRAND) && level->code < ladder.count;
    if (has_code && (level->kind == LEVEL_LEVEL || ladder.levels[level->code] == NO_INDEX))
      ladder.levels[level->code] = i;
  }
  return ladder;
}

static OutcomeKind level_outcome(const Ladder *ladder, uint32_t level, uint32_t row) {
  return (OutcomeKind)ladder->judged->level_outcomes[level][row];
}

/* Without rules for every application nothing stands in anyone's way there. */
static OutcomeKind common_outcome(const Ladder *ladder, uint32_t row) {
  return ladder->common == NO_INDEX ? OUTCOME_QUALIFIED : level_outcome(ladder, ladder->common, row);
}

static bool is_refusal(OutcomeKind kind) { return kind == OUTCOME_DISMISSED || kind == OUTCOME_REJECTED; }

/* A level without a section cannot be had. */
static OutcomeKind outcome_for_code(const Ladder *ladder, uint32_t code, uint32_t row) {
  uint32_t level = code < ladder->count ? ladder->levels[code] : NO_INDEX;
  if (level != NO_INDEX) return level_outcome(ladder, level, row);
  return common_outcome(ladder, row) == OUTCOME_DISMISSED ? OUTCOME_DISMISSED : OUTCOME_REJECTED;
}

/* ---- decides level sought ---- */

/* The refusal that all levels agree on which may be sought; OUTCOME_UNDETERMINED where they do not. */
static OutcomeKind refusal_by_all(const Ladder *ladder, uint64_t mask, uint32_t row) {
  uint64_t all = ladder->count < ENUM_MASK_VALUES ? (UINT64_C(1) << ladder->count) - 1 : ~UINT64_C(0);
  OutcomeKind agreed = OUTCOME_UNDETERMINED;
  bool first = true;
  if (mask & ~all) return OUTCOME_UNDETERMINED; /* which level it is may yet fail */
  for (uint32_t code = 0; code < ladder->count; code++) {
    if (code < ENUM_MASK_VALUES && !(mask >> code & 1)) continue;
    OutcomeKind outcome = outcome_for_code(ladder, code, row);
    if (!is_refusal(outcome) || (!first && outcome != agreed)) return OUTCOME_UNDETERMINED;
    agreed = outcome;
    first = false;
  }
  return agreed;
}

static OutcomeKind decide_sought(const Ladder *ladder, uint32_t row, uint32_t *reached) {
  const Column *sought = ladder->judged->evaluation->columns[ladder->program->sought];
  if (column_is_error(sought, row)) return OUTCOME_ERROR;
  if (!bit_get(sought->known, row)) {
    OutcomeKind agreed = refusal_by_all(ladder, column_mask(sought, row), row), common = common_outcome(ladder, row);
    return agreed != OUTCOME_UNDETERMINED ? agreed : is_refusal(common) ? common : OUTCOME_UNDETERMINED;
  }
  OutcomeKind outcome = outcome_for_code(ladder, sought->codes[row], row);
  if (outcome == OUTCOME_QUALIFIED) *reached = ladder->levels[sought->codes[row]];
  return outcome;
}

/* ---- decides highest level ---- */

/* From the top down to the first level that is qualified. What is open above it leaves it open, an error more so. */
static OutcomeKind decide_highest(const Ladder *ladder, uint32_t row, uint32_t *reached) {
  bool seen[OUTCOME_COUNT] = {false};
  for (uint32_t code = ladder->count; code-- > 0 && !seen[OUTCOME_QUALIFIED];) {
    uint32_t level = ladder->levels[code];
    if (level == NO_INDEX || ladder->program->levels[level].kind != LEVEL_LEVEL) continue;
    seen[level_outcome(ladder, level, row)] = true;
    *reached = level;
  }
  if (seen[OUTCOME_ERROR] || seen[OUTCOME_UNDETERMINED] || !seen[OUTCOME_QUALIFIED]) *reached = NO_INDEX;
  if (seen[OUTCOME_ERROR]) return OUTCOME_ERROR;
  if (seen[OUTCOME_UNDETERMINED]) return OUTCOME_UNDETERMINED;
  if (seen[OUTCOME_QUALIFIED]) return OUTCOME_QUALIFIED;
  return seen[OUTCOME_REJECTED] || !seen[OUTCOME_DISMISSED] ? OUTCOME_REJECTED : OUTCOME_DISMISSED;
}

/* ---- decides a decision, or nothing ---- */

static OutcomeKind decide_value(const Ladder *ladder, uint32_t row) {
  OutcomeKind common = common_outcome(ladder, row);
  if (common != OUTCOME_QUALIFIED && common != OUTCOME_UNDETERMINED) return common;
  const Column *value = ladder->judged->evaluation->columns[ladder->program->decisions[ladder->program->decided].node];
  if (column_is_error(value, row)) return OUTCOME_ERROR;
  return common == OUTCOME_QUALIFIED && column_is_known(value, row) ? OUTCOME_DECIDED : OUTCOME_UNDETERMINED;
}

static OutcomeKind decide_nothing(const Ladder *ladder, uint32_t row) {
  OutcomeKind common = common_outcome(ladder, row);
  return common == OUTCOME_QUALIFIED ? OUTCOME_DECIDED : common;
}

static OutcomeKind decide(const Ladder *ladder, uint32_t row, uint32_t *reached) {
  if (bit_get(ladder->judged->spoiled, row)) return OUTCOME_ERROR;
  switch (ladder->program->decides) {
  case DECIDES_NOTHING: return decide_nothing(ladder, row);
  case DECIDES_LEVEL: return decide_sought(ladder, row, reached);
  case DECIDES_HIGHEST_LEVEL: return decide_highest(ladder, row, reached);
  case DECIDES_DECISION: return decide_value(ladder, row);
  }
  return OUTCOME_ERROR;
}

Judged *judge(Arena *arena, const Evaluation *evaluation) {
  const Program *program = evaluation->program;
  uint32_t rows = evaluation->batch->rows;
  Judged *judged = arena_new_of(arena, Judged);
  *judged = (Judged){.arena = arena, .evaluation = evaluation, .spoiled = evaluation->batch->spoiled};
  if (!judged->spoiled) judged->spoiled = arena_array(arena, uint64_t, words_for(rows));
  judged->outcomes = arena_array(arena, uint8_t, rows);
  judged->reached = arena_array(arena, uint32_t, rows);
  judged->level_outcomes = arena_array(arena, uint8_t *, program->level_count);
  for (uint32_t i = 0; i < program->level_count; i++)
    judged->level_outcomes[i] = judge_level(arena, evaluation, &program->levels[i]);
  Ladder ladder = ladder_of(arena, judged);
  for (uint32_t row = 0; row < rows; row++) {
    judged->reached[row] = NO_INDEX;
    judged->outcomes[row] = (uint8_t)decide(&ladder, row, &judged->reached[row]);
  }
  return judged;
}
