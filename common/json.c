/* SPDX-License-Identifier: MIT
 * json.c - one object of JSON, walked without recursion (RFC 8259). */
#include "common/json.h"

#include <stdint.h>

#include "common/utf8.h"

/* Where the walk is. `line` is for messages. */
struct walk {
	const char *at, *end;
	struct span line;
	struct diag *why;
	struct json_member *open; /* whose value, an object or array, has begun and not ended */
};

static bool fail(struct walk *walk, const char *what)
{
	diag_set(walk->why, "%s at byte %zu", what, (size_t)(walk->at - walk->line.at));
	return false;
}

static void skip_space(struct walk *walk)
{
	while (walk->at < walk->end &&
		(*walk->at == ' ' || *walk->at == '\t' || *walk->at == '\r' || *walk->at == '\n'))
		walk->at++;
}

/* --- strings ------------------------------------------------------------------------------------------ */

/* Eight bytes at a time: whether one of them is a quote, a backslash or a control. */
static bool eight_plain(const char *at)
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

static bool is_plain(char byte)
{
	return byte != '"' && byte != '\\' && (unsigned char)byte >= 0x20;
}

#if defined(__SSE2__)
#include <emmintrin.h>

enum { VECTOR = 16 }; /* bytes */

/* Which of VECTOR bytes are not plain, a bit each. */
static inline unsigned special_mask(__m128i bytes)
{
	__m128i special = _mm_or_si128(
		_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));

	/* At most 1F, unsigned: the same as its minimum with 1F. */
	special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes));
	return (unsigned)_mm_movemask_epi8(special);
}

/* Moves `at` over whole vectors of plain bytes; true when it stopped at one that is not plain. */
static inline bool skip_plain_vectors(const char **at, const char *end)
{
	for (; end - *at >= VECTOR; *at += VECTOR) {
		unsigned mask = special_mask(_mm_loadu_si128((const __m128i *)*at));

		if (mask) {
			*at += __builtin_ctz(mask);
			return true;
		}
	}
	return false;
}

/* The same, copying them to `to` on the way. Up to VECTOR bytes behind the copy are overwritten. */
static inline bool copy_plain_vectors(char **to, const char **at, const char *end)
{
	for (; end - *at >= VECTOR; *at += VECTOR, *to += VECTOR) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)*at);
		unsigned mask = special_mask(bytes);

		_mm_storeu_si128((__m128i *)*to, bytes);
		if (mask) {
			*at += __builtin_ctz(mask);
			*to += __builtin_ctz(mask);
			return true;
		}
	}
	return false;
}
#else
enum { VECTOR = 0 };

static bool skip_plain_vectors(const char **at, const char *end)
{
	(void)at, (void)end;
	return false;
}

static bool copy_plain_vectors(char **to, const char **at, const char *end)
{
	(void)to, (void)at, (void)end;
	return false;
}
#endif

/* The first byte from `at` that ends a run of plain ones; `end` when there is none. */
static const char *plain_end(const char *at, const char *end)
{
	if (skip_plain_vectors(&at, end))
		return at;
	while (end - at >= 8 && eight_plain(at))
		at += 8;
	while (at < end && is_plain(*at))
		at++;
	return at;
}

/* Copies the run of plain bytes from `*at` and moves behind it. Returns the end of the copy, behind which VECTOR
 * bytes must be free. */
static inline char *copy_plain(char *to, const char **at, const char *end)
{
	if (copy_plain_vectors(&to, at, end))
		return to;
	while (*at < end && is_plain(**at))
		*to++ = *(*at)++;
	return to;
}

