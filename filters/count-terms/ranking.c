/* SPDX-License-Identifier: MIT
 * ranking.c - strings to terms, terms by count. */
#include "filters/count-terms/ranking.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/order.h"

enum {
	AHEAD = 12,
	FARTHER = 24
}; /* what is fetched before it is looked at: the string, and where it says that it lies */

static void release_forms(struct ranking *ranking)
{
	free(ranking->sorted);
	free(ranking->written);
	forms_release(&ranking->joined);
	ranking->sorted = NULL;
	ranking->written = NULL;
	ranking->forms = NULL;
}

void ranking_release(struct ranking *ranking)
{
	release_forms(ranking);
	buf_release(&ranking->packed);
}

bool term_is_before(const struct term *a, const struct term *b)
{
	return a->count != b->count ? a->count > b->count : span_compare(a->key, b->key) < 0;
}

/* --- adding up -------------------------------------------------------------------------------------------- */

/* Whether `form` is a commoner way to write `term` than the one known so far. */
static bool is_commoner(const struct ranking *ranking, const struct form *form, uint32_t term)
{
	const struct form *items = ranking->forms->items, *known = &items[term];

	if (ranking->written[term]) {
		known = &items[ranking->written[term] - 1];
		return form->count > known->count ||
		       (form->count == known->count && span_compare(form_text(form), form_text(known)) < 0);
	}
	return form->count > (form_is_counted(known) && known->term == term ? known->count : 0);
}

/* What each term counts, and how it is written most. What all numbers count as is not written. The caller frees it. */
static uint64_t *add_up(struct ranking *ranking, uint32_t number)
{
	const struct forms *forms = ranking->forms;
	uint64_t *sums = mem_new(forms->count + 1, sizeof(*sums));

	for (uint32_t i = 0; i < forms->count; i++) {
		const struct form *form = &forms->items[i];
		uint32_t term = form->term;

		if (!form_is_counted(form))
			continue;
		sums[term] += form->count;
		if (ranking->written && term != i && term != number && is_commoner(ranking, form, term))
			ranking->written[term] = i + 1;
	}
	return sums;
}

/* --- order ------------------------------------------------------------------------------------------------ */

static uint64_t head_at(const void *at, uint64_t number, size_t depth)
{
	const struct forms *forms = at;

	return form_head(&forms->items[number], depth);
}

/* Those of the same count by their bytes, as far as anybody wants to know. */
static void order_equals(struct ranking *ranking)
{
	size_t wanted = ranking->rules->top && ranking->rules->top < ranking->count
				? (size_t)ranking->rules->top
				: ranking->count;
	size_t next;

	for (size_t i = 0; i < wanted; i = next) {
		uint64_t head = ranking->sorted[i].head;

		for (next = i + 1; next < ranking->count && ranking->sorted[next].head == head; next++)
			continue;
		if (next - i > 1)
			order_texts(ranking->sorted + i, next - i, head_at, NULL, ranking->forms,
				ranking->forms->secret);
	}
}

static void take_wanted(struct ranking *ranking, const uint64_t *sums)
{
	uint64_t least = ranking->rules->min_count ? ranking->rules->min_count : 1;
	size_t count = ranking->forms->count, wanted = 0;

	for (size_t i = 0; i < count; i++) {
		ranking->terms += sums[i] > 0;
		wanted += sums[i] >= least;
	}
	ranking->sorted = mem_resize(NULL, wanted + 1, sizeof(*ranking->sorted));
	for (size_t i = 0; i < count; i++)
		if (sums[i] >= least)
			ranking->sorted[ranking->count++] = (struct ordered){ ~sums[i], i };
}

