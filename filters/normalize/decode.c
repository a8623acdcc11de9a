/* SPDX-License-Identifier: MIT
 * decode.c - raw bytes in, valid UTF-8 out. UTF-16 and UTF-32 are those of the Unicode Standard 15.0, 3.9 and 3.10. */
#include "filters/normalize/decode.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "common/mem.h"

enum {
	CHUNK = 16 * 1024, /* bytes decoded at a time */
	WINDOW = 4 * 1024, /* bytes given to iconv at a time, always the same ones: cuts cannot show */
};

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

static const char a_nul[] = "a NUL, which is not text,", half_a_pair[] = "half of a UTF-16 pair";

static enum flow stop_at_bad(
	const struct decoder *decoder, uint64_t at, const char *what, const struct target *to)
{
	if (what)
		diag_set(to->why, "%s at byte %" PRIu64, what, at);
	else
		diag_set(to->why, "invalid %s at byte %" PRIu64,
			decoder->encoding == ENCODING_OTHER ? decoder->name
							    : encoding_words[decoder->encoding],
			at);
	return FLOW_FAIL;
}

/* `len` bytes at offset `at` of the document are no text; `what` says why, NULL: the encoding does not have them. */
static enum flow mend(
	struct decoder *decoder, uint64_t at, size_t len, const char *what, const struct target *to)
{
	struct utf8_repair *repair = decoder->repair;

	if (repair->mode == INVALID_ERROR)
		return stop_at_bad(decoder, at, what, to);
	repair->bad_parts++;
	repair->document_bad_bytes += len;
	if (repair->mode == INVALID_REPLACE)
		utf8_add(&decoder->text, 0xFFFD);
	return FLOW_MORE;
}

/* `len` bytes are decoded. */
static void advance(struct decoder *decoder, size_t len)
{
	decoder->at += len;
	decoder->repair->document_bytes += len;
}

/* --- UTF-8 --------------------------------------------------------------------------------------------- */

static enum flow decode_utf_8(struct decoder *decoder, struct span raw, const struct target *to)
{
	struct span text;

	if (!utf8_repair_piece(decoder->repair, raw, &text, to->why))
		return FLOW_FAIL;
	return hand_on(to, text);
}

/* --- a table ------------------------------------------------------------------------------------------- */

/* A table is read where a document wants it, and kept while the next ones want the same. */
static void take_table(struct decoder *decoder)
{
	if (decoder->table_of == decoder->encoding)
		return;
	decoder->table_of = decoder->encoding;
	single_byte_init(&decoder->table, span_from(encoding_words[decoder->encoding]));
}

static enum flow decode_table(struct decoder *decoder, struct span raw, const struct target *to)
{
	enum flow flow = FLOW_MORE;

	take_table(decoder);
	buf_clear(&decoder->text);
	while (raw.len && flow == FLOW_MORE) {
		size_t len = single_byte_decode(&decoder->table, raw, &decoder->text);

		advance(decoder, len);
		raw = span_skip(raw, len);
		if (raw.len == 0)
			break;
		flow = mend(decoder, decoder->at, 1, raw.at[0] ? NULL : a_nul, to);
		advance(decoder, 1);
		raw = span_skip(raw, 1);
	}
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* --- UTF-16 and UTF-32 --------------------------------------------------------------------------------- */

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
	return mend(decoder, at - 2, 2, half_a_pair, to);
}

static enum flow decode_unit_16(
	struct decoder *decoder, uint32_t unit, uint64_t at, const struct target *to)
{
	enum flow flow;

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
		flow = mend(decoder, at, 2, half_a_pair, to);
	else if (unit == 0)
		flow = mend(decoder, at, 2, a_nul, to);
	else
		utf8_add(&decoder->text, (int32_t)unit);
	return flow;
}

static enum flow decode_unit_32(
	struct decoder *decoder, uint32_t unit, uint64_t at, const struct target *to)
{
	if (unit == 0 || unit > 0x10FFFF || is_high(unit) || is_low(unit))
		return mend(decoder, at, 4, unit ? NULL : a_nul, to);
	utf8_add(&decoder->text, (int32_t)unit);
	return FLOW_MORE;
}

static uint32_t unit_at(const char *at, size_t size, bool is_big)
{
	uint32_t unit = 0;

	for (size_t i = 0; i < size; i++)
		unit = unit << 8 | (unsigned char)at[is_big ? i : size - 1 - i];
	return unit;
}

static bool is_big_endian(enum encoding encoding)
{
	return encoding == ENCODING_UTF_16BE || encoding == ENCODING_UTF_32BE;
}

/* Appends the units of UTF-16 at the start of `raw` that are characters by themselves, and returns how many bytes
 * that were. */
