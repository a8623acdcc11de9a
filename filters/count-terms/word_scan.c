/* SPDX-License-Identifier: MIT
 * word_scan.c - UAX #29 (Unicode 15.0) for the runs of letters and digits that text mostly is.
 *
 * Rules by name (WB6, WB12 ...) are those of https://www.unicode.org/reports/tr29/tr29-41.html */
#include "filters/count-terms/word_scan.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"

/* One bit each, so that those of a whole word can be gathered. The first three join each other: WB5, WB8 to
 * WB10, WB13. */
enum trait {
	TRAIT_LETTER = 1 << 0,
	TRAIT_DIGIT = 1 << 1,
	TRAIT_LINK = 1 << 2, /* the low line: no word by itself */
	TRAIT_MARK = 1 << 3, /* joins whatever is before it: WB4 */
	TRAIT_MID_LETTER = 1 << 4, /* joins letters, and some join digits: WB6, WB7, WB11, WB12 */
	TRAIT_MID_DIGIT = 1 << 5, /* joins digits: WB11, WB12 */
	TRAIT_APART = 1 << 6, /* never joins a letter or digit */
	TRAIT_RULES = 1 << 7, /* anything with rules of its own: word_break_next decides */

	TRAITS_WORD = TRAIT_LETTER | TRAIT_DIGIT,
	TRAITS_JOIN = TRAITS_WORD | TRAIT_LINK,
	TRAITS_WORK = KEY_WORK_TABLE | KEY_WORK_ALL,
};

static bool is_letter_or_number(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER || unicode_category(cp) == GC_NUMBER;
}

static enum trait trait_of(int32_t cp)
{
	if (unicode_is_default_ignorable(cp))
		return TRAIT_RULES; /* left out at the end of a key */
	switch (unicode_word_break(cp)) {
	case WB_ALETTER:
		return unicode_category(cp) == GC_LETTER ? TRAIT_LETTER : TRAIT_RULES;
	case WB_NUMERIC:
		return unicode_category(cp) == GC_NUMBER ? TRAIT_DIGIT : TRAIT_RULES;
	case WB_EXTENDNUMLET:
		return is_letter_or_number(cp) ? TRAIT_RULES : TRAIT_LINK;
	case WB_EXTEND:
		return is_letter_or_number(cp) ? TRAIT_RULES : TRAIT_MARK;
	case WB_MIDLETTER:
	case WB_MIDNUMLET:
	case WB_SINGLE_QUOTE:
		return is_letter_or_number(cp) ? TRAIT_RULES : TRAIT_MID_LETTER;
	case WB_MIDNUM:
		return is_letter_or_number(cp) ? TRAIT_RULES : TRAIT_MID_DIGIT;
	case WB_OTHER: /* but ¼ and the like are words: is_letter_or_number */
	case WB_CR:
	case WB_LF:
	case WB_NEWLINE:
	case WB_WSEGSPACE:
	case WB_DOUBLE_QUOTE: /* joins Hebrew letters only, and those are TRAIT_RULES */
		return is_letter_or_number(cp) ? TRAIT_RULES : TRAIT_APART;
	default:
		return TRAIT_RULES;
	}
}

/* A character whose key is one short character, or nothing, whatever stands beside it, is left to the table. With
 * KEY_SEARCH neighbours matter, but not to the small letters and digits of ASCII. */
static unsigned work_of(int32_t cp, struct span key, enum key kind)
{
	int32_t image = key.len ? utf8_first(key).value : 0;

	if (kind == KEY_EXACT || kind == KEY_WS) /* there is no white space in a word */
		return 0;
	if (kind == KEY_SEARCH)
		return image == cp && cp < 0x80 ? 0 : KEY_WORK_ALL;
	if (key.len == 0)
		return KEY_WORK_TABLE;
	if (utf8_first(key).len != key.len || image >= WORD_SCAN_TABLE)
		return KEY_WORK_ALL;
	if (!unicode_starts_nfc_segment(cp) || !unicode_starts_nfc_segment(image))
		return KEY_WORK_ALL;
	return image == cp ? 0 : KEY_WORK_TABLE;
}

static void entry_init(struct word_scan_entry *entry, int32_t cp, struct keyer *keyer, struct buf *scratch)
{
	struct span image;
	unsigned work;

	buf_clear(scratch);
	utf8_add(scratch, cp);
	image = keyer_key(keyer, buf_span(scratch));
	work = work_of(cp, image, keyer->kind);
	entry->traits = (uint16_t)((unsigned)trait_of(cp) | work);
	entry->key = work == KEY_WORK_TABLE && image.len ? (uint16_t)utf8_first(image).value : 0;
}

