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

#include "cuts.h"
#include "dump.h"
#include "evidence.h"
#include "keep.h"
#include "repeats.h"

/* The first paragraph of a story is at least so long, in bytes. */
enum { PARAGRAPH_BYTES = 120 };

/* How a document is cut into windows. */
struct judge_limits {
	size_t lines; /* of a window, its context included; more make another window */
	size_t ahead_lines,
		ahead_bytes; /* at its end, whichever are more: seen now, settled in the next window */
	size_t back; /* lines in front of it that the model sees again */
};

/* So many lines take 22 MiB (tests/property/strip-memory.t). The model looks 40 lines and 64 of headlines far. */
extern const struct judge_limits judge_limits;

/* What is known in front of the line that the next window starts with. */
struct mark {
	bool is_set;
	struct known known;
	size_t items, item_words;
	size_t line; /* of `lines` */
	size_t at; /* byte of the window */
};

/* Owns its memory. Starts as zero bytes with `phrases`, `functions`, `dump.level` and `dump.model` set. */
struct judge {
	const struct phrases *phrases;
	struct reader reader;
	struct known known;
	struct dump dump;
	struct repeats repeats; /* begun by who knows the site */
	struct keep keep;
	const struct function_words *functions;
	const struct judge_limits *limits; /* NULL: judge_limits */
	struct line *lines;
	struct trait *traits; /* of the lines */
	struct topics topics;
	size_t line_count, line_cap;
	size_t first; /* of the window; lines in front of it were settled by windows before */
	struct mark mark;
	bool is_full; /* the window had more lines than one may have */
	size_t waiting_from; /* lines in front of it do not wait */
	size_t item_words; /* of the last item */
	size_t items; /* of the list at hand */
	size_t last_item; /* of them, counted from 1; 0: none in this window */
	size_t enclosed; /* the line that goes if the next does, counted as above */
	struct known outside; /* what was known in front of it */
	size_t opening; /* the line that may be the name of a section above the title, counted as above */
	size_t below; /* the line kept behind that one */
	struct cuts spans; /* within lines that are kept, of the window */
	struct cuts cuts; /* the result */
};

/* A document begins. */
void judge_begin(struct judge *judge);

/* Judges whole lines from the start of `window`, all of it if it is the `last` of the document. Returns how many
 * bytes were settled, with which the next window must not begin; `judge->cuts` are those of that part, and its lines are
 * those from `first` up to `line_count`.
 *
 * Where there are more lines than a window may have, and in front of the last window, lines are judged to the end and
 * settled only as long as enough lines or bytes follow: whoever knows what comes behind a line, and that is evidence for
 * the foot, lists and the model, knows it there as well as amid a window. Nothing behind the last line that is whole
 * and not blank is settled then, unless that would be nothing at all. The window is shorter than 4 GiB, and longer than
 * `ahead_bytes` if it is not the last. */
size_t judge_window(struct judge *judge, struct span window, bool last);

void judge_release(struct judge *judge);

#endif
