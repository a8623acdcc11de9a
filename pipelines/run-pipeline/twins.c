/* SPDX-License-Identifier: MIT
 * twins.c - keys compared by their hashes: XXH3, 64 bits; a collision would show a text too many. */
#include "twins.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/mem.h"
#include "common/search.h"
#include "filters/dedupe/content.h"

static uint64_t hash_of(struct twins *twins, struct span text)
{
	struct span key = keyer_key(&twins->keyer, content_of(text));

	return XXH3_64bits(key.at, key.len);
}

static enum key key_kind(const struct done_step *step)
{
	const char *word = step_word(step, "key");
	int kind = 0;

	while (word && key_words[kind] && strcmp(key_words[kind], word) != 0)
		kind++;
	return (enum key)kind;
}

static void set_unit(struct twins *twins, const struct steps *steps, size_t at)
{
	const struct done_step *step = &steps->items[at];
	const char *unit = step_word(step, "unit"), *scope = step_word(step, "scope");
	enum framing reads = at ? step[-1].out.framing : steps->input.framing;

	twins->is_document = unit ? strcmp(unit, "document") == 0 : reads != FRAMING_TEXT;
	twins->is_document |= step_word(step, "near") != NULL;
	twins->is_paragraph = unit && strcmp(unit, "paragraph") == 0;
	twins->in_document = scope && strcmp(scope, "document") == 0;
}

static int by_hash(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

/* Whether a row of what was left out says that it is told elsewhere. */
static bool is_twin(const struct twins *twins, const struct evidence_row *row)
{
	const struct span *rule = &row->fields[6];

	if (twins->has_kin)
		return span_equal(row->fields[5], SPAN("drop"));
	return span_equal(*rule, SPAN("duplicate")) || span_equal(*rule, SPAN("same"));
}

static void gather(struct twins *twins, struct steps *steps, size_t at)
{
	struct span rest = steps->items[at].rows;
	struct evidence_row row;
	size_t room = 0;

	while (evidence_next(&rest, &row)) {
		const struct span *rule = &row.fields[6];
		struct span text, whole;

		if (!is_twin(twins, &row))
			continue;
		text = steps_text(steps, at, row.document);
		whole = span_head(span_skip(text, row.start), row.end - row.start);
		if (twins->count == room) {
			room = room * 2 + 64;
			twins->items = mem_resize(twins->items, room, sizeof(*twins->items));
		}
		twins->items[twins->count++] =
			(struct twin){ .hash = twins->has_kin ? kin_of(&twins->kin, row.document)
							      : hash_of(twins, whole),
				.document = row.document,
				.start = row.start,
				.end = row.end,
				.what = span_of(row.fields[5].at, row.fields[5].len + 1 + rule->len) };
	}
	if (twins->count)
		qsort(twins->items, twins->count, sizeof(*twins->items), by_hash);
}

bool twins_open(struct twins *twins, struct steps *steps, size_t at, struct diag *why)
{
	static const struct spool_place spools = { NULL, 1 };
	const struct host host = { .cpu = CPU_SCALAR, .reads = FRAMING_ZERO, .spools = &spools };

	if (twins->is_open)
		return true;
	twins->is_open = true;
	set_unit(twins, steps, at);
	twins->has_kin = steps->items[at].relations.len > 0;
	if (twins->has_kin)
		kin_read(&twins->kin, steps->items[at].rows, steps->items[at].relations,
			at ? steps->items[at - 1].out.count : steps->input.count);
	if (!keyer_open(&twins->keyer, key_kind(&steps->items[at]), &host, why))
		return false;
	gather(twins, steps, at);
	return true;
}

static bool is_blank_at(struct span text, size_t at)
{
	struct span rest = span_skip(text, at);

	return span_trim(span_head(rest, span_find(rest, '\n'))).len == 0;
}

/* Where the line begins that `at` is on. */
static size_t line_start(struct span text, size_t at)
{
	while (at > 0 && text.at[at - 1] != '\n')
		at--;
	return at;
}

/* The line or paragraph that `at` stands in. */
static struct span unit_at(const struct twins *twins, struct span text, size_t at)
{
	size_t start = line_start(text, at), end;

	while (twins->is_paragraph && start > 0 && !is_blank_at(text, line_start(text, start - 1)))
		start = line_start(text, start - 1);
	end = at + span_find(span_skip(text, at), '\n');
	while (twins->is_paragraph && end + 1 < text.len && !is_blank_at(text, end + 1))
		end += 1 + span_find(span_skip(text, end + 1), '\n');
	return span_of(text.at + start, end - start);
}

/* That of what was compared. A document has many lines to ask for. */
static uint64_t hash_at(struct twins *twins, struct span text, size_t document, size_t start)
{
	if (twins->has_kin)
		return kin_of(&twins->kin, document);
	if (!twins->is_document)
		return hash_of(twins, unit_at(twins, text, start));
	if (twins->known != document + 1)
		twins->known_hash = hash_of(twins, text);
	twins->known = document + 1;
	return twins->known_hash;
}

static bool is_before(const void *twin, const void *wanted)
{
	return by_hash(twin, wanted) < 0;
}

const struct twin *twins_find(
	struct twins *twins, struct steps *steps, size_t at, size_t document, size_t start, size_t *count)
{
	struct twin wanted = {
		.hash = hash_at(twins, steps_text(steps, at, document), document, start),
		.document = twins->in_document ? document : 0,
	};
	size_t low = search_first(twins->items, twins->count, sizeof(*twins->items), &wanted, is_before);

	for (*count = 0; low + *count < twins->count; ++*count) {
		const struct twin *twin = &twins->items[low + *count];

		if (twin->hash != wanted.hash || (twins->in_document && twin->document != document))
			break;
	}
	return twins->items + low;
}

const struct twin *twins_of_dropped(
	struct twins *twins, struct steps *steps, size_t at, size_t document, size_t *kept)
{
	const struct done_step *step = &steps->items[at];
	const struct twin *twin = NULL;

	if (!twins->has_kin)
		return NULL;
	for (size_t i = 0; i < twins->count && !twin; i++)
		if (twins->items[i].document == document)
			twin = &twins->items[i];
	for (size_t i = 0; twin && i < step->out.count; i++) {
		*kept = evidence_document(&step->evidence, i);
		if (kin_of(&twins->kin, *kept) == twin->hash && *kept != document)
			return twin;
	}
	return NULL;
}

void twins_release(struct twins *twins)
{
	if (twins->is_open)
		keyer_release(&twins->keyer);
	kin_release(&twins->kin);
	free(twins->items);
	*twins = (struct twins){ .count = 0 };
}
