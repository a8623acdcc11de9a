/* SPDX-License-Identifier: MIT
 * fold.c - one segment folded, code point by code point. */
#include "filters/normalize/fold.h"

#include <utf8proc.h>

#include "common/unicode.h"
#include "common/utf8.h"

enum { MADDA_ABOVE = 0x0653, HAMZA_BELOW = 0x0655, ALEF_MAKSURA = 0x0649, YEH = 0x064A, TATWEEL = 0x0640 };

/* A segment being folded. */
struct folding {
	const struct rules *rules;
	struct tally *tally;
	struct buf *into;
	bool changed;
};

/* The code point that one mapping after another makes of `cp`, as far as they are one for one. */
static int32_t mapped(const struct folding *f, int32_t cp)
{
	const struct mapping *mapping = maps_find(&f->rules->maps, cp);

	while (mapping && !mapping->early && mapping->count == 1) {
		tally_add(f->tally, mapping->rule, 1);
		cp = mapping->to[0];
		mapping = maps_find(&f->rules->maps, cp);
	}
	return cp;
}

static bool is_hamza_mark(int32_t cp)
{
	return cp >= MADDA_ABOVE && cp <= HAMZA_BELOW;
}

/* What `letter` and `mark` compose to; -1: nothing. */
static int32_t composed(int32_t letter, int32_t mark)
{
	int32_t pair[2] = { letter, mark };

	return utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == 1 ? pair[0] : -1;
}

/* Whether something stands behind `text`'s letter that would compose with it, marks of vowels looked through. */
static bool has_hamza_mark(struct span text)
{
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (unicode_combining_class(rune.value) == 0)
			return false;
		if (is_hamza_mark(rune.value))
			return true;
		text = span_skip(text, rune.len);
	}
	return false;
}

/* `letter` has been folded, and marks follow at the start of `marks`. What it composes with is taken in; the
 * other marks go to `kept`. Returns the letter, and moves `marks` behind its marks. */
static int32_t absorb(struct folding *f, int32_t letter, struct span *marks, struct buf *kept)
{
	uint8_t last = 0; /* combining class of the last mark kept: one as high blocks (UAX #15, D115) */

	while (marks->len) {
		struct rune mark = utf8_first(*marks);
		uint8_t ccc = unicode_combining_class(mark.value);
		int32_t whole = -1;

		if (ccc == 0)
			break;
		if (is_hamza_mark(mark.value) && ccc > last)
			whole = composed(letter, mark.value);
		if (whole >= 0) {
			letter = mapped(f, whole);
		} else {
			utf8_add(kept, mark.value);
			last = ccc;
		}
		*marks = span_skip(*marks, mark.len);
	}
	return letter;
}

/* Appends what the mapping of `cp` says; marks may be dropped and letters become several. */
static void add_mapped(struct folding *f, int32_t cp)
{
	const struct mapping *mapping = maps_find(&f->rules->maps, cp);

	if (!mapping || mapping->early) {
		utf8_add(f->into, cp);
		return;
	}
	f->changed = true;
	tally_add(f->tally, mapping->rule, 1);
	for (size_t i = 0; i < mapping->count; i++)
		utf8_add(f->into, mapping->to[i]);
}

static void add_marks(struct folding *f, struct span marks)
{
	while (marks.len) {
		struct rune mark = utf8_first(marks);

		add_mapped(f, mark.value);
		marks = span_skip(marks, mark.len);
	}
}

/* Whether a word goes on with `next`. */
static bool joins(int32_t next)
{
	return next == TATWEEL ||
	       (next >= 0 && unicode_script(next) == SCRIPT_ARABIC && unicode_category(next) == GC_LETTER);
}

/* As Egypt writes it: without dots at the end of a word, with them inside. */
static int32_t yeh(struct folding *f, int32_t letter, int32_t next)
{
	int32_t right = joins(next) ? YEH : ALEF_MAKSURA;

	if (letter != YEH && letter != ALEF_MAKSURA)
		return letter;
	if (letter != right)
		tally_add(f->tally, RULE_FOLD_YEH, 1);
	return right;
}

/* The first code point behind a letter's marks: in `rest` of its segment, or `next`. A mark may fold to a letter. */
static int32_t behind_marks(struct folding *f, struct span rest, int32_t next)
{
	while (rest.len) {
		struct rune rune = utf8_first(rest);
		const struct mapping *mapping = maps_find(&f->rules->maps, rune.value);

		if (unicode_combining_class(rune.value) == 0)
			return rune.value;
		if (mapping && mapping->count)
			return mapping->to[0];
		rest = span_skip(rest, rune.len);
	}
	return next;
}

/* Appends what becomes of a letter for which at most one stands; it takes in marks behind it, moving `rest`. */
static void add_letter(struct folding *f, int32_t cp, struct span *rest, int32_t next)
{
	struct buf kept = BUF_INIT;
	int32_t letter = mapped(f, cp);

	if (letter != cp && f->rules->composes && has_hamza_mark(*rest))
		letter = absorb(f, letter, rest, &kept);
	if (f->rules->eg)
		letter = yeh(f, letter, behind_marks(f, *rest, next));
	f->changed |= letter != cp;
	utf8_add(f->into, letter);
	add_marks(f, buf_span(&kept));
	buf_release(&kept);
}

static void add_one(struct folding *f, int32_t cp, struct span *rest, int32_t next)
{
	const struct mapping *mapping = maps_find(&f->rules->maps, cp);

	if (unicode_category(cp) == GC_LETTER && (!mapping || mapping->count == 1))
		add_letter(f, cp, rest, next);
	else
		add_mapped(f, cp);
}

bool fold_segment(
	struct buf *into, struct span segment, int32_t next, const struct rules *rules, struct tally *tally)
{
	struct folding f = { rules, tally, into, false };

	while (segment.len) {
		struct rune rune = utf8_first(segment);

		segment = span_skip(segment, rune.len);
		add_one(&f, rune.value, &segment, next);
	}
	return f.changed;
}
