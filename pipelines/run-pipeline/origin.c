/* SPDX-License-Identifier: MIT
 * origin.c - parts in order, found by halving. */
#include "origin.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/search.h"

void origin_clear(struct origin *origin)
{
	origin->count = 0;
}

void origin_release(struct origin *origin)
{
	free(origin->parts);
	*origin = (struct origin){ .count = 0 };
}

static bool goes_on(const struct origin_part *last, const struct origin_part *part)
{
	return last->kind == PART_SAME && part->kind == PART_SAME && last->out_end == part->out &&
	       last->in_end == part->in && span_equal(last->what, part->what);
}

void origin_add(struct origin *origin, struct origin_part part)
{
	struct origin_part *last = origin->count ? &origin->parts[origin->count - 1] : NULL;

	if (last && goes_on(last, &part)) {
		last->out_end = part.out_end;
		last->in_end = part.in_end;
		return;
	}
	if (!origin->parts || origin->count == origin->room) {
		origin->room = origin->room * 2 + 64;
		origin->parts = mem_resize(origin->parts, origin->room, sizeof(*origin->parts));
	}
	origin->parts[origin->count++] = part;
}

/* --- pieces ------------------------------------------------------------------------------------------------- */

void pieces_add(struct pieces *pieces, struct piece piece)
{
	if (pieces->count == pieces->room) {
		pieces->room = pieces->room * 2 + 8;
		pieces->items = mem_resize(pieces->items, pieces->room, sizeof(*pieces->items));
	}
	pieces->items[pieces->count++] = piece;
}

void pieces_release(struct pieces *pieces)
{
	free(pieces->items);
	arena_release(&pieces->arena);
	*pieces = (struct pieces){ .count = 0 };
}

/* --- finding ------------------------------------------------------------------------------------------------ */

static bool ends_before(const void *part, const void *start)
{
	return ((const struct origin_part *)part)->out_end < *(const size_t *)start;
}

/* The first part that ends at `start` or behind it. */
static size_t first_part(const struct origin *origin, size_t start)
{
	return search_first(origin->parts, origin->count, sizeof(*origin->parts), &start, ends_before);
}

/* What of `part` came to [start, end); false where nothing did. */
static bool cut_part(const struct origin_part *part, size_t start, size_t end, struct piece *piece)
{
	size_t from = part->out > start ? part->out : start, to = part->out_end < end ? part->out_end : end;
	bool is_cut = span_has_prefix(part->what, SPAN("cut"));

	*piece = (struct piece){ part->in, part->in_end, part->what, part->kind == PART_LEFT_OUT };
	if (part->kind == PART_LEFT_OUT)
		return is_cut || (part->out > start && part->out < end);
	if (part->out == part->out_end)
		return part->out > start && part->out < end;
	if (from >= to)
		return false;
	if (part->kind == PART_SAME) {
		piece->start = part->in + (from - part->out);
		piece->end = part->in + (to - part->out);
	}
	return true;
}

/* Whether `word` is one of `words`. */
static bool has_word(struct span words, struct span word)
{
	for (;;) {
		struct span first = span_head(words, span_find(words, ','));

		if (span_equal(first, word))
			return true;
		if (first.len == words.len)
			return false;
		words = span_skip(words, first.len + 1);
	}
}

/* All words of both, each once. */
static struct span unite(struct arena *arena, struct span words, struct span more)
{
	struct buf all = BUF_INIT;
	struct span united = words;

	if (span_equal(words, SPAN("-")))
		return more;
	while (more.len) {
		struct span word = span_head(more, span_find(more, ','));

		more = span_skip(more, word.len + 1);
		if (span_equal(word, SPAN("-")) || has_word(united, word))
			continue;
		buf_clear(&all);
		buf_addf(&all, "%.*s,%.*s", (int)united.len, united.at, (int)word.len, word.at);
		united = span_of(arena_copy(arena, buf_span(&all)), all.len);
	}
	buf_release(&all);
	return united;
}

/* Puts `piece` behind those from `first` on, into the last of them where it goes on from that. */
static void add_found(struct pieces *into, size_t first, struct piece piece)
{
	struct piece *last = into->count > first ? &into->items[into->count - 1] : NULL;

	if (!last || last->is_left_out || piece.is_left_out || last->end != piece.start) {
		pieces_add(into, piece);
		return;
	}
	last->end = piece.end;
	last->what = unite(&into->arena, last->what, piece.what);
}

bool origin_find(const struct origin *origin, size_t start, size_t end, struct pieces *into)
{
	size_t first = into->count, known = start;

	for (size_t i = first_part(origin, start); i < origin->count && origin->parts[i].out <= end; i++) {
		const struct origin_part *part = &origin->parts[i];
		struct piece piece;

		if (!cut_part(part, start, end, &piece))
			continue;
		if (part->kind != PART_LEFT_OUT && part->out <= known && part->out_end > known)
			known = part->out_end;
		add_found(into, first, piece);
	}
	return known >= end;
}
