/* SPDX-License-Identifier: MIT
 * forms.c - open addressing over an array of strings; a slot holds the string's number and part of its hash. */
#include "filters/count-terms/forms.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"
#include "filters/count-terms/slots.h"

enum {
	ITEMS_FIRST = 512,
	CHUNK_BYTES = 256 * 1024,
	COMMON_FIRST = 16384, /* strings from which on their order matters: below, all are in the cache */
};

struct forms_chunk {
	struct forms_chunk *older;
	char *next; /* free from here on */
	char bytes[];
};

static void chunks_release(struct forms *forms)
{
	while (forms->chunk) {
		struct forms_chunk *older = forms->chunk->older;

		free(forms->chunk);
		forms->chunk = older;
	}
}

void forms_release(struct forms *forms)
{
	chunks_release(forms);
	free(forms->items);
	free(forms->slots);
	*forms = (struct forms){ .secret = forms->secret };
}

void forms_seal(struct forms *forms)
{
	free(forms->slots);
	forms->slots = NULL;
	forms->slot_cap = 0;
}

size_t forms_memory(const struct forms *forms)
{
	return forms->cap * sizeof(*forms->items) + forms->slot_cap * sizeof(*forms->slots) +
	       forms->chunk_bytes;
}

/* --- long strings --------------------------------------------------------------------------------------- */

static void chunk_new(struct forms *forms, size_t len)
{
	struct forms_chunk *chunk = mem_resize(NULL, sizeof(*chunk) + len, 1);

	chunk->older = forms->chunk;
	chunk->next = chunk->bytes;
	forms->chunk = chunk;
	forms->chunk_left = len;
	forms->chunk_bytes += sizeof(*chunk) + len;
}

/* A copy of `text` that lasts as long as the table. A chunk that a long string does not fit in is left as it
 * is: at most a sixteenth of it is lost. */
static const char *keep(struct forms *forms, struct span text)
{
	char *copy;

	if (text.len > forms->chunk_left)
		chunk_new(forms, text.len > CHUNK_BYTES / 16 ? text.len : CHUNK_BYTES);
	copy = forms->chunk->next;
	memcpy(copy, text.at, text.len);
	forms->chunk->next += text.len;
	forms->chunk_left -= text.len;
	return copy;
}

/* --- looking up ----------------------------------------------------------------------------------------- */

static const uint64_t masks[FORM_INLINE + 1][2] = {
#define LOW(n)                                                                                             \
	{                                                                                                  \
		((uint64_t)1 << 8 * (n)) - 1, 0                                                            \
	}
#define HIGH(n)                                                                                            \
	{                                                                                                  \
		~(uint64_t)0, ((uint64_t)1 << 8 * (n)) - 1                                                 \
	}
	{ 0, 0 },
	LOW(1),
	LOW(2),
	LOW(3),
	LOW(4),
	LOW(5),
	LOW(6),
	LOW(7),
	{ ~(uint64_t)0, 0 },
	HIGH(1),
	HIGH(2),
	HIGH(3),
	HIGH(4),
	HIGH(5),
	HIGH(6),
	HIGH(7),
	{ ~(uint64_t)0, ~(uint64_t)0 },
#undef LOW
#undef HIGH
};

/* `end` is where reading must stop: a short string is taken with what stands behind it where that can be read. */
static inline void wanted_init(
	struct form_wanted *wanted, uint64_t secret, struct span text, const char *end)
{
	wanted->at = text.at;
	wanted->len = (uint32_t)text.len;
	if (text.len > FORM_INLINE) {
		wanted->words[0] = 0;
		wanted->words[1] = wanted->hash = XXH3_64bits_withSeed(text.at, text.len, secret);
		return;
	}
	if ((size_t)(end - text.at) >= FORM_INLINE) {
		memcpy(wanted->words, text.at, FORM_INLINE);
		wanted->words[0] &= masks[text.len][0];
		wanted->words[1] &= masks[text.len][1];
	} else {
		memset(wanted->words, 0, FORM_INLINE);
		memcpy(wanted->words, text.at, text.len);
	}
	wanted->hash = hash_pair(secret, wanted->words[0], wanted->words[1]);
}

