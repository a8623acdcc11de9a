/* SPDX-License-Identifier: MIT
 * utf8_fuzz.c - any bytes made valid, and what is asked of valid text.
 *
 * - Every vector path gives what the scalar one does.
 * - What was mended is valid, mends to itself, and is the same however the bytes were cut.
 * - NFC in pieces is NFC of the whole, and NFC of itself; keys are keys of themselves.
 * - Words tile the text. */
#include "tests/fuzz/fuzz.h"

#include "common/key.h"
#include "common/nfc.h"
#include "common/report.h"
#include "common/utf8.h"
#include "common/word_break.h"

static const char *const levels[] = { "scalar", "ssse3", "avx2" };

/* Mends pieces of at most `longest` bytes (0: whole), cut where the driver may cut. */
static void mend(struct buf *into, struct utf8_repair *repair, struct span raw, size_t longest)
{
	struct span text;
	struct diag why;

	utf8_repair_begin(repair);
	while (raw.len) {
		size_t cut = longest && longest < raw.len ? utf8_whole(span_head(raw, longest)) : raw.len;
		struct span own = fuzz_copy(span_head(raw, cut ? cut : raw.len));

		LAW(utf8_repair_piece(repair, own, &text, &why), "repair does not fail");
		buf_add(into, text);
		free((char *)own.at);
		raw = span_skip(raw, own.len);
	}
}

static void check_levels(struct span raw)
{
	size_t scalar = utf8_valid_prefix(raw, CPU_SCALAR);

	for (size_t i = 1; i < sizeof(levels) / sizeof(levels[0]); i++)
		LAW(utf8_valid_prefix(raw, cpu_best(levels[i])) == scalar, "vectors agree with scalar");
	if (scalar < raw.len) {
		size_t bad = utf8_bad_part(span_skip(raw, scalar));

		LAW(bad >= 1 && bad <= 3 && bad <= raw.len - scalar, "an ill-formed part is 1 to 3 bytes");
	}
	LAW(raw.len - utf8_whole(raw) <= 3, "an unfinished sequence is at most 3 bytes");
}

static void check_mended(struct buf *text, struct span raw, enum invalid mode, size_t longest)
{
	struct utf8_repair one = { .mode = mode, .cpu = cpu_best(NULL) }, other = { .mode = mode };
	struct buf cut = BUF_INIT;
	struct span again;
	struct diag why;

	mend(text, &one, raw, 0);
	mend(&cut, &other, raw, longest);
	fuzz_same(buf_span(text), buf_span(&cut), "cut or whole, bytes are mended alike");
	LAW(one.bad_parts == other.bad_parts && one.document_bad_bytes == other.document_bad_bytes &&
			one.document_bytes == raw.len && other.document_bytes == raw.len,
		"cut or whole, the same is counted");
	LAW(utf8_valid_prefix(buf_span(text), CPU_SCALAR) == text->len, "what was mended is valid");
	LAW(utf8_repair_piece(&one, buf_span(text), &again, &why) && again.at == buf_span(text).at,
		"valid text is not copied");
	buf_release(&cut);
	utf8_repair_release(&one);
	utf8_repair_release(&other);
}

/* As nfc.h says a caller with pieces should do. */
static void nfc_in_pieces(struct buf *into, struct span text, size_t longest)
{
	struct buf held = BUF_INIT;

	while (text.len) {
		size_t cut = utf8_whole(span_head(text, longest < 4 ? 4 : longest));
		struct span piece = span_head(text, cut);
		size_t settled = nfc_settled(piece);

		buf_add(&held, span_head(piece, settled));
		if (settled) {
			nfc_add(into, buf_span(&held));
			buf_clear(&held);
		}
		buf_add(&held, span_skip(piece, settled));
		text = span_skip(text, cut);
	}
	nfc_add(into, buf_span(&held));
	buf_release(&held);
}

static void check_nfc(struct span text, size_t longest)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	size_t clean = nfc_clean_prefix(text);

	nfc_add(&one, text);
	nfc_in_pieces(&other, text, longest);
	fuzz_same(buf_span(&one), buf_span(&other), "NFC in pieces is NFC of the whole");
	LAW(clean <= text.len && span_has_prefix(buf_span(&one), span_head(text, clean)),
		"a clean prefix stays as it is");
	buf_clear(&other);
	nfc_add(&other, buf_span(&one));
	fuzz_same(buf_span(&one), buf_span(&other), "NFC of NFC is itself");
	buf_release(&one);
	buf_release(&other);
}

static void check_keys(struct span text)
{
	for (enum key kind = KEY_EXACT; kind <= KEY_FOLD; kind++) {
		struct buf one = BUF_INIT, other = BUF_INIT;

		key_add(&one, text, kind);
		key_add(&other, buf_span(&one), kind);
		fuzz_same(buf_span(&one), buf_span(&other), "a key is its own key");
		LAW(utf8_valid_prefix(buf_span(&one), CPU_SCALAR) == one.len, "a key is valid UTF-8");
		buf_release(&one);
		buf_release(&other);
	}
}

static void check_words(struct span text)
{
	while (text.len) {
		size_t len = word_break_next(text);

		LAW(len > 0 && len <= text.len, "words move on and stay inside");
		LAW(utf8_whole(span_head(text, len)) == len, "words end between characters");
		text = span_skip(text, len);
	}
}

static void check_escape(struct span raw)
{
	struct buf shown = BUF_INIT;

	report_escape(&shown, raw);
	LAW(utf8_valid_prefix(buf_span(&shown), CPU_SCALAR) == shown.len, "messages are valid UTF-8");
	for (size_t i = 0; i < shown.len; i++)
		LAW((unsigned char)shown.at[i] >= 0x20 && shown.at[i] != 0x7F, "messages hold no controls");
	buf_release(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span raw = fuzz_copy(span_of((const char *)data, size));
	struct buf text = BUF_INIT, dropped = BUF_INIT;
	size_t longest = 1 + size % 37;

	check_levels(raw);
	check_escape(raw);
	check_mended(&dropped, raw, INVALID_DROP, longest);
	check_mended(&text, raw, INVALID_REPLACE, longest);
	check_nfc(buf_span(&text), longest);
	check_keys(buf_span(&text));
	check_words(buf_span(&text));
	buf_release(&text);
	buf_release(&dropped);
	free((char *)raw.at);
	return 0;
}
