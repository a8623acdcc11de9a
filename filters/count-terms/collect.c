/* SPDX-License-Identifier: MIT
 * collect.c - sorts what was counted and puts together what has the same key.
 *
 * A key holds no byte below '!' but the NUL behind the group and the spaces between words, so the order of joined words is
 * that of the words one after the other. */
#include "filters/count-terms/collect.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/order.h"

enum { AHEAD = 12 }; /* what is fetched before it is looked at */

/* The places of strings in the order of bytes, from 1. */
struct ranks {
	uint32_t *terms, *groups; /* by number */
	const struct collect *collect;
};

/* A table of sequences and how to read it. */
struct list {
	const struct grams *grams;
	const struct ranks *ranks;
	bool of_terms; /* its words are terms, not what was written */
};

/* Walks two sorted lists at once: every key of `written` is in `terms` once. Of single words there is only `sorted`. */
struct collected {
	const struct collect *from;
	struct ordered *sorted, *sorted_terms; /* the latter NULL: nobody counted documents */
	size_t count, at, terms_at; /* count: of `sorted` */
	struct ranks ranks;
	struct list written, terms;
	struct buf scratch;
};

static struct span text_of(const struct forms *forms, uint32_t number)
{
	return form_text(&forms->items[number]);
}

/* --- single words ---------------------------------------------------------------------------------------- */

static uint64_t term_head(const void *at, uint64_t number, size_t depth)
{
	const struct forms *forms = at;

	return form_head(&forms->items[forms->items[number].term], depth);
}

static int form_order(const void *at, uint64_t a, uint64_t b)
{
	const struct forms *forms = at;

	return span_compare(form_text(&forms->items[a]), form_text(&forms->items[b]));
}

static struct ordered *sorted_forms(const struct forms *forms, size_t *count)
{
	struct ordered *sorted;
	size_t kept = 0;

	*count = 0;
	for (size_t i = 0; i < forms->count; i++)
		*count += form_is_counted(&forms->items[i]);
	sorted = mem_resize(NULL, *count + 1, sizeof(*sorted));
	for (size_t i = 0; i < forms->count; i++)
		if (form_is_counted(&forms->items[i]))
			sorted[kept++] = (struct ordered){ 0, i };
	order_texts(sorted, kept, term_head, form_order, forms, forms->secret);
	return sorted;
}

static void words_open(struct collected *collected)
{
	struct vocabulary *vocabulary = collected->from->vocabulary;

	vocabulary_settle(vocabulary);
	forms_seal(&vocabulary->forms);
	collected->sorted = sorted_forms(&vocabulary->forms, &collected->count);
}

static void next_word(struct collected *collected, struct cell *cell)
{
	const struct collect *from = collected->from;
	const struct forms *forms = &from->vocabulary->forms;
	const struct ordered *sorted = collected->sorted;
	uint32_t term = forms->items[sorted[collected->at].item].term;
	bool wants_forms = from->with_forms && !vocabulary_is_number(from->vocabulary, term);

	cell_begin(cell, SPAN(""));
	buf_add(&cell->key, text_of(forms, term));
	for (; collected->at < collected->count; collected->at++) {
		uint64_t number = sorted[collected->at].item;
		const struct form *form = &forms->items[number];

		if (form->term != term)
			break;
		cell->count += form->count;
		if (wants_forms && number != term)
			cell_add_form(cell, form_text(form), form->count);
	}
}

/* --- sequences ------------------------------------------------------------------------------------------- */

static uint64_t own_head(const void *at, uint64_t number, size_t depth)
{
	const struct forms *forms = at;

	return form_head(&forms->items[number], depth);
}

/* Ranks all strings. */
static uint32_t *rank(const struct forms *forms)
{
	struct ordered *sorted = mem_resize(NULL, forms->count + 1, sizeof(*sorted));
	uint32_t *ranks = mem_new(forms->count + 1, sizeof(*ranks));

	for (size_t i = 0; i < forms->count; i++)
		sorted[i] = (struct ordered){ 0, i };
	order_texts(sorted, forms->count, own_head, NULL, forms, forms->secret);
	for (size_t i = 0; i < forms->count; i++)
		ranks[sorted[i].item] = (uint32_t)i + 1;
	free(sorted);
	return ranks;
}

