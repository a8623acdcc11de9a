/* SPDX-License-Identifier: MIT
 * maps.h - letters, marks and punctuation that become others, whatever stands around them: data/maps.txt, the
 * digits of three scripts, and case folding. */
#ifndef GHIRBAL_NORMALIZE_MAPS_H
#define GHIRBAL_NORMALIZE_MAPS_H

#include "common/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rules;

enum digits { DIGITS_KEEP, DIGITS_ASCII, DIGITS_ARAB, DIGITS_EXTARAB };

enum { MAPPED_MAX = 3 }; /* code points that one becomes, at most */

/* What a code point becomes. */
struct mapping {
	int32_t cp;
	uint8_t rule; /* enum rule */
	/* Before character references are looked for, so that what comes out may be part of one. Else when its
	 * letter has been composed. */
	bool early;
	uint8_t count; /* of to; 0: it is dropped */
	int32_t to[MAPPED_MAX];
};

struct maps {
	struct mapping *at; /* sorted by code point, one for each */
	size_t count;
};

/* The mappings of the rules that are on. False with `why` where maps.txt is not as it should be. Release with
 * maps_release. */
bool maps_init(struct maps *maps, const struct rules *rules, enum digits digits, struct diag *why);
void maps_release(struct maps *maps);

/* What becomes of `cp`; NULL: nothing. */
const struct mapping *maps_find(const struct maps *maps, int32_t cp);

/* Whether any mapping waits for composed letters. */
bool maps_have_late(const struct maps *maps);

#endif
