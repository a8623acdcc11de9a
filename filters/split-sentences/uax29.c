/* SPDX-License-Identifier: MIT
 * uax29.c - UAX #29, section 5, as a machine over characters.
 *
 * In UAX29_TEXT, _TERM and _CLOSE the bytes of the piece are put out as they are, in long runs; from
 * UAX29_SPACE on they are held until SB8, SB8a or SB11 has decided. */
#include "filters/split-sentences/uax29.h"

#include "common/unicode.h"
#include "filters/split-sentences/context.h"
#include "filters/split-sentences/offsets.h"

/* ends_ or stays_, and what --explain calls the rule. */
static const char *const names[UAX29_RULES] = {
	[UAX29_SB2] = "ends_sb2",
	[UAX29_SB4] = "ends_sb4",
	[UAX29_SB11] = "ends_sb11",
	[UAX29_SB6] = "stays_sb6",
	[UAX29_SB7] = "stays_sb7",
	[UAX29_SB8] = "stays_sb8",
	[UAX29_SB8A] = "stays_sb8a",
};

/* A piece being worked on: what is before `start` is put out or held. */
struct run {
	struct uax29 *machine;
	struct span piece;
	size_t start, at;
	struct sink out;
};

static enum flow put_verbatim(struct run *run)
{
	struct span text = span_of(run->piece.at + run->start, run->at - run->start);

	run->start = run->at;
	return sink_put(run->out, text);
}

static struct span without_last_space(struct span text)
{
	while (text.len) {
		struct rune rune = utf8_last(text);

		if (!unicode_is_white_space(rune.value))
			break;
		text.len -= rune.len;
	}
	return text;
}

static bool is_held(const struct uax29 *machine)
{
	return machine->phase >= UAX29_SPACE;
}

/* Puts what was held, the white space only if no line end comes in its place, and goes back to text. */
static enum flow settle(struct uax29 *machine, bool keep_space, struct span line_end, struct sink out)
{
	struct span space = buf_span(&machine->space);
	struct span kept = keep_space ? space : without_last_space(space);
	enum flow flow = sink_put(out, kept);

	if (flow == FLOW_MORE)
		flow = drop_gap(out, span_skip(space, kept.len));
	if (flow == FLOW_MORE && line_end.len)
		flow = put_sentence_end(out, SPAN(""));
	if (flow == FLOW_MORE)
		flow = sink_put(out, buf_span(&machine->ahead));
	buf_clear(&machine->space);
	buf_clear(&machine->ahead);
	machine->phase = UAX29_TEXT;
	machine->last_cased = false;
	return flow;
}

/* Settles in front of the character at hand. */
static enum flow settle_here(struct run *run, bool keep_space, struct span line_end)
{
	enum flow flow = is_held(run->machine) ? FLOW_MORE : put_verbatim(run);

	run->start = run->at;
	return flow == FLOW_MORE ? settle(run->machine, keep_space, line_end, run->out) : flow;
}

/* Goes to a phase that holds, the character at hand included. */
static enum flow hold(struct run *run, enum uax29_phase phase, struct buf *into, size_t len)
{
	enum flow flow = is_held(run->machine) ? FLOW_MORE : put_verbatim(run);

	run->machine->phase = phase;
	buf_add(into, span_of(run->piece.at + run->at, len));
	run->start = run->at + len;
	return flow;
}

static enum flow take_line_end(struct run *run, struct rune rune)
{
	enum flow flow;

	if (rune.value == '\n')
		return FLOW_MORE;
	flow = put_verbatim(run);
	run->start = run->at + rune.len;
	if (rune.value == '\r')
		run->machine->phase = UAX29_CR;
	else if (flow == FLOW_MORE)
		flow = put_line_end(run->out, span_head(span_skip(run->piece, run->at), rune.len));
	return flow;
}

static enum flow take_text(struct run *run, enum sb class, struct rune rune)
{
	struct uax29 *machine = run->machine;
	bool after_cased = machine->last_cased;

	machine->last_cased = class == SB_UPPER || class == SB_LOWER;
	if (class == SB_ATERM || class == SB_STERM) {
		machine->phase = UAX29_TERM;
		machine->full_stop = class == SB_ATERM;
		machine->after_cased = after_cased;
		machine->term_at = machine->piece_at + run->at;
		machine->term_end = machine->term_at + rune.len;
		return FLOW_MORE;
	}
	return class == SB_CR || class == SB_LF || class == SB_SEP ? take_line_end(run, rune) : FLOW_MORE;
}

