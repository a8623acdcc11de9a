/* SPDX-License-Identifier: MIT
 * stream_safe.h - the Stream-Safe Text Format of UAX #15 (section 13, D4): at most 30 marks in a row, so that who
 * normalizes needs no more than 32 code points of memory. Behind each 30 a combining grapheme joiner (U+034F) is put.
 * That changes what the text says of itself, so it is done on request only. */
#ifndef GHIRBAL_NORMALIZE_STREAM_SAFE_H
#define GHIRBAL_NORMALIZE_STREAM_SAFE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"

struct stream_safe {
	size_t marks; /* non-starters at the end of what came, in its Form KD */
};

/* Appends `text`, a segment (form.h), with the joiners it needs behind what came before. Returns how many. */
size_t stream_safe_add(struct stream_safe *state, struct buf *into, struct span text);

/* Whether `cp` can be one of a run of marks: it is a mark, or is one in Form KD. */
bool stream_safe_counts(int32_t cp);

#endif
