/* SPDX-License-Identifier: MIT
 * cleaner.c - the first step of the rules, one character at a time, and the way around them for calm text. */
#include "filters/normalize/cleaner.h"

#include <assert.h>
#include <utf8proc.h>

#include "common/unicode.h"

/* --- characters ---------------------------------------------------------------------------------------- */

static void feed_again(struct cleaner *cleaner, int32_t cp)
{
	assert(cleaner->again_count < CLEANER_AGAIN);
	cleaner->again[cleaner->again_count++] = cp;
}

/* `cps` come next, in their order. */
static void feed_all_again(struct cleaner *cleaner, const int32_t *cps, size_t count)
{
	while (count)
		feed_again(cleaner, cps[--count]);
}

/* The rule that gave `cp` its kind, or the form that is asked for, has done something. */
static void did(struct cleaner *cleaner, int32_t cp)
{
	int rule;

	if (!cleaner->rules->counts)
		return;
	rule = kinds_rule(cleaner->rules, cp);
	tally_add(cleaner->tally, rule >= 0 ? rule : (int)cleaner->rules->form, 1);
}

static void to_gap(void *ctx, int32_t cp)
{
	struct cleaner *cleaner = ctx;

	gap_add(&cleaner->gap, cp, rules_kind(cleaner->rules, cp));
}

static void tally_tokens(struct cleaner *cleaner)
{
	for (int t = 0; t < TOKENS; t++) {
		uint64_t more = cleaner->tokens.counts[t] - cleaner->tokens_counted[t];

		cleaner->tokens_counted[t] += more;
		if (!more)
			continue;
		tally_add(cleaner->tally, RULE_URLS + t, more);
		writer_mark(&cleaner->writer);
	}
}

static void to_tokens(void *ctx, int32_t cp)
{
	struct cleaner *cleaner = ctx;

	if (!cleaner->rules->tokens.any) {
		to_gap(cleaner, cp);
		return;
	}
	tokens_add(&cleaner->tokens, cp);
	tally_tokens(cleaner);
}

static bool has_bidi(const struct cleaner *cleaner)
{
	return cleaner->rules->on[RULE_STRIP_BIDI] && cleaner->rules->balanced_bidi_stays;
}

/* What the stage has dropped since it had dropped `before`. */
static void tally_bidi(struct cleaner *cleaner, uint64_t before)
{
	if (cleaner->bidi.dropped > before)
		tally_add(cleaner->tally, RULE_STRIP_BIDI, cleaner->bidi.dropped - before);
}

static void to_bidi(struct cleaner *cleaner, int32_t cp)
{
	uint64_t dropped = cleaner->bidi.dropped;

	if (!has_bidi(cleaner)) {
		cleaner->after_cr = false;
		to_tokens(cleaner, cp);
		return;
	}
	bidi_add(&cleaner->bidi, cp);
	/* what goes does not stand between CR and LF, and an opener that LF follows will */
	if (!bidi_may_pair(cp) || (bidi_closes(cp) && cleaner->bidi.dropped == dropped))
		cleaner->after_cr = false;
	tally_bidi(cleaner, dropped);
}

static void end_bidi(struct cleaner *cleaner)
{
	uint64_t dropped = cleaner->bidi.dropped;

	bidi_end(&cleaner->bidi);
	tally_bidi(cleaner, dropped);
}

/* What the matcher holds is no reference. */
static void release_held(struct cleaner *cleaner)
{
	struct entity_matcher *matcher = &cleaner->matcher;

	for (size_t i = 0; i < matcher->held_count; i++)
		to_bidi(cleaner, matcher->held[i]);
	entity_matcher_clear(matcher);
}

/* An ESC that somebody wrote as a reference is a control; it begins no escape sequence. */
static void feed_referred(struct cleaner *cleaner, const int32_t *cps, size_t count)
{
	if (count > 1 || cps[0] >= 0x80 || cps[0] == '&' || cps[0] == ';')
		writer_mark(&cleaner->writer);
	if (rules_kind(cleaner->rules, cps[0]) != KIND_ESCAPE)
		feed_all_again(cleaner, cps, count);
}

/* Whether `cp` is a mark that goes, if only once it is known not to be part of a letter. */
static bool is_dropped_mark(const struct cleaner *cleaner, int32_t cp)
{
	const struct mapping *mapping;

	if (unicode_category(cp) != GC_MARK)
		return false;
	mapping = maps_find(&cleaner->rules->maps, cp);
	return mapping && mapping->count == 0;
}

