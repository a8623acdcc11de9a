/* SPDX-License-Identifier: MIT
 * gap.c - spaces, joiners and tatweel between two characters.
 *
 * Where joiners belong: the Unicode Standard 15.0, 9.2 (Arabic), 12.1 (Indic), 16.1 (ZWSP), 23.2. */
#include "filters/normalize/gap.h"

#include "common/unicode.h"

enum { ZWSP = 0x200B, ZWJ = 0x200D, TATWEEL = 0x0640 };

/* Emoji modifiers: the colour of the skin of the emoji before. */
enum { SKIN_FIRST = 0x1F3FB, SKIN_LAST = 0x1F3FF };

enum { JOINERS_MAX = 3 }; /* in a row: ZWJ ZWNJ ZWJ is the longest that means something */

/* What a character is to the gap beside it. */
enum side {
	SIDE_LETTER = 1 << 0,
	SIDE_WORD = 1 << 1, /* a letter or a digit */
	SIDE_ARABIC = 1 << 2, /* an Arabic letter */
	SIDE_SPACELESS = 1 << 3, /* a letter of a script written without spaces between words */
	SIDE_EMOJI = 1 << 4,
	SIDE_MARK = 1 << 5,
};

static bool is_spaceless(enum script script)
{
	return script == SCRIPT_THAI || script == SCRIPT_LAO || script == SCRIPT_KHMER ||
	       script == SCRIPT_MYANMAR;
}

static unsigned side_of(int32_t cp)
{
	const struct unicode_record *of = unicode_of(cp);

	if (of->category == GC_NUMBER)
		return SIDE_WORD;
	if (of->category == GC_LETTER)
		return SIDE_WORD | SIDE_LETTER | (of->script == SCRIPT_ARABIC ? SIDE_ARABIC : 0) |
		       (is_spaceless((enum script)of->script) ? SIDE_SPACELESS : 0);
	if (of->flags & UNICODE_EXTENDED_PICTOGRAPHIC || of->word_break == WB_REGIONAL_INDICATOR)
		return SIDE_EMOJI;
	return cp >= SKIN_FIRST && cp <= SKIN_LAST ? SIDE_EMOJI : 0;
}

static bool is_mark(int32_t cp)
{
	return unicode_category(cp) == GC_MARK;
}

static bool is_joiner(int32_t cp)
{
	return cp >= ZWSP && cp <= ZWJ;
}

/* A virama, or a vowel sign that NFC makes of one (Sinhala). */
static bool is_virama(int32_t cp)
{
	return unicode_combining_class(cp) == 9 || cp == 0x0DDA || cp == 0x0DDD;
}

/* Marks that are part of an emoji: variation selectors, the keycap. */
static bool is_emoji_mark(int32_t cp)
{
	return cp == 0xFE0E || cp == 0xFE0F || cp == 0x20E3;
}

/* --- out ----------------------------------------------------------------------------------------------- */

static void put(struct gap *gap, int32_t cp)
{
	form_add(gap->form, cp);
	gap->line_start = false;
	gap->started = true;
}

static void put_item(struct gap *gap, struct gap_item item)
{
	for (uint32_t i = 0; i < item.count; i++)
		put(gap, item.cp);
}

/* --- spaces -------------------------------------------------------------------------------------------- */

static void put_space(struct gap *gap, struct gap_item item)
{
	if (item.count > 1 && item.cp == ' ' && gap->rules->on[RULE_SQUEEZE_SPACE]) {
		tally_add(gap->tally, RULE_SQUEEZE_SPACE, item.count - 1);
		item.count = 1;
	}
	put_item(gap, item);
}

/* Lets out the spaces that wait; `at_edge`: they stand at an end of a line. */
static void put_spaces(struct gap *gap, bool at_edge)
{
	if (!gap->blank)
		return;
	if ((at_edge || gap->line_start) && gap->rules->on[RULE_TRIM] && !gap->too_many)
		tally_add(gap->tally, RULE_TRIM, 1);
	else
		for (size_t i = 0; i < gap->count; i++)
			put_space(gap, gap->items[i]);
	gap->count = 0;
	gap->blank = gap->too_many = false;
}

