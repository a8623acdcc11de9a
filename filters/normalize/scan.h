/* SPDX-License-Identifier: MIT
 * scan.h - finds the next thing to do.
 *
 * Nearly all text needs nothing. The scan passes over it and stops where a character may have to change;
 * everything before the last calm character in front of that place can be written as it is. */
#ifndef GHIRBAL_NORMALIZE_SCAN_H
#define GHIRBAL_NORMALIZE_SCAN_H

#include "common/cpu.h"
#include "common/span.h"
#include "filters/normalize/rules.h"

/* Where a scan ended. */
struct scanned {
	size_t calm; /* offset of the last calm character before `stop`: what is before it is done with */
	size_t stop; /* offset of the first character that has to be looked at, or the end of the text */
};

/* Passes over `text` (valid UTF-8), whose first character must be calm and nothing may be waiting for. */
struct scanned scan_calm(const struct rules *rules, struct span text, enum cpu cpu);

#endif
