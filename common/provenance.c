/* SPDX-License-Identifier: MIT
 * provenance.c - what became of every byte. */
#include "common/provenance.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/row.h"

static const struct decision kept = { .action = "keep", .rule = "-", .score = 0 };

/* --- rows ----------------------------------------------------------------------------------------------- */

static void make_row(struct provenance *provenance, struct span text, uint64_t at, uint64_t line,
	const struct decision *decision)
{
	const struct row_place place = { provenance->ordinal, provenance->id, line, at };

	buf_clear(&provenance->row);
	row_add(&provenance->row, &place, text, decision);
}

/* --- what is kept --------------------------------------------------------------------------------------- */

static enum flow explain_line(void *ctx, struct span line)
{
	struct provenance *provenance = ctx;

	make_row(provenance, line, provenance->kept_at, provenance->kept_line, &kept);
	provenance->kept_at += line.len;
	provenance->kept_line += line.at[line.len - 1] == '\n';
	return opt_output_put(provenance->explain, buf_span(&provenance->row));
}

/* Ends the kept part at hand: what follows was left out, or is the next document's. */
static enum flow settle_kept(struct provenance *provenance)
{
	return provenance->explain ? lines_end(&provenance->kept, explain_line, provenance) : FLOW_MORE;
}

/* Kept text that comes next starts here. */
static void start_kept(struct provenance *provenance)
{
	provenance->kept_at = provenance->at;
	provenance->kept_line = provenance->line;
}

/* The next bytes are decided: the place moves behind them, and where they were all that waited, behind what was
 * left out beyond them. */
static void advance(struct provenance *provenance, struct span piece, size_t newlines)
{
	provenance->at += piece.len;
	provenance->line += newlines;
	if (provenance->undecided == 0)
		return;
	assert(piece.len <= provenance->undecided);
	provenance->undecided -= piece.len;
	if (provenance->undecided)
		return;
	provenance->at += provenance->beyond;
	provenance->line += provenance->beyond_lines;
	provenance->beyond = provenance->beyond_lines = 0;
}

static enum flow keep(void *ctx, struct span piece)
{
	struct provenance *provenance = ctx;
	size_t newlines = span_count(piece, '\n');
	bool waited = provenance->undecided > 0;
	enum flow flow = FLOW_MORE;

	if (provenance->explain)
		flow = lines_text(&provenance->kept, piece, explain_line, provenance);
	if (flow == FLOW_MORE && waited)
		flow = settle_kept(provenance);
	advance(provenance, piece, newlines);
	if (waited)
		start_kept(provenance);
	provenance->bytes_out += piece.len;
	provenance->lines_out += newlines;
	return flow == FLOW_MORE ? sink_put(provenance->to, piece) : flow;
}

/* What the filter adds has no place in the document. */
static enum flow add(void *ctx, struct span piece)
{
	struct provenance *provenance = ctx;

	provenance->bytes_out += piece.len;
	provenance->lines_out += span_count(piece, '\n');
	return sink_add(provenance->to, piece);
}

static enum flow end(void *ctx)
{
	return sink_end(((struct provenance *)ctx)->to);
}

static enum flow end_part(void *ctx, const struct part *part)
{
	return sink_part(((struct provenance *)ctx)->to, part);
}

/* --- what is left out ----------------------------------------------------------------------------------- */

/* The count of a rule, made where it first shows, in order of their names: what is said of one document must not
 * depend on those before it. */
static struct rule_count *count_of(struct provenance *provenance, const char *rule)
{
	size_t i = 0;

	while (i < provenance->count_count && strcmp(provenance->counts[i].rule, rule) < 0)
		i++;
	if (i < provenance->count_count && strcmp(provenance->counts[i].rule, rule) == 0)
		return &provenance->counts[i];
	provenance->counts =
		mem_resize(provenance->counts, ++provenance->count_count, sizeof(*provenance->counts));
	memmove(&provenance->counts[i + 1], &provenance->counts[i],
		(provenance->count_count - 1 - i) * sizeof(*provenance->counts));
	provenance->counts[i] = (struct rule_count){ .rule = rule };
	return &provenance->counts[i];
}

static void count_rule(struct provenance *provenance, const struct decision *decision, size_t bytes)
{
	struct rule_count *count = count_of(provenance, decision->rule);

	count->parts++;
	count->document_parts++;
	count->bytes += bytes;
}

static enum flow write_drop(struct provenance *provenance, struct span piece, uint64_t at, uint64_t line,
	const struct decision *decision)
{
	enum flow flow = FLOW_MORE;

	if (provenance->explain || provenance->rejected)
		make_row(provenance, piece, at, line, decision);
	if (provenance->explain)
		flow = opt_output_put(provenance->explain, buf_span(&provenance->row));
	if (flow == FLOW_MORE && provenance->rejected)
		flow = opt_output_put(provenance->rejected, buf_span(&provenance->row));
	return flow;
}

static enum flow drop(void *ctx, struct span undecided, struct span piece, const struct decision *decision)
{
	struct provenance *provenance = ctx;
	size_t newlines = span_count(piece, '\n');
	uint64_t at = provenance->at, line = provenance->line;
	enum flow flow = settle_kept(provenance);

	if (undecided.len) {
		at += undecided.len + provenance->beyond;
		line += span_count(undecided, '\n') + provenance->beyond_lines;
	}
	if (flow == FLOW_MORE)
		flow = write_drop(provenance, piece, at, line, decision);
	count_rule(provenance, decision, piece.len);
	if (undecided.len) {
		provenance->undecided = undecided.len;
		provenance->beyond += piece.len;
		provenance->beyond_lines += newlines;
	} else {
		advance(provenance, piece, newlines);
	}
	start_kept(provenance);
	return flow;
}

/* --- documents ------------------------------------------------------------------------------------------ */

void provenance_begin(struct provenance *provenance, uint64_t ordinal, struct span id)
{
	provenance->ordinal = ordinal;
	provenance->id = id;
	for (size_t i = 0; i < provenance->count_count; i++)
		provenance->counts[i].document_parts = 0;
	provenance->line = 1;
	provenance->at = provenance->undecided = provenance->beyond = provenance->beyond_lines = 0;
	start_kept(provenance);
}

enum flow provenance_end_document(struct provenance *provenance)
{
	return settle_kept(provenance);
}

struct sink provenance_sink(struct provenance *provenance)
{
	return (struct sink){
		.put = keep, .end = end, .drop = drop, .part = end_part, .add = add, .ctx = provenance
	};
}

void provenance_release(struct provenance *provenance)
{
	lines_release(&provenance->kept);
	buf_release(&provenance->row);
	free(provenance->counts);
}
