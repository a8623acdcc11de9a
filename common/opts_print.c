/* SPDX-License-Identifier: MIT
 * opts_print.c - option rows as people read them: --help and the OPTIONS of man pages. */
#include "common/opts.h"

enum {
	HELP_COLUMN = 30, /* where sentences start; longer options push theirs to the next line */
	HELP_WIDTH = 80,
};

static void add_value_name(struct buf *into, const struct opt *row)
{
	if (row->kind == OPT_WORD)
		for (int i = 0; row->words[i]; i++)
			buf_addf(into, "%s%s", i ? "|" : "", row->words[i]);
	else
		buf_add(into, span_from(row->arg));
}

static bool has_value(const struct opt *row)
{
	return row->kind != OPT_FLAG && row->kind != OPT_SWITCH;
}

/* The value that holds when the option is not given, as help shows it; nothing where that says little. */
static void add_initial(struct buf *into, const struct opt *row)
{
	if (row->kind == OPT_INT && row->initial)
		buf_addf(into, " (default %lld)", (long long)row->initial);
	if (row->kind == OPT_SIZE && row->initial)
		buf_addf(into, " (default %lldM)", (long long)row->initial / (1024 * 1024));
	if (row->kind == OPT_WORD && row->initial >= 0)
		buf_addf(into, " (default %s)", row->words[row->initial]);
	if (row->kind == OPT_TEXT && row->initial_text)
		buf_addf(into, " (default %s)", row->initial_text);
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
	add_initial(&sentence, row);
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
	add_initial(into, row);
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
