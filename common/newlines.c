/* SPDX-License-Identifier: MIT
 * newlines.c - 64 bytes at a time become a word of bits, one for each newline. */
#include "common/newlines.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static struct span in_reach(struct span text)
{
	return span_head(text, UINT32_MAX);
}

static size_t find_from(struct span text, size_t at, uint32_t *ends, size_t room)
{
	size_t count = 0;

	while (count < room) {
		struct span rest = span_skip(text, at);
		size_t newline = span_find(rest, '\n');

		if (newline == rest.len)
			break;
		at += newline + 1;
		ends[count++] = (uint32_t)at;
	}
	return count;
}

size_t newlines_find_scalar(struct span text, uint32_t *ends, size_t room)
{
	return find_from(in_reach(text), 0, ends, room);
}

#if defined(__SSE2__)

static inline uint64_t newlines_of_16(const char *at, __m128i newline)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);

	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, newline));
}

static inline uint64_t newlines_of_64(const char *at, __m128i newline)
{
	return newlines_of_16(at, newline) | newlines_of_16(at + 16, newline) << 16 |
	       newlines_of_16(at + 32, newline) << 32 | newlines_of_16(at + 48, newline) << 48;
}

size_t newlines_find(struct span text, uint32_t *ends, size_t room)
{
	const __m128i newline = _mm_set1_epi8('\n');
	size_t count = 0, at = 0;

	text = in_reach(text);
	for (; at + 64 <= text.len; at += 64) {
		uint64_t bits = newlines_of_64(text.at + at, newline);

		for (; bits; bits &= bits - 1) {
			if (count == room)
				return count;
			ends[count++] = (uint32_t)(at + (size_t)__builtin_ctzll(bits) + 1);
		}
	}
	return count + find_from(text, at, ends + count, room - count);
}

#else

size_t newlines_find(struct span text, uint32_t *ends, size_t room)
{
	return newlines_find_scalar(text, ends, room);
}

#endif
