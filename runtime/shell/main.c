#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "check/program.h"
#include "shell/command.h"
#include "text/reason.h"

/* The program `terskel`: finds the command, reads its words, runs it. */

static const Span nowhere = {UINT32_MAX, 0, 0};

enum { COMMON_OPTIONS = OPTION_BIT(OPTION_LANGUAGE) | OPTION_BIT(OPTION_HELP) };

const Command command_table[COMMAND_COUNT] = {
    {"run",
     "RULES DATA… [OPTION…]",
     {"judge applications", "bedøm søknader"},
     {"Judges every application in DATA by the rules in the file RULES. DATA are files\n"
      "(.json, .jsonl, .csv) or folders of them; a file named - is standard input.",
      "Bedømmer hver søknad i DATA etter reglene i filen RULES. DATA er filer\n"
      "(.json, .jsonl, .csv) eller mapper med slike; filen - er standard inn."},
     OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_ON) | OPTION_BIT(OPTION_STRICT) |
         OPTION_BIT(OPTION_STATS) | COMMON_OPTIONS,
     command_run},
    {"check",
     "RULES… [OPTION…]",
     {"look for mistakes in rules", "let etter feil i regler"},
     {"Looks for mistakes in each of the files RULES, without any application.",
      "Leter etter feil i hver av filene RULES, uten noen søknad."},
     OPTION_BIT(OPTION_CHECK_FORMAT) | COMMON_OPTIONS,
     command_check},
    {"explain",
     "[CODE…] [OPTION…]",
     {"tell more about a message", "fortell mer om en melding"},
     {"Tells why each CODE (E0104) is a mistake, with a wrong and a right example; without a\n"
      "CODE, lists all messages.",
      "Forteller hvorfor hver CODE (E0104) er en feil, med et galt og et riktig eksempel; uten\n"
      "CODE vises alle meldinger."},
     COMMON_OPTIONS,
     command_explain},
    {"doc",
     "[MODULE or FILE…] [OPTION…]",
     {"show what a module or a rules file declares", "vis hva en modul eller regelfil deklarerer"},
     {"Shows the documentation of each MODULE of the standard library (std.eu.sme) or of each\n"
      "rules FILE: what it declares, and what its comments --| say of it. Without one, lists the modules.",
      "Viser dokumentasjonen av hver MODULE i standardbiblioteket (std.eu.sme) eller av hver\n"
      "regelfil: hva den deklarerer, og hva kommentarene --| sier om det. Uten noen vises modulene."},
     COMMON_OPTIONS,
     command_doc},
    {"test",
     "RULES… [OPTION…]",
     {"run the tests of rules", "kjør testene til regler"},
     {"Reads the files RULES as one text and runs the tests in it. Status 0: all passed.\n"
      "--format is text (the default), junit or json.",
      "Leser filene RULES som én tekst og kjører testene i den. Status 0: alle bestått.\n"
      "--format er text (det vanlige), junit eller json."},
     OPTION_BIT(OPTION_RUN) | OPTION_BIT(OPTION_COVERAGE) | OPTION_BIT(OPTION_DATA) | OPTION_BIT(OPTION_TEST_FORMAT) |
         COMMON_OPTIONS,
     command_test},
    {"fmt",
     "RULES… [OPTION…]",
     {"lay out rules, or translate them", "sett opp regler, eller oversett dem"},
     {"Lays out each of the files RULES; of Markdown files, the rules in them. What they mean\n"
      "stays the same. A file named - is read from standard input and written to standard\n"
      "output. With --language the keywords are translated; the names stay.",
      "Setter opp hver av filene RULES; i Markdown-filer reglene i dem. Det de betyr, blir\n"
      "det samme. Filen - leses fra standard inn og skrives til standard ut. Med --language\n"
      "blir nøkkelordene oversatt; navnene står."},
     OPTION_BIT(OPTION_CHECK) | OPTION_BIT(OPTION_DIFF) | COMMON_OPTIONS,
     command_fmt},
    {"table",
     "RULES [NAME] [OPTION…]",
     {"print a decision table", "skriv ut en beslutningstabell"},
     {"Prints the rows of the decision table NAME of the file RULES, as lines of a rules\n"
      "text (--format text) or as CSV (--format csv), which “from \"FILE\"” reads again.",
      "Skriver ut radene i beslutningstabellen NAME i filen RULES, som linjer i en regeltekst\n"
      "(--format text) eller som CSV (--format csv), som «fra \"FIL\"» leser igjen."},
     OPTION_BIT(OPTION_TABLE_FORMAT) | COMMON_OPTIONS,
     command_table_rows},
    {"functions",
     "[NAME]",
     {"tell about the built-in functions", "fortell om de innebygde funksjonene"},
     {"Lists the functions that rules can use, or tells about one of them.",
      "Lister funksjonene som regler kan bruke, eller forteller om en av dem."},
     COMMON_OPTIONS,
     command_functions},
    {"help",
     "[COMMAND]",
     {"tell about a command", "fortell om en kommando"},
     {"Tells about a command, or about all of them.", "Forteller om en kommando, eller om alle."},
     COMMON_OPTIONS,
     command_help},
};

