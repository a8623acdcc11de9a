/* SPDX-License-Identifier: MIT
 * keyer.c - normalize as a part of another filter, for the keys that take all of it. */
#include "filters/normalize/keyer.h"

#include <stdlib.h>

#include "common/key_chunk.h"
#include "common/mem.h"
#include "filters/normalize/normalize.h"

typedef void part_fn(void *ctx, struct span part);

/* normalize, opened for its search preset, and where the key at hand goes. */
struct searcher {
	void *options, *state;
	part_fn *part;
	void *ctx;
};

static struct opt_table searcher_table(const struct searcher *searcher)
{
	return (struct opt_table){ .rows = normalize.opts, .values = searcher->options };
}

static bool searcher_open(struct searcher *searcher, const struct host *host, struct diag *why)
{
	static char preset[] = "--preset=search";
	struct host inner = { .cpu = host->cpu, .secret = host->secret, .reads = FRAMING_TEXT };
	char *const words[] = { preset, NULL };
	struct opt_texts operands = { 0 };
	struct opt_table table;
	bool fine;

	searcher->options = mem_new(1, normalize.options_size);
	searcher->state = mem_new(1, normalize.state_size);
	table = searcher_table(searcher);
	opts_init(&table, 1);
	fine = opts_parse(&table, 1, 1, words, &operands, why);
	free(operands.items);
	return fine && normalize.open(searcher->state, searcher->options, &inner, why) == FLOW_MORE;
}

static void searcher_free(struct searcher *searcher)
{
	struct opt_table table = searcher_table(searcher);

	normalize.close(searcher->state);
	opts_release(&table, 1);
	free(searcher->state);
	free(searcher->options);
	free(searcher);
}

static enum flow searcher_put(void *ctx, struct span piece)
{
	const struct searcher *searcher = ctx;

	searcher->part(searcher->ctx, piece);
	return FLOW_MORE;
}

