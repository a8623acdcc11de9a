/* SPDX-License-Identifier: MIT
 * parts.h - inputs dealt out in parts of about the same size, cut between documents.
 *
 * A part is either a range of one large file, or some small files as they are. Their order is that of the inputs. Only
 * records (lines of JSON) and documents that end in a NUL can be cut: in text framing a file is a document. Nor
 * are compressed files cut: where a record begins in them can only be known by reading all before it. */
#ifndef RUN_PIPELINE_PARTS_H
#define RUN_PIPELINE_PARTS_H

#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/diag.h"

/* Bytes of a file, half open. `size` and `changed` are what the file was when it was looked at. */
struct part_piece {
	const char *path; /* absolute */
	uint64_t start, end, size;
	const char *changed; /* seconds since 1970, nine digits behind the point */
	size_t part; /* from 1 */
};

struct parts {
	struct part_piece *pieces; /* in order */
	size_t count, room;
	size_t parts;
};

/* Deals out the files `names`. `end` is the byte that ends a document, -1 where files cannot be cut. False with `why`,
 * which names the file. Pieces belong to the caller, by parts_release; their paths to `arena`. */
bool parts_deal(struct arena *arena, const char *const *names, size_t count, uint64_t part_size, int end,
	struct parts *parts, struct diag *why);

void parts_release(struct parts *parts);

/* Appends the rows of parts.tsv: part, file, first byte, the byte behind the last, size, time; the file escaped as in
 * rows of --explain. */
void parts_print(struct buf *into, const struct parts *parts);

#endif
