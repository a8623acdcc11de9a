/* SPDX-License-Identifier: MIT
 * counters.h - numbers that a page shows: counts beside icons, reading and playing times, runs of page numbers, file names,
 * and the way to the story before and after.
 *
 * All of the line is made of them. `text` is the line that the words were read from. */
#ifndef GHIRBAL_STRIP_COUNTERS_H
#define GHIRBAL_STRIP_COUNTERS_H

#include "clitics.h"

/* Numbers, what they count, and spans of time, with an icon among them ("<eye> 2 318 <bubble> 5"), or two numbers or more that
 * end in a span of time ("0 214 3 minutes"). */
bool counter_is_icons(const struct lookup *lookup, const struct word *words, size_t count);

/* Facts of a page with icons: short parts, two icons or more, a number ("<clock> 15 min | <stars> (231)"). */
bool counter_is_facts(const struct word *words, size_t count);

/* A few words and how much of how long has been played: "Listen 0:00 / 12:47". */
bool counter_is_player(const struct word *words, size_t count);

/* "Previous <arrow> headline": a listed button of a word or two, an arrow, and a headline. */
bool counter_is_neighbour(const struct lookup *lookup, const struct word *words, size_t count);

/* The same with less: an arrow on either side of a headline, or a button in front of it without an arrow. Only at the foot. */
bool counter_may_be_neighbour(const struct lookup *lookup, const struct word *words, size_t count);

/* Two or three numbers side by side, nothing else: what icons counted. */
bool counter_is_numbers(const struct word *words, size_t count);

/* Places and sections ("Weather") with one or two numbers and the sign of degrees: "Cairo 24°". */
bool counter_is_weather(const struct lookup *lookup, const struct word *words, size_t count);

/* Numbers of pages from 1 and 2 on, some perhaps left out. */
bool counter_is_pages(const struct word *words, size_t count);

/* One name of a picture, sound or film, with its ending. */
bool counter_is_file(struct span text);

/* "10:12 headline": a time of day and no sentence. */
bool counter_is_timed(const struct word *words, size_t count);

/* Icons and the few words behind each of them: buttons ("⏬ Jump to the recipe 🖶 Print"). */
bool counter_is_icon_row(const struct word *words, size_t count);

/* A question or call, and a request behind it that ends in stars, and perhaps how many voted ("Rate it ⭐⭐⭐⭐⭐ (0)"). */
bool counter_is_rating(const struct word *words, size_t count);

#endif
