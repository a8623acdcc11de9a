/* SPDX-License-Identifier: MIT
 * kinds.c - the table of kinds: what the form makes of a code point, then what other rules say of it.
 *
 * Ranges are those of the Unicode Standard 15.0: controls (chapter 23.1), invisible operators and bidi
 * controls (23.2, 23.3), compatibility forms of Arabic (chapter 9.2) and of Latin (7.1, 18.5). */
#include "filters/normalize/kinds.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "filters/normalize/repeats.h"
#include "filters/normalize/bidi.h"
#include "filters/normalize/rules.h"
#include "filters/normalize/stream_safe.h"

enum { CODE_POINTS = 0x110000, BLOCKS = CODE_POINTS / KINDS_BLOCK, TATWEEL = 0x0640 };

/* Code points that a rule gives a kind. A later row wins: where two rules want the same code point, the one
 * that says more about it comes later. */
struct range {
	enum rule rule;
	int32_t first, last;
	enum kind kind;
};

static const struct range ranges[] = {
	{ RULE_NEWLINES, 0x0085, 0x0085, KIND_BREAK },
	{ RULE_NEWLINES, 0x2028, 0x2029, KIND_BREAK },
	{ RULE_STRIP_CONTROLS, 0x0000, 0x0008, KIND_DROP },
	{ RULE_STRIP_CONTROLS, 0x000B, 0x001F, KIND_DROP },
	{ RULE_STRIP_CONTROLS, 0x001B, 0x001B, KIND_ESCAPE },
	{ RULE_STRIP_CONTROLS, 0x007F, 0x007F, KIND_DROP },
	{ RULE_STRIP_CONTROLS, 0x0080, 0x009F, KIND_C1 },
	{ RULE_NEWLINES, 0x000D, 0x000D, KIND_CR },
	{ RULE_STRIP_BOM, 0xFEFF, 0xFEFF, KIND_BOM },
	{ RULE_STRIP_ZERO_WIDTH, 0x180E, 0x180E, KIND_DROP },
	{ RULE_STRIP_ZERO_WIDTH, 0x200B, 0x200B, KIND_JOINER },
	{ RULE_STRIP_ZERO_WIDTH, 0x2060, 0x2064, KIND_DROP },
	{ RULE_STRIP_ZERO_WIDTH, 0xFEFF, 0xFEFF, KIND_DROP },
	{ RULE_STRIP_BIDI, 0x061C, 0x061C, KIND_DROP },
	{ RULE_STRIP_BIDI, 0x200E, 0x200F, KIND_DROP },
	{ RULE_STRIP_BIDI, 0x202A, 0x202E, KIND_DROP },
	{ RULE_STRIP_BIDI, 0x2066, 0x2069, KIND_DROP },
	{ RULE_STRIP_BIDI, 0x206A, 0x206F, KIND_DROP },
	{ RULE_STRIP_BIDI, 0xFFF9, 0xFFFB, KIND_DROP },
	{ RULE_STRIP_SHY, 0x00AD, 0x00AD, KIND_DROP },
	{ RULE_ZWNJ, 0x200C, 0x200C, KIND_JOINER },
	{ RULE_ZWJ, 0x200D, 0x200D, KIND_JOINER },
	{ RULE_STRIP_ZWNJ, 0x200C, 0x200C, KIND_BLANK },
	{ RULE_SQUEEZE_SPACE, 0x0020, 0x0020, KIND_SPACE },
	{ RULE_TRIM, 0x0020, 0x0020, KIND_SPACE },
	/* Zs but for SPACE (DerivedGeneralCategory.txt), and TAB */
	{ RULE_SPACES, 0x0009, 0x0009, KIND_BLANK },
	{ RULE_SPACES, 0x00A0, 0x00A0, KIND_BLANK },
	{ RULE_SPACES, 0x1680, 0x1680, KIND_BLANK },
	{ RULE_SPACES, 0x2000, 0x200A, KIND_BLANK },
	{ RULE_SPACES, 0x202F, 0x202F, KIND_BLANK },
	{ RULE_SPACES, 0x205F, 0x205F, KIND_BLANK },
	{ RULE_SPACES, 0x3000, 0x3000, KIND_BLANK },
	/* FD3E and FD3F, the ornate parentheses, and what is not assigned have no decomposition. */
	{ RULE_PRESENTATION, 0xFB00, 0xFB06, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFB50, 0xFBB1, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFBD3, 0xFD3D, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFD50, 0xFD8F, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFD92, 0xFDC7, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFDF0, 0xFDFC, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFE80, 0xFEFC, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFF10, 0xFF19, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFF21, 0xFF3A, KIND_COMPAT },
	{ RULE_PRESENTATION, 0xFF41, 0xFF5A, KIND_COMPAT },
	{ RULE_STRIP_TATWEEL, 0x0640, 0x0640, KIND_TATWEEL },
	{ RULE_ENTITIES, '&', '&', KIND_ENTITY },
};

