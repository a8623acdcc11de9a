/* SPDX-License-Identifier: MIT
 * rows.h - widgets side by side on one line: menus, share bars, trails of sections, pages, contacts, mastheads.
 *
 * A row is recognised by all of its words belonging to it; the parts come from the lexicons (phrases that are
 * whole lines, words of the classes home, contact, masthead). Each function is sure, or says no. `text` is
 * the line that the words were read from. */
#ifndef GHIRBAL_STRIP_ROWS_H
#define GHIRBAL_STRIP_ROWS_H

#include "clitics.h"

/* What a row of line phrases, buttons, counters and numbers is ("Print Save Send", "« Previous 1 2 3 Next »"):
 * category of its first phrase, and the narrowest zone of all; CATEGORY_NONE when it is none. */
enum category row_of_phrases(
	const struct phrases *phrases, const struct word *words, size_t count, enum zone *zone);

/* A request of the page, in words of the classes ask, thing, filler and button, and in spans of time, alone ("Subscribe
 * to our channel on Telegram now", "Listen to the story (4 minutes)"). What is asked comes first, second, or in
 * languages whose verb ends the sentence last, and a thing is named. A name may follow what is asked where a button
 * ends the line ("Follow Jane Roe on Twitter"). */
bool row_is_request(const struct lookup *lookup, const struct word *words, size_t count);

/* Words of the classes ask, thing and filler, a colon, and short items ("In this story: Syria - Turkey"). */
bool row_is_labelled(const struct lookup *lookup, const struct word *words, size_t count);

/* Numbers and what they count among words that say of what ("Visitors today: 5420", "This story was read 87 times"). */
bool row_is_count(const struct lookup *lookup, const struct word *words, size_t count);

/* "Home > World > Asia": starts with a word of class home, and sets short parts apart. */
bool row_is_trail(const struct phrases *phrases, const struct word *words, size_t count);

/* Labels and the numbers or addresses they announce ("Tel: +1 555 0123", "Twitter: @harbour"), two of them perhaps behind
 * who it is and where ("Harbour Post - Dock Street - Tel. 5550123 - Fax 5550124"), or a telephone number or a name with @
 * alone. */
bool row_is_contact(
	const struct phrases *phrases, struct span text, const struct word *words, size_t count);

/* A short name without signs that begins or ends with a word of class masthead ("Harbour News Agency"). */
bool row_is_masthead(const struct phrases *phrases, const struct word *words, size_t count);

/* Whether the words are names of sections and nothing else ("Arts & Culture"), where a trail starts in front of them at
 * most. */
bool row_is_section(const struct lookup *lookup, const struct word *words, size_t count);

#endif
