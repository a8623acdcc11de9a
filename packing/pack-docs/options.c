/* SPDX-License-Identifier: MIT
 * options.c - the rows of pack-docs. */
#include "packing/pack-docs/options.h"

static const char *const invalid_words[] = { "escape", "reject", NULL };

/* clang-format off */
const struct opt pack_docs_rows[] = {
	{ .letter = 'o', .name = "output", .kind = OPT_TEXT, .arg = "FILE",
		.at = offsetof(struct pack_options, output),
		.help = "write to FILE, which is replaced only when nothing failed" },
	{ .letter = 'a', .name = "all", .kind = OPT_FLAG, .at = offsetof(struct pack_options, all),
		.help = "in folders, take names that begin with a dot, too" },
	{ .name = "invalid", .kind = OPT_WORD, .words = invalid_words,
		.at = offsetof(struct pack_options, invalid),
		.help = "keep what is not UTF-8 as escapes, or leave such files out" },
	{ .name = NULL },
};
/* clang-format on */
