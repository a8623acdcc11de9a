/* SPDX-License-Identifier: MIT
 * near_words.h - the words of a text as numbers, for comparing texts that are nearly the same.
 *
 * A word is one of UAX #29 (common/word_break.h), and its number a public 64-bit hash of its key (keyer.h), so that
 * spelling, tashkeel and case do not count. Scripts that are written without spaces (Han, Hiragana, Thai, Lao,
 * Khmer, Myanmar) have no words there: each of their characters, with the marks on it, stands for one and is marked
 * as such. A table of the code points below U+0800 finds most words and keys in one pass, without a look at the
 * rules; what it leaves open goes to word_break_next and the keyer. Both ways give the same. */
#ifndef GHIRBAL_NEAR_WORDS_H
#define GHIRBAL_NEAR_WORDS_H

#include <stdint.h>

#include "filters/normalize/keyer.h"

enum {
	NEAR_WORDS_MOST = 1 << 20, /* words of a text that are looked at: what follows is not compared */
	NEAR_WORDS_TABLE = 0x800,
};

/* The low bits of a word's number. */
enum near_kind {
	NEAR_CHARACTER = 1, /* of a script without spaces */
	NEAR_NUMBER = 2, /* digits and what holds them together: "2024", "3.5" */
	NEAR_KINDS = 3,
};

struct near_entry {
	uint16_t traits;
	uint16_t key; /* code point; 0: the character is left out of keys */
};

struct near_words {
	uint64_t *items;
	size_t count, cap;
	struct keyer *keyer; /* borrowed */
	struct near_entry table[NEAR_WORDS_TABLE];
};

/* `keyer` is borrowed until release. */
void near_words_init(struct near_words *words, struct keyer *keyer);
void near_words_release(struct near_words *words);

/* Takes the words of `text` (valid UTF-8) in place of those it held; a NUL is put behind the buf's content. Returns
 * what was not looked at, behind word NEAR_WORDS_MOST: mostly nothing. A text without words is one word. */
struct span near_words_read(struct near_words *words, struct buf *text);

/* The same without the table, some ten times as slow: for tests. */
struct span near_words_read_by_rules(struct near_words *words, struct buf *text);

#endif
