/* SPDX-License-Identifier: MIT
 * data.c - the files of data/, compiled in, and the little they have in common: lines, words, hexadecimal. */
#include "filters/normalize/data.h"

#include <assert.h>

#include "normalize/data.inc"

struct span data_file(struct span name)
{
	for (size_t i = 0; i < sizeof(data_files) / sizeof(data_files[0]); i++)
		if (span_equal(data_files[i].name, name))
			return data_files[i].text;
	assert(false);
	return SPAN("");
}

bool data_line(struct span *rest, struct span *line)
{
	while (rest->len) {
		size_t end = span_find(*rest, '\n');

		*line = span_head(*rest, end);
		*rest = span_skip(*rest, end + 1);
		if (line->len && line->at[0] != '#')
			return true;
	}
	return false;
}

struct span data_word(struct span *line)
{
	size_t end = span_find(*line, ' ');
	struct span word = span_head(*line, end);

	*line = span_skip(*line, end + 1);
	return word;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int32_t data_hex(struct span word)
{
	int32_t value = 0;

	if (word.len == 0 || word.len > 6)
		return -1;
	for (size_t i = 0; i < word.len; i++) {
		int digit = hex_digit(word.at[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value <= 0x10FFFF ? value : -1;
}
