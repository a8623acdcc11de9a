/* SPDX-License-Identifier: MIT
 * opts_print.c - option rows as people read them: --help and the OPTIONS of man pages. */
#include "common/opts.h"

enum {
	HELP_COLUMN = 30, /* where sentences start; longer options push theirs to the next line */
	HELP_WIDTH = 80,
};

static void add_value_name(struct buf *into, const struct opt *row)
{
	bool wants_words = row->kind == OPT_WORD || (row->kind == OPT_INPUTS && row->words);

	for (int i = 0; wants_words && row->words[i]; i++)
		buf_addf(into, "%s%s", i ? "|" : "", row->words[i]);
	if (row->kind != OPT_WORD)
		buf_addf(into, "%s%s", wants_words ? "|" : "", row->arg);
}

static bool has_value(const struct opt *row)
{
	return row->kind != OPT_FLAG && row->kind != OPT_SWITCH;
}

/* The value that holds when the option is not given, in `before` and `after`; nothing where that says little. */
static void add_initial(struct buf *into, const struct opt *row, const char *before, const char *after)
{
	size_t start = into->len;

	buf_add(into, span_from(before));
	if (row->kind == OPT_INT && row->initial && row->initial >= row->min)
		buf_addf(into, "%lld", (long long)row->initial);
	else if (row->kind == OPT_SIZE && row->initial)
		buf_addf(into, "%lldM", (long long)row->initial >> 20);
	else if (row->kind == OPT_WORD && row->initial >= 0)
		buf_add(into, span_from(row->words[row->initial]));
	else if (row->kind == OPT_TEXT && row->initial_text)
		buf_add(into, span_from(row->initial_text));
	else {
		into->len = start;
		return;
	}
	buf_add(into, span_from(after));
}

/* Appends `text`, which starts in HELP_COLUMN, broken between words so that no line is wider than a terminal. */
static void add_wrapped(struct buf *into, struct span text)
{
	size_t column = HELP_COLUMN;

	while (text.len) {
		size_t len = span_find(text, ' ');

		if (column > HELP_COLUMN && column + 1 + len > HELP_WIDTH) {
			buf_addf(into, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
		} else if (column > HELP_COLUMN) {
			buf_add_byte(into, ' ');
			column++;
		}
		buf_add(into, span_head(text, len));
		column += len;
		text = span_skip(text, len + 1);
	}
}

static void add_help_row(struct buf *into, const struct opt *row)
{
	size_t start = into->len, used;
	struct buf sentence = BUF_INIT;

	if (row->letter)
		buf_addf(into, "  -%c, --", row->letter);
	else
		buf_add(into, SPAN("      --"));
	buf_addf(into, "%s%s", row->kind == OPT_SWITCH ? "[no-]" : "", row->name);
	if (has_value(row)) {
		buf_add_byte(into, '=');
		add_value_name(into, row);
	}
	used = into->len - start;
	if (used + 2 > HELP_COLUMN) {
		buf_add_byte(into, '\n');
		used = 0;
	}
	buf_addf(into, "%*s", (int)(HELP_COLUMN - used), "");
	buf_add(&sentence, span_from(row->help));
	add_initial(&sentence, row, " (default ", ")");
	add_wrapped(into, buf_span(&sentence));
	buf_add_byte(into, '\n');
	buf_release(&sentence);
}

void opts_help(struct buf *into, const struct opt_table *tables, size_t count)
{
	for (size_t t = 0; t < count; t++) {
		if (!tables[t].rows->name)
			continue;
		buf_addf(into, "\n%s:\n", tables[t].title);
		for (const struct opt *row = tables[t].rows; row->name; row++)
			add_help_row(into, row);
	}
}

/* mdoc reads a line's leading dot or quote as a request, and a backslash anywhere as an escape. */
static void add_mdoc_text(struct buf *into, struct span text)
{
	if (text.len && (text.at[0] == '.' || text.at[0] == '\''))
		buf_add(into, SPAN("\\&"));
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '\\')
			buf_add(into, SPAN("\\e"));
		else
			buf_add_byte(into, text.at[i]);
}

static void add_mdoc_row(struct buf *into, const struct opt *row)
{
	buf_add(into, SPAN(".It "));
	if (row->letter)
		buf_addf(into, "Fl %c , ", row->letter);
	buf_addf(into, "Fl \\-%s%s", row->kind == OPT_SWITCH ? "[no-]" : "", row->name);
	if (has_value(row)) {
		buf_add(into, SPAN(" Ns = Ns Ar "));
		add_value_name(into, row);
	}
	buf_add_byte(into, '\n');
	add_mdoc_text(into, span_from(row->help));
	add_initial(into, row, " (default ", ")");
	buf_add(into, SPAN(".\n"));
}

void opts_mdoc(struct buf *into, const struct opt_table *tables, size_t count)
{
	buf_add(into, SPAN(".Bl -tag -width Ds\n"));
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++)
			add_mdoc_row(into, row);
	buf_add(into, SPAN(".El\n"));
}

static void add_markdown_words(struct buf *into, const struct opt *row)
{
	for (int i = 0; row->words[i]; i++)
		buf_addf(into, "%s`%s`", i ? ", " : "", row->words[i]);
}

/* What may stand behind the key, as far as the row knows. */
static void add_markdown_values(struct buf *into, const struct opt *row)
{
	if (row->kind == OPT_FLAG || row->kind == OPT_SWITCH)
		buf_add(into, SPAN("true, false"));
	else if (row->kind == OPT_WORD)
		add_markdown_words(into, row);
	else if (row->kind == OPT_INPUT)
		buf_add(into, SPAN("a file that is read"));
	else if (row->kind == OPT_INPUTS && row->words) {
		add_markdown_words(into, row);
		buf_add(into, SPAN(" or a file that is read, or a list of them"));
	} else if (row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS)
		buf_add(into, SPAN("a file that is read, or a list of them"));
	else if (row->kind == OPT_OUTPUT)
		buf_add(into, SPAN("a file that is written"));
	else if (row->kind == OPT_TEXTS)
		buf_addf(into, "%s, or a list of them", row->arg);
	else if (row->kind == OPT_INT && row->max < INT64_MAX)
		buf_addf(into, "%s, %lld to %lld", row->arg, (long long)row->min, (long long)row->max);
	else if (row->kind == OPT_INT)
		buf_addf(into, "%s, %lld or more", row->arg, (long long)row->min);
	else
		buf_add(into, span_from(row->arg));
}

/* A bar would end the cell; a word between < and > would be taken for HTML. */
static void add_markdown_text(struct buf *into, const char *text)
{
	for (; *text; text++) {
		if (strchr("|<*_\\`", *text))
			buf_add_byte(into, '\\');
		buf_add_byte(into, *text);
	}
}

void opts_markdown(struct buf *into, const struct opt_table *tables, size_t count)
{
	buf_add(into, SPAN("| key | value | default | |\n|---|---|---|---|\n"));
	for (size_t t = 0; t < count; t++)
		for (const struct opt *row = tables[t].rows; row->name; row++) {
			buf_addf(into, "| `%s` | ", row->name);
			add_markdown_values(into, row);
			buf_add(into, SPAN(" | "));
			add_initial(into, row, "`", "`");
			buf_add(into, SPAN(" | "));
			add_markdown_text(into, row->help);
			buf_add(into, SPAN(" |\n"));
		}
}
