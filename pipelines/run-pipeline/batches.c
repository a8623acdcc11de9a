/* SPDX-License-Identifier: MIT
 * batches.c - names by size, or pieces cut behind a document. */
#include "batches.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/mem.h"

enum {
	BLOCK = 256 * 1024, /* bytes read at once */
	LEAST = 4 << 20, /* bytes of a batch; to start stages takes as long as to clean a third of a MiB */
	NAME_BYTES = 64 * 1024, /* of names in a batch: argument vectors have limits */
	PIECE_BYTES = 64, /* what a piece takes there beside its name */
};

/* Of all files together; 0 where that cannot be known. A file that cannot be looked at is for the first stage to report. */
static uint64_t size_of_all(const char *const *names)
{
	uint64_t bytes = 0;
	struct stat about;

	for (; *names; names++) {
		bool is_stdin = strcmp(*names, "-") == 0;

		if ((is_stdin ? fstat(STDIN_FILENO, &about) : stat(*names, &about)) != 0)
			continue;
		if (!S_ISREG(about.st_mode) || codec_of(*names))
			return 0;
		bytes += (uint64_t)about.st_size;
	}
	return bytes;
}

static struct batches batches_of(const char *const *names, size_t most, size_t jobs)
{
	return (struct batches){ .names = names,
		.most = most,
		.left = size_of_all(names),
		.shares = 2 * jobs,
		.memories.keep = 2 * most,
		.source.fd = -1,
		.memory = -1 };
}

void batches_of_files(struct batches *batches, const char *const *names, size_t most, size_t jobs)
{
	*batches = batches_of(names, most, jobs);
	batches->by_name = true;
}

void batches_of_documents(
	struct batches *batches, const char *const *names, char ends, size_t most, size_t jobs)
{
	*batches = batches_of(names, most, jobs);
	batches->ends = ends;
	batches->block = mem_resize(NULL, BLOCK, 1);
}

/* Bytes that the batch at hand should not exceed. */
static size_t wanted(const struct batches *batches)
{
	uint64_t share = batches->left / batches->shares;

	if (!batches->left || share >= batches->most)
		return batches->most;
	share = share > LEAST ? share : LEAST;
	return share < batches->most ? (size_t)share : batches->most;
}

static void hand_over(struct batches *batches, uint64_t bytes)
{
	batches->left -= bytes < batches->left ? bytes : batches->left;
}

void batches_release(struct batches *batches)
{
	struct diag why;

	if (batches->source.fd > STDIN_FILENO)
		close(batches->source.fd);
	compressed_end(&batches->source.compressed, true, &why);
	memories_give(&batches->memories, batches->memory);
	memories_release(&batches->memories);
	free(batches->pieces);
	free(batches->block);
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
	size_t bytes = 0, name_bytes = 0, size;

	*batch = (struct batch){
		.names = batches->names, .in = -1, .documents_before = batches->documents_before
	};
	for (; *batches->names; batches->names++, batch->count++) {
		size = size_of(*batches->names);
		name_bytes += strlen(*batches->names) + 1;
		if (batch->count && (bytes + size > wanted(batches) || name_bytes > NAME_BYTES))
			break;
		bytes += size;
	}
	hand_over(batches, bytes);
	batches->documents_before += batch->count;
	return batch->count > 0;
}

/* --- sources -------------------------------------------------------------------------------------------- */

/* A regular file is read by whoever works on it. So is standard input where there is nothing else. */
static bool is_file(const struct batches *batches, int fd, bool is_stdin)
{
	struct stat about;

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
		return false;
	return !is_stdin || (!batches->names[1] && batches->documents_before == 0 && batches->count == 0);
}

/* The source at hand goes into memory from here. */
static bool begin_memory(struct batches *batches, struct diag *why)
{
	struct batch_source *source = &batches->source;

	if (batches->memory < 0) {
		batches->memory = memories_take(&batches->memories);
		batches->filled = 0;
	}
	source->at = source->from = source->whole = batches->filled;
	if (batches->memory < 0)
		diag_set(why, "cannot hold a batch: %s", strerror(errno));
	return batches->memory >= 0;
}

