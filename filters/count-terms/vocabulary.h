/* SPDX-License-Identifier: MIT
 * vocabulary.h - from words as they are written to what they count as.
 *
 * What a written word counts as is worked out once, however often it comes; the answer is kept with the word
 * (forms.h). */
#ifndef GHIRBAL_VOCABULARY_H
#define GHIRBAL_VOCABULARY_H

#include "common/buf.h"
#include "filters/count-terms/forms.h"
#include "filters/count-terms/stem.h"
#include "filters/normalize/keyer.h"

/* What a word counts as: the number of a string, with TERM_STOP where it is a stop word; or one of the others. */
enum {
	TERM_STOP = 1 << 30,
	TERM_NUMBERS = TERM_STOP, /* strings there may be */
};
#define TERM_PARTS 0x80000000u /* several; below it an index into `parts` */
#define TERM_NONE  0xFFFFFFFEu /* nothing: it is not counted */

enum numbers { NUMBERS_KEEP, NUMBERS_DROP, NUMBERS_CLASS };

enum { PARTS_MOST = 4 };

/* What a word with clitics is made of. */
struct parts {
	uint32_t count, numbers[PARTS_MOST]; /* of strings, each counted like a word of its own */
};

/* What the owner wants of words. Borrowed but for plain values. */
struct vocabulary_rules {
	struct keyer *keyer;
	enum numbers numbers;
	uint64_t min_length; /* characters of a key */
	const struct forms *stops; /* keys of stop words; NULL: there are none */
	struct stem *stem; /* NULL: words are not stemmed */
	const char *stem_lang; /* what made `stem` */
	bool splits_clitics;
};

/* Zero bytes with rules and a secret in `forms` make one. */
struct vocabulary {
	struct vocabulary_rules rules;
	struct forms forms;
	struct parts *parts;
	size_t parts_count, parts_cap;
	uint32_t number; /* one more than the string that all numbers count as; 0: there is none yet */
	struct buf key, text; /* scratch */
};

/* What all numbers count as under NUMBERS_CLASS. No word is written so. */
#define NUMBER_TERM SPAN("<number>")

/* Works out what a string counts as, for vocabulary_term. */
uint32_t vocabulary_resolve(struct vocabulary *vocabulary, uint32_t number);

/* What the string `number` counts as. May add strings. */
static inline uint32_t vocabulary_term(struct vocabulary *vocabulary, uint32_t number)
{
	uint32_t term = vocabulary->forms.items[number].term;

	return term == FORM_UNKNOWN ? vocabulary_resolve(vocabulary, number) : term;
}

/* Whether a term is what numbers count as. */
static inline bool vocabulary_is_number(const struct vocabulary *vocabulary, uint32_t term)
{
	return vocabulary->number && vocabulary->number - 1 == term;
}

/* Works out what every string counts as that came, and hands the counts of those made of several parts on to these. Nothing can be
 * counted afterwards. */
void vocabulary_settle(struct vocabulary *vocabulary);

/* Whether a settled string came, and counts as a term; which one its `term` says. */
static inline bool form_is_counted(const struct form *form)
{
	return form->count && form->term < TERM_NUMBERS;
}

/* Appends the key of `word`. Spaces, which the key of one character may have under KEY_SEARCH (U+FDFA), become low lines. */
void vocabulary_key(struct buf *into, struct span word, struct keyer *keyer);

/* Bytes of memory in use. */
size_t vocabulary_memory(const struct vocabulary *vocabulary);

/* Forgets all strings, but not the rules. */
void vocabulary_release(struct vocabulary *vocabulary);

#endif
