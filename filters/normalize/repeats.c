/* SPDX-License-Identifier: MIT
 * repeats.c - a run is counted; how much of it is written depends on what it is a run of. */
#include "filters/normalize/repeats.h"

#include <string.h>

#include "common/nfc.h"
#include "common/unicode.h"
#include "common/utf8.h"

void repeats_init(
	struct repeats *repeats, const struct rules *rules, struct tally *tally, struct writer *out)
{
	repeats->rules = rules;
	repeats->tally = tally;
	repeats->out = out;
}

/* The Arabic comma and semicolon also as what punct=ascii has made of them. */
static bool is_squeezed_mark(const struct rules *rules, int32_t cp)
{
	if (cp == ',' || cp == ';')
		return rules->on[RULE_PUNCT];
	return cp == '!' || cp == '?' || cp == 0x060C || cp == 0x061B || cp == 0x061F;
}

static bool is_letter(const struct rules *rules, int32_t cp)
{
	return rules->on[RULE_SQUEEZE_LETTERS] && unicode_category(cp) == GC_LETTER &&
	       unicode_script(cp) == SCRIPT_ARABIC;
}

/* How many of `times` code points `cp` in a row stay. */
static uint64_t stay(const struct rules *rules, int32_t cp, uint64_t times)
{
	if (is_letter(rules, cp))
		return times >= 3 ? 1 : times;
	if (!rules->on[RULE_SQUEEZE_PUNCT])
		return times;
	if (is_squeezed_mark(rules, cp))
		return 1;
	return cp == '.' && times > 3 ? 3 : times;
}

unsigned repeats_least(const struct rules *rules, int32_t cp)
{
	if (is_letter(rules, cp))
		return 3;
	if (!rules->on[RULE_SQUEEZE_PUNCT])
		return 0;
	if (is_squeezed_mark(rules, cp))
		return 2;
	return cp == '.' ? 4 : 0;
}

void repeats_end(struct repeats *repeats)
{
	struct span last = span_of(repeats->last, repeats->last_len);
	int32_t cp;
	uint64_t count;

	if (last.len == 0)
		return;
	cp = utf8_first(last).value;
	count = stay(repeats->rules, cp, repeats->times);
	if (count < repeats->times)
		tally_add(repeats->tally,
			is_letter(repeats->rules, cp) ? RULE_SQUEEZE_LETTERS : RULE_SQUEEZE_PUNCT, 1);
	for (; count; count--)
		buf_add(&repeats->out->gathered, last);
	repeats->last_len = 0;
}

/* Whether a run of `segment` may be cut short. A letter with marks is not one of a run. */
static bool is_watched(const struct repeats *repeats, struct span segment)
{
	struct rune first = utf8_first(segment);

	return segment.len == first.len && repeats_least(repeats->rules, first.value) != 0;
}

/* Whether the marks of `segment`, which is decomposed, make another letter of its first one, as hamza does. */
static bool is_other_letter(struct span segment)
{
	struct buf composed = BUF_INIT;
	bool is_other;

	nfc_add(&composed, segment);
	is_other = utf8_first(buf_span(&composed)).value != utf8_first(segment).value;
	buf_release(&composed);
	return is_other;
}

/* Whether `segment` is the same letter with marks, and takes the place of a run of it: the tanwin of a word drawn
 * out stands on the last of its letters. */
static bool ends_run(struct repeats *repeats, struct span segment)
{
	struct span last = span_of(repeats->last, repeats->last_len);

	if (last.len == 0 || !span_has_prefix(segment, last) ||
		!is_letter(repeats->rules, utf8_first(last).value) || repeats->times < 2 ||
		(repeats->rules->decomposes && is_other_letter(segment)))
		return false;
	tally_add(repeats->tally, RULE_SQUEEZE_LETTERS, 1);
	return true;
}

void repeats_add(struct repeats *repeats, struct span segment)
{
	if (repeats->last_len && span_equal(segment, span_of(repeats->last, repeats->last_len))) {
		repeats->times++;
		return;
	}
	if (segment.len == 0)
		return;
	if (ends_run(repeats, segment))
		repeats->last_len = 0;
	else
		repeats_end(repeats);
	if (!is_watched(repeats, segment)) {
		buf_add(&repeats->out->gathered, segment);
		return;
	}
	memcpy(repeats->last, segment.at, segment.len);
	repeats->last_len = segment.len;
	repeats->times = 1;
}
