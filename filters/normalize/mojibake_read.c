/* SPDX-License-Identifier: MIT
 * mojibake_read.c - sequences, groups, points. What is well-formed is The Unicode Standard, table 3-7; surrogates
 * that were encoded one by one (CESU-8, UTR #26) are read as well. */
#include "filters/normalize/mojibake_read.h"

#include "common/unicode.h"
#include "filters/normalize/mojibake_odd.h"

enum { LOST = 0xFFFD, LOST_BYTE = 1, NBSP = 0xA0 };

/* --- bytes ------------------------------------------------------------------------------------------------- */

static int32_t char_at(const struct reader *r, size_t at)
{
	return at < r->count ? r->text[at] : ' ';
}

static int32_t char_before(const struct reader *r, size_t at)
{
	return at ? r->text[at - 1] : ' ';
}

static uint8_t byte_at(const struct reader *r, size_t at)
{
	return images_of(r->images, char_at(r, at))->byte[r->as];
}

/* Whether A0 and AD look like a no-break space and a soft hyphen, which get lost. */
static bool loses_blanks(const struct reader *r)
{
	return r->as < SEEN_AS_MAC_ROMAN;
}

/* The continuation byte at `at`: LOST_BYTE where one must have been, 0 where there is none. */
static uint8_t cont_at(const struct reader *r, size_t at)
{
	int32_t cp = char_at(r, at);
	uint8_t byte;

	if (cp == LOST || (cp == '?' && r->damaged && at < r->count))
		return LOST_BYTE;
	if (cp == ' ' && r->damaged && at < r->count && loses_blanks(r))
		return NBSP;
	byte = byte_at(r, at);
	return byte < 0xC0 ? byte : 0;
}

/* --- sequences --------------------------------------------------------------------------------------------- */

static bool is_lower(int32_t cp)
{
	return odd_sort(cp) == SORT_LOWER;
}

static bool is_upper(int32_t cp)
{
	return odd_sort(cp) == SORT_UPPER;
}

static bool is_letter(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER;
}

/* Whether the Portuguese word that "à" has grown together with goes on at `at`: "às", "àquele". */
static bool goes_on(const struct reader *r, size_t at)
{
	static const char *const words[] = { "s", "quela", "quelas", "quele", "queles", "quilo" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]), k = 0;

		while (k < len && char_at(r, at + k) == words[i][k])
			k++;
		if (k == len && (at + k == r->count || char_at(r, at + k) == ' '))
			return true;
	}
	return false;
}

/* "Ã" and a space at `at`: an "à" whose no-break space became a plain one, or a "Ã" that lost it. Returns the
 * characters that "à" stands for: the space as well where a second one follows, or a word goes on. */
static size_t grave_a(const struct reader *r, size_t at)
{
	int32_t before = char_before(r, at);

	if (is_upper(before) || char_at(r, at + 1) != ' ')
		return 0;
	if (!r->damaged &&
		(r->as != SEEN_AS_1252 || !(is_lower(before) || before == '\'' || before == 0x2019)))
		return 0;
	return char_at(r, at + 2) == ' ' || goes_on(r, at + 2) ? 2 : 1;
}

/* A lead of two bytes whose second one, at `at` + 1, is a plain space. */
static size_t pair_with_space(const struct reader *r, size_t at, uint8_t lead, int32_t *cp)
{
	int32_t before = char_before(r, at), after = char_at(r, at + 2);

	*cp = (lead & 0x1F) << 6 | (NBSP & 0x3F);
	if (lead == 0xC3)
		return grave_a(r, at);
	if (!r->damaged || at + 1 >= r->count)
		return 0;
	if (lead == 0xC2)
		return is_upper(before) ? 0 : 2;
	if (lead == 0xC5) /* S with caron starts a word */
		return !is_letter(before) && is_lower(after) ? 2 : 0;
	return lead == 0xD0 && !is_letter(before) ? 2 : 0;
}

/* Whether text[at] has sequences of Arabic letters on both sides, or on one and no letter on the other. */
static bool is_inside(const struct reader *r, size_t at)
{
	uint8_t before = at ? byte_at(r, at - 1) : 0, next = byte_at(r, at + 1), cont = byte_at(r, at + 2);
	bool follows = before >= 0x80 && before < 0xC0;
	bool leads = next >= 0xD8 && next <= 0xDB && (next <= 0xD9 || (cont >= 0x80 && cont < 0xC0));

	if (follows)
		return leads || !is_letter(char_at(r, at + 1));
	return leads && cont >= 0x80 && cont < 0xC0 && !is_letter(char_before(r, at));
}

/* A lead of two bytes that stands alone where its soft hyphen was dropped: í in a word, Arabic hah; or feh, whose
 * second byte 81 is undefined in windows-1252 and may be gone. */
