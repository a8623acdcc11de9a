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

struct affix {
	size_t len;
	const char16_t *text;
};

/* clang-format off */
#define AFFIX(text) { sizeof(text) / sizeof(char16_t) - 1, text }
/* clang-format on */

/* Folded as the reader does: no hamza on alef, yeh for alef maksura. */
static const struct affix fronts[] = { AFFIX(u""), AFFIX(u"و"), AFFIX(u"ف"), AFFIX(u"ب"), AFFIX(u"ل"),
	AFFIX(u"ك"), AFFIX(u"ال"), AFFIX(u"وال"), AFFIX(u"فال"), AFFIX(u"بال"), AFFIX(u"وبال"),
	AFFIX(u"كال"), AFFIX(u"لل"), AFFIX(u"ولل"), AFFIX(u"وب"), AFFIX(u"ول") };
static const struct affix backs[] = { AFFIX(u""), AFFIX(u"ي"), AFFIX(u"ا"), AFFIX(u"ه"), AFFIX(u"ك"),
	AFFIX(u"نا"), AFFIX(u"وا"), AFFIX(u"ها"), AFFIX(u"هم"), AFFIX(u"كم"), AFFIX(u"كن"), AFFIX(u"ون"),
	AFFIX(u"ين"), AFFIX(u"ات"), AFFIX(u"ني"), AFFIX(u"ونا"), AFFIX(u"وه"), AFFIX(u"وها"), AFFIX(u"ينا"),
	AFFIX(u"اتنا"), AFFIX(u"اتكم") };

enum { BACKS = sizeof backs / sizeof *backs };

struct letters {
	int32_t at[LETTERS + 1];
	size_t count;
};

static bool stands_at(const struct letters *word, size_t from, const struct affix *affix)
{
	if (from + affix->len > word->count)
		return false;
	for (size_t i = 0; i < affix->len; i++)
		if (word->at[from + i] != affix->text[i])
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

/* How long those are that the word may end with, in their order. */
struct ends {
	uint8_t lens[BACKS];
	size_t count;
};

static struct ends ends_of(const struct letters *word)
{
	struct ends ends = { .count = 0 };

	for (size_t i = 0; i < BACKS; i++)
		if (backs[i].len + STEM_LEAST <= word->count &&
			stands_at(word, word->count - backs[i].len, &backs[i]))
			ends.lens[ends.count++] = (uint8_t)backs[i].len;
	return ends;
}

static bool without_back(const struct phrases *phrases, const struct letters *word, const struct ends *ends,
	size_t from, uint32_t wanted, uint32_t *found)
{
	for (size_t i = 0; i < ends->count; i++) {
		size_t len = ends->lens[i];

		if (from + STEM_LEAST + len <= word->count &&
			stem_is_term(phrases, word, from, word->count - len, wanted, found))
			return true;
	}
	return false;
}

static bool word_is_term(
	const struct lookup *lookup, const struct word *word, uint32_t wanted, uint32_t *found)
{
	struct letters letters;
	struct ends ends;

	if (!may_be_arabic(lookup, word))
		return false;
	letters.count = reader_letters(lookup->reader,
		span_of(lookup->line.at + word->start, word->end - word->start), letters.at, LETTERS + 1);
	if (letters.count > LETTERS || letters.count <= STEM_LEAST || letters.at[0] >> 8 != 6)
		return false;
	ends = ends_of(&letters);
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
		if (stands_at(&letters, 0, &fronts[i]) &&
			without_back(lookup->phrases, &letters, &ends, fronts[i].len, wanted, found))
			return true;
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
