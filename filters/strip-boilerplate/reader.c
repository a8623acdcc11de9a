/* SPDX-License-Identifier: MIT
 * reader.c - a line read once. */
#include "reader.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "common/mem.h"
#include "common/utf8.h"

/* The small letter of Turkish whose capital is that of "i" elsewhere. */
enum { DOTLESS_I = 0x0131 };

/* A folding is a class in the high byte and what the character becomes in the rest. */
enum fold_class {
	FOLD_NONE,
	FOLD_LETTER,
	FOLD_ARABIC, /* a letter from U+0600 to U+06FF */
	FOLD_DIGIT,
	FOLD_SPACE,
	FOLD_SIGN,
	FOLD_IGNORE,
	FOLD_MARK,
	FOLD_TATWEEL,
	FOLD_JOINER,
};
enum { FOLD_CAPITAL = 1 << 23, FOLD_VALUE = FOLD_CAPITAL - 1 };

static uint32_t fold_of(enum fold_class class, int32_t value)
{
	return (uint32_t) class << 24 | (uint32_t)value;
}

/* Arabic letters that differ between keyboards and habits but not between words, beyond what canonical
 * decomposition already undoes (alef and hamza, waw and hamza, yeh and hamza). */
static int32_t fold_arabic(int32_t cp)
{
	switch (cp) {
	case 0x0671: /* alef wasla */
		return 0x0627;
	case 0x0629: /* teh marbuta */
	case 0x06BE: /* heh doachashmee */
	case 0x06C1: /* heh goal */
	case 0x06C3: /* teh marbuta goal */
	case 0x06D5: /* ae */
		return 0x0647;
	case 0x0649: /* alef maksura */
	case 0x06CC: /* Farsi yeh */
		return 0x064A;
	case 0x06A9: /* keheh */
		return 0x0643;
	default:
		return cp;
	}
}

