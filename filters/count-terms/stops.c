/* SPDX-License-Identifier: MIT
 * stops.c - lists of stop words. */
#include "filters/count-terms/stops.h"

#include "filters/count-terms/vocabulary.h"

#include "count-terms/data.inc"

const char *const stops_languages[] = { "ar", "de", "en", "es", "fa", "fr", "tr", "ur", NULL };

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static void read_line(struct forms *stops, struct span line, struct keyer *keyer, struct buf *scratch)
{
	line = span_head(line, span_find(line, '#'));
	while (line.len) {
		size_t len = 0;

		while (len < line.len && !is_space(line.at[len]))
			len++;
		buf_clear(scratch);
		vocabulary_key(scratch, span_head(line, len), keyer);
		if (scratch->len)
			forms_add(stops, buf_span(scratch));
		line = span_skip(line, len + 1);
	}
}

void stops_read(struct forms *stops, struct span text, struct keyer *keyer)
{
	struct buf scratch = BUF_INIT;

	while (text.len) {
		size_t len = span_find(text, '\n');

		read_line(stops, span_head(text, len), keyer, &scratch);
		text = span_skip(text, len + 1);
	}
	buf_release(&scratch);
}

bool stops_read_built_in(struct forms *stops, const char *lang, struct keyer *keyer)
{
	struct span tag = span_from(lang), prefix = SPAN("stop-");

	for (size_t i = 0; i < sizeof(data_files) / sizeof(data_files[0]); i++) {
		struct span name = data_files[i].name;

		if (!span_has_prefix(name, prefix) || !span_equal(span_skip(name, prefix.len), tag))
			continue;
		stops_read(stops, data_files[i].text, keyer);
		return true;
	}
	return false;
}
