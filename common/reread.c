/* SPDX-License-Identifier: MIT
 * reread.c - sources that are read twice. */
#include "common/reread.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/mem.h"

void reread_init(struct reread *reread, const struct spool_place *place)
{
	*reread = (struct reread){ .failed = false };
	spool_init(&reread->spool, place);
}

void reread_again(struct reread *reread)
{
	reread->is_again = true;
	reread->next = 0;
}

bool reread_next(struct reread *reread)
{
	if (!reread->is_again) {
		reread->sources = mem_resize(reread->sources, reread->next + 1, sizeof(*reread->sources));
		reread->sources[reread->next] = (struct reread_source){ .is_spooled = false };
		reread->count++;
	}
	reread->at_hand = &reread->sources[reread->next++];
	return reread->at_hand->is_spooled;
}

/* Reads a descriptor, and keeps what was read. */
static long read_and_keep(void *ctx, int fd, char *into, size_t size)
{
	struct reread *reread = ctx;
	long got = file_read_some(fd, into, size);

	if (got <= 0 || spool_add(&reread->spool, span_of(into, (size_t)got), &reread->why))
		return got;
	reread->failed = true;
	errno = EIO;
	return -1;
}

/* Reads what was kept. It ends as it did the first time. */
static long read_kept(void *ctx, int fd, char *into, size_t size)
{
	struct reread *reread = ctx;
	const struct reread_source *source = reread->at_hand;
	uint64_t left = source->end - reread->at;
	long got;

	(void)fd;
	errno = source->error;
	if (left == 0)
		return source->error ? -1 : 0;
	got = spool_read(&reread->spool, reread->at, into, left < size ? (size_t)left : size, &reread->why);
	if (got > 0) {
		reread->at += (uint64_t)got;
		return got;
	}
	reread->failed = true;
	errno = EIO;
	return -1;
}

static enum flow read_with(struct reread *reread, record_read_fn *read, struct record_reader *reader,
	int fd, const struct record_handler *to, int *error)
{
	enum flow flow;

	reader->read = read;
	reader->read_ctx = reread;
	flow = record_read(reader, fd, to, error);
	reader->read = NULL;
	return flow;
}

enum flow reread_source(struct reread *reread, struct record_reader *reader, int fd,
	const struct record_handler *to, int *error)
{
	struct reread_source *source = reread->at_hand;
	struct stat about;
	enum flow flow;
	off_t start;

	if (source->is_spooled) {
		reread->at = source->start;
		return read_with(reread, read_kept, reader, -1, to, error);
	}
	if (reread->is_again) {
		flow = record_read(reader, fd, to, error);
		if (!*error)
			*error = source->error; /* the first reading was not whole */
		return flow;
	}
	start = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) ? lseek(fd, 0, SEEK_CUR) : -1;
	if (start >= 0) {
		flow = record_read(reader, fd, to, error);
		lseek(fd, start, SEEK_SET);
		source->error = *error;
		return flow;
	}
	source->is_spooled = true;
	source->start = spool_size(&reread->spool);
	flow = read_with(reread, read_and_keep, reader, fd, to, error);
	source->end = spool_size(&reread->spool);
	source->error = *error;
	return flow;
}

void reread_release(struct reread *reread)
{
	spool_release(&reread->spool);
	free(reread->sources);
	reread->sources = NULL;
}
