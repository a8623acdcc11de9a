/* SPDX-License-Identifier: MIT
 * rows.c - widgets side by side on one line. */
#include "rows.h"

enum {
	ROW_WORDS = 40,
	REQUEST_WORDS = 16,
	REQUEST_PARTS = 4, /* in front of who is to be followed */
	REQUEST_NAME = 4, /* words of who is to be followed */
	LABEL_WORDS = 5,
	LABELLED_WORDS = 20,
	ITEM_WORDS = 4,
	COUNT_WORDS = 8,
	TRAIL_WORDS = 28,
	TRAIL_PART = 6, /* words of the name of a section */
	TRAIL_TITLE = 18, /* of what ends a trail of two signs or more, the title of the story */
	CONTACT_WORDS = 24,
	CONTACT_NAME = 5, /* words beside an address: "Email Jane Roe at" */
	IMPRINT_NAME = 9, /* words beside two numbers: who it is and where */
	PHONE_LEAST = 7, /* digits */
	PHONE_MOST = 16,
	MASTHEAD_WORDS = 5,
	SURE_MASTHEAD =
		3, /* words; longer names hold two words of mastheads, or a sentence could be meant */
};

/* --- phrases -------------------------------------------------------------------------------------------- */

/* What has been met of a row. */
struct row {
	size_t phrases, buttons, counted, numbers, anywhere;
	bool capital, sign;
	enum category category;
	enum zone zone;
};

/* Parts stand side by side, or are set apart by a bar and the like; other signs belong to prices, to lists that
 * are numbered, to code. */
static bool joins_row(const struct word *word, bool first)
{
	if (!first && word->digits && word->before.first == '.' && word->before.count == 3)
		return true; /* pages left out */
	if (word->before.count > 3)
		return false;
	if (first)
		return word->before.first != '#' && word->before.first != '$';
	return word->before.first == 0 || sign_is_one_of(word->before.first, "|/-*\">:,()!?");
}

static size_t take_part(
	struct row *row, const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_part(phrases, words, count);
	uint32_t found = 0;
	size_t len = phrases_term(phrases, words, count, TERM_BUTTON | TERM_COUNTED, &found);

	if (phrase && phrase->effect != EFFECT_TAIL && phrase->words >= len) {
		row->phrases++;
		row->category = row->category ? row->category : phrase->category;
		row->anywhere += phrase->zone == ZONE_ANY;
		row->zone = phrase->zone != ZONE_ANY ? phrase->zone : row->zone;
		return phrase->words;
	}
	if (len) {
		row->buttons += (found & TERM_BUTTON) != 0;
		row->counted += (found & TERM_BUTTON) == 0;
		return len;
	}
	row->numbers++;
	return words[0].digits && words[0].digits <= 5 ? 1 : 0;
}

/* Two words that are widgets each may make sense together; in scripts with capitals, headings do. */
static bool is_row(const struct row *row)
{
	size_t parts = row->phrases + row->buttons + row->counted;

	if (!row->category || row->phrases == 0)
		return false;
	if ((row->category == CATEGORY_NAVIGATION || row->category == CATEGORY_COUNTER) &&
		row->numbers >= 2)
		return true;
	return parts >= (row->capital && !row->sign ? 3 : 2) && (row->phrases >= 2 || row->buttons);
}

enum category row_of_phrases(
	const struct phrases *phrases, const struct word *words, size_t count, enum zone *zone)
{
	struct row row = { 0 };

	if (count < 2 || count > ROW_WORDS || (words[0].digits && words[1].before.first == '.'))
		return CATEGORY_NONE;
	for (size_t at = 0; at < count;) {
		size_t len = joins_row(&words[at], at == 0)
				     ? take_part(&row, phrases, words + at, count - at)
				     : 0;

		if (!len)
			return CATEGORY_NONE;
		row.sign |= at > 0 && (words[at].before.first == '|' || words[at].before.first == '*' ||
					      words[at].before.first == '/');
		row.capital |= words[at].capital;
		at += len;
	}
	*zone = row.anywhere >= 2 ? ZONE_ANY : row.zone;
	return is_row(&row) ? row.category : CATEGORY_NONE;
}

/* --- requests -------------------------------------------------------------------------------------------- */

static const uint32_t request_terms = TERM_ASK | TERM_THING | TERM_FILLER | TERM_BUTTON;

/* What has been met of a request. */
struct request {
	size_t parts, asks, things, last_ask;
};

/* How many words a part takes; 0 when it is none. */
static size_t request_part(
	struct request *request, const struct lookup *lookup, const struct word *words, size_t count)
{
	uint32_t found = 0;
	size_t len;

