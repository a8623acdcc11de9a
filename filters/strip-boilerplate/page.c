/* SPDX-License-Identifier: MIT
 * page.c - the lines of a window seen together. */
#include "page.h"

#include <stdlib.h>

#include "common/mem.h"

/* Slots of a hash table for `count` lines: a power of two, at most two thirds full. */
static size_t table_size(size_t count)
{
	size_t size = 64;

	while (size < count + count / 2)
		size *= 2;
	return size;
}

static void make_room(struct page *page, size_t count)
{
	size_t slots = table_size(count);

	if (count + 1 > page->cap) {
		page->cap = count + 1 + count / 4;
		page->sums = mem_resize(page->sums, page->cap, sizeof *page->sums);
		page->views = mem_resize(page->views, page->cap, sizeof *page->views);
		page->looks =
			mem_resize(page->looks, page->cap + (size_t)2 * LOOKS_AROUND, sizeof *page->looks);
	}
	if (slots > page->slot_cap) {
		page->slot_cap = slots;
		page->slots = mem_resize(page->slots, slots, sizeof *page->slots);
	}
	page->slot_mask = slots - 1; /* a small document clears a small table */
}

/* --- copies --------------------------------------------------------------------------------------------- */

static uint32_t key_of(const struct trait *trait, bool lead)
{
	return lead ? trait->lead : trait->key;
}

/* The first line with the key of line `at`, which is entered if it is the first. */
static size_t first_with(struct page *page, size_t at, bool lead)
{
	size_t mask = page->slot_mask;
	uint32_t key = key_of(&page->traits[at], lead);
	size_t slot = (size_t)(key * (page->secret | UINT64_C(0x100000001)) >> 32) & mask;

	for (; page->slots[slot]; slot = (slot + 1) & mask)
		if (key_of(&page->traits[page->slots[slot] - 1], lead) == key)
			return page->slots[slot] - 1;
	page->slots[slot] = (uint32_t)at + 1;
	return at;
}

static uint8_t *count_of(struct view *view, bool lead)
{
	return lead ? &view->leads : &view->copies;
}

/* How many lines have the key of each line, itself left out. The first of them counts for all. */
static void count_copies(struct page *page, bool lead)
{
	memset(page->slots, 0, (page->slot_mask + 1) * sizeof *page->slots);
	for (size_t i = 0; i < page->count; i++) {
		size_t first = first_with(page, i, lead);
		uint8_t *count = count_of(&page->views[first], lead);

		*count_of(&page->views[i], lead) = 0;
		if (!lead)
			page->views[i].again = first != i;
		page->views[i].first = (uint32_t)first;
		if (first != i && *count < UINT8_MAX)
			++*count;
	}
	for (size_t i = 0; i < page->count; i++)
		*count_of(&page->views[i], lead) = *count_of(&page->views[page->views[i].first], lead);
}

/* --- what stands nearest -------------------------------------------------------------------------------- */

static bool is_found(const struct line *line)
{
	return line->how == HOW_PLAIN || line->how == HOW_EDGE;
}

static bool is_stamp(const struct line *line)
{
	return is_found(line) && (line->found == CATEGORY_STAMP || line->found == CATEGORY_BYLINE ||
					 line->found == CATEGORY_COUNTER);
}

/* The line is now the nearest in front of those behind it. */
static void pass_forward(struct view *nearest, const struct page *page, size_t at)
{
	const struct line *line = &page->lines[at];

	if (page->traits[at].good)
		nearest->good_before = (uint32_t)at;
	if (!is_found(line))
		return;
	nearest->found_before = (uint32_t)at;
	if (is_stamp(line))
		nearest->stamp_before = (uint32_t)at;
	else if (line->found == CATEGORY_COMMENTS)
		nearest->comments_before = (uint32_t)at;
	else if (line->found == CATEGORY_RELATED || line->found == CATEGORY_POPULAR)
		nearest->list_before = (uint32_t)at;
}

static void look_forward(struct page *page)
{
	uint32_t none = (uint32_t)page->count;
	struct view nearest = { .good_before = none,
		.found_before = none,
		.comments_before = none,
		.list_before = none,
		.stamp_before = none };

	for (size_t i = 0; i < page->count; i++) {
		nearest.copies = page->views[i].copies;
		nearest.leads = page->views[i].leads;
		nearest.again = page->views[i].again;
		nearest.log = log16(page->traits[i].size);
		nearest.capitals = permille(page->traits[i].capitals, page->traits[i].words);
		page->views[i] = nearest;
		pass_forward(&nearest, page, i);
	}
}

static void look_back(struct page *page)
{
	uint32_t none = (uint32_t)page->count, good = none, found = none;

	for (size_t i = page->count; i-- > 0;) {
		page->views[i].good_after = good;
		page->views[i].found_after = found;
		if (page->traits[i].good)
			good = (uint32_t)i;
		if (is_found(&page->lines[i]))
			found = (uint32_t)i;
	}
}

static void look_at_lines(struct page *page)
{
	enum { SIZES = 1024 /* log16 of the longest line is far less */ };
	uint16_t *look = page->looks;

	for (size_t i = 0; i < LOOKS_AROUND; i++)
		*look++ = LOOKS_NONE;
	for (size_t i = 0; i < page->count; i++) {
		const struct trait *trait = &page->traits[i];

		*look++ = (uint16_t)((trait->ending * 4 + trait->opening) * SIZES + page->views[i].log);
	}
	for (size_t i = 0; i < LOOKS_AROUND; i++)
		*look++ = LOOKS_NONE;
}

