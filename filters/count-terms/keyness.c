/* SPDX-License-Identifier: MIT
 * keyness.c - which terms are commoner here than in a reference list, and how sure that is. */
#include "filters/count-terms/keyness.h"

#include <inttypes.h>
#include <math.h>

#include "filters/count-terms/vocabulary.h"

/* How many words a term has, less one. */
static size_t length_of(struct span term)
{
	size_t spaces = span_count(term, ' ');

	return spaces < KEYNESS_LENGTHS ? spaces : KEYNESS_LENGTHS - 1;
}

/* Appends the keys of words, a space between. */
static void add_keys(struct buf *into, struct span words, struct keyer *keyer)
{
	for (;;) {
		size_t len = span_find(words, ' ');

		vocabulary_key(into, span_head(words, len), keyer);
		if (len == words.len)
			return;
		buf_add_byte(into, ' ');
		words = span_skip(words, len + 1);
	}
}

static bool take_number(struct span text, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(text.at[i] - '0');
	}
	return text.len > 0 && text.len < 20;
}

/* False where all terms of that length are more than 64 bits hold. */
static bool add_term(struct reference *reference, struct span key, uint64_t count)
{
	uint64_t *there = &reference->there[length_of(key)];
	uint32_t number = forms_add(&reference->terms, key);

	reference->terms.items[number].count += count;
	return !__builtin_add_overflow(*there, count, there);
}

/* Adds what a row says; what is wrong with it, NULL for nothing. */
static const char *read_row(
	struct reference *reference, struct span row, struct keyer *keyer, struct buf *scratch)
{
	const char *tab = row.len ? memrchr(row.at, '\t', row.len) : NULL;
	uint64_t count;

	if (!tab || !take_number(span_head(row, span_find(row, '\t')), &count))
		return "is not COUNT, tab, TERM";
	buf_clear(scratch);
	add_keys(scratch, span_skip(row, (size_t)(tab + 1 - row.at)), keyer);
	if (scratch->len && !add_term(reference, buf_span(scratch), count))
		return "makes all counts more than 64 bits hold";
	return NULL;
}

bool reference_read(struct reference *reference, struct span text, struct keyer *keyer, struct diag *why)
{
	struct buf scratch = BUF_INIT;
	const char *wrong = NULL;

	for (uint64_t line = 1; !wrong && text.len; line++) {
		struct span row = span_head(text, span_find(text, '\n'));
		bool may_be_header = line == 1 && span_find(row, '\t') < row.len;

		wrong = read_row(reference, row, keyer, &scratch);
		if (wrong && may_be_header)
			wrong = NULL;
		if (wrong)
			diag_set(why, "option '--keyness': line %" PRIu64 " %s", line, wrong);
		text = span_skip(text, row.len + 1);
	}
	buf_release(&scratch);
	return !wrong;
}

void reference_count(struct reference *reference, const struct cell *cell)
{
	reference->here[length_of(cell_term(cell))] += cell->count;
}

static double part(double count, double expected)
{
	return count > 0 ? count * log(count / expected) : 0;
}

static double relative(uint64_t count, double all)
{
	return (count ? (double)count : 0.5) / all;
}

struct keyness keyness_of(const struct reference *reference, const struct cell *cell)
{
	struct span term = cell_term(cell);
	size_t length = length_of(term);
	double here = (double)reference->here[length], there = (double)reference->there[length];
	uint32_t number = forms_find(&reference->terms, term);
	struct keyness keyness = { 0 };
	double both, expected;

	if (number != FORM_UNKNOWN)
		keyness.reference = reference->terms.items[number].count;
	there = there > 0 ? there : 1;
	both = (double)cell->count + (double)keyness.reference;
	expected = here * both / (here + there);
	keyness.g2 = 2 * (part((double)cell->count, expected) +
				 part((double)keyness.reference, both - expected));
	if (keyness.g2 < 0)
		keyness.g2 = 0; /* rounding */
	if ((double)cell->count < expected)
		keyness.g2 = -keyness.g2;
	keyness.log_ratio = log2(relative(cell->count, here) / relative(keyness.reference, there));
	return keyness;
}

uint64_t keyness_order(const struct keyness *keyness)
{
	uint64_t bits;

	memcpy(&bits, &keyness->g2, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

void reference_release(struct reference *reference)
{
	forms_release(&reference->terms);
}