void word_scan_init(struct word_scan *scan, struct keyer *keyer)
{
	struct buf scratch = BUF_INIT;

	scan->keyer = keyer;
	for (int32_t cp = 0; cp < WORD_SCAN_TABLE; cp++)
		entry_init(&scan->table[cp], cp, keyer, &scratch);
	buf_release(&scratch);
}

/* What stands at `at`; behind the end of a text is apart from everything. */
struct place {
	struct word_scan_entry entry;
	uint32_t len; /* bytes; 0 where the table does not go */
};

static inline struct place place_at(const struct word_scan *scan, struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.at + at;

	if (at >= text.len)
		return (struct place){ { TRAIT_APART, 0 }, 0 };
	if (s[0] < 0x80)
		return (struct place){ scan->table[s[0]], 1 };
	if (s[0] < 0xE0)
		return (struct place){ scan->table[(s[0] & 0x1F) << 6 | (s[1] & 0x3F)], 2 };
	return (struct place){ { TRAIT_RULES, 0 }, 0 };
}

static struct segment segment_by_rules(struct span text)
{
	struct span found = span_head(text, word_break_next(text));

	return (struct segment){ found, word_break_is_word(found), KEY_WORK_ALL };
}

/* Whether a word with these traits ends in front of the full stop, comma or the like at `at`. False: it may
 * go on. */
static bool mid_ends_word(
	const struct word_scan *scan, struct span text, size_t at, struct place mid, unsigned word)
{
	if ((mid.entry.traits & TRAIT_MID_DIGIT) && !(word & TRAIT_DIGIT))
		return true;
	return place_at(scan, text, at + mid.len).entry.traits & TRAIT_APART;
}

/* A word that starts with a letter, digit or low line. */
static struct segment segment_of_letters(const struct word_scan *scan, struct span text)
{
	unsigned word = 0; /* traits of its characters */
	size_t at = 0;
	struct place place;

	while ((place = place_at(scan, text, at)).entry.traits & (TRAITS_JOIN | TRAIT_MARK)) {
		word |= place.entry.traits;
		at += place.len;
	}
	if (place.entry.traits & TRAIT_RULES)
		return segment_by_rules(text);
	if (!(place.entry.traits & TRAIT_APART) && !mid_ends_word(scan, text, at, place, word))
		return segment_by_rules(text);
	return (struct segment){ span_head(text, at), word & TRAITS_WORD, (uint16_t)(word & TRAITS_WORK) };
}

struct segment word_scan_next(const struct word_scan *scan, struct span text)
{
	struct place first = place_at(scan, text, 0);
	unsigned next;

	if (first.entry.traits & TRAITS_JOIN)
		return segment_of_letters(scan, text);
	if (first.entry.traits & (TRAIT_RULES | TRAIT_MARK))
		return segment_by_rules(text);
	next = place_at(scan, text, first.len).entry.traits;
	if (next & TRAITS_JOIN)
		return segment_of_letters(scan, span_skip(text, first.len));
	if (next & (TRAIT_RULES | TRAIT_MARK))
		return segment_by_rules(text);
	return (struct segment){ span_head(text, first.len), false, 0 };
}

static bool may_start_word(int32_t cp)
{
	if (unicode_is_default_ignorable(cp))
		return false;
	return is_letter_or_number(cp) || unicode_category(cp) == GC_MARK ||
	       unicode_word_break(cp) == WB_EXTENDNUMLET || unicode_is_ideographic(cp);
}

static struct span word_trimmed(struct span word)
{
	while (word.len && !may_start_word(utf8_first(word).value))
		word = span_skip(word, utf8_first(word).len);
	while (word.len && unicode_is_default_ignorable(utf8_last(word).value))
		word.len -= utf8_last(word).len;
	return word;
}

static struct span key_by_table(const struct word_scan *scan, struct span word, struct buf *into)
{
	char *start = buf_reserve(into, word.len), *to = start; /* table keys are never longer */

	for (size_t at = 0; at < word.len;) {
		struct place place = place_at(scan, word, at);
		uint16_t key = place.entry.key;

		if (!(place.entry.traits & KEY_WORK_TABLE)) {
			memcpy(to, word.at + at, place.len);
			to += place.len;
		} else if (key >= 0x80) {
			*to++ = (char)(0xC0 | key >> 6);
			*to++ = (char)(0x80 | (key & 0x3F));
		} else if (key) {
			*to++ = (char)key;
		}
		at += place.len;
	}
	return span_of(start, (size_t)(to - start));
}

struct span word_scan_key(const struct word_scan *scan, struct segment word, struct buf *into)
{
	if (word.work == 0)
		return word.text;
	buf_clear(into);
	if (word.work == KEY_WORK_TABLE)
		return key_by_table(scan, word.text, into);
	return keyer_key(scan->keyer, word_trimmed(word.text));
}
