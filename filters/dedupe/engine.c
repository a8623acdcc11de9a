/* SPDX-License-Identifier: MIT
 * engine.c - rows out, rows in. */
#include "filters/dedupe/engine.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/search.h"
#include "common/row.h"
#include "filters/dedupe/listing.h"

const char *const emit_words[] = { "frequencies", "bands", "pairs", "clusters", "keys", NULL };

enum { KEY_DIGITS = 10, KEY_SHIFT = 24 }; /* of a key those 40 bits count that bands.h compares */

/* --- rows in -------------------------------------------------------------------------------------------- */

/* Takes the field in front of the next tab, or of the end. */
static struct span take_field(struct span *row)
{
	struct span field = span_head(*row, span_find(*row, '\t'));

	*row = span_skip(*row, field.len + 1);
	return field;
}

/* The number that all of `digits` spell in `base` 10 or 16; false where they spell none. */
static bool read_number(struct span digits, unsigned base, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned c = (unsigned char)digits.at[i];
		unsigned digit = c - '0' < 10 ? c - '0' : c - 'a' < 6 ? c - 'a' + 10 : 16;

		if (digit >= base)
			return false;
		*value = *value * base + digit;
	}
	return digits.len > 0 && digits.len < 16;
}

static bool read_band(struct engine *engine, struct span row)
{
	uint64_t key;

	if (!read_number(take_field(&row), 16, &key) || row.len == 0)
		return false;
	/* The first row of a key sets one bit, every other both. */
	story_bits_add(&engine->keys, key, story_bits_of(&engine->keys, key) ? 3 : 1);
	return true;
}

static enum relation relation_named(struct span word)
{
	int i = RELATION_NONE;

	while (i < RELATIONS && !span_equal(word, span_from(relation_words[i])))
		i++;
	return (enum relation)i;
}

static bool read_pair(struct engine *engine, struct span row)
{
	struct span later = take_field(&row), earlier = take_field(&row);
	struct near_pair pair = { .relation = relation_named(take_field(&row)) };

	if (later.len == 0 || earlier.len == 0 || pair.relation == RELATIONS ||
		!read_number(take_field(&row), 10, &pair.both) ||
		!read_number(take_field(&row), 10, &pair.own) ||
		!read_number(take_field(&row), 10, &pair.other) || pair.both > pair.own ||
		pair.both > pair.other)
		return false;
	if (engine->pair_count == engine->pair_cap) {
		engine->pair_cap += engine->pair_cap / 2 + 64;
		engine->pairs = mem_resize(engine->pairs, engine->pair_cap, sizeof(*engine->pairs));
	}
	engine->pairs[engine->pair_count].later = ids_add(&engine->ids, later);
	engine->pairs[engine->pair_count].earlier = ids_add(&engine->ids, earlier);
	engine->pairs[engine->pair_count++].pair = pair;
	return true;
}

static int by_later(const void *a, const void *b)
{
	const struct engine_pair *one = a, *other = b;

	if (one->later != other->later)
		return one->later < other->later ? -1 : 1;
	return (one->earlier > other->earlier) - (one->earlier < other->earlier);
}

static bool read_rows(struct engine *engine, bool (*read)(struct engine *engine, struct span row),
	const struct opt_input *rows, struct diag *why)
{
	struct span text = rows->text;

	for (size_t line = 1; text.len; line++) {
		struct span row = span_head(text, span_find(text, '\n'));

		if (!read(engine, row)) {
			diag_set(why, "%s:%zu: this is no row of --emit=%s", rows->path, line,
				emit_words[engine->emit - 1]);
			return false;
		}
		text = span_skip(text, row.len + 1);
	}
	return true;
}

bool engine_open(struct engine *engine, enum emit emit, struct near *near, const struct opt_input *rows,
	const struct spool_place *place, struct diag *why)
{
	const uint64_t secret = near->bands.secret;

	*engine = (struct engine){ .emit = emit, .near = near };
	spool_init(&engine->rows, place);
	engine->counted.secret = engine->keys.secret = engine->ids.secret = secret;
	if (emit == EMIT_PAIRS)
		return read_rows(engine, read_band, rows, why);
	if (emit != EMIT_CLUSTERS)
		return true;
	if (!read_rows(engine, read_pair, rows, why))
		return false;
	if (engine->pair_count)
		qsort(engine->pairs, engine->pair_count, sizeof(*engine->pairs), by_later);
	engine->stories = mem_new(engine->ids.names.count, sizeof(*engine->stories));
	for (size_t i = 0; i < engine->ids.names.count; i++)
		engine->stories[i] = IDS_NONE;
	return true;
}

void engine_release(struct engine *engine)
{
	story_bits_release(&engine->counted);
	story_bits_release(&engine->keys);
	ids_release(&engine->ids);
	free(engine->stories);
	free(engine->id_of_story);
	free(engine->pairs);
	free(engine->own);
	buf_release(&engine->row);
	spool_release(&engine->rows);
	buf_release(&engine->name);
}

/* --- rows out ------------------------------------------------------------------------------------------- */

