/* SPDX-License-Identifier: MIT
 * phrases.c - lexicons in one hash table.
 *
 * A phrase is looked up by the key of its words, so a line costs a few look-ups however many phrases there
 * are. Keys are 64 bits and stand for the words themselves: among 10^5 phrases and 10^9 lines a wrong hit is
 * expected once in 10^5 runs, and a wrong line would still have to pass the rules on length and place. */
#include "phrases.h"

#include <stdlib.h>

#include "alternatives.h"
#include "common/mem.h"

struct name {
	struct span text;
	uint32_t value;
};

static const struct name categories[] = {
	{ SPAN("related"), CATEGORY_RELATED },
	{ SPAN("popular"), CATEGORY_POPULAR },
	{ SPAN("share"), CATEGORY_SHARE },
	{ SPAN("comments"), CATEGORY_COMMENTS },
	{ SPAN("follow"), CATEGORY_FOLLOW },
	{ SPAN("consent"), CATEGORY_CONSENT },
	{ SPAN("navigation"), CATEGORY_NAVIGATION },
	{ SPAN("copyright"), CATEGORY_COPYRIGHT },
	{ SPAN("stamp"), CATEGORY_STAMP },
	{ SPAN("counter"), CATEGORY_COUNTER },
	{ SPAN("byline"), CATEGORY_BYLINE },
	{ SPAN("source"), CATEGORY_SOURCE },
	{ SPAN("credit"), CATEGORY_CREDIT },
	{ SPAN("tags"), CATEGORY_TAGS },
	{ SPAN("template"), CATEGORY_TEMPLATE },
	{ SPAN("brand"), CATEGORY_BRAND },
	{ SPAN("address"), CATEGORY_ADDRESS },
	{ SPAN("advertisement"), CATEGORY_ADVERTISEMENT },
	{ SPAN("identifier"), CATEGORY_IDENTIFIER },
	{ SPAN("separator"), CATEGORY_SEPARATOR },
	{ SPAN("title"), CATEGORY_TITLE },
	{ SPAN("blank"), CATEGORY_BLANK },
	{ SPAN("model"), CATEGORY_MODEL },
	{ SPAN("user"), CATEGORY_USER },
	{ SPAN("repeated"), CATEGORY_REPEATED },
	{ { NULL, 0 }, CATEGORY_NONE },
};

static const struct name terms[] = {
	{ SPAN("month"), TERM_MONTH },
	{ SPAN("weekday"), TERM_WEEKDAY },
	{ SPAN("clock"), TERM_CLOCK },
	{ SPAN("unit"), TERM_UNIT },
	{ SPAN("ago"), TERM_AGO },
	{ SPAN("label"), TERM_LABEL },
	{ SPAN("glue"), TERM_GLUE },
	{ SPAN("counted"), TERM_COUNTED },
	{ SPAN("scale"), TERM_SCALE },
	{ SPAN("agency"), TERM_AGENCY },
	{ SPAN("outlet"), TERM_OUTLET },
	{ SPAN("place"), TERM_PLACE },
	{ SPAN("by"), TERM_BY },
	{ SPAN("writes"), TERM_WRITES },
	{ SPAN("button"), TERM_BUTTON },
	{ SPAN("home"), TERM_HOME },
	{ SPAN("contact"), TERM_CONTACT },
	{ SPAN("masthead"), TERM_MASTHEAD },
	{ SPAN("hashtag"), TERM_HASHTAG },
	{ SPAN("ask"), TERM_ASK },
	{ SPAN("thing"), TERM_THING },
	{ SPAN("filler"), TERM_FILLER },
	{ SPAN("with"), TERM_WITH },
	{ SPAN("given"), TERM_GIVEN },
	{ SPAN("section"), TERM_SECTION },
	{ SPAN("call"), TERM_CALL },
	{ SPAN("site"), TERM_SITE },
	{ SPAN("notice"), TERM_NOTICE },
	{ SPAN("loose"), TERM_LOOSE },
	{ { NULL, 0 }, 0 },
};