/* What a hexadecimal digit is worth, with HEX_DIGIT set; 0 for other bytes. */
enum { HEX_DIGIT = 0x10 };
/* clang-format off */
static const uint8_t hex_worth[256] = {
	['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16,
	['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1A, ['b'] = 0x1B, ['c'] = 0x1C, ['d'] = 0x1D,
	['e'] = 0x1E, ['f'] = 0x1F, ['A'] = 0x1A, ['B'] = 0x1B, ['C'] = 0x1C, ['D'] = 0x1D, ['E'] = 0x1E,
	['F'] = 0x1F,
};
/* clang-format on */

/* The number that four hexadecimal digits spell; negative when they are none. */
static inline int32_t hex_four(const char *at)
{
	const unsigned char *s = (const unsigned char *)at;
	int32_t a = hex_worth[s[0]], b = hex_worth[s[1]], c = hex_worth[s[2]], d = hex_worth[s[3]];

	if ((a & b & c & d & HEX_DIGIT) == 0)
		return -1;
	return (a & 0xF) << 12 | (b & 0xF) << 8 | (c & 0xF) << 4 | (d & 0xF);
}

/* The character that the letter of a two-byte escape stands for; 0 when there is none. */
static char short_escape(char letter)
{
	switch (letter) {
	case '"':
	case '\\':
	case '/':
		return letter;
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return 0;
	}
}

/* Walks over the escape at hand. */
static inline bool walk_escape(struct walk *walk)
{
	if (walk->end - walk->at >= 6 && walk->at[1] == 'u' && hex_four(walk->at + 2) >= 0) {
		walk->at += 6;
		return true;
	}
	if (walk->end - walk->at >= 2 && short_escape(walk->at[1])) {
		walk->at += 2;
		return true;
	}
	return fail(walk, "not an escape");
}

/* Walks over the string at hand; `content` is what is between its quotes. */
static bool walk_string(struct walk *walk, struct span *content)
{
	const char *start = ++walk->at;

	for (;;) {
		walk->at = plain_end(walk->at, walk->end);
		if (walk->at == walk->end)
			return fail(walk, "a string without end");
		if (*walk->at == '"')
			break;
		if (*walk->at != '\\')
			return fail(walk, "a control character in a string");
		do {
			if (!walk_escape(walk))
				return false;
		} while (walk->at < walk->end && *walk->at == '\\');
	}
	*content = span_of(start, (size_t)(walk->at++ - start));
	return true;
}

/* --- numbers and words -------------------------------------------------------------------------------- */

static bool walk_digits(struct walk *walk)
{
	const char *start = walk->at;

	while (walk->at < walk->end && *walk->at >= '0' && *walk->at <= '9')
		walk->at++;
	return walk->at > start || fail(walk, "a digit is missing");
}

static bool walk_number(struct walk *walk)
{
	if (*walk->at == '-')
		walk->at++;
	if (walk->at < walk->end && *walk->at == '0')
		walk->at++;
	else if (!walk_digits(walk))
		return false;
	if (walk->at < walk->end && *walk->at == '.') {
		walk->at++;
		if (!walk_digits(walk))
			return false;
	}
	if (walk->at < walk->end && (*walk->at == 'e' || *walk->at == 'E')) {
		walk->at++;
		if (walk->at < walk->end && (*walk->at == '+' || *walk->at == '-'))
			walk->at++;
		return walk_digits(walk);
	}
	return true;
}

static bool walk_word(struct walk *walk, struct span word)
{
	if (!span_has_prefix(span_of(walk->at, (size_t)(walk->end - walk->at)), word))
		return fail(walk, "not a value");
	walk->at += word.len;
	return true;
}

static bool walk_scalar(struct walk *walk, struct json_member *member)
{
	const char *start = walk->at;
	bool fine;

	if (*start == '"') {
		member->type = JSON_STRING;
		return walk_string(walk, &member->value);
	}
	if (*start == 't')
		fine = walk_word(walk, SPAN("true"));
	else if (*start == 'f')
		fine = walk_word(walk, SPAN("false"));
	else if (*start == 'n')
		fine = walk_word(walk, SPAN("null"));
	else if (*start == '-' || (*start >= '0' && *start <= '9'))
		fine = walk_number(walk);
	else
		return fail(walk, "not a value");
	member->type = JSON_OTHER;
	member->value = span_of(start, (size_t)(walk->at - start));
	return fine;
}

/* --- the object ----------------------------------------------------------------------------------------- */

/* The member that `key`, still escaped, names; NULL when nobody asked for it. */
static struct json_member *member_named(
	struct json *json, struct span key, struct json_member *members, size_t count)
{
	if (span_find(key, '\\') < key.len) {
		buf_clear(&json->name);
		json_unescape(&json->name, key);
		key = buf_span(&json->name);
	}
	for (size_t i = 0; i < count; i++)
		if (span_equal(members[i].name, key))
			return &members[i];
	return NULL;
}

/* Walks over a key and its colon. */
static bool walk_key(struct walk *walk, struct span *key)
{
	if (walk->at == walk->end || *walk->at != '"')
		return fail(walk, "a key is missing");
	if (!walk_string(walk, key))
		return false;
	skip_space(walk);
	if (walk->at == walk->end || *walk->at != ':')
		return fail(walk, "a colon is missing");
	walk->at++;
	skip_space(walk);
	return true;
}

/* Walks over commas and closing brackets to the next value or key. Leaves the nesting empty when the outermost
 * object ends. */
static bool walk_after_value(struct json *json, struct walk *walk)
{
	while (json->nesting.len) {
		bool in_object = json->nesting.at[json->nesting.len - 1] == '{';

		skip_space(walk);
		if (walk->at == walk->end)
			return fail(walk, "the object does not end");
		if (*walk->at == ',') {
			walk->at++;
			skip_space(walk);
			return true;
		}
		if (*walk->at != (in_object ? '}' : ']'))
			return fail(walk, "a comma or a closing bracket is missing");
		if (json->nesting.len == 1)
			json->tail.at = walk->at;
		walk->at++;
		json->nesting.len--;
		if (json->nesting.len == 1 && walk->open) {
			walk->open->value.len = (size_t)(walk->at - walk->open->value.at);
			walk->open = NULL;
		}
	}
	return true;
}

/* Opens the object or array at hand; `is_empty` tells that it was closed again at once. */
static void walk_open(struct json *json, struct walk *walk, bool *is_empty)
{
	char closing = *walk->at == '{' ? '}' : ']';

	buf_add_byte(&json->nesting, *walk->at++);
	skip_space(walk);
	*is_empty = walk->at < walk->end && *walk->at == closing;
}

/* Walks one value, or into one, with the key in front of it where there is one. `after` tells that a value is
 * complete. */
static bool walk_step(
	struct json *json, struct walk *walk, struct json_member *members, size_t count, bool *after)
{
	struct json_member nobody, *member = NULL;
	bool in_object = json->nesting.at[json->nesting.len - 1] == '{';
	struct span key;

	if (in_object && !walk_key(walk, &key))
		return false;
	if (in_object && json->nesting.len == 1)
		member = member_named(json, key, members, count);
	if (walk->at == walk->end)
		return fail(walk, "a value is missing");
	if (*walk->at != '{' && *walk->at != '[') {
		*after = true;
		return walk_scalar(walk, member ? member : &nobody);
	}
	if (member) {
		member->type = JSON_OTHER;
		member->value = span_of(walk->at, 0); /* its end comes later */
		walk->open = member;
	}
	walk_open(json, walk, after);
	return true;
}

bool json_find(
	struct json *json, struct span line, struct json_member *members, size_t count, struct diag *why)
{
	struct walk walk = { line.at, line.at + line.len, line, why, NULL };
	bool after;

	for (size_t i = 0; i < count; i++)
		members[i].type = JSON_ABSENT;
	buf_clear(&json->nesting);
	skip_space(&walk);
	if (walk.at == walk.end || *walk.at != '{')
		return fail(&walk, "not a JSON object");
	walk_open(json, &walk, &after);
	json->has_members = !after;
	while (json->nesting.len) {
		if (!after && !walk_step(json, &walk, members, count, &after))
			return false;
		if (after && !walk_after_value(json, &walk))
			return false;
		after = false;
	}
	skip_space(&walk);
	if (walk.at < walk.end)
		return fail(&walk, "garbage after the object");
	json->tail.len = (size_t)(walk.end - json->tail.at);
	return true;
}

void json_release(struct json *json)
{
	buf_release(&json->nesting);
	buf_release(&json->name);
}

/* --- text and its spelling ---------------------------------------------------------------------------- */

static bool is_high_surrogate(int32_t unit)
{
	return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low_surrogate(int32_t unit)
{
	return unit >= 0xDC00 && unit < 0xE000;
}

/* Whether a lone surrogate stands for a byte that is not UTF-8. */
static bool is_byte(int32_t unit)
{
	return unit >= 0xDC80 && unit <= 0xDCFF;
}

/* Writes `value` as UTF-8, a lone surrogate as a byte that is none; returns the end. */
static inline char *write_utf8(char *to, int32_t value, bool *is_text)
{
	if (is_high_surrogate(value) || is_low_surrogate(value)) {
		*to++ = (char)(is_byte(value) ? value & 0xFF : 0xFF);
		*is_text = false;
		return to;
	}
	*is_text = *is_text && value != 0;
	if (value < 0x80) {
		*to++ = (char)value;
		return to;
	}
	if (value < 0x800) {
		*to++ = (char)(0xC0 | value >> 6);
	} else {
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

/* The value of the \u escape at `*at`, which is moved behind it. Two that are a surrogate pair are one. */
static inline int32_t take_unit(const char **at, const char *end)
{
	int32_t unit = hex_four(*at + 2), low;

	*at += 6;
	if (!is_high_surrogate(unit) || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
		return unit;
	low = hex_four(*at + 2);
	if (!is_low_surrogate(low))
		return unit;
	*at += 6;
	return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* Writes what the escape at `*at` stands for and moves behind it. */
static inline char *write_escape(char *to, const char **at, const char *end, bool *is_text)
{
	if ((*at)[1] == 'u')
		return write_utf8(to, take_unit(at, end), is_text);
	*to = short_escape((*at)[1]);
	*at += 2;
	return to + 1;
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

bool json_unescape(struct buf *into, struct span string)
{
	const char *at = string.at, *end = string.at + string.len;
	char *to = buf_reserve(into, string.len + VECTOR); /* no escape is shorter than its text */
	bool is_text = true;

	while (at < end) {
		to = copy_plain(to, &at, end);
		while (at < end && *at == '\\')
			to = write_escape(to, &at, end, &is_text);
	}
	into->len = (size_t)(to - into->at);
	return is_text;
}

enum { LONGEST_ESCAPE = 6 }; /* \u and four digits */

/* Writes `start`, which is \u and two digits, and the two of `byte`; returns the end. */
static char *write_unit(char *to, const char *start, char byte)
{
	static const char digits[] = "0123456789abcdef";

	memcpy(to, start, 4);
	to[4] = digits[(unsigned char)byte >> 4];
	to[5] = digits[byte & 0xF];
	return to + LONGEST_ESCAPE;
}

/* Writes a byte that is not plain as an escape; returns the end. */
static char *write_escaped(char *to, char byte)
{
	static const char letters[] = "btn\0fr"; /* of 08 to 0D; 0B has none */
	char letter = byte;

	if (byte >= '\b' && byte <= '\r')
		letter = letters[byte - '\b'];
	if (letter == 0 || (unsigned char)letter < 0x20)
		return write_unit(to, "\\u00", byte);
	*to++ = '\\';
	*to++ = letter;
	return to;
}

void json_escape(struct buf *into, struct span text)
{
	const char *at = text.at, *end = text.at + text.len;

	while (at < end) {
		char *to = buf_reserve(into, (size_t)(end - at) + VECTOR + LONGEST_ESCAPE);
		char *room = into->at + into->cap - VECTOR - LONGEST_ESCAPE;

		/* As long as what is left would fit if it were all plain. */
		while (at < end && to + (end - at) <= room) {
			to = copy_plain(to, &at, end);
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

		json_escape(into, span_head(bytes, good));
		bytes = span_skip(bytes, good);
		if (bytes.len == 0)
			return;
		bad = utf8_bad_part(bytes);
		for (size_t i = 0; i < bad; i++) {
			write_unit(buf_reserve(into, LONGEST_ESCAPE), bytes.at[i] ? "\\udc" : "\\u00",
				bytes.at[i]);
			into->len += LONGEST_ESCAPE;
		}
		bytes = span_skip(bytes, bad);
		good = good_after_bad(bytes, cpu);
	}
}
