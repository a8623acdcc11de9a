/* SPDX-License-Identifier: MIT
 * word_scan.c - UAX #29 (Unicode 15.0) for the runs of letters and digits that text mostly is.
 *
 * Rules by name (WB6, WB12 ...) are those of https://www.unicode.org/reports/tr29/tr29-41.html */
#include "filters/count-terms/word_scan.h"

#include "common/key_chunk.h"
#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"

enum class {
	CLASS_RULES, /* anything with rules of its own: word_break_next decides */
	CLASS_LETTER, /* joins letters, digits and links on both sides: WB5, WB8 to WB10, WB13 */
	CLASS_DIGIT,
	CLASS_LINK, /* the low line: joins the same, but is no word by itself */
	CLASS_MARK, /* joins whatever is before it: WB4 */
	CLASS_MID_LETTER, /* joins letters, and some join digits: WB6, WB7, WB11, WB12 */
	CLASS_MID_DIGIT, /* joins digits: WB11, WB12 */
	CLASS_APART, /* never joins a letter or digit */
};

static bool joins_words(enum class class)
{
	return class >= CLASS_LETTER && class <= CLASS_LINK;
}

static bool is_letter_or_number(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER || unicode_category(cp) == GC_NUMBER;
}

static enum class class_of(int32_t cp) {
	if (unicode_is_default_ignorable(cp)) return CLASS_RULES; /* left out at the end of a key */
	switch (unicode_word_break(cp)){
		case WB_ALETTER : return unicode_category(cp) == GC_LETTER ? CLASS_LETTER : CLASS_RULES;
		case WB_NUMERIC : return unicode_category(cp) == GC_NUMBER ? CLASS_DIGIT : CLASS_RULES;
		case WB_EXTENDNUMLET : return is_letter_or_number(cp) ? CLASS_RULES : CLASS_LINK;
		case WB_EXTEND : return is_letter_or_number(cp) ? CLASS_RULES : CLASS_MARK;
		case WB_MIDLETTER : case WB_MIDNUMLET : case WB_SINGLE_QUOTE :
				return is_letter_or_number(cp) ? CLASS_RULES : CLASS_MID_LETTER;
		case WB_MIDNUM : return is_letter_or_number(cp) ? CLASS_RULES : CLASS_MID_DIGIT;
		case WB_OTHER : /* but ¼ and the like are words: is_letter_or_number */
				case WB_CR : case WB_LF : case WB_NEWLINE : case WB_WSEGSPACE : case
			WB_DOUBLE_QUOTE : /* joins Hebrew letters only, and those are CLASS_RULES */
				return is_letter_or_number(cp)
			? CLASS_RULES
			: CLASS_APART;
		default : return CLASS_RULES;
	}
}

/* A character whose key is one short character, or nothing, whatever stands beside it. */
static void entry_init(struct word_scan_entry *entry, int32_t cp, enum key key, struct buf *scratch)
{
	char bytes[4];
	struct buf text = { bytes, 0, sizeof(bytes) };
	struct span got;

	utf8_add(&text, cp);
	buf_clear(scratch);
	key_add(scratch, buf_span(&text), key);
	got = buf_span(scratch);
	*entry = (struct word_scan_entry){ (uint8_t)class_of(cp), KEY_WORK_ALL, 0 };
	if (key == KEY_EXACT) {
		entry->work = KEY_WORK_NONE;
		return;
	}
	if (got.len == 0) {
		entry->work = KEY_WORK_TABLE;
		return;
	}
	if (utf8_first(got).len != got.len || utf8_first(got).value >= WORD_SCAN_TABLE ||
		!unicode_starts_nfc_segment(cp) || !unicode_starts_nfc_segment(utf8_first(got).value))
		return;
	entry->key = (uint16_t)utf8_first(got).value;
	entry->work = entry->key == cp ? KEY_WORK_NONE : KEY_WORK_TABLE;
}

void word_scan_init(struct word_scan *scan, enum key key)
{
	struct buf scratch = BUF_INIT;

	scan->key = key;
	for (int32_t cp = 0; cp < WORD_SCAN_TABLE; cp++)
		entry_init(&scan->table[cp], cp, key, &scratch);
	buf_release(&scratch);
}

/* What stands at `at`: its entry and its length; the end of text is apart from everything. */
struct place {
	struct word_scan_entry entry;
	size_t len;
};

static inline struct place place_at(const struct word_scan *scan, struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.at + at;

	if (at >= text.len)
		return (struct place){ { CLASS_APART, 0, 0 }, 0 };
	if (s[0] < 0x80)
		return (struct place){ scan->table[s[0]], 1 };
	if (s[0] < 0xE0)
		return (struct place){ scan->table[(s[0] & 0x1F) << 6 | (s[1] & 0x3F)], 2 };
	return (struct place){ { CLASS_RULES, KEY_WORK_ALL, 0 }, 0 };
}

static struct segment segment_by_rules(struct span text)
{
	struct span found = span_head(text, word_break_next(text));

	return (struct segment){ found, word_break_is_word(found), KEY_WORK_ALL };
}

/* Whether a word ends in front of the full stop, comma or the like at `at`. False: it may go on. */
static bool mid_ends_word(
	const struct word_scan *scan, struct span text, size_t at, struct place mid, enum class last)
{
	if (mid.entry.class == CLASS_MID_DIGIT && last != CLASS_DIGIT)
		return true;
	return place_at(scan, text, at + mid.len).entry.class == CLASS_APART;
}

/* A word that starts with a letter, digit or low line. */
static struct segment segment_of_letters(const struct word_scan *scan, struct span text)
{
	struct segment found = { text, false, KEY_WORK_NONE };
	enum class last = CLASS_APART;
	size_t at = 0;

	for (;;) {
		struct place place = place_at(scan, text, at);
		enum class class = place.entry.class;

		if (joins_words(class)) {
			last = class;
			found.is_word |= class != CLASS_LINK;
		} else if (class == CLASS_APART) {
			break;
		} else if (class == CLASS_RULES) {
			return segment_by_rules(text);
		} else if (class != CLASS_MARK) {
			if (mid_ends_word(scan, text, at, place, last))
				break;
			return segment_by_rules(text);
		}
		found.work |= place.entry.work;
		at += place.len;
	}
	found.text.len = at;
	return found;
}

struct segment word_scan_next(const struct word_scan *scan, struct span text)
{
	struct place first = place_at(scan, text, 0);
	enum class next;

	if (joins_words(first.entry.class))
		return segment_of_letters(scan, text);
	if (first.entry.class == CLASS_RULES || first.entry.class == CLASS_MARK)
		return segment_by_rules(text);
	next = place_at(scan, text, first.len).entry.class;
	if (next == CLASS_RULES || next == CLASS_MARK)
		return segment_by_rules(text);
	return (struct segment){ span_head(text, first.len), false, KEY_WORK_NONE };
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
		uint16_t key = place.entry.work == KEY_WORK_TABLE ? place.entry.key : 0;

		if (place.entry.work == KEY_WORK_NONE) {
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
	struct span rest;

	if (word.work == KEY_WORK_NONE)
		return word.text;
	buf_clear(into);
	if (word.work == KEY_WORK_TABLE)
		return key_by_table(scan, word.text, into);
	rest = word_trimmed(word.text);
	if (scan->key == KEY_EXACT)
		return rest;
	while (rest.len) {
		size_t len = key_chunk(rest);

		key_add(into, span_head(rest, len), scan->key);
		rest = span_skip(rest, len);
	}
	return buf_span(into);
}