static bool open_next(struct batches *batches, struct diag *why)
{
	const char *name = *batches->names;
	const struct codec *codec = codec_of(name);
	bool is_stdin = strcmp(name, "-") == 0;
	int file = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct batch_source *source = &batches->source;

	*source = (struct batch_source){ .fd = file };
	if (file < 0) {
		diag_set(why, "cannot read: %s", strerror(errno));
		return false;
	}
	if (codec) {
		source->fd = compressed_read(&source->compressed, codec, file, why);
		close(file);
	}
	source->is_file = !codec && is_file(batches, file, is_stdin);
	if (source->fd < 0 || !source->is_file)
		return source->fd >= 0 && begin_memory(batches, why);
	if (is_stdin)
		source->at = source->from = source->whole = (uint64_t)lseek(file, 0, SEEK_CUR);
	return true;
}

/* What no batch has of the source, up to its last whole document, becomes a piece. */
static void add_piece(struct batches *batches)
{
	struct batch_source *source = &batches->source;

	if (source->whole == source->from)
		return;
	if (batches->count == batches->room) {
		batches->room = batches->room * 2 + 8;
		batches->pieces = mem_resize(batches->pieces, batches->room, sizeof(*batches->pieces));
	}
	batches->pieces[batches->count++] = (struct file_piece){ .in_stdin = !source->is_file,
		.from = source->from,
		.to = source->whole,
		.line = source->before + 1,
		.name = *batches->names };
	batches->bytes += source->whole - source->from;
	batches->name_bytes += strlen(*batches->names) + PIECE_BYTES;
	batches->documents += source->count;
	source->before += source->count;
	source->count = 0;
	source->from = source->whole;
}

/* The end of a file ends its last document. */
static bool close_current(struct batches *batches, struct diag *why)
{
	struct batch_source *source = &batches->source;

	source->count += source->at > source->whole;
	source->whole = source->at;
	add_piece(batches);
	if (source->fd > STDIN_FILENO)
		close(source->fd);
	else if (source->is_file)
		lseek(source->fd, (off_t)source->at, SEEK_SET); /* where a reader would have left it */
	source->fd = -1;
	if (!compressed_end(&source->compressed, false, why))
		return false;
	batches->names++;
	return true;
}

/* --- looking for ends ----------------------------------------------------------------------------------- */

/* Up to where of the source the batch has room. */
static uint64_t limit(const struct batches *batches)
{
	size_t most = wanted(batches);

	return batches->source.from + (most > batches->bytes ? most - batches->bytes : 0);
}

/* Reads into memory, a copy of which stays in the block. */
static long read_on(struct batches *batches, size_t size)
{
	long got = file_read_some(batches->source.fd, batches->block, size);

	if (got <= 0)
		return got;
	if (lseek(batches->memory, (off_t)batches->filled, SEEK_SET) < 0 ||
		!file_write_all(batches->memory, span_of(batches->block, (size_t)got)))
		return -1;
	batches->filled += (uint64_t)got;
	return got;
}

/* What comes next of the source, at most `size` bytes: 0 at its end, -1 with errno. */
static long fetch(struct batches *batches, size_t size)
{
	const struct batch_source *source = &batches->source;
	uint64_t held = source->is_file ? size : batches->filled - source->at;
	int fd = source->is_file ? source->fd : batches->memory;

	if (!held)
		return read_on(batches, size);
	return pread(fd, batches->block, held < size ? (size_t)held : size, (off_t)source->at);
}

/* Looks at bytes that came next. As long as the batch has room its last document may be any; then it is the first, and
 * what is behind will be looked at again. */
static void look_at(struct batches *batches, struct span bytes, bool has_room)
{
	struct batch_source *source = &batches->source;
	const char *end = has_room ? memrchr(bytes.at, batches->ends, bytes.len)
				   : memchr(bytes.at, batches->ends, bytes.len);
	size_t len = end ? (size_t)(end - bytes.at) + 1 : 0;

	if (end) {
		source->count += span_count(span_head(bytes, len), batches->ends);
		source->whole = source->at + len;
	}
	source->at += end && !has_room ? len : bytes.len;
}

