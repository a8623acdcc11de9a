/* SPDX-License-Identifier: MIT
 * news.c - the machine around the rules of verdict.c.
 *
 * Four phases: scan for a candidate; gather its cluster; cross the gap (white space) and decide with what
 * follows; after a gap too long to hold, skip the rest of it. A phase that needs more text than there is
 * says so and is asked again when there is more: every decision sees the same bytes however the text was
 * cut. */
#include "filters/split-sentences/news.h"

#include "common/unicode.h"
#include "filters/split-sentences/candidates.h"
#include "filters/split-sentences/offsets.h"
#include "filters/split-sentences/run_on.h"

enum {
	GAP_MAX = 64, /* bytes of white space held while undecided */
	FOOTNOTE_MAX = 16, /* bytes: [12], [a], [note 3] */
	LOOK_MAX = 24, /* bytes that tell what is attached: a footnote, or quotes and what follows them */
};

static struct span rest_at(const struct news *news, size_t at)
{
	return span_skip(buf_span(&news->held), at);
}

static int32_t rune_at(const struct news *news, size_t at)
{
	struct span rest = rest_at(news, at);

	return rest.len ? utf8_first(rest).value : 0;
}

static size_t rune_end(const struct news *news, size_t at)
{
	return at + utf8_first(rest_at(news, at)).len;
}

/* Up to CONTEXT_MAX bytes in front of `at`, whole characters. */
static struct span context_before(const struct news *news, size_t at)
{
	size_t start = at > CONTEXT_MAX ? at - CONTEXT_MAX : 0;

	while (start < at && ((unsigned char)news->held.at[start] & 0xC0) == 0x80)
		start++;
	return span_of(news->held.at + start, at - start);
}

/* Up to CONTEXT_MAX bytes from `at` on, whole characters. */
static struct span context_after(const struct news *news, size_t at)
{
	struct span rest = rest_at(news, at);

	if (rest.len <= CONTEXT_MAX)
		return rest;
	return span_head(rest, utf8_whole(span_head(rest, CONTEXT_MAX)));
}

/* Whether fewer than `len` bytes lie behind `at` although more of the line may follow. */
static bool wants_text(const struct news *news, size_t at, size_t len)
{
	struct span rest = rest_at(news, at);

	return !news->final && rest.len < len && span_find(rest, '\n') == rest.len;
}

/* --- putting out --------------------------------------------------------------------------------------- */

/* The sentences in between are put as one: their line ends stand there only meanwhile, for rules look back at the text
 * as it was. */
static enum flow put_until(struct news *news, size_t end, struct sink out)
{
	struct span text = span_skip(span_head(buf_span(&news->held), end), news->put);
	char was[NEWS_CUTS];
	size_t count = 0;
	enum flow flow;

	for (; count < news->cut_count && news->cuts[count] < end; count++) {
		was[count] = news->held.at[news->cuts[count]];
		news->held.at[news->cuts[count]] = '\n';
	}
	flow = sink_put(out, text);
	for (size_t i = 0; i < count; i++)
		news->held.at[news->cuts[i]] = was[i];
	news->cut_count -= count;
	memmove(news->cuts, news->cuts + count, news->cut_count * sizeof(news->cuts[0]));
	news->put = end;
	return flow;
}

/* Puts all before `end`, drops what lies between `end` and `next`, and goes on there. */
static enum flow pass(struct news *news, size_t end, size_t next, struct sink out)
{
	struct span gap = span_head(rest_at(news, end), next - end);
	enum flow flow;

	if (gap.len == 0) {
		news->at = next;
		return FLOW_MORE;
	}
	flow = put_until(news, end, out);

	news->put = news->at = next;
	return flow == FLOW_MORE ? drop_gap(out, gap) : flow;
}

/* Whether a line end may come in the place of `end` to `next` when that is put out. */
static bool put_later(struct news *news, size_t end, size_t next)
{
	if (!news->unwatched || next - end != 1 || news->cut_count == NEWS_CUTS)
		return false;
	news->cuts[news->cut_count++] = end;
	news->at = next;
	return true;
}

