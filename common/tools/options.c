/* SPDX-License-Identifier: MIT
 * options.c - build tool: prints the OPTIONS of a man page from the rows that the program itself parses.
 *
 *   options NAME          rows of the filter NAME, or of run-pipeline, as mdoc */
#include <stdio.h>
#include <stdlib.h>

#include "common/common_options.h"
#include "common/registry.h"
#include "pipelines/run-pipeline/options.h"

/* Appends the rows of the program `name`; false when there is none. */
static bool add_rows(struct buf *into, const char *name)
{
	const struct filter *filter = registry_find(span_from(name));
	struct opt_table tables[FILTER_TABLES];

	if (strcmp(name, "run-pipeline") == 0)
		opts_mdoc(into, &(struct opt_table){ "", run_pipeline_rows, NULL }, 1);
	if (filter) {
		filter_tables(tables, filter);
		opts_mdoc(into, tables, FILTER_TABLES);
	}
	return into->len > 0;
}

int main(int argc, char **argv)
{
	const char *name = argc == 2 ? argv[1] : "";
	struct buf text = BUF_INIT;

	if (!add_rows(&text, name)) {
		fprintf(stderr, "options: there is no filter '%s'\n", name);
		return EXIT_FAILURE;
	}
	fwrite(text.at, 1, text.len, stdout);
	buf_release(&text);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
