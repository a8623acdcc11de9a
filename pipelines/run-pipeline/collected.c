/* SPDX-License-Identifier: MIT
 * collected.c - copies, one behind the other. */
#include "collected.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/file.h"

enum { BLOCK = 64 * 1024 };

/* Copies all that `from` has; *bytes more are there. False with errno. */
static bool copy_on(int from, int to, size_t *bytes)
{
	char block[BLOCK];
	long got;

	while ((got = file_read_some(from, block, sizeof(block))) > 0) {
		if (!file_write_all(to, span_of(block, (size_t)got)))
			return false;
		*bytes += (size_t)got;
	}
	return got == 0;
}

static int create(const char *path, struct diag *why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		diag_set(why, "cannot write '%s': %s", path, strerror(errno));
	return fd;
}

bool copy_to(int from, const char *path, struct diag *why)
{
	int to = create(path, why);
	size_t bytes = 0;
	bool good = to >= 0 && copy_on(from, to, &bytes);

	if (to >= 0 && !good)
		diag_set(why, "cannot copy to '%s': %s", path, strerror(errno));
	if (to >= 0)
		close(to);
	return good;
}

static bool unpack(const struct codec *codec, int file, int to, size_t *bytes, struct diag *why)
{
	struct compressed compressed = { .pid = 0 };
	int from = compressed_read(&compressed, codec, file, why);
	bool good = from >= 0 && copy_on(from, to, bytes);

	if (from >= 0)
		close(from);
	return compressed_end(&compressed, false, why) && good;
}

static bool append(const char *path, int to, size_t *bytes, struct diag *why)
{
	const struct codec *codec = codec_of(path);
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool good = from >= 0;

	if (good && codec)
		good = unpack(codec, from, to, bytes, why);
	else if (good)
		good = copy_on(from, to, bytes);
	if (!good && !(from >= 0 && codec))
		diag_set(why, "cannot copy '%s': %s", path, strerror(errno));
	if (from >= 0)
		close(from);
	return good;
}

bool collect(struct collected *collected, struct arena *arena, const char *const *names, size_t count,
	const char *path, const char *stdin_path, struct diag *why)
{
	int to = create(path, why);
	size_t bytes = 0;
	bool good = to >= 0;

	*collected = (struct collected){ arena_new(arena, count + 1, sizeof(*collected->files)), count };
	for (size_t i = 0; i < count && good; i++) {
		bool is_stdin = strcmp(names[i], "-") == 0;

		collected->files[i] = (struct collected_file){ .name = names[i], .start = bytes };
		good = append(is_stdin ? stdin_path : names[i], to, &bytes, why);
		collected->files[i].end = bytes;
	}
	if (to >= 0)
		close(to);
	return good;
}

const struct collected_file *collected_at(const struct collected *collected, size_t at)
{
	size_t low = 0, high = collected->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (collected->files[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return &collected->files[low];
}