static size_t decode_plain_16(struct span raw, bool is_big, struct buf *into)
{
	size_t high = is_big ? 0 : 1, i = 0;
	const unsigned char *s = (const unsigned char *)raw.at;
	unsigned char *start = (unsigned char *)buf_reserve(into, raw.len / 2 * 3), *to = start;

	for (; i + 1 < raw.len; i += 2) {
		unsigned unit = (unsigned)s[i + high] << 8 | s[i + 1 - high];

		if (unit == 0 || (unit & 0xF800) == 0xD800)
			break;
		if (unit < 0x80) {
			*to++ = (unsigned char)unit;
		} else if (unit < 0x800) {
			*to++ = (unsigned char)(0xC0 | unit >> 6);
			*to++ = (unsigned char)(0x80 | (unit & 0x3F));
		} else {
			*to++ = (unsigned char)(0xE0 | unit >> 12);
			*to++ = (unsigned char)(0x80 | (unit >> 6 & 0x3F));
			*to++ = (unsigned char)(0x80 | (unit & 0x3F));
		}
	}
	into->len += (size_t)(to - start);
	return i;
}

/* Where the name says nothing of it, the first unit says which half comes first: RFC 2781, 4.3. */
static void settle_order(struct decoder *decoder, const char *first, size_t size)
{
	bool is_big = unit_at(first, size, true) == 0xFEFF;

	if (decoder->encoding == ENCODING_UTF_16)
		decoder->encoding = is_big ? ENCODING_UTF_16BE : ENCODING_UTF_16LE;
	else if (decoder->encoding == ENCODING_UTF_32)
		decoder->encoding = is_big ? ENCODING_UTF_32BE : ENCODING_UTF_32LE;
}

/* `raw` holds whole units, one at least. */
static enum flow decode_units(struct decoder *decoder, struct span raw, const struct target *to)
{
	size_t size = encoding_unit(decoder->encoding), i = 0;
	enum flow flow = FLOW_MORE;
	bool is_big;

	buf_clear(&decoder->text);
	settle_order(decoder, raw.at, size);
	is_big = is_big_endian(decoder->encoding);
	if (decoder->at_start && unit_at(raw.at, size, is_big) == 0xFEFF)
		i = size;
	decoder->at_start = false;
	for (; i < raw.len && flow == FLOW_MORE; i += size) {
		uint32_t unit;

		if (size == 2 && decoder->high == 0)
			i += decode_plain_16(span_skip(raw, i), is_big, &decoder->text);
		if (i == raw.len)
			break;
		unit = unit_at(raw.at + i, size, is_big);
		flow = size == 2 ? decode_unit_16(decoder, unit, decoder->at + i, to)
				 : decode_unit_32(decoder, unit, decoder->at + i, to);
	}
	advance(decoder, raw.len);
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* What is left of the document is less than a unit, or follows half a pair. */
static enum flow end_units(struct decoder *decoder, struct span raw, const struct target *to)
{
	enum flow flow;

	buf_clear(&decoder->text);
	flow = lone_high(decoder, decoder->at, to);
	if (flow == FLOW_MORE && raw.len)
		flow = mend(decoder, decoder->at, raw.len,
			encoding_unit(decoder->encoding) == 2 ? "half of a UTF-16 code unit" : NULL, to);
	advance(decoder, raw.len);
	return flow == FLOW_MORE ? hand_on(to, buf_span(&decoder->text)) : flow;
}

/* --- iconv --------------------------------------------------------------------------------------------- */

/* Whatever a library makes, what leaves here is valid UTF-8 without NUL. */
static enum flow hand_on_checked(struct decoder *decoder, const struct target *to)
{
	uint64_t bytes = decoder->repair->document_bytes;
	struct span text;
	bool fine;

	decoder->repair->document_bytes = decoder->at;
	fine = utf8_repair_piece(decoder->repair, buf_span(&decoder->text), &text, to->why);
	decoder->repair->document_bytes = bytes;
	return fine ? hand_on(to, text) : FLOW_FAIL;
}

/* Decodes what is in the window and keeps the character that it cuts. */
static enum flow decode_window(struct decoder *decoder, const struct target *to)
{
	struct span raw = buf_span(&decoder->cut);
	enum flow flow = FLOW_MORE;

	buf_clear(&decoder->text);
	while (raw.len && flow == FLOW_MORE) {
		struct foreign_read read = foreign_read(&decoder->foreign, raw, &decoder->text);

		advance(decoder, read.len);
		raw = span_skip(raw, read.len);
		if (read.bad == 0)
			break;
		flow = mend(decoder, decoder->at, read.bad, read.is_nul ? a_nul : NULL, to);
		advance(decoder, read.bad);
		raw = span_skip(raw, read.bad);
	}
	buf_drop_head(&decoder->cut, decoder->cut.len - raw.len);
	return flow == FLOW_MORE ? hand_on_checked(decoder, to) : flow;
}

static enum flow decode_foreign(struct decoder *decoder, struct span raw, const struct target *to)
{
	enum flow flow = FLOW_MORE;

