/* SPDX-License-Identifier: MIT
 * kin.c - ids to documents, and documents joined (union-find with path halving). */
#include "kin.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/search.h"

/* A document's id, as rows have it. */
struct named {
	struct span id;
	size_t document;
};

/* All of them, by id, then as they came. */
struct names {
	struct named *items;
	size_t count;
	struct buf numbers; /* the ids of those that have none: their numbers, each in NUMBER bytes */
};

enum { NUMBER = 24 }; /* bytes */

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = span_compare(x->id, y->id);

	return order ? order : (x->document > y->document) - (x->document < y->document);
}

/* Documents without an id are called by their number, from 1. */
static struct span number_name(struct names *names, size_t document)
{
	char *at = names->numbers.at + document * NUMBER;

	return span_of(at, (size_t)snprintf(at, NUMBER, "%zu", document + 1));
}

static void read_names(struct names *names, struct span explained, size_t count)
{
	struct evidence_row row;

	names->items = mem_new(count + 1, sizeof(*names->items));
	buf_reserve(&names->numbers, (count + 1) * NUMBER);
	while (evidence_next(&explained, &row)) {
		size_t at = names->count;

		if (row.document >= count || (at && names->items[at - 1].document == row.document))
			continue;
		names->items[names->count++] = (struct named){
			row.fields[1].len ? row.fields[1] : number_name(names, row.document), row.document
		};
		if (names->count == count)
			break;
	}
	qsort(names->items, names->count, sizeof(*names->items), by_id);
}

static bool is_before(const void *named, const void *wanted)
{
	return by_id(named, wanted) < 0;
}

/* The first document from `from` on that is called so; `none` where there is none. */
static size_t find_name(const struct names *names, struct span id, size_t from, size_t none)
{
	const struct named wanted = { id, from };
	size_t at = search_first(names->items, names->count, sizeof(*names->items), &wanted, is_before);

	return at < names->count && span_equal(names->items[at].id, id) ? names->items[at].document : none;
}

size_t kin_of(const struct kin *kin, size_t document)
{
	size_t *family = kin->family;

	if (document >= kin->count)
		return document;
	while (family[document] != document)
		document = family[document] = family[family[document]];
	return document;
}

static struct span take_field(struct span *line)
{
	struct span field = span_head(*line, span_find(*line, '\t'));

	*line = span_skip(*line, field.len + 1);
	return field;
}

/* Joins the two that a row names, where it says that they are one. Rows come in the order of the later ones, which `*last`
 * is one of. */
static void join(struct kin *kin, const struct names *names, struct span row, size_t *last)
{
	enum { BETWEEN = 4 }; /* relation, similarity, containment, longest passage */
	size_t later = find_name(names, take_field(&row), *last, kin->count);
	size_t earlier = find_name(names, take_field(&row), 0, kin->count);

	for (int i = 0; i < BETWEEN; i++)
		take_field(&row);
	if (later == kin->count || earlier == kin->count ||
		(!span_equal(row, SPAN("dropped")) && !span_equal(row, SPAN("one of the two stays"))))
		return;
	*last = later;
	kin->family[kin_of(kin, later)] = kin_of(kin, earlier);
}

void kin_read(struct kin *kin, struct span explained, struct span relations, size_t count)
{
	struct names names = { .count = 0 };
	size_t last = 0;

	*kin = (struct kin){ mem_new(count + 1, sizeof(*kin->family)), count };
	for (size_t i = 0; i < count; i++)
		kin->family[i] = i;
	read_names(&names, explained, count);
	while (relations.len) {
		struct span row = span_head(relations, span_find(relations, '\n'));

		join(kin, &names, row, &last);
		relations = span_skip(relations, row.len + 1);
	}
	free(names.items);
	buf_release(&names.numbers);
}

void kin_release(struct kin *kin)
{
	free(kin->family);
	*kin = (struct kin){ .count = 0 };
}
