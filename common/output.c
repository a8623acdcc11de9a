/* SPDX-License-Identifier: MIT
 * output.c - documents out. */
#include "common/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/file.h"
#include "common/mem.h"
#include "common/temporary.h"

enum { BLOCK = 128 * 1024 }; /* bytes; larger pieces are written straight */

static enum flow output_fail(struct output *output)
{
	diag_set(output->why, "cannot write %s: %s", output->name, strerror(errno));
	output->failed = true;
	return FLOW_FAIL;
}

/* --- opening ------------------------------------------------------------------------------------------ */

/* What a chain of symbolic links leads to, whether that exists or not. The caller frees it. */
static char *follow_links(const char *path)
{
	enum { LONGEST_CHAIN = 40 }; /* the kernel's own limit */
	char *here = mem_copy(path, strlen(path));
	char to[4096];
	ssize_t len;

	for (int i = 0; i < LONGEST_CHAIN && (len = readlink(here, to, sizeof(to))) >= 0; i++) {
		struct buf next = BUF_INIT;
		const char *slash = strrchr(here, '/');

		if (slash && len && to[0] != '/')
			buf_add(&next, span_of(here, (size_t)(slash - here) + 1));
		buf_add(&next, span_of(to, (size_t)len));
		buf_string(&next);
		free(here);
		here = next.at;
	}
	return here;
}

/* Gives the temporary file the permissions its target has, or those a new file would get. */
static void adopt_permissions(int fd, const struct stat *old)
{
	mode_t mask = umask(0);

	umask(mask);
	if (!old) {
		fchmod(fd, 0666 & ~mask);
		return;
	}
	/* Only root may give files away; where it fails, the file is the caller's, as with any new file. */
	if (fchown(fd, old->st_uid, old->st_gid) != 0)
		errno = 0;
	fchmod(fd, old->st_mode & 07777);
}

/* The descriptor that names such as /dev/stdout and /dev/fd/3 stand for; -1 for other names. What is behind
 * it may be a regular file, but it is the caller's and open: it must be continued, not replaced. */
static int inherited_descriptor(const char *path)
{
	static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		size_t len = strlen(folders[i]);

		if (strncmp(path, folders[i], len) == 0 && path[len] &&
			strspn(path + len, "0123456789") < 6 &&
			path[len + strspn(path + len, "0123456789")] == '\0')
			return atoi(path + len); /* NOLINT(cert-err34-c): at most five digits */
	}
	return -1;
}

/* Written straight, it is what it is. */
static bool open_straight(struct output *output, int fd)
{
	output->fd = fd;
	output->is_known = fd >= 0 && fstat(fd, &output->at) == 0;
	return fd >= 0;
}

bool output_find(struct output *output, const char *path)
{
	*output = (struct output){ .name = path, .fd = -1, .inherited = inherited_descriptor(path) };
	if (output->inherited >= 0) {
		output->is_known = fstat(output->inherited, &output->at) == 0;
		return true;
	}
	output->is_known = stat(path, &output->at) == 0;
	if (!output->is_known && errno == ELOOP)
		return false; /* links that lead nowhere are not replaced */
	if (!output->is_known || S_ISREG(output->at.st_mode))
		output->target = follow_links(path);
	return true;
}

static bool open_file(struct output *output)
{
	if (output->inherited >= 0)
		return open_straight(output, fcntl(output->inherited, F_DUPFD_CLOEXEC, 3));
	if (!output->target)
		return open_straight(output, open(output->name, O_WRONLY | O_CLOEXEC | O_NOCTTY));
	if (output->is_known && access(output->name, W_OK) != 0)
		return false;
	output->fd = temporary_create(output->target, &output->temporary);
	if (output->fd < 0)
		return false;
	adopt_permissions(output->fd, output->is_known ? &output->at : NULL);
	return true;
}

/* Standard output must be open for writing now: an empty result would not notice that it is not. */
static bool open_stdout(struct output *output)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);

	output->inherited = STDOUT_FILENO;
	open_straight(output, STDOUT_FILENO);
	if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY) {
		errno = EBADF;
		return false;
	}
	return flags >= 0;
}

