/* SPDX-License-Identifier: MIT
 * json_string.c - strings of JSON. What json_runs.h does not take or spell is done here, an escape at a time. */
#include "common/json_string.h"

#include <stdint.h>

#include "common/json_runs.h"
#include "common/utf8.h"

enum {
	ROOM = JSON_RUN_ROOM,
	UNIT = 6, /* bytes of \u and four digits */
};

/* clang-format off */
/* What a hexadecimal digit is worth, with HEX_DIGIT set; 0 for other bytes. */
enum { HEX_DIGIT = 0x10 };
static const uint8_t hex_worth[256] = {
	['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16,
	['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1A, ['b'] = 0x1B, ['c'] = 0x1C, ['d'] = 0x1D,
	['e'] = 0x1E, ['f'] = 0x1F, ['A'] = 0x1A, ['B'] = 0x1B, ['C'] = 0x1C, ['D'] = 0x1D, ['E'] = 0x1E,
	['F'] = 0x1F,
};
/* clang-format on */

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
		} else if (at[0] == '\\' && (meaning = json_meanings[(unsigned char)at[1]])) {
			*to++ = meaning;
			at += 2;
		} else if (json_is_plain(at[0]) && (at[1] == '\\' || at[2] == '\\')) {
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

		to = json_take_run(to, from, end, cpu);
		if (*from == end || **from != '\\')
			break;
		before = *from;
		if ((meaning = json_meaning_at(before, end))) {
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
		at = json_plain_end(at, end, cpu);
		while (at < end && *at == '\\') {
			if (json_meaning_at(at, end))
				at += 2;
			else if (is_unit(at, end) && hex_four(at + 2) >= 0)
				at += UNIT;
			else
				return at;
		}
		if (at == end || !json_is_plain(*at))
			return at;
	}
}

const char *json_string_take(struct json_text *said, const char *at, const char *end, enum cpu cpu)
{
	const char *start = at;
	char *to;

	buf_clear(&said->text);
	said->is_text = true;
	to = buf_reserve(&said->text, (size_t)(end - start) + ROOM);
	to = take_string(to, &at, end, &said->is_text, cpu);
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
	char letter = json_letters[(unsigned char)byte];

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
			to = json_spell_run(to, room, &at, end, cpu);
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

/* Well-formed parts go through `add`, any other byte becomes an escape. */
static void spell_bytes(struct buf *into, struct span bytes, enum cpu cpu,
	void (*add)(struct buf *into, struct span text, enum cpu cpu))
{
	size_t good = utf8_valid_prefix(bytes, cpu);

	for (;;) {
		size_t bad;

		add(into, span_head(bytes, good), cpu);
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

void json_escape_bytes(struct buf *into, struct span bytes, enum cpu cpu)
{
	spell_bytes(into, bytes, cpu, json_escape);
}

static void copy(struct buf *into, struct span text, enum cpu unused)
{
	(void)unused;
	buf_add(into, text);
}

void json_escape_ill_formed(struct buf *into, struct span json, enum cpu cpu)
{
	spell_bytes(into, json, cpu, copy);
}
