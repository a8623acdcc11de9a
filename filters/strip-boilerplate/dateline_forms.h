/* SPDX-License-Identifier: MIT
 * dateline_forms.h - how data/datelines.txt is read: the forms of datelines, as rows of parts and signs.
 *
 *     [first arabic]
 *     place day? ( words4 ) !
 *
 * A heading says where the forms below it hold: `first`, in front of the first sentence of the body only; `anywhere`, also
 * amid the body, where bulletins have a dateline in front of each story; `arabic`, where dateline and story are in that script.
 * Below [leads], [before], [glued] and [behind] there are words, one a line. Every word of a form is a part, or what is true of the sign between two parts. A part with `?` may be missing; of
 * parts with `|` between them the first that fits is taken, in the order of this list; a number says how many words a part has
 * at the most.
 *
 * place       a listed place; Place: one that is not written in capitals
 * CAPITALS    up to three words in capitals
 * town3       words up to the next sign or day, whatever they are
 * day         a day with its month, a weekday; a number alone in front of a bracket; onday: perhaps with a small word in front
 * region      behind a comma and in front of a bracket: what a place is in
 * agency      a listed news agency; outlet: paper, broadcaster or word such as "exclusive", in the script of
 *             Arabic (elsewhere they stay, as the labelled articles have it); station: either, in any
 * by          what stands in front of who wrote it
 * section     the name of a part of a site, such as "sport"
 * label       a station with a colon behind it
 * wire4       words up to the next sign of the form, a listed agency among them
 * source4     the same, that say what they are ("news agency"), or are the site
 * person4     the same, two or more that begin with a given name
 * house4      the same, no place and no person; one word alone has no article, for that is who speaks
 * name4       the same, whoever they are, but no place
 * words4      the same, whatever they are
 * listed      any number of listed names and days, up to a dash, colon, bar or slash behind an agency
 * somewhere3  as town, but no person, section or small word, and not in capitals: a town, if anything else says so
 * story       nothing: what follows can only be the story, and nobody is quoted
 * lead        nothing: what follows is a story, and begins with one of the words of [leads]; behind a name without a sign,
 *             the name ends there
 * told        nothing: the text speaks of what stands in front as of a town, by the words of [before], [glued], [behind]
 * titled      the same, of what stands above the line
 *
 * ( ) / : , . "   that sign, at the near end of the gap; - a dash with space around, hyphen: one without; ! a dash, colon,
 * bar or slash; _ no sign; spaced: white space */
#ifndef GHIRBAL_STRIP_DATELINE_FORMS_H
#define GHIRBAL_STRIP_DATELINE_FORMS_H

#include "common/diag.h"
#include "reader.h"

enum form_part {
	PART_PLACE = 1 << 0,
	PART_SMALL_PLACE = 1 << 1,
	PART_CAPITALS = 1 << 2,
	PART_TOWN = 1 << 3,
	PART_DAY = 1 << 4,
	PART_REGION = 1 << 5,
	PART_AGENCY = 1 << 6,
	PART_OUTLET = 1 << 7,
	PART_STATION = 1 << 8,
	PART_LABEL = 1 << 9,
	PART_WIRE = 1 << 10,
	PART_SOURCE = 1 << 11,
	PART_PERSON = 1 << 12,
	PART_HOUSE = 1 << 13,
	PART_NAME = 1 << 14,
	PART_LISTED = 1 << 15,
	PART_STORY = 1 << 16,
	PART_ON_DAY = 1 << 17,
	PART_WORDS = 1 << 18,
	PART_SOMEWHERE = 1 << 19,
	PART_LEAD = 1 << 20,
	PART_TOLD = 1 << 21,
	PART_TITLED = 1 << 22,
	PART_SECTION = 1 << 23,
	PART_BY = 1 << 24,
};

enum { FORM_STEPS = 12, FORM_WORDS = 4 };

/* A part, or a sign. */
struct form_step {
	uint32_t parts; /* bits of enum form_part, tried from the lowest on; 0: it is a sign */
	char sign; /* one of ( ) / : , . " - ! _, 'h' for a hyphen, 's' for white space; 0: it is a part */
	uint8_t most; /* words; 0: as many as a listed name has */
	bool optional;
};

bool form_step_equal(const struct form_step *left, const struct form_step *right);

struct form {
	struct form_step steps[FORM_STEPS];
	uint8_t count;
	bool anywhere, arabic;
};

/* Words as they are written. */
struct form_words {
	const struct span *items;
	size_t count;
	struct span *own;
};

/* Owns its items if they were parsed. */
struct forms {
	const struct form *items;
	size_t count;
	struct form *own;
	struct form_words before, glued, behind; /* what stands beside the name of a town */
	struct {
		const uint64_t *keys;
		size_t count;
		uint64_t *own;
	} leads; /* words that stories begin with, in order */
};

/* Reads `text`, which has to stay; `reader` is used for folding. False with `why` at the first mistake. */
bool dateline_forms_parse(struct forms *forms, struct reader *reader, struct span text, struct diag *why);

/* Whether stories begin with the word of that key (reader.h). */
bool dateline_forms_has_lead(const struct forms *forms, uint64_t key);

void dateline_forms_release(struct forms *forms);

#endif