/* The same, and a line end comes between two sentences. */
static enum flow cut(struct news *news, size_t end, size_t next, struct sink out)
{
	enum flow flow;

	if (put_later(news, end, next))
		return FLOW_MORE;
	flow = pass(news, end, next, out);
	if (flow == FLOW_MORE)
		flow = put_until(news, next, out);
	return flow == FLOW_MORE ? put_sentence_end(out, SPAN("")) : flow;
}

/* --- what was decided ---------------------------------------------------------------------------------- */

/* The cluster that ends here, and the word in front of it, as far as they are still held however the text was
 * cut. */
static struct span judged(const struct news *news)
{
	struct span text = context_before(news, news->at);
	struct span left = span_of(news->cluster.left, news->cluster.left_len);
	uint64_t len = news->base + news->at - news->cluster_at;
	struct rune rune;

	while (left.len && (rune = utf8_last(left), !is_space(rune.value) && !is_line_end(rune.value))) {
		left.len -= rune.len;
		len += rune.len;
	}
	return len < text.len ? span_skip(text, text.len - (size_t)len) : text;
}

static enum flow note(struct news *news, struct verdict verdict)
{
	news->tally[verdict.rule][verdict.ends]++;
	if (!news->explain.file)
		return FLOW_MORE;
	return explain_row(&news->explain, buf_span(&news->held), news->base, judged(news), verdict.ends,
		verdict_rule(verdict));
}

/* --- what was decided before --------------------------------------------------------------------------------- */

enum { SEEN_BEFORE = CONTEXT_MAX, SEEN_BEHIND = 2 * CONTEXT_MAX };

/* Of the 24 bytes around `hit`. */
static uint64_t hash_near(const char *hit)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t bytes[3];

	memcpy(bytes, hit - 12, sizeof(bytes));
	return ((bytes[0] * odd ^ bytes[1]) * odd ^ bytes[2]) * odd;
}

/* The memo for a terminator at `hit`, or the one whose place it may take; NULL where less than a memo's text is around
 * it. */
static struct news_memo *memo_at(struct news *news, size_t hit, uint64_t *near)
{
	struct news_memo *set;
	size_t i;

	if (hit < SEEN_BEFORE || news->held.len - hit < SEEN_BEHIND || news->explain.file)
		return NULL;
	*near = hash_near(news->held.at + hit);
	i = *near >> 57;
	set = news->memos[i];
	if (set[0].near == *near || set[1].near == *near)
		return &set[set[1].near == *near];
	return &set[!news->memo_newer[i]];
}

static enum flow decide_again(struct news *news, size_t hit, const struct news_memo *memo, struct sink out)
{
	news->tally[memo->verdict.rule][memo->verdict.ends]++;
	if (memo->verdict.ends && memo->cuts)
		return cut(news, hit + memo->end, hit + memo->next, out);
	news->at = hit + memo->next;
	return FLOW_MORE;
}

/* How far the text from `at` on is the same as `period` bytes later. */
static size_t repeats(struct span text, size_t at, size_t period)
{
	const char *a = text.at + at, *b = a + period;
	size_t len = text.len - at - period, i = 0;

	while (i + 64 <= len && memcmp(a + i, b + i, 64) == 0)
		i += 64;
	while (i < len && a[i] == b[i])
		i++;
	return i;
}

/* The step, of those before the last, with the memo of the last; the last itself when there is none. */
static size_t cycle_start(const struct news *news)
{
	size_t last = news->step_count - 1, i = last;

	while (i > 0 && news->steps[i - 1].memo != news->steps[last].memo)
		i--;
	return i > 0 ? i - 1 : last;
}

/* Where the steps up to this one are a cycle, and the text goes on like that, they count again without being compared. */
static enum flow decide_cycles(struct news *news, struct sink out)
{
	size_t last = news->step_count - 1, first = cycle_start(news), same;
	size_t hit = news->steps[last].hit, period = hit - news->steps[first].hit;
	enum flow flow = FLOW_MORE;

