/* SPDX-License-Identifier: MIT
 * calls.c - a page that speaks to its reader: requests and notices.
 *
 * The shares were set on articles written for tuning, and held against 90 MB of news (Arabic, English, many scripts):
 * what goes there and did not before is read. */
#include "calls.h"

#include "script.h"

enum {
	REQUEST_WORDS = 32,
	NOTICE_WORDS = 64,
	CALL_BY = 4, /* words: by then something is asked */
	NOTICE_BY = 4,
	NOTICE_LEAST = 3, /* words of notices in one */
	SURE_NOTICE = 4,
	NOTICE_SHORT = 4, /* words; shorter lines may be headings */
	GLUED_LEAST = 3, /* letters of each part of a word that is two */
	GLUED_MOST = 24,
	NAME_WORDS = 4,
	ASKED_SHARE = 4, /* of a request one word in so many may be of no class, */
	TOLD_SHARE = 6, /* of one in whole sentences, */
	NOTICE_SHARE = 7, /* and of a notice */
	SAID_OF = 7, /* words, of which one at least is asked or asked for */
	QUOTE_WORDS = 4, /* more have been said by somebody */
	ARABIC = 6, /* of its letters, all bits but eight */
	ALEF = 0x0627,
	BEH = 0x0628,
	FEH = 0x0641,
	LAM = 0x0644,
	WAW = 0x0648,
	SENTENCE_NAMES = 2,
};

static const uint32_t call_terms = TERM_CALL | TERM_SITE | TERM_NOTICE | TERM_LOOSE | TERM_ASK |
				   TERM_THING | TERM_FILLER | TERM_BUTTON | TERM_COUNTED | TERM_UNIT |
				   TERM_CONTACT;

static const uint32_t strong_terms = TERM_CALL | TERM_SITE | TERM_NOTICE | TERM_BUTTON;

/* What has been met of a line. */
struct speech {
	size_t words, unknown, names, digits, quote;
	size_t calls, sites, notices;
	size_t parts, first_call, last_call; /* parts are counted from 1; 0: none */
	bool quoted, sentences;
};

static bool letters_term(const struct phrases *phrases, const int32_t *letters, size_t count,
	uint32_t wanted, uint32_t *found)
{
	struct word word = { .key = reader_letters_key(letters, count), .opens = UINT32_MAX };

	return phrases_term(phrases, &word, 1, wanted, found);
}

/* A word that a page glued together of two ("loginRegister"): both halves are of some class. */
static bool is_glued(const struct lookup *lookup, const struct word *word, uint32_t *found)
{
	int32_t letters[GLUED_MOST + 1];
	size_t count = reader_letters(lookup->reader,
		span_of(lookup->line.at + word->start, word->end - word->start), letters, GLUED_MOST + 1);

	if (count > GLUED_MOST)
		return false;
	for (size_t at = GLUED_LEAST; at + GLUED_LEAST <= count; at++) {
		uint32_t first, second;

		if (letters_term(lookup->phrases, letters, at, call_terms, &first) &&
			letters_term(lookup->phrases, letters + at, count - at,
				call_terms & ~(uint32_t)TERM_FILLER, &second)) {
			*found = first | second;
			return true;
		}
	}
	return false;
}

/* The term whose first word has one of these in front: and, so, with, to, the article, and those together. More is taken
 * off words that say less. */
static size_t behind_front(
	const struct lookup *lookup, const struct word *words, size_t count, uint32_t *found)
{
	enum { LONGEST = 4 }; /* words of a term */
	static const int32_t fronts[][4] = { { WAW }, { FEH }, { BEH }, { LAM }, { ALEF, LAM },
		{ LAM, LAM }, { WAW, ALEF, LAM }, { BEH, ALEF, LAM }, { WAW, BEH }, { WAW, LAM } };
	int32_t letters[GLUED_MOST + 1];
	struct word term[LONGEST];
	size_t given = count < LONGEST ? count : LONGEST, len;

	if (!may_be_arabic(lookup, words))
		return 0;
	len = reader_letters(lookup->reader,
		span_of(lookup->line.at + words[0].start, words[0].end - words[0].start), letters,
		GLUED_MOST + 1);
	if (len > GLUED_MOST || letters[0] >> 8 != ARABIC)
		return 0;
	memcpy(term, words, given * sizeof *term);
	term[0].opens = UINT32_MAX;
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
		size_t front = 0, taken;

		while (front < 3 && fronts[i][front] && front < len && letters[front] == fronts[i][front])
			front++;
		if ((front < 3 && fronts[i][front]) || front + GLUED_LEAST > len)
			continue;
		term[0].key = reader_letters_key(letters + front, len - front);
		taken = phrases_term(lookup->phrases, term, given, strong_terms, found);
		if (taken)
			return taken;
	}
	return 0;
}

/* `is_small`: the word is of a script with capitals, and has none. Buttons say what is done, too ("like", "comment"). */
static void take_known(struct speech *speech, uint32_t found, size_t len, bool is_small)
{
	speech->words += len;
	speech->parts++;
	if (found & TERM_CALL && !(found & TERM_SITE && speech->calls)) {
		speech->calls++;
		speech->last_call = speech->parts;
		if (!speech->first_call && !speech->unknown)
			speech->first_call = speech->parts;
	} else if (found & TERM_SITE || (found & TERM_BUTTON && !is_small)) {
		speech->sites++;
	}
	if (found & TERM_NOTICE)
		speech->notices +=
			len > 2 ? 2 : 1; /* three words that notices say in a row are no accident */
}

