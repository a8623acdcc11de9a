/* SPDX-License-Identifier: MIT
 * features.c - what the line model knows of a line. */
#include "features.h"

#include <stdlib.h>

#include "common/mem.h"

enum {
	SHORT_COST =
		7, /* words that a line not good costs a stretch: one paragraph outweighs a few headings */
	NEIGHBOUR_FEATURES = 5,
};

int16_t log16(size_t n)
{
	unsigned top;
	size_t fraction;

	n++;
	top = 63 - (unsigned)__builtin_clzll(n);
	fraction = (top >= 4 ? n >> (top - 4) : n << (4 - top)) & 15;
	return (int16_t)(top * 16 + (unsigned)fraction);
}

/* At most 1000: a part is no more than its whole. */
static int16_t permille(size_t part, size_t whole)
{
	size_t share = whole ? part * 1000 / whole : 0;

	return (int16_t)share;
}

/* --- the window as a whole ------------------------------------------------------------------------------ */

/* Slots of a hash table for `count` lines: a power of two, at most two thirds full. */
static size_t table_size(size_t count)
{
	size_t size = 64;

	while (size < count + count / 2)
		size *= 2;
	return size;
}

static void make_room(struct features *features, size_t count)
{
	if (count + 1 <= features->cap)
		return;
	features->cap = count + 1 + count / 4;
	features->sums = mem_resize(features->sums, features->cap, sizeof *features->sums);
	features->good_before =
		mem_resize(features->good_before, features->cap, sizeof *features->good_before);
	features->good_after =
		mem_resize(features->good_after, features->cap, sizeof *features->good_after);
	features->logs = mem_resize(features->logs, features->cap, sizeof *features->logs);
	features->copies = mem_resize(features->copies, features->cap, 1);
	features->leads = mem_resize(features->leads, features->cap, 1);
	features->again = mem_resize(features->again, features->cap, sizeof *features->again);
	features->slots = mem_resize(features->slots, table_size(features->cap), sizeof *features->slots);
}

static uint32_t key_of(const struct trait *trait, bool lead)
{
	return lead ? trait->lead : trait->key;
}

/* The first line with the key of line `at`, which is entered if it is the first. */
static size_t first_with(struct features *features, size_t at, bool lead)
{
	size_t mask = features->slot_mask;
	uint32_t key = key_of(&features->traits[at], lead);
	size_t slot = (key * UINT32_C(0x9E3779B1) >> 7) & mask;

	for (; features->slots[slot]; slot = (slot + 1) & mask)
		if (key_of(&features->traits[features->slots[slot] - 1], lead) == key)
			return features->slots[slot] - 1;
	features->slots[slot] = (uint32_t)at + 1;
	return at;
}

/* How many lines have the key of each line, itself left out. The first of them counts for all. */
static void count_copies(struct features *features, uint8_t *counts, bool lead)
{
	memset(features->slots, 0, (features->slot_mask + 1) * sizeof *features->slots);
	memset(counts, 0, features->count);
	for (size_t i = 0; i < features->count; i++) {
		size_t first = first_with(features, i, lead);

		if (!lead)
			features->again[i] = first != i;
		if (first != i && counts[first] < UINT8_MAX)
			counts[first]++;
	}
	for (size_t i = 0; i < features->count; i++)
		counts[i] = counts[first_with(features, i, lead)];
}

static void sum_up(struct features *features)
{
	struct sums sum = { 0 };

	for (size_t i = 0; i < features->count; i++) {
		const struct trait *trait = &features->traits[i];

		features->sums[i] = sum;
		features->logs[i] = log16(trait->size);
		sum.size += trait->size;
		sum.good += trait->good ? trait->size : 0;
		sum.lines_good += trait->good;
		sum.found += features->lines[i].how == HOW_PLAIN || features->lines[i].how == HOW_EDGE;
		sum.copies += features->copies[i] > 0;
	}
	features->sums[features->count] = sum;
}

