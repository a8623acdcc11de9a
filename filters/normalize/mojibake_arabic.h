/* SPDX-License-Identifier: MIT
 * mojibake_arabic.h - windows-1256 that was taken for windows-1252 or latin-1: "ÇáÓáÇã" for "السلام". */
#ifndef GHIRBAL_NORMALIZE_MOJIBAKE_ARABIC_H
#define GHIRBAL_NORMALIZE_MOJIBAKE_ARABIC_H

#include "filters/normalize/mojibake_images.h"

/* Mends the `count` code points of a line in place and returns true; returns false where they are not Arabic seen
 * through Latin letters, or where that is not sure: a lone word is left alone. */
bool arabic_mend(const struct images *images, int32_t *text, size_t count);

#endif
