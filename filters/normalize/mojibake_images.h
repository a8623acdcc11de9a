/* SPDX-License-Identifier: MIT
 * mojibake_images.h - how bytes of UTF-8 look to who takes them for another encoding, and back.
 *
 * The image of a byte is the character that stands for it in such an encoding: in windows-1252 the bytes C3 A9
 * ("é") have the images "Ã©". The tables say for every character of which byte it is the image, in each of the
 * encodings that text passes through by mistake. They are made from data/ when the filter opens (50 KiB) and
 * do not change afterwards. */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_IMAGES_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_IMAGES_H

#include <stdint.h>

#include "common/diag.h"
#include "common/span.h"

/* What UTF-8 was taken for. Latin-1 is part of windows-1252: C1 controls are images of their own number in every
 * encoding of Windows, and so are its undefined bytes, as browsers have it. */
enum seen_as {
	SEEN_AS_1252,
	SEEN_AS_1250,
	SEEN_AS_8859_2,
	SEEN_AS_1251,
	SEEN_AS_1254,
	SEEN_AS_1256,
	SEEN_AS_1257,
	SEEN_AS_MAC_ROMAN,
	SEEN_AS_CP437,
	SEEN_AS_COUNT
};

enum {
	IMAGES_BLOCK = 64, /* code points */
	IMAGES_END = 0x10000, /* no image is above */
};

struct image {
	uint8_t byte[SEEN_AS_COUNT]; /* 80 to FF; 0 where it is none */
	uint16_t leads, conts; /* sets of 1 << enum seen_as: image of C2..F4, of 80..BF */
};

struct images {
	uint8_t block_of[IMAGES_END / IMAGES_BLOCK];
	struct image (*blocks)[IMAGES_BLOCK]; /* the first one is of characters that are no image */
	size_t count;
	bool defined[SEEN_AS_COUNT][0x80]; /* the bytes 80 to FF that have a character of their own */
	int32_t arabic[0x80]; /* what the bytes 80 to FF are in windows-1256 */
};

/* False with `why` where a data file is wrong; release in any case. `images` is zero bytes. */
bool images_init(struct images *images, struct diag *why);
void images_release(struct images *images);

/* What `cp` is the image of. */
static inline const struct image *images_of(const struct images *images, int32_t cp)
{
	if (cp >= IMAGES_END)
		return &images->blocks[0][0];
	return &images->blocks[images->block_of[cp / IMAGES_BLOCK]][cp % IMAGES_BLOCK];
}

#endif
