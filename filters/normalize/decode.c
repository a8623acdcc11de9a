/* SPDX-License-Identifier: MIT
 * decode.c - raw bytes in, valid UTF-8 out. windows-1256 is data/windows-1256.txt; UTF-16 is the Unicode
 * Standard 15.0, 3.9. */
#include "filters/normalize/decode.h"

#include <inttypes.h>

#include "filters/normalize/data.h"

enum { CHUNK = 16 * 1024 }; /* bytes decoded at a time */

const char *const encoding_words[] = { "auto", "utf-8", "windows-1256", "utf-16le", "utf-16be", NULL };

/* What is needed to hand text on. */
struct target {
	decoded_fn *each;
	void *ctx;
	struct diag *why;
};

static enum flow hand_on(const struct target *to, struct span text)
{
	return text.len ? to->each(to->ctx, text) : FLOW_MORE;
}

/* `len` bytes at offset `at` of the document are no text. */
static enum flow mend(
	struct decoder *decoder, uint64_t at, size_t len, const char *what, const struct target *to)
{
	struct utf8_repair *repair = decoder->repair;

	if (repair->mode == INVALID_ERROR) {
		diag_set(to->why, "%s at byte %" PRIu64, what, at);
		return FLOW_FAIL;
	}
	repair->bad_parts++;
	repair->document_bad_bytes += len;
	if (repair->mode == INVALID_REPLACE)
		utf8_add(&decoder->text, 0xFFFD);
	return FLOW_MORE;
}

static const char a_nul[] = "a NUL, which is not text,";

/* --- UTF-8 --------------------------------------------------------------------------------------------- */

static enum flow decode_utf_8(struct decoder *decoder, struct span raw, const struct target *to)
{
	struct span text;

	if (!utf8_repair_piece(decoder->repair, raw, &text, to->why))
		return FLOW_FAIL;
	return hand_on(to, text);
}

/* --- windows-1256 -------------------------------------------------------------------------------------- */

static enum flow decode_windows_1256(struct decoder *decoder, struct span raw, const struct target *to)
{
	uint64_t start = decoder->repair->document_bytes;
	enum flow flow = FLOW_MORE;