	if (words[0].before.first == '#' || words[0].before.last == '#')
		return 0;
	if (words[0].digits) {
		len = phrases_term(lookup->phrases, words + 1, count - 1, TERM_UNIT, &found);
		return len ? len + 1 : 0; /* "4 minutes" */
	}
	len = clitics_term(lookup, words, count, request_terms, &found);
	if (!len)
		return 0;
	request->parts++;
	request->things += (found & (TERM_THING | TERM_BUTTON)) != 0;
	if (found & TERM_ASK && ++request->asks)
		request->last_ask = request->parts;
	return len;
}

/* How many words a name takes behind what is asked: they are capitalised, or of a script without capitals. */
static size_t name_part(const struct word *words, size_t count)
{
	size_t len = 0;

	while (len < count && len < REQUEST_NAME && !words[len].digits && !words[len].before.first &&
		words[len].capital == words[0].capital)
		len++;
	return len;
}

/* "Follow Jane Roe on Twitter": `at` is behind what is asked. */
static bool asks_for_name(const struct lookup *lookup, const struct word *words, size_t at, size_t count)
{
	size_t most = at + name_part(words + at, count - at);
	uint32_t found;

	if (words[count].before.first || (words[0].capital && !words[at].capital))
		return false;
	for (size_t end = at + 1; end <= most && end + 1 < count; end++) {
		size_t filler =
			phrases_term(lookup->phrases, words + end, count - end, TERM_FILLER, &found);

		if (filler && end + filler < count &&
			phrases_term(lookup->phrases, words + end + filler, count - end - filler,
				TERM_BUTTON, &found) == count - end - filler)
			return true;
	}
	return false;
}

static bool is_request(const struct request *request, bool asks_first)
{
	if (!request->asks || !request->things || request->asks + request->things < 2 || request->parts < 2)
		return false;
	return asks_first || request->last_ask == request->parts;
}

bool row_is_request(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct request request = { 0 };
	bool asks_first = false;

	if (count < 2 || count > REQUEST_WORDS || words[0].before.first == '-' ||
		words[0].before.first == '#')
		return false;
	for (size_t at = 0; at < count;) {
		size_t len = request_part(&request, lookup, words + at, count - at);

		if (!len)
			return request.parts <= REQUEST_PARTS && request.asks && asks_first &&
			       asks_for_name(lookup, words, at, count);
		asks_first |= request.parts <= 2 && request.asks;
		at += len;
	}
	return is_request(&request, asks_first);
}

/* How many words the label takes; 0 when no colon ends one. */
static size_t label_len(const struct lookup *lookup, const struct word *words, size_t count)
{
	static const uint32_t wanted = TERM_ASK | TERM_THING | TERM_FILLER;
	size_t things = 0;

	for (size_t at = 0; at < count && at <= LABEL_WORDS;) {
		uint32_t found = 0;
		size_t len;

		if (at && words[at].before.first == ':')
			return at >= 2 && things ? at : 0;
		if (at && words[at].before.first)
			return 0;
		len = clitics_term(lookup, words + at, count - at, wanted, &found);
		if (!len)
			return 0;
		things += (found & TERM_THING) != 0;
		at += len;
	}
	return 0;
}

bool row_is_labelled(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = count < 3 || count > LABELLED_WORDS || gap_is_terminal(words[count].before)
			    ? 0
			    : label_len(lookup, words, count);
	size_t item = 0;

	if (!at)
		return false;
	for (; at < count; at++) {
		item = words[at].before.first ? 1 : item + 1;
		if (item > ITEM_WORDS || words[at].before.first == '.')
			return false;
	}
	return true;
}

/* Three digits behind digits, a space, dot or comma between: thousands of the same number. */
static bool goes_on(const struct word *word)
{
	return word[-1].digits && word->digits == 3 &&
	       (word->before.count == 0 || (word->before.count == 1 && !word->before.space));
}

bool row_is_count(const struct lookup *lookup, const struct word *words, size_t count)
{
	static const uint32_t wanted = TERM_COUNTED | TERM_THING | TERM_FILLER;
	size_t numbers = 0, counted = 0;

	if (count < 3 || count > COUNT_WORDS || gap_is_terminal(words[count].before))
		return false;
	for (size_t at = 0; at < count;) {
		uint32_t found = 0;
		size_t len =
			words[at].digits ? 1 : clitics_term(lookup, words + at, count - at, wanted, &found);

		if (!len || words[at].before.count > 2)
			return false;
		numbers += words[at].digits > 0 && (at == 0 || !goes_on(&words[at]));
		counted += (found & TERM_COUNTED) != 0;
		at += len;
	}
	return numbers == 1 && counted;
}

/* --- trails ---------------------------------------------------------------------------------------------- */

static bool is_trail_sign(struct gap gap)
{
	return gap.first == '>' || gap.first == '"' || gap.first == '|' || gap.first == '*' ||
	       ((gap.first == '/' || gap.first == '-') && gap.space);
}

