/* SPDX-License-Identifier: MIT
 * content.c - line ends and white space. */
#include "filters/dedupe/content.h"

#include "common/unicode.h"
#include "common/utf8.h"

struct span content_of(struct span text)
{
	if (span_has_suffix(text, SPAN("\n")))
		text.len--;
	if (span_has_suffix(text, SPAN("\r")))
		text.len--;
	return text;
}

/* Most lines begin with a letter. White space is ASCII control and space, or begins with one of four bytes. */
static bool starts_with_text(struct span text)
{
	unsigned char first = text.len ? (unsigned char)text.at[0] : ' ';

	return first > ' ' && first != 0xC2 && (first < 0xE1 || first > 0xE3);
}

bool content_is_blank(struct span text)
{
	if (starts_with_text(text))
		return false;
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (!unicode_is_white_space(rune.value))
			return false;
		text = span_skip(text, rune.len);
	}
	return true;
}
