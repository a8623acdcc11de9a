/* SPDX-License-Identifier: MIT
 * script.c - of what letters a word is. */
#include "script.h"

#include <utf8proc.h>

#include "common/utf8.h"

bool script_is_capitals(struct span line, const struct word *word)
{
	struct span text = span_of(line.at + word->start, word->end - word->start);
	size_t letters = 0;

	for (; text.len && word->capital; letters++) {
		struct rune rune = utf8_first(text);

		if (utf8proc_category(rune.value) != UTF8PROC_CATEGORY_LU)
			return false;
		text = span_skip(text, rune.len);
	}
	return letters >= 2;
}
