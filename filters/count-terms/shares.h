/* SPDX-License-Identifier: MIT
 * shares.h - documents in pieces to batches of text that a crew works on side by side.
 *
 * A batch ends at a line end or at the end of a document, and what comes next goes to whoever has least to do; where one must end
 * within a line (a line longer than two batches), or within a document that must stay whole, the next one goes to the same member.
 * So each member sees whole lines, or whole documents, in their order. Batches come back in the order of the text.
 * With what waits and what is worked on there are three batches for each thread. */
#ifndef GHIRBAL_SHARES_H
#define GHIRBAL_SHARES_H

#include "common/buf.h"
#include "common/crew.h"

/* A document, or a part of one: a part that `begins` is to be taken for a document of its own with the same ordinal and group, and
 * one that `ends` is the last of it. */
struct batch_part {
	size_t at; /* where its text begins */
	size_t group_at, group_len; /* in `groups` */
	uint64_t ordinal;
	bool begins, ends;
};

struct batch {
	struct buf text, groups;
	struct batch_part *parts;
	size_t count, cap;
	uint32_t place; /* among the batches, from 0 */
	int task; /* 0: the parts; else what shares_all was told, and there are none */
	bool failed; /* for whoever works on it to say */
	struct buf out; /* for whoever works on it */
};

/* The text of a part. */
static inline struct span batch_text(const struct batch *batch, size_t part)
{
	size_t end = part + 1 < batch->count ? batch->parts[part + 1].at : batch->text.len;

	return span_of(buf_span(&batch->text).at + batch->parts[part].at, end - batch->parts[part].at);
}

static inline struct span batch_group(const struct batch *batch, size_t part)
{
	const struct batch_part *at = &batch->parts[part];

	return span_head(span_skip(buf_span(&batch->groups), at->group_at), at->group_len);
}

struct shares_rules {
	size_t threads;
	size_t bytes; /* of text in a batch, and as many again before a line is parted */
	bool whole_documents;
	/* The crew has so many members, and none works yet. False: nothing can be done. */
	bool (*hired)(void *ctx, size_t members);
	/* In the thread of the member. */
	void (*work)(void *ctx, size_t member, struct batch *batch);
	/* In the thread of the owner: takes what became of a batch. False: nothing more can be done. */
	bool (*done)(void *ctx, struct batch *batch);
	void *ctx;
};

/* Zero bytes with rules make one. */
struct shares {
	struct shares_rules rules;
	struct crew *crew; /* NULL until there is a batch to give */
	struct batch *filling, *spare; /* NULL: none */
	size_t member; /* whose the batch before was */
	uint64_t place, ordinal; /* of the document at hand */
	struct buf group;
	bool continues; /* what is filled goes on where the batch before ended, and belongs to the same member */
};

/* These are false when hired or done said so. */
bool shares_begin(struct shares *shares, uint64_t ordinal, struct span group);
bool shares_text(struct shares *shares, struct span piece);
bool shares_end(struct shares *shares);

/* Gives what is left and waits for all. Where that is little it is done in this thread, as member 0. */
bool shares_flush(struct shares *shares);

/* Gives each member of the crew, if there is one, a batch with this task, and waits for all. */
bool shares_all(struct shares *shares, int task);

/* Ends the threads. */
void shares_release(struct shares *shares);

#endif