/* Singletons that every form turns into ASCII: a reference may be spelt with them. */
static const int32_t ascii_singletons[] = { 0x037E, 0x1FEF, 0x212A };

/* --- the form ------------------------------------------------------------------------------------------ */

/* What the form that is asked for never holds, or only where nothing combines. */
static unsigned form_flags(const struct rules *rules)
{
	unsigned flags = 0;

	if (rules->decomposes)
		flags |= UNICODE_NFD_NO;
	if (rules->composes && (!rules->decomposes || rules->late))
		flags |= UNICODE_NFC_NO | UNICODE_NFC_MAYBE;
	return flags;
}

static enum kind kind_by_form(const struct rules *rules, int32_t cp)
{
	const struct unicode_record *of = unicode_of(cp);

	if (rules->compat && of->flags & UNICODE_NFKC_NO)
		return KIND_COMPAT;
	if (of->flags & form_flags(rules))
		return KIND_FORM;
	if (of->combining_class != 0)
		return rules->composes ? KIND_MARK : KIND_SIGN;
	return of->category == GC_MARK ? KIND_SIGN : KIND_CALM;
}

/* --- the table ----------------------------------------------------------------------------------------- */

static size_t add_block(struct kinds *kinds)
{
	kinds->blocks = mem_resize(kinds->blocks, kinds->block_count + 1, sizeof(*kinds->blocks));
	return kinds->block_count++;
}

/* Blocks that are alike in Unicode's tables are alike here, until a rule says otherwise. */
static void share_blocks(struct kinds *kinds, const struct rules *rules)
{
	uint16_t *known = mem_new(UINT16_MAX + 1, sizeof(*known)); /* our block + 1, by Unicode's */

	_Static_assert((int)KINDS_BLOCK == (int)UNICODE_BLOCK, "the tables share their blocks");
	for (int32_t b = 0; b < BLOCKS; b++) {
		uint16_t theirs = unicode_blocks[b];

		if (!known[theirs]) {
			size_t ours = add_block(kinds);

			for (int32_t i = 0; i < KINDS_BLOCK; i++)
				kinds->blocks[ours][i] = (uint8_t)kind_by_form(rules, b * KINDS_BLOCK + i);
			known[theirs] = (uint16_t)(ours + 1);
		}
		kinds->block_of[b] = (uint16_t)(known[theirs] - 1);
	}
	free(known);
}

/* `shared` blocks may stand for several ranges of code points; a change needs one of its own. */
static void set_kind(struct kinds *kinds, size_t shared, int32_t cp, enum kind kind)
{
	uint16_t *block = &kinds->block_of[cp / KINDS_BLOCK];

	if (*block < shared) {
		size_t own = add_block(kinds);

		memcpy(kinds->blocks[own], kinds->blocks[*block], KINDS_BLOCK);
		*block = (uint16_t)own;
	}
	kinds->blocks[*block][cp % KINDS_BLOCK] = (uint8_t)kind;
}

