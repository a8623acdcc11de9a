/* SPDX-License-Identifier: MIT
 * exact_state.c - fingerprints in and out, a block at a time. */
#include "filters/dedupe/exact_state.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"
#include "filters/dedupe/made_with.h"

static const struct span magic = { "ghirbal exact state 1\n", 22 };

enum {
	LINE_MOST = 4096, /* bytes of the head: no line that was written is so long */
	NUMBERS = 2 * sizeof(uint64_t), /* behind the lines */
	SUM_BYTES = 16,
	BLOCK = 4096, /* fingerprints */
};

_Static_assert(sizeof(struct fingerprint) == 16, "a fingerprint is written as it lies in memory");

/* --- the head ------------------------------------------------------------------------------------------- */

static bool damaged(const struct exact_state *state, struct diag *why)
{
	diag_set(why, "%s: the state is damaged: its checksum is wrong, or its length", state->file->path);
	return false;
}

/* The numbers behind the lines: what there is must be as much as they say. */
static bool read_numbers(struct exact_state *state, struct span numbers, struct diag *why)
{
	uint64_t size = spool_size(state->file->was), room;

	if (numbers.len < NUMBERS || size < state->body + SUM_BYTES)
		return damaged(state, why);
	memcpy(&state->strong_key, numbers.at, sizeof(state->strong_key));
	memcpy(&state->known, numbers.at + sizeof(state->strong_key), sizeof(state->known));
	room = size - state->body - SUM_BYTES;
	return (room % SUM_BYTES == 0 && room / SUM_BYTES == state->known) || damaged(state, why);
}

static bool read_head(struct exact_state *state, struct diag *why)
{
	const struct spool *was = state->file->was;
	char start[LINE_MOST];
	struct span head =
		span_of(start, spool_size(was) < LINE_MOST ? (size_t)spool_size(was) : LINE_MOST);
	struct span line;

	if (!spool_read_all(was, 0, start, head.len, why))
		return false;
	if (!span_has_prefix(head, magic)) {
		diag_set(why, "%s: this is no state of exact duplicates, or of another version",
			state->file->path);
		return false;
	}
	line = span_skip(head, magic.len);
	line = span_head(line, span_find(line, '\n'));
	if (!made_with_same(line, buf_span(&state->made_with), state->file->path, why))
		return false;
	state->body = magic.len + line.len + 1 + NUMBERS;
	return read_numbers(state, span_skip(head, magic.len + line.len + 1), why);
}

bool exact_state_open(struct exact_state *state, const struct opt_output *file, struct span made_with,
	uint64_t fresh_key, const struct spool_place *place, struct diag *why)
{
	*state = (struct exact_state){ .file = file, .strong_key = fresh_key };
	spool_init(&state->added, place);
	buf_add(&state->made_with, made_with);
	return !file->was || read_head(state, why);
}

void exact_state_release(struct exact_state *state)
{
	buf_release(&state->made_with);
	spool_release(&state->added);
}

/* --- reading -------------------------------------------------------------------------------------------- */

static void sum_head(const struct exact_state *state, uint64_t count, XXH3_state_t *sum)
{
	XXH3_INITSTATE(sum);
	XXH3_128bits_reset(sum);
	XXH3_128bits_update(sum, magic.at, magic.len);
	XXH3_128bits_update(sum, state->made_with.at, state->made_with.len);
	XXH3_128bits_update(sum, "\n", 1);
	XXH3_128bits_update(sum, &state->strong_key, sizeof(state->strong_key));
	XXH3_128bits_update(sum, &count, sizeof(count));
}

/* Whether the file ends in this checksum. */
static bool sum_is_right(const struct exact_state *state, const XXH3_state_t *sum, struct diag *why)
{
	const struct spool *was = state->file->was;
	XXH128_canonical_t right, there;

	XXH128_canonicalFromHash(&right, XXH3_128bits_digest(sum));
	if (!spool_read_all(was, spool_size(was) - SUM_BYTES, (char *)there.digest, SUM_BYTES, why))
		return false;
	return memcmp(right.digest, there.digest, SUM_BYTES) == 0 || damaged(state, why);
}

