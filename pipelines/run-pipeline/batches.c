/* SPDX-License-Identifier: MIT
 * batches.c - names by size, or pieces of a stream cut behind a document. */
#include "batches.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "name_list.h"

enum {
	BLOCK = 256 * 1024, /* bytes read at once */
	NAME_BYTES = 64 * 1024, /* of names in a batch: argument vectors have limits */
};

void batches_of_files(struct batches *batches, const char *const *names, size_t most)
{
	*batches = (struct batches){ .names = names, .most = most, .by_name = true, .fd = -1 };
}

void batches_of_documents(struct batches *batches, const char *const *names, char ends, size_t most)
{
	*batches = (struct batches){ .names = names, .most = most, .ends = ends, .fd = -1 };
}

void batches_release(struct batches *batches)
{
	struct diag why;

	if (batches->fd > STDIN_FILENO)
		close(batches->fd);
	compressed_end(&batches->compressed, true, &why);
	buf_release(&batches->held);
}

/* --- names ---------------------------------------------------------------------------------------------- */

/* A file that cannot be looked at is for the first stage to report. */
static size_t size_of(const char *name)
{
	struct stat about;

	return stat(name, &about) == 0 && about.st_size > 0 ? (size_t)about.st_size : 0;
}

static bool next_names(struct batches *batches, struct batch *batch)
{
	size_t bytes = 0, name_bytes = 0;

	*batch = (struct batch){ .names = batches->names, .in = -1 };
	for (; *batches->names; batches->names++, batch->count++) {
		bytes += size_of(*batches->names);
		name_bytes += strlen(*batches->names) + 1;
		if (batch->count && (bytes > batches->most || name_bytes > NAME_BYTES))
			break;
	}
	return batch->count > 0;
}

/* --- pieces of a stream --------------------------------------------------------------------------------- */

static bool open_next(struct batches *batches, struct diag *why)
{
	const char *name = *batches->names;
	const struct codec *codec = codec_of(name);
	int file = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	batches->fd = file;
	if (file < 0)
		diag_set(why, "cannot read: %s", strerror(errno));
	if (file < 0 || !codec)
		return file >= 0;
	batches->fd = compressed_read(&batches->compressed, codec, file, why);
	close(file);
	return batches->fd >= 0;
}

/* The end of a file ends its last document. */
static bool close_current(struct batches *batches, struct diag *why)
{
	if (batches->fd > STDIN_FILENO)
		close(batches->fd);
	batches->fd = -1;
	if (!compressed_end(&batches->compressed, false, why))
		return false;
	batches->names++;
	if (batches->held.len && batches->held.at[batches->held.len - 1] != batches->ends)
		buf_add_byte(&batches->held, batches->ends);
	return true;
}

/* Reads a block. False with `why`. */
static bool read_some(struct batches *batches, struct diag *why)
{
	long got;

	if (batches->fd < 0 && !open_next(batches, why))
		return false;
	got = file_read_some(batches->fd, buf_reserve(&batches->held, BLOCK), BLOCK);
	if (got < 0) {
		diag_set(why, "cannot read: %s", strerror(errno));
		return false;
	}
	batches->held.len += (size_t)got;
	return got > 0 || close_current(batches, why);
}

/* Bytes of the whole documents that are held, as far as they fit; the first alone where it does not. 0: no whole one,
 * and what is held will not be searched again. */
static size_t whole_len(struct batches *batches)
{
	struct span held = buf_span(&batches->held), fitting = span_head(held, batches->most);
	const char *end = batches->searched ? NULL : memrchr(fitting.at, batches->ends, fitting.len);

	if (batches->searched < fitting.len)
		batches->searched = fitting.len;
	if (!end)
		end = memchr(held.at + batches->searched, batches->ends, held.len - batches->searched);
	batches->searched = end ? 0 : held.len;
	return end ? (size_t)(end - held.at) + 1 : 0;
}

static enum batches_state cut_piece(
	struct batches *batches, size_t len, struct batch *batch, struct diag *why)
{
	*batch = (struct batch){ .in = memory_file(batches->held.at, len) };
	buf_drop_head(&batches->held, len);
	if (batch->in >= 0)
		return BATCHES_READY;
	diag_set(why, "cannot hold a batch: %s", strerror(errno));
	return BATCHES_FAILED;
}

static enum batches_state next_piece(struct batches *batches, struct batch *batch, struct diag *why)
{
	bool all_read = batches->fd < 0 && !*batches->names;
	size_t len = all_read || batches->held.len >= batches->most ? whole_len(batches) : 0;

	if (len)
		return cut_piece(batches, len, batch, why);
	if (all_read)
		return BATCHES_OVER;
	return read_some(batches, why) ? BATCHES_READ : BATCHES_FAILED;
}

int batches_fd(const struct batches *batches)
{
	return batches->fd;
}

enum batches_state batches_step(struct batches *batches, struct batch *batch, struct diag *why)
{
	if (!batches->by_name)
		return next_piece(batches, batch, why);
	return next_names(batches, batch) ? BATCHES_READY : BATCHES_OVER;
}