static inline bool is_wanted(const struct form *form, const struct form_wanted *wanted)
{
	if (form->len != wanted->len || form->words[1] != wanted->words[1])
		return false;
	if (wanted->len <= FORM_INLINE)
		return form->words[0] == wanted->words[0];
	return memcmp(form->at, wanted->at, wanted->len) == 0;
}

/* The slot of what is wanted, or the free one where it belongs. */
static inline uint32_t *find(const struct forms *forms, const struct form_wanted *wanted)
{
	size_t cap = forms->slot_cap, mask = cap - 1, at = (size_t)wanted->hash & mask;

	for (;; at = (at + 1) & mask) {
		uint32_t slot = forms->slots[at];

		if (slot == 0)
			break;
		if (slot_fits(slot, cap, wanted->hash) &&
			is_wanted(&forms->items[slot_number(slot, cap)], wanted))
			break;
	}
	return &forms->slots[at];
}

/* --- growing -------------------------------------------------------------------------------------------- */

static void slots_resize(struct forms *forms, size_t cap)
{
	free(forms->slots);
	forms->slot_cap = cap;
	forms->slots = mem_new(forms->slot_cap, sizeof(*forms->slots));
	for (size_t i = 0; i < forms->count; i++)
		slots_put(forms->slots, forms->slot_cap, form_hash(forms, &forms->items[i]), i);
}

/* Puts what came often in front of what came seldom, by powers of two, so that it shares its cache lines with its like: in a text one
 * word in ten is none of the commonest thirty thousand, and those take the room of one million bytes then. */
static void put_common_first(struct forms *forms)
{
	struct form *sorted = mem_resize(NULL, forms->cap, sizeof(*sorted));
	size_t starts[64] = { 0 }, start = 0;

	for (size_t i = 0; i < forms->count; i++)
		starts[__builtin_clzll(forms->items[i].count | 1)]++;
	for (size_t i = 0; i < 64; i++) {
		size_t here = starts[i];

		starts[i] = start;
		start += here;
	}
	for (size_t i = 0; i < forms->count; i++)
		sorted[starts[__builtin_clzll(forms->items[i].count | 1)]++] = forms->items[i];
	free(forms->items);
	forms->items = sorted;
}

static void append(struct forms *forms, const struct form_wanted *wanted)
{
	struct form *form;

	if (forms->count == forms->cap) {
		forms->cap = forms->cap ? forms->cap + forms->cap / 2 : ITEMS_FIRST;
		forms->items = mem_resize(forms->items, forms->cap, sizeof(*forms->items));
	}
	form = &forms->items[forms->count++];
	*form = (struct form){ .len = wanted->len, .term = FORM_UNKNOWN };
	form->words[0] = wanted->words[0];
	form->words[1] = wanted->words[1];
	if (wanted->len > FORM_INLINE)
		form->at = keep(forms, span_of(wanted->at, wanted->len));
}

/* Whether `more` strings can be added and a quarter of the slots stays free. */
static inline bool has_room(const struct forms *forms, size_t more)
{
	return forms->count + more <= forms->slot_cap / 4 * 3;
}

static inline void make_room(struct forms *forms, size_t more)
{
	if (!has_room(forms, more))
		slots_resize(forms, forms->slot_cap ? forms->slot_cap * 2 : SLOTS_FIRST);
}

static inline uint32_t number_of(struct forms *forms, const struct form_wanted *wanted)
{
	uint32_t *slot = find(forms, wanted);

	if (*slot == 0) {
		*slot = slot_of(wanted->hash, forms->slot_cap, forms->count);
		append(forms, wanted);
	}
	return slot_number(*slot, forms->slot_cap);
}

uint32_t forms_add(struct forms *forms, struct span text)
{
	struct form_wanted wanted;

	make_room(forms, 1);
	wanted_init(&wanted, forms->secret, text, text.at + text.len);
	return number_of(forms, &wanted);
}

uint32_t forms_find(const struct forms *forms, struct span text)
{
	struct form_wanted wanted;
	uint32_t slot;

	if (text.len == 0 || forms->slot_cap == 0)
		return FORM_UNKNOWN;
	wanted_init(&wanted, forms->secret, text, text.at + text.len);
	slot = *find(forms, &wanted);
	return slot ? slot_number(slot, forms->slot_cap) : FORM_UNKNOWN;
}

