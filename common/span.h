/* SPDX-License-Identifier: MIT
 * span.h - borrowed bytes: a place and a length.
 *
 * A span owns nothing and is passed by value. It is never terminated by a NUL and may hold any bytes;
 * where a function wants valid UTF-8 it says so. An empty span may have any `at`, NULL included. */
#ifndef GHIRBAL_SPAN_H
#define GHIRBAL_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *at;
	size_t len; /* bytes */
};

/* A span over a string literal, its NUL left out. */
#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

static inline struct span span_of(const char *at, size_t len)
{
	return (struct span){ at, len };
}

/* A span over a NUL-terminated string. */
static inline struct span span_from(const char *string)
{
	return (struct span){ string, strlen(string) };
}

/* The first `len` bytes of `s`; all of it when it is shorter. */
static inline struct span span_head(struct span s, size_t len)
{
	return span_of(s.at, len < s.len ? len : s.len);
}

/* `s` without its first `len` bytes; empty when it is shorter. */
static inline struct span span_skip(struct span s, size_t len)
{
	if (len >= s.len)
		return span_of(s.len ? s.at + s.len : s.at, 0);
	return span_of(s.at + len, s.len - len);
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool span_has_prefix(struct span s, struct span prefix)
{
	return s.len >= prefix.len && span_equal(span_head(s, prefix.len), prefix);
}

static inline bool span_has_suffix(struct span s, struct span suffix)
{
	return s.len >= suffix.len && span_equal(span_skip(s, s.len - suffix.len), suffix);
}

static inline bool byte_is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

/* `s` without the spaces, tabs and carriage returns at its ends. */
static inline struct span span_trim(struct span s)
{
	while (s.len && byte_is_blank(s.at[0]))
		s = span_skip(s, 1);
	while (s.len && byte_is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

/* Offset of the first `byte` in `s`; s.len when there is none. */
static inline size_t span_find(struct span s, char byte)
{
	const char *hit = s.len ? memchr(s.at, byte, s.len) : NULL;

	return hit ? (size_t)(hit - s.at) : s.len;
}

/* Sixteen bytes at once, as the compiler makes it of any machine's instructions; at any address. */
typedef uint8_t span_block __attribute__((vector_size(16), aligned(1), may_alias));

/* -1 in each byte that is `wanted`. */
static inline span_block span_block_is(const char *at, span_block wanted)
{
	return (span_block)(*(const span_block *)at == wanted);
}

/* The sum of all bytes. */
static inline size_t span_block_sum(span_block block)
{
	const uint64_t even = UINT64_C(0x00FF00FF00FF00FF);
	uint64_t halves[2], sums;

	memcpy(halves, &block, sizeof(halves));
	sums = (halves[0] & even) + (halves[0] >> 8 & even) + (halves[1] & even) + (halves[1] >> 8 & even);
	return (size_t)(sums * UINT64_C(0x0001000100010001) >> 48);
}

/* How many of the first bytes of `s` are `byte`: of all whole sixteens, but no more than each byte of `lanes` can count
 * to; `*len` is how many bytes that are. Four at a time, or most of the work would be to go on. */
static inline size_t span_count_blocks(struct span s, char byte, size_t *len)
{
	enum { MOST = 63 * 64 };
	const span_block wanted = (span_block){ 0 } + (uint8_t)byte;
	const char *at = s.at, *end = s.at + (s.len < MOST ? s.len & ~(size_t)15 : MOST);
	span_block lanes = { 0 };

	for (; end - at >= 64; at += 64)
		lanes -= span_block_is(at, wanted) + span_block_is(at + 16, wanted) +
			 span_block_is(at + 32, wanted) + span_block_is(at + 48, wanted);
	for (; at < end; at += 16)
		lanes -= span_block_is(at, wanted);
	*len = (size_t)(at - s.at);
	return span_block_sum(lanes);
}

/* How many times `byte` stands in `s`. */
static inline size_t span_count(struct span s, char byte)
{
	size_t count = 0;

	for (size_t len; s.len >= 16; s = span_skip(s, len))
		count += span_count_blocks(s, byte, &len);
	for (size_t i = 0; i < s.len; i++)
		count += s.at[i] == byte;
	return count;
}

/* Orders by bytes, as memcmp does; a prefix comes before what it begins. */
static inline int span_compare(struct span a, struct span b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.at, b.at, shared) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

#endif
