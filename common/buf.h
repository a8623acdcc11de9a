/* SPDX-License-Identifier: MIT
 * buf.h - bytes that grow.
 *
 * A buf owns its memory. `BUF_INIT` needs no allocation; release leaves a buf as BUF_INIT made it;
 * clear keeps the memory for the next use. Spans of a buf are borrowed until it next changes. */
#ifndef GHIRBAL_BUF_H
#define GHIRBAL_BUF_H

#include "common/span.h"

struct buf {
	char *at;
	size_t len, cap; /* bytes */
};

#define BUF_INIT ((struct buf){ NULL, 0, 0 })

void buf_release(struct buf *buf);

/* Makes room for `more` bytes behind the content and returns where they start. */
char *buf_reserve(struct buf *buf, size_t more);

/* Appends `text`, which must not lie inside the buf itself. */
void buf_add(struct buf *buf, struct span text);

/* Appends as printf would write it. */
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Removes the first `len` bytes; the rest moves to the front. */
void buf_drop_head(struct buf *buf, size_t len);

static inline void buf_clear(struct buf *buf)
{
	buf->len = 0;
}

/* The content, borrowed. Never at NULL, for C does not even allow to add nothing to that. */
static inline struct span buf_span(const struct buf *buf)
{
	return span_of(buf->len ? buf->at : "", buf->len);
}

static inline void buf_add_byte(struct buf *buf, char byte)
{
	*buf_reserve(buf, 1) = byte;
	buf->len++;
}

/* The content as a NUL-terminated string, borrowed. */
const char *buf_string(struct buf *buf);

#endif
