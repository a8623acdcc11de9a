/* SPDX-License-Identifier: MIT
 * shell.c - quoting, by the rules of bash(1), QUOTING. */
#include "shell.h"

#include <ctype.h>

#include "common/report.h"

/* "=" is harmless behind a dash only: `a=b` in front of a command sets a variable. */
static bool is_bare(struct span word)
{
	if (word.len == 0)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		unsigned char byte = (unsigned char)word.at[i];

		if (!isascii(byte) || (!isalnum(byte) && !memchr("-_./,:+@%=", byte, 10)))
			return false;
		if (byte == '=' && word.at[0] != '-')
			return false;
	}
	return true;
}

/* Whether a message would show the word as it is. */
static bool is_visible(struct span word)
{
	struct buf shown = BUF_INIT;
	bool visible;

	report_escape(&shown, word);
	visible = span_equal(buf_span(&shown), word);
	buf_release(&shown);
	return visible;
}

static void add_quoted(struct buf *into, struct span word)
{
	buf_add_byte(into, '\'');
	for (size_t i = 0; i < word.len; i++)
		if (word.at[i] == '\'')
			buf_add(into, SPAN("'\\''"));
		else
			buf_add_byte(into, word.at[i]);
	buf_add_byte(into, '\'');
}

/* Always three octal digits: nothing that follows can be taken for one more. */
static void add_escaped(struct buf *into, struct span word)
{
	buf_add(into, SPAN("$'"));
	for (size_t i = 0; i < word.len; i++) {
		unsigned char byte = (unsigned char)word.at[i];

		if (isascii(byte) && isprint(byte) && byte != '\'' && byte != '\\')
			buf_add_byte(into, (char)byte);
		else
			buf_addf(into, "\\%03o", byte);
	}
	buf_add_byte(into, '\'');
}

void shell_add_word(struct buf *into, struct span word)
{
	if (is_bare(word))
		buf_add(into, word);
	else if (is_visible(word))
		add_quoted(into, word);
	else
		add_escaped(into, word);
}