static enum flow searcher_end(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

static struct sink searcher_sink(struct searcher *searcher)
{
	return (struct sink){ .put = searcher_put, .end = searcher_end, .ctx = searcher };
}

/* Nothing can fail: the text is valid, no file is named, and the sink takes all. */
static void searcher_begin(struct searcher *searcher, part_fn *part, void *ctx)
{
	struct doc_info doc = { .ordinal = 1 };
	struct diag why;

	searcher->part = part;
	searcher->ctx = ctx;
	normalize.begin(searcher->state, &doc, searcher_sink(searcher), &why);
}

static void searcher_text(struct searcher *searcher, struct span text)
{
	struct diag why;

	if (text.len)
		normalize.text(searcher->state, text, searcher_sink(searcher), &why);
}

static void searcher_end_text(struct searcher *searcher)
{
	struct diag why;

	normalize.end(searcher->state, searcher_sink(searcher), &why);
}

static void searcher_each(struct searcher *searcher, struct span text, part_fn *part, void *ctx)
{
	searcher_begin(searcher, part, ctx);
	searcher_text(searcher, text);
	searcher_end_text(searcher);
}

bool keyer_open(struct keyer *keyer, enum key kind, const struct host *host, struct diag *why)
{
	*keyer = (struct keyer){ .kind = kind, .scratch = BUF_INIT };
	for (int32_t cp = 0; cp < KEYER_KEEPS; cp++)
		keyer->keeps[cp] = key_keeps(cp, kind);
	if (kind != KEY_SEARCH)
		return true;
	keyer->searcher = mem_new(1, sizeof(*keyer->searcher));
	return searcher_open(keyer->searcher, host, why);
}

void keyer_release(struct keyer *keyer)
{
	if (keyer->searcher)
		searcher_free(keyer->searcher);
	buf_release(&keyer->scratch);
	*keyer = (struct keyer){ 0 };
}

static void add_part(void *into, struct span part)
{
	buf_add(into, part);
}

static void words_each(struct span text, part_fn *part, void *ctx)
{
	bool is_first = true;
	struct span word;

	for (; key_next_word(&text, &word); is_first = false) {
		if (!is_first)
			part(ctx, SPAN(" "));
		part(ctx, word);
	}
}

void keyer_add(struct keyer *keyer, struct buf *into, struct span text)
{
	if (keyer->kind == KEY_SEARCH) {
		searcher_each(keyer->searcher, text, add_part, into);
		return;
	}
	if (keyer->kind == KEY_WS) {
		words_each(text, add_part, into);
		return;
	}
	while (text.len) {
		size_t len = key_chunk(text);

		key_add(into, span_head(text, len), keyer->kind);
		text = span_skip(text, len);
	}
}

struct span keyer_key(struct keyer *keyer, struct span text)
{
	if (key_is_text(text, keyer->kind))
		return text;
	buf_clear(&keyer->scratch);
	keyer_add(keyer, &keyer->scratch, text);
	return buf_span(&keyer->scratch);
}

bool keyer_keeps(const struct keyer *keyer, struct span text)
{
	const unsigned char *at = (const unsigned char *)text.at, *end = at + text.len;

	while (at < end) {
		unsigned cp = *at++;

		if (cp >= 0xE0)
			return false;
		if (cp >= 0x80)
			cp = (cp & 0x1F) << 6 | (*at++ & 0x3F);
		if (!keyer->keeps[cp])
			return false;
	}
	return true;
}

void keyer_each(struct keyer *keyer, struct span text, part_fn *part, void *ctx)
{
	if (keyer->kind == KEY_SEARCH) {
		searcher_each(keyer->searcher, text, part, ctx);
		return;
	}
	if (keyer->kind == KEY_WS || keyer->kind == KEY_EXACT) {
		if (key_is_text(text, keyer->kind))
			part(ctx, text);
		else
			words_each(text, part, ctx);
		return;
	}
	while (text.len) {
		size_t len = key_chunk(text);

		part(ctx, keyer_key(keyer, span_head(text, len)));
		text = span_skip(text, len);
	}
}

/* --- in pieces -------------------------------------------------------------------------------------------- */

void keying_begin(struct keying *keying, struct keyer *keyer, part_fn *part, void *ctx)
{
	*keying = (struct keying){ .keyer = keyer, .part = part, .ctx = ctx };
	if (keyer->kind == KEY_SEARCH)
		searcher_begin(keyer->searcher, part, ctx);
}

/* A word may go on in the next piece. */
static void keying_words(struct keying *keying, struct span piece)
{
	const char *end = piece.at + piece.len, *at = piece.at;
	struct span word;

	while (key_next_word(&piece, &word)) {
		keying->is_apart |= word.at > at;
		if (keying->has_word && keying->is_apart)
			keying->part(keying->ctx, SPAN(" "));
		keying->part(keying->ctx, word);
		keying->has_word = true;
		keying->is_apart = false;
		at = word.at + word.len;
	}
	keying->is_apart |= at < end;
}

/* Of a chunk that reaches to the end of what has come, more may follow; so that an endless one is not looked at for every
 * piece, it is when there is twice as much. */
static void keying_chunks(struct keying *keying, bool is_all)
{
	struct span text = buf_span(&keying->held);
	size_t len;

	while (text.len && ((len = key_chunk(text)) < text.len || is_all)) {
		keying->part(keying->ctx, keyer_key(keying->keyer, span_head(text, len)));
		text = span_skip(text, len);
	}
	buf_drop_head(&keying->held, keying->held.len - text.len);
	keying->enough = 2 * keying->held.len;
}

void keying_text(struct keying *keying, struct span piece)
{
	switch (keying->keyer->kind) {
	case KEY_EXACT:
		keying->part(keying->ctx, piece);
		return;
	case KEY_SEARCH:
		searcher_text(keying->keyer->searcher, piece);
		return;
	case KEY_WS:
		keying_words(keying, piece);
		return;
	default:
		buf_add(&keying->held, piece);
		if (keying->held.len >= keying->enough)
			keying_chunks(keying, false);
	}
}

void keying_end(struct keying *keying)
{
	if (keying->keyer->kind == KEY_SEARCH)
		searcher_end_text(keying->keyer->searcher);
	keying_chunks(keying, true);
	buf_release(&keying->held);
}