/* --- what was decided ------------------------------------------------------------------------------------ */

enum { SHOWN_MAX = 64 }; /* bytes of a row */

/* The word in front of the terminator, with that and what is attached to it. */
static struct span judged(const struct uax29 *machine)
{
	struct span text =
		span_head(buf_span(&machine->recent), (size_t)(machine->term_end - machine->base));
	size_t least = text.len > SHOWN_MAX ? text.len - SHOWN_MAX : 0;
	size_t start = span_head(text, (size_t)(machine->term_at - machine->base)).len;

	while (start > least) {
		struct rune rune = utf8_last(span_head(text, start));

		if (unicode_is_white_space(rune.value) || start - rune.len < least)
			break;
		start -= rune.len;
	}
	for (start = start < least ? least : start; start < text.len; start++)
		if (((unsigned char)text.at[start] & 0xC0) != 0x80)
			break;
	return span_skip(text, start);
}

static void note(struct uax29 *machine, enum uax29_rule rule)
{
	const char *name = names[rule];

	machine->tally[rule]++;
	if (machine->explain.file && machine->explained == FLOW_MORE)
		machine->explained = explain_row(&machine->explain, buf_span(&machine->recent),
			machine->base, judged(machine), name[0] == 'e', strchr(name, '_') + 1);
}

/* Of what was seen, keeps what a row may still show. */
static void forget(struct uax29 *machine)
{
	uint64_t end = machine->base + machine->recent.len;
	uint64_t from = machine->phase == UAX29_TEXT || machine->phase == UAX29_CR ? end : machine->term_at;
	size_t drop = from - machine->base > SHOWN_MAX ? (size_t)(from - machine->base) - SHOWN_MAX : 0;

	explain_count(&machine->explain, buf_span(&machine->recent), machine->base, machine->base + drop);
	buf_drop_head(&machine->recent, drop);
	machine->base += drop;
}

/* --- behind a terminator ------------------------------------------------------------------------------- */

enum step { JOIN, BREAK, PARAGRAPH, CLOSE, SPACE, LOOK_AHEAD };

static enum step decided(struct uax29 *machine, enum uax29_rule rule, enum step step)
{
	note(machine, rule);
	return step;
}

static enum step judge_full_stop(struct uax29 *machine, enum sb class)
{
	bool adjacent = machine->phase == UAX29_TERM;

	if (adjacent && class == SB_NUMERIC)
		return decided(machine, UAX29_SB6, JOIN);
	if (adjacent && class == SB_UPPER && machine->after_cased)
		return decided(machine, UAX29_SB7, JOIN);
	if (class == SB_LOWER)
		return decided(machine, UAX29_SB8, JOIN);
	return class == SB_UPPER || class == SB_OLETTER ? decided(machine, UAX29_SB11, BREAK) : LOOK_AHEAD;
}

static enum step judge(struct uax29 *machine, enum sb class)
{
	switch (class) {
	case SB_CR:
	case SB_LF:
	case SB_SEP:
		return decided(machine, UAX29_SB4, PARAGRAPH);
	case SB_ATERM:
	case SB_STERM:
	case SB_SCONTINUE:
		return decided(machine, UAX29_SB8A, JOIN);
	case SB_SP:
		return SPACE; /* SB9, SB10 */
	case SB_CLOSE:
		if (machine->phase != UAX29_SPACE)
			return CLOSE; /* SB9 */
		break;
	default:
		break;
	}
	return machine->full_stop ? judge_full_stop(machine, class) : decided(machine, UAX29_SB11, BREAK);
}

static enum flow take_behind_terminator(struct run *run, enum sb class, struct rune rune)
{
	struct uax29 *machine = run->machine;
	enum step step = judge(machine, class);
	enum flow flow;

	switch (step) {
	case CLOSE:
		machine->phase = UAX29_CLOSE;
		machine->term_end = machine->piece_at + run->at + rune.len;
		return FLOW_MORE;
	case SPACE:
		return hold(run, UAX29_SPACE, &machine->space, rune.len);
	case LOOK_AHEAD:
		return hold(run, UAX29_AHEAD, &machine->ahead, rune.len);
	default:
		flow = settle_here(run, step == JOIN, step == BREAK ? SPAN("\n") : SPAN(""));
		return flow == FLOW_MORE ? take_text(run, class, rune) : flow;
	}
}

static enum flow take_ahead(struct run *run, enum sb class, struct rune rune)
{
	enum flow flow;

