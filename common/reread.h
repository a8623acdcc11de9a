/* SPDX-License-Identifier: MIT
 * reread.h - sources that are read twice. Not for filters: for the driver of one that previews (filter.h).
 *
 * Files are opened and read again; a source that is gone once read (a pipe, a FIFO, a terminal) is kept in a spool while
 * it is read for the first time, and comes from there the second time. Sources are told apart by their order, which
 * must be the same both times. */
#ifndef GHIRBAL_REREAD_H
#define GHIRBAL_REREAD_H

#include "common/record.h"
#include "common/spool.h"

/* How a source is to be had again. */
struct reread_source {
	bool is_spooled;
	uint64_t start, end; /* bytes of the spool */
	int error; /* what ended the first reading; 0: the source's own end */
};

/* Starts with reread_init. */
struct reread {
	bool is_again; /* sources are read for the second time */
	struct spool spool;
	struct reread_source *sources;
	size_t count, next; /* how many there are; which one is read next */
	struct reread_source *at_hand; /* while it is read */
	uint64_t at; /* byte of the spool that is read next */
	bool failed; /* the spool failed, `why` says how; no source is to blame */
	struct diag why;
};

void reread_init(struct reread *reread, const struct spool_place *place);

/* The first time is over. */
void reread_again(struct reread *reread);

/* The next source begins. True when it is read from the spool and need not be opened. */
bool reread_next(struct reread *reread);

/* Reads the source at hand as record_read does; `fd` is -1 where it need not be open. A descriptor that can be read
 * again is left where it was. Where the spool fails, `failed` is set, too. */
enum flow reread_source(struct reread *reread, struct record_reader *reader, int fd,
	const struct record_handler *to, int *error);

void reread_release(struct reread *reread);

#endif