/* A joiner goes. */
static void drop_joiner(struct gap *gap, int32_t joiner)
{
	int rule = kinds_rule(gap->rules, joiner);

	tally_add(gap->tally, rule >= 0 ? rule : RULE_ZWNJ, 1);
}

/* --- joiners ------------------------------------------------------------------------------------------- */

/* Whether `joiner` stays where the gap has `left` and `right` at its sides. */
static bool joiner_stays(const struct gap *gap, int32_t joiner, unsigned right)
{
	if (joiner == ZWSP)
		return gap->left & right & SIDE_SPACELESS;
	if (gap->virama)
		return true;
	if (gap->left & SIDE_LETTER && right & SIDE_MARK)
		return true;
	return gap->left & right & (SIDE_WORD | SIDE_EMOJI);
}

static void put_joiners(struct gap *gap, unsigned right)
{
	int32_t before = 0;

	for (size_t i = 0; i < gap->count; i++) {
		int32_t joiner = gap->items[i].cp;

		if (joiner == before || !joiner_stays(gap, joiner, right)) {
			drop_joiner(gap, joiner);
			continue;
		}
		put(gap, joiner);
		before = joiner;
	}
}

/* --- tatweel ------------------------------------------------------------------------------------------- */

static bool item_is_joiner(const struct gap *gap, size_t i)
{
	return i < gap->count && is_joiner(gap->items[i].cp);
}

/* A hamza or madda is among the marks of tatweel `i`. (NFC may put other marks in front of it.) */
static bool is_seat(const struct gap *gap, size_t i)
{
	while (++i < gap->count && is_mark(gap->items[i].cp))
		if (gap->items[i].cp >= 0x0653 && gap->items[i].cp <= 0x0655)
			return true;
	return false;
}

/* Lets out the first `end` items, without the stretching among them if `stretches`. Joiners that come together
 * are squeezed again. */
static void put_items(struct gap *gap, size_t end, bool stretches)
{
	int32_t before = 0;
	size_t run = 0;

	for (size_t i = 0; i < end; i++) {
		struct gap_item item = gap->items[i];

		if (item.cp == ZWSP || (is_joiner(item.cp) && (item.cp == before || run == JOINERS_MAX))) {
			drop_joiner(gap, item.cp);
			continue;
		}
		if (stretches && item.cp == TATWEEL && !is_seat(gap, i))
			continue;
		if (stretches && item.cp == TATWEEL)
			item.count = 1;
		put_item(gap, item);
		before = item.cp;
		run = is_joiner(item.cp) ? run + 1 : 0;
	}
}

/* At the edge of a word: all, but a joiner at the very edge. */
static void put_as_is(struct gap *gap, unsigned right)
{
	size_t end = gap->count;

	while (end && item_is_joiner(gap, end - 1) && !(right & SIDE_WORD))
		drop_joiner(gap, gap->items[--end].cp);
	put_items(gap, end, false);
}

static void put_tatweel(struct gap *gap, unsigned right)
{
	if (gap->left & right & SIDE_ARABIC) {
		put_items(gap, gap->count, true);
		tally_add(gap->tally, RULE_STRIP_TATWEEL, 1);
	} else if ((gap->left | right) & SIDE_LETTER || gap->has_marks ||
		   gap->rules->tatweel != TATWEEL_STRETCH_AND_DASH) {
		put_as_is(gap, right);
	} else {
		put(gap, '-');
		tally_add(gap->tally, RULE_STRIP_TATWEEL, 1);
	}
}

/* --- the gap ------------------------------------------------------------------------------------------- */

/* What stands behind the gap is known: lets out what stays of its joiners and tatweel. */
static void settle(struct gap *gap, unsigned right)
{
	if (gap->count == 0 || gap->blank)
		return;
	if (gap->has_tatweel)
		put_tatweel(gap, right);
	else
		put_joiners(gap, right);
	gap->count = 0;
	gap->has_tatweel = gap->has_marks = false;
}

static void put_all(struct gap *gap)
{
	for (size_t i = 0; i < gap->count; i++)
		put_item(gap, gap->items[i]);
	gap->count = 0;
}

