#include "eval/periods.h"

/* How many have begun by the day. */
static uint32_t begun(const Period *periods, uint32_t count, int64_t day) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (periods[middle].from <= day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t period_in_force(const Period *periods, uint32_t count, int64_t day, int64_t known_on) {
  uint32_t i = begun(periods, count, day);
  while (i > 0 && periods[i - 1].known_from > known_on) i--;
  return i > 0 ? i - 1 : NO_INDEX;
}

/* An entry is in force at the earliest days that it can be, or never: on later ones there are only more that go before
 * it. Where it begins behind first_day, only those of its own day can. */
static bool may_be_in_force(PeriodSearch *s, uint32_t i) {
  const Period *p = &s->periods[i];
  int64_t known = p->known_from > s->first_known ? p->known_from : s->first_known;
  if (p->from > s->first_day) {
    bool again = i + 1 < s->count && s->periods[i + 1].from == p->from;
    return known <= s->last_known && !(again && s->periods[i + 1].known_from <= known);
  }
  bool hidden = s->earliest_known <= known;
  if (p->known_from < s->earliest_known) s->earliest_known = p->known_from;
  return known <= s->last_known && !hidden;
}

bool period_search_next(PeriodSearch *s, uint32_t *period) {
  if (s->next == s->count) s->next = begun(s->periods, s->count, s->last_day);
  while (!s->done && s->next > 0 && s->earliest_known > s->first_known) {
    uint32_t i = --s->next;
    if (!may_be_in_force(s, i)) continue;
    *period = i;
    return true;
  }
  bool none = !s->done && s->earliest_known > s->first_known;
  s->done = true;
  *period = NO_INDEX;
  return none;
}