static void match(struct cleaner *cleaner, int32_t cp)
{
	struct entity_matcher *matcher = &cleaner->matcher;
	enum kind kind = rules_kind(cleaner->rules, cp);

	if (matcher->depth && is_dropped_mark(cleaner, cp)) {
		did(cleaner, cp);
		return;
	}
	if (matcher->depth && kind == KIND_JOINER) {
		entity_matcher_joiner(matcher, cp);
		return;
	}
	if (matcher->depth && kind == KIND_BIDI && entity_matcher_see_through(matcher, cp))
		return;
	switch (entity_matcher_feed(matcher, cp)) {
	case ENTITY_HELD:
		break;
	case ENTITY_DONE:
		tally_add(cleaner->tally, RULE_ENTITIES, 1);
		feed_referred(cleaner, matcher->to, matcher->to_count);
		break;
	case ENTITY_FAILED:
		release_held(cleaner);
		to_bidi(cleaner, cp);
		break;
	case ENTITY_PASSED:
		to_bidi(cleaner, cp);
		break;
	}
}

static void to_references(struct cleaner *cleaner, int32_t cp)
{
	uint64_t gone = cleaner->matcher.joiners_gone;

	if (!cleaner->rules->on[RULE_ENTITIES]) {
		to_bidi(cleaner, cp);
		return;
	}
	match(cleaner, cp);
	if (cleaner->matcher.joiners_gone > gone)
		tally_add(cleaner->tally, RULE_ZWNJ, cleaner->matcher.joiners_gone - gone);
}

static void feed_decomposed(struct cleaner *cleaner, int32_t cp, utf8proc_option_t how)
{
	int32_t parts[32]; /* U+FDFA has 18 */
	utf8proc_ssize_t count = utf8proc_decompose_char(
		cp, parts, sizeof(parts) / sizeof(parts[0]), UTF8PROC_DECOMPOSE | how, NULL);

	did(cleaner, cp);
	feed_all_again(cleaner, parts, (size_t)count);
}

/* C1 controls are punctuation of windows-1252 that somebody took for latin-1; five of them are nothing. */
static void feed_c1(struct cleaner *cleaner, int32_t cp)
{
	int32_t meant = cleaner->matcher.entities->windows_1252[cp - 0x80];

	did(cleaner, cp);
	if (meant != cp)
		feed_again(cleaner, meant);
}

/* An LF that only completes a CR, with at most dropped characters between them, is no line end of its own. */
static void feed_newline(struct cleaner *cleaner)
{
	if (!cleaner->after_cr || cleaner->matcher.depth) {
		to_references(cleaner, '\n');
		return;
	}
	cleaner->after_cr = false;
	if (has_bidi(cleaner))
		end_bidi(cleaner);
}

/* What a mapping makes of `cp` starts again at the front, where it cannot wait for the letter to be composed. */
static void feed_mapped(struct cleaner *cleaner, int32_t cp)
{
	const struct mapping *mapping = maps_find(&cleaner->rules->maps, cp);

	if (!mapping || !mapping->early) {
		to_references(cleaner, cp);
		return;
	}
	did(cleaner, cp);
	feed_all_again(cleaner, mapping->to, mapping->count);
}

/* Whether nothing of the document has been let out, nor is held but spaces that will go. */
static bool is_at_start(const struct cleaner *cleaner)
{
	const struct gap *gap = &cleaner->gap;

	return !gap->started && cleaner->matcher.depth == 0 &&
	       bidi_holds_openers(&cleaner->bidi, cleaner->rules->on[RULE_TRIM]) &&
	       !(cleaner->rules->tokens.any && tokens_wait(&cleaner->tokens)) &&
	       (!gap_waits(gap) || (gap->blank && cleaner->rules->on[RULE_TRIM]));
}

/* Kinds of which nothing becomes but spaces, line ends or themselves. References are looked at when they are known. */
enum {
	HARMLESS = 1u << KIND_CALM | 1u << KIND_NEWLINE | 1u << KIND_SPACE | 1u << KIND_SIGN |
		   1u << KIND_BLANK | 1u << KIND_CR | 1u << KIND_BREAK | 1u << KIND_ENTITY
};

