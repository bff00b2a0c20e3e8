#include "data/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include "lib/refusal.h"
#include "lib/sample.h"

/* Whole files in, batches out. */

static Arena *arena;
static const Program *program;

static int make_program(void **state) {
  memory_adopt_gmp();
  arena = arena_new();
  program = sample_program(arena);
  return 0;
}

static int drop_arena(void **state) {
  arena_free(arena);
  return 0;
}

/* ---- reading a text ---- */

typedef struct Reading {
  Batch *batch;       /* NULL: no application */
  const Fault *fault; /* NULL: none */
} Reading;

static const char *path_of(int fd) {
  View path = view_format(arena, "/proc/self/fd/%d", fd);
  return view_join(arena, path, (View){"", 1}).at;
}

static Reading read_in_chunks(View text, DataFormat format, uint32_t chunk) {
  Reading reading = {0};
  Fault fault;
  int fd = sample_fd(text);
  Reader *r = reader_open(arena, program, path_of(fd), format, &fault);
  assert_non_null(r);
  if (chunk) reader_set_chunk(r, chunk);
  reading.batch = reader_next(r, arena, BATCH_ROWS);
  reading.fault = reader_fault(r);
  if (!reading.fault) assert_null(reader_next(r, arena, BATCH_ROWS));
  reading.fault = reader_fault(r);
  reader_close(r);
  close(fd);
  return reading;
}

static Reading read_text(const char *text, DataFormat format) { return read_in_chunks(view_of(text), format, 0); }

static const Batch *batch_of(const char *text, DataFormat format) {
  Reading reading = read_text(text, format);
  if (reading.fault) fail_msg("%s", message_table[reading.fault->code].name);
  assert_non_null(reading.batch);
  return reading.batch;
}

static void assert_cell(const Batch *batch, uint32_t input, uint32_t row, const char *expected) {
  View shown = cell_shown(arena, batch, input, row);
  if (!view_is(shown, expected))
    fail_msg("cell %u/%u is %.*s, not %s", input, row, (int)shown.length, shown.at, expected);
}

static void assert_fault(const Batch *batch, uint32_t index, const char *expected) {
  assert_true(index < batch->faults.count);
  View shown = fault_shown(arena, batch->faults.at[index].fault);
  if (!view_is(shown, expected)) fail_msg("%.*s\nnot %s", (int)shown.length, shown.at, expected);
}

static void assert_stops(const char *text, DataFormat format, uint32_t rows, const char *code, uint32_t line) {
  Reading reading = read_text(text, format);
  if (!reading.fault) fail_msg("“%s” was read to its end", text);
  assert_string_equal(message_table[reading.fault->code].name, code);
  assert_int_equal(reading.fault->line, line);
  assert_int_equal(reading.batch ? reading.batch->rows : 0, rows);
  assert_true(fault_sentence(arena, reading.fault, LANGUAGE_NB).length > 0);
}

/* ---- what it means ---- */

static const char rich_json[] =
    "[\n"
    "  {\"id\": \"A1\", \"name\": \"Sjømat\", \"received\": \"2019-09-06 15:00\", \"founded\": \"2010-01-31\",\n"
    "   \"staff\": 12, \"own_share\": 0.5, \"Total budget\": 2000000, \"approved\": true, \"sector\": \"business\",\n"
    "   \"running\": \"P3Y\", \"waiting\": \"36 hours\", \"level_sought\": \"Arena Pro\",\n"
    "   \"members\": [{\"name\": \"a\", \"sector\": \"public\", \"roles\": [\"chair\", \"owner\"]},"
    " {}, {\"roles\": []}],\n"
    "   \"tags\": [\"x\", null, \"y\"], \"address\": {\"city\": \"Ålesund\", \"post code\": 6002},\n"
    "   \"potential\": 4.5, \"triggered by support\": {\"value\": true, \"by\": \"panel\", \"reason\": \"clear\"}},\n"
    "  {\"id\": \"A2\", \"staff\": -1, \"wrong\": {\"a\": [1, {\"b\": 2}]}, \"members\": null, \"tags\": []}\n"
    "]\n";