static size_t lone_lead(const struct reader *r, size_t at, uint8_t lead, int32_t *cp)
{
	int32_t before = char_before(r, at), after = char_at(r, at + 1);

	if (!r->damaged || !loses_blanks(r))
		return 0;
	*cp = lead == 0xD9 ? 0x641 : (lead & 0x1F) << 6 | 0x2D;
	if (lead == 0xC3)
		return is_lower(before) && is_lower(after) && after < 0x80;
	if (!is_inside(r, at))
		return 0;
	return lead == 0xD8 || (lead == 0xD9 && (r->as == SEEN_AS_1252 || r->as == SEEN_AS_1254));
}

static size_t read_pair(const struct reader *r, size_t at, uint8_t lead, int32_t *cp)
{
	uint8_t cont = cont_at(r, at + 1);

	if (char_at(r, at + 1) == ' ' && loses_blanks(r)) {
		size_t len = pair_with_space(r, at, lead, cp);

		return len ? len : lone_lead(r, at, lead, cp);
	}
	if (cont == 0)
		return lone_lead(r, at, lead, cp);
	if (cont == LOST_BYTE && char_at(r, at + 1) == '?' && lead > 0xC3)
		return 0;
	*cp = cont == LOST_BYTE ? LOST : (lead & 0x1F) << 6 | (cont & 0x3F);
	return 2;
}

/* Whether the second byte may follow the lead of three or four. A surrogate passes. */
static bool fits(uint8_t lead, uint8_t second)
{
	if (second == LOST_BYTE)
		return true;
	return !(lead == 0xE0 && second < 0xA0) && !(lead == 0xF0 && second < 0x90) &&
	       !(lead == 0xF4 && second > 0x8F);
}

/* Whether a lead of three or four bytes begins a sequence even if a part of it is a space or '?': not in "été »". */
static bool is_surely_long(const struct reader *r, size_t at, uint8_t lead)
{
	uint8_t before = at ? byte_at(r, at - 1) : 0;

	return lead == 0xE0 || lead == 0xE2 || lead >= 0xEF || (before >= 0x80 && before < 0xC0);
}

/* A lead of `len` bytes, three or four. At least one of the others must be there. */
static size_t read_long(const struct reader *r, size_t at, uint8_t lead, size_t len, int32_t *cp)
{
	int32_t value = lead & (len == 3 ? 0x0F : 0x07);
	size_t lost = 0, blank = 0, asked = 0;

	for (size_t i = 1; i < len; i++) {
		uint8_t cont = cont_at(r, at + i);

		if (cont == 0 || (i == 1 && !fits(lead, cont)))
			return 0;
		lost += cont == LOST_BYTE;
		blank += char_at(r, at + i) == ' ';
		asked += char_at(r, at + i) == '?';
		value = value << 6 | (cont & 0x3F);
	}
	if (lost + blank + 1 >= len || (blank + asked && !is_surely_long(r, at, lead)))
		return 0;
	*cp = lost ? LOST : value;
	return len;
}

static bool is_surrogate(int32_t cp, int32_t first)
{
	return cp >= first && cp < first + 0x400;
}

static size_t read_any(const struct reader *r, size_t at, int32_t *cp)
{
	uint8_t lead = byte_at(r, at);

	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	if (lead < 0xE0)
		return read_pair(r, at, lead, cp);
	return read_long(r, at, lead, lead < 0xF0 ? 3 : 4, cp);
}

size_t reader_sequence(const struct reader *r, size_t at, int32_t *cp)
{
	size_t len = read_any(r, at, cp), more;
	int32_t low;

	if (len && is_surrogate(*cp, 0xD800)) {
		more = read_any(r, at + len, &low);
		if (more == 0 || !is_surrogate(low, 0xDC00))
			return 0;
		*cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
		len += more;
	}
	if (len == 0 || odd_outcome(*cp) < 0)
		return 0;
	return at + len <= r->count ? len : r->count - at; /* a space at the end of the line was trimmed */
}

/* --- points ------------------------------------------------------------------------------------------------ */

/* Points for letters that correct text has for other purposes than this, or hardly at all. */
static int points_of_lead(const struct reader *r, size_t at)
{
	int32_t lead = char_at(r, at), next = char_at(r, at + 1), before = char_before(r, at);

	if (lead == 0xC2 && !is_upper(before))
		return next == NBSP && !is_letter(before) ? 3 : 2;
	if (byte_at(r, at) == 0xC3 && r->damaged && next == ' ')
		return 2;
	if (lead != 0xC3 || r->as == SEEN_AS_1250 || r->as == SEEN_AS_8859_2)
		return 0;
	if (next != NBSP)
		return next == ' ' && r->as == SEEN_AS_1252 ? 2 : 1;
	if (is_lower(char_at(r, at + 2)))
		return is_upper(before) && at > 1 && is_letter(r->text[at - 2]) ? 1 : 3;
	return !is_letter(before) && !is_letter(char_at(r, at + 2)) ? 3 : 1;
}