static const struct name kinds[] = {
	{ SPAN("line"), KIND_LINE },
	{ SPAN("prefix"), KIND_PREFIX },
	{ SPAN("suffix"), KIND_SUFFIX },
	{ SPAN("span"), KIND_SPAN },
	{ SPAN("word"), KIND_WORD },
	{ { NULL, 0 }, 0 },
};

static const struct name effects[] = {
	{ SPAN("drop"), EFFECT_DROP },
	{ SPAN("cut"), EFFECT_CUT },
	{ SPAN("list"), EFFECT_LIST },
	{ SPAN("end"), EFFECT_END },
	{ SPAN("tail"), EFFECT_TAIL },
	{ { NULL, 0 }, 0 },
};

static const struct name zones[] = {
	{ SPAN("any"), ZONE_ANY },
	{ SPAN("head"), ZONE_HEAD },
	{ SPAN("foot"), ZONE_FOOT },
	{ SPAN("edge"), ZONE_EDGE },
	{ SPAN("beside"), ZONE_BESIDE },
	{ { NULL, 0 }, 0 },
};

static const struct name *name_find(const struct name *names, struct span text)
{
	for (; names->text.at; names++)
		if (span_equal(names->text, text))
			return names;
	return NULL;
}

struct span category_name(enum category category)
{
	for (const struct name *name = categories; name->text.at; name++)
		if (name->value == category)
			return name->text;
	return SPAN("none");
}

/* --- the table ---------------------------------------------------------------------------------------- */

/* Where the items of these words and this kind stand, or would: the latest is in the slot itself. Most look-ups miss the
 * caches that are near, so each should touch one line of memory. */
static size_t slot_of(const struct phrases *phrases, uint64_t key, enum kind kind)
{
	size_t mask = phrases->slots - 1;
	size_t at = (key + kind) & mask;

	while (phrases->items[at].words &&
		(phrases->items[at].key != key || phrases->items[at].kind != kind))
		at = (at + 1) & mask;
	return at;
}

/* What was borrowed becomes its own, so that it can be written. */
static void phrases_own(struct phrases *phrases)
{
	struct phrases lent = *phrases;

	if (phrases->own.marks)
		return;
	phrases->marks = phrases->own.marks = mem_new(1, sizeof(*lent.marks));
	if (!lent.slots)
		return;
	phrases->items = phrases->own.items = mem_new(lent.slots, sizeof(*lent.items));
	memcpy(phrases->own.items, lent.items, lent.slots * sizeof(*lent.items));
	*phrases->own.marks = *lent.marks;
	phrases->openers = phrases->own.openers = mem_new(lent.opener_slots, sizeof(*lent.openers));
	memcpy(phrases->own.openers, lent.openers, lent.opener_slots * sizeof(*lent.openers));
	if (!lent.old)
		return;
	phrases->own.cap = lent.old;
	phrases->olds = phrases->own.olds = mem_new(lent.old, sizeof(*lent.olds));
	memcpy(phrases->own.olds, lent.olds, lent.old * sizeof(*lent.olds));
}

static void table_widen(struct phrases *phrases)
{
	struct phrases narrow = *phrases;

	phrases->slots = narrow.slots ? narrow.slots * 2 : 1024;
	phrases->items = phrases->own.items = mem_new(phrases->slots, sizeof(*phrases->items));
	for (size_t i = 0; i < narrow.slots; i++) {
		const struct phrase *item = &narrow.items[i];

		if (item->words)
			phrases->own.items[slot_of(phrases, item->key, item->kind)] = *item;
	}
	free(narrow.own.items);
}

/* Puts a copy of an item where another takes its slot; returns what that one's `older` is. */
static uint32_t item_retire(struct phrases *phrases, const struct phrase *item)
{
	if (phrases->old == phrases->own.cap) {
		phrases->own.cap = phrases->own.cap ? phrases->own.cap * 2 : 512;
		phrases->olds = phrases->own.olds =
			mem_resize(phrases->own.olds, phrases->own.cap, sizeof(*phrases->olds));
	}
	phrases->own.olds[phrases->old++] = *item;
	return (uint32_t)phrases->old;
}

