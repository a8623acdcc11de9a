/* SPDX-License-Identifier: MIT
 * folder.c - all outputs or none. */
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/temporary.h"

static bool fail(struct diag *why, const char *verb, const char *path)
{
	diag_set(why, "cannot %s '%s': %s", verb, path, strerror(errno));
	return false;
}

/* Makes the folder `path[0..len)` and its parents. `path` is changed while at it and restored. */
static bool make_folders(char *path, size_t len)
{
	for (size_t i = 1; i <= len; i++) {
		char cut = path[i];
		bool good;

		if (cut != '/' && i != len)
			continue;
		path[i] = '\0';
		good = mkdir(path, 0777) == 0 || errno == EEXIST;
		path[i] = cut;
		if (!good)
			return false;
	}
	return true;
}

/* FOLDER/NAME, to be freed. */
static char *path_in(const char *folder, const char *name)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/%s", folder, name);
	buf_string(&path);
	return path.at;
}

static bool make_parents(char *path)
{
	return make_folders(path, (size_t)(strrchr(path, '/') - path));
}

bool folder_open(struct folder *folder, const char *target, struct diag *why)
{
	char *path = mem_copy(target, strlen(target));
	bool good = make_folders(path, strlen(path));

	*folder = (struct folder){ .target = target };
	free(path);
	if (!good)
		return fail(why, "make folder", target);
	path = path_in(target, "");
	good = temporary_create_folder(path, &folder->hidden);
	free(path);
	return good || fail(why, "write into", target);
}

int folder_create(struct folder *folder, const char *name, struct diag *why)
{
	enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC };
	char *path = path_in(folder->hidden, name);
	int fd = open(path, FLAGS, 0666);

	if (fd < 0 && errno == ENOENT && make_parents(path))
		fd = open(path, FLAGS, 0666);
	if (fd < 0)
		fail(why, "create", path);
	free(path);
	return fd;
}

/* --- publishing ------------------------------------------------------------------------------- */

static bool check_target(const struct folder *folder, const char *name, struct diag *why)
{
	char *path = path_in(folder->target, name);
	struct stat old;
	bool good = lstat(path, &old) != 0 || S_ISREG(old.st_mode) || S_ISLNK(old.st_mode);

	if (!good)
		diag_set(why, "cannot replace '%s': it is not a file", path);
	free(path);
	return good;
}

static bool publish_one(const struct folder *folder, const char *name, struct diag *why)
{
	char *from = path_in(folder->hidden, name), *to = path_in(folder->target, name);
	bool good = rename(from, to) == 0 || (errno == ENOENT && make_parents(to) && rename(from, to) == 0);

	if (!good)
		fail(why, "write", to);
	free(from);
	free(to);
	return good;
}

/* Once for all files: to sync each would take a disk's turn for every article. */
static bool sync_files(const struct folder *folder, struct diag *why)
{
	int fd = open(folder->hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;

	if (!good)
		fail(why, "write", folder->target);
	if (fd >= 0)
		close(fd);
	return good;
}

bool folder_publish(struct folder *folder, const char *const *names, size_t count, struct diag *why)
{
	for (size_t i = 0; i < count; i++)
		if (!check_target(folder, names[i], why))
			return false;
	if (!sync_files(folder, why))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!publish_one(folder, names[i], why))
			return false;
	return true;
}

void folder_close(struct folder *folder)
{
	if (folder->hidden)
		temporary_forget(folder->hidden, true);
	free(folder->hidden);
	folder->hidden = NULL;
}

/* --- inside or not ---------------------------------------------------------------------------- */

/* `path` without its last component: "." where there is none left. */
static void cut_last(char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	path[len] = '\0';
	if (len == 0)
		memcpy(path, ".", 2);
}

/* The real path of `path`, to be freed; NULL when it has none. */
static char *real_path(const char *path)
{
	char *real = realpath(path, NULL);

	if (!real && errno == ENOMEM)
		mem_lack(); /* it may well have one */
	return real;
}

/* The real path of `path`; of what does not exist, that of its nearest existing parent. NULL when
 * even that cannot be told. To be freed. */
static char *real_part(const char *path)
{
	char *part = mem_copy(path, strlen(path) + 1), *real;

	while (!(real = real_path(part)) && strcmp(part, ".") != 0 && strcmp(part, "/") != 0)
		cut_last(part);
	free(part);
	return real;
}

bool folder_holds(const char *outer, const char *inner)
{
	char *out = real_path(outer), *in = real_part(inner);
	size_t len = out ? strlen(out) : 0;
	bool holds =
		out && in && strncmp(out, in, len) == 0 && (in[len] == '/' || in[len] == '\0' || len == 1);

	free(out);
	free(in);
	return holds;
}