/* Points against characters that do not belong to this encoding, but are read all the same; and against pieces of
 * frames, which are drawn next to each other. */
static int points_against(const struct reader *r, size_t at, size_t end)
{
	int points = 0, pieces = 0;

	for (size_t i = at; i < end; i++) {
		int32_t cp = r->text[i];

		pieces += cp >= 0x2500 && cp <= 0x259F;
		points += cp >= 0x80 && cp < 0xA0 && r->as != SEEN_AS_1252 &&
			  r->images->defined[r->as][cp - 0x80];
	}
	return points + (pieces > 1 ? 2 : 0);
}

/* Long sequences are valid by chance less often; quotes, dashes and emoji are what is garbled most. */
static int points_of_length(const struct reader *r, size_t len, int32_t cp)
{
	if (cp == LOST)
		return 0;
	if ((cp >= 0x2010 && cp <= 0x2026) || cp == 0x20AC || cp == 0x2122)
		return 3;
	if (len == 3 && cp > 0x2026 && cp < 0x2800 && (r->as == SEEN_AS_1252 || r->as == SEEN_AS_1254))
		return 3;
	return len > 3 ? 3 : len > 2 && r->as != SEEN_AS_MAC_ROMAN;
}

/* Whether a small letter would stand among capitals. */
static bool falls(const struct reader *r, const struct group *g, int32_t first)
{
	if (!is_lower(first) || !is_upper(r->text[g->at - 1]))
		return false;
	return is_upper(char_at(r, g->end)) || (g->at > 1 && is_upper(r->text[g->at - 2]));
}

/* Points for sums in pounds, the sign that news has most of two bytes; and for a word like "KĂĽnsten", whose capitals
 * end before its small letters begin. */
static int points_of_end(const struct reader *r, const struct group *g, int32_t last)
{
	int32_t end = r->text[g->end - 1], before = r->text[g->end - 2], next = char_at(r, g->end);

	if (last == 0xA3 && odd_sort(next) == SORT_DIGIT)
		return 3;
	return g->at && is_upper(before) && is_upper(end) && is_lower(next) &&
	       odd_joins(r->text[g->at - 1], last);
}

/* Points for an outcome that makes a word together with the letters around the group. A space is no part of one. */
static int points_of_joints(const struct reader *r, const struct group *g, int32_t first, int32_t last)
{
	int points = 0;

	if (g->at && char_at(r, g->at + 1) != NBSP)
		points += odd_joins(r->text[g->at - 1], first) && !falls(r, g, first);
	if (g->end < r->count && (r->damaged || r->text[g->end - 1] != NBSP))
		points += odd_joins(last, r->text[g->end]);
	return points;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int odd_of(int32_t a, int32_t b, int *oddest)
{
	int odd = odd_pair(a, b);

	if (odd > *oddest)
		*oddest = odd;
	return odd;
}

bool reader_group(const struct reader *r, size_t at, int32_t *out, struct group *g)
{
	int32_t before = char_before(r, at), last = before, cp;
	int odd = 0, oddest = 0, gain = 0;
	size_t len;

	*g = (struct group){ at, at, 0, 0, 0 };
	while ((len = reader_sequence(r, g->end, &cp)) != 0) {
		for (size_t i = g->end; i < g->end + len; before = r->text[i++])
			odd += odd_of(before, r->text[i], &oddest);
		gain += points_of_length(r, len, cp) + points_of_lead(r, g->end);
		gain -= odd_outcome(cp) + points_against(r, g->end, g->end + len);
		if (cp != LOST)
			gain -= odd_pair(last, cp);
		out[g->written++] = last = cp;
		g->sequences++;
		g->end += len;
	}
	if (g->sequences == 0) {
		g->end = at + 1;
		return false;
	}
	odd += odd_of(before, char_at(r, g->end), &oddest);
	if (last != LOST)
		gain -= odd_pair(last, char_at(r, g->end));
	gain += points_of_joints(r, g, out[0], last);
	if (g->end >= g->at + 2)
		gain += points_of_end(r, g, last);
	g->points = odd + gain + smaller(2 * smaller((int)g->sequences - 1, 1000), 2 * odd);
	if (g->end - at == 2 && last == LOST &&
		!is_lower(char_before(r, at))) /* it may be the letter's neighbour */
		g->points = 0;
	if (r->as == SEEN_AS_1256 && oddest < 2) /* "a, b, c" in Arabic, without the spaces */
		g->points = smaller(g->points, MOJIBAKE_STRONG - 1);
	return true;
}
