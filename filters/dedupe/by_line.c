/* SPDX-License-Identifier: MIT
 * by_line.c - lines are shown to the keeper a few ahead and decided in order. */
#include "filters/dedupe/by_line.h"

#include "common/newlines.h"
#include "filters/dedupe/content.h"

static const struct decision decision_blank = { "drop", "blank", 1 }; /* goes along with a duplicate */

void by_line_init(struct by_line *by, struct keeper *keeper, bool paragraphs)
{
	*by = (struct by_line){ .keeper = keeper, .paragraphs = paragraphs };
	overlong_init(&by->overlong, keeper);
	by->no_blanks = keeper->options.shards > 1;
	by->has_prefixes = keeper->options.counts || keeper->options.numbers;
}

void by_line_release(struct by_line *by)
{
	lines_release(&by->lines);
	overlong_release(&by->overlong);
	buf_release(&by->blanks);
	buf_release(&by->paragraph);
	buf_release(&by->marks);
}

void by_line_begin(struct by_line *by)
{
	by->dropping = by->kept_any = by->dropped_any = false;
	buf_clear(&by->blanks);
	buf_clear(&by->paragraph);
	buf_clear(&by->marks);
	by->line = 0;
	by->is_plain = !by->paragraphs && !by->has_prefixes && keeper_is_plain(by->keeper);
}

static enum flow write_run(struct by_line *by)
{
	enum flow flow = sink_put(by->out, by->run);

	by->run.len = 0;
	return flow;
}

/* Kept lines mostly lie side by side in the piece; one write then does for many. */
static enum flow keep(struct by_line *by, struct span text)
{
	enum flow flow;

	if (by->run.len && by->run.at + by->run.len == text.at) {
		by->run.len += text.len;
		return FLOW_MORE;
	}
	flow = write_run(by);
	by->run = text;
	return flow;
}

static enum flow keep_blanks(struct by_line *by)
{
	enum flow flow = FLOW_MORE;

	if (by->blanks.len == 0)
		return FLOW_MORE;
	flow = write_run(by);
	if (flow == FLOW_MORE)
		flow = sink_put(by->out, buf_span(&by->blanks));
	buf_clear(&by->blanks);
	return flow;
}

/* Leaves `text` out. What was kept before it goes first; blank lines in front of it may still be undecided. */
static enum flow leave_out(struct by_line *by, struct span text, const struct decision *why)
{
	enum flow flow = write_run(by);

	return flow == FLOW_MORE ? sink_drop_ahead(by->out, buf_span(&by->blanks), text, why) : flow;
}

/* Blank lines that would lead or end the document go. */
static enum flow leave_out_blanks(struct by_line *by)
{
	enum flow flow = write_run(by);

	if (flow == FLOW_MORE)
		flow = sink_drop(by->out, buf_span(&by->blanks), &decision_blank);
	buf_clear(&by->blanks);
	return flow;
}

static enum flow decide_blank(struct by_line *by, struct span line)
{
	enum flow flow = FLOW_MORE;

	if (by->dropping || by->no_blanks)
		return leave_out(by, line, &decision_blank);
	if (by->blanks.len + line.len <= BY_LINE_BLANKS) {
		buf_add(&by->blanks, line);
		return FLOW_MORE;
	}
	flow = keep_blanks(by);
	return flow == FLOW_MORE ? keep(by, line) : flow;
}

static enum flow drop(struct by_line *by, struct span line, const struct decision *why)
{
	enum flow flow = by->kept_any ? FLOW_MORE : leave_out_blanks(by);

	by->dropping = by->dropped_any = true;
	return flow == FLOW_MORE ? leave_out(by, line, why) : flow;
}

/* What stands in front of a line goes out behind the lines before it. */
static enum flow add_prefix(struct by_line *by, const struct ruling *ruling)
{
	enum flow flow = write_run(by);

	return flow == FLOW_MORE ? sink_add(by->out, keeper_prefix(by->keeper, ruling)) : flow;
}

static void mark(struct by_line *by, uint64_t number, uint64_t documents)
{
	buf_addf(&by->marks, "%s[%llu,%llu]", by->marks.len ? "," : "", (unsigned long long)number,
		(unsigned long long)documents);
}

static enum flow decide(struct by_line *by, const struct shown_line *shown)
{
	struct ruling ruling;
	enum flow flow;

