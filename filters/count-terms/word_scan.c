/* SPDX-License-Identifier: MIT
 * word_scan.c - UAX #29 (Unicode 15.0) for the runs of letters and digits that text mostly is.
 *
 * Rules by name (WB6, WB12 ...) are those of https://www.unicode.org/reports/tr29/tr29-41.html */
#include "filters/count-terms/word_scan.h"

#include "common/unicode.h"
#include "common/utf8.h"
#include "common/word_break.h"

/* One bit each, so that those of a whole word can be gathered. The first three join each other: WB5, WB8 to
 * WB10, WB13. A character without any has rules of its own: word_break_next decides. */
enum trait {
	TRAIT_LETTER = 1 << 0,
	TRAIT_DIGIT = 1 << 1,
	TRAIT_LINK = 1 << 2, /* the low line: no word by itself */
	TRAIT_MARK = 1 << 3, /* joins whatever is before it: WB4 */
	TRAIT_MID_LETTER = 1 << 4, /* joins letters: WB6, WB7 */
	TRAIT_MID_DIGIT = 1 << 5, /* joins digits: WB11, WB12 */
	TRAIT_APART = 1 << 6, /* never joins a letter or digit */
	TRAIT_SINGLE = 1 << 7, /* a word that joins nothing but marks, as an ideograph */

	TRAITS_WORD = TRAIT_LETTER | TRAIT_DIGIT,
	TRAITS_JOIN = TRAITS_WORD | TRAIT_LINK,
	TRAITS_RUN = TRAITS_JOIN | TRAIT_MARK,
	TRAITS_MID = TRAIT_MID_LETTER | TRAIT_MID_DIGIT,
};

/* An entry of `pairs`: how many of the two bytes belong to a run, whether it stops behind them, and the traits of
 * what they are. */
enum { PAIR_TAKEN = 3, PAIR_STOP = 4, PAIR_TRAITS = 3 /* bits to shift */ };

/* --- the tables ----------------------------------------------------------------------------------------- */

static bool is_letter_or_number(int32_t cp)
{
	return unicode_category(cp) == GC_LETTER || unicode_category(cp) == GC_NUMBER;
}

/* The trait of a character of class WB_OTHER and the like. ¼ is a word too. */
static enum trait trait_of_other(int32_t cp)
{
	if (unicode_is_extended_pictographic(cp))
		return 0; /* WB3c */
	return is_letter_or_number(cp) || unicode_is_ideographic(cp) ? TRAIT_SINGLE : TRAIT_APART;
}

static enum trait trait_of_class(int32_t cp)
{
	switch (unicode_word_break(cp)) {
	case WB_ALETTER:
		return unicode_category(cp) == GC_LETTER ? TRAIT_LETTER : 0;
	case WB_NUMERIC:
		return unicode_category(cp) == GC_NUMBER ? TRAIT_DIGIT : 0;
	case WB_OTHER:
		return trait_of_other(cp);
	default:
		break;
	}
	if (is_letter_or_number(cp))
		return 0;
	switch (unicode_word_break(cp)) {
	case WB_EXTENDNUMLET:
		return TRAIT_LINK;
	case WB_EXTEND:
		return TRAIT_MARK;
	case WB_MIDLETTER:
		return TRAIT_MID_LETTER;
	case WB_MIDNUM:
		return TRAIT_MID_DIGIT;
	case WB_MIDNUMLET:
	case WB_SINGLE_QUOTE:
		return TRAITS_MID;
	case WB_CR:
	case WB_LF:
	case WB_NEWLINE:
	case WB_WSEGSPACE:
	case WB_DOUBLE_QUOTE: /* joins Hebrew letters only, and those have rules of their own */
		return TRAIT_APART;
	default:
		return 0;
	}
}

/* Ignorable characters are left out at the end of a word, so they need a second look. */
static uint8_t trait_of(int32_t cp)
{
	return unicode_is_default_ignorable(cp) ? 0 : (uint8_t)trait_of_class(cp);
}

