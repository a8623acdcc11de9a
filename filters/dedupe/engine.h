/* SPDX-License-Identifier: MIT
 * engine.h - near duplicates in steps, each of which many processes can share, and what is put together between them.
 *
 * 1. frequencies: which shingles are common (story_bits.h). Parts: documents; put together by OR.
 * 2. bands: a row for each band of each document: key, id. Parts: documents; put together by key.
 * 3. pairs: a row for each two documents that have a band in common: the later, the earlier, their relation, and the
 *    shingles in both, in the later, in the earlier. Parts: keys of bands; put together in any way.
 * 4. clusters: each id, and the id of the document kept in its place, by the order of documents. One process; it needs
 *    of the documents only their ids.
 * Ids are escaped as in rows of --explain, and each document must have one of its own. A run that knows the
 * frequencies decides the same (near.h): with each band only its first BANDS_CROWD documents are compared, and a
 * document that is like a dropped one is compared with the kept one only where they share a band. */
#ifndef GHIRBAL_ENGINE_H
#define GHIRBAL_ENGINE_H

#include "common/filter.h"
#include "filters/dedupe/ids.h"
#include "filters/dedupe/near.h"

enum emit {
	EMIT_NONE = -1,
	EMIT_FREQUENCIES,
	EMIT_BANDS,
	EMIT_PAIRS,
	EMIT_CLUSTERS,
	EMIT_KEYS /* keys.h */
};

/* The words of enum emit, in its order, for an option row. */
extern const char *const emit_words[];

/* A row of pairs. */
struct engine_pair {
	uint32_t later; /* in ids */
	uint32_t earlier; /* in ids; the number of its story when it is decided about */
	struct near_pair pair;
};

struct engine {
	enum emit emit;
	struct near *near; /* borrowed */
	struct story_bits counted; /* frequencies */
	struct story_bits keys; /* of bands: bit 1 for one row, bit 2 for more */
	struct ids ids;
	uint32_t *stories; /* by id */
	uint32_t *id_of_story;
	size_t story_cap;
	struct engine_pair *pairs; /* sorted by the later one */
	size_t pair_count, pair_cap;
	struct near_pair *own; /* of the document at hand */
	size_t own_cap;
	struct buf row, name; /* rows of the document at hand; its id, escaped */
	struct spool rows; /* what comes out */
};

/* Reads the rows of the step before: of bands for EMIT_PAIRS, of pairs for EMIT_CLUSTERS. False with `why`. Release
 * in any case. */
bool engine_open(struct engine *engine, enum emit emit, struct near *near, const struct opt_input *rows,
	const struct spool_place *place, struct diag *why);
void engine_release(struct engine *engine);

/* A document with text, and what it is called. False with `why`. */
bool engine_document(struct engine *engine, struct buf *text, struct span name, struct diag *why);

/* All documents have come: what is to be written is in `rows`. False with `why`. */
bool engine_finish(struct engine *engine, struct diag *why);

#endif
