/* SPDX-License-Identifier: MIT
 * layout.c - white space where no sentence ended. Scripts that part words by nothing: UAX #14, classes ID and SA. */
#include "filters/split-sentences/layout.h"

#include "common/unicode.h"
#include "filters/split-sentences/context.h"
#include "filters/split-sentences/offsets.h"

static bool is_white(int32_t cp)
{
	return is_space(cp) || is_line_end(cp);
}

/* How many bytes of text `piece` begins with, up to white space. */
static size_t text_len(struct span piece)
{
	size_t at = 0;

	while (at < piece.len) {
		unsigned char byte = (unsigned char)piece.at[at];

		/* these alone begin white space beyond ASCII */
		if (byte <= ' ' || byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3)) {
			struct rune rune = utf8_first(span_skip(piece, at));

			if (is_white(rune.value))
				break;
			at += rune.len;
		} else {
			at++;
		}
	}
	return at;
}

/* How many bytes may be put as they are: a word, and where nothing is to be tidied all words up to the next line end
 * inside a paragraph. 0 where white space is at hand. */
static size_t calm_len(const struct layout *layout, struct span piece)
{
	uint64_t until = layout->joined ? places_first(layout->joined) - layout->at : UINT64_MAX;
	size_t word = text_len(piece);
	struct span calm = span_head(piece, until < piece.len ? (size_t)until : piece.len);

	if (word == 0 || layout->is_tidy)
		return word;
	while (calm.len > word) {
		struct rune rune = utf8_last(calm);

		if (!is_white(rune.value))
			break;
		calm.len -= rune.len;
	}
	return calm.len;
}

/* --- between words ---------------------------------------------------------------------------------------- */

enum { SOFT_HYPHEN = 0xAD, EM_DASH = 0x2014, ELLIPSIS = 0x2026 };

static bool has_no_spaces(int32_t cp)
{
	switch (unicode_script(cp)) {
	case SCRIPT_HAN:
	case SCRIPT_HIRAGANA:
	case SCRIPT_KATAKANA:
	case SCRIPT_THAI:
	case SCRIPT_LAO:
	case SCRIPT_KHMER:
	case SCRIPT_MYANMAR:
		return true;
	default: /* punctuation for them, forms of double width */
		return (cp >= 0x3001 && cp <= 0x303F) || (cp >= 0xFF01 && cp <= 0xFF65);
	}
}

/* Punctuation that Chinese shares with others. */
static bool is_shared(int32_t cp)
{
	return cp == EM_DASH || cp == ELLIPSIS || (cp >= 0x2018 && cp <= 0x201D);
}

static bool wants_space(int32_t before, int32_t after)
{
	bool left = has_no_spaces(before), right = has_no_spaces(after);

	if (before == SOFT_HYPHEN)
		return false;
	return !(left && (right || is_shared(after))) && !(right && is_shared(before));
}

/* --- white space ---------------------------------------------------------------------------------------- */

/* The held white space goes out as it is. */
static enum flow put_space(struct layout *layout)
{
	enum flow flow = sink_put(layout->to, buf_span(&layout->space));

	buf_clear(&layout->space);
	return flow;
}

static enum flow drop_space(struct layout *layout)
{
	enum flow flow = drop_gap(layout->to, buf_span(&layout->space));

	buf_clear(&layout->space);
	return flow;
}

/* The line is over: what white space there is stands at its end. */
static enum flow end_space(struct layout *layout)
{
	layout->is_join = false;
	return layout->is_tidy ? drop_space(layout) : put_space(layout);
}

static enum flow hold(struct layout *layout, struct span white)
{
	struct span head = SPAN("");

	buf_add(&layout->space, white);
	while (layout->space.len - head.len > LAYOUT_MAX)
		head.len += utf8_first(span_skip(buf_span(&layout->space), head.len)).len;
	if (head.len) {
		enum flow flow = sink_put(layout->to, span_head(buf_span(&layout->space), head.len));

		buf_drop_head(&layout->space, head.len);
		return flow;
	}
	return FLOW_MORE;
}

static bool is_joined_here(const struct layout *layout)
{
	return layout->joined && places_first(layout->joined) == layout->at;
}

static void advance(struct layout *layout, size_t len)
{
	layout->at += len;
	while (layout->joined && places_first(layout->joined) < layout->at)
		places_pop(layout->joined);
}

static enum flow end_paragraph(struct layout *layout)
{
	enum flow flow = end_space(layout);

