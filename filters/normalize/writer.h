/* SPDX-License-Identifier: MIT
 * writer.h - small pieces gathered into larger ones on their way to a sink. */
#ifndef GHIRBAL_NORMALIZE_WRITER_H
#define GHIRBAL_NORMALIZE_WRITER_H

#include "common/filter.h"

enum { WRITER_MARKS = 64 };

/* A stretch of what the sink gets. */
struct writer_mark {
	size_t at, end;
};

struct writer {
	struct sink out;
	struct buf gathered;
	/* Where somebody else than the input wrote, in `gathered`; while the sink is called, in what it gets. Stretches may
	 * run together. */
	struct writer_mark marks[WRITER_MARKS];
	size_t mark_count;
	bool marking; /* one is growing, that began at `marked_from` */
	size_t marked_from;
	enum flow flow; /* what the sink last said; once it is not FLOW_MORE, writing does nothing */
};

/* Hands everything gathered to the sink. */
enum flow writer_flush(struct writer *writer);

/* Makes room: hands over what is gathered when that has become a good piece. To be called now and then
 * while appending to `gathered`, which anyone may do. */
static inline void writer_settle(struct writer *writer)
{
	enum { GOOD_PIECE = 32 * 1024 };

	if (writer->gathered.len >= GOOD_PIECE)
		writer_flush(writer);
}

/* From here on, up to writer_unmark, what is written is marked. */
static inline void writer_mark(struct writer *writer)
{
	if (writer->marking)
		return;
	writer->marking = true;
	writer->marked_from = writer->gathered.len;
}

void writer_unmark(struct writer *writer);

/* What is gathered of the mark that is growing. */
static inline struct span writer_marked(const struct writer *writer)
{
	return span_skip(buf_span(&writer->gathered), writer->marked_from);
}

/* The mark that is growing was not needed. */
static inline void writer_take_back_mark(struct writer *writer)
{
	writer->marking = false;
}

/* Writes `text`: copied when short, else handed on as it is. */
void writer_put(struct writer *writer, struct span text);

void writer_release(struct writer *writer);

#endif