/* Bits of one number, for a key and a kind: those of what is not there are seldom all set. */
struct marked {
	size_t at;
	uint64_t starts, whole;
};

static inline struct marked marked_of(uint64_t key, enum kind kind)
{
	uint64_t mixed = key + (uint64_t)kind * UINT64_C(0x9E3779B97F4A7C15);
	uint64_t starts = UINT64_C(1) << mixed % 64 | UINT64_C(1) << mixed / 64 % 64;

	return (struct marked){ mixed >> 12 & (PHRASE_BITS / 64 - 1), starts,
		starts | UINT64_C(1) << (mixed >> 40) % 64 };
}

/* Each sequence of two words or more that a phrase starts with, itself included, is marked, and so is each whole phrase:
 * most of what follows the first word of a phrase in a text leads nowhere, which saves looking it up in the table, which
 * is too large for the caches that are near. Of 150,000 phrases one sequence in eighteen that starts none seems to, one
 * in seventy that is none seems to be one. */
static inline bool may_start(const struct phrases *phrases, enum kind kind, uint64_t key)
{
	struct marked marked = marked_of(key, kind);

	return (phrases->marks->openings[marked.at] & marked.starts) == marked.starts;
}

static inline bool may_be_whole(const struct phrases *phrases, enum kind kind, uint64_t key)
{
	struct marked marked = marked_of(key, kind);

	return (phrases->marks->openings[marked.at] & marked.whole) == marked.whole;
}

static void openings_add(struct phrase_marks *marks, enum kind kind, const struct word *words, size_t count)
{
	static const uint32_t bits[] = { [KIND_LINE] = OPENS_LINE,
		[KIND_PREFIX] = OPENS_PREFIX,
		[KIND_SUFFIX] = OPENS_SUFFIX,
		[KIND_SPAN] = OPENS_SPAN,
		[KIND_WORD] = 0 };
	uint64_t key = key_step(KEY_START, words[0].key);

	marks->first[opening_class(words[0].key)] |= bits[kind];
	for (size_t i = 1; i < count; i++) {
		struct marked marked;

		key = key_step(key, words[i].key);
		marked = marked_of(key, kind);
		marks->openings[marked.at] |= i + 1 < count ? marked.starts : marked.whole;
	}
}

static void marks_add(struct phrase_marks *marks, const struct phrase *phrase, const struct word *words)
{
	marks->first[opening_class(words[0].key)] |= phrase->terms;
	openings_add(marks, phrase->kind, words, phrase->words);
}

_Static_assert(sizeof(struct opener) == READER_AHEAD, "readers fetch openers ahead");

/* Where the word's opener stands, or would. */
static size_t opener_slot(const struct phrases *phrases, uint64_t word)
{
	size_t mask = phrases->opener_slots - 1;
	size_t at = word & mask;

	while (phrases->openers[at].word != word && phrases->openers[at].opens)
		at = (at + 1) & mask;
	return at;
}

static void openers_widen(struct phrases *phrases)
{
	struct phrases narrow = *phrases;

	phrases->opener_slots = narrow.opener_slots ? narrow.opener_slots * 2 : 256;
	phrases->openers = phrases->own.openers = mem_new(phrases->opener_slots, sizeof(*phrases->openers));
	for (size_t i = 0; i < narrow.opener_slots; i++)
		if (narrow.openers[i].opens)
			phrases->own.openers[opener_slot(phrases, narrow.openers[i].word)] =
				narrow.openers[i];
	free(narrow.own.openers);
}

static void opener_put(struct phrases *phrases, const struct phrase *phrase, uint64_t word)
{
	struct opener *opener;

	if (phrases->openers_used * 4 >= phrases->opener_slots * 3)
		openers_widen(phrases);
	opener = &phrases->own.openers[opener_slot(phrases, word)];
	phrases->openers_used += !opener->opens;
	opener->word = word;
	opener->opens |= (uint8_t)(1U << phrase->kind);
	if (phrase->words > 1) {
		opener->goes_on |= (uint8_t)(1U << phrase->kind);
		return;
	}
	opener->is_whole |= (uint8_t)(1U << phrase->kind);
	opener->terms |= phrase->terms;
	opener->in_some |= phrase->kind == KIND_WORD && phrase->languages;
}

