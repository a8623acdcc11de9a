/* SPDX-License-Identifier: MIT
 * ballot.c - keys out, verdicts in. */
#include "filters/dedupe/ballot.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

enum {
	PARTS_MOST = 64, /* times that the keys of a shard are read */
	SET_BYTES = 32, /* bytes of a set with tallies for each key, while it grows */
	VARINT_MOST = 10, /* bytes of a number, seven bits each */
};

#define FOREGONE (UINT64_C(1) << 63) /* of a tally */

void ballot_init(struct ballot *ballot, const struct spool_place *place, size_t memory)
{
	*ballot = (struct ballot){ .memory = memory };
	spool_init(&ballot->keys, place);
	spool_init(&ballot->order, place);
	spool_init(&ballot->verdicts, place);
}

void ballot_release(struct ballot *ballot)
{
	for (size_t i = 0; ballot->shards && i < SEEN_SHARDS; i++) {
		free(ballot->shards[i].block);
		free(ballot->shards[i].places);
	}
	free(ballot->shards);
	ballot->shards = NULL;
	spool_release(&ballot->keys);
	spool_release(&ballot->order);
	spool_release(&ballot->verdicts);
}

/* --- noting --------------------------------------------------------------------------------------------- */

static bool write_block(struct ballot *ballot, struct ballot_shard *shard, struct diag *why)
{
	shard->places = mem_resize(shard->places, shard->place_count + 1, sizeof(*shard->places));
	shard->places[shard->place_count++] = spool_size(&ballot->keys);
	shard->used = 0;
	return spool_add(&ballot->keys, span_of(shard->block, BALLOT_BLOCK), why);
}

bool ballot_note(struct ballot *ballot, struct seen_key key, bool foregone, struct diag *why)
{
	char order = (char)key.shard;
	struct ballot_shard *shard;

	if (!ballot->shards)
		ballot->shards = mem_new(SEEN_SHARDS, sizeof(*ballot->shards));
	shard = &ballot->shards[key.shard];
	if (!shard->block)
		shard->block = mem_new(BALLOT_BLOCK, 1);
	memcpy(shard->block + shard->used, &key.hot, sizeof(key.hot));
	memcpy(shard->block + shard->used + sizeof(key.hot), &key.cold, sizeof(key.cold));
	shard->used += BALLOT_KEY;
	shard->keys++;
	shard->foregone += foregone;
	if (!foregone && !spool_add(&ballot->order, span_of(&order, 1), why))
		return false;
	return shard->used < BALLOT_BLOCK || write_block(ballot, shard, why);
}

/* --- judging -------------------------------------------------------------------------------------------- */

/* A walk over the keys of a shard. */
struct walk {
	struct ballot *ballot;
	struct ballot_shard *shard;
	uint8_t number;
	char *block; /* what was read */
	uint64_t *verdicts; /* one for each key */
	struct seen seen;
	uint64_t part, parts; /* the keys that are looked at, where all are too many for the memory */
	struct diag *why;
};

typedef void key_fn(struct walk *walk, struct seen_key key, uint64_t index);

static bool is_of_part(const struct walk *walk, struct seen_key key)
{
	return walk->parts == 1 || key.cold % walk->parts == walk->part;
}

static void walk_block(struct walk *walk, const char *block, uint64_t first, uint64_t count, key_fn *each)
{
	for (uint64_t i = 0; i < count; i++) {
		struct seen_key key = { .shard = walk->number };

		memcpy(&key.hot, block + i * BALLOT_KEY, sizeof(key.hot));
		memcpy(&key.cold, block + i * BALLOT_KEY + sizeof(key.hot), sizeof(key.cold));
		if (is_of_part(walk, key))
			each(walk, key, first + i);
	}
}

static bool walk_keys(struct walk *walk, key_fn *each)
{
	const uint64_t in_block = BALLOT_BLOCK / BALLOT_KEY;
	struct ballot_shard *shard = walk->shard;
	uint64_t index = 0;

	for (size_t i = 0; i < shard->place_count; i++, index += in_block) {
		if (!spool_read_all(
			    &walk->ballot->keys, shard->places[i], walk->block, BALLOT_BLOCK, walk->why))
			return false;
		walk_block(walk, walk->block, index, in_block, each);
	}
	walk_block(walk, shard->block, index, shard->used / BALLOT_KEY, each);
	return true;
}

static void count_key(struct walk *walk, struct seen_key key, uint64_t index)
{
	uint64_t *tally = seen_tally(&walk->seen, key);

	if (index < walk->shard->foregone)
		*tally = FOREGONE;
	else if (*tally != FOREGONE)
		++*tally;
}

