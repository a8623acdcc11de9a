/* SPDX-License-Identifier: MIT
 * rules.h - which rules are on, and what each code point means to them.
 *
 * A rule is one switch of the command line; a preset is a set of switches. Once the switches are known,
 * every code point gets a kind: nothing to do, or which step of cleaner.h has to look at it. The kinds are
 * a two-stage table made when the filter opens, from common/unicode.h and the rules, so that the scan over
 * the text asks one question only. */
#ifndef GHIRBAL_NORMALIZE_RULES_H
#define GHIRBAL_NORMALIZE_RULES_H

#include "common/opts.h"

enum rule {
	RULE_ENTITIES,
	RULE_NEWLINES,
	RULE_STRIP_CONTROLS,
	RULE_STRIP_ZERO_WIDTH,
	RULE_STRIP_BOM,
	RULE_STRIP_BIDI,
	RULE_STRIP_SHY,
	RULE_ZWNJ,
	RULE_ZWJ,
	RULE_STRIP_ZWNJ,
	RULE_SPACES,
	RULE_SQUEEZE_SPACE,
	RULE_TRIM,
	RULE_PRESENTATION,
	RULE_STRIP_TATWEEL,
	RULE_NFC,
	RULES
};

enum preset { PRESET_NONE, PRESET_CLEAN };

/* The words of enum preset, in its order, for an option row. */
extern const char *const preset_words[];

/* What happens to a tatweel between Arabic letters, and to one that touches no letter. */
enum tatweel { TATWEEL_KEPT, TATWEEL_STRETCH_AND_DASH, TATWEEL_ALL };

/* What a code point means to the rules that are on. The first five need no step of their own as long as
 * they follow each other as scan.h says. */
enum kind {
	KIND_CALM, /* nothing to do, and nothing before or behind it changes that */
	KIND_NEWLINE, /* calm, but a line starts behind it */
	KIND_SPACE, /* SPACE, where runs or ends of lines matter */
	KIND_MARK, /* combines; canonical ordering may move it among other marks */
	KIND_SIGN, /* combines, never moves: vowel signs, variation selectors */
	KIND_FORM, /* may change or combine under NFC; may be a mark as well */
	KIND_DROP,
	KIND_BOM, /* dropped where the document starts */
	KIND_BLANK, /* becomes SPACE */
	KIND_CR,
	KIND_BREAK, /* becomes LF */
	KIND_C1, /* read as windows-1252 */
	KIND_ESCAPE,
	KIND_ENTITY, /* & */
	KIND_JOINER, /* ZWNJ, ZWJ, ZWSP: kept or dropped by what stands around them */
	KIND_TATWEEL,
	KIND_COMPAT, /* becomes its compatibility decomposition */
	KIND_ASCII, /* canonically equal to an ASCII character */
};

enum { RULES_BLOCK = 128 }; /* code points */

struct rules {
	bool on[RULES];
	bool none; /* not a single one is on */
	enum tatweel tatweel;
	uint16_t *block_of; /* by code point / RULES_BLOCK */
	uint8_t (*kinds)[RULES_BLOCK]; /* of enum kind */
	size_t block_count;
};

/* The rules of `preset` with `switches` (of RULES items) put on top of it. Release with rules_release. */
void rules_init(struct rules *rules, enum preset preset, const enum switch_state *switches);
void rules_release(struct rules *rules);

/* What the code point `cp` means. */
static inline enum kind rules_kind(const struct rules *rules, int32_t cp)
{
	return (enum kind)rules->kinds[rules->block_of[cp / RULES_BLOCK]][cp % RULES_BLOCK];
}

#endif
