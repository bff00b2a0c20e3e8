#include "shell/command.h"

#include <string.h>

/* The help, written from the tables of commands and options. */

enum { COMMAND_WIDTH = 11, OPTION_WIDTH = 22 };

static const char *const introduction[LANGUAGE_COUNT] = {
    "Terskel judges applications by the rules of a programme, and says why.\n",
    "Terskel bedømmer søknader etter reglene i et program, og sier hvorfor.\n"};
static const char *const usage[LANGUAGE_COUNT] = {"Usage:", "Bruk:"};
static const char *const options_word[LANGUAGE_COUNT] = {"Options:", "Valg:"};
static const char *const more[LANGUAGE_COUNT] = {
    "\n“terskel help COMMAND” tells more. A file named - is standard input.\n",
    "\n«terskel help COMMAND» forteller mer. Filen - er standard inn.\n"};
static const char *const statuses[LANGUAGE_COUNT] = {
    "\nExit status:\n"
    "  0  done\n"
    "  1  an application ended in error, a test failed, or the rules have mistakes\n"
    "  2  wrong use, or something could not be read or written\n"
    "  3  --strict, and an outcome is undetermined\n"
    "  4  out of memory\n",
    "\nAvslutningsstatus:\n"
    "  0  ferdig\n"
    "  1  en søknad endte i feil, en test feilet, eller reglene har feil\n"
    "  2  feil bruk, eller noe kunne ikke leses eller skrives\n"
    "  3  --strict, og et utfall er uavklart\n"
    "  4  ikke nok minne\n"};

static void write_option(const Shell *shell, Writer *w, const Option *option) {
  size_t width = strlen(option->name) + (option->value ? strlen(option->value) + 1 : 0);
  if (option->letter)
    write_format(w, "  -%c, ", option->letter);
  else
    write_text(w, "      ");
  write_format(w, "--%s", option->name);
  if (option->value) write_format(w, " %s", option->value);
  write_repeat(w, ' ', width < OPTION_WIDTH ? (unsigned)(OPTION_WIDTH - width) : 1);
  write_format(w, "%s\n", option->help[shell->language]);
}

static void write_options(const Shell *shell, Writer *w, OptionSet set) {
  write_format(w, "\n%s\n", options_word[shell->language]);
  for (int id = 0; id < OPTION_COUNT; id++)
    if (set >> id & 1) write_option(shell, w, &option_table[id]);
}

void help_overview(const Shell *shell, Writer *w) {
  write_text(w, introduction[shell->language]);
  write_format(w, "\n%s\n", usage[shell->language]);
  for (int i = 0; i < COMMAND_COUNT; i++) {
    const Command *command = &command_table[i];
    write_format(w, "  terskel %s %s\n", command->name, command->arguments);
  }
  write_char(w, '\n');
  for (int i = 0; i < COMMAND_COUNT; i++) {
    const Command *command = &command_table[i];
    write_format(w, "  %s", command->name);
    write_repeat(w, ' ', (unsigned)(COMMAND_WIDTH - strlen(command->name)));
    write_format(w, "%s\n", command->purpose[shell->language]);
  }
  write_options(shell, w, OPTION_BIT(OPTION_HELP) | OPTION_BIT(OPTION_VERSION) | OPTION_BIT(OPTION_LANGUAGE));
  write_text(w, more[shell->language]);
}

void help_command(const Shell *shell, Writer *w, const Command *command) {
  write_format(w, "%s terskel %s %s\n", usage[shell->language], command->name, command->arguments);
  write_format(w, "\n%s\n", command->details[shell->language]);
  write_options(shell, w, command->options);
  write_text(w, statuses[shell->language]);
}

ExitStatus command_help(Shell *shell, const Arguments *arguments) {
  const Command *command = arguments->count > 0 ? command_named(arguments->words[0]) : NULL;
  if (arguments->count > 1) {
    diag_add(&shell->mistakes, MSG_U0111, (Span){UINT32_MAX, 0, 0}, view_of(arguments->words[1]),
             VIEW("terskel help COMMAND"), DIAG_END);
    return shell_refuse(shell);
  }
  if (arguments->count == 1 && !command) {
    mistake_unknown_command(shell, arguments->words[0]);
    return shell_refuse(shell);
  }
  if (command)
    help_command(shell, shell->out, command);
  else
    help_overview(shell, shell->out);
  return EXIT_DONE;
}
