/* SPDX-License-Identifier: MIT
 * mender.c - lines and windows of lines, judged before they are cleaned and again afterwards. */
#include "filters/normalize/mender.h"

enum { ROUNDS_MAX = 8 }; /* mending what was mended; each round makes the text shorter */

bool mender_init(struct mender *mender, struct cleaner *cleaner, enum cpu cpu, struct diag *why)
{
	mender->cleaner = cleaner;
	mender->cpu = cpu;
	mender->on = cleaner->rules->on[RULE_FIX_MOJIBAKE];
	return !mender->on || mojibake_init(&mender->mojibake, why);
}

void mender_release(struct mender *mender)
{
	mojibake_release(&mender->mojibake);
	buf_release(&mender->line);
	buf_release(&mender->mended);
	buf_release(&mender->cleaned);
}

static bool is_suspect(const struct mender *mender, struct span line)
{
	return mojibake_suspect(&mender->mojibake, line, mender->cpu) < line.len;
}

/* Length of what ends a line at the start of `text`; 0: nothing does. */
static size_t line_end_len(const struct mender *mender, struct span text)
{
	if (text.at[0] == '\n')
		return 1;
	if (!mender->cleaner->rules->on[RULE_NEWLINES])
		return 0;
	if (text.at[0] == '\r')
		return 1;
	return span_has_prefix(text, SPAN("\u2028")) || span_has_prefix(text, SPAN("\u2029")) ? 3 : 0;
}

/* The first line of `text` without its end, whose length is `*end`. */
static struct span first_body(const struct mender *mender, struct span text, size_t *end)
{
	size_t len = 0;

	for (*end = 0; len < text.len; len++) {
		*end = line_end_len(mender, span_skip(text, len));
		if (*end)
			break;
	}
	return span_head(text, len);
}

/* Appends `body`, a line without its end, to what was mended; false where there was nothing to mend. */
static bool mend_body(struct mender *mender, struct span body)
{
	if (is_suspect(mender, body) && mojibake_fix(&mender->mojibake, body, &mender->mended))
		return true;
	buf_add(&mender->mended, body);
	return false;
}

/* The lines of `text` mended, with their ends; false where there is nothing to mend. Borrowed until the next one. */
static bool mend(struct mender *mender, struct span *text)
{
	bool mended = false;

	if (!is_suspect(mender, *text))
		return false;
	buf_clear(&mender->mended);
	for (struct span rest = *text; rest.len;) {
		size_t end;
		struct span body = first_body(mender, rest, &end);

		mended |= mend_body(mender, body);
		buf_add(&mender->mended, span_of(body.at + body.len, end));
		rest = span_skip(rest, body.len + end);
	}
	if (mended)
		*text = buf_span(&mender->mended);
	return mended;
}

/* A window inside a line: what comes out is not whole, so it is not judged again. */
static enum flow pass_window(struct mender *mender, struct span window)
{
	struct span text = window;

	if (!mend(mender, &text))
		return cleaner_text(mender->cleaner, window);
	tally_add(&mender->cleaner->tally, RULE_FIX_MOJIBAKE, 1);
	return cleaner_text_for(mender->cleaner, window, text);
}

/* Cleans `line`, mends what came out and cleans that, until nothing changes. What came out is in `cleaned`. Returns
 * how often something was mended. */
static uint64_t mend_and_clean(struct mender *mender, struct span line, bool last)
{
	uint64_t mended = mend(mender, &line);
	bool again;

	buf_clear(&mender->cleaned);
	again = cleaner_try(mender->cleaner, line, last, &mender->cleaned);
	for (int round = 0; again && round < ROUNDS_MAX; round++) {
		line = buf_span(&mender->cleaned);
		if (!mend(mender, &line))
			break;
		mended++;
		buf_clear(&mender->cleaned);
		again = cleaner_try_again(mender->cleaner, line, last, &mender->cleaned);
	}
	return mended;
}

/* The last window of a line, with the line end, if it has one. `last`: it ends the document. */
static enum flow pass_line(struct mender *mender, struct span line, bool last)
{
	uint64_t mended;