	if (period == 0)
		return FLOW_MORE;
	same = repeats(buf_span(&news->held), news->steps[first].hit, period);
	same = same > period ? same - period : 0; /* from `hit` on */
	for (size_t ahead = period; flow == FLOW_MORE && same >= SEEN_BEHIND + ahead; ahead += period)
		for (size_t i = first + 1; flow == FLOW_MORE && i <= last; i++)
			flow = decide_again(news, news->steps[i].hit + ahead, news->steps[i].memo, out);
	if (same >= SEEN_BEHIND + period)
		news->step_count = 0;
	return flow;
}

static void step_add(struct news *news, const struct news_memo *memo, size_t hit)
{
	if (news->step_count == NEWS_STEPS) {
		news->step_count /= 2;
		memcpy(news->steps, news->steps + NEWS_STEPS - news->step_count,
			news->step_count * sizeof(news->steps[0]));
	}
	news->steps[news->step_count++] = (struct news_step){ memo, hit };
}

/* Whether what is around `hit` was judged before: then that counts again. */
static bool remembered(struct news *news, size_t hit, struct sink out, enum flow *flow)
{
	uint64_t near;
	const struct news_memo *memo = memo_at(news, hit, &near);

	if (!memo || memo->of != news->lexicon || memo->near != near ||
		memcmp(memo->seen, news->held.at + hit - SEEN_BEFORE, sizeof(memo->seen)) != 0) {
		news->step_count = 0;
		return false;
	}
	step_add(news, memo, hit);
	*flow = decide_again(news, hit, memo, out);
	if (*flow == FLOW_MORE)
		*flow = decide_cycles(news, out);
	return true;
}

/* Remembers what was decided, if the same bytes were near a terminator just before: most text is never met again. The
 * verdict comes from CONTEXT_MAX bytes behind `next` at most. */
static void remember(struct news *news, size_t next, struct verdict verdict, bool cuts)
{
	size_t hit = (size_t)(news->cluster_at - news->base);
	struct news_memo *memo;
	uint64_t near;

	if (news->cluster_at < news->base || next - hit > SEEN_BEHIND - CONTEXT_MAX)
		return;
	memo = memo_at(news, hit, &near);
	if (!memo)
		return;
	if (memo->near != near) {
		memo->near = near;
		memo->of = NULL;
		news->memo_newer[near >> 57] = memo == &news->memos[near >> 57][1];
		return;
	}
	memo->of = news->lexicon;
	memo->end = news->at - hit;
	memo->next = next - hit;
	memo->verdict = verdict;
	memo->cuts = cuts;
	memcpy(memo->seen, news->held.at + hit - SEEN_BEFORE, sizeof(memo->seen));
}

/* --- scan ---------------------------------------------------------------------------------------------- */

/* Those of a run of CR that are followed by another. */
static void skip_returns(struct news *news)
{
	const char *s = news->held.at;

	while (news->held.len - news->at >= 2 && s[news->at] == '\r' && s[news->at + 1] == '\r')
		if (!put_later(news, news->at, news->at + 1))
			return;
}

/* CR LF stays; every other line end that is not LF becomes LF, for whoever reads lines after us. */
static enum flow scan_line_end(struct news *news, size_t hit, struct sink out, bool *more)
{
	size_t next = rune_end(news, hit);
	enum flow flow;

	*more = wants_text(news, next, 1);
	if (*more)
		return FLOW_MORE;
	if (rune_at(news, hit) == '\r' && rune_at(news, next) == '\n') {
		news->at = next + 1;
		return FLOW_MORE;
	}
	if (put_later(news, hit, next)) {
		skip_returns(news);
		return FLOW_MORE;
	}
	flow = pass(news, hit, next, out);
	return flow == FLOW_MORE ? put_line_end(out, SPAN("")) : flow;
}

