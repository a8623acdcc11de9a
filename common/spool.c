/* SPDX-License-Identifier: MIT
 * spool.c - bytes kept aside to be read again. */
#include "common/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/file.h"

void spool_init(struct spool *spool, const struct spool_place *place)
{
	*spool = (struct spool){ .place = place, .held = BUF_INIT, .fd = -1 };
}

const char *spool_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

static bool fail(const struct spool *spool, const char *verb, struct diag *why)
{
	if (spool->place)
		diag_set(why, "cannot %s a temporary file in '%s': %s (TMPDIR names another folder)", verb,
			spool->place->folder, strerror(errno));
	else
		diag_set(why, "cannot %s the old file: %s", verb, strerror(errno));
	return false;
}

/* A file whose name is gone before anything is in it. */
static int make_nameless(const char *folder)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_addf(&name, "%s/ghirbal-XXXXXX", folder);
	buf_string(&name);
	fd = mkostemp(name.at, O_CLOEXEC);
	if (fd >= 0)
		unlink(name.at);
	buf_release(&name);
	return fd;
}

static bool open_file(struct spool *spool, struct diag *why)
{
	const char *folder = spool->place->folder;

	spool->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (spool->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
		spool->fd = make_nameless(folder);
	return spool->fd >= 0 || fail(spool, "make", why);
}

/* What is held goes to the end of the file. */
static bool write_held(struct spool *spool, struct diag *why)
{
	if (spool->fd < 0 && !open_file(spool, why))
		return false;
	if (!file_write_all(spool->fd, buf_span(&spool->held)))
		return fail(spool, "write", why);
	spool->written += spool->held.len;
	buf_clear(&spool->held);
	return true;
}

bool spool_add(struct spool *spool, struct span text, struct diag *why)
{
	size_t room = spool->place->folder ? spool->place->memory : SIZE_MAX;

	while (text.len) {
		struct span part = span_head(text, room - spool->held.len);

		buf_add(&spool->held, part);
		text = span_skip(text, part.len);
		if (text.len && !write_held(spool, why))
			return false;
	}
	return true;
}

static long read_file(const struct spool *spool, uint64_t at, char *into, size_t size, struct diag *why)
{
	ssize_t got;

	if (size > spool->written - at)
		size = (size_t)(spool->written - at);
	do
		got = pread(spool->fd, into, size, (off_t)at);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		errno = EIO; /* somebody cut the file short */
	if (got <= 0)
		fail(spool, "read", why);
	return got > 0 ? got : -1;
}

long spool_read(const struct spool *spool, uint64_t at, char *into, size_t size, struct diag *why)
{
	struct span held;

	if (size == 0)
		return 0;
	if (at < spool->written)
		return read_file(spool, at, into, size, why);
	held = span_head(span_skip(buf_span(&spool->held), (size_t)(at - spool->written)), size);
	if (held.len)
		memcpy(into, held.at, held.len);
	return (long)held.len;
}

bool spool_read_all(const struct spool *spool, uint64_t at, char *into, size_t size, struct diag *why)
{
	while (size) {
		long got = spool_read(spool, at, into, size, why);

		if (got == 0)
			diag_set(why, "a file ends too early");
		if (got <= 0)
			return false;
		at += (uint64_t)got;
		into += got;
		size -= (size_t)got;
	}
	return true;
}

bool spool_clear(struct spool *spool, struct diag *why)
{
	buf_clear(&spool->held);
	spool->written = 0;
	if (spool->fd < 0 || (ftruncate(spool->fd, 0) == 0 && lseek(spool->fd, 0, SEEK_SET) == 0))
		return true;
	return fail(spool, "write", why);
}

void spool_release(struct spool *spool)
{
	if (spool->fd >= 0)
		close(spool->fd);
	buf_release(&spool->held);
	spool->fd = -1;
	spool->written = 0;
}
