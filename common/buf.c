/* SPDX-License-Identifier: MIT
 * buf.c - bytes that grow by half again, so that appending is linear in all. */
#include "common/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"

void buf_release(struct buf *buf)
{
	free(buf->at);
	*buf = BUF_INIT;
}

char *buf_reserve(struct buf *buf, size_t more)
{
	size_t need, cap;

	if (buf->cap - buf->len >= more && buf->at)
		return buf->at + buf->len;
	if (__builtin_add_overflow(buf->len, more, &need))
		need = (size_t)-1; /* mem_resize says that there is no such memory */
	cap = buf->cap + buf->cap / 2;
	if (cap < need)
		cap = need;
	if (cap < 64)
		cap = 64;
	buf->at = mem_resize(buf->at, cap, 1);
	buf->cap = cap;
	return buf->at + buf->len;
}

void buf_add(struct buf *buf, struct span text)
{
	if (text.len == 0)
		return;
	memcpy(buf_reserve(buf, text.len), text.at, text.len);
	buf->len += text.len;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len <= 0)
		return;
	buf_reserve(buf, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}

void buf_drop_head(struct buf *buf, size_t len)
{
	if (len == 0)
		return;
	memmove(buf->at, buf->at + len, buf->len - len);
	buf->len -= len;
}

const char *buf_string(struct buf *buf)
{
	*buf_reserve(buf, 1) = '\0';
	return buf->at;
}