bool output_open(struct output *output, const char *path, enum framing framing, struct diag *why)
{
	bool good;

	*output = (struct output){ .name = "standard output", .fd = -1, .inherited = -1 };
	good = path ? output_find(output, path) : open_stdout(output);
	output->framing = framing;
	output->why = why;
	if (good && (!path || open_file(output))) {
		output->block = mem_resize(NULL, BLOCK, 1);
		return true;
	}
	output_fail(output);
	free(output->target);
	output->target = NULL;
	return false;
}

bool output_takes_nothing(const char *option, const char *path, struct diag *why)
{
	struct stat about;

	if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0)
		return true;
	diag_set(why,
		"option '--%s' writes to '%s', which holds something, and there is no input; if it is the input, say --%s=FILE '%s'",
		option, path, option, path);
	return false;
}

/* --- comparing ---------------------------------------------------------------------------------------- */

static bool is_one_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder that `path` is in. The caller frees it. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? mem_copy(path, (size_t)(slash - path) + 1) : mem_copy(".", 1);
}

static bool stat_folder(const char *path, struct stat *about)
{
	char *folder = folder_of(path);
	bool fine = stat(folder, about) == 0;

	free(folder);
	return fine;
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Two new files: they will have one name in one folder. Other names of an old file (hard links) part from it. */
static bool is_one_target(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return strcmp(last_name(a), last_name(b)) == 0 && stat_folder(a, &of_a) && stat_folder(b, &of_b) &&
	       is_one_file(&of_a, &of_b);
}

bool output_is_same(const struct output *a, const struct output *b)
{
	if (a->target && b->target)
		return is_one_target(a->target, b->target);
	if (!a->is_known || !b->is_known || !is_one_file(&a->at, &b->at) || S_ISCHR(a->at.st_mode))
		return false;
	return a->inherited < 0 || b->inherited < 0 || a->inherited == b->inherited;
}

bool output_is_over(const struct output *output, const struct stat *file)
{
	return output->is_known && S_ISREG(file->st_mode) && is_one_file(&output->at, file);
}

/* --- writing ------------------------------------------------------------------------------------------ */

static enum flow output_write(struct output *output, struct span text)
{
	output->written += text.len;
	return file_write_all(output->fd, text) ? FLOW_MORE : output_fail(output);
}

enum flow output_flush(struct output *output)
{
	struct span ready = span_of(output->block, output->used);

	output->used = 0;
	return output_write(output, ready);
}

static enum flow output_bytes(struct output *output, struct span text)
{
	if (text.len > BLOCK - output->used && output_flush(output) != FLOW_MORE)
		return FLOW_FAIL;
	if (text.len >= BLOCK)
		return output_write(output, text);
	memcpy(output->block + output->used, text.at, text.len);
	output->used += text.len;
	return FLOW_MORE;
}

enum flow output_put(void *ctx, struct span text)
{
	struct output *output = ctx;

	if (text.len == 0)
		return FLOW_MORE;
	output->last_byte = text.at[text.len - 1];
	return output_bytes(output, text);
}

enum flow output_end(void *ctx)
{
	struct output *output = ctx;
	bool lacks_newline = output->last_byte && output->last_byte != '\n';

	output->last_byte = 0;
	if (lacks_newline && output_bytes(output, SPAN("\n")) != FLOW_MORE)
		return FLOW_FAIL;
	return output->framing == FRAMING_ZERO ? output_bytes(output, span_of("", 1)) : FLOW_MORE;
}

/* --- closing ------------------------------------------------------------------------------------------ */

/* The rename itself must survive a power cut, so the folder is synced too; not every file system can. */
static void sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static bool publish(struct output *output)
{
	if (rename(output->temporary, output->target) != 0)
		return false;
	temporary_forget(output->temporary, false);
	sync_folder(output->target);
	return true;
}

static bool close_checked(struct output *output, bool keep)
{
	if (keep && output->temporary && fsync(output->fd) != 0) {
		close(output->fd);
		return false;
	}
	return close(output->fd) == 0;
}

bool output_close(struct output *output, bool keep)
{
	bool fine = !output->failed && ((output->temporary && !keep) || output_flush(output) == FLOW_MORE);

	if (!close_checked(output, keep && fine) && fine) {
		output_fail(output);
		fine = false;
	}
	if (output->temporary && keep && fine && !publish(output)) {
		output_fail(output);
		fine = false;
	}
	if (output->temporary && !(keep && fine))
		temporary_forget(output->temporary, true);
	free(output->temporary);
	free(output->target);
	free(output->block);
	return fine;
}