static void feed_one(struct cleaner *cleaner, int32_t cp)
{
	enum kind kind = rules_kind(cleaner->rules, cp);

	if (!(HARMLESS >> kind & 1))
		writer_mark(&cleaner->writer);
	switch (kind) {
	case KIND_DROP:
		did(cleaner, cp);
		break;
	case KIND_BOM:
		if (is_at_start(cleaner))
			did(cleaner, cp);
		else
			to_references(cleaner, cp);
		break;
	case KIND_SWAP:
	case KIND_MAP:
		feed_mapped(cleaner, cp);
		break;
	case KIND_NEWLINE:
		feed_newline(cleaner);
		break;
	case KIND_CR:
		did(cleaner, cp);
		to_references(cleaner, '\n');
		cleaner->after_cr = true;
		break;
	case KIND_BREAK:
		did(cleaner, cp);
		to_references(cleaner, '\n');
		break;
	case KIND_BLANK:
		did(cleaner, cp);
		to_references(cleaner, ' ');
		break;
	case KIND_C1:
		feed_c1(cleaner, cp);
		break;
	case KIND_ESCAPE:
		did(cleaner, cp);
		escape_begin(&cleaner->escape);
		break;
	case KIND_COMPAT:
		feed_decomposed(cleaner, cp, UTF8PROC_COMPAT);
		break;
	case KIND_ASCII:
		feed_decomposed(cleaner, cp, 0);
		break;
	default:
		to_references(cleaner, cp);
	}
}

static void escape_refused(struct cleaner *cleaner)
{
	feed_all_again(cleaner, cleaner->escape.held, cleaner->escape.held_count);
}

static void feed_escape(struct cleaner *cleaner, int32_t cp)
{
	if (escape_feed(&cleaner->escape, cp) == ESCAPE_TAKEN)
		return;
	feed_again(cleaner, cp);
	escape_refused(cleaner);
}

static void feed_pending(struct cleaner *cleaner)
{
	while (cleaner->again_count) {
		int32_t cp = cleaner->again[--cleaner->again_count];

		if (cleaner->escape.state == ESCAPE_NONE)
			feed_one(cleaner, cp);
		else
			feed_escape(cleaner, cp);
	}
}

static void feed(struct cleaner *cleaner, int32_t cp)
{
	feed_again(cleaner, cp);
	feed_pending(cleaner);
}

/* --- pieces -------------------------------------------------------------------------------------------- */

/* Whether nothing is held that the next character could change, but a segment that a calm one closes. */
static bool holds_nothing(const struct cleaner *cleaner)
{
	return cleaner->escape.state == ESCAPE_NONE && cleaner->matcher.depth == 0 &&
	       !cleaner->matcher.letting_go && !bidi_wait(&cleaner->bidi) &&
	       !(cleaner->rules->tokens.any && tokens_wait(&cleaner->tokens)) && !gap_waits(&cleaner->gap);
}

/* The same, and an LF would be a line end of its own. */
static bool is_quiet(const struct cleaner *cleaner)
{
	return !cleaner->after_cr && holds_nothing(cleaner);
}

/* Whether mojibake may begin or go on with `cp`: what seems suspicious (mojibake_suspect.c) has one of these, or a mark that
 * composes. Joiners alone are none: they are looked through there. */
static bool may_join(int32_t cp)
{
	if (cp < 0x2000)
		return cp >= 0x80 && cp < 0x4C0;
	return cp < 0x3000 ? cp > 0x200D || cp < 0x200B : cp >= 0xF8FF && cp <= 0xFFFD && cp / 16 != 0xFE0;
}

/* Whether what is marked, and `next` follows, looks as it did to who judged the line before it was cleaned. Where tokens go,
 * that is not the only question. */
static bool needs_no_mark(const struct cleaner *cleaner, int32_t next)
{
	struct span text = writer_marked(&cleaner->writer);

	if (cleaner->rules->tokens.any || may_join(next))
		return false;
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (may_join(rune.value))
			return false;
		text = span_skip(text, rune.len);
	}
	return true;
}

static void end_mark(struct cleaner *cleaner, int32_t next)
{
	if (cleaner->marks_all)
		return;
	if (needs_no_mark(cleaner, next))
		writer_take_back_mark(&cleaner->writer);
	else
		writer_unmark(&cleaner->writer);
}

/* Lets out what is held in front of `next`, which is calm. Input and output stand at the same place then. */
static void meet(struct cleaner *cleaner, int32_t next)
{
	form_break(&cleaner->form, next);
	if (cleaner->writer.marking)
		end_mark(cleaner, next);
	if (!cleaner->edits.to)
		return;
	writer_flush(&cleaner->writer);
	edits_meet(&cleaner->edits);
}

/* Text is edited in stretches that stay in a first-level cache. */
enum { STRETCH = 16 * 1024 };

static struct scanned scan_stretch(struct cleaner *cleaner, struct span text, struct span *edited)
{
	size_t len = utf8_whole(span_head(text, STRETCH));
	struct scanned scanned;

