/* SPDX-License-Identifier: MIT
 * mojibake_suspect.h - which three characters in a row make a line worth judging.
 *
 * Every garbled line has two neighbours that look like bytes of UTF-8 and hardly ever meet in good text. What is as
 * common as a comma behind an Arabic letter is left out, though it looks like bytes in windows-1256: a line that has
 * nothing else is not judged. */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_SUSPECT_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_SUSPECT_H

#include "filters/normalize/mojibake_images.h"

/* Whether `a`, `b` and `c`, in this order, are reason to judge their line. */
bool suspect_three(const struct images *images, int32_t a, int32_t b, int32_t c);

#endif
