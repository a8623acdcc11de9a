/* SPDX-License-Identifier: MIT
 * copied.c - lines that somebody copied from --explain or --rejected. */
#include "copied.h"

enum { COLUMNS = 9 }; /* of a row */

static bool is_number(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return text.len;
}

/* The last column of a row; `line` when it is none. */
static struct span last_column(struct span line)
{
	struct span rest = line;

	for (size_t column = 0; column + 1 < COLUMNS; column++) {
		size_t end = span_find(rest, '\t');
		bool counts = column == 0 || (column >= 2 && column <= 4); /* document, line, bytes */

		if (end == rest.len || (counts && !is_number(span_head(rest, end))))
			return line;
		rest = span_skip(rest, end + 1);
	}
	return rest;
}

/* How many bytes an escape takes that opens `text`; 0 when it is none. */
static size_t escape_len(struct span text)
{
	enum { LONGEST = 12 }; /* "\u{10FFFF}" has ten */
	size_t end;

	if (text.len < 2 || text.at[0] != '\\')
		return 0;
	if (strchr("nrt\\", text.at[1]) && text.at[1])
		return 2;
	text = span_head(text, LONGEST);
	end = span_find(text, '}');
	return span_has_prefix(text, SPAN("\\u{")) && end < text.len ? end + 1 : 0;
}

/* Whether the text ends with an escaped line end; a backslash in front of it may itself be escaped. */
static bool ends_line(struct span text)
{
	size_t backslashes = 0;

	if (!span_has_suffix(text, SPAN("\\n")))
		return false;
	while (backslashes + 1 < text.len && text.at[text.len - 2 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2;
}

bool copied_is(struct span line)
{
	return last_column(line).at != line.at || ends_line(span_trim(line));
}

static void add_copied(struct buf *into, struct span text)
{
	bool starts = true;

	while (text.len) {
		size_t len = escape_len(text);
		char byte = (char)(len && text.at[1] != '\\' ? ' ' : text.at[0]);

		if (starts && (byte == '#' || byte == '['))
			byte = ' ';
		starts = starts && byte == ' ';
		buf_add_byte(into, byte);
		text = span_skip(text, len ? len : 1);
	}
}

void copied_text(struct buf *into, struct span text)
{
	while (text.len) {
		size_t end = span_find(text, '\n');
		struct span line = span_head(text, end);

		if (copied_is(line))
			add_copied(into, last_column(line));
		else
			buf_add(into, line);
		buf_add_byte(into, '\n');
		text = span_skip(text, end + 1);
	}
}