	buf_clear(&decoder->text);
	for (size_t i = 0; i < raw.len && flow == FLOW_MORE; i++) {
		unsigned char byte = (unsigned char)raw.at[i];

		if (byte == 0)
			flow = mend(decoder, start + i, 1, a_nul, to);
		else
			utf8_add(&decoder->text, byte < 0x80 ? byte : decoder->windows_1256[byte - 0x80]);
	}
	decoder->repair->document_bytes += raw.len;
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* --- UTF-16 -------------------------------------------------------------------------------------------- */

static bool is_high(uint32_t unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* A high surrogate that waited for its low one, which has not come; `at` is where the next unit is. */
static enum flow lone_high(struct decoder *decoder, uint64_t at, const struct target *to)
{
	if (decoder->high == 0)
		return FLOW_MORE;
	decoder->high = 0;
	return mend(decoder, at - 2, 2, "half of a UTF-16 pair", to);
}

static enum flow decode_unit(struct decoder *decoder, uint32_t unit, uint64_t at, const struct target *to)
{
	bool is_mark = decoder->at_start && unit == 0xFEFF;
	enum flow flow;

	decoder->at_start = false;
	if (is_mark)
		return FLOW_MORE;
	if (decoder->high && is_low(unit)) {
		utf8_add(&decoder->text,
			(int32_t)(0x10000 + ((decoder->high - 0xD800) << 10) + (unit - 0xDC00)));
		decoder->high = 0;
		return FLOW_MORE;
	}
	flow = lone_high(decoder, at, to);
	if (flow != FLOW_MORE)
		return flow;
	if (is_high(unit))
		decoder->high = unit;
	else if (is_low(unit))
		flow = mend(decoder, at, 2, "half of a UTF-16 pair", to);
	else if (unit == 0)
		flow = mend(decoder, at, 2, a_nul, to);
	else
		utf8_add(&decoder->text, (int32_t)unit);
	return flow;
}

/* `raw` holds whole units. */
static enum flow decode_utf_16(struct decoder *decoder, struct span raw, const struct target *to)
{
	const unsigned char *s = (const unsigned char *)raw.at;
	size_t high = decoder->encoding == ENCODING_UTF_16LE;
	uint64_t start = decoder->repair->document_bytes;
	enum flow flow = FLOW_MORE;

	buf_clear(&decoder->text);
	for (size_t i = 0; i + 1 < raw.len && flow == FLOW_MORE; i += 2)
		flow = decode_unit(decoder, (uint32_t)s[i + high] << 8 | s[i + 1 - high], start + i, to);
	decoder->repair->document_bytes += raw.len;
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* What is left of the document, at most one byte, is half a unit or follows half a pair. */
static enum flow end_utf_16(struct decoder *decoder, struct span raw, const struct target *to)
{
	uint64_t at = decoder->repair->document_bytes;
	enum flow flow;

	buf_clear(&decoder->text);
	flow = lone_high(decoder, at, to);
	if (flow == FLOW_MORE && raw.len)
		flow = mend(decoder, at, raw.len, "half of a UTF-16 code unit", to);
	decoder->repair->document_bytes += raw.len;
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* --- pieces -------------------------------------------------------------------------------------------- */

static bool is_utf_16(enum encoding encoding)
{
	return encoding == ENCODING_UTF_16LE || encoding == ENCODING_UTF_16BE;
}

static enum flow decode(struct decoder *decoder, struct span raw, const struct target *to)
{
	if (decoder->encoding == ENCODING_UTF_8)
		return decode_utf_8(decoder, raw, to);
	if (decoder->encoding == ENCODING_WINDOWS_1256)
		return decode_windows_1256(decoder, raw, to);
	return decode_utf_16(decoder, raw, to);
}

/* Where `raw` may be cut without splitting a character of UTF-8 or a unit of UTF-16. */
static size_t whole(enum encoding encoding, struct span raw)
{
	if (encoding == ENCODING_UTF_8)
		return utf8_whole(raw);
	return is_utf_16(encoding) ? raw.len & ~(size_t)1 : raw.len;
}

/* Decodes what of `raw` is whole, chunk by chunk; `rest` is what remains. UTF-8 needs no copy, so no chunks. */
static enum flow decode_whole(
	struct decoder *decoder, struct span raw, struct span *rest, const struct target *to)
{
	size_t chunk = decoder->encoding == ENCODING_UTF_8 ? raw.len : CHUNK;
	size_t len = whole(decoder->encoding, raw);

	*rest = span_skip(raw, len);
	raw = span_head(raw, len);
	while (raw.len) {
		enum flow flow = decode(decoder, span_head(raw, chunk), to);

		if (flow != FLOW_MORE)
			return flow;
		raw = span_skip(raw, chunk);
	}
	return FLOW_MORE;
}

/* The encoding is known. */
static enum flow decode_piece(struct decoder *decoder, struct span raw, const struct target *to)
{
	enum { CUT_KEPT = 1024 * 1024 };
	bool joined = decoder->cut.len > 0;
	struct span rest;
	enum flow flow;

	if (joined) {
		buf_add(&decoder->cut, raw);
		raw = buf_span(&decoder->cut);
	}
	flow = decode_whole(decoder, raw, &rest, to);
	if (joined)
		buf_drop_head(&decoder->cut, decoder->cut.len - rest.len);
	else
		buf_add(&decoder->cut, rest);
	if (decoder->cut.cap > CUT_KEPT && decoder->cut.len == 0)
		buf_release(&decoder->cut);
	return flow;
}

static enum flow decode_head(struct decoder *decoder, const struct target *to)
{
	enum flow flow;

	decoder->encoding = encoding_guess(buf_span(&decoder->head), decoder->has_nul);
	flow = decode_piece(decoder, buf_span(&decoder->head), to);
	buf_release(&decoder->head);
	return flow;
}

enum flow decoder_text(
	struct decoder *decoder, struct span raw, decoded_fn *each, void *ctx, struct diag *why)
{
	const struct target to = { each, ctx, why };
	enum flow flow;
	size_t more;

	if (decoder->encoding != ENCODING_AUTO)
		return decode_piece(decoder, raw, &to);
	more = GUESS_SAMPLE - decoder->head.len;
	buf_add(&decoder->head, span_head(raw, more));
	if (decoder->head.len < GUESS_SAMPLE)
		return FLOW_MORE;
	flow = decode_head(decoder, &to);
	raw = span_skip(raw, more);
	return flow == FLOW_MORE && raw.len ? decode_piece(decoder, raw, &to) : flow;
}

enum flow decoder_end(struct decoder *decoder, decoded_fn *each, void *ctx, struct diag *why)
{
	const struct target to = { each, ctx, why };
	enum flow flow = FLOW_MORE;

	if (decoder->encoding == ENCODING_AUTO)
		flow = decode_head(decoder, &to);
	if (flow == FLOW_MORE && is_utf_16(decoder->encoding))
		flow = end_utf_16(decoder, buf_span(&decoder->cut), &to);
	else if (flow == FLOW_MORE && decoder->cut.len)
		flow = decode(decoder, buf_span(&decoder->cut), &to);
	buf_clear(&decoder->cut);
	return flow;
}

/* --- life ---------------------------------------------------------------------------------------------- */

void decoder_init(struct decoder *decoder, enum encoding named, bool has_nul)
{
	struct span rest = data_file(SPAN("windows-1256")), line;

	decoder->named = named;
	decoder->has_nul = has_nul;
	while (data_line(&rest, &line)) {
		int32_t byte = data_hex(data_word(&line));

		decoder->windows_1256[byte & 0x7F] = (uint16_t)data_hex(line);
	}
}

void decoder_begin(struct decoder *decoder, struct utf8_repair *repair)
{
	decoder->encoding = decoder->named;
	decoder->at_start = true;
	decoder->repair = repair;
	decoder->high = 0;
	buf_clear(&decoder->head);
	buf_clear(&decoder->cut);
}

void decoder_release(struct decoder *decoder)
{
	buf_release(&decoder->head);
	buf_release(&decoder->cut);
	buf_release(&decoder->text);
}
