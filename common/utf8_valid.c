/* SPDX-License-Identifier: MIT
 * utf8_valid.c - how far text is well-formed UTF-8 without NUL: utf8_valid_prefix of utf8.h.
 *
 * The vector paths are the nibble look-ups of John Keiser and Daniel Lemire, "Validating UTF-8 in less than
 * one instruction per byte" (Software: Practice and Experience 51, 2021), with NUL as one more error. They
 * only find the block of 64 bytes that holds the first error; where in it, and what is behind the last
 * whole block, is found by the scalar loop, so all paths answer alike. */
#include "common/utf8.h"

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Bytes of the well-formed sequence of two or more bytes that starts at `s`; 0 when there is none. */
static size_t sequence(const unsigned char *s, size_t len)
{
	unsigned char lead = s[0];

	if (lead < 0xC2 || lead > 0xF4 || len < 2 || !is_continuation(s[1]))
		return 0;
	if (lead < 0xE0)
		return 2;
	if (len < 3 || !is_continuation(s[2]))
		return 0;
	if (lead < 0xF0) /* neither overlong nor a surrogate */
		return (lead == 0xE0 && s[1] < 0xA0) || (lead == 0xED && s[1] > 0x9F) ? 0 : 3;
	if (len < 4 || !is_continuation(s[3]))
		return 0;
	return (lead == 0xF0 && s[1] < 0x90) || (lead == 0xF4 && s[1] > 0x8F) ? 0 : 4;
}

/* Whether none of eight bytes is NUL or above 7F. A borrow spoils the byte above a NUL only. */
static bool eight_ascii(const unsigned char *s)
{
	uint64_t w;

	memcpy(&w, s, sizeof(w));
	return ((w | (w - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

/* From `at`, which is the start of a sequence. */
static size_t scalar_from(struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.at;

	while (at < text.len) {
		size_t len;

		if (text.len - at >= 8 && eight_ascii(s + at)) {
			at += 8;
			continue;
		}
		if (s[at] < 0x80)
			len = s[at] != 0;
		else
			len = sequence(s + at, text.len - at);
		if (len == 0)
			break;
		at += len;
	}
	return at;
}

#if defined(__x86_64__)
#include <immintrin.h>

enum { STEP = 64 }; /* bytes */

/* What two neighbouring bytes can be guilty of; the third guilt, TWO_CONTS, is none where a sequence of
 * three or four bytes wants them. */
enum {
	TOO_SHORT = 1 << 0, /* a lead without its continuation */
	TOO_LONG = 1 << 1, /* a continuation after ASCII */
	OVERLONG_3 = 1 << 2,
	TOO_LARGE = 1 << 3, /* F4 9x and up */
	SURROGATE = 1 << 4,
	OVERLONG_2 = 1 << 5,
	TOO_LARGE_1000 = 1 << 6, /* F5..FF 8x */
	OVERLONG_4 = 1 << 6,
	TWO_CONTS = 1 << 7,
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS,
};

/* clang-format off */
static const uint8_t first_high[16] = {
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
	TOO_SHORT | OVERLONG_2,
	TOO_SHORT,
	TOO_SHORT | OVERLONG_3 | SURROGATE,
	TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
};

static const uint8_t first_low[16] = {
	CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
	CARRY | OVERLONG_2,
	CARRY, CARRY,
	CARRY | TOO_LARGE,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
};

static const uint8_t second_high[16] = {
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
	TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
};

/* The highest bytes with which a vector may end and leave nothing open. */
static const uint8_t finished[32] = {
	255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
	255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xEF, 0xDF, 0xBF,
};
/* clang-format on */

#define SSSE3 __attribute__((target("ssse3")))
#define AVX2  __attribute__((target("avx2")))

SSSE3 static inline __m128i look_up_128(const uint8_t table[16], __m128i nibbles)
{
	return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)table), nibbles);
}

SSSE3 static inline __m128i high_nibbles_128(__m128i bytes)
{
	return _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
}

/* Not zero where a byte of `now` does not fit what is before it; `before` is the vector in front. */
SSSE3 static inline __m128i misfits_128(__m128i now, __m128i before)
{
	__m128i back1 = _mm_alignr_epi8(now, before, 15);
	__m128i back2 = _mm_alignr_epi8(now, before, 14);
	__m128i back3 = _mm_alignr_epi8(now, before, 13);
	__m128i low1 = _mm_and_si128(back1, _mm_set1_epi8(0x0F));
	__m128i guilt = _mm_and_si128(look_up_128(first_high, high_nibbles_128(back1)),
		_mm_and_si128(
			look_up_128(first_low, low1), look_up_128(second_high, high_nibbles_128(now))));
	__m128i third = _mm_subs_epu8(back2, _mm_set1_epi8(0xE0 - 0x80));
	__m128i fourth = _mm_subs_epu8(back3, _mm_set1_epi8(0xF0 - 0x80));
	__m128i wanted = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));

	return _mm_xor_si128(guilt, wanted);
}