static void add_bands(struct engine *engine)
{
	const struct near *near = engine->near;

	for (size_t i = 0; i < near->key_count; i++) {
		listing_add_hex(&engine->row, near->keys[i] >> KEY_SHIFT, KEY_DIGITS);
		buf_add_byte(&engine->row, '\t');
		buf_add(&engine->row, buf_span(&engine->name));
		buf_add_byte(&engine->row, '\n');
	}
}

static void add_pair(struct engine *engine, const struct near_pair *pair)
{
	if (pair->both == 0)
		return;
	buf_add(&engine->row, buf_span(&engine->name));
	buf_add_byte(&engine->row, '\t');
	buf_add(&engine->row, names_get(&engine->ids.names, pair->story));
	buf_addf(&engine->row, "\t%s\t%llu\t%llu\t%llu\n", relation_words[pair->relation],
		(unsigned long long)pair->both, (unsigned long long)pair->own,
		(unsigned long long)pair->other);
}

/* Compares a document by those of its keys that others have, too. */
static void add_pairs(struct engine *engine)
{
	struct near *near = engine->near;
	size_t count = 0;

	for (size_t i = 0; i < near->key_count; i++)
		if (story_bits_of(&engine->keys, near->keys[i] >> KEY_SHIFT) == 3)
			near->keys[count++] = near->keys[i];
	near->key_count = count;
	if (count == 0)
		return;
	near_find(near);
	for (size_t i = 0; i < near->candidate_count; i++) {
		struct near_pair pair = near_pair_with(near, (uint32_t)(near->candidates[i] >> 1));

		add_pair(engine, &pair);
	}
	near_remember(near);
	names_add(&engine->ids.names, buf_span(&engine->name)); /* by story; nobody looks for them here */
}

static bool is_earlier(const void *pair, const void *later)
{
	return ((const struct engine_pair *)pair)->later < *(const uint32_t *)later;
}

/* The first pair of the document with the number `later`. */
static size_t first_pair(const struct engine *engine, uint32_t later)
{
	return search_first(engine->pairs, engine->pair_count, sizeof(*engine->pairs), &later, is_earlier);
}

static int by_story(const void *a, const void *b)
{
	const struct near_pair *one = a, *other = b;

	return (one->story > other->story) - (one->story < other->story);
}

/* Gathers the pairs of a document, each earlier one once, by story. */
static size_t gather_pairs(struct engine *engine, uint32_t later)
{
	size_t count = 0, at = first_pair(engine, later);

	for (size_t i = at; i < engine->pair_count && engine->pairs[i].later == later; i++) {
		uint32_t story = engine->stories[engine->pairs[i].earlier];

		if (story == IDS_NONE ||
			(i > at && engine->pairs[i].earlier == engine->pairs[i - 1].earlier))
			continue;
		if (count == engine->own_cap) {
			engine->own_cap = 2 * count + 16;
			engine->own = mem_resize(engine->own, engine->own_cap, sizeof(*engine->own));
		}
		engine->own[count] = engine->pairs[i].pair;
		engine->own[count++].story = story;
	}
	if (count)
		qsort(engine->own, count, sizeof(*engine->own), by_story);
	return count;
}

static void add_cluster(struct engine *engine, struct span kept)
{
	buf_add(&engine->row, buf_span(&engine->name));
	buf_add_byte(&engine->row, '\t');
	buf_add(&engine->row, kept);
	buf_add_byte(&engine->row, '\n');
}

/* A document without pairs stands alone, and nobody will ask for it. */
static void decide(struct engine *engine)
{
	static const struct near_pair none;
	uint32_t id = ids_find(&engine->ids, buf_span(&engine->name));
	struct span kept = buf_span(&engine->name);
	const struct relative *why;
	size_t count, story = engine->near->stories.count;

	if (id == IDS_NONE) {
		add_cluster(engine, kept);
		return;
	}
	count = gather_pairs(engine, id);
	why = near_decide_by_pairs(engine->near, count ? engine->own : &none, count);
	engine->stories[id] = (uint32_t)story;
	if (story >= engine->story_cap) {
		engine->story_cap = 2 * story + 64;
		engine->id_of_story =
			mem_resize(engine->id_of_story, engine->story_cap, sizeof(*engine->id_of_story));
	}
	engine->id_of_story[story] = id;
	if (why)
		kept = names_get(&engine->ids.names, engine->id_of_story[why->story]);
	add_cluster(engine, kept);
}

bool engine_document(struct engine *engine, struct buf *text, struct span name, struct diag *why)
{
	buf_clear(&engine->name);
	row_add_name(&engine->name, name);
	if (engine->emit == EMIT_CLUSTERS) {
		decide(engine);
		return listing_add(&engine->rows, &engine->row, why);
	}
	near_read(engine->near, text);
	if (engine->emit == EMIT_FREQUENCIES)
		story_bits_add_document(&engine->counted, &engine->near->shingles);
	else if (engine->emit == EMIT_BANDS)
		add_bands(engine);
	else
		add_pairs(engine);
	return listing_add(&engine->rows, &engine->row, why);
}

bool engine_finish(struct engine *engine, struct diag *why)
{
	return engine->emit != EMIT_FREQUENCIES || story_bits_print(&engine->rows, &engine->counted, why);
}
