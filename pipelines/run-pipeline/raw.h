/* SPDX-License-Identifier: MIT
 * raw.h - the bytes of a file that became a text: escapes of JSON, encodings, mended UTF-8 undone.
 *
 * What the first stage is given is no text yet. Here it is read once more as its driver reads it, or, where the stage
 * is told of encodings, as normalize decodes it, a byte at a time, noting what came of which. */
#ifndef RUN_PIPELINE_RAW_H
#define RUN_PIPELINE_RAW_H

#include "common/diag.h"
#include "common/utf8.h"
#include "origin.h"

/* How a document is read. */
struct raw_reading {
	bool is_json; /* it stands between the quotes of a string */
	const char *encoding; /* as `normalize --from` takes it; NULL: UTF-8 */
	enum invalid invalid;
};

/* A document and where its text came from. Zero bytes make none. */
struct raw {
	struct buf bytes; /* of a string of JSON what it says */
	struct buf text;
	struct origin escapes; /* from `bytes` to the string; empty where that is the same */
	struct origin decoded; /* from `text` to `bytes` */
	const char *encoding; /* what it was; static or of the reading */
};

/* Reads a document; an earlier one is forgotten. False with `why`. */
bool raw_read(struct raw *raw, struct span document, const struct raw_reading *reading, struct diag *why);

/* Appends where [start, end) of the text stands in the document. */
void raw_find(const struct raw *raw, size_t start, size_t end, struct pieces *into);

void raw_release(struct raw *raw);

#endif
