/* SPDX-License-Identifier: MIT
 * options.c - build tool: prints the OPTIONS of a man page from the rows that the program itself parses.
 *
 *   options NAME          rows of the program NAME as mdoc */
#include <stdio.h>
#include <stdlib.h>

#include "common/common_options.h"
#include "common/registry.h"

#include "programs.inc"

enum { TABLES = 2 };
static const struct opt no_rows[] = { { .name = NULL } };

static bool find_rows(struct span name, struct opt_table *tables)
{
	const struct filter *filter = registry_find(name);

	if (filter) {
		tables[0].rows = filter->opts;
		tables[1].rows = common_rows;
		return true;
	}
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (span_equal(span_from(programs[i].name), name)) {
			tables[0].rows = programs[i].own;
			tables[1].rows = programs[i].shared ? programs[i].shared : no_rows;
			return true;
		}
	return false;
}

int main(int argc, char **argv)
{
	const char *name = argc == 2 ? argv[1] : "";
	struct opt_table tables[TABLES] = { { "", NULL, NULL }, { "", NULL, NULL } };
	struct buf text = BUF_INIT;

	if (!find_rows(span_from(name), tables)) {
		fprintf(stderr, "options: there is no program '%s'\n", name);
		return EXIT_FAILURE;
	}
	opts_mdoc(&text, tables, TABLES);
	fwrite(text.at, 1, text.len, stdout);
	buf_release(&text);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