static void json_in_full(void **state) {
  const Batch *b = batch_of(rich_json, FORMAT_JSON);
  assert_int_equal(b->rows, 2);
  static const struct {
    uint32_t input;
    const char *expected;
  } cells[] = {
      {IN_ID, "A1"},
      {IN_NAME, "Sjømat"},
      {IN_RECEIVED, "2019-09-06 15:00"},
      {IN_FOUNDED, "2010-01-31"},
      {IN_STAFF, "12"},
      {IN_SHARE, "0.5"},
      {IN_APPROVED, "yes"},
      {IN_SECTOR, "business"},
      {IN_RUNNING, "P3Y"},
      {IN_WAITING, "P1DT12H"},
      {IN_LEVEL, "Arena Pro"},
      {IN_MEMBERS_GIVEN, "yes"},
      {IN_TAGS_GIVEN, "yes"},
      {IN_ADDRESS_GIVEN, "yes"},
      {IN_CITY, "Ålesund"},
      {IN_POSTCODE, "6002"},
      {IN_POTENTIAL, "4.5"},
      {IN_TRIGGERED, "yes"},
      {IN_MEMBER_NAME, "a"},
      {IN_MEMBER_SECTOR, "public"},
      {IN_ROLES_GIVEN, "yes"},
      {IN_ROLE, "chair"},
      {IN_TAG, "x"},
  };
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) assert_cell(b, cells[i].input, 0, cells[i].expected);
  static const uint32_t members[] = {0, 3, 3}, roles[] = {0, 2, 2, 2}, tags[] = {0, 3, 3};
  assert_memory_equal(b->items[AT_MEMBERS].offsets, members, sizeof members);
  assert_memory_equal(b->items[AT_ROLES].offsets, roles, sizeof roles);
  assert_memory_equal(b->items[AT_TAGS].offsets, tags, sizeof tags);
  assert_cell(b, IN_ROLES_GIVEN, 1, "?");
  assert_cell(b, IN_ROLES_GIVEN, 2, "yes");
  assert_cell(b, IN_TAG, 1, "?");
  assert_cell(b, IN_TAG, 2, "y");
  assert_cell(b, IN_MEMBERS_GIVEN, 1, "?");
  assert_cell(b, IN_TAGS_GIVEN, 1, "yes");
  assert_cell(b, IN_STAFF, 1, "D0125");
  assert_true(view_is(b->ids[1], "A2") && view_is(b->names[0], "Sjømat") && b->names[1].length == 0);
  assert_true(b->lines[0] == 2 && b->lines[1] == 8);
  assert_int_equal(b->spoiled[0], 2);
  assert_int_equal(b->faults.count, 2);
  assert_fault(b, 0, "D0125 line 8 staff: “-1” is outside what is allowed: >= 0.");
  assert_fault(b, 1, "D0102 line 8 wrong: There is no field “wrong”.");
}

static void csv_in_full(void **state) {
  const Batch *b =
      batch_of("id;Name;received;founded;staff;own share;total budget;approved;sector;running;tags;address.city;"
               "address.post_code;potential;triggered by support\r\n"
               "A1;\"Sjø\r\nmat\";2019-09-06 15:00;2010-01-31;1 200;50%;NOK 2 000 000;ja;Business;3 years;x|y;"
               "Ålesund;6002;4.5;nei\r\n"
               "A2;;;;;;;;;;;;;;\r\n"
               "A3;b;;;x;;;;;;;;;;\r\n"
               "A4;b\r\n",
               FORMAT_CSV);
  assert_int_equal(b->rows, 4);
  static const struct {
    uint32_t input;
    const char *expected;
  } cells[] = {
      {IN_ID, "A1"},
      {IN_NAME, "Sjø\r\nmat"},
      {IN_RECEIVED, "2019-09-06 15:00"},
      {IN_FOUNDED, "2010-01-31"},
      {IN_STAFF, "1200"},
      {IN_SHARE, "0.5"},
      {IN_APPROVED, "yes"},
      {IN_SECTOR, "business"},
      {IN_RUNNING, "P3Y"},
      {IN_MEMBERS_GIVEN, "?"},
      {IN_TAGS_GIVEN, "yes"},
      {IN_ADDRESS_GIVEN, "yes"},
      {IN_CITY, "Ålesund"},
      {IN_POSTCODE, "6002"},
      {IN_POTENTIAL, "4.5"},
      {IN_TRIGGERED, "no"},
      {IN_TAG, "x"},
  };
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) assert_cell(b, cells[i].input, 0, cells[i].expected);
  static const uint32_t tags[] = {0, 2, 2, 2, 2};
  assert_memory_equal(b->items[AT_TAGS].offsets, tags, sizeof tags);
  for (uint32_t i = IN_NAME; i < SAMPLE_INPUTS; i++)
    if (program->inputs[i].space == 0) assert_cell(b, i, 1, "?");
  assert_cell(b, IN_NAME, 2, "b");
  assert_true(view_is(b->ids[2], "A3") && view_is(b->ids[3], "#4"));
  assert_true(b->lines[1] == 4 && b->lines[3] == 6);
  assert_int_equal(b->spoiled[0], 12);
  assert_fault(b, 0, "D0111 line 5 staff: “x” is not a number.");
  assert_fault(b, 1, "D0160 line 6 : This line has 2 cells, but the header has 15.");
}

