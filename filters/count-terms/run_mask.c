/* SPDX-License-Identifier: MIT
 * run_mask.c - which of the next 64 bytes belong to a word, by AVX2: a shuffle looks a half byte up in sixteen bytes. */
#include "filters/count-terms/run_mask.h"

#include <string.h>

/* First bytes of two: the lower one of each pair. D8 to DB: Arabic, Syriac's neighbours; C2 to C5: Latin; D0, D1: Cyrillic;
 * CE, CF: Greek. */
static const uint8_t firsts[RUN_PAIRS] = { 0xD8, 0xDA, 0xC2, 0xC4, 0xD0, 0xCE };

void run_tables_init(
	struct run_tables *tables, bool (*belongs)(const void *ctx, int32_t cp), const void *ctx)
{
	memset(tables, 0, sizeof(*tables));
	for (int32_t cp = 0; cp < 0x80; cp++)
		if (belongs(ctx, cp))
			tables->ascii[cp & 0x0F] |= (uint8_t)(1 << (cp >> 4));
	for (int pair = 0; pair < RUN_PAIRS; pair++)
		for (int32_t i = 0; i < 0x80; i++)
			if (belongs(ctx, (firsts[pair] & 0x1F) << 6 | i))
				tables->pairs[pair][i & 0x0F] |= (uint8_t)(1 << (i >> 4));
}

#if defined(__x86_64__)
#include <immintrin.h>

bool run_mask_works(enum cpu cpu)
{
	return cpu >= CPU_AVX2;
}

__attribute__((target("avx2"))) static inline __m256i look_up(const uint8_t *table, __m256i halves)
{
	return _mm256_shuffle_epi8(
		_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table)), halves);
}

/* One bit a byte: *ascii for bytes of ASCII, the result for first bytes of two. */
__attribute__((target("avx2"))) static inline uint32_t mask_32(
	const struct run_tables *tables, const char *at, uint32_t *ascii)
{
	static const uint8_t bits[16] = { 1, 2, 4, 8, 16, 32, 64, 128 };
	const __m256i low_half = _mm256_set1_epi8(0x0F), none = _mm256_setzero_si256();
	__m256i here = _mm256_loadu_si256((const __m256i *)(const void *)at);
	__m256i next = _mm256_loadu_si256((const __m256i *)(const void *)(at + 1));
	__m256i upper = _mm256_and_si256(_mm256_srli_epi16(here, 4), low_half);
	__m256i last_low = _mm256_and_si256(next, low_half), all = none, row, one;

	one = _mm256_and_si256(
		look_up(tables->ascii, _mm256_and_si256(here, low_half)), look_up(bits, upper));
	*ascii = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(one, none));
	row = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(next, 4), _mm256_set1_epi8(3)),
		_mm256_and_si256(_mm256_slli_epi16(here, 2), _mm256_set1_epi8(4)));
	row = look_up(bits, row);
	for (int pair = 0; pair < RUN_PAIRS; pair++) {
		__m256i first = _mm256_cmpeq_epi8(_mm256_and_si256(here, _mm256_set1_epi8((char)0xFE)),
			_mm256_set1_epi8((char)firsts[pair]));

		all = _mm256_or_si256(all, _mm256_and_si256(first, look_up(tables->pairs[pair], last_low)));
	}
	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_and_si256(all, row), none));
}

__attribute__((target("avx2"))) uint64_t run_mask(
	const struct run_tables *tables, const char *at, unsigned *next)
{
	uint32_t ascii_low, ascii_high;
	uint64_t firsts_of_two = mask_32(tables, at, &ascii_low);

	firsts_of_two |= (uint64_t)mask_32(tables, at + 32, &ascii_high) << 32;
	*next = RUN_BYTES + (unsigned)(firsts_of_two >> 63);
	return firsts_of_two | firsts_of_two << 1 | ascii_low | (uint64_t)ascii_high << 32;
}

#else

bool run_mask_works(enum cpu cpu)
{
	(void)cpu;
	return false;
}

uint64_t run_mask(const struct run_tables *tables, const char *at, unsigned *next)
{
	(void)tables, (void)at;
	*next = RUN_BYTES;
	return 0;
}
#endif
