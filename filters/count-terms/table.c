/* SPDX-License-Identifier: MIT
 * table.c - the list that is the result, group after group. */
#include "filters/count-terms/table.h"

#include <stdlib.h>

#include "common/json_string.h"
#include "filters/count-terms/keyness.h"

enum {
	PIECE = 1 << 16, /* bytes written at a time */
	PLACE_LEN = 16, /* hexadecimal digits */
};

void table_init(struct table *table, const struct spool_place *spools)
{
	*table = (struct table){ .flow = FLOW_MORE };
	rows_init(&table->rows, spools);
	rows_init(&table->in_place, spools);
}

void table_release(struct table *table)
{
	rows_release(&table->rows);
	rows_release(&table->in_place);
	buf_release(&table->row);
	buf_release(&table->piece);
	buf_release(&table->group);
}

/* --- writing ---------------------------------------------------------------------------------------------- */

static bool flush(struct table *table)
{
	table->flow = sink_put(table->out, buf_span(&table->piece));
	buf_clear(&table->piece);
	return table->flow == FLOW_MORE;
}

static bool put_line(void *at, struct span line)
{
	struct table *table = at;

	buf_add(&table->piece, line);
	return table->piece.len < PIECE || flush(table);
}

static void add_number(struct buf *into, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buf_add(into, span_of(digits + at, sizeof(digits) - at));
}

/* --- fields ----------------------------------------------------------------------------------------------- */

static void add_quoted_csv(struct buf *into, struct span text)
{
	buf_add_byte(into, '"');
	for (;;) {
		size_t len = span_find(text, '"');

		buf_add(into, span_head(text, len));
		if (len == text.len)
			break;
		buf_add(into, SPAN("\"\""));
		text = span_skip(text, len + 1);
	}
	buf_add_byte(into, '"');
}

static void add_csv(struct buf *into, struct span text)
{
	if (span_find(text, ',') < text.len || span_find(text, '"') < text.len)
		add_quoted_csv(into, text);
	else
		buf_add(into, text);
}

/* What comes in front of a field: in JSON its name, else what parts it from the one before. */
static void begin_field(struct table *table, const char *name)
{
	struct buf *row = &table->row;
	bool is_first = table->fields++ == 0;

	if (table->format != FORMAT_JSON) {
		if (!is_first)
			buf_add_byte(row, table->format == FORMAT_CSV ? ',' : '\t');
		return;
	}
	buf_add_byte(row, is_first ? '{' : ',');
	buf_addf(row, "\"%s\":", name);
}

static void add_text(struct table *table, const char *name, struct span text)
{
	begin_field(table, name);
	if (table->format == FORMAT_TSV) {
		buf_add(&table->row, text);
	} else if (table->format == FORMAT_CSV) {
		add_csv(&table->row, text);
	} else {
		buf_add_byte(&table->row, '"');
		json_escape(&table->row, text, table->cpu);
		buf_add_byte(&table->row, '"');
	}
}

static void add_count(struct table *table, const char *name, uint64_t count)
{
	begin_field(table, name);
	add_number(&table->row, count);
}

static void end_row(struct table *table)
{
	buf_add(&table->row, table->format == FORMAT_JSON ? SPAN("}\n") : SPAN("\n"));
}

/* --- rows ------------------------------------------------------------------------------------------------- */

static void begin_row(struct table *table)
{
	buf_clear(&table->row);
	table->fields = 0;
}

static void add_term(struct table *table, struct span written, struct span key)
{
	add_text(table, "term", written);
	if (table->with_keys && table->format == FORMAT_JSON)
		add_text(table, "key", key);
}

static void add_keyness(struct table *table, const struct keyness *keyness)
{
	begin_field(table, "g2");
	buf_addf(&table->row, "%.2f", keyness->g2);
	begin_field(table, "log_ratio");
	buf_addf(&table->row, "%.2f", keyness->log_ratio);
}

/* Makes `row` the line of `cell`. The commonest terms in the order of their first occurrence are ordered twice, so that
 * place stands in front. */
