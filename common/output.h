/* SPDX-License-Identifier: MIT
 * output.h - documents out, every byte checked, to the last close.
 *
 * Output goes to standard output or to a file. A new or regular file is written as a temporary one beside
 * it, fsynced and renamed when all went well, so that nobody ever sees half of it: permissions are kept, a
 * symbolic link's target is replaced, not the link. Anything else (a FIFO, a device) is written straight.
 * A document is empty or ends in a newline, which is added where the last line lacks it; then a NUL with
 * FRAMING_ZERO. */
#ifndef GHIRBAL_OUTPUT_H
#define GHIRBAL_OUTPUT_H

#include <sys/stat.h>

#include "common/filter.h"

struct output {
	enum framing framing;
	struct diag *why; /* where a failed write says what happened */
	const char *name; /* for messages */
	int fd;
	bool failed; /* a write, or the opening, went wrong */
	char *block; /* bytes not yet written */
	size_t used;
	uint64_t written; /* bytes that the system took */
	char last_byte; /* of the current document; 0 while it is empty */
	char *target, *temporary; /* NULL when written straight */
	int inherited; /* the caller's descriptor that this is another of; -1: none */
	bool is_known; /* `at` says what is there: what is written straight, or an old file to be replaced */
	struct stat at;
};

/* `path` NULL is standard output. `path` and `why` are borrowed until output_close. False with `why` when the
 * place cannot be written to. */
bool output_open(struct output *output, const char *path, enum framing framing, struct diag *why);

/* Whether writing to `path` takes nothing away: false with `why`, which says what to do, where a regular file there
 * holds something. For when there is no input: `--OPTION story.txt` names where to write, though it may be meant as
 * what to read. */
bool output_takes_nothing(const char *option, const char *path, struct diag *why);

/* Only looks where `path`, borrowed, leads, for the questions below; nothing is opened. False with errno where links go
 * round in a circle. The caller frees `target`. */
bool output_find(struct output *output, const char *path);

/* Whether both end up in one file, so that one would undo or mix with the other. Two names that the caller gave to
 * one open file (2>&1) are fine, and so is a terminal or /dev/null. */
bool output_is_same(const struct output *a, const struct output *b);

/* Whether `file` is a regular one that is written to, or will be replaced. */
bool output_is_over(const struct output *output, const struct stat *file);

/* The two functions of a sink whose ctx is the output. FLOW_FAIL has filled `why`. */
enum flow output_put(void *output, struct span text);
enum flow output_end(void *output);

/* Hands everything written so far to the system. */
enum flow output_flush(struct output *output);

/* Writes what is left and closes. With `keep` false, or after a failure, a target that was to be replaced stays as
 * it was. False with `why` when something could not be written; then it stays as it was, too. */
bool output_close(struct output *output, bool keep);

#endif
