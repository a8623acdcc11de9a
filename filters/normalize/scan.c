/* SPDX-License-Identifier: MIT
 * scan.c - the scan, character by character.
 *
 * Single spaces and single marks between calm characters are passed over as well: they are in every line.
 * A vector path would skip blocks that hold only calm lead bytes and then come here. */
#include "filters/normalize/scan.h"

#include "common/utf8.h"

/* Whether a character of kind `next` needs no look when it follows one of kind `before`, both being of the
 * first six kinds. A space must stand between calm characters of one line; marks must not be two that
 * could change places. */
static const bool follows[KIND_SIGN + 1][KIND_SIGN + 1] = {
	[KIND_CALM] = { true, true, false, true, true, true },
	[KIND_NEWLINE] = { true, true, false, false, false, false },
	[KIND_SPACE] = { true, false, false, false, false, false },
	[KIND_MARK] = { true, true, false, true, false, true },
	[KIND_SIGN] = { true, true, false, true, true, true },
};

struct scanned scan_calm(const struct rules *rules, struct span text, enum cpu cpu)
{
	struct scanned scanned = { 0, text.len };
	enum kind before = KIND_CALM;
	size_t at = 0;

	(void)cpu; /* one path so far */
	while (at < text.len) {
		struct rune rune = utf8_first(span_skip(text, at));
		enum kind kind = rules_kind(rules, rune.value);

		if (kind > KIND_SIGN || !follows[before][kind]) {
			scanned.stop = at;
			break;
		}
		if (kind <= KIND_NEWLINE)
			scanned.calm = at;
		before = kind;
		at += rune.len;
	}
	return scanned;
}
