/* SPDX-License-Identifier: MIT
 * minhash.c - eight rows at a time by AVX2, or one by one: the same values. */
#include "filters/dedupe/minhash.h"

#include <string.h>

/* SplitMix64. */
static uint64_t split_mix(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return z ^ (z >> 31);
}

void minhash_init(struct minhash *minhash, enum cpu cpu)
{
	uint64_t state = 0;

	minhash->cpu = cpu;
	for (size_t i = 0; i < MINHASH_ROWS; i++) {
		minhash->factors[i] = (uint32_t)(split_mix(&state) >> 32) | 1;
		minhash->summands[i] = (uint32_t)(split_mix(&state) >> 32);
	}
}

static void rows_scalar(const struct minhash *minhash, const uint32_t *set, size_t count, uint32_t *rows)
{
	for (size_t i = 0; i < MINHASH_ROWS; i++) {
		uint32_t factor = minhash->factors[i], summand = minhash->summands[i], least = UINT32_MAX;

		for (size_t k = 0; k < count; k++) {
			uint32_t value = set[k] * factor + summand;

			least = value < least ? value : least;
		}
		rows[i] = least;
	}
}

#if defined(__x86_64__)
#include <immintrin.h>

enum {
	LANES = 8,
	AT_ONCE = 4,
	LANES_AT_ONCE = LANES * AT_ONCE
}; /* rows in a vector; vectors that hide the latency of the multiplication */

__attribute__((target("avx2"))) static void rows_avx2(
	const struct minhash *minhash, const uint32_t *set, size_t count, uint32_t *rows)
{
	for (size_t i = 0; i < MINHASH_ROWS; i += LANES_AT_ONCE) {
		__m256i factors[AT_ONCE], summands[AT_ONCE], least[AT_ONCE];

		for (size_t v = 0; v < AT_ONCE; v++) {
			factors[v] = _mm256_loadu_si256((const __m256i *)&minhash->factors[i + LANES * v]);
			summands[v] =
				_mm256_loadu_si256((const __m256i *)&minhash->summands[i + LANES * v]);
			least[v] = _mm256_set1_epi32(-1);
		}
		for (size_t k = 0; k < count; k++) {
			__m256i x = _mm256_set1_epi32((int)set[k]);

			for (size_t v = 0; v < AT_ONCE; v++)
				least[v] = _mm256_min_epu32(least[v],
					_mm256_add_epi32(_mm256_mullo_epi32(x, factors[v]), summands[v]));
		}
		for (size_t v = 0; v < AT_ONCE; v++)
			_mm256_storeu_si256((__m256i *)&rows[i + LANES * v], least[v]);
	}
}
#endif

void minhash_rows(
	const struct minhash *minhash, const uint32_t *set, size_t count, uint32_t rows[MINHASH_ROWS])
{
#if defined(__x86_64__)
	if (minhash->cpu >= CPU_AVX2) {
		rows_avx2(minhash, set, count, rows);
		return;
	}
#endif
	rows_scalar(minhash, set, count, rows);
}

void minhash_keys(const uint32_t rows[MINHASH_ROWS], uint64_t keys[MINHASH_BANDS])
{
	for (size_t i = 0; i < MINHASH_BANDS; i++) {
		uint64_t both = (uint64_t)rows[2 * i] << 32 | rows[2 * i + 1],
			 state = both ^ ((uint64_t)i << 58);

		keys[i] = split_mix(&state);
	}
}
