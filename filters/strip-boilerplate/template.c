/* SPDX-License-Identifier: MIT
 * template.c - in how many documents of a site each of its lines stands: counted, and forgotten where room is short. */
#include "template.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/mem.h"
#include "common/utf8.h"

enum {
	LEAST_CAP = 16,
	ALIGNED = 16 /* bytes that an allocation takes for itself, or to end where it must */
};

void templates_init(struct templates *templates, size_t most, uint64_t secret)
{
	*templates = (struct templates){ .most = most, .secret = secret };
}

void templates_release(struct templates *templates)
{
	for (size_t i = 0; i < templates->count; i++)
		free(templates->sites[i]->slots);
	arena_release(&templates->names);
	free(templates->sites);
	free(templates->places);
	templates->sites = NULL;
	templates->places = NULL;
	templates->count = templates->cap = 0;
}

/* --- sites ------------------------------------------------------------------------------------------------ */

/* Where the site's index is, or would be. */
static uint32_t *place_of(const struct templates *templates, struct span name)
{
	size_t mask = templates->cap - 1;
	size_t at = XXH3_64bits_withSeed(name.at, name.len, templates->secret) & mask;

	while (templates->places[at] &&
		!span_equal(span_from(templates->sites[templates->places[at] - 1]->name), name))
		at = (at + 1) & mask;
	return &templates->places[at];
}

static struct span site_name(struct span name)
{
	struct span head = span_head(name, SITE_NAME_MOST);

	return head.len < name.len ? span_head(head, utf8_whole(head)) : head;
}

struct site *templates_find(const struct templates *templates, struct span name)
{
	uint32_t place = templates->cap ? *place_of(templates, site_name(name)) : 0;

	return place ? templates->sites[place - 1] : NULL;
}

static void more_places(struct templates *templates)
{
	free(templates->places);
	templates->used += (templates->cap ? templates->cap : LEAST_CAP) * sizeof(*templates->places);
	templates->cap = templates->cap ? templates->cap * 2 : LEAST_CAP;
	templates->places = mem_new(templates->cap, sizeof(*templates->places));
	templates->sites = mem_resize(templates->sites, templates->cap / 2, sizeof(struct site *));
	for (size_t i = 0; i < templates->count; i++)
		*place_of(templates, span_from(templates->sites[i]->name)) = (uint32_t)i + 1;
}

/* --- lines ------------------------------------------------------------------------------------------------ */

/* Where the line's count is, or would be. Keys may be chosen by an enemy, the secret not. */
static struct line_count *slot_of(const struct templates *templates, const struct site *site, uint64_t key)
{
	size_t mask = site->cap - 1;
	size_t at = XXH3_64bits_withSeed(&key, sizeof(key), templates->secret) & mask;

	while (site->slots[at].documents && site->slots[at].key != key)
		at = (at + 1) & mask;
	return &site->slots[at];
}

struct line_count *site_find(const struct templates *templates, const struct site *site, uint64_t key)
{
	struct line_count *line = site->cap ? slot_of(templates, site, key) : NULL;

	return line && line->documents ? line : NULL;
}

/* The smallest table for so many lines, at most three quarters full. */
static uint32_t cap_for(uint32_t count)
{
	uint32_t cap = LEAST_CAP;

	while (cap - cap / 4 <= count)
		cap *= 2;
	return count ? cap : 0;
}

/* Moves the lines that stand in more than `least` documents to a table of `cap` slots. */
static void rehash(struct templates *templates, struct site *site, uint32_t cap, uint32_t least)
{
	struct line_count *old = site->slots;
	uint32_t old_cap = site->cap;

	templates->used += ((size_t)cap - old_cap) * sizeof(*old);
	templates->used += cap && !old_cap ? ALIGNED : 0;
	templates->used -= old_cap && !cap ? ALIGNED : 0;
	site->slots = cap ? mem_new(cap, sizeof(*old)) : NULL;
	site->cap = cap;
	site->count = 0;
	for (uint32_t i = 0; i < old_cap; i++)
		if (old[i].documents > least) {
			*slot_of(templates, site, old[i].key) = old[i];
			site->count++;
		}
	free(old);
}

static void forget_rare(struct templates *templates, struct site *site, uint32_t least)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < site->cap; i++)
		kept += site->slots[i].documents > least;
	if (kept < site->count)
		rehash(templates, site, cap_for(kept), least);
}

/* Forgets the lines met in the fewest documents until a good part of the room is free, so that this happens
 * seldom enough to cost nothing in the long run. */
static void forget(struct templates *templates)
{
	templates->is_partial = true;
	for (uint32_t least = 1; least < UINT32_MAX / 2; least *= 2) {
		for (size_t i = 0; i < templates->count; i++)
			forget_rare(templates, templates->sites[i], least);
		if (templates->used <= templates->most / 4 * 3)
			return;
	}
	templates->is_full = true;
}

struct site *templates_add(struct templates *templates, struct span name)
{
	struct site *site = templates_find(templates, name);

	if (site)
		return site;
	if (!templates->is_full && templates->used >= templates->most)
		forget(templates);
	if (templates->is_full)
		return NULL;
	if (templates->count >= templates->cap / 2)
		more_places(templates);
	name = site_name(name);
	site = arena_new(&templates->names, 1, sizeof(*site));
	site->name = arena_copy(&templates->names, name);
	templates->used += sizeof(*site) + sizeof(site) + name.len + ALIGNED;
	templates->sites[templates->count++] = site;
	*place_of(templates, name) = (uint32_t)templates->count;
	return site;
}

static bool has_free_slot(const struct site *site)
{
	return site->cap - site->cap / 4 > site->count;
}

/* Whether the site's table may grow to twice its size. */
static bool may_grow(const struct templates *templates, const struct site *site)
{
	size_t growth = (site->cap ? site->cap : LEAST_CAP) * sizeof(*site->slots);

	return !templates->is_full && templates->used + growth <= templates->most;
}

/* Makes room for one more line of the site. */
static bool make_room(struct templates *templates, struct site *site)
{
	if (has_free_slot(site))
		return true;
	if (!templates->is_full && !may_grow(templates, site))
		forget(templates);
	if (has_free_slot(site))
		return true;
	if (!may_grow(templates, site))
		return false;
	rehash(templates, site, site->cap ? site->cap * 2 : LEAST_CAP, 0);
	return true;
}

/* The line's count, a new one if need be; NULL when there is no room. */
static struct line_count *line_at(struct templates *templates, struct site *site, uint64_t key)
{
	struct line_count *line = site_find(templates, site, key);

	if (line || !make_room(templates, site))
		return line;
	line = slot_of(templates, site, key);
	line->key = key;
	site->count++;
	return line;
}

void site_begin(struct site *site)
{
	site->documents += site->documents < UINT32_MAX;
}

void site_count(struct templates *templates, struct site *site, uint64_t key, bool head)
{
	struct line_count *line = line_at(templates, site, key);

	if (!line || line->last == site->documents)
		return;
	line->last = site->documents;
	line->documents++;
	line->heads += head;
}

static uint32_t sum(uint32_t a, uint32_t b)
{
	return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

void site_add(struct templates *templates, struct site *site, struct line_count more)
{
	struct line_count *line = line_at(templates, site, more.key);

	if (!line)
		return;
	line->documents = sum(line->documents, more.documents);
	line->heads = sum(line->heads, more.heads);
}