/* `forms` are those of the ranking. `number`: FORM_UNKNOWN or the term of all numbers. */
static void open_forms(struct ranking *ranking, struct forms *forms, uint32_t number)
{
	uint64_t *sums;

	ranking->forms = forms;
	if (ranking->rules->with_forms)
		ranking->written = mem_new(forms->count + 1, sizeof(*ranking->written));
	sums = add_up(ranking, number);
	take_wanted(ranking, sums);
	for (size_t i = 0; i < forms->count; i++)
		forms->items[i].count = sums[i];
	free(sums);
	order_stable(ranking->sorted, ranking->count);
	order_equals(ranking);
}

void ranking_open(struct ranking *ranking, struct vocabulary *vocabulary, const struct ranking_rules *rules)
{
	*ranking = (struct ranking){ .rules = rules };
	forms_seal(&vocabulary->forms);
	open_forms(ranking, &vocabulary->forms, vocabulary->number ? vocabulary->number - 1 : FORM_UNKNOWN);
}

/* Strings lie anywhere, and the bytes of long ones elsewhere again. */
static inline void fetch_ahead(const struct ranking *ranking)
{
	const struct form *items = ranking->forms->items, *near;
	const struct ordered *sorted = ranking->sorted + ranking->at;

	if (ranking->count - ranking->at <= FARTHER)
		return;
	__builtin_prefetch(&items[sorted[FARTHER].item]);
	if (ranking->written)
		__builtin_prefetch(&ranking->written[sorted[FARTHER].item]);
	near = &items[sorted[AHEAD].item];
	if (near->len > FORM_INLINE)
		__builtin_prefetch(near->at);
}

static bool next_of_forms(struct ranking *ranking, struct term *term)
{
	const struct form *items = ranking->forms->items, *form;
	uint64_t number;

	if (ranking->at == ranking->count)
		return false;
	fetch_ahead(ranking);
	number = ranking->sorted[ranking->at++].item;
	form = &items[number];
	*term = (struct term){ form_text(form), form_text(form), form->count };
	if (ranking->written && ranking->written[number])
		term->written = form_text(&items[ranking->written[number] - 1]);
	return true;
}

/* --- packed ----------------------------------------------------------------------------------------------- */

/* In front of the bytes of a key, and of the way it is written where that is another one. */
struct packed_term {
	uint64_t count;
	uint32_t key_len, written_len; /* 0: as the key */
};

/* Copies what is wanted: who reads it in the end is alone, and should not have to look for every string. */
static void pack(struct ranking *ranking)
{
	uint64_t left = ranking->rules->top ? ranking->rules->top : UINT64_MAX;
	struct term term;

	while (left-- && next_of_forms(ranking, &term)) {
		bool is_same = term.written.at == term.key.at;
		struct packed_term packed = { term.count, (uint32_t)term.key.len,
			is_same ? 0 : (uint32_t)term.written.len };

		buf_add(&ranking->packed, span_of((const char *)&packed, sizeof(packed)));
		buf_add(&ranking->packed, term.key);
		if (!is_same)
			buf_add(&ranking->packed, term.written);
	}
	release_forms(ranking);
	ranking->is_packed = true;
	ranking->at = 0;
}

static bool next_of_packed(struct ranking *ranking, struct term *term)
{
	struct span rest = span_skip(buf_span(&ranking->packed), ranking->at);
	struct packed_term packed;

	if (rest.len == 0)
		return false;
	memcpy(&packed, rest.at, sizeof(packed));
	rest = span_skip(rest, sizeof(packed));
	term->count = packed.count;
	term->key = term->written = span_head(rest, packed.key_len);
	if (packed.written_len)
		term->written = span_head(span_skip(rest, packed.key_len), packed.written_len);
	ranking->at += sizeof(packed) + packed.key_len + packed.written_len;
	return true;
}

bool ranking_next(struct ranking *ranking, struct term *term)
{
	return ranking->is_packed ? next_of_packed(ranking, term) : next_of_forms(ranking, term);
}

/* --- many tables ------------------------------------------------------------------------------------------ */

/* Strings on their way from one table to another. */
struct joining {
	struct forms *into;
	const struct forms *from;
	const struct form *forms[FORMS_AT_ONCE];
	size_t count;
};

