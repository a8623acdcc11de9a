/* SPDX-License-Identifier: MIT
 * writer.c - small pieces gathered into larger ones. */
#include "filters/normalize/writer.h"

/* Up to here copying costs less than a call of the sink. */
enum { SHORT = 4096 };

/* A long segment was written; its memory is not kept. */
enum { GATHERED_KEPT = 256 * 1024 };

/* The mark that is growing ends here; where there is no room, or nothing between, the last one grows. */
static void add_mark(struct writer *writer, size_t end)
{
	struct writer_mark *last = writer->marks + writer->mark_count - 1;

	if (writer->mark_count && (writer->mark_count == WRITER_MARKS || last->end >= writer->marked_from))
		last->end = end;
	else
		writer->marks[writer->mark_count++] = (struct writer_mark){ writer->marked_from, end };
}

void writer_unmark(struct writer *writer)
{
	if (!writer->marking)
		return;
	writer->marking = false;
	add_mark(writer, writer->gathered.len);
}

/* Hands `text` on, with the marks that are in it. */
static enum flow hand_on(struct writer *writer, struct span text)
{
	if (writer->marking)
		add_mark(writer, text.len);
	if (writer->flow == FLOW_MORE)
		writer->flow = sink_put(writer->out, text);
	writer->mark_count = 0;
	writer->marked_from = 0;
	return writer->flow;
}

enum flow writer_flush(struct writer *writer)
{
	hand_on(writer, buf_span(&writer->gathered));
	if (writer->gathered.cap > GATHERED_KEPT)
		buf_release(&writer->gathered);
	else
		buf_clear(&writer->gathered);
	return writer->flow;
}

void writer_put(struct writer *writer, struct span text)
{
	if (text.len <= SHORT) {
		buf_add(&writer->gathered, text);
		writer_settle(writer);
		return;
	}
	if (writer_flush(writer) == FLOW_MORE)
		hand_on(writer, text);
}

void writer_release(struct writer *writer)
{
	buf_release(&writer->gathered);
}
