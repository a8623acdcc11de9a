/* SPDX-License-Identifier: MIT
 * guess.c - which encoding a document is in. The thresholds are wide: real text is far on one side of them. */
#include "common/unicode.h"
#include "filters/normalize/decode.h"

/* --- UTF-16 -------------------------------------------------------------------------------------------- */

/* Bytes that no 8-bit text has, and that are the high half of ASCII, Latin, Greek, Cyrillic, Hebrew and Arabic
 * in UTF-16: 00 to 06. */
static bool is_high_half(char byte)
{
	return byte >= 0 && byte <= 6;
}

static uint32_t unit_at(struct span text, size_t at, size_t high)
{
	return (uint32_t)((unsigned char)text.at[at + high] << 8 | (unsigned char)text.at[at + 1 - high]);
}

/* Whether a UTF-16 code unit is what text is made of. Surrogates are taken for halves of pairs. */
static bool unit_is_text(uint32_t unit)
{
	if (unit == '\n' || unit == '\r' || unit == '\t' || unit == 0xFEFF)
		return true;
	if (unit >= 0xD800 && unit <= 0xDFFF)
		return true;
	return unicode_category((int32_t)unit) != GC_OTHER && unicode_category((int32_t)unit) != GC_CONTROL;
}

/* Whether the pairs of `text`, whose high half is at `high` (0 or 1), are text. */
static bool pairs_are_text(struct span text, size_t high)
{
	size_t good = 0, pairs = text.len / 2;

	for (size_t i = 0; i < pairs; i++)
		good += unit_is_text(unit_at(text, 2 * i, high));
	return good >= pairs - pairs / 16;
}

/* UTF-16 by the side its high halves are on; ENCODING_AUTO when it is none. In Arabic, Latin or Cyrillic they
 * are in every pair. */
static enum encoding guess_utf_16(struct span text)
{
	size_t count[2] = { 0, 0 };
	size_t pairs = text.len / 2, high;

	for (size_t i = 0; i + 1 < text.len; i++)
		count[i & 1] += is_high_half(text.at[i]);
	high = count[1] > count[0];
	if (pairs == 0 || count[high] < pairs / 2 + 1 || count[1 - high] > count[high] / 4)
		return ENCODING_AUTO;
	if (!pairs_are_text(text, high))
		return ENCODING_AUTO;
	return high ? ENCODING_UTF_16LE : ENCODING_UTF_16BE;
}

/* --- UTF-8 --------------------------------------------------------------------------------------------- */

/* Whether more is well-formed than ill-formed: sequences of more than one byte against bad parts. A NUL speaks
 * for no encoding. */
static bool is_mostly_utf_8(struct span text)
{
	size_t good = 0, bad = 0;

	text.len = utf8_whole(text);
	while (text.len) {
		size_t valid = utf8_valid_prefix(text, CPU_SCALAR);

		for (size_t i = 0; i < valid; i++)
			good += ((unsigned char)text.at[i] & 0xC0) == 0xC0;
		text = span_skip(text, valid);
		if (text.len == 0)
			break;
		bad += text.at[0] != '\0';
		text = span_skip(text, utf8_bad_part(text));
	}
	return good >= bad;
}

/* --- windows-1256 -------------------------------------------------------------------------------------- */

/* What a byte is in windows-1256. */
enum letter { LETTER_NONE, LETTER_ARABIC, LETTER_FREQUENT, LETTER_LATIN };

static bool is_one_of(unsigned char byte, const char *bytes)
{
	return memchr(bytes, byte, strlen(bytes)) != NULL;
}

static enum letter letter_of(char c)
{
	unsigned char byte = (unsigned char)c;

	if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' && byte < 0x80)
		return LETTER_LATIN;
	if (byte < 0x80 || byte == 0xD7 || byte == 0xF7)
		return LETTER_NONE;
	if (is_one_of(byte,
		    "\xC7\xE1\xED\xE3\xE4\xE6\xD1\xCA")) /* the commonest: alef lam yeh meem noon waw reh teh */
		return LETTER_FREQUENT;
	if (is_one_of(byte, "\x83\x8C\x9C\xE0\xE2\xE7\xE8\xE9\xEA\xEB\xEE\xEF\xF4\xF9\xFB\xFC"))
		return LETTER_LATIN;
	if (byte >= 0xC0 || is_one_of(byte, "\x81\x8A\x8D\x8E\x8F\x90\x98\x9A\x9F\xAA"))
		return LETTER_ARABIC;
	return LETTER_NONE;
}

/* What pairs of letters say about a text read as windows-1256. */
struct pairs {
	size_t arabic, frequent; /* two Arabic letters; the second one is frequent */
	size_t mixed; /* Arabic beside Latin: Cyrillic or latin-1 read wrongly is full of it */
};

static struct pairs count_pairs(struct span text)
{
	struct pairs pairs = { 0, 0, 0 };
	enum letter before = LETTER_NONE;

	for (size_t i = 0; i < text.len; i++) {
		enum letter letter = letter_of(text.at[i]);
		bool arabic = letter == LETTER_ARABIC || letter == LETTER_FREQUENT;
		bool after_arabic = before == LETTER_ARABIC || before == LETTER_FREQUENT;

		pairs.arabic += arabic && after_arabic;
		pairs.frequent += letter == LETTER_FREQUENT && after_arabic;
		pairs.mixed +=
			(arabic && before == LETTER_LATIN) || (letter == LETTER_LATIN && after_arabic);
		before = letter;
	}
	return pairs;
}

/* In Arabic and Persian news six letters in ten are among the frequent eight. */
static bool is_arabic_in_windows_1256(struct span text)
{
	struct pairs pairs = count_pairs(text);

	return pairs.arabic >= 2 && pairs.frequent * 10 >= pairs.arabic * 3 &&
	       pairs.mixed * 20 <= pairs.arabic;
}

/* --- the guess ----------------------------------------------------------------------------------------- */

static enum encoding guess_by_mark(struct span text, bool has_nul)
{
	if (span_has_prefix(text, SPAN("\xEF\xBB\xBF")))
		return ENCODING_UTF_8;
	if (has_nul && span_has_prefix(text, SPAN("\xFF\xFE")))
		return ENCODING_UTF_16LE;
	if (has_nul && span_has_prefix(text, SPAN("\xFE\xFF")))
		return ENCODING_UTF_16BE;
	return ENCODING_AUTO;
}

enum encoding encoding_guess(struct span sample, bool has_nul)
{
	enum encoding guess;

	sample = span_head(sample, GUESS_SAMPLE);
	guess = guess_by_mark(sample, has_nul);
	if (guess == ENCODING_AUTO && has_nul)
		guess = guess_utf_16(sample);
	if (guess != ENCODING_AUTO)
		return guess;
	if (is_mostly_utf_8(sample) || !is_arabic_in_windows_1256(sample))
		return ENCODING_UTF_8;
	return ENCODING_WINDOWS_1256;
}