static uint32_t fold_letter(int32_t cp, utf8proc_category_t category)
{
	int32_t parts[8];
	int boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t count = utf8proc_decompose_char(cp, parts, 8,
		UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
	bool capital = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;

	if (count > 0 && parts[0] < FOLD_CAPITAL)
		cp = parts[0];
	if (cp == DOTLESS_I)
		cp = 'i';
	cp = fold_arabic(cp);
	return fold_of(cp >> 8 == 6 ? FOLD_ARABIC : FOLD_LETTER, cp) | (capital ? FOLD_CAPITAL : 0);
}

/* clang-format off */
/* Signs that count as others. */
static const int32_t twins[][2] = {
	{ 0x060C, ',' }, { 0x061B, ';' }, { 0x061F, '?' }, { 0x066A, '%' }, { 0x06D4, '.' },
	{ 0x066B, '.' }, { 0x066C, ',' }, { 0x2212, '-' }, { 0x00A6, '|' }, { 0x2502, '|' },
	{ 0xFF5C, '|' }, { 0xFF1A, ':' }, { 0xFF0C, ',' }, { 0x3001, ',' }, { 0x3002, '.' },
	{ 0xFF0E, '.' }, { 0xFF01, '!' }, { 0xFF1F, '?' }, { 0x0964, '.' }, { 0x2044, '/' },
	{ 0xFF0F, '/' }, { 0x2022, '*' }, { 0x00B7, '*' }, { 0x25CF, '*' }, { 0x25AA, '*' },
	{ 0x25A0, '*' }, { 0x25BA, '*' }, { 0x25B6, '*' }, { 0x2027, '*' }, { 0x2219, '*' },
	{ 0x061E, '.' }, { 0x1362, '.' }, { 0x104B, '.' }, { 0x17D4, '.' }, { 0x2026, '.' },
	{ '\'', '"' },
};
/* clang-format on */

static int32_t fold_sign(int32_t cp, utf8proc_category_t category)
{
	for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
		if (twins[i][0] == cp)
			return twins[i][1];
	if (category == UTF8PROC_CATEGORY_PD)
		return '-';
	if (category == UTF8PROC_CATEGORY_PI || category == UTF8PROC_CATEGORY_PF)
		return '"';
	return cp;
}

static bool is_mark_of_looks(int32_t cp)
{
	return (cp >= 0x0300 && cp <= 0x036F) || (cp >= 0x0610 && cp <= 0x061A) ||
	       (cp >= 0x064B && cp <= 0x065F) || cp == 0x0670 || (cp >= 0x06D6 && cp <= 0x06ED);
}

static uint32_t fold_make(int32_t cp)
{
	utf8proc_category_t category = utf8proc_category(cp);

	if (cp == 0x0640)
		return fold_of(FOLD_TATWEEL, '-');
	if (cp >= '0' && cp <= '9')
		return fold_of(FOLD_DIGIT, cp - '0');
	if ((cp >= 0x0660 && cp <= 0x0669) || (cp >= 0x06F0 && cp <= 0x06F9))
		return fold_of(FOLD_DIGIT, cp & 0xF);
	if (cp == '_') /* joins the words of a hashtag; on its own it is typed for a dash */
		return fold_of(FOLD_JOINER, '-');
	if (cp == 0xA9) /* is read as "copyright" */
		return fold_of(FOLD_LETTER, cp);
	if (is_mark_of_looks(cp))
		return fold_of(FOLD_MARK, 0);
	if ((cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0x20E3) /* choose how the sign in front looks */
		return fold_of(FOLD_IGNORE, 0);
	if (category == UTF8PROC_CATEGORY_CF)
		return fold_of(FOLD_IGNORE, 0);
	if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZS ||
		category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP)
		return fold_of(FOLD_SPACE, ' ');
	if ((category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) ||
		category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL)
		return fold_letter(cp, category);
	return fold_of(FOLD_SIGN, fold_sign(cp, category));
}

static uint32_t fold(struct reader *reader, int32_t cp)
{
	uint32_t **page, *folded;

	if (cp > 0xFFFF)
		return fold_make(cp);
	page = &reader->pages[cp >> 8];
	if (!*page)
		*page = mem_new(256, sizeof **page);
	folded = *page + (cp & 0xFF);
	if (!*folded)
		*folded = fold_make(cp);
	return *folded;
}

/* So that nobody need ask whether the pages of ASCII and Arabic are there. */
static void fold_usual(struct reader *reader)
{
	for (int32_t i = 0; i < 256; i++) {
		fold(reader, i);
		fold(reader, 0x0600 + i);
	}
}

/* An empty word at the end of the list, in front of which the next signs are gathered. */
static struct word *reader_next(struct reader *reader)
{
	if (reader->count == reader->cap) {
		reader->cap = reader->cap ? reader->cap * 2 : 64;
		reader->words = mem_resize(reader->words, reader->cap, sizeof *reader->words);
	}
	reader->words[reader->count] = (struct word){ .key = KEY_START, .opens = UINT32_MAX };
	return &reader->words[reader->count];
}

static void gap_add(struct gap *gap, int32_t sign, unsigned times)
{
	if (!gap->first)
		gap->first = sign;
	gap->last = sign;
	gap->closer |= sign == '-' || sign == ':' || sign == '|' || sign == '/';
	if (gap->count <= UINT16_MAX - times)
		gap->count = (uint16_t)(gap->count + times);
}

static void gap_take(struct gap *gap, int32_t cp, uint32_t folded)
{
	if (folded >> 24 == FOLD_SPACE)
		gap->space = true;
	else
		gap_add(gap, (int32_t)(folded & FOLD_VALUE),
			cp == 0x2026 ? 3 : 1); /* an ellipsis is three */
}

static uint64_t key_letter(uint64_t key, uint32_t folded)
{
	key = (key ^ (folded & FOLD_VALUE)) * UINT64_C(0xFF51AFD7ED558CCD);
	return key ^ key >> 29;
}

static void word_add_letter(struct word *word, uint32_t folded)
{
	word->key = key_letter(word->key, folded);
}

static void word_add_digit(struct word *word, uint32_t folded)
{
	word->key = KEY_NUMBER;
	if (word->digits < 9)
		word->value = word->value * 10 + (folded & 0xF);
	if (word->digits < UINT16_MAX)
		word->digits++;
}

/* A running word, and what kind of character it is made of (FOLD_NONE: none is running). */
struct cursor {
	struct word *word;
	enum fold_class running;
	bool has_any; /* there was more than white space and format characters */
	bool digits;
	uint32_t opens;
	uint64_t signs;
};

static inline bool is_letter(enum fold_class class)
{
	return class == FOLD_LETTER || class == FOLD_ARABIC;
}

static inline void cursor_close(struct reader *reader, struct cursor *cursor)
{
	if (cursor->running == FOLD_NONE)
		return;
	if (reader->openings)
		cursor->word->opens = reader->openings[opening_class(cursor->word->key)];
	cursor->opens |= cursor->word->opens;
	if (reader->ahead)
		__builtin_prefetch(reader->ahead + (cursor->word->key & reader->ahead_mask) * READER_AHEAD);
	reader->count++;
	cursor->word = reader_next(reader);
	cursor->running = FOLD_NONE;
}

/* The word that the character at byte `at`, a letter or digit as `class` says, belongs to: what runs, or a new one. */
static inline struct word *cursor_open(
	struct reader *reader, struct cursor *cursor, uint32_t folded, enum fold_class class, size_t at)
{
	if (cursor->running != class) {
		cursor_close(reader, cursor);
		cursor->running = class;
		cursor->word->start = (uint32_t)at;
		cursor->word->capital = folded & FOLD_CAPITAL;
	}
	cursor->has_any = true;
	return cursor->word;
}

static void cursor_take_sign(struct reader *reader, struct cursor *cursor, int32_t cp, uint32_t folded)
{
	cursor_close(reader, cursor);
	cursor->signs |= SIGN_BIT(folded & FOLD_VALUE);
	gap_take(&cursor->word->before, cp, folded);
}

/* Takes a character that is neither a letter nor white space. */
static void cursor_take(
	struct reader *reader, struct cursor *cursor, int32_t cp, uint32_t folded, size_t at, size_t len)
{
	enum fold_class class = folded >> 24;
	struct word *word;

	if (class == FOLD_IGNORE)
		return;
	cursor->has_any = true;
	if (class == FOLD_MARK || (class == FOLD_TATWEEL && is_letter(cursor->running)))
		return; /* inside a word they are only for looks; tatweel on its own is typed for a dash */
	if (class == FOLD_DIGIT) {
		word = cursor_open(reader, cursor, folded, class, at);
		cursor->digits = true;
		word_add_digit(word, folded);
		word->end = (uint32_t)(at + len);
	} else if (class == FOLD_JOINER && is_letter(cursor->running)) {
		word = cursor_open(reader, cursor, folded, FOLD_LETTER, at);
		word_add_letter(word, folded);
		word->end = (uint32_t)(at + len);
	} else {
		cursor_take_sign(reader, cursor, cp, folded);
	}
}

/* The character at byte `at`, which goes into `*rune`; what it folds to is the result. Most of most texts is spelled in
 * ASCII or in the two bytes of Arabic. */
static inline uint32_t fold_at(struct reader *reader, struct span line, size_t at, struct rune *rune)
{
	unsigned char lead = (unsigned char)line.at[at];

	if (lead < 0x80) {
		*rune = (struct rune){ lead, 1 };
		return reader->pages[0][lead];
	}
	*rune = utf8_first(span_of(line.at + at, line.len - at));
	return lead >= 0xD8 && lead <= 0xDB ? reader->pages[6][rune->value & 0xFF]
					    : fold(reader, rune->value);
}

/* Adds the letters of ASCII at byte `at` to the key; returns where they end. Their folding is known without a table. */
static inline size_t ascii_run(struct span line, size_t at, uint64_t *key)
{
	uint64_t letters = *key;

	for (; at < line.len; at++) {
		unsigned char small = (unsigned char)line.at[at] | 0x20;

		if ((unsigned char)(small - 'a') > 'z' - 'a')
			break;
		letters = key_letter(letters, small);
	}
	*key = letters;
	return at;
}

/* Takes the letters that follow the letter `folded` at byte `at`, which has `len` bytes, in the same word. Returns where
 * they end. */
static inline size_t cursor_run(struct reader *reader, struct cursor *cursor, struct span line, size_t at,
	uint32_t folded, size_t len)
{
	enum fold_class class = folded >> 24;
	struct word *word = cursor_open(reader, cursor, folded, class, at);
	uint64_t key = word->key;
	struct rune rune = { 0, (uint32_t)len };

	do {
		key = key_letter(key, folded);
		at += rune.len;
		if (class == FOLD_LETTER)
			at = ascii_run(line, at, &key);
		if (at >= line.len)
			break;
		folded = fold_at(reader, line, at, &rune);
	} while (folded >> 24 == class);
	word->key = key;
	word->end = (uint32_t)at;
	if (at < line.len && line.at[at] == ' ') { /* most words */
		cursor_close(reader, cursor);
		cursor->word->before.space = true;
		at++;
	}
	return at;
}

/* Takes what begins with the character at byte `at`. Returns where the next begins. */
static inline size_t cursor_step(struct reader *reader, struct cursor *cursor, struct span line, size_t at)
{
	struct rune rune;
	uint32_t folded = fold_at(reader, line, at, &rune);

	if (is_letter(folded >> 24))
		return cursor_run(reader, cursor, line, at, folded, rune.len);
	if (folded >> 24 == FOLD_SPACE) {
		cursor_close(reader, cursor);
		cursor->word->before.space = true;
	} else {
		cursor_take(reader, cursor, rune.value, folded, at, rune.len);
	}
	return at + rune.len;
}

void reader_read(struct reader *reader, struct span line)
{
	struct cursor cursor = { .running = FOLD_NONE };

	if (line.len > READER_WHOLE)
		line = span_head(line, utf8_whole(span_head(line, READER_HEAD)));
	if (!reader->pages[0])
		fold_usual(reader);
	reader->count = 0;
	cursor.word = reader_next(reader);
	for (size_t at = 0; at < line.len;)
		at = cursor_step(reader, &cursor, line, at);
	cursor_close(reader, &cursor);
	cursor.word->start = cursor.word->end = (uint32_t)line.len;
	reader->blank = !cursor.has_any;
	reader->signs = cursor.signs;
	reader->opens = cursor.opens;
	reader->digits = cursor.digits;
}

struct gap reader_gap(struct reader *reader, struct span text)
{
	struct gap gap = { 0 };

	while (text.len) {
		struct rune rune = utf8_first(text);
		uint32_t folded = fold(reader, rune.value);
		enum fold_class class = folded >> 24;

		if (class == FOLD_SPACE || class == FOLD_SIGN || class >= FOLD_TATWEEL)
			gap_take(&gap, rune.value, folded);
		text = span_skip(text, rune.len);
	}
	return gap;
}

void reader_release(struct reader *reader)
{
	for (size_t i = 0; i < 256; i++)
		free(reader->pages[i]);
	free(reader->words);
	*reader = (struct reader){ .words = NULL };
}

size_t reader_letters(struct reader *reader, struct span text, int32_t *letters, size_t most)
{
	size_t count = 0;

	while (text.len && count < most) {
		struct rune rune = utf8_first(text);
		uint32_t folded = fold(reader, rune.value);

		if (is_letter(folded >> 24))
			letters[count++] = (int32_t)(folded & (FOLD_CAPITAL - 1));
		text = span_skip(text, rune.len);
	}
	return count;
}

uint64_t reader_letters_key(const int32_t *letters, size_t count)
{
	struct word word = { .key = KEY_START };

	for (size_t i = 0; i < count; i++)
		word_add_letter(&word, (uint32_t)letters[i]);
	return word.key;
}

uint64_t reader_key(const struct reader *reader, size_t from, size_t to)
{
	uint64_t key = KEY_START;

	for (size_t i = from; i < to; i++)
		key = key_step(key, reader->words[i].key);
	return key;
}

static bool is_closer(int32_t cp, utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_PD || cp == ':' || cp == '/' || cp == '|' || cp == 0x0640;
}

static bool ends_label(int32_t cp, utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF || cp == '"' ||
	       cp == '.';
}

size_t reader_skip_closer(struct span line, size_t at)
{
	bool closed = false;

	while (at < line.len) {
		struct rune rune = utf8_first(span_skip(line, at));
		utf8proc_category_t category = utf8proc_category(rune.value);
		bool space = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CF ||
			     rune.value == '\t';

		if (is_closer(rune.value, category))
			closed = true;
		else if (!space && (closed || !ends_label(rune.value, category)))
			break;
		at += rune.len;
	}
	return at;
}

size_t reader_skip_stop(struct span line, size_t at)
{
	while (at < line.len) {
		struct rune rune = utf8_first(span_skip(line, at));
		utf8proc_category_t category = utf8proc_category(rune.value);

		if (category != UTF8PROC_CATEGORY_PO && category != UTF8PROC_CATEGORY_PE &&
			category != UTF8PROC_CATEGORY_PF && category != UTF8PROC_CATEGORY_MN)
			break;
		if (rune.value == '#')
			break;
		at += rune.len;
	}
	return at;
}
