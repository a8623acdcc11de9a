/* SPDX-License-Identifier: MIT
 * by_document.c - gathers a document, then looks it up. */
#include "filters/dedupe/by_document.h"

#include "filters/dedupe/content.h"

enum { HELD_LASTING = 1 << 24 }; /* bytes; the memory of a larger document is given back after it */

/* A document without text is of no shard; so that it comes out once, the first has it. */
static const struct decision decision_shard = { "drop", "shard", 1 };

void by_document_init(struct by_document *by, struct keeper *keeper, bool leave_empty)
{
	*by = (struct by_document){ .keeper = keeper, .leave_empty = leave_empty };
	overlong_init(&by->overlong, keeper);
}

void by_document_release(struct by_document *by)
{
	buf_release(&by->held);
	overlong_release(&by->overlong);
}

void by_document_begin(struct by_document *by)
{
	if (by->held.cap > HELD_LASTING)
		buf_release(&by->held);
	buf_clear(&by->held);
}

enum flow by_document_text(struct by_document *by, struct span piece, struct sink out)
{
	bool fine = true;

	if (by->overlong.is_on)
		return overlong_add(&by->overlong, piece) ? FLOW_MORE : FLOW_FAIL;
	buf_add(&by->held, piece);
	if (overlong_is_due(&by->overlong, buf_span(&by->held), out)) {
		fine = overlong_begin(&by->overlong, buf_span(&by->held));
		buf_release(&by->held);
	}
	return fine ? FLOW_MORE : FLOW_FAIL;
}

static bool rule(struct by_document *by, struct ruling *ruling)
{
	struct keeper *keeper = by->keeper;
	struct span content = content_of(buf_span(&by->held));
	struct ticket ticket;

	*ruling = (struct ruling){ .drop = NULL };
	if (by->overlong.is_on) {
		ticket = overlong_end(&by->overlong);
		return !keeper->failed && (keeper->only_looks || keeper_rule(keeper, ticket, ruling));
	}
	if (content_is_blank(content)) {
		ruling->drop =
			keeper->options.shards > 1 && keeper->options.shard > 1 ? &decision_shard : NULL;
		return true;
	}
	ticket = keeper_show(keeper, content);
	return !keeper->failed && (keeper->only_looks || keeper_rule(keeper, ticket, ruling));
}

static enum flow leave_out(struct by_document *by, struct sink out, const struct decision *why)
{
	enum flow flow = sink_drop(out, buf_span(&by->held), why);

	return flow == FLOW_MORE && by->leave_empty ? sink_end(out) : flow;
}

enum flow by_document_end(struct by_document *by, struct sink out)
{
	bool is_overlong = by->overlong.is_on;
	struct ruling ruling;
	enum flow flow;

	if (!rule(by, &ruling))
		return FLOW_FAIL;
	if (by->keeper->only_looks)
		return FLOW_MORE;
	if (ruling.drop)
		return leave_out(by, out, ruling.drop);
	flow = sink_add(out, ruling.is_text ? keeper_prefix(by->keeper, &ruling) : span_of(NULL, 0));
	if (flow == FLOW_MORE)
		flow = is_overlong ? overlong_put(&by->overlong, out) : sink_put(out, buf_span(&by->held));
	return flow == FLOW_MORE ? sink_end(out) : flow;
}
