/* SPDX-License-Identifier: MIT
 * tags.h - hashtags and keywords, as a line of their own or behind a sentence.
 *
 * Each function looks at a whole line, or a part of one between bars, and is sure, or says no. */
#ifndef GHIRBAL_STRIP_TAGS_H
#define GHIRBAL_STRIP_TAGS_H

#include "clitics.h"

/* Two hashtags or more, nothing else. */
bool tag_is_run(const struct word *words, size_t count);

/* A few words without any sign but those of tags, most of them hashtags or joined by underscores: tags, of which some lost
 * their signs. */
bool tag_is_row(const struct word *words, size_t count);

/* One hashtag, nothing else. */
bool tag_is_one(const struct word *words, size_t count);

/* How many words the run of two or more hashtags takes that ends the text behind the end of a sentence;
 * 0 when there is none. A hashtag within a sentence is a word of it. */
size_t tag_tail_behind_stop(const struct word *words, size_t count);

/* The same, wherever it starts, if the line ends with it and a sentence may stand in front. */
size_t tag_tail(const struct word *words, size_t count);

/* Three or more short parts with commas between and no spaces behind them, as forms write keywords. */
bool tag_is_list(const struct word *words, size_t count);

/* Four words or more without a verb among them, most with the article, and nearly all of them said in `above`, the start of
 * the story; no sign parts them. Only Arabic, where a row of nouns with the article is no sentence. */
bool tag_is_of_story(
	const struct lookup *lookup, struct span above, const struct word *words, size_t count);

/* Three or more short parts in Arabic with commas between them and nothing else, one of which is said in `above`. */
bool tag_is_enumeration(
	const struct lookup *lookup, struct span above, const struct word *words, size_t count);

#endif
