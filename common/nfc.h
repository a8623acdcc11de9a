/* SPDX-License-Identifier: MIT
 * nfc.h - Normalization Form C (UAX #15), and D, in linear time for any run of marks.
 *
 * Decomposition and composition are utf8proc's; its canonical ordering is superlinear on long runs of
 * marks (2.8.0: 60 000 take half a minute), so the ordering is our own stable counting sort.
 *
 * Text falls into segments that do not combine with each other; where one starts depends on its first
 * character alone (unicode_starts_nfc_segment). So a caller whose text comes in pieces needs to ask
 * nfc_settled about the new piece only:
 *
 *	settled = nfc_settled(piece);
 *	if (settled == 0) {                                    (all of it belongs to what is held)
 *		buf_add(&held, piece);
 *	} else {
 *		buf_add(&held, span_head(piece, settled));
 *		nfc_add(&out, buf_span(&held));
 *		buf_clear(&held);
 *		buf_add(&held, span_skip(piece, settled));
 *	}
 *
 * and nfc_add(&out, buf_span(&held)) at the end. Only a run of marks makes `held` grow. */
#ifndef GHIRBAL_NFC_H
#define GHIRBAL_NFC_H

#include "common/buf.h"

/* Length of the longest prefix of `text` (valid UTF-8) that is in NFC and may be kept as it is whatever
 * follows it within `text`: it ends at the end of `text` or in front of a segment that needs work. Now and
 * then (a mark behind an accented letter) a segment is said to need work that turns out to be in NFC. */
size_t nfc_clean_prefix(struct span text);

/* Appends the NFC of `text` (valid UTF-8). What `into` holds already is not looked at. */
void nfc_add(struct buf *into, struct span text);

/* Appends the canonical decomposition (NFD) of `text`, which is taken segment by segment as well. */
void nfd_add(struct buf *into, struct span text);

/* Where the last segment of `text` starts: what is before it is settled, the rest may still combine with
 * what comes next. 0 when all of it may. */
size_t nfc_settled(struct span text);

#endif