/* What counts in the same languages is replaced; else who looks it up takes the latest that counts for him. So there
 * is at most one item for each lexicon that has the phrase. */
static void phrases_put(struct phrases *phrases, const struct phrase *phrase, const struct word *words)
{
	struct phrase *item, known;

	if (phrases->used * 4 >= phrases->slots * 3)
		table_widen(phrases);
	item = &phrases->own.items[slot_of(phrases, phrase->key, phrase->kind)];
	known = *item;
	marks_add(phrases->own.marks, phrase, words);
	opener_put(phrases, phrase, words[0].key);
	*item = *phrase;
	phrases->used += !known.words;
	if (known.words && known.languages != phrase->languages) {
		item->older = item_retire(phrases, &known);
	} else if (known.words) {
		item->terms |= known.terms;
		item->older = known.older;
	}
}

void phrases_release(struct phrases *phrases)
{
	free(phrases->own.items);
	free(phrases->own.olds);
	free(phrases->own.marks);
	free(phrases->own.openers);
	*phrases = (struct phrases){ .items = NULL };
}

/* --- lexicons ----------------------------------------------------------------------------------------- */

static struct span word_off(struct span *text)
{
	size_t len = span_find(*text, ' ');
	struct span word = span_head(*text, len);

	*text = span_trim(span_skip(*text, len));
	return word;
}

static bool heading_word(struct phrase *model, struct span word)
{
	const struct name *name;

	if ((name = name_find(kinds, word)))
		model->kind = (uint8_t)name->value;
	else if ((name = name_find(effects, word)))
		model->effect = (uint8_t)name->value;
	else if ((name = name_find(zones, word)))
		model->zone = (uint8_t)name->value;
	return name;
}

/* What is written between the brackets of a heading becomes the model of the phrases below it. */
static bool heading_read(struct phrase *model, struct span text, struct diag *why)
{
	struct span label = span_trim(span_head(text, span_find(text, ':')));
	struct span rest = span_trim(span_skip(text, span_find(text, ':') + 1));
	const struct name *name;

	*model = (struct phrase){ .kind = KIND_LINE, .languages = model->languages };
	while (rest.len) {
		struct span word = word_off(&rest);

		if (!heading_word(model, word)) {
			diag_set(why, "unknown word '%.*s' in a heading", (int)word.len, word.at);
			return false;
		}
	}
	name = name_find(model->kind == KIND_WORD ? terms : categories, label);
	if (!name) {
		diag_set(why, "unknown %s '%.*s'", model->kind == KIND_WORD ? "class" : "category",
			(int)label.len, label.at);
		return false;
	}
	if (model->kind == KIND_WORD)
		model->terms = name->value;
	else
		model->category = (uint8_t)name->value;
	return true;
}

static bool has_letters(const struct reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		if (!reader->words[i].digits)
			return true;
	return false;
}

/* Suffixes are looked up from their last word on. */
static void words_turn(struct word *words, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct word other = words[i];

		words[i] = words[count - 1 - i];
		words[count - 1 - i] = other;
	}
}

static bool phrase_read(struct phrases *phrases, struct reader *reader, const struct phrase *model,
	struct span text, struct diag *why)
{
	struct phrase phrase = *model;

	phrase.marked = model->kind == KIND_PREFIX && text.len && text.at[text.len - 1] == ':';
	reader_read(reader, text);
	if (!has_letters(reader) || reader->count > PHRASE_WORDS) {
		diag_set(why, "a phrase has letters, and at most %d words: '%.*s'", PHRASE_WORDS,
			(int)text.len, text.at);
		return false;
	}
	phrase.words = (uint8_t)reader->count;
	if (phrase.kind == KIND_SUFFIX)
		words_turn(reader->words, reader->count);
	phrase.key = reader_key(reader, 0, reader->count);
	phrases_put(phrases, &phrase, reader->words);
	return true;
}

