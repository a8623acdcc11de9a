/* SPDX-License-Identifier: MIT
 * form.h - code points in, text in Normalization Form C out; only the last segment is held.
 *
 * A segment is what may still combine (common/nfc.h): a letter and its marks. A run of marks costs its own
 * size in memory, nothing else does. */
#ifndef GHIRBAL_NORMALIZE_FORM_H
#define GHIRBAL_NORMALIZE_FORM_H

#include "filters/normalize/writer.h"

struct form {
	bool composes; /* false: text goes out as it comes */
	bool is_plain; /* what is held is one character that is in NFC by itself */
	struct buf held;
	struct writer *out; /* borrowed */
};

/* Takes the next code point. */
void form_add(struct form *form, int32_t cp);

/* Nothing that follows will combine with what is held: lets it out. */
void form_flush(struct form *form);

void form_release(struct form *form);

#endif
