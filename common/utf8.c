/* SPDX-License-Identifier: MIT
 * utf8.c - decoding, cutting and mending UTF-8, one sequence at a time.
 *
 * What is well-formed is read off table 3-7 of The Unicode Standard 15.0; the maximal subpart of an
 * ill-formed sequence is as many of its bytes as still begin a row of that table, or one byte. Long valid
 * text is passed over by utf8_valid_prefix (utf8_valid.c). */
#include "common/utf8.h"

#include <inttypes.h>

/* A row of table 3-7: how long a sequence is and what its second byte may be; later ones are 80..BF. */
struct row {
	unsigned len; /* bytes; 0 where no sequence starts with that byte */
	unsigned char low, high;
};

static struct row row_of(unsigned char lead)
{
	if (lead < 0x80)
		return (struct row){ lead != 0, 0x80, 0xBF };
	if (lead < 0xC2 || lead > 0xF4)
		return (struct row){ 0, 0x80, 0xBF };
	if (lead < 0xE0)
		return (struct row){ 2, 0x80, 0xBF };
	if (lead < 0xF0) /* no overlong forms, no surrogates */
		return (struct row){ 3, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF };
	return (struct row){ 4, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF };
}

/* How many bytes at the start of `text`, which is not empty, follow `row`. */
static size_t row_matches(struct row row, struct span text)
{
	const unsigned char *s = (const unsigned char *)text.at;
	size_t len = text.len < row.len ? text.len : row.len, i = 2;

	if (len < 2)
		return len;
	if (s[1] < row.low || s[1] > row.high)
		return 1;
	while (i < len && (s[i] & 0xC0) == 0x80)
		i++;
	return i;
}

void utf8_add(struct buf *into, int32_t value)
{
	uint32_t c = (uint32_t)value;
	unsigned char *at = (unsigned char *)buf_reserve(into, 4);

	if (c < 0x80) {
		at[0] = (unsigned char)c;
		into->len += 1;
	} else if (c < 0x800) {
		at[0] = (unsigned char)(0xC0 | c >> 6);
		at[1] = (unsigned char)(0x80 | (c & 0x3F));
		into->len += 2;
	} else if (c < 0x10000) {
		at[0] = (unsigned char)(0xE0 | c >> 12);
		at[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
		at[2] = (unsigned char)(0x80 | (c & 0x3F));
		into->len += 3;
	} else {
		at[0] = (unsigned char)(0xF0 | c >> 18);
		at[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
		at[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
		at[3] = (unsigned char)(0x80 | (c & 0x3F));
		into->len += 4;
	}
}

size_t utf8_bad_part(struct span bad)
{
	size_t matches = row_matches(row_of((unsigned char)bad.at[0]), bad);

	return matches ? matches : 1;
}

size_t utf8_whole(struct span text)
{
	for (size_t back = 1; back <= 3 && back <= text.len; back++) {
		struct span end = span_skip(text, text.len - back);
		unsigned char byte = (unsigned char)end.at[0];
		struct row row = row_of(byte);

		if ((byte & 0xC0) == 0x80)
			continue;
		return row.len > back && row_matches(row, end) == back ? text.len - back : text.len;
	}
	return text.len;
}

void utf8_repair_begin(struct utf8_repair *repair)
{
	repair->document_bytes = 0;
	repair->document_bad_bytes = 0;
}

/* Bad parts tend to come close together (a page in another encoding); starting the vectors for a few bytes
 * costs more than it saves. */
static size_t valid_after_bad(struct span text, enum cpu cpu)
{
	enum { NEAR = 64 };
	size_t len = utf8_valid_prefix(span_head(text, NEAR), CPU_SCALAR);

	if (len + 3 < NEAR) /* a sequence that the window cut is no reason to stop */
		return len;
	return len + utf8_valid_prefix(span_skip(text, len), cpu);
}

static void mend(struct utf8_repair *repair, struct span rest)
{
	while (rest.len) {
		size_t bad = utf8_bad_part(rest), good;

		repair->bad_parts++;
		repair->document_bad_bytes += bad;
		if (repair->mode == INVALID_REPLACE)
			utf8_add(&repair->mended, 0xFFFD);
		rest = span_skip(rest, bad);
		good = valid_after_bad(rest, repair->cpu);
		buf_add(&repair->mended, span_head(rest, good));
		rest = span_skip(rest, good);
	}
}

bool utf8_repair_piece(struct utf8_repair *repair, struct span raw, struct span *text, struct diag *why)
{
	size_t good = utf8_valid_prefix(raw, repair->cpu);
	uint64_t at = repair->document_bytes + good;

	*text = raw;
	if (good < raw.len && repair->mode == INVALID_ERROR) {
		diag_set(why, "%s at byte %" PRIu64,
			raw.at[good] ? "invalid UTF-8" : "a NUL, which is not text,", at);
		return false;
	}
	repair->document_bytes += raw.len;
	if (good == raw.len)
		return true;
	buf_clear(&repair->mended);
	buf_add(&repair->mended, span_head(raw, good));
	mend(repair, span_skip(raw, good));
	*text = buf_span(&repair->mended);
	return true;
}

void utf8_repair_release(struct utf8_repair *repair)
{
	buf_release(&repair->mended);
}

void utf8_spell(struct buf *into, struct span bytes, void (*add)(struct buf *into, struct span text))
{
	while (bytes.len) {
		size_t good = utf8_valid_prefix(bytes, CPU_SCALAR);

		add(into, span_head(bytes, good));
		bytes = span_skip(bytes, good);
		if (bytes.len)
			buf_addf(into, "\\x%02X", (unsigned char)bytes.at[0]);
		bytes = span_skip(bytes, 1);
	}
}
