/* SPDX-License-Identifier: MIT
 * opts.h - options are rows, and everything that reads or prints options reads the rows.
 *
 * A row says where in a plain options struct its value goes. Several tables, each with a struct of its own,
 * serve one command line (the filter's rows, then the common ones). Rows end with one whose name is NULL.
 *
 * A filter opens nothing: what an option names, its driver reads before the filter's open, and writes until the
 * run is over (named.h for files, tests/unit/drive.h for memory). */
#ifndef GHIRBAL_OPTS_H
#define GHIRBAL_OPTS_H

#include <stdint.h>

#include "common/buf.h"
#include "common/diag.h"

enum opt_kind {
	OPT_FLAG, /* --name: bool */
	OPT_SWITCH, /* --name or --no-name: enum switch_state; a preset decides when neither is given */
	OPT_INT, /* --name=N: int64_t, min to max */
	OPT_SIZE, /* --name=SIZE: int64_t bytes, min to max; K, M, G multiply by 1024 and so on */
	OPT_WORD, /* --name=WORD: int, the index in words */
	OPT_TEXT, /* --name=TEXT: const char *, borrowed from the command line or the row */
	OPT_TEXTS, /* --name=TEXT, any number of times: struct opt_texts */
	OPT_INPUT, /* --name=FILE, which is read: struct opt_input */
	OPT_INPUTS, /* the same, any number of times: struct opt_inputs */
	OPT_DOCUMENTS, /* --name=FILE, any number of times: struct opt_inputs; its documents are shown (filter.h) */
	OPT_OUTPUT, /* --name=FILE, which is written: struct opt_output */
};

enum switch_state { SWITCH_UNSET, SWITCH_ON, SWITCH_OFF };

/* Texts in the order given, borrowed; the array belongs to the options. */
struct opt_texts {
	const char **items;
	size_t count;
};

/* A file to read. Of OPT_DOCUMENTS `text` is empty, for the file may be of any size: the filter is shown its documents
 * before all others. Else `text` is its whole content, borrowed from the filter's open to its close; empty when no file was
 * named. It is valid UTF-8 without NUL unless the row asks for bytes. Where the path is "-" it was standard input. */
struct opt_input {
	const char *path; /* NULL: not given */
	struct span text;
	int fd; /* OPT_DOCUMENTS, for the driver: open for reading; -1: not open */
};

/* Files to read, in the order given; the array belongs to the options. */
struct opt_inputs {
	struct opt_input *items;
	size_t count;
};

struct sink; /* filter.h */
struct spool; /* spool.h */

/* A file to write, with opt_output_put of filter.h, from the filter's first begin to the end of its finish; open
 * may look whether there is a path. The file appears, or replaces the old one, when the run has gone well. */
struct opt_output {
	const char *path; /* NULL: not given */
	const struct sink *to; /* the driver's; NULL: not open */
	/* Of a file that is updated: what it held, any bytes, to be read from open to close. NULL: it was not there. */
	struct spool *was;
};

struct opt {
	const char *name; /* without dashes */
	char letter; /* the short form, or 0 */
	bool is_bytes; /* OPT_INPUT, OPT_INPUTS: the content need not be text */
	bool is_updated; /* OPT_OUTPUT: a file that may be there can be read, too; any bytes */
	bool outlives_failure; /* OPT_OUTPUT: of use also when the run failed; the file is kept then, too */
	enum opt_kind kind;
	const char *arg; /* what help calls the value: "N", "FILE"; NULL for flags and words */
	size_t at; /* offsetof in the options struct */
	/* OPT_INT, OPT_SIZE; OPT_WORD uses initial alone, OPT_INPUT and OPT_INPUTS max alone: bytes that a file may
	 * have, 0 for OPT_INPUT_MOST. */
	int64_t min, max, initial; /* OPT_INT: an initial value below min says that none was given */
	const char *initial_text; /* OPT_TEXT; may be NULL */
	/* OPT_WORD: all there are. OPT_TEXT: some, or NULL. OPT_INPUTS: values that name no file but what is built in, or
	 * NULL. Ends with NULL. */
	const char *const *words;
	const char *help; /* one sentence, no capital, no full stop */
};

enum { OPT_INPUT_MOST = 64 << 20 }; /* bytes */

/* Rows and the struct their values go to. */
struct opt_table {
	const char *title; /* heading in help: "Options" */
	const struct opt *rows;
	void *values;
};

/* Every value as its row says it starts. */
void opts_init(const struct opt_table *tables, size_t count);

/* Reads `argc` words (the program's name not among them). Operands are gathered in order, also between and
 * behind options; "--" ends the options. Returns false with the sentence in `why` on the first word that
 * does not fit. A later value replaces an earlier one. */
bool opts_parse(const struct opt_table *tables, size_t count, int argc, char *const *argv,
	struct opt_texts *operands, struct diag *why);

/* Whether `value` of the row is a file to read or to write, not a word for something else. */
bool opt_is_file(const struct opt *row, const char *value);

/* Calls `each` for every file to read, or to write, that was given, in the order of rows; stops with false when
 * it says false. For drivers. Who fills in `text` or `was` gives memory from mem.h, which opts_release frees. */
typedef bool opt_input_fn(void *ctx, const struct opt *row, struct opt_input *input);
typedef bool opt_output_fn(void *ctx, const struct opt *row, struct opt_output *output);
bool opts_each_input(const struct opt_table *tables, size_t count, opt_input_fn *each, void *ctx);
bool opts_each_output(const struct opt_table *tables, size_t count, opt_output_fn *each, void *ctx);

/* Whether the content is as the row wants it; false with `why`. For drivers, when they have filled in `text`. */
bool opt_input_check(const struct opt *row, const struct opt_input *input, struct diag *why);

/* Frees what opts_parse allocated in the values, and the texts of inputs. */
void opts_release(const struct opt_table *tables, size_t count);

/* The row called `name` in any table; NULL when there is none. */
const struct opt *opts_find(const struct opt_table *tables, size_t count, struct span name);

/* The row name most like `name`, for "did you mean"; NULL when none is near. */
const char *opts_nearest(const struct opt_table *tables, size_t count, struct span name);

/* Appends the options as --help shows them, as mdoc for the OPTIONS of a man page, and as a table in Markdown
 * with one row for each: name, values, what holds when it is not given, help. */
void opts_help(struct buf *into, const struct opt_table *tables, size_t count);
void opts_mdoc(struct buf *into, const struct opt_table *tables, size_t count);
void opts_markdown(struct buf *into, const struct opt_table *tables, size_t count);

#endif