struct span collect_group(const struct collect *collect, uint32_t group)
{
	return group ? text_of(collect->groups, group - 1) : SPAN("");
}

static uint32_t term_of(const struct list *list, uint32_t number)
{
	return list->of_terms
		       ? number
		       : list->ranks->collect->vocabulary->forms.items[number].term & ~(uint32_t)TERM_STOP;
}

static uint32_t word_rank(const struct list *list, uint32_t number)
{
	return number == GRAM_NO_WORD ? 0 : list->ranks->terms[term_of(list, number)];
}

static uint32_t group_rank(const struct list *list, uint32_t group)
{
	return group ? list->ranks->groups[group - 1] : 0;
}

/* By group and terms alone; 0 where these are the same. */
static int key_order(
	const struct list *a, const struct gram *left, const struct list *b, const struct gram *right)
{
	uint32_t x = group_rank(a, left->group), y = group_rank(b, right->group);

	for (int i = 0; x == y && i < GRAM_WORDS; i++) {
		x = word_rank(a, left->words[i]);
		y = word_rank(b, right->words[i]);
	}
	return (x > y) - (x < y);
}

static int gram_order(const void *at, uint64_t a, uint64_t b)
{
	const struct list *list = at;
	const struct gram *left = &list->grams->items[a], *right = &list->grams->items[b];
	const struct forms *forms = &list->ranks->collect->vocabulary->forms;
	int order = key_order(list, left, list, right);

	for (int i = 0; order == 0 && i < GRAM_WORDS && left->words[i] != GRAM_NO_WORD; i++)
		order = span_compare(text_of(forms, left->words[i]), text_of(forms, right->words[i]));
	return order;
}

/* What sequences are ordered by, the last first. */
enum criterion { THIRD_WORD, FIRST_WORDS, GROUP };

static uint64_t head_by(const struct list *list, const struct gram *gram, enum criterion criterion)
{
	switch (criterion) {
	case THIRD_WORD:
		return word_rank(list, gram->words[2]);
	case FIRST_WORDS:
		return (uint64_t)word_rank(list, gram->words[0]) << 32 | word_rank(list, gram->words[1]);
	default:
		return group_rank(list, gram->group);
	}
}

/* Where the ways end in which the sequence at `from` is written, which are put in the order of bytes. Heads differ where the
 * last criterion does, and lie in the cache. */
static size_t order_written(struct ordered *sorted, size_t from, const struct list *list)
{
	const struct gram *items = list->grams->items, *first = &items[sorted[from].item];
	uint64_t head = sorted[from].head;
	size_t next = from + 1;

	__builtin_prefetch(&items[sorted[from + AHEAD < list->grams->count ? from + AHEAD : from].item]);
	for (; next < list->grams->count && sorted[next].head == head; next++)
		if (key_order(list, first, list, &items[sorted[next].item]))
			break;
	if (next - from > 1) {
		for (size_t i = from; i < next; i++)
			sorted[i].head = 0;
		order(sorted + from, next - from, gram_order, list, list->grams->secret);
	}
	return next;
}

static struct ordered *sorted_grams(const struct list *list)
{
	const struct grams *grams = list->grams;
	struct ordered *sorted = mem_resize(NULL, grams->count + 1, sizeof(*sorted));
	enum criterion last = list->ranks->collect->groups->count ? GROUP : FIRST_WORDS;

	for (size_t i = 0; i < grams->count; i++)
		sorted[i].item = i;
	for (enum criterion by = THIRD_WORD; by <= last; by++) {
		for (size_t i = 0; i < grams->count; i++)
			sorted[i].head = head_by(list, &grams->items[sorted[i].item], by);
		order_stable(sorted, grams->count);
	}
	return sorted;
}

