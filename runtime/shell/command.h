/* Commands: what `terskel NAME …` can be. One table, from which the words of
 * the command line are read and the help is written; one file a command. Data
 * goes to standard output, all messages to standard error. */
#ifndef SHELL_COMMAND_H
#define SHELL_COMMAND_H

#include "check/program.h"
#include "data/fault.h"
#include "shell/options.h"

/* Memory that is refused ends with MEMORY_EXIT_STATUS, which is 4. */
typedef enum ExitStatus {
  EXIT_DONE = 0,
  EXIT_MISTAKES = 1, /* an application ended in error, a test failed, or the rules have mistakes */
  EXIT_TROUBLE = 2,  /* wrong use, or something could not be read or written */
  EXIT_OPEN = 3,     /* --strict, and an outcome is undetermined */
} ExitStatus;

typedef struct Shell {
  Arena *arena;
  Writer *out, *err;
  bool color_out, color_err;
  uint32_t width;    /* of the terminal that standard output is, or 0 */
  bool terminal_err; /* is standard error one? */
  Language language; /* of all that is for people */
  /* Of sentences in JSON, JSON Lines, CSV and SARIF: asked for or English, because the environment changes no data. */
  Language data_language;
  DiagQueue mistakes; /* of use */
} Shell;

typedef struct Command {
  const char *name;
  const char *arguments; /* as the help shows them */
  const char *purpose[LANGUAGE_COUNT];
  const char *details[LANGUAGE_COUNT];
  OptionSet options;
  ExitStatus (*run)(Shell *shell, const Arguments *arguments);
} Command;

enum { COMMAND_COUNT = 9 };
extern const Command command_table[COMMAND_COUNT];

const Command *command_named(const char *name); /* or NULL */
void mistake_unknown_command(Shell *shell, const char *name);

ExitStatus command_run(Shell *shell, const Arguments *arguments);
ExitStatus command_check(Shell *shell, const Arguments *arguments);
ExitStatus command_explain(Shell *shell, const Arguments *arguments);
ExitStatus command_doc(Shell *shell, const Arguments *arguments);
ExitStatus command_test(Shell *shell, const Arguments *arguments);
ExitStatus command_fmt(Shell *shell, const Arguments *arguments);
ExitStatus command_table_rows(Shell *shell, const Arguments *arguments);
ExitStatus command_functions(Shell *shell, const Arguments *arguments);
ExitStatus command_help(Shell *shell, const Arguments *arguments);

void help_overview(const Shell *shell, Writer *w);
void help_command(const Shell *shell, Writer *w, const Command *command);

/* One rules file, read and checked. */
typedef struct Checked {
  Program *program; /* NULL where the status is not EXIT_DONE */
  DiagQueue mistakes;
  ExitStatus status;
} Checked;

/* `deep`: with what the text itself proves. */
void shell_read_rules(Shell *shell, const char *path, bool deep, Checked *out);
/* Reads and checks one rules file and prints what is wrong with it; the program is NULL where that is not EXIT_DONE. */
ExitStatus shell_check(Shell *shell, const char *path, Program **program);

/* Tells on standard error what is wrong with a whole data file, as a mistake in the rules is told. */
void shell_fault(const Shell *shell, const Fault *fault);
/* Prints what is queued to standard error and empties the queue. Returns EXIT_TROUBLE. */
ExitStatus shell_refuse(Shell *shell);
/* Flushes standard output and standard error; a failure is reported where it can be. Returns `status`, or
 * EXIT_TROUBLE. */
ExitStatus shell_finish(Shell *shell, ExitStatus status);

/* Colours are for terminals that can show them and readers who want them (https://no-color.org). */
bool terminal_has_color(int fd);
uint32_t terminal_width(int fd); /* 0: not a terminal */

#endif
