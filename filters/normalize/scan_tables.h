/* SPDX-License-Identifier: MIT
 * scan_tables.h - the table of kinds (kinds.h) once more, in the shapes that the scan wants.
 *
 * A character below U+0800 is looked up directly. Whether a byte is part of something to be looked at is told by it
 * and the byte before it: of longer characters, if any is not calm that begins with this lead and second byte.
 *
 * That is a table of pairs where there are no vectors. For vectors, bytes and pairs of bytes that begin a character
 * are sorted out by their nibbles: 16-byte tables, each bit of which is a class, such that
 *
 *	table[0][nibble] & table[1][nibble] & ...
 *
 * is not 0 where a character may have to be looked at. For ASCII that is exact. For longer characters the classes are
 * boxes, sets of nibbles in each of the four places, that cover every pair of lead and second byte of which some
 * character is not calm, and as few others as so many boxes can do: whoever is covered in vain is looked up,
 * which costs time and nothing else. */
#ifndef GHIRBAL_NORMALIZE_SCAN_TABLES_H
#define GHIRBAL_NORMALIZE_SCAN_TABLES_H

#include "common/cpu.h"
#include "filters/normalize/kinds.h"

enum {
	SCAN_LOW = 0x800,
	SCAN_SETS = 4, /* of 8 boxes, at most */
	SCAN_ROWS = 3 + 64, /* behind a space, a newline, any other byte, each lead */
};

/* A character below SCAN_LOW: one of one or two bytes. */
struct scan_low {
	uint8_t kind; /* enum kind */
	uint8_t len; /* bytes of the image; 0 where it is dropped */
	char image[2]; /* what is written in its place, itself mostly */
	uint8_t run; /* so many of the image in a row are one too many; 0: no number is */
	bool joins; /* the image may be read with what stands beside it as mojibake where the character was not */
};

struct scanner {
	const struct kinds *kinds; /* borrowed */
	enum cpu cpu;
	bool edits; /* some character is of KIND_SWAP, or runs matter: scan_edit is to be used */
	bool has_runs;
	bool lowers; /* A to Z become a to z: done with whole blocks, so that they do not count as busy */
	unsigned char space; /* where its neighbours matter: SPACE, else a byte that text does not have */
	/* Without vectors: whether a byte may have to be looked at where it stands behind another, by its row. */
	uint8_t row[256];
	uint8_t busy[SCAN_ROWS][256];
	/* With vectors: */
	uint8_t ascii[2][16]; /* by low nibble, by high nibble */
	size_t sets;
	uint8_t pair[SCAN_SETS][4][16]; /* by high and low nibble of a lead, then of the byte behind it */
	struct scan_low low[SCAN_LOW];
};

/* Makes the tables of `kinds`, which are borrowed as long as the scanner is used. There is nothing to release. */
void scanner_init(struct scanner *scanner, const struct kinds *kinds, enum cpu cpu);

#endif
