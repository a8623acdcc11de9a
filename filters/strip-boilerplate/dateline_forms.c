/* SPDX-License-Identifier: MIT
 * dateline_forms.c - how data/datelines.txt is read. */
#include "dateline_forms.h"

#include <stdlib.h>

#include "common/mem.h"

bool form_step_equal(const struct form_step *left, const struct form_step *right)
{
	return left->parts == right->parts && left->sign == right->sign && left->most == right->most &&
	       left->optional == right->optional;
}

/* Which part the word names; 0: none. */
static uint32_t part_of(struct span word)
{
	static const struct {
		struct span name;
		uint32_t part;
	} parts[] = {
		{ SPAN("place"), PART_PLACE },
		{ SPAN("Place"), PART_SMALL_PLACE },
		{ SPAN("CAPITALS"), PART_CAPITALS },
		{ SPAN("town"), PART_TOWN },
		{ SPAN("day"), PART_DAY },
		{ SPAN("onday"), PART_ON_DAY },
		{ SPAN("region"), PART_REGION },
		{ SPAN("agency"), PART_AGENCY },
		{ SPAN("outlet"), PART_OUTLET },
		{ SPAN("station"), PART_STATION },
		{ SPAN("label"), PART_LABEL },
		{ SPAN("wire"), PART_WIRE },
		{ SPAN("source"), PART_SOURCE },
		{ SPAN("person"), PART_PERSON },
		{ SPAN("house"), PART_HOUSE },
		{ SPAN("name"), PART_NAME },
		{ SPAN("words"), PART_WORDS },
		{ SPAN("listed"), PART_LISTED },
		{ SPAN("story"), PART_STORY },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (span_equal(parts[i].name, word))
			return parts[i].part;
	return 0;
}

static char sign_of(struct span word)
{
	if (span_equal(word, SPAN("hyphen")))
		return 'h';
	if (span_equal(word, SPAN("spaced")))
		return 's';
	return word.len == 1 && memchr("()/:,.\"-!_", word.at[0], 10) ? word.at[0] : 0;
}

/* "place|town3": bits of all parts, and the number behind the last. */
static bool read_parts(struct form_step *step, struct span word)
{
	while (word.len) {
		struct span name = span_head(word, span_find(word, '|'));
		size_t len = name.len;
		uint32_t part;

		if (len && name.at[len - 1] >= '1' && name.at[len - 1] <= '0' + FORM_WORDS)
			step->most = (uint8_t)(name.at[--len] - '0');
		part = part_of(span_head(name, len));
		if (!part)
			return false;
		step->parts |= part;
		word = span_skip(word, name.len < word.len ? name.len + 1 : name.len);
	}
	return step->parts;
}

static bool read_step(struct form_step *step, struct span word)
{
	*step = (struct form_step){ .sign = sign_of(word) };
	if (step->sign)
		return true;
	step->optional = word.at[word.len - 1] == '?';
	return read_parts(step, span_head(word, word.len - step->optional));
}

/* Takes the first word off the line. */
static struct span next_word(struct span *line)
{
	struct span word = span_head(*line, span_find(*line, ' '));

	*line = span_skip(*line, word.len < line->len ? word.len + 1 : word.len);
	return word;
}

static bool read_form(struct form *form, struct span line, struct diag *why)
{
	while (line.len) {
		struct span word = next_word(&line);

		if (form->count == FORM_STEPS) {
			diag_set(why, "datelines: a form of more than %d parts and signs", FORM_STEPS);
			return false;
		}
		if (!word.len || !read_step(&form->steps[form->count++], word)) {
			diag_set(why, "datelines: '%.*s' is no part and no sign", (int)word.len, word.at);
			return false;
		}
	}
	return true;
}

static bool read_heading(struct form *form, struct span line, struct diag *why)
{
	static const struct {
		struct span name;
		bool anywhere, arabic;
	} headings[] = {
		{ SPAN("[first]"), false, false },
		{ SPAN("[first arabic]"), false, true },
		{ SPAN("[anywhere]"), true, false },
	};

	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (span_equal(headings[i].name, line)) {
			form->anywhere = headings[i].anywhere;
			form->arabic = headings[i].arabic;
			return true;
		}
	diag_set(why, "datelines: '%.*s' is no heading", (int)line.len, line.at);
	return false;
}

static bool read_line(struct forms *forms, struct form *form, struct span line, struct diag *why)
{
	if (!line.len || line.at[0] == '#')
		return true;
	if (line.at[0] == '[')
		return read_heading(form, line, why);
	*form = (struct form){ .anywhere = form->anywhere, .arabic = form->arabic };
	if (!read_form(form, line, why))
		return false;
	forms->own = mem_resize(forms->own, forms->count + 1, sizeof *forms->own);
	forms->own[forms->count++] = *form;
	forms->items = forms->own;
	return true;
}

bool dateline_forms_parse(struct forms *forms, struct span text, struct diag *why)
{
	struct form form = { .count = 0 };

	*forms = (struct forms){ NULL, 0, NULL };
	while (text.len) {
		size_t end = span_find(text, '\n');

		if (!read_line(forms, &form, span_head(text, end), why))
			return false;
		text = span_skip(text, end < text.len ? end + 1 : end);
	}
	return true;
}

void dateline_forms_release(struct forms *forms)
{
	free(forms->own);
	*forms = (struct forms){ NULL, 0, NULL };
}
