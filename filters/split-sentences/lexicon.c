/* SPDX-License-Identifier: MIT
 * lexicon.c - word lists: reading them, and a hash table to look words up. */
#include "filters/split-sentences/lexicon.h"

#include <assert.h>
#include <stdlib.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "common/mem.h"
#include "common/unicode.h"
#include "common/utf8.h"

#include "split-sentences/data.inc"

struct lexicon_slot {
	uint32_t at; /* in keys */
	uint16_t classes; /* for any spelling */
	uint16_t capital_classes; /* only for words with a capital letter */
	uint8_t len;
};

/* --- keys ---------------------------------------------------------------------------------------------- */

/* Letters that Arabic news writes one for the other, and that no two entries differ in: alef with madda, with hamza,
 * wasla; alef maksura, Farsi yeh; keheh; heh goal. Those up to U+064A are in word_key_fold. */
static int32_t fold_arabic(int32_t cp)
{
	switch (cp) {
	case 0x0671:
		return 0x0627;
	case 0x06CC:
		return 0x064A;
	case 0x06A9:
		return 0x0643;
	case 0x06C1:
	case 0x06D5:
		return 0x0647;
	default:
		return cp >= 0x620 && cp < 0x64B ? 0x600 + word_key_fold[cp - 0x620] : cp;
	}
}

/* U+0600 to be added; alef is 27, yeh 4A. */
const uint8_t word_key_fold[] = {
	0x20,
	0x21,
	0x27,
	0x27,
	0x24,
	0x27,
	0x26,
	0x27,
	0x28,
	0x29,
	0x2A,
	0x2B,
	0x2C,
	0x2D,
	0x2E, /* to khah */
	0x2F,
	0x30,
	0x31,
	0x32,
	0x33,
	0x34,
	0x35,
	0x36,
	0x37,
	0x38,
	0x39,
	0x3A,
	0x3B,
	0x3C,
	0x3D, /* to U+063D */
	0x3E,
	0x3F,
	0x40,
	0x41,
	0x42,
	0x43,
	0x44,
	0x45,
	0x46,
	0x47,
	0x48,
	0x4A,
	0x4A,
};

enum { TATWEEL = 0x0640 };

static bool is_dropped(int32_t cp)
{
	enum gc gc;

	if (cp < 0x300)
		return cp == 0xAD;
	gc = unicode_category(cp);
	return cp == TATWEEL || gc == GC_MARK || gc == GC_FORMAT;
}

static int32_t fold(int32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	if (unicode_script(cp) == SCRIPT_ARABIC)
		return fold_arabic(cp);
	return utf8proc_tolower(cp);
}

/* Appends one character; false when the key is full. */
static bool key_put(struct word_key *key, int32_t cp)
{
	utf8proc_uint8_t bytes[4];
	size_t len = (size_t)utf8proc_encode_char(cp, bytes);

	if (key->len + len > WORD_KEY_MAX)
		return false;
	memcpy(key->bytes + key->len, bytes, len);
	key->len += len;
	return true;
}

bool word_key_add_any(struct word_key *key, int32_t cp)
{
	return is_dropped(cp) || key_put(key, fold(cp));
}

void word_key_begin(struct word_key *key, int32_t first)
{
	key->len = 0;
	key->capital = first < 0x80 ? first >= 'A' && first <= 'Z' : unicode_is_uppercase(first);
}

void word_key_make(struct word_key *key, struct span text)
{
	word_key_begin(key, text.len ? utf8_first(text).value : 0);
	while (text.len) {
		struct rune rune = utf8_first(text);

		text = span_skip(text, rune.len);
		if (word_key_add(key, rune.value))
			continue;
		key->len = 0;
		return;
	}
}

/* --- the table ----------------------------------------------------------------------------------------- */

static struct span slot_key(const struct lexicon *lexicon, const struct lexicon_slot *slot)
{
	return span_of(lexicon->keys.at + slot->at, slot->len);
}

/* The tag of a hash; never that of a free slot. */
static uint8_t tag_of(uint64_t hash)
{
	return (uint8_t)(hash >> 56) | 1;
}

/* The slot that holds `key`, or the free one where it belongs. */
static size_t slot_of(const struct lexicon *lexicon, struct span key, uint64_t hash)
{
	size_t mask = lexicon->slot_count - 1;
	size_t i = (size_t)hash & mask;

	while (lexicon->tags[i] && (lexicon->tags[i] != tag_of(hash) ||
					   !span_equal(slot_key(lexicon, &lexicon->slots[i]), key)))
		i = (i + 1) & mask;
	return i;
}

static uint64_t hash_of(struct span key)
{
	return XXH3_64bits(key.at, key.len);
}