static void the_same_in_every_format(void **state) {
  View csv = batch_shown(arena, batch_of("id,staff,tags\nA,1,x;y\nB,,\nC,7,z\n", FORMAT_CSV));
  View lines = batch_shown(arena, batch_of("\n{\"id\":\"A\",\"staff\":1,\"tags\":[\"x\",\"y\"]}\n{\"id\":\"B\"}\n"
                                           "{\"staff\":7,\"tags\":[\"z\"],\"id\":\"C\"}",
                                           FORMAT_JSONL));
  View json = batch_shown(arena, batch_of("[\n{\"id\":\"A\",\"staff\":1,\"tags\":[\"x\",\"y\"]},\n{\"id\":\"B\"},\n"
                                          "{\"staff\":7,\"tags\":[\"z\"],\"id\":\"C\"}]",
                                          FORMAT_JSON));
  assert_true(view_equal(csv, lines));
  assert_true(view_equal(csv, json));
}

/* Good and bad applications, and what every chunk size must make of them. */
static const char bad_lines[] =
    "\xEF\xBB\xBF{\"id\":\"A\",\"staff\":1}\r\n"
    "{\"id\":\"B\",\"staff\":\"1\",\"name\":\"b\"}\r\n"
    "{\"id\":\"C\",\"staf\":1}\n"
    "{\"id\":\"D\",\"id\":\"E\",\"Level sought\":\"NCE\",\"level_sought\":\"NCE\"}\n"
    "{\"id\":\"F\",\"staff\":1\n"
    "\n"
    "not json\n"
    "{\"id\":\"G\"} {\"id\":\"H\"}\n"
    "17\n"
    "[{\"id\":\"I\"}]\n"
    "{\"id\":\"J\",\"name\":\"bl\xE5\",\"staff\":3}\n"
    "{\"id\":\"K\",\"name\":\"\\ud800\",\"members\":{},\"tags\":\"x\",\"address\":[]}\n"
    "{\"members\":[{\"sector\":\"busines\"},3,null,{\"name\":[]}],\"tags\":[{\"a\":1},[2],\"ok\"]}\n"
    "{\"triggered by support\":{\"valu\":true,\"value\":false,\"value\":true,\"by\":3,\"reason\":null}}\n"
    "{\"id\":\"L\",\"triggered by support\":true,\"potential\":1e999999}";

static void each_bad_line_spoils_itself_only(void **state) {
  const Batch *b = batch_of(bad_lines, FORMAT_JSONL);
  assert_int_equal(b->rows, 14);
  assert_int_equal(b->spoiled[0], 0x3FFE);
  static const char *const ids[] = {"A", "B", "C", "D", "F", "#6", "G", "#8", "#9", "J", "K", "#12", "#13", "L"};
  for (uint32_t i = 0; i < 14; i++) assert_true(view_is(b->ids[i], ids[i]));
  static const char *const faults[] = {
      "D0111 line 2 staff: “\"1\"” is not a number.",
      "D0101 line 3 staf: There is no field “staf”.",
      "D0103 line 4 id: The field “id” is given twice.",
      "D0103 line 4 level sought: The field “level sought” is given twice.",
      "D0141 line 5 : The JSON ends too early.",
      "D0140 line 7 : “not” cannot stand here in JSON.",
      "D0148 line 8 : “{” stands behind the end of the application.",
      "D0104 line 9 : An application is written { … }, not “17”.",
      "D0104 line 10 : An application is written { … }, not “[…]”.",
      "D0146 line 11 name: “\\xe5” in this text is not valid UTF-8.",
      "D0145 line 12 name: “\\ud800” is half of a character.",
      "D0106 line 12 members: “members” is a list: it is written [ … ], not “{…}”.",
      "D0106 line 12 tags: “tags” is a list: it is written [ … ], not “x”.",
      "D0105 line 12 address: “address” is a record: it is written { … }, not “[…]”.",
      "D0124 line 13 members[1].sector: “busines” is not one of the values of this field.",
      "D0105 line 13 members[2]: “members[2]” is a record: it is written { … }, not “3”.",
      "D0116 line 13 members[4].name: “[…]” is not a text.",
      "D0116 line 13 tags[1]: “{…}” is not a text.",
      "D0116 line 13 tags[2]: “[…]” is not a text.",
      "D0101 line 14 triggered by support.valu: There is no field “valu”.",
      "D0103 line 14 triggered by support.value: The field “value” is given twice.",
      "D0130 line 14 triggered by support.by: “3” must be a text.",
      "D0112 line 15 potential: “1e999999” has more digits than can be kept exactly.",
  };
  for (uint32_t i = 0; i < sizeof faults / sizeof *faults; i++) assert_fault(b, i, faults[i]);
  assert_int_equal(b->faults.count, sizeof faults / sizeof *faults);
  assert_cell(b, IN_NAME, 1, "b");
  assert_cell(b, IN_STAFF, 9, "3");
  assert_cell(b, IN_NAME, 9, "D0146");
  assert_cell(b, IN_MEMBERS_GIVEN, 10, "D0106");
  assert_cell(b, IN_TRIGGERED, 12, "no");
  assert_cell(b, IN_TRIGGERED, 13, "yes");
  assert_int_equal(b->items[AT_MEMBERS].rows, 4);
  assert_int_equal(b->items[AT_TAGS].rows, 3);
  assert_cell(b, IN_TAG, 2, "ok");
}

