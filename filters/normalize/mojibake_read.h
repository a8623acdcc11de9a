/* SPDX-License-Identifier: MIT
 * mojibake_read.h - reads images of bytes back as UTF-8, group by group, and weighs what comes out.
 *
 * A sequence is one character of UTF-8, seen as two to four images. A group is a row of sequences without anything
 * between them. Its points are how much odder the images are, in their surroundings, than what they stand for:
 * from MOJIBAKE_STRONG on nobody can have meant the images. */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_READ_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_READ_H

#include "filters/normalize/mojibake_images.h"

/* Points of a group that is mended in a line where nothing else is wrong. No line of 90 MB of correct text, news most of
 * it, in many languages, has one. */
enum { MOJIBAKE_STRONG = 3 };

/* A line as code points, and how it is read. */
struct reader {
	const struct images *images;
	const int32_t *text;
	size_t count; /* code points */
	enum seen_as as;
	/* The line is bad beyond doubt: bytes may have been lost as well. A no-break space (the image of A0) became
	 * a plain one, a soft hyphen (AD) was dropped, what could not be decoded became '?'. */
	bool damaged;
};

struct group {
	size_t at, end; /* in the text */
	size_t sequences;
	size_t written; /* code points in `out` */
	int points;
};

/* Reads the group that starts at text[at] and writes what it stands for to `out`, which has room for the rest of
 * the text. False when none starts there. */
bool reader_group(const struct reader *reader, size_t at, int32_t *out, struct group *group);

/* Reads one sequence at text[at]; `*cp` is what it stands for. Returns how many characters it is, 0 when there is
 * none. */
size_t reader_sequence(const struct reader *reader, size_t at, int32_t *cp);

#endif
