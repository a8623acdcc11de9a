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

static struct span text_of(const struct forms *forms, uint32_t number)
{
	return form_text(&forms->items[number]);
}

static bool is_counted(const struct form *form)
{
	return form->count && form->term < TERM_NUMBERS;
}

/* --- single words ---------------------------------------------------------------------------------------- */

/* A word made of parts hands its count on to them. */
static void hand_on(struct vocabulary *vocabulary, uint32_t number)
{
	struct form *items = vocabulary->forms.items;
	const struct parts *parts = &vocabulary->parts[items[number].term & ~TERM_PARTS];

	for (uint32_t i = 0; i < parts->count; i++)
		items[parts->numbers[i]].count += items[number].count;
}

static void resolve_all(struct vocabulary *vocabulary)
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

static struct span term_text(const void *at, uint64_t number)
{
	const struct forms *forms = at;

	return text_of(forms, forms->items[number].term);
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
		*count += is_counted(&forms->items[i]);
	sorted = mem_resize(NULL, *count + 1, sizeof(*sorted));
	for (size_t i = 0; i < forms->count; i++)
		if (is_counted(&forms->items[i]))
			sorted[kept++] = (struct ordered){ 0, i };
	order_texts(sorted, kept, term_text, form_order, forms, forms->secret);
	return sorted;
}

static bool each_word(const struct collect *collect, const struct ordered *sorted, size_t count,
	struct cell *cell, cell_fn *each, void *ctx)
{
	const struct forms *forms = &collect->vocabulary->forms;

	for (size_t i = 0; i < count;) {
		uint32_t term = forms->items[sorted[i].item].term;

		cell_begin(cell, SPAN(""));
		buf_add(&cell->key, text_of(forms, term));
		for (; i < count && forms->items[sorted[i].item].term == term; i++) {
			const struct form *form = &forms->items[sorted[i].item];

			cell->count += form->count;
			if (collect->with_forms && sorted[i].item != term &&
				!vocabulary_is_number(collect->vocabulary, term))
				cell_add_form(cell, form_text(form), form->count);
		}
		if (!each(ctx, cell))
			return false;
	}
	return true;
}

static bool collect_words(const struct collect *collect, struct cell *cell, cell_fn *each, void *ctx)
{
	struct ordered *sorted;
	size_t count;
	bool fine;

	resolve_all(collect->vocabulary);
	forms_seal(&collect->vocabulary->forms);
	sorted = sorted_forms(&collect->vocabulary->forms, &count);
	fine = each_word(collect, sorted, count, cell, each, ctx);
	free(sorted);
	return fine;
}

/* --- sequences ------------------------------------------------------------------------------------------- */

/* The places of strings in the order of bytes, from 1. */
struct ranks {
	uint32_t *terms, *groups; /* by number */
	const struct collect *collect;
};

static struct span own_text(const void *forms, uint64_t number)
{
	return text_of(forms, (uint32_t)number);
}

/* Ranks all strings. */
static uint32_t *rank(const struct forms *forms)
{
	struct ordered *sorted = mem_resize(NULL, forms->count + 1, sizeof(*sorted));
	uint32_t *ranks = mem_new(forms->count + 1, sizeof(*ranks));

	for (size_t i = 0; i < forms->count; i++)
		sorted[i] = (struct ordered){ 0, i };
	order_texts(sorted, forms->count, own_text, NULL, forms, forms->secret);
	for (size_t i = 0; i < forms->count; i++)
		ranks[sorted[i].item] = (uint32_t)i + 1;
	free(sorted);
	return ranks;
}

struct span collect_group(const struct collect *collect, uint32_t group)
{
	return group ? text_of(collect->groups, group - 1) : SPAN("");
}

/* A table of sequences and how to read it. */
struct list {
	const struct grams *grams;
	const struct ranks *ranks;
	bool of_terms; /* its words are terms, not what was written */
};

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

enum { AHEAD = 12 }; /* sequences fetched before they are looked at */

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

/* One way in which the term of `cell` is written. */
static void add_written(struct cell *cell, const struct list *list, size_t number, struct buf *scratch)
{
	const struct gram *gram = &list->grams->items[number];

	cell->count += gram->count;
	if (number + list->ranks->collect->first_base < cell->first)
		cell->first = number + list->ranks->collect->first_base;
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

/* Walks two sorted lists at once: every key of `written` is in `terms` once. */
struct walk {
	struct list written, terms;
	struct ordered *sorted, *sorted_terms; /* the latter NULL: nobody counted documents */
	struct cell *cell;
	struct buf scratch;
};

static void walk_documents(struct walk *walk, const struct gram *gram, size_t *at)
{
	assert(walk->terms.grams);
	while (key_order(&walk->terms, &walk->terms.grams->items[walk->sorted_terms[*at].item],
		&walk->written, gram))
		++*at;
	add_documents(walk->cell, &walk->terms, walk->sorted_terms[*at].item);
}

static bool each_gram(struct walk *walk, cell_fn *each, void *ctx)
{
	const struct grams *grams = walk->written.grams;
	size_t terms_at = 0, next;

	for (size_t i = 0; i < grams->count;) {
		const struct gram *first = &grams->items[walk->sorted[i].item];

		cell_begin(walk->cell, collect_group(walk->written.ranks->collect, first->group));
		walk->cell->first = UINT64_MAX;
		add_words(&walk->cell->key, &walk->written, first, true);
		for (next = order_written(walk->sorted, i, &walk->written); i < next; i++)
			add_written(
				walk->cell, &walk->written, (size_t)walk->sorted[i].item, &walk->scratch);
		if (walk->sorted_terms)
			walk_documents(walk, first, &terms_at);
		if (!each(ctx, walk->cell))
			return false;
	}
	return true;
}

static bool collect_grams(const struct collect *collect, struct cell *cell, cell_fn *each, void *ctx)
{
	struct ranks ranks = { rank(&collect->vocabulary->forms), rank(collect->groups), collect };
	struct walk walk = { .written = { collect->written, &ranks, !collect->with_forms },
		.terms = { collect->terms, &ranks, true },
		.cell = cell,
		.scratch = BUF_INIT };
	bool fine;

	walk.sorted = sorted_grams(&walk.written);
	walk.sorted_terms = collect->terms ? sorted_grams(&walk.terms) : NULL;
	fine = each_gram(&walk, each, ctx);
	free(walk.sorted);
	free(walk.sorted_terms);
	free(ranks.terms);
	free(ranks.groups);
	buf_release(&walk.scratch);
	return fine;
}

bool collect_each(const struct collect *collect, cell_fn *each, void *ctx)
{
	struct cell cell = { 0 };
	bool fine;

	if (collect->written) {
		grams_settle(collect->written);
		if (collect->terms)
			grams_settle(collect->terms);
		fine = collect_grams(collect, &cell, each, ctx);
	} else {
		fine = collect_words(collect, &cell, each, ctx);
	}
	cell_release(&cell);
	return fine;
}
