/* SPDX-License-Identifier: MIT
 * json_runs.c - the bulk of a JSON string, by AVX2, SSE2 or eight bytes at a time. */
#include "common/json_runs.h"

#include <stdint.h>
#include <string.h>

/* clang-format off */
const char json_meanings[256] = {
	['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

const char json_letters[256] = {
	['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
};
/* clang-format on */

/* --- runs, one byte or eight at a time ------------------------------------------------------------------ */

/* Eight bytes at a time: whether one of them is a quote, a backslash or a control. */
static inline bool eight_plain(const char *at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
	uint64_t word, quote, backslash, control;

	memcpy(&word, at, sizeof(word));
	quote = word ^ (ones * '"');
	backslash = word ^ (ones * '\\');
	quote = (quote - ones) & ~quote;
	backslash = (backslash - ones) & ~backslash;
	control = (word - ones * 0x20) & ~word;
	return ((quote | backslash | control) & highs) == 0;
}

static const char *plain_end_scalar(const char *at, const char *end)
{
	while (end - at >= 8 && eight_plain(at))
		at += 8;
	while (at < end && json_is_plain(*at))
		at++;
	return at;
}

/* Copies plain bytes; returns the end of the copy and moves `*from` behind them. */
static char *copy_plain_scalar(char *to, const char **from, const char *end)
{
	const char *at = *from;

	for (; end - at >= 8 && eight_plain(at); at += 8, to += 8)
		memcpy(to, at, 8);
	while (at < end && json_is_plain(*at))
		*to++ = *at++;
	*from = at;
	return to;
}

/* --- runs, by vectors ------------------------------------------------------------------------------------- */

/* For each size of vector:
 * plain_end  moves over whole vectors of plain bytes; true when it stopped at one that is not plain.
 * take       copies whole vectors and puts meanings in the place of two-byte escapes, up to what is neither.
 * spell      copies whole vectors and spells what has a two-byte escape, up to what has none, or until the copy
 *            would no longer fit before `room` if the rest were plain.
 * The last two are as json_runs.h has them. */
#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Which of 16 bytes are not plain, a bit each. */
static inline unsigned special_128(__m128i bytes)
{
	__m128i special = _mm_or_si128(
		_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));

	/* At most 1F, unsigned: the same as its minimum with 1F. */
	special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes));
	return (unsigned)_mm_movemask_epi8(special);
}

static inline bool plain_end_128(const char **from, const char *end)
{
	for (; end - *from >= 16; *from += 16) {
		unsigned special = special_128(_mm_loadu_si128((const __m128i *)*from));

		if (special) {
			*from += __builtin_ctz(special);
			return true;
		}
	}
	return false;
}

static char *take_128(char *to, const char **from, const char *end)
{
	const char *at = *from;
	char meaning;

	while (end - at >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)at);
		unsigned special = special_128(bytes);

		_mm_storeu_si128((__m128i *)to, bytes);
		if (!special) {
			at += 16;
			to += 16;
			continue;
		}
		at += __builtin_ctz(special);
		to += __builtin_ctz(special);
		if (*at != '\\' || !(meaning = json_meaning_at(at, end)))
			break;
		*to++ = meaning;
		at += 2;
	}
	*from = at;
	return to;
}

static char *spell_128(char *to, const char *room, const char **from, const char *end)
{
	const char *at = *from;
	char letter;

	while (end - at >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)at);
		unsigned special = special_128(bytes);

		_mm_storeu_si128((__m128i *)to, bytes);
		if (!special) {
			at += 16;
			to += 16;
			continue;
		}
		at += __builtin_ctz(special);
		to += __builtin_ctz(special);
		letter = json_letters[(unsigned char)*at];
		if (!letter || to + (end - at) >= room)
			break;
		*to++ = '\\';
		*to++ = letter;
		at++;
	}
	*from = at;
	return to;
}

/* A shuffle puts in the place of each byte the quote or the backslash where that has the same low nibble: one comparison
 * does for both. Bytes above 7F become NULs, which match none of them. */
AVX2 static inline unsigned special_256(__m256i bytes)
{
	const __m128i quotes = _mm_setr_epi8(1, 0, '"', 0, 0, 0, 0, 0, 0, 0, 0, 0, '\\', 0, 0, 0);
	__m256i special =
		_mm256_cmpeq_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(quotes), bytes), bytes);

	special = _mm256_or_si256(
		special, _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes));
	return (unsigned)_mm256_movemask_epi8(special);
}

AVX2 static bool plain_end_256(const char **from, const char *end)
{
	for (; end - *from >= 32; *from += 32) {
		unsigned special = special_256(_mm256_loadu_si256((const __m256i *)*from));

		if (special) {
			*from += __builtin_ctz(special);
			return true;
		}
	}
	return false;
}

/* Blocks of 64 bytes with at most one escape are moved without a branch on where it is: a text has one in most of its
 * lines, and a wrong guess costs more than the line. Bytes behind it move by one, so each comes from one of two loads. */
enum { BLOCK = 64 };
#define LAST (UINT64_C(1) << (BLOCK - 1))

AVX2 static inline uint64_t special_64(__m256i low, __m256i high)
{
	return (uint64_t)special_256(high) << 32 | special_256(low);
}

/* The first `count` bytes, at most BLOCK, as of `front`, the others as of `behind`. */
AVX2 static inline void store_joined(char *to, const char *front, const char *behind, int count)
{
	const __m256i places = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
		17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
	__m256i last = _mm256_set1_epi8((char)(count - 1));
	__m256i low = _mm256_blendv_epi8(_mm256_loadu_si256((const __m256i *)front),
		_mm256_loadu_si256((const __m256i *)behind), _mm256_cmpgt_epi8(places, last));
	__m256i high = _mm256_blendv_epi8(_mm256_loadu_si256((const __m256i *)(front + 32)),
		_mm256_loadu_si256((const __m256i *)(behind + 32)),
		_mm256_cmpgt_epi8(_mm256_add_epi8(places, _mm256_set1_epi8(32)), last));

	_mm256_storeu_si256((__m256i *)to, low);
	_mm256_storeu_si256((__m256i *)(to + 32), high);
}