/* Slot and string lie in two places, the second known by the first. Some dozens asked for together cost little more
 * waiting than one. */
static void fetch(const struct forms *forms, const struct form_wanted *wanted, size_t count)
{
	size_t mask = forms->slot_cap - 1;

	if (forms->count == 0)
		return; /* nor are there any strings */
	for (size_t i = 0; i < count; i++) {
		uint32_t slot = forms->slots[wanted[i].hash & mask];

		__builtin_prefetch(&forms->items[slot_number(slot ? slot : 1, forms->slot_cap)], 1);
	}
}

/* Where the slots of strings are is asked for. */
static inline void seek(const struct forms *forms, struct form_wanted *wanted, struct span text,
	const struct span *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		wanted_init(&wanted[i], forms->secret, words[i], text.at + text.len);
		__builtin_prefetch(&forms->slots[wanted[i].hash & (forms->slot_cap - 1)]);
	}
}

void forms_count(
	struct forms *forms, struct span text, const struct span *words, size_t count, uint32_t *numbers)
{
	struct form_wanted wanted[FORMS_AT_ONCE];

	make_room(forms, count);
	seek(forms, wanted, text, words, count);
	fetch(forms, wanted, count);
	for (size_t i = 0; i < count; i++) {
		numbers[i] = number_of(forms, &wanted[i]);
		forms->items[numbers[i]].count++;
	}
}

/* --- counting later --------------------------------------------------------------------------------------- */

static void count_batch(struct forms *forms, struct forms_queue *queue, unsigned which)
{
	size_t count = queue->batches[which % FORMS_WAITING].count;
	const struct form_wanted *wanted = queue->batches[which % FORMS_WAITING].wanted;

	if (!has_room(forms, count) && forms->count >= COMMON_FIRST)
		put_common_first(forms);
	make_room(forms, count);
	for (size_t i = 0; i < count; i++) {
		uint32_t number = number_of(forms, &wanted[i]);

		forms->items[number].count++;
	}
	queue->batches[which % FORMS_WAITING].count = 0;
}

void forms_count_soon(struct forms *forms, struct forms_queue *queue, struct span text,
	const struct span *words, size_t count)
{
	unsigned newest = queue->next++ % FORMS_WAITING,
		 before = (newest + FORMS_WAITING - 1) % FORMS_WAITING;

	count_batch(forms, queue, newest + 1);
	if (forms->slot_cap == 0)
		make_room(forms, count);
	fetch(forms, queue->batches[before].wanted, queue->batches[before].count);
	seek(forms, queue->batches[newest].wanted, text, words, count);
	queue->batches[newest].count = count;
}

void forms_count_rest(struct forms *forms, struct forms_queue *queue)
{
	for (unsigned i = 0; i < FORMS_WAITING; i++)
		count_batch(forms, queue, queue->next + i);
	queue->next = 0;
}

void forms_reserve(struct forms *forms, size_t count)
{
	size_t cap = forms->slot_cap ? forms->slot_cap : SLOTS_FIRST;

	while (count > cap / 4 * 3)
		cap *= 2;
	if (cap > forms->slot_cap)
		slots_resize(forms, cap);
	if (count <= forms->cap)
		return;
	forms->cap = count;
	forms->items = mem_resize(forms->items, count, sizeof(*forms->items));
}

/* --- from table to table ---------------------------------------------------------------------------------- */

static inline void wanted_of_form(
	struct form_wanted *wanted, const struct forms *forms, const struct form *form)
{
	struct span text = form_text(form);

	wanted->at = text.at;
	wanted->len = form->len;
	wanted->hash = form_hash(forms, form);
	wanted->words[0] = form->len > FORM_INLINE ? 0 : form->words[0];
	wanted->words[1] = form->words[1];
}

void forms_join(struct forms *forms, const struct form *const *others, size_t count, uint32_t *numbers)
{
	struct form_wanted wanted[FORMS_AT_ONCE];

	make_room(forms, count);
	for (size_t i = 0; i < count; i++) {
		wanted_of_form(&wanted[i], forms, others[i]);
		__builtin_prefetch(&forms->slots[wanted[i].hash & (forms->slot_cap - 1)]);
	}
	fetch(forms, wanted, count);
	for (size_t i = 0; i < count; i++)
		numbers[i] = number_of(forms, &wanted[i]);
}
