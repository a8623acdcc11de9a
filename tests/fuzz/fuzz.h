/* SPDX-License-Identifier: MIT
 * fuzz.h - what all fuzz targets share: libFuzzer's entry, laws that must hold, memory of exact size.
 *
 * A target is a program made by clang's libFuzzer (https://llvm.org/docs/LibFuzzer.html). It calls LLVMFuzzerTestOneInput
 * with one input after the other; a broken law aborts, and libFuzzer keeps that input. */
#ifndef GHIRBAL_FUZZ_H
#define GHIRBAL_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/buf.h"
#include "common/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* `law` is a sentence that holds for every input. */
#define LAW(holds, law)                                                                                    \
	do {                                                                                               \
		if (!(holds)) {                                                                            \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, (law));                 \
			abort();                                                                           \
		}                                                                                          \
	} while (0)

/* Prints bytes as C would have them, for whoever reads why a law is broken. */
static inline void fuzz_show(const char *what, struct span text)
{
	fprintf(stderr, "%s (%zu bytes): \"", what, text.len);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		fprintf(stderr,
			byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F ? "\\x%02X" : "%c",
			byte);
	}
	fprintf(stderr, "\"\n");
}

static inline void fuzz_same(struct span a, struct span b, const char *law)
{
	if (span_equal(a, b))
		return;
	fuzz_show("one", a);
	fuzz_show("other", b);
	LAW(false, law);
}

/* A copy in memory of just its size, so that the sanitizer sees who reads beyond it. The caller frees it. */
static inline struct span fuzz_copy(struct span text)
{
	char *copy = mem_resize(NULL, text.len, 1);

	if (text.len)
		memcpy(copy, text.at, text.len);
	return span_of(copy, text.len);
}

/* The next byte of `from`, 0 behind its end. */
static inline unsigned char fuzz_byte(struct span *from)
{
	unsigned char byte = from->len ? (unsigned char)from->at[0] : 0;

	*from = span_skip(*from, 1);
	return byte;
}

#endif
