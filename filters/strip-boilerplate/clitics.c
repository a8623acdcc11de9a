/* SPDX-License-Identifier: MIT
 * clitics.c - words of a class, without what Arabic writes together with them. */
#include "clitics.h"

#include <uchar.h>

enum {
	LETTERS = 20, /* longer words are not looked at */
	STEM_LEAST = 3, /* letters that must be left: roots have three */
	TEH = 0x062A,
	HEH = 0x0647, /* teh marbuta, too, as the reader folds it */
	YEH = 0x064A,
	HAMZA = 0x0621,
};

/* Folded as the reader does: no hamza on alef, yeh for alef maksura. */
static const char16_t *const fronts[] = { u"", u"و", u"ف", u"ب", u"ل", u"ك", u"ال", u"وال", u"فال", u"بال",
	u"وبال", u"كال", u"لل", u"ولل", u"وب", u"ول" };
static const char16_t *const backs[] = { u"", u"ي", u"ا", u"ه", u"ك", u"نا", u"وا", u"ها", u"هم", u"كم",
	u"كن", u"ون", u"ين", u"ات", u"ني", u"ونا", u"وه", u"وها", u"ينا", u"اتنا", u"اتكم" };

struct letters {
	int32_t at[LETTERS + 1];
	size_t count;
};

static size_t length_of(const char16_t *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	return len;
}

static bool stands_at(const struct letters *word, size_t from, const char16_t *text, size_t len)
{
	if (from + len > word->count)
		return false;
	for (size_t i = 0; i < len; i++)
		if (word->at[from + i] != text[i])
			return false;
	return true;
}

static bool is_term(const struct phrases *phrases, const int32_t *letters, size_t count, uint32_t wanted,
	uint32_t *found)
{
	struct word word = { .key = reader_letters_key(letters, count), .opens = UINT32_MAX };

	return phrases_term(phrases, &word, 1, wanted, found) == 1;
}

/* In front of what is behind it teh marbuta is written as teh ("صفحتنا"), and hamza on yeh ("أصدقائكم"). */
static bool stem_is_term(const struct phrases *phrases, const struct letters *word, size_t from, size_t to,
	uint32_t wanted, uint32_t *found)
{
	struct letters stem = { .count = to - from };
	int32_t *last = &stem.at[stem.count - 1];

	memcpy(stem.at, word->at + from, stem.count * sizeof *stem.at);
	if (is_term(phrases, stem.at, stem.count, wanted, found))
		return true;
	if (to == word->count || (*last != TEH && *last != YEH))
		return false;
	*last = *last == TEH ? HEH : HAMZA;
	return is_term(phrases, stem.at, stem.count, wanted, found);
}

static bool without_back(const struct phrases *phrases, const struct letters *word, size_t from,
	uint32_t wanted, uint32_t *found)
{
	for (size_t i = 0; i < sizeof backs / sizeof *backs; i++) {
		size_t len = length_of(backs[i]);

		if (from + STEM_LEAST + len > word->count ||
			!stands_at(word, word->count - len, backs[i], len))
			continue;
		if (stem_is_term(phrases, word, from, word->count - len, wanted, found))
			return true;
	}
	return false;
}

static bool word_is_term(
	const struct lookup *lookup, const struct word *word, uint32_t wanted, uint32_t *found)
{
	struct letters letters;

	if (!may_be_arabic(lookup, word))
		return false;
	letters.count = reader_letters(lookup->reader,
		span_of(lookup->line.at + word->start, word->end - word->start), letters.at, LETTERS + 1);
	if (letters.count > LETTERS || letters.count <= STEM_LEAST || letters.at[0] >> 8 != 6)
		return false;
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
		size_t len = length_of(fronts[i]);

		if (stands_at(&letters, 0, fronts[i], len) &&
			without_back(lookup->phrases, &letters, len, wanted, found))
			return true;
	}
	return false;
}

size_t clitics_find_term(const struct lookup *lookup, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found)
{
	size_t len = phrases_term(lookup->phrases, words, count, wanted, found);

	if (len || words[0].digits)
		return len;
	return word_is_term(lookup, words, wanted, found);
}
