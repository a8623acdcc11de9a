/* SPDX-License-Identifier: MIT
 * phrases.h - what the lexicons say: phrases of debris, and the words that grammars are made of.
 *
 * A lexicon is a text file, one phrase a line. '#' starts a comment line, a heading in brackets says what
 * the phrases below it are:
 *
 *     [related: prefix list]
 *     اقرأ أيضا:
 *     [share: line]
 *     شارك على فيسبوك
 *     [month: word]
 *     كانون الثاني
 *
 * The name is a category of debris (enum category) or, for kind `word`, a class of words (enum term).
 * kind    line (the whole line; if none is given), prefix, suffix, span (inside the line), word
 * effect  drop (the line; if none is given), cut (the phrase alone), list (the line heads a list: short
 *         lines below it go too, until a body line), end (the line ends such a list), tail (this line and all below it)
 * zone    any (if none is given), head (in front of the first body line), foot (behind the last), edge
 *         (head or foot), beside (the same, and next to another line that goes); of a span, head is in front of the
 *         first sentence of a line
 *
 * Phrases and text are compared word by word, folded as reader.h says; signs between words do not count,
 * a number stands for any number. A colon at the end of a prefix asks for a separator there (colon, bar,
 * dash, slash, dots, quote); a phrase of two words or more may also be all of the line.
 * "{Join|Follow} our {channel|page}" is four phrases (alternatives.h).
 *
 * Lexicons of several languages share one table: a phrase says in which languages it counts, and who asks says which
 * language he reads. The lexicons that come with the program were put into it while building (compiled.h). */
#ifndef GHIRBAL_STRIP_PHRASES_H
#define GHIRBAL_STRIP_PHRASES_H

#include "common/diag.h"
#include "reader.h"

enum category {
	CATEGORY_NONE,
	CATEGORY_RELATED, /* read more, read also */
	CATEGORY_POPULAR, /* most read, latest */
	CATEGORY_SHARE, /* share, print, send, font size, copy link */
	CATEGORY_COMMENTS, /* comment forms and headings */
	CATEGORY_FOLLOW, /* follow, subscribe, newsletter, app, notifications */
	CATEGORY_CONSENT, /* cookies, privacy */
	CATEGORY_NAVIGATION, /* menu, search, log in, skip to content, previous and next */
	CATEGORY_COPYRIGHT, /* rights, disclaimers */
	CATEGORY_STAMP, /* when published, when updated */
	CATEGORY_COUNTER, /* views, comments, shares */
	CATEGORY_BYLINE, /* who wrote it, where, for which agency */
	CATEGORY_SOURCE, /* where it was taken from */
	CATEGORY_CREDIT, /* of photos and videos */
	CATEGORY_TAGS, /* keywords and hashtags */
	CATEGORY_TEMPLATE, /* loading, nothing found, placeholders that nobody filled */
	CATEGORY_BRAND, /* the name of the site */
	CATEGORY_ADDRESS, /* a bare domain, URL or e-mail address */
	CATEGORY_ADVERTISEMENT,
	CATEGORY_IDENTIFIER, /* a UUID, a hash */
	CATEGORY_SEPARATOR, /* a rule of dashes */
	CATEGORY_TITLE, /* the title said again */
	CATEGORY_BLANK, /* blank lines that would lead or end the output */
	CATEGORY_MODEL, /* what the line model scored as debris */
	CATEGORY_USER, /* phrases above the first heading of a user's file */
	CATEGORY_REPEATED, /* lines that the site prints in many documents */
	CATEGORY_COUNT,
};

