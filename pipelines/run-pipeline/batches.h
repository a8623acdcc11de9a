/* SPDX-License-Identifier: MIT
 * batches.h - documents in portions of about equal size, for who works on several at a time.
 *
 * In text framing a file is a document and a batch is a few names. Where documents end in a NUL or a line feed inside of
 * files, a batch is made of pieces of them (piece.h): of a regular file nothing but the places is kept, what comes from
 * anywhere else is copied into memory. A document is never divided. */
#ifndef RUN_PIPELINE_BATCHES_H
#define RUN_PIPELINE_BATCHES_H

#include "common/buf.h"
#include "common/compressed.h"
#include "common/diag.h"
#include "common/piece.h"
#include "memories.h"

/* The file at work, and how far it has been looked through. */
struct batch_source {
	int fd; /* -1: there is none */
	bool is_file; /* regular: bytes are read where they stand; else what was read is in the batch's memory */
	struct compressed compressed; /* the program that `fd` comes from, if any */
	uint64_t at; /* byte to be looked at next, in the file or in memory */
	uint64_t from; /* first byte that no batch has */
	uint64_t whole; /* behind the last document that has ended */
	uint64_t before, count; /* documents that ended in front of `from`, and from there to `whole` */
};

struct batches {
	const char *const *names; /* of the files, "-" is standard input; borrowed, ends with NULL */
	size_t most; /* bytes that a batch should not exceed; a larger document is a batch of its own */
	uint64_t left; /* bytes that no batch has, as far as they can be known; else 0 */
	size_t shares; /* of what is left a batch is one, up to `most`: so that all are done at about the same time */
	char ends; /* what ends a document within files */
	bool by_name; /* a file is a document, `ends` does not matter */
	struct memories memories; /* where batches are, and may be, whoever works on them */
	struct batch_source source;
	int memory; /* of the batch that is being made; -1: none yet */
	uint64_t filled; /* bytes of it */
	struct file_piece *pieces; /* of that batch, without the one at hand */
	size_t count, room;
	size_t bytes, name_bytes; /* of those pieces, and of their names */
	uint64_t documents, documents_before; /* in them, and in all batches before */
	char *block;
};

enum batches_state {
	BATCHES_READ, /* there is more to read before a batch is whole: step again */
	BATCHES_READY, /* a batch */
	BATCHES_OVER, /* no more of them */
	BATCHES_FAILED, /* the file that `names` is at cannot be read, or memory not be had; `why` says more */
};

struct batch {
	const char *const
		*names; /* operands of the first stage, `count` of them; NULL: it reads `pieces` */
	const struct file_piece *pieces; /* likewise; borrowed until the next step */
	size_t count;
	int in; /* where pieces in standard input stand, the caller's to give back; -1: in no memory */
	uint64_t documents_before; /* how many all batches before hold */
};

/* Every file is a document. `jobs` is how many batches will be at work at once. */
void batches_of_files(struct batches *batches, const char *const *names, size_t most, size_t jobs);

/* Documents end in `ends`, and where a file does. */
void batches_of_documents(
	struct batches *batches, const char *const *names, char ends, size_t most, size_t jobs);

/* The descriptor that the next step may have to wait for; -1 where it need not. */
int batches_fd(const struct batches *batches);

/* Whether the next batch is going to take memory. */
bool batches_take_memory(const struct batches *batches);

/* Goes on to the next batch; reads at most once. */
enum batches_state batches_step(struct batches *batches, struct batch *batch, struct diag *why);

void batches_release(struct batches *batches);

#endif
