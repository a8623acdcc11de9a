/* SPDX-License-Identifier: MIT
 * mender.c - lines and windows of lines, judged before they are cleaned and again afterwards. */
#include "filters/normalize/mender.h"

enum { ROUNDS_MAX = 8 }; /* mending what was mended; each round makes the text shorter */

static void mender_release(struct mender *mender)
{
	buf_release(&mender->line);
	buf_release(&mender->mended);
	buf_release(&mender->cleaned);
}

/* Offset of the first line of `text` that has to be judged, text.len when none does. Where tokens went, what stood beside
 * them may be a reference or an emoji now: all that has a mark is cleaned again. */
static size_t next_suspect(const struct mender *mender, struct span text)
{
	const struct rules *rules = mender->cleaner->rules;

	if (mender->from && rules->tokens.any)
		return 0;
	if (!rules->on[RULE_FIX_MOJIBAKE])
		return text.len;
	return mojibake_suspect(mender->mojibake, text, mender->cpu);
}

static bool is_suspect(const struct mender *mender, struct span line)
{
	return mender->cleaner->rules->on[RULE_FIX_MOJIBAKE] &&
	       mojibake_suspect(mender->mojibake, line, mender->cpu) < line.len;
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
	if (is_suspect(mender, body) && mojibake_fix(mender->mojibake, body, &mender->mended))
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

/* Tells the cleaner of the document, when there is something for it. */
static void begin_late(struct mender *mender)
{
	if (mender->begun)
		return;
	cleaner_begin(mender->cleaner, 0, mender->cleaner->writer.out);
	mender->cleaner->gap.started = mender->passed;
	mender->begun = true;
}

/* A window inside a line: what comes out is not whole; the next mender judges it. */
static enum flow pass_window(struct mender *mender, struct span window)
{
	struct span text = window;

	begin_late(mender);
	mender->in_windows = mender->cleaner->marks_all = true;
	if (!mend(mender, &text))
		return cleaner_text(mender->cleaner, window);
	tally_add(mender->cleaner->tally, RULE_FIX_MOJIBAKE, 1);
	return cleaner_text_for(mender->cleaner, window, text);
}

/* Cleans `line`, mends what came out and cleans that, until nothing changes. What came out is in `cleaned`; `*rests` says
 * whether nothing in it can be mended. Returns how often something was mended. */
static uint64_t mend_and_clean(struct mender *mender, struct span line, bool last, bool *rests)
{
	struct span was = line;
	uint64_t mended = mend(mender, &line);
	bool again;

	*rests = false;
	buf_clear(&mender->cleaned);
	again = cleaner_try(mender->cleaner, line, last, &mender->cleaned);
	for (int round = 0; again && round < ROUNDS_MAX; round++) {
		line = buf_span(&mender->cleaned);
		if (!mend(mender, &line)) {
			*rests = !mender->cleaner->rules->tokens.any || span_equal(line, was);
			break;
		}
		mended++;
		buf_clear(&mender->cleaned);
		again = cleaner_try_again(mender->cleaner, line, last, &mender->cleaned);
	}
	return mended;
}

/* Whether neither this mender nor one behind it holds anything. */
static bool is_idle(const struct mender *mender)
{
	for (; mender; mender = mender->next)
		if (mender->line.len || (mender->begun && !cleaner_is_empty(mender->cleaner)))
			return false;
	return true;
}

/* Lines that came out of a cleaner and need not be judged. */
static enum flow pass_on(struct mender *mender, struct span lines)
{
	const struct sink *end = NULL;

	if (lines.len == 0)
		return FLOW_MORE;
	if ((mender->begun && !cleaner_is_empty(mender->cleaner)) || !is_idle(mender->next)) {
		begin_late(mender);
		return cleaner_pass(mender->cleaner, lines);
	}
	for (; mender; mender = mender->next) {
		mender->passed = true;
		mender->cleaner->gap.started = true;
		end = mender->end;
	}
	return sink_put(*end, lines);
}

/* Text that need not be judged. Only what came from the input has to be cleaned. */
static enum flow pass_calm(struct mender *mender, struct span text)
{
	if (mender->from && !mender->in_windows)
		return pass_on(mender, text);
	return cleaner_text(mender->cleaner, text);
}

/* The last window of a line, with the line end, if it has one. `last`: it ends the document. */
static enum flow pass_line(struct mender *mender, struct span line, bool last)
{
	uint64_t mended;
	bool rests;
	enum flow flow;

	if (line.len && next_suspect(mender, line) < line.len) {
		begin_late(mender);
		mended = mend_and_clean(mender, line, last, &rests);
		if (mended)
			tally_add(mender->cleaner->tally, RULE_FIX_MOJIBAKE, mended);
		flow = cleaner_tried(
			mender->cleaner, line, buf_span(&mender->cleaned), rests && !mender->in_windows);
	} else {
		flow = pass_calm(mender, line);
	}
	mender->in_windows = mender->cleaner->marks_all = false;
	return flow;
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
		size_t calm = next_suspect(mender, text), len;

		if (calm)
			flow = pass_calm(mender, span_head(text, calm));
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

/* Whether the line that is held need not be judged. */
static bool is_calm_line(const struct mender *mender)
{
	return mender->from && !mender->marked && !mender->in_windows &&
	       mender->line.len <= MOJIBAKE_LONGEST;
}

/* The line that is held has come to its end. */
static enum flow pass_held(struct mender *mender, bool last)
{
	enum flow flow = FLOW_MORE;

	if (is_calm_line(mender))
		flow = pass_on(mender, buf_span(&mender->line));
	else if (mender->line.len)
		flow = pass_long_line(mender, buf_span(&mender->line), last);
	buf_clear(&mender->line);
	mender->marked = false;
	return flow;
}

/* Length of the lines of `text` that are whole. */
static size_t whole_lines(struct span text)
{
	const char *last = memrchr(text.at, '\n', text.len);

	return last ? (size_t)(last - text.at) + 1 : 0;
}

/* --- lines that were cleaned --------------------------------------------------------------------------------- */

static size_t line_start(struct span text, size_t at)
{
	const char *end = at ? memrchr(text.at, '\n', at) : NULL;

	return end ? (size_t)(end - text.at) + 1 : 0;
}

/* Where the line ends that holds what is in front of `at`, or that starts there if it is the first. */
static size_t line_end(struct span text, size_t at)
{
	size_t from = at ? at - 1 : 0;

	return from + span_find(span_skip(text, from), '\n') + 1;
}

/* Whole lines, of which those with marks are judged; `text` stands `before` bytes behind the start of what is marked. */
static enum flow pass_marked(struct mender *mender, struct span text, size_t before)
{
	enum flow flow = FLOW_MORE;
	size_t at = 0;

	for (size_t i = 0; i < mender->from->mark_count && flow == FLOW_MORE; i++) {
		struct writer_mark mark = mender->from->marks[i];
		size_t start, end;

		if (mark.end < before + at || mark.at >= before + text.len)
			continue;
		start = line_start(text, mark.at > before ? mark.at - before : 0);
		end = line_end(text, mark.end - before < text.len ? mark.end - before : text.len);
		if (end <= at)
			continue;
		if (start > at)
			flow = pass_calm(mender, span_of(text.at + at, start - at));
		else
			start = at;
		if (flow == FLOW_MORE)
			flow = pass_lines(mender, span_of(text.at + start, end - start));
		at = end;
	}
	return flow == FLOW_MORE ? pass_calm(mender, span_skip(text, at)) : flow;
}

/* --- one mender ---------------------------------------------------------------------------------------------- */

/* Whether there is a mark from `start` to `end`, or at either. */
static bool has_mark(const struct mender *mender, size_t start, size_t end)
{
	for (size_t i = 0; mender->from && i < mender->from->mark_count; i++)
		if (mender->from->marks[i].at <= end && mender->from->marks[i].end >= start)
			return true;
	return false;
}

static enum flow mender_text(struct mender *mender, struct span text)
{
	enum flow flow = FLOW_MORE;
	size_t before = 0, whole;

	if (mender->line.len) {
		before = span_find(text, '\n') + 1;
		mender->marked |= has_mark(mender, 0, before);
		flow = hold(mender, span_head(text, before));
		if (before <= text.len && flow == FLOW_MORE)
			flow = pass_held(mender, false);
		text = span_skip(text, before);
	}
	whole = whole_lines(text);
	if (flow == FLOW_MORE && whole) {
		struct span lines = span_head(text, whole);

		flow = mender->from ? pass_marked(mender, lines, before) : pass_lines(mender, lines);
	}
	if (flow != FLOW_MORE || whole >= text.len)
		return flow;
	mender->marked |= has_mark(mender, before + whole, before + text.len);
	return hold(mender, span_skip(text, whole));
}

static enum flow mender_end(struct mender *mender)
{
	enum flow flow = pass_held(mender, true);

	return flow == FLOW_MORE && mender->begun ? cleaner_end(mender->cleaner) : flow;
}

/* What a cleaner lets out. Nothing is held back that need not be. */
static enum flow take(void *ctx, struct span text)
{
	struct mender *mender = ctx;
	enum flow flow = mender_text(mender, text);

	if (flow != FLOW_MORE || !mender->begun)
		return flow;
	cleaner_flush(mender->cleaner);
	return mender->cleaner->writer.flow;
}

/* --- all ------------------------------------------------------------------------------------------------------ */

static bool is_empty(const struct menders *menders)
{
	return is_idle(&menders->at[1]);
}

/* What the first cleaner lets out, where edits are told. */
static enum flow take_first(void *ctx, struct span text)
{
	struct menders *menders = ctx;
	enum flow flow;

	if (menders->direct && is_empty(menders))
		return sink_put(menders->end, text);
	flow = take(&menders->at[1], text);
	menders->cleaners[0].edits.apart = !is_empty(menders);
	return flow;
}

static enum flow throw_away(void *ctx, struct span text)
{
	(void)ctx;
	(void)text;
	return FLOW_MORE;
}

/* Whether `line` need not be judged once it is cleaned. */
static bool is_simple(struct menders *menders, struct span line, bool last)
{
	bool rests;

	if (!cleaner_is_quiet(&menders->cleaners[0]) || line.len > MOJIBAKE_LONGEST)
		return false;
	cleaner_begin(&menders->trial, 0, (struct sink){ .put = throw_away });
	menders->trial.gap.started = menders->cleaners[0].gap.started;
	return mend_and_clean(&menders->trial_mender, line, last, &rests) == 0 && rests;
}

/* A line, with its end unless it is the last of the document. */
static enum flow try_line(struct menders *menders, struct span line, bool last)
{
	struct cleaner *cleaner = &menders->cleaners[0];
	enum flow flow;

	menders->direct = is_simple(menders, line, last);
	flow = mender_text(&menders->at[0], line);
	if (last && flow == FLOW_MORE)
		return mender_end(&menders->at[0]);
	if (!menders->direct && flow == FLOW_MORE && cleaner_flush(cleaner))
		edits_meet(&cleaner->edits);
	return flow;
}

/* Lines one by one; of the last one all that has come is held, unless it is a long one. */
static enum flow try_lines(struct menders *menders, struct span text)
{
	enum flow flow = FLOW_MORE;
	struct buf *line = &menders->trial_mender.line;

	while (text.len && flow == FLOW_MORE) {
		size_t len = span_find(text, '\n') + 1;

		buf_add(line, span_head(text, len));
		if (len <= text.len || line->len > MOJIBAKE_LONGEST) {
			flow = try_line(menders, buf_span(line), false);
			buf_clear(line);
		}
		text = span_skip(text, len);
	}
	return flow;
}

bool menders_init(struct menders *menders, const struct rules *rules, const struct entities *entities,
	const struct opt_output *offsets, enum cpu cpu, struct diag *why)
{
	menders->on = rules->on[RULE_FIX_MOJIBAKE] || rules->tokens.any;
	menders->tries = menders->on && offsets->path;
	if (!rules->none)
		scanner_init(&menders->scanner, &rules->kinds, cpu);
	for (size_t i = 0; i < (menders->on ? MENDERS : 1); i++) {
		cleaner_init(&menders->cleaners[i], rules, &menders->scanner, entities, &menders->tally,
			i ? NULL : offsets);
		menders->at[i] = (struct mender){ .mojibake = &menders->mojibake,
			.cleaner = &menders->cleaners[i],
			.cpu = cpu,
			.from = i ? &menders->cleaners[i - 1].writer : NULL,
			.next = i + 1 < MENDERS ? &menders->at[i + 1] : NULL,
			.end = &menders->end };
	}
	if (menders->tries) {
		cleaner_init(
			&menders->trial, rules, &menders->scanner, entities, &menders->trial_tally, NULL);
		menders->trial_mender = (struct mender){ .mojibake = &menders->mojibake,
			.cleaner = &menders->trial,
			.cpu = cpu,
			.begun = true };
	}
	return !rules->on[RULE_FIX_MOJIBAKE] || mojibake_init(&menders->mojibake, why);
}

void menders_release(struct menders *menders)
{
	for (size_t i = 0; i < MENDERS; i++) {
		mender_release(&menders->at[i]);
		cleaner_release(&menders->cleaners[i]);
	}
	mender_release(&menders->trial_mender);
	cleaner_release(&menders->trial);
	mojibake_release(&menders->mojibake);
}

void menders_begin(struct menders *menders, uint64_t document, struct sink out)
{
	struct cleaner *first = &menders->cleaners[0];

	cleaner_begin(first, document, out);
	if (!menders->on)
		return;
	menders->end = first->writer.out;
	first->edits.apart = false;
	menders->at[0].begun = true;
	for (size_t i = 1; i < MENDERS; i++) {
		menders->at[i].begun = menders->at[i].passed = false;
		menders->cleaners[i].writer.out = menders->end;
		menders->cleaners[i - 1].writer.out = (struct sink){ .put = take, .ctx = &menders->at[i] };
	}
	if (menders->tries)
		first->writer.out = (struct sink){ .put = take_first, .ctx = menders };
}

enum flow menders_text(struct menders *menders, struct span text)
{
	if (!menders->on)
		return cleaner_text(&menders->cleaners[0], text);
	return menders->tries ? try_lines(menders, text) : mender_text(&menders->at[0], text);
}

enum flow menders_end(struct menders *menders)
{
	struct buf *tried = &menders->trial_mender.line;
	enum flow flow = FLOW_MORE;

	if (!menders->on)
		return cleaner_end(&menders->cleaners[0]);
	if (tried->len) {
		flow = try_line(menders, buf_span(tried), true);
		buf_clear(tried);
	} else {
		flow = mender_end(&menders->at[0]);
	}
	for (size_t i = 1; i < MENDERS && flow == FLOW_MORE; i++)
		flow = mender_end(&menders->at[i]);
	menders->cleaners[0].edits.apart = false;
	edits_meet(&menders->cleaners[0].edits);
	return flow;
}
