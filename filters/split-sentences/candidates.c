/* SPDX-License-Identifier: MIT
 * candidates.c - the scan for terminators.
 *
 * A table marks the bytes that are worth a look. For the scripts most news is written in these are rare: of
 * ؟ (D8 9F) the second byte is marked, for D8 begins every other Arabic letter and 9F is in hardly any. For
 * scripts that Unicode gives terminators of their own the lead byte is marked and the character decoded;
 * that these marks miss no terminator is a unit test over all code points. */
#include "filters/split-sentences/candidates.h"

#include <stdint.h>

#include "common/utf8.h"
#include "filters/split-sentences/context.h"

/* What a marked byte asks for. */
enum look_at {
	NOTHING,
	BYTE, /* it is a candidate */
	LEAD, /* decode the character it begins */
	TRAIL, /* decode the character it ends or continues, if that may be one */
};

static const uint8_t marks[256] = {
	['.'] = BYTE,
	['!'] = BYTE,
	['?'] = BYTE,
	['\r'] = BYTE,
	[0xC2] = LEAD, /* next line */
	[0xDC] = LEAD,
	[0xDF] = LEAD, /* Syriac, N'Ko */
	[0xE1] = LEAD,
	[0xE2] = LEAD,
	[0xEA] = LEAD,
	[0xEF] = LEAD,
	[0xF0] = LEAD,
	[0x9D] = TRAIL,
	[0x9E] = TRAIL,
	[0x9F] = TRAIL, /* D8 9D to 9F: Arabic */
	[0x94] = TRAIL, /* DB 94: Arabic full stop */
	[0x89] = TRAIL, /* D6 89: Armenian */
	[0x80] = TRAIL, /* E3 80 82: ideographic full stop */
	[0xA5] = TRAIL, /* E0 A5 A4: danda */
	[0xA0] = TRAIL, /* E0 A0 B7: Samaritan */
};

/* Whether a marked byte in the middle of a character may be in a terminator, by the byte before it. */
static bool trail_may_be(unsigned char before, unsigned char byte)
{
	switch (byte) {
	case 0x94:
		return before == 0xDB;
	case 0x89:
		return before == 0xD6;
	case 0x80:
		return before == 0xE3;
	case 0xA5:
	case 0xA0:
		return before == 0xE0;
	default:
		return before == 0xD8;
	}
}

static bool is_candidate(struct span text, size_t at)
{
	int32_t cp = utf8_first(span_skip(text, at)).value;

	return is_terminator(cp) || is_line_end(cp);
}

/* The candidate that the marked byte at `at` belongs to; text.len when there is none. */
static size_t candidate_at(struct span text, size_t at, size_t from)
{
	const unsigned char *s = (const unsigned char *)text.at;

	switch (marks[s[at]]) {
	case BYTE:
		return at;
	case LEAD:
		return is_candidate(text, at) ? at : text.len;
	case TRAIL:
		return at > from && trail_may_be(s[at - 1], s[at]) && is_candidate(text, at - 1) ? at - 1
												 : text.len;
	default:
		return text.len;
	}
}

size_t candidate_next(struct span text, size_t from)
{
	const unsigned char *s = (const unsigned char *)text.at;
	size_t at = from;

	for (;;) {
		size_t hit;

		while (at + 8 <= text.len &&
			!(marks[s[at]] | marks[s[at + 1]] | marks[s[at + 2]] | marks[s[at + 3]] |
				marks[s[at + 4]] | marks[s[at + 5]] | marks[s[at + 6]] | marks[s[at + 7]]))
			at += 8;
		while (at < text.len && !marks[s[at]])
			at++;
		if (at >= text.len)
			return text.len;
		hit = candidate_at(text, at, from);
		if (hit < text.len)
			return hit;
		at++;
	}
}
