/* SPDX-License-Identifier: MIT
 * report.c - messages to people. */
#include "common/report.h"

#include <errno.h>
#include <unistd.h>

#include "common/unicode.h"
#include "common/utf8.h"

/* Cc and Cf, and the separators that some terminals take for line ends. The Arabic number signs
 * (U+0600-0605) are Cf too, but visible; escaping them harms nobody. */
static bool is_unprintable(int32_t cp)
{
	enum gc category = unicode_category(cp);

	return category == GC_CONTROL || category == GC_FORMAT || cp == 0x2028 || cp == 0x2029;
}

static void escape_valid(struct buf *into, struct span text)
{
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (is_unprintable(rune.value))
			buf_addf(into, "\\u{%04X}", (unsigned)rune.value);
		else
			buf_add(into, span_head(text, rune.len));
		text = span_skip(text, rune.len);
	}
}

void report_escape(struct buf *into, struct span text)
{
	while (text.len) {
		size_t good = utf8_valid_prefix(text, CPU_SCALAR);

		escape_valid(into, span_head(text, good));
		text = span_skip(text, good);
		if (text.len) {
			buf_addf(into, "\\x{%02X}", (unsigned char)text.at[0]);
			text = span_skip(text, 1);
		}
	}
}

static void write_stderr(struct span text)
{
	while (text.len) {
		ssize_t wrote = write(STDERR_FILENO, text.at, text.len);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return;
		text = span_skip(text, (size_t)wrote);
	}
}

void report(const char *program, const char *place, const char *sentence)
{
	struct buf line = BUF_INIT;

	buf_add(&line, span_from(program));
	buf_add(&line, SPAN(": "));
	if (place) {
		report_escape(&line, span_from(place));
		buf_add(&line, SPAN(": "));
	}
	report_escape(&line, span_from(sentence));
	buf_add_byte(&line, '\n');
	write_stderr(buf_span(&line));
	buf_release(&line);
}
