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
		{ SPAN("somewhere"), PART_SOMEWHERE },
		{ SPAN("lead"), PART_LEAD },
		{ SPAN("section"), PART_SECTION },
		{ SPAN("by"), PART_BY },
		{ SPAN("told"), PART_TOLD },
		{ SPAN("titled"), PART_TITLED },
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
	if (word.len != 1 || !memchr("()/:,.\"-!_", word.at[0], 10))
		return 0;
	return word.at[0];
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

/* What the lines below a heading are. */
enum section { FORMS, LEADS, BEFORE, GLUED, BEHIND };

/* A file being read. */
struct reading {
	struct forms *forms;
	struct reader *reader;
	struct diag *why;
	enum section section;
	struct form form; /* empty; what the heading says of those below it */
};

static bool read_heading(struct reading *reading, struct span line)
{
	static const struct {
		struct span name;
		enum section section;
		bool anywhere, arabic;
	} headings[] = {
		{ SPAN("[first]"), FORMS, false, false },
		{ SPAN("[first arabic]"), FORMS, false, true },
		{ SPAN("[anywhere]"), FORMS, true, false },
		{ SPAN("[leads]"), LEADS, false, false },
		{ SPAN("[before]"), BEFORE, false, false },
		{ SPAN("[glued]"), GLUED, false, false },
		{ SPAN("[behind]"), BEHIND, false, false },
	};

	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (span_equal(headings[i].name, line)) {
			reading->section = headings[i].section;
			reading->form.anywhere = headings[i].anywhere;
			reading->form.arabic = headings[i].arabic;
			return true;
		}
	diag_set(reading->why, "datelines: '%.*s' is no heading", (int)line.len, line.at);
	return false;
}

static bool add_form(struct reading *reading, struct span line)
{
	struct forms *forms = reading->forms;
	struct form form = reading->form;

	if (!read_form(&form, line, reading->why))
		return false;
	forms->own = mem_resize(forms->own, forms->count + 1, sizeof *forms->own);
	forms->own[forms->count++] = form;
	forms->items = forms->own;
	return true;
}

static bool add_lead(struct reading *reading, struct span line)
{
	struct forms *forms = reading->forms;

	reader_read(reading->reader, line);
	if (reading->reader->count != 1) {
		diag_set(reading->why, "datelines: '%.*s' is not one word", (int)line.len, line.at);
		return false;
	}
	forms->leads.own = mem_resize(forms->leads.own, forms->leads.count + 1, sizeof *forms->leads.own);
	forms->leads.own[forms->leads.count++] = reading->reader->words[0].key;
	forms->leads.keys = forms->leads.own;
	return true;
}

static int compare_keys(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

static bool add_word(struct form_words *words, struct span line)
{
	words->own = mem_resize(words->own, words->count + 1, sizeof *words->own);
	words->own[words->count++] = line;
	words->items = words->own;
	return true;
}

static bool read_line(struct reading *reading, struct span line)
{
	if (!line.len || line.at[0] == '#')
		return true;
	if (line.at[0] == '[')
		return read_heading(reading, line);
	switch (reading->section) {
	case LEADS:
		return add_lead(reading, line);
	case BEFORE:
		return add_word(&reading->forms->before, line);
	case GLUED:
		return add_word(&reading->forms->glued, line);
	case BEHIND:
		return add_word(&reading->forms->behind, line);
	default:
		return add_form(reading, line);
	}
}

bool dateline_forms_parse(struct forms *forms, struct reader *reader, struct span text, struct diag *why)
{
	struct reading reading = { .forms = forms, .reader = reader, .why = why };

	*forms = (struct forms){ .items = NULL };
	while (text.len) {
		size_t end = span_find(text, '\n');

		if (!read_line(&reading, span_head(text, end)))
			return false;
		text = span_skip(text, end < text.len ? end + 1 : end);
	}
	if (forms->leads.count)
		qsort(forms->leads.own, forms->leads.count, sizeof *forms->leads.own, compare_keys);
	return true;
}

bool dateline_forms_has_lead(const struct forms *forms, uint64_t key)
{
	return bsearch(&key, forms->leads.keys, forms->leads.count, sizeof key, compare_keys) != NULL;
}

void dateline_forms_release(struct forms *forms)
{
	free(forms->own);
	free(forms->leads.own);
	free(forms->before.own);
	free(forms->glued.own);
	free(forms->behind.own);
	*forms = (struct forms){ .items = NULL };
}
