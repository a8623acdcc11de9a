/* SPDX-License-Identifier: MIT
 * vocabulary.c - from words as they are written to what they count as. */
#include "filters/count-terms/vocabulary.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "common/utf8.h"
#include "filters/count-terms/clitics.h"

void vocabulary_release(struct vocabulary *vocabulary)
{
	forms_release(&vocabulary->forms);
	free(vocabulary->parts);
	vocabulary->parts = NULL;
	vocabulary->parts_count = vocabulary->parts_cap = 0;
	vocabulary->number = 0;
	buf_release(&vocabulary->key);
	buf_release(&vocabulary->text);
}

size_t vocabulary_memory(const struct vocabulary *vocabulary)
{
	return forms_memory(&vocabulary->forms) + vocabulary->parts_cap * sizeof(*vocabulary->parts);
}

void vocabulary_key(struct buf *into, struct span word, struct keyer *keyer)
{
	size_t start = into->len;

	keyer_add(keyer, into, word);
	for (size_t i = start; keyer->kind == KEY_SEARCH && i < into->len; i++)
		if ((unsigned char)into->at[i] <= ' ')
			into->at[i] = '_';
}

/* Whether a word is a number: it has digits or the like, and no letters. */
static bool is_number(struct span word)
{
	while (word.len) {
		struct rune rune = utf8_first(word);

		if (unicode_category(rune.value) == GC_LETTER || unicode_is_ideographic(rune.value))
			return false;
		word = span_skip(word, rune.len);
	}
	return true;
}

static uint64_t length(struct span text)
{
	uint64_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	return count;
}

static uint32_t number_term(struct vocabulary *vocabulary)
{
	if (vocabulary->number == 0) {
		uint32_t number = forms_add(&vocabulary->forms, NUMBER_TERM);

		vocabulary->forms.items[number].term = number;
		vocabulary->number = number + 1;
	}
	return vocabulary->number - 1;
}

static uint32_t stop_of(const struct vocabulary_rules *rules, struct span key)
{
	return rules->stops && forms_find(rules->stops, key) != FORM_UNKNOWN ? TERM_STOP : 0;
}

/* What the key in vocabulary->key counts as. `word`, the string `number`, most often is its own key. */
static uint32_t term_of_key(struct vocabulary *vocabulary, struct span word, uint32_t number)
{
	const struct vocabulary_rules *rules = &vocabulary->rules;
	struct span key = buf_span(&vocabulary->key);
	uint32_t stop;

	if (key.len == 0 || length(key) < rules->min_length)
		return TERM_NONE;
	stop = stop_of(rules, key);
	if (rules->stem)
		key = stem(rules->stem, key);
	if (span_equal(key, word))
		return number | stop;
	return key.len ? forms_add(&vocabulary->forms, key) | stop : TERM_NONE;
}

/* What a word counts as when it is not split. */
static uint32_t term_of(struct vocabulary *vocabulary, struct span word, uint32_t number)
{
	const struct vocabulary_rules *rules = &vocabulary->rules;

	if (rules->numbers != NUMBERS_KEEP && is_number(word))
		return rules->numbers == NUMBERS_DROP ? TERM_NONE : number_term(vocabulary);
	buf_clear(&vocabulary->key);
	vocabulary_key(&vocabulary->key, word, rules->keyer);
	return term_of_key(vocabulary, word, number);
}

/* A part is not split again: clitics_split leaves words alone whose rest it would split. */
static uint32_t part(struct vocabulary *vocabulary, struct span text)
{
	uint32_t number = forms_add(&vocabulary->forms, text);

	if (vocabulary->forms.items[number].term == FORM_UNKNOWN) {
		uint32_t term = term_of(vocabulary, text, number);

		vocabulary->forms.items[number].term = term;
	}
	return number;
}

static uint32_t term_of_parts(struct vocabulary *vocabulary, const struct span *texts, size_t count)
{
	struct parts parts = { 0 };

	for (size_t i = 0; i < count; i++)
		parts.numbers[parts.count++] = part(vocabulary, texts[i]);
	if (vocabulary->parts_count == vocabulary->parts_cap) {
		vocabulary->parts_cap = vocabulary->parts_cap ? 2 * vocabulary->parts_cap : 64;
		vocabulary->parts =
			mem_resize(vocabulary->parts, vocabulary->parts_cap, sizeof(*vocabulary->parts));
	}
	vocabulary->parts[vocabulary->parts_count] = parts;
	return TERM_PARTS | (uint32_t)vocabulary->parts_count++;
}

/* Whether a word counts as itself, where that can be told at a glance. */
static bool is_own_term(const struct vocabulary_rules *rules, struct span word)
{
	return rules->numbers == NUMBERS_KEEP && rules->min_length <= 1 && !rules->stem &&
	       !rules->splits_clitics && keyer_keeps(rules->keyer, word);
}

uint32_t vocabulary_resolve(struct vocabulary *vocabulary, uint32_t number)
{
	struct form *form = &vocabulary->forms.items[number];
	struct span texts[PARTS_MOST], word = form_text(form);
	size_t count = 1;
	uint32_t term;

	if (is_own_term(&vocabulary->rules, word))
		return form->term = number | stop_of(&vocabulary->rules, word);
	buf_clear(&vocabulary->text);
	buf_add(&vocabulary->text, word);
	word = buf_span(&vocabulary->text);
	if (span_equal(word, NUMBER_TERM)) /* begun anew */
		return number_term(vocabulary);
	if (vocabulary->rules.splits_clitics)
		count = clitics_split(word, texts);
	term = count > 1 ? term_of_parts(vocabulary, texts, count) : term_of(vocabulary, word, number);
	vocabulary->forms.items[number].term = term;
	return term;
}

/* A word made of parts hands its count on to them. */
static void hand_on(struct vocabulary *vocabulary, uint32_t number)
{
	struct form *items = vocabulary->forms.items;
	const struct parts *parts = &vocabulary->parts[items[number].term & ~TERM_PARTS];

	for (uint32_t i = 0; i < parts->count; i++)
		items[parts->numbers[i]].count += items[number].count;
}

void vocabulary_settle(struct vocabulary *vocabulary)
{
	uint32_t written = (uint32_t)vocabulary->forms.count;

	for (uint32_t i = 0; i < written; i++) {
		uint32_t term;

		if (vocabulary->forms.items[i].count == 0)
			continue;
		term = vocabulary_term(vocabulary, i);
		if (term >= TERM_PARTS && term < TERM_NONE)
			hand_on(vocabulary, i);
	}
}