	while (raw.len && flow == FLOW_MORE) {
		size_t more = WINDOW - decoder->cut.len;

		buf_add(&decoder->cut, span_head(raw, more));
		raw = span_skip(raw, more);
		if (decoder->cut.len == WINDOW)
			flow = decode_window(decoder, to);
	}
	return flow;
}

static enum flow end_foreign(struct decoder *decoder, const struct target *to)
{
	enum flow flow = decode_window(decoder, to);

	if (flow != FLOW_MORE)
		return flow;
	buf_clear(&decoder->text);
	foreign_end(&decoder->foreign, &decoder->text);
	if (decoder->cut.len)
		flow = mend(decoder, decoder->at, decoder->cut.len, NULL, to);
	return flow == FLOW_MORE ? hand_on_checked(decoder, to) : flow;
}

/* --- pieces -------------------------------------------------------------------------------------------- */

static enum flow decode(struct decoder *decoder, struct span raw, const struct target *to)
{
	if (decoder->encoding == ENCODING_UTF_8)
		return decode_utf_8(decoder, raw, to);
	if (encoding_is_table(decoder->encoding))
		return decode_table(decoder, raw, to);
	return decode_units(decoder, raw, to);
}

/* Where `raw` may be cut without splitting a character of UTF-8 or a unit. */
static size_t whole(enum encoding encoding, struct span raw)
{
	return encoding == ENCODING_UTF_8 ? utf8_whole(raw) : raw.len & ~(encoding_unit(encoding) - 1);
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

	if (decoder->encoding == ENCODING_OTHER)
		return decode_foreign(decoder, raw, to);
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

	decoder->encoding = encoding_guess(decoder->guesser, buf_span(&decoder->head), decoder->has_nul);
	flow = decode_piece(decoder, buf_span(&decoder->head), to);
	buf_clear(&decoder->head);
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
	if (flow != FLOW_MORE)
		return flow;
	if (decoder->encoding == ENCODING_OTHER)
		flow = end_foreign(decoder, &to);
	else if (encoding_unit(decoder->encoding) > 1)
		flow = end_units(decoder, buf_span(&decoder->cut), &to);
	else if (decoder->cut.len)
		flow = decode(decoder, buf_span(&decoder->cut), &to);
	buf_clear(&decoder->cut);
	return flow;
}

/* --- life ---------------------------------------------------------------------------------------------- */

static bool unknown_name(const char *name, int error, struct diag *why)
{
	const char *nearest = encoding_nearest(span_from(name));

	if (error != EINVAL)
		diag_set(why, "option '--from': cannot read '%s': %s", name, strerror(error));
	else if (nearest)
		diag_set(why,
			"option '--from': unknown encoding '%s'; did you mean '%s'? 'iconv -l' lists others",
			name, nearest);
	else
		diag_set(why, "option '--from': unknown encoding '%s'; 'iconv -l' lists those there are",
			name);
	return false;
}

/* The part of opening that depends on which encoding it is. */
static bool open_named(struct decoder *decoder, struct diag *why)
{
	int error;

	if (decoder->named == ENCODING_AUTO) {
		decoder->guesser = mem_new(1, sizeof(*decoder->guesser));
		guesser_init(decoder->guesser);
	}
	if (decoder->named != ENCODING_OTHER)
		return true;
	error = foreign_open(&decoder->foreign, decoder->name);
	return error == 0 || unknown_name(decoder->name, error, why);
}

bool decoder_open(struct decoder *decoder, const char *name, bool has_nul, struct diag *why)
{
	size_t unit;

	decoder->name = name;
	decoder->named = encoding_by_name(span_from(name));
	decoder->has_nul = has_nul;
	if (!open_named(decoder, why))
		return false;
	unit = decoder->named == ENCODING_OTHER ? decoder->foreign.unit : encoding_unit(decoder->named);
	if (has_nul || unit == 1)
		return true;
	diag_set(why, "'--from=%s' goes with text framing only, for its characters hold NULs", name);
	return false;
}

void decoder_begin(struct decoder *decoder, struct utf8_repair *repair)
{
	decoder->encoding = decoder->named;
	decoder->at_start = true;
	decoder->repair = repair;
	decoder->at = 0;
	decoder->high = 0;
	if (decoder->guesser)
		decoder->guesser->cpu = repair->cpu;
	buf_clear(&decoder->head);
	buf_clear(&decoder->cut);
}

void decoder_release(struct decoder *decoder)
{
	foreign_release(&decoder->foreign);
	free(decoder->guesser);
	buf_release(&decoder->head);
	buf_release(&decoder->cut);
	buf_release(&decoder->text);
}
