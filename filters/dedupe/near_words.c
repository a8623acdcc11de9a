/* SPDX-License-Identifier: MIT
 * near_words.c - UAX #29 (Unicode 15.0) for the runs of letters and digits that text mostly is, hashed on the way.
 *
 * Rules by name (WB6, WB12 ...) are those of https://www.unicode.org/reports/tr29/tr29-41.html */
#include "filters/dedupe/near_words.h"

#include <stdlib.h>

#include "common/mem.h"
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
	TRAIT_KEY = 1 << 8, /* its key depends on what stands beside it, or is not one character */
	TRAIT_CHARACTER = 1 << 9, /* of a script without spaces */

	TRAITS_WORD = TRAIT_LETTER | TRAIT_DIGIT,
	TRAITS_JOIN = TRAITS_WORD | TRAIT_LINK,
	TRAITS_IN_WORD = TRAITS_JOIN | TRAIT_MARK,
};

enum { LATIN_1_START = 0x80, LATIN_1_END = 0x100 };

static const uint64_t HASH_START = 0x243F6A8885A308D3; /* digits of pi */
static const uint64_t HASH_FACTOR = 0x9E3779B97F4A7C15; /* of the golden ratio */

static uint64_t hash_add(uint64_t hash, int32_t cp)
{
	return (hash ^ (uint64_t)cp) * HASH_FACTOR;
}

static uint64_t hash_end(uint64_t hash)
{
	hash ^= hash >> 32;
	hash *= 0xD6E8FEB86659FD93; /* an odd number of good spread, as in the public domain rrmxmx mixer */
	return hash ^ (hash >> 32);
}

/* --- the table ----------------------------------------------------------------------------------------- */

static bool is_letter_or_number(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER || unicode_category(cp) == GC_NUMBER;
}

/* Scripts without spaces between words, whose characters WB999 parts. */
static bool is_unspaced(const struct unicode_record *of)
{
	switch (of->script) {
	case SCRIPT_HAN:
	case SCRIPT_HIRAGANA:
	case SCRIPT_THAI:
	case SCRIPT_LAO:
	case SCRIPT_KHMER:
	case SCRIPT_MYANMAR:
		return of->word_break == WB_OTHER && of->category == GC_LETTER;
	default:
		return false;
	}
}

static enum trait trait_of(int32_t cp)
{
	bool is_word = is_letter_or_number(cp);

	if (unicode_is_default_ignorable(cp))
		return TRAIT_RULES;
	switch (unicode_word_break(cp)) {
	case WB_ALETTER:
		return unicode_category(cp) == GC_LETTER ? TRAIT_LETTER : TRAIT_RULES;
	case WB_NUMERIC:
		return unicode_category(cp) == GC_NUMBER ? TRAIT_DIGIT : TRAIT_RULES;
	case WB_EXTENDNUMLET:
		return is_word ? TRAIT_RULES : TRAIT_LINK;
	case WB_EXTEND:
		return is_word ? TRAIT_RULES : TRAIT_MARK;
	case WB_MIDLETTER:
	case WB_MIDNUMLET:
	case WB_SINGLE_QUOTE:
		return is_word ? TRAIT_RULES : TRAIT_MID_LETTER;
	case WB_MIDNUM:
		return is_word ? TRAIT_RULES : TRAIT_MID_DIGIT;
	case WB_OTHER: /* but ¼ and the like are words */
	case WB_CR:
	case WB_LF:
	case WB_NEWLINE:
	case WB_WSEGSPACE:
	case WB_DOUBLE_QUOTE: /* joins Hebrew letters only, and those are TRAIT_RULES */
		return is_word ? TRAIT_RULES : TRAIT_APART;
	default:
		return TRAIT_RULES;
	}
}

/* Whether the key of `cp` is `key`, one character of the table or nothing, whatever stands beside it. */
static bool key_is_plain(int32_t cp, struct span key, enum key kind)
{
	int32_t image;

	if (unicode_has(cp, UNICODE_NFC_MAYBE))
		return false;
	if (kind == KEY_SEARCH && cp >= LATIN_1_START && cp < LATIN_1_END) /* may be mojibake */
		return false;
	if (key.len == 0)
		return true;
	image = utf8_first(key).value;
	if (utf8_first(key).len != key.len || image >= NEAR_WORDS_TABLE)
		return false;
	return unicode_starts_nfc_segment(cp) && unicode_starts_nfc_segment(image);
}

