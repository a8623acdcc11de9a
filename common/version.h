/* SPDX-License-Identifier: MIT
 * version.h - the release; the number itself stands in the Makefile. */
#ifndef GHIRBAL_VERSION
#define GHIRBAL_VERSION "unreleased"
#endif
