/* SPDX-License-Identifier: MIT
 * decode.h - raw bytes in, valid UTF-8 out: UTF-8, UTF-16 and windows-1256, named or guessed.
 *
 * A guess is made once per document, from its first GUESS_SAMPLE bytes, which are held until then. */
#ifndef GHIRBAL_NORMALIZE_DECODE_H
#define GHIRBAL_NORMALIZE_DECODE_H

#include "common/filter.h"

enum encoding {
	ENCODING_AUTO,
	ENCODING_UTF_8,
	ENCODING_WINDOWS_1256,
	ENCODING_UTF_16LE,
	ENCODING_UTF_16BE,
};

/* The words of enum encoding, in its order, for an option row. */
extern const char *const encoding_words[];

enum { GUESS_SAMPLE = 64 * 1024 };

/* The encoding of a document that starts with `sample` (all of it, when it is shorter than GUESS_SAMPLE).
 *
 * In this order: a byte order mark; UTF-16, when the bytes that only its high halves have stand on one side
 * of nearly all pairs (Arabic in UTF-16LE is valid ASCII, so this comes before UTF-8); UTF-8, also with some
 * bad bytes; windows-1256, when it makes Arabic words of bytes that are mostly ill-formed UTF-8. Whatever is
 * none of these is called UTF-8. Without `has_nul` (documents end in NUL) UTF-16 is out of the question. */
enum encoding encoding_guess(struct span sample, bool has_nul);

struct decoder {
	enum encoding named; /* by the option */
	bool has_nul;
	enum encoding encoding; /* of this document; ENCODING_AUTO while it is unknown */
	bool at_start; /* no code unit was read yet: a byte order mark may come */
	struct utf8_repair *repair; /* how to mend, and what was mended */
	uint16_t windows_1256[128]; /* code points of 80 to FF */
	struct buf head; /* what came while the encoding is unknown */
	struct buf cut; /* the start of a character or pair that a piece has cut, and the piece */
	uint32_t high; /* a high surrogate whose low one has not come; 0: none */
	struct buf text; /* decoded */
};

/* Where decoded text goes; not empty, borrowed during the call. */
typedef enum flow decoded_fn(void *ctx, struct span text);

/* `decoder` is zero bytes. */
void decoder_init(struct decoder *decoder, enum encoding named, bool has_nul);

/* A document begins. */
void decoder_begin(struct decoder *decoder, struct utf8_repair *repair);

/* Takes raw bytes, cut anywhere. Calls `each` any number of times and returns what it said; FLOW_FAIL with
 * `why` where the repair is to stop at the first bad byte. */
enum flow decoder_text(
	struct decoder *decoder, struct span raw, decoded_fn *each, void *ctx, struct diag *why);

/* The document is over: decodes what was held back. */
enum flow decoder_end(struct decoder *decoder, decoded_fn *each, void *ctx, struct diag *why);

void decoder_release(struct decoder *decoder);

#endif