static void join(struct joining *joining)
{
	const struct form *terms[FORMS_AT_ONCE];
	uint32_t numbers[FORMS_AT_ONCE], term_numbers[FORMS_AT_ONCE];
	struct form *items;

	for (size_t i = 0; i < joining->count; i++)
		terms[i] = &joining->from->items[joining->forms[i]->term];
	forms_join(joining->into, joining->forms, joining->count, numbers);
	forms_join(joining->into, terms, joining->count, term_numbers);
	items = joining->into->items;
	for (size_t i = 0; i < joining->count; i++) {
		items[numbers[i]].count += joining->forms[i]->count;
		items[numbers[i]].term = term_numbers[i];
	}
	joining->count = 0;
}

static void join_forms(struct forms *into, const struct forms *from, size_t part, size_t parts)
{
	struct joining joining = { .into = into, .from = from };

	for (size_t i = 0; i < from->count; i++) {
		const struct form *form = &from->items[i];

		if (!form_is_counted(form))
			continue;
		if ((form_hash(from, &from->items[form->term]) >> 32) * parts >> 32 != part)
			continue;
		joining.forms[joining.count++] = form;
		if (joining.count == FORMS_AT_ONCE)
			join(&joining);
	}
	join(&joining);
}

/* How many strings a part is likely to have: most tables have most words. */
static size_t likely_count(const struct vocabulary *const *vocabularies, size_t count, size_t parts)
{
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		if (vocabularies[i]->forms.count > most)
			most = vocabularies[i]->forms.count;
	return most / parts + most / parts / 4;
}

void ranking_join(struct ranking *ranking, const struct vocabulary *const *vocabularies, size_t count,
	size_t part, size_t parts, const struct ranking_rules *rules)
{
	uint32_t number;

	*ranking = (struct ranking){ .rules = rules };
	ranking->joined.secret = vocabularies[0]->forms.secret;
	forms_reserve(&ranking->joined, likely_count(vocabularies, count, parts));
	for (size_t i = 0; i < count; i++)
		join_forms(&ranking->joined, &vocabularies[i]->forms, part, parts);
	number = forms_find(&ranking->joined, NUMBER_TERM); /* no word is written so */
	forms_seal(&ranking->joined);
	open_forms(ranking, &ranking->joined, number);
	pack(ranking);
}

/* --- parts ------------------------------------------------------------------------------------------------ */

struct head {
	struct ranking *ranking;
	struct term term;
};

/* Moves the first head, whose term is a new one, to where it belongs among the others. */
static void sort_in(struct head *heads, size_t count)
{
	struct head moved = heads[0];
	size_t at = 0;

	for (; at + 1 < count && term_is_before(&heads[at + 1].term, &moved.term); at++)
		heads[at] = heads[at + 1];
	heads[at] = moved;
}

static size_t heads_of(struct head *heads, struct ranking *rankings, size_t count)
{
	size_t there = 0;

	for (size_t i = count; i-- > 0;) {
		struct head head = { .ranking = &rankings[i] };

		if (!ranking_next(head.ranking, &head.term))
			continue;
		memmove(heads + 1, heads, there++ * sizeof(*heads));
		heads[0] = head;
		sort_in(heads, there);
	}
	return there;
}

bool rankings_each(struct ranking *rankings, size_t count, term_fn *each, void *ctx)
{
	struct head *heads = mem_new(count, sizeof(*heads));
	size_t left = heads_of(heads, rankings, count);
	uint64_t given = 0, top = rankings[0].rules->top;
	bool fine = true;

	while (fine && left && (top == 0 || given++ < top)) {
		fine = each(ctx, &heads[0].term);
		if (!ranking_next(heads[0].ranking, &heads[0].term))
			memmove(heads, heads + 1, --left * sizeof(*heads));
		else
			sort_in(heads, left);
	}
	free(heads);
	return fine;
}
