/* SPDX-License-Identifier: MIT
 * parts.c - looking for the ends of documents. */
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/mem.h"
#include "common/row.h"

enum { BLOCK = 64 * 1024 };

struct dealing {
	struct arena *arena;
	struct parts *parts;
	uint64_t part_size;
	int end;
	uint64_t gathered; /* bytes of small files in the last part */
	bool is_open; /* the last part takes more small files */
	struct diag *why;
};

static bool fail(struct dealing *dealing, const char *path, const char *what)
{
	diag_set(dealing->why, "'%s': %s", path, what);
	return false;
}

static void add(struct dealing *dealing, struct part_piece piece)
{
	struct parts *parts = dealing->parts;

	if (parts->count == parts->room) {
		parts->room = parts->room * 2 + 64;
		parts->pieces = mem_resize(parts->pieces, parts->room, sizeof(*parts->pieces));
	}
	piece.part = parts->parts;
	parts->pieces[parts->count++] = piece;
}

static void add_whole(struct dealing *dealing, struct part_piece piece)
{
	if (!dealing->is_open || dealing->gathered + piece.size > dealing->part_size) {
		dealing->parts->parts++;
		dealing->gathered = 0;
	}
	dealing->is_open = true;
	dealing->gathered += piece.size;
	add(dealing, piece);
}

/* The first byte from `from` on that a document begins with; the size where there is none. */
static bool find_start(struct dealing *dealing, int fd, uint64_t from, uint64_t size, uint64_t *start)
{
	char block[BLOCK];

	for (uint64_t at = from - 1; at < size;) {
		ssize_t got = pread(fd, block, sizeof(block), (off_t)at);
		const char *end = got > 0 ? memchr(block, dealing->end, (size_t)got) : NULL;

		if (got < 0)
			return false;
		if (end) {
			*start = at + (uint64_t)(end - block) + 1;
			return true;
		}
		if (got == 0)
			break;
		at += (uint64_t)got;
	}
	*start = size;
	return true;
}

/* Parts of a large file, as many as it has sizes of a part, but for documents that go over several. */
static bool add_cut(struct dealing *dealing, int fd, struct part_piece piece)
{
	uint64_t count = (piece.size + dealing->part_size - 1) / dealing->part_size;

	dealing->is_open = false;
	piece.start = 0;
	for (uint64_t i = 1; piece.start < piece.size; i++) {
		uint64_t from = (uint64_t)(((unsigned __int128)piece.size * i) / count);

		piece.end = piece.size;
		if (from <= piece.start)
			continue;
		if (i < count && !find_start(dealing, fd, from, piece.size, &piece.end))
			return false;
		dealing->parts->parts++;
		add(dealing, piece);
		piece.start = piece.end;
	}
	return true;
}

/* As 'stat --printf %.9Y' says it. Before 1970 a second and a fraction behind it are less of a negative number. */
static const char *time_of(struct arena *arena, const struct stat *about)
{
	struct buf text = BUF_INIT;
	long long seconds = about->st_mtim.tv_sec;
	long fraction = about->st_mtim.tv_nsec;
	const char *copy;

	if (seconds < 0 && fraction > 0) {
		fraction = 1000000000 - fraction;
		seconds++;
	}
	buf_addf(&text, "%s%lld.%09ld", about->st_mtim.tv_sec < 0 ? "-" : "", llabs(seconds), fraction);
	copy = arena_copy(arena, buf_span(&text));
	buf_release(&text);
	return copy;
}

static bool deal_open(struct dealing *dealing, const char *name, const char *path, int fd)
{
	struct stat about;
	struct part_piece piece = { .path = path };

	if (fstat(fd, &about) != 0)
		return fail(dealing, name, strerror(errno));
	if (!S_ISREG(about.st_mode))
		return fail(dealing, name,
			"parts are read when their turn comes, and perhaps again: it must be a regular file");
	piece.end = piece.size = (uint64_t)about.st_size;
	piece.changed = time_of(dealing->arena, &about);
	if (dealing->end < 0 || codec_of(name) || piece.size <= dealing->part_size) {
		add_whole(dealing, piece);
		return true;
	}
	return add_cut(dealing, fd, piece) || fail(dealing, name, strerror(errno));
}

static bool deal_file(struct dealing *dealing, const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char *path = fd >= 0 ? realpath(name, NULL) : NULL;
	bool good;

	if (!path) {
		good = fail(dealing, name, strerror(errno));
	} else {
		good = deal_open(dealing, name, arena_copy(dealing->arena, span_from(path)), fd);
		free(path);
	}
	if (fd >= 0)
		close(fd);
	return good;
}

bool parts_deal(struct arena *arena, const char *const *names, size_t count, uint64_t part_size, int end,
	struct parts *parts, struct diag *why)
{
	struct dealing dealing = {
		.arena = arena, .parts = parts, .part_size = part_size, .end = end, .why = why
	};

	*parts = (struct parts){ .pieces = NULL };
	for (size_t i = 0; i < count; i++)
		if (!deal_file(&dealing, names[i]))
			return false;
	return true;
}

void parts_release(struct parts *parts)
{
	free(parts->pieces);
	*parts = (struct parts){ .pieces = NULL };
}

void parts_print(struct buf *into, const struct parts *parts)
{
	buf_add(into, SPAN("part\tfile\tstart\tend\tsize\tchanged\n"));
	for (size_t i = 0; i < parts->count; i++) {
		const struct part_piece *piece = &parts->pieces[i];

		buf_addf(into, "%zu\t", piece->part);
		row_add_text(into, span_from(piece->path));
		buf_addf(into, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\n", piece->start, piece->end,
			piece->size, piece->changed);
	}
}