static void measure_runs(struct page *page)
{
	for (size_t start = 0, end; start < page->count; start = end) {
		bool good = page->traits[start].good;
		size_t words = 0;

		for (end = start; end < page->count && page->traits[end].good == good; end++)
			words += page->traits[end].size;
		for (size_t i = start; i < end; i++)
			page->views[i].run = log16(words);
	}
}

/* --- where the body seems to be ------------------------------------------------------------------------- */

/* What a line adds to a stretch: its words, or in words what it costs. With the usual cost a paragraph outweighs a few
 * headings. */
static int64_t worth(const struct page *page, size_t at, unsigned main)
{
	static const int costs[MAINS] = {
		[MAIN_USUAL] = 7, [MAIN_NEAR] = 20, [MAIN_FAR] = 2, [MAIN_STRICT] = 7
	};
	const struct trait *trait = &page->traits[at];

	if (main != MAIN_STRICT)
		return trait->good ? trait->size : -costs[main];
	if (is_found(&page->lines[at]))
		return -3 * (int64_t)costs[main];
	return trait->good && !page->views[at].copies ? trait->size : -costs[main];
}

/* The stretch that is worth most. */
static struct stretch find_main(const struct page *page, unsigned main)
{
	struct stretch found = { 0, 0 };
	int64_t best = 0, sum = 0;
	size_t start = 0;

	for (size_t i = 0; i < page->count; i++) {
		if (sum <= 0) {
			sum = 0;
			start = i;
		}
		sum += worth(page, i, main);
		if (sum > best) {
			best = sum;
			found = (struct stretch){ start, i + 1 };
		}
	}
	return found;
}

static void find_akin(struct page *page, const struct topics *topics)
{
	struct stretch main = page->mains[MAIN_USUAL];

	topic_index_clear(&page->index, topics);
	for (size_t i = 0; i < page->count; i++)
		if (page->traits[i].good)
			topic_index_add(&page->index, topics, page->traits[i].topics, i,
				i >= main.start && i < main.end);
	for (size_t i = 0; i < page->count; i++) {
		struct topic_range range = page->traits[i].topics;
		struct topic_count known = topic_index_count(&page->index, topics, range, i);

		page->views[i].akin = permille(known.in_main, range.count);
		page->views[i].akin_good = permille(known.in_good, range.count);
	}
}

/* --- all of it ------------------------------------------------------------------------------------------ */

static void sum_up(struct page *page)
{
	struct sums sum = { 0 };

	for (size_t i = 0; i < page->count; i++) {
		const struct trait *trait = &page->traits[i];
		const struct view *view = &page->views[i];

		page->sums[i] = sum;
		sum.size += trait->size;
		sum.good += trait->good ? trait->size : 0;
		sum.lines_good += trait->good;
		sum.found += is_found(&page->lines[i]);
		sum.copies += view->copies > 0;
		sum.stamps += is_stamp(&page->lines[i]);
		sum.topics += trait->topics.count;
		sum.akin += (uint32_t)view->akin * trait->topics.count / 100;
	}
	page->sums[page->count] = sum;
}

static void describe(struct page *page)
{
	const struct sums *all = &page->sums[page->count];
	struct stretch main = page->mains[MAIN_USUAL];
	size_t functions = 0, stops = 0, capitals = 0;

	for (size_t i = 0; i < page->count; i++) {
		const struct trait *trait = &page->traits[i];

		if (!trait->good)
			continue;
		functions += trait->functions;
		stops += trait->ending >= ENDS_STOP && trait->ending <= ENDS_DOTS;
		capitals += trait->capitals;
	}
	page->all[PAGE_LINES] = log16(page->count);
	page->all[PAGE_GOOD_LINES] = permille(all->lines_good, page->count);
	page->all[PAGE_GOOD_SHARE] = permille(all->good, all->size);
	page->all[PAGE_FOUND] = permille(all->found, page->count);
	page->all[PAGE_COPIES] = permille(all->copies, page->count);
	page->all[PAGE_FUNCTIONS] = permille(functions, all->good);
	page->all[PAGE_MAIN] = permille(page->sums[main.end].good - page->sums[main.start].good, all->good);
	page->all[PAGE_GOOD_WORDS] = log16(all->good);
	page->all[PAGE_GOOD_MEAN] = log16(all->lines_good ? all->good / all->lines_good : 0);
	page->all[PAGE_STOPS] = permille(stops, all->lines_good);
	page->all[PAGE_CAPITALS] = permille(capitals, all->good);
	page->all[PAGE_AKIN] = permille(all->akin, all->topics * (size_t)10);
	page->all[PAGE_STAMPS] = permille(all->stamps, page->count);
}

void page_read(struct page *page, const struct line *lines, const struct trait *traits,
	const struct topics *topics, size_t count)
{
	make_room(page, count);
	page->lines = lines;
	page->traits = traits;
	page->count = count;
	count_copies(page, false);
	count_copies(page, true);
	look_forward(page);
	look_back(page);
	look_at_lines(page);
	measure_runs(page);
	for (unsigned i = 0; i < MAINS; i++)
		page->mains[i] = find_main(page, i);
	find_akin(page, topics);
	sum_up(page);
	describe(page);
}

void page_release(struct page *page)
{
	free(page->sums);
	free(page->views);
	free(page->looks);
	free(page->slots);
	topic_index_release(&page->index);
	*page = (struct page){ 0 };
}
