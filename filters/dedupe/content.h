/* SPDX-License-Identifier: MIT
 * content.h - what of a line or a document counts when it is compared. */
#ifndef GHIRBAL_CONTENT_H
#define GHIRBAL_CONTENT_H

#include "common/span.h"

/* Whether `text` begins with what is not white space, as most lines do. That is ASCII control and space, or begins with
 * one of four bytes; false where it has to be looked at. */
static inline bool content_starts_with_text(struct span text)
{
	unsigned char first = text.len ? (unsigned char)text.at[0] : ' ';

	return first > ' ' && first != 0xC2 && (first < 0xE1 || first > 0xE3);
}

/* `text` without the line end (LF or CRLF) it may close with, or the CR alone of one whose LF is missing at the
 * end of a document: the driver will write that LF. */
struct span content_of(struct span text);

/* Whether `text` (valid UTF-8) is nothing but white space (the Unicode property White_Space). */
bool content_is_blank(struct span text);

#endif
