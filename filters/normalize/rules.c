/* SPDX-License-Identifier: MIT
 * rules.c - presets, and the table of kinds.
 *
 * Ranges are those of the Unicode Standard 15.0: controls (chapter 23.1), invisible operators and bidi
 * controls (23.2, 23.3), compatibility forms of Arabic (chapter 9.2) and of Latin (7.1, 18.5). */
#include "filters/normalize/rules.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"

enum { CODE_POINTS = 0x110000, BLOCKS = CODE_POINTS / RULES_BLOCK };

const char *const preset_words[] = { "none", "clean", NULL };

/* What `clean` switches on: whatever only repairs, and changes no reader's understanding. */
static const bool clean_rules[RULES] = {
	[RULE_ENTITIES] = true,
	[RULE_NEWLINES] = true,
	[RULE_STRIP_CONTROLS] = true,
	[RULE_STRIP_ZERO_WIDTH] = true,
	[RULE_STRIP_BOM] = true,
	[RULE_STRIP_BIDI] = true,
	[RULE_STRIP_SHY] = true,
	[RULE_ZWNJ] = true,
	[RULE_ZWJ] = true,
	[RULE_SPACES] = true,
	[RULE_SQUEEZE_SPACE] = true,
	[RULE_TRIM] = true,
	[RULE_PRESENTATION] = true,
	[RULE_STRIP_TATWEEL] = true,
	[RULE_NFC] = true,
};

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
	/* Singletons that NFC turns into ASCII: an entity may be spelt with them. */
	{ RULE_NFC, 0x037E, 0x037E, KIND_ASCII },
	{ RULE_NFC, 0x1FEF, 0x1FEF, KIND_ASCII },
	{ RULE_NFC, 0x212A, 0x212A, KIND_ASCII },
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

/* What NFC alone makes of a code point. */
static enum kind kind_by_form(const struct rules *rules, int32_t cp)
{
	const struct unicode_record *of = unicode_of(cp);

	if (rules->on[RULE_NFC] && of->flags & (UNICODE_NFC_NO | UNICODE_NFC_MAYBE))
		return KIND_FORM;
	if (of->combining_class != 0)
		return rules->on[RULE_NFC] ? KIND_MARK : KIND_SIGN;
	return of->category == GC_MARK ? KIND_SIGN : KIND_CALM;
}

static size_t add_block(struct rules *rules)
{
	rules->kinds = mem_resize(rules->kinds, rules->block_count + 1, sizeof(*rules->kinds));
	return rules->block_count++;
}

/* Blocks that are alike in Unicode's tables are alike here, until a rule says otherwise. */
static void share_blocks(struct rules *rules)
{
	uint16_t *known = mem_new(UINT16_MAX + 1, sizeof(*known)); /* our block + 1, by Unicode's */

	_Static_assert((int)RULES_BLOCK == (int)UNICODE_BLOCK, "the tables share their blocks");
	for (int32_t b = 0; b < BLOCKS; b++) {
		uint16_t theirs = unicode_blocks[b];

		if (!known[theirs]) {
			size_t ours = add_block(rules);

			for (int32_t i = 0; i < RULES_BLOCK; i++)
				rules->kinds[ours][i] = (uint8_t)kind_by_form(rules, b * RULES_BLOCK + i);
			known[theirs] = (uint16_t)(ours + 1);
		}
		rules->block_of[b] = (uint16_t)(known[theirs] - 1);
	}
	free(known);
}

static void set_kind(struct rules *rules, size_t shared, int32_t cp, enum kind kind)
{
	uint16_t *block = &rules->block_of[cp / RULES_BLOCK];

	if (*block < shared) {
		size_t own = add_block(rules);

		memcpy(rules->kinds[own], rules->kinds[*block], RULES_BLOCK);
		*block = (uint16_t)own;
	}
	rules->kinds[*block][cp % RULES_BLOCK] = (uint8_t)kind;
}

static void set_ranges(struct rules *rules)
{
	size_t shared = rules->block_count;

	set_kind(rules, shared, '\n', KIND_NEWLINE);
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		for (int32_t cp = ranges[i].first; cp <= ranges[i].last; cp++)
			if (rules->on[ranges[i].rule])
				set_kind(rules, shared, cp, ranges[i].kind);
	if (rules->tatweel == TATWEEL_ALL)
		set_kind(rules, shared, 0x0640, KIND_DROP);
}

void rules_init(struct rules *rules, enum preset preset, const enum switch_state *switches)
{
	*rules = (struct rules){ .none = true, .tatweel = TATWEEL_KEPT };
	for (size_t r = 0; r < RULES; r++) {
		bool in_preset = preset == PRESET_CLEAN && clean_rules[r];

		rules->on[r] = switches[r] == SWITCH_ON || (switches[r] == SWITCH_UNSET && in_preset);
		rules->none &= !rules->on[r];
	}
	if (rules->on[RULE_STRIP_TATWEEL])
		rules->tatweel = preset == PRESET_CLEAN ? TATWEEL_STRETCH_AND_DASH : TATWEEL_ALL;
	rules->block_of = mem_new(BLOCKS, sizeof(*rules->block_of));
	share_blocks(rules);
	set_ranges(rules);
}

void rules_release(struct rules *rules)
{
	free(rules->block_of);
	free(rules->kinds);
	*rules = (struct rules){ .block_of = NULL };
}
