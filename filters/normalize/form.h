/* SPDX-License-Identifier: MIT
 * form.h - code points in, text in its Unicode normalization form out; only the last segment is held.
 *
 * A segment is what may still combine (common/nfc.h): a letter and its marks. On its way a segment is composed,
 * folded (fold.h), composed again, decomposed where the form says so, and squeezed among others like it
 * (repeats.h). A run of marks costs a few times its own size in memory, nothing else does. */
#ifndef GHIRBAL_NORMALIZE_FORM_H
#define GHIRBAL_NORMALIZE_FORM_H

#include "filters/normalize/repeats.h"
#include "filters/normalize/stream_safe.h"

struct form {
	const struct rules *rules;
	struct tally *tally;
	enum kind
		plain; /* of the one character that is held; KIND_FORM: it, or what is held, is to be normalized */
	struct buf held, work, folded; /* the segment, and what has become of it so far */
	struct stream_safe stream_safe;
	struct buf safe;
	struct repeats repeats;
	struct writer *out; /* borrowed */
};

/* `form` is zero bytes; the rest is borrowed until form_release. */
void form_init(struct form *form, const struct rules *rules, struct tally *tally, struct writer *out);

/* Takes the next code point. */
void form_add(struct form *form, int32_t cp);

/* Nothing will combine with what is held, and what follows will not come this way: lets it out. `next` is the code
 * point behind it, which starts a segment; -1 at the end of the document. */
void form_break(struct form *form, int32_t next);

/* Whether `next`, which starts a segment, may be one of a run with what is held. */
bool form_may_repeat(const struct form *form, int32_t next);

void form_release(struct form *form);

#endif
