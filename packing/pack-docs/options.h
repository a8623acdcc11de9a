/* SPDX-License-Identifier: MIT
 * options.h - the command line of pack-docs. */
#ifndef PACKING_PACK_DOCS_OPTIONS_H
#define PACKING_PACK_DOCS_OPTIONS_H

#include "common/opts.h"

enum invalid_content { INVALID_ESCAPE, INVALID_REJECT };

struct pack_options {
	const char *output;
	bool all;
	int invalid; /* enum invalid_content */
};

extern const struct opt pack_docs_rows[];

#endif
