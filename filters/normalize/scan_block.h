/* SPDX-License-Identifier: MIT
 * scan_block.h - which of 64 bytes may belong to something that has to be looked at. For scan.c only.
 *
 * A bit is set at an ASCII character, or at the second byte of a longer one, that is not calm; at a SPACE or LF
 * beside another; at some more where scan_tables.h could not tell; where runs matter, at a character
 * of two bytes that is the same as the one before. The byte in front of the 64 must be there, the three where
 * runs matter. The look-ups are explained in scan_tables.h. */
#ifndef GHIRBAL_NORMALIZE_SCAN_BLOCK_H
#define GHIRBAL_NORMALIZE_SCAN_BLOCK_H

#include "filters/normalize/scan_tables.h"

enum { SCAN_BLOCK = 64 }; /* bytes */

/* Characters of two bytes that are the same as the one before. `same` are bytes that are the same as the one two before,
 * `before` tells that of the byte in front of the block; `leads` are bytes that have the bit 40, as leads do. */
static inline uint64_t scan_doubles(uint64_t same, bool before, uint64_t leads)
{
	return same & (same << 1 | before) & ~leads;
}

static inline bool scan_is_same(const char *at)
{
	return at[0] == at[-2];
}

static inline uint64_t scan_block_scalar(const struct scanner *scanner, const char *at)
{
	const unsigned char *s = (const unsigned char *)at;
	uint64_t bits = 0, same = 0, leads = 0;

	for (size_t i = 0; i < SCAN_BLOCK; i++)
		bits |= (uint64_t)scanner->busy[scanner->row[s[(ptrdiff_t)i - 1]]][s[i]] << i;
	if (!scanner->has_runs)
		return bits;
	for (size_t i = 0; i < SCAN_BLOCK; i++) {
		same |= (uint64_t)scan_is_same(at + i) << i;
		leads |= (uint64_t)(s[i] >> 6 & 1) << i;
	}
	return bits | scan_doubles(same, scan_is_same(at - 1), leads);
}

static inline void scan_lower_scalar(char *to, const char *from)
{
	for (size_t i = 0; i < SCAN_BLOCK; i++)
		to[i] = (char)(from[i] | ((unsigned char)(from[i] - 'A') < 26) << 5);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define SCAN_SSSE3 __attribute__((target("ssse3"), always_inline)) static inline
#define SCAN_AVX2  __attribute__((target("avx2"), always_inline)) static inline

/* Spaces and newlines that stand beside each other, but for newlines in a row. `before` is the byte in front. */
static inline uint64_t scan_spaces(
	uint64_t spaces, uint64_t newlines, unsigned char before, unsigned char space)
{
	uint64_t behind_space = spaces << 1 | (before == space);
	uint64_t behind_newline = newlines << 1 | (before == '\n');

	return (behind_space & (spaces | newlines)) | (behind_newline & spaces);
}

SCAN_SSSE3 __m128i load_128(const char *at)
{
	return _mm_loadu_si128((const __m128i *)(const void *)at);
}

SCAN_SSSE3 __m128i look_up_128(const uint8_t table[16], __m128i nibbles)
{
	return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)table), nibbles);
}

SCAN_SSSE3 __m128i low_nibbles_128(__m128i bytes)
{
	return _mm_and_si128(bytes, _mm_set1_epi8(0x0F));
}

SCAN_SSSE3 __m128i high_nibbles_128(__m128i bytes)
{
	return low_nibbles_128(_mm_srli_epi16(bytes, 4));
}

/* The pairs that the eight boxes of a set cover. */
SCAN_SSSE3 __m128i in_boxes_128(const uint8_t set[4][16], __m128i before, __m128i now)
{
	__m128i lead = _mm_and_si128(look_up_128(set[0], high_nibbles_128(before)),
		look_up_128(set[1], low_nibbles_128(before)));
	__m128i second = _mm_and_si128(
		look_up_128(set[2], high_nibbles_128(now)), look_up_128(set[3], low_nibbles_128(now)));

	return _mm_and_si128(lead, second);
}

/* Not zero where something has to be looked at, of 16 bytes. ASCII alone shows in `now` as it is: a look-up by bytes
 * from 80 finds nothing. */
SCAN_SSSE3 __m128i busy_128(const struct scanner *scanner, const char *at, __m128i now)
{
	__m128i busy = _mm_and_si128(
		look_up_128(scanner->ascii[0], now), look_up_128(scanner->ascii[1], high_nibbles_128(now)));
	__m128i before;

	if (_mm_movemask_epi8(now) == 0)
		return busy;
	before = load_128(at - 1);
	for (size_t set = 0; set < scanner->sets; set++)
		busy = _mm_or_si128(busy, in_boxes_128(scanner->pair[set], before, now));
	return busy;
}

SCAN_SSSE3 uint64_t equal_128(__m128i a, __m128i b)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
}

