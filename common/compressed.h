/* SPDX-License-Identifier: MIT
 * compressed.h - files whose names end in .zst, .gz or .xz, read and written through the programs zstd, gzip and xz.
 *
 * The programs are found in PATH and started from argument vectors, with the file as their standard input or output; what
 * they have to say goes to our standard error. For drivers. */
#ifndef GHIRBAL_COMPRESSED_H
#define GHIRBAL_COMPRESSED_H

#include <sys/types.h>

#include "common/diag.h"
#include "common/span.h"

struct codec {
	const char *suffix, *program;
	const char *const *unpack, *const *pack; /* argument vectors: standard input to standard output */
};

/* That of a file with this name; NULL: it is not compressed. */
const struct codec *codec_of(const char *name);

/* A program at work. Zero bytes make none. */
struct compressed {
	pid_t pid; /* 0: none */
	const struct codec *codec;
};

/* Starts to read or write `file`, which stays the caller's. Returns the pipe to read from or write to, the caller's to
 * close; -1 with `why`. */
int compressed_read(struct compressed *compressed, const struct codec *codec, int file, struct diag *why);
int compressed_write(struct compressed *compressed, const struct codec *codec, int file, struct diag *why);

/* Waits for the program; the pipe has been closed. False with `why` when it failed; with `early`, when not all was read,
 * it is no failure that nobody read the rest. */
bool compressed_end(struct compressed *compressed, bool early, struct diag *why);

#endif
