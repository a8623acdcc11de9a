/* SPDX-License-Identifier: MIT
 * features.c - what the line model knows of a line. */
#include "features.h"

#include <stdlib.h>

enum {
	NEIGHBOUR_FEATURES = 5,
	FAR_OFF = 400, /* farther than any line: there is none */
	ALIKE_SIZES = 8, /* in sixteenths of a doubling */
};

const char *const feature_names[] = {
	/* the line */
	"size", "word-bytes", "capitals", "numbers", "functions", "functions-more", "ending", "opening",
	"stops", "commas", "signs", "bars", "year", "found", "how", "kept", "copies", "again", "leads",
	/* the line in front and the line behind */
	"size-1", "ending-1", "capitals-1", "how-1", "copies-1", "size+1", "ending+1", "capitals+1",
	"how+1", "copies+1",
	/* neighbourhoods: in front and behind */
	"good-4", "size-4", "found-4", "copies-4", "akin-4", "good+4", "size+4", "found+4", "copies+4",
	"akin+4", "good-12", "size-12", "found-12", "copies-12", "akin-12", "good+12", "size+12",
	"found+12", "copies+12", "akin+12", "good-40", "size-40", "found-40", "copies-40", "akin-40",
	"good+40", "size+40", "found+40", "copies+40", "akin+40",
	/* place */
	"good-before", "good-after", "good-gap", "good-before-size", "good-after-size", "from-start",
	"from-end", "place", "good-place", "run-words",
	/* where the body seems to be */
	"main-inside", "main-from-start", "main-from-end", "near-from-start", "near-from-end",
	"far-from-start", "far-from-end", "strict-from-start", "strict-from-end", "words-from-start",
	"words-from-end",
	/* against the rest of the page */
	"topics", "akin", "akin-good", "size-more", "capitals-more", "alike",
	/* evidence near by */
	"found-before", "found-before-what", "found-after", "found-after-what", "comments-before",
	"list-before", "stamp-before",
	/* the page */
	"lines", "good-lines", "good-share", "found-share", "copies-share", "good-functions", "main-share",
	"good-words", "good-mean", "good-stops", "good-capitals", "akin-share", "stamps-share", NULL
};

/* Puts a feature where `row` is, which moves on to the next one's place. */
static inline void put(int16_t **row, int16_t value)
{
	**row = value;
	*row += FEATURES_APART;
}

static inline int16_t function_share(const struct trait *trait)
{
	return permille(trait->functions, trait->words);
}

static void add_own(const struct page *page, size_t at, int16_t **to)
{
	const struct trait *trait = &page->traits[at];
	const struct line *line = &page->lines[at];
	const struct view *view = &page->views[at];

	put(to, view->log);
	put(to, (int16_t)(trait->letters_per_word < 4000 ? trait->letters_per_word : 4000));
	put(to, view->capitals);
	put(to, permille(trait->numbers, trait->words));
	put(to, function_share(trait));
	put(to, (int16_t)(function_share(trait) - page->all[PAGE_FUNCTIONS]));
	put(to, trait->ending);
	put(to, trait->opening);
	put(to, trait->stops);
	put(to, trait->commas);
	put(to, permille(trait->signs, trait->words + 1u));
	put(to, trait->bars);
	put(to, trait->year);
	put(to, line->found);
	put(to, line->how);
	put(to, (int16_t)(line->rule == CATEGORY_NONE));
	put(to, view->copies);
	put(to, view->again);
	put(to, view->leads);
}

/* The looks of line `at`, if there is one. */
static inline void add_neighbour(const struct page *page, size_t at, int16_t **to)
{
	const struct trait *trait;

	if (at >= page->count) { /* also in front of the first: that wraps around */
		for (size_t i = 0; i < NEIGHBOUR_FEATURES; i++)
			put(to, -1);
		return;
	}
	trait = &page->traits[at];
	put(to, page->views[at].log);
	put(to, trait->ending);
	put(to, page->views[at].capitals);
	put(to, page->lines[at].how);
	put(to, page->views[at].copies);
}

static inline void add_stretch(const struct page *page, size_t from, size_t to_line, int16_t **to)
{
	const struct sums *start = &page->sums[from], *end = &page->sums[to_line];
	size_t topics = end->topics - start->topics;

	put(to, log16(end->good - start->good));
	put(to, log16(end->size - start->size));
	put(to, (int16_t)(end->found - start->found));
	put(to, (int16_t)(end->copies - start->copies));
	put(to, (int16_t)(topics ? permille(end->akin - start->akin, topics * 10) : -1));
}

static void add_stretches(const struct page *page, size_t at, int16_t **to)
{
	static const size_t reach[] = { 4, 12, 40 };

	for (size_t i = 0; i < sizeof reach / sizeof *reach; i++) {
		size_t end = at + 1 + reach[i];

		add_stretch(page, at > reach[i] ? at - reach[i] : 0, at, to);
		add_stretch(page, at + 1, end < page->count ? end : page->count, to);
	}
}