/* Not zero where `last` ends inside a sequence. */
SSSE3 static inline __m128i unfinished_128(__m128i last)
{
	return _mm_subs_epu8(last, _mm_loadu_si128((const __m128i *)(finished + 16)));
}

SSSE3 static inline bool any_128(__m128i bytes)
{
	return _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128())) != 0xFFFF;
}

/* Bytes in whole steps before the first one that holds an error. */
SSSE3 static size_t steps_128(struct span text)
{
	__m128i before = _mm_setzero_si128();
	size_t at;

	for (at = 0; text.len - at >= STEP; at += STEP) {
		const __m128i *from = (const __m128i *)(const void *)(text.at + at);
		__m128i a = _mm_loadu_si128(from), b = _mm_loadu_si128(from + 1);
		__m128i c = _mm_loadu_si128(from + 2), d = _mm_loadu_si128(from + 3);
		__m128i most = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
		__m128i least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
		__m128i wrong = _mm_cmpeq_epi8(least, _mm_setzero_si128());

		if (_mm_movemask_epi8(most) == 0) {
			wrong = _mm_or_si128(wrong, unfinished_128(before));
		} else {
			wrong = _mm_or_si128(wrong, misfits_128(a, before));
			wrong = _mm_or_si128(wrong, misfits_128(b, a));
			wrong = _mm_or_si128(wrong, misfits_128(c, b));
			wrong = _mm_or_si128(wrong, misfits_128(d, c));
		}
		if (any_128(wrong))
			break;
		before = d;
	}
	return at;
}

AVX2 static inline __m256i look_up_256(const uint8_t table[16], __m256i nibbles)
{
	__m128i half = _mm_loadu_si128((const __m128i *)table);

	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(half), nibbles);
}

AVX2 static inline __m256i high_nibbles_256(__m256i bytes)
{
	return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

AVX2 static inline __m256i misfits_256(__m256i now, __m256i before)
{
	__m256i middle = _mm256_permute2x128_si256(before, now, 0x21);
	__m256i back1 = _mm256_alignr_epi8(now, middle, 15);
	__m256i back2 = _mm256_alignr_epi8(now, middle, 14);
	__m256i back3 = _mm256_alignr_epi8(now, middle, 13);
	__m256i low1 = _mm256_and_si256(back1, _mm256_set1_epi8(0x0F));
	__m256i guilt = _mm256_and_si256(look_up_256(first_high, high_nibbles_256(back1)),
		_mm256_and_si256(
			look_up_256(first_low, low1), look_up_256(second_high, high_nibbles_256(now))));
	__m256i third = _mm256_subs_epu8(back2, _mm256_set1_epi8(0xE0 - 0x80));
	__m256i fourth = _mm256_subs_epu8(back3, _mm256_set1_epi8(0xF0 - 0x80));
	__m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));

	return _mm256_xor_si256(guilt, wanted);
}

AVX2 static inline __m256i unfinished_256(__m256i last)
{
	return _mm256_subs_epu8(last, _mm256_loadu_si256((const __m256i *)finished));
}

AVX2 static size_t steps_256(struct span text)
{
	__m256i before = _mm256_setzero_si256();
	size_t at;

	for (at = 0; text.len - at >= STEP; at += STEP) {
		const __m256i *from = (const __m256i *)(const void *)(text.at + at);
		__m256i a = _mm256_loadu_si256(from), b = _mm256_loadu_si256(from + 1);
		__m256i wrong = _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), _mm256_setzero_si256());

		if (_mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0) {
			wrong = _mm256_or_si256(wrong, unfinished_256(before));
		} else {
			wrong = _mm256_or_si256(wrong, misfits_256(a, before));
			wrong = _mm256_or_si256(wrong, misfits_256(b, a));
		}
		if (!_mm256_testz_si256(wrong, wrong))
			break;
		before = b;
	}
	return at;
}

static size_t steps(struct span text, enum cpu cpu)
{
	if (text.len < STEP || cpu == CPU_SCALAR)
		return 0;
	return cpu >= CPU_AVX2 ? steps_256(text) : steps_128(text);
}

#else

static size_t steps(struct span text, enum cpu cpu)
{
	(void)text;
	(void)cpu;
	return 0;
}

#endif

/* `at` moved back to the lead byte of a sequence that may be unfinished there. All before `at` fits, so a
 * lead among the last three bytes is the only place where something can still be wrong. */
static size_t back_to_lead(struct span text, size_t at)
{
	for (size_t back = 1; back <= 3 && back <= at; back++)
		if ((unsigned char)text.at[at - back] >= 0xC0)
			return at - back;
	return at;
}

size_t utf8_valid_prefix(struct span text, enum cpu cpu)
{
	return scalar_from(text, back_to_lead(text, steps(text, cpu)));
}
