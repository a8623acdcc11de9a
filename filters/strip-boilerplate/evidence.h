/* SPDX-License-Identifier: MIT
 * evidence.h - what the rules have to say of one line: that all of it is debris. Of spans see ends.h and spans.h.
 *
 * Nothing here decides: a finding may hold in one zone of the document only, which judge.c knows. */
#ifndef GHIRBAL_STRIP_EVIDENCE_H
#define GHIRBAL_STRIP_EVIDENCE_H

#include "rest.h"
#include "titles.h"

enum { FRAME_NAMES = 8, TITLE_TOPICS = 16 };

/* What is known of the document so far. */
struct known {
	struct title title;
	struct title
		second; /* the second line kept, in front of the body: the title, if the first is a site's name */
	struct title
		unsure; /* the same, where it is so short that copies of it stay as long as the first may be the title */
	struct title site; /* its name, where it stood beside a copy of the title */
	struct title third; /* the line behind it, where the first may go */
	struct span
		around; /* while the line at hand may be the first of the body: it, and some of the text before and behind */
	size_t kept; /* lines */
	struct span above; /* the text in front of the line at hand, of the window it stands in; borrowed */
	bool body; /* a body-like line was kept */
	bool below; /* the last kept line was neither body-like nor the first: an entry of a list, a caption; or it announces such */
	bool stopped; /* the last kept line is body-like and ends as sentences do */
	size_t ended, unended; /* lines kept behind the title that end as sentences do, and others */
	bool foot; /* behind it a line went that stands below stories */
	bool stamped; /* a stamp was removed behind the last kept line */
	bool untitled; /* nothing was kept yet, and one of the next lines may be a title */
	bool signing; /* the line in front waits as a name */
	size_t left; /* how many lines in front, one after another, wait as what a page left below the story */
	bool before_body; /* the line at hand stands close below the title and is followed by a long line */
	bool near_title; /* no more than the title and a subtitle, however long, stand above it; below, perhaps behind a short line, a long one */
	bool in_head; /* a stamp stands close below the line at hand, which no more than a title and its subtitles stand above */
	bool subtitled; /* for that a line was kept that would be body elsewhere */
	bool flat; /* none is in a head for a stamp */
	bool leads; /* the line at hand follows a stamp and is followed by a long line */
	bool dropping; /* the last line that is not blank was removed, or there was none yet */
	size_t gone; /* how many lines may go yet for standing next to the last one, which went */
	bool waits; /* the line in front does, for what follows */
	size_t alone; /* how many of the last lines go if the next does */
	size_t list_left; /* one more than how many lines the list may still have whose heading was removed */
	size_t loose_left; /* the same below a link that may head a list, whose items wait for the foot */
	uint64_t topics[TITLE_TOPICS]; /* the longer words of the title, then zeros */
	uint64_t next_topics
		[TITLE_TOPICS]; /* the same of the second line, which is the title if the first goes */
	uint64_t names[FRAME_NAMES]; /* the words of the first line, where it may be the name of a site */
	bool section; /* the first line kept is the name of a section or site, */
	bool named; /* that only for being a word or two: there must be other debris */
	bool framed; /* the second may be the name of the site, too */
	bool titled; /* and the second is the title */
	uint8_t list_rule;
	uint8_t tail_rule; /* all that follows goes; CATEGORY_NONE: no */
};

/* How many lines stand above, without the first if that may yet turn out to be none of the story's: what goes because it is
 * near the title must not depend on that. */
static inline size_t depth_of(const struct known *known)
{
	return known->kept - (known->section && known->kept > 0);
}

/* Below no more than a title and a subtitle, however long, or the first paragraph. */
static inline bool known_is_near_top(const struct known *known)
{
	enum { MOST = 2 };

	return known->kept > 0 && known->kept <= MOST && !known->below;
}

/* One more line may be what a page left below the story; more are a list. */
static inline bool known_may_leave(const struct known *known)
{
	enum { LINES = 6 };

	return !known->below && known->list_left <= 1 && known->loose_left <= 1 && known->left < LINES;
}

/* What a rule says of a whole line. */
struct finding {
	enum category rule; /* CATEGORY_NONE: nothing */
	enum effect effect;
	enum zone zone;
	bool heading; /* the phrase is all of the line */
};

/* What the first rule says that has something to say of all that is left of the line. */
struct finding evidence_line(
	const struct phrases *phrases, const struct known *known, const struct rest *rest);

/* Whether a first line may be no title but the name of a section above it. */
bool evidence_is_section(const struct phrases *phrases, const struct rest *rest);

/* Whether it may be the name of the site, of which the story does not speak: `names` gets what it must not have in common
 * with what follows. */
bool evidence_is_masthead(
	const struct phrases *phrases, const struct rest *rest, uint64_t names[FRAME_NAMES]);

/* Whether it is so short that nothing but a title can come below: a word or two, or two such parts. */
bool evidence_is_short(const struct phrases *phrases, const struct rest *rest, uint64_t names[FRAME_NAMES]);

#endif
