/* SPDX-License-Identifier: MIT
 * layout.h - what becomes of white space where no sentence ended: --join-lines, --paragraph-mark, --explode.
 *
 * A sink behind the rules and in front of offsets.h. Of a line end that unwrap.h took for one inside a paragraph, and
 * of the white space around it, it makes one space; none behind a soft hyphen and between characters of scripts that
 * part words by nothing (Chinese, Japanese, Thai, Lao, Khmer, Burmese). To be tidy, it takes away blank lines, white
 * space at both ends of a line, and the line ends between paragraphs, for which it puts a mark on a line of its own.
 *
 * White space in front of a line end that is longer than LAYOUT_MAX bytes keeps its beginning. */
#ifndef GHIRBAL_SPLIT_SENTENCES_LAYOUT_H
#define GHIRBAL_SPLIT_SENTENCES_LAYOUT_H

#include "common/filter.h"
#include "filters/split-sentences/places.h"

enum { LAYOUT_MAX = 64 }; /* bytes of white space held */

/* Zero bytes but for the first group make one. */
struct layout {
	bool is_wanted; /* false: the sink is the one it is in front of */
	struct places *joined; /* line ends inside paragraphs; borrowed */
	bool is_tidy;
	const char *mark; /* between paragraphs; NULL: nothing, a line end alone; borrowed */

	struct sink to;
	uint64_t at; /* the document's next byte */
	struct buf space; /* white space that has not been put */
	bool is_join; /* a line end inside the paragraph was in it */
	bool in_line; /* the line at hand has text */
	bool is_over; /* a paragraph has ended, and there is one to be parted from the next */
	int32_t last; /* the last character of text */
};

void layout_begin(struct layout *layout);

/* The sink to split into, so that text goes on to `out`. */
struct sink layout_sink(struct layout *layout, struct sink out);

/* The document is over. */
enum flow layout_end(struct layout *layout);

void layout_release(struct layout *layout);

#endif