const Command *command_named(const char *name) {
  for (int i = 0; i < COMMAND_COUNT; i++)
    if (strcmp(command_table[i].name, name) == 0) return &command_table[i];
  return NULL;
}

void mistake_unknown_command(Shell *shell, const char *name) {
  View names[COMMAND_COUNT], word = view_of(name), nearest = {0};
  unsigned best = 3;
  for (int i = 0; i < COMMAND_COUNT; i++) {
    View candidate = names[i] = view_of(command_table[i].name);
    unsigned distance = view_distance(shell->arena, word, candidate, 2);
    if (distance >= best || distance >= candidate.length) continue;
    best = distance;
    nearest = candidate;
  }
  Diag *diag =
      diag_add(&shell->mistakes, MSG_U0106, nowhere, word, view_list(shell->arena, names, COMMAND_COUNT), DIAG_END);
  if (nearest.length > 0) diag->own_help = did_you_mean(shell->arena, nearest, shell->language);
}

ExitStatus shell_refuse(Shell *shell) {
  diag_print(&shell->mistakes, shell->err, shell->language, shell->color_err);
  diag_init(&shell->mistakes, shell->arena, NULL);
  writer_flush(shell->err);
  return EXIT_TROUBLE;
}

void shell_fault(const Shell *shell, const Fault *fault) {
  static const char *const error[LANGUAGE_COUNT] = {"error", "feil"}, *const help[LANGUAGE_COUNT] = {"help", "hjelp"};
  Writer *w = shell->err;
  if (fault->file.length > 0) {
    write_visible(w, fault->file);
    if (fault->line > 0) write_format(w, ":%u", fault->line);
    write_text(w, ": ");
  }
  write_format(w, "%s%s %s:%s ", shell->color_err ? "\033[31m" : "", error[shell->language],
               message_table[fault->code].name, shell->color_err ? "\033[0m" : "");
  write_view(w, fault_sentence(shell->arena, fault, shell->language));
  write_char(w, '\n');
  View way_out = fault_help(shell->arena, fault, shell->language);
  if (way_out.length > 0) {
    write_format(w, "      = %s: ", help[shell->language]);
    write_view(w, way_out);
    write_char(w, '\n');
  }
  writer_flush(w);
}

ExitStatus shell_finish(Shell *shell, ExitStatus status) {
  static const char *const standard_output[LANGUAGE_COUNT] = {"Standard output", "Standard ut"};
  int error = writer_flush(shell->out);
  if (error) {
    View place = view_of(standard_output[shell->language]);
    diag_add(&shell->mistakes, MSG_U0112, nowhere, place, reason_of(error), DIAG_END);
    status = shell_refuse(shell);
  }
  return writer_flush(shell->err) ? EXIT_TROUBLE : status;
}

/* ---- start and end ---- */

/* A standard stream that is closed would give its number to the next file that is opened, and messages would land in
 * it. Each gets something that it fails on instead, so that a lost line does not look written. */
