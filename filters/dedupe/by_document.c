/* SPDX-License-Identifier: MIT
 * by_document.c - gathers a document, then looks it up. */
#include "filters/dedupe/by_document.h"

#include "filters/dedupe/content.h"

enum { HELD_LASTING = 1 << 24 }; /* bytes; the memory of a larger document is given back after it */

void by_document_init(struct by_document *by, struct seen *seen, struct keyer *keyer, bool leave_empty)
{
	*by = (struct by_document){ .seen = seen, .keyer = keyer, .leave_empty = leave_empty };
}

void by_document_release(struct by_document *by)
{
	buf_release(&by->held);
}

static const struct decision decision_duplicate = { "drop", "duplicate", 1 };

void by_document_begin(struct by_document *by)
{
	if (by->held.cap > HELD_LASTING)
		buf_release(&by->held);
	buf_clear(&by->held);
}

void by_document_text(struct by_document *by, struct span piece)
{
	buf_add(&by->held, piece);
}

static bool is_kept(struct by_document *by)
{
	struct span content = content_of(buf_span(&by->held));
	bool is_new;

	if (content_is_blank(content))
		return true;
	is_new = seen_add(by->seen, seen_key(by->seen, fingerprint_of(by->keyer, content)));
	by->compared++;
	by->kept += is_new;
	return is_new;
}

enum flow by_document_end(struct by_document *by, struct sink out)
{
	enum flow flow;

	if (!is_kept(by)) {
		flow = sink_drop(out, buf_span(&by->held), &decision_duplicate);
		return flow == FLOW_MORE && by->leave_empty ? sink_end(out) : flow;
	}
	flow = sink_put(out, buf_span(&by->held));
	return flow == FLOW_MORE ? sink_end(out) : flow;
}