/* Takes blocks, up to the first that holds anything but plain bytes and one escape of two bytes. */
AVX2 static char *take_blocks(char *to, const char **from, const char *end)
{
	const char *at = *from;

	while (end - at > BLOCK) {
		uint64_t special = special_64(_mm256_loadu_si256((const __m256i *)at),
			_mm256_loadu_si256((const __m256i *)(at + 32)));
		uint64_t first = special & -special; /* what follows it may be a quote or a backslash */
		int place = __builtin_ctzll(special | LAST), escapes = special != 0;
		char meaning = json_meanings[(unsigned char)at[place + 1]];
		bool fits = (at[place] == '\\') & (meaning != 0) & (place < BLOCK - 1);

		if (fits < escapes)
			break;
		place += !escapes;
		store_joined(to, at, at + 1, place);
		to[place] = meaning; /* behind the block when there is none */
		if (special & ~(first | first << 1)) {
			to += place + 1;
			at += place + 2;
			continue;
		}
		to += BLOCK - escapes;
		at += BLOCK;
	}
	*from = at;
	return to;
}

AVX2 static char *take_256(char *to, const char **from, const char *end)
{
	const char *at;
	char meaning;

	for (;;) {
		__m256i bytes;
		unsigned special;

		to = take_blocks(to, from, end);
		at = *from;
		if (end - at < 32)
			return to;
		bytes = _mm256_loadu_si256((const __m256i *)at);
		special = special_256(bytes);
		_mm256_storeu_si256((__m256i *)to, bytes);
		if (!special) {
			*from += 32;
			to += 32;
			continue;
		}
		*from += __builtin_ctz(special);
		to += __builtin_ctz(special);
		if (**from != '\\' || !(meaning = json_meaning_at(*from, end)))
			return to;
		*to++ = meaning;
		*from += 2;
	}
}

/* Spells blocks, up to the first that holds anything but plain bytes and one with an escape of two bytes. The byte in
 * front of `*from` is read. */
AVX2 static char *spell_blocks(char *to, const char *room, const char **from, const char *end)
{
	const char *at = *from;

	while (end - at >= BLOCK && to + (end - at) < room) {
		uint64_t special = special_64(_mm256_loadu_si256((const __m256i *)at),
			_mm256_loadu_si256((const __m256i *)(at + 32)));
		int place = __builtin_ctzll(special | LAST), escapes = special != 0;
		char letter = json_letters[(unsigned char)at[place]];

		if ((letter != 0) < escapes)
			break;
		place += !escapes;
		store_joined(to, at, at - 1, place);
		to[BLOCK] = at[BLOCK - 1];
		to[place] = '\\'; /* behind the block when there is none */
		to[place + 1] = letter;
		if (special & (special - 1)) {
			to += place + 2;
			at += place + 1;
			continue;
		}
		to += BLOCK + escapes;
		at += BLOCK;
	}
	*from = at;
	return to;
}

AVX2 static char *spell_256(char *to, const char *room, const char **from, const char *end)
{
	const char *start = *from, *at;
	char letter;

	for (;;) {
		__m256i bytes;
		unsigned special;

		if (*from > start)
			to = spell_blocks(to, room, from, end);
		at = *from;
		if (end - at < 32)
			return to;
		bytes = _mm256_loadu_si256((const __m256i *)at);
		special = special_256(bytes);
		_mm256_storeu_si256((__m256i *)to, bytes);
		if (!special) {
			*from += 32;
			to += 32;
			continue;
		}
		*from += __builtin_ctz(special);
		to += __builtin_ctz(special);
		letter = json_letters[(unsigned char)**from];
		if (!letter || to + (end - *from) >= room)
			return to;
		*to++ = '\\';
		*to++ = letter;
		(*from)++;
	}
}

const char *json_plain_end(const char *at, const char *end, enum cpu cpu)
{
	if (cpu >= CPU_AVX2 && plain_end_256(&at, end))
		return at;
	if (cpu != CPU_SCALAR && plain_end_128(&at, end))
		return at;
	return plain_end_scalar(at, end);
}

char *json_take_run(char *to, const char **from, const char *end, enum cpu cpu)
{
	if (cpu >= CPU_AVX2)
		to = take_256(to, from, end);
	if (cpu == CPU_SSSE3 || (cpu >= CPU_AVX2 && end - *from < 32))
		to = take_128(to, from, end);
	return copy_plain_scalar(to, from, end);
}

char *json_spell_run(char *to, const char *room, const char **from, const char *end, enum cpu cpu)
{
	if (cpu >= CPU_AVX2)
		to = spell_256(to, room, from, end);
	if (cpu == CPU_SSSE3 || (cpu >= CPU_AVX2 && end - *from < 32))
		to = spell_128(to, room, from, end);
	return copy_plain_scalar(to, from, end);
}

#else

const char *json_plain_end(const char *at, const char *end, enum cpu cpu)
{
	(void)cpu;
	return plain_end_scalar(at, end);
}

char *json_take_run(char *to, const char **from, const char *end, enum cpu cpu)
{
	(void)cpu;
	return copy_plain_scalar(to, from, end);
}

char *json_spell_run(char *to, const char *room, const char **from, const char *end, enum cpu cpu)
{
	(void)room, (void)cpu;
	return copy_plain_scalar(to, from, end);
}
#endif