/* Classes of words; a word may be in several. */
enum term {
	TERM_MONTH = 1 << 0,
	TERM_WEEKDAY = 1 << 1,
	TERM_CLOCK = 1 << 2, /* am, pm, zones, eras */
	TERM_UNIT = 1 << 3, /* hour, day, week */
	TERM_AGO = 1 << 4, /* since, ago, yesterday */
	TERM_LABEL = 1 << 5, /* published, last update: makes a date a stamp */
	TERM_GLUE = 1 << 6, /* on, at, day, hour: may stand in a stamp */
	TERM_COUNTED = 1 << 7, /* views, comments, shares */
	TERM_SCALE = 1 << 8, /* K, thousand */
	TERM_AGENCY = 1 << 9, /* news agencies */
	TERM_OUTLET = 1 << 10, /* broadcasters, papers, sites */
	TERM_PLACE = 1 << 11,
	TERM_BY = 1 << 12, /* by, written by, edited by: a name follows behind a colon or dash */
	TERM_WRITES = 1 << 13, /* the same, and a name may follow without a sign */
	TERM_BUTTON = 1 << 14, /* networks to share on, what one does with a page: print, send */
	TERM_HOME = 1 << 15, /* where a trail of sections starts */
	TERM_CONTACT = 1 << 16, /* phone, fax, e-mail: a number or an address follows */
	TERM_HASHTAG = 1 << 18, /* hashtag: what follows is spoken of */
	TERM_ASK = 1 << 19, /* what a page asks its reader to do: share, subscribe, read on */
	TERM_THING = 1 << 20, /* what it asks that with or of: this article, our channel, the link */
	TERM_FILLER = 1 << 21, /* small words between the two: on, in, our, now, here */
	TERM_WITH = 1 << 22, /* between who wrote a story and the agencies it was written with */
	TERM_GIVEN = 1 << 23, /* given names of persons */
	TERM_SECTION = 1 << 24, /* names of sections that news sites have: Sport, Culture */
	TERM_CALL = 1 << 25, /* calls.h says of these four */
	TERM_SITE = 1 << 26,
	TERM_NOTICE = 1 << 27,
	TERM_LOOSE = 1 << 28, /* opens no line of its own: in word.opens the bit is OPENS_LINE, too */
	TERM_MASTHEAD = 1 << 17, /* what names of sites begin or end with: agency, newspaper, news */
};

enum kind { KIND_LINE, KIND_PREFIX, KIND_SUFFIX, KIND_SPAN, KIND_WORD };
enum effect { EFFECT_DROP, EFFECT_CUT, EFFECT_LIST, EFFECT_END, EFFECT_TAIL };
/* Only for grammar: ZONE_NEXT, next to another line that goes, wherever; ZONE_BETWEEN, behind a line that went and in front
 * of one that goes; ZONE_LAST, the foot, of evidence that says nothing of a line amid the body. */
enum zone { ZONE_ANY, ZONE_HEAD, ZONE_FOOT, ZONE_EDGE, ZONE_BESIDE, ZONE_NEXT, ZONE_BETWEEN, ZONE_LAST };

enum { PHRASE_WORDS = 16 }; /* no phrase is longer */
enum { PHRASE_BITS = 1 << 21 };

/* Bits of word.opens: the classes of terms that start with the word, below these. */
#define OPENS_LINE   (UINT32_C(1) << 28)
#define OPENS_PREFIX (UINT32_C(1) << 29)
#define OPENS_SUFFIX (UINT32_C(1) << 30) /* ends with it */
#define OPENS_SPAN   (UINT32_C(1) << 31)

struct phrase {
	uint64_t key;
	uint32_t terms; /* KIND_WORD: classes of words, or-ed */
	uint32_t languages; /* where it counts, a bit each; 0: everywhere */
	uint32_t older; /* 1 + the place of what else these words of this kind are; 0: nothing */
	uint8_t kind, category, effect, zone;
	uint8_t words; /* 0: nothing stands here */
	bool marked; /* a separator must follow */
};

/* What phrases start with a word (suffixes: end), of all languages. Kinds are bits. */
struct opener {
	uint64_t word; /* its key */
	uint32_t terms; /* classes of the word alone */
	uint8_t opens; /* of which kinds; 0: no word stands here */
	uint8_t is_whole; /* of which kinds one is the word alone, */
	uint8_t goes_on; /* and of which one has more words */
	bool in_some; /* the word alone is a term in some languages only, or has other classes there */
};

