/* SPDX-License-Identifier: MIT
 * encodings.h - the encodings that are read here, and their names (data/encodings.txt). All others are left to
 * the C library's iconv(3). */
#ifndef GHIRBAL_NORMALIZE_ENCODINGS_H
#define GHIRBAL_NORMALIZE_ENCODINGS_H

#include "common/nearest.h"

enum encoding {
	ENCODING_AUTO,
	ENCODING_UTF_8,
	ENCODING_UTF_16, /* as its byte order mark says; little endian when there is none */
	ENCODING_UTF_16LE,
	ENCODING_UTF_16BE,
	ENCODING_UTF_32, /* like UTF-16 */
	ENCODING_UTF_32LE,
	ENCODING_UTF_32BE,
	ENCODING_WINDOWS_1256,
	ENCODING_ISO_8859_6,
	ENCODING_MAC_ARABIC,
	ENCODING_CP720,
	ENCODING_WINDOWS_1252,
	ENCODING_OTHER, /* whatever iconv makes of its name */
};

/* What each is called here, in the order of the enum up to ENCODING_OTHER; ends with NULL. */
extern const char *const encoding_words[];

/* The encoding called `name`, or by another name for it, however it is spelled; ENCODING_OTHER when it is none of
 * ours. */
enum encoding encoding_by_name(struct span name);

/* Of ours, the name most like `name`; NULL when none is near. */
const char *encoding_nearest(struct span name);

/* Bytes of a code unit of UTF-16 or UTF-32; 1 for all others. */
static inline size_t encoding_unit(enum encoding encoding)
{
	if (encoding >= ENCODING_UTF_32 && encoding <= ENCODING_UTF_32BE)
		return 4;
	return encoding >= ENCODING_UTF_16 && encoding <= ENCODING_UTF_16BE ? 2 : 1;
}

/* Whether data/NAME.txt says what its bytes from 80 are. */
static inline bool encoding_is_table(enum encoding encoding)
{
	return encoding >= ENCODING_WINDOWS_1256 && encoding <= ENCODING_WINDOWS_1252;
}

#endif
