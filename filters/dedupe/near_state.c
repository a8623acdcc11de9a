/* SPDX-License-Identifier: MIT
 * near_state.c - arrays out, arrays in. Bands go in the order of their keys, which no secret changes. */
#include "filters/dedupe/near_state.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"
#include "filters/dedupe/made_with.h"

static const struct span magic = { "ghirbal near state 2\n", 21 };

enum { SUM_BYTES = 16 };

/* --- writing -------------------------------------------------------------------------------------------- */

/* A file on its way out. */
struct writing {
	XXH3_state_t sum;
	const struct opt_output *to;
	enum flow flow;
};

static void write_bytes(struct writing *writing, const void *at, size_t len)
{
	if (writing->flow != FLOW_MORE || len == 0)
		return;
	XXH3_128bits_update(&writing->sum, at, len);
	writing->flow = opt_output_put(writing->to, span_of(at, len));
}

static void write_count(struct writing *writing, uint64_t count)
{
	write_bytes(writing, &count, sizeof(count));
}

static void write_stories(struct writing *writing, const struct stories *stories)
{
	write_count(writing, stories->count);
	write_count(writing, stories->len);
	write_bytes(writing, stories->items, stories->count * sizeof(*stories->items));
	write_bytes(writing, stories->bytes, stories->len);
}

static int by_tag(const void *a, const void *b)
{
	const struct bands_slot *one = a, *other = b;

	if (one->tag != other->tag)
		return one->tag < other->tag ? -1 : 1;
	return (one->story > other->story) - (one->story < other->story);
}

static void write_bands(struct writing *writing, const struct bands *bands)
{
	for (size_t i = 0; i < BANDS_SHARDS; i++) {
		const struct bands_shard *shard = &bands->shards[i];
		struct bands_slot *slots = mem_new(shard->count, sizeof(*slots));
		size_t count = 0;

		for (size_t k = 0; k < shard->cap; k++)
			if (shard->slots[k].story)
				slots[count++] = shard->slots[k];
		if (count)
			qsort(slots, count, sizeof(*slots), by_tag);
		write_count(writing, count);
		write_bytes(writing, slots, count * sizeof(*slots));
		free(slots);
	}
}

static void write_common(struct writing *writing, const struct common_shingles *common)
{
	write_count(writing, common->bits);
	write_count(writing, common->added);
	write_bytes(writing, common->blocks, sizeof(*common->blocks) << common->bits);
}

static void write_names(struct writing *writing, const struct names *names)
{
	write_count(writing, names->text.len);
	write_bytes(writing, names->ends, names->count * sizeof(*names->ends));
	write_bytes(writing, names->text.at, names->text.len);
}

enum flow near_state_write(const struct near *near, const struct names *names, struct span made_with,
	const struct opt_output *to)
{
	struct writing writing = { .to = to, .flow = FLOW_MORE };
	XXH128_canonical_t sum;

	XXH3_128bits_reset(&writing.sum);
	write_bytes(&writing, magic.at, magic.len);
	write_bytes(&writing, made_with.at, made_with.len);
	write_bytes(&writing, "\n", 1);
	write_stories(&writing, &near->stories);
	write_common(&writing, &near->common);
	write_bands(&writing, &near->bands);
	write_bands(&writing, &near->passage_bands);
	write_names(&writing, names);
	XXH128_canonicalFromHash(&sum, XXH3_128bits_digest(&writing.sum));
	write_bytes(&writing, sum.digest, SUM_BYTES);
	return writing.flow;
}

/* --- reading -------------------------------------------------------------------------------------------- */

/* A file on its way in. */
struct reading {
	struct span rest;
	bool failed; /* something did not fit; all that follows is empty */
};

/* The next `count` items of `size` bytes, borrowed; NULL where they are not there. */
static const void *read_items(struct reading *reading, uint64_t count, size_t size)
{
	const void *at = reading->rest.at;

	if (reading->failed || count > reading->rest.len / size) {
		reading->failed = true;
		return NULL;
	}
	reading->rest = span_skip(reading->rest, (size_t)count * size);
	return at;
}

static uint64_t read_count(struct reading *reading)
{
	const void *at = read_items(reading, 1, sizeof(uint64_t));
	uint64_t count = 0;

	if (at)
		memcpy(&count, at, sizeof(count));
	return count;
}

/* A copy of the next items. */
static void *read_array(struct reading *reading, uint64_t count, size_t size)
{
	const void *from = read_items(reading, count, size);
	void *copy = mem_new(from ? (size_t)count : 0, size);

	if (from && count)
		memcpy(copy, from, (size_t)count * size);
	return copy;
}