static uint8_t pair_of(unsigned taken, bool stops, unsigned traits)
{
	return (uint8_t)(taken | (stops ? PAIR_STOP : 0) | (traits & TRAITS_RUN) << PAIR_TRAITS);
}

/* What follows a byte of ASCII may be the first byte of something longer, which the next pair tells. */
static uint8_t pair_of_ascii(const uint8_t *traits, unsigned first, unsigned second)
{
	if (!(traits[first] & TRAITS_JOIN))
		return pair_of(0, true, 0);
	if (second >= 0x80)
		return pair_of(1, false, traits[first]);
	if (traits[second] & TRAITS_JOIN)
		return pair_of(2, false, traits[first] | traits[second]);
	return pair_of(1, true, traits[first]);
}

static uint8_t pair_of_two(const uint8_t *traits, unsigned first, unsigned second)
{
	unsigned trait = traits[(first & 0x1F) << 6 | (second & 0x3F)];

	return trait & TRAITS_RUN ? pair_of(2, false, trait) : pair_of(0, true, 0);
}

static void pairs_init(struct word_scan *scan)
{
	memset(scan->pairs, pair_of(0, true, 0), sizeof(scan->pairs));
	for (unsigned first = 0; first < 0x80; first++)
		for (unsigned second = 0; second < 0x100; second++)
			scan->pairs[first | second << 8] = pair_of_ascii(scan->traits, first, second);
	for (unsigned first = 0xC2; first < 0xE0; first++)
		for (unsigned second = 0x80; second < 0xC0; second++)
			scan->pairs[first | second << 8] = pair_of_two(scan->traits, first, second);
}

/* The low line is left out: it is no word by itself. */
static bool is_plain(const void *at, int32_t cp)
{
	const struct word_scan *scan = at;

	return scan->traits[cp] & (TRAITS_WORD | TRAIT_MARK);
}

/* Most of the blocks are like the one before: ideographs, syllables, private use. */
void word_scan_init(struct word_scan *scan, enum cpu cpu)
{
	for (int32_t cp = 0; cp < WORD_SCAN_POINTS; cp++) {
		int32_t block = cp / UNICODE_BLOCK;

		if (block > 0 && unicode_blocks[block] == unicode_blocks[block - 1])
			scan->traits[cp] = scan->traits[cp - UNICODE_BLOCK];
		else
			scan->traits[cp] = trait_of(cp);
	}
	pairs_init(scan);
	run_tables_init(&scan->runs, is_plain, scan);
	scan->has_vectors = run_mask_works(cpu);
}

/* --- rules ---------------------------------------------------------------------------------------------- */

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

/* --- a walk --------------------------------------------------------------------------------------------- */

struct walk {
	const struct word_scan *scan;
	const char *from, *end; /* of what was not handed over yet; of the text */
	words_fn *each;
	void *ctx;
	const char *mask_at, *mask_end; /* what `mask` is for */
	uint64_t mask;
	size_t count;
	struct span words[WORDS_MOST];
};

static void walk_flush(struct walk *walk, const char *to)
{
	walk->each(walk->ctx, span_of(walk->from, (size_t)(to - walk->from)), walk->words, walk->count);
	walk->from = to;
	walk->count = 0;
}

static void walk_over(struct walk *walk, const char *to)
{
	walk_flush(walk, to);
	walk->each(walk->ctx, span_of(to, 0), NULL, 0);
}

static inline void walk_word(struct walk *walk, struct span word, const char *behind)
{
	walk->words[walk->count++] = word;
	if (walk->count == WORDS_MOST)
		walk_flush(walk, behind);
}

static void walk_segment(struct walk *walk, struct span segment)
{
	struct span word;

	if (!word_break_is_word(segment))
		return;
	word = word_trimmed(segment);
	if (word.len)
		walk_word(walk, word, segment.at + segment.len);
}

static const char *walk_by_rules(struct walk *walk, const char *at)
{
	struct span rest = span_of(at, (size_t)(walk->end - at));
	struct span segment = span_head(rest, word_break_next(rest));

	walk_segment(walk, segment);
	return at + segment.len;
}

struct place {
	unsigned traits;
	size_t len; /* bytes */
};