	if (!is_suspect(mender, line))
		return cleaner_text(mender->cleaner, line);
	mended = mend_and_clean(mender, line, last);
	if (mended)
		tally_add(&mender->cleaner->tally, RULE_FIX_MOJIBAKE, mended);
	return cleaner_tried(mender->cleaner, line, buf_span(&mender->cleaned));
}

/* Where the first window of `text`, which is longer, ends: behind the last space that fits, or character. */
static size_t window_len(struct span text)
{
	size_t len = MOJIBAKE_LONGEST;

	while (len && text.at[len - 1] != ' ')
		len--;
	if (len)
		return len;
	len = MOJIBAKE_LONGEST;
	while (((unsigned char)text.at[len] & 0xC0) == 0x80)
		len--;
	return len;
}

/* Judges the windows of `line`, but for the last, and takes them off. */
static enum flow pass_windows(struct mender *mender, struct span *line)
{
	enum flow flow = FLOW_MORE;

	while (line->len > MOJIBAKE_LONGEST && flow == FLOW_MORE) {
		size_t len = window_len(*line);

		flow = pass_window(mender, span_head(*line, len));
		*line = span_skip(*line, len);
	}
	return flow;
}

static enum flow pass_long_line(struct mender *mender, struct span line, bool last)
{
	enum flow flow = pass_windows(mender, &line);

	return flow == FLOW_MORE && line.len ? pass_line(mender, line, last) : flow;
}

/* `text` is whole lines. */
static enum flow pass_lines(struct mender *mender, struct span text)
{
	enum flow flow = FLOW_MORE;

	while (text.len && flow == FLOW_MORE) {
		size_t calm = mojibake_suspect(&mender->mojibake, text, mender->cpu), len;

		if (calm)
			flow = cleaner_text(mender->cleaner, span_head(text, calm));
		text = span_skip(text, calm);
		if (text.len == 0 || flow != FLOW_MORE)
			break;
		len = span_find(text, '\n') + 1;
		flow = pass_long_line(mender, span_head(text, len), false);
		text = span_skip(text, len);
	}
	return flow;
}

/* More of a line whose end has not come. */
static enum flow hold(struct mender *mender, struct span text)
{
	struct span line;
	enum flow flow;

	buf_add(&mender->line, text);
	line = buf_span(&mender->line);
	flow = pass_windows(mender, &line);
	buf_drop_head(&mender->line, mender->line.len - line.len);
	return flow;
}

/* The line that is held has come to its end. */
static enum flow pass_held(struct mender *mender, bool last)
{
	enum flow flow = FLOW_MORE;

	if (mender->line.len)
		flow = pass_long_line(mender, buf_span(&mender->line), last);
	buf_clear(&mender->line);
	return flow;
}

/* Length of the lines of `text` that are whole. */
static size_t whole_lines(struct span text)
{
	const char *last = memrchr(text.at, '\n', text.len);

	return last ? (size_t)(last - text.at) + 1 : 0;
}

enum flow mender_text(struct mender *mender, struct span text)
{
	enum flow flow = FLOW_MORE;
	size_t whole;

	if (!mender->on)
		return cleaner_text(mender->cleaner, text);
	if (mender->line.len) {
		size_t end = span_find(text, '\n');

		flow = hold(mender, span_head(text, end + 1));
		if (end < text.len && flow == FLOW_MORE)
			flow = pass_held(mender, false);
		text = span_skip(text, end + 1);
	}
	whole = whole_lines(text);
	if (flow == FLOW_MORE && whole)
		flow = pass_lines(mender, span_head(text, whole));
	return flow == FLOW_MORE && whole < text.len ? hold(mender, span_skip(text, whole)) : flow;
}

enum flow mender_end(struct mender *mender)
{
	enum flow flow = mender->on ? pass_held(mender, true) : FLOW_MORE;

	return flow == FLOW_MORE ? cleaner_end(mender->cleaner) : flow;
}
