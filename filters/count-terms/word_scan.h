/* SPDX-License-Identifier: MIT
 * word_scan.h - the words of common/word_break.h, faster where text is of the common kind.
 *
 * A table of the code points below U+0800 (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic), made from the
 * Unicode properties and from key.h itself when a scanner is made, finds most words and their keys without
 * a look at the rules; whatever the table leaves open goes to word_break_next and key_add. Both ways give
 * the same words and keys (tests/unit/word_scan_test.c). */
#ifndef GHIRBAL_WORD_SCAN_H
#define GHIRBAL_WORD_SCAN_H

#include <stdint.h>

#include "filters/normalize/keyer.h"

enum { WORD_SCAN_TABLE = 0x800 };

struct word_scan_entry {
	uint16_t traits; /* what it does to words, and enum key_work */
	uint16_t key; /* code point; 0: the character is left out of keys */
};

struct word_scan {
	struct word_scan_entry table[WORD_SCAN_TABLE];
	struct keyer *keyer; /* borrowed */
};

/* What it takes to make the key of a word; neither: the word is its own key. */
enum key_work {
	KEY_WORK_TABLE = 1 << 8, /* character by character from the table */
	KEY_WORK_ALL = 1 << 9, /* the keyer */
};

struct segment {
	struct span text;
	bool is_word; /* it holds a letter, a number or an ideograph */
	uint16_t work; /* enum key_work */
};

/* A scanner for keys of that keyer, which is borrowed as long as it is used. */
void word_scan_init(struct word_scan *scan, struct keyer *keyer);

/* The first segment of `text` (valid UTF-8, not empty), or the second where the first is a space or the like.
 * Words are exactly those of UAX #29, but for spaces at their start that are no part of a key; what lies
 * between words may be cut finer. */
struct segment word_scan_next(const struct word_scan *scan, struct span text);

/* The key of a word: borrowed from the word itself, from `into`, which is overwritten, or from the keyer. Ignorable
 * characters (bidi marks, joiners, variation selectors) at its end, and what is no part of a word at its
 * start (a space that a mark was attached to), are left out. May be empty: a word of nothing but tatweel
 * has no key under KEY_FOLD. Never holds a control character or a line end. */
struct span word_scan_key(const struct word_scan *scan, struct segment word, struct buf *into);

#endif
