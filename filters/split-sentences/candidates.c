/* SPDX-License-Identifier: MIT
 * candidates.c - the scan for terminators.
 *
 * A byte is worth a look by itself (full stop, the lead bytes of scripts that Unicode gives terminators of their own) or
 * with the byte before it: of ؟ (D8 9F) neither byte is rare in Arabic, but the two together are. What is worth a look is
 * decoded then; that nothing is missed is a unit test over all code points.
 *
 * The vector path finds both kinds 32 bytes at a time by looking up nibbles, the way utf8_valid.c does; a look-up a byte
 * in a table is its scalar twin. */
#include "filters/split-sentences/candidates.h"

#include <stdint.h>

#include "common/unicode.h"
#include "common/utf8.h"

enum { ELLIPSIS = 0x2026 };

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
	enum sb sb;

	if (cp < 0x80)
		return marks[cp] == BYTE;
	sb = unicode_sentence_break(cp);
	return sb == SB_STERM || sb == SB_ATERM || sb == SB_SEP || cp == ELLIPSIS;
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

/* The first candidate of which a byte at `at` or behind it is marked. */
static size_t scalar_next(struct span text, size_t from, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.at;

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

#if defined(__x86_64__)
#include <immintrin.h>

enum { STEP = 32 }; /* bytes */

/* A byte is marked when what its low nibble may be and what its high nibble may be share a bit: a bit for each high
 * nibble that BYTE and LEAD have. */
enum { H0 = 1, H2 = 2, H3 = 4, HC = 8, HD = 16, HE = 32, HF = 64 };

/* The same for two bytes that begin a terminator, a bit for each first byte; E0 is the last. */
enum { D8 = 1, DB = 2, D6 = 4, E3 = 8, E0 = 16 };

#define NIBBLES(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

__attribute__((target("avx2"))) static inline __m256i look_up(__m256i bytes, __m256i low, __m256i high)
{
	const __m256i nibble = _mm256_set1_epi8(0x0F);

	return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
		_mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble)));
}

/* A bit for each of the 32 bytes at `s` that is marked; s[-1] can be read. */
__attribute__((target("avx2"))) static inline uint32_t marked(const char *s)
{
	const __m256i alone_low =
		NIBBLES(HF, H2 | HE, HC | HE, 0, 0, 0, 0, 0, 0, 0, HE, 0, HD, H0, H2, H3 | HD | HE);
	const __m256i alone_high = NIBBLES(H0, 0, H2, H3, 0, 0, 0, 0, 0, 0, 0, 0, HC, HD, HE, HF);
	const __m256i first_low = NIBBLES(E0, 0, 0, E3, 0, 0, D6, 0, D8, 0, 0, DB, 0, 0, 0, 0);
	const __m256i first_high = NIBBLES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, D8 | DB | D6, E3 | E0, 0);
	const __m256i second_low = NIBBLES(E3 | E0, 0, 0, 0, DB, E0, 0, 0, 0, D6, 0, 0, 0, D8, D8, D8);
	const __m256i second_high = NIBBLES(0, 0, 0, 0, 0, 0, 0, 0, D6 | E3, D8 | DB, E0, 0, 0, 0, 0, 0);
	__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)s);
	__m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(s - 1));
	__m256i alone = look_up(bytes, alone_low, alone_high);
	__m256i pairs = _mm256_and_si256(
		look_up(before, first_low, first_high), look_up(bytes, second_low, second_high));
	__m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(alone, pairs), _mm256_setzero_si256());

	return ~(uint32_t)_mm256_movemask_epi8(none);
}

/* The candidate of the first bit in `bits` that has one; text.len when none has. */
static size_t first_of(uint32_t bits, struct span text, size_t at, size_t from)
{
	for (; bits; bits &= bits - 1) {
		size_t hit = candidate_at(text, at + (size_t)__builtin_ctz(bits), from);

		if (hit < text.len)
			return hit;
	}
	return text.len;
}

__attribute__((target("avx2"))) static size_t avx2_next(struct span text, size_t from)
{
	size_t at = from + 1;

	if (from < text.len && marks[(unsigned char)text.at[from]] &&
		candidate_at(text, from, from) == from)
		return from;
	for (; at + STEP <= text.len; at += STEP) {
		uint32_t bits = marked(text.at + at);
		size_t hit;

		if (bits == 0)
			continue;
		/* gcc 12 leaves it out here; the SSE code that follows then waits 60 ns, measured on a Xeon with AVX-512 */
		_mm256_zeroupper();
		hit = first_of(bits, text, at, from);
		if (hit < text.len)
			return hit;
	}
	return at < text.len ? scalar_next(text, from, at) : text.len;
}
#endif

size_t candidate_next(struct span text, size_t from, enum cpu cpu)
{
#if defined(__x86_64__)
	if (cpu >= CPU_AVX2)
		return avx2_next(text, from);
#endif
	(void)cpu;
	return scalar_next(text, from, from);
}
