/* SPDX-License-Identifier: MIT
 * row.c - a line of --explain and --rejected. */
#include "common/row.h"

#include "common/utf8.h"

/* A name is in every row of its document: one of megabytes would make tables of terabytes. */
enum { NAME_BYTES = 1000 };

static void add_escaped_byte(struct buf *into, char byte)
{
	switch (byte) {
	case '\t':
		buf_add(into, SPAN("\\t"));
		break;
	case '\n':
		buf_add(into, SPAN("\\n"));
		break;
	case '\r':
		buf_add(into, SPAN("\\r"));
		break;
	case '\\':
		buf_add(into, SPAN("\\\\"));
		break;
	default:
		if ((unsigned char)byte < 0x20 || byte == 0x7F)
			buf_addf(into, "\\u{%04X}", (unsigned char)byte);
		else
			buf_add_byte(into, byte);
	}
}

void row_add_text(struct buf *into, struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		add_escaped_byte(into, text.at[i]);
}

void row_add_name(struct buf *into, struct span name)
{
	utf8_spell(into, name, row_add_text);
}

void row_add(
	struct buf *into, const struct row_place *place, struct span text, const struct decision *decision)
{
	buf_addf(into, "%llu\t", (unsigned long long)place->document);
	row_add_name(into, span_head(place->id, NAME_BYTES));
	buf_addf(into, "\t%llu\t%llu\t%llu\t%s\t%s\t%g\t", (unsigned long long)place->line,
		(unsigned long long)place->start, (unsigned long long)place->start + text.len,
		decision->action, decision->rule, decision->score);
	row_add_text(into, text);
	buf_add_byte(into, '\n');
}
