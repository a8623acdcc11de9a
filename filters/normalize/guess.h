/* SPDX-License-Identifier: MIT
 * guess.h - which encoding a document is in.
 *
 * A guess is made once per document, from its first GUESS_SAMPLE bytes. */
#ifndef GHIRBAL_NORMALIZE_GUESS_H
#define GHIRBAL_NORMALIZE_GUESS_H

#include <stdint.h>

#include "common/cpu.h"
#include "filters/normalize/encodings.h"

enum {
	GUESS_SAMPLE = 64 * 1024,
	GUESS_LETTERS = 48, /* at most, the edge of a word among them */
	GUESS_TABLES = 4, /* encodings for Arabic that are tried */
	GUESS_LANGUAGES = 24, /* at most, of Western Europe */
};

/* What an encoding makes of bytes: a letter's number, or a kind of character (guess.c). */
struct reading {
	enum encoding encoding;
	unsigned char kinds[256];
};

/* The models of data/letters.txt and data/western.txt, and the readings. */
struct guesser {
	enum cpu cpu; /* for looking over UTF-8; the caller's to set */
	unsigned char pair[GUESS_LETTERS]
			  [GUESS_LETTERS]; /* cost of a letter behind another, in half bits */
	uint16_t letters[GUESS_LETTERS]; /* code points; 0 in front is the edge */
	uint16_t forms[2 *
		       GUESS_LETTERS]; /* a code point, and that of the letter it counts as; ends with 0 */
	struct reading readings[GUESS_TABLES];
	uint64_t western[GUESS_LANGUAGES]
			[2]; /* bytes of windows-1252 that a language uses, from 80, a bit each */
	size_t letter_count, language_count;
};

/* Fills `guesser`, which is zero bytes and owns no memory. */
void guesser_init(struct guesser *guesser);

/* The encoding of a document that starts with `sample` (all of it, when it is shorter than GUESS_SAMPLE).
 *
 * In this order: a byte order mark; UTF-16 and UTF-32, when the bytes that only their high parts have stand on one
 * side of nearly all units (Arabic in UTF-16LE is valid ASCII, so this comes before UTF-8); UTF-8, when nothing is
 * wrong with it, or most is right. What is left is read in each of the encodings with a table, and the reading that
 * makes the most likely text is taken if that text is likely enough, and likelier than UTF-8 with so much damage:
 * Arabic, Persian or Urdu in windows-1256, iso-8859-6, mac-arabic or cp720, a language of Western Europe in
 * windows-1252. Whatever is none of these is called UTF-8. Without `has_nul` (documents end in NUL) UTF-16 and
 * UTF-32 are out of the question. */
enum encoding encoding_guess(const struct guesser *guesser, struct span sample, bool has_nul);

#endif
