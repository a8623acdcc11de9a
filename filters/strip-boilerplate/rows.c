/* SPDX-License-Identifier: MIT
 * rows.c - widgets side by side on one line. */
#include "rows.h"

enum {
	ROW_WORDS = 40,
	REQUEST_WORDS = 14,
	TRAIL_WORDS = 20,
	TRAIL_PART = 6, /* words of the name of a section */
	CONTACT_WORDS = 24,
	CONTACT_NAME = 5, /* words beside an address: "Email Jane Roe at" */
	PHONE_LEAST = 7, /* digits */
	PHONE_MOST = 16,
	MASTHEAD_WORDS = 5,
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
	if (word->before.count > 3)
		return false;
	if (first)
		return word->before.first != '#' && word->before.first != '$';
	return word->before.first == 0 || strchr("|/-*\">:,()!?", word->before.first & 0x7F) != NULL;
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

bool row_is_request(const struct phrases *phrases, const struct word *words, size_t count)
{
	static const uint32_t wanted = TERM_ASK | TERM_THING | TERM_FILLER | TERM_BUTTON;
	size_t things = 0;
	uint32_t found;

	if (count < 2 || count > REQUEST_WORDS || !phrases_term(phrases, words, count, TERM_ASK, &found))
		return false;
	for (size_t at = 0; at < count;) {
		size_t len = phrases_term(phrases, words + at, count - at, wanted, &found);

		if (!len || words[at].before.first == '#')
			return false;
		things += at > 0 && found & (TERM_THING | TERM_BUTTON);
		at += len;
	}
	return things;
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
	size_t part = 0;

	if (at == 0 || at == count || count > TRAIL_WORDS || !is_trail_sign(words[at].before))
		return false;
	for (; at < count; at++) {
		part = is_trail_sign(words[at].before) ? 1 : part + 1;
		if (part > TRAIL_PART || words[at].before.first == '.' || words[at].before.first == ':')
			return false;
	}
	return words[count].before.first != '.';
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
	for (size_t at = 0; at < count;)
		at += take_contact(&contact, phrases, words + at, count - at);
	if (contact.labels && contact.addresses)
		return contact.others <= CONTACT_NAME;
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

	if (count < 2 || count > MASTHEAD_WORDS || words[count].before.first)
		return false;
	for (size_t i = 1; i < count; i++)
		if (words[i].before.first && words[i].before.first != '-' && words[i].before.first != '.')
			return false;
	return phrases_term(phrases, words, 1, TERM_MASTHEAD, &found) ||
	       phrases_term(phrases, words + count - 1, 1, TERM_MASTHEAD, &found);
}
