/* SPDX-License-Identifier: MIT
 * nfc.h - Normalization Form C (UAX #15), in linear time for any run of marks.
 *
 * Decomposition and composition are utf8proc's; its canonical ordering is superlinear on long runs of
 * marks (2.8.0: 60 000 take half a minute), so the ordering is our own stable counting sort. */
#ifndef GHIRBAL_NFC_H
#define GHIRBAL_NFC_H

#include "common/buf.h"

/* Length of the longest prefix of `text` (valid UTF-8) that is in NFC and may be kept as it is whatever
 * follows it within `text`: it ends at the end of `text` or in front of a segment that needs work. */
size_t nfc_clean_prefix(struct span text);

/* Appends the NFC of `text` (valid UTF-8). */
void nfc_add(struct buf *into, struct span text);

/* Where the last segment of `text` starts: what is before it is settled, the rest may still combine with
 * what comes next. 0 when all of it may. */
size_t nfc_settled(struct span text);

#endif
