/* SPDX-License-Identifier: MIT
 * closings.c - how agencies and bilingual papers sign. */
#include "closings.h"

#include "script.h"
#include "stamps.h"

enum {
	CLOSING_WORDS = 14,
	NAME_WORDS = 4,
	RULE = 5, /* signs */
};

/* Words up to the next sign or number. */
static size_t plain_words(const struct word *words, size_t from, size_t count)
{
	size_t at = from;

	while (at < count && !words[at].digits && !(at > from && words[at].before.first))
		at++;
	return at - from;
}

/* A letter of one or two bytes, perhaps stretched by a tatweel, which a heh that stands alone has. */
static bool is_letter(const struct lookup *lookup, const struct word *word)
{
	enum { LETTER = 2 };
	size_t len = word->end - word->start;

	return !word->digits &&
	       (len <= LETTER || (len == (size_t)2 * LETTER &&
					 span_has_prefix(span_skip(lookup->line, word->start + LETTER),
						 SPAN("\u0640"))));
}

/* Letters with signs or spaces between them. */
static bool are_letters(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	enum { MOST = 8 };

	if (from == count || count - from > MOST)
		return false;
	for (size_t i = from; i < count; i++)
		if (!is_letter(lookup, &words[i]) || (i > from && words[i].before.first &&
							     !sign_is_one_of(words[i].before.first, "./-")))
			return false;
	return true;
}

/* "..( Agency - Place ).. A B / C D" */
static bool is_bracketed(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t first, second, end;

	if (words[0].before.last != '(')
		return false;
	first = lookup_term(lookup, words, 0, count, TERM_AGENCY);
	second = lookup_term(lookup, words, first, count, TERM_PLACE);
	end = first + second;
	if (!first || !second || words[first].before.first != '-' || words[end].before.first != ')')
		return false;
	return end == count || are_letters(lookup, words, end, count);
}

/* "Agency/Jane Roe/John Doe" */
static bool is_agency_and_names(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = lookup_term(lookup, words, 0, count, TERM_AGENCY);

	if (!at || at == count || words[0].before.first || words[count].before.first)
		return false;
	while (at < count) {
		size_t name = plain_words(words, at, count);

		if (words[at].before.first != '/' || name < 2 || name > NAME_WORDS)
			return false;
		at += name;
	}
	return true;
}

/* Two or three letters of ASCII, all capitals. */
static bool is_desk(const struct lookup *lookup, const struct word *word)
{
	size_t len = word->end - word->start;

	if (len < 2 || len > 3)
		return false;
	for (uint32_t at = word->start; at < word->end; at++)
		if (lookup->line.at[at] < 'A' || lookup->line.at[at] > 'Z')
			return false;
	return true;
}

/* "JR/JD (AGENCY)" */
static bool is_desks(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = 1, agency;

	if (count < 3 || words[0].before.first || !is_desk(lookup, &words[0]))
		return false;
	while (at < count && words[at].before.first == '/' && !words[at].before.space &&
		is_desk(lookup, &words[at]))
		at++;
	agency = lookup_term(lookup, words, at, count, TERM_AGENCY);
	return at >= 2 && at < count && words[at].before.last == '(' && words[count].before.first == ')' &&
	       at + (agency ? agency : words[at].capital) == count;
}

/* Two to four single letters with spaces or dots between them, as agencies are spelled: how many words. */
static size_t spelled_len(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	enum { LEAST = 2, MOST = 4 };
	size_t at = from;

	while (at < count && at - from < MOST && is_letter(lookup, &words[at]) &&
		(at == from || !words[at].before.first || words[at].before.first == '.'))
		at++;
	return at - from >= LEAST ? at - from : 0;
}

/* Agencies with commas or slashes between them. */
static bool are_agencies(const struct lookup *lookup, const struct word *words, size_t from, size_t count)
{
	for (size_t at = from, len; at < count; at += len) {
		len = lookup_term(lookup, words, at, count, TERM_AGENCY);
		len = len ? len : spelled_len(lookup, words, at, count);
		if (!len || (at > from && !sign_is_one_of(words[at].before.first, ",/-")))
			return false;
	}
	return from < count;
}

/* "Jane Roe/ J.D (Agency)", "J.D/ J.R (Agency, Agency)" */
static bool is_name_and_letters(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t name = plain_words(words, 0, count), agency = count;
	bool named = name >= 2 && name <= NAME_WORDS && words[name].before.first == '/';

	if (words[0].before.first && words[0].before.first != '.')
		return false;
	while (agency > 0 && words[agency].before.last != '(')
		agency--;
	return agency > 0 && words[count].before.first == ')' &&
	       are_letters(lookup, words, named && name < agency ? name : 0, agency) &&
	       are_agencies(lookup, words, agency, count);
}

