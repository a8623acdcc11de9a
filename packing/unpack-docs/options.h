/* SPDX-License-Identifier: MIT
 * options.h - the command line of unpack-docs. */
#ifndef PACKING_UNPACK_DOCS_OPTIONS_H
#define PACKING_UNPACK_DOCS_OPTIONS_H

#include "common/opts.h"

struct unpack_options {
	const char *into, *bad_records;
	bool force;
};

extern const struct opt unpack_docs_rows[];

#endif
