/* SPDX-License-Identifier: MIT
 * traits.h - what a line looks like by itself: the counts that the line model's features are made of.
 *
 * Taken while the line is in the reader, in one walk over its words; small, for there is one for each line of a
 * window. Counts stop at what their type holds. */
#ifndef GHIRBAL_STRIP_TRAITS_H
#define GHIRBAL_STRIP_TRAITS_H

#include "function_words.h"
#include "topics.h"

/* How a line ends. */
enum ending {
	ENDS_BARE, /* with a letter or digit */
	ENDS_STOP, /* a full stop of any script */
	ENDS_ASKING, /* a question or exclamation mark */
	ENDS_DOTS, /* an ellipsis */
	ENDS_COLON,
	ENDS_COMMA,
	ENDS_OTHER, /* a bracket, a quote, a symbol */
};

/* How a line begins. */
enum opening { OPENS_SMALL, OPENS_CAPITAL, OPENS_NUMBER, OPENS_SIGN };

struct trait {
	uint32_t key, lead; /* of all its words, and of the first two: equal for equal words */
	struct topic_range topics;
	uint16_t size; /* in words; where words are not spaced, what they would be by its length */
	uint16_t words, capitals, numbers, functions;
	uint16_t signs; /* gaps with a sign */
	uint8_t stops; /* sentence ends with more behind them */
	uint8_t commas, bars; /* bars, bullets and slashes */
	uint8_t ending, opening; /* enum ending, enum opening */
	bool year; /* holds a number from 1900 to 2099 */
	bool good; /* long, or of some length and ended as a sentence is: body by its looks */
	uint16_t letters_per_word; /* sixteenths of a byte */
};

/* The trait of the line that `reader` has read. Its topics are added to the list. */
struct trait trait_of(const struct reader *reader, struct span line, const struct function_words *functions,
	struct topics *topics);

#endif