	switch (class) {
	case SB_LOWER:
		note(run->machine, UAX29_SB8);
		flow = settle_here(run, true, SPAN(""));
		break;
	case SB_UPPER:
	case SB_OLETTER:
	case SB_ATERM:
	case SB_STERM:
	case SB_CR:
	case SB_LF:
	case SB_SEP:
		note(run->machine, UAX29_SB11);
		flow = settle_here(run, false, SPAN("\n"));
		break;
	default:
		return hold(run, UAX29_AHEAD, &run->machine->ahead, rune.len);
	}
	return flow == FLOW_MORE ? take_text(run, class, rune) : flow;
}

/* SB5: what is ignored belongs to the character before it. */
static enum flow take_ignored(struct run *run, struct rune rune)
{
	struct uax29 *machine = run->machine;

	if (machine->phase == UAX29_SPACE)
		return hold(run, UAX29_SPACE, &machine->space, rune.len);
	if (machine->phase == UAX29_AHEAD)
		return hold(run, UAX29_AHEAD, &machine->ahead, rune.len);
	if (machine->phase == UAX29_TEXT)
		return FLOW_MORE;
	machine->term_end = machine->piece_at + run->at + rune.len;
	return FLOW_MORE;
}

/* CR LF stays as it is; a CR alone becomes a line end that readers of lines know. */
static enum flow take_behind_cr(struct run *run, struct rune rune)
{
	bool pair = rune.value == '\n';

	run->machine->phase = UAX29_TEXT;
	return pair ? sink_put(run->out, SPAN("\r")) : put_line_end(run->out, SPAN("\r"));
}

static enum flow take(struct run *run, struct rune rune)
{
	enum sb class = unicode_sentence_break(rune.value);
	enum flow flow = FLOW_MORE;

	if (run->machine->phase == UAX29_CR)
		flow = take_behind_cr(run, rune);
	if (flow != FLOW_MORE)
		return flow;
	if (class == SB_EXTEND || class == SB_FORMAT)
		return take_ignored(run, rune);
	switch (run->machine->phase) {
	case UAX29_TEXT:
		return take_text(run, class, rune);
	case UAX29_AHEAD:
		return take_ahead(run, class, rune);
	default:
		return take_behind_terminator(run, class, rune);
	}
}

/* --- pieces -------------------------------------------------------------------------------------------- */

void uax29_begin(struct uax29 *machine, const struct doc_info *doc)
{
	buf_clear(&machine->space);
	buf_clear(&machine->ahead);
	buf_clear(&machine->recent);
	machine->phase = UAX29_TEXT;
	machine->last_cased = false;
	machine->explained = FLOW_MORE;
	machine->base = machine->piece_at = machine->term_at = machine->term_end = 0;
	explain_begin(&machine->explain, doc);
}

static enum flow take_piece(struct uax29 *machine, struct span piece, struct sink out)
{
	struct run run = { .machine = machine, .piece = piece, .out = out };

	while (run.at < piece.len) {
		struct rune rune = utf8_first(span_skip(piece, run.at));
		enum flow flow = take(&run, rune);

		if (flow != FLOW_MORE)
			return flow;
		run.at += rune.len;
	}
	return put_verbatim(&run);
}

enum flow uax29_text(struct uax29 *machine, struct span piece, struct sink out)
{
	enum flow flow;

	if (machine->explain.file)
		buf_add(&machine->recent, piece);
	flow = take_piece(machine, piece, out);
	machine->piece_at += piece.len;
	if (machine->explain.file)
		forget(machine);
	return flow == FLOW_MORE ? machine->explained : flow;
}

enum flow uax29_end(struct uax29 *machine, struct sink out)
{
	if (machine->phase == UAX29_CR)
		return put_line_end(out, SPAN("\r"));
	if (machine->phase != UAX29_TEXT)
		note(machine, machine->phase == UAX29_AHEAD ? UAX29_SB11 : UAX29_SB2);
	if (machine->explained != FLOW_MORE)
		return machine->explained;
	return settle(machine, false, machine->phase == UAX29_AHEAD ? SPAN("\n") : SPAN(""), out);
}

void uax29_counts(
	const struct uax29 *machine, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	for (int i = 0; i < UAX29_RULES; i++)
		count(ctx, names[i], machine->tally[i]);
}

void uax29_release(struct uax29 *machine)
{
	buf_release(&machine->space);
	buf_release(&machine->ahead);
	buf_release(&machine->recent);
	explain_release(&machine->explain);
}
