/* SPDX-License-Identifier: MIT
 * mojibake_images.c - the tables, read from the encodings in data/. */
#include "filters/normalize/mojibake_images.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/normalize/data.h"

enum { BLOCKS_MOST = 255 };

static const struct {
	struct span file;
	bool sloppy; /* undefined bytes and controls are images of their own number */
} encodings[SEEN_AS_COUNT] = {
	[SEEN_AS_1252] = { { "windows-1252", 12 }, true },
	[SEEN_AS_1250] = { { "windows-1250", 12 }, true },
	[SEEN_AS_8859_2] = { { "iso-8859-2", 10 }, true },
	[SEEN_AS_1251] = { { "windows-1251", 12 }, true },
	[SEEN_AS_1254] = { { "windows-1254", 12 }, true },
	[SEEN_AS_1256] = { { "windows-1256", 12 }, true },
	[SEEN_AS_1257] = { { "windows-1257", 12 }, true },
	[SEEN_AS_MAC_ROMAN] = { { "mac-roman", 9 }, false },
	[SEEN_AS_CP437] = { { "cp437", 5 }, false },
};

/* The entry of `cp`, in a block of its own if need be. NULL when there are too many blocks. */
static struct image *entry_of(struct images *images, int32_t cp)
{
	uint8_t *block = &images->block_of[cp / IMAGES_BLOCK];

	if (*block == 0) {
		if (images->count > BLOCKS_MOST)
			return NULL;
		images->blocks = mem_resize(images->blocks, images->count + 1, sizeof(images->blocks[0]));
		memset(images->blocks[images->count], 0, sizeof(images->blocks[0]));
		*block = (uint8_t)images->count++;
	}
	return &images->blocks[*block][cp % IMAGES_BLOCK];
}

static bool add(struct images *images, enum seen_as as, int32_t byte, int32_t cp)
{
	struct image *image;

	if (byte < 0x80 || byte > 0xFF || cp < 0x80 || cp >= IMAGES_END)
		return false;
	image = entry_of(images, cp);
	if (!image)
		return false;
	image->byte[as] = (uint8_t)byte;
	if (byte >= 0xC2 && byte <= 0xF4)
		image->leads |= (uint16_t)(1 << as);
	if (byte < 0xC0)
		image->conts |= (uint16_t)(1 << as);
	return true;
}

static bool add_line(struct images *images, enum seen_as as, struct span line)
{
	int32_t byte = data_hex(data_word(&line)), cp = data_hex(line);

	if (!add(images, as, byte, cp))
		return false;
	images->defined[as][byte - 0x80] = true;
	if (as == SEEN_AS_1256)
		images->arabic[byte - 0x80] = cp;
	return true;
}

static bool add_sloppy(struct images *images, enum seen_as as)
{
	for (int32_t cp = 0x80; cp <= 0xFF; cp++)
		if ((cp < 0xA0 || !images->defined[as][cp - 0x80]) && !add(images, as, cp, cp))
			return false;
	return true;
}

static bool add_file(struct images *images, enum seen_as as, struct diag *why)
{
	struct span rest = data_file(encodings[as].file), line;

	while (data_line(&rest, &line)) {
		if (add_line(images, as, line))
			continue;
		diag_set(why, "%.*s: not a byte and its character: '%.*s'", (int)encodings[as].file.len,
			encodings[as].file.at, (int)line.len, line.at);
		return false;
	}
	return !encodings[as].sloppy || add_sloppy(images, as);
}

bool images_init(struct images *images, struct diag *why)
{
	images->blocks = mem_new(1, sizeof(images->blocks[0]));
	images->count = 1;
	for (int as = 0; as < SEEN_AS_COUNT; as++)
		if (!add_file(images, (enum seen_as)as, why))
			return false;
	return true;
}

void images_release(struct images *images)
{
	free(images->blocks);
	images->blocks = NULL;
}