/* A line of a lexicon stands for one phrase, or for all that its alternatives make. */
static bool line_read(struct phrases *phrases, struct reader *reader, const struct phrase *model,
	struct span line, struct diag *why)
{
	struct alternatives of = alternatives_of(line);
	struct buf text = { 0 };
	bool good = of.total > 0;

	if (!good)
		diag_set(why, "more than %d phrases, or %d groups of them: '%.*s'", ALTERNATIVES_MOST,
			ALTERNATIVES_GROUPS, (int)line.len, line.at);
	for (size_t i = 0; good && i < of.total; i++) {
		alternatives_write(&of, i, &text);
		good = phrase_read(phrases, reader, model, span_trim(buf_span(&text)), why);
	}
	buf_release(&text);
	return good;
}

static bool lexicon_line(struct phrases *phrases, struct reader *reader, struct phrase *model,
	struct span line, struct diag *why)
{
	line = span_trim(line);
	if (line.len == 0 || line.at[0] == '#')
		return true;
	if (line.at[0] == '[' && line.at[line.len - 1] == ']')
		return heading_read(model, span_of(line.at + 1, line.len - 2), why);
	return line_read(phrases, reader, model, line, why);
}

bool phrases_add(struct phrases *phrases, struct reader *reader, struct span name, struct span text,
	struct diag *why)
{
	return phrases_add_for(phrases, 0, reader, name, text, why);
}

bool phrases_add_for(struct phrases *phrases, uint32_t languages, struct reader *reader, struct span name,
	struct span text, struct diag *why)
{
	struct phrase model = { .kind = KIND_LINE, .category = CATEGORY_USER, .languages = languages };
	size_t number = 0;

	phrases_own(phrases);
	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));
		struct diag cause;

		number++;
		if (!lexicon_line(phrases, reader, &model, line, &cause)) {
			diag_set(why, "lexicon %.*s: line %zu: %s", (int)name.len, name.at, number,
				cause.text);
			return false;
		}
		text = span_skip(text, line.len + 1);
	}
	return true;
}

/* --- looking up --------------------------------------------------------------------------------------- */

static bool counts(const struct phrases *phrases, const struct phrase *item)
{
	return !item->languages || item->languages & phrases->languages;
}

/* The latest item of these words and this kind; NULL when there is none. */
static const struct phrase *phrases_latest(const struct phrases *phrases, uint64_t key, enum kind kind)
{
	const struct phrase *item = &phrases->items[slot_of(phrases, key, kind)];

	return item->words ? item : NULL;
}

static const struct phrase *item_older(const struct phrases *phrases, const struct phrase *item)
{
	return item->older ? &phrases->olds[item->older - 1] : NULL;
}

static const struct phrase *phrases_get(const struct phrases *phrases, uint64_t key, enum kind kind)
{
	const struct phrase *item = phrases_latest(phrases, key, kind);

	while (item && !counts(phrases, item))
		item = item_older(phrases, item);
	return item;
}

/* Classes of all lexicons add up. */
static uint32_t terms_get(const struct phrases *phrases, uint64_t key)
{
	const struct phrase *item = phrases_latest(phrases, key, KIND_WORD);
	uint32_t classes = 0;

	for (; item; item = item_older(phrases, item))
		if (counts(phrases, item))
			classes |= item->terms;
	return classes;
}

static const struct opener *opener_of(const struct phrases *phrases, uint64_t word)
{
	static const struct opener none = { 0, 0, 0, 0, 0, false };

	return phrases->opener_slots ? &phrases->openers[opener_slot(phrases, word)] : &none;
}

static inline bool has_kind(uint8_t set, enum kind kind)
{
	return set >> kind & 1;
}

static uint64_t key_of(const struct word *words, size_t count)
{
	uint64_t key = KEY_START;

	for (size_t i = 0; i < count; i++)
		key = key_step(key, words[i].key);
	return key;
}

/* The phrase that the first word is alone. */
static const struct phrase *word_alone(
	const struct phrases *phrases, const struct opener *opener, enum kind kind)
{
	if (!has_kind(opener->is_whole, kind))
		return NULL;
	return phrases_get(phrases, key_step(KEY_START, opener->word), kind);
}