/* How far line `there` is, which may be none. On which side it lies, or whether it is there, is nothing that a branch
 * could foresee; here as below. */
static inline int16_t distance(const struct page *page, size_t at, size_t there)
{
	int64_t far = (int64_t)at - (int64_t)there, side = -(int64_t)(far < 0);
	int none = -(there >= page->count);

	return (int16_t)((log16((size_t)((far ^ side) - side)) & ~none) | (FAR_OFF & none));
}

static inline int16_t log_of(const struct page *page, size_t at)
{
	return (int16_t)(at < page->count ? page->views[at].log : -1);
}

static void add_place(const struct page *page, size_t at, int16_t **to)
{
	size_t count = page->count, before = page->views[at].good_before,
	       after = page->views[at].good_after;

	put(to, distance(page, at, before));
	put(to, distance(page, at, after));
	put(to, (int16_t)(before < count ? distance(page, before, after) : FAR_OFF));
	put(to, log_of(page, before));
	put(to, log_of(page, after));
	put(to, log16(at));
	put(to, log16(count - at - 1));
	put(to, permille(at, count));
	put(to, permille(page->sums[at].good, page->sums[count].good));
	put(to, page->views[at].run);
}

/* How far `at` lies behind `mark`, with a sign. */
static inline int16_t way(size_t mark, size_t at)
{
	int64_t far = (int64_t)at - (int64_t)mark, side = -(int64_t)(far < 0);

	return (int16_t)((log16((size_t)((far ^ side) - side)) ^ side) - side);
}

static void add_mains(const struct page *page, size_t at, int16_t **to)
{
	struct stretch main = page->mains[MAIN_USUAL];
	const struct sums *sums = page->sums;

	put(to, (int16_t)(at >= main.start && at < main.end));
	for (size_t i = 0; i < MAINS; i++) {
		put(to, way(page->mains[i].start, at));
		put(to, way(page->mains[i].end, at + 1));
	}
	put(to, way(sums[main.start].size, sums[at].size)); /* in words */
	put(to, way(sums[main.end].size, sums[at + 1].size));
}

/* How many lines near by could stand in one list with the line. */
static int16_t count_alike(const struct page *page, size_t at)
{
	const uint16_t *around = page->looks + at, own = around[LOOKS_AROUND];
	uint16_t count = 0;

	for (size_t i = 0; i <= (size_t)2 * LOOKS_AROUND; i++) { /* itself among them */
		uint16_t more = (uint16_t)(around[i] - own + ALIKE_SIZES);

		count = (uint16_t)(count + (more <= 2 * ALIKE_SIZES));
	}
	return (int16_t)(count - 1);
}

static void add_against(const struct page *page, size_t at, int16_t **to)
{
	const struct trait *trait = &page->traits[at];
	const struct view *view = &page->views[at];

	put(to, trait->topics.count);
	put(to, (int16_t)(trait->topics.count ? view->akin : -1));
	put(to, (int16_t)(trait->topics.count ? view->akin_good : -1));
	put(to, (int16_t)(view->log - page->all[PAGE_GOOD_MEAN]));
	put(to, (int16_t)(view->capitals - page->all[PAGE_CAPITALS]));
	put(to, count_alike(page, at));
}

static int16_t found_at(const struct page *page, size_t at)
{
	return (int16_t)(at < page->count ? page->lines[at].found : -1);
}

static void add_evidence(const struct page *page, size_t at, int16_t **to)
{
	const struct view *view = &page->views[at];

	put(to, distance(page, at, view->found_before));
	put(to, found_at(page, view->found_before));
	put(to, distance(page, at, view->found_after));
	put(to, found_at(page, view->found_after));
	put(to, distance(page, at, view->comments_before));
	put(to, distance(page, at, view->list_before));
	put(to, distance(page, at, view->stamp_before));
}

enum { OWN_FEATURES = sizeof feature_names / sizeof *feature_names - 1 - PAGE_TRAITS };

size_t features_of_line(const struct page *page, size_t at, int16_t *into)
{
	int16_t *row = into;

	add_own(page, at, &row);
	add_neighbour(page, at - 1, &row);
	add_neighbour(page, at + 1, &row);
	add_stretches(page, at, &row);
	add_place(page, at, &row);
	add_mains(page, at, &row);
	add_against(page, at, &row);
	add_evidence(page, at, &row);
	return (size_t)(row - into) / FEATURES_APART;
}

void features_of_page(const struct page *page, int16_t *into)
{
	for (size_t i = 0; i < PAGE_TRAITS; i++)
		into[(OWN_FEATURES + i) * FEATURES_APART] = page->all[i];
}

size_t features_of(const struct page *page, size_t at, int16_t into[FEATURES_MOST])
{
	int16_t apart[FEATURES_MOST * FEATURES_APART];
	size_t count = features_of_line(page, at, apart) + PAGE_TRAITS;

	features_of_page(page, apart);
	for (size_t i = 0; i < count; i++)
		into[i] = apart[i * FEATURES_APART];
	return count;
}
