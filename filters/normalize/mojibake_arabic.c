/* SPDX-License-Identifier: MIT
 * mojibake_arabic.c - tells Arabic, Persian and Urdu letters seen through windows-1252 from real Latin words.
 *
 * In windows-1256 every Arabic letter is above 7F, so words are without a single ASCII letter, which Latin words of
 * three letters hardly ever are; and capitals and small letters are mixed, for alef to kaf are "Ç" to "ß" and lam to
 * yeh "á" to "í": "Çá" begins every other word. Frequencies of letters are those of Arabic news. */
#include "filters/normalize/mojibake_arabic.h"

#include "common/unicode.h"
#include "filters/normalize/mojibake_odd.h"

/* A row of letters, of ASCII or such that are Arabic when read anew. */
struct word {
	size_t at, end;
	size_t ascii; /* letters of ASCII */
	size_t arabic, frequent; /* letters that are Arabic; those of the commonest eight */
	size_t inner_capitals, small; /* capitals that are not the first letter; small letters */
	size_t foreign; /* what is no letter in windows-1256 */
};

/* What the words of a line say. */
struct tally {
	size_t words, letters, frequent; /* hidden words of two letters or more */
	size_t mixed; /* those that have capitals where Latin words have none */
	size_t points; /* for mixed words two, for three letters without ASCII one */
	size_t latin; /* words that mix ASCII with others, or hold other Latin letters: against */
};

static int32_t arabic_of(const struct images *images, int32_t cp)
{
	uint8_t byte = images_of(images, cp)->byte[SEEN_AS_1252];

	return byte ? images->arabic[byte - 0x80] : 0;
}

static bool is_arabic_letter(int32_t cp)
{
	return cp >= 0x621 && cp <= 0x6D3 && unicode_category(cp) == GC_LETTER && cp != 0x640;
}

/* What stands in words and is no letter: tatweel, vowel signs. */
static bool is_arabic_mark(int32_t cp)
{
	return cp >= 0x640 && cp <= 0x652 && !is_arabic_letter(cp);
}

/* Alef, lam, yeh, meem, noon, waw, reh, teh: six letters in ten. */
static bool is_frequent(int32_t cp)
{
	return cp == 0x627 || cp == 0x644 || cp == 0x64A || cp == 0x645 || cp == 0x646 || cp == 0x648 ||
	       cp == 0x631 || cp == 0x62A;
}

static bool is_ascii_letter(int32_t cp)
{
	return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

/* The small o of numbers is a letter to Unicode, and the Arabic semicolon to windows-1256. */
static bool is_part(const struct images *images, int32_t cp)
{
	int32_t arabic;

	if (cp < 0x80)
		return is_ascii_letter(cp);
	arabic = arabic_of(images, cp);
	return is_arabic_letter(arabic) || is_arabic_mark(arabic) ||
	       (cp != 0xBA && unicode_category(cp) == GC_LETTER);
}

static void count_letter(struct word *word, const struct images *images, const int32_t *text, size_t at)
{
	int32_t arabic = text[at] < 0x80 ? 0 : arabic_of(images, text[at]);
	enum sort sort = odd_sort(text[at]);

	word->ascii += text[at] < 0x80;
	word->arabic += is_arabic_letter(arabic);
	word->foreign += text[at] >= 0x80 && !is_arabic_letter(arabic) && !is_arabic_mark(arabic);
	word->frequent += is_frequent(arabic);
	word->inner_capitals += at > word->at && sort == SORT_UPPER;
	word->small += sort == SORT_LOWER;
}

/* The word that starts at `at` or behind it. False at the end. */
static bool next_word(
	const struct images *images, const int32_t *text, size_t count, size_t at, struct word *word)
{
	while (at < count && !is_part(images, text[at]))
		at++;
	*word = (struct word){ at, at, 0, 0, 0, 0, 0, 0 };
	for (; word->end < count && is_part(images, text[word->end]); word->end++)
		count_letter(word, images, text, word->end);
	return word->end > word->at;
}

/* All letters are beyond ASCII, and Arabic in windows-1256. */
static bool is_hidden(const struct word *word)
{
	return word->ascii == 0 && word->foreign == 0 && word->arabic >= 1;
}

static void count_word(struct tally *tally, const struct word *word)
{
	bool mixed = word->inner_capitals && word->small;

	if (!is_hidden(word)) {
		tally->latin += word->foreign || (word->ascii && word->arabic);
		return;
	}
	if (word->arabic < 2)
		return;
	tally->words++;
	tally->letters += word->arabic;
	tally->frequent += word->frequent;
	tally->mixed += mixed;
	tally->points += (mixed ? 2U : 0U) + (word->arabic >= 3);
}

/* Two words or more, more than a third of their letters frequent ones, capitals inside of them, and hardly any Latin
 * word with an accent, which would be none in windows-1256. */
static bool is_sure(const struct tally *tally)
{
	return tally->words >= 2 && tally->letters >= 6 && tally->frequent * 20 >= tally->letters * 7 &&
	       tally->mixed >= 1 && tally->mixed * 8 >= tally->words && tally->points >= 4 &&
	       tally->latin * 4 <= tally->words;
}

/* Punctuation and signs belong to the Arabic, which is nearly all of the line. */
static void mend_between(const struct images *images, int32_t *text, size_t at, size_t end)
{
	for (; at < end; at++) {
		int32_t arabic = text[at] < 0x80 ? 0 : arabic_of(images, text[at]);

		if (arabic)
			text[at] = arabic;
	}
}

bool arabic_mend(const struct images *images, int32_t *text, size_t count)
{
	struct tally tally = { 0, 0, 0, 0, 0, 0 };
	struct word word;
	size_t done = 0;

	for (size_t at = 0; next_word(images, text, count, at, &word); at = word.end)
		count_word(&tally, &word);
	if (!is_sure(&tally))
		return false;
	for (; next_word(images, text, count, done, &word); done = word.end)
		mend_between(images, text, done, is_hidden(&word) ? word.end : word.at);
	mend_between(images, text, done, count);
	return true;
}