static void find_good(struct features *features)
{
	uint32_t none = (uint32_t)features->count, nearest = none;

	for (size_t i = 0; i < features->count; i++) {
		features->good_before[i] = nearest;
		if (features->traits[i].good)
			nearest = (uint32_t)i;
	}
	nearest = none;
	for (size_t i = features->count; i-- > 0;) {
		features->good_after[i] = nearest;
		if (features->traits[i].good)
			nearest = (uint32_t)i;
	}
}

/* The stretch whose good words outweigh its other lines most. */
static void find_main(struct features *features)
{
	int64_t best = 0, sum = 0;
	size_t start = 0;

	features->main_start = features->main_end = 0;
	for (size_t i = 0; i < features->count; i++) {
		const struct trait *trait = &features->traits[i];

		if (sum <= 0) {
			sum = 0;
			start = i;
		}
		sum += trait->good ? trait->size : -SHORT_COST;
		if (sum > best) {
			best = sum;
			features->main_start = start;
			features->main_end = i + 1;
		}
	}
}

static void describe_document(struct features *features)
{
	const struct sums *all = &features->sums[features->count];
	const struct sums *start = &features->sums[features->main_start];
	const struct sums *end = &features->sums[features->main_end];
	size_t functions = 0;

	for (size_t i = 0; i < features->count; i++)
		functions += features->traits[i].good ? features->traits[i].functions : 0;
	features->document[0] = log16(features->count);
	features->document[1] = permille(all->lines_good, features->count);
	features->document[2] = permille(all->good, all->size);
	features->document[3] = permille(all->found, features->count);
	features->document[4] = permille(all->copies, features->count);
	features->document[5] = permille(functions, all->good);
	features->document[6] = permille(end->good - start->good, all->good);
	features->document[7] = log16(all->good);
}

void features_make(
	struct features *features, const struct line *lines, const struct trait *traits, size_t count)
{
	make_room(features, count);
	features->lines = lines;
	features->traits = traits;
	features->count = count;
	features->slot_mask = table_size(count) - 1; /* a small document clears a small table */
	count_copies(features, features->copies, false);
	count_copies(features, features->leads, true);
	sum_up(features);
	find_good(features);
	find_main(features);
	describe_document(features);
}

/* --- a line --------------------------------------------------------------------------------------------- */

const char *const feature_names[] = {
	/* the line */
	"size", "word-bytes", "capitals", "numbers", "functions", "functions-more", "ending", "opening",
	"stops", "commas", "signs", "bars", "year", "found", "how", "kept", "copies", "again", "leads",
	/* the line in front and the line behind */
	"size-1", "ending-1", "capitals-1", "how-1", "copies-1", "size+1", "ending+1", "capitals+1",
	"how+1", "copies+1",
	/* neighbourhoods: in front and behind */
	"good-4", "size-4", "found-4", "copies-4", "good+4", "size+4", "found+4", "copies+4", "good-12",
	"size-12", "found-12", "copies-12", "good+12", "size+12", "found+12", "copies+12", "good-40",
	"size-40", "found-40", "copies-40", "good+40", "size+40", "found+40", "copies+40",
	/* place */
	"good-before", "good-after", "good-gap", "good-before-size", "good-after-size", "from-start",
	"from-end", "place", "good-place", "main-from-start", "main-from-end", "main-inside",
	/* the document */
	"lines", "good-lines", "good-share", "found-share", "copies-share", "good-functions", "main-share",
	"good-words", NULL
};

static int16_t function_share(const struct trait *trait)
{
	return permille(trait->functions, trait->words);
}