static void lexicon_grow(struct lexicon *lexicon)
{
	struct lexicon old = *lexicon;

	lexicon->slot_count = old.slot_count ? old.slot_count * 2 : 1024;
	lexicon->slots = mem_new(lexicon->slot_count, sizeof(*lexicon->slots));
	lexicon->tags = mem_new(lexicon->slot_count, 1);
	for (size_t i = 0; i < old.slot_count; i++)
		if (old.tags[i]) {
			struct span key = slot_key(&old, &old.slots[i]);
			size_t to = slot_of(lexicon, key, hash_of(key));

			lexicon->slots[to] = old.slots[i];
			lexicon->tags[to] = old.tags[i];
		}
	free(old.slots);
	free(old.tags);
}

static void lexicon_add(struct lexicon *lexicon, const struct word_key *key, unsigned class)
{
	struct span bytes = span_of(key->bytes, key->len);
	uint64_t hash = hash_of(bytes);
	struct lexicon_slot *slot;
	size_t i;

	if (lexicon->used * 2 >= lexicon->slot_count)
		lexicon_grow(lexicon);
	i = slot_of(lexicon, bytes, hash);
	slot = &lexicon->slots[i];
	if (!lexicon->tags[i]) {
		lexicon->tags[i] = tag_of(hash);
		slot->at = (uint32_t)lexicon->keys.len;
		slot->len = (uint8_t)bytes.len;
		buf_add(&lexicon->keys, bytes);
		lexicon->used++;
	}
	if (key->capital)
		slot->capital_classes |= (uint16_t) class;
	else
		slot->classes |= (uint16_t) class;
}

void lexicon_release(struct lexicon *lexicon)
{
	buf_release(&lexicon->keys);
	free(lexicon->slots);
	free(lexicon->tags);
	*lexicon = (struct lexicon){ 0 };
}

/* --- looking up ---------------------------------------------------------------------------------------- */

static unsigned find_bytes(const struct lexicon *lexicon, struct span bytes, bool capital)
{
	const struct lexicon_slot *slot;
	size_t i;

	if (bytes.len == 0 || lexicon->slot_count == 0)
		return 0;
	i = slot_of(lexicon, bytes, hash_of(bytes));
	if (!lexicon->tags[i])
		return 0;
	slot = &lexicon->slots[i];
	return slot->classes | (capital ? slot->capital_classes : 0U);
}

/* Length of the one-letter proclitic (wa-, fa-, bi-, li-, ka-) that `bytes` begins with, or 0. */
static size_t proclitic(struct span bytes)
{
	static const struct span letters[] = { { "و", 2 }, { "ف", 2 }, { "ب", 2 }, { "ل", 2 }, { "ك", 2 } };

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (bytes.len > 2 && span_has_prefix(bytes, letters[i]))
			return 2;
	return 0;
}

/* Without the article only names of letters count: "البي.بي.سي"; "ألم" is pain, not an engineer. */
static unsigned find_behind_article(const struct lexicon *lexicon, struct span bytes)
{
	if (span_has_prefix(bytes, SPAN("ال")))
		return find_bytes(lexicon, span_skip(bytes, 4), false) & CLASS_LETTER;
	return 0;
}

unsigned lexicon_find_exact(const struct lexicon *lexicon, const struct word_key *key)
{
	return find_bytes(lexicon, span_of(key->bytes, key->len), key->capital);
}

unsigned lexicon_find(const struct lexicon *lexicon, const struct word_key *key)
{
	struct span bytes = span_of(key->bytes, key->len);
	unsigned classes = find_bytes(lexicon, bytes, key->capital);
	size_t skip;

	if (classes || bytes.len < 4 || (unsigned char)bytes.at[0] < 0xD8 ||
		(unsigned char)bytes.at[0] > 0xDB)
		return classes;
	classes = find_behind_article(lexicon, bytes);
	skip = proclitic(bytes);
	if (classes || skip == 0)
		return classes;
	bytes = span_skip(bytes, skip);
	classes = find_bytes(lexicon, bytes, false) & ~(unsigned)(CLASS_DOMAIN | CLASS_WORD);
	return classes ? classes : find_behind_article(lexicon, bytes);
}

unsigned lexicon_find_text(const struct lexicon *lexicon, struct span text)
{
	struct word_key key;

	word_key_make(&key, text);
	return lexicon_find(lexicon, &key);
}

/* --- reading ------------------------------------------------------------------------------------------- */

