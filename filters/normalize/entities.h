/* SPDX-License-Identifier: MIT
 * entities.h - HTML character references: &amp; &#1587; &#x633; and what they stand for.
 *
 * Names are those of the HTML Standard, section 13.5, numbers are read as its tokenizer reads them (section
 * 13.2.5.80: 128 to 159 are windows-1252, no scalar value is U+FFFD). Only references that end in a
 * semicolon are known: "AT&T", "?a=1&copy=2" are text.
 *
 * The matcher sees one code point at a time and holds back what may still become a reference. What a
 * reference stands for is handed back to be fed again, so "&amp;lt;" is "<", and it may complete the
 * reference around it: "&am&#112;;" is "&". For that the matcher keeps a stack of unfinished references, of
 * bounded depth; beyond it the text is let go as it is up to its next character that no reference holds. */
#ifndef GHIRBAL_NORMALIZE_ENTITIES_H
#define GHIRBAL_NORMALIZE_ENTITIES_H

#include "common/diag.h"
#include "common/span.h"

#include <stdint.h>

/* A name and what it stands for. */
struct entity {
	struct span name; /* borrowed from the text that was parsed */
	int32_t to[2];
	size_t count; /* of to */
};

struct entities {
	struct entity *at; /* sorted by name */
	size_t count;
	int32_t windows_1252[32]; /* what 128 to 159 stand for */
};

/* Reads lines "name hex [hex]" sorted by name; false with `why` where one is not like that. `text` is
 * borrowed until entities_release. */
bool entities_parse(struct entities *entities, struct span text, struct diag *why);
void entities_release(struct entities *entities);

enum {
	ENTITY_DEPTH = 32, /* unfinished references inside each other */
	ENTITY_LONGEST =
		64, /* code points of one: the longest name has 31, a number may begin with zeros */
	ENTITY_JOINERS = 3, /* held behind a letter */
	ENTITY_SEEN_THROUGH = 64, /* held in all */
};

/* Names: first <= i < last. */
struct entity_range {
	uint32_t first, last;
};

/* A reference begun and not yet finished. */
struct entity_partial {
	uint32_t start; /* of its & in held */
	uint32_t len; /* code points, & included, joiners not */
	uint32_t joiners; /* held behind its last one, until the next character decides on them */
	struct entity_range names; /* that begin so */
	struct entity_range folded; /* that begin so once its case is folded */
	uint32_t value; /* of a number, so far */
	enum { PARTIAL_AMP, PARTIAL_NAME, PARTIAL_HASH, PARTIAL_DECIMAL, PARTIAL_X, PARTIAL_HEX } mode;
};

struct entity_matcher {
	const struct entities *entities;
	bool folds; /* ASCII capitals will become small: what is a name then is one now */
	struct entity_partial stack[ENTITY_DEPTH];
	size_t depth;
	int32_t held[ENTITY_DEPTH * (ENTITY_LONGEST + ENTITY_JOINERS) + ENTITY_SEEN_THROUGH];
	size_t held_count, seen_through;
	bool letting_go; /* the stack was full */
	uint64_t joiners_gone; /* so far */
	int32_t to[2]; /* after ENTITY_DONE: what to feed again, in this order */
	size_t to_count;
};

enum entity_step {
	ENTITY_PASSED, /* nothing is held; the code point is the caller's */
	ENTITY_HELD, /* kept for now */
	ENTITY_DONE, /* a reference is complete and gone; `to` stands in its place */
	ENTITY_FAILED, /* what is held is text: the caller takes it all, then the code point */
};

/* Takes the next code point. After ENTITY_FAILED the caller reads held and clears it with
 * entity_matcher_clear. */
enum entity_step entity_matcher_feed(struct entity_matcher *matcher, int32_t cp);

/* Takes a joiner, which stays in the text only between letters or digits; matcher->depth must not be 0. One
 * that will not stay is gone and does not keep a reference from being one. */
void entity_matcher_joiner(struct entity_matcher *matcher, int32_t joiner);

/* Takes a character that will not keep a reference from being one, and goes with it: a bidi control. False when too
 * many of them are held already. matcher->depth must not be 0. */
bool entity_matcher_see_through(struct entity_matcher *matcher, int32_t cp);

static inline void entity_matcher_clear(struct entity_matcher *matcher)
{
	matcher->depth = matcher->held_count = matcher->seen_through = 0;
}

#endif