static void cluster_begin(struct cluster *cluster, int32_t first, struct span left)
{
	memcpy(cluster->left, left.at, left.len);
	cluster->left_len = left.len;
	cluster->in_bracket = left.len && is_opening_bracket(utf8_last(left).value);
	cluster->first = first;
	cluster->dots = 0;
	cluster->strong = cluster->closed = cluster->bracket = false;
	cluster->stopped = cluster->all_bracketed = cluster->titled = false;
}

static enum flow scan(struct news *news, struct sink out, bool *more)
{
	enum flow flow = FLOW_MORE;
	size_t hit;

	do {
		hit = candidate_next(buf_span(&news->held), news->at, news->cpu);
		news->at = hit;
	} while (flow == FLOW_MORE && hit < news->held.len && remembered(news, hit, out, &flow));
	if (flow != FLOW_MORE)
		return flow;
	if (hit == news->held.len) {
		*more = true;
		return FLOW_MORE;
	}
	if (!is_terminator(rune_at(news, hit)))
		return scan_line_end(news, hit, out, more);
	cluster_begin(&news->cluster, rune_at(news, hit), context_before(news, hit));
	news->cluster.dots_end = news->dots_end;
	news->cluster_at = news->base + hit;
	news->phase = NEWS_CLUSTER;
	return FLOW_MORE;
}

/* --- cluster ------------------------------------------------------------------------------------------- */

enum { ELLIPSIS = 0x2026, ARABIC_FULL_STOP = 0x6D4 };

/* One ۔ needs no look at letter case; a run of them is Urdu's ellipsis. */
static void cluster_add_dot(struct cluster *cluster, int32_t cp)
{
	cluster->dots = cp == ELLIPSIS || cluster->dots ? 2 : 1;
	if (cp == ARABIC_FULL_STOP)
		cluster->strong = cluster->dots == 1 || (cluster->strong && cluster->first != cp);
}

static void cluster_add(struct cluster *cluster, int32_t cp)
{
	bool dot = cp == '.' || cp == ELLIPSIS || cp == ARABIC_FULL_STOP ||
		   (cp >= 0x80 && unicode_sentence_break(cp) == SB_ATERM);

	if (dot)
		cluster_add_dot(cluster, cp);
	else
		cluster->strong = true;
	/* "(...)." or "...»." - a full stop behind a bracket is one, whatever stands inside. */
	if (cluster->closed) {
		cluster->strong = cluster->stopped = true;
		cluster->all_bracketed = false;
	}
}

/* « “ ‘ ‹ „ open, although some languages close with them: then no space stands before. */
static bool opens_by_shape(int32_t cp)
{
	return cp == 0x00AB || cp == 0x2018 || cp == 0x201C || cp == 0x2039 || cp == 0x201E;
}

/* What follows the quotes at `at`, of which four are looked at. */
static int32_t behind_quotes(const struct news *news, size_t at)
{
	for (int i = 0; i < 4 && is_quote(rune_at(news, at)); i++)
		at = rune_end(news, at);
	return rune_at(news, at);
}

/* Whether a quote at `at` closes. One that a letter follows does when it is made to close (”) or stands
 * right behind the terminator without a direction ("); one behind a space opens then. */
static bool quote_closes(const struct news *news, size_t at, bool spaced)
{
	int32_t cp = rune_at(news, at), next = behind_quotes(news, at);

	if (cp == '`' || (spaced && opens_by_shape(cp)))
		return false;
	if (next == 0 || is_space(next) || is_line_end(next) || is_terminator(next) ||
		is_closing_bracket(next) || unicode_sentence_break(next) == SB_SCONTINUE || next == ';' ||
		next == 0x61B)
		return true;
	return !spaced && !opens_by_shape(cp);
}

/* Whether a straight quote at `at`, right behind a terminator and in front of a letter, opens (`الجلسة."لم نتفق" قال`): so
 * it does when the last one of the line was closing, or there is none. */
