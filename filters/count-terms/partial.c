/* SPDX-License-Identifier: MIT
 * partial.c - lists that can be added up, written and read. */
#include "filters/count-terms/partial.h"

#include <inttypes.h>

static void add_field(struct buf *into, struct span field)
{
	buf_add_byte(into, '\t');
	buf_add(into, field);
}

static void add_count(struct buf *into, uint64_t count)
{
	buf_addf(into, "\t%" PRIu64, count);
}

void partial_add(struct buf *into, const struct cell *cell, struct partial_columns columns)
{
	struct span forms = buf_span(&cell->forms), form;
	uint64_t count;

	if (columns.groups) {
		buf_add(into, cell_group(cell));
		buf_add_byte(into, '\t');
	}
	buf_add(into, cell_term(cell));
	add_count(into, cell->count);
	if (columns.documents)
		add_count(into, cell->documents);
	while (cell_next_form(&forms, &form, &count)) {
		add_field(into, form);
		add_count(into, count);
	}
	buf_add_byte(into, '\n');
}

/* --- reading ---------------------------------------------------------------------------------------------- */

void partial_init(struct partial *partial, struct cell_runs *into)
{
	*partial = (struct partial){ .into = into };
}

void partial_release(struct partial *partial)
{
	buf_release(&partial->signature);
	buf_release(&partial->last);
	cell_release(&partial->cell);
}

void partial_begin(struct partial *partial)
{
	partial->in_list = false;
	partial->line = 0;
	buf_clear(&partial->last);
	cell_runs_begin(partial->into);
}

/* Takes what is in front of the next tab. False when there is nothing left at all. */
static bool take_field(struct span *line, struct span *field)
{
	size_t len = span_find(*line, '\t');

	if (!line->at)
		return false;
	*field = span_head(*line, len);
	*line = len < line->len ? span_skip(*line, len + 1) : span_of(NULL, 0);
	return true;
}

static bool take_count(struct span *line, uint64_t *count)
{
	struct span field;

	*count = 0;
	if (!take_field(line, &field))
		return false;
	for (size_t i = 0; i < field.len; i++) {
		if (field.at[i] < '0' || field.at[i] > '9')
			return false;
		if (__builtin_mul_overflow(*count, 10, count) ||
			__builtin_add_overflow(*count, (uint64_t)(field.at[i] - '0'), count))
			return false;
	}
	return *count > 0;
}

static bool take_forms(struct cell *cell, struct span line)
{
	struct span form, before = { NULL, 0 };
	uint64_t count;

	while (take_field(&line, &form)) {
		if (form.len == 0 || !take_count(&line, &count) || count > cell->count - cell->form_counts)
			return false;
		if (before.at && span_compare(before, form) >= 0)
			return false;
		cell_add_form(cell, form, count);
		before = form;
	}
	return true;
}

static bool parse_cell(struct partial *partial, struct span line)
{
	struct cell *cell = &partial->cell;
	struct span group = SPAN(""), term;

	if (partial->columns.groups && !take_field(&line, &group))
		return false;
	if (!take_field(&line, &term) || term.len == 0)
		return false;
	cell_begin(cell, group);
	buf_add(&cell->key, term);
	if (!take_count(&line, &cell->count))
		return false;
	if (partial->columns.documents &&
		(!take_count(&line, &cell->documents) || cell->documents > cell->count))
		return false;
	return take_forms(cell, line);
}

bool partial_has(const struct partial *partial, struct span wanted, struct span *value)
{
	struct span rest = buf_span(&partial->signature), field;
	bool any = span_has_suffix(wanted, SPAN("="));

	while (take_field(&rest, &field)) {
		if (any ? !span_has_prefix(field, wanted) : !span_equal(field, wanted))
			continue;
		if (value)
			*value = span_skip(field, wanted.len);
		return true;
	}
	return false;
}

/* Names the first field in which two signatures differ. */
static void say_difference(struct span here, struct span there, struct diag *why)
{
	struct span mine, first;
	bool more = true;

	do {
		mine = first = SPAN("nothing more");
		more = take_field(&here, &mine);
		more = take_field(&there, &first) || more;
	} while (more && span_equal(mine, first));
	diag_set(why, "this list was made with other options than the first one: %.*s here, %.*s there",
		(int)span_head(mine, 200).len, mine.at, (int)span_head(first, 200).len, first.at);
}

static bool take_signature(struct partial *partial, struct span line, struct diag *why)
{
	struct span magic = SPAN(PARTIAL_MAGIC "\t");

	if (!span_has_prefix(line, magic)) {
		diag_set(why, "not a list that 'count-terms --partial' wrote");
		return false;
	}
	line = span_skip(line, magic.len);
	partial->in_list = true;
	if (!partial->has_signature) {
		buf_add(&partial->signature, line);
		partial->has_signature = true;
		partial->columns.groups = partial_has(partial, SPAN("by="), NULL);
		partial->columns.documents = partial_has(partial, SPAN("df"), NULL);
		return true;
	}
	if (span_equal(line, buf_span(&partial->signature)))
		return true;
	say_difference(line, buf_span(&partial->signature), why);
	return false;
}

bool partial_line(struct partial *partial, struct span line, struct diag *why)
{
	partial->line++;
	if (span_has_suffix(line, SPAN("\n")))
		line.len--;
	if (!partial->in_list)
		return take_signature(partial, line, why);
	if (!parse_cell(partial, line)) {
		diag_set(why, "line %" PRIu64 " is none of a list that 'count-terms --partial' wrote",
			partial->line);
		return false;
	}
	if (partial->last.len &&
		span_compare(buf_span(&partial->last), buf_span(&partial->cell.key)) >= 0) {
		diag_set(why, "line %" PRIu64 " is not in the order of bytes; was the list sorted anew?",
			partial->line);
		return false;
	}
	if (__builtin_add_overflow(partial->total, partial->cell.count, &partial->total)) {
		diag_set(why, "line %" PRIu64 ": all counts together are more than %" PRIu64, partial->line,
			UINT64_MAX);
		return false;
	}
	buf_clear(&partial->last);
	buf_add(&partial->last, buf_span(&partial->cell.key));
	return cell_runs_add(partial->into, &partial->cell);
}
