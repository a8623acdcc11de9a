/* SPDX-License-Identifier: MIT
 * options.c - build tool: prints the OPTIONS of a man page from the rows that the program itself parses.
 *
 *   options NAME          rows of the filter NAME as mdoc */
#include <stdio.h>
#include <stdlib.h>

#include "common/common_options.h"
#include "common/registry.h"

int main(int argc, char **argv)
{
	const struct filter *filter = argc == 2 ? registry_find(span_from(argv[1])) : NULL;
	struct buf text = BUF_INIT;

	if (!filter) {
		fprintf(stderr, "options: there is no filter '%s'\n", argc == 2 ? argv[1] : "");
		return EXIT_FAILURE;
	}
	opts_mdoc(&text, (struct opt_table[]){ { "", filter->opts, NULL }, { "", common_rows, NULL } },
		FILTER_TABLES);
	fwrite(text.at, 1, text.len, stdout);
	buf_release(&text);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
