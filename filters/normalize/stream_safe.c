/* SPDX-License-Identifier: MIT
 * stream_safe.c - marks counted as UAX #15, D3 and D4 count them: in Form KD. */
#include "filters/normalize/stream_safe.h"

#include <utf8proc.h>

#include "common/unicode.h"
#include "common/utf8.h"

enum { MARKS_MAX = 30, JOINER = 0x034F, PARTS_MAX = 32 /* U+FDFA has 18 */ };

/* Non-starters at both ends of a code point's Form KD; if it has no starter they are the same. */
struct ends {
	size_t leading, trailing;
	bool has_starter;
};

static struct ends ends_of(int32_t cp)
{
	int32_t parts[PARTS_MAX];
	struct ends ends = { 0, 0, false };
	utf8proc_ssize_t count =
		utf8proc_decompose_char(cp, parts, PARTS_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);

	for (utf8proc_ssize_t i = 0; i < count; i++) {
		bool is_starter = unicode_combining_class(parts[i]) == 0;

		ends.has_starter |= is_starter;
		ends.leading += !ends.has_starter;
		ends.trailing = is_starter ? 0 : ends.trailing + 1;
	}
	return ends;
}

size_t stream_safe_add(struct stream_safe *state, struct buf *into, struct span text)
{
	size_t joiners = 0;

	while (text.len) {
		struct rune rune = utf8_first(text);
		struct ends ends = ends_of(rune.value);

		if (state->marks + ends.leading > MARKS_MAX) {
			utf8_add(into, JOINER);
			state->marks = 0;
			joiners++;
		}
		state->marks = ends.has_starter ? ends.trailing : state->marks + ends.leading;
		utf8_add(into, rune.value);
		text = span_skip(text, rune.len);
	}
	return joiners;
}

bool stream_safe_counts(int32_t cp)
{
	return unicode_combining_class(cp) != 0 ||
	       (unicode_has(cp, UNICODE_NFKD_NO) && ends_of(cp).leading > 0);
}
