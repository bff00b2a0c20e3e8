#include "check/functions.h"
#include "shell/command.h"

/* terskel functions: the table of built-in functions, as a list or one by one.
 * In bokmål the names in the examples are bokmål, too. */

static const char *const subjects[SUBJECT_COUNT][LANGUAGE_COUNT] = {
    [SUBJECT_NUMBERS] = {"Numbers", "Tall"},
    [SUBJECT_LISTS] = {"Lists", "Lister"},
    [SUBJECT_TEXTS] = {"Texts", "Tekster"},
    [SUBJECT_CONVERSIONS] = {"From one type to another", "Fra én type til en annen"},
    [SUBJECT_DATES] = {"Dates", "Datoer"},
    [SUBJECT_RANGES] = {"Ranges and values", "Intervaller og verdier"},
};

/* ---- the list ---- */

enum { SIGNATURE_WIDTH = 42 };

static void write_line(const Shell *shell, const FunctionText *function) {
  View signature = function_signature(shell->arena, function, shell->language);
  uint32_t width = utf8_width(signature);
  write_text(shell->out, "  ");
  write_view(shell->out, signature);
  write_repeat(shell->out, ' ', width < SIGNATURE_WIDTH ? SIGNATURE_WIDTH - width : 1);
  write_format(shell->out, "%s\n", function->says[shell->language]);
}

static void write_list(const Shell *shell) {
  for (int subject = 0; subject < SUBJECT_COUNT; subject++) {
    write_format(shell->out, "%s%s\n", subject ? "\n" : "", subjects[subject][shell->language]);
    for (uint32_t i = 0; i < function_count; i++)
      if (function_table[i].subject == (FunctionSubject)subject) write_line(shell, &function_table[i]);
  }
}

/* ---- one of them ---- */

static void write_parameters(const Shell *shell, const FunctionText *function) {
  static const char *const optional[LANGUAGE_COUNT] = {" (may be left out)", " (kan utelates)"};
  static const char *const rest[LANGUAGE_COUNT] = {" (any number of them)", " (så mange man vil)"};
  for (uint32_t i = 0; i < function_parameter_count(function); i++) {
    const FunctionParameter *p = &function->parameters[i];
    const char *more = p->kind == ARGUMENT_OPTIONAL ? optional[shell->language]
                       : p->kind == ARGUMENT_REST   ? rest[shell->language]
                                                    : "";
    write_format(shell->out, "    %s: %s%s\n", p->names[shell->language], function_type(p->type, shell->language), more);
  }
}

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }

/* The function whose English name stands here in front of a parenthesis, the longest; NULL: none. */
static const FunctionText *function_at(View text, uint32_t at) {
  const FunctionText *found = NULL;
  uint32_t longest = 0;
  View rest = {text.at + at, text.length - at};
  for (uint32_t i = 0; i < function_count; i++) {
    View name = view_of(function_table[i].names[LANGUAGE_EN]);
    bool here = view_starts(rest, name) && rest.length > name.length && rest.at[name.length] == '(';
    if (here && name.length > longest) found = &function_table[i], longest = name.length;
  }
  return found;
}

static void write_example(const Shell *shell, const FunctionText *function) {
  View text = view_of(function->example);
  write_text(shell->out, "    ");
  for (uint32_t at = 0; at < text.length;) {
    bool starts = at == 0 || !is_word(text.at[at - 1]);
    const FunctionText *named = starts ? function_at(text, at) : NULL;
    if (named) {
      write_text(shell->out, named->names[shell->language]);
      at += view_of(named->names[LANGUAGE_EN]).length;
    } else {
      write_char(shell->out, text.at[at++]);
    }
  }
  write_format(shell->out, " => %s\n", function->value);
}

static void write_page(const Shell *shell, const FunctionText *function, bool first) {
  static const char *const gives[LANGUAGE_COUNT] = {"gives", "gir"}, *const example[LANGUAGE_COUNT] = {"Example:",
                                                                                                       "Eksempel:"};
  if (!first) write_char(shell->out, '\n');
  write_view(shell->out, function_signature(shell->arena, function, shell->language));
  write_format(shell->out, "\n\n  %s\n\n", function->says[shell->language]);
  write_parameters(shell, function);
  write_format(shell->out, "    %s: %s\n\n  %s\n", gives[shell->language],
               function_type(function->result, shell->language), example[shell->language]);
  write_example(shell, function);
}

/* By its name in the language, or in the other. */
static bool is_called(const FunctionText *function, View name) {
  return view_is(name, function->names[LANGUAGE_EN]) || view_is(name, function->names[LANGUAGE_NB]);
}

static bool write_pages(const Shell *shell, View name) {
  bool found = false;
  for (uint32_t i = 0; i < function_count; i++) {
    if (!is_called(&function_table[i], name)) continue;
    write_page(shell, &function_table[i], !found);
    found = true;
  }
  return found;
}

static View nearest(const Shell *shell, View name) {
  View best = {0};
  unsigned distance = 3;
  for (uint32_t i = 0; i < function_count; i++) {
    View candidate = view_of(function_table[i].names[shell->language]);
    unsigned d = view_distance(shell->arena, name, candidate, 2);
    if (d < distance && d < candidate.length) distance = d, best = candidate;
  }
  return best;
}

/* "round up" may be one word of the command line or two. */
static View name_of(const Shell *shell, const Arguments *arguments) {
  View name = view_of(arguments->words[0]);
  for (uint32_t i = 1; i < arguments->count; i++)
    name = view_join(shell->arena, view_join(shell->arena, name, VIEW(" ")), view_of(arguments->words[i]));
  return name;
}

ExitStatus command_functions(Shell *shell, const Arguments *arguments) {
  if (arguments->count == 0) {
    write_list(shell);
    return EXIT_DONE;
  }
  View name = name_of(shell, arguments);
  if (write_pages(shell, name)) return EXIT_DONE;
  Diag *diag = diag_add(&shell->mistakes, MSG_U0155, (Span){UINT32_MAX, 0, 0}, name, DIAG_END);
  View near = nearest(shell, name);
  if (near.length) diag->own_help = did_you_mean(shell->arena, near, shell->language);
  return shell_refuse(shell);
}