static bool straight_opens(const struct news *news, size_t at)
{
	struct span left = span_of(news->cluster.left, news->cluster.left_len);
	int32_t next = rune_at(news, rune_end(news, at));
	size_t quote = left.len;

	if (unicode_category(next) != GC_LETTER)
		return false;
	while (quote > 0 && left.at[quote - 1] != '"' && left.at[quote - 1] != '\n')
		quote--;
	if (quote == 0)
		return left.len < CONTEXT_MAX - 3; /* else the line began before what is in sight */
	if (left.at[quote - 1] == '\n')
		return true;
	if (quote == left.len)
		return false;
	next = utf8_first(span_skip(left, quote)).value;
	return is_space(next) || is_terminator(next) || is_closing_bracket(next) ||
	       unicode_sentence_break(next) == SB_SCONTINUE;
}

/* Length of a footnote mark ([1], [note 2]) at `at`, or 0. */
static size_t footnote(const struct news *news, size_t at)
{
	struct span rest = span_head(rest_at(news, at), FOOTNOTE_MAX);
	bool digit = false;
	size_t len = 1;

	if (rest.len < 3 || rest.at[0] != '[')
		return 0;
	for (rest.len = utf8_whole(rest); len < rest.len;) {
		struct rune rune = utf8_first(span_skip(rest, len));

		if (rune.value == ']')
			return digit || len == 2 ? len + 1 : 0;
		if (rune.value == '\n' || rune.value == '[')
			return 0;
		digit |= unicode_sentence_break(rune.value) == SB_NUMERIC;
		len += rune.len;
	}
	return 0;
}

/* Length of a footnote mark in round brackets, right behind a stop ("ذلك.(1)"), or 0. */
static size_t round_footnote(const struct news *news, size_t at)
{
	size_t end = at + 1, digits = 0;
	int32_t next;

	while (digits < 4 && look_of(rune_at(news, end)) == LOOK_DIGIT) {
		end = rune_end(news, end);
		digits++;
	}
	if (digits == 0 || digits > 3 || rune_at(news, end) != ')')
		return 0;
	next = rune_at(news, ++end);
	return next == 0 || (kinds_of(next) & (KIND_SPACE | KIND_LINE_END | KIND_TERMINATOR)) ||
			       look_of(next) == LOOK_CASELESS
		       ? end - at
		       : 0;
}

static bool is_superscript_digit(int32_t cp)
{
	return cp == 0xB9 || cp == 0xB2 || cp == 0xB3 || (cp >= 0x2070 && cp <= 0x2079);
}

/* Length of what at `at` belongs to the cluster, 0 when it is over; notes what it is. */
static size_t attached(struct news *news, size_t at)
{
	struct cluster *cluster = &news->cluster;
	int32_t cp = rune_at(news, at);
	size_t len = at < news->held.len ? rune_end(news, at) - at : 0;

	if (is_terminator(cp))
		return cluster_add(cluster, cp), len;
	if (len == 0 || is_ignored(cp))
		return len;
	if (is_closing_bracket(cp)) {
		cluster->all_bracketed = !cluster->closed && cluster->in_bracket;
		cluster->closed = cluster->bracket = true;
		cluster->titled = cp == 0x3009 || cp == 0x300B; /* 〉》 */
		return len;
	}
	if (is_quote(cp)) {
		if (!quote_closes(news, at, false) || (cp == '"' && straight_opens(news, at)))
			return 0;
	} else if (!is_superscript_digit(cp)) {
		len = cp == '[' ? footnote(news, at) : cp == '(' ? round_footnote(news, at) : 0;
		if (len == 0)
			return 0;
	}
	cluster->closed = true;
	cluster->bracket = false;
	return len;
}

enum { PERIOD = 24, AHEAD = 24 }; /* bytes; no further ahead does a quote look */

/* What repeats itself three times in a cluster, by a period that divides PERIOD, changes it no more. */
static void skip_run(struct news *news)
{
	uint64_t start = news->cluster_at > news->base ? news->cluster_at - news->base : 0;
	const size_t two = (size_t)2 * PERIOD;
	const char *s = news->held.at;

	if (news->at - start < two)
		return;
	while (news->held.len - news->at >= PERIOD + AHEAD &&
		memcmp(s + news->at - two, s + news->at - PERIOD, two + AHEAD) == 0)
		news->at += PERIOD;
}

