/* SPDX-License-Identifier: MIT
 * counter.c - documents in, cells out. */
#include "filters/count-terms/counter.h"

#include <stdlib.h>

#include "common/mem.h"

static void take_words(
	void *at, struct span text, const struct span *words, const struct gap *gaps, size_t count);

void counter_init(struct counter *counter, const struct counter_rules *rules, const struct word_scan *scan,
	uint64_t secret, const struct spool_place *spools, struct diag *why)
{
	*counter = (struct counter){ .rules = *rules, .scan = scan };
	counter->is_simple = rules->longest == 1 && !rules->with_documents && !rules->with_groups &&
			     !rules->with_first && rules->segment == SEGMENT_CHARACTER;
	counter->stream = (struct stream){
		.scan = scan, .segment = rules->segment, .each = take_words, .ctx = counter
	};
	counter->vocabulary.rules = rules->words;
	counter->vocabulary.forms.secret = secret;
	counter->groups.secret = secret;
	counter->written.secret = counter->terms.secret = secret;
	counter->written.has_documents = rules->with_documents && !rules->with_forms;
	counter->terms.has_documents = true;
	cell_runs_init(&counter->aside, spools, why);
}

void counter_release(struct counter *counter)
{
	word_feed_release(&counter->feed);
	stream_release(&counter->stream);
	vocabulary_release(&counter->vocabulary);
	grams_release(&counter->written);
	grams_release(&counter->terms);
	forms_release(&counter->groups);
	buf_release(&counter->group_text);
	cell_runs_release(&counter->aside);
	if (counter->collected)
		collected_free(counter->collected);
	free(counter->places);
}

/* --- words alone ------------------------------------------------------------------------------------------ */

/* A words_fn. */
static void count_words(void *at, struct span text, const struct span *words, size_t count)
{
	struct counter *counter = at;

	if (count)
		forms_count_soon(&counter->vocabulary.forms, &counter->queue, text, words, count);
	else if (text.len == 0)
		forms_count_rest(&counter->vocabulary.forms, &counter->queue);
	counter->words += count;
}

/* --- sequences -------------------------------------------------------------------------------------------- */

/* Whether documents are counted apart from what is written. */
static bool has_terms(const struct counter *counter)
{
	return counter->rules.with_documents && counter->rules.with_forms;
}

/* Counts the sequence of the last `len` words. */
static void count_sequence(struct counter *counter, size_t len)
{
	struct gram written = { .words = { GRAM_NO_WORD, GRAM_NO_WORD, GRAM_NO_WORD },
		.group = counter->group };
	const struct recent *recent = &counter->recent[counter->recent_count - len];
	struct gram terms = written;

	for (size_t i = 0; i < len; i++) {
		written.words[i] = counter->rules.with_forms ? recent[i].written : recent[i].term;
		terms.words[i] = recent[i].term;
	}
	grams_add(&counter->written, written);
	if (has_terms(counter))
		grams_add(&counter->terms, terms);
}

/* Stop words may be inside of a sequence only. */
static void count_sequences(struct counter *counter)
{
	const struct recent *last = &counter->recent[counter->recent_count - 1];

	if (last->is_stop)
		return;
	for (size_t len = counter->rules.shortest;
		len <= counter->rules.longest && len <= counter->recent_count; len++)
		if (!last[1 - (ptrdiff_t)len].is_stop)
			count_sequence(counter, len);
}

static void take_recent(struct counter *counter, struct recent recent)
{
	if (counter->recent_count == counter->rules.longest) {
		counter->recent_count--;
		memmove(counter->recent, counter->recent + 1,
			counter->recent_count * sizeof(*counter->recent));
	}
	counter->recent[counter->recent_count++] = recent;
}

static void take_string(struct counter *counter, uint32_t number, uint32_t term)
{
	struct recent recent = { number, term & ~(uint32_t)TERM_STOP, term & TERM_STOP };

	if (term == TERM_NONE) {
		counter->recent_count = 0;
		return;
	}
	if (vocabulary_is_number(&counter->vocabulary, term))
		recent.written = term;
	take_recent(counter, recent);
	count_sequences(counter);
}

static void take_word(struct counter *counter, uint32_t number)
{
	uint32_t term = vocabulary_term(&counter->vocabulary, number);
	struct parts parts;

	if (term < TERM_PARTS || term == TERM_NONE) {
		take_string(counter, number, term);
		return;
	}
	parts = counter->vocabulary.parts[term & ~TERM_PARTS];
	for (uint32_t i = 0; i < parts.count; i++)
		take_string(
			counter, parts.numbers[i], vocabulary_term(&counter->vocabulary, parts.numbers[i]));
}

static void take_words(
	void *at, struct span text, const struct span *words, const struct gap *gaps, size_t count)
{
	struct counter *counter = at;
	uint32_t numbers[WORDS_MOST];

	forms_count(&counter->vocabulary.forms, text, words, count, numbers);
	counter->words += count;
	for (size_t i = 0; i < count; i++) {
		if (gaps[i].ends_sentence)
			counter->recent_count = 0;
		take_word(counter, numbers[i]);
	}
}

/* --- memory ----------------------------------------------------------------------------------------------- */

/* Sorting takes sixteen bytes for each string and twice that for each sequence, and ranks four. */
size_t counter_memory(const struct counter *counter)
{
	size_t sorting =
		20 * counter->vocabulary.forms.count + 16 * (counter->written.count + counter->terms.count);

	return vocabulary_memory(&counter->vocabulary) + grams_memory(&counter->written) +
	       grams_memory(&counter->terms) + forms_memory(&counter->groups) + sorting;
}

