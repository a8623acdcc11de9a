/* SPDX-License-Identifier: MIT
 * datelines.c - what stands before the first sentence of a story. */
#include "datelines.h"

#include "compiled.h"
#include "dateline_parts.h"
#include "script.h"

enum {
	LONGEST = 14, /* words: a sign of the dateline stands within */
	FIRST_PART = 6, /* words: so soon a sign or a day ends the first part */
};

/* Whether the first part ends soon. */
static bool ends_soon(const struct dateline *dateline)
{
	size_t most = dateline->count < FIRST_PART ? dateline->count : FIRST_PART;

	for (size_t i = 0; i < most; i++)
		if ((dateline->words[i].before.first && dateline->words[i].before.first != '"') ||
			dateline->words[i].digits || dateline->words[i].opens & (TERM_MONTH | TERM_WEEKDAY))
			return true;
	return false;
}

static bool has_sign(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].before.closer || words[i].before.last == '(')
			return true;
	return false;
}

static bool has_agency(const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].opens & TERM_AGENCY)
			return true;
	return false;
}

/* Most lines have nothing early enough that one of the forms could begin with it; amid the body there is an agency in each, and
 * a bracket or what `!` stands for. */
static bool may_have_one(const struct dateline *dateline, bool first)
{
	size_t most = dateline->count < LONGEST ? dateline->count : LONGEST;

	return dateline->count >= 3 && !dateline->words[0].digits && ends_soon(dateline) &&
	       (first || (has_agency(dateline->words, most) && has_sign(dateline->words, most)));
}

/* The sign that ends the part in front of it. */
static char next_sign(const struct form *form, size_t step)
{
	while (step < form->count && !form->steps[step].sign && form->steps[step].parts != PART_LEAD)
		step++;
	if (step == form->count)
		return 0;
	if (form->steps[step].sign)
		return form->steps[step].sign;
	return DATELINE_LEAD;
}

/* Where no sign is asked for between two parts there is none, or a comma, and in front of a day any but a dash; nor is there
 * one in front of all. */
static bool may_follow(const struct dateline *dateline, const struct form *form, size_t step, size_t at)
{
	int32_t sign = dateline->words[at].before.first;

	if (step > 0 && form->steps[step - 1].sign)
		return true;
	if (form->steps[step].parts & (PART_DAY | PART_ON_DAY))
		return sign != '-';
	return !sign || (step > 0 && sign == ',') || form->steps[step].parts == PART_LISTED;
}

/* How far a form was read: forms that begin alike are read once. */
struct walk {
	const struct form *form;
	size_t steps; /* that fit */
	size_t at[FORM_STEPS + 1]; /* the word behind as many steps */
};

/* A part that ends at the next sign of its form is the same only where that is. */
static bool ends_at_sign(const struct form_step *step)
{
	return step->parts & (PART_WIRE | PART_SOURCE | PART_PERSON | PART_HOUSE | PART_NAME | PART_WORDS);
}

/* How many steps the form has in common with the one that was walked before. */
static size_t steps_shared(const struct walk *walk, const struct form *form)
{
	size_t shared = 0;

	while (shared < form->count && shared < walk->form->count &&
		form_step_equal(&form->steps[shared], &walk->form->steps[shared]))
		shared++;
	while (shared && ends_at_sign(&form->steps[shared - 1]))
		shared--;
	return shared;
}

/* Takes the step behind those that were taken; false where it does not fit. */
static bool take_step(const struct dateline *dateline, struct walk *walk)
{
	const struct form *form = walk->form;
	const struct form_step *step = &form->steps[walk->steps];
	size_t at = walk->at[walk->steps], len;

	if (step->sign || step->parts & PARTS_WITHOUT_WORDS) {
		walk->at[walk->steps + 1] = at;
		return step->sign ? dateline_sign_fits(step->sign, dateline->words[at].before)
				  : dateline_holds(dateline, at, step->parts);
	}
	len = may_follow(dateline, form, walk->steps, at)
		      ? dateline_part(dateline, at, step, next_sign(form, walk->steps))
		      : 0;
	walk->at[walk->steps + 1] = at + len;
	return len || step->optional;
}

/* How many words the dateline of this form takes; 0: it is not of this form. */
static size_t form_words(const struct dateline *dateline, const struct form *form, struct walk *walk)
{
	size_t shared = walk->form ? steps_shared(walk, form) : 0;

	walk->form = form;
	if (shared > walk->steps)
		return 0; /* the step that did not fit is one of them */
	walk->steps = shared;
	while (walk->steps < form->count && take_step(dateline, walk))
		walk->steps++;
	return walk->steps == form->count ? walk->at[walk->steps] : 0;
}

/* Whether the `len` words of the dateline and the story behind it are in the script of Arabic. */
static bool is_arabic(const struct dateline *dateline, size_t len)
{
	return script_is_arabic(dateline->line, &dateline->words[0]) &&
	       script_is_arabic(dateline->line, &dateline->words[len - 1]) &&
	       script_is_arabic(dateline->line, &dateline->words[len]);
}

static size_t find_form(const struct dateline *dateline, bool first)
{
	struct walk walk = { .form = NULL };

	for (size_t i = 0; i < compiled_datelines.count; i++) {
		const struct form *form = &compiled_datelines.items[i];
		size_t len = first || form->anywhere ? form_words(dateline, form, &walk) : 0;

		if (len && len < dateline->count && (!form->arabic || is_arabic(dateline, len)))
			return len;
	}
	return 0;
}

/* The name of a reporter behind a dateline of `len` words, where a dash ends it: "KARS (AA) - JANE ROE - The ...". */
static size_t name_behind(const struct dateline *dateline, size_t len)
{
	static const struct form_step capitals = { .parts = PART_CAPITALS },
				      person = { .parts = PART_PERSON, .most = FORM_WORDS };
	size_t name;

	if (len >= dateline->count || dateline->words[len].before.last != '-')
		return 0;
	name = dateline_part(dateline, len, &capitals, '-');
	name = name > 1 ? name : dateline_part(dateline, len, &person, '-');
	return len + name < dateline->count && dateline_sign_fits('-', dateline->words[len + name].before)
		       ? name
		       : 0;
}

/* Where the sentence starts behind the `len` words of a dateline, which a full stop may end ("/Agency/. The ..."). */
static size_t behind(const struct dateline *dateline, size_t len)
{
	struct span line = dateline->line;
	size_t at = reader_skip_closer(line, dateline->words[len - 1].end);

	while (at < line.len && line.at[at] == '.')
		at++;
	while (at < line.len && line.at[at] == ' ')
		at++;
	return at;
}

size_t dateline_end(const struct phrases *phrases, struct dateline_known known, struct span line,
	const struct word *words, size_t count)
{
	struct dateline dateline = { phrases, known.site, line, words, count, known.around };
	size_t len = may_have_one(&dateline, known.first) ? find_form(&dateline, known.first) : 0;

	len += len && known.first ? name_behind(&dateline, len) : 0;
	return len ? behind(&dateline, len) : 0;
}
