/* SPDX-License-Identifier: MIT
 * embed.c - host program: data files in, a C table of them out.
 *
 *   embed FILE.txt... >data.inc
 *
 * The table is `data_files`, one row a file: its name without folder and .txt, and its bytes. Filters parse
 * it when they open, with the same code that reads a user's own file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void embed_bytes(FILE *file)
{
	int byte;
	size_t column = 0;

	fputs("\t\t\"", stdout);
	while ((byte = getc(file)) != EOF) {
		column += (size_t)printf("\\%03o", (unsigned)byte);
		if (byte == '\n' || column > 88) {
			fputs("\"\n\t\t\"", stdout);
			column = 0;
		}
	}
	fputs("\"", stdout);
}

static int embed_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	FILE *file = fopen(path, "rb");
	int failed;

	if (!file) {
		perror(path);
		return 0;
	}
	printf("\t{ SPAN(\"%.*s\"), SPAN(\n", (int)(dot ? dot - name : (int)strlen(name)), name);
	embed_bytes(file);
	puts(") },");
	failed = ferror(file);
	fclose(file);
	return !failed;
}

int main(int argc, char **argv)
{
	puts("static const struct { struct span name, text; } data_files[] = {");
	for (int i = 1; i < argc; i++)
		if (!embed_file(argv[i]))
			return EXIT_FAILURE;
	puts("};");
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
