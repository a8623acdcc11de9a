/* SPDX-License-Identifier: MIT
 * embed.c - host program: data files in, a C table of them out.
 *
 *   embed files FILE.txt... >data.inc
 *   embed hashes FILE.txt... >hashes.inc
 *
 * `data_files` has a row a file: its name without folder and .txt, and its bytes. Filters parse it when they
 * open, with the same code that reads a user's own file. `data_hashes` is what struct filter wants as `data`: the
 * same names, and the XXH3 (64 bits) of the same bytes, spelled as xxhsum spells it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct file {
	const char *name; /* without folder and .txt, of name_len bytes */
	int name_len;
	unsigned char *bytes;
	size_t len;
};

static int read_bytes(FILE *from, struct file *into)
{
	size_t room = 0, got;

	do {
		unsigned char *grown = realloc(into->bytes, room += 1 << 16);

		if (!grown)
			return 0;
		into->bytes = grown;
		got = fread(into->bytes + into->len, 1, room - into->len, from);
		into->len += got;
	} while (got > 0);
	return !ferror(from);
}

static int read_file(const char *path, struct file *into)
{
	const char *slash = strrchr(path, '/');
	const char *dot;
	FILE *from = fopen(path, "rb");
	int fine;

	*into = (struct file){ .name = slash ? slash + 1 : path };
	dot = strrchr(into->name, '.');
	into->name_len = (int)(dot ? (size_t)(dot - into->name) : strlen(into->name));
	if (!from)
		return 0;
	fine = read_bytes(from, into);
	fclose(from);
	return fine;
}

/* A line of C for each line of text, or a part of it. */
static void print_bytes(const struct file *file)
{
	size_t column = 0;

	fputs("\t\t\"", stdout);
	for (size_t i = 0; i < file->len; i++) {
		column += (size_t)printf("\\%03o", (unsigned)file->bytes[i]);
		if (file->bytes[i] == '\n' || column > 88) {
			fputs("\"\n\t\t\"", stdout);
			column = 0;
		}
	}
	fputs("\"", stdout);
}

static void print_file(const struct file *file)
{
	printf("\t{ SPAN(\"%.*s\"), SPAN(\n", file->name_len, file->name);
	print_bytes(file);
	puts(") },");
}

static void print_hash(const struct file *file)
{
	printf("\t{ \"%.*s\", \"%016llx\" },\n", file->name_len, file->name,
		(unsigned long long)XXH3_64bits(file->bytes, file->len));
}

int main(int argc, char **argv)
{
	int hashes = argc > 1 && strcmp(argv[1], "hashes") == 0;

	puts(hashes ? "static const struct data_hash data_hashes[] = {"
		    : "static const struct { struct span name, text; } data_files[] = {");
	for (int i = 2; i < argc; i++) {
		struct file file;

		if (!read_file(argv[i], &file)) {
			perror(argv[i]);
			return EXIT_FAILURE;
		}
		(hashes ? print_hash : print_file)(&file);
		free(file.bytes);
	}
	puts(hashes ? "\t{ NULL, NULL },\n};" : "};");
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
