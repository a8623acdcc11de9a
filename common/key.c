/* SPDX-License-Identifier: MIT
 * key.c - keys of text: NFC, then full case folding and what does not count, then NFC again.
 *
 * The folding is utf8proc's (CaseFolding.txt, C + F); which characters have one is asked of our own table,
 * so that text without any, as all Arabic, is passed over. */
#include "common/key.h"

#include <utf8proc.h>

#include "common/nfc.h"
#include "common/unicode.h"
#include "common/utf8.h"

const char *const key_words[] = { "exact", "ws", "case", "fold", "search", NULL };

enum {
	TATWEEL = 0x0640, /* stretches a word for looks only */
	FATHATAN = 0x064B,
	SUKUN = 0x0652,
	SUPERSCRIPT_ALEF = 0x0670,
	FOLDED_MAX = 3, /* code points that one folds to, at most: U+0390 */
};

/* Whether KEY_FOLD leaves `cp` out. */
static bool is_decoration(int32_t cp)
{
	return (cp >= FATHATAN && cp <= SUKUN) || cp == TATWEEL || cp == SUPERSCRIPT_ALEF;
}

static bool is_changed(int32_t cp, enum key kind)
{
	return unicode_has(cp, UNICODE_FOLDS) || (kind == KEY_FOLD && is_decoration(cp));
}

bool key_keeps(int32_t cp, enum key kind)
{
	bool combines = unicode_combining_class(cp) || unicode_has(cp, UNICODE_NFC_NO | UNICODE_NFC_MAYBE);

	if (kind == KEY_EXACT)
		return true;
	if (kind == KEY_WS)
		return !unicode_is_white_space(cp);
	return kind != KEY_SEARCH && !combines && !is_changed(cp, kind);
}

/* Bytes at the start of `text` that a key keeps as they are, combining aside. */
static size_t kept_len(struct span text, enum key kind)
{
	size_t at = 0;

	while (at < text.len) {
		unsigned char byte = (unsigned char)text.at[at];
		struct rune rune;

		if (byte < 0x80) {
			if (byte >= 'A' && byte <= 'Z')
				break;
			at++;
			continue;
		}
		rune = utf8_first(span_skip(text, at));
		if (is_changed(rune.value, kind))
			break;
		at += rune.len;
	}
	return at;
}

static void add_changed(struct buf *into, int32_t cp, enum key kind)
{
	int32_t folded[FOLDED_MAX];
	utf8proc_ssize_t count;

	if (kind == KEY_FOLD && is_decoration(cp))
		return;
	count = utf8proc_decompose_char(cp, folded, FOLDED_MAX, UTF8PROC_CASEFOLD, NULL);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		utf8_add(into, folded[i]);
}

/* Returns whether anything changed. */
static bool add_folded(struct buf *into, struct span text, enum key kind)
{
	bool changed = false;

	for (;; changed = true) {
		size_t kept = kept_len(text, kind);
		struct rune rune;

		buf_add(into, span_head(text, kept));
		text = span_skip(text, kept);
		if (text.len == 0)
			return changed;
		rune = utf8_first(text);
		if (rune.len == 1)
			buf_add_byte(into, (char)(rune.value + ('a' - 'A')));
		else
			add_changed(into, rune.value, kind);
		text = span_skip(text, rune.len);
	}
}

/* Makes what `into` holds behind `start` NFC. Folding seldom undoes it: H with a line below has no letter
 * of its own, h with one does. */
static void compose_behind(struct buf *into, size_t start)
{
	struct span added = span_skip(buf_span(into), start);
	size_t clean = nfc_clean_prefix(added);
	struct buf rest = BUF_INIT;

	if (clean == added.len)
		return;
	buf_add(&rest, span_skip(added, clean));
	into->len = start + clean;
	nfc_add(into, buf_span(&rest));
	buf_release(&rest);
}

/* Bytes at the start of `text` that are white space, or that are not. */
static size_t run_len(struct span text, bool white)
{
	size_t at = 0;

	while (at < text.len) {
		unsigned char byte = (unsigned char)text.at[at];
		struct rune rune = { byte, 1 };

		if (byte >= 0x80)
			rune = utf8_first(span_skip(text, at));
		if (unicode_is_white_space(rune.value) != white)
			break;
		at += rune.len;
	}
	return at;
}

bool key_next_word(struct span *text, struct span *word)
{
	*text = span_skip(*text, run_len(*text, true));
	*word = span_head(*text, run_len(*text, false));
	*text = span_skip(*text, word->len);
	return word->len > 0;
}

static void add_words(struct buf *into, struct span text)
{
	size_t start = into->len;
	struct span word;

	while (key_next_word(&text, &word)) {
		if (into->len > start)
			buf_add_byte(into, ' ');
		buf_add(into, word);
	}
}

/* White space beyond ASCII begins with one of four bytes. */
static bool may_start_white_space(unsigned char byte)
{
	return byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3);
}

/* Single spaces between words, and no other white space. */
static bool is_evenly_spaced(struct span text)
{
	bool after_space = true;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		if (byte < ' ' || (byte == ' ' && after_space))
			return false;
		after_space = byte == ' ';
		if (may_start_white_space(byte) &&
			unicode_is_white_space(utf8_first(span_skip(text, i)).value))
			return false;
	}
	return !after_space || text.len == 0;
}

/* Nothing folds, nothing combines, nothing is left out. */
static bool is_folded(struct span text, enum key kind)
{
	const unsigned moves = UNICODE_FOLDS | UNICODE_NFC_NO | UNICODE_NFC_MAYBE;
	size_t at = 0;

	while (at < text.len) {
		unsigned char byte = (unsigned char)text.at[at];
		const struct unicode_record *of;
		struct rune rune;

		if (byte < 0x80) {
			if (byte >= 'A' && byte <= 'Z')
				return false;
			at++;
			continue;
		}
		rune = utf8_first(span_skip(text, at));
		of = unicode_of(rune.value);
		if (of->flags & moves || of->combining_class || (kind == KEY_FOLD && rune.value == TATWEEL))
			return false;
		at += rune.len;
	}
	return true;
}

bool key_is_text(struct span text, enum key kind)
{
	if (kind == KEY_WS)
		return is_evenly_spaced(text);
	return kind == KEY_EXACT || (kind != KEY_SEARCH && is_folded(text, kind));
}

void key_add(struct buf *into, struct span text, enum key kind)
{
	struct buf composed = BUF_INIT;
	size_t start = into->len;

	if (kind == KEY_EXACT) {
		buf_add(into, text);
		return;
	}
	if (kind == KEY_WS) {
		add_words(into, text);
		return;
	}
	if (nfc_clean_prefix(text) < text.len) {
		nfc_add(&composed, text);
		text = buf_span(&composed);
	}
	if (add_folded(into, text, kind))
		compose_behind(into, start);
	buf_release(&composed);
}