const struct phrase *phrases_find_line(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct opener *opener;
	uint64_t key;

	if (count > PHRASE_WORDS)
		return NULL;
	opener = opener_of(phrases, words[0].key);
	if (count == 1)
		return word_alone(phrases, opener, KIND_LINE);
	if (!has_kind(opener->goes_on, KIND_LINE) || !may_start(phrases, KIND_LINE, key_of(words, 2)))
		return NULL; /* what most lines are spared to be read for */
	key = key_of(words, count);
	return may_be_whole(phrases, KIND_LINE, key) ? phrases_get(phrases, key, KIND_LINE) : NULL;
}

static bool phrase_ends_at(const struct phrase *phrase, const struct word *words, size_t count)
{
	if (!phrase->marked || gap_is_separator(words[phrase->words].before))
		return true;
	return phrase->words == count && phrase->words > 1;
}

const struct phrase *phrases_find_longest(
	const struct phrases *phrases, const struct word *words, size_t count, enum kind kind)
{
	const struct opener *opener = opener_of(phrases, words[0].key);
	const struct phrase *best = word_alone(phrases, opener, kind);
	uint64_t key = key_step(KEY_START, words[0].key);

	if (best && !phrase_ends_at(best, words, count))
		best = NULL;
	for (size_t i = 1; has_kind(opener->goes_on, kind) && i < count && i < PHRASE_WORDS; i++) {
		const struct phrase *phrase;

		key = key_step(key, words[i].key);
		if (!may_start(phrases, kind, key))
			break;
		phrase = may_be_whole(phrases, kind, key) ? phrases_get(phrases, key, kind) : NULL;
		if (phrase && phrase_ends_at(phrase, words, count))
			best = phrase;
	}
	return best;
}

const struct phrase *phrases_find_suffix(
	const struct phrases *phrases, const struct word *words, size_t count)
{
	const struct opener *opener = opener_of(phrases, words[count - 1].key);
	const struct phrase *best = word_alone(phrases, opener, KIND_SUFFIX);
	uint64_t key = key_step(KEY_START, words[count - 1].key);

	for (size_t i = 2; has_kind(opener->goes_on, KIND_SUFFIX) && i <= count && i <= PHRASE_WORDS; i++) {
		const struct phrase *phrase;

		key = key_step(key, words[count - i].key);
		if (!may_start(phrases, KIND_SUFFIX, key))
			break;
		phrase = may_be_whole(phrases, KIND_SUFFIX, key) ? phrases_get(phrases, key, KIND_SUFFIX)
								 : NULL;
		best = phrase ? phrase : best;
	}
	return best;
}

/* The longest term of two words or more. */
static size_t find_longer_term(const struct phrases *phrases, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found)
{
	uint64_t key = key_step(KEY_START, words[0].key);
	size_t longest = 0;

	for (size_t i = 1; i < count && i < PHRASE_WORDS; i++) {
		uint32_t classes;

		key = key_step(key, words[i].key);
		if (!may_start(phrases, KIND_WORD, key))
			break;
		classes = may_be_whole(phrases, KIND_WORD, key) ? terms_get(phrases, key) : 0;
		if (classes & wanted) {
			longest = i + 1;
			*found = classes;
		}
	}
	return longest;
}

size_t phrases_find_term(const struct phrases *phrases, const struct word *words, size_t count,
	uint32_t wanted, uint32_t *found)
{
	const struct opener *opener = opener_of(phrases, words[0].key);
	uint32_t classes = opener->terms;
	size_t longer = 0;

	if (has_kind(opener->goes_on, KIND_WORD))
		longer = find_longer_term(phrases, words, count, wanted, found);
	if (longer || !(classes & wanted))
		return longer;
	if (opener->in_some && phrases->languages != UINT32_MAX)
		classes = terms_get(phrases, key_step(KEY_START, opener->word));
	if (!(classes & wanted))
		return 0;
	*found = classes;
	return 1;
}