static const char bad_csv[] = "\xEF\xBB\xBFid,staff,colour,,tags\r\n"
                              "A,1,,,a;b;c\r\n"
                              "B,1,red,,\r\n"
                              "C,1,,x,\r\n"
                              "D,1,\r\n"
                              "E,1,,,,\r\n"
                              "\r\n"
                              "\"F\"x,1,,,\r\n"
                              "\"G\nG\",\"1\",,,a;;b;\r\n"
                              "H,bl\xE5,,,\r\n"
                              "I,\"1,,,\r\nJ,2,,,";

static void each_bad_record_spoils_itself_only(void **state) {
  Reading reading = read_text(bad_csv, FORMAT_CSV);
  const Batch *b = reading.batch;
  assert_int_equal(b->rows, 9);
  assert_int_equal(reading.fault->code, MSG_D0017);
  static const char *const faults[] = {
      "D0102 line 3 colour: There is no field “colour”.",
      "D0164 line 4 : Column 4 has no name but holds “x”.",
      "D0160 line 5 : This line has 3 cells, but the header has 5.",
      "D0160 line 6 : This line has 6 cells, but the header has 5.",
      "D0161 line 8 id: A quotation mark stands in the middle of the cell “\"F\"x”.",
      "D0111 line 11 staff: “bl\\xe5” is not a number.",
      "D0162 line 12 : The cell “\"1,,,\\u{d}\\u{a}J,2,,,” begins with a quotation mark and is never closed.",
  };
  for (uint32_t i = 0; i < sizeof faults / sizeof *faults; i++) assert_fault(b, i, faults[i]);
  assert_int_equal(b->faults.count, sizeof faults / sizeof *faults);
  assert_int_equal(b->spoiled[0], 2 + 4 + 8 + 16 + 32 + 128 + 256);
  assert_true(view_is(b->ids[6], "G\nG") && view_is(b->ids[8], "#9"));
  static const uint32_t tags[] = {0, 3, 3, 3, 3, 3, 3, 6, 6, 6};
  assert_memory_equal(b->items[AT_TAGS].offsets, tags, sizeof tags);
}

static const char bad_json[] =
    " [ {\"id\":\"A\"},\n{\"id\":\"B\" \"name\":\"b\"},\n3, nul ,[[1],{}],\"e,]\" , {\"id\":\"F\"},,"
    "{\"id\":\"[\\\"\"},\n"
    "{\"id\":\"C\",\"name\":\"x},\n{\"id\":\"D\"} ] ";

/* The text that is not closed takes the bracket behind it along, so the rest is lost, and said to be. */
static void each_bad_element_spoils_itself_only(void **state) {
  Reading reading = read_text(bad_json, FORMAT_JSON);
  const Batch *b = reading.batch;
  static const char *const faults[] = {
      "D0140 line 2 : “\"” cannot stand here in JSON.",
      "D0104 line 3 : An application is written { … }, not “3”.",
      "D0140 line 3 : “nul” cannot stand here in JSON.",
      "D0104 line 3 : An application is written { … }, not “[…]”.",
      "D0104 line 3 : An application is written { … }, not “e,]”.",
      "D0104 line 3 : An application is written { … }, not “”.",
      "D0141 line 4 name: The JSON ends too early.",
  };
  for (uint32_t i = 0; i < sizeof faults / sizeof *faults; i++) assert_fault(b, i, faults[i]);
  assert_int_equal(b->faults.count, sizeof faults / sizeof *faults);
  assert_int_equal(b->rows, 10);
  static const char *const ids[] = {"A", "B", "#3", "#4", "#5", "#6", "F", "#8", "[\"", "C"};
  for (uint32_t i = 0; i < b->rows; i++) assert_true(view_is(b->ids[i], ids[i]));
  assert_int_equal(reading.fault->code, MSG_D0010);
}

