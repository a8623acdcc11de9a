/* SPDX-License-Identifier: MIT
 * sight.h - one line as the rules look at it: what is known of the document, the lexicons, and what can be met among the
 * line's words. Shared by the modules that find evidence (evidence.h). */
#ifndef GHIRBAL_STRIP_SIGHT_H
#define GHIRBAL_STRIP_SIGHT_H

#include "clitics.h"
#include "evidence.h"

/* What sentences end with. */
#define STOPS (SIGN_BIT('.') | SIGN_BIT('?') | SIGN_BIT('!'))

/* Whether one of the signs may stand in the line, of which all was read: most lines have none that a rule is about. */
static inline bool has_sign(const struct rest *rest, uint64_t signs)
{
	return rest->reader->signs & signs;
}

/* What can be met among words: rules about what cannot are not asked. There are many rules, and most lines have no numbers
 * and few words of any class. */
struct gist {
	uint32_t opens; /* what one of the words may be the start of */
	bool digits;
};

static inline bool is_all_of(const struct reader *reader, const struct word *words, size_t count)
{
	return words == reader->words && count == reader->count;
}

/* The reader has it of the whole line. */
static inline struct gist gist_of_line(const struct reader *reader)
{
	return (struct gist){ reader->opens, reader->digits };
}

static inline struct gist gist_of(const struct word *words, size_t count)
{
	struct gist gist = { 0, false };

	for (size_t i = 0; i < count; i++) {
		gist.opens |= words[i].opens;
		gist.digits |= words[i].digits > 0;
	}
	return gist;
}

/* Where a line is judged. */
struct sight {
	const struct phrases *phrases;
	const struct known *known;
	struct lookup lookup;
	struct gist gist; /* of the words that grammar_find looks at */
};

static inline struct sight sight_of(
	const struct phrases *phrases, const struct known *known, const struct rest *rest)
{
	return (struct sight){ phrases, known, { phrases, rest->reader, rest->line }, { 0, false } };
}

static const struct finding nothing = { CATEGORY_NONE, EFFECT_DROP, ZONE_ANY, false };

static inline struct finding found(enum category rule, enum zone zone)
{
	return (struct finding){ rule, EFFECT_DROP, zone, false };
}

/* What is said of words that are all of a line, or a part of it that stands apart. */
struct finding evidence_part(const struct sight *sight, const struct word *words, size_t count);

/* In words. Measured on the articles and pages the project is tuned on. */
enum {
	PHRASE_REST = 10, /* what may follow a phrase that asks for no colon */
	RIGHTS_WORDS = 14, /* who holds the rights, and since when */
};

#endif
