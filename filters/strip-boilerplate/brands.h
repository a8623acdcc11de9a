/* SPDX-License-Identifier: MIT
 * brands.h - the name of a site behind a title, as browsers show it: "TITLE - Section | Harbour Post". */
#ifndef GHIRBAL_STRIP_BRANDS_H
#define GHIRBAL_STRIP_BRANDS_H

#include "clitics.h"

/* How many words stand in front of the name of the site that ends a title, and in front of what the site calls the section,
 * which may stand between the two; 0: no name of a site is behind it. Bars, dashes with space around and double colons set
 * them apart. A name is a listed outlet, an address, or behind a bar words of which one says what it is: behind a dash that may
 * be who said so. */
size_t brand_start(const struct lookup *lookup, const struct word *words, size_t count);

#endif
