/* SPDX-License-Identifier: MIT
 * mojibake.c - a line is read through every encoding, the one that explains most is undone, and so on until nothing
 * is left to explain. */
#include "filters/normalize/mojibake.h"

#include <assert.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/utf8.h"
#include "filters/normalize/mojibake_arabic.h"
#include "filters/normalize/mojibake_read.h"
#include "filters/normalize/mojibake_suspect.h"

/* Steps until a line rests. Each one makes it shorter; real text was garbled three times at most. */
enum { STEPS_MOST = 12 };

bool mojibake_init(struct mojibake *m, struct diag *why)
{
	m->text = mem_new(MOJIBAKE_LONGEST, sizeof(*m->text));
	m->other = mem_new(MOJIBAKE_LONGEST, sizeof(*m->other));
	return images_init(&m->images, why);
}

void mojibake_release(struct mojibake *m)
{
	images_release(&m->images);
	free(m->text);
	free(m->other);
	m->text = m->other = NULL;
}

/* --- one encoding ------------------------------------------------------------------------------------------ */

/* What a line says when it is read through an encoding. */
struct verdict {
	int points; /* of its strong groups; 0: leave it alone */
	size_t sequences, images; /* how many, and the characters they take */
	size_t strays; /* images that no sequence uses */
};

/* Whether text[at] is an image that good text hardly has by chance, so that it speaks against the encoding when no
 * sequence uses it. */
static bool is_stray(const struct reader *r, size_t at)
{
	int32_t cp = r->text[at];

	return cp > 0xA0 && cp != 0xAD && images_of(r->images, cp)->byte[r->as] != 0;
}

/* The same for a stretch: Latin letters and signs always, Cyrillic and Arabic letters never, for they are good text. */
static bool is_foreign(const struct reader *r, size_t at)
{
	int32_t cp = r->text[at];

	return cp > 0xA0 && cp != 0xAD && images_of(r->images, cp)->byte[SEEN_AS_1252] != 0;
}

/* A stretch without ASCII where most images are strays is past help; pieces of it may still be valid by chance. */
static bool is_hopeless(const struct reader *r, size_t at, size_t *end)
{
	size_t strays = 0, sequences = 0;

	for (*end = at; *end < r->count && r->text[*end] >= 0x80;) {
		int32_t cp;
		size_t len = reader_sequence(r, *end, &cp);

		sequences += len != 0;
		strays += len == 0 && is_foreign(r, *end);
		*end += len ? len : 1;
	}
	return strays > 2 * sequences;
}

static struct verdict judge(const struct reader *r, int32_t *out)
{
	struct verdict verdict = { 0, 0, 0, 0 };
	size_t at = 0, end = 0;

	while (at < r->count) {
		struct group group;
		bool hopeless = at >= end && r->text[at] >= 0x80 && is_hopeless(r, at, &end);

		if (hopeless || !reader_group(r, at, out, &group)) {
			verdict.strays += is_stray(r, at);
			at = hopeless ? end : at + 1;
			continue;
		}
		if (group.points >= MOJIBAKE_STRONG)
			verdict.points += group.points;
		verdict.sequences += group.sequences;
		verdict.images += group.end - group.at;
		at = group.end;
	}
	return verdict;
}

/* The same, for a line that is not known to be bad; where it turns out to be, the counts are those of a damaged one.
 * One sequence of two images is not enough where the encoding would have garbled something else as well. */
static struct verdict judge_first(struct reader r, int32_t *out)
{
	struct verdict strict = judge(&r, out), verdict;

	if (strict.points == 0)
		return strict;
	r.damaged = true;
	verdict = judge(&r, out);
	verdict.points = verdict.images == 2 && verdict.strays ? 0 : strict.points;
	return verdict;
}

/* Points that a group needs in a bad line: any number will do where everything is explained. */
static int points_needed(struct verdict verdict)
{
	if (verdict.strays * 8 > verdict.sequences)
		return 1;
	return verdict.sequences < 5 ? 0 : INT16_MIN;
}