/* A word of no class: a name, or a word that speaks against it all. */
static void take_unknown(
	struct speech *speech, const struct lookup *lookup, const struct word *word, bool ascii)
{
	speech->words++;
	speech->parts++;
	if (speech->quoted || (!ascii && script_is_ascii(lookup->line, word)))
		speech->names++;
	else
		speech->unknown += word->capital ? 1 : 2;
}

static size_t take_part(struct speech *speech, const struct lookup *lookup, const struct word *words,
	size_t count, bool ascii)
{
	uint32_t found = 0;
	size_t len;

	if (words[0].before.first == '"' || words[0].before.last == '"')
		speech->quoted = !speech->quoted;
	speech->quote += speech->quoted;
	if (words[0].digits) {
		speech->digits++;
		return 1;
	}
	len = phrases_term(lookup->phrases, words, count, call_terms, &found);
	if (!(found & strong_terms)) {
		uint32_t strong = 0;
		size_t longer = behind_front(lookup, words, count, &strong);

		found = longer >= len && longer ? strong : found;
		len = longer > len ? longer : len;
	}
	if (!len) {
		len = clitics_term(lookup, words, count, call_terms, &found);
		found &= ~strong_terms; /* too much is said of a word to say that it asks */
	}
	if (!len && is_glued(lookup, words, &found))
		len = 1;
	if (len)
		take_known(speech, found, len, !words[0].capital && script_is_ascii(lookup->line, words));
	else
		take_unknown(speech, lookup, words, ascii);
	return len ? len : 1;
}

static bool ends_sentence_before(const struct word *word)
{
	return word->before.space && gap_is_terminal(word->before);
}

/* Stops where too many words are of no class, `share` of them at most: most sentences do so soon. */
static struct speech speech_of(
	const struct lookup *lookup, const struct word *words, size_t count, size_t share)
{
	struct speech speech = { 0 };
	bool ascii = script_is_ascii(lookup->line, words);

	for (size_t at = 0; at < count && speech.unknown * share <= 2 * count;) {
		speech.sentences |= at && ends_sentence_before(&words[at]);
		at += take_part(&speech, lookup, words + at, count - at, ascii);
	}
	return speech;
}

/* Whether a word of these classes starts among the first `most`: most lines end here. */
static bool starts_with(
	const struct phrases *phrases, const struct word *words, size_t count, size_t most, uint32_t wanted)
{
	uint32_t found;

	for (size_t at = 0; at < count && at < most; at++)
		if (phrases_term(phrases, words + at, count - at, wanted, &found))
			return true;
	return false;
}

static bool is_request(const struct speech *speech, const struct word *words, size_t count)
{
	bool told = speech->sentences || words[count].before.first == '.';
	size_t share = told ? TOLD_SHARE : ASKED_SHARE;

	if ((told && speech->names > SENTENCE_NAMES) || speech->quote > QUOTE_WORDS)
		return false;
	if (!speech->calls || speech->calls + speech->sites < 2 || !speech->sites || speech->digits > 4 ||
		speech->names > NAME_WORDS)
		return false;
	if (speech->unknown * share > 2 * speech->words ||
		(speech->calls + speech->sites) * SAID_OF < speech->words)
		return false;
	return (speech->first_call && speech->first_call <= CALL_BY) || speech->last_call == speech->parts;
}

static enum call notice_of(const struct speech *speech)
{
	size_t said = speech->notices + speech->sites;

	if (speech->notices < NOTICE_LEAST || speech->words < NOTICE_SHORT || said * 4 < speech->words ||
		speech->unknown * NOTICE_SHARE > 2 * speech->words || speech->names > NAME_WORDS)
		return CALL_NONE;
	return speech->notices >= SURE_NOTICE && speech->unknown <= 2 ? CALL_NOTICE : CALL_WEAK_NOTICE;
}

enum call call_of(const struct lookup *lookup, const struct word *words, size_t count)
{
	bool may_ask, may_note;
	struct speech speech;

	if (count < 2 || count > NOTICE_WORDS || words[0].digits || words[0].before.first == '-' ||
		words[0].before.first == '#' || words[0].before.last == '#')
		return CALL_NONE;
	may_ask = count <= REQUEST_WORDS &&
		  (starts_with(lookup->phrases, words, count, CALL_BY, TERM_CALL) ||
			  starts_with(lookup->phrases, words + count - 1, 1, 1, TERM_CALL) ||
			  starts_with(lookup->phrases, words + count - 2, 2, 1, TERM_CALL));
	may_note =
		count >= NOTICE_SHORT && starts_with(lookup->phrases, words, count, NOTICE_BY, TERM_NOTICE);
	if (!may_ask && !may_note)
		return CALL_NONE;
	speech = speech_of(lookup, words, count,
		!may_ask                           ? NOTICE_SHARE
		: words[count].before.first == '.' ? TOLD_SHARE
						   : ASKED_SHARE);
	if (may_ask && is_request(&speech, words, count))
		return CALL_REQUEST;
	return may_note ? notice_of(&speech) : CALL_NONE;
}