static int16_t *add_own(const struct features *features, size_t at, int16_t *to)
{
	const struct trait *trait = &features->traits[at];
	const struct line *line = &features->lines[at];

	*to++ = features->logs[at];
	*to++ = (int16_t)(trait->letters_per_word < 4000 ? trait->letters_per_word : 4000);
	*to++ = permille(trait->capitals, trait->words);
	*to++ = permille(trait->numbers, trait->words);
	*to++ = function_share(trait);
	*to++ = (int16_t)(function_share(trait) - features->document[5]);
	*to++ = trait->ending;
	*to++ = trait->opening;
	*to++ = trait->stops;
	*to++ = trait->commas;
	*to++ = permille(trait->signs, trait->words + 1u);
	*to++ = trait->bars;
	*to++ = trait->year;
	*to++ = line->found;
	*to++ = line->how;
	*to++ = (int16_t)(line->rule == CATEGORY_NONE);
	*to++ = features->copies[at];
	*to++ = features->again[at];
	*to++ = features->leads[at];
	return to;
}

/* The looks of line `at`, if there is one. */
static int16_t *add_neighbour(const struct features *features, size_t at, int16_t *to)
{
	const struct trait *trait;

	if (at >= features->count) { /* also in front of the first: that wraps around */
		for (size_t i = 0; i < NEIGHBOUR_FEATURES; i++)
			*to++ = -1;
		return to;
	}
	trait = &features->traits[at];
	*to++ = features->logs[at];
	*to++ = trait->ending;
	*to++ = permille(trait->capitals, trait->words);
	*to++ = features->lines[at].how;
	*to++ = features->copies[at];
	return to;
}

static int16_t *add_stretch(const struct features *features, size_t from, size_t to_line, int16_t *to)
{
	const struct sums *start = &features->sums[from], *end = &features->sums[to_line];

	*to++ = log16(end->good - start->good);
	*to++ = log16(end->size - start->size);
	*to++ = (int16_t)(end->found - start->found);
	*to++ = (int16_t)(end->copies - start->copies);
	return to;
}

static int16_t *add_stretches(const struct features *features, size_t at, int16_t *to)
{
	static const size_t reach[] = { 4, 12, 40 };

	for (size_t i = 0; i < sizeof reach / sizeof *reach; i++) {
		size_t end = at + 1 + reach[i];

		to = add_stretch(features, at > reach[i] ? at - reach[i] : 0, at, to);
		to = add_stretch(features, at + 1, end < features->count ? end : features->count, to);
	}
	return to;
}

/* How far `at` lies behind `mark`, with a sign. */
static int16_t way(size_t mark, size_t at)
{
	return (int16_t)(at >= mark ? log16(at - mark) : -log16(mark - at));
}

static int16_t *add_place(const struct features *features, size_t at, int16_t *to)
{
	size_t count = features->count, before = features->good_before[at],
	       after = features->good_after[at];
	size_t all_good = features->sums[count].good;
	bool has_before = before < count, has_after = after < count;

	*to++ = (int16_t)(has_before ? log16(at - before) : 400);
	*to++ = (int16_t)(has_after ? log16(after - at) : 400);
	*to++ = (int16_t)(has_before && has_after ? log16(after - before) : 400);
	*to++ = (int16_t)(has_before ? features->logs[before] : -1);
	*to++ = (int16_t)(has_after ? features->logs[after] : -1);
	*to++ = log16(at);
	*to++ = log16(count - at - 1);
	*to++ = permille(at, count);
	*to++ = permille(features->sums[at].good, all_good);
	*to++ = way(features->main_start, at);
	*to++ = way(features->main_end, at + 1);
	*to++ = (int16_t)(at >= features->main_start && at < features->main_end);
	return to;
}

size_t features_of(const struct features *features, size_t at, int16_t *into)
{
	int16_t *to = add_own(features, at, into);

	to = add_neighbour(features, at - 1, to);
	to = add_neighbour(features, at + 1, to);
	to = add_stretches(features, at, to);
	to = add_place(features, at, to);
	for (size_t i = 0; i < sizeof features->document / sizeof *features->document; i++)
		*to++ = (int16_t)features->document[i];
	return (size_t)(to - into);
}

void features_release(struct features *features)
{
	free(features->sums);
	free(features->good_before);
	free(features->good_after);
	free(features->logs);
	free(features->copies);
	free(features->leads);
	free(features->again);
	free(features->slots);
	*features = (struct features){ 0 };
}