static bool story_is_sound(const struct stories *stories, size_t i)
{
	const struct story *story = &stories->items[i];
	uint64_t bytes = 3 * ((uint64_t)story->shingle_count + story->number_count);

	return story->at <= stories->len && bytes <= stories->len - story->at && story->kept <= i &&
	       story->shingle_count > 0;
}

static void read_stories(struct reading *reading, struct stories *stories)
{
	uint64_t count = read_count(reading), len = read_count(reading);

	stories->items = read_array(reading, count, sizeof(*stories->items));
	stories->bytes = read_array(reading, len, 1);
	if (reading->failed || count >= UINT32_MAX) {
		reading->failed = true;
		return;
	}
	stories->count = stories->cap = (size_t)count;
	stories->len = stories->bytes_cap = (size_t)len;
	for (size_t i = 0; i < stories->count; i++)
		reading->failed = reading->failed || !story_is_sound(stories, i);
}

static void read_common(struct reading *reading, struct common_shingles *common)
{
	uint64_t bits = read_count(reading), added = read_count(reading);

	if (reading->failed || bits < common->bits || bits > 40) {
		reading->failed = true;
		return;
	}
	common_shingles_release(common);
	common->bits = (unsigned)bits;
	common->added = added;
	common->blocks = read_array(reading, (uint64_t)1 << bits, sizeof(*common->blocks));
}

static void read_bands(struct reading *reading, struct bands *bands, size_t stories)
{
	for (uint64_t i = 0; i < BANDS_SHARDS; i++) {
		uint64_t count = read_count(reading);
		const char *at = read_items(reading, count, sizeof(struct bands_slot));

		for (uint64_t k = 0; at && k < count; k++, at += sizeof(struct bands_slot)) {
			struct bands_slot slot;

			memcpy(&slot, at, sizeof(slot));
			if (slot.story == 0 || slot.story > stories) {
				reading->failed = true;
				return;
			}
			bands_add(bands, i << 56 | (uint64_t)slot.tag << 24, slot.story - 1);
		}
	}
}

static void read_names(struct reading *reading, struct names *names, size_t stories)
{
	uint64_t len = read_count(reading), end = 0;

	names->ends = read_array(reading, stories, sizeof(*names->ends));
	names->text.at = read_array(reading, len, 1);
	if (reading->failed)
		return;
	names->count = names->cap = stories;
	names->text.len = names->text.cap = (size_t)len;
	for (size_t i = 0; i < stories; i++) {
		reading->failed = reading->failed || names->ends[i] < end || names->ends[i] > len;
		end = names->ends[i];
	}
}

static bool sum_is_right(struct span bytes)
{
	XXH128_canonical_t sum;

	if (bytes.len < SUM_BYTES)
		return false;
	bytes.len -= SUM_BYTES;
	XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes.at, bytes.len));
	return memcmp(sum.digest, bytes.at + bytes.len, SUM_BYTES) == 0;
}

bool near_state_read(struct near *near, struct names *names, struct span made_with, struct span bytes,
	const char *path, struct diag *why)
{
	struct reading reading = { .rest = span_skip(bytes, magic.len) };
	size_t line = span_find(reading.rest, '\n');

	if (!span_has_prefix(bytes, magic)) {
		diag_set(why, "%s: this is no state of near duplicates, or of another version", path);
		return false;
	}
	if (!sum_is_right(bytes)) {
		diag_set(why, "%s: the state is damaged: its checksum is wrong", path);
		return false;
	}
	if (!made_with_same(span_head(reading.rest, line), made_with, path, why))
		return false;
	reading.rest = span_skip(reading.rest, line + 1);
	reading.rest.len -= SUM_BYTES;
	read_stories(&reading, &near->stories);
	read_common(&reading, &near->common);
	read_bands(&reading, &near->bands, near->stories.count);
	read_bands(&reading, &near->passage_bands, near->stories.count);
	read_names(&reading, names, near->stories.count);
	if (!reading.failed && reading.rest.len == 0)
		return true;
	diag_set(why, "%s: the state is damaged: its parts do not fit together", path);
	return false;
}

bool near_state_open(struct near *near, struct names *names, struct span made_with,
	const struct opt_output *from, struct diag *why)
{
	struct buf bytes = BUF_INIT;
	size_t len = (size_t)spool_size(from->was);
	bool fine = spool_read_all(from->was, 0, buf_reserve(&bytes, len), len, why);

	bytes.len = len;
	fine = fine && near_state_read(near, names, made_with, buf_span(&bytes), from->path, why);
	buf_release(&bytes);
	return fine;
}
