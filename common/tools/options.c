/* SPDX-License-Identifier: MIT
 * options.c - build tool: prints the option rows, the very ones that programs parse, for whoever shows them.
 *
 *   options mdoc NAME              the OPTIONS of NAME's man page; NAME `common` is what every filter has
 *   options bash|zsh|fish NAME [AS]
 *                                  what Tab offers for NAME, which is installed as AS
 *   options reference              all filters, as Markdown: what `with:` may hold in a pipeline */
#include <stdio.h>
#include <stdlib.h>

#include "common/common_options.h"
#include "common/completions.h"
#include "common/registry.h"

#include "programs.inc"

static const struct opt no_rows[] = { { .name = NULL } };

/* The rows of a program that is no filter; false when there is none. */
static bool find_rows(struct opt_table tables[FILTER_TABLES], const char *name)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (strcmp(programs[i].name, name) == 0) {
			tables[0].rows = programs[i].own;
			tables[1].rows = programs[i].shared ? programs[i].shared : no_rows;
			return true;
		}
	tables[0].rows = common_rows;
	return strcmp(name, "common") == 0;
}

static bool find(struct completed *completed, struct opt_table tables[FILTER_TABLES], const char *name)
{
	const struct filter *filter = registry_find(span_from(name));

	*completed = (struct completed){ name, tables, FILTER_TABLES, NULL, NULL };
	if (strcmp(name, "run-pipeline") == 0) {
		completed->list = "list";
		completed->suffix = ".yaml";
	}
	for (size_t i = 0; i < FILTER_TABLES; i++)
		tables[i] = (struct opt_table){ "", no_rows, NULL };
	if (filter)
		filter_tables(tables, filter);
	if (filter || find_rows(tables, name))
		return true;
	fprintf(stderr, "options: there is no program '%s'\n", name);
	return false;
}

static void add_mdoc(struct buf *into, const struct completed *completed)
{
	opts_mdoc(into, completed->tables, completed->table_count);
}

static bool add_program(struct buf *into, const char *format, const char *name, const char *as)
{
	static const struct {
		const char *name;
		void (*add)(struct buf *into, const struct completed *completed);
	} formats[] = {
		{ "mdoc", add_mdoc },
		{ "bash", completions_bash },
		{ "zsh", completions_zsh },
		{ "fish", completions_fish },
	};
	struct opt_table tables[FILTER_TABLES];
	struct completed completed;

	if (!find(&completed, tables, name))
		return false;
	completed.program = as;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, format) == 0) {
			formats[i].add(into, &completed);
			return true;
		}
	fprintf(stderr, "options: there is no format '%s'\n", format);
	return false;
}

/* The keys that run-pipeline takes: the filter's own, and --invalid (stage_words.c). */
static bool add_reference(struct buf *into)
{
	const struct filter *filter;
	struct opt invalid[2] = { { .name = NULL }, { .name = NULL } };
	const struct opt_table common = { "", common_rows, NULL };

	invalid[0] = *opts_find(&common, 1, SPAN("invalid"));
	buf_add(into,
		SPAN("# What `with:` may hold\n\n"
		     "The options of every filter, as a stage of a pipeline gives them. On the command line\n"
		     "`key: value` is `--key=value`; true is `--key`; false of a switch is `--no-key`.\n"));
	for (size_t i = 0; (filter = registry_at(i)); i++) {
		const struct opt_table tables[] = { { "", filter->opts, NULL }, { "", invalid, NULL } };

		buf_addf(into, "\n## %s\n\nTo %s.\n\n", filter->name, filter->summary);
		opts_markdown(into, tables, 2);
	}
	return true;
}

int main(int argc, char **argv)
{
	struct buf text = BUF_INIT;
	bool good = false;

	if (argc == 2 && strcmp(argv[1], "reference") == 0)
		good = add_reference(&text);
	else if (argc == 3 || argc == 4)
		good = add_program(&text, argv[1], argv[2], argv[argc - 1]);
	else
		fputs("usage: options reference | mdoc NAME | bash|zsh|fish NAME [AS]\n", stderr);
	good = good && fwrite(text.at, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
	buf_release(&text);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
