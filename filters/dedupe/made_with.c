/* SPDX-License-Identifier: MIT
 * made_with.c - lines of words, compared. */
#include "filters/dedupe/made_with.h"

#include "common/buf.h"

static struct span take_word(struct span *line)
{
	struct span word = span_head(*line, span_find(*line, ' '));

	*line = span_skip(*line, word.len + 1);
	return word;
}

static bool has_word(struct span line, struct span word)
{
	while (line.len)
		if (span_equal(take_word(&line), word))
			return true;
	return false;
}

/* The words that only `line` has. */
static void add_own_words(struct buf *into, struct span line, struct span other)
{
	while (line.len) {
		struct span word = take_word(&line);

		if (has_word(other, word))
			continue;
		if (into->len)
			buf_add_byte(into, ' ');
		buf_add(into, word);
	}
	buf_string(into);
}

bool made_with_same(struct span was, struct span now, const char *path, struct diag *why)
{
	struct buf then = BUF_INIT, today = BUF_INIT;

	if (span_equal(was, now))
		return true;
	add_own_words(&then, was, now);
	add_own_words(&today, now, was);
	if (then.len && today.len)
		diag_set(why, "%s: the state was made with %s, not with %s", path, then.at, today.at);
	else if (then.len)
		diag_set(why, "%s: the state was made with %s, and this run is not", path, then.at);
	else
		diag_set(why, "%s: the state was made without %s", path, today.len ? today.at : "that");
	buf_release(&then);
	buf_release(&today);
	return false;
}