/* The first of its like takes the tally along, where it is not told of each. */
static void judge_key(struct walk *walk, struct seen_key key, uint64_t index)
{
	uint64_t *tally = seen_tally(&walk->seen, key);

	walk->verdicts[index] = *tally == FOREGONE ? 0 : *tally;
	if (*tally != FOREGONE && !walk->ballot->tells_each)
		*tally = 0;
}

/* Judges at once, where it is enough to know which are first. */
static void judge_first(struct walk *walk, struct seen_key key, uint64_t index)
{
	uint64_t *tally = seen_tally(&walk->seen, key);

	walk->verdicts[index] = *tally == 0;
	*tally = 1;
}

static size_t put_number(unsigned char *into, uint64_t number)
{
	size_t len = 0;

	for (; number > 0x7F; number >>= 7)
		into[len++] = (unsigned char)(0x80 | (number & 0x7F));
	into[len++] = (unsigned char)number;
	return len;
}

static bool write_verdicts(struct walk *walk)
{
	struct ballot_shard *shard = walk->shard;
	struct spool *to = &walk->ballot->verdicts;

	shard->at = spool_size(to);
	for (uint64_t i = shard->foregone; i < shard->keys; i++) {
		unsigned char number[VARINT_MOST];
		size_t len = put_number(number, walk->verdicts[i]);

		if (!spool_add(to, span_of((const char *)number, len), walk->why))
			return false;
	}
	shard->end = spool_size(to);
	return true;
}

static bool judge_shard(struct walk *walk)
{
	struct ballot_shard *shard = walk->shard;
	bool fine = true;

	walk->verdicts = mem_new((size_t)shard->keys, sizeof(*walk->verdicts));
	walk->parts = 1 + shard->keys * SET_BYTES / walk->ballot->memory;
	if (walk->parts > PARTS_MOST)
		walk->parts = PARTS_MOST;
	for (walk->part = 0; fine && walk->part < walk->parts; walk->part++) {
		fine = walk->ballot->only_first ? walk_keys(walk, judge_first)
						: walk_keys(walk, count_key) && walk_keys(walk, judge_key);
		seen_clear_shard(&walk->seen, walk->number);
	}
	fine = fine && write_verdicts(walk);
	free(walk->verdicts);
	free(shard->block);
	shard->block = NULL;
	return fine;
}

bool ballot_judge(struct ballot *ballot, struct diag *why)
{
	struct walk walk = { .ballot = ballot, .why = why };
	bool fine = true;

	walk.block = mem_new(BALLOT_BLOCK, 1);
	seen_init(&walk.seen, 0, true); /* keys are keyed already */
	for (size_t i = 0; ballot->shards && fine && i < SEEN_SHARDS; i++) {
		walk.number = (uint8_t)i;
		walk.shard = &ballot->shards[i];
		fine = walk.shard->keys == 0 || judge_shard(&walk);
	}
	seen_release(&walk.seen);
	free(walk.block);
	return fine && spool_clear(&ballot->keys, why);
}

/* --- asking --------------------------------------------------------------------------------------------- */

static bool next_byte(const struct spool *spool, uint64_t *at, uint64_t end, unsigned char *read,
	size_t *read_at, size_t *read_len, unsigned char *byte, struct diag *why)
{
	if (*read_at == *read_len) {
		size_t want = end - *at < BALLOT_READ ? (size_t)(end - *at) : BALLOT_READ;

		if (want == 0)
			diag_set(why, "there are more units than there were: did a file change meanwhile?");
		if (want == 0 || !spool_read_all(spool, *at, (char *)read, want, why))
			return false;
		*at += want;
		*read_at = 0;
		*read_len = want;
	}
	*byte = read[(*read_at)++];
	return true;
}

bool ballot_next(struct ballot *ballot, uint64_t *times, struct diag *why)
{
	struct ballot_shard *shard;
	unsigned char byte;
	unsigned shift = 0;

	if (!next_byte(&ballot->order, &ballot->order_at, spool_size(&ballot->order), ballot->order_read,
		    &ballot->order_read_at, &ballot->order_read_len, &byte, why))
		return false;
	shard = &ballot->shards[byte];
	*times = 0;
	do {
		if (!next_byte(&ballot->verdicts, &shard->at, shard->end, shard->read, &shard->read_at,
			    &shard->read_len, &byte, why))
			return false;
		*times |= (uint64_t)(byte & 0x7F) << shift;
		shift += 7;
	} while (byte & 0x80);
	return true;
}