/* Copies the text from `at` to `end`. */
static size_t keep(const struct reader *r, size_t at, size_t end, int32_t *out)
{
	memcpy(out, r->text + at, (end - at) * sizeof(*out));
	return end - at;
}

/* Writes the line without this encoding to `out` and returns its length. */
static size_t undo(const struct reader *r, struct verdict verdict, int32_t *out)
{
	size_t at = 0, end = 0, written = 0;
	int needed = points_needed(verdict);

	while (at < r->count) {
		struct group group = { at, at + 1, 0, 0, INT16_MIN };
		bool hopeless = at >= end && r->text[at] >= 0x80 && is_hopeless(r, at, &end);

		if (hopeless)
			group.end = end;
		else if (reader_group(r, at, out + written, &group) && group.points >= needed)
			written += group.written;
		else
			group.written = 0;
		if (group.written == 0)
			written += keep(r, at, group.end, out + written);
		at = group.end;
	}
	return written;
}

/* --- all encodings ----------------------------------------------------------------------------------------- */

/* The encodings of which a lead stands in front of what may follow it. */
static unsigned candidates(const struct images *images, const int32_t *text, size_t count)
{
	unsigned set = 0;

	for (size_t i = 0; i < count; i++) {
		const struct image *image = images_of(images, text[i]);

		if (image->leads == 0)
			continue;
		if (i + 1 == count || text[i + 1] == ' ' || text[i + 1] == 0xFFFD)
			set |= image->leads;
		else
			set |= image->leads & images_of(images, text[i + 1])->conts;
	}
	return set;
}

/* How well an encoding explains the line; windows-1252 is by far the likeliest. */
static double weight(struct verdict verdict, enum seen_as as)
{
	double explained = (double)verdict.sequences / (double)(verdict.sequences + verdict.strays + 1);

	return verdict.points * explained * (as == SEEN_AS_1252 ? 1.2 : 1);
}

/* Undoes what explains most, if there is anything. */
static bool step(struct mojibake *m, size_t *count)
{
	struct reader reader = { &m->images, m->text, *count, SEEN_AS_1252, false };
	unsigned set = candidates(&m->images, m->text, *count);
	struct verdict best = { 0, 0, 0, 0 };
	enum seen_as as = SEEN_AS_1252;
	int32_t *done = m->other;

	if (arabic_mend(&m->images, m->text, *count))
		return true;
	for (int i = 0; i < SEEN_AS_COUNT; i++) {
		struct verdict verdict;

		if (!(set & 1U << i))
			continue;
		reader.as = (enum seen_as)i;
		verdict = judge_first(reader, m->other);
		if (weight(verdict, reader.as) <= weight(best, as))
			continue;
		best = verdict;
		as = reader.as;
	}
	if (best.points == 0)
		return false;
	reader.as = as;
	reader.damaged = true;
	*count = undo(&reader, best, m->other);
	m->other = m->text;
	m->text = done;
	return true;
}

static size_t decode(struct span line, int32_t *text)
{
	size_t count = 0;

	while (line.len) {
		struct rune rune = utf8_first(line);

		text[count++] = rune.value;
		line = span_skip(line, rune.len);
	}
	return count;
}

static bool is_worth_judging(const struct images *images, const int32_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int32_t next = i + 1 < count ? text[i + 1] : '\n',
			third = i + 2 < count ? text[i + 2] : '\n';

		if (text[i] >= 0x80 && suspect_three(images, text[i], next, third))
			return true;
	}
	return false;
}

bool mojibake_fix(struct mojibake *m, struct span line, struct buf *into)
{
	size_t count, steps = 0;

	assert(line.len <= MOJIBAKE_LONGEST);
	count = decode(line, m->text);
	if (!is_worth_judging(&m->images, m->text, count))
		return false;
	while (step(m, &count))
		if (++steps == STEPS_MOST)
			return false;
	if (steps == 0)
		return false;
	for (size_t i = 0; i < count; i++)
		utf8_add(into, m->text[i]);
	return true;
}
