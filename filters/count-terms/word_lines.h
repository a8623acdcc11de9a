/* SPDX-License-Identifier: MIT
 * word_lines.h - documents in, the words of each line out: what they count as, one space between. */
#ifndef GHIRBAL_WORD_LINES_H
#define GHIRBAL_WORD_LINES_H

#include "filters/count-terms/stream.h"
#include "filters/count-terms/vocabulary.h"

/* word_lines_init makes it; it must not move. */
struct word_lines {
	struct stream stream;
	struct vocabulary vocabulary;
	size_t memory; /* bytes of the vocabulary; where it is larger it is begun anew */
	uint64_t words;
	bool in_line; /* the line at hand has a word */
	struct buf out; /* what was made of the text so far; the owner takes it and clears it */
};

void word_lines_init(struct word_lines *lines, const struct vocabulary_rules *rules, enum segment segment,
	const struct word_scan *scan, uint64_t secret, size_t memory);

void word_lines_text(struct word_lines *lines, struct span piece);
void word_lines_end(struct word_lines *lines);

void word_lines_release(struct word_lines *lines);

#endif
