/* SPDX-License-Identifier: MIT
 * near.c - looking a text up among those that were kept. */
#include "filters/dedupe/near.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/dedupe/compare.h"

const char *const relation_words[] = { "none", "same", "near", "contained-in", "template", "shares-passage",
	"contains", NULL };

enum {
	COMMON_STORIES = 5, /* a shingle that so many stories have says nothing */
	GUARD_NUMBERS = 4, /* so many different numbers make a table of a text */
	KEPT_PART =
		2, /* a text that is like a dropped one has this part of what is asked in common with the kept one */
	EXPECT_AHEAD = 16, /* shingles */
	FREE_SHINGLES = 4096, /* a kept text is compared, if it has no more, with any other */
	FURTHEST_RATIO = 32, /* and a larger one with those that have this part of it */
	PASSAGE_STORIES = 512, /* kept texts looked at for nothing but a passage, the first ones */
};

void near_init(struct near *near, const struct near_options *options, struct keyer *keyer, enum cpu cpu,
	uint64_t secret)
{
	*near = (struct near){ .options = *options };
	near->shingles.factor = (uint32_t)(secret >> 32 ^ secret) | 1;
	near_words_init(&near->words, keyer);
	minhash_init(&near->minhash, cpu);
	common_shingles_init(&near->common);
	bands_init(&near->bands, secret);
	bands_init(&near->passage_bands, secret);
}

void near_release(struct near *near)
{
	near_words_release(&near->words);
	shingles_release(&near->shingles);
	common_shingles_release(&near->common);
	bands_release(&near->bands);
	bands_release(&near->passage_bands);
	passages_release(&near->passages);
	stories_release(&near->stories);
	free(near->candidates);
	free(near->relatives);
}

void near_clear(struct near *near)
{
	const struct near_options options = near->options;
	const struct story_bits *known = near->known;
	struct keyer *keyer = near->words.keyer;
	enum cpu cpu = near->minhash.cpu;
	uint64_t secret = near->bands.secret;

	near_release(near);
	near_init(near, &options, keyer, cpu, secret);
	near->known = known;
}

/* --- the text ------------------------------------------------------------------------------------------- */

static bool is_common(const struct near *near, uint64_t shingle)
{
	if (near->known)
		return story_bits_is_common(near->known, shingle);
	return common_shingles_count(&near->common, shingle) >= COMMON_STORIES;
}

static void put_shingles(struct near *near)
{
	struct shingles *shingles = &near->shingles;

	for (size_t i = 0; i < EXPECT_AHEAD && i < shingles->count; i++)
		common_shingles_expect(&near->common, shingles->items[i]);
	for (size_t i = 0; i < shingles->count; i++) {
		if (i + EXPECT_AHEAD < shingles->count)
			common_shingles_expect(&near->common, shingles->items[i + EXPECT_AHEAD]);
		shingles_put(shingles, i, is_common(near, shingles->items[i]));
	}
}

/* One key for the whole text, and where anything in it counts, those of its bands. */
static void make_keys(struct near *near)
{
	uint32_t rows[MINHASH_ROWS];

	near->key_count = 0;
	if (near->shingles.set_count) {
		minhash_rows(&near->minhash, near->shingles.set, near->shingles.set_count, rows);
		minhash_keys(rows, near->keys);
		near->key_count = MINHASH_BANDS;
	}
	near->keys[near->key_count++] = near->shingles.print[0];
	for (size_t i = 0; i < near->key_count; i++)
		bands_expect(&near->bands, near->keys[i]);
	if (near->options.passages)
		passages_read(&near->passages, &near->shingles);
}

/* --- the kept ones it might be like --------------------------------------------------------------------- */

