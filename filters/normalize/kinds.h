/* SPDX-License-Identifier: MIT
 * kinds.h - what each code point means to the rules that are on.
 *
 * Every code point has a kind: nothing to do, or which step of cleaner.h has to look at it. The kinds are a
 * two-stage table made when the filter opens, from common/unicode.h, maps.h and the rules, so that the scan
 * over the text asks one question only. */
#ifndef GHIRBAL_NORMALIZE_KINDS_H
#define GHIRBAL_NORMALIZE_KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rules;

/* The first six need no step of their own as long as they follow each other as scan.h says. */
enum kind {
	KIND_CALM, /* nothing to do, and nothing before or behind it changes that */
	KIND_NEWLINE, /* calm, but a line starts behind it */
	KIND_SWAP, /* becomes kinds_swap() of it, whatever stands around it; else calm */
	KIND_SPACE, /* a space, where runs or ends of lines matter */
	KIND_MARK, /* combines; canonical ordering may move it among other marks */
	KIND_SIGN, /* combines, never moves: vowel signs, variation selectors */
	KIND_FORM, /* may change or combine in its segment (form.h); may be a mark as well */
	KIND_DROP,
	KIND_BOM, /* dropped where the document starts */
	KIND_BLANK, /* becomes SPACE */
	KIND_CR,
	KIND_BREAK, /* becomes LF */
	KIND_C1, /* read as windows-1252 */
	KIND_ESCAPE,
	KIND_ENTITY, /* & */
	KIND_JOINER, /* ZWNJ, ZWJ, ZWSP: kept or dropped by what stands around them */
	KIND_BIDI, /* kept or dropped by whether it is balanced */
	KIND_TATWEEL,
	KIND_COMPAT, /* becomes its compatibility decomposition */
	KIND_ASCII, /* canonically equal to an ASCII character */
	KIND_MAP, /* becomes what maps.h says, before references are looked for */
};

enum {
	KINDS_BLOCK = 128, /* code points */
	KINDS_SWAPS = 0x800, /* only what is below, at most two bytes of UTF-8, is ever KIND_SWAP */
};

struct kinds {
	uint16_t *block_of; /* by code point / KINDS_BLOCK */
	uint8_t (*blocks)[KINDS_BLOCK]; /* of enum kind */
	size_t block_count;
	bool swaps; /* some code point is KIND_SWAP */
	uint16_t swap[KINDS_SWAPS];
	/* So many of what the code point becomes in a row must not be passed over; 0: any number may. */
	uint8_t runs[KINDS_SWAPS];
	bool has_runs; /* there are such */
};

/* The table for `rules`, whose maps and choices are made. Release with kinds_release. */
void kinds_init(struct kinds *kinds, const struct rules *rules);
void kinds_release(struct kinds *kinds);

static inline enum kind kinds_of(const struct kinds *kinds, int32_t cp)
{
	return (enum kind)kinds->blocks[kinds->block_of[cp / KINDS_BLOCK]][cp % KINDS_BLOCK];
}

/* What `cp`, of KIND_SWAP, becomes: a calm one, never longer in UTF-8. */
static inline int32_t kinds_swap(const struct kinds *kinds, int32_t cp)
{
	return kinds->swap[cp];
}

/* Which rule (enum rule) gave `cp` its kind, for counting; -1 when none did. */
int kinds_rule(const struct rules *rules, int32_t cp);

#endif