static const struct class_name {
	struct span name;
	unsigned classes;
} class_names[] = {
	{ { "title", 5 }, CLASS_TITLE },
	{ { "abbr", 4 }, CLASS_ABBR },
	{ { "unit", 4 }, CLASS_UNIT },
	{ { "number", 6 }, CLASS_NUMBER },
	{ { "etc", 3 }, CLASS_ETC },
	{ { "letter", 6 }, CLASS_LETTER },
	{ { "domain", 6 }, CLASS_DOMAIN },
	{ { "opener", 6 }, CLASS_OPENER },
	{ { "word", 4 }, CLASS_WORD },
	{ { "month", 5 }, CLASS_MONTH },
	{ { "said", 4 }, CLASS_SAID },
	{ { "initial", 7 }, CLASS_INITIAL | CLASS_LETTER },
	{ { "saying", 6 }, CLASS_SAYING },
	{ { "joins", 5 }, CLASS_JOINS },
	{ { "list", 4 }, CLASS_LIST },
};

static size_t blank_offset(struct span text)
{
	size_t i = 0;

	while (i < text.len && text.at[i] != ' ' && text.at[i] != '\t')
		i++;
	return i;
}

static unsigned class_called(struct span name)
{
	for (size_t i = 0; i < sizeof(class_names) / sizeof(class_names[0]); i++)
		if (span_equal(class_names[i].name, name))
			return class_names[i].classes;
	return 0;
}

/* Adds every word of `entries`, each without its last full stop; false when one cannot be an entry. */
static bool add_entries(struct lexicon *lexicon, unsigned class, struct span entries)
{
	struct word_key key;

	while (entries.len) {
		struct span entry = span_head(entries, blank_offset(entries));

		entries = span_trim(span_skip(entries, entry.len));
		if (span_has_suffix(entry, SPAN(".")))
			entry.len--;
		word_key_make(&key, entry);
		if (key.len == 0)
			return false;
		lexicon_add(lexicon, &key, class);
	}
	return true;
}

static bool read_line(struct lexicon *lexicon, struct span line)
{
	struct span name = span_head(line, blank_offset(line));
	struct span entries = span_trim(span_skip(line, name.len));

	if (span_equal(line, SPAN("rule ordinals")))
		return lexicon->ordinals = true;
	if (entries.len == 0)
		return add_entries(lexicon, CLASS_TITLE, name);
	return class_called(name) && add_entries(lexicon, class_called(name), entries);
}

/* Reads a list up to `rule own`, or beyond where it is the language's own. */
static bool read_list(
	struct lexicon *lexicon, const char *name, struct span text, bool own, struct diag *why)
{
	size_t number = 0;

	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		text = span_skip(text, line.len + 1);
		number++;
		line = span_trim(span_head(line, span_find(line, '#')));
		if (span_equal(line, SPAN("rule own"))) {
			if (own)
				continue;
			return true;
		}
		if (line.len == 0 || read_line(lexicon, line))
			continue;
		diag_set(why, "%s:%zu: not 'CLASS WORD': '%.*s'", name, number, (int)line.len, line.at);
		return false;
	}
	return true;
}

bool lexicon_read(struct lexicon *lexicon, const char *name, struct span text, struct diag *why)
{
	return read_list(lexicon, name, text, true, why);
}

/* --- the lists compiled in ----------------------------------------------------------------------------- */

enum { DATA_FILES = sizeof(data_files) / sizeof(data_files[0]) };

/* The script of a list is that of its first word that is not ASCII, else Latin. */
static enum script list_script(struct span text)
{
	while (text.len) {
		struct span line = span_head(text, span_find(text, '\n'));

		text = span_skip(text, line.len + 1);
		line = span_head(line, span_find(line, '#'));
		while (line.len) {
			struct rune rune = utf8_first(line);

			if (rune.value >= 0x80 && unicode_category(rune.value) == GC_LETTER)
				return unicode_script(rune.value);
			line = span_skip(line, rune.len);
		}
	}
	return SCRIPT_LATIN;
}

size_t lexicon_lists(void)
{
	return DATA_FILES;
}

/* By the primary subtag. */
size_t lexicon_list_for(const char *lang)
{
	struct span tag = span_of(lang, strcspn(lang, "-_"));
	size_t i = 0;

	while (i < DATA_FILES && !span_equal(data_files[i].name, tag))
		i++;
	return i;
}

void lexicon_read_built_in(struct lexicon *lexicon, const char *lang)
{
	size_t own = lexicon_list_for(lang);
	enum script script = own < DATA_FILES ? list_script(data_files[own].text) : SCRIPT_OTHER;
	struct diag why;
	bool fine;

	for (size_t i = 0; i < DATA_FILES; i++) {
		if (i != own && list_script(data_files[i].text) == script)
			continue;
		fine = read_list(lexicon, "built-in list", data_files[i].text, i == own, &why);
		assert(fine);
		(void)fine;
	}
}
