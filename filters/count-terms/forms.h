/* SPDX-License-Identifier: MIT
 * forms.h - every different string of a run, once: words as they are written, and their keys.
 *
 * A string is known by its number, from 0 in the order of first sight. Up to FORM_INLINE bytes lie in the table itself,
 * which is compared without a look elsewhere. Exact: strings are compared byte by byte, a hash only finds the place,
 * keyed with a secret so that nobody can choose words that crowd together. Memory grows with the vocabulary alone: 32
 * bytes a string and room to grow by half, 5 to 11 for its place, and the bytes of long ones. */
#ifndef GHIRBAL_FORMS_H
#define GHIRBAL_FORMS_H

#include <stdint.h>

#include "common/span.h"
#include "filters/count-terms/hash.h"
#include "filters/count-terms/order.h"

enum { FORM_INLINE = 16, FORMS_AT_ONCE = 32 };

#define FORM_UNKNOWN UINT32_MAX

struct form {
	union {
		char bytes[FORM_INLINE]; /* behind the end zeros */
		uint64_t words[2];
		struct {
			const char *at; /* owned by the table */
			uint64_t hash;
		};
	};
	uint64_t count; /* how often it came */
	uint32_t len; /* bytes, at least 1 */
	uint32_t term; /* what it counts as; FORM_UNKNOWN until the owner of the table says */
};

struct forms_chunk;

/* Zero bytes and a secret make an empty one. */
struct forms {
	struct form *items;
	size_t count, cap;
	uint32_t *slots; /* slots.h */
	size_t slot_cap; /* a power of two, or 0 */
	uint64_t secret;
	struct forms_chunk *chunk; /* where long strings are */
	size_t chunk_left, chunk_bytes;
};

void forms_release(struct forms *forms);

/* The bytes of a string; borrowed until one is added, as `form` is. */
static inline struct span form_text(const struct form *form)
{
	return span_of(form->len > FORM_INLINE ? form->at : form->bytes, form->len);
}

/* What order_head (order.h) says of the text from its byte `depth` on, a multiple of eight. */
static inline uint64_t form_head(const struct form *form, size_t depth)
{
	if (form->len > FORM_INLINE)
		return order_head(span_skip(form_text(form), depth));
	return depth < FORM_INLINE ? __builtin_bswap64(form->words[depth / 8]) : 0;
}

/* The hash of a string of the table. */
static inline uint64_t form_hash(const struct forms *forms, const struct form *form)
{
	return form->len > FORM_INLINE ? form->hash
				       : hash_pair(forms->secret, form->words[0], form->words[1]);
}

/* The number of `text`, which is not empty, holds no NUL and is shorter than 4 GiB. It is added if it is new. */
uint32_t forms_add(struct forms *forms, struct span text);

/* The number of `text` if it was added, else FORM_UNKNOWN. */
uint32_t forms_find(const struct forms *forms, struct span text);

/* As forms_add for up to FORMS_AT_ONCE strings at a time, which waits less for memory; each comes once more. All lie
 * within `text`. */
void forms_count(
	struct forms *forms, struct span text, const struct span *words, size_t count, uint32_t *numbers);

/* A string to look up. */
struct form_wanted {
	uint64_t words[2]; /* as in struct form; of a long string only the hash means anything */
	uint64_t hash;
	const char *at;
	uint32_t len;
};

enum { FORMS_WAITING = 3 };

/* Strings that are on their way to being counted while others are looked for. Zero bytes make one. */
struct forms_queue {
	struct {
		struct form_wanted wanted[FORMS_AT_ONCE];
		size_t count;
	} batches[FORMS_WAITING];
	unsigned next;
};

/* As forms_count where nobody asks for numbers, and strings may get other ones at each call: memory is asked for two calls before it is needed, so that there is hardly any wait.
 * The text must stay until forms_count_rest. */
void forms_count_soon(struct forms *forms, struct forms_queue *queue, struct span text,
	const struct span *words, size_t count);
void forms_count_rest(struct forms *forms, struct forms_queue *queue);

/* Makes room for so many strings in all, in one go. */
void forms_reserve(struct forms *forms, size_t count);

/* As forms_add for up to FORMS_AT_ONCE strings of another table that has the same secret. */
void forms_join(struct forms *forms, const struct form *const *others, size_t count, uint32_t *numbers);

/* Bytes of memory in use. */
size_t forms_memory(const struct forms *forms);

/* No string will be looked up or added any more: gives back what that takes. */
void forms_seal(struct forms *forms);

#endif