	if (shown->blank)
		return decide_blank(by, shown->line);
	if (!keeper_rule(by->keeper, shown->ticket, &ruling))
		return FLOW_FAIL;
	if (ruling.drop)
		return drop(by, shown->line, ruling.drop);
	if (ruling.is_shared)
		mark(by, shown->number, ruling.times);
	by->kept_any = true;
	by->dropping = false;
	flow = keep_blanks(by);
	if (flow == FLOW_MORE && by->has_prefixes)
		flow = add_prefix(by, &ruling);
	return flow == FLOW_MORE ? keep(by, shown->line) : flow;
}

/* Decides what was shown and writes what is kept of it. */
static enum flow decide_all(struct by_line *by)
{
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < by->ahead_count && flow == FLOW_MORE; i++)
		flow = decide(by, &by->ahead[i]);
	by->ahead_count = 0;
	return flow == FLOW_MORE ? write_run(by) : flow;
}

static enum flow show(struct by_line *by, struct span line, struct span content, bool is_blank)
{
	struct shown_line *shown = &by->ahead[by->ahead_count];

	shown->line = line;
	shown->blank = is_blank;
	shown->number = by->paragraphs && !is_blank ? by->paragraph_line : by->line;
	if (!is_blank)
		shown->ticket = keeper_show(by->keeper, content);
	if (by->keeper->failed)
		return FLOW_FAIL;
	by->ahead_count += !by->keeper->only_looks;
	return by->ahead_count == BY_LINE_AHEAD ? decide_all(by) : FLOW_MORE;
}

/* The paragraph's memory is used again: it is decided at once. */
static enum flow end_paragraph(struct by_line *by)
{
	struct span paragraph = buf_span(&by->paragraph);
	enum flow flow;

	if (paragraph.len == 0)
		return FLOW_MORE;
	flow = show(by, paragraph, content_of(paragraph), false);
	if (flow == FLOW_MORE)
		flow = decide_all(by);
	buf_clear(&by->paragraph);
	return flow;
}

static enum flow take_line(void *ctx, struct span line)
{
	struct by_line *by = ctx;
	struct span content = content_of(line);
	bool is_blank = content_is_blank(content);
	enum flow flow = FLOW_MORE;

	by->line++;
	if (by->paragraphs && !is_blank) {
		if (by->paragraph.len == 0)
			by->paragraph_line = by->line;
		buf_add(&by->paragraph, line);
		return FLOW_MORE;
	}
	if (by->paragraphs)
		flow = end_paragraph(by);
	if (flow == FLOW_MORE)
		flow = show(by, line, content, is_blank);
	/* A gathered line is borrowed for this call only; those of the piece last until by_line_text ends. */
	return flow == FLOW_MORE && line.at == by->lines.held.at ? decide_all(by) : flow;
}

/* --- many lines at once --------------------------------------------------------------------------------- */

/* Lines of a piece. Blank ones are not among the contents. */
struct batch {
	uint32_t ends[KEEPER_MOST]; /* bytes of the piece behind each */
	struct span contents[KEEPER_MOST];
	bool is_blank[KEEPER_MOST], stays[KEEPER_MOST];
};

/* Fills in the contents of so many lines; returns how many have text. */
static size_t gather(struct batch *batch, const char *at, size_t lines)
{
	size_t start = 0, count = 0;

	for (size_t i = 0; i < lines; start = batch->ends[i++]) {
		struct span content = span_of(at + start, batch->ends[i] - start - 1);

		if (content.len && content.at[content.len - 1] == '\r')
			content.len--;
		batch->contents[count] = content;
		batch->is_blank[i] = !content_starts_with_text(content) && content_is_blank(content);
		count += !batch->is_blank[i];
	}
	return count;
}

static enum flow decide_plain(struct by_line *by, struct span line, bool stays)
{
	enum flow flow;

	if (!stays && by->kept_any && !by->out.drop) {
		by->dropping = by->dropped_any = true;
		return FLOW_MORE;
	}
	if (!stays)
		return drop(by, line, &keeper_duplicate);
	by->kept_any = true;
	by->dropping = false;
	flow = keep_blanks(by);
	return flow == FLOW_MORE ? keep(by, line) : flow;
}

static enum flow decide_batch(struct by_line *by, const struct batch *batch, const char *at, size_t lines)
{
	enum flow flow = FLOW_MORE;
	size_t start = 0, unit = 0;

	for (size_t i = 0; i < lines && flow == FLOW_MORE; start = batch->ends[i++]) {
		struct span line = span_of(at + start, batch->ends[i] - start);

		flow = batch->is_blank[i] ? decide_blank(by, line)
					  : decide_plain(by, line, batch->stays[unit++]);
	}
	return flow;
}