static void make_row(struct table *table, const struct cell *cell, const struct keyness *keyness)
{
	begin_row(table);
	if (table->sort == SORT_FIRST && table->top)
		buf_addf(&table->row, "%0*llx", PLACE_LEN, (unsigned long long)cell->first);
	if (table->group_name.len)
		add_text(table, "group", cell_group(cell));
	add_count(table, "count", cell->count);
	if (table->with_documents)
		add_count(table, "documents", cell->documents);
	if (table->reference) {
		add_count(table, "reference", keyness->reference);
		add_keyness(table, keyness);
	}
	add_term(table, cell_commonest(cell), cell_term(cell));
	end_row(table);
}

static void add_name(struct table *table, struct span name)
{
	if (table->row.len)
		buf_add_byte(&table->row, table->format == FORMAT_CSV ? ',' : '\t');
	if (table->format == FORMAT_CSV)
		add_csv(&table->row, name);
	else
		buf_add(&table->row, name);
}

bool table_begin(struct table *table)
{
	table->rows.top = table->top;
	if (!table->header || table->format == FORMAT_JSON)
		return true;
	buf_clear(&table->row);
	if (table->group_name.len)
		add_name(table, table->group_name);
	add_name(table, SPAN("count"));
	if (table->with_documents)
		add_name(table, SPAN("documents"));
	if (table->reference) {
		add_name(table, SPAN("reference"));
		add_name(table, SPAN("g2"));
		add_name(table, SPAN("log_ratio"));
	}
	add_name(table, SPAN("term"));
	end_row(table);
	return put_line(table, buf_span(&table->row));
}

/* One of the commonest rows: to be ordered again, by the place that stands in front. */
static bool put_in_place(void *at, struct span line)
{
	struct table *table = at;
	char place[PLACE_LEN + 1] = { 0 };

	memcpy(place, line.at, PLACE_LEN);
	return rows_add(
		&table->in_place, strtoull(place, NULL, 16), span_skip(line, PLACE_LEN), table->why);
}

static bool put_rows(struct table *table)
{
	if (table->sort != SORT_FIRST || !table->top)
		return rows_each(&table->rows, table->sort == SORT_TERM, put_line, table, table->why);
	return rows_each(&table->rows, true, put_in_place, table, table->why) &&
	       rows_each(&table->in_place, false, put_line, table, table->why);
}

/* The rows of a group are complete. */
static bool end_group(struct table *table)
{
	if (put_rows(table))
		return true;
	if (table->flow == FLOW_MORE)
		table->flow = FLOW_FAIL;
	return false;
}

static bool begin_group(struct table *table, struct span group)
{
	if (table->has_group && span_equal(group, buf_span(&table->group)))
		return true;
	if (table->has_group && !end_group(table))
		return false;
	buf_clear(&table->group);
	buf_add(&table->group, group);
	table->has_group = true;
	return true;
}

/* What a row is ordered by: less comes first. */
static uint64_t head_of(const struct table *table, const struct cell *cell, const struct keyness *keyness)
{
	if (table->reference)
		return ~keyness_order(keyness);
	if (table->sort == SORT_FIRST && !table->top)
		return cell->first;
	return ~cell->count;
}

bool table_cell(void *at, const struct cell *cell)
{
	struct table *table = at;
	struct keyness keyness = { 0 };

	if (cell->count < table->min_count)
		return true;
	if (table->reference)
		keyness = keyness_of(table->reference, cell);
	make_row(table, cell, &keyness);
	if (table->sort == SORT_TERM && !table->top)
		return put_line(table, buf_span(&table->row));
	if (!begin_group(table, cell_group(cell)))
		return false;
	if (rows_add(&table->rows, head_of(table, cell, &keyness), buf_span(&table->row), table->why))
		return true;
	table->flow = FLOW_FAIL;
	return false;
}

bool table_term(void *at, const struct term *term)
{
	struct table *table = at;

	begin_row(table);
	add_count(table, "count", term->count);
	add_term(table, term->written, term->key);
	end_row(table);
	return put_line(table, buf_span(&table->row));
}

bool table_end(struct table *table)
{
	return end_group(table) && flush(table);
}