/* Which words need not be looked up. All languages together. */
struct phrase_marks {
	uint64_t openings[PHRASE_BITS /
			  64]; /* what phrases start with, and are: hashed bits, of two words on */
	uint32_t first[OPENING_CLASSES]; /* for reader.openings */
};

/* Starts as zero bytes, or as a copy of phrases that outlive it, to which one may add: then it makes its own copy of
 * what they hold. */
struct phrases {
	const struct phrase *items; /* hash table: the latest of the same words and kind */
	const struct phrase *olds; /* those that others, for other languages, came in front of */
	const struct phrase_marks *marks; /* NULL while there is no phrase */
	size_t used, slots; /* of the hash table; slots is 0 or a power of two */
	size_t old;
	const struct opener *openers; /* hash table, small enough for near caches */
	size_t openers_used, opener_slots;
	uint32_t languages; /* those that are looked up, beside what counts everywhere */
	struct {
		struct phrase *items, *olds;
		struct phrase_marks *marks;
		struct opener *openers;
		size_t cap; /* of olds */
	} own; /* the same, where it can be written; zero bytes: it is somebody else's */
};

/* Adds the lexicon `text`, which counts everywhere. `name` is what error sentences call it. False with `why` on the
 * first line that does not fit. A phrase given again replaces the earlier one (words gain another class). `reader`
 * is used for folding. */
bool phrases_add(struct phrases *phrases, struct reader *reader, struct span name, struct span text,
	struct diag *why);

/* The same, of phrases that count in `languages` (0: everywhere). What a later lexicon says of a phrase holds where
 * that one counts. */
bool phrases_add_for(struct phrases *phrases, uint32_t languages, struct reader *reader, struct span name,
	struct span text, struct diag *why);

void phrases_release(struct phrases *phrases);

/* What a category is called in lexicons and reports. */
struct span category_name(enum category category);

/* Looks the words up whose first (of suffixes, last) one opens something. */
const struct phrase *phrases_find_line(
	const struct phrases *phrases, const struct word *words, size_t count);
const struct phrase *phrases_find_longest(
	const struct phrases *phrases, const struct word *words, size_t count, enum kind kind);
const struct phrase *phrases_find_suffix(
	const struct phrases *phrases, const struct word *words, size_t count);
size_t phrases_find_term(const struct phrases *phrases, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found);

/* The phrase that is all of these `count` words; NULL when there is none. */
static inline const struct phrase *phrases_line(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && words[0].opens & OPENS_LINE ? phrases_find_line(phrases, words, count) : NULL;
}

/* The longest phrase for whole lines that the words start with: rows of widgets are made of them. */
static inline const struct phrase *phrases_part(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && words[0].opens & OPENS_LINE ? phrases_find_longest(phrases, words, count, KIND_LINE)
						    : NULL;
}

/* The longest phrase that the words start with. */
static inline const struct phrase *phrases_prefix(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && words[0].opens & OPENS_PREFIX
		       ? phrases_find_longest(phrases, words, count, KIND_PREFIX)
		       : NULL;
}

/* The longest phrase that the words end with. */
static inline const struct phrase *phrases_suffix(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && words[count - 1].opens & OPENS_SUFFIX ? phrases_find_suffix(phrases, words, count)
							      : NULL;
}

/* The longest span phrase that starts at the first word. */
static inline const struct phrase *phrases_span(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	return count && words[0].opens & OPENS_SPAN ? phrases_find_longest(phrases, words, count, KIND_SPAN)
						    : NULL;
}

/* How many words the longest term of one of the classes `wanted` takes that starts at the first word; 0
 * when there is none. `*found` gets its classes. */
static inline size_t phrases_term(const struct phrases *phrases, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found)
{
	return count && words[0].opens & wanted ? phrases_find_term(phrases, words, count, wanted, found)
						: 0;
}

#endif
