/* SPDX-License-Identifier: MIT
 * edits.c - a row for each edit: document, bytes of the input, bytes of the output, rules. */
#include "filters/normalize/edits.h"

#include <inttypes.h>

/* Keeps as much of `text` as will be looked at. */
static void keep(struct buf *kept, struct span text)
{
	if (kept->len <= EDIT_LONGEST)
		buf_add(kept, span_head(text, EDIT_LONGEST + 1 - kept->len));
}

static enum flow edits_put(void *ctx, struct span piece)
{
	struct edits *edits = ctx;

	keep(&edits->out_text, piece);
	edits->out_len += piece.len;
	return sink_put(edits->out, piece);
}

static enum flow edits_end(void *ctx)
{
	struct edits *edits = ctx;

	return sink_end(edits->out);
}

static void forget(struct edits *edits)
{
	edits->in_at += edits->in_len;
	edits->out_at += edits->out_len;
	edits->in_len = edits->out_len = 0;
	buf_clear(&edits->in);
	buf_clear(&edits->out_text);
	edits->tally->recent = 0;
}

struct sink edits_begin(struct edits *edits, uint64_t document, struct sink out)
{
	if (!edits->to)
		return out;
	forget(edits);
	edits->in_at = edits->out_at = 0;
	edits->document = document;
	edits->out = out;
	return (struct sink){ .put = edits_put, .end = edits_end, .ctx = edits };
}

void edits_in(struct edits *edits, struct span text)
{
	if (!edits->to || edits->muted)
		return;
	keep(&edits->in, text);
	edits->in_len += text.len;
}

static bool is_inside_character(struct span text, size_t at)
{
	return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

/* Bytes that both begin with, in whole characters. */
static size_t common_head(struct span a, struct span b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.at[len] == b.at[len])
		len++;
	while (len && (is_inside_character(a, len) || is_inside_character(b, len)))
		len--;
	return len;
}

static size_t common_tail(struct span a, struct span b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.at[a.len - 1 - len] == b.at[b.len - 1 - len])
		len++;
	while (len && is_inside_character(a, a.len - len))
		len--;
	return len;
}

static void add_rules(struct buf *row, uint64_t rules)
{
	char before = '\t';

	for (int r = 0; r < RULES; r++) {
		if (!(rules >> r & 1))
			continue;
		buf_addf(row, "%c%s", before, rule_name((enum rule)r));
		before = ',';
	}
	buf_add_byte(row, '\n');
}

/* The edit without its first `head` and last `tail` bytes, which are alike. */
static void write_row(struct edits *edits, size_t head, size_t tail)
{
	buf_clear(&edits->row);
	buf_addf(&edits->row, "%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64,
		edits->document, edits->in_at + head, edits->in_at + edits->in_len - tail,
		edits->out_at + head, edits->out_at + edits->out_len - tail);
	add_rules(&edits->row, edits->tally->recent);
	opt_output_put(edits->to, buf_span(&edits->row));
}

static void write_edit(struct edits *edits)
{
	struct span in = buf_span(&edits->in), out = buf_span(&edits->out_text);
	size_t head, tail;

	if (in.len > EDIT_LONGEST || out.len > EDIT_LONGEST) {
		write_row(edits, 0, 0);
		return;
	}
	if (span_equal(in, out))
		return;
	head = common_head(in, out);
	tail = common_tail(span_skip(in, head), span_skip(out, head));
	write_row(edits, head, tail);
}

void edits_meet(struct edits *edits)
{
	if (!edits->to || edits->muted || edits->apart || edits->in_len + edits->out_len == 0)
		return;
	write_edit(edits);
	forget(edits);
}

void edits_release(struct edits *edits)
{
	buf_release(&edits->in);
	buf_release(&edits->out_text);
	buf_release(&edits->row);
}
