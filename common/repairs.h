/* SPDX-License-Identifier: MIT
 * repairs.h - what a run says of UTF-8 that it mended. Several processes that share a run are added up and say it once. */
#ifndef GHIRBAL_REPAIRS_H
#define GHIRBAL_REPAIRS_H

#include "common/buf.h"

/* Zero bytes are a run that mended nothing. */
struct repairs {
	uint64_t parts; /* ill-formed ones */
	uint64_t mended, documents; /* how many had some; how many there were */
	bool looks_foreign; /* a document was mostly ill-formed */
	bool drops; /* parts are dropped, not replaced */
};

/* Appends one sentence; nothing where nothing was mended. */
void repairs_say(struct buf *into, const struct repairs *repairs);

#endif
