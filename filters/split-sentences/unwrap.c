/* SPDX-License-Identifier: MIT
 * unwrap.c - line ends inside paragraphs become spaces. */
#include "filters/split-sentences/unwrap.h"

#include "common/utf8.h"
#include "filters/split-sentences/context.h"

/* Where the first line end is in `text`; its length when there is none. */
static size_t find_line_end(struct span text)
{
	for (size_t at = 0; at < text.len; at++) {
		unsigned char byte = (unsigned char)text.at[at];

		if (byte == '\n' || byte == '\r')
			return at;
		if ((byte == 0xC2 || byte == 0xE2) && is_line_end(utf8_first(span_skip(text, at)).value))
			return at;
	}
	return text.len;
}

/* What was held is decided. Spaces take the place of a line end that is inside a paragraph. */
static void settle(struct unwrap *unwrap, bool is_inside)
{
	uint64_t place = unwrap->base + unwrap->text.len;

	for (size_t i = 0; is_inside && i < unwrap->held.len; i++)
		if (unwrap->held.at[i] == '\n' || unwrap->held.at[i] == '\r')
			unwrap->held.at[i] = ' ';
	if (is_inside)
		places_add(&unwrap->joined, place);
	if (is_inside && unwrap->counts)
		places_add(&unwrap->counted, place);
	buf_add(&unwrap->text, buf_span(&unwrap->held));
	buf_clear(&unwrap->held);
	unwrap->phase = is_inside ? UNWRAP_TEXT : UNWRAP_GAP;
}

/* Each of these takes from the start of `piece` and returns how many bytes; 0 where the phase has changed instead. */

static size_t take_text(struct unwrap *unwrap, struct span piece)
{
	size_t len = find_line_end(piece);

	if (len == 0)
		unwrap->phase = piece.at[0] == '\n' || piece.at[0] == '\r' ? UNWRAP_HELD : UNWRAP_GAP;
	buf_add(&unwrap->text, span_head(piece, len));
	return len;
}

static size_t take_held(struct unwrap *unwrap, struct span piece)
{
	struct buf *held = &unwrap->held;
	struct rune rune = utf8_first(piece);
	bool is_first = held->len == 0 || (held->len == 1 && held->at[0] == '\r' && rune.value == '\n');

	if (!is_first && !is_space(rune.value)) {
		settle(unwrap, !is_line_end(rune.value));
		return 0;
	}
	buf_add(held, span_head(piece, rune.len));
	if (held->len >= UNWRAP_MAX)
		settle(unwrap, false);
	return rune.len;
}

static size_t take_gap(struct unwrap *unwrap, struct span piece)
{
	struct rune rune = utf8_first(piece);

	if (!is_space(rune.value) && !is_line_end(rune.value)) {
		unwrap->phase = UNWRAP_TEXT;
		return 0;
	}
	buf_add(&unwrap->text, span_head(piece, rune.len));
	return rune.len;
}

static void forget_text(struct unwrap *unwrap)
{
	unwrap->base += unwrap->text.len;
	buf_clear(&unwrap->text);
}

void unwrap_begin(struct unwrap *unwrap)
{
	unwrap->phase = UNWRAP_GAP;
	unwrap->base = 0;
	buf_clear(&unwrap->held);
	buf_clear(&unwrap->text);
	places_clear(&unwrap->joined);
	places_clear(&unwrap->counted);
}

struct span unwrap_text(struct unwrap *unwrap, struct span piece)
{
	forget_text(unwrap);
	while (piece.len) {
		size_t len = unwrap->phase == UNWRAP_TEXT   ? take_text(unwrap, piece)
			     : unwrap->phase == UNWRAP_HELD ? take_held(unwrap, piece)
							    : take_gap(unwrap, piece);

		piece = span_skip(piece, len);
	}
	return buf_span(&unwrap->text);
}

struct span unwrap_end(struct unwrap *unwrap)
{
	forget_text(unwrap);
	settle(unwrap, false);
	return buf_span(&unwrap->text);
}

void unwrap_release(struct unwrap *unwrap)
{
	buf_release(&unwrap->held);
	buf_release(&unwrap->text);
	places_release(&unwrap->joined);
	places_release(&unwrap->counted);
}
