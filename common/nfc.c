/* SPDX-License-Identifier: MIT
 * nfc.c - Normalization Form C: passes over clean text by table, mends the segments that are not.
 *
 * The quick check is that of UAX #15, section 9, sharpened for characters that only may combine: Bengali or
 * Tamil vowel signs and the Devanagari nukta are in every line of clean text. */
#include "common/nfc.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "common/utf8.h"

/* Code points of one segment. Those of a usual one need no allocation. */
struct runes {
	int32_t few[64];
	int32_t *at; /* few, or allocated */
	size_t len, cap;
};

enum {
	DECOMPOSED_MAX = 4, /* code points that one becomes, at most: U+1F82 */
	SHORT_RUN = 16, /* marks; up to here insertion is faster than counting */
};

static void runes_init(struct runes *runes)
{
	runes->at = runes->few;
	runes->len = 0;
	runes->cap = sizeof(runes->few) / sizeof(runes->few[0]);
}

static void runes_release(struct runes *runes)
{
	if (runes->at != runes->few)
		free(runes->at);
}

static void runes_reserve(struct runes *runes, size_t more)
{
	int32_t *grown;

	if (runes->cap - runes->len >= more)
		return;
	runes->cap += runes->cap + more;
	grown = mem_resize(runes->at == runes->few ? NULL : runes->at, runes->cap, sizeof(*grown));
	if (runes->at == runes->few)
		memcpy(grown, runes->few, runes->len * sizeof(*grown));
	runes->at = grown;
}

static void runes_add_decomposed(struct runes *runes, int32_t cp)
{
	runes_reserve(runes, DECOMPOSED_MAX);
	runes->len += (size_t)utf8proc_decompose_char(
		cp, runes->at + runes->len, DECOMPOSED_MAX, UTF8PROC_DECOMPOSE, NULL);
}

static void sort_short(int32_t *marks, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		int32_t mark = marks[i];
		uint8_t ccc = unicode_combining_class(mark);
		size_t to = i;

		for (; to > 0 && unicode_combining_class(marks[to - 1]) > ccc; to--)
			marks[to] = marks[to - 1];
		marks[to] = mark;
	}
}

static void sort_long(int32_t *marks, size_t count)
{
	int32_t *sorted = mem_new(count, sizeof(*sorted));
	size_t start[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < count; i++)
		start[unicode_combining_class(marks[i])]++;
	for (size_t ccc = 0; ccc < 256; ccc++) {
		size_t these = start[ccc];

		start[ccc] = sum;
		sum += these;
	}
	for (size_t i = 0; i < count; i++)
		sorted[start[unicode_combining_class(marks[i])]++] = marks[i];
	memcpy(marks, sorted, count * sizeof(*marks));
	free(sorted);
}

/* Canonical ordering: each run of marks by combining class, stable. */
static void runes_order(struct runes *runes)
{
	for (size_t i = 0, end; i < runes->len; i = end + 1) {
		end = i;
		while (end < runes->len && unicode_combining_class(runes->at[end]) != 0)
			end++;
		if (end - i > SHORT_RUN)
			sort_long(runes->at + i, end - i);
		else
			sort_short(runes->at + i, end - i);
	}
}

static size_t compose(int32_t *runes, size_t count)
{
	return (size_t)utf8proc_normalize_utf32(
		runes, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

static void decompose(struct runes *runes, struct span segment)
{
	runes->len = 0;
	while (segment.len) {
		struct rune rune = utf8_first(segment);

		runes_add_decomposed(runes, rune.value);
		segment = span_skip(segment, rune.len);
	}
	runes_order(runes);
}

static void add_runes(struct buf *into, const struct runes *runes)
{
	for (size_t i = 0; i < runes->len; i++)
		utf8_add(into, runes->at[i]);
}

static void add_segment(struct buf *into, struct span segment, struct runes *runes)
{
	decompose(runes, segment);
	runes->len = compose(runes->at, runes->len);
	add_runes(into, runes);
}

/* Whether `cp`, which may combine with what is before it, could do so here. `before` is -1 at the start. */
static bool may_combine(int32_t before, int32_t cp)
{
	int32_t pair[2] = { before, cp };
	bool is_mark = unicode_combining_class(cp) != 0;

	if (before < 0)
		return false;
	if (unicode_combining_class(before) != 0)
		return is_mark; /* a starter is cut off by the mark; of two marks we do not judge */
	if (is_mark && utf8proc_get_property(before)->decomp_seqindex != UINT16_MAX)
		return true; /* the mark may go between the letter and its accent: U+1E0B U+0323 */
	return compose(pair, 2) == 1;
}

/* Whether eight bytes are ASCII. */
static bool eight_ascii(const char *at)
{
	uint64_t w;

	memcpy(&w, at, sizeof(w));
	return (w & UINT64_C(0x8080808080808080)) == 0;
}

size_t nfc_clean_prefix(struct span text)
{
	size_t at = 0, segment = 0;
	int32_t before = -1;
	uint8_t ccc = 0; /* of before */

	while (at < text.len) {
		const struct unicode_record *of;
		struct rune rune;

		if (text.len - at > 8 && eight_ascii(text.at + at)) {
			at += 8;
			segment = at - 1;
			before = (unsigned char)text.at[segment];
			ccc = 0;
			continue;
		}
		rune = utf8_first(span_skip(text, at));
		of = unicode_of(rune.value);
		if (of->flags & UNICODE_NFC_SEGMENT)
			segment = at;
		if (of->combining_class != 0 && of->combining_class < ccc)
			return segment;
		if (of->flags & UNICODE_NFC_NO)
			return segment;
		if (of->flags & UNICODE_NFC_MAYBE && may_combine(before, rune.value))
			return segment;
		before = rune.value;
		ccc = of->combining_class;
		at += rune.len;
	}
	return text.len;
}

/* Bytes up to where the second segment starts. */
static size_t segment_len(struct span text)
{
	size_t at = utf8_first(text).len;

	while (at < text.len) {
		struct rune rune = utf8_first(span_skip(text, at));

		if (unicode_starts_nfc_segment(rune.value))
			break;
		at += rune.len;
	}
	return at;
}

void nfc_add(struct buf *into, struct span text)
{
	struct runes runes;

	runes_init(&runes);
	for (;;) {
		size_t clean = nfc_clean_prefix(text), len;

		buf_add(into, span_head(text, clean));
		text = span_skip(text, clean);
		if (text.len == 0)
			break;
		len = segment_len(text);
		add_segment(into, span_head(text, len), &runes);
		text = span_skip(text, len);
	}
	runes_release(&runes);
}

void nfd_add(struct buf *into, struct span text)
{
	struct runes runes;

	runes_init(&runes);
	while (text.len) {
		size_t len = segment_len(text);

		decompose(&runes, span_head(text, len));
		add_runes(into, &runes);
		text = span_skip(text, len);
	}
	runes_release(&runes);
}

size_t nfc_settled(struct span text)
{
	while (text.len) {
		struct rune last = utf8_last(text);

		text.len -= last.len;
		if (unicode_starts_nfc_segment(last.value))
			break;
	}
	return text.len;
}