static void set_ranges(struct kinds *kinds, const struct rules *rules, size_t shared)
{
	set_kind(kinds, shared, '\n', KIND_NEWLINE);
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		for (int32_t cp = ranges[i].first; cp <= ranges[i].last; cp++)
			if (rules->on[ranges[i].rule])
				set_kind(kinds, shared, cp, ranges[i].kind);
	for (size_t i = 0; i < sizeof(ascii_singletons) / sizeof(ascii_singletons[0]); i++)
		if (rules->composes)
			set_kind(kinds, shared, ascii_singletons[i], KIND_ASCII);
	if (rules->tatweel == TATWEEL_ALL)
		set_kind(kinds, shared, TATWEEL, KIND_DROP);
}

/* TAB and the spaces of Unicode are what trim takes also where they stay spaces of their own kind. */
static void set_blanks(struct kinds *kinds, const struct range *range, size_t shared)
{
	for (int32_t cp = range->first; cp <= range->last; cp++)
		if (kinds_of(kinds, cp) == KIND_CALM || kinds_of(kinds, cp) == KIND_FORM)
			set_kind(kinds, shared, cp, KIND_SPACE);
}

static void set_exceptions(struct kinds *kinds, const struct rules *rules, size_t shared)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		const struct range *range = &ranges[i];

		if (range->rule == RULE_SPACES && rules->on[RULE_TRIM])
			set_blanks(kinds, range, shared);
		if (range->rule != RULE_STRIP_BIDI || !rules->on[RULE_STRIP_BIDI] ||
			!rules->balanced_bidi_stays)
			continue;
		for (int32_t cp = range->first; cp <= range->last; cp++)
			if (bidi_may_pair(cp))
				set_kind(kinds, shared, cp, KIND_BIDI);
	}
}

/* --- maps ---------------------------------------------------------------------------------------------- */

static int utf8_len(int32_t cp)
{
	return cp < 0x80 ? 1 : 2;
}

/* Whether `mapping` can be done in passing: one for one, calm for calm, never longer. */
static bool is_swap(const struct kinds *kinds, const struct mapping *mapping)
{
	int32_t to = mapping->to[0];

	return mapping->count == 1 && mapping->cp < KINDS_SWAPS && to < KINDS_SWAPS &&
	       utf8_len(to) <= utf8_len(mapping->cp) && kinds_of(kinds, mapping->cp) == KIND_CALM &&
	       kinds_of(kinds, to) == KIND_CALM;
}

static void set_maps(struct kinds *kinds, const struct rules *rules, size_t shared)
{
	for (size_t i = 0; i < rules->maps.count; i++) {
		const struct mapping *mapping = &rules->maps.at[i];
		enum kind kind = kinds_of(kinds, mapping->cp);

		/* what decomposes does so first, then its parts are folded */
		if (mapping->rule == RULE_CASEFOLD && (kind == KIND_COMPAT || kind == KIND_ASCII))
			continue;
		if (mapping->count == 0 && mapping->early)
			set_kind(kinds, shared, mapping->cp, KIND_DROP);
		else
			set_kind(kinds, shared, mapping->cp, mapping->early ? KIND_MAP : KIND_FORM);
	}
}

/* Code points whose segments are looked at for what stands around them. */
static bool is_watched(const struct rules *rules, int32_t cp)
{
	if (rules->eg && (cp == 0x0649 || cp == 0x064A))
		return true;
	return rules->squeezes && repeats_least(rules, cp) != 0;
}

/* Where nothing is counted, the scan finds the runs of common characters by itself. */
static bool has_run(const struct rules *rules, int32_t cp)
{
	return !rules->counts && cp < KINDS_SWAPS && !(rules->eg && (cp == 0x0649 || cp == 0x064A));
}

