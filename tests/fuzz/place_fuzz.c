/* SPDX-License-Identifier: MIT
 * place_fuzz.c - ids of any kind unpacked into a folder full of traps: nothing outside of it changes.
 *
 * Runs in a folder of its own, made in memory, with two folders in it: `into`, where files are made, and
 * `outside`, with a file. A line of the input is an id, of which a file is made that holds the id; or a TAB, a letter
 * and a byte: a symbolic link of that name to one of a few places; or a form feed: from here on files are replaced,
 * or again not. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packing/file_name.h"
#include "packing/unpack-docs/place.h"

enum { LONGEST = 512 }; /* bytes of an id; what is made must be found again by its path */

static char root[] = "/dev/shm/ghirbal-fuzz-XXXXXX";
static int root_fd = -1;

/* --- the folder ------------------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *file, int kind, struct FTW *where)
{
	(void)file, (void)kind, (void)where;
	return remove(path);
}

static void remove_root(void)
{
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void make_file(const char *name, struct span text)
{
	int fd = openat(root_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	LAW(fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len, "memory for a file");
	close(fd);
}

static void set_traps(void)
{
	if (root_fd < 0) {
		LAW(mkdtemp(root), "there is a folder in memory");
		root_fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
		atexit(remove_root);
	}
	LAW(mkdirat(root_fd, "into", 0700) == 0 && mkdirat(root_fd, "outside", 0700) == 0,
		"folders are made");
	make_file("outside/kept", SPAN("kept"));
}

static void clear(const char *name)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/%s", root, name);
	LAW(nftw(buf_string(&path), remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0, "a folder is removed");
	buf_release(&path);
}

/* What is in a folder of the root; the names sorted, each with a space behind it. */
static void list(struct buf *into, const char *name)
{
	struct dirent **entries = NULL;
	int count = scandirat(root_fd, name, &entries, NULL, alphasort);

	LAW(count >= 0, "a folder is read");
	for (int i = 0; i < count; i++) {
		buf_addf(into, "%s ", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

static void check_listed(const char *name, const char *expected)
{
	struct buf found = BUF_INIT;

	list(&found, name);
	fuzz_same(buf_span(&found), span_from(expected),
		"nothing is made, and nothing goes, outside the folder");
	buf_release(&found);
}

static void check_content(int fd, struct span expected)
{
	char found[LONGEST + 1];
	ssize_t len = read(fd, found, sizeof(found));

	LAW(fd >= 0 && len >= 0, "what was made can be read");
	fuzz_same(span_of(found, (size_t)len), expected, "a file holds what it was given");
	close(fd);
}

static void check_outside(void)
{
	check_listed(".", ". .. into outside ");
	check_listed("outside", ". .. kept ");
	check_content(openat(root_fd, "outside/kept", O_RDONLY | O_NOFOLLOW | O_CLOEXEC), SPAN("kept"));
}

/* --- what a line asks for --------------------------------------------------------------------------------- */

/* No target leads out of the root, so that a broken law does no harm. */
static void make_link(char name, unsigned char pick)
{
	static const char *const targets[] = { "../outside", "../outside/kept", "..", ".", "a", "b",
		"nowhere", "../outside/new" };
	char path[] = "into/a";

	if (name < 'a' || name > 'z')
		return;
	path[5] = name;
	(void)!symlinkat(targets[pick % (sizeof(targets) / sizeof(targets[0]))], root_fd, path);
}

/* Opens what `name` names in `into`, through no link. */
static int open_beneath(struct span name)
{
	int folder = openat(root_fd, "into", O_PATH | O_DIRECTORY | O_CLOEXEC);

	for (;;) {
		size_t len = span_find(name, '/');
		char *part = mem_copy(name.at, len);
		bool is_last = len == name.len;
		int inner = openat(folder, part, O_NOFOLLOW | O_CLOEXEC | (is_last ? O_RDONLY : O_PATH));

		free(part);
		close(folder);
		if (is_last || inner < 0)
			return inner;
		folder = inner;
		name = span_skip(name, len + 1);
	}
}

static void make_named(struct place *place, struct span id)
{
	struct buf name = BUF_INIT;
	struct diag why = { "" };
	bool fine = file_name_unescape(&name, id, &why) && file_name_stays_inside(buf_span(&name), &why);
	enum placed placed = fine ? place_put(place, buf_span(&name), id, &why) : PLACE_REFUSED;

	LAW(placed != PLACE_FAILED, "only a name is at fault");
	LAW(placed == PLACED || why.text[0], "who refuses says why");
	if (placed == PLACED)
		check_content(open_beneath(buf_span(&name)), id);
	buf_release(&name);
}

static void take_line(struct place *place, struct span line)
{
	if (line.len == 3 && line.at[0] == '\t')
		make_link(line.at[1], (unsigned char)line.at[2]);
	else if (span_equal(line, SPAN("\f")))
		place->force = !place->force;
	else
		make_named(place, span_head(line, LONGEST));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = span_of((const char *)data, size);
	struct buf into = BUF_INIT;
	struct place place;
	struct diag why;

	set_traps();
	buf_addf(&into, "%s/into", root);
	LAW(place_open(&place, buf_string(&into), false, &why), "the folder opens");
	while (rest.len) {
		size_t len = span_find(rest, '\n');

		take_line(&place, span_head(rest, len));
		rest = span_skip(rest, len + 1);
	}
	place_close(&place);
	check_outside();
	clear("into");
	clear("outside");
	buf_release(&into);
	return 0;
}
