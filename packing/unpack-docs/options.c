/* SPDX-License-Identifier: MIT
 * options.c - the rows of unpack-docs. */
#include "packing/unpack-docs/options.h"

/* clang-format off */
const struct opt unpack_docs_rows[] = {
	{ .name = "into", .kind = OPT_TEXT, .arg = "DIR", .at = offsetof(struct unpack_options, into),
		.help = "the folder to make files in, and never outside of it; must be given" },
	{ .letter = 'f', .name = "force", .kind = OPT_FLAG, .at = offsetof(struct unpack_options, force),
		.help = "replace files that are there already" },
	{ .name = "bad-records", .kind = OPT_TEXT, .arg = "FILE",
		.at = offsetof(struct unpack_options, bad_records),
		.help = "copy records that were left out to FILE" },
	{ .name = NULL },
};
/* clang-format on */
