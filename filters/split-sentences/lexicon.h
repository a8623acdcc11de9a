/* SPDX-License-Identifier: MIT
 * lexicon.h - words that say whether a full stop behind or in front of them ends a sentence.
 *
 * Read from data/LANG.txt and from the user's own file, a class and its entries a line ('#' starts a
 * comment):
 *
 *	title Mr Mrs     a name follows: never ends a sentence
 *	abbr Inc         ends one only in front of an opener
 *	unit kg          an abbreviation behind a number (units, hours, eras); ends one only before an opener
 *	number No        an abbreviation in front of a number
 *	etc etc          ends one in front of a capital letter
 *	letter إس        the name of a foreign letter, as acronyms are spelled out with
 *	initial دبليو    such a name that is no word: also the initial of a person
 *	domain com       the end of an Internet address or a file name
 *	opener The       begins a clause even where an abbreviation stood before it
 *	word فم          a real word although it looks like an abbreviation with a proclitic
 *	month Mai        joins a number and a full stop before it ("3. Mai")
 *	said سأل         tells who asked or cried what was quoted right before: "متى؟" سأل الطفل
 *	saying مضيفا     goes on behind what was quoted, however that ended: "لن نعود." مضيفا
 *	joins قبل        goes on behind a question or cry that was quoted: "متى؟" قبل أن
 *	list أولا        counts the items of a list, as 1. does
 *	rule ordinals    a number and a full stop are an ordinal ("am 3. Mai")
 *
 * and `rule own`: what follows counts only for who asked for this very language, because elsewhere it is a
 * word.
 *
 * A line of one word is a title. Entries are written without the last full stop; those with a capital
 * letter are not met by words in small letters. Marks, tatweel and the forms of alef, yeh and kaf do not
 * count. */
#ifndef GHIRBAL_SPLIT_SENTENCES_LEXICON_H
#define GHIRBAL_SPLIT_SENTENCES_LEXICON_H

#include <stdint.h>

#include "common/buf.h"
#include "common/diag.h"

enum word_class {
	CLASS_TITLE = 1 << 0,
	CLASS_ABBR = 1 << 1,
	CLASS_UNIT = 1 << 2,
	CLASS_NUMBER = 1 << 3,
	CLASS_ETC = 1 << 4,
	CLASS_LETTER = 1 << 5,
	CLASS_DOMAIN = 1 << 6,
	CLASS_OPENER = 1 << 7,
	CLASS_WORD = 1 << 8,
	CLASS_MONTH = 1 << 9,
	CLASS_SAID = 1 << 10,
	CLASS_INITIAL = 1 << 11,
	CLASS_SAYING = 1 << 12,
	CLASS_JOINS = 1 << 13,
	CLASS_LIST = 1 << 14,
};

/* A whole table in three blocks: keys lie one behind the other in `keys`; `slots` is an open hash table whose
 * size is a power of two. `tags` has a byte of each slot's hash, 0 for a free one: most words are in no list, and these few
 * bytes tell. */
struct lexicon {
	struct buf keys;
	struct lexicon_slot *slots;
	uint8_t *tags;
	size_t slot_count, used;
	bool ordinals;
};

enum { WORD_KEY_MAX = 48 }; /* bytes; longer words are in no list */

/* What is looked up: a word without its marks, in small letters. */
struct word_key {
	char bytes[WORD_KEY_MAX];
	size_t len; /* 0: empty, or too long */
	bool capital; /* begins with a capital letter */
};

/* Makes the key of `text` (valid UTF-8). */
void word_key_make(struct word_key *key, struct span text);

/* The same character by character: the first one is only looked at to begin, and then added like the others. False
 * where the word is too long; whoever adds then makes it empty. */
void word_key_begin(struct word_key *key, int32_t first);
bool word_key_add_any(struct word_key *key, int32_t cp);

extern const uint8_t word_key_fold[0x64B - 0x620];

/* ASCII and the letters of Arabic need no tables of Unicode. */
static inline bool word_key_add(struct word_key *key, int32_t cp)
{
	enum { TATWEEL = 0x640 };

	if (key->len + 2 > WORD_KEY_MAX)
		return word_key_add_any(key, cp);
	if (cp < 0x80) {
		key->bytes[key->len++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp);
		return true;
	}
	if (cp < 0x620 || cp >= 0x64B || cp == TATWEEL)
		return word_key_add_any(key, cp);
	cp = word_key_fold[cp - 0x620];
	key->bytes[key->len++] = (char)(0xD8 | cp >> 6);
	key->bytes[key->len++] = (char)(0x80 | (cp & 0x3F));
	return true;
}

/* Adds the entries of a list, valid UTF-8. `name` is what a message calls it. False with `why` on a line that is none;
 * what came before it is then in the lexicon. */
bool lexicon_read(struct lexicon *lexicon, const char *name, struct span text, struct diag *why);

/* How many lists are compiled in, and which of them is for `lang`: from 0, that number when there is none. */
size_t lexicon_lists(void);
size_t lexicon_list_for(const char *lang);

/* Adds the lists that serve `lang` (a BCP 47 tag): its own and those of other scripts. "auto" and a tag
 * without a list get them all. */
void lexicon_read_built_in(struct lexicon *lexicon, const char *lang);

/* The classes of a word, or'ed; 0 when it is in no list. Arabic proclitics are taken off when the word
 * itself is not found. */
unsigned lexicon_find(const struct lexicon *lexicon, const struct word_key *key);

/* The same of a word that has no key yet (valid UTF-8). */
unsigned lexicon_find_text(const struct lexicon *lexicon, struct span text);

/* The same, but the word as it stands only. */
unsigned lexicon_find_exact(const struct lexicon *lexicon, const struct word_key *key);

void lexicon_release(struct lexicon *lexicon);

#endif