SCAN_SSSE3 uint64_t scan_block_ssse3(const struct scanner *scanner, const char *at)
{
	uint64_t spaces = 0, newlines = 0, quiet = 0, same = 0, leads = 0;

	for (size_t i = 0; i < SCAN_BLOCK; i += 16) {
		__m128i now = load_128(at + i);

		spaces |= equal_128(now, _mm_set1_epi8((char)scanner->space)) << i;
		newlines |= equal_128(now, _mm_set1_epi8('\n')) << i;
		quiet |= equal_128(busy_128(scanner, at + i, now), _mm_setzero_si128()) << i;
		if (!scanner->has_runs)
			continue;
		same |= equal_128(now, load_128(at + i - 2)) << i;
		leads |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_slli_epi16(now, 1)) << i;
	}
	if (scanner->has_runs)
		quiet &= ~scan_doubles(same, scan_is_same(at - 1), leads);
	return ~quiet | scan_spaces(spaces, newlines, (unsigned char)at[-1], scanner->space);
}

SCAN_SSSE3 void scan_lower_ssse3(char *to, const char *from)
{
	for (size_t i = 0; i < SCAN_BLOCK; i += 16) {
		__m128i now = load_128(from + i);
		__m128i capital = _mm_and_si128(_mm_cmpgt_epi8(now, _mm_set1_epi8('A' - 1)),
			_mm_cmpgt_epi8(_mm_set1_epi8('Z' + 1), now));

		now = _mm_or_si128(now, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
		_mm_storeu_si128((__m128i *)(void *)(to + i), now);
	}
}

SCAN_AVX2 __m256i load_256(const char *at)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

SCAN_AVX2 __m256i look_up_256(const uint8_t table[16], __m256i nibbles)
{
	__m128i half = _mm_loadu_si128((const __m128i *)table);

	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(half), nibbles);
}

SCAN_AVX2 __m256i low_nibbles_256(__m256i bytes)
{
	return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
}

SCAN_AVX2 __m256i high_nibbles_256(__m256i bytes)
{
	return low_nibbles_256(_mm256_srli_epi16(bytes, 4));
}

SCAN_AVX2 __m256i in_boxes_256(const uint8_t set[4][16], __m256i before, __m256i now)
{
	__m256i lead = _mm256_and_si256(look_up_256(set[0], high_nibbles_256(before)),
		look_up_256(set[1], low_nibbles_256(before)));
	__m256i second = _mm256_and_si256(
		look_up_256(set[2], high_nibbles_256(now)), look_up_256(set[3], low_nibbles_256(now)));

	return _mm256_and_si256(lead, second);
}

SCAN_AVX2 __m256i busy_256(const struct scanner *scanner, const char *at, __m256i now)
{
	__m256i busy = _mm256_and_si256(
		look_up_256(scanner->ascii[0], now), look_up_256(scanner->ascii[1], high_nibbles_256(now)));
	__m256i before;

	if (_mm256_movemask_epi8(now) == 0)
		return busy;
	before = load_256(at - 1);
	busy = _mm256_or_si256(busy, in_boxes_256(scanner->pair[0], before, now));
	for (size_t set = 1; set < scanner->sets; set++)
		busy = _mm256_or_si256(busy, in_boxes_256(scanner->pair[set], before, now));
	return busy;
}

SCAN_AVX2 uint64_t equal_256(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b));
}

/* Bytes that have the bit 40. */
SCAN_AVX2 uint64_t leads_256(__m256i bytes)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(bytes, 1));
}

SCAN_AVX2 void scan_lower_avx2(char *to, const char *from)
{
	for (size_t i = 0; i < SCAN_BLOCK; i += 32) {
		__m256i now = load_256(from + i);
		__m256i capital = _mm256_and_si256(_mm256_cmpgt_epi8(now, _mm256_set1_epi8('A' - 1)),
			_mm256_cmpgt_epi8(_mm256_set1_epi8('Z' + 1), now));

		now = _mm256_or_si256(now, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)));
		_mm256_storeu_si256((__m256i *)(void *)(to + i), now);
	}
}

SCAN_AVX2 uint64_t scan_block_avx2(const struct scanner *scanner, const char *at)
{
	const __m256i space = _mm256_set1_epi8((char)scanner->space), newline = _mm256_set1_epi8('\n');
	__m256i a = load_256(at);
	__m256i b = load_256(at + 32);
	uint64_t spaces = equal_256(a, space) | equal_256(b, space) << 32;
	uint64_t newlines = equal_256(a, newline) | equal_256(b, newline) << 32;
	uint64_t quiet = equal_256(busy_256(scanner, at, a), _mm256_setzero_si256()) |
			 equal_256(busy_256(scanner, at + 32, b), _mm256_setzero_si256()) << 32;

	if (scanner->has_runs)
		quiet &= ~scan_doubles(
			equal_256(a, load_256(at - 2)) | equal_256(b, load_256(at + 30)) << 32,
			scan_is_same(at - 1), leads_256(a) | leads_256(b) << 32);
	return ~quiet | scan_spaces(spaces, newlines, (unsigned char)at[-1], scanner->space);
}

#endif

#endif
