/* SPDX-License-Identifier: MIT
 * record.h - documents in: descriptors are read, documents told apart, pieces handed on.
 *
 * In text framing a source is one document; with NUL framing a NUL ends a document and so does the end of
 * the source, but an empty source holds none. Pieces are whole lines, or part of one where a line is longer
 * than a block; they are never cut inside a UTF-8 sequence or inside an ill-formed part of one. */
#ifndef GHIRBAL_RECORD_H
#define GHIRBAL_RECORD_H

#include "common/filter.h"

/* Who takes the documents. Anything but FLOW_MORE ends the reading and is returned. */
struct record_handler {
	enum flow (*begin)(void *ctx);
	enum flow (*text)(void *ctx, struct span raw); /* raw bytes, not empty, borrowed */
	enum flow (*end)(void *ctx);
	/* About to read `fd`, which may wait: a chance to flush. */
	enum flow (*wait)(void *ctx, int fd);
	void *ctx;
};

/* Reads as file_read_some (file.h) does. */
typedef long record_read_fn(void *ctx, int fd, char *into, size_t size);

/* One reader serves all sources of a run, one after the other. Zero bytes but for framing make one. */
struct record_reader {
	enum framing framing;
	char *block; /* what has been read and not handed on */
	size_t used, looked_at; /* bytes of block; the first looked_at hold no newline and no NUL */
	bool in_document;
	record_read_fn *read; /* where bytes come from; NULL: from the descriptor */
	void *read_ctx;
	uint64_t got; /* bytes read since whoever counts them last set this to 0 */
};

/* Reads `fd` to its end. A read error ends the source like its end does and leaves its errno in `error`,
 * which is 0 otherwise. */
enum flow record_read(struct record_reader *reader, int fd, const struct record_handler *to, int *error);

void record_release(struct record_reader *reader);

#endif