static void gather(struct news *news, bool *more)
{
	for (;;) {
		size_t len;

		*more = wants_text(news, news->at, LOOK_MAX);
		if (*more)
			return;
		len = attached(news, news->at);
		news->at += len;
		if (len == 0)
			break;
		skip_run(news);
	}
	news->phase = NEWS_GAP;
}

/* --- gap ----------------------------------------------------------------------------------------------- */

/* Where the white space that starts at `at` ends, GAP_MAX bytes on at most. */
static size_t gap_end(const struct news *news, size_t at)
{
	size_t end = at;

	while (end < news->held.len && is_space(rune_at(news, end)) && end - at < GAP_MAX)
		end = rune_end(news, end);
	return end;
}

/* A closing mark that a space parts from its sentence: French « … », ". )". */
static bool closes_behind_gap(const struct news *news, size_t at)
{
	int32_t cp = rune_at(news, at);

	if (at == news->at)
		return false;
	return is_closing_bracket(cp) || (is_quote(cp) && quote_closes(news, at, true));
}

/* Length of a footnote mark behind a space ("left. [2] He"), or 0. */
static size_t footnote_behind_gap(const struct news *news, size_t at)
{
	size_t len = at > news->at ? footnote(news, at) : 0;
	int32_t next = len ? rune_at(news, at + len) : 0;

	return len && rune_at(news, at + 1) < 'A' && (next == 0 || is_space(next) || is_line_end(next))
		       ? len
		       : 0;
}

/* Where in `held` the item of a list begins whose number stands in front of the cluster, if a sentence ends there. */
static size_t item_start(const struct news *news, const struct after *after, size_t next)
{
	const struct cluster *cluster = &news->cluster;
	struct span left = span_of(cluster->left, cluster->left_len);
	size_t hit, start;

	if (next == news->at || cluster->dots != 1 || cluster->strong || news->cluster_at < news->base ||
		(after->word.look != LOOK_UPPER && after->word.look != LOOK_CASELESS))
		return 0;
	start = run_on_item(left, left.len < CONTEXT_MAX - 3);
	hit = (size_t)(news->cluster_at - news->base);
	return start && hit - (left.len - start) > news->put ? hit - (left.len - start) : 0;
}

/* The sentence ends in front of what was looked at: the item that starts there belongs to the next. */
static enum flow cut_back(struct news *news, size_t start, size_t next, struct sink out)
{
	size_t end = start;
	enum flow flow;

	while (end > news->put && is_space(utf8_last(span_head(buf_span(&news->held), end)).value))
		end -= utf8_last(span_head(buf_span(&news->held), end)).len;
	flow = note(news, (struct verdict){ RULE_LIST_NUMBER, true });
	if (flow == FLOW_MORE)
		flow = cut(news, end, start, out);
	news->at = next;
	return flow;
}

static enum flow decide(struct news *news, size_t next, struct sink out)
{
	struct after after;
	struct verdict verdict;
	enum flow flow;
	size_t item;

	after_read(&after, context_after(news, next));
	item = item_start(news, &after, next);
	if (item)
		return cut_back(news, item, next, out);
	verdict = verdict_at(news->lexicon, &news->cluster, &after, next == news->at);
	flow = note(news, verdict);
	if (flow != FLOW_MORE)
		return flow;
	remember(news, next, verdict, true);
	if (verdict.ends)
		return cut(news, news->at, next, out);
	news->at = next;
	return FLOW_MORE;
}

static enum flow cross_gap(struct news *news, struct sink out, bool *more)
{
	size_t next = gap_end(news, news->at), close;
	enum flow flow;

