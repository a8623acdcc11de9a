/* SPDX-License-Identifier: MIT
 * traits.c - what a line looks like by itself. */
#include "traits.h"

enum {
	GOOD_WORDS = 25, /* however it ends */
	GOOD_SENTENCE = 8, /* if it ends as a sentence does */
	SPACED_WORD =
		20, /* bytes: longer words on average are those of a script that does not space them */
	TOPIC_BYTES = 4, /* of the shortest word that is a topic */
	UNSPACED_WORD = 6, /* bytes of what is a word there: two characters */
};

static uint16_t to_16(size_t count)
{
	return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

static uint8_t to_8(size_t count)
{
	return count < UINT8_MAX ? (uint8_t)count : UINT8_MAX;
}

/* A sign at the end of a sentence or line; closing quotes and brackets behind it do not count. */
static enum ending ending_of(struct gap gap)
{
	if (!gap.first)
		return ENDS_BARE;
	if (gap.first == '?' || gap.first == '!')
		return ENDS_ASKING;
	if (gap.first == '.' || gap.last == '.')
		return gap.count >= 3 && gap.first == '.' && gap.last == '.' ? ENDS_DOTS : ENDS_STOP;
	if (gap.last == '?' || gap.last == '!')
		return ENDS_ASKING;
	if (gap.last == ':')
		return ENDS_COLON;
	return gap.last == ',' ? ENDS_COMMA : ENDS_OTHER;
}

static enum opening opening_of(const struct word *word, bool is_word)
{
	if (word->before.first && word->before.first != '"')
		return OPENS_SIGN;
	if (!is_word)
		return OPENS_SIGN;
	if (word->digits)
		return OPENS_NUMBER;
	return word->capital ? OPENS_CAPITAL : OPENS_SMALL;
}

static uint16_t size_of(size_t words, size_t bytes)
{
	if (bytes > words * SPACED_WORD)
		return to_16(bytes / UNSPACED_WORD);
	return to_16(words);
}

struct walk {
	size_t capitals, numbers, functions, signs, stops, commas, bars;
	bool year;
	uint64_t key, lead; /* of all words, of the first two */
};

static inline void walk_gap(struct walk *walk, struct gap gap)
{
	if (!gap.first)
		return;
	walk->signs++;
	walk->commas += gap.first == ',';
	walk->bars += (gap.first == '|') | (gap.first == '*') | ((gap.first == '/') & gap.space);
	walk->stops += gap.space && gap_is_terminal(gap);
}

static struct walk walk_words(
	const struct reader *reader, const struct function_words *functions, struct topics *topics)
{
	struct walk walk = { .key = KEY_START, .lead = KEY_START };
	uint16_t *topic = topics_reserve(topics), *full = topic + TOPICS_MOST;

	for (size_t i = 0; i < reader->count; i++) {
		const struct word *word = &reader->words[i];
		bool small;

		walk.key = key_step(walk.key, word->key);
		walk.lead = i < 2 ? walk.key : walk.lead;
		if (i > 0)
			walk_gap(&walk, word->before);
		if (word->digits) {
			walk.numbers++;
			walk.year |= word->digits == 4 && word->value >= 1900 && word->value < 2100;
			continue;
		}
		small = function_words_has(functions, word->key);
		walk.capitals += word->capital;
		walk.functions += small;
		*topic = topic_of(word->key); /* stays if counted: what a word is cannot be foreseen */
		topic += !small & (word->end - word->start >= TOPIC_BYTES) & (topic < full);
	}
	topics->count = (size_t)(topic - topics->hashes);
	return walk;
}

static uint32_t short_key(uint64_t key)
{
	return (uint32_t)(key ^ key >> 32);
}

struct trait trait_of(const struct reader *reader, struct span line, const struct function_words *functions,
	struct topics *topics)
{
	uint32_t from = (uint32_t)topics->count;
	struct walk walk = walk_words(reader, functions, topics);
	size_t words = reader->count;
	bool whole = line.len <= READER_WHOLE;
	struct trait trait = {
		.key = short_key(walk.key),
		.lead = short_key(walk.lead),
		.topics = { from, (uint8_t)(topics->count - from) },
		.size = size_of(words, whole ? line.len : READER_HEAD),
		.words = to_16(words),
		.capitals = to_16(walk.capitals),
		.numbers = to_16(walk.numbers),
		.functions = to_16(walk.functions),
		.signs = to_16(walk.signs),
		.stops = to_8(walk.stops),
		.commas = to_8(walk.commas),
		.bars = to_8(walk.bars),
		.ending = (uint8_t)(whole ? ending_of(reader->words[words].before) : ENDS_STOP),
		.opening = (uint8_t)opening_of(reader->words, words > 0),
		.year = walk.year,
		.letters_per_word = to_16((uint32_t)(whole ? line.len : READER_HEAD) * 16 /
					  ((uint32_t)words + 1)), /* divided faster */
	};

	trait.good =
		trait.size >= GOOD_WORDS ||
		(trait.size >= GOOD_SENTENCE && trait.ending >= ENDS_STOP && trait.ending <= ENDS_DOTS);
	return trait;
}
