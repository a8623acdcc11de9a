/* SPDX-License-Identifier: MIT
 * texts.h - documents in a file of ours, to be looked at again and again: what goes into a stage, what comes out.
 *
 * The file is mapped; of each document its place is held. The text of a record is what its member says, perhaps
 * ill-formed; of all others it is their bytes, without the NUL behind them. */
#ifndef RUN_PIPELINE_TEXTS_H
#define RUN_PIPELINE_TEXTS_H

#include "common/filter.h"
#include "common/json.h"

/* Bytes of the file. */
struct text_place {
	size_t start, end;
};

/* Zero bytes make none. */
struct texts {
	struct span bytes; /* of the file */
	enum framing framing;
	struct span field; /* the member of records that holds the text; borrowed */
	struct text_place *places;
	size_t count, room;
	struct json json;
	struct buf text; /* of record `known` - 1 */
	size_t known;
};

/* Maps the file `path`. No document is known yet. False with `why`. */
bool texts_open(
	struct texts *texts, const char *path, enum framing framing, struct span field, struct diag *why);

/* Finds the documents in a part of the file: all of it is one where `framing` is text. `bad`, where it is not NULL, has
 * the lines that are no records, in order; those met are taken off it. */
void texts_find(struct texts *texts, struct text_place part, struct span *bad);

/* The text of document `index`, borrowed until the next call. */
struct span texts_at(struct texts *texts, size_t index);

/* Of a record: what stands between the quotes of its text; of others the document. Borrowed from the file. */
struct span texts_raw(struct texts *texts, size_t index);

void texts_release(struct texts *texts);

#endif