	buf_clear(&cleaner->edited);
	scanned = scan_edit(cleaner->scanner, span_head(text, len), &cleaner->edited);
	*edited = buf_span(&cleaner->edited);
	return scanned;
}

/* Writes the calm start of `text` and returns its length. Its last character stays: it is what the next one
 * will be judged by. */
static size_t pass_calm(struct cleaner *cleaner, struct span text)
{
	int32_t first = utf8_first(text).value;
	struct scanned scanned;
	struct span passed;

	if (rules_kind(cleaner->rules, first) > KIND_SWAP || form_may_repeat(&cleaner->form, first))
		return 0;
	if (cleaner->scanner->edits) {
		scanned = scan_stretch(cleaner, text, &passed);
	} else {
		scanned = scan_calm(cleaner->scanner, text);
		passed = span_head(text, scanned.calm);
	}
	if (scanned.calm == 0 && !cleaner->edits.to)
		return 0;
	meet(cleaner, first);
	if (scanned.joins || cleaner->marks_all)
		writer_mark(&cleaner->writer);
	writer_put(&cleaner->writer, passed);
	if (!cleaner->marks_all)
		writer_unmark(&cleaner->writer);
	edits_in(&cleaner->edits, span_head(text, scanned.calm));
	cleaner->gap.started |= scanned.calm > 0;
	return scanned.calm;
}

static void feed_first(struct cleaner *cleaner, struct span *text)
{
	struct rune rune = utf8_first(*text);

	edits_in(&cleaner->edits, span_head(*text, rune.len));
	feed(cleaner, rune.value);
	*text = span_skip(*text, rune.len);
}

/* What is known of the tokens in a text, in bytes of its start. */
struct tokens_ahead {
	size_t none; /* without any: up to the word in which one may begin, or whose end has not come */
	size_t known; /* what was looked at for that; behind `none` no other word begins in it */
};

static struct tokens_ahead look_ahead(const struct cleaner *cleaner, struct span text)
{
	struct tokens_ahead ahead = { 0, 0 };

	if (!cleaner->rules->tokens.any)
		return (struct tokens_ahead){ text.len, text.len };
	while (ahead.known < text.len) {
		struct rune rune = utf8_first(span_skip(text, ahead.known));

		ahead.known += rune.len;
		if (token_may_begin(&cleaner->rules->tokens, rune.value))
			break;
		if (unicode_is_white_space(rune.value))
			ahead.none = ahead.known;
	}
	return ahead;
}

static void pass_ahead(struct tokens_ahead *ahead, size_t len)
{
	ahead->none -= len < ahead->none ? len : ahead->none;
	ahead->known -= len < ahead->known ? len : ahead->known;
}

enum flow cleaner_text(struct cleaner *cleaner, struct span text)
{
	struct tokens_ahead ahead = { 0, 0 };

	if (cleaner->rules->none)
		return sink_put(cleaner->writer.out, text);
	while (text.len && cleaner->writer.flow == FLOW_MORE) {
		size_t before = text.len;

		if (is_quiet(cleaner)) {
			if (ahead.known == 0)
				ahead = look_ahead(cleaner, text);
			if (ahead.none)
				text = span_skip(text, pass_calm(cleaner, span_head(text, ahead.none)));
		}
		feed_first(cleaner, &text);
		pass_ahead(&ahead, before - text.len);
	}
	return writer_flush(&cleaner->writer); /* the next piece may be long in coming */
}

bool cleaner_is_quiet(const struct cleaner *cleaner)
{
	return is_quiet(cleaner);
}

bool cleaner_is_empty(const struct cleaner *cleaner)
{
	return holds_nothing(cleaner) && cleaner->form.held.len == 0 && cleaner->writer.gathered.len == 0;
}

bool cleaner_flush(struct cleaner *cleaner)
{
	if (!is_quiet(cleaner))
		return false;
	form_break(&cleaner->form, -1);
	writer_flush(&cleaner->writer);
	return true;
}

enum flow cleaner_pass(struct cleaner *cleaner, struct span lines)
{
	if (lines.len == 0)
		return cleaner->writer.flow;
	if (!is_quiet(cleaner))
		return cleaner_text(cleaner, lines);
	meet(cleaner, '\n');
	cleaner->gap.started = true;
	writer_put(&cleaner->writer, lines);
	return cleaner->writer.flow;
}

/* --- life ---------------------------------------------------------------------------------------------- */

