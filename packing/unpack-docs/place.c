/* SPDX-License-Identifier: MIT
 * place.c - making files inside one folder. */
#include "packing/unpack-docs/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/temporary.h"

bool place_open(struct place *place, const char *into, bool force, struct diag *why)
{
	*place = (struct place){ .force = force, .name = BUF_INIT };
	if (mkdir(into, 0777) == 0 || errno == EEXIST) {
		place->folder = open(into, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (place->folder >= 0)
			return true;
	}
	diag_set(why, "cannot make files in '%s': %s", into, strerror(errno));
	return false;
}

void place_close(struct place *place)
{
	close(place->folder);
	buf_release(&place->name);
}

/* --- what went wrong ---------------------------------------------------------------------------------- */

/* Whether the name is at fault, rather than the disk. */
static bool is_fault_of_name(int reason)
{
	return reason == EEXIST || reason == EISDIR || reason == ENOTDIR || reason == ELOOP ||
	       reason == ENAMETOOLONG || reason == ENOTEMPTY || reason == EILSEQ || reason == EINVAL;
}

static enum placed refuse(const struct place *place, const char *what, struct diag *why)
{
	diag_set(why, "'%s' %s", place->name.at, what);
	return PLACE_REFUSED;
}

static enum placed fail(const struct place *place, struct diag *why)
{
	int reason = errno;

	diag_set(why, "cannot make '%s': %s", place->name.at, strerror(reason));
	return is_fault_of_name(reason) ? PLACE_REFUSED : PLACE_FAILED;
}

/* --- folders ------------------------------------------------------------------------------------------ */

/* Opens the folder `part` of `folder`, made if it is not there; -1 with errno. */
static int enter(int folder, const char *part)
{
	enum { HOW = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
	int inner = openat(folder, part, HOW);

	if (inner >= 0 || errno != ENOENT)
		return inner;
	if (mkdirat(folder, part, 0777) != 0 && errno != EEXIST)
		return -1;
	return openat(folder, part, HOW);
}

static void leave(const struct place *place, int folder)
{
	int reason = errno;

	if (folder >= 0 && folder != place->folder)
		close(folder);
	errno = reason;
}

static enum placed cannot_enter(struct place *place, int folder, const char *part, struct diag *why)
{
	int reason = errno;
	struct stat there;
	bool is_link = fstatat(folder, part, &there, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(there.st_mode);

	errno = reason;
	if (is_link)
		diag_set(why, "'%s' is a symbolic link, which is not followed", place->name.at);
	else if (reason == ENOTDIR)
		diag_set(why, "'%s' is a file, not a folder", place->name.at);
	else
		return fail(place, why);
	return PLACE_REFUSED;
}

/* Opens the folder that the file of the name at hand is in; `last` becomes the name of the file there. */
static enum placed open_parent(struct place *place, int *parent, const char **last, struct diag *why)
{
	char *part = place->name.at, *slash;

	*parent = place->folder;
	for (; (slash = strchr(part, '/')); part = slash + 1) {
		int inner;

		*slash = '\0';
		inner = enter(*parent, part);
		if (inner < 0) {
			enum placed placed = cannot_enter(place, *parent, part, why);

			leave(place, *parent);
			return placed;
		}
		leave(place, *parent);
		*parent = inner;
		*slash = '/';
	}
	*last = part;
	return PLACED;
}

/* --- the file ----------------------------------------------------------------------------------------- */

/* Gives the new file its name, over no other unless that is wanted. */
static bool publish(const struct place *place, int parent, const char *temporary, const char *last)
{
	if (place->force)
		return renameat(parent, temporary, parent, last) == 0;
	if (renameat2(parent, temporary, parent, last, RENAME_NOREPLACE) == 0)
		return true;
	/* Not every file system knows how; most of those know links. */
	return (errno == EINVAL || errno == ENOSYS) && linkat(parent, temporary, parent, last, 0) == 0;
}

static enum placed write_file(const struct place *place, int parent, const char *last, struct span text,
	const struct stat *old, struct diag *why)
{
	char *temporary;
	int fd = temporary_create_at(parent, "", 0666, &temporary);
	bool fine, published;
	int reason;

	if (fd < 0)
		return fail(place, why);
	fine = file_write_all(fd, text) && (!old || fchmod(fd, old->st_mode & 0777) == 0);
	reason = errno;
	if (close(fd) != 0 && fine) {
		fine = false;
		reason = errno;
	}
	published = fine && publish(place, parent, temporary, last);
	if (fine)
		reason = errno;
	temporary_forget(temporary, true); /* after a rename there is nothing left to remove */
	free(temporary);
	errno = reason;
	return published ? PLACED : fail(place, why);
}

static enum placed put_in(
	const struct place *place, int parent, const char *last, struct span text, struct diag *why)
{
	struct stat old;
	bool exists = fstatat(parent, last, &old, AT_SYMLINK_NOFOLLOW) == 0;

	if (exists && S_ISDIR(old.st_mode))
		return refuse(place, "is a folder, which is never replaced", why);
	if (exists && !place->force)
		return refuse(place, "is there already; --force replaces it", why);
	return write_file(place, parent, last, text, exists && S_ISREG(old.st_mode) ? &old : NULL, why);
}

enum placed place_put(struct place *place, struct span name, struct span text, struct diag *why)
{
	const char *last = NULL;
	enum placed placed;
	int parent;

	buf_clear(&place->name);
	buf_add(&place->name, name);
	buf_string(&place->name);
	placed = open_parent(place, &parent, &last, why);
	if (placed != PLACED)
		return placed;
	placed = put_in(place, parent, last, text, why);
	leave(place, parent);
	return placed;
}