static void keep_standard_streams(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static Shell shell_new(Arena *arena, int argc, char **argv) {
  Shell shell = {.arena = arena,
                 .out = writer_to_fd(arena, STDOUT_FILENO),
                 .err = writer_to_fd(arena, STDERR_FILENO),
                 .color_out = terminal_has_color(STDOUT_FILENO),
                 .color_err = terminal_has_color(STDERR_FILENO),
                 .width = terminal_width(STDOUT_FILENO),
                 .terminal_err = terminal_width(STDERR_FILENO) > 0,
                 .language = language_of_environment()};
  if (language_asked(argc, argv, &shell.data_language)) shell.language = shell.data_language;
  diag_init(&shell.mistakes, arena, NULL);
  return shell;
}

static void check_language(Shell *shell, const Arguments *arguments) {
  const char *name = arguments->values[OPTION_LANGUAGE];
  Language ignored;
  if (name && !language_named(name, &ignored))
    diag_add(&shell->mistakes, MSG_U0104, nowhere, VIEW("--language"), view_of(name), VIEW("en, nb"), DIAG_END);
}

static ExitStatus run_command(Shell *shell, const Command *command, int argc, char **argv) {
  Arguments arguments;
  View help = view_join(shell->arena, VIEW("terskel help "), view_of(command->name));
  arguments_read(shell->arena, argc, argv, command->options, help, shell->language, &shell->mistakes, &arguments);
  check_language(shell, &arguments);
  if (shell->mistakes.errors > 0) return shell_refuse(shell);
  if (arguments.values[OPTION_HELP]) {
    help_command(shell, shell->out, command);
    return EXIT_DONE;
  }
  return command->run(shell, &arguments);
}

/* Words without a command: --help, --version, or a mistake. */
static ExitStatus run_without_command(Shell *shell, int argc, char **argv) {
  Arguments arguments;
  arguments_read(shell->arena, argc, argv, COMMON_OPTIONS | OPTION_BIT(OPTION_VERSION), VIEW("terskel --help"),
                 shell->language, &shell->mistakes, &arguments);
  check_language(shell, &arguments);
  if (shell->mistakes.errors > 0) return shell_refuse(shell);
  if (arguments.values[OPTION_HELP]) {
    help_overview(shell, shell->out);
  } else if (arguments.values[OPTION_VERSION]) {
    write_format(shell->out, "terskel %s\n", TERSKEL_VERSION);
  } else {
    diag_add(&shell->mistakes, MSG_U0107, nowhere, DIAG_END);
    return shell_refuse(shell);
  }
  return EXIT_DONE;
}

/* The command is the first word; options that concern every command may stand before it. */
static int first_word(int argc, char **argv) {
  int at = 1;
  while (at < argc && argv[at][0] == '-' && argv[at][1]) at += strcmp(argv[at], "--language") == 0 ? 2 : 1;
  return at < argc ? at : 0;
}

static ExitStatus run_words(Shell *shell, int argc, char **argv) {
  int at = first_word(argc, argv);
  if (at == 0) return run_without_command(shell, argc > 0 ? argc - 1 : 0, argv + 1);
  const Command *command = command_named(argv[at]);
  if (!command) {
    mistake_unknown_command(shell, argv[at]);
    return shell_refuse(shell);
  }
  for (; at > 1; at--) argv[at] = argv[at - 1];
  return run_command(shell, command, argc - 2, argv + 2);
}

static _Noreturn void out_of_memory(void) {
  static const char line[] = "terskel: out of memory\n";
  ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
  (void)ignored;
  _exit(MEMORY_EXIT_STATUS);
}

int main(int argc, char **argv) {
  keep_standard_streams();
  memory_adopt_gmp();
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) out_of_memory();
  Arena *arena = arena_new();
  Shell shell = shell_new(arena, argc, argv);
  ExitStatus status = shell_finish(&shell, run_words(&shell, argc, argv));
  memory_trap_pop(&trap);
  arena_free(arena);
  return (int)status;
}
