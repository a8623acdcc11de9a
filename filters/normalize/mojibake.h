/* SPDX-License-Identifier: MIT
 * mojibake.h - mends text that was read in the wrong encoding: "DÃ©jÃ " is "Déjà", "ط§ظ„ط³ظ„ط§ظ…" is "السلام".
 *
 * UTF-8 is recognised through latin-1, iso-8859-2, windows-1250, 1251, 1252, 1254 and 1256, Mac Roman and cp437, any
 * number of times over; windows-1256 through windows-1252. Long runs prove themselves, for other text is not
 * valid UTF-8 by chance; a single character is mended where nobody can have meant what stands there, or where the
 * rest of the line is bad. What is only damaged (lost bytes, no-break spaces that became plain ones) is mended in a
 * line that is bad beyond doubt, and a character of which a byte is lost becomes U+FFFD.
 *
 * Lines are judged one by one, before any other rule: soft hyphens, no-break spaces and C1 controls are data here. */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_H

#include "common/buf.h"
#include "common/cpu.h"
#include "filters/normalize/mojibake_images.h"

enum { MOJIBAKE_LONGEST = 64 * 1024 }; /* bytes of a line, or part of one, that is judged at once */

/* Tables, made once, and room to work: not to be shared by threads. */
struct mojibake {
	struct images images;
	int32_t *text, *other; /* code points of the line, before and after a step; MOJIBAKE_LONGEST each */
};

/* Makes the tables. `m` is zero bytes. False with `why` where a data file is wrong; release in any case. */
bool mojibake_init(struct mojibake *m, struct diag *why);
void mojibake_release(struct mojibake *m);

/* Offset of the first line of `text` (valid UTF-8, whole lines) that may need work, text.len when none does. The
 * answer is the same for every `cpu`.
 *
 * A line that is passed over is left alone by mojibake_fix, also where letters of Arabic were dropped or replaced by other
 * Arabic letters, and mostly after its character references were replaced, characters of no width dropped (U+200B to
 * 200F, 202A to 202E, 2060 to 206F; FEFF between Latin, Greek or Cyrillic letters) and combining marks composed. */
size_t mojibake_suspect(const struct mojibake *m, struct span text, enum cpu cpu);

/* Appends `line` mended to `into` and returns true; returns false, and appends nothing, where nothing is to be done.
 * `line` is valid UTF-8 without a line end, of at most MOJIBAKE_LONGEST bytes. A mended line is not changed when it
 * is judged again. Takes linear time. */
bool mojibake_fix(struct mojibake *m, struct span line, struct buf *into);

#endif