/* Walks over the old fingerprints. */
static bool walk(const struct exact_state *state, XXH3_state_t *sum, exact_state_fn *take, void *ctx,
	struct diag *why)
{
	struct fingerprint *block = mem_new(BLOCK, sizeof(*block));
	uint64_t left = state->known, at = state->body;
	bool fine = true;

	while (fine && left) {
		size_t count = left < BLOCK ? (size_t)left : BLOCK, bytes = count * sizeof(*block);

		fine = spool_read_all(state->file->was, at, (char *)block, bytes, why);
		if (fine) {
			XXH3_128bits_update(sum, block, bytes);
			fine = take(ctx, block, count);
		}
		at += bytes;
		left -= count;
	}
	free(block);
	return fine;
}

bool exact_state_read(struct exact_state *state, exact_state_fn *take, void *ctx, struct diag *why)
{
	XXH3_state_t sum;

	if (!spool_clear(&state->added, why))
		return false;
	if (!state->file->was)
		return true;
	sum_head(state, state->known, &sum);
	return walk(state, &sum, take, ctx, why) && sum_is_right(state, &sum, why);
}

bool exact_state_add(struct exact_state *state, struct fingerprint print, struct diag *why)
{
	return spool_add(&state->added, span_of((const char *)&print, sizeof(print)), why);
}

/* --- writing -------------------------------------------------------------------------------------------- */

/* A file on its way out. */
struct writing {
	XXH3_state_t sum;
	const struct opt_output *to;
	enum flow flow;
};

static bool write_bytes(struct writing *writing, const void *at, size_t len)
{
	XXH3_128bits_update(&writing->sum, at, len);
	if (writing->flow == FLOW_MORE)
		writing->flow = opt_output_put(writing->to, span_of(at, len));
	return writing->flow == FLOW_MORE;
}

static bool copy_prints(void *ctx, const struct fingerprint *prints, size_t count)
{
	return write_bytes(ctx, prints, count * sizeof(*prints));
}

static bool write_added(const struct spool *added, struct writing *writing, struct diag *why)
{
	char *block = mem_new(BLOCK, 1);
	uint64_t at = 0;
	long got;

	while ((got = spool_read(added, at, block, BLOCK, why)) > 0 &&
		write_bytes(writing, block, (size_t)got))
		at += (uint64_t)got;
	free(block);
	return got == 0;
}

static void write_head(const struct exact_state *state, struct writing *writing)
{
	uint64_t count = state->known + spool_size(&state->added) / sizeof(struct fingerprint);

	XXH3_INITSTATE(&writing->sum);
	XXH3_128bits_reset(&writing->sum);
	write_bytes(writing, magic.at, magic.len);
	write_bytes(writing, state->made_with.at, state->made_with.len);
	write_bytes(writing, "\n", 1);
	write_bytes(writing, &state->strong_key, sizeof(state->strong_key));
	write_bytes(writing, &count, sizeof(count));
}

/* What was read is copied, if it still is what was read. */
static bool write_old(const struct exact_state *state, struct writing *writing, struct diag *why)
{
	XXH3_state_t sum;

	if (!state->file->was)
		return true;
	sum_head(state, state->known, &sum);
	return walk(state, &sum, copy_prints, writing, why) && sum_is_right(state, &sum, why);
}

enum flow exact_state_write(const struct exact_state *state, struct diag *why)
{
	struct writing writing = { .to = state->file, .flow = FLOW_MORE };
	XXH128_canonical_t sum;
	bool fine;

	write_head(state, &writing);
	fine = write_old(state, &writing, why) && write_added(&state->added, &writing, why);
	XXH128_canonicalFromHash(&sum, XXH3_128bits_digest(&writing.sum));
	write_bytes(&writing, sum.digest, SUM_BYTES);
	return fine || writing.flow != FLOW_MORE ? writing.flow : FLOW_FAIL;
}
