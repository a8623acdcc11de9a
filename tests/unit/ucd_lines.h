/* SPDX-License-Identifier: MIT
 * ucd_lines.h - Unicode's own test files, line by line. They are Debian's (package unicode-data), read where
 * they are installed; UCD=FOLDER in the environment names another place. */
#ifndef GHIRBAL_TESTS_UCD_LINES_H
#define GHIRBAL_TESTS_UCD_LINES_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/utf8.h"
#include "tests/unit/check.h"

struct ucd_lines {
	FILE *in;
	bool is_pipe;
	char *line; /* without its comment */
	size_t cap;
};

/* A name that ends in .bz2 is read through bzip2. */
static inline struct ucd_lines ucd_open(const char *name)
{
	const char *folder = getenv("UCD");
	struct ucd_lines lines = { .is_pipe = span_has_suffix(span_from(name), SPAN(".bz2")) };
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s%s/%s", lines.is_pipe ? "bzip2 -dc " : "",
		folder ? folder : "/usr/share/unicode", name);
	lines.in = lines.is_pipe ? popen(buf_string(&path), "r") : fopen(buf_string(&path), "r");
	if (!lines.in)
		fail_msg("cannot read %s", buf_string(&path));
	buf_release(&path);
	return lines;
}

/* The next line that is more than a comment; false at the end. */
static inline bool ucd_next(struct ucd_lines *lines)
{
	while (getline(&lines->line, &lines->cap, lines->in) >= 0) {
		lines->line[strcspn(lines->line, "#\n")] = '\0';
		if (lines->line[0])
			return true;
	}
	return false;
}

static inline void ucd_close(struct ucd_lines *lines)
{
	int status = lines->is_pipe ? pclose(lines->in) : fclose(lines->in);

	free(lines->line);
	assert_int_equal(status, 0);
}

/* Appends the code points written in hexadecimal at `from`, up to what is not one; returns what follows. */
static inline const char *ucd_runes(struct buf *into, const char *from)
{
	char *end;

	for (;;) {
		unsigned long value = strtoul(from, &end, 16);

		if (end == from)
			return from;
		utf8_add(into, (int32_t)value);
		from = end;
	}
}

#endif
