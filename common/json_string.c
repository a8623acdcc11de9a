/* SPDX-License-Identifier: MIT
 * json_string.c - strings of JSON. Runs of plain bytes and escapes of two bytes, which end the lines of a text, go by
 * vectors; \u escapes and the last bytes of a string one at a time. */
#include "common/json_string.h"

#include <stdint.h>

#include "common/utf8.h"

enum {
	ROOM = 32, /* bytes behind a copy that it may overwrite: the largest vector */
	UNIT = 6, /* bytes of \u and four digits */
};

/* The character that the letter of a two-byte escape stands for; 0 when there is none. */
/* clang-format off */
static const char escape_meaning[256] = {
	['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

/* The letter of the two-byte escape that a byte is spelled with; 0 when there is none. */
static const char escape_letter[256] = {
	['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
};

/* What a hexadecimal digit is worth, with HEX_DIGIT set; 0 for other bytes. */
enum { HEX_DIGIT = 0x10 };
static const uint8_t hex_worth[256] = {
	['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16,
	['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1A, ['b'] = 0x1B, ['c'] = 0x1C, ['d'] = 0x1D,
	['e'] = 0x1E, ['f'] = 0x1F, ['A'] = 0x1A, ['B'] = 0x1B, ['C'] = 0x1C, ['D'] = 0x1D, ['E'] = 0x1E,
	['F'] = 0x1F,
};
/* clang-format on */

/* The meaning of the two-byte escape at `at`, where a backslash is; 0 when there is none. */
static inline char meaning_at(const char *at, const char *end)
{
	return end - at >= 2 ? escape_meaning[(unsigned char)at[1]] : 0;
}

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

static inline bool is_plain(char byte)
{
	return byte != '"' && byte != '\\' && (unsigned char)byte >= 0x20;
}

static const char *plain_end_scalar(const char *at, const char *end)
{
	while (end - at >= 8 && eight_plain(at))
		at += 8;
	while (at < end && is_plain(*at))
		at++;
	return at;
}

/* Copies plain bytes; returns the end of the copy and moves `*from` behind them. */
static char *copy_plain_scalar(char *to, const char **from, const char *end)
{
	const char *at = *from;

	for (; end - at >= 8 && eight_plain(at); at += 8, to += 8)
		memcpy(to, at, 8);
	while (at < end && is_plain(*at))
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
 * The last two return the end of the copy, behind which ROOM bytes are free, and move `*from`. */
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
		if (*at != '\\' || !(meaning = meaning_at(at, end)))
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
		letter = escape_letter[(unsigned char)*at];
		if (!letter || to + (end - at) >= room)
			break;
		*to++ = '\\';
		*to++ = letter;
		at++;
	}
	*from = at;
	return to;
}

AVX2 static inline unsigned special_256(__m256i bytes)
{
	__m256i special = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
		_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));

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
		char meaning = escape_meaning[(unsigned char)at[place + 1]];
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

	while (to = take_blocks(to, from, end), at = *from, end - at >= 32) {
		__m256i bytes = _mm256_loadu_si256((const __m256i *)at);
		unsigned special = special_256(bytes);

		_mm256_storeu_si256((__m256i *)to, bytes);
		if (!special) {
			*from += 32;
			to += 32;
			continue;
		}
		*from += __builtin_ctz(special);
		to += __builtin_ctz(special);
		if (**from != '\\' || !(meaning = meaning_at(*from, end)))
			break;
		*to++ = meaning;
		*from += 2;
	}
	return to;
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
		char letter = escape_letter[(unsigned char)at[place]];

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

	while (to = *from > start ? spell_blocks(to, room, from, end) : to, at = *from, end - at >= 32) {
		__m256i bytes = _mm256_loadu_si256((const __m256i *)at);
		unsigned special = special_256(bytes);

		_mm256_storeu_si256((__m256i *)to, bytes);
		if (!special) {
			*from += 32;
			to += 32;
			continue;
		}
		*from += __builtin_ctz(special);
		to += __builtin_ctz(special);
		letter = escape_letter[(unsigned char)**from];
		if (!letter || to + (end - *from) >= room)
			break;
		*to++ = '\\';
		*to++ = letter;
		(*from)++;
	}
	return to;
}

/* The first byte that ends a run of plain ones; `end` when there is none. */
static const char *plain_end(const char *at, const char *end, enum cpu cpu)
{
	if (cpu == CPU_AVX2 && plain_end_256(&at, end))
		return at;
	if (cpu != CPU_SCALAR && plain_end_128(&at, end))
		return at;
	return plain_end_scalar(at, end);
}

static char *take_vectors(char *to, const char **from, const char *end, enum cpu cpu)
{
	if (cpu == CPU_SCALAR)
		return to;
	if (cpu == CPU_AVX2 && end - *from >= 32)
		to = take_256(to, from, end);
	return cpu == CPU_AVX2 && end - *from >= 32 ? to : take_128(to, from, end);
}

static char *spell_vectors(char *to, const char *room, const char **from, const char *end, enum cpu cpu)
{
	if (cpu == CPU_AVX2)
		to = spell_256(to, room, from, end);
	return cpu != CPU_SCALAR ? spell_128(to, room, from, end) : to;
}
#else

static const char *plain_end(const char *at, const char *end, enum cpu cpu)
{
	(void)cpu;
	return plain_end_scalar(at, end);
}

static char *take_vectors(char *to, const char **from, const char *end, enum cpu cpu)
{
	(void)from, (void)end, (void)cpu;
	return to;
}

static char *spell_vectors(char *to, const char *room, const char **from, const char *end, enum cpu cpu)
{
	(void)room, (void)from, (void)end, (void)cpu;
	return to;
}
#endif

/* --- escapes understood --------------------------------------------------------------------------------- */

/* The number that four hexadecimal digits spell; negative when they are none. */
static inline int32_t hex_four(const char *at)
{
	const unsigned char *s = (const unsigned char *)at;
	int32_t a = hex_worth[s[0]], b = hex_worth[s[1]], c = hex_worth[s[2]], d = hex_worth[s[3]];

	if ((a & b & c & d & HEX_DIGIT) == 0)
		return -1;
	return (a & 0xF) << 12 | (b & 0xF) << 8 | (c & 0xF) << 4 | (d & 0xF);
}

static inline bool is_unit(const char *at, const char *end)
{
	return end - at >= UNIT && at[0] == '\\' && at[1] == 'u';
}

static inline bool is_high_surrogate(int32_t unit)
{
	return unit >= 0xD800 && unit < 0xDC00;
}

static inline bool is_low_surrogate(int32_t unit)
{
	return unit >= 0xDC00 && unit < 0xE000;
}

/* Whether a lone surrogate stands for a byte that is not UTF-8. */
static inline bool is_byte(int32_t unit)
{
	return unit >= 0xDC80 && unit <= 0xDCFF;
}

/* The value of the \u escape at `*at`, which is moved behind it; negative, and not moved, when it has not four
 * digits. Two that are a surrogate pair are one. */
static inline int32_t take_unit(const char **at, const char *end)
{
	int32_t unit = hex_four(*at + 2), low;

	if (unit < 0)
		return unit;
	*at += UNIT;
	if (!is_high_surrogate(unit) || !is_unit(*at, end))
		return unit;
	low = hex_four(*at + 2);
	if (!is_low_surrogate(low))
		return unit;
	*at += UNIT;
	return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* Writes `value` as UTF-8, a lone surrogate as a byte that is none; returns the end. */
static inline char *write_utf8(char *to, int32_t value, bool *is_text)
{
	if (value < 0x80) {
		*is_text = *is_text && value != 0;
		*to++ = (char)value;
		return to;
	}
	if (value < 0x800) {
		*to++ = (char)(0xC0 | value >> 6);
	} else {
		if (is_high_surrogate(value) || is_low_surrogate(value)) {
			*to++ = (char)(is_byte(value) ? value & 0xFF : 0xFF);
			*is_text = false;
			return to;
		}
		if (value < 0x10000) {
			*to++ = (char)(0xE0 | value >> 12);
		} else {
			*to++ = (char)(0xF0 | value >> 18);
			*to++ = (char)(0x80 | (value >> 12 & 0x3F));
		}
		*to++ = (char)(0x80 | (value >> 6 & 0x3F));
	}
	*to++ = (char)(0x80 | (value & 0x3F));
	return to;
}

/* Writes what escapes say that follow each other closely, \u among them: where a text is spelled so, it all is, but for
 * spaces and a few signs between its words. */
static inline char *take_escapes(char *to, const char **from, const char *end, bool *is_text)
{
	const char *at = *from;
	char meaning;

	while (end - at >= UNIT) {
		if (at[0] == '\\' && at[1] == 'u') {
			int32_t value = take_unit(&at, end);

			if (value < 0)
				break;
			to = write_utf8(to, value, is_text);
		} else if (at[0] == '\\' && (meaning = escape_meaning[(unsigned char)at[1]])) {
			*to++ = meaning;
			at += 2;
		} else if (is_plain(at[0]) && (at[1] == '\\' || at[2] == '\\')) {
			*to++ = *at++;
		} else {
			break;
		}
	}
	*from = at;
	return to;
}

/* Writes what the string says from `*from` and moves there where it ends, as json_string_end has it. No escape is
 * shorter than its text; behind the copy ROOM bytes are free. */
static char *take_string(char *to, const char **from, const char *end, bool *is_text, enum cpu cpu)
{
	while (*from < end) {
		const char *before;
		char meaning;

		to = take_vectors(to, from, end, cpu);
		to = copy_plain_scalar(to, from, end);
		if (*from == end || **from != '\\')
			break;
		before = *from;
		if ((meaning = meaning_at(before, end))) {
			*to++ = meaning;
			*from += 2;
			continue;
		}
		to = take_escapes(to, from, end, is_text);
		if (*from == before)
			break;
	}
	return to;
}

const char *json_string_end(const char *at, const char *end, enum cpu cpu)
{
	for (;;) {
		at = plain_end(at, end, cpu);
		while (at < end && *at == '\\') {
			if (meaning_at(at, end))
				at += 2;
			else if (is_unit(at, end) && hex_four(at + 2) >= 0)
				at += UNIT;
			else
				return at;
		}
		if (at == end || !is_plain(*at))
			return at;
	}
}

const char *json_string_take(struct json_text *said, const char *at, const char *end, enum cpu cpu)
{
	const char *start = at;
	char *to;

	at = plain_end(at, end, cpu);
	said->is_text = true;
	said->has_escapes = at < end && *at == '\\';
	if (!said->has_escapes)
		return at;
	buf_clear(&said->text);
	buf_reserve(&said->text, (size_t)(end - start) + ROOM);
	buf_add(&said->text, span_of(start, (size_t)(at - start)));
	to = take_string(said->text.at + said->text.len, &at, end, &said->is_text, cpu);
	said->text.len = (size_t)(to - said->text.at);
	return at;
}

bool json_unescape(struct buf *into, struct span string, enum cpu cpu)
{
	const char *at = string.at;
	char *to = buf_reserve(into, string.len + ROOM);
	bool is_text = true;

	to = take_string(to, &at, at + string.len, &is_text, cpu);
	into->len = (size_t)(to - into->at);
	return is_text;
}

bool json_is_exact(struct span string)
{
	const char *at = string.at, *end = string.at + string.len;

	while (at < end && (at = memchr(at, '\\', (size_t)(end - at)))) {
		int32_t unit;

		if (at[1] != 'u') {
			at += 2;
			continue;
		}
		unit = take_unit(&at, end);
		if (is_high_surrogate(unit) || (is_low_surrogate(unit) && !is_byte(unit)))
			return false;
	}
	return true;
}

/* --- text spelled --------------------------------------------------------------------------------------- */

/* Writes `start`, which is \u and two digits, and the two of `byte`; returns the end. */
static char *write_unit(char *to, const char *start, char byte)
{
	static const char digits[] = "0123456789abcdef";

	memcpy(to, start, 4);
	to[4] = digits[(unsigned char)byte >> 4];
	to[5] = digits[byte & 0xF];
	return to + UNIT;
}

/* Writes a byte that is not plain as an escape; returns the end. */
static char *write_escaped(char *to, char byte)
{
	char letter = escape_letter[(unsigned char)byte];

	if (!letter)
		return write_unit(to, "\\u00", byte);
	*to++ = '\\';
	*to++ = letter;
	return to;
}

void json_escape(struct buf *into, struct span text, enum cpu cpu)
{
	const char *at = text.at, *end = text.at + text.len;

	while (at < end) {
		char *to = buf_reserve(into, (size_t)(end - at) + ROOM + UNIT);
		char *room = into->at + into->cap - ROOM - UNIT;

		/* As long as what is left would fit if it were all plain. */
		while (at < end && to + (end - at) <= room) {
			to = spell_vectors(to, room, &at, end, cpu);
			to = copy_plain_scalar(to, &at, end);
			if (at < end)
				to = write_escaped(to, *at++);
		}
		into->len = (size_t)(to - into->at);
	}
}

/* Ill-formed bytes tend to come close together; starting the vectors for a few good ones in between costs more
 * than it saves. A sequence that the end of the near bytes cuts is no reason to stop. */
static size_t good_after_bad(struct span bytes, enum cpu cpu)
{
	enum { NEAR = 64 };
	size_t good = utf8_valid_prefix(span_head(bytes, NEAR), CPU_SCALAR);

	return good + 3 < NEAR ? good : good + utf8_valid_prefix(span_skip(bytes, good), cpu);
}

void json_escape_bytes(struct buf *into, struct span bytes, enum cpu cpu)
{
	size_t good = utf8_valid_prefix(bytes, cpu);

	for (;;) {
		size_t bad;

		json_escape(into, span_head(bytes, good), cpu);
		bytes = span_skip(bytes, good);
		if (bytes.len == 0)
			return;
		bad = utf8_bad_part(bytes);
		for (size_t i = 0; i < bad; i++) {
			write_unit(buf_reserve(into, UNIT), bytes.at[i] ? "\\udc" : "\\u00", bytes.at[i]);
			into->len += UNIT;
		}
		bytes = span_skip(bytes, bad);
		good = good_after_bad(bytes, cpu);
	}
}