/* Two to four letters of ASCII, `capital` or not. */
static bool is_code(const struct lookup *lookup, const struct word *word, bool capital)
{
	size_t len = word->end - word->start;

	if (word->digits || len < 2 || len > 4)
		return false;
	for (uint32_t at = word->start; at < word->end; at++) {
		char letter = lookup->line.at[at];

		if ((capital ? letter : letter & ~0x20) < 'A' || (capital ? letter : letter & ~0x20) > 'Z')
			return false;
	}
	return true;
}

/* How many words the listed last word of reports takes: "(END)". */
static size_t end_len(const struct lookup *lookup, const struct word *words, size_t count)
{
	const struct phrase *phrase = phrases_part(lookup->phrases, words, count);

	return phrase && phrase->zone == ZONE_FOOT &&
			       (phrase->category == CATEGORY_BYLINE || phrase->category == CATEGORY_SOURCE)
		       ? phrase->words
		       : 0;
}

/* "JR/JD/ABC", "(END) JR/JD", "/jr/AB/cde", "JR/ABC" */
static bool is_codes(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum {
		MOST = 5,
		CAPITALS = 5
	}; /* words; bytes of two without their stroke, as bands and fuses have */
	size_t from = end_len(lookup, words, count);
	bool capitals = count == from + 2 && is_code(lookup, &words[from], true) &&
			is_code(lookup, &words[from + 1], true) &&
			words[from + 1].end - words[from].start > CAPITALS;
	bool free = count > from && (count - from > 2 || words[from].before.last == '/' || capitals);

	if (count < from + 2 || count > from + MOST || words[count].before.first || (!free && !from))
		return false;
	for (size_t i = from; i < count; i++)
		if (!is_code(lookup, &words[i], !free) ||
			(i > from && (words[i].before.first != '/' || words[i].before.space)))
			return false;
	return true;
}

/* "=========== A.B. / C.D." */
static bool is_ruled(const struct lookup *lookup, const struct word *words, size_t count)
{
	struct gap front = words[0].before;

	return count >= 2 && front.count >= RULE && front.first == front.last &&
	       sign_is_one_of(front.first, "=-_*") && are_letters(lookup, words, 0, count);
}

bool closing_is(const struct lookup *lookup, const struct word *words, size_t count)
{
	if (count < 2 || count > CLOSING_WORDS)
		return false;
	if (!words[0].before.first && !(lookup->reader->signs & SIGN_BIT('/')))
		return false; /* all have one or the other */
	return is_bracketed(lookup, words, count) || is_agency_and_names(lookup, words, count) ||
	       is_desks(lookup, words, count) || is_name_and_letters(lookup, words, count) ||
	       is_ruled(lookup, words, count) || is_codes(lookup, words, count);
}

bool closing_is_two_scripts(const struct lookup *lookup, const struct word *words, size_t count)
{
	enum { MOST = 3 };
	size_t own = 0;

	if (count < 3 || count > (size_t)2 * MOST || words[0].before.first || words[count].before.first)
		return false;
	for (size_t i = 0; i < count; i++)
		if (words[i].digits || (i && words[i].before.first))
			return false;
	while (own < count && !script_is_latin(lookup->line, &words[own]))
		own++;
	for (size_t i = own; i < count; i++)
		if (!script_is_latin(lookup->line, &words[i]))
			return false;
	for (size_t i = 0; i < own; i++)
		if ((unsigned char)lookup->line.at[words[i].start] < 0xD8)
			return false;
	return own >= 1 && own <= MOST && own < count && count - own <= MOST;
}

bool closing_is_dated(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t label = lookup_term(lookup, words, 0, count, TERM_BY | TERM_WRITES), name, day;

	if (!label || count > CLOSING_WORDS || words[count].before.first)
		return false;
	for (name = 1; name <= NAME_WORDS && label + name + 2 < count; name++) {
		if (words[label + name - 1].digits || words[label + name].before.first)
			return false;
		day = label + name + lookup_term(lookup, words, label + name, count, TERM_GLUE);
		if (day > label + name && day < count && words[day].end > words[day].start &&
			stamp_of(lookup->phrases, words + day, count - day) != STAMP_NONE)
			return true;
	}
	return false;
}

bool closing_is_embed(const struct lookup *lookup, const struct word *words, size_t count)
{
	size_t at = 1;

	if (count < 4 || count > CLOSING_WORDS || words[0].before.first != '-')
		return false;
	while (at < count && !(words[at].before.first == '(' && words[at].before.last == '@'))
		at++;
	for (at++; at < count && words[at].before.first != ')';)
		at++;
	return at < count && stamp_of(lookup->phrases, words + at, count - at) != STAMP_NONE;
}