void cleaner_init(struct cleaner *cleaner, const struct rules *rules, const struct scanner *scanner,
	const struct entities *entities, struct tally *tally, const struct opt_output *offsets)
{
	cleaner->rules = rules;
	cleaner->scanner = scanner;
	cleaner->tally = tally;
	cleaner->edits.to = offsets && offsets->path && !rules->none ? offsets : NULL;
	cleaner->edits.tally = tally;
	cleaner->matcher.entities = entities;
	cleaner->matcher.folds = rules->on[RULE_CASEFOLD];
	bidi_init(&cleaner->bidi, to_tokens, cleaner);
	tokens_init(&cleaner->tokens, &rules->tokens, to_gap, cleaner);
	cleaner->gap.rules = rules;
	cleaner->gap.tally = cleaner->tally;
	cleaner->gap.form = &cleaner->form;
	form_init(&cleaner->form, rules, cleaner->tally, &cleaner->writer);
}

void cleaner_begin(struct cleaner *cleaner, uint64_t document, struct sink out)
{
	cleaner->after_cr = false;
	bidi_begin(&cleaner->bidi);
	tokens_begin(&cleaner->tokens);
	gap_begin(&cleaner->gap);
	cleaner->writer.out = edits_begin(&cleaner->edits, document, out);
	cleaner->writer.flow = FLOW_MORE;
}

/* Lets out what steps hold for what may follow: nothing will. */
static void finish(struct cleaner *cleaner)
{
	while (cleaner->escape.state != ESCAPE_NONE) {
		cleaner->escape.state = ESCAPE_NONE;
		escape_refused(cleaner);
		feed_pending(cleaner);
	}
	release_held(cleaner);
	cleaner->matcher.letting_go = false;
	end_bidi(cleaner);
	tokens_end(&cleaner->tokens);
	tally_tokens(cleaner);
	gap_end(&cleaner->gap);
	form_break(&cleaner->form, -1);
	gap_begin(&cleaner->gap);
}

enum flow cleaner_end(struct cleaner *cleaner)
{
	finish(cleaner);
	writer_flush(&cleaner->writer);
	edits_meet(&cleaner->edits);
	return cleaner->writer.flow;
}

/* --- text that was mended ------------------------------------------------------------------------------ */

enum flow cleaner_text_for(struct cleaner *cleaner, struct span was, struct span text)
{
	enum flow flow;

	edits_in(&cleaner->edits, was);
	cleaner->edits.muted = true;
	flow = cleaner_text(cleaner, text);
	cleaner->edits.muted = false;
	return flow;
}

static enum flow catch_piece(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static bool try(struct cleaner *cleaner, struct span text, bool last, struct buf *into)
{
	struct sink out = cleaner->writer.out;
	bool again = holds_nothing(cleaner);

	if (again)
		meet(cleaner, '\n');
	writer_flush(&cleaner->writer);
	cleaner->writer.out = (struct sink){ .put = catch_piece, .ctx = into };
	cleaner->edits.muted = true;
	cleaner_text(cleaner, text);
	if (last)
		finish(cleaner);
	again = again && holds_nothing(cleaner);
	if (again)
		form_break(&cleaner->form, -1);
	writer_flush(&cleaner->writer);
	cleaner->edits.muted = false;
	cleaner->writer.out = out;
	return again;
}

bool cleaner_try(struct cleaner *cleaner, struct span text, bool last, struct buf *into)
{
	cleaner->started = cleaner->gap.started;
	return try(cleaner, text, last, into);
}

bool cleaner_try_again(struct cleaner *cleaner, struct span text, bool last, struct buf *into)
{
	bool after_cr = cleaner->after_cr, again;

	cleaner->after_cr = false;
	cleaner->gap.started = cleaner->started; /* what was tried before is taken back */
	again = try(cleaner, text, last, into);
	cleaner->after_cr = after_cr;
	return again;
}

enum flow cleaner_tried(struct cleaner *cleaner, struct span was, struct span cleaned, bool rests)
{
	edits_in(&cleaner->edits, was);
	if (rests)
		writer_unmark(&cleaner->writer);
	else
		writer_mark(&cleaner->writer);
	writer_put(&cleaner->writer, cleaned);
	writer_flush(&cleaner->writer);
	if (is_quiet(cleaner))
		edits_meet(&cleaner->edits);
	return cleaner->writer.flow;
}

void cleaner_release(struct cleaner *cleaner)
{
	bidi_release(&cleaner->bidi);
	tokens_release(&cleaner->tokens);
	edits_release(&cleaner->edits);
	form_release(&cleaner->form);
	buf_release(&cleaner->edited);
	writer_release(&cleaner->writer);
}
