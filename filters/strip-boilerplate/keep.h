/* SPDX-License-Identifier: MIT
 * keep.h - lines that the user wants kept, whatever the rules say of them: --keep.
 *
 * A file with a line of text a line, compared as everything here is (reader.h). '#' starts a comment. A line may be
 * copied from --explain or --rejected (copied.h). It protects lines that say the same, and parts of lines that say the
 * same where they would be cut off or out; below a heading [keep: prefix], [keep: suffix] or [keep: span] a phrase protects every line
 * that starts with it, ends with it, or holds it. [keep: line] goes back. Whole lines may have any length, phrases
 * PHRASE_WORDS words. */
#ifndef GHIRBAL_STRIP_KEEP_H
#define GHIRBAL_STRIP_KEEP_H

#include "phrases.h"

/* Owns its memory; zero bytes keep nothing. */
struct keep {
	struct phrases phrases; /* but whole lines */
	uint64_t *lines; /* keys of whole lines, in order */
	size_t count, cap;
};

/* Adds the file `text`, which error sentences call `name`. False with `why` on the first line that does not fit. */
bool keep_add(
	struct keep *keep, struct reader *reader, const char *name, struct span text, struct diag *why);

/* Whether the line that `reader` has read is to be kept. */
bool keep_has(const struct keep *keep, const struct reader *reader);

/* Whether the part [start, end) of that line, bytes, is to be kept for saying what a line of the file says. */
bool keep_has_span(const struct keep *keep, const struct reader *reader, size_t start, size_t end);

void keep_release(struct keep *keep);

#endif
