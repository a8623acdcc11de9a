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

bool content_is_blank(struct span text)
{
	if (content_starts_with_text(text))
		return false;
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (!unicode_is_white_space(rune.value))
			return false;
		text = span_skip(text, rune.len);
	}
	return true;
}