static struct collect collect_of(struct counter *counter)
{
	struct collect collect = { .vocabulary = &counter->vocabulary,
		.with_forms = counter->rules.with_forms,
		.groups = &counter->groups,
		.places = counter->places,
		.place_count = counter->place_count };

	if (counter->is_simple)
		return collect;
	collect.written = &counter->written;
	if (counter->rules.with_documents)
		collect.terms = has_terms(counter) ? &counter->terms : &counter->written;
	return collect;
}

static uint32_t group_number(struct counter *counter)
{
	return counter->group_text.len ? forms_add(&counter->groups, buf_span(&counter->group_text)) + 1
				       : 0;
}

/* Sequences that are new from here on are numbered so. */
static void add_place(struct counter *counter, uint64_t place)
{
	uint64_t number = counter->written.count;

	if (counter->place_count == counter->place_cap) {
		counter->place_cap = counter->place_cap ? 2 * counter->place_cap : 16;
		counter->places = mem_resize(counter->places, counter->place_cap, sizeof(*counter->places));
	}
	counter->places[counter->place_count++] = (struct place){ number, place };
}

/* The tables are about to be emptied. */
static void forget_places(struct counter *counter)
{
	struct place last;

	if (counter->place_count == 0)
		return;
	last = counter->places[counter->place_count - 1];
	counter->place_count = 0;
	add_place(counter, last.place + (counter->written.count - last.number));
	counter->places[0].number = 0;
}

/* The last words, which sequences to come begin with: what was written as text, and the same again. */
static void forget(struct counter *counter)
{
	struct buf texts[GRAM_WORDS] = { BUF_INIT, BUF_INIT, BUF_INIT };
	const struct form *items = counter->vocabulary.forms.items;

	for (size_t i = 0; i < counter->recent_count; i++)
		buf_add(&texts[i], form_text(&items[counter->recent[i].written]));
	vocabulary_release(&counter->vocabulary);
	grams_release(&counter->written);
	grams_release(&counter->terms);
	forms_release(&counter->groups);
	mem_trim();
	counter->group = group_number(counter);
	for (size_t i = 0; i < counter->recent_count; i++) {
		struct recent *recent = &counter->recent[i];
		uint32_t term;

		recent->written = forms_add(&counter->vocabulary.forms, buf_span(&texts[i]));
		term = vocabulary_term(&counter->vocabulary, recent->written);
		recent->term = term & ~(uint32_t)TERM_STOP;
		buf_release(&texts[i]);
	}
}

static bool put_collected(struct counter *counter, struct collected *collected)
{
	struct cell cell = { 0 };
	bool fine = true;

	while (fine && collected_next(collected, &cell))
		fine = cell_runs_add(&counter->aside, &cell);
	cell_release(&cell);
	return fine;
}

/* What is in memory becomes a sorted list that is kept aside. */
static bool put_aside(struct counter *counter)
{
	struct collect collect = collect_of(counter);
	struct collected *collected = collect_open(&collect);
	bool fine;

	cell_runs_begin(&counter->aside);
	fine = put_collected(counter, collected);
	collected_free(collected);
	counter->is_aside = true;
	forget_places(counter);
	forget(counter);
	return fine;
}

/* Numbers have 32 bits, some of which are taken. */
static bool has_numbers_left(const struct counter *counter)
{
	return counter->vocabulary.forms.count < TERM_NUMBERS / 2 && counter->written.count < INT32_MAX &&
	       counter->terms.count < INT32_MAX && counter->groups.count < INT32_MAX;
}

static bool keep_small(struct counter *counter)
{
	if (counter_memory(counter) <= counter->rules.memory && has_numbers_left(counter))
		return true;
	return put_aside(counter);
}

/* --- documents -------------------------------------------------------------------------------------------- */

void counter_place(struct counter *counter, uint32_t place)
{
	if (!counter->rules.with_first)
		return;
	grams_settle(&counter->written);
	add_place(counter, (uint64_t)place << 32);
}

void counter_begin(struct counter *counter, uint64_t ordinal, struct span group)
{
	grams_document(&counter->written, ordinal);
	grams_document(&counter->terms, ordinal);
	buf_clear(&counter->group_text);
	buf_add(&counter->group_text, group);
	counter->group = group_number(counter);
	counter->recent_count = 0;
}

bool counter_text(struct counter *counter, struct span piece)
{
	if (counter->is_simple)
		word_feed_text(&counter->feed, counter->scan, piece, count_words, counter);
	else
		stream_text(&counter->stream, piece);
	return keep_small(counter);
}

bool counter_end(struct counter *counter)
{
	if (counter->is_simple)
		word_feed_end(&counter->feed, counter->scan, count_words, counter);
	else
		stream_end(&counter->stream);
	counter->stream.gap = (struct gap){ 0 };
	return keep_small(counter);
}

/* --- results ---------------------------------------------------------------------------------------------- */

bool counter_has_terms(const struct counter *counter)
{
	return counter->is_simple && !counter->is_aside;
}

bool counter_open(struct counter *counter)
{
	if (counter->is_aside)
		return put_aside(counter) && cell_runs_open(&counter->aside);
	counter->collect = collect_of(counter);
	counter->collected = collect_open(&counter->collect);
	return true;
}

enum flow counter_next(struct counter *counter, struct cell *cell)
{
	if (!counter->collected)
		return cell_runs_next(&counter->aside, cell);
	return collected_next(counter->collected, cell) ? FLOW_MORE : FLOW_STOP;
}