/* Appends the words of a sequence, or the terms that they count as. */
static void add_words(struct buf *into, const struct list *list, const struct gram *gram, bool as_terms)
{
	const struct forms *forms = &list->ranks->collect->vocabulary->forms;

	for (int i = 0; i < GRAM_WORDS && gram->words[i] != GRAM_NO_WORD; i++) {
		if (i)
			buf_add_byte(into, ' ');
		buf_add(into, text_of(forms, as_terms ? term_of(list, gram->words[i]) : gram->words[i]));
	}
}

/* The place of the first occurrence of a sequence. */
static uint64_t first_of(const struct collect *collect, size_t number)
{
	size_t low = 0, high = collect->place_count;

	if (high == 0)
		return 0;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (collect->places[middle].number <= number)
			low = middle;
		else
			high = middle;
	}
	return collect->places[low].place + (number - collect->places[low].number);
}

/* One way in which the term of `cell` is written. */
static void add_written(struct cell *cell, const struct list *list, size_t number, struct buf *scratch)
{
	const struct gram *gram = &list->grams->items[number];
	uint64_t first = first_of(list->ranks->collect, number);

	cell->count += gram->count;
	if (first < cell->first)
		cell->first = first;
	if (list->of_terms)
		return;
	buf_clear(scratch);
	add_words(scratch, list, gram, false);
	if (!span_equal(buf_span(scratch), cell_term(cell)))
		cell_add_form(cell, buf_span(scratch), gram->count);
}

static void add_documents(struct cell *cell, const struct list *terms, uint64_t number)
{
	const struct gram_documents *documents = &terms->grams->documents[number];

	cell->documents = documents->count;
	cell->first_document = documents->first;
	cell->last_document = documents->last;
}

static void walk_documents(struct collected *collected, const struct gram *gram, struct cell *cell)
{
	const struct list *terms = &collected->terms;
	const struct ordered *sorted = collected->sorted_terms;

	assert(terms->grams);
	while (key_order(
		terms, &terms->grams->items[sorted[collected->terms_at].item], &collected->written, gram))
		collected->terms_at++;
	add_documents(cell, terms, sorted[collected->terms_at].item);
}

static void next_gram(struct collected *collected, struct cell *cell)
{
	const struct list *written = &collected->written;
	const struct gram *first = &written->grams->items[collected->sorted[collected->at].item];
	size_t next = order_written(collected->sorted, collected->at, written);

	cell_begin(cell, collect_group(collected->from, first->group));
	cell->first = UINT64_MAX;
	add_words(&cell->key, written, first, true);
	for (; collected->at < next; collected->at++)
		add_written(
			cell, written, (size_t)collected->sorted[collected->at].item, &collected->scratch);
	if (collected->sorted_terms)
		walk_documents(collected, first, cell);
}

static void grams_open(struct collected *collected)
{
	const struct collect *from = collected->from;

	grams_settle(from->written);
	if (from->terms)
		grams_settle(from->terms);
	collected->ranks = (struct ranks){ rank(&from->vocabulary->forms), rank(from->groups), from };
	collected->written = (struct list){ from->written, &collected->ranks, !from->with_forms };
	collected->terms = (struct list){ from->terms, &collected->ranks, true };
	collected->sorted = sorted_grams(&collected->written);
	collected->sorted_terms = from->terms ? sorted_grams(&collected->terms) : NULL;
	collected->count = from->written->count;
}

/* --- both ------------------------------------------------------------------------------------------------- */

struct collected *collect_open(const struct collect *from)
{
	struct collected *collected = mem_new(1, sizeof(*collected));

	collected->from = from;
	if (from->written)
		grams_open(collected);
	else
		words_open(collected);
	return collected;
}

bool collected_next(struct collected *collected, struct cell *cell)
{
	if (collected->at == collected->count)
		return false;
	if (collected->from->written)
		next_gram(collected, cell);
	else
		next_word(collected, cell);
	return true;
}

void collected_free(struct collected *collected)
{
	free(collected->sorted);
	free(collected->sorted_terms);
	free(collected->ranks.terms);
	free(collected->ranks.groups);
	buf_release(&collected->scratch);
	free(collected);
}
