/* SPDX-License-Identifier: MIT
 * judge.h - which lines and spans of a document are debris.
 *
 * Lines are judged in order, and what is known when a line is judged (the title, whether the body has begun)
 * comes from the lines kept before it; lines removed before it can only add evidence against it. So judging
 * what was kept removes nothing more: twice is once.
 *
 * A line is body-like when it is long, or of some length and ends as a sentence does. Head is what stands in
 * front of the first body-like line, foot what stands behind the last; evidence that is sure only there waits
 * (a foot is only known at the end). */
#ifndef GHIRBAL_STRIP_JUDGE_H
#define GHIRBAL_STRIP_JUDGE_H

#include "dump.h"
#include "evidence.h"
#include "keep.h"
#include "repeats.h"

/* Lines of a window; more make another window. So many take 22 MiB (tests/property/strip-memory.t). */
enum { JUDGE_LINES = 1 << 17 };

/* Owns its memory. Starts as zero bytes with `phrases`, `functions`, `dump.level` and `dump.model` set. */
struct judge {
	const struct phrases *phrases;
	struct reader reader;
	struct known known;
	struct dump dump;
	struct repeats repeats; /* begun by who knows the site */
	struct keep keep;
	const struct function_words *functions;
	struct line *lines;
	struct trait *traits; /* of the lines */
	struct topics topics;
	size_t line_count, line_cap;
	size_t waiting_from; /* lines in front of it do not wait */
	size_t item_words; /* of the last item */
	size_t items, last_item; /* of the list at hand, in this window; counted from 1 */
	struct cuts spans; /* within lines that are kept, of the window */
	struct cuts cuts; /* the result */
};

/* A document begins. */
void judge_begin(struct judge *judge);

/* Judges whole lines from the start of `window`, all of it if it is the `last` of the document. Returns how many
 * bytes were judged: `judge->cuts` are those of that part. Less is judged where there are more than JUDGE_LINES
 * lines, and in front of the last window nothing behind the last line that is whole and not blank, unless
 * that would be nothing at all. The window is shorter than 4 GiB. */
size_t judge_window(struct judge *judge, struct span window, bool last);

void judge_release(struct judge *judge);

#endif