static bool look_further(struct batches *batches, struct diag *why)
{
	uint64_t at = batches->source.at, end = limit(batches);
	bool has_room = at < end;
	long got = fetch(batches, has_room && end - at < BLOCK ? (size_t)(end - at) : BLOCK);

	if (got < 0) {
		diag_set(why, "cannot read: %s", strerror(errno));
		return false;
	}
	if (got == 0)
		return close_current(batches, why);
	look_at(batches, span_of(batches->block, (size_t)got), has_room);
	return true;
}

/* --- handing out ---------------------------------------------------------------------------------------- */

static bool holds_memory(const struct batches *batches)
{
	for (size_t i = 0; i < batches->count; i++)
		if (batches->pieces[i].in_stdin)
			return true;
	return false;
}

/* What memory holds beyond the pieces goes into another one. */
static bool carry_on(struct batches *batches, int old)
{
	struct batch_source *source = &batches->source;
	uint64_t at = source->from, end = batches->filled;
	long got = 1;

	batches->memory = -1;
	if (source->fd < 0 || source->is_file)
		return true;
	batches->memory = memories_take(&batches->memories);
	batches->filled = 0;
	/* While the one before is worked on this one is small. */
	if (batches->memory >= 0 && ftruncate(batches->memory, 0) != 0)
		return false;
	for (; batches->memory >= 0 && at < end && got > 0; at += (uint64_t)got) {
		got = pread(old, batches->block, end - at < BLOCK ? (size_t)(end - at) : BLOCK, (off_t)at);
		if (got > 0 && !file_write_all(batches->memory, span_of(batches->block, (size_t)got)))
			got = -1;
		batches->filled += got > 0 ? (uint64_t)got : 0;
	}
	source->at -= source->from;
	source->from = source->whole = 0;
	return batches->memory >= 0 && got > 0;
}

static enum batches_state hand_out(struct batches *batches, struct batch *batch, struct diag *why)
{
	uint64_t end;

	*batch = (struct batch){ .pieces = batches->pieces,
		.count = batches->count,
		.in = holds_memory(batches) ? batches->memory : -1,
		.documents_before = batches->documents_before };
	batches->documents_before += batches->documents;
	if (batch->in >= 0) {
		bool good = carry_on(batches, batch->in);

		end = batch->pieces[batch->count - 1].to;
		for (size_t i = 0; i < batch->count; i++)
			end = batch->pieces[i].in_stdin ? batch->pieces[i].to : end;
		/* As a file of its own for programs that know nothing of pieces. */
		if (!good || ftruncate(batch->in, (off_t)end) != 0 || lseek(batch->in, 0, SEEK_SET) != 0) {
			diag_set(why, "cannot hold a batch: %s", strerror(errno));
			close(batch->in);
			return BATCHES_FAILED;
		}
	}
	hand_over(batches, batches->bytes);
	batches->count = batches->bytes = batches->name_bytes = 0;
	batches->documents = 0;
	return BATCHES_READY;
}

static enum batches_state next_pieces(struct batches *batches, struct batch *batch, struct diag *why)
{
	const struct batch_source *source = &batches->source;
	bool is_open = source->fd >= 0;

	if (!is_open && !*batches->names)
		return batches->count ? hand_out(batches, batch, why) : BATCHES_OVER;
	if (!is_open && (batches->bytes >= wanted(batches) || batches->name_bytes > NAME_BYTES))
		return hand_out(batches, batch, why);
	if (!is_open)
		return open_next(batches, why) ? BATCHES_READ : BATCHES_FAILED;
	if (source->at < limit(batches) || (source->whole == source->from && !batches->count))
		return look_further(batches, why) ? BATCHES_READ : BATCHES_FAILED;
	add_piece(batches);
	return hand_out(batches, batch, why);
}

int batches_fd(const struct batches *batches)
{
	const struct batch_source *source = &batches->source;

	return source->is_file || source->at < batches->filled ? -1 : source->fd;
}

bool batches_take_memory(const struct batches *batches)
{
	return !batches->by_name && !(batches->source.fd >= 0 && batches->source.is_file);
}

enum batches_state batches_step(struct batches *batches, struct batch *batch, struct diag *why)
{
	if (!batches->by_name)
		return next_pieces(batches, batch, why);
	return next_names(batches, batch) ? BATCHES_READY : BATCHES_OVER;
}
