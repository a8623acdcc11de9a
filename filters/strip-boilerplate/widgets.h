/* SPDX-License-Identifier: MIT
 * widgets.h - what the machinery of a page leaves behind: counters, runs of hashtags, identifiers, addresses,
 * placeholders that no one filled in.
 *
 * Each function looks at a whole line (or a part of one between bars) and is sure, or says no. `text` is
 * the line that the words were read from. */
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

/* Two hashtags or more, nothing else. */
bool widget_is_hashtags(const struct word *words, size_t count);

/* A few words without any sign but those of tags, most of them hashtags or joined by underscores: tags, of which some lost
 * their signs. */
bool widget_is_tags(const struct word *words, size_t count);

/* A number of up to four digits that is no year, nothing else. */
bool widget_is_lone_number(const struct word *words, size_t count);

/* One hashtag, nothing else. */
bool widget_is_hashtag(const struct word *words, size_t count);

/* "3/12", "3 / 12": which of so many pictures or pages. */
bool widget_is_place_in_row(const struct word *words, size_t count);

/* How many words the run of two or more hashtags takes that ends the text behind the end of a sentence;
 * 0 when there is none. A hashtag within a sentence is a word of it. */
size_t widget_trailing_hashtags(const struct word *words, size_t count);

/* The same, wherever it starts, if the line ends with it and a sentence may stand in front. */
size_t widget_hashtag_tail(const struct word *words, size_t count);

/* A UUID, or sixteen hexadecimal digits and more that hold both letters and numerals. */
bool widget_is_identifier(struct span text);

/* A rule: five or more of '-', '_', '=', '~', dots, bullets, box drawings or tatweel, nothing else but single
 * spaces, and no longer than a column; or a lone bar, bullet, angle or slash. Shorter rules and stars part the
 * sections of a story, longer ones and those with columns are a table's. The line has no words. */
bool widget_is_rule(struct span text);

/* What a content system was to replace and did not: a shortcode ("[caption id=...]"), an entity, an object
 * without a name; or a script that shows advertisements. All of the line. */
bool widget_is_leftover(struct span text);

/* A URL, a bare domain or an e-mail address alone. */
bool widget_is_address(struct span text);

/* Short names of sections with angles between them, two or more ("News » Libya » Oil"). */
bool widget_is_trail(struct span text);

/* Starts with the sign of copyright, or with (c) and a year. */
bool widget_is_notice(struct span text);

/* A bar, dash or bracket and a bare domain end it: the name of a site beside its address. */
bool widget_ends_in_domain(struct span text);

/* Whether a placeholder stands in the text as a word of its own: %d, %1$s, {{name}}, {% tag %}, ${name},
 * <%= code %>. In quotes or brackets it is something being talked about. */
bool widget_has_placeholder(struct span text);

/* One of these signs stands where one does. */
#define PLACEHOLDER_SIGNS (SIGN_BIT('%') | SIGN_BIT('{') | SIGN_BIT('$') | SIGN_BIT('<'))

/* Three or more short parts with commas between and no spaces behind them, as forms write keywords. */
bool widget_is_glued_list(const struct word *words, size_t count);

#endif
