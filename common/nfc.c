/* SPDX-License-Identifier: MIT
 * nfc.c - Normalization Form C: passes over clean text by table, mends the segments that are not.
 *
 * The quick check is that of UAX #15, section 9, sharpened for characters that only may combine: Bengali or
 * Tamil vowel signs and the Devanagari nukta are in every line of clean text. */
#include "common/nfc.h"

#include <utf8proc.h>

#include "common/unicode.h"
#include "common/utf8.h"

enum {
	SHORT_SEGMENT = 64, /* bytes; longer ones are a case of their own */
	DECOMPOSED_MAX = 4, /* code points that one becomes, at most: U+1F82 */
};

/* --- decomposing ---------------------------------------------------------------------------------------- */

/* Text as decomposed code points, one after the other. */
struct parts {
	struct span rest;
	int32_t at[DECOMPOSED_MAX]; /* of the character in front of rest */
	int next, count; /* of these */
};

/* The next code point, which is not taken yet; -1 at the end. */
static int32_t parts_peek(struct parts *parts)
{
	struct rune rune;

	if (parts->next < parts->count)
		return parts->at[parts->next];
	if (parts->rest.len == 0)
		return -1;
	rune = utf8_first(parts->rest);
	parts->rest = span_skip(parts->rest, rune.len);
	parts->count = (int)utf8proc_decompose_char(
		rune.value, parts->at, DECOMPOSED_MAX, UTF8PROC_DECOMPOSE, NULL);
	parts->next = 0;
	return parts->at[0];
}

/* The next code point if it is a mark; -1 if not. */
static int32_t parts_peek_mark(struct parts *parts)
{
	int32_t cp = parts_peek(parts);

	return cp >= 0 && unicode_combining_class(cp) != 0 ? cp : -1;
}

/* --- short segments ------------------------------------------------------------------------------------- */

/* Code points of a short segment. No character decomposes into more than twice as many of them as it has bytes. */
struct runes {
	int32_t at[2 * SHORT_SEGMENT];
	size_t len;
};

/* Canonical ordering: a mark is moved in front of those of a higher class. */
static void runes_add(struct runes *runes, int32_t cp)
{
	uint8_t ccc = unicode_combining_class(cp);
	size_t to = runes->len++;

	for (; ccc != 0 && to > 0 && unicode_combining_class(runes->at[to - 1]) > ccc; to--)
		runes->at[to] = runes->at[to - 1];
	runes->at[to] = cp;
}

static size_t compose(int32_t *runes, size_t count)
{
	return (size_t)utf8proc_normalize_utf32(
		runes, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

static void add_short_segment(struct buf *into, struct span segment, bool composes)
{
	struct parts parts = { .rest = segment };
	struct runes runes = { .len = 0 };
	int32_t cp;

	for (; (cp = parts_peek(&parts)) >= 0; parts.next++)
		runes_add(&runes, cp);
	if (composes)
		runes.len = compose(runes.at, runes.len);
	for (size_t i = 0; i < runes.len; i++)
		utf8_add(into, runes.at[i]);
}

/* --- long segments -------------------------------------------------------------------------------------- */

/* Writes `cp` at `at`, where there is room for it, and returns its length. */
static size_t write_at(
	char *at, int32_t cp) /* NOLINT(readability-non-const-parameter): written by utf8_add */
{
	struct buf there = { .at = at, .len = 0, .cap = 4 };

	utf8_add(&there, cp);
	return there.len;
}

/* Appends a run of marks by combining class: a stable counting sort. The run is read twice, so that it costs its own
 * size only. */
static void add_marks_in_order(struct buf *into, struct parts *parts)
{
	struct parts again = *parts;
	size_t start[256] = { 0 }, sum = 0;
	char few[4];
	int32_t cp;

	for (; (cp = parts_peek_mark(&again)) >= 0; again.next++)
		start[unicode_combining_class(cp)] += write_at(few, cp);
	for (size_t ccc = 0; ccc < 256; ccc++) {
		size_t these = start[ccc];

		start[ccc] = sum;
		sum += these;
	}
	buf_reserve(into, sum);
	for (; (cp = parts_peek_mark(parts)) >= 0; parts->next++) {
		size_t *to = &start[unicode_combining_class(cp)];

		*to += write_at(into->at + into->len + *to, cp);
	}
	into->len += sum;
}

/* What two code points become together; -1 where they stay two. */
static int32_t composed(int32_t a, int32_t b)
{
	int32_t pair[2] = { a, b };

	return compose(pair, 2) == 1 ? pair[0] : -1;
}

/* Text being composed in place: nothing that is composed is longer than its parts. */
struct composing {
	char *text;
	size_t written; /* bytes */
	int32_t starter; /* -1: none so far */
	size_t starter_at;
	uint8_t last; /* combining class of what was written last behind the starter; 0: nothing was */
};

/* Puts `whole` in the place of the starter. What is behind it moves; that happens at most a few times, for
 * few letters take more than two marks. */
static void replace_starter(struct composing *of, int32_t whole)
{
	char bytes[4], few[4];
	size_t behind = of->starter_at + write_at(few, of->starter), len = write_at(bytes, whole);

	memmove(of->text + of->starter_at + len, of->text + behind, of->written - behind);
	memcpy(of->text + of->starter_at, bytes, len);
	of->written = of->starter_at + len + (of->written - behind);
	of->starter = whole;
}

static void compose_next(struct composing *of, struct span character, int32_t cp)
{
	uint8_t ccc = unicode_combining_class(cp);
	bool is_blocked = of->starter < 0 || (of->last != 0 && of->last >= ccc);
	int32_t whole = is_blocked ? -1 : composed(of->starter, cp);

	if (whole >= 0) {
		replace_starter(of, whole);
		return;
	}
	if (ccc == 0) {
		of->starter = cp;
		of->starter_at = of->written;
	}
	of->last = ccc;
	memmove(of->text + of->written, character.at, character.len);
	of->written += character.len;
}

static void add_long_segment(struct buf *into, struct span segment, bool composes)
{
	struct parts parts = { .rest = segment };
	struct composing composing = { .starter = -1 };
	size_t start = into->len;
	int32_t cp;

	buf_reserve(into, segment.len);
	while (parts_peek(&parts) >= 0) {
		add_marks_in_order(into, &parts);
		for (; (cp = parts_peek(&parts)) >= 0 && unicode_combining_class(cp) == 0; parts.next++)
			utf8_add(into, cp);
	}
	if (!composes)
		return;
	composing.text = into->at + start;
	for (struct span rest = span_of(composing.text, into->len - start); rest.len;) {
		struct rune rune = utf8_first(rest);

		rest = span_skip(rest, rune.len);
		compose_next(&composing, span_of(rest.at - rune.len, rune.len), rune.value);
	}
	into->len = start + composing.written;
}

static void add_segment(struct buf *into, struct span segment, bool composes)
{
	if (segment.len <= SHORT_SEGMENT)
		add_short_segment(into, segment, composes);
	else
		add_long_segment(into, segment, composes);
}

/* --- what is clean --------------------------------------------------------------------------------------- */

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
	for (;;) {
		size_t clean = nfc_clean_prefix(text), len;

		buf_add(into, span_head(text, clean));
		text = span_skip(text, clean);
		if (text.len == 0)
			break;
		len = segment_len(text);
		add_segment(into, span_head(text, len), true);
		text = span_skip(text, len);
	}
}

void nfd_add(struct buf *into, struct span text)
{
	while (text.len) {
		size_t len = segment_len(text);

		add_segment(into, span_head(text, len), false);
		text = span_skip(text, len);
	}
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