static void every_chunk_size_gives_the_same(void **state) {
  static const struct {
    const char *text;
    DataFormat format;
  } files[] = {
      {rich_json, FORMAT_JSON}, {rich_json, FORMAT_BY_NAME}, {bad_lines, FORMAT_JSONL}, {bad_lines, FORMAT_BY_NAME},
      {bad_csv, FORMAT_CSV},    {bad_csv, FORMAT_BY_NAME},   {bad_json, FORMAT_JSON},
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    Reading whole = read_in_chunks(view_of(files[i].text), files[i].format, 1 << 20);
    View expected = batch_shown(arena, whole.batch);
    for (uint32_t chunk = 1; chunk <= 64; chunk++) {
      Reading reading = read_in_chunks(view_of(files[i].text), files[i].format, chunk);
      View shown = batch_shown(arena, reading.batch);
      if (!view_equal(shown, expected))
        fail_msg("file %zu, chunks of %u:\n%.*s", i, chunk, (int)shown.length, shown.at);
      assert_int_equal(reading.fault ? reading.fault->code : 0, whole.fault ? whole.fault->code : 0);
    }
  }
}

/* ---- formats ---- */

static void one_object_is_one_application(void **state) {
  assert_int_equal(batch_of("{\"id\":\"A\"}", FORMAT_JSON)->rows, 1);
  assert_int_equal(batch_of(" \n{\n\"id\"\n:\n\"A\"\n}\n", FORMAT_JSON)->lines[0], 2);
}