static inline struct place place_of_three(const struct word_scan *scan, const unsigned char *s)
{
	return (struct place){ scan->traits[(s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F)], 3 };
}

/* The character at `at`, which is not the end. */
static inline struct place place_at(const struct word_scan *scan, const char *at)
{
	const unsigned char *s = (const unsigned char *)at;

	if (s[0] < 0x80)
		return (struct place){ scan->traits[s[0]], 1 };
	if (s[0] < 0xE0)
		return (struct place){ scan->traits[(s[0] & 0x1F) << 6 | (s[1] & 0x3F)], 2 };
	if (s[0] < 0xF0)
		return place_of_three(scan, s);
	return (struct place){ 0, 4 };
}

/* Where the run of letters, digits and marks ends that `at` is in; adds its traits. Text ends in a character that is in
 * none, so nothing behind it is read. */
static inline const char *run_end(
	const struct word_scan *scan, const char *at, const char *end, unsigned *traits)
{
	unsigned pair = 0, all = 0;
	struct place place;

	for (;; pair = 0) {
		while (!(pair & PAIR_STOP) && at + 1 < end) {
			const unsigned char *s = (const unsigned char *)at;

			pair = scan->pairs[s[0] | s[1] << 8];
			all |= pair;
			at += pair & PAIR_TAKEN;
		}
		if (((unsigned char)*at & 0xF0) != 0xE0)
			break;
		place = place_of_three(scan, (const unsigned char *)at);
		if (!(place.traits & TRAITS_RUN))
			break;
		all |= place.traits << PAIR_TRAITS;
		at += 3;
	}
	*traits |= all >> PAIR_TRAITS;
	return at;
}

enum verdict { ENDS, GOES_ON, BY_RULES };

/* What a full stop, comma or the like does to the word in front of it, by the traits of that word and of what stands
 * behind. */
static inline enum verdict judge_mid(unsigned word, unsigned mid, unsigned next)
{
	if (next == 0 || (next & TRAIT_MARK))
		return BY_RULES;
	if (!(next & TRAITS_WORD))
		return ENDS;
	word &= TRAITS_JOIN;
	if (word != TRAIT_LETTER && word != TRAIT_DIGIT)
		return BY_RULES;
	if (word != next)
		return ENDS;
	return mid & (word == TRAIT_LETTER ? TRAIT_MID_LETTER : TRAIT_MID_DIGIT) ? GOES_ON : ENDS;
}

/* Where the letters, digits and marks end that `at` stands in, seen by vectors; near the end of the text, `at`. */
static inline const char *plain_end(struct walk *walk, const char *at)
{
	for (;;) {
		uint64_t others;
		unsigned next;

		if (at < walk->mask_at || at >= walk->mask_end) {
			if (walk->end - at < RUN_READS)
				return at;
			walk->mask = run_mask(&walk->scan->runs, at, &next);
			walk->mask_at = at;
			walk->mask_end = at + next;
		}
		others = ~walk->mask >> (at - walk->mask_at);
		if (at - walk->mask_at < RUN_BYTES && others)
			return at + __builtin_ctzll(others);
		at = walk->mask_end;
	}
}

/* Whether a word ends in front of `at` for sure: what stands there joins nothing, or not what stands behind it. */
static inline bool ends_plainly(const struct walk *walk, const char *at)
{
	struct place place = place_at(walk->scan, at);
	unsigned next;

	if (place.traits & TRAIT_APART)
		return true;
	if (!(place.traits & TRAITS_MID) || at + place.len >= walk->end)
		return false;
	next = place_at(walk->scan, at + place.len).traits;
	return next && !(next & (TRAITS_WORD | TRAIT_MARK));
}

/* Passes over what is no word from `at` on, where something joins nothing that is in front of it. `*is_word`: a letter or digit
 * is next. */
static inline const char *skip_apart(const struct walk *walk, const char *at, bool *is_word)
{
	const char *last = at;
	struct place place = place_at(walk->scan, at);

	*is_word = false;
	while (place.traits & (TRAIT_APART | TRAITS_MID)) {
		last = at;
		at += place.len;
		if (at == walk->end)
			return at;
		place = place_at(walk->scan, at);
	}
	*is_word = place.traits & TRAITS_WORD;
	return place.traits == 0 || (place.traits & TRAIT_MARK) ? last : at;
}

