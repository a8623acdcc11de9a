/* SPDX-License-Identifier: MIT
 * form.c - segments are gathered here, normalized by common/nfc.c and folded by fold.c. */
#include "filters/normalize/form.h"

#include "common/nfc.h"
#include "common/unicode.h"
#include "filters/normalize/fold.h"

/* A run of marks that was long once is no reason to keep its memory. */
enum { HELD_KEPT = 64 * 1024 };

void form_init(struct form *form, const struct rules *rules, struct tally *tally, struct writer *out)
{
	form->rules = rules;
	form->tally = tally;
	form->out = out;
	repeats_init(&form->repeats, rules, tally, out);
}

static void forget(struct buf *buf)
{
	if (buf->cap > HELD_KEPT)
		buf_release(buf);
	else
		buf_clear(buf);
}

static void swap(struct buf *a, struct buf *b)
{
	struct buf old = *a;

	*a = *b;
	*b = old;
}

/* `held` in its form and folded, borrowed until the next segment. */
static struct span finished(struct form *form, int32_t next)
{
	const struct rules *rules = form->rules;
	struct buf *work = &form->work;

	forget(work);
	forget(&form->folded);
	if (rules->composes)
		nfc_add(work, buf_span(&form->held));
	else
		buf_add(work, buf_span(&form->held));
	if (!span_equal(buf_span(work), buf_span(&form->held)))
		tally_add(form->tally, (int)rules->form, 1);
	if (rules->late && fold_segment(&form->folded, buf_span(work), next, rules, form->tally)) {
		forget(work);
		if (rules->composes)
			nfc_add(work, buf_span(&form->folded));
		else
			swap(work, &form->folded);
	}
	if (!rules->decomposes)
		return buf_span(work);
	forget(&form->folded);
	nfd_add(&form->folded, buf_span(work));
	if (!span_equal(buf_span(&form->folded), buf_span(work)))
		tally_add(form->tally, (int)rules->form, 1);
	return buf_span(&form->folded);
}

static struct span made_safe(struct form *form, struct span segment)
{
	size_t joiners;

	forget(&form->safe);
	joiners = stream_safe_add(&form->stream_safe, &form->safe, segment);
	if (joiners)
		tally_add(form->tally, RULE_STREAM_SAFE, joiners);
	return buf_span(&form->safe);
}

/* Length of the character that `segment` begins with, and its marks. Jamo that may compose are no marks, nor are
 * letters that a mark folds to. */
static size_t letter_len(struct span segment)
{
	size_t len = utf8_first(segment).len;

	while (len < segment.len) {
		struct rune rune = utf8_first(span_skip(segment, len));

		if (unicode_category(rune.value) != GC_MARK)
			break;
		len += rune.len;
	}
	return len;
}

static void let_out(struct form *form, struct span segment)
{
	if (form->rules->on[RULE_STREAM_SAFE])
		segment = made_safe(form, segment);
	if (!form->rules->squeezes) {
		writer_put(form->out, segment); /* a long one straight on: memory holds it often enough */
		return;
	}
	while (segment.len) {
		size_t len = letter_len(segment);

		repeats_add(&form->repeats, span_head(segment, len));
		segment = span_skip(segment, len);
	}
	writer_settle(form->out);
}

/* One character that is in the form by itself and needs no looking at. */
static struct span plain(struct form *form, enum kind kind)
{
	struct span held = buf_span(&form->held);

	if (kind != KIND_SWAP)
		return held;
	forget(&form->work);
	utf8_add(&form->work, kinds_swap(&form->rules->kinds, utf8_first(held).value));
	return buf_span(&form->work);
}

/* Nothing will combine with what is held: lets it out. */
static void flush(struct form *form, int32_t next)
{
	if (form->held.len == 0)
		return;
	let_out(form, form->plain == KIND_FORM ? finished(form, next) : plain(form, form->plain));
	forget(&form->held);
}

void form_add(struct form *form, int32_t cp)
{
	if (unicode_starts_nfc_segment(cp)) {
		flush(form, cp);
		form->plain = rules_kind(form->rules, cp);
	} else {
		form->plain = KIND_FORM;
	}
	utf8_add(&form->held, cp);
}

void form_break(struct form *form, int32_t next)
{
	flush(form, next);
	form->stream_safe.marks = 0;
	if (form->rules->squeezes)
		repeats_end(&form->repeats);
}

/* What `cp` is in a run, where runs of it matter; 0 where they do not. */
static int32_t in_run(const struct kinds *kinds, int32_t cp)
{
	int32_t becomes = kinds_of(kinds, cp) == KIND_SWAP ? kinds_swap(kinds, cp) : cp;

	return becomes < KINDS_SWAPS && kinds->runs[becomes] ? becomes : 0;
}

bool form_may_repeat(const struct form *form, int32_t next)
{
	const struct kinds *kinds = &form->rules->kinds;
	int32_t run;

	if (!kinds->has_runs || form->held.len == 0)
		return false;
	run = in_run(kinds, next);
	return run &&
	       (form->plain == KIND_FORM || in_run(kinds, utf8_first(buf_span(&form->held)).value) == run);
}

void form_release(struct form *form)
{
	buf_release(&form->held);
	buf_release(&form->work);
	buf_release(&form->folded);
	buf_release(&form->safe);
}