static int by_story(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

static void add_candidates(struct near *near, const uint32_t *stories, size_t count, bool by_passage)
{
	if (near->candidate_cap - near->candidate_count < count) {
		near->candidate_cap += near->candidate_cap / 2 + 64;
		near->candidates =
			mem_resize(near->candidates, near->candidate_cap, sizeof(*near->candidates));
	}
	for (size_t i = 0; i < count; i++) {
		stories_expect(&near->stories, stories[i]);
		near->candidates[near->candidate_count++] = (uint64_t)stories[i] << 1 | by_passage;
	}
}

/* Each story once, in order; that a band led to it comes before that a passage did. */
static void sort_candidates(struct near *near)
{
	size_t kept = 0, by_passage = 0;

	if (near->candidate_count > 1)
		qsort(near->candidates, near->candidate_count, sizeof(*near->candidates), by_story);
	for (size_t i = 0; i < near->candidate_count; i++)
		if (kept == 0 || near->candidates[i] >> 1 != near->candidates[kept - 1] >> 1) {
			by_passage += near->candidates[i] & 1;
			if (!(near->candidates[i] & 1) || by_passage <= PASSAGE_STORIES)
				near->candidates[kept++] = near->candidates[i];
		}
	near->candidate_count = kept;
}

static void find_candidates(struct near *near)
{
	uint32_t found[BANDS_CROWD];

	near->candidate_count = 0;
	for (size_t i = 0; i < near->key_count; i++)
		add_candidates(near, found, bands_find(&near->bands, near->keys[i], found), false);
	for (size_t i = 0; near->options.passages && i < near->passages.count; i++)
		add_candidates(
			near, found, bands_find(&near->passage_bands, near->passages.keys[i], found), true);
	sort_candidates(near);
}

/* --- what they are to each other ------------------------------------------------------------------------ */

/* What is shared all over two texts says more than a lead or a footer in one place: so much of the similarity that is
 * asked is enough when it lies in so many sixteenths of both. What is in one block alone is no retelling. Measured on
 * edited stories against shared leads and footers: dedupe(1), "How well near duplicates are told". */
static const double SPREAD_SHARE = 0.6;
enum { SPREAD_PARTS = 7 };

/* One block is as likely a lead that two stories share as a cut story. A text goes for it as near only with this part
 * of the containment asked in the other, else it is a longer story behind an earlier brief; and as contained only if
 * it has alone no more than this part of what the containment asked allows: .4 and .9 of it, by default. */
static const double PLACE_OWN_SHARE = 2 / 3.0;
static const double PLACE_REST = 0.25;

/* A text that was dropped is remembered when less than this of it and the kept one was in both: who is like the
 * others is like the kept one. */
static const double VARIANT_SIMILARITY = 0.8;

/* With less than this of it in the kept one, and all that in one place, a dropped text may as well be another page with
 * the same footer: it counts for what is common. */
static const double STORY_SHARE = 0.75;

static bool is_same(const struct near *near, uint32_t story)
{
	const uint64_t *own = near->shingles.print, *other = near->stories.items[story].print;

	return own[0] == other[0] && own[1] == other[1];
}

/* Time is linear in the input, whoever writes it: what is walked for a text is bounded by its own length. MinHash finds
 * a part this small one time of twenty. */
static bool is_beyond(const struct near *near, uint32_t story)
{
	size_t other = near->stories.items[story].shingle_count;

	return other > FREE_SHINGLES && other / FURTHEST_RATIO > near->shingles.count;
}

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Whether what the text at hand has alone is mostly numbers, with the words beside them: in bulletins it was from six
 * tenths on, in edited stories, where dates and sums had been changed too, below a half but for one of 64. */
static bool differs_in_numbers(const struct comparison *found)
{
	return found->own > found->both &&
	       2 * (found->own_numbered - found->both_numbered) >= found->own - found->both;
}

static bool is_template(const struct comparison *found)
{
	size_t least = lesser(found->numbers_own, found->numbers_other);

	return least >= GUARD_NUMBERS && 2 * found->numbers_both < least && differs_in_numbers(found);
}

static bool is_near(
	const struct near_options *options, const struct comparison *found, const struct relative *relative)
{
	if (relative->in_one_place && (relative->containment < options->containment ||
					      relative->own_share < options->containment * PLACE_OWN_SHARE))
		return false;
	if (relative->similarity >= options->similarity)
		return true;
	return !relative->in_one_place && found->spread >= SPREAD_PARTS &&
	       relative->similarity >= options->similarity * SPREAD_SHARE;
}

static enum relation containment_of(
	const struct near_options *options, const struct comparison *found, const struct relative *relative)
{
	double rest = 1 - relative->containment;

	if (relative->containment < options->containment)
		return RELATION_NONE;
	if (found->own > found->other)
		return RELATION_CONTAINS;
	if (relative->in_one_place && rest > (1 - options->containment) * PLACE_REST)
		return RELATION_NONE;
	return RELATION_CONTAINED_IN;
}

static enum relation relation_of(
	const struct near_options *options, const struct comparison *found, const struct relative *relative)
{
	enum relation relation = RELATION_NONE;

	if (found->both == 0)
		return RELATION_NONE;
	if (is_near(options, found, relative))
		relation = RELATION_NEAR;
	else
		relation = containment_of(options, found, relative);
	if (relation && is_template(found))
		return RELATION_TEMPLATE;
	return relation ? relation : found->run ? RELATION_SHARES_PASSAGE : RELATION_NONE;
}

static int by_pair(const void *story, const void *pair)
{
	uint32_t one = *(const uint32_t *)story, other = ((const struct near_pair *)pair)->story;

	return (one > other) - (one < other);
}

/* Two shares of what counts in both. */
static void set_shares(struct relative *relative, uint64_t both, uint64_t own, uint64_t other)
{
	uint64_t smaller = own < other ? own : other;

	relative->similarity = both ? (double)both / (double)(own + other - both) : 0;
	relative->containment = both ? (double)both / (double)smaller : 0;
	relative->own_share = both ? (double)both / (double)own : 0;
}

static struct relative relate_by_pair(const struct near *near, uint32_t story)
{
	const struct near_pair *pair =
		bsearch(&story, near->pairs, near->pair_count, sizeof(*near->pairs), by_pair);
	struct relative relative = { .story = story, .via = story };

	if (!pair)
		return relative;
	relative.relation = pair->relation;
	set_shares(&relative, pair->both, pair->own, pair->other);
	return relative;
}

static struct relative relate(const struct near *near, uint32_t story)
{
	struct relative relative = { RELATION_SAME, story, story, 1, 1, 1, false, near->words.count,
		near->shingles.number_count, near->shingles.number_count };
	struct comparison found;

	if (near->pairs)
		return relate_by_pair(near, story);
	if (is_same(near, story))
		return relative;
	if (is_beyond(near, story))
		return (struct relative){ .story = story, .via = story };
	found = compare_texts(
		&near->shingles, near->options.passages ? &near->words : NULL, &near->stories, story);
	set_shares(&relative, found.both, found.own, found.other);
	relative.in_one_place = 4 * found.block >= 3 * found.both;
	relative.run = found.run;
	relative.numbers_shared = found.numbers_both;
	relative.numbers_least = lesser(found.numbers_own, found.numbers_other);
	relative.relation = relation_of(&near->options, &found, &relative);
	return relative;
}

/* Whether a text may go for the relation. */
static bool drops_for(const struct near *near, enum relation relation)
{
	return near->options.drops & 1u << relation;
}

/* What a text that relates so to a dropped one is to the kept one: nothing more than they have in common. */
static struct relative relate_through(const struct near *near, const struct relative *dropped)
{
	const struct near_options *options = &near->options;
	struct relative kept = relate(near, near->stories.items[dropped->story].kept);
	bool is_like = kept.similarity * KEPT_PART >= options->similarity ||
		       kept.containment * KEPT_PART >= options->containment;

	if (kept.relation == RELATION_TEMPLATE || !is_like)
		return (struct relative){ .relation = RELATION_NONE };
	kept.via = dropped->story;
	kept.relation = dropped->relation == RELATION_SAME ? RELATION_NEAR : dropped->relation;
	return kept;
}

static void add_relative(struct near *near, struct relative relative)
{
	if (near->relative_count == near->relative_cap) {
		near->relative_cap = near->relative_cap ? 2 * near->relative_cap : 16;
		near->relatives = mem_resize(near->relatives, near->relative_cap, sizeof(*near->relatives));
	}
	near->relatives[near->relative_count++] = relative;
}

static void relate_to_kept(struct near *near, uint32_t story, bool by_passage)
{
	struct relative relative = relate(near, story);

	if (by_passage && relative.relation)
		relative.relation = relative.run ? RELATION_SHARES_PASSAGE : RELATION_NONE;
	if (relative.relation)
		add_relative(near, relative);
}

/* Of the texts dropped for one, the first that leads to it is enough. */
static bool has_relative(const struct near *near, uint32_t kept)
{
	for (size_t i = 0; i < near->relative_count; i++)
		if (near->relatives[i].story == kept && drops_for(near, near->relatives[i].relation))
			return true;
	return false;
}

/* Whether the same must be decided by who has only pairs that share a band. */
static bool is_in_parts(const struct near *near)
{
	return near->known || near->pairs;
}

static bool is_candidate(const struct near *near, uint32_t story)
{
	for (size_t i = 0; i < near->candidate_count; i++)
		if (near->candidates[i] >> 1 == story && !(near->candidates[i] & 1))
			return true;
	return false;
}

static void relate_to_dropped(struct near *near, uint32_t story)
{
	struct relative relative;

	if (has_relative(near, near->stories.items[story].kept))
		return;
	if (is_in_parts(near) && !is_candidate(near, near->stories.items[story].kept))
		return;
	relative = relate(near, story);
	if (!drops_for(near, relative.relation))
		return;
	relative = relate_through(near, &relative);
	if (relative.relation)
		add_relative(near, relative);
}

static void find_relatives(struct near *near)
{
	near->relative_count = 0;
	for (size_t i = 0; i < near->candidate_count; i++) {
		uint32_t story = (uint32_t)(near->candidates[i] >> 1);

		if (near->stories.items[story].kept == story)
			relate_to_kept(near, story, near->candidates[i] & 1);
	}
	for (size_t i = 0; i < near->candidate_count; i++) {
		uint32_t story = (uint32_t)(near->candidates[i] >> 1);

		if (near->stories.items[story].kept != story)
			relate_to_dropped(near, story);
	}
}

/* Whether `one` is the better reason to drop a text: without another between, a nearer relation, more in common. */
static bool is_nearer(const struct relative *one, const struct relative *than)
{
	if ((one->via != one->story) != (than->via != than->story))
		return one->via == one->story;
	if (one->relation != than->relation)
		return one->relation < than->relation;
	if (one->similarity != than->similarity)
		return one->similarity > than->similarity;
	return one->containment > than->containment;
}

static const struct relative *nearest(const struct near *near)
{
	const struct relative *best = NULL;

	for (size_t i = 0; i < near->relative_count; i++) {
		const struct relative *relative = &near->relatives[i];

		if (drops_for(near, relative->relation) && (!best || is_nearer(relative, best)))
			best = relative;
	}
	return best;
}

/* --- remembering ----------------------------------------------------------------------------------------- */

static void remember(struct near *near, uint32_t kept)
{
	uint32_t story = stories_add(&near->stories, &near->shingles, kept);

	for (size_t i = 0; i < near->key_count; i++)
		bands_add(&near->bands, near->keys[i], story);
}

/* In the order of the text: what one adds depends on who shares its counters. */
static void count_shingles(struct near *near)
{
	const struct shingles *shingles = &near->shingles;

	for (size_t i = 0; i < shingles->first_count; i++) {
		if (i + EXPECT_AHEAD < shingles->first_count)
			common_shingles_expect(
				&near->common, shingles->items[shingles->firsts[i + EXPECT_AHEAD]]);
		common_shingles_add(&near->common, shingles->items[shingles->firsts[i]]);
	}
}

static void keep(struct near *near)
{
	uint32_t story = (uint32_t)near->stories.count;

	remember(near, STORY_ITSELF);
	for (size_t i = 0; near->options.passages && i < near->passages.count; i++)
		bands_add(&near->passage_bands, near->passages.keys[i], story);
	if (!near->known)
		count_shingles(near);
}

/* A text that goes, but may have something of its own. */
static void let_go(struct near *near, const struct relative *why)
{
	bool is_variant = why->relation != RELATION_SAME && why->similarity < VARIANT_SIMILARITY;

	if (is_variant ||
		near->known) /* what is the eighth with its band must not depend on what was dropped */
		remember(near, why->story);
	if (is_variant && !near->known && why->own_share < STORY_SHARE && why->in_one_place)
		count_shingles(near);
}

void near_read(struct near *near, struct buf *text)
{
	struct span rest = near_words_read(&near->words, text);

	shingles_read(&near->shingles, &near->words, rest);
	put_shingles(near);
	make_keys(near);
}

const struct relative *near_decide(struct near *near, struct buf *text)
{
	const struct relative *why;

	near_read(near, text);
	find_candidates(near);
	find_relatives(near);
	why = nearest(near);
	if (why)
		let_go(near, why);
	else
		keep(near);
	return why;
}

/* --- in parts -------------------------------------------------------------------------------------------- */

void near_find(struct near *near)
{
	find_candidates(near);
}

struct near_pair near_pair_with(const struct near *near, uint32_t story)
{
	struct comparison found;
	struct relative relative;

	if (is_same(near, story))
		return (struct near_pair){ story, RELATION_SAME, 1, 1, 1 };
	if (is_beyond(near, story))
		return (struct near_pair){ .story = story };
	found = compare_texts(&near->shingles, NULL, &near->stories, story);
	relative = relate(near, story);
	return (struct near_pair){ story, relative.relation, found.both, found.own, found.other };
}

uint32_t near_remember(struct near *near)
{
	remember(near, STORY_ITSELF);
	return (uint32_t)near->stories.count - 1;
}

const struct relative *near_decide_by_pairs(struct near *near, const struct near_pair *pairs, size_t count)
{
	const struct relative *why;

	near->pairs = pairs;
	near->pair_count = count;
	near->candidate_count = 0;
	for (size_t i = 0; i < count; i++)
		add_candidates(near, &pairs[i].story, 1, false);
	find_relatives(near);
	why = nearest(near);
	near->shingles.count = near->shingles.number_count = near->key_count = 0;
	remember(near, why ? why->story : STORY_ITSELF);
	return why;
}