/* Takes the whole lines off `piece`, as many as go together; false in `*more` where there is none. */
static enum flow take_batch(struct by_line *by, struct span *piece, bool *more)
{
	struct batch batch;
	const char *at = piece->at;
	size_t lines = newlines_find(*piece, batch.ends, KEEPER_MOST);

	*more = lines > 0;
	if (lines == 0)
		return FLOW_MORE;
	if (!keeper_take(by->keeper, batch.contents, gather(&batch, at, lines), batch.stays))
		return FLOW_FAIL;
	by->line += lines;
	*piece = span_skip(*piece, batch.ends[lines - 1]);
	return decide_batch(by, &batch, at, lines);
}

/* All whole lines of `piece` go; what is left of it is the start of one. */
static enum flow take_plainly(struct by_line *by, struct span *piece)
{
	enum flow flow = FLOW_MORE;
	bool more = true;

	while (flow == FLOW_MORE && more)
		flow = take_batch(by, piece, &more);
	return flow;
}

/* --- lines too long to hold ------------------------------------------------------------------------------- */

/* The line that ended stays: it goes out behind what waits. */
static enum flow keep_overlong(struct by_line *by, const struct ruling *ruling)
{
	enum flow flow;

	by->kept_any = true;
	by->dropping = false;
	flow = keep_blanks(by);
	if (flow == FLOW_MORE && by->has_prefixes)
		flow = add_prefix(by, ruling);
	if (flow == FLOW_MORE)
		flow = write_run(by);
	return flow == FLOW_MORE ? overlong_put(&by->overlong, by->out) : flow;
}

static enum flow end_overlong(struct by_line *by)
{
	struct ticket ticket = overlong_end(&by->overlong);
	struct ruling ruling;

	by->line++;
	if (by->keeper->failed)
		return FLOW_FAIL;
	if (by->keeper->only_looks)
		return FLOW_MORE;
	if (!keeper_rule(by->keeper, ticket, &ruling))
		return FLOW_FAIL;
	if (ruling.drop)
		return drop(by, SPAN(""), ruling.drop);
	if (ruling.is_shared)
		mark(by, by->line, ruling.times);
	return keep_overlong(by, &ruling);
}

/* Takes what is the line's off `piece`. */
static enum flow continue_overlong(struct by_line *by, struct span *piece)
{
	size_t newline = span_find(*piece, '\n');
	bool is_end = newline < piece->len;
	struct span own = span_head(*piece, newline + is_end);

	*piece = span_skip(*piece, own.len);
	if (!overlong_add(&by->overlong, own))
		return FLOW_FAIL;
	return is_end ? end_overlong(by) : FLOW_MORE;
}

/* The line that the pieces so far did not end. */
static enum flow let_go_overlong(struct by_line *by)
{
	struct span held = buf_span(&by->lines.held);

	if (by->paragraphs || !overlong_is_due(&by->overlong, held, by->out))
		return FLOW_MORE;
	if (!overlong_begin(&by->overlong, held))
		return FLOW_FAIL;
	buf_release(&by->lines.held);
	return FLOW_MORE;
}

/* --- pieces ------------------------------------------------------------------------------------------------- */

enum flow by_line_text(struct by_line *by, struct span piece, struct sink out)
{
	enum flow flow = FLOW_MORE;

	by->out = out;
	if (by->overlong.is_on)
		flow = continue_overlong(by, &piece);
	if (flow == FLOW_MORE && by->is_plain && by->lines.held.len == 0)
		flow = take_plainly(by, &piece);
	if (flow == FLOW_MORE)
		flow = lines_text(&by->lines, piece, take_line, by);
	if (flow == FLOW_MORE)
		flow = decide_all(by);
	return flow == FLOW_MORE ? let_go_overlong(by) : flow;
}

enum flow by_line_end(struct by_line *by, struct sink out)
{
	enum flow flow;

	by->out = out;
	flow = by->overlong.is_on ? end_overlong(by) : lines_end(&by->lines, take_line, by);
	if (flow == FLOW_MORE)
		flow = end_paragraph(by);
	if (by->keeper->only_looks)
		return flow;
	if (flow == FLOW_MORE)
		flow = by->dropped_any ? leave_out_blanks(by) : keep_blanks(by);
	if (flow == FLOW_MORE)
		flow = write_run(by);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}

void by_line_annotate(const struct by_line *by, struct buf *into)
{
	if (by->marks.len == 0)
		return;
	buf_add(into, SPAN("\"shared\":["));
	buf_add(into, buf_span(&by->marks));
	buf_add_byte(into, ']');
}
