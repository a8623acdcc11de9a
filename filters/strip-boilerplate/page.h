/* SPDX-License-Identifier: MIT
 * page.h - the lines of a window seen together: sums over stretches of them, what stands nearest, and where the body
 * seems to be.
 *
 * Everything is made in a few walks over the lines, so in time linear in their number. */
#ifndef GHIRBAL_STRIP_PAGE_H
#define GHIRBAL_STRIP_PAGE_H

#include "line.h"
#include "phrases.h"
#include "traits.h"

/* Running sums over the lines in front of one. */
struct sums {
	uint32_t size, good; /* words; those of good lines */
	uint32_t lines_good, found, copies, stamps; /* lines */
	uint32_t topics, akin; /* topics; tenths of those that stand in the main stretch */
};

/* Lines from `start` up to `end`, that one not among them. */
struct stretch {
	size_t start, end;
};

/* What stands around a line. Places are numbers of lines; as many as there are lines: there is none. */
struct view {
	uint32_t good_before, good_after; /* the nearest good line */
	uint32_t found_before, found_after; /* the nearest line with explicit evidence of its own */
	uint32_t comments_before, list_before, stamp_before; /* the nearest such evidence in front */
	uint32_t first; /* line with the same words, or, when those are counted, the same two first words */
	int16_t log; /* of the line's size (log16) */
	int16_t capitals; /* thousandths of its words */
	int16_t run; /* of the words of the run of lines, good or not good, that it stands in */
	int16_t akin,
		akin_good; /* topics that stand elsewhere in the main stretch, in good lines; thousandths */
	uint8_t copies, leads; /* lines with the same words, with the same two first words; at most 255 */
	bool again; /* a line with the same words stands in front of it */
};

/* The densest stretches of good lines, by what a line that is not good costs: from the usual distance, from nearer,
 * from farther, and with evidence and copies counted against it. */
enum { MAIN_USUAL, MAIN_NEAR, MAIN_FAR, MAIN_STRICT, MAINS };

/* Features that all lines of a page share. */
enum {
	PAGE_LINES,
	PAGE_GOOD_LINES,
	PAGE_GOOD_SHARE,
	PAGE_FOUND,
	PAGE_COPIES,
	PAGE_FUNCTIONS,
	PAGE_MAIN,
	PAGE_GOOD_WORDS,
	PAGE_GOOD_MEAN,
	PAGE_STOPS,
	PAGE_CAPITALS,
	PAGE_AKIN,
	PAGE_STAMPS,
	PAGE_TRAITS
};

/* Lines look alike that begin and end alike, and whose looks differ by no more than their sizes may. */
enum { LOOKS_AROUND = 8, LOOKS_NONE = 0xC000 };

/* Owns its memory; starts as zero bytes. */
struct page {
	const struct line *lines; /* borrowed, as is `traits` */
	const struct trait *traits;
	size_t count;
	struct sums *sums; /* count + 1 */
	struct view *views;
	uint16_t *
		looks; /* count, with LOOKS_AROUND of no line at either end: how a line begins and ends, how long it is */
	size_t cap;
	uint32_t *slots; /* of a hash table */
	size_t slot_mask, slot_cap;
	uint64_t secret; /* may be set: where slots are depends on it, and nothing else */
	struct topic_index index;
	struct stretch mains[MAINS];
	int16_t all[PAGE_TRAITS];
};

/* Looks at `count` lines, whose topics are those of `topics`. The page is valid as long as `lines` and `traits` are. */
void page_read(struct page *page, const struct line *lines, const struct trait *traits,
	const struct topics *topics, size_t count);

/* 16 times the logarithm to base 2 of n + 1, its fraction interpolated, for n below 2^53: what the exponent of a double
 * says, and the first four bits behind its point. */
static inline int16_t log16(size_t n)
{
	double number = (double)(int64_t)(n + 1);
	uint64_t bits;

	memcpy(&bits, &number, sizeof(bits));
	return (int16_t)((bits >> 48) - (uint64_t)1023 * 16);
}

/* A part in thousandths of a whole that is no smaller. 0 of nothing. */
static inline int16_t permille(size_t part, size_t whole)
{
	if (whole <= UINT32_MAX / 1000) /* divided faster; nobody foresees which whole is nothing */
		return (int16_t)((uint32_t)part * 1000 / ((uint32_t)whole + !whole));
	return (int16_t)(part * 1000 / whole);
}

void page_release(struct page *page);

#endif
