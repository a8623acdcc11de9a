/* SPDX-License-Identifier: MIT
 * overlong.c - hashed in passing, spooled, put. */
#include "filters/dedupe/overlong.h"

#include "common/utf8.h"
#include "filters/dedupe/content.h"

void overlong_init(struct overlong *overlong, struct keeper *keeper)
{
	*overlong = (struct overlong){ .keeper = keeper };
	spool_init(&overlong->text, keeper->keys.rows.place);
}

/* Ends the one at hand, which nobody waits for. */
static struct fingerprint print_of(struct overlong *overlong)
{
	struct fingerprint print;

	keying_end(&overlong->keying);
	print = overlong->print ? fingerprinting_end(overlong->print)
				: strong_end(overlong->keeper->strong);
	overlong->print = NULL;
	overlong->is_on = false;
	return print;
}

void overlong_release(struct overlong *overlong)
{
	if (overlong->is_on)
		print_of(overlong);
	spool_release(&overlong->text);
}

bool overlong_is_due(const struct overlong *overlong, struct span held, struct sink out)
{
	return held.len > OVERLONG && !out.drop && keeper_takes_prints(overlong->keeper) &&
	       !content_is_blank(held);
}

/* How many bytes at the end may be a line end. */
static size_t end_of(struct span text)
{
	return text.len - content_of(text).len;
}

static void take_key(struct overlong *overlong, struct span text)
{
	size_t len = end_of(text);

	keying_text(&overlong->keying, span_head(text, text.len - len));
	memcpy(overlong->end, text.at + text.len - len, len);
	overlong->end_len = len;
}

bool overlong_begin(struct overlong *overlong, struct span held)
{
	struct keeper *keeper = overlong->keeper;

	overlong->print = keeper->strong ? NULL : fingerprinting_new();
	if (overlong->print)
		keying_begin(&overlong->keying, keeper->keyer, fingerprinting_add, overlong->print);
	else
		keying_begin(&overlong->keying, keeper->keyer, strong_add, keeper->strong);
	overlong->is_on = true;
	overlong->end_len = 0;
	keeper->failed = !spool_clear(&overlong->text, &keeper->why);
	return !keeper->failed && overlong_add(overlong, held);
}

bool overlong_add(struct overlong *overlong, struct span piece)
{
	struct keeper *keeper = overlong->keeper;

	if (piece.len == 0)
		return true;
	if (span_equal(piece, SPAN("\n")) &&
		span_equal(span_of(overlong->end, overlong->end_len), SPAN("\r"))) {
		overlong->end[overlong->end_len++] = '\n';
	} else {
		keying_text(&overlong->keying, span_of(overlong->end, overlong->end_len));
		take_key(overlong, piece);
	}
	keeper->failed = !spool_add(&overlong->text, piece, &keeper->why);
	return !keeper->failed;
}

struct ticket overlong_end(struct overlong *overlong)
{
	return keeper_show_print(overlong->keeper, print_of(overlong));
}

enum flow overlong_put(struct overlong *overlong, struct sink out)
{
	struct keeper *keeper = overlong->keeper;
	uint64_t at = 0, size = spool_size(&overlong->text);
	char block[16 * 1024];
	enum flow flow = FLOW_MORE;

	while (at < size && flow == FLOW_MORE) {
		size_t len = size - at < sizeof(block) ? (size_t)(size - at) : sizeof(block);

		keeper->failed = !spool_read_all(&overlong->text, at, block, len, &keeper->why);
		if (keeper->failed)
			return FLOW_FAIL;
		len = utf8_whole(span_of(block, len));
		flow = sink_put(out, span_of(block, len));
		at += len;
	}
	return flow;
}