static void the_first_byte_tells(void **state) {
  static const struct {
    const char *text;
    uint32_t rows;
  } cases[] = {
      {"{\"id\":\"A\"}\n{\"id\":\"B\"}\n", 2},
      {"{\"id\":\"A\"}", 1},
      {"{\n\"id\":\"A\"\n}", 1},
      {" \n[{\"id\":\"A\"},{\"id\":\"B\"}]", 2},
      {"id,name\nA,a\n", 1},
      {"id;name\nA;a\nB;b", 2},
      {"id\nA\n", 1},
      {"\"id\",name\nA,a\n", 1},
      {"{\"id\":\"}\"}\n{\"id\":\"{\\\"\"}\n{}", 3},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(batch_of(cases[i].text, FORMAT_BY_NAME)->rows, cases[i].rows);
}

static void files_without_applications(void **state) {
  static const struct {
    const char *text;
    DataFormat format;
  } cases[] = {{"[]", FORMAT_JSON},
               {" [ \n ] ", FORMAT_JSON},
               {"", FORMAT_JSONL},
               {"\n\n", FORMAT_JSONL},
               {"id,name\n", FORMAT_CSV}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Reading reading = read_text(cases[i].text, cases[i].format);
    assert_null(reading.batch);
    assert_null(reading.fault);
  }
}

static void files_that_cannot_be_read(void **state) {
  assert_stops("", FORMAT_JSON, 0, "D0005", 0);
  assert_stops("", FORMAT_CSV, 0, "D0005", 0);
  assert_stops("\n", FORMAT_BY_NAME, 0, "D0005", 0);
  assert_stops("PK\x03\x04", FORMAT_BY_NAME, 0, "D0003", 0);
  assert_stops("\xFF\xFEi", FORMAT_CSV, 0, "D0006", 0);
  assert_stops("17", FORMAT_JSON, 0, "D0007", 1);
  assert_stops("\n\nid,name", FORMAT_JSON, 0, "D0007", 3);
  assert_stops("{\"id\":\"A\"}\n{\"id\":\"B\"}", FORMAT_JSON, 1, "D0008", 2);
  assert_stops("[{\"id\":\"A\"}]\n]", FORMAT_JSON, 1, "D0008", 2);
  assert_stops("[{\"id\":\"A\"}\n{\"id\":\"B\"}]", FORMAT_JSON, 1, "D0009", 2);
  assert_stops("[{\"id\":\"A\"},\n]", FORMAT_JSON, 1, "D0140", 2);
  assert_stops("[{\"id\":\"A\"}", FORMAT_JSON, 1, "D0010", 1);
  assert_stops("[{\"id\":\"A\"},", FORMAT_JSON, 1, "D0010", 1);
  assert_stops("[{\"id\":\"A\"}, {\"id\"", FORMAT_JSON, 2, "D0010", 1);
  assert_stops("[", FORMAT_JSON, 0, "D0010", 1);
  assert_stops("id,name\nA,\"a\"\nB,\"b\nC,c\n", FORMAT_CSV, 2, "D0017", 3);
}

static void headers_that_cannot_be_read(void **state) {
  assert_stops("id,name,ID\nA,a,b", FORMAT_CSV, 0, "D0011", 1);
  assert_stops("level sought,level_sought\n", FORMAT_CSV, 0, "D0011", 1);
  assert_stops("id,x,x\n", FORMAT_CSV, 0, "D0011", 1);
  assert_stops("id,members\n", FORMAT_CSV, 0, "D0012", 1);
  assert_stops("id,members.name\n", FORMAT_CSV, 0, "D0012", 1);
  assert_stops("\nid,address\n", FORMAT_CSV, 0, "D0013", 2);
  assert_stops("a\tb\n1\t2\n", FORMAT_CSV, 0, "D0015", 1);
  assert_stops("a,b\n", FORMAT_CSV, 0, "D0015", 1);
  assert_stops("id,b\n", FORMAT_CSV, 0, "D0018", 0);
  assert_stops("id,\"name\n", FORMAT_CSV, 0, "D0016", 1);
  assert_stops("id,bl\xE5\n", FORMAT_CSV, 0, "D0133", 1);
  Reading reading = read_text("id,address\n", FORMAT_CSV);
  View help = fault_help(arena, reading.fault, LANGUAGE_EN);
  assert_true(view_is(help, "give each of its fields a column, as “address.city”."));
}

static void columns_have_a_limit(void **state) {
  for (uint32_t count = CSV_MAX_COLUMNS; count <= CSV_MAX_COLUMNS + 1; count++) {
    Writer *w = writer_to_memory(arena);
    write_text(w, "id");
    write_repeat(w, ',', count - 1);
    write_text(w, "\nA");
    write_repeat(w, ',', count - 1);
    Reading reading = read_in_chunks(writer_memory(w), FORMAT_CSV, 0);
    if (count == CSV_MAX_COLUMNS)
      assert_int_equal(reading.batch->rows, 1);
    else
      assert_int_equal(reading.fault->code, MSG_D0014);
  }
}

static void unknown_columns_are_suggested(void **state) {
  const Batch *b = batch_of("id,recieved,address.citty\nA,x,y\n", FORMAT_CSV);
  assert_int_equal(b->faults.count, 2);
  assert_true(view_is(fault_help(arena, b->faults.at[0].fault, LANGUAGE_EN), "did you mean “received”?"));
  assert_true(view_is(fault_help(arena, b->faults.at[1].fault, LANGUAGE_EN), "did you mean “address.city”?"));
}

/* ---- limits ---- */

static View padded(const char *before, char c, size_t count, const char *behind) {
  size_t first = strlen(before), last = strlen(behind);
  char *text = arena_alloc(arena, first + count + last);
  memcpy(text, before, first);
  memset(text + first, c, count);
  memcpy(text + first + count, behind, last);
  return view_make(text, first + count + last);
}

static void records_have_a_limit(void **state) {
  static const struct {
    DataFormat format;
    const char *before, *behind;
    size_t own; /* bytes of the large record besides the padding */
  } cases[] = {
      {FORMAT_JSONL, "{\"id\":\"A\",\"name\":\"", "\"}\n{\"id\":\"B\"}\n", 20},
      {FORMAT_JSON, "[{\"id\":\"A\",\"name\":\"", "\"},{\"id\":\"B\"}]", 20},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (size_t more = 0; more < 2; more++) {
      View text = padded(cases[i].before, 'x', RECORD_MAX_BYTES - cases[i].own + more, cases[i].behind);
      Fault fault;
      int fd = sample_fd(text);
      Arena *own = arena_new();
      Reader *r = reader_open(own, program, path_of(fd), cases[i].format, &fault);
      reader_set_chunk(r, 1 << 18);
      Batch *b = reader_next(r, own, BATCH_ROWS);
      assert_int_equal(bit_get(b->spoiled, 0), more);
      if (more)
        assert_fault(b, 0, "D0108 line 1 : This application takes more than 16 MiB.");
      else
        b = reader_next(r, own, BATCH_ROWS); /* the batch ended early */
      uint32_t last = b->rows - 1;
      assert_true(view_is(b->ids[last], "B") && !bit_get(b->spoiled, last));
      reader_close(r);
      close(fd);
      arena_free(own);
    }
}

static void deep_json_spoils_its_line(void **state) {
  for (uint32_t depth = 63; depth <= 64; depth++) {
    Writer *w = writer_to_memory(arena);
    write_text(w, "{\"x\":");
    write_repeat(w, '[', depth);
    write_repeat(w, ']', depth);
    write_text(w, "}\n{\"id\":\"B\"}");
    Batch *b = read_in_chunks(writer_memory(w), FORMAT_JSONL, 0).batch;
    assert_int_equal(b->rows, 2);
    assert_int_equal(b->spoiled[0], 1);
    assert_int_equal(b->faults.at[b->faults.count - 1].fault->code, depth == 63 ? MSG_D0102 : MSG_D0147);
  }
}

static void lists_have_a_limit(void **state) {
  for (uint32_t more = 0; more < 2; more++) {
    Arena *own = arena_new();
    Writer *w = writer_to_memory(own);
    write_text(w, "{\"tags\":[");
    for (uint32_t i = 0; i + 1 < LIST_MAX_ITEMS + more; i++) write_text(w, "\"\",");
    write_text(w, "\"\"],\"id\":\"A\"}");
    int fd = sample_fd(writer_memory(w));
    Fault fault;
    Reader *r = reader_open(own, program, path_of(fd), FORMAT_JSONL, &fault);
    reader_set_chunk(r, 1 << 18);
    Batch *b = reader_next(r, own, 1);
    assert_int_equal(b->items[AT_TAGS].rows, LIST_MAX_ITEMS);
    assert_int_equal(b->faults.count, more);
    assert_true(view_is(b->ids[0], "A"));
    if (more) assert_int_equal(b->faults.at[0].fault->code, MSG_D0107);
    reader_close(r);
    close(fd);
    arena_free(own);
  }
}

static void many_mistakes_take_little(void **state) {
  Arena *own = arena_new();
  Writer *w = writer_to_memory(own);
  write_text(w, "{");
  for (uint32_t i = 0; i < 100000; i++) write_text(w, "\"idd\":1,");
  write_text(w, "\"id\":\"A\"}");
  Batch *b = read_in_chunks(writer_memory(w), FORMAT_JSONL, 1 << 18).batch;
  assert_int_equal(b->faults.count, ROW_MAX_FAULTS + 1);
  assert_true(view_is(b->ids[0], "A"));
  arena_free(own);
}

/* Beyond the kept faults all wrong cells of an application have the same one, which says only that there are others. */
static void many_wrong_cells_share_a_fault(void **state) {
  Writer *w = writer_to_memory(arena);
  write_text(w, "{\"id\":\"A\",\"members\":[{}");
  for (uint32_t i = 1; i < 20000; i++) write_text(w, ",{\"sector\":\"bussiness\"}");
  write_text(w, "]}\n{\"id\":\"B\",\"staff\":-1}\n");
  const Batch *b = read_in_chunks(writer_memory(w), FORMAT_JSONL, 1 << 18).batch;
  const Fault *others = b->faults.at[ROW_MAX_FAULTS].fault;
  assert_int_equal(b->faults.count, ROW_MAX_FAULTS + 2);
  assert_int_equal(others->code, MSG_D0100);
  for (uint32_t i = ROW_MAX_FAULTS + 1; i < 20000; i++)
    assert_ptr_equal(b->inputs[IN_MEMBER_SECTOR]->faults[i], others);
  assert_cell(b, IN_STAFF, 1, "D0125");
}

/* ---- batches, files, folders ---- */

static void batches_follow_each_other(void **state) {
  Writer *w = writer_to_memory(arena);
  for (int i = 0; i < 25; i++) write_format(w, "{\"staff\":%d}\n", i);
  write_text(w, "broken");
  int fd = sample_fd(writer_memory(w));
  Fault fault;
  Reader *r = reader_open(arena, program, path_of(fd), FORMAT_JSONL, &fault);
  uint32_t place = 0;
  Arena *own = arena_new();
  for (Batch *b; (b = reader_next(r, own, 10)); arena_reset(own))
    for (uint32_t row = 0; row < b->rows; row++) {
      place++;
      assert_true(view_equal(b->ids[row], view_format(arena, "#%u", place)));
      assert_int_equal(b->lines[row], place);
      assert_int_equal(bit_get(b->spoiled, row), place == 26);
    }
  assert_int_equal(place, 26);
  assert_null(reader_fault(r));
  arena_free(own);
  reader_close(r);
  close(fd);
}

static void missing_files(void **state) {
  Fault fault;
  assert_null(reader_open(arena, program, "/nowhere/x.json", FORMAT_BY_NAME, &fault));
  assert_int_equal(fault.code, MSG_D0001);
  assert_true(view_is(fault_sentence(arena, &fault, LANGUAGE_EN),
                      "“/nowhere/x.json” cannot be opened: No such file or directory."));
}

static void put_file(const char *folder, const char *name, const char *text) {
  View path = view_format(arena, "%s/%s", folder, name);
  FILE *out = fopen(view_join(arena, path, (View){"", 1}).at, "w");
  assert_non_null(out);
  fwrite(text, 1, strlen(text), out);
  fclose(out);
}

static void remove_file(const char *folder, const char *name) {
  unlink(view_join(arena, view_format(arena, "%s/%s", folder, name), (View){"", 1}).at);
}

static void folders(void **state) {
  char folder[] = "/tmp/terskel-reader-XXXXXX";
  assert_non_null(mkdtemp(folder));
  Fault fault;
  assert_null(reader_open(arena, program, folder, FORMAT_BY_NAME, &fault));
  assert_int_equal(fault.code, MSG_D0004);
  put_file(folder, "c.CSV", "id\nC1\nC2\n");
  put_file(folder, "a.json", "[{\"id\":\"A1\"},{}]");
  put_file(folder, "b.jsonl", "{}\n");
  put_file(folder, ".hidden.json", "broken");
  put_file(folder, "notes.txt", "broken");
  Reader *r = reader_open(arena, program, folder, FORMAT_BY_NAME, &fault);
  assert_non_null(r);
  Batch *b = reader_next(r, arena, BATCH_ROWS);
  static const char *const ids[] = {"A1", "#2", "#1", "C1", "C2"}, *const names[] = {"a.json", "a.json", "b.jsonl",
                                                                                     "c.CSV", "c.CSV"};
  assert_int_equal(b->rows, 5);
  for (uint32_t i = 0; i < 5; i++) {
    assert_true(view_is(b->ids[i], ids[i]));
    View end = {b->files[i].at + sizeof folder, b->files[i].length - (uint32_t)sizeof folder};
    assert_true(view_is(end, names[i]));
  }
  assert_null(reader_next(r, arena, BATCH_ROWS));
  assert_null(reader_fault(r));
  reader_close(r);
  remove_file(folder, "c.CSV");
  remove_file(folder, "a.json");
  remove_file(folder, "b.jsonl");
  remove_file(folder, ".hidden.json");
  remove_file(folder, "notes.txt");
  rmdir(folder);
}

static void what_a_failed_read_leaves(void **state) {
  Fault fault;
  Reader *r = reader_open(arena, program, "/proc/self/mem", FORMAT_JSONL, &fault);
  if (!r) return;
  assert_null(reader_next(r, arena, BATCH_ROWS));
  assert_int_equal(reader_fault(r)->code, MSG_D0002);
  assert_null(reader_next(r, arena, BATCH_ROWS));
  reader_close(r);
}

static void read_all_of_it(Arena *own) {
  static int fd = -1;
  Fault fault;
  if (fd >= 0) close(fd);
  fd = sample_fd(view_of(bad_lines));
  Reader *r = reader_open(own, program, path_of(fd), FORMAT_JSONL, &fault);
  /* The reader's own descriptor is closed whatever happens. */
  MemoryTrap trap;
  memory_trap_push(&trap);
  if (setjmp(trap.back)) {
    reader_close(r);
    memory_refuse();
  }
  while (reader_next(r, own, 5)) continue;
  memory_trap_pop(&trap);
  reader_close(r);
}

static void memory_runs_out_at_every_allocation(void **state) {
  assert_true(refuse_each_allocation(read_all_of_it) > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(json_in_full),
      cmocka_unit_test(csv_in_full),
      cmocka_unit_test(the_same_in_every_format),
      cmocka_unit_test(each_bad_line_spoils_itself_only),
      cmocka_unit_test(each_bad_record_spoils_itself_only),
      cmocka_unit_test(each_bad_element_spoils_itself_only),
      cmocka_unit_test(every_chunk_size_gives_the_same),
      cmocka_unit_test(one_object_is_one_application),
      cmocka_unit_test(the_first_byte_tells),
      cmocka_unit_test(files_without_applications),
      cmocka_unit_test(files_that_cannot_be_read),
      cmocka_unit_test(headers_that_cannot_be_read),
      cmocka_unit_test(columns_have_a_limit),
      cmocka_unit_test(unknown_columns_are_suggested),
      cmocka_unit_test(records_have_a_limit),
      cmocka_unit_test(deep_json_spoils_its_line),
      cmocka_unit_test(lists_have_a_limit),
      cmocka_unit_test(many_mistakes_take_little),
      cmocka_unit_test(many_wrong_cells_share_a_fault),
      cmocka_unit_test(batches_follow_each_other),
      cmocka_unit_test(missing_files),
      cmocka_unit_test(folders),
      cmocka_unit_test(what_a_failed_read_leaves),
      cmocka_unit_test(memory_runs_out_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, make_program, drop_arena);
}
