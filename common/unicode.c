/* SPDX-License-Identifier: MIT
 * unicode.c - the tables of unicode.h, as tools/ucd.c makes them from the Unicode Character Database. */
#include "common/unicode.h"

#include "ucd.inc"
