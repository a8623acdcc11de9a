/* SPDX-License-Identifier: MIT
 * cell.c - what is known of one term in one group, added up. */
#include "filters/count-terms/cell.h"

#include "filters/count-terms/varint.h"

void cell_release(struct cell *cell)
{
	buf_release(&cell->key);
	buf_release(&cell->forms);
}

void cell_begin(struct cell *cell, struct span group)
{
	*cell = (struct cell){ .key = cell->key, .forms = cell->forms };
	buf_clear(&cell->key);
	buf_clear(&cell->forms);
	buf_add(&cell->key, group);
	buf_add_byte(&cell->key, '\0');
}

void cell_add_form(struct cell *cell, struct span form, uint64_t count)
{
	varint_add(&cell->forms, count);
	varint_add(&cell->forms, form.len);
	buf_add(&cell->forms, form);
	cell->form_counts += count;
}

bool cell_next_form(struct span *forms, struct span *form, uint64_t *count)
{
	uint64_t len;

	if (!varint_take(forms, count) || !varint_take(forms, &len) || len > forms->len)
		return false;
	*form = span_head(*forms, (size_t)len);
	*forms = span_skip(*forms, (size_t)len);
	return true;
}

struct span cell_commonest(const struct cell *cell)
{
	struct span forms = buf_span(&cell->forms), form, best = cell_term(cell);
	uint64_t count, most = cell->count - cell->form_counts;

	while (cell_next_form(&forms, &form, &count)) {
		if (count <= most)
			continue;
		most = count;
		best = form;
	}
	return best;
}

/* --- adding ---------------------------------------------------------------------------------------------- */

/* The first of a list of forms. */
struct head {
	struct span rest, form;
	uint64_t count;
	bool is_there;
};

static void head_next(struct head *head)
{
	head->is_there = cell_next_form(&head->rest, &head->form, &head->count);
}

/* Which of two is to be taken: below 0 the left one, above 0 the right one, 0 both. */
static int heads_order(const struct head *left, const struct head *right)
{
	if (!left->is_there || !right->is_there)
		return left->is_there ? -1 : 1;
	return span_compare(left->form, right->form);
}

static void add_forms(struct cell *cell, const struct cell *later, struct buf *scratch)
{
	struct head left = { .rest = buf_span(scratch) }, right = { .rest = buf_span(&later->forms) };

	head_next(&left);
	head_next(&right);
	while (left.is_there || right.is_there) {
		int order = heads_order(&left, &right);
		uint64_t count = (order <= 0 ? left.count : 0) + (order >= 0 ? right.count : 0);

		cell_add_form(cell, order <= 0 ? left.form : right.form, count);
		if (order <= 0)
			head_next(&left);
		if (order >= 0)
			head_next(&right);
	}
}

void cell_add(struct cell *cell, const struct cell *later, struct buf *scratch)
{
	cell->count += later->count;
	cell->documents += later->documents;
	if (cell->documents && later->first_document && cell->last_document == later->first_document)
		cell->documents--; /* both saw the one at hand when the part ended */
	cell->last_document = later->last_document;
	if (later->first < cell->first)
		cell->first = later->first;
	if (later->forms.len == 0)
		return;
	buf_clear(scratch);
	buf_add(scratch, buf_span(&cell->forms));
	buf_clear(&cell->forms);
	cell->form_counts = 0;
	add_forms(cell, later, scratch);
}

/* --- bytes ----------------------------------------------------------------------------------------------- */

void cell_pack(struct buf *into, const struct cell *cell)
{
	varint_add(into, cell->count);
	varint_add(into, cell->documents);
	varint_add(into, cell->first_document);
	varint_add(into, cell->last_document);
	varint_add(into, cell->first);
	varint_add(into, cell->form_counts);
	buf_add(into, buf_span(&cell->forms));
}

bool cell_unpack(struct cell *cell, struct span packed)
{
	buf_clear(&cell->forms);
	if (!varint_take(&packed, &cell->count) || !varint_take(&packed, &cell->documents) ||
		!varint_take(&packed, &cell->first_document) ||
		!varint_take(&packed, &cell->last_document) || !varint_take(&packed, &cell->first) ||
		!varint_take(&packed, &cell->form_counts))
		return false;
	buf_add(&cell->forms, packed);
	return true;
}
