/* SPDX-License-Identifier: MIT
 * scan.h - finds the next thing to do.
 *
 * Nearly all text needs nothing. The scan passes over it and stops where a character may have to change;
 * everything before the last calm character in front of that place can be written as it is. Where letters
 * are only replaced one for one, or dropped, whatever stands around them, the scan does that itself.
 *
 * Single spaces and single marks between calm characters are passed over as well: they are in every line. */
#ifndef GHIRBAL_NORMALIZE_SCAN_H
#define GHIRBAL_NORMALIZE_SCAN_H

#include "common/buf.h"
#include "filters/normalize/scan_tables.h"

/* Where a scan ended. */
struct scanned {
	size_t calm; /* offset of the last calm character before `stop`: what is before it is done with */
	size_t stop; /* offset of the first character that has to be looked at, or the end of the text */
	bool joins; /* what was swapped or dropped may have made mojibake of what was none */
};

/* For a scanner without edits. Passes over `text` (valid UTF-8), whose first character must be calm and nothing may be waiting for. */
struct scanned scan_calm(const struct scanner *scanner, struct span text);

/* The same, where characters of KIND_SWAP are as good as calm ones and those of KIND_DROP are as if they were not there.
 * Where runs of the same character matter, the scan stops at the one that makes a run too long, and `calm` is
 * the start of a run. What becomes of the text up to `calm` is appended to `into`. */
struct scanned scan_edit(const struct scanner *scanner, struct span text, struct buf *into);

#endif
