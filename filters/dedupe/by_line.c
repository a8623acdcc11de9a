/* SPDX-License-Identifier: MIT
 * by_line.c - lines are hashed a few ahead and decided in order. */
#include "filters/dedupe/by_line.h"

#include "filters/dedupe/content.h"

static const struct decision decision_duplicate = { "drop", "duplicate", 1 };
static const struct decision decision_blank = { "drop", "blank", 1 }; /* goes along with a duplicate */

void by_line_init(struct by_line *by, struct seen *seen, struct keyer *keyer)
{
	*by = (struct by_line){ .seen = seen, .keyer = keyer };
}

void by_line_release(struct by_line *by)
{
	lines_release(&by->lines);
	buf_release(&by->blanks);
}

void by_line_begin(struct by_line *by)
{
	by->dropping = by->kept_any = by->dropped_any = false;
	buf_clear(&by->blanks);
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

	if (by->dropping)
		return leave_out(by, line, &decision_blank);
	if (by->blanks.len + line.len <= BY_LINE_BLANKS) {
		buf_add(&by->blanks, line);
		return FLOW_MORE;
	}
	flow = keep_blanks(by);
	return flow == FLOW_MORE ? keep(by, line) : flow;
}

static enum flow drop(struct by_line *by, struct span line)
{
	enum flow flow = by->kept_any ? FLOW_MORE : leave_out_blanks(by);

	by->dropping = by->dropped_any = true;
	return flow == FLOW_MORE ? leave_out(by, line, &decision_duplicate) : flow;
}

static enum flow decide(struct by_line *by, const struct hashed_line *hashed)
{
	enum flow flow;

	if (hashed->blank)
		return decide_blank(by, hashed->line);
	by->compared++;
	if (!seen_add(by->seen, hashed->key))
		return drop(by, hashed->line);
	by->kept++;
	by->kept_any = true;
	by->dropping = false;
	flow = keep_blanks(by);
	return flow == FLOW_MORE ? keep(by, hashed->line) : flow;
}

/* Decides what was hashed ahead and writes what is kept of it. */
static enum flow decide_all(struct by_line *by)
{
	enum flow flow = FLOW_MORE;

	for (size_t i = 0; i < by->ahead_count && flow == FLOW_MORE; i++)
		flow = decide(by, &by->ahead[i]);
	by->ahead_count = 0;
	return flow == FLOW_MORE ? write_run(by) : flow;
}

static enum flow hash_line(void *ctx, struct span line)
{
	struct by_line *by = ctx;
	struct hashed_line *hashed = &by->ahead[by->ahead_count++];
	struct span content = content_of(line);

	hashed->line = line;
	hashed->blank = content_is_blank(content);
	if (!hashed->blank) {
		hashed->key = seen_key(by->seen, fingerprint_of(by->keyer, content));
		seen_expect(by->seen, hashed->key);
	}
	/* A gathered line is borrowed for this call only; those of the piece last until by_line_text ends. */
	if (by->ahead_count == BY_LINE_AHEAD || line.at == by->lines.held.at)
		return decide_all(by);
	return FLOW_MORE;
}

enum flow by_line_text(struct by_line *by, struct span piece, struct sink out)
{
	enum flow flow;

	by->out = out;
	flow = lines_text(&by->lines, piece, hash_line, by);
	return flow == FLOW_MORE ? decide_all(by) : flow;
}

enum flow by_line_end(struct by_line *by, struct sink out)
{
	enum flow flow;

	by->out = out;
	flow = lines_end(&by->lines, hash_line, by);
	if (flow == FLOW_MORE)
		flow = by->dropped_any ? leave_out_blanks(by) : keep_blanks(by);
	if (flow == FLOW_MORE)
		flow = write_run(by);
	return flow == FLOW_MORE ? sink_end(out) : flow;
}