	layout->is_over |= layout->in_line;
	layout->in_line = false;
	return flow;
}

/* A line end of the document, or a part of one. */
static enum flow take_line_end(struct layout *layout, struct span white)
{
	enum flow flow = end_paragraph(layout);

	if (flow != FLOW_MORE)
		return flow;
	return layout->is_tidy ? drop_gap(layout->to, white) : sink_put(layout->to, white);
}

/* One character of white space. */
static enum flow take_white(struct layout *layout, struct span white, int32_t cp)
{
	enum flow flow = FLOW_MORE;

	if (is_joined_here(layout)) {
		layout->is_join = true;
		flow = drop_space(layout);
	}
	advance(layout, white.len);
	if (flow != FLOW_MORE)
		return flow;
	if (layout->is_join || (layout->is_tidy && !layout->in_line && is_space(cp)))
		return drop_gap(layout->to, white);
	return is_line_end(cp) ? take_line_end(layout, white) : hold(layout, white);
}

/* --- text ------------------------------------------------------------------------------------------------- */

static enum flow put_mark(struct layout *layout)
{
	enum flow flow = put_line_end(layout->to, SPAN(""));

	layout->is_over = false;
	if (!layout->mark || flow != FLOW_MORE)
		return flow;
	flow = sink_put(layout->to, span_from(layout->mark));
	return flow == FLOW_MORE ? put_line_end(layout->to, SPAN("")) : flow;
}

/* What belongs in front of text that begins with `first`. */
static enum flow before_text(struct layout *layout, int32_t first)
{
	bool is_join = layout->is_join;

	layout->is_join = false;
	layout->in_line = true;
	if (layout->is_tidy && layout->is_over)
		return put_mark(layout);
	if (is_join)
		return wants_space(layout->last, first) ? put_word_space(layout->to) : FLOW_MORE;
	return put_space(layout);
}

static enum flow take_text(struct layout *layout, struct span text)
{
	enum flow flow = before_text(layout, utf8_first(text).value);

	advance(layout, text.len);
	layout->last = utf8_last(text).value;
	return flow == FLOW_MORE ? sink_put(layout->to, text) : flow;
}

/* --- the sink ------------------------------------------------------------------------------------------- */

/* A line end that splitting made. */
static enum flow take_made(struct layout *layout, struct span made)
{
	enum flow flow;

	if (is_sentence_end(made)) {
		flow = end_space(layout);
		layout->in_line |= layout->is_tidy; /* the paragraph goes on */
		return flow == FLOW_MORE ? sink_put(layout->to, made) : flow;
	}
	flow = end_paragraph(layout);
	return flow == FLOW_MORE && !layout->is_tidy ? sink_put(layout->to, made) : flow;
}

static enum flow put(void *ctx, struct span piece)
{
	struct layout *layout = ctx;
	enum flow flow = FLOW_MORE;

	if (is_made(piece))
		return take_made(layout, piece);
	while (flow == FLOW_MORE && piece.len) {
		size_t len = calm_len(layout, piece);

		if (len) {
			flow = take_text(layout, span_head(piece, len));
		} else {
			struct rune rune = utf8_first(piece);

			len = rune.len;
			flow = take_white(layout, span_head(piece, len), rune.value);
		}
		piece = span_skip(piece, len);
	}
	return flow;
}

/* White space that the rules took away: what was held in front of it is no longer between words. */
static enum flow drop(void *ctx, struct span undecided, struct span piece, const struct decision *why)
{
	struct layout *layout = ctx;
	enum flow flow = end_space(layout);

	(void)undecided, (void)why;
	advance(layout, piece.len);
	return flow == FLOW_MORE ? drop_gap(layout->to, piece) : flow;
}

struct sink layout_sink(struct layout *layout, struct sink out)
{
	if (!layout->is_wanted)
		return out;
	layout->to = out;
	return (struct sink){ .put = put, .drop = drop, .ctx = layout };
}

/* --- documents ------------------------------------------------------------------------------------------ */

void layout_begin(struct layout *layout)
{
	layout->at = 0;
	buf_clear(&layout->space);
	layout->is_join = layout->in_line = layout->is_over = false;
}

enum flow layout_end(struct layout *layout)
{
	return layout->is_wanted ? end_space(layout) : FLOW_MORE;
}

void layout_release(struct layout *layout)
{
	buf_release(&layout->space);
}
