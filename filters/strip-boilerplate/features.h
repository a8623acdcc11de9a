/* SPDX-License-Identifier: MIT
 * features.h - what the line model knows of a line: the line, its neighbours, its place, its page.
 *
 * All are small whole numbers, made of traits (traits.h), of what explicit evidence said (judge.h) and of the page as a
 * whole (page.h), so they are the same on every machine. */
#ifndef GHIRBAL_STRIP_FEATURES_H
#define GHIRBAL_STRIP_FEATURES_H

#include "page.h"

/* Names of the features, in order, ending with NULL: data/model.txt calls them so. */
extern const char *const feature_names[];

/* At least as many as there are. */
enum { FEATURES_MOST = 112 };

/* The features of line `at`, of which there are FEATURES_MOST at most; how many there are is returned. */
size_t features_of(const struct page *page, size_t at, int16_t into[FEATURES_MOST]);

/* The same in two parts, FEATURES_APART numbers from each to the next, as a batch of lines has them (model.h): those of
 * the line, and those behind them that all lines of the page share, each to its own places. Of the line's it is returned
 * how many there are. */
enum { FEATURES_APART = 32 };
size_t features_of_line(const struct page *page, size_t at, int16_t *into);
void features_of_page(const struct page *page, int16_t *into);

#endif