static struct near_entry entry_of(int32_t cp, struct keyer *keyer, struct buf *scratch)
{
	struct near_entry entry = { (uint16_t)trait_of(cp), 0 };
	struct span key;

	buf_clear(scratch);
	utf8_add(scratch, cp);
	key = keyer_key(keyer, buf_span(scratch));
	if (!key_is_plain(cp, key, keyer->kind))
		entry.traits |= TRAIT_KEY;
	else if (key.len)
		entry.key = (uint16_t)utf8_first(key).value;
	return entry;
}

void near_words_init(struct near_words *words, struct keyer *keyer)
{
	struct buf scratch = BUF_INIT;

	*words = (struct near_words){ .keyer = keyer };
	for (int32_t cp = 1; cp < NEAR_WORDS_TABLE; cp++)
		words->table[cp] = entry_of(cp, keyer, &scratch);
	words->table[0].traits = TRAIT_APART;
	buf_release(&scratch);
}

void near_words_release(struct near_words *words)
{
	free(words->items);
}

/* --- what the rules decide ------------------------------------------------------------------------------ */

static void add(struct near_words *words, uint64_t hash, unsigned kind)
{
	if (words->count == words->cap) {
		words->cap = words->cap ? 2 * words->cap : 1024;
		words->items = mem_resize(words->items, words->cap, sizeof(*words->items));
	}
	words->items[words->count++] = (hash_end(hash) & ~(uint64_t)NEAR_KINDS) | kind;
}

static inline void take(struct near_words *words, uint64_t hash, unsigned kind)
{
	if (hash != HASH_START) /* not only tatweel and the like */
		add(words, hash, kind);
}

/* A key that is being hashed, part by part. What nobody sees (bidi marks, joiners) does not count. */
static void hash_part(void *ctx, struct span key)
{
	uint64_t *hash = ctx;

	for (; key.len; key = span_skip(key, utf8_first(key).len)) {
		int32_t cp = utf8_first(key).value;

		if (!unicode_is_default_ignorable(cp) && !unicode_is_white_space(cp))
			*hash = hash_add(*hash, cp);
	}
}

static uint64_t hash_word(struct near_words *words, struct span word)
{
	uint64_t hash = HASH_START;

	keyer_each(words->keyer, word, hash_part, &hash);
	return hash;
}

static bool is_number(struct span word)
{
	bool is_any = false;

	for (; word.len; word = span_skip(word, utf8_first(word).len)) {
		int32_t cp = utf8_first(word).value;

		if (unicode_category(cp) == GC_LETTER)
			return false;
		is_any = is_any || unicode_word_break(cp) == WB_NUMERIC;
	}
	return is_any;
}

static size_t by_rules(struct near_words *words, struct span text)
{
	struct span word = span_head(text, word_break_next(text));
	unsigned kind = is_unspaced(unicode_of(utf8_first(word).value)) ? NEAR_CHARACTER : 0;

	if (!word_break_is_word(word))
		return word.len;
	if (!kind && is_number(word))
		kind = NEAR_NUMBER;
	take(words, hash_word(words, word), kind);
	return word.len;
}

/* --- what the table decides ----------------------------------------------------------------------------- */

/* What stands somewhere. A NUL, behind the end of the text, is apart from everything. */
struct place {
	struct near_entry entry;
	uint32_t len; /* bytes */
};

/* A character that the table has not. Punctuation is most of it, and characters of scripts without spaces. */
static struct place place_beyond(const unsigned char *s)
{
	struct rune rune = utf8_first(span_of((const char *)s, 4)); /* reads no more than it takes */
	const struct unicode_record *of = unicode_of(rune.value);

	if (is_unspaced(of))
		return (struct place){ { TRAIT_CHARACTER | TRAIT_APART, 0 }, rune.len };
	if (of->word_break == WB_OTHER && trait_of(rune.value) == TRAIT_APART &&
		!(of->flags & UNICODE_EXTENDED_PICTOGRAPHIC))
		return (struct place){ { TRAIT_APART, 0 }, rune.len };
	return (struct place){ { TRAIT_RULES, 0 }, rune.len };
}

