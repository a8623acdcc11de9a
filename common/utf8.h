/* SPDX-License-Identifier: MIT
 * utf8.h - well-formed UTF-8: decoding it, finding where it ends, mending what is not.
 *
 * Well-formed is what The Unicode Standard 15.0, table 3-7, says. Ill-formed bytes are counted by maximal
 * subparts (section 3.9, "U+FFFD Substitution of Maximal Subparts"), as browsers and Python do. A NUL is
 * not text and counts as an ill-formed part of its own. */
#ifndef GHIRBAL_UTF8_H
#define GHIRBAL_UTF8_H

#include <stdint.h>

#include "common/buf.h"
#include "common/cpu.h"
#include "common/diag.h"

/* A code point and the bytes it takes. */
struct rune {
	int32_t value;
	uint32_t len; /* 1 to 4 */
};

/* The first code point of `text`, which must be well-formed and not empty. */
static inline struct rune utf8_first(struct span text)
{
	const unsigned char *s = (const unsigned char *)text.at;

	if (s[0] < 0x80)
		return (struct rune){ s[0], 1 };
	if (s[0] < 0xE0)
		return (struct rune){ (s[0] & 0x1F) << 6 | (s[1] & 0x3F), 2 };
	if (s[0] < 0xF0)
		return (struct rune){ (s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F), 3 };
	return (struct rune){
		(s[0] & 0x07) << 18 | (s[1] & 0x3F) << 12 | (s[2] & 0x3F) << 6 | (s[3] & 0x3F), 4
	};
}

/* The last code point of `text`, which must be well-formed and not empty. */
static inline struct rune utf8_last(struct span text)
{
	size_t start = text.len - 1;

	while (start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80)
		start--;
	return utf8_first(span_skip(text, start));
}

/* Appends `value`, a Unicode scalar value. */
void utf8_add(struct buf *into, int32_t value);

/* Length of the longest prefix of `text` that is well-formed and holds no NUL, in whole sequences. */
size_t utf8_valid_prefix(struct span text, enum cpu cpu);

/* Length of the maximal subpart that `bad` starts with: how many bytes one U+FFFD stands for. `bad` is
 * not empty and does not start with a well-formed sequence. */
size_t utf8_bad_part(struct span bad);

/* Length of `text` without the unfinished sequence at its end, if there is one (at most 3 bytes): where
 * text may be cut without splitting a character or an ill-formed part. */
size_t utf8_whole(struct span text);

/* Appends any bytes as text: well-formed parts as `add` writes them, every other byte as \xHH. */
void utf8_spell(struct buf *into, struct span bytes, void (*add)(struct buf *into, struct span text));

enum invalid { INVALID_REPLACE, INVALID_DROP, INVALID_ERROR };

/* Mends text piece by piece and counts what it mended. A driver owns one per run. */
struct utf8_repair {
	enum invalid mode;
	enum cpu cpu;
	uint64_t bad_parts; /* in the whole run */
	uint64_t document_bytes, document_bad_bytes; /* of the current document, so far */
	struct buf mended; /* the last piece that had to be copied */
};

/* Forgets the counts of the last document. */
void utf8_repair_begin(struct utf8_repair *repair);

/* `raw` made well-formed and free of NUL, by `mode`. The result is `raw` itself where nothing is wrong,
 * else it is borrowed until the next call. Pieces must be cut where utf8_whole allows, the last of a
 * document excepted. Returns false when mode is INVALID_ERROR and something is wrong; `why` then names
 * the byte, counted from the start of the document. */
bool utf8_repair_piece(struct utf8_repair *repair, struct span raw, struct span *text, struct diag *why);

void utf8_repair_release(struct utf8_repair *repair);

#endif