static bool watch_block(struct kinds *kinds, const struct rules *rules, size_t shared, int32_t first)
{
	bool any = false;

	for (int32_t cp = first; cp < first + KINDS_BLOCK; cp++) {
		if (kinds_of(kinds, cp) != KIND_CALM || !is_watched(rules, cp))
			continue;
		any = true;
		if (has_run(rules, cp))
			kinds->runs[cp] = (uint8_t)repeats_least(rules, cp);
		else
			set_kind(kinds, shared, cp, KIND_FORM);
	}
	return any;
}

/* Blocks that are alike in Unicode's tables and have nothing to watch need not be asked twice. */
static void set_watched(struct kinds *kinds, const struct rules *rules, size_t shared)
{
	bool *barren;

	if (!rules->eg && !rules->squeezes)
		return;
	barren = mem_new(UINT16_MAX + 1, sizeof(*barren));
	kinds->has_runs = rules->squeezes && !rules->counts;
	for (int32_t first = 0; first < CODE_POINTS; first += KINDS_BLOCK) {
		int block = unicode_blocks[first / KINDS_BLOCK];

		if (first < KINDS_SWAPS || !barren[block])
			barren[block] = !watch_block(kinds, rules, shared, first);
	}
	free(barren);
}

/* Marks, and what is one in Form KD: how many there are in a row matters. */
static void set_stream_safe(struct kinds *kinds, const struct rules *rules, size_t shared)
{
	if (!rules->on[RULE_STREAM_SAFE])
		return;
	for (int32_t cp = 0; cp < CODE_POINTS; cp++) {
		enum kind kind = kinds_of(kinds, cp);

		if ((kind == KIND_CALM || kind == KIND_MARK || kind == KIND_SIGN) && stream_safe_counts(cp))
			set_kind(kinds, shared, cp, KIND_FORM);
	}
}

/* Before the mappings take their sources' kinds: which of them can be swaps. */
static bool *find_swaps(const struct kinds *kinds, const struct rules *rules)
{
	bool *swaps = mem_new(rules->maps.count + 1, sizeof(*swaps));

	for (size_t i = 0; i < rules->maps.count && !rules->counts; i++)
		swaps[i] = is_swap(kinds, &rules->maps.at[i]);
	return swaps;
}

static void set_swaps(struct kinds *kinds, const struct rules *rules, size_t shared, const bool *swaps)
{
	for (size_t i = 0; i < rules->maps.count; i++) {
		const struct mapping *mapping = &rules->maps.at[i];

		if (!swaps[i] || kinds_of(kinds, mapping->to[0]) != KIND_CALM)
			continue;
		set_kind(kinds, shared, mapping->cp, KIND_SWAP);
		kinds->swap[mapping->cp] = (uint16_t)mapping->to[0];
		kinds->swaps = true;
	}
}

void kinds_init(struct kinds *kinds, const struct rules *rules)
{
	size_t shared;
	bool *swaps;

	kinds->block_of = mem_new(BLOCKS, sizeof(*kinds->block_of));
	share_blocks(kinds, rules);
	shared = kinds->block_count;
	set_ranges(kinds, rules, shared);
	set_exceptions(kinds, rules, shared);
	set_stream_safe(kinds, rules, shared);
	set_watched(kinds, rules, shared);
	swaps = find_swaps(kinds, rules);
	set_maps(kinds, rules, shared);
	set_swaps(kinds, rules, shared, swaps);
	free(swaps);
}

void kinds_release(struct kinds *kinds)
{
	free(kinds->block_of);
	free(kinds->blocks);
	*kinds = (struct kinds){ .block_of = NULL };
}

int kinds_rule(const struct rules *rules, int32_t cp)
{
	int rule = -1;
	const struct mapping *mapping = maps_find(&rules->maps, cp);

	if (mapping)
		return mapping->rule;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (rules->on[ranges[i].rule] && cp >= ranges[i].first && cp <= ranges[i].last)
			rule = (int)ranges[i].rule;
	return rule;
}
