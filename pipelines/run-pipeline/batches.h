/* SPDX-License-Identifier: MIT
 * batches.h - documents in portions of about equal size, for who works on several at a time.
 *
 * In text framing a file is a document and a batch is a few names; where documents end in a NUL or a line feed inside
 * of files, a batch is a piece of the stream, copied into memory. A document is never divided. */
#ifndef RUN_PIPELINE_BATCHES_H
#define RUN_PIPELINE_BATCHES_H

#include "common/buf.h"
#include "common/compressed.h"
#include "common/diag.h"

struct batches {
	const char *const *names; /* of the files, "-" is standard input; borrowed, ends with NULL */
	size_t most; /* bytes that a batch should not exceed; a larger document is a batch of its own */
	char ends; /* what ends a document within files */
	bool by_name; /* a file is a document, `ends` does not matter */
	int fd; /* the file at work; -1: none */
	struct compressed compressed; /* the program that `fd` comes from, if any */
	struct buf held; /* read and not handed out yet */
	size_t searched; /* bytes of it that hold no end of a document */
};

enum batches_state {
	BATCHES_READ, /* there is more to read before a batch is whole: step again */
	BATCHES_READY, /* a batch */
	BATCHES_OVER, /* no more of them */
	BATCHES_FAILED, /* the file that `names` is at cannot be read, or memory not be had; `why` says more */
};

struct batch {
	const char *const *names; /* operands of the first stage, `count` of them; none: it reads `in` */
	size_t count;
	int in; /* owned by the caller; -1 where there are names */
};

/* Every file is a document. */
void batches_of_files(struct batches *batches, const char *const *names, size_t most);

/* Documents end in `ends`, and where a file does. */
void batches_of_documents(struct batches *batches, const char *const *names, char ends, size_t most);

/* The descriptor that the next step may have to wait for; -1 where it need not. */
int batches_fd(const struct batches *batches);

/* Goes on to the next batch; reads at most once. */
enum batches_state batches_step(struct batches *batches, struct batch *batch, struct diag *why);

void batches_release(struct batches *batches);

#endif
