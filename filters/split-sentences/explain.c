/* SPDX-License-Identifier: MIT
 * explain.c - rows of --explain. */
#include "filters/split-sentences/explain.h"

void explain_begin(struct explain *explain, const struct doc_info *doc)
{
	explain->document = doc->ordinal;
	explain->id = doc->id;
	explain->at = 0;
	explain->line = 1;
}

void explain_count(struct explain *explain, struct span held, uint64_t base, uint64_t end)
{
	if (end <= explain->at)
		return;
	explain->line += span_count(
		span_skip(span_head(held, (size_t)(end - base)), (size_t)(explain->at - base)), '\n');
	for (; explain->joined && places_first(explain->joined) < end; places_pop(explain->joined))
		explain->line++;
	explain->at = end;
}

enum flow explain_row(struct explain *explain, struct span held, uint64_t base, struct span text, bool ends,
	const char *rule)
{
	uint64_t start = base + (size_t)(text.at - held.at);
	struct decision decision = { ends ? "ends" : "stays", rule, 1 };
	struct row_place place;

	explain_count(explain, held, base, start);
	place = (struct row_place){ explain->document, explain->id, explain->line, start };
	buf_clear(&explain->row);
	row_add(&explain->row, &place, text, &decision);
	return opt_output_put(explain->file, buf_span(&explain->row));
}

void explain_release(struct explain *explain)
{
	buf_release(&explain->row);
}
