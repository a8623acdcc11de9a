/* SPDX-License-Identifier: MIT
 * home.c - a path taken apart, and programs looked for. */
#include "home.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/mem.h"

struct home home_of(struct span self)
{
	static const struct span own = { "run-pipeline", sizeof("run-pipeline") - 1 };
	const char *slash = self.len ? memrchr(self.at, '/', self.len) : NULL;
	struct home home = { SPAN(""), SPAN("") };
	struct span name;

	if (!slash)
		return home;
	home.folder = span_head(self, (size_t)(slash - self.at));
	name = span_skip(self, home.folder.len + 1);
	if (span_has_suffix(name, own))
		home.prefix = span_head(name, name.len - own.len);
	return home;
}

/* The path that the kernel started us by, links followed. It needs no /proc, which a bare container may lack. */
struct home home_find(struct arena *arena)
{
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands pointers over as numbers */
	const char *started_by = (const char *)getauxval(AT_EXECFN);
	char *self = started_by ? realpath(started_by, NULL) : NULL;
	struct home home = { SPAN(""), SPAN("") };

	if (started_by && !self && errno == ENOMEM)
		mem_lack(); /* without a home others' programs would do */
	if (self)
		home = home_of(span_from(arena_copy(arena, span_from(self))));
	free(self);
	return home;
}

static bool is_program(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISREG(about.st_mode) && access(path, X_OK) == 0;
}

/* FOLDER/NAME when that is a program, else NULL. */
static const char *program_in(struct arena *arena, struct span folder, struct span name)
{
	struct buf path = BUF_INIT;
	const char *found = NULL;

	buf_add(&path, folder.len ? folder : SPAN("."));
	buf_add_byte(&path, '/');
	buf_add(&path, name);
	if (is_program(buf_string(&path)))
		found = arena_copy(arena, buf_span(&path));
	buf_release(&path);
	return found;
}

static const char *program_in_path(struct arena *arena, struct span name)
{
	const char *folders = getenv("PATH");
	struct span rest = span_from(folders ? folders : "");
	const char *found = NULL;

	while (!found && rest.len) {
		size_t colon = span_find(rest, ':');

		found = program_in(arena, span_head(rest, colon), name);
		rest = span_skip(rest, colon + 1);
	}
	return found;
}

/* Under a prefix the plain name is not tried: `normalize` may then be anybody's. */
const char *home_program(struct arena *arena, const char *name)
{
	struct home home = home_find(arena);
	struct buf full = BUF_INIT;
	const char *found = NULL;

	buf_add(&full, home.prefix);
	buf_add(&full, span_from(name));
	if (home.folder.len)
		found = program_in(arena, home.folder, buf_span(&full));
	if (!found)
		found = program_in_path(arena, buf_span(&full));
	buf_release(&full);
	return found;
}

const char *home_other_program(struct arena *arena, const char *name)
{
	if (strchr(name, '/'))
		return name;
	return program_in_path(arena, span_from(name));
}
