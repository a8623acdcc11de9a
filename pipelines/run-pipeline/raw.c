/* SPDX-License-Identifier: MIT
 * raw.c - read again, byte by byte. */
#include "raw.h"

#include "common/json_string.h"
#include "filters/normalize/decode.h"

/* Notes that bytes [start, end) became what stands in `text` from `out` on. */
static void note(
	struct origin *origin, const struct buf *text, size_t out, struct span in, size_t start, size_t end)
{
	bool same;

	if (out == text->len && start == end)
		return;
	same = text->len - out == end - start && memcmp(text->at + out, in.at + start, end - start) == 0;

	origin_add(origin, (struct origin_part){ out, text->len, start, end, SPAN("-"),
				   same ? PART_SAME : PART_CHANGED });
}

/* --- strings of JSON ---------------------------------------------------------------------------------------- */

/* Bytes of the escape, or of the one byte, that `string` begins with; of surrogates both. */
static size_t unit_len(struct span string)
{
	if (string.at[0] != '\\')
		return 1;
	if (string.len < 6 || string.at[1] != 'u')
		return 2;
	if (string.len >= 12 && (string.at[2] | 32) == 'd' && strchr("89abAB", string.at[3]) &&
		string.at[6] == '\\' && string.at[7] == 'u' && (string.at[8] | 32) == 'd' &&
		strchr("cdefCDEF", string.at[9]))
		return 12;
	return 6;
}

static void read_escapes(struct raw *raw, struct span string)
{
	for (size_t at = 0, len; at < string.len; at += len) {
		size_t out = raw->bytes.len;

		len = unit_len(span_skip(string, at));
		json_unescape(&raw->bytes, span_of(string.at + at, len), CPU_SCALAR);
		note(&raw->escapes, &raw->bytes, out, string, at, at + len);
	}
}

/* --- encodings ---------------------------------------------------------------------------------------------- */

static enum flow take(void *ctx, struct span text)
{
	buf_add(ctx, text);
	return FLOW_MORE;
}

static const char *word_of(const struct decoder *decoder, const char *name)
{
	if (decoder->encoding == ENCODING_AUTO)
		return encoding_words[ENCODING_UTF_8];
	return decoder->encoding < ENCODING_OTHER ? encoding_words[decoder->encoding] : name;
}

/* Decodes all of `bytes`, `step` at a time; what it is called is told. */
static bool decode(struct raw *raw, struct span bytes, const struct raw_reading *reading, size_t step,
	struct diag *why)
{
	struct decoder decoder = { .name = NULL };
	struct utf8_repair repair = { .mode = reading->invalid, .cpu = CPU_SCALAR };
	enum flow flow = FLOW_FAIL;
	size_t met = 0, at = 0, out;

	if (decoder_open(&decoder, raw->encoding, true, why)) {
		decoder_begin(&decoder, &repair);
		flow = FLOW_MORE;
	}
	for (; at < bytes.len && flow == FLOW_MORE; at += step) {
		out = raw->text.len;
		step = step < bytes.len - at ? step : bytes.len - at;
		flow = decoder_text(&decoder, span_of(bytes.at + at, step), take, &raw->text, why);
		if (raw->text.len == out)
			continue;
		note(&raw->decoded, &raw->text, out, bytes, met, at + step);
		met = at + step;
	}
	out = raw->text.len;
	if (flow == FLOW_MORE)
		flow = decoder_end(&decoder, take, &raw->text, why);
	note(&raw->decoded, &raw->text, out, bytes, met, bytes.len);
	raw->encoding = word_of(&decoder, raw->encoding);
	decoder_release(&decoder);
	utf8_repair_release(&repair);
	return flow == FLOW_MORE;
}

/* Which encoding it is takes all of it to know; then it is read as that. */
static bool read_encoded(
	struct raw *raw, struct span bytes, const struct raw_reading *reading, struct diag *why)
{
	raw->encoding = reading->encoding;
	if (encoding_by_name(span_from(raw->encoding)) == ENCODING_AUTO &&
		!decode(raw, bytes, reading, bytes.len + 1, why))
		return false;
	buf_clear(&raw->text);
	origin_clear(&raw->decoded);
	return decode(raw, bytes, reading, 1, why);
}

/* --- UTF-8 -------------------------------------------------------------------------------------------------- */

static bool read_mended(
	struct raw *raw, struct span bytes, const struct raw_reading *reading, struct diag *why)
{
	struct utf8_repair repair = { .mode = reading->invalid, .cpu = CPU_SCALAR };
	bool good = true;

	raw->encoding = encoding_words[ENCODING_UTF_8];
	for (size_t at = 0, len; at < bytes.len && good; at += len) {
		struct span rest = span_skip(bytes, at), text;
		size_t out = raw->text.len;

		len = utf8_valid_prefix(rest, CPU_SCALAR);
		if (len == 0)
			len = utf8_bad_part(rest);
		good = utf8_repair_piece(&repair, span_head(rest, len), &text, why);
		buf_add(&raw->text, good ? text : SPAN(""));
		note(&raw->decoded, &raw->text, out, bytes, at, at + len);
	}
	utf8_repair_release(&repair);
	return good;
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

bool raw_read(struct raw *raw, struct span document, const struct raw_reading *reading, struct diag *why)
{
	struct span bytes = document;

	buf_clear(&raw->bytes);
	buf_clear(&raw->text);
	origin_clear(&raw->escapes);
	origin_clear(&raw->decoded);
	if (reading->is_json) {
		read_escapes(raw, document);
		bytes = buf_span(&raw->bytes);
	}
	return reading->encoding ? read_encoded(raw, bytes, reading, why)
				 : read_mended(raw, bytes, reading, why);
}

void raw_find(const struct raw *raw, size_t start, size_t end, struct pieces *into)
{
	struct pieces bytes = { .items = NULL };
	bool is_json = raw->escapes.count > 0;

	origin_find(&raw->decoded, start, end, is_json ? &bytes : into);
	for (size_t i = 0; i < bytes.count; i++)
		origin_find(&raw->escapes, bytes.items[i].start, bytes.items[i].end, into);
	pieces_release(&bytes);
}

void raw_release(struct raw *raw)
{
	buf_release(&raw->bytes);
	buf_release(&raw->text);
	origin_release(&raw->escapes);
	origin_release(&raw->decoded);
}