/* Appends an item. When there is no room, what is held goes out as it is. */
static void hold(struct gap *gap, int32_t cp)
{
	if (gap->count && gap->items[gap->count - 1].cp == cp &&
		gap->items[gap->count - 1].count < UINT32_MAX) {
		gap->items[gap->count - 1].count++;
		return;
	}
	if (gap->count == GAP_ITEMS && gap->blank) {
		gap->too_many = true;
		put_all(gap);
	} else if (gap->count == GAP_ITEMS) {
		put_as_is(gap, SIDE_WORD);
		gap->count = 0;
		gap->left = SIDE_LETTER | SIDE_WORD;
		gap->virama = false;
	}
	gap->items[gap->count++] = (struct gap_item){ cp, 1 };
}

/* Whether nothing that may follow could make `joiner` stay. */
static bool joiner_is_lost(const struct gap *gap, int32_t joiner)
{
	size_t run = 0;

	if (gap->blank)
		return true;
	if (gap->count == 0 && !gap->virama && !(gap->left & (SIDE_WORD | SIDE_EMOJI)))
		return true;
	while (run < gap->count && item_is_joiner(gap, gap->count - 1 - run))
		run++;
	return run == JOINERS_MAX || (run && gap->items[gap->count - 1].cp == joiner);
}

static void add_joiner(struct gap *gap, int32_t joiner)
{
	if (joiner_is_lost(gap, joiner))
		drop_joiner(gap, joiner);
	else
		hold(gap, joiner);
}

static void add_tatweel(struct gap *gap)
{
	put_spaces(gap, false);
	hold(gap, TATWEEL);
	gap->has_tatweel = true;
}

/* Whether `mark` will be dropped (fold.h) whatever letter is composed, for it stands behind none. It must not keep
 * spaces or joiners apart until then. */
static bool is_stray(const struct gap *gap, int32_t mark)
{
	const struct mapping *mapping = maps_find(&gap->rules->maps, mark);

	return mapping && mapping->count == 0 && (gap_waits(gap) || !(gap->left & SIDE_ARABIC));
}

static void add_mark(struct gap *gap, int32_t mark)
{
	if (is_stray(gap, mark)) {
		tally_add(gap->tally, RULE_STRIP_QURANIC, 1);
		return;
	}
	if (gap->has_tatweel) {
		hold(gap, mark);
		gap->has_marks = true;
		return;
	}
	settle(gap, SIDE_MARK);
	put_spaces(gap, false);
	put(gap, mark);
	gap->virama |= is_virama(mark) && gap->left & SIDE_LETTER;
	if (!is_emoji_mark(mark))
		gap->left &= ~(unsigned)SIDE_EMOJI;
}

static void add_newline(struct gap *gap)
{
	settle(gap, 0);
	put_spaces(gap, true);
	put(gap, '\n');
	gap->left = 0;
	gap->virama = false;
	gap->line_start = true;
}

static void add_space(struct gap *gap, int32_t space)
{
	settle(gap, 0);
	gap->blank = true;
	hold(gap, space);
	gap->left = 0;
	gap->virama = false;
}

static void add_other(struct gap *gap, int32_t cp)
{
	unsigned side = side_of(cp);

	settle(gap, side);
	put_spaces(gap, false);
	put(gap, cp);
	gap->left = side;
	gap->virama = false;
}

void gap_begin(struct gap *gap)
{
	gap->started = false;
	gap->left = 0;
	gap->virama = false;
	gap->line_start = true;
	gap->blank = gap->too_many = false;
	gap->count = 0;
	gap->has_tatweel = gap->has_marks = false;
}

void gap_add(struct gap *gap, int32_t cp, enum kind kind)
{
	if (cp == '\n')
		add_newline(gap);
	else if (kind == KIND_SPACE)
		add_space(gap, cp);
	else if (kind == KIND_JOINER)
		add_joiner(gap, cp);
	else if (kind == KIND_TATWEEL)
		add_tatweel(gap);
	else if (is_mark(cp))
		add_mark(gap, cp);
	else
		add_other(gap, cp);
}

void gap_end(struct gap *gap)
{
	settle(gap, 0);
	put_spaces(gap, true);
}