	*more = wants_text(news, next, CONTEXT_MAX);
	if (*more)
		return FLOW_MORE;
	news->phase = NEWS_SCAN;
	if (next - news->at >= GAP_MAX) {
		flow = note(news, (struct verdict){ RULE_WIDE_GAP, true });
		news->phase = NEWS_SKIP;
		return flow == FLOW_MORE ? pass(news, news->at, next, out) : flow;
	}
	close = closes_behind_gap(news, next) ? rune_end(news, next) - next
					      : footnote_behind_gap(news, next);
	if (close) {
		news->at = next + close;
		news->cluster.closed = true;
		news->cluster.bracket = is_closing_bracket(rune_at(news, next));
		news->phase = NEWS_CLUSTER;
		return FLOW_MORE;
	}
	if (next < news->held.len && !is_line_end(rune_at(news, next)))
		return decide(news, next, out);
	flow = note(news, (struct verdict){ RULE_LINE_END, true });
	if (next == news->at && next < news->held.len)
		remember(news, next, (struct verdict){ RULE_LINE_END, true }, false);
	return flow == FLOW_MORE ? pass(news, news->at, next, out) : flow;
}

/* The rest of a long gap is dropped like the start of it; then a line end is due, unless there is one. */
static enum flow skip_gap(struct news *news, struct sink out, bool *more)
{
	enum flow flow = pass(news, news->at, gap_end(news, news->at), out);

	*more = news->at == news->held.len;
	if (flow != FLOW_MORE || *more || is_space(rune_at(news, news->at)))
		return flow;
	news->phase = NEWS_SCAN;
	return is_line_end(rune_at(news, news->at)) ? FLOW_MORE : put_sentence_end(out, SPAN(""));
}

/* --- pieces -------------------------------------------------------------------------------------------- */

static enum flow news_step(struct news *news, struct sink out, bool *more)
{
	switch (news->phase) {
	case NEWS_SCAN:
		return scan(news, out, more);
	case NEWS_CLUSTER:
		gather(news, more);
		return FLOW_MORE;
	case NEWS_GAP:
		return cross_gap(news, out, more);
	default:
		return skip_gap(news, out, more);
	}
}

/* Forgets the first `len` bytes of what is held. */
static void drop_held(struct news *news, size_t len)
{
	if (news->explain.file)
		explain_count(&news->explain, buf_span(&news->held), news->base, news->base + len);
	buf_drop_head(&news->held, len);
	news->base += len;
	news->at -= len;
	news->put -= len;
	for (size_t i = 0; i < news->cut_count; i++)
		news->cuts[i] -= len;
}

/* The last CONTEXT_MAX bytes of what is decided are not put out: a sentence may still end in front of the number that
 * stands there. */
static enum flow news_run(struct news *news, struct sink out)
{
	enum flow flow = FLOW_MORE;
	bool more = false;
	size_t done;

	while (flow == FLOW_MORE && !more)
		flow = news_step(news, out, &more);
	news->step_count = 0;
	done = news->at > CONTEXT_MAX ? news->at - CONTEXT_MAX : 0;
	while (done > 0 && ((unsigned char)news->held.at[done] & 0xC0) == 0x80)
		done--; /* who gets it reads whole characters */
	if (flow == FLOW_MORE && (news->final || done > news->put))
		flow = put_until(news, news->final ? news->at : done, out);
	if (flow == FLOW_MORE)
		drop_held(news, done);
	return flow;
}

void news_begin(struct news *news, const struct doc_info *doc)
{
	explain_begin(&news->explain, doc);
	news->base = 0;
	buf_clear(&news->held);
	news->at = news->put = news->cut_count = 0;
	news->phase = NEWS_SCAN;
	news->final = false;
}

enum flow news_text(struct news *news, struct span piece, struct sink out)
{
	buf_add(&news->held, piece);
	return news_run(news, out);
}

enum flow news_end(struct news *news, struct sink out)
{
	news->final = true;
	return news_run(news, out);
}

void news_counts(
	const struct news *news, void (*count)(void *ctx, const char *name, uint64_t number), void *ctx)
{
	for (int ends = 1; ends >= 0; ends--)
		for (enum rule rule = 0; rule < RULES; rule++) {
			const char *name = verdict_name((struct verdict){ rule, ends });

			if (name)
				count(ctx, name, news->tally[rule][ends]);
		}
}

void news_release(struct news *news)
{
	buf_release(&news->held);
	explain_release(&news->explain);
}