bool row_is_trail(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t at = phrases_term(phrases, words, count, TERM_HOME, &found);
	size_t part = 0, signs = 0;

	if (at == 0 || at == count || count > TRAIL_WORDS || !is_trail_sign(words[at].before))
		return false;
	for (; at < count; at++) {
		bool sign = is_trail_sign(words[at].before) &&
			    (part <= TRAIL_PART || words[at].before.first != '"');

		signs += sign;
		part = sign ? 1 : part + 1;
		if (part > (size_t)(signs > 1 ? TRAIL_TITLE : TRAIL_PART) ||
			words[at].before.first == '.' || words[at].before.first == ':')
			return false;
	}
	return words[count].before.first != '.';
}

/* --- sections -------------------------------------------------------------------------------------------- */

bool row_is_section(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { LONGEST = 6 }; /* words */
	uint32_t found = 0, met = 0;
	size_t at =
		count > LONGEST ? count : phrases_term(lookup->phrases, words, count, TERM_HOME, &found);

	for (size_t len; at < count; at += len) {
		if (words[at].before.count > 1 ||
			(words[at].before.first && !sign_is_one_of(words[at].before.first, "&/-|>,\"")))
			return false;
		len = clitics_term(lookup, words + at, count - at, TERM_SECTION, &found);
		if (!len)
			return false;
		met |= found;
	}
	return met & TERM_SECTION && !words[count].before.first;
}

/* --- contacts -------------------------------------------------------------------------------------------- */

static bool is_joined(const struct word *word)
{
	return !word->before.space && word->before.count <= 1 &&
	       (word->before.first == '.' || word->before.first == '@' || word->before.first == '-' ||
		       word->before.first == '/' || word->before.first == 0);
}

/* How many words an address takes that starts here, or a name behind an @. */
static size_t address_len(const struct word *words, size_t count)
{
	bool at_sign = words[0].before.last == '@', dot = false;
	size_t len = 1;

	while (len < count && is_joined(&words[len])) {
		at_sign |= words[len].before.first == '@';
		dot |= words[len].before.first == '.';
		len++;
	}
	dot = dot && words[len - 1].end - words[len - 1].start > 1; /* "U.S" */
	return at_sign || (dot && !words[0].digits && len >= 2) ? len : 0;
}

/* What has been met of a contact. */
struct contact {
	size_t labels, addresses, digits, others;
};

static size_t take_contact(
	struct contact *contact, const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	size_t len = phrases_term(phrases, words, count, TERM_CONTACT, &found);

	if (len) {
		contact->labels++;
		return len;
	}
	if (words[0].digits) {
		contact->digits += words[0].digits;
		return 1;
	}
	len = address_len(words, count);
	if (len) {
		contact->addresses++;
		return len;
	}
	contact->others++;
	return 1;
}

static bool starts_as_phone(struct span text)
{
	return text.len && strchr("+0(", text.at[0]);
}

static bool is_short_number(const struct contact *contact)
{
	return contact->digits >= 3 && contact->digits <= (size_t)2 * PHONE_MOST;
}

bool row_is_contact(const struct phrases *phrases, struct span text, const struct word *words, size_t count)
{
	struct contact contact = { 0 };

	if (count == 0 || count > CONTACT_WORDS)
		return false;
	for (size_t at = 0; at < count && contact.others <= IMPRINT_NAME;)
		at += take_contact(&contact, phrases, words + at, count - at);
	if (contact.labels && contact.addresses)
		return contact.others <= CONTACT_NAME;
	if (contact.labels >= 2 && contact.digits >= (size_t)2 * PHONE_LEAST && contact.others)
		return contact.others <= IMPRINT_NAME && !gap_is_terminal(words[count].before);
	if (contact.others)
		return false;
	if (contact.labels)
		return is_short_number(&contact);
	if (contact.addresses)
		return words[0].before.last == '@' && contact.addresses == 1 && contact.digits == 0;
	return starts_as_phone(text) && contact.digits >= PHONE_LEAST && contact.digits <= PHONE_MOST &&
	       gap_is_terminal(words[count].before) == false;
}

/* --- mastheads -------------------------------------------------------------------------------------------- */

bool row_is_masthead(const struct phrases *phrases, const struct word *words, size_t count)
{
	uint32_t found;
	bool first, second, last;

	if (count < 2 || count > MASTHEAD_WORDS || words[count].before.first)
		return false;
	for (size_t i = 1; i < count; i++)
		if (words[i].before.first && words[i].before.first != '-' && words[i].before.first != '.')
			return false;
	first = phrases_term(phrases, words, 1, TERM_MASTHEAD, &found);
	last = phrases_term(phrases, words + count - 1, 1, TERM_MASTHEAD, &found);
	second = count > SURE_MASTHEAD && phrases_term(phrases, words + 1, 1, TERM_MASTHEAD, &found);
	return count > SURE_MASTHEAD ? first + second + last >= 2 : first || last;
}
