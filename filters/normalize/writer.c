/* SPDX-License-Identifier: MIT
 * writer.c - small pieces gathered into larger ones. */
#include "filters/normalize/writer.h"

/* Up to here copying costs less than a call of the sink. */
enum { SHORT = 4096 };

/* A long segment was written; its memory is not kept. */
enum { GATHERED_KEPT = 256 * 1024 };

enum flow writer_flush(struct writer *writer)
{
	if (writer->flow == FLOW_MORE)
		writer->flow = sink_put(writer->out, buf_span(&writer->gathered));
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
		writer->flow = sink_put(writer->out, text);
}

void writer_release(struct writer *writer)
{
	buf_release(&writer->gathered);
}
