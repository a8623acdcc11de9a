/* SPDX-License-Identifier: MIT
 * trouble.c - places drawn for people. */
#include "trouble.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include <utf8proc.h>

#include "common/file.h"
#include "common/report.h"
#include "common/utf8.h"

enum { SHOWN = 72 }; /* characters of a line before the culprit, and again from it on */

static size_t line_start(struct place place)
{
	size_t start = place.offset;

	while (start > 0 && place.source->text.at[start - 1] != '\n')
		start--;
	return start;
}

static bool starts_character(char byte)
{
	return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t place_line(struct place place)
{
	size_t line = 1;

	for (size_t i = 0; i < place.offset; i++)
		line += place.source->text.at[i] == '\n';
	return line;
}

size_t place_column(struct place place)
{
	size_t column = 1;

	for (size_t i = line_start(place); i < place.offset; i++)
		column += starts_character(place.source->text.at[i]);
	return column;
}

/* How many columns of a terminal `text` takes; it was escaped, so it is well-formed. */
static size_t display_width(struct span text)
{
	size_t width = 0;

	while (text.len) {
		struct rune rune = utf8_first(text);

		width += (size_t)utf8proc_charwidth(rune.value);
		text = span_skip(text, rune.len);
	}
	return width;
}

/* The part of the line before the culprit that is worth showing. */
static struct span shown_before(struct place place)
{
	const char *text = place.source->text.at;
	size_t first = line_start(place), start = place.offset;

	for (size_t shown = 0; start > first && shown < SHOWN; shown++)
		do
			start--;
		while (start > first && !starts_character(text[start]));
	return span_of(text + start, place.offset - start);
}

static struct span shown_behind(struct place place)
{
	struct span rest = span_skip(place.source->text, place.offset);
	size_t line = span_find(rest, '\n'), end = 0;

	if (line > 0 && rest.at[line - 1] == '\r')
		line--;
	for (size_t shown = 0; end < line && shown < SHOWN; shown++)
		do
			end++;
		while (end < line && !starts_character(rest.at[end]));
	return span_head(rest, end);
}

static void draw(struct buf *into, struct place place)
{
	size_t start;

	buf_add(into, SPAN("\n  "));
	start = into->len;
	report_escape(into, shown_before(place));
	start = display_width(span_of(into->at + start, into->len - start));
	report_escape(into, shown_behind(place));
	buf_addf(into, "\n  %*s^\n", (int)start, "");
}

static void add_sentence(struct buf *into, const char *format, va_list args)
{
	char sentence[2048];

	vsnprintf(sentence, sizeof(sentence), format, args);
	buf_add(into, SPAN(": "));
	report_escape(into, span_from(sentence));
}

static void add_place(struct buf *into, struct place place)
{
	report_escape(into, span_from(place.source->name));
	buf_addf(into, ":%zu:%zu", place_line(place), place_column(place));
}

bool trouble_on(struct trouble *trouble, struct place place, const char *format, ...)
{
	va_list args;

	add_place(&trouble->text, place);
	va_start(args, format);
	add_sentence(&trouble->text, format, args);
	va_end(args);
	buf_add_byte(&trouble->text, '\n');
	return false;
}

bool trouble_at(struct trouble *trouble, struct place place, const char *format, ...)
{
	va_list args;

	if (place.offset > place.source->text.len)
		place.offset = place.source->text.len;
	add_place(&trouble->text, place);
	va_start(args, format);
	add_sentence(&trouble->text, format, args);
	va_end(args);
	draw(&trouble->text, place);
	return false;
}

bool trouble_in(struct trouble *trouble, const char *name, const char *format, ...)
{
	va_list args;

	report_escape(&trouble->text, span_from(name));
	va_start(args, format);
	add_sentence(&trouble->text, format, args);
	va_end(args);
	buf_add_byte(&trouble->text, '\n');
	return false;
}

void trouble_print(const struct trouble *trouble)
{
	struct buf message = BUF_INIT;

	buf_add(&message, SPAN("run-pipeline: "));
	buf_add(&message, buf_span(&trouble->text));
	file_write_all(
		STDERR_FILENO, buf_span(&message)); /* a stderr that is closed leaves nowhere to say so */
	buf_release(&message);
}
