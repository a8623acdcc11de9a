/* SPDX-License-Identifier: MIT
 * decode.h - raw bytes in, valid UTF-8 out: from an encoding that is named, or guessed for each document.
 *
 * UTF-8, UTF-16, UTF-32 and encodings with a table (encodings.h) are read here, all others by iconv(3). What is no
 * text in them is mended as ill-formed UTF-8 is: each maximal subpart of UTF-8, each code unit or surrogate of
 * UTF-16 and UTF-32, each undefined byte of a table, each byte (or unit, where characters are wide) that iconv
 * stops at, and what a document's end cuts off. A NUL is no text either. */
#ifndef GHIRBAL_NORMALIZE_DECODE_H
#define GHIRBAL_NORMALIZE_DECODE_H

#include "common/filter.h"
#include "filters/normalize/foreign.h"
#include "filters/normalize/guess.h"
#include "filters/normalize/single_byte.h"

struct decoder {
	const char *name; /* as the option has it, borrowed */
	enum encoding named;
	bool has_nul; /* documents do not end at one: text may be wide */
	enum encoding encoding; /* of this document; ENCODING_AUTO while it is unknown */
	bool at_start; /* no code unit was read yet: a byte order mark may come */
	struct utf8_repair *repair; /* how to mend, and what was mended */
	uint64_t at; /* bytes of the document that are decoded */
	struct guesser *guesser; /* for ENCODING_AUTO */
	struct single_byte table; /* of table_of */
	enum encoding table_of;
	struct foreign foreign; /* for ENCODING_OTHER */
	struct buf head; /* what came while the encoding is unknown */
	struct buf
		cut; /* the start of a character or pair that a piece has cut, and the piece; what iconv waits for */
	uint32_t high; /* a high surrogate whose low one has not come; 0: none */
	struct buf text; /* decoded */
};

/* Where decoded text goes; not empty, borrowed during the call. */
typedef enum flow decoded_fn(void *ctx, struct span text);

/* `name` is that of an encoding, or "auto". Without `has_nul` (documents end in NUL, or stand in JSON) wide ones
 * are refused. False with `why` when it cannot be. `decoder` is zero bytes; release it in any case. */
bool decoder_open(struct decoder *decoder, const char *name, bool has_nul, struct diag *why);

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
