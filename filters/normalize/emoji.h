/* SPDX-License-Identifier: MIT
 * emoji.h - what an emoji is: UTS #51, section 1.4 (emoji 15.0), over the properties of common/unicode.h.
 *
 * One emoji is what a reader takes for one picture: a character that is drawn in colour by itself or with U+FE0F
 * behind it, with a colour of skin, with tags (flags of Scotland), a keycap, a pair of regional indicators, and
 * all that joiners (U+200D) tie together. A symbol that is text by default (© ™ ↔, a digit) is none until U+FE0F
 * says so, and U+FE0E makes text of any. Selectors, joiners and tags left behind an emoji belong to it, for
 * without it they would change what stands before. */
#ifndef GHIRBAL_NORMALIZE_EMOJI_H
#define GHIRBAL_NORMALIZE_EMOJI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether an emoji, or something that looks like one at first, may begin with `cp`. */
bool emoji_may_begin(int32_t cp);

/* Whether `cp` belongs to any emoji that it stands behind: selectors, joiners, tags, the keycap. */
bool emoji_is_trailer(int32_t cp);

/* Whether `cp` belongs to the sequence `cps` (not empty, its first may begin one). */
bool emoji_goes_on(const int32_t *cps, size_t count, int32_t cp);

/* Whether a sequence, now that it is complete, is an emoji. */
bool emoji_is_one(const int32_t *cps, size_t count);

#endif
