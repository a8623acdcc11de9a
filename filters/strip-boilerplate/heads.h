/* SPDX-License-Identifier: MIT
 * heads.h - what the lines kept in front of the body are: the title, and the name of a section or site above it.
 *
 * The first line that stays is the title, as far as is known. Where it may be a name, and a title follows and body that
 * does not speak of the name, it goes when the body begins; a copy of the second line tells the same. */
#ifndef GHIRBAL_STRIP_HEADS_H
#define GHIRBAL_STRIP_HEADS_H

#include "judge.h"

/* Whether a stamp and then a paragraph stand close below the line that ends at byte `end` of the window, and no more than a
 * title and its subtitles above: then the line is none of the body, however long. The reader reads the line `text` again. */
bool head_goes_on(struct judge *judge, struct span window, size_t end, struct span text);

/* The line stays. */
void head_note_kept(struct judge *judge, const struct line *line, const struct rest *rest);

/* The line, which stays, is the first of the body. */
void head_end(struct judge *judge, const struct rest *rest);

/* A copy of the title may name the site. A copy of the second line at the head tells that that is the title, and a first
 * line of a word or two is a name above it. */
void head_note_copy(struct judge *judge, struct finding finding, const struct rest *rest);

#endif
