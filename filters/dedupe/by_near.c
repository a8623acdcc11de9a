/* SPDX-License-Identifier: MIT
 * by_near.c - gathers a document, then looks it up. */
#include "filters/dedupe/by_near.h"

#include "common/json_string.h"
#include "common/row.h"
#include "filters/dedupe/content.h"

enum { HELD_LASTING = 1 << 24 }; /* bytes; the memory of a larger document is given back after it */

void by_near_init(struct by_near *by, const struct near_choices *choices,
	const struct near_options *options, struct keyer *keyer, const struct host *host)
{
	*by = (struct by_near){
		.print = (enum near_print)choices->print, .relations = &choices->relations, .cpu = host->cpu
	};
	by->remembers = choices->relations.path || by->print >= NEAR_PRINT_MARKED || host->annotates;
	near_init(&by->near, options, keyer, host->cpu, host->secret);
}

void by_near_release(struct by_near *by)
{
	near_release(&by->near);
	names_release(&by->names);
	buf_release(&by->held);
	buf_release(&by->name);
	buf_release(&by->rows);
}

void by_near_begin(struct by_near *by, const struct doc_info *doc)
{
	if (by->held.cap > HELD_LASTING)
		buf_release(&by->held);
	buf_clear(&by->held);
	buf_clear(&by->name);
	by->why = NULL;
	if (!by->remembers)
		return;
	if (doc->id.len)
		buf_add(&by->name, doc->id);
	else
		buf_addf(&by->name, "%llu", (unsigned long long)doc->ordinal);
}

void by_near_text(struct by_near *by, struct span piece)
{
	buf_add(&by->held, piece);
}

/* --- what comes out ------------------------------------------------------------------------------------- */

static void add_cluster(struct by_near *by)
{
	struct span name = buf_span(&by->name);

	row_add_text(&by->rows, name);
	buf_add_byte(&by->rows, '\t');
	row_add_text(&by->rows, by->why ? names_get(&by->names, by->why->story) : name);
	buf_add_byte(&by->rows, '\n');
}

static enum flow put(struct by_near *by, struct sink out)
{
	enum flow flow = sink_put(out, buf_span(&by->held));

	return flow == FLOW_MORE ? sink_end(out) : flow;
}

static enum flow leave_out(struct by_near *by, struct sink out)
{
	static const struct decision kept = { "drop", "kept", 1 };
	const struct relative *why = by->why;
	struct decision decision = kept;
	enum flow flow;

	if (why)
		decision = (struct decision){ "drop", relation_words[why->relation],
			why->relation == RELATION_CONTAINED_IN ? why->containment : why->similarity };
	flow = sink_drop(out, buf_span(&by->held), &decision);
	return flow == FLOW_MORE && by->leave_empty ? sink_end(out) : flow;
}

static enum flow put_or_leave_out(struct by_near *by, struct sink out)
{
	switch (by->print) {
	case NEAR_PRINT_KEPT:
		return by->why ? leave_out(by, out) : put(by, out);
	case NEAR_PRINT_DROPPED:
		return by->why ? put(by, out) : leave_out(by, out);
	case NEAR_PRINT_MARKED:
		return put(by, out);
	default:
		add_cluster(by);
		return leave_out(by, out);
	}
}

/* --- who is related to whom ------------------------------------------------------------------------------ */

static void add_relation(struct by_near *by, const struct relative *relative)
{
	row_add_text(&by->rows, buf_span(&by->name));
	buf_add_byte(&by->rows, '\t');
	row_add_text(&by->rows, names_get(&by->names, relative->story));
	buf_addf(&by->rows, "\t%s\t%.3f\t%.3f\t%zu\t", relation_words[relative->relation],
		relative->similarity, relative->containment, relative->run);
	if (relative->relation == RELATION_TEMPLATE)
		buf_addf(&by->rows, "kept, %zu of %zu numbers\n", relative->numbers_shared,
			relative->numbers_least);
	else
		buf_addf(&by->rows, "%s\n",
			relative == by->why ? "dropped"
			: by->why           ? "dropped for another"
					    : "kept");
}

static enum flow put_relations(struct by_near *by)
{
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < by->near.relative_count && flow == FLOW_MORE; i++) {
		size_t start = by->rows.len; /* behind the table */

		add_relation(by, &by->near.relatives[i]);
		flow = opt_output_put(by->relations, span_skip(buf_span(&by->rows), start));
		by->rows.len = start;
	}
	return flow;
}

static enum flow decide(struct by_near *by)
{
	size_t remembered = by->near.stories.count;
	enum flow flow = FLOW_MORE;

	by->compared++;
	by->why = near_decide(&by->near, &by->held);
	if (by->relations->path)
		flow = put_relations(by);
	if (by->remembers && by->near.stories.count > remembered)
		names_add(&by->names, buf_span(&by->name));
	by->kept += !by->why;
	return flow;
}

enum flow by_near_end(struct by_near *by, struct sink out)
{
	enum flow flow = content_is_blank(buf_span(&by->held)) ? FLOW_MORE : decide(by);

	return flow == FLOW_MORE ? put_or_leave_out(by, out) : flow;
}

enum flow by_near_finish(struct by_near *by, struct sink out)
{
	enum flow flow;

	if (by->print != NEAR_PRINT_CLUSTERS || by->rows.len == 0)
		return FLOW_MORE;
	flow = sink_put(out, buf_span(&by->rows));
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

void by_near_annotate(const struct by_near *by, struct buf *into)
{
	if (!by->why)
		return;
	buf_addf(into, "\"relation\":\"%s\",\"of\":\"", relation_words[by->why->relation]);
	json_escape_bytes(into, names_get(&by->names, by->why->story), by->cpu);
	buf_addf(into, "\",\"similarity\":%.3f,\"containment\":%.3f", by->why->similarity,
		by->why->containment);
}