static inline struct place place_at(const struct near_words *words, const unsigned char *s)
{
	if (s[0] < 0x80)
		return (struct place){ words->table[s[0]], 1 };
	if (s[0] < 0xE0)
		return (struct place){ words->table[(s[0] & 0x1F) << 6 | (s[1] & 0x3F)], 2 };
	return place_beyond(s);
}

/* Whether a word with these traits ends in front of the full stop, comma or the like at `s`. False: it may go on. */
static bool mid_ends_word(
	const struct near_words *words, const unsigned char *s, struct place mid, unsigned word)
{
	if ((mid.entry.traits & TRAIT_MID_DIGIT) && !(word & TRAIT_DIGIT))
		return true;
	return place_at(words, s + mid.len).entry.traits & TRAIT_APART;
}

static size_t take_found(struct near_words *words, struct span word, unsigned traits, uint64_t hash)
{
	unsigned kind = (traits & TRAITS_WORD) == TRAIT_DIGIT ? NEAR_NUMBER : 0;

	if (traits & TRAITS_WORD)
		take(words, traits & TRAIT_KEY ? hash_word(words, word) : hash, kind);
	return word.len;
}

/* A word that starts with a letter, digit or low line. Three of a letter may count as one: the keyer knows. */
static size_t letters(struct near_words *words, struct span text)
{
	const unsigned char *start = (const unsigned char *)text.at, *s = start;
	unsigned traits = 0, key = 0, again = 0;
	uint64_t hash = HASH_START;
	struct place place;

	while ((place = place_at(words, s)).entry.traits & TRAITS_IN_WORD) {
		traits |= place.entry.traits;
		if (place.entry.key) {
			again = place.entry.key == key ? again + 1 : 0;
			traits |= again > 1 ? TRAIT_KEY : 0;
			key = place.entry.key;
			hash = hash_add(hash, (int32_t)key);
		}
		s += place.len;
	}
	if (place.entry.traits & TRAIT_RULES)
		return by_rules(words, text);
	if (!(place.entry.traits & TRAIT_APART) && !mid_ends_word(words, s, place, traits))
		return by_rules(words, text);
	return take_found(words, span_head(text, (size_t)(s - start)), traits, hash);
}

/* A character of a script without spaces; with marks on it, or with a key of its own, it goes by the rules. */
static size_t character(struct near_words *words, struct span text)
{
	struct rune rune = utf8_first(text);
	struct place next = place_at(words, (const unsigned char *)text.at + rune.len);

	if (!(next.entry.traits & TRAIT_APART) ||
		unicode_has(rune.value, UNICODE_FOLDS | UNICODE_NFC_NO | UNICODE_NFKC_NO))
		return by_rules(words, text);
	take(words, hash_add(HASH_START, rune.value), NEAR_CHARACTER);
	return rune.len;
}

/* Takes the next word or what stands between words; returns its length. */
static inline size_t next(struct near_words *words, struct span text)
{
	struct place first = place_at(words, (const unsigned char *)text.at);

	if (first.entry.traits & TRAITS_JOIN)
		return letters(words, text);
	if (first.entry.traits & TRAIT_CHARACTER)
		return character(words, text);
	if (first.entry.traits & (TRAIT_RULES | TRAIT_MARK))
		return by_rules(words, text);
	if (place_at(words, (const unsigned char *)text.at + first.len).entry.traits &
		(TRAIT_RULES | TRAIT_MARK))
		return by_rules(words, text);
	return first.len;
}

typedef size_t next_fn(struct near_words *words, struct span text);

static inline struct span read_with(struct near_words *words, struct buf *text, next_fn *take_next)
{
	struct span rest = { buf_string(text), text->len };

	words->count = 0;
	while (rest.len && words->count < NEAR_WORDS_MOST)
		rest = span_skip(rest, take_next(words, rest));
	if (words->count == 0)
		add(words, hash_word(words, buf_span(text)), 0);
	return rest;
}

struct span near_words_read(struct near_words *words, struct buf *text)
{
	return read_with(words, text, next);
}

struct span near_words_read_by_rules(struct near_words *words, struct buf *text)
{
	return read_with(words, text, by_rules);
}
