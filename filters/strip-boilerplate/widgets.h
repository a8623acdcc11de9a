/* SPDX-License-Identifier: MIT
 * widgets.h - what the machinery of a page leaves behind: counters, buttons, notices.
 *
 * Each function looks at a whole line (or a part of one between bars) and is sure, or says no. */
#ifndef GHIRBAL_STRIP_WIDGETS_H
#define GHIRBAL_STRIP_WIDGETS_H

#include "phrases.h"

/* Only numbers and what they count ("12 comments", "Views: 1.3K"), or numbers with a scale letter, glued
 * or not ("1.3K2.1K"). */
bool widget_is_counter(const struct phrases *phrases, const struct word *words, size_t count);

/* Of counters, one number with a scale letter and nothing else ("1.3K"), which tables hold too. */
bool widget_is_scaled_number(const struct word *words, size_t count);

/* Commas between the words: of rows of buttons, one that somebody may have written. */
bool widget_is_listing(const struct word *words, size_t count);

/* Two buttons or more, not the same twice, nothing else but numbers ("Facebook Twitter 12 Print"). */
bool widget_is_buttons(const struct phrases *phrases, const struct word *words, size_t count);

/* A number of up to four digits that is no year, nothing else. */
bool widget_is_lone_number(const struct word *words, size_t count);

/* "3/12", "3 / 12": which of so many pictures or pages. */
bool widget_is_place_in_row(const struct word *words, size_t count);

/* Starts with the sign of copyright, or with (c) and a year. */
bool widget_is_notice(struct span text);

#endif
