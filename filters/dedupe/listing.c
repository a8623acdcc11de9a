/* SPDX-License-Identifier: MIT
 * listing.c - rows aside, rows out. */
#include "filters/dedupe/listing.h"

enum { BLOCK = 1 << 16 };

bool listing_add(struct spool *rows, struct buf *row, struct diag *why)
{
	bool fine = spool_add(rows, buf_span(row), why);

	buf_clear(row);
	return fine;
}

enum flow listing_write(const struct spool *rows, struct sink out, struct diag *why)
{
	struct buf block = BUF_INIT;
	enum flow flow = FLOW_MORE;
	uint64_t at = 0;
	long got = 1;

	while (flow == FLOW_MORE && got > 0) {
		got = spool_read(rows, at, buf_reserve(&block, BLOCK), BLOCK, why);
		if (got > 0) {
			flow = sink_put(out, span_of(block.at, (size_t)got));
			at += (uint64_t)got;
		}
	}
	buf_release(&block);
	if (got < 0)
		return FLOW_FAIL;
	return flow == FLOW_MORE && at > 0 ? sink_end(out) : flow;
}