/* Words from `at` on, where a letter or digit begins one, as long as they end where a run does, as nearly all. Returns what is
 * next: `at` itself where walk_run must look. */
static inline const char *walk_plain(struct walk *walk, const char *at)
{
	bool is_word = true;

	while (is_word) {
		const char *end = plain_end(walk, at);

		if (end >= walk->end || !ends_plainly(walk, end))
			break;
		walk_word(walk, span_of(at, (size_t)(end - at)), end);
		at = skip_apart(walk, end, &is_word);
	}
	return at;
}

static const char *walk_run(struct walk *walk, const char *start)
{
	const struct word_scan *scan = walk->scan;
	const char *at = start;
	unsigned traits = 0;

	for (;;) {
		struct place behind;
		enum verdict verdict;

		at = run_end(scan, at, walk->end, &traits);
		behind = place_at(scan, at);
		if (behind.traits & (TRAIT_APART | TRAIT_SINGLE))
			break;
		if (behind.traits == 0)
			return walk_by_rules(walk, start);
		verdict = judge_mid(traits, behind.traits, place_at(scan, at + behind.len).traits);
		if (verdict == ENDS)
			break;
		if (verdict == BY_RULES)
			return walk_by_rules(walk, start);
		at += behind.len;
	}
	if (traits & TRAITS_WORD)
		walk_word(walk, span_of(start, (size_t)(at - start)), at);
	return at;
}

/* What is no letter or digit: a word by itself, or none. */
static inline const char *walk_other(struct walk *walk, const char *at, struct place place)
{
	const char *behind = at + place.len;

	if (place.traits == 0 || (place.traits & TRAIT_MARK))
		return walk_by_rules(walk, at);
	if (behind < walk->end) {
		unsigned next = place_at(walk->scan, behind).traits;

		if (next == 0 || (next & TRAIT_MARK))
			return walk_by_rules(walk, at);
	}
	if (place.traits & TRAIT_SINGLE)
		walk_word(walk, span_of(at, place.len), behind);
	return behind;
}

/* A walk about to begin. */
static struct walk walk_begin(const struct word_scan *scan, struct span text, words_fn *each, void *ctx)
{
	return (struct walk){ .scan = scan,
		.from = text.at,
		.end = text.at + text.len,
		.mask_at = text.at,
		.mask_end = text.at,
		.each = each,
		.ctx = ctx };
}

void word_scan_walk(const struct word_scan *scan, struct span text, words_fn *each, void *ctx)
{
	struct walk walk = walk_begin(scan, text, each, ctx);
	const char *at = text.at;

	while (at < walk.end) {
		struct place place = place_at(scan, at);

		const char *plain = at;

		if (scan->has_vectors && (place.traits & TRAITS_WORD))
			plain = walk_plain(&walk, at);
		if (plain != at)
			at = plain;
		else if (place.traits & TRAITS_JOIN)
			at = walk_run(&walk, at);
		else
			at = walk_other(&walk, at, place);
	}
	walk_over(&walk, walk.end);
}

bool word_scan_parts(const struct word_scan *scan, struct span text)
{
	unsigned traits = place_at(scan, text.at).traits;

	return traits != 0 && !(traits & TRAIT_MARK);
}

size_t word_scan_decided(const struct word_scan *scan, struct span text, words_fn *each, void *ctx)
{
	struct walk walk = walk_begin(scan, text, each, ctx);
	struct span waiting = span_head(text, 0);

	for (;;) {
		struct span rest = span_skip(text, (size_t)(waiting.at + waiting.len - text.at));
		struct span next = span_head(rest, rest.len ? word_break_next(rest) : 0);

		if (next.len == rest.len)
			break;
		walk_segment(&walk, waiting);
		waiting = next;
	}
	walk_over(&walk, waiting.at);
	return (size_t)(waiting.at - text.at);
}
