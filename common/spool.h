/* SPDX-License-Identifier: MIT
 * spool.h - bytes kept aside to be read again: in memory first, in a temporary file when they are many.
 *
 * For what must be seen twice and may come from a pipe. Bytes are appended at the end and read at any place, as
 * often as wanted, also between appending. A filter opens nothing, so where the file may be and how much memory it
 * saves is the driver's to say (struct spool_place, which host has). The file has no name from the start (O_TMPFILE;
 * where a file system lacks that, it loses its name at once), so nothing is left behind whatever ends the
 * program; it is closed on exec. Every failure is a sentence. A driver may also make one of a file that is there, by
 * putting its descriptor and size in; then it is only read. */
#ifndef GHIRBAL_SPOOL_H
#define GHIRBAL_SPOOL_H

#include <stdint.h>

#include "common/buf.h"
#include "common/diag.h"

/* Where spools may put what they do not hold in memory. */
struct spool_place {
	const char *folder; /* NULL: nowhere, all is held in memory */
	size_t memory; /* bytes, at least 1, that a spool holds before it needs the file, and between writes to it */
};

enum { SPOOL_MEMORY = 1 << 20 }; /* what programs hold */

/* Owns its memory and its file. */
struct spool {
	const struct spool_place *place; /* borrowed; NULL: it is only read */
	struct buf held; /* what stands behind the bytes of the file */
	uint64_t written; /* bytes of the file */
	int fd; /* -1: there is no file yet */
};

/* An empty one. */
void spool_init(struct spool *spool, const struct spool_place *place);

/* Appends `text`. False with `why` when it cannot be written; the spool is not to be read then. */
bool spool_add(struct spool *spool, struct span text, struct diag *why);

/* Bytes appended so far. */
static inline uint64_t spool_size(const struct spool *spool)
{
	return spool->written + spool->held.len;
}

/* Reads up to `size` bytes from byte `at` on; there may be more even if fewer come. Returns how many, 0 at the end, -1
 * with `why` when they cannot be read. */
long spool_read(const struct spool *spool, uint64_t at, char *into, size_t size, struct diag *why);

/* Reads just `size` bytes from byte `at` on. False with `why` when they cannot be read or are not there. */
bool spool_read_all(const struct spool *spool, uint64_t at, char *into, size_t size, struct diag *why);

/* Forgets all bytes, and gives the room of the file back; memory is kept for the next ones. */
bool spool_clear(struct spool *spool, struct diag *why);

void spool_release(struct spool *spool);

/* The folder for temporary files: what TMPDIR names, else /tmp. For drivers. */
const char *spool_folder(void);

#endif
